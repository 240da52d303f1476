//! What can go wrong: the permanent status numbers, and the one error type that maps onto them.
//!
//! An answer a service gives *about a learner* is never an error; it is a response with an
//! `outcome`. An [`Error`] means that no answer was had. Messages say what happened, to what and
//! what to do next, and never carry a name, date of birth, ULN, key, token or secret.

use std::fmt;

use serde::Serialize;
use serde_json::{Map, Value, json};

/// Declares the status table once: the enum, and what `describe` and the header say about it.
macro_rules! statuses {
    ($($variant:ident = $number:literal, $code:literal, $meaning:literal;)*) => {
        /// The outcome of a call, as a permanent number.
        ///
        /// `0` is success; `1–99` are not failures; `100–199` caller mistakes; `200–299` bad input or
        /// configuration; `300–399` the store; `400–499` the network or the remote service; `900` a
        /// defect of this library.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[repr(i32)]
        #[non_exhaustive]
        pub enum Status {
            $(#[doc = $meaning] $variant = $number,)*
        }

        impl Status {
            /// Every status, in the order of its number.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The text form of the status, which is what hosts should compare.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }

            /// One sentence on what the status means and what to do.
            #[must_use]
            pub const fn meaning(self) -> &'static str {
                match self { $(Self::$variant => $meaning,)* }
            }
        }
    };
}

