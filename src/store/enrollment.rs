//! What is kept of enrolments: the records, what is still to be sent for each, and what came with it.

use async_trait::async_trait;
use jiff::Timestamp;

use crate::error::Result;

/// An enrolment.
#[derive(Clone, Debug)]
pub struct Enrollment {
    /// Our own id for it, which its seal is bound to.
    pub id: String,
    /// The profile whose receiver it came from.
    pub profile: String,
    /// Keyed hash of the person's and the offering's id.
    pub tag: String,
    /// Keyed hash of the person's id.
    pub person_tag: String,
    /// Keyed hash of the offering's id.
    pub offering_tag: String,
    /// Whether it stands in the way of another of the same person for the same offering.
    pub is_live: bool,
    /// The place it takes, counted from 1, by what was known when it was taken; `None` when it takes none.
    pub seat: Option<u64>,
    /// The host's state.
    pub host: String,
    /// The home institution's state as it was last told.
    pub home: Option<String>,
    /// What both come to.
    pub combined: String,
    /// What the host program has decided; `None` while it has not.
    pub decision: Option<String>,
    /// How far the association has come: `waiting`, `delivered`, `untracked` or `none`.
    pub delivery: String,
    /// Keyed hash of the association's id.
    pub association_tag: Option<String>,
    /// Until when it is handed out to somebody who decides.
    pub handed_until: Option<Timestamp>,
    /// When to ask the home institution again.
    pub poll_at: Option<Timestamp>,
    /// When it was begun.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// When it came to its end.
    pub final_at: Option<Timestamp>,
    /// Everything else.
    pub sealed: Vec<u8>,
}

/// Something to be sent for an enrolment.
#[derive(Clone, Debug)]
pub struct OutboxEntry {
    /// Our own id for it, which its seal is bound to.
    pub id: String,
    /// What it is: `create`, `state` or `result`.
    pub kind: String,
    /// `waiting`, `needsLogin` or `parked`.
    pub state: String,
    /// Why it is parked.
    pub reason: Option<String>,
    /// How often it was sent, as far as that is known.
    pub attempts: u32,
    /// When to send it.
    pub next_at: Timestamp,
    /// When it was put here.
    pub created_at: Timestamp,
    /// What is to be said.
    pub sealed: Vec<u8>,
}

/// An enrolment as it is stored.
#[derive(Clone, Debug)]
pub struct StoredEnrollment {
    /// Its number.
    pub number: u64,
    /// The number of its last change; the changes of all enrolments are counted together.
    pub version: u64,
    /// What it says.
    pub row: Enrollment,
    /// What is still to be sent, in its order.
    pub outbox: Vec<OutboxEntry>,
    /// Until when somebody sends for it.
    pub sending_until: Option<Timestamp>,
}

/// What a new enrolment meets.
#[derive(Clone, Debug, Default)]
pub struct Standing {
    /// Whether one of the same person's other identities is enrolled for the same offering.
    pub known_otherwise: bool,
    /// How many live enrolments for the same offering have a place above those that the offering tells of.
    pub untold: u64,
}

/// A new enrolment.
#[derive(Clone, Debug)]
pub struct NewEnrollment {
    /// What it says.
    pub row: Enrollment,
    /// What came with it, sealed.
    pub body: Vec<u8>,
    /// What is to be sent.
    pub outbox: Vec<OutboxEntry>,
    /// Until when whoever begins it sends for it.
    pub sending_until: Option<Timestamp>,
}

/// Decides about a new enrolment when it is known what it meets.
pub type Decide = dyn FnOnce(Standing) -> Result<NewEnrollment> + Send;

/// Whose enrolment for what is to be begun, by keyed hashes.
#[derive(Clone, Debug)]
pub struct Applicant {
    /// Of the person's and the offering's id.
    pub tag: String,
    /// Of the person's id.
    pub person_tag: String,
    /// Of the offering's id.
    pub offering_tag: String,
    /// Of what the person is known by otherwise.
    pub identities: Vec<String>,
    /// How many places the offering tells to be taken, when it matters.
    pub enrolled: Option<u64>,
}

