//! The keys of an operation's request, so that the text of a column becomes the value that its key wants.

use serde_json::{Map, Number, Value};

use crate::error::{Error, Result};
use crate::operations::{DESCRIPTION, Operation};

/// What a key's value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Whole,
    Number,
    Flag,
    /// A list or an object, as JSON.
    Json,
}

/// The keys of a request.
pub(super) struct Keys {
    schema: Value,
    leaves: Vec<(String, Kind)>,
}

impl Keys {
    /// Reads the catalogue's description.
    pub(super) fn of(operation: &Operation) -> Result<Self> {
        let mut description: Value =
            serde_json::from_str(DESCRIPTION).map_err(|_| Error::internal("the catalogue's description is no JSON"))?;
        let operations = description["operations"].as_array_mut().map(std::mem::take).unwrap_or_default();
        let mut found = operations.into_iter().filter(|entry| entry["name"] == operation.name);
        let schema = found.next().map(|mut entry| entry["request"].take());
        let schema = schema.ok_or_else(|| Error::internal("the catalogue's description lacks an operation"))?;
        let mut leaves = Vec::new();
        collect(&schema, "", &mut leaves);
        Ok(Self { schema, leaves })
    }

    /// The key whose name is that of a column, whatever its case and without `_`, `-` and blanks.
    pub(super) fn named(&self, column: &str) -> Option<&(String, Kind)> {
        let column = plain(column);
        self.leaves.iter().find(|(path, _)| plain(path) == column)
    }

    /// All keys.
    pub(super) fn all(&self) -> impl Iterator<Item = &(String, Kind)> {
        self.leaves.iter()
    }

    /// What the value of a key is; `None` when there is no such key.
    pub(super) fn kind(&self, path: &str) -> Option<Kind> {
        let mut schema = &self.schema;
        for part in path.split('.') {
            schema = properties(schema)?.get(part)?;
        }
        Some(kind(schema))
    }

    /// The names of all keys, for messages.
    pub(super) fn names(&self) -> String {
        self.leaves.iter().map(|(path, _)| format!("`{path}`")).collect::<Vec<_>>().join(", ")
    }
}

/// A name without what people write in different ways.
pub(super) fn plain(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, '_' | '-' | ' ')).flat_map(char::to_lowercase).collect()
}

fn properties(schema: &Value) -> Option<&Map<String, Value>> {
    let own = schema["properties"].as_object();
    own.or_else(|| variants(schema).find_map(|variant| variant["properties"].as_object()))
}

fn variants(schema: &Value) -> impl Iterator<Item = &Value> {
    ["anyOf", "oneOf"].into_iter().flat_map(|key| schema[key].as_array().into_iter().flatten())
}

fn collect(schema: &Value, path: &str, leaves: &mut Vec<(String, Kind)>) {
    for (key, property) in properties(schema).into_iter().flatten() {
        let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
        if properties(property).is_some() {
            collect(property, &path, leaves);
        }
        leaves.push((path, kind(property)));
    }
}

fn kind(schema: &Value) -> Kind {
    if schema.get("const").is_some_and(Value::is_string) {
        return Kind::Text;
    }
    let words = match &schema["type"] {
        Value::String(word) => vec![word.as_str()],
        Value::Array(words) => words.iter().filter_map(Value::as_str).collect(),
        _ => {
            let mut kinds = variants(schema).filter(|variant| variant["type"] != "null").map(kind);
            // A text is what every file can give.
            let first = kinds.next().unwrap_or(Kind::Text);
            return if kinds.any(|kind| kind == Kind::Text) { Kind::Text } else { first };
        }
    };
    for (word, kind) in [
        ("string", Kind::Text),
        ("integer", Kind::Whole),
        ("number", Kind::Number),
        ("boolean", Kind::Flag),
        ("object", Kind::Json),
        ("array", Kind::Json),
    ] {
        if words.contains(&word) {
            return kind;
        }
    }
    Kind::Text
}

