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

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_secs(seconds)
    }

    fn job(id: &str, owner: &str, until: Option<i64>) -> Batch {
        Batch {
            id: id.into(),
            operation: "match_learner".into(),
            state: "running".into(),
            owner: Some(owner.into()),
            held_until: until.map(at),
            created_at: at(0),
            updated_at: at(0),
            ended_at: None,
            sealed: vec![1],
        }
    }

    #[tokio::test]
    async fn one_at_a_time_has_a_job_and_who_lost_it_changes_nothing() {
        let store = Sqlite::open(":memory:").unwrap();
        Batches::add(&store, job("a", "one", Some(10))).await.unwrap();
        assert!(!store.take("b", "two", "running", at(5), at(15)).await.unwrap());
        assert_eq!(store.keep(job("a", "two", Some(20))).await.unwrap(), Held::Lost);
        assert_eq!(store.keep(job("a", "one", Some(20))).await.unwrap(), Held::GoOn);
        assert!(store.take("a", "two", "running", at(20), at(30)).await.unwrap());
        assert_eq!(store.keep(job("a", "one", Some(40))).await.unwrap(), Held::Lost);
        let kept = store.get("a").await.unwrap().unwrap();
        assert_eq!((kept.owner.as_deref(), kept.is_held(at(29)), kept.is_held(at(30))), (Some("two"), true, false));
    }

    #[tokio::test]
    async fn a_wish_for_the_end_reaches_the_holder_and_goes_with_it() {
        let store = Sqlite::open(":memory:").unwrap();
        Batches::add(&store, job("a", "one", Some(10))).await.unwrap();
        assert!(!store.ask_to_stop("b", at(5)).await.unwrap());
        assert!(!store.ask_to_stop("a", at(10)).await.unwrap());
        assert!(store.ask_to_stop("a", at(9)).await.unwrap());
        assert_eq!(store.keep(job("a", "one", Some(20))).await.unwrap(), Held::StopAsked);
        let mut ended = job("a", "one", None);
        ended.state = "cancelled".into();
        ended.ended_at = Some(at(12));
        store.keep(ended).await.unwrap();
        let kept = store.get("a").await.unwrap().unwrap();
        assert_eq!((kept.owner, kept.state.as_str(), kept.ended_at), (None, "cancelled", Some(at(12))));
        assert!(store.take("a", "two", "running", at(13), at(23)).await.unwrap());
        assert_eq!(store.keep(job("a", "two", Some(30))).await.unwrap(), Held::GoOn);
        assert_eq!(store.list(Some("running"), 5).await.unwrap().len(), 1);
        assert!(store.list(Some("failed"), 5).await.unwrap().is_empty());
    }
}
