//! Operations that were started: their state, those who wait for them, and completion queues.
//!
//! An operation ends exactly once, in `Done`, `Failed` or `Cancelled`, whatever becomes of the task that
//! does its work, and is delivered to its queue exactly once.

use std::collections::{BTreeMap, VecDeque};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use serde_json::{Map, Value, json};
use tokio::sync::watch;

use crate::error::{Error, Result};
use crate::invocation::Invocation;
use crate::operations::{Answer, Prepared};
use crate::plugin::Plugin;
use crate::runtime::Runtime;

/// How far an operation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(i32)]
pub enum State {
    /// The work goes on.
    Running = 1,
    /// There is a response.
    Done = 2,
    /// There is an error.
    Failed = 3,
    /// It was cancelled, or its plugin was closed.
    Cancelled = 4,
}

impl State {
    /// Every state, with its name and meaning.
    pub const ALL: [(Self, &'static str, &'static str); 4] = [
        (Self::Running, "RUNNING", "The work goes on."),
        (Self::Done, "DONE", "There is a response."),
        (Self::Failed, "FAILED", "There is an error."),
        (Self::Cancelled, "CANCELLED", "It was cancelled, or its plugin was closed."),
    ];

    const fn name(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
        }
    }
}

/// An operation that was started.
pub struct Op {
    serial: u64,
    invocation: Arc<Invocation>,
    cancel: watch::Sender<bool>,
    inner: Mutex<Inner>,
    finished: Condvar,
}

struct Inner {
    outcome: Option<Arc<Result<Answer>>>,
    queue: Place,
}

/// Where the operation is to be delivered.
enum Place {
    Nowhere,
    Waiting(Arc<Queue>, u64),
    Delivered,
}

/// The running half: finishes its operation whatever happens to the task that holds it.
struct Completer(Option<Arc<Op>>);

impl Completer {
    fn finish(mut self, result: Result<Answer>) {
        if let Some(op) = self.0.take() {
            op.finish(result);
        }
    }
}

impl Drop for Completer {
    fn drop(&mut self) {
        if let Some(op) = self.0.take() {
            // A task dropped by a panic is a defect; one dropped by the runtime's end was cancelled.
            let panicked = std::thread::panicking();
            op.finish(Err(if panicked { Error::internal("the operation's task panicked") } else { Error::Cancelled }));
        }
    }
}

/// All operations whose end was not delivered, so that shutdown can wait for them and name those it cannot stop.
static RUNNING: Mutex<BTreeMap<u64, Arc<Op>>> = Mutex::new(BTreeMap::new());

/// Told whenever one leaves `RUNNING`.
static ENDED: Condvar = Condvar::new();

static SERIAL: AtomicU64 = AtomicU64::new(0);

fn running() -> MutexGuard<'static, BTreeMap<u64, Arc<Op>>> {
    RUNNING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Waits up to `timeout` for every operation of the process to end. Those that have not by then end as
/// cancelled, whatever their work still does; the answer names them.
#[must_use]
pub fn await_all(timeout: Duration) -> Vec<&'static str> {
    let deadline = Instant::now().checked_add(timeout);
    let mut running = running();
    while !running.is_empty() {
        let left = deadline.map_or(timeout, |deadline| deadline.saturating_duration_since(Instant::now()));
        if left.is_zero() {
            break;
        }
        running = ENDED.wait_timeout(running, left).unwrap_or_else(PoisonError::into_inner).0;
    }
    let left: Vec<Arc<Op>> = running.values().map(Arc::clone).collect();
    drop(running);
    for op in &left {
        op.finish(Err(Error::Cancelled));
    }
    left.iter().map(|op| op.operation()).collect()
}

impl Op {
    /// Starts the work on the runtime.
    #[must_use]
    pub fn start(runtime: &Runtime, plugin: &Plugin, prepared: Prepared) -> Arc<Self> {
        let (cancel, mut cancelled) = watch::channel(false);
        let op = Arc::new(Self {
            serial: SERIAL.fetch_add(1, Ordering::Relaxed),
            invocation: Arc::clone(&prepared.invocation),
            cancel,
            inner: Mutex::new(Inner { outcome: None, queue: Place::Nowhere }),
            finished: Condvar::new(),
        });
        running().insert(op.serial, Arc::clone(&op));
        let closed = plugin.closed();
        // The task keeps the runtime alive until it has ended, also when the plugin is closed before.
        let share = runtime.clone();
        let completer = Completer(Some(Arc::clone(&op)));
        runtime.handle().spawn(async move {
            let stop = async move {
                tokio::select! {
                    reason = closed => reason,
                    // The sender lives in the operation, which the completer holds.
                    _ = cancelled.wait_for(|cancelled| *cancelled) => Error::Cancelled,
                }
            };
            completer.finish(prepared.run(stop).await);
            drop(share);
        });
        op
    }

