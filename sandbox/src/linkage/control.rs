//! Lets tests and scripts see and change the register, and queue replies of the suppliers.

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Json;
use axum::routing::{get, post};
use serde::Deserialize;
use serde_json::{Value, json};

use super::register::{LinkageBlock, LinkageBlockReason};
use super::view::{self, LinkagePatient};
use crate::problem::{Id, Problem, parse_json};
use crate::replies::EndpointReply;
use crate::world::Core;

/// The longest text of a block, in code points.
const LONGEST_TEXT: usize = 256;

/// The routes of the control interface that concern the suppliers.
pub(super) fn router() -> Router<Arc<Core>> {
    Router::new()
        .route("/_sandbox/linkage/patients", get(list_patients))
        .route("/_sandbox/linkage/patients/{nhs_number}", post(change_patient))
        .route("/_sandbox/linkage/organisations/{ods_code}", post(change_organisation))
        .route("/_sandbox/linkage/next", get(list_replies).post(add_reply).delete(clear_replies))
}

async fn list_patients(State(core): State<Arc<Core>>) -> Json<Value> {
    let world = core.world();
    let organisations = &world.linkage.register.organisations;
    Json(json!({ "organisations": organisations, "patients": view::patients(&world) }))
}

/// What is to be different with a patient.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct PatientChange {
    /// May be left out while only one organisation has a patient with the number.
    ods_code: Option<String>,
    blocked: Option<bool>,
    reason: Option<LinkageBlockReason>,
    text: Option<String>,
    revoked: Option<bool>,
}

impl PatientChange {
    /// The block that the patient is to have, when that is to change.
    fn block(&self) -> Result<Option<Option<LinkageBlock>>, String> {
        let told = self.reason.is_some() || self.text.is_some();
        if told && self.blocked != Some(true) {
            return Err("reason and text belong to \"blocked\": true".to_owned());
        }
        let text = self.text.clone().unwrap_or_default();
        if text.chars().count() > LONGEST_TEXT {
            return Err(format!("text must be at most {LONGEST_TEXT} characters"));
        }
        let reason = self.reason.unwrap_or(LinkageBlockReason::Other);
        Ok(self.blocked.map(|blocked| blocked.then_some(LinkageBlock { reason, text })))
    }
}

async fn change_patient(
    State(core): State<Arc<Core>>,
    Id(nhs_number): Id,
    body: Bytes,
) -> Result<Json<LinkagePatient>, Problem> {
    let asked: PatientChange = parse_json(&body)?;
    let block = asked.block().map_err(Problem::bad_request)?;
    if asked.revoked == Some(false) {
        return Err(Problem::bad_request("a revoked key never becomes valid again"));
    }
    let ods_code = match asked.ods_code {
        Some(ods_code) => ods_code,
        None => only_organisation(&core, &nhs_number)?,
    };
    let changed = view::change(&core, &ods_code, &nhs_number, |patient| {
        if let Some(block) = block {
            patient.block = block;
        }
        if asked.revoked == Some(true) {
            patient.revoke();
        }
    });
    changed.map(Json).map_err(Problem::not_found)
}

/// The one organisation that has a patient with this number.
fn only_organisation(core: &Core, nhs_number: &str) -> Result<String, Problem> {
    let world = core.world();
    let mut fitting = world.linkage.register.patients.iter().filter(|patient| patient.nhs_number == nhs_number);
    let none = || Problem::not_found(format!("there is no patient {nhs_number:?}"));
    let ods_code = fitting.next().ok_or_else(none)?.ods_code.clone();
    if fitting.next().is_some() {
        return Err(Problem::bad_request("several organisations have this patient; odsCode must say which"));
    }
    Ok(ods_code)
}

/// What is to be different with an organisation.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OrganisationChange {
    blocked: bool,
}

async fn change_organisation(
    State(core): State<Arc<Core>>,
    Id(ods_code): Id,
    body: Bytes,
) -> Result<StatusCode, Problem> {
    let OrganisationChange { blocked } = parse_json(&body)?;
    view::set_organisation(&core, &ods_code, blocked).map_err(Problem::not_found)?;
    Ok(StatusCode::NO_CONTENT)
}

async fn list_replies(State(core): State<Arc<Core>>) -> Json<Value> {
    Json(json!({ "replies": core.world().linkage.replies.all().collect::<Vec<_>>() }))
}

async fn add_reply(State(core): State<Arc<Core>>, body: Bytes) -> Result<(StatusCode, Json<EndpointReply>), Problem> {
    let reply: EndpointReply = parse_json(&body)?;
    queue_reply(&core, reply.clone()).map_err(Problem::bad_request)?;
    Ok((StatusCode::CREATED, Json(reply)))
}

/// Queues a reply, or says why it cannot be.
pub(crate) fn queue_reply(core: &Core, reply: EndpointReply) -> Result<(), String> {
    reply.check(&super::ENDPOINTS)?;
    core.world().linkage.replies.add(reply);
    Ok(())
}

async fn clear_replies(State(core): State<Arc<Core>>) -> StatusCode {
    core.world().linkage.replies.clear();
    StatusCode::NO_CONTENT
}
