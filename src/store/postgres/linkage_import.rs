//! Takes rows of an import into the register of linkage keys: some hundreds at a time, each judged as if by itself.

use std::borrow::Cow;
use std::collections::HashMap;
use std::convert::Infallible;

use deadpool_postgres::Transaction;
use jiff::Timestamp;

use super::failure::Failure;
use super::linkage_register::{Standing, keys, organisation_of, put_keys, standing};
use super::{Connections, all, execute, lock, locks, number, rows, stored, transact, whole};
use crate::error::{Error, Result};
use crate::store::linkage_rules::{self, Register, Taken};
use crate::store::{
    LinkageAccount, LinkageConflict, LinkageEntry, LinkageEntryPatient, LinkageImported, LinkageKey,
    LinkageOrganisation, LinkagePatient,
};

/// How many rows are judged by what one look at the register tells.
const STEP: i64 = 500;

/// Puts rows aside; answers for each with the line that it repeats, if it does.
pub(super) async fn stage(
    tx: &Transaction<'_>,
    import: &str,
    entries: &[LinkageEntry],
    now: Timestamp,
) -> Result<Vec<Option<u64>>, Failure> {
    let mut texts = Vec::with_capacity(entries.len());
    for entry in entries {
        texts.push(serde_json::to_string(entry).map_err(|_| Error::internal("a row of an import has no JSON form"))?);
    }
    let tags: Vec<String> = entries
        .iter()
        .map(|entry| match &entry.patient {
            Some(patient) => patient.patient.tag.clone(),
            None => format!("organisation {}", entry.organisation.ods),
        })
        .collect();
    let account = |entry: &LinkageEntry| entry.patient.as_ref()?.account.as_ref().map(|account| account.tag.clone());
    let accounts: Vec<Option<String>> = entries.iter().map(account).collect();
    let lines: Vec<i64> = entries.iter().map(|entry| whole(entry.line)).collect();
    // In their order, so that of two that say the same the first stands.
    let inserted = rows(
        tx,
        "INSERT INTO linkage_staged (import, line, tag, account_tag, entry, staged_at)
         SELECT $1, line, tag, account_tag, entry, $6
         FROM unnest($2::bigint[], $3::text[], $4::text[], $5::text[]) WITH ORDINALITY
             AS u (line, tag, account_tag, entry, at) ORDER BY at
         ON CONFLICT DO NOTHING RETURNING line",
        &[&import, &lines, &tags, &accounts, &texts, &stored(now)],
    )
    .await?;
    let inserted: Vec<i64> = all(&inserted, |row| row.try_get(0))?;
    let mut taken: HashMap<i64, usize> = HashMap::new();
    inserted.iter().for_each(|line| *taken.entry(*line).or_default() += 1);
    let mut repeats = Vec::with_capacity(entries.len());
    for (at, line) in lines.iter().enumerate() {
        match taken.get_mut(line).filter(|left| **left > 0) {
            Some(left) => {
                *left -= 1;
                repeats.push(None);
            }
            None => {
                let sql = "SELECT line FROM linkage_staged
                           WHERE import = $1 AND (tag = $2 OR account_tag = $3 OR line = $4) ORDER BY line LIMIT 1";
                let found = rows(tx, sql, &[&import, &tags[at], &accounts[at], line]).await?;
                let found = found.first().ok_or_else(|| Error::internal("a repeated row repeats none"))?;
                repeats.push(Some(number(found, "line")?));
            }
        }
    }
    Ok(repeats)
}

