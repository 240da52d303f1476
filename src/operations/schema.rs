//! The JSON Schemas of requests and responses, for the files that are generated from them.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Value, json};

use super::{CATALOGUE, Operation};
use crate::error::Status;
use crate::invocation::Context;

pub(crate) type SchemaOf = fn(&mut SchemaGenerator) -> Schema;

impl Operation {
    /// The JSON Schema of the request, the shared keys included.
    #[must_use]
    pub fn request_schema(&self) -> Value {
        let mut schema = schema_of(self.request, &format!("Request of {}", self.name));
        let context = schema_of(Context::json_schema, "");
        if let (Some(Value::Object(own)), Some(Value::Object(shared))) = (
            schema.as_object_mut().map(|schema| schema.entry("properties").or_insert_with(|| json!({}))),
            context.get("properties"),
        ) {
            for (key, value) in shared {
                own.entry(key).or_insert_with(|| value.clone());
            }
        }
        schema
    }

    /// The JSON Schema of the response.
    #[must_use]
    pub fn response_schema(&self) -> Value {
        let mut schema = schema_of(self.response, &format!("Response of {}", self.name));
        if let Some(outcome) = schema.pointer_mut("/properties/outcome").and_then(Value::as_object_mut) {
            outcome.entry("description").or_insert_with(|| json!("One of the operation's outcomes."));
        }
        schema
    }
}

/// The JSON Schema of a type, whole in itself.
pub(crate) fn schema_of(schema: SchemaOf, title: &str) -> Value {
    let mut generator =
        SchemaSettings::draft2020_12().with(|settings| settings.inline_subschemas = true).into_generator();
    let mut schema = schema(&mut generator).to_value();
    schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    schema["title"] = json!(title);
    schema
}

/// The catalogue, versions, and the tables of outcomes and errors, as JSON.
#[must_use]
pub fn description() -> Value {
    let operations: Vec<Value> = CATALOGUE
        .iter()
        .map(|operation| {
            let mut entry = operation.to_json();
            entry["request"] = operation.request_schema();
            entry["response"] = operation.response_schema();
            entry
        })
        .collect();
    let errors: Vec<Value> = Status::ALL
        .iter()
        .map(|status| {
            json!({
                "status": status.number(),
                "code": status.code(),
                "meaning": status.meaning(),
                "retriable": status.retriable(),
            })
        })
        .collect();
    json!({
        "library": "learnerlink",
        "version": crate::VERSION,
        "abi": { "major": crate::ABI_MAJOR, "minor": crate::ABI_MINOR },
        "schema": crate::store::SCHEMA,
        "operations": operations,
        "errors": errors,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the reader of requests counts on: a type without `deny_unknown_fields` would swallow a misspelt key.
    fn assert_closed(schema: &Value, of: &str) {
        match schema {
            Value::Object(members) => {
                if members.get("type") == Some(&json!("object")) {
                    let closed = members.get("additionalProperties").is_some();
                    assert!(closed, "an object without `deny_unknown_fields` in {of}: {schema}");
                }
                members.values().for_each(|member| assert_closed(member, of));
            }
            Value::Array(items) => items.iter().for_each(|item| assert_closed(item, of)),
            _ => {}
        }
    }

    #[test]
    fn every_schema_names_the_shared_keys_and_refuses_others() {
        assert_closed(&crate::config::schema(), "the configuration");
        for operation in CATALOGUE.iter() {
            let schema = operation.request_schema();
            assert_closed(&schema, operation.name);
            for key in Context::KEYS {
                assert!(schema["properties"].get(key).is_some(), "{} lacks {key}", operation.name);
            }
        }
    }
}
