//! The generated modules of the Python package: constants, models of the responses, methods of the operations.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use learnerlink::invocation::Context;
use learnerlink::operations::{CATALOGUE, Operation};
use learnerlink::{ABI_MAJOR, ABI_MINOR, Status, VERSION};
use serde_json::Value;

use crate::{Files, Result};

const FOLDER: &str = "bindings/python/src/learnerlink";
const MARK: &str = "Generated from the Rust sources by `cargo run -p headergen`; do not edit.";
const WIDTH: usize = 110;

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
];

pub(crate) fn generate(files: &mut Files) -> Result<()> {
    let mut models = Models::default();
    let mut responses = String::new();
    for operation in CATALOGUE.iter() {
        let name = format!("{}Response", pascal(operation.name));
        let about = format!("The answer of `{}`: {}", operation.name, lower_first(operation.summary));
        let class = models.class(operation.name, &name, "Response", &about, &operation.response_schema())?;
        responses.push_str(&class);
    }
    let mut keep = |file: &str, text: String| files.insert(format!("{FOLDER}/{file}"), text);
    keep("_constants.py", constants());
    keep("_models.py", models_module(&models, &responses));
    keep("_operations.py", operations_module());
    Ok(())
}

fn constants() -> String {
    let mut text = format!(
        "\"\"\"Numbers and names of the library's interface.\n\n{MARK}\n\"\"\"\n\n\
         from __future__ import annotations\n\nfrom enum import IntEnum\n\n\
         VERSION = \"{VERSION}\"\nABI_MAJOR = {ABI_MAJOR}\nABI_MINOR = {ABI_MINOR}\n\n\n\
         class Status(IntEnum):\n    \"\"\"The permanent numbers of what a call can end with.\"\"\"\n"
    );
    for status in Status::ALL {
        let _ = write!(text, "\n    {} = {}\n", status.code(), status.number());
        text.push_str(&docstring(4, status.meaning(), &[]));
    }
    text.push_str(
        "\n\nclass OpState(IntEnum):\n    \"\"\"How far a started operation is.\"\"\"\n\n    \
         RUNNING = 1\n    DONE = 2\n    FAILED = 3\n    CANCELLED = 4\n\n\n\
         MEANINGS: dict[int, str] = {\n",
    );
    for status in Status::ALL {
        let _ = writeln!(text, "    {}: {},", status.number(), quoted(status.meaning()));
    }
    text.push_str("}\n\"\"\"What each status means, for the few failures that carry no error object.\"\"\"\n\n");
    text.push_str("RETRIABLE = frozenset(\n    {\n");
    for status in Status::ALL.iter().filter(|status| status.retriable()) {
        let _ = writeln!(text, "        {},", status.number());
    }
    text.push_str("    }\n)\n\nOPERATIONS = (\n");
    for operation in CATALOGUE.iter() {
        let _ = writeln!(text, "    {},", quoted(operation.name));
    }
    text.push_str(")\n\"\"\"The operations of the catalogue, in its order.\"\"\"\n");
    text
}

/// The nested models so far. Equal shapes are one class, however many operations answer with them.
#[derive(Default)]
struct Models {
    classes: String,
    by_shape: BTreeMap<String, String>,
    shape_of: BTreeMap<String, String>,
}

impl Models {
    /// The text of a class; the classes that its fields need are kept before it.
    fn class(&mut self, path: &str, name: &str, base: &str, about: &str, schema: &Value) -> Result<String> {
        let required: Vec<&str> =
            schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let mut keys = String::new();
        let mut fields = String::new();
        for (key, property) in schema["properties"].as_object().into_iter().flatten() {
            let attribute = snake(key);
            let field = self.field(&format!("{path}.{key}"), property)?;
            let mut options = String::new();
            if let Some(model) = &field.model {
                let _ = write!(options, ", model={model}");
            }
            if field.many {
                options.push_str(", many=True");
            }
            // A list of objects is people's data even under the name of a count.
            if SHOWN.contains(&key.as_str()) && field.model.is_none() {
                options.push_str(", shown=True");
            }
            let _ = writeln!(keys, "        Key({}, {}{options}),", quoted(&attribute), quoted(key));
            let absent = !required.contains(&key.as_str()) && (!field.many || nullable(property));
            let kind = if absent && field.kind != "Any" { format!("{} | None", field.kind) } else { field.kind };
            let _ = writeln!(fields, "    {attribute}: {kind}");
            fields.push_str(&docstring(4, meaning(property), &[]));
        }
        Ok(format!(
            "\n\n@dataclass(frozen=True, repr=False)\nclass {name}({base}):\n{}\n    \
             _KEYS: ClassVar[tuple[Key, ...]] = (\n{keys}    )\n\n{fields}",
            docstring(4, about, &[]),
        ))
    }

