//! Requests and responses of bulk jobs.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::operations::{Request, with_outcome};

type Outcomes = &'static [(&'static str, &'static str)];

/// Outcomes of `start_batch`.
pub const STARTED: Outcomes = &[
    ("started", "The batch runs in the background; `batch_status` tells how far it has come."),
    ("validated", "Every row can be run; nothing was called or written."),
    ("invalid", "Some rows would be refused; `refusedRows` says which and why. Nothing was called or written."),
];

/// Outcomes of `batch_status`.
pub const STATES: Outcomes = &[
    ("running", "It is being worked on."),
    ("done", "Every row has its answer, and the results are written."),
    ("doneWithErrors", "The results are written; some rows failed or were refused, and their rows say why."),
    ("cancelled", "It was cancelled; `resume_batch` goes on with it."),
    ("interrupted", "The process or plugin that worked on it has ended; `resume_batch` goes on with it."),
    ("failed", "It could not go on; `error` says why. `resume_batch` goes on once that is mended."),
];

/// Outcomes of `resume_batch`.
pub const RESUMED: Outcomes = &[
    ("resumed", "It goes on in the background."),
    ("running", "It is being worked on already, here or by another process."),
    ("finished", "Its results are written; there is nothing left to do."),
];

/// Outcomes of `cancel_batch`.
pub const CANCELLED: Outcomes = &[
    ("cancelled", "It has ended. Rows whose calls were under way are not done."),
    ("notRunning", "Nobody was working on it."),
];

/// The form of a file that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum InputFormat {
    /// Values between delimiters, a row on each line.
    Csv,
    /// A JSON object on each line.
    Jsonl,
}

/// How the letters of a file that is read are stored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Encoding {
    /// UTF-8, with or without a mark at its beginning.
    #[default]
    #[serde(rename = "utf-8")]
    Utf8,
    /// The Windows code page of Western Europe.
    #[serde(rename = "windows-1252")]
    Windows1252,
}

/// The form of the results.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum OutputFormat {
    /// Values between commas, a row on each line.
    Csv,
    /// A JSON object on each line.
    Jsonl,
    /// Apache Parquet.
    Parquet,
}

/// Runs `operation` for every row of the file `input` and writes what came of each to the file `output`.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StartBatch {
    /// The operation to run for each row, by its name.
    pub operation: String,
    /// Path of the file to read.
    pub input: String,
    /// The file's form; by its name when absent: `.csv`, `.tsv`, `.txt`, or `.jsonl`, `.ndjson`.
    #[serde(default)]
    pub input_format: Option<InputFormat>,
    /// How its letters are stored.
    #[serde(default)]
    pub encoding: Encoding,
    /// What stands between the values of a CSV file: a comma, a semicolon, a tab or `|`; found out from its first line
    /// when absent.
    #[serde(default)]
    pub delimiter: Option<String>,
    /// Whether the first line of a CSV file names the columns; without names they are `1`, `2` and so on.
    #[serde(default = "yes")]
    pub header: bool,
    /// Which column goes into which key of the operation's request, `{"learner.givenName": "forename"}`; when absent,
    /// every column whose name is that of a key, whatever its case and without `_`, `-` and blanks.
    #[serde(default)]
    pub columns: Option<BTreeMap<String, String>>,
    /// What every row's request has beside its own values, such as `ukprn` and `user`.
    #[serde(default)]
    pub request: Map<String, Value>,
    /// A column that tells rows apart; it is carried to the results.
    #[serde(default)]
    pub id_column: Option<String>,
    /// Whether a row that repeats the value of `idColumn` is refused; that is so when absent.
    #[serde(default)]
    pub unique: Option<bool>,
    /// Path of the file to write; not needed with `dryRun`.
    #[serde(default)]
    pub output: Option<String>,
    /// The form of the results; by the file's name when absent: `.csv`, `.jsonl`, `.ndjson` or `.parquet`.
    #[serde(default)]
    pub output_format: Option<OutputFormat>,
    /// Columns of the input to carry to the results; all when absent.
    #[serde(default)]
    pub keep: Option<Vec<String>>,
    /// Whether a file that exists under the output's name is replaced, at the end of the batch; else it is an error.
    #[serde(default)]
    pub overwrite: bool,
    /// Puts an apostrophe before text of CSV results that a spreadsheet would take for a formula.
    #[serde(default)]
    pub spreadsheet_safe: bool,
    /// How many rows are worked on at once (1 to 1024); 16 when absent.
    #[serde(default)]
    #[schemars(range(min = 1, max = 1024))]
    pub concurrency: Option<u32>,
    /// How many calls a second to begin at most, for each profile.
    #[serde(default)]
    #[schemars(range(min = 0.01, max = 100_000.0))]
    pub rate_per_second: Option<f64>,
    /// How often a row is tried when the service is busy or does not answer (1 to 100); 5 when absent.
    #[serde(default)]
    #[schemars(range(min = 1, max = 100))]
    pub attempts: Option<u32>,
    /// After how many rows that failed or were refused the batch stops.
    #[serde(default)]
    #[schemars(range(min = 1))]
    pub stop_after_errors: Option<u64>,
    /// Reads and checks every row, calls nothing and writes nothing.
    #[serde(default)]
    pub dry_run: bool,
}

