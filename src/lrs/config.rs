//! Where the Learning Records Service or a gateway to it is, and the credentials of an organisation.

use schemars::JsonSchema;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use url::Url;
use zeroize::Zeroizing;

use crate::error::{Error, Result};
use crate::http::address::{self, with_slash};
use crate::http::identities::pfx_bytes;
use crate::http::{Audience, ClientCredentials, Style};
use crate::identifiers::Ukprn;
use crate::{privacy, profiles};

/// The `lrs` section of the configuration.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Config {
    /// Whether to call the service itself and keep the match register here, or to call a gateway that does both.
    pub mode: Mode,
    /// Address of the service, without the names of its endpoints; for `direct`.
    pub url: Option<String>,
    /// Address of the gateway; for `gateway`.
    pub gateway_url: Option<String>,
    /// Address of the gateway's token service, ending in `/auth`; for `gateway`.
    pub auth_url: Option<String>,
    /// Which rules values must keep: the documented safer ones, or those of the original gateway.
    pub profile: Behaviour,
    /// How the service is sent optional values that are not known.
    pub empty_optional: EmptyOptional,
    /// The organisation reference to send along; none is sent when absent.
    pub organisation_ref: Option<String>,
    /// A PKCS#12 file with the client certificate and its key, for profiles that have none of their own.
    pub pfx_file: Option<String>,
    /// The password of `pfxFile`, best given as `${NAME}` of an environment variable.
    #[schemars(with = "Option<String>")]
    pub pfx_password: Option<SecretString>,
}

/// Whom the operations call.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Mode {
    /// The service, over mutual TLS; the match register is in this store.
    #[default]
    Direct,
    /// A gateway with a register of its own.
    Gateway,
}

/// Which rules hold where the original gateway is laxer or stricter than it should be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Behaviour {
    /// The documented safer rules: the ULN's check digit, dates that exist and are not in the future, names in any script.
    #[default]
    Strict,
    /// As the original gateway.
    Compat,
}

/// How an optional value without a value is sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum EmptyOptional {
    /// As an empty element.
    #[default]
    Empty,
    /// As an element that says it has no value.
    Nil,
}

impl Config {
    /// Points the section at a sandbox.
    pub fn point_at_sandbox(&mut self, sandbox: &Url) {
        let base = with_slash(sandbox.clone());
        self.url.get_or_insert_with(|| format!("{base}lrs"));
        self.gateway_url.get_or_insert_with(|| format!("{base}learner-records"));
        self.auth_url.get_or_insert_with(|| format!("{base}hmpps-auth/auth"));
    }

    /// Checks every value.
    ///
    /// # Errors
    /// `INVALID_CONFIG` with the value's path.
    pub fn validate(&self, sandboxed: bool) -> Result<()> {
        for (path, value) in
            [("lrs.url", &self.url), ("lrs.gatewayUrl", &self.gateway_url), ("lrs.authUrl", &self.auth_url)]
        {
            let Some(text) = value else { continue };
            address::checked(text, sandboxed).map_err(|problem| Error::config(path, problem))?;
        }
        if self.organisation_ref.as_ref().is_some_and(|text| text.trim().is_empty() || text.chars().count() > 100) {
            return Err(Error::config("lrs.organisationRef", "must have 1 to 100 characters"));
        }
        if self.pfx_password.is_some() && self.pfx_file.is_none() {
            return Err(Error::config("lrs.pfxFile", "is missing although its password is given"));
        }
        Ok(())
    }

    /// The address of an endpoint of the service.
    pub(super) fn endpoint(&self, path: &str) -> Result<Url> {
        joined("lrs.url", &self.url, path)
    }

    /// The gateway's address, ending with a slash.
    pub(super) fn gateway(&self) -> Result<Url> {
        joined("lrs.gatewayUrl", &self.gateway_url, "")
    }

    /// Everything needed to get a token for the gateway.
    pub(super) fn token_request(&self, profile: &str, credential: GatewayCredential) -> Result<ClientCredentials> {
        Ok(ClientCredentials {
            profile: profile.to_owned(),
            token_url: joined("lrs.authUrl", &self.auth_url, "oauth/token")?,
            client_id: credential.client_id,
            client_secret: credential.client_secret,
            audience: Audience::None,
            style: Style::Basic,
            identity: None,
        })
    }
}

