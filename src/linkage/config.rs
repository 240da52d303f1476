//! The rules of our own register, the suppliers that may be called, and a caller's credential for them.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use url::Url;

use crate::error::{Error, Result};
use crate::http::address::{self, with_slash};
use crate::http::identities::pfx_bytes;
use crate::identifiers::OdsFormat;
use crate::{privacy, profiles};

/// The `linkage` section of the configuration.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Config {
    /// Which codes are taken for those of organisations.
    pub ods_format: OdsFormat,
    /// Refuses NHS numbers of the range that is kept for tests (999…), as a system with real patients should.
    pub reject_test_range: bool,
    /// Patients younger than this are blocked in our own register (1 to 120); 0 sets no age.
    #[schemars(range(min = 0, max = 120))]
    pub minimum_age_years: u8,
    /// How long the keys are that our own register makes (16 to 32 symbols).
    #[schemars(range(min = 16, max = 32))]
    pub key_length: u8,
    /// Systems of other suppliers that may be called, by a name for each.
    pub suppliers: BTreeMap<String, Supplier>,
    /// The supplier whose system is called when a request names none; our own register when absent.
    pub default_supplier: Option<String>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            ods_format: OdsFormat::default(),
            reject_test_range: false,
            minimum_age_years: 0,
            key_length: 18,
            suppliers: BTreeMap::new(),
            default_supplier: None,
        }
    }
}

/// Which wire form a supplier's system speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Wire {
    /// The interface that this library's listener offers.
    Native,
    /// EMIS Web's.
    Emis,
    /// The first generation of EMIS's, with the request in headers.
    Header,
    /// TPP SystmOne's.
    Tpp,
    /// Vision's.
    Vision,
}

/// How Vision is sent a date of birth.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum DateForm {
    /// `1984-03-12`.
    #[default]
    Dashes,
    /// `19840312`.
    Plain,
    /// `1984-03-12T00:00:00`.
    WithTime,
}

/// A supplier's system.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Supplier {
    /// Which wire form it speaks.
    pub wire: Wire,
    /// Its address, before the paths of the wire form.
    pub url: String,
    /// The profile whose `linkage` credential is used when the request names none.
    #[serde(default)]
    pub profile: Option<String>,
    /// Address of the token service; for `native`, which sends no token without one.
    #[serde(default)]
    pub token_url: Option<String>,
    /// The scope to ask the token service for; for `native`.
    #[serde(default)]
    pub scope: Option<String>,
    /// Further headers of every request, such as a subscription key's.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, String>")]
    pub headers: BTreeMap<String, SecretString>,
    /// Whether to send the headers `TransactionId` and `CorrelationID`; only `native` is when absent.
    #[serde(default)]
    pub trace_headers: Option<bool>,
    /// The application's id; required by `emis`.
    #[serde(default)]
    pub application_id: Option<String>,
    /// The version of the interface: `2.1.0.0` (`emis`) or `1` (`tpp`) when absent.
    #[serde(default)]
    pub api_version: Option<String>,
    /// The provider's id; required by `tpp`.
    #[serde(default)]
    pub provider_id: Option<String>,
    /// How dates of birth are written; for `vision`.
    #[serde(default)]
    pub date_form: DateForm,
    /// Set to `false` where `tpp` cannot be asked for an existing key; every patient then has none until Create.
    #[serde(default)]
    pub can_retrieve: Option<bool>,
}

impl Config {
    /// Names the suppliers that a sandbox plays.
    pub fn point_at_sandbox(&mut self, sandbox: &Url) {
        let base = with_slash(sandbox.clone());
        for (name, wire) in [
            ("native", Wire::Native),
            ("emis", Wire::Emis),
            ("header", Wire::Header),
            ("tpp", Wire::Tpp),
            ("vision", Wire::Vision),
        ] {
            let is = |this| wire == this;
            self.suppliers.entry(name.into()).or_insert_with(|| Supplier {
                wire,
                url: format!("{base}linkage/{name}"),
                profile: Some("10099901".into()),
                token_url: is(Wire::Native).then(|| format!("{base}linkage/native/oauth/token")),
                scope: is(Wire::Native).then(|| "linkage.retrieve linkage.create".into()),
                headers: BTreeMap::new(),
                trace_headers: None,
                application_id: is(Wire::Emis).then(|| "D66BA979-60D2-49AA-BE82-AEC06356E41F".into()),
                api_version: None,
                provider_id: is(Wire::Tpp).then(|| "7d3f5a2c9b1e4680".into()),
                date_form: DateForm::Dashes,
                can_retrieve: None,
            });
        }
    }

