//! `learnerlink operations`: the catalogue.

use std::process::ExitCode;

use clap::Args;
use learnerlink::operations::{CATALOGUE, Operation};
use serde_json::Value;

use crate::{layout, output};

/// List all operations
#[derive(Args)]
#[command(after_help = "Examples:\n  learnerlink operations\n  learnerlink operations --json")]
pub struct Operations {
    /// Print JSON, with the outcomes of each operation
    #[arg(long)]
    json: bool,
}

impl Operations {
    /// Prints the catalogue.
    pub fn run(self) -> ExitCode {
        output::print(&if self.json { layout::pretty(&document().to_string()) } else { table() })
    }
}

fn document() -> Value {
    CATALOGUE.iter().map(Operation::to_json).collect()
}

fn table() -> String {
    let widest = CATALOGUE.iter().map(|operation| operation.name.len()).max().unwrap_or(0);
    let lines = CATALOGUE.iter().map(|operation| {
        format!("{:<widest$}  {:<10}  {}", operation.name, operation.system.name(), operation.summary)
    });
    let heading = format!("{:<widest$}  {:<10}  {}", "OPERATION", "SYSTEM", "WHAT IT DOES");
    std::iter::once(heading).chain(lines).collect::<Vec<_>>().join("\n")
}
