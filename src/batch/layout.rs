//! How the columns of a file go into the keys of a request.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::keys::{Keys, Kind, plain, put};
use super::lines::Line;
use super::model::StartBatch;
use super::source::member;
use super::table;
use crate::error::{Error, Result};

/// How many columns a message names.
const NAMED: usize = 40;

/// A column that goes into a request.
#[derive(Clone, Debug)]
pub(super) struct Mapping {
    pub(super) column: String,
    /// Its place in a record.
    pub(super) at: usize,
    pub(super) path: String,
    pub(super) kind: Kind,
}

/// How a file is laid out.
#[derive(Default)]
pub(super) struct Layout {
    /// What stands between values; `None` for JSON Lines.
    pub(super) delimiter: Option<u8>,
    /// The columns of a CSV file.
    pub(super) names: Vec<String>,
    pub(super) mapped: Vec<Mapping>,
    /// The places of columns that are carried to the results.
    pub(super) keep: Vec<usize>,
    /// The members of objects that are; all when `None`.
    pub(super) keep_members: Option<Vec<String>>,
    /// The column that tells rows apart.
    pub(super) id: Option<(String, usize)>,
    /// Where a member of an object goes, by its name without what people write in different ways.
    by_name: Option<BTreeMap<String, (String, Kind)>>,
}

impl Layout {
    /// The delimiter of a CSV file by its first line, and how many columns it gives.
    pub(super) fn delimiter(asked: &StartBatch, first: &Line) -> Result<(u8, usize)> {
        let (likely, several) = table::delimiter_of(&first.bytes);
        let Some(given) = &asked.delimiter else { return Ok((likely, several)) };
        let delimiter = match given.as_str() {
            "\t" | "\\t" | "tab" => b'\t',
            other => match other.as_bytes() {
                [byte] if table::DELIMITERS.contains(byte) => *byte,
                _ => return Err(Error::input("delimiter", "must be `,`, `;`, a tab or `|`")),
            },
        };
        let one = !first.bytes.contains(&delimiter);
        if one && several > 1 {
            let problem = format!(
                "gives a single column, and {} gives {several}; leave `delimiter` out to have it found",
                table::name_of(likely)
            );
            return Err(Error::input("delimiter", problem));
        }
        Ok((delimiter, several))
    }

    /// The layout of a CSV file whose first line has these values.
    pub(super) fn of_table(asked: &StartBatch, keys: &Keys, delimiter: u8, first: Vec<String>) -> Result<Self> {
        let numbered = |at: usize| (at + 1).to_string();
        let names: Vec<String> = if asked.header {
            let named = first.iter().map(|name| name.trim()).enumerate();
            named.map(|(at, name)| if name.is_empty() { numbered(at) } else { name.to_owned() }).collect()
        } else {
            (0..first.len()).map(numbered).collect()
        };
        check_constants(asked, keys)?;
        let mapped = match &asked.columns {
            Some(columns) => chosen(columns, keys, &names)?,
            None => found(keys, &names)?,
        };
        for (at, name) in names.iter().enumerate() {
            if names[..at].contains(name) {
                let problem =
                    format!("has two columns of the same name, the {}th is the second; name each once", at + 1);
                return Err(Error::input("input", problem));
            }
        }
        let place =
            |field: &str, name: &str| place_of(&names, name, &mapped).map_err(|problem| Error::input(field, problem));
        let id = match &asked.id_column {
            Some(name) => place("idColumn", name).map(|at| Some((names[at].clone(), at)))?,
            None => None,
        };
        let mut keep = match &asked.keep {
            Some(kept) => kept.iter().map(|name| place("keep", name)).collect::<Result<Vec<_>>>()?,
            None => (0..names.len()).collect(),
        };
        keep.extend(id.iter().map(|(_, at)| *at));
        keep.sort_unstable();
        keep.dedup();
        Ok(Self { delimiter: Some(delimiter), names, mapped, keep, id, ..Self::default() })
    }

    /// The layout of a JSON Lines file, of which `first` is the first object.
    pub(super) fn of_objects(asked: &StartBatch, keys: &Keys, first: Option<&Map<String, Value>>) -> Result<Self> {
        check_constants(asked, keys)?;
        let mut layout = Self::default();
        match &asked.columns {
            Some(columns) => {
                for (path, column) in columns {
                    let kind = kind_of(keys, path)?;
                    layout.mapped.push(Mapping { column: column.clone(), at: 0, path: path.clone(), kind });
                }
            }
            None => {
                let all = keys.all().map(|(path, kind)| (plain(path), (path.clone(), *kind)));
                let by_name: BTreeMap<_, _> = all.collect();
                if first.is_some_and(|object| !object.keys().any(|name| by_name.contains_key(&plain(name)))) {
                    return Err(no_column(keys, "member"));
                }
                layout.by_name = Some(by_name);
            }
        }
        layout.id = asked.id_column.clone().map(|name| (name, 0));
        layout.keep_members = asked.keep.clone().map(|mut kept| {
            kept.extend(asked.id_column.clone().filter(|id| !kept.contains(id)));
            kept
        });
        Ok(layout)
    }

    /// Whether a column goes into this key.
    pub(super) fn maps(&self, path: &str) -> bool {
        self.by_name.is_some() || self.mapped.iter().any(|mapping| mapping.path == path)
    }

