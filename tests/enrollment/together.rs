//! What happens at the same time: two starts of one student, a decision while a start waits, a receiver that is slow, and
//! the sending in the background.

use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::stand::{Setup, Stand, json_answer};
use crate::support::{PATIENCE, Reply};

fn body(person: &str, offering: &str) -> String {
    json!({
        "offering": { "offeringId": offering, "offeringType": "course", "name": "Water", "endDate": "2027-02-01" },
        "person": { "personId": person, "activeEnrollment": true },
    })
    .to_string()
}

fn slow(by: Duration) -> Reply {
    let Reply::Send(bytes) = json_answer(201, &json!({ "associationId": "a-1", "state": "associated" })) else {
        unreachable!("a complete answer is sent")
    };
    Reply::Late(by, bytes)
}

async fn start(stand: &Stand, person: &str, decided: Option<&str>) -> Value {
    let decided = decided.map(|decision| json!({ "decision": decision }));
    stand.call("start_enrollment", json!({ "body": body(person, "o-1"), "decided": decided })).await.unwrap()
}

/// By the machine's clock, because something is really waited for.
fn real(enrollment: Value) -> Setup {
    Setup { enrollment, clock: "system".to_owned(), ..Setup::default() }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_starts_at_the_same_time_get_one_answer_and_one_association() {
    let mut stand = Stand::new(Setup::default()).await;
    stand.script.lock().unwrap().push_back(slow(Duration::from_millis(400)));
    let decided = Some("associate");
    let all = tokio::join!(start(&stand, "p", decided), start(&stand, "p", decided), start(&stand, "p", decided));
    assert_eq!(all.0["outcome"], "associated");
    assert_eq!((&all.0["body"], &all.0["enrollmentId"]), (&all.1["body"], &all.1["enrollmentId"]));
    assert_eq!(all.0["body"], all.2["body"]);
    assert_eq!(stand.sent().len(), 1);
    assert_eq!(stand.count().await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decision_while_a_start_waits_is_what_the_student_is_told() {
    for (decision, outcome, told) in
        [("associate", "associated", Some("associated")), ("queue", "queued", Some("queued")), ("deny", "denied", None)]
    {
        let mut stand = Stand::new(real(json!({ "handOver": "direct" }))).await;
        let decide = async {
            let handed = json!({ "handOut": true, "waitMs": 10_000, "withBodies": true });
            let found = stand.call("list_enrollments", handed).await.unwrap();
            let enrollment = &found["enrollments"][0];
            assert_eq!((&enrollment["host"], &enrollment["person"]["personId"]), (&json!("pending"), &json!("p")));
            let id = &enrollment["enrollmentId"];
            stand.call("decide_enrollment", json!({ "enrollmentId": id, "decision": decision })).await.unwrap()
        };
        let (started, decided) = tokio::join!(start(&stand, "p", None), decide);
        assert_eq!((&decided["outcome"], &started["outcome"]), (&json!("decided"), &json!(outcome)));
        let sent = stand.sent();
        assert_eq!(sent.len(), usize::from(told.is_some()), "nothing is corrected afterwards");
        if let Some(told) = told {
            let body: Value = serde_json::from_slice(&sent[0].body).unwrap();
            assert_eq!(body["remoteState"], told);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_start_that_is_not_decided_in_time_is_in_the_inbox() {
    let mut stand = Stand::new(real(json!({ "handOver": "direct", "decideWithinMs": 100 }))).await;
    assert_eq!(start(&stand, "p", None).await["outcome"], "pending");
    let handed = stand.call("list_enrollments", json!({ "handOut": true })).await.unwrap();
    let id = &handed["enrollments"][0]["enrollmentId"];
    let decided = json!({ "enrollmentId": id, "decision": "associate" });
    assert_eq!(stand.call("decide_enrollment", decided).await.unwrap()["outcome"], "decided");
    assert_eq!(stand.call("flush_outbox", json!({})).await.unwrap()["delivered"], 1);
    let states = stand
        .sent()
        .iter()
        .map(|it| serde_json::from_slice::<Value>(&it.body).unwrap()["remoteState"].clone())
        .collect::<Vec<_>>();
    assert_eq!(states, ["pending", "associated"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_home_institution_does_not_keep_the_student_waiting_and_is_heard_all_the_same() {
    let mut stand =
        Stand::new(real(json!({ "handOver": "inbox", "startDeadlineMs": 1000, "decideWithinMs": 500 }))).await;
    stand.script.lock().unwrap().push_back(slow(Duration::from_secs(6)));
    let begun = Instant::now();
    assert_eq!(start(&stand, "p", Some("associate")).await["outcome"], "pending");
    assert!(begun.elapsed() < Duration::from_secs(5));
    let until = Instant::now() + PATIENCE;
    while stand.last().await["state"] != "associated" {
        assert!(Instant::now() < until, "its answer was not taken in");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(stand.sent().len(), 1);
    assert_eq!(stand.last().await["outbox"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_caller_who_goes_away_leaves_a_start_that_is_carried_out() {
    let mut stand = Stand::new(real(json!({ "handOver": "inbox" }))).await;
    stand.script.lock().unwrap().push_back(slow(Duration::from_millis(300)));
    let gone = tokio::time::timeout(Duration::from_millis(100), start(&stand, "p", Some("associate"))).await;
    assert!(gone.is_err());
    let until = Instant::now() + PATIENCE;
    while stand.count().await == 0 || stand.last().await["state"] != "associated" {
        assert!(Instant::now() < until, "it was not carried out");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(stand.sent().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_could_not_be_sent_is_sent_in_the_background() {
    let enrollment = json!({ "handOver": "direct", "background": true });
    let mut stand = Stand::new(Setup { enrollment, down: true, ..Setup::default() }).await;
    assert_eq!(start(&stand, "p", Some("associate")).await["outcome"], "pending");
    stand.listen().await;
    let begun = stand.clock.wall();
    let clock = stand.clock.clone();
    let moving = tokio::spawn(async move {
        loop {
            clock.advance_to_next_sleeper().await;
        }
    });
    tokio::time::timeout(PATIENCE, async {
        while stand.last().await["state"] != "associated" {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    })
    .await
    .expect("it is sent");
    moving.abort();
    assert_eq!(stand.sent().len(), 1);
    let waited = stand.last().await["updatedAt"].as_str().unwrap().parse::<jiff::Timestamp>().unwrap();
    let waited = waited.duration_since(begun).as_secs();
    assert!((24..=36).contains(&waited), "{waited} s");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_waits_for_something_new_is_told_of_it() {
    let stand = Arc::new(Stand::new(real(json!({ "handOver": "inbox" }))).await);
    assert_eq!(stand.call("list_enrollments", json!({ "waitMs": 50 })).await.unwrap()["enrollments"], json!([]));
    let begun = Instant::now();
    let waiting = stand.call("list_enrollments", json!({ "waitMs": 20_000 }));
    let starting = async {
        tokio::time::sleep(Duration::from_millis(50)).await;
        start(&stand, "p", None).await
    };
    let (found, _) = tokio::join!(waiting, starting);
    let version = found.unwrap()["enrollments"][0]["version"].as_u64().unwrap();
    assert!(begun.elapsed() < Duration::from_secs(15));
    let later = stand.call("list_enrollments", json!({ "changedAfter": version })).await.unwrap();
    let versions = later["enrollments"].as_array().unwrap().iter().map(|it| it["version"].as_u64().unwrap());
    assert!(versions.into_iter().all(|later| later > version));
}
