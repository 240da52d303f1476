//! The interface that this library's listener offers, as a client sees it.

use serde_json::{Value, json};

use crate::stand::*;
use crate::support::{Reply, answer};

fn success() -> Value {
    json!({ "accountId": ACCOUNT, "linkageKey": KEY, "odsCode": ODS, "surname": SURNAME, "dateOfBirth": BORN })
}

fn error(status: u16, code: &str, more: Value) -> Reply {
    let body = json!({ "code": code, "category": "x", "message": SURNAME, "traceId": TRACE });
    json(status, &changed(body, more))
}

#[tokio::test]
async fn requests_are_sent_as_the_interface_has_them() {
    let stand = Stand::with("native", json!({ "headers": { "Subscription-Key": "abc" } }), |nth, _| {
        json(if nth == 0 { 200 } else { 201 }, &success())
    })
    .await;
    let done = stand.done(RETRIEVE, request(RETRIEVE)).await;
    assert_eq!((outputs(&done), &done["created"], &done["reason"]), (ALL, &json!(false), &Value::Null));
    let done = stand.done(CREATE, request(CREATE)).await;
    assert_eq!((outputs(&done), &done["created"], &done["replayed"]), (ALL, &json!(true), &json!(false)));
    let asked = stand.asked();
    let expected = [
        ("/gp/im1/linkage/v1/retrieve", "transactionid", json!({ "odsCode": ODS, "nhsNumber": NUMBER })),
        (
            "/gp/im1/linkage/v1/create",
            "correlationid",
            json!({ "odsCode": ODS, "nhsNumber": NUMBER, "surname": SURNAME, "dateOfBirth": BORN }),
        ),
    ];
    for (request, (target, trace, body)) in asked.iter().zip(expected) {
        assert_eq!((request.method.as_str(), request.target.as_str()), ("POST", target));
        assert_eq!(request.header("content-type"), Some("application/json"));
        assert_eq!(request.header("authorization"), Some("Bearer bearer-t0ken"));
        assert_eq!(request.header("subscription-key"), Some("abc"));
        assert_eq!(request.header(trace), Some(TRACE));
        let others = ["transactionid", "correlationid"].iter().filter(|name| request.header(name).is_some()).count();
        assert_eq!((others, serde_json::from_slice::<Value>(&request.body).unwrap()), (1, body));
    }
}

#[tokio::test]
async fn one_token_serves_many_calls_and_asks_for_the_configured_scope() {
    let stand = Stand::new("native", |_, _| json(200, &success())).await;
    for _ in 0..5 {
        stand.done(RETRIEVE, request(RETRIEVE)).await;
    }
    assert_eq!((stand.server.count("/oauth/token"), stand.asked().len()), (1, 5));
    let fields = stand.server.requests()[0].form();
    for (name, value) in [
        ("grant_type", "client_credentials"),
        ("client_id", "link-client"),
        ("client_secret", "s3c+ret/=link"),
        ("scope", "linkage.retrieve linkage.create"),
    ] {
        assert!(fields.contains(&(name.into(), value.into())), "{name}");
    }
}

#[tokio::test]
async fn a_refused_token_is_replaced_once() {
    let refused = || error(401, "UNAUTHENTICATED", json!({}));
    let stand = Stand::new("native", move |nth, _| if nth == 0 { refused() } else { json(200, &success()) }).await;
    stand.done(RETRIEVE, request(RETRIEVE)).await;
    assert_eq!((stand.server.count("/oauth/token"), stand.asked().len()), (2, 2));
    let stand = Stand::new("native", move |_, _| refused()).await;
    let failure = stand.failure(CREATE, request(CREATE)).await;
    assert_eq!((&failure["code"], &failure["details"]["profile"]), (&json!("AUTH_REJECTED"), &json!(PROFILE)));
    assert_eq!((stand.server.count("/oauth/token"), stand.asked().len()), (2, 2));
}

