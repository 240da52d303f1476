//! Describes one request to a service, with its limits.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use reqwest::Method;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;
use url::Url;
use zeroize::Zeroizing;

use crate::error::{Error, Result};
use crate::http::identity::Identity;

/// Whether a request is repeated when it fails for a reason that may pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retry {
    /// It is sent once, because carrying it out twice would do harm.
    Never,
    /// It is sent up to this many times, the first included.
    Idempotent {
        /// How many times at most.
        attempts: u32,
    },
    /// It is sent once more, but only when no connection could be made the first time.
    Unconnected,
}

impl Retry {
    /// How many times it is sent at most.
    pub(super) const fn attempts(self) -> u32 {
        match self {
            Self::Never => 1,
            Self::Idempotent { attempts } => attempts,
            Self::Unconnected => 2,
        }
    }
}

/// A request to a service.
///
/// Cloning is cheap. What is not said here comes from the transport's configuration.
#[derive(Clone)]
pub struct Call {
    pub(super) system: &'static str,
    pub(super) endpoint: &'static str,
    pub(super) method: Method,
    pub(super) url: Url,
    pub(super) headers: HeaderMap,
    pub(super) body: Option<Bytes>,
    pub(super) retry: Retry,
    pub(super) first_wait: Option<Duration>,
    pub(super) deadline: Option<Duration>,
    pub(super) attempt_timeout: Option<Duration>,
    pub(super) max_bytes: Option<u64>,
    pub(super) identity: Option<Identity>,
    pub(super) faults: bool,
}

impl Call {
    /// Describes a request of `method` to `url`, which is never repeated unless [`Call::retry`] says so.
    ///
    /// `endpoint` is the name the endpoint has in the service's specification; errors, statistics and
    /// logs show it, and never the address.
    #[must_use]
    pub fn new(system: &'static str, endpoint: &'static str, method: Method, url: Url) -> Self {
        Self {
            system,
            endpoint,
            method,
            url,
            headers: HeaderMap::new(),
            body: None,
            retry: Retry::Never,
            first_wait: None,
            deadline: None,
            attempt_timeout: None,
            max_bytes: None,
            identity: None,
            faults: false,
        }
    }

    /// Describes a `GET` request.
    #[must_use]
    pub fn get(system: &'static str, endpoint: &'static str, url: Url) -> Self {
        Self::new(system, endpoint, Method::GET, url)
    }

    /// Describes a `POST` request.
    #[must_use]
    pub fn post(system: &'static str, endpoint: &'static str, url: Url) -> Self {
        Self::new(system, endpoint, Method::POST, url)
    }

