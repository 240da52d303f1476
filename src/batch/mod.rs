//! Bulk jobs: an operation run for every row of a file.
//!
//! A batch is a line in the store, which says what is to be done, and a journal beside the output, which says what is
//! done. Whatever ends the process, what the journal holds counts, and `resume_batch` goes on behind it.

mod check;
pub mod config;
mod ids;
mod journal;
mod keeper;
mod keys;
mod layout;
mod letters;
mod lines;
pub mod model;
mod plan;
mod progress;
mod ranges;
mod rates;
mod results;
mod runner;
mod source;
mod stop;
mod table;

use std::collections::{BTreeSet, HashMap};
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;
use tokio::sync::{Semaphore, watch};
use uuid::Uuid;

use self::config::Config;
use self::journal::{Found, Journal};
use self::keeper::Keeper;
use self::keys::Keys;
use self::model::{
    BatchEntry, BatchStatus, BatchStatusDone, CancelBatch, CancelBatchDone, ListBatches, ListBatchesDone, ResumeBatch,
    ResumeBatchDone, STATES, StartBatch, StartBatchDone,
};
use self::plan::Plan;
use self::progress::{Progress, Tally};
use self::rates::Rates;
use self::runner::{Away, Runner};
use self::source::Fingerprint;
use self::stop::{Stop, Why};
use crate::clock::Clock;
use crate::error::{Error, Result};
use crate::files::off_the_worker;
use crate::invocation::Invocation;
use crate::operations::Operation;
use crate::plugin::Plugin;
use crate::runtime::Runtime;
use crate::store::{Batch, Store};
use crate::vault::Vault;

/// How long a process has a batch unless it says again that it does.
const HELD: Duration = Duration::from_secs(15);
/// How often the store is looked at for a batch of another process.
const LOOKED: Duration = Duration::from_millis(200);

/// Answers the operations on bulk jobs, and does their work.
pub struct Batches {
    shelf: Shelf,
    config: Config,
    rates: Arc<Rates>,
    running: Arc<Mutex<HashMap<String, Arc<Running>>>>,
    /// Who this plugin is to other processes.
    owner: String,
}

/// Where batches are kept.
#[derive(Clone)]
struct Shelf {
    store: Arc<dyn crate::store::Batches>,
    vault: Arc<Vault>,
    clock: Clock,
}

/// What is sealed of a batch.
#[derive(Serialize, Deserialize)]
struct Document {
    plan: Plan,
    tally: Tally,
}

/// A batch that this plugin works on.
struct Running {
    plan: Arc<Plan>,
    progress: Arc<Progress>,
    stop: Stop,
    started_at: Timestamp,
    /// How it ended, once it has.
    end: watch::Sender<Option<End>>,
}

/// How a batch ended.
#[derive(Clone, Copy)]
struct End {
    state: &'static str,
    at: Timestamp,
}

impl Shelf {
    async fn opened(&self, batch: &Batch) -> Result<Document> {
        let opened = self.vault.open_sealed("batch", &Batch::place(&batch.id), &batch.sealed).await?;
        serde_json::from_slice(&opened).map_err(|_| Error::SealBroken { what: "batch" })
    }

    fn sealed(&self, id: &str, plan: &Plan, tally: &Tally) -> Result<Vec<u8>> {
        let document = json!({ "plan": plan, "tally": tally }).to_string();
        self.vault.seal(&Batch::place(id), document.as_bytes())
    }

    async fn get(&self, id: &str) -> Result<Batch> {
        self.store.get(id).await?.ok_or(Error::NotFound { what: "batch" })
    }

    fn until(&self) -> Timestamp {
        self.clock.wall().checked_add(HELD).unwrap_or(Timestamp::MAX)
    }
}

/// The states of a batch whose results are written.
pub const FINISHED: [&str; 2] = ["done", "doneWithErrors"];

/// Whether the results of a batch in this state are written.
fn is_finished(state: &str) -> bool {
    FINISHED.contains(&state)
}

/// The state that a stored batch is in: one that nobody works on any more was interrupted.
fn state_of(batch: &Batch, now: Timestamp) -> &'static str {
    let known = STATES.iter().map(|(state, _)| *state).find(|state| *state == batch.state);
    match known.unwrap_or("interrupted") {
        "running" if !batch.is_held(now) => "interrupted",
        state => state,
    }
}

impl Batches {
    /// The bulk jobs of a store.
    pub(crate) fn new(config: &Config, store: &Store, vault: Arc<Vault>, clock: Clock) -> Self {
        Self {
            rates: Arc::new(Rates::new(clock.clone())),
            shelf: Shelf { store: Arc::clone(&store.batches), vault, clock },
            config: config.clone(),
            running: Arc::default(),
            owner: Uuid::new_v4().to_string(),
        }
    }

