//! Keeps access tokens: fetched once for all callers, renewed ahead of time, replaced when refused.

use std::collections::HashMap;
use std::fmt;
use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::{BoxFuture, Shared, WeakShared};
use reqwest::StatusCode;
use reqwest::header::HeaderValue;
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;
use url::Url;

use crate::clock::{Clock, Moment};
use crate::error::{Error, Result, Upstream};
use crate::http::answer::Answer;
use crate::http::call::{Call, Retry};
use crate::http::cause::retell;
use crate::http::grant;
use crate::http::identity::Identity;
use crate::http::transport::Transport;

/// The name that errors and statistics give the endpoint of a token service.
pub const ENDPOINT: &str = "token";

/// How often a token service is asked before it counts as out of order, and the first wait between.
const ATTEMPTS: u32 = 3;
const FIRST_WAIT: Duration = Duration::from_secs(1);
/// How long a refused credential is not tried again.
const REFUSAL_KEPT: Duration = Duration::from_secs(60);
/// A token is renewed when less than this, and less than a tenth of its life, is left.
const RENEWED_BEFORE: Duration = Duration::from_secs(300);
/// The same where the credential is presented in a header: less than this.
const BASIC_RENEWED_BEFORE: Duration = Duration::from_secs(60);
/// How long a caller with a token that still works waits for a new one.
const RENEWAL_PATIENCE: Duration = Duration::from_secs(5);
/// How long renewal rests after it was tried.
const RENEWAL_REST: Duration = Duration::from_secs(30);

/// A credential for OAuth's client-credentials grant, and where it is good.
#[derive(Clone, Debug)]
pub struct ClientCredentials {
    /// The profile it belongs to, for error texts.
    pub profile: String,
    /// The address of the token endpoint.
    pub token_url: Url,
    /// The client id.
    pub client_id: String,
    /// The client secret.
    pub client_secret: SecretString,
    /// What the token is for.
    pub audience: Audience,
    /// How the credential is presented.
    pub style: Style,
    /// The certificate to show the token service, which may bind the token to it.
    pub identity: Option<Identity>,
}

/// What a token is for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Audience {
    /// A resource, as version 1 of Microsoft's endpoint asks for.
    Resource(String),
    /// A scope.
    Scope(String),
    /// Whatever the client id is registered for.
    None,
}

/// How a credential is presented to the token service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Client id and secret are form fields of the body.
    InBody,
    /// Client id and secret are in the `Authorization` header, `grant_type` is in the query and the body
    /// is empty.
    Basic,
}

/// What was done about tokens so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TokenStats {
    /// Uses of a token that was at hand.
    pub hits: u64,
    /// Tokens asked for because there was none.
    pub fetches: u64,
    /// Tokens asked for because the one at hand was about to expire.
    pub refreshes: u64,
    /// Calls refused without asking, because the credential was refused a moment ago.
    pub negative_hits: u64,
}

/// Sends calls with the access token they need; cloning gives another view of the same tokens.
#[derive(Clone)]
pub struct Tokens(Arc<Inner>);

struct Inner {
    transport: Transport,
    clock: Clock,
    hasher: RandomState,
    slots: Mutex<Slots>,
    serial: AtomicU64,
    counts: Counts,
}

#[derive(Default)]
struct Counts {
    hits: AtomicU64,
    fetches: AtomicU64,
    refreshes: AtomicU64,
    negative_hits: AtomicU64,
}

/// Slots by client id, each with its own address and audience; finding one copies nothing.
#[derive(Default)]
struct Slots(HashMap<String, Vec<Slot>>);

impl Slots {
    fn of(&mut self, credentials: &ClientCredentials) -> Option<&mut Slot> {
        let slots = self.0.get_mut(&credentials.client_id)?;
        slots.iter_mut().find(|slot| slot.token_url == credentials.token_url && slot.audience == credentials.audience)
    }

    fn add(&mut self, client_id: &str, slot: Slot) {
        self.0.entry(client_id.to_owned()).or_default().push(slot);
    }
}

/// What is known for one client id, address and audience.
struct Slot {
    token_url: Url,
    audience: Audience,
    /// Tells apart what followed each other in one place.
    serial: u64,
    /// A keyed hash of secret and certificate, by which a change is noticed.
    secret: u64,
    token: Option<Arc<Token>>,
    refused: Option<(Moment, Arc<Error>)>,
    flight: Option<(WeakFlight, Purpose)>,
    renewal_rests_until: Moment,
}

struct Token {
    authorization: HeaderValue,
    lifetime: Duration,
    expires: Moment,
}

impl Token {
    fn is_valid(&self, now: Moment) -> bool {
        now < self.expires
    }

