//! Processes that end in the middle of a batch, and disks that are full: each row has its result exactly once, and
//! nothing that sends or makes something is done twice.

#![cfg(all(target_os = "linux", feature = "failpoints"))]
// A test says by failing that something is not as it must be, and tells what it ran.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

#[path = "support/player.rs"]
mod player;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use learnerlink::config::Config;
use learnerlink::{Clock, Plugin};
use learnerlink_sandbox::{Fault, Sandbox};
use player::*;
use serde_json::{Value, json};

const SERVICE: &str = "lrs/LearnerService.svc";
/// Set for copies of this program: the batch to go on with; a new one is started without.
const BATCH: &str = "LEARNERLINK_TEST_BATCH";
/// Set for copies of this program: what to run.
const OPERATION: &str = "LEARNERLINK_TEST_OPERATION";
/// Instead of an operation: to go on with rows whose call was under way.
const REPEATED: &str = "repeated";

async fn open(store: &Path, sandbox: &str) -> Arc<Plugin> {
    let config = json!({
        "sandbox": sandbox, "store": store, "vaultKey": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
        "enrollment": { "background": false },
    });
    Plugin::open_with(Config::read(&config.to_string()).unwrap(), Clock::system()).await.unwrap()
}

async fn call(plugin: &Arc<Plugin>, operation: &str, request: Value) -> Value {
    serde_json::from_str(&plugin.call(operation, &request.to_string()).await.unwrap().json).unwrap()
}

fn input(folder: &Path) -> String {
    folder.join("in.csv").to_str().unwrap().to_owned()
}

/// Not a test of its own: starts a batch or goes on with one, and tells how it ended.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "played by other tests"]
async fn runner() {
    let Ok(store) = std::env::var(STORE) else { return };
    let store = Path::new(&store);
    let folder = store.parent().unwrap();
    let plugin = open(store, &std::env::var(PREFIX).unwrap()).await;
    ready();
    let repeated = std::env::var(OPERATION).as_deref() == Ok(REPEATED);
    let batch = match std::env::var(BATCH) {
        Ok(batch) => {
            let resumed =
                call(&plugin, "resume_batch", json!({ "batchId": batch, "repeatInterrupted": repeated })).await;
            assert_eq!(resumed["outcome"], "resumed", "the process before has not let go of it");
            batch
        }
        Err(_) => {
            let request = json!({
                "operation": std::env::var(OPERATION).unwrap(), "input": input(folder), "output": folder.join("out.jsonl"),
                "concurrency": number(THREADS), "request": { "ukprn": "10099901", "user": "clerk" }, "idColumn": "id",
            });
            call(&plugin, "start_batch", request).await["batchId"].as_str().unwrap().to_owned()
        }
    };
    acknowledge(&batch);
    let status = call(&plugin, "batch_status", json!({ "batchId": batch, "waitMs": 120_000 })).await;
    acknowledge(&status.to_string());
    if std::env::var(OPERATION).as_deref() == Ok("get_match") {
        // Whoever started this one looks at its memory and then ends it.
        std::future::pending::<()>().await;
    }
    plugin.close();
}

fn play(store: &Path, sandbox: &Sandbox, batch: Option<&str>, operation: &str, points: Option<&str>) -> Player {
    let mut variables = vec![(OPERATION, operation.to_owned())];
    variables.extend(batch.map(|batch| (BATCH, batch.to_owned())));
    let place = store.with_extension("points");
    if let Some(points) = points {
        std::fs::write(&place, points).unwrap();
        variables.push(("LEARNERLINK_FAILPOINTS", place.to_str().unwrap().to_owned()));
    }
    let mut player = Player::start_with("runner", store, &sandbox.url(), 16, 0, &variables);
    player.begin();
    player
}

fn people(rows: usize) -> String {
    let mut text = String::from("id,givenName,familyName,dateOfBirth,gender,lastKnownPostCode\n");
    (1..=rows).for_each(|row| text.push_str(&format!("{row},Nobody,Stranger,1999-01-02,notKnown,LS11 5QT\n")));
    text
}

