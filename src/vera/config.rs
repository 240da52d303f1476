//! Where VERA and its token service are, and the credential of a provider.

use schemars::JsonSchema;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use url::Url;

use crate::error::{Error, Result};
use crate::http::address::{self, with_slash};
use crate::http::{Audience, ClientCredentials, Style};
use crate::privacy;
use crate::profiles;

/// Microsoft's public cloud.
const AUTHORITY: &str = "https://login.microsoftonline.com/";
const SANDBOX_TENANT: &str = "5a9db0c5-0d4a-4f3b-9a7e-2b1f5c0de001";
const SANDBOX_RESOURCE: &str = "api://view-education-record.sandbox";

/// The `vera` section of the configuration: what is the same for all providers of an environment.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Config {
    /// Address of the API, from DfE.
    pub base_url: Option<String>,
    /// Address of the token service; Microsoft's public cloud when absent.
    pub authority: String,
    /// DfE's tenant id in this environment.
    pub tenant_id: Option<String>,
    /// The API's identifier in this environment, from DfE.
    pub resource: Option<String>,
    /// Whether mobile numbers must be UK mobile numbers; else they are sent as they are, without blanks and punctuation.
    pub strict_mobile: bool,
    /// How many requests a provider sends per second at most.
    #[schemars(range(min = 1, max = 1000))]
    pub requests_per_second: u32,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            base_url: None,
            authority: AUTHORITY.into(),
            tenant_id: None,
            resource: None,
            strict_mobile: true,
            requests_per_second: 10,
        }
    }
}

impl Config {
    /// Points the section at a sandbox.
    pub fn point_at_sandbox(&mut self, sandbox: &Url) {
        let address = with_slash(sandbox.clone());
        self.base_url.get_or_insert_with(|| address.to_string());
        if self.authority == AUTHORITY {
            self.authority = address.to_string();
        }
        self.tenant_id.get_or_insert_with(|| SANDBOX_TENANT.into());
        self.resource.get_or_insert_with(|| SANDBOX_RESOURCE.into());
    }

    /// Checks every value.
    ///
    /// # Errors
    /// `INVALID_CONFIG` with the value's path.
    pub fn validate(&self, sandboxed: bool) -> Result<()> {
        let check = |path: &str, text: &str| {
            address::checked(text, sandboxed).map(drop).map_err(|problem| Error::config(path, problem))
        };
        check("vera.authority", &self.authority)?;
        if let Some(base_url) = &self.base_url {
            check("vera.baseUrl", base_url)?;
        }
        if !(1..=1000).contains(&self.requests_per_second) {
            return Err(Error::config("vera.requestsPerSecond", "must lie between 1 and 1000"));
        }
        match &self.tenant_id {
            Some(tenant) => tenant_id(tenant).map_err(|problem| Error::config("vera.tenantId", problem)),
            None => Ok(()),
        }
    }
}

/// A provider's credential for VERA. What is absent comes from the `vera` section of the configuration.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Credential {
    /// The client id that DfE issued to this provider; never shared with another.
    #[schemars(length(min = 1, max = 200))]
    pub client_id: String,
    /// The client secret.
    #[serde(serialize_with = "privacy::expose")]
    #[schemars(with = "String")]
    pub client_secret: SecretString,
    /// DfE's tenant id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tenant_id: Option<String>,
    /// The API's identifier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resource: Option<String>,
    /// Address of the API.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base_url: Option<String>,
}

impl profiles::Credential for Credential {
    const SYSTEM: &'static str = "vera";

    fn identity(&self) -> &str {
        &self.client_id
    }
}

impl Credential {
    /// Checks every value.
    ///
    /// # Errors
    /// `INVALID_INPUT` with the value's path.
    pub fn validate(&self) -> Result<()> {
        let plain =
            |text: &str| !text.is_empty() && text.len() <= 200 && text.bytes().all(|byte| byte.is_ascii_graphic());
        if !plain(&self.client_id) {
            return Err(Error::input("vera.clientId", "must have 1 to 200 printable ASCII characters"));
        }
        let secret = self.client_secret.expose_secret();
        if secret.is_empty() || secret.len() > 1000 {
            return Err(Error::input("vera.clientSecret", "must have 1 to 1000 characters"));
        }
        if let Some(tenant) = &self.tenant_id {
            tenant_id(tenant).map_err(|problem| Error::input("vera.tenantId", problem))?;
        }
        if let Some(base_url) = &self.base_url {
            address::checked(base_url, false).map_err(|problem| Error::input("vera.baseUrl", problem))?;
        }
        Ok(())
    }
}

