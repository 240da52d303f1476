//! What a batch is to do: what was asked, checked and completed, as it is kept until the batch is done.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::keys::Keys;
use super::model::{InputFormat, OutputFormat, StartBatch};
use super::results;
use super::source::Fingerprint;
use crate::error::{Error, Result};
use crate::invocation::Context;
use crate::operations::Operation;

/// The plan of a batch.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Plan {
    /// What was asked, with whole paths.
    pub(super) asked: StartBatch,
    pub(super) input_format: InputFormat,
    pub(super) output_format: OutputFormat,
    /// What the input was at the start.
    pub(super) fingerprint: Fingerprint,
    /// Whether all rows need the credential of the same profile.
    pub(super) one_profile: bool,
}

/// What the form of the input is.
pub(super) fn input_format(asked: &StartBatch) -> Result<InputFormat> {
    if let Some(format) = asked.input_format {
        return Ok(format);
    }
    match ending(&asked.input).as_str() {
        "csv" | "tsv" | "txt" => Ok(InputFormat::Csv),
        "jsonl" | "ndjson" => Ok(InputFormat::Jsonl),
        _ => Err(Error::input("inputFormat", "is required, because the file's name does not tell")),
    }
}

fn output_format(asked: &StartBatch, output: &str) -> Result<OutputFormat> {
    let format = match (asked.output_format, ending(output).as_str()) {
        (Some(format), _) => format,
        (None, "csv") => OutputFormat::Csv,
        (None, "jsonl" | "ndjson") => OutputFormat::Jsonl,
        (None, "parquet") => OutputFormat::Parquet,
        _ => return Err(Error::input("outputFormat", "is required, because the file's name does not tell")),
    };
    if !results::can_write(format) {
        return Err(Error::input("outputFormat", "is Parquet, which this build cannot write"));
    }
    Ok(format)
}

fn ending(path: &str) -> String {
    Path::new(path).extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_ascii_lowercase()
}

/// Fills in what the caller of `start_batch` says of himself and the rows do not, and checks what needs no file.
pub(super) fn completed(mut asked: StartBatch, context: &Context) -> Result<(&'static Operation, StartBatch)> {
    let operation = Operation::find(&asked.operation)
        .map_err(|_| Error::input("operation", "names no operation of the catalogue"))?;
    if !operation.batchable {
        return Err(Error::input("operation", "cannot be run for every row of a file"));
    }
    if asked.concurrency.is_some_and(|most| !(1..=1024).contains(&most)) {
        return Err(Error::input("concurrency", "must be between 1 and 1024"));
    }
    if asked.rate_per_second.is_some_and(|rate| !(0.01..=100_000.0).contains(&rate)) {
        return Err(Error::input("ratePerSecond", "must be between 0.01 and 100000"));
    }
    if asked.attempts.is_some_and(|attempts| !(1..=100).contains(&attempts)) {
        return Err(Error::input("attempts", "must be between 1 and 100"));
    }
    if asked.stop_after_errors == Some(0) {
        return Err(Error::input("stopAfterErrors", "must be at least 1"));
    }
    if asked.unique.is_some() && asked.id_column.is_none() {
        return Err(Error::input("unique", "needs `idColumn`"));
    }
    if asked.delimiter.is_some() && input_format(&asked)? == InputFormat::Jsonl {
        return Err(Error::input("delimiter", "is for CSV files only"));
    }
    let given = |key: &str| {
        asked.request.contains_key(key) || asked.columns.as_ref().is_some_and(|columns| columns.contains_key(key))
    };
    let mut own = Vec::new();
    if let (Some(user), false) = (&context.user, given("user")) {
        own.push(("user", user.clone()));
    }
    if !given("ukprn") && !given("profile") {
        own.extend(context.ukprn.as_ref().map(|ukprn| ("ukprn", ukprn.to_string())));
        own.extend(context.profile.clone().map(|profile| ("profile", profile)));
    }
    own.into_iter().for_each(|(key, value)| drop(asked.request.insert(key.into(), value.into())));
    asked.input = whole("input", &asked.input)?;
    Ok((operation, asked))
}

fn whole(field: &str, path: &str) -> Result<String> {
    if path.is_empty() || path.contains('\0') {
        return Err(Error::input(field, "must be a file's path"));
    }
    let path = std::path::absolute(path).map_err(|_| Error::input(field, "must be a file's path"))?;
    path.to_str().map(str::to_owned).ok_or_else(|| Error::input(field, "lies in a folder whose name is not Unicode"))
}

impl Plan {
    /// Makes the plan of what was asked and completed. Reads the input's ends and first line.
    ///
    /// # Errors
    /// `INVALID_INPUT`.
    pub(super) fn of(mut asked: StartBatch, keys: &Keys) -> Result<Self> {
        let Some(output) = asked.output.as_deref() else {
            return Err(Error::input("output", "is required, unless `dryRun` is true"));
        };
        let output = whole("output", output)?;
        let (input_format, output_format) = (input_format(&asked)?, output_format(&asked, &output)?);
        let path = Path::new(&output);
        if path.is_dir() {
            return Err(Error::input("output", "names a folder; name a file in it"));
        }
        if !path.parent().is_some_and(Path::is_dir) {
            return Err(Error::input("output", "lies in a folder that does not exist"));
        }
        if std::fs::canonicalize(path)
            .is_ok_and(|there| std::fs::canonicalize(&asked.input).is_ok_and(|own| own == there))
        {
            return Err(Error::input("output", "names the input"));
        }
        if path.exists() && !asked.overwrite {
            return Err(Error::input("output", "names a file that exists; choose another name or give `overwrite`"));
        }
        asked.output = Some(output);
        let fingerprint = Fingerprint::of(&asked.input)?;
        let layout = super::source::Source::open(&asked, input_format, keys)?;
        let one_profile = !layout.names_profile();
        Ok(Self { asked, input_format, output_format, fingerprint, one_profile })
    }

    /// The path of the results.
    pub(super) fn output(&self) -> &str {
        self.asked.output.as_deref().unwrap_or_default()
    }

    pub(super) fn concurrency(&self) -> usize {
        self.asked.concurrency.unwrap_or(16) as usize
    }

    pub(super) fn attempts(&self) -> u32 {
        self.asked.attempts.unwrap_or(5)
    }

    /// What was asked, but for finding ids that repeat.
    pub(super) fn without_ids(&self) -> StartBatch {
        StartBatch { id_column: None, unique: None, ..self.asked.clone() }
    }
}