statuses! {
    Ok = 0, "OK", "The call succeeded.";
    NotReady = 1, "NOT_READY", "The operation is still running; wait for it or poll it again.";
    TimedOut = 2, "TIMED_OUT", "Nothing happened within the time given to the wait; the work goes on.";
    Cancelled = 3, "CANCELLED", "The operation was cancelled before it finished.";
    BufferTooSmall = 4, "BUFFER_TOO_SMALL", "The text does not fit the buffer; its length was set.";
    NullArgument = 100, "NULL_ARGUMENT", "A required argument is NULL.";
    InvalidUtf8 = 101, "INVALID_UTF8", "A text argument is not valid UTF-8.";
    InvalidHandle = 102, "INVALID_HANDLE", "The handle is zero, closed, of another kind or made up.";
    Closed = 103, "CLOSED", "The plugin or queue behind the handle was closed.";
    Forked = 104, "FORKED", "The process is a fork of the one that used the library; load it afresh after exec.";
    UnknownOperation = 105, "UNKNOWN_OPERATION", "No operation has this name; learnerlink_describe lists them.";
    HandlesExhausted = 106, "HANDLES_EXHAUSTED", "Too many handles are open; close those no longer needed.";
    AlreadyEnqueued = 107, "ALREADY_ENQUEUED", "The operation was already given to a completion queue.";
    InvalidJson = 200, "INVALID_JSON", "The text is not the JSON object expected here.";
    UnknownKey = 201, "UNKNOWN_KEY", "The JSON has a key that nothing reads; its path is in the message.";
    InvalidInput = 202, "INVALID_INPUT", "A value in the request breaks its rule; `details.field` names it.";
    InvalidConfig = 203, "INVALID_CONFIG", "A value in the configuration breaks its rule; `details.path` names it.";
    TooLarge = 204, "TOO_LARGE", "The request is larger than `limits.maxRequestBytes`.";
    NoCredential = 205, "NO_CREDENTIAL", "No credential is stored for this provider; add one with put_profile.";
    DuplicateClientId = 206, "DUPLICATE_CLIENT_ID", "The client id already belongs to another provider; each provider has its own.";
    NotFound = 207, "NOT_FOUND", "What the request names is not in the store.";
    Conflict = 208, "CONFLICT", "The request contradicts what the store holds.";
    VaultKeyMissing = 209, "VAULT_KEY_MISSING", "The store holds or would hold secrets and no vault key is configured.";
    VaultKeyWrong = 210, "VAULT_KEY_WRONG", "The configured vault key is not the one this store was sealed with.";
    BadCertificate = 211, "BAD_CERTIFICATE", "The client certificate cannot be used; `details.problem` and the message say why.";
    InvalidRow = 212, "INVALID_ROW", "A row of a batch's input was refused before anything was called; the message says why.";
    BatchStopped = 213, "BATCH_STOPPED", "More rows of a batch failed than `stopAfterErrors` allows; look into them and resume it.";
    StoreUnavailable = 300, "STORE_UNAVAILABLE", "The store cannot be opened or has failed.";
    StoreBusy = 301, "STORE_BUSY", "Others kept the store locked, or its server is out of reach for the moment; try again.";
    StoreCorrupt = 302, "STORE_CORRUPT", "The store's file is not a database or is damaged; restore a backup.";
    StoreSchemaNewer = 303, "STORE_SCHEMA_NEWER", "The store was written by a newer version of the library; upgrade this one.";
    StoreFull = 304, "STORE_FULL", "The disk is full; free space and try again.";
    StoreReadOnly = 305, "STORE_READ_ONLY", "The store's file or folder cannot be written.";
    SealBroken = 306, "SEAL_BROKEN", "A sealed value does not open in its place: it was altered, moved or copied.";
    BatchOutput = 307, "BATCH_OUTPUT", "The results of a batch cannot be written; what was done is kept, and it can be resumed.";
    Unreachable = 400, "UNREACHABLE", "No connection to the service could be made; check network and proxy.";
    DeadlineExceeded = 401, "DEADLINE_EXCEEDED", "The service did not answer within the deadline.";
    TlsFailed = 402, "TLS_FAILED", "The service's certificate was not accepted or the TLS handshake failed.";
    Protocol = 403, "PROTOCOL", "The service answered something its interface does not allow.";
    ResponseTooLarge = 404, "RESPONSE_TOO_LARGE", "The service's answer is larger than the limit.";
    Unavailable = 405, "UNAVAILABLE", "The service is out of order for the moment; try again later.";
    Throttled = 406, "THROTTLED", "The service asks for fewer calls; wait `details.retryAfterMs`.";
    CircuitOpen = 407, "CIRCUIT_OPEN", "The service failed repeatedly and is being left alone; wait `details.retryAfterMs`.";
    BadCredential = 410, "BAD_CREDENTIAL", "The service does not accept this client id and secret; an administrator must renew them.";
    AuthConfig = 411, "AUTH_CONFIG", "The tenant, resource or scope is not known to the token service.";
    AuthRejected = 412, "AUTH_REJECTED", "A fresh token was refused by the service.";
    Forbidden = 413, "FORBIDDEN", "The service does not allow this provider to do this.";
    Rejected = 414, "REJECTED", "The service refused the request as invalid.";
    OutcomeUnknown = 415, "OUTCOME_UNKNOWN", "The request may have been carried out; it is not repeated automatically.";
    CertificateRefused = 416, "CERTIFICATE_REFUSED", "The service does not accept our client certificate, or wants one.";
    Maintenance = 417, "MAINTENANCE", "The service is closed for maintenance or out of its hours; try again when it is open.";
    ServiceFault = 418, "SERVICE_FAULT", "The service reported a fault; `upstream.code` is its own code for it.";
    BatchRowInterrupted = 419, "BATCH_ROW_INTERRUPTED", "A batch ended while this row's call was under way; it may have been carried out and is not repeated.";
    Internal = 900, "INTERNAL", "A defect of this library; the log has file and line.";
}

impl Status {
    /// The permanent number.
    #[must_use]
    pub const fn number(self) -> i32 {
        self as i32
    }

    /// Whether the same call may succeed later without anything being changed by a person.
    #[must_use]
    pub const fn retriable(self) -> bool {
        matches!(
            self,
            Self::NotReady
                | Self::TimedOut
                | Self::StoreBusy
                | Self::StoreFull
                | Self::Unreachable
                | Self::DeadlineExceeded
                | Self::Unavailable
                | Self::Throttled
                | Self::CircuitOpen
                | Self::Maintenance
        )
    }
}

