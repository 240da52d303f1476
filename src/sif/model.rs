//! Requests and responses of the SIF operations.

use std::time::Duration;

use schemars::JsonSchema;
use secrecy::SecretString;
use serde::{Deserialize, Serialize, Serializer};
use serde_json::Value;

use super::config::Statements;
use super::json::Summary;
use super::rules::Rules;
use crate::operations::{Request, with_outcome};
use crate::privacy::{Sensitive, Wiped};

type Outcomes = &'static [(&'static str, &'static str)];

/// Outcomes of `get_xsre`.
pub const GOT: Outcomes = &[
    ("found", "The parts of the record that this service may see are in the response."),
    (
        "notFound",
        "There is nothing to show: no such student, no consent, or no right to ask. Which of these is not told, on purpose.",
    ),
];

/// Outcomes of `authorize_sif_request`.
pub const AUTHORIZED: Outcomes = &[
    ("authorized", "The caller is the one whose profile is in the response."),
    ("refused", "The caller is not let in; `httpStatus` and `description` are what to answer."),
];

/// Outcomes of `filter_xsre`.
pub const FILTERED: Outcomes = &[("filtered", "The response has what the filter lets through.")];

/// Outcomes of `import_sif_rules`.
pub const IMPORTED: Outcomes = &[("imported", "The store has these rules, and no others.")];

/// How long a retrieval may take beyond the usual: it is two calls of a broker in a row.
const PATIENCE: Duration = Duration::from_secs(30);

/// A form of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Form {
    /// The exact XML.
    Xml,
    /// The whole record as JSON.
    Json,
    /// Its main groups.
    Summary,
}

/// Asks for the record of a student, as far as the asking service may see it.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GetXsre {
    /// The district's id of the student.
    #[schemars(with = "String", length(min = 1, max = 64))]
    pub student_id: Sensitive<String>,
    /// The organisation that asks, by its number at the exchange.
    pub authorized_entity_id: i32,
    /// The service that asks, by its number at the exchange.
    pub external_service_id: i32,
    /// The person who asks, by their number at the exchange.
    #[serde(default)]
    pub personnel_id: Option<i32>,
    /// The zone of the district; `sif.zoneId` of the configuration when absent.
    #[serde(default)]
    pub zone_id: Option<String>,
    /// The context; `sif.contextId` of the configuration when absent.
    #[serde(default)]
    pub context_id: Option<String>,
    /// The forms to answer with; all when absent.
    #[serde(default)]
    pub formats: Option<Vec<Form>>,
}

impl Request for GetXsre {
    fn waits(&self) -> Duration {
        PATIENCE
    }
}

/// What came of it.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct GetXsreDone {
    /// One of the operation's outcomes.
    pub outcome: &'static str,
    /// The record as XML.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "shown")]
    #[schemars(with = "Option<String>")]
    pub xml: Option<Wiped<String>>,
    /// The record as JSON.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Value>")]
    pub json: Option<Sensitive<Value>>,
    /// Its main groups.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<Summary>,
    /// Whether the record has another id of the student than was asked for.
    pub other_local_id: bool,
}

fn shown<S: Serializer>(text: &Option<Wiped<String>>, serializer: S) -> Result<S::Ok, S::Error> {
    match text {
        Some(text) => serializer.serialize_some(text.as_str()),
        None => serializer.serialize_none(),
    }
}

/// Checks the headers with which a SIF request came.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AuthorizeSifRequest {
    /// The header `Authorization`, as it came; absent when there was none.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub authorization: Option<SecretString>,
    /// The header `timestamp`, as it came; absent when there was none.
    #[serde(default)]
    pub timestamp: Option<String>,
}

impl Request for AuthorizeSifRequest {}

/// Whether the caller is let in.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AuthorizeSifRequestDone {
    /// One of the operation's outcomes.
    pub outcome: &'static str,
    /// The profile whose session token and secret were used, with `authorized`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub caller: Option<String>,
    /// The HTTP status to answer with, with `refused`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub http_status: Option<u16>,
    /// The description to answer with, with `refused`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<&'static str>,
}

/// A row of the Privacy Rules Service.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DataObject {
    /// `include`; anything else excludes.
    pub filter_type: String,
    /// The path of what it is about.
    pub include_statement: String,
}

/// Filters a record by data objects, or by the stylesheet that the Privacy Rules Service has made of them.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FilterXsre {
    /// The record as XML.
    #[schemars(with = "String")]
    pub xml: Sensitive<String>,
    /// The data objects, in their order.
    #[serde(default)]
    pub data_objects: Option<Vec<DataObject>>,
    /// The stylesheet; instead of `dataObjects`.
    #[serde(default)]
    pub stylesheet: Option<String>,
    /// What kind of object the data objects are for; `xSre` when absent.
    #[serde(default)]
    pub object_type: Option<String>,
    /// How statements become paths; `sif.statements` of the configuration when absent.
    #[serde(default)]
    pub statements: Option<Statements>,
    /// The forms to answer with; only XML when absent.
    #[serde(default)]
    pub formats: Option<Vec<Form>>,
}

impl Request for FilterXsre {}

/// What the filter lets through.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FilterXsreDone {
    /// One of the operation's outcomes.
    pub outcome: &'static str,
    /// The record as XML.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "shown")]
    #[schemars(with = "Option<String>")]
    pub xml: Option<Wiped<String>>,
    /// The record as JSON.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Value>")]
    pub json: Option<Sensitive<Value>>,
    /// Its main groups.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<Summary>,
    /// Statements that the two readings take differently.
    pub read_differently: Vec<String>,
}

/// Takes rules of the Privacy Rules Service into the store, instead of all that are there.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ImportSifRules {
    /// Path of a JSON file with the rules.
    #[serde(default)]
    pub path: Option<String>,
    /// The rules; instead of `path`.
    #[serde(default)]
    pub rules: Option<Rules>,
}

impl Request for ImportSifRules {
    fn waits(&self) -> Duration {
        Duration::from_secs(600)
    }
}

/// What was imported.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ImportSifRulesDone {
    /// One of the operation's outcomes.
    pub outcome: &'static str,
    /// Organisations that may ask.
    pub authorized_entities: u64,
    /// Agreements of districts with services.
    pub district_services: u64,
    /// Rows of students.
    pub students: u64,
    /// Statements that the two readings take differently.
    pub read_differently: Vec<String>,
}

with_outcome!(ImportSifRulesDone, GetXsreDone, AuthorizeSifRequestDone, FilterXsreDone);
