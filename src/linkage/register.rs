//! Our own register: who has which account and linkage key, and what is said of it (sections 4, 5 and 9 of the
//! linkage specification).

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::config::Config;
use super::key;
use super::outcome::{BlockReason, Detail, Outcome};
use super::query::{Demographics, Linkage, Query, Said};
use super::{rules, surname};
use crate::audit::Audit;
use crate::clock::Clock;
use crate::error::{Error, Result, Status, Upstream};
use crate::identifiers::OdsCode;
use crate::invocation::Invocation;
use crate::privacy::Wiped;
use crate::store::{
    LinkageAccount, LinkageChange, LinkageCorrelation, LinkageFound, LinkageIssue, LinkageIssued, LinkageKey,
    LinkagePatient, LinkageQuestion, LinkageRegister, LinkageRevocation, StoredPatient,
};
use crate::vault::Vault;

/// How long it is remembered which request made which key.
const CORRELATION_KEPT: Duration = Duration::from_secs(24 * 3600);
/// How often a caller may ask to create a key for somebody who is not found, and in which time.
const MISSES: usize = 5;
const MISSES_COUNTED: Duration = Duration::from_secs(3600);
/// How often a decision is made anew because something changed meanwhile. Each time somebody else got on.
const ATTEMPTS: u32 = 64;

/// What is sealed of a patient.
#[derive(Clone, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
#[serde(rename_all = "camelCase")]
pub(super) struct Person {
    pub(super) nhs_number: String,
    /// Empty once the patient has left the organisation.
    pub(super) surname: String,
    /// `YYYY-MM-DD`; empty with the surname.
    pub(super) date_of_birth: String,
    #[zeroize(skip)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) reason: Option<BlockReason>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) text: Option<String>,
}

/// A registered patient, opened.
struct Known {
    stored: StoredPatient,
    person: Person,
    born: Date,
}

/// The register, with its seals.
pub struct Register {
    store: Arc<dyn LinkageRegister>,
    audit: Audit,
    vault: Arc<Vault>,
    clock: Clock,
    config: Config,
}

/// What became of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Changed {
    /// It was made.
    Changed,
    /// There was nothing to change.
    Unchanged,
    /// The organisation is not on the register.
    NoOrganisation,
    /// The patient is not registered there.
    NoPatient,
    /// The patient has no key.
    NoKey,
}

impl Register {
    pub(super) fn new(
        store: Arc<dyn LinkageRegister>,
        audit: Audit,
        vault: Arc<Vault>,
        clock: Clock,
        config: &Config,
    ) -> Self {
        Self { store, audit, vault, clock, config: config.clone() }
    }

    /// The register in the store, for moving it as a whole.
    pub(super) const fn store(&self) -> &Arc<dyn LinkageRegister> {
        &self.store
    }

    pub(super) fn now(&self) -> Timestamp {
        self.clock.wall()
    }

    /// Says which key a patient has.
    ///
    /// # Errors
    /// A store error.
    pub async fn retrieve(&self, invocation: &Invocation, query: &Query) -> Result<Said> {
        let question = self.question(&query.ods_code, query.nhs_number.as_str());
        let found = self.store.find(question).await?;
        let known = match self.known(found).await? {
            Ok(known) => known,
            Err(outcome) => return Ok(Said::not(outcome.unwrap_or(Outcome::RetrieveFailed))),
        };
        if let Some(detail) = self.blocked(&known) {
            return Ok(Said::blocked(detail));
        }
        let Some(active) = &known.stored.active else {
            let ever = known.stored.last_generation > 0;
            return Ok(Said::not(if ever { Outcome::KeyRevoked } else { Outcome::NoLinkageKey }));
        };
        invocation.note("generation", active.generation);
        match self.opened(&known).await {
            Ok(linkage) => Ok(Said::linked(linkage)),
            Err(error) => Ok(failed(invocation, Outcome::RetrieveFailed, &error)),
        }
    }

