//! Proves that the start of an enrolment asks the backend and makes of its answer what the receiver makes of it.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod client;
mod enrollment;

use enrollment::*;
use learnerlink_sandbox::{DropPoint, EnrollmentBackend, EnrollmentOAuth, Fault};
use serde_json::json;

const JSON: Option<&str> = Some("application/json");

#[tokio::test]
async fn the_backend_gets_the_offering_and_the_person_with_their_eduid() {
    let sandbox = sandbox();
    let backend = Backend::of(&sandbox).await;
    let id = sandbox.enrollment_login(FENNA).unwrap();
    let offering = r#"{"zorgpad":{"a":1.10, "b":1E400},"offeringId":"x"}"#;
    let request = starting(&sandbox, &id).header("accept-language", "nl-NL,nl;q=0.8").body(offering);
    let answer = told(request).await;
    assert_eq!((answer.status, answer.text.as_str()), (200, ACCEPTED));
    let [heard] = &backend.heard()[..] else { panic!("one call") };
    let expected = [
        ("authorization", "Basic cmVjZWl2ZXI6czNjK3JldC89c3RhcnQ="),
        ("content-type", "application/json"),
        ("accept", "application/json, application/*+json"),
        ("accept-language", "nl-NL,nl;q=0.8"),
    ];
    for (name, value) in expected {
        assert_eq!(heard.header(name), Some(value));
    }
    assert_eq!(heard.header("x-correlation-id"), None);
    let start =
        r#"{"offering":{"zorgpad":{"a":1.10, "b":1E400},"offeringId":"x"},"person":{"personId":"edu-fenna-01","#;
    assert!(heard.body.starts_with(start), "{}", heard.body);
    assert!(heard.body.contains("\"activeEnrollment\":true"));
    let asked = &sandbox.requests_to("enrollment/home/persons/me")[0];
    assert_eq!((asked.method.as_str(), asked.path.as_str()), ("GET", "/enrollment/home/merwede.example/persons/me"));
    assert_eq!(asked.header("accept-language"), Some("nl-NL,nl;q=0.8"));
    assert!(asked.bearer().is_some());
}

#[tokio::test]
async fn without_an_eduid_the_identifier_of_the_home_institution_counts_and_a_form_may_ask_for_it() {
    let sandbox = sandbox();
    let backend = Backend::of(&sandbox).await;
    assert_eq!(start(&sandbox, INGRID).await.status, 200);
    let heard = &backend.heard()[0];
    assert!(heard.body.contains("\"person\":{\"personId\":\"ingrid.solheim@fjord.example\""));
    assert_eq!(heard.header("accept-language"), Some("en-GB"));
    let asked = &sandbox.requests_to("enrollment/home/persons/me")[0];
    assert_eq!((asked.method.as_str(), asked.header("authorization")), ("POST", None));
    assert!(asked.form_value("access_token").is_some());
    associated(&sandbox, INGRID, 1).await;
}

