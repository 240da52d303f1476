//! Plays the broker: starts an enrolment, waits for what comes of it, and shows that to the student.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::http::{Method, Request, StatusCode, header};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use tokio::time::timeout;

use super::members::Members;
use super::received::Received;
use super::{BROKER_CREDENTIAL, Endpoint, receiver};
use crate::gate;
use crate::world::Core;

/// What the broker says by itself.
const WORDS: [(u16, &str); 8] = [
    (400, "Something went wrong at the host institution."),
    (404, "The home institution does not know the student."),
    (408, "It took too long."),
    (409, "The waiting room was skipped, or the enrolment is not known."),
    (412, "The enrolment request is invalid."),
    (417, "The login at the home institution failed."),
    (419, "The eduID is missing."),
    (500, "Something went wrong."),
];

/// What comes of an enrolment.
#[derive(Debug)]
pub(super) struct Shown {
    /// The status that the receiver answered; 408 when it took too long.
    pub(super) status: u16,
    /// The body of the receiver, as JSON text; `None` when it gave none.
    pub(super) body: Option<String>,
    /// The code that the student sees.
    pub(super) code: i64,
    /// What the student reads.
    pub(super) message: String,
    /// Where further questions are asked.
    pub(super) redirect: Option<String>,
}

/// Starts the enrolment with a correlation id for an offering.
pub(super) async fn start(
    core: &Arc<Core>,
    correlation_id: &str,
    offering: String,
    language: Option<&str>,
) -> Result<Shown, String> {
    let (user, password) = BROKER_CREDENTIAL;
    let mut request = Request::builder()
        .method(Method::POST)
        .uri("/enrollment/receiver/api/start")
        .header(header::HOST, core.site.address.to_string())
        .header(header::AUTHORIZATION, format!("Basic {}", STANDARD.encode(format!("{user}:{password}"))))
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::ACCEPT, "application/json, application/*+json")
        .header("x-correlation-id", correlation_id);
    if let Some(language) = language {
        request = request.header(header::ACCEPT_LANGUAGE, language);
    }
    let (parts, ()) = request.body(()).map_err(|error| error.to_string())?.into_parts();
    let router = receiver::services().with_state(Arc::clone(core));
    let limit = Duration::from_millis(core.world().settings.enrollment_timeout_ms);
    let answering = async {
        let body = Some(Bytes::from(offering));
        let answer = gate::emulate(core, router, parts, body, Endpoint::Start.name()).await.ok()?;
        Received::read(answer).await
    };
    Ok(match timeout(limit, answering).await {
        Ok(answer) => shown(answer),
        Err(_) => by_itself(StatusCode::REQUEST_TIMEOUT, None),
    })
}

/// What the student sees of an answer; without one, the connection broke.
fn shown(answer: Option<Received>) -> Shown {
    let Some(answer) = answer else { return by_itself(StatusCode::INTERNAL_SERVER_ERROR, None) };
    let members = Members::parse(&answer.body).ok();
    let body = match &members {
        Some(members) => Some(members.to_string()),
        None if answer.body.is_empty() => None,
        None => Some(Value::from(answer.text()).to_string()),
    };
    let Some(members) = members.filter(|_| answer.status.is_success()) else { return by_itself(answer.status, body) };
    let code = members.raw("code").and_then(|code| code.get().parse().ok()).unwrap_or(400);
    let message = members.text("message").unwrap_or_default();
    let redirect = members.text("redirect").filter(|_| code == 200);
    Shown { status: answer.status.as_u16(), body, code, message, redirect }
}

/// What the broker shows when nothing of an answer is fit to be shown.
fn by_itself(status: StatusCode, body: Option<String>) -> Shown {
    let code = status.as_u16();
    let words = WORDS.iter().find(|(known, _)| *known == code).or(WORDS.last());
    let message = words.map(|(_, words)| (*words).to_owned()).unwrap_or_default();
    Shown { status: code, body, code: i64::from(code), message, redirect: None }
}

impl Shown {
    /// The view of it.
    pub(super) fn document(&self, correlation_id: &str) -> String {
        let mut shown = json!({ "code": self.code, "message": self.message });
        if let Some(redirect) = &self.redirect {
            shown["redirect"] = redirect.as_str().into();
        }
        let body = self.body.as_deref().unwrap_or("null");
        let correlation_id = Value::from(correlation_id);
        let status = self.status;
        format!(r#"{{"correlationId":{correlation_id},"httpStatus":{status},"body":{body},"shown":{shown}}}"#)
    }
}
