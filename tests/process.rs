//! The library as a guest in a process: forks, exits, unloading, shutdown, neighbours, and sudden death.

#![cfg(target_os = "linux")]
// A test says by failing that something is not as it must be.
#![allow(clippy::unwrap_used)]

#[path = "support/abi.rs"]
mod abi;
#[path = "support/c.rs"]
mod c;
#[path = "support/player.rs"]
mod player;

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use abi::*;
use learnerlink_sandbox::Sandbox;
use player::*;
use serde_json::{Value, json};

/// Tests that shut down or count what the whole process has take turns.
fn turn() -> MutexGuard<'static, ()> {
    static ONE: Mutex<()> = Mutex::new(());
    ONE.lock().unwrap_or_else(PoisonError::into_inner)
}

fn config(store: &Path) -> Value {
    json!({ "store": store, "vaultKey": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=" })
}

#[test]
fn a_forked_child_is_refused_and_nothing_hangs() {
    c::compile("fork", &library_path()).run(&[]);
}

#[test]
fn a_process_may_end_with_work_under_way_and_nothing_closed() {
    let sandbox = Sandbox::start();
    let program = c::compile("exit", &library_path());
    for _ in 0..10 {
        program.run(&[&sandbox.url()]);
    }
}

#[test]
fn a_library_that_was_unloaded_stays_and_works_when_loaded_again() {
    c::compile("unload", &library_path()).run(&[library_path().to_str().unwrap()]);
}

/// The names of this process's threads.
fn threads() -> Vec<String> {
    let tasks = std::fs::read_dir("/proc/self/task").unwrap();
    let names = tasks.map(|task| std::fs::read_to_string(task.unwrap().path().join("comm")));
    // A thread may end while it is looked at.
    names.filter_map(Result::ok).map(|name| name.trim().to_owned()).collect()
}

#[test]
fn no_thread_is_left_after_the_last_plugin_was_closed() {
    let _turn = turn();
    let ours = || threads().iter().filter(|name| name.starts_with("learnerlink")).count();
    for _ in 0..5 {
        let folder = tempfile::tempdir().unwrap();
        let plugins =
            [open(&config(&folder.path().join("x.db"))).unwrap(), open(&json!({ "store": ":memory:" })).unwrap()];
        for plugin in plugins {
            call(plugin, "list_profiles", &json!({})).unwrap();
        }
        assert!(ours() >= 2, "{:?}", threads());
        for plugin in plugins {
            close(plugin).unwrap();
        }
        let begun = Instant::now();
        while ours() > 0 {
            assert!(begun.elapsed() < PATIENCE, "{:?}", threads());
            std::thread::yield_now();
        }
    }
}

#[test]
fn shutdown_is_bounded_and_names_what_it_could_not_end() {
    let _turn = turn();
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("x.db");
    let (plugin, queue) = (open(&config(&place)).unwrap(), queue());
    // Another process holds the store, so nothing that is to be written can end.
    let neighbour = Player::start("holder", &place, "", 0, 0);
    let op = start(plugin, "put_profile", &json!({ "profile": "x", "displayName": "x" })).unwrap();
    enqueue(op, queue, 5).unwrap();
    let begun = Instant::now();
    let failure = shutdown(200);
    let failure = failure.unwrap_err();
    assert!(begun.elapsed() >= Duration::from_millis(200) && begun.elapsed() < Duration::from_secs(3));
    assert_eq!(failure.status, TIMED_OUT);
    let error = failure.error.unwrap();
    assert_eq!(error["details"]["operations"], json!(["put_profile"]));
    assert!(error["details"]["waitedMs"].as_u64().unwrap() >= 200, "{error}");
    assert_eq!(next(queue, 0), Ok((5, STOPPED)), "what could not be ended is given up and delivered");
    assert_eq!(next(queue, 0), Err(CLOSED));
    assert_eq!(poll(op).unwrap(), STOPPED);
    neighbour.kill();
    shutdown(0).unwrap();
    for handle in [op, queue, plugin] {
        close(handle).unwrap();
    }
    let again = open(&config(&place)).unwrap();
    assert_eq!(call(again, "verify_audit", &json!({})).unwrap()["outcome"], "intact");
    close(again).unwrap();
}

#[test]
fn a_shutdown_of_nothing_is_quick_and_can_be_repeated() {
    let _turn = turn();
    for _ in 0..3 {
        let begun = Instant::now();
        shutdown(FOREVER).unwrap();
        assert!(begun.elapsed() < Duration::from_secs(1));
    }
}

/// Not a test of its own: what the copies of this program do that others start. Each write is acknowledged
/// by a line once the library has said that it succeeded.
#[test]
#[ignore = "played by other tests"]
fn neighbour() {
    let Ok(store) = std::env::var(STORE) else { return };
    let prefix = std::env::var(PREFIX).unwrap();
    let plugin = open(&config(Path::new(&store))).unwrap();
    ready();
    std::thread::scope(|scope| {
        for thread in 0..number(THREADS) {
            let prefix = &prefix;
            scope.spawn(move || {
                for write in 0..number(AMOUNT) {
                    let name = format!("{prefix}-{thread}-{write}");
                    let request = json!({ "profile": name, "traceId": name, "displayName": NAME });
                    call(plugin, "put_profile", &request).unwrap();
                    acknowledge(&name);
                }
            });
        }
    });
    close(plugin).unwrap();
}

/// Not a test of its own: holds the store until it is killed.
#[test]
#[ignore = "played by other tests"]
fn holder() {
    let Ok(store) = std::env::var(STORE) else { return };
    let connection = rusqlite::Connection::open(store).unwrap();
    connection.execute_batch("BEGIN IMMEDIATE").unwrap();
    ready();
}

/// The names of all profiles and the trace ids of all entries of the audit trail, which must be intact.
fn contents(store: &Path) -> (BTreeSet<String>, BTreeSet<String>) {
    let _turn = turn();
    let plugin = open(&config(store)).unwrap();
    let verdict = call(plugin, "verify_audit", &json!({})).unwrap();
    assert_eq!(verdict["outcome"], "intact", "{verdict}");
    let profiles = call(plugin, "list_profiles", &json!({})).unwrap();
    let names = |list: &Value, key: &str| {
        list.as_array().unwrap().iter().filter_map(|item| item[key].as_str().map(str::to_owned)).collect::<Vec<_>>()
    };
    assert!(names(&profiles["profiles"], "displayName").iter().all(|name| name == NAME));
    let profiles = names(&profiles["profiles"], "profile").into_iter().collect();
    let mut traced = BTreeSet::new();
    let mut after = 0;
    loop {
        let request = json!({ "operation": "put_profile", "outcome": "ok", "afterSeq": after, "limit": 10_000 });
        let page = call(plugin, "query_audit", &request).unwrap();
        traced.extend(names(&page["entries"], "traceId"));
        if page["more"] == false {
            break;
        }
        after = page["entries"].as_array().unwrap().last().unwrap()["seq"].as_u64().unwrap();
    }
    close(plugin).unwrap();
    (profiles, traced)
}

#[test]
fn two_processes_share_one_new_store_from_its_first_moment_on() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("shared.db");
    // Both open the store that does not exist yet.
    let mut pair = std::thread::scope(|scope| {
        ["a", "b"]
            .map(|prefix| scope.spawn(|| Player::start("neighbour", &place, prefix, 4, 25)))
            .map(|one| one.join().unwrap())
    });
    for neighbour in &mut pair {
        neighbour.begin();
    }
    let mut acknowledged = BTreeSet::new();
    for mut neighbour in pair {
        acknowledged.extend(std::iter::from_fn(|| neighbour.next()));
        assert!(neighbour.ended_well());
    }
    assert_eq!(acknowledged.len(), 200);
    let (profiles, traced) = contents(&place);
    assert_eq!((&profiles, &traced), (&acknowledged, &acknowledged));
}

#[test]
fn a_process_killed_200_times_while_it_writes_loses_nothing_it_had_acknowledged() {
    for store in 0..10 {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("killed.db");
        let mut acknowledged = BTreeSet::new();
        for kill in 0..20 {
            let mut neighbour = Player::start("neighbour", &place, &format!("k{kill}"), 4, 100_000);
            neighbour.begin();
            // From before the first write to the middle of many.
            for _ in 0..(kill * 7 + store * 3) % 40 {
                acknowledged.insert(neighbour.next().expect("it writes until it is killed"));
            }
            acknowledged.extend(neighbour.kill());
            let (profiles, traced) = contents(&place);
            let lost: Vec<&String> = acknowledged.difference(&profiles).collect();
            assert!(lost.is_empty(), "store {store}, kill {kill}: {lost:?} are lost");
            let lost: Vec<&String> = acknowledged.difference(&traced).collect();
            assert!(lost.is_empty(), "store {store}, kill {kill}: the audit trail lacks {lost:?}");
        }
    }
}
