//! Takes rows of an import into the register of linkage keys.

use std::borrow::Cow;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, ToSql, params};

use super::linkage_register::{
    Standing, keys, organisation, put_account, put_key, put_organisation, put_patient, revoke, standing,
};
use super::{failed, time_text};
use crate::error::{Error, Result};
use crate::store::linkage_rules::{self, Register, Taken};
use crate::store::{LinkageAccount, LinkageConflict, LinkageEntry, LinkageImported, LinkageKey, LinkageRevocation};

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

/// How much memory the step that takes rows over may hold, in KiB. Its rows go to random places of three indexes, while
/// nobody else can write; with SQLite's usual 2 MB most of those places have to be read again.
const ROOM: i64 = 128 * 1024;

/// Gives a connection more memory, until this is dropped.
struct Room<'c> {
    connection: &'c Connection,
    before: i64,
}

impl<'c> Room<'c> {
    fn of(connection: &'c Connection) -> Result<Self> {
        let before = connection.pragma_query_value(None, "cache_size", |row| row.get(0)).map_err(failed)?;
        connection.pragma_update(None, "cache_size", -ROOM).map_err(failed)?;
        Ok(Self { connection, before })
    }
}

impl Drop for Room<'_> {
    fn drop(&mut self) {
        // More memory than needed is all that is left when this fails.
        let _ = self.connection.pragma_update(None, "cache_size", self.before);
        let _ = self.connection.release_memory();
    }
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
    let _room = Room::of(connection)?;
    connection.execute_batch("SAVEPOINT import").map_err(failed)?;
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
        take_over(connection, &entry, conflict, now, &mut done)?;
    }
    drop(next);
    if all && done.refused_rows > 0 {
        connection.execute_batch("ROLLBACK TO import").map_err(failed)?;
        done.applied = false;
    }
    connection.execute_batch("RELEASE import").map_err(failed)?;
    Ok(done)
}

fn take_over(
    connection: &Connection,
    entry: &LinkageEntry,
    conflict: LinkageConflict,
    now: Timestamp,
    done: &mut LinkageImported,
) -> Result<()> {
    let found = organisation(connection, &entry.organisation.ods)?;
    let Some(given) = &entry.patient else {
        let taken = linkage_rules::organisation(&entry.organisation, found.as_ref(), conflict);
        return done.count(entry.line, taken).map_or(Ok(()), |new| put_organisation(connection, &new, now));
    };
    if found.is_none() {
        match linkage_rules::organisation_of_patient(entry) {
            Ok(new) => put_organisation(connection, &new, now)?,
            Err(reason) => {
                done.count(entry.line, Taken::<()>::Refused(reason));
                return Ok(());
            }
        }
    }
    let found = Found { connection, standing: standing(connection, &given.patient.tag)? };
    let taken = linkage_rules::patient(given, &found, conflict)?;
    let Some(change) = done.count(entry.line, taken) else { return Ok(()) };
    put_patient(connection, &given.patient, now)?;
    let stored = standing(connection, &given.patient.tag)?;
    let id = stored.ok_or_else(|| Error::internal("a patient that was stored is not there"))?.id;
    if let Some(account) = change.account {
        put_account(connection, id, account)?;
    }
    if let Some(reason) = change.ended {
        revoke(connection, id, &LinkageRevocation { at: now, reason: reason.into() })?;
    }
    change.keys.into_iter().try_for_each(|key| put_key(connection, id, key))
}

/// How many rows that were put aside are forgotten at a time, which takes half a second. All of a large import at once
/// would keep other processes from the store for long.
const PIECE: usize = 20_000;

/// Forgets a piece of the rows that were put aside for an import, or before a time; answers whether there may be more.
pub(super) fn discard(connection: &Connection, import: &str, before: Timestamp) -> Result<bool> {
    connection
        .prepare_cached(
            "DELETE FROM linkage_staged WHERE (import, line) IN
                 (SELECT import, line FROM linkage_staged WHERE import = ?1 OR staged_at < ?2 LIMIT ?3)",
        )
        .and_then(|mut statement| statement.execute(params![import, time_text(before), PIECE as i64]))
        .map(|count| count == PIECE)
        .map_err(failed)
}

/// What the register has of a patient.
struct Found<'c> {
    connection: &'c Connection,
    standing: Option<Standing>,
}

impl Found<'_> {
    /// The number of the patient's row; no row has 0.
    fn id(&self) -> i64 {
        self.standing.as_ref().map_or(0, |found| found.id)
    }

    fn is_anothers(&self, sql: &str, value: &dyn ToSql) -> Result<bool> {
        let mut statement = self.connection.prepare_cached(sql).map_err(failed)?;
        statement.exists(params![value, self.id()]).map_err(failed)
    }
}

impl Register for Found<'_> {
    type Error = Error;

    fn standing(&self) -> Option<(bool, u64)> {
        self.standing.as_ref().map(|found| (found.registered, found.version))
    }

    fn is_anothers_account(&self, account: &LinkageAccount) -> Result<bool> {
        self.is_anothers("SELECT 1 FROM linkage_accounts WHERE tag = ?1 AND patient <> ?2", &account.tag)
    }

    fn is_anothers_key(&self, key: &LinkageKey) -> Result<bool> {
        self.is_anothers("SELECT 1 FROM linkage_keys WHERE mac = ?1 AND patient <> ?2", &key.mac)
    }

    fn account(&self) -> Result<Option<Cow<'_, str>>> {
        self.connection
            .prepare_cached("SELECT tag FROM linkage_accounts WHERE patient = ?1")
            .and_then(|mut statement| statement.query_row([self.id()], |row| row.get(0)).optional())
            .map(|tag: Option<String>| tag.map(Cow::Owned))
            .map_err(failed)
    }

    fn keys(&self) -> Result<Cow<'_, [LinkageKey]>> {
        keys(self.connection, self.id()).map(Cow::Owned)
    }
}
