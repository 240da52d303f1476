//! Answers the token endpoint of the `native` supplier.

use axum::body::Body;
use axum::http::{Method, Response, StatusCode};
use serde_json::json;

use super::call::{Call, json as answer_json, wrong_method};
use crate::recorder::pairs;
use crate::world::Core;

/// Issues a token for client credentials, which stand in the body.
pub(super) fn issue(core: &Core, call: &Call) -> Response<Body> {
    if call.method != Method::POST {
        return wrong_method(refuse(StatusCode::METHOD_NOT_ALLOWED), "POST");
    }
    if call.media_type() != "application/x-www-form-urlencoded" {
        return error(StatusCode::BAD_REQUEST, "invalid_request");
    }
    let form = pairs(&call.body);
    let twice = form.iter().any(|(name, _)| form.iter().filter(|(other, _)| other == name).count() > 1);
    let field = |name: &str| form.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
    let Some(grant_type) = field("grant_type").filter(|_| !twice) else {
        return error(StatusCode::BAD_REQUEST, "invalid_request");
    };
    if grant_type != "client_credentials" {
        return error(StatusCode::BAD_REQUEST, "unsupported_grant_type");
    }
    let mut guard = core.world();
    let world = &mut *guard;
    let client = world.settings.linkage_clients.iter().find(|client| {
        Some(client.client_id.as_str()) == field("client_id")
            && Some(client.client_secret.as_str()) == field("client_secret")
    });
    let Some(client) = client else { return refuse(StatusCode::UNAUTHORIZED) };
    let asked: Vec<String> = field("scope").unwrap_or_default().split_ascii_whitespace().map(str::to_owned).collect();
    if asked.iter().any(|scope| !client.scopes.contains(scope)) {
        return error(StatusCode::BAD_REQUEST, "invalid_scope");
    }
    let scopes = if asked.is_empty() { client.scopes.clone() } else { asked };
    let (now, life) = (world.clock.unix(), world.settings.token_life_seconds);
    let scope = scopes.join(" ");
    let token = world.linkage.tokens.issue(&mut world.chance, &client.client_id, scopes, now, life);
    let document = json!({ "access_token": token, "token_type": "Bearer", "expires_in": life, "scope": scope });
    answer_json(StatusCode::OK, &document)
}

/// The refusal that usually comes with a status.
pub(super) fn refuse(status: StatusCode) -> Response<Body> {
    let name = match status {
        StatusCode::UNAUTHORIZED => "invalid_client",
        StatusCode::FORBIDDEN => "access_denied",
        StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE => "temporarily_unavailable",
        status if status.is_server_error() => "server_error",
        _ => "invalid_request",
    };
    error(status, name)
}

fn error(status: StatusCode, name: &str) -> Response<Body> {
    let description = match name {
        "invalid_client" => "The client is not known, or its secret is wrong.",
        "invalid_scope" => "The client may not have this scope.",
        "unsupported_grant_type" => "Only client_credentials is supported.",
        "invalid_request" => "The request is not a well-formed request for a token.",
        _ => "The request was not carried out.",
    };
    answer_json(status, &json!({ "error": name, "error_description": description }))
}