/// What became of a new enrolment.
#[derive(Debug)]
pub struct Begun {
    /// The enrolment, the new one or the one that is there.
    pub stored: StoredEnrollment,
    /// Whether it is new.
    pub is_new: bool,
    /// How many entries of outboxes had waited for this person's login and are due now.
    pub logged_in: u64,
}

/// Which enrolment is meant.
#[derive(Clone, Debug)]
pub enum EnrollmentOf {
    /// The one with our own id.
    Id(String),
    /// The one with an association's id, by its keyed hash.
    Association(String),
    /// The latest of a person, by their keyed hash.
    Person(String),
}

/// Which enrolments are asked for.
#[derive(Clone, Debug, Default)]
pub struct EnrollmentFilter {
    /// Of this person.
    pub person_tag: Option<String>,
    /// For this offering.
    pub offering_tag: Option<String>,
    /// In this combined state.
    pub combined: Option<String>,
    /// Only those that the host program has not decided, or only those it has.
    pub undecided: Option<bool>,
    /// Only those with something in the outbox, in this state.
    pub outbox: Option<String>,
    /// Changed after this number.
    pub changed_after: u64,
    /// At most this many.
    pub limit: u32,
}

/// What a change does to the outbox.
#[derive(Clone, Debug)]
pub enum OutboxEdit {
    /// Puts an entry at the end.
    Add(OutboxEntry),
    /// Replaces the entry of this id.
    Replace(OutboxEntry),
    /// Takes the entry of this id out.
    Remove(String),
}

/// What is to be sent or asked.
#[derive(Clone, Debug, Default)]
pub struct Due {
    /// The numbers of the enrolments that have something now, and for whom nobody sends.
    pub numbers: Vec<u64>,
    /// When the next may have.
    pub next: Option<Timestamp>,
    /// Whether there are any that may have in the future.
    pub any: bool,
}

/// Keeps enrolments.
#[async_trait]
pub trait Enrollments: Send + Sync {
    /// Begins an enrolment unless a live one of the same tag is there, in one step for all threads and processes. What
    /// waits for the person's login is due from now on.
    async fn begin(&self, applicant: Applicant, now: Timestamp, decide: Box<Decide>) -> Result<Begun>;
    /// One enrolment.
    async fn find(&self, of: EnrollmentOf) -> Result<Option<StoredEnrollment>>;
    /// What came with it; `None` once that was purged.
    async fn body(&self, number: u64) -> Result<Option<Vec<u8>>>;
    /// The enrolments that match, by the number of their last change, and whether more do.
    async fn list(&self, filter: EnrollmentFilter) -> Result<(Vec<StoredEnrollment>, bool)>;
    /// The undecided ones that are not handed out, oldest first; they are handed out until then.
    async fn hand_out(&self, now: Timestamp, until: Timestamp, limit: u32) -> Result<Vec<StoredEnrollment>>;
    /// Stores what has changed, provided its version is still this; answers with the new version. With `release`, nobody
    /// sends for it any more.
    async fn change(
        &self,
        number: u64,
        version: u64,
        row: Enrollment,
        outbox: Vec<OutboxEdit>,
        release: bool,
    ) -> Result<Option<u64>>;
    /// Takes an enrolment to send for it until then, unless somebody else does; answers whether it was taken, and if so
    /// whether somebody had taken it and never ended.
    async fn take(&self, number: u64, now: Timestamp, until: Timestamp) -> Result<Option<bool>>;
    /// Nobody sends for it any more.
    async fn release(&self, number: u64) -> Result<()>;
    /// What is to be sent or asked.
    async fn due(&self, now: Timestamp, limit: u32) -> Result<Due>;
    /// One enrolment by its number.
    async fn get(&self, number: u64) -> Result<Option<StoredEnrollment>>;
    /// Removes what came with those that ended before `before`; answers how many.
    async fn purge(&self, before: Timestamp) -> Result<u64>;
}
