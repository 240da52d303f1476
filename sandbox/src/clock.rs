//! Tells the sandbox's time, which either follows the machine or stands still until it is advanced.

use std::time::Duration;

use jiff::fmt::rfc2822::DateTimePrinter;
use jiff::{SignedDuration, Timestamp};

/// The time by which tokens expire, shares lapse and answers are dated.
#[derive(Clone, Debug)]
pub(crate) enum Clock {
    /// The machine's clock, `ahead` of it by what has been advanced.
    Real { ahead: Duration },
    /// A clock that moves only when it is advanced.
    Virtual { now: Timestamp },
}

impl Clock {
    /// Follows the machine's clock.
    pub(crate) fn real() -> Self {
        Self::Real { ahead: Duration::ZERO }
    }

    /// Stands still at `unix_seconds`, or at the machine's present second.
    pub(crate) fn standing(unix_seconds: Option<i64>) -> Self {
        let seconds = unix_seconds.unwrap_or_else(|| Timestamp::now().as_second());
        let now = Timestamp::from_second(seconds).unwrap_or(Timestamp::MAX);
        Self::Virtual { now }
    }

    pub(crate) fn is_virtual(&self) -> bool {
        matches!(self, Self::Virtual { .. })
    }

    pub(crate) fn now(&self) -> Timestamp {
        match self {
            Self::Real { ahead } => later(Timestamp::now(), *ahead),
            Self::Virtual { now } => *now,
        }
    }

    /// The present Unix time in whole seconds.
    pub(crate) fn unix(&self) -> i64 {
        self.now().as_second()
    }

    /// Moves the clock forward; it stops at the last moment that can be written as a date.
    pub(crate) fn advance(&mut self, by: Duration) {
        match self {
            Self::Real { ahead } => *ahead = ahead.saturating_add(by),
            Self::Virtual { now } => *now = later(*now, by),
        }
    }
}

/// The moment `by` after `from`, or the last one there is.
fn later(from: Timestamp, by: Duration) -> Timestamp {
    SignedDuration::try_from(by).ok().and_then(|by| from.checked_add(by).ok()).unwrap_or(Timestamp::MAX)
}

/// Writes a moment as an HTTP date (`Sun, 22 Nov 2026 07:28:00 GMT`).
pub(crate) fn http_date(moment: Timestamp) -> Option<String> {
    DateTimePrinter::new().timestamp_to_rfc9110_string(&moment).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_virtual_clock_moves_only_when_advanced() {
        let mut clock = Clock::standing(Some(1_000_000));
        assert_eq!(clock.unix(), 1_000_000);
        clock.advance(Duration::from_secs(20));
        assert_eq!(clock.unix(), 1_000_020);
    }

    #[test]
    fn a_real_clock_can_be_advanced_too() {
        let mut clock = Clock::real();
        let before = clock.unix();
        clock.advance(Duration::from_secs(3600));
        assert!(clock.unix() >= before + 3600);
    }

    #[test]
    fn advancing_beyond_the_calendar_stops_at_its_end() {
        let mut clock = Clock::standing(None);
        clock.advance(Duration::MAX);
        assert_eq!(clock.now(), Timestamp::MAX);
        let mut clock = Clock::real();
        clock.advance(Duration::MAX);
        assert_eq!(clock.now(), Timestamp::MAX);
    }

    #[test]
    fn http_dates_have_the_form_that_http_asks_for() {
        let moment = Timestamp::from_second(1_795_332_480).expect("a date in 2026");
        assert_eq!(http_date(moment).as_deref(), Some("Sun, 22 Nov 2026 07:28:00 GMT"));
    }
}
