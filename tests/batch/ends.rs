//! How batches end, and how they go on.

use std::time::Duration;

use learnerlink::Plugin;
use learnerlink_sandbox::Fault;
use serde_json::{Value, json};

use crate::stand::*;

/// A batch of 60 rows, of which eight are done and the others' calls would never end.
async fn halfway(stand: &Stand, more: Value) -> String {
    stand.sandbox.fault(Fault::on(SERVICE).latency(Duration::from_millis(1)).times(8));
    stand.sandbox.fault(Fault::on(SERVICE).latency(Duration::from_secs(600)).forever());
    let input = stand.file("in.csv", strangers(60));
    let mut request = stand.matching(&input, json!({ "concurrency": 4, "idColumn": "id" }));
    request.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let batch = stand.start(request).await;
    stand.until_done(&batch, 8).await;
    batch
}

/// Goes on with a batch to its end, where every row must be there once.
async fn completes(stand: &Stand, batch: &str) -> Value {
    stand.sandbox.clear_faults();
    let resumed = stand.call("resume_batch", json!({ "batchId": batch })).await.unwrap();
    assert_eq!(resumed["outcome"], "resumed");
    let status = stand.ended(batch).await;
    assert_eq!((&status["outcome"], &status["done"]), (&json!("done"), &json!(60)), "{status}");
    assert_each_once(&stand.rows(), 60);
    assert_eq!(stand.names(), ["in.csv", "out.jsonl"]);
    let again = stand.call("resume_batch", json!({ "batchId": batch })).await.unwrap();
    assert_eq!(again["outcome"], "finished");
    status
}

#[tokio::test]
async fn a_cancelled_batch_ends_at_once_and_goes_on_without_repeating_a_row() {
    let stand = Stand::new().await;
    let batch = halfway(&stand, json!({})).await;
    let cancelled = stand.call("cancel_batch", json!({ "batchId": batch })).await.unwrap();
    assert_eq!(cancelled["outcome"], "cancelled");
    let status = stand.ended(&batch).await;
    assert_eq!((&status["outcome"], &status["inFlight"]), (&json!("cancelled"), &json!(0)));
    assert_eq!(status["partialOutput"], stand.part().to_str().unwrap());
    assert!(!std::path::Path::new(&stand.path("out.jsonl")).exists());
    let again = stand.call("cancel_batch", json!({ "batchId": batch })).await.unwrap();
    assert_eq!(again["outcome"], "notRunning");
    let done = status["done"].as_u64().unwrap();
    let before = stand.sandbox.requests().len() as u64;
    completes(&stand, &batch).await;
    let repeated = stand.sandbox.requests().len() as u64 - before;
    assert_eq!(repeated, 60 - done);
}

