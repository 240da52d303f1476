//! Answers the token endpoint in the way of hmpps-auth.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use axum::response::{IntoResponse, Json};
use serde_json::{Value, json};

use super::client::GatewayClient;
use super::key::{self, Claims};
use crate::recorder::{basic, media_type, pairs};
use crate::world::Core;

const GRANT_TYPE: &str = "client_credentials";

/// `POST …/oauth/token`: issues a token for client credentials.
pub(super) async fn issue(
    State(core): State<Arc<Core>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Bytes,
) -> Response<Body> {
    let client = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).and_then(basic);
    let (client, now, life, id, key) = {
        let mut world = core.world();
        let known = client.and_then(|(id, secret)| {
            let admits = |known: &&GatewayClient| known.client_id == id && known.client_secret == secret;
            world.settings.gateway_clients.iter().find(admits).cloned()
        });
        let life = i64::try_from(world.settings.token_life_seconds).unwrap_or(i64::MAX);
        (known, world.clock.unix(), life, world.chance.trace_uuid().to_string(), world.auth.rotations)
    };
    let Some(client) = client else { return refuse(StatusCode::UNAUTHORIZED) };
    let mut parameters = pairs(query.unwrap_or_default().as_bytes());
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if media_type(content_type) == "application/x-www-form-urlencoded" {
        parameters.extend(pairs(&body));
    }
    let grant_type = parameters.iter().find(|(name, _)| name == "grant_type").map(|(_, value)| value.as_str());
    match grant_type {
        None | Some("") => return refuse(StatusCode::BAD_REQUEST),
        Some(GRANT_TYPE) => {}
        Some(other) => {
            let description = format!("Unsupported grant type: {other}");
            return error(StatusCode::BAD_REQUEST, "unsupported_grant_type", &description);
        }
    }
    let claims = Claims {
        sub: client.client_id.clone(),
        client_id: client.client_id,
        grant_type: GRANT_TYPE.to_owned(),
        auth_source: "none".to_owned(),
        scope: vec!["read".to_owned(), "write".to_owned()],
        iss: super::issuer(&core),
        iat: now,
        exp: now.saturating_add(life),
        jti: id,
        authorities: client.roles,
    };
    let mut answer = Json(json!({
        "access_token": key::sign(key, &claims),
        "token_type": "bearer",
        "expires_in": life,
        "scope": "read write",
        "sub": claims.sub,
        "auth_source": claims.auth_source,
        "jti": claims.jti,
        "iss": claims.iss,
    }))
    .into_response();
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    answer
}

/// Any method but POST.
pub(super) async fn wrong_method() -> Response<Body> {
    refuse(StatusCode::METHOD_NOT_ALLOWED)
}

/// The refusal that usually comes with a status.
pub(super) fn refuse(status: StatusCode) -> Response<Body> {
    match status {
        StatusCode::UNAUTHORIZED => {
            let mut answer = error(status, "invalid_client", "Bad client credentials");
            let challenge = HeaderValue::from_static(r#"Basic realm="oauth2/client""#);
            answer.headers_mut().insert(header::WWW_AUTHENTICATE, challenge);
            answer
        }
        StatusCode::BAD_REQUEST => error(status, "invalid_request", "Missing grant type"),
        StatusCode::METHOD_NOT_ALLOWED => error(status, "method_not_allowed", "Request method is not supported"),
        status if status.is_server_error() => error(status, "server_error", "Internal Server Error"),
        status => error(status, "access_denied", status.canonical_reason().unwrap_or("Error")),
    }
}

fn error(status: StatusCode, error: &str, description: &str) -> Response<Body> {
    let document: Value = json!({ "error": error, "error_description": description });
    (status, Json(document)).into_response()
}

/// `GET …/.well-known/jwks.json`
pub(super) async fn keys(State(core): State<Arc<Core>>) -> Json<Value> {
    let number = core.world().auth.rotations;
    Json(key::key_set(number))
}

/// `POST /_sandbox/auth/rotate-key`
pub(super) async fn rotate_key(State(core): State<Arc<Core>>) -> StatusCode {
    core.world().auth.rotations += 1;
    StatusCode::NO_CONTENT
}
