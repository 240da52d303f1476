//! Copies a whole store into another, on whichever engine either is: all of it or nothing.
//!
//! Rows go over as they are, sealed values, tags and wrapped keys included, so that the copy opens with the vault key of the
//! original. What was written is read again and compared before it is committed.

use std::sync::Arc;

use jiff::Timestamp;
use sha2::{Digest, Sha256};
use tokio::sync::mpsc;

use super::{place, sqlite};
use crate::error::{Error, Result};
use crate::http::config::Tls;

/// How many rows go at once.
pub(super) const STEP: usize = 500;
/// How many such parts are under way at most.
const UNDER_WAY: usize = 4;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A whole number.
    Whole,
    /// A text.
    Text,
    /// Bytes.
    Bytes,
    /// A time.
    Time,
    /// Yes or no.
    Truth,
}

/// A value on its way.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell {
    Null,
    Whole(i64),
    Text(String),
    Bytes(Vec<u8>),
    Time(Timestamp),
    Truth(bool),
}

pub(super) type Row = Vec<Cell>;

/// A table as both engines have it.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// Its columns.
    pub columns: &'static [(&'static str, Kind)],
}

macro_rules! tables {
    ($($name:literal { $($column:literal $kind:ident,)* })*) => {
        /// Every table, those that others refer to before these.
        pub const TABLES: &[Table] = &[$(Table { name: $name, columns: &[$(($column, Kind::$kind),)*] },)*];
    };
}

tables! {
    "vault_keys" { "id" Whole, "wrapped" Bytes, "created_at" Time, }
    "profiles" { "name" Text, "ukprn" Text, "display_name" Text, "updated_at" Time, }
    "credentials" { "profile" Text, "system" Text, "tag" Text, "sealed" Bytes, "updated_at" Time, }
    "audit" {
        "seq" Whole, "at" Time, "operation" Text, "system" Text, "user" Text, "profile" Text, "subject" Text, "outcome" Text,
        "status" Whole, "trace_id" Text, "duration_ms" Whole, "hash" Bytes, "details" Text,
    }
    "audit_ends" {
        "only" Whole, "first_seq" Whole, "first_hash" Bytes, "last_seq" Whole, "last_hash" Bytes, "seal" Bytes,
    }
    "vera_shares" {
        "id" Text, "profile" Text, "pattern" Text, "state" Text, "correlation_tag" Text, "learner_tag" Text,
        "issued_at" Time, "deadline_at" Time, "polls" Whole, "updated_at" Time, "sealed" Bytes, "poller" Text,
        "polling_until" Time,
    }
    "lrs_matches" {
        "id" Whole, "key" Text, "person_tag" Text, "uln_tag" Text, "names_tag" Text, "status" Text, "created_at" Time,
        "sealed" Bytes,
    }
    "lrs_latest" { "person_tag" Text, "uln_tag" Text, "match_id" Whole, }
    "linkage_organisations" { "ods" Text, "name" Text, "blocked" Truth, "updated_at" Time, }
    "linkage_patients" {
        "id" Whole, "tag" Text, "ods" Text, "registered" Truth, "blocked" Truth, "version" Whole, "updated_at" Time,
        "sealed" Bytes,
    }
    "linkage_accounts" { "patient" Whole, "tag" Text, "created_at" Time, "sealed" Bytes, }
    "linkage_keys" {
        "id" Whole, "patient" Whole, "generation" Whole, "mac" Bytes, "state" Text, "created_at" Time, "revoked_at" Time,
        "revoke_reason" Text, "sealed" Bytes,
    }
    "linkage_correlations" { "tag" Text, "content_hash" Bytes, "generation" Whole, "expires_at" Time, }
    "linkage_misses" { "tag" Text, "at" Time, }
    "linkage_staged" {
        "import" Text, "line" Whole, "tag" Text, "account_tag" Text, "entry" Text, "staged_at" Time,
    }
    "sif_rules" { "id" Whole, "version" Whole, "imported_at" Time, "sealed" Bytes, }
    "sif_students" { "id" Whole, "tag" Text, "sealed" Bytes, }
    "enrollments" {
        "number" Whole, "version" Whole, "id" Text, "profile" Text, "tag" Text, "person_tag" Text, "offering_tag" Text,
        "is_live" Truth, "seat" Whole, "host" Text, "home" Text, "combined" Text, "decision" Text, "delivery" Text,
        "association_tag" Text, "handed_until" Time, "sending_until" Time, "poll_at" Time, "created_at" Time,
        "updated_at" Time, "final_at" Time, "sealed" Bytes,
    }
    "enrollment_bodies" { "enrollment" Whole, "sealed" Bytes, }
    "enrollment_identities" { "enrollment" Whole, "tag" Text, }
    "enrollment_outbox" {
        "number" Whole, "enrollment" Whole, "id" Text, "kind" Text, "state" Text, "reason" Text, "attempts" Whole,
        "next_at" Time, "created_at" Time, "sealed" Bytes,
    }
    "batches" {
        "id" Text, "operation" Text, "state" Text, "owner" Text, "held_until" Time, "stop_asked" Truth, "created_at" Time,
        "updated_at" Time, "ended_at" Time, "sealed" Bytes,
    }
}

