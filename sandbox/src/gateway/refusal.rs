//! Writes the gateway's refusals in its one error shape.

use axum::body::Body;
use axum::http::{HeaderValue, Method, Response, StatusCode, header};
use axum::response::{IntoResponse, Json};
use serde_json::json;

const UNREADABLE: &str = "Unreadable HTTP message";

/// A refusal of the gateway.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    status: StatusCode,
    error_code: String,
    user_message: String,
    developer_message: String,
    more_info: String,
    /// What was the matter upstream, told in a header of its own by the strict profile.
    upstream: Option<&'static str>,
}

impl Refusal {
    fn new(
        status: StatusCode,
        error_code: impl Into<String>,
        user_message: impl Into<String>,
        developer_message: impl Into<String>,
        more_info: impl Into<String>,
    ) -> Self {
        Self {
            status,
            error_code: error_code.into(),
            user_message: user_message.into(),
            developer_message: developer_message.into(),
            more_info: more_info.into(),
            upstream: None,
        }
    }

    /// No token, or none that is in force: an answer without a body.
    pub(super) fn unauthorised() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "", "", "", "")
    }

    /// Fields that break their rules, and the rules.
    pub(super) fn invalid(fields: &[(&str, String)]) -> Self {
        let names: Vec<&str> = fields.iter().map(|(name, _)| *name).collect();
        let reasons: Vec<&str> = fields.iter().map(|(_, reason)| reason.as_str()).collect();
        let developer = format!("Validation(s) failed for [{}]", names.join(", "));
        let more = format!("{developer} with reason(s): [{}]", reasons.join(", "));
        Self::new(StatusCode::BAD_REQUEST, "Validation Failed", "Please correct the error and retry", developer, more)
    }

    /// A body that is not what is expected.
    pub(super) fn unreadable(reason: &str) -> Self {
        let developer = format!("JSON parse error: {reason}");
        Self::new(StatusCode::BAD_REQUEST, UNREADABLE, UNREADABLE, developer, UNREADABLE)
    }

    /// A body with a property that there is none of.
    pub(super) fn unrecognised(property: &str, known: &[&str]) -> Self {
        let known = known.join("\", \"");
        let developer = format!(
            "Unrecognized field: JSON parse error: Unrecognized property \"{property}\" (known properties: \"{known}\")"
        );
        let user = "Unrecognized field in request";
        Self::new(StatusCode::BAD_REQUEST, UNREADABLE, user, developer, "Unrecognized field")
    }

    pub(super) fn no_username() -> Self {
        let code = "Missing X-Username Header";
        let message =
            format!("{code}: Required request header 'X-Username' for method parameter type String is not present");
        Self::new(StatusCode::BAD_REQUEST, code, message.as_str(), message.as_str(), code)
    }

    pub(super) fn forbidden() -> Self {
        let code = "Forbidden - Authorization Denied";
        Self::new(StatusCode::FORBIDDEN, code, "Forbidden: Access Denied", code, code)
    }

    pub(super) fn no_match_possible(nomis_id: &str) -> Self {
        let developer = "Individual with this NomisId does not have a ULN";
        let user = format!("Not possible to match given NomisId {nomis_id}");
        Self::new(StatusCode::BAD_REQUEST, "Match not possible", user, developer, developer)
    }

    pub(super) fn no_match_found(nomis_id: &str) -> Self {
        let developer = "Individual with this NomisId has not been matched to a ULN yet";
        let user = format!("No Match found for given NomisId {nomis_id}");
        Self::new(StatusCode::NOT_FOUND, "Match not found", user, developer, developer)
    }

    pub(super) fn no_resource(path: &str) -> Self {
        let developer = "Requested Resource not found on the server";
        let user = format!("No resource found failure: No static resource {path}.");
        Self::new(StatusCode::NOT_FOUND, "No Resource Found", user, developer, developer)
    }

    pub(super) fn wrong_method(method: &Method, permitted: &str) -> Self {
        let code = format!("Method ({method}) not allowed");
        let user = format!("HTTP Method ({method}) is not allowed");
        let developer = format!("{user}, use only ({permitted}) method");
        let more = format!("{user}, use only this ({permitted}) method");
        Self::new(StatusCode::METHOD_NOT_ALLOWED, code, user, developer, more)
    }

    pub(super) fn unsupported_media_type(content_type: &str) -> Self {
        let code = "Unsupported Media Type";
        let message = format!("Content-Type '{content_type}' is not supported");
        Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, code, message.as_str(), message.as_str(), code)
    }

    pub(super) fn timeout() -> Self {
        let user = "A request to an upstream service timed out.";
        let more = "A request timed out while waiting for a response from an upstream service.";
        Self::new(StatusCode::REQUEST_TIMEOUT, "Request Timeout", user, "timeout", more)
    }

    pub(super) fn maintenance() -> Self {
        let user = "LRS API Dependency Failed - DfE API is under maintenance";
        let developer = format!("{user}, please check DfE API maintenance window for more details");
        Self::new(StatusCode::FAILED_DEPENDENCY, "DfE API failed to Respond", user, developer, user)
    }

    /// A fault of the Learning Records Service; `exception` is how the gateway prints it.
    pub(super) fn lrs(exception: Option<&str>) -> Self {
        let message = match exception {
            Some(exception) => format!("LRS returned an error: {exception}"),
            None => "LRS returned an error without detail".to_owned(),
        };
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "LRS Error", message.as_str(), message.as_str(), "LRS Error")
    }

    /// Anything that nobody thought of.
    pub(super) fn unexpected(cause: &str) -> Self {
        let code = "Unexpected error";
        let message = format!("{code}: {cause}");
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, code, message.as_str(), message.as_str(), code)
    }

    /// Says in a header what was the matter upstream.
    pub(super) fn upstream(mut self, matter: &'static str) -> Self {
        self.upstream = Some(matter);
        self
    }

    /// The name of the status as the gateway's framework has it.
    fn status_name(&self) -> String {
        self.status.canonical_reason().unwrap_or_default().to_ascii_uppercase().replace(' ', "_")
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response<Body> {
        if self.status == StatusCode::UNAUTHORIZED {
            let mut answer = Response::new(Body::empty());
            *answer.status_mut() = self.status;
            answer.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
            return answer;
        }
        let document = json!({
            "status": self.status_name(),
            "errorCode": self.error_code,
            "userMessage": self.user_message,
            "developerMessage": self.developer_message,
            "moreInfo": self.more_info,
        });
        let mut answer = (self.status, Json(document)).into_response();
        if let Some(matter) = self.upstream {
            answer.headers_mut().insert("x-upstream", HeaderValue::from_static(matter));
        }
        answer
    }
}

