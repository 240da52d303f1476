//! Many processes on one register of linkage keys: nobody gets a second key, and none is lost.

#![cfg(target_os = "linux")]
// A test says by failing that something is not as it must be, and tells what it ran.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

#[path = "support/abi.rs"]
mod abi;
#[path = "support/player.rs"]
mod player;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use abi::*;
use learnerlink::identifiers::NhsNumber;
use player::*;
use serde_json::{Value, json};

fn config(store: &Path) -> Value {
    json!({
        "store": store, "vaultKey": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
        "timeouts": { "operationMs": 120_000 },
    })
}

/// Invented numbers with good check digits.
fn numbers(count: usize) -> Vec<String> {
    let with_digit = |prefix: u32| (0..10).map(move |digit| format!("{prefix}{digit}"));
    (999_200_000..).flat_map(with_digit).filter(|text| NhsNumber::parse(text).is_ok()).take(count).collect()
}

/// A register of patients who have no key.
fn register(place: &Path, count: usize) {
    let file = place.with_extension("csv");
    let mut text =
        String::from("odsCode,organisationName,nhsNumber,surname,dateOfBirth\nA12345,Northgate Surgery,,,\n");
    for number in numbers(count) {
        text.push_str(&format!("A12345,,{number},Fenner,1980-01-01\n"));
    }
    std::fs::write(&file, text).unwrap();
    let plugin = open(&config(place)).unwrap();
    let done = call(plugin, "import_register", &json!({ "path": file, "user": "clerk" })).unwrap();
    assert_eq!(done["outcome"], "imported", "{done}");
    close(plugin).unwrap();
}

/// Not a test of its own: creates a key for every patient from every thread, and says of each what came of it.
#[test]
#[ignore = "played by other tests"]
fn creator() {
    let Ok(store) = std::env::var(STORE) else { return };
    let prefix = std::env::var(PREFIX).unwrap();
    let (threads, patients) = (number(THREADS), numbers(number(AMOUNT)));
    let plugin = open(&config(Path::new(&store))).unwrap();
    ready();
    let others = AtomicU64::new(0);
    std::thread::scope(|scope| {
        for thread in 0..threads {
            let (prefix, patients, others) = (&prefix, &patients, &others);
            scope.spawn(move || {
                for (at, number) in patients.iter().enumerate() {
                    let surname = "FENNER";
                    let request = json!({
                        "odsCode": "A12345", "nhsNumber": number, "surname": surname, "dateOfBirth": "1980-01-01",
                        "traceId": format!("{prefix}-{thread}-{at}"), "user": "creator",
                    });
                    let said = call(plugin, "create_linkage_key", &request).unwrap();
                    match said["outcome"].as_str().unwrap() {
                        "ok" => acknowledge(&format!("{number} {}", said["linkageKey"].as_str().unwrap())),
                        "keyAlreadyExists" => drop(others.fetch_add(1, Ordering::Relaxed)),
                        other => panic!("{other}"),
                    }
                }
            });
        }
    });
    close(plugin).unwrap();
    acknowledge(&format!("others {}", others.load(Ordering::Relaxed)));
}

/// Number and key of what a creator says it was given.
fn given(line: &str) -> (String, String) {
    let (number, key) = line.split_once(' ').unwrap();
    (number.to_owned(), key.to_owned())
}

/// How many keys each patient has had, and how many patients have one in force; the audit trail must be intact.
fn counts(place: &Path) -> (u64, u64) {
    let plugin = open(&config(place)).unwrap();
    let verdict = call(plugin, "verify_audit", &json!({})).unwrap();
    assert_eq!(verdict["outcome"], "intact", "{verdict}");
    close(plugin).unwrap();
    let connection = rusqlite::Connection::open(place).unwrap();
    let count = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, u64>(0)).unwrap();
    let keys = count("SELECT count(*) FROM linkage_keys");
    let made = count("SELECT count(*) FROM audit WHERE operation = 'create_linkage_key' AND outcome = 'ok'");
    assert_eq!(keys, made, "every key has its entry in the audit trail, and every entry its key");
    (keys, count("SELECT count(DISTINCT patient) FROM linkage_keys WHERE state = 'active'"))
}

#[test]
fn of_32_threads_in_each_of_4_processes_one_gets_the_key_of_a_patient_and_all_others_are_told() {
    const PATIENTS: usize = 1_000;
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("register.db");
    register(&place, PATIENTS);
    let begun = Instant::now();
    let mut creators: Vec<_> =
        (0..4).map(|process| Player::start("creator", &place, &format!("p{process}"), 32, PATIENTS)).collect();
    creators.iter_mut().for_each(Player::begin);
    let mut keys = BTreeMap::new();
    let mut others = 0;
    for mut creator in creators {
        while let Some(line) = creator.next() {
            match line.split_once("others ") {
                Some((_, count)) => others += count.parse::<u64>().unwrap(),
                None => {
                    let (number, key) = given(&line);
                    assert!(keys.insert(number, key).is_none(), "a patient was given two keys");
                }
            }
        }
        assert!(creator.ended_well());
    }
    println!("{} creates in {:?}", 128 * PATIENTS, begun.elapsed());
    assert_eq!((keys.len(), others), (PATIENTS, 127 * PATIENTS as u64));
    assert_eq!(counts(&place), (PATIENTS as u64, PATIENTS as u64));
    let plugin = open(&config(&place)).unwrap();
    for (number, key) in &keys {
        let said = call(plugin, "retrieve_linkage_key", &json!({ "odsCode": "A12345", "nhsNumber": number })).unwrap();
        assert_eq!(said["linkageKey"], key.as_str());
    }
    close(plugin).unwrap();
}

#[test]
fn of_200_processes_killed_while_they_create_none_loses_a_key_it_was_given_and_none_is_issued_twice() {
    for store in 0..10 {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("killed.db");
        register(&place, 400);
        let mut keys = BTreeMap::new();
        for kill in 0..20 {
            let mut creator = Player::start("creator", &place, &format!("k{kill}"), 4, 400);
            creator.begin();
            let mut lines = Vec::new();
            // From before the first key to the middle of many.
            for _ in 0..(kill * 7 + store * 3) % 20 {
                lines.extend(creator.next());
            }
            lines.extend(creator.kill());
            for (number, key) in lines.iter().filter(|line| !line.starts_with("others")).map(|line| given(line)) {
                assert!(keys.insert(number, key).is_none(), "store {store}, kill {kill}: a key was issued twice");
            }
        }
        let (count, patients) = counts(&place);
        assert_eq!(count, patients, "store {store}: a patient has had two keys");
        assert!(count >= keys.len() as u64, "store {store}: keys are lost");
        let plugin = open(&config(&place)).unwrap();
        for (number, key) in &keys {
            let said =
                call(plugin, "retrieve_linkage_key", &json!({ "odsCode": "A12345", "nhsNumber": number })).unwrap();
            assert_eq!(said["linkageKey"], key.as_str(), "store {store}: an acknowledged key is lost");
        }
        close(plugin).unwrap();
    }
}
