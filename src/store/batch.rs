//! What is kept of bulk jobs: what was asked, how far each has come, and which process works on it.

use async_trait::async_trait;
use jiff::Timestamp;

use crate::error::Result;

/// A bulk job.
#[derive(Clone, Debug)]
pub struct Batch {
    /// Our own id for it, which its seal is bound to.
    pub id: String,
    /// The operation run for each row.
    pub operation: String,
    /// How it stands, by the word of `batch_status`.
    pub state: String,
    /// Who works on it; `None` when nobody does.
    pub owner: Option<String>,
    /// Until when the owner has it, unless it says again that it does.
    pub held_until: Option<Timestamp>,
    /// When it was started.
    pub created_at: Timestamp,
    /// When anything was last said of it.
    pub updated_at: Timestamp,
    /// When it ended; `None` while it has not.
    pub ended_at: Option<Timestamp>,
    /// What was asked, and how far it has come.
    pub sealed: Vec<u8>,
}

impl Batch {
    /// What the seal is bound to.
    #[must_use]
    pub fn place(id: &str) -> String {
        format!("batch/{id}")
    }

    /// Whether somebody works on it at `now`.
    #[must_use]
    pub fn is_held(&self, now: Timestamp) -> bool {
        self.owner.is_some() && self.held_until.is_some_and(|until| until > now)
    }
}

/// What a holder learns when it says that it still works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    /// It may go on.
    GoOn,
    /// Somebody asks for the end of the work.
    StopAsked,
    /// Somebody else has taken the job; nothing was stored.
    Lost,
}

/// Keeps bulk jobs. The last to take a job has it; whoever had it before learns that when it next says how far it is.
#[async_trait]
pub trait Batches: Send + Sync {
    /// Stores a new job, whose id is new.
    async fn add(&self, batch: Batch) -> Result<()>;
    /// The job with this id.
    async fn get(&self, id: &str) -> Result<Option<Batch>>;
    /// The jobs in `state` (in any when `None`), newest first.
    async fn list(&self, state: Option<&str>, limit: u32) -> Result<Vec<Batch>>;
    /// Gives the job to `owner` from `now` until `until`, whoever had it, takes back any wish for its end, and puts it into
    /// `state`; answers whether it is there. Who takes a job holds the lock on its journal, which says more than a time.
    async fn take(&self, id: &str, owner: &str, state: &str, now: Timestamp, until: Timestamp) -> Result<bool>;
    /// Stores what `batch` says in `state`, `held_until`, `updated_at`, `ended_at` and `sealed`, provided its owner has the
    /// job; without `held_until` the owner gives it back.
    async fn keep(&self, batch: Batch) -> Result<Held>;
    /// Asks whoever holds the job at `now` to end the work; answers whether somebody does.
    async fn ask_to_stop(&self, id: &str, now: Timestamp) -> Result<bool>;
    /// Removes the jobs that ended before `before` in one of `states`; answers how many.
    async fn purge(&self, states: &[&'static str], before: Timestamp) -> Result<u64>;
}
