//! Proves that the `native` linkage supplier gives each outcome for its reason, in the order of checks.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod client;
mod linkage;

use learnerlink_sandbox::{LinkageBlockReason, LinkageKeyState};
use linkage::*;
use serde_json::{Value, json};

/// The refusals that retrieving and creating have in common: organisation, number, status, code, category.
async fn refused(native: &Native, ods: &str, number: &str, expected: (u16, &str, &str)) -> Value {
    let answer = native.retrieve(ods, number).await;
    let (status, code, category) = expected;
    assert_eq!(answer.outcome(), (status, code), "{ods} {number}");
    assert_eq!((answer.text("category"), answer.text("traceId")), (category, "trace-1"));
    assert!(!answer.text("message").is_empty());
    for member in ["accountId", "linkageKey", "odsCode", "surname", "dateOfBirth"] {
        assert!(answer.json.get(member).is_none(), "{member}");
    }
    answer.json
}

#[tokio::test]
async fn a_key_in_force_is_given_with_the_registered_person() {
    let sandbox = sandbox();
    let native = Native::sign_in(&sandbox).await;
    for (ods, number) in
        [(OPEN, P1), (OPEN, "999 012 3403"), (OPEN, "999-012-3403"), (" a12345 ", P1), (OPEN, "\t9990123403 ")]
    {
        let answer = native.retrieve(ods, number).await;
        assert_eq!(answer.status, 200);
        let expected = json!({
            "accountId": "4071836250", "linkageKey": FIRST_KEY, "odsCode": "A12345", "surname": "Okonkwo-Bright",
            "dateOfBirth": "1984-03-12",
        });
        assert_eq!(answer.json, expected);
        assert!(answer.header("set-cookie").is_none() && answer.header("idempotent-replay").is_none());
    }
}

#[tokio::test]
async fn wrongly_formed_identifiers_are_named_in_order() {
    let sandbox = sandbox();
    let native = Native::sign_in(&sandbox).await;
    for (ods, number, fields) in [
        (OPEN, "9990-123-403", &["nhsNumber"][..]),
        (OPEN, "9990123404", &["nhsNumber"]),
        (OPEN, "9990123420", &["nhsNumber"]),
        (OPEN, "9999999999", &["nhsNumber"]),
        (OPEN, "99901234O3", &["nhsNumber"]),
        ("A1234", P1, &["odsCode"]),
        ("A12345001", P1, &["odsCode"]),
        ("A1 345", "9990123404", &["nhsNumber", "odsCode"]),
    ] {
        let document = refused(&native, ods, number, (400, "INVALID_REQUEST", "invalid-request")).await;
        assert_eq!(document["fields"], json!(fields), "{ods} {number}");
        assert!(!document.to_string().contains(number), "nothing is repeated");
    }
}

#[tokio::test]
async fn every_state_of_organisation_patient_and_key_has_its_outcome() {
    let sandbox = sandbox();
    let native = Native::sign_in(&sandbox).await;
    for (ods, number, expected) in [
        ("Z99999", P1, (404, "ODS_NOT_FOUND", "ods-not-found")),
        (BLOCKED, P10, (403, "ODS_BLOCKED", "ods-blocked")),
        (BLOCKED, NOBODY, (403, "ODS_BLOCKED", "ods-blocked")),
        (OPEN, NOBODY, (404, "PATIENT_NOT_FOUND", "patient-not-found")),
        (OPEN, P9, (404, "PATIENT_NOT_FOUND", "patient-not-found")),
        (OPEN, P3, (403, "KEY_REVOKED", "key-revoked")),
        (OPEN, P2, (404, "NO_LINKAGE_KEY", "no-key")),
        (OPEN, P5, (404, "NO_LINKAGE_KEY", "no-key")),
        (OPEN, P6, (500, "RETRIEVE_FAILED", "retrieve-failed")),
    ] {
        let document = refused(&native, ods, number, expected).await;
        assert!(["detail", "fields", "reason"].iter().all(|member| document.get(*member).is_none()), "{document}");
    }
    assert_eq!(native.retrieve(OTHER, P9).await.status, 200);
}

