//! Lets tests and scripts log students in, choose the backend, and script home institutions.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{Response, StatusCode};
use axum::response::Json;
use axum::routing::{get, post};
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};

use super::backend::{EnrollmentBackend, Given};
use super::login::{Login, login};
use super::members::Members;
use super::script::HomeScript;
use super::{broker, call, view};
use crate::problem::{Id, Problem, parse_json};
use crate::replies::EndpointReply;
use crate::world::Core;

/// The routes of the control interface that concern enrolments.
pub(super) fn router() -> Router<Arc<Core>> {
    Router::new()
        .route("/_sandbox/enrollment/backend", get(show_backend).post(change_backend).delete(clear_backend))
        .route("/_sandbox/enrollment/login", post(log_in))
        .route("/_sandbox/enrollment/broker", post(start))
        .route("/_sandbox/enrollment/people", get(list_people))
        .route("/_sandbox/enrollment/offerings", get(list_offerings))
        .route("/_sandbox/enrollment/associations", get(list_associations))
        .route("/_sandbox/enrollment/home/{id}", get(show_home).post(change_home).delete(clear_home))
        .route("/_sandbox/enrollment/next", get(list_replies).post(add_reply).delete(clear_replies))
}

async fn show_backend(State(core): State<Arc<Core>>) -> Json<Value> {
    Json(json!({ "backend": core.world().enrollment.backend.as_ref().map(EnrollmentBackend::shown) }))
}

async fn change_backend(State(core): State<Arc<Core>>, body: Bytes) -> Result<Json<Value>, Problem> {
    let given: Given = parse_json(&body)?;
    let backend = given.backend().map_err(Problem::bad_request)?;
    let shown = backend.shown();
    set_backend(&core, backend).map_err(Problem::bad_request)?;
    Ok(Json(json!({ "backend": shown })))
}

/// Chooses the backend, or says why it cannot be one.
pub(crate) fn set_backend(core: &Core, backend: EnrollmentBackend) -> Result<(), String> {
    backend.check()?;
    core.world().enrollment.backend = Some(backend);
    Ok(())
}

async fn clear_backend(State(core): State<Arc<Core>>) -> StatusCode {
    core.world().enrollment.backend = None;
    StatusCode::NO_CONTENT
}

async fn log_in(State(core): State<Arc<Core>>, body: Bytes) -> Result<(StatusCode, Json<Value>), Problem> {
    let asked: Login = parse_json(&body)?;
    let correlation_id = login(&core, &asked).map_err(Problem::bad_request)?;
    Ok((StatusCode::CREATED, Json(json!({ "correlationId": correlation_id }))))
}

/// Logs a student in at home and gives the correlation id, or says why that is not possible.
pub(crate) fn login_as(core: &Core, person_id: &str) -> Result<String, String> {
    login(core, &Login { person_id: person_id.to_owned(), ..Login::default() })
}

/// What the broker is to start.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Start {
    correlation_id: Option<String>,
    person_id: Option<String>,
    home: Option<String>,
    require_eduid: Option<bool>,
    offering_id: Option<String>,
    offering: Option<Box<RawValue>>,
    accept_language: Option<String>,
}

async fn start(State(core): State<Arc<Core>>, body: Bytes) -> Result<Response<Body>, Problem> {
    let asked: Start = parse_json(&body)?;
    let offering = match (asked.offering_id, asked.offering) {
        (Some(id), None) => {
            let world = core.world();
            let offering = world.enrollment.register.offering(&id);
            offering.ok_or_else(|| Problem::not_found(format!("there is no offering {id:?}")))?.document.to_string()
        }
        (None, Some(offering)) => offering.get().to_owned(),
        _ => return Err(Problem::bad_request("offeringId or offering must be given")),
    };
    let correlation_id = match (asked.correlation_id, asked.person_id) {
        (Some(id), None) => id,
        (None, Some(person_id)) => {
            let asked = Login { person_id, home: asked.home, require_eduid: asked.require_eduid };
            login(&core, &asked).map_err(Problem::bad_request)?
        }
        _ => return Err(Problem::bad_request("correlationId or personId must be given")),
    };
    let shown = broker::start(&core, &correlation_id, offering, asked.accept_language.as_deref()).await;
    let shown = shown.map_err(Problem::bad_request)?;
    Ok(call::json(StatusCode::OK, shown.document(&correlation_id)))
}