    fn locked(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn finish(&self, result: Result<Answer>) {
        let mut inner = self.locked();
        if inner.outcome.is_some() {
            return;
        }
        inner.outcome = Some(Arc::new(result));
        let place = match inner.queue {
            Place::Nowhere => Place::Nowhere,
            _ => std::mem::replace(&mut inner.queue, Place::Delivered),
        };
        let state = state_of(&inner);
        drop(inner);
        self.finished.notify_all();
        if let Place::Waiting(queue, tag) = place {
            queue.deliver(tag, state);
        }
        // Only now, because shutdown closes the queues as soon as nothing is left here.
        running().remove(&self.serial);
        ENDED.notify_all();
    }

    /// How far it is.
    #[must_use]
    pub fn state(&self) -> State {
        state_of(&self.locked())
    }

    /// Waits up to `timeout` for the end and answers how far it is then.
    #[must_use]
    pub fn wait(&self, timeout: Option<Duration>) -> State {
        let deadline = timeout.and_then(|timeout| Instant::now().checked_add(timeout));
        let mut inner = self.locked();
        while inner.outcome.is_none() {
            inner = match deadline {
                None => self.finished.wait(inner).unwrap_or_else(PoisonError::into_inner),
                Some(deadline) => {
                    let left = deadline.saturating_duration_since(Instant::now());
                    if left.is_zero() {
                        break;
                    }
                    self.finished.wait_timeout(inner, left).unwrap_or_else(PoisonError::into_inner).0
                }
            };
        }
        state_of(&inner)
    }

    /// Asks the work to stop; the end follows soon, and is whatever came first.
    pub fn cancel(&self) {
        self.cancel.send_replace(true);
    }

    /// What came of it.
    ///
    /// # Errors
    /// `NOT_READY` while it runs.
    pub fn outcome(&self) -> Result<Arc<Result<Answer>>> {
        self.locked().outcome.clone().ok_or(Error::NotReady)
    }

    /// The operation's name.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.invocation.operation
    }

    /// A snapshot of how far it is.
    #[must_use]
    pub fn progress(&self) -> Value {
        let state = self.state();
        let elapsed = u64::try_from(self.invocation.started.elapsed().as_millis()).unwrap_or(u64::MAX);
        let mut progress = Map::new();
        progress.insert("operation".into(), json!(self.operation()));
        progress.insert("state".into(), json!(state.name()));
        if state == State::Running {
            progress.insert("elapsedMs".into(), json!(elapsed));
        }
        progress.extend(self.invocation.progress());
        Value::Object(progress)
    }

    /// Has `queue` told, under `tag`, when it ends; at once when it already has.
    ///
    /// # Errors
    /// `ALREADY_ENQUEUED`, or `CLOSED` for a closed queue.
    pub fn enqueue(&self, queue: &Arc<Queue>, tag: u64) -> Result<()> {
        let mut inner = self.locked();
        if !matches!(inner.queue, Place::Nowhere) {
            return Err(Error::AlreadyEnqueued);
        }
        queue.check_open()?;
        if inner.outcome.is_none() {
            inner.queue = Place::Waiting(Arc::clone(queue), tag);
            return Ok(());
        }
        inner.queue = Place::Delivered;
        let state = state_of(&inner);
        drop(inner);
        queue.deliver(tag, state);
        Ok(())
    }
}

fn state_of(inner: &Inner) -> State {
    match inner.outcome.as_deref() {
        None => State::Running,
        Some(Ok(_)) => State::Done,
        Some(Err(Error::Cancelled | Error::Closed { .. })) => State::Cancelled,
        Some(Err(_)) => State::Failed,
    }
}

/// Where a host learns which of its operations have ended.
#[derive(Default)]
pub struct Queue {
    inner: Mutex<QueueInner>,
    arrived: Condvar,
}

#[derive(Default)]
struct QueueInner {
    ended: VecDeque<(u64, State)>,
    closed: bool,
}

impl Queue {
    fn locked(&self) -> MutexGuard<'_, QueueInner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn check_open(&self) -> Result<()> {
        if self.locked().closed { Err(Error::Closed { what: "queue" }) } else { Ok(()) }
    }

    fn deliver(&self, tag: u64, state: State) {
        self.locked().ended.push_back((tag, state));
        self.arrived.notify_one();
    }

    /// Takes the next ended operation, waiting up to `timeout` for one.
    ///
    /// # Errors
    /// `TIMED_OUT`, or `CLOSED` once the queue was closed.
    pub fn next(&self, timeout: Option<Duration>) -> Result<(u64, State)> {
        let started = Instant::now();
        let deadline = timeout.and_then(|timeout| started.checked_add(timeout));
        let mut inner = self.locked();
        loop {
            // What was delivered before the queue was closed is still handed out, so that shutdown loses nothing.
            if let Some(ended) = inner.ended.pop_front() {
                return Ok(ended);
            }
            if inner.closed {
                return Err(Error::Closed { what: "queue" });
            }
            inner = match deadline {
                None => self.arrived.wait(inner).unwrap_or_else(PoisonError::into_inner),
                Some(deadline) => {
                    let left = deadline.saturating_duration_since(Instant::now());
                    if left.is_zero() {
                        let waited_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
                        return Err(Error::TimedOut { waited_ms });
                    }
                    self.arrived.wait_timeout(inner, left).unwrap_or_else(PoisonError::into_inner).0
                }
            };
        }
    }

    /// Takes no more operations and wakes all who wait, with `CLOSED` once nothing is left to hand out.
    pub fn close(&self) {
        self.locked().closed = true;
        self.arrived.notify_all();
    }
}
