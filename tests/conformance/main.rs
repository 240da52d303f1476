//! The specifications' numbered conformance cases, run from their tables against the sandbox.
//!
//! `tests/conformance/<room>.json` holds the cases; `stage.rs` sets up a plugin and a sandbox on one
//! clock and takes the steps; `checks.rs` looks at what the sandbox recorded.

#![allow(clippy::print_stdout, clippy::unwrap_used)] // A test says what it ran, and may panic when it cannot go on.

mod checks;
#[path = "../support/place.rs"]
mod place;
mod stage;

use serde_json::Value;

use stage::Stage;

/// Runs every case of a room and reports all that fail, by number.
fn run_room(text: &str) {
    let document: Value = serde_json::from_str(text).unwrap();
    let mut failures = Vec::new();
    let mut numbers = std::collections::BTreeSet::new();
    for case in document["cases"].as_array().unwrap() {
        numbers.insert(case["id"].as_u64().unwrap());
        for variables in variants(case) {
            let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
            let result = runtime.block_on(async {
                let work = Stage::play(case, variables.clone());
                tokio::time::timeout(std::time::Duration::from_secs(30), work)
                    .await
                    .unwrap_or_else(|_| Err("hangs".into()))
            });
            runtime.shutdown_background();
            if let Err(problem) = result {
                failures.push(format!("case {} ({}) {variables}: {problem}", case["id"], case["title"]));
            }
        }
    }
    println!("{}: {} cases", document["spec"], numbers.len());
    assert!(failures.is_empty(), "{} failed:\n{}", failures.len(), failures.join("\n"));
}

/// A case with a matrix is run once per value.
fn variants(case: &Value) -> Vec<Value> {
    let Some((name, values)) = case["matrix"].as_object().and_then(|matrix| matrix.iter().next()) else {
        return vec![serde_json::json!({})];
    };
    values.as_array().unwrap().iter().map(|value| serde_json::json!({ name: value })).collect()
}

#[test]
fn every_numbered_case_of_the_vera_specification_holds() {
    run_room(include_str!("vera.json"));
}

#[test]
fn the_vera_table_has_every_number_from_1_to_40() {
    let document: Value = serde_json::from_str(include_str!("vera.json")).unwrap();
    let numbers: std::collections::BTreeSet<u64> =
        document["cases"].as_array().unwrap().iter().map(|case| case["id"].as_u64().unwrap()).collect();
    assert_eq!(numbers, (1..=40).collect());
}
