//! Enrolments of students from elsewhere.

use async_trait::async_trait;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{Sqlite, failed, time_from, time_text};
use crate::error::{Error, Result};
use crate::store::{
    Applicant, Begun, Decide, Due, Enrollment, EnrollmentFilter, EnrollmentOf, Enrollments, NewEnrollment, OutboxEdit,
    OutboxEntry, Standing, StoredEnrollment,
};

/// The first entry of an enrolment is the only one that may be sent; the others wait for it.
const DUE: &str = "FROM enrollment_outbox o JOIN enrollments e ON e.number = o.enrollment
    WHERE o.state = 'waiting' AND NOT EXISTS
        (SELECT 1 FROM enrollment_outbox b WHERE b.enrollment = o.enrollment AND b.number < o.number)";

#[async_trait]
impl Enrollments for Sqlite {
    async fn begin(&self, applicant: Applicant, now: Timestamp, decide: Box<Decide>) -> Result<Begun> {
        self.write(move |connection| {
            let logged_in = connection
                .prepare_cached(
                    "UPDATE enrollment_outbox SET state = 'waiting', next_at = ?2 WHERE state = 'needsLogin'
                        AND enrollment IN (SELECT number FROM enrollments WHERE person_tag = ?1)",
                )
                .and_then(|mut statement| statement.execute(params![applicant.person_tag, time_text(now)]))
                .map_err(failed)? as u64;
            if let Some(stored) = one(connection, "tag = ?1 AND is_live", &applicant.tag)? {
                return Ok(Begun { stored, is_new: false, logged_in });
            }
            let number = insert(connection, &decide(standing(connection, &applicant)?)?, &applicant.identities)?;
            let stored = one(connection, "number = ?1", &number)?;
            let stored = stored.ok_or_else(|| Error::internal("an enrolment that was stored is not there"))?;
            Ok(Begun { stored, is_new: true, logged_in })
        })
        .await
    }

    async fn find(&self, of: EnrollmentOf) -> Result<Option<StoredEnrollment>> {
        self.read(move |connection| match &of {
            EnrollmentOf::Id(id) => one(connection, "id = ?1", id),
            EnrollmentOf::Association(tag) => one(connection, "association_tag = ?1 ORDER BY number DESC LIMIT 1", tag),
            EnrollmentOf::Person(tag) => one(connection, "person_tag = ?1 ORDER BY number DESC LIMIT 1", tag),
        })
        .await
    }

    async fn body(&self, number: u64) -> Result<Option<Vec<u8>>> {
        self.read(move |connection| {
            connection
                .prepare_cached("SELECT sealed FROM enrollment_bodies WHERE enrollment = ?1")
                .and_then(|mut statement| statement.query_row([number], |row| row.get(0)).optional())
                .map_err(failed)
        })
        .await
    }

    async fn list(&self, filter: EnrollmentFilter) -> Result<(Vec<StoredEnrollment>, bool)> {
        self.read(move |connection| {
            let mut statement = connection
                .prepare_cached(
                    "SELECT * FROM enrollments e WHERE version > ?1 AND (?2 IS NULL OR person_tag = ?2)
                        AND (?3 IS NULL OR offering_tag = ?3) AND (?4 IS NULL OR combined = ?4)
                        AND (?5 IS NULL OR (is_live AND decision IS NULL) = ?5)
                        AND (?6 IS NULL OR EXISTS (SELECT 1 FROM enrollment_outbox o WHERE o.enrollment = e.number AND o.state = ?6))
                     ORDER BY version LIMIT ?7",
                )
                .map_err(failed)?;
            let wanted = u64::from(filter.limit) + 1;
            let rows = statement.query_map(
                params![
                    filter.changed_after,
                    filter.person_tag,
                    filter.offering_tag,
                    filter.combined,
                    filter.undecided,
                    filter.outbox,
                    wanted
                ],
                stored,
            );
            let mut found: Vec<StoredEnrollment> =
                rows.and_then(Iterator::collect).map_err(failed)?;
            let more = found.len() > filter.limit as usize;
            found.truncate(filter.limit as usize);
            for enrollment in &mut found {
                enrollment.outbox = outbox(connection, enrollment.number)?;
            }
            Ok((found, more))
        })
        .await
    }

