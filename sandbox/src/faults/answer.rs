//! Shapes an answer as a fault asks and sends it in the way the fault asks.

use std::fmt;
use std::io::Write as _;
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes, HttpBody};
use axum::http::{HeaderName, HeaderValue, Response, StatusCode, header};
use flate2::Compression;
use flate2::write::GzEncoder;
use hyper::body::{Frame, SizeHint};
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::{DropPoint, Fault, FaultKind, RetryAfter};
use crate::clock::http_date;

/// The piece by which a filler body is sent.
const FILLER_PIECE: usize = 64 << 10;

/// The byte that a filler body consists of.
const FILLER_BYTE: u8 = b'x';

/// What a fault leaves to be done once the real answer is known or dispensed with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answering {
    /// The service is not asked.
    Alone,
    /// The service acts, and its answer is thrown away.
    AfterEffect,
    /// The service acts, and its answer is reshaped.
    Reshaping,
}

/// An answer, or the lack of one.
pub(crate) enum Finish {
    /// An answer, which may break off while it is sent.
    Answer(Response<Body>),
    /// The connection is cut without a word.
    Sever,
}

/// How much of a body is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sending {
    /// All of it.
    Whole,
    /// This many bytes; then the connection is cut.
    Part(u64),
    /// Half of it; then the connection is cut.
    Half,
}

/// The error that makes the server cut a connection.
#[derive(Debug)]
pub(crate) struct Severed;

impl fmt::Display for Severed {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the connection is cut on purpose")
    }
}

impl std::error::Error for Severed {}

impl Fault {
    /// Whether the service itself is to act, and whether its answer is used.
    pub(crate) fn answering(&self) -> Answering {
        let own_answer = self.status.is_some()
            || self.body.is_some()
            || self.body_bytes.is_some()
            || self.redirect.is_some()
            || self.kind.is_some()
            || self.drop == Some(DropPoint::BeforeResponse);
        if self.patch.is_some() || !own_answer {
            Answering::Reshaping
        } else if self.after_effect {
            Answering::AfterEffect
        } else {
            Answering::Alone
        }
    }

    /// Makes the final answer from `answer`, which is the real one when the fault reshapes it and
    /// the endpoint's usual answer of the fault's status otherwise.
    pub(crate) fn finish(&self, mut answer: Response<Body>, body: Bytes, now: Timestamp) -> Finish {
        if self.drop == Some(DropPoint::BeforeResponse) || self.kind == Some(FaultKind::Timeout) {
            return Finish::Sever;
        }
        let mut body = Filled::Bytes(body);
        if let Some(patch) = &self.patch
            && answer.status() == StatusCode::OK
            && let Some(patched) = patched(body.bytes(), patch)
        {
            body = Filled::Bytes(patched);
        }
        if let Some(literal) = &self.body {
            set(&mut answer, header::CONTENT_TYPE, likely_type(literal));
            body = Filled::Bytes(Bytes::copy_from_slice(literal.as_bytes()));
        }
        if let Some(size) = self.body_bytes {
            body = Filled::Filler(size);
        }
        if let Some(status) = self.status.and_then(|status| StatusCode::from_u16(status).ok()) {
            *answer.status_mut() = status;
        }
        self.set_headers(&mut answer, now);
        if self.gzip {
            body = Filled::Bytes(body.gzipped());
            answer.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        }
        answer.headers_mut().remove(header::CONTENT_LENGTH);
        let sending = match (self.truncate_at, self.drop) {
            (Some(bytes), _) => Sending::Part(bytes),
            (None, Some(DropPoint::DuringBody)) => Sending::Half,
            (None, _) => Sending::Whole,
        };
        Finish::Answer(body.send(answer, sending))
    }

    fn set_headers(&self, answer: &mut Response<Body>, now: Timestamp) {
        if let Some(address) = &self.redirect {
            if self.status.is_none() {
                *answer.status_mut() = StatusCode::FOUND;
            }
            set(answer, header::LOCATION, address);
        }
        if let Some(retry) = &self.retry_after {
            let value = match retry {
                RetryAfter::Seconds(seconds) => seconds.to_string(),
                RetryAfter::Literal(text) => text.clone(),
                RetryAfter::Date(distance) => {
                    let seconds = i64::try_from(distance.seconds_ahead).unwrap_or(i64::MAX);
                    let moment = now.checked_add(SignedDuration::from_secs(seconds)).unwrap_or(Timestamp::MAX);
                    http_date(moment).unwrap_or_default()
                }
            };
            set(answer, header::RETRY_AFTER, &value);
        }
        if let Some(content_type) = &self.content_type {
            set(answer, header::CONTENT_TYPE, content_type);
        }
        for (name, value) in &self.headers {
            if let Ok(name) = name.parse::<HeaderName>() {
                set(answer, name, value);
            }
        }
    }
}

fn set(answer: &mut Response<Body>, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        answer.headers_mut().insert(name, value);
    }
}

/// The content type that a literal body has unless the fault names one.
fn likely_type(body: &str) -> &'static str {
    let is_json = serde_json::from_str::<serde::de::IgnoredAny>(body).is_ok();
    if is_json { "application/json; charset=utf-8" } else { "text/plain; charset=utf-8" }
}

/// The JSON of `body` with a merge patch applied, when it is JSON.
fn patched(body: &[u8], patch: &Value) -> Option<Bytes> {
    let mut value = serde_json::from_slice(body).ok()?;
    merge(&mut value, patch);
    Some(Bytes::from(value.to_string()))
}

