//! A plugin with a receiver that answers as a test tells it to.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use learnerlink::config::Config;
use learnerlink::{Clock, Error, Plugin};
use serde_json::{Value, json};

use crate::support::{Reply, Request, Server, answer};

/// The profile whose receiver it is.
pub const PROFILE: &str = "gouwe";
/// The clock of the cases.
pub const NOW: &str = "2026-11-22T09:00:00Z";
/// A key for stores on disk.
pub const KEY: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

/// What a receiver is to answer next.
pub type Script = Arc<Mutex<VecDeque<Reply>>>;

pub struct Stand {
    pub plugin: Arc<Plugin>,
    pub clock: Clock,
    pub receiver: Option<Server>,
    pub script: Script,
    port: u16,
    seen: usize,
}

/// How a stand is set up.
pub struct Setup {
    pub enrollment: Value,
    pub listener: Value,
    pub store: Option<String>,
    pub clock: String,
    /// Whether nothing listens at the receiver's address at first.
    pub down: bool,
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            enrollment: json!({ "handOver": "direct" }),
            listener: json!({}),
            store: None,
            clock: NOW.to_owned(),
            down: false,
        }
    }
}

impl Stand {
    pub async fn new(setup: Setup) -> Self {
        let script = Script::default();
        let (receiver, port) = if setup.down {
            // Nobody else takes a port that was free a moment ago.
            let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
            (None, free.local_addr().unwrap().port())
        } else {
            let receiver = Server::start(answers(&script)).await;
            let port = receiver.port();
            (Some(receiver), port)
        };
        let mut enrollment = json!({
            "receiverUrl": format!("http://127.0.0.1:{port}"), "provider": PROFILE, "background": false,
            "issuer": { "schacHome": "gouwe.example", "name": { "en": "Gouwe", "nl": "Hogeschool Gouwe" }, "shortName": "HG" },
        });
        enrollment.as_object_mut().unwrap().extend(setup.enrollment.as_object().unwrap().clone());
        let config = json!({
            "store": setup.store.unwrap_or_else(crate::place::passing), "vaultKey": KEY, "log": { "level": "trace" },
            "enrollment": enrollment, "listener": setup.listener,
            "profiles": { PROFILE: { "displayName": "Hogeschool Gouwe", "enrollment": { "user": "sis", "password": "s3cret" } } },
        });
        let clock = match setup.clock.as_str() {
            "system" => Clock::system(),
            time => Clock::manual(time.parse().unwrap()),
        };
        let plugin = Plugin::open_with(Config::read(&config.to_string()).unwrap(), clock.clone()).await.unwrap();
        Self { plugin, clock, receiver, script, port, seen: 0 }
    }

    /// Lets the receiver listen at its address, where nothing did.
    pub async fn listen(&mut self) {
        self.receiver = Some(Server::start_at(self.port, answers(&self.script)).await);
    }

    pub async fn call(&self, operation: &str, request: Value) -> Result<Value, Error> {
        let answer = self.plugin.call(operation, &request.to_string()).await?;
        Ok(serde_json::from_str(&answer.json).unwrap())
    }

    /// What the receiver was asked since this was asked last.
    pub fn sent(&mut self) -> Vec<Request> {
        let requests = self.receiver.as_ref().map(Server::requests).unwrap_or_default();
        let new = requests[self.seen..].to_vec();
        self.seen = requests.len();
        new
    }

    /// The enrolment that was begun last.
    pub async fn last(&self) -> Value {
        let listed = self.call("list_enrollments", json!({ "limit": 1000 })).await.unwrap();
        let mut enrollments = listed["enrollments"].as_array().unwrap().clone();
        enrollments
            .sort_by_key(|it| it["createdAt"].as_str().unwrap().to_owned() + it["enrollmentId"].as_str().unwrap());
        enrollments.pop().expect("there is an enrolment")
    }

    pub async fn count(&self) -> usize {
        let listed = self.call("list_enrollments", json!({ "limit": 1000 })).await.unwrap();
        listed["enrollments"].as_array().unwrap().len()
    }

    pub fn advance(&self, seconds: u64) {
        self.clock.advance(Duration::from_secs(seconds));
    }
}

/// Answers as the script says, and as a home institution that agrees when it says nothing.
fn answers(script: &Script) -> impl Fn(usize, &Request) -> Reply + Send + Sync + 'static + use<> {
    let script = Arc::clone(script);
    move |_, request| {
        let next = script.lock().unwrap().pop_front();
        next.unwrap_or_else(|| match request.method.as_str() {
            "POST" if request.target.starts_with("/associations") => {
                json_answer(201, &json!({ "associationId": "a-1", "state": "associated", "message": [] }))
            }
            _ => json_answer(200, &json!({})),
        })
    }
}

/// A client as receivers have one.
pub fn http() -> reqwest::Client {
    // Only the first call installs it.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().no_proxy().build().unwrap()
}

pub fn json_answer(status: u16, body: &Value) -> Reply {
    answer(status, &[("Content-Type", "application/json")], body.to_string())
}

/// Whether everything in `expected` is in `found`; lists must be as long.
pub fn holds(found: &Value, expected: &Value) -> bool {
    match (found, expected) {
        (Value::Object(found), Value::Object(expected)) => {
            expected.iter().all(|(key, value)| holds(found.get(key).unwrap_or(&Value::Null), value))
        }
        (Value::Array(found), Value::Array(expected)) => {
            found.len() == expected.len() && found.iter().zip(expected).all(|(found, expected)| holds(found, expected))
        }
        _ => found == expected,
    }
}

/// The value at a path of names.
pub fn at<'a>(value: &'a Value, path: &str) -> &'a Value {
    path.split('.').fold(value, |value, name| &value[name])
}
