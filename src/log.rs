//! The log: a bounded ring of JSON lines that the host pulls. By default it holds defects of the library only.
//!
//! One ring serves the process, because one library does. The library never writes to standard output
//! or standard error.

use std::collections::VecDeque;
use std::fmt;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use tracing::field::{Field, Visit};
use tracing::span;

/// How many lines the ring keeps before it drops the oldest.
pub const CAPACITY: usize = 4096;

/// What is worth a log line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[repr(u8)]
pub enum Level {
    /// Nothing.
    Off,
    /// A defect of the library.
    #[default]
    Error,
    /// Something an administrator should look at.
    Warn,
    /// What happens, in an operator's words.
    Info,
    /// How it happens.
    Debug,
    /// Everything.
    Trace,
}

impl From<&tracing::Level> for Level {
    fn from(level: &tracing::Level) -> Self {
        match *level {
            tracing::Level::ERROR => Self::Error,
            tracing::Level::WARN => Self::Warn,
            tracing::Level::INFO => Self::Info,
            tracing::Level::DEBUG => Self::Debug,
            tracing::Level::TRACE => Self::Trace,
        }
    }
}

static LEVEL: AtomicU8 = AtomicU8::new(Level::Off as u8);
static RING: Ring = Ring::new();

struct Ring {
    state: Mutex<State>,
    arrived: Condvar,
}

struct State {
    lines: VecDeque<String>,
    dropped: u64,
}

/// Sets what is logged from now on; the most talkative of several open plugins wins.
pub fn raise_level(level: Level) {
    install();
    LEVEL.fetch_max(level as u8, Ordering::Relaxed);
}

/// Sets what is logged from now on.
pub fn set_level(level: Level) {
    install();
    LEVEL.store(level as u8, Ordering::Relaxed);
}

/// Takes the oldest line, waiting up to `timeout` for one.
#[must_use]
pub fn next(timeout: Duration) -> Option<String> {
    RING.next(timeout)
}

impl Ring {
    const fn new() -> Self {
        Self { state: Mutex::new(State { lines: VecDeque::new(), dropped: 0 }), arrived: Condvar::new() }
    }

    fn next(&self, timeout: Duration) -> Option<String> {
        let deadline = Instant::now().checked_add(timeout);
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if state.dropped > 0 {
                let dropped = std::mem::take(&mut state.dropped);
                let fields = json!({ "message": "lines were dropped", "dropped": dropped });
                return Some(line(Level::Warn, "learnerlink::log", fields));
            }
            if let Some(line) = state.lines.pop_front() {
                return Some(line);
            }
            let left = deadline
                .map_or(Duration::from_secs(3600), |deadline| deadline.saturating_duration_since(Instant::now()));
            if left.is_zero() {
                return None;
            }
            state = self.arrived.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    fn push(&self, text: String) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.lines.len() == CAPACITY {
            state.lines.pop_front();
            state.dropped += 1;
        }
        state.lines.push_back(text);
        drop(state);
        self.arrived.notify_one();
    }
}

fn line(level: Level, target: &str, fields: Value) -> String {
    let mut line = Map::new();
    line.insert("at".into(), json!(Timestamp::now().to_string()));
    line.insert("level".into(), json!(level));
    line.insert("target".into(), json!(target));
    if let Value::Object(fields) = fields {
        line.extend(fields);
    }
    Value::Object(line).to_string()
}

/// Makes the ring the receiver of the library's events, unless the program has one of its own.
fn install() {
    // A Rust program that uses the crate directly may have set its own subscriber; that one then wins.
    let _ = tracing::subscriber::set_global_default(Subscriber { ring: &RING, level: &LEVEL });
}

struct Subscriber {
    ring: &'static Ring,
    level: &'static AtomicU8,
}

impl tracing::Subscriber for Subscriber {
    fn enabled(&self, metadata: &tracing::Metadata<'_>) -> bool {
        // Other crates in the process do not promise to keep personal data out of their events.
        metadata.target().starts_with("learnerlink")
            && Level::from(metadata.level()) as u8 <= self.level.load(Ordering::Relaxed)
    }

    fn event(&self, event: &tracing::Event<'_>) {
        let mut fields = Fields(Map::new());
        event.record(&mut fields);
        self.ring.push(line(event.metadata().level().into(), event.metadata().target(), Value::Object(fields.0)));
    }

    fn register_callsite(&self, _: &'static tracing::Metadata<'static>) -> tracing::subscriber::Interest {
        // The level changes at run time.
        tracing::subscriber::Interest::sometimes()
    }

    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }

    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}
    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}
    fn enter(&self, _: &span::Id) {}
    fn exit(&self, _: &span::Id) {}
}

struct Fields(Map<String, Value>);

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.0.insert(field.name().into(), json!(format!("{value:?}")));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name().into(), json!(value));
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.0.insert(field.name().into(), json!(value));
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.0.insert(field.name().into(), json!(value));
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.0.insert(field.name().into(), json!(value));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ring_keeps_the_newest_lines_and_reports_how_many_it_dropped() {
        // A ring and a level of the test's own: others in this process log too.
        static RING: Ring = Ring::new();
        static LEVEL: AtomicU8 = AtomicU8::new(Level::Info as u8);
        tracing::subscriber::with_default(Subscriber { ring: &RING, level: &LEVEL }, || {
            for number in 0..CAPACITY as u64 + 3 {
                tracing::info!(number, "one of many");
            }
            tracing::debug!("below the level");
            tracing::info!(target: "somebody_else", "not ours");
        });
        let first = RING.next(Duration::ZERO).unwrap();
        assert!(first.contains("\"dropped\":3"), "{first}");
        let mut seen = 0;
        while let Some(line) = RING.next(Duration::ZERO) {
            let value: Value = serde_json::from_str(&line).unwrap();
            assert_eq!((&value["target"], &value["level"]), (&json!("learnerlink::log::tests"), &json!("info")));
            assert_eq!(value["number"], seen + 3);
            seen += 1;
        }
        assert_eq!(seen, CAPACITY as u64);
    }
}
