//! A file being imported, whatever its form.

use std::fs::File;
use std::io::{BufReader, ErrorKind, Read, Seek};

use jiff::Timestamp;
use secrecy::SecretString;

use super::flat::{Csv, JsonLines};
use super::row::{Raw, Refusal, Row};
use super::sealed::{self, Reader};
use crate::error::{Error, Result};
use crate::linkage::config::Config;

/// The file, with the rules that its rows are checked by.
pub(super) struct Source {
    form: Form,
    config: Config,
    now: Timestamp,
}

enum Form {
    Csv(Csv),
    JsonLines(JsonLines),
    Sealed(BufReader<File>, Reader),
}

type Batch = Vec<(u64, Result<Row, Refusal>)>;

impl Source {
    /// Opens a file and finds out what it is by its beginning.
    ///
    /// # Errors
    /// `INVALID_INPUT`.
    pub(super) fn open(path: &str, passphrase: Option<&SecretString>, config: Config, now: Timestamp) -> Result<Self> {
        let mut file = File::open(path).map_err(|error| {
            Error::input(
                "path",
                match error.kind() {
                    ErrorKind::NotFound => "names a file that does not exist",
                    ErrorKind::PermissionDenied => "names a file that may not be read",
                    _ => "names a file that cannot be read",
                },
            )
        })?;
        let mut beginning = Vec::new();
        Read::take(&mut file, 256).read_to_end(&mut beginning).map_err(|_| unreadable())?;
        file.rewind().map_err(|_| unreadable())?;
        let beginning = String::from_utf8_lossy(&beginning);
        let beginning = beginning.trim_start_matches('\u{FEFF}').trim_start();
        let form = if beginning.starts_with('{') && beginning.contains(sealed::FORMAT) {
            let reader = Reader::verified(BufReader::new(&file), passphrase)?;
            file.rewind().map_err(|_| unreadable())?;
            Form::Sealed(BufReader::new(file), reader)
        } else if beginning.starts_with('{') {
            Form::JsonLines(JsonLines::open(file))
        } else {
            Form::Csv(Csv::open(file)?)
        };
        Ok(Self { form, config, now })
    }

    /// Up to `size` rows with their lines; none at the end.
    pub(super) fn batch(mut self, size: usize) -> Result<(Batch, Self)> {
        let mut batch = Vec::with_capacity(size);
        while batch.len() < size {
            let next = match &mut self.form {
                Form::Csv(csv) => csv.row()?,
                Form::JsonLines(lines) => lines.row()?,
                Form::Sealed(file, reader) => reader.row(file)?.map(|raw| (reader.line, Ok(raw))),
            };
            let Some((line, raw)) = next else { break };
            let checked = raw.and_then(|raw: Raw| raw.checked(&self.config, self.now));
            batch.push((line, checked));
        }
        Ok((batch, self))
    }
}

/// A file that could be opened but not read to its end.
pub(super) fn unreadable() -> Error {
    Error::input("path", "names a file that cannot be read to its end")
}
