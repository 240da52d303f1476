//! Emulates hmpps-auth, which gives the tokens that the gateway asks for.

mod client;
mod key;
mod token_endpoint;

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{Response, StatusCode};
use axum::routing::{get, post};

use crate::world::Core;

pub use client::{GatewayClient, GatewayRole};
pub(crate) use key::Claims;

/// Where the service lies.
pub(crate) const ROOT: &str = "/hmpps-auth/auth";

/// The names of the endpoints, as faults and recorded requests use them.
pub(crate) const ENDPOINTS: [&str; 2] = ["hmpps-auth/token", "hmpps-auth/jwks"];

/// The endpoint that `path` belongs to.
pub(crate) fn endpoint(path: &str) -> Option<&'static str> {
    match path.strip_prefix(ROOT)? {
        "/oauth/token" => Some(ENDPOINTS[0]),
        "/.well-known/jwks.json" => Some(ENDPOINTS[1]),
        _ => None,
    }
}

/// The routes of the service.
pub(crate) fn router() -> Router<Arc<Core>> {
    Router::new()
        .route(&format!("{ROOT}/oauth/token"), post(token_endpoint::issue).fallback(token_endpoint::wrong_method))
        .route(&format!("{ROOT}/.well-known/jwks.json"), get(token_endpoint::keys))
}

/// What the service usually answers with `status`, without having been asked anything.
pub(crate) fn usual_answer(status: StatusCode) -> Response<Body> {
    if status.as_u16() >= 400 {
        return token_endpoint::refuse(status);
    }
    let mut answer = Response::new(Body::empty());
    *answer.status_mut() = status;
    answer
}

/// Who the tokens say that they come from.
fn issuer(core: &Core) -> String {
    format!("{}{ROOT}/issuer", core.site.url())
}

/// The claims of a token that is in force.
pub(crate) fn claims(core: &Core, token: &str) -> Option<Claims> {
    let now = core.world().clock.unix();
    key::verify(token, &issuer(core), now)
}