/// Applies a merge patch (RFC 7396): objects merge, `null` removes, anything else replaces.
fn merge(target: &mut Value, patch: &Value) {
    let Value::Object(changes) = patch else {
        *target = patch.clone();
        return;
    };
    if !target.is_object() {
        *target = Value::Object(serde_json::Map::new());
    }
    let members = target.as_object_mut().expect("it was made an object above");
    for (name, change) in changes {
        if change.is_null() {
            members.remove(name);
        } else {
            merge(members.entry(name.as_str()).or_insert(Value::Null), change);
        }
    }
}

/// A body that is held, or one that is made while it is sent.
enum Filled {
    Bytes(Bytes),
    Filler(u64),
}

impl Filled {
    fn bytes(&self) -> &[u8] {
        match self {
            Self::Bytes(bytes) => bytes,
            Self::Filler(_) => &[],
        }
    }

    fn len(&self) -> u64 {
        match self {
            Self::Bytes(bytes) => bytes.len() as u64,
            Self::Filler(size) => *size,
        }
    }

    fn gzipped(&self) -> Bytes {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        let written = match self {
            Self::Bytes(bytes) => encoder.write_all(bytes),
            Self::Filler(size) => {
                let piece = [FILLER_BYTE; FILLER_PIECE];
                let mut left = *size;
                std::iter::from_fn(|| {
                    let take = left.min(FILLER_PIECE as u64);
                    left -= take;
                    (take > 0).then_some(take as usize)
                })
                .try_for_each(|take| encoder.write_all(&piece[..take]))
            }
        };
        written.and_then(|()| encoder.finish()).expect("writing to memory does not fail").into()
    }

    fn send(self, mut answer: Response<Body>, sending: Sending) -> Response<Body> {
        let full = self.len();
        let sent = match sending {
            Sending::Whole => full,
            Sending::Part(bytes) => full.min(bytes),
            Sending::Half => full / 2,
        };
        if sending == Sending::Whole {
            if let Self::Bytes(bytes) = self {
                *answer.body_mut() = Body::from(bytes);
                return answer;
            }
        } else {
            let promised = if full > sent { full } else { sent + 1 };
            answer.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(promised));
        }
        *answer.body_mut() = Body::new(Pieces { source: self, at: 0, sent, cut: Cut::of(sending) });
        answer
    }
}

/// What follows the last piece.
enum Cut {
    /// The end of the body.
    Never,
    /// A breath, in which what was given is written out, and then an error.
    Soon,
    /// An error.
    Now,
}

impl Cut {
    fn of(sending: Sending) -> Self {
        if sending == Sending::Whole { Self::Never } else { Self::Soon }
    }
}

/// A body that is sent piece by piece and may break off.
struct Pieces {
    source: Filled,
    at: u64,
    sent: u64,
    cut: Cut,
}

impl HttpBody for Pieces {
    type Data = Bytes;
    type Error = Severed;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Severed>>> {
        let left = self.sent - self.at;
        if left > 0 {
            let take = left.min(FILLER_PIECE as u64);
            let from = self.at as usize;
            let piece = match &self.source {
                Filled::Bytes(bytes) => bytes.slice(from..from + take as usize),
                Filled::Filler(_) => Bytes::from(vec![FILLER_BYTE; take as usize]),
            };
            self.at += take;
            return Poll::Ready(Some(Ok(Frame::data(piece))));
        }
        match self.cut {
            Cut::Never => Poll::Ready(None),
            Cut::Now => Poll::Ready(Some(Err(Severed))),
            Cut::Soon => {
                self.cut = Cut::Now;
                context.waker().wake_by_ref();
                Poll::Pending
            }
        }
    }

    fn size_hint(&self) -> SizeHint {
        match self.cut {
            Cut::Never => SizeHint::with_exact(self.sent - self.at),
            Cut::Soon | Cut::Now => SizeHint::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_merge_patch_replaces_removes_and_descends() {
        let mut target = json!({"a": 1, "b": {"c": 2, "d": 3}, "e": [1]});
        merge(&mut target, &json!({"a": "x", "b": {"c": null, "f": {"g": 1}}, "e": [2, 3]}));
        assert_eq!(target, json!({"a": "x", "b": {"d": 3, "f": {"g": 1}}, "e": [2, 3]}));
    }

    #[test]
    fn a_fault_answers_alone_unless_the_real_answer_is_needed() {
        assert_eq!(Fault::on("*").status(503).answering(), Answering::Alone);
        assert_eq!(Fault::on("*").drop(DropPoint::BeforeResponse).answering(), Answering::Alone);
        assert_eq!(Fault::on("*").status(503).after_effect().answering(), Answering::AfterEffect);
        assert_eq!(Fault::on("*").patch(json!({})).status(200).answering(), Answering::Reshaping);
        assert_eq!(Fault::on("*").gzip().answering(), Answering::Reshaping);
        assert_eq!(Fault::on("*").drop(DropPoint::DuringBody).answering(), Answering::Reshaping);
        assert_eq!(Fault::on("*").answering(), Answering::Reshaping);
    }

    #[test]
    fn a_gzipped_filler_is_far_smaller_than_what_it_unpacks_to() {
        let packed = Filled::Filler(10 << 20).gzipped();
        assert!(packed.len() < 100 << 10, "{}", packed.len());
        let mut unpacked = Vec::new();
        std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(&packed[..]), &mut unpacked).unwrap();
        assert_eq!(unpacked.len(), 10 << 20);
    }
}
