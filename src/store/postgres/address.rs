//! Reads the address of a server: `postgres://user:password@host:port/database?parameters`.

use std::net::IpAddr;
use std::time::Duration;

use percent_encoding::percent_decode_str;
use tokio_postgres::Config;
use tokio_postgres::config::SslMode;
use url::{Host, Url};

use super::BUSY_TIMEOUT;
use crate::error::{Error, Result};

/// How many connections a plugin holds at most unless told otherwise.
const CONNECTIONS: usize = 8;
/// How soon a peer that is silent is asked whether it is still there.
const KEEP_ALIVE: Duration = Duration::from_secs(30);

/// What TLS has to prove.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verify {
    /// Nothing: whoever answers is believed.
    Nothing,
    /// That the server's certificate is of a trusted authority and for its name.
    Full,
}

/// An address taken apart.
pub(super) struct Address {
    pub(super) config: Config,
    pub(super) verify: Verify,
    /// The file with the only authorities to be trusted.
    pub(super) root: Option<String>,
    pub(super) connections: usize,
}

fn wrong(problem: impl Into<String>) -> Error {
    Error::config("store", problem)
}

impl Address {
    /// Reads an address; what is wrong with it is told without quoting it, for it may hold a password.
    pub(super) fn read(text: &str) -> Result<Self> {
        let url = Url::parse(text).map_err(|_| {
            wrong(
                "is not an address like `postgres://user:password@host:5432/database`; percent-encode what is special \
                 in it, like `%40` for `@`",
            )
        })?;
        let mut config = Config::new();
        config
            .application_name("learnerlink")
            .connect_timeout(BUSY_TIMEOUT)
            .tcp_user_timeout(KEEP_ALIVE)
            .keepalives_idle(KEEP_ALIVE)
            .keepalives_interval(Duration::from_secs(10))
            .keepalives_retries(3);
        let user = decoded(url.username())?;
        if user.is_empty() {
            return Err(wrong("names no user; write `postgres://user:password@host/database`"));
        }
        config.user(user);
        if let Some(password) = url.password() {
            config.password(decoded(password)?);
        }
        let database = decoded(url.path().trim_start_matches('/'))?;
        if database.is_empty() || database.contains('/') {
            return Err(wrong("names no database; write `postgres://user:password@host/database`"));
        }
        config.dbname(database);
        config.port(url.port().unwrap_or(5432));
        let parameters = Parameters::read(&url)?;
        let is_near = match (url.host(), &parameters.host) {
            (_, Some(folder)) => {
                by_socket(&mut config, folder)?;
                true
            }
            (Some(host), None) => {
                // A scheme that is not of the web keeps numbers of IPv4 as names.
                let name = match host {
                    Host::Ipv6(address) => address.to_string(),
                    Host::Ipv4(address) => address.to_string(),
                    Host::Domain(name) => decoded(name)?,
                };
                let is_near = name == "localhost" || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
                config.host(name);
                is_near
            }
            (None, None) => return Err(wrong("names no host; write `postgres://user:password@host/database`")),
        };
        let mode = match parameters.mode.as_deref() {
            None if is_near => "prefer",
            None => "verify-full",
            Some(mode) => mode,
        };
        let (mode, verify) = match mode {
            "disable" => (SslMode::Disable, Verify::Nothing),
            "prefer" => (SslMode::Prefer, Verify::Nothing),
            "require" => (SslMode::Require, Verify::Nothing),
            "verify-full" => (SslMode::Require, Verify::Full),
            _ => return Err(wrong("has a `sslmode` that is none of `disable`, `prefer`, `require`, `verify-full`")),
        };
        config.ssl_mode(mode);
        if parameters.root.is_some() && verify != Verify::Full {
            return Err(wrong("gives `sslrootcert`, which only `sslmode=verify-full` looks at; ask for that"));
        }
        Ok(Self { config, verify, root: parameters.root, connections: parameters.connections.unwrap_or(CONNECTIONS) })
    }
}

#[cfg(unix)]
fn by_socket(config: &mut Config, folder: &str) -> Result<()> {
    config.host_path(folder);
    Ok(())
}

#[cfg(not(unix))]
fn by_socket(_: &mut Config, _: &str) -> Result<()> {
    Err(wrong("names a folder of sockets in `host`, which this system does not have"))
}

#[derive(Default)]
struct Parameters {
    mode: Option<String>,
    root: Option<String>,
    host: Option<String>,
    connections: Option<usize>,
}

