//! `learnerlink batch`: an operation for every row of a file.

mod follow;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Args, Subcommand};
use learnerlink::batch::FINISHED;
use learnerlink::runtime::Runtime;
use learnerlink::{Error, Plugin, Result};
use serde_json::{Map, Value, json};

use super::call::{self, Named};
use crate::input::Setup;
use crate::interrupt::Interrupt;
use crate::{exit, output};

/// Run an operation for every row of a CSV or JSON Lines file
///
/// Columns whose names are those of the operation's request keys are found by themselves; others are mapped with
/// --column. What is done is kept beside the output while the batch runs: when it is interrupted, the same command goes
/// on where it ended and repeats no row that is done. How far it is goes to standard error; at the end, standard output
/// gets the counts as JSON.
#[derive(Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true, after_help = EXAMPLES)]
pub struct Batch {
    #[command(subcommand)]
    other: Option<Other>,

    #[command(flatten)]
    run: Run,
}

const EXAMPLES: &str = "\
Examples:
  learnerlink batch match --in learners.csv --out matched.csv --config college.json \\
      --set ukprn=10099901 --set user=registry --column givenName=Forename --column familyName=Surname --id \"Student ID\"
  learnerlink batch plr --in matched.csv --out records.jsonl --config college.json --set ukprn=10099901 --concurrency 64
  learnerlink batch match --in learners.csv --config college.json --set ukprn=10099901 --dry-run
  learnerlink batch list --config college.json
  learnerlink batch resume 01985e0a-… --config college.json

`match` is short for match_learner and `plr` for fetch_plr. The keys of an operation: `learnerlink describe OPERATION`.
Exit codes beside those of all commands: 6 when it is done and rows failed or were refused, 7 when it could not go on.";

/// What there is beside running one.
#[derive(Subcommand)]
enum Other {
    /// List the batches of the store, newest first
    List {
        #[command(flatten)]
        setup: Setup,
        /// Those in this state only: running, done, doneWithErrors, cancelled, interrupted or failed
        #[arg(long)]
        state: Option<String>,
    },
    /// Print how far a batch has come, as JSON
    Status {
        #[command(flatten)]
        setup: Setup,
        /// The batch's id
        id: String,
        /// Wait for its end, for so many seconds at most
        #[arg(long, value_name = "SECONDS", default_value_t = 0)]
        wait: u64,
    },
    /// Go on with a batch that ended early
    Resume {
        #[command(flatten)]
        setup: Setup,
        /// The batch's id
        id: String,
        /// Run rows again whose call was under way when the batch ended, also where that may do something twice
        #[arg(long)]
        repeat_interrupted: bool,
    },
    /// End a batch that runs, here or in another process
    Cancel {
        #[command(flatten)]
        setup: Setup,
        /// The batch's id
        id: String,
    },
}

/// What to run.
#[derive(Args)]
struct Run {
    /// The operation's name
    #[arg(value_parser = operation, required = true)]
    operation: Option<Named>,

    /// The file to read: .csv, .tsv, .txt, .jsonl or .ndjson
    #[arg(long = "in", value_name = "FILE", required = true)]
    input: Option<PathBuf>,

    /// The file to write: .csv, .jsonl, .ndjson or .parquet
    #[arg(long = "out", value_name = "FILE", required_unless_present = "dry_run")]
    output: Option<PathBuf>,

    #[command(flatten)]
    setup: Setup,

    /// Put a column into a request key
    #[arg(long = "column", value_name = "KEY=COLUMN", value_parser = pair)]
    columns: Vec<(String, String)>,

    /// Give every row's request a value: KEY=TEXT, or KEY:=JSON for what is no text
    #[arg(long = "set", value_name = "KEY=VALUE", value_parser = pair)]
    set: Vec<(String, String)>,

    /// A column that tells rows apart; one that repeats it is refused
    #[arg(long = "id", value_name = "COLUMN")]
    id_column: Option<String>,

    /// Carry only these columns to the results
    #[arg(long, value_name = "COLUMN")]
    keep: Vec<String>,

    /// The form of the results, when the file's name does not tell: csv, jsonl or parquet
    #[arg(long, value_name = "FORM")]
    format: Option<String>,

    /// How the letters of the input are stored: utf-8 or windows-1252
    #[arg(long, value_name = "ENCODING")]
    encoding: Option<String>,

    /// What stands between values: `,`, `;`, `tab` or `|`; found out when it is not given
    #[arg(long, value_name = "CHARACTER")]
    delimiter: Option<String>,

    /// The first line of the input is a row; columns are called 1, 2 and so on
    #[arg(long)]
    no_header: bool,

    /// How many rows to work on at once
    #[arg(long, value_name = "N", default_value_t = 16)]
    concurrency: u32,

