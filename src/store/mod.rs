//! What is kept, one trait per aggregate, so that every engine offers the same behaviour.
//!
//! Sealed values enter and leave as opaque bytes; only the vault can read them.

mod batch;
pub mod copy;
mod enrollment;
mod linkage;
mod linkage_rules;
mod place;
#[cfg(feature = "postgres")]
mod postgres;
mod sqlite;

use std::sync::Arc;

use async_trait::async_trait;
use jiff::Timestamp;

use crate::error::Result;
use crate::http::config::Tls;

pub use batch::*;
pub use enrollment::*;
pub use linkage::*;
pub use place::Place;
#[cfg(feature = "postgres")]
pub use postgres::Postgres;
#[doc(hidden)]
pub use sqlite::lookup;
pub use sqlite::{SCHEMA, Sqlite};

/// All aggregates of one store.
#[derive(Clone)]
pub struct Store {
    /// The vault's wrapped keys.
    pub vault_keys: Arc<dyn VaultKeys>,
    /// Profiles and their sealed credentials.
    pub profiles: Arc<dyn Profiles>,
    /// The audit chain.
    pub audit: Arc<dyn AuditChain>,
    /// VERA's shares.
    pub vera_shares: Arc<dyn VeraShares>,
    /// The match register.
    pub lrs_register: Arc<dyn LrsRegister>,
    /// The register of linkage keys.
    pub linkage_register: Arc<dyn LinkageRegister>,
    /// The rules of the Privacy Rules Service.
    pub sif_rules: Arc<dyn SifRules>,
    /// Enrolments of students from elsewhere.
    pub enrollments: Arc<dyn Enrollments>,
    /// Bulk jobs.
    pub batches: Arc<dyn Batches>,
}

impl Store {
    /// Opens the store at `place`: a file's path, `:memory:`, or the address of a PostgreSQL server, trusted by the
    /// authorities of this machine.
    ///
    /// # Errors
    /// The `STORE_…` error that says why it cannot be used.
    pub async fn open(place: &str) -> Result<Self> {
        Self::open_with(place, &Tls::default()).await
    }

    /// The same with the authorities and versions of TLS that `tls` says.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub async fn open_with(place: &str, tls: &Tls) -> Result<Self> {
        if place::is_server(place) {
            return Self::on_server(place, tls).await;
        }
        let place = place.to_owned();
        let engine = crate::runtime::blocking(move || Sqlite::open(&place))
            .await
            .ok_or_else(|| crate::Error::internal("opening the store did not finish"))??;
        Ok(Self::of(engine))
    }

    #[cfg(feature = "postgres")]
    async fn on_server(place: &str, tls: &Tls) -> Result<Self> {
        Postgres::open(place, tls).await.map(Self::of)
    }

    #[cfg(not(feature = "postgres"))]
    async fn on_server(place: &str, _: &Tls) -> Result<Self> {
        check(place)?;
        Err(crate::Error::internal("there is no engine for servers"))
    }

    fn of<E>(engine: E) -> Self
    where
        E: VaultKeys
            + Profiles
            + AuditChain
            + VeraShares
            + LrsRegister
            + LinkageRegister
            + SifRules
            + Enrollments
            + Batches
            + 'static,
    {
        let engine = Arc::new(engine);
        Self {
            vault_keys: Arc::clone(&engine) as _,
            profiles: Arc::clone(&engine) as _,
            audit: Arc::clone(&engine) as _,
            vera_shares: Arc::clone(&engine) as _,
            lrs_register: Arc::clone(&engine) as _,
            linkage_register: Arc::clone(&engine) as _,
            sif_rules: Arc::clone(&engine) as _,
            enrollments: Arc::clone(&engine) as _,
            batches: engine,
        }
    }
}

