//! The conformance cases of a learner-records gateway, run in both behaviours against the two servers that are
//! one: the library's listener, over the sandbox's Learning Records Service, and the sandbox's own gateway.
//!
//! `tests/conformance/lrs.json` is written from the specification. Where that leaves a choice, the table makes it,
//! and both servers keep to it.

#![allow(clippy::print_stdout, clippy::unwrap_used)] // A test says what it ran, and may panic when it cannot go on.

#[path = "../support/callers.rs"]
mod callers;
mod cases;
mod listener;
mod target;

use std::collections::HashMap;

use callers::{http, token};
use cases::{Step, Table};
use reqwest::{Client, Method, RequestBuilder};
use serde_json::Value;
use target::{Kind, Target};

/// The case that is run on its own, because it needs many callers at once.
const CONCURRENT: u32 = 39;

#[test]
fn the_table_has_every_number_from_1_to_40() {
    let mut ids: Vec<u32> = Table::read().cases.iter().map(|case| case.id).chain([CONCURRENT]).collect();
    ids.sort_unstable();
    assert_eq!(ids, (1..=40).collect::<Vec<_>>());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_listener_answers_as_the_original() {
    run(Kind::Listener { strict: false }).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_listener_answers_by_the_safer_rules() {
    run(Kind::Listener { strict: true }).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sandbox_answers_as_the_original() {
    run(Kind::Sandbox { strict: false }).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sandbox_answers_by_the_safer_rules() {
    run(Kind::Sandbox { strict: true }).await;
}

/// Plays every case and reports all that fail, by number.
async fn run(kind: Kind) {
    let (table, http) = (Table::read(), http());
    let mut failures = Vec::new();
    for case in &table.cases {
        let target = Target::set_up(kind, case).await;
        if let Err(problem) = play(&target, &http, &table, case).await {
            failures.push(format!("case {}: {problem}", case.id));
        }
        target.tear_down().await;
    }
    println!("{kind:?}: {} cases", table.cases.len());
    assert!(failures.is_empty(), "{} of {kind:?} failed:\n{}", failures.len(), failures.join("\n"));
}

async fn play(target: &Target, http: &Client, table: &Table, case: &cases::Case) -> Result<(), String> {
    let mut tokens = HashMap::new();
    for (number, step) in case.steps.iter().enumerate() {
        let at = |problem: String| format!("step {}: {problem}", number + 1);
        let expected = step.strict.as_ref().filter(|_| target.is_strict()).unwrap_or(&step.expect);
        if let Some(control) = &step.control {
            let answer = target.control(http, control, step.json.as_ref()).await;
            expected.check(answer.0, None, &answer.1).map_err(at)?;
        } else {
            let answer = request(target, http, &mut tokens, table, step).await.send().await.unwrap();
            let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
            expected.check(status, Some(&headers), &answer.text().await.unwrap()).map_err(at)?;
        }
        if let Some(received) = &step.lrs {
            let last = target.lrs_requests().pop().ok_or_else(|| at("the service was not asked".into()))?;
            received.check(&last).map_err(at)?;
        }
    }
    let count = |what: &str, expected: Option<usize>, found: usize| match expected {
        Some(expected) if expected != found => Err(format!("{found} {what}, not {expected}")),
        _ => Ok(()),
    };
    count("rows", case.rows, target.rows().await.len())?;
    count("calls of the service", case.lrs_calls, target.lrs_requests().len())?;
    let audit = case.strict_audit.as_ref().filter(|_| target.is_strict()).or(case.audit.as_ref());
    match (audit, target.audit().await) {
        (Some(audit), found) if *audit != found => Err(format!("the audit trail has {found:?}, not {audit:?}")),
        _ => Ok(()),
    }
}

async fn request(
    target: &Target,
    http: &Client,
    tokens: &mut HashMap<String, String>,
    table: &Table,
    step: &Step,
) -> RequestBuilder {
    let (method, path) = step.call.as_deref().unwrap().split_once(' ').unwrap();
    let url = format!("{}{path}", target.url());
    let mut request = http.request(Method::from_bytes(method.as_bytes()).unwrap(), url);
    if let Some(caller) = &step.caller {
        if !tokens.contains_key(caller) {
            tokens.insert(caller.clone(), token(http, &target.sandbox, caller).await);
        }
        request = request.bearer_auth(&tokens[caller]);
    }
    if let Some(username) = &step.username {
        request = request.header("x-username", username);
    }
    match step.body(table) {
        Some(body) => {
            request.header("content-type", step.content_type.as_deref().unwrap_or("application/json")).body(body)
        }
        None => request,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_fifty_people_confirmed_with_one_uln_at_once_one_gets_it() {
    for kind in [Kind::Listener { strict: false }, Kind::Sandbox { strict: true }] {
        let (table, http) = (Table::read(), http());
        let target = Target::set_up(kind, &cases::Case::empty()).await;
        let token = token(&http, &target.sandbox, "ui").await;
        let posts = (0..50).map(|person| {
            let url = format!("{}/match/P{person:04}AA", target.url());
            let body = Value::Object(table.bodies["match"].clone());
            http.post(url).bearer_auth(&token).header("x-username", "clerk@example.test").json(&body).send()
        });
        let answers = futures_util::future::join_all(posts).await;
        let mut statuses: Vec<u16> = answers.into_iter().map(|answer| answer.unwrap().status().as_u16()).collect();
        statuses.sort_unstable();
        assert_eq!((statuses[0], &statuses[1..]), (201, &[409; 49][..]), "{kind:?}");
        assert_eq!(target.rows().await.len(), 1);
        target.tear_down().await;
    }
}
