//! Proves that the control interface steers the sandbox over HTTP.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod client;

use client::{JUDE, ORLA, Provider, SOUTHMOOR, http, problem};
use learnerlink_sandbox::{Sandbox, ShareState};
use reqwest::{Method, Response};
use serde_json::{Value, json};

/// Sends JSON to the control interface.
async fn control(sandbox: &Sandbox, method: &str, path: &str, body: Option<Value>) -> Response {
    let request =
        http().request(Method::from_bytes(method.as_bytes()).unwrap(), format!("{}/_sandbox/{path}", sandbox.url()));
    match body {
        Some(body) => request.json(&body),
        None => request,
    }
    .send()
    .await
    .unwrap()
}

async fn get(sandbox: &Sandbox, path: &str) -> Value {
    let answer = control(sandbox, "GET", path, None).await;
    assert_eq!(answer.status(), 200, "{path}");
    answer.json().await.unwrap()
}

#[tokio::test]
async fn a_qr_share_is_approved_with_a_uln() {
    let sandbox = Sandbox::start();
    let college = Provider::northbridge(&sandbox).await;
    let id = college.qr_id().await;
    let answer = control(&sandbox, "POST", &format!("shares/{id}/approve"), Some(json!({ "uln": ORLA }))).await;
    assert_eq!(answer.status(), 200);
    let share: Value = answer.json().await.unwrap();
    assert_eq!((&share["state"], &share["uln"], &share["pattern"]), (&json!("approved"), &json!(ORLA), &json!("A")));
    assert_eq!(college.poll(&id).await.status(), 200);
    let again = control(&sandbox, "POST", &format!("shares/{id}/decline"), None).await;
    assert!(problem(again, 409).await.contains("approved"));
}

#[tokio::test]
async fn a_push_share_is_approved_with_its_code() {
    let sandbox = Sandbox::start();
    let college = Provider::northbridge(&sandbox).await;
    let push = college.push().await;
    let path = format!("shares/{}/approve", push["correlationId"].as_str().unwrap());
    let wrong = control(&sandbox, "POST", &path, Some(json!({ "code": "nope" }))).await;
    assert!(problem(wrong, 400).await.contains("attempts left: 2"));
    let other = control(&sandbox, "POST", &path, Some(json!({ "uln": JUDE, "code": push["code"] }))).await;
    problem(other, 400).await;
    let right = control(&sandbox, "POST", &path, Some(json!({ "code": push["code"] }))).await;
    assert_eq!(right.status(), 200);
}

#[tokio::test]
async fn a_share_that_cannot_be_answered_says_why() {
    let sandbox = Sandbox::start();
    let id = Provider::northbridge(&sandbox).await.qr_id().await;
    let approve = format!("shares/{id}/approve");
    for (path, body, status, reason) in [
        ("shares/nothing/approve", json!({ "uln": ORLA }), 404, "no share"),
        ("shares/nothing/decline", json!({}), 404, "no share"),
        ("shares/%3Cb%3E/approve", json!({ "uln": ORLA }), 404, "no share"),
        (&approve, json!({}), 400, "uln"),
        (&approve, json!({ "uln": "3102030407" }), 400, "no learner"),
        (&approve, json!({ "uln": 5_123_456_782_u64 }), 400, "string"),
        (&approve, json!({ "ULN": ORLA }), 400, "ULN"),
        (&approve, json!([1, 2, 3]), 400, "cannot be read"),
    ] {
        let detail = problem(control(&sandbox, "POST", path, Some(body)).await, status).await;
        assert!(detail.contains(reason), "{detail}");
    }
    problem(control(&sandbox, "POST", &approve, None).await, 400).await;
    problem(control(&sandbox, "GET", "shares/nothing", None).await, 404).await;
    problem(control(&sandbox, "GET", "shares/%FF", None).await, 400).await;
    assert_eq!(sandbox.share(&id).unwrap().state, ShareState::Waiting);
}