/// Checks a place as far as that goes without opening it.
///
/// # Errors
/// `INVALID_CONFIG`.
pub fn check(place: &str) -> Result<()> {
    if place.is_empty() {
        return Err(crate::Error::config("store", "must not be empty"));
    }
    if !place::is_server(place) {
        return Ok(());
    }
    #[cfg(feature = "postgres")]
    return postgres::check(place);
    #[cfg(not(feature = "postgres"))]
    Err(crate::Error::config("store", "names a PostgreSQL server, and this library was built without `postgres`"))
}

/// A data key as the store holds it.
#[derive(Clone, Debug)]
pub struct WrappedKey {
    /// Its number; 0 is the identity key.
    pub id: u32,
    /// The key, sealed by the master key.
    pub wrapped: Vec<u8>,
}

/// Opens a sealed value of a place and seals it again under the current key.
pub type Reseal = dyn Fn(&str, &[u8]) -> Result<Vec<u8>> + Send + Sync;

/// How far a walk through all sealed values has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ResealAt {
    /// The how-many-eth table.
    pub table: usize,
    /// The store's number of the last row there.
    pub row: i64,
}

/// What a part of that walk came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Resealed {
    /// How many values were sealed anew.
    pub done: u64,
    /// How many did not open.
    pub unreadable: u64,
    /// Where to go on; `None` at the end.
    pub next: Option<ResealAt>,
}

/// Keeps the vault's wrapped keys, and gives the vault all sealed values in turn when keys change.
#[async_trait]
pub trait VaultKeys: Send + Sync {
    /// All keys, by number.
    async fn load(&self) -> Result<Vec<WrappedKey>>;
    /// Stores the first keys unless there are some already; answers with the keys then stored.
    async fn found(&self, keys: Vec<WrappedKey>) -> Result<Vec<WrappedKey>>;
    /// Replaces all keys by `keys`, provided that exactly those numbered `expected` are stored; else changes nothing and answers `false`.
    async fn replace(&self, expected: Vec<u32>, keys: Vec<WrappedKey>) -> Result<bool>;
    /// Goes on from `at` through all sealed values, looks at up to `limit` of them and reseals those that are not
    /// under key `current`. A value that does not open is left as it is.
    async fn reseal(&self, current: u32, at: ResealAt, limit: u32, reseal: Arc<Reseal>) -> Result<Resealed>;
}

/// A profile without its secrets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// The name requests use; the UKPRN unless another was given.
    pub name: String,
    /// The provider's UKPRN, where it has one.
    pub ukprn: Option<String>,
    /// What people call it.
    pub display_name: String,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// The systems it has credentials for.
    pub systems: Vec<String>,
}

/// A sealed credential.
#[derive(Clone, Debug)]
pub struct SealedCredential {
    /// The system it is for.
    pub system: &'static str,
    /// Keyed hash of its client id.
    pub tag: String,
    /// The credential.
    pub sealed: Vec<u8>,
}

/// Keeps profiles and their credentials.
#[async_trait]
pub trait Profiles: Send + Sync {
    /// Adds or changes a profile and those of its credentials that are given.
    /// A tag that belongs to another profile is `DUPLICATE_CLIENT_ID`; a UKPRN that does, `CONFLICT`.
    async fn put(&self, profile: Profile, credentials: Vec<SealedCredential>) -> Result<()>;
    /// All profiles by name.
    async fn list(&self) -> Result<Vec<Profile>>;
    /// Removes a profile with its credentials; answers whether there was one.
    async fn remove(&self, name: &str) -> Result<bool>;
    /// The name of the profile whose credential has this tag.
    async fn of_tag(&self, tag: &str, system: &'static str) -> Result<Option<String>>;
    /// The name and sealed credential of the profile that has this name or UKPRN.
    async fn credential(&self, name_or_ukprn: &str, system: &'static str) -> Result<Option<(String, Vec<u8>)>>;
}

/// One entry of the audit trail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    /// When the operation ended.
    pub at: Timestamp,
    /// The operation's name.
    pub operation: String,
    /// The system it belongs to.
    pub system: String,
    /// Who asked, as the host told.
    pub user: Option<String>,
    /// On whose behalf.
    pub profile: Option<String>,
    /// Keyed hash of the learner's or patient's number.
    pub subject: Option<String>,
    /// The outcome, or the code of the error.
    pub outcome: String,
    /// The status number; 0 where an answer was had.
    pub status: i32,
    /// The host's trace id.
    pub trace_id: Option<String>,
    /// How long it took, in milliseconds.
    pub duration_ms: u64,
    /// What else is to be said, as a JSON object.
    pub details: Option<String>,
}

/// A stored entry with its place in the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainedEntry {
    /// Its number, counted from 1.
    pub seq: u64,
    /// What it says.
    pub entry: AuditEntry,
    /// The keyed hash over it and the hash before it.
    pub hash: Vec<u8>,
}

