//! The audit chain. Whoever appends locks the row with its ends, so that there is one chain for all processes.

use std::sync::Arc;

use async_trait::async_trait;
use deadpool_postgres::{GenericClient, Transaction};
use futures_util::future::BoxFuture;
use jiff::Timestamp;
use tokio_postgres::Row;
use tokio_postgres::types::ToSql;

use super::failure::Failure;
use super::{Connections, Postgres, all, execute, number, read, row, rows, stored, transact, whole};
use crate::error::{Error, Result};
use crate::store::{AuditChain, AuditEntry, AuditFilter, ChainEnds, ChainHasher, ChainedEntry};

const COLUMNS: &str =
    "seq, at, operation, system, \"user\", profile, subject, outcome, status, trace_id, duration_ms, hash,
    details";
const ENDS: &str = "SELECT first_seq, first_hash, last_seq, last_hash, seal FROM audit_ends";

#[async_trait]
impl AuditChain for Postgres {
    async fn append(&self, entry: AuditEntry, hasher: Arc<dyn ChainHasher>) -> Result<u64> {
        self.audit.run((entry, hasher)).await
    }

    async fn query(&self, filter: AuditFilter) -> Result<(Vec<ChainedEntry>, bool)> {
        read!(self.connections, |client| select(client, &filter))
    }

    async fn ends(&self) -> Result<Option<ChainEnds>> {
        read!(self.connections, |client| async {
            let found = row(client, &format!("{ENDS} WHERE last_seq > 0"), &[]).await?;
            found.as_ref().map(ends_of).transpose().map_err(Failure::Theirs)
        })
    }

    async fn purge(&self, before: Timestamp, hasher: Arc<dyn ChainHasher>) -> Result<u64> {
        let before = stored(before);
        transact!(self.connections, |tx| async {
            let mut ends = locked_ends(tx).await?;
            // Only a beginning of the chain may go, so an entry that a wrong clock dated late stops the purge.
            let last = row(
                tx,
                "SELECT seq, hash FROM audit
                 WHERE seq < (SELECT coalesce(min(seq), $2::bigint + 1) FROM audit WHERE at >= $1) ORDER BY seq DESC LIMIT 1",
                &[&before, &whole(ends.last_seq)],
            )
            .await?;
            let Some(last) = last else { return Ok(0) };
            (ends.first_seq, ends.first_hash) = (number(&last, "seq")?, last.try_get("hash")?);
            let count = execute(tx, "DELETE FROM audit WHERE seq <= $1", &[&whole(ends.first_seq)]).await?;
            put_ends(tx, ends, &*hasher).await?;
            Ok::<_, Failure>(count)
        })
    }
}

/// Appends the entries of many callers in one transaction.
pub(super) fn append_all<'a>(
    connections: &'a Connections,
    entries: &'a [(AuditEntry, Arc<dyn ChainHasher>)],
) -> BoxFuture<'a, Result<Vec<u64>>> {
    Box::pin(async move {
        let entries: Vec<_> = entries.iter().collect();
        transact!(connections, |tx| append(tx, &entries))
    })
}

/// Adds entries at the end of the chain, which nobody else does until the transaction has ended; answers with their
/// numbers.
pub(super) async fn append(
    tx: &Transaction<'_>,
    entries: &[&(AuditEntry, Arc<dyn ChainHasher>)],
) -> Result<Vec<u64>, Failure> {
    let Some((_, hasher)) = entries.last() else { return Ok(Vec::new()) };
    let mut ends = locked_ends(tx).await?;
    let (mut numbers, mut hashes, mut kept) = (Vec::new(), Vec::new(), Vec::new());
    for (entry, hasher) in entries {
        let entry = storable(entry);
        ends.last_seq += 1;
        ends.last_hash = hasher.entry(ends.last_seq, &ends.last_hash, &entry);
        numbers.push(ends.last_seq);
        hashes.push(ends.last_hash.clone());
        kept.push(entry);
    }
    let seqs: Vec<i64> = numbers.iter().copied().map(whole).collect();
    let durations: Vec<i64> = kept.iter().map(|entry| whole(entry.duration_ms)).collect();
    fn each<'a, T>(entries: &'a [AuditEntry], of: impl Fn(&'a AuditEntry) -> T) -> Vec<T> {
        entries.iter().map(of).collect()
    }
    execute(
        tx,
        &format!(
            "INSERT INTO audit ({COLUMNS}) SELECT * FROM unnest($1::bigint[], $2::timestamptz[], $3::text[], $4::text[],
                 $5::text[], $6::text[], $7::text[], $8::text[], $9::integer[], $10::text[], $11::bigint[], $12::bytea[],
                 $13::text[])"
        ),
        &[
            &seqs,
            &each(&kept, |entry| stored(entry.at)),
            &each(&kept, |entry| &entry.operation),
            &each(&kept, |entry| &entry.system),
            &each(&kept, |entry| &entry.user),
            &each(&kept, |entry| &entry.profile),
            &each(&kept, |entry| &entry.subject),
            &each(&kept, |entry| &entry.outcome),
            &each(&kept, |entry| entry.status),
            &each(&kept, |entry| &entry.trace_id),
            &durations,
            &hashes,
            &each(&kept, |entry| &entry.details),
        ],
    )
    .await?;
    put_ends(tx, ends, &**hasher).await?;
    Ok(numbers)
}