async fn list_people(State(core): State<Arc<Core>>) -> Response<Body> {
    let document = Members::default().with("people", view::people(&core.world()));
    call::json(StatusCode::OK, document.to_string())
}

async fn list_offerings(State(core): State<Arc<Core>>) -> Response<Body> {
    let world = core.world();
    let offerings = world.enrollment.register.offerings.iter();
    let offerings = offerings.fold(Members::default(), |all, offering| all.with(&offering.id, &offering.document));
    call::json(StatusCode::OK, Members::default().with("offerings", offerings).to_string())
}

async fn list_associations(State(core): State<Arc<Core>>) -> Response<Body> {
    let world = core.world();
    let results = world.enrollment.associations.results();
    let document = Members::default().with("associations", view::associations(&world)).with("results", results);
    call::json(StatusCode::OK, document.to_string())
}

async fn show_home(State(core): State<Arc<Core>>, Id(person_id): Id) -> Result<Json<Value>, Problem> {
    known(&core, &person_id).map_err(Problem::not_found)?;
    Ok(Json(json!({ "scripts": core.world().enrollment.scripts.all(&person_id) })))
}

async fn change_home(
    State(core): State<Arc<Core>>,
    Id(person_id): Id,
    body: Bytes,
) -> Result<Json<HomeScript>, Problem> {
    let script: HomeScript = parse_json(&body)?;
    known(&core, &person_id).map_err(Problem::not_found)?;
    script_home(&core, &person_id, script.clone()).map_err(Problem::bad_request)?;
    Ok(Json(script))
}

/// Lets home institutions treat a student in this way, or says why they cannot.
pub(crate) fn script_home(core: &Core, person_id: &str, script: HomeScript) -> Result<(), String> {
    known(core, person_id)?;
    script.check()?;
    core.world().enrollment.scripts.set(person_id, script);
    Ok(())
}

async fn clear_home(State(core): State<Arc<Core>>, Id(person_id): Id) -> Result<StatusCode, Problem> {
    known(&core, &person_id).map_err(Problem::not_found)?;
    core.world().enrollment.scripts.forget(&person_id);
    Ok(StatusCode::NO_CONTENT)
}

fn known(core: &Core, person_id: &str) -> Result<(), String> {
    let person = core.world().enrollment.register.person(person_id).map(drop);
    person.ok_or_else(|| format!("there is no person {person_id:?}"))
}

async fn list_replies(State(core): State<Arc<Core>>) -> Json<Value> {
    Json(json!({ "replies": core.world().enrollment.replies.all().collect::<Vec<_>>() }))
}

async fn add_reply(State(core): State<Arc<Core>>, body: Bytes) -> Result<(StatusCode, Json<EndpointReply>), Problem> {
    let reply: EndpointReply = parse_json(&body)?;
    queue_reply(&core, reply.clone()).map_err(Problem::bad_request)?;
    Ok((StatusCode::CREATED, Json(reply)))
}

/// Queues a reply, or says why it cannot be.
pub(crate) fn queue_reply(core: &Core, reply: EndpointReply) -> Result<(), String> {
    reply.check(&super::ENDPOINTS)?;
    core.world().enrollment.replies.add(reply);
    Ok(())
}

async fn clear_replies(State(core): State<Arc<Core>>) -> StatusCode {
    core.world().enrollment.replies.clear();
    StatusCode::NO_CONTENT
}