impl Kind {
    /// The value that a text stands for, or the rest of a sentence on what it must be.
    pub(super) fn read(self, text: &str) -> Result<Value, &'static str> {
        match self {
            Self::Text => Ok(Value::from(text)),
            Self::Whole => {
                let unsigned = text.parse::<u64>().map(Value::from);
                unsigned.or_else(|_| text.parse::<i64>().map(Value::from)).map_err(|_| "must be a whole number")
            }
            Self::Number => {
                let number = text.parse::<f64>().ok().and_then(Number::from_f64);
                number.map(Value::from).ok_or("must be a number with a point for its decimals")
            }
            Self::Flag => match text.to_ascii_lowercase().as_str() {
                "true" | "yes" | "y" | "1" => Ok(Value::Bool(true)),
                "false" | "no" | "n" | "0" => Ok(Value::Bool(false)),
                _ => Err("must be true or false, yes or no, or 1 or 0"),
            },
            Self::Json => match serde_json::from_str(text) {
                Ok(value @ (Value::Array(_) | Value::Object(_))) => Ok(value),
                _ => Err("must be a list or an object in JSON"),
            },
        }
    }
}

/// Puts a value into a request; fails where something else than an object stands in the way.
pub(super) fn put(request: &mut Map<String, Value>, path: &str, value: Value) -> Result<(), String> {
    let Some((first, rest)) = path.split_once('.') else {
        request.insert(path.to_owned(), value);
        return Ok(());
    };
    match request.entry(first).or_insert_with(|| Value::Object(Map::new())) {
        Value::Object(inner) => put(inner, rest, value),
        _ => Err(format!("`{first}` has a value of its own beside `{path}`")),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn keys(operation: &str) -> Keys {
        Keys::of(Operation::find(operation).unwrap()).unwrap()
    }

    #[test]
    fn columns_find_their_keys_whatever_their_case_and_marks() {
        let keys = keys("match_learner");
        for column in ["givenName", "GIVEN_NAME", "Given name", "given-name"] {
            assert_eq!(keys.named(column).unwrap().0, "givenName", "{column}");
        }
        assert!(keys.named("forename").is_none());
        assert_eq!(keys.named("ukprn").unwrap().0, "ukprn");
        assert_eq!((keys.kind("gender"), keys.kind("timeoutMs")), (Some(Kind::Text), Some(Kind::Whole)));
        assert_eq!(keys.kind("nothing"), None);
    }

    #[test]
    fn keys_inside_others_are_found_by_their_path() {
        let keys = keys("send_results");
        assert_eq!(keys.named("result.score").unwrap(), &("result.score".to_owned(), Kind::Text));
        assert_eq!(keys.kind("result"), Some(Kind::Json));
        let mut request = Map::new();
        put(&mut request, "result.score", json!("8")).unwrap();
        put(&mut request, "result.state", json!("completed")).unwrap();
        assert_eq!(Value::Object(request.clone()), json!({ "result": { "score": "8", "state": "completed" } }));
        assert!(put(&mut request, "result.score.x", json!(1)).is_err());
    }

    #[test]
    fn text_becomes_what_its_key_wants_or_is_refused() {
        assert_eq!(Kind::Whole.read("-7"), Ok(json!(-7)));
        assert_eq!(Kind::Whole.read("18446744073709551615"), Ok(json!(u64::MAX)));
        assert_eq!(Kind::Number.read("1.5"), Ok(json!(1.5)));
        assert_eq!([Kind::Flag.read("YES"), Kind::Flag.read("0")], [Ok(json!(true)), Ok(json!(false))]);
        assert_eq!(Kind::Json.read("[\"a\"]"), Ok(json!(["a"])));
        assert_eq!(Kind::Text.read("007"), Ok(json!("007")));
        for (kind, text) in
            [(Kind::Whole, "1.0"), (Kind::Whole, ""), (Kind::Number, "NaN"), (Kind::Flag, "maybe"), (Kind::Json, "a")]
        {
            assert!(kind.read(text).is_err(), "{text}");
        }
    }
}
