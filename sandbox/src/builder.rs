//! Describes a sandbox before it starts.

use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};
use std::sync::Arc;

use thiserror::Error;
use url::Url;

use crate::chance::Chance;
use crate::clock::Clock;
use crate::gateway::GatewayProfile;
use crate::learner::{LearnersRefused, Roll};
use crate::lrs;
use crate::provider::Provider;
use crate::router::router;
use crate::sandbox::Sandbox;
use crate::server::Server;
use crate::settings::Settings;
use crate::sif::SifProfile;
use crate::tls::{self, Authority, TlsMode};
use crate::upstream::Face;
use crate::world::{Beginning, Core, Site};

/// Why a sandbox does not start.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum StartError {
    /// Another program listens on the port.
    #[error("{address} is already in use; stop the program that uses it, or choose another port (0 takes a free one)")]
    PortTaken {
        /// The address that was asked for.
        address: SocketAddr,
    },
    /// The address cannot be listened on.
    #[error("cannot listen on {address}")]
    Bind {
        /// The address that was asked for.
        address: SocketAddr,
        /// Why not.
        source: io::Error,
    },
    /// A setting is out of range.
    #[error("{0}")]
    Setting(String),
    /// The learners cannot be used.
    #[error(transparent)]
    Learners(#[from] LearnersRefused),
    /// The certificates cannot be made.
    #[error("the certificates cannot be made: {0}")]
    Certificate(String),
    /// The thread or its runtime cannot be started.
    #[error("the server cannot be started")]
    Server(#[source] io::Error),
}

/// Describes a sandbox before it starts.
#[derive(Clone, Debug)]
pub struct Builder {
    bind: IpAddr,
    port: u16,
    public_url: Option<String>,
    prefix: String,
    settings: Settings,
    virtual_clock: bool,
    clock_start: Option<i64>,
    seed: Option<u64>,
    learners: Option<String>,
    lrs_learners: Option<String>,
    tls: Option<TlsMode>,
    mutual_port: Option<u16>,
}

impl Default for Builder {
    fn default() -> Self {
        Self {
            bind: Ipv4Addr::LOCALHOST.into(),
            port: 0,
            public_url: None,
            prefix: "/".to_owned(),
            settings: Settings::default(),
            virtual_clock: true,
            clock_start: None,
            seed: None,
            learners: None,
            lrs_learners: None,
            tls: None,
            mutual_port: None,
        }
    }
}

impl Builder {
    /// Listens on this address instead of 127.0.0.1.
    #[must_use]
    pub fn bind(mut self, address: impl Into<IpAddr>) -> Self {
        self.bind = address.into();
        self
    }

    /// Listens on this port instead of a free one.
    #[must_use]
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Puts this address into QR codes and links instead of the one that was asked.
    #[must_use]
    pub fn public_url(mut self, url: impl Into<String>) -> Self {
        self.public_url = Some(url.into());
        self
    }

    /// Places the emulated API below this path; the token endpoint stays at the root.
    #[must_use]
    pub fn prefix(mut self, prefix: impl Into<String>) -> Self {
        self.prefix = prefix.into();
        self
    }

    /// Answers `learner-data` with this status while the learner has not decided.
    #[must_use]
    pub fn pending_status(mut self, status: u16) -> Self {
        self.settings.pending_status = status;
        self
    }

    /// Gives tokens this life, in seconds.
    #[must_use]
    pub fn token_life(mut self, seconds: u64) -> Self {
        self.settings.token_life_seconds = seconds;
        self
    }

    /// Gives QR codes this life, in seconds.
    #[must_use]
    pub fn qr_life(mut self, seconds: u64) -> Self {
        self.settings.qr_life_seconds = seconds;
        self
    }

    /// Makes every emulated endpoint wait this long, in milliseconds of real time.
    #[must_use]
    pub fn latency_ms(mut self, milliseconds: u64) -> Self {
        self.settings.latency_ms = milliseconds;
        self
    }

    /// Chooses how the gateway behaves where the original has defects.
    #[must_use]
    pub fn gateway_profile(mut self, profile: GatewayProfile) -> Self {
        self.settings.gateway_profile = profile;
        self
    }

    /// Chooses how the SIF exchange behaves where the original has defects.
    #[must_use]
    pub fn sif_profile(mut self, profile: SifProfile) -> Self {
        self.settings.sif_profile = profile;
        self
    }

    /// Lets the gateway wait this long for the Learning Records Service, in milliseconds of real time.
    #[must_use]
    pub fn lrs_timeout_ms(mut self, milliseconds: u64) -> Self {
        self.settings.lrs_timeout_ms = milliseconds;
        self
    }

    /// Adds a provider to the invented ones.
    #[must_use]
    pub fn provider(mut self, provider: Provider) -> Self {
        self.settings.providers.push(provider);
        self
    }

    /// Chooses between a clock that stands still until advanced and the machine's.
    #[must_use]
    pub fn virtual_clock(mut self, is_virtual: bool) -> Self {
        self.virtual_clock = is_virtual;
        self
    }

    /// Lets a virtual clock begin at this Unix time instead of at the present second.
    #[must_use]
    pub fn clock_start(mut self, unix_seconds: i64) -> Self {
        self.clock_start = Some(unix_seconds);
        self
    }

    /// Draws identifiers and codes repeatably from this seed.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = Some(seed);
        self
    }

    /// Uses these learners, a JSON array, instead of the invented ones.
    #[must_use]
    pub fn learners_json(mut self, text: impl Into<String>) -> Self {
        self.learners = Some(text.into());
        self
    }

    /// Uses these learners of the Learning Records Service, a JSON array, instead of the invented ones.
    #[must_use]
    pub fn lrs_learners_json(mut self, text: impl Into<String>) -> Self {
        self.lrs_learners = Some(text.into());
        self
    }

    /// Serves HTTPS with a certificate of this kind.
    #[must_use]
    pub fn tls(mut self, mode: TlsMode) -> Self {
        self.tls = Some(mode);
        self
    }

    /// Opens a second port, 0 for a free one, where the Learning Records Service, at the root, and the
    /// linkage suppliers demand a client certificate; [`Sandbox::client_pfx`] makes one. Its own certificate is of the kind given to
    /// [`Builder::tls`], or valid.
    #[must_use]
    pub fn mutual_tls(mut self, port: u16) -> Self {
        self.mutual_port = Some(port);
        self
    }

    /// Starts the sandbox on a thread of its own; it accepts connections when this returns.
    pub fn start(self) -> Result<Sandbox, StartError> {
        self.settings.check().map_err(StartError::Setting)?;
        let learners = self.learners.as_deref().map_or_else(|| Ok(Roll::invented()), Roll::parse)?;
        let lrs_learners = self.lrs_learners.as_deref().map_or_else(|| Ok(lrs::Roll::invented()), lrs::Roll::parse)?;
        let public_url = self.public_url.as_deref().map(public_url).transpose()?;
        let prefix = prefix(&self.prefix)?;

        let (listener, address) = listen(self.bind, self.port)?;
        let mutual = self.mutual_port.map(|port| listen(self.bind, port)).transpose()?;

        let certificate = StartError::Certificate;
        let authority = (self.tls.is_some() || mutual.is_some()).then(Authority::new).transpose();
        let authority = authority.map_err(|error| certificate(error.to_string()))?;
        let hosts = tls::hosts(self.bind, public_url.as_ref().and_then(Url::host_str));
        let server =
            |mode, mutual| authority.as_ref().map(|authority| authority.server(mode, &hosts, mutual)).transpose();
        let tls = self.tls.map(|mode| server(mode, false)).transpose().map_err(certificate)?.flatten();
        let mutual_tls = server(self.tls.unwrap_or_default(), true).map_err(certificate)?;

        let site = Site {
            scheme: if tls.is_some() { "https" } else { "http" },
            address,
            public_url: public_url.map(|url| url.as_str().trim_end_matches('/').to_owned()),
            prefix,
            mutual_address: mutual.as_ref().map(|(_, address)| *address),
            root_pem: authority.as_ref().map(Authority::pem),
        };
        let clock = if self.virtual_clock { Clock::standing(self.clock_start) } else { Clock::real() };
        let beginning = Beginning { clock, chance: Chance::new(self.seed), settings: self.settings };
        let core = Arc::new(Core::new(site, learners, lrs_learners, authority, beginning));
        let start = |listener, tls, face| {
            let router = router(&core, face);
            Server::start(listener, tls, Arc::clone(&core), face, router).map_err(StartError::Server)
        };
        let mut servers = vec![start(listener, tls, Face::Everything)?];
        if let Some((listener, _)) = mutual {
            servers.push(start(listener, mutual_tls, Face::ClientCertificates)?);
        }
        Ok(Sandbox::new(core, servers))
    }
}