impl Table {
    /// Its columns, as SQL of either engine.
    pub(super) fn column_list(&self) -> String {
        self.columns.iter().map(|(name, _)| format!("\"{name}\"")).collect::<Vec<_>>().join(", ")
    }

    /// All of it, as SQL of either engine. Before the first audit entry the chain has no ends, however an engine keeps that.
    pub(super) fn select(&self) -> String {
        let ends = if self.name == "audit_ends" { " WHERE last_seq > 0" } else { "" };
        format!("SELECT {} FROM {}{ends}", self.column_list(), self.name)
    }

    pub(super) fn count(&self) -> String {
        let ends = if self.name == "audit_ends" { " WHERE last_seq > 0" } else { "" };
        format!("SELECT count(*) FROM {}{ends}", self.name)
    }
}

/// What a table holds, in short: how many rows, and the sum of their hashes, for which their order does not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Content {
    /// How many rows.
    pub rows: u64,
    /// The sum of the rows' SHA-256, as numbers, but for what is carried beyond 256 bits.
    pub digest: [u8; 32],
}

impl Content {
    pub(super) fn add(&mut self, row: &Row) {
        let mut hash = Sha256::new();
        for cell in row {
            let (kind, bytes): (u8, &[u8]) = match cell {
                Cell::Null => (0, &[]),
                Cell::Whole(number) => (1, &number.to_be_bytes()),
                Cell::Text(text) => (2, text.as_bytes()),
                Cell::Bytes(bytes) => (3, bytes),
                Cell::Time(time) => (4, &time.as_microsecond().to_be_bytes()),
                Cell::Truth(truth) => (5, &[u8::from(*truth)]),
            };
            hash.update([kind]);
            hash.update((bytes.len() as u64).to_be_bytes());
            hash.update(bytes);
        }
        self.rows += 1;
        let mut carry = 0_u16;
        for (sum, byte) in self.digest.iter_mut().zip(hash.finalize()) {
            let next = u16::from(*sum) + u16::from(byte) + carry;
            (*sum, carry) = (next.to_be_bytes()[1], next >> 8);
        }
    }
}

/// What the source sends.
pub(super) enum Part {
    /// How many rows there will be.
    Total(u64),
    /// Rows of the how-many-eth table.
    Rows(usize, Vec<Row>),
    /// That was all, and what each table held.
    End(Vec<Content>),
}

