//! Proves that the `emis` linkage supplier wants its session and tells each error by its number.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod client;
mod linkage;

use std::time::Duration;

use learnerlink_sandbox::{EndpointReply, LinkageBlockReason};
use linkage::*;
use serde_json::json;

/// The status and the number, without its sign, of an error.
fn key(answer: &Told) -> (u16, u64) {
    assert!(answer.json["Exceptions"].is_array() && !answer.text("Message").is_empty(), "{answer:?}");
    (answer.status, answer.json["InternalResponseCode"].as_i64().unwrap().unsigned_abs())
}

#[tokio::test]
async fn a_key_in_force_is_given_with_the_account_and_nothing_of_the_person() {
    let sandbox = sandbox();
    let emis = Emis::open(&sandbox).await;
    let answer = emis.verify(OPEN, P1).await;
    assert_eq!((answer.status, answer.header("cache-control")), (200, Some("no-store")));
    assert_eq!((answer.text("AccountId"), answer.text("LinkageKey")), ("4071836250", FIRST_KEY));
    assert!(!answer.text("IdentityId").is_empty());
    assert_eq!(answer.json.as_object().unwrap().len(), 3);
}

#[tokio::test]
async fn a_known_user_comes_with_status_409_and_yet_with_the_key() {
    let sandbox = sandbox();
    let answer = Emis::open(&sandbox).await.verify(OTHER, P9).await;
    assert_eq!((answer.status, answer.text("AccountId")), (409, "2905517364"));
    assert!(is_key(answer.text("LinkageKey")));
}

#[tokio::test]
async fn a_registered_user_can_be_verified() {
    let sandbox = sandbox();
    let emis = Emis::open(&sandbox).await;
    for (number, generations) in [(P2, 1), (P3, 2), (P5, 1)] {
        let answer = emis.register(OPEN, number).await;
        assert_eq!(answer.status, 200, "{number}");
        assert!(!answer.text("AccessIdentityGuid").is_empty() && answer.json.as_object().unwrap().len() == 1);
        let patient = sandbox.linkage_patient(OPEN, number).unwrap();
        assert_eq!(patient.generations, generations);
        let answer = emis.verify(OPEN, number).await;
        assert_eq!((answer.status, Some(answer.text("LinkageKey"))), (200, patient.linkage_key.as_deref()));
    }
}

#[tokio::test]
async fn each_error_of_a_verification_has_its_number() {
    let sandbox = sandbox();
    let emis = Emis::open(&sandbox).await;
    for (ods, number, expected) in [
        (OPEN, NOBODY, (404, 1551)),
        (OPEN, P9, (404, 1551)),
        (OPEN, P2, (404, 1104)),
        (OPEN, P3, (404, 1104)),
        (OPEN, P5, (404, 1104)),
        ("Z99999", P1, (400, 1001)),
        ("A1", P1, (400, 1001)),
        (BLOCKED, P10, (400, 1401)),
        (OPEN, P4, (400, 1109)),
        (OPEN, P8, (400, 1109)),
        (OPEN, P6, (500, 1)),
        (OPEN, "9990123404", (400, 1003)),
    ] {
        assert_eq!(key(&emis.verify(ods, number).await), expected, "{ods} {number}");
    }
}

#[tokio::test]
async fn each_reason_of_a_block_has_its_number() {
    use LinkageBlockReason as Reason;
    let sandbox = sandbox();
    let emis = Emis::open(&sandbox).await;
    for (reason, code) in [
        (Reason::PatientArchived, 1552),
        (Reason::AccountDisabled, 1107),
        (Reason::PracticeDecision, 1109),
        (Reason::Other, 1109),
        (Reason::UnderMinimumAgeOrNotCompetent, 1553),
        (Reason::NotValidForOnlineUse, 1554),
        (Reason::MultipleRecords, 1555),
    ] {
        sandbox.block_linkage_patient(OPEN, P1, reason, "");
        assert_eq!(key(&emis.verify(OPEN, P1).await), (400, code), "{reason:?}");
        assert_eq!(key(&emis.register(OPEN, P1).await), (400, code), "{reason:?}");
    }
}

