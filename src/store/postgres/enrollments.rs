//! Enrolments of students from elsewhere. Whoever gives one a new version is the only one who does, so that nobody who
//! reads on after a version misses a change; and so beginning one is a single step that nobody comes between.

use std::collections::HashMap;

use async_trait::async_trait;
use deadpool_postgres::{GenericClient, Transaction};
use jiff::Timestamp;
use tokio_postgres::Row;
use tokio_postgres::types::ToSql;

use super::failure::Failure;
use super::{Postgres, all, execute, lock, locks, number, read, row, rows, small, stored, transact, whole};
use crate::error::{Error, Result};
use crate::store::{
    Applicant, Begun, Decide, Due, Enrollment, EnrollmentFilter, EnrollmentOf, Enrollments, NewEnrollment, OutboxEdit,
    OutboxEntry, Standing, StoredEnrollment,
};

const COLUMNS: &str = "number, version, id, profile, tag, person_tag, offering_tag, is_live, seat, host, home, combined,
    decision, delivery, association_tag, handed_until, sending_until, poll_at, created_at, updated_at, final_at, sealed";
const OUTBOX: &str = "enrollment, id, kind, state, reason, attempts, next_at, created_at, sealed";

/// The first entry of an enrolment is the only one that may be sent; the others wait for it.
const DUE: &str = "FROM enrollment_outbox o JOIN enrollments e ON e.number = o.enrollment
    WHERE o.state = 'waiting' AND NOT EXISTS
        (SELECT 1 FROM enrollment_outbox b WHERE b.enrollment = o.enrollment AND b.number < o.number)";

#[async_trait]
impl Enrollments for Postgres {
    async fn begin(&self, applicant: Applicant, now: Timestamp, decide: Box<Decide>) -> Result<Begun> {
        // It can be asked only once; a transaction that fails after that is not tried again.
        let mut decide = Some(decide);
        transact!(self.connections, |tx| async {
            lock(tx, locks::ENROLLMENTS).await?;
            let logged_in = execute(
                tx,
                "UPDATE enrollment_outbox SET state = 'waiting', next_at = $2 WHERE state = 'needsLogin'
                    AND enrollment IN (SELECT number FROM enrollments WHERE person_tag = $1)",
                &[&applicant.person_tag, &stored(now)],
            )
            .await?;
            if let Some(stored) = one(tx, "tag = $1 AND is_live", &applicant.tag).await? {
                return Ok(Begun { stored, is_new: false, logged_in });
            }
            let standing = standing(tx, &applicant).await?;
            let decide = decide.take().ok_or_else(|| {
                let problem = "broke the connection while an enrolment was begun".into();
                Error::StoreInterrupted { problem, source: None }
            })?;
            let number = insert(tx, &decide(standing)?, &applicant.identities).await?;
            let stored = one(tx, "number = $1", &whole(number)).await?;
            let stored = stored.ok_or_else(|| Error::internal("an enrolment that was stored is not there"))?;
            Ok::<_, Failure>(Begun { stored, is_new: true, logged_in })
        })
    }

    async fn find(&self, of: EnrollmentOf) -> Result<Option<StoredEnrollment>> {
        read!(self.connections, |client| async {
            match &of {
                EnrollmentOf::Id(id) => one(client, "id = $1", id).await,
                EnrollmentOf::Association(tag) => {
                    one(client, "association_tag = $1 ORDER BY number DESC LIMIT 1", tag).await
                }
                EnrollmentOf::Person(tag) => one(client, "person_tag = $1 ORDER BY number DESC LIMIT 1", tag).await,
            }
        })
    }

    async fn body(&self, number: u64) -> Result<Option<Vec<u8>>> {
        read!(self.connections, |client| async {
            let sql = "SELECT sealed FROM enrollment_bodies WHERE enrollment = $1";
            let found = row(client, sql, &[&whole(number)]).await?;
            Ok::<_, Failure>(found.map(|row| row.try_get(0)).transpose()?)
        })
    }

