//! A whole store on a server, read or filled.

use deadpool_postgres::Transaction;
use jiff::Timestamp;
use tokio::sync::mpsc;
use tokio_postgres::IsolationLevel;
use tokio_postgres::types::ToSql;

use super::address::Address;
use super::failure::Failure;
use super::{Connections, commit, execute, rows, schema, stored};
use crate::error::{Error, Result};
use crate::http::config::Tls;
use crate::store::copy::{Arrivals, Cell, Content, Kind, Part, Row, STEP, TABLES, Table, compare, not_empty, stopped};

/// Tables whose rows get numbers from a sequence, which has to go on behind those that were copied.
const NUMBERED: &[(&str, &str)] =
    &[("linkage_patients", "id"), ("linkage_keys", "id"), ("sif_students", "id"), ("enrollment_outbox", "number")];

/// Sends all rows, as they are at one moment.
pub(in crate::store) async fn send(place: &str, tls: &Tls, send: mpsc::Sender<Part>) -> Result<()> {
    let connections = Connections::new(&Address::read(place)?, tls)?;
    schema::expect(&connections).await?;
    let sent = async {
        let mut client = connections.get().await?;
        let snapshot =
            client.build_transaction().isolation_level(IsolationLevel::RepeatableRead).read_only(true).start().await?;
        let give = async |part| send.send(part).await.map_err(|_| Failure::Ours(stopped()));
        let mut total = 0;
        for table in TABLES {
            total += snapshot.query_one(&table.count(), &[]).await?.try_get::<_, i64>(0)?.unsigned_abs();
        }
        give(Part::Total(total)).await?;
        let mut contents = Vec::with_capacity(TABLES.len());
        for (at, table) in TABLES.iter().enumerate() {
            let mut content = Content::default();
            let mut cursor = Cursor::open(&snapshot, table).await?;
            loop {
                let found = cursor.next(&mut content).await?;
                if found.is_empty() {
                    break;
                }
                give(Part::Rows(at, found)).await?;
            }
            contents.push(content);
        }
        give(Part::End(contents)).await
    };
    sent.await.map_err(Error::from)
}

/// Fills an empty store with what arrives, compares, and only then commits.
pub(in crate::store) async fn fill(
    place: &str,
    tls: &Tls,
    mut receive: mpsc::Receiver<Part>,
    mut arrivals: Arrivals,
) -> Result<Vec<Content>> {
    let connections = Connections::new(&Address::read(place)?, tls)?;
    schema::migrate(&connections).await?;
    let filled = async {
        let mut client = connections.get().await?;
        let tx = client.transaction().await?;
        // Reading the source may take its time.
        tx.batch_execute("SET LOCAL idle_in_transaction_session_timeout = 0").await?;
        let names: Vec<&str> = TABLES.iter().map(|table| table.name).collect();
        tx.batch_execute(&format!("LOCK TABLE {} IN SHARE ROW EXCLUSIVE MODE", names.join(", "))).await?;
        for table in TABLES {
            if tx.query_one(&table.count(), &[]).await?.try_get::<_, i64>(0)? > 0 {
                return Err(Failure::Ours(not_empty(table.name)));
            }
        }
        loop {
            match receive.recv().await.ok_or_else(stopped)? {
                Part::Total(total) => arrivals.expect(total),
                Part::Rows(at, rows) => {
                    insert(&tx, &TABLES[at], &rows).await?;
                    arrivals.arrived(at, rows.len());
                }
                Part::End(sent) => {
                    let mut found = Vec::with_capacity(TABLES.len());
                    for table in TABLES {
                        let mut content = Content::default();
                        let mut cursor = Cursor::open(&tx, table).await?;
                        while !cursor.next(&mut content).await?.is_empty() {}
                        found.push(content);
                    }
                    compare(&sent, &found)?;
                    for (table, column) in NUMBERED {
                        let sql = format!(
                            "SELECT setval(pg_get_serial_sequence('{table}', '{column}'), max({column})) FROM {table}
                             HAVING max({column}) IS NOT NULL"
                        );
                        rows(&tx, &sql, &[]).await?;
                    }
                    commit(tx).await?;
                    return Ok(found);
                }
            }
        }
    };
    filled.await.map_err(Error::from)
}

/// Goes through a table some rows at a time.
struct Cursor<'a, 'b> {
    tx: &'a Transaction<'b>,
    table: &'static Table,
}

