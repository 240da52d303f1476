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

/// What the service keeps while it runs.
#[derive(Debug, Default)]
pub(crate) struct State {
    /// How often the key was replaced, which is the number of the key in use.
    pub(crate) rotations: usize,
}

/// The endpoint that `path` belongs to.
pub(crate) fn endpoint(path: &str) -> Option<&'static str> {
    match path.strip_prefix(ROOT)? {
        "/oauth/token" => Some(ENDPOINTS[0]),
        "/.well-known/jwks.json" => Some(ENDPOINTS[1]),
        _ => None,
    }
}

/// The routes of the service and of its control interface.
pub(crate) fn router() -> Router<Arc<Core>> {
    Router::new()
        .route(&format!("{ROOT}/oauth/token"), post(token_endpoint::issue).fallback(token_endpoint::wrong_method))
        .route(&format!("{ROOT}/.well-known/jwks.json"), get(token_endpoint::keys))
        .route("/_sandbox/auth/rotate-key", post(token_endpoint::rotate_key))
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
    let (now, number) = {
        let world = core.world();
        (world.clock.unix(), world.auth.rotations)
    };
    key::verify(number, token, &issuer(core), now)
}
