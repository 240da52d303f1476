//! `learnerlink store`: moves a store from one place to another.

use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use clap::{Args, Subcommand};
use learnerlink::Result;
use learnerlink::config::expand;
use learnerlink::http::config::Tls;
use learnerlink::runtime::Runtime;
use learnerlink::store::Place;
use learnerlink::store::copy::{Copied, copy};

use crate::output;

/// Work on a store as a whole
#[derive(Args)]
pub struct Store {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Copy(Copy),
}

impl Store {
    /// Does it.
    pub fn run(self) -> ExitCode {
        match self.command {
            Command::Copy(command) => command.run(),
        }
    }
}

/// Copy a whole store into an empty one, from a file to a PostgreSQL server, back, or between two of a kind
///
/// All of it is copied or nothing: what was written is read again and compared, table by table, before it is committed.
/// Sealed values go over as they are, so the copy opens with the vault key of the original. End the programs that write to
/// the original first: what they write after the copy has begun is not in it.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  learnerlink store copy --from college.db --to 'postgres://sis:${SIS_PASSWORD}@db.example/register'\n  learnerlink store copy --from 'postgres://sis:${SIS_PASSWORD}@db.example/register' --to backup.db\n\nPut an address in single quotes: the variable is then taken from the environment by this program, and the\npassword shows neither in the list of processes nor in the shell's history."
)]
struct Copy {
    /// The store to be copied: a file, or `postgres://…`
    #[arg(long, value_name = "PLACE")]
    from: String,
    /// The empty store to be filled: a file, made if it is not there, or `postgres://…`
    #[arg(long, value_name = "PLACE")]
    to: String,
}

impl Copy {
    fn run(self) -> ExitCode {
        match self.copied() {
            Ok((from, to, copied)) => output::print(&report(&from, &to, &copied)),
            Err(error) => output::fail(&error),
        }
    }

    fn copied(&self) -> Result<(Place, Place, Copied)> {
        let (from, to) = (expand(&self.from, "--from")?, expand(&self.to, "--to")?);
        let runtime = Runtime::shared()?;
        let next = AtomicU64::new(0);
        let progress = move |table: &'static str, done: u64, total: u64| {
            // Every twentieth part is told, and the end.
            let step = (total / 20).max(1);
            if done >= next.load(Ordering::Relaxed) || done == total {
                next.store(done + step, Ordering::Relaxed);
                output::note(&format!("{:>3} % {done} of {total} rows ({table})", done * 100 / total.max(1)));
            }
        };
        let copied = runtime.handle().block_on(copy(&from, &to, &Tls::default(), Arc::new(progress)))?;
        Ok((from.as_str().into(), to.as_str().into(), copied))
    }
}

fn report(from: &Place, to: &Place, copied: &Copied) -> String {
    let mut lines = vec![format!("copied {} to {}: {} rows", from.shown(), to.shown(), copied.rows())];
    for (table, content) in &copied.tables {
        let digest: String = content.digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        lines.push(format!("  {table:<24}{:>10}  {digest}", content.rows));
    }
    lines.push("verified: every table has the same number of rows and the same digest on both sides,".into());
    lines.push("and the ends of the audit chain are the same".into());
    lines.join("\n")
}
