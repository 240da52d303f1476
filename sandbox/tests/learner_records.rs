//! Proves what the gateway and hmpps-auth do beyond the conformance cases.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod client;
mod gateway;

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use client::http;
use gateway::{Gateway, ask_control, ask_token};
use learnerlink_sandbox::{DropPoint, Fault, FaultKind, GatewayProfile, Sandbox};
use reqwest::{Method, Response};
use ring::signature::{RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents};
use serde_json::{Value, json};

fn tamsin() -> Value {
    json!({
        "givenName": "Tamsin", "familyName": "Quillfeather", "dateOfBirth": "1998-04-12", "gender": "FEMALE",
        "lastKnownPostCode": "LS11 5QT",
    })
}

fn matched(uln: &str) -> Value {
    json!({
        "matchingUln": uln, "givenName": "Tamsin", "familyName": "Quillfeather", "matchType": "Exact Match",
        "countOfReturnedUlns": "1",
    })
}

fn decoded(part: &str) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(part).unwrap()
}

async fn json_of(answer: Response, status: u16) -> Value {
    assert_eq!(answer.status().as_u16(), status);
    answer.json().await.unwrap()
}

#[tokio::test]
async fn a_token_is_verified_by_the_published_key_and_names_its_roles() {
    let sandbox = Sandbox::builder().clock_start(1_800_000_000).token_life(120).start().unwrap();
    let answer = json_of(ask_token(&sandbox, "all-client", "s3c+ret/=all").await, 200).await;
    assert_eq!((&answer["token_type"], &answer["expires_in"]), (&json!("bearer"), &json!(120)));
    let keys = format!("{}/hmpps-auth/auth/.well-known/jwks.json", sandbox.url());
    let keys: Value = http().get(keys).send().await.unwrap().json().await.unwrap();
    let key = &keys["keys"][0];
    assert_eq!((&key["kty"], &key["alg"], &key["use"]), (&json!("RSA"), &json!("RS256"), &json!("sig")));

    let token = answer["access_token"].as_str().unwrap();
    let (signed, signature) = token.rsplit_once('.').unwrap();
    let [head, claims] = [0, 1].map(|index| signed.split('.').nth(index).unwrap());
    let head: Value = serde_json::from_slice(&decoded(head)).unwrap();
    assert_eq!((&head["alg"], &head["kid"]), (&json!("RS256"), &key["kid"]));
    let [n, e] = ["n", "e"].map(|name| decoded(key[name].as_str().unwrap()));
    let public = RsaPublicKeyComponents { n, e };
    public.verify(&RSA_PKCS1_2048_8192_SHA256, signed.as_bytes(), &decoded(signature)).unwrap();

    let claims: Value = serde_json::from_slice(&decoded(claims)).unwrap();
    assert_eq!((claims["iat"].as_i64(), claims["exp"].as_i64()), (Some(1_800_000_000), Some(1_800_000_120)));
    assert_eq!(
        claims["authorities"],
        json!([
            "ROLE_LEARNER_RECORDS__LEARNER_RECORDS_MATCH_UI",
            "ROLE_LEARNER_RECORDS_SEARCH__RO",
            "ROLE_SAR_DATA_ACCESS"
        ])
    );
}

#[tokio::test]
async fn a_wrong_request_for_a_token_is_refused_as_hmpps_auth_does() {
    let sandbox = Sandbox::start();
    let url = format!("{}/hmpps-auth/auth/oauth/token", sandbox.url());
    for (id, secret) in [("ui-client", "wrong"), ("unknown", "s3c+ret/=ui"), ("ui-client", "s3c%2Bret%2F%3Dui")] {
        let answer = ask_token(&sandbox, id, secret).await;
        assert!(answer.headers()["www-authenticate"].to_str().unwrap().starts_with("Basic"));
        assert_eq!(json_of(answer, 401).await["error"], "invalid_client");
    }
    let without = http().post(format!("{url}?grant_type=client_credentials")).send().await.unwrap();
    assert_eq!(json_of(without, 401).await["error"], "invalid_client");
    let credentials = |request: reqwest::RequestBuilder| request.basic_auth("ui-client", Some("s3c+ret/=ui"));
    let missing = credentials(http().post(&url)).send().await.unwrap();
    assert_eq!(json_of(missing, 400).await["error"], "invalid_request");
    let other = credentials(http().post(format!("{url}?grant_type=password"))).send().await.unwrap();
    assert_eq!(json_of(other, 400).await["error"], "unsupported_grant_type");
    let get = credentials(http().get(format!("{url}?grant_type=client_credentials"))).send().await.unwrap();
    assert_eq!(get.status(), 405);
    let form = credentials(http().post(&url)).form(&[("grant_type", "client_credentials")]).send().await.unwrap();
    assert_eq!(form.status(), 200);
    sandbox.fault(Fault::of("auth", FaultKind::Status).status(503));
    assert_eq!(json_of(ask_token(&sandbox, "ui-client", "s3c+ret/=ui").await, 503).await["error"], "server_error");
    let recorded = sandbox.requests().iter().map(|request| request.masked().to_string()).collect::<String>();
    assert!(!recorded.contains("dWktY2xpZW50"), "the credentials are masked");
}