/// What the outside service said, as far as it may be shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Upstream {
    /// The endpoint that was called, by its name in the specification.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub endpoint: Option<&'static str>,
    /// HTTP status of the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub http_status: Option<u16>,
    /// The service's own error code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The service's trace id, to be quoted to its help desk.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trace_id: Option<String>,
}

impl Upstream {
    /// Describes an answer of `endpoint` that had `http_status`.
    #[must_use]
    pub fn new(endpoint: &'static str, http_status: u16) -> Self {
        Self { endpoint: Some(endpoint), http_status: Some(http_status), ..Self::default() }
    }

    /// Describes a call to `endpoint` that got no answer.
    #[must_use]
    pub fn unanswered(endpoint: &'static str) -> Self {
        Self { endpoint: Some(endpoint), ..Self::default() }
    }

    /// Adds the service's error code, unless it holds anything but a plain identifier.
    #[must_use]
    pub fn with_code(mut self, code: Option<&str>) -> Self {
        self.code = code.and_then(identifier);
        self
    }

    /// Adds the service's trace id, unless it holds anything but a plain identifier.
    #[must_use]
    pub fn with_trace_id(mut self, trace_id: Option<&str>) -> Self {
        self.trace_id = trace_id.and_then(identifier);
        self
    }
}

/// Lets a short identifier through and nothing else: what a service sends is not to be trusted with
/// the contents of our error texts.
fn identifier(text: &str) -> Option<String> {
    let fits = !text.is_empty() && text.len() <= 64;
    let plain = text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.:".contains(&b));
    // Ten digits in a row could be a ULN or an NHS number.
    let ten_digits = |part: &str| part.split(|c: char| !c.is_ascii_digit()).any(|run| run.len() == 10);
    let personal = text.split(|c: char| !c.is_ascii_alphanumeric()).any(|part| ten_digits(part) && !is_random(part));
    (fits && plain && !personal).then(|| text.to_owned())
}

/// Whether a part of an identifier is one of a trace or span id or of a UUID: a few in a hundred of these have
/// ten digits in a row by chance.
fn is_random(part: &str) -> bool {
    let hexadecimal = part.bytes().all(|byte| byte.is_ascii_hexdigit());
    hexadecimal && part.bytes().any(|byte| byte.is_ascii_alphabetic()) && [12, 16, 32].contains(&part.len())
}

/// Why a client certificate cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[allow(missing_docs)] // As with `Error`.
pub enum CertificateProblem {
    #[error("is in a file that cannot be read; check its path and permissions")]
    Unreadable,
    #[error("is not a PKCS#12 (.pfx) file")]
    NotPkcs12,
    #[error("is in a PKCS#12 file that is damaged or cut short; export it again")]
    Damaged,
    #[error("does not open with the given password")]
    WrongPassword,
    #[error("is in a file encrypted in a way that is not supported; export it again with AES-256")]
    Unsupported,
    #[error("comes without its private key; export it again together with the key")]
    NoPrivateKey,
    #[error("is missing: the file has a private key, but no certificate for it")]
    NoCertificate,
    #[error("has a key or form that TLS cannot use")]
    Unusable,
    #[error("has expired; an administrator must renew it")]
    Expired,
    #[error("is not valid yet; check the clock of this machine")]
    NotYetValid,
}

impl CertificateProblem {
    /// The word for it in `details.problem`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Unreadable => "unreadable",
            Self::NotPkcs12 => "notPkcs12",
            Self::Damaged => "damaged",
            Self::WrongPassword => "wrongPassword",
            Self::Unsupported => "unsupported",
            Self::NoPrivateKey => "noPrivateKey",
            Self::NoCertificate => "noCertificate",
            Self::Unusable => "unusable",
            Self::Expired => "expired",
            Self::NotYetValid => "notYetValid",
        }
    }
}

/// The boxed cause of an [`Error`].
pub type Cause = Box<dyn std::error::Error + Send + Sync + 'static>;