#[tokio::test]
async fn a_batch_ends_with_its_plugin_and_another_goes_on_with_it() {
    let mut stand = Stand::new().await;
    let batch = halfway(&stand, json!({})).await;
    stand.plugin.close();
    let next = stand.another().await;
    // The lock on the results so far goes when the last row has stopped.
    loop {
        let status = call(&next, "batch_status", json!({ "batchId": batch })).await.unwrap();
        if status["outcome"] == "interrupted" {
            break;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let listed = call(&next, "list_batches", json!({ "state": "interrupted" })).await.unwrap();
    assert_eq!(
        (&listed["batches"][0]["batchId"], &listed["batches"][0]["operation"]),
        (&json!(batch), &json!("match_learner"))
    );
    stand.plugin = next;
    completes(&stand, &batch).await;
}

#[tokio::test]
async fn another_process_sees_a_batch_run_does_not_take_it_and_may_cancel_it() {
    let stand = Stand::new().await;
    let batch = halfway(&stand, json!({})).await;
    let other = stand.another().await;
    let ask = |operation: &'static str| call(&other, operation, json!({ "batchId": batch }));
    assert_eq!(ask("batch_status").await.unwrap()["outcome"], "running");
    assert_eq!(ask("resume_batch").await.unwrap()["outcome"], "running");
    assert_eq!(ask("cancel_batch").await.unwrap()["outcome"], "cancelled");
    assert_eq!(ask("batch_status").await.unwrap()["outcome"], "cancelled");
    completes(&stand, &batch).await;
}

#[tokio::test]
async fn an_input_that_was_changed_is_not_gone_on_with() {
    let stand = Stand::new().await;
    let batch = halfway(&stand, json!({})).await;
    stand.call("cancel_batch", json!({ "batchId": batch })).await.unwrap();
    let text = strangers(60);
    stand.file("in.csv", format!("{text}{}", stranger(61)));
    let error = stand.call("resume_batch", json!({ "batchId": batch })).await.unwrap_err();
    assert!(error.to_string().starts_with("the input was changed"), "{error}");
    std::fs::remove_file(stand.path("in.csv")).unwrap();
    let error = stand.call("resume_batch", json!({ "batchId": batch })).await.unwrap_err();
    assert!(error.to_string().contains("does not exist"), "{error}");
    let status = stand.call("batch_status", json!({ "batchId": batch })).await.unwrap();
    assert_eq!(status["outcome"], "cancelled");
}

#[tokio::test]
async fn an_input_that_grows_while_it_is_read_is_noticed() {
    let stand = Stand::new().await;
    stand.sandbox.fault(Fault::on(SERVICE).latency(Duration::from_millis(200)).forever());
    let input = stand.file("in.csv", strangers(40));
    let batch = stand.start(stand.matching(&input, json!({ "concurrency": 4 }))).await;
    let mut file = std::fs::OpenOptions::new().append(true).open(stand.path("in.csv")).unwrap();
    std::io::Write::write_all(&mut file, stranger(61).as_bytes()).unwrap();
    let status = stand.ended(&batch).await;
    assert_eq!((&status["outcome"], &status["error"]["code"]), (&json!("failed"), &json!("CONFLICT")), "{status}");
    assert!(!std::path::Path::new(&stand.path("out.jsonl")).exists());
}

#[tokio::test]
async fn a_torn_line_of_the_results_so_far_is_run_again_and_a_missing_file_is_told() {
    let stand = Stand::new().await;
    let batch = halfway(&stand, json!({})).await;
    stand.call("cancel_batch", json!({ "batchId": batch })).await.unwrap();
    let whole = std::fs::read(stand.part()).unwrap();
    std::fs::write(stand.part(), &whole[..whole.len() - 9]).unwrap();
    completes(&stand, &batch).await;

    let batch = halfway(&stand, json!({ "output": stand.path("other.csv") })).await;
    stand.call("cancel_batch", json!({ "batchId": batch })).await.unwrap();
    let refused =
        stand.refusal(stand.matching(&stand.path("in.csv"), json!({ "output": stand.path("other.csv") }))).await;
    assert!(refused.contains(&format!("unfinished results of batch {batch}")), "{refused}");
    std::fs::remove_file(stand.path("other.csv.part")).unwrap();
    let error = stand.call("resume_batch", json!({ "batchId": batch })).await.unwrap_err();
    assert!(error.to_string().starts_with("the file of partial results is gone"), "{error}");
}

#[tokio::test]
async fn so_many_errors_as_are_allowed_stop_a_batch() {
    let stand = Stand::new().await;
    let input = stand.file("in.csv", HEADER.to_owned() + &"1,a\n".repeat(10) + &stranger(2));
    let status = stand.run(stand.matching(&input, json!({ "stopAfterErrors": 3, "concurrency": 1 }))).await;
    assert_eq!((&status["outcome"], &status["error"]["code"]), (&json!("failed"), &json!("BATCH_STOPPED")), "{status}");
    assert_eq!(status["refused"], 3);
}

#[tokio::test]
async fn what_is_kept_of_a_batch_is_sealed_and_sealed_anew() {
    let stand = Stand::new().await;
    let input = stand.file("in.csv", format!("{HEADER}1,Tamsin,Quillfeather\n"));
    let batch =
        stand.start(stand.matching(&input, json!({ "request": { "ukprn": UKPRN, "user": "Quillfeather" } }))).await;
    stand.ended(&batch).await;
    let resealed = stand.call("rotate_key", json!({})).await.unwrap();
    assert_eq!(resealed["unreadable"], 0);
    let status = stand.call("batch_status", json!({ "batchId": batch })).await.unwrap();
    assert_eq!(status["refused"], 1);
    for file in ["store.db", "store.db-wal"] {
        let bytes = std::fs::read(stand.path(file)).unwrap_or_default();
        assert!(!bytes.windows(12).any(|window| window == b"Quillfeather"), "{file}");
        assert!(!bytes.windows(6).any(|window| window == b"in.csv"), "{file}");
    }
}

#[tokio::test]
async fn a_purge_removes_what_is_kept_of_a_finished_batch_and_never_of_one_that_can_go_on() {
    let stand = Stand::new().await;
    let batch = halfway(&stand, json!({})).await;
    stand.call("cancel_batch", json!({ "batchId": batch })).await.unwrap();
    stand.ended(&batch).await;
    let purge = || stand.call("purge", json!({ "batchDays": 0 }));
    assert_eq!(purge().await.unwrap()["batches"], 0);
    completes(&stand, &batch).await;
    assert_eq!(stand.call("purge", json!({})).await.unwrap()["batches"], 0, "a month is kept");
    assert_eq!(purge().await.unwrap()["batches"], 1);
    let error = stand.call("batch_status", json!({ "batchId": batch })).await.unwrap_err();
    assert_eq!(error.status().code(), "NOT_FOUND");
    assert_eq!(stand.names(), ["in.csv", "out.jsonl"]);
}

#[tokio::test]
async fn a_batch_that_is_not_there_is_not_found() {
    let stand = Stand::new().await;
    for operation in ["batch_status", "resume_batch", "cancel_batch"] {
        let error = stand.call(operation, json!({ "batchId": "none" })).await.unwrap_err();
        assert_eq!(error.status().code(), "NOT_FOUND", "{operation}");
    }
    let error = stand.call("list_batches", json!({ "state": "asleep" })).await.unwrap_err();
    assert_eq!(error.status().code(), "INVALID_INPUT");
    let closed: &Plugin = &stand.plugin;
    closed.close();
    let input = stand.file("in.csv", strangers(1));
    assert_eq!(stand.refusal(stand.matching(&input, json!({}))).await.split(' ').next(), Some("CLOSED"));
}
