//! Plays the supplier that speaks the interface with names for all outcomes.

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, Method, Response, StatusCode, header};
use serde_json::{Value, json};

use super::call::{self, Call, Members};
use super::client::{CREATE, Grant, RETRIEVE};
use super::identifiers as read;
use super::refusal::{Function, Refusal};
use super::rules::{self, Linkage, Subject};
use crate::recorder::bearer;
use crate::world::{Core, World};

/// The largest body that is read, in bytes.
const LARGEST_BODY: usize = 8 << 10;

/// The header that names a retrieval, and the one that names a creation.
pub(super) const TRACES: [&str; 2] = ["TransactionId", "CorrelationID"];

impl Function {
    /// The header that names a request of this function.
    pub(super) fn trace_header(self) -> &'static str {
        TRACES[if self == Self::Retrieve { 0 } else { 1 }]
    }

    fn scope(self) -> &'static str {
        if self == Self::Retrieve { RETRIEVE } else { CREATE }
    }
}

/// `POST …/retrieve` and `POST …/create`
pub(super) fn serve(core: &Core, call: &Call, function: Function) -> Response<Body> {
    let mut world = core.world();
    let trace = call.header(function.trace_header()).filter(|value| read::is_trace(value)).map(str::to_owned);
    let mut answer = match respond(&mut world, call, function, trace.as_deref()) {
        Ok((linkage, replayed)) => success(&linkage, function, replayed),
        Err(refusal) => {
            let id = trace.clone().unwrap_or_else(|| world.chance.trace_uuid().to_string());
            refuse(&refusal, function, &id)
        }
    };
    if let Some(trace) = trace {
        echo(&mut answer, function, &trace);
    }
    answer
}

/// Repeats the identifier of a request in its answer.
pub(super) fn echo(answer: &mut Response<Body>, function: Function, trace: &str) {
    let name = if function == Function::Retrieve { "transactionid" } else { "correlationid" };
    call::set(answer, HeaderName::from_static(name), trace);
}

fn respond(
    world: &mut World,
    call: &Call,
    function: Function,
    trace: Option<&str>,
) -> Result<(Linkage, bool), Refusal> {
    if call.method != Method::POST {
        return Err(Refusal::of_status(StatusCode::METHOD_NOT_ALLOWED));
    }
    let client_id = caller(world, call, function)?.client_id.clone();
    if call.media_type() != "application/json" {
        return Err(Refusal::of_status(StatusCode::UNSUPPORTED_MEDIA_TYPE));
    }
    if call.body.len() > LARGEST_BODY {
        return Err(Refusal::of_status(StatusCode::PAYLOAD_TOO_LARGE));
    }
    let members = call.members().ok_or_else(|| Refusal::Invalid(Vec::new()))?;
    let (subject, mut wrong) = subject(world, &members, function);
    if trace.is_none() {
        wrong.push(function.trace_header());
    }
    let (Some(trace), true) = (trace, wrong.is_empty()) else { return Err(Refusal::Invalid(wrong)) };
    match function {
        Function::Retrieve => rules::retrieve(world, &subject).map(|linkage| (linkage, false)),
        Function::Create => rules::create_once(world, &client_id, trace, &subject),
    }
}

/// The program whose token came with the request, when it may ask for this.
fn caller<'a>(world: &'a World, call: &Call, function: Function) -> Result<&'a Grant, Refusal> {
    let token = call.header(header::AUTHORIZATION.as_str()).and_then(bearer);
    let grant = token.and_then(|token| world.linkage.tokens.get(token, world.clock.unix()));
    let grant = grant.ok_or(Refusal::Unauthenticated)?;
    let permitted = grant.scopes.iter().any(|scope| scope == function.scope());
    if permitted { Ok(grant) } else { Err(Refusal::Forbidden) }
}

/// Whom the request is about, and the members that are missing or wrongly formed.
fn subject(world: &World, members: &Members, function: Function) -> (Subject, Vec<&'static str>) {
    let mut wrong = Vec::new();
    let mut take = |name, value: Option<String>| {
        if value.is_none() {
            wrong.push(name);
        }
        value.unwrap_or_default()
    };
    let text = |name| members.text(name);
    let nhs_number = take("nhsNumber", text("nhsNumber").and_then(read::nhs_number));
    let ods_code = take("odsCode", text("odsCode").and_then(read::ods_code));
    let person = (function == Function::Create).then(|| {
        let today = read::british_day(world.clock.now());
        let surname = take("surname", text("surname").and_then(read::surname));
        let born = text("dateOfBirth").and_then(|text| read::date_of_birth(text, today));
        (surname, take("dateOfBirth", born))
    });
    (Subject { ods_code, nhs_number, person }, wrong)
}

/// The document that tells a linkage.
pub(super) fn document(linkage: &Linkage) -> Value {
    json!({
        "accountId": linkage.account_id,
        "linkageKey": linkage.linkage_key,
        "odsCode": linkage.ods_code,
        "surname": linkage.surname,
        "dateOfBirth": linkage.date_of_birth,
    })
}

fn success(linkage: &Linkage, function: Function, replayed: bool) -> Response<Body> {
    let status = if function == Function::Create { StatusCode::CREATED } else { StatusCode::OK };
    let mut answer = call::json(status, &document(linkage));
    if replayed {
        answer.headers_mut().insert("idempotent-replay", HeaderValue::from_static("true"));
    }
    answer
}

/// Writes a refusal.
fn refuse(refusal: &Refusal, function: Function, trace: &str) -> Response<Body> {
    let row = refusal.row(function);
    let mut document = json!({ "code": row.code, "category": row.category, "message": row.message, "traceId": trace });
    match refusal {
        Refusal::Invalid(fields) => document["fields"] = json!(fields),
        Refusal::PatientBlocked(block) => document["detail"] = json!(block),
        Refusal::Conflict(reason) => document["reason"] = json!(reason),
        _ => {}
    }
    let mut answer = call::json(row.status, &document);
    match refusal {
        Refusal::Unauthenticated => call::set(&mut answer, header::WWW_AUTHENTICATE, "Bearer"),
        Refusal::RateLimited(seconds) => call::set(&mut answer, header::RETRY_AFTER, &seconds.to_string()),
        Refusal::Generic(StatusCode::METHOD_NOT_ALLOWED, _) => call::set(&mut answer, header::ALLOW, "POST"),
        _ => {}
    }
    answer
}

/// `GET …/health`: whether the supplier is there, and nothing else.
pub(super) fn health(core: &Core, call: &Call) -> Response<Body> {
    if call.method == Method::GET {
        return call::bare(StatusCode::OK);
    }
    call::wrong_method(usual_answer(core, Function::Retrieve, StatusCode::METHOD_NOT_ALLOWED), "GET")
}

/// What the supplier usually answers with `status`, without having been asked anything.
pub(super) fn usual_answer(core: &Core, function: Function, status: StatusCode) -> Response<Body> {
    if status.as_u16() < 400 {
        return call::bare(status);
    }
    let trace = core.world().chance.trace_uuid().to_string();
    refuse(&Refusal::of_status(status), function, &trace)
}