/// The two ends of the chain, authenticated by `seal`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainEnds {
    /// Number of the last entry purged; 0 when none was.
    pub first_seq: u64,
    /// Its hash; empty when none was purged.
    pub first_hash: Vec<u8>,
    /// Number of the last entry; 0 when there is none.
    pub last_seq: u64,
    /// Its hash.
    pub last_hash: Vec<u8>,
    /// Keyed hash over the four.
    pub seal: Vec<u8>,
}

/// Which audit entries are asked for.
#[derive(Clone, Debug, Default)]
pub struct AuditFilter {
    /// Entries after this number.
    pub after_seq: u64,
    /// Not before.
    pub from: Option<Timestamp>,
    /// Before.
    pub to: Option<Timestamp>,
    /// Of this operation.
    pub operation: Option<String>,
    /// Of this system.
    pub system: Option<String>,
    /// By this user.
    pub user: Option<String>,
    /// On behalf of this profile.
    pub profile: Option<String>,
    /// About this learner.
    pub subject: Option<String>,
    /// With this outcome.
    pub outcome: Option<String>,
    /// With this trace id.
    pub trace_id: Option<String>,
    /// Newest first instead of oldest first.
    pub newest_first: bool,
    /// At most this many.
    pub limit: u32,
}

/// Computes the keyed hashes of the chain; the key stays with the vault.
pub trait ChainHasher: Send + Sync {
    /// The hash of `entry` as number `seq` after the entry with hash `before`.
    fn entry(&self, seq: u64, before: &[u8], entry: &AuditEntry) -> Vec<u8>;
    /// The seal over the ends of a chain; `ends.seal` is not looked at.
    fn ends(&self, ends: &ChainEnds) -> Vec<u8>;
}

/// Keeps the audit chain.
#[async_trait]
pub trait AuditChain: Send + Sync {
    /// Adds an entry at the end; it is durable when this returns.
    async fn append(&self, entry: AuditEntry, hasher: Arc<dyn ChainHasher>) -> Result<u64>;
    /// The entries that match, and whether more do.
    async fn query(&self, filter: AuditFilter) -> Result<(Vec<ChainedEntry>, bool)>;
    /// The ends, or `None` before the first entry.
    async fn ends(&self) -> Result<Option<ChainEnds>>;
    /// Removes the entries before `before` from the beginning of the chain; answers how many.
    async fn purge(&self, before: Timestamp, hasher: Arc<dyn ChainHasher>) -> Result<u64>;
}

/// A share as the store holds it.
#[derive(Clone, Debug)]
pub struct VeraShare {
    /// Our own id for it.
    pub id: String,
    /// The profile whose credential issued it, and the only one that may poll it.
    pub profile: String,
    /// `A` or `C`.
    pub pattern: String,
    /// The state's name.
    pub state: String,
    /// Keyed hash of the correlation id.
    pub correlation_tag: String,
    /// Keyed hash of mobile number and date of birth (pattern C).
    pub learner_tag: Option<String>,
    /// When it was issued.
    pub issued_at: Timestamp,
    /// Until when the learner may act.
    pub deadline_at: Timestamp,
    /// How often it was polled.
    pub polls: u32,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// Correlation id, code and address.
    pub sealed: Vec<u8>,
}