#[tokio::test]
async fn a_blocked_patient_comes_with_a_detail_even_when_none_was_recorded() {
    let sandbox = sandbox();
    let native = Native::sign_in(&sandbox).await;
    let blocked = (403, "PATIENT_BLOCKED", "patient-blocked");
    let document = refused(&native, OPEN, P4, blocked).await;
    assert_eq!(document["detail"], json!({ "reason": "PRACTICE_DECISION", "text": "Speak to reception" }));
    let document = refused(&native, OPEN, P8, blocked).await;
    assert_eq!(document["detail"], json!({ "reason": "OTHER", "text": "" }), "before the revoked key");

    sandbox.block_linkage_patient(OPEN, P1, LinkageBlockReason::MultipleRecords, "x");
    let document = refused(&native, OPEN, P1, blocked).await;
    assert_eq!(document["detail"], json!({ "reason": "MULTIPLE_RECORDS", "text": "x" }));
    sandbox.unblock_linkage_patient(OPEN, P1);
    assert_eq!(native.retrieve(OPEN, P1).await.text("linkageKey"), FIRST_KEY, "the key outlives the block");
}

#[tokio::test]
async fn a_patient_under_the_minimum_age_is_blocked() {
    let sandbox = sandbox();
    let native = Native::sign_in(&sandbox).await;
    sandbox.configure(|settings| settings.linkage_minimum_age_years = 32);
    assert_eq!(native.retrieve(OTHER, P9).await.text("code"), "PATIENT_BLOCKED");
    let answer = native.create("c-1", [OTHER, P9, "Quillfeather", "1995-05-15"]).await;
    assert_eq!(answer.json["detail"]["reason"], "UNDER_MINIMUM_AGE_OR_NOT_COMPETENT");
    sandbox.configure(|settings| settings.linkage_minimum_age_years = 31);
    assert_eq!(native.retrieve(OTHER, P9).await.status, 200);
}

#[tokio::test]
async fn a_new_key_comes_with_an_account_and_the_registered_spelling() {
    let sandbox = sandbox();
    let native = Native::sign_in(&sandbox).await;
    let answer = native.create("c-1", [OPEN, P2, "O’DEMPSEY", "1990-02-28T00:00:00"]).await;
    assert_eq!(answer.status, 201);
    assert_eq!((answer.text("surname"), answer.text("dateOfBirth")), ("O'Dempsey", "1990-02-28"));
    let account = answer.text("accountId");
    assert!(account.len() == 10 && !account.starts_with('0') && account.bytes().all(|byte| byte.is_ascii_digit()));
    assert!(is_key(answer.text("linkageKey")), "{answer:?}");
    assert_eq!(native.retrieve(OPEN, P2).await.json, answer.json);
    assert_eq!(sandbox.linkage_patient(OPEN, P2).unwrap().generations, 1);
}

#[tokio::test]
async fn an_account_is_kept_and_a_revoked_key_stays_revoked() {
    let sandbox = sandbox();
    let native = Native::sign_in(&sandbox).await;
    let answer = native.create("c-1", [OPEN, P3, "KRUGER", "1971-11-05"]).await;
    assert_eq!((answer.status, answer.text("accountId"), answer.text("surname")), (201, "5120094477", "Krüger"));
    let patient = sandbox.linkage_patient(OPEN, P3).unwrap();
    assert_eq!((patient.generations, patient.key_state), (2, LinkageKeyState::Active));
    let answer = native.create("c-2", [OPEN, P5, "st orrin", "1966-01-31"]).await;
    assert_eq!((answer.status, answer.text("accountId")), (201, "6233310985"));
    sandbox.revoke_linkage_key(OPEN, P5);
    sandbox.revoke_linkage_key(OPEN, P5);
    assert_eq!(native.retrieve(OPEN, P5).await.text("code"), "KEY_REVOKED");
    assert_eq!(sandbox.linkage_patient(OPEN, P5).unwrap().generations, 1);
}

