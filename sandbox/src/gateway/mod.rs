//! Emulates the gateway through which prisons ask the Learning Records Service, with its match register.

mod about;
mod access;
mod body;
mod control;
mod learners;
mod lrs_client;
mod matches;
mod refusal;
mod register;
mod rules;
mod sections;

use std::str::FromStr;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::State as Held;
use axum::http::{HeaderMap, Method, Response, StatusCode};
use axum::routing::{MethodRouter, any, get, post};
use serde::{Deserialize, Serialize};

use crate::world::Core;

pub use access::AuditEntry;
pub use register::MatchRow;
pub(crate) use sections::{connect_section, register_section};

/// Where the gateway lies.
pub(crate) const ROOT: &str = "/learner-records";

/// What the gateway calls itself.
const NAME: &str = "hmpps-learner-records-api";

/// The names of the endpoints, as faults and recorded requests use them.
pub(crate) const ENDPOINTS: [&str; 8] = [
    "learner-records/learners",
    "learner-records/learner-events",
    "learner-records/match",
    "learner-records/match/no-match",
    "learner-records/match/unmatch",
    "learner-records/match/learner-events",
    "learner-records/subject-access-request",
    "learner-records/about",
];

/// How the gateway behaves where the original has defects.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum GatewayProfile {
    /// As the original.
    #[default]
    Compat,
    /// By the safer rules; also called `improved`.
    #[serde(alias = "improved")]
    Strict,
}

impl GatewayProfile {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Compat => "compat",
            Self::Strict => "strict",
        }
    }
}

impl FromStr for GatewayProfile {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "compat" => Ok(Self::Compat),
            "strict" | "improved" => Ok(Self::Strict),
            _ => Err(format!("{text:?} is not compat or strict")),
        }
    }
}

/// What the gateway keeps while it runs.
#[derive(Debug, Default)]
pub(crate) struct State {
    register: register::Register,
    audit: Vec<AuditEntry>,
}

impl State {
    /// The rows of the register, the oldest first.
    pub(crate) fn rows(&self) -> &[MatchRow] {
        self.register.rows()
    }

    /// What was written down, the oldest first.
    pub(crate) fn audit(&self) -> &[AuditEntry] {
        &self.audit
    }
}

/// The endpoint that `path` belongs to.
pub(crate) fn endpoint(path: &str) -> Option<&'static str> {
    let segments: Vec<&str> = path.strip_prefix(ROOT)?.strip_prefix('/')?.split('/').collect();
    let index = match segments[..] {
        ["learners"] => 0,
        ["learner-events"] => 1,
        ["match", _] => 2,
        ["match", _, "no-match"] => 3,
        ["match", _, "unmatch"] => 4,
        ["match", _, "learner-events"] => 5,
        ["subject-access-request"] => 6,
        ["health", ..] | ["info"] | ["v3", "api-docs"] | ["swagger-ui.html"] => 7,
        _ => return None,
    };
    Some(ENDPOINTS[index])
}

/// The routes of the gateway and of its control interface.
pub(crate) fn router() -> Router<Arc<Core>> {
    let at = |path: &str| format!("{ROOT}{path}");
    let mut router = Router::new()
        .route(&at("/learners"), only("POST", post(learners::search)))
        .route(&at("/learner-events"), only("POST", post(learners::events)))
        .route(&at("/match/{nomis_id}"), only("GET, POST", get(matches::show).post(matches::confirm)))
        .route(&at("/match/{nomis_id}/no-match"), only("POST", post(matches::confirm_none)))
        .route(&at("/match/{nomis_id}/unmatch"), only("POST", post(matches::undo)))
        .route(&at("/match/{nomis_id}/learner-events"), only("GET", get(matches::events)))
        .route(&at("/subject-access-request"), only("GET", get(matches::subject_access)))
        .route(&at("/health"), only("GET", get(about::health)))
        .route(&at("/info"), only("GET", get(about::info)))
        .route(&at("/v3/api-docs"), only("GET", get(about::openapi)))
        .route(&at("/swagger-ui.html"), only("GET", get(about::page)))
        .route(&at("/{*rest}"), any(about::nothing));
    for part in ["ping", "liveness", "readiness"] {
        router = router.route(&at(&format!("/health/{part}")), only("GET", get(about::part_of_health)));
    }
    router.merge(control::router())
}

/// Lets an address refuse every other method by naming the permitted ones.
fn only(permitted: &'static str, methods: MethodRouter<Arc<Core>>) -> MethodRouter<Arc<Core>> {
    methods.fallback(move |Held(core): Held<Arc<Core>>, headers: HeaderMap, method: Method| async move {
        about::wrong_method(&core, &headers, &method, permitted)
    })
}

/// What the gateway usually answers with `status`, without having been asked anything.
pub(crate) fn usual_answer(status: StatusCode) -> Response<Body> {
    refusal::usual_answer(status)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_endpoint_is_known_by_its_path() {
        for (path, expected) in [
            ("/learner-records/learners", Some("learner-records/learners")),
            ("/learner-records/match/A%2F1", Some("learner-records/match")),
            ("/learner-records/match/A1/unmatch", Some("learner-records/match/unmatch")),
            ("/learner-records/health/ping", Some("learner-records/about")),
            ("/learner-records/match", None),
            ("/learner-records", None),
            ("/learners", None),
        ] {
            assert_eq!(endpoint(path), expected, "{path}");
        }
    }
}