    async fn hand_out(&self, now: Timestamp, until: Timestamp, limit: u32) -> Result<Vec<StoredEnrollment>> {
        self.write(move |connection| {
            let numbers: Vec<u64> = connection
                .prepare_cached(
                    "SELECT number FROM enrollments WHERE is_live AND decision IS NULL
                        AND (handed_until IS NULL OR handed_until <= ?1) ORDER BY number LIMIT ?2",
                )
                .and_then(|mut statement| {
                    statement.query_map(params![time_text(now), limit], |row| row.get(0))?.collect()
                })
                .map_err(failed)?;
            let mut handed = Vec::with_capacity(numbers.len());
            for number in numbers {
                connection
                    .prepare_cached("UPDATE enrollments SET handed_until = ?2 WHERE number = ?1")
                    .and_then(|mut statement| statement.execute(params![number, time_text(until)]))
                    .map_err(failed)?;
                handed.extend(one(connection, "number = ?1", &number)?);
            }
            Ok(handed)
        })
        .await
    }

    async fn change(
        &self,
        number: u64,
        version: u64,
        row: Enrollment,
        outbox: Vec<OutboxEdit>,
        release: bool,
    ) -> Result<Option<u64>> {
        self.write(move |connection| change(connection, number, version, &row, &outbox, release)).await
    }

    async fn take(&self, number: u64, now: Timestamp, until: Timestamp) -> Result<Option<bool>> {
        self.write(move |connection| {
            let before: Option<Option<String>> = connection
                .prepare_cached("SELECT sending_until FROM enrollments WHERE number = ?1")
                .and_then(|mut statement| statement.query_row([number], |row| row.get(0)).optional())
                .map_err(failed)?;
            let Some(before) = before else { return Ok(None) };
            if before.as_ref().is_some_and(|before| *before > time_text(now)) {
                return Ok(None);
            }
            connection
                .prepare_cached("UPDATE enrollments SET sending_until = ?2 WHERE number = ?1")
                .and_then(|mut statement| statement.execute(params![number, time_text(until)]))
                .map_err(failed)?;
            Ok(Some(before.is_some()))
        })
        .await
    }

    async fn release(&self, number: u64) -> Result<()> {
        self.write(move |connection| {
            connection
                .prepare_cached("UPDATE enrollments SET sending_until = NULL WHERE number = ?1")
                .and_then(|mut statement| statement.execute([number]))
                .map(drop)
                .map_err(failed)
        })
        .await
    }

    async fn due(&self, now: Timestamp, limit: u32) -> Result<Due> {
        self.read(move |connection| {
            let now = time_text(now);
            let numbers: Vec<u64> = connection
                .prepare_cached(&format!(
                    "SELECT o.enrollment, o.next_at AS at {DUE} AND o.next_at <= ?1
                        AND (e.sending_until IS NULL OR e.sending_until <= ?1)
                     UNION SELECT number, poll_at FROM enrollments WHERE poll_at <= ?1
                        AND (sending_until IS NULL OR sending_until <= ?1)
                     ORDER BY at LIMIT ?2"
                ))
                .and_then(|mut statement| statement.query_map(params![now, limit], |row| row.get(0))?.collect())
                .map_err(failed)?;
            // The first of each by its index; one that waits for others before it is looked at too early, which does no harm.
            // Whoever holds one that is due may never end; then it is due again.
            let next: Option<String> = connection
                .prepare_cached(
                    "SELECT min(at) FROM (
                         SELECT min(next_at) AS at FROM enrollment_outbox WHERE state = 'waiting' AND next_at > ?1
                         UNION ALL SELECT min(poll_at) FROM enrollments WHERE poll_at > ?1
                         UNION ALL SELECT min(sending_until) FROM enrollments WHERE sending_until > ?1)",
                )
                .and_then(|mut statement| statement.query_row([&now], |row| row.get(0)))
                .map_err(failed)?;
            let any = connection
                .prepare_cached(
                    "SELECT EXISTS (SELECT 1 FROM enrollments WHERE is_live)
                         OR EXISTS (SELECT 1 FROM enrollment_outbox WHERE state = 'waiting')",
                )
                .and_then(|mut statement| statement.query_row([], |row| row.get(0)))
                .map_err(failed)?;
            Ok(Due { numbers, next: next.and_then(|next| next.parse().ok()), any })
        })
        .await
    }

    async fn get(&self, number: u64) -> Result<Option<StoredEnrollment>> {
        self.read(move |connection| one(connection, "number = ?1", &number)).await
    }

    async fn purge(&self, before: Timestamp) -> Result<u64> {
        self.write(move |connection| {
            connection
                .prepare_cached(
                    "DELETE FROM enrollment_bodies WHERE enrollment IN
                        (SELECT number FROM enrollments WHERE final_at < ?1)",
                )
                .and_then(|mut statement| statement.execute([time_text(before)]))
                .map(|count| count as u64)
                .map_err(failed)
        })
        .await
    }
}

