//! The gateway's interface, as `learnerlink serve` offers it, over the sandbox's Learning Records Service.

use std::io::{BufRead, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use learnerlink::Plugin;
use learnerlink::runtime::Runtime;
use learnerlink_sandbox::Sandbox;
use reqwest::Client;
use serde_json::{Value, json};

use crate::child::Talking;
use crate::measure::resident;
use crate::report::{Goal, Row};
use crate::{Effort, Outcome};

/// Requests per second by number of connections, and the memory of the process that serves.
pub fn rows(effort: &Effort) -> Outcome {
    let mut sandbox = Talking::start(&["sandbox"])?;
    let sandbox_url = sandbox.line()?;
    let mut gateway = Talking::start(&["gateway", &sandbox_url])?;
    let url = gateway.line()?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let client = client()?;
    let token = runtime.block_on(token(&client, &sandbox_url))?;
    let span = Duration::from_millis(if effort.quick { 500 } else { 2_000 });
    let mut rows = Vec::new();
    for (what, work) in [("match state from the register", Work::State), ("search through the service", Work::Search)] {
        for connections in [1, 16, 64] {
            let rate = rate(&runtime, &client, &url, &token, work, connections, span);
            let what = format!("gateway, {what}, {connections} connections");
            rows.push(Row::value(&what, "requests/s", rate, Goal::None));
        }
    }
    gateway.say("memory")?;
    let memory: f64 = gateway.line()?.parse()?;
    rows.push(Row::value("gateway: memory resident after all that", "MiB", memory, Goal::None));
    Ok(rows)
}

#[derive(Clone, Copy)]
enum Work {
    State,
    Search,
}

fn client() -> reqwest::Result<Client> {
    Client::builder().no_proxy().tcp_nodelay(true).build()
}

async fn token(client: &Client, sandbox: &str) -> Result<String, Box<dyn std::error::Error>> {
    let url = format!("{sandbox}/hmpps-auth/auth/oauth/token?grant_type=client_credentials");
    let request = client.post(url).basic_auth("ui-client", Some("s3c+ret/=ui")).header("content-length", 0);
    let granted: Value = request.send().await?.json().await?;
    Ok(granted["access_token"].as_str().ok_or("no token")?.to_owned())
}

fn rate(
    runtime: &tokio::runtime::Runtime,
    client: &Client,
    url: &str,
    token: &str,
    work: Work,
    connections: usize,
    span: Duration,
) -> f64 {
    let search = json!({
        "givenName": "Tamsin", "familyName": "Quillfeather", "dateOfBirth": "1998-04-12", "gender": "FEMALE",
        "lastKnownPostCode": "LS11 5QT",
    });
    let (stop, done) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU64::new(0)));
    let workers: Vec<_> = (0..connections)
        .map(|_| {
            let (client, url, token) = (client.clone(), url.to_owned(), token.to_owned());
            let (stop, done, search) = (Arc::clone(&stop), Arc::clone(&done), search.clone());
            runtime.spawn(async move {
                while !stop.load(Ordering::Relaxed) {
                    let request = match work {
                        Work::State => client.get(format!("{url}/match/A1000AA")),
                        Work::Search => client.post(format!("{url}/learners")).json(&search),
                    };
                    let request = request.bearer_auth(&token).header("x-username", "clerk@example.test");
                    let answer = request.send().await.expect("the gateway answers");
                    let expected = if matches!(work, Work::State) { 404 } else { 200 };
                    assert_eq!(answer.status(), expected);
                    answer.bytes().await.expect("the answer is complete");
                    done.fetch_add(1, Ordering::Relaxed);
                }
            })
        })
        .collect();
    let wait = |span| runtime.block_on(async { tokio::time::sleep(span).await });
    wait(Duration::from_millis(200));
    let (began, before) = (Instant::now(), done.load(Ordering::Relaxed));
    wait(span);
    let rate = (done.load(Ordering::Relaxed) - before) as f64 / began.elapsed().as_secs_f64();
    stop.store(true, Ordering::Relaxed);
    for worker in workers {
        runtime.block_on(worker).expect("no worker panics");
    }
    rate
}

/// The sandbox, until its input ends.
pub fn sandbox_child() -> Result<Value, Box<dyn std::error::Error>> {
    let sandbox = Sandbox::builder().virtual_clock(false).start()?;
    tell(&sandbox.url())?;
    answer_memory()?;
    Ok(Value::Null)
}

/// The gateway, until its input ends; tells its memory when asked.
pub fn in_child(arguments: &[String]) -> Result<Value, Box<dyn std::error::Error>> {
    let [sandbox] = arguments else { return Err("the sandbox's address is needed".into()) };
    let listener = json!({ "address": "127.0.0.1:0", "requestsPerMinute": 60_000_000 });
    let folder = tempfile::tempdir()?;
    let config = json!({
        "sandbox": sandbox,
        "store": folder.path().join("register.db"),
        "vaultKey": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
        "listener": listener,
    });
    let runtime = Runtime::shared()?;
    let plugin = runtime.handle().block_on(Plugin::open(&config.to_string()))?;
    let started = runtime.handle().block_on(plugin.call("start_listener", "{}"))?;
    let started: Value = serde_json::from_str(&started.json)?;
    tell(started["address"].as_str().ok_or("no address")?)?;
    answer_memory()?;
    plugin.close();
    Ok(Value::Null)
}

/// Says a line to the process that started this one.
pub fn tell(line: &str) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}")?;
    out.flush()
}

/// Says how much memory there is in use, whenever asked.
pub fn answer_memory() -> std::io::Result<()> {
    for line in std::io::stdin().lock().lines() {
        line?;
        tell(&format!("{:.1}", resident()))?;
    }
    Ok(())
}
