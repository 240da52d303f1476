//! Little's law: how close many calls in flight come to what the service's latency allows.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use learnerlink::http::Call;
use serde_json::{Value, json};
use url::Url;

use crate::child::{self, Server};
use crate::http::{credentials, tokens};
use crate::measure::{Series, most_resident, resident};
use crate::report::{Goal, Row};
use crate::{Effort, Outcome};

const CALLS: usize = 10_000;
const IN_FLIGHT: usize = 256;
const LATENCY: f64 = 0.050;

/// 10,000 calls to a service that takes 50 ms, 256 at a time.
pub fn rows(effort: &Effort) -> Outcome {
    let server = Server::start()?;
    let (mut shares, mut memory) = (Series(Vec::new()), Series(Vec::new()));
    for _ in 0..effort.rounds.min(5) {
        let found = child::run(&["limit", &server.url("")])?;
        let number = |key: &str| found[key].as_f64().ok_or("a number is missing");
        let ideal = CALLS.div_ceil(IN_FLIGHT) as f64 * LATENCY;
        shares.0.push(ideal / number("seconds")? * 100.0);
        memory.0.push(number("addedMib")?);
    }
    let what = "10,000 calls, 50 ms upstream, 256 in flight";
    Ok(vec![
        Row::value(&format!("{what}: share of the possible rate"), "%", shares.median(), Goal::AtLeast(92.0)),
        Row::value(&format!("{what}: memory added at most"), "MiB", memory.median(), Goal::AtMost(20.0)),
    ])
}

/// The calls, in a process in which nothing else has happened.
pub fn in_child(arguments: &[String]) -> Result<Value, Box<dyn std::error::Error>> {
    let base = arguments.first().ok_or("the server's address is missing")?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let (tokens, credentials) = (tokens(), Arc::new(credentials(base, "/oauth2/token")));
    let url: Url = format!("{base}/50ms").parse()?;
    let before = resident();
    let next = Arc::new(AtomicUsize::new(0));
    let began = Instant::now();
    runtime.block_on(async {
        let workers: Vec<_> = (0..IN_FLIGHT)
            .map(|_| {
                let (tokens, credentials, url) = (tokens.clone(), Arc::clone(&credentials), url.clone());
                let next = Arc::clone(&next);
                tokio::spawn(async move {
                    while next.fetch_add(1, Ordering::Relaxed) < CALLS {
                        tokens.send(&credentials, Call::get("bench", "slow", url.clone())).await?;
                    }
                    Ok::<(), learnerlink::Error>(())
                })
            })
            .collect();
        for worker in workers {
            worker.await??;
        }
        Ok::<(), Box<dyn std::error::Error>>(())
    })?;
    Ok(json!({ "seconds": began.elapsed().as_secs_f64(), "addedMib": most_resident() - before }))
}
