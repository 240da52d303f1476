//! Requests and responses of the enrolment operations.

use std::time::Duration;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::language::{Message, Text};
use super::record::Event;
use super::result::StudyResult;
use super::state::State;
use crate::operations::{Request, with_outcome};
use crate::privacy::Sensitive;

type Outcomes = &'static [(&'static str, &'static str)];

/// Outcomes of `start_enrollment`.
pub const STARTED: Outcomes = &[
    ("associated", "Both institutions agree: the student is enrolled."),
    ("pending", "The application is kept; the host program, the home institution or the delivery is still to come."),
    ("queued", "The student is on the waiting list."),
    ("alreadyEnrolled", "The student is enrolled for this offering already."),
    ("alreadyPending", "The student has applied for this offering already."),
    ("alreadyQueued", "The student is on the waiting list of this offering already."),
    ("denied", "The host program refused."),
    ("deniedByHome", "The home institution refused."),
    ("notActive", "The student is not actively enrolled at home."),
    ("notYetOpen", "Enrolment has not opened yet."),
    ("closed", "Enrolment has closed."),
    ("full", "There is no place left, and none on a waiting list."),
    ("invalidRequest", "The body is not what a receiver sends; nothing is kept of it."),
    ("queueFailed", "The student was not let through the waiting room."),
    ("loginAgain", "The application is kept, but the student must log in and start again."),
    ("personNotFound", "The home institution does not know the student."),
    ("backendError", "The host program failed, or the home institution refused the association as malformed."),
    ("internalError", "Nothing was accepted, because the library could not keep it."),
];

/// Outcomes of `list_enrollments`.
pub const LISTED: Outcomes = &[("ok", "The enrolments are in the response, by their last change.")];

/// Outcomes of `decide_enrollment`.
pub const DECIDED: Outcomes = &[
    ("decided", "The decision is kept, and what follows from it will be sent."),
    ("unchanged", "This was decided before."),
    ("alreadyDecided", "Something else was decided before, which stands."),
    ("ended", "The enrolment has ended meanwhile."),
    ("illegalTransition", "The host's state cannot become this one; nothing was changed."),
    ("notFound", "There is no such enrolment."),
];

/// Outcomes of `create_association`.
pub const CREATED: Outcomes = &[
    ("created", "The home institution has the association; its states are in the response."),
    ("alreadyCreated", "It has it already."),
    ("kept", "It could not be delivered now and is kept for later."),
    ("loginAgain", "The student must log in first; it is kept."),
    ("parked", "It is parked; `outbox` says why."),
    ("ended", "The enrolment has ended."),
    ("notFound", "There is no such enrolment."),
];

/// Outcomes of `update_association`.
pub const UPDATED: Outcomes = &[
    ("sent", "The home institution has the new state."),
    ("unchanged", "It is the host's state already."),
    ("kept", "The new state is kept; it will be sent when it can be."),
    ("illegalTransition", "The host's state cannot become this one; nothing was changed."),
    ("notFound", "There is no such enrolment."),
];

/// Outcomes of `get_association`.
pub const ASKED: Outcomes = &[
    ("found", "What the home institution says now is in the response."),
    ("notCreated", "The home institution has no association yet."),
    ("untracked", "The receiver does not know the association; nothing more can be had of it."),
    ("loginAgain", "The student must log in first."),
    ("notFound", "There is no such enrolment."),
];

/// Outcomes of `get_person`.
pub const PERSON: Outcomes = &[
    ("active", "The student is actively enrolled at home."),
    ("inactive", "The student is not actively enrolled at home."),
    ("unknown", "The home institution does not say."),
    ("personNotFound", "The home institution does not know the student."),
    ("loginAgain", "The student must log in first."),
    ("notFound", "There is no such enrolment."),
];

/// Outcomes of `send_results`.
pub const SENT: Outcomes = &[
    ("sent", "The home institution has the result."),
    ("unchanged", "It has this result already, or it is about to be sent."),
    ("kept", "The result is kept; it will be sent when it can be."),
    ("notAssociated", "Both institutions must agree on the enrolment first."),
    ("notFound", "There is no such enrolment."),
];

