//! Ten thousand learners who have not answered yet, waited for at once.

use std::sync::Arc;
use std::time::{Duration, Instant};

use learnerlink::op::Op;
use learnerlink::operations::Operation;
use learnerlink::runtime::Runtime;
use learnerlink::{Error, Plugin};
use serde_json::{Value, json};

use crate::child::{self, Server};
use crate::measure::{becomes, resident, threads};
use crate::report::{Goal, Row};
use crate::{Effort, Outcome};

const LIMIT: Duration = Duration::from_secs(60);

/// What the waits cost.
pub fn rows(effort: &Effort) -> Outcome {
    let count = if effort.quick { 2_000 } else { 10_000 };
    let server = Server::start()?;
    let found = child::run(&["shares", &server.url(""), &count.to_string()])?;
    let number = |key: &str| found[key].as_f64().ok_or("a number is missing");
    let row = |what: &str, unit: &str, key: &str, goal| -> Result<Row, Box<dyn std::error::Error>> {
        Ok(Row::value(&format!("{count} open shares waited for at once: {what}"), unit, number(key)?, goal))
    };
    Ok(vec![
        row("time to begin all waits", "ms", "registerMs", Goal::None)?,
        row("memory for each", "KiB", "kibEach", Goal::None)?,
        row("threads added", "", "threadsAdded", Goal::Exactly(0.0))?,
        row("tasks added beside one for each wait", "", "tasksBeside", Goal::None)?,
        row("time to end them all by closing the plugin", "ms", "closeMs", Goal::None)?,
    ])
}

/// The waits, in a process in which nothing else has happened.
pub fn in_child(arguments: &[String]) -> Result<Value, Box<dyn std::error::Error>> {
    let [base, count] = arguments else { return Err("two arguments are needed".into()) };
    let count: usize = count.parse()?;
    let config = json!({ "sandbox": base, "vera": { "requestsPerSecond": 1000 } }).to_string();
    let runtime = Runtime::shared()?;
    let plugin = runtime.handle().block_on(Plugin::open(&config))?;
    let ids = runtime.handle().block_on(issue(&plugin, count))?;
    // So that what a first wait makes once for all is there already.
    let first = wait(&runtime, &plugin, &ids[0])?;
    becomes(LIMIT, || plugin.stats()["vera"]["watchedShares"] == 1);
    first.cancel();
    let _ = first.wait(Some(LIMIT));
    let metrics = runtime.handle().metrics();
    let (memory, before, tasks_before) = (resident(), threads(), metrics.num_alive_tasks());
    let began = Instant::now();
    let ops = ids.iter().map(|id| wait(&runtime, &plugin, id)).collect::<Result<Vec<_>, _>>()?;
    let registered = || plugin.stats()["vera"]["watchedShares"] == count;
    if !becomes(LIMIT, registered) {
        return Err("not all waits were registered in time".into());
    }
    let register = began.elapsed();
    let added = resident() - memory;
    let tasks = metrics.num_alive_tasks().saturating_sub(tasks_before);
    let threads_added = threads().saturating_sub(before);
    let began = Instant::now();
    plugin.close();
    for op in &ops {
        let _ = op.wait(Some(LIMIT));
    }
    Ok(json!({
        "registerMs": register.as_secs_f64() * 1e3,
        "kibEach": added * 1024.0 / count as f64,
        "threadsAdded": threads_added,
        "tasksBeside": tasks.saturating_sub(count),
        "closeMs": began.elapsed().as_secs_f64() * 1e3,
    }))
}

async fn issue(plugin: &Arc<Plugin>, count: usize) -> Result<Vec<String>, Box<dyn std::error::Error>> {
    let request = r#"{"ukprn":"10099901","formats":["matrix"]}"#;
    let mut ids = Vec::with_capacity(count);
    while ids.len() < count {
        let batch = (0..64.min(count - ids.len())).map(|_| plugin.call("generate_qr", request));
        for answer in futures_util::future::join_all(batch).await {
            let answer: Value = serde_json::from_str(&answer?.json)?;
            ids.push(answer["correlationId"].as_str().ok_or("no correlation id")?.to_owned());
        }
    }
    Ok(ids)
}

fn wait(runtime: &Runtime, plugin: &Arc<Plugin>, id: &str) -> Result<Arc<Op>, Error> {
    let request = json!({ "correlationId": id, "waitMs": 600_000 }).to_string();
    let prepared = Operation::find("poll_learner_data")?.prepare(plugin, &request)?;
    Ok(Op::start(runtime, plugin, prepared))
}