#[tokio::test]
async fn shares_are_listed_with_what_a_test_needs() {
    let sandbox = Sandbox::start();
    let college = Provider::northbridge(&sandbox).await;
    let qr = college.qr().await;
    let push = college.push().await;
    let listed = get(&sandbox, "shares").await;
    let shares = listed["shares"].as_array().unwrap();
    assert_eq!(shares.len(), 2);
    assert_eq!(shares[0]["correlationId"], qr["correlationId"]);
    assert_eq!(shares[0]["url"], qr["url"]);
    assert_eq!(shares[0]["expiresAt"], qr["expiry"]);
    assert_eq!(shares[0]["provider"], "Northbridge College");
    assert_eq!(shares[1]["code"], push["code"]);
    assert_eq!(shares[1]["uln"], ORLA);
    let id = push["correlationId"].as_str().unwrap();
    assert_eq!(get(&sandbox, &format!("shares/{id}")).await, shares[1]);
    assert_eq!(shares[1]["learnerPage"], format!("/_sandbox/learner/{id}"));
}

#[tokio::test]
async fn consent_can_be_given_and_taken_without_a_share() {
    let sandbox = Sandbox::start();
    let college = Provider::southmoor(&sandbox).await;
    let consent = json!({ "uln": JUDE, "ukprn": SOUTHMOOR });
    assert_eq!(control(&sandbox, "POST", "consents", Some(consent.clone())).await.status(), 204);
    assert_eq!(college.by_uln(JUDE).await.status(), 200);
    assert_eq!(get(&sandbox, "consents").await, json!({ "consents": [consent] }));
    assert_eq!(control(&sandbox, "DELETE", "consents", Some(consent)).await.status(), 204);
    assert_eq!(college.by_uln(JUDE).await.status(), 404);
    for wrong in [json!({ "uln": "x", "ukprn": SOUTHMOOR }), json!({ "uln": JUDE, "ukprn": "x" }), json!({})] {
        problem(control(&sandbox, "POST", "consents", Some(wrong)).await, 400).await;
    }
}

#[tokio::test]
async fn the_clock_is_shown_and_advanced() {
    let sandbox = Sandbox::builder().clock_start(1_795_332_480).start().unwrap();
    let clock = get(&sandbox, "clock").await;
    assert_eq!(clock, json!({ "now": "2026-11-22T07:28:00Z", "unix": 1_795_332_480, "virtual": true }));
    let answer = control(&sandbox, "POST", "clock/advance", Some(json!({ "seconds": 300 }))).await;
    assert_eq!(answer.json::<Value>().await.unwrap()["now"], "2026-11-22T07:33:00Z");
    assert_eq!(sandbox.unix_now(), 1_795_332_780);
    for wrong in [
        json!({}),
        json!({ "seconds": -1 }),
        json!({ "seconds": 1.5 }),
        json!({ "seconds": "9" }),
        json!({ "seconds": u64::MAX }),
    ] {
        problem(control(&sandbox, "POST", "clock/advance", Some(wrong)).await, 400).await;
    }
    assert_eq!(sandbox.unix_now(), 1_795_332_780);
}

#[tokio::test]
async fn faults_are_added_listed_and_cleared() {
    let sandbox = Sandbox::start();
    let college = Provider::northbridge(&sandbox).await;
    let fault = json!({ "endpoint": "learner-data", "status": 429, "times": 2, "retryAfter": 7 });
    assert_eq!(control(&sandbox, "POST", "faults", Some(fault)).await.status(), 201);
    let answer = college.poll("x").await;
    assert_eq!((answer.status().as_u16(), &answer.headers()["retry-after"]), (429, &"7".parse().unwrap()));
    let listed = get(&sandbox, "faults").await;
    assert_eq!(listed["faults"][0]["times"], 1, "what is left is shown");
    assert_eq!(control(&sandbox, "DELETE", "faults", None).await.status(), 204);
    assert_eq!(college.poll("x").await.status(), 404);
    for wrong in [
        json!({}),
        json!({ "endpoint": "nowhere" }),
        json!({ "endpoint": "token", "times": 0 }),
        json!({ "endpoint": "token", "colour": "red" }),
        json!({ "endpoint": "token", "drop": "sometimes" }),
        json!({ "endpoint": "token", "status": 99_999 }),
        json!({ "endpoint": "token", "headers": { "bad name": "x" } }),
    ] {
        problem(control(&sandbox, "POST", "faults", Some(wrong)).await, 400).await;
    }
    assert!(sandbox.faults().is_empty());
}

