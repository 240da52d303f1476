//! Plays the first-generation supplier that takes identifiers in headers and says no more than a status.

use axum::body::Body;
use axum::http::{HeaderValue, Method, Response, StatusCode, header};

use super::call::{self, Call};
use super::identifiers as read;
use super::native;
use super::refusal::{Function, Refusal};
use super::rules::{self, Linkage, Subject};
use crate::world::{Core, World};

/// Whose correlation identifiers these are; the supplier asks for no credentials of its own.
const CALLER: &str = "header";

/// `GET` and `POST …/patient/linkage`
pub(super) fn serve(core: &Core, call: &Call) -> Response<Body> {
    let function = match call.method {
        Method::GET => Function::Retrieve,
        Method::POST => Function::Create,
        _ => return call::wrong_method(call::bare(StatusCode::METHOD_NOT_ALLOWED), "GET, POST"),
    };
    let mut guard = core.world();
    let world = &mut *guard;
    let given = call.headers.get(function.trace_header()).map(|_| call.header(function.trace_header()));
    let trace = match given {
        None => Some(world.chance.trace_uuid().to_string()),
        Some(value) => value.filter(|value| read::is_trace(value)).map(str::to_owned),
    };
    let mut answer = match respond(world, call, function, trace.as_deref()) {
        Ok((linkage, replayed)) => {
            let status = if function == Function::Create { StatusCode::CREATED } else { StatusCode::OK };
            let mut answer = call::json(status, &native::document(&linkage));
            if replayed {
                answer.headers_mut().insert("idempotent-replay", HeaderValue::from_static("true"));
            }
            answer
        }
        Err(refusal) => {
            let mut answer = call::bare(refusal.row(function).status);
            if let Refusal::RateLimited(seconds) = refusal {
                call::set(&mut answer, header::RETRY_AFTER, &seconds.to_string());
            }
            answer
        }
    };
    if let Some(trace) = trace {
        native::echo(&mut answer, function, &trace);
    }
    answer
}

fn respond(
    world: &mut World,
    call: &Call,
    function: Function,
    trace: Option<&str>,
) -> Result<(Linkage, bool), Refusal> {
    let invalid = || Refusal::Invalid(Vec::new());
    let trace = trace.ok_or_else(invalid)?;
    if function == Function::Retrieve {
        let nhs_number = call.header("nhsnumber").and_then(read::nhs_number).ok_or_else(invalid)?;
        let ods_code = call.header("odscode").and_then(read::ods_code).ok_or_else(invalid)?;
        let subject = Subject { ods_code, nhs_number, person: None };
        return rules::retrieve(world, &subject).map(|linkage| (linkage, false));
    }
    if call.media_type() != "application/json" {
        return Err(Refusal::of_status(StatusCode::UNSUPPORTED_MEDIA_TYPE));
    }
    let members = call.members().ok_or_else(invalid)?;
    let text = |name| members.text_of_any_case(name);
    let today = read::british_day(world.clock.now());
    let nhs_number = text("NhsNumber").and_then(read::nhs_number).ok_or_else(invalid)?;
    let ods_code = text("OdsCode").and_then(read::ods_code).ok_or_else(invalid)?;
    let surname = text("Surname").and_then(read::surname).ok_or_else(invalid)?;
    let born = text("DateOfBirth").and_then(|text| read::date_of_birth(text, today)).ok_or_else(invalid)?;
    let subject = Subject { ods_code, nhs_number, person: Some((surname, born)) };
    rules::create_once(world, CALLER, trace, &subject)
}
