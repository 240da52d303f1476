//! The life of a share: its states, and when to ask next. No clock and no network in here.

use std::time::Duration;

use crate::clock::Moment;

/// How long after its deadline a share is still polled, so that the service's own verdict is normally seen.
pub(super) const GRACE: Duration = Duration::from_secs(30);
const FIRST_POLL: Duration = Duration::from_secs(3);
const QUICK: Duration = Duration::from_secs(3);
const QUICK_FOR: Duration = Duration::from_secs(60);
const SLOW: Duration = Duration::from_secs(5);
const BACK_OFF: [u64; 5] = [2, 4, 8, 16, 30];
const LONGEST_RETRY_AFTER: Duration = Duration::from_secs(60);
/// How often one share is polled at most.
pub(super) const BUDGET: u32 = 120;

/// Where a share is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Requesting,
    AwaitingLearner,
    Shared,
    DeclinedOrExpired,
    TimedOut,
    Cancelled,
    Unknown,
    Failed,
}

impl State {
    const ALL: [Self; 8] = [
        Self::Requesting,
        Self::AwaitingLearner,
        Self::Shared,
        Self::DeclinedOrExpired,
        Self::TimedOut,
        Self::Cancelled,
        Self::Unknown,
        Self::Failed,
    ];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Requesting => "requesting",
            Self::AwaitingLearner => "awaitingLearner",
            Self::Shared => "shared",
            Self::DeclinedOrExpired => "declinedOrExpired",
            Self::TimedOut => "timedOut",
            Self::Cancelled => "cancelled",
            Self::Unknown => "unknown",
            Self::Failed => "failed",
        }
    }

    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }
}

/// When to poll a share.
#[derive(Clone, Debug)]
pub(super) struct Schedule {
    issued: Moment,
    end: Moment,
    next: Moment,
    polls: u32,
    failures: usize,
}

impl Schedule {
    /// Of a share issued at `issued`, polled first at `next` or later, whose learner may act until `deadline`.
    pub(super) fn new(issued: Moment, deadline: Moment, now: Moment) -> Self {
        let end = deadline + GRACE;
        Self { issued, end, next: (issued + FIRST_POLL).max(now).min(end.max(now)), polls: 0, failures: 0 }
    }

    pub(super) const fn next(&self) -> Moment {
        self.next
    }

    pub(super) const fn polls(&self) -> u32 {
        self.polls
    }

    /// Notes an answer that ends the share.
    pub(super) const fn ended(&mut self) {
        self.polls += 1;
    }

    /// Looks again later: another process asks about this share.
    pub(super) fn left_to_another(&mut self, now: Moment, jitter: f64) {
        self.next = now + QUICK.mul_f64(1.0 + 0.2 * jitter.clamp(-1.0, 1.0));
    }

    /// Notes an answer that leaves things open. Answers whether to go on; `false` is the local time-out.
    ///
    /// `jitter` lies between −1 and 1.
    pub(super) fn answered(
        &mut self,
        now: Moment,
        transient: bool,
        retry_after: Option<Duration>,
        jitter: f64,
    ) -> bool {
        self.polls += 1;
        if now >= self.end || self.polls >= BUDGET {
            return false;
        }
        let wait = if transient {
            let back_off = Duration::from_secs(BACK_OFF[self.failures.min(BACK_OFF.len() - 1)]);
            self.failures += 1;
            back_off.max(retry_after.unwrap_or_default().min(LONGEST_RETRY_AFTER))
        } else {
            self.failures = 0;
            let usual = if now.since(self.issued) < QUICK_FOR { QUICK } else { SLOW };
            usual.mul_f64(1.0 + 0.2 * jitter.clamp(-1.0, 1.0))
        };
        // The last of the budget is kept for the end, where the answer matters most.
        self.next = if self.polls + 1 == BUDGET { self.end } else { (now + wait).min(self.end) };
        true
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(seconds: f64) -> Moment {
        Moment::default() + Duration::from_secs_f64(seconds)
    }

    fn schedule() -> Schedule {
        Schedule::new(at(0.0), at(300.0), at(0.0))
    }

    #[test]
    fn the_first_poll_comes_after_three_seconds_and_later_ones_slow_down() {
        let mut schedule = schedule();
        assert_eq!(schedule.next(), at(3.0));
        let mut polls = vec![3.0];
        while schedule.answered(schedule.next(), false, None, 0.0) {
            polls.push(schedule.next().since(at(0.0)).as_secs_f64());
        }
        assert_eq!(polls[..3], [3.0, 6.0, 9.0]);
        assert_eq!(polls[19..22], [60.0, 65.0, 70.0]);
        assert_eq!(polls.last(), Some(&330.0), "the last poll is at deadline and grace");
    }

    #[test]
    fn transient_failures_back_off_and_any_answer_resets() {
        let mut schedule = schedule();
        let mut gap = |transient, retry_after: Option<u64>| {
            let now = schedule.next();
            assert!(schedule.answered(now, transient, retry_after.map(Duration::from_secs), 0.0));
            schedule.next().since(now).as_secs_f64()
        };
        assert_eq!([gap(true, None), gap(true, None), gap(true, None)], [2.0, 4.0, 8.0]);
        assert_eq!(gap(false, None), 3.0);
        assert_eq!([gap(true, Some(7)), gap(true, Some(1))], [7.0, 4.0]);
        assert_eq!(gap(true, Some(3600)), 60.0, "Retry-After is capped");
        assert_eq!([gap(true, None), gap(true, None)], [16.0, 30.0]);
    }

    #[test]
    fn a_share_found_again_after_a_restart_is_polled_at_once() {
        assert_eq!(Schedule::new(at(0.0), at(300.0), at(100.0)).next(), at(100.0));
        assert_eq!(Schedule::new(at(0.0), at(300.0), at(1000.0)).next(), at(1000.0));
    }

    #[test]
    fn state_names_read_back() {
        for state in State::ALL {
            assert_eq!(State::named(state.name()), Some(state));
        }
    }

    proptest! {
        #[test]
        fn polls_never_overlap_exceed_the_budget_or_outlive_the_share(
            life in 30_u64..900,
            answers in prop::collection::vec((any::<bool>(), 0_u64..120, -2.0_f64..2.0, 0.0_f64..20.0), 1..400),
        ) {
            let mut schedule = Schedule::new(at(0.0), at(life as f64), at(0.0));
            let end = at(life as f64) + GRACE;
            for (transient, retry_after, jitter, took) in answers {
                prop_assert!(schedule.next() <= end);
                let answered = schedule.next() + Duration::from_secs_f64(took);
                if !schedule.answered(answered, transient, Some(Duration::from_secs(retry_after)), jitter) {
                    break;
                }
                prop_assert!(schedule.next() >= answered.min(end));
            }
            prop_assert!(schedule.polls() <= BUDGET);
        }
    }
}
