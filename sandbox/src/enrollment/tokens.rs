//! Issues the tokens of students at their home institutions.

use std::collections::HashMap;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::chance::Chance;

/// Whom a token speaks for, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Grant {
    pub(super) home: String,
    /// The student's identifier in the sandbox.
    pub(super) person: String,
}

/// A token to ask with, and one to get the next pair with.
#[derive(Debug)]
pub(super) struct Pair {
    pub(super) access: String,
    pub(super) refresh: String,
}

/// The tokens that have been issued.
#[derive(Debug, Default)]
pub(super) struct Tokens {
    access: HashMap<String, (Grant, i64)>,
    refresh: HashMap<String, Grant>,
}

impl Tokens {
    /// Issues a pair of which the first lasts `life` seconds, and the second until it is used.
    pub(super) fn issue(&mut self, chance: &mut Chance, grant: Grant, now: i64, life: u64) -> Pair {
        let mut draw = || URL_SAFE_NO_PAD.encode(chance.enrolment_secret());
        let pair = Pair { access: draw(), refresh: draw() };
        let expires = now.saturating_add(i64::try_from(life).unwrap_or(i64::MAX));
        self.access.insert(pair.access.clone(), (grant.clone(), expires));
        self.refresh.insert(pair.refresh.clone(), grant);
        pair
    }

    /// What a token opens at a home institution.
    pub(super) fn opens(&self, home: &str, token: &str, now: i64) -> Option<&Grant> {
        let (grant, expires) = self.access.get(token)?;
        (grant.home == home && now < *expires).then_some(grant)
    }

    /// What a refresh token can be exchanged for at a home institution.
    pub(super) fn refreshes(&self, home: &str, token: &str) -> Option<Grant> {
        self.refresh.get(token).filter(|grant| grant.home == home).cloned()
    }

    /// Uses up a refresh token.
    pub(super) fn spend(&mut self, token: &str) {
        self.refresh.remove(token);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_opens_one_home_until_it_expires_and_refreshes_once() {
        let (mut tokens, mut chance) = (Tokens::default(), Chance::new(Some(1)));
        let grant = Grant { home: "a".to_owned(), person: "p".to_owned() };
        let pair = tokens.issue(&mut chance, grant.clone(), 1000, 60);
        assert_eq!(tokens.opens("a", &pair.access, 1059), Some(&grant));
        assert_eq!((tokens.opens("a", &pair.access, 1060), tokens.opens("b", &pair.access, 1000)), (None, None));
        assert_eq!((tokens.refreshes("a", &pair.refresh), tokens.refreshes("b", &pair.refresh)), (Some(grant), None));
        tokens.spend(&pair.refresh);
        assert_eq!(tokens.refreshes("a", &pair.refresh), None);
    }
}
