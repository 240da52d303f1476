//! Answers what anyone may ask: health, information, and the description of the interface.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::{Method, Response, StatusCode, Uri, header};
use axum::response::{IntoResponse, Json};
use serde_json::{Value, json};

use super::access::Caller;
use super::refusal::Refusal;
use super::{NAME, ROOT};
use crate::world::Core;

/// The description of the interface.
const OPENAPI: &str = include_str!("../../data/gateway_openapi.json");

/// The page that leads to the description.
const PAGE: &str = "<!DOCTYPE html>\n<html lang=\"en\"><head><title>hmpps-learner-records-api</title></head><body>\
    <h1>hmpps-learner-records-api</h1><p><a href=\"v3/api-docs\">OpenAPI description</a></p></body></html>";

pub(super) async fn health() -> Json<Value> {
    Json(json!({
        "status": "UP",
        "components": {
            "db": { "status": "UP" }, "healthInfo": { "status": "UP" },
            "livenessState": { "status": "UP" }, "readinessState": { "status": "UP" }, "ping": { "status": "UP" },
        },
        "groups": ["liveness", "readiness"],
    }))
}

pub(super) async fn part_of_health() -> Json<Value> {
    Json(json!({ "status": "UP" }))
}

pub(super) async fn info(State(core): State<Arc<Core>>) -> Json<Value> {
    let day = core.world().clock.now().strftime("%Y-%m-%d").to_string();
    Json(json!({ "build": { "name": NAME, "artifact": NAME, "version": format!("{day}.sandbox") } }))
}

pub(super) async fn openapi() -> Response<Body> {
    ([(header::CONTENT_TYPE, "application/json")], OPENAPI).into_response()
}

pub(super) async fn page() -> Response<Body> {
    ([(header::CONTENT_TYPE, "text/html")], PAGE).into_response()
}

/// What is not there; only who may come in is told so.
pub(super) async fn nothing(
    State(core): State<Arc<Core>>,
    headers: axum::http::HeaderMap,
    uri: Uri,
) -> Result<StatusCode, Refusal> {
    Caller::identify(&core, &headers)?;
    Err(Refusal::no_resource(uri.path().strip_prefix(ROOT).unwrap_or_default().trim_start_matches('/')))
}

/// A method that an address does not take.
pub(super) fn wrong_method(
    core: &Core,
    headers: &axum::http::HeaderMap,
    method: &Method,
    permitted: &'static str,
) -> Refusal {
    match Caller::identify(core, headers) {
        Ok(_) => Refusal::wrong_method(method, permitted),
        Err(refusal) => refusal,
    }
}