    fn is_due(&self, now: Moment, style: Style) -> bool {
        let before = match style {
            Style::InBody => RENEWED_BEFORE.min(self.lifetime / 10),
            Style::Basic => BASIC_RENEWED_BEFORE.min(self.lifetime / 2),
        };
        self.expires.since(now) < before
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Purpose {
    /// There is no token.
    First,
    /// There is one that still works.
    Renewal,
}

type Outcome = std::result::Result<Arc<Token>, Arc<Error>>;
/// One request for a token. It runs while anybody waits for it, whoever began it.
type Flight = Shared<BoxFuture<'static, Outcome>>;
type WeakFlight = WeakShared<BoxFuture<'static, Outcome>>;

/// What a caller does to get a token.
enum Plan {
    Use(Arc<Token>),
    Await { flight: Flight, purpose: Purpose, meanwhile: Option<Arc<Token>> },
}

impl Tokens {
    /// Sets up an empty store of tokens that asks through `transport`.
    #[must_use]
    pub fn new(transport: Transport, clock: Clock) -> Self {
        Self(Arc::new(Inner {
            transport,
            clock,
            hasher: RandomState::new(),
            slots: Mutex::default(),
            serial: AtomicU64::new(0),
            counts: Counts::default(),
        }))
    }

    /// What was done so far.
    #[must_use]
    pub fn stats(&self) -> TokenStats {
        let counts = &self.0.counts;
        TokenStats {
            hits: counts.hits.load(Ordering::Relaxed),
            fetches: counts.fetches.load(Ordering::Relaxed),
            refreshes: counts.refreshes.load(Ordering::Relaxed),
            negative_hits: counts.negative_hits.load(Ordering::Relaxed),
        }
    }

    /// Sends `call` with a token for `credentials`; the call's deadline covers getting the token.
    ///
    /// When the service answers 401, the token is replaced and the call sent once more, whatever its
    /// retry policy: a 401 means that nothing was done.
    ///
    /// # Errors
    ///
    /// Those of [`Transport::send`] and of the token service (whose `upstream.endpoint` is
    /// [`ENDPOINT`]), and [`Error::AuthRejected`] for a second 401.
    pub async fn send(&self, credentials: &ClientCredentials, call: Call) -> Result<Answer> {
        let inner = &self.0;
        let deadline = inner.clock.now() + call.deadline.unwrap_or(inner.transport.timeouts().operation());
        let token = inner.token(credentials, deadline).await?;
        let answer = inner.send(credentials, &call, &token, deadline).await?;
        if answer.status != StatusCode::UNAUTHORIZED {
            return Ok(answer);
        }
        tracing::debug!(endpoint = call.endpoint, profile = credentials.profile, "the token was refused");
        inner.evict(credentials, &token);
        let fresh = inner.token(credentials, deadline).await?;
        let answer = inner.send(credentials, &call, &fresh, deadline).await?;
        if answer.status != StatusCode::UNAUTHORIZED {
            return Ok(answer);
        }
        Err(Error::AuthRejected { profile: credentials.profile.clone(), upstream: answer.upstream() })
    }
}

impl Inner {
    async fn send(
        &self,
        credentials: &ClientCredentials,
        call: &Call,
        token: &Token,
        deadline: Moment,
    ) -> Result<Answer> {
        let left = deadline.since(self.clock.now());
        if left.is_zero() {
            return Err(late(credentials, Duration::ZERO));
        }
        self.transport.send_as(Some(&token.authorization), call, left).await
    }

    async fn token(self: &Arc<Self>, credentials: &ClientCredentials, deadline: Moment) -> Result<Arc<Token>> {
        loop {
            let (flight, purpose, meanwhile) = match self.plan(credentials)? {
                Plan::Use(token) => return Ok(token),
                Plan::Await { flight, purpose, meanwhile } => (flight, purpose, meanwhile),
            };
            let left = deadline.since(self.clock.now());
            let patience = if meanwhile.is_some() { RENEWAL_PATIENCE.min(left / 2) } else { left };
            let outcome = tokio::time::timeout(patience, flight).await;
            let failed = match outcome {
                Ok(Ok(token)) => return Ok(token),
                Ok(Err(error)) => Some(error),
                Err(_) => None,
            };
            let passing = failed.as_ref().is_none_or(|error| error.status().retriable());
            if let Some(token) = meanwhile.filter(|token| passing && token.is_valid(self.clock.now())) {
                return Ok(token);
            }
            match failed {
                // It was tried only once, for others who still had a token.
                Some(_) if passing && purpose == Purpose::Renewal => {}
                Some(error) => return Err(retell(&error)),
                None => return Err(late(credentials, patience)),
            }
        }
    }

    /// Decides from what is known how to get a token, and starts asking where nobody has.
    fn plan(self: &Arc<Self>, credentials: &ClientCredentials) -> Result<Plan> {
        let now = self.clock.now();
        let certificate = credentials.identity.as_ref().map(Identity::fingerprint);
        let secret = self.hasher.hash_one((credentials.client_secret.expose_secret(), certificate));
        let mut slots = self.locked();
        if slots.of(credentials).is_none() {
            slots.add(&credentials.client_id, self.slot(credentials, secret));
        }
        let slot = slots.of(credentials).ok_or_else(|| Error::internal("a slot for a token is missing"))?;
        if slot.secret != secret {
            *slot = self.slot(credentials, secret);
        }
        if let Some(token) = slot.token.as_ref().filter(|token| token.is_valid(now)) {
            // While one caller renews the token, the others go on with the one there is.
            if !token.is_due(now, credentials.style) || now < slot.renewal_rests_until {
                count(&self.counts.hits);
                return Ok(Plan::Use(Arc::clone(token)));
            }
            let meanwhile = Some(Arc::clone(token));
            slot.renewal_rests_until = now + RENEWAL_REST;
            count(&self.counts.refreshes);
            let flight = self.start(credentials, slot, Purpose::Renewal);
            return Ok(Plan::Await { flight, purpose: Purpose::Renewal, meanwhile });
        }
        if let Some((since, error)) = &slot.refused
            && now.since(*since) < REFUSAL_KEPT
        {
            count(&self.counts.negative_hits);
            return Err(retell(error));
        }
        if let Some((flight, purpose)) = &slot.flight
            && let Some(flight) = flight.upgrade()
        {
            return Ok(Plan::Await { flight, purpose: *purpose, meanwhile: None });
        }
        count(&self.counts.fetches);
        let flight = self.start(credentials, slot, Purpose::First);
        Ok(Plan::Await { flight, purpose: Purpose::First, meanwhile: None })
    }

    fn start(self: &Arc<Self>, credentials: &ClientCredentials, slot: &mut Slot, purpose: Purpose) -> Flight {
        let (inner, credentials, serial) = (Arc::clone(self), credentials.clone(), slot.serial);
        let flight = async move {
            let outcome = inner.fetch(&credentials, purpose).await.map(Arc::new).map_err(Arc::new);
            inner.keep(&credentials, serial, &outcome);
            outcome
        }
        .boxed()
        .shared();
        slot.flight = flight.downgrade().map(|weak| (weak, purpose));
        flight
    }

    async fn fetch(&self, credentials: &ClientCredentials, purpose: Purpose) -> Result<Token> {
        let timeouts = self.transport.timeouts();
        let call = grant::request(credentials)?;
        let call = match purpose {
            Purpose::First => call
                .retry(Retry::Idempotent { attempts: ATTEMPTS })
                .first_wait(FIRST_WAIT)
                .attempt_timeout(timeouts.request())
                .deadline(timeouts.operation()),
            Purpose::Renewal => call.deadline(RENEWAL_PATIENCE),
        };
        let answer = self.transport.send(call).await?;
        let granted = grant::read(credentials, &answer, &self.clock)?;
        tracing::debug!(profile = credentials.profile, lifetime_s = granted.lifetime.as_secs(), "a token was issued");
        // Counted from sending: the service counts from some moment after that.
        let expires = answer.sent_at + granted.lifetime;
        Ok(Token { authorization: granted.authorization, lifetime: granted.lifetime, expires })
    }

    /// Remembers what came of a flight, unless the credential has changed since.
    fn keep(&self, credentials: &ClientCredentials, serial: u64, outcome: &Outcome) {
        let mut slots = self.locked();
        let Some(slot) = slots.of(credentials).filter(|slot| slot.serial == serial) else { return };
        slot.flight = None;
        slot.refused = None;
        match outcome {
            Ok(token) => {
                slot.token = Some(Arc::clone(token));
                slot.renewal_rests_until = Moment::default();
            }
            Err(error) if matches!(**error, Error::BadCredential { .. }) => {
                slot.refused = Some((self.clock.now(), Arc::clone(error)));
            }
            Err(_) => {}
        }
    }

    /// Forgets `token`, unless another has taken its place.
    fn evict(&self, credentials: &ClientCredentials, token: &Arc<Token>) {
        if let Some(slot) = self.locked().of(credentials)
            && slot.token.as_ref().is_some_and(|cached| Arc::ptr_eq(cached, token))
        {
            slot.token = None;
        }
    }

    fn slot(&self, credentials: &ClientCredentials, secret: u64) -> Slot {
        Slot {
            token_url: credentials.token_url.clone(),
            audience: credentials.audience.clone(),
            serial: self.serial.fetch_add(1, Ordering::Relaxed),
            secret,
            token: None,
            refused: None,
            flight: None,
            renewal_rests_until: Moment::default(),
        }
    }

    fn locked(&self) -> MutexGuard<'_, Slots> {
        self.slots.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn count(counter: &AtomicU64) {
    counter.fetch_add(1, Ordering::Relaxed);
}

fn late(credentials: &ClientCredentials, waited: Duration) -> Error {
    Error::DeadlineExceeded {
        host: credentials.token_url.host_str().unwrap_or_default().to_owned(),
        waited_ms: u64::try_from(waited.as_millis()).unwrap_or(u64::MAX),
        upstream: Upstream::unanswered(ENDPOINT),
    }
}

/// Shows no tokens.
impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tokens").field("stats", &self.stats()).finish_non_exhaustive()
    }
}
