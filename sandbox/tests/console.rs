//! Proves that a person with a browser can see and answer what is asked.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod client;

use client::{JUDE, ORLA, Provider, http};
use learnerlink_sandbox::{Sandbox, ShareState};
use reqwest::Response;
use serde_json::Value;

async fn get(sandbox: &Sandbox, path: &str) -> Response {
    http().get(format!("{}{path}", sandbox.url())).send().await.unwrap()
}

async fn page(sandbox: &Sandbox, path: &str, status: u16) -> String {
    let answer = get(sandbox, path).await;
    assert_eq!(answer.status(), status, "{path}");
    assert_eq!(answer.headers()["content-type"], "text/html; charset=utf-8");
    assert_eq!(answer.headers()["cache-control"], "no-store");
    let policy = answer.headers()["content-security-policy"].to_str().unwrap();
    assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
    let text = answer.text().await.unwrap();
    for part in ["<html lang=\"en-GB\"", "name=\"viewport\"", "<main", "<h1>", "href=\"#main\""] {
        assert!(text.contains(part), "{path} lacks {part}");
    }
    text
}

/// Submits a form and returns the answer, which is not followed.
async fn submit(sandbox: &Sandbox, path: &str, form: &[(&str, &str)]) -> Response {
    http().post(format!("{}{path}", sandbox.url())).form(form).send().await.unwrap()
}

/// Submits a form that leads to a page, and returns that page.
async fn follow(sandbox: &Sandbox, path: &str, form: &[(&str, &str)]) -> String {
    let answer = submit(sandbox, path, form).await;
    assert_eq!(answer.status(), 303);
    page(sandbox, answer.headers()["location"].to_str().unwrap(), 200).await
}

fn learner_page(id: &Value) -> String {
    format!("/_sandbox/learner/{}", id.as_str().unwrap())
}

#[tokio::test]
async fn the_root_leads_to_the_overview() {
    let sandbox = Sandbox::start();
    for path in ["/", "/_sandbox"] {
        let answer = get(&sandbox, path).await;
        assert_eq!((answer.status().as_u16(), &answer.headers()["location"]), (303, &"/_sandbox/".parse().unwrap()));
    }
}

#[tokio::test]
async fn the_overview_shows_how_to_connect_and_what_goes_on() {
    let sandbox = Sandbox::start();
    let college = Provider::northbridge(&sandbox).await;
    let qr = college.qr().await;
    let push = college.push().await;
    let text = page(&sandbox, "/_sandbox/", 200).await;
    let config = format!("{{&quot;sandbox&quot;:&quot;{}&quot;}}", sandbox.url());
    for part in [
        config.as_str(),
        "cid-a",
        "s3c+ret/=1",
        "Southmoor Sixth Form",
        "Orla Fennimore",
        "Zoë Ó Súilleabháin",
        "data:image/png;base64,",
        &learner_page(&qr["correlationId"]),
        &learner_page(&push["correlationId"]),
        push["code"].as_str().unwrap(),
    ] {
        assert!(text.contains(part), "{part}");
    }
}

#[tokio::test]
async fn the_overview_shows_the_learning_records_service_and_its_gateway() {
    let sandbox = Sandbox::builder().mutual_tls(0).start().unwrap();
    let text = page(&sandbox, "/_sandbox/", 200).await;
    let mutual = sandbox.mutual_tls_url().unwrap();
    for part in [
        "Or&amp;chard&lt;Gate&gt;1",
        "10099902",
        "Tamsin Quillfeather",
        "merged into 7506070803",
        "does not share",
        "s3c+ret/=ui",
        "UI, RO, SAR",
        "No match has been confirmed yet.",
        "/_sandbox/client.pfx",
        mutual.as_str(),
    ] {
        assert!(text.contains(part), "{part}");
    }
    let row = serde_json::json!({ "nomisId": "A1000AA", "matchedUln": "1000000027", "matchStatus": "Matched" });
    let rows = format!("{}/_sandbox/register/rows", sandbox.url());
    assert_eq!(http().post(rows).json(&row).send().await.unwrap().status(), 201);
    let text = page(&sandbox, "/_sandbox/", 200).await;
    assert!(text.contains("id=\"matches\"") && text.contains("A1000AA"), "{text}");
}

