//! The interface that a subscription receiver calls: the start of an enrolment (sections 3 and 10.2 of the enrolment
//! specification).

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use hyper::header::{ALLOW, AUTHORIZATION, CONNECTION, CONTENT_TYPE, HeaderValue, WWW_AUTHENTICATE};
use hyper::{Method, StatusCode};
use secrecy::{ExposeSecret, SecretString};
use subtle::ConstantTimeEq;
use tokio::sync::Semaphore;
use zeroize::Zeroizing;

use super::Face;
use super::bearer::{Algorithm, Bearers, Policy, Refusal};
use super::config::Enrollment as Section;
use super::request::{self, BodyProblem, Request};
use super::server::Answer;
use crate::enrollment::{CONTENT_TYPE as JSON, Facts, LARGEST};
use crate::error::Result;
use crate::invocation::{Context, Invocation};
use crate::plugin::Plugin;

/// The interface of a plugin.
pub(super) struct Enrollment {
    plugin: Arc<Plugin>,
    /// The last part of the path, with its slash; what is before it is where the interface begins.
    path: String,
    callers: Callers,
    room: Semaphore,
}

/// How a receiver shows who it is.
enum Callers {
    Basic { user: String, password: SecretString },
    Bearer(Box<Bearers>),
}

impl Enrollment {
    pub(super) fn new(section: &Section, plugin: &Arc<Plugin>) -> Result<Self> {
        let callers = match (&section.user, &section.password) {
            (Some(user), Some(password)) => Callers::Basic { user: user.clone(), password: password.clone() },
            _ => {
                let policy = Policy {
                    url: section.jwks_url()?,
                    issuer: section.issuer.clone(),
                    audience: section.audience.clone(),
                    algorithms: &[Algorithm::Rs256, Algorithm::Ps256, Algorithm::Es256],
                };
                Callers::Bearer(Box::new(Bearers::new(policy, plugin.transport.clone(), plugin.clock.clone())))
            }
        };
        let room = Semaphore::new(section.max_in_flight as usize);
        Ok(Self { plugin: Arc::clone(plugin), path: section.ends().1.to_owned(), callers, room })
    }

    async fn handle(self: Arc<Self>, mut request: Request) -> Answer {
        if request.path != self.path {
            return request::empty(StatusCode::NOT_FOUND);
        }
        if request.method != Method::POST {
            let mut answer = request::empty(StatusCode::METHOD_NOT_ALLOWED);
            answer.headers_mut().insert(ALLOW, HeaderValue::from_static("POST"));
            return answer;
        }
        // Before the body is read.
        if let Err(answer) = self.admitted(&request).await {
            return answer;
        }
        if !is_json(request.header(CONTENT_TYPE.as_str()).unwrap_or_default()) {
            return request::empty(StatusCode::UNSUPPORTED_MEDIA_TYPE);
        }
        let Ok(_place) = self.room.try_acquire() else { return request::empty(StatusCode::SERVICE_UNAVAILABLE) };
        let raw = match request.body().await {
            Ok(raw) if raw.len() <= LARGEST => raw,
            Ok(_) | Err(BodyProblem::TooLarge) => return closing(StatusCode::PAYLOAD_TOO_LARGE),
            Err(BodyProblem::Late) => return closing(StatusCode::REQUEST_TIMEOUT),
            Err(BodyProblem::Cut) => return closing(StatusCode::BAD_REQUEST),
        };
        let context = Context { trace_id: Some(uuid::Uuid::now_v7().to_string()), ..Context::default() };
        let invocation = Invocation::new("start_enrollment", context, self.plugin.config.timeouts.operation());
        let language = request.text_header("accept-language");
        let reply = self.plugin.enrollments.start(Arc::new(invocation), raw, language, Facts::default()).await;
        let mut answer = request::empty(StatusCode::OK);
        answer.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(JSON));
        *answer.body_mut() = reply.body.into();
        answer
    }

    async fn admitted(&self, request: &Request) -> Result<(), Answer> {
        let given = request.headers.get(AUTHORIZATION).and_then(|value| std::str::from_utf8(value.as_bytes()).ok());
        let is_let_in = match &self.callers {
            Callers::Basic { user, password } => given.is_some_and(|given| is_good(given, user, password)),
            Callers::Bearer(bearers) => match bearers.check(given).await {
                Ok(_) => true,
                Err(Refusal::NotGood(_)) => false,
                Err(Refusal::Untold(error)) => {
                    tracing::warn!(code = error.status().code(), "the receiver's token could not be checked");
                    return Err(request::empty(StatusCode::SERVICE_UNAVAILABLE));
                }
            },
        };
        if is_let_in {
            return Ok(());
        }
        let mut answer = request::json(StatusCode::UNAUTHORIZED, &serde_json::json!({}));
        let challenge = match self.callers {
            Callers::Basic { .. } => "Basic realm=\"enrollment\", charset=\"UTF-8\"",
            Callers::Bearer(_) => "Bearer realm=\"enrollment\"",
        };
        answer.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static(challenge));
        Err(answer)
    }
}

impl Face for Enrollment {
    fn answer(self: Arc<Self>, request: Request) -> BoxFuture<'static, Answer> {
        self.handle(request).boxed()
    }
}

/// Whether a header names this user and password. Both are compared to the end whatever the other says.
fn is_good(header: &str, user: &str, password: &SecretString) -> bool {
    let Some((scheme, encoded)) = header.split_once(' ') else { return false };
    let decoded = STANDARD.decode(encoded.trim()).map(Zeroizing::new);
    let Some((given_user, given_password)) = decoded.as_ref().ok().and_then(|pair| {
        let at = pair.iter().position(|byte| *byte == b':')?;
        Some((&pair[..at], &pair[at + 1..]))
    }) else {
        return false;
    };
    let same = given_user.ct_eq(user.as_bytes()) & given_password.ct_eq(password.expose_secret().as_bytes());
    scheme.eq_ignore_ascii_case("basic") && bool::from(same)
}

/// Whether a content type is that of JSON.
fn is_json(content_type: &str) -> bool {
    let kind = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    kind == "application/json" || kind.strip_prefix("application/").is_some_and(|kind| kind.ends_with("+json"))
}

/// An answer after which the connection ends, because the rest of the request is not read.
fn closing(status: StatusCode) -> Answer {
    let mut answer = request::empty(status);
    answer.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    answer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_exact_user_and_password_are_let_in() {
        let header = |pair: &str| format!("bAsIc {}", STANDARD.encode(pair));
        let password = "s3c:ret/=é".into();
        assert!(is_good(&header("receiver:s3c:ret/=é"), "receiver", &password));
        for wrong in ["receiver:", "receiver:s3c", "Receiver:s3c:ret/=é", ":s3c:ret/=é", "receiver", ""] {
            assert!(!is_good(&header(wrong), "receiver", &password), "{wrong}");
        }
        assert!(!is_good(&header("receiver:s3c:ret/=é").replace("bAsIc", "Bearer"), "receiver", &password));
        assert!(!is_good("Basic", "receiver", &password) && !is_good("Basic %%%", "receiver", &password));
    }

    #[test]
    fn json_has_several_names() {
        for good in ["application/json", "Application/JSON; charset=utf-8", "application/merge-patch+json"] {
            assert!(is_json(good), "{good}");
        }
        for wrong in ["text/plain", "text/json", "", "application/jsonx", "x/y+json"] {
            assert!(!is_json(wrong), "{wrong}");
        }
    }
}