    /// How many calls a second to begin at most
    #[arg(long, value_name = "N")]
    rate: Option<f64>,

    /// How often to try a row when the service is busy or does not answer
    #[arg(long, value_name = "N")]
    attempts: Option<u32>,

    /// Stop after so many rows that failed or were refused
    #[arg(long, value_name = "N")]
    stop_after: Option<u64>,

    /// Put an apostrophe before text of CSV results that a spreadsheet would take for a formula
    #[arg(long)]
    spreadsheet_safe: bool,

    /// Replace the output when there is one
    #[arg(long)]
    overwrite: bool,

    /// Check every row; call nothing and write nothing
    #[arg(long)]
    dry_run: bool,
}

fn operation(name: &str) -> std::result::Result<Named, &'static str> {
    call::operation(match name {
        "match" => "match_learner",
        "plr" => "fetch_plr",
        other => other,
    })
}

fn pair(text: &str) -> std::result::Result<(String, String), &'static str> {
    match text.split_once('=') {
        Some((key, value)) if !key.trim_end_matches(':').is_empty() => Ok((key.to_owned(), value.to_owned())),
        _ => Err("must have the form NAME=VALUE"),
    }
}

impl Batch {
    /// Runs what was asked for.
    pub fn run(self) -> ExitCode {
        let setup = match &self.other {
            Some(Other::List { setup, .. } | Other::Status { setup, .. })
            | Some(Other::Resume { setup, .. } | Other::Cancel { setup, .. }) => setup,
            None => &self.run.setup,
        };
        let log = setup.show_log();
        let result = setup.config().and_then(|config| {
            let runtime = Runtime::shared()?;
            runtime.handle().block_on(self.performed(&config))
        });
        // The log first, so that the error is the last line.
        drop(log);
        result.unwrap_or_else(|error| {
            output::note(&error.to_json("batch", "batch").to_string());
            exit::status_of(&error)
        })
    }

    async fn performed(&self, config: &str) -> Result<ExitCode> {
        let interrupt = Interrupt::listen();
        let plugin = tokio::select! {
            plugin = Plugin::open(config) => plugin?,
            () = interrupt.clone().wait() => return Err(Error::Cancelled),
        };
        let done = match &self.other {
            Some(other) => other.perform(&plugin, interrupt).await,
            None => self.run.perform(&plugin, interrupt).await,
        };
        plugin.close();
        done
    }
}

/// Runs an operation and answers with its response.
async fn ask(plugin: &Arc<Plugin>, operation: &str, request: Value) -> Result<Value> {
    let answer = plugin.call(operation, &request.to_string()).await?;
    serde_json::from_str(&answer.json).map_err(|_| Error::internal("a response is no JSON"))
}

impl Other {
    async fn perform(&self, plugin: &Arc<Plugin>, interrupt: Interrupt) -> Result<ExitCode> {
        match self {
            Self::List { state, .. } => {
                let mut request = json!({ "limit": 1000 });
                if let Some(state) = state {
                    request["state"] = json!(state);
                }
                let listed = ask(plugin, "list_batches", request).await?;
                let lines = listed["batches"].as_array().into_iter().flatten().map(line);
                let lines: Vec<String> = lines.collect();
                Ok(if lines.is_empty() { ExitCode::SUCCESS } else { output::print(&lines.join("\n")) })
            }
            Self::Status { id, wait, .. } => {
                let request = json!({ "batchId": id, "waitMs": wait.min(&86_400).saturating_mul(1000) });
                Ok(output::print(&format!("{:#}", ask(plugin, "batch_status", request).await?)))
            }
            Self::Resume { id, repeat_interrupted, .. } => {
                let request = json!({ "batchId": id, "repeatInterrupted": repeat_interrupted });
                let resumed = ask(plugin, "resume_batch", request).await?;
                match resumed["outcome"].as_str() {
                    Some("resumed") => follow::to_its_end(plugin, id, interrupt).await,
                    Some("running") => {
                        output::complain(&format!("batch {id} is being worked on by another process"));
                        Ok(ExitCode::from(exit::FAILED))
                    }
                    _ => follow::told(plugin, id).await,
                }
            }
            Self::Cancel { id, .. } => {
                Ok(output::print(&format!("{:#}", ask(plugin, "cancel_batch", json!({ "batchId": id })).await?)))
            }
        }
    }
}

/// A batch as a line for people.
fn line(batch: &Value) -> String {
    let text = |key: &str| batch[key].as_str().unwrap_or_default().to_owned();
    format!(
        "{}  {:<14}  {}  {} done, {} failed, {} refused  {}",
        text("batchId"),
        text("state"),
        text("operation"),
        batch["done"],
        batch["failed"],
        batch["refused"],
        text("output")
    )
}

