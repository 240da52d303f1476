//! The server that a case is played against.

use learnerlink_sandbox::{GatewayProfile, RecordedRequest, Sandbox};
use reqwest::{Client, Method};
use serde_json::{Value, json};

use crate::cases::Case;
use crate::listener::Listener;

/// Which server, and how it behaves.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    Sandbox { strict: bool },
    Listener { strict: bool },
}

/// A server, and the sandbox with the services behind it.
pub struct Target {
    pub sandbox: Sandbox,
    kind: Kind,
    listener: Option<Listener>,
}

impl Target {
    pub async fn set_up(kind: Kind, case: &Case) -> Self {
        let (Kind::Sandbox { strict } | Kind::Listener { strict }) = kind;
        let profile = if strict { GatewayProfile::Strict } else { GatewayProfile::Compat };
        // Beginning at 2026-11-22T07:28:00Z.
        let builder = Sandbox::builder().clock_start(1_795_332_480).gateway_profile(profile);
        let sandbox = builder.start().unwrap();
        let listener = match kind {
            Kind::Sandbox { .. } => None,
            Kind::Listener { strict } => {
                let settings = case.steps.iter().filter(|step| step.control.as_deref() == Some("PATCH settings"));
                let patience = settings.filter_map(|step| step.json.as_ref()?["lrsTimeoutMs"].as_u64()).next();
                Some(Listener::start(&sandbox, strict, patience).await)
            }
        };
        Self { sandbox, kind, listener }
    }

    pub async fn tear_down(self) {
        if let Some(listener) = self.listener {
            listener.stop().await;
        }
    }

    pub fn is_strict(&self) -> bool {
        let (Kind::Sandbox { strict } | Kind::Listener { strict }) = self.kind;
        strict
    }

    /// Where the interface begins.
    pub fn url(&self) -> String {
        match &self.listener {
            Some(listener) => listener.url.clone(),
            None => format!("{}/learner-records", self.sandbox.url()),
        }
    }

    /// Does something to the server or looks at it from behind; answers with status and body.
    pub async fn control(&self, http: &Client, call: &str, body: Option<&Value>) -> (u16, String) {
        if let Some(listener) = &self.listener {
            match call {
                "GET register/rows" => {
                    return (200, json!({ "rows": listener.rows(self.is_strict()).await }).to_string());
                }
                "POST register/rows" => return (listener.append(body.unwrap()).await, String::new()),
                // It was started with them.
                "PATCH settings" => return (200, String::new()),
                _ => {}
            }
        }
        let (method, path) = call.split_once(' ').unwrap();
        let url = format!("{}/_sandbox/{path}", self.sandbox.url());
        let request = http.request(Method::from_bytes(method.as_bytes()).unwrap(), url);
        let request = if let Some(body) = body { request.json(body) } else { request };
        let answer = request.send().await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    }

    /// What the Learning Records Service was asked.
    pub fn lrs_requests(&self) -> Vec<RecordedRequest> {
        self.sandbox.requests().into_iter().filter(|request| request.endpoint.starts_with("lrs/")).collect()
    }

    /// The rows of the register.
    pub async fn rows(&self) -> Vec<Value> {
        match &self.listener {
            Some(listener) => listener.rows(self.is_strict()).await,
            None => self.sandbox.match_rows().iter().map(|row| serde_json::to_value(row).unwrap()).collect(),
        }
    }

    /// What was written down, by name.
    pub async fn audit(&self) -> Vec<String> {
        match &self.listener {
            Some(listener) => listener.audit(self.is_strict()).await,
            None => self.sandbox.audit().into_iter().map(|entry| entry.what).collect(),
        }
    }
}
