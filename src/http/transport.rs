//! Sends requests and repeats those that may be.

use std::sync::Arc;
use std::time::{Duration, Instant};

use reqwest::header::{AUTHORIZATION, HeaderValue};
use reqwest::{Body, Client, Request, StatusCode};
use url::Position;

use crate::clock::Clock;
use crate::error::{Error, Result, Upstream};
use crate::http::answer::Answer;
use crate::http::breaker::{BreakerState, Breakers, Verdict};
use crate::http::call::{Call, Retry};
use crate::http::clients::Clients;
use crate::http::config::{HttpConfig, Timeouts};
use crate::http::failure::Failure;
use crate::http::stats::{Counters, Record, TransportStats};
use crate::privacy::Wiped;

/// The longest wait between two attempts that was not asked for by the service.
const LONGEST_WAIT: Duration = Duration::from_secs(30);

/// Sends requests to outside services over pooled connections; cloning gives another view of it.
#[derive(Clone, Debug)]
pub struct Transport(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    config: HttpConfig,
    clock: Clock,
    clients: Clients,
    breakers: Breakers,
    counters: Counters,
}

impl Transport {
    /// Sets up the transport; nothing is connected before the first call.
    ///
    /// # Errors
    ///
    /// Names the configuration value that breaks its rule, including certificates that cannot be read.
    pub fn new(config: &HttpConfig, clock: Clock) -> Result<Self> {
        config.validate()?;
        Ok(Self(Arc::new(Inner {
            clients: Clients::new(config)?,
            breakers: Breakers::new(clock.clone(), config.breaker.clone()),
            counters: Counters::default(),
            config: config.clone(),
            clock,
        })))
    }

    /// The clock that waits and pauses go by.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }

    /// The configured time limits.
    #[must_use]
    pub fn timeouts(&self) -> &Timeouts {
        &self.0.config.timeouts
    }

    /// The configured repetition, for calls that may be repeated.
    #[must_use]
    pub fn retry(&self) -> Retry {
        Retry::Idempotent { attempts: self.0.config.retry.max_attempts }
    }

    /// What was done so far.
    #[must_use]
    pub fn stats(&self) -> TransportStats {
        TransportStats { endpoints: self.0.counters.snapshot(), breakers: self.0.breakers.stats() }
    }

    /// The hosts that are being left alone after repeated failures.
    #[must_use]
    pub fn left_alone(&self) -> Vec<String> {
        let stats = self.0.breakers.stats();
        stats.into_iter().filter(|host| host.state != BreakerState::Closed).map(|host| host.origin).collect()
    }

    /// Sends `call` and returns the answer, whatever its status.
    ///
    /// A call that may be repeated is, on lost connections, timeouts and statuses 429, 500, 502, 503
    /// and 504, as long as its deadline leaves room for the wait; otherwise the last answer or failure
    /// is returned at once. Dropping the future closes the connection.
    ///
    /// # Errors
    ///
    /// Fails only when there is no usable answer; [`may_have_been_sent`](crate::http::may_have_been_sent)
    /// tells whether the service may nevertheless have carried the request out.
    pub async fn send(&self, call: Call) -> Result<Answer> {
        let limit = call.deadline.unwrap_or(self.0.config.timeouts.operation());
        self.send_as(None, &call, limit).await
    }

    /// Sends `call` with an `Authorization` header, within `limit` whatever the call says.
    pub(super) async fn send_as(
        &self,
        authorization: Option<&HeaderValue>,
        call: &Call,
        limit: Duration,
    ) -> Result<Answer> {
        let record = self.0.counters.begin(call);
        let result = self.0.attempts(Sending { call, authorization }, limit, &record).await;
        record.finish(&result);
        result
    }
}

/// A call and what is sent with it.
#[derive(Clone, Copy)]
struct Sending<'a> {
    call: &'a Call,
    authorization: Option<&'a HeaderValue>,
}

impl Sending<'_> {
    fn request(self) -> Request {
        let mut request = Request::new(self.call.method.clone(), self.call.url.clone());
        *request.headers_mut() = self.call.headers.clone();
        if let Some(authorization) = self.authorization {
            request.headers_mut().insert(AUTHORIZATION, authorization.clone());
        }
        *request.body_mut() = self.call.body.clone().map(Body::from);
        request
    }
}

impl Inner {
    async fn attempts(&self, sending: Sending<'_>, limit: Duration, record: &Record<'_>) -> Result<Answer> {
        let call = sending.call;
        if !matches!(call.url.scheme(), "http" | "https") || call.url.host().is_none() {
            return Err(Error::internal(format!("the address of {} is not an HTTP address", call.endpoint)));
        }
        let client = self.clients.of(&call.url, call.identity.as_ref())?;
        // Scheme, host and port; the parser leaves a default port out, and addresses with a user name are refused before.
        let origin = &call.url[..Position::BeforePath];
        let most = call.retry.attempts();
        let began = Instant::now();
        let deadline = self.clock.now() + limit;
        let mut busy = self.clock.busy();
        let mut last = None;
        let mut attempt = 1;
        loop {
            let permit = match self.breakers.admit(origin) {
                Ok(permit) => permit,
                Err(pause) => return last.unwrap_or_else(|| Err(circuit_open(call, pause))),
            };
            let left = deadline.since(self.clock.now());
            let outcome = self.attempt(&client, sending, left, began).await;
            permit.settle(verdict(call, &outcome));
            tracing::debug!(
                system = call.system,
                endpoint = call.endpoint,
                attempt,
                status = outcome.as_ref().map(Answer::code).ok(),
                failure = outcome.as_ref().err().map(|failure| failure.error.status().code()),
                elapsed_ms = millis(began.elapsed()),
                "request"
            );
            let wait = wait_before_next(call, &self.config, attempt, &outcome);
            let result = outcome.map_err(|failure| failure.error);
            let left = deadline.since(self.clock.now());
            match wait {
                Some(wait) if attempt < most && wait < left => {
                    // Registered before the guard goes, so that a test's clock cannot miss the sleeper.
                    let sleep = self.clock.sleep(wait);
                    drop(busy);
                    busy = sleep.await;
                }
                _ => return result,
            }
            record.retried();
            last = Some(result);
            attempt += 1;
        }
    }