impl Run {
    async fn perform(&self, plugin: &Arc<Plugin>, interrupt: Interrupt) -> Result<ExitCode> {
        let request = self.request()?;
        if self.dry_run {
            let checked = tokio::select! {
                checked = ask(plugin, "start_batch", request) => checked?,
                () = interrupt.wait() => return Err(Error::Cancelled),
            };
            output::print(&format!("{checked:#}"));
            let valid = checked["outcome"] == "validated";
            return Ok(ExitCode::from(if valid { exit::DONE } else { exit::WITH_ERRORS }));
        }
        let id = match self.unfinished(plugin).await? {
            Some(id) => {
                match ask(plugin, "resume_batch", json!({ "batchId": id })).await?["outcome"].as_str() {
                    Some("running") => {
                        output::complain(&format!("batch {id} of these files is being worked on by another process"));
                        return Ok(ExitCode::from(exit::FAILED));
                    }
                    Some("finished") => return follow::told(plugin, &id).await,
                    _ => output::note(&format!(
                        "batch {id} goes on where it ended, with the options it was started with"
                    )),
                }
                id
            }
            None => {
                let started = ask(plugin, "start_batch", request).await?;
                let id = started["batchId"].as_str().unwrap_or_default().to_owned();
                output::note(&format!("batch {id} has begun"));
                if !follow::can_go_on(plugin) {
                    output::note(
                        "the store is in memory: this cannot go on once it has ended early, unless `store` is configured",
                    );
                }
                id
            }
        };
        follow::to_its_end(plugin, &id, interrupt).await
    }

    fn request(&self) -> Result<Value> {
        let mut constants = Map::new();
        for (key, value) in &self.set {
            let (key, value) = match key.strip_suffix(':') {
                Some(key) => {
                    let read = serde_json::from_str(value);
                    (key, read.map_err(|_| Error::input("--set", "has a value behind `:=` that is no JSON"))?)
                }
                None => (key.as_str(), json!(value)),
            };
            put(&mut constants, key, value)?;
        }
        let columns: Map<String, Value> =
            self.columns.iter().map(|(key, column)| (key.clone(), json!(column))).collect();
        let mut request = json!({
            "operation": self.operation.map(|named| named.0.name),
            "input": self.input.as_deref().map(text_of).transpose()?,
            "output": self.output.as_deref().map(text_of).transpose()?,
            "request": constants,
            "idColumn": self.id_column,
            "outputFormat": self.format,
            "delimiter": self.delimiter,
            "header": !self.no_header,
            "concurrency": self.concurrency,
            "ratePerSecond": self.rate,
            "attempts": self.attempts,
            "stopAfterErrors": self.stop_after,
            "spreadsheetSafe": self.spreadsheet_safe,
            "overwrite": self.overwrite,
            "dryRun": self.dry_run,
        });
        if !columns.is_empty() {
            request["columns"] = Value::Object(columns);
        }
        if !self.keep.is_empty() {
            request["keep"] = json!(self.keep);
        }
        if let Some(encoding) = &self.encoding {
            request["encoding"] = json!(encoding);
        }
        Ok(request)
    }

    /// The batch of the same operation and files that is not done yet, if what it has done is still there.
    async fn unfinished(&self, plugin: &Arc<Plugin>) -> Result<Option<String>> {
        let whole = |path: &Path| std::path::absolute(path).ok().and_then(|path| path.to_str().map(str::to_owned));
        let (input, output) = (self.input.as_deref().and_then(whole), self.output.as_deref().and_then(whole));
        if !output.as_ref().is_some_and(|output| Path::new(&format!("{output}.part")).exists()) {
            return Ok(None);
        }
        let listed = ask(plugin, "list_batches", json!({ "limit": 1000 })).await?;
        let same = |batch: &&Value| {
            batch["operation"].as_str() == self.operation.map(|named| named.0.name)
                && batch["input"].as_str() == input.as_deref()
                && batch["output"].as_str() == output.as_deref()
                && !FINISHED.contains(&batch["state"].as_str().unwrap_or_default())
        };
        let found = listed["batches"].as_array().into_iter().flatten().find(same);
        Ok(found.and_then(|batch| batch["batchId"].as_str()).map(str::to_owned))
    }
}

fn text_of(path: &Path) -> Result<&str> {
    path.to_str().ok_or_else(|| Error::input("--in", "or --out is not Unicode"))
}

/// Puts a value where a dotted key leads.
fn put(object: &mut Map<String, Value>, key: &str, value: Value) -> Result<()> {
    let Some((first, rest)) = key.split_once('.') else {
        object.insert(key.to_owned(), value);
        return Ok(());
    };
    match object.entry(first).or_insert_with(|| json!({})) {
        Value::Object(inner) => put(inner, rest, value),
        _ => Err(Error::input("--set", format!("gives `{first}` a value of its own and one inside"))),
    }
}
