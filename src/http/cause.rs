//! Tells one error to several callers, who each want to own it.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

use crate::error::{Cause, Error};

/// Makes another error that says the same; its causes stay shared.
pub(super) fn retell(error: &Arc<Error>) -> Error {
    let source = || error.source().map(|_| Box::new(SharedCause(Arc::clone(error))) as Cause);
    match &**error {
        Error::InvalidInput { field, problem } => {
            Error::InvalidInput { field: field.clone(), problem: problem.clone() }
        }
        Error::InvalidConfig { path, problem } => Error::InvalidConfig { path: path.clone(), problem: problem.clone() },
        Error::Unreachable { host, upstream, .. } => {
            Error::Unreachable { host: host.clone(), upstream: upstream.clone(), source: source() }
        }
        Error::DeadlineExceeded { host, waited_ms, upstream } => {
            Error::DeadlineExceeded { host: host.clone(), waited_ms: *waited_ms, upstream: upstream.clone() }
        }
        Error::TlsFailed { host, problem, upstream, .. } => {
            Error::TlsFailed { host: host.clone(), problem, upstream: upstream.clone(), source: source() }
        }
        Error::CertificateRefused { host, upstream, .. } => {
            Error::CertificateRefused { host: host.clone(), upstream: upstream.clone(), source: source() }
        }
        Error::Protocol { problem, upstream } => {
            Error::Protocol { problem: problem.clone(), upstream: upstream.clone() }
        }
        Error::ResponseTooLarge { limit, upstream } => {
            Error::ResponseTooLarge { limit: *limit, upstream: upstream.clone() }
        }
        Error::Unavailable { upstream } => Error::Unavailable { upstream: upstream.clone() },
        Error::Throttled { retry_after_ms, upstream } => {
            Error::Throttled { retry_after_ms: *retry_after_ms, upstream: upstream.clone() }
        }
        Error::CircuitOpen { host, retry_after_ms, upstream } => {
            Error::CircuitOpen { host: host.clone(), retry_after_ms: *retry_after_ms, upstream: upstream.clone() }
        }
        Error::BadCredential { profile, hint, upstream } => {
            Error::BadCredential { profile: profile.clone(), hint, upstream: upstream.clone() }
        }
        Error::AuthConfig { profile, what, upstream } => {
            Error::AuthConfig { profile: profile.clone(), what, upstream: upstream.clone() }
        }
        Error::Forbidden { upstream } => Error::Forbidden { upstream: upstream.clone() },
        Error::Internal { what } => Error::Internal { what: what.clone() },
        // Getting a token ends in none of the others.
        other => Error::internal(other.to_string()),
    }
}

/// The cause of an error that several callers hold.
#[derive(Debug)]
struct SharedCause(Arc<Error>);

impl SharedCause {
    fn cause(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source()
    }
}

impl fmt::Display for SharedCause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.cause().map_or(Ok(()), |cause| fmt::Display::fmt(cause, f))
    }
}

impl StdError for SharedCause {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.cause()?.source()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Upstream;

    #[test]
    fn a_retold_error_says_the_same_with_the_same_causes() {
        let inner: Cause = "connection refused".into();
        let error = Arc::new(Error::Unreachable {
            host: "sts.example".to_owned(),
            upstream: Upstream::unanswered("token"),
            source: Some(inner),
        });
        assert_eq!(retell(&error).to_json("x", "vera"), error.to_json("x", "vera"));
    }
}
