//! Many starts at once while the home institution is down for part of the time.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use learnerlink::config::Config;
use learnerlink::{Clock, Plugin};
use serde_json::{Value, json};

use crate::stand::{KEY, http, json_answer};
use crate::support::{Reply, Server};

/// How many starts; more with this variable.
const AMOUNT: &str = "LEARNERLINK_TEST_STARTS";
const CONNECTIONS: usize = 64;

/// A home institution behind its receiver, which is down while it is told to be.
#[derive(Default)]
struct Home {
    /// Every association, and how often it was made.
    kept: Mutex<BTreeMap<String, usize>>,
    asked: AtomicUsize,
    down: (usize, usize),
}

impl Home {
    fn answer(&self, target: &str, body: &[u8]) -> Reply {
        let turn = self.asked.fetch_add(1, Ordering::SeqCst);
        if (self.down.0..self.down.1).contains(&turn) {
            // As the receiver tells it: its own error, the framework's, or nothing at all.
            return match turn % 3 {
                0 => json_answer(
                    503,
                    &json!({ "error": true, "status": "SERVICE_UNAVAILABLE", "description": "Error 503 from the OOAPI endpoint" }),
                ),
                1 => json_answer(500, &json!({ "error": "Internal Server Error", "status": 500 })),
                _ => Reply::Close(Vec::new()),
            };
        }
        if !target.starts_with("/associations/external/") {
            return json_answer(200, &json!({}));
        }
        let body: Value = serde_json::from_slice(body).unwrap();
        let id = body["ext"]["requestId"].as_str().unwrap().to_owned();
        *self.kept.lock().unwrap().entry(id.clone()).or_default() += 1;
        json_answer(201, &json!({ "associationId": format!("a-{id}"), "state": "associated" }))
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_lost_or_doubled_when_the_home_institution_is_down_for_a_while() {
    let amount: usize = std::env::var(AMOUNT).map_or(1200, |text| text.parse().unwrap());
    let home = Arc::new(Home { down: (amount / 5, amount * 3 / 5), ..Home::default() });
    let receiver = {
        let home = Arc::clone(&home);
        Server::start(move |_, request| home.answer(&request.target, &request.body)).await
    };
    let folder = tempfile::tempdir().unwrap();
    let config = json!({
        "store": folder.path().join("store.db"), "vaultKey": KEY,
        "enrollment": { "receiverUrl": receiver.url("").as_str(), "provider": "gouwe", "background": false },
        "listener": { "address": "127.0.0.1:0", "enrollment": { "user": "receiver", "password": "s3cret" } },
        // The breaker is for services; what is down here is behind one.
        "breaker": { "failures": 1000 },
        "profiles": { "gouwe": { "displayName": "Gouwe", "enrollment": { "user": "sis", "password": "s3cret" } } },
    });
    let clock = Clock::manual(jiff::Timestamp::now());
    let plugin = Plugin::open_with(Config::read(&config.to_string()).unwrap(), clock.clone()).await.unwrap();
    let call = async |operation: &str, request: Value| -> Value {
        serde_json::from_str(&plugin.call(operation, &request.to_string()).await.unwrap().json).unwrap()
    };
    let url = format!("{}/api/start", call("start_listener", json!({})).await["address"].as_str().unwrap());

    let next = Arc::new(AtomicUsize::new(0));
    let clients = (0..CONNECTIONS).map(|_| {
        let (url, next) = (url.clone(), Arc::clone(&next));
        tokio::spawn(async move {
            let http = http();
            let mut told = BTreeMap::new();
            loop {
                let number = next.fetch_add(1, Ordering::SeqCst);
                if number >= amount {
                    return told;
                }
                let body = json!({
                    "offering": { "offeringId": format!("o-{}", number % 7), "name": "Water" },
                    "person": { "personId": format!("p-{}", number / 7), "activeEnrollment": true },
                });
                let request = http.post(&url).basic_auth("receiver", Some("s3cret")).json(&body);
                let answer = request.send().await.unwrap();
                assert_eq!(answer.status(), 200);
                let answer: Value = answer.json().await.unwrap();
                *told.entry(answer["code"].as_u64().unwrap()).or_insert(0_usize) += 1;
            }
        })
    });
    let mut told = BTreeMap::new();
    for client in clients.collect::<Vec<_>>() {
        for (code, count) in client.await.unwrap() {
            *told.entry(code).or_insert(0) += count;
        }
    }
    assert_eq!(told, BTreeMap::from([(200, amount)]), "every student was told that it was received");
    assert!(home.kept.lock().unwrap().len() < amount, "the home institution was down for a while");

    // It is there again: what is kept is sent when its time has come, and then there is nothing left.
    for _ in 0..40 {
        clock.advance(Duration::from_secs(7 * 3600));
        call("flush_outbox", json!({})).await;
        if home.kept.lock().unwrap().len() == amount {
            break;
        }
    }
    assert_eq!(call("flush_outbox", json!({ "everything": true })).await["outcome"], "empty");
    let kept = home.kept.lock().unwrap().clone();
    assert_eq!(kept.len(), amount, "nothing is lost");
    assert!(kept.values().all(|times| *times == 1), "nothing is doubled");
    let (mut after, mut ids) = (0, BTreeSet::new());
    loop {
        let listed = call("list_enrollments", json!({ "changedAfter": after, "limit": 1000 })).await;
        let page = listed["enrollments"].as_array().unwrap();
        for enrollment in page {
            assert_eq!((&enrollment["home"], &enrollment["delivery"]), (&json!("associated"), &json!("delivered")));
            assert!(kept.contains_key(enrollment["requestId"].as_str().unwrap()));
            ids.insert(enrollment["enrollmentId"].as_str().unwrap().to_owned());
            after = enrollment["version"].as_u64().unwrap();
        }
        if listed["more"] == false {
            break;
        }
    }
    assert_eq!(ids.len(), amount);
    assert_eq!(call("verify_audit", json!({})).await["outcome"], "intact");
}