#[tokio::test]
async fn a_code_below_400_becomes_the_status_and_leaves_the_body_as_it_is() {
    let sandbox = sandbox();
    let backend = Backend::of(&sandbox).await;
    for (body, status) in [
        (r#"{ "code" : 200, "x": 1.10 }"#, 200),
        (r#"{"code":201,"reference":"kept"}"#, 201),
        (r#"{"code":302}"#, 302),
        (r#"{"code":399}"#, 399),
    ] {
        backend.say(body);
        let answer = start(&sandbox, FENNA).await;
        assert_eq!((answer.status, answer.text.as_str()), (status, body));
        assert_eq!(answer.header("content-type"), Some("application/json"));
    }
    backend.say(r#"{"code":204}"#);
    let answer = start(&sandbox, FENNA).await;
    assert_eq!((answer.status, answer.text.as_str()), (204, ""));
}

#[tokio::test]
async fn a_code_from_400_on_or_none_is_a_success_with_a_reference() {
    let sandbox = sandbox();
    let backend = Backend::of(&sandbox).await;
    for (body, before) in [
        (r#"{"result":"error","code":422,"x":1.10}"#, r#"{"result":"error","code":422,"x":1.10,"reference":""#),
        (r#"{"code":400}"#, r#"{"code":400,"reference":""#),
        (r#"{"reference":"mine","code":2147483647}"#, r#"{"reference":""#),
        (r#"{"message":"no code"}"#, r#"{"message":"no code","reference":""#),
    ] {
        backend.answer(201, Some("application/problem+json; charset=utf-8"), body);
        let answer = start(&sandbox, FENNA).await;
        assert_eq!(answer.status, 200);
        assert!(answer.text.starts_with(before), "{}", answer.text);
        let reference = answer.json()["reference"].as_str().unwrap().to_owned();
        assert!(reference.parse::<u32>().unwrap() <= 10_000, "{reference}");
    }
}

#[tokio::test]
async fn a_code_that_is_no_whole_number_of_32_bits_is_a_failure() {
    let sandbox = sandbox();
    let backend = Backend::of(&sandbox).await;
    for code in ["null", "\"200\"", "200.0", "2e2", "2147483648", "-2147483649", "true", "[200]", "99", "-1"] {
        backend.say(&format!(r#"{{"code":{code}}}"#));
        assert!(!start(&sandbox, FENNA).await.framework(500).is_empty(), "{code}");
    }
}

#[tokio::test]
async fn an_answer_that_is_no_json_object_is_a_failure() {
    let sandbox = sandbox();
    let backend = Backend::of(&sandbox).await;
    for (kind, body) in [
        (JSON, ""),
        (JSON, "[]"),
        (JSON, "null"),
        (JSON, "{\"code\":200"),
        (JSON, "200"),
        (Some("text/html"), "<p>Welcome</p>"),
        (Some("text/plain"), r#"{"code":200}"#),
        (None, r#"{"code":200}"#),
    ] {
        backend.answer(200, kind, body);
        start(&sandbox, FENNA).await.framework(500);
    }
}

#[tokio::test]
async fn a_refusal_of_the_backend_is_reported_with_its_status_and_its_raw_body() {
    let sandbox = sandbox();
    let backend = Backend::of(&sandbox).await;
    for (status, name, body) in [
        (503, "SERVICE_UNAVAILABLE", "<h1>\"down\"</h1>"),
        (401, "UNAUTHORIZED", "{}"),
        (404, "NOT_FOUND", ""),
        (422, "UNPROCESSABLE_ENTITY", r#"{"code":422}"#),
        (500, "INTERNAL_SERVER_ERROR", "x"),
    ] {
        backend.answer(status, Some("text/html"), body);
        let answer = start(&sandbox, FENNA).await;
        let report = answer.report(status, name, "Error in registration results for enrollmentRequest");
        assert_eq!(report["details"], body);
    }
}

#[tokio::test]
async fn what_the_framework_does_not_know_and_a_backend_that_is_not_there_are_failures() {
    let sandbox = sandbox();
    start(&sandbox, FENNA).await.framework(500);
    let backend = Backend::of(&sandbox).await;
    for status in [299, 302, 460, 599] {
        backend.answer(status, JSON, r#"{"code":200}"#);
        start(&sandbox, FENNA).await.framework(500);
    }
    let gone = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/api/start", gone.local_addr().unwrap());
    drop(gone);
    sandbox.enrollment_backend(EnrollmentBackend::basic(url, "a", "b"));
    let answer = start(&sandbox, FENNA).await;
    assert!(answer.framework(500).starts_with("I/O error"));
    assert_eq!(answer.json()["error"], "Internal Server Error");
    assert_eq!(answer.json()["path"], "/enrollment/receiver/api/start");
    assert_eq!(answer.json()["timestamp"], "2026-11-22T09:00:00.000+00:00");
}

#[tokio::test]
async fn a_start_without_a_known_correlation_id_or_a_readable_offering_is_refused() {
    let sandbox = sandbox();
    let backend = Backend::of(&sandbox).await;
    let answer = told(starting(&sandbox, "unknown")).await;
    assert_eq!(answer.framework(409), "Enrollment not found.");
    assert_eq!(answer.json()["error"], "Conflict");
    let bare = |method| request(&sandbox, method, "/api/start").basic_auth(BROKER.0, Some(BROKER.1));
    assert!(told(bare("POST").json(&json!({}))).await.framework(400).contains("X-Correlation-ID"));
    let id = sandbox.enrollment_login(FENNA).unwrap();
    for body in ["{\"offeringId\":", "[]", ""] {
        told(starting(&sandbox, &id).body(body)).await.framework(400);
    }
    told(bare("POST").header("content-type", "text/plain").body("{}")).await.framework(415);
    let answer = told(bare("GET")).await;
    answer.framework(405);
    assert_eq!(answer.header("allow"), Some("POST"));
    assert!(backend.heard().is_empty());
}

#[tokio::test]
async fn broker_and_student_administration_have_credentials_of_their_own() {
    let sandbox = sandbox();
    for (user, password) in [SIS, ("broker", "wrong"), ("", "")] {
        told(request(&sandbox, "POST", "/api/start").basic_auth(user, Some(password))).await.framework(401);
    }
    let answer = told(request(&sandbox, "GET", "/person/x")).await;
    answer.framework(401);
    assert!(answer.header("www-authenticate").unwrap().starts_with("Basic "));
    told(request(&sandbox, "GET", "/person/x").basic_auth(BROKER.0, Some(BROKER.1))).await.framework(401);
    told(request(&sandbox, "GET", "/other").basic_auth(SIS.0, Some(SIS.1))).await.framework(404);
}

#[tokio::test]
async fn trouble_with_the_person_is_reported_without_a_second_try() {
    let sandbox = sandbox();
    let backend = Backend::of(&sandbox).await;
    let endpoint = "enrollment/home/persons/me";
    sandbox.fault(Fault::on(endpoint).status(404));
    let answer = start(&sandbox, FENNA).await;
    answer.report(404, "NOT_FOUND", "Error in retrieving person for enrollmentRequest");
    assert_eq!(sandbox.requests_to(endpoint).len(), 1);
    sandbox.fault(Fault::on(endpoint).status(460));
    sandbox.fault(Fault::on(endpoint).drop(DropPoint::BeforeResponse));
    sandbox.fault(Fault::on(endpoint).body("").status(200));
    sandbox.fault(Fault::on(endpoint).body("[]").content_type("application/json"));
    for _ in 0..4 {
        start(&sandbox, FENNA).await.framework(500);
    }
    assert!(backend.heard().is_empty() && sandbox.requests_to("enrollment/home/token").is_empty());
}

#[tokio::test]
async fn a_backend_can_be_asked_with_a_fixed_token() {
    let sandbox = sandbox();
    let backend = Backend::unknown().await;
    sandbox.enrollment_backend(EnrollmentBackend::bearer(&backend.url, "t-1"));
    assert_eq!(start(&sandbox, FENNA).await.status, 200);
    assert_eq!(backend.heard()[0].header("authorization"), Some("Bearer t-1"));
}

#[tokio::test]
async fn a_token_of_a_token_endpoint_is_fetched_for_every_start() {
    let sandbox = sandbox();
    let (backend, tokens) = (Backend::unknown().await, Backend::unknown().await);
    let mut oauth = EnrollmentOAuth {
        token_url: tokens.url.clone(),
        client_id: "receiver".to_owned(),
        client_secret: "s3c+ret/=x".to_owned(),
        scope: Some("start all".to_owned()),
    };
    sandbox.enrollment_backend(EnrollmentBackend::oauth(&backend.url, oauth.clone()));
    for number in ["1", "2"] {
        tokens.say(&format!(r#"{{"access_token":"t-{number}","expires_in":3600}}"#));
        assert_eq!(start(&sandbox, FENNA).await.status, 200);
        assert_eq!(
            backend.heard().last().unwrap().header("authorization"),
            Some(format!("Bearer t-{number}").as_str())
        );
    }
    let form =
        "grant_type=client_credentials&client_id=receiver&client_secret=s3c%2Bret%2F%3Dx&scope=start+all".to_owned();
    assert_eq!(tokens.heard().iter().map(|heard| heard.body.clone()).collect::<Vec<_>>(), [form.clone(), form]);

    tokens.answer(401, JSON, r#"{"error":"invalid_client"}"#);
    tokens.answer(460, JSON, "{}");
    tokens.say(r#"{"token_type":"Bearer"}"#);
    tokens.answer(200, Some("text/html"), "<p>");
    for _ in 0..4 {
        start(&sandbox, FENNA).await.framework(500);
    }
    oauth.scope = None;
    sandbox.enrollment_backend(EnrollmentBackend::oauth(&backend.url, oauth));
    tokens.say(r#"{"access_token":"t-3"}"#);
    assert_eq!(start(&sandbox, FENNA).await.status, 200);
    assert!(!tokens.heard().last().unwrap().body.contains("scope"));
    assert_eq!(backend.heard().len(), 3, "a start without a token does not reach the backend");
}