/// Why no answer was had.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
#[allow(missing_docs)] // Each variant's message says what it is; the fields are named in it.
pub enum Error {
    #[error("the operation is still running")]
    NotReady,
    #[error("the wait ended after {waited_ms} ms; the operation goes on")]
    TimedOut { waited_ms: u64 },
    #[error("{} operations were still running after {waited_ms} ms and were abandoned", operations.len())]
    StillRunning { operations: Vec<&'static str>, waited_ms: u64 },
    #[error("the operation was cancelled")]
    Cancelled,
    #[error("the buffer holds {capacity} bytes and the text needs {needed}")]
    BufferTooSmall { capacity: u64, needed: u64 },

    #[error("argument `{name}` is NULL")]
    NullArgument { name: &'static str },
    #[error("argument `{name}` is not valid UTF-8")]
    InvalidUtf8 { name: &'static str },
    #[error("argument `{name}` is not an open {expected} handle")]
    InvalidHandle { name: &'static str, expected: &'static str },
    #[error("the {what} was closed")]
    Closed { what: &'static str },
    #[error("this process is a fork of the one that used the library")]
    Forked,
    #[error("there is no operation of this name; learnerlink_describe lists them")]
    UnknownOperation,
    #[error("too many handles are open; close those no longer needed")]
    HandlesExhausted,
    #[error("the operation was already given to a completion queue")]
    AlreadyEnqueued,

    #[error("the {what} is not valid: {problem} (line {line}, column {column})")]
    InvalidJson { what: &'static str, problem: String, line: usize, column: usize },
    #[error("the {what} has the unknown key `{path}`; check its spelling against the documentation")]
    UnknownKey { what: &'static str, path: String },
    #[error("`{field}` {problem}")]
    InvalidInput { field: String, problem: String },
    #[error("{}", sentences(fields))]
    InvalidFields { fields: Vec<(&'static str, &'static str)> },
    #[error("configuration `{path}` {problem}")]
    InvalidConfig { path: String, problem: String },
    #[error("the {what} has {size} bytes and the limit is {limit}")]
    TooLarge { what: &'static str, size: u64, limit: u64 },
    #[error("no {system} credential is stored for `{profile}`; add one with put_profile")]
    NoCredential { system: &'static str, profile: String },
    #[error(
        "the client id given for `{profile}` already belongs to another provider; ask the service for one of its own"
    )]
    DuplicateClientId { profile: String },
    #[error("no {what} of this name is in the store")]
    NotFound { what: &'static str },
    #[error("{problem}")]
    Conflict { problem: String },
    #[error("{problem}")]
    CorrelationConflict { reason: &'static str, problem: &'static str },
    #[error("no vault key is configured; set `vaultKey` or `vaultKeyFile` (`learnerlink new-key` makes one)")]
    VaultKeyMissing,
    #[error("the configured vault key does not open this store; use the key it was created with")]
    VaultKeyWrong,
    #[error("the client certificate of `{profile}` {problem}")]
    BadCertificate { profile: String, problem: CertificateProblem },

    #[error("{problem}")]
    InvalidRow { problem: String },
    #[error(
        "{errors} rows failed or were refused, as many as `stopAfterErrors` allows; look into them and resume the batch"
    )]
    BatchStopped { errors: u64 },

    #[error("the store {problem}")]
    StoreUnavailable {
        problem: String,
        #[source]
        source: Option<Cause>,
    },
    #[error("the store stayed locked for {waited_ms} ms; try again")]
    StoreBusy { waited_ms: u64 },
    #[error("the store's server {problem}; try again")]
    StoreInterrupted {
        problem: String,
        #[source]
        source: Option<Cause>,
    },
    #[error("the store's file is damaged or not a database; restore a backup")]
    StoreCorrupt {
        #[source]
        source: Option<Cause>,
    },
    #[error("the store has schema {found} and this library knows {known}; upgrade the library")]
    StoreSchemaNewer { found: i64, known: i64 },
    #[error("the disk under the store is full; free space and try again")]
    StoreFull,
    #[error("the store's file or folder cannot be written; check its permissions")]
    StoreReadOnly,
    #[error("a sealed {what} does not open in its place; it was altered, moved or copied")]
    SealBroken { what: &'static str },

    #[error("the results cannot be written: {problem}")]
    BatchOutput {
        problem: String,
        #[source]
        source: Option<Cause>,
    },

    #[error("no connection to {host}; check the network and the proxy settings")]
    Unreachable {
        host: String,
        upstream: Upstream,
        #[source]
        source: Option<Cause>,
    },
    #[error("{host} did not answer within {waited_ms} ms")]
    DeadlineExceeded { host: String, waited_ms: u64, upstream: Upstream },
    #[error("the TLS connection to {host} failed: {problem}")]
    TlsFailed {
        host: String,
        problem: &'static str,
        upstream: Upstream,
        #[source]
        source: Option<Cause>,
    },
    #[error("the service answered against its own interface: {problem}")]
    Protocol { problem: String, upstream: Upstream },
    #[error("the service's answer is larger than {limit} bytes")]
    ResponseTooLarge { limit: u64, upstream: Upstream },
    #[error("the service is out of order for the moment; try again later")]
    Unavailable { upstream: Upstream },
    #[error("the service asks for fewer calls; try again in {retry_after_ms} ms")]
    Throttled { retry_after_ms: u64, upstream: Upstream },
    #[error("{host} failed repeatedly and is left alone for another {retry_after_ms} ms")]
    CircuitOpen { host: String, retry_after_ms: u64, upstream: Upstream },
    #[error("the credential of `{profile}` was refused ({hint}); an administrator must renew it")]
    BadCredential { profile: String, hint: &'static str, upstream: Upstream },
    #[error("the token service does not know the {what} configured for `{profile}`")]
    AuthConfig { profile: String, what: &'static str, upstream: Upstream },
    #[error("the service refused a fresh token of `{profile}`; ask the service to check the provider's access")]
    AuthRejected { profile: String, upstream: Upstream },
    #[error("{host} does not accept our client certificate, or wants one; an administrator must renew it")]
    CertificateRefused {
        host: String,
        upstream: Upstream,
        #[source]
        source: Option<Cause>,
    },
    #[error("the service does not allow this provider to do this")]
    Forbidden { upstream: Upstream },
    #[error("the service refused the request as invalid")]
    Rejected { upstream: Upstream },
    #[error("the service is closed for maintenance or out of its hours; try again when it is open")]
    Maintenance { upstream: Upstream },
    #[error("the service reported a fault; `upstream.code` is its own code for it")]
    ServiceFault { upstream: Upstream },
    #[error("{problem}")]
    OutcomeUnknown { problem: &'static str, upstream: Upstream },

    #[error(
        "the batch ended while the call for this row was under way; it may have been carried out and was not repeated"
    )]
    BatchRowInterrupted,

    #[error("a defect in the library: {what}")]
    Internal { what: String },
}

/// The result of everything here that can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// Says that a request's value breaks its rule; `problem` reads on after the field's name.
    pub fn input(field: impl Into<String>, problem: impl Into<String>) -> Self {
        Self::InvalidInput { field: field.into(), problem: problem.into() }
    }

    /// Says that a configuration value breaks its rule; `problem` reads on after the path.
    pub fn config(path: impl Into<String>, problem: impl Into<String>) -> Self {
        Self::InvalidConfig { path: path.into(), problem: problem.into() }
    }

    /// Says that one of the library's own invariants does not hold.
    pub fn internal(what: impl Into<String>) -> Self {
        Self::Internal { what: what.into() }
    }

    /// The permanent status of this error.
    #[must_use]
    pub const fn status(&self) -> Status {
        match self {
            Self::NotReady => Status::NotReady,
            Self::TimedOut { .. } | Self::StillRunning { .. } => Status::TimedOut,
            Self::Cancelled => Status::Cancelled,
            Self::BufferTooSmall { .. } => Status::BufferTooSmall,
            Self::NullArgument { .. } => Status::NullArgument,
            Self::InvalidUtf8 { .. } => Status::InvalidUtf8,
            Self::InvalidHandle { .. } => Status::InvalidHandle,
            Self::Closed { .. } => Status::Closed,
            Self::Forked => Status::Forked,
            Self::UnknownOperation => Status::UnknownOperation,
            Self::HandlesExhausted => Status::HandlesExhausted,
            Self::AlreadyEnqueued => Status::AlreadyEnqueued,
            Self::InvalidJson { .. } => Status::InvalidJson,
            Self::UnknownKey { .. } => Status::UnknownKey,
            Self::InvalidInput { .. } | Self::InvalidFields { .. } => Status::InvalidInput,
            Self::InvalidConfig { .. } => Status::InvalidConfig,
            Self::TooLarge { .. } => Status::TooLarge,
            Self::NoCredential { .. } => Status::NoCredential,
            Self::DuplicateClientId { .. } => Status::DuplicateClientId,
            Self::NotFound { .. } => Status::NotFound,
            Self::Conflict { .. } | Self::CorrelationConflict { .. } => Status::Conflict,
            Self::VaultKeyMissing => Status::VaultKeyMissing,
            Self::VaultKeyWrong => Status::VaultKeyWrong,
            Self::BadCertificate { .. } => Status::BadCertificate,
            Self::InvalidRow { .. } => Status::InvalidRow,
            Self::BatchStopped { .. } => Status::BatchStopped,
            Self::StoreUnavailable { .. } => Status::StoreUnavailable,
            Self::StoreBusy { .. } | Self::StoreInterrupted { .. } => Status::StoreBusy,
            Self::StoreCorrupt { .. } => Status::StoreCorrupt,
            Self::StoreSchemaNewer { .. } => Status::StoreSchemaNewer,
            Self::StoreFull => Status::StoreFull,
            Self::StoreReadOnly => Status::StoreReadOnly,
            Self::SealBroken { .. } => Status::SealBroken,
            Self::BatchOutput { .. } => Status::BatchOutput,
            Self::Unreachable { .. } => Status::Unreachable,
            Self::DeadlineExceeded { .. } => Status::DeadlineExceeded,
            Self::TlsFailed { .. } => Status::TlsFailed,
            Self::Protocol { .. } => Status::Protocol,
            Self::ResponseTooLarge { .. } => Status::ResponseTooLarge,
            Self::Unavailable { .. } => Status::Unavailable,
            Self::Throttled { .. } => Status::Throttled,
            Self::CircuitOpen { .. } => Status::CircuitOpen,
            Self::BadCredential { .. } => Status::BadCredential,
            Self::AuthConfig { .. } => Status::AuthConfig,
            Self::AuthRejected { .. } => Status::AuthRejected,
            Self::Forbidden { .. } => Status::Forbidden,
            Self::Rejected { .. } => Status::Rejected,
            Self::OutcomeUnknown { .. } => Status::OutcomeUnknown,
            Self::CertificateRefused { .. } => Status::CertificateRefused,
            Self::Maintenance { .. } => Status::Maintenance,
            Self::ServiceFault { .. } => Status::ServiceFault,
            Self::BatchRowInterrupted => Status::BatchRowInterrupted,
            Self::Internal { .. } => Status::Internal,
        }
    }

    /// What the outside service said, for errors that come from one.
    #[must_use]
    pub const fn upstream(&self) -> Option<&Upstream> {
        match self {
            Self::Unreachable { upstream, .. }
            | Self::DeadlineExceeded { upstream, .. }
            | Self::TlsFailed { upstream, .. }
            | Self::Protocol { upstream, .. }
            | Self::ResponseTooLarge { upstream, .. }
            | Self::Unavailable { upstream }
            | Self::Throttled { upstream, .. }
            | Self::CircuitOpen { upstream, .. }
            | Self::BadCredential { upstream, .. }
            | Self::AuthConfig { upstream, .. }
            | Self::AuthRejected { upstream, .. }
            | Self::CertificateRefused { upstream, .. }
            | Self::Forbidden { upstream }
            | Self::Rejected { upstream }
            | Self::Maintenance { upstream }
            | Self::ServiceFault { upstream }
            | Self::OutcomeUnknown { upstream, .. } => Some(upstream),
            _ => None,
        }
    }

    /// The machine-readable facts behind the message.
    fn details(&self) -> Map<String, Value> {
        let value = match self {
            Self::NullArgument { name } | Self::InvalidUtf8 { name } => json!({ "argument": name }),
            Self::InvalidHandle { name, expected } => json!({ "argument": name, "expected": expected }),
            Self::BufferTooSmall { needed, .. } => json!({ "needed": needed }),
            Self::InvalidJson { line, column, .. } => json!({ "line": line, "column": column }),
            Self::UnknownKey { path, .. } | Self::InvalidConfig { path, .. } => json!({ "path": path }),
            Self::InvalidInput { field, .. } => json!({ "field": field }),
            Self::InvalidFields { fields } => {
                let names: Vec<_> = fields.iter().map(|(name, _)| name).collect();
                json!({ "field": names.first(), "fields": names })
            }
            Self::CorrelationConflict { reason, .. } => json!({ "reason": reason }),
            Self::BatchStopped { errors } => json!({ "errors": errors }),
            Self::TooLarge { size, limit, .. } => json!({ "size": size, "limit": limit }),
            Self::NoCredential { profile, .. }
            | Self::DuplicateClientId { profile }
            | Self::BadCredential { profile, .. }
            | Self::AuthConfig { profile, .. }
            | Self::AuthRejected { profile, .. } => json!({ "profile": profile }),
            Self::StillRunning { operations, waited_ms } => json!({ "operations": operations, "waitedMs": waited_ms }),
            Self::StoreBusy { waited_ms } | Self::TimedOut { waited_ms } => json!({ "waitedMs": waited_ms }),
            Self::StoreSchemaNewer { found, known } => json!({ "found": found, "known": known }),
            Self::BadCertificate { profile, problem } => json!({ "profile": profile, "problem": problem.word() }),
            Self::Unreachable { host, .. } | Self::TlsFailed { host, .. } | Self::CertificateRefused { host, .. } => {
                json!({ "host": host })
            }
            Self::DeadlineExceeded { host, waited_ms, .. } => json!({ "host": host, "waitedMs": waited_ms }),
            Self::ResponseTooLarge { limit, .. } => json!({ "limit": limit }),
            Self::Throttled { retry_after_ms, .. } => json!({ "retryAfterMs": retry_after_ms }),
            Self::CircuitOpen { host, retry_after_ms, .. } => {
                json!({ "host": host, "retryAfterMs": retry_after_ms })
            }
            _ => json!({}),
        };
        match value {
            Value::Object(map) => map,
            _ => Map::new(),
        }
    }

    /// The chain of causes, outermost first.
    ///
    /// Transport errors quote URLs, and a URL may hold a ULN, so those texts are cut out.
    fn causes(&self) -> Vec<String> {
        let mut causes = Vec::new();
        let mut next = std::error::Error::source(self);
        while let Some(cause) = next {
            let text = without_urls(&cause.to_string());
            if causes.last() != Some(&text) {
                causes.push(text);
            }
            next = cause.source();
        }
        causes
    }

    /// The error object hosts read, for an error met in `operation` of `system`.
    #[must_use]
    pub fn to_json(&self, operation: &str, system: &str) -> Value {
        let status = self.status();
        json!({
            "status": status.number(),
            "code": status.code(),
            "message": self.to_string(),
            "retriable": status.retriable(),
            "operation": operation,
            "system": system,
            "upstream": self.upstream().filter(|upstream| **upstream != Upstream::default()),
            "details": self.details(),
            "causes": self.causes(),
        })
    }
}

/// The JSON Schema of the error object.
#[must_use]
pub fn schema() -> Value {
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Error of LearnerLink",
        "description": "Why a call had no answer. Readers must ignore keys they do not know.",
        "type": "object",
        "required": ["status", "code", "message", "retriable", "operation", "system", "upstream", "details", "causes"],
        "properties": {
            "status": { "type": "integer", "description": "The permanent number, as the call returned it." },
            "code": { "type": "string", "description": "The permanent name of the status, to be compared with." },
            "message": { "type": "string", "description": "What happened, to what, and what to do next; never personal." },
            "retriable": { "type": "boolean", "description": "Whether the same call may succeed later without anybody changing anything." },
            "operation": { "type": "string", "description": "The operation or function that failed, without the prefix `learnerlink_`." },
            "system": { "type": "string", "description": "The system the operation belongs to; `library` for functions that are no operation." },
            "upstream": {
                "type": ["object", "null"],
                "description": "What the outside service said, when one was asked.",
                "properties": {
                    "endpoint": { "type": "string", "description": "The endpoint that was called." },
                    "httpStatus": { "type": "integer", "description": "The HTTP status of its answer." },
                    "code": { "type": "string", "description": "Its own error code." },
                    "traceId": { "type": "string", "description": "Its trace id, to be quoted to its help desk." },
                },
            },
            "details": { "type": "object", "description": "The facts behind the message, by code." },
            "causes": { "type": "array", "items": { "type": "string" }, "description": "The chain of causes, outermost first." },
        },
    })
}

/// Says of each field what is wrong with it.
fn sentences(fields: &[(&'static str, &'static str)]) -> String {
    fields.iter().map(|(name, problem)| format!("`{name}` {problem}")).collect::<Vec<_>>().join("; ")
}

/// Replaces everything from a scheme to the next blank by a mark.
fn without_urls(text: &str) -> String {
    let mut words = Vec::new();
    for word in text.split(' ') {
        words.push(if word.contains("://") { "(address)" } else { word });
    }
    words.join(" ")
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn status_numbers_ascend_and_codes_are_unique() {
        for pair in Status::ALL.windows(2) {
            assert!(pair[0].number() < pair[1].number(), "{pair:?}");
        }
        let mut codes: Vec<_> = Status::ALL.iter().map(|status| status.code()).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), Status::ALL.len());
    }

    #[test]
    fn an_upstream_code_that_could_hold_personal_data_is_dropped() {
        assert_eq!(identifier("invalid_client").as_deref(), Some("invalid_client"));
        assert_eq!(
            identifier("00-4bf92f3577b34da6a3ce929d0e0e4736-00").as_deref(),
            Some("00-4bf92f3577b34da6a3ce929d0e0e4736-00")
        );
        for random in
            ["00-4bf9f1234567890da6a3ce929d0e0e47-00f067aa0ba902b7-00", "1f0c9d2e-0000-4000-8000-a1234567890b"]
        {
            assert_eq!(identifier(random).as_deref(), Some(random));
        }
        for hostile in ["a5123456782", "uln-5123456782", "5123456782-a"] {
            assert_eq!(identifier(hostile), None, "{hostile:?}");
        }
        for hostile in ["", "Orla Fennimore", "5123456782", "uln=5123456782", "a\nb", &"x".repeat(65)] {
            assert_eq!(identifier(hostile), None, "{hostile:?}");
        }
    }

    #[test]
    fn causes_do_not_quote_addresses() {
        let cause: Cause = "error sending request for url (http://h/learner-data?uln=5123456782)".into();
        let error = Error::Unreachable { host: "h".into(), upstream: Upstream::default(), source: Some(cause) };
        let json = error.to_json("fetch_learner_data", "vera").to_string();
        assert!(!json.contains("5123456782"), "{json}");
    }
}
