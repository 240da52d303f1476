//! Holds one request to a supplier, and reads what all suppliers read in the same way.

use std::fmt;

use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode, Uri, header};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;

use crate::recorder::{media_type, pairs};

/// A request to a supplier.
pub(super) struct Call {
    pub(super) method: Method,
    pub(super) uri: Uri,
    pub(super) headers: HeaderMap,
    pub(super) body: axum::body::Bytes,
}

impl Call {
    /// The value of a header that was sent exactly once, and as text.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.get_all(name).iter();
        let value = values.next()?.to_str().ok()?;
        values.next().is_none().then_some(value)
    }

    /// The media type of the body.
    pub(super) fn media_type(&self) -> String {
        media_type(self.header(header::CONTENT_TYPE.as_str()).unwrap_or_default())
    }

    /// The value of a query parameter that was sent exactly once.
    pub(super) fn query(&self, name: &str) -> Option<String> {
        let mut values = pairs(self.uri.query().unwrap_or_default().as_bytes())
            .into_iter()
            .filter(|(known, _)| known == name)
            .map(|(_, value)| value);
        let value = values.next()?;
        values.next().is_none().then_some(value)
    }

    /// The body as a JSON object in which no name stands twice.
    pub(super) fn members(&self) -> Option<Members> {
        serde_json::from_slice(&self.body).ok()
    }
}

/// The members of a JSON object.
#[derive(Debug, PartialEq)]
pub(super) struct Members(Vec<(String, Value)>);

impl Members {
    /// The text of the member with exactly this name.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).and_then(|(_, value)| value.as_str())
    }

    /// The text of the member with this name, in capitals or not; `None` also when several fit.
    pub(super) fn text_of_any_case(&self, name: &str) -> Option<&str> {
        let mut fitting = self.0.iter().filter(|(known, _)| known.eq_ignore_ascii_case(name));
        let (_, value) = fitting.next()?;
        if fitting.next().is_some() { None } else { value.as_str() }
    }
}

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Collected)
    }
}

/// Collects members, and refuses a name that comes again.
struct Collected;

impl<'de> Visitor<'de> for Collected {
    type Value = Members;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members, A::Error> {
        let mut members: Vec<(String, Value)> = Vec::new();
        while let Some((name, value)) = map.next_entry::<String, Value>()? {
            if members.iter().any(|(known, _)| *known == name) {
                return Err(serde::de::Error::custom("a member is given twice"));
            }
            members.push((name, value));
        }
        Ok(Members(members))
    }
}

/// An answer without a body.
pub(super) fn bare(status: StatusCode) -> Response<Body> {
    let mut answer = Response::new(Body::empty());
    *answer.status_mut() = status;
    set(&mut answer, header::CACHE_CONTROL, "no-store");
    answer
}

/// An answer of a content type, which is not to be kept anywhere.
pub(super) fn answer(status: StatusCode, content_type: &str, text: String) -> Response<Body> {
    let mut answer = bare(status);
    *answer.body_mut() = Body::from(text);
    set(&mut answer, header::CONTENT_TYPE, content_type);
    answer
}

/// An answer of JSON.
pub(super) fn json(status: StatusCode, document: &Value) -> Response<Body> {
    answer(status, "application/json; charset=utf-8", document.to_string())
}

/// Refuses a method and names those that are taken.
pub(super) fn wrong_method(mut answer: Response<Body>, permitted: &str) -> Response<Body> {
    set(&mut answer, header::ALLOW, permitted);
    answer
}

/// Sets a header, unless the value cannot be sent.
pub(super) fn set(answer: &mut Response<Body>, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        answer.headers_mut().insert(name, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn members(text: &str) -> Option<Members> {
        serde_json::from_str(text).ok()
    }

    #[test]
    fn members_are_found_by_name_and_only_text_counts() {
        let members = members(r#"{"a":"1","B":"2","c":3,"d":null}"#).unwrap();
        assert_eq!((members.text("a"), members.text("b"), members.text("c")), (Some("1"), None, None));
        assert_eq!(members.text_of_any_case("b"), Some("2"));
        assert_eq!(members.text_of_any_case("D"), None);
    }

    #[test]
    fn what_is_no_object_or_has_a_name_twice_is_refused() {
        for text in [r#"{"a":1,"a":1}"#, "[]", "\"a\"", "{", "", "{} x", "null"] {
            assert_eq!(members(text), None, "{text}");
        }
        let both = members(r#"{"a":"1","A":"2"}"#).unwrap();
        assert_eq!((both.text("a"), both.text_of_any_case("a")), (Some("1"), None));
    }
}
