//! What the bindings add to a call over the C ABI, each measured by a program in its own language.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use learnerlink_sandbox::Sandbox;
use serde_json::{Value, json};

use crate::abi::{self, Abi};
use crate::child;
use crate::report::{Goal, Row};
use crate::{Effort, Outcome};

/// A record of some 4 KB, the same as in the programs of the bindings.
fn record() -> String {
    let name = "Zoë Ó Súilleabháin, ".repeat(200);
    let objects = [json!({ "filterType": "include", "includeStatement": "name" })];
    json!({ "xml": format!("<xSre><name>{name}</name></xSre>"), "dataObjects": objects, "formats": ["xml"] })
        .to_string()
}

/// Runs `scripts/bindings-bench.sh` against the release library, and the same calls through the C ABI beside it.
pub fn rows(effort: &Effort) -> Outcome {
    let library = match abi::library() {
        Ok(library) => library,
        Err(why) => return Ok(vec![Row::skipped("bindings", &why)]),
    };
    let sandbox = Sandbox::start();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts/bindings-bench.sh");
    let output = Command::new(script).arg(&library).arg(sandbox.url()).output()?;
    if !output.status.success() {
        let why = String::from_utf8_lossy(&output.stderr);
        return Ok(vec![Row::skipped("bindings", why.lines().last().unwrap_or("no reason was given"))]);
    }
    let found: Vec<Value> =
        String::from_utf8(output.stdout)?.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;

    // In a process of its own, as they are. It calls the functions named after operations; the bindings start an
    // operation and wait for it, which for `health` alone means a thread more.
    let rounds = effort.rounds.to_string();
    let own = child::run(&["bindings", &sandbox.url(), &rounds, if effort.quick { "60" } else { "200" }])?;
    let own = |call: &str| own[call].as_f64().ok_or("a figure is missing");
    let (health, filter) = (own("health")?, own("filter")?);

    let mut rows = vec![
        Row::value("C ABI: health", "µs", health / 1e3, Goal::None),
        Row::value("C ABI: a record of 4 KB", "µs", filter / 1e3, Goal::None),
    ];
    for figure in &found {
        let text = |key: &str| figure[key].as_str().unwrap_or_default();
        let value = figure["value"].as_f64().ok_or("a figure has no value")?;
        let (what, unit, value) = match text("case") {
            "load" => ("import or load", "ms", value),
            "health" => ("health, on top of the C ABI", "µs", (value - health) / 1e3),
            "health_async" => ("health, asynchronous, on top of the C ABI", "µs", (value - health) / 1e3),
            "record_4k" => ("a record of 4 KB, on top of the C ABI", "µs", (value - filter) / 1e3),
            "waits_start" => ("starting 1,000 waits on one event thread", "ms", value),
            "waits_memory" => ("memory for each of 1,000 waits", "bytes", value),
            "waits_spread" => ("1,000 waits, from the first end to the last", "ms", value),
            other => return Err(format!("{other} is no case known here").into()),
        };
        rows.push(Row::value(&format!("{}: {what}", text("binding")), unit, value, Goal::None));
    }
    Ok(rows)
}

/// The calls that the bindings make, through the C ABI: the address of a sandbox, rounds, and milliseconds for each.
pub fn in_child(arguments: &[String]) -> Result<Value, Box<dyn std::error::Error>> {
    let [sandbox, rounds, span] = arguments else { return Err("three arguments are wanted".into()) };
    let (rounds, span) = (rounds.parse::<usize>()?, Duration::from_millis(span.parse()?));
    let abi = Abi::load()?;
    let plugin = abi.open(&json!({ "sandbox": sandbox }).to_string())?;
    let mut buffer = vec![0; 64 * 1024];
    let mut best = |operation: &str, request: &str| -> Result<f64, String> {
        let call = abi.named(operation, request).map_err(|error| error.to_string())?;
        let mut run = || call(plugin, &mut buffer).map_err(|status| format!("{operation}: status {status}"));
        run()?;
        // By the clock, as in the other languages: most of the time goes into handing work to other threads.
        let mut best = f64::INFINITY;
        for _ in 0..rounds {
            let (began, mut calls) = (Instant::now(), 0.0);
            while began.elapsed() < span {
                run()?;
                calls += 1.0;
            }
            best = best.min(began.elapsed().as_secs_f64() * 1e9 / calls);
        }
        Ok(best)
    };
    let found = json!({
        "health": best("health", r#"{"user":"reception"}"#)?,
        "filter": best("filter_xsre", &record())?,
    });
    abi.close(plugin);
    Ok(found)
}
