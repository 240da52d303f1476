//! Proves that the emulated View Education Record API answers as described.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod client;

use std::time::Duration;

use client::{JUDE, NORTHBRIDGE, ORLA, Provider, SOUTHMOOR, http, orla, problem};
use learnerlink_sandbox::{Approval, Sandbox, ShareRefused, ShareState};
use serde_json::{Value, json};

#[tokio::test]
async fn a_scanned_and_approved_share_gives_the_record() {
    let sandbox = Sandbox::start();
    let college = Provider::northbridge(&sandbox).await;
    let id = college.qr_id().await;
    assert_eq!(college.poll(&id).await.status(), 404);

    sandbox.advance(Duration::from_secs(20));
    let share = sandbox.approve(&id, Approval::by(ORLA)).unwrap();
    assert_eq!(share.state, ShareState::Approved);

    let answer = college.poll(&id).await;
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.headers()["content-type"], "application/json; charset=utf-8");
    let record: Value = answer.json().await.unwrap();
    assert_eq!(record["uln"], 5_123_456_782_u64);
    assert_eq!(record["firstName"], "Orla");
    assert_eq!(record["senProvision"], "K");
    assert_eq!(record["primarySENType"], "SPLD");
    assert_eq!(record["freeSchoolMealEligible"], 1);
    assert_eq!(record["qualifications"].as_array().unwrap().len(), 2);
    assert_eq!(record["schools"][0]["academicYearEnd"], Value::Null);
}

#[tokio::test]
async fn a_qr_code_has_the_members_and_types_of_the_service() {
    let sandbox = Sandbox::start();
    let college = Provider::northbridge(&sandbox).await;
    let qr = college.qr().await;
    let prefix = format!("openid-vc://?request_uri={}/vc/", sandbox.url());
    assert!(qr["url"].as_str().unwrap().starts_with(&prefix), "{}", qr["url"]);
    assert_eq!(qr["expiry"].as_i64(), Some(sandbox.unix_now() + 300));
    assert_eq!(qr["status"], "request_created");
    assert!(qr["qrCode"].as_str().unwrap().starts_with("data:image/png;base64,iVBORw0KGgo"));
    assert_eq!(qr["correlationId"].as_str().unwrap().len(), 36);
    assert_eq!(qr.as_object().unwrap().len(), 5);
    assert_ne!(college.qr().await["correlationId"], qr["correlationId"]);
}

#[tokio::test]
async fn every_pending_status_can_be_chosen() {
    let sandbox = Sandbox::builder().pending_status(202).start().unwrap();
    let college = Provider::northbridge(&sandbox).await;
    let id = college.qr_id().await;
    for (status, body) in [(202, ""), (204, ""), (200, "null")] {
        sandbox.configure(|settings| settings.pending_status = status);
        let answer = college.poll(&id).await;
        assert_eq!(answer.status(), status);
        assert_eq!(answer.text().await.unwrap(), body);
    }
    sandbox.configure(|settings| settings.pending_status = 404);
    problem(college.poll(&id).await, 404).await;
}

#[tokio::test]
async fn a_correlation_id_of_another_provider_is_as_unknown_as_any() {
    let sandbox = Sandbox::start();
    let college = Provider::northbridge(&sandbox).await;
    let other = Provider::southmoor(&sandbox).await;
    let id = college.qr_id().await;
    sandbox.configure(|settings| settings.pending_status = 202);
    sandbox.approve(&id, Approval::by(ORLA)).unwrap();
    let foreign = without_trace(other.poll(&id).await).await;
    let unknown = without_trace(other.poll("11111111-2222-4333-8444-555555555555").await).await;
    assert_eq!(foreign, unknown);
    assert_eq!(foreign.0, 404);
    assert_eq!(college.poll(&id).await.status(), 200);
}

#[tokio::test]
async fn declining_is_final() {
    let sandbox = Sandbox::start();
    let college = Provider::northbridge(&sandbox).await;
    let id = college.qr_id().await;
    sandbox.decline(&id).unwrap();
    for _ in 0..2 {
        problem(college.poll(&id).await, 408).await;
    }
    let refused = sandbox.approve(&id, Approval::by(ORLA)).unwrap_err();
    assert_eq!(refused, ShareRefused::NotWaiting { state: ShareState::Declined });
    problem(college.poll(&id).await, 408).await;
    assert_eq!(college.by_uln(ORLA).await.status(), 404);
}

