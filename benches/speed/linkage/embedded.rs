//! Through the C ABI of the real shared library, against the bare statements.

use std::ffi::CString;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Barrier, Mutex};
use std::time::Instant;

use learnerlink::runtime::Runtime;
use learnerlink::store::lookup;
use rusqlite::{Connection, params};

use super::{CALLERS, ODS, config, create_request, filled, nhs_numbers, retrieve_request};
use crate::abi::{Abi, library};
use crate::measure::{Case, interleaved};
use crate::report::{Goal, Row};
use crate::store::folder;
use crate::{Effort, Outcome};

/// Patients who have a key and are asked for in turn.
const KNOWN: usize = 500;
const TIME: &str = "2026-11-22T00:00:00.000000Z";

/// Retrieve and Create by number of callers, each of whom waits until the audit entry is durable.
pub fn rows(effort: &Effort) -> Outcome {
    const WHAT: &str = "linkage keys through the C ABI";
    if let Err(why) = library() {
        return Ok(vec![Row::skipped(WHAT, &why)]);
    }
    let rounds = effort.rounds.min(7);
    // Callers share a flush of ours, so that it takes more of them to fill a measurable time; and theirs none.
    let each = |callers: usize| match (callers, effort.quick) {
        (1, quick) => {
            if quick {
                (60, 60)
            } else {
                (300, 300)
            }
        }
        (16, quick) => {
            if quick {
                (20, 4)
            } else {
                (100, 20)
            }
        }
        (_, quick) => {
            if quick {
                (12, 1)
            } else {
                (60, 5)
            }
        }
    };
    let new: usize = rounds * CALLERS.iter().map(|callers| callers * each(*callers).0).sum::<usize>();
    let folder = folder()?;
    let (ours, theirs) = (folder.path().join("ours.db"), folder.path().join("theirs.db"));
    let runtime = Runtime::shared()?;
    filled(&runtime, &ours, KNOWN, new)?;
    // The same rows for the other side.
    Connection::open(&ours)?.execute("VACUUM INTO ?1", [theirs.to_str().ok_or("the folder's name is not UTF-8")?])?;
    let bare = Bare::open(theirs.to_str().ok_or("the folder's name is not UTF-8")?)?;
    let abi = Abi::load()?;
    let plugin = abi.open(&config(&ours).to_string())?;
    let requests = |made: fn(&str) -> serde_json::Value, skip, take| -> Vec<CString> {
        let numbers = nhs_numbers().skip(skip).take(take);
        numbers.map(|number| CString::new(made(&number).to_string()).expect("JSON has no NUL")).collect()
    };
    let asked = Turns::new(requests(retrieve_request, 0, KNOWN));
    let made = Turns::new(requests(create_request, KNOWN, new));
    let retrieve = || answered(|buffer| abi.retrieve_linkage_key(plugin, asked.next(), buffer));
    let create = || answered(|buffer| abi.create_linkage_key(plugin, made.next(), buffer));
    let (bare_retrieve, bare_create) = (|| bare.retrieve(), || bare.create());
    let mut cases: Vec<Case<'_>> = Vec::new();
    for callers in CALLERS {
        let (many, few) = each(callers);
        cases.push(Box::new(move || rate(callers, many, &retrieve)));
        cases.push(Box::new(move || rate(callers, few, &bare_retrieve)));
        cases.push(Box::new(move || rate(callers, many, &create)));
        cases.push(Box::new(move || rate(callers, few, &bare_create)));
    }
    let results = interleaved(rounds, cases);
    abi.close(plugin);
    let mut rows = Vec::new();
    for (function, first) in [("retrieve", 0), ("create", 2)] {
        for (turn, callers) in CALLERS.into_iter().enumerate() {
            let at = 4 * turn + first;
            let what = format!("linkage keys, {function} through the C ABI, {callers} callers, against bare SQLite");
            // No goal: how many flushes fit into a second is the disk's affair, and how many callers share one
            // depends on how fast it is.
            rows.push(Row::ratio(&what, "requests/s", &results[at], &results[at + 1], Goal::None));
        }
    }
    Ok(rows)
}

/// Things that many callers take in turn.
struct Turns<T> {
    all: Vec<T>,
    next: AtomicUsize,
}

impl<T> Turns<T> {
    fn new(all: Vec<T>) -> Self {
        Self { all, next: AtomicUsize::new(0) }
    }

