//! How long bulk jobs put up with a service that is away.

use std::time::Duration;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::error::{Error, Result};

/// The `batch` section of the configuration.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Config {
    /// How long no row may get an answer because the service is away, in milliseconds (0 to 86,400,000), before a batch
    /// stops instead of turning its rows into errors.
    #[schemars(range(max = 86_400_000))]
    pub patience_ms: u64,
}

impl Default for Config {
    fn default() -> Self {
        Self { patience_ms: 120_000 }
    }
}

impl Config {
    /// Checks ranges.
    ///
    /// # Errors
    /// `INVALID_CONFIG`.
    pub fn validate(&self) -> Result<()> {
        if self.patience_ms > 86_400_000 {
            return Err(Error::config("batch.patienceMs", "must be between 0 and 86400000"));
        }
        Ok(())
    }

    /// The same as a length of time.
    #[must_use]
    pub const fn patience(&self) -> Duration {
        Duration::from_millis(self.patience_ms)
    }
}