/// Listens on a port of an address, and says which it is.
fn listen(bind: IpAddr, port: u16) -> Result<(TcpListener, SocketAddr), StartError> {
    let address = SocketAddr::new(bind, port);
    let listener = TcpListener::bind(address).map_err(|source| match source.kind() {
        io::ErrorKind::AddrInUse => StartError::PortTaken { address },
        _ => StartError::Bind { address, source },
    })?;
    let address = listener.local_addr().map_err(StartError::Server)?;
    Ok((listener, address))
}

/// Checks the address that phones are sent to.
fn public_url(text: &str) -> Result<Url, StartError> {
    let refused = |reason: &str| StartError::Setting(format!("the public URL {text:?} {reason}"));
    let url = Url::parse(text).map_err(|error| refused(&format!("cannot be read: {error}")))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(refused("must begin with http:// or https://"));
    }
    if url.path() != "/" || url.query().is_some() || url.fragment().is_some() || !url.username().is_empty() {
        return Err(refused("must be only a scheme, a host and a port"));
    }
    Ok(url)
}

/// Gives a prefix a slash at both ends.
fn prefix(text: &str) -> Result<String, StartError> {
    let inner = text.trim_matches('/');
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    if !inner.bytes().all(plain) || inner.contains("//") {
        let refused = format!("the prefix {text:?} must consist of letters, digits, '-', '.', '_', '~' and '/'");
        return Err(StartError::Setting(refused));
    }
    let first = inner.split('/').next().unwrap_or_default();
    if ["_sandbox", "vc", "lrs", "learner-records", "hmpps-auth", "linkage", "sif", "enrollment"].contains(&first) {
        return Err(StartError::Setting(format!("the prefix {text:?} is kept for the sandbox itself")));
    }
    Ok(if inner.is_empty() { "/".to_owned() } else { format!("/{inner}/") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_gets_a_slash_at_both_ends() {
        for (given, expected) in [("", "/"), ("/", "/"), ("api", "/api/"), ("/a/b/", "/a/b/")] {
            assert_eq!(prefix(given).unwrap(), expected);
        }
        for bad in ["a b", "a//b", "_sandbox", "vc/x", "{id}"] {
            assert!(prefix(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_public_url_is_a_bare_origin() {
        assert!(public_url("http://192.0.2.7:8099").is_ok());
        for bad in ["192.0.2.7:8099", "ftp://h", "http://h/path", "http://h/?q", "http://u@h", ""] {
            assert!(public_url(bad).is_err(), "{bad}");
        }
    }
}