/// Which shares of a learner stand in the way of another.
#[derive(Clone, Copy, Debug)]
pub struct Guard {
    /// Those in one of these states
    pub states: &'static [&'static str],
    /// that lapse after this time.
    pub now: Timestamp,
}

impl Guard {
    /// Whether `share` is one of them.
    #[must_use]
    pub fn blocks(&self, share: &VeraShare) -> bool {
        self.states.contains(&share.state.as_str()) && share.deadline_at > self.now
    }
}

/// Keeps VERA's shares.
#[async_trait]
pub trait VeraShares: Send + Sync {
    /// Stores a new share. One learner has one live share at a time: with `guard` set and a newest share of the same learner in
    /// one of the guard's states that lapses after the guard's time, nothing is stored and that one is the answer.
    async fn add(&self, share: VeraShare, guard: Option<Guard>) -> Result<Option<VeraShare>>;
    /// The share with this correlation tag, of `profile` when given.
    async fn find(&self, correlation_tag: &str, profile: Option<&str>) -> Result<Option<VeraShare>>;
    /// The newest share asked of this learner.
    async fn of_learner(&self, profile: &str, learner_tag: &str) -> Result<Option<VeraShare>>;
    /// Stores what has changed of the share with this id, provided its state is `from`; answers whether it was.
    async fn advance(&self, share: VeraShare, from: String) -> Result<bool>;
    /// Lets `holder` alone ask the service about the share with this id until then, unless another does; one who does
    /// already goes on. Answers whether it may.
    async fn lease(&self, id: &str, holder: &str, now: Timestamp, until: Timestamp) -> Result<bool>;
    /// The shares of `profile` (of all when `None`) in `state` (in any), newest first.
    async fn list(&self, profile: Option<&str>, state: Option<&str>, limit: u32) -> Result<Vec<VeraShare>>;
    /// Removes shares last changed before `before`; answers how many.
    async fn purge(&self, before: Timestamp) -> Result<u64>;
}

/// The rows of a student, sealed.
#[derive(Clone, Debug)]
pub struct SifStudent {
    /// Keyed hash of the district's id.
    pub tag: String,
    /// The rows.
    pub sealed: Vec<u8>,
}

/// Keeps the rules of the Privacy Rules Service.
#[async_trait]
pub trait SifRules: Send + Sync {
    /// Takes these instead of all that are there, in one step.
    async fn replace(&self, rules: Vec<u8>, students: Vec<SifStudent>, now: Timestamp) -> Result<()>;
    /// The number of the last import.
    async fn version(&self) -> Result<Option<u64>>;
    /// The rules but for students, with their number.
    async fn rules(&self) -> Result<Option<(u64, Vec<u8>)>>;
    /// The rows of a student.
    async fn students(&self, tag: &str) -> Result<Vec<Vec<u8>>>;
}

/// A row of the match register.
#[derive(Clone, Debug)]
pub struct LrsMatch {
    /// Our own id for it, which its seal is bound to.
    pub key: String,
    /// Keyed hash of the person's id.
    pub person_tag: String,
    /// Keyed hash of the ULN; `None` when the row holds none.
    pub uln_tag: Option<String>,
    /// Keyed hash of the names.
    pub names_tag: Option<String>,
    /// The status as the original register has it, see [`status`](LrsMatch::MATCHED).
    pub status: String,
    /// When it was written.
    pub created_at: Timestamp,
    /// Person, ULN, names, type and number of matches, and who wrote it.
    pub sealed: Vec<u8>,
}

impl LrsMatch {
    /// The status of a confirmed match. Any other text but the two below means the same, as in old rows.
    pub const MATCHED: &'static str = "Matched";
    /// The status of a person who has no ULN.
    pub const CANNOT_BE_MATCHED: &'static str = "Cannot be matched";
    /// The status of a person whose match was taken back.
    pub const UNMATCHED: &'static str = "Unmatched";