fn joined(path: &str, address: &Option<String>, relative: &str) -> Result<Url> {
    let address = address.as_ref().ok_or_else(|| Error::config(path, "is required to call the service"))?;
    Url::parse(address)
        .map(with_slash)
        .and_then(|base| base.join(relative))
        .map_err(|_| Error::config(path, "is not an address"))
}

/// An organisation's credential for the Learning Records Service.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Credential {
    /// The organisation's UKPRN; the profile's own when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ukprn: Option<Ukprn>,
    /// The organisation's password.
    #[serde(serialize_with = "privacy::expose")]
    #[schemars(with = "String", length(min = 1, max = 200))]
    pub password: SecretString,
    /// The vendor's number.
    pub vendor_id: i32,
    /// The client certificate with its key: a PKCS#12 file in base64. `lrs.pfxFile` of the configuration when absent.
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "privacy::expose_optional")]
    #[schemars(with = "Option<String>")]
    pub pfx: Option<SecretString>,
    /// The password of `pfx`.
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "privacy::expose_optional")]
    #[schemars(with = "Option<String>")]
    pub pfx_password: Option<SecretString>,
}

impl profiles::Credential for Credential {
    const SYSTEM: &'static str = "lrs";

    fn identity(&self) -> &str {
        self.ukprn.as_ref().map_or("", Ukprn::as_str)
    }
}

impl Credential {
    /// Checks every value, and fills in the UKPRN of the profile that this is for.
    ///
    /// # Errors
    /// `INVALID_INPUT` with the value's path.
    pub fn completed(&self, profile: Option<&Ukprn>) -> Result<Self> {
        let length = self.password.expose_secret().chars().count();
        if !(1..=200).contains(&length) || self.password.expose_secret().trim().is_empty() {
            return Err(Error::input("lrs.password", "must have 1 to 200 characters"));
        }
        if self.pfx_password.is_some() && self.pfx.is_none() {
            return Err(Error::input("lrs.pfx", "is missing although its password is given"));
        }
        self.pfx_bytes()?;
        let ukprn = self
            .ukprn
            .as_ref()
            .or(profile)
            .ok_or_else(|| Error::input("lrs.ukprn", "is required, because the profile's name is no UKPRN"))?;
        Ok(Self { ukprn: Some(ukprn.clone()), ..self.clone() })
    }

    /// The bytes of the certificate's file.
    ///
    /// # Errors
    /// `INVALID_INPUT`.
    pub fn pfx_bytes(&self) -> Result<Option<Zeroizing<Vec<u8>>>> {
        pfx_bytes("lrs.pfx", self.pfx.as_ref())
    }
}

/// An organisation's credential for a gateway.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GatewayCredential {
    /// The client id that the gateway's operator issued; never shared with another profile.
    #[schemars(length(min = 1, max = 200))]
    pub client_id: String,
    /// The client secret.
    #[serde(serialize_with = "privacy::expose")]
    #[schemars(with = "String")]
    pub client_secret: SecretString,
}

impl profiles::Credential for GatewayCredential {
    const SYSTEM: &'static str = "lrsGateway";

    fn identity(&self) -> &str {
        &self.client_id
    }
}

impl GatewayCredential {
    /// Checks every value.
    ///
    /// # Errors
    /// `INVALID_INPUT` with the value's path.
    pub fn validate(&self) -> Result<()> {
        let plain = |byte: u8| byte.is_ascii_graphic() && byte != b':';
        if self.client_id.is_empty() || self.client_id.len() > 200 || !self.client_id.bytes().all(plain) {
            return Err(Error::input(
                "lrsGateway.clientId",
                "must have 1 to 200 printable ASCII characters and no colon",
            ));
        }
        let secret = self.client_secret.expose_secret();
        if secret.is_empty() || secret.len() > 1000 {
            return Err(Error::input("lrsGateway.clientSecret", "must have 1 to 1000 characters"));
        }
        Ok(())
    }
}

/// Who asks the service, as every request says.
#[derive(Clone, Debug)]
pub struct Organisation {
    /// The profile's name.
    pub profile: String,
    /// The UKPRN.
    pub ukprn: Ukprn,
    /// The organisation's password.
    pub password: SecretString,
    /// The vendor's number.
    pub vendor_id: i32,
    /// The organisation reference, if one is sent.
    pub reference: Option<String>,
    /// How optional values without a value are sent.
    pub empty_optional: EmptyOptional,
}