#[tokio::test]
async fn a_share_that_nobody_answers_lapses_after_five_minutes() {
    let sandbox = Sandbox::start();
    let college = Provider::northbridge(&sandbox).await;
    let scanned = college.qr_id().await;
    let pushed = college.push().await["correlationId"].as_str().unwrap().to_owned();
    sandbox.advance(Duration::from_secs(299));
    for id in [&scanned, &pushed] {
        assert_eq!(college.poll(id).await.status(), 404);
    }
    sandbox.advance(Duration::from_secs(1));
    for id in [&scanned, &pushed] {
        assert_eq!(college.poll(id).await.status(), 408);
        assert!(sandbox.approve(id, Approval::by(ORLA)).is_err());
    }
}

#[tokio::test]
async fn the_life_of_a_qr_code_can_be_chosen() {
    let sandbox = Sandbox::builder().qr_life(30).start().unwrap();
    let college = Provider::northbridge(&sandbox).await;
    let qr = college.qr().await;
    assert_eq!(qr["expiry"].as_i64(), Some(sandbox.unix_now() + 30));
    sandbox.advance(Duration::from_secs(30));
    assert_eq!(college.poll(qr["correlationId"].as_str().unwrap()).await.status(), 408);
}

#[tokio::test]
async fn an_approved_record_can_be_fetched_again_for_a_day() {
    let sandbox = Sandbox::builder().token_life(200_000).start().unwrap();
    let college = Provider::northbridge(&sandbox).await;
    let id = college.qr_id().await;
    sandbox.approve(&id, Approval::by(ORLA)).unwrap();
    for _ in 0..3 {
        assert_eq!(college.poll(&id).await.status(), 200);
    }
    sandbox.advance(Duration::from_secs(86_399));
    assert_eq!(college.poll(&id).await.status(), 200);
    sandbox.advance(Duration::from_secs(1));
    assert_eq!(college.poll(&id).await.status(), 408);
    assert_eq!(college.by_uln(ORLA).await.status(), 200, "the consent outlives the share");
}

#[tokio::test]
async fn a_record_by_uln_needs_consent_for_this_provider() {
    let sandbox = Sandbox::start();
    let college = Provider::northbridge(&sandbox).await;
    let other = Provider::southmoor(&sandbox).await;
    assert_eq!(college.by_uln(ORLA).await.status(), 404);
    let id = college.qr_id().await;
    sandbox.approve(&id, Approval::by(ORLA)).unwrap();
    assert_eq!(college.by_uln(ORLA).await.status(), 200);
    assert_eq!(other.by_uln(ORLA).await.status(), 404);
    sandbox.grant(JUDE, SOUTHMOOR);
    let record: Value = other.by_uln(JUDE).await.json().await.unwrap();
    assert_eq!(record["qualifications"], Value::Null);
    sandbox.withdraw(ORLA, NORTHBRIDGE);
    assert_eq!(college.by_uln(ORLA).await.status(), 404);
}

#[tokio::test]
async fn no_consent_and_an_unknown_learner_look_the_same() {
    let sandbox = Sandbox::start();
    let college = Provider::northbridge(&sandbox).await;
    let known = without_trace(college.by_uln(JUDE).await).await;
    let unknown = without_trace(college.by_uln("3102030407").await).await;
    assert_eq!(known, unknown);
    assert_eq!(known.0, 404);
}

#[tokio::test]
async fn a_request_for_a_record_names_exactly_one_thing() {
    let sandbox = Sandbox::start();
    let college = Provider::northbridge(&sandbox).await;
    for query in [
        "",
        "?",
        "?uln=5123456782&correlationId=x",
        "?uln=5123456782&uln=5123456782",
        "?correlationId=",
        "?CorrelationID=x",
        "?uln=",
        "?uln=5123456783",
        "?uln=512345678",
        "?uln=0000000042",
        "?uln=5123456782%20",
        "?uln=%FF%FE",
        "?uln=<script>",
    ] {
        let answer = college.get(&format!("learner-data{query}")).send().await.unwrap();
        problem(answer, 400).await;
    }
}

#[tokio::test]
async fn hostile_handles_are_merely_unknown() {
    let sandbox = Sandbox::start();
    let college = Provider::northbridge(&sandbox).await;
    for id in ["<script>alert(1)</script>", "../../etc/passwd", "\0", "é\u{202e}", &"x".repeat(5000), "%", "' OR 1=1"]
    {
        let detail = problem(college.poll(id).await, 404).await;
        assert!(!detail.contains(id), "{detail}");
    }
}

