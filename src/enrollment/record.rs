//! Enrolments as they are worked with: opened, changed in one step, sealed again.

use std::sync::Arc;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;
use uuid::Uuid;

use super::language::{Language, Message, Text};
use super::offering::Kind;
use super::state::{State, combined};
use crate::clock::Clock;
use crate::error::{Error, Result};
use crate::store::{Enrollment, EnrollmentOf, Enrollments, OutboxEdit, OutboxEntry, Store, StoredEnrollment};
use crate::vault::Vault;

/// How often a change is tried anew because something else changed meanwhile. Each time somebody else got on.
const ATTEMPTS: u32 = 64;
/// How many events of an enrolment are kept.
const MOST_EVENTS: usize = 200;

/// What came with a start, as it is stored.
#[derive(Serialize, Deserialize)]
pub struct Body {
    /// The offering.
    pub offering: Box<RawValue>,
    /// The person.
    pub person: Box<RawValue>,
    /// Whatever else there was.
    pub others: Box<RawValue>,
}

/// What is sealed of an enrolment.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Record {
    /// The person's id at the receiver.
    pub person_id: String,
    /// The offering's id.
    pub offering_id: String,
    /// Our id for this attempt at the home institution, the same in every repetition.
    pub request_id: String,
    /// The student's language.
    pub language: Language,
    /// What the offering is called.
    pub offering_name: Text,
    /// What is offered.
    pub kind: Kind,
    /// The scale of results.
    pub result_value_type: Option<String>,
    /// When the offering is over.
    pub ends: Option<Date>,
    /// The home institution's domain.
    pub home_domain: Option<String>,
    /// The association's id.
    pub association_id: Option<String>,
    /// Whether the last attempt to create the association may have succeeded without our knowing.
    #[serde(default)]
    pub uncertain: bool,
    /// What the home institution says to the student.
    pub home_message: Option<String>,
    /// What the host program says to the student, and about what: not when something else came of it.
    pub host_says: Option<(Message, Text)>,
    /// Why the host refused.
    pub refusal: Option<Message>,
    /// Where the student is to go on.
    pub redirect: Option<String>,
    /// What was odd about the start.
    pub warnings: Vec<String>,
    /// What staff should look at.
    pub flags: Vec<String>,
    /// What has happened.
    pub events: Vec<Event>,
    /// The result that was delivered last.
    pub last_result: Option<Value>,
    /// What the start was answered.
    pub answered: Option<Answered>,
}

/// Something that has happened to an enrolment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Event {
    /// When.
    #[schemars(with = "String")]
    pub at: Timestamp,
    /// What: `accepted`, `refused`, `decided`, `hostStateChanged`, `homeStateChanged`, `endedByHome`, `homeReopened`,
    /// `delivered`, `parked`, `resolved` or `warning`.
    pub kind: String,
    /// More of it, such as the new state.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

/// What a start was answered, and to which request.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Answered {
    /// When.
    pub at: Timestamp,
    /// Keyed hash of the request.
    pub digest: String,
    /// What was said.
    pub message: Message,
    /// The answer, as it was sent.
    pub body: String,
}

/// What an entry of the outbox is to say.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum Dispatch {
    /// Creates the association, with the host's state of that time.
    #[serde(rename_all = "camelCase")]
    Create {
        /// The state.
        remote_state: State,
    },
    /// Tells the host's new state.
    #[serde(rename_all = "camelCase")]
    State {
        /// The state.
        remote_state: State,
    },
    /// Tells a result.
    Result {
        /// The result.
        result: Value,
    },
}

impl Dispatch {
    /// Its word in the store and in answers.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Create { .. } => "create",
            Self::State { .. } => "state",
            Self::Result { .. } => "result",
        }
    }
}

/// An entry of the outbox, opened.
#[derive(Clone)]
pub struct Entry {
    /// The entry.
    pub row: OutboxEntry,
    /// What it says.
    pub dispatch: Dispatch,
}

/// An enrolment, opened.
#[derive(Clone)]
pub struct Opened {
    /// Its number.
    pub number: u64,
    /// Its version.
    pub version: u64,
    /// What stands in clear.
    pub row: Enrollment,
    /// What was sealed.
    pub record: Record,
    /// What is to be sent.
    pub outbox: Vec<Entry>,
    edits: Vec<Edit>,
    now: Timestamp,
}

