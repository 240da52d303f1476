//! The file that is read: rows, each with the request it makes or why it makes none.

use std::fs::File;
use std::io::{BufReader, ErrorKind, Read, Seek, SeekFrom};
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::ids::Ids;
use super::keys::{Keys, put};
use super::layout::{Layout, Mapping};
use super::lines::{LONGEST, Line, Lines};
use super::model::{Encoding, InputFormat, StartBatch};
use super::{letters, table};
use crate::error::{Error, Result};
use crate::hex;
use crate::privacy::Wiped;

/// How much of a file's beginning and end tells whether it is still the same.
const ENDS: u64 = 64 * 1024;
/// How much is read of a file in one go.
const CHUNK: usize = 256 * 1024;

/// A row of the file.
pub(super) struct Row {
    /// Counted from 1.
    pub(super) number: u64,
    /// The line it begins on.
    pub(super) line: u64,
    /// What is carried to the results, as a JSON object.
    pub(super) kept: String,
    /// The request, or why there is none.
    pub(super) request: Result<Wiped<String>, String>,
    /// Whose credential it needs, for the pace; empty when it does not say.
    pub(super) profile: String,
}

/// What a file is known by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Fingerprint {
    size: u64,
    modified: u128,
    ends: String,
}

impl Fingerprint {
    /// Takes it of the file at `path`.
    pub(super) fn of(path: &str) -> Result<Self> {
        let mut file = open(path)?;
        let metadata = file.metadata().map_err(|error| unreadable(&error))?;
        let modified = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        let size = metadata.len();
        let mut hash = Sha256::new();
        for start in [0, size.saturating_sub(ENDS)] {
            let mut part = Vec::new();
            file.seek(SeekFrom::Start(start))
                .and_then(|_| Read::take(&mut file, ENDS).read_to_end(&mut part))
                .map_err(|error| unreadable(&error))?;
            hash.update(&part);
        }
        let ends = hex::text(&hash.finalize());
        Ok(Self { size, modified: modified.map_or(0, |time| time.as_nanos()), ends })
    }
}

fn open(path: &str) -> Result<File> {
    let problem = |problem: &str| Error::input("input", problem);
    let file = File::open(path).map_err(|error| match error.kind() {
        ErrorKind::NotFound => problem("names a file that does not exist"),
        ErrorKind::PermissionDenied => problem("names a file that may not be read"),
        _ => problem("names a file that cannot be read"),
    })?;
    // What was read of a pipe could not be read again.
    match file.metadata() {
        Ok(metadata) if metadata.is_file() => Ok(file),
        _ => Err(problem("must name a file, not a folder or a pipe")),
    }
}

/// A file that could be opened but not read to its end.
fn unreadable(error: &std::io::Error) -> Error {
    Error::input("input", format!("names a file that cannot be read to its end ({})", error.kind()))
}

/// The file being read.
pub(super) struct Source {
    lines: Lines<BufReader<File>>,
    layout: Layout,
    constants: Map<String, Value>,
    encoding: Encoding,
    ids: Option<Ids>,
    rows: u64,
}

impl Source {
    /// Opens the file and finds out how its columns go into the request.
    ///
    /// # Errors
    /// `INVALID_INPUT`.
    pub(super) fn open(asked: &StartBatch, format: InputFormat, keys: &Keys) -> Result<Self> {
        let mut source = Self {
            lines: started(&asked.input)?,
            layout: Layout::default(),
            constants: asked.request.clone(),
            encoding: asked.encoding,
            ids: None,
            rows: 0,
        };
        let first = source.lines.next().map_err(|error| unreadable(&error))?;
        let Some(first) = first else { return Err(Error::input("input", "names a file that is empty")) };
        source.layout = match format {
            InputFormat::Csv => {
                let (delimiter, _) = Layout::delimiter(asked, &first)?;
                source.lines.put_back(std::iter::once(first));
                let record = table::next(&mut source.lines, delimiter).map_err(|error| unreadable(&error))?;
                let Some(record) = record else {
                    return Err(Error::input("input", "names a file with empty lines only"));
                };
                let values = record
                    .values
                    .map_err(|problem| Error::input("input", format!("has no usable first line: {problem}")))?;
                let names = letters::all(&values, asked.encoding)
                    .map_err(|problem| Error::input("input", format!("has no usable first line: {problem}")))?;
                let layout = Layout::of_table(asked, keys, delimiter, names)?;
                if !asked.header {
                    source.lines = started(&asked.input)?;
                }
                layout
            }
            InputFormat::Jsonl => {
                let object = object_of(&first.bytes, asked.encoding).ok();
                source.lines.put_back(std::iter::once(first));
                Layout::of_objects(asked, keys, object.as_ref())?
            }
        };
        if asked.id_column.is_some() && asked.unique.unwrap_or(true) {
            source.ids = Some(Ids::new()?);
        }
        Ok(source)
    }

    /// Whether rows may need credentials of different profiles.
    pub(super) fn names_profile(&self) -> bool {
        self.layout.maps("ukprn") || self.layout.maps("profile")
    }

