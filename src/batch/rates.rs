//! How fast the rows of each profile are begun: at a ceiling, and slower for as long as the service asks for it.
//!
//! When a service says that it is busy, the rate is halved, at most once a second, and then comes back step by step. All
//! batches of a plugin share the rate of a profile, so that two batches do not ask for twice as much.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::clock::{Clock, Moment};

/// The least time between two halvings: calls already under way will be refused as well.
const ONCE: Duration = Duration::from_secs(1);
/// The slowest rate, in calls a second.
const LEAST: f64 = 0.2;
/// By which part of the rate at the first refusal the rate grows each second.
const STEP: f64 = 0.05;
/// How often that rate must be reached again before the service is taken to keep up.
const FREE: f64 = 2.0;

/// The rates of all profiles.
pub(super) struct Rates {
    clock: Clock,
    by_profile: Mutex<HashMap<String, Arc<Rate>>>,
}

impl Rates {
    pub(super) fn new(clock: Clock) -> Self {
        Self { clock, by_profile: Mutex::default() }
    }

    /// The rate of a profile.
    pub(super) fn of(&self, profile: &str) -> Arc<Rate> {
        let mut rates = self.by_profile.lock().unwrap_or_else(PoisonError::into_inner);
        if rates.len() > 1_024 && !rates.contains_key(profile) {
            // A rate that nobody uses and that is not held back is like a new one.
            rates.retain(|_, rate| Arc::strong_count(rate) > 1 || rate.held_back().is_some());
        }
        let new = || Arc::new(Rate { clock: self.clock.clone(), state: Mutex::default() });
        Arc::clone(rates.entry(profile.to_owned()).or_insert_with(new))
    }
}

/// The rate of a profile.
pub(super) struct Rate {
    clock: Clock,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// When the next call is due; `None` before the first.
    next: Option<Moment>,
    /// Until when nobody is called, because the service said so.
    closed_until: Option<Moment>,
    held: Option<Held>,
    /// Calls begun since `counted_from`, and how many a second there were before.
    count: u32,
    counted_from: Option<Moment>,
    measured: f64,
}

/// A rate that is held back.
#[derive(Clone, Copy)]
struct Held {
    /// Calls a second.
    rate: f64,
    /// What it was when the service first refused.
    first: f64,
    halved_at: Moment,
    grown_at: Moment,
}

impl Rate {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until another call is due, at no more than `ceiling` calls a second.
    pub(super) async fn admit(&self, ceiling: Option<f64>) {
        let mut due = self.state().reserve(self.clock.now(), ceiling);
        loop {
            if due > self.clock.now() {
                self.clock.sleep_until(due).await;
            }
            // The service may have asked for a pause since the place was given.
            match self.state().closed_until {
                Some(until) if until > self.clock.now() => due = until,
                _ => return,
            }
        }
    }

    /// Slows down because the service refused a call, and calls nobody for as long as it asks.
    pub(super) fn hold_back(&self, pause: Option<Duration>, in_flight: u64) {
        self.state().hold_back(self.clock.now(), pause, in_flight);
    }

    /// To how many calls a second it is held back, if it is.
    pub(super) fn held_back(&self) -> Option<f64> {
        self.state().current(self.clock.now())
    }
}

impl State {
    /// Gives the next place.
    fn reserve(&mut self, now: Moment, ceiling: Option<f64>) -> Moment {
        let from = *self.counted_from.get_or_insert(now);
        if now.since(from) >= ONCE {
            self.measured = f64::from(self.count) / now.since(from).as_secs_f64();
            (self.count, self.counted_from) = (0, Some(now));
        }
        self.count = self.count.saturating_add(1);
        let rate = match (self.current(now), ceiling) {
            (Some(held), Some(ceiling)) => Some(held.min(ceiling)),
            (held, ceiling) => held.or(ceiling),
        };
        let Some(rate) = rate else { return now };
        let due = self.next.map_or(now, |next| next.max(now));
        self.next = Some(due + Duration::from_secs_f64(1.0 / rate.max(0.001)));
        due
    }

