//! The vault's wrapped keys, and the walk over all sealed values when keys change.

use std::sync::Arc;

use async_trait::async_trait;
use jiff::Timestamp;
use rusqlite::{Connection, params};

use super::{Sqlite, failed, time_text};
use crate::error::Result;
use crate::store::{Reseal, VaultKeys, WrappedKey};

/// Every table with a sealed column, and the place its values are bound to, as SQL.
const SEALED: &[(&str, &str)] = &[
    ("credentials", "'credential/' || profile || '/' || system"),
    ("vera_shares", "'vera_share/' || id"),
    (
        "lrs_matches",
        "'lrs_match/' || key || '/' || person_tag || '/' || coalesce(uln_tag, '') || '/' || coalesce(names_tag, '')
            || '/' || status || '/' || created_at",
    ),
];

#[async_trait]
impl VaultKeys for Sqlite {
    async fn load(&self) -> Result<Vec<WrappedKey>> {
        self.read(stored).await
    }

    async fn found(&self, keys: Vec<WrappedKey>) -> Result<Vec<WrappedKey>> {
        self.write(move |connection| {
            if stored(connection)?.is_empty() {
                insert(connection, &keys)?;
            }
            stored(connection)
        })
        .await
    }

    async fn replace(&self, expected: Vec<u32>, keys: Vec<WrappedKey>) -> Result<bool> {
        self.write(move |connection| {
            let present: Vec<u32> = stored(connection)?.into_iter().map(|key| key.id).collect();
            if present != expected {
                return Ok(false);
            }
            connection.execute("DELETE FROM vault_keys", []).map_err(failed)?;
            insert(connection, &keys)?;
            Ok(true)
        })
        .await
    }

    async fn reseal(&self, current: u32, limit: u32, reseal: Arc<Reseal>) -> Result<u64> {
        self.write(move |connection| {
            let mut done = 0;
            for (table, place) in SEALED {
                done += reseal_table(connection, table, place, current, i64::from(limit) - done as i64, &*reseal)?;
            }
            Ok(done)
        })
        .await
    }
}

fn stored(connection: &Connection) -> Result<Vec<WrappedKey>> {
    let mut statement = connection.prepare_cached("SELECT id, wrapped FROM vault_keys ORDER BY id").map_err(failed)?;
    let rows =
        statement.query_map([], |row| Ok(WrappedKey { id: row.get(0)?, wrapped: row.get(1)? })).map_err(failed)?;
    rows.collect::<rusqlite::Result<_>>().map_err(failed)
}

fn insert(connection: &Connection, keys: &[WrappedKey]) -> Result<()> {
    let now = time_text(Timestamp::now());
    for key in keys {
        connection
            .execute(
                "INSERT INTO vault_keys (id, wrapped, created_at) VALUES (?1, ?2, ?3)",
                params![key.id, key.wrapped, now],
            )
            .map_err(failed)?;
    }
    Ok(())
}

fn reseal_table(
    connection: &Connection,
    table: &str,
    place: &str,
    current: u32,
    limit: i64,
    reseal: &Reseal,
) -> Result<u64> {
    // Bytes 2 to 5 of a sealed value are the number of its key; see `vault::seal`.
    let select = format!("SELECT rowid, {place}, sealed FROM {table} WHERE substr(sealed, 2, 4) <> ?1 LIMIT ?2");
    let update = format!("UPDATE {table} SET sealed = ?2 WHERE rowid = ?1");
    let mut statement = connection.prepare_cached(&select).map_err(failed)?;
    let rows: Vec<(i64, String, Vec<u8>)> = statement
        .query_map(params![current.to_be_bytes(), limit], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .and_then(Iterator::collect)
        .map_err(failed)?;
    for (row, place, sealed) in &rows {
        connection.execute(&update, params![row, reseal(place, sealed)?]).map_err(failed)?;
    }
    Ok(rows.len() as u64)
}
