//! The generated pages of the documentation: operations, errors, configuration.

use std::fmt::Write as _;

use learnerlink::Status;
use learnerlink::invocation::Context;
use learnerlink::operations::{CATALOGUE, Operation};
use serde_json::Value;

use crate::{Files, MARK};

pub(crate) fn generate(files: &mut Files) {
    files.insert("docs/operations.md".into(), operations_page());
    files.insert("docs/errors.md".into(), errors_page());
    files.insert("docs/configuration.md".into(), configuration_page());
}

/// A key of a JSON document, as a row of a table.
struct Row {
    path: String,
    kind: String,
    required: bool,
    default: Option<String>,
    meaning: String,
}

/// All operations, one line each.
pub(crate) fn operations_table() -> String {
    let mut text = String::from("| System | Operation | Does |\n|---|---|---|\n");
    for operation in CATALOGUE.iter() {
        let _ = writeln!(
            text,
            "| {} | [`{name}`](docs/operations.md#{name}) | {} |",
            operation.system.name(),
            cell(operation.summary),
            name = operation.name,
        );
    }
    text
}

/// All statuses, one line each.
pub(crate) fn errors_table() -> String {
    let mut text = String::from("| Status | Code | Means | Retriable |\n|---:|---|---|---|\n");
    for status in Status::ALL {
        let retriable = if status.retriable() { "yes" } else { "" };
        let _ =
            writeln!(text, "| {} | `{}` | {} | {retriable} |", status.number(), status.code(), cell(status.meaning()));
    }
    text
}

/// All keys of the configuration, one line each.
pub(crate) fn configuration_table() -> String {
    let mut rows = Vec::new();
    walk(&learnerlink::config::schema(), "", &mut rows);
    let mut text = String::from("| Key | Type | Default | Means |\n|---|---|---|---|\n");
    for row in rows {
        let default = match row.default {
            Some(default) => format!("`{default}`"),
            None if row.required => "required".into(),
            None => String::new(),
        };
        let _ = writeln!(text, "| `{}` | {} | {default} | {} |", row.path, row.kind, row.meaning);
    }
    text
}

fn operations_page() -> String {
    let mut text = format!(
        "# Operations\n\n<!-- {MARK} -->\n\n\
         Each operation can be called in three ways: by the C function named after it, which blocks until there is an \
         answer; by name through `learnerlink_start`, which does not; and from a shell with `learnerlink call`. Keys that \
         are not required may be left out, and `null` means the same. Keys that are not listed are refused. Responses may \
         gain keys in later versions.\n\n## Keys of every request\n\n"
    );
    let shared: Vec<Row> = CATALOGUE
        .first()
        .map(|operation| rows_of(&operation.request_schema()))
        .into_iter()
        .flatten()
        .filter(|row| is_shared(&row.path))
        .collect();
    table(&mut text, &shared, true);
    let mut system = None;
    for operation in CATALOGUE.iter() {
        if system != Some(operation.system) {
            system = Some(operation.system);
            let _ = write!(text, "\n## {}\n", operation.system.name());
        }
        section(&mut text, operation);
    }
    text
}

fn section(text: &mut String, operation: &Operation) {
    let _ = write!(text, "\n### {}\n\n{}\n\n", operation.name, operation.summary);
    let _ = write!(text, "C function: `learnerlink_{}`.", operation.name);
    if !operation.audited {
        text.push_str(" Not entered in the audit trail.");
    }
    let _ = writeln!(
        text,
        " Schemas: [request](../include/schemas/{name}.request.json), \
         [response](../include/schemas/{name}.response.json).",
        name = operation.name
    );
    let request: Vec<Row> =
        rows_of(&operation.request_schema()).into_iter().filter(|row| !is_shared(&row.path)).collect();
    if request.is_empty() {
        text.push_str("\nThe request has no keys of its own.\n");
    } else {
        text.push_str("\n**Request**\n\n");
        table(text, &request, true);
    }
    text.push_str("\n**Response**\n\n");
    table(text, &rows_of(&operation.response_schema()), false);
    text.push_str("\n**Outcomes**\n\n| Outcome | Means |\n|---|---|\n");
    for (name, meaning) in operation.outcomes {
        let _ = writeln!(text, "| `{name}` | {} |", cell(meaning));
    }
}

fn is_shared(path: &str) -> bool {
    Context::KEYS.contains(&path)
}

fn table(text: &mut String, rows: &[Row], input: bool) {
    text.push_str(if input {
        "| Key | Type | Required | Default | Means |\n|---|---|---|---|---|\n"
    } else {
        "| Key | Type | Always | Means |\n|---|---|---|---|\n"
    });
    for row in rows {
        let yes = if row.required { "yes" } else { "" };
        let default = row.default.as_ref().map_or_else(String::new, |default| format!("`{default}`"));
        let _ = if input {
            writeln!(text, "| `{}` | {} | {yes} | {default} | {} |", row.path, row.kind, row.meaning)
        } else {
            writeln!(text, "| `{}` | {} | {yes} | {} |", row.path, row.kind, row.meaning)
        };
    }
}