#[tokio::test]
async fn a_token_that_is_not_in_force_opens_nothing() {
    let sandbox = Sandbox::builder().token_life(60).start().unwrap();
    let mut ui = Gateway::sign_in(&sandbox, "ui").await;
    assert_eq!(ui.get("/match/A1000AA").send().await.unwrap().status(), 404);
    sandbox.advance(Duration::from_secs(60));
    let expired = ui.get("/match/A1000AA").send().await.unwrap();
    assert_eq!((expired.status().as_u16(), expired.content_length()), (401, Some(0)));
    let fresh = Gateway::token(&sandbox, "ui").await;
    let elsewhere = Gateway::token(&Sandbox::builder().start().unwrap(), "ui").await;
    let vera = client::Provider::northbridge(&sandbox).await.token;
    for token in [format!("{fresh}x"), elsewhere, vera, "x".to_owned()] {
        ui.token = token;
        assert_eq!(ui.get("/match/A1000AA").send().await.unwrap().status(), 401);
    }
    ui.token = fresh;
    assert_eq!(ui.get("/match/A1000AA").send().await.unwrap().status(), 404);
}

#[tokio::test]
async fn a_replaced_key_is_published_and_ends_earlier_tokens() {
    let sandbox = Sandbox::start();
    let mut ui = Gateway::sign_in(&sandbox, "ui").await;
    let keys = format!("{}/hmpps-auth/auth/.well-known/jwks.json", sandbox.url());
    let key = async || http().get(&keys).send().await.unwrap().json::<Value>().await.unwrap()["keys"].clone();
    let before = key().await;
    assert_eq!(ask_control(&sandbox, "POST auth/rotate-key", None).send().await.unwrap().status(), 204);
    let after = key().await;
    assert_eq!(after.as_array().unwrap().len(), 1);
    assert!(before[0]["kid"] != after[0]["kid"] && before[0]["n"] != after[0]["n"]);
    assert_eq!(ui.get("/match/A1000AA").send().await.unwrap().status(), 401);
    ui.token = Gateway::token(&sandbox, "ui").await;
    assert_eq!(ui.get("/match/A1000AA").send().await.unwrap().status(), 404);
}

#[tokio::test]
async fn a_service_that_does_not_answer_is_cut_off_in_the_end() {
    let sandbox = Sandbox::start();
    let ui = Gateway::sign_in(&sandbox, "ui").await;
    sandbox.fault(Fault::of("gateway", FaultKind::Timeout).latency(Duration::from_millis(5)));
    assert!(ui.post("/match/A1000AA").json(&matched("1000000027")).send().await.is_err());
    assert!(sandbox.match_rows().is_empty(), "nothing took effect");
    let fault = json!({ "service": "lrs", "kind": "domain", "code": "WSEC0004", "message": "x", "times": 2 });
    assert_eq!(ask_control(&sandbox, "POST faults", Some(&fault)).send().await.unwrap().status(), 201);
    let listed = json_of(ask_control(&sandbox, "GET faults", None).send().await.unwrap(), 200).await;
    assert_eq!(listed["faults"][0]["kind"], "domain");
    for wrong in [
        json!({ "service": "x" }),
        json!({ "service": "lrs", "kind": "x" }),
        json!({ "service": "auth", "kind": "miap" }),
    ] {
        assert_eq!(ask_control(&sandbox, "POST faults", Some(&wrong)).send().await.unwrap().status(), 400, "{wrong}");
    }
}

#[tokio::test]
async fn of_fifty_people_at_once_one_gets_the_number() {
    for profile in [GatewayProfile::Compat, GatewayProfile::Strict] {
        let sandbox = Sandbox::builder().gateway_profile(profile).start().unwrap();
        let ui = Gateway::sign_in(&sandbox, "ui").await;
        let calls: Vec<_> = (0..50)
            .map(|person| tokio::spawn(ui.post(&format!("/match/A{person:04}AA")).json(&matched("1000000027")).send()))
            .collect();
        let mut statuses = Vec::new();
        for call in calls {
            statuses.push(call.await.unwrap().unwrap().status().as_u16());
        }
        statuses.sort_unstable();
        assert_eq!(statuses, [vec![201], vec![409; 49]].concat());
        assert_eq!(sandbox.match_rows().len(), 1);
    }
}

