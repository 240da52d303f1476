//! Time as the library sees it: monotonic moments for intervals and deadlines, the wall clock only to
//! interpret what a service says, and a clock that tests move by hand.

use std::collections::BTreeMap;
use std::ops::{Add, Sub};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use tokio::sync::{Notify, oneshot};

/// A point on a clock's monotonic scale, counted from the clock's own start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Moment(Duration);

impl Moment {
    /// How long `self` lies after `earlier`; zero when it does not.
    #[must_use]
    pub fn since(self, earlier: Self) -> Duration {
        self.0.saturating_sub(earlier.0)
    }
}

impl Add<Duration> for Moment {
    type Output = Self;
    fn add(self, span: Duration) -> Self {
        Self(self.0.saturating_add(span))
    }
}

impl Sub<Duration> for Moment {
    type Output = Self;
    fn sub(self, span: Duration) -> Self {
        Self(self.0.saturating_sub(span))
    }
}

/// Tells the time and sleeps; cloning gives another view of the same clock.
#[derive(Clone, Debug)]
pub struct Clock(Kind);

#[derive(Clone, Debug)]
enum Kind {
    System(Instant),
    Manual(Arc<Manual>),
}

impl Clock {
    /// The machine's clock.
    #[must_use]
    pub fn system() -> Self {
        Self(Kind::System(Instant::now()))
    }

    /// A clock that stands at `wall` until [`Clock::advance`] moves it.
    #[must_use]
    pub fn manual(wall: Timestamp) -> Self {
        Self(Kind::Manual(Arc::new(Manual { wall, ..Manual::default() })))
    }

    /// The present moment.
    #[must_use]
    pub fn now(&self) -> Moment {
        match &self.0 {
            Kind::System(start) => Moment(start.elapsed()),
            Kind::Manual(manual) => manual.locked().now,
        }
    }

    /// The present time of day, which people and services may set wrong.
    #[must_use]
    pub fn wall(&self) -> Timestamp {
        match &self.0 {
            Kind::System(_) => Timestamp::now(),
            Kind::Manual(manual) => {
                let since = manual.locked().now.since(Moment::default());
                manual
                    .wall
                    .checked_add(jiff::SignedDuration::try_from(since).unwrap_or_default())
                    .unwrap_or(manual.wall)
            }
        }
    }

    /// Sleeps for `span`; see [`Clock::sleep_until`].
    pub fn sleep(&self, span: Duration) -> impl Future<Output = Busy> + Send + use<> {
        self.sleep_until(self.now() + span)
    }

    /// Sleeps until `moment`; returns at once when it has passed.
    ///
    /// On a manual clock the sleeper is registered when this is first called, before the future is
    /// awaited, so that a test sees it as soon as the caller drops its [`Busy`] guard. Whoever wakes gets
    /// such a guard, to be kept for as long as the clock must not move on without them.
    pub fn sleep_until(&self, moment: Moment) -> impl Future<Output = Busy> + Send + use<> {
        let sleeper = match &self.0 {
            Kind::System(start) => Sleeper::System(tokio::time::Instant::from_std(*start + moment.0)),
            Kind::Manual(manual) => match manual.register(moment) {
                Some(entry) => Sleeper::Manual(entry),
                None => Sleeper::Passed(self.busy()),
            },
        };
        async move {
            match sleeper {
                Sleeper::System(instant) => {
                    tokio::time::sleep_until(instant).await;
                    Busy(None)
                }
                Sleeper::Passed(busy) => busy,
                // The sender lives as long as the sleeper is registered; either end means "wake".
                Sleeper::Manual(mut entry) => (&mut entry.woken).await.unwrap_or(Busy(None)),
            }
        }
    }

    /// Marks the caller as working, so that a manual clock is not moved under it.
    #[must_use]
    pub fn busy(&self) -> Busy {
        match &self.0 {
            Kind::System(_) => Busy(None),
            Kind::Manual(manual) => manual.busy(),
        }
    }

    /// Moves a manual clock on by `span` and wakes whoever slept until then; a system clock ignores it.
    pub fn advance(&self, span: Duration) {
        if let Kind::Manual(manual) = &self.0 {
            let target = manual.locked().now + span;
            manual.advance_to(target);
        }
    }

