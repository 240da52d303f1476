//! A whole store in a file, read or filled.

use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, OpenFlags, TransactionBehavior, params_from_iter};
use tokio::sync::mpsc;

use super::{SCHEMA, Sqlite, configure, connect, failed, time_text};
use crate::error::{Error, Result};
use crate::store::copy::{Arrivals, Cell, Content, Kind, Part, Row, STEP, TABLES, Table, compare, not_empty, stopped};

/// Sends all rows, as they are at one moment.
pub(in crate::store) fn send(path: &str, send: &mpsc::Sender<Part>) -> Result<()> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(path, flags).map_err(failed)?;
    connection.busy_handler(Some(super::wait_for_others)).map_err(failed)?;
    let snapshot = connection.transaction().map_err(failed)?;
    let found: i64 = snapshot.pragma_query_value(None, "user_version", |row| row.get(0)).map_err(failed)?;
    if found > SCHEMA {
        return Err(Error::StoreSchemaNewer { found, known: SCHEMA });
    }
    if found < SCHEMA {
        let problem = "to be copied has an older schema; open it once with this version, which brings it up to date";
        return Err(Error::StoreUnavailable { problem: problem.into(), source: None });
    }
    let give = |part| send.blocking_send(part).map_err(|_| stopped());
    let mut total = 0;
    for table in TABLES {
        total += snapshot.query_row(&table.count(), [], |row| row.get::<_, u64>(0)).map_err(failed)?;
    }
    give(Part::Total(total))?;
    let mut contents = Vec::with_capacity(TABLES.len());
    for (at, table) in TABLES.iter().enumerate() {
        contents.push(read(&snapshot, table, |rows| give(Part::Rows(at, rows)))?);
    }
    give(Part::End(contents))
}

/// Fills an empty store with what arrives, compares, and only then commits.
pub(in crate::store) fn fill(
    path: &str,
    mut receive: mpsc::Receiver<Part>,
    mut arrivals: Arrivals,
) -> Result<Vec<Content>> {
    // Makes it, if need be.
    drop(Sqlite::open(path)?);
    let mut connection = connect(path)?;
    configure(&mut connection, false)?;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
    for table in TABLES {
        if transaction.query_row(&table.count(), [], |row| row.get::<_, u64>(0)).map_err(failed)? > 0 {
            return Err(not_empty(table.name));
        }
    }
    loop {
        match receive.blocking_recv().ok_or_else(stopped)? {
            Part::Total(total) => arrivals.expect(total),
            Part::Rows(at, rows) => {
                insert(&transaction, &TABLES[at], &rows)?;
                arrivals.arrived(at, rows.len());
            }
            Part::End(sent) => {
                let found = TABLES.iter().map(|table| read(&transaction, table, |_| Ok(())));
                let found = found.collect::<Result<Vec<_>>>()?;
                compare(&sent, &found)?;
                transaction.commit().map_err(failed)?;
                return Ok(found);
            }
        }
    }
}

fn insert(connection: &Connection, table: &Table, rows: &[Row]) -> Result<()> {
    let places = vec!["?"; table.columns.len()].join(", ");
    let sql = format!("INSERT INTO {} ({}) VALUES ({places})", table.name, table.column_list());
    let mut insert = connection.prepare_cached(&sql).map_err(failed)?;
    for row in rows {
        let values = row.iter().map(|cell| match cell {
            Cell::Null => Value::Null,
            Cell::Whole(number) => Value::Integer(*number),
            Cell::Text(text) => Value::Text(text.clone()),
            Cell::Bytes(bytes) => Value::Blob(bytes.clone()),
            Cell::Time(time) => Value::Text(time_text(*time)),
            Cell::Truth(truth) => Value::Integer(i64::from(*truth)),
        });
        insert.execute(params_from_iter(values)).map_err(failed)?;
    }
    Ok(())
}

/// Goes through a table some rows at a time.
fn read(connection: &Connection, table: &Table, mut take: impl FnMut(Vec<Row>) -> Result<()>) -> Result<Content> {
    let mut content = Content::default();
    let mut select = connection.prepare(&table.select()).map_err(failed)?;
    let mut found = select.query([]).map_err(failed)?;
    let mut rows = Vec::new();
    while let Some(next) = found.next().map_err(failed)? {
        let mut row = Vec::with_capacity(table.columns.len());
        for (at, (name, kind)) in table.columns.iter().enumerate() {
            let value = next.get_ref(at).map_err(failed)?;
            row.push(cell(value, *kind).ok_or_else(|| unfit(table.name, name))?);
        }
        content.add(&row);
        rows.push(row);
        if rows.len() == STEP {
            take(std::mem::take(&mut rows))?;
        }
    }
    if !rows.is_empty() {
        take(rows)?;
    }
    Ok(content)
}

fn unfit(table: &str, column: &str) -> Error {
    let cause = format!("`{table}.{column}` holds a value of another kind than it should");
    Error::StoreCorrupt { source: Some(cause.into()) }
}

fn cell(value: ValueRef<'_>, kind: Kind) -> Option<Cell> {
    let text = |text: &[u8]| String::from_utf8(text.to_vec()).ok();
    match (value, kind) {
        (ValueRef::Null, _) => Some(Cell::Null),
        (ValueRef::Integer(number), Kind::Whole) => Some(Cell::Whole(number)),
        (ValueRef::Integer(truth @ 0..=1), Kind::Truth) => Some(Cell::Truth(truth == 1)),
        (ValueRef::Text(found), Kind::Text) => text(found).map(Cell::Text),
        (ValueRef::Text(found), Kind::Time) => text(found)?.parse().ok().map(Cell::Time),
        (ValueRef::Blob(bytes), Kind::Bytes) => Some(Cell::Bytes(bytes.to_vec())),
        _ => None,
    }
}