    /// Makes a key for a patient who has none in force.
    ///
    /// # Errors
    /// `CONFLICT` for a reference that was used for something else, `THROTTLED` for a caller who has asked for too many
    /// who were not found, a store error.
    pub async fn create(&self, invocation: &Invocation, query: &Query) -> Result<Said> {
        let asked = query.demographics.as_ref().ok_or_else(|| Error::internal("a Create without demographics"))?;
        let caller = invocation.context.user.as_deref().unwrap_or_default();
        let (ods, number) = (query.ods_code.as_str(), query.nhs_number.as_str());
        let given = surname::normalised(&asked.surname);
        let born = asked.date_of_birth.to_string();
        let correlation = self.vault.pseudonym("linkage correlation", &format!("{caller}\u{1F}{}", query.trace_id));
        let misses = self.vault.pseudonym("linkage miss", &format!("{caller}\u{1F}{ods}\u{1F}{number}"));
        let content = self.vault.tag(
            "learnerlink linkage content",
            &[ods.as_bytes(), number.as_bytes(), given.as_bytes(), born.as_bytes()],
        );
        for _ in 0..ATTEMPTS {
            let now = self.clock.wall();
            let found = self
                .store
                .find(LinkageQuestion {
                    correlation: Some(correlation.clone()),
                    misses: Some((misses.clone(), before(now, MISSES_COUNTED))),
                    ..self.question(&query.ods_code, number)
                })
                .await?;
            if let Some(before) = found.correlation.clone().filter(|before| before.expires_at > now) {
                return self.replay(invocation, found, &before, &content).await;
            }
            if let Some(oldest) = found.misses.len().checked_sub(MISSES).and_then(|at| found.misses.get(at)) {
                return Err(throttled(*oldest, now));
            }
            let known = match self.known(found).await? {
                Ok(known) => known,
                Err(outcome) => {
                    let outcome = outcome.unwrap_or(Outcome::CreateFailed);
                    if outcome == Outcome::PatientNotFound {
                        // As long as it takes to find that the name is another.
                        let _ = surname::same(&given, &surname::normalised("Featherstonehaugh"));
                        self.store.miss(&misses, now, before(now, MISSES_COUNTED)).await?;
                    }
                    return Ok(Said::not(outcome));
                }
            };
            let same = surname::same(&given, &surname::normalised(&known.person.surname));
            if !same || *asked.date_of_birth != known.born {
                invocation.note("reason", "demographics-mismatch");
                self.store.miss(&misses, now, before(now, MISSES_COUNTED)).await?;
                return Ok(Said::not(Outcome::PatientNotFound));
            }
            if let Some(detail) = self.blocked(&known) {
                return Ok(Said::blocked(detail));
            }
            if known.stored.active.is_some() {
                return Ok(Said::not(Outcome::KeyAlreadyExists));
            }
            let correlation = LinkageCorrelation {
                tag: correlation.clone(),
                content_hash: content.to_vec(),
                generation: known.stored.last_generation + 1,
                expires_at: after(now, CORRELATION_KEPT),
            };
            match self.issue(invocation, query, &known, correlation, misses.clone(), now).await {
                Ok(Some(linkage)) => return Ok(Said::linked(linkage)),
                Ok(None) => {}
                Err(error) => return Ok(failed(invocation, Outcome::CreateFailed, &error)),
            }
        }
        let error = Error::internal("a patient changed under every attempt to create a key");
        Ok(failed(invocation, Outcome::CreateFailed, &error))
    }

    /// Makes a key and stores it with its audit entry; `None` when it must be decided anew whether to.
    async fn issue(
        &self,
        invocation: &Invocation,
        query: &Query,
        known: &Known,
        correlation: LinkageCorrelation,
        misses: String,
        now: Timestamp,
    ) -> Result<Option<Linkage>> {
        let ods = query.ods_code.as_str();
        let (tag, generation) = (known.stored.patient.tag.clone(), correlation.generation);
        let (account_id, account, account_tag) = match &known.stored.account {
            Some(account) => (self.account_id(&tag, account).await?, None, account.tag.clone()),
            None => {
                let id = Wiped::from(key::account_id()?);
                let account = self.sealed_account(ods, &tag, &id, now)?;
                let account_tag = account.tag.clone();
                (id, Some(account), account_tag)
            }
        };
        let linkage_key = key::linkage_key(usize::from(self.config.key_length))?;
        let key = self.sealed_key(ods, &tag, &account_tag, generation, &linkage_key, now)?;
        let issue = LinkageIssue { tag, version: known.stored.version, account, key, correlation, misses, now };
        invocation.note("number", Outcome::Ok.number());
        invocation.note("generation", generation);
        let entry = invocation.entry("linkage", now, Outcome::Ok.word(), Status::Ok.number());
        match self.store.issue(issue, entry, self.audit.hasher()).await? {
            LinkageIssued::Issued => {
                invocation.is_entered();
                Ok(Some(Linkage {
                    account_id: account_id.to_string().into(),
                    linkage_key,
                    ods_code: ods.to_owned(),
                    surname: known.person.surname.clone().into(),
                    date_of_birth: known.born.into(),
                }))
            }
            LinkageIssued::Changed | LinkageIssued::Collision => Ok(None),
        }
    }

