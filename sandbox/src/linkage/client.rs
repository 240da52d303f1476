//! Holds the invented programs that may ask the `native` supplier, and issues their tokens.

use std::collections::HashMap;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::chance::Chance;

/// The scope that lets a program retrieve keys.
pub(super) const RETRIEVE: &str = "linkage.retrieve";

/// The scope that lets a program create keys.
pub(super) const CREATE: &str = "linkage.create";

/// From how many secrets on the expired ones are looked for.
const FIRST_SWEEP: usize = 1024;

/// A program that may ask the `native` linkage supplier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkageClient {
    /// The client id of its credential.
    pub client_id: String,
    /// The secret of its credential.
    pub client_secret: String,
    /// What it may ask for: `linkage.retrieve`, `linkage.create`.
    pub scopes: Vec<String>,
}

impl LinkageClient {
    /// The programs that every sandbox begins with.
    pub fn invented() -> Vec<Self> {
        let clients: [(&str, &str, &[&str]); 2] = [
            ("linkage-client", "s3c+ret/=linkage", &[RETRIEVE, CREATE]),
            ("linkage-reader", "s3c+ret/=reader", &[RETRIEVE]),
        ];
        clients
            .map(|(client_id, client_secret, scopes)| Self {
                client_id: client_id.to_owned(),
                client_secret: client_secret.to_owned(),
                scopes: scopes.iter().map(|scope| (*scope).to_owned()).collect(),
            })
            .into()
    }
}

/// Whom a token speaks for, and until when.
#[derive(Clone, Debug)]
pub(super) struct Grant {
    pub(super) client_id: String,
    pub(super) scopes: Vec<String>,
    expires: i64,
}

/// Secrets that open something for a time.
#[derive(Debug, Default)]
pub(super) struct Grants {
    grants: HashMap<String, Grant>,
    sweep_at: usize,
}

impl Grants {
    /// Issues a secret that lasts `life` seconds.
    pub(super) fn issue(
        &mut self,
        chance: &mut Chance,
        client_id: &str,
        scopes: Vec<String>,
        now: i64,
        life: u64,
    ) -> String {
        if self.grants.len() >= self.sweep_at.max(FIRST_SWEEP) {
            self.grants.retain(|_, grant| now < grant.expires);
            self.sweep_at = self.grants.len() * 2;
        }
        let token = URL_SAFE_NO_PAD.encode(chance.signature());
        let expires = now.saturating_add(i64::try_from(life).unwrap_or(i64::MAX));
        self.grants.insert(token.clone(), Grant { client_id: client_id.to_owned(), scopes, expires });
        token
    }

    /// What a secret opens at `now`.
    pub(super) fn get(&self, token: &str, now: i64) -> Option<&Grant> {
        self.grants.get(token).filter(|grant| now < grant.expires)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_opens_until_it_expires() {
        let mut grants = Grants::default();
        let token = grants.issue(&mut Chance::new(Some(1)), "a", Vec::new(), 1000, 60);
        assert_eq!(grants.get(&token, 1059).map(|grant| grant.client_id.as_str()), Some("a"));
        assert!(grants.get(&token, 1060).is_none() && grants.get("", 1000).is_none());
    }

    #[test]
    fn expired_secrets_are_swept_away() {
        let mut grants = Grants::default();
        let mut chance = Chance::new(Some(1));
        for now in 0..3 * FIRST_SWEEP as i64 {
            grants.issue(&mut chance, "a", Vec::new(), now, 1);
        }
        assert!(grants.grants.len() <= FIRST_SWEEP);
    }
}
