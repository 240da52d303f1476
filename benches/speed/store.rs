//! The store: looking things up, and writing what must not be lost.

use std::ffi::{CStr, c_int};
use std::hint::black_box;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use hmac::{Hmac, KeyInit, Mac};
use learnerlink::audit::Audit;
use learnerlink::store::{AuditEntry, Store, VeraShare, lookup};
use learnerlink::vault::{MasterKey, Vault};
use rusqlite::{Connection, ffi, params};
use sha2::Sha256;
use tokio::runtime::Runtime;

use crate::measure::{Case, Series, interleaved, nanos_per_call};
use crate::report::{Goal, Row};
use crate::{Effort, Outcome};

const PROFILES: usize = 20_000;
const CALLERS: usize = 64;

/// A folder on a real disk: in memory nothing would have to be waited for.
pub fn folder() -> Result<tempfile::TempDir, Box<dyn std::error::Error>> {
    let parent = env!("CARGO_TARGET_TMPDIR");
    std::fs::create_dir_all(parent)?;
    let mounts = std::fs::read_to_string("/proc/mounts").unwrap_or_default();
    let inside = |mount: &&str| mount.split(' ').nth(1).is_some_and(|place| Path::new(parent).starts_with(place));
    let kind = mounts.lines().filter(inside).max_by_key(|mount| mount.split(' ').nth(1).map_or(0, str::len));
    if kind.and_then(|mount| mount.split(' ').nth(2)) == Some("tmpfs") {
        eprintln!("warning: {parent} is in memory; the figures for durable writes mean nothing");
    }
    Ok(tempfile::tempdir_in(parent)?)
}

fn name_of(at: usize) -> String {
    format!("{:08}", 10_000_000 + at * 7919 % 80_000_000)
}

/// The C API with a statement that is held, as one would write it by hand.
struct Held {
    database: *mut ffi::sqlite3,
    statement: *mut ffi::sqlite3_stmt,
}

impl Held {
    fn open(path: &str) -> Result<Self, String> {
        let (path, sql) = (format!("{path}\0"), format!("{}\0", lookup::CREDENTIAL));
        let mut held = Self { database: std::ptr::null_mut(), statement: std::ptr::null_mut() };
        // SAFETY: the path is NUL-terminated and the out-pointer is to a local.
        let opened = unsafe { ffi::sqlite3_open(path.as_ptr().cast(), &mut held.database) };
        // SAFETY: the database was opened, the text is NUL-terminated, the out-pointer is to a local.
        let prepared = unsafe {
            ffi::sqlite3_prepare_v2(held.database, sql.as_ptr().cast(), -1, &mut held.statement, std::ptr::null_mut())
        };
        if (opened, prepared) == (ffi::SQLITE_OK, ffi::SQLITE_OK) {
            Ok(held)
        } else {
            Err(format!("SQLite: {opened}, {prepared}"))
        }
    }

    fn bind(&self, at: c_int, text: &str) {
        // SAFETY: the statement is open and SQLite copies the text.
        unsafe {
            ffi::sqlite3_bind_text(
                self.statement,
                at,
                text.as_ptr().cast(),
                text.len() as c_int,
                ffi::SQLITE_TRANSIENT(),
            );
        }
    }

    fn credential(&self, name: &str, system: &str) -> Option<(String, Vec<u8>)> {
        self.bind(1, name);
        self.bind(2, system);
        // SAFETY: the statement is open.
        let stepped = unsafe { ffi::sqlite3_step(self.statement) };
        let row = (stepped == ffi::SQLITE_ROW).then(|| {
            // SAFETY: there is a row, and the text ends with NUL and lives until the next call.
            let name = unsafe { CStr::from_ptr(ffi::sqlite3_column_text(self.statement, 0).cast()) };
            // SAFETY: there is a row.
            let (bytes, length) =
                unsafe { (ffi::sqlite3_column_blob(self.statement, 1), ffi::sqlite3_column_bytes(self.statement, 1)) };
            // SAFETY: SQLite says that so many bytes are there, until the next call.
            let sealed = unsafe { std::slice::from_raw_parts(bytes.cast::<u8>(), length as usize) };
            (name.to_str().expect("names are UTF-8").to_owned(), sealed.to_vec())
        });
        // SAFETY: the statement is open.
        unsafe { ffi::sqlite3_reset(self.statement) };
        row
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        // SAFETY: both were opened by us and are not used again.
        unsafe {
            ffi::sqlite3_finalize(self.statement);
            ffi::sqlite3_close(self.database);
        }
    }
}

