//! Checks bearer tokens: signed JSON Web Tokens, against the key set of whoever issues them.
//!
//! Written on `ring`, which is here already; the crates for tokens bring a second set of cryptography with them.

mod key;
mod token;

use std::sync::Arc;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use tokio::sync::Mutex;
use url::Url;

use crate::clock::{Clock, Moment};
use crate::error::{Error, Result, Upstream};
use crate::http::{Call, Transport};
use key::Key;
pub(super) use token::Algorithm;
use token::{Claims, Parsed};

const ENDPOINT: &str = "jwks";
/// Far more than a token takes.
const LONGEST: usize = 16 * 1024;
/// How far the issuer's clock and ours may differ, in seconds.
const LEEWAY: i64 = 60;
/// How long a key set is used without asking for it again.
const FRESH: Duration = Duration::from_secs(600);
/// How long it is used when it cannot be had.
const STALE: Duration = Duration::from_secs(24 * 3600);
/// How often it is asked for at most, whatever keys tokens name.
const PAUSE: Duration = Duration::from_secs(30);
/// How long a caller waits for it.
const PATIENCE: Duration = Duration::from_secs(10);
const MOST_KEYS: usize = 100;

/// What a token says of its holder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Holder {
    /// The client that was given the token.
    pub(super) client: String,
    /// Whom the token is about, if it says so.
    pub(super) subject: Option<String>,
    /// What it may do.
    pub(super) authorities: Vec<String>,
    /// What it may do, in OAuth's words.
    pub(super) scopes: Vec<String>,
    /// SHA-256 of the only certificate that the token may be used with, if there is one.
    pub(super) certificate: Option<Vec<u8>>,
}

/// Which tokens are good.
pub(super) struct Policy {
    /// Where the key set is.
    pub(super) url: Url,
    /// Who must have issued a token, if that matters.
    pub(super) issuer: Option<String>,
    /// For whom a token must be, if that matters.
    pub(super) audience: Option<String>,
    /// How it may be signed.
    pub(super) algorithms: &'static [Algorithm],
}

/// Why a caller is not let in.
#[derive(Debug)]
pub(super) enum Refusal {
    /// The token is missing or not good.
    NotGood(&'static str),
    /// Whether it is good cannot be told.
    Untold(Error),
}

/// Checks tokens against one key set.
pub(super) struct Bearers {
    policy: Policy,
    transport: Transport,
    clock: Clock,
    cached: Mutex<Cached>,
}

#[derive(Default)]
struct Cached {
    keys: Arc<[Key]>,
    had: Option<Moment>,
    tried: Option<Moment>,
}

#[derive(Deserialize)]
struct KeySet {
    keys: Vec<serde_json::Value>,
}

impl Bearers {
    pub(super) fn new(policy: Policy, transport: Transport, clock: Clock) -> Self {
        Self { policy, transport, clock, cached: Mutex::default() }
    }

    /// Checks the value of an `Authorization` header.
    pub(super) async fn check(&self, authorization: Option<&str>) -> Result<Holder, Refusal> {
        let value = authorization.ok_or(Refusal::NotGood("there is no token"))?;
        let (scheme, token) = value.split_once(' ').ok_or(Refusal::NotGood("it is not a bearer token"))?;
        if !scheme.eq_ignore_ascii_case("bearer") || token.len() > LONGEST {
            return Err(Refusal::NotGood("it is not a bearer token"));
        }
        let parsed = Parsed::read(token.trim(), self.policy.algorithms)
            .ok_or(Refusal::NotGood("it is not a signed token of a kind in use"))?;
        if !self.is_signed(&parsed).await.map_err(Refusal::Untold)? {
            return Err(Refusal::NotGood("its signature is not good"));
        }
        self.holder(&parsed.claims).map_err(Refusal::NotGood)
    }

    async fn is_signed(&self, parsed: &Parsed<'_>) -> Result<bool> {
        let keys = self.keys(parsed).await?;
        Ok(keys.iter().filter(|key| key.fits(parsed)).any(|key| key.verifies(parsed)))
    }

    /// The key set, which is asked for when it is old or lacks the key that the token names.
    async fn keys(&self, parsed: &Parsed<'_>) -> Result<Arc<[Key]>> {
        // Held while the keys are fetched, so that many callers ask for them once; not while one checks a signature.
        let mut cached = self.cached.lock().await;
        let now = self.clock.now();
        let within = |since: Option<Moment>, span| since.is_some_and(|since| now.since(since) < span);
        let known = cached.keys.iter().any(|key| key.fits(parsed));
        let wanted = !known || !within(cached.had, FRESH);
        if wanted && !within(cached.tried, PAUSE) {
            cached.tried = Some(now);
            match self.fetch().await {
                Ok(keys) => (cached.keys, cached.had) = (keys, Some(self.clock.now())),
                Err(error) => {
                    tracing::warn!(code = error.status().code(), "the key set for callers' tokens could not be had");
                    if !within(cached.had, STALE) {
                        return Err(error);
                    }
                }
            }
        }
        if !within(cached.had, STALE) {
            return Err(Error::Unavailable { upstream: Upstream::unanswered(ENDPOINT) });
        }
        Ok(Arc::clone(&cached.keys))
    }

    async fn fetch(&self) -> Result<Arc<[Key]>> {
        let call =
            Call::get("listener", ENDPOINT, self.policy.url.clone()).deadline(PATIENCE).retry(self.transport.retry());
        let answer = self.transport.send(call.max_bytes(1 << 20)).await?;
        if !answer.status.is_success() {
            return Err(answer.protocol("the key set for callers' tokens was not given"));
        }
        let set: KeySet = answer.json()?;
        // Keys of other kinds may stand beside ours.
        let keys = set.keys.into_iter().take(MOST_KEYS).filter_map(|key| serde_json::from_value(key).ok());
        Ok(keys.filter_map(Key::read).collect())
    }

    fn holder(&self, claims: &Claims) -> Result<Holder, &'static str> {
        let now = self.clock.wall().as_second();
        // Seconds may be written with a fraction; JSON has no number that is none.
        if claims.exp <= (now - LEEWAY) as f64 {
            return Err("it has expired");
        }
        if claims.nbf.is_some_and(|from| from > (now + LEEWAY) as f64) {
            return Err("it is not good yet");
        }
        if self.policy.issuer.is_some() && self.policy.issuer != claims.iss {
            return Err("another issued it");
        }
        if self.policy.audience.as_ref().is_some_and(|audience| !claims.aud.has(audience)) {
            return Err("it is for somebody else");
        }
        let client = claims.client_id.as_ref().or(claims.sub.as_ref()).ok_or("it does not say whose it is")?;
        let bound = claims.cnf.as_ref().and_then(|confirmation| confirmation.certificate.as_ref());
        let certificate = bound.map(|hash| URL_SAFE_NO_PAD.decode(hash).map_err(|_| "it is bound to no certificate"));
        Ok(Holder {
            client: client.clone(),
            subject: claims.sub.clone(),
            authorities: claims.authorities.clone(),
            scopes: claims.scope.words(),
            certificate: certificate.transpose()?,
        })
    }
}
