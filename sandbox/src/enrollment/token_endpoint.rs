//! Answers the token endpoint of a home institution, which only refreshes what a student's login gave.

use axum::body::Body;
use axum::http::{Response, StatusCode, header};
use serde_json::json;

use super::RECEIVER_CLIENT;
use super::call::{self, Call};
use crate::recorder::pairs;
use crate::world::Core;

/// Exchanges a refresh token for a new pair, of which the new one takes the place of the old.
pub(super) fn serve(core: &Core, call: &Call, home: &str) -> Response<Body> {
    if call.media_type() != "application/x-www-form-urlencoded" {
        return refuse(StatusCode::BAD_REQUEST);
    }
    let form = pairs(&call.body);
    let field = |name: &str| form.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
    let (client, secret) = RECEIVER_CLIENT;
    if field("client_id") != Some(client) || field("client_secret") != Some(secret) {
        return refuse(StatusCode::UNAUTHORIZED);
    }
    if field("grant_type") != Some("refresh_token") {
        return error(StatusCode::BAD_REQUEST, "unsupported_grant_type");
    }
    let world = &mut *core.world();
    let token = field("refresh_token").unwrap_or_default();
    let grant = world.enrollment.tokens.refreshes(home, token);
    let grant = grant.filter(|grant| !world.enrollment.scripts.of(&grant.person, None).refresh_fails);
    let Some(grant) = grant else { return error(StatusCode::BAD_REQUEST, "invalid_grant") };
    let (now, life) = (world.clock.unix(), world.settings.enrollment_token_life_seconds);
    world.enrollment.tokens.spend(token);
    let pair = world.enrollment.tokens.issue(&mut world.chance, grant, now, life);
    let document = json!({
        "access_token": pair.access, "token_type": "Bearer", "expires_in": life, "refresh_token": pair.refresh,
    });
    let mut answer = call::json(StatusCode::OK, document.to_string());
    call::set(&mut answer, header::CACHE_CONTROL, "no-store");
    answer
}

/// The refusal that usually comes with a status.
pub(super) fn refuse(status: StatusCode) -> Response<Body> {
    let name = match status {
        StatusCode::UNAUTHORIZED => "invalid_client",
        StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE => "temporarily_unavailable",
        status if status.is_server_error() => "server_error",
        _ => "invalid_request",
    };
    error(status, name)
}

fn error(status: StatusCode, name: &str) -> Response<Body> {
    let mut answer = call::json(status, json!({ "error": name }).to_string());
    call::set(&mut answer, header::CACHE_CONTROL, "no-store");
    answer
}
