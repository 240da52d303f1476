//! The retrieval service that the listener offers: the numbered cases, over a broker that answers as they say.

use std::collections::BTreeMap;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use learnerlink::config::Config;
use learnerlink::{Clock, Plugin};
use reqwest::{Client, Method, Response};
use ring::hmac;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::support::{Reply, Request, Server, answer};

const TOKEN: &str = "5b0c7a52-3d64-4f0e-9a77-2f6f0d1c9e10";
const SECRET: &str = "s3cret-key-0001";
const TIME: &str = "2026-11-22T08:15:30.000Z";
const V5: &str = "Basic YWQ1M2RiZjYtZTBhMC00NjlmLTg0MjgtYzE3NzM4ZWJhNDNlOllXUTFNMlJpWmpZdFpUQmhNQzAwTmpsbUxUZzBNamd0WXpFM056TTRaV0poTkRObE9qSXdNVFV0TURJdE1qUlVNakE2TlRFNk5Ua3VPRGM0V2c9PQ==";
const V6: &str = "Basic NWIwYzdhNTItM2Q2NC00ZjBlLTlhNzctMmY2ZjBkMWM5ZTEwOnMzY3JldC1rZXktMDAwMQ==";
const V7: &str = "SIF_HMACSHA256 NWIwYzdhNTItM2Q2NC00ZjBlLTlhNzctMmY2ZjBkMWM5ZTEwOkFBQUFOS1JtRTNIQW5wc0dQc3YvQ1QvckRxV243aEYzalA0bEZRTkpzdkZUaTdrPVpa";
const RECORD: &str = "<xSre refId=\"r1\"><name><familyName>Ashdown</familyName></name><localId>700001</localId><enrollment>E</enrollment></xSre>";
const XML: [(&str, &str); 1] = [("content-type", "application/xml")];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    #[serde(rename = "spec")]
    _spec: String,
    #[serde(rename = "about")]
    _about: String,
    cases: Vec<Case>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    id: u32,
    profile: Option<String>,
    matrix: Option<String>,
    query: Option<String>,
    #[serde(default)]
    headers: BTreeMap<String, Option<String>>,
    sign: Option<String>,
    token: Option<String>,
    clock: Option<String>,
    #[serde(default)]
    twice: bool,
    method: Option<String>,
    record: Option<String>,
    filter: Option<String>,
    expect: Expectation,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expectation {
    status: u16,
    description: Option<String>,
    scope: Option<String>,
    form: Option<String>,
    #[serde(default)]
    shows: Vec<String>,
    #[serde(default)]
    hides: Vec<String>,
    #[serde(default)]
    echo: BTreeMap<String, String>,
    records: Option<usize>,
    #[serde(default)]
    empty: bool,
}

/// The base data of the specification.
fn rules() -> Value {
    json!({
        "authorizedEntities": [{ "id": 2 }, { "id": 3 }],
        "externalServices": [{ "id": 5, "authorizedEntityId": 2 }],
        "districtServices": [{
            "id": 9, "zoneId": "alder", "externalServiceId": 5, "initiationDate": "2026-01-01", "expirationDate": "2026-12-31",
            "personnel": [1, 4],
            "dataObjects": [
                { "name": "xSre", "filterType": "include", "includeStatement": "name" },
                { "name": "xSre", "filterType": "include", "includeStatement": "localId" },
            ],
        }],
        "students": [{
            "districtStudentId": "700001", "districtServiceId": 9, "personnel": [1],
            "consents": [{ "startDate": "2026-09-01", "endDate": "2026-11-22" }],
        }],
    })
}

struct Stand {
    plugin: Arc<Plugin>,
    broker: Server,
    url: String,
}

impl Stand {
    async fn new(case: &Case, profile: &str) -> Self {
        let (record, filter) = (case.record.clone(), case.filter.clone());
        let broker = Server::start(move |_, request: &Request| -> Reply {
            if request.target.contains("/filters") {
                return match filter.as_deref() {
                    Some("html") => answer(200, &[("content-type", "text/html")], "<html>"),
                    _ => answer(401, &XML, "<error/>"),
                };
            }
            match record.as_deref() {
                Some("404") => answer(404, &XML, "<error/>"),
                Some("truncated") => answer(200, &XML, &RECORD[..60]),
                Some("changed") => answer(200, &XML, RECORD.replace("Ashdown", "Changed")),
                _ => answer(200, &XML, RECORD),
            }
        })
        .await;
        let config = json!({
            "store": ":memory:",
            "sif": {
                "environmentUrl": broker.url("/svcs").as_str(), "profile": profile,
                "rules": if case.filter.is_some() { "broker" } else { "store" },
            },
            "listener": { "address": "127.0.0.1:0", "sif": { "provider": "ears" } },
            "profiles": {
                "alder": { "displayName": "A service", "sif": { "sessionToken": TOKEN, "sharedSecret": SECRET } },
                "ears": { "displayName": "Ourselves", "sif": { "sessionToken": "ears", "sharedSecret": "x" } },
            },
        });
        let clock = Clock::manual(case.clock.as_deref().unwrap_or("2026-11-22T08:15:30Z").parse().unwrap());
        let plugin = Plugin::open_with(Config::read(&config.to_string()).unwrap(), clock).await.unwrap();
        plugin.call("import_sif_rules", &json!({ "rules": rules(), "user": "clerk" }).to_string()).await.unwrap();
        let started: Value = serde_json::from_str(&plugin.call("start_listener", "{}").await.unwrap().json).unwrap();
        Self { plugin, broker, url: started["address"].as_str().unwrap().to_owned() }
    }

