//! The configuration: one JSON document, every key checked, secrets taken from the environment on request.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::Value;
use zeroize::{Zeroize, Zeroizing};

use crate::admin::model::PutProfile;
use crate::error::{Error, Result};
use crate::http::config::{Breaker, HttpConfig, Limits, Proxy, Retries, Timeouts, Tls};
use crate::json::{self, Document};
use crate::log::Level;
use crate::store::{self, Place};
use crate::vault::MasterKey;
use crate::{batch, enrollment, linkage, listener, lrs, sif, vera};

/// The whole configuration.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Config {
    /// Address of a running sandbox; points every room there with its invented credentials, and keeps the
    /// store in memory unless `store` is given.
    #[serde(default)]
    pub sandbox: Option<String>,
    /// Where registers, shares and the audit trail are kept: a file's path, `:memory:` for none after close, or the
    /// address of a PostgreSQL server, `postgres://user:password@host:5432/database`, for many workstations on one
    /// register. A password is best given as `${NAME}` of an environment variable that holds it percent-encoded.
    #[serde(default)]
    pub store: Option<Place>,
    /// The master key of the vault: base64 of 32 bytes, best given as `${NAME}` of an environment variable.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub vault_key: Option<SecretString>,
    /// A file that holds the master key, instead of `vaultKey`.
    #[serde(default)]
    pub vault_key_file: Option<String>,
    /// How long to wait for services.
    #[serde(default)]
    pub timeouts: Timeouts,
    /// Which proxy to go through.
    #[serde(default)]
    pub proxy: Proxy,
    /// Which servers to trust.
    #[serde(default)]
    pub tls: Tls,
    /// How often to repeat what may be repeated.
    #[serde(default)]
    pub retry: Retries,
    /// When to leave a failing host alone.
    #[serde(default)]
    pub breaker: Breaker,
    /// How much to accept.
    #[serde(default)]
    pub limits: Limits,
    /// How long to keep what `purge` removes.
    #[serde(default)]
    pub retention: Retention,
    /// What to log.
    #[serde(default)]
    pub log: Log,
    /// DfE View Education Record.
    #[serde(default)]
    pub vera: vera::config::Config,
    /// The Learning Records Service.
    #[serde(default)]
    pub lrs: lrs::config::Config,
    /// SIF Student Record Exchange.
    #[serde(default)]
    pub sif: sif::config::Config,
    /// Student-mobility enrolment.
    #[serde(default)]
    pub enrollment: enrollment::config::Config,
    /// NHS IM1 linkage keys.
    #[serde(default)]
    pub linkage: linkage::config::Config,
    /// Bulk jobs.
    #[serde(default)]
    pub batch: batch::config::Config,
    /// The embedded HTTP server, which `start_listener` starts.
    #[serde(default)]
    pub listener: listener::config::Config,
    /// Profiles stored when the plugin opens, by UKPRN or name, as `put_profile` would; for tests and first steps.
    #[serde(default)]
    pub profiles: BTreeMap<String, PutProfile>,
}

/// How long what `purge` removes is kept, in days; for ever when absent.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Retention {
    /// Audit entries.
    pub audit_days: Option<u32>,
    /// Shares that were last changed so long ago.
    pub share_days: Option<u32>,
    /// What came with enrolments that ended so long ago.
    pub enrollment_days: Option<u32>,
    /// Bulk jobs that came to their last row so long ago; those that did not are kept.
    pub batch_days: Option<u32>,
}

impl Default for Retention {
    fn default() -> Self {
        Self { audit_days: None, share_days: Some(30), enrollment_days: Some(30), batch_days: Some(30) }
    }
}

/// What the log ring receives.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Log {
    /// The least important level that is kept.
    pub level: Level,
}

impl Config {
    /// Reads and checks a configuration document.
    ///
    /// # Errors
    /// `INVALID_JSON`, `UNKNOWN_KEY`, `INVALID_CONFIG`.
    pub fn read(text: &str) -> Result<Self> {
        let text = substituted(text)?;
        let mut config: Self = json::read(Document::Configuration, &text)?;
        config.apply_sandbox()?;
        config.validate()?;
        Ok(config)
    }