    /// Answers a Create that was carried out before as it was answered then, provided its key is still in force.
    async fn replay(
        &self,
        invocation: &Invocation,
        found: LinkageFound,
        before: &LinkageCorrelation,
        content: &[u8],
    ) -> Result<Said> {
        let conflict = |reason, problem| Err(Error::CorrelationConflict { reason, problem });
        if !bool::from(before.content_hash.as_slice().ct_eq(content)) {
            return conflict("content", "this reference was used for another request; take a new one");
        }
        invocation.note("replayed", true);
        let known = match self.known(found).await? {
            Ok(known) => known,
            Err(outcome) => return Ok(Said::not(outcome.unwrap_or(Outcome::CreateFailed))),
        };
        if let Some(detail) = self.blocked(&known) {
            return Ok(Said::blocked(detail));
        }
        if known.stored.active.as_ref().map(|key| key.generation) != Some(before.generation) {
            return conflict(
                "stale",
                "the key that was made under this reference is no longer in force; take a new one",
            );
        }
        invocation.note("generation", before.generation);
        match self.opened(&known).await {
            Ok(linkage) => Ok(Said { replayed: true, ..Said::linked(linkage) }),
            Err(error) => Ok(failed(invocation, Outcome::CreateFailed, &error)),
        }
    }

    /// Revokes the key in force.
    ///
    /// # Errors
    /// A store error.
    pub async fn revoke(&self, ods: &OdsCode, number: &str, reason: &str) -> Result<Changed> {
        self.change(ods, number, |_, stored| {
            if stored.active.is_none() {
                let ever = stored.last_generation > 0;
                return Ok(Err(if ever { Changed::Unchanged } else { Changed::NoKey }));
            }
            let revocation = LinkageRevocation { at: self.clock.wall(), reason: reason.to_owned() };
            Ok(Ok(LinkageChange::Revoke { revocation }))
        })
        .await
    }

    /// Blocks a patient, or unblocks one when there is no detail.
    ///
    /// # Errors
    /// A store error, `SEAL_BROKEN`.
    pub async fn set_access(&self, ods: &OdsCode, number: &str, detail: Option<&Detail>) -> Result<Changed> {
        self.change(ods, number, |person, stored| {
            let mut person = person.ok_or(Error::SealBroken { what: "patient" })?;
            let as_it_is = if stored.patient.blocked { Some(detail_of(&person)) } else { None };
            if as_it_is.as_ref() == detail {
                return Ok(Err(Changed::Unchanged));
            }
            person.reason = detail.map(|detail| detail.reason);
            person.text = detail.map(|detail| detail.text.clone());
            let patient = self.sealed_patient(ods.as_str(), &person, true, detail.is_some())?;
            Ok(Ok(LinkageChange::Patient { patient }))
        })
        .await
    }

    /// Blocks or unblocks an organisation.
    ///
    /// # Errors
    /// A store error.
    pub async fn set_organisation(&self, ods: &OdsCode, blocked: bool) -> Result<Changed> {
        Ok(match self.store.set_organisation(ods.as_str(), blocked, self.clock.wall()).await? {
            None => Changed::NoOrganisation,
            Some(true) => Changed::Changed,
            Some(false) => Changed::Unchanged,
        })
    }

    /// Changes a patient, again and again until nobody else does at the same time.
    async fn change(
        &self,
        ods: &OdsCode,
        number: &str,
        change: impl Fn(Option<Person>, &StoredPatient) -> Result<Result<LinkageChange, Changed>>,
    ) -> Result<Changed> {
        let question = self.question(ods, number);
        for _ in 0..ATTEMPTS {
            let found = self.store.find(question.clone()).await?;
            if found.organisation.is_none() {
                return Ok(Changed::NoOrganisation);
            }
            let Some(stored) = found.patient.filter(|stored| stored.patient.registered) else {
                return Ok(Changed::NoPatient);
            };
            let person = self.person(&stored.patient).await.ok();
            match change(person, &stored)? {
                Err(outcome) => return Ok(outcome),
                Ok(change) => {
                    if self.store.change(&question.tag, stored.version, change, self.clock.wall()).await? {
                        return Ok(Changed::Changed);
                    }
                }
            }
        }
        Err(Error::Conflict { problem: "the patient is being changed by others all the time; try again".into() })
    }

