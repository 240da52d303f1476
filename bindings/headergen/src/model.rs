//! The catalogue as a binding sees it: operations, and the models of what goes in and comes out.
//!
//! Each binding's generator writes these in its own language; what they are called and which of their values may be
//! printed is decided here, once for all.

use std::collections::BTreeMap;

use learnerlink::invocation::Context;
use learnerlink::operations::{CATALOGUE, Operation};
use serde_json::Value;

use crate::Result;

/// Names of nested models whose key alone would say too little, by the operation that first has them.
const NAMES: &[(&str, &str)] = &[
    ("generate_qr.image", "QrImage"),
    ("poll_learner_data.record", "LearnerRecord"),
    ("poll_learner_data.record.freeSchoolMealEligibleLatest", "FreeSchoolMealTerm"),
    ("match_learner.mismatchedFields", "MismatchedFields"),
    ("subject_access_report.rows", "MatchRow"),
    ("import_matches.refused", "RefusedRow"),
    ("get_xsre.summary", "StudentSummary"),
    ("get_xsre.summary.terms", "StudentTerm"),
    ("get_xsre.summary.terms.courses", "StudentCourse"),
    ("list_enrollments.enrollments.offeringName", "LocalizedText"),
    ("list_enrollments.enrollments.events", "EnrollmentEvent"),
    ("list_enrollments.enrollments.outbox", "OutboxEntry"),
    ("retrieve_linkage_key.detail", "BlockDetail"),
    ("query_audit.entries", "AuditEntry"),
    ("list_batches.batches", "BatchEntry"),
];

/// The same for what goes into a request.
const REQUEST_NAMES: &[(&str, &str)] = &[
    ("put_profile.vera", "VeraCredential"),
    ("put_profile.lrs", "LrsCredential"),
    ("put_profile.lrsGateway", "LrsGatewayCredential"),
    ("put_profile.sif", "SifCredential"),
    ("put_profile.enrollment", "EnrollmentCredential"),
    ("put_profile.linkage", "LinkageCredential"),
    ("filter_xsre.dataObjects", "DataObjectFilter"),
    ("import_sif_rules.rules", "SifRules"),
    ("import_sif_rules.rules.districtServices.dataObjects", "NamedDataObjectFilter"),
    ("import_sif_rules.rules.students", "StudentRules"),
    ("import_sif_rules.rules.students.consents", "StudentConsent"),
    ("start_enrollment.decided", "EnrollmentDecision"),
    ("start_enrollment.decided.message", "DecisionMessage"),
    ("decide_enrollment.message", "DecisionMessage"),
    ("send_results.result", "EnrollmentResult"),
];

/// The keys whose values a model shows when it is printed: words and counts that tell nothing about a person.
const SHOWN: &[&str] = &[
    "outcome",
    "state",
    "polls",
    "nextPollMs",
    "deadlineAt",
    "pattern",
    "delivery",
    "kind",
    "created",
    "replayed",
    "category",
    "imported",
    "unchanged",
    "refusedRows",
    "delivered",
    "kept",
    "failed",
    "resealed",
    "unreadable",
    "auditEntries",
    "organisations",
    "patients",
    "keys",
    "httpStatus",
    "more",
    "version",
    "leftAlone",
    "store",
    "operation",
    "system",
    "systems",
    "status",
    "durationMs",
    "mediaType",
    "interfaces",
    "attempts",
    "batchId",
    "rows",
    "rowsRead",
    "rowsTotal",
    "valid",
    "done",
    "refused",
    "inFlight",
    "ratePerSecond",
    "etaSeconds",
    "outcomes",
    "errors",
    "heldBack",
    "startedAt",
    "endedAt",
];

/// Everything a binding's generator needs.
pub(crate) struct Interface {
    /// The operations in the order of the catalogue.
    pub(crate) calls: Vec<Call>,
    /// The objects inside responses, each after those it needs.
    pub(crate) response_parts: Vec<Model>,
    /// The objects inside requests, each after those it needs.
    pub(crate) request_parts: Vec<Model>,
}

/// An operation.
pub(crate) struct Call {
    pub(crate) operation: &'static Operation,
    /// What this operation alone is asked with.
    pub(crate) request: Model,
    /// The keys that every request may have.
    pub(crate) context: Vec<Field>,
    pub(crate) response: Model,
}

/// An object with named values.
pub(crate) struct Model {
    pub(crate) name: String,
    pub(crate) about: String,
    pub(crate) fields: Vec<Field>,
}

/// A value of a model.
#[derive(Clone)]
pub(crate) struct Field {
    /// Its key in JSON.
    pub(crate) key: String,
    pub(crate) about: String,
    pub(crate) kind: Kind,
    /// Whether it may be absent; a list of a response that is absent is an empty one.
    pub(crate) optional: bool,
    /// Whether its value may be seen when the model is printed.
    pub(crate) shown: bool,
}

/// What a value can be.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    /// A text of a request that is one of these.
    Word(Vec<String>),
    Whole,
    Number,
    Flag,
    /// An object with keys that no schema names.
    Object,
    /// Any JSON value.
    Any,
    /// A model, by its name.
    Model(String),
    Many(Box<Kind>),
}

