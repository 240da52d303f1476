//! Writes for many callers at once, where all contend for the same lock.
//!
//! Whatever has queued up while one transaction was under way goes into the next, so that sixty callers wait for one
//! flush of the server instead of sixty, and a process takes the lock from the others once instead of sixty times.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, oneshot};

use super::Connections;
use super::failure::retold;
use crate::error::{Error, Result};

/// How many callers one transaction takes at most, which bounds how long the lock is held.
const BATCH: usize = 500;
/// How many callers are queued up at most; those beyond wait without taking room.
const QUEUE: usize = 8192;

/// What is done for all of a batch in one transaction: an answer for each, in their order, or for none.
type Work<T, R> = for<'a> fn(&'a Connections, &'a [T]) -> BoxFuture<'a, Result<Vec<R>>>;

struct Waiting<R> {
    caller: oneshot::Sender<Result<R>>,
    _place: OwnedSemaphorePermit,
}

/// Callers of one kind of work. Its task ends when this is dropped and the queue is done.
pub(super) struct Group<T, R> {
    queue: mpsc::UnboundedSender<(T, Waiting<R>)>,
    room: Arc<Semaphore>,
}

impl<T: Send + Sync + 'static, R: Send + 'static> Group<T, R> {
    /// Starts the task.
    pub(super) fn start(connections: Connections, work: Work<T, R>) -> Self {
        let (queue, jobs) = mpsc::unbounded_channel();
        tokio::spawn(serve(connections, jobs, work));
        Self { queue, room: Arc::new(Semaphore::new(QUEUE)) }
    }

    /// Has `item` done and answers once that is durable, or with why it is not.
    pub(super) async fn run(&self, item: T) -> Result<R> {
        let place = Arc::clone(&self.room).acquire_owned().await.map_err(|_| ended())?;
        let (caller, answer) = oneshot::channel();
        self.queue.send((item, Waiting { caller, _place: place })).map_err(|_| ended())?;
        answer.await.map_err(|_| ended())?
    }
}

fn ended() -> Error {
    Error::internal("a writing task of the store ended")
}

async fn serve<T, R>(connections: Connections, mut jobs: mpsc::UnboundedReceiver<(T, Waiting<R>)>, work: Work<T, R>) {
    while let Some((first, caller)) = jobs.recv().await {
        let (mut items, mut callers) = (vec![first], vec![caller]);
        while items.len() < BATCH
            && let Ok((item, caller)) = jobs.try_recv()
        {
            items.push(item);
            callers.push(caller);
        }
        match done(&connections, &items, work).await {
            Ok(answers) => {
                for (caller, answer) in callers.into_iter().zip(answers) {
                    // One who went away needs no answer.
                    let _ = caller.caller.send(Ok(answer));
                }
            }
            // The server is gone or busy for all of them alike.
            Err(error) if callers.len() == 1 || error.status().retriable() => {
                for caller in callers {
                    let _ = caller.caller.send(Err(retold(&error)));
                }
            }
            // What one of them brought takes nobody with it.
            Err(_) => {
                for (item, caller) in items.iter().zip(callers) {
                    let answer = done(&connections, std::slice::from_ref(item), work).await;
                    let _ = caller.caller.send(answer.and_then(|mut answers| answers.pop().ok_or_else(ended)));
                }
            }
        }
    }
}

async fn done<T, R>(connections: &Connections, items: &[T], work: Work<T, R>) -> Result<Vec<R>> {
    let done = AssertUnwindSafe(work(connections, items)).catch_unwind();
    // The callers of this batch are told, and the task is there for the next.
    done.await
        .unwrap_or_else(|_| Err(Error::internal("a writing task of the store panicked; the log has file and line")))
}
