//! CSV and JSON Lines with a row on each line.

use std::fs::File;
use std::io::BufReader;

use csv::{ErrorKind, Position, StringRecord};

use super::row::{Raw, Refusal, from_json, plain};
use super::sealed::next_line;
use crate::error::{Error, Result};

/// A CSV file being read.
pub(super) struct Csv {
    reader: csv::Reader<BufReader<File>>,
    /// The name of each of the file's columns.
    columns: Vec<&'static str>,
    record: StringRecord,
}

impl Csv {
    /// Reads the line of column names.
    pub(super) fn open(file: File) -> Result<Self> {
        let mut reader = csv::ReaderBuilder::new().from_reader(BufReader::new(file));
        let refused = || Error::input("path", "names a file that is not CSV in UTF-8 with a line of column names");
        let headers = reader.headers().map_err(|_| refused())?.clone();
        let simple = |name: &str| {
            let letters = name.chars().filter(|c| !matches!(c, '_' | ' ' | '-' | '\u{FEFF}'));
            letters.collect::<String>().to_ascii_lowercase()
        };
        let mut columns = Vec::with_capacity(headers.len());
        for header in &headers {
            let known = Raw::COLUMNS.into_iter().find(|column| simple(column) == simple(header));
            let Some(column) = known else {
                let problem = format!(
                    "names a file with the unknown column `{}`; the columns are {}",
                    plain(header),
                    Raw::COLUMNS.join(", ")
                );
                return Err(Error::input("path", problem));
            };
            if columns.contains(&column) {
                return Err(Error::input("path", format!("names a file with the column `{column}` twice")));
            }
            columns.push(column);
        }
        if !columns.contains(&"odsCode") {
            return Err(Error::input("path", "names a file without the column `odsCode`"));
        }
        Ok(Self { reader, columns, record: StringRecord::new() })
    }

    /// The next row with its line, or `None` after the last.
    pub(super) fn row(&mut self) -> Result<Option<(u64, Result<Raw, Refusal>)>> {
        match self.reader.read_record(&mut self.record) {
            Ok(false) => Ok(None),
            Ok(true) => {
                let line = self.record.position().map_or(0, Position::line);
                let mut raw = Raw::default();
                for (column, value) in self.columns.iter().zip(&self.record) {
                    if let Some(place) = raw.value(column) {
                        value.clone_into(place);
                    }
                }
                Ok(Some((line, Ok(raw))))
            }
            Err(error) => {
                let reason = match error.kind() {
                    ErrorKind::Utf8 { .. } => "it is not UTF-8",
                    ErrorKind::UnequalLengths { .. } => "it has more or fewer values than there are columns",
                    _ => return Err(super::source::unreadable()),
                };
                Ok(Some((error.position().map_or(0, Position::line), Err(reason.into()))))
            }
        }
    }
}

/// A file of JSON Lines being read.
pub(super) struct JsonLines {
    reader: BufReader<File>,
    line: u64,
}

impl JsonLines {
    pub(super) fn open(file: File) -> Self {
        Self { reader: BufReader::new(file), line: 0 }
    }

    /// The next row with its line, or `None` after the last; empty lines are passed over.
    pub(super) fn row(&mut self) -> Result<Option<(u64, Result<Raw, Refusal>)>> {
        while let Some(text) = next_line(&mut self.reader)? {
            self.line += 1;
            let text = text.trim_start_matches('\u{FEFF}').trim();
            if !text.is_empty() {
                return Ok(Some((self.line, from_json(text))));
            }
        }
        Ok(None)
    }
}