impl Kind {
    /// What a value is, or each value of a list.
    pub(crate) fn item(&self) -> &Self {
        match self {
            Kind::Many(item) => item.item(),
            kind => kind,
        }
    }

    /// The name of the model of a value, or of each value of a list.
    pub(crate) fn model(&self) -> Option<&str> {
        match self.item() {
            Kind::Model(name) => Some(name),
            _ => None,
        }
    }
}

impl Interface {
    /// Reads the catalogue.
    pub(crate) fn read() -> Result<Self> {
        let mut parts_of_responses = Parts::new(NAMES, false);
        let mut parts_of_requests = Parts::new(REQUEST_NAMES, true);
        let mut calls = Vec::new();
        for operation in CATALOGUE.iter() {
            let name = pascal(operation.name);
            let schema = operation.request_schema();
            let mut request =
                parts_of_requests.model(operation.name, format!("{name}Request"), operation.summary.into(), &schema)?;
            let is_shared = |field: &Field| Context::KEYS.contains(&field.key.as_str());
            let (context, own) = request.fields.into_iter().partition(is_shared);
            request.fields = own;
            let about = format!("The answer of `{}`: {}", operation.name, lower_first(operation.summary));
            let response = parts_of_responses.model(
                operation.name,
                format!("{name}Response"),
                about,
                &operation.response_schema(),
            )?;
            calls.push(Call { operation, request, context, response });
        }
        let (response_parts, request_parts) = (parts_of_responses.done, parts_of_requests.done);
        for part in &request_parts {
            if response_parts.iter().any(|other| other.name == part.name) {
                return Err(format!("bindings: requests and responses both have a {}; rename one", part.name).into());
            }
        }
        Ok(Self { calls, response_parts, request_parts })
    }

    /// The part of a request that has this name.
    pub(crate) fn request_part(&self, name: &str) -> Option<&Model> {
        self.request_parts.iter().find(|part| part.name == name)
    }
}

/// The nested models so far. Equal shapes are one model, however many operations have them.
struct Parts {
    names: &'static [(&'static str, &'static str)],
    of_requests: bool,
    done: Vec<Model>,
    by_shape: BTreeMap<String, String>,
}

impl Parts {
    fn new(names: &'static [(&'static str, &'static str)], of_requests: bool) -> Self {
        Self { names, of_requests, done: Vec::new(), by_shape: BTreeMap::new() }
    }

    fn model(&mut self, path: &str, name: String, about: String, schema: &Value) -> Result<Model> {
        let required = required(schema);
        let mut fields = Vec::new();
        for (key, property) in schema["properties"].as_object().into_iter().flatten() {
            let kind = self.kind(&format!("{path}.{key}"), property)?;
            let many = matches!(kind, Kind::Many(_));
            let absent = !required.contains(&key.as_str());
            fields.push(Field {
                optional: absent && (self.of_requests || !many || nullable(property)),
                // A list of objects is people's data even under the name of a count.
                shown: SHOWN.contains(&key.as_str()) && kind.model().is_none(),
                about: meaning(property).to_owned(),
                key: key.clone(),
                kind,
            });
        }
        Ok(Model { name, about, fields })
    }

    fn kind(&mut self, path: &str, schema: &Value) -> Result<Kind> {
        if schema["properties"].is_object() {
            return Ok(Kind::Model(self.nested(path, schema)?));
        }
        let words = words(schema);
        if self.of_requests && !words.is_empty() {
            return Ok(Kind::Word(words.into_iter().map(str::to_owned).collect()));
        }
        if let Some(items) = schema.get("items") {
            return Ok(Kind::Many(Box::new(self.kind(path, items)?)));
        }
        Ok(match word(schema) {
            "string" => Kind::Text,
            "integer" => Kind::Whole,
            "number" => Kind::Number,
            "boolean" => Kind::Flag,
            "object" => Kind::Object,
            _ => Kind::Any,
        })
    }

    fn nested(&mut self, path: &str, schema: &Value) -> Result<String> {
        let shape = shape(schema);
        if let Some(name) = self.by_shape.get(&shape) {
            return Ok(name.clone());
        }
        let key = path.rsplit('.').next().unwrap_or(path);
        let own = self.names.iter().find(|(of, _)| *of == path).map(|(_, name)| (*name).to_owned());
        let name = own.unwrap_or_else(|| pascal(&singular(key)));
        if self.by_shape.values().any(|taken| *taken == name) {
            return Err(format!("bindings: two models want the name {name}; give `{path}` one of its own").into());
        }
        self.by_shape.insert(shape, name.clone());
        let model = self.model(path, name.clone(), meaning(schema).to_owned(), schema)?;
        self.done.push(model);
        Ok(name)
    }
}

fn required(schema: &Value) -> Vec<&str> {
    schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}

