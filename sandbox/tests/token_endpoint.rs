//! Proves that the emulated token endpoint answers as described.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod client;

use std::time::Duration;

use client::{Provider, credentials, http, token_url};
use learnerlink_sandbox::{Provider as Credential, RESOURCE, Sandbox, TENANT_ID};
use reqwest::Response;
use serde_json::Value;

async fn ask(sandbox: &Sandbox, form: &[(&str, String)]) -> Response {
    http().post(token_url(sandbox)).form(form).send().await.unwrap()
}

/// Checks that an answer is an error document and returns its description.
async fn refused(answer: Response, status: u16, error: &str, number: u32) -> String {
    assert_eq!(answer.status().as_u16(), status);
    assert_eq!(answer.headers()["content-type"], "application/json; charset=utf-8");
    let document: Value = answer.json().await.unwrap();
    assert_eq!(document["error"], error);
    assert_eq!(document["error_codes"], serde_json::json!([number]));
    let description = document["error_description"].as_str().unwrap().to_owned();
    assert!(description.starts_with(&format!("AADSTS{number}: ")), "{description}");
    for member in ["timestamp", "trace_id", "correlation_id"] {
        let value = document[member].as_str().unwrap();
        assert!(description.contains(value), "{member}");
    }
    assert!(description.contains("\r\nTrace ID: ") && description.contains("\r\nTimestamp: "), "{description}");
    description
}

#[tokio::test]
async fn a_good_request_gets_a_token_in_the_version_1_shape() {
    let sandbox = Sandbox::start();
    let answer = ask(&sandbox, &credentials("cid-a", "s3c+ret/=1")).await;
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.headers()["cache-control"], "no-store, no-cache");
    let document: Value = answer.json().await.unwrap();
    let now = sandbox.unix_now();
    assert_eq!(document["token_type"], "Bearer");
    assert_eq!(document["expires_in"], "3599");
    assert_eq!(document["ext_expires_in"], "3599");
    assert_eq!(document["expires_on"], (now + 3599).to_string());
    assert_eq!(document["not_before"], now.to_string());
    assert_eq!(document["resource"], RESOURCE);
    assert!(document["access_token"].as_str().unwrap().starts_with("eyJ"));
}

#[tokio::test]
async fn the_recorded_form_shows_the_secret_as_it_was_meant() {
    let sandbox = Sandbox::start();
    Provider::northbridge(&sandbox).await;
    Provider::southmoor(&sandbox).await;
    let requests = sandbox.requests_to("token");
    assert_eq!(requests.len(), 2);
    assert_eq!(requests[0].form().len(), 4);
    assert_eq!(requests[0].form_value("client_secret").as_deref(), Some("s3c+ret/=1"));
    assert_eq!(requests[1].form_value("client_secret").as_deref(), Some("s3c~ret&=2"));
    assert_eq!(requests[0].path, format!("/{TENANT_ID}/oauth2/token"));
    assert_eq!(requests[0].ukprn.as_deref(), Some("10099901"));
    assert_eq!(requests[0].status, Some(200));
}

#[tokio::test]
async fn a_secret_that_was_not_encoded_is_wrong() {
    let sandbox = Sandbox::start();
    let body = format!("grant_type=client_credentials&client_id=cid-a&client_secret=s3c+ret/=1&resource={RESOURCE}");
    let request = http().post(token_url(&sandbox)).header("content-type", "application/x-www-form-urlencoded");
    refused(request.body(body).send().await.unwrap(), 401, "invalid_client", 7_000_215).await;
}

