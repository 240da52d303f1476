//! Writes the two kinds of errors that the receiver answers: its framework's, and its own about others.

use axum::body::Body;
use axum::http::{Response, StatusCode, header};
use jiff::Timestamp;
use serde_json::json;

use super::call::{self, Call};
use crate::world::World;

/// The statuses from 400 on that the framework knows, and its words for them.
#[rustfmt::skip]
const REASONS: [(u16, &str); 43] = [
    (400, "Bad Request"), (401, "Unauthorized"), (402, "Payment Required"), (403, "Forbidden"), (404, "Not Found"),
    (405, "Method Not Allowed"), (406, "Not Acceptable"), (407, "Proxy Authentication Required"),
    (408, "Request Timeout"), (409, "Conflict"), (410, "Gone"), (411, "Length Required"),
    (412, "Precondition Failed"), (413, "Payload Too Large"), (414, "URI Too Long"), (415, "Unsupported Media Type"),
    (416, "Requested range not satisfiable"), (417, "Expectation Failed"), (418, "I'm a teapot"),
    (419, "Insufficient Space On Resource"), (420, "Method Failure"), (421, "Destination Locked"),
    (422, "Unprocessable Entity"), (423, "Locked"), (424, "Failed Dependency"), (425, "Too Early"),
    (426, "Upgrade Required"), (428, "Precondition Required"), (429, "Too Many Requests"),
    (431, "Request Header Fields Too Large"), (451, "Unavailable For Legal Reasons"),
    (500, "Internal Server Error"), (501, "Not Implemented"), (502, "Bad Gateway"), (503, "Service Unavailable"),
    (504, "Gateway Timeout"), (505, "HTTP Version not supported"), (506, "Variant Also Negotiates"),
    (507, "Insufficient Storage"), (508, "Loop Detected"), (509, "Bandwidth Limit Exceeded"), (510, "Not Extended"),
    (511, "Network Authentication Required"),
];

/// The framework's words for an error status, when it knows it.
pub(super) fn reason(status: StatusCode) -> Option<&'static str> {
    REASONS.iter().find(|(code, _)| *code == status.as_u16()).map(|(_, reason)| *reason)
}

/// The name that the framework's enumeration has for an error status.
pub(super) fn name(status: StatusCode) -> String {
    match status.as_u16() {
        418 => "I_AM_A_TEAPOT".to_owned(),
        _ => reason(status).unwrap_or_default().to_ascii_uppercase().replace([' ', '-'], "_"),
    }
}

/// Why the receiver's framework refuses a request, or fails at it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) status: StatusCode,
    pub(super) message: String,
}

impl Refusal {
    pub(super) fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Self { status, message: message.into() }
    }

    /// The refusal of credentials.
    pub(super) fn unauthorized() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "Unauthorized")
    }

    /// The refusal of a correlation id, a person or an association that belongs to no enrolment.
    pub(super) fn not_found() -> Self {
        Self::new(StatusCode::CONFLICT, "Enrollment not found.")
    }

    /// A failure that the receiver did not expect.
    pub(super) fn internal(message: impl Into<String>) -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, message)
    }

    /// The answer that refuses.
    pub(super) fn answer(&self, now: Timestamp, path: &str) -> Response<Body> {
        let error = reason(self.status).unwrap_or_default();
        let members: [(&str, serde_json::Value); 5] = [
            ("timestamp", now.strftime("%Y-%m-%dT%H:%M:%S.%3f+00:00").to_string().into()),
            ("status", self.status.as_u16().into()),
            ("error", error.into()),
            ("message", self.message.as_str().into()),
            ("path", path.into()),
        ];
        let mut answer = call::json(self.status, object(&members));
        if self.status == StatusCode::UNAUTHORIZED {
            call::set(&mut answer, header::WWW_AUTHENTICATE, "Basic realm=\"Realm\"");
        }
        answer
    }

    /// The answer that refuses a call.
    pub(super) fn to(&self, world: &World, call: &Call) -> Response<Body> {
        self.answer(world.clock.now(), call.uri.path())
    }
}

/// What the receiver says of an upstream service that refused.
pub(super) fn upstream(world: &mut World, status: StatusCode, details: &str, description: &str) -> Response<Body> {
    let code = status.as_u16();
    let words = reason(status).unwrap_or_default();
    let body = if details.is_empty() { "[no body]".to_owned() } else { json!(details).to_string() };
    let members: [(&str, serde_json::Value); 6] = [
        ("error", true.into()),
        ("reference", world.chance.enrolment_reference().into()),
        ("message", format!("{code} {words}: {body}").into()),
        ("details", details.into()),
        ("description", description.into()),
        ("status", name(status).into()),
    ];
    call::json(status, object(&members))
}

/// A JSON object with its members in this order.
fn object(members: &[(&str, serde_json::Value)]) -> String {
    let members: Vec<String> = members.iter().map(|(name, value)| format!("\"{name}\":{value}")).collect();
    format!("{{{}}}", members.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_have_the_names_of_the_framework() {
        let named = |code: u16| name(StatusCode::from_u16(code).unwrap());
        for (code, expected) in [
            (404, "NOT_FOUND"),
            (414, "URI_TOO_LONG"),
            (418, "I_AM_A_TEAPOT"),
            (503, "SERVICE_UNAVAILABLE"),
            (505, "HTTP_VERSION_NOT_SUPPORTED"),
            (460, ""),
        ] {
            assert_eq!(named(code), expected);
        }
        assert_eq!(reason(StatusCode::from_u16(460).unwrap()), None);
    }

    #[test]
    fn a_refusal_of_the_framework_has_five_members() {
        let members = object(&[("status", 409.into()), ("path", "/a\"b".into())]);
        assert_eq!(members, r#"{"status":409,"path":"/a\"b"}"#);
    }
}
