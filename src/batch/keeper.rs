//! Tells the store how a batch stands while it is worked on.

use std::collections::HashMap;
use std::fs::File;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value;

use super::journal::{self, Journal};
use super::runner::Runner;
use super::stop::Why;
use super::{End, Running, Shelf, is_finished};
use crate::error::Result;
use crate::operations::Operation;
use crate::store::{Batch, Held};

/// How often the store is told that somebody works on the batch.
const RENEWED: Duration = Duration::from_secs(1);

/// Who works on a batch.
pub(super) struct Keeper {
    pub(super) shelf: Shelf,
    pub(super) id: String,
    pub(super) owner: String,
    pub(super) running: Arc<Running>,
    pub(super) all: Arc<Mutex<HashMap<String, Arc<Running>>>>,
}

impl Keeper {
    /// Works with `runner`, and says so until the work has ended, and how.
    pub(super) async fn keep_while(self, runner: Arc<Runner>, journal: Journal) {
        let mut work = Box::pin(runner.run(journal));
        let mut due = tokio::time::interval(RENEWED);
        due.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        due.tick().await;
        loop {
            tokio::select! {
                file = &mut work => break self.end(file).await,
                _ = due.tick() => self.renew().await,
            }
        }
    }

    async fn renew(&self) {
        match self.keep("running", Some(self.shelf.until()), None).await {
            Ok(Held::GoOn) => {}
            Ok(Held::StopAsked) => self.running.stop.because(Why::Cancelled),
            Ok(Held::Lost) => self.running.stop.because(Why::Lost),
            // The journal has what counts; the next time may be better.
            Err(error) => tracing::warn!(code = error.status().code(), "the store does not take a batch's progress"),
        }
        self.running.progress.rate();
    }

    async fn end(&self, mut journal: Option<Arc<File>>) {
        let (state, error) = match self.running.stop.why() {
            None => {
                let tally = self.running.progress.tally();
                let state = if tally.failed + tally.refused > 0 { "doneWithErrors" } else { "done" };
                (state, None)
            }
            Some(Why::Cancelled) => ("cancelled", None),
            Some(Why::Interrupted | Why::Lost) => ("interrupted", None),
            Some(Why::Failed(error)) => ("failed", Some(error)),
        };
        let operation = &self.running.plan.asked.operation;
        if let Some(error) = error {
            tracing::warn!(operation = operation.as_str(), code = error.status().code(), "a batch failed");
            let system = Operation::find(operation).map_or("batch", |operation| operation.system.name());
            if let Value::Object(object) = error.to_json(operation, system) {
                self.running.progress.tally().error = Some(object);
            }
        }
        if !is_finished(state) {
            // Whoever reads in the store that this can go on finds nobody at work. Of what is finished nobody gets hold.
            journal = None;
        }
        let end = End { state, at: self.shelf.clock.wall() };
        let kept = self.keep(state, None, Some(end.at)).await;
        // Where the store could not be told, this plugin is all that knows how it ended.
        if kept.is_ok() {
            if is_finished(state) {
                // What is left over is only in the way.
                let _ = std::fs::remove_file(journal::place(self.running.plan.output()));
            }
            let mut all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
            if all.get(&self.id).is_some_and(|running| Arc::ptr_eq(running, &self.running)) {
                all.remove(&self.id);
            }
        }
        // Who waits for the end finds nobody at work.
        drop(journal);
        self.running.end.send_replace(Some(end));
    }

    async fn keep(&self, state: &str, held_until: Option<Timestamp>, ended_at: Option<Timestamp>) -> Result<Held> {
        let tally = self.running.progress.tally().clone();
        let batch = Batch {
            sealed: self.shelf.sealed(&self.id, &self.running.plan, &tally)?,
            id: self.id.clone(),
            operation: self.running.plan.asked.operation.clone(),
            state: state.into(),
            owner: Some(self.owner.clone()),
            held_until,
            created_at: self.running.started_at,
            updated_at: self.shelf.clock.wall(),
            ended_at,
        };
        self.shelf.store.keep(batch).await
    }
}
