//! The one writer: a thread that commits many callers' writes together.
//!
//! Whatever has queued up while one commit reached the disk goes into the next, so that sixty callers
//! wait for one flush instead of sixty. Each job has a savepoint: one that fails takes nobody with it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use rusqlite::Connection;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};

use super::failed;
use crate::error::{Error, Result};

/// How many jobs one commit takes at most, which bounds how long the first of them waits.
const BATCH: usize = 1000;
/// How many jobs are queued up at most; callers beyond that wait without a thread.
const QUEUE: usize = 8192;

/// How long the writer goes on without a pause. The store has no queue for processes: one that begins anew as soon as it
/// has committed leaves the others no moment to come in.
const TURN: Duration = Duration::from_millis(50);
/// How long it then leaves the store to others, who look every millisecond.
pub(super) const REST: Duration = Duration::from_millis(3);

/// Sends jobs to the writer's thread, which ends when this is dropped and the queue is done.
pub(super) struct Writer {
    queue: Sender<Job>,
    room: Arc<Semaphore>,
}

/// What a caller wants done; it keeps what it found itself, so that one kind of job does for results of every
/// type.
type Work = Box<dyn FnOnce(&Connection) -> Result<()> + Send>;

/// A caller's work: done in a transaction, answered once it is known whether that was committed.
struct Job {
    work: Option<Work>,
    result: Option<Result<()>>,
    caller: oneshot::Sender<Result<()>>,
    /// Its place in the queue, free again when the job is gone.
    _place: OwnedSemaphorePermit,
}

impl Job {
    /// Does the work; answers whether its writes are to be kept.
    fn perform(&mut self, connection: &Connection) -> bool {
        let Some(work) = self.work.take() else { return false };
        let result = catch_unwind(AssertUnwindSafe(|| {
            crate::failpoint::hit("store.write");
            work(connection)
        }))
        .unwrap_or_else(|_| Err(Error::internal("a job of the store's writer panicked")));
        self.result.insert(result).is_ok()
    }

    /// Answers the caller.
    fn settle(self, committed: Result<()>) {
        let answer = match (self.result, committed) {
            (Some(Err(error)), _) | (_, Err(error)) => Err(error),
            (Some(Ok(())), Ok(())) => Ok(()),
            (None, Ok(())) => Err(Error::internal("a job of the store's writer was not run")),
        };
        // A caller that was cancelled does not wait for the answer.
        let _ = self.caller.send(answer);
    }
}

impl Writer {
    /// Starts the thread; it drops `kept` and the connection at its end.
    pub(super) fn start(connection: Connection, kept: impl Send + 'static) -> Result<Self> {
        let (queue, jobs) = channel();
        std::thread::Builder::new()
            .name("learnerlink-store".into())
            .spawn(move || {
                serve(&connection, &jobs);
                drop(kept);
            })
            .map_err(|error| Error::internal(format!("the store's thread did not start: {error}")))?;
        Ok(Self { queue, room: Arc::new(Semaphore::new(QUEUE)) })
    }

    /// Runs `work` and answers once its transaction is durable, or with why it is not.
    pub(super) async fn run<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T> + Send + 'static,
    {
        let found = Arc::new(Mutex::new(None));
        let find = {
            let found = Arc::clone(&found);
            move |connection: &Connection| {
                let value = work(connection)?;
                *found.lock().unwrap_or_else(PoisonError::into_inner) = Some(value);
                Ok(())
            }
        };
        self.done(Box::new(find)).await?;
        let found = found.lock().unwrap_or_else(PoisonError::into_inner).take();
        found.ok_or_else(ended)
    }

    async fn done(&self, work: Work) -> Result<()> {
        let place = Arc::clone(&self.room).acquire_owned().await.map_err(|_| ended())?;
        let (caller, answer) = oneshot::channel();
        self.queue.send(Job { work: Some(work), result: None, caller, _place: place }).map_err(|_| ended())?;
        answer.await.map_err(|_| ended())?
    }
}

fn ended() -> Error {
    Error::internal("the store's writer ended")
}