    /// What the seal is bound to: everything that stands in clear.
    #[must_use]
    pub fn place(&self) -> String {
        let text = |tag: &Option<String>| tag.clone().unwrap_or_default();
        let (uln, names) = (text(&self.uln_tag), text(&self.names_tag));
        format!("lrs_match/{}/{}/{uln}/{names}/{}/{:.6}", self.key, self.person_tag, self.status, self.created_at)
    }

    /// Whether two rows differ in nothing but how they are kept.
    #[must_use]
    pub fn says_the_same(&self, other: &Self) -> bool {
        self.person_tag == other.person_tag
            && self.uln_tag == other.uln_tag
            && self.names_tag == other.names_tag
            && self.status == other.status
            && self.created_at.as_microsecond() == other.created_at.as_microsecond()
    }

    fn is(&self, status: &str) -> bool {
        self.status == status
    }
}

/// A row with its place in the register.
#[derive(Clone, Debug)]
pub struct StoredMatch {
    /// Its number; the register grows by it.
    pub id: u64,
    /// What it says.
    pub row: LrsMatch,
}

/// When a row is worth appending.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LrsRule {
    /// A match: unless the person's latest row already has this ULN and, if they matter, these names.
    Match {
        /// Whether changed names are worth a row.
        names_matter: bool,
    },
    /// No match: unless the person's latest row says so.
    NoMatch,
    /// A match taken back: unless there is none.
    Unmatch,
    /// A row of another register: only with this number, which must lie behind all others.
    Numbered(u64),
}

impl LrsRule {
    /// Whether `next` would only repeat what the person's latest row says.
    #[must_use]
    pub fn changes_nothing(self, latest: Option<&LrsMatch>, next: &LrsMatch) -> bool {
        match (self, latest) {
            (Self::Numbered(_), _) => false,
            (Self::Unmatch, None) => true,
            (_, None) => false,
            (Self::Unmatch, Some(latest)) => latest.is(LrsMatch::UNMATCHED),
            (Self::NoMatch, Some(latest)) => latest.is(LrsMatch::CANNOT_BE_MATCHED),
            (Self::Match { names_matter }, Some(latest)) => {
                !latest.is(LrsMatch::UNMATCHED)
                    && !latest.is(LrsMatch::CANNOT_BE_MATCHED)
                    && latest.uln_tag == next.uln_tag
                    && (!names_matter || latest.names_tag == next.names_tag)
            }
        }
    }
}

/// What became of a row to be appended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LrsAppended {
    /// It was, with this number.
    Appended(u64),
    /// It says what the register says already.
    Unchanged,
    /// Another person holds the ULN; nothing was written.
    Taken,
    /// Its number does not lie behind all others; nothing was written.
    Misplaced,
}

/// Keeps the match register. A person has at most one ULN, and a ULN at most one person: those of the latest rows.
#[async_trait]
pub trait LrsRegister: Send + Sync {
    /// Checks a row against `rule` and appends it, in one step for all threads and processes; durable when this returns.
    async fn append(&self, row: LrsMatch, rule: LrsRule) -> Result<LrsAppended>;
    /// Appends rows with their numbers, each by itself; answers for each.
    async fn import(&self, rows: Vec<(u64, LrsMatch)>) -> Result<Vec<LrsAppended>>;
    /// The latest row of a person.
    async fn latest(&self, person_tag: &str) -> Result<Option<StoredMatch>>;
    /// The rows of a person from `from` on and before `before`, oldest first.
    async fn of_person(
        &self,
        person_tag: &str,
        from: Option<Timestamp>,
        before: Option<Timestamp>,
    ) -> Result<Vec<StoredMatch>>;
    /// Rows after number `after_id`, oldest first.
    async fn page(&self, after_id: u64, limit: u32) -> Result<Vec<StoredMatch>>;
}