fn results(folder: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(folder.join("out.jsonl")).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn a_process_killed_ten_times_in_the_middle_of_a_batch_leaves_each_row_exactly_once() {
    const ROWS: usize = 1_500;
    let (folder, sandbox) = (tempfile::tempdir().unwrap(), Sandbox::start());
    let store = folder.path().join("store.db");
    std::fs::write(input(folder.path()), people(ROWS)).unwrap();
    sandbox.fault(Fault::on(SERVICE).latency(Duration::from_millis(2)).forever());
    let mut batch: Option<String> = None;
    for kill in 0..10 {
        let before = sandbox.requests_to(SERVICE).len();
        let mut player = play(&store, &sandbox, batch.as_deref(), "match_learner", None);
        batch = player.next();
        // From the first calls to some dozens later.
        while sandbox.requests_to(SERVICE).len() < before + 10 + 13 * kill {
            std::thread::yield_now();
        }
        player.kill();
        assert!(!folder.path().join("out.jsonl").exists());
    }
    sandbox.clear_faults();
    let mut player = play(&store, &sandbox, batch.as_deref(), "match_learner", None);
    player.next().unwrap();
    let status: Value = serde_json::from_str(&player.next().unwrap()).unwrap();
    assert!(player.ended_well());
    assert_eq!((&status["outcome"], &status["done"]), (&json!("done"), &json!(ROWS)), "{status}");
    let rows = results(folder.path());
    let ids: Vec<usize> = rows.iter().map(|row| row["input"]["id"].as_str().unwrap().parse().unwrap()).collect();
    assert_eq!(ids, (1..=ROWS).collect::<Vec<_>>());
    assert!(rows.iter().all(|row| row["outcome"] == "noMatch"));
    let calls = sandbox.requests_to(SERVICE).len();
    println!("{calls} calls for {ROWS} rows");
    // At most what was under way at each kill was called again.
    assert!(calls <= ROWS + 10 * 16 * 4, "{calls}");
}

#[test]
fn a_call_that_makes_something_is_not_repeated_unless_that_is_wanted() {
    for repeated in [false, true] {
        let (folder, sandbox) = (tempfile::tempdir().unwrap(), Sandbox::start());
        let store = folder.path().join("store.db");
        std::fs::write(input(folder.path()), "id,traceId\n1,a\n2,b\n3,c\n4,d\n5,e\n").unwrap();
        sandbox.fault(Fault::on("*").latency(Duration::from_secs(600)).forever());
        let mut player = play(&store, &sandbox, None, "generate_qr", None);
        let batch = player.next().unwrap();
        while sandbox.requests().is_empty() {
            std::thread::yield_now();
        }
        player.kill();
        sandbox.clear_faults();
        let operation = if repeated { REPEATED } else { "generate_qr" };
        let mut player = play(&store, &sandbox, Some(&batch), operation, None);
        player.next().unwrap();
        let status: Value = serde_json::from_str(&player.next().unwrap()).unwrap();
        assert!(player.ended_well());
        let interrupted = status["errors"]["BATCH_ROW_INTERRUPTED"].as_u64().unwrap_or_default();
        assert_eq!(interrupted + status["done"].as_u64().unwrap(), 5, "{status}");
        assert_eq!(interrupted == 0, repeated, "{status}");
        let rows = results(folder.path());
        assert_eq!(rows.iter().map(|row| row["row"].as_u64().unwrap()).collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
    }
}

#[test]
fn a_full_disk_stops_a_batch_which_goes_on_when_there_is_room() {
    for point in ["batch.journal", "batch.results"] {
        let (folder, sandbox) = (tempfile::tempdir().unwrap(), Sandbox::start());
        let store = folder.path().join("store.db");
        std::fs::write(input(folder.path()), people(20)).unwrap();
        let mut player = play(&store, &sandbox, None, "match_learner", Some(&format!("{point} full\n")));
        let batch = player.next().unwrap();
        let status: Value = serde_json::from_str(&player.next().unwrap()).unwrap();
        assert!(player.ended_well());
        assert_eq!(
            (&status["outcome"], &status["error"]["code"]),
            (&json!("failed"), &json!("BATCH_OUTPUT")),
            "{status}"
        );
        assert!(status["error"]["message"].as_str().unwrap().contains("the disk is full"), "{status}");
        let mut names: Vec<_> = std::fs::read_dir(folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.retain(|name| name.starts_with("out"));
        assert_eq!(names, ["out.jsonl.part"], "{point}");
        let mut player = play(&store, &sandbox, Some(&batch), "match_learner", None);
        player.next().unwrap();
        let status: Value = serde_json::from_str(&player.next().unwrap()).unwrap();
        assert!(player.ended_well());
        assert_eq!((&status["outcome"], &status["done"]), (&json!("done"), &json!(20)), "{status}");
        assert_eq!(results(folder.path()).len(), 20);
    }
}

#[test]
fn a_process_that_ends_when_the_results_just_got_their_name_is_found_to_be_done() {
    let (folder, sandbox) = (tempfile::tempdir().unwrap(), Sandbox::start());
    let store = folder.path().join("store.db");
    std::fs::write(input(folder.path()), people(3)).unwrap();
    let mut player = play(&store, &sandbox, None, "match_learner", Some("batch.renamed abort\n"));
    let batch = player.next().unwrap();
    assert!(player.next().is_none() && !player.ended_well());
    let (calls, before) = (sandbox.requests().len(), std::fs::read(folder.path().join("out.jsonl")).unwrap());
    let mut player = play(&store, &sandbox, Some(&batch), "match_learner", None);
    player.next().unwrap();
    let status: Value = serde_json::from_str(&player.next().unwrap()).unwrap();
    assert!(player.ended_well());
    assert_eq!((&status["outcome"], &status["done"]), (&json!("done"), &json!(3)), "{status}");
    assert_eq!(std::fs::read(folder.path().join("out.jsonl")).unwrap(), before);
    assert_eq!(sandbox.requests().len(), calls);
    assert!(!folder.path().join("out.jsonl.part").exists());
}

#[test]
fn memory_does_not_grow_with_the_rows() {
    let peak = |rows: usize| {
        let (folder, sandbox) = (tempfile::tempdir().unwrap(), Sandbox::start());
        let store = folder.path().join("store.db");
        let mut text = String::from("id,personId\n");
        (1..=rows).for_each(|row| text.push_str(&format!("{row},P{row}\n")));
        // Refused, so that what is measured is the batch and not the calls.
        std::fs::write(input(folder.path()), text.replace(",P", ",P,")).unwrap();
        let mut player = play(&store, &sandbox, None, "get_match", None);
        player.next().unwrap();
        let status: Value = serde_json::from_str(&player.next().unwrap()).unwrap();
        assert_eq!(status["refused"], rows, "{status}");
        let peak = player.peak_kilobytes();
        player.kill();
        peak
    };
    let (few, many) = (peak(2_000), peak(60_000));
    println!("{few} KB at 2,000 rows, {many} KB at 60,000");
    assert!(many < few + 24_000, "{few} KB at 2,000 rows, {many} KB at 60,000");
}