/// A credential by its profile's name: the store's function against the C API.
pub fn lookups(effort: &Effort) -> Outcome {
    let folder = folder()?;
    let path = folder.path().join("lookup.db").to_str().ok_or("the folder's name is not UTF-8")?.to_owned();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let store = runtime.block_on(Store::open(&path))?;
    fill(&path)?;
    let (connection, held) = (lookup::reader(&path)?, Held::open(&path)?);
    let names: Vec<String> = (0..PROFILES).map(|at| name_of(at * 4_827 % PROFILES)).collect();
    assert_eq!(lookup::credential(&connection, &names[7], "vera")?, held.credential(&names[7], "vera"));
    let span = Duration::from_millis(if effort.quick { 60 } else { 200 });
    let next = |at: &mut usize| {
        *at = (*at + 1) % PROFILES;
        names[*at].as_str()
    };
    let (mut ours, mut theirs, mut hop) = (0, 0, 0);
    let cases: Vec<Case<'_>> = vec![
        Box::new(|| {
            nanos_per_call(span, || drop(black_box(lookup::credential(&connection, next(&mut ours), "vera")))) / 1000.0
        }),
        Box::new(|| nanos_per_call(span, || drop(black_box(held.credential(next(&mut theirs), "vera")))) / 1000.0),
        Box::new(|| {
            const CALLS: u32 = 500;
            let began = Instant::now();
            for _ in 0..CALLS {
                drop(black_box(runtime.block_on(store.profiles.credential(next(&mut hop), "vera"))));
            }
            began.elapsed().as_secs_f64() * 1e6 / f64::from(CALLS)
        }),
    ];
    let results = interleaved(effort.rounds, cases);
    Ok(vec![
        Row::ratio(
            "register lookup, against the C API with a held statement",
            "µs",
            &results[0],
            &results[1],
            Goal::AtMost(1.10),
        ),
        Row::value(
            "the same from a task: to a thread for blocking work and back",
            "µs",
            results[2].median(),
            Goal::None,
        ),
    ])
}

fn fill(path: &str) -> rusqlite::Result<()> {
    let mut connection = Connection::open(path)?;
    let transaction = connection.transaction()?;
    for at in 0..PROFILES {
        let name = name_of(at);
        transaction
            .prepare_cached("INSERT INTO profiles VALUES (?1, ?1, 'Invented College', '2026-11-22T00:00:00.000000Z')")?
            .execute([&name])?;
        transaction
            .prepare_cached(
                "INSERT INTO credentials VALUES (?1, 'vera', ?1, zeroblob(200), '2026-11-22T00:00:00.000000Z')",
            )?
            .execute([&name])?;
    }
    transaction.commit()
}

fn share(id: &str) -> VeraShare {
    let now = jiff::Timestamp::UNIX_EPOCH;
    VeraShare {
        id: id.into(),
        profile: "10099901".into(),
        pattern: "A".into(),
        state: "awaitingLearner".into(),
        correlation_tag: id.into(),
        learner_tag: None,
        issued_at: now,
        deadline_at: now,
        polls: 0,
        updated_at: now,
        sealed: vec![7; 300],
    }
}

pub fn entry() -> AuditEntry {
    AuditEntry {
        at: jiff::Timestamp::UNIX_EPOCH,
        operation: "generate_qr".into(),
        system: "vera".into(),
        user: Some("reception".into()),
        profile: Some("10099901".into()),
        subject: Some("0f0e0d0c0b0a09080706050403020100".into()),
        outcome: "issued".into(),
        status: 0,
        trace_id: None,
        duration_ms: 12,
        details: None,
    }
}

/// 64 callers who each wait until their write is durable, against a mutex around one connection.
pub fn writes(effort: &Effort) -> Outcome {
    let folder = folder()?;
    let place =
        |name: &str| folder.path().join(name).to_str().map(str::to_owned).ok_or("the folder's name is not UTF-8");
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let store = runtime.block_on(Store::open(&place("ours.db")?))?;
    let vault = runtime.block_on(Vault::open(Arc::clone(&store.vault_keys), MasterKey::random()?))?;
    let audit = Audit::new(Arc::clone(&store.audit), Arc::new(vault));
    // The same schema, for the other side.
    drop(runtime.block_on(Store::open(&place("theirs.db")?))?);
    let connection = Mutex::new(lookup::reader(&place("theirs.db")?)?);
    let (few, many) = if effort.quick { (8, 60) } else { (20, 200) };
    let serial = std::sync::atomic::AtomicUsize::new(0);
    let fresh = || uuid::Uuid::from_u128(serial.fetch_add(1, std::sync::atomic::Ordering::Relaxed) as u128).to_string();
    let fresh = &fresh;
    let cases: Vec<Case<'_>> = vec![
        Box::new(|| {
            grouped(&runtime, many, |_| {
                let (store, id) = (store.clone(), fresh());
                async move { store.vera_shares.add(share(&id), None).await.map(drop) }
            })
        }),
        Box::new(|| one_by_one(few, || insert_share(&connection, &fresh()))),
        Box::new(|| {
            grouped(&runtime, many, |_| {
                let audit = audit.clone();
                async move { audit.record(entry()).await.map(drop) }
            })
        }),
        Box::new(|| one_by_one(few, || append(&connection))),
    ];
    let results: Vec<Series> = interleaved(effort.rounds.min(7), cases);
    let row = |what: &str, at: usize| {
        let what = format!("{CALLERS} callers, every {what} durable, against a mutex for each");
        Row::ratio(&what, "writes/s", &results[at], &results[at + 1], Goal::AtLeast(8.0))
    };
    Ok(vec![row("row", 0), row("audit entry", 2)])
}

