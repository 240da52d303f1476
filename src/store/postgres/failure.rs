//! What can go wrong between us and the server, and which of it is worth another try.

use std::error::Error as StdError;
use std::fmt;
use std::io;

use deadpool_postgres::{HookError, PoolError, TimeoutType};
use tokio_postgres::error::SqlState;

use super::BUSY_TIMEOUT;
use crate::error::{Cause, Error};

/// Why a piece of work on the store did not get done.
#[derive(Debug)]
pub(super) enum Failure {
    /// The work itself found something.
    Ours(Error),
    /// The server or the way to it.
    Theirs(tokio_postgres::Error),
    /// The same while it was told to commit: it may have.
    Committing(tokio_postgres::Error),
    /// Somebody else wrote meanwhile what was found not to be there.
    Overtaken,
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Ours(error)
    }
}

impl From<tokio_postgres::Error> for Failure {
    fn from(error: tokio_postgres::Error) -> Self {
        Self::Theirs(error)
    }
}

impl From<PoolError> for Failure {
    fn from(error: PoolError) -> Self {
        match error {
            PoolError::Backend(error) | PoolError::PostCreateHook(HookError::Backend(error)) => {
                Self::Ours(of_server(error))
            }
            PoolError::Timeout(TimeoutType::Wait) => Self::Ours(busy()),
            PoolError::Timeout(_) => {
                let problem = format!("did not answer within {} ms", BUSY_TIMEOUT.as_millis());
                Self::Ours(Error::StoreInterrupted { problem, source: None })
            }
            other => Self::Ours(Error::internal(format!("the store's connections: {other}"))),
        }
    }
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Ours(error) => error,
            Failure::Theirs(error) | Failure::Committing(error) => of_server(error),
            Failure::Overtaken => busy(),
        }
    }
}

impl Failure {
    /// Whether nothing was done and the same may be tried again at once: two transactions came into each other's way, or
    /// the connection was one that the server had closed.
    pub(super) fn can_be_repeated(&self) -> bool {
        match self {
            Self::Ours(_) => false,
            Self::Overtaken => true,
            Self::Theirs(error) => collided(error) || (error.code().is_none() && is_cut(error)),
            Self::Committing(error) => collided(error),
        }
    }

    /// Whether this was refused only because another statement of the transaction had failed.
    fn is_of_another(&self) -> bool {
        matches!(self, Self::Theirs(error) if error.code() == Some(&SqlState::IN_FAILED_SQL_TRANSACTION))
    }

    /// The constraint that a row broke, if that is what went wrong.
    pub(super) fn broken_constraint(&self) -> Option<&str> {
        match self {
            Self::Theirs(error) if error.code() == Some(&SqlState::UNIQUE_VIOLATION) => {
                Some(error.as_db_error().and_then(|error| error.constraint()).unwrap_or_default())
            }
            _ => None,
        }
    }
}

/// How a transaction stands whose statements were on their way together. Of several that failed only one says why: the
/// server refuses all that it comes to after that one, and the answers may be seen in another order.
pub(super) fn all_done(results: impl IntoIterator<Item = Result<(), Failure>>) -> Result<(), Failure> {
    results.into_iter().filter_map(Result::err).min_by_key(Failure::is_of_another).map_or(Ok(()), Err)
}

fn collided(error: &tokio_postgres::Error) -> bool {
    matches!(error.code(), Some(&SqlState::T_R_SERIALIZATION_FAILURE | &SqlState::T_R_DEADLOCK_DETECTED))
}

fn busy() -> Error {
    Error::StoreBusy { waited_ms: BUSY_TIMEOUT.as_millis() as u64 }
}

fn unavailable(problem: &str, source: Option<Cause>) -> Error {
    Error::StoreUnavailable { problem: problem.into(), source }
}

/// Maps an error of the server, or of the way to it, to ours.
fn of_server(error: tokio_postgres::Error) -> Error {
    let Some(code) = error.code().map(SqlState::code) else { return of_the_way(error) };
    let said = || Some(Box::new(Said::of(&error)) as Cause);
    let interrupted = |problem: &str| Error::StoreInterrupted { problem: problem.into(), source: said() };
    match code {
        // Lock not available, serialization failure, deadlock.
        "55P03" | "40001" | "40P01" => busy(),
        "57P01" | "57P02" => interrupted("is being stopped"),
        "57P03" => interrupted("is starting or stopping"),
        "57P05" | "25P03" | "57014" => interrupted("ended a connection that took too long"),
        "53300" => interrupted("has no connection left; raise its `max_connections` or lower `connections` in `store`"),
        "53100" => Error::StoreFull,
        "53200" | "53000" | "53400" => interrupted("is short of memory or another resource"),
        "25006" => Error::StoreReadOnly,
        "28P01" | "28000" => unavailable(
            "cannot be opened: its server refuses the user name or the password given in `store`, or such a \
                 connection (with this `sslmode`, from this machine)",
            said(),
        ),
        "3D000" => unavailable("cannot be opened: its server has no database of the name given in `store`", said()),
        "42501" => unavailable(
            "cannot be used: the user given in `store` may not do this in the database; make the user its owner, or \
             grant what docs/postgresql.md lists",
            said(),
        ),
        "3F000" => unavailable("cannot be created: the user's `search_path` names no schema that exists", said()),
        // A prepared statement that another has made, or that is not there, though each is made in its own session.
        "42P05" | "26000" => unavailable(
            "cannot be used through a pooler that gives transactions the sessions of others; let it pool sessions",
            said(),
        ),
        "22021" => Error::input("request", "holds the character U+0000, which PostgreSQL cannot keep"),
        "XX001" | "XX002" => Error::StoreCorrupt { source: said() },
        code if code.starts_with("08") => interrupted("broke the connection"),
        _ => unavailable("has failed", said()),
    }
}

