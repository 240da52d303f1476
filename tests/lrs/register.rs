//! The register through the operations, and against other processes.

use std::process::Command;
use std::sync::Arc;

use learnerlink::Plugin;
use serde_json::{Value, json};

use crate::stand::{FAMILY, R1, Stand, call, changed};
use crate::support::answer;

/// Set for the copy of this program that plays a neighbour: the place of the store, and what its people are called.
const STORE: &str = "LEARNERLINK_TEST_REGISTER";
const PREFIX: &str = "LEARNERLINK_TEST_PEOPLE";
const THREADS: usize = 16;

async fn stand() -> Stand {
    Stand::new("direct", |_, _| answer(500, &[], "nobody calls")).await
}

fn of(person: &str, uln: &str) -> Value {
    json!({ "personId": person, "uln": uln, "givenName": "Tamsin", "familyName": FAMILY, "matchType": "exactMatch" })
}

async fn outcome(stand: &Stand, operation: &str, request: Value) -> String {
    let done = stand.call(operation, request).await.unwrap();
    done["outcome"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_match_goes_from_confirmed_over_none_to_removed_and_the_report_has_all() {
    let stand = stand().await;
    let a = json!({ "personId": " A1000AA " });
    assert_eq!(outcome(&stand, "get_match", a.clone()).await, "notMatched");
    assert_eq!(outcome(&stand, "fetch_plr", a.clone()).await, "notMatched");
    assert_eq!(outcome(&stand, "remove_match", a.clone()).await, "unchanged");
    assert_eq!(outcome(&stand, "confirm_match", of("A1000AA", R1)).await, "confirmed");
    assert_eq!(outcome(&stand, "confirm_match", of("A1000AA", R1)).await, "unchanged");
    assert_eq!(outcome(&stand, "confirm_match", of("B2000BB", R1)).await, "ulnTaken");
    let renamed = changed(of("A1000AA", R1), json!({ "givenName": "Tamsyn", "user": "manager" }));
    assert_eq!(outcome(&stand, "confirm_match", renamed).await, "confirmed");
    let found = stand.call("get_match", a.clone()).await.unwrap();
    assert_eq!(
        (&found["uln"], &found["givenName"], &found["confirmedBy"]),
        (&json!(R1), &json!("Tamsyn"), &json!("manager"))
    );
    assert_eq!(outcome(&stand, "confirm_no_match", a.clone()).await, "confirmed");
    assert_eq!(outcome(&stand, "confirm_no_match", a.clone()).await, "unchanged");
    assert_eq!(outcome(&stand, "fetch_plr", a.clone()).await, "noUln");
    assert_eq!(outcome(&stand, "confirm_match", of("B2000BB", R1)).await, "confirmed");
    assert_eq!(outcome(&stand, "remove_match", a.clone()).await, "removed");
    let report = stand.call("subject_access_report", a.clone()).await.unwrap();
    let statuses: Vec<&str> =
        report["rows"].as_array().unwrap().iter().map(|row| row["matchStatus"].as_str().unwrap()).collect();
    assert_eq!(statuses, ["Matched", "Matched", "Cannot be matched", "Unmatched"]);
    assert_eq!(report["rows"][0]["countOfReturnedUlns"], "1");
    let nobody = json!({ "personId": "C3000CC" });
    assert_eq!(stand.call("subject_access_report", nobody).await.unwrap(), json!({ "outcome": "none", "rows": [] }));
    assert_eq!(stand.server.requests().len(), 0);
    // The audit trail finds the person by a pseudonym.
    let trail =
        stand.call("query_audit", changed(a, json!({ "ukprn": null, "operation": "confirm_match" }))).await.unwrap();
    let outcomes: Vec<&Value> = trail["entries"].as_array().unwrap().iter().map(|entry| &entry["outcome"]).collect();
    assert_eq!(outcomes, ["confirmed", "unchanged", "confirmed"]);
    assert!(!trail.to_string().contains("A1000AA"));
}

#[tokio::test]
async fn a_person_in_the_register_is_asked_for_by_uln_and_names() {
    let stand = stand().await;
    stand.call("confirm_match", of("A1000AA", R1)).await.unwrap();
    assert_eq!(stand.failure("fetch_plr", json!({ "personId": "A1000AA" })).await["code"], "UNAVAILABLE");
    let body = String::from_utf8(stand.server.requests()[0].body.clone()).unwrap();
    for part in [
        format!(
            "<tem:uln>{R1}</tem:uln><tem:givenName>Tamsin</tem:givenName><tem:familyName>{FAMILY}</tem:familyName>"
        ),
        "<tem:dateOfBirth></tem:dateOfBirth><tem:gender></tem:gender>".to_owned(),
    ] {
        assert!(body.contains(&part), "{body}");
    }
}

async fn open(store: &str) -> Arc<Plugin> {
    let config = json!({ "store": store, "vaultKey": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=" });
    Plugin::open(&config.to_string()).await.unwrap()
}

/// Lets many people confirm the same ULN at once; answers how many could.
async fn race(plugin: &Arc<Plugin>, prefix: &str) -> usize {
    let tasks: Vec<_> = (0..THREADS)
        .map(|at| {
            let (plugin, request) = (Arc::clone(plugin), of(&format!("{prefix}{at}"), R1));
            tokio::spawn(async move { call(&plugin, "confirm_match", request).await.unwrap() })
        })
        .collect();
    let mut won = 0;
    for task in tasks {
        match task.await.unwrap()["outcome"].as_str().unwrap() {
            "confirmed" => won += 1,
            outcome => assert_eq!(outcome, "ulnTaken"),
        }
    }
    won
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_four_processes_with_many_threads_exactly_one_gets_the_uln() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("register.db");
    let plugin = open(store.to_str().unwrap()).await;
    let neighbours: Vec<_> = (0..3)
        .map(|at| {
            Command::new(std::env::current_exe().unwrap())
                .args(["--exact", "register::a_neighbour", "--ignored", "--nocapture"])
                .env(STORE, &store)
                .env(PREFIX, format!("N{at}-"))
                .stdout(std::process::Stdio::piped())
                .spawn()
                .unwrap()
        })
        .collect();
    let mut won = race(&plugin, "own-").await;
    for neighbour in neighbours {
        let output = neighbour.wait_with_output().unwrap();
        assert!(output.status.success());
        let text = String::from_utf8(output.stdout).unwrap();
        let line = text.lines().find_map(|line| line.split("won=").nth(1)).expect("the neighbour tells");
        won += line.trim().parse::<usize>().unwrap();
    }
    assert_eq!(won, 1);
    let holders: Vec<_> = plugin.lrs.register().page(0, 1000).await.unwrap();
    assert_eq!(holders.len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "run by the test above as a process of its own"]
#[allow(clippy::print_stdout)]
async fn a_neighbour() {
    let Ok(store) = std::env::var(STORE) else { return };
    let plugin = open(&store).await;
    println!("won={}", race(&plugin, &std::env::var(PREFIX).unwrap()).await);
}
