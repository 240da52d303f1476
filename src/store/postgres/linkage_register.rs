//! The register of linkage keys. Whoever changes a patient locks the patient's row first.

use std::collections::HashMap;
use std::sync::Arc;

use async_trait::async_trait;
use deadpool_postgres::{GenericClient, Transaction};
use futures_util::future::BoxFuture;
use jiff::Timestamp;
use tokio_postgres::Row;

use super::failure::{Failure, all_done};
use super::{
    Connections, Postgres, Values, all, audit, execute, linkage_import, number, read, row, rows, small, stored,
    transact,
};
use crate::error::{Error, Result};
use crate::store::{
    AuditEntry, ChainHasher, LinkageAccount, LinkageChange, LinkageConflict, LinkageCorrelation, LinkageEntry,
    LinkageFound, LinkageImported, LinkageIssue, LinkageIssued, LinkageKey, LinkageOrganisation, LinkagePage,
    LinkagePatient, LinkageQuestion, LinkageRegister, LinkageRevocation, LinkageVersion, StoredPatient,
};

/// A patient with account and key in force.
const PATIENT: &str = "SELECT p.id AS patient_id, p.tag, p.ods, p.registered, p.blocked, p.version, p.sealed,
        a.tag AS account_tag, a.created_at AS account_created_at, a.sealed AS account_sealed,
        k.generation, k.mac, k.created_at AS key_created_at, k.sealed AS key_sealed,
        coalesce(k.generation, (SELECT max(generation) FROM linkage_keys WHERE patient = p.id), 0) AS last_generation
    FROM linkage_patients p
    LEFT JOIN linkage_accounts a ON a.patient = p.id
    LEFT JOIN linkage_keys k ON k.patient = p.id AND k.state = 'active'";
const KEYS: &str =
    "SELECT patient, generation, mac, state, created_at, revoked_at, revoke_reason, sealed FROM linkage_keys";

#[async_trait]
impl LinkageRegister for Postgres {
    async fn find(&self, question: LinkageQuestion) -> Result<LinkageFound> {
        read!(self.connections, |client| find(client, &question))
    }

    async fn of_account(&self, account_tag: &str) -> Result<Option<StoredPatient>> {
        read!(self.connections, |client| async {
            let found = row(client, &format!("{PATIENT} WHERE a.tag = $1"), &[&account_tag]).await?;
            Ok::<_, Failure>(found.as_ref().map(patient_of).transpose()?)
        })
    }

    async fn miss(&self, tag: &str, at: Timestamp, forget_before: Timestamp) -> Result<()> {
        transact!(self.connections, |tx| async {
            execute(tx, "DELETE FROM linkage_misses WHERE at < $1", &[&stored(forget_before)]).await?;
            execute(tx, "INSERT INTO linkage_misses (tag, at) VALUES ($1, $2)", &[&tag, &stored(at)]).await.map(drop)
        })
    }

    async fn issue(
        &self,
        issue: LinkageIssue,
        entry: AuditEntry,
        hasher: Arc<dyn ChainHasher>,
    ) -> Result<LinkageIssued> {
        self.keys.run((issue, (entry, hasher))).await
    }

    async fn change(&self, tag: &str, version: u64, change: LinkageChange, now: Timestamp) -> Result<bool> {
        transact!(self.connections, |tx| async {
            let found = standing(tx, &[tag]).await?.remove(tag);
            let Some(found) = found.filter(|found| found.version == version) else { return Ok(false) };
            match &change {
                LinkageChange::Revoke { revocation } => {
                    revoke(tx, found.id, revocation).await?;
                    bump(tx, found.id, now).await?;
                }
                LinkageChange::Patient { patient } => drop(put_patient(tx, patient, now).await?),
            }
            Ok::<_, Failure>(true)
        })
    }

    async fn set_organisation(&self, ods: &str, blocked: bool, now: Timestamp) -> Result<Option<bool>> {
        transact!(self.connections, |tx| async {
            let sql = "SELECT blocked FROM linkage_organisations WHERE ods = $1 FOR NO KEY UPDATE";
            let Some(found) = row(tx, sql, &[&ods]).await? else { return Ok(None) };
            let was: bool = found.try_get(0)?;
            if was != blocked {
                let sql = "UPDATE linkage_organisations SET blocked = $2, updated_at = $3 WHERE ods = $1";
                execute(tx, sql, &[&ods, &blocked, &stored(now)]).await?;
            }
            Ok::<_, Failure>(Some(was != blocked))
        })
    }

