//! What is kept: under a new key, for how long, by several plugins at once, and as the audit trail tells it.

use std::time::Duration;

use serde_json::{Value, json};

use crate::stand::{PROFILE, Setup, Stand, json_answer};

fn body(person: &str) -> String {
    json!({ "offering": { "offeringId": "o", "name": "Water" }, "person": { "personId": person, "activeEnrollment": true } }).to_string()
}

async fn start(stand: &Stand, person: &str, decision: &str) -> Value {
    let request = json!({ "body": body(person), "decided": { "decision": decision } });
    stand.call("start_enrollment", request).await.unwrap()
}

fn on_disk(folder: &tempfile::TempDir) -> Setup {
    let store = folder.path().join("store.db").to_str().unwrap().to_owned();
    Setup { store: Some(store), ..Setup::default() }
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_opens_after_keys_were_rotated_and_none_of_it_can_be_read_without() {
    let folder = tempfile::tempdir().unwrap();
    let stand = Stand::new(Setup { down: true, ..on_disk(&folder) }).await;
    start(&stand, "edu-fenna-01", "associate").await;
    let before = stand.call("list_enrollments", json!({ "withBodies": true })).await.unwrap();
    assert_eq!(before["enrollments"][0]["outbox"][0]["kind"], "create");
    let rotated = stand.call("rotate_key", json!({})).await.unwrap();
    assert_eq!(
        (&rotated["resealed"], &rotated["unreadable"]),
        (&json!(4), &json!(0)),
        "credential, record, body, entry"
    );
    let after = stand.call("list_enrollments", json!({ "withBodies": true })).await.unwrap();
    assert_eq!(before, after);
    for file in std::fs::read_dir(folder.path()).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        for secret in ["edu-fenna-01", "Water"] {
            assert!(!bytes.windows(secret.len()).any(|window| window == secret.as_bytes()), "{secret}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_came_with_an_enrolment_is_removed_some_time_after_its_end_and_only_then() {
    let stand = Stand::new(Setup::default()).await;
    start(&stand, "stays", "associate").await;
    start(&stand, "leaves", "deny").await;
    stand.clock.advance(Duration::from_secs(31 * 24 * 3600));
    assert_eq!(stand.call("purge", json!({})).await.unwrap()["enrollments"], 1);
    assert_eq!(stand.call("purge", json!({})).await.unwrap()["enrollments"], 0);
    let listed = stand.call("list_enrollments", json!({ "withBodies": true })).await.unwrap();
    for enrollment in listed["enrollments"].as_array().unwrap() {
        let stays = enrollment["personId"] == "stays";
        assert_eq!((enrollment.get("person").is_some(), enrollment.get("offering").is_some()), (stays, stays));
        assert!(enrollment["state"].is_string() && enrollment["createdAt"].is_string());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_plugins_on_one_store_one_sends() {
    let folder = tempfile::tempdir().unwrap();
    let mut first = Stand::new(Setup { down: true, ..on_disk(&folder) }).await;
    for person in 0..20 {
        start(&first, &format!("p-{person}"), "associate").await;
    }
    first.listen().await;
    let receiver = first.receiver.as_ref().unwrap().url("");
    let enrollment = json!({ "handOver": "direct", "receiverUrl": receiver.as_str() });
    let second = Stand::new(Setup { enrollment, ..on_disk(&folder) }).await;
    let mut delivered = 0;
    // The first has found the receiver down, and tries it carefully.
    for _ in 0..10 {
        first.advance(40);
        second.advance(40);
        let (one, other) = tokio::join!(first.call("flush_outbox", json!({})), second.call("flush_outbox", json!({})));
        delivered += one.unwrap()["delivered"].as_u64().unwrap() + other.unwrap()["delivered"].as_u64().unwrap();
    }
    assert_eq!(delivered, 20);
    assert_eq!(first.sent().len(), 20);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_audit_trail_tells_what_was_done_for_a_student() {
    let mut stand = Stand::new(Setup::default()).await;
    stand.script.lock().unwrap().push_back(json_answer(201, &json!({ "associationId": "a", "state": "pending" })));
    start(&stand, "edu-fenna-01", "associate").await;
    start(&stand, "edu-yusuf-06", "associate").await;
    let id = stand.call("list_enrollments", json!({ "personId": "edu-fenna-01" })).await.unwrap()["enrollments"][0]
        ["enrollmentId"]
        .clone();
    let cancelled = json!({ "enrollmentId": id, "state": "canceled", "user": "clerk" });
    assert_eq!(stand.call("update_association", cancelled).await.unwrap()["outcome"], "sent");
    let trail = stand.call("query_audit", json!({ "enrollmentPersonId": "edu-fenna-01" })).await.unwrap();
    let entries: Vec<_> = trail["entries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| {
            assert_eq!((&entry["profile"], &entry["details"]["enrollmentId"]), (&json!(PROFILE), &id));
            (entry["operation"].as_str().unwrap(), entry["outcome"].as_str().unwrap())
        })
        .collect();
    assert_eq!(entries, [("start_enrollment", "pending"), ("update_association", "sent")]);
    assert_eq!(stand.sent().len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_enrolment_that_is_not_there_is_an_answer_and_bad_input_an_error() {
    let mut stand = Stand::new(Setup::default()).await;
    let nobody = json!({ "enrollmentId": "none" });
    let merged = |more: Value| {
        let mut request = nobody.clone();
        request.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        request
    };
    let result = json!({ "state": "completed", "pass": "passed", "resultDate": "2027-02-01" });
    for (operation, request) in [
        ("decide_enrollment", merged(json!({ "decision": "associate" }))),
        ("create_association", nobody.clone()),
        ("update_association", merged(json!({ "state": "canceled" }))),
        ("get_association", nobody.clone()),
        ("get_person", nobody.clone()),
        ("send_results", merged(json!({ "result": result }))),
        ("resolve_delivery", merged(json!({ "entryId": "x", "resolution": "retry" }))),
    ] {
        assert_eq!(stand.call(operation, request).await.unwrap()["outcome"], "notFound", "{operation}");
    }
    for (operation, request, field) in [
        ("list_enrollments", json!({ "limit": 0 }), "limit"),
        ("list_enrollments", json!({ "waitMs": 600_001 }), "waitMs"),
        ("list_enrollments", json!({ "state": "enrolled" }), "state"),
        ("decide_enrollment", merged(json!({ "decision": "associate", "redirect": "http://h" })), "redirect"),
        ("decide_enrollment", merged(json!({ "decision": "queue", "alreadyEnrolled": true })), "alreadyEnrolled"),
        ("resolve_delivery", merged(json!({ "entryId": "x", "resolution": "retry", "state": "denied" })), "state"),
    ] {
        let error = stand.call(operation, request).await.unwrap_err().to_json(operation, "enrollment");
        assert_eq!(
            (&error["code"], &error["details"]["field"]),
            (&json!("INVALID_INPUT"), &json!(field)),
            "{operation}"
        );
    }
    assert_eq!(stand.sent().len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_receiver_a_start_is_kept() {
    let config = json!({ "store": ":memory:", "enrollment": { "provider": PROFILE } });
    let plugin = learnerlink::Plugin::open(&config.to_string()).await.unwrap();
    let request = json!({ "body": body("p"), "decided": { "decision": "associate" } });
    let answer = plugin.call("start_enrollment", &request.to_string()).await.unwrap();
    let done: Value = serde_json::from_str(&answer.json).unwrap();
    assert_eq!(done["outcome"], "pending", "{done}");
    // And without knowing for whom, nothing is.
    let plugin = learnerlink::Plugin::open(r#"{"store":":memory:"}"#).await.unwrap();
    let answer = plugin.call("start_enrollment", &request.to_string()).await.unwrap();
    let done: Value = serde_json::from_str(&answer.json).unwrap();
    assert_eq!((&done["outcome"], &done["code"]), (&json!("internalError"), &json!(500)));
}

#[tokio::test(flavor = "multi_thread")]
async fn one_damaged_enrolment_does_not_keep_the_others_from_being_sent() {
    let folder = tempfile::tempdir().unwrap();
    let mut stand = Stand::new(Setup { down: true, ..on_disk(&folder) }).await;
    for person in ["p-1", "p-2", "p-3"] {
        start(&stand, person, "associate").await;
    }
    let store = rusqlite::Connection::open(folder.path().join("store.db")).unwrap();
    store.execute("UPDATE enrollments SET sealed = x'00' WHERE number = 1", []).unwrap();
    stand.listen().await;
    stand.advance(40);
    let flushed = stand.call("flush_outbox", json!({})).await.unwrap();
    assert_eq!((&flushed["delivered"], &flushed["failed"]), (&json!(2), &json!(1)), "{flushed}");
    assert_eq!(stand.sent().len(), 2);
}
