//! The match register: looking a person up and finding a ULN taken, with a thousand rows and with a million.

use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

use learnerlink::Clock;
use learnerlink::lrs::config::Behaviour;
use learnerlink::lrs::register::{Change, Confirmation, Register, State};
use learnerlink::store::Store;
use learnerlink::vault::{MasterKey, Vault};
use rusqlite::Connection;
use tokio::runtime::Runtime;

use crate::measure::{Case, interleaved};
use crate::report::{Goal, Row};
use crate::{Effort, Outcome};

/// People who are really in the register; the rest of its rows is there to make it large.
const PEOPLE: usize = 200;

struct Filled {
    register: Register,
    _store: Store,
}

/// A register of so many rows.
fn filled(runtime: &Runtime, path: &str, rows: usize) -> Result<Filled, Box<dyn std::error::Error>> {
    let store = runtime.block_on(Store::open(path))?;
    let vault = Arc::new(runtime.block_on(Vault::open(Arc::clone(&store.vault_keys), MasterKey::random()?))?);
    let register = Register::new(Arc::clone(&store.lrs_register), vault, Clock::system());
    let mut connection = Connection::open(path)?;
    let transaction = connection.transaction()?;
    {
        let mut row = transaction.prepare(
            "INSERT INTO lrs_matches VALUES (?1, 'key' || ?1, hex(randomblob(16)), hex(randomblob(16)), '', 'Matched',
             '2026-11-22T00:00:00.000000Z', randomblob(300))",
        )?;
        let mut latest = transaction
            .prepare("INSERT INTO lrs_latest SELECT person_tag, uln_tag, id FROM lrs_matches WHERE id = ?1")?;
        for id in 1..=rows {
            row.execute([id])?;
            latest.execute([id])?;
        }
    }
    transaction.commit()?;
    drop(connection);
    for person in 0..PEOPLE {
        let (id, confirmation) = (person_id(person), confirmation(person));
        let done = register.confirm("bench", &id, &confirmation, Behaviour::Strict);
        assert_eq!(runtime.block_on(done)?, Change::Appended);
    }
    Ok(Filled { register, _store: store })
}

fn person_id(number: usize) -> String {
    format!("A{number:04}BC")
}

fn confirmation(number: usize) -> Confirmation {
    Confirmation {
        uln: format!("{}", 1_000_000_000 + number).into(),
        given_name: "Tamsin".to_owned().into(),
        family_name: "Quillfeather".to_owned().into(),
        match_type: "Exact Match".into(),
        count_of_returned_ulns: "1".into(),
    }
}

/// Look-ups and refused confirmations, by the size of the register.
pub fn rows(effort: &Effort) -> Outcome {
    let calls = if effort.quick { 200 } else { 1_000 };
    let (few, many) = (1_000, if effort.quick { 100_000 } else { 1_000_000 });
    let folder = tempfile::tempdir()?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let place =
        |name: &str| folder.path().join(name).to_str().map(str::to_owned).ok_or("the folder's name is not UTF-8");
    let small = filled(&runtime, &place("small.db")?, few)?;
    let large = filled(&runtime, &place("large.db")?, many)?;
    let (runtime, small, large) = (&runtime, &small.register, &large.register);
    let look_up = |register: &Register, at: usize| {
        let state = runtime.block_on(register.state(&person_id(at % PEOPLE))).expect("the register can be read");
        assert!(matches!(black_box(state), State::Found(_)));
    };
    let taken = |register: &Register, at: usize| {
        let confirmation = confirmation(at % PEOPLE);
        let done = register.confirm("bench", "Z9999ZZ", &confirmation, Behaviour::Strict);
        assert_eq!(runtime.block_on(done).expect("the register can be written"), Change::Taken);
    };
    let micros = |call: &dyn Fn(usize)| {
        let began = Instant::now();
        (0..calls).for_each(call);
        began.elapsed().as_secs_f64() * 1e6 / calls as f64
    };
    let cases: Vec<Case<'_>> = vec![
        Box::new(|| micros(&|at| look_up(large, at))),
        Box::new(|| micros(&|at| look_up(small, at))),
        Box::new(|| micros(&|at| taken(large, at))),
        Box::new(|| micros(&|at| taken(small, at))),
    ];
    let results = interleaved(effort.rounds, cases);
    let row = |what: &str, at: usize| {
        let what = format!("match register, {what}: {many} rows against {few}");
        Row::ratio(&what, "µs", &results[at], &results[at + 1], Goal::AtMost(1.3))
    };
    Ok(vec![row("looking a person up", 0), row("finding a ULN taken", 2)])
}
