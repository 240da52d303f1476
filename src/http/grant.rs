//! Asks a token service for an access token and reads what it says.

use std::time::Duration;

use reqwest::header::{ACCEPT, CONTENT_LENGTH, HeaderValue};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::Value;
use url::Url;

use crate::clock::Clock;
use crate::error::{Error, Result};
use crate::http::answer::Answer;
use crate::http::call::{Call, bearer};
use crate::http::tokens::{Audience, ClientCredentials, ENDPOINT, Style};

const SYSTEM: &str = "oauth";
/// Far more than a token with its surroundings takes.
const MAX_BYTES: u64 = 256 * 1024;
/// The lifetime of a token that does not tell a usable one.
const UNTOLD_LIFETIME: Duration = Duration::from_secs(300);
const SHORTEST_LIFETIME: Duration = Duration::from_secs(1);
const LONGEST_LIFETIME: Duration = Duration::from_secs(24 * 60 * 60);
/// The lifetime of a token whose service is known to tell a moment instead of a span at times.
const UNBELIEVED_LIFETIME: Duration = Duration::from_secs(600);
/// What callers are told to wait when the token service throttles without saying for how long.
const UNTOLD_PAUSE: Duration = Duration::from_secs(5);

/// A token as it was granted, in the form in which calls carry it.
pub(super) struct Grant {
    pub(super) authorization: HeaderValue,
    pub(super) lifetime: Duration,
}

/// Describes the request for a token.
pub(super) fn request(credentials: &ClientCredentials) -> Result<Call> {
    let mut fields = vec![("grant_type", "client_credentials")];
    match &credentials.audience {
        Audience::Resource(resource) => fields.push(("resource", resource)),
        Audience::Scope(scope) => fields.push(("scope", scope)),
        Audience::None => {}
    }
    let post = |url: Url| {
        let call = Call::post(SYSTEM, ENDPOINT, url).max_bytes(MAX_BYTES).identity(credentials.identity.clone());
        call.header(ACCEPT, "application/json")
    };
    match credentials.style {
        Style::InBody => {
            fields.push(("client_id", &credentials.client_id));
            fields.push(("client_secret", credentials.client_secret.expose_secret()));
            Ok(post(credentials.token_url.clone())?.form(&fields))
        }
        Style::Basic => {
            let mut url = credentials.token_url.clone();
            url.query_pairs_mut().extend_pairs(fields);
            post(url)?.form(&[]).header(CONTENT_LENGTH, "0")?.basic(&credentials.client_id, &credentials.client_secret)
        }
    }
}

/// Reads the answer to a request for a token.
pub(super) fn read(credentials: &ClientCredentials, answer: &Answer, clock: &Clock) -> Result<Grant> {
    match answer.code() {
        200 => granted(credentials.style, answer, clock),
        _ => Err(refused(credentials, answer)),
    }
}

#[derive(Deserialize)]
struct Granted {
    access_token: String,
    token_type: String,
    #[serde(default)]
    expires_in: Value,
    #[serde(default)]
    expires_on: Value,
}

fn granted(style: Style, answer: &Answer, clock: &Clock) -> Result<Grant> {
    let Granted { access_token, token_type, expires_in, expires_on } = answer.json()?;
    let bearer_token = SecretString::from(access_token);
    if !token_type.eq_ignore_ascii_case("bearer") {
        return Err(answer.protocol("the token it issued is not a bearer token"));
    }
    let token = bearer_token.expose_secret();
    if token.is_empty() || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(answer.protocol("the token it issued cannot be sent in a header"));
    }
    let authorization = bearer(&bearer_token)?;
    let lifetime = seconds(&expires_in)
        .or_else(|| {
            let now = answer.date().unwrap_or_else(|| clock.wall()).as_second();
            seconds(&expires_on)?.checked_sub(u64::try_from(now).ok()?)
        })
        .map_or(UNTOLD_LIFETIME, Duration::from_secs);
    let lifetime = match style {
        Style::Basic if lifetime > LONGEST_LIFETIME => UNBELIEVED_LIFETIME,
        _ => lifetime.clamp(SHORTEST_LIFETIME, LONGEST_LIFETIME),
    };
    Ok(Grant { authorization, lifetime })
}

