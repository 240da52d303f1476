//! Proves that faults do to answers what they say.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod client;

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use client::{ORLA, Provider, credentials, http, orla, problem, token_url};
use learnerlink_sandbox::{Approval, DropPoint, Fault, Sandbox};
use serde_json::{Value, json};

const SOON: Duration = Duration::from_secs(10);

/// A sandbox with a signed-in provider.
async fn signed_in() -> (Sandbox, Provider) {
    let sandbox = Sandbox::start();
    let college = Provider::northbridge(&sandbox).await;
    (sandbox, college)
}

/// Sends raw bytes and reads raw bytes until the connection ends.
fn raw(sandbox: &Sandbox, college: &Provider, path: &str) -> Vec<u8> {
    let mut stream = TcpStream::connect(("127.0.0.1", sandbox.port())).unwrap();
    stream.set_read_timeout(Some(SOON)).unwrap();
    write!(stream, "GET /{path} HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer {}\r\n\r\n", college.token).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    answer
}

/// The head and the body of a raw answer.
fn split(answer: &[u8]) -> (String, &[u8]) {
    let end = answer.windows(4).position(|window| window == b"\r\n\r\n").expect("the head is complete");
    (String::from_utf8(answer[..end].to_vec()).unwrap().to_ascii_lowercase(), &answer[end + 4..])
}

#[tokio::test]
async fn faults_are_met_in_order_and_then_the_service_is_itself_again() {
    let (sandbox, college) = signed_in().await;
    let id = college.qr_id().await;
    sandbox.fault(Fault::on("learner-data").status(500).times(2));
    sandbox.fault(Fault::on("learner-data").status(503));
    for status in [500, 500, 503] {
        problem(college.poll(&id).await, status).await;
    }
    assert_eq!(college.poll(&id).await.status(), 404);
    sandbox.approve(&id, Approval::by(ORLA)).unwrap();
    assert_eq!(college.poll(&id).await.status(), 200);
    let faulted: Vec<bool> = sandbox.requests_to("learner-data").iter().map(|request| request.faulted).collect();
    assert_eq!(faulted, [true, true, true, false, false]);
}

