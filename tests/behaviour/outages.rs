//! Bad weather: whatever the service does, the call ends in the documented error within its deadline.

use std::time::Duration;

use learnerlink_sandbox::{DropPoint, Fault, Sandbox, TlsMode};
use serde_json::{Value, json};

use crate::stand::{Disk, NORTHBRIDGE, ORLA, Stand, call, open, within};

const LIMIT: Duration = Duration::from_secs(10);

fn fetch() -> Value {
    json!({ "ukprn": NORTHBRIDGE, "uln": ORLA, "timeoutMs": 1500 })
}

/// What is wrong, how the sandbox is told, and the code it must end in.
fn weather() -> Vec<(&'static str, Fault, &'static str)> {
    let on = || Fault::on("learner-data").forever();
    let json = "application/json";
    vec![
        ("an outage", on().status(503), "UNAVAILABLE"),
        ("a crash", on().status(500), "UNAVAILABLE"),
        ("throttling", on().status(429).retry_after(60), "THROTTLED"),
        ("a refusal", on().status(403).status(409), "REJECTED"),
        ("silence", on().latency(Duration::from_secs(60)), "DEADLINE_EXCEEDED"),
        ("a connection closed without an answer", on().drop(DropPoint::BeforeResponse), "UNAVAILABLE"),
        ("an answer cut off", on().body("{\"uln\":5123456782,\"firstName\":\"Orla\"}").truncate_at(12), "PROTOCOL"),
        ("an answer broken off", on().body_bytes(100_000).drop(DropPoint::DuringBody), "PROTOCOL"),
        ("garbage", on().status(200).content_type(json).body("%&$ not JSON"), "PROTOCOL"),
        ("a list instead of an object", on().status(200).content_type(json).body("[1]"), "PROTOCOL"),
        ("a record without a ULN", on().status(200).content_type(json).body("{\"firstName\":\"Orla\"}"), "PROTOCOL"),
        ("an HTML page", on().status(200).content_type("text/html").body("<html>maintenance</html>"), "PROTOCOL"),
        ("a body of ten megabytes", on().body_bytes(10 << 20), "RESPONSE_TOO_LARGE"),
        ("a compressed body of ten megabytes", on().body_bytes(10 << 20).gzip(), "RESPONSE_TOO_LARGE"),
        ("a redirect", on().redirect("http://127.0.0.1:1/learner-data"), "PROTOCOL"),
        ("a teapot", on().status(418), "PROTOCOL"),
    ]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_kind_of_bad_weather_ends_in_its_error_within_the_deadline() {
    for (what, fault, code) in weather() {
        let stand = Stand::with(json!({ "breaker": { "failures": 1000 } })).await;
        stand.fault(fault);
        let error = within(LIMIT, stand.failure("fetch_learner_data", fetch())).await;
        assert_eq!(error["code"], code, "{what}: {error}");
        let text = error.to_string();
        for personal in [ORLA, "Orla", "s3c", "Bearer"] {
            assert!(!text.contains(personal), "{what}: {text}");
        }
        assert_eq!(error["upstream"]["endpoint"], "learner-data", "{what}: {error}");
        // The next call finds everything in order.
        stand.sandbox.clear_faults();
        let answer = stand.call("fetch_learner_data", fetch()).await.unwrap();
        assert_eq!(answer["outcome"], "notShared", "{what}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_service_that_is_not_there_is_unreachable_and_then_left_alone() {
    let stand =
        Stand::with(json!({ "vera": { "baseUrl": "http://127.0.0.1:9/" }, "breaker": { "failures": 3 } })).await;
    let error = within(LIMIT, stand.failure("fetch_learner_data", fetch())).await;
    assert_eq!((&error["code"], &error["retriable"]), (&json!("UNREACHABLE"), &json!(true)), "{error}");
    let error = within(LIMIT, stand.failure("fetch_learner_data", fetch())).await;
    assert_eq!(error["code"], "CIRCUIT_OPEN", "{error}");
    assert!(error["details"]["retryAfterMs"].as_u64().unwrap() > 20_000);
    let health = stand.call("health", json!({ "probe": true })).await.unwrap();
    assert_eq!((&health["outcome"], &health["store"]), (&json!("degraded"), &json!(true)), "{health}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_certificate_that_is_not_right_is_never_accepted() {
    for (mode, trusted, code) in [
        (TlsMode::Valid, true, None),
        (TlsMode::Valid, false, Some("TLS_FAILED")),
        (TlsMode::Expired, true, Some("TLS_FAILED")),
        (TlsMode::WrongHost, true, Some("TLS_FAILED")),
        (TlsMode::SelfSigned, false, Some("TLS_FAILED")),
    ] {
        let sandbox = Sandbox::builder().virtual_clock(false).tls(mode).start().unwrap();
        let roots: Vec<&str> = if trusted { sandbox.root_pem().into_iter().collect() } else { Vec::new() };
        let plugin = open(&sandbox, json!({ "tls": { "extraRoots": roots } })).await.unwrap();
        let result = within(LIMIT, call(&plugin, "fetch_learner_data", fetch())).await;
        match (result, code) {
            (Ok(answer), None) => assert_eq!(answer["outcome"], "notShared"),
            (Err(error), Some(code)) => assert_eq!(error.status().code(), code, "{mode:?}: {error}"),
            (other, _) => panic!("{mode:?} trusted {trusted}: {other:?}"),
        }
        assert!(code.is_none() || sandbox.requests().is_empty(), "no secret is sent over a bad connection");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_service_in_trouble_gives_its_own_errors() {
    for (status, body, code) in [
        (
            401,
            r#"{"error":"invalid_client","error_description":"AADSTS7000215: x","error_codes":[7000215]}"#,
            "BAD_CREDENTIAL",
        ),
        (401, r#"{"error":"invalid_client","error_codes":[7000222]}"#, "BAD_CREDENTIAL"),
        (400, r#"{"error":"unauthorized_client","error_codes":[700016]}"#, "BAD_CREDENTIAL"),
        (400, r#"{"error":"invalid_resource","error_codes":[500011]}"#, "AUTH_CONFIG"),
        (400, r#"{"error":"invalid_request","error_codes":[90002]}"#, "AUTH_CONFIG"),
        (200, "not JSON", "PROTOCOL"),
        (200, "{}", "PROTOCOL"),
    ] {
        let stand = Stand::new().await;
        stand.fault(Fault::on("token").forever().status(status).content_type("application/json").body(body));
        let error = within(LIMIT, stand.failure("fetch_learner_data", fetch())).await;
        assert_eq!(error["code"], code, "{status} {body}: {error}");
        assert!(stand.sandbox.requests_to("learner-data").is_empty());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_left_half_written_when_a_code_cannot_be_issued() {
    let json = "application/json";
    let on = || Fault::on("generate-qr-code");
    for (fault, code) in [
        (on().forever().status(503), "UNAVAILABLE"),
        (on().status(200).content_type(json).body("{}"), "PROTOCOL"),
        (on().status(200).content_type(json).body(""), "PROTOCOL"),
        (on().status(200).content_type(json).body("null"), "PROTOCOL"),
        (on().patch(json!({ "correlationId": null })), "PROTOCOL"),
        (on().patch(json!({ "url": "" })), "PROTOCOL"),
        (on().patch(json!({ "url": "x".repeat(5000), "qrCode": null })), "PROTOCOL"),
        (on().status(204), "PROTOCOL"),
        (on().status(400), "REJECTED"),
        (on().status(403), "FORBIDDEN"),
        (on().status(404), "INVALID_CONFIG"),
        (on().forever().status(408), "UNAVAILABLE"),
    ] {
        let stand = Stand::with(json!({ "breaker": { "failures": 1000 } })).await;
        stand.fault(fault);
        let request = json!({ "ukprn": NORTHBRIDGE, "timeoutMs": 1500 });
        let error = within(LIMIT, stand.failure("generate_qr", request)).await;
        assert_eq!(error["code"], code, "{error}");
        let shares = stand.call("list_shares", json!({})).await.unwrap();
        assert_eq!(shares["shares"], json!([]), "{code}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_asked_of_a_learners_phone_is_never_repeated_by_itself() {
    let learner =
        json!({ "ukprn": NORTHBRIDGE, "mobileNumber": "07700900123", "dateOfBirth": "2008-09-02", "timeoutMs": 1500 });
    let json = "application/json";
    let on = || Fault::on("learner/share-request").forever();
    for (fault, expected) in [
        (on().status(500), "OUTCOME_UNKNOWN"),
        (on().status(408), "OUTCOME_UNKNOWN"),
        (on().status(418), "OUTCOME_UNKNOWN"),
        (on().status(202), "OUTCOME_UNKNOWN"),
        (on().drop(DropPoint::BeforeResponse), "OUTCOME_UNKNOWN"),
        (on().status(200).content_type(json).body("{\"code\":\"1\"}"), "OUTCOME_UNKNOWN"),
        (on().status(403), "FORBIDDEN"),
        (on().status(422), "INVALID_INPUT"),
        (on().status(429).retry_after(9), "THROTTLED"),
        (on().redirect("http://127.0.0.1:1/"), "PROTOCOL"),
    ] {
        let stand = Stand::new().await;
        stand.fault(fault);
        let error = within(LIMIT, stand.failure("request_share", learner.clone())).await;
        assert_eq!(error["code"], expected, "{error}");
        assert_eq!(stand.sandbox.requests_to("learner/share-request").len(), 1, "{expected}");
        let again = stand.call("request_share", learner.clone()).await;
        if expected == "OUTCOME_UNKNOWN" {
            assert_eq!(again.unwrap()["outcome"], "mayHaveBeenSent");
            assert_eq!(stand.sandbox.requests_to("learner/share-request").len(), 1);
        } else {
            assert!(again.is_err(), "a request that was refused may be tried again");
        }
    }
    for (status, outcome) in [(404, "notEstablished"), (409, "alreadyPending")] {
        let stand = Stand::new().await;
        stand.fault(Fault::on("learner/share-request").status(status));
        assert_eq!(stand.call("request_share", learner.clone()).await.unwrap()["outcome"], outcome);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_call_that_is_given_up_closes_its_connection_and_is_entered_in_the_audit_trail() {
    let disk = Disk::new();
    let stand = Stand::with(disk.config()).await;
    stand.fault(Fault::on("learner-data").latency(Duration::from_secs(60)));
    let operation = learnerlink::operations::Operation::find("fetch_learner_data").unwrap();
    let prepared = operation.prepare(&stand.plugin, &json!({ "ukprn": NORTHBRIDGE, "uln": ORLA }).to_string()).unwrap();
    let (cancel, cancelled) = tokio::sync::oneshot::channel::<()>();
    let running = tokio::spawn(prepared.run(async {
        let _ = cancelled.await;
        learnerlink::Error::Cancelled
    }));
    let there =
        |requests: &[learnerlink_sandbox::RecordedRequest]| requests.iter().any(|r| r.endpoint == "learner-data");
    let gone = |requests: &[learnerlink_sandbox::RecordedRequest]| requests.iter().any(|r| r.abandoned);
    tokio::task::block_in_place(|| assert!(stand.sandbox.wait_for(LIMIT, there)));
    cancel.send(()).unwrap();
    let error = within(LIMIT, running).await.unwrap().err().unwrap();
    assert_eq!(error.status().code(), "CANCELLED");
    tokio::task::block_in_place(|| assert!(stand.sandbox.wait_for(LIMIT, gone)));
    let audit = stand.call("query_audit", json!({ "operation": "fetch_learner_data" })).await.unwrap();
    assert_eq!(audit["entries"][0]["outcome"], "CANCELLED", "{audit}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_read_is_repeated_as_often_as_configured() {
    for attempts in [1, 2, 4] {
        let stand = Stand::with(json!({ "retry": { "maxAttempts": attempts, "firstWaitMs": 10 } })).await;
        stand.fault(Fault::on("learner-data").forever().status(503));
        let error = within(LIMIT, stand.failure("fetch_learner_data", fetch())).await;
        assert_eq!(error["code"], "UNAVAILABLE");
        assert_eq!(stand.sandbox.requests_to("learner-data").len(), attempts);
    }
}
