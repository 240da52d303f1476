//! Proves that linkage suppliers can be steered, go wrong on request, and hide what is secret.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod client;
mod linkage;

use client::http;
use learnerlink_sandbox::{DropPoint, EndpointReply, Fault, FaultKind, LinkageKeyState};
use linkage::*;
use serde_json::{Value, json};

#[tokio::test]
async fn the_patients_are_listed_with_their_state() {
    let sandbox = sandbox();
    let (status, listed) = control(&sandbox, "GET patients", None).await;
    assert_eq!((status, listed["patients"].as_array().unwrap().len()), (200, 10));
    let blocked: Vec<_> = listed["organisations"].as_array().unwrap().iter().map(|known| &known["blocked"]).collect();
    assert_eq!(blocked, [&json!(false), &json!(true), &json!(false)]);
    let expected = json!({
        "odsCode": OPEN, "nhsNumber": P4, "surname": "Talwin", "dateOfBirth": "2001-07-19", "accountId": null,
        "keyState": "none", "linkageKey": null, "unreadable": false, "generations": 0,
        "block": { "reason": "PRACTICE_DECISION", "text": "Speak to reception" },
    });
    assert_eq!(listed["patients"][3], expected);
    assert_eq!(listed["patients"][0]["linkageKey"], FIRST_KEY);
    assert_eq!(listed["patients"][5]["unreadable"], true);
    let patient = sandbox.linkage_patient(OPEN, P8).unwrap();
    assert_eq!((patient.key_state, patient.generations), (LinkageKeyState::Revoked, 1));
    assert_eq!(sandbox.linkage_patients()[0].linkage_key.as_deref(), Some(FIRST_KEY));
    assert!(sandbox.linkage_patient(OPEN, P9).is_none() && sandbox.linkage_patient("x", P1).is_none());
}

#[tokio::test]
async fn patients_and_organisations_can_be_changed_over_http() {
    let sandbox = sandbox();
    let native = Native::sign_in(&sandbox).await;
    let block = json!({ "odsCode": OPEN, "blocked": true, "reason": "MULTIPLE_RECORDS", "text": "x" });
    let (status, patient) = control(&sandbox, &format!("POST patients/{P1}"), Some(block)).await;
    assert_eq!((status, &patient["block"]["reason"]), (200, &json!("MULTIPLE_RECORDS")));
    assert_eq!(native.retrieve(OPEN, P1).await.json["detail"]["text"], "x");
    let open = json!({ "blocked": false, "revoked": true });
    let (status, patient) = control(&sandbox, &format!("POST patients/{P1}"), Some(open)).await;
    assert_eq!((status, &patient["keyState"], &patient["block"]), (200, &json!("revoked"), &Value::Null));
    assert_eq!(native.retrieve(OPEN, P1).await.text("code"), "KEY_REVOKED");

    for (ods, blocked, expected) in [(BLOCKED, false, 200), (BLOCKED, true, 403)] {
        let (status, _) =
            control(&sandbox, &format!("POST organisations/{ods}"), Some(json!({ "blocked": blocked }))).await;
        assert_eq!((status, native.retrieve(ods, P10).await.status), (204, expected));
    }
    for (path, body, status) in [
        (format!("patients/{NOBODY}"), json!({ "blocked": true }), 404),
        (format!("patients/{P1}"), json!({ "odsCode": OTHER, "blocked": true }), 404),
        (format!("patients/{P1}"), json!({ "revoked": false }), 400),
        (format!("patients/{P1}"), json!({ "reason": "OTHER" }), 400),
        (format!("patients/{P1}"), json!({ "blocked": true, "reason": "WHIM" }), 400),
        (format!("patients/{P1}"), json!({ "blocked": true, "text": "x".repeat(257) }), 400),
        (format!("patients/{P1}"), json!({ "surname": "x" }), 400),
        ("organisations/Z99999".to_owned(), json!({ "blocked": true }), 404),
        (format!("organisations/{OPEN}"), json!({}), 400),
    ] {
        let (told, document) = control(&sandbox, &format!("POST {path}"), Some(body.clone())).await;
        assert_eq!(told, status, "{path} {body}");
        assert!(!document["detail"].as_str().unwrap().is_empty());
    }
}

#[tokio::test]
#[should_panic(expected = "no patient")]
async fn a_patient_who_is_not_there_cannot_be_changed() {
    sandbox().revoke_linkage_key(OPEN, NOBODY);
}

