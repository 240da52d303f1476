//! One use of an operation: who asks, on whose behalf, until when, and what the audit is to say of it.

use std::fmt;
use std::marker::PhantomData;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::de::value::{MapAccessDeserializer, StrDeserializer};
use serde::de::{DeserializeSeed, Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

use crate::error::{Error, Result};
use crate::identifiers::Ukprn;
use crate::json::Key;
use crate::store::AuditEntry;

/// What every request may carry beside its own keys.
#[derive(Clone, Debug, Default, JsonSchema)]
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
            let plain = value.bytes().all(|byte| matches!(byte, b' '..=b'~'));
            let length = if plain { value.len() } else { value.chars().count() };
            if length == 0 || length > longest || (!plain && value.chars().any(char::is_control)) {
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

/// A request with the keys that every request may carry, read in one go.
pub struct WithContext<R> {
    /// The shared keys.
    pub context: Context,
    /// The operation's own.
    pub request: R,
}

impl<'de, R: Deserialize<'de>> Deserialize<'de> for WithContext<R> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Shape<R>(PhantomData<R>);

        impl<'de, R: Deserialize<'de>> Visitor<'de> for Shape<R> {
            type Value = WithContext<R>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                let mut context = Context::default();
                let own = OwnKeys { map, context: &mut context };
                let request = R::deserialize(MapAccessDeserializer::new(own))?;
                Ok(WithContext { context, request })
            }
        }

        deserializer.deserialize_map(Shape(PhantomData))
    }
}

/// Shows an operation its own keys and puts the shared ones into the context on the way.
struct OwnKeys<'a, A> {
    map: A,
    context: &'a mut Context,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for OwnKeys<'_, A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        while let Some(Key(key)) = self.map.next_key()? {
            let map = &mut self.map;
            match &*key {
                "ukprn" => set(map, "ukprn", &mut self.context.ukprn)?,
                "profile" => set(map, "profile", &mut self.context.profile)?,
                "user" => set(map, "user", &mut self.context.user)?,
                "traceId" => set(map, "traceId", &mut self.context.trace_id)?,
                "timeoutMs" => set(map, "timeoutMs", &mut self.context.timeout_ms)?,
                _ => return seed.deserialize(StrDeserializer::new(&key)).map(Some),
            }
        }
        Ok(None)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        self.map.next_value_seed(seed)
    }
}

fn set<'de, T: Deserialize<'de>, A: MapAccess<'de>>(
    map: &mut A,
    key: &'static str,
    place: &mut Option<T>,
) -> Result<(), A::Error> {
    if place.is_some() {
        return Err(A::Error::duplicate_field(key));
    }
    *place = map.next_value()?;
    Ok(())
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
    trace_id: OnceLock<String>,
    details: Mutex<Map<String, Value>>,
    entered: AtomicBool,
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
            trace_id: OnceLock::new(),
            details: Mutex::default(),
            entered: AtomicBool::new(false),
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

    /// Notes a reference of this call that was made because the caller gave none.
    pub fn is_traced_by(&self, trace_id: &str) {
        let _ = self.trace_id.set(trace_id.to_owned());
    }

    /// Notes for the audit what its entry has no column for; the value must not be personal.
    pub fn note(&self, key: &str, value: impl Into<Value>) {
        self.details.lock().unwrap_or_else(PoisonError::into_inner).insert(key.to_owned(), value.into());
    }

    /// Notes that the audit trail has its entry, because it was written together with something else.
    pub fn is_entered(&self) {
        self.entered.store(true, Ordering::Release);
    }

    /// Whether the audit trail has its entry already.
    #[must_use]
    pub fn was_entered(&self) -> bool {
        self.entered.load(Ordering::Acquire)
    }

    /// What the audit trail is to say of it.
    #[must_use]
    pub fn entry(&self, system: &str, at: Timestamp, outcome: &str, status: i32) -> AuditEntry {
        let details = self.details.lock().unwrap_or_else(PoisonError::into_inner);
        AuditEntry {
            at,
            operation: self.operation.into(),
            system: system.into(),
            user: self.context.user.clone(),
            profile: self.profile().map(str::to_owned),
            subject: self.subject().map(str::to_owned),
            outcome: outcome.into(),
            status,
            trace_id: self.context.trace_id.clone().or_else(|| self.trace_id.get().cloned()),
            duration_ms: u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX),
            details: (!details.is_empty()).then(|| Value::Object(details.clone()).to_string()),
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{self, Document};

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Own {
        name: String,
        #[serde(default)]
        inner: Option<Box<Own>>,
    }

    fn read(text: &str) -> Result<WithContext<Own>> {
        json::read(Document::Request, text)
    }

    #[test]
    fn shared_keys_go_into_the_context_wherever_they_stand() {
        let read = read(r#"{"user":"zoë","name":"a","timeoutMs":5,"\u0075kprn":"10099901","traceId":null}"#).unwrap();
        assert_eq!((read.request.name.as_str(), read.request.inner.is_none()), ("a", true));
        let context = read.context;
        assert_eq!((context.user.as_deref(), context.timeout_ms, context.trace_id), (Some("zoë"), Some(5), None));
        assert_eq!(context.ukprn.unwrap().as_str(), "10099901");
    }

    #[test]
    fn every_shared_key_is_read() {
        for key in Context::KEYS {
            let error = read(&format!(r#"{{"name":"a","{key}":[]}}"#)).err().unwrap().to_string();
            assert!(error.starts_with(&format!("`{key}` must be")), "{error}");
        }
    }

    #[test]
    fn shared_keys_are_refused_twice_and_inside() {
        for (text, problem) in [
            (r#"{"name":"a","user":"x","user":"y"}"#, "`user` is given twice"),
            (r#"{"name":"a","timeoutMs":"5"}"#, "`timeoutMs` must be u64"),
            (r#"{"user":"x"}"#, "`name` is required"),
            (r#"{"name":"a","inner":{"name":"b","user":"x"}}"#, "the unknown key `inner.user`"),
            (r#"{"name":"a","usr":"x"}"#, "the unknown key `usr`"),
        ] {
            let error = read(text).err().unwrap().to_string();
            assert!(error.contains(problem), "{text}: {error}");
        }
    }
}