    /// The next row; `None` at the end.
    ///
    /// # Errors
    /// `INVALID_INPUT` for a file that cannot be read on.
    pub(super) fn next(&mut self) -> Result<Option<Row>> {
        let Some(raw) = self.raw()? else { return Ok(None) };
        let (line, (kept, made)) = match raw {
            Raw::Record(record) => (record.line, self.of_record(record.values)),
            Raw::Line(line) => {
                let object = if line.cut {
                    Err(format!("the line is longer than {LONGEST} bytes"))
                } else {
                    object_of(&line.bytes, self.encoding)
                };
                let made = match object {
                    Ok(object) => self.of_object(object),
                    Err(problem) => (Map::new(), Err(problem)),
                };
                (line.number, made)
            }
        };
        self.rows += 1;
        let made = match made {
            Ok((request, id)) => self.unique(id.as_deref(), line)?.map(|()| request),
            Err(problem) => Err(problem),
        };
        let profile = made.as_ref().ok().and_then(|request| {
            let named = request.get("profile").or_else(|| request.get("ukprn"));
            named.and_then(Value::as_str).map(str::to_owned)
        });
        Ok(Some(Row {
            number: self.rows,
            line,
            kept: Value::Object(kept).to_string(),
            request: made.map(|request| Value::Object(request).to_string().into()),
            profile: profile.unwrap_or_default(),
        }))
    }

    /// Passes over a row; answers whether there was one.
    ///
    /// # Errors
    /// As [`Source::next`].
    pub(super) fn pass(&mut self) -> Result<bool> {
        Ok(self.raw()?.is_some())
    }

    /// The next row as it stands in the file.
    fn raw(&mut self) -> Result<Option<Raw>> {
        if let Some(delimiter) = self.layout.delimiter {
            let record = table::next(&mut self.lines, delimiter).map_err(|error| unreadable(&error))?;
            return Ok(record.map(Raw::Record));
        }
        loop {
            match self.lines.next().map_err(|error| unreadable(&error))? {
                Some(line) if line.bytes.iter().all(u8::is_ascii_whitespace) => {}
                line => return Ok(line.map(Raw::Line)),
            }
        }
    }

    /// Refuses an id that was there before.
    fn unique(&self, id: Option<&str>, line: u64) -> Result<Result<(), String>> {
        let Some(ids) = &self.ids else { return Ok(Ok(())) };
        let Some(id) = id.map(str::trim).filter(|id| !id.is_empty()) else {
            return Ok(Err("the id is empty".into()));
        };
        Ok(match ids.note(id, line)? {
            Some(before) => Err(format!("it repeats the id of line {before}")),
            None => Ok(()),
        })
    }

    fn of_record(&self, values: Result<Vec<Vec<u8>>, String>) -> (Map<String, Value>, Made) {
        let layout = &self.layout;
        let values = match values {
            Ok(values) => values,
            Err(problem) => return (Map::new(), Err(problem)),
        };
        let (values, wrong) = match letters::all(&values, self.encoding) {
            Ok(texts) => (texts, None),
            Err(problem) => {
                (values.iter().map(|value| String::from_utf8_lossy(value).into_owned()).collect(), Some(problem))
            }
        };
        let kept = layout
            .keep
            .iter()
            .filter_map(|at| Some((layout.names[*at].clone(), Value::from(values.get(*at)?.as_str()))));
        let kept: Map<String, Value> = kept.collect();
        if let Some(problem) = wrong {
            return (kept, Err(problem));
        }
        if values.len() != layout.names.len() {
            let problem = format!("it has {} values where {} are expected", values.len(), layout.names.len());
            return (kept, Err(problem));
        }
        let mut request = self.constants.clone();
        for Mapping { column, at, path, kind } in &layout.mapped {
            let text = values[*at].trim();
            if text.is_empty() {
                continue;
            }
            let put = kind.read(text).map_err(str::to_owned).and_then(|value| put(&mut request, path, value));
            if let Err(problem) = put {
                return (kept, Err(format!("column `{column}` {problem}")));
            }
        }
        let id = layout.id.as_ref().and_then(|(_, at)| values.get(*at).cloned());
        (kept, Ok((request, id)))
    }

    fn of_object(&self, mut object: Map<String, Value>) -> (Map<String, Value>, Made) {
        let made = self.layout.request_of(&object, &self.constants);
        let id = self.layout.id.as_ref().and_then(|(name, _)| member(&object, name)).map(|value| match value {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        });
        if let Some(keep) = &self.layout.keep_members {
            object = keep.iter().filter_map(|name| Some((name.clone(), member(&object, name)?.clone()))).collect();
        }
        (object, made.map(|request| (request, id)))
    }
}

/// A row as it stands in the file.
enum Raw {
    Record(table::Record),
    Line(Line),
}

/// A request with the row's id, or why there is none.
type Made = Result<(Map<String, Value>, Option<String>), String>;

fn started(path: &str) -> Result<Lines<BufReader<File>>> {
    let mut file = open(path)?;
    let mut mark = Vec::new();
    Read::take(&mut file, 3).read_to_end(&mut mark).map_err(|error| unreadable(&error))?;
    if mark.starts_with(&[0xFF, 0xFE]) || mark.starts_with(&[0xFE, 0xFF]) {
        return Err(Error::input("input", "names a file in UTF-16; save it in UTF-8"));
    }
    let start = if mark == [0xEF, 0xBB, 0xBF] { 3 } else { 0 };
    file.seek(SeekFrom::Start(start)).map_err(|error| unreadable(&error))?;
    Ok(Lines::new(BufReader::with_capacity(CHUNK, file)))
}

/// The member of this name, or the one that a dotted path leads to.
pub(super) fn member<'o>(object: &'o Map<String, Value>, name: &str) -> Option<&'o Value> {
    if let Some(value) = object.get(name) {
        return Some(value);
    }
    let (first, rest) = name.split_once('.')?;
    member(object.get(first)?.as_object()?, rest)
}

fn object_of(line: &[u8], encoding: Encoding) -> Result<Map<String, Value>, String> {
    let text = letters::text(line, encoding)?;
    match serde_json::from_str(&text) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err("it is not a JSON object".into()),
        Err(error) => Err(format!("it is not well-formed JSON (column {})", error.column())),
    }
}
