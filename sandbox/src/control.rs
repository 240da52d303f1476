//! Lets tests and scripts steer the sandbox over HTTP, below `/_sandbox/`.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Json, Response};
use axum::routing::{get, post};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::faults::Fault;
use crate::pfx;
use crate::problem::{Problem, parse_json};
use crate::recorder::{RecordedRequest, pairs};
use crate::settings::{Settings, SettingsChange};
use crate::upstream;
use crate::world::{Core, World};

/// The farthest that the clock can be advanced in one step: ten years.
pub(crate) const FARTHEST_ADVANCE_SECONDS: u64 = 315_360_000;

/// The password of client identities for which no other is given.
pub(crate) const CLIENT_PASSWORD: &str = "sandbox";

/// The routes that concern the sandbox as a whole.
pub(crate) fn router() -> Router<Arc<Core>> {
    Router::new()
        .route("/_sandbox/health", get(health))
        .route("/_sandbox/clock", get(show_clock))
        .route("/_sandbox/clock/advance", post(advance_clock))
        .route("/_sandbox/faults", get(list_faults).post(add_fault).delete(clear_faults))
        .route("/_sandbox/requests", get(list_requests).delete(clear_requests))
        .route("/_sandbox/settings", get(show_settings).patch(change_settings))
        .route("/_sandbox/learners", get(list_learners))
        .route("/_sandbox/reset", post(reset))
        .route("/_sandbox/root.pem", get(root_certificate))
        .route("/_sandbox/client.pfx", get(client_identity))
}

async fn health() -> Json<Value> {
    Json(json!({ "status": "ok", "version": env!("CARGO_PKG_VERSION") }))
}

fn clock(world: &World) -> Json<Value> {
    let now = world.clock.now();
    Json(json!({ "now": now.to_string(), "unix": now.as_second(), "virtual": world.clock.is_virtual() }))
}

async fn show_clock(State(core): State<Arc<Core>>) -> Json<Value> {
    clock(&core.world())
}

/// How far to advance the clock.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Advance {
    seconds: u64,
}

async fn advance_clock(State(core): State<Arc<Core>>, body: Bytes) -> Result<Json<Value>, Problem> {
    let Advance { seconds } = parse_json(&body)?;
    if seconds > FARTHEST_ADVANCE_SECONDS {
        let detail = format!("the clock can be advanced by at most {FARTHEST_ADVANCE_SECONDS} seconds at a time");
        return Err(Problem::bad_request(detail));
    }
    let mut world = core.world();
    world.clock.advance(Duration::from_secs(seconds));
    Ok(clock(&world))
}

async fn list_faults(State(core): State<Arc<Core>>) -> Json<Value> {
    let world = core.world();
    Json(json!({ "faults": world.faults.all().collect::<Vec<_>>() }))
}

async fn add_fault(State(core): State<Arc<Core>>, body: Bytes) -> Result<(StatusCode, Json<Fault>), Problem> {
    let fault: Fault = parse_json(&body)?;
    queue_fault(&core, fault.clone()).map_err(Problem::bad_request)?;
    Ok((StatusCode::CREATED, Json(fault)))
}

/// Queues a fault, or says why it cannot be.
pub(crate) fn queue_fault(core: &Core, fault: Fault) -> Result<(), String> {
    fault.check(&upstream::endpoints(), &upstream::services())?;
    core.world().faults.add(fault);
    Ok(())
}

async fn clear_faults(State(core): State<Arc<Core>>) -> StatusCode {
    core.world().faults.clear();
    StatusCode::NO_CONTENT
}

async fn list_requests(State(core): State<Arc<Core>>, RawQuery(query): RawQuery) -> Result<Json<Value>, Problem> {
    let query = pairs(query.unwrap_or_default().as_bytes());
    let wanted = query.iter().find(|(name, _)| name == "endpoint").map(|(_, value)| value.as_str());
    if let Some(endpoint) = wanted.filter(|endpoint| !upstream::endpoints().contains(endpoint)) {
        return Err(Problem::bad_request(format!("the endpoint {endpoint:?} is not known")));
    }
    let world = core.world();
    let requests: Vec<Value> = world
        .recorder
        .all()
        .filter(|request| wanted.is_none_or(|endpoint| request.endpoint == endpoint))
        .map(RecordedRequest::masked)
        .collect();
    Ok(Json(json!({ "requests": requests })))
}

async fn clear_requests(State(core): State<Arc<Core>>) -> StatusCode {
    core.world().recorder.clear();
    StatusCode::NO_CONTENT
}

async fn show_settings(State(core): State<Arc<Core>>) -> Json<Settings> {
    Json(core.world().settings.clone())
}

async fn change_settings(State(core): State<Arc<Core>>, body: Bytes) -> Result<Json<Settings>, Problem> {
    let change: SettingsChange = parse_json(&body)?;
    configure(&core, |settings| change.apply(settings)).map(Json).map_err(Problem::bad_request)
}

/// Changes the settings as a whole, or leaves them and says what is wrong with the change.
pub(crate) fn configure(core: &Core, change: impl FnOnce(&mut Settings)) -> Result<Settings, String> {
    // The change is another's code, so it must not run inside the lock, where a panic would be felt.
    let mut settings = core.world().settings.clone();
    change(&mut settings);
    settings.check()?;
    core.world().settings = settings.clone();
    Ok(settings)
}

async fn list_learners(State(core): State<Arc<Core>>) -> Json<Value> {
    let learners: Vec<Value> = core
        .learners
        .all()
        .iter()
        .map(|learner| {
            json!({
                "uln": learner.uln(),
                "name": learner.name(),
                "dateOfBirth": learner.birth_date(),
                "mobileNumber": learner.mobile_number,
                "page": format!("/_sandbox/learners/{}", learner.uln()),
                "record": learner.record,
            })
        })
        .collect();
    Json(json!({ "learners": learners }))
}

async fn reset(State(core): State<Arc<Core>>) -> StatusCode {
    core.reset();
    StatusCode::NO_CONTENT
}

async fn root_certificate(State(core): State<Arc<Core>>) -> Result<Response, Problem> {
    let pem = core.site.root_pem.clone().ok_or_else(|| Problem::not_found("the sandbox runs without TLS"))?;
    Ok(([(header::CONTENT_TYPE, "application/x-pem-file")], pem).into_response())
}

async fn client_identity(State(core): State<Arc<Core>>, RawQuery(query): RawQuery) -> Result<Response, Problem> {
    let authority = core.authority.as_ref().ok_or_else(|| Problem::not_found("the sandbox runs without TLS"))?;
    let query = pairs(query.unwrap_or_default().as_bytes());
    let value = |name: &str| query.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
    let certificate = value("certificate").map(str::parse).transpose().map_err(Problem::bad_request)?;
    let encryption = value("encryption").map(str::parse).transpose().map_err(Problem::bad_request)?;
    let password = value("password").unwrap_or(CLIENT_PASSWORD);
    let made = pfx::make(authority, certificate.unwrap_or_default(), encryption.unwrap_or_default(), password)
        .map_err(|reason| Problem::new(StatusCode::INTERNAL_SERVER_ERROR, reason))?;
    Ok(([(header::CONTENT_TYPE, "application/x-pkcs12")], made).into_response())
}
