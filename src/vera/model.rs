//! Requests and responses of the VERA operations.

use std::time::Duration;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::qr::{Format, Image, Source};
use super::record::LearnerRecord;
use crate::identifiers::Uln;
use crate::operations::{Request, with_outcome};
use crate::privacy::Sensitive;

type Outcomes = &'static [(&'static str, &'static str)];

/// Outcomes of `generate_qr`.
pub const ISSUED: Outcomes = &[("issued", "Show the code; then poll with the correlation id.")];

/// Outcomes of `poll_learner_data`.
pub const POLLED: Outcomes = &[
    ("pending", "The learner has not answered yet; keep waiting."),
    ("shared", "The learner agreed; the record is in `record` or `raw`."),
    ("declinedOrExpired", "The learner declined or let the time pass; VERA does not tell which. Start over."),
    ("timedOut", "No answer came before the local deadline. Start over."),
    ("cancelled", "The wait was cancelled here. The learner may still have agreed; a fetch by ULN would then succeed."),
    ("noLongerAvailable", "The record was shared before and cannot be read again; keep the copy you have."),
    ("unknown", "A request may have been sent to the learner, but VERA gave no handle to poll."),
    ("failed", "The share ended in an error before. Start over."),
];

/// Outcomes of `fetch_learner_data`.
pub const FETCHED: Outcomes = &[
    ("shared", "The record is in `record` or `raw`."),
    ("notShared", "No consent of this learner for this provider is on file; ask the learner to share."),
];

/// Outcomes of `check_learner`.
pub const CHECKED: Outcomes = &[
    ("exists", "The learner can be asked to share."),
    ("notEstablished", "No record could be found with these details; VERA does not tell which is wrong."),
];

/// Outcomes of `request_share`.
pub const REQUESTED: Outcomes = &[
    ("requested", "The learner was notified; show them the code and poll with the correlation id."),
    ("existing", "A request to this learner is still open; nothing was sent again. Set `force` to send another."),
    (
        "mayHaveBeenSent",
        "An earlier request may have reached the learner; nothing was sent again. Ask the learner, or set `force`.",
    ),
    ("alreadyPending", "VERA says that a request to this learner is already open."),
    ("notEstablished", "No record could be found with these details; VERA does not tell which is wrong."),
];

/// Outcomes of `cancel_share`.
pub const CANCELLED: Outcomes = &[
    ("cancelled", "Nobody waits any more. The learner may still agree; a fetch by ULN would then succeed."),
    ("alreadyEnded", "The share had ended before; `state` says how."),
];

/// Issues a request to share for the provider named by `ukprn` or `profile`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct GenerateQr {
    /// The forms of the code to return; `["image"]` when empty.
    pub formats: Vec<Format>,
    /// Which image to return: VERA's own, or one rendered here from the address.
    pub source: Source,
    /// Pixels per module of an image rendered here; 8 when absent.
    #[schemars(range(min = 1, max = 40))]
    pub scale: Option<u32>,
    /// Draw the text for a light terminal; it is drawn for a dark one otherwise.
    pub light_terminal: bool,
}

/// An open request to share, with its code.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct GenerateQrDone {
    pub(super) outcome: &'static str,
    /// The handle to poll with. A secret: with the provider's credential it fetches the record.
    pub correlation_id: Sensitive<String>,
    /// The profile it was issued for.
    pub profile: String,
    /// The address in the code. A secret, never to be opened automatically.
    pub url: Sensitive<String>,
    /// Until when the learner can act; remove the code from display then.
    #[schemars(with = "String")]
    pub deadline_at: Timestamp,
    /// How soon the first poll is worth while, in milliseconds.
    pub next_poll_ms: u64,
    /// The code in the forms asked for.
    #[serde(flatten)]
    pub image: Image,
}

/// In which form a record is returned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum RecordFormat {
    /// Read, checked and sorted, in `record`.
    #[default]
    Typed,
    /// Exactly as VERA sent it, in `raw`.
    Raw,
}

/// Asks whether a learner has shared.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PollLearnerData {
    /// The handle from `generate_qr` or `request_share`.
    #[schemars(with = "String", length(min = 1, max = 1000))]
    pub correlation_id: Sensitive<String>,
    /// How long to wait for the learner, in milliseconds; 0 takes one step and returns.
    #[serde(default)]
    #[schemars(range(min = 0, max = 3_600_000))]
    pub wait_ms: u64,
    /// In which form to return the record.
    #[serde(default)]
    pub record_format: RecordFormat,
}

impl Request for PollLearnerData {
    fn waits(&self) -> Duration {
        Duration::from_millis(self.wait_ms)
    }
}

