//! Where the exchange is, by which rules it is used, and a caller's credential for it.

use schemars::JsonSchema;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use url::Url;

use super::filter::Reading;
use crate::error::{Error, Result};
use crate::http::address::{self, with_slash};
use crate::{privacy, profiles};

/// The `sif` section of the configuration.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Config {
    /// Whether to ask a retrieval service (EARS), or to do its work here with what the SIF broker gives.
    pub mode: Mode,
    /// Address of the retrieval service, before `/xSres`; for `ears`.
    pub url: Option<String>,
    /// Address of the SIF broker's environment, before `/filters` and `/masterXsres`; for `broker`.
    pub environment_url: Option<String>,
    /// In which form to ask the retrieval service for records; whichever it answers in is taken. Only XML is exact.
    pub accept: Accept,
    /// The zone to ask in when a request names none.
    pub zone_id: Option<String>,
    /// The context to ask in when a request names none.
    pub context_id: String,
    /// Who says what may be shown; for `broker` and for those who ask our listener.
    pub rules: RulesFrom,
    /// How requests are signed.
    pub method: Method,
    /// Which rules callers' headers must keep: the documented safer ones, or those of the original.
    pub profile: Behaviour,
    /// How include statements become paths.
    pub statements: Statements,
    /// How far a caller's clock may be from ours, in seconds (1 to 86,400).
    #[schemars(range(min = 1, max = 86_400))]
    pub window_seconds: u32,
    /// Our name in requests.
    pub generator_id: String,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            mode: Mode::default(),
            url: None,
            environment_url: None,
            accept: Accept::default(),
            zone_id: None,
            context_id: "DEFAULT".into(),
            rules: RulesFrom::default(),
            method: Method::default(),
            profile: Behaviour::default(),
            statements: Statements::default(),
            window_seconds: 300,
            generator_id: "LearnerLink".into(),
        }
    }
}

/// Who filters a record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Mode {
    /// The retrieval service.
    #[default]
    Ears,
    /// We do, with the filter and the record that the broker gives.
    Broker,
}

/// The form in which a record is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Accept {
    /// XML, which is what the service keeps.
    #[default]
    Xml,
    /// JSON, which it makes of that; for services that show nothing else.
    Json,
}

impl Accept {
    pub(super) const fn media_type(self) -> &'static str {
        match self {
            Self::Xml => "application/xml; charset=UTF-8",
            Self::Json => "application/json; charset=UTF-8",
        }
    }
}

/// Who says what may be shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum RulesFrom {
    /// The Privacy Rules Service behind the broker.
    #[default]
    Broker,
    /// The rules that were imported into our store.
    Store,
}

/// How a request is signed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Method {
    /// With a hash over token and time, `SIF_HMACSHA256`.
    #[default]
    Hmac,
    /// With token and secret themselves, as some SIF services want; this one does not.
    Basic,
}

/// Which rules hold where the original is laxer than it should be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Behaviour {
    /// The documented safer rules.
    #[default]
    Strict,
    /// As the original.
    Compat,
}

/// How include statements become paths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Statements {
    /// As the Privacy Rules Service reads them, so that results can be compared.
    #[default]
    Reference,
    /// As they are meant.
    Fixed,
}

impl From<Statements> for Reading {
    fn from(statements: Statements) -> Self {
        match statements {
            Statements::Reference => Self::Reference,
            Statements::Fixed => Self::Fixed,
        }
    }
}

impl Config {
    /// Points the section at a sandbox.
    pub fn point_at_sandbox(&mut self, sandbox: &Url) {
        let base = with_slash(sandbox.clone());
        self.url.get_or_insert_with(|| format!("{base}sif/ears"));
        self.environment_url.get_or_insert_with(|| format!("{base}sif/requestProvider"));
        self.zone_id.get_or_insert_with(|| "alder".into());
    }

    /// Checks every value.
    ///
    /// # Errors
    /// `INVALID_CONFIG` with the value's path.
    pub fn validate(&self, sandboxed: bool) -> Result<()> {
        for (path, value) in [("sif.url", &self.url), ("sif.environmentUrl", &self.environment_url)] {
            let Some(text) = value else { continue };
            address::checked(text, sandboxed).map_err(|problem| Error::config(path, problem))?;
        }
        for (path, value) in [("sif.zoneId", self.zone_id.as_ref()), ("sif.contextId", Some(&self.context_id))] {
            if let Some(problem) = value.and_then(|value| super::wire::segment(value).err()) {
                return Err(Error::config(path, problem));
            }
        }
        if !(1..=86_400).contains(&self.window_seconds) {
            return Err(Error::config("sif.windowSeconds", "must be between 1 and 86400"));
        }
        let plain = self.generator_id.bytes().all(|byte| matches!(byte, b' '..=b'~'));
        if self.generator_id.trim().is_empty() || self.generator_id.len() > 100 || !plain {
            return Err(Error::config("sif.generatorId", "must have 1 to 100 printable ASCII characters"));
        }
        Ok(())
    }
}

/// A caller's credential for the exchange.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Credential {
    /// The session token that the SIF environment gave; never shared with another profile.
    #[schemars(length(min = 1, max = 200))]
    pub session_token: String,
    /// The shared secret.
    #[serde(serialize_with = "privacy::expose")]
    #[schemars(with = "String")]
    pub shared_secret: SecretString,
}

impl profiles::Credential for Credential {
    const SYSTEM: &'static str = "sif";

    fn identity(&self) -> &str {
        &self.session_token
    }
}

impl Credential {
    /// Checks every value.
    ///
    /// # Errors
    /// `INVALID_INPUT` with the value's path.
    pub fn validate(&self) -> Result<()> {
        let plain = |byte: u8| byte.is_ascii_graphic() && byte != b':';
        if self.session_token.is_empty() || self.session_token.len() > 200 || !self.session_token.bytes().all(plain) {
            let problem = "must have 1 to 200 printable ASCII characters and no colon";
            return Err(Error::input("sif.sessionToken", problem));
        }
        let secret = self.shared_secret.expose_secret();
        if secret.is_empty() || secret.len() > 1000 {
            return Err(Error::input("sif.sharedSecret", "must have 1 to 1000 bytes"));
        }
        Ok(())
    }
}

/// The credential that the sandbox knows, with the UKPRN of the profile that has it.
pub(crate) fn of_sandbox() -> (&'static str, Credential) {
    let session_token = "5b0c7a52-3d64-4f0e-9a77-2f6f0d1c9e10".into();
    ("10099901", Credential { session_token, shared_secret: "s3cret-key-0001".into() })
}
