//! Holds one request, and makes the checks that all SIF services begin with.

use std::borrow::Cow;

use axum::body::Bytes;
use axum::http::{HeaderMap, Method, Uri, header};
use url::Url;
use uuid::Uuid;

use super::SifProfile;
use super::address::Address;
use super::authorization;
use super::refusal::Refusal;
use crate::world::World;

const MESSAGE_TYPES: [&str; 4] = ["REQUEST", "RESPONSE", "EVENT", "ERROR"];
const ACTIONS: [&str; 4] = ["QUERY", "CREATE", "UPDATE", "DELETE"];
const REQUEST_TYPES: [&str; 2] = ["IMMEDIATE", "DELAYED"];
const SERVICE_TYPES: [&str; 5] = ["OBJECT", "FUNCTIONAL", "SERVICEPATH", "UTILITY", "XQUERYTEMPLATE"];

/// A request to one of the services.
pub(super) struct Call {
    pub(super) method: Method,
    pub(super) uri: Uri,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

/// What an answer repeats of its request, read without complaint.
#[derive(Clone, Debug)]
pub(super) struct Labels {
    pub(super) json: bool,
    pub(super) action: &'static str,
    pub(super) request_id: Option<String>,
    pub(super) service_type: Option<&'static str>,
}

impl Labels {
    pub(super) fn of(call: &Call) -> Self {
        let usual = match call.method {
            Method::POST => "CREATE",
            Method::PUT => "UPDATE",
            Method::DELETE => "DELETE",
            _ => "QUERY",
        };
        let label = |name, known: &[&'static str]| call.header(name).and_then(|value| one_of(known, &value));
        Self {
            json: call.header("accept").is_some_and(|accept| format_of(&accept) == Some(Format::Json)),
            action: label("requestAction", &ACTIONS).unwrap_or(usual),
            request_id: call.header("requestId").map(Cow::into_owned).filter(|id| !id.is_empty()),
            service_type: label("serviceType", &SERVICE_TYPES),
        }
    }
}

/// In which form something is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Xml,
    Json,
}

/// The form that an `accept` or a content type stands for; weights do not count.
pub(super) fn format_of(value: &str) -> Option<Format> {
    let value = value.to_ascii_lowercase();
    if value.contains("json") {
        Some(Format::Json)
    } else if value.trim().is_empty() || value.contains("xml") || value.contains("text/plain") {
        Some(Format::Xml)
    } else {
        None
    }
}

fn one_of(known: &[&'static str], value: &str) -> Option<&'static str> {
    known.iter().copied().find(|known| known.eq_ignore_ascii_case(value.trim()))
}

impl Call {
    /// The first header of a name.
    pub(super) fn header(&self, name: &str) -> Option<Cow<'_, str>> {
        self.headers.get(name).map(|value| String::from_utf8_lossy(value.as_bytes()))
    }

    /// A parameter that is sent as a header; the original falls back on the query.
    pub(super) fn parameter(&self, name: &str, profile: SifProfile) -> Option<String> {
        let query = || {
            let pairs = self.uri.query()?.split('&').filter_map(|pair| pair.split_once('='));
            let mut fitting = pairs.filter(|(known, _)| known.eq_ignore_ascii_case(name));
            fitting.next().map(|(_, value)| value.to_owned())
        };
        let value = match (self.header(name), profile) {
            (Some(value), _) => Some(value.into_owned()),
            (None, SifProfile::Reference) => query(),
            (None, SifProfile::Strict) => None,
        };
        value.filter(|value| !value.trim().is_empty())
    }

    /// Whether the `Host` header makes an address of the request.
    fn has_address(&self) -> bool {
        let host = self.headers.get(header::HOST).and_then(|host| host.to_str().ok());
        host.is_some_and(|host| !host.is_empty() && Url::parse(&format!("http://{host}/")).is_ok())
    }

    /// Makes the checks that come before those of the parameters, in their order.
    pub(super) fn admit(&self, world: &mut World, address: &Address, profile: SifProfile) -> Result<(), Refusal> {
        if !self.has_address() {
            return Err(Refusal::bad_request("The sifUri is invalid."));
        }
        for name in ["zoneId", "contextId"] {
            if address.parameter(name).is_none() {
                let description = format!("The {name} parameter cannot be null, empty, or whitespace.");
                return Err(Refusal::bad_request(description));
            }
        }
        authorization::verify(world, self, profile)?;
        self.check_labels()
    }

    fn check_labels(&self) -> Result<(), Refusal> {
        type Check = fn(&str) -> bool;
        let is_format: Check = |value| format_of(value).is_some();
        let checks: [(&str, Check); 6] = [
            ("accept", is_format),
            ("Content-Type", is_format),
            ("messageType", |value| one_of(&MESSAGE_TYPES, value).is_some()),
            ("requestAction", |value| one_of(&ACTIONS, value).is_some()),
            ("requestType", |value| one_of(&REQUEST_TYPES, value).is_some()),
            ("serviceType", |value| one_of(&SERVICE_TYPES, value).is_some()),
        ];
        for (name, accepts) in checks {
            if let Some(value) = self.header(name).filter(|value| !value.trim().is_empty() && !accepts(value)) {
                return Err(wrong_header(name, &value));
            }
        }
        // The parser would also take a UUID without hyphens or in braces.
        let is_uuid = |id: &str| id.len() == 36 && Uuid::parse_str(id).is_ok();
        if let Some(id) = self.header("messageId").filter(|id| !is_uuid(id)) {
            return Err(Refusal::bad_request(format!("The id parameter value '{id}' is invalid.")));
        }
        if matches!(Labels::of(self).action, "CREATE" | "UPDATE") && self.body.is_empty() {
            return Err(Refusal::bad_request("The request body is invalid."));
        }
        Ok(())
    }
}

/// The refusal of a header whose value is not one of those that it may have.
pub(super) fn wrong_header(name: &str, value: &str) -> Refusal {
    Refusal::bad_request(format!("SIF header '{name}' contains invalid value '{value}'."))
}

/// Whose record is asked for by whom, as requests to the retrieval service and for filters say it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Question {
    pub(super) entity_id: i32,
    pub(super) service_id: i32,
    pub(super) student_id: String,
    pub(super) object_type: String,
    pub(super) zone_id: String,
    /// Text until the filters are asked for, which take only a number.
    pub(super) personnel_id: Option<String>,
}

impl Question {
    /// Reads the parameters in the order in which they are checked.
    pub(super) fn read(call: &Call, address: &Address, profile: SifProfile, object: &str) -> Result<Self, Refusal> {
        let bad =
            |description: String| Refusal::failed(axum::http::StatusCode::BAD_REQUEST, "query", object, description);
        let missing = |name| bad(format!("The {name} parameter is invalid."));
        let text = |name| call.parameter(name, profile).ok_or_else(|| missing(name));
        let number = |name| {
            let value: String = text(name)?;
            value.parse::<i32>().map_err(|_| bad(format!("For input string: \"{value}\"")))
        };
        let entity_id = number("authorizedEntityId")?;
        let student_id = text("districtStudentId")?;
        // The path of a request for filters ends with no student.
        let named = address.segments.get(1);
        let differs = named.is_some_and(|named| *named != student_id) || !is_plain(&student_id);
        if profile == SifProfile::Strict && differs {
            return Err(missing("districtStudentId"));
        }
        let service_id = number("externalServiceId")?;
        let object_type = text("objectType")?;
        let personnel_id = call.parameter("personnelId", profile);
        let is_number = personnel_id.as_ref().is_none_or(|id| id.parse::<i32>().is_ok());
        if profile == SifProfile::Strict && !is_number {
            return Err(missing("personnelId"));
        }
        let zone_id = address.parameter("zoneId").unwrap_or_default().to_owned();
        Ok(Self { entity_id, service_id, student_id, object_type, zone_id, personnel_id })
    }
}

/// Whether an identifier can stand in a path and mean nothing but itself.
pub(super) fn is_plain(id: &str) -> bool {
    (1..=64).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
}
