//! A sandbox and a plugin to try things on.

use std::sync::Arc;
use std::time::Duration;

use learnerlink::{Error, Plugin};
use learnerlink_sandbox::{Approval, Fault, Sandbox};
use serde_json::{Value, json};

use crate::place::{self, Place};

pub const NORTHBRIDGE: &str = "10099901";
pub const SOUTHMOOR: &str = "10099902";
pub const ORLA: &str = "5123456782";

/// A base64 key, for stores on disk.
pub const KEY: &str = "AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=";

pub struct Stand {
    pub sandbox: Sandbox,
    pub plugin: Arc<Plugin>,
}

impl Stand {
    /// A stand on a sandbox with the real clock and a store in memory.
    pub async fn new() -> Self {
        Self::with(json!({})).await
    }

    /// The same with further configuration.
    pub async fn with(config: Value) -> Self {
        let sandbox = Sandbox::builder().virtual_clock(false).seed(1).start().unwrap();
        let plugin = open(&sandbox, config).await.unwrap();
        Self { sandbox, plugin }
    }

    pub async fn call(&self, operation: &str, request: Value) -> Result<Value, Error> {
        call(&self.plugin, operation, request).await
    }

    /// The error object of a call that must fail.
    pub async fn failure(&self, operation: &str, request: Value) -> Value {
        match self.call(operation, request).await {
            Ok(answer) => panic!("{operation} succeeded with {}", answer["outcome"]),
            Err(error) => error.to_json(operation, "vera"),
        }
    }

    /// Issues a QR code and answers with its correlation id.
    pub async fn issued(&self) -> String {
        let qr = self.call("generate_qr", json!({ "ukprn": NORTHBRIDGE })).await.unwrap();
        qr["correlationId"].as_str().unwrap().to_owned()
    }

    pub fn approve(&self, correlation_id: &str) {
        self.sandbox.approve(correlation_id, Approval::by(ORLA)).unwrap();
    }

    pub fn fault(&self, fault: Fault) {
        self.sandbox.fault(fault);
    }
}

pub async fn open(sandbox: &Sandbox, config: Value) -> Result<Arc<Plugin>, Error> {
    let mut document = json!({ "sandbox": sandbox.url(), "retry": { "firstWaitMs": 10 } });
    for (key, value) in config.as_object().into_iter().flatten() {
        document[key] = value.clone();
    }
    if place::on_server() && document.get("store").is_none() {
        document["store"] = place::passing().into();
        document["vaultKey"] = KEY.into();
    }
    Plugin::open(&document.to_string()).await
}

pub async fn call(plugin: &Arc<Plugin>, operation: &str, request: Value) -> Result<Value, Error> {
    let answer = plugin.call(operation, &request.to_string()).await?;
    Ok(serde_json::from_str(&answer.json).unwrap())
}

/// A store on disk, and what it takes to open it.
pub struct Disk(Place);

impl Disk {
    pub fn new() -> Self {
        Self(Place::new())
    }

    pub fn config(&self) -> Value {
        json!({ "store": self.0.address(), "vaultKey": KEY })
    }
}

impl std::ops::Deref for Disk {
    type Target = Place;

    fn deref(&self) -> &Place {
        &self.0
    }
}

/// Fails the test when `work` takes longer than a generous limit.
pub async fn within<T>(limit: Duration, work: impl Future<Output = T>) -> T {
    tokio::time::timeout(limit, work).await.expect("it ends within its limit")
}