    async fn list(&self, filter: EnrollmentFilter) -> Result<(Vec<StoredEnrollment>, bool)> {
        read!(self.connections, |client| async {
            let sql = format!(
                "SELECT {COLUMNS} FROM enrollments e WHERE version > $1 AND ($2::text IS NULL OR person_tag = $2)
                    AND ($3::text IS NULL OR offering_tag = $3) AND ($4::text IS NULL OR combined = $4)
                    AND ($5::boolean IS NULL OR (is_live AND decision IS NULL) = $5)
                    AND ($6::text IS NULL
                         OR EXISTS (SELECT 1 FROM enrollment_outbox o WHERE o.enrollment = e.number AND o.state = $6))
                 ORDER BY version LIMIT $7"
            );
            let (after, wanted) = (whole(filter.changed_after), i64::from(filter.limit) + 1);
            let (person, offering, combined) = (&filter.person_tag, &filter.offering_tag, &filter.combined);
            let values: &[&(dyn ToSql + Sync)] =
                &[&after, person, offering, combined, &filter.undecided, &filter.outbox, &wanted];
            let mut found = all(&rows(client, &sql, values).await?, of_row)?;
            let more = found.len() > filter.limit as usize;
            found.truncate(filter.limit as usize);
            fill(client, &mut found).await?;
            Ok::<_, Failure>((found, more))
        })
    }

    async fn hand_out(&self, now: Timestamp, until: Timestamp, limit: u32) -> Result<Vec<StoredEnrollment>> {
        transact!(self.connections, |tx| async {
            let sql = format!(
                "WITH open AS MATERIALIZED (
                     SELECT number AS taken FROM enrollments WHERE is_live AND decision IS NULL
                         AND (handed_until IS NULL OR handed_until <= $1) ORDER BY number LIMIT $2 FOR NO KEY UPDATE)
                 UPDATE enrollments SET handed_until = $3 FROM open WHERE number = taken RETURNING {COLUMNS}"
            );
            let found = rows(tx, &sql, &[&stored(now), &i64::from(limit), &stored(until)]).await?;
            let mut handed = all(&found, of_row)?;
            handed.sort_by_key(|enrollment| enrollment.number);
            fill(tx, &mut handed).await?;
            Ok::<_, Failure>(handed)
        })
    }

    async fn change(
        &self,
        number: u64,
        version: u64,
        row: Enrollment,
        outbox: Vec<OutboxEdit>,
        release: bool,
    ) -> Result<Option<u64>> {
        transact!(self.connections, |tx| change(tx, number, version, &row, &outbox, release))
    }

    async fn take(&self, number: u64, now: Timestamp, until: Timestamp) -> Result<Option<bool>> {
        transact!(self.connections, |tx| async {
            let found = row(
                tx,
                "SELECT sending_until FROM enrollments WHERE number = $1
                    AND (sending_until IS NULL OR sending_until <= $2) FOR NO KEY UPDATE",
                &[&whole(number), &stored(now)],
            )
            .await?;
            let Some(found) = found else { return Ok(None) };
            let before: Option<Timestamp> = found.try_get(0)?;
            let sql = "UPDATE enrollments SET sending_until = $2 WHERE number = $1";
            execute(tx, sql, &[&whole(number), &stored(until)]).await?;
            Ok::<_, Failure>(Some(before.is_some()))
        })
    }

    async fn release(&self, number: u64) -> Result<()> {
        transact!(self.connections, |tx| async {
            let sql = "UPDATE enrollments SET sending_until = NULL WHERE number = $1";
            execute(tx, sql, &[&whole(number)]).await.map(drop)
        })
    }

    async fn due(&self, now: Timestamp, limit: u32) -> Result<Due> {
        let now = stored(now);
        read!(self.connections, |client| async {
            let sql = format!(
                "SELECT o.enrollment AS number, o.next_at AS at {DUE} AND o.next_at <= $1
                    AND (e.sending_until IS NULL OR e.sending_until <= $1)
                 UNION SELECT number, poll_at FROM enrollments WHERE poll_at <= $1
                    AND (sending_until IS NULL OR sending_until <= $1)
                 ORDER BY at LIMIT $2"
            );
            let numbers = all(&rows(client, &sql, &[&now, &i64::from(limit)]).await?, |row| number(row, "number"))?;
            // The first of each by its index; one that waits for others before it is looked at too early, which does no
            // harm. Whoever holds one that is due may never end; then it is due again.
            let found = client
                .query_one(
                    &client
                        .prepare_cached(
                            "SELECT least((SELECT min(next_at) FROM enrollment_outbox
                                               WHERE state = 'waiting' AND next_at > $1),
                                          (SELECT min(poll_at) FROM enrollments WHERE poll_at > $1),
                                          (SELECT min(sending_until) FROM enrollments WHERE sending_until > $1)) AS next,
                                    EXISTS (SELECT 1 FROM enrollments WHERE is_live)
                                        OR EXISTS (SELECT 1 FROM enrollment_outbox WHERE state = 'waiting') AS any",
                        )
                        .await?,
                    &[&now],
                )
                .await?;
            Ok::<_, Failure>(Due { numbers, next: found.try_get("next")?, any: found.try_get("any")? })
        })
    }

    async fn get(&self, number: u64) -> Result<Option<StoredEnrollment>> {
        read!(self.connections, |client| one(client, "number = $1", &whole(number)))
    }

    async fn purge(&self, before: Timestamp) -> Result<u64> {
        transact!(self.connections, |tx| async {
            let sql = "DELETE FROM enrollment_bodies WHERE enrollment IN
                           (SELECT number FROM enrollments WHERE final_at < $1)";
            execute(tx, sql, &[&stored(before)]).await
        })
    }
}