/// What became of a share so far.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PollLearnerDataDone {
    /// One of the operation's outcomes.
    pub outcome: &'static str,
    /// A sentence for the user, in English.
    pub message: &'static str,
    /// The profile it was issued for.
    pub profile: String,
    /// Until when the learner can act.
    #[schemars(with = "String")]
    pub deadline_at: Timestamp,
    /// How often VERA was asked since this process began to wait.
    pub polls: u32,
    /// How soon the next poll is worth while, in milliseconds; only when pending.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_poll_ms: Option<u64>,
    /// The record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record: Option<LearnerRecord>,
    /// The record exactly as VERA sent it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<serde_json::Map<String, serde_json::Value>>")]
    pub raw: Option<Sensitive<Box<RawValue>>>,
}

/// Fetches the record of a learner who has agreed to share it with the provider named by `ukprn` or `profile`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FetchLearnerData {
    /// The learner.
    pub uln: Uln,
    /// In which form to return the record.
    #[serde(default)]
    pub record_format: RecordFormat,
}

/// A learner's record, if there is consent.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FetchLearnerDataDone {
    /// One of the operation's outcomes.
    pub outcome: &'static str,
    /// A sentence for the user, in English.
    pub message: &'static str,
    /// The record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record: Option<LearnerRecord>,
    /// The record exactly as VERA sent it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<serde_json::Map<String, serde_json::Value>>")]
    pub raw: Option<Sensitive<Box<RawValue>>>,
}

/// Asks whether a learner can be asked to share with the provider named by `ukprn` or `profile`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CheckLearner {
    /// The learner's mobile number; blanks, hyphens, dots, brackets and `+44` are understood.
    #[schemars(with = "String")]
    pub mobile_number: Sensitive<String>,
    /// The learner's date of birth, `YYYY-MM-DD`.
    #[schemars(with = "String")]
    pub date_of_birth: Sensitive<String>,
}

/// Whether a learner can be asked to share.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CheckLearnerDone {
    /// One of the operation's outcomes.
    pub outcome: &'static str,
    /// A sentence for the user, in English.
    pub message: &'static str,
}

/// Sends a learner's phone a request to share with the provider named by `ukprn` or `profile`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RequestShare {
    /// The learner's mobile number.
    #[schemars(with = "String")]
    pub mobile_number: Sensitive<String>,
    /// The learner's date of birth, `YYYY-MM-DD`.
    #[schemars(with = "String")]
    pub date_of_birth: Sensitive<String>,
    /// Send a request although one may be open; the learner is then notified again.
    #[serde(default)]
    pub force: bool,
}

/// What became of a request to a learner's phone.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RequestShareDone {
    /// One of the operation's outcomes.
    pub outcome: &'static str,
    /// A sentence for the user, in English.
    pub message: &'static str,
    /// The provider's name, which the learner is to be told.
    pub provider: String,
    /// The handle to poll with. A secret: with the provider's credential it fetches the record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub correlation_id: Option<Sensitive<String>>,
    /// The code the learner types into the app, to be shown as it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<Sensitive<String>>,
    /// Until when the learner can act.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub deadline_at: Option<Timestamp>,
}

/// Which shares to list; those of one provider when `ukprn` or `profile` is given.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct ListShares {
    /// Only those in this state: `awaitingLearner`, `shared`, `declinedOrExpired`, `timedOut`, `cancelled`, `unknown`, `failed`.
    pub state: Option<String>,
    /// At most this many; 100 when absent.
    #[schemars(range(min = 1, max = 10_000))]
    pub limit: Option<u32>,
}

/// A share in the store.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ShareView {
    /// The handle to poll with; absent when VERA gave none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub correlation_id: Option<Sensitive<String>>,
    /// The code the learner types (pattern C).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<Sensitive<String>>,
    /// The profile it was issued for.
    pub profile: String,
    /// `A` (QR code) or `C` (notification).
    pub pattern: String,
    /// Its state.
    pub state: String,
    /// When it was issued.
    #[schemars(with = "String")]
    pub issued_at: Timestamp,
    /// Until when the learner can act.
    #[schemars(with = "String")]
    pub deadline_at: Timestamp,
}

/// Shares in the store.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ListSharesDone {
    pub(super) outcome: &'static str,
    /// The shares, newest first.
    pub shares: Vec<ShareView>,
}

/// Stops waiting for a learner.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CancelShare {
    /// The handle from `generate_qr` or `request_share`.
    #[schemars(with = "String", length(min = 1, max = 1000))]
    pub correlation_id: Sensitive<String>,
}

/// What became of the wish to cancel.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CancelShareDone {
    /// One of the operation's outcomes.
    pub outcome: &'static str,
    /// A sentence for the user, in English.
    pub message: &'static str,
    /// The share's state now.
    pub state: String,
}

with_outcome!(
    GenerateQrDone,
    PollLearnerDataDone,
    FetchLearnerDataDone,
    CheckLearnerDone,
    RequestShareDone,
    ListSharesDone,
    CancelShareDone,
);

impl Request for GenerateQr {}
impl Request for FetchLearnerData {}
impl Request for CheckLearner {}
impl Request for RequestShare {}
impl Request for ListShares {}
impl Request for CancelShare {}