/// Reads seconds, which version 1 of the protocol sends as text and version 2 as a number.
fn seconds(value: &Value) -> Option<u64> {
    match value {
        Value::String(text) => text.trim().parse().ok(),
        // A fraction of a second is cut off; `as` also brings absurd values into range.
        Value::Number(number) => {
            number.as_u64().or_else(|| number.as_f64().filter(|value| *value >= 0.0).map(|value| value as u64))
        }
        _ => None,
    }
}

#[derive(Default, Deserialize)]
struct Refused {
    #[serde(default)]
    error: Value,
    #[serde(default)]
    error_codes: Value,
    #[serde(default)]
    trace_id: Value,
}

/// Says what a refusal means, by the HTTP status and the OAuth code alone.
///
/// The service's own error number may change at any time, so it goes into hints and never decides.
fn refused(credentials: &ClientCredentials, answer: &Answer) -> Error {
    let body: Refused = serde_json::from_slice(&answer.body).unwrap_or_default();
    let oauth = body.error.as_str().unwrap_or_default();
    let number = body.error_codes.get(0).and_then(Value::as_u64);
    let code = match number {
        Some(number) if !oauth.is_empty() => format!("{oauth}:{number}"),
        _ => oauth.to_owned(),
    };
    let upstream = answer.upstream().with_code(Some(&code)).with_trace_id(body.trace_id.as_str());
    let profile = credentials.profile.clone();
    match (answer.code(), oauth) {
        (429, _) => {
            let pause = answer.retry_after().unwrap_or(UNTOLD_PAUSE).as_millis();
            Error::Throttled { retry_after_ms: u64::try_from(pause).unwrap_or(u64::MAX), upstream }
        }
        (408 | 500..=599, _) => Error::Unavailable { upstream },
        (400 | 401 | 403, "invalid_client" | "unauthorized_client") | (401, _) => {
            Error::BadCredential { profile, hint: hint(oauth, number), upstream }
        }
        (400 | 403, "invalid_resource" | "invalid_target") => Error::AuthConfig { profile, what: "resource", upstream },
        (400 | 403, "invalid_scope") => Error::AuthConfig { profile, what: "scope", upstream },
        (400, "invalid_request") if number == Some(90_002) => Error::AuthConfig { profile, what: "tenant", upstream },
        (404, _) => Error::AuthConfig { profile, what: "token address", upstream },
        (400, _) => {
            let what = match credentials.style {
                Style::InBody => "tenant, resource or scope",
                Style::Basic => "client or kind of grant",
            };
            Error::AuthConfig { profile, what, upstream }
        }
        (403, _) => Error::Forbidden { upstream },
        _ => answer.protocol("the token service answered with a status it does not define"),
    }
}