    /// Sends the request once and reads the whole answer.
    async fn attempt(
        &self,
        client: &Client,
        sending: Sending<'_>,
        left: Duration,
        began: Instant,
    ) -> Result<Answer, Failure> {
        let call = sending.call;
        let limit = call.attempt_timeout.unwrap_or(self.config.timeouts.request()).min(left);
        if limit.is_zero() {
            // Nothing was tried, so nothing was learnt about the host.
            return Err(Failure { verdict: Verdict::Unsettled, ..Failure::late(call, millis(began.elapsed())) });
        }
        match tokio::time::timeout(limit, self.exchange(client, sending)).await {
            Ok(outcome) => outcome,
            Err(_) => Err(Failure::late(call, millis(began.elapsed()))),
        }
    }

    async fn exchange(&self, client: &Client, sending: Sending<'_>) -> Result<Answer, Failure> {
        let call = sending.call;
        let sent_at = self.clock.now();
        let mut response = client.execute(sending.request()).await.map_err(|error| Failure::unanswered(call, error))?;
        let status = response.status();
        let upstream = || Upstream::new(call.endpoint, status.as_u16());
        let limit = call.max_bytes.unwrap_or(self.config.limits.max_response_bytes);
        let announced = response.content_length().unwrap_or(0);
        if announced > limit {
            return Err(Failure::too_large(limit, upstream()));
        }
        // Reserved at once because growing would leave copies behind that are not wiped.
        let mut body = Wiped::from(Vec::with_capacity(usize::try_from(announced).unwrap_or(0)));
        loop {
            match response.chunk().await {
                Ok(None) => break,
                Ok(Some(chunk)) if (body.len() + chunk.len()) as u64 > limit => {
                    return Err(Failure::too_large(limit, upstream()));
                }
                Ok(Some(chunk)) => body.extend_from_slice(&chunk),
                Err(error) => return Err(Failure::cut(&error, upstream())),
            }
        }
        let headers = std::mem::take(response.headers_mut());
        Ok(Answer::new(call.endpoint, status, headers, body, sent_at, self.clock.wall()))
    }
}

fn circuit_open(call: &Call, pause: Duration) -> Error {
    let upstream = Upstream::unanswered(call.endpoint);
    Error::CircuitOpen { host: call.host(), retry_after_ms: millis(pause), upstream }
}

fn verdict(call: &Call, outcome: &Result<Answer, Failure>) -> Verdict {
    match outcome {
        Ok(answer) if answer.code() == 500 && call.faults => Verdict::Alive,
        Ok(answer) if matches!(answer.code(), 500 | 502 | 503 | 504) => Verdict::Failing,
        Ok(_) => Verdict::Alive,
        Err(failure) => failure.verdict,
    }
}

/// How long to wait before trying again, or nothing when trying again is pointless.
///
/// A 408 is not among the passing troubles: services use it for answers about people.
fn wait_before_next(
    call: &Call,
    config: &HttpConfig,
    attempt: u32,
    outcome: &Result<Answer, Failure>,
) -> Option<Duration> {
    let unconnected = matches!(outcome, Err(failure) if matches!(failure.error, Error::Unreachable { .. }));
    if call.retry == Retry::Unconnected && !unconnected {
        return None;
    }
    let asked = match outcome {
        Ok(answer) => {
            let passing = answer.status == StatusCode::TOO_MANY_REQUESTS || verdict(call, outcome) == Verdict::Failing;
            passing.then(|| answer.retry_after())?
        }
        Err(failure) => failure.may_pass.then_some(None)?,
    };
    let first = call.first_wait.unwrap_or(Duration::from_millis(config.retry.first_wait_ms));
    let own = jittered(first.saturating_mul(1 << (attempt - 1).min(16)).min(LONGEST_WAIT));
    Some(own.max(asked.unwrap_or_default()))
}

/// Spreads a wait by 20 % either way, so that callers who failed together do not return together.
fn jittered(wait: Duration) -> Duration {
    // Without randomness the wait is merely not spread.
    let part = getrandom::u32().map_or(0.5, |random| f64::from(random) / f64::from(u32::MAX));
    wait.mul_f64(0.8 + 0.4 * part)
}

fn millis(span: Duration) -> u64 {
    u64::try_from(span.as_millis()).unwrap_or(u64::MAX)
}