const fn yes() -> bool {
    true
}

impl Request for StartBatch {
    fn waits(&self) -> Duration {
        // A check reads the whole file.
        if self.dry_run { Duration::from_secs(24 * 3600) } else { Duration::from_secs(60) }
    }
}

/// A row that was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RefusedRow {
    /// Its line in the file.
    pub line: u64,
    /// Why it was refused.
    pub reason: String,
}

/// What became of a start.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct StartBatchDone {
    pub(super) outcome: &'static str,
    /// The batch's id; absent with `dryRun`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub batch_id: Option<String>,
    /// How many rows the file has; absent where that is not known yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rows: Option<u64>,
    /// With `dryRun`, how many of them can be run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid: Option<u64>,
    /// With `dryRun`, how many would be refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refused: Option<u64>,
    /// The first 1,000 of those.
    pub refused_rows: Vec<RefusedRow>,
}

/// Asks how far a batch has come.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BatchStatus {
    /// The batch.
    pub batch_id: String,
    /// How long to wait for its end, in milliseconds.
    #[serde(default)]
    #[schemars(range(max = 86_400_000))]
    pub wait_ms: Option<u64>,
}

impl Request for BatchStatus {
    fn waits(&self) -> Duration {
        Duration::from_millis(self.wait_ms.unwrap_or(0))
    }
}

/// How far a batch has come.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct BatchStatusDone {
    pub(super) outcome: &'static str,
    /// The batch.
    pub batch_id: String,
    /// The operation run for each row.
    pub operation: String,
    /// The file that is read.
    pub input: String,
    /// The file that has the results once it is done.
    pub output: String,
    /// The file that has what is done so far, while the results are not written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub partial_output: Option<String>,
    /// How many rows were read.
    pub rows_read: u64,
    /// How many rows the file has; absent where that is not known yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rows_total: Option<u64>,
    /// How many rows have an answer.
    pub done: u64,
    /// How many rows have none because of an error.
    pub failed: u64,
    /// How many rows were refused before anything was called.
    pub refused: u64,
    /// How many rows are being worked on.
    pub in_flight: u64,
    /// How many rows a second came to their end lately.
    pub rate_per_second: f64,
    /// How long it will still take at that rate; absent where that is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub eta_seconds: Option<u64>,
    /// How many rows had each outcome.
    pub outcomes: BTreeMap<String, u64>,
    /// How many rows had each error, by its code.
    pub errors: BTreeMap<String, u64>,
    /// The first 1,000 rows that were refused.
    pub refused_rows: Vec<RefusedRow>,
    /// When it was started.
    #[schemars(with = "String")]
    pub started_at: Timestamp,
    /// When it ended, if it has.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub ended_at: Option<Timestamp>,
    /// To how many calls a second it keeps because the service asks for fewer; absent when it does not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub held_back: Option<f64>,
    /// The error object that says why it failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<Map<String, Value>>,
}

/// Goes on with a batch.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ResumeBatch {
    /// The batch.
    pub batch_id: String,
    /// Whether rows are run again whose call was under way when the batch ended, of operations that send or make
    /// something; else they are reported with the error `BATCH_ROW_INTERRUPTED`.
    #[serde(default)]
    pub repeat_interrupted: bool,
}

/// What became of that.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ResumeBatchDone {
    pub(super) outcome: &'static str,
    /// The batch.
    pub batch_id: String,
}

/// Which batches to list.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct ListBatches {
    /// Those in this state only; see the outcomes of `batch_status`.
    pub state: Option<String>,
    /// At most this many (1 to 1000); 100 when absent.
    #[schemars(range(min = 1, max = 1000))]
    pub limit: Option<u32>,
}

/// A batch of a list.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct BatchEntry {
    /// The batch.
    pub batch_id: String,
    /// The operation run for each row.
    pub operation: String,
    /// Its state; see the outcomes of `batch_status`.
    pub state: &'static str,
    /// The file that is read.
    pub input: String,
    /// The file that has the results once it is done.
    pub output: String,
    /// How many rows have an answer.
    pub done: u64,
    /// How many rows have none because of an error.
    pub failed: u64,
    /// How many rows were refused before anything was called.
    pub refused: u64,
    /// When it was started.
    #[schemars(with = "String")]
    pub started_at: Timestamp,
    /// When it ended, if it has.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub ended_at: Option<Timestamp>,
}

/// The batches.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ListBatchesDone {
    pub(super) outcome: &'static str,
    /// The batches, newest first.
    pub batches: Vec<BatchEntry>,
}

/// Ends a batch.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CancelBatch {
    /// The batch.
    pub batch_id: String,
}

/// What became of that.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CancelBatchDone {
    pub(super) outcome: &'static str,
    /// The batch.
    pub batch_id: String,
}

impl Request for ResumeBatch {
    fn waits(&self) -> Duration {
        // What is done so far is read first.
        Duration::from_secs(600)
    }
}
impl Request for ListBatches {}
impl Request for CancelBatch {
    fn waits(&self) -> Duration {
        Duration::from_secs(30)
    }
}
with_outcome!(StartBatchDone, BatchStatusDone, ResumeBatchDone, ListBatchesDone, CancelBatchDone);