#[tokio::test]
async fn a_known_person_can_be_checked_and_asked_by_push() {
    let sandbox = Sandbox::start();
    let college = Provider::northbridge(&sandbox).await;
    let answer = college.post("learner/check").json(&orla()).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.text().await.unwrap(), "");

    let push = college.push().await;
    let (id, code) = (push["correlationId"].as_str().unwrap(), push["code"].as_str().unwrap());
    assert_eq!(code.len(), 6);
    assert_eq!(college.poll(id).await.status(), 404);
    sandbox.advance(Duration::from_secs(90));
    sandbox.approve(id, Approval::with_code(code)).unwrap();
    let record: Value = college.poll(id).await.json().await.unwrap();
    assert_eq!(record["lastName"], "Fennimore");
    assert_eq!(college.by_uln(ORLA).await.status(), 200);
}

#[tokio::test]
async fn an_unknown_person_is_not_found_whichever_detail_is_wrong() {
    let sandbox = Sandbox::start();
    let college = Provider::northbridge(&sandbox).await;
    let wrong_date = json!({ "MobileNumber": "07700900123", "DateOfBirth": "2008-09-03T00:00:00" });
    let wrong_phone = json!({ "MobileNumber": "07700900999", "DateOfBirth": "2008-09-02T00:00:00" });
    for endpoint in ["learner/check", "learner/share-request"] {
        let one = without_trace(college.post(endpoint).json(&wrong_date).send().await.unwrap()).await;
        let two = without_trace(college.post(endpoint).json(&wrong_phone).send().await.unwrap()).await;
        assert_eq!(one, two);
        assert_eq!(one.0, 404);
    }
    assert!(sandbox.shares().is_empty());
}

#[tokio::test]
async fn three_wrong_codes_end_a_push_share_for_good() {
    let sandbox = Sandbox::start();
    let college = Provider::northbridge(&sandbox).await;
    let push = college.push().await;
    let id = push["correlationId"].as_str().unwrap();
    for left in [2, 1, 0] {
        assert_eq!(college.poll(id).await.status(), 404);
        let refused = sandbox.approve(id, Approval::with_code("wrong!")).unwrap_err();
        assert_eq!(refused, ShareRefused::WrongCode { left });
    }
    problem(college.poll(id).await, 408).await;
    assert!(sandbox.approve(id, Approval::with_code(push["code"].as_str().unwrap())).is_err());
    assert_eq!(sandbox.share(id).unwrap().state, ShareState::WrongCode);
}

