//! Bulk jobs.

use async_trait::async_trait;
use jiff::Timestamp;
use tokio_postgres::Row;

use super::failure::Failure;
use super::{Postgres, all, execute, read, row, rows, stored, transact};
use crate::error::Result;
use crate::store::{Batch, Batches, Held};

const COLUMNS: &str = "id, operation, state, owner, held_until, created_at, updated_at, ended_at, sealed";

#[async_trait]
impl Batches for Postgres {
    async fn add(&self, batch: Batch) -> Result<()> {
        transact!(self.connections, |tx| async {
            let sql = format!("INSERT INTO batches ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)");
            execute(
                tx,
                &sql,
                &[
                    &batch.id,
                    &batch.operation,
                    &batch.state,
                    &batch.owner,
                    &batch.held_until.map(stored),
                    &stored(batch.created_at),
                    &stored(batch.updated_at),
                    &batch.ended_at.map(stored),
                    &batch.sealed,
                ],
            )
            .await
            .map(drop)
        })
    }

    async fn get(&self, id: &str) -> Result<Option<Batch>> {
        read!(self.connections, |client| async {
            let found = row(client, &format!("SELECT {COLUMNS} FROM batches WHERE id = $1"), &[&id]).await?;
            Ok::<_, Failure>(found.as_ref().map(batch_of).transpose()?)
        })
    }

    async fn list(&self, state: Option<&str>, limit: u32) -> Result<Vec<Batch>> {
        read!(self.connections, |client| async {
            let sql = format!(
                "SELECT {COLUMNS} FROM batches WHERE $1::text IS NULL OR state = $1
                 ORDER BY created_at DESC, id DESC LIMIT $2"
            );
            all(&rows(client, &sql, &[&state, &i64::from(limit)]).await?, batch_of)
        })
    }

    async fn take(&self, id: &str, owner: &str, state: &str, now: Timestamp, until: Timestamp) -> Result<bool> {
        transact!(self.connections, |tx| async {
            let sql = "UPDATE batches SET owner = $2, state = $3, held_until = $5, updated_at = $4, ended_at = NULL,
                           stop_asked = false
                       WHERE id = $1";
            let count = execute(tx, sql, &[&id, &owner, &state, &stored(now), &stored(until)]).await?;
            Ok::<_, Failure>(count > 0)
        })
    }

    async fn keep(&self, batch: Batch) -> Result<Held> {
        transact!(self.connections, |tx| async {
            let sql = "UPDATE batches SET state = $3, held_until = $4::timestamptz, updated_at = $5, ended_at = $6, sealed = $7,
                           owner = CASE WHEN $4::timestamptz IS NULL THEN NULL ELSE owner END
                       WHERE id = $1 AND owner = $2 RETURNING stop_asked";
            let (held, ended) = (batch.held_until.map(stored), batch.ended_at.map(stored));
            let values: super::Values<'_> =
                &[&batch.id, &batch.owner, &batch.state, &held, &stored(batch.updated_at), &ended, &batch.sealed];
            Ok::<_, Failure>(match row(tx, sql, values).await? {
                None => Held::Lost,
                Some(row) if row.try_get("stop_asked")? => Held::StopAsked,
                Some(_) => Held::GoOn,
            })
        })
    }

    async fn ask_to_stop(&self, id: &str, now: Timestamp) -> Result<bool> {
        transact!(self.connections, |tx| async {
            let sql = "UPDATE batches SET stop_asked = true WHERE id = $1 AND owner IS NOT NULL AND held_until > $2";
            Ok::<_, Failure>(execute(tx, sql, &[&id, &stored(now)]).await? > 0)
        })
    }

    async fn purge(&self, states: &[&'static str], before: Timestamp) -> Result<u64> {
        transact!(self.connections, |tx| async {
            execute(tx, "DELETE FROM batches WHERE state = ANY($1) AND ended_at < $2", &[&states, &stored(before)])
                .await
        })
    }
}

fn batch_of(row: &Row) -> Result<Batch, tokio_postgres::Error> {
    Ok(Batch {
        id: row.try_get("id")?,
        operation: row.try_get("operation")?,
        state: row.try_get("state")?,
        owner: row.try_get("owner")?,
        held_until: row.try_get("held_until")?,
        created_at: row.try_get("created_at")?,
        updated_at: row.try_get("updated_at")?,
        ended_at: row.try_get("ended_at")?,
        sealed: row.try_get("sealed")?,
    })
}
