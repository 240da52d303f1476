//! A plugin on a store of its own, a sandbox, and a folder for files.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use learnerlink::{Clock, Error, Plugin, config::Config};
use learnerlink_sandbox::Sandbox;
use serde_json::{Map, Value, json};
use tempfile::TempDir;

pub const UKPRN: &str = "10099901";
pub const SERVICE: &str = "lrs/LearnerService.svc";
/// The columns of a search for a learner.
pub const HEADER: &str = "id,givenName,familyName,dateOfBirth,gender,lastKnownPostCode\n";

pub struct Stand {
    pub folder: TempDir,
    pub sandbox: Sandbox,
    pub plugin: Arc<Plugin>,
}

impl Stand {
    pub async fn new() -> Self {
        Self::with(json!({})).await
    }

    /// The same with more of the configuration.
    pub async fn with(more: Value) -> Self {
        let (folder, sandbox) = (tempfile::tempdir().unwrap(), Sandbox::start());
        let plugin = opened(&folder, &sandbox, &more).await;
        Self { folder, sandbox, plugin }
    }

    /// Another plugin on the same store, as another process would have it.
    pub async fn another(&self) -> Arc<Plugin> {
        opened(&self.folder, &self.sandbox, &json!({})).await
    }

    pub fn path(&self, name: &str) -> String {
        self.folder.path().join(name).to_str().unwrap().to_owned()
    }

    /// Writes a file and answers its path.
    pub fn file(&self, name: &str, text: impl AsRef<[u8]>) -> String {
        std::fs::write(self.path(name), text).unwrap();
        self.path(name)
    }

    pub async fn call(&self, operation: &str, request: Value) -> Result<Value, Error> {
        call(&self.plugin, operation, request).await
    }

    /// A search for the learners of a file.
    pub fn matching(&self, input: &str, more: Value) -> Value {
        let mut request = json!({
            "operation": "match_learner", "input": input, "output": self.path("out.jsonl"),
            "request": { "ukprn": UKPRN, "user": "clerk" },
        });
        request.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        request
    }

    pub async fn start(&self, request: Value) -> String {
        let started = self.call("start_batch", request).await.unwrap();
        assert_eq!(started["outcome"], "started", "{started}");
        started["batchId"].as_str().unwrap().to_owned()
    }

    /// Waits until so many rows are in the results so far.
    pub async fn until_done(&self, batch: &str, rows: u64) {
        loop {
            let status = self.call("batch_status", json!({ "batchId": batch })).await.unwrap();
            assert_eq!(status["outcome"], "running", "{status}");
            if status["done"].as_u64().unwrap() >= rows {
                return;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// How a batch ended.
    pub async fn ended(&self, batch: &str) -> Value {
        ended(&self.plugin, batch).await
    }

    /// Runs a batch to its end.
    pub async fn run(&self, request: Value) -> Value {
        let batch = self.start(request).await;
        self.ended(&batch).await
    }

    /// Why a batch is not started; nothing may be left beside the output.
    pub async fn refusal(&self, request: Value) -> String {
        let before = self.names();
        let error = self.call("start_batch", request).await.unwrap_err();
        assert_eq!(self.names(), before);
        format!("{} {error}", error.status())
    }

    /// The rows of the results as JSON Lines.
    pub fn rows(&self) -> Vec<Map<String, Value>> {
        let text = std::fs::read_to_string(self.path("out.jsonl")).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// The names of all files but the store's.
    pub fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.folder.path()).unwrap();
        let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.retain(|name| !name.starts_with("store.db"));
        names.sort();
        names
    }

    /// The part of the results that there is so far.
    pub fn part(&self) -> PathBuf {
        self.folder.path().join("out.jsonl.part")
    }
}

async fn opened(folder: &TempDir, sandbox: &Sandbox, more: &Value) -> Arc<Plugin> {
    let mut config = json!({
        "sandbox": sandbox.url(), "store": folder.path().join("store.db"),
        "vaultKey": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
        "enrollment": { "background": false },
    });
    config.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    Plugin::open_with(Config::read(&config.to_string()).unwrap(), Clock::system()).await.unwrap()
}

pub async fn call(plugin: &Arc<Plugin>, operation: &str, request: Value) -> Result<Value, Error> {
    let answer = plugin.call(operation, &request.to_string()).await?;
    Ok(serde_json::from_str(&answer.json).unwrap())
}

pub async fn ended(plugin: &Arc<Plugin>, batch: &str) -> Value {
    let status = call(plugin, "batch_status", json!({ "batchId": batch, "waitMs": 120_000 })).await.unwrap();
    assert_ne!(status["outcome"], "running", "{status}");
    status
}

/// Somebody whom the sandbox does not know.
pub fn stranger(id: usize) -> String {
    format!("{id},Nobody,Stranger{},1999-01-02,notKnown,LS11 5QT\n", letters(id))
}

/// A number as letters, because names have no digits.
fn letters(mut number: usize) -> String {
    let mut text = String::new();
    while number > 0 {
        text.push(char::from(b'a' + (number % 26) as u8));
        number /= 26;
    }
    text
}

pub fn strangers(count: usize) -> String {
    HEADER.chars().chain((1..=count).flat_map(|id| stranger(id).chars().collect::<Vec<_>>())).collect()
}

/// Each row once, in order.
pub fn assert_each_once(rows: &[Map<String, Value>], count: usize) {
    let numbers: Vec<u64> = rows.iter().map(|row| row["row"].as_u64().unwrap()).collect();
    assert_eq!(numbers, (1..=count as u64).collect::<Vec<_>>());
}
