//! Counts what the transport does.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use serde::Serialize;

use crate::error::Result;
use crate::http::answer::Answer;
use crate::http::breaker::BreakerStats;
use crate::http::call::Call;

/// What the transport has done since it was made.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TransportStats {
    /// One entry per system and endpoint called.
    pub endpoints: Vec<EndpointStats>,
    /// The hosts that failed last.
    pub breakers: Vec<BreakerStats>,
}

/// What became of the calls to one endpoint.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct EndpointStats {
    /// The system called.
    pub system: &'static str,
    /// The endpoint, by its name in the system's specification.
    pub endpoint: &'static str,
    /// Calls begun.
    pub calls: u64,
    /// Attempts beyond the first of each call.
    pub retries: u64,
    /// Calls that ended with an answer, by the class of its status (`2xx`).
    pub answers: BTreeMap<&'static str, u64>,
    /// Calls that ended without a usable answer, by error code.
    pub failures: BTreeMap<&'static str, u64>,
    /// Calls given up by their caller.
    pub cancelled: u64,
}

/// The counters behind [`EndpointStats`].
#[derive(Debug, Default)]
pub(super) struct Counters(Mutex<BTreeMap<(&'static str, &'static str), EndpointStats>>);

impl Counters {
    /// Counts a call as begun; it counts as cancelled unless its record is finished.
    pub(super) fn begin(&self, call: &Call) -> Record<'_> {
        let record = Record { counters: self, system: call.system, endpoint: call.endpoint, open: true };
        record.count(|stats| stats.calls += 1);
        record
    }

    pub(super) fn snapshot(&self) -> Vec<EndpointStats> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).values().cloned().collect()
    }
}

/// A call being counted.
#[derive(Debug)]
pub(super) struct Record<'a> {
    counters: &'a Counters,
    system: &'static str,
    endpoint: &'static str,
    open: bool,
}

impl Record<'_> {
    pub(super) fn retried(&self) {
        self.count(|stats| stats.retries += 1);
    }

    pub(super) fn finish(mut self, result: &Result<Answer>) {
        self.open = false;
        self.count(|stats| match result {
            Ok(answer) => *stats.answers.entry(class(answer.code())).or_default() += 1,
            Err(error) => *stats.failures.entry(error.status().code()).or_default() += 1,
        });
    }

    fn count(&self, change: impl FnOnce(&mut EndpointStats)) {
        let mut counters = self.counters.0.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (self.system, self.endpoint);
        change(counters.entry(key).or_insert_with(|| EndpointStats {
            system: self.system,
            endpoint: self.endpoint,
            ..EndpointStats::default()
        }));
    }
}

impl Drop for Record<'_> {
    fn drop(&mut self) {
        if self.open {
            self.count(|stats| stats.cancelled += 1);
        }
    }
}

const fn class(status: u16) -> &'static str {
    match status {
        200..=299 => "2xx",
        300..=399 => "3xx",
        400..=499 => "4xx",
        500..=599 => "5xx",
        _ => "other",
    }
}