    fn running(&self) -> MutexGuard<'_, HashMap<String, Arc<Running>>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn of_ours(&self, id: &str) -> Option<Arc<Running>> {
        self.running().get(id).cloned()
    }

    /// Ends the work on all batches; they can be resumed.
    pub fn stop(&self) {
        self.running().values().for_each(|running| running.stop.because(Why::Interrupted));
    }

    /// Starts a batch, or checks its rows.
    ///
    /// # Errors
    /// `INVALID_INPUT`, `CONFLICT`, `BATCH_OUTPUT` or a store error.
    pub async fn start(
        &self,
        plugin: &Arc<Plugin>,
        invocation: &Invocation,
        request: StartBatch,
    ) -> Result<StartBatchDone> {
        let dry = request.dry_run;
        let (operation, asked) = plan::completed(request, &invocation.context)?;
        invocation.note("operation", operation.name);
        if dry {
            return check::every_row(plugin, operation, asked, invocation).await;
        }
        let plan = off_the_worker(move || Plan::of(asked, &Keys::of(operation)?)).await?;
        let id = Uuid::now_v7().to_string();
        invocation.note("batchId", id.as_str());
        let (place, of) = (journal::place(plan.output()), id.clone());
        let created = place.clone();
        let journal = off_the_worker(move || Journal::create(&created, &of)).await?;
        let now = self.shelf.clock.wall();
        let batch = Batch {
            sealed: self.shelf.sealed(&id, &plan, &Tally::default())?,
            id: id.clone(),
            operation: operation.name.into(),
            state: "running".into(),
            owner: Some(self.owner.clone()),
            held_until: Some(self.shelf.until()),
            created_at: now,
            updated_at: now,
            ended_at: None,
        };
        if let Err(error) = self.shelf.store.add(batch).await {
            let _ = std::fs::remove_file(&place);
            return Err(error);
        }
        self.work(plugin, operation, &id, plan, now, journal, Found::default(), BTreeSet::new());
        let outcome = "started";
        Ok(StartBatchDone {
            outcome,
            batch_id: Some(id),
            rows: None,
            valid: None,
            refused: None,
            refused_rows: Vec::new(),
        })
    }

    /// Starts the work in the background.
    #[allow(clippy::too_many_arguments)] // It is called twice, and each is a different thing.
    fn work(
        &self,
        plugin: &Arc<Plugin>,
        operation: &'static Operation,
        id: &str,
        plan: Plan,
        started_at: Timestamp,
        journal: Journal,
        found: Found,
        interrupted: BTreeSet<u64>,
    ) {
        let places = Semaphore::new(plan.concurrency());
        let (plan, stop) = (Arc::new(plan), Stop::new());
        let progress = Arc::new(Progress::from(found.tally));
        let running = Arc::new(Running {
            plan: Arc::clone(&plan),
            progress: Arc::clone(&progress),
            stop: stop.clone(),
            started_at,
            end: watch::Sender::new(None),
        });
        self.running().insert(id.to_owned(), Arc::clone(&running));
        let runner = Arc::new(Runner {
            plugin: Arc::clone(plugin),
            operation,
            plan,
            progress,
            stop: stop.clone(),
            rates: Arc::clone(&self.rates),
            places,
            patience: self.config.patience(),
            ended: Arc::new(found.ended),
            interrupted,
            results: found.results,
            wrong: AtomicU64::new(0),
            away: Away::default(),
        });
        if plugin.check_open().is_err() {
            stop.because(Why::Interrupted);
        }
        let keeper = Keeper {
            shelf: self.shelf.clone(),
            id: id.to_owned(),
            owner: self.owner.clone(),
            running,
            all: Arc::clone(&self.running),
        };
        // A share in the runtime, so that a batch can end in order when the host closes its last plugin.
        let runtime = Runtime::of_this_task();
        tokio::spawn(async move {
            keeper.keep_while(runner, journal).await;
            drop(runtime);
        });
    }

    /// Tells how far a batch has come.
    ///
    /// # Errors
    /// `NOT_FOUND`, `INVALID_INPUT` or a store error.
    pub async fn status(
        &self,
        _: &Arc<Plugin>,
        invocation: &Invocation,
        request: BatchStatus,
    ) -> Result<BatchStatusDone> {
        let wait = Duration::from_millis(request.wait_ms.unwrap_or(0));
        if wait > Duration::from_secs(86_400) {
            return Err(Error::input("waitMs", "must be at most 86400000"));
        }
        let until = tokio::time::Instant::now() + wait.min(invocation.remaining());
        loop {
            if let Some(running) = self.of_ours(&request.batch_id) {
                let mut end = running.end.subscribe();
                let _ = tokio::time::timeout_at(until, end.wait_for(Option::is_some)).await;
                return Ok(self.status_of(&request.batch_id, &running));
            }
            let batch = self.shelf.get(&request.batch_id).await?;
            let state = state_of(&batch, self.shelf.clock.wall());
            if state != "running" || tokio::time::Instant::now() >= until {
                let document = self.shelf.opened(&batch).await?;
                return Ok(stored_status(batch, state, document));
            }
            tokio::time::sleep_until(until.min(tokio::time::Instant::now() + LOOKED)).await;
        }
    }

    fn status_of(&self, id: &str, running: &Running) -> BatchStatusDone {
        let end = *running.end.borrow();
        let rate = running.progress.rate();
        let tally = running.progress.tally().clone();
        let left = tally.rows_total.map(|total| total.saturating_sub(tally.ended()));
        let held = ["profile", "ukprn"].iter().find_map(|key| running.plan.asked.request.get(*key)?.as_str());
        let held_back = self.rates.of(held.unwrap_or_default()).held_back().filter(|_| end.is_none());
        let mut status =
            status_from(id, &running.plan, tally, end.map_or("running", |end| end.state), running.started_at);
        status.in_flight = if end.is_some() { 0 } else { running.progress.flying() };
        status.rate_per_second = if end.is_some() { 0.0 } else { (rate * 10.0).round() / 10.0 };
        status.eta_seconds =
            left.filter(|_| end.is_none() && rate > 0.0).map(|left| (left as f64 / rate).ceil() as u64);
        status.held_back = held_back.map(|rate| (rate * 10.0).round() / 10.0);
        status.ended_at = end.map(|end| end.at);
        status
    }

    /// Goes on with a batch.
    ///
    /// # Errors
    /// `NOT_FOUND`, `CONFLICT` when the input or the partial results were changed, `BATCH_OUTPUT`, a store error.
    pub async fn resume(
        &self,
        plugin: &Arc<Plugin>,
        invocation: &Invocation,
        request: ResumeBatch,
    ) -> Result<ResumeBatchDone> {
        let id = request.batch_id;
        invocation.note("batchId", id.as_str());
        let done = |outcome| ResumeBatchDone { outcome, batch_id: id.clone() };
        if self.of_ours(&id).is_some_and(|running| running.end.borrow().is_none()) {
            return Ok(done("running"));
        }
        let batch = self.shelf.get(&id).await?;
        if is_finished(&batch.state) {
            return Ok(done("finished"));
        }
        let Document { plan, .. } = self.shelf.opened(&batch).await?;
        let operation = Operation::find(&plan.asked.operation)?;
        invocation.note("operation", operation.name);
        let (place, of) = (journal::place(plan.output()), id.clone());
        let reopened = off_the_worker(move || {
            let found = Journal::reopen(&place, &of)?;
            if found.is_some() && Fingerprint::of(&plan.asked.input)? != plan.fingerprint {
                let problem = "the input was changed since the batch was started; put it back, or start a batch anew";
                return Err(Error::Conflict { problem: problem.into() });
            }
            Ok((found, plan))
        });
        let (Some(mut journal), plan) = reopened.await? else { return Ok(done("running")) };
        // Who holds the journal's lock knows that nobody else on this machine works on the batch, whatever the store says.
        let (now, until) = (self.shelf.clock.wall(), self.shelf.until());
        if !self.shelf.store.take(&id, &self.owner, "running", now, until).await? {
            return Err(Error::NotFound { what: "batch" });
        }
        let read = off_the_worker(move || {
            let found = journal.found()?;
            Ok((journal, found))
        });
        let (journal, mut found) = read.await?;
        let begun = std::mem::take(&mut found.begun);
        let interrupted = if request.repeat_interrupted { BTreeSet::new() } else { begun };
        self.work(plugin, operation, &id, plan, batch.created_at, journal, found, interrupted);
        Ok(done("resumed"))
    }

    /// Lists batches.
    ///
    /// # Errors
    /// `INVALID_INPUT` or a store error.
    pub async fn list(&self, request: ListBatches) -> Result<ListBatchesDone> {
        let limit = request.limit.unwrap_or(100);
        if !(1..=1000).contains(&limit) {
            return Err(Error::input("limit", "must be between 1 and 1000"));
        }
        let wanted = request.state.as_deref();
        if wanted.is_some_and(|wanted| !STATES.iter().any(|(state, _)| *state == wanted)) {
            return Err(Error::input("state", "is none of the states that `batch_status` tells"));
        }
        // Those interrupted by the end of their process still stand as running.
        let page = if matches!(wanted, Some("running" | "interrupted")) { 1000 } else { limit };
        let mut found = self.shelf.store.list(wanted, page).await?;
        if wanted == Some("interrupted") {
            found.extend(self.shelf.store.list(Some("running"), page).await?);
            found.sort_by(|one, other| (other.created_at, &other.id).cmp(&(one.created_at, &one.id)));
        }
        let now = self.shelf.clock.wall();
        let mut batches = Vec::new();
        for batch in found {
            let ours = self.of_ours(&batch.id);
            let end = ours.as_ref().map(|running| *running.end.borrow());
            let state = match end {
                Some(end) => end.map_or("running", |end| end.state),
                None => state_of(&batch, now),
            };
            if wanted.is_some_and(|wanted| wanted != state) || batches.len() >= limit as usize {
                continue;
            }
            let Document { plan, mut tally } = self.shelf.opened(&batch).await?;
            if let Some(running) = &ours {
                tally = running.progress.tally().clone();
            }
            batches.push(BatchEntry {
                batch_id: batch.id,
                operation: batch.operation,
                state,
                input: plan.asked.input.clone(),
                output: plan.output().to_owned(),
                done: tally.done,
                failed: tally.failed,
                refused: tally.refused,
                started_at: batch.created_at,
                ended_at: end.flatten().map_or(batch.ended_at, |end| Some(end.at)),
            });
        }
        Ok(ListBatchesDone { outcome: "ok", batches })
    }

    /// Ends a batch, here or in another process.
    ///
    /// # Errors
    /// `NOT_FOUND`, `TIMED_OUT` when another process does not end it in time, or a store error.
    pub async fn cancel(&self, invocation: &Invocation, request: CancelBatch) -> Result<CancelBatchDone> {
        let id = request.batch_id;
        invocation.note("batchId", id.as_str());
        let done = |outcome| CancelBatchDone { outcome, batch_id: id.clone() };
        if let Some(running) = self.of_ours(&id) {
            let was_running = running.end.borrow().is_none();
            running.stop.because(Why::Cancelled);
            let mut end = running.end.subscribe();
            let ended = end.wait_for(Option::is_some).await.ok().and_then(|end| *end);
            let cancelled = was_running && ended.is_some_and(|end| end.state == "cancelled");
            return Ok(done(if cancelled { "cancelled" } else { "notRunning" }));
        }
        self.shelf.get(&id).await?;
        if !self.shelf.store.ask_to_stop(&id, self.shelf.clock.wall()).await? {
            return Ok(done("notRunning"));
        }
        loop {
            let batch = self.shelf.get(&id).await?;
            match state_of(&batch, self.shelf.clock.wall()) {
                "running" if invocation.remaining().is_zero() => {
                    let waited_ms = u64::try_from(invocation.budget().as_millis()).unwrap_or(u64::MAX);
                    return Err(Error::TimedOut { waited_ms });
                }
                "running" => tokio::time::sleep(LOOKED).await,
                "cancelled" => return Ok(done("cancelled")),
                _ => return Ok(done("notRunning")),
            }
        }
    }
}

fn stored_status(batch: Batch, state: &'static str, document: Document) -> BatchStatusDone {
    let mut status = status_from(&batch.id, &document.plan, document.tally, state, batch.created_at);
    status.ended_at = batch.ended_at;
    status
}

fn status_from(id: &str, plan: &Plan, tally: Tally, state: &'static str, started_at: Timestamp) -> BatchStatusDone {
    BatchStatusDone {
        outcome: state,
        batch_id: id.to_owned(),
        operation: plan.asked.operation.clone(),
        input: plan.asked.input.clone(),
        output: plan.output().to_owned(),
        partial_output: (!is_finished(state)).then(|| journal::place(plan.output()).to_string_lossy().into_owned()),
        rows_read: tally.rows_read,
        rows_total: tally.rows_total,
        done: tally.done,
        failed: tally.failed,
        refused: tally.refused,
        in_flight: 0,
        rate_per_second: 0.0,
        eta_seconds: None,
        outcomes: tally.outcomes,
        errors: tally.errors,
        refused_rows: tally.refused_rows,
        started_at,
        ended_at: None,
        held_back: None,
        error: tally.error.filter(|_| state == "failed"),
    }
}