#[tokio::test]
async fn every_member_of_a_fault_is_read_from_json() {
    let sandbox = Sandbox::start();
    let fault = json!({
        "endpoint": "*", "times": 3, "forever": true, "status": 503, "retryAfter": { "secondsAhead": 5 }, "latencyMs": 1,
        "body": "x", "contentType": "text/plain", "headers": { "X-A": "b" }, "patch": { "a": null }, "drop": "duringBody",
        "truncateAt": 4, "gzip": true, "redirect": "/x", "afterEffect": true,
    });
    assert_eq!(control(&sandbox, "POST", "faults", Some(fault.clone())).await.status(), 201);
    assert_eq!(get(&sandbox, "faults").await["faults"][0], fault);
}

#[tokio::test]
async fn recorded_requests_hide_secrets_and_tokens() {
    let sandbox = Sandbox::start();
    let college = Provider::northbridge(&sandbox).await;
    college.push().await;
    college.by_uln(ORLA).await;
    let listed = get(&sandbox, "requests").await;
    let text = listed.to_string();
    assert!(!text.contains("s3c") && !text.contains("eyJ"), "{text}");
    let requests = listed["requests"].as_array().unwrap();
    assert_eq!(requests.len(), 3);
    assert_eq!(requests[0]["body"][1], json!({ "name": "client_id", "value": "cid-a" }));
    assert_eq!(requests[0]["body"][2], json!({ "name": "client_secret", "value": "***" }));
    assert_eq!(requests[1]["headers"]["authorization"], "Bearer ***");
    assert_eq!(requests[1]["body"]["MobileNumber"], "07700900123");
    assert_eq!(requests[1]["ukprn"], "10099901");
    assert_eq!(requests[2]["query"][0], json!({ "name": "uln", "value": ORLA }));
    assert_eq!(requests[2]["status"], 404);
    assert_eq!(get(&sandbox, "requests?endpoint=token").await["requests"].as_array().unwrap().len(), 1);
    problem(control(&sandbox, "GET", "requests?endpoint=nowhere", None).await, 400).await;
    assert_eq!(control(&sandbox, "DELETE", "requests", None).await.status(), 204);
    assert!(sandbox.requests().is_empty());
}

#[tokio::test]
async fn unknown_addresses_are_recorded_and_the_sandboxs_own_are_not() {
    let sandbox = Sandbox::start();
    for path in ["/nothing?a=b", "/_sandbox/", "/_sandbox/health", "/vc/x", "/", "/favicon.ico"] {
        http().get(format!("{}{path}", sandbox.url())).send().await.unwrap();
    }
    let requests = sandbox.requests();
    assert_eq!(requests.len(), 1);
    assert_eq!((requests[0].path.as_str(), requests[0].endpoint.as_str()), ("/nothing", ""));
}

