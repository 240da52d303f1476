//! The register of linkage keys, as the store keeps it.

use std::sync::Arc;

use async_trait::async_trait;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{AuditEntry, ChainHasher};
use crate::error::Result;

/// An organisation of the register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkageOrganisation {
    /// Its ODS code.
    pub ods: String,
    /// What people call it.
    pub name: String,
    /// Whether it has switched off digital services.
    pub blocked: bool,
}

/// A patient of the register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkagePatient {
    /// Keyed hash of organisation and NHS number.
    pub tag: String,
    /// Code of the organisation.
    pub ods: String,
    /// Whether the patient is registered there; the account and keys of one who was stay.
    pub registered: bool,
    /// Whether the patient's access is blocked.
    pub blocked: bool,
    /// NHS number, name, date of birth, and why access is blocked.
    #[serde(with = "bytes")]
    pub sealed: Vec<u8>,
}

impl LinkagePatient {
    /// What the seal is bound to: everything that stands in clear. The tag stands for the organisation too.
    #[must_use]
    pub fn place(&self) -> String {
        format!("linkage_patient/{}/{}/{}", self.tag, u8::from(self.registered), u8::from(self.blocked))
    }
}

/// A patient's account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkageAccount {
    /// Keyed hash of organisation and account id.
    pub tag: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// The account id.
    #[serde(with = "bytes")]
    pub sealed: Vec<u8>,
}

impl LinkageAccount {
    /// What the seal is bound to.
    #[must_use]
    pub fn place(&self, patient_tag: &str) -> String {
        format!("linkage_account/{patient_tag}/{}", self.tag)
    }
}

/// A linkage key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkageKey {
    /// The how-many-eth key of its account it is, counted from 1.
    pub generation: u32,
    /// Keyed hash of organisation and key.
    #[serde(with = "bytes")]
    pub mac: Vec<u8>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When and why it was revoked; it is in force when this is absent.
    pub revoked: Option<LinkageRevocation>,
    /// The key.
    #[serde(with = "bytes")]
    pub sealed: Vec<u8>,
}

/// The end of a linkage key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkageRevocation {
    /// When it was revoked.
    pub at: Timestamp,
    /// Why.
    pub reason: String,
}

impl LinkageKey {
    /// What the seal of a key is bound to. The tags stand for organisation, NHS number and account id.
    #[must_use]
    pub fn place(ods: &str, patient_tag: &str, account_tag: &str, generation: u32) -> String {
        format!("linkage_key/{ods}/{patient_tag}/{account_tag}/{generation}")
    }
}

/// A patient as the store has them.
#[derive(Clone, Debug)]
pub struct StoredPatient {
    /// The patient.
    pub patient: LinkagePatient,
    /// Grows with every change of patient, account or keys.
    pub version: u64,
    /// The account, if there is one.
    pub account: Option<LinkageAccount>,
    /// The key in force, if there is one.
    pub active: Option<LinkageKey>,
    /// The generation of the key in force or, when there is none, of the newest; 0 when there never was one.
    pub last_generation: u32,
}

/// What a request is decided by.
#[derive(Clone, Debug)]
pub struct LinkageQuestion {
    /// Code of the organisation.
    pub ods: String,
    /// Keyed hash of organisation and NHS number.
    pub tag: String,
    /// Keyed hash of caller and correlation id, for Create.
    pub correlation: Option<String>,
    /// Keyed hash under which misses are counted, and since when they are; for Create.
    pub misses: Option<(String, Timestamp)>,
}

/// What the register has for a [`LinkageQuestion`], all of one moment.
#[derive(Clone, Debug)]
pub struct LinkageFound {
    /// The organisation.
    pub organisation: Option<LinkageOrganisation>,
    /// The patient, also when no longer registered.
    pub patient: Option<StoredPatient>,
    /// The key that this correlation id made, if it did and has not expired.
    pub correlation: Option<LinkageCorrelation>,
    /// When the misses were, oldest first.
    pub misses: Vec<Timestamp>,
}

/// That a request made a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkageCorrelation {
    /// Keyed hash of caller and correlation id.
    pub tag: String,
    /// Keyed hash of what was asked.
    pub content_hash: Vec<u8>,
    /// The generation of the key.
    pub generation: u32,
    /// Until when this is kept.
    pub expires_at: Timestamp,
}

/// A key about to be issued.
#[derive(Clone, Debug)]
pub struct LinkageIssue {
    /// Keyed hash of organisation and NHS number.
    pub tag: String,
    /// The patient's version that the decision was made on.
    pub version: u64,
    /// A new account, for a patient who has none.
    pub account: Option<LinkageAccount>,
    /// The key.
    pub key: LinkageKey,
    /// What is kept of the request.
    pub correlation: LinkageCorrelation,
    /// The misses to be forgotten.
    pub misses: String,
    /// The time.
    pub now: Timestamp,
}

/// What became of a key about to be issued.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkageIssued {
    /// It was, together with its audit entry.
    Issued,
    /// Patient, organisation or correlation have changed; decide anew.
    Changed,
    /// The account id or the key is taken; draw others.
    Collision,
}

