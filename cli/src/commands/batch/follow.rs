//! Shows how far a batch is until it ends.

use std::io::IsTerminal;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use learnerlink::{Plugin, Result};
use serde_json::{Value, json};

use super::ask;
use crate::interrupt::Interrupt;
use crate::{exit, output};

/// How often the bar is drawn.
const DRAWN: Duration = Duration::from_millis(200);
/// How often a line is written where there is no terminal.
const TOLD: Duration = Duration::from_secs(5);

/// Waits for the end of a batch; Ctrl-C cancels it.
pub async fn to_its_end(plugin: &Arc<Plugin>, id: &str, interrupt: Interrupt) -> Result<ExitCode> {
    let mut shown = Shown::new();
    let mut interrupted = Box::pin(interrupt.wait());
    loop {
        let status = ask(plugin, "batch_status", json!({ "batchId": id })).await?;
        if status["outcome"] != "running" {
            break;
        }
        shown.show(&status);
        tokio::select! {
            () = &mut interrupted => {
                ask(plugin, "cancel_batch", json!({ "batchId": id })).await?;
                break;
            }
            // Answers as soon as it ends.
            ended = ask(plugin, "batch_status", json!({ "batchId": id, "waitMs": DRAWN.as_millis() as u64 })) => drop(ended?),
        }
    }
    shown.end();
    told(plugin, id).await
}

/// Whether the store outlives this process, and with it what is known of a batch.
pub fn can_go_on(plugin: &Plugin) -> bool {
    plugin.config.store_place() != ":memory:"
}

/// Says how a batch has ended.
pub async fn told(plugin: &Arc<Plugin>, id: &str) -> Result<ExitCode> {
    let mut status = ask(plugin, "batch_status", json!({ "batchId": id })).await?;
    let refused = status["refusedRows"].as_array().cloned().unwrap_or_default();
    for row in refused.iter().take(20) {
        output::note(&format!("line {}: {}", row["line"], row["reason"].as_str().unwrap_or_default()));
    }
    if refused.len() > 20 {
        output::note(&format!(
            "and {} more rows were refused; the results have all of them",
            status["refused"].as_u64().unwrap_or_default() - 20
        ));
    }
    let word = |status: &Value, key: &str| status[key].as_str().unwrap_or_default().to_owned();
    let counts = format!("{} done, {} failed, {} refused", status["done"], status["failed"], status["refused"]);
    let resume = if can_go_on(plugin) {
        format!("to go on, give the same command again, or `learnerlink batch resume {id}`")
    } else {
        format!("its store was in memory, so remove {} and run it again", word(&status, "partialOutput"))
    };
    let code = match status["outcome"].as_str().unwrap_or_default() {
        "done" => {
            output::note(&format!("done: {counts}; the results are in {}", word(&status, "output")));
            exit::DONE
        }
        "doneWithErrors" => {
            output::note(&format!("done with errors: {counts}; the results are in {}", word(&status, "output")));
            exit::WITH_ERRORS
        }
        "failed" => {
            output::complain(&format!("the batch could not go on: {}; {counts}", word(&status["error"], "message")));
            output::note(&resume);
            exit::FAILED
        }
        state => {
            output::note(&format!("{state}: {counts}; {resume}"));
            exit::INTERRUPTED
        }
    };
    if let Some(members) = status.as_object_mut() {
        members.remove("refusedRows");
    }
    output::print(&format!("{status:#}"));
    Ok(ExitCode::from(code))
}

/// A bar on a terminal, lines elsewhere.
enum Shown {
    Bar(ProgressBar),
    Lines(Instant),
}

impl Shown {
    fn new() -> Self {
        if !std::io::stderr().is_terminal() {
            return Self::Lines(Instant::now());
        }
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
        let style = ProgressStyle::with_template("{bar:30} {pos}/{len} {percent}% {msg}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        Self::Bar(bar)
    }

    fn show(&mut self, status: &Value) {
        let count = |key: &str| status[key].as_u64().unwrap_or_default();
        let ended = count("done") + count("failed") + count("refused");
        match self {
            Self::Bar(bar) => {
                if let Some(total) = status["rowsTotal"].as_u64() {
                    bar.set_length(total);
                }
                bar.set_position(ended);
                bar.set_message(told_of(status));
            }
            Self::Lines(told) if told.elapsed() >= TOLD => {
                *told = Instant::now();
                let total = status["rowsTotal"].as_u64().map(|total| format!(" of {total}")).unwrap_or_default();
                output::note(&format!("{ended}{total} rows, {}", told_of(status)));
            }
            Self::Lines(_) => {}
        }
    }

    fn end(&self) {
        if let Self::Bar(bar) = self {
            bar.finish_and_clear();
        }
    }
}

/// Errors, speed and the time that is left.
fn told_of(status: &Value) -> String {
    let mut told = format!(
        "{} failed, {} refused, {:.0}/s",
        status["failed"],
        status["refused"],
        status["ratePerSecond"].as_f64().unwrap_or_default()
    );
    if let Some(held) = status["heldBack"].as_f64() {
        told.push_str(&format!(" (the service asks for fewer: {held:.1}/s)"));
    }
    if let Some(seconds) = status["etaSeconds"].as_u64() {
        told.push_str(&format!(", {} left", duration(seconds)));
    }
    told
}

fn duration(seconds: u64) -> String {
    match seconds {
        0..60 => format!("{seconds} s"),
        60..3600 => format!("{} min", seconds.div_ceil(60)),
        _ => format!("{} h {} min", seconds / 3600, seconds % 3600 / 60),
    }
}