#[derive(Clone)]
enum Edit {
    Add(Entry),
    Replace(Entry),
    Remove(String),
}

impl Opened {
    /// The host's state.
    #[must_use]
    pub fn host(&self) -> State {
        // Written by ourselves; anything else would be of a later version.
        State::read(&self.row.host).unwrap_or(State::Pending)
    }

    /// The home institution's state, when it is one that has a name.
    #[must_use]
    pub fn home(&self) -> Option<State> {
        self.row.home.as_deref().and_then(State::read)
    }

    /// What both come to.
    #[must_use]
    pub fn combined(&self) -> State {
        combined(self.host(), self.home())
    }

    /// The time of this change.
    #[must_use]
    pub const fn now(&self) -> Timestamp {
        self.now
    }

    /// Notes that something has happened.
    pub fn event(&mut self, kind: &str, detail: Option<&str>) {
        push(&mut self.record.events, self.now, kind, detail);
    }

    /// Notes something that staff should look at.
    pub fn flag(&mut self, flag: &str) {
        if !self.record.flags.iter().any(|known| known == flag) {
            self.record.flags.push(flag.to_owned());
        }
    }

    /// Changes the host's state.
    pub fn set_host(&mut self, state: State) {
        if self.host() != state {
            self.row.host = state.word().to_owned();
            self.event("hostStateChanged", Some(state.word()));
        }
        self.settle();
    }

    /// Takes in what the home institution says of the association's state.
    pub fn hear_home(&mut self, said: &str) {
        let (before, said) = (self.row.home.clone(), said.trim().chars().take(64).collect::<String>());
        // What has a name is kept by it.
        let word = State::read(&said).map_or(said, |state| state.word().to_owned());
        if before.as_deref() == Some(word.as_str()) {
            return;
        }
        let ended = self.home().is_some_and(State::is_final);
        if ended {
            // The enrolment stays ended; what is heard later is for staff.
            self.flag("home-reopened");
            self.event("homeReopened", Some(&word));
            return;
        }
        self.row.home = Some(word.clone());
        self.event("homeStateChanged", Some(&word));
        if self.home().is_some_and(State::is_final) && !self.host().is_final() {
            self.event("endedByHome", Some(&word));
            self.remove_all();
        }
        self.settle();
    }

    /// Brings everything that follows from the two states up to date.
    fn settle(&mut self) {
        let combined = self.combined();
        self.row.combined = combined.word().to_owned();
        if combined.is_final() {
            self.row.is_live = false;
            self.row.seat = None;
            self.row.poll_at = None;
            self.row.final_at.get_or_insert(self.now);
            self.row.decision.get_or_insert_with(|| "ended".to_owned());
        }
        if self.host() == State::Queued {
            self.row.seat = None;
        }
    }

    /// Puts something at the end of the outbox.
    pub fn add(&mut self, dispatch: Dispatch) {
        let entry = entry(dispatch, self.now, self.now);
        self.edits.push(Edit::Add(entry.clone()));
        self.outbox.push(entry);
    }

    /// Replaces an entry of the outbox.
    pub fn replace(&mut self, changed: Entry) {
        let Some(known) = self.outbox.iter_mut().find(|entry| entry.row.id == changed.row.id) else { return };
        *known = changed.clone();
        // An entry that this very change puts there is put there as it is in the end.
        for edit in &mut self.edits {
            if let Edit::Add(added) = edit
                && added.row.id == changed.row.id
            {
                *added = changed;
                return;
            }
        }
        self.edits.push(Edit::Replace(changed));
    }

    /// Takes everything out of the outbox.
    pub fn remove_all(&mut self) {
        let unsent: Vec<String> = self.outbox.iter().map(|entry| entry.row.id.clone()).collect();
        for id in unsent {
            self.remove(&id);
        }
    }

