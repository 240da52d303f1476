//! One use of an operation: who asks, on whose behalf, until when, and what the audit is to say of it.

use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::error::{Error, Result};
use crate::identifiers::Ukprn;

/// What every request may carry beside its own keys.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Context {
    /// The provider on whose behalf the call is made, by its UKPRN.
    pub ukprn: Option<Ukprn>,
    /// The provider or other organisation on whose behalf the call is made, by its profile's name; instead of `ukprn`.
    #[schemars(length(min = 1, max = 64))]
    pub profile: Option<String>,
    /// Who is asking, as the host knows them; goes to the audit trail and, where a service asks for it, to the service.
    #[schemars(length(min = 1, max = 128))]
    pub user: Option<String>,
    /// The host's own reference for this call; goes to the audit trail.
    #[schemars(length(min = 1, max = 64))]
    pub trace_id: Option<String>,
    /// How long the operation may take, in milliseconds; `timeouts.operationMs` when absent.
    #[schemars(range(min = 1, max = 86_400_000))]
    pub timeout_ms: Option<u64>,
}

impl Context {
    /// The JSON keys of the context.
    pub const KEYS: &'static [&'static str] = &["ukprn", "profile", "user", "traceId", "timeoutMs"];

    /// Checks lengths and ranges.
    ///
    /// # Errors
    /// `INVALID_INPUT` naming the field.
    pub fn validate(&self) -> Result<()> {
        if self.ukprn.is_some() && self.profile.is_some() {
            return Err(Error::input("profile", "cannot be given together with `ukprn`"));
        }
        for (field, value, longest) in
            [("profile", &self.profile, 64), ("user", &self.user, 128), ("traceId", &self.trace_id, 64)]
        {
            let Some(value) = value else { continue };
            if value.is_empty() || value.chars().count() > longest || value.chars().any(char::is_control) {
                return Err(Error::input(field, format!("must have 1 to {longest} printable characters")));
            }
        }
        match self.timeout_ms {
            Some(timeout) if !(1..=86_400_000).contains(&timeout) => {
                Err(Error::input("timeoutMs", "must be between 1 and 86400000"))
            }
            _ => Ok(()),
        }
    }
}

/// One use of an operation, shared by its handler and by whoever watches it.
#[derive(Debug)]
pub struct Invocation {
    /// The operation's name.
    pub operation: &'static str,
    /// What the request carried beside its own keys.
    pub context: Context,
    /// When it began.
    pub started: Instant,
    budget: Duration,
    profile: OnceLock<String>,
    subject: OnceLock<String>,
    progress: Mutex<Map<String, Value>>,
}

impl Invocation {
    /// Begins a use of `operation` that may take `budget`.
    #[must_use]
    pub fn new(operation: &'static str, context: Context, budget: Duration) -> Self {
        Self {
            operation,
            context,
            started: Instant::now(),
            budget,
            profile: OnceLock::new(),
            subject: OnceLock::new(),
            progress: Mutex::default(),
        }
    }

    /// How long it may take in all.
    #[must_use]
    pub const fn budget(&self) -> Duration {
        self.budget
    }

    /// How long it may still take.
    #[must_use]
    pub fn remaining(&self) -> Duration {
        self.budget.saturating_sub(self.started.elapsed())
    }

    /// The profile or UKPRN the request names.
    ///
    /// # Errors
    /// `INVALID_INPUT` when it names none.
    pub fn required_profile(&self) -> Result<&str> {
        self.named_profile().ok_or_else(|| Error::input("ukprn", "is required: whose credential is to be used?"))
    }

    /// The profile or UKPRN the request names, if it does.
    #[must_use]
    pub fn named_profile(&self) -> Option<&str> {
        self.context.profile.as_deref().or_else(|| self.context.ukprn.as_ref().map(Ukprn::as_str))
    }

    /// Notes for the audit on whose behalf the call was made, once that is known.
    pub fn acts_for(&self, profile: &str) {
        let _ = self.profile.set(profile.to_owned());
    }

    /// Notes for the audit whom the call is about; a pseudonym, never the number itself.
    pub fn is_about(&self, pseudonym: String) {
        let _ = self.subject.set(pseudonym);
    }

    /// On whose behalf the call was made, as far as known.
    #[must_use]
    pub fn profile(&self) -> Option<&str> {
        self.profile.get().map(String::as_str).or_else(|| self.named_profile())
    }

    /// Whom the call is about, as a pseudonym.
    #[must_use]
    pub fn subject(&self) -> Option<&str> {
        self.subject.get().map(String::as_str)
    }

    /// Says how far the work has come; the values must not be personal.
    pub fn report(&self, key: &str, value: impl Into<Value>) {
        self.progress.lock().unwrap_or_else(PoisonError::into_inner).insert(key.to_owned(), value.into());
    }

    /// How far the work has come.
    #[must_use]
    pub fn progress(&self) -> Map<String, Value> {
        self.progress.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