#[tokio::test]
async fn every_refusal_to_create_has_its_reason_and_makes_nothing() {
    let sandbox = sandbox();
    let native = Native::sign_in(&sandbox).await;
    let before = sandbox.linkage_patients();
    for (person, expected) in [
        ([OPEN, P2, "Dempsey", "1990-02-28"], (404, "PATIENT_NOT_FOUND", "patient-not-found")),
        ([OPEN, P2, "O'Dempsey", "1990-02-27"], (404, "PATIENT_NOT_FOUND", "patient-not-found")),
        ([OPEN, NOBODY, "O'Dempsey", "1990-02-28"], (404, "PATIENT_NOT_FOUND", "patient-not-found")),
        ([OPEN, P1, "okonkwo bright", "1984-03-12"], (409, "KEY_ALREADY_EXISTS", "key-exists")),
        ([OPEN, P1, "Okonkwo", "1984-03-12"], (404, "PATIENT_NOT_FOUND", "patient-not-found")),
        ([OPEN, P3, "Krueger", "1971-11-05"], (404, "PATIENT_NOT_FOUND", "patient-not-found")),
        ([OPEN, P4, "Talwin", "2001-07-19"], (403, "PATIENT_BLOCKED", "generic")),
        ([OPEN, P4, "Talvin", "2001-07-19"], (404, "PATIENT_NOT_FOUND", "patient-not-found")),
        ([OPEN, P6, "Lyszcz", "1958-12-24"], (409, "KEY_ALREADY_EXISTS", "key-exists")),
        ([BLOCKED, P10, "Pellowin", "1949-09-09"], (403, "ODS_BLOCKED", "generic")),
        (["Z99999", P1, "Okonkwo-Bright", "1984-03-12"], (404, "ODS_NOT_FOUND", "ods-not-found")),
    ] {
        let answer = native.create("c-1", person).await;
        let (status, code, category) = expected;
        assert_eq!((answer.outcome(), answer.text("category")), ((status, code), category), "{person:?}");
        assert!(!answer.text.contains(FIRST_KEY));
        assert_eq!(answer.json.get("detail").is_some(), code == "PATIENT_BLOCKED");
    }
    assert_eq!(sandbox.linkage_patients(), before);
}

#[tokio::test]
async fn a_wrong_person_is_told_as_an_unknown_patient() {
    let sandbox = sandbox();
    let native = Native::sign_in(&sandbox).await;
    let unknown = native.create("same", [OPEN, NOBODY, "O'Dempsey", "1990-02-28"]).await;
    let differs = native.create("same", [OPEN, P2, "O'Dempsey", "1990-02-27"]).await;
    assert_eq!(unknown.text, differs.text);
    let names = |answer: &Told| answer.headers.keys().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(names(&unknown), names(&differs));
    let mut retrieved = native.retrieve(OPEN, NOBODY).await.json;
    retrieved["traceId"] = json!("same");
    assert_eq!(retrieved, differs.json);
}

#[tokio::test]
async fn all_wrong_fields_of_a_creation_are_named_in_order() {
    let sandbox = sandbox();
    let native = Native::sign_in(&sandbox).await;
    for (person, fields) in [
        ([OPEN, P7, "Van der Meulen", "1979-06-31"], &["dateOfBirth"][..]),
        ([OPEN, P7, "Van der Meulen", "2026-11-23"], &["dateOfBirth"]),
        ([OPEN, P7, " '-. ", "1979-06-30"], &["surname"]),
        ([OPEN, P7, "a\u{7}b", "1979-06-30"], &["surname"]),
        (["A1", "1", "", ""], &["nhsNumber", "odsCode", "surname", "dateOfBirth"]),
    ] {
        let answer = native.create("c-1", person).await;
        assert_eq!((answer.status, &answer.json["fields"]), (400, &json!(fields)), "{person:?}");
    }
}

#[tokio::test]
async fn a_trace_header_must_be_there_once_and_plain() {
    let sandbox = sandbox();
    let native = Native::sign_in(&sandbox).await;
    let person = request([OPEN, P1, "Okonkwo-Bright", "1984-03-12"]);
    for (path, name) in [("retrieve", "TransactionId"), ("create", "CorrelationID")] {
        let bare = || native.http.post(format!("{}/{path}", native.base)).bearer_auth(&native.token).json(&person);
        for request in [
            bare(),
            bare().header(name, "a b"),
            bare().header(name, ""),
            bare().header(name, "x".repeat(65)),
            bare().header(name, "a").header(name, "a"),
        ] {
            let answer = told(request).await;
            assert_eq!((answer.outcome(), &answer.json["fields"]), ((400, "INVALID_REQUEST"), &json!([name])));
            assert!(!answer.text("traceId").is_empty() && answer.header(name).is_none());
        }
        let answer = told(native.post(path, (name, "t"), &json!({ "nhsNumber": "1" }))).await;
        assert_eq!(answer.json["fields"][0], "nhsNumber");
        let answer = told(bare().header(name.to_ascii_lowercase(), "A.b_c-9")).await;
        assert_eq!(answer.header(name), Some("A.b_c-9"));
    }
    let answer = told(native.http.post(format!("{}/retrieve", native.base)).bearer_auth(&native.token).json(&json!({
        "odsCode": "A1 345", "nhsNumber": 9_990_123_403_u64,
    })))
    .await;
    assert_eq!(answer.json["fields"], json!(["nhsNumber", "odsCode", "TransactionId"]));
}
