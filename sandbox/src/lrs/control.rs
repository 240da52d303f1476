//! Lets tests and scripts queue replies of the Learning Records Service and see its learners.

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Json;
use axum::routing::get;
use serde_json::{Value, json};

use super::next::LrsReply;
use crate::problem::{Problem, parse_json};
use crate::world::Core;

/// The routes of the control interface that concern the service.
pub(super) fn router() -> Router<Arc<Core>> {
    Router::new()
        .route("/_sandbox/lrs/next", get(list_replies).post(add_reply).delete(clear_replies))
        .route("/_sandbox/lrs/learners", get(list_learners))
}

async fn list_replies(State(core): State<Arc<Core>>) -> Json<Value> {
    Json(json!({ "replies": core.world().lrs.replies().collect::<Vec<_>>() }))
}

async fn add_reply(State(core): State<Arc<Core>>, body: Bytes) -> Result<(StatusCode, Json<LrsReply>), Problem> {
    let reply: LrsReply = parse_json(&body)?;
    queue_reply(&core, reply.clone()).map_err(Problem::bad_request)?;
    Ok((StatusCode::CREATED, Json(reply)))
}

/// Queues a reply, or says why it cannot be.
pub(crate) fn queue_reply(core: &Core, reply: LrsReply) -> Result<(), String> {
    reply.check()?;
    core.world().lrs.add_reply(reply);
    Ok(())
}

async fn clear_replies(State(core): State<Arc<Core>>) -> StatusCode {
    core.world().lrs.clear_replies();
    StatusCode::NO_CONTENT
}

async fn list_learners(State(core): State<Arc<Core>>) -> Json<Value> {
    Json(json!({ "learners": core.lrs_learners.all() }))
}
