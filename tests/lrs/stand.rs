//! A plugin and the server it calls.

use std::sync::Arc;

use learnerlink::{Clock, Error, Plugin, config::Config};
use serde_json::{Value, json};

use crate::support::{Reply, Request, Server};

pub const ORGANISATION: &str = "10099901";
pub const R1: &str = "1000000027";
/// A person's name that must never be in an error or a log.
pub const FAMILY: &str = "Quillfeather";

pub struct Stand {
    pub plugin: Arc<Plugin>,
    pub server: Server,
}

impl Stand {
    /// A plugin in `mode` whose every request the script answers.
    pub async fn new(mode: &str, script: impl Fn(usize, &Request) -> Reply + Send + Sync + 'static) -> Self {
        Self::with(json!({ "mode": mode }), script).await
    }

    /// The same with more of the `lrs` section.
    pub async fn with(lrs: Value, script: impl Fn(usize, &Request) -> Reply + Send + Sync + 'static) -> Self {
        let server = Server::start(script).await;
        let plugin = open(&lrs, server.url("").as_str().trim_end_matches('/')).await;
        Self { plugin, server }
    }

    pub async fn call(&self, operation: &str, request: Value) -> Result<Value, Error> {
        call(&self.plugin, operation, request).await
    }

    /// The error object of a call that must fail; it must not tell whom the call was about.
    pub async fn failure(&self, operation: &str, request: Value) -> Value {
        let error = self.call(operation, request).await.expect_err("the call fails");
        let shown = error.to_json(operation, "lrs");
        let all = format!("{shown} {error:?}");
        for secret in [FAMILY, "1998-04-12", "LS11", R1, "Or&chard", "s3c+ret", "A1000AA", "t0ken"] {
            assert!(!all.contains(secret), "{secret} is in {all}");
        }
        shown
    }
}

pub async fn call(plugin: &Arc<Plugin>, operation: &str, mut request: Value) -> Result<Value, Error> {
    let members = request.as_object_mut().unwrap();
    members.entry("ukprn").or_insert(json!(ORGANISATION));
    members.entry("user").or_insert(json!("clerk@example.test"));
    members.retain(|_, value| !value.is_null());
    let answer = plugin.call(operation, &request.to_string()).await?;
    Ok(serde_json::from_str(&answer.json).unwrap())
}

/// Opens a plugin whose services are all at `base`.
pub async fn open(lrs: &Value, base: &str) -> Arc<Plugin> {
    let mut section = json!({
        "url": format!("{base}/lrs"),
        "gatewayUrl": format!("{base}/learner-records"),
        "authUrl": format!("{base}/hmpps-auth/auth"),
    });
    section.as_object_mut().unwrap().extend(lrs.as_object().unwrap().clone());
    let config = json!({
        "store": ":memory:",
        "lrs": section,
        "retry": { "maxAttempts": 3, "firstWaitMs": 10 },
        "profiles": { ORGANISATION: {
            "displayName": "Northbridge College",
            "lrs": { "password": "Or&chard<Gate>1", "vendorId": 1 },
            "lrsGateway": { "clientId": "ui-client", "clientSecret": "s3c+ret/=ui" },
        } },
    });
    Plugin::open_with(Config::read(&config.to_string()).unwrap(), Clock::system()).await.unwrap()
}

/// A search that keeps every rule.
pub fn search() -> Value {
    json!({
        "givenName": "Tamsin", "familyName": FAMILY, "dateOfBirth": "1998-04-12", "gender": "female",
        "lastKnownPostCode": "LS11 5QT",
    })
}

/// A request for a record that keeps every rule.
pub fn record() -> Value {
    json!({ "uln": R1, "givenName": "Tamsin", "familyName": FAMILY })
}

/// The search with other values; `null` takes one out.
pub fn changed(mut request: Value, changes: Value) -> Value {
    request.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
    request
}