#[tokio::test]
async fn what_anyone_may_ask_needs_no_token() {
    let sandbox = Sandbox::builder().clock_start(1_795_332_480).start().unwrap();
    let base = format!("{}/learner-records", sandbox.url());
    for path in ["/health", "/health/ping", "/health/liveness", "/health/readiness"] {
        let answer = http().get(format!("{base}{path}")).send().await.unwrap();
        assert_eq!(json_of(answer, 200).await["status"], "UP");
    }
    let info = json_of(http().get(format!("{base}/info")).send().await.unwrap(), 200).await;
    assert_eq!(
        info["build"],
        json!({
            "name": "hmpps-learner-records-api", "artifact": "hmpps-learner-records-api", "version": "2026-11-22.sandbox",
        })
    );
    let document = json_of(http().get(format!("{base}/v3/api-docs")).send().await.unwrap(), 200).await;
    for (path, method) in [
        ("/learners", "post"),
        ("/learner-events", "post"),
        ("/match/{nomisId}", "get"),
        ("/match/{nomisId}", "post"),
        ("/match/{nomisId}/no-match", "post"),
        ("/match/{nomisId}/unmatch", "post"),
        ("/match/{nomisId}/learner-events", "get"),
        ("/subject-access-request", "get"),
        ("/health", "get"),
    ] {
        assert!(document["paths"][path][method]["responses"].is_object(), "{method} {path}");
    }
    let page = http().get(format!("{base}/swagger-ui.html")).send().await.unwrap();
    assert_eq!((page.status().as_u16(), &page.headers()["content-type"]), (200, &"text/html".parse().unwrap()));
    assert_eq!(http().get(format!("{base}/nothing")).send().await.unwrap().status(), 401);
    assert_eq!(http().put(format!("{base}/learners")).send().await.unwrap().status(), 401);
}

#[tokio::test]
async fn an_unknown_address_and_a_wrong_method_are_told_in_the_one_shape() {
    let sandbox = Sandbox::start();
    let ui = Gateway::sign_in(&sandbox, "ui").await;
    let unknown = json_of(ui.get("/nothing").send().await.unwrap(), 404).await;
    assert_eq!((&unknown["status"], &unknown["errorCode"]), (&json!("NOT_FOUND"), &json!("No Resource Found")));
    for (method, path, permitted) in [
        ("GET", "/learners", "POST"),
        ("PUT", "/learner-events", "POST"),
        ("DELETE", "/match/A1000AA", "GET, POST"),
        ("GET", "/match/A1000AA/unmatch", "POST"),
        ("POST", "/subject-access-request", "GET"),
    ] {
        let answer = ui.request(Method::from_bytes(method.as_bytes()).unwrap(), path).send().await.unwrap();
        let refusal = json_of(answer, 405).await;
        assert_eq!(refusal["errorCode"], format!("Method ({method}) not allowed"));
        assert_eq!(
            refusal["developerMessage"],
            format!("HTTP Method ({method}) is not allowed, use only ({permitted}) method")
        );
    }
}

#[tokio::test]
async fn the_register_takes_raw_rows_and_judges_them_by_the_latest() {
    let sandbox = Sandbox::builder().clock_start(1_795_332_480).start().unwrap();
    let ui = Gateway::sign_in(&sandbox, "ui").await;
    let rows = json!([
        { "nomisId": "A1000AA", "matchedUln": "77", "givenName": "Old", "matchStatus": "" },
        { "nomisId": "B2000BB", "matchedUln": "5", "matchStatus": "Matched", "dateCreated": "2019-03-04T05:06:07" },
    ]);
    let answer = ask_control(&sandbox, "POST register/rows", Some(&rows)).send().await.unwrap();
    assert_eq!(json_of(answer, 201).await["rows"][1]["dateCreated"], "2019-03-04T05:06:07");
    let found = json_of(ui.get("/match/A1000AA").send().await.unwrap(), 200).await;
    assert_eq!(found, json!({ "matchedUln": "77", "givenName": "Old", "familyName": "", "status": "Found" }));
    let conflict = ui.post("/match/C3000CC").json(&matched("5")).send().await.unwrap();
    assert_eq!(conflict.status(), 409);
    let one = json!({ "nomisId": "B2000BB", "matchStatus": "Unmatched" });
    ask_control(&sandbox, "POST register/rows", Some(&one)).send().await.unwrap();
    assert_eq!(ui.post("/match/C3000CC").json(&matched("5")).send().await.unwrap().status(), 201);
    for wrong in [json!({}), json!({ "nomisId": 1 }), json!({ "nomisId": "A", "dateCreated": "x" }), json!("x")] {
        let answer = ask_control(&sandbox, "POST register/rows", Some(&wrong)).send().await.unwrap();
        assert_eq!(answer.status(), 400, "{wrong}");
    }
    assert_eq!(ask_control(&sandbox, "DELETE register/rows", None).send().await.unwrap().status(), 204);
    assert!(sandbox.match_rows().is_empty());
    assert_eq!(ui.get("/match/A1000AA").send().await.unwrap().status(), 404);
}

