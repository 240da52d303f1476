//! Exit codes, by which scripts tell what kind of thing went wrong.

use std::process::ExitCode;

use learnerlink::{Error, Status};

/// What `--help` says about exit codes.
pub const HELP: &str = "\
Exit codes:
  0    done; for `call`, an answer was had, whatever its outcome
  1    the output could not be written
  2    wrong usage
  3    the input or the configuration is wrong
  4    the store
  5    the network or the remote service
  6    a batch is done, and rows of it failed or were refused
  7    a batch could not go on
  9    a defect of this program
  130  interrupted";

/// All is well.
pub const DONE: u8 = 0;
/// A batch is done, and some of its rows have errors.
pub const WITH_ERRORS: u8 = 6;
/// A batch could not go on.
pub const FAILED: u8 = 7;
/// The output could not be written.
pub const OUTPUT: u8 = 1;
/// The store, or what it holds, is not right.
pub const STORE: u8 = 4;
/// Ended by Ctrl-C or a request to terminate, as shells count it.
pub const INTERRUPTED: u8 = 130;

/// The exit code for an error.
pub fn code_of(error: &Error) -> u8 {
    if error.status() == Status::Cancelled {
        return INTERRUPTED;
    }
    match error.status().number() {
        100..=299 => 3,
        300..=399 => STORE,
        400..=499 => 5,
        900.. => 9,
        _ => 1,
    }
}

/// The exit status for an error.
pub fn status_of(error: &Error) -> ExitCode {
    ExitCode::from(code_of(error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_error_has_its_code() {
        for (error, code) in [
            (Error::Cancelled, 130),
            (Error::UnknownOperation, 3),
            (Error::VaultKeyMissing, 3),
            (Error::StoreFull, 4),
            (Error::Forbidden { upstream: learnerlink::error::Upstream::default() }, 5),
            (Error::internal("x"), 9),
        ] {
            assert_eq!(code_of(&error), code, "{error}");
        }
    }
}