    async fn ask(&self, case: &Case) -> Response {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = Client::builder().no_proxy().build().unwrap();
        let method = Method::from_bytes(case.method.as_deref().unwrap_or("GET").as_bytes()).unwrap();
        let matrix = case.matrix.as_deref().unwrap_or("zoneId=alder;contextId=CBO");
        let query = case.query.as_ref().map_or_else(String::new, |query| format!("?{query}"));
        let time = case.sign.as_deref().unwrap_or(TIME);
        let mut headers = BTreeMap::from([
            ("authorization".to_owned(), signed(case.token.as_deref().unwrap_or(TOKEN), time)),
            ("timestamp".to_owned(), time.to_owned()),
            ("authorizedEntityId".to_owned(), "2".to_owned()),
            ("districtStudentId".to_owned(), "700001".to_owned()),
            ("externalServiceId".to_owned(), "5".to_owned()),
            ("objectType".to_owned(), "xSre".to_owned()),
            ("accept".to_owned(), "application/xml".to_owned()),
        ]);
        for (name, value) in &case.headers {
            match value.as_deref() {
                None => drop(headers.remove(name)),
                Some("V5") => drop(headers.insert(name.clone(), V5.into())),
                Some("V6") => drop(headers.insert(name.clone(), V6.into())),
                Some("V7") => drop(headers.insert(name.clone(), V7.into())),
                Some(value) => drop(headers.insert(name.clone(), value.to_owned())),
            }
        }
        let mut request = http.request(method, format!("{}/xSres/700001;{matrix}{query}", self.url));
        for (name, value) in headers {
            request = request.header(name, value);
        }
        request.send().await.unwrap()
    }
}

fn signed(token: &str, time: &str) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, SECRET.as_bytes());
    let hash = STANDARD.encode(hmac::sign(&key, format!("{token}:{time}").as_bytes()));
    format!("SIF_HMACSHA256 {}", STANDARD.encode(format!("{token}:{hash}")))
}

async fn play(case: &Case, profile: &str) -> Result<(), String> {
    let must = |holds: bool, problem: String| if holds { Ok(()) } else { Err(problem) };
    let stand = Stand::new(case, profile).await;
    if case.twice {
        must(stand.ask(case).await.status() == 200, "the first is not taken".into())?;
    }
    let answer = stand.ask(case).await;
    let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
    let body = answer.text().await.unwrap();
    let expect = &case.expect;
    must(status == expect.status, format!("the status is {status}: {body}"))?;
    must(!expect.empty || body.is_empty(), format!("there is a body: {body}"))?;
    let kind = headers.get("content-type").map(|value| value.to_str().unwrap()).unwrap_or_default();
    if let Some(form) = &expect.form {
        must(kind.contains(form.as_str()), format!("the form is {kind}"))?;
    }
    if !expect.empty {
        must(
            headers["messagetype"] == if status == 200 { "RESPONSE" } else { "ERROR" },
            "the message type is wrong".into(),
        )?;
        must(headers["responseaction"] == "QUERY", "the action is wrong".into())?;
        must(
            headers.contains_key("access-control-allow-origin") == (profile == "compat"),
            "everybody may read, or nobody".into(),
        )?;
    }
    if status != 200 && !expect.empty {
        let document = roxmltree::Document::parse(&body).map_err(|error| format!("{error}: {body}"))?;
        let text = |name: &str| {
            let node = document.root_element().children().find(|node| node.has_tag_name(name));
            node.and_then(|node| node.text()).unwrap_or_default().to_owned()
        };
        must(text("code") == status.to_string(), format!("the code is {}", text("code")))?;
        for (name, expected) in [("description", &expect.description), ("scope", &expect.scope)] {
            must(
                expected.as_ref().is_none_or(|expected| *expected == text(name)),
                format!("the {name} is {}", text(name)),
            )?;
        }
        must(!body.contains("Ashdown") && !body.contains(SECRET), "something of the record is in the error".into())?;
    }
    for text in &expect.shows {
        must(body.contains(text.as_str()), format!("{text} is not in {body}"))?;
    }
    for text in &expect.hides {
        must(!body.contains(text.as_str()), format!("{text} is in {body}"))?;
    }
    for (name, value) in &expect.echo {
        must(headers.get(name).is_some_and(|found| found == value), format!("{name} is {:?}", headers.get(name)))?;
    }
    let records = stand.broker.requests().iter().filter(|request| request.target.contains("/masterXsres/")).count();
    must(
        expect.records.is_none_or(|expected| expected == records),
        format!("the record was asked for {records} times"),
    )?;
    if status != 405 {
        let audit = stand.plugin.call("query_audit", r#"{"system":"sif","operation":"get_xsre"}"#).await.unwrap();
        let audit: Value = serde_json::from_str(&audit.json).unwrap();
        let entries = audit["entries"].as_array().unwrap().len();
        must(entries == if case.twice { 2 } else { 1 }, format!("the audit trail has {entries} entries"))?;
        must(!audit.to_string().contains("700001"), "the student's id is in the audit trail".into())?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn every_numbered_case_of_the_retrieval_service_holds_in_both_profiles() {
    let table: Table = serde_json::from_str(include_str!("../conformance/sif.json")).unwrap();
    let mut ids: Vec<u32> = table.cases.iter().map(|case| case.id).collect();
    ids.dedup();
    assert_eq!(ids, (1..=37).collect::<Vec<_>>());
    let mut failures = Vec::new();
    for case in &table.cases {
        for profile in ["strict", "compat"] {
            if case.profile.as_deref().is_none_or(|only| only == profile)
                && let Err(problem) = play(case, profile).await
            {
                failures.push(format!("case {} ({profile}): {problem}", case.id));
            }
        }
    }
    println!("retrieval service: {} cases", ids.len());
    assert!(failures.is_empty(), "{} failed:\n{}", failures.len(), failures.join("\n"));
}
