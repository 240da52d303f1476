//! The vault's wrapped keys, and the walk over all sealed values when keys change.

use std::sync::Arc;

use async_trait::async_trait;
use jiff::Timestamp;
use rusqlite::{Connection, params};

use super::{Sqlite, failed, time_text};
use crate::error::Result;
use crate::store::{Reseal, ResealAt, Resealed, VaultKeys, WrappedKey};

/// Every table with a sealed column, and the place its values are bound to, as SQL.
const SEALED: &[(&str, &str)] = &[
    ("credentials", "'credential/' || profile || '/' || system"),
    ("vera_shares", "'vera_share/' || id"),
    (
        "lrs_matches",
        "'lrs_match/' || key || '/' || person_tag || '/' || coalesce(uln_tag, '') || '/' || coalesce(names_tag, '')
            || '/' || status || '/' || created_at",
    ),
    ("sif_rules", "'sif_rules'"),
    ("sif_students", "'sif_student/' || tag"),
    ("enrollments", "'enrollment/' || id"),
    ("enrollment_bodies", "(SELECT 'enrollment_body/' || e.id FROM enrollments e WHERE e.number = enrollment)"),
    ("enrollment_outbox", "'enrollment_outbox/' || id"),
    ("batches", "'batch/' || id"),
    ("linkage_patients", "'linkage_patient/' || tag || '/' || registered || '/' || blocked"),
    (
        "linkage_accounts",
        "'linkage_account/' || (SELECT p.tag FROM linkage_patients p WHERE p.id = patient) || '/' || tag",
    ),
    (
        "linkage_keys",
        "(SELECT 'linkage_key/' || p.ods || '/' || p.tag || '/' || a.tag FROM linkage_patients p
            JOIN linkage_accounts a ON a.patient = p.id WHERE p.id = linkage_keys.patient) || '/' || generation",
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

    async fn reseal(&self, current: u32, at: ResealAt, limit: u32, reseal: Arc<Reseal>) -> Result<Resealed> {
        self.write(move |connection| reseal_from(connection, at, current, limit, &*reseal)).await
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

fn reseal_from(connection: &Connection, at: ResealAt, current: u32, limit: u32, reseal: &Reseal) -> Result<Resealed> {
    let Some((table, place)) = SEALED.get(at.table) else {
        return Ok(Resealed { done: 0, unreadable: 0, next: None });
    };
    let mut part = Resealed { done: 0, unreadable: 0, next: Some(ResealAt { table: at.table + 1, row: 0 }) };
    // Bytes 2 to 5 of a sealed value are the number of its key; see `vault::seal`.
    let select = format!(
        "SELECT rowid, {place}, sealed, substr(sealed, 2, 4) = ?1 FROM {table} WHERE rowid > ?2 ORDER BY rowid LIMIT ?3"
    );
    let update = format!("UPDATE {table} SET sealed = ?2 WHERE rowid = ?1");
    let mut statement = connection.prepare_cached(&select).map_err(failed)?;
    let rows: Vec<(i64, String, Vec<u8>, bool)> = statement
        .query_map(params![current.to_be_bytes(), at.row, limit], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })
        .and_then(Iterator::collect)
        .map_err(failed)?;
    let mut update = connection.prepare_cached(&update).map_err(failed)?;
    for (row, place, sealed, is_current) in &rows {
        part.next = Some(ResealAt { table: at.table, row: *row });
        if *is_current {
            continue;
        }
        // One damaged value must not keep all others under the old key.
        match reseal(place, sealed) {
            Ok(sealed) => {
                update.execute(params![row, sealed]).map_err(failed)?;
                part.done += 1;
            }
            Err(_) => part.unreadable += 1,
        }
    }
    Ok(part)
}
