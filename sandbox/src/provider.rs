//! Holds the invented providers and the credentials they sign in with.

use std::collections::HashSet;

/// The invented tenant of the token endpoint.
pub const TENANT_ID: &str = "5a9db0c5-0d4a-4f3b-9a7e-2b1f5c0de001";

/// The identifier of the emulated API, sent as `resource` when asking for a token.
pub const RESOURCE: &str = "api://view-education-record.sandbox";

/// A college or school that may ask for records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provider {
    /// The UK provider reference number: eight digits, the first not zero.
    pub ukprn: String,
    /// The name that the learner sees.
    pub name: String,
    /// The client id of its credential.
    pub client_id: String,
    /// The secret of its credential.
    pub client_secret: String,
    /// Whether the secret has run out, so that the token endpoint refuses it as expired.
    pub secret_expired: bool,
}

impl Provider {
    /// Describes a provider whose secret is in force.
    pub fn new(ukprn: &str, name: &str, client_id: &str, client_secret: &str) -> Self {
        Self {
            ukprn: ukprn.to_owned(),
            name: name.to_owned(),
            client_id: client_id.to_owned(),
            client_secret: client_secret.to_owned(),
            secret_expired: false,
        }
    }

    /// The providers that every sandbox begins with.
    pub fn invented() -> Vec<Self> {
        vec![
            Self::new("10099901", "Northbridge College", "cid-a", "s3c+ret/=1"),
            Self::new("10099902", "Southmoor Sixth Form", "cid-b", "s3c~ret&=2"),
        ]
    }

    /// Says what is wrong with a list of providers, if anything is.
    pub(crate) fn check_all(providers: &[Self]) -> Result<(), String> {
        let mut ukprns = HashSet::new();
        let mut clients = HashSet::new();
        for provider in providers {
            let ukprn = &provider.ukprn;
            if ukprn.len() != 8 || ukprn.starts_with('0') || !ukprn.bytes().all(|byte| byte.is_ascii_digit()) {
                return Err(format!("the UKPRN {ukprn:?} is not eight digits beginning with 1 to 9"));
            }
            if provider.client_id.is_empty() || provider.client_secret.is_empty() {
                return Err(format!("the provider {ukprn} lacks a client id or a secret"));
            }
            if !ukprns.insert(ukprn) {
                return Err(format!("the UKPRN {ukprn} is given twice"));
            }
            if !clients.insert(&provider.client_id) {
                return Err(format!("the client id {:?} is given to two providers", provider.client_id));
            }
        }
        Ok(())
    }
}
