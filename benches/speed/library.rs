//! The shared library as a host meets it: its size, how fast it loads, what it costs to have it.

use std::time::{Duration, Instant};

use learnerlink_sandbox::{Sandbox, TlsMode};
use serde_json::{Value, json};

use crate::abi::{self, Abi};
use crate::child;
use crate::measure::{Series, becomes, resident, threads};
use crate::report::{Goal, Row};
use crate::{Effort, Outcome};

const MEGABYTE: f64 = 1e6;

/// Size, loading time, memory and threads.
pub fn rows(effort: &Effort) -> Outcome {
    let path = match abi::library() {
        Ok(path) => path,
        Err(why) => return Ok(vec![Row::skipped("library", &why)]),
    };
    let size = std::fs::metadata(&path)?.len() as f64 / MEGABYTE;
    let sandbox = Sandbox::builder().tls(TlsMode::Valid).start()?;
    let config = json!({ "sandbox": sandbox.url(), "tls": { "extraRoots": [sandbox.root_pem()] } }).to_string();
    let names = ["loadMs", "openMs", "callMs", "addedMib", "threadsWhileOpen", "threadsLeft"];
    let mut found: Vec<Series> = names.iter().map(|_| Series(Vec::new())).collect();
    for _ in 0..effort.rounds {
        let one = child::run(&["library", &config])?;
        for (series, name) in found.iter_mut().zip(names) {
            series.0.push(one[name].as_f64().ok_or("a number is missing")?);
        }
    }
    let median = |at: usize| found[at].median();
    Ok(vec![
        Row::value("library: size", "MB", size, Goal::AtMost(8.0)),
        Row::value("library: dlopen", "ms", median(0), Goal::AtMost(1.0)),
        Row::value("library: open a plugin", "ms", median(1), Goal::None),
        Row::value("library: first call over HTTPS, a token included", "ms", median(2), Goal::None),
        Row::value("library: memory added by loading, opening and an HTTPS call", "MiB", median(3), Goal::AtMost(10.0)),
        Row::value("library: threads while open", "", median(4), Goal::None),
        Row::value("library: threads left after the last close", "", found[5].most(), Goal::Exactly(0.0)),
    ])
}

/// Loads, opens, calls and closes, in a process in which nothing else has happened.
pub fn in_child(arguments: &[String]) -> Result<Value, Box<dyn std::error::Error>> {
    let config = arguments.first().ok_or("the configuration is missing")?;
    let (memory, before) = (resident(), threads());
    let millis = |began: Instant| began.elapsed().as_secs_f64() * 1e3;
    let began = Instant::now();
    let abi = Abi::load()?;
    let load = millis(began);
    let began = Instant::now();
    let plugin = abi.open(config)?;
    let open = millis(began);
    let mut buffer = vec![0; 64 * 1024];
    let began = Instant::now();
    abi.generate_qr(plugin, &mut buffer).map_err(|status| format!("generate_qr: status {status}"))?;
    let call = millis(began);
    let (added, while_open) = (resident() - memory, threads());
    abi.close(plugin);
    becomes(Duration::from_secs(10), || threads() <= before);
    Ok(json!({
        "loadMs": load,
        "openMs": open,
        "callMs": call,
        "addedMib": added,
        "threadsWhileOpen": while_open,
        "threadsLeft": threads().saturating_sub(before),
    }))
}
