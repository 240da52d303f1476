//! The numbered cases.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::stand::{NOW, Setup, Stand, at, holds, http, json_answer};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    #[serde(rename = "spec")]
    _spec: String,
    #[serde(rename = "about")]
    _about: String,
    people: Map<String, Value>,
    offerings: Map<String, Value>,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    id: u32,
    title: String,
    config: Option<Value>,
    clock: Option<String>,
    #[serde(default)]
    down: bool,
    #[serde(default)]
    file: bool,
    #[serde(rename = "remark")]
    _remark: Option<String>,
    /// Where the case is run instead.
    elsewhere: Option<String>,
    steps: Vec<Map<String, Value>>,
}

impl Table {
    fn read() -> Self {
        serde_json::from_str(include_str!("../conformance/enrollment.json")).unwrap()
    }

    /// The body of a start, with some members of person or offering changed.
    fn body(&self, start: &Value) -> String {
        if let Some(raw) = start["raw"].as_str() {
            return raw.to_owned();
        }
        let mut person = self.people[start["person"].as_str().unwrap()].clone();
        let mut offering = self.offerings[start["offering"].as_str().unwrap()].clone();
        for (whole, changes) in [(&mut person, &start["with"]["person"]), (&mut offering, &start["with"]["offering"])] {
            if let Some(changes) = changes.as_object() {
                whole.as_object_mut().unwrap().extend(changes.clone());
            }
        }
        json!({ "offering": offering, "person": person }).to_string()
    }
}

/// A case under way.
struct Run<'a> {
    table: &'a Table,
    stand: Stand,
    remembered: BTreeMap<String, String>,
    sent: Vec<Value>,
    folder: tempfile::TempDir,
    address: Option<String>,
}