    async fn organisations(&self) -> Result<Vec<LinkageOrganisation>> {
        read!(self.connections, |client| async {
            let sql = "SELECT ods, name, blocked FROM linkage_organisations ORDER BY ods";
            all(&rows(client, sql, &[]).await?, organisation_of)
        })
    }

    async fn page(&self, after: i64, limit: u32) -> Result<LinkagePage> {
        read!(self.connections, |client| async {
            let sql = format!("{PATIENT} WHERE p.id > $1 ORDER BY p.id LIMIT $2");
            let found = all(&rows(client, &sql, &[&after, &i64::from(limit)]).await?, |row| {
                Ok((row.try_get::<_, i64>("patient_id")?, patient_of(row)?))
            })?;
            let ids: Vec<i64> = found.iter().map(|(id, _)| *id).collect();
            let mut keys = keys(client, &ids).await?;
            let with_keys = |(id, patient)| (patient, keys.remove(&id).unwrap_or_default());
            Ok::<_, Failure>(LinkagePage {
                after: ids.last().copied().unwrap_or(after),
                patients: found.into_iter().map(with_keys).collect(),
            })
        })
    }

    async fn versions(&self, tags: Vec<String>) -> Result<Vec<Option<LinkageVersion>>> {
        read!(self.connections, |client| async {
            let sql = "SELECT p.tag, p.version, a.tag AS account_tag,
                              coalesce((SELECT max(generation) FROM linkage_keys WHERE patient = p.id), 0) AS last_generation
                       FROM linkage_patients p LEFT JOIN linkage_accounts a ON a.patient = p.id WHERE p.tag = ANY($1)";
            let found: HashMap<String, LinkageVersion> = all(&rows(client, sql, &[&tags]).await?, |row| {
                Ok((
                    row.try_get("tag")?,
                    LinkageVersion {
                        version: number(row, "version")?,
                        account_tag: row.try_get("account_tag")?,
                        last_generation: small(row, "last_generation")?,
                    },
                ))
            })?
            .into_iter()
            .collect();
            Ok::<_, Failure>(tags.iter().map(|tag| found.get(tag).cloned()).collect())
        })
    }

    async fn stage(&self, import: &str, entries: Vec<LinkageEntry>, now: Timestamp) -> Result<Vec<Option<u64>>> {
        transact!(self.connections, |tx| linkage_import::stage(tx, import, &entries, now))
    }

    async fn apply(
        &self,
        import: &str,
        conflict: LinkageConflict,
        all: bool,
        now: Timestamp,
    ) -> Result<LinkageImported> {
        linkage_import::apply(&self.connections, import, conflict, all, now).await
    }

    async fn discard(&self, import: &str, before: Timestamp) -> Result<()> {
        transact!(self.connections, |tx| async {
            let sql = "DELETE FROM linkage_staged WHERE import = $1 OR staged_at < $2";
            execute(tx, sql, &[&import, &stored(before)]).await.map(drop)
        })
    }

    async fn purge(&self, now: Timestamp) -> Result<u64> {
        transact!(self.connections, |tx| async {
            execute(tx, "DELETE FROM linkage_correlations WHERE expires_at <= $1", &[&stored(now)]).await
        })
    }
}