/// Outcomes of `flush_outbox`.
pub const FLUSHED: Outcomes =
    &[("flushed", "Everything that was due was tried."), ("empty", "There was nothing to send.")];

/// Outcomes of `resolve_delivery`.
pub const RESOLVED: Outcomes = &[
    ("resolved", "It was done as asked."),
    ("notWaiting", "The entry is neither parked nor waiting for a login."),
    ("notFound", "There is no such enrolment or entry."),
];

/// What the host program decides about an application.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Decision {
    /// The student is enrolled.
    Associate,
    /// It is left open.
    Pending,
    /// The student is put on the waiting list.
    Queue,
    /// The student is refused.
    Deny,
    /// The host program failed in a way the student cannot mend; the application ends.
    Fail,
}

impl Decision {
    /// Its word in the store.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Associate => "associate",
            Self::Pending => "pending",
            Self::Queue => "queue",
            Self::Deny => "deny",
            Self::Fail => "fail",
        }
    }

    /// The host's state that follows from it.
    #[must_use]
    pub const fn state(self) -> State {
        match self {
            Self::Associate => State::Associated,
            Self::Pending => State::Pending,
            Self::Queue => State::Queued,
            Self::Deny | Self::Fail => State::Denied,
        }
    }
}

/// A decision with what the student is to be told.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Decided {
    /// The decision.
    pub decision: Decision,
    /// What the student is told instead of a text of ours, while the start is still open and nothing else comes of it.
    #[serde(default)]
    pub message: Option<Text>,
    /// Where the student is to go on, an address of HTTPS, while the start is still open.
    #[serde(default)]
    pub redirect: Option<String>,
    /// With `deny`: that the same person is enrolled already under another id.
    #[serde(default)]
    pub already_enrolled: bool,
}

impl Decided {
    /// What is told of it when nothing else comes of it.
    pub(super) const fn about(&self) -> Message {
        match self.decision {
            Decision::Associate => Message::Associated,
            Decision::Pending => Message::Pending,
            Decision::Queue => Message::Queued,
            Decision::Deny if self.already_enrolled => Message::AlreadyEnrolled,
            Decision::Deny => Message::Denied,
            Decision::Fail => Message::BackendError,
        }
    }

    /// The host program's own words, and what they are about.
    pub(super) fn says(&self) -> Option<(Message, Text)> {
        self.message.clone().map(|text| (self.about(), text))
    }
}

/// Handles a start that the host's own web server received.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StartEnrollment {
    /// The body of the request as it came. Whatever it is, there is an answer for the receiver.
    #[schemars(with = "String")]
    pub body: Sensitive<String>,
    /// The header `Accept-Language` as it came; absent when there was none.
    #[serde(default)]
    pub accept_language: Option<String>,
    /// Whether the student was let through the waiting room, where there is one.
    #[serde(default)]
    pub admitted: Option<bool>,
    /// That the host's system has the same person enrolled already under another id.
    #[serde(default)]
    pub already_enrolled: bool,
    /// How many are enrolled by the host's own books; the offering's own number when absent.
    #[serde(default)]
    pub enrolled: Option<u64>,
    /// How many can be by the host's own books; the offering's own number when absent.
    #[serde(default)]
    pub most: Option<u64>,
    /// What the host program decides, if it does so at once.
    #[serde(default)]
    pub decided: Option<Decided>,
}

impl Request for StartEnrollment {}

/// What to answer the receiver.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct StartEnrollmentDone {
    /// One of the operation's outcomes.
    pub outcome: &'static str,
    /// The HTTP status to answer with, always 200.
    pub http_status: u16,
    /// The content type to answer with.
    pub content_type: &'static str,
    /// The body to answer with, exactly as it is.
    #[schemars(with = "String")]
    pub body: Sensitive<String>,
    /// The code in that body.
    pub code: u16,
    /// Our own id of the enrolment, when there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enrollment_id: Option<String>,
}