/// What the gateway usually answers with `status`, without having been asked anything. What does
/// not come from the gateway comes from the ingress in front of it, and is no JSON.
pub(super) fn usual_answer(status: StatusCode) -> Response<Body> {
    let refusal = match status {
        StatusCode::UNAUTHORIZED => Refusal::unauthorised(),
        StatusCode::FORBIDDEN => Refusal::forbidden(),
        StatusCode::NOT_FOUND => Refusal::no_resource(""),
        StatusCode::REQUEST_TIMEOUT => Refusal::timeout(),
        StatusCode::FAILED_DEPENDENCY => Refusal::maintenance(),
        StatusCode::INTERNAL_SERVER_ERROR => Refusal::unexpected("null"),
        status if status.as_u16() >= 400 => {
            let title = format!("{} {}", status.as_u16(), status.canonical_reason().unwrap_or("Error"));
            let page = format!("<html><head><title>{title}</title></head><body><h1>{title}</h1></body></html>");
            return (status, [(header::CONTENT_TYPE, "text/html")], page).into_response();
        }
        status => {
            let mut answer = Response::new(Body::empty());
            *answer.status_mut() = status;
            return answer;
        }
    };
    refusal.into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_is_named_as_the_framework_names_it() {
        for (refusal, name) in [
            (Refusal::timeout(), "REQUEST_TIMEOUT"),
            (Refusal::maintenance(), "FAILED_DEPENDENCY"),
            (Refusal::unexpected("x"), "INTERNAL_SERVER_ERROR"),
            (Refusal::wrong_method(&Method::PUT, "POST"), "METHOD_NOT_ALLOWED"),
        ] {
            assert_eq!(refusal.status_name(), name);
        }
    }
}
