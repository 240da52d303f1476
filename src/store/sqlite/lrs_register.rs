//! The match register of the Learning Records Service.

use async_trait::async_trait;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{Sqlite, failed, time_from, time_text};
use crate::error::Result;
use crate::store::{LrsAppended, LrsMatch, LrsRegister, LrsRule, StoredMatch};

#[async_trait]
impl LrsRegister for Sqlite {
    async fn append(&self, row: LrsMatch, rule: LrsRule) -> Result<LrsAppended> {
        self.write(move |connection| append(connection, &row, rule)).await
    }

    async fn import(&self, rows: Vec<(u64, LrsMatch)>) -> Result<Vec<LrsAppended>> {
        self.write(move |connection| {
            rows.iter().map(|(id, row)| append(connection, row, LrsRule::Numbered(*id))).collect()
        })
        .await
    }

    async fn latest(&self, person_tag: &str) -> Result<Option<StoredMatch>> {
        let person_tag = person_tag.to_owned();
        self.read(move |connection| latest(connection, &person_tag)).await
    }

    async fn of_person(
        &self,
        person_tag: &str,
        from: Option<Timestamp>,
        before: Option<Timestamp>,
    ) -> Result<Vec<StoredMatch>> {
        let (person_tag, from, before) = (person_tag.to_owned(), from.map(time_text), before.map(time_text));
        self.read(move |connection| {
            connection
                .prepare_cached(
                    "SELECT * FROM lrs_matches WHERE person_tag = ?1 AND (?2 IS NULL OR created_at >= ?2)
                        AND (?3 IS NULL OR created_at < ?3) ORDER BY id",
                )
                .and_then(|mut statement| statement.query_map(params![person_tag, from, before], stored)?.collect())
                .map_err(failed)
        })
        .await
    }

    async fn page(&self, after_id: u64, limit: u32) -> Result<Vec<StoredMatch>> {
        self.read(move |connection| {
            connection
                .prepare_cached("SELECT * FROM lrs_matches WHERE id > ?1 ORDER BY id LIMIT ?2")
                .and_then(|mut statement| statement.query_map(params![after_id, limit], stored)?.collect())
                .map_err(failed)
        })
        .await
    }
}

/// Checks a row against the rule and appends it. The writer's transaction makes one step of it, for the threads of
/// this process and for other processes.
fn append(connection: &Connection, row: &LrsMatch, rule: LrsRule) -> Result<LrsAppended> {
    if let LrsRule::Numbered(id) = rule
        && let Some(standing) = standing(connection, id, row)?
    {
        return Ok(standing);
    }
    if let Some(uln_tag) = &row.uln_tag
        && holder(connection, uln_tag)?.is_some_and(|holder| holder != row.person_tag)
    {
        return Ok(LrsAppended::Taken);
    }
    let before = latest(connection, &row.person_tag)?;
    if rule.changes_nothing(before.as_ref().map(|stored| &stored.row), row) {
        return Ok(LrsAppended::Unchanged);
    }
    let id = match rule {
        LrsRule::Numbered(id) => Some(id),
        _ => None,
    };
    connection
        .prepare_cached(
            "INSERT INTO lrs_matches (id, key, person_tag, uln_tag, names_tag, status, created_at, sealed)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )
        .and_then(|mut statement| {
            statement.execute(params![
                id,
                row.key,
                row.person_tag,
                row.uln_tag,
                row.names_tag,
                row.status,
                time_text(row.created_at),
                row.sealed
            ])
        })
        .map_err(failed)?;
    let id = connection.last_insert_rowid();
    connection
        .prepare_cached(
            "INSERT INTO lrs_latest (person_tag, uln_tag, match_id) VALUES (?1, ?2, ?3)
             ON CONFLICT (person_tag) DO UPDATE SET uln_tag = excluded.uln_tag, match_id = excluded.match_id",
        )
        .and_then(|mut statement| statement.execute(params![row.person_tag, row.uln_tag, id]))
        .map_err(failed)?;
    Ok(LrsAppended::Appended(id.unsigned_abs()))
}

/// What a row that brings its own number meets: itself, an end of the log that lies behind it, or nothing.
fn standing(connection: &Connection, id: u64, row: &LrsMatch) -> Result<Option<LrsAppended>> {
    let last: Option<u64> = connection
        .prepare_cached("SELECT max(id) FROM lrs_matches")
        .and_then(|mut statement| statement.query_row([], |row| row.get(0)))
        .map_err(failed)?;
    if last.is_none_or(|last| last < id) {
        return Ok(None);
    }
    let same: Option<StoredMatch> = connection
        .prepare_cached("SELECT * FROM lrs_matches WHERE id = ?1")
        .and_then(|mut statement| statement.query_row([id], stored).optional())
        .map_err(failed)?;
    let same = same.is_some_and(|found| found.row.says_the_same(row));
    Ok(Some(if same { LrsAppended::Unchanged } else { LrsAppended::Misplaced }))
}

fn holder(connection: &Connection, uln_tag: &str) -> Result<Option<String>> {
    connection
        .prepare_cached("SELECT person_tag FROM lrs_latest WHERE uln_tag = ?1")
        .and_then(|mut statement| statement.query_row([uln_tag], |row| row.get(0)).optional())
        .map_err(failed)
}

fn latest(connection: &Connection, person_tag: &str) -> Result<Option<StoredMatch>> {
    connection
        .prepare_cached("SELECT m.* FROM lrs_latest l JOIN lrs_matches m ON m.id = l.match_id WHERE l.person_tag = ?1")
        .and_then(|mut statement| statement.query_row([person_tag], stored).optional())
        .map_err(failed)
}

fn stored(row: &Row<'_>) -> rusqlite::Result<StoredMatch> {
    Ok(StoredMatch {
        id: row.get("id")?,
        row: LrsMatch {
            key: row.get("key")?,
            person_tag: row.get("person_tag")?,
            uln_tag: row.get("uln_tag")?,
            names_tag: row.get("names_tag")?,
            status: row.get("status")?,
            created_at: time_from(row, "created_at")?,
            sealed: row.get("sealed")?,
        },
    })
}