/// Writes per second of 64 tasks that write one thing after another.
fn grouped<F>(runtime: &Runtime, each: usize, write: impl Fn(usize) -> F) -> f64
where
    F: Future<Output = learnerlink::Result<()>> + Send + 'static,
{
    // Made beforehand: the callers differ in nothing but when they come.
    let callers: Vec<Vec<F>> = (0..CALLERS).map(|_| (0..each).map(&write).collect()).collect();
    let began = Instant::now();
    let tasks: Vec<_> = callers
        .into_iter()
        .map(|writes| {
            runtime.spawn(async move {
                for write in writes {
                    write.await.expect("the store takes it");
                }
            })
        })
        .collect();
    for task in tasks {
        runtime.block_on(task).expect("no caller panics");
    }
    (CALLERS * each) as f64 / began.elapsed().as_secs_f64()
}

fn one_by_one(each: usize, write: impl Fn() + Sync) -> f64 {
    let began = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..CALLERS {
            scope.spawn(|| (0..each).for_each(|_| write()));
        }
    });
    (CALLERS * each) as f64 / began.elapsed().as_secs_f64()
}

fn insert_share(connection: &Mutex<Connection>, id: &str) {
    let share = share(id);
    let connection = connection.lock().expect("no caller panics");
    let mut insert = connection
        .prepare_cached("INSERT INTO vera_shares VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, NULL, NULL)")
        .expect("the schema is ours");
    let time = share.issued_at.to_string();
    insert
        .execute(params![
            share.id,
            share.profile,
            share.pattern,
            share.state,
            share.correlation_tag,
            share.learner_tag,
            time,
            time,
            share.polls,
            time,
            share.sealed
        ])
        .expect("the row is new");
}

/// One entry of a chain: the end read, two keyed hashes, the entry and the new end written.
fn append(connection: &Mutex<Connection>) {
    let (entry, mut connection) = (entry(), connection.lock().expect("no caller panics"));
    let transaction = connection.transaction().expect("nobody else writes");
    let last: Option<(i64, Vec<u8>)> = {
        let mut ends =
            transaction.prepare_cached("SELECT last_seq, last_hash FROM audit_ends").expect("the schema is ours");
        ends.query_row([], |row| Ok((row.get(0)?, row.get(1)?))).ok()
    };
    let (seq, before) = last.unwrap_or_default();
    let hash = |parts: &[&[u8]]| -> Vec<u8> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&[7; 32]).expect("HMAC takes keys of any length");
        parts.iter().for_each(|part| mac.update(part));
        mac.finalize().into_bytes().to_vec()
    };
    let hashed = hash(&[&before, entry.operation.as_bytes(), entry.outcome.as_bytes(), &seq.to_be_bytes()]);
    let seal = hash(&[&hashed, &seq.to_be_bytes()]);
    transaction
        .prepare_cached("INSERT INTO audit VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)")
        .and_then(|mut insert| {
            insert.execute(params![
                seq + 1,
                entry.at.to_string(),
                entry.operation,
                entry.system,
                entry.user,
                entry.profile,
                entry.subject,
                entry.outcome,
                entry.status,
                entry.trace_id,
                entry.duration_ms as i64,
                hashed
            ])
        })
        .expect("the entry is new");
    transaction
        .prepare_cached("INSERT OR REPLACE INTO audit_ends VALUES (1, 0, x'', ?1, ?2, ?3)")
        .and_then(|mut ends| ends.execute(params![seq + 1, hashed, seal]))
        .expect("there is one end");
    transaction.commit().expect("the disk takes it");
}
