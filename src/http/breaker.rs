//! Leaves hosts alone that fail again and again.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::Serialize;

use crate::clock::{Clock, Moment};
use crate::http::config::Breaker;

/// What callers are told to wait while one of them tries whether the host is back.
const WHILE_PROBING: Duration = Duration::from_secs(1);

/// What an attempt says about its host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It works.
    Alive,
    /// It does not.
    Failing,
    /// Nothing either way.
    Unsettled,
}

/// The breaker of one host, for statistics.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct BreakerStats {
    /// Scheme, host and port.
    pub origin: String,
    /// Whether the host is called.
    pub state: BreakerState,
    /// Failures in a row.
    pub failures: u32,
}

/// Whether a host is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum BreakerState {
    /// It is called.
    Closed,
    /// It is left alone.
    Open,
    /// One call is trying whether it is back.
    HalfOpen,
}

#[derive(Clone, Copy, Debug)]
enum State {
    Closed,
    Open { until: Moment },
    Probing,
}

#[derive(Debug)]
struct Host {
    failures: u32,
    state: State,
}

/// One breaker per scheme, host and port; only hosts that failed lately take room.
#[derive(Debug)]
pub(super) struct Breakers {
    clock: Clock,
    limits: Breaker,
    hosts: Mutex<BTreeMap<String, Host>>,
    /// How many they are, as of when the lock was last given back: mostly none, which then needs no lock to be known.
    troubled: AtomicUsize,
}

impl Breakers {
    pub(super) fn new(clock: Clock, limits: Breaker) -> Self {
        Self { clock, limits, hosts: Mutex::default(), troubled: AtomicUsize::new(0) }
    }

    /// Lets an attempt through, or says how long the host is left alone.
    pub(super) fn admit<'a>(&'a self, origin: &'a str) -> Result<Permit<'a>, Duration> {
        let mut probe = false;
        if self.is_any_troubled()
            && let Some(host) = self.locked().get_mut(origin)
        {
            let now = self.clock.now();
            match host.state {
                State::Closed => {}
                State::Probing => return Err(WHILE_PROBING),
                State::Open { until } if now < until => return Err(until.since(now)),
                State::Open { .. } => {
                    host.state = State::Probing;
                    probe = true;
                }
            }
        }
        Ok(Permit { breakers: self, origin, probe, verdict: Verdict::Unsettled })
    }

    pub(super) fn stats(&self) -> Vec<BreakerStats> {
        let stats = |(origin, host): (&String, &Host)| BreakerStats {
            origin: origin.clone(),
            failures: host.failures,
            state: match host.state {
                State::Closed => BreakerState::Closed,
                State::Open { .. } => BreakerState::Open,
                State::Probing => BreakerState::HalfOpen,
            },
        };
        if self.is_any_troubled() { self.locked().iter().map(stats).collect() } else { Vec::new() }
    }

    fn settle(&self, origin: &str, verdict: Verdict, probe: bool) {
        if verdict != Verdict::Failing && !self.is_any_troubled() {
            return;
        }
        let now = self.clock.now();
        let mut hosts = self.locked();
        match verdict {
            Verdict::Alive => {
                hosts.remove(origin);
            }
            Verdict::Unsettled => {
                if probe && let Some(host) = hosts.get_mut(origin) {
                    // The probe went away without a result: whoever comes next is the probe.
                    host.state = State::Open { until: now };
                }
            }
            Verdict::Failing => {
                let host = hosts.entry(origin.to_owned()).or_insert(Host { failures: 0, state: State::Closed });
                host.failures = host.failures.saturating_add(1);
                // Attempts that began before the breaker opened must not prolong the pause.
                let counts = probe || matches!(host.state, State::Closed);
                if counts && host.failures >= self.limits.failures {
                    host.state = State::Open { until: now + Duration::from_millis(self.limits.cool_down_ms) };
                    tracing::warn!(origin, failures = host.failures, "the host keeps failing and is left alone");
                }
            }
        }
        self.troubled.store(hosts.len(), Ordering::Release);
    }

    fn is_any_troubled(&self) -> bool {
        self.troubled.load(Ordering::Acquire) > 0
    }

    fn locked(&self) -> MutexGuard<'_, BTreeMap<String, Host>> {
        self.hosts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The right to make one attempt; reports when dropped, so that a cancelled probe frees its place.
#[derive(Debug)]
pub(super) struct Permit<'a> {
    breakers: &'a Breakers,
    origin: &'a str,
    probe: bool,
    verdict: Verdict,
}

impl Permit<'_> {
    pub(super) fn settle(mut self, verdict: Verdict) {
        self.verdict = verdict;
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        self.breakers.settle(self.origin, self.verdict, self.probe);
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;

    const HOST: &str = "https://h";

    fn breakers() -> (Breakers, Clock) {
        let clock = Clock::manual(Timestamp::UNIX_EPOCH);
        (Breakers::new(clock.clone(), Breaker { failures: 2, cool_down_ms: 30_000 }), clock)
    }

    fn fail(breakers: &Breakers) {
        breakers.admit(HOST).unwrap().settle(Verdict::Failing);
    }

    #[test]
    fn a_host_that_fails_in_a_row_is_left_alone_for_the_cool_down() {
        let (breakers, clock) = breakers();
        fail(&breakers);
        fail(&breakers);
        clock.advance(Duration::from_secs(10));
        assert_eq!(breakers.admit(HOST).unwrap_err(), Duration::from_secs(20));
        assert!(breakers.admit("https://other").is_ok());
        assert_eq!(breakers.stats()[0].state, BreakerState::Open);
    }

    #[test]
    fn an_answer_between_failures_starts_the_count_again() {
        let (breakers, _) = breakers();
        fail(&breakers);
        breakers.admit(HOST).unwrap().settle(Verdict::Alive);
        fail(&breakers);
        assert!(breakers.admit(HOST).is_ok());
    }

    #[test]
    fn after_the_cool_down_one_probe_decides() {
        let (breakers, clock) = breakers();
        fail(&breakers);
        fail(&breakers);
        clock.advance(Duration::from_secs(30));
        let probe = breakers.admit(HOST).unwrap();
        assert!(breakers.admit(HOST).is_err(), "only one probe at a time");
        assert_eq!(breakers.stats()[0].state, BreakerState::HalfOpen);
        probe.settle(Verdict::Failing);
        assert_eq!(breakers.admit(HOST).unwrap_err(), Duration::from_secs(30));
        clock.advance(Duration::from_secs(30));
        breakers.admit(HOST).unwrap().settle(Verdict::Alive);
        assert!(breakers.stats().is_empty());
    }

    #[test]
    fn a_cancelled_probe_leaves_its_place_to_the_next() {
        let (breakers, clock) = breakers();
        fail(&breakers);
        fail(&breakers);
        clock.advance(Duration::from_secs(30));
        drop(breakers.admit(HOST).unwrap());
        assert!(breakers.admit(HOST).is_ok());
    }

    #[test]
    fn a_late_failure_does_not_prolong_the_pause() {
        let (breakers, clock) = breakers();
        let late = breakers.admit(HOST).unwrap();
        fail(&breakers);
        fail(&breakers);
        clock.advance(Duration::from_secs(29));
        late.settle(Verdict::Failing);
        assert_eq!(breakers.admit(HOST).unwrap_err(), Duration::from_secs(1));
    }
}