    /// The NHS number of the patient whose account and key these are, if both are in force and nothing is blocked.
    /// How long that takes does not depend on where a wrong key differs.
    ///
    /// # Errors
    /// A store error.
    pub async fn check(&self, ods: &OdsCode, account_id: &str, presented: &str) -> Result<Option<String>> {
        let Some(stored) = self.store.of_account(&self.account_tag(ods.as_str(), account_id)).await? else {
            return Ok(None);
        };
        let known = stored.active.as_ref().map_or([].as_slice(), |key| key.mac.as_slice());
        let same = self.is_key(ods.as_str(), presented, known);
        if !same || !stored.patient.registered || stored.patient.blocked {
            return Ok(None);
        }
        let number = Zeroizing::new(self.person(&stored.patient).await?.nhs_number.clone());
        let found = self.store.find(self.question(ods, &number)).await?;
        Ok(match self.known(found).await? {
            Ok(known) if self.blocked(&known).is_none() => Some(known.person.nhs_number.clone()),
            _ => None,
        })
    }

    /// Whether a presented key is the one with this mac.
    #[doc(hidden)]
    #[must_use]
    pub fn is_key(&self, ods: &str, presented: &str, mac: &[u8]) -> bool {
        self.mac(ods, presented).as_slice().ct_eq(mac).into()
    }

    /// The mac under which a key is found.
    #[doc(hidden)]
    #[must_use]
    pub fn mac(&self, ods: &str, key: &str) -> [u8; 32] {
        self.vault.tag("learnerlink linkage key", &[ods.as_bytes(), key.as_bytes()])
    }

    /// The patient that was found, opened; or what is said instead: `None` when the patient cannot be read.
    async fn known(&self, found: LinkageFound) -> Result<Result<Known, Option<Outcome>>> {
        match &found.organisation {
            None => return Ok(Err(Some(Outcome::OdsNotFound))),
            Some(organisation) if organisation.blocked => return Ok(Err(Some(Outcome::OdsBlocked))),
            Some(_) => {}
        }
        let Some(stored) = found.patient.filter(|stored| stored.patient.registered) else {
            return Ok(Err(Some(Outcome::PatientNotFound)));
        };
        let person = match self.person(&stored.patient).await {
            Err(Error::SealBroken { .. }) => return Ok(Err(None)),
            other => other?,
        };
        let Ok(born) = person.date_of_birth.parse() else { return Ok(Err(None)) };
        Ok(Ok(Known { stored, person, born }))
    }

    /// Why a patient's access is blocked, if it is.
    fn blocked(&self, known: &Known) -> Option<Detail> {
        if known.stored.patient.blocked {
            return Some(detail_of(&known.person));
        }
        let today = rules::today(self.clock.wall());
        rules::is_younger_than(self.config.minimum_age_years, known.born, today)
            .then(|| Detail::of(BlockReason::UnderMinimumAgeOrNotCompetent))
    }

    /// The five outputs.
    async fn opened(&self, known: &Known) -> Result<Linkage> {
        let broken = Error::SealBroken { what: "linkage key" };
        let (patient, Some(account), Some(active)) =
            (&known.stored.patient, &known.stored.account, &known.stored.active)
        else {
            return Err(broken);
        };
        let account_id = self.account_id(&patient.tag, account).await?;
        let linkage_key = self.linkage_key(patient, &account.tag, active).await?;
        if account_id.is_empty() || linkage_key.is_empty() || known.person.surname.is_empty() {
            return Err(broken);
        }
        Ok(Linkage {
            account_id: account_id.to_string().into(),
            linkage_key,
            ods_code: patient.ods.clone(),
            surname: known.person.surname.clone().into(),
            date_of_birth: known.born.into(),
        })
    }

    pub(super) async fn person(&self, patient: &LinkagePatient) -> Result<Person> {
        let plain = self.vault.open_sealed("patient", &patient.place(), &patient.sealed).await?;
        serde_json::from_slice(&plain).map_err(|_| Error::SealBroken { what: "patient" })
    }

    pub(super) async fn account_id(&self, patient_tag: &str, account: &LinkageAccount) -> Result<Wiped<String>> {
        let plain = self.vault.open_sealed("account", &account.place(patient_tag), &account.sealed).await?;
        text_of(&plain, "account")
    }

