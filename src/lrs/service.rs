//! The Learning Records Service itself, called over mutual TLS.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use secrecy::ExposeSecret;
use sha2::{Digest, Sha256};
use tokio::sync::OnceCell;
use zeroize::Zeroizing;

use super::config::{Config, Credential, Organisation};
use super::query::{ByDemographics, ByUln, EventsQuery};
use super::soap::xml::Problem;
use super::soap::{self, Events, Fault, Found, Reply, write};
use super::wire;
use crate::clock::Clock;
use crate::error::{CertificateProblem, Error, Result};
use crate::http::{Identity, Transport};
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
    /// Certificates opened so far, by the hash of what they were opened from.
    identities: Mutex<HashMap<[u8; 32], Arc<OnceCell<Identity>>>>,
}

impl Service {
    pub(super) fn new(config: &Config, profiles: Profiles, transport: Transport, clock: Clock) -> Self {
        Self { config: config.clone(), profiles, transport, clock, identities: Mutex::default() }
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

    /// The certificate for a profile, opened when it is first needed.
    async fn identity(&self, profile: &str, credential: &Credential) -> Result<Option<Identity>> {
        if self.config.endpoint("")?.scheme() == "http" {
            return Ok(None);
        }
        let source = Source::of(&self.config, credential)?;
        let key = source.key();
        for last in [false, true] {
            let cell = Arc::clone(self.locked().entry(key).or_default());
            let opened = cell.get_or_try_init(|| source.clone().open()).await;
            let checked = opened.and_then(|identity| identity.check(self.clock.wall()).map(|()| identity.clone()));
            match checked {
                // The file may have been replaced since it was read.
                Err(CertificateProblem::Expired) if !last => drop(self.locked().remove(&key)),
                Ok(identity) => return Ok(Some(identity)),
                Err(problem) => return Err(Error::BadCertificate { profile: profile.to_owned(), problem }),
            }
        }
        Err(Error::internal("a certificate was neither opened nor refused"))
    }

    fn locked(&self) -> std::sync::MutexGuard<'_, HashMap<[u8; 32], Arc<OnceCell<Identity>>>> {
        self.identities.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Where a certificate comes from.
#[derive(Clone)]
struct Source {
    place: Place,
    password: Zeroizing<String>,
}

#[derive(Clone)]
enum Place {
    Bytes(Zeroizing<Vec<u8>>),
    File(String),
}

impl Source {
    fn of(config: &Config, credential: &Credential) -> Result<Self> {
        let secret = |secret: &Option<secrecy::SecretString>| {
            Zeroizing::new(secret.as_ref().map_or_else(String::new, |secret| secret.expose_secret().to_owned()))
        };
        if let Some(bytes) = credential.pfx_bytes()? {
            return Ok(Self { place: Place::Bytes(bytes), password: secret(&credential.pfx_password) });
        }
        match &config.pfx_file {
            Some(path) => Ok(Self { place: Place::File(path.clone()), password: secret(&config.pfx_password) }),
            None => Err(Error::config(
                "lrs.pfxFile",
                "is required to call the service, unless the profile's `lrs` credential has a `pfx`",
            )),
        }
    }

    fn key(&self) -> [u8; 32] {
        let mut hash = Sha256::new();
        match &self.place {
            Place::Bytes(bytes) => hash.update(bytes.as_slice()),
            Place::File(path) => hash.update(format!("file {path}")),
        }
        hash.update([0]);
        hash.update(self.password.as_bytes());
        hash.finalize().into()
    }

    /// Opens the certificate off the runtime's workers, because it takes up to a second.
    async fn open(self) -> Result<Identity, CertificateProblem> {
        let open = move || match &self.place {
            Place::Bytes(bytes) => Identity::open(bytes, &self.password),
            Place::File(path) => {
                let bytes = std::fs::read(path).map(Zeroizing::new).map_err(|_| CertificateProblem::Unreadable)?;
                Identity::open(&bytes, &self.password)
            }
        };
        tokio::task::spawn_blocking(open).await.unwrap_or(Err(CertificateProblem::Unusable))
    }
}

/// Opens the certificate of a credential that is about to be stored, so that a bad one is refused at once.
pub(crate) async fn check_certificate(profile: &str, credential: &Credential, now: jiff::Timestamp) -> Result<()> {
    if credential.pfx.is_none() {
        return Ok(());
    }
    let opened = Source::of(&Config::default(), credential)?.open().await;
    opened
        .and_then(|identity| identity.check(now))
        .map_err(|problem| Error::BadCertificate { profile: profile.to_owned(), problem })
}