#[tokio::test]
async fn settings_are_shown_and_changed() {
    let sandbox = Sandbox::start();
    let settings = get(&sandbox, "settings").await;
    assert_eq!(
        settings,
        json!({
            "pendingStatus": 404, "tokenLifeSeconds": 3599, "qrLifeSeconds": 300, "latencyMs": 0,
            "gatewayProfile": "compat", "lrsTimeoutMs": 20_000, "linkageMinimumAgeYears": 0,
            "sifProfile": "strict", "sifWindowSeconds": 300,
            "enrollmentTokenLifeSeconds": 3600, "enrollmentTimeoutMs": 20_000,
        })
    );
    let answer = control(
        &sandbox,
        "PATCH",
        "settings",
        Some(
            json!({ "pendingStatus": 202, "latencyMs": 5, "gatewayProfile": "improved", "linkageMinimumAgeYears": 16 }),
        ),
    )
    .await;
    let changed: Value = answer.json().await.unwrap();
    assert_eq!(
        changed,
        json!({
            "pendingStatus": 202, "tokenLifeSeconds": 3599, "qrLifeSeconds": 300, "latencyMs": 5,
            "gatewayProfile": "strict", "lrsTimeoutMs": 20_000, "linkageMinimumAgeYears": 16,
            "sifProfile": "strict", "sifWindowSeconds": 300,
            "enrollmentTokenLifeSeconds": 3600, "enrollmentTimeoutMs": 20_000,
        })
    );
    for wrong in
        [json!({ "pendingStatus": 500 }), json!({ "tokenLifeSeconds": 0 }), json!({ "pending": 202 }), json!(null)]
    {
        problem(control(&sandbox, "PATCH", "settings", Some(wrong)).await, 400).await;
    }
    assert_eq!(sandbox.settings().pending_status, 202);
}

#[tokio::test]
async fn learners_are_listed_with_their_records() {
    let sandbox = Sandbox::start();
    let learners = get(&sandbox, "learners").await;
    let orla = &learners["learners"][0];
    assert_eq!(
        (&orla["uln"], &orla["name"], &orla["mobileNumber"]),
        (&json!(ORLA), &json!("Orla Fennimore"), &json!("07700900123"))
    );
    assert_eq!(orla["record"]["uln"], 5_123_456_782_u64);
}

#[tokio::test]
async fn reset_goes_back_to_the_beginning() {
    let sandbox = Sandbox::builder().seed(1).pending_status(202).clock_start(1_800_000_000).start().unwrap();
    let college = Provider::northbridge(&sandbox).await;
    let id = college.qr_id().await;
    sandbox.approve(&id, learnerlink_sandbox::Approval::by(ORLA)).unwrap();
    sandbox.configure(|settings| settings.pending_status = 204);
    control(&sandbox, "POST", "clock/advance", Some(json!({ "seconds": 60 }))).await;
    control(&sandbox, "POST", "faults", Some(json!({ "endpoint": "*", "status": 500 }))).await;
    assert_eq!(control(&sandbox, "POST", "reset", None).await.status(), 204);
    assert!(sandbox.shares().is_empty() && sandbox.requests().is_empty() && sandbox.faults().is_empty());
    assert_eq!((sandbox.settings().pending_status, sandbox.unix_now()), (202, 1_800_000_000));
    assert_eq!(college.by_uln(ORLA).await.status(), 401, "tokens are forgotten too");
    assert_eq!(Provider::northbridge(&sandbox).await.by_uln(ORLA).await.status(), 404);
}

#[tokio::test]
async fn wrong_methods_and_addresses_are_problems() {
    let sandbox = Sandbox::start();
    for (method, path, status) in [
        ("GET", "reset", 405),
        ("DELETE", "settings", 405),
        ("PUT", "faults", 405),
        ("GET", "nothing", 404),
        ("POST", "shares/x/y/z", 404),
        ("GET", "root.pem", 404),
    ] {
        problem(control(&sandbox, method, path, None).await, status).await;
    }
    let huge =
        http().post(format!("{}/_sandbox/faults", sandbox.url())).body(vec![b' '; 2 << 20]).send().await.unwrap();
    problem(huge, 413).await;
    let binary = http().post(format!("{}/_sandbox/faults", sandbox.url())).body(vec![0xff; 100]).send().await.unwrap();
    problem(binary, 400).await;
}