/// Everything needed to call VERA for one provider.
#[derive(Clone, Debug)]
pub(super) struct Access {
    /// The profile's name.
    pub(super) profile: String,
    base_url: Url,
    /// How to get a token.
    pub(super) credentials: ClientCredentials,
}

impl Access {
    /// Puts a provider's credential and the environment's constants together.
    pub(super) fn new(config: &Config, profile: String, credential: Credential) -> Result<Self> {
        let missing = |key: &str| Error::config(format!("vera.{key}"), "is required to call VERA; DfE issues it");
        let base_url = credential.base_url.as_ref().or(config.base_url.as_ref()).ok_or_else(|| missing("baseUrl"))?;
        let tenant = credential.tenant_id.as_ref().or(config.tenant_id.as_ref()).ok_or_else(|| missing("tenantId"))?;
        let resource = credential.resource.as_ref().or(config.resource.as_ref()).ok_or_else(|| missing("resource"))?;
        let parsed = |key: &str, text: &str| {
            Url::parse(text).map(with_slash).map_err(|_| Error::config(format!("vera.{key}"), "is not an address"))
        };
        let token_url = parsed("authority", &config.authority)?
            .join(&format!("{tenant}/oauth2/token"))
            .map_err(|_| Error::config("vera.tenantId", "does not fit into an address"))?;
        Ok(Self {
            base_url: parsed("baseUrl", base_url)?,
            credentials: ClientCredentials {
                profile: profile.clone(),
                token_url,
                client_id: credential.client_id,
                client_secret: credential.client_secret,
                audience: Audience::Resource(resource.clone()),
                style: Style::InBody,
                identity: None,
            },
            profile,
        })
    }

    /// The address of an endpoint, which is a relative path.
    pub(super) fn endpoint(&self, path: &str) -> Result<Url> {
        self.base_url
            .join(path)
            .map_err(|_| Error::config("vera.baseUrl", "is not an address that paths can be added to"))
    }
}

fn tenant_id(text: &str) -> Result<(), &'static str> {
    let plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.');
    if text.is_empty() || text.len() > 100 || !plain || text.starts_with('.') {
        return Err("must be a tenant's GUID or domain");
    }
    Ok(())
}

/// The providers that the sandbox knows: UKPRN, name and credential, all invented.
pub(crate) fn of_sandbox() -> impl Iterator<Item = (&'static str, &'static str, Credential)> {
    let providers = [
        ("10099901", "Northbridge College", "cid-a", "s3c+ret/=1"),
        ("10099902", "Southmoor Sixth Form", "cid-b", "s3c~ret&=2"),
    ];
    providers.into_iter().map(|(ukprn, name, client_id, secret)| {
        let credential = Credential {
            client_id: client_id.into(),
            client_secret: secret.into(),
            tenant_id: None,
            resource: None,
            base_url: None,
        };
        (ukprn, name, credential)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn access(base_url: &str) -> Access {
        let config = Config {
            base_url: Some(base_url.into()),
            tenant_id: Some("tenant".into()),
            resource: Some("api://r".into()),
            ..Config::default()
        };
        let (_, _, credential) = of_sandbox().next().unwrap();
        Access::new(&config, "10099901".into(), credential).unwrap()
    }

    #[test]
    fn a_base_without_a_slash_keeps_its_last_segment() {
        for base in ["https://h/api", "https://h/api/"] {
            assert_eq!(access(base).endpoint("generate-qr-code").unwrap().as_str(), "https://h/api/generate-qr-code");
        }
        assert_eq!(access("https://h").endpoint("learner/check").unwrap().as_str(), "https://h/learner/check");
    }

    #[test]
    fn the_token_endpoint_is_version_one_of_the_tenant() {
        assert_eq!(
            access("https://h").credentials.token_url.as_str(),
            "https://login.microsoftonline.com/tenant/oauth2/token"
        );
    }

    #[test]
    fn a_tenant_id_cannot_change_the_path() {
        for text in ["", "../x", "a/b", "a?b", "..", "a b"] {
            assert!(tenant_id(text).is_err(), "{text}");
        }
    }

    #[test]
    fn debug_does_not_show_the_secret() {
        let (_, _, credential) = of_sandbox().next().unwrap();
        assert!(!format!("{credential:?}").contains("s3c"));
        assert!(!format!("{:?}", access("https://h")).contains("s3c"));
    }
}