fn errors_page() -> String {
    let mut text = format!(
        "# Status numbers and errors\n\n<!-- {MARK} -->\n\n\
         Every C function that can fail returns one of these numbers; error objects carry the code as well. Numbers and \
         codes are permanent, and later versions may add some: treat an unknown one by its hundred. \"Retriable\" means \
         that the same call may succeed later without anybody changing anything.\n\n"
    );
    text.push_str(&errors_table());
    text.push_str("\n## The error object\n\n");
    table(&mut text, &rows_of(&learnerlink::error::schema()), false);
    text
}

fn configuration_page() -> String {
    format!(
        "# Configuration\n\n<!-- {MARK} -->\n\n\
         `learnerlink_open` takes one JSON object with these keys. All may be left out but `store`, which `sandbox` \
         replaces; a key that is not listed is refused with its path. `${{NAME}}` in a text is replaced by the \
         environment variable of that name; `$${{` stands for `${{` itself. Schema: \
         [configuration.json](../include/schemas/configuration.json).\n\n{}",
        configuration_table()
    )
}

fn rows_of(schema: &Value) -> Vec<Row> {
    let mut rows = Vec::new();
    walk(schema, "", &mut rows);
    rows
}

/// Collects the keys of an object and of the objects in it.
fn walk(schema: &Value, prefix: &str, rows: &mut Vec<Row>) {
    let required: Vec<&str> = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    for (key, property) in schema["properties"].as_object().into_iter().flatten() {
        let path = format!("{prefix}{key}");
        rows.push(Row {
            kind: kind_of(property),
            required: required.contains(&key.as_str()),
            default: property.get("default").filter(|value| shows(value)).map(Value::to_string),
            meaning: meaning_of(property),
            path: path.clone(),
        });
        inner(property, &path, rows);
    }
}

/// Whether a default says more than that the key may be absent.
fn shows(default: &Value) -> bool {
    match default {
        Value::Null | Value::Object(_) => false,
        Value::Array(items) => !items.is_empty(),
        _ => true,
    }
}

fn inner(schema: &Value, path: &str, rows: &mut Vec<Row>) {
    walk(schema, &format!("{path}."), rows);
    if let Some(items) = schema.get("items") {
        inner(items, &format!("{path}[]"), rows);
    }
    if let Some(values) = schema.get("additionalProperties").filter(|values| values.is_object()) {
        inner(values, &format!("{path}.NAME"), rows);
    }
    for variant in variants(schema) {
        inner(variant, path, rows);
    }
}

fn variants(schema: &Value) -> impl Iterator<Item = &Value> {
    ["anyOf", "oneOf", "allOf"].into_iter().flat_map(|key| schema[key].as_array().into_iter().flatten())
}

/// A type in words, without `null`, which every key that may be absent allows.
fn kind_of(schema: &Value) -> String {
    let words: Vec<String> = values(schema).iter().map(|value| format!("`{value}`")).collect();
    if !words.is_empty() {
        return words.join(", ");
    }
    let several: Vec<String> = variants(schema).filter(|variant| variant["type"] != "null").map(kind_of).collect();
    if !several.is_empty() {
        return several.join(" or ");
    }
    let types: Vec<&str> = match &schema["type"] {
        Value::String(one) => vec![one],
        Value::Array(several) => several.iter().filter_map(Value::as_str).filter(|kind| *kind != "null").collect(),
        _ => return "any".into(),
    };
    let kind = types.join(" or ");
    match kind.as_str() {
        "array" => schema.get("items").map_or_else(|| "array".into(), |items| format!("array of {}", kind_of(items))),
        "integer" | "number" => format!("{kind}{}", range(schema, "minimum", "maximum")),
        "string" => match schema["pattern"].as_str() {
            Some(pattern) => format!("string like `{}`", cell(pattern)),
            None => format!("string{}", range(schema, "minLength", "maxLength")),
        },
        _ => kind,
    }
}

/// The words a text may be, when only some are allowed.
fn values(schema: &Value) -> Vec<String> {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    if let Some(word) = schema.get("const").and_then(text) {
        return vec![word];
    }
    if let Some(words) = schema["enum"].as_array() {
        return words.iter().filter_map(text).collect();
    }
    let several: Vec<Vec<String>> = variants(schema).map(values).collect();
    if several.iter().any(Vec::is_empty) { Vec::new() } else { several.concat() }
}

fn range(schema: &Value, least: &str, most: &str) -> String {
    match (schema[least].as_u64(), schema[most].as_u64()) {
        (Some(least), Some(most)) => format!(", {least} to {most}"),
        _ => String::new(),
    }
}

fn meaning_of(schema: &Value) -> String {
    let own = schema["description"].as_str().unwrap_or_default();
    let words: Vec<String> = variants(schema)
        .filter_map(|variant| Some(format!("`{}`: {}", variant["const"].as_str()?, variant["description"].as_str()?)))
        .collect();
    cell(&[own.to_owned(), words.join(" ")].join(" "))
}

/// A text as it may stand in a table.
fn cell(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|")
}
