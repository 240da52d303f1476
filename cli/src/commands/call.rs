//! `learnerlink call`: one operation.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use learnerlink::operations::{Answer, Operation};
use learnerlink::runtime::Runtime;
use learnerlink::{Error, Plugin, Result};

use crate::input::{self, Setup};
use crate::interrupt::Interrupt;
use crate::{exit, layout, output};

/// Run one operation and print its response
///
/// The response is JSON on standard output. When there is none, standard error gets the error object, as
/// one line of JSON, and the exit code tells the kind of error. Ctrl-C cancels the operation, which is
/// entered in the audit trail as any other end of it is.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Call {
    /// The operation's name; `learnerlink operations` lists them
    #[arg(value_parser = operation)]
    operation: Named,

    #[command(flatten)]
    setup: Setup,

    /// File with the request, JSON; without it the request is what is piped in, and `{}` when nothing is
    #[arg(long, value_name = "FILE")]
    request: Option<PathBuf>,

    /// Print the response on several lines
    #[arg(long)]
    pretty: bool,
}

const EXAMPLES: &str = "\
Examples:
  learnerlink call health --config college.json
  echo '{\"ukprn\":\"10099901\"}' | learnerlink call generate_qr --sandbox http://127.0.0.1:8099 --pretty
  learnerlink call poll_learner_data --config college.json --request poll.json --log info

The names of an operation's request keys: `learnerlink describe OPERATION`.";

/// An operation of the catalogue.
#[derive(Clone, Copy)]
pub struct Named(pub &'static Operation);

/// Finds an operation for the command line.
///
/// # Errors
/// Where to find the names.
pub fn operation(name: &str) -> Result<Named, &'static str> {
    Operation::find(name)
        .map(Named)
        .map_err(|_| "there is no operation of this name; `learnerlink operations` lists them")
}

impl Call {
    /// Runs the operation.
    pub fn run(self) -> ExitCode {
        let log = self.setup.show_log();
        let result = self.answer();
        // The log first, so that the error is the last line.
        drop(log);
        match result {
            Ok(answer) if self.pretty => output::print(&layout::pretty(&answer.json)),
            Ok(answer) => output::print(&answer.json),
            Err(error) => {
                let Named(operation) = self.operation;
                output::note(&error.to_json(operation.name, operation.system.name()).to_string());
                exit::status_of(&error)
            }
        }
    }

    fn answer(&self) -> Result<Answer> {
        let config = self.setup.config()?;
        let request = match &self.request {
            Some(file) => input::read("--request", file)?,
            // The configuration has taken what was piped in.
            None if self.setup.takes_stdin() => String::new(),
            None => input::piped("--request")?,
        };
        let request = if request.trim().is_empty() { "{}" } else { &request };
        let runtime = Runtime::shared()?;
        runtime.handle().block_on(perform(self.operation.0, &config, request))
    }
}

async fn perform(operation: &'static Operation, config: &str, request: &str) -> Result<Answer> {
    let interrupt = Interrupt::listen();
    let plugin = tokio::select! {
        plugin = Plugin::open(config) => plugin?,
        () = interrupt.clone().wait() => return Err(Error::Cancelled),
    };
    let stop = async {
        interrupt.wait().await;
        Error::Cancelled
    };
    let result = match operation.prepare(&plugin, request) {
        Ok(prepared) => prepared.run(stop).await,
        Err(error) => Err(error),
    };
    plugin.close();
    result
}
