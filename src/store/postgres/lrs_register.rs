//! The match register of the Learning Records Service. Whoever appends to it is the only one who does, so that the
//! numbers of its rows are those of their order for whoever reads on after a number.

use std::collections::HashMap;

use async_trait::async_trait;
use deadpool_postgres::{GenericClient, Transaction};
use futures_util::future::BoxFuture;
use jiff::Timestamp;
use tokio_postgres::Row;

use super::failure::Failure;
use super::{Connections, Postgres, all, execute, lock, locks, number, read, row, rows, stored, transact, whole};
use crate::error::{Error, Result};
use crate::store::{LrsAppended, LrsMatch, LrsRegister, LrsRule, StoredMatch};

const COLUMNS: &str = "m.id, m.key, m.person_tag, m.uln_tag, m.names_tag, m.status, m.created_at, m.sealed";

#[async_trait]
impl LrsRegister for Postgres {
    async fn append(&self, row: LrsMatch, rule: LrsRule) -> Result<LrsAppended> {
        self.matches.run((row, rule)).await
    }

    async fn import(&self, rows: Vec<(u64, LrsMatch)>) -> Result<Vec<LrsAppended>> {
        let numbered: Vec<_> = rows.into_iter().map(|(id, row)| (row, LrsRule::Numbered(id))).collect();
        append_all(&self.connections, &numbered).await
    }

    async fn latest(&self, person_tag: &str) -> Result<Option<StoredMatch>> {
        read!(self.connections, |client| async {
            let found = latest(client, &[person_tag]).await?;
            Ok::<_, Failure>(found.into_iter().next())
        })
    }

    async fn of_person(
        &self,
        person_tag: &str,
        from: Option<Timestamp>,
        before: Option<Timestamp>,
    ) -> Result<Vec<StoredMatch>> {
        let (from, before) = (from.map(stored), before.map(stored));
        read!(self.connections, |client| async {
            let sql = format!(
                "SELECT {COLUMNS} FROM lrs_matches m
                 WHERE m.person_tag = $1 AND ($2::timestamptz IS NULL OR m.created_at >= $2)
                    AND ($3::timestamptz IS NULL OR m.created_at < $3) ORDER BY m.id"
            );
            all(&rows(client, &sql, &[&person_tag, &from, &before]).await?, of_row)
        })
    }

    async fn page(&self, after_id: u64, limit: u32) -> Result<Vec<StoredMatch>> {
        read!(self.connections, |client| async {
            let sql = format!("SELECT {COLUMNS} FROM lrs_matches m WHERE m.id > $1 ORDER BY m.id LIMIT $2");
            all(&rows(client, &sql, &[&whole(after_id), &i64::from(limit)]).await?, of_row)
        })
    }
}

/// Appends the rows of many callers in one transaction, each after the one before it.
pub(super) fn append_all<'a>(
    connections: &'a Connections,
    items: &'a [(LrsMatch, LrsRule)],
) -> BoxFuture<'a, Result<Vec<LrsAppended>>> {
    Box::pin(async move {
        transact!(connections, |tx| async {
            lock(tx, locks::MATCHES).await?;
            let mut register = Register::look(tx, items).await?;
            let answers = items.iter().map(|(row, rule)| register.take(row, *rule)).collect::<Result<Vec<_>>>()?;
            register.write(tx).await?;
            Ok::<_, Failure>(answers)
        })
    })
}

/// What of the register matters for some rows, and what they add to it.
struct Register<'a> {
    last: u64,
    /// The latest row of each person.
    latest: HashMap<String, LrsMatch>,
    /// Who holds each ULN.
    holders: HashMap<String, String>,
    /// Rows that have one of the given numbers.
    numbered: HashMap<u64, LrsMatch>,
    new: Vec<(u64, &'a LrsMatch)>,
}

impl<'a> Register<'a> {
    async fn look(tx: &Transaction<'_>, items: &'a [(LrsMatch, LrsRule)]) -> Result<Self, Failure> {
        let last = row(tx, "SELECT coalesce(max(id), 0) AS last FROM lrs_matches", &[]).await?;
        let last = last.map(|row| number(&row, "last")).transpose()?.unwrap_or_default();
        let persons: Vec<&str> = items.iter().map(|(row, _)| row.person_tag.as_str()).collect();
        let ulns: Vec<&str> = items.iter().filter_map(|(row, _)| row.uln_tag.as_deref()).collect();
        let ids: Vec<i64> = items
            .iter()
            .filter_map(|(_, rule)| match rule {
                LrsRule::Numbered(id) if *id <= last => Some(whole(*id)),
                _ => None,
            })
            .collect();
        let latest = latest(tx, &persons).await?;
        let sql = "SELECT uln_tag, person_tag FROM lrs_latest WHERE uln_tag = ANY($1)";
        let holders = all(&rows(tx, sql, &[&ulns]).await?, |row| Ok((row.try_get(0)?, row.try_get(1)?)))?;
        let numbered = if ids.is_empty() {
            Vec::new()
        } else {
            let sql = format!("SELECT {COLUMNS} FROM lrs_matches m WHERE m.id = ANY($1)");
            all(&rows(tx, &sql, &[&ids]).await?, of_row)?
        };
        Ok(Self {
            last,
            latest: latest.into_iter().map(|found| (found.row.person_tag.clone(), found.row)).collect(),
            holders: holders.into_iter().collect(),
            numbered: numbered.into_iter().map(|found| (found.id, found.row)).collect(),
            new: Vec::new(),
        })
    }

