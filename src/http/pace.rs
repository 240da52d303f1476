//! Spaces calls out, so that no one is called faster than was agreed.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Mutex as Queue;

use crate::clock::{Clock, Moment};

/// How many keys are kept before those that no longer matter are looked for.
const KEPT: usize = 1_024;

/// Lets calls through at a steady rate per key, with a burst after a pause.
///
/// Callers of one key are let through in the order they came; one that gives up takes nothing with it.
/// Cloning gives another view of the same limits.
#[derive(Clone, Debug)]
pub struct Pace(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    clock: Clock,
    /// The time one call takes up.
    interval: Duration,
    /// How far calls may run ahead of the steady rate.
    slack: Duration,
    lanes: Mutex<Lanes>,
}

#[derive(Debug)]
struct Lanes {
    by_key: HashMap<String, Arc<Lane>>,
    sweep_at: usize,
}

/// The calls of one key.
#[derive(Debug, Default)]
struct Lane {
    /// The moment at which the steady rate will have caught up with the calls let through; locked for an instant.
    paid_until: Mutex<Moment>,
    /// Those who wait queue for the lock.
    turn: Queue<()>,
    waiting: AtomicUsize,
}

impl Lane {
    fn paid_until(&self) -> MutexGuard<'_, Moment> {
        self.paid_until.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Somebody who waits, until they are let through or give up.
struct Waiting<'l>(&'l Lane);

impl<'l> Waiting<'l> {
    fn on(lane: &'l Lane) -> Self {
        lane.waiting.fetch_add(1, Ordering::AcqRel);
        Self(lane)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.waiting.fetch_sub(1, Ordering::AcqRel);
    }
}

impl Pace {
    /// Allows `per_second` calls a second for each key, and `burst` (at least 1) at once after a pause.
    ///
    /// A rate outside 0.001 to 1,000,000 is brought into that range.
    #[must_use]
    pub fn new(clock: Clock, per_second: f64, burst: u32) -> Self {
        let per_second = if per_second.is_nan() { 0.0 } else { per_second };
        let interval = Duration::from_secs_f64(1.0 / per_second.clamp(0.001, 1e6));
        let slack = interval.saturating_mul(burst.saturating_sub(1));
        let lanes = Mutex::new(Lanes { by_key: HashMap::new(), sweep_at: KEPT });
        Self(Arc::new(Inner { clock, interval, slack, lanes }))
    }

    /// Waits until another call for `key` is due.
    ///
    /// A caller that stops waiting is as if it had never come.
    pub async fn admit(&self, key: &str) {
        let inner = &self.0;
        let lane = inner.lane(key);
        let _waiting = Waiting::on(&lane);
        let _turn = lane.turn.lock().await;
        let due = *lane.paid_until() - inner.slack;
        if inner.clock.now() < due {
            inner.clock.sleep_until(due).await;
        }
        let mut paid_until = lane.paid_until();
        *paid_until = inner.clock.now().max(*paid_until) + inner.interval;
    }

    /// Lets a call for `key` through, or says how long it would have to wait.
    ///
    /// # Errors
    /// The wait.
    pub fn try_admit(&self, key: &str) -> Result<(), Duration> {
        let inner = &self.0;
        let lane = inner.lane(key);
        // Somebody who waits is before us.
        if lane.waiting.load(Ordering::Acquire) > 0 {
            return Err(inner.interval);
        }
        let mut paid_until = lane.paid_until();
        let (now, due) = (inner.clock.now(), *paid_until - inner.slack);
        if now < due {
            return Err(due.since(now));
        }
        *paid_until = now.max(*paid_until) + inner.interval;
        Ok(())
    }
}

