//! `learnerlink describe`: what requests and responses look like.

use std::process::ExitCode;

use clap::Args;
use learnerlink::operations;
use serde_json::Value;

use super::call::{Named, operation};
use crate::{layout, output};

/// Print the JSON Schemas of an operation, or of all with the table of errors
#[derive(Args)]
#[command(after_help = "Examples:\n  learnerlink describe poll_learner_data\n  learnerlink describe > catalogue.json")]
pub struct Describe {
    /// The operation's name; all when left out
    #[arg(value_parser = operation)]
    operation: Option<Named>,
}

impl Describe {
    /// Prints the description.
    pub fn run(self) -> ExitCode {
        let Ok(mut description) = serde_json::from_str(operations::DESCRIPTION) else { return ExitCode::FAILURE };
        if let Some(Named(operation)) = self.operation {
            description = entry(description, operation.place);
        }
        output::print(&layout::pretty(&description.to_string()))
    }
}

/// The catalogue keeps its order in the description.
fn entry(mut description: Value, place: usize) -> Value {
    description["operations"].get_mut(place).map(Value::take).unwrap_or_default()
}
