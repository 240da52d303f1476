//! The systems of other suppliers: which wire form speaks how, and what its answers mean (section 8 of the linkage
//! specification).

mod answer;
mod emis;
mod header;
mod line;
mod native;
mod tpp;
mod vision;
mod xml;

use jiff::Timestamp;
use url::Url;

use super::compose::Step;
use super::config::{Config, Credential, Supplier, Wire};
use super::query::{Query, Said};
use crate::clock::Clock;
use crate::error::{Error, Result};
use crate::http::identities::{Source, pfx_bytes};
use crate::http::{Audience, ClientCredentials, Identities, Identity, Style, Tokens, Transport};
use crate::invocation::Invocation;
use crate::profiles::{self, Profiles};
use line::Line;

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
    pub(super) async fn retrieve(&self, invocation: &Invocation, name: &str, query: &Query) -> Result<Said> {
        self.ask(invocation, Step::Retrieve, name, query).await
    }

    /// Asks a supplier for a new key.
    ///
    /// # Errors
    /// As [`Suppliers::retrieve`].
    pub(super) async fn create(&self, invocation: &Invocation, name: &str, query: &Query) -> Result<Said> {
        self.ask(invocation, Step::Create, name, query).await
    }

    async fn ask(&self, invocation: &Invocation, step: Step, name: &str, query: &Query) -> Result<Said> {
        let supplier = self.config.suppliers.get(name);
        let supplier =
            supplier.ok_or_else(|| Error::input("supplier", "is none of those that `linkage.suppliers` names"))?;
        let access = self.access(invocation, name, supplier).await?;
        let line = Line {
            supplier,
            query,
            step,
            invocation,
            now: self.clock.wall(),
            profile: access.profile,
            identity: access.identity,
            client: access.client,
            tokens: &self.tokens,
            transport: &self.transport,
        };
        match supplier.wire {
            Wire::Native => native::ask(&line).await,
            Wire::Emis => emis::ask(&line).await,
            Wire::Tpp => tpp::ask(&line, self.config.minimum_age_years).await,
            Wire::Vision => vision::ask(&line).await,
            Wire::Header => header::ask(&line).await,
        }
    }

    /// The credential of the profile that the request names, or else the configuration; neither need name one for a
    /// supplier who is content with the headers of the configuration.
    async fn access(&self, invocation: &Invocation, name: &str, supplier: &Supplier) -> Result<Access> {
        let token_url = supplier.token_url.as_deref().filter(|_| supplier.wire == Wire::Native);
        let profile = match (invocation.named_profile().or(supplier.profile.as_deref()), token_url) {
            (Some(profile), _) => profile,
            (None, Some(_)) => invocation.required_profile()?,
            (None, None) => return Ok(Access { profile: name.to_owned(), identity: None, client: None }),
        };
        let (profile, credential) = self.profiles.credential::<Credential>(profile).await?;
        invocation.acts_for(&profile);
        let identity = self.identity(&profile, supplier, &credential).await?;
        let client = token_url.map(|url| client(&profile, supplier, url, credential, identity.clone())).transpose()?;
        Ok(Access { profile, identity, client })
    }

    async fn identity(&self, profile: &str, supplier: &Supplier, credential: &Credential) -> Result<Option<Identity>> {
        let bytes = pfx_bytes("linkage.pfx", credential.pfx.as_ref())?;
        let Some(bytes) = bytes.filter(|_| supplier.url.starts_with("https:")) else { return Ok(None) };
        let source = Source::bytes(bytes, credential.pfx_password.as_ref());
        self.identities.of(profile, &source, self.clock.wall()).await.map(Some)
    }
}

/// With what a supplier is called.
struct Access {
    profile: String,
    identity: Option<Identity>,
    client: Option<ClientCredentials>,
}

fn client(
    profile: &str,
    supplier: &Supplier,
    token_url: &str,
    credential: Credential,
    identity: Option<Identity>,
) -> Result<ClientCredentials> {
    let (Some(client_id), Some(client_secret)) = (credential.client_id, credential.client_secret) else {
        // There is one, but it is no more than a certificate.
        let system = <Credential as profiles::Credential>::SYSTEM;
        return Err(Error::NoCredential { system, profile: profile.to_owned() });
    };
    let token_url = Url::parse(token_url)
        .map_err(|_| Error::config("linkage.suppliers", "has a `tokenUrl` that is not an address"))?;
    let audience = supplier.scope.clone().map_or(Audience::None, Audience::Scope);
    let profile = profile.to_owned();
    let identity = identity.filter(|_| token_url.scheme() == "https");
    Ok(ClientCredentials { profile, token_url, client_id, client_secret, audience, style: Style::InBody, identity })
}

/// Opens the certificate of a credential that is about to be stored, so that a bad one is refused at once.
pub(crate) async fn check_certificate(profile: &str, credential: &Credential, now: Timestamp) -> Result<()> {
    match pfx_bytes("linkage.pfx", credential.pfx.as_ref())? {
        Some(bytes) => Source::bytes(bytes, credential.pfx_password.as_ref()).check(profile, now).await,
        None => Ok(()),
    }
}