/// Takes all rows into the register, or none of them.
pub(super) async fn apply(
    connections: &Connections,
    import: &str,
    conflict: LinkageConflict,
    all_or_none: bool,
    now: Timestamp,
) -> Result<LinkageImported> {
    transact!(connections, |tx| async {
        // Imports alone add patients, so that no other adds one of these meanwhile.
        lock(tx, locks::IMPORT).await?;
        tx.batch_execute("SAVEPOINT import").await?;
        let mut done = LinkageImported { applied: true, ..LinkageImported::default() };
        let mut last = 0_i64;
        loop {
            let sql = "SELECT line, entry FROM linkage_staged WHERE import = $1 AND line > $2 ORDER BY line LIMIT $3";
            let found: Vec<(i64, String)> =
                all(&rows(tx, sql, &[&import, &last, &STEP]).await?, |row| Ok((row.try_get(0)?, row.try_get(1)?)))?;
            let Some((line, _)) = found.last() else { break };
            last = *line;
            let parsed = found.iter().map(|(_, text)| serde_json::from_str(text)).collect::<Result<Vec<_>, _>>();
            let entries: Vec<LinkageEntry> = parsed.map_err(|_| Error::internal("a staged row has no JSON form"))?;
            take_step(tx, &entries, conflict, now, &mut done).await?;
        }
        if all_or_none && done.refused_rows > 0 {
            tx.batch_execute("ROLLBACK TO import").await?;
            done.applied = false;
        }
        Ok::<_, Failure>(done)
    })
}

async fn take_step(
    tx: &Transaction<'_>,
    entries: &[LinkageEntry],
    conflict: LinkageConflict,
    now: Timestamp,
    done: &mut LinkageImported,
) -> Result<(), Failure> {
    let mut step = Step::look(tx, entries).await?;
    entries.iter().for_each(|entry| step.take(entry, conflict, done));
    // Somebody may have been given the same account id or key since that was looked up; what they were given stands.
    step.write(tx, now).await.map_err(
        |failure| {
            if failure.broken_constraint().is_some() { Failure::Overtaken } else { failure }
        },
    )
}

/// What of the register matters for some rows, and what they do to it.
struct Step<'a> {
    organisations: HashMap<String, LinkageOrganisation>,
    standing: HashMap<String, Standing>,
    /// Whose account this is, by the patient's tag.
    account_owners: HashMap<String, String>,
    /// The account of each patient.
    accounts: HashMap<i64, String>,
    /// Whose key this is, by the patient's tag.
    key_owners: HashMap<Vec<u8>, String>,
    keys: HashMap<i64, Vec<LinkageKey>>,
    new_organisations: Vec<LinkageOrganisation>,
    new_patients: Vec<&'a LinkagePatient>,
    new_accounts: Vec<(&'a str, &'a LinkageAccount)>,
    /// Patients whose key in force ends, and why.
    ended: Vec<(&'a str, &'static str)>,
    new_keys: Vec<(&'a str, &'a LinkageKey)>,
}

impl<'a> Step<'a> {
    async fn look(tx: &Transaction<'_>, entries: &'a [LinkageEntry]) -> Result<Self, Failure> {
        let patients: Vec<&LinkageEntryPatient> = entries.iter().filter_map(|entry| entry.patient.as_ref()).collect();
        let tags: Vec<&str> = patients.iter().map(|given| given.patient.tag.as_str()).collect();
        let standing = standing(tx, &tags).await?;
        let ids: Vec<i64> = standing.values().map(|found| found.id).collect();
        let codes: Vec<&str> = entries.iter().map(|entry| entry.organisation.ods.as_str()).collect();
        let sql = "SELECT ods, name, blocked FROM linkage_organisations WHERE ods = ANY($1)";
        let organisations = all(&rows(tx, sql, &[&codes]).await?, organisation_of)?;
        let given: Vec<&str> =
            patients.iter().filter_map(|given| given.account.as_ref()).map(|account| account.tag.as_str()).collect();
        let sql = "SELECT a.tag, p.tag, a.patient FROM linkage_accounts a JOIN linkage_patients p ON p.id = a.patient
                   WHERE a.tag = ANY($1) OR a.patient = ANY($2)";
        let accounts: Vec<(String, String, i64)> =
            all(&rows(tx, sql, &[&given, &ids]).await?, |row| Ok((row.try_get(0)?, row.try_get(1)?, row.try_get(2)?)))?;
        let macs: Vec<&[u8]> = patients.iter().flat_map(|given| &given.keys).map(|key| key.mac.as_slice()).collect();
        let sql = "SELECT k.mac, p.tag FROM linkage_keys k JOIN linkage_patients p ON p.id = k.patient
                   WHERE k.mac = ANY($1)";
        let key_owners = all(&rows(tx, sql, &[&macs]).await?, |row| Ok((row.try_get(0)?, row.try_get(1)?)))?;
        Ok(Self {
            organisations: organisations.into_iter().map(|found| (found.ods.clone(), found)).collect(),
            standing,
            account_owners: accounts.iter().map(|(tag, owner, _)| (tag.clone(), owner.clone())).collect(),
            accounts: accounts.into_iter().map(|(tag, _, patient)| (patient, tag)).collect(),
            key_owners: key_owners.into_iter().collect(),
            keys: keys(tx, &ids).await?,
            new_organisations: Vec::new(),
            new_patients: Vec::new(),
            new_accounts: Vec::new(),
            ended: Vec::new(),
            new_keys: Vec::new(),
        })
    }