fn hint(oauth: &str, number: Option<u64>) -> &'static str {
    match (oauth, number) {
        (_, Some(7_000_215)) => "wrong secret",
        (_, Some(7_000_222)) => "secret expired",
        (_, Some(7_000_216)) => "no secret sent",
        (_, Some(700_016)) | ("unauthorized_client", None) => "unknown client id",
        _ => "wrong client id or secret",
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use reqwest::StatusCode;
    use reqwest::header::HeaderMap;
    use serde_json::json;

    use super::*;
    use crate::clock::Moment;

    fn credentials() -> ClientCredentials {
        ClientCredentials {
            profile: "10099901".to_owned(),
            token_url: Url::parse("https://sts.example/tenant/oauth2/token").unwrap(),
            client_id: "cid-a".to_owned(),
            client_secret: "s3c+ret/=1".into(),
            audience: Audience::Resource("api://vera".to_owned()),
            style: Style::InBody,
            identity: None,
        }
    }

    fn read(status: u16, body: &Value) -> Result<Grant> {
        let body = body.to_string().into_bytes().into();
        let status = StatusCode::from_u16(status).unwrap();
        let clock = Clock::manual(Timestamp::from_second(1_000_000).unwrap());
        let answer = Answer::new(ENDPOINT, status, HeaderMap::new(), body, Moment::default(), clock.wall());
        super::read(&credentials(), &answer, &clock)
    }

    #[test]
    fn the_lifetime_is_read_from_text_and_numbers_with_fallbacks_and_limits() {
        for (fields, expected) in [
            (json!({ "expires_in": "3599" }), 3_599),
            (json!({ "expires_in": 3599, "surprise": [1] }), 3_599),
            (json!({ "expires_in": 3599.9 }), 3_599),
            (json!({ "expires_in": "soon", "expires_on": "1000600" }), 600),
            (json!({ "expires_in": -5, "expires_on": 1_000_600 }), 600),
            (json!({ "expires_on": 999_000 }), 300),
            (json!({ "expires_in": null, "expires_on": {} }), 300),
            (json!({}), 300),
            (json!({ "expires_in": 0 }), 1),
            (json!({ "expires_in": 1_700_000_000 }), 86_400),
            (json!({ "expires_in": 1e300 }), 86_400),
        ] {
            let mut body = json!({ "access_token": "eyJ", "token_type": "bEARER" });
            body.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
            assert_eq!(read(200, &body).unwrap().lifetime, Duration::from_secs(expected), "{fields}");
        }
    }

    #[test]
    fn a_grant_that_cannot_be_used_is_a_protocol_error() {
        for body in [
            json!({ "access_token": "eyJ", "token_type": "mac" }),
            json!({ "access_token": "eyJ" }),
            json!({ "token_type": "Bearer" }),
            json!({ "access_token": "", "token_type": "Bearer" }),
            json!({ "access_token": "e\ny", "token_type": "Bearer" }),
            json!("eyJ"),
        ] {
            assert!(matches!(read(200, &body), Err(Error::Protocol { .. })), "{body}");
        }
    }

    #[test]
    fn refusals_are_told_apart_by_status_and_oauth_code() {
        for (status, body, expected, wording) in [
            (401, json!({ "error": "invalid_client", "error_codes": [7000215] }), "BAD_CREDENTIAL", "wrong secret"),
            (401, json!({ "error": "invalid_client", "error_codes": [7000222] }), "BAD_CREDENTIAL", "secret expired"),
            (401, json!({ "error": "invalid_client", "error_codes": [7000216] }), "BAD_CREDENTIAL", "no secret sent"),
            (
                400,
                json!({ "error": "unauthorized_client", "error_codes": [700016] }),
                "BAD_CREDENTIAL",
                "unknown client id",
            ),
            (401, json!({ "error": "unauthorized" }), "BAD_CREDENTIAL", "wrong client id or secret"),
            (401, json!("not an object"), "BAD_CREDENTIAL", "wrong client id or secret"),
            (400, json!({ "error": "invalid_resource", "error_codes": [500011] }), "AUTH_CONFIG", "resource"),
            (400, json!({ "error": "invalid_scope" }), "AUTH_CONFIG", "scope"),
            (400, json!({ "error": "invalid_request", "error_codes": [90002] }), "AUTH_CONFIG", "tenant"),
            (400, json!({ "error": "invalid_request", "error_codes": [900144] }), "AUTH_CONFIG", "tenant, resource"),
            (404, json!({}), "AUTH_CONFIG", "token address"),
            (403, json!({}), "FORBIDDEN", "does not allow"),
            (429, json!({}), "THROTTLED", "5000 ms"),
            (503, json!({ "error": "temporarily_unavailable" }), "UNAVAILABLE", "out of order"),
            (302, json!({}), "PROTOCOL", "status"),
            (204, json!({}), "PROTOCOL", "status"),
        ] {
            let Err(error) = read(status, &body) else { panic!("{status} {body} was accepted") };
            assert_eq!(error.status().code(), expected, "{status} {body}");
            assert!(error.to_string().contains(wording), "{error}");
        }
    }

    #[test]
    fn a_refusal_keeps_code_and_trace_id_but_not_the_description() {
        let body = json!({
            "error": "invalid_client",
            "error_description": "AADSTS7000215: wrong s3c+ret/=1\r\nTrace ID: x",
            "error_codes": [7000215],
            "trace_id": "7c1b2ef0-3a51-4d4e-9d5c-0f5a7d0f1e00",
        });
        let Err(error) = read(401, &body) else { panic!("the refusal was accepted") };
        let upstream = error.upstream().unwrap();
        assert_eq!(upstream.code.as_deref(), Some("invalid_client:7000215"));
        assert_eq!(upstream.trace_id.as_deref(), Some("7c1b2ef0-3a51-4d4e-9d5c-0f5a7d0f1e00"));
        let shown = format!("{error:?} {}", error.to_json("fetch_learner_data", "vera"));
        assert!(!shown.contains("s3c") && !shown.contains("AADSTS"), "{shown}");
    }
}