#[tokio::test]
async fn every_outcome_has_its_answer_on_either_function() {
    for (status, code, retrieved, created) in [
        (400, "INVALID_REQUEST", "REJECTED INVALID_REQUEST", "REJECTED INVALID_REQUEST"),
        (404, "ODS_NOT_FOUND", "odsNotFound", "odsNotFound"),
        (403, "ODS_BLOCKED", "odsBlocked", "odsBlocked"),
        (404, "PATIENT_NOT_FOUND", "patientNotFound", "patientNotFound"),
        (403, "PATIENT_BLOCKED", "patientBlocked OTHER", "patientBlocked OTHER"),
        (403, "KEY_REVOKED", "keyRevoked", "PROTOCOL"),
        (404, "NO_LINKAGE_KEY", "noLinkageKey", "PROTOCOL"),
        (409, "KEY_ALREADY_EXISTS", "PROTOCOL", "keyAlreadyExists"),
        (500, "RETRIEVE_FAILED", "retrieveFailed", "PROTOCOL"),
        (500, "CREATE_FAILED", "PROTOCOL", "createFailed"),
        (500, "GENERIC_ERROR", "SERVICE_FAULT GENERIC_ERROR", "SERVICE_FAULT GENERIC_ERROR"),
        (404, "GENERIC_ERROR", "SERVICE_FAULT GENERIC_ERROR", "SERVICE_FAULT GENERIC_ERROR"),
        (401, "UNAUTHENTICATED", "AUTH_REJECTED", "AUTH_REJECTED"),
        (403, "FORBIDDEN", "FORBIDDEN FORBIDDEN", "FORBIDDEN FORBIDDEN"),
        (429, "RATE_LIMITED", "THROTTLED", "THROTTLED"),
        (503, "UNAVAILABLE", "UNAVAILABLE UNAVAILABLE", "UNAVAILABLE UNAVAILABLE"),
        (422, "CORRELATION_CONFLICT", "CONFLICT", "CONFLICT"),
        (404, "OK", "PROTOCOL", "PROTOCOL"),
        (404, "SOMETHING_NEW", "PROTOCOL", "PROTOCOL"),
        (404, "patient_not_found", "PROTOCOL", "PROTOCOL"),
    ] {
        let found = both("native", error(status, code, json!({}))).await;
        assert_eq!(found, [retrieved, created], "{status} {code}");
    }
}

#[tokio::test]
async fn a_blocked_patient_comes_with_what_is_said_of_them() {
    for (detail, reason, text) in [
        (
            json!({ "reason": "PRACTICE_DECISION", "text": "Speak to reception" }),
            "PRACTICE_DECISION",
            "Speak to reception",
        ),
        (json!({ "reason": "MULTIPLE_RECORDS" }), "MULTIPLE_RECORDS", ""),
        (json!({ "reason": "NEW_ONE", "text": 5 }), "OTHER", ""),
        (json!("blocked"), "OTHER", ""),
    ] {
        let reply = error(403, "PATIENT_BLOCKED", json!({ "detail": detail }));
        let stand = Stand::new("native", move |_, _| reply.clone()).await;
        for operation in [RETRIEVE, CREATE] {
            let done = stand.done(operation, request(operation)).await;
            assert_eq!(done["detail"], json!({ "reason": reason, "text": text }), "{done}");
        }
    }
}

#[tokio::test]
async fn conflicts_throttling_and_faults_keep_what_matters_of_them() {
    for (given, reason) in [(json!("stale"), "stale"), (json!("content"), "content"), (Value::Null, "content")] {
        let reply = error(422, "CORRELATION_CONFLICT", json!({ "reason": given }));
        let stand = Stand::new("native", move |_, _| reply.clone()).await;
        let failure = stand.failure(CREATE, request(CREATE)).await;
        assert_eq!((&failure["code"], &failure["details"]["reason"]), (&json!("CONFLICT"), &json!(reason)));
    }
    let fault = error(500, "GENERIC_ERROR", json!({ "reason": "provider-id" }));
    assert_eq!(told("native", CREATE, fault).await, "SERVICE_FAULT provider-id");
    let hostile = error(500, "GENERIC_ERROR", json!({ "reason": format!("{NUMBER} {SURNAME}") }));
    assert_eq!(told("native", CREATE, hostile).await, "SERVICE_FAULT");
    let stand = Stand::new("native", |_, _| {
        answer(429, &[("Retry-After", "7")], json!({ "code": "RATE_LIMITED" }).to_string())
    })
    .await;
    let failure = stand.failure(CREATE, request(CREATE)).await;
    assert_eq!((&failure["code"], &failure["details"]["retryAfterMs"]), (&json!("THROTTLED"), &json!(7000)));
}

#[tokio::test]
async fn names_of_a_success_come_in_any_case_and_all_five_are_needed() {
    let pascal = json!({ "AccountId": ACCOUNT, "LINKAGEKEY": KEY, "OdsCode": " a12345", "surname": SURNAME, "DateOfBirth": format!("{BORN}T00:00:00"), "more": [1] });
    let stand = Stand::new("native", move |_, _| json(200, &pascal)).await;
    assert_eq!(outputs(&stand.done(RETRIEVE, request(RETRIEVE)).await), ALL);
    assert_eq!(outputs(&stand.done(CREATE, request(CREATE)).await), ALL);
    for name in ["accountId", "linkageKey", "odsCode", "surname", "dateOfBirth"] {
        for missing in [Value::Null, json!(""), json!("  "), json!(7), json!([])] {
            let mut body = success();
            body[name] = missing;
            assert_eq!(both("native", json(200, &body)).await, ["PROTOCOL incomplete-supplier-response"; 2], "{body}");
        }
    }
}

