//! The library's listener over a sandbox's services, and what is behind it.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use learnerlink::config::Config;
use learnerlink::lrs::register::Row;
use learnerlink::{Clock, Plugin};
use learnerlink_sandbox::Sandbox;
use serde_json::{Value, json};

/// What the original writes down, and what the safer rules add; we write down every request.
const ORIGINAL: [&str; 2] = ["match-uln", "match-learner-events"];
const ADDED: [&str; 5] = ["search-learners", "learner-events", "match-confirm", "match-none", "match-undo"];

pub struct Listener {
    pub url: String,
    plugin: Arc<Plugin>,
}

impl Listener {
    /// Starts one on the sandbox's clock; `patience_ms` is how long the service may take to answer.
    pub async fn start(sandbox: &Sandbox, strict: bool, patience_ms: Option<u64>) -> Self {
        let clock = Clock::manual(Timestamp::from_second(sandbox.unix_now()).unwrap());
        let config = json!({
            "sandbox": sandbox.url(),
            "timeouts": { "requestMs": patience_ms.unwrap_or(20_000).max(1_000) },
            "listener": {
                "address": "127.0.0.1:0",
                "learnerRecords": {
                    "provider": "10099901",
                    "profile": if strict { "strict" } else { "compat" },
                    "jwksUrl": format!("{}/hmpps-auth/auth/.well-known/jwks.json", sandbox.url()),
                },
            },
        });
        let plugin = Plugin::open_with(Config::read(&config.to_string()).unwrap(), clock).await.unwrap();
        let started = plugin.call("start_listener", "{}").await.unwrap();
        let started: Value = serde_json::from_str(&started.json).unwrap();
        Self { url: started["address"].as_str().unwrap().to_owned(), plugin }
    }

    pub async fn stop(self) {
        self.plugin.listener.stop(Duration::from_secs(5)).await;
        self.plugin.close();
    }

    /// The rows of the register, in the words of the interface; `strict` speaks of who wrote them.
    pub async fn rows(&self, strict: bool) -> Vec<Value> {
        let rows = self.plugin.lrs.register().page(0, 1000).await.unwrap();
        let shown = rows.iter().map(|row| {
            let mut shown = json!({
                "id": row.id, "nomisId": row.person_id, "matchedUln": row.matched_uln, "givenName": row.given_name,
                "familyName": row.family_name, "matchType": row.match_type, "matchStatus": row.match_status,
                "countOfReturnedUlns": row.count_of_returned_ulns,
                "dateCreated": row.created_at.to_zoned(TimeZone::UTC).datetime().to_string(),
            });
            if let Some(by) = row.by.as_ref().filter(|_| strict) {
                shown["confirmedBy"] = json!(by);
            }
            shown
        });
        shown.collect()
    }

    /// Appends rows unchecked; answers with the status that the sandbox would.
    pub async fn append(&self, rows: &Value) -> u16 {
        let text = |row: &Value, name: &str| row[name].as_str().unwrap_or_default().to_owned();
        let rows: Vec<Row> = rows
            .as_array()
            .unwrap()
            .iter()
            .enumerate()
            .map(|(at, row)| {
                let created: DateTime = row["dateCreated"].as_str().unwrap().parse().unwrap();
                Row {
                    id: at as u64 + 1,
                    person_id: text(row, "nomisId").into(),
                    matched_uln: text(row, "matchedUln").into(),
                    given_name: text(row, "givenName").into(),
                    family_name: text(row, "familyName").into(),
                    match_type: text(row, "matchType"),
                    count_of_returned_ulns: text(row, "countOfReturnedUlns"),
                    match_status: text(row, "matchStatus"),
                    created_at: created.to_zoned(TimeZone::UTC).unwrap().timestamp(),
                    by: None,
                }
            })
            .collect();
        self.plugin.lrs.register().import(&rows).await.unwrap();
        201
    }

    /// Those entries of the audit trail that the interface speaks of.
    pub async fn audit(&self, strict: bool) -> Vec<String> {
        let answer = self.plugin.call("query_audit", r#"{"limit":10000}"#).await.unwrap();
        let answer: Value = serde_json::from_str(&answer.json).unwrap();
        let names = answer["entries"].as_array().unwrap().iter().map(|entry| entry["operation"].as_str().unwrap());
        let spoken_of = |name: &&str| ORIGINAL.contains(name) || (strict && ADDED.contains(name));
        names.filter(spoken_of).map(str::to_owned).collect()
    }
}
