//! Lets tests and scripts see students, services and decisions, change consents, and queue replies.

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Json;
use axum::routing::{get, post};
use serde::Deserialize;
use serde_json::{Value, json};

use super::view::{self, SifStudent};
use crate::problem::{Id, Problem, parse_json};
use crate::replies::EndpointReply;
use crate::world::Core;

/// The routes of the control interface that concern the exchange.
pub(super) fn router() -> Router<Arc<Core>> {
    Router::new()
        .route("/_sandbox/sif/students", get(list_students))
        .route("/_sandbox/sif/students/{id}", post(change_student))
        .route("/_sandbox/sif/services", get(list_services))
        .route("/_sandbox/sif/decision", get(show_decision))
        .route("/_sandbox/sif/next", get(list_replies).post(add_reply).delete(clear_replies))
}

async fn list_students(State(core): State<Arc<Core>>) -> Json<Value> {
    Json(json!({ "students": view::students(&core.world()) }))
}

async fn list_services(State(core): State<Arc<Core>>) -> Json<Value> {
    Json(json!({ "services": view::services(&core.world().sif.register) }))
}

async fn show_decision(State(core): State<Arc<Core>>) -> Json<Value> {
    Json(json!({ "decision": core.world().sif.decision }))
}

/// What is to be different with a student's consent.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct ConsentChange {
    external_service_id: i32,
    consent_start: Option<String>,
    consent_end: Option<String>,
}

async fn change_student(
    State(core): State<Arc<Core>>,
    Id(student_id): Id,
    body: Bytes,
) -> Result<Json<SifStudent>, Problem> {
    let asked: ConsentChange = parse_json(&body)?;
    if view::find(&core.world(), &student_id).is_none() {
        return Err(Problem::not_found(format!("there is no student {student_id:?}")));
    }
    let (start, end) = (asked.consent_start.as_deref(), asked.consent_end.as_deref());
    let changed = view::set_consent(&core, &student_id, asked.external_service_id, start, end);
    changed.map(Json).map_err(Problem::bad_request)
}

async fn list_replies(State(core): State<Arc<Core>>) -> Json<Value> {
    Json(json!({ "replies": core.world().sif.replies.all().collect::<Vec<_>>() }))
}

async fn add_reply(State(core): State<Arc<Core>>, body: Bytes) -> Result<(StatusCode, Json<EndpointReply>), Problem> {
    let reply: EndpointReply = parse_json(&body)?;
    queue_reply(&core, reply.clone()).map_err(Problem::bad_request)?;
    Ok((StatusCode::CREATED, Json(reply)))
}

/// Queues a reply, or says why it cannot be.
pub(crate) fn queue_reply(core: &Core, reply: EndpointReply) -> Result<(), String> {
    reply.check(&super::ENDPOINTS)?;
    core.world().sif.replies.add(reply);
    Ok(())
}

async fn clear_replies(State(core): State<Arc<Core>>) -> StatusCode {
    core.world().sif.replies.clear();
    StatusCode::NO_CONTENT
}
