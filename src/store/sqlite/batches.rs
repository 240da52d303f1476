//! Bulk jobs.

use async_trait::async_trait;
use jiff::Timestamp;
use rusqlite::{OptionalExtension, Row, params};

use super::{Sqlite, failed, time_from, time_text};
use crate::error::Result;
use crate::store::{Batch, Batches, Held};

#[async_trait]
impl Batches for Sqlite {
    async fn add(&self, batch: Batch) -> Result<()> {
        self.write(move |connection| {
            connection
                .execute(
                    "INSERT INTO batches (id, operation, state, owner, held_until, created_at, updated_at, ended_at, sealed)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                    params![
                        batch.id,
                        batch.operation,
                        batch.state,
                        batch.owner,
                        batch.held_until.map(time_text),
                        time_text(batch.created_at),
                        time_text(batch.updated_at),
                        batch.ended_at.map(time_text),
                        batch.sealed
                    ],
                )
                .map(drop)
                .map_err(failed)
        })
        .await
    }

    async fn get(&self, id: &str) -> Result<Option<Batch>> {
        let id = id.to_owned();
        self.read(move |connection| {
            connection.query_row("SELECT * FROM batches WHERE id = ?1", [id], batch).optional().map_err(failed)
        })
        .await
    }

    async fn list(&self, state: Option<&str>, limit: u32) -> Result<Vec<Batch>> {
        let state = state.map(str::to_owned);
        self.read(move |connection| {
            connection
                .prepare_cached(
                    "SELECT * FROM batches WHERE ?1 IS NULL OR state = ?1 ORDER BY created_at DESC, id DESC LIMIT ?2",
                )
                .and_then(|mut statement| statement.query_map(params![state, limit], batch)?.collect())
                .map_err(failed)
        })
        .await
    }

    async fn take(&self, id: &str, owner: &str, state: &str, now: Timestamp, until: Timestamp) -> Result<bool> {
        let (id, owner, state) = (id.to_owned(), owner.to_owned(), state.to_owned());
        self.write(move |connection| {
            connection
                .execute(
                    "UPDATE batches SET owner = ?2, state = ?3, held_until = ?5, updated_at = ?4, ended_at = NULL,
                                        stop_asked = 0
                     WHERE id = ?1",
                    params![id, owner, state, time_text(now), time_text(until)],
                )
                .map(|count| count > 0)
                .map_err(failed)
        })
        .await
    }

    async fn keep(&self, batch: Batch) -> Result<Held> {
        self.write(move |connection| {
            let asked: Option<bool> = connection
                .query_row(
                    "UPDATE batches SET state = ?3, held_until = ?4, updated_at = ?5, ended_at = ?6, sealed = ?7,
                                        owner = CASE WHEN ?4 IS NULL THEN NULL ELSE owner END
                     WHERE id = ?1 AND owner = ?2 RETURNING stop_asked",
                    params![
                        batch.id,
                        batch.owner,
                        batch.state,
                        batch.held_until.map(time_text),
                        time_text(batch.updated_at),
                        batch.ended_at.map(time_text),
                        batch.sealed
                    ],
                    |row| row.get(0),
                )
                .optional()
                .map_err(failed)?;
            Ok(match asked {
                None => Held::Lost,
                Some(true) => Held::StopAsked,
                Some(false) => Held::GoOn,
            })
        })
        .await
    }

    async fn ask_to_stop(&self, id: &str, now: Timestamp) -> Result<bool> {
        let id = id.to_owned();
        self.write(move |connection| {
            connection
                .execute(
                    "UPDATE batches SET stop_asked = 1 WHERE id = ?1 AND owner IS NOT NULL AND held_until > ?2",
                    params![id, time_text(now)],
                )
                .map(|count| count > 0)
                .map_err(failed)
        })
        .await
    }

    async fn purge(&self, states: &[&'static str], before: Timestamp) -> Result<u64> {
        let states = states.to_vec();
        self.write(move |connection| {
            let mut removed = 0;
            for state in states {
                removed += connection
                    .execute(
                        "DELETE FROM batches WHERE state = ?1 AND ended_at < ?2",
                        params![state, time_text(before)],
                    )
                    .map_err(failed)?;
            }
            Ok(removed as u64)
        })
        .await
    }
}

fn batch(row: &Row<'_>) -> rusqlite::Result<Batch> {
    let time = |column: &str| match row.get_ref(column)? {
        rusqlite::types::ValueRef::Null => Ok(None),
        _ => time_from(row, column).map(Some),
    };
    Ok(Batch {
        id: row.get("id")?,
        operation: row.get("operation")?,
        state: row.get("state")?,
        owner: row.get("owner")?,
        held_until: time("held_until")?,
        created_at: time_from(row, "created_at")?,
        updated_at: time_from(row, "updated_at")?,
        ended_at: time("ended_at")?,
        sealed: row.get("sealed")?,
    })
}