#[tokio::test]
async fn each_error_of_a_registration_has_its_number() {
    let sandbox = sandbox();
    let emis = Emis::open(&sandbox).await;
    for (ods, number, expected) in [
        (OPEN, P1, (409, 1110)),
        (OPEN, P6, (409, 1110)),
        (OTHER, P9, (409, 1110)),
        (OPEN, NOBODY, (404, 1551)),
        ("Z99999", P1, (400, 1001)),
        (BLOCKED, P10, (403, 1030)),
    ] {
        assert_eq!(key(&emis.register(ods, number).await), expected, "{ods} {number}");
    }
    let body = json!({ "NationalPracticeCode": OPEN, "NhsNumber": P2 });
    assert_eq!(key(&told(emis.post("users/nhs").json(&body)).await), (400, 1003));
    assert_eq!(sandbox.linkage_patient(OPEN, P2).unwrap().generations, 0);
}

#[tokio::test]
async fn any_identity_token_is_taken_but_one_that_has_expired() {
    let sandbox = sandbox();
    let emis = Emis::open(&sandbox).await;
    for (token, expected) in
        [(json!("expired-token"), (401, 1012)), (json!(""), (400, 1003)), (json!(null), (400, 1003))]
    {
        let body = json!({ "NationalPracticeCode": OPEN, "NhsNumber": P1, "Token": token });
        assert_eq!(key(&told(emis.post("me/verifications").json(&body)).await), expected, "{token}");
    }
    let body = json!({ "nationalpracticecode": OPEN, "nhsnumber": "999 012 3403", "TOKEN": "x" });
    assert_eq!(told(emis.post("me/verifications").json(&body)).await.status, 200);
}

#[tokio::test]
async fn application_version_and_session_are_needed() {
    let sandbox = sandbox();
    sandbox.configure(|settings| settings.token_life_seconds = 60);
    let emis = Emis::open(&sandbox).await;
    let body = json!({ "NationalPracticeCode": OPEN, "NhsNumber": P1, "Token": "x" });
    let application = learnerlink_sandbox::LINKAGE_EMIS_APPLICATION;
    let url = format!("{}/me/verifications", emis.base);
    for (headers, expected) in [
        ([application, "2.1.0.0", "wrong"], (401, 1002)),
        ([application, "1.0.0.0", &emis.session], (400, 1005)),
        (["other", "2.1.0.0", &emis.session], (401, 1000)),
    ] {
        let request = emis.http.post(&url).header("X-API-ApplicationId", headers[0]);
        let request = request.header("X-API-Version", headers[1]).header("X-API-EndUserSessionId", headers[2]);
        assert_eq!(key(&told(request.json(&body)).await), expected, "{headers:?}");
    }
    assert_eq!(key(&told(emis.http.post(&url).json(&body)).await), (401, 1000));
    let sessions = emis.http.post(format!("{}/sessions/endusersession", emis.base));
    assert_eq!(key(&told(sessions.header("X-API-ApplicationId", application)).await), (400, 1005));
    sandbox.advance(Duration::from_secs(60));
    assert_eq!(key(&told(emis.post("me/verifications").json(&body)).await), (401, 1002), "a session ends");
}

#[tokio::test]
async fn what_is_no_request_is_refused_in_the_same_shape() {
    let sandbox = sandbox();
    let emis = Emis::open(&sandbox).await;
    let post = || emis.post("me/verifications").header("content-type", "application/json");
    for (request, status) in [
        (post().body("{"), 400),
        (post().body("[]"), 400),
        (post().body("{}"), 400),
        (emis.post("users/nhs").body("x"), 415),
        (emis.http.get(format!("{}/me/verifications", emis.base)), 405),
    ] {
        assert_eq!(key(&told(request).await).0, status);
    }
}

#[tokio::test]
async fn a_number_that_no_patient_has_can_be_queued() {
    let sandbox = sandbox();
    let emis = Emis::open(&sandbox).await;
    let body = json!({ "InternalResponseCode": -1030, "Message": "The other text" }).to_string();
    sandbox.linkage_reply(EndpointReply::to("linkage/emis/me/verifications", body).status(403));
    let answer = emis.verify(OPEN, P1).await;
    assert_eq!((answer.status, answer.text("Message")), (403, "The other text"));
    assert_eq!(emis.verify(OPEN, P1).await.status, 200);
}