/// Maps an error that the server did not tell.
fn of_the_way(error: tokio_postgres::Error) -> Error {
    if let Some(reason) = find::<rustls::Error>(&error) {
        let problem = match reason {
            rustls::Error::InvalidCertificate(_) => {
                "cannot be opened: its server's certificate is not accepted; give its authority by `sslrootcert` or \
                 `tls.extraRoots`, and the host by the name in the certificate"
            }
            _ => "cannot be opened: the TLS handshake with its server failed",
        };
        return unavailable(problem, Some(Box::new(Plain(reason.to_string()))));
    }
    if is_cut(&error) {
        let problem = "cannot be reached or has closed the connection".into();
        return Error::StoreInterrupted { problem, source: cause_of_io(&error) };
    }
    // The client library has no other sign of it than its words.
    let text = chain(&error);
    if text.contains("does not support TLS") {
        return unavailable("cannot be opened: its server has no TLS, which `sslmode` asks for", None);
    }
    if text.contains("timeout") {
        let problem = format!("did not answer within {} ms", BUSY_TIMEOUT.as_millis());
        return Error::StoreInterrupted { problem, source: None };
    }
    if text.contains("password missing") {
        return unavailable("cannot be opened: its server wants a password and `store` gives none", None);
    }
    if text.contains("invalid server signature") || text.contains("authentication") {
        return unavailable("cannot be opened: signing in to its server failed", None);
    }
    unavailable("has failed", Some(Box::new(Plain(text))))
}

/// Whether the connection was not there or is no more.
fn is_cut(error: &tokio_postgres::Error) -> bool {
    error.is_closed() || (find::<io::Error>(error).is_some() && find::<rustls::Error>(error).is_none())
}

fn cause_of_io(error: &tokio_postgres::Error) -> Option<Cause> {
    find::<io::Error>(error).map(|io| Box::new(Plain(io.kind().to_string())) as Cause)
}

/// The first cause of this kind, also inside an I/O error.
fn find<'a, T: StdError + 'static>(error: &'a (dyn StdError + 'static)) -> Option<&'a T> {
    let mut next = Some(error);
    while let Some(cause) = next {
        if let Some(found) = cause.downcast_ref::<T>() {
            return Some(found);
        }
        let inner = cause.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        if let Some(found) = inner.and_then(|inner| find::<T>(inner)) {
            return Some(found);
        }
        next = cause.source();
    }
    None
}

fn chain(error: &tokio_postgres::Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        next = cause.source();
    }
    text
}

/// What the server said, without its words: these may quote values.
#[derive(Debug)]
struct Said {
    code: String,
    constraint: Option<String>,
}

impl Said {
    fn of(error: &tokio_postgres::Error) -> Self {
        let error = error.as_db_error();
        Self {
            code: error.map(|error| error.code().code().to_owned()).unwrap_or_default(),
            constraint: error.and_then(|error| error.constraint()).map(str::to_owned),
        }
    }
}

impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the server answered with SQLSTATE {}", self.code)?;
        self.constraint.as_ref().map_or(Ok(()), |name| write!(f, " (constraint {name})"))
    }
}

impl StdError for Said {}

/// A cause that is a sentence.
#[derive(Debug)]
struct Plain(String);

impl fmt::Display for Plain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl StdError for Plain {}

/// Another error that says the same, for each caller of a group.
pub(super) fn retold(error: &Error) -> Error {
    match error {
        Error::StoreBusy { waited_ms } => Error::StoreBusy { waited_ms: *waited_ms },
        Error::StoreInterrupted { problem, .. } => Error::StoreInterrupted { problem: problem.clone(), source: None },
        Error::StoreUnavailable { problem, .. } => Error::StoreUnavailable { problem: problem.clone(), source: None },
        Error::StoreFull => Error::StoreFull,
        Error::StoreReadOnly => Error::StoreReadOnly,
        Error::StoreCorrupt { .. } => Error::StoreCorrupt { source: None },
        other => Error::internal(other.to_string()),
    }
}