fn serve(connection: &Connection, jobs: &Receiver<Job>) {
    let mut busy_since = Instant::now();
    loop {
        let first = match jobs.try_recv() {
            Ok(first) => {
                if busy_since.elapsed() > TURN {
                    std::thread::sleep(REST);
                    busy_since = Instant::now();
                }
                first
            }
            Err(TryRecvError::Empty) => {
                let Ok(first) = jobs.recv() else { return };
                busy_since = Instant::now();
                first
            }
            Err(TryRecvError::Disconnected) => return,
        };
        let mut batch = Vec::new();
        let committed = catch_unwind(AssertUnwindSafe(|| transact(connection, first, jobs, &mut batch)));
        if !connection.is_autocommit() {
            // Nothing that was refused or not committed may be left open for the next batch.
            let _ = connection.execute_batch("ROLLBACK");
        }
        for job in batch {
            job.settle(match &committed {
                Ok(Ok(())) => Ok(()),
                Ok(Err(error)) => Err(failed(copied(error))),
                // The callers of this batch are told, and the thread is there for the next.
                Err(_) => Err(Error::internal("the store's writer panicked; the log has file and line")),
            });
        }
    }
}

/// Performs `first` and all that is queued up behind it in one transaction.
fn transact(connection: &Connection, first: Job, jobs: &Receiver<Job>, batch: &mut Vec<Job>) -> rusqlite::Result<()> {
    batch.push(first);
    connection.execute_batch("BEGIN IMMEDIATE")?;
    crate::failpoint::hit("store.batch");
    let mut at = 0;
    while let Some(job) = batch.get_mut(at) {
        at += 1;
        connection.prepare_cached("SAVEPOINT job")?.execute([])?;
        let keep = job.perform(connection);
        // A full disk or an I/O error ends the whole transaction, not only the statement.
        if connection.is_autocommit() {
            let lost = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_FULL);
            return Err(rusqlite::Error::SqliteFailure(lost, None));
        }
        if !keep {
            connection.prepare_cached("ROLLBACK TO job")?.execute([])?;
        }
        connection.prepare_cached("RELEASE job")?.execute([])?;
        if at == batch.len() && at < BATCH {
            batch.extend(jobs.try_recv());
        }
    }
    connection.execute_batch("COMMIT")
}

/// Every caller of a batch gets the error, and SQLite's own cannot be cloned.
fn copied(error: &rusqlite::Error) -> rusqlite::Error {
    match error.sqlite_error() {
        Some(code) => rusqlite::Error::SqliteFailure(*code, None),
        None => rusqlite::Error::InvalidQuery,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    fn writer() -> Writer {
        let connection = Connection::open_in_memory().unwrap();
        connection.execute_batch("CREATE TABLE t (n INTEGER UNIQUE)").unwrap();
        Writer::start(connection, ()).unwrap()
    }

    async fn insert(writer: &Writer, number: i64) -> Result<()> {
        writer.run(move |c| c.execute("INSERT INTO t VALUES (?1)", [number]).map(drop).map_err(failed)).await
    }

    async fn count(writer: &Writer) -> i64 {
        writer.run(|c| c.query_row("SELECT count(*) FROM t", [], |row| row.get(0)).map_err(failed)).await.unwrap()
    }

    #[tokio::test]
    async fn a_job_that_fails_or_panics_takes_nobody_with_it() {
        let writer = writer();
        let (first, twice, after, panicked) = tokio::join!(
            insert(&writer, 1),
            insert(&writer, 1),
            insert(&writer, 2),
            writer.run(|c| -> Result<()> {
                c.execute("INSERT INTO t VALUES (3)", []).unwrap();
                panic!("on purpose")
            })
        );
        assert!(first.is_ok() && after.is_ok());
        assert!(twice.is_err());
        assert!(matches!(panicked, Err(Error::Internal { .. })));
        assert_eq!(count(&writer).await, 2);
    }

    #[test]
    fn more_callers_than_the_queue_holds_need_no_threads() {
        static STARTED: AtomicUsize = AtomicUsize::new(0);
        let count_thread = || {
            STARTED.fetch_add(1, Ordering::Relaxed);
        };
        let runtime = tokio::runtime::Builder::new_current_thread().on_thread_start(count_thread).build().unwrap();
        runtime.block_on(async {
            let writer = writer();
            let all = (0..2 * QUEUE as i64).map(|number| insert(&writer, number));
            for result in futures_util::future::join_all(all).await {
                result.unwrap();
            }
            assert_eq!(count(&writer).await, 2 * QUEUE as i64);
        });
        assert_eq!(STARTED.load(Ordering::Relaxed), 0);
    }

    #[tokio::test]
    async fn a_caller_that_gives_up_does_not_stop_the_others() {
        let writer = writer();
        drop(insert(&writer, 1));
        // Whether it was done in time or not.
        let _ = tokio::time::timeout(Duration::ZERO, insert(&writer, 2)).await;
        insert(&writer, 3).await.unwrap();
        assert!((1..=2).contains(&count(&writer).await), "the first was never asked for");
    }
}