    fn next(&self) -> &T {
        &self.all[self.next.fetch_add(1, Ordering::Relaxed) % self.all.len()]
    }
}

fn answered(call: impl FnOnce(&mut [u8]) -> Result<usize, i32>) {
    let mut buffer = [0; 1024];
    let length = call(&mut buffer).expect("the library answers");
    let answer = String::from_utf8_lossy(&buffer[..length]);
    assert!(answer.contains(r#""outcome":"ok""#), "{answer}");
}

/// Calls per second of so many threads.
fn rate(callers: usize, each: usize, call: &(impl Fn() + Sync)) -> f64 {
    let ready = Barrier::new(callers + 1);
    let began = std::thread::scope(|scope| {
        for _ in 0..callers {
            scope.spawn(|| {
                ready.wait();
                (0..each).for_each(|_| call());
            });
        }
        ready.wait();
        Instant::now()
    });
    (callers * each) as f64 / began.elapsed().as_secs_f64()
}

/// The bare statements over one connection behind a mutex, as a host would write them who needs no seals, no keyed
/// hashes and no chain. What the wrapper around the C API costs is lost in the time a flush takes.
struct Bare {
    connection: Mutex<Connection>,
    asked: Turns<String>,
    made: Turns<String>,
}

impl Bare {
    fn open(path: &str) -> Result<Self, Box<dyn std::error::Error>> {
        // Set up as the store's own connections are, for the same durability.
        let connection = lookup::reader(path)?;
        let tags = |sql: &str| -> rusqlite::Result<Vec<String>> {
            connection.prepare(sql)?.query_map([], |row| row.get(0))?.collect()
        };
        let known = "SELECT p.tag FROM linkage_patients p JOIN linkage_accounts a ON a.patient = p.id";
        let new = "SELECT tag FROM linkage_patients WHERE id NOT IN (SELECT patient FROM linkage_accounts)";
        let (asked, made) = (Turns::new(tags(known)?), Turns::new(tags(new)?));
        Ok(Self { connection: Mutex::new(connection), asked, made })
    }

    fn retrieve(&self) {
        let tag = self.asked.next();
        self.within(|connection| {
            let mut found = connection.prepare_cached(
                "SELECT p.ods, p.registered, p.blocked, p.sealed, a.sealed, k.generation, k.sealed
                 FROM linkage_patients p JOIN linkage_accounts a ON a.patient = p.id
                 JOIN linkage_keys k ON k.patient = p.id AND k.state = 'active' WHERE p.tag = ?1",
            )?;
            let key: Vec<u8> = found.query_row([tag], |row| row.get(6))?;
            std::hint::black_box(key);
            entered(connection, "retrieve_linkage_key")
        });
    }

    fn create(&self) {
        let tag = self.made.next();
        self.within(|connection| {
            let mut found = connection.prepare_cached("SELECT id FROM linkage_patients WHERE tag = ?1")?;
            let patient: i64 = found.query_row([tag], |row| row.get(0))?;
            connection
                .prepare_cached(
                    "INSERT INTO linkage_accounts VALUES (?1, lower(hex(randomblob(16))), ?2, randomblob(55))",
                )?
                .execute(params![patient, TIME])?;
            connection
                .prepare_cached(
                    "INSERT INTO linkage_keys (patient, generation, mac, state, created_at, sealed)
                     VALUES (?1, 1, randomblob(32), 'active', ?2, randomblob(63))",
                )?
                .execute(params![patient, TIME])?;
            entered(connection, "create_linkage_key")
        });
    }

    fn within(&self, work: impl FnOnce(&Connection) -> rusqlite::Result<()>) {
        let mut connection = self.connection.lock().expect("no caller panics");
        let transaction = connection.transaction().expect("nobody else writes");
        work(&transaction).expect("the statements fit the schema");
        transaction.commit().expect("the disk takes it");
    }
}

/// An audit entry as long as ours are.
fn entered(connection: &Connection, operation: &str) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO audit (at, operation, system, profile, subject, outcome, status, trace_id, duration_ms, hash, details)
             VALUES (?1, ?2, 'linkage', ?3, ?4, 'ok', 0, ?5, 1, randomblob(32), ?6)",
        )?
        .execute(params![
            TIME,
            operation,
            ODS,
            "0f0e0d0c0b0a09080706050403020100",
            "0f0e0d0c-0b0a-4908-8706-050403020100",
            r#"{"odsCode":"A12345","generation":1,"number":200}"#,
        ])
        .map(drop)
}