async fn standing(tx: &Transaction<'_>, applicant: &Applicant) -> Result<Standing, Failure> {
    let Applicant { offering_tag: offering, person_tag: person, identities, .. } = applicant;
    let enrolled = applicant.enrolled.map(whole);
    let sql = "SELECT EXISTS (SELECT 1 FROM enrollment_identities i JOIN enrollments e ON e.number = i.enrollment
                          WHERE i.tag = ANY($1) AND e.is_live AND e.offering_tag = $2 AND e.person_tag <> $3) AS known,
                      (SELECT count(*) FROM enrollments WHERE offering_tag = $2 AND is_live AND seat > $4) AS untold";
    let found = rows(tx, sql, &[identities, offering, person, &enrolled]).await?;
    let Some(found) = found.first() else { return Ok(Standing::default()) };
    // Nobody has a place above one that is not told.
    Ok(Standing { known_otherwise: found.try_get("known")?, untold: number(found, "untold")? })
}

async fn insert(tx: &Transaction<'_>, new: &NewEnrollment, identities: &[String]) -> Result<u64, Failure> {
    let row = &new.row;
    let sql = format!(
        "INSERT INTO enrollments ({COLUMNS})
         VALUES ((SELECT coalesce(max(number), 0) + 1 FROM enrollments),
            (SELECT coalesce(max(version), 0) + 1 FROM enrollments), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10,
            $11, $12, $13, $14, $15, $16, $17, $18, $19, $20) RETURNING number"
    );
    let inserted = rows(
        tx,
        &sql,
        &[
            &row.id,
            &row.profile,
            &row.tag,
            &row.person_tag,
            &row.offering_tag,
            &row.is_live,
            &row.seat.map(whole),
            &row.host,
            &row.home,
            &row.combined,
            &row.decision,
            &row.delivery,
            &row.association_tag,
            &row.handed_until.map(stored),
            &new.sending_until.map(stored),
            &row.poll_at.map(stored),
            &stored(row.created_at),
            &stored(row.updated_at),
            &row.final_at.map(stored),
            &row.sealed,
        ],
    )
    .await?;
    let inserted = inserted.first().ok_or_else(|| Error::internal("an enrolment that was stored has no number"))?;
    let number = number(inserted, "number")?;
    let sql = "INSERT INTO enrollment_bodies (enrollment, sealed) VALUES ($1, $2)";
    execute(tx, sql, &[&whole(number), &new.body]).await?;
    if row.is_live {
        let sql = "INSERT INTO enrollment_identities (enrollment, tag) SELECT $1, unnest($2::text[])
                   ON CONFLICT DO NOTHING";
        execute(tx, sql, &[&whole(number), &identities]).await?;
    }
    for entry in &new.outbox {
        add(tx, number, entry).await?;
    }
    Ok(number)
}

async fn change(
    tx: &Transaction<'_>,
    enrollment: u64,
    version: u64,
    row: &Enrollment,
    outbox: &[OutboxEdit],
    release: bool,
) -> Result<Option<u64>, Failure> {
    lock(tx, locks::ENROLLMENTS).await?;
    let changed = rows(
        tx,
        "UPDATE enrollments SET version = (SELECT max(version) + 1 FROM enrollments), is_live = $3, seat = $4,
            host = $5, home = $6, combined = $7, decision = $8, delivery = $9, association_tag = $10,
            handed_until = $11, poll_at = $12, updated_at = $13, final_at = $14, sealed = $15,
            sending_until = CASE WHEN $16 THEN NULL ELSE sending_until END
         WHERE number = $1 AND version = $2 RETURNING version",
        &[
            &whole(enrollment),
            &whole(version),
            &row.is_live,
            &row.seat.map(whole),
            &row.host,
            &row.home,
            &row.combined,
            &row.decision,
            &row.delivery,
            &row.association_tag,
            &row.handed_until.map(stored),
            &row.poll_at.map(stored),
            &stored(row.updated_at),
            &row.final_at.map(stored),
            &row.sealed,
            &release,
        ],
    )
    .await?;
    let Some(changed) = changed.first() else { return Ok(None) };
    if !row.is_live {
        execute(tx, "DELETE FROM enrollment_identities WHERE enrollment = $1", &[&whole(enrollment)]).await?;
    }
    for edit in outbox {
        match edit {
            OutboxEdit::Add(entry) => add(tx, enrollment, entry).await?,
            OutboxEdit::Replace(entry) => replace(tx, entry).await?,
            OutboxEdit::Remove(id) => {
                execute(tx, "DELETE FROM enrollment_outbox WHERE id = $1", &[id]).await?;
            }
        }
    }
    Ok(Some(number(changed, "version")?))
}

