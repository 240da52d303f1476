//! Reads files and standard input, and puts a configuration together.

use std::fs::File;
use std::io::{self, ErrorKind, IsTerminal, Read};
use std::path::{Path, PathBuf};

use clap::Args;
use learnerlink::{Error, Result};
use serde_json::{Value, json};

use crate::log_tail::{self, LogTail};

/// Which configuration to use, and whether to show the log.
#[derive(Args)]
pub struct Setup {
    /// Configuration file, JSON; `-` for standard input
    #[arg(long, value_name = "FILE", required_unless_present = "sandbox")]
    config: Option<PathBuf>,

    /// Address of a running sandbox to use instead of the real services; needs no configuration file
    #[arg(long, value_name = "URL")]
    sandbox: Option<String>,

    /// Write log lines of this level and above to standard error: error, warn, info, debug or trace
    #[arg(long, value_name = "LEVEL", value_parser = log_tail::level)]
    log: Option<learnerlink::log::Level>,
}

impl Setup {
    /// The configuration document.
    ///
    /// # Errors
    /// `INVALID_INPUT` or `INVALID_UTF8` for a file that cannot be read.
    pub fn config(&self) -> Result<String> {
        let Some(address) = &self.sandbox else {
            return self.config.as_deref().map_or_else(|| Ok("{}".into()), |file| read("--config", file));
        };
        let Some(file) = &self.config else { return Ok(json!({ "sandbox": address }).to_string()) };
        let text = read("--config", file)?;
        // What is not a JSON object is reported by the reader of configurations.
        let Ok(Value::Object(mut document)) = serde_json::from_str(&text) else { return Ok(text) };
        document.insert("sandbox".into(), json!(address));
        Ok(Value::Object(document).to_string())
    }

    /// What the configuration is called in messages.
    pub fn name(&self) -> String {
        self.config.as_deref().map_or_else(|| "(none)".into(), |file| file.display().to_string())
    }

    /// Whether the configuration is to be read from standard input.
    pub fn takes_stdin(&self) -> bool {
        self.config.as_deref() == Some(Path::new("-"))
    }

    /// Begins to show the log, if that was asked for.
    pub fn show_log(&self) -> Option<LogTail> {
        self.log.map(LogTail::start)
    }
}

/// Reads a text file, or standard input for `-`; `option` is what the file was given with.
///
/// # Errors
/// `INVALID_INPUT` or `INVALID_UTF8`.
pub fn read(option: &'static str, file: &Path) -> Result<String> {
    let failed = |error: &io::Error| {
        let problem = match error.kind() {
            ErrorKind::NotFound => "names a file that does not exist".into(),
            ErrorKind::PermissionDenied => "names a file that may not be read".into(),
            _ => format!("names a file that cannot be read: {error}"),
        };
        Error::input(option, problem)
    };
    if file == Path::new("-") {
        return text(option, io::stdin().lock()).map_err(|error| error.unwrap_or_else(|error| failed(&error)));
    }
    let opened = File::open(file).map_err(|error| failed(&error))?;
    text(option, opened).map_err(|error| error.unwrap_or_else(|error| failed(&error)))
}

/// Reads what was piped in; nothing when standard input is a terminal or closed.
///
/// # Errors
/// `INVALID_INPUT` or `INVALID_UTF8`.
pub fn piped(option: &'static str) -> Result<String> {
    if io::stdin().is_terminal() { Ok(String::new()) } else { read(option, Path::new("-")) }
}

fn text(option: &'static str, mut source: impl Read) -> Result<String, Result<Error, io::Error>> {
    let mut bytes = Vec::new();
    source.read_to_end(&mut bytes).map_err(Err)?;
    let text = String::from_utf8(bytes).map_err(|_| Ok(Error::InvalidUtf8 { name: option }))?;
    // Editors and shells on Windows begin texts with a mark.
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}
