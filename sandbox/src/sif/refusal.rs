//! Writes answers: documents, and refusals in the error body that all services share.

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, Response, StatusCode, header};
use serde_json::json;

use super::SifProfile;
use super::request::Labels;
use super::timestamp;
use super::xml;
use crate::world::World;

pub(super) const XML: &str = "application/xml; charset=UTF-8";
const JSON: &str = "application/json; charset=UTF-8";

/// What a failure of the service itself is described as, whatever it was.
const FAILURE: &str = "Internal server error.";

/// Why a request is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) status: StatusCode,
    scope: String,
    message: String,
    description: String,
}

impl Refusal {
    /// A refusal before it is known what is asked for.
    fn early(status: StatusCode, description: impl Into<String>) -> Self {
        let message = status.canonical_reason().unwrap_or("Error").to_owned();
        Self { status, scope: "Info".to_owned(), message, description: description.into() }
    }

    pub(super) fn bad_request(description: impl Into<String>) -> Self {
        Self::early(StatusCode::BAD_REQUEST, description)
    }

    pub(super) fn unauthorized(description: impl Into<String>) -> Self {
        Self::early(StatusCode::UNAUTHORIZED, description)
    }

    /// A refusal to do something with an object.
    pub(super) fn failed(status: StatusCode, action: &str, object: &str, description: impl Into<String>) -> Self {
        let message = format!("Failed to {action} {object}.");
        Self { status, scope: object.to_owned(), message, description: description.into() }
    }

    /// A failure whose reason is nobody's business.
    pub(super) fn internal(object: &str) -> Self {
        Self::failed(StatusCode::INTERNAL_SERVER_ERROR, "query", object, FAILURE)
    }

    /// The refusal that usually comes with a status.
    pub(super) fn usual(status: StatusCode, object: &str) -> Self {
        let description = match status {
            StatusCode::BAD_REQUEST => "The request body is invalid.".to_owned(),
            StatusCode::UNAUTHORIZED => "The authorization header is invalid.".to_owned(),
            StatusCode::NOT_FOUND => format!("The requested {object} resource was not found."),
            StatusCode::INTERNAL_SERVER_ERROR => FAILURE.to_owned(),
            _ => "The request was not carried out.".to_owned(),
        };
        Self::failed(status, "query", object, description)
    }

    /// The answer that refuses.
    pub(super) fn answer(&self, world: &mut World, labels: &Labels) -> Response<Body> {
        let id = world.chance.sif_uuid();
        let code = self.status.as_u16();
        let members = [("scope", &self.scope), ("message", &self.message), ("description", &self.description)];
        let body = if labels.json {
            let [scope, message, description] = members.map(|(_, text)| text);
            let error = json!({
                "id": id.to_string(), "code": code.to_string(), "scope": scope, "message": message, "description": description,
            });
            json!({ "error": error }).to_string()
        } else {
            let members: String =
                members.iter().map(|(name, text)| format!("  <{name}>{}</{name}>\n", xml::escaped(text))).collect();
            format!("<error id=\"{id}\">\n  <code>{code}</code>\n{members}</error>")
        };
        write(world, labels, self.status, "ERROR", body)
    }
}

/// An answer that gives what was asked for, in the form that was asked for.
pub(super) fn give(world: &mut World, labels: &Labels, body: String) -> Response<Body> {
    write(world, labels, StatusCode::OK, "RESPONSE", body)
}

fn write(world: &mut World, labels: &Labels, status: StatusCode, kind: &str, body: String) -> Response<Body> {
    let mut answer = bare(status);
    *answer.body_mut() = Body::from(body);
    set(&mut answer, header::CONTENT_TYPE, if labels.json { JSON } else { XML });
    let named = HeaderName::from_static;
    set(&mut answer, named("timestamp"), &timestamp::print(world.clock.now()));
    set(&mut answer, named("messageid"), &world.chance.sif_uuid().to_string());
    set(&mut answer, named("messagetype"), kind);
    set(&mut answer, named("responseaction"), labels.action);
    if let Some(id) = &labels.request_id {
        set(&mut answer, named("requestid"), id);
    }
    if let Some(service_type) = labels.service_type {
        set(&mut answer, named("servicetype"), service_type);
    }
    if world.settings.sif_profile == SifProfile::Reference {
        set(&mut answer, header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    }
    answer
}

/// An answer that says nothing but its status.
pub(super) fn bare(status: StatusCode) -> Response<Body> {
    let mut answer = Response::new(Body::empty());
    *answer.status_mut() = status;
    answer
}

/// An answer of plain text.
pub(super) fn text(content_type: &str, text: impl Into<Body>) -> Response<Body> {
    let mut answer = Response::new(text.into());
    set(&mut answer, header::CONTENT_TYPE, content_type);
    answer
}

fn set(answer: &mut Response<Body>, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        answer.headers_mut().insert(name, value);
    }
}
