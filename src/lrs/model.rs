//! Requests and responses of the LRS operations.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize, Serializer};
use serde_json::{Map, Value, json};

use super::matching::FIELDS;
use super::query::Gender;
use super::records::{EventKind, Learner, LearnerKind, Records, gender_word};
use super::register::Row;
use crate::operations::{Request, with_outcome};
use crate::privacy::Sensitive;

type Outcomes = &'static [(&'static str, &'static str)];

/// Outcomes of `match_learner`.
pub const MATCHED: Outcomes = &[
    ("exactMatch", "One learner fits; `learners` has them. Confirm the match if it is the right person."),
    ("possibleMatch", "Up to ten learners may be meant; `learners` has them and `mismatchedFields` where they differ."),
    ("linkedLearnerMatch", "The record was merged with another; `learners` has the learner it belongs to now."),
    ("tooManyMatches", "More than ten learners fit; search with more details."),
    ("noMatch", "No learner fits."),
];

/// Outcomes of `fetch_plr`.
pub const FETCHED: Outcomes = &[
    ("found", "The learning events are in `learningEvents`; there may be none."),
    ("linked", "The record was merged with another; `foundUln` is whose events these are."),
    ("notShared", "The learner has chosen not to share their record."),
    ("notVerified", "ULN and names do not belong together."),
    ("notMatched", "No ULN was confirmed for this person; match and confirm first."),
    ("noUln", "It was confirmed that this person has no ULN."),
];

/// Outcomes of `get_match`.
pub const STATE: Outcomes = &[
    ("matched", "A ULN is confirmed for this person."),
    ("noUln", "It was confirmed that this person has no ULN."),
    ("notMatched", "Nobody has looked yet, or the match was taken back."),
];

/// Outcomes of `confirm_match`.
pub const CONFIRMED: Outcomes = &[
    ("confirmed", "The match is in the register. A gateway says this as well when it was there before."),
    ("unchanged", "The register says so already."),
    ("ulnTaken", "Another person holds this ULN; nothing was written. Check both."),
];

/// Outcomes of `confirm_no_match`.
pub const NONE_CONFIRMED: Outcomes = &[
    ("confirmed", "The register says that this person has no ULN. A gateway says this as well when it did before."),
    ("unchanged", "The register says so already."),
];

/// Outcomes of `remove_match`.
pub const REMOVED: Outcomes = &[
    ("removed", "What was confirmed is taken back. A gateway says this as well when there was nothing to take back."),
    ("unchanged", "There was nothing to take back."),
];

/// Outcomes of `subject_access_report`.
pub const REPORTED: Outcomes = &[
    ("found", "`rows` has what the register holds of this person."),
    ("none", "The register holds nothing of this person."),
];

/// Outcomes of `import_matches`.
pub const IMPORTED: Outcomes = &[
    ("imported", "Every row is in the register."),
    ("partlyImported", "Some rows were refused; `refused` says which and why. The others are in the register."),
];

/// Outcomes of `export_matches`.
pub const EXPORTED: Outcomes = &[("exported", "The file has the whole register.")];

/// Searches for a learner by name, date of birth, gender and postcode, or by ULN and name when `uln` is given.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MatchLearner {
    /// Given name.
    #[schemars(with = "String", length(min = 1, max = 35))]
    pub given_name: Sensitive<String>,
    /// Family name.
    #[schemars(with = "String", length(min = 1, max = 35))]
    pub family_name: Sensitive<String>,
    /// Date of birth, `YYYY-MM-DD`; required without `uln`.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub date_of_birth: Option<Sensitive<String>>,
    /// Gender; required without `uln`.
    #[serde(default)]
    pub gender: Option<Gender>,
    /// Last known postcode; required without `uln`.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub last_known_post_code: Option<Sensitive<String>>,
    /// Previous family name.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub previous_family_name: Option<Sensitive<String>>,
    /// School at age 16.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub school_at_age16: Option<Sensitive<String>>,
    /// Place of birth.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub place_of_birth: Option<Sensitive<String>>,
    /// E-mail address.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub email_address: Option<Sensitive<String>>,
    /// The learner's ULN, to be checked against the names; not through a gateway.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub uln: Option<Sensitive<String>>,
}

/// How long a service may take beyond the usual: a gateway waits for the service behind it, and says so after.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long moving a whole register may take.
const TRANSFER: Duration = Duration::from_secs(3600);

impl Request for MatchLearner {
    fn waits(&self) -> Duration {
        PATIENCE
    }
}

/// What was found.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct MatchLearnerDone {
    /// One of the operation's outcomes.
    pub outcome: &'static str,
    /// The learners, in the service's order.
    pub learners: Learners,
    /// For a possible match by name: the values that differ from what was searched for, by field; one for each learner
    /// that differs there.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "mismatched_fields")]
    pub mismatched_fields: Option<BTreeMap<&'static str, Vec<Sensitive<String>>>>,
    /// For a possible match by name: the fields that differ, for each of `learners` in turn.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mismatches_by_learner: Option<Vec<Vec<&'static str>>>,
}

