//! Answers the token endpoint in the way of Microsoft Entra, version 1.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use serde_json::{Value, json};

use crate::gate::ActingProvider;
use crate::problem::Id;
use crate::provider::{RESOURCE, TENANT_ID};
use crate::recorder::{media_type, pairs};
use crate::world::{Core, World};

/// What is wrong with a token request.
struct Refusal {
    status: StatusCode,
    error: &'static str,
    number: u32,
    text: String,
}

impl Refusal {
    fn new(status: StatusCode, error: &'static str, number: u32, text: impl Into<String>) -> Self {
        Self { status, error, number, text: text.into() }
    }

    fn bad_request(error: &'static str, number: u32, text: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, error, number, text)
    }

    fn bad_client(number: u32, text: impl Into<String>) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "invalid_client", number, text)
    }

    fn missing(field: &str) -> Self {
        let text = format!("The request body must contain the parameter '{field}'.");
        Self::bad_request("invalid_request", 900_144, text)
    }

    /// The error document, which carries number, trace and time also in its description.
    fn answer(&self, world: &mut World) -> Response<Body> {
        let trace_id = world.chance.trace_uuid().to_string();
        let correlation_id = world.chance.trace_uuid().to_string();
        let timestamp = world.clock.now().strftime("%Y-%m-%d %H:%M:%SZ").to_string();
        let description = format!(
            "AADSTS{}: {}\r\nTrace ID: {trace_id}\r\nCorrelation ID: {correlation_id}\r\nTimestamp: {timestamp}",
            self.number, self.text
        );
        let document = json!({
            "error": self.error,
            "error_description": description,
            "error_codes": [self.number],
            "timestamp": timestamp,
            "trace_id": trace_id,
            "correlation_id": correlation_id,
            "error_uri": format!("https://sts.sandbox.invalid/error?code={}", self.number),
        });
        respond(self.status, &document)
    }
}

/// The fields of a well-formed request.
struct Asked {
    client_id: String,
    client_secret: String,
    resource: String,
}

/// `POST /{tenant}/oauth2/token`: issues a token for client credentials.
pub(super) async fn issue(
    State(core): State<Arc<Core>>,
    Id(tenant): Id,
    headers: HeaderMap,
    body: Bytes,
) -> Response<Body> {
    let mut guard = core.world();
    let world = &mut *guard;
    let asked = match read(&tenant, &headers, &body) {
        Ok(asked) => asked,
        Err(refusal) => return refusal.answer(world),
    };
    let provider = world.settings.provider_of_client(&asked.client_id).cloned();
    let Some(provider) = provider else {
        let text = format!("Application with identifier '{}' was not found in the directory.", asked.client_id);
        return Refusal::bad_request("unauthorized_client", 700_016, text).answer(world);
    };
    let refusal = if asked.client_secret.is_empty() {
        Some(Refusal::bad_client(7_000_216, "A client secret or a client assertion is required."))
    } else if asked.client_secret != provider.client_secret {
        Some(Refusal::bad_client(7_000_215, "The client secret that was sent is not valid."))
    } else if provider.secret_expired {
        Some(Refusal::bad_client(7_000_222, "The client secret keys that were sent have expired."))
    } else if asked.resource != RESOURCE {
        let text = format!("The resource principal named {} was not found in the tenant.", asked.resource);
        Some(Refusal::bad_request("invalid_resource", 500_011, text))
    } else {
        None
    };
    let mut answer = match refusal {
        Some(refusal) => refusal.answer(world),
        None => {
            let now = world.clock.unix();
            let life = i64::try_from(world.settings.token_life_seconds).unwrap_or(i64::MAX);
            let token = world.vera.tokens.issue(&mut world.chance, &provider, &asked.resource, now, life);
            let document = json!({
                "token_type": "Bearer",
                "expires_in": life.to_string(),
                "ext_expires_in": life.to_string(),
                "expires_on": now.saturating_add(life).to_string(),
                "not_before": now.to_string(),
                "resource": asked.resource,
                "access_token": token,
            });
            respond(StatusCode::OK, &document)
        }
    };
    answer.extensions_mut().insert(ActingProvider(provider.ukprn));
    answer
}

/// Reads a request as far as it can be judged without knowing any client.
fn read(tenant: &str, headers: &HeaderMap, body: &[u8]) -> Result<Asked, Refusal> {
    if tenant != TENANT_ID {
        let text = format!("Tenant '{tenant}' was not found.");
        return Err(Refusal::bad_request("invalid_request", 90_002, text));
    }
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let fields = if media_type(content_type) == "application/x-www-form-urlencoded" { pairs(body) } else { Vec::new() };
    let grant_type = field(&fields, "grant_type")?.ok_or_else(|| Refusal::missing("grant_type"))?;
    if grant_type != "client_credentials" {
        let text = format!("The grant type '{grant_type}' is not supported over this endpoint.");
        return Err(Refusal::bad_request("unsupported_grant_type", 70_003, text));
    }
    Ok(Asked {
        client_id: field(&fields, "client_id")?.ok_or_else(|| Refusal::missing("client_id"))?,
        client_secret: field(&fields, "client_secret")?.unwrap_or_default(),
        resource: field(&fields, "resource")?.ok_or_else(|| Refusal::missing("resource"))?,
    })
}

/// The value of a field that may be given once; an empty value counts as none.
fn field(fields: &[(String, String)], name: &str) -> Result<Option<String>, Refusal> {
    let mut values = fields.iter().filter(|(known, _)| known == name).map(|(_, value)| value);
    let value = values.next().filter(|value| !value.is_empty()).cloned();
    if values.next().is_some() {
        let text = format!("The request is not properly formatted. The parameter '{name}' is duplicated.");
        return Err(Refusal::bad_request("invalid_request", 9_000_411, text));
    }
    Ok(value)
}

/// Any method but POST.
pub(super) async fn wrong_method(State(core): State<Arc<Core>>) -> Response<Body> {
    let text = "The endpoint only accepts POST requests.";
    let refusal = Refusal::new(StatusCode::METHOD_NOT_ALLOWED, "invalid_request", 900_561, text);
    refusal.answer(&mut core.world())
}

/// The error that stands for a bare status.
pub(super) fn usual_error(core: &Core, status: StatusCode) -> Response<Body> {
    let refusal = match status {
        StatusCode::UNAUTHORIZED => Refusal::bad_client(7_000_215, "The client secret that was sent is not valid."),
        StatusCode::TOO_MANY_REQUESTS => {
            Refusal::new(status, "temporarily_unavailable", 90_055, "There are too many requests.")
        }
        status if status.is_server_error() => {
            Refusal::new(status, "temporarily_unavailable", 90_033, "A transient error has occurred. Try again.")
        }
        status => Refusal::new(status, "invalid_request", 90_014, "The request cannot be served."),
    };
    refusal.answer(&mut core.world())
}

fn respond(status: StatusCode, document: &Value) -> Response<Body> {
    let mut answer = Response::new(Body::from(document.to_string()));
    *answer.status_mut() = status;
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json; charset=utf-8"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store, no-cache"));
    headers.insert(header::PRAGMA, HeaderValue::from_static("no-cache"));
    answer
}