impl Inner {
    fn lane(&self, key: &str) -> Arc<Lane> {
        let mut lanes = self.lanes.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(lane) = lanes.by_key.get(key) {
            return Arc::clone(lane);
        }
        if lanes.by_key.len() >= lanes.sweep_at {
            let now = self.clock.now();
            // A lane that nobody uses and whose rate has caught up is like a new one.
            lanes.by_key.retain(|_, lane| Arc::strong_count(lane) > 1 || *lane.paid_until() > now);
            lanes.sweep_at = KEPT.max(lanes.by_key.len() * 2);
        }
        Arc::clone(lanes.by_key.entry(key.to_owned()).or_default())
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;

    fn pace(per_second: f64, burst: u32) -> (Pace, Clock) {
        let clock = Clock::manual(Timestamp::UNIX_EPOCH);
        (Pace::new(clock.clone(), per_second, burst), clock)
    }

    /// Begins to wait and runs as far as it gets without the clock moving.
    async fn queue(
        pace: &Pace,
        key: &'static str,
        log: &Arc<Mutex<Vec<u32>>>,
        name: u32,
    ) -> tokio::task::JoinHandle<()> {
        let (pace, log) = (pace.clone(), Arc::clone(log));
        let task = tokio::spawn(async move {
            pace.admit(key).await;
            log.lock().unwrap().push(name);
        });
        settle().await;
        task
    }

    async fn settle() {
        for _ in 0..20 {
            tokio::task::yield_now().await;
        }
    }

    #[tokio::test]
    async fn a_burst_passes_at_once_and_the_rest_at_the_rate_in_order() {
        let (pace, clock) = pace(10.0, 3);
        let log = Arc::default();
        for name in 0..6 {
            drop(queue(&pace, "a", &log, name).await);
        }
        assert_eq!(*log.lock().unwrap(), [0, 1, 2]);
        for expected in 3..6 {
            let at = clock.advance_to_next_sleeper().await;
            assert_eq!(at.since(Moment::default()), Duration::from_millis(100 * (u64::from(expected) - 2)));
            settle().await;
            assert_eq!(log.lock().unwrap().last(), Some(&expected));
        }
    }

    #[tokio::test]
    async fn who_does_not_wait_is_told_how_long_it_would_be() {
        let (pace, clock) = pace(2.0, 2);
        assert_eq!([pace.try_admit("a"), pace.try_admit("a"), pace.try_admit("b")], [Ok(()); 3]);
        assert_eq!(pace.try_admit("a"), Err(Duration::from_millis(500)));
        clock.advance(Duration::from_millis(500));
        assert_eq!(pace.try_admit("a"), Ok(()));
        assert!(pace.try_admit("a").is_err());
    }

    #[test]
    fn many_who_come_at_once_are_not_taken_for_some_who_wait() {
        let pace = Pace::new(Clock::system(), 1e6, 1_000_000);
        let refused = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..20_000 {
                        refused.fetch_add(usize::from(pace.try_admit("a").is_err()), Ordering::Relaxed);
                    }
                });
            }
        });
        assert_eq!(refused.into_inner(), 0);
    }

    #[tokio::test]
    async fn keys_do_not_wait_for_each_other() {
        let (pace, _) = pace(1.0, 1);
        pace.admit("a").await;
        pace.admit("b").await;
    }

    #[tokio::test]
    async fn a_caller_that_gives_up_takes_nothing_with_it() {
        let (pace, clock) = pace(1.0, 1);
        let log = Arc::default();
        pace.admit("a").await;
        let first = queue(&pace, "a", &log, 1).await;
        let second = queue(&pace, "a", &log, 2).await;
        drop(queue(&pace, "a", &log, 3).await);
        first.abort();
        second.abort();
        settle().await;
        assert_eq!(clock.advance_to_next_sleeper().await.since(Moment::default()), Duration::from_secs(1));
        settle().await;
        assert_eq!(*log.lock().unwrap(), [3]);
    }

    #[tokio::test]
    async fn keys_that_no_longer_matter_are_forgotten() {
        let (pace, clock) = pace(1.0, 1);
        for key in 0..KEPT {
            pace.admit(&key.to_string()).await;
        }
        clock.advance(Duration::from_secs(2));
        pace.admit("another").await;
        assert_eq!(pace.0.lanes.lock().unwrap().by_key.len(), 1);
    }

    #[test]
    fn an_absurd_rate_is_brought_into_range() {
        for rate in [f64::NAN, f64::INFINITY, -1.0, 0.0, 1e300] {
            assert!(pace(rate, u32::MAX).0.0.interval > Duration::ZERO, "{rate}");
        }
    }
}
