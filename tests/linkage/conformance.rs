//! The conformance cases, run against whoever keeps a register: our own, by its operations and over REST; and the
//! sandbox's suppliers, over REST and by our operations as their client.

use std::collections::BTreeMap;

use learnerlink_sandbox::Sandbox;
use reqwest::{Client, Response};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::cases::{Case, OUTPUTS, Seen, Step, Table};
use crate::desk::{Desk, SECRETS, call};
use crate::door::Door;

#[test]
fn the_table_has_every_number_from_1_to_40() {
    let ids: Vec<u32> = Table::read().cases.iter().map(|case| case.id).collect();
    assert_eq!(ids, (1..=40).collect::<Vec<_>>());
}

/// Where steps are taken.
enum Place {
    Register(Desk),
    Listener(Box<Door>),
    /// The sandbox's native supplier, asked over REST with this token.
    Sandbox(Sandbox, Client, String),
    /// The same, asked by our operations.
    Supplier(Sandbox, Desk),
}

impl Place {
    async fn set_up(name: &str) -> Self {
        match name {
            "register" => Self::Register(Desk::new().await),
            "listener" => Self::Listener(Box::new(Door::new().await)),
            "sandbox" => {
                let _ = rustls::crypto::ring::default_provider().install_default();
                let (sandbox, http) = (Sandbox::start(), Client::builder().no_proxy().build().unwrap());
                let fields = [
                    ("grant_type", "client_credentials"),
                    ("client_id", "linkage-client"),
                    ("client_secret", "s3c+ret/=linkage"),
                    ("scope", "linkage.retrieve linkage.create"),
                ];
                let url = format!("{}/linkage/native/oauth/token", sandbox.url());
                let answer: Value = http.post(url).form(&fields).send().await.unwrap().json().await.unwrap();
                Self::Sandbox(sandbox, http, answer["access_token"].as_str().unwrap().to_owned())
            }
            _ => {
                let sandbox = Sandbox::start();
                let desk = Desk::empty(json!({ "sandbox": sandbox.url() })).await;
                Self::Supplier(sandbox, desk)
            }
        }
    }

    async fn take(&self, step: &Step, trace: Option<&str>) -> Seen {
        match self {
            Self::Register(desk) => by_operation(desk, step, trace, json!({})).await,
            Self::Supplier(_, desk) => {
                let taken = by_operation(desk, step, trace, json!({ "supplier": "native" }));
                tokio::pin!(taken);
                loop {
                    tokio::select! {
                        seen = &mut taken => break seen,
                        // Whoever waits before a step is repeated, waits by this clock.
                        _ = desk.clock.advance_to_next_sleeper() => {}
                    }
                }
            }
            Self::Listener(door) => {
                let request = door.request("POST", &path(step)).bearer_auth(door.token());
                over_rest(request, step, trace).await
            }
            Self::Sandbox(sandbox, http, token) => {
                let request = http.post(format!("{}/linkage/native{}", sandbox.url(), path(step)));
                over_rest(request.bearer_auth(token), step, trace).await
            }
        }
    }

    fn generations(&self, number: &str) -> u64 {
        match self {
            Self::Register(desk) => desk.generations(number),
            Self::Listener(door) => door.desk.generations(number),
            Self::Sandbox(sandbox, ..) | Self::Supplier(sandbox, _) => {
                sandbox.linkage_patient("A12345", number).unwrap().generations as u64
            }
        }
    }

    fn has_account(&self, number: &str) -> bool {
        match self {
            Self::Register(desk) => desk.has_account(number),
            Self::Listener(door) => door.desk.has_account(number),
            Self::Sandbox(sandbox, ..) | Self::Supplier(sandbox, _) => {
                sandbox.linkage_patient("A12345", number).unwrap().account_id.is_some()
            }
        }
    }

    /// The desk whose audit trail and log are looked at.
    fn desk(&self) -> Option<&Desk> {
        match self {
            Self::Register(desk) | Self::Supplier(_, desk) => Some(desk),
            Self::Listener(door) => Some(&door.desk),
            Self::Sandbox(..) => None,
        }
    }
}