#[tokio::test]
async fn a_scanned_code_leads_to_a_page_where_the_learner_approves() {
    let sandbox = Sandbox::start();
    let college = Provider::northbridge(&sandbox).await;
    let qr = college.qr().await;
    let scanned = qr["url"].as_str().unwrap().strip_prefix("openid-vc://?request_uri=").unwrap();
    let answer = http().get(scanned).send().await.unwrap();
    assert_eq!(answer.status(), 303);
    let path = answer.headers()["location"].to_str().unwrap().to_owned();
    assert_eq!(path, learner_page(&qr["correlationId"]));

    let text = page(&sandbox, &path, 200).await;
    for part in [
        "Northbridge College asks to see your education record",
        "id=\"learner\"",
        "id=\"approve\"",
        "id=\"decline\"",
        "for=\"learner\"",
    ] {
        assert!(text.contains(part), "{part}");
    }
    let text = follow(&sandbox, &path, &[("uln", ORLA), ("answer", "approve")]).await;
    assert!(text.contains("id=\"outcome\"") && text.contains("data-state=\"approved\""), "{text}");
    assert!(text.contains("Orla Fennimore") && !text.contains("id=\"approve\""), "{text}");
    assert_eq!(college.poll(qr["correlationId"].as_str().unwrap()).await.status(), 200);

    let text = follow(&sandbox, &path, &[("answer", "decline")]).await;
    assert!(text.contains("data-state=\"approved\""), "an answer is final");
}

#[tokio::test]
async fn a_learner_can_decline() {
    let sandbox = Sandbox::start();
    let college = Provider::northbridge(&sandbox).await;
    let path = learner_page(&college.qr().await["correlationId"]);
    let text = follow(&sandbox, &path, &[("uln", ""), ("answer", "decline")]).await;
    assert!(text.contains("data-state=\"declined\""), "{text}");
}

#[tokio::test]
async fn a_pushed_request_shows_on_the_learners_phone_and_takes_the_code() {
    let sandbox = Sandbox::start();
    let college = Provider::northbridge(&sandbox).await;
    let push = college.push().await;
    let text = page(&sandbox, &format!("/_sandbox/learners/{ORLA}"), 200).await;
    assert!(text.contains("Northbridge College asks") && text.contains("id=\"code\""), "{text}");
    assert!(!text.contains(push["code"].as_str().unwrap()), "the code is for the learner to know");
    assert!(page(&sandbox, &format!("/_sandbox/learners/{JUDE}"), 200).await.contains("Nobody is asking"));

    let path = learner_page(&push["correlationId"]);
    let text = follow(&sandbox, &path, &[("code", "wrong"), ("answer", "approve")]).await;
    assert!(text.contains("data-state=\"tryAgain\"") && text.contains("Attempts left: 2"), "{text}");
    let code = format!(" {} ", push["code"].as_str().unwrap());
    let text = follow(&sandbox, &path, &[("code", &code), ("answer", "approve")]).await;
    assert!(text.contains("data-state=\"approved\""), "{text}");
    assert!(page(&sandbox, &format!("/_sandbox/learners/{ORLA}"), 200).await.contains("Nobody is asking"));
}

#[tokio::test]
async fn the_third_wrong_code_is_the_last() {
    let sandbox = Sandbox::start();
    let college = Provider::northbridge(&sandbox).await;
    let path = learner_page(&college.push().await["correlationId"]);
    for state in ["tryAgain", "tryAgain", "wrongCode"] {
        let text = follow(&sandbox, &path, &[("code", "no"), ("answer", "approve")]).await;
        assert!(text.contains(&format!("data-state=\"{state}\"")), "{text}");
    }
}

#[tokio::test]
async fn several_requests_on_one_phone_have_fields_of_their_own() {
    let sandbox = Sandbox::start();
    Provider::northbridge(&sandbox).await.push().await;
    Provider::southmoor(&sandbox).await.push().await;
    let text = page(&sandbox, &format!("/_sandbox/learners/{ORLA}"), 200).await;
    for part in ["id=\"code\"", "id=\"code-2\"", "id=\"approve-2\"", "Southmoor"] {
        assert_eq!(text.matches(part).count().min(1), 1, "{part}");
    }
}