    /// The name of the endpoint.
    #[must_use]
    pub const fn endpoint(&self) -> &'static str {
        self.endpoint
    }

    /// Sets a header, replacing an earlier value; its value is kept out of logs.
    ///
    /// # Errors
    ///
    /// Refuses a value with a control character, by the name of the header.
    pub fn header(self, name: HeaderName, value: &str) -> Result<Self> {
        let value = sensitive(&name, value.to_owned())?;
        Ok(self.carrying(name, value))
    }

    /// Sets the `Authorization` header to a bearer token.
    ///
    /// # Errors
    ///
    /// Refuses a token with a control character.
    pub fn bearer(self, token: &SecretString) -> Result<Self> {
        let value = bearer(token)?;
        Ok(self.carrying(AUTHORIZATION, value))
    }

    fn carrying(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.insert(name, value);
        self
    }

    /// Sets the `Authorization` header to a user name and password.
    ///
    /// # Errors
    ///
    /// Refuses a user name with a colon, which would end it early.
    pub fn basic(self, username: &str, password: &SecretString) -> Result<Self> {
        use base64::Engine;
        if username.contains(':') {
            return Err(Error::input("username", "must not hold a colon"));
        }
        let pair = Zeroizing::new(format!("{username}:{}", password.expose_secret()));
        let value = format!("Basic {}", base64::engine::general_purpose::STANDARD.encode(pair.as_bytes()));
        let value = sensitive(&AUTHORIZATION, value)?;
        Ok(self.carrying(AUTHORIZATION, value))
    }

    /// Sets the body to `value` as JSON.
    ///
    /// # Errors
    ///
    /// Fails when `value` cannot be written as JSON, which is a defect of its type.
    pub fn json<T: Serialize + ?Sized>(self, value: &T) -> Result<Self> {
        let body = serde_json::to_vec(value)
            .map_err(|_| Error::internal(format!("the request to {} cannot be written as JSON", self.endpoint)))?;
        Ok(self.body("application/json; charset=utf-8", body))
    }

    /// Sets the body to percent-encoded form fields.
    #[must_use]
    pub fn form(self, fields: &[(&str, &str)]) -> Self {
        let mut writer = url::form_urlencoded::Serializer::new(String::new());
        writer.extend_pairs(fields);
        let body = writer.finish().into_bytes();
        self.body("application/x-www-form-urlencoded", body)
    }

    /// Sets the body to `bytes`, which are wiped when the call and its requests are gone.
    #[must_use]
    pub fn body(mut self, content_type: &'static str, bytes: Vec<u8>) -> Self {
        self.headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
        self.body = Some(Bytes::from_owner(Zeroizing::new(bytes)));
        self
    }

    /// Says whether the request may be repeated.
    #[must_use]
    pub const fn retry(mut self, retry: Retry) -> Self {
        self.retry = retry;
        self
    }

    /// Sets the wait before the second attempt; later waits double.
    #[must_use]
    pub const fn first_wait(mut self, wait: Duration) -> Self {
        self.first_wait = Some(wait);
        self
    }

    /// Bounds the whole call with all its attempts and waits.
    #[must_use]
    pub const fn deadline(mut self, span: Duration) -> Self {
        self.deadline = Some(span);
        self
    }

    /// Bounds each attempt, from connecting to the last byte of the answer.
    #[must_use]
    pub const fn attempt_timeout(mut self, span: Duration) -> Self {
        self.attempt_timeout = Some(span);
        self
    }

    /// Bounds the answer's body, counted after decompression.
    #[must_use]
    pub const fn max_bytes(mut self, bytes: u64) -> Self {
        self.max_bytes = Some(bytes);
        self
    }

    /// Presents a client certificate where the service asks for one.
    #[must_use]
    pub fn identity(mut self, identity: Option<Identity>) -> Self {
        self.identity = identity;
        self
    }

    /// Says that the service answers about a request with status 500, as SOAP does, so that one shows a service
    /// that works.
    #[must_use]
    pub const fn with_faults(mut self) -> Self {
        self.faults = true;
        self
    }

    /// The host as it may be shown in errors and logs.
    pub(super) fn host(&self) -> String {
        self.url.host_str().unwrap_or_default().to_owned()
    }
}

/// Shows nothing that a caller or a service could have put into the request.
impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("system", &self.system)
            .field("endpoint", &self.endpoint)
            .field("method", &self.method)
            .field("retry", &self.retry)
            .finish_non_exhaustive()
    }
}

/// The value of an `Authorization` header with a bearer token.
///
/// # Errors
///
/// Refuses a token with a control character.
pub(super) fn bearer(token: &SecretString) -> Result<HeaderValue> {
    sensitive(&AUTHORIZATION, format!("Bearer {}", token.expose_secret()))
}

/// A value that is kept out of logs; clones share its memory, which is wiped with the last of them.
fn sensitive(name: &HeaderName, value: String) -> Result<HeaderValue> {
    let bytes = Bytes::from_owner(Zeroizing::new(value.into_bytes()));
    let mut value = HeaderValue::from_maybe_shared(bytes)
        .map_err(|_| Error::input(name.as_str(), "holds a character that a header cannot carry"))?;
    value.set_sensitive(true);
    Ok(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call() -> Call {
        Call::post("vera", "share-request", Url::parse("https://h/learner-data?uln=5123456782").unwrap())
    }

    #[test]
    fn a_call_shows_neither_address_nor_headers_nor_body() {
        let call = call().bearer(&"t0ken".into()).unwrap().form(&[("secret", "s3c+ret")]);
        let shown = format!("{call:?}");
        for hidden in ["5123456782", "t0ken", "s3c"] {
            assert!(!shown.contains(hidden), "{shown}");
        }
    }

    #[test]
    fn form_fields_are_percent_encoded() {
        let call = call().form(&[("client_secret", "s3c+ret/=1~&")]);
        assert_eq!(call.body.as_deref(), Some(&b"client_secret=s3c%2Bret%2F%3D1%7E%26"[..]));
    }

    #[test]
    fn a_header_value_with_a_line_end_is_refused_without_being_quoted() {
        let error = call().header(HeaderName::from_static("x-username"), "a\r\nx: y").unwrap_err();
        assert_eq!(error.to_string(), "`x-username` holds a character that a header cannot carry");
        assert!(call().basic("a:b", &"c".into()).is_err());
    }
}
