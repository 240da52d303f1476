//! The JSON Schemas of requests, responses, configuration and errors.

use learnerlink::operations::CATALOGUE;
use serde_json::Value;

use crate::{Files, Result};

pub(crate) const FOLDER: &str = "include/schemas";

pub(crate) fn path(name: &str) -> String {
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
    keep("configuration", &learnerlink::config::schema())?;
    keep("error", &learnerlink::error::schema())
}