fn path(step: &Step) -> String {
    format!("/im1/linkage/v1/{}", if step.function == 'R' { "retrieve" } else { "create" })
}

async fn by_operation(desk: &Desk, step: &Step, trace: Option<&str>, more: Value) -> Seen {
    let mut request = step.request();
    request["traceId"] = json!(trace);
    request.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let operation = match step.function {
        'R' => "retrieve_linkage_key",
        'C' => "create_linkage_key",
        _ => "retrieve_or_create_linkage_key",
    };
    match call(&desk.plugin, operation, request).await {
        Ok(mut body) => {
            assert_eq!(body["traceId"].as_str(), trace);
            let text = |name: &str| body[name].as_str().map(str::to_owned);
            let outputs = OUTPUTS.into_iter().filter_map(|name| Some((name.to_owned(), text(name)?))).collect();
            let seen = Seen {
                number: body["number"].as_u64().unwrap(),
                outputs,
                detail: body.get("detail").cloned(),
                category: text("category"),
                reason: text("reason"),
                created: body["created"].as_bool(),
                replayed: body["replayed"].as_bool(),
                ..Seen::default()
            };
            body.as_object_mut().unwrap().remove("traceId");
            Seen { body, ..seen }
        }
        Err(error) => {
            let body = error.to_json(operation, "linkage");
            let fields = body["details"]["fields"].as_array().cloned().unwrap_or_default();
            let number = match body["code"].as_str().unwrap() {
                // A supplier that refuses says so without the names of fields.
                "INVALID_INPUT" | "REJECTED" => 10,
                "CONFLICT" => 65,
                _ => 60,
            };
            Seen {
                number,
                fields: fields.iter().map(|field| field.as_str().unwrap().to_owned()).collect(),
                reason: body["details"]["reason"].as_str().map(str::to_owned),
                body,
                ..Seen::default()
            }
        }
    }
}

async fn over_rest(request: reqwest::RequestBuilder, step: &Step, trace: Option<&str>) -> Seen {
    let header = if step.function == 'R' { "TransactionId" } else { "CorrelationID" };
    let request = match trace {
        Some(trace) => request.header(header, trace),
        None => request,
    };
    let answer: Response = request.json(&step.request()).send().await.unwrap();
    let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
    assert_eq!(headers["cache-control"], "no-store");
    if let Some(trace) = trace {
        assert_eq!(headers[header], trace);
    }
    let mut body: Value = answer.json().await.unwrap();
    let text = |name: &str| body[name].as_str().map(str::to_owned);
    let numbers = BTreeMap::from([
        ("INVALID_REQUEST", 10),
        ("ODS_NOT_FOUND", 20),
        ("ODS_BLOCKED", 21),
        ("PATIENT_NOT_FOUND", 30),
        ("PATIENT_BLOCKED", 31),
        ("KEY_REVOKED", 40),
        ("NO_LINKAGE_KEY", 41),
        ("KEY_ALREADY_EXISTS", 42),
        ("RETRIEVE_FAILED", 50),
        ("CREATE_FAILED", 51),
        ("CORRELATION_CONFLICT", 65),
    ]);
    let code = text("code");
    let number = code.as_ref().map_or(0, |code| *numbers.get(code.as_str()).unwrap_or(&60));
    let fields = body["fields"].as_array().cloned().unwrap_or_default();
    let seen = Seen {
        number,
        http: Some(status.into()),
        outputs: OUTPUTS.into_iter().filter_map(|name| Some((name.to_owned(), text(name)?))).collect(),
        fields: fields.iter().map(|field| field.as_str().unwrap().to_owned()).collect(),
        detail: body.get("detail").cloned(),
        category: text("category"),
        reason: text("reason"),
        created: None,
        replayed: Some(headers.get("idempotent-replay").is_some_and(|value| value == "true")),
        body: Value::Null,
    };
    if number == 0 {
        assert_eq!(body.as_object().unwrap().len(), OUTPUTS.len(), "a success has the five outputs and nothing else");
    }
    body.as_object_mut().unwrap().remove("traceId");
    Seen { body, ..seen }
}

