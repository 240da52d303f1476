//! `learnerlink serve`: the embedded HTTP server as a process of its own.

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use learnerlink::runtime::Runtime;
use learnerlink::{Error, Plugin, Result};

use crate::input::Setup;
use crate::interrupt::Interrupt;
use crate::{exit, output};

/// Serve the interfaces of the configuration's `listener` section until told to stop
///
/// Prints the address once it listens. Ctrl-C or a request to terminate stops it: requests under way may
/// end first, and a second one stops it at once.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Serve {
    #[command(flatten)]
    setup: Setup,

    /// How long requests under way may still take when it is told to stop, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u64).range(0..=600))]
    patience: u64,
}

const EXAMPLES: &str = "\
Examples:
  learnerlink serve --config college.json --log info
  learnerlink serve --sandbox http://127.0.0.1:8099";

impl Serve {
    /// Serves.
    pub fn run(self) -> ExitCode {
        let log = self.setup.show_log();
        let result = self.serve();
        // The log first, so that the error is the last line.
        drop(log);
        match result {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                output::note(&error.to_json("start_listener", "admin").to_string());
                exit::status_of(&error)
            }
        }
    }

    fn serve(&self) -> Result<()> {
        let config = self.setup.config()?;
        let runtime = Runtime::shared()?;
        runtime.handle().block_on(async {
            let interrupt = Interrupt::listen();
            let plugin = tokio::select! {
                plugin = Plugin::open(&config) => plugin?,
                () = interrupt.clone().wait() => return Err(Error::Cancelled),
            };
            let result = until_stopped(&plugin, interrupt, Duration::from_secs(self.patience)).await;
            plugin.close();
            result
        })
    }
}

async fn until_stopped(plugin: &Arc<Plugin>, interrupt: Interrupt, patience: Duration) -> Result<()> {
    let started = plugin.listener.start(plugin).await?;
    output::print(&format!("serving {} at {}", started.interfaces.join(", "), started.address));
    interrupt.wait().await;
    output::note("stopping");
    plugin.listener.stop(patience).await;
    Ok(())
}
