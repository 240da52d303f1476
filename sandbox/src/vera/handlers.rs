//! Answers the endpoints of the View Education Record API.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use axum::response::IntoResponse;
use serde::Serialize;
use serde_json::json;

use super::person::Person;
use super::qr;
use super::state::Polled;
use crate::gate::ActingProvider;
use crate::learner::is_uln;
use crate::problem::Problem;
use crate::recorder::{bearer, pairs};
use crate::world::{Core, World};

/// The value of `status` in the answer of `generate-qr-code`.
const QR_STATUS: &str = "request_created";

/// `GET generate-qr-code`: opens a share that is to be scanned.
pub(super) async fn generate_qr_code(State(core): State<Arc<Core>>, headers: HeaderMap) -> Response<Body> {
    as_provider(&core, &headers, |ukprn, world| {
        let base = core.site.url_for(headers.get(header::HOST).and_then(|host| host.to_str().ok()));
        let now = world.clock.unix();
        let life = i64::try_from(world.settings.qr_life_seconds).unwrap_or(i64::MAX);
        let share = world.vera.open_qr(&mut world.chance, &base, ukprn, now, life);
        let url = share.url.as_deref().unwrap_or_default();
        let Some(image) = qr::data_uri(url) else {
            let detail = "the address does not fit into a QR code";
            return Problem::new(StatusCode::INTERNAL_SERVER_ERROR, detail).into_response();
        };
        json_answer(&json!({
            "url": url,
            "expiry": share.expires,
            "qrCode": image,
            "status": QR_STATUS,
            "correlationId": share.correlation_id,
        }))
    })
}

/// `GET learner-data`: gives a record by correlation id or by ULN.
pub(super) async fn learner_data(
    State(core): State<Arc<Core>>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response<Body> {
    as_provider(&core, &headers, |ukprn, world| {
        let query = pairs(query.unwrap_or_default().as_bytes());
        match Wanted::read(&query) {
            Ok(Wanted::Share(correlation_id)) => by_share(&core, world, &correlation_id, ukprn),
            Ok(Wanted::Learner(uln)) => by_uln(&core, world, &uln, ukprn),
            Err(problem) => problem.into_response(),
        }
    })
}

/// `POST learner/check`: tells whether there is a record of this person.
pub(super) async fn check(State(core): State<Arc<Core>>, headers: HeaderMap, body: Bytes) -> Response<Body> {
    as_provider(&core, &headers, |_, _| match Person::read(&headers, &body) {
        Ok(person) if core.learners.by_phone(&person.mobile_number, &person.birth_date).is_some() => {
            Response::new(Body::empty())
        }
        Ok(_) => no_such_person(),
        Err(problem) => problem.into_response(),
    })
}

/// `POST learner/share-request`: asks this person by a push to their phone.
pub(super) async fn share_request(State(core): State<Arc<Core>>, headers: HeaderMap, body: Bytes) -> Response<Body> {
    as_provider(&core, &headers, |ukprn, world| {
        let person = match Person::read(&headers, &body) {
            Ok(person) => person,
            Err(problem) => return problem.into_response(),
        };
        let Some(learner) = core.learners.by_phone(&person.mobile_number, &person.birth_date) else {
            return no_such_person();
        };
        let now = world.clock.unix();
        let share = world.vera.open_push(&mut world.chance, ukprn, learner.uln(), now);
        json_answer(&json!({ "correlationId": share.correlation_id, "code": share.code }))
    })
}

/// What a request for a record names.
enum Wanted {
    Share(String),
    Learner(String),
}

impl Wanted {
    fn read(query: &[(String, String)]) -> Result<Self, Problem> {
        let mut named = query.iter().filter(|(name, _)| name == "correlationId" || name == "uln");
        let (Some((name, value)), None) = (named.next(), named.next()) else {
            return Err(Problem::bad_request("exactly one of correlationId and uln must be given, and only once"));
        };
        match name.as_str() {
            "uln" if is_uln(value) => Ok(Self::Learner(value.clone())),
            "uln" => Err(Problem::bad_request("uln must be ten digits with a valid check digit")),
            _ if value.is_empty() => Err(Problem::bad_request("correlationId must not be empty")),
            _ => Ok(Self::Share(value.clone())),
        }
    }
}

fn by_share(core: &Core, world: &World, correlation_id: &str, ukprn: &str) -> Response<Body> {
    match world.vera.poll(correlation_id, ukprn, world.clock.unix()) {
        Polled::Shared(uln) => record(core, &uln),
        Polled::Pending => pending(world.settings.pending_status),
        Polled::Unknown => not_available(),
        Polled::Closed => {
            let detail = "the learner declined, or the time to answer has passed";
            Problem::new(StatusCode::REQUEST_TIMEOUT, detail).into_response()
        }
    }
}

fn by_uln(core: &Core, world: &World, uln: &str, ukprn: &str) -> Response<Body> {
    if world.vera.consented(uln, ukprn) { record(core, uln) } else { not_available() }
}

fn record(core: &Core, uln: &str) -> Response<Body> {
    core.learners.by_uln(uln).map_or_else(not_available, |learner| json_answer(&learner.record))
}

/// The answer while the learner has not decided.
fn pending(status: u16) -> Response<Body> {
    match status {
        200 => json_answer(&()),
        202 | 204 => {
            let mut answer = Response::new(Body::empty());
            *answer.status_mut() = if status == 202 { StatusCode::ACCEPTED } else { StatusCode::NO_CONTENT };
            answer
        }
        _ => not_available(),
    }
}

/// The one answer for everything that cannot be had, whatever the reason.
fn not_available() -> Response<Body> {
    Problem::not_found("no record is available").into_response()
}

fn no_such_person() -> Response<Body> {
    Problem::not_found("no record was found with these details").into_response()
}

/// Does `act` for the provider whose token came with the request.
fn as_provider(
    core: &Core,
    headers: &HeaderMap,
    act: impl FnOnce(&str, &mut World) -> Response<Body>,
) -> Response<Body> {
    let mut world = core.world();
    let token = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).and_then(bearer);
    let now = world.clock.unix();
    let ukprn = token.and_then(|token| world.vera.tokens.ukprn(token, now)).map(str::to_owned);
    let Some(ukprn) = ukprn else { return unauthorised() };
    let mut answer = act(&ukprn, &mut world);
    answer.extensions_mut().insert(ActingProvider(ukprn));
    answer
}

/// The answer without a token, or with one that is unknown or has expired.
pub(super) fn unauthorised() -> Response<Body> {
    let mut answer = Response::new(Body::empty());
    *answer.status_mut() = StatusCode::UNAUTHORIZED;
    let challenge = HeaderValue::from_static(r#"Bearer error="invalid_token""#);
    answer.headers_mut().insert(header::WWW_AUTHENTICATE, challenge);
    answer
}

/// `HEAD` where only `GET` is served, so that looking does not open a share.
pub(super) async fn not_head() -> Response<Body> {
    let mut answer = Problem::of_status(StatusCode::METHOD_NOT_ALLOWED).into_response();
    answer.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET"));
    answer
}

fn json_answer(document: &impl Serialize) -> Response<Body> {
    let text = serde_json::to_string(document).expect("the answers of the service have only text keys");
    let mut answer = Response::new(Body::from(text));
    answer.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json; charset=utf-8"));
    answer
}
