//! The Learning Records Service itself, called over mutual TLS.

use std::time::Duration;

use super::config::{Config, Credential, Organisation};
use super::query::{ByDemographics, ByUln, EventsQuery};
use super::soap::xml::Problem;
use super::soap::{self, Events, Fault, Found, Reply, write};
use super::wire;
use crate::clock::Clock;
use crate::error::{Error, Result};
use crate::http::identities::Source;
use crate::http::{Identities, Identity, Transport};
use crate::profiles::Profiles;

/// On whose behalf the service is called, and until when.
#[derive(Clone, Copy, Debug)]
pub struct Caller<'a> {
    /// The profile or UKPRN whose credential is used.
    pub profile: &'a str,
    /// The person who asks; the service wants their name.
    pub user: &'a str,
    /// How long the call may take.
    pub within: Duration,
}

/// Why there is no answer: the service reported a fault, or something else.
#[derive(Debug)]
pub enum Trouble {
    /// The service's own report, with which HTTP status it may be.
    Fault(&'static str, String, Fault),
    /// Everything else.
    Failed(Error),
}

impl From<Error> for Trouble {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

impl From<Trouble> for Error {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::Fault(operation, profile, fault) => wire::fault_error(operation, &profile, &fault),
            Trouble::Failed(error) => error,
        }
    }
}

/// Calls the service. What it answers is handed on as it is: code, records, and nothing judged.
pub struct Service {
    config: Config,
    profiles: Profiles,
    transport: Transport,
    clock: Clock,
    identities: Identities,
}

impl Service {
    pub(super) fn new(config: &Config, profiles: Profiles, transport: Transport, clock: Clock) -> Self {
        Self { config: config.clone(), profiles, transport, clock, identities: Identities::default() }
    }

    /// Finds learners by name, date of birth, gender and postcode.
    ///
    /// # Errors
    /// A fault of the service; input, configuration, credential and transport errors.
    pub async fn by_demographics(&self, caller: Caller<'_>, query: &ByDemographics) -> Result<Found, Trouble> {
        let write = |organisation: &Organisation| write::by_demographics(organisation, caller.user, query);
        self.call(caller, wire::BY_DEMOGRAPHICS, write, soap::found).await
    }

    /// Finds a learner by ULN and name.
    ///
    /// # Errors
    /// As [`Service::by_demographics`].
    pub async fn by_uln(&self, caller: Caller<'_>, query: &ByUln) -> Result<Found, Trouble> {
        let write = |organisation: &Organisation| write::by_uln(organisation, caller.user, query);
        self.call(caller, wire::BY_ULN, write, soap::found).await
    }

    /// Fetches a learner's events.
    ///
    /// # Errors
    /// As [`Service::by_demographics`].
    pub async fn events(&self, caller: Caller<'_>, query: &EventsQuery) -> Result<Events, Trouble> {
        let write = |organisation: &Organisation| write::events(organisation, caller.user, query);
        self.call(caller, wire::EVENTS, write, soap::events).await
    }

    async fn call<T>(
        &self,
        caller: Caller<'_>,
        operation: &'static str,
        write: impl FnOnce(&Organisation) -> Result<Vec<u8>>,
        read: fn(&[u8], u16) -> Result<Reply<T>, Problem>,
    ) -> Result<T, Trouble> {
        let (profile, credential) = self.profiles.credential::<Credential>(caller.profile).await?;
        let identity = self.identity(&profile, &credential).await?;
        let organisation = Organisation::new(&self.config, profile, credential)?;
        let call = wire::call(&self.config, operation, identity, write(&organisation)?)?.deadline(caller.within);
        let answer = self.transport.send(call).await?;
        match wire::read(&answer, read)? {
            Reply::Answer(read) => Ok(read),
            Reply::Fault(fault) => Err(Trouble::Fault(operation, organisation.profile, fault)),
        }
    }

    /// The certificate for a profile.
    async fn identity(&self, profile: &str, credential: &Credential) -> Result<Option<Identity>> {
        if self.config.endpoint("")?.scheme() == "http" {
            return Ok(None);
        }
        let source = source(&self.config, credential)?;
        self.identities.of(profile, &source, self.clock.wall()).await.map(Some)
    }
}

/// Where the certificate of an organisation comes from.
fn source(config: &Config, credential: &Credential) -> Result<Source> {
    if let Some(bytes) = credential.pfx_bytes()? {
        return Ok(Source::bytes(bytes, credential.pfx_password.as_ref()));
    }
    match &config.pfx_file {
        Some(path) => Ok(Source::file(path, config.pfx_password.as_ref())),
        None => Err(Error::config(
            "lrs.pfxFile",
            "is required to call the service, unless the profile's `lrs` credential has a `pfx`",
        )),
    }
}

/// Opens the certificate of a credential that is about to be stored, so that a bad one is refused at once.
pub(crate) async fn check_certificate(profile: &str, credential: &Credential, now: jiff::Timestamp) -> Result<()> {
    match credential.pfx_bytes()? {
        Some(bytes) => Source::bytes(bytes, credential.pfx_password.as_ref()).check(profile, now).await,
        None => Ok(()),
    }
}
