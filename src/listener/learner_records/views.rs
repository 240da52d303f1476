//! The bodies of the interface's answers.

use std::collections::BTreeMap;

use serde::Serialize;
use serde::ser::{SerializeSeq, Serializer};

use crate::lrs::query::Gender;
use crate::lrs::records::{EventKind, Learner, LearnerKind, LearningEvent, Records};
use crate::lrs::register::Row;
use crate::privacy::Sensitive;

/// What a caller searched for, as they said it.
#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct SearchParameters {
    pub(super) given_name: String,
    pub(super) family_name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) uln: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) date_of_birth: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) gender: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) last_known_post_code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) previous_family_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) school_at_age16: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) place_of_birth: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) email_address: Option<String>,
}

/// The answer to a search.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Found<'a> {
    pub(super) search_parameters: SearchParameters,
    pub(super) response_type: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) mismatched_fields: Option<BTreeMap<&'static str, Vec<Sensitive<String>>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) mismatches_by_learner: Option<Vec<Vec<&'static str>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) matched_learners: Option<Learners<'a>>,
}

/// Learners; `whole` adds what the original leaves out.
pub(super) struct Learners<'a> {
    pub(super) learners: &'a Records<LearnerKind>,
    pub(super) whole: bool,
}

impl Serialize for Learners<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.learners.len()))?;
        for learner in self.learners.iter_with_nil() {
            list.serialize_element(&Learner {
                gender: Some(gender(learner.gender)),
                linked_ulns: learner.linked_ulns.filter(|_| self.whole),
                notes: None,
                ..learner
            })?;
        }
        list.end()
    }
}

/// The gateway's word for the service's code.
pub(super) fn gender(code: Option<&str>) -> &'static str {
    let known = |gender: &Gender| code.is_some_and(|code| code.trim() == gender.code());
    Gender::ALL.into_iter().find(known).map_or("Unknown", Gender::upper_case)
}

/// The answer to a request for learning events.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Record<'a> {
    pub(super) search_parameters: SearchParameters,
    pub(super) response_type: String,
    pub(super) found_uln: &'a str,
    pub(super) incoming_uln: &'a str,
    pub(super) learner_record: Events<'a>,
}

/// Learning events; `whole` adds what the original leaves out.
pub(super) struct Events<'a> {
    pub(super) events: Option<&'a Records<EventKind>>,
    pub(super) whole: bool,
}

impl Serialize for Events<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(self.events.map(Records::len))?;
        for event in self.events.into_iter().flat_map(Records::iter_with_nil) {
            list.serialize_element(&LearningEvent { restriction: event.restriction.filter(|_| self.whole), ..event })?;
        }
        list.end()
    }
}

/// What is confirmed of a person.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Matched<'a> {
    pub(super) matched_uln: &'a str,
    pub(super) given_name: &'a str,
    pub(super) family_name: &'a str,
    pub(super) status: &'static str,
}

/// That nothing is confirmed.
#[derive(Serialize)]
pub(super) struct NotFound {
    pub(super) status: &'static str,
}

/// All rows of a person.
#[derive(Serialize)]
pub(super) struct Report {
    pub(super) content: Vec<ReportRow>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ReportRow {
    id: u64,
    nomis_id: Sensitive<String>,
    matched_uln: Sensitive<String>,
    given_name: Sensitive<String>,
    family_name: Sensitive<String>,
    match_type: String,
    count_of_returned_ulns: String,
    match_status: String,
    date_created: String,
}

impl From<Row> for ReportRow {
    fn from(row: Row) -> Self {
        let created = row.created_at.to_zoned(jiff::tz::TimeZone::UTC).datetime();
        Self {
            id: row.id,
            nomis_id: row.person_id,
            matched_uln: row.matched_uln,
            given_name: row.given_name,
            family_name: row.family_name,
            match_type: row.match_type,
            count_of_returned_ulns: row.count_of_returned_ulns,
            match_status: row.match_status,
            date_created: created.to_string(),
        }
    }
}
