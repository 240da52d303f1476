//! The answers of the interface: a record, or an error body.

use hyper::StatusCode;
use hyper::header::{ACCESS_CONTROL_ALLOW_ORIGIN, HeaderName, HeaderValue, RETRY_AFTER};
use jiff::Timestamp;
use serde_json::json;
use uuid::Uuid;

use super::parameters::Address;
use crate::error::Status;
use crate::listener::request::{self, Request};
use crate::listener::server::Answer;
use crate::privacy::Wiped;
use crate::sif::config::Behaviour;
use crate::sif::{self, Refusal};

/// In which form is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Xml,
    Json,
}

impl Form {
    /// The form that a header asks for, as the original sees it.
    pub(super) fn accepted(value: &str) -> Option<Self> {
        let value = value.to_ascii_lowercase();
        if value.contains("json") {
            Some(Self::Json)
        } else if value.contains("xml") || value.contains("text/plain") {
            Some(Self::Xml)
        } else {
            None
        }
    }

    const fn media_type(self) -> &'static str {
        match self {
            Self::Xml => "application/xml; charset=UTF-8",
            Self::Json => "application/json; charset=UTF-8",
        }
    }
}

/// Why a record is not shown.
#[derive(Debug)]
pub(super) enum Problem {
    NoZone,
    NoContext,
    Refused(Refusal),
    TooMany(u64),
    /// The header's name and its value.
    InvalidHeader(&'static str, String),
    BadMessageId(String),
    NoBody,
    InvalidParameter(&'static str),
    NotANumber(String),
    /// Nothing to show, for whatever reason.
    NotFound,
    /// Anything that goes wrong behind us.
    Internal,
}

impl Problem {
    fn status(&self) -> StatusCode {
        match self {
            Self::Refused(refusal) => StatusCode::from_u16(refusal.status()).unwrap_or(StatusCode::UNAUTHORIZED),
            Self::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
            _ => StatusCode::BAD_REQUEST,
        }
    }

    fn description(&self, address: &Address) -> String {
        match self {
            Self::NoZone => "The zoneId parameter cannot be null, empty, or whitespace.".into(),
            Self::NoContext => "The contextId parameter cannot be null, empty, or whitespace.".into(),
            Self::Refused(refusal) => refusal.description().into(),
            Self::TooMany(_) => "Too many requests.".into(),
            Self::InvalidHeader(name, value) => format!("SIF header '{name}' contains invalid value '{value}'."),
            Self::BadMessageId(value) => format!("The id parameter value '{value}' is invalid."),
            Self::NoBody => "The request body is invalid.".into(),
            Self::InvalidParameter(name) => format!("The {name} parameter is invalid."),
            Self::NotANumber(text) => format!("For input string: \"{text}\""),
            Self::NotFound => format!("The requested {} resource was not found.", address.name),
            Self::Internal => "Internal server error.".into(),
        }
    }

    /// Whether it was met only once the parameters were read.
    const fn is_late(&self) -> bool {
        matches!(self, Self::InvalidParameter(_) | Self::NotANumber(_) | Self::NotFound | Self::Internal)
    }

    /// The word and status in the audit trail.
    pub(super) const fn audited(&self) -> (&'static str, Status) {
        match self {
            Self::Refused(_) => ("refused", Status::AuthRejected),
            Self::TooMany(_) => ("THROTTLED", Status::Throttled),
            Self::NotFound => ("notFound", Status::Ok),
            Self::Internal => ("FAILED", Status::Internal),
            _ => ("INVALID_INPUT", Status::InvalidInput),
        }
    }
}

/// What an answer repeats of the request.
pub(super) struct Reply {
    pub(super) form: Form,
    pub(super) action: &'static str,
    pub(super) service_type: Option<&'static str>,
    request_id: Option<HeaderValue>,
    now: Timestamp,
    behaviour: Behaviour,
}

impl Reply {
    pub(super) fn new(request: &Request, now: Timestamp, behaviour: Behaviour) -> Self {
        let accepted = request.header("accept").and_then(Form::accepted);
        Self {
            form: accepted.unwrap_or(Form::Xml),
            action: "QUERY",
            service_type: None,
            request_id: request.headers.get("requestid").cloned(),
            now,
            behaviour,
        }
    }

    /// A record; `None` when it cannot be written in the form that is asked for.
    pub(super) fn shown(&self, record: &Wiped<String>) -> Option<Answer> {
        let body = match self.form {
            Form::Xml => record.as_bytes().to_vec(),
            Form::Json => sif::json_of(record)?,
        };
        Some(self.finish(StatusCode::OK, body, "RESPONSE"))
    }

    /// An error.
    pub(super) fn refused(&self, problem: &Problem, address: &Address) -> Answer {
        let status = problem.status();
        let (scope, message) = if problem.is_late() {
            (address.name.as_str(), format!("Failed to query {}.", address.name))
        } else {
            ("Info", status.canonical_reason().unwrap_or_default().to_owned())
        };
        let (id, code, description) =
            (Uuid::new_v4().to_string(), status.as_u16().to_string(), problem.description(address));
        let body = match self.form {
            Form::Json => json!({ "error": {
                "id": id, "code": code, "scope": scope, "message": message, "description": description,
            } })
            .to_string(),
            Form::Xml => {
                let escape = |text: &str| {
                    let mut escaped = String::new();
                    // What XML cannot carry is not repeated.
                    let _ = crate::xml::escape(text, &mut escaped);
                    escaped
                };
                format!(
                    "<error id=\"{id}\"><code>{code}</code><scope>{}</scope><message>{}</message><description>{}</description></error>",
                    escape(scope),
                    escape(&message),
                    escape(&description)
                )
            }
        };
        let mut answer = self.finish(status, body.into_bytes(), "ERROR");
        if let Problem::TooMany(seconds) = problem {
            answer.headers_mut().insert(RETRY_AFTER, HeaderValue::from(*seconds));
        }
        answer
    }

    fn finish(&self, status: StatusCode, body: Vec<u8>, kind: &'static str) -> Answer {
        let mut answer = request::empty(status);
        *answer.body_mut() = bytes::Bytes::from_owner(zeroize::Zeroizing::new(body)).into();
        let headers = answer.headers_mut();
        let mut set = |name: &'static str, value: &str| {
            if let Ok(value) = HeaderValue::try_from(value) {
                headers.insert(HeaderName::from_static(name), value);
            }
        };
        set("timestamp", &sif::time_text(self.now));
        set("messageid", &Uuid::new_v4().to_string());
        set("messagetype", kind);
        set("responseaction", self.action);
        if let Some(service_type) = self.service_type {
            set("servicetype", service_type);
        }
        set("content-type", self.form.media_type());
        if let Some(id) = &self.request_id {
            headers.insert(HeaderName::from_static("requestid"), id.clone());
        }
        if self.behaviour == Behaviour::Compat {
            headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
        }
        answer
    }
}
