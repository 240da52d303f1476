//! The schema: made, brought up to date, and refused when it is of a newer library.

use deadpool_postgres::GenericClient;

use super::failure::Failure;
use super::{Connections, lock, locks, transact};
use crate::error::{Error, Result};

/// Schema changes in their order, numbered as those of SQLite. Never change one that was released.
const MIGRATIONS: &[&str] = &[
    include_str!("../migrations/postgres/0001_core.sql"),
    include_str!("../migrations/postgres/0002_vera.sql"),
    include_str!("../migrations/postgres/0003_lrs.sql"),
    include_str!("../migrations/postgres/0004_linkage.sql"),
    include_str!("../migrations/postgres/0005_sif.sql"),
    include_str!("../migrations/postgres/0006_enrollment.sql"),
    include_str!("../migrations/postgres/0007_batch.sql"),
    include_str!("../migrations/postgres/0008_vera_polling.sql"),
];

/// Both engines have the same schemas.
const _: () = assert!(MIGRATIONS.len() as i64 == crate::store::SCHEMA);

/// Brings the schema up to date, one process at a time.
pub(super) async fn migrate(connections: &Connections) -> Result<()> {
    // Most find it as it must be; they need no right to change it, and wait for nobody.
    let found = super::read!(connections, |client| version(client))?;
    if found == Some(crate::store::SCHEMA) {
        return Ok(());
    }
    transact!(connections, |tx| async {
        lock(tx, locks::SCHEMA).await?;
        let found = match version(tx).await? {
            Some(found) => found,
            None => {
                tx.batch_execute(
                    "CREATE TABLE learnerlink_schema (id INTEGER PRIMARY KEY CHECK (id = 1), version BIGINT NOT NULL);
                     INSERT INTO learnerlink_schema VALUES (1, 0)",
                )
                .await?;
                0
            }
        };
        let known = crate::store::SCHEMA;
        if found > known || found < 0 {
            return Err(Failure::Ours(Error::StoreSchemaNewer { found, known }));
        }
        for migration in MIGRATIONS.iter().skip(found as usize) {
            tx.batch_execute(migration).await?;
        }
        tx.execute("UPDATE learnerlink_schema SET version = $1", &[&known]).await?;
        Ok::<_, Failure>(())
    })
}

/// Checks that the schema is there and is ours, without changing it.
pub(super) async fn expect(connections: &Connections) -> Result<()> {
    let known = crate::store::SCHEMA;
    match super::read!(connections, |client| version(client))? {
        Some(found) if found == known => Ok(()),
        Some(found) if found > known => Err(Error::StoreSchemaNewer { found, known }),
        Some(_) => {
            let problem =
                "to be copied has an older schema; open it once with this version, which brings it up to date";
            Err(Error::StoreUnavailable { problem: problem.into(), source: None })
        }
        None => Err(Error::NotFound { what: "store to be copied" }),
    }
}

/// The schema's number; `None` in a database without one.
async fn version(client: &impl GenericClient) -> Result<Option<i64>, Failure> {
    // The catalogue itself is asked: what a session remembers of names may be older than a lock it has waited for.
    let row = client
        .query_one(
            "SELECT EXISTS (SELECT 1 FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                            WHERE c.relname = 'learnerlink_schema' AND n.nspname = ANY (current_schemas(false))),
                    current_setting('server_encoding') = 'UTF8'",
            &[],
        )
        .await?;
    let (is_there, is_utf8): (bool, bool) = (row.try_get(0)?, row.try_get(1)?);
    if !is_utf8 {
        let problem = "cannot be used: its database is not in UTF-8; create one with ENCODING 'UTF8'";
        return Err(Failure::Ours(Error::StoreUnavailable { problem: problem.into(), source: None }));
    }
    if !is_there {
        return Ok(None);
    }
    let row = client.query_one("SELECT version FROM learnerlink_schema", &[]).await?;
    Ok(Some(row.try_get(0)?))
}
