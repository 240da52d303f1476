//! The register of linkage keys.

use std::sync::Arc;

use async_trait::async_trait;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::writer::REST;
use super::{Sqlite, audit, failed, linkage_import, time_from, time_text};
use crate::error::Result;
use crate::store::{
    AuditEntry, ChainHasher, LinkageAccount, LinkageChange, LinkageConflict, LinkageCorrelation, LinkageEntry,
    LinkageFound, LinkageImported, LinkageIssue, LinkageIssued, LinkageKey, LinkageOrganisation, LinkagePage,
    LinkagePatient, LinkageQuestion, LinkageRegister, LinkageRevocation, LinkageVersion, StoredPatient,
};

/// A patient with account and key in force, in one look-up.
const PATIENT: &str = "SELECT p.tag, p.ods, p.registered, p.blocked, p.version, p.sealed,
        a.tag AS account_tag, a.created_at AS account_created_at, a.sealed AS account_sealed,
        k.generation, k.mac, k.created_at AS key_created_at, k.sealed AS key_sealed,
        coalesce(k.generation, (SELECT max(generation) FROM linkage_keys WHERE patient = p.id), 0) AS last_generation,
        p.id
    FROM linkage_patients p
    LEFT JOIN linkage_accounts a ON a.patient = p.id
    LEFT JOIN linkage_keys k ON k.patient = p.id AND k.state = 'active'";

#[async_trait]
impl LinkageRegister for Sqlite {
    async fn find(&self, question: LinkageQuestion) -> Result<LinkageFound> {
        self.read(move |connection| find(connection, &question)).await
    }

    async fn of_account(&self, account_tag: &str) -> Result<Option<StoredPatient>> {
        let account_tag = account_tag.to_owned();
        self.read(move |connection| {
            connection
                .prepare_cached(&format!("{PATIENT} WHERE a.tag = ?1"))
                .and_then(|mut statement| statement.query_row([account_tag], patient_of).optional())
                .map_err(failed)
        })
        .await
    }

    async fn miss(&self, tag: &str, at: Timestamp, forget_before: Timestamp) -> Result<()> {
        let tag = tag.to_owned();
        self.write(move |connection| {
            connection
                .prepare_cached("DELETE FROM linkage_misses WHERE at < ?1")
                .and_then(|mut statement| statement.execute([time_text(forget_before)]))
                .map_err(failed)?;
            connection
                .prepare_cached("INSERT INTO linkage_misses (tag, at) VALUES (?1, ?2)")
                .and_then(|mut statement| statement.execute(params![tag, time_text(at)]))
                .map(drop)
                .map_err(failed)
        })
        .await
    }

    async fn issue(
        &self,
        issue: LinkageIssue,
        entry: AuditEntry,
        hasher: Arc<dyn ChainHasher>,
    ) -> Result<LinkageIssued> {
        self.write(move |connection| {
            let issued = issue_on(connection, &issue)?;
            if issued == LinkageIssued::Issued {
                crate::failpoint::hit("linkage.issue");
                audit::append(connection, &entry, &*hasher)?;
            }
            Ok(issued)
        })
        .await
    }

    async fn change(&self, tag: &str, version: u64, change: LinkageChange, now: Timestamp) -> Result<bool> {
        let tag = tag.to_owned();
        self.write(move |connection| {
            let Some(found) = standing(connection, &tag)?.filter(|found| found.version == version) else {
                return Ok(false);
            };
            match change {
                LinkageChange::Revoke { revocation } => {
                    revoke(connection, found.id, &revocation)?;
                    bump(connection, found.id, now)?;
                }
                LinkageChange::Patient { patient } => put_patient(connection, &patient, now)?,
            }
            Ok(true)
        })
        .await
    }

    async fn set_organisation(&self, ods: &str, blocked: bool, now: Timestamp) -> Result<Option<bool>> {
        let ods = ods.to_owned();
        self.write(move |connection| {
            let Some(found) = organisation(connection, &ods)? else { return Ok(None) };
            if found.blocked != blocked {
                put_organisation(connection, &LinkageOrganisation { blocked, ..found.clone() }, now)?;
            }
            Ok(Some(found.blocked != blocked))
        })
        .await
    }

    async fn organisations(&self) -> Result<Vec<LinkageOrganisation>> {
        self.read(|connection| {
            connection
                .prepare_cached("SELECT ods, name, blocked FROM linkage_organisations ORDER BY ods")
                .and_then(|mut statement| statement.query_map([], organisation_of)?.collect())
                .map_err(failed)
        })
        .await
    }

