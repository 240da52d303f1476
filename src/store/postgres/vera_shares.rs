//! VERA's shares.

use async_trait::async_trait;
use deadpool_postgres::GenericClient;
use jiff::Timestamp;
use tokio_postgres::Row;

use super::failure::Failure;
use super::{Postgres, all, execute, read, row, rows, small, stored, transact};
use crate::error::{Error, Result};
use crate::store::{Guard, VeraShare, VeraShares};

const COLUMNS: &str =
    "id, profile, pattern, state, correlation_tag, learner_tag, issued_at, deadline_at, polls, updated_at,
    sealed";

#[async_trait]
impl VeraShares for Postgres {
    async fn add(&self, share: VeraShare, guard: Option<Guard>) -> Result<Option<VeraShare>> {
        transact!(self.connections, |tx| async {
            if let (Some(guard), Some(learner)) = (guard, &share.learner_tag) {
                // There may be no row to lock yet, so all who ask for a share of the same learner meet here.
                let lock = "SELECT pg_advisory_xact_lock(hashtextextended($1, 77))";
                execute(tx, lock, &[&format!("{} {learner}", share.profile)]).await?;
                let newest = newest_of_learner(tx, &share.profile, learner).await?;
                if let Some(live) = newest.filter(|newest| guard.blocks(newest)) {
                    return Ok(Some(live));
                }
            }
            let inserted = execute(
                tx,
                &format!("INSERT INTO vera_shares ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"),
                &[
                    &share.id,
                    &share.profile,
                    &share.pattern,
                    &share.state,
                    &share.correlation_tag,
                    &share.learner_tag,
                    &stored(share.issued_at),
                    &stored(share.deadline_at),
                    &i64::from(share.polls),
                    &stored(share.updated_at),
                    &share.sealed,
                ],
            )
            .await;
            match inserted {
                Err(failure) if failure.broken_constraint().is_some() => {
                    let problem = "the service gave a correlation id that belongs to another share; ask for a new one";
                    Err(Failure::Ours(Error::Conflict { problem: problem.into() }))
                }
                Err(failure) => Err(failure),
                Ok(_) => Ok(None),
            }
        })
    }

    async fn find(&self, correlation_tag: &str, profile: Option<&str>) -> Result<Option<VeraShare>> {
        read!(self.connections, |client| async {
            let sql = format!(
                "SELECT {COLUMNS} FROM vera_shares WHERE correlation_tag = $1 AND ($2::text IS NULL OR profile = $2)
                 ORDER BY issued_at DESC LIMIT 1"
            );
            let found = row(client, &sql, &[&correlation_tag, &profile]).await?;
            Ok::<_, Failure>(found.as_ref().map(of_row).transpose()?)
        })
    }

    async fn of_learner(&self, profile: &str, learner_tag: &str) -> Result<Option<VeraShare>> {
        read!(self.connections, |client| newest_of_learner(client, profile, learner_tag))
    }

    async fn advance(&self, share: VeraShare, from: String) -> Result<bool> {
        transact!(self.connections, |tx| async {
            let count = execute(
                tx,
                "UPDATE vera_shares SET state = $3, deadline_at = $4, polls = $5, updated_at = $6, sealed = $7,
                     correlation_tag = $8
                 WHERE id = $1 AND state = $2",
                &[
                    &share.id,
                    &from,
                    &share.state,
                    &stored(share.deadline_at),
                    &i64::from(share.polls),
                    &stored(share.updated_at),
                    &share.sealed,
                    &share.correlation_tag,
                ],
            )
            .await?;
            Ok::<_, Failure>(count > 0)
        })
    }

    async fn lease(&self, id: &str, holder: &str, now: Timestamp, until: Timestamp) -> Result<bool> {
        transact!(self.connections, |tx| async {
            let count = execute(
                tx,
                "UPDATE vera_shares SET poller = $2, polling_until = $4
                 WHERE id = $1 AND (poller IS NULL OR poller = $2 OR polling_until <= $3)",
                &[&id, &holder, &stored(now), &stored(until)],
            )
            .await?;
            Ok::<_, Failure>(count > 0)
        })
    }

    async fn list(&self, profile: Option<&str>, state: Option<&str>, limit: u32) -> Result<Vec<VeraShare>> {
        read!(self.connections, |client| async {
            let sql = format!(
                "SELECT {COLUMNS} FROM vera_shares
                 WHERE ($1::text IS NULL OR profile = $1) AND ($2::text IS NULL OR state = $2)
                 ORDER BY issued_at DESC, id DESC LIMIT $3"
            );
            all(&rows(client, &sql, &[&profile, &state, &i64::from(limit)]).await?, of_row)
        })
    }

    async fn purge(&self, before: Timestamp) -> Result<u64> {
        transact!(self.connections, |tx| async {
            execute(tx, "DELETE FROM vera_shares WHERE updated_at < $1", &[&stored(before)]).await
        })
    }
}

async fn newest_of_learner(
    client: &impl GenericClient,
    profile: &str,
    learner_tag: &str,
) -> Result<Option<VeraShare>, Failure> {
    let sql = format!(
        "SELECT {COLUMNS} FROM vera_shares WHERE profile = $1 AND learner_tag = $2
         ORDER BY issued_at DESC, id DESC LIMIT 1"
    );
    Ok(row(client, &sql, &[&profile, &learner_tag]).await?.as_ref().map(of_row).transpose()?)
}

fn of_row(row: &Row) -> Result<VeraShare, tokio_postgres::Error> {
    Ok(VeraShare {
        id: row.try_get("id")?,
        profile: row.try_get("profile")?,
        pattern: row.try_get("pattern")?,
        state: row.try_get("state")?,
        correlation_tag: row.try_get("correlation_tag")?,
        learner_tag: row.try_get("learner_tag")?,
        issued_at: row.try_get("issued_at")?,
        deadline_at: row.try_get("deadline_at")?,
        polls: small(row, "polls")?,
        updated_at: row.try_get("updated_at")?,
        sealed: row.try_get("sealed")?,
    })
}
