//! By the size of the register: ten thousand patients and five million.

use std::fs::File;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use learnerlink::Plugin;
use learnerlink::runtime::Runtime;
use learnerlink::store::{LinkageQuestion, Store};
use rusqlite::{Connection, params};

use super::{ODS, config, filled, nhs_numbers, retrieve_request};
use crate::measure::{Case, Series, interleaved};
use crate::report::{Goal, Row};
use crate::store::folder;
use crate::{Effort, Outcome};

/// Patients who are really in the register and are asked for; the rest of its rows is there to make it large.
const PEOPLE: usize = 400;

/// A register, and what is asked of it.
struct Sized {
    plugin: Arc<Plugin>,
    store: Store,
}

impl Sized {
    fn open(runtime: &Runtime, path: &Path) -> Result<Self, Box<dyn std::error::Error>> {
        let plugin = runtime.handle().block_on(Plugin::open(&config(path).to_string()))?;
        let store = runtime.handle().block_on(Store::open(path.to_str().ok_or("the folder's name is not UTF-8")?))?;
        Ok(Self { plugin, store })
    }
}

/// Retrieve as a whole, and the look-up in the store by itself.
pub fn rows(effort: &Effort) -> Outcome {
    let (few, many) = (10_000, if effort.quick { 100_000 } else { 5_000_000 });
    // A flush takes now this long and now that, also on a quiet machine: many short rounds, and of each the median.
    let (rounds, calls) = if effort.quick { (20, 20) } else { (100, 40) };
    let folder = folder()?;
    let runtime = Runtime::shared()?;
    let seed = folder.path().join("seed.db");
    filled(&runtime, &seed, PEOPLE, 0)?;
    let open = |rows| -> Result<Sized, Box<dyn std::error::Error>> {
        Sized::open(&runtime, &grown(&runtime, folder.path(), &seed, rows)?)
    };
    let (small, large) = (open(few)?, open(many)?);
    let numbers: Vec<String> = nhs_numbers().take(PEOPLE).collect();
    let requests: Vec<String> = numbers.iter().map(|number| retrieve_request(number).to_string()).collect();
    let register = small.plugin.linkage.register();
    let tags: Vec<String> = numbers.iter().map(|number| register.patient_tag(ODS, number)).collect();
    let retrieve = |sized: &Sized, at: usize| {
        let answer = runtime.handle().block_on(sized.plugin.call("retrieve_linkage_key", &requests[at % PEOPLE]));
        assert!(answer.expect("the register can be read").json.contains(r#""outcome":"ok""#));
    };
    let look_up = |sized: &Sized, at: usize| {
        let tag = tags[at % PEOPLE].clone();
        let question = LinkageQuestion { ods: ODS.into(), tag, correlation: None, misses: None };
        let found = runtime.handle().block_on(sized.store.linkage_register.find(question));
        let found = black_box(found.expect("the register can be read"));
        assert!(found.patient.is_some_and(|patient| patient.active.is_some()));
    };
    let turn = AtomicUsize::new(0);
    let micros = |calls: usize, call: &dyn Fn(usize)| {
        let one = |at| {
            let began = Instant::now();
            call(at);
            began.elapsed().as_secs_f64() * 1e6
        };
        // Going on where the round before ended, so that all patients come up.
        let from = turn.fetch_add(calls, Ordering::Relaxed);
        Series((from..from + calls).map(one).collect()).median()
    };
    // Neither is measured while it still reads for the first time what the other has read already.
    for at in 0..PEOPLE {
        look_up(&large, at);
        look_up(&small, at);
    }
    let cases: Vec<Case<'_>> = vec![
        Box::new(|| micros(calls, &|at| retrieve(&large, at))),
        Box::new(|| micros(calls, &|at| retrieve(&small, at))),
        Box::new(|| micros(5 * calls, &|at| look_up(&large, at))),
        Box::new(|| micros(5 * calls, &|at| look_up(&small, at))),
    ];
    let results = interleaved(rounds, cases);
    small.plugin.close();
    large.plugin.close();
    let row = |what: &str, at: usize, goal| {
        let what = format!("linkage register, {what}: {many} patients against {few}");
        Row::ratio(&what, "µs", &results[at], &results[at + 1], goal)
    };
    // The look-up alone is a part of what a caller waits for; most of its growth is pages that are not in the cache.
    Ok(vec![row("retrieve", 0, Goal::AtMost(1.3)), row("look-up in the store alone", 2, Goal::None)])
}

/// A store with the patients of `seed`, spread evenly among others who only look like patients.
fn grown(runtime: &Runtime, folder: &Path, seed: &Path, rows: usize) -> Result<PathBuf, Box<dyn std::error::Error>> {
    let (empty, path) = (folder.join(format!("empty{rows}.db")), folder.join(format!("{rows}.db")));
    drop(runtime.handle().block_on(Store::open(empty.to_str().ok_or("the folder's name is not UTF-8")?))?);
    // A copy, because the store's own connection may still be about to close.
    Connection::open(&empty)?.execute("VACUUM INTO ?1", [path.to_str()])?;
    let connection = Connection::open(&path)?;
    connection.execute_batch(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; PRAGMA cache_size = -400000",
    )?;
    connection.execute("ATTACH ?1 AS seed", [seed.to_str()])?;
    connection.execute_batch(
        "INSERT INTO vault_keys SELECT * FROM seed.vault_keys;
         INSERT INTO linkage_organisations SELECT * FROM seed.linkage_organisations",
    )?;
    let began = Instant::now();
    let stride = rows / PEOPLE;
    for person in 0..PEOPLE {
        let transaction = connection.unchecked_transaction()?;
        put_filler(&transaction, person * stride, stride, rows)?;
        let id = (person + 1) * stride;
        for sql in [
            "INSERT INTO linkage_patients (id, tag, ods, registered, blocked, version, updated_at, sealed)
             SELECT ?1, tag, ods, registered, blocked, version, updated_at, sealed
             FROM seed.linkage_patients WHERE id = ?2",
            "INSERT INTO linkage_accounts (patient, tag, created_at, sealed)
             SELECT ?1, tag, created_at, sealed FROM seed.linkage_accounts WHERE patient = ?2",
            "INSERT INTO linkage_keys (patient, generation, mac, state, created_at, sealed)
             SELECT ?1, generation, mac, state, created_at, sealed FROM seed.linkage_keys WHERE patient = ?2",
        ] {
            transaction.prepare_cached(sql)?.execute([id, person + 1])?;
        }
        transaction.commit()?;
        if rows > 1_000_000 && person % 80 == 79 {
            eprintln!("linkage: {id} of {rows} patients after {:.0} s", began.elapsed().as_secs_f64());
        }
    }
    drop(connection);
    // Else the first checkpoint would have to wait for all of it.
    File::options().write(true).open(&path)?.sync_all()?;
    eprintln!("linkage: {rows} patients stored in {:.1} s", began.elapsed().as_secs_f64());
    Ok(path)
}

/// Adds the rows between two real patients. Their tags ascend with their ids: indexes that are filled in order take
/// a fraction of the time, and are as deep.
fn put_filler(connection: &Connection, after: usize, stride: usize, rows: usize) -> rusqlite::Result<()> {
    const NUMBERS: &str = "WITH RECURSIVE n (i) AS (SELECT ?1 + 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1 + ?2 - 1)";
    const TIME: &str = "'2026-11-22T00:00:00.000000Z'";
    let tag = "printf('%08x', i * ?3) || lower(hex(randomblob(12)))";
    let length = |table: &str| format!("randomblob((SELECT max(length(sealed)) FROM seed.{table}))");
    let (patient, account, key) = (length("linkage_patients"), length("linkage_accounts"), length("linkage_keys"));
    for sql in [
        format!("INSERT INTO linkage_patients {NUMBERS} SELECT i, {tag}, '{ODS}', 1, 0, 1, {TIME}, {patient} FROM n"),
        format!("INSERT INTO linkage_accounts {NUMBERS} SELECT i, {tag}, {TIME}, {account} FROM n"),
        format!(
            "INSERT INTO linkage_keys (patient, generation, mac, state, created_at, sealed)
             {NUMBERS} SELECT i, 1, CAST({tag} AS BLOB), 'active', {TIME}, {key} FROM n"
        ),
    ] {
        connection.prepare_cached(&sql)?.execute(params![after, stride, u32::MAX as usize / rows])?;
    }
    Ok(())
}