/// Lists enrolments.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct ListEnrollments {
    /// Only this one, by our own id.
    pub enrollment_id: Option<String>,
    /// Only those of this person.
    #[schemars(with = "Option<String>")]
    pub person_id: Option<Sensitive<String>>,
    /// Only those for this offering.
    pub offering_id: Option<String>,
    /// Only those in this state.
    pub state: Option<State>,
    /// Only those that the host program has not decided, or only those it has.
    pub undecided: Option<bool>,
    /// Only those with something in the outbox in this state.
    pub outbox: Option<OutboxState>,
    /// Only those that changed after this; give the last `version` that was seen.
    pub changed_after: u64,
    /// Takes undecided ones from the inbox, oldest first: nobody else is handed them for `leaseSeconds`.
    pub hand_out: bool,
    /// Waits so long for the first, in milliseconds (0 to 600,000).
    #[schemars(range(max = 600_000))]
    pub wait_ms: u64,
    /// Whether to give offering and person as they came.
    pub with_bodies: bool,
    /// At most this many, 1 to 1,000; 100 when absent.
    #[schemars(range(min = 1, max = 1000))]
    pub limit: Option<u32>,
}

impl Request for ListEnrollments {
    fn waits(&self) -> Duration {
        Duration::from_millis(self.wait_ms)
    }
}

/// A state of an entry of the outbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum OutboxState {
    /// It is sent when its time has come.
    Waiting,
    /// It is sent when the student has logged in again.
    NeedsLogin,
    /// It needs somebody to look at it.
    Parked,
}

impl OutboxState {
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::NeedsLogin => "needsLogin",
            Self::Parked => "parked",
        }
    }
}

/// Enrolments.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ListEnrollmentsDone {
    /// One of the operation's outcomes.
    pub outcome: &'static str,
    /// The enrolments.
    pub enrollments: Vec<EnrollmentView>,
    /// Whether there are more.
    pub more: bool,
}

/// An enrolment.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct EnrollmentView {
    /// Our own id for it.
    pub enrollment_id: String,
    /// The number of its last change.
    pub version: u64,
    /// The person's id at the receiver.
    #[schemars(with = "String")]
    pub person_id: Sensitive<String>,
    /// The offering's id.
    pub offering_id: String,
    /// What is offered: `program`, `course` or `component`.
    pub offering_type: &'static str,
    /// What it is called.
    pub offering_name: Text,
    /// What both institutions' states come to.
    pub state: State,
    /// The host's state.
    pub host: State,
    /// The home institution's state as it was last told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub home: Option<String>,
    /// What the host program has decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decision: Option<String>,
    /// How far the association has come: `waiting`, `delivered`, `untracked` (the receiver does not know it any more) or
    /// `none`.
    pub delivery: String,
    /// The association's id at the home institution.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub association_id: Option<String>,
    /// Our id for this attempt at the home institution.
    pub request_id: String,
    /// The home institution's domain.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub home_institution: Option<String>,
    /// What was odd about the start, such as `person-missing:mail`.
    pub warnings: Vec<String>,
    /// What staff should look at: `possible-duplicate`, `home-reopened`, `untracked`.
    pub flags: Vec<String>,
    /// What has happened.
    pub events: Vec<Event>,
    /// What is still to be sent.
    pub outbox: Vec<OutboxView>,
    /// When it was begun.
    #[schemars(with = "String")]
    pub created_at: Timestamp,
    /// When it was last changed.
    #[schemars(with = "String")]
    pub updated_at: Timestamp,
    /// When it came to its end.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub final_at: Option<Timestamp>,
    /// The offering as it came.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Value>")]
    pub offering: Option<Sensitive<Box<serde_json::value::RawValue>>>,
    /// The person as they came.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Value>")]
    pub person: Option<Sensitive<Box<serde_json::value::RawValue>>>,
}

