//! Keeps literal replies that tests have queued for the next requests to an endpoint.

use std::collections::VecDeque;

use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode};
use serde::{Deserialize, Serialize};

use super::ENDPOINTS;
use super::refusal::{self, XML, bare};

/// A reply to be given literally to the next request to one endpoint of the SIF exchange.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SifReply {
    /// The endpoint, by the name that recorded requests have, such as `sif/filters`.
    pub endpoint: String,
    /// The status; 200 when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// The content type; that of XML when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content_type: Option<String>,
    /// The body.
    #[serde(default)]
    pub body: String,
}

impl SifReply {
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

    /// Says what is wrong with this reply, if anything is.
    pub(super) fn check(&self) -> Result<(), String> {
        if !ENDPOINTS.contains(&self.endpoint.as_str()) {
            let known = ENDPOINTS.join(", ");
            return Err(format!("the endpoint {:?} is not known; it must be one of {known}", self.endpoint));
        }
        if self.status.is_some_and(|status| !(200..=599).contains(&status)) {
            return Err("status must be 200 to 599".to_owned());
        }
        if self.content_type.as_ref().is_some_and(|text| HeaderValue::from_str(text).is_err()) {
            return Err("contentType cannot be sent in a header".to_owned());
        }
        Ok(())
    }

    fn answer(self) -> Response<Body> {
        let status = self.status.and_then(|status| StatusCode::from_u16(status).ok()).unwrap_or_default();
        let kind = self.content_type.as_deref();
        let mut answer = if self.body.is_empty() && kind.is_none() {
            bare(status)
        } else {
            refusal::text(kind.unwrap_or(XML), self.body)
        };
        *answer.status_mut() = status;
        answer
    }
}

/// The replies that wait for their requests.
#[derive(Debug, Default)]
pub(super) struct Replies(VecDeque<SifReply>);

impl Replies {
    pub(super) fn add(&mut self, reply: SifReply) {
        self.0.push_back(reply);
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &SifReply> {
        self.0.iter()
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// The reply that is queued for the next request to `endpoint`, if there is one.
    pub(super) fn take(&mut self, endpoint: &str) -> Option<Response<Body>> {
        let index = self.0.iter().position(|reply| reply.endpoint == endpoint)?;
        self.0.remove(index).map(SifReply::answer)
    }
}
