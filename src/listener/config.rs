//! Where the listener listens, with which certificate, and which interfaces it offers.

use std::net::SocketAddr;

use schemars::JsonSchema;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use url::Url;

use crate::error::{Error, Result};
use crate::http::address;
use crate::lrs::config::Behaviour;

/// The `listener` section of the configuration.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Config {
    /// Address and port to listen on; port 0 takes a free one. An address other than this machine's own needs
    /// `tls` or `behindProxy`.
    pub address: String,
    /// The certificate to serve HTTPS with; HTTP is served without one.
    pub tls: Option<ServerTls>,
    /// Says that a proxy in front ends TLS, so that HTTP may be served to other machines.
    pub behind_proxy: bool,
    /// The largest request body in bytes (1,024 to 67,108,864).
    #[schemars(range(min = 1024, max = 67_108_864))]
    pub max_body_bytes: u64,
    /// How many connections are open at once (1 to 100,000); more wait.
    #[schemars(range(min = 1, max = 100_000))]
    pub max_connections: u32,
    /// How many requests one caller may send per minute (1 to 60,000,000).
    #[schemars(range(min = 1, max = 60_000_000))]
    pub requests_per_minute: u32,
    /// Offers the interface of a learner records gateway over this store's match register.
    pub learner_records: Option<LearnerRecords>,
    /// Offers the interface of a SIF retrieval service (EARS).
    pub sif: Option<Sif>,
    /// Offers the start of enrolments to a subscription receiver.
    pub enrollment: Option<Enrollment>,
    /// Offers interfaces over this store's register of linkage keys; needs `tls` with `clientAuthorities`.
    pub linkage: Option<Linkage>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            address: "127.0.0.1:8085".into(),
            tls: None,
            behind_proxy: false,
            max_body_bytes: 1 << 20,
            max_connections: 512,
            requests_per_minute: 600,
            learner_records: None,
            sif: None,
            enrollment: None,
            linkage: None,
        }
    }
}

/// A server's certificate.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ServerTls {
    /// The certificate and those between it and its authority, as PEM text or as the path of a PEM file.
    pub certificate: String,
    /// Its key, as PEM text or as the path of a PEM file.
    #[schemars(with = "String")]
    pub key: SecretString,
    /// Authorities of which a client's certificate is demanded, each as PEM text or as the path of a PEM file;
    /// none is asked for when empty.
    #[serde(default)]
    pub client_authorities: Vec<String>,
}

/// The interface of a SIF retrieval service. Callers are the profiles with a `sif` credential; the rules of `sif.profile`
/// hold.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Sif {
    /// The path before `/xSres`; none when absent.
    #[serde(default)]
    pub path: String,
    /// The profile with whose `sif` credential the broker is called.
    pub provider: String,
}

/// What a subscription receiver calls. It shows who it is with `user` and `password`, or with a token that is checked by
/// the key set at `jwksUrl`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Enrollment {
    /// The path, exactly as the receiver is configured with it; `/api/start` when absent.
    #[serde(default = "start_path")]
    pub path: String,
    /// The user name that the receiver has.
    #[serde(default)]
    pub user: Option<String>,
    /// Its password.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub password: Option<SecretString>,
    /// Address of the key set with which the receiver's tokens are checked, instead of `user` and `password`.
    #[serde(default)]
    pub jwks_url: Option<String>,
    /// Who must have issued a token; required with `jwksUrl`.
    #[serde(default)]
    pub issuer: Option<String>,
    /// For whom a token must be.
    #[serde(default)]
    pub audience: Option<String>,
    /// How many starts are handled at once (1 to 10,000); more are turned away with status 503.
    #[serde(default = "in_flight")]
    #[schemars(range(min = 1, max = 10_000))]
    pub max_in_flight: u32,
}

fn start_path() -> String {
    "/api/start".into()
}

fn in_flight() -> u32 {
    64
}

