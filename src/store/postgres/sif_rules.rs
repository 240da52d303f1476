//! The rules of the Privacy Rules Service.

use async_trait::async_trait;
use jiff::Timestamp;

use super::failure::Failure;
use super::{Postgres, all, execute, number, read, row, rows, stored, transact};
use crate::error::Result;
use crate::store::{SifRules, SifStudent};

/// How many students one statement takes.
const STEP: usize = 1000;

#[async_trait]
impl SifRules for Postgres {
    async fn replace(&self, rules: Vec<u8>, students: Vec<SifStudent>, now: Timestamp) -> Result<()> {
        transact!(self.connections, |tx| async {
            // Whoever replaces them at the same time waits here for the row.
            execute(
                tx,
                "INSERT INTO sif_rules (id, version, imported_at, sealed) VALUES (1, 1, $1, $2)
                 ON CONFLICT (id) DO UPDATE SET version = sif_rules.version + 1, imported_at = excluded.imported_at,
                     sealed = excluded.sealed",
                &[&stored(now), &rules],
            )
            .await?;
            execute(tx, "DELETE FROM sif_students", &[]).await?;
            for part in students.chunks(STEP) {
                let tags: Vec<&str> = part.iter().map(|student| student.tag.as_str()).collect();
                let sealed: Vec<&[u8]> = part.iter().map(|student| student.sealed.as_slice()).collect();
                let sql = "INSERT INTO sif_students (tag, sealed)
                           SELECT tag, sealed FROM unnest($1::text[], $2::bytea[]) WITH ORDINALITY AS u (tag, sealed, at)
                           ORDER BY at";
                execute(tx, sql, &[&tags, &sealed]).await?;
            }
            Ok::<_, Failure>(())
        })
    }

    async fn version(&self) -> Result<Option<u64>> {
        read!(self.connections, |client| async {
            let found = row(client, "SELECT version FROM sif_rules", &[]).await?;
            Ok::<_, Failure>(found.map(|row| number(&row, "version")).transpose()?)
        })
    }

    async fn rules(&self) -> Result<Option<(u64, Vec<u8>)>> {
        read!(self.connections, |client| async {
            let Some(found) = row(client, "SELECT version, sealed FROM sif_rules", &[]).await? else { return Ok(None) };
            Ok::<_, Failure>(Some((number(&found, "version")?, found.try_get("sealed")?)))
        })
    }

    async fn students(&self, tag: &str) -> Result<Vec<Vec<u8>>> {
        read!(self.connections, |client| async {
            let found = rows(client, "SELECT sealed FROM sif_students WHERE tag = $1 ORDER BY id", &[&tag]).await?;
            all(&found, |row| row.try_get(0))
        })
    }
}