/// Answers a question in one statement, so that all of it is of one moment.
async fn find(client: &impl GenericClient, question: &LinkageQuestion) -> Result<LinkageFound, Failure> {
    let (misses, since) = match &question.misses {
        Some((tag, since)) => (Some(tag), Some(stored(*since))),
        None => (None, None),
    };
    let sql = format!(
        "SELECT p.*, o.ods AS organisation_ods, o.name, o.blocked AS organisation_blocked,
                c.tag AS correlation_tag, c.content_hash, c.generation AS correlation_generation, c.expires_at,
                ARRAY(SELECT at FROM linkage_misses WHERE tag = $4 AND at > $5 ORDER BY at) AS misses
         FROM (SELECT 1) always
         LEFT JOIN ({PATIENT} WHERE p.tag = $2) p ON true
         LEFT JOIN linkage_organisations o ON o.ods = $1
         LEFT JOIN linkage_correlations c ON c.tag = $3"
    );
    let found = rows(client, &sql, &[&question.ods, &question.tag, &question.correlation, &misses, &since]).await?;
    let found = found.first().ok_or_else(|| Error::internal("a question to the register has no answer"))?;
    let (is_patient, is_organisation, is_correlation): (Option<String>, Option<String>, Option<String>) =
        (found.try_get("tag")?, found.try_get("organisation_ods")?, found.try_get("correlation_tag")?);
    let organisation = match is_organisation {
        Some(ods) => Some(LinkageOrganisation {
            ods,
            name: found.try_get("name")?,
            blocked: found.try_get("organisation_blocked")?,
        }),
        None => None,
    };
    let correlation = match is_correlation {
        Some(tag) => Some(LinkageCorrelation {
            tag,
            content_hash: found.try_get("content_hash")?,
            generation: small(found, "correlation_generation")?,
            expires_at: found.try_get("expires_at")?,
        }),
        None => None,
    };
    Ok(LinkageFound {
        organisation,
        patient: is_patient.map(|_| patient_of(found)).transpose()?,
        correlation,
        misses: found.try_get("misses")?,
    })
}

/// What ends the transaction of a key that is not to be issued.
const CHANGED: &str = "patient, organisation or correlation have changed";
const COLLISION: &str = "the account id or the key is taken";

fn not_issued(why: &str) -> Failure {
    Failure::Ours(Error::Conflict { problem: why.into() })
}

/// A key that a caller wants issued, with its entry in the audit trail.
pub(super) type Issue = (LinkageIssue, (AuditEntry, Arc<dyn ChainHasher>));

/// Issues the keys of many callers in one transaction.
pub(super) fn issue_all<'a>(
    connections: &'a Connections,
    items: &'a [Issue],
) -> BoxFuture<'a, Result<Vec<LinkageIssued>>> {
    Box::pin(async move {
        let issued = transact!(connections, |tx| issue_on(tx, items));
        match issued {
            // Both leave nothing behind, which only a transaction that fails does; of several callers each is then tried
            // alone.
            Err(Error::Conflict { problem }) if problem == CHANGED && items.len() == 1 => {
                Ok(vec![LinkageIssued::Changed])
            }
            Err(Error::Conflict { problem }) if problem == COLLISION && items.len() == 1 => {
                Ok(vec![LinkageIssued::Collision])
            }
            issued => issued,
        }
    })
}

async fn issue_on(tx: &Transaction<'_>, items: &[Issue]) -> Result<Vec<LinkageIssued>, Failure> {
    let tags: Vec<&str> = items.iter().map(|(issue, _)| issue.tag.as_str()).collect();
    let mut found = standing(tx, &tags).await?;
    let (mut answers, mut keys, mut entries) = (Vec::new(), Vec::new(), Vec::new());
    for (issue, entry) in items {
        // The first of several for the same patient is the one that finds what it decided by.
        let standing = found.get(&issue.tag).filter(|it| it.version == issue.version);
        let Some(patient) = standing.filter(|it| it.registered && !it.is_organisation_blocked).map(|it| it.id) else {
            answers.push(LinkageIssued::Changed);
            continue;
        };
        found.remove(&issue.tag);
        answers.push(LinkageIssued::Issued);
        keys.push(put_issue(tx, patient, issue));
        entries.push(entry);
    }
    // On their way together, for they need nothing of each other.
    all_done(futures_util::future::join_all(keys).await)?;
    crate::failpoint::hit("linkage.issue");
    // Last, for all others wait for the end of the chain.
    audit::append(tx, &entries).await?;
    Ok(answers)
}