#[tokio::test]
async fn values_of_a_success_are_what_they_must_be() {
    for (name, value) in [
        ("accountId", json!("40 71")),
        ("accountId", json!("4".repeat(65))),
        ("linkageKey", json!("Kéy")),
        ("linkageKey", json!("a\tb")),
        ("odsCode", json!("B23456")),
        ("surname", json!("x".repeat(101))),
        ("surname", json!("--")),
        ("dateOfBirth", json!("1984-02-30")),
        ("dateOfBirth", json!("2084-02-20")),
        ("dateOfBirth", json!("12/03/1984")),
    ] {
        let mut body = success();
        body[name] = value;
        assert_eq!(both("native", json(200, &body)).await, ["PROTOCOL"; 2], "{body}");
    }
}

#[tokio::test]
async fn a_replayed_create_says_so() {
    let stand = Stand::new("native", |_, _| answer(201, &[("Idempotent-Replay", "true")], success().to_string())).await;
    let done = stand.done(CREATE, request(CREATE)).await;
    assert_eq!((&done["replayed"], &done["created"]), (&json!(true), &json!(false)));
    let done = stand.done(COMPOSED, request(COMPOSED)).await;
    assert_eq!((&done["replayed"], &done["created"]), (&json!(false), &json!(false)), "the key was there");
}

#[tokio::test]
async fn what_does_not_come_from_the_interface_is_no_outcome() {
    for (status, expected) in [
        (400, "PROTOCOL"),
        (403, "FORBIDDEN"),
        (404, "PROTOCOL"),
        (405, "PROTOCOL"),
        (409, "PROTOCOL"),
        (500, "UNAVAILABLE"),
        (501, "UNAVAILABLE"),
        (504, "UNAVAILABLE"),
    ] {
        assert_eq!(both("native", answer(status, &[], "<html>x</html>")).await, [expected; 2], "{status}");
        assert_eq!(both("native", json(status, &json!({ "code": 31 }))).await, [expected; 2], "{status}");
    }
}

#[tokio::test]
async fn a_patient_whose_key_cannot_be_read_does_not_make_the_service_look_dead() {
    let stand = Stand::new("native", |_, _| error(500, "RETRIEVE_FAILED", json!({}))).await;
    for _ in 0..10 {
        assert_eq!(tell(&stand, RETRIEVE, request(RETRIEVE)).await, "retrieveFailed");
    }
    assert_eq!(stand.asked().len(), 10);
}

#[tokio::test]
async fn the_credential_is_the_named_profiles_or_the_configured_ones() {
    let stand = Stand::with("native", json!({ "profile": null }), |_, _| json(200, &success())).await;
    let failure = stand.failure(RETRIEVE, request(RETRIEVE)).await;
    assert_eq!((&failure["code"], &failure["details"]["field"]), (&json!("INVALID_INPUT"), &json!("ukprn")));
    let failure = stand.failure(RETRIEVE, changed(request(RETRIEVE), json!({ "profile": "other" }))).await;
    assert_eq!((&failure["code"], &failure["details"]["profile"]), (&json!("NO_CREDENTIAL"), &json!("other")));
    assert_eq!(stand.server.requests().len(), 0);
    stand.done(RETRIEVE, changed(request(RETRIEVE), json!({ "profile": PROFILE }))).await;
    assert_eq!(stand.asked().len(), 1);
    // Without a token service none is sent, and none is asked for.
    let stand = Stand::with("native", json!({ "tokenUrl": null, "profile": null }), |_, _| json(200, &success())).await;
    stand.done(RETRIEVE, request(RETRIEVE)).await;
    assert_eq!((stand.server.requests().len(), stand.asked()[0].header("authorization")), (1, None));
}

#[tokio::test]
async fn trace_headers_can_be_left_out_and_one_is_made_when_none_is_given() {
    let stand = Stand::with("native", json!({ "traceHeaders": false }), |_, _| json(200, &success())).await;
    stand.done(RETRIEVE, request(RETRIEVE)).await;
    assert_eq!(stand.asked()[0].header("transactionid"), None);
    let stand = Stand::new("native", |_, _| json(200, &success())).await;
    let done = stand.done(RETRIEVE, changed(request(RETRIEVE), json!({ "traceId": null }))).await;
    assert_eq!(done["traceId"].as_str(), stand.asked()[0].header("transactionid"));
    assert_eq!(done["traceId"].as_str().unwrap().len(), 36);
}