/// A change of the register by a person.
#[derive(Clone, Debug)]
pub enum LinkageChange {
    /// The key in force ends.
    Revoke {
        /// When and why.
        revocation: LinkageRevocation,
    },
    /// The patient is stored anew, because access or name has changed.
    Patient {
        /// The patient.
        patient: LinkagePatient,
    },
}

/// A patient or an organisation of an import.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct LinkageEntry {
    /// Its line in the file.
    pub line: u64,
    /// The organisation; with its name where the file has it.
    pub organisation: LinkageEntryOrganisation,
    /// The patient, unless the line is about the organisation alone.
    pub patient: Option<LinkageEntryPatient>,
}

/// What a line says of an organisation.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct LinkageEntryOrganisation {
    /// Its ODS code.
    pub ods: String,
    /// Its name, if the line has it.
    pub name: Option<String>,
    /// Whether it is blocked, if the line says so.
    pub blocked: Option<bool>,
}

/// What a line says of a patient, sealed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct LinkageEntryPatient {
    /// The patient.
    pub patient: LinkagePatient,
    /// The version of the patient in the register when the line was read; 0 when there was none.
    pub version: u64,
    /// The account, if the line has one.
    pub account: Option<LinkageAccount>,
    /// The keys, by generation, which follow those that the register has.
    pub keys: Vec<LinkageKey>,
}

/// How an import meets what is on the register already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkageConflict {
    /// The line is refused.
    Refuse,
    /// The register is left as it is.
    Skip,
    /// The line is taken over.
    Replace,
}

/// What an import came to.
#[derive(Clone, Debug, Default)]
pub struct LinkageImported {
    /// Lines that were taken over.
    pub imported: u64,
    /// Lines that changed nothing.
    pub unchanged: u64,
    /// How many lines were refused.
    pub refused_rows: u64,
    /// The first of them, and why.
    pub refused: Vec<(u64, String)>,
    /// Whether the register has them: not when lines were refused and none may be.
    pub applied: bool,
}

/// A patient with all keys, for an export.
#[derive(Clone, Debug)]
pub struct LinkagePage {
    /// The store's number of the last patient, to go on after.
    pub after: i64,
    /// The patients, each with all keys.
    pub patients: Vec<(StoredPatient, Vec<LinkageKey>)>,
}

/// Keeps the register of linkage keys. A patient has at most one key in force, for all threads and processes.
#[async_trait]
pub trait LinkageRegister: Send + Sync {
    /// What a request is decided by.
    async fn find(&self, question: LinkageQuestion) -> Result<LinkageFound>;
    /// The patient whose account this is.
    async fn of_account(&self, account_tag: &str) -> Result<Option<StoredPatient>>;
    /// Notes that somebody was not found.
    async fn miss(&self, tag: &str, at: Timestamp, forget_before: Timestamp) -> Result<()>;
    /// Issues a key and enters it in the audit chain, both or neither; durable when this returns.
    async fn issue(
        &self,
        issue: LinkageIssue,
        entry: AuditEntry,
        hasher: Arc<dyn ChainHasher>,
    ) -> Result<LinkageIssued>;
    /// Changes a patient, provided the version is `version`; answers whether it was.
    async fn change(&self, tag: &str, version: u64, change: LinkageChange, now: Timestamp) -> Result<bool>;
    /// Blocks or unblocks an organisation; `None` when it is not on the register, else whether that changed anything.
    async fn set_organisation(&self, ods: &str, blocked: bool, now: Timestamp) -> Result<Option<bool>>;
    /// The organisations, by code.
    async fn organisations(&self) -> Result<Vec<LinkageOrganisation>>;
    /// Patients after the store's number `after`.
    async fn page(&self, after: i64, limit: u32) -> Result<LinkagePage>;
    /// The versions and newest generations of patients, where they are on the register.
    async fn versions(&self, tags: Vec<String>) -> Result<Vec<Option<LinkageVersion>>>;
    /// Puts rows of an import aside; answers for each with the line that it repeats, if it does.
    async fn stage(&self, import: &str, entries: Vec<LinkageEntry>, now: Timestamp) -> Result<Vec<Option<u64>>>;
    /// Takes all rows of an import into the register, or none: when `all` is set and one of them is refused.
    async fn apply(
        &self,
        import: &str,
        conflict: LinkageConflict,
        all: bool,
        now: Timestamp,
    ) -> Result<LinkageImported>;
    /// Forgets rows that were put aside, and those of imports that ended before `before` without a word.
    async fn discard(&self, import: &str, before: Timestamp) -> Result<()>;
    /// Forgets correlations that have expired; answers how many.
    async fn purge(&self, now: Timestamp) -> Result<u64>;
}

/// Where a patient of the register stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkageVersion {
    /// The version.
    pub version: u64,
    /// The newest key's generation.
    pub last_generation: u32,
    /// Keyed hash of the account, if there is one.
    pub account_tag: Option<String>,
}

/// Bytes as base64 in JSON.
mod bytes {
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&STANDARD.encode(bytes))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
        let text = String::deserialize(deserializer)?;
        STANDARD.decode(text).map_err(|_| D::Error::custom("not base64"))
    }
}