/// Interfaces over our own register of linkage keys.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Linkage {
    /// The path before those of the interfaces; none when absent.
    #[serde(default)]
    pub path: String,
    /// Whose certificates are let in: `sha256:…` with the SHA-256 of the public key in hexadecimal, or a name in the
    /// certificate, `dns:…` or `uri:…`. Must not be empty.
    pub allow: Vec<String>,
    /// Address of the key set with which callers' tokens are checked.
    pub jwks_url: String,
    /// Who must have issued a token.
    pub issuer: String,
    /// For whom a token must be.
    pub audience: String,
    /// How many requests one caller may send per minute (1 to 60,000,000); 3,000 or the listener's when that is more.
    #[serde(default)]
    #[schemars(range(min = 1, max = 60_000_000))]
    pub requests_per_minute: Option<u32>,
    /// Whether to offer the native interface, `/im1/linkage/v1/…`; `true` when absent.
    #[serde(default = "yes")]
    pub native: bool,
    /// Whether to offer `/patient/linkage`, with the request in headers.
    #[serde(default)]
    pub header: bool,
    /// Whether to offer `/organisations/{ods}/onlineservices/linkage`; needs `allowPiiInUrl`.
    #[serde(default)]
    pub organisations: bool,
    /// Says that NHS numbers may stand in addresses, which proxies and others write down.
    #[serde(default)]
    pub allow_pii_in_url: bool,
}

fn yes() -> bool {
    true
}

/// The interface of a learner records gateway.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LearnerRecords {
    /// The path before those of the interface, such as `/learner-records`; none when absent.
    #[serde(default)]
    pub path: String,
    /// The profile or UKPRN with whose credential the Learning Records Service is called.
    pub provider: String,
    /// Whether to answer by the documented safer rules or as the original gateway.
    #[serde(default)]
    pub profile: Behaviour,
    /// Address of the key set with which callers' tokens are checked; ends in `jwks.json` at hmpps-auth.
    pub jwks_url: String,
    /// Who must have issued a token; not checked when absent.
    #[serde(default)]
    pub issuer: Option<String>,
}

impl Config {
    /// Offers what a sandbox has callers and services for.
    pub fn point_at_sandbox(&mut self, sandbox: &Url) {
        let base = sandbox.as_str().trim_end_matches('/');
        self.learner_records.get_or_insert_with(|| LearnerRecords {
            path: String::new(),
            provider: "10099901".into(),
            profile: Behaviour::Strict,
            jwks_url: format!("{base}/hmpps-auth/auth/.well-known/jwks.json"),
            issuer: None,
        });
        self.enrollment.get_or_insert_with(|| Enrollment {
            path: start_path(),
            user: Some("receiver".into()),
            password: Some("s3c+ret/=start".into()),
            jwks_url: None,
            issuer: None,
            audience: None,
            max_in_flight: in_flight(),
        });
    }

    /// Checks every value.
    ///
    /// # Errors
    /// `INVALID_CONFIG` with the value's path.
    pub fn validate(&self, sandboxed: bool) -> Result<()> {
        let address = self.socket_address()?;
        if !address.ip().is_loopback() && self.tls.is_none() && !self.behind_proxy {
            let problem = "is reached from other machines; give `listener.tls`, or set `listener.behindProxy` where a \
                           proxy in front of it ends TLS";
            return Err(Error::config("listener.address", problem));
        }
        for (path, value, least, most) in [
            ("listener.maxBodyBytes", self.max_body_bytes, 1024, 67_108_864),
            ("listener.maxConnections", self.max_connections.into(), 1, 100_000),
            ("listener.requestsPerMinute", self.requests_per_minute.into(), 1, 60_000_000),
        ] {
            if !(least..=most).contains(&value) {
                return Err(Error::config(path, format!("must be between {least} and {most}")));
            }
        }
        if let Some(section) = &self.learner_records {
            section.validate(sandboxed)?;
        }
        if let Some(section) = &self.sif {
            check_path("listener.sif.path", &section.path)?;
            if section.provider.trim().is_empty() {
                return Err(Error::config("listener.sif.provider", "must name a profile"));
            }
        }
        if let Some(section) = &self.enrollment {
            section.validate(sandboxed)?;
        }
        let demanding = self.tls.as_ref().is_some_and(|tls| !tls.client_authorities.is_empty());
        self.linkage.as_ref().map_or(Ok(()), |section| section.validate(sandboxed, demanding))
    }

    /// The address to bind.
    pub(super) fn socket_address(&self) -> Result<SocketAddr> {
        let problem = "must be an IP address and a port, like `127.0.0.1:8085`";
        self.address.parse().map_err(|_| Error::config("listener.address", problem))
    }
}

impl LearnerRecords {
    fn validate(&self, sandboxed: bool) -> Result<()> {
        check_path("listener.learnerRecords.path", &self.path)?;
        if self.provider.trim().is_empty() {
            return Err(Error::config("listener.learnerRecords.provider", "must name a profile"));
        }
        // Whoever can alter the keys can sign tokens.
        address::checked(&self.jwks_url, sandboxed)
            .map(drop)
            .map_err(|problem| Error::config("listener.learnerRecords.jwksUrl", problem))
    }

