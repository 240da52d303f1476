//! The match register: which ULN was confirmed for which person, by whom and when.
//!
//! A log that only grows. The latest row of a person says whether they have a ULN, have none, or were never looked
//! up; older rows are history. No two people hold one ULN at a time, whichever threads and processes write.

use std::sync::Arc;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::config::Behaviour;
use crate::clock::Clock;
use crate::error::{Error, Result};
use crate::privacy::Sensitive;
use crate::store::{LrsAppended, LrsMatch, LrsRegister, LrsRule, StoredMatch};
use crate::vault::Vault;

/// Keeps matches. Cloning gives another view of the same register.
#[derive(Clone)]
pub struct Register {
    store: Arc<dyn LrsRegister>,
    vault: Arc<Vault>,
    clock: Clock,
}

/// Whether a person has a ULN.
#[derive(Clone, Debug)]
pub enum State {
    /// Nobody has looked, or the match was taken back.
    NotFound,
    /// Somebody looked and there is none.
    NoMatch(Row),
    /// There is one.
    Found(Row),
}

/// What became of a wish to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// A row was appended.
    Appended,
    /// The register says so already.
    Unchanged,
    /// Another person holds the ULN.
    Taken,
}

/// What is confirmed of a person.
#[derive(Clone, Debug, Default)]
pub struct Confirmation {
    /// The ULN, as text; two are the same when their texts are.
    pub uln: Sensitive<String>,
    /// The given name under which the service knows the learner.
    pub given_name: Sensitive<String>,
    /// The family name under which the service knows the learner.
    pub family_name: Sensitive<String>,
    /// How it was found, in the gateway's words, such as `Exact Match`.
    pub match_type: String,
    /// How many ULNs the search gave.
    pub count_of_returned_ulns: String,
}

/// A row of the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its number.
    pub id: u64,
    /// The person.
    pub person_id: Sensitive<String>,
    /// The ULN; empty when the row holds none.
    pub matched_uln: Sensitive<String>,
    /// Given name; may be empty.
    pub given_name: Sensitive<String>,
    /// Family name; may be empty.
    pub family_name: Sensitive<String>,
    /// How it was found, in the gateway's words; may be empty.
    pub match_type: String,
    /// How many ULNs the search gave; may be empty.
    pub count_of_returned_ulns: String,
    /// `Matched`, `Cannot be matched`, `Unmatched`, or what an old row says.
    pub match_status: String,
    /// When it was written.
    pub created_at: Timestamp,
    /// Who wrote it; `None` in rows of a register that did not keep it.
    pub by: Option<String>,
}

/// What is sealed of a row.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Sealed {
    person: String,
    uln: String,
    given_name: String,
    family_name: String,
    match_type: String,
    count: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    by: Option<String>,
}

impl Register {
    /// The register kept in `store`.
    #[must_use]
    pub fn new(store: Arc<dyn LrsRegister>, vault: Arc<Vault>, clock: Clock) -> Self {
        Self { store, vault, clock }
    }

    /// Whether a person has a ULN. One look-up, however many rows there are.
    ///
    /// # Errors
    /// A store error, `SEAL_BROKEN`.
    pub async fn state(&self, person: &str) -> Result<State> {
        let Some(stored) = self.store.latest(&self.person_tag(person)).await? else { return Ok(State::NotFound) };
        Ok(match stored.row.status.as_str() {
            LrsMatch::UNMATCHED => State::NotFound,
            LrsMatch::CANNOT_BE_MATCHED => State::NoMatch(self.opened(stored).await?),
            _ => State::Found(self.opened(stored).await?),
        })
    }

    /// Confirms a match. `strict` records changed names, `compat` looks at the ULN alone.
    ///
    /// # Errors
    /// A store error.
    pub async fn confirm(
        &self,
        by: &str,
        person: &str,
        confirmation: &Confirmation,
        behaviour: Behaviour,
    ) -> Result<Change> {
        let rule = LrsRule::Match { names_matter: behaviour == Behaviour::Strict };
        self.append(by, person, confirmation, LrsMatch::MATCHED, rule).await
    }

    /// Confirms that there is no match; a ULN the person held is free again.
    ///
    /// # Errors
    /// A store error.
    pub async fn confirm_none(&self, by: &str, person: &str, match_type: &str, count: &str) -> Result<Change> {
        let confirmation = Confirmation {
            match_type: match_type.to_owned(),
            count_of_returned_ulns: count.to_owned(),
            ..Confirmation::default()
        };
        self.append(by, person, &confirmation, LrsMatch::CANNOT_BE_MATCHED, LrsRule::NoMatch).await
    }

    /// Takes back what was confirmed; a ULN the person held is free again.
    ///
    /// # Errors
    /// A store error.
    pub async fn remove(&self, by: &str, person: &str) -> Result<Change> {
        self.append(by, person, &Confirmation::default(), LrsMatch::UNMATCHED, LrsRule::Unmatch).await
    }

