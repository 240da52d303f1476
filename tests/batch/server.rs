//! Batches whose store is on a server that goes away.

use std::time::Duration;

use learnerlink_sandbox::Fault;
use serde_json::json;

use crate::postgres::{Server, Setup};
use crate::stand::*;

#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_is_away_holds_a_batch_up_and_for_too_long_stops_it_and_costs_no_row() {
    let server = Server::start(Setup::default());
    let database = server.database();
    let stand = Stand::with(json!({ "store": database.address(), "batch": { "patienceMs": 3000 } })).await;
    stand.sandbox.fault(Fault::on(SERVICE).latency(Duration::from_millis(20)).forever());
    let input = stand.file("in.csv", strangers(120));
    let batch = stand.start(stand.matching(&input, json!({ "concurrency": 4 }))).await;
    stand.until_done(&batch, 8).await;
    tokio::task::block_in_place(|| {
        server.crash();
        server.restart();
    });
    stand.until_done(&batch, 30).await;
    tokio::task::block_in_place(|| server.stop());
    // The end is known, though the store cannot be told.
    let status = loop {
        let status = stand.call("batch_status", json!({ "batchId": batch })).await;
        match status {
            Ok(status) if status["outcome"] != "running" => break status,
            _ => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    };
    assert_eq!((&status["outcome"], &status["error"]["code"]), (&json!("failed"), &json!("STORE_BUSY")), "{status}");
    assert_eq!(status["failed"], 0, "{status}");
    tokio::task::block_in_place(|| server.restart());
    assert_eq!(stand.call("resume_batch", json!({ "batchId": batch })).await.unwrap()["outcome"], "resumed");
    let status = stand.ended(&batch).await;
    assert_eq!((&status["outcome"], &status["done"]), (&json!("done"), &json!(120)), "{status}");
    assert_each_once(&stand.rows(), 120);
}
