//! Emulates suppliers of NHS IM1 linkage keys: one for each way in which they are asked, over one register.

mod call;
mod client;
mod control;
mod emis;
mod header;
mod identifiers;
mod native;
mod refusal;
mod register;
mod rules;
mod sections;
mod surname;
mod token_endpoint;
mod tpp;
mod view;
mod vision;

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State as Held;
use axum::http::{HeaderMap, Method, Response, StatusCode, Uri};
use axum::response::IntoResponse as _;
use axum::routing::any;

use crate::problem::Problem;
use crate::replies::{EndpointReply, Replies};
use crate::world::Core;

pub use client::LinkageClient;
pub(crate) use control::queue_reply;
pub use emis::LINKAGE_EMIS_APPLICATION;
pub use register::{LinkageBlock, LinkageBlockReason};
pub(crate) use sections::{connect_section, patients_section};
pub use tpp::LINKAGE_TPP_PROVIDER;
pub use view::{LinkageKeyState, LinkagePatient};
pub(crate) use view::{patient, patients, revoke, set_block, set_organisation};

use call::Call;
use refusal::Function;

/// Where the `native` supplier lies, with a slash at the end.
const NATIVE: &str = "/linkage/native/";

/// The names of the endpoints, as faults and recorded requests use them, in the order of [`Endpoint`].
pub(crate) const ENDPOINTS: [&str; 10] = [
    "linkage/native/token",
    "linkage/native/retrieve",
    "linkage/native/create",
    "linkage/native/health",
    "linkage/emis/sessions/endusersession",
    "linkage/emis/me/verifications",
    "linkage/emis/users/nhs",
    "linkage/tpp",
    "linkage/vision",
    "linkage/header",
];

/// An address of one of the suppliers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Endpoint {
    Token,
    Retrieve,
    Create,
    Health,
    Session,
    Verifications,
    Users,
    Tpp,
    Vision,
    Header,
}

impl Endpoint {
    const ALL: [Self; 10] = [
        Self::Token,
        Self::Retrieve,
        Self::Create,
        Self::Health,
        Self::Session,
        Self::Verifications,
        Self::Users,
        Self::Tpp,
        Self::Vision,
        Self::Header,
    ];

    /// The endpoint at a path.
    fn at(path: &str) -> Option<Self> {
        Some(match path {
            "/linkage/native/oauth/token" => Self::Token,
            "/linkage/native/im1/linkage/v1/retrieve" => Self::Retrieve,
            "/linkage/native/im1/linkage/v1/create" => Self::Create,
            "/linkage/native/im1/linkage/v1/health" => Self::Health,
            "/linkage/emis/sessions/endusersession" => Self::Session,
            "/linkage/emis/me/verifications" => Self::Verifications,
            "/linkage/emis/users/nhs" => Self::Users,
            "/linkage/tpp" => Self::Tpp,
            "/linkage/header/patient/linkage" => Self::Header,
            path => return vision::organisation(path).map(|_| Self::Vision),
        })
    }

    fn name(self) -> &'static str {
        ENDPOINTS[self as usize]
    }

    fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|endpoint| endpoint.name() == name)
    }
}

/// What the suppliers keep while they run.
#[derive(Debug, Default)]
pub(crate) struct State {
    register: register::Register,
    memory: rules::Memory,
    replies: Replies,
    /// The tokens of the `native` supplier.
    tokens: client::Grants,
    /// The sessions of the `emis` supplier.
    sessions: client::Grants,
}

/// The endpoint that `path` belongs to.
pub(crate) fn endpoint(path: &str) -> Option<&'static str> {
    Endpoint::at(path).map(Endpoint::name)
}

/// The routes of the suppliers.
pub(crate) fn services() -> Router<Arc<Core>> {
    Router::new().route("/linkage/{*rest}", any(serve))
}

/// The routes of the suppliers and of their control interface.
pub(crate) fn router() -> Router<Arc<Core>> {
    services().merge(control::router())
}

async fn serve(
    Held(core): Held<Arc<Core>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response<Body> {
    let call = Call { method, uri, headers, body };
    let Some(endpoint) = Endpoint::at(call.uri.path()) else {
        return if call.uri.path().starts_with(NATIVE) {
            native::usual_answer(&core, Function::Retrieve, StatusCode::NOT_FOUND)
        } else {
            Problem::not_found("there is nothing at this address").into_response()
        };
    };
    let queued = core.world().linkage.replies.take(endpoint.name());
    if let Some(reply) = queued {
        return literal(reply);
    }
    match endpoint {
        Endpoint::Token => token_endpoint::issue(&core, &call),
        Endpoint::Retrieve => native::serve(&core, &call, Function::Retrieve),
        Endpoint::Create => native::serve(&core, &call, Function::Create),
        Endpoint::Health => native::health(&core, &call),
        Endpoint::Session => emis::session(&core, &call),
        Endpoint::Verifications => emis::verifications(&core, &call),
        Endpoint::Users => emis::users(&core, &call),
        Endpoint::Tpp => tpp::serve(&core, &call),
        Endpoint::Vision => vision::serve(&core, &call),
        Endpoint::Header => header::serve(&core, &call),
    }
}

/// The answer that a reply describes.
fn literal(reply: EndpointReply) -> Response<Body> {
    let usual = if reply.endpoint == "linkage/tpp" { "text/xml; charset=utf-8" } else { "application/json" };
    if reply.body.is_empty() && reply.content_type.is_none() {
        return call::bare(reply.code());
    }
    call::answer(reply.code(), reply.content_type.as_deref().unwrap_or(usual), reply.body)
}

/// What `endpoint` usually answers with `status`, without having been asked anything.
pub(crate) fn usual_answer(core: &Core, endpoint: &str, status: StatusCode) -> Response<Body> {
    match Endpoint::named(endpoint) {
        Some(Endpoint::Token) if status.as_u16() >= 400 => token_endpoint::refuse(status),
        Some(Endpoint::Retrieve) => native::usual_answer(core, Function::Retrieve, status),
        Some(Endpoint::Create) => native::usual_answer(core, Function::Create, status),
        Some(Endpoint::Session | Endpoint::Verifications | Endpoint::Users) => emis::usual_answer(status),
        Some(Endpoint::Tpp) => tpp::usual_answer(status),
        Some(Endpoint::Vision) => vision::usual_answer(status),
        // Neither has more to say than a status.
        Some(Endpoint::Token | Endpoint::Health | Endpoint::Header) | None => call::bare(status),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_endpoint_is_known_by_its_path() {
        for (path, expected) in [
            ("/linkage/native/oauth/token", Some("linkage/native/token")),
            ("/linkage/native/im1/linkage/v1/retrieve", Some("linkage/native/retrieve")),
            ("/linkage/native/im1/linkage/v1/create", Some("linkage/native/create")),
            ("/linkage/native/im1/linkage/v1/health", Some("linkage/native/health")),
            ("/linkage/emis/users/nhs", Some("linkage/emis/users/nhs")),
            ("/linkage/tpp", Some("linkage/tpp")),
            ("/linkage/vision/organisations/A12345/onlineservices/linkage", Some("linkage/vision")),
            ("/linkage/header/patient/linkage", Some("linkage/header")),
            ("/linkage/native", None),
            ("/linkage/tpp/", None),
            ("/linkage", None),
            ("/linkages", None),
        ] {
            assert_eq!(endpoint(path), expected, "{path}");
        }
        assert!(Endpoint::ALL.into_iter().all(|endpoint| Endpoint::named(endpoint.name()) == Some(endpoint)));
    }
}
