//! The answers of the interfaces.

use hyper::StatusCode;
use hyper::header::{HeaderName, HeaderValue, RETRY_AFTER, WWW_AUTHENTICATE};
use jiff::civil::Date;
use serde::Serialize;
use serde_json::json;

use super::shape::{Function, Shape};
use crate::linkage::outcome::{Detail, Outcome};
use crate::linkage::query::{Linkage, Said};
use crate::listener::request;
use crate::listener::server::Answer;

/// What is known of an answer beside the outcome.
pub(super) struct Reply {
    shape: Shape,
    function: Function,
    trace_id: Option<String>,
    fields: Vec<&'static str>,
    reason: Option<&'static str>,
    retry_after_ms: Option<u64>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Success<'a> {
    account_id: &'a str,
    linkage_key: &'a str,
    ods_code: &'a str,
    surname: &'a str,
    date_of_birth: &'a Date,
}

/// As [`Success`], in the spelling of the first generation.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Pascal<'a> {
    account_id: &'a str,
    linkage_key: &'a str,
    ods_code: &'a str,
    surname: &'a str,
    date_of_birth: &'a Date,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Failure<'a> {
    code: &'static str,
    category: &'static str,
    message: &'a str,
    trace_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<&'a Detail>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fields: Option<&'a [&'static str]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'static str>,
}

impl Reply {
    pub(super) fn new(shape: Shape, function: Function, trace_id: String) -> Self {
        Self { trace_id: Some(trace_id), ..Self::none(shape, function) }
    }

    /// For a request that nothing is known of.
    pub(super) fn none(shape: Shape, function: Function) -> Self {
        Self { shape, function, trace_id: None, fields: Vec::new(), reason: None, retry_after_ms: None }
    }

    /// The fields that are wrong.
    pub(super) fn fields(&mut self, fields: Vec<&'static str>) {
        self.fields = fields;
    }

    /// Why a reference cannot be used.
    pub(super) fn reason(&mut self, reason: &'static str) {
        self.reason = Some(reason);
    }

    /// How long to wait, in milliseconds.
    pub(super) fn retry_after(&mut self, wait: Option<u64>) {
        self.retry_after_ms = wait;
    }

    /// The answer to a request that is refused for its outside.
    pub(super) fn refusal(&self, status: StatusCode) -> Answer {
        let message = match status {
            StatusCode::NOT_FOUND => "There is nothing at this address.",
            StatusCode::METHOD_NOT_ALLOWED => "This address does not take this method.",
            StatusCode::UNSUPPORTED_MEDIA_TYPE => "The body must be application/json.",
            StatusCode::PAYLOAD_TOO_LARGE => "The body is too large.",
            _ => "The request could not be read.",
        };
        let mut answer = self.failure(status, Outcome::GenericError, message, &Said::not(Outcome::GenericError));
        self.finish(&mut answer);
        answer
    }

    /// The answer.
    pub(super) fn of(&self, said: &Said) -> Answer {
        let outcome = said.outcome;
        let mut answer = match &said.linkage {
            Some(linkage) => self.success(linkage),
            None => {
                let status = StatusCode::from_u16(outcome.http_status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
                self.failure(status, outcome, outcome.message(), said)
            }
        };
        if said.replayed && said.linkage.is_some() {
            answer.headers_mut().insert("idempotent-replay", HeaderValue::from_static("true"));
        }
        if outcome == Outcome::Unauthenticated {
            answer.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Some(wait) = self.retry_after_ms {
            answer.headers_mut().insert(RETRY_AFTER, HeaderValue::from(wait.div_ceil(1000).max(1)));
        }
        self.finish(&mut answer);
        answer
    }

    fn success(&self, linkage: &Linkage) -> Answer {
        let status = if self.function == Function::Create { StatusCode::CREATED } else { StatusCode::OK };
        let (account_id, linkage_key) = (linkage.account_id.as_str(), linkage.linkage_key.as_str());
        let (ods_code, surname, date_of_birth) =
            (linkage.ods_code.as_str(), linkage.surname.as_str(), &linkage.date_of_birth.0);
        match self.shape {
            Shape::Header => {
                request::json(status, &Pascal { account_id, linkage_key, ods_code, surname, date_of_birth })
            }
            _ => request::json(status, &Success { account_id, linkage_key, ods_code, surname, date_of_birth }),
        }
    }

    fn failure(&self, status: StatusCode, outcome: Outcome, message: &str, said: &Said) -> Answer {
        if self.shape == Shape::Organisations {
            let (code, diagnostic) = match outcome {
                Outcome::InvalidRequest => ("V4205", message),
                Outcome::PatientNotFound => ("VY806", message),
                Outcome::NoLinkageKey => ("V2210", "No user associated with this patient."),
                Outcome::KeyAlreadyExists => ("V2214", message),
                other => (other.name(), message),
            };
            return request::json(status, &json!({ "error": { "code": code, "diagnostic": diagnostic } }));
        }
        let category = match self.function {
            Function::Retrieve => outcome.category(),
            Function::Create => outcome.category_on_create(),
        };
        let failure = Failure {
            code: outcome.name(),
            category,
            message,
            trace_id: self.trace_id.as_deref().unwrap_or_default(),
            detail: said.detail.as_ref(),
            fields: (outcome == Outcome::InvalidRequest).then_some(self.fields.as_slice()),
            reason: self.reason.filter(|_| outcome == Outcome::CorrelationConflict),
        };
        request::json(status, &failure)
    }

    fn finish(&self, answer: &mut Answer) {
        let Some(trace) = self.trace_id.as_deref().and_then(|id| HeaderValue::try_from(id).ok()) else { return };
        if let Ok(name) = HeaderName::try_from(self.function.trace_header()) {
            answer.headers_mut().insert(name, trace);
        }
    }
}
