//! A batch against the sandbox: how much of what so many rows at once could do it does, and its memory.
//!
//! `cargo bench --bench batch -- ROWS [ROWS…]`; each number is run by a process of its own, the sandbox by this one.

// A benchmark that cannot go on has failed, and tells what it found.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

use std::fmt::Write;
use std::process::Command;
use std::time::{Duration, Instant};

use learnerlink::Plugin;
use learnerlink_sandbox::{Fault, Sandbox};
use serde_json::{Value, json};

/// How many rows are worked on at once.
const AT_ONCE: u32 = 128;
/// How long the sandbox thinks about each call.
const LATENCY: Duration = Duration::from_millis(20);

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    if let [role, sandbox, rows] = &arguments[..]
        && role == "run"
    {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        runtime.block_on(run(sandbox, rows.parse().unwrap()));
        return;
    }
    let counts = if arguments.is_empty() { vec!["20000".to_owned(), "200000".to_owned()] } else { arguments };
    for rows in counts {
        let sandbox = Sandbox::start();
        sandbox.fault(Fault::on("lrs/LearnerService.svc").latency(LATENCY).forever());
        let mut child = Command::new(std::env::current_exe().unwrap());
        assert!(child.args(["run", &sandbox.url(), &rows]).status().unwrap().success());
    }
}

async fn run(sandbox: &str, rows: usize) {
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("in.csv");
    let mut text = String::from("id,givenName,familyName,dateOfBirth,gender,lastKnownPostCode\n");
    (1..=rows).for_each(|row| writeln!(text, "{row},Nobody,Stranger,1999-01-02,notKnown,LS11 5QT").unwrap());
    std::fs::write(&input, text).unwrap();
    let config = json!({
        "sandbox": sandbox, "store": folder.path().join("store.db"),
        "vaultKey": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
    });
    let plugin = Plugin::open(&config.to_string()).await.unwrap();
    let alone = alone(&plugin).await;
    let before = peak();
    let begun = Instant::now();
    let request = json!({
        "operation": "match_learner", "input": input, "output": folder.path().join("out.csv"), "concurrency": AT_ONCE,
        "request": { "ukprn": "10099901", "user": "bench" }, "idColumn": "id",
    });
    let started = plugin.call("start_batch", &request.to_string()).await.unwrap();
    let started: Value = serde_json::from_str(&started.json).unwrap();
    let (mut flown, mut looks) = (0, 0_u64);
    let status = loop {
        let asked = json!({ "batchId": started["batchId"], "waitMs": 50 });
        let status = plugin.call("batch_status", &asked.to_string()).await.unwrap();
        let status: Value = serde_json::from_str(&status.json).unwrap();
        if status["outcome"] != "running" {
            break status;
        }
        flown += status["inFlight"].as_u64().unwrap();
        looks += 1;
    };
    let taken = begun.elapsed();
    assert_eq!((&status["outcome"], &status["done"]), (&json!("done"), &json!(rows)), "{status}");
    let per_second = rows as f64 / taken.as_secs_f64();
    let share = |seconds: f64| 100.0 * per_second * seconds / f64::from(AT_ONCE);
    let latency = plugin.stats()["operations"]["match_learner"]["latencyMs"].clone();
    // Little's law: what is at work is the rate times the time of a call.
    let mean = latency["mean"].as_f64().unwrap() / 1000.0;
    println!(
        "{rows} rows in {:.1} s: {per_second:.0} a second. Of the {AT_ONCE} at once, {:.0} % are at the service by the {} ms asked of \
         it, {:.0} % by the {:.1} ms of a call alone, {:.0} % by the {:.1} ms of these calls; {:.0} rows at work when looked at. \
         {} KB at most, {before} KB before; calls {latency}",
        taken.as_secs_f64(),
        share(LATENCY.as_secs_f64()),
        LATENCY.as_millis(),
        share(alone.as_secs_f64()),
        alone.as_secs_f64() * 1000.0,
        share(mean),
        mean * 1000.0,
        flown as f64 / looks.max(1) as f64,
        peak(),
    );
    plugin.close();
}

/// How long a call takes when there is no other.
async fn alone(plugin: &std::sync::Arc<Plugin>) -> Duration {
    let request = json!({
        "ukprn": "10099901", "user": "bench", "givenName": "Nobody", "familyName": "Stranger",
        "dateOfBirth": "1999-01-02", "gender": "notKnown", "lastKnownPostCode": "LS11 5QT",
    });
    let mut taken = Vec::new();
    for _ in 0..51 {
        let begun = Instant::now();
        plugin.call("match_learner", &request.to_string()).await.unwrap();
        taken.push(begun.elapsed());
    }
    taken.sort_unstable();
    taken[taken.len() / 2]
}

/// How much memory this process has had at most, in kilobytes; 0 where the system does not tell.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("0");
    line.trim().trim_end_matches(" kB").parse().unwrap_or(0)
}