    async fn page(&self, after: i64, limit: u32) -> Result<LinkagePage> {
        self.read(move |connection| {
            let patients: Vec<(i64, StoredPatient)> = connection
                .prepare_cached(&format!("{PATIENT} WHERE p.id > ?1 ORDER BY p.id LIMIT ?2"))
                .and_then(|mut statement| {
                    statement.query_map(params![after, limit], |row| Ok((row.get("id")?, patient_of(row)?)))?.collect()
                })
                .map_err(failed)?;
            let after = patients.last().map_or(after, |(id, _)| *id);
            let with_keys = |(id, patient)| Ok((patient, keys(connection, id)?));
            Ok(LinkagePage { after, patients: patients.into_iter().map(with_keys).collect::<Result<_>>()? })
        })
        .await
    }

    async fn versions(&self, tags: Vec<String>) -> Result<Vec<Option<LinkageVersion>>> {
        self.read(move |connection| {
            let mut statement = connection
                .prepare_cached(
                    "SELECT p.version, a.tag,
                            coalesce((SELECT max(generation) FROM linkage_keys WHERE patient = p.id), 0)
                     FROM linkage_patients p LEFT JOIN linkage_accounts a ON a.patient = p.id WHERE p.tag = ?1",
                )
                .map_err(failed)?;
            tags.iter()
                .map(|tag| {
                    let version = |row: &Row<'_>| {
                        Ok(LinkageVersion {
                            version: row.get(0)?,
                            account_tag: row.get(1)?,
                            last_generation: row.get(2)?,
                        })
                    };
                    statement.query_row([tag], version).optional().map_err(failed)
                })
                .collect()
        })
        .await
    }

    async fn stage(&self, import: &str, entries: Vec<LinkageEntry>, now: Timestamp) -> Result<Vec<Option<u64>>> {
        let import = import.to_owned();
        self.write(move |connection| linkage_import::stage(connection, &import, &entries, now)).await
    }

    async fn apply(
        &self,
        import: &str,
        conflict: LinkageConflict,
        all: bool,
        now: Timestamp,
    ) -> Result<LinkageImported> {
        let import = import.to_owned();
        self.write(move |connection| linkage_import::apply(connection, &import, conflict, all, now)).await
    }

    async fn discard(&self, import: &str, before: Timestamp) -> Result<()> {
        let import: Arc<str> = import.into();
        loop {
            let import = Arc::clone(&import);
            if !self.write(move |connection| linkage_import::discard(connection, &import, before)).await? {
                return Ok(());
            }
            // The store has no queue for processes: this is when the others get their turn.
            tokio::time::sleep(REST).await;
        }
    }

    async fn purge(&self, now: Timestamp) -> Result<u64> {
        self.write(move |connection| {
            let expired = "DELETE FROM linkage_correlations WHERE expires_at <= ?1";
            connection.execute(expired, [time_text(now)]).map(|count| count as u64).map_err(failed)
        })
        .await
    }
}

/// Answers a question in one transaction, so that all of it is of one moment.
fn find(connection: &Connection, question: &LinkageQuestion) -> Result<LinkageFound> {
    let run = |sql: &str| connection.prepare_cached(sql).and_then(|mut it| it.execute([])).map(drop).map_err(failed);
    // In memory everything is read within the writer's transaction, where no other can begin.
    run("SAVEPOINT find")?;
    let found = find_within(connection, question);
    run("RELEASE find")?;
    found
}

fn find_within(connection: &Connection, question: &LinkageQuestion) -> Result<LinkageFound> {
    let patient = connection
        .prepare_cached(&format!("{PATIENT} WHERE p.tag = ?1"))
        .and_then(|mut statement| statement.query_row([&question.tag], patient_of).optional())
        .map_err(failed)?;
    let correlation = match &question.correlation {
        Some(tag) => correlation(connection, tag)?,
        None => None,
    };
    let misses = match &question.misses {
        Some((tag, since)) => connection
            .prepare_cached("SELECT at FROM linkage_misses WHERE tag = ?1 AND at > ?2 ORDER BY at")
            .and_then(|mut statement| {
                statement.query_map(params![tag, time_text(*since)], |row| time_from(row, "at"))?.collect()
            })
            .map_err(failed)?,
        None => Vec::new(),
    };
    let organisation = organisation(connection, &question.ods)?;
    Ok(LinkageFound { organisation, patient, correlation, misses })
}