/// Stores a key for a patient who was found as they were when it was decided on.
async fn put_issue(tx: &Transaction<'_>, patient: i64, issue: &LinkageIssue) -> Result<(), Failure> {
    let LinkageCorrelation { tag, content_hash, generation, expires_at } = &issue.correlation;
    let collided =
        |failure: Failure| if failure.broken_constraint().is_some() { not_issued(COLLISION) } else { failure };
    let (generation, expires_at, now) = (i64::from(*generation), stored(*expires_at), stored(issue.now));
    let of_correlation: Values<'_> = &[tag, content_hash, &generation, &expires_at, &now];
    let of_misses: Values<'_> = &[&issue.misses];
    let correlation = async {
        // One that has expired makes room; one that has not stands.
        let kept = execute(
            tx,
            "INSERT INTO linkage_correlations AS c (tag, content_hash, generation, expires_at) VALUES ($1, $2, $3, $4)
             ON CONFLICT (tag) DO UPDATE SET content_hash = excluded.content_hash, generation = excluded.generation,
                 expires_at = excluded.expires_at WHERE c.expires_at <= $5",
            of_correlation,
        );
        if kept.await? == 0 { Err(not_issued(CHANGED)) } else { Ok(()) }
    };
    let key = async {
        if let Some(account) = &issue.account {
            put_account(tx, patient, account).await.map_err(collided)?;
        }
        // A key belongs to an account, so this one waits.
        put_keys(tx, &[(patient, &issue.key)]).await.map_err(collided)
    };
    let misses = async { execute(tx, "DELETE FROM linkage_misses WHERE tag = $1", of_misses).await.map(drop) };
    // On their way together, one round trip for all: none needs what another answers.
    let (correlation, key, version, misses) = tokio::join!(correlation, key, bump(tx, patient, issue.now), misses);
    all_done([correlation, key, version, misses])
}

/// Where a patient stands; the row stays locked.
pub(super) struct Standing {
    pub(super) id: i64,
    pub(super) version: u64,
    pub(super) registered: bool,
    pub(super) is_organisation_blocked: bool,
}

/// Locks patients, always in the same order, and tells where they stand; nobody blocks their organisations meanwhile.
pub(super) async fn standing(tx: &Transaction<'_>, tags: &[&str]) -> Result<HashMap<String, Standing>, Failure> {
    let sql = "SELECT p.tag, p.id, p.version, p.registered, o.blocked
               FROM linkage_patients p JOIN linkage_organisations o ON o.ods = p.ods
               WHERE p.tag = ANY($1) ORDER BY p.id FOR NO KEY UPDATE OF p FOR SHARE OF o";
    let found = all(&rows(tx, sql, &[&tags]).await?, |row| {
        Ok((
            row.try_get("tag")?,
            Standing {
                id: row.try_get("id")?,
                version: number(row, "version")?,
                registered: row.try_get("registered")?,
                is_organisation_blocked: row.try_get("blocked")?,
            },
        ))
    })?;
    Ok(found.into_iter().collect())
}

/// Adds a patient, or stores one anew under the next version; answers with the row's number.
pub(super) async fn put_patient(
    tx: &Transaction<'_>,
    patient: &LinkagePatient,
    now: Timestamp,
) -> Result<i64, Failure> {
    let LinkagePatient { tag, ods, registered, blocked, sealed } = patient;
    let put = rows(
        tx,
        "INSERT INTO linkage_patients AS p (tag, ods, registered, blocked, version, updated_at, sealed)
         VALUES ($1, $2, $3, $4, 1, $5, $6)
         ON CONFLICT (tag) DO UPDATE SET registered = excluded.registered, blocked = excluded.blocked,
             version = p.version + 1, updated_at = excluded.updated_at, sealed = excluded.sealed
         RETURNING id",
        &[tag, ods, registered, blocked, &stored(now), sealed],
    )
    .await?;
    let put = put.first().ok_or_else(|| Error::internal("a patient that was stored has no number"))?;
    Ok(put.try_get(0)?)
}

async fn put_account(tx: &Transaction<'_>, patient: i64, account: &LinkageAccount) -> Result<(), Failure> {
    let sql = "INSERT INTO linkage_accounts (patient, tag, created_at, sealed) VALUES ($1, $2, $3, $4)";
    execute(tx, sql, &[&patient, &account.tag, &stored(account.created_at), &account.sealed]).await.map(drop)
}

