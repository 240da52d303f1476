//! The composed call through a supplier: both tables of section 6 of the specification, row by row.

use std::collections::VecDeque;
use std::sync::Mutex;
use std::time::Duration;

use jiff::Timestamp;
use learnerlink::Clock;
use learnerlink::clock::Moment;
use serde_json::{Value, json};

use crate::stand::*;
use crate::support::{Reply, answer};

/// What a supplier says to one call, by its outcome's name; `OK` may be about somebody else.
#[derive(Clone, Copy)]
enum Says {
    Key,
    OtherName,
    Replay,
    No(u16, &'static str),
}

use Says::{Key, No, OtherName, Replay};

const NONE: Says = No(404, "NO_LINKAGE_KEY");
const REVOKED: Says = No(403, "KEY_REVOKED");
const UNKNOWN: Says = No(404, "PATIENT_NOT_FOUND");
const EXISTS: Says = No(409, "KEY_ALREADY_EXISTS");
const DOWN: Says = No(503, "UNAVAILABLE");
const BUSY: Says = No(429, "RATE_LIMITED");
const UNREADABLE: Says = No(500, "RETRIEVE_FAILED");
const UNMADE: Says = No(500, "CREATE_FAILED");

impl Says {
    fn reply(self) -> Reply {
        let surname = if matches!(self, OtherName) { "Somebody" } else { "QUILLFEATHER&SOHNE" };
        let key =
            json!({ "accountId": ACCOUNT, "linkageKey": KEY, "odsCode": ODS, "surname": surname, "dateOfBirth": BORN });
        match self {
            Key | OtherName => json(200, &key),
            Replay => answer(201, &[("Idempotent-Replay", "true")], key.to_string()),
            No(status, code) => json(status, &json!({ "code": code })),
        }
    }
}

/// What came of it: the outcome or error, whether a key was created, and the functions called, by their initials.
async fn composed(script: &[Says], options: Value) -> (String, bool, String) {
    let clock = Clock::manual(Timestamp::now());
    let script = Mutex::new(VecDeque::from(script.to_vec()));
    let next = move || script.lock().unwrap().pop_front();
    // Anything beyond the script is a call too many.
    let stand = Stand::on(clock.clone(), "native", json!({}), move |_, _| {
        next().map_or_else(|| json(200, &json!({ "too": "many" })), Says::reply)
    })
    .await;
    let mover = tokio::spawn(async move {
        loop {
            clock.advance_to_next_sleeper().await;
        }
    });
    let result = stand.call(COMPOSED, changed(request(COMPOSED), options)).await;
    mover.abort();
    let mut ids = Vec::new();
    let asked = stand.asked();
    let calls = asked.iter().map(|request| {
        let create = request.target.ends_with("create");
        ids.push(request.header(if create { "correlationid" } else { "transactionid" }).unwrap().to_owned());
        if create { 'C' } else { 'R' }
    });
    let calls: String = calls.collect();
    assert!(ids.iter().all(|id| id == TRACE), "{ids:?}");
    match result {
        Ok(done) => {
            let word = done["outcome"].as_str().unwrap();
            let reason = done["reason"].as_str().map_or_else(String::new, |reason| format!(" {reason}"));
            assert_eq!(done.get("linkageKey").is_some(), word == "ok", "{done}");
            (format!("{word}{reason}"), done["created"] == true, calls)
        }
        Err(error) => (error.status().code().to_owned(), false, calls),
    }
}

#[tokio::test]
async fn the_first_retrieve_decides_what_is_next() {
    let on = |name: &str| json!({ name: true });
    let off = |name: &str| json!({ name: false });
    let none = json!({});
    let mismatch = "patientNotFound demographics-mismatch";
    for (script, options, expected, created, calls) in [
        (&[Key][..], none.clone(), "ok", false, "R"),
        (&[OtherName], none.clone(), mismatch, false, "R"),
        (&[OtherName], on("createAfterPatientNotFound"), mismatch, false, "R"),
        (&[OtherName], off("verifyDemographics"), "ok", false, "R"),
        (&[NONE, Key], none.clone(), "ok", true, "RC"),
        (&[REVOKED, Key], none.clone(), "ok", true, "RC"),
        (&[REVOKED, Key], on("reissueRevoked"), "ok", true, "RC"),
        (&[REVOKED], off("reissueRevoked"), "keyRevoked", false, "R"),
        (&[UNKNOWN], none.clone(), "patientNotFound", false, "R"),
        (&[UNKNOWN, Key], on("createAfterPatientNotFound"), "ok", true, "RC"),
        (&[UNKNOWN, UNKNOWN], on("createAfterPatientNotFound"), "patientNotFound", false, "RC"),
        (&[No(400, "INVALID_REQUEST")], none.clone(), "REJECTED", false, "R"),
        (&[No(404, "ODS_NOT_FOUND")], none.clone(), "odsNotFound", false, "R"),
        (&[No(403, "ODS_BLOCKED")], none.clone(), "odsBlocked", false, "R"),
        (&[No(403, "PATIENT_BLOCKED")], none.clone(), "patientBlocked", false, "R"),
        (&[No(500, "GENERIC_ERROR")], none.clone(), "SERVICE_FAULT", false, "R"),
        (&[No(403, "FORBIDDEN")], none.clone(), "FORBIDDEN", false, "R"),
        (&[No(401, "UNAUTHENTICATED"); 2], none.clone(), "AUTH_REJECTED", false, "RR"),
        // What may pass is tried twice more, and never followed by a Create.
        (&[UNREADABLE; 3], none.clone(), "retrieveFailed", false, "RRR"),
        (&[DOWN; 3], none.clone(), "UNAVAILABLE", false, "RRR"),
        (&[BUSY, DOWN, Key], none.clone(), "ok", false, "RRR"),
        (&[DOWN, NONE, Key], none.clone(), "ok", true, "RRC"),
        (&[DOWN, UNREADABLE, UNKNOWN], none.clone(), "patientNotFound", false, "RRR"),
    ] {
        assert_eq!(composed(script, options).await, (expected.into(), created, calls.into()));
    }
}

#[tokio::test]
async fn a_create_is_the_end_unless_somebody_else_was_first() {
    let none = json!({});
    let mismatch = "patientNotFound demographics-mismatch";
    let inconsistent = "createFailed inconsistent-supplier";
    for (script, options, expected, created, calls) in [
        (&[NONE, Replay][..], none.clone(), "ok", false, "RC"),
        (&[NONE, EXISTS, Key], none.clone(), "ok", false, "RCR"),
        (&[NONE, EXISTS, OtherName], none.clone(), mismatch, false, "RCR"),
        (&[NONE, EXISTS, OtherName], json!({ "verifyDemographics": false }), "ok", false, "RCR"),
        (&[NONE, EXISTS, NONE], none.clone(), inconsistent, false, "RCR"),
        (&[NONE, EXISTS, REVOKED], none.clone(), inconsistent, false, "RCR"),
        (&[NONE, EXISTS, UNKNOWN], none.clone(), "patientNotFound", false, "RCR"),
        (&[NONE, EXISTS, No(403, "PATIENT_BLOCKED")], none.clone(), "patientBlocked", false, "RCR"),
        (&[NONE, EXISTS, No(403, "FORBIDDEN")], none.clone(), "FORBIDDEN", false, "RCR"),
        (&[NONE, EXISTS, DOWN, DOWN, DOWN], none.clone(), "UNAVAILABLE", false, "RCRRR"),
        // What may pass is tried twice more, under the same reference.
        (&[NONE, UNMADE, Key], none.clone(), "ok", true, "RCC"),
        (&[NONE, DOWN, Replay], none.clone(), "ok", false, "RCC"),
        (&[NONE, DOWN, EXISTS, Key], none.clone(), "ok", false, "RCCR"),
        (&[NONE, UNMADE, UNMADE, UNMADE], none.clone(), "createFailed", false, "RCCC"),
        (&[NONE, DOWN, DOWN, DOWN], none.clone(), "UNAVAILABLE", false, "RCCC"),
        // Anything else is not.
        (&[NONE, BUSY], none.clone(), "THROTTLED", false, "RC"),
        (&[NONE, UNKNOWN], none.clone(), "patientNotFound", false, "RC"),
        (&[NONE, No(404, "ODS_NOT_FOUND")], none.clone(), "odsNotFound", false, "RC"),
        (&[NONE, No(403, "PATIENT_BLOCKED")], none.clone(), "patientBlocked", false, "RC"),
        (&[NONE, No(422, "CORRELATION_CONFLICT")], none.clone(), "CONFLICT", false, "RC"),
        (&[NONE, No(500, "GENERIC_ERROR")], none.clone(), "SERVICE_FAULT", false, "RC"),
        (&[NONE, No(400, "INVALID_REQUEST")], none.clone(), "REJECTED", false, "RC"),
    ] {
        assert_eq!(composed(script, options).await, (expected.into(), created, calls.into()));
    }
}

#[tokio::test]
async fn pauses_double_and_are_as_long_as_the_supplier_asks() {
    let clock = Clock::manual(Timestamp::now());
    let stand = Stand::on(clock.clone(), "vision", json!({}), |nth, _| match nth {
        0 => answer(500, &[], ""),
        1 => answer(429, &[("Retry-After", "3")], ""),
        _ => answer(403, &[], ""),
    })
    .await;
    let plugin = std::sync::Arc::clone(&stand.plugin);
    let options = json!({ "reissueRevoked": false });
    let work = tokio::spawn(async move { call(&plugin, COMPOSED, changed(request(COMPOSED), options)).await });
    let first = clock.advance_to_next_sleeper().await.since(Moment::default());
    assert!((200..300).contains(&first.as_millis()), "{first:?}");
    let second = clock.advance_to_next_sleeper().await.since(Moment::default()) - first;
    assert!((3_000..3_100).contains(&second.as_millis()), "{second:?}");
    assert_eq!(work.await.unwrap().unwrap()["outcome"], "keyRevoked");
    assert_eq!(stand.asked().len(), 3);
}

#[tokio::test]
async fn a_pause_that_is_longer_than_the_time_left_is_not_made() {
    let clock = Clock::manual(Timestamp::now());
    let stand = Stand::on(clock, "vision", json!({}), |_, _| answer(429, &[("Retry-After", "11")], "")).await;
    let failure = stand.failure(COMPOSED, request(COMPOSED)).await;
    assert_eq!((&failure["code"], &failure["details"]["retryAfterMs"]), (&json!("THROTTLED"), &json!(11_000)));
    assert_eq!(stand.asked().len(), 1);
}

#[tokio::test]
async fn a_composed_call_is_as_good_with_every_wire_form() {
    let tpp = |body: &str| answer(200, &[("Content-Type", "text/xml")], body);
    let key =
        json!({ "accountId": ACCOUNT, "linkageKey": KEY, "odsCode": ODS, "surname": SURNAME, "dateOfBirth": BORN });
    let cases: [(&str, Vec<Reply>); 4] = [
        ("header", vec![answer(404, &[], ""), json(201, &key)]),
        ("vision", vec![json(404, &json!({ "error": { "code": "V2210", "diagnostic": "No user" } })), json(200, &key)]),
        ("tpp", vec![tpp("<Error errorCode='509'/>"), tpp(&crate::tpp::success())]),
        (
            "emis",
            vec![
                json(200, &json!({ "EndUserSessionId": "a" })),
                json(404, &json!({ "InternalResponseCode": -1104 })),
                json(200, &json!({ "EndUserSessionId": "b" })),
                json(201, &json!({})),
                json(200, &crate::emis::success()),
            ],
        ),
    ];
    for (wire, replies) in cases {
        let most = replies.len();
        let stand = Stand::new(wire, move |nth, _| replies[nth].clone()).await;
        let done = stand.done(COMPOSED, request(COMPOSED)).await;
        assert_eq!((outputs(&done), &done["created"], stand.asked().len()), (ALL, &json!(true), most), "{wire}");
        let from_request = ["tpp", "emis"].contains(&wire);
        assert_eq!(done["reason"] == "demographics-from-request", from_request, "{done}");
    }
}

#[tokio::test]
async fn a_supplier_that_hangs_ends_a_composed_call_within_its_own_time() {
    // The time that the request gives counts for all steps together.
    let stand = Stand::new("vision", |nth, _| match nth {
        0 => answer(503, &[], ""),
        _ => Reply::Stall(Vec::new()),
    })
    .await;
    let began = std::time::Instant::now();
    let failure = stand.failure(COMPOSED, changed(request(COMPOSED), json!({ "timeoutMs": 900 }))).await;
    assert_eq!(failure["code"], "DEADLINE_EXCEEDED", "{failure}");
    assert!(began.elapsed() < Duration::from_secs(5));
}
