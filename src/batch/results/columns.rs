//! The columns of a table of results, as the rows show them.

use std::collections::HashSet;

use serde_json::{Map, Value};

/// How many columns a table has at most for what is carried over and what was answered.
const MOST: usize = 500;
/// The columns that every table has.
pub(super) const FIXED: [&str; 5] = ["row", "line", "outcome", "errorCode", "errorMessage"];

/// What the values of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Flag,
    Whole,
    Double,
    Text,
}

impl Kind {
    fn of(value: &Value) -> Self {
        match value {
            Value::Bool(_) => Self::Flag,
            Value::Number(number) if number.is_i64() => Self::Whole,
            Value::Number(_) => Self::Double,
            _ => Self::Text,
        }
    }

    fn and(self, other: Self) -> Self {
        match (self, other) {
            (one, other) if one == other => one,
            (Self::Whole, Self::Double) | (Self::Double, Self::Whole) => Self::Double,
            _ => Self::Text,
        }
    }
}

/// Where a value of a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Part {
    /// Carried over from the input.
    Input,
    /// Of the response.
    Response,
}

/// A column.
#[derive(Clone, Debug)]
pub(super) struct Column {
    pub(super) part: Part,
    pub(super) path: String,
    pub(super) kind: Kind,
    /// What it is called in the table.
    pub(super) name: String,
}

/// The columns seen so far, in the order in which they were seen.
#[derive(Default)]
pub(super) struct Columns {
    columns: Vec<Column>,
    known: std::collections::HashMap<(Part, String), usize>,
    /// Whether a row has values beyond the most columns a table may have.
    more: bool,
}

/// The columns with their names.
pub(super) struct Named {
    pub(super) columns: Vec<Column>,
    /// Whether the last column is a text with the values that have none of their own, as JSON.
    pub(super) more: Option<String>,
}

impl Columns {
    /// Notes the columns of a row.
    pub(super) fn note(&mut self, row: &Map<String, Value>) {
        each(row, &mut |part, path, value| {
            if let Some(at) = self.known.get(&(part, path.to_owned())) {
                let column = &mut self.columns[*at];
                column.kind = column.kind.and(Kind::of(value));
            } else if self.columns.len() < MOST {
                self.known.insert((part, path.to_owned()), self.columns.len());
                let column = Column { part, path: path.to_owned(), kind: Kind::of(value), name: String::new() };
                self.columns.push(column);
            } else {
                self.more = true;
            }
        });
    }

    /// Gives every column a name of its own: its path, behind `input.` or `response.` where another has that name.
    pub(super) fn named(mut self) -> Named {
        let mut taken: HashSet<String> = FIXED.iter().map(|name| (*name).to_owned()).collect();
        // What is carried over comes first, and so keeps its name.
        self.columns.sort_by_key(|column| column.part == Part::Response);
        for column in &mut self.columns {
            let prefix = if column.part == Part::Input { "input." } else { "response." };
            column.name = free(&mut taken, column.path.clone(), prefix);
        }
        let more = self.more.then(|| free(&mut taken, "more".into(), "response."));
        Named { columns: self.columns, more }
    }
}

impl Named {
    /// The values of a row in the order of the columns, and those that have no column.
    pub(super) fn values(&self, row: &Map<String, Value>) -> (Vec<Option<Value>>, Map<String, Value>) {
        let mut found: std::collections::HashMap<(Part, String), Value> = std::collections::HashMap::new();
        each(row, &mut |part, path, value| drop(found.insert((part, path.to_owned()), value.clone())));
        let values = self.columns.iter().map(|column| found.remove(&(column.part, column.path.clone()))).collect();
        let mut rest: Vec<_> = found.into_iter().map(|((_, path), value)| (path, value)).collect();
        rest.sort_by(|(one, _), (other, _)| one.cmp(other));
        (values, rest.into_iter().collect())
    }
}

fn free(taken: &mut HashSet<String>, path: String, prefix: &str) -> String {
    let mut name = path;
    while taken.contains(&name) {
        name.insert_str(0, prefix);
    }
    taken.insert(name.clone());
    name
}

/// Shows each value of a row that has a place in a table; objects are looked into, lists are not.
fn each(row: &Map<String, Value>, seen: &mut dyn FnMut(Part, &str, &Value)) {
    if let Some(Value::Object(input)) = row.get("input") {
        flatten("", input, &mut |path, value| seen(Part::Input, path, value));
    }
    if let Some(Value::Object(response)) = row.get("response") {
        flatten("", response, &mut |path, value| {
            if path != "outcome" {
                seen(Part::Response, path, value);
            }
        });
    }
}

fn flatten(before: &str, object: &Map<String, Value>, seen: &mut dyn FnMut(&str, &Value)) {
    for (key, value) in object {
        let path = if before.is_empty() { key.clone() } else { format!("{before}.{key}") };
        match value {
            Value::Null => {}
            Value::Object(inner) => flatten(&path, inner, seen),
            other => seen(&path, other),
        }
    }
}

/// A value as text: texts as they are, all else as JSON.
pub(super) fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn row(input: Value, response: Value) -> Map<String, Value> {
        let row = json!({ "row": 1, "line": 2, "input": input, "outcome": "found", "response": response });
        row.as_object().unwrap().clone()
    }

    #[test]
    fn columns_of_the_same_name_stay_apart() {
        let mut columns = Columns::default();
        columns
            .note(&row(json!({ "uln": "5", "row": "x" }), json!({ "outcome": "found", "uln": "6", "a": { "b": 1 } })));
        let named = columns.named();
        let names: Vec<_> = named.columns.iter().map(|column| column.name.as_str()).collect();
        assert_eq!(names, ["uln", "input.row", "response.uln", "a.b"]);
    }

    #[test]
    fn a_column_has_the_narrowest_kind_that_all_its_values_have() {
        let mut columns = Columns::default();
        columns.note(&row(json!({}), json!({ "a": 1, "b": 1, "c": true, "d": 1, "e": null })));
        columns.note(&row(json!({}), json!({ "a": 2, "b": 1.5, "c": false, "d": "x", "f": [1] })));
        let named = columns.named();
        let kinds: Vec<_> = named.columns.iter().map(|column| (column.name.as_str(), column.kind)).collect();
        let expected =
            [("a", Kind::Whole), ("b", Kind::Double), ("c", Kind::Flag), ("d", Kind::Text), ("f", Kind::Text)];
        assert_eq!(kinds, expected);
    }

    #[test]
    fn what_has_no_column_is_not_lost() {
        let many: Map<String, Value> = (0..=MOST).map(|at| (format!("k{at:03}"), json!(at))).collect();
        let row = row(json!({}), Value::Object(many));
        let mut columns = Columns::default();
        columns.note(&row);
        let named = columns.named();
        assert_eq!((named.columns.len(), named.more.as_deref()), (MOST, Some("more")));
        let (values, rest) = named.values(&row);
        assert!(values.iter().all(Option::is_some));
        assert_eq!(Value::Object(rest), json!({ "k500": 500 }));
    }
}