    /// Takes an entry out of the outbox.
    pub fn remove(&mut self, id: &str) {
        self.outbox.retain(|entry| entry.row.id != id);
        let added = self.edits.iter().position(|edit| matches!(edit, Edit::Add(entry) if entry.row.id == id));
        match added {
            Some(at) => drop(self.edits.remove(at)),
            None => self.edits.push(Edit::Remove(id.to_owned())),
        }
    }
}

/// Notes that something has happened, and forgets the oldest when there is too much.
pub fn push(events: &mut Vec<Event>, at: Timestamp, kind: &str, detail: Option<&str>) {
    if events.len() >= MOST_EVENTS {
        events.remove(0);
    }
    events.push(Event { at, kind: kind.to_owned(), detail: detail.map(str::to_owned) });
}

/// A new entry of an outbox.
#[must_use]
pub fn entry(dispatch: Dispatch, now: Timestamp, next_at: Timestamp) -> Entry {
    let row = OutboxEntry {
        id: Uuid::now_v7().to_string(),
        kind: dispatch.kind().to_owned(),
        state: "waiting".to_owned(),
        reason: None,
        attempts: 0,
        next_at,
        created_at: now,
        sealed: Vec::new(),
    };
    Entry { row, dispatch }
}

/// The enrolments of a plugin, with their seals.
#[derive(Clone)]
pub struct Records {
    store: Arc<dyn Enrollments>,
    vault: Arc<Vault>,
    clock: Clock,
}

impl Records {
    /// The enrolments of a store.
    #[must_use]
    pub fn new(store: &Store, vault: Arc<Vault>, clock: Clock) -> Self {
        Self { store: Arc::clone(&store.enrollments), vault, clock }
    }