async fn add(tx: &Transaction<'_>, enrollment: u64, entry: &OutboxEntry) -> Result<(), Failure> {
    let sql = format!("INSERT INTO enrollment_outbox ({OUTBOX}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)");
    execute(
        tx,
        &sql,
        &[
            &whole(enrollment),
            &entry.id,
            &entry.kind,
            &entry.state,
            &entry.reason,
            &i64::from(entry.attempts),
            &stored(entry.next_at),
            &stored(entry.created_at),
            &entry.sealed,
        ],
    )
    .await
    .map(drop)
}

async fn replace(tx: &Transaction<'_>, entry: &OutboxEntry) -> Result<(), Failure> {
    execute(
        tx,
        "UPDATE enrollment_outbox SET kind = $2, state = $3, reason = $4, attempts = $5, next_at = $6, created_at = $7,
            sealed = $8 WHERE id = $1",
        &[
            &entry.id,
            &entry.kind,
            &entry.state,
            &entry.reason,
            &i64::from(entry.attempts),
            &stored(entry.next_at),
            &stored(entry.created_at),
            &entry.sealed,
        ],
    )
    .await
    .map(drop)
}

/// The one enrolment that a condition on `$1` holds for, with its outbox.
async fn one(
    client: &impl GenericClient,
    condition: &str,
    value: &(dyn ToSql + Sync),
) -> Result<Option<StoredEnrollment>, Failure> {
    let found = rows(client, &format!("SELECT {COLUMNS} FROM enrollments WHERE {condition}"), &[value]).await?;
    let mut found = all(&found, of_row)?;
    fill(client, &mut found).await?;
    Ok(found.into_iter().next())
}

/// Adds to enrolments what is to be sent for them.
async fn fill(client: &impl GenericClient, enrollments: &mut [StoredEnrollment]) -> Result<(), Failure> {
    if enrollments.is_empty() {
        return Ok(());
    }
    let numbers: Vec<i64> = enrollments.iter().map(|enrollment| whole(enrollment.number)).collect();
    let sql = format!("SELECT {OUTBOX} FROM enrollment_outbox WHERE enrollment = ANY($1) ORDER BY number");
    let mut outboxes: HashMap<u64, Vec<OutboxEntry>> = HashMap::new();
    for found in rows(client, &sql, &[&numbers]).await? {
        outboxes.entry(number(&found, "enrollment")?).or_default().push(OutboxEntry {
            id: found.try_get("id")?,
            kind: found.try_get("kind")?,
            state: found.try_get("state")?,
            reason: found.try_get("reason")?,
            attempts: small(&found, "attempts")?,
            next_at: found.try_get("next_at")?,
            created_at: found.try_get("created_at")?,
            sealed: found.try_get("sealed")?,
        });
    }
    for enrollment in enrollments {
        enrollment.outbox = outboxes.remove(&enrollment.number).unwrap_or_default();
    }
    Ok(())
}

fn of_row(row: &Row) -> Result<StoredEnrollment, tokio_postgres::Error> {
    let seat: Option<i64> = row.try_get("seat")?;
    Ok(StoredEnrollment {
        number: number(row, "number")?,
        version: number(row, "version")?,
        sending_until: row.try_get("sending_until")?,
        outbox: Vec::new(),
        row: Enrollment {
            id: row.try_get("id")?,
            profile: row.try_get("profile")?,
            tag: row.try_get("tag")?,
            person_tag: row.try_get("person_tag")?,
            offering_tag: row.try_get("offering_tag")?,
            is_live: row.try_get("is_live")?,
            seat: seat.map(i64::unsigned_abs),
            host: row.try_get("host")?,
            home: row.try_get("home")?,
            combined: row.try_get("combined")?,
            decision: row.try_get("decision")?,
            delivery: row.try_get("delivery")?,
            association_tag: row.try_get("association_tag")?,
            handed_until: row.try_get("handed_until")?,
            poll_at: row.try_get("poll_at")?,
            created_at: row.try_get("created_at")?,
            updated_at: row.try_get("updated_at")?,
            final_at: row.try_get("final_at")?,
            sealed: row.try_get("sealed")?,
        },
    })
}