#[tokio::test]
async fn a_queued_reply_answers_the_next_request_to_its_endpoint_literally() {
    let sandbox = sandbox();
    let native = Native::sign_in(&sandbox).await;
    sandbox.linkage_reply(EndpointReply::to("linkage/native/retrieve", "").status(502));
    let reply = json!({ "endpoint": "linkage/tpp", "body": "<Error errorCode=\"8\"/>" });
    assert_eq!(control(&sandbox, "POST next", Some(reply.clone())).await, (201, reply.clone()));
    let (_, listed) = control(&sandbox, "GET next", None).await;
    assert_eq!(listed["replies"], json!([{ "endpoint": "linkage/native/retrieve", "status": 502, "body": "" }, reply]));

    let answer = told(post_tpp(&sandbox, "anything")).await;
    assert_eq!((answer.status, answer.text.as_str()), (200, "<Error errorCode=\"8\"/>"));
    assert_eq!(answer.header("content-type"), Some("text/xml; charset=utf-8"));
    let answer = told(native.http.post(format!("{}/retrieve", native.base))).await;
    assert_eq!((answer.status, answer.text.as_str()), (502, ""));
    assert_eq!(native.retrieve(OPEN, P1).await.status, 200);
    for wrong in [
        json!({ "endpoint": "linkage/other", "body": "" }),
        json!({ "endpoint": "linkage/tpp", "status": 99 }),
        json!({ "endpoint": "linkage/tpp", "contentType": "a\nb" }),
        json!({ "body": "" }),
    ] {
        assert_eq!(control(&sandbox, "POST next", Some(wrong.clone())).await.0, 400, "{wrong}");
    }
    sandbox.linkage_reply(EndpointReply::to("linkage/header", "x").content_type("text/plain"));
    assert_eq!(control(&sandbox, "DELETE next", None).await.0, 204);
    assert_eq!(control(&sandbox, "GET next", None).await.1["replies"], json!([]));
}

#[tokio::test]
async fn a_reset_goes_back_to_the_first_patients_and_forgets_what_was_issued() {
    let sandbox = sandbox();
    let native = Native::sign_in(&sandbox).await;
    let before = sandbox.linkage_patients();
    native.create("c-1", [OPEN, P2, "O'Dempsey", "1990-02-28"]).await;
    sandbox.revoke_linkage_key(OPEN, P1);
    sandbox.block_linkage_organisation(OTHER, true);
    sandbox.linkage_reply(EndpointReply::to("linkage/header", "x"));
    assert_ne!(sandbox.linkage_patients(), before);
    sandbox.reset();
    assert_eq!(sandbox.linkage_patients(), before);
    assert_eq!(native.retrieve(OPEN, P1).await.status, 401, "the token went with the rest");
    let native = Native::sign_in(&sandbox).await;
    assert_eq!(native.retrieve(OTHER, P9).await.status, 200);
    let answer = native.create("c-1", [OPEN, P7, "Van der Meulen", "1979-06-30"]).await;
    assert_eq!(answer.status, 201, "the correlation id is free again");
    assert_eq!(control(&sandbox, "GET next", None).await.1["replies"], json!([]));
}

/// A path of each endpoint, and a member or an element of its usual error.
const ENDPOINTS: [(&str, &str, &str); 10] = [
    ("linkage/native/token", "linkage/native/oauth/token", "\"temporarily_unavailable\""),
    ("linkage/native/retrieve", "linkage/native/im1/linkage/v1/retrieve", "\"UNAVAILABLE\""),
    ("linkage/native/create", "linkage/native/im1/linkage/v1/create", "\"UNAVAILABLE\""),
    ("linkage/native/health", "linkage/native/im1/linkage/v1/health", ""),
    ("linkage/emis/sessions/endusersession", "linkage/emis/sessions/endusersession", "\"InternalResponseCode\""),
    ("linkage/emis/me/verifications", "linkage/emis/me/verifications", "\"InternalResponseCode\""),
    ("linkage/emis/users/nhs", "linkage/emis/users/nhs", "\"InternalResponseCode\""),
    ("linkage/tpp", "linkage/tpp", "<h1>503 Service Unavailable</h1>"),
    ("linkage/vision", "linkage/vision/organisations/A12345/onlineservices/linkage", "\"error\":{\"code\":"),
    ("linkage/header", "linkage/header/patient/linkage", ""),
];

#[tokio::test]
async fn every_endpoint_goes_wrong_in_its_own_language() {
    let sandbox = sandbox();
    for (endpoint, path, part) in ENDPOINTS {
        sandbox.fault(Fault::on(endpoint).status(503).retry_after(7));
        sandbox.fault(Fault::on(endpoint).body("<garbage").content_type("text/plain"));
        sandbox.fault(Fault::on(endpoint).drop(DropPoint::BeforeResponse));
        let post = || http().post(format!("{}/{path}", sandbox.url()));
        let answer = told(post()).await;
        assert_eq!((answer.status, answer.header("retry-after")), (503, Some("7")), "{endpoint}");
        assert!(answer.text.contains(part) && answer.text.is_empty() == part.is_empty(), "{endpoint} {}", answer.text);
        assert_eq!(told(post()).await.text, "<garbage");
        assert!(post().send().await.is_err(), "{endpoint}");
        assert_eq!(sandbox.requests_to(endpoint).len(), 3);
        sandbox.fault(Fault::of("linkage", FaultKind::Status).status(500));
        assert_eq!(told(post()).await.status, 500, "{endpoint}");
    }
    assert!(sandbox.faults().is_empty());
}

