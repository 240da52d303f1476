//! A request as an interface sees it, and the simplest answers.

use std::time::Duration;

use bytes::{Buf, Bytes};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::header::{CONTENT_TYPE, HeaderValue};
use hyper::{HeaderMap, Method, Response, StatusCode};
use serde::Serialize;

use super::server::{Answer, Peer};
use crate::privacy::Wiped;

/// How long a client may take to send a body.
const PATIENCE: Duration = Duration::from_secs(30);

/// A request whose body is still to be read.
pub(super) struct Request {
    pub(super) method: Method,
    /// Its path, from where the interface begins, with a slash in front and percent signs as sent.
    pub(super) path: String,
    pub(super) query: Option<String>,
    pub(super) headers: HeaderMap,
    pub(super) peer: Peer,
    body: Incoming,
    max_bytes: u64,
}

/// Why a body could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BodyProblem {
    /// It is larger than what is accepted.
    TooLarge,
    /// It took too long.
    Late,
    /// The connection broke.
    Cut,
}

impl Request {
    pub(super) fn new(request: hyper::Request<Incoming>, path: String, peer: Peer, max_bytes: u64) -> Self {
        let (head, body) = request.into_parts();
        let query = head.uri.query().map(str::to_owned);
        Self { method: head.method, path, query, headers: head.headers, peer, body, max_bytes }
    }

    /// A header's value, when it is there and is text.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// A header's value as text: UTF-8 where it is that, ISO 8859-1 as older clients send it otherwise.
    pub(super) fn text_header(&self, name: &str) -> Option<String> {
        let bytes = self.headers.get(name)?.as_bytes();
        let text = std::str::from_utf8(bytes).map(str::to_owned);
        Some(text.unwrap_or_else(|_| bytes.iter().map(|byte| char::from(*byte)).collect()))
    }

    /// Reads the whole body.
    pub(super) async fn body(&mut self) -> Result<Wiped<Vec<u8>>, BodyProblem> {
        tokio::time::timeout(PATIENCE, self.collect()).await.unwrap_or(Err(BodyProblem::Late))
    }

    async fn collect(&mut self) -> Result<Wiped<Vec<u8>>, BodyProblem> {
        use hyper::body::Body;
        let announced = self.body.size_hint().lower();
        if announced > self.max_bytes {
            return Err(BodyProblem::TooLarge);
        }
        let mut whole = Wiped::from(Vec::with_capacity(usize::try_from(announced).unwrap_or(0)));
        while let Some(frame) = self.body.frame().await {
            let Ok(data) = frame.map_err(|_| BodyProblem::Cut)?.into_data() else { continue };
            if (whole.len() + data.remaining()) as u64 > self.max_bytes {
                return Err(BodyProblem::TooLarge);
            }
            whole.extend_from_slice(&data);
        }
        Ok(whole)
    }
}

/// An answer without a body.
pub(super) fn empty(status: StatusCode) -> Answer {
    let mut answer = Response::new(Full::default());
    *answer.status_mut() = status;
    answer
}

/// An answer with a body of JSON, which is wiped once it is sent.
pub(super) fn json(status: StatusCode, body: &impl Serialize) -> Answer {
    let Ok(body) = serde_json::to_vec(body) else { return empty(StatusCode::INTERNAL_SERVER_ERROR) };
    let mut answer = Response::new(Full::new(Bytes::from_owner(zeroize::Zeroizing::new(body))));
    *answer.status_mut() = status;
    answer.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    answer
}
