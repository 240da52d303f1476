//! What a service may do to a batch.

use learnerlink_sandbox::Fault;
use serde_json::json;

use crate::stand::*;

#[tokio::test]
async fn rows_that_a_busy_service_refuses_are_tried_again_and_slower() {
    let stand = Stand::with(json!({ "retry": { "maxAttempts": 1 }, "breaker": { "failures": 1000 } })).await;
    stand.sandbox.fault(Fault::on(SERVICE).status(503).times(6));
    let input = stand.file("in.csv", strangers(12));
    let batch = stand.start(stand.matching(&input, json!({ "concurrency": 3 }))).await;
    let status = stand.ended(&batch).await;
    assert_eq!((&status["outcome"], &status["outcomes"]["noMatch"]), (&json!("done"), &json!(12)), "{status}");
    assert_eq!(stand.sandbox.requests().len(), 18);
}

#[tokio::test]
async fn a_batch_is_held_back_for_as_long_as_the_service_is_busy() {
    let stand = Stand::with(json!({ "retry": { "maxAttempts": 1 }, "breaker": { "failures": 1000 } })).await;
    stand.sandbox.fault(Fault::on(SERVICE).status(503).retry_after(0).forever());
    let input = stand.file("in.csv", strangers(8));
    let batch = stand.start(stand.matching(&input, json!({ "concurrency": 4, "attempts": 100 }))).await;
    loop {
        let status = stand.call("batch_status", json!({ "batchId": batch })).await.unwrap();
        assert_eq!(status["outcome"], "running", "{status}");
        if status["heldBack"].as_f64().is_some_and(|rate| rate > 0.0) {
            break;
        }
        tokio::task::yield_now().await;
    }
    stand.sandbox.clear_faults();
    let status = stand.ended(&batch).await;
    assert_eq!((&status["outcome"], &status["done"]), (&json!("done"), &json!(8)), "{status}");
    assert!(status.get("heldBack").is_none());
}

#[tokio::test]
async fn calls_keep_to_the_rate_that_was_given() {
    let stand = Stand::new().await;
    let input = stand.file("in.csv", strangers(5));
    let begun = std::time::Instant::now();
    let status = stand.run(stand.matching(&input, json!({ "ratePerSecond": 20 }))).await;
    assert_eq!(status["done"], 5);
    // The first goes at once; a slow machine may only take longer.
    assert!(begun.elapsed() >= std::time::Duration::from_millis(200));
}

#[tokio::test]
async fn a_row_is_given_up_after_its_attempts() {
    let stand = Stand::with(json!({ "retry": { "maxAttempts": 1 }, "breaker": { "failures": 1000 } })).await;
    stand.sandbox.fault(Fault::on(SERVICE).status(503).times(2));
    let input = stand.file("in.csv", strangers(2));
    let status = stand.run(stand.matching(&input, json!({ "concurrency": 1, "attempts": 2 }))).await;
    assert_eq!(status["outcome"], "doneWithErrors", "{status}");
    assert_eq!((&status["errors"]["UNAVAILABLE"], &status["done"]), (&json!(1), &json!(1)), "{status}");
    assert_eq!(stand.rows()[0]["error"]["upstream"]["httpStatus"], 503);
}

#[tokio::test]
async fn a_service_that_is_away_for_long_stops_a_batch_without_losing_a_row() {
    let stand = Stand::with(json!({
        "retry": { "maxAttempts": 1 }, "breaker": { "failures": 2, "coolDownMs": 1000 }, "batch": { "patienceMs": 500 },
    }))
    .await;
    stand.sandbox.fault(Fault::on(SERVICE).status(503).forever());
    let input = stand.file("in.csv", strangers(30));
    let batch = stand.start(stand.matching(&input, json!({ "concurrency": 8 }))).await;
    let status = stand.ended(&batch).await;
    assert_eq!((&status["outcome"], &status["error"]["code"]), (&json!("failed"), &json!("CIRCUIT_OPEN")), "{status}");
    assert_eq!((&status["failed"], &status["done"]), (&json!(0), &json!(0)), "{status}");
    stand.sandbox.clear_faults();
    stand.call("resume_batch", json!({ "batchId": batch })).await.unwrap();
    let status = stand.ended(&batch).await;
    assert_eq!((&status["outcome"], &status["done"]), (&json!("done"), &json!(30)), "{status}");
    assert_each_once(&stand.rows(), 30);
}

#[tokio::test]
async fn a_credential_that_is_not_there_stops_a_batch_instead_of_failing_every_row() {
    let stand = Stand::new().await;
    let input = stand.file("in.csv", strangers(50));
    let request = json!({ "request": { "ukprn": "10099909", "user": "clerk" } });
    let status = stand.run(stand.matching(&input, request)).await;
    assert_eq!((&status["outcome"], &status["error"]["code"]), (&json!("failed"), &json!("NO_CREDENTIAL")), "{status}");
    assert_eq!((&status["failed"], &status["done"]), (&json!(0), &json!(0)));
    // Where rows name their own, it is for each of them.
    let input =
        stand.file("own.csv", "ukprn,givenName,familyName,uln\n10099909,A,B,1000000027\n10099901,A,B,1000000027\n");
    let request = json!({ "request": { "user": "clerk" }, "output": stand.path("own.jsonl") });
    let status = stand.run(stand.matching(&input, request)).await;
    assert_eq!(
        (&status["outcome"], &status["errors"]["NO_CREDENTIAL"]),
        (&json!("doneWithErrors"), &json!(1)),
        "{status}"
    );
}

#[tokio::test]
async fn the_user_and_provider_of_a_start_are_those_of_its_rows() {
    let stand = Stand::new().await;
    let input = stand.file("in.csv", strangers(2));
    let mut request = stand.matching(&input, json!({ "ukprn": UKPRN, "user": "mover", "request": {} }));
    request.as_object_mut().unwrap().remove("request");
    let status = stand.run(request).await;
    assert_eq!(status["done"], 2, "{status}");
    let entries = stand.call("query_audit", json!({ "operation": "match_learner" })).await.unwrap();
    assert!(entries["entries"].as_array().unwrap().iter().all(|entry| entry["user"] == "mover"));
}
