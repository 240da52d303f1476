//! Emulates the enrolment of students at another institution: the receiver of the host institution with
//! the broker in front of it, and the home institutions behind it.

mod associations;
mod backend;
mod broker;
mod call;
mod control;
mod exchange;
mod home;
mod ledger;
mod login;
mod members;
mod outbound;
mod received;
mod receiver;
mod refusal;
mod register;
mod script;
mod sections;
mod start;
mod token_endpoint;
mod tokens;
mod view;

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{Response, StatusCode};

use crate::replies::{EndpointReply, Replies};
use crate::world::Core;

pub use associations::{EnrollmentAssociation, EnrollmentRemoteResult, EnrollmentRemoteState, EnrollmentResult};
pub use backend::{EnrollmentAccess, EnrollmentBackend, EnrollmentOAuth};
pub(crate) use control::{login_as, queue_reply, script_home, set_backend};
pub use script::{HomeMessage, HomeScript, HomeState, HomeTimes};
pub(crate) use sections::{associations_section, connect_section, offerings_section, people_section};
pub(crate) use view::associations;

use call::{Address, Credential};
use refusal::Refusal;

/// Whom the receiver lets start enrolments.
const BROKER_CREDENTIAL: Credential = ("broker", "s3c+ret/=broker");

/// Whom the receiver lets report about them.
const SIS_CREDENTIAL: Credential = ("sis-gouwe", "s3c+ret/=sis");

/// What the receiver is to the token endpoints of home institutions.
const RECEIVER_CLIENT: Credential = ("receiver-gouwe", "s3c+ret/=oidc");

/// The names of the endpoints, as faults and recorded requests use them, in the order of [`Endpoint`].
pub(crate) const ENDPOINTS: [&str; 10] = [
    "enrollment/start",
    "enrollment/associations/external",
    "enrollment/associations",
    "enrollment/person",
    "enrollment/results",
    "enrollment/home/persons/me",
    "enrollment/home/associations/external/me",
    "enrollment/home/associations",
    "enrollment/home/associations/me",
    "enrollment/home/token",
];

/// An address of the receiver or of a home institution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Endpoint {
    Start,
    External,
    Association,
    Person,
    Results,
    HomePerson,
    HomeExternal,
    HomeAssociation,
    HomeResults,
    HomeToken,
}

impl Endpoint {
    const ALL: [Self; 10] = [
        Self::Start,
        Self::External,
        Self::Association,
        Self::Person,
        Self::Results,
        Self::HomePerson,
        Self::HomeExternal,
        Self::HomeAssociation,
        Self::HomeResults,
        Self::HomeToken,
    ];

    fn name(self) -> &'static str {
        ENDPOINTS[self as usize]
    }

    fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|endpoint| endpoint.name() == name)
    }
}

/// What the receiver and the home institutions keep while they run.
#[derive(Debug)]
pub(crate) struct State {
    register: register::Register,
    backend: Option<EnrollmentBackend>,
    ledger: ledger::Ledger,
    tokens: tokens::Tokens,
    scripts: script::Scripts,
    associations: associations::Associations,
    replies: Replies,
}

impl Default for State {
    fn default() -> Self {
        let register = register::Register::default();
        let mut scripts = script::Scripts::default();
        for (person, script) in &register.scripts {
            scripts.set(person, script.clone());
        }
        Self {
            register,
            backend: None,
            ledger: ledger::Ledger::default(),
            tokens: tokens::Tokens::default(),
            scripts,
            associations: associations::Associations::default(),
            replies: Replies::default(),
        }
    }
}

impl State {
    /// The results that were told in the older way, the oldest first.
    pub(crate) fn results(&self) -> &[EnrollmentResult] {
        self.associations.results()
    }
}

/// The endpoint that `path` belongs to.
pub(crate) fn endpoint(path: &str) -> Option<&'static str> {
    Address::read(path).map(|address| address.endpoint.name())
}

/// The routes of the receiver, of the home institutions, and of their control interface.
pub(crate) fn router() -> Router<Arc<Core>> {
    receiver::services().merge(home::services()).merge(control::router())
}

/// The reply that a test has queued for an endpoint.
fn queued(core: &Core, endpoint: Endpoint) -> Option<Response<Body>> {
    core.world().enrollment.replies.take(endpoint.name()).map(literal)
}

/// The answer that a reply describes.
fn literal(reply: EndpointReply) -> Response<Body> {
    if reply.body.is_empty() && reply.content_type.is_none() {
        return call::bare(reply.code());
    }
    call::answer(reply.code(), reply.content_type.as_deref().unwrap_or("application/json"), reply.body)
}

/// What `endpoint` usually answers with `status`, without having been asked anything.
pub(crate) fn usual_answer(core: &Core, endpoint: &str, status: StatusCode) -> Response<Body> {
    let Some(endpoint) = Endpoint::named(endpoint).filter(|_| status.as_u16() >= 400) else {
        return call::bare(status);
    };
    match endpoint {
        Endpoint::HomeToken => token_endpoint::refuse(status),
        Endpoint::HomePerson | Endpoint::HomeExternal | Endpoint::HomeAssociation | Endpoint::HomeResults => {
            home::usual_answer(status)
        }
        Endpoint::Start | Endpoint::External | Endpoint::Association | Endpoint::Person | Endpoint::Results => {
            receiver_answer(core, endpoint, status)
        }
    }
}

/// What the receiver usually answers: its framework's refusal, or its report of the home institution's.
fn receiver_answer(core: &Core, endpoint: Endpoint, status: StatusCode) -> Response<Body> {
    let place = endpoint.name().trim_start_matches("enrollment");
    let world = &mut *core.world();
    match status {
        StatusCode::CONFLICT => Refusal::not_found().answer(world.clock.now(), place),
        StatusCode::UNAUTHORIZED
        | StatusCode::METHOD_NOT_ALLOWED
        | StatusCode::PAYLOAD_TOO_LARGE
        | StatusCode::UNSUPPORTED_MEDIA_TYPE
        | StatusCode::INTERNAL_SERVER_ERROR => {
            let message = refusal::reason(status).unwrap_or_default();
            Refusal::new(status, message).answer(world.clock.now(), place)
        }
        status => {
            let (code, name) = (status.as_u16(), refusal::name(status));
            let description = format!("Error {code} {name} from the OOAPI endpoint for enrolment request.");
            refusal::upstream(world, status, "", &description)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_endpoint_is_known_by_its_path() {
        for (path, expected) in [
            ("/enrollment/receiver/api/start", Some("enrollment/start")),
            ("/enrollment/receiver/api/results", Some("enrollment/results")),
            ("/enrollment/receiver/associations/external/a", Some("enrollment/associations/external")),
            ("/enrollment/receiver/associations/a", Some("enrollment/associations")),
            ("/enrollment/receiver/person/a", Some("enrollment/person")),
            ("/enrollment/home/a/persons/me", Some("enrollment/home/persons/me")),
            ("/enrollment/home/a/associations/external/me", Some("enrollment/home/associations/external/me")),
            ("/enrollment/home/a/associations/b", Some("enrollment/home/associations")),
            ("/enrollment/home/a/associations/me", Some("enrollment/home/associations/me")),
            ("/enrollment/home/a/oidc/token", Some("enrollment/home/token")),
            ("/enrollment/receiver", None),
            ("/enrollment/receiver/api/other", None),
            ("/enrollments", None),
        ] {
            assert_eq!(endpoint(path), expected, "{path}");
        }
        assert!(Endpoint::ALL.into_iter().all(|endpoint| Endpoint::named(endpoint.name()) == Some(endpoint)));
    }
}
