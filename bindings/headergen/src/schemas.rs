//! The JSON Schemas of requests, responses, configuration and errors.

use learnerlink::operations::CATALOGUE;
use serde_json::Value;

use crate::{Files, Result};

pub(crate) const FOLDER: &str = "include/schemas";

fn path(name: &str) -> String {
    format!("{FOLDER}/{name}")
}

pub(crate) fn generate(files: &mut Files) -> Result<()> {
    let mut keep = |name: &str, schema: &Value| -> Result<()> {
        files.insert(path(&format!("{name}.json")), serde_json::to_string_pretty(schema)? + "\n");
        Ok(())
    };
    for operation in CATALOGUE.iter() {
        keep(&format!("{}.request", operation.name), &operation.request_schema())?;
        keep(&format!("{}.response", operation.name), &operation.response_schema())?;
    }
    files.insert("include/catalogue.json".into(), lines(&learnerlink::operations::description()));
    let mut keep = |name: &str, schema: &Value| -> Result<()> {
        files.insert(path(&format!("{name}.json")), serde_json::to_string_pretty(schema)? + "\n");
        Ok(())
    };
    keep("configuration", &learnerlink::config::schema())?;
    keep("error", &learnerlink::error::schema())
}

/// The document with a line for each member and for each item of its lists: small, and its changes can be read.
fn lines(document: &Value) -> String {
    let members = document.as_object().into_iter().flatten().map(|(key, value)| {
        let value = match value {
            Value::Array(items) => {
                let items: Vec<String> = items.iter().map(Value::to_string).collect();
                format!("[\n{}\n]", items.join(",\n"))
            }
            other => other.to_string(),
        };
        format!("{}:{value}", Value::from(key.as_str()))
    });
    format!("{{\n{}\n}}\n", members.collect::<Vec<_>>().join(",\n"))
}
