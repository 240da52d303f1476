//! Starts an enrolment as the receiver does: fetches the person, asks the backend, and reads its answer.

use std::sync::Arc;

use axum::body::Body;
use axum::http::{Response, StatusCode};

use super::backend;
use super::call::{self, Call};
use super::exchange::{self, Trouble};
use super::ledger::Enrolment;
use super::members::Members;
use super::received::{Outcome, Received};
use super::receiver::members;
use super::refusal::Refusal;
use crate::world::Core;

/// What the code counts as when the backend gives none.
const NO_CODE: i32 = 400;

/// `POST /api/start`
pub(super) async fn serve(core: &Arc<Core>, call: &Call) -> Response<Body> {
    match run(core, call).await {
        Ok(answer) => answer,
        Err(trouble) => trouble.answer(&mut core.world(), call.uri.path()),
    }
}

async fn run(core: &Arc<Core>, call: &Call) -> Result<Response<Body>, Trouble> {
    let missing = || {
        let message = "Required request header 'X-Correlation-ID' for method parameter type String is not present";
        Refusal::new(StatusCode::BAD_REQUEST, message)
    };
    let correlation_id = call.header("X-Correlation-ID").ok_or_else(missing)?;
    let offering = members(call)?;
    let enrolment = core.world().enrollment.ledger.enrolment(correlation_id).cloned();
    let enrolment = enrolment.ok_or_else(Refusal::not_found)?;
    let person = person(core, &enrolment, call.language()).await?;
    let body = Members::default().with("offering", &offering).with("person", &person);
    let answer = match backend::ask(core, &body, call.language()).await? {
        Outcome::Success(answer) => answer,
        Outcome::Failed(message) => return Err(Refusal::internal(message).into()),
        Outcome::Refused(refused) => {
            let about = enrolment.printed();
            let description = format!("Error in registration results for enrollmentRequest: {about}");
            return Err(Trouble::Refused(refused, description));
        }
    };
    told(core, &answer).map_err(Trouble::from)
}

/// The person as the backend gets to see them, whose identifier the receiver remembers.
async fn person(core: &Arc<Core>, enrolment: &Enrolment, language: &str) -> Result<Members, Trouble> {
    let answer = exchange::person(core, enrolment, language).await?;
    let person = answer.members()?.ok_or_else(|| Refusal::internal("No message available"))?;
    if enrolment.has_eduid {
        return Ok(person.with("personId", &enrolment.key));
    }
    if let Some(known) = core.world().enrollment.ledger.enrolment_mut(&enrolment.correlation_id) {
        known.key = person.text("personId");
    }
    Ok(person)
}

/// What the receiver makes of the answer of a backend that accepted the call.
fn told(core: &Core, answer: &Received) -> Result<Response<Body>, Refusal> {
    let members = answer.members()?.ok_or_else(|| Refusal::internal("No message available"))?;
    let code = match members.raw("code").map(serde_json::value::RawValue::get) {
        None => NO_CODE,
        Some(text) => whole(text).ok_or_else(|| Refusal::internal("code cannot be cast to class java.lang.Integer"))?,
    };
    if code >= 400 {
        let reference = core.world().chance.enrolment_reference();
        return Ok(call::json(StatusCode::OK, members.with("reference", reference).to_string()));
    }
    // No server can send a final answer with a status below 200.
    let status = u16::try_from(code).ok().filter(|code| *code >= 200);
    let status = status.and_then(|code| StatusCode::from_u16(code).ok());
    let status = status.ok_or_else(|| Refusal::internal(format!("{code} is no status of an answer")))?;
    Ok(call::json(status, answer.body.clone()))
}

/// A JSON number without a fraction that fits into 32 bits.
fn whole(text: &str) -> Option<i32> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_numbers_of_thirty_two_bits_are_codes() {
        for (text, expected) in [("200", Some(200)), ("-1", Some(-1)), ("2147483647", Some(i32::MAX))] {
            assert_eq!(whole(text), expected);
        }
        for text in ["null", "\"200\"", "200.0", "2e2", "2147483648", "true", "[200]", "-"] {
            assert_eq!(whole(text), None, "{text}");
        }
    }
}
