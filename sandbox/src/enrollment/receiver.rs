//! Plays the receiver towards the student administration: hands its calls on to the home institution.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State as Held;
use axum::http::{HeaderMap, Method, Response, StatusCode, Uri, header};
use axum::routing::any;

use super::call::{self, Address, Call};
use super::exchange::{self, Question, Trouble};
use super::members::Members;
use super::received::{Received, is_json};
use super::refusal::Refusal;
use super::{BROKER_CREDENTIAL, Endpoint, SIS_CREDENTIAL, start};
use crate::percent::encoded;
use crate::world::Core;

/// The routes of the receiver.
pub(super) fn services() -> Router<Arc<Core>> {
    Router::new().route("/enrollment/receiver/{*rest}", any(serve))
}

async fn serve(
    Held(core): Held<Arc<Core>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response<Body> {
    let path = uri.path().to_owned();
    let call = Call { method, uri, headers, body };
    // The original goes on when its client has left, so what it does must not end with the connection.
    let answer = tokio::spawn(run(Arc::clone(&core), call)).await;
    answer.unwrap_or_else(|error| Refusal::internal(error.to_string()).answer(core.world().clock.now(), &path))
}

async fn run(core: Arc<Core>, call: Call) -> Response<Body> {
    let Some(address) = Address::read(call.uri.path()) else {
        return Refusal::new(StatusCode::NOT_FOUND, "No message available").to(&core.world(), &call);
    };
    if let Some(reply) = super::queued(&core, address.endpoint) {
        return reply;
    }
    let methods = match address.endpoint {
        Endpoint::Person => "GET",
        Endpoint::Association => "GET, PATCH",
        _ => "POST",
    };
    if let Err(refusal) = admit(&call, address.endpoint, methods) {
        let mut answer = refusal.to(&core.world(), &call);
        if refusal.status == StatusCode::METHOD_NOT_ALLOWED {
            call::set(&mut answer, header::ALLOW, methods);
        }
        return answer;
    }
    let answered = match address.endpoint {
        Endpoint::Start => return start::serve(&core, &call).await,
        Endpoint::External => create(&core, &call, &address.id).await,
        Endpoint::Association => association(&core, &call, &address.id).await,
        Endpoint::Person => person(&core, &call, &address.id).await,
        _ => results(&core, &call).await,
    };
    match answered {
        Ok(answer) => answer,
        Err(trouble) => trouble.answer(&mut core.world(), call.uri.path()),
    }
}

/// Makes the checks that come before any reading, in the order of the framework.
fn admit(call: &Call, endpoint: Endpoint, methods: &str) -> Result<(), Refusal> {
    let credential = if endpoint == Endpoint::Start { BROKER_CREDENTIAL } else { SIS_CREDENTIAL };
    if !call.is_from(credential) {
        return Err(Refusal::unauthorized());
    }
    if !methods.split(", ").any(|method| method == call.method.as_str()) {
        let message = format!("Request method '{}' not supported", call.method);
        return Err(Refusal::new(StatusCode::METHOD_NOT_ALLOWED, message));
    }
    let kind = call.media_type();
    if call.method != Method::GET && !is_json(&kind) {
        let message = format!("Content type '{kind}' not supported");
        return Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, message));
    }
    Ok(())
}

/// The members of the body of a call.
pub(super) fn members(call: &Call) -> Result<Members, Refusal> {
    let unreadable = |error| Refusal::new(StatusCode::BAD_REQUEST, format!("JSON parse error: {error}"));
    Members::parse(&call.body).map_err(unreadable)
}

/// `POST /associations/external/{personId}`
async fn create(core: &Arc<Core>, call: &Call, person_id: &str) -> Result<Response<Body>, Trouble> {
    let association = members(call)?;
    let correlation_id = newest(core, Some(person_id))?;
    let question = Question {
        endpoint: Endpoint::HomeExternal,
        method: Method::POST,
        place: "associations/external/me".to_owned(),
        body: Some(association.to_string().into()),
        language: call.language(),
    };
    let answer = exchange::ask(core, &correlation_id, &question).await?;
    let members = answer.members()?;
    if answer.status == StatusCode::CREATED {
        // The original stumbles over a created association without an identifier.
        let id = members.as_ref().and_then(|members| members.text("associationId"));
        let id = id.ok_or_else(|| Refusal::internal("No message available"))?;
        core.world().enrollment.ledger.remember(id, correlation_id);
    }
    Ok(passed_on(answer.status, &answer))
}

/// `PATCH` and `GET /associations/{associationId}`
async fn association(core: &Arc<Core>, call: &Call, id: &str) -> Result<Response<Body>, Trouble> {
    let change = if call.method == Method::PATCH { Some(members(call)?) } else { None };
    let (correlation_id, key) = {
        let world = core.world();
        let creator = world.enrollment.ledger.creator(id).ok_or_else(Refusal::not_found)?;
        (creator.correlation_id.clone(), creator.key.clone())
    };
    let question = Question {
        endpoint: Endpoint::HomeAssociation,
        method: call.method.clone(),
        place: format!("associations/{}", encoded(id)),
        body: change.map(|change| change.with("personId", key).to_string().into()),
        language: call.language(),
    };
    let answer = exchange::ask(core, &correlation_id, &question).await?;
    answer.members()?;
    Ok(passed_on(answer.status, &answer))
}

/// `GET /person/{personId}`
async fn person(core: &Arc<Core>, call: &Call, person_id: &str) -> Result<Response<Body>, Trouble> {
    let correlation_id = newest(core, Some(person_id))?;
    let question = Question {
        endpoint: Endpoint::HomePerson,
        method: Method::GET,
        place: "persons/me".to_owned(),
        body: None,
        language: call.language(),
    };
    let answer = exchange::ask(core, &correlation_id, &question).await?;
    let person = answer.members()?.ok_or_else(|| Refusal::internal("No message available"))?;
    Ok(call::json(StatusCode::OK, person.with("personId", person_id).to_string()))
}

/// `POST /api/results`
async fn results(core: &Arc<Core>, call: &Call) -> Result<Response<Body>, Trouble> {
    let association = members(call)?;
    let person_id = match association.raw("personId").map(serde_json::value::RawValue::get) {
        // Without a person the original finds an enrolment whose person is not known either.
        None | Some("null") => None,
        Some(_) => {
            let text = association.text("personId");
            Some(text.ok_or_else(|| Refusal::internal("personId cannot be cast to class java.lang.String"))?)
        }
    };
    let correlation_id = newest(core, person_id.as_deref())?;
    let question = Question {
        endpoint: Endpoint::HomeResults,
        method: Method::POST,
        place: "associations/me".to_owned(),
        body: Some(association.with("personId", person_id).to_string().into()),
        language: call.language(),
    };
    let answer = exchange::ask(core, &correlation_id, &question).await?;
    answer.members()?;
    Ok(passed_on(StatusCode::OK, &answer))
}

/// The newest enrolment of a person.
fn newest(core: &Core, person_id: Option<&str>) -> Result<String, Trouble> {
    let world = core.world();
    let enrolment = world.enrollment.ledger.newest(person_id);
    enrolment.map(|known| known.correlation_id.clone()).ok_or_else(|| Refusal::not_found().into())
}

/// What a home institution answered, with a status.
fn passed_on(status: StatusCode, answer: &Received) -> Response<Body> {
    if answer.body.is_empty() { call::bare(status) } else { call::json(status, answer.body.clone()) }
}
