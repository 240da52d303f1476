//! Checks bearer tokens: JSON Web Tokens signed with RS256, against the key set of whoever issues them.
//!
//! Written on `ring`, which is here already; the crates for tokens bring a second set of cryptography with them.

use std::sync::Arc;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::signature::{RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents};
use serde::Deserialize;
use tokio::sync::Mutex;
use url::Url;

use crate::clock::{Clock, Moment};
use crate::error::{Error, Result, Upstream};
use crate::http::{Call, Transport};

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
    /// What it may do.
    pub(super) authorities: Vec<String>,
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
    url: Url,
    issuer: Option<String>,
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

struct Key {
    id: Option<String>,
    modulus: Vec<u8>,
    exponent: Vec<u8>,
}

#[derive(Deserialize)]
struct Header {
    alg: String,
    #[serde(default)]
    kid: Option<String>,
    #[serde(default)]
    crit: Option<serde::de::IgnoredAny>,
}

#[derive(Deserialize)]
struct Claims {
    exp: f64,
    #[serde(default)]
    nbf: Option<f64>,
    #[serde(default)]
    iss: Option<String>,
    #[serde(default)]
    sub: Option<String>,
    #[serde(default)]
    client_id: Option<String>,
    #[serde(default)]
    authorities: Vec<String>,
}

#[derive(Deserialize)]
struct KeySet {
    keys: Vec<serde_json::Value>,
}

#[derive(Deserialize)]
struct PublishedKey {
    kty: String,
    #[serde(default, rename = "use")]
    purpose: Option<String>,
    #[serde(default)]
    alg: Option<String>,
    #[serde(default)]
    kid: Option<String>,
    n: String,
    e: String,
}

impl Bearers {
    pub(super) fn new(url: Url, issuer: Option<String>, transport: Transport, clock: Clock) -> Self {
        Self { url, issuer, transport, clock, cached: Mutex::default() }
    }

    /// Checks the value of an `Authorization` header.
    pub(super) async fn check(&self, authorization: Option<&str>) -> Result<Holder, Refusal> {
        let value = authorization.ok_or(Refusal::NotGood("there is no token"))?;
        let (scheme, token) = value.split_once(' ').ok_or(Refusal::NotGood("it is not a bearer token"))?;
        if !scheme.eq_ignore_ascii_case("bearer") || token.len() > LONGEST {
            return Err(Refusal::NotGood("it is not a bearer token"));
        }
        let parsed = Parsed::read(token.trim()).ok_or(Refusal::NotGood("it is not a signed token of a kind in use"))?;
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
        let call = Call::get("listener", ENDPOINT, self.url.clone()).deadline(PATIENCE).retry(self.transport.retry());
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
        if self.issuer.is_some() && self.issuer != claims.iss {
            return Err("another issued it");
        }
        let client = claims.client_id.as_ref().or(claims.sub.as_ref()).ok_or("it does not say whose it is")?;
        Ok(Holder { client: client.clone(), authorities: claims.authorities.clone() })
    }
}

impl Key {
    fn read(published: PublishedKey) -> Option<Self> {
        let fits = published.kty == "RSA"
            && published.purpose.is_none_or(|purpose| purpose == "sig")
            && published.alg.is_none_or(|alg| alg == "RS256");
        if !fits {
            return None;
        }
        let number = |text: &str| URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).ok();
        Some(Self { id: published.kid, modulus: number(&published.n)?, exponent: number(&published.e)? })
    }

    fn fits(&self, parsed: &Parsed<'_>) -> bool {
        parsed.key_id.is_none() || self.id == parsed.key_id
    }

    fn verifies(&self, parsed: &Parsed<'_>) -> bool {
        let key = RsaPublicKeyComponents { n: self.modulus.as_slice(), e: self.exponent.as_slice() };
        key.verify(&RSA_PKCS1_2048_8192_SHA256, parsed.signed, &parsed.signature).is_ok()
    }
}

/// A token in its parts, of which nothing is believed yet.
struct Parsed<'t> {
    key_id: Option<String>,
    claims: Claims,
    signed: &'t [u8],
    signature: Vec<u8>,
}

impl<'t> Parsed<'t> {
    fn read(token: &'t str) -> Option<Self> {
        let (signed, signature) = token.rsplit_once('.')?;
        let (header, claims) = signed.split_once('.')?;
        let header: Header = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(header).ok()?).ok()?;
        // A token must not choose how it is checked, nor ask for what is not done here.
        if header.alg != "RS256" || header.crit.is_some() {
            return None;
        }
        Some(Self {
            key_id: header.kid,
            claims: serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).ok()?).ok()?,
            signed: signed.as_bytes(),
            signature: URL_SAFE_NO_PAD.decode(signature).ok()?,
        })
    }
}
