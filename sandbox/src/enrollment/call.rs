//! Holds one request to the receiver or a home institution, and says where it goes.

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode, Uri, header};

use super::Endpoint;
use crate::percent::decoded;
use crate::recorder::{basic, media_type};

/// The language that is handed on when none was asked for.
const LANGUAGE: &str = "en-GB";

/// A user and a password, as basic authentication sends them.
pub(super) type Credential = (&'static str, &'static str);

/// A request to the receiver or a home institution.
pub(super) struct Call {
    pub(super) method: Method,
    pub(super) uri: Uri,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

impl Call {
    /// The first header of a name, when it is text.
    pub(super) fn header(&self, name: impl header::AsHeaderName) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// The languages that the student asked for.
    pub(super) fn language(&self) -> &str {
        self.header(header::ACCEPT_LANGUAGE).filter(|value| !value.trim().is_empty()).unwrap_or(LANGUAGE)
    }

    /// Whether the request comes with this user and password.
    pub(super) fn is_from(&self, (user, password): Credential) -> bool {
        let given = self.header(header::AUTHORIZATION).and_then(basic);
        given.is_some_and(|given| given.0 == user && given.1 == password)
    }

    /// The media type of the body.
    pub(super) fn media_type(&self) -> String {
        media_type(self.header(header::CONTENT_TYPE).unwrap_or_default())
    }
}

/// Where a request goes.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Address {
    pub(super) endpoint: Endpoint,
    /// The home institution; empty for the receiver.
    pub(super) home: String,
    /// The person or the association that the path names, decoded; empty when it names none.
    pub(super) id: String,
}

impl Address {
    /// The address that a path stands for.
    pub(super) fn read(path: &str) -> Option<Self> {
        let segments: Vec<&str> = path.strip_prefix("/enrollment/")?.split('/').collect();
        let (endpoint, home, id) = match segments[..] {
            ["receiver", "api", "start"] => (Endpoint::Start, "", ""),
            ["receiver", "api", "results"] => (Endpoint::Results, "", ""),
            ["receiver", "associations", "external", id] if !id.is_empty() => (Endpoint::External, "", id),
            ["receiver", "associations", id] if !id.is_empty() => (Endpoint::Association, "", id),
            ["receiver", "person", id] if !id.is_empty() => (Endpoint::Person, "", id),
            ["home", home, "persons", "me"] => (Endpoint::HomePerson, home, ""),
            ["home", home, "associations", "external", "me"] => (Endpoint::HomeExternal, home, ""),
            ["home", home, "associations", "me"] => (Endpoint::HomeResults, home, ""),
            ["home", home, "associations", id] if !id.is_empty() => (Endpoint::HomeAssociation, home, id),
            ["home", home, "oidc", "token"] => (Endpoint::HomeToken, home, ""),
            _ => return None,
        };
        Some(Self { endpoint, home: decoded(home), id: decoded(id) })
    }
}

/// An answer that says nothing but its status.
pub(super) fn bare(status: StatusCode) -> Response<Body> {
    let mut answer = Response::new(Body::empty());
    *answer.status_mut() = status;
    answer
}

/// An answer of a content type.
pub(super) fn answer(status: StatusCode, content_type: &str, text: impl Into<Body>) -> Response<Body> {
    let mut answer = bare(status);
    *answer.body_mut() = text.into();
    set(&mut answer, header::CONTENT_TYPE, content_type);
    answer
}

/// An answer of JSON.
pub(super) fn json(status: StatusCode, text: impl Into<Body>) -> Response<Body> {
    answer(status, "application/json", text)
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

    #[test]
    fn an_identifier_is_one_segment_of_the_path_and_decoded() {
        let address = Address::read("/enrollment/receiver/associations/external/a%40b%2Fc+d%20e").unwrap();
        assert_eq!((address.endpoint, address.id.as_str()), (Endpoint::External, "a@b/c+d e"));
        let address = Address::read("/enrollment/home/fjord.example/associations/x%2Fy").unwrap();
        assert_eq!((address.home.as_str(), address.id.as_str()), ("fjord.example", "x/y"));
        for path in ["/enrollment/receiver/person/", "/enrollment/receiver/person/a/b", "/enrollment", "/enrollment/"] {
            assert_eq!(Address::read(path), None, "{path}");
        }
    }
}