    fn hold_back(&mut self, now: Moment, pause: Option<Duration>, in_flight: u64) {
        if let Some(pause) = pause {
            let until = now + pause.min(Duration::from_secs(3600));
            self.closed_until = Some(self.closed_until.map_or(until, |other| other.max(until)));
        }
        let current = self.current(now);
        if self.held.is_some_and(|held| now.since(held.halved_at) < ONCE) {
            return;
        }
        // At the beginning nothing has been measured yet.
        let first = self.measured.max(f64::from(self.count)).max(in_flight as f64).max(1.0);
        let first = self.held.map_or(first, |held| held.first);
        let rate = (current.unwrap_or(first) / 2.0).max(LEAST);
        self.held = Some(Held { rate, first, halved_at: now, grown_at: now });
        // Places given away at the faster rate do not count.
        self.next = None;
    }

    /// The rate that it is held back to now.
    fn current(&mut self, now: Moment) -> Option<f64> {
        let held = self.held.as_mut()?;
        let grown = now.since(held.grown_at).as_secs_f64();
        held.rate += grown * (held.first * STEP).max(0.1);
        held.grown_at = now;
        if held.rate >= held.first * FREE {
            self.held = None;
            return None;
        }
        Some(held.rate)
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;

    fn rate() -> (Rate, Clock) {
        let clock = Clock::manual(Timestamp::UNIX_EPOCH);
        (Rate { clock: clock.clone(), state: Mutex::default() }, clock)
    }

    #[test]
    fn calls_keep_to_the_ceiling() {
        let (rate, clock) = rate();
        let begun = clock.now();
        let mut last = begun;
        for _ in 0..11 {
            last = rate.state().reserve(clock.now(), Some(10.0));
        }
        assert_eq!(last.since(begun).as_millis(), 1_000);
        assert_eq!(rate.held_back(), None);
        assert_eq!(rate.state().reserve(clock.now(), None), begun);
    }

    #[test]
    fn a_refusal_halves_the_rate_once_a_second_and_it_comes_back_slowly() {
        let (rate, clock) = rate();
        for _ in 0..100 {
            rate.state().reserve(clock.now(), None);
        }
        rate.hold_back(None, 0);
        rate.hold_back(None, 0);
        assert_eq!(rate.held_back(), Some(50.0));
        clock.advance(Duration::from_secs(1));
        rate.hold_back(None, 0);
        assert_eq!(rate.held_back(), Some(27.5));
        clock.advance(Duration::from_secs(10));
        assert!((rate.held_back().unwrap() - 77.5).abs() < 0.01);
        clock.advance(Duration::from_secs(60));
        assert_eq!(rate.held_back(), None);
    }

    #[tokio::test]
    async fn a_pause_that_the_service_asks_for_is_kept_by_all() {
        let (rate, clock) = rate();
        let begun = clock.now();
        rate.hold_back(Some(Duration::from_secs(7)), 1);
        let waiting = tokio::spawn(async move { rate.admit(None).await });
        assert_eq!(clock.advance_to_next_sleeper().await.since(begun).as_secs(), 7);
        waiting.await.unwrap();
    }

    #[test]
    fn the_rate_never_falls_to_nothing() {
        let (rate, clock) = rate();
        for _ in 0..20 {
            rate.hold_back(None, 1);
            clock.advance(ONCE);
        }
        assert!(rate.held_back().unwrap() >= LEAST);
    }

    #[test]
    fn profiles_have_rates_of_their_own() {
        let rates = Rates::new(Clock::system());
        assert!(Arc::ptr_eq(&rates.of("a"), &rates.of("a")));
        assert!(!Arc::ptr_eq(&rates.of("a"), &rates.of("b")));
    }
}
