//! Redaction by type: what is personal or secret says so in its type and cannot reach a log by accident.

use std::fmt;
use std::ops::{Deref, DerefMut};

use schemars::JsonSchema;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

/// A personal value: it passes through JSON as it is, and `Debug` shows that it is there but not what it is.
#[derive(Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(transparent)]
pub struct Sensitive<T>(pub T);

impl<T> fmt::Debug for Sensitive<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(redacted)")
    }
}

impl<T> Deref for Sensitive<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> From<T> for Sensitive<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

/// A text or bytes that may hold a record: shown by nothing, wiped when dropped.
///
/// `Zeroizing` does the same with a write and a barrier for every single byte, which for a whole record
/// takes longer than reading it.
#[derive(Clone, Default)]
pub struct Wiped<T: Default + Into<Vec<u8>>>(T);

impl<T: Default + Into<Vec<u8>>> From<T> for Wiped<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl<T: Default + Into<Vec<u8>>> Deref for Wiped<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: Default + Into<Vec<u8>>> DerefMut for Wiped<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

impl<T: Default + Into<Vec<u8>>> Drop for Wiped<T> {
    fn drop(&mut self) {
        wipe(&mut std::mem::take(&mut self.0).into());
    }
}

impl<T: Default + Into<Vec<u8>>> fmt::Debug for Wiped<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(redacted)")
    }
}

/// A text that only grows, shown by nothing; what was written is wiped when it is dropped.
///
/// Beside [`Wiped`], it spares the memory behind its end, which may be most of it.
#[derive(Default)]
pub struct Growing(String);

impl Growing {
    /// Room for `bytes`; a text that outgrows it leaves a copy behind.
    #[must_use]
    pub fn with_capacity(bytes: usize) -> Self {
        Self(String::with_capacity(bytes))
    }

    /// The text to be added to; it must not be cut.
    pub fn end(&mut self) -> &mut String {
        &mut self.0
    }
}

impl Deref for Growing {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl Drop for Growing {
    fn drop(&mut self) {
        let mut bytes = std::mem::take(&mut self.0).into_bytes();
        bytes.fill(0);
        zeroize::optimization_barrier(bytes.as_slice());
    }
}

/// Writes zeros over all that is allocated; the barrier keeps the compiler from leaving that out.
fn wipe(bytes: &mut Vec<u8>) {
    bytes.clear();
    bytes.resize(bytes.capacity(), 0);
    zeroize::optimization_barrier(bytes.as_slice());
}

/// Writes a secret as it is: for sealing, the only place where secrets are serialised.
///
/// # Errors
/// The serialiser's own.
pub fn expose<S: serde::Serializer>(secret: &SecretString, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(secret.expose_secret())
}

/// Writes a secret that may be absent as it is; see [`expose`].
///
/// # Errors
/// The serialiser's own.
pub fn expose_optional<S: serde::Serializer>(secret: &Option<SecretString>, serializer: S) -> Result<S::Ok, S::Error> {
    match secret {
        Some(secret) => serializer.serialize_some(secret.expose_secret()),
        None => serializer.serialize_none(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wiping_reaches_the_capacity_behind_the_contents() {
        let mut bytes = Vec::with_capacity(64);
        bytes.extend_from_slice(b"a record");
        let (place, capacity) = (bytes.as_ptr(), bytes.capacity());
        wipe(&mut bytes);
        assert_eq!((bytes.as_ptr(), bytes.len(), bytes.capacity()), (place, capacity, capacity));
        assert!(bytes.iter().all(|byte| *byte == 0));
        let wiped = Wiped::from("Zoë".to_owned());
        assert_eq!((wiped.as_str(), format!("{wiped:?}").as_str()), ("Zoë", "(redacted)"));
    }

    #[test]
    fn debug_shows_nothing_and_json_everything() {
        let value = Sensitive("Zoë".to_owned());
        assert_eq!(format!("{value:?}"), "(redacted)");
        assert_eq!(serde_json::to_string(&value).unwrap(), "\"Zoë\"");
    }
}
