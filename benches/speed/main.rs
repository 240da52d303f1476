//! Measures LearnerLink against what it is to be measured against, and prints one table.
//!
//! `cargo bench -p learnerlink --bench speed [-- --quick] [--only NAME] [--json FILE] [--list]`
//!
//! Every figure that matters here is a ratio of two programs, and on a shared machine a ratio holds only
//! when both run in turn, round by round. Criterion measures one thing after another, so this is a program
//! of its own: interleaved rounds, the median of the rounds' ratios, and their spread. It never fails
//! because of a slow machine; it fails when something does not work.
//!
//! What concerns the shared library is measured of the release build, found in the target folder or
//! through `LEARNERLINK_LIB`; `scripts/release.sh` builds it as it is shipped.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "printing is what it is for")]

mod abi;
mod bindings;
mod child;
mod enrollment;
mod gateway;
mod http;
mod library;
mod limit;
mod linkage;
mod measure;
mod plr;
#[allow(clippy::unwrap_used, reason = "shared with the tests")]
#[path = "../../tests/support/postgres.rs"]
mod postgres;
mod record;
mod register;
mod report;
mod server;
mod shares;
mod sif;
mod store;
mod stores;
mod timing;

use std::process::ExitCode;
use std::time::Instant;

use report::Row;

/// How thoroughly to measure.
pub struct Effort {
    /// Rounds of a comparison.
    pub rounds: usize,
    /// Whether a rough answer will do.
    pub quick: bool,
}

type Outcome = Result<Vec<Row>, Box<dyn std::error::Error>>;

/// A group of rows.
struct Group {
    name: &'static str,
    run: fn(&Effort) -> Outcome,
}

const GROUPS: &[Group] = &[
    Group { name: "abi", run: abi::rows },
    Group { name: "http", run: http::rows },
    Group { name: "tokens", run: http::first_calls },
    Group { name: "limit", run: limit::rows },
    Group { name: "record", run: record::rows },
    Group { name: "plr", run: plr::rows },
    Group { name: "lookup", run: store::lookups },
    Group { name: "writes", run: store::writes },
    Group { name: "stores", run: stores::rows },
    Group { name: "register", run: register::rows },
    Group { name: "gateway", run: gateway::rows },
    Group { name: "linkage", run: linkage::rows },
    Group { name: "timing", run: timing::rows },
    Group { name: "sif", run: sif::rows },
    Group { name: "enrollment", run: enrollment::rows },
    Group { name: "shares", run: shares::rows },
    Group { name: "library", run: library::rows },
    Group { name: "bindings", run: bindings::rows },
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    if let [flag, rest @ ..] = &arguments[..]
        && flag == child::FLAG
    {
        return child::main(rest);
    }
    match Options::read(&arguments) {
        Ok(options) => options.run(),
        Err(problem) => {
            eprintln!("{problem}\nusage: speed [--quick] [--only NAME] [--json FILE] [--list]");
            ExitCode::from(2)
        }
    }
}

#[derive(Default)]
struct Options {
    quick: bool,
    list: bool,
    only: Vec<String>,
    json: Option<String>,
}

impl Options {
    fn read(arguments: &[String]) -> Result<Self, String> {
        let mut options = Self::default();
        let mut rest = arguments.iter();
        while let Some(argument) = rest.next() {
            let mut value = || rest.next().cloned().ok_or(format!("{argument} needs a value"));
            match argument.as_str() {
                "--quick" => options.quick = true,
                "--list" => options.list = true,
                "--only" => options.only.push(value()?),
                "--json" => options.json = Some(value()?),
                other => return Err(format!("{other} is not known")),
            }
        }
        match options.only.iter().find(|name| GROUPS.iter().all(|group| group.name != *name)) {
            Some(unknown) => Err(format!("there is no group {unknown}")),
            None => Ok(options),
        }
    }

    fn run(&self) -> ExitCode {
        if self.list {
            GROUPS.iter().for_each(|group| println!("{}", group.name));
            return ExitCode::SUCCESS;
        }
        // Bare clients need one; the library brings its own.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let effort = Effort { rounds: if self.quick { 3 } else { 9 }, quick: self.quick };
        let (mut rows, mut failed) = (Vec::new(), false);
        for group in
            GROUPS.iter().filter(|group| self.only.is_empty() || self.only.iter().any(|only| only == group.name))
        {
            let began = Instant::now();
            // What one group found out is not lost because another breaks.
            let panicked = |_| Err("it panicked, see above".into());
            match std::panic::catch_unwind(|| (group.run)(&effort)).unwrap_or_else(panicked) {
                Ok(found) => rows.extend(found),
                Err(error) => {
                    failed = true;
                    rows.push(Row::skipped(group.name, &format!("FAILED, {error}")));
                }
            }
            eprintln!("{}: {:.1} s", group.name, began.elapsed().as_secs_f64());
        }
        print!("{}", report::table(&rows));
        if let Some(file) = &self.json
            && let Err(error) = std::fs::write(file, format!("{:#}\n", report::document(&rows)))
        {
            eprintln!("{file} cannot be written: {error}");
            failed = true;
        }
        if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS }
    }
}