/// The entry as it can be kept, which is what is hashed: PostgreSQL has no texts with U+0000, and what a host says of its
/// user must not keep an operation out of the trail.
fn storable(entry: &AuditEntry) -> AuditEntry {
    let clean = |text: &String| text.replace('\0', "\u{fffd}");
    AuditEntry {
        operation: clean(&entry.operation),
        system: clean(&entry.system),
        user: entry.user.as_ref().map(clean),
        profile: entry.profile.as_ref().map(clean),
        subject: entry.subject.as_ref().map(clean),
        outcome: clean(&entry.outcome),
        trace_id: entry.trace_id.as_ref().map(clean),
        details: entry.details.as_ref().map(clean),
        ..*entry
    }
}

async fn locked_ends(tx: &Transaction<'_>) -> Result<ChainEnds, Failure> {
    let found = row(tx, &format!("{ENDS} FOR UPDATE"), &[]).await?;
    let found = found.ok_or_else(|| Error::internal("the row with the ends of the audit chain is not there"))?;
    Ok(ends_of(&found)?)
}

fn ends_of(row: &Row) -> Result<ChainEnds, tokio_postgres::Error> {
    Ok(ChainEnds {
        first_seq: number(row, "first_seq")?,
        first_hash: row.try_get("first_hash")?,
        last_seq: number(row, "last_seq")?,
        last_hash: row.try_get("last_hash")?,
        seal: row.try_get("seal")?,
    })
}

async fn put_ends(tx: &Transaction<'_>, mut ends: ChainEnds, hasher: &dyn ChainHasher) -> Result<(), Failure> {
    ends.seal = hasher.ends(&ends);
    let (first, last) = (whole(ends.first_seq), whole(ends.last_seq));
    execute(
        tx,
        "UPDATE audit_ends SET first_seq = $1, first_hash = $2, last_seq = $3, last_hash = $4, seal = $5",
        &[&first, &ends.first_hash, &last, &ends.last_hash, &ends.seal],
    )
    .await
    .map(drop)
}

async fn select(client: &impl GenericClient, filter: &AuditFilter) -> Result<(Vec<ChainedEntry>, bool), Failure> {
    let (from, to) = (filter.from.map(stored), filter.to.map(stored));
    // One more than asked for tells whether there is more.
    let (after, limit) = (whole(filter.after_seq), i64::from(filter.limit) + 1);
    let mut conditions = vec!["seq > $1".to_owned()];
    let mut values: Vec<&(dyn ToSql + Sync)> = vec![&after, &limit];
    for (condition, time) in [("at >=", &from), ("at <", &to)] {
        if let Some(time) = time {
            values.push(time);
            conditions.push(format!("{condition} ${}", values.len()));
        }
    }
    for (column, text) in [
        ("operation", &filter.operation),
        ("system", &filter.system),
        ("\"user\"", &filter.user),
        ("profile", &filter.profile),
        ("subject", &filter.subject),
        ("outcome", &filter.outcome),
        ("trace_id", &filter.trace_id),
    ] {
        if let Some(text) = text {
            values.push(text);
            conditions.push(format!("{column} = ${}", values.len()));
        }
    }
    let order = if filter.newest_first { "DESC" } else { "ASC" };
    let conditions = conditions.join(" AND ");
    let sql = format!("SELECT {COLUMNS} FROM audit WHERE {conditions} ORDER BY seq {order} LIMIT $2");
    let mut entries = all(&rows(client, &sql, &values).await?, chained)?;
    let more = entries.len() > filter.limit as usize;
    entries.truncate(filter.limit as usize);
    Ok((entries, more))
}

fn chained(row: &Row) -> Result<ChainedEntry, tokio_postgres::Error> {
    Ok(ChainedEntry {
        seq: number(row, "seq")?,
        entry: AuditEntry {
            at: row.try_get("at")?,
            operation: row.try_get("operation")?,
            system: row.try_get("system")?,
            user: row.try_get("user")?,
            profile: row.try_get("profile")?,
            subject: row.try_get("subject")?,
            outcome: row.try_get("outcome")?,
            status: row.try_get("status")?,
            trace_id: row.try_get("trace_id")?,
            duration_ms: number(row, "duration_ms")?,
            details: row.try_get("details")?,
        },
        hash: row.try_get("hash")?,
    })
}