    fn take(&mut self, entry: &'a LinkageEntry, conflict: LinkageConflict, done: &mut LinkageImported) {
        let found = self.organisations.get(&entry.organisation.ods);
        let Some(given) = &entry.patient else {
            let taken = linkage_rules::organisation(&entry.organisation, found, conflict);
            if let Some(new) = done.count(entry.line, taken) {
                self.put_organisation(new);
            }
            return;
        };
        if found.is_none() {
            match linkage_rules::organisation_of_patient(entry) {
                Ok(new) => self.put_organisation(new),
                Err(reason) => {
                    done.count(entry.line, Taken::<()>::Refused(reason));
                    return;
                }
            }
        }
        let tag = given.patient.tag.as_str();
        let Ok(taken) = linkage_rules::patient(given, &Found { step: self, tag }, conflict);
        let Some(change) = done.count(entry.line, taken) else { return };
        self.new_patients.push(&given.patient);
        if let Some(account) = change.account {
            self.account_owners.insert(account.tag.clone(), tag.to_owned());
            self.new_accounts.push((tag, account));
        }
        self.ended.extend(change.ended.map(|reason| (tag, reason)));
        for key in change.keys {
            self.key_owners.insert(key.mac.clone(), tag.to_owned());
            self.new_keys.push((tag, key));
        }
    }

    fn put_organisation(&mut self, organisation: LinkageOrganisation) {
        self.organisations.insert(organisation.ods.clone(), organisation.clone());
        self.new_organisations.push(organisation);
    }

    async fn write(&self, tx: &Transaction<'_>, now: Timestamp) -> Result<(), Failure> {
        let now = stored(now);
        for LinkageOrganisation { ods, name, blocked } in &self.new_organisations {
            execute(
                tx,
                "INSERT INTO linkage_organisations (ods, name, blocked, updated_at) VALUES ($1, $2, $3, $4)
                 ON CONFLICT (ods) DO UPDATE SET name = excluded.name, blocked = excluded.blocked,
                     updated_at = excluded.updated_at",
                &[ods, name, blocked, &now],
            )
            .await?;
        }
        let ids = self.write_patients(tx, now).await?;
        let id = |tag: &str| {
            ids.get(tag)
                .copied()
                .ok_or_else(|| Failure::Ours(Error::internal("a patient that was stored is not there")))
        };
        let accounts = &self.new_accounts;
        let patients = accounts.iter().map(|(tag, _)| id(tag)).collect::<Result<Vec<_>, _>>()?;
        let tags: Vec<&str> = accounts.iter().map(|(_, account)| account.tag.as_str()).collect();
        let created: Vec<Timestamp> = accounts.iter().map(|(_, account)| stored(account.created_at)).collect();
        let sealed: Vec<&[u8]> = accounts.iter().map(|(_, account)| account.sealed.as_slice()).collect();
        let sql = "INSERT INTO linkage_accounts (patient, tag, created_at, sealed)
                   SELECT * FROM unnest($1::bigint[], $2::text[], $3::timestamptz[], $4::bytea[])";
        execute(tx, sql, &[&patients, &tags, &created, &sealed]).await?;
        let patients = self.ended.iter().map(|(tag, _)| id(tag)).collect::<Result<Vec<_>, _>>()?;
        let reasons: Vec<&str> = self.ended.iter().map(|(_, reason)| *reason).collect();
        let sql = "UPDATE linkage_keys SET state = 'revoked', revoked_at = $3, revoke_reason = u.reason
                   FROM unnest($1::bigint[], $2::text[]) AS u (ended, reason) WHERE patient = u.ended AND state = 'active'";
        execute(tx, sql, &[&patients, &reasons, &now]).await?;
        let keys = self.new_keys.iter().map(|(tag, key)| Ok((id(tag)?, *key))).collect::<Result<Vec<_>, Failure>>()?;
        put_keys(tx, &keys).await
    }

