//! `learnerlink new-key`: a key for the vault.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use learnerlink::vault::MasterKey;
use learnerlink::{Error, Result};

use crate::output;

/// Make a key for the vault
///
/// Prints the base64 of 32 random bytes, to be configured as `vaultKey`, or writes it to a file that only
/// its owner can read, to be configured as `vaultKeyFile`. Keep a copy in a safe place: without the key
/// nothing that is sealed in the store can be read again.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  export COLLEGE_KEY=\"$(learnerlink new-key)\"      and  \"vaultKey\": \"${COLLEGE_KEY}\"\n  learnerlink new-key --out college.key              and  \"vaultKeyFile\": \"college.key\""
)]
pub struct NewKey {
    /// Write the key to this file, which must not exist
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

impl NewKey {
    /// Makes the key.
    pub fn run(self) -> ExitCode {
        let key = match MasterKey::random() {
            Ok(key) => key.to_text(),
            Err(error) => return output::fail(&error),
        };
        match &self.out {
            None => output::print(&key),
            Some(file) => match write(file, &key) {
                Ok(()) => ExitCode::SUCCESS,
                Err(error) => output::fail(&error),
            },
        }
    }
}

fn write(file: &Path, key: &str) -> Result<()> {
    let failed = |error: std::io::Error| {
        let problem = match error.kind() {
            ErrorKind::AlreadyExists => "names a file that exists; a key is never overwritten".into(),
            ErrorKind::NotFound => "names a file in a folder that does not exist".into(),
            _ => format!("names a file that cannot be written: {error}"),
        };
        Error::input("--out", problem)
    };
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut opened = options.open(file).map_err(failed)?;
    opened
        .write_all(key.as_bytes())
        .and_then(|()| opened.write_all(b"\n"))
        .and_then(|()| opened.sync_all())
        .map_err(failed)
}
