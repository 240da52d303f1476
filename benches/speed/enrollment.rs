//! Enrolments: starts through the listener, and how fast an outbox empties.

use std::error::Error;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use learnerlink::Plugin;
use learnerlink::runtime::Runtime;
use reqwest::{Client, StatusCode};
use rusqlite::Connection;
use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::child::{Server, Talking};
use crate::gateway::{answer_memory, tell};
use crate::measure::{Case, Series, interleaved};
use crate::report::{Goal, Row};
use crate::store::folder;
use crate::{Effort, Outcome};

const CONNECTIONS: [usize; 3] = [1, 16, 64];
const MODES: [&str; 2] = ["inbox", "direct"];

/// All of it.
pub fn rows(effort: &Effort) -> Outcome {
    let mut rows = starts(effort)?;
    rows.extend(drain(effort)?);
    Ok(rows)
}

/// Starts per second and how long the slowest take, beside the simplest program that promises as much: it commits what came,
/// makes the one call, commits what was said, and commits an entry of an audit trail.
fn starts(effort: &Effort) -> Outcome {
    let home = Server::start()?;
    let folder = folder()?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let mut serving = Vec::new();
    for mode in MODES {
        let config = folder.path().join(format!("{mode}.json"));
        std::fs::write(&config, config_of(&home, mode, &folder.path().join(format!("{mode}.db"))).to_string())?;
        let mut child = Talking::start(&["enrollment", config.to_str().ok_or("the folder's name is not UTF-8")?])?;
        let url = child.line()?;
        serving.push((mode, child, Arc::new(Asking::new(format!("{url}/api/start"), Work::Start)?)));
    }
    let bare = Arc::new(Asking::new(home.url("/associations/external/p"), Work::Simple(durable(folder.path())?))?);
    let each = |connections: usize| if effort.quick { 60 } else { 600 }.max(connections * 4) / connections;
    let mut rows = Vec::new();
    for connections in CONNECTIONS {
        let mut cases: Vec<Case<'_>> = Vec::new();
        for (_, _, asking) in &serving {
            cases.push(Box::new(|| runtime.block_on(rate(asking, connections, each(connections)))));
        }
        cases.push(Box::new(|| runtime.block_on(rate(&bare, connections, each(connections)))));
        let results = interleaved(effort.rounds.min(5), cases);
        for (at, (mode, _, asking)) in serving.iter().enumerate() {
            let what = format!("enrolments, starts with {mode}, {connections} connections, by the simplest program");
            rows.push(Row::ratio(&what, "starts/s", &results[at], &results[2], Goal::None));
            let what = format!("enrolments, starts with {mode}, {connections} connections: 99 of 100 within");
            rows.push(Row::value(&what, "ms", asking.slowest(), Goal::None));
        }
    }
    for (mode, child, _) in &mut serving {
        child.say("memory")?;
        let memory: f64 = child.line()?.parse()?;
        rows.push(Row::value(
            &format!("enrolments with {mode}: memory resident after all that"),
            "MiB",
            memory,
            Goal::None,
        ));
    }
    Ok(rows)
}

fn config_of(home: &Server, mode: &str, store: &Path) -> Value {
    json!({
        "store": store, "vaultKey": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
        "enrollment": { "receiverUrl": home.url(""), "provider": "gouwe", "handOver": mode, "background": false },
        "listener": { "address": "127.0.0.1:0", "enrollment": { "user": "receiver", "password": "s3cret" } },
        "profiles": { "gouwe": { "displayName": "Gouwe", "enrollment": { "user": "sis", "password": "s3cret" } } },
    })
}

enum Work {
    /// A student's start, with an offering and a person of usual size.
    Start,
    /// What the listener itself sends for it.
    Bare,
    /// The same between durable commits.
    Simple(Mutex<Connection>),
}

/// A store that loses nothing, as ours.
fn durable(folder: &Path) -> Result<Mutex<Connection>, Box<dyn Error>> {
    let connection = Connection::open(folder.join("simple.db"))?;
    connection.pragma_update(None, "journal_mode", "wal")?;
    connection.pragma_update(None, "synchronous", "full")?;
    connection.execute_batch("CREATE TABLE kept (number INTEGER PRIMARY KEY, what TEXT NOT NULL)")?;
    Ok(Mutex::new(connection))
}

