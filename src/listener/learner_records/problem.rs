//! The error bodies of the interface.

use std::borrow::Cow;

use hyper::StatusCode;
use hyper::header::{HeaderName, HeaderValue, RETRY_AFTER};
use serde::Serialize;

use crate::error::{Error, Status};
use crate::listener::request::{self, BodyProblem};
use crate::listener::server::Answer;
use crate::lrs::soap::{Fault, FaultKind};

/// Why a request is not carried out, or failed.
#[derive(Debug)]
pub(super) enum Problem {
    /// The body or a parameter cannot be read; the text says what and may quote it.
    Unreadable(String),
    /// The body has a property of this name that nothing reads.
    Unrecognised(String),
    /// The header that names the person who asks is missing.
    NoUsername,
    /// These fields break their rules.
    Invalid(Vec<(&'static str, &'static str)>),
    /// There is no ULN for the person of this id.
    NoUln(String),
    /// Nobody confirmed a match for the person of this id.
    NotMatched(String),
    /// The caller lacks the role.
    Forbidden,
    /// There is nothing at this path.
    NoResource(String),
    /// The path has other methods.
    Method { used: String, permitted: &'static str },
    /// The body is not said to be JSON.
    MediaType,
    /// The body is larger than what is accepted.
    TooLarge,
    /// The caller sends too many requests.
    TooMany { retry_after_s: u64 },
    /// The Learning Records Service took too long.
    Timeout,
    /// The Learning Records Service is closed for maintenance.
    Maintenance,
    /// The Learning Records Service reported a fault.
    Fault(String),
    /// Anything else; the text says what and never quotes personal data.
    Unexpected(String),
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Body<'a> {
    status: &'static str,
    error_code: Cow<'a, str>,
    user_message: Cow<'a, str>,
    developer_message: Cow<'a, str>,
    more_info: Cow<'a, str>,
}

impl Problem {
    /// The problem that a fault is, in the interface's words.
    pub(super) fn of_fault(fault: &Fault) -> Self {
        let text = |value: &Option<crate::privacy::Sensitive<String>>| {
            value.as_ref().map_or_else(|| "null".to_owned(), |value| value.0.clone())
        };
        match fault.kind {
            FaultKind::Plain => Self::Fault("LRS returned an error without detail".into()),
            _ => Self::Fault(format!(
                "LRS returned an error: MIAPAPIException(errorCode={}, errorActor={}, description={}, furtherDetails={}, errorTimestamp={})",
                text(&fault.code),
                text(&fault.actor),
                text(&fault.description),
                text(&fault.further_details),
                text(&fault.timestamp),
            )),
        }
    }

    /// What the audit trail says of it.
    pub(super) const fn outcome(&self) -> &'static str {
        match self {
            Self::NoUln(_) => "noUln",
            Self::NotMatched(_) => "notMatched",
            Self::Timeout => "DEADLINE_EXCEEDED",
            Self::Maintenance => "MAINTENANCE",
            Self::Fault(_) => "SERVICE_FAULT",
            Self::Forbidden => "FORBIDDEN",
            Self::Unexpected(_) => "FAILED",
            _ => "INVALID_INPUT",
        }
    }

    /// The status in the audit trail.
    pub(super) const fn status(&self) -> i32 {
        let status = match self {
            Self::NoUln(_) | Self::NotMatched(_) => Status::Ok,
            Self::Timeout => Status::DeadlineExceeded,
            Self::Maintenance => Status::Maintenance,
            Self::Fault(_) => Status::ServiceFault,
            Self::Forbidden => Status::Forbidden,
            Self::Unexpected(_) => Status::Internal,
            _ => Status::InvalidInput,
        };
        status.number()
    }

    /// The answer; in `strict` it says of the service's trouble of what kind it was.
    pub(super) fn answer(&self, strict: bool) -> Answer {
        let (status, body) = self.body();
        let mut answer = request::json(status, &body);
        let upstream = match self {
            Self::Timeout => Some("timeout"),
            Self::Fault(_) | Self::Maintenance => Some("fault"),
            _ => None,
        };
        if let Some(kind) = upstream.filter(|_| strict) {
            answer.headers_mut().insert(HeaderName::from_static("x-upstream"), HeaderValue::from_static(kind));
        }
        if let Self::TooMany { retry_after_s } = self {
            answer.headers_mut().insert(RETRY_AFTER, HeaderValue::from(*retry_after_s));
        }
        answer
    }