fn standing(connection: &Connection, applicant: &Applicant) -> Result<Standing> {
    let Applicant { offering_tag: offering, person_tag: person, identities, .. } = applicant;
    let mut known = connection
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM enrollment_identities i JOIN enrollments e ON e.number = i.enrollment
                WHERE i.tag = ?1 AND e.is_live AND e.offering_tag = ?2 AND e.person_tag <> ?3)",
        )
        .map_err(failed)?;
    let mut known_otherwise = false;
    for identity in identities {
        known_otherwise |=
            known.query_row(params![identity, offering, person], |row| row.get::<_, bool>(0)).map_err(failed)?;
    }
    let untold = match applicant.enrolled {
        Some(enrolled) => connection
            .prepare_cached("SELECT count(*) FROM enrollments WHERE offering_tag = ?1 AND is_live AND seat > ?2")
            .and_then(|mut statement| statement.query_row(params![offering, enrolled], |row| row.get(0)))
            .map_err(failed)?,
        None => 0,
    };
    Ok(Standing { known_otherwise, untold })
}

fn insert(connection: &Connection, new: &NewEnrollment, identities: &[String]) -> Result<u64> {
    let row = &new.row;
    connection
        .prepare_cached(
            "INSERT INTO enrollments (version, id, profile, tag, person_tag, offering_tag, is_live, seat, host, home,
                combined, decision, delivery, association_tag, handed_until, sending_until, poll_at, created_at,
                updated_at, final_at, sealed)
             VALUES ((SELECT coalesce(max(version), 0) + 1 FROM enrollments), ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10,
                ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)",
        )
        .and_then(|mut statement| {
            statement.execute(params![
                row.id,
                row.profile,
                row.tag,
                row.person_tag,
                row.offering_tag,
                row.is_live,
                row.seat,
                row.host,
                row.home,
                row.combined,
                row.decision,
                row.delivery,
                row.association_tag,
                row.handed_until.map(time_text),
                new.sending_until.map(time_text),
                row.poll_at.map(time_text),
                time_text(row.created_at),
                time_text(row.updated_at),
                row.final_at.map(time_text),
                row.sealed
            ])
        })
        .map_err(failed)?;
    let number = connection.last_insert_rowid().unsigned_abs();
    connection
        .prepare_cached("INSERT INTO enrollment_bodies (enrollment, sealed) VALUES (?1, ?2)")
        .and_then(|mut statement| statement.execute(params![number, new.body]))
        .map_err(failed)?;
    if row.is_live {
        let mut insert = connection
            .prepare_cached("INSERT OR IGNORE INTO enrollment_identities (enrollment, tag) VALUES (?1, ?2)")
            .map_err(failed)?;
        for identity in identities {
            insert.execute(params![number, identity]).map_err(failed)?;
        }
    }
    for entry in &new.outbox {
        add(connection, number, entry)?;
    }
    Ok(number)
}

fn change(
    connection: &Connection,
    number: u64,
    version: u64,
    row: &Enrollment,
    outbox: &[OutboxEdit],
    release: bool,
) -> Result<Option<u64>> {
    let changed = connection
        .prepare_cached(
            "UPDATE enrollments SET version = (SELECT max(version) + 1 FROM enrollments), is_live = ?3, seat = ?4,
                host = ?5, home = ?6, combined = ?7, decision = ?8, delivery = ?9, association_tag = ?10,
                handed_until = ?11, poll_at = ?12, updated_at = ?13, final_at = ?14, sealed = ?15,
                sending_until = CASE WHEN ?16 THEN NULL ELSE sending_until END
             WHERE number = ?1 AND version = ?2 RETURNING version",
        )
        .and_then(|mut statement| {
            statement
                .query_row(
                    params![
                        number,
                        version,
                        row.is_live,
                        row.seat,
                        row.host,
                        row.home,
                        row.combined,
                        row.decision,
                        row.delivery,
                        row.association_tag,
                        row.handed_until.map(time_text),
                        row.poll_at.map(time_text),
                        time_text(row.updated_at),
                        row.final_at.map(time_text),
                        row.sealed,
                        release
                    ],
                    |row| row.get(0),
                )
                .optional()
        })
        .map_err(failed)?;
    if changed.is_none() {
        return Ok(None);
    }
    if !row.is_live {
        connection
            .prepare_cached("DELETE FROM enrollment_identities WHERE enrollment = ?1")
            .and_then(|mut statement| statement.execute([number]))
            .map_err(failed)?;
    }
    for edit in outbox {
        match edit {
            OutboxEdit::Add(entry) => add(connection, number, entry)?,
            OutboxEdit::Replace(entry) => replace(connection, entry)?,
            OutboxEdit::Remove(id) => connection
                .prepare_cached("DELETE FROM enrollment_outbox WHERE id = ?1")
                .and_then(|mut statement| statement.execute([id]))
                .map(drop)
                .map_err(failed)?,
        }
    }
    Ok(changed)
}