    pub(super) fn jwks_url(&self) -> Result<Url> {
        Url::parse(&self.jwks_url).map_err(|_| Error::config("listener.learnerRecords.jwksUrl", "is not an address"))
    }
}

impl Enrollment {
    fn validate(&self, sandboxed: bool) -> Result<()> {
        if self.path.is_empty() {
            return Err(Error::config("listener.enrollment.path", "must not be empty"));
        }
        check_path("listener.enrollment.path", &self.path)?;
        if !(1..=10_000).contains(&self.max_in_flight) {
            return Err(Error::config("listener.enrollment.maxInFlight", "must be between 1 and 10000"));
        }
        let filled = |text: Option<&str>| text.is_some_and(|text| !text.is_empty());
        let password = self.password.as_ref().map(ExposeSecret::expose_secret);
        match (filled(self.user.as_deref()), filled(password), &self.jwks_url) {
            (true, true, None) => Ok(()),
            // Whoever can alter the keys can sign tokens, and whoever gets a token from elsewhere could use it here.
            (false, false, Some(url)) if filled(self.issuer.as_deref()) => address::checked(url, sandboxed)
                .map(drop)
                .map_err(|problem| Error::config("listener.enrollment.jwksUrl", problem)),
            (false, false, Some(_)) => Err(Error::config("listener.enrollment.issuer", "is required beside `jwksUrl`")),
            _ => Err(Error::config("listener.enrollment", "needs `user` and `password`, or else `jwksUrl`")),
        }
    }

    /// The path before its last part, and the last part with its slash.
    pub(super) fn ends(&self) -> (&str, &str) {
        self.path.split_at(self.path.rfind('/').unwrap_or_default())
    }

    pub(super) fn jwks_url(&self) -> Result<Url> {
        let text = self.jwks_url.as_deref().unwrap_or_default();
        Url::parse(text).map_err(|_| Error::config("listener.enrollment.jwksUrl", "is not an address"))
    }
}

impl Linkage {
    fn validate(&self, sandboxed: bool, demanding: bool) -> Result<()> {
        check_path("listener.linkage.path", &self.path)?;
        if !demanding {
            let problem = "demand certificates of callers; give `listener.tls` with `clientAuthorities`";
            return Err(Error::config("listener.linkage", problem));
        }
        if self.allow.is_empty() {
            return Err(Error::config("listener.linkage.allow", "is empty, so nobody could call"));
        }
        let is_hash = |text: &str| text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        let fits = |entry: &String| match entry.split_once(':') {
            Some(("sha256", hash)) => is_hash(hash),
            Some(("dns" | "uri", name)) => !name.trim().is_empty(),
            _ => false,
        };
        if !self.allow.iter().all(fits) {
            let problem = "must have entries like `sha256:` with 64 hexadecimal digits, `dns:name` or `uri:name`";
            return Err(Error::config("listener.linkage.allow", problem));
        }
        for (path, value) in [("listener.linkage.issuer", &self.issuer), ("listener.linkage.audience", &self.audience)]
        {
            if value.trim().is_empty() {
                return Err(Error::config(path, "must not be empty"));
            }
        }
        if self.requests_per_minute.is_some_and(|rate| !(1..=60_000_000).contains(&rate)) {
            return Err(Error::config("listener.linkage.requestsPerMinute", "must be between 1 and 60000000"));
        }
        if self.organisations && !self.allow_pii_in_url {
            let problem = "puts NHS numbers into addresses; set `allowPiiInUrl` if that is acceptable";
            return Err(Error::config("listener.linkage.organisations", problem));
        }
        if !self.native && !self.header && !self.organisations {
            return Err(Error::config("listener.linkage", "offers no interface; leave `native` on"));
        }
        // Whoever can alter the keys can sign tokens.
        address::checked(&self.jwks_url, sandboxed)
            .map(drop)
            .map_err(|problem| Error::config("listener.linkage.jwksUrl", problem))
    }

    pub(super) fn jwks_url(&self) -> Result<Url> {
        Url::parse(&self.jwks_url).map_err(|_| Error::config("listener.linkage.jwksUrl", "is not an address"))
    }
}

fn check_path(key: &str, path: &str) -> Result<()> {
    if !path.is_empty() && (!path.starts_with('/') || path.ends_with('/') || path.contains(['?', '#', '%', ' '])) {
        let problem = "must be empty or begin with a slash and not end with one, like `/records`";
        return Err(Error::config(key, problem));
    }
    Ok(())
}
