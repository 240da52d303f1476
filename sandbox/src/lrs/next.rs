//! Keeps literal replies that tests have queued for the next calls of an operation.

use std::collections::VecDeque;

use axum::body::Body;
use axum::http::{HeaderValue, Response, header};
use quick_xml::escape::escape;
use serde::{Deserialize, Serialize};

use super::request::{Asked, Operation};
use crate::replies;

/// What stands in a reply where the ULN is to be put.
const ULN_MARK: &str = "{uln}";

/// The content type unless another is given.
const XML: &str = "text/xml; charset=utf-8";

/// A reply to be given literally to the next call of one operation of the Learning Records Service.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LrsReply {
    /// `findLearnerByDemographics`, `findLearnerByUln` or `getLearnerLearningEvents`.
    pub operation: String,
    /// The status; 200 when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// The content type; that of XML when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content_type: Option<String>,
    /// The body; `{uln}` in it stands for a ULN.
    pub body: String,
    /// The ULN to put in; that of the request when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uln: Option<String>,
}

impl LrsReply {
    /// Begins a reply to the next call of `operation`.
    pub fn to(operation: &str, body: impl Into<String>) -> Self {
        Self { operation: operation.to_owned(), status: None, content_type: None, body: body.into(), uln: None }
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
    pub(crate) fn check(&self) -> Result<(), String> {
        if Operation::named(&self.operation).is_none() {
            let known = Operation::names().join(", ");
            return Err(format!("the operation {:?} is not known; it must be one of {known}", self.operation));
        }
        replies::sendable(self.status, self.content_type.as_deref())
    }

    fn answer(self, asked: &Asked) -> Response<Body> {
        let uln = self.uln.as_deref().unwrap_or_else(|| asked.uln());
        let mut answer = Response::new(Body::from(self.body.replace(ULN_MARK, &escape(uln))));
        *answer.status_mut() = replies::code(self.status);
        let content_type = self.content_type.as_deref().unwrap_or(XML);
        if let Ok(value) = HeaderValue::from_str(content_type) {
            answer.headers_mut().insert(header::CONTENT_TYPE, value);
        }
        answer
    }
}

/// What the service keeps while it runs.
#[derive(Debug, Default)]
pub(crate) struct State {
    replies: VecDeque<LrsReply>,
}

impl State {
    pub(crate) fn add_reply(&mut self, reply: LrsReply) {
        self.replies.push_back(reply);
    }

    pub(crate) fn replies(&self) -> impl Iterator<Item = &LrsReply> {
        self.replies.iter()
    }

    pub(crate) fn clear_replies(&mut self) {
        self.replies.clear();
    }

    /// The reply that is queued for this call, if there is one.
    pub(super) fn next_reply(&mut self, asked: &Asked) -> Option<Response<Body>> {
        let index = self.replies.iter().position(|reply| reply.operation == asked.operation.name())?;
        self.replies.remove(index).map(|reply| reply.answer(asked))
    }
}