#[tokio::test]
async fn each_mistake_has_its_status_error_and_number() {
    let sandbox = Sandbox::start();
    let good = credentials("cid-a", "s3c+ret/=1");
    let with = |name: &str, value: &str| -> Vec<(&str, String)> {
        good.iter().map(|(known, old)| (*known, if *known == name { value.to_owned() } else { old.clone() })).collect()
    };
    let without =
        |name: &str| -> Vec<(&str, String)> { good.iter().filter(|(known, _)| *known != name).cloned().collect() };
    for (form, status, error, number) in [
        (with("client_secret", "wrong"), 401, "invalid_client", 7_000_215),
        (without("client_secret"), 401, "invalid_client", 7_000_216),
        (with("client_secret", ""), 401, "invalid_client", 7_000_216),
        (with("client_id", "cid-z"), 400, "unauthorized_client", 700_016),
        (without("client_id"), 400, "invalid_request", 900_144),
        (with("resource", "api://other"), 400, "invalid_resource", 500_011),
        (without("resource"), 400, "invalid_request", 900_144),
        (without("grant_type"), 400, "invalid_request", 900_144),
        (with("grant_type", "password"), 400, "unsupported_grant_type", 70_003),
        (vec![], 400, "invalid_request", 900_144),
        ([good.clone(), vec![("client_id", "cid-b".to_owned())]].concat(), 400, "invalid_request", 9_000_411),
    ] {
        let description = refused(ask(&sandbox, &form).await, status, error, number).await;
        assert!(!description.contains("s3c"), "{description}");
    }
}

#[tokio::test]
async fn an_unknown_tenant_is_named_before_anything_else() {
    let sandbox = Sandbox::start();
    let url = format!("{}/some-other-tenant/oauth2/token", sandbox.url());
    let answer = http().post(url).form(&credentials("cid-a", "wrong")).send().await.unwrap();
    let description = refused(answer, 400, "invalid_request", 90_002).await;
    assert!(description.contains("some-other-tenant"));
}

#[tokio::test]
async fn a_secret_can_run_out_while_the_sandbox_runs() {
    let sandbox = Sandbox::start();
    sandbox.configure(|settings| settings.provider_mut("10099901").unwrap().secret_expired = true);
    let answer = ask(&sandbox, &credentials("cid-a", "s3c+ret/=1")).await;
    refused(answer, 401, "invalid_client", 7_000_222).await;
    Provider::southmoor(&sandbox).await;
}

#[tokio::test]
async fn further_providers_can_be_added() {
    let sandbox =
        Sandbox::builder().provider(Credential::new("10099903", "Eastquay", "cid-c", "&+ é%")).start().unwrap();
    let college = Provider::sign_in(&sandbox, "cid-c", "&+ é%").await;
    college.qr().await;
    assert_eq!(sandbox.shares()[0].provider, "Eastquay");
    let twice = Sandbox::builder().provider(Credential::new("10099901", "Copy", "cid-d", "x")).start();
    assert!(twice.unwrap_err().to_string().contains("10099901"));
}

#[tokio::test]
async fn a_body_that_is_no_form_lacks_its_fields() {
    let sandbox = Sandbox::start();
    for (content_type, body) in [
        ("application/json", br#"{"grant_type":"client_credentials"}"#.to_vec()),
        ("text/plain", b"grant_type=client_credentials".to_vec()),
        ("application/x-www-form-urlencoded", b"\xff\xfe\x00=&&&==%zz%".to_vec()),
        ("", vec![]),
    ] {
        let answer =
            http().post(token_url(&sandbox)).header("content-type", content_type).body(body).send().await.unwrap();
        refused(answer, 400, "invalid_request", 900_144).await;
    }
}

#[tokio::test]
async fn only_post_is_taken() {
    let sandbox = Sandbox::start();
    for method in ["GET", "PUT", "DELETE"] {
        let answer = http().request(method.parse().unwrap(), token_url(&sandbox)).send().await.unwrap();
        refused(answer, 405, "invalid_request", 900_561).await;
    }
    let version_2 = format!("{}/{TENANT_ID}/oauth2/v2.0/token", sandbox.url());
    assert_eq!(http().post(version_2).form(&credentials("cid-a", "x")).send().await.unwrap().status(), 404);
}

#[tokio::test]
async fn a_token_lasts_as_long_as_it_says() {
    let sandbox = Sandbox::builder().token_life(60).start().unwrap();
    let college = Provider::northbridge(&sandbox).await;
    sandbox.advance(Duration::from_secs(59));
    assert_eq!(college.poll("x").await.status(), 404);
    sandbox.advance(Duration::from_secs(1));
    assert_eq!(college.poll("x").await.status(), 401);
    sandbox.configure(|settings| settings.token_life_seconds = 90);
    let college = Provider::northbridge(&sandbox).await;
    sandbox.advance(Duration::from_secs(89));
    assert_eq!(college.poll("x").await.status(), 404);
}
