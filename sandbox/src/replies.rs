//! Keeps literal replies that tests have queued for the next requests to an endpoint.

use std::collections::VecDeque;

use axum::http::{HeaderValue, StatusCode};
use serde::{Deserialize, Serialize};

/// A reply to be given literally to the next request to one endpoint.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EndpointReply {
    /// The endpoint, by the name that recorded requests have, such as `linkage/emis/me/verifications`.
    pub endpoint: String,
    /// The status; 200 when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// The content type; that of XML for `linkage/tpp` and the SIF exchange and that of JSON for the others when left
    /// out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content_type: Option<String>,
    /// The body.
    #[serde(default)]
    pub body: String,
}

impl EndpointReply {
    /// Begins a reply to the next request to `endpoint`.
    pub fn to(endpoint: &str, body: impl Into<String>) -> Self {
        Self { endpoint: endpoint.to_owned(), status: None, content_type: None, body: body.into() }
    }

    /// Answers this status.
    #[must_use]
    pub fn status(mut self, status: u16) -> Self {
        self.status = Some(status);
        self
    }

    /// Answers this content type.
    #[must_use]
    pub fn content_type(mut self, content_type: &str) -> Self {
        self.content_type = Some(content_type.to_owned());
        self
    }

    /// Says what is wrong with this reply to one of `endpoints`, if anything is.
    pub(crate) fn check(&self, endpoints: &[&str]) -> Result<(), String> {
        if !endpoints.contains(&self.endpoint.as_str()) {
            let known = endpoints.join(", ");
            return Err(format!("the endpoint {:?} is not known; it must be one of {known}", self.endpoint));
        }
        sendable(self.status, self.content_type.as_deref())
    }

    /// The status to answer.
    pub(crate) fn code(&self) -> StatusCode {
        code(self.status)
    }
}

/// Says what is wrong with the status and the content type of a reply, if anything is.
pub(crate) fn sendable(status: Option<u16>, content_type: Option<&str>) -> Result<(), String> {
    if status.is_some_and(|status| !(200..=599).contains(&status)) {
        return Err("status must be 200 to 599".to_owned());
    }
    if content_type.is_some_and(|text| HeaderValue::from_str(text).is_err()) {
        return Err("contentType cannot be sent in a header".to_owned());
    }
    Ok(())
}

/// The status of a reply that may leave it out.
pub(crate) fn code(status: Option<u16>) -> StatusCode {
    status.and_then(|status| StatusCode::from_u16(status).ok()).unwrap_or_default()
}

/// The replies that wait for their requests.
#[derive(Debug, Default)]
pub(crate) struct Replies(VecDeque<EndpointReply>);

impl Replies {
    pub(crate) fn add(&mut self, reply: EndpointReply) {
        self.0.push_back(reply);
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = &EndpointReply> {
        self.0.iter()
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    /// The reply that is queued for the next request to `endpoint`, if there is one.
    pub(crate) fn take(&mut self, endpoint: &str) -> Option<EndpointReply> {
        let index = self.0.iter().position(|reply| reply.endpoint == endpoint)?;
        self.0.remove(index)
    }
}