impl Parameters {
    fn read(url: &Url) -> Result<Self> {
        let mut parameters = Self::default();
        if url.fragment().is_some() {
            return Err(wrong("has a `#`; percent-encode it as `%23`"));
        }
        for (name, value) in url.query_pairs() {
            match &*name {
                "sslmode" => parameters.mode = Some(value.into_owned()),
                "sslrootcert" => parameters.root = Some(value.into_owned()),
                "host" if value.starts_with('/') => parameters.host = Some(value.into_owned()),
                "connections" => {
                    let count = value.parse().ok().filter(|count| (2..=500).contains(count));
                    parameters.connections =
                        Some(count.ok_or_else(|| wrong("has `connections` that is no number from 2 to 500"))?);
                }
                _ => {
                    return Err(wrong(
                        "has a parameter that is none of `sslmode`, `sslrootcert`, `connections` and `host` (a folder of \
                         sockets)",
                    ));
                }
            }
        }
        Ok(parameters)
    }
}

fn decoded(text: &str) -> Result<String> {
    let text = percent_decode_str(text).decode_utf8().map_err(|_| wrong("is not UTF-8 once decoded"))?;
    if text.contains('\0') { Err(wrong("holds the character U+0000")) } else { Ok(text.into_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failure(text: &str) -> String {
        Address::read(text).map(drop).unwrap_err().to_string()
    }

    #[test]
    fn a_server_that_is_not_this_machine_must_prove_its_name() {
        for (address, mode, verify) in [
            ("postgres://u@db.example/d", SslMode::Require, Verify::Full),
            ("postgres://u@10.0.0.1/d", SslMode::Require, Verify::Full),
            ("postgresql://u@[2001:db8::1]/d", SslMode::Require, Verify::Full),
            ("postgres://u@localhost/d", SslMode::Prefer, Verify::Nothing),
            ("postgres://u@127.0.0.1:1/d", SslMode::Prefer, Verify::Nothing),
            ("postgres://u@[::1]/d", SslMode::Prefer, Verify::Nothing),
            ("postgres://u@localhost/d?sslmode=verify-full", SslMode::Require, Verify::Full),
            ("postgres://u@db.example/d?sslmode=require", SslMode::Require, Verify::Nothing),
            ("postgres://u@db.example/d?sslmode=disable", SslMode::Disable, Verify::Nothing),
        ] {
            let read = Address::read(address).unwrap();
            assert_eq!((read.config.get_ssl_mode(), read.verify), (mode, verify), "{address}");
        }
    }

    #[test]
    fn user_password_and_database_are_decoded_and_the_rest_has_its_default() {
        let read = Address::read("postgres://a%40b:p%2F%3A%23w@db.example/re%20g?connections=20").unwrap();
        assert_eq!(read.config.get_user(), Some("a@b"));
        assert_eq!(read.config.get_password(), Some(&b"p/:#w"[..]));
        assert_eq!(read.config.get_dbname(), Some("re g"));
        assert_eq!((read.config.get_ports(), read.connections), (&[5432][..], 20));
        assert!(!format!("{:?}", read.config).contains("p/:#w"), "the client library shows the password");
    }

    #[test]
    fn a_wrong_address_is_refused_without_being_quoted() {
        for (address, expected) in [
            ("postgres://u:s3cret@h:notaport/d", "is not an address"),
            ("postgres://:s3cret@h/d", "names no user"),
            ("postgres://u:s3cret@h", "names no database"),
            ("postgres://u:s3cret@h/", "names no database"),
            ("postgres://u:s3cret@/d", "is not an address"),
            ("postgres:///d", "names no user"),
            ("postgres://u:s3cret@h/d?sslmode=s3cret", "has a `sslmode` that is none"),
            ("postgres://u:s3cret@h/d?sslmode=require&sslrootcert=/x", "gives `sslrootcert`"),
            ("postgres://u:s3cret@h/d?s3cret=1", "has a parameter that is none"),
            ("postgres://u:s3cret@h/d?connections=s3cret", "has `connections` that is no number"),
            ("postgres://u:s3cret@h/d#s3cret", "has a `#`"),
            ("postgres://u:%00s3cret@h/d", "holds the character U+0000"),
        ] {
            let found = failure(address);
            assert!(found.starts_with(&format!("configuration `store` {expected}")), "{address}: {found}");
            assert!(!found.contains("s3cret"), "{found}");
        }
    }
}