/// Adds keys in their order.
pub(super) async fn put_keys(tx: &Transaction<'_>, keys: &[(i64, &LinkageKey)]) -> Result<(), Failure> {
    fn each<'a, T>(keys: &[(i64, &'a LinkageKey)], of: impl Fn(&'a LinkageKey) -> T) -> Vec<T> {
        keys.iter().map(|(_, key)| of(key)).collect()
    }
    let patients: Vec<i64> = keys.iter().map(|(patient, _)| *patient).collect();
    let state = |key: &LinkageKey| if key.revoked.is_some() { "revoked" } else { "active" };
    execute(
        tx,
        "INSERT INTO linkage_keys (patient, generation, mac, state, created_at, revoked_at, revoke_reason, sealed)
         SELECT patient, generation, mac, state, created_at, revoked_at, revoke_reason, sealed
         FROM unnest($1::bigint[], $2::bigint[], $3::bytea[], $4::text[], $5::timestamptz[], $6::timestamptz[], $7::text[],
             $8::bytea[]) WITH ORDINALITY
             AS u (patient, generation, mac, state, created_at, revoked_at, revoke_reason, sealed, at) ORDER BY at",
        &[
            &patients,
            &each(keys, |key| i64::from(key.generation)),
            &each(keys, |key| &key.mac),
            &each(keys, state),
            &each(keys, |key| stored(key.created_at)),
            &each(keys, |key| key.revoked.as_ref().map(|revoked| stored(revoked.at))),
            &each(keys, |key| key.revoked.as_ref().map(|revoked| &revoked.reason)),
            &each(keys, |key| &key.sealed),
        ],
    )
    .await
    .map(drop)
}

async fn revoke(tx: &Transaction<'_>, patient: i64, revocation: &LinkageRevocation) -> Result<(), Failure> {
    execute(
        tx,
        "UPDATE linkage_keys SET state = 'revoked', revoked_at = $2, revoke_reason = $3
         WHERE patient = $1 AND state = 'active'",
        &[&patient, &stored(revocation.at), &revocation.reason],
    )
    .await
    .map(drop)
}

async fn bump(tx: &Transaction<'_>, patient: i64, now: Timestamp) -> Result<(), Failure> {
    let sql = "UPDATE linkage_patients SET version = version + 1, updated_at = $2 WHERE id = $1";
    execute(tx, sql, &[&patient, &stored(now)]).await.map(drop)
}

/// All keys of patients, by generation.
pub(super) async fn keys(client: &impl GenericClient, ids: &[i64]) -> Result<HashMap<i64, Vec<LinkageKey>>, Failure> {
    let sql = format!("{KEYS} WHERE patient = ANY($1) ORDER BY patient, generation");
    let mut keys: HashMap<i64, Vec<LinkageKey>> = HashMap::new();
    for (patient, key) in all(&rows(client, &sql, &[&ids]).await?, |row| Ok((row.try_get("patient")?, key_of(row)?)))? {
        keys.entry(patient).or_default().push(key);
    }
    Ok(keys)
}

pub(super) fn organisation_of(row: &Row) -> Result<LinkageOrganisation, tokio_postgres::Error> {
    Ok(LinkageOrganisation { ods: row.try_get("ods")?, name: row.try_get("name")?, blocked: row.try_get("blocked")? })
}

fn key_of(row: &Row) -> Result<LinkageKey, tokio_postgres::Error> {
    let revoked = match row.try_get::<_, String>("state")?.as_str() {
        "active" => None,
        _ => Some(LinkageRevocation {
            at: row.try_get("revoked_at")?,
            reason: row.try_get::<_, Option<String>>("revoke_reason")?.unwrap_or_default(),
        }),
    };
    Ok(LinkageKey {
        generation: small(row, "generation")?,
        mac: row.try_get("mac")?,
        created_at: row.try_get("created_at")?,
        revoked,
        sealed: row.try_get("sealed")?,
    })
}

fn patient_of(row: &Row) -> Result<StoredPatient, tokio_postgres::Error> {
    let account: Option<String> = row.try_get("account_tag")?;
    let generation: Option<i64> = row.try_get("generation")?;
    Ok(StoredPatient {
        patient: LinkagePatient {
            tag: row.try_get("tag")?,
            ods: row.try_get("ods")?,
            registered: row.try_get("registered")?,
            blocked: row.try_get("blocked")?,
            sealed: row.try_get("sealed")?,
        },
        version: number(row, "version")?,
        account: match account {
            Some(tag) => Some(LinkageAccount {
                tag,
                created_at: row.try_get("account_created_at")?,
                sealed: row.try_get("account_sealed")?,
            }),
            None => None,
        },
        active: match generation {
            Some(_) => Some(LinkageKey {
                generation: small(row, "generation")?,
                mac: row.try_get("mac")?,
                created_at: row.try_get("key_created_at")?,
                revoked: None,
                sealed: row.try_get("key_sealed")?,
            }),
            None => None,
        },
        last_generation: small(row, "last_generation")?,
    })
}
