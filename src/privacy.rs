//! Redaction by type: what is personal or secret says so in its type and cannot reach a log by accident.

use std::fmt;
use std::ops::Deref;

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

/// Writes a secret as it is: for sealing, the only place where secrets are serialised.
///
/// # Errors
/// The serialiser's own.
pub fn expose<S: serde::Serializer>(secret: &SecretString, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(secret.expose_secret())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_nothing_and_json_everything() {
        let value = Sensitive("Zoë".to_owned());
        assert_eq!(format!("{value:?}"), "(redacted)");
        assert_eq!(serde_json::to_string(&value).unwrap(), "\"Zoë\"");
    }
}
