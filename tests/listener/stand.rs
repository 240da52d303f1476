//! A listener over a sandbox's services.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use learnerlink::config::Config;
use learnerlink::{Clock, Error, Plugin};
use learnerlink_sandbox::Sandbox;
use reqwest::{Client, Response};
use serde_json::{Map, Value, json};

pub use crate::callers::{http, token};

pub const PATIENCE: Duration = Duration::from_secs(20);

pub struct Stand {
    pub sandbox: Sandbox,
    pub clock: Clock,
    pub plugin: Arc<Plugin>,
    pub http: Client,
    pub url: String,
}

/// A plugin on the sandbox's clock whose `listener` section has these keys.
pub async fn plugin(sandbox: &Sandbox, section: Value) -> Result<(Arc<Plugin>, Clock), Error> {
    let clock = Clock::manual(Timestamp::from_second(sandbox.unix_now()).unwrap());
    let mut listener = Map::from_iter([("address".to_owned(), json!("127.0.0.1:0"))]);
    listener.extend(section.as_object().unwrap().clone());
    let config = json!({ "sandbox": sandbox.url(), "listener": listener, "retry": { "maxAttempts": 1 } });
    let plugin = Plugin::open_with(Config::read(&config.to_string())?, clock.clone()).await?;
    Ok((plugin, clock))
}

impl Stand {
    pub async fn new(section: Value) -> Self {
        let sandbox = Sandbox::start();
        let (plugin, clock) = plugin(&sandbox, section).await.unwrap();
        let url = start(&plugin).await.unwrap()["address"].as_str().unwrap().to_owned();
        Self { sandbox, clock, plugin, http: http(), url }
    }

    /// A token of one of the sandbox's clients: `ui`, `ro`, `sar`, `all` or `none`.
    pub async fn token(&self, caller: &str) -> String {
        token(&self.http, &self.sandbox, caller).await
    }

    /// Searches for a learner with the value of an `Authorization` header.
    pub async fn search(&self, authorization: Option<&str>) -> Response {
        let mut request = self.http.post(format!("{}/learners", self.url)).header("x-username", "clerk@example.test");
        if let Some(authorization) = authorization {
            request = request.header("authorization", authorization);
        }
        request.json(&tamsin()).send().await.unwrap()
    }

    /// Asks for what is confirmed of a person.
    pub async fn state(&self, token: &str, person: &str) -> Response {
        let request = self.http.get(format!("{}/match/{person}", self.url)).bearer_auth(token);
        request.header("x-username", "clerk@example.test").send().await.unwrap()
    }

    /// How often the Learning Records Service was asked.
    pub fn searches(&self) -> usize {
        self.sandbox.requests_to("lrs/LearnerService.svc").len()
    }

    /// The audit trail's entries.
    pub async fn audit(&self) -> Vec<Value> {
        let answer = self.plugin.call("query_audit", "{}").await.unwrap();
        let answer: Value = serde_json::from_str(&answer.json).unwrap();
        answer["entries"].as_array().unwrap().clone()
    }

    /// Moves both clocks.
    pub fn advance(&self, span: Duration) {
        self.sandbox.advance(span);
        self.clock.advance(span);
    }
}

pub async fn start(plugin: &Arc<Plugin>) -> Result<Value, Error> {
    let started = plugin.call("start_listener", "{}").await?;
    Ok(serde_json::from_str(&started.json).unwrap())
}

pub async fn stop(plugin: &Arc<Plugin>, patience: Duration) -> String {
    let request = json!({ "patienceMs": patience.as_millis() as u64 }).to_string();
    plugin.call("stop_listener", &request).await.unwrap().outcome.to_owned()
}

/// A search that finds one learner.
pub fn tamsin() -> Value {
    json!({
        "givenName": "Tamsin", "familyName": "Quillfeather", "dateOfBirth": "1998-04-12", "gender": "FEMALE",
        "lastKnownPostCode": "LS11 5QT",
    })
}
