//! Lets tests and scripts act in the place of learners.

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Json;
use axum::routing::{get, post};
use serde::Deserialize;
use serde_json::{Value, json};

use super::share::{Approval, ShareRefused, ShareView};
use crate::problem::{Id, Problem, parse_json};
use crate::world::{Core, World};

/// The routes of the control interface that concern shares and consents.
pub(super) fn router() -> Router<Arc<Core>> {
    Router::new()
        .route("/_sandbox/shares", get(list_shares))
        .route("/_sandbox/shares/{id}", get(show_share))
        .route("/_sandbox/shares/{id}/approve", post(approve))
        .route("/_sandbox/shares/{id}/decline", post(decline))
        .route("/_sandbox/consents", get(list_consents).post(grant).delete(withdraw))
}

impl From<ShareRefused> for Problem {
    fn from(refused: ShareRefused) -> Self {
        let status = match refused {
            ShareRefused::Unknown => StatusCode::NOT_FOUND,
            ShareRefused::NotWaiting { .. } => StatusCode::CONFLICT,
            ShareRefused::UlnRequired
            | ShareRefused::UnknownLearner
            | ShareRefused::OtherLearner
            | ShareRefused::CodeRequired
            | ShareRefused::WrongCode { .. } => StatusCode::BAD_REQUEST,
        };
        Self::new(status, refused.to_string())
    }
}

/// All shares, the oldest first.
pub(crate) fn shares(world: &World) -> Vec<ShareView> {
    world.vera.shares().filter_map(|entry| share(world, &entry.correlation_id)).collect()
}

/// One share, as it stands now.
pub(crate) fn share(world: &World, correlation_id: &str) -> Option<ShareView> {
    let entry = world.vera.share(correlation_id)?;
    let provider = world.settings.provider(&entry.ukprn).map_or("", |provider| provider.name.as_str());
    Some(entry.view(provider, world.clock.unix()))
}

/// Answers a share with yes.
pub(crate) fn approve_share(core: &Core, correlation_id: &str, approval: &Approval) -> Result<ShareView, ShareRefused> {
    let mut world = core.world();
    let now = world.clock.unix();
    world.vera.approve(&core.learners, correlation_id, approval, now)?;
    share(&world, correlation_id).ok_or(ShareRefused::Unknown)
}

/// Answers a share with no.
pub(crate) fn decline_share(core: &Core, correlation_id: &str) -> Result<ShareView, ShareRefused> {
    let mut world = core.world();
    let now = world.clock.unix();
    world.vera.decline(correlation_id, now)?;
    share(&world, correlation_id).ok_or(ShareRefused::Unknown)
}

async fn list_shares(State(core): State<Arc<Core>>) -> Json<Value> {
    Json(json!({ "shares": shares(&core.world()) }))
}

async fn show_share(State(core): State<Arc<Core>>, Id(id): Id) -> Result<Json<ShareView>, Problem> {
    share(&core.world(), &id).map(Json).ok_or_else(|| ShareRefused::Unknown.into())
}

async fn approve(State(core): State<Arc<Core>>, Id(id): Id, body: Bytes) -> Result<Json<ShareView>, Problem> {
    let approval: Approval = parse_json(&body)?;
    Ok(Json(approve_share(&core, &id, &approval)?))
}

async fn decline(State(core): State<Arc<Core>>, Id(id): Id) -> Result<Json<ShareView>, Problem> {
    Ok(Json(decline_share(&core, &id)?))
}

/// Who may see whose record.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Consent {
    uln: String,
    ukprn: String,
}

impl Consent {
    fn read(core: &Core, world: &World, body: &[u8]) -> Result<Self, Problem> {
        let consent: Self = parse_json(body)?;
        if core.learners.by_uln(&consent.uln).is_none() {
            return Err(Problem::bad_request("there is no learner with this uln"));
        }
        if world.settings.provider(&consent.ukprn).is_none() {
            return Err(Problem::bad_request("there is no provider with this ukprn"));
        }
        Ok(consent)
    }
}

async fn list_consents(State(core): State<Arc<Core>>) -> Json<Value> {
    let world = core.world();
    let consents: Vec<Value> =
        world.vera.consents().map(|(uln, ukprn)| json!({ "uln": uln, "ukprn": ukprn })).collect();
    Json(json!({ "consents": consents }))
}

async fn grant(State(core): State<Arc<Core>>, body: Bytes) -> Result<StatusCode, Problem> {
    let mut world = core.world();
    let consent = Consent::read(&core, &world, &body)?;
    world.vera.grant(&consent.uln, &consent.ukprn);
    Ok(StatusCode::NO_CONTENT)
}

async fn withdraw(State(core): State<Arc<Core>>, body: Bytes) -> Result<StatusCode, Problem> {
    let mut world = core.world();
    let consent = Consent::read(&core, &world, &body)?;
    world.vera.withdraw(&consent.uln, &consent.ukprn);
    Ok(StatusCode::NO_CONTENT)
}
