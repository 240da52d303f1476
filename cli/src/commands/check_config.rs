//! `learnerlink check-config`: whether a configuration can be used.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use learnerlink::config::Config;
use learnerlink::runtime::Runtime;
use learnerlink::{Clock, Plugin, Result};

use crate::{input, output};

/// Check a configuration file
///
/// Checks every key and value, the environment variables, key and certificate files it names, and the
/// profiles in it. Neither the store nor a connection is opened. What is wrong is named by its path.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  learnerlink check-config college.json\n  generate-config | learnerlink check-config -"
)]
pub struct CheckConfig {
    /// Configuration file, JSON; `-` for standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

impl CheckConfig {
    /// Checks the file.
    pub fn run(self) -> ExitCode {
        match input::read("FILE", &self.file).and_then(|text| check(&text)) {
            Ok(()) => output::print(&format!("{}: the configuration is valid", self.file.display())),
            Err(error) => output::fail(&error),
        }
    }
}

/// Checks a configuration and what it names, apart from the store and the services.
///
/// # Errors
/// As opening a plugin with it, but for those of the store.
pub fn check(text: &str) -> Result<()> {
    let mut config = Config::read(text)?;
    // Asked of the configuration as it is: a store in memory would do without a key.
    config.master_key()?;
    // Profiles are checked against each other by the store; one in memory does that as well.
    config.store = Some(learnerlink::store::Place::from(":memory:"));
    let runtime = Runtime::shared()?;
    let plugin = runtime.handle().block_on(Plugin::open_with(config, Clock::system()))?;
    plugin.close();
    Ok(())
}