fn mismatched_fields(_: &mut SchemaGenerator) -> Schema {
    let texts = |field: &str| {
        let about = format!("Values of `{field}` that differ, one for each learner with another one.");
        json!({ "type": "array", "items": { "type": "string" }, "description": about })
    };
    let fields: Map<String, Value> = FIELDS.iter().map(|field| ((*field).to_owned(), texts(field))).collect();
    json_schema!({ "type": "object", "properties": fields })
}

/// Learners as they are shown, with their gender as a word.
#[derive(Debug)]
pub struct Learners(pub Records<LearnerKind>);

impl Serialize for Learners {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(shown))
    }
}

fn shown(learner: Learner<'_>) -> Learner<'_> {
    Learner { gender: Some(gender_word(learner.gender)), ..learner }
}

impl JsonSchema for Learners {
    fn schema_name() -> Cow<'static, str> {
        "Learners".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Records::<LearnerKind>::json_schema(generator)
    }
}

/// Fetches a personal learning record: by `personId` through the match register, or by `uln`, `givenName` and
/// `familyName`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct FetchPlr {
    /// The person, as confirmed in the register.
    #[schemars(with = "Option<String>", length(min = 1, max = 255))]
    pub person_id: Option<Sensitive<String>>,
    /// The learner's ULN.
    #[schemars(with = "Option<String>")]
    pub uln: Option<Sensitive<String>>,
    /// Given name.
    #[schemars(with = "Option<String>", length(min = 1, max = 35))]
    pub given_name: Option<Sensitive<String>>,
    /// Family name.
    #[schemars(with = "Option<String>", length(min = 1, max = 35))]
    pub family_name: Option<Sensitive<String>>,
    /// Date of birth, `YYYY-MM-DD`.
    #[schemars(with = "Option<String>")]
    pub date_of_birth: Option<Sensitive<String>>,
    /// Gender.
    pub gender: Option<Gender>,
}

impl Request for FetchPlr {
    fn waits(&self) -> Duration {
        PATIENCE
    }
}

/// A personal learning record, if there is one to be had.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FetchPlrDone {
    /// One of the operation's outcomes.
    pub outcome: &'static str,
    /// The ULN whose events these are.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub found_uln: Option<Sensitive<String>>,
    /// The ULN that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub incoming_uln: Option<Sensitive<String>>,
    /// The learning events, in the service's order.
    pub learning_events: Records<EventKind>,
}

/// Asks what is confirmed of a person.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GetMatch {
    /// The person.
    #[schemars(with = "String", length(min = 1, max = 255))]
    pub person_id: Sensitive<String>,
}

/// What is confirmed of a person.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct GetMatchDone {
    /// One of the operation's outcomes.
    pub outcome: &'static str,
    /// The ULN.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub uln: Option<Sensitive<String>>,
    /// Given name.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub given_name: Option<Sensitive<String>>,
    /// Family name.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub family_name: Option<Sensitive<String>>,
    /// Who confirmed it; not through a gateway.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confirmed_by: Option<String>,
    /// When it was confirmed; not through a gateway.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub confirmed_at: Option<Timestamp>,
}

/// How a match was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum MatchType {
    /// One learner fitted.
    ExactMatch,
    /// It was chosen among several.
    PossibleMatch,
    /// The record was merged with another.
    LinkedLearnerMatch,
    /// There were more than ten.
    TooManyMatches,
    /// There was none.
    NoMatch,
}

impl MatchType {
    /// The gateway's words for it, which the register keeps.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::ExactMatch => "Exact Match",
            Self::PossibleMatch => "Possible Match",
            Self::LinkedLearnerMatch => "Linked Learner Match",
            Self::TooManyMatches => "Too Many Matches",
            Self::NoMatch => "No Match",
        }
    }
}

/// Confirms that a person is a certain learner.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ConfirmMatch {
    /// The person.
    #[schemars(with = "String", length(min = 1, max = 255))]
    pub person_id: Sensitive<String>,
    /// The learner's ULN.
    #[schemars(with = "String")]
    pub uln: Sensitive<String>,
    /// Given name, as the service has it.
    #[schemars(with = "String", length(min = 1, max = 35))]
    pub given_name: Sensitive<String>,
    /// Family name, as the service has it.
    #[schemars(with = "String", length(min = 1, max = 35))]
    pub family_name: Sensitive<String>,
    /// How the match was found.
    pub match_type: MatchType,
    /// How many ULNs the search gave; 1 when absent.
    #[serde(default)]
    pub count_of_returned_ulns: Option<u32>,
}

/// What became of a wish to confirm a match.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ConfirmMatchDone {
    /// One of the operation's outcomes.
    pub outcome: &'static str,
}