    fn apply_sandbox(&mut self) -> Result<()> {
        let Some(address) = &self.sandbox else { return Ok(()) };
        let problem = "must be the address that the sandbox prints, like `http://127.0.0.1:8099`";
        let mut address = url::Url::parse(address).map_err(|_| Error::config("sandbox", problem))?;
        if !matches!(address.scheme(), "http" | "https") || !address.has_host() {
            return Err(Error::config("sandbox", problem));
        }
        address.set_query(None);
        address.set_fragment(None);
        self.store.get_or_insert_with(|| ":memory:".into());
        self.vera.point_at_sandbox(&address);
        self.listener.point_at_sandbox(&address);
        self.lrs.point_at_sandbox(&address);
        self.sif.point_at_sandbox(&address);
        let (sif_ukprn, sif_credential) = sif::config::of_sandbox();
        self.enrollment.point_at_sandbox(&address);
        let (enrollment_ukprn, enrollment_credential) = enrollment::config::of_sandbox();
        self.linkage.point_at_sandbox(&address);
        let (linkage_ukprn, linkage_credential) = linkage::config::of_sandbox();
        let mut organisations = lrs::config::of_sandbox();
        for (ukprn, display_name, credential) in vera::config::of_sandbox() {
            let (lrs, lrs_gateway) = match organisations.find(|(known, ..)| *known == ukprn) {
                Some((_, lrs, gateway)) => (Some(lrs), Some(gateway)),
                None => (None, None),
            };
            let profile = PutProfile {
                display_name: display_name.into(),
                vera: Some(credential),
                lrs,
                lrs_gateway,
                sif: (ukprn == sif_ukprn).then(|| sif_credential.clone()),
                enrollment: (ukprn == enrollment_ukprn).then(|| enrollment_credential.clone()),
                linkage: (ukprn == linkage_ukprn).then(|| linkage_credential.clone()),
            };
            self.profiles.entry(ukprn.into()).or_insert(profile);
        }
        Ok(())
    }

    fn validate(&self) -> Result<()> {
        self.http().validate()?;
        self.vera.validate(self.sandbox.is_some())?;
        self.lrs.validate(self.sandbox.is_some())?;
        self.sif.validate(self.sandbox.is_some())?;
        self.enrollment.validate(self.sandbox.is_some())?;
        self.linkage.validate(self.sandbox.is_some())?;
        self.batch.validate()?;
        self.listener.validate(self.sandbox.is_some())?;
        match &self.store {
            None => Err(Error::config("store", "is required: a file's path, or `:memory:` to keep nothing")),
            Some(place) => store::check(place.expose()),
        }
    }

    /// The store's place in full: it may hold a password.
    #[must_use]
    pub fn store_place(&self) -> &str {
        self.store.as_ref().map_or(":memory:", Place::expose)
    }

    /// The master key; a store in memory makes its own when none is configured.
    ///
    /// # Errors
    /// `VAULT_KEY_MISSING`, `INVALID_CONFIG`.
    pub fn master_key(&self) -> Result<MasterKey> {
        match (&self.vault_key, &self.vault_key_file) {
            (Some(_), Some(_)) => Err(Error::config("vaultKeyFile", "cannot be given together with `vaultKey`")),
            (Some(text), None) => {
                MasterKey::parse(text.expose_secret()).map_err(|problem| Error::config("vaultKey", problem))
            }
            (None, Some(path)) => key_from_file(path).map_err(|problem| Error::config("vaultKeyFile", problem)),
            (None, None) if self.store_place() == ":memory:" => MasterKey::random(),
            (None, None) => Err(Error::VaultKeyMissing),
        }
    }

    /// The parts the transport reads.
    #[must_use]
    pub fn http(&self) -> HttpConfig {
        HttpConfig {
            timeouts: self.timeouts.clone(),
            proxy: self.proxy.clone(),
            tls: self.tls.clone(),
            retry: self.retry.clone(),
            breaker: self.breaker.clone(),
            limits: self.limits.clone(),
        }
    }
}

/// The JSON Schema of the configuration.
#[cfg(feature = "schema")]
#[must_use]
pub fn schema() -> Value {
    crate::operations::schema::schema_of(Config::json_schema, "Configuration of LearnerLink")
}

/// Reads a master key from a file.
///
/// # Errors
/// The rest of a sentence that begins with the path's key.
pub fn key_from_file(path: &str) -> Result<MasterKey, &'static str> {
    let text = Zeroizing::new(std::fs::read_to_string(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => "names a file that does not exist",
        std::io::ErrorKind::PermissionDenied => "names a file that may not be read",
        _ => "names a file that cannot be read",
    })?);
    warn_if_others_can_read(path);
    MasterKey::parse(&text).map_err(|_| "names a file that does not hold the base64 of exactly 32 bytes")
}

#[cfg(unix)]
fn warn_if_others_can_read(path: &str) {
    use std::os::unix::fs::PermissionsExt;
    if std::fs::metadata(path).is_ok_and(|metadata| metadata.permissions().mode() & 0o077 != 0) {
        tracing::warn!("the vault key file can be read by other users; restrict it to its owner");
    }
}

#[cfg(not(unix))]
fn warn_if_others_can_read(_: &str) {}

/// Replaces `${NAME}` in texts by the environment's value; `$${` stands for `${` itself.
fn substituted(text: &str) -> Result<Zeroizing<String>> {
    if !text.contains("${") {
        return Ok(Zeroizing::new(text.to_owned()));
    }
    // What is not well-formed is reported by the reader, which names line and column.
    let Ok(mut document) = serde_json::from_str::<Value>(text) else { return Ok(Zeroizing::new(text.to_owned())) };
    let result = substitute(&mut document, "").map(|()| Zeroizing::new(document.to_string()));
    wipe(&mut document);
    result
}

