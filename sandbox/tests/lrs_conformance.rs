//! Runs the conformance cases of the gateway in both of its profiles.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod client;
mod gateway;
mod soap;

use std::collections::{BTreeMap, HashMap};

use client::http;
use gateway::{Gateway, ask_control_over};
use learnerlink_sandbox::{GatewayProfile, RecordedRequest, Sandbox};
use reqwest::{Client, Method, RequestBuilder};
use roxmltree::Document;
use serde::Deserialize;
use serde_json::{Map, Value};

/// The cases that are run elsewhere: 39 needs many callers at once.
const ELSEWHERE: [u32; 1] = [39];

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Table {
    #[serde(rename = "about")]
    _about: String,
    bodies: BTreeMap<String, Map<String, Value>>,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Case {
    id: u32,
    steps: Vec<Step>,
    /// How many rows the register holds in the end.
    rows: Option<usize>,
    /// How often the Learning Records Service was asked.
    lrs_calls: Option<usize>,
    /// What was written down in the end, and what by the strict profile.
    audit: Option<Vec<String>>,
    strict_audit: Option<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Step {
    /// The caller; without one no token is sent.
    #[serde(rename = "as")]
    caller: Option<String>,
    call: Option<String>,
    control: Option<String>,
    /// The body: one of the table's, changed; or raw; or, for the control interface, literal.
    body: Option<String>,
    #[serde(default)]
    set: Map<String, Value>,
    #[serde(default)]
    unset: Vec<String>,
    raw: Option<String>,
    json: Option<Value>,
    content_type: Option<String>,
    /// The person; `null` sends no header.
    #[serde(default = "clerk")]
    username: Option<String>,
    expect: Expectation,
    strict: Option<Expectation>,
    lrs: Option<Received>,
}

fn clerk() -> Option<String> {
    Some("clerk@example.test".to_owned())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Expectation {
    status: u16,
    #[serde(default)]
    empty: bool,
    json: Option<Value>,
    #[serde(default)]
    equal: BTreeMap<String, Value>,
    #[serde(default)]
    absent: Vec<String>,
    #[serde(default)]
    contains: BTreeMap<String, String>,
    #[serde(default)]
    headers: BTreeMap<String, String>,
    #[serde(default)]
    no_headers: Vec<String>,
}

/// What the Learning Records Service received.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Received {
    /// The actions that may have been sent.
    action: Option<Vec<Option<String>>>,
    children: Option<Vec<String>>,
    /// The namespace of the children.
    #[serde(default)]
    namespace: Option<String>,
    /// The text of the one element of each name.
    #[serde(default)]
    texts: BTreeMap<String, String>,
}

fn table() -> Table {
    serde_json::from_str(include_str!("lrs_cases.json")).unwrap()
}

#[test]
fn every_case_is_run_once() {
    let mut ids: Vec<u32> = table().cases.iter().map(|case| case.id).chain(ELSEWHERE).collect();
    ids.sort_unstable();
    assert_eq!(ids, (1..=40).collect::<Vec<_>>());
}

#[tokio::test]
async fn the_original_behaviour_is_as_the_table_says() {
    run(GatewayProfile::Compat).await;
}

#[tokio::test]
async fn the_strict_behaviour_is_as_the_table_says() {
    run(GatewayProfile::Strict).await;
}

async fn run(profile: GatewayProfile) {
    let strict = profile == GatewayProfile::Strict;
    let table = table();
    for case in &table.cases {
        // Beginning at 2026-11-22T07:28:00Z.
        let sandbox = Sandbox::builder().clock_start(1_795_332_480).gateway_profile(profile).start().unwrap();
        let http = http();
        let mut tokens = HashMap::new();
        for (number, step) in case.steps.iter().enumerate() {
            let place = format!("case {} step {} ({profile:?})", case.id, number + 1);
            let expected = step.strict.as_ref().filter(|_| strict).unwrap_or(&step.expect);
            let answer = request(&sandbox, &http, &mut tokens, &table, step).await.send().await.unwrap();
            check(&place, expected, answer).await;
            if let Some(received) = &step.lrs {
                let last = sandbox.requests().into_iter().rfind(is_lrs).expect("the service was asked");
                received.check(&place, &last);
            }
        }
        let place = format!("case {} ({profile:?})", case.id);
        if let Some(rows) = case.rows {
            assert_eq!(sandbox.match_rows().len(), rows, "{place}");
        }
        if let Some(calls) = case.lrs_calls {
            assert_eq!(sandbox.requests().iter().filter(|request| is_lrs(request)).count(), calls, "{place}");
        }
        if let Some(audit) = case.strict_audit.as_ref().filter(|_| strict).or(case.audit.as_ref()) {
            let whats: Vec<String> = sandbox.audit().into_iter().map(|entry| entry.what).collect();
            assert_eq!(whats, *audit, "{place}");
        }
    }
}

fn is_lrs(request: &RecordedRequest) -> bool {
    request.endpoint.starts_with("lrs/")
}

async fn request(
    sandbox: &Sandbox,
    http: &Client,
    tokens: &mut HashMap<String, String>,
    table: &Table,
    step: &Step,
) -> RequestBuilder {
    if let Some(control) = &step.control {
        return ask_control_over(http, sandbox, control, step.json.as_ref());
    }
    let (method, path) = step.call.as_deref().unwrap().split_once(' ').unwrap();
    let url = format!("{}/learner-records{path}", sandbox.url());
    let mut request = http.request(Method::from_bytes(method.as_bytes()).unwrap(), url);
    if let Some(caller) = &step.caller {
        if !tokens.contains_key(caller) {
            tokens.insert(caller.clone(), Gateway::token_over(http, sandbox, caller).await);
        }
        request = request.bearer_auth(&tokens[caller]);
    }
    if let Some(username) = &step.username {
        request = request.header("x-username", username);
    }
    let body = step.raw.clone().or_else(|| {
        let mut body = table.bodies[step.body.as_deref()?].clone();
        step.unset.iter().for_each(|name| assert!(body.remove(name).is_some()));
        body.extend(step.set.clone());
        Some(Value::Object(body).to_string())
    });
    match body {
        Some(body) => {
            request.header("content-type", step.content_type.as_deref().unwrap_or("application/json")).body(body)
        }
        None => request,
    }
}

async fn check(place: &str, expected: &Expectation, answer: reqwest::Response) {
    let status = answer.status().as_u16();
    let headers = answer.headers().clone();
    let text = answer.text().await.unwrap();
    assert_eq!(status, expected.status, "{place}: {text}");
    assert!(!expected.empty || text.is_empty(), "{place}: {text}");
    for (name, value) in &expected.headers {
        assert_eq!(headers.get(name).map(|value| value.to_str().unwrap()), Some(value.as_str()), "{place}: {name}");
    }
    for name in &expected.no_headers {
        assert!(!headers.contains_key(name), "{place}: {name}");
    }
    let document: Value = serde_json::from_str(&text).unwrap_or(Value::Null);
    if let Some(part) = &expected.json {
        assert!(holds(&document, part), "{place}: {document} lacks {part}");
    }
    for (pointer, value) in &expected.equal {
        assert_eq!(document.pointer(pointer), Some(value), "{place}: {pointer}");
    }
    for pointer in &expected.absent {
        assert_eq!(document.pointer(pointer), None, "{place}: {pointer}");
    }
    for (pointer, part) in &expected.contains {
        let found = document.pointer(pointer).and_then(Value::as_str).unwrap_or_default();
        assert!(found.contains(part.as_str()), "{place}: {pointer} is {found}");
    }
    if status >= 400 && headers.get("content-type").is_some_and(|value| value == "application/json") && status != 404 {
        for member in ["status", "errorCode", "userMessage", "developerMessage", "moreInfo"] {
            assert!(document[member].is_string(), "{place}: {document} lacks {member}");
        }
    }
}

/// Whether `whole` has everything that `part` has; arrays must be of one length.
fn holds(whole: &Value, part: &Value) -> bool {
    match (whole, part) {
        (Value::Object(whole), Value::Object(part)) => {
            part.iter().all(|(name, part)| whole.get(name).is_some_and(|whole| holds(whole, part)))
        }
        (Value::Array(whole), Value::Array(part)) => {
            whole.len() == part.len() && whole.iter().zip(part).all(|(whole, part)| holds(whole, part))
        }
        _ => whole == part,
    }
}

impl Received {
    fn check(&self, place: &str, request: &RecordedRequest) {
        if let Some(actions) = &self.action {
            let action = request.header("soapaction").map(str::to_owned);
            assert!(actions.contains(&action), "{place}: {action:?}");
        }
        let text = String::from_utf8(request.body.clone()).unwrap();
        let document = Document::parse(&text).unwrap();
        if let Some(names) = &self.children {
            let body = document.descendants().find(|node| node.tag_name().name() == "Body").unwrap();
            let children: Vec<_> = body.first_element_child().unwrap().children().collect();
            let found: Vec<&str> = children.iter().map(|child| child.tag_name().name()).collect();
            assert_eq!(found, *names, "{place}");
            assert!(children.iter().all(|child| child.tag_name().namespace() == self.namespace.as_deref()), "{place}");
        }
        for (name, expected) in &self.texts {
            assert_eq!(soap::text(&text, name), *expected, "{place}: {name}");
        }
    }
}
