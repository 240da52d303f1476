//! Keeps the HTTP clients, each with its pool of connections.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use once_cell::sync::OnceCell;
use reqwest::redirect::Policy;
use reqwest::{Client, NoProxy};
use secrecy::ExposeSecret;
use url::{Host, Url};

use crate::error::{Error, Result};
use crate::http::config::{HttpConfig, Proxy};
use crate::http::identity::Identity;
use crate::http::trust::Trust;

/// How long an unused connection is kept; shorter than the minute after which balancers drop theirs.
const IDLE: Duration = Duration::from_secs(50);

/// What two calls must have in common to share connections.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Key {
    direct: bool,
    identity: Option<[u8; 32]>,
}

/// The clients built so far.
#[derive(Debug)]
pub(super) struct Clients {
    connect: Duration,
    proxy: Proxy,
    trust: Trust,
    built: Mutex<HashMap<Key, Arc<OnceCell<Client>>>>,
}

impl Clients {
    pub(super) fn new(config: &HttpConfig) -> Result<Self> {
        Ok(Self {
            connect: config.timeouts.connect(),
            proxy: config.proxy.clone(),
            trust: Trust::new(&config.tls)?,
            built: Mutex::default(),
        })
    }

    /// The client for `url` with this identity, built when it is first needed.
    pub(super) fn of(&self, url: &Url, identity: Option<&Identity>) -> Result<Client> {
        let direct = matches!(self.proxy, Proxy::None) || is_this_machine(url);
        let key = Key { direct, identity: identity.map(Identity::fingerprint) };
        let cell = Arc::clone(self.built.lock().unwrap_or_else(PoisonError::into_inner).entry(key).or_default());
        cell.get_or_try_init(|| self.build(key, identity)).cloned()
    }

    fn build(&self, key: Key, identity: Option<&Identity>) -> Result<Client> {
        let builder = Client::builder()
            .user_agent(concat!("learnerlink/", env!("CARGO_PKG_VERSION")))
            .tls_backend_preconfigured(self.trust.client_config(identity)?)
            .connect_timeout(self.connect)
            .pool_idle_timeout(IDLE)
            .tcp_nodelay(true)
            .http1_only()
            .gzip(true)
            .referer(false)
            // Repetition and redirection are decided by callers, who know what a request does.
            .redirect(Policy::none())
            .retry(reqwest::retry::never());
        let builder = match &self.proxy {
            _ if key.direct => builder.no_proxy(),
            Proxy::System | Proxy::None => builder,
            Proxy::Server(server) => {
                let mut proxy = reqwest::Proxy::all(&server.url)
                    .map_err(|_| Error::config("proxy.url", "is not the address of a proxy"))?
                    .no_proxy(NoProxy::from_string(&server.no_proxy.join(",")));
                if let Some(username) = &server.username {
                    let password = server.password.as_ref().map_or("", |password| password.expose_secret());
                    proxy = proxy.basic_auth(username, password);
                }
                builder.proxy(proxy)
            }
        };
        builder.build().map_err(|error| Error::internal(format!("no HTTP client could be built: {error}")))
    }
}

fn is_this_machine(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_this_machine_bypass_the_proxy() {
        for (url, expected) in [
            ("http://127.0.0.1:1/", true),
            ("http://[::1]:1/", true),
            ("http://localhost/", true),
            ("http://localhost.example.org/", false),
            ("http://10.0.0.1/", false),
        ] {
            assert_eq!(is_this_machine(&Url::parse(url).unwrap()), expected, "{url}");
        }
    }

    #[test]
    fn a_client_is_built_once_for_each_route() {
        let clients = Clients::new(&HttpConfig::default()).unwrap();
        for url in ["http://127.0.0.1:1/", "http://127.0.0.1:2/", "https://example.org/", "https://example.com/"] {
            clients.of(&Url::parse(url).unwrap(), None).unwrap();
        }
        assert_eq!(clients.built.lock().unwrap().len(), 2);
    }
}