#[tokio::test]
async fn a_usual_error_has_the_code_that_goes_with_its_status() {
    let sandbox = sandbox();
    for (endpoint, status, code) in [
        ("linkage/native/retrieve", 400, "INVALID_REQUEST"),
        ("linkage/native/retrieve", 401, "UNAUTHENTICATED"),
        ("linkage/native/retrieve", 403, "FORBIDDEN"),
        ("linkage/native/retrieve", 404, "GENERIC_ERROR"),
        ("linkage/native/retrieve", 429, "RATE_LIMITED"),
        ("linkage/native/retrieve", 500, "RETRIEVE_FAILED"),
        ("linkage/native/retrieve", 502, "GENERIC_ERROR"),
        ("linkage/native/create", 409, "KEY_ALREADY_EXISTS"),
        ("linkage/native/create", 422, "CORRELATION_CONFLICT"),
        ("linkage/native/create", 500, "CREATE_FAILED"),
        ("linkage/vision", 404, "VY806"),
        ("linkage/vision", 403, "V4403"),
        ("linkage/vision", 409, "V2214"),
        ("linkage/emis/me/verifications", 404, "-1551"),
        ("linkage/emis/users/nhs", 409, "1110"),
        ("linkage/tpp", 200, "errorCode=\"6\""),
        ("linkage/header", 403, ""),
    ] {
        sandbox.fault(Fault::on(endpoint).status(status));
        let (_, path, _) = ENDPOINTS.into_iter().find(|(name, ..)| *name == endpoint).unwrap();
        let answer = told(http().post(format!("{}/{path}", sandbox.url()))).await;
        assert_eq!(answer.status, status);
        assert!(answer.text.contains(code), "{endpoint} {status} {}", answer.text);
    }
}

#[tokio::test]
async fn a_body_can_be_cut_off_and_patched() {
    let sandbox = sandbox();
    let native = Native::sign_in(&sandbox).await;
    let body = json!({ "odsCode": OPEN, "nhsNumber": P1 });
    let ask = || native.post("retrieve", ("TransactionId", "t-1"), &body);
    sandbox.fault(Fault::on("linkage/native/retrieve").truncate_at(10));
    assert!(ask().send().await.unwrap().bytes().await.is_err());
    sandbox.fault(Fault::on("linkage/native/retrieve").patch(json!({ "accountId": null })));
    let answer = told(ask()).await;
    assert!(answer.status == 200 && answer.json.get("accountId").is_none(), "{answer:?}");
}

#[tokio::test]
async fn what_is_recorded_is_whole_for_tests_and_masked_for_people() {
    let sandbox = sandbox();
    let native = Native::sign_in(&sandbox).await;
    native.retrieve(OPEN, P1).await;
    let emis = Emis::open(&sandbox).await;
    let body =
        json!({ "NationalPracticeCode": OPEN, "NhsNumber": P1, "Token": "identity-hush", "LinkageKey": FIRST_KEY });
    told(emis.post("me/verifications").json(&body)).await;
    told(emis.post("me/verifications").header("content-type", "application/json").body("{\"Token\":\"hush")).await;
    let xml = link_account([OPEN, P1, "x", "1984-03-12"], true).replace("uuid=", "passphraseToLink=\"hush\" uuid=");
    told(post_tpp(&sandbox, xml)).await;

    let requests = sandbox.requests_to("linkage/emis/me/verifications");
    assert_eq!(requests[0].json().unwrap(), body);
    assert_eq!(requests[0].header("x-api-endusersessionid"), Some(emis.session.as_str()));
    assert_eq!(sandbox.requests_to("linkage/native/retrieve")[0].bearer(), Some(native.token.as_str()));
    for path in ["requests", "log"] {
        let text = told(http().get(format!("{}/_sandbox/{path}", sandbox.url()))).await.text;
        for secret in ["hush", "s3c", FIRST_KEY, &native.token, &emis.session] {
            assert!(!text.contains(secret), "{path} {secret}");
        }
        assert!(text.contains("linkage/native/retrieve"));
    }
}

#[tokio::test]
async fn the_console_shows_where_to_connect_and_the_patients_without_their_keys() {
    let sandbox = sandbox();
    let text = told(http().get(format!("{}/_sandbox/", sandbox.url()))).await.text;
    let native = format!("{}/linkage/native", sandbox.url());
    for part in [
        native.as_str(),
        "s3c+ret/=linkage",
        "linkage.retrieve linkage.create",
        learnerlink_sandbox::LINKAGE_EMIS_APPLICATION,
        learnerlink_sandbox::LINKAGE_TPP_PROVIDER,
        "id=\"linkage-patients\"",
        "Łyszcz",
        "no. 1 unreadable",
        "no. 1 revoked",
        "blocked: Speak to reception",
        "organisation blocked",
    ] {
        assert!(text.contains(part), "{part}");
    }
    assert!(!text.contains(FIRST_KEY));
}