/// Plays every case and reports all that fail, by number.
async fn run(name: &str) {
    let table = Table::read();
    let mut failures = Vec::new();
    let cases: Vec<&Case> = table.cases.iter().filter(|case| case.is_for(name)).collect();
    for case in &cases {
        let place = Place::set_up(name).await;
        if let Err(problem) = play(&place, &table, case).await {
            failures.push(format!("case {}: {problem}", case.id));
        }
    }
    println!("{name}: {} cases", cases.len());
    assert!(failures.is_empty(), "{} of {name} failed:\n{}", failures.len(), failures.join("\n"));
}

async fn play(place: &Place, table: &Table, case: &Case) -> Result<(), String> {
    let mut traces = BTreeMap::new();
    let mut seen: Vec<Seen> = Vec::new();
    let mut sent = Vec::new();
    for (number, step) in case.steps.iter().enumerate() {
        let at = |problem: String| format!("step {}: {problem}", number + 1);
        let fresh = || Uuid::new_v4().to_string();
        let trace = match step.trace.as_deref() {
            None => None,
            Some("fresh") => Some(fresh()),
            Some(name) => Some(traces.entry(name.to_owned()).or_insert_with(fresh).clone()),
        };
        let mut all = if step.times == 1 {
            sent.extend(trace.clone());
            vec![place.take(step, trace.as_deref()).await]
        } else {
            let traces: Vec<String> = (0..step.times).map(|_| fresh()).collect();
            let takes = traces.iter().map(|trace| place.take(step, Some(trace)));
            let all = futures_util::future::join_all(takes).await;
            sent.extend(traces);
            all
        };
        all.sort_by_key(|seen| seen.number);
        let first = all.remove(0);
        step.expect.check(table, &first, &seen).map_err(at)?;
        if let Some(other) = all.iter().find(|other| Some(other.number) != step.expect.others) {
            return Err(at(format!("one of the others has the number {}", other.number)));
        }
        if let (Some(reason), Some(desk), false) =
            (&step.expect.audit, place.desk(), matches!(place, Place::Supplier(..)))
        {
            let last = desk.audit().await.pop().unwrap();
            if last["details"]["reason"] != reason.as_str() {
                return Err(at(format!("the audit trail says {last}")));
            }
        }
        seen.push(first);
    }
    for (number, count) in &case.generations {
        let found = place.generations(number);
        if found != *count {
            return Err(format!("the patient has had {found} keys"));
        }
    }
    for (number, has) in &case.accounts {
        if place.has_account(number) != *has {
            return Err("the account is there or not".into());
        }
    }
    if let (true, Place::Supplier(sandbox, _)) = (case.never_created, place)
        && !sandbox.requests_to("linkage/native/create").is_empty()
    {
        return Err("Create was called".into());
    }
    match place.desk() {
        Some(desk) => nothing_leaked(desk, &sent).await,
        None => Ok(()),
    }
}

/// One entry of the audit trail for each operation, and nothing personal in it, the log or the counters.
async fn nothing_leaked(desk: &Desk, sent: &[String]) -> Result<(), String> {
    let entries = desk.audit().await;
    for trace in sent {
        let count = entries.iter().filter(|entry| entry["traceId"] == trace.as_str()).count();
        let times = sent.iter().filter(|other| *other == trace).count();
        if count != times {
            return Err(format!("the audit trail has {count} entries for {times} operations"));
        }
    }
    let mut all = format!("{entries:?} {}", desk.plugin.stats());
    while let Some(line) = learnerlink::log::next(std::time::Duration::ZERO) {
        all.push_str(&line.to_string());
    }
    match SECRETS.into_iter().find(|secret| all.contains(secret)) {
        Some(secret) => Err(format!("{secret} is in the audit trail, the log or the counters")),
        None => Ok(()),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn our_register_keeps_every_case() {
    run("register").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_listener_keeps_every_case() {
    run("listener").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sandbox_keeps_every_case() {
    run("sandbox").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn our_operations_keep_every_case_as_clients_of_the_sandbox() {
    run("supplier").await;
}
