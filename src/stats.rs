//! Counts calls by operation and outcome, and how long they took.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use serde_json::{Map, Value, json};

/// Four buckets per power of two of microseconds: percentiles come out within 19 %.
const BUCKETS: usize = 4 * 40;

/// Counters of every operation, by its place in the catalogue.
#[derive(Debug)]
pub struct Stats {
    operations: Vec<Counted>,
}

#[derive(Debug)]
struct Counted {
    name: &'static str,
    /// The outcomes of calls that were answered; most calls have one of these, which are counted without a lock.
    answers: Vec<(&'static str, AtomicU64)>,
    others: Mutex<Counters>,
}

#[derive(Debug, Default)]
struct Counters {
    outcomes: Vec<(&'static str, u64)>,
    latency: Vec<u64>,
    longest: Duration,
    total: Duration,
}

impl Stats {
    /// Counters for operations of these names and outcomes.
    pub fn new<'a>(operations: impl Iterator<Item = (&'static str, &'a [(&'static str, &'static str)])>) -> Self {
        let counted = |(name, outcomes): (_, &[(&'static str, _)])| Counted {
            name,
            answers: outcomes.iter().map(|(outcome, _)| (*outcome, AtomicU64::new(0))).collect(),
            others: Mutex::default(),
        };
        Self { operations: operations.map(counted).collect() }
    }

    /// Counts a call of the operation at `place` that ended in `outcome` and, unless it was refused or
    /// answered at once, took `elapsed`.
    pub fn count(&self, place: usize, outcome: &'static str, elapsed: Option<Duration>) {
        let Some(operation) = self.operations.get(place) else { return };
        let answer = operation.answers.iter().find(|(known, _)| *known == outcome);
        if let Some((_, count)) = answer {
            count.fetch_add(1, Ordering::Relaxed);
            if elapsed.is_none() {
                return;
            }
        }
        let mut counters = operation.others.lock().unwrap_or_else(PoisonError::into_inner);
        if answer.is_none() {
            match counters.outcomes.iter_mut().find(|(known, _)| *known == outcome) {
                Some((_, count)) => *count += 1,
                None => counters.outcomes.push((outcome, 1)),
            }
        }
        let Some(elapsed) = elapsed else { return };
        if counters.latency.is_empty() {
            counters.latency = vec![0; BUCKETS];
        }
        let bucket = bucket_of(elapsed);
        counters.latency[bucket] += 1;
        counters.longest = counters.longest.max(elapsed);
        counters.total += elapsed;
    }

    /// Calls, outcomes and latency of every operation that was called.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let mut all = Map::new();
        for operation in &self.operations {
            let counters = operation.others.lock().unwrap_or_else(PoisonError::into_inner);
            let answers = operation.answers.iter().map(|(outcome, count)| (*outcome, count.load(Ordering::Relaxed)));
            let counted: Vec<_> = answers.chain(counters.outcomes.iter().copied()).filter(|(_, n)| *n > 0).collect();
            let calls: u64 = counted.iter().map(|(_, count)| count).sum();
            if calls == 0 {
                continue;
            }
            let outcomes: Map<String, Value> =
                counted.into_iter().map(|(outcome, count)| (outcome.to_owned(), json!(count))).collect();
            let timed: u64 = counters.latency.iter().sum();
            let millis = |span: Duration| (span.as_secs_f64() * 1e6).round() / 1e3;
            let percentile = |share| millis(percentile(&counters.latency, timed, share).min(counters.longest));
            let mut entry = json!({ "calls": calls, "outcomes": outcomes });
            if timed > 0 {
                entry["latencyMs"] = json!({
                    "mean": millis(counters.total / u32::try_from(timed).unwrap_or(u32::MAX)),
                    "p50": percentile(0.5), "p90": percentile(0.9), "p99": percentile(0.99),
                    "max": millis(counters.longest),
                });
            }
            all.insert(operation.name.to_owned(), entry);
        }
        Value::Object(all)
    }
}

fn bucket_of(elapsed: Duration) -> usize {
    let micros = u64::try_from(elapsed.as_micros()).unwrap_or(u64::MAX).max(1);
    let power = micros.ilog2();
    // The two bits behind the leading one choose the quarter.
    let quarter = if power >= 2 { (micros >> (power - 2)) & 3 } else { (micros << (2 - power)) & 3 };
    ((power as usize) * 4 + quarter as usize).min(BUCKETS - 1)
}

/// The upper edge of the bucket in which the given share of the calls lies.
fn percentile(buckets: &[u64], calls: u64, share: f64) -> Duration {
    let wanted = (calls as f64 * share).ceil() as u64;
    let mut seen = 0;
    for (bucket, count) in buckets.iter().enumerate() {
        seen += count;
        if seen >= wanted {
            let (power, quarter) = ((bucket / 4) as i32, (bucket % 4) as f64);
            return Duration::from_secs_f64(2f64.powi(power) * (1.25 + quarter / 4.0) / 1e6);
        }
    }
    Duration::ZERO
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_lie_within_a_fifth_of_the_truth() {
        let stats = Stats::new([("a", &[("shared", "")][..]), ("b", &[])].into_iter());
        for micros in 1..=10_000 {
            stats.count(0, if micros % 2 == 0 { "shared" } else { "pending" }, Some(Duration::from_micros(micros)));
        }
        let json = stats.to_json();
        assert_eq!(json["a"]["calls"], 10_000);
        assert_eq!(json["a"]["outcomes"]["shared"], 5_000);
        for (name, truth) in [("p50", 5.0), ("p90", 9.0), ("p99", 9.9), ("max", 10.0)] {
            let value = json["a"]["latencyMs"][name].as_f64().unwrap();
            assert!((value / truth - 1.0).abs() < 0.26, "{name} is {value}, not about {truth}");
        }
        assert!(json.get("b").is_none());
    }
}