    /// Adds patients or stores them anew; answers with the numbers of their rows.
    async fn write_patients(&self, tx: &Transaction<'_>, now: Timestamp) -> Result<HashMap<String, i64>, Failure> {
        fn each<'a, T>(patients: &[&'a LinkagePatient], of: impl Fn(&'a LinkagePatient) -> T) -> Vec<T> {
            patients.iter().map(|patient| of(patient)).collect()
        }
        let new = &self.new_patients;
        let put = rows(
            tx,
            "INSERT INTO linkage_patients AS p (tag, ods, registered, blocked, version, updated_at, sealed)
             SELECT tag, ods, registered, blocked, 1, $6, sealed
             FROM unnest($1::text[], $2::text[], $3::boolean[], $4::boolean[], $5::bytea[]) WITH ORDINALITY
                 AS u (tag, ods, registered, blocked, sealed, at) ORDER BY at
             ON CONFLICT (tag) DO UPDATE SET registered = excluded.registered, blocked = excluded.blocked,
                 version = p.version + 1, updated_at = excluded.updated_at, sealed = excluded.sealed
             RETURNING tag, id",
            &[
                &each(new, |patient| &patient.tag),
                &each(new, |patient| &patient.ods),
                &each(new, |patient| patient.registered),
                &each(new, |patient| patient.blocked),
                &each(new, |patient| &patient.sealed),
                &now,
            ],
        )
        .await?;
        Ok(all(&put, |row| Ok((row.try_get(0)?, row.try_get(1)?)))?.into_iter().collect())
    }
}

/// What the register has of a patient.
struct Found<'s, 'a> {
    step: &'s Step<'a>,
    tag: &'s str,
}

impl Found<'_, '_> {
    fn row(&self) -> Option<&Standing> {
        self.step.standing.get(self.tag)
    }

    fn is_another(&self, owner: Option<&String>) -> bool {
        owner.is_some_and(|owner| owner != self.tag)
    }
}

impl Register for Found<'_, '_> {
    type Error = Infallible;

    fn standing(&self) -> Option<(bool, u64)> {
        self.row().map(|found| (found.registered, found.version))
    }

    fn is_anothers_account(&self, account: &LinkageAccount) -> Result<bool, Infallible> {
        Ok(self.is_another(self.step.account_owners.get(&account.tag)))
    }

    fn is_anothers_key(&self, key: &LinkageKey) -> Result<bool, Infallible> {
        Ok(self.is_another(self.step.key_owners.get(&key.mac)))
    }

    fn account(&self) -> Result<Option<Cow<'_, str>>, Infallible> {
        let tag = self.row().and_then(|found| self.step.accounts.get(&found.id));
        Ok(tag.map(|tag| Cow::Borrowed(tag.as_str())))
    }

    fn keys(&self) -> Result<Cow<'_, [LinkageKey]>, Infallible> {
        let keys = self.row().and_then(|found| self.step.keys.get(&found.id));
        Ok(Cow::Borrowed(keys.map(Vec::as_slice).unwrap_or_default()))
    }
}