/// Issues a key unless something has changed since that was decided. The writer's transaction makes one step of it, for
/// the threads of this process and for other processes.
fn issue_on(connection: &Connection, issue: &LinkageIssue) -> Result<LinkageIssued> {
    let Some(Standing { id, version, registered }) = standing(connection, &issue.tag)? else {
        return Ok(LinkageIssued::Changed);
    };
    let expired = |found: &LinkageCorrelation| found.expires_at <= issue.now;
    let used = correlation(connection, &issue.correlation.tag)?.is_some_and(|found| !expired(&found));
    let blocked = connection
        .prepare_cached(
            "SELECT o.blocked FROM linkage_patients p JOIN linkage_organisations o ON o.ods = p.ods WHERE p.id = ?1",
        )
        .and_then(|mut statement| statement.query_row([id], |row| row.get::<_, bool>(0)))
        .map_err(failed)?;
    if version != issue.version || !registered || used || blocked {
        return Ok(LinkageIssued::Changed);
    }
    let is_taken = |sql: &str, value: &dyn rusqlite::ToSql| {
        connection.prepare_cached(sql).and_then(|mut statement| statement.exists([value])).map_err(failed)
    };
    // Both are looked at before anything is written: what is not issued must leave nothing behind.
    let account = issue.account.as_ref();
    let is_account_taken = match account {
        Some(account) => is_taken("SELECT 1 FROM linkage_accounts WHERE tag = ?1", &account.tag)?,
        None => false,
    };
    if is_account_taken || is_taken("SELECT 1 FROM linkage_keys WHERE mac = ?1", &issue.key.mac)? {
        return Ok(LinkageIssued::Collision);
    }
    if let Some(account) = account {
        put_account(connection, id, account)?;
    }
    put_key(connection, id, &issue.key)?;
    bump(connection, id, issue.now)?;
    connection
        .prepare_cached("INSERT OR REPLACE INTO linkage_correlations VALUES (?1, ?2, ?3, ?4)")
        .and_then(|mut statement| {
            let LinkageCorrelation { tag, content_hash, generation, expires_at } = &issue.correlation;
            statement.execute(params![tag, content_hash, generation, time_text(*expires_at)])
        })
        .map_err(failed)?;
    connection
        .prepare_cached("DELETE FROM linkage_misses WHERE tag = ?1")
        .and_then(|mut statement| statement.execute([&issue.misses]))
        .map_err(failed)?;
    Ok(LinkageIssued::Issued)
}

pub(super) fn organisation(connection: &Connection, ods: &str) -> Result<Option<LinkageOrganisation>> {
    connection
        .prepare_cached("SELECT ods, name, blocked FROM linkage_organisations WHERE ods = ?1")
        .and_then(|mut statement| statement.query_row([ods], organisation_of).optional())
        .map_err(failed)
}

pub(super) fn put_organisation(
    connection: &Connection,
    organisation: &LinkageOrganisation,
    now: Timestamp,
) -> Result<()> {
    connection
        .prepare_cached("INSERT OR REPLACE INTO linkage_organisations VALUES (?1, ?2, ?3, ?4)")
        .and_then(|mut statement| {
            statement.execute(params![organisation.ods, organisation.name, organisation.blocked, time_text(now)])
        })
        .map(drop)
        .map_err(failed)
}

/// Where a patient stands in the store.
pub(super) struct Standing {
    pub(super) id: i64,
    pub(super) version: u64,
    pub(super) registered: bool,
}

pub(super) fn standing(connection: &Connection, tag: &str) -> Result<Option<Standing>> {
    let standing = |row: &Row<'_>| Ok(Standing { id: row.get(0)?, version: row.get(1)?, registered: row.get(2)? });
    connection
        .prepare_cached("SELECT id, version, registered FROM linkage_patients WHERE tag = ?1")
        .and_then(|mut statement| statement.query_row([tag], standing).optional())
        .map_err(failed)
}

/// Adds a patient, or stores one anew under the next version.
pub(super) fn put_patient(connection: &Connection, patient: &LinkagePatient, now: Timestamp) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO linkage_patients (tag, ods, registered, blocked, version, updated_at, sealed)
             VALUES (?1, ?2, ?3, ?4, 1, ?5, ?6)
             ON CONFLICT (tag) DO UPDATE SET registered = excluded.registered, blocked = excluded.blocked,
                 version = version + 1, updated_at = excluded.updated_at, sealed = excluded.sealed",
        )
        .and_then(|mut statement| {
            let LinkagePatient { tag, ods, registered, blocked, sealed } = patient;
            statement.execute(params![tag, ods, registered, blocked, time_text(now), sealed])
        })
        .map(drop)
        .map_err(failed)
}