    fn body(&self) -> (StatusCode, Body<'_>) {
        const UNREADABLE: &str = "Unreadable HTTP message";
        let body = |status, code, user, developer, more| Body {
            status,
            error_code: code,
            user_message: user,
            developer_message: developer,
            more_info: more,
        };
        let same = |status, code: &'static str, user: Cow<'static, str>| {
            body(status, code.into(), user.clone(), user, code.into())
        };
        let bad = "BAD_REQUEST";
        match self {
            Self::Unreadable(what) => (
                StatusCode::BAD_REQUEST,
                body(
                    bad,
                    UNREADABLE.into(),
                    UNREADABLE.into(),
                    format!("JSON parse error: {what}").into(),
                    UNREADABLE.into(),
                ),
            ),
            Self::Unrecognised(name) => {
                let developer = format!("Unrecognized field: Unrecognized property \"{name}\" is not known");
                let user = "Unrecognized field in request";
                (
                    StatusCode::BAD_REQUEST,
                    body(bad, UNREADABLE.into(), user.into(), developer.into(), "Unrecognized field".into()),
                )
            }
            Self::NoUsername => {
                let user = "Missing X-Username Header: Required request header 'X-Username' is not present";
                (StatusCode::BAD_REQUEST, same(bad, "Missing X-Username Header", user.into()))
            }
            Self::Invalid(fields) => {
                let list = |of: fn(&(&'static str, &'static str)) -> &'static str| {
                    fields.iter().map(of).collect::<Vec<_>>().join(", ")
                };
                let developer = format!("Validation(s) failed for [{}]", list(|field| field.0));
                let more = format!("{developer} with reason(s): [{}]", list(|field| field.1));
                let user = "Please correct the error and retry";
                (
                    StatusCode::BAD_REQUEST,
                    body(bad, "Validation Failed".into(), user.into(), developer.into(), more.into()),
                )
            }
            Self::NoUln(id) => {
                let developer = "Individual with this NomisId does not have a ULN";
                let user = format!("Not possible to match given NomisId {id}");
                (
                    StatusCode::BAD_REQUEST,
                    body(bad, "Match not possible".into(), user.into(), developer.into(), developer.into()),
                )
            }
            Self::NotMatched(id) => {
                let developer = "Individual with this NomisId has not been matched to a ULN yet";
                let user = format!("No Match found for given NomisId {id}");
                (
                    StatusCode::NOT_FOUND,
                    body("NOT_FOUND", "Match not found".into(), user.into(), developer.into(), developer.into()),
                )
            }
            Self::Forbidden => {
                let code = "Forbidden - Authorization Denied";
                (
                    StatusCode::FORBIDDEN,
                    body("FORBIDDEN", code.into(), "Forbidden: Access Denied".into(), code.into(), code.into()),
                )
            }
            Self::NoResource(path) => {
                let developer = "Requested Resource not found on the server";
                let user = format!("No resource found failure: No static resource {path}");
                (
                    StatusCode::NOT_FOUND,
                    body("NOT_FOUND", "No Resource Found".into(), user.into(), developer.into(), developer.into()),
                )
            }
            Self::Method { used, permitted } => {
                let user = format!("HTTP Method ({used}) is not allowed");
                let developer = format!("{user}, use only ({permitted}) method");
                let more = format!("{user}, use only this ({permitted}) method");
                let code = format!("Method ({used}) not allowed");
                (
                    StatusCode::METHOD_NOT_ALLOWED,
                    body("METHOD_NOT_ALLOWED", code.into(), user.into(), developer.into(), more.into()),
                )
            }
            Self::MediaType => (
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                same("UNSUPPORTED_MEDIA_TYPE", "Unsupported Media Type", "The body must be application/json".into()),
            ),
            Self::TooLarge => (
                StatusCode::PAYLOAD_TOO_LARGE,
                same("PAYLOAD_TOO_LARGE", "Payload Too Large", "The body is larger than is accepted".into()),
            ),
            Self::TooMany { .. } => (
                StatusCode::TOO_MANY_REQUESTS,
                same("TOO_MANY_REQUESTS", "Too Many Requests", "Too many requests, see Retry-After".into()),
            ),
            Self::Timeout => {
                let more = "A request timed out while waiting for a response from an upstream service.";
                let developer = "The Learning Records Service did not answer in time.";
                let user = "A request to an upstream service timed out.";
                (
                    StatusCode::REQUEST_TIMEOUT,
                    body("REQUEST_TIMEOUT", "Request Timeout".into(), user.into(), developer.into(), more.into()),
                )
            }
            Self::Maintenance => {
                let user = "LRS API Dependency Failed - DfE API is under maintenance";
                let developer = format!("{user}, please check DfE API maintenance window for more details");
                let code = "DfE API failed to Respond";
                (
                    StatusCode::FAILED_DEPENDENCY,
                    body("FAILED_DEPENDENCY", code.into(), user.into(), developer.into(), user.into()),
                )
            }
            Self::Fault(text) => {
                let status = "INTERNAL_SERVER_ERROR";
                (StatusCode::INTERNAL_SERVER_ERROR, same(status, "LRS Error", text.clone().into()))
            }
            Self::Unexpected(cause) => {
                let user = format!("Unexpected error: {cause}");
                (StatusCode::INTERNAL_SERVER_ERROR, same("INTERNAL_SERVER_ERROR", "Unexpected error", user.into()))
            }
        }
    }
}

impl From<BodyProblem> for Problem {
    fn from(problem: BodyProblem) -> Self {
        match problem {
            BodyProblem::TooLarge => Self::TooLarge,
            BodyProblem::Late | BodyProblem::Cut => Self::Unreadable("the body breaks off".into()),
        }
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::DeadlineExceeded { .. } => Self::Timeout,
            Error::Maintenance { .. } => Self::Maintenance,
            Error::InvalidInput { field, problem } => Self::Unreadable(format!("{field} {problem}")),
            other => Self::Unexpected(other.to_string()),
        }
    }
}