impl<'a, 'b> Cursor<'a, 'b> {
    async fn open(tx: &'a Transaction<'b>, table: &'static Table) -> Result<Self, Failure> {
        tx.batch_execute(&format!("DECLARE copied NO SCROLL CURSOR FOR {}", table.select())).await?;
        Ok(Self { tx, table })
    }

    /// The next rows, also added to `content`; none at the end, which closes it.
    async fn next(&mut self, content: &mut Content) -> Result<Vec<Row>, Failure> {
        let found = self.tx.query(&format!("FETCH {STEP} FROM copied"), &[]).await?;
        if found.is_empty() {
            self.tx.batch_execute("CLOSE copied").await?;
        }
        let mut rows = Vec::with_capacity(found.len());
        for row in &found {
            let cells = self.table.columns.iter().enumerate().map(|(at, (_, kind))| cell(row, at, *kind));
            let row = cells.collect::<Result<Row, _>>()?;
            content.add(&row);
            rows.push(row);
        }
        Ok(rows)
    }
}

fn cell(row: &tokio_postgres::Row, at: usize, kind: Kind) -> Result<Cell, tokio_postgres::Error> {
    let or_null = |cell: Option<Cell>| cell.unwrap_or(Cell::Null);
    Ok(or_null(match kind {
        // The status of an audit entry is the one smaller number.
        Kind::Whole if *row.columns()[at].type_() == tokio_postgres::types::Type::INT4 => {
            row.try_get::<_, Option<i32>>(at)?.map(|number| Cell::Whole(number.into()))
        }
        Kind::Whole => row.try_get::<_, Option<i64>>(at)?.map(Cell::Whole),
        Kind::Text => row.try_get::<_, Option<String>>(at)?.map(Cell::Text),
        Kind::Bytes => row.try_get::<_, Option<Vec<u8>>>(at)?.map(Cell::Bytes),
        Kind::Time => row.try_get::<_, Option<Timestamp>>(at)?.map(Cell::Time),
        Kind::Truth => row.try_get::<_, Option<bool>>(at)?.map(Cell::Truth),
    }))
}

async fn insert(tx: &Transaction<'_>, table: &Table, rows: &[Row]) -> Result<(), Failure> {
    if table.name == "audit_ends" {
        // The row that is there from the beginning makes room.
        execute(tx, "DELETE FROM audit_ends WHERE last_seq = 0", &[]).await?;
    }
    let columns: Vec<Column> =
        table.columns.iter().enumerate().map(|(at, (_, kind))| Column::of(rows, at, *kind)).collect();
    let arrays: Vec<String> =
        columns.iter().zip(1..).map(|(column, at)| format!("${at}::{}[]", column.sql())).collect();
    let sql =
        format!("INSERT INTO {} ({}) SELECT * FROM unnest({})", table.name, table.column_list(), arrays.join(", "));
    let values: Vec<&(dyn ToSql + Sync)> = columns.iter().map(Column::value).collect();
    execute(tx, &sql, &values).await.map(drop)
}

/// A column of some rows.
enum Column {
    Whole(Vec<Option<i64>>),
    Text(Vec<Option<String>>),
    Bytes(Vec<Option<Vec<u8>>>),
    Time(Vec<Option<Timestamp>>),
    Truth(Vec<Option<bool>>),
}

impl Column {
    fn of(rows: &[Row], at: usize, kind: Kind) -> Self {
        macro_rules! column {
            ($kind:ident, $value:ident => $kept:expr) => {
                Self::$kind(
                    rows.iter()
                        .map(|row| match &row[at] {
                            Cell::$kind($value) => Some($kept),
                            _ => None,
                        })
                        .collect(),
                )
            };
        }
        match kind {
            Kind::Whole => column!(Whole, number => *number),
            Kind::Text => column!(Text, text => text.clone()),
            Kind::Bytes => column!(Bytes, bytes => bytes.clone()),
            Kind::Time => column!(Time, time => stored(*time)),
            Kind::Truth => column!(Truth, truth => *truth),
        }
    }

    const fn sql(&self) -> &'static str {
        match self {
            Self::Whole(_) => "bigint",
            Self::Text(_) => "text",
            Self::Bytes(_) => "bytea",
            Self::Time(_) => "timestamptz",
            Self::Truth(_) => "boolean",
        }
    }

    fn value(&self) -> &(dyn ToSql + Sync) {
        match self {
            Self::Whole(values) => values,
            Self::Text(values) => values,
            Self::Bytes(values) => values,
            Self::Time(values) => values,
            Self::Truth(values) => values,
        }
    }
}
