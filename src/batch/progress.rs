//! How far a batch has come.

use std::collections::{BTreeMap, VecDeque};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::model::RefusedRow;

/// How many refused rows are listed.
pub(super) const LISTED: usize = 1_000;
/// Over how long the rate is measured.
const LATELY: Duration = Duration::from_secs(10);

/// What became of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// It has an answer with this outcome.
    Done(String),
    /// It has an error with this code.
    Failed(String),
    /// It was refused.
    Refused(RefusedRow),
}

/// What has been counted.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Tally {
    pub(super) rows_read: u64,
    pub(super) rows_total: Option<u64>,
    pub(super) done: u64,
    pub(super) failed: u64,
    pub(super) refused: u64,
    pub(super) outcomes: BTreeMap<String, u64>,
    pub(super) errors: BTreeMap<String, u64>,
    pub(super) refused_rows: Vec<RefusedRow>,
    /// Why the batch failed.
    pub(super) error: Option<Map<String, Value>>,
}

impl Tally {
    pub(super) fn count(&mut self, what: What) {
        match what {
            What::Done(outcome) => {
                self.done += 1;
                *self.outcomes.entry(outcome).or_default() += 1;
            }
            What::Failed(code) => {
                self.failed += 1;
                *self.errors.entry(code).or_default() += 1;
            }
            What::Refused(row) => {
                self.refused += 1;
                *self.errors.entry("INVALID_ROW".into()).or_default() += 1;
                if self.refused_rows.len() < LISTED {
                    let place = self.refused_rows.partition_point(|other| other.line <= row.line);
                    self.refused_rows.insert(place, row);
                }
            }
        }
    }

    /// How many rows have come to their end.
    pub(super) const fn ended(&self) -> u64 {
        self.done + self.failed + self.refused
    }
}

/// The counts while somebody works on the batch.
pub(super) struct Progress {
    tally: Mutex<Tally>,
    in_flight: AtomicU64,
    lately: Mutex<VecDeque<(Instant, u64)>>,
}

impl Progress {
    /// Goes on from what was counted before.
    pub(super) fn from(tally: Tally) -> Self {
        Self { tally: Mutex::new(tally), in_flight: AtomicU64::new(0), lately: Mutex::default() }
    }

    pub(super) fn tally(&self) -> MutexGuard<'_, Tally> {
        self.tally.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts a row as being worked on until the answer is dropped.
    pub(super) fn in_flight(&self) -> InFlight<'_> {
        self.in_flight.fetch_add(1, Ordering::Relaxed);
        InFlight(self)
    }

    pub(super) fn flying(&self) -> u64 {
        self.in_flight.load(Ordering::Relaxed)
    }

    /// Rows a second that came to their end lately.
    pub(super) fn rate(&self) -> f64 {
        let ended = self.tally().ended();
        let mut lately = self.lately.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        while lately.len() > 1 && lately.front().is_some_and(|(at, _)| now - *at > LATELY) {
            lately.pop_front();
        }
        let rate = match lately.front() {
            Some((at, before)) if now > *at => (ended - before) as f64 / (now - *at).as_secs_f64(),
            _ => 0.0,
        };
        if lately.back().is_none_or(|(at, _)| now - *at >= Duration::from_millis(250)) {
            lately.push_back((now, ended));
        }
        rate
    }
}

/// A row that is being worked on.
pub(super) struct InFlight<'p>(&'p Progress);

impl Drop for InFlight<'_> {
    fn drop(&mut self) {
        self.0.in_flight.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refused_rows_are_counted_all_and_listed_in_order_up_to_a_thousand() {
        let mut tally = Tally::default();
        for line in [3, 1, 2].into_iter().chain(10..2_000) {
            tally.count(What::Refused(RefusedRow { line, reason: "x".into() }));
        }
        assert_eq!((tally.refused, tally.errors["INVALID_ROW"], tally.refused_rows.len()), (1_993, 1_993, LISTED));
        assert_eq!(tally.refused_rows.iter().take(3).map(|row| row.line).collect::<Vec<_>>(), [1, 2, 3]);
    }
}