#[tokio::test]
async fn a_request_about_a_person_is_validated() {
    let sandbox = Sandbox::start();
    let college = Provider::northbridge(&sandbox).await;
    for endpoint in ["learner/check", "learner/share-request"] {
        for body in
            ["", "{", "[]", "null", "{}", r#"{"mobileNumber":"07700900123","dateOfBirth":"2008-09-02T00:00:00"}"#]
        {
            let answer =
                college.post(endpoint).header("content-type", "application/json").body(body).send().await.unwrap();
            problem(answer, 400).await;
        }
        let deep = "[".repeat(100_000);
        for body in [b"\xff\xfe\x00".to_vec(), deep.into_bytes()] {
            let answer =
                college.post(endpoint).header("content-type", "application/json").body(body).send().await.unwrap();
            problem(answer, 400).await;
        }
        let answer = college.post(endpoint).form(&[("MobileNumber", "07700900123")]).send().await.unwrap();
        problem(answer, 415).await;
    }
}

#[tokio::test]
async fn a_body_beyond_a_mebibyte_is_refused_and_the_refusal_is_heard() {
    let sandbox = Sandbox::start();
    let college = Provider::northbridge(&sandbox).await;
    for size in [(1 << 20) + 1, 8 << 20] {
        let request = college.post("learner/check").header("content-type", "application/json");
        problem(request.body(vec![b' '; size]).send().await.unwrap(), 413).await;
    }
    let request = college.post("learner/check").header("content-type", "application/json");
    problem(request.body(vec![b' '; 1 << 20]).send().await.unwrap(), 400).await;
}

#[tokio::test]
async fn without_a_good_token_every_endpoint_answers_a_bare_401() {
    let sandbox = Sandbox::builder().token_life(60).start().unwrap();
    let college = Provider::northbridge(&sandbox).await;
    sandbox.advance(Duration::from_secs(60));
    let expired = format!("Bearer {}", college.token);
    let http = http();
    for (method, path) in [
        ("GET", "generate-qr-code"),
        ("GET", "learner-data"),
        ("POST", "learner/check"),
        ("POST", "learner/share-request"),
    ] {
        let url = format!("{}{path}", sandbox.api_url());
        for authorisation in
            [None, Some(""), Some("Bearer"), Some("Bearer nonsense"), Some("Basic eDp5"), Some(&*expired)]
        {
            let mut request = http.request(method.parse().unwrap(), &url);
            if let Some(value) = authorisation {
                request = request.header("authorization", value);
            }
            let answer = request.send().await.unwrap();
            assert_eq!(answer.status(), 401, "{method} {path} {authorisation:?}");
            assert_eq!(answer.headers()["www-authenticate"], r#"Bearer error="invalid_token""#);
            assert_eq!(answer.text().await.unwrap(), "");
        }
    }
}

#[tokio::test]
async fn a_wrong_method_is_405_and_an_unknown_address_404() {
    let sandbox = Sandbox::start();
    let college = Provider::northbridge(&sandbox).await;
    for (method, path, allowed) in [
        ("POST", "generate-qr-code", "GET"),
        ("DELETE", "learner-data", "GET"),
        ("GET", "learner/check", "POST"),
        ("PUT", "learner/share-request", "POST"),
    ] {
        let answer =
            college.http.request(method.parse().unwrap(), format!("{}{path}", college.base)).send().await.unwrap();
        assert!(answer.headers()["allow"].to_str().unwrap().contains(allowed), "{method} {path}");
        problem(answer, 405).await;
    }
    let answer = college.http.head(format!("{}generate-qr-code", college.base)).bearer_auth(&college.token);
    assert_eq!(answer.send().await.unwrap().status(), 405);
    assert!(sandbox.shares().is_empty());
    for path in ["nothing", "learner", "learner-data/", "Learner-Data", "%00", "%ff", "learner/check/"] {
        problem(college.get(path).send().await.unwrap(), 404).await;
    }
}

#[tokio::test]
async fn the_api_can_lie_below_a_prefix() {
    let sandbox = Sandbox::builder().prefix("records/v1").start().unwrap();
    assert_eq!(sandbox.api_url(), format!("{}/records/v1/", sandbox.url()));
    let college = Provider::northbridge(&sandbox).await;
    college.qr().await;
    assert_eq!(sandbox.requests_to("generate-qr-code")[0].path, "/records/v1/generate-qr-code");
    let answer = college.http.get(format!("{}/generate-qr-code", sandbox.url())).bearer_auth(&college.token);
    problem(answer.send().await.unwrap(), 404).await;
}

#[tokio::test]
async fn the_date_header_follows_the_sandboxs_clock() {
    let sandbox = Sandbox::builder().clock_start(1_795_332_480).start().unwrap();
    let college = Provider::northbridge(&sandbox).await;
    let answer = college.poll("x").await;
    assert_eq!(answer.headers()["date"], "Sun, 22 Nov 2026 07:28:00 GMT");
    sandbox.advance(Duration::from_secs(86_400));
    let answer = college.poll("x").await;
    assert_eq!(answer.headers()["date"], "Mon, 23 Nov 2026 07:28:00 GMT");
    assert_eq!(answer.headers().get_all("date").iter().count(), 1);
}

#[tokio::test]
async fn a_seed_makes_identifiers_and_codes_repeatable() {
    let mut drawn = Vec::new();
    for _ in 0..2 {
        let sandbox = Sandbox::builder().seed(42).clock_start(1_800_000_000).start().unwrap();
        let college = Provider::northbridge(&sandbox).await;
        college.poll("x").await;
        drawn.push((college.token.clone(), college.qr_id().await, college.push().await));
        sandbox.reset();
        let college = Provider::northbridge(&sandbox).await;
        drawn.push((college.token.clone(), college.qr_id().await, college.push().await));
    }
    assert!(drawn.windows(2).all(|pair| pair[0] == pair[1]));
}

/// The status, the headers but for none, and the body with the trace id blanked out.
async fn without_trace(answer: reqwest::Response) -> (u16, Vec<(String, String)>, String) {
    let status = answer.status().as_u16();
    let headers =
        answer.headers().iter().map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned())).collect();
    let text = answer.text().await.unwrap();
    let document: Value = serde_json::from_str(&text).unwrap();
    (status, headers, text.replace(document["traceId"].as_str().unwrap(), ""))
}