/// An entry of the outbox.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct OutboxView {
    /// Its id.
    pub entry_id: String,
    /// What it is: `create`, `state` or `result`.
    pub kind: String,
    /// `waiting`, `needsLogin` or `parked`.
    pub state: String,
    /// Why it is parked: `credentials`, `rejected`, `ambiguous`, `untracked` or `expired`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// How often it was tried.
    pub attempts: u32,
    /// When it is tried next, with `waiting`.
    #[schemars(with = "String")]
    pub next_at: Timestamp,
}

/// Decides about an application.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DecideEnrollment {
    /// Our own id of the enrolment.
    pub enrollment_id: String,
    /// The decision.
    pub decision: Decision,
    /// What the student is told instead of a text of ours, while the start is still open and nothing else comes of it.
    #[serde(default)]
    pub message: Option<Text>,
    /// Where the student is to go on, an address of HTTPS, while the start is still open.
    #[serde(default)]
    pub redirect: Option<String>,
    /// With `deny`: that the same person is enrolled already under another id.
    #[serde(default)]
    pub already_enrolled: bool,
}

impl Request for DecideEnrollment {}

/// What came of an operation on one enrolment.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct EnrollmentDone {
    /// One of the operation's outcomes.
    pub outcome: &'static str,
    /// The enrolment as it is now; absent when there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enrollment: Option<EnrollmentView>,
}

/// Tries to create the association of an enrolment now.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateAssociation {
    /// Our own id of the enrolment.
    pub enrollment_id: String,
}

impl Request for CreateAssociation {}

/// Tells the home institution the host's new state.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UpdateAssociation {
    /// Our own id of the enrolment.
    pub enrollment_id: String,
    /// The new state.
    pub state: State,
}

impl Request for UpdateAssociation {}

/// Asks the home institution about an association.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GetAssociation {
    /// Our own id of the enrolment.
    pub enrollment_id: String,
}

impl Request for GetAssociation {}

/// Asks the home institution about a student.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GetPerson {
    /// Our own id of an enrolment of theirs.
    pub enrollment_id: String,
}

impl Request for GetPerson {}

/// A student as the home institution knows them.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct GetPersonDone {
    /// One of the operation's outcomes.
    pub outcome: &'static str,
    /// The person as the home institution gave them, but for national numbers.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Value>")]
    pub person: Option<Sensitive<Box<serde_json::value::RawValue>>>,
}

/// Sends a result.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SendResults {
    /// Our own id of the enrolment.
    pub enrollment_id: String,
    /// The result; it replaces the one before.
    pub result: StudyResult,
    /// Sends it also when the enrolment was cancelled.
    #[serde(default)]
    pub force: bool,
}

impl Request for SendResults {}

/// Sends what is due.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct FlushOutbox {
    /// Whether to try also what waits for its time.
    pub everything: bool,
}

impl Request for FlushOutbox {
    fn waits(&self) -> Duration {
        // A queue may be long.
        Duration::from_secs(600)
    }
}

/// What was sent.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FlushOutboxDone {
    /// One of the operation's outcomes.
    pub outcome: &'static str,
    /// How many entries arrived, and home institutions were asked.
    pub delivered: u64,
    /// How many could not be delivered and are kept.
    pub kept: u64,
    /// For how many enrolments nothing could be sent because of a failure here, such as a damaged row; the log says which.
    pub failed: u64,
}

/// What to do with an entry of the outbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Resolution {
    /// It is tried again.
    Retry,
    /// It is not sent.
    Discard,
    /// It has arrived, as somebody has found out; with `create`, give the association's id.
    Delivered,
}

/// Says what to do with an entry of the outbox that is parked or waits for a login.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ResolveDelivery {
    /// Our own id of the enrolment.
    pub enrollment_id: String,
    /// The entry's id.
    pub entry_id: String,
    /// What to do.
    pub resolution: Resolution,
    /// The association's id at the home institution, with `delivered`.
    #[serde(default)]
    pub association_id: Option<String>,
    /// The home institution's state of it, with `delivered`.
    #[serde(default)]
    pub state: Option<State>,
}

impl Request for ResolveDelivery {}

with_outcome!(StartEnrollmentDone, ListEnrollmentsDone, EnrollmentDone, GetPersonDone, FlushOutboxDone);