#[tokio::test]
async fn an_answer_too_late_is_told_so() {
    let sandbox = Sandbox::start();
    let college = Provider::northbridge(&sandbox).await;
    let path = learner_page(&college.qr().await["correlationId"]);
    sandbox.advance(std::time::Duration::from_secs(300));
    assert!(page(&sandbox, &path, 200).await.contains("data-state=\"lapsed\""));
    let text = follow(&sandbox, &path, &[("uln", ORLA), ("answer", "approve")]).await;
    assert!(text.contains("data-state=\"lapsed\""));
}

#[tokio::test]
async fn an_incomplete_answer_changes_nothing_and_says_what_is_missing() {
    let sandbox = Sandbox::start();
    let college = Provider::northbridge(&sandbox).await;
    let scanned = college.qr().await["correlationId"].clone();
    let pushed = college.push().await["correlationId"].clone();
    for (id, form) in [
        (&scanned, &[("answer", "approve")][..]),
        (&scanned, &[("answer", "approve"), ("uln", "3102030407")]),
        (&scanned, &[("answer", "perhaps")]),
        (&scanned, &[]),
        (&pushed, &[("answer", "approve"), ("code", "  ")]),
    ] {
        let answer = submit(&sandbox, &learner_page(id), form).await;
        assert_eq!(answer.status(), 400);
        assert!(answer.text().await.unwrap().contains("data-state=\"incomplete\""));
    }
    assert!(sandbox.shares().iter().all(|share| share.state == ShareState::Waiting && share.wrong_codes == 0));
    let garbage = http().post(format!("{}{}", sandbox.url(), learner_page(&scanned))).body(vec![0xff; 64]).send().await;
    assert_eq!(garbage.unwrap().status(), 400);
}

#[tokio::test]
async fn unknown_links_are_friendly_and_echo_nothing() {
    let sandbox = Sandbox::start();
    for path in ["/vc/nothing", "/_sandbox/learner/%3Cscript%3Ealert(1)%3C%2Fscript%3E", "/_sandbox/learners/%3Cb%3E"] {
        let text = page(&sandbox, path, 404).await;
        assert!(text.contains("data-state=\"unknown\"") && !text.contains("<b>") && !text.contains("alert("), "{text}");
    }
    let answer = submit(&sandbox, "/_sandbox/learner/%0d%0aX-Evil:%201", &[("answer", "decline")]).await;
    assert!(answer.headers().get("x-evil").is_none());
    let next = page(&sandbox, answer.headers()["location"].to_str().unwrap(), 404).await;
    assert!(next.contains("data-state=\"unknown\""));
}

#[tokio::test]
async fn consent_can_be_managed_on_the_phone() {
    let sandbox = Sandbox::start();
    let college = Provider::southmoor(&sandbox).await;
    let path = format!("/_sandbox/learners/{JUDE}");
    let text = follow(&sandbox, &path, &[("ukprn", "10099902"), ("change", "grant")]).await;
    assert!(text.contains("Stop sharing with Southmoor Sixth Form"), "{text}");
    assert_eq!(college.by_uln(JUDE).await.status(), 200);
    follow(&sandbox, &path, &[("ukprn", "10099902"), ("change", "withdraw")]).await;
    assert_eq!(college.by_uln(JUDE).await.status(), 404);
    for form in [&[("ukprn", "1"), ("change", "grant")][..], &[("ukprn", "10099902")], &[]] {
        assert_eq!(submit(&sandbox, &path, form).await.status(), 400);
    }
    assert_eq!(submit(&sandbox, "/_sandbox/learners/1", &[]).await.status(), 404);
}

