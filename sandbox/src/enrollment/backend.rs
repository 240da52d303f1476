//! Describes the backend that the receiver asks at the start, and asks it.

use std::time::Duration;

use axum::http::header::{ACCEPT, ACCEPT_LANGUAGE, AUTHORIZATION, CONTENT_TYPE};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde_json::{Value, json};
use url::form_urlencoded;

use super::members::Members;
use super::outbound;
use super::received::Outcome;
use super::refusal::Refusal;
use crate::world::Core;

/// The backend of the host institution, which the receiver asks at the start of an enrolment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnrollmentBackend {
    /// The full address, such as `http://127.0.0.1:8080/api/start`; it must be on this machine.
    pub url: String,
    /// How the receiver shows who it is.
    pub access: EnrollmentAccess,
}

/// How the receiver shows the backend who it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EnrollmentAccess {
    /// With a user and a password.
    Basic {
        /// The user.
        user: String,
        /// The password.
        password: String,
    },
    /// With this token.
    Bearer(String),
    /// With a token that it asks for before every start.
    OAuth(EnrollmentOAuth),
}

/// Where and as whom the receiver asks for a token.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EnrollmentOAuth {
    /// The full address of the token endpoint; it must be on this machine.
    pub token_url: String,
    /// The client id.
    pub client_id: String,
    /// The client's secret.
    pub client_secret: String,
    /// What the token is to be good for.
    pub scope: Option<String>,
}

impl EnrollmentBackend {
    /// A backend that takes a user and a password.
    pub fn basic(url: impl Into<String>, user: impl Into<String>, password: impl Into<String>) -> Self {
        let access = EnrollmentAccess::Basic { user: user.into(), password: password.into() };
        Self { url: url.into(), access }
    }

    /// A backend that takes one token.
    pub fn bearer(url: impl Into<String>, token: impl Into<String>) -> Self {
        Self { url: url.into(), access: EnrollmentAccess::Bearer(token.into()) }
    }

    /// A backend that takes tokens of a token endpoint.
    pub fn oauth(url: impl Into<String>, oauth: EnrollmentOAuth) -> Self {
        Self { url: url.into(), access: EnrollmentAccess::OAuth(oauth) }
    }

    /// Says what is wrong with this backend, if anything is.
    pub(super) fn check(&self) -> Result<(), String> {
        outbound::address(&self.url)?;
        match &self.access {
            EnrollmentAccess::OAuth(oauth) => outbound::address(&oauth.token_url).map(drop),
            EnrollmentAccess::Basic { user, .. } if user.contains(':') => Err("user cannot hold a colon".to_owned()),
            EnrollmentAccess::Basic { .. } | EnrollmentAccess::Bearer(_) => Ok(()),
        }
    }

    /// The view that shows no secret.
    pub(super) fn shown(&self) -> Value {
        match &self.access {
            EnrollmentAccess::Basic { user, .. } => json!({ "url": self.url, "access": "basic", "user": user }),
            EnrollmentAccess::Bearer(_) => json!({ "url": self.url, "access": "bearer" }),
            EnrollmentAccess::OAuth(oauth) => json!({
                "url": self.url, "access": "oauth",
                "oauth": { "tokenUrl": oauth.token_url, "clientId": oauth.client_id, "scope": oauth.scope },
            }),
        }
    }
}

/// A backend, as the control interface takes it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Given {
    url: String,
    user: Option<String>,
    password: Option<String>,
    bearer: Option<String>,
    oauth: Option<EnrollmentOAuth>,
}

impl Given {
    /// The backend that is described, or why it is none.
    pub(super) fn backend(self) -> Result<EnrollmentBackend, String> {
        match (self.user, self.password, self.bearer, self.oauth) {
            (Some(user), Some(password), None, None) => Ok(EnrollmentBackend::basic(self.url, user, password)),
            (None, None, Some(token), None) => Ok(EnrollmentBackend::bearer(self.url, token)),
            (None, None, None, Some(oauth)) => Ok(EnrollmentBackend::oauth(self.url, oauth)),
            _ => Err("user and password, bearer, or oauth must be given".to_owned()),
        }
    }
}

/// Asks the backend about an offering and a person.
pub(super) async fn ask(core: &Core, body: &Members, language: &str) -> Result<Outcome, Refusal> {
    let (backend, limit) = {
        let world = core.world();
        (world.enrollment.backend.clone(), Duration::from_millis(world.settings.enrollment_timeout_ms))
    };
    let backend = backend.ok_or_else(|| Refusal::internal("No backend is configured"))?;
    let url = outbound::address(&backend.url).map_err(Refusal::internal)?;
    let authorization = match &backend.access {
        EnrollmentAccess::Basic { user, password } => {
            format!("Basic {}", STANDARD.encode(format!("{user}:{password}")))
        }
        EnrollmentAccess::Bearer(token) => format!("Bearer {token}"),
        EnrollmentAccess::OAuth(oauth) => format!("Bearer {}", token(oauth, language, limit).await?),
    };
    let headers = [
        (AUTHORIZATION, authorization),
        (CONTENT_TYPE, "application/json".to_owned()),
        (ACCEPT, "application/json, application/*+json".to_owned()),
        (ACCEPT_LANGUAGE, language.to_owned()),
    ];
    Ok(outbound::post(&url, &headers, body.to_string(), limit).await)
}

/// The form that asks for a token.
fn token_form(oauth: &EnrollmentOAuth) -> String {
    let mut form = form_urlencoded::Serializer::new(String::new());
    form.append_pair("grant_type", "client_credentials");
    form.append_pair("client_id", &oauth.client_id).append_pair("client_secret", &oauth.client_secret);
    if let Some(scope) = &oauth.scope {
        form.append_pair("scope", scope);
    }
    form.finish()
}

/// A new token; whatever goes wrong with it is a failure of the receiver.
async fn token(oauth: &EnrollmentOAuth, language: &str, limit: Duration) -> Result<String, Refusal> {
    let url = outbound::address(&oauth.token_url).map_err(Refusal::internal)?;
    let headers = [
        (CONTENT_TYPE, "application/x-www-form-urlencoded;charset=UTF-8".to_owned()),
        (ACCEPT, "application/json, application/*+json".to_owned()),
        (ACCEPT_LANGUAGE, language.to_owned()),
    ];
    let failed = |reason: &str| Refusal::internal(format!("No token for the backend: {reason}"));
    match outbound::post(&url, &headers, token_form(oauth), limit).await {
        Outcome::Success(answer) => {
            let token = answer.members()?.and_then(|members| members.text("access_token"));
            token.ok_or_else(|| failed("the answer holds none"))
        }
        Outcome::Refused(refused) => Err(failed(refused.status.as_str())),
        Outcome::Failed(reason) => Err(failed(&reason)),
    }
}
