//! Brings together the routes of the emulated services, the control interface and the console.

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;

use crate::console;
use crate::control;
use crate::enrollment;
use crate::gateway;
use crate::hmpps_auth;
use crate::linkage;
use crate::lrs;
use crate::problem::Problem;
use crate::sif;
use crate::upstream::Face;
use crate::vera;
use crate::world::Core;

/// All routes of `core` that `face` shows.
pub(crate) fn router(core: &Arc<Core>, face: Face) -> Router {
    let routes = match face {
        Face::ClientCertificates => lrs::services("").merge(linkage::services()),
        Face::Everything => Router::new()
            .merge(console::router())
            .merge(control::router())
            .merge(vera::router(&core.site))
            .merge(lrs::router())
            .merge(hmpps_auth::router())
            .merge(gateway::router())
            .merge(linkage::router())
            .merge(sif::router())
            .merge(enrollment::router()),
    };
    routes
        .fallback(unknown_address)
        .method_not_allowed_fallback(wrong_method)
        // The gate has limited the body already.
        .layer(DefaultBodyLimit::disable())
        .with_state(Arc::clone(core))
}

async fn unknown_address() -> Problem {
    Problem::not_found("there is nothing at this address")
}

async fn wrong_method() -> Problem {
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, "this address does not take this method")
}
