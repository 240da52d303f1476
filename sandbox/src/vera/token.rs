//! Issues access tokens and tells whom they speak for.

use std::collections::HashMap;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::json;

use crate::chance::Chance;
use crate::provider::{Provider, RESOURCE, TENANT_ID};

/// From how many tokens on the expired ones are looked for.
const FIRST_SWEEP: usize = 4096;

/// Whom a token speaks for, and until when.
#[derive(Debug)]
struct Grant {
    ukprn: String,
    resource: String,
    expires: i64,
}

/// The tokens that have been issued.
#[derive(Debug, Default)]
pub(super) struct Tokens {
    grants: HashMap<String, Grant>,
    sweep_at: usize,
}

impl Tokens {
    /// Issues a token for `resource` that lasts `life` seconds.
    pub(super) fn issue(
        &mut self,
        chance: &mut Chance,
        provider: &Provider,
        resource: &str,
        now: i64,
        life: i64,
    ) -> String {
        if self.grants.len() >= self.sweep_at.max(FIRST_SWEEP) {
            self.grants.retain(|_, grant| now < grant.expires);
            self.sweep_at = self.grants.len() * 2;
        }
        let expires = now.saturating_add(life);
        let head = json!({"typ": "JWT", "alg": "RS256", "kid": "sandbox"}).to_string();
        let claims = json!({
            "aud": resource, "iss": format!("https://sts.sandbox.invalid/{TENANT_ID}/"), "iat": now, "nbf": now,
            "exp": expires, "appid": provider.client_id, "tid": TENANT_ID, "ver": "1.0",
        })
        .to_string();
        let [head, claims] = [head, claims].map(|part| URL_SAFE_NO_PAD.encode(part));
        let token = format!("{head}.{claims}.{}", URL_SAFE_NO_PAD.encode(chance.signature()));
        let grant = Grant { ukprn: provider.ukprn.clone(), resource: resource.to_owned(), expires };
        self.grants.insert(token.clone(), grant);
        token
    }

    /// The UKPRN that `token` speaks for at this service, while it is in force.
    pub(super) fn ukprn(&self, token: &str, now: i64) -> Option<&str> {
        let grant = self.grants.get(token)?;
        (grant.resource == RESOURCE && now < grant.expires).then_some(grant.ukprn.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_speaks_for_its_provider_until_it_expires() {
        let mut tokens = Tokens::default();
        let provider = &Provider::invented()[0];
        let token = tokens.issue(&mut Chance::new(Some(1)), provider, RESOURCE, 1000, 60);
        assert!(token.starts_with("eyJ") && token.split('.').count() == 3);
        assert_eq!(tokens.ukprn(&token, 1059), Some("10099901"));
        assert_eq!(tokens.ukprn(&token, 1060), None);
        assert_eq!(tokens.ukprn(&format!("{token}x"), 1000), None);
    }

    #[test]
    fn a_token_for_another_resource_is_not_taken() {
        let mut tokens = Tokens::default();
        let token = tokens.issue(&mut Chance::new(Some(1)), &Provider::invented()[0], "api://other", 1000, 60);
        assert_eq!(tokens.ukprn(&token, 1000), None);
    }

    #[test]
    fn expired_tokens_are_swept_away() {
        let mut tokens = Tokens::default();
        let mut chance = Chance::new(Some(1));
        for now in 0..3 * FIRST_SWEEP as i64 {
            tokens.issue(&mut chance, &Provider::invented()[0], RESOURCE, now, 1);
        }
        assert!(tokens.grants.len() <= FIRST_SWEEP);
    }
}