#[tokio::test]
async fn a_store_that_fails_is_told_and_nothing_is_written() {
    let sandbox = Sandbox::start();
    let ui = Gateway::sign_in(&sandbox, "ui").await;
    sandbox.fault(Fault::of("gateway", FaultKind::Storage).message("no room left"));
    assert_eq!(ui.get("/match/A1000AA").send().await.unwrap().status(), 404, "reading goes on");
    assert_eq!(ui.post("/match/A1000AA/unmatch").send().await.unwrap().status(), 201, "there is nothing to be written");
    let failed = json_of(ui.post("/match/A1000AA").json(&matched("1000000027")).send().await.unwrap(), 500).await;
    assert_eq!(failed["userMessage"], "Unexpected error: no room left");
    assert!(sandbox.match_rows().is_empty() && sandbox.faults().is_empty());
    assert_eq!(ui.post("/match/A1000AA").json(&matched("1000000027")).send().await.unwrap().status(), 201);
}

#[tokio::test]
async fn the_strict_profile_enters_changed_names_and_who_confirmed_them() {
    for (profile, rows) in [(GatewayProfile::Compat, 1), (GatewayProfile::Strict, 2)] {
        let sandbox = Sandbox::builder().gateway_profile(profile).start().unwrap();
        let ui = Gateway::sign_in(&sandbox, "ui").await;
        let mut confirmation = matched("1000000027");
        ui.post("/match/A1000AA").json(&confirmation).send().await.unwrap();
        confirmation["givenName"] = json!("Tamara");
        assert_eq!(ui.post("/match/A1000AA").json(&confirmation).send().await.unwrap().status(), 201);
        assert_eq!(sandbox.match_rows().len(), rows, "{profile:?}");
    }
}

#[tokio::test]
async fn trouble_with_the_upstream_is_told_by_what_it_is() {
    let sandbox = Sandbox::start();
    let ui = Gateway::sign_in(&sandbox, "ui").await;
    let search = async || ui.post("/learners").json(&tamsin()).send().await.unwrap();
    sandbox.configure(|settings| settings.lrs_organisations[0].password = "changed".to_owned());
    let refused = json_of(search().await, 500).await;
    assert!(refused["userMessage"].as_str().unwrap().contains("errorCode=WSEC0005"), "{refused}");
    sandbox.fault(Fault::of("lrs", FaultKind::Status).status(503));
    assert_eq!(json_of(search().await, 500).await["userMessage"], "Unexpected error: Unparsable LRS Error");
    for fault in [
        Fault::on("lrs/LearnerService.svc").drop(DropPoint::BeforeResponse),
        Fault::on("lrs/LearnerService.svc").truncate_at(20),
    ] {
        sandbox.fault(fault);
        assert_eq!(json_of(search().await, 500).await["userMessage"], "Unexpected error: unexpected end of stream");
    }
    sandbox.fault(Fault::on("lrs/LearnerService.svc").body("garbage"));
    assert_eq!(json_of(search().await, 500).await["errorCode"], "Unexpected error");
    sandbox.fault(Fault::of("gateway", FaultKind::Status).status(429).retry_after(3));
    let limited = search().await;
    assert_eq!((limited.status().as_u16(), &limited.headers()["content-type"]), (429, &"text/html".parse().unwrap()));
    assert_eq!(limited.headers()["retry-after"], "3");
}

#[tokio::test]
async fn what_was_written_down_says_who_asked_about_whom_and_is_forgotten_on_reset() {
    let sandbox = Sandbox::builder().clock_start(1_795_332_480).start().unwrap();
    let all = Gateway::sign_in(&sandbox, "all").await;
    all.get("/match/A1000AA").send().await.unwrap();
    all.post("/match/A1000AA").json(&matched("1000000027")).send().await.unwrap();
    let listed = json_of(ask_control(&sandbox, "GET audit", None).send().await.unwrap(), 200).await;
    let entries = listed["audit"].as_array().unwrap();
    assert_eq!(entries.len(), 1, "a token with both roles is written down, and writing is not");
    let entry = &entries[0];
    assert_eq!((&entry["what"], &entry["who"]), (&json!("match-uln"), &json!("clerk@example.test")));
    assert_eq!((&entry["details"], &entry["when"]), (&json!("A1000AA"), &json!("2026-11-22T07:28:00Z")));
    assert_eq!(
        (&entry["service"], entry["correlationId"].as_str().unwrap().len()),
        (&json!("hmpps-learner-records-api"), 36)
    );
    sandbox.reset();
    assert!(sandbox.audit().is_empty() && sandbox.match_rows().is_empty());
}
