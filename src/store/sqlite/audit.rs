//! The audit chain.

use std::sync::Arc;

use async_trait::async_trait;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, ToSql, params};

use super::{Sqlite, failed, time_from, time_text};
use crate::error::Result;
use crate::store::{AuditChain, AuditEntry, AuditFilter, ChainEnds, ChainHasher, ChainedEntry};

#[async_trait]
impl AuditChain for Sqlite {
    async fn append(&self, entry: AuditEntry, hasher: Arc<dyn ChainHasher>) -> Result<u64> {
        self.write(move |connection| append(connection, &entry, &*hasher)).await
    }

    async fn query(&self, filter: AuditFilter) -> Result<(Vec<ChainedEntry>, bool)> {
        self.read(move |connection| select(connection, &filter)).await
    }

    async fn ends(&self) -> Result<Option<ChainEnds>> {
        self.read(stored_ends).await
    }

    async fn purge(&self, before: Timestamp, hasher: Arc<dyn ChainHasher>) -> Result<u64> {
        self.write(move |connection| {
            let Some(mut ends) = stored_ends(connection)? else { return Ok(0) };
            // Only a beginning of the chain may go, so an entry that a wrong clock dated late stops the purge.
            let keep: u64 = connection
                .query_row(
                    "SELECT coalesce(min(seq), ?2 + 1) FROM audit WHERE at >= ?1",
                    params![time_text(before), ends.last_seq],
                    |row| row.get(0),
                )
                .map_err(failed)?;
            let last: Option<(u64, Vec<u8>)> = connection
                .query_row("SELECT seq, hash FROM audit WHERE seq < ?1 ORDER BY seq DESC LIMIT 1", [keep], |row| {
                    Ok((row.get(0)?, row.get(1)?))
                })
                .optional()
                .map_err(failed)?;
            let Some((seq, hash)) = last else { return Ok(0) };
            let count = connection.execute("DELETE FROM audit WHERE seq <= ?1", [seq]).map_err(failed)?;
            (ends.first_seq, ends.first_hash) = (seq, hash);
            put_ends(connection, ends, &*hasher)?;
            Ok(count as u64)
        })
        .await
    }
}

/// Adds an entry at the end of the chain.
pub(super) fn append(connection: &Connection, entry: &AuditEntry, hasher: &dyn ChainHasher) -> Result<u64> {
    let mut ends = stored_ends(connection)?.unwrap_or_else(empty);
    ends.last_seq += 1;
    ends.last_hash = hasher.entry(ends.last_seq, &ends.last_hash, entry);
    insert(connection, ends.last_seq, entry, &ends.last_hash)?;
    put_ends(connection, ends, hasher)
}

fn empty() -> ChainEnds {
    ChainEnds { first_seq: 0, first_hash: Vec::new(), last_seq: 0, last_hash: Vec::new(), seal: Vec::new() }
}

fn stored_ends(connection: &Connection) -> Result<Option<ChainEnds>> {
    connection
        .prepare_cached("SELECT first_seq, first_hash, last_seq, last_hash, seal FROM audit_ends")
        .and_then(|mut statement| {
            statement
                .query_row([], |row| {
                    Ok(ChainEnds {
                        first_seq: row.get(0)?,
                        first_hash: row.get(1)?,
                        last_seq: row.get(2)?,
                        last_hash: row.get(3)?,
                        seal: row.get(4)?,
                    })
                })
                .optional()
        })
        .map_err(failed)
}

fn put_ends(connection: &Connection, mut ends: ChainEnds, hasher: &dyn ChainHasher) -> Result<u64> {
    ends.seal = hasher.ends(&ends);
    connection
        .prepare_cached("INSERT OR REPLACE INTO audit_ends VALUES (1, ?1, ?2, ?3, ?4, ?5)")
        .and_then(|mut statement| {
            statement.execute(params![ends.first_seq, ends.first_hash, ends.last_seq, ends.last_hash, ends.seal])
        })
        .map_err(failed)?;
    Ok(ends.last_seq)
}

fn insert(connection: &Connection, seq: u64, entry: &AuditEntry, hash: &[u8]) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO audit (seq, at, operation, system, user, profile, subject, outcome, status, trace_id, duration_ms, hash, details)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        )
        .and_then(|mut statement| {
            statement.execute(params![
                seq,
                time_text(entry.at),
                entry.operation,
                entry.system,
                entry.user,
                entry.profile,
                entry.subject,
                entry.outcome,
                entry.status,
                entry.trace_id,
                entry.duration_ms,
                hash,
                entry.details
            ])
        })
        .map(drop)
        .map_err(failed)
}

fn select(connection: &Connection, filter: &AuditFilter) -> Result<(Vec<ChainedEntry>, bool)> {
    let (from, to) = (filter.from.map(time_text), filter.to.map(time_text));
    let mut conditions = vec!["seq > ?1"];
    let mut values: Vec<&dyn ToSql> = vec![&filter.after_seq];
    let text = |condition: &'static str, value: &Option<String>| value.is_some().then_some(condition);
    let optional: [(Option<&'static str>, &Option<String>); 9] = [
        (text("at >= ?", &from), &from),
        (text("at < ?", &to), &to),
        (text("operation = ?", &filter.operation), &filter.operation),
        (text("system = ?", &filter.system), &filter.system),
        (text("user = ?", &filter.user), &filter.user),
        (text("profile = ?", &filter.profile), &filter.profile),
        (text("subject = ?", &filter.subject), &filter.subject),
        (text("outcome = ?", &filter.outcome), &filter.outcome),
        (text("trace_id = ?", &filter.trace_id), &filter.trace_id),
    ];
    for (condition, value) in &optional {
        if let Some(condition) = condition {
            conditions.push(condition);
            values.push(value);
        }
    }
    // One more than asked for tells whether there is more.
    let limit = i64::from(filter.limit) + 1;
    values.push(&limit);
    let order = if filter.newest_first { "DESC" } else { "ASC" };
    let sql = format!("SELECT * FROM audit WHERE {} ORDER BY seq {order} LIMIT ?", conditions.join(" AND "));
    let mut entries: Vec<ChainedEntry> = connection
        .prepare_cached(&sql)
        .and_then(|mut statement| statement.query_map(&*values, chained)?.collect())
        .map_err(failed)?;
    let more = entries.len() > filter.limit as usize;
    entries.truncate(filter.limit as usize);
    Ok((entries, more))
}

fn chained(row: &Row<'_>) -> rusqlite::Result<ChainedEntry> {
    Ok(ChainedEntry {
        seq: row.get("seq")?,
        entry: AuditEntry {
            at: time_from(row, "at")?,
            operation: row.get("operation")?,
            system: row.get("system")?,
            user: row.get("user")?,
            profile: row.get("profile")?,
            subject: row.get("subject")?,
            outcome: row.get("outcome")?,
            status: row.get("status")?,
            trace_id: row.get("trace_id")?,
            duration_ms: row.get("duration_ms")?,
            details: row.get("details")?,
        },
        hash: row.get("hash")?,
    })
}