pub(super) fn put_account(connection: &Connection, patient: i64, account: &LinkageAccount) -> Result<()> {
    connection
        .prepare_cached("INSERT INTO linkage_accounts VALUES (?1, ?2, ?3, ?4)")
        .and_then(|mut statement| {
            statement.execute(params![patient, account.tag, time_text(account.created_at), account.sealed])
        })
        .map(drop)
        .map_err(failed)
}

pub(super) fn put_key(connection: &Connection, patient: i64, key: &LinkageKey) -> Result<()> {
    let state = if key.revoked.is_some() { "revoked" } else { "active" };
    connection
        .prepare_cached(
            "INSERT INTO linkage_keys
                 (patient, generation, mac, state, created_at, revoked_at, revoke_reason, sealed)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )
        .and_then(|mut statement| {
            statement.execute(params![
                patient,
                key.generation,
                key.mac,
                state,
                time_text(key.created_at),
                key.revoked.as_ref().map(|revoked| time_text(revoked.at)),
                key.revoked.as_ref().map(|revoked| &revoked.reason),
                key.sealed
            ])
        })
        .map(drop)
        .map_err(failed)
}

pub(super) fn revoke(connection: &Connection, patient: i64, revocation: &LinkageRevocation) -> Result<()> {
    connection
        .prepare_cached(
            "UPDATE linkage_keys SET state = 'revoked', revoked_at = ?2, revoke_reason = ?3
             WHERE patient = ?1 AND state = 'active'",
        )
        .and_then(|mut statement| statement.execute(params![patient, time_text(revocation.at), revocation.reason]))
        .map(drop)
        .map_err(failed)
}

fn bump(connection: &Connection, patient: i64, now: Timestamp) -> Result<()> {
    connection
        .prepare_cached("UPDATE linkage_patients SET version = version + 1, updated_at = ?2 WHERE id = ?1")
        .and_then(|mut statement| statement.execute(params![patient, time_text(now)]))
        .map(drop)
        .map_err(failed)
}

/// All keys of a patient, by generation.
pub(super) fn keys(connection: &Connection, patient: i64) -> Result<Vec<LinkageKey>> {
    connection
        .prepare_cached("SELECT * FROM linkage_keys WHERE patient = ?1 ORDER BY generation")
        .and_then(|mut statement| statement.query_map([patient], key_of)?.collect())
        .map_err(failed)
}

fn correlation(connection: &Connection, tag: &str) -> Result<Option<LinkageCorrelation>> {
    connection
        .prepare_cached("SELECT * FROM linkage_correlations WHERE tag = ?1")
        .and_then(|mut statement| {
            statement
                .query_row([tag], |row| {
                    Ok(LinkageCorrelation {
                        tag: row.get("tag")?,
                        content_hash: row.get("content_hash")?,
                        generation: row.get("generation")?,
                        expires_at: time_from(row, "expires_at")?,
                    })
                })
                .optional()
        })
        .map_err(failed)
}

fn organisation_of(row: &Row<'_>) -> rusqlite::Result<LinkageOrganisation> {
    Ok(LinkageOrganisation { ods: row.get("ods")?, name: row.get("name")?, blocked: row.get("blocked")? })
}

fn key_of(row: &Row<'_>) -> rusqlite::Result<LinkageKey> {
    let revoked = match row.get::<_, String>("state")?.as_str() {
        "active" => None,
        _ => Some(LinkageRevocation {
            at: time_from(row, "revoked_at")?,
            reason: row.get::<_, Option<String>>("revoke_reason")?.unwrap_or_default(),
        }),
    };
    Ok(LinkageKey {
        generation: row.get("generation")?,
        mac: row.get("mac")?,
        created_at: time_from(row, "created_at")?,
        revoked,
        sealed: row.get("sealed")?,
    })
}

fn patient_of(row: &Row<'_>) -> rusqlite::Result<StoredPatient> {
    let account: Option<String> = row.get("account_tag")?;
    let generation: Option<u32> = row.get("generation")?;
    Ok(StoredPatient {
        patient: LinkagePatient {
            tag: row.get("tag")?,
            ods: row.get("ods")?,
            registered: row.get("registered")?,
            blocked: row.get("blocked")?,
            sealed: row.get("sealed")?,
        },
        version: row.get("version")?,
        account: match account {
            Some(tag) => Some(LinkageAccount {
                tag,
                created_at: time_from(row, "account_created_at")?,
                sealed: row.get("account_sealed")?,
            }),
            None => None,
        },
        active: match generation {
            Some(generation) => Some(LinkageKey {
                generation,
                mac: row.get("mac")?,
                created_at: time_from(row, "key_created_at")?,
                revoked: None,
                sealed: row.get("key_sealed")?,
            }),
            None => None,
        },
        last_generation: row.get("last_generation")?,
    })
}
