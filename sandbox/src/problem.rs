//! Writes refusals as problem documents (RFC 9457).

use axum::body::Body;
use axum::extract::FromRequestParts;
use axum::extract::Path;
use axum::http::request::Parts;
use axum::http::{HeaderValue, Response, StatusCode, header};
use axum::response::IntoResponse;
use serde::de::DeserializeOwned;
use serde_json::json;

/// A refusal that the gate turns into a problem document with a trace id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    pub(crate) status: StatusCode,
    pub(crate) detail: String,
}

impl Problem {
    pub(crate) fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        Self { status, detail: detail.into() }
    }

    pub(crate) fn bad_request(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, detail)
    }

    pub(crate) fn not_found(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, detail)
    }

    /// The problem that stands for a bare status.
    pub(crate) fn of_status(status: StatusCode) -> Self {
        Self::new(status, title(status))
    }

    /// The document that is sent.
    pub(crate) fn document(&self, trace_id: &str) -> String {
        json!({
            "type": "about:blank",
            "title": title(self.status),
            "status": self.status.as_u16(),
            "detail": self.detail,
            "traceId": trace_id,
        })
        .to_string()
    }
}

fn title(status: StatusCode) -> &'static str {
    status.canonical_reason().unwrap_or("Error")
}

impl IntoResponse for Problem {
    /// Makes an answer without a body that carries the problem; the gate writes the document,
    /// because only it knows the trace id.
    fn into_response(self) -> Response<Body> {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = self.status;
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        response.extensions_mut().insert(self);
        response
    }
}

/// The last variable segment of a path, refused with a problem when it is not UTF-8.
pub(crate) struct Id(pub(crate) String);

impl<S: Send + Sync> FromRequestParts<S> for Id {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        Path::<String>::from_request_parts(parts, state)
            .await
            .map(|Path(id)| Self(id))
            .map_err(|_| Problem::bad_request("the address is not valid UTF-8"))
    }
}

/// Reads a JSON document, or says where it is wrong.
pub(crate) fn parse_json<T: DeserializeOwned>(body: &[u8]) -> Result<T, Problem> {
    serde_json::from_slice(body).map_err(|error| {
        let given = if body.is_empty() { "the body is empty; JSON is expected" } else { "the body cannot be read" };
        Problem::bad_request(format!("{given}: {error}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_document_has_the_five_members() {
        let document = Problem::not_found("nothing here").document("00-ab-cd-00");
        let value: serde_json::Value = serde_json::from_str(&document).unwrap();
        assert_eq!(
            value,
            json!({"type": "about:blank", "title": "Not Found", "status": 404, "detail": "nothing here", "traceId": "00-ab-cd-00"})
        );
    }
}