    /// The time, as exactly as the store keeps it.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        let now = self.clock.wall();
        Timestamp::from_microsecond(now.as_microsecond()).unwrap_or(now)
    }

    /// The store itself.
    #[must_use]
    pub const fn store(&self) -> &Arc<dyn Enrollments> {
        &self.store
    }

    /// The vault.
    #[must_use]
    pub const fn vault(&self) -> &Arc<Vault> {
        &self.vault
    }

    /// Keyed hash of a person's id.
    #[must_use]
    pub fn person_tag(&self, person_id: &str) -> String {
        self.vault.pseudonym("enrollment person", person_id)
    }

    /// Keyed hash of an offering's id.
    #[must_use]
    pub fn offering_tag(&self, offering_id: &str) -> String {
        self.vault.pseudonym("enrollment offering", offering_id)
    }

    /// Keyed hash of the key of an enrolment.
    #[must_use]
    pub fn tag(&self, person_id: &str, offering_id: &str) -> String {
        self.vault.pseudonym("enrollment", &format!("{}\u{1F}{person_id}\u{1F}{offering_id}", person_id.len()))
    }

    /// Keyed hash of an association's id.
    #[must_use]
    pub fn association_tag(&self, association_id: &str) -> String {
        self.vault.pseudonym("enrollment association", association_id)
    }

    /// Finds and opens an enrolment.
    ///
    /// # Errors
    /// A store error, `SEAL_BROKEN`.
    pub async fn find(&self, of: EnrollmentOf) -> Result<Option<Opened>> {
        match self.store.find(of).await? {
            Some(stored) => self.open(stored).await.map(Some),
            None => Ok(None),
        }
    }

    /// Opens an enrolment by its number.
    ///
    /// # Errors
    /// A store error, `SEAL_BROKEN`, `NOT_FOUND`.
    pub async fn get(&self, number: u64) -> Result<Opened> {
        let stored = self.store.get(number).await?.ok_or(Error::NotFound { what: "enrolment" })?;
        self.open(stored).await
    }

    /// Opens what the store gave.
    ///
    /// # Errors
    /// `SEAL_BROKEN`.
    pub async fn open(&self, stored: StoredEnrollment) -> Result<Opened> {
        let StoredEnrollment { number, version, row, outbox, .. } = stored;
        let record = self.unsealed("enrolment", &format!("enrollment/{}", row.id), &row.sealed).await?;
        let mut opened = Vec::with_capacity(outbox.len());
        for row in outbox {
            let place = format!("enrollment_outbox/{}", row.id);
            let dispatch = self.unsealed("outbox entry", &place, &row.sealed).await?;
            opened.push(Entry { row, dispatch });
        }
        Ok(Opened { number, version, row, record, outbox: opened, edits: Vec::new(), now: self.now() })
    }

    /// What came with an enrolment; `None` once that was purged.
    ///
    /// # Errors
    /// A store error, `SEAL_BROKEN`.
    pub async fn body(&self, opened: &Opened) -> Result<Option<Body>> {
        let Some(sealed) = self.store.body(opened.number).await? else { return Ok(None) };
        self.unsealed("enrolment", &format!("enrollment_body/{}", opened.row.id), &sealed).await.map(Some)
    }

    /// Changes an enrolment in one step; when something else changed it meanwhile, the change is made anew from there.
    /// With `release`, nobody sends for it any more.
    ///
    /// # Errors
    /// A store error, `SEAL_BROKEN`, or what `change` says, which then changes nothing.
    pub async fn change<T>(
        &self,
        mut opened: Opened,
        release: bool,
        mut change: impl FnMut(&mut Opened) -> Result<T>,
    ) -> Result<(Opened, T)> {
        for _ in 0..ATTEMPTS {
            let answer = change(&mut opened)?;
            let row = self.sealed_row(opened.row.clone(), &opened.record)?;
            let edits = opened.edits.iter().map(|edit| self.sealed_edit(edit)).collect::<Result<Vec<_>>>()?;
            let (number, version, updated_at) = (opened.number, opened.version, row.updated_at);
            if let Some(version) = self.store.change(number, version, row, edits, release).await? {
                opened.version = version;
                opened.row.updated_at = updated_at;
                opened.edits.clear();
                return Ok((opened, answer));
            }
            opened = self.get(number).await?;
        }
        Err(Error::internal("an enrolment changed under every attempt to change it"))
    }

    /// Seals a row's record.
    ///
    /// # Errors
    /// `INTERNAL` when the system gives no randomness.
    pub fn sealed_row(&self, mut row: Enrollment, record: &Record) -> Result<Enrollment> {
        row.updated_at = self.now();
        row.sealed = self.seal(&format!("enrollment/{}", row.id), record)?;
        Ok(row)
    }

    /// Seals an entry of an outbox.
    ///
    /// # Errors
    /// `INTERNAL` when the system gives no randomness.
    pub fn sealed_entry(&self, entry: &Entry) -> Result<OutboxEntry> {
        let sealed = self.seal(&format!("enrollment_outbox/{}", entry.row.id), &entry.dispatch)?;
        Ok(OutboxEntry { sealed, ..entry.row.clone() })
    }

    /// Seals what came with an enrolment.
    ///
    /// # Errors
    /// `INTERNAL` when the system gives no randomness.
    pub fn sealed_body(&self, id: &str, body: &Body) -> Result<Vec<u8>> {
        self.seal(&format!("enrollment_body/{id}"), body)
    }

    fn sealed_edit(&self, edit: &Edit) -> Result<OutboxEdit> {
        Ok(match edit {
            Edit::Add(entry) => OutboxEdit::Add(self.sealed_entry(entry)?),
            Edit::Replace(entry) => OutboxEdit::Replace(self.sealed_entry(entry)?),
            Edit::Remove(id) => OutboxEdit::Remove(id.clone()),
        })
    }

    fn seal(&self, place: &str, value: &impl Serialize) -> Result<Vec<u8>> {
        let plain = serde_json::to_vec(value).map_err(|_| Error::internal("a record has no JSON form"))?;
        self.vault.seal(place, &zeroize::Zeroizing::new(plain))
    }

    async fn unsealed<T: serde::de::DeserializeOwned>(
        &self,
        what: &'static str,
        place: &str,
        sealed: &[u8],
    ) -> Result<T> {
        let plain = self.vault.open_sealed(what, place, sealed).await?;
        serde_json::from_slice(&plain).map_err(|_| Error::SealBroken { what })
    }
}

/// A time after another.
#[must_use]
pub fn after(time: Timestamp, span: std::time::Duration) -> Timestamp {
    SignedDuration::try_from(span).ok().and_then(|span| time.checked_add(span).ok()).unwrap_or(Timestamp::MAX)
}