fn commit(connection: &Mutex<Connection>, what: &str) {
    let keep = || {
        let connection = connection.lock().expect("nobody panics here");
        let mut insert = connection.prepare_cached("INSERT INTO kept (what) VALUES (?1)").expect("the table is there");
        insert.execute([what]).expect("the disk is there");
    };
    tokio::task::block_in_place(keep);
}

/// What is asked, and where.
struct Asking {
    url: String,
    work: Work,
    client: Client,
    next: AtomicUsize,
    /// How long each took, of the last rounds.
    took: Mutex<Vec<Duration>>,
}

impl Asking {
    fn new(url: String, work: Work) -> reqwest::Result<Self> {
        let client = Client::builder().no_proxy().tcp_nodelay(true).build()?;
        Ok(Self { url, work, client, next: AtomicUsize::new(0), took: Mutex::default() })
    }

    async fn ask(&self) {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let offering = offering();
        let body = match self.work {
            Work::Start => json!({ "offering": offering, "person": person(number) }),
            Work::Bare | Work::Simple(_) => {
                json!({ "role": "student", "state": "associated", "remoteState": "pending", "offering": offering })
            }
        };
        let began = Instant::now();
        if let Work::Simple(store) = &self.work {
            commit(store, &json!({ "offering": body["offering"], "person": person(number) }).to_string());
        }
        let request = self.client.post(&self.url).basic_auth("receiver", Some("s3cret")).json(&body);
        let answer = request.send().await.expect("it is answered");
        let status = answer.status();
        let text = answer.text().await.expect("the answer is complete");
        let expected = if matches!(self.work, Work::Start) { StatusCode::OK } else { StatusCode::CREATED };
        assert_eq!(status, expected, "{text}");
        assert!(!text.contains("\"error\""), "{text}");
        if let Work::Simple(store) = &self.work {
            commit(store, &text);
            commit(store, "start_enrollment");
        }
        self.took.lock().expect("nobody panics here").push(began.elapsed());
    }

    /// What 99 of 100 stay below, in milliseconds, since this was asked last.
    fn slowest(&self) -> f64 {
        let mut took = std::mem::take(&mut *self.took.lock().expect("nobody panics here"));
        took.sort();
        took.get(took.len() * 99 / 100).map_or(0.0, |slowest| slowest.as_secs_f64() * 1e3)
    }
}

fn offering() -> Value {
    let text = "How cities have lived with water, and how they will.";
    json!({
        "offeringId": "6f0d1c52-7f3e-4c0c-9a53-3f9d5a5d0010", "offeringType": "course", "resultValueType": "1-10",
        "primaryCode": { "codeType": "offeringCode", "code": "WTR-204" }, "teachingLanguage": "eng", "resultExpected": true,
        "name": [{ "language": "en-GB", "value": "Urban Hydrology" }, { "language": "nl-NL", "value": "Stedelijke hydrologie" }],
        "description": [{ "language": "en-GB", "value": text.repeat(30) }, { "language": "nl-NL", "value": text.repeat(30) }],
        "course": { "courseId": "WTR-204", "name": [{ "language": "en-GB", "value": "Urban Hydrology" }], "level": "bachelor" },
    })
}

fn person(number: usize) -> Value {
    json!({
        "personId": format!("edu-{number}"), "primaryCode": { "codeType": "studentNumber", "code": number.to_string() },
        "givenName": "Fenna", "surname": "Oosterwal", "displayName": "Fenna Oosterwal", "mail": "fenna@merwede.example",
        "affiliations": ["student"], "activeEnrollment": true, "otherCodes": [{ "codeType": "schacHome", "code": "merwede.example" }],
    })
}

