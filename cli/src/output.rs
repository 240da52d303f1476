//! Writes to standard output and standard error.

use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

use crate::exit;

/// Writes a text and a line end to standard output.
///
/// Whoever reads it may stop early; anything else that keeps the text from arriving is reported.
pub fn print(text: &str) -> ExitCode {
    let mut out = io::stdout().lock();
    let written = out.write_all(text.as_bytes()).and_then(|()| out.write_all(b"\n")).and_then(|()| out.flush());
    match written {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            complain(&format!("the output cannot be written: {error}"));
            ExitCode::from(exit::OUTPUT)
        }
        _ => ExitCode::SUCCESS,
    }
}

/// Writes a line to standard error; there is nowhere to report a failure of that.
pub fn note(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}

/// Writes a message for a person to standard error.
pub fn complain(message: &str) {
    note(&format!("learnerlink: {message}"));
}

/// Says what went wrong and gives the exit status for it.
pub fn fail(error: &learnerlink::Error) -> ExitCode {
    complain(&format!("{error} [{}]", error.status()));
    exit::status_of(error)
}
