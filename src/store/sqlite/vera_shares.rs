//! VERA's shares.

use async_trait::async_trait;
use jiff::Timestamp;
use rusqlite::{Connection, ErrorCode, OptionalExtension, Row, params};

use super::{Sqlite, failed, time_from, time_text};
use crate::error::{Error, Result};
use crate::store::{Guard, VeraShare, VeraShares};

#[async_trait]
impl VeraShares for Sqlite {
    async fn add(&self, share: VeraShare, guard: Option<Guard>) -> Result<Option<VeraShare>> {
        self.write(move |connection| {
            if let (Some(guard), Some(learner)) = (guard, &share.learner_tag) {
                let newest = newest_of_learner(connection, &share.profile, learner)?;
                if let Some(live) = newest.filter(|newest| guard.blocks(newest)) {
                    return Ok(Some(live));
                }
            }
            connection
                .prepare_cached(
                    "INSERT INTO vera_shares (id, profile, pattern, state, correlation_tag, learner_tag, issued_at,
                                              deadline_at, polls, updated_at, sealed)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
                )
                .and_then(|mut statement| {
                    statement.execute(params![
                        share.id,
                        share.profile,
                        share.pattern,
                        share.state,
                        share.correlation_tag,
                        share.learner_tag,
                        time_text(share.issued_at),
                        time_text(share.deadline_at),
                        share.polls,
                        time_text(share.updated_at),
                        share.sealed
                    ])
                })
                .map_err(|error| match error.sqlite_error_code() {
                    Some(ErrorCode::ConstraintViolation) => {
                        let problem =
                            "the service gave a correlation id that belongs to another share; ask for a new one";
                        Error::Conflict { problem: problem.into() }
                    }
                    _ => failed(error),
                })?;
            Ok(None)
        })
        .await
    }

    async fn find(&self, correlation_tag: &str, profile: Option<&str>) -> Result<Option<VeraShare>> {
        let (tag, profile) = (correlation_tag.to_owned(), profile.map(str::to_owned));
        self.read(move |connection| {
            connection
                .prepare_cached(
                    "SELECT * FROM vera_shares WHERE correlation_tag = ?1 AND (?2 IS NULL OR profile = ?2)
                     ORDER BY issued_at DESC LIMIT 1",
                )
                .and_then(|mut statement| statement.query_row(params![tag, profile], share).optional())
                .map_err(failed)
        })
        .await
    }

    async fn of_learner(&self, profile: &str, learner_tag: &str) -> Result<Option<VeraShare>> {
        let (profile, learner_tag) = (profile.to_owned(), learner_tag.to_owned());
        self.read(move |connection| newest_of_learner(connection, &profile, &learner_tag)).await
    }

    async fn advance(&self, share: VeraShare, from: String) -> Result<bool> {
        self.write(move |connection| {
            connection
                .prepare_cached(
                    "UPDATE vera_shares SET state = ?3, deadline_at = ?4, polls = ?5, updated_at = ?6, sealed = ?7, correlation_tag = ?8
                     WHERE id = ?1 AND state = ?2",
                )
                .and_then(|mut statement| {
                    statement.execute(params![
                        share.id,
                        from,
                        share.state,
                        time_text(share.deadline_at),
                        share.polls,
                        time_text(share.updated_at),
                        share.sealed,
                        share.correlation_tag
                    ])
                })
                .map(|count| count > 0)
                .map_err(failed)
        })
        .await
    }

    async fn lease(&self, id: &str, holder: &str, now: Timestamp, until: Timestamp) -> Result<bool> {
        let (id, holder) = (id.to_owned(), holder.to_owned());
        self.write(move |connection| {
            connection
                .prepare_cached(
                    "UPDATE vera_shares SET poller = ?2, polling_until = ?4
                     WHERE id = ?1 AND (poller IS NULL OR poller = ?2 OR polling_until <= ?3)",
                )
                .and_then(|mut statement| statement.execute(params![id, holder, time_text(now), time_text(until)]))
                .map(|count| count > 0)
                .map_err(failed)
        })
        .await
    }

    async fn list(&self, profile: Option<&str>, state: Option<&str>, limit: u32) -> Result<Vec<VeraShare>> {
        let (profile, state) = (profile.map(str::to_owned), state.map(str::to_owned));
        self.read(move |connection| {
            connection
                .prepare_cached(
                    "SELECT * FROM vera_shares WHERE (?1 IS NULL OR profile = ?1) AND (?2 IS NULL OR state = ?2)
                     ORDER BY issued_at DESC, id DESC LIMIT ?3",
                )
                .and_then(|mut statement| statement.query_map(params![profile, state, limit], share)?.collect())
                .map_err(failed)
        })
        .await
    }

    async fn purge(&self, before: Timestamp) -> Result<u64> {
        self.write(move |connection| {
            connection
                .execute("DELETE FROM vera_shares WHERE updated_at < ?1", [time_text(before)])
                .map(|count| count as u64)
                .map_err(failed)
        })
        .await
    }
}

fn newest_of_learner(connection: &Connection, profile: &str, learner_tag: &str) -> Result<Option<VeraShare>> {
    connection
        .prepare_cached(
            "SELECT * FROM vera_shares WHERE profile = ?1 AND learner_tag = ?2 ORDER BY issued_at DESC, id DESC LIMIT 1",
        )
        .and_then(|mut statement| statement.query_row(params![profile, learner_tag], share).optional())
        .map_err(failed)
}

fn share(row: &Row<'_>) -> rusqlite::Result<VeraShare> {
    Ok(VeraShare {
        id: row.get("id")?,
        profile: row.get("profile")?,
        pattern: row.get("pattern")?,
        state: row.get("state")?,
        correlation_tag: row.get("correlation_tag")?,
        learner_tag: row.get("learner_tag")?,
        issued_at: time_from(row, "issued_at")?,
        deadline_at: time_from(row, "deadline_at")?,
        polls: row.get("polls")?,
        updated_at: time_from(row, "updated_at")?,
        sealed: row.get("sealed")?,
    })
}
