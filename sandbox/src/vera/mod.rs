//! Emulates the DfE View Education Record API and the token endpoint that guards it.

mod control;
mod handlers;
mod pages;
mod person;
mod phone;
mod qr;
mod sections;
mod share;
mod state;
mod token;
mod token_endpoint;

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::{get, post};

use crate::problem::Problem;
use crate::world::{Core, Site};

pub(crate) use control::{approve_share, decline_share, share, shares};
pub(crate) use sections::{learners_section, shares_section};
pub use share::{Approval, Pattern, ShareRefused, ShareState, ShareView};
pub(crate) use state::State;

/// The names of the endpoints, as faults and recorded requests use them.
pub(crate) const ENDPOINTS: [&str; 5] =
    [TOKEN, "generate-qr-code", "learner-data", "learner/check", "learner/share-request"];

/// The name of the token endpoint.
const TOKEN: &str = "token";

/// The endpoint that `path` belongs to.
pub(crate) fn endpoint(site: &Site, path: &str) -> Option<&'static str> {
    let below = path.strip_prefix(site.prefix.as_str());
    if let Some(name) = below.and_then(|below| ENDPOINTS[1..].iter().find(|name| **name == below)) {
        return Some(name);
    }
    let tenant = path.strip_prefix('/')?.strip_suffix("/oauth2/token")?;
    (!tenant.is_empty() && !tenant.contains('/')).then_some(TOKEN)
}

/// The routes of the service, its control interface and its pages.
pub(crate) fn router(site: &Site) -> Router<Arc<Core>> {
    let at = |name: &str| format!("{}{name}", site.prefix);
    Router::new()
        .route("/{tenant}/oauth2/token", post(token_endpoint::issue).fallback(token_endpoint::wrong_method))
        .route(&at("generate-qr-code"), get(handlers::generate_qr_code).head(handlers::not_head))
        .route(&at("learner-data"), get(handlers::learner_data).head(handlers::not_head))
        .route(&at("learner/check"), post(handlers::check))
        .route(&at("learner/share-request"), post(handlers::share_request))
        .merge(control::router())
        .merge(pages::router())
}

/// What `endpoint` usually answers with `status`, without having been asked anything.
pub(crate) fn usual_answer(core: &Core, endpoint: &str, status: StatusCode) -> Response<Body> {
    if endpoint == TOKEN && status.as_u16() >= 400 {
        return token_endpoint::usual_error(core, status);
    }
    if status == StatusCode::UNAUTHORIZED {
        return handlers::unauthorised();
    }
    if status.as_u16() >= 400 {
        return Problem::of_status(status).into_response();
    }
    let mut answer = Response::new(Body::empty());
    *answer.status_mut() = status;
    if status == StatusCode::OK {
        answer.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json; charset=utf-8"));
    }
    answer
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(prefix: &str) -> Site {
        Site {
            scheme: "http",
            address: ([127, 0, 0, 1], 1).into(),
            public_url: None,
            prefix: prefix.to_owned(),
            mutual_address: None,
            root_pem: None,
        }
    }

    #[test]
    fn an_endpoint_is_known_by_its_path_below_the_prefix() {
        for (prefix, path, expected) in [
            ("/", "/learner-data", Some("learner-data")),
            ("/", "/learner/share-request", Some("learner/share-request")),
            ("/", "/some-tenant/oauth2/token", Some("token")),
            ("/api/", "/api/learner/check", Some("learner/check")),
            ("/api/", "/learner/check", None),
            ("/api/", "/some-tenant/oauth2/token", Some("token")),
            ("/", "/a/b/oauth2/token", None),
            ("/", "//oauth2/token", None),
            ("/", "/learner-data/", None),
            ("/", "/token", None),
        ] {
            assert_eq!(endpoint(&site(prefix), path), expected, "{prefix} {path}");
        }
    }
}