/// Told now and then: the table, how many rows are done, and how many there are.
pub type Progress = dyn Fn(&'static str, u64, u64) + Send + Sync;

/// Takes note of what has arrived.
pub(super) struct Arrivals {
    total: u64,
    done: u64,
    progress: Arc<Progress>,
}

impl Arrivals {
    pub(super) fn new(progress: Arc<Progress>) -> Self {
        Self { total: 0, done: 0, progress }
    }

    pub(super) fn expect(&mut self, total: u64) {
        self.total = total;
    }

    pub(super) fn arrived(&mut self, table: usize, rows: usize) {
        self.done += rows as u64;
        (self.progress)(TABLES[table].name, self.done, self.total);
    }
}

/// What was copied.
#[derive(Clone, Debug)]
pub struct Copied {
    /// Each table, with what it holds on both sides.
    pub tables: Vec<(&'static str, Content)>,
}

impl Copied {
    /// How many rows.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.tables.iter().map(|(_, content)| content.rows).sum()
    }
}

/// Copies the store at `from` into the one at `to`, which is made if it is not there and must be empty. Everything is
/// compared before it is committed; on an error nothing has been copied. Plugins on the source may read meanwhile, and what
/// they write is not in the copy.
///
/// # Errors
/// `NOT_FOUND` without a source, `CONFLICT` when the target holds something, `STORE_CORRUPT` when what was written does not
/// read as what was to be; else those of opening a store.
pub async fn copy(from: &str, to: &str, tls: &Tls, progress: Arc<Progress>) -> Result<Copied> {
    super::check(from)?;
    super::check(to)?;
    if from == to || [from, to].contains(&":memory:") {
        return Err(Error::input("to", "must be another store than `from`, and neither can be `:memory:`"));
    }
    if !place::is_server(from) && !std::path::Path::new(from).exists() {
        return Err(Error::NotFound { what: "store to be copied" });
    }
    let (send, receive) = mpsc::channel(UNDER_WAY);
    let (sent, filled) =
        tokio::join!(send_from(from.to_owned(), tls, send), fill_at(to.to_owned(), tls, receive, progress));
    let contents = match (sent, filled) {
        (Ok(()), filled) => filled?,
        // Each side only knows of the other's error that it has stopped.
        (Err(Error::Internal { what }), Err(error)) if what == STOPPED => return Err(error),
        (Err(error), _) => return Err(error),
    };
    Ok(Copied { tables: TABLES.iter().map(|table| table.name).zip(contents).collect() })
}

async fn send_from(place: String, tls: &Tls, send: mpsc::Sender<Part>) -> Result<()> {
    if place::is_server(&place) {
        return on_server::send(&place, tls, send).await;
    }
    crate::runtime::blocking(move || sqlite::copy::send(&place, &send)).await.ok_or_else(stopped)?
}

async fn fill_at(
    place: String,
    tls: &Tls,
    receive: mpsc::Receiver<Part>,
    progress: Arc<Progress>,
) -> Result<Vec<Content>> {
    if place::is_server(&place) {
        return on_server::fill(&place, tls, receive, Arrivals::new(progress)).await;
    }
    let is_new = !std::path::Path::new(&place).exists();
    let made = place.clone();
    let filling = move || sqlite::copy::fill(&place, receive, Arrivals::new(progress));
    let filled = crate::runtime::blocking(filling).await.ok_or_else(stopped)?;
    if filled.is_err() && is_new {
        // Nobody has it yet, and an empty store is not what was asked for.
        for side in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(format!("{made}{side}"));
        }
    }
    filled
}

#[cfg(feature = "postgres")]
use super::postgres::copy as on_server;

#[cfg(not(feature = "postgres"))]
mod on_server {
    use super::*;

    pub(super) async fn send(_: &str, _: &Tls, _: mpsc::Sender<Part>) -> Result<()> {
        Err(stopped())
    }

    pub(super) async fn fill(_: &str, _: &Tls, _: mpsc::Receiver<Part>, _: Arrivals) -> Result<Vec<Content>> {
        Err(stopped())
    }
}

const STOPPED: &str = "one side of a copy stopped without a word";

/// Whoever is at the other end of the copy has given up.
pub(super) fn stopped() -> Error {
    Error::internal(STOPPED)
}

/// The target holds something.
pub(super) fn not_empty(table: &str) -> Error {
    Error::Conflict { problem: format!("the store to be filled is not empty: its table `{table}` has rows") }
}

/// Says which table does not hold what it should, if one does not.
pub(super) fn compare(sent: &[Content], found: &[Content]) -> Result<()> {
    match TABLES.iter().zip(sent.iter().zip(found)).find(|(_, (sent, found))| sent != found) {
        None => Ok(()),
        Some((table, (sent, found))) => {
            let (name, sent, found) = (table.name, sent.rows, found.rows);
            let cause = format!("of {sent} rows of `{name}`, {found} read as they were sent or differ from it");
            Err(Error::StoreCorrupt { source: Some(cause.into()) })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content(rows: &[Row]) -> Content {
        let mut content = Content::default();
        rows.iter().for_each(|row| content.add(row));
        content
    }

    #[test]
    fn contents_are_the_same_in_any_order_and_differ_by_any_value() {
        let text = |text: &str| Cell::Text(text.into());
        let (one, two) = (vec![text("a"), Cell::Whole(1)], vec![text("b"), Cell::Null]);
        let both = content(&[one.clone(), two.clone()]);
        assert_eq!(both, content(&[two.clone(), one.clone()]));
        for other in [
            vec![one.clone()],
            vec![one.clone(), one.clone()],
            vec![vec![text("a"), Cell::Whole(2)], two.clone()],
            vec![vec![text("aa"), Cell::Whole(1)], two.clone()],
            vec![one.clone(), vec![text("b"), text("")]],
            vec![vec![Cell::Bytes(b"a".to_vec()), Cell::Whole(1)], two],
        ] {
            assert_ne!(both, content(&other));
        }
    }

    #[test]
    fn a_difference_names_its_table() {
        let mut sent = vec![Content::default(); TABLES.len()];
        let found = sent.clone();
        assert!(compare(&sent, &found).is_ok());
        sent[3].rows = 2;
        let error = compare(&sent, &found).unwrap_err().to_json("copy", "library").to_string();
        assert!(error.contains("STORE_CORRUPT") && error.contains("`audit`"), "{error}");
    }
}
