//! Emulates the SIF Student Record Exchange: the retrieval service, and the broker with the privacy rules and
//! the record store behind it.

mod address;
mod authorization;
mod broker;
mod control;
mod ears;
mod filter;
mod json;
mod path;
mod records;
mod refusal;
mod register;
mod request;
mod rules;
mod sections;
mod stylesheet;
mod timestamp;
mod view;
mod xml;

use std::str::FromStr;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State as Held;
use axum::http::{HeaderMap, Method, Response, StatusCode, Uri};
use axum::routing::any;
use serde::{Deserialize, Serialize};

use crate::replies::{EndpointReply, Replies};
use crate::world::Core;

pub use authorization::SifCredential;
pub(crate) use control::queue_reply;
pub use rules::SifDecision;
pub(crate) use sections::{connect_section, students_section};
pub use view::{SifAssignment, SifStudent};
pub(crate) use view::{find, record, set_consent, set_record, students};

use address::{BROKER, EARS};
use refusal::{Refusal, XML, bare};
use request::{Call, Labels};

/// The names of the endpoints, as faults and recorded requests use them, in the order of [`Endpoint`].
pub(crate) const ENDPOINTS: [&str; 4] = ["sif/xSres", "sif/filters", "sif/masterXsres", "sif/srxMessages"];

/// How the exchange behaves where the original has defects.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum SifProfile {
    /// As the original.
    Reference,
    /// By the safer rules.
    #[default]
    Strict,
}

impl SifProfile {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Reference => "reference",
            Self::Strict => "strict",
        }
    }
}

impl FromStr for SifProfile {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "reference" => Ok(Self::Reference),
            "strict" => Ok(Self::Strict),
            _ => Err(format!("{text:?} is not reference or strict")),
        }
    }
}

/// An address that is asked for records, filters or audit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Endpoint {
    Retrieval,
    Filters,
    Records,
    Messages,
}

impl Endpoint {
    const ALL: [Self; 4] = [Self::Retrieval, Self::Filters, Self::Records, Self::Messages];

    /// The endpoint at a path; the pages of the retrieval service about itself are none.
    fn at(path: &str) -> Option<Self> {
        if let Some(rest) = path.strip_prefix(EARS) {
            return rest.contains('/').then_some(Self::Retrieval);
        }
        let first = path.strip_prefix(BROKER)?.split(['/', ';']).next()?;
        let object = |endpoint: &Self| endpoint.name().strip_prefix("sif/").unwrap_or_default();
        let broker = [Self::Filters, Self::Records, Self::Messages];
        broker.into_iter().find(|endpoint| object(endpoint).eq_ignore_ascii_case(first))
    }

    fn name(self) -> &'static str {
        ENDPOINTS[self as usize]
    }

    fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|endpoint| endpoint.name() == name)
    }
}

/// What the exchange keeps while it runs.
#[derive(Debug, Default)]
pub(crate) struct State {
    register: register::Register,
    memory: authorization::Memory,
    replies: Replies,
    /// How the last request for filters was decided.
    pub(crate) decision: Option<SifDecision>,
}

/// The endpoint that `path` belongs to.
pub(crate) fn endpoint(path: &str) -> Option<&'static str> {
    Endpoint::at(path).map(Endpoint::name)
}

/// The routes of the exchange and of its control interface.
pub(crate) fn router() -> Router<Arc<Core>> {
    broker::services()
        .route("/sif/ears", any(retrieve))
        .route("/sif/ears/", any(retrieve))
        .route("/sif/ears/{*rest}", any(retrieve))
        .merge(control::router())
}

async fn retrieve(
    Held(core): Held<Arc<Core>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response<Body> {
    let call = Call { method, uri, headers, body };
    match queued(&core, call.uri.path()) {
        Some(reply) => reply,
        None => ears::serve(&core, &call).await,
    }
}

/// Answers a request to the broker.
async fn serve(
    Held(core): Held<Arc<Core>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response<Body> {
    let call = Call { method, uri, headers, body };
    queued(&core, call.uri.path()).unwrap_or_else(|| broker::serve(&core, &call))
}

/// The reply that a test has queued for the endpoint at a path.
fn queued(core: &Core, path: &str) -> Option<Response<Body>> {
    core.world().sif.replies.take(Endpoint::at(path)?.name()).map(literal)
}

/// The answer that a reply describes.
fn literal(reply: EndpointReply) -> Response<Body> {
    let (code, kind) = (reply.code(), reply.content_type.as_deref());
    let mut answer = if reply.body.is_empty() && kind.is_none() {
        bare(code)
    } else {
        refusal::text(kind.unwrap_or(XML), reply.body)
    };
    *answer.status_mut() = code;
    answer
}

/// What `endpoint` usually answers with `status`, without having been asked anything.
pub(crate) fn usual_answer(core: &Core, endpoint: &str, status: StatusCode) -> Response<Body> {
    let Some(endpoint) = Endpoint::named(endpoint).filter(|_| status.as_u16() >= 400) else { return bare(status) };
    let object = endpoint.name().strip_prefix("sif/").unwrap_or_default();
    let labels = Labels { json: false, action: "QUERY", request_id: None, service_type: None };
    Refusal::usual(status, object).answer(&mut core.world(), &labels)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_endpoint_is_known_by_its_path() {
        for (path, expected) in [
            ("/sif/ears/xSres/700001;zoneId=alder;contextId=DEFAULT", Some("sif/xSres")),
            ("/sif/requestProvider/filters;zoneId=alder;contextId=DEFAULT", Some("sif/filters")),
            ("/sif/requestProvider/masterXsres/7;zoneId=alder", Some("sif/masterXsres")),
            ("/sif/requestProvider/srxmessages;zoneId=default", Some("sif/srxMessages")),
            ("/sif/ears/ping", None),
            ("/sif/ears/", None),
            ("/sif/requestProvider/others", None),
            ("/sif", None),
        ] {
            assert_eq!(endpoint(path), expected, "{path}");
        }
    }
}