    /// All rows of a person, oldest first; `from` and `to` are whole days in UTC, both included.
    ///
    /// # Errors
    /// A store error, `SEAL_BROKEN`.
    pub async fn rows(&self, person: &str, from: Option<Date>, to: Option<Date>) -> Result<Vec<Row>> {
        // A day after the last that can be written is beyond every row.
        let start = |day: Date| day.to_zoned(TimeZone::UTC).map(|day| day.timestamp()).ok();
        let from = from.and_then(start);
        let before = to.and_then(|day| day.checked_add(1.day()).ok()).and_then(start);
        let stored = self.store.of_person(&self.person_tag(person), from, before).await?;
        self.all_opened(stored).await
    }

    /// Up to `limit` rows after number `after_id`, oldest first.
    ///
    /// # Errors
    /// A store error, `SEAL_BROKEN`.
    pub async fn page(&self, after_id: u64, limit: u32) -> Result<Vec<Row>> {
        let stored = self.store.page(after_id, limit).await?;
        self.all_opened(stored).await
    }

    /// Appends rows of another register with their numbers; answers for each.
    ///
    /// # Errors
    /// A store error; then none of them was appended.
    pub async fn import(&self, rows: &[Row]) -> Result<Vec<LrsAppended>> {
        let rows = rows.iter().map(|row| Ok((row.id, self.sealed(row)?))).collect::<Result<_>>()?;
        self.store.import(rows).await
    }

    async fn append(
        &self,
        by: &str,
        person: &str,
        confirmation: &Confirmation,
        status: &str,
        rule: LrsRule,
    ) -> Result<Change> {
        let row = Row {
            id: 0,
            person_id: person.to_owned().into(),
            matched_uln: confirmation.uln.clone(),
            given_name: confirmation.given_name.clone(),
            family_name: confirmation.family_name.clone(),
            match_type: confirmation.match_type.clone(),
            count_of_returned_ulns: confirmation.count_of_returned_ulns.clone(),
            match_status: status.to_owned(),
            created_at: self.clock.wall(),
            by: Some(by.to_owned()),
        };
        match self.store.append(self.sealed(&row)?, rule).await? {
            LrsAppended::Appended(_) => Ok(Change::Appended),
            LrsAppended::Unchanged => Ok(Change::Unchanged),
            LrsAppended::Taken => Ok(Change::Taken),
            LrsAppended::Misplaced => Err(Error::internal("a row without a number was refused for its number")),
        }
    }

    fn person_tag(&self, person: &str) -> String {
        self.vault.pseudonym("lrs person", person)
    }

    fn sealed(&self, row: &Row) -> Result<LrsMatch> {
        let names = format!("{}\u{1F}{}", row.given_name.as_str(), row.family_name.as_str());
        let mut stored = LrsMatch {
            key: Uuid::now_v7().to_string(),
            person_tag: self.person_tag(&row.person_id),
            uln_tag: (!row.matched_uln.is_empty()).then(|| self.vault.pseudonym("lrs uln", &row.matched_uln)),
            names_tag: (names.len() > 1).then(|| self.vault.pseudonym("lrs names", &names)),
            status: row.match_status.clone(),
            created_at: row.created_at,
            sealed: Vec::new(),
        };
        let secret = Sealed {
            person: row.person_id.0.clone(),
            uln: row.matched_uln.0.clone(),
            given_name: row.given_name.0.clone(),
            family_name: row.family_name.0.clone(),
            match_type: row.match_type.clone(),
            count: row.count_of_returned_ulns.clone(),
            by: row.by.clone(),
        };
        let plain = Zeroizing::new(
            serde_json::to_vec(&secret).map_err(|_| Error::internal("a row of the register has no JSON form"))?,
        );
        stored.sealed = self.vault.seal(&stored.place(), &plain)?;
        Ok(stored)
    }

    async fn opened(&self, stored: StoredMatch) -> Result<Row> {
        let plain = self.vault.open_sealed("match", &stored.row.place(), &stored.row.sealed).await?;
        let secret: Sealed = serde_json::from_slice(&plain).map_err(|_| Error::SealBroken { what: "match" })?;
        Ok(Row {
            id: stored.id,
            person_id: secret.person.into(),
            matched_uln: secret.uln.into(),
            given_name: secret.given_name.into(),
            family_name: secret.family_name.into(),
            match_type: secret.match_type,
            count_of_returned_ulns: secret.count,
            match_status: stored.row.status,
            created_at: stored.row.created_at,
            by: secret.by,
        })
    }

    async fn all_opened(&self, stored: Vec<StoredMatch>) -> Result<Vec<Row>> {
        let mut rows = Vec::with_capacity(stored.len());
        for row in stored {
            rows.push(self.opened(row).await?);
        }
        Ok(rows)
    }
}

#[cfg(test)]
#[path = "register_tests.rs"]
mod tests;
