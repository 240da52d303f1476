//! Says how the library reaches outside services: time limits, proxy, certificates, repetition.

use std::fmt;
use std::time::Duration;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use secrecy::SecretString;
use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use url::Url;

use crate::error::{Error, Result};

/// The parts of the configuration document that the transport reads.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct HttpConfig {
    /// How long to wait.
    pub timeouts: Timeouts,
    /// Which proxy to go through.
    pub proxy: Proxy,
    /// Which servers to trust.
    pub tls: Tls,
    /// How often to repeat what may be repeated.
    pub retry: Retries,
    /// When to leave a failing host alone.
    pub breaker: Breaker,
    /// How much to accept.
    pub limits: Limits,
}

impl HttpConfig {
    /// Checks every value against its range.
    ///
    /// # Errors
    ///
    /// Names the first value that breaks its rule by its path in the document.
    pub fn validate(&self) -> Result<()> {
        self.timeouts.validate()?;
        self.proxy.validate()?;
        self.retry.validate()?;
        self.breaker.validate()?;
        self.limits.validate()
    }
}

/// How long the library waits for a service, in milliseconds.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Timeouts {
    /// For a connection, TLS handshake included (100 to 120,000).
    #[schemars(range(min = 100, max = 120_000))]
    pub connect_ms: u64,
    /// For one request and its whole answer (100 to 600,000).
    #[schemars(range(min = 100, max = 600_000))]
    pub request_ms: u64,
    /// For an operation with all its requests and repetitions, unless it says `timeoutMs` itself
    /// (100 to 3,600,000).
    #[schemars(range(min = 100, max = 3_600_000))]
    pub operation_ms: u64,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self { connect_ms: 5_000, request_ms: 20_000, operation_ms: 30_000 }
    }
}

impl Timeouts {
    /// Checks every value against its range.
    ///
    /// # Errors
    ///
    /// Names the first value that breaks its rule by its path in the document.
    pub fn validate(&self) -> Result<()> {
        within("timeouts.connectMs", self.connect_ms, 100, 120_000)?;
        within("timeouts.requestMs", self.request_ms, 100, 600_000)?;
        within("timeouts.operationMs", self.operation_ms, 100, 3_600_000)
    }

    /// The time for a connection.
    #[must_use]
    pub const fn connect(&self) -> Duration {
        Duration::from_millis(self.connect_ms)
    }

    /// The time for one request and its answer.
    #[must_use]
    pub const fn request(&self) -> Duration {
        Duration::from_millis(self.request_ms)
    }

    /// The time for an operation.
    #[must_use]
    pub const fn operation(&self) -> Duration {
        Duration::from_millis(self.operation_ms)
    }
}

/// Which proxy requests go through; requests to this machine never go through one.
#[derive(Clone, Debug, Default)]
pub enum Proxy {
    /// Whatever the machine is set to: environment variables, or the settings of Windows or macOS.
    #[default]
    System,
    /// None, whatever the machine is set to.
    None,
    /// A particular one.
    Server(ProxyServer),
}

/// A proxy of a given address.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ProxyServer {
    /// Its address, `http://host:port`.
    pub url: String,
    /// The user name it asks for.
    #[serde(default)]
    pub username: Option<String>,
    /// The password it asks for.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub password: Option<SecretString>,
    /// Hosts, domains (`.example.org`) and address ranges that are reached without it.
    #[serde(default)]
    pub no_proxy: Vec<String>,
}

impl Proxy {
    /// Checks the address of the proxy.
    ///
    /// # Errors
    ///
    /// Names the value that breaks its rule by its path in the document.
    pub fn validate(&self) -> Result<()> {
        let Self::Server(server) = self else { return Ok(()) };
        let fits = Url::parse(&server.url).is_ok_and(|url| {
            matches!(url.scheme(), "http" | "https")
                && url.host().is_some()
                && url.username().is_empty()
                && url.password().is_none()
        });
        if !fits {
            return Err(Error::config(
                "proxy.url",
                "is not an address like `http://host:port` (the user goes into `username` and `password`)",
            ));
        }
        if server.password.is_some() && server.username.is_none() {
            return Err(Error::config("proxy.username", "is missing although a password is given"));
        }
        if let Some(at) = server.no_proxy.iter().position(|host| host.trim().is_empty() || host.contains(',')) {
            return Err(Error::config(format!("proxy.noProxy[{at}]"), "is not one host, domain or address range"));
        }
        Ok(())
    }
}

// Written out because a derived untagged enum would say of an unknown key only that nothing fits.
impl<'de> Deserialize<'de> for Proxy {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Shape;

        impl<'de> Visitor<'de> for Shape {
            type Value = Proxy;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("\"system\", \"none\" or an object with `url`")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Proxy, E> {
                match text {
                    "system" => Ok(Proxy::System),
                    "none" => Ok(Proxy::None),
                    _ => Err(E::custom("expected \"system\", \"none\" or an object with `url`")),
                }
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Proxy, A::Error> {
                ProxyServer::deserialize(MapAccessDeserializer::new(map)).map(Proxy::Server)
            }
        }

        deserializer.deserialize_any(Shape)
    }
}

impl JsonSchema for Proxy {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Proxy".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let server = generator.subschema_for::<ProxyServer>();
        json_schema!({ "anyOf": [{ "type": "string", "enum": ["system", "none"] }, server] })
    }
}

/// Which servers are trusted; verification itself cannot be switched off.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Tls {
    /// Certificates of further authorities, each as PEM text or as the path of a PEM file.
    pub extra_roots: Vec<String>,
    /// The oldest TLS version to speak.
    pub min_version: TlsVersion,
}

/// A version of TLS.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
pub enum TlsVersion {
    /// TLS 1.2.
    #[default]
    #[serde(rename = "1.2")]
    V1_2,
    /// TLS 1.3.
    #[serde(rename = "1.3")]
    V1_3,
}

