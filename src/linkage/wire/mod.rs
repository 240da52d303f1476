//! The systems of other suppliers: which wire form speaks how, and what its answers mean (section 8 of the linkage
//! specification).

use jiff::Timestamp;

use super::config::{Config, Credential};
use super::query::{Query, Said};
use crate::clock::Clock;
use crate::error::{Error, Result};
use crate::http::identities::{Source, pfx_bytes};
use crate::http::{Identities, Tokens, Transport};
use crate::invocation::Invocation;
use crate::profiles::Profiles;

/// Calls the suppliers of the configuration.
pub(super) struct Suppliers {
    config: Config,
    profiles: Profiles,
    tokens: Tokens,
    transport: Transport,
    identities: Identities,
    clock: Clock,
}

impl Suppliers {
    pub(super) fn new(config: &Config, profiles: Profiles, tokens: Tokens, transport: Transport, clock: Clock) -> Self {
        Self { config: config.clone(), profiles, tokens, transport, identities: Identities::default(), clock }
    }

    /// Asks a supplier for the key of a patient.
    ///
    /// # Errors
    /// Configuration, credential and remote errors; `INVALID_INPUT` for a value that this supplier wants.
    pub(super) async fn retrieve(&self, _invocation: &Invocation, _name: &str, _query: &Query) -> Result<Said> {
        Err(Error::internal("not written"))
    }

    /// Asks a supplier for a new key.
    ///
    /// # Errors
    /// As [`Suppliers::retrieve`].
    pub(super) async fn create(&self, _invocation: &Invocation, _name: &str, _query: &Query) -> Result<Said> {
        Err(Error::internal("not written"))
    }
}

/// Opens the certificate of a credential that is about to be stored, so that a bad one is refused at once.
pub(crate) async fn check_certificate(profile: &str, credential: &Credential, now: Timestamp) -> Result<()> {
    match pfx_bytes("linkage.pfx", credential.pfx.as_ref())? {
        Some(bytes) => Source::bytes(bytes, credential.pfx_password.as_ref()).check(profile, now).await,
        None => Ok(()),
    }
}
