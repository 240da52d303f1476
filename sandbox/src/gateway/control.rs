//! Lets tests and scripts see and fill the register and read the audit of the gateway.

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Json;
use axum::routing::get;
use jiff::civil::DateTime;
use serde::Deserialize;
use serde_json::{Value, json};

use super::matches::local_now;
use super::register::{Entry, MatchRow};
use crate::problem::{Problem, parse_json};
use crate::world::Core;

/// The routes of the control interface that concern the gateway.
pub(super) fn router() -> Router<Arc<Core>> {
    Router::new()
        .route("/_sandbox/register/rows", get(list_rows).post(append_rows).delete(clear_rows))
        .route("/_sandbox/audit", get(list_audit).delete(clear_audit))
}

/// A row that is entered as it is.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct RawRow {
    nomis_id: String,
    #[serde(default)]
    matched_uln: String,
    #[serde(default)]
    given_name: String,
    #[serde(default)]
    family_name: String,
    #[serde(default)]
    match_type: String,
    #[serde(default)]
    count_of_returned_ulns: String,
    #[serde(default)]
    match_status: String,
    date_created: Option<DateTime>,
}

/// One row or several.
#[derive(Deserialize)]
#[serde(untagged)]
enum RawRows {
    One(RawRow),
    Many(Vec<RawRow>),
}

async fn list_rows(State(core): State<Arc<Core>>) -> Json<Value> {
    Json(json!({ "rows": core.world().gateway.register.rows() }))
}

async fn append_rows(State(core): State<Arc<Core>>, body: Bytes) -> Result<(StatusCode, Json<Value>), Problem> {
    let rows = match parse_json(&body)? {
        RawRows::One(row) => vec![row],
        RawRows::Many(rows) => rows,
    };
    let mut guard = core.world();
    let world = &mut *guard;
    let now = local_now(world);
    let register = &mut world.gateway.register;
    let appended: Vec<MatchRow> = rows
        .into_iter()
        .map(|row| {
            let date_created = row.date_created.unwrap_or(now);
            let entry = Entry {
                nomis_id: row.nomis_id,
                matched_uln: row.matched_uln,
                given_name: row.given_name,
                family_name: row.family_name,
                match_type: row.match_type,
                count_of_returned_ulns: row.count_of_returned_ulns,
                match_status: row.match_status,
                confirmed_by: None,
            };
            register.append(entry, date_created).clone()
        })
        .collect();
    Ok((StatusCode::CREATED, Json(json!({ "rows": appended }))))
}

async fn clear_rows(State(core): State<Arc<Core>>) -> StatusCode {
    core.world().gateway.register.clear();
    StatusCode::NO_CONTENT
}

async fn list_audit(State(core): State<Arc<Core>>) -> Json<Value> {
    Json(json!({ "audit": core.world().gateway.audit }))
}

async fn clear_audit(State(core): State<Arc<Core>>) -> StatusCode {
    core.world().gateway.audit.clear();
    StatusCode::NO_CONTENT
}