#[tokio::test]
async fn retry_after_comes_as_seconds_as_a_date_and_literally() {
    let sandbox = Sandbox::builder().clock_start(1_795_332_480).start().unwrap();
    sandbox.fault(Fault::on("*").status(429).retry_after(7));
    sandbox.fault(Fault::on("*").status(429).retry_after_date(60));
    sandbox.fault(serde_json::from_str(r#"{"endpoint":"*","status":429,"retryAfter":"soon"}"#).unwrap());
    for expected in ["7", "Sun, 22 Nov 2026 07:29:00 GMT", "soon"] {
        let answer = http().get(format!("{}/generate-qr-code", sandbox.url())).send().await.unwrap();
        assert_eq!(answer.status(), 429);
        assert_eq!(answer.headers()["retry-after"], expected);
    }
}

#[tokio::test]
async fn a_fault_of_the_token_endpoint_speaks_its_language() {
    let sandbox = Sandbox::start();
    sandbox.fault(Fault::on("token").status(503).times(2));
    for _ in 0..2 {
        let form = credentials("cid-a", "s3c+ret/=1");
        let answer = http().post(token_url(&sandbox)).form(&form).send().await.unwrap();
        assert_eq!(answer.status(), 503);
        let document: Value = answer.json().await.unwrap();
        assert_eq!(document["error"], "temporarily_unavailable");
    }
    Provider::northbridge(&sandbox).await;
    assert_eq!(sandbox.requests_to("token").len(), 3);
}

#[tokio::test]
async fn a_fault_401_is_like_a_real_one() {
    let (sandbox, college) = signed_in().await;
    sandbox.fault(Fault::on("learner-data").status(401));
    let answer = college.poll("x").await;
    assert_eq!(answer.status(), 401);
    assert_eq!(answer.headers()["www-authenticate"], r#"Bearer error="invalid_token""#);
    assert_eq!(answer.text().await.unwrap(), "");
}

#[tokio::test]
async fn a_literal_body_with_any_status_type_and_headers_can_be_answered() {
    let (sandbox, college) = signed_in().await;
    sandbox.fault(Fault::on("learner-data").status(200).body("null"));
    let answer = college.poll("x").await;
    assert_eq!(answer.headers()["content-type"], "application/json; charset=utf-8");
    assert_eq!(answer.text().await.unwrap(), "null");

    sandbox.fault(
        Fault::on("learner-data")
            .status(502)
            .body("<h1>Bad gateway</h1>")
            .content_type("text/html")
            .header("X-Edge", "é1"),
    );
    let answer = college.poll("x").await;
    assert_eq!(answer.status(), 502);
    assert_eq!(answer.headers()["content-type"], "text/html");
    assert_eq!(answer.headers()["x-edge"].as_bytes(), "é1".as_bytes());
    assert_eq!(answer.text().await.unwrap(), "<h1>Bad gateway</h1>");

    sandbox.fault(Fault::on("learner-data").status(200));
    assert_eq!(college.poll("x").await.text().await.unwrap(), "");
}

#[tokio::test]
async fn a_patch_changes_the_real_answer() {
    let (sandbox, college) = signed_in().await;
    sandbox.fault(Fault::on("generate-qr-code").patch(json!({ "expiry": 1, "status": null, "extra": { "a": [1] } })));
    let qr = college.qr().await;
    assert_eq!((&qr["expiry"], &qr["extra"]["a"][0]), (&json!(1), &json!(1)));
    assert!(qr.get("status").is_none());
    assert!(sandbox.share(qr["correlationId"].as_str().unwrap()).is_some());

    sandbox.fault(Fault::on("learner-data").patch(json!({ "uln": "x" })));
    problem(college.poll("x").await, 404).await;
}

#[tokio::test]
async fn a_redirect_is_answered_and_leads_nowhere_by_itself() {
    let (sandbox, college) = signed_in().await;
    sandbox.fault(Fault::on("learner-data").redirect("http://elsewhere.invalid/"));
    sandbox.fault(Fault::on("learner-data").redirect("/x").status(307));
    for (status, location) in [(302, "http://elsewhere.invalid/"), (307, "/x")] {
        let answer = college.poll("x").await;
        assert_eq!(answer.status(), status);
        assert_eq!(answer.headers()["location"], location);
    }
}

#[tokio::test]
async fn an_effect_can_come_before_the_fault() {
    let (sandbox, college) = signed_in().await;
    sandbox.fault(Fault::on("learner/share-request").status(500));
    sandbox.fault(Fault::on("learner/share-request").status(500).after_effect());
    sandbox.fault(Fault::on("learner/share-request").drop(DropPoint::BeforeResponse).after_effect());
    for (shares, status) in [(0, Some(500)), (1, Some(500)), (2, None)] {
        let answer = college.post("learner/share-request").json(&orla()).send().await;
        assert_eq!(answer.ok().map(|answer| answer.status().as_u16()), status);
        assert_eq!(sandbox.shares().len(), shares);
    }
    assert_eq!(sandbox.requests_to("learner/share-request").len(), 3, "nobody tried again");
}

#[tokio::test]
async fn a_connection_can_be_cut_before_the_response() {
    let (sandbox, college) = signed_in().await;
    sandbox.fault(Fault::on("generate-qr-code").drop(DropPoint::BeforeResponse));
    assert_eq!(raw(&sandbox, &college, "generate-qr-code"), b"");
    let request = &sandbox.requests_to("generate-qr-code")[0];
    assert_eq!((request.status, request.abandoned, request.faulted), (None, false, true));
    assert!(sandbox.shares().is_empty());
}

#[tokio::test]
async fn a_connection_can_be_cut_during_the_body() {
    let (sandbox, college) = signed_in().await;
    sandbox.fault(Fault::on("generate-qr-code").drop(DropPoint::DuringBody));
    sandbox.fault(Fault::on("generate-qr-code").truncate_at(10));
    sandbox.fault(Fault::on("generate-qr-code").truncate_at(1_000_000));
    sandbox.fault(Fault::on("generate-qr-code").truncate_at(0));
    for sent in [None, Some(10), None, Some(0)] {
        let answer = raw(&sandbox, &college, "generate-qr-code");
        let (head, body) = split(&answer);
        let promised: usize =
            head.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap().parse().unwrap();
        assert!(head.starts_with("http/1.1 200"), "{head}");
        assert!(body.len() < promised, "{} of {promised}", body.len());
        assert!(sent.is_none_or(|sent| body.len() == sent), "{}", body.len());
    }
    assert!(sandbox.requests_to("generate-qr-code").iter().all(|request| !request.abandoned));
    let answer = college.get("generate-qr-code").send().await.unwrap();
    assert!(answer.bytes().await.is_ok(), "the next request is served as ever");
}

#[tokio::test]
async fn a_body_can_be_huge_and_compressed() {
    let (sandbox, college) = signed_in().await;
    sandbox.fault(Fault::on("learner-data").body_bytes(5 << 20));
    assert_eq!(college.poll("x").await.bytes().await.unwrap().len(), 5 << 20);

    sandbox.fault(Fault::on("learner-data").body_bytes(50 << 20).gzip());
    let answer = college.poll("x").await;
    assert_eq!(answer.headers()["content-encoding"], "gzip");
    assert!(answer.bytes().await.unwrap().len() < 1 << 20);

    sandbox.fault(Fault::on("generate-qr-code").gzip());
    let unpacking = reqwest::Client::builder().gzip(true).build().unwrap();
    let answer = unpacking.get(format!("{}generate-qr-code", college.base)).bearer_auth(&college.token).send();
    let qr: Value = answer.await.unwrap().json().await.unwrap();
    assert_eq!(qr["status"], "request_created");
}

#[tokio::test]
async fn latency_is_real_time_and_comes_before_the_effect() {
    let (sandbox, college) = signed_in().await;
    sandbox.fault(Fault::on("generate-qr-code").latency(Duration::from_millis(80)));
    let before = Instant::now();
    college.qr().await;
    assert!(before.elapsed() >= Duration::from_millis(80));
    sandbox.configure(|settings| settings.latency_ms = 60);
    let before = Instant::now();
    college.qr().await;
    assert!(before.elapsed() >= Duration::from_millis(60));
}

#[tokio::test]
async fn a_client_that_goes_away_is_noticed() {
    let (sandbox, college) = signed_in().await;
    sandbox.fault(Fault::on("generate-qr-code").latency(Duration::from_secs(600)));
    sandbox.fault(Fault::on("generate-qr-code").latency(Duration::from_secs(600)).after_effect());
    for shares in [0, 1] {
        let request = college.get("generate-qr-code").send();
        let task = tokio::spawn(request);
        let arrived = |count: usize| {
            move |requests: &[learnerlink_sandbox::RecordedRequest]| {
                requests.iter().filter(|request| request.endpoint == "generate-qr-code").count() == count
            }
        };
        while !sandbox.wait_for(Duration::ZERO, arrived(shares + 1)) {
            tokio::task::yield_now().await;
        }
        task.abort();
        let _ = task.await;
        let left =
            |requests: &[learnerlink_sandbox::RecordedRequest]| requests.last().is_some_and(|last| last.abandoned);
        assert!(sandbox.wait_for(SOON, left));
        let request = sandbox.requests_to("generate-qr-code").pop().unwrap();
        assert_eq!((request.status, request.answered), (None, None));
        assert_eq!(sandbox.shares().len(), shares);
    }
}

#[tokio::test]
async fn a_fault_for_every_endpoint_spares_the_control_interface() {
    let (sandbox, college) = signed_in().await;
    sandbox.fault(Fault::on("*").status(503).forever());
    for _ in 0..3 {
        assert_eq!(college.poll("x").await.status(), 503);
        assert_eq!(college.get("generate-qr-code").send().await.unwrap().status(), 503);
    }
    assert_eq!(college.get("_sandbox/health").send().await.unwrap().status(), 200);
    assert_eq!(college.get("_sandbox/").send().await.unwrap().status(), 200);
    sandbox.clear_faults();
    assert_eq!(college.poll("x").await.status(), 404);
}

#[tokio::test]
async fn a_fault_with_nothing_in_it_lets_requests_pass() {
    let (sandbox, college) = signed_in().await;
    sandbox.fault(Fault::on("learner-data").times(2));
    sandbox.fault(Fault::on("learner-data").status(500));
    let mut statuses = Vec::new();
    for _ in 0..4 {
        statuses.push(college.poll("x").await.status().as_u16());
    }
    assert_eq!(statuses, [404, 404, 500, 404]);
}

#[test]
#[should_panic(expected = "learner-date")]
fn a_fault_for_an_unknown_endpoint_is_refused() {
    Sandbox::start().fault(Fault::on("learner-date").status(500));
}