/// Confirms that a person has no ULN.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ConfirmNoMatch {
    /// The person.
    #[schemars(with = "String", length(min = 1, max = 255))]
    pub person_id: Sensitive<String>,
    /// What the search gave; `noMatch` when absent.
    #[serde(default)]
    pub match_type: Option<MatchType>,
    /// How many ULNs the search gave; 0 when absent.
    #[serde(default)]
    pub count_of_returned_ulns: Option<u32>,
}

/// What became of a wish to confirm that there is no match.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ConfirmNoMatchDone {
    /// One of the operation's outcomes.
    pub outcome: &'static str,
}

/// Takes back what was confirmed of a person.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RemoveMatch {
    /// The person.
    #[schemars(with = "String", length(min = 1, max = 255))]
    pub person_id: Sensitive<String>,
}

/// What became of a wish to take back.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct RemoveMatchDone {
    /// One of the operation's outcomes.
    pub outcome: &'static str,
}

/// Asks for all that the register holds of a person.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SubjectAccessReport {
    /// The person.
    #[schemars(with = "String", length(min = 1, max = 255))]
    pub person_id: Sensitive<String>,
    /// Rows of this day and later, `YYYY-MM-DD` in UTC.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub from_date: Option<Sensitive<String>>,
    /// Rows of this day and earlier, `YYYY-MM-DD` in UTC.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub to_date: Option<Sensitive<String>>,
}

/// A row of the register.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RowView {
    /// Its number.
    pub id: u64,
    /// The person.
    #[schemars(with = "String")]
    pub person_id: Sensitive<String>,
    /// The ULN; empty when the row holds none.
    #[schemars(with = "String")]
    pub matched_uln: Sensitive<String>,
    /// Given name; may be empty.
    #[schemars(with = "String")]
    pub given_name: Sensitive<String>,
    /// Family name; may be empty.
    #[schemars(with = "String")]
    pub family_name: Sensitive<String>,
    /// How it was found, such as `Exact Match`; may be empty.
    pub match_type: String,
    /// How many ULNs the search gave; may be empty.
    pub count_of_returned_ulns: String,
    /// `Matched`, `Cannot be matched`, `Unmatched`, or what an old row says.
    pub match_status: String,
    /// When it was written.
    #[schemars(with = "String")]
    pub created_at: Timestamp,
    /// Who wrote it, where the register kept it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confirmed_by: Option<String>,
}

impl From<Row> for RowView {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            person_id: row.person_id,
            matched_uln: row.matched_uln,
            given_name: row.given_name,
            family_name: row.family_name,
            match_type: row.match_type,
            count_of_returned_ulns: row.count_of_returned_ulns,
            match_status: row.match_status,
            created_at: row.created_at,
            confirmed_by: row.by,
        }
    }
}

/// All that the register holds of a person.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SubjectAccessReportDone {
    /// One of the operation's outcomes.
    pub outcome: &'static str,
    /// The rows, oldest first.
    pub rows: Vec<RowView>,
}

/// Imports the `matches` table of another register from a CSV file.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ImportMatches {
    /// The file, in UTF-8 with a line of column names.
    pub path: String,
}

impl Request for ImportMatches {
    fn waits(&self) -> Duration {
        TRANSFER
    }
}

/// A row that was not imported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct RefusedRow {
    /// The line of the file on which the row begins.
    pub line: u64,
    /// Why it was refused.
    pub reason: &'static str,
}

/// What became of an import.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ImportMatchesDone {
    /// One of the operation's outcomes.
    pub outcome: &'static str,
    /// How many rows were appended.
    pub imported: u64,
    /// How many rows were there already.
    pub unchanged: u64,
    /// How many rows were refused.
    pub refused_rows: u64,
    /// The first thousand that were, and why.
    pub refused: Vec<RefusedRow>,
}

/// Writes the whole register to a CSV file, in the form of the original's `matches` table.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ExportMatches {
    /// The file, which must not exist; only its owner may read it. It holds everything in clear.
    pub path: String,
}

impl Request for ExportMatches {
    fn waits(&self) -> Duration {
        TRANSFER
    }
}

/// What became of an export.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ExportMatchesDone {
    /// One of the operation's outcomes.
    pub outcome: &'static str,
    /// How many rows the file has.
    pub rows: u64,
}

with_outcome!(
    MatchLearnerDone,
    FetchPlrDone,
    GetMatchDone,
    ConfirmMatchDone,
    ConfirmNoMatchDone,
    RemoveMatchDone,
    SubjectAccessReportDone,
    ImportMatchesDone,
    ExportMatchesDone,
);

impl Request for GetMatch {}
impl Request for ConfirmMatch {}
impl Request for ConfirmNoMatch {}
impl Request for RemoveMatch {}
impl Request for SubjectAccessReport {}
