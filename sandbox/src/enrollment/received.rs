//! Reads what another service answered to the receiver as its framework does.

use axum::body::{Body, Bytes};
use axum::http::{Response, StatusCode, header};

use super::members::Members;
use super::refusal::{self, Refusal};
use crate::recorder::media_type;

/// The largest answer that is read: sixteen mebibytes.
const LARGEST_ANSWER: usize = 16 << 20;

/// The statuses below 300 that the framework knows.
const SUCCESSES: [u16; 10] = [200, 201, 202, 203, 204, 205, 206, 207, 208, 226];

/// What another service answered.
#[derive(Clone, Debug)]
pub(super) struct Received {
    pub(super) status: StatusCode,
    /// The content type.
    pub(super) kind: Option<String>,
    pub(super) body: Bytes,
}

/// Whether the framework reads and writes JSON under a media type.
pub(super) fn is_json(media_type: &str) -> bool {
    media_type == "application/json" || (media_type.starts_with("application/") && media_type.ends_with("+json"))
}

impl Received {
    /// Reads an answer to its end; `None` when it breaks off.
    pub(super) async fn read(answer: Response<Body>) -> Option<Self> {
        let (head, body) = answer.into_parts();
        let kind = head.headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).map(str::to_owned);
        let body = axum::body::to_bytes(body, LARGEST_ANSWER).await.ok()?;
        Some(Self { status: head.status, kind, body })
    }

    /// Tells answers that are used, refusals that are reported, and what the framework gives up at.
    pub(super) fn sorted(self) -> Outcome {
        if SUCCESSES.contains(&self.status.as_u16()) {
            Outcome::Success(self)
        } else if refusal::reason(self.status).is_some() {
            Outcome::Refused(self)
        } else {
            Outcome::Failed(format!("Unknown status code [{}]", self.status.as_u16()))
        }
    }

    /// The body as text.
    pub(super) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The members of the body; `None` when there is no body, or it is `null`.
    pub(super) fn members(&self) -> Result<Option<Members>, Refusal> {
        if self.body.is_empty() {
            return Ok(None);
        }
        let kind = media_type(self.kind.as_deref().unwrap_or("application/octet-stream"));
        if !is_json(&kind) {
            let message = format!("Could not extract response: no suitable converter found for content type [{kind}]");
            return Err(Refusal::internal(message));
        }
        if self.body.trim_ascii() == b"null" {
            return Ok(None);
        }
        let unreadable = |error| Refusal::internal(format!("Error while extracting response: {error}"));
        Members::parse(&self.body).map(Some).map_err(unreadable)
    }
}

/// What comes of asking another service.
#[derive(Debug)]
pub(super) enum Outcome {
    /// An answer that is used.
    Success(Received),
    /// A refusal with a status that the framework knows.
    Refused(Received),
    /// Anything else; the text is for people.
    Failed(String),
}

#[cfg(test)]
mod tests {
    use super::*;

    fn received(status: u16, kind: Option<&str>, body: &str) -> Received {
        let body = Bytes::copy_from_slice(body.as_bytes());
        Received { status: StatusCode::from_u16(status).unwrap(), kind: kind.map(str::to_owned), body }
    }

    #[test]
    fn only_statuses_that_the_framework_knows_are_reported() {
        for (status, expected) in
            [(200, "S"), (226, "S"), (299, "F"), (302, "F"), (400, "R"), (430, "F"), (503, "R"), (599, "F")]
        {
            let outcome = format!("{:?}", received(status, None, "").sorted());
            assert!(outcome.starts_with(expected), "{status}");
        }
    }

    #[test]
    fn a_body_is_an_object_of_a_json_type_or_nothing() {
        let read = |kind: Option<&str>, body: &str| received(200, kind, body).members();
        for kind in ["application/json", "application/json;charset=UTF-8", "application/problem+json"] {
            assert!(read(Some(kind), "{}").unwrap().is_some());
        }
        assert!(read(None, "").unwrap().is_none() && read(Some("application/json"), " null").unwrap().is_none());
        for (kind, body) in [
            (Some("application/json"), "[]"),
            (Some("application/json"), "{"),
            (Some("text/json"), "{}"),
            (Some("text/html"), "<p>"),
            (None, "{}"),
        ] {
            assert!(read(kind, body).is_err(), "{kind:?} {body}");
        }
    }
}