    /// Checks a row against its rule and takes it among the new ones.
    fn take(&mut self, row: &'a LrsMatch, rule: LrsRule) -> Result<LrsAppended> {
        let id = match rule {
            // What a row that brings its own number meets: itself, or an end of the log that lies behind it.
            LrsRule::Numbered(id) if id <= self.last => {
                let same = self.numbered.get(&id).is_some_and(|found| found.says_the_same(row));
                return Ok(if same { LrsAppended::Unchanged } else { LrsAppended::Misplaced });
            }
            LrsRule::Numbered(id) if i64::try_from(id).is_err() => {
                return Err(Error::input("id", "is larger than a store can number"));
            }
            LrsRule::Numbered(id) => id,
            _ => self.last + 1,
        };
        if let Some(uln_tag) = &row.uln_tag
            && self.holders.get(uln_tag).is_some_and(|holder| *holder != row.person_tag)
        {
            return Ok(LrsAppended::Taken);
        }
        let before = self.latest.get(&row.person_tag);
        if rule.changes_nothing(before, row) {
            return Ok(LrsAppended::Unchanged);
        }
        if let Some(released) = before.and_then(|before| before.uln_tag.as_ref()) {
            self.holders.remove(released);
        }
        if let Some(uln_tag) = &row.uln_tag {
            self.holders.insert(uln_tag.clone(), row.person_tag.clone());
        }
        self.latest.insert(row.person_tag.clone(), row.clone());
        self.numbered.insert(id, row.clone());
        self.new.push((id, row));
        self.last = id;
        Ok(LrsAppended::Appended(id))
    }

    async fn write(&self, tx: &Transaction<'_>) -> Result<(), Failure> {
        if self.new.is_empty() {
            return Ok(());
        }
        fn each<'a, T>(rows: &[(u64, &'a LrsMatch)], of: impl Fn(&'a LrsMatch) -> T) -> Vec<T> {
            rows.iter().map(|(_, row)| of(row)).collect()
        }
        let new = &self.new;
        let ids: Vec<i64> = new.iter().map(|(id, _)| whole(*id)).collect();
        execute(
            tx,
            "INSERT INTO lrs_matches (id, key, person_tag, uln_tag, names_tag, status, created_at, sealed)
             SELECT * FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[],
                 $7::timestamptz[], $8::bytea[])",
            &[
                &ids,
                &each(new, |row| &row.key),
                &each(new, |row| &row.person_tag),
                &each(new, |row| &row.uln_tag),
                &each(new, |row| &row.names_tag),
                &each(new, |row| &row.status),
                &each(new, |row| stored(row.created_at)),
                &each(new, |row| &row.sealed),
            ],
        )
        .await?;
        // One row for each person, the last; gone before they come again, for a ULN may have passed from one to another.
        let last: HashMap<&str, (i64, &LrsMatch)> =
            new.iter().map(|(id, row)| (row.person_tag.as_str(), (whole(*id), *row))).collect();
        let persons: Vec<&str> = last.keys().copied().collect();
        execute(tx, "DELETE FROM lrs_latest WHERE person_tag = ANY($1)", &[&persons]).await?;
        let ulns: Vec<&Option<String>> = last.values().map(|(_, row)| &row.uln_tag).collect();
        let ids: Vec<i64> = last.values().map(|(id, _)| *id).collect();
        let sql = "INSERT INTO lrs_latest (person_tag, uln_tag, match_id)
                   SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[])";
        execute(tx, sql, &[&persons, &ulns, &ids]).await.map(drop)
    }
}

async fn latest(client: &impl GenericClient, persons: &[&str]) -> Result<Vec<StoredMatch>, Failure> {
    let sql = format!(
        "SELECT {COLUMNS} FROM lrs_latest l JOIN lrs_matches m ON m.id = l.match_id WHERE l.person_tag = ANY($1)"
    );
    all(&rows(client, &sql, &[&persons]).await?, of_row)
}

fn of_row(row: &Row) -> Result<StoredMatch, tokio_postgres::Error> {
    Ok(StoredMatch {
        id: number(row, "id")?,
        row: LrsMatch {
            key: row.try_get("key")?,
            person_tag: row.try_get("person_tag")?,
            uln_tag: row.try_get("uln_tag")?,
            names_tag: row.try_get("names_tag")?,
            status: row.try_get("status")?,
            created_at: row.try_get("created_at")?,
            sealed: row.try_get("sealed")?,
        },
    })
}
