//! Batches whose store is on a server that goes away.

use std::time::Duration;

use learnerlink_sandbox::Fault;
use serde_json::json;

use crate::postgres::{Server, Setup};
use crate::stand::*;

/// A batch of 120 slow rows whose store is on `server` and waits for it as long as this.
async fn begun(server: &Server, patience_ms: u64) -> (Stand, String) {
    let config = json!({ "store": server.database().address(), "batch": { "patienceMs": patience_ms } });
    let stand = Stand::with(config).await;
    stand.sandbox.fault(Fault::on(SERVICE).latency(Duration::from_millis(20)).forever());
    let input = stand.file("in.csv", strangers(120));
    let batch = stand.start(stand.matching(&input, json!({ "concurrency": 4 }))).await;
    stand.until_done(&batch, 8).await;
    (stand, batch)
}

async fn completes(stand: &Stand, batch: &str) {
    let status = stand.ended(batch).await;
    assert_eq!((&status["outcome"], &status["done"]), (&json!("done"), &json!(120)), "{status}");
    assert_each_once(&stand.rows(), 120);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_is_away_holds_a_batch_up() {
    let server = Server::start(Setup::default());
    let (stand, batch) = begun(&server, 60_000).await;
    tokio::task::block_in_place(|| {
        server.crash();
        server.restart();
    });
    completes(&stand, &batch).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_is_away_for_too_long_stops_a_batch_and_costs_no_row() {
    let server = Server::start(Setup::default());
    let (stand, batch) = begun(&server, 500).await;
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
    completes(&stand, &batch).await;
}