impl Run<'_> {
    async fn step(&mut self, step: &Map<String, Value>) {
        let name =
            ["start", "sent", "clock", "advance", "flush", "call", "enrollment", "enrollments", "replies", "listen"]
                .into_iter()
                .chain(["remember", "differs", "sentRequestId", "http", "handOut", "resolve", "events", "nowhere"])
                .find(|name| step.contains_key(*name))
                .unwrap_or_else(|| panic!("an unknown step {step:?}"));
        let value = &step[name];
        match name {
            "start" => self.start(value, step).await,
            "sent" => self.sent(value.as_array().unwrap()),
            "clock" => {
                let target: jiff::Timestamp = value.as_str().unwrap().parse().unwrap();
                self.stand.clock.advance(target.duration_since(self.stand.clock.wall()).try_into().unwrap());
            }
            "advance" => self.stand.advance(value.as_u64().unwrap()),
            "flush" => {
                let done = self.stand.call("flush_outbox", json!({})).await.unwrap();
                assert!(holds(&done, value), "{done}");
            }
            "call" => self.call(value.as_str().unwrap(), step).await,
            "enrollment" => {
                let found = self.stand.last().await;
                assert!(holds(&found, value), "expected {value} in {found}");
            }
            "enrollments" => assert_eq!(json!(self.stand.count().await), *value),
            "replies" => {
                let replies = value.as_array().unwrap().iter();
                let replies = replies.map(|it| json_answer(it["status"].as_u64().unwrap() as u16, &it["body"]));
                self.stand.script.lock().unwrap().extend(replies);
            }
            "listen" => self.stand.listen().await,
            "remember" => {
                let found = self.stand.last().await[value.as_str().unwrap()].as_str().unwrap().to_owned();
                self.remembered.insert(value.as_str().unwrap().to_owned(), found);
            }
            "differs" => {
                let found = self.stand.last().await[value.as_str().unwrap()].as_str().unwrap().to_owned();
                assert_ne!(found, self.remembered[value.as_str().unwrap()]);
            }
            "sentRequestId" => {
                let sent = self.sent.last().unwrap();
                assert_eq!(sent["ext"]["requestId"], *self.remembered[value.as_str().unwrap()]);
            }
            "http" => self.http(value, step).await,
            "handOut" => {
                let listed = self.stand.call("list_enrollments", json!({ "handOut": true })).await.unwrap();
                assert_eq!(json!(listed["enrollments"].as_array().unwrap().len()), *value);
            }
            "resolve" => {
                let enrollment = self.stand.last().await;
                let mut request = value.clone();
                request["enrollmentId"] = enrollment["enrollmentId"].clone();
                request["entryId"] = enrollment["outbox"][0]["entryId"].clone();
                let done = self.stand.call("resolve_delivery", request).await.unwrap();
                assert_eq!(done["outcome"], step["outcome"], "{done}");
            }
            "events" => {
                let enrollment = self.stand.last().await;
                for (kind, count) in value.as_object().unwrap() {
                    let events = enrollment["events"].as_array().unwrap().iter();
                    assert_eq!(json!(events.filter(|event| event["kind"] == **kind).count()), *count, "{enrollment}");
                }
            }
            _ => self.nowhere(value.as_str().unwrap()).await,
        }
    }

    async fn start(&mut self, start: &Value, step: &Map<String, Value>) {
        let mut request = json!({ "body": self.table.body(start) });
        if let Some(language) = start.get("language") {
            request["acceptLanguage"] = language.clone();
        }
        request["decided"] = match start.get("decided") {
            None => json!({ "decision": "associate" }),
            Some(decided) => decided.clone(),
        };
        if let Some(extra) = start["extra"].as_object() {
            request.as_object_mut().unwrap().extend(extra.clone());
        }
        let done = self.stand.call("start_enrollment", request).await.unwrap();
        assert_eq!((&done["code"], &done["outcome"]), (&step["code"], &step["outcome"]), "{done}");
        assert_eq!(
            (&done["httpStatus"], &done["contentType"]),
            (&json!(200), &json!("application/json; charset=utf-8"))
        );
        let body: Value = serde_json::from_str(done["body"].as_str().unwrap()).unwrap();
        assert_eq!(body["code"], step["code"]);
        assert_eq!(body["result"], if step["code"].as_u64().unwrap() < 400 { "ok" } else { "error" });
        let offering_id = step.get("offeringId").cloned().unwrap_or_else(|| {
            let offering = start["offering"].as_str().map(|name| self.table.offerings[name]["offeringId"].clone());
            offering.unwrap_or_else(|| body["oo-api-offering-id"].clone())
        });
        assert_eq!(body["oo-api-offering-id"], offering_id);
        let message = body["message"].as_str().unwrap();
        for words in ["message", "says"].into_iter().filter_map(|name| step.get(name)) {
            assert!(message.contains(words.as_str().unwrap()), "{message}");
        }
        if let Some(exactly) = step.get("exactly") {
            assert_eq!(message, exactly);
        }
        if let Some(redirect) = step.get("redirect") {
            assert_eq!(body.get("redirect").unwrap_or(&Value::Null), redirect);
        }
    }

    /// Checks what the receiver was sent since this was checked last.
    fn sent(&mut self, expected: &[Value]) {
        let sent = self.stand.sent();
        let calls: Vec<String> = sent.iter().map(|request| format!("{} {}", request.method, request.target)).collect();
        let expected_calls: Vec<&str> = expected.iter().map(|it| it["call"].as_str().unwrap()).collect();
        assert_eq!(calls, expected_calls);
        for (request, expected) in sent.iter().zip(expected) {
            assert_eq!(request.header("authorization"), Some("Basic c2lzOnMzY3JldA=="));
            let text = String::from_utf8(request.body.clone()).unwrap();
            let body: Value = serde_json::from_str(&text).unwrap_or_default();
            if request.method != "GET" {
                assert_eq!(request.header("content-type"), Some("application/json"));
                self.sent.push(body.clone());
            }
            if let Some(wanted) = expected.get("body") {
                assert!(holds(&body, wanted), "expected {wanted} in {body}");
                if expected["exactly"] == true {
                    assert_eq!(body, *wanted);
                }
            }
            for path in expected["lacks"].as_array().into_iter().flatten() {
                assert!(at(&body, path.as_str().unwrap()).is_null(), "{path} in {body}");
            }
            for words in expected["text"].as_array().into_iter().flatten() {
                assert!(text.contains(words.as_str().unwrap()), "{text}");
            }
        }
    }

    async fn call(&mut self, operation: &str, step: &Map<String, Value>) {
        let mut request = step["request"].clone();
        request["enrollmentId"] = self.stand.last().await["enrollmentId"].clone();
        let done = self.stand.call(operation, request).await;
        if let Some(code) = step.get("error") {
            assert_eq!(done.unwrap_err().status().code(), code);
            return;
        }
        let done = done.unwrap();
        assert_eq!(done["outcome"], step["outcome"], "{done}");
        if let Some(enrollment) = step.get("enrollment") {
            assert!(holds(&done["enrollment"], enrollment), "expected {enrollment} in {done}");
        }
    }

    async fn http(&mut self, request: &Value, step: &Map<String, Value>) {
        if self.address.is_none() {
            let started = self.stand.call("start_listener", json!({})).await.unwrap();
            self.address = Some(started["address"].as_str().unwrap().to_owned());
        }
        let text = |name: &str, usual: &str| request[name].as_str().unwrap_or(usual).to_owned();
        let url = format!("{}{}", self.address.as_ref().unwrap(), text("path", "/"));
        let method = text("method", "POST").parse().unwrap();
        let mut sent = http()
            .request(method, url)
            .basic_auth("receiver", Some(text("password", "s3c+ret/=start")))
            .header("content-type", text("contentType", "application/json"));
        if let Some(language) = request["language"].as_str() {
            sent = sent.header("accept-language", language);
        }
        if request.get("person").is_some() {
            sent = sent.body(self.table.body(request));
        }
        let answer = sent.send().await.unwrap();
        assert_eq!(json!(answer.status().as_u16()), step["status"]);
        for (name, value) in step.get("headers").and_then(Value::as_object).into_iter().flatten() {
            assert_eq!(answer.headers()[name].to_str().unwrap(), value);
        }
        if let Some(expected) = step.get("body") {
            let body: Value = answer.json().await.unwrap();
            assert!(holds(&body, expected), "{body}");
        }
    }

    /// Checks that something is neither in the store's files nor in the log nor in anything that was sent.
    async fn nowhere(&mut self, secret: &str) {
        let folder = std::fs::read_dir(self.folder.path()).unwrap();
        for file in folder.map(|file| file.unwrap().path()) {
            let bytes = std::fs::read(&file).unwrap();
            assert!(!bytes.windows(secret.len()).any(|window| window == secret.as_bytes()), "{}", file.display());
        }
        for request in self.stand.sent() {
            assert!(!String::from_utf8(request.body).unwrap().contains(secret));
        }
        let listed = self.stand.call("list_enrollments", json!({ "withBodies": true })).await.unwrap();
        assert!(listed["enrollments"][0]["person"].is_object() && !listed.to_string().contains(secret));
        while let Some(line) = learnerlink::log::next(std::time::Duration::ZERO) {
            assert!(!line.contains(secret), "{line}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_case_of_the_specification_has_its_result() {
    let table = Table::read();
    let ids: Vec<u32> = table.cases.iter().map(|case| case.id).filter(|id| *id <= 100).collect();
    assert_eq!(ids, (1..=50).collect::<Vec<_>>(), "each case once");
    for case in &table.cases {
        if let Some(place) = &case.elsewhere {
            let place = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(place);
            assert!(place.exists(), "case {} is to be run in {}", case.id, place.display());
            continue;
        }
        let folder = tempfile::tempdir().unwrap();
        let store = case.file.then(|| folder.path().join("store.db").to_str().unwrap().to_owned());
        let setup = Setup {
            enrollment: case.config.clone().unwrap_or_else(|| json!({ "handOver": "direct" })),
            listener: json!({ "address": "127.0.0.1:0", "enrollment": { "user": "receiver", "password": "s3c+ret/=start" } }),
            store,
            clock: case.clock.clone().unwrap_or_else(|| NOW.to_owned()),
            down: case.down,
        };
        let stand = Stand::new(setup).await;
        let mut run =
            Run { table: &table, stand, remembered: BTreeMap::new(), sent: Vec::new(), folder, address: None };
        for step in &case.steps {
            let _told = Told(format!("case {} ({}), step {step:?}", case.id, case.title));
            run.step(step).await;
        }
    }
}

/// Says where a test was when it failed.
struct Told(String);

impl Drop for Told {
    fn drop(&mut self) {
        if std::thread::panicking() {
            println!("in {}", self.0);
        }
    }
}