    fn field(&mut self, path: &str, schema: &Value) -> Result<Field> {
        if schema["properties"].is_object() {
            let model = self.nested(path, schema)?;
            return Ok(Field { kind: model.clone(), model: Some(model), many: false });
        }
        if let Some(items) = schema.get("items") {
            let item = self.field(path, items)?;
            let many = format!("tuple[{}, ...]", item.kind);
            return Ok(Field { kind: many, model: item.model, many: true });
        }
        let kind = match word(schema) {
            "string" => "str",
            "integer" => "int",
            "number" => "float",
            "boolean" => "bool",
            "object" => "dict[str, Any]",
            _ => "Any",
        };
        Ok(Field { kind: kind.into(), model: None, many: false })
    }

    fn nested(&mut self, path: &str, schema: &Value) -> Result<String> {
        let shape = shape(schema);
        if let Some(name) = self.by_shape.get(&shape) {
            return Ok(name.clone());
        }
        let key = path.rsplit('.').next().unwrap_or(path);
        let own = NAMES.iter().find(|(of, _)| *of == path).map(|(_, name)| (*name).to_owned());
        let name = own.unwrap_or_else(|| pascal(key.strip_suffix('s').unwrap_or(key)));
        if self.shape_of.insert(name.clone(), shape.clone()).is_some() {
            return Err(format!("python: two models want the name {name}; give `{path}` one of its own").into());
        }
        self.by_shape.insert(shape, name.clone());
        let class = self.class(path, &name, "Model", meaning(schema), schema)?;
        self.classes.push_str(&class);
        Ok(name)
    }
}

struct Field {
    kind: String,
    model: Option<String>,
    many: bool,
}

fn models_module(models: &Models, responses: &str) -> String {
    format!(
        "\"\"\"What the operations answer with.\n\n{MARK}\n\"\"\"\n\n\
         from __future__ import annotations\n\nfrom dataclasses import dataclass\nfrom typing import Any, ClassVar\n\n\
         from ._model import Key, Model, Response\n{}{responses}",
        models.classes
    )
}

fn operations_module() -> String {
    let mut text = format!(
        "\"\"\"The operations of the catalogue as methods.\n\n{MARK}\n\"\"\"\n\n\
         from __future__ import annotations\n\nfrom collections.abc import Mapping, Sequence\n\
         from typing import Any, Literal, TypeVar\n\nfrom . import _models as models\nfrom ._model import Response\n\n\
         R = TypeVar(\"R\", bound=Response)\n"
    );
    for (class, start, about) in [
        ("Operations", "def", "Every operation; each call blocks until there is an answer."),
        ("AsyncOperations", "async def", "Every operation, to be awaited; cancelling the task stops the work."),
    ] {
        let context: Vec<(String, String)> =
            shared().iter().map(|(key, schema)| (snake(key), meaning(schema).to_owned())).collect();
        let _ = write!(
            text,
            "\n\nclass {class}:\n{}\n    __slots__ = ()\n\n    {start} _call(self, operation: str, request: dict[str, Any], answer: type[R]) -> R:\n        \
             raise NotImplementedError\n",
            docstring(4, about, &[("Keywords of every operation", context)]),
        );
        for operation in CATALOGUE.iter() {
            text.push_str(&method(operation, start));
        }
    }
    text
}

fn method(operation: &Operation, start: &str) -> String {
    let schema = operation.request_schema();
    let required: Vec<&str> = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let is_required = |key: &str| required.contains(&key);
    let mut own = Vec::new();
    for (key, property) in schema["properties"].as_object().into_iter().flatten() {
        if !Context::KEYS.contains(&key.as_str()) {
            own.push((key.clone(), property.clone()));
        }
    }
    let described = own.iter().map(|(key, property)| (snake(key), described(property))).collect();
    let outcomes = operation.outcomes.iter().map(|(name, means)| (format!("`{name}`"), (*means).to_owned())).collect();
    own.extend(shared());

    let mut parameters = String::new();
    let mut members = String::new();
    for (key, property) in &own {
        let kind = request_kind(property);
        let rest = match (is_required(key), kind.as_str()) {
            (true, _) => kind,
            (false, "Any") => "Any = None".into(),
            (false, kind) => format!("{kind} | None = None"),
        };
        let _ = writeln!(parameters, "        {}: {rest},", snake(key));
        let _ = writeln!(members, "                {}: {},", quoted(key), snake(key));
    }
    let response = format!("models.{}Response", pascal(operation.name));
    let call = if start == "def" { "self._call" } else { "await self._call" };
    format!(
        "\n    {start} {name}(\n        self,\n        *,\n{parameters}    ) -> {response}:\n{}        \
         return {call}(\n            {},\n            {{\n{members}            }},\n            {response},\n        )\n",
        docstring(8, operation.summary, &[("Keywords", described), ("Outcomes", outcomes)]),
        quoted(operation.name),
        name = operation.name,
    )
}

/// The keys that every request may have.
fn shared() -> Vec<(String, Value)> {
    let schema = CATALOGUE.first().map(Operation::request_schema).unwrap_or_default();
    let properties = schema["properties"].as_object().into_iter().flatten();
    let shared = properties.filter(|(key, _)| Context::KEYS.contains(&key.as_str()));
    shared.map(|(key, property)| (key.clone(), property.clone())).collect()
}

