//! Takes rows of an import into the register of linkage keys.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

use super::linkage_register::{
    keys, organisation, put_account, put_key, put_organisation, put_patient, revoke, standing,
};
use super::{failed, time_text};
use crate::error::{Error, Result};
use crate::store::{
    LinkageConflict, LinkageEntry, LinkageEntryOrganisation, LinkageEntryPatient, LinkageImported, LinkageOrganisation,
    LinkageRevocation,
};

/// How many refused rows are listed.
const LISTED: usize = 1000;

/// Puts rows aside; answers for each with the line that it repeats, if it does.
pub(super) fn stage(
    connection: &Connection,
    import: &str,
    entries: &[LinkageEntry],
    now: Timestamp,
) -> Result<Vec<Option<u64>>> {
    let mut insert = connection
        .prepare_cached(
            "INSERT INTO linkage_staged (import, line, tag, account_tag, entry, staged_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING",
        )
        .map_err(failed)?;
    let mut repeated = connection
        .prepare_cached("SELECT line FROM linkage_staged WHERE import = ?1 AND (tag = ?2 OR account_tag = ?3)")
        .map_err(failed)?;
    let mut stage = |entry: &LinkageEntry| {
        let text = serde_json::to_string(entry).map_err(|_| Error::internal("a row of an import has no JSON form"))?;
        let patient = entry.patient.as_ref();
        let organisation = format!("organisation {}", entry.organisation.ods);
        let tag = patient.map_or(&organisation, |patient| &patient.patient.tag);
        let account = patient.and_then(|patient| patient.account.as_ref()).map(|account| &account.tag);
        let inserted =
            insert.execute(params![import, entry.line, tag, account, text, time_text(now)]).map_err(failed)?;
        if inserted == 1 {
            return Ok(None);
        }
        repeated.query_row(params![import, tag, account], |row| row.get(0)).map(Some).map_err(failed)
    };
    entries.iter().map(&mut stage).collect()
}

/// Takes all rows into the register, or none of them.
pub(super) fn apply(
    connection: &Connection,
    import: &str,
    conflict: LinkageConflict,
    all: bool,
    now: Timestamp,
) -> Result<LinkageImported> {
    let mut done = LinkageImported { applied: true, ..LinkageImported::default() };
    connection.execute_batch("SAVEPOINT import").map_err(failed)?;
    let mut refused = 0_u64;
    let mut last = 0_i64;
    // Row by row: an import may be larger than memory.
    let mut next = connection
        .prepare_cached("SELECT line, entry FROM linkage_staged WHERE import = ?1 AND line > ?2 ORDER BY line LIMIT 1")
        .map_err(failed)?;
    while let Some((line, text)) = next
        .query_row(params![import, last], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)))
        .optional()
        .map_err(failed)?
    {
        last = line;
        let entry: LinkageEntry =
            serde_json::from_str(&text).map_err(|_| Error::internal("a staged row has no JSON form"))?;
        match take_over(connection, &entry, conflict, now)? {
            Taken::Changed => done.imported += 1,
            Taken::Unchanged => done.unchanged += 1,
            Taken::Refused(reason) => {
                refused += 1;
                if done.refused.len() < LISTED {
                    done.refused.push((entry.line, reason.to_owned()));
                }
            }
        }
    }
    drop(next);
    if all && refused > 0 {
        connection.execute_batch("ROLLBACK TO import").map_err(failed)?;
        done.applied = false;
    }
    connection.execute_batch("RELEASE import").map_err(failed)?;
    done.refused_rows = refused;
    Ok(done)
}

