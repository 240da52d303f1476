//! The rules of the Privacy Rules Service.

use async_trait::async_trait;
use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};

use super::{Sqlite, failed, time_text};
use crate::error::Result;
use crate::store::{SifRules, SifStudent};

#[async_trait]
impl SifRules for Sqlite {
    async fn replace(&self, rules: Vec<u8>, students: Vec<SifStudent>, now: Timestamp) -> Result<()> {
        self.write(move |connection| {
            connection
                .execute(
                    "INSERT INTO sif_rules (id, version, imported_at, sealed) VALUES (1, 1, ?1, ?2)
                     ON CONFLICT (id) DO UPDATE SET version = version + 1, imported_at = excluded.imported_at,
                         sealed = excluded.sealed",
                    params![time_text(now), rules],
                )
                .map_err(failed)?;
            connection.execute("DELETE FROM sif_students", []).map_err(failed)?;
            let mut insert =
                connection.prepare_cached("INSERT INTO sif_students (tag, sealed) VALUES (?1, ?2)").map_err(failed)?;
            for student in &students {
                insert.execute(params![student.tag, student.sealed]).map_err(failed)?;
            }
            Ok(())
        })
        .await
    }

    async fn version(&self) -> Result<Option<u64>> {
        self.read(|connection| {
            connection
                .prepare_cached("SELECT version FROM sif_rules")
                .and_then(|mut statement| statement.query_row([], |row| row.get(0)).optional())
                .map_err(failed)
        })
        .await
    }

    async fn rules(&self) -> Result<Option<(u64, Vec<u8>)>> {
        self.read(|connection| {
            connection
                .prepare_cached("SELECT version, sealed FROM sif_rules")
                .and_then(|mut statement| statement.query_row([], |row| Ok((row.get(0)?, row.get(1)?))).optional())
                .map_err(failed)
        })
        .await
    }

    async fn students(&self, tag: &str) -> Result<Vec<Vec<u8>>> {
        let tag = tag.to_owned();
        self.read(move |connection| {
            connection
                .prepare_cached("SELECT sealed FROM sif_students WHERE tag = ?1 ORDER BY id")
                .and_then(|mut statement| statement.query_map([tag], |row| row.get(0))?.collect())
                .map_err(failed)
        })
        .await
    }
}