#[tokio::test]
async fn the_request_log_shows_the_newest_first_and_no_secrets() {
    let sandbox = Sandbox::start();
    assert!(page(&sandbox, "/_sandbox/log", 200).await.contains("Nothing has been asked yet"));
    let college = Provider::northbridge(&sandbox).await;
    college.qr().await;
    college.get("learner-data?uln=%3Cscript%3E").send().await.unwrap();
    http().get(format!("{}/<b>x</b>", sandbox.url())).send().await.unwrap();
    let text = page(&sandbox, "/_sandbox/log", 200).await;
    assert!(!text.contains("s3c") && !text.contains("eyJ"), "{text}");
    assert!(!text.contains("<b>x") && !text.contains("<script>"), "{text}");
    assert!(text.find("learner-data").unwrap() < text.find("oauth2/token").unwrap());
    let text = follow(&sandbox, "/_sandbox/console/clear-requests", &[]).await;
    assert!(text.contains("Nothing has been asked yet"));
}

#[tokio::test]
async fn the_console_can_advance_clear_and_reset() {
    let sandbox = Sandbox::start();
    let college = Provider::northbridge(&sandbox).await;
    college.qr().await;
    let before = sandbox.unix_now();
    follow(&sandbox, "/_sandbox/console/advance", &[("seconds", "300")]).await;
    assert_eq!(sandbox.unix_now(), before + 300);
    for wrong in ["", "-1", "x", "999999999999"] {
        assert_eq!(submit(&sandbox, "/_sandbox/console/advance", &[("seconds", wrong)]).await.status(), 400);
    }
    sandbox.fault(learnerlink_sandbox::Fault::on("*").body("<script>"));
    let text = page(&sandbox, "/_sandbox/", 200).await;
    assert!(text.contains("clear-faults") && !text.contains("\"<script>"), "{text}");
    follow(&sandbox, "/_sandbox/console/clear-faults", &[]).await;
    assert!(sandbox.faults().is_empty());
    follow(&sandbox, "/_sandbox/console/reset", &[]).await;
    assert!(sandbox.shares().is_empty());
}

#[tokio::test]
async fn links_and_codes_use_the_public_address_when_there_is_one() {
    let sandbox = Sandbox::builder().public_url("http://192.0.2.7:8099/").start().unwrap();
    let college = Provider::northbridge(&sandbox).await;
    let qr = college.qr().await;
    assert!(qr["url"].as_str().unwrap().starts_with("openid-vc://?request_uri=http://192.0.2.7:8099/vc/"));
    let text = page(&sandbox, "/_sandbox/", 200).await;
    assert!(text.contains("http://192.0.2.7:8099/_sandbox/learner/"), "{text}");
}

#[tokio::test]
async fn without_a_public_address_links_use_the_host_that_was_asked() {
    let sandbox = Sandbox::start();
    let college = Provider::northbridge(&sandbox).await;
    let answer = college.get("generate-qr-code").header("host", "sandbox.example:81").send().await.unwrap();
    let qr: Value = answer.json().await.unwrap();
    assert!(qr["url"].as_str().unwrap().starts_with("openid-vc://?request_uri=http://sandbox.example:81/vc/"));
}

#[tokio::test]
async fn learners_of_a_file_are_shown_escaped() {
    let text = r#"[{"mobileNumber":null,"record":{"uln":5123456782,"firstName":"<script>","lastName":"&\"'"}}]"#;
    let sandbox = Sandbox::builder().learners_json(text).start().unwrap();
    let shown = page(&sandbox, "/_sandbox/", 200).await;
    assert!(shown.contains("&lt;script&gt; &amp;"), "{shown}");
    assert!(page(&sandbox, &format!("/_sandbox/learners/{ORLA}"), 200).await.contains("&lt;script&gt;"));
    assert!(Sandbox::builder().learners_json("[{}]").start().is_err());
}

#[tokio::test]
async fn style_and_script_come_from_the_sandbox_itself() {
    let sandbox = Sandbox::start();
    for (path, content_type) in
        [("style.css", "text/css; charset=utf-8"), ("refresh.js", "text/javascript; charset=utf-8")]
    {
        let answer = get(&sandbox, &format!("/_sandbox/console/{path}")).await;
        assert_eq!(answer.status(), 200);
        assert_eq!(answer.headers()["content-type"], content_type);
        assert_eq!(answer.headers()["x-content-type-options"], "nosniff");
    }
}