fn request_kind(schema: &Value) -> String {
    let words = words(schema);
    if !words.is_empty() {
        let words: Vec<String> = words.iter().map(|word| quoted(word)).collect();
        return format!("Literal[{}]", words.join(", "));
    }
    if let Some(items) = schema.get("items") {
        return format!("Sequence[{}]", request_kind(items));
    }
    match word(schema) {
        "string" => "str",
        "integer" => "int",
        "number" => "float",
        "boolean" => "bool",
        "object" => "Mapping[str, Any]",
        _ => "Any",
    }
    .into()
}

/// The keys of an object with their types, whatever is said about them.
fn shape(schema: &Value) -> String {
    let typed = |key: &str, value: &Value| format!("{key}:{}{}{}", word(value), nullable(value), shape(value));
    let keys = schema["properties"].as_object().into_iter().flatten();
    let keys: Vec<String> = keys.map(|(key, property)| typed(key, property)).collect();
    let items = schema.get("items").map(|items| typed("", items)).unwrap_or_default();
    format!("{{{}}}[{items}]{}", keys.join(","), schema["required"])
}

/// What a key means, with the keys of the object that it takes.
fn described(schema: &Value) -> String {
    let object = schema.get("items").unwrap_or(schema);
    let keys: Vec<String> =
        object["properties"].as_object().into_iter().flatten().map(|(key, _)| format!("`{key}`")).collect();
    match keys.as_slice() {
        [] => meaning(schema).to_owned(),
        keys => format!("{} Keys: {}.", meaning(schema), keys.join(", ")),
    }
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

/// `primarySENType` as `primary_sen_type` and `linkedULNs` as `linked_ulns`; a word of Python gets a `_`.
fn snake(key: &str) -> String {
    let letters: Vec<char> = key.chars().collect();
    let mut name = String::new();
    for (place, letter) in letters.iter().enumerate() {
        let before = place.checked_sub(1).map(|place| letters[place]);
        let after = letters.get(place + 1);
        let plural = after == Some(&'s') && place + 2 == letters.len();
        let begins = letter.is_uppercase()
            && before.is_some_and(|before| {
                !before.is_uppercase() || (after.is_some_and(|after| after.is_lowercase()) && !plural)
            });
        if begins {
            name.push('_');
        }
        name.extend(letter.to_lowercase());
    }
    if ["from", "pass", "class", "import", "in", "is", "not", "with"].contains(&name.as_str()) {
        name.push('_');
    }
    name
}

/// `generate_qr` and `generateQr` as `GenerateQr`.
fn pascal(name: &str) -> String {
    name.split('_').map(|part| format!("{}{}", part[..1].to_uppercase(), &part[1..])).collect()
}

fn lower_first(text: &str) -> String {
    text.chars()
        .enumerate()
        .map(|(place, letter)| if place == 0 { letter.to_ascii_lowercase() } else { letter })
        .collect()
}

/// A text as Python writes it.
fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

/// A docstring: a sentence and lists of named things. Nothing when there is nothing to say.
fn docstring(indent: usize, text: &str, lists: &[(&str, Vec<(String, String)>)]) -> String {
    let lists: Vec<_> = lists.iter().filter(|(_, items)| !items.is_empty()).collect();
    if text.is_empty() && lists.is_empty() {
        return String::new();
    }
    let margin = " ".repeat(indent);
    let mut lines = wrapped(&format!("\"\"\"{text}"), indent, indent);
    for (title, items) in &lists {
        let _ = write!(lines, "\n\n{margin}{title}:");
        for (name, means) in items {
            let _ = write!(lines, "\n{}", wrapped(&format!("{name}: {means}"), indent + 4, indent + 8));
        }
    }
    if !lists.is_empty() || lines.contains('\n') {
        let _ = write!(lines, "\n{margin}");
    }
    lines.push_str("\"\"\"\n");
    lines.replace('\\', "\\\\")
}

/// The words of a text in lines of the width of a page.
fn wrapped(text: &str, first: usize, other: usize) -> String {
    let mut done = " ".repeat(first);
    let mut used = first;
    for (place, word) in text.split_whitespace().enumerate() {
        let length = word.chars().count();
        if place > 0 && used + 1 + length > WIDTH {
            let _ = write!(done, "\n{}", " ".repeat(other));
            used = other;
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
    fn keys_become_names_of_python() {
        for (key, name) in [
            ("ukprn", "ukprn"),
            ("timeoutMs", "timeout_ms"),
            ("primarySENType", "primary_sen_type"),
            ("linkedULNs", "linked_ulns"),
            ("addressLine1", "address_line1"),
            ("from", "from_"),
        ] {
            assert_eq!(snake(key), name);
        }
        assert_eq!(pascal("generate_qr"), "GenerateQr");
        assert_eq!(pascal("learningEvent"), "LearningEvent");
    }

    #[test]
    fn nothing_that_names_a_person_is_shown_when_a_model_is_printed() {
        for key in ["uln", "givenName", "dateOfBirth", "correlationId", "url", "linkageKey", "personId", "subject"] {
            assert!(!SHOWN.contains(&key), "{key}");
        }
    }
}