fn substitute(value: &mut Value, path: &str) -> Result<()> {
    match value {
        Value::String(text) => {
            let replaced = expand(text, path)?;
            text.zeroize();
            *text = replaced;
            Ok(())
        }
        Value::Array(items) => {
            items.iter_mut().enumerate().try_for_each(|(at, item)| substitute(item, &format!("{path}[{at}]")))
        }
        Value::Object(members) => members.iter_mut().try_for_each(|(key, member)| {
            let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
            substitute(member, &path)
        }),
        _ => Ok(()),
    }
}

/// Replaces `${NAME}` in a text by the environment's value, as in a configuration; `$${` stands for `${` itself.
///
/// # Errors
/// `INVALID_CONFIG` with `path`, when a variable is not set.
pub fn expand(text: &str, path: &str) -> Result<String> {
    let mut expanded = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("${") {
        if rest[..at].ends_with('$') {
            expanded.push_str(&rest[..at]);
            expanded.push('{');
            rest = &rest[at + 2..];
            continue;
        }
        expanded.push_str(&rest[..at]);
        let Some((name, after)) = rest[at + 2..].split_once('}') else {
            return Err(Error::config(path, "has `${` without `}`; write `$${` for the characters themselves"));
        };
        let value = std::env::var(name).map_err(|_| {
            let shown: String = name.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_').take(64).collect();
            Error::config(path, format!("takes its value from the environment variable `{shown}`, which is not set"))
        })?;
        expanded.push_str(&value);
        rest = after;
    }
    expanded.push_str(rest);
    Ok(expanded)
}

fn wipe(value: &mut Value) {
    match value {
        Value::String(text) => text.zeroize(),
        Value::Array(items) => items.iter_mut().for_each(wipe),
        Value::Object(members) => members.values_mut().for_each(wipe),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failure(text: &str) -> String {
        let error = Config::read(text).map(drop).unwrap_err();
        format!("{} {error}", error.status())
    }

    #[test]
    fn one_line_with_a_sandbox_is_a_working_configuration() {
        let config = Config::read(r#"{"sandbox":"http://127.0.0.1:8099"}"#).unwrap();
        assert_eq!(config.store_place(), ":memory:");
        assert!(config.profiles.contains_key("10099901"));
        assert!(config.master_key().is_ok());
    }

    #[test]
    fn unknown_keys_and_wrong_values_are_refused_with_their_path() {
        for (text, expected) in [
            (r#"{"stroe":"x"}"#, "UNKNOWN_KEY the configuration has the unknown key `stroe`"),
            (
                r#"{"store":"x","timeouts":{"conectMs":1}}"#,
                "UNKNOWN_KEY the configuration has the unknown key `timeouts.conectMs`",
            ),
            (r#"{"store":"x","timeouts":{"connectMs":1}}"#, "INVALID_CONFIG configuration `timeouts.connectMs`"),
            (
                r#"{"store":"x","timeouts":{"connectMs":"1"}}"#,
                "INVALID_CONFIG configuration `timeouts.connectMs` must be u64",
            ),
            ("{}", "INVALID_CONFIG configuration `store` is required"),
            (r#"{"store":""}"#, "INVALID_CONFIG configuration `store` must not be empty"),
            (r#"{"store":"postgres://h/db"}"#, "INVALID_CONFIG configuration `store` names no user"),
            (r#"{"sandbox":"ftp://h"}"#, "INVALID_CONFIG configuration `sandbox`"),
            (r#"{"sandbox":"127.0.0.1:80"}"#, "INVALID_CONFIG configuration `sandbox`"),
            ("{\"store\":", "INVALID_JSON the configuration is not valid: it ends too early"),
        ] {
            let found = failure(text);
            assert!(found.starts_with(expected), "{text} gives {found}");
        }
    }

    #[test]
    fn secrets_come_from_the_environment() {
        // PATH is set wherever tests run, and no other test changes it.
        let path = std::env::var("PATH").unwrap();
        assert_eq!(expand("a${PATH}b", "x").unwrap(), format!("a{path}b"));
        assert_eq!(expand("a$${PATH}b", "x").unwrap(), "a${PATH}b");
        let found = failure(r#"{"store":"x","profiles":{"10099901":{"displayName":"${LEARNERLINK_NOT_SET}"}}}"#);
        assert!(
            found.contains("`profiles.10099901.displayName`") && found.contains("`LEARNERLINK_NOT_SET`"),
            "{found}"
        );
        assert!(failure(r#"{"store":"${open"}"#).contains("`store` has `${` without `}`"));
    }

    #[test]
    fn a_store_on_disk_needs_a_vault_key() {
        let config = Config::read(r#"{"store":"x.db"}"#).unwrap();
        assert!(matches!(config.master_key(), Err(Error::VaultKeyMissing)));
        let wrong = Config::read(r#"{"store":"x.db","vaultKey":"c2hvcnQ="}"#).unwrap();
        assert!(matches!(wrong.master_key(), Err(Error::InvalidConfig { .. })));
        let missing = Config::read(r#"{"store":"x.db","vaultKeyFile":"/nonexistent"}"#).unwrap();
        assert!(missing.master_key().err().unwrap().to_string().contains("does not exist"));
    }
}