/// So many a second over so many connections, which are there before the time runs.
async fn rate(asking: &Arc<Asking>, connections: usize, each: usize) -> f64 {
    together(asking, connections, 1).await;
    let began = Instant::now();
    together(asking, connections, each).await;
    (connections * each) as f64 / began.elapsed().as_secs_f64()
}

async fn together(asking: &Arc<Asking>, connections: usize, each: usize) {
    let mut callers = JoinSet::new();
    for _ in 0..connections {
        let asking = Arc::clone(asking);
        callers.spawn(async move {
            for _ in 0..each {
                asking.ask().await;
            }
        });
    }
    while let Some(ended) = callers.join_next().await {
        ended.expect("no caller panics");
    }
}

/// The listener, until its input ends; tells its memory when asked. With `direct`, a host program decides.
pub fn in_child(arguments: &[String]) -> Result<Value, Box<dyn Error>> {
    let [config] = arguments else { return Err("a configuration is needed".into()) };
    let config = std::fs::read_to_string(config)?;
    let runtime = Runtime::shared()?;
    let plugin = runtime.handle().block_on(Plugin::open(&config))?;
    if config.contains("\"direct\"") {
        let plugin = Arc::clone(&plugin);
        runtime.handle().spawn(async move { decide(&plugin).await });
    }
    let started = runtime.handle().block_on(plugin.call("start_listener", "{}"))?;
    let started: Value = serde_json::from_str(&started.json)?;
    tell(started["address"].as_str().ok_or("no address")?)?;
    answer_memory()?;
    plugin.close();
    Ok(Value::Null)
}

/// A host program that takes everybody, until the plugin is closed.
async fn decide(plugin: &Arc<Plugin>) {
    let handed = json!({ "handOut": true, "waitMs": 600_000, "limit": 64 }).to_string();
    while let Ok(found) = plugin.call("list_enrollments", &handed).await {
        let found: Value = serde_json::from_str(&found.json).expect("a response is JSON");
        let mut deciding = JoinSet::new();
        for enrollment in found["enrollments"].as_array().into_iter().flatten() {
            let request = json!({ "enrollmentId": enrollment["enrollmentId"], "decision": "associate" }).to_string();
            let plugin = Arc::clone(plugin);
            deciding.spawn(async move { plugin.call("decide_enrollment", &request).await.map(drop) });
        }
        while deciding.join_next().await.is_some() {}
    }
}

/// How fast decisions that wait are told the home institution, beside bare calls, as many at once.
fn drain(effort: &Effort) -> Outcome {
    let home = Server::start()?;
    let folder = folder()?;
    let runtime = Runtime::shared()?;
    let config = config_of(&home, "inbox", &folder.path().join("drain.db")).to_string();
    let plugin = runtime.handle().block_on(Plugin::open(&config))?;
    let count = if effort.quick { 200 } else { 2000 };
    let call = |operation: &str, request: Value| -> Result<Value, Box<dyn Error>> {
        let answer = runtime.handle().block_on(plugin.call(operation, &request.to_string()))?;
        Ok(serde_json::from_str(&answer.json)?)
    };
    let (mut drained, mut bare, mut next) = (Vec::new(), Vec::new(), 0);
    for _ in 0..effort.rounds.min(3) {
        for _ in 0..count {
            let body = json!({ "offering": offering(), "person": person(next) }).to_string();
            let started = call("start_enrollment", json!({ "body": body }))?;
            call("decide_enrollment", json!({ "enrollmentId": started["enrollmentId"], "decision": "associate" }))?;
            next += 1;
        }
        let began = Instant::now();
        let flushed = call("flush_outbox", json!({}))?;
        assert_eq!(flushed["delivered"], count, "{flushed}");
        drained.push(count as f64 / began.elapsed().as_secs_f64());
        let asking = Arc::new(Asking::new(home.url("/associations/external/p"), Work::Bare)?);
        bare.push(runtime.handle().block_on(rate(&asking, 16, count / 16)));
    }
    plugin.close();
    let what = "enrolments, entries of the outbox delivered, by bare calls 16 at once";
    Ok(vec![Row::ratio(what, "entries/s", &Series(drained), &Series(bare), Goal::None)])
}
