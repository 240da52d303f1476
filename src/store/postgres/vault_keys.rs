//! The vault's wrapped keys, and the walk over all sealed values when keys change.

use std::sync::Arc;

use async_trait::async_trait;
use deadpool_postgres::{GenericClient, Transaction};
use jiff::Timestamp;

use super::failure::Failure;
use super::{Postgres, all, execute, read, rows, small, stored, transact};
use crate::error::Result;
use crate::store::{Reseal, ResealAt, Resealed, VaultKeys, WrappedKey};

/// Every table with a sealed column, the number of its rows, and the place its values are bound to, as SQL.
const SEALED: &[(&str, &str, &str)] = &[
    ("credentials", "number", "'credential/' || profile || '/' || system"),
    ("vera_shares", "number", "'vera_share/' || id"),
    (
        "lrs_matches",
        "id",
        "'lrs_match/' || key || '/' || person_tag || '/' || coalesce(uln_tag, '') || '/' || coalesce(names_tag, '')
            || '/' || status || '/' || to_char(created_at, 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')",
    ),
    ("sif_rules", "id", "'sif_rules'"),
    ("sif_students", "id", "'sif_student/' || tag"),
    ("enrollments", "number", "'enrollment/' || id"),
    (
        "enrollment_bodies",
        "enrollment",
        "(SELECT 'enrollment_body/' || e.id FROM enrollments e WHERE e.number = enrollment)",
    ),
    ("enrollment_outbox", "number", "'enrollment_outbox/' || id"),
    ("batches", "number", "'batch/' || id"),
    ("linkage_patients", "id", "'linkage_patient/' || tag || '/' || registered::integer || '/' || blocked::integer"),
    (
        "linkage_accounts",
        "patient",
        "'linkage_account/' || (SELECT p.tag FROM linkage_patients p WHERE p.id = patient) || '/' || tag",
    ),
    (
        "linkage_keys",
        "id",
        "(SELECT 'linkage_key/' || p.ods || '/' || p.tag || '/' || a.tag FROM linkage_patients p
            JOIN linkage_accounts a ON a.patient = p.id WHERE p.id = linkage_keys.patient) || '/' || generation",
    ),
];

#[async_trait]
impl VaultKeys for Postgres {
    async fn load(&self) -> Result<Vec<WrappedKey>> {
        read!(self.connections, |client| kept(client))
    }

    async fn found(&self, keys: Vec<WrappedKey>) -> Result<Vec<WrappedKey>> {
        transact!(self.connections, |tx| async {
            lock_keys(tx).await?;
            if kept(tx).await?.is_empty() {
                insert(tx, &keys).await?;
            }
            kept(tx).await
        })
    }

    async fn replace(&self, expected: Vec<u32>, keys: Vec<WrappedKey>) -> Result<bool> {
        transact!(self.connections, |tx| async {
            lock_keys(tx).await?;
            let present: Vec<u32> = kept(tx).await?.into_iter().map(|key| key.id).collect();
            if present != expected {
                return Ok(false);
            }
            execute(tx, "DELETE FROM vault_keys", &[]).await?;
            insert(tx, &keys).await?;
            Ok::<_, Failure>(true)
        })
    }

    async fn reseal(&self, current: u32, at: ResealAt, limit: u32, reseal: Arc<Reseal>) -> Result<Resealed> {
        transact!(self.connections, |tx| reseal_from(tx, at, current, limit, &*reseal))
    }
}

/// Lets nobody else change the keys until the transaction has ended; they can be read meanwhile.
async fn lock_keys(tx: &Transaction<'_>) -> Result<(), Failure> {
    execute(tx, "LOCK TABLE vault_keys IN SHARE ROW EXCLUSIVE MODE", &[]).await.map(drop)
}

async fn kept(client: &impl GenericClient) -> Result<Vec<WrappedKey>, Failure> {
    let found = rows(client, "SELECT id, wrapped FROM vault_keys ORDER BY id", &[]).await?;
    all(&found, |row| Ok(WrappedKey { id: small(row, "id")?, wrapped: row.try_get("wrapped")? }))
}

async fn insert(tx: &Transaction<'_>, keys: &[WrappedKey]) -> Result<(), Failure> {
    let now = stored(Timestamp::now());
    for key in keys {
        let sql = "INSERT INTO vault_keys (id, wrapped, created_at) VALUES ($1, $2, $3)";
        execute(tx, sql, &[&i64::from(key.id), &key.wrapped, &now]).await?;
    }
    Ok(())
}

async fn reseal_from(
    tx: &Transaction<'_>,
    at: ResealAt,
    current: u32,
    limit: u32,
    reseal: &Reseal,
) -> Result<Resealed, Failure> {
    let Some((table, number, place)) = SEALED.get(at.table) else {
        return Ok(Resealed { done: 0, unreadable: 0, next: None });
    };
    let mut part = Resealed { done: 0, unreadable: 0, next: Some(ResealAt { table: at.table + 1, row: 0 }) };
    // Bytes 2 to 5 of a sealed value are the number of its key; see `vault::seal`. The rows stay locked: a change that
    // came between would be undone.
    let select = format!(
        "SELECT {number}, {place}, sealed, substr(sealed, 2, 4) = $1 FROM {table} WHERE {number} > $2 ORDER BY {number}
         LIMIT $3 FOR NO KEY UPDATE OF {table}"
    );
    let update = format!("UPDATE {table} SET sealed = $2 WHERE {number} = $1");
    let found = rows(tx, &select, &[&&current.to_be_bytes()[..], &at.row, &i64::from(limit)]).await?;
    for row in &found {
        let (row, place, sealed, is_current): (i64, String, Vec<u8>, bool) =
            (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?, row.try_get(3)?);
        part.next = Some(ResealAt { table: at.table, row });
        if is_current {
            continue;
        }
        // One damaged value must not keep all others under the old key.
        match reseal(&place, &sealed) {
            Ok(sealed) => {
                execute(tx, &update, &[&row, &sealed]).await?;
                part.done += 1;
            }
            Err(_) => part.unreadable += 1,
        }
    }
    Ok(part)
}