    /// The request that an object makes.
    pub(super) fn request_of(
        &self,
        object: &Map<String, Value>,
        constants: &Map<String, Value>,
    ) -> Result<Map<String, Value>, String> {
        let mut request = constants.clone();
        if let Some(by_name) = &self.by_name {
            let mut taken: Vec<&str> = Vec::new();
            for (name, value) in object {
                let Some((path, kind)) = by_name.get(&plain(name)) else { continue };
                if taken.contains(&path.as_str()) {
                    return Err(format!("it has two members for `{path}`"));
                }
                taken.push(path);
                put_value(&mut request, name, path, *kind, value)?;
            }
            return Ok(request);
        }
        for Mapping { column, path, kind, .. } in &self.mapped {
            if let Some(value) = member(object, column) {
                put_value(&mut request, column, path, *kind, value)?;
            }
        }
        Ok(request)
    }
}

fn put_value(
    request: &mut Map<String, Value>,
    name: &str,
    path: &str,
    kind: Kind,
    value: &Value,
) -> Result<(), String> {
    let value = match value {
        Value::Null => return Ok(()),
        Value::String(text) if matches!(kind, Kind::Whole | Kind::Number | Kind::Flag) => {
            kind.read(text.trim()).map_err(|problem| format!("member `{name}` {problem}"))?
        }
        other => other.clone(),
    };
    put(request, path, value).map_err(|problem| format!("member `{name}`: {problem}"))
}

/// A misspelt key would have every row refused.
fn check_constants(asked: &StartBatch, keys: &Keys) -> Result<()> {
    for key in asked.request.keys() {
        if keys.kind(key).is_none() {
            let field = format!("request.{key}");
            return Err(Error::input(field, format!("is no key of the operation; it has {}", keys.names())));
        }
    }
    let mut request = asked.request.clone();
    for path in asked.columns.iter().flat_map(BTreeMap::keys) {
        put(&mut request, path, Value::Null).map_err(|problem| Error::input(format!("columns.{path}"), problem))?;
    }
    Ok(())
}

fn kind_of(keys: &Keys, path: &str) -> Result<Kind> {
    keys.kind(path).ok_or_else(|| {
        Error::input(format!("columns.{path}"), format!("is no key of the operation; it has {}", keys.names()))
    })
}

/// The columns as the request maps them.
fn chosen(columns: &BTreeMap<String, String>, keys: &Keys, names: &[String]) -> Result<Vec<Mapping>> {
    if columns.is_empty() {
        return Err(Error::input("columns", "maps no column; leave it out to have columns found by their names"));
    }
    // First those that are there, so that a message on one that is not may name them.
    let there = columns.values().any(|column| find(names, column).is_some());
    let mut mapped = Vec::new();
    for (path, column) in columns {
        let kind = kind_of(keys, path)?;
        let Some(at) = find(names, column) else {
            let problem = format!("names a column that the file does not have{}", listed(names, there));
            return Err(Error::input(format!("columns.{path}"), problem));
        };
        mapped.push(Mapping { column: names[at].clone(), at, path: path.clone(), kind });
    }
    Ok(mapped)
}

/// The columns whose names are those of keys.
fn found(keys: &Keys, names: &[String]) -> Result<Vec<Mapping>> {
    let mut mapped: Vec<Mapping> = Vec::new();
    for (at, name) in names.iter().enumerate() {
        let Some((path, kind)) = keys.named(name) else { continue };
        if let Some(other) = mapped.iter().find(|other| other.path == *path) {
            let problem =
                format!("has two columns for `{path}`, `{}` and `{name}`; choose one in `columns`", other.column);
            return Err(Error::input("input", problem));
        }
        mapped.push(Mapping { column: name.clone(), at, path: path.clone(), kind: *kind });
    }
    if mapped.is_empty() { Err(no_column(keys, "column")) } else { Ok(mapped) }
}

fn no_column(keys: &Keys, what: &str) -> Error {
    let problem = format!(
        "has no {what} whose name is that of a key; map them in `columns`, and say `header: false` when the first line is \
         a row. The keys are {}",
        keys.names()
    );
    Error::input("input", problem)
}

fn find(names: &[String], name: &str) -> Option<usize> {
    let exact = names.iter().position(|known| known == name.trim());
    exact.or_else(|| {
        let mut alike = names.iter().enumerate().filter(|(_, known)| plain(known) == plain(name));
        alike.next().map(|(at, _)| at).filter(|_| alike.next().is_none())
    })
}

fn place_of(names: &[String], name: &str, mapped: &[Mapping]) -> Result<usize, String> {
    find(names, name)
        .ok_or_else(|| format!("names a column that the file does not have{}", listed(names, !mapped.is_empty())))
}

/// The names of the columns, but only where something shows that they are names: where a file has no such line, they
/// are a person's data.
fn listed(names: &[String], known: bool) -> String {
    if !known {
        return format!("; its first line has {} values, and none is a column that was named", names.len());
    }
    let shown = names.iter().take(NAMED).map(|name| format!("`{}`", name.chars().take(40).collect::<String>()));
    let more = if names.len() > NAMED { ", …" } else { "" };
    format!("; it has {}{more}", shown.collect::<Vec<_>>().join(", "))
}
