//! A process that ends at any step of a start: nothing is lost, and nothing is sent twice without being told.

#![cfg(all(target_os = "linux", feature = "failpoints"))]
// A test says by failing that something is not as it must be, and tells what it ran.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

#[path = "support/player.rs"]
mod player;
#[path = "support/mod.rs"]
mod support;

use std::path::Path;
use std::sync::Arc;

use learnerlink::config::Config;
use learnerlink::{Clock, Plugin};
use player::*;
use serde_json::{Value, json};
use support::{Server, answer};

async fn plugin(store: &Path, receiver: &str, clock: Clock) -> Arc<Plugin> {
    let config = json!({
        "store": store, "vaultKey": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
        "enrollment": { "receiverUrl": receiver, "provider": "gouwe", "handOver": "direct", "background": false },
        "profiles": { "gouwe": { "displayName": "Gouwe", "enrollment": { "user": "sis", "password": "s3cret" } } },
    });
    Plugin::open_with(Config::read(&config.to_string()).unwrap(), clock).await.unwrap()
}

async fn call(plugin: &Arc<Plugin>, operation: &str, request: Value) -> Value {
    serde_json::from_str(&plugin.call(operation, &request.to_string()).await.unwrap().json).unwrap()
}

/// Not a test of its own: starts an enrolment, and ends where it is told to.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "played by other tests"]
async fn starter() {
    let Ok(store) = std::env::var(STORE) else { return };
    let plugin = plugin(Path::new(&store), &std::env::var(PREFIX).unwrap(), Clock::system()).await;
    ready();
    let body = json!({ "offering": { "offeringId": "o" }, "person": { "personId": "p", "activeEnrollment": true } });
    let request = json!({ "body": body.to_string(), "decided": { "decision": "associate" } });
    acknowledge(call(&plugin, "start_enrollment", request).await["outcome"].as_str().unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_that_ends_at_any_step_loses_no_enrolment_and_says_what_it_cannot_know() {
    for (point, kept, before, flagged) in [
        // Nothing was kept, so nobody was told anything.
        ("enrollment.begin", false, 0, false),
        ("enrollment.begun", true, 0, true),
        ("enrollment.send", true, 0, true),
        ("enrollment.sent", true, 1, true),
        ("none", true, 1, false),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let store = folder.path().join("store.db");
        let points = folder.path().join("points");
        std::fs::write(&points, format!("{point} abort\n")).unwrap();
        let receiver = Server::start(|_, _| {
            let body = json!({ "associationId": "a-1", "state": "associated" }).to_string();
            answer(201, &[("Content-Type", "application/json")], body)
        })
        .await;
        let url = receiver.url("").to_string();
        let variables = [("LEARNERLINK_FAILPOINTS", points.to_str().unwrap())];
        let (place, address) = (store.clone(), url.clone());
        let variables = variables.map(|(name, value)| (name, value.to_owned()));
        let said = tokio::task::spawn_blocking(move || {
            let mut starter = Player::start_with("starter", &place, &address, 1, 1, &variables);
            starter.begin();
            let said = starter.next();
            (said, starter.ended_well())
        });
        let (said, ended_well) = said.await.unwrap();
        assert_eq!(ended_well, point == "none", "{point}");
        assert_eq!(said.as_deref(), (point == "none").then_some("associated"), "{point}");
        assert_eq!(receiver.requests().len(), before, "{point}");

        // Whoever comes next on this store takes over when the other's time is over.
        let clock = Clock::manual(jiff::Timestamp::now());
        let next = plugin(&store, &url, clock.clone()).await;
        let flushed = call(&next, "flush_outbox", json!({})).await;
        assert_eq!(flushed["delivered"], 0, "{point}: it may still be under way");
        clock.advance(std::time::Duration::from_secs(61));
        let flushed = call(&next, "flush_outbox", json!({})).await;
        assert_eq!(flushed["delivered"], u64::from(kept && point != "none"), "{point}");
        let listed = call(&next, "list_enrollments", json!({})).await;
        let listed = listed["enrollments"].as_array().unwrap();
        assert_eq!(listed.len(), usize::from(kept), "{point}");
        if let Some(enrollment) = listed.first() {
            assert_eq!((&enrollment["state"], &enrollment["outbox"]), (&json!("associated"), &json!([])), "{point}");
            let expected = if flagged { json!(["possible-duplicate"]) } else { json!([]) };
            assert_eq!(enrollment["flags"], expected, "{point}");
            let again = receiver.requests();
            let ids: std::collections::BTreeSet<String> = again
                .iter()
                .map(|request| {
                    serde_json::from_slice::<Value>(&request.body).unwrap()["ext"]["requestId"]
                        .as_str()
                        .unwrap()
                        .to_owned()
                })
                .collect();
            assert_eq!(ids.len(), 1, "{point}: every repetition has the same id");
            assert_eq!(again.len(), if point == "none" { 1 } else { before + 1 }, "{point}");
        }
        assert_eq!(call(&next, "verify_audit", json!({})).await["outcome"], "intact", "{point}");
        next.close();
    }
}