/// How often a request that may be repeated is repeated.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Retries {
    /// Attempts in all, the first included (1 to 10).
    #[schemars(range(min = 1, max = 10))]
    pub max_attempts: u32,
    /// The wait before the second attempt, in milliseconds; it doubles from there (10 to 60,000).
    #[schemars(range(min = 10, max = 60_000))]
    pub first_wait_ms: u64,
}

impl Default for Retries {
    fn default() -> Self {
        Self { max_attempts: 3, first_wait_ms: 250 }
    }
}

impl Retries {
    fn validate(&self) -> Result<()> {
        within("retry.maxAttempts", u64::from(self.max_attempts), 1, 10)?;
        within("retry.firstWaitMs", self.first_wait_ms, 10, 60_000)
    }
}

/// When a failing host is left alone.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Breaker {
    /// Failures in a row after which the host is left alone (1 to 1,000).
    #[schemars(range(min = 1, max = 1_000))]
    pub failures: u32,
    /// How long it is left alone, in milliseconds (100 to 3,600,000).
    #[schemars(range(min = 100, max = 3_600_000))]
    pub cool_down_ms: u64,
}

impl Default for Breaker {
    fn default() -> Self {
        Self { failures: 5, cool_down_ms: 30_000 }
    }
}

impl Breaker {
    fn validate(&self) -> Result<()> {
        within("breaker.failures", u64::from(self.failures), 1, 1_000)?;
        within("breaker.coolDownMs", self.cool_down_ms, 100, 3_600_000)
    }
}

/// How much is accepted from a service and from the host.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Limits {
    /// The largest answer in bytes, after decompression (1,024 to 268,435,456).
    #[schemars(range(min = 1_024, max = 268_435_456))]
    pub max_response_bytes: u64,
    /// The largest request a host may hand in, in bytes (1,024 to 268,435,456).
    #[schemars(range(min = 1_024, max = 268_435_456))]
    pub max_request_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { max_response_bytes: 4 * 1024 * 1024, max_request_bytes: 16 * 1024 * 1024 }
    }
}

impl Limits {
    fn validate(&self) -> Result<()> {
        within("limits.maxResponseBytes", self.max_response_bytes, 1_024, 268_435_456)?;
        within("limits.maxRequestBytes", self.max_request_bytes, 1_024, 268_435_456)
    }
}

fn within(path: &str, value: u64, least: u64, most: u64) -> Result<()> {
    if (least..=most).contains(&value) {
        return Ok(());
    }
    Err(Error::config(path, format!("is {value} and must lie between {least} and {most}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_document_gives_the_documented_defaults() {
        let config: HttpConfig = serde_json::from_str("{}").unwrap();
        config.validate().unwrap();
        assert_eq!(
            (config.timeouts.connect_ms, config.timeouts.request_ms, config.timeouts.operation_ms),
            (5_000, 20_000, 30_000)
        );
        assert!(matches!(config.proxy, Proxy::System));
        assert_eq!(config.tls.min_version, TlsVersion::V1_2);
        assert_eq!((config.breaker.failures, config.breaker.cool_down_ms), (5, 30_000));
        assert_eq!(config.limits.max_response_bytes, 4_194_304);
    }

    #[test]
    fn a_value_out_of_range_is_refused_with_its_path() {
        for (document, path) in [
            (r#"{"timeouts":{"connectMs":1}}"#, "timeouts.connectMs"),
            (r#"{"timeouts":{"requestMs":0}}"#, "timeouts.requestMs"),
            (r#"{"timeouts":{"operationMs":99999999}}"#, "timeouts.operationMs"),
            (r#"{"retry":{"maxAttempts":0}}"#, "retry.maxAttempts"),
            (r#"{"breaker":{"failures":0}}"#, "breaker.failures"),
            (r#"{"limits":{"maxResponseBytes":1}}"#, "limits.maxResponseBytes"),
            (r#"{"proxy":{"url":"proxy.example:3128"}}"#, "proxy.url"),
            (r#"{"proxy":{"url":"http://user:pw@proxy.example:3128"}}"#, "proxy.url"),
            (r#"{"proxy":{"url":"http://proxy.example","password":"pw"}}"#, "proxy.username"),
            (r#"{"proxy":{"url":"http://proxy.example","noProxy":["a","b,c"]}}"#, "proxy.noProxy[1]"),
        ] {
            let config: HttpConfig = serde_json::from_str(document).unwrap();
            match config.validate() {
                Err(Error::InvalidConfig { path: found, .. }) => assert_eq!(found, path, "{document}"),
                other => panic!("{document}: {other:?}"),
            }
        }
    }

    #[test]
    fn the_proxy_is_a_word_or_an_object_and_its_unknown_keys_are_seen() {
        let none: HttpConfig = serde_json::from_str(r#"{"proxy":"none"}"#).unwrap();
        assert!(matches!(none.proxy, Proxy::None));
        assert!(serde_json::from_str::<HttpConfig>(r#"{"proxy":"never"}"#).is_err());

        let server = r#"{"proxy":{"url":"http://p:1","username":"u","password":"hunter2"}}"#;
        let config: HttpConfig = serde_json::from_str(server).unwrap();
        assert!(!format!("{config:?}").contains("hunter2"));
        let misspelt = serde_json::from_str::<HttpConfig>(&server.replace("password", "pasword")).unwrap_err();
        assert!(misspelt.to_string().starts_with("unknown field `pasword`"), "{misspelt}");

        let schema = serde_json::to_string(&schemars::schema_for!(HttpConfig)).unwrap();
        assert!(schema.contains(r#"{"type":"string","enum":["system","none"]}"#), "{schema}");
    }
}