    pub(super) async fn linkage_key(
        &self,
        patient: &LinkagePatient,
        account_tag: &str,
        key: &LinkageKey,
    ) -> Result<Wiped<String>> {
        let place = LinkageKey::place(&patient.ods, &patient.tag, account_tag, key.generation);
        let plain = self.vault.open_sealed("linkage key", &place, &key.sealed).await?;
        text_of(&plain, "linkage key")
    }

    pub(super) fn sealed_patient(
        &self,
        ods: &str,
        person: &Person,
        registered: bool,
        blocked: bool,
    ) -> Result<LinkagePatient> {
        let tag = self.patient_tag(ods, &person.nhs_number);
        let mut patient = LinkagePatient { tag, ods: ods.to_owned(), registered, blocked, sealed: Vec::new() };
        let plain = Zeroizing::new(
            serde_json::to_vec(person).map_err(|_| Error::internal("a patient of the register has no JSON form"))?,
        );
        patient.sealed = self.vault.seal(&patient.place(), &plain)?;
        Ok(patient)
    }

    pub(super) fn sealed_account(
        &self,
        ods: &str,
        patient_tag: &str,
        account_id: &str,
        created_at: Timestamp,
    ) -> Result<LinkageAccount> {
        let tag = self.account_tag(ods, account_id);
        let mut account = LinkageAccount { tag, created_at, sealed: Vec::new() };
        account.sealed = self.vault.seal(&account.place(patient_tag), account_id.as_bytes())?;
        Ok(account)
    }

    pub(super) fn sealed_key(
        &self,
        ods: &str,
        patient_tag: &str,
        account_tag: &str,
        generation: u32,
        key: &str,
        created_at: Timestamp,
    ) -> Result<LinkageKey> {
        let place = LinkageKey::place(ods, patient_tag, account_tag, generation);
        let sealed = self.vault.seal(&place, key.as_bytes())?;
        Ok(LinkageKey { generation, mac: self.mac(ods, key).to_vec(), created_at, revoked: None, sealed })
    }

    /// The keyed hash by which a patient of an organisation is found.
    #[must_use]
    pub fn patient_tag(&self, ods: &str, nhs_number: &str) -> String {
        self.vault.pseudonym("linkage patient", &format!("{ods}\u{1F}{nhs_number}"))
    }

    pub(super) fn account_tag(&self, ods: &str, account_id: &str) -> String {
        self.vault.pseudonym("linkage account", &format!("{ods}\u{1F}{account_id}"))
    }

    fn question(&self, ods: &OdsCode, nhs_number: &str) -> LinkageQuestion {
        let tag = self.patient_tag(ods.as_str(), nhs_number);
        LinkageQuestion { ods: ods.to_string(), tag, correlation: None, misses: None }
    }
}

impl Demographics {
    /// Whether a patient with this surname and date of birth may be meant.
    #[must_use]
    pub fn fit(&self, name: &str, born: Date) -> bool {
        let same = surname::same(&surname::normalised(&self.surname), &surname::normalised(name));
        same && *self.date_of_birth == born
    }
}

fn detail_of(person: &Person) -> Detail {
    Detail { reason: person.reason.unwrap_or_default(), text: person.text.clone().unwrap_or_default() }
}

fn text_of(plain: &[u8], what: &'static str) -> Result<Wiped<String>> {
    std::str::from_utf8(plain).map(|text| text.to_owned().into()).map_err(|_| Error::SealBroken { what })
}

/// The patient was found, and what was to be done then failed.
fn failed(invocation: &Invocation, outcome: Outcome, error: &Error) -> Said {
    let code = error.status().code();
    invocation.note("reason", code);
    tracing::warn!(operation = invocation.operation, code, "a linkage key could not be read or made");
    Said::not(outcome)
}

fn throttled(oldest: Timestamp, now: Timestamp) -> Error {
    let wait = after(oldest, MISSES_COUNTED).duration_since(now);
    let retry_after_ms = u64::try_from(wait.as_millis()).unwrap_or_default().max(1);
    Error::Throttled { retry_after_ms, upstream: Upstream::default() }
}

fn before(now: Timestamp, span: Duration) -> Timestamp {
    now.checked_sub(span).unwrap_or(Timestamp::MIN)
}

fn after(now: Timestamp, span: Duration) -> Timestamp {
    now.checked_add(span).unwrap_or(Timestamp::MAX)
}