    /// Waits until nobody is busy and somebody sleeps, and answers with the moment the first of them
    /// sleeps until. On a system clock this never returns.
    pub async fn next_sleeper(&self) -> Moment {
        let Kind::Manual(manual) = &self.0 else { return std::future::pending().await };
        loop {
            let changed = manual.changed.notified();
            let next = {
                let state = manual.locked();
                if state.busy == 0 { state.sleepers.keys().next().map(|(moment, _)| *moment) } else { None }
            };
            if let Some(moment) = next {
                return moment;
            }
            changed.await;
        }
    }

    /// Moves a manual clock to the moment of [`Clock::next_sleeper`] and returns it.
    pub async fn advance_to_next_sleeper(&self) -> Moment {
        let moment = self.next_sleeper().await;
        self.advance(moment.since(self.now()));
        moment
    }
}

enum Sleeper {
    System(tokio::time::Instant),
    Passed(Busy),
    Manual(Registered),
}

/// Held while work is in flight; see [`Clock::busy`].
#[derive(Debug)]
pub struct Busy(Option<Arc<Manual>>);

impl Drop for Busy {
    fn drop(&mut self) {
        if let Some(manual) = &self.0 {
            manual.locked().busy -= 1;
            manual.changed.notify_waiters();
        }
    }
}

#[derive(Debug, Default)]
struct Manual {
    wall: Timestamp,
    state: Mutex<ManualState>,
    changed: Notify,
}

#[derive(Debug, Default)]
struct ManualState {
    now: Moment,
    busy: usize,
    serial: u64,
    sleepers: BTreeMap<(Moment, u64), oneshot::Sender<Busy>>,
}

struct Registered {
    manual: Arc<Manual>,
    key: (Moment, u64),
    woken: oneshot::Receiver<Busy>,
}

impl Drop for Registered {
    fn drop(&mut self) {
        self.manual.locked().sleepers.remove(&self.key);
    }
}

impl Manual {
    fn locked(&self) -> std::sync::MutexGuard<'_, ManualState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn busy(self: &Arc<Self>) -> Busy {
        self.locked().busy += 1;
        Busy(Some(Arc::clone(self)))
    }

    fn register(self: &Arc<Self>, moment: Moment) -> Option<Registered> {
        let mut state = self.locked();
        if moment <= state.now {
            return None;
        }
        state.serial += 1;
        let key = (moment, state.serial);
        let (waker, woken) = oneshot::channel();
        state.sleepers.insert(key, waker);
        drop(state);
        self.changed.notify_waiters();
        Some(Registered { manual: Arc::clone(self), key, woken })
    }

    fn advance_to(self: &Arc<Self>, target: Moment) {
        let mut state = self.locked();
        state.now = state.now.max(target);
        let after = state.now + Duration::from_nanos(1);
        let later = state.sleepers.split_off(&(after, 0));
        let due = std::mem::replace(&mut state.sleepers, later);
        drop(state);
        for waker in due.into_values() {
            // A sleeper that gave up meanwhile needs no waking.
            let _ = waker.send(self.busy());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_manual_clock_wakes_sleepers_in_order_and_only_when_moved() {
        let clock = Clock::manual(Timestamp::UNIX_EPOCH);
        let late = clock.sleep(Duration::from_secs(5));
        let early = clock.sleep_until(clock.now() + Duration::from_secs(2));
        let late = tokio::spawn(late);
        tokio::task::yield_now().await;
        assert_eq!(clock.advance_to_next_sleeper().await, Moment::default() + Duration::from_secs(2));
        early.await;
        assert!(!late.is_finished());
        clock.advance(Duration::from_secs(3));
        late.await.expect("the sleeper finishes");
        assert_eq!(clock.wall().as_second(), 5);
    }

    #[tokio::test]
    async fn a_manual_clock_is_not_moved_under_a_busy_caller() {
        let clock = Clock::manual(Timestamp::UNIX_EPOCH);
        let busy = clock.busy();
        let sleep = clock.sleep_until(clock.now() + Duration::from_secs(1));
        let mover = tokio::spawn({
            let clock = clock.clone();
            async move { clock.advance_to_next_sleeper().await }
        });
        tokio::task::yield_now().await;
        assert!(!mover.is_finished());
        drop(busy);
        mover.await.expect("the clock moves once nobody is busy");
        sleep.await;
    }
}