enum Taken {
    Changed,
    Unchanged,
    Refused(&'static str),
}

fn take_over(
    connection: &Connection,
    entry: &LinkageEntry,
    conflict: LinkageConflict,
    now: Timestamp,
) -> Result<Taken> {
    match &entry.patient {
        None => take_organisation(connection, &entry.organisation, conflict, now),
        Some(patient) => {
            if organisation(connection, &entry.organisation.ods)?.is_none() {
                let Some(name) = &entry.organisation.name else {
                    return Ok(Taken::Refused("its organisation is not on the register; give its name as well"));
                };
                let new = LinkageOrganisation {
                    ods: entry.organisation.ods.clone(),
                    name: name.clone(),
                    blocked: entry.organisation.blocked.unwrap_or_default(),
                };
                put_organisation(connection, &new, now)?;
            }
            take_patient(connection, patient, conflict, now)
        }
    }
}

fn take_organisation(
    connection: &Connection,
    given: &LinkageEntryOrganisation,
    conflict: LinkageConflict,
    now: Timestamp,
) -> Result<Taken> {
    let found = organisation(connection, &given.ods)?;
    let Some(name) = given.name.clone().or(found.as_ref().map(|found| found.name.clone())) else {
        return Ok(Taken::Refused("its organisation has no name"));
    };
    let blocked = given.blocked.or(found.as_ref().map(|found| found.blocked)).unwrap_or_default();
    let new = LinkageOrganisation { ods: given.ods.clone(), name, blocked };
    match found {
        Some(found) if found == new => return Ok(Taken::Unchanged),
        Some(_) if conflict == LinkageConflict::Skip => return Ok(Taken::Unchanged),
        Some(_) if conflict == LinkageConflict::Refuse => {
            return Ok(Taken::Refused("its organisation is on the register with other values"));
        }
        _ => {}
    }
    put_organisation(connection, &new, now)?;
    Ok(Taken::Changed)
}

fn take_patient(
    connection: &Connection,
    given: &LinkageEntryPatient,
    conflict: LinkageConflict,
    now: Timestamp,
) -> Result<Taken> {
    let found = standing(connection, &given.patient.tag)?;
    if found.as_ref().is_some_and(|found| found.registered) {
        match conflict {
            LinkageConflict::Skip => return Ok(Taken::Unchanged),
            LinkageConflict::Refuse => return Ok(Taken::Refused("the patient is on the register already")),
            LinkageConflict::Replace => {}
        }
    }
    if found.as_ref().map_or(0, |found| found.version) != given.version {
        return Ok(Taken::Refused("the patient was changed while the import ran; import it again"));
    }
    let is_taken = |sql: &str, value: &dyn rusqlite::ToSql, id: i64| {
        connection.prepare_cached(sql).and_then(|mut statement| statement.exists(params![value, id])).map_err(failed)
    };
    // Everything is looked at before anything is written: a refused row must leave nothing behind.
    let id = found.map_or(0, |found| found.id);
    if let Some(account) = &given.account {
        if is_taken("SELECT 1 FROM linkage_accounts WHERE tag = ?1 AND patient <> ?2", &account.tag, id)? {
            return Ok(Taken::Refused("its account id belongs to another patient of the organisation"));
        }
        if is_taken("SELECT 1 FROM linkage_accounts WHERE patient = ?2 AND tag <> ?1", &account.tag, id)? {
            return Ok(Taken::Refused("the patient has another account id on the register"));
        }
    }
    for key in &given.keys {
        if is_taken("SELECT 1 FROM linkage_keys WHERE mac = ?1 AND patient <> ?2", &key.mac, id)? {
            return Ok(Taken::Refused("its linkage key belongs to another patient of the organisation"));
        }
    }
    let before = keys(connection, id)?;
    let mut new: Vec<_> = given.keys.iter().filter(|key| before.iter().all(|old| old.mac != key.mac)).collect();
    new.dedup_by(|left, right| left.mac == right.mac);
    let revived = |old: &&crate::store::LinkageKey| {
        old.revoked.is_some() && given.keys.iter().any(|key| key.mac == old.mac && key.revoked.is_none())
    };
    if before.iter().any(|old| revived(&old)) {
        return Ok(Taken::Refused("its linkage key was revoked and never becomes valid again"));
    }
    put_patient(connection, &given.patient, now)?;
    let stored = standing(connection, &given.patient.tag)?;
    let id = stored.ok_or_else(|| Error::internal("a patient that was stored is not there"))?.id;
    if let Some(account) = &given.account
        && !is_taken("SELECT 1 FROM linkage_accounts WHERE tag = ?1 AND patient = ?2", &account.tag, id)?
    {
        put_account(connection, id, account)?;
    }
    let ended = !given.patient.registered || new.iter().any(|key| key.revoked.is_none());
    let ends = |key: &&crate::store::LinkageKey| {
        key.revoked.is_none() && given.keys.iter().any(|given| given.mac == key.mac && given.revoked.is_some())
    };
    if ended || before.iter().any(|old| ends(&old)) {
        let reason = if given.patient.registered { "replaced" } else { "deregistered" };
        revoke(connection, id, &LinkageRevocation { at: now, reason: reason.into() })?;
    }
    for key in new {
        put_key(connection, id, key)?;
    }
    Ok(Taken::Changed)
}