fn add(connection: &Connection, enrollment: u64, entry: &OutboxEntry) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO enrollment_outbox (enrollment, id, kind, state, reason, attempts, next_at, created_at, sealed)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )
        .and_then(|mut statement| {
            statement.execute(params![
                enrollment,
                entry.id,
                entry.kind,
                entry.state,
                entry.reason,
                entry.attempts,
                time_text(entry.next_at),
                time_text(entry.created_at),
                entry.sealed
            ])
        })
        .map(drop)
        .map_err(failed)
}

fn replace(connection: &Connection, entry: &OutboxEntry) -> Result<()> {
    connection
        .prepare_cached(
            "UPDATE enrollment_outbox SET kind = ?2, state = ?3, reason = ?4, attempts = ?5, next_at = ?6, created_at = ?7,
                sealed = ?8 WHERE id = ?1",
        )
        .and_then(|mut statement| {
            statement.execute(params![
                entry.id,
                entry.kind,
                entry.state,
                entry.reason,
                entry.attempts,
                time_text(entry.next_at),
                time_text(entry.created_at),
                entry.sealed
            ])
        })
        .map(drop)
        .map_err(failed)
}

/// The one enrolment that a condition on `?1` holds for, with its outbox.
fn one(connection: &Connection, condition: &str, value: &dyn rusqlite::ToSql) -> Result<Option<StoredEnrollment>> {
    let found = connection
        .prepare_cached(&format!("SELECT * FROM enrollments WHERE {condition}"))
        .and_then(|mut statement| statement.query_row([value], stored).optional())
        .map_err(failed)?;
    let Some(mut found) = found else { return Ok(None) };
    found.outbox = outbox(connection, found.number)?;
    Ok(Some(found))
}

fn outbox(connection: &Connection, number: u64) -> Result<Vec<OutboxEntry>> {
    connection
        .prepare_cached("SELECT * FROM enrollment_outbox WHERE enrollment = ?1 ORDER BY number")
        .and_then(|mut statement| {
            statement
                .query_map([number], |row| {
                    Ok(OutboxEntry {
                        id: row.get("id")?,
                        kind: row.get("kind")?,
                        state: row.get("state")?,
                        reason: row.get("reason")?,
                        attempts: row.get("attempts")?,
                        next_at: time_from(row, "next_at")?,
                        created_at: time_from(row, "created_at")?,
                        sealed: row.get("sealed")?,
                    })
                })?
                .collect()
        })
        .map_err(failed)
}

fn stored(row: &Row<'_>) -> rusqlite::Result<StoredEnrollment> {
    let time = |column: &str| -> rusqlite::Result<Option<Timestamp>> {
        let text: Option<String> = row.get(column)?;
        text.map(|_| time_from(row, column)).transpose()
    };
    Ok(StoredEnrollment {
        number: row.get("number")?,
        version: row.get("version")?,
        sending_until: time("sending_until")?,
        outbox: Vec::new(),
        row: Enrollment {
            id: row.get("id")?,
            profile: row.get("profile")?,
            tag: row.get("tag")?,
            person_tag: row.get("person_tag")?,
            offering_tag: row.get("offering_tag")?,
            is_live: row.get("is_live")?,
            seat: row.get("seat")?,
            host: row.get("host")?,
            home: row.get("home")?,
            combined: row.get("combined")?,
            decision: row.get("decision")?,
            delivery: row.get("delivery")?,
            association_tag: row.get("association_tag")?,
            handed_until: time("handed_until")?,
            poll_at: time("poll_at")?,
            created_at: time_from(row, "created_at")?,
            updated_at: time_from(row, "updated_at")?,
            final_at: time("final_at")?,
            sealed: row.get("sealed")?,
        },
    })
}