/// The keys of an object with their types, whatever is said about them.
fn shape(schema: &Value) -> String {
    let typed = |key: &str, value: &Value| format!("{key}:{}{}{}", word(value), nullable(value), shape(value));
    let keys = schema["properties"].as_object().into_iter().flatten();
    let keys: Vec<String> = keys.map(|(key, property)| typed(key, property)).collect();
    let items = schema.get("items").map(|items| typed("", items)).unwrap_or_default();
    format!("{{{}}}[{items}]{}", keys.join(","), schema["required"])
}

/// The words a text may be, when only some are allowed.
fn words(schema: &Value) -> Vec<&str> {
    if let Some(word) = schema["const"].as_str() {
        return vec![word];
    }
    let variants = ["anyOf", "oneOf"].into_iter().flat_map(|key| schema[key].as_array().into_iter().flatten());
    variants.flat_map(words).collect()
}

/// The type of a value, but for `null`.
fn word(schema: &Value) -> &str {
    match &schema["type"] {
        Value::String(word) => word,
        Value::Array(several) => {
            several.iter().filter_map(Value::as_str).find(|word| *word != "null").unwrap_or_default()
        }
        _ if !words(schema).is_empty() => "string",
        _ => "",
    }
}

fn nullable(schema: &Value) -> bool {
    schema["type"].as_array().is_some_and(|several| several.iter().any(|word| word == "null"))
}

fn meaning(schema: &Value) -> &str {
    let variants = schema["anyOf"].as_array().into_iter().flatten();
    let own = std::iter::once(schema).chain(variants);
    own.filter_map(|schema| schema["description"].as_str()).next().unwrap_or_default()
}

/// The words of a key in small letters: `primarySENType` is `primary`, `sen`, `type`, and `linkedULNs` is `linked`,
/// `ulns`.
pub(crate) fn words_of(key: &str) -> Vec<String> {
    let letters: Vec<char> = key.chars().collect();
    let mut words = vec![String::new()];
    for (place, letter) in letters.iter().enumerate() {
        let before = place.checked_sub(1).map(|place| letters[place]);
        let after = letters.get(place + 1);
        let plural = after == Some(&'s') && place + 2 == letters.len();
        let begins = letter.is_uppercase()
            && before.is_some_and(|before| {
                !before.is_uppercase() || (after.is_some_and(|after| after.is_lowercase()) && !plural)
            });
        if begins || *letter == '_' {
            words.push(String::new());
        }
        if let (true, Some(word)) = (*letter != '_', words.last_mut()) {
            word.extend(letter.to_lowercase());
        }
    }
    words
}

/// `generate_qr` and `generateQr` as `GenerateQr`.
pub(crate) fn pascal(name: &str) -> String {
    name.split('_').map(|part| format!("{}{}", part[..1].to_uppercase(), &part[1..])).collect()
}

fn singular(key: &str) -> String {
    match key.strip_suffix("ies") {
        Some(stem) => format!("{stem}y"),
        None => key.strip_suffix('s').unwrap_or(key).to_owned(),
    }
}

/// A text as C#, Java and Python write it.
pub(crate) fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

fn lower_first(text: &str) -> String {
    text.chars()
        .enumerate()
        .map(|(place, letter)| if place == 0 { letter.to_ascii_lowercase() } else { letter })
        .collect()
}

/// The words of a text in lines no longer than `width`, the first after one margin and the others after another.
pub(crate) fn wrapped(text: &str, width: usize, first: &str, other: &str) -> String {
    let mut done = first.to_owned();
    let mut used = first.chars().count();
    for (place, word) in text.split_whitespace().enumerate() {
        let length = word.chars().count();
        if place > 0 && used + 1 + length > width {
            done.push('\n');
            done.push_str(other);
            used = other.chars().count();
        } else if place > 0 {
            done.push(' ');
            used += 1;
        }
        done.push_str(word);
        used += length;
    }
    done
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_fall_into_words() {
        for (key, words) in [
            ("ukprn", "ukprn"),
            ("timeoutMs", "timeout ms"),
            ("primarySENType", "primary sen type"),
            ("linkedULNs", "linked ulns"),
            ("addressLine1", "address line1"),
            ("retrieve_or_create_linkage_key", "retrieve or create linkage key"),
        ] {
            assert_eq!(words_of(key).join(" "), words);
        }
        assert_eq!(pascal("generate_qr"), "GenerateQr");
        assert_eq!(pascal("learningEvent"), "LearningEvent");
        assert_eq!(singular("authorizedEntities"), "authorizedEntity");
    }

    #[test]
    fn nothing_that_names_a_person_is_shown_when_a_model_is_printed() {
        for key in ["uln", "givenName", "dateOfBirth", "correlationId", "url", "linkageKey", "personId", "subject"] {
            assert!(!SHOWN.contains(&key), "{key}");
        }
    }

    #[test]
    fn parts_of_requests_and_responses_come_after_what_they_need() {
        let interface = Interface::read().unwrap();
        for parts in [&interface.request_parts, &interface.response_parts] {
            for (place, part) in parts.iter().enumerate() {
                for needed in part.fields.iter().filter_map(|field| field.kind.model()) {
                    assert!(parts[..place].iter().any(|earlier| earlier.name == needed), "{} {needed}", part.name);
                }
            }
        }
    }
}