impl Organisation {
    /// Puts an organisation's credential and the configuration together.
    pub(super) fn new(config: &Config, profile: String, credential: Credential) -> Result<Self> {
        let ukprn = credential.ukprn.ok_or(Error::SealBroken { what: "credential" })?;
        Ok(Self {
            profile,
            ukprn,
            password: credential.password,
            vendor_id: credential.vendor_id,
            reference: config.organisation_ref.as_ref().map(|text| text.trim().to_owned()),
            empty_optional: config.empty_optional,
        })
    }
}

/// The organisations that the sandbox knows: UKPRN, and both credentials, all invented.
pub(crate) fn of_sandbox() -> impl Iterator<Item = (&'static str, Credential, GatewayCredential)> {
    let organisations = [
        ("10099901", "Or&chard<Gate>1", "all-client", "s3c+ret/=all"),
        ("10099902", "pass\"word'2", "ui-client", "s3c+ret/=ui"),
    ];
    organisations.into_iter().map(|(ukprn, password, client_id, client_secret)| {
        let credential =
            Credential { ukprn: None, password: password.into(), vendor_id: 1, pfx: None, pfx_password: None };
        let gateway = GatewayCredential { client_id: client_id.into(), client_secret: client_secret.into() };
        (ukprn, credential, gateway)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn credential() -> Credential {
        of_sandbox().next().unwrap().1
    }

    #[test]
    fn endpoints_are_below_the_address_with_and_without_a_slash() {
        for url in ["https://h/lrs", "https://h/lrs/"] {
            let config = Config { url: Some(url.into()), auth_url: Some(url.into()), ..Config::default() };
            assert_eq!(config.endpoint("LearnerService.svc").unwrap().as_str(), "https://h/lrs/LearnerService.svc");
            let gateway = of_sandbox().next().unwrap().2;
            let token = config.token_request("p", gateway).unwrap();
            assert_eq!(token.token_url.as_str(), "https://h/lrs/oauth/token");
        }
        let error = Config::default().gateway().unwrap_err();
        assert_eq!(error.to_string(), "configuration `lrs.gatewayUrl` is required to call the service");
    }

    #[test]
    fn a_credential_takes_the_ukprn_of_its_profile_and_is_refused_without_one() {
        let profile = Ukprn::parse("10099901").unwrap();
        assert_eq!(credential().completed(Some(&profile)).unwrap().ukprn, Some(profile.clone()));
        assert!(credential().completed(None).unwrap_err().to_string().starts_with("`lrs.ukprn` is required"));
        let own = Credential { ukprn: Some(Ukprn::parse("10099902").unwrap()), ..credential() };
        assert_eq!(own.completed(Some(&profile)).unwrap().ukprn.unwrap().as_str(), "10099902");
    }

    #[test]
    fn a_credential_that_cannot_be_used_is_refused_by_the_path_of_the_value() {
        let profile = Ukprn::parse("10099901").unwrap();
        let with = |pfx: Option<&str>, password: Option<&str>| Credential {
            pfx: pfx.map(Into::into),
            pfx_password: password.map(Into::into),
            ..credential()
        };
        for (credential, field) in [
            (Credential { password: " ".into(), ..credential() }, "lrs.password"),
            (with(Some("not base64!"), None), "lrs.pfx"),
            (with(Some(""), None), "lrs.pfx"),
            (with(None, Some("x")), "lrs.pfx"),
        ] {
            match credential.completed(Some(&profile)) {
                Err(Error::InvalidInput { field: found, .. }) => assert_eq!(found, field),
                other => panic!("{field}: {other:?}"),
            }
        }
        assert_eq!(**with(Some("aGVs\nbG8="), None).pfx_bytes().unwrap().unwrap(), *b"hello");
    }

    #[test]
    fn debug_shows_no_secret_and_sealing_keeps_all() {
        let credential =
            Credential { pfx: Some("aGVsbG8=".into()), pfx_password: Some("hunter2".into()), ..credential() };
        let shown = format!("{credential:?}");
        assert!(!shown.contains("Or&chard") && !shown.contains("hunter2") && !shown.contains("aGVs"), "{shown}");
        let kept: Credential = serde_json::from_str(&serde_json::to_string(&credential).unwrap()).unwrap();
        assert_eq!(kept.pfx_password.unwrap().expose_secret(), "hunter2");
        assert_eq!(kept.password.expose_secret(), "Or&chard<Gate>1");
    }
}
