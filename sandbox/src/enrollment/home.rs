//! Plays the home institutions: tells who a student is, and keeps associations and results.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State as Held;
use axum::http::{HeaderMap, Method, Response, StatusCode, Uri, header};
use axum::response::IntoResponse as _;
use axum::routing::any;
use serde_json::json;
use tokio::time::sleep;

use super::associations::{self, Kept};
use super::call::{self, Address, Call};
use super::members::Members;
use super::script::Mishap;
use super::{Endpoint, token_endpoint};
use crate::gate::Cut;
use crate::problem::Problem;
use crate::recorder::{bearer, pairs};
use crate::world::{Core, World};

/// The routes of the home institutions.
pub(super) fn services() -> Router<Arc<Core>> {
    Router::new().route("/enrollment/home/{*rest}", any(serve))
}

async fn serve(
    Held(core): Held<Arc<Core>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response<Body> {
    let call = Call { method, uri, headers, body };
    // What has begun is finished, also when the receiver no longer waits for it.
    let answer = tokio::spawn(run(core, call)).await;
    answer.unwrap_or_else(|_| usual_answer(StatusCode::INTERNAL_SERVER_ERROR))
}

async fn run(core: Arc<Core>, call: Call) -> Response<Body> {
    let address = Address::read(call.uri.path());
    let known = address.filter(|address| core.world().enrollment.register.home(&address.home).is_some());
    let Some(address) = known else {
        return Problem::not_found("there is nothing at this address").into_response();
    };
    if let Some(reply) = super::queued(&core, address.endpoint) {
        return reply;
    }
    let methods = match address.endpoint {
        Endpoint::HomePerson => "GET, POST",
        Endpoint::HomeAssociation => "GET, PATCH",
        _ => "POST",
    };
    if !methods.split(", ").any(|method| method == call.method.as_str()) {
        let mut answer = usual_answer(StatusCode::METHOD_NOT_ALLOWED);
        call::set(&mut answer, header::ALLOW, methods);
        return answer;
    }
    match address.endpoint {
        Endpoint::HomeToken => token_endpoint::serve(&core, &call, &address.home),
        Endpoint::HomePerson => person(&core.world(), &call, &address.home),
        _ => association(&core, &call, &address).await,
    }
}

/// What a home institution usually answers with `status`.
pub(super) fn usual_answer(status: StatusCode) -> Response<Body> {
    let detail = match status {
        StatusCode::UNAUTHORIZED => "The access token is missing, unknown or expired.",
        StatusCode::NOT_FOUND => "There is no such association.",
        _ => "The request was not carried out.",
    };
    refuse(status, detail)
}

fn refuse(status: StatusCode, detail: &str) -> Response<Body> {
    if status.as_u16() < 400 {
        return call::bare(status);
    }
    let title = status.canonical_reason().unwrap_or("Error");
    let document = json!({ "status": status.as_u16().to_string(), "title": title, "detail": detail });
    let mut answer = call::json(status, document.to_string());
    if status == StatusCode::UNAUTHORIZED {
        call::set(&mut answer, header::WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"");
    }
    answer
}

/// Whom a token speaks for at a home institution.
fn subject(world: &World, home: &str, token: Option<&str>) -> Option<String> {
    let grant = world.enrollment.tokens.opens(home, token?, world.clock.unix())?;
    Some(grant.person.clone())
}

/// `GET` and `POST …/persons/me`
fn person(world: &World, call: &Call, home: &str) -> Response<Body> {
    let form = pairs(&call.body);
    let token = match call.method {
        Method::POST => form.iter().find(|(name, _)| name == "access_token").map(|(_, value)| value.as_str()),
        _ => call.header(header::AUTHORIZATION).and_then(bearer),
    };
    let person = subject(world, home, token).and_then(|id| world.enrollment.register.person(&id));
    let Some(person) = person else { return usual_answer(StatusCode::UNAUTHORIZED) };
    let shown = person.person.clone();
    let shown = match world.enrollment.scripts.of(&person.id, None).active_enrollment {
        Some(active) => shown.with("activeEnrollment", active),
        None => shown,
    };
    call::json(StatusCode::OK, shown.to_string())
}

/// Answers a request about associations, unless something happens to it first.
async fn association(core: &Core, call: &Call, address: &Address) -> Response<Body> {
    let (person, offering, mishap, delay) = {
        let world = &mut *core.world();
        let token = call.header(header::AUTHORIZATION).and_then(bearer);
        let Some(person) = subject(world, &address.home, token) else {
            return usual_answer(StatusCode::UNAUTHORIZED);
        };
        let state = &mut world.enrollment;
        let offering = match address.endpoint {
            Endpoint::HomeExternal => {
                let association = Members::parse(&call.body).unwrap_or_default();
                state.associations.count(&person, associations::request_id(&association));
                association.object("offering").and_then(|offering| offering.text("offeringId"))
            }
            _ => state.associations.find(&address.home, &person, &address.id).map(|kept| kept.offering_id.clone()),
        };
        let mishap = state.scripts.mishap(&person, offering.as_deref());
        let delay = state.scripts.of(&person, offering.as_deref()).delay_ms;
        (person, offering, mishap, delay)
    };
    if let Some(delay) = delay {
        sleep(Duration::from_millis(delay)).await;
    }
    match mishap {
        Some(Mishap::Cut) => {
            let mut answer = call::bare(StatusCode::OK);
            answer.extensions_mut().insert(Cut);
            return answer;
        }
        Some(Mishap::Status(status)) => return usual_answer(StatusCode::from_u16(status).unwrap_or_default()),
        None => {}
    }
    let world = &mut *core.world();
    let acted = match (address.endpoint, &call.method) {
        (Endpoint::HomeExternal, _) => create(world, call, &address.home, &person),
        (Endpoint::HomeResults, _) => take_result(world, call, &address.home, &person),
        (_, &Method::PATCH) => change(world, call, address, &person),
        _ => Ok(show(world, &address.home, &person, &address.id)),
    };
    let answer = acted.unwrap_or_else(|reason| refuse(StatusCode::BAD_REQUEST, &reason));
    let forgets = answer.status().is_success() && address.endpoint == Endpoint::HomeExternal;
    if forgets && world.enrollment.scripts.forgets_answer(&person, offering.as_deref()) {
        return usual_answer(StatusCode::INTERNAL_SERVER_ERROR);
    }
    answer
}

/// `POST …/associations/external/me`: keeps another association, whatever there is already.
fn create(world: &mut World, call: &Call, home: &str, person: &str) -> Result<Response<Body>, String> {
    let id = world.chance.enrolment_id().to_string();
    let kept = Kept::read(&call.body, home, person, &id, world.clock.now())?;
    let script = world.enrollment.scripts.of(person, Some(&kept.offering_id));
    let status = if script.answer_200 { StatusCode::OK } else { StatusCode::CREATED };
    let answer = call::json(status, kept.shown(script, world.clock.now(), !script.no_association_id));
    world.enrollment.associations.keep(kept);
    Ok(answer)
}

/// `PATCH …/associations/{associationId}`
fn change(world: &mut World, call: &Call, address: &Address, person: &str) -> Result<Response<Body>, String> {
    let now = world.clock.now();
    let (home, id) = (address.home.as_str(), address.id.as_str());
    let Some(kept) = world.enrollment.associations.find_mut(home, person, id) else {
        return Ok(usual_answer(StatusCode::NOT_FOUND));
    };
    kept.change(&call.body, now)?;
    Ok(show(world, home, person, id))
}

/// `POST …/associations/me`: the older way to send a result.
fn take_result(world: &mut World, call: &Call, home: &str, person: &str) -> Result<Response<Body>, String> {
    let now = world.clock.now();
    let body = world.enrollment.associations.take_result(&call.body, home, person, now)?;
    Ok(call::json(StatusCode::CREATED, body))
}

/// An association as its home institution shows it at present.
fn show(world: &World, home: &str, person: &str, id: &str) -> Response<Body> {
    let state = &world.enrollment;
    let Some(kept) = state.associations.find(home, person, id) else { return usual_answer(StatusCode::NOT_FOUND) };
    let script = state.scripts.of(person, Some(&kept.offering_id));
    call::json(StatusCode::OK, kept.shown(script, world.clock.now(), true))
}