    /// Checks every value.
    ///
    /// # Errors
    /// `INVALID_CONFIG` with the value's path.
    pub fn validate(&self, sandboxed: bool) -> Result<()> {
        for (path, value, least, most) in [
            ("linkage.minimumAgeYears", self.minimum_age_years, 0, 120),
            ("linkage.keyLength", self.key_length, 16, 32),
        ] {
            if !(least..=most).contains(&value) {
                return Err(Error::config(path, format!("must be between {least} and {most}")));
            }
        }
        for (name, supplier) in &self.suppliers {
            let path = |key: &str| format!("linkage.suppliers.{name}.{key}");
            if name.trim().is_empty() || name.chars().count() > 64 {
                return Err(Error::config(
                    "linkage.suppliers",
                    "has a name that is empty or longer than 64 characters",
                ));
            }
            supplier.validate(sandboxed, path)?;
        }
        match &self.default_supplier {
            Some(name) if !self.suppliers.contains_key(name) => {
                Err(Error::config("linkage.defaultSupplier", "names a supplier that `linkage.suppliers` lacks"))
            }
            _ => Ok(()),
        }
    }
}

impl Supplier {
    fn validate(&self, sandboxed: bool, path: impl Fn(&str) -> String) -> Result<()> {
        for (key, value) in [("url", Some(&self.url)), ("tokenUrl", self.token_url.as_ref())] {
            let Some(text) = value else { continue };
            address::checked(text, sandboxed).map_err(|problem| Error::config(path(key), problem))?;
        }
        for (key, wire, value) in
            [("applicationId", Wire::Emis, &self.application_id), ("providerId", Wire::Tpp, &self.provider_id)]
        {
            if self.wire == wire && value.as_ref().is_none_or(|value| value.trim().is_empty()) {
                return Err(Error::config(path(key), "is required by this wire form"));
            }
        }
        for (name, value) in &self.headers {
            let named = reqwest::header::HeaderName::try_from(name.as_str()).is_ok();
            if !named || reqwest::header::HeaderValue::try_from(value.expose_secret()).is_err() {
                return Err(Error::config(path("headers"), "has a name or value that cannot be an HTTP header"));
            }
        }
        Ok(())
    }

    /// The supplier's address as it is given.
    pub(super) fn address(&self) -> Result<Url> {
        Url::parse(&self.url).map_err(|_| not_an_address())
    }

    /// The address of `relative` below the supplier's.
    pub(super) fn endpoint(&self, relative: &str) -> Result<Url> {
        with_slash(self.address()?).join(relative).map_err(|_| not_an_address())
    }

    /// Whether the two trace headers are sent.
    pub(super) fn sends_trace(&self) -> bool {
        self.trace_headers.unwrap_or(self.wire == Wire::Native)
    }
}

fn not_an_address() -> Error {
    Error::config("linkage.suppliers", "has a `url` that is not an address")
}

/// A caller's credential for the systems of suppliers.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Credential {
    /// The client id at the token service of a `native` supplier; never shared with another profile.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
    /// The client secret.
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "privacy::expose_optional")]
    #[schemars(with = "Option<String>")]
    pub client_secret: Option<SecretString>,
    /// The client certificate with its key: a PKCS#12 file in base64.
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "privacy::expose_optional")]
    #[schemars(with = "Option<String>")]
    pub pfx: Option<SecretString>,
    /// The password of `pfx`.
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "privacy::expose_optional")]
    #[schemars(with = "Option<String>")]
    pub pfx_password: Option<SecretString>,
}

impl profiles::Credential for Credential {
    const SYSTEM: &'static str = "linkage";

    fn identity(&self) -> &str {
        let certificate = self.pfx.as_ref().map(ExposeSecret::expose_secret);
        self.client_id.as_deref().or(certificate).unwrap_or_default()
    }
}

impl Credential {
    /// Checks every value.
    ///
    /// # Errors
    /// `INVALID_INPUT` with the value's path.
    pub fn validate(&self) -> Result<()> {
        match (&self.client_id, &self.client_secret) {
            (None, None) if self.pfx.is_none() => {
                return Err(Error::input("linkage", "must have `clientId` and `clientSecret`, or `pfx`, or all"));
            }
            (Some(_), None) => return Err(Error::input("linkage.clientSecret", "is required beside `clientId`")),
            (None, Some(_)) => return Err(Error::input("linkage.clientId", "is required beside `clientSecret`")),
            (Some(id), Some(secret)) => {
                let plain = id.bytes().all(|byte| byte.is_ascii_graphic());
                if id.is_empty() || id.len() > 200 || !plain {
                    return Err(Error::input("linkage.clientId", "must have 1 to 200 printable ASCII characters"));
                }
                if secret.expose_secret().is_empty() || secret.expose_secret().len() > 1000 {
                    return Err(Error::input("linkage.clientSecret", "must have 1 to 1000 characters"));
                }
            }
            (None, None) => {}
        }
        if self.pfx_password.is_some() && self.pfx.is_none() {
            return Err(Error::input("linkage.pfx", "is missing although its password is given"));
        }
        pfx_bytes("linkage.pfx", self.pfx.as_ref()).map(drop)
    }
}

/// The credential that the sandbox's native supplier knows, with the UKPRN of the profile that has it.
pub(crate) fn of_sandbox() -> (&'static str, Credential) {
    let credential = Credential {
        client_id: Some("linkage-client".into()),
        client_secret: Some("s3c+ret/=linkage".into()),
        ..Credential::default()
    };
    ("10099901", credential)
}
