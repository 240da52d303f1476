//! The work of a batch: reads rows, runs the operation for each, keeps what came of it, and writes the results.

use std::collections::BTreeSet;
use std::fs::File;
use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{Semaphore, mpsc};
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::journal::{self, Entry, Journal, Writer};
use super::keys::Keys;
use super::model::StartBatch;
use super::plan::Plan;
use super::progress::{Progress, What};
use super::ranges::Ranges;
use super::rates::Rates;
use super::results::{self, Wanted};
use super::source::{Fingerprint, Row, Source};
use super::stop::{Stop, Why};
use crate::error::{Error, Result, Status};
use crate::operations::{Answer, Operation};
use crate::plugin::Plugin;

/// The first wait before a row is tried again; each further one is twice as long.
const FIRST_WAIT: Duration = Duration::from_millis(500);
/// The longest such wait.
const LONGEST_WAIT: Duration = Duration::from_secs(15);

/// What the work is done with.
pub(super) struct Runner {
    pub(super) plugin: Arc<Plugin>,
    pub(super) operation: &'static Operation,
    pub(super) plan: Arc<Plan>,
    pub(super) progress: Arc<Progress>,
    pub(super) stop: Stop,
    pub(super) rates: Arc<Rates>,
    /// A place for each row that may be worked on at once.
    pub(super) places: Semaphore,
    pub(super) patience: Duration,
    /// The rows that are done.
    pub(super) ended: Arc<Ranges>,
    /// The rows whose call was under way when the batch ended before, unless they are to be run again.
    pub(super) interrupted: BTreeSet<u64>,
    /// What the file of results was known by, when it was about to get its name before.
    pub(super) results: Option<Fingerprint>,
    /// How many rows have failed or were refused since the work began.
    pub(super) wrong: AtomicU64,
    pub(super) away: Away,
}

/// Since when no row has had an answer because the service or the store is not there.
#[derive(Default)]
pub(super) struct Away {
    since: Mutex<Option<Instant>>,
    /// How often somebody has had an answer after it was away.
    back: AtomicU64,
}

impl Away {
    /// Notes that the service is not there; answers since when.
    fn is(&self) -> Instant {
        *self.since.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert_with(Instant::now)
    }

    /// Notes that it answers.
    fn is_over(&self) {
        if self.since.lock().unwrap_or_else(PoisonError::into_inner).take().is_some() {
            self.back.fetch_add(1, Ordering::Relaxed);
        }
    }
}

/// What an error of a row's call means for the row.
enum Verdict {
    /// It is what came of the row.
    Final,
    /// The service is busy: later, and slower.
    Busy(Option<Duration>),
    /// Something else may pass: later.
    Later,
    /// The service or the store is not there: later, as long as there is patience.
    Away(Option<Duration>),
    /// All rows would fail in the same way, before anything is called.
    StopsBefore,
    /// The batch cannot go on, whatever came of the row.
    Stops,
}

impl Runner {
    /// Does the work to its end, or until there is a reason to stop.
    ///
    /// Answers with the journal's file, which nobody else may have before it is told how the batch ended.
    pub(super) async fn run(self: Arc<Self>, journal: Journal) -> Option<Arc<File>> {
        match self.work(journal).await {
            Ok(file) => Some(file),
            Err(error) => {
                self.stop.fail(error);
                None
            }
        }
    }

    async fn work(self: &Arc<Self>, journal: Journal) -> Result<Arc<File>> {
        let writer = journal.write(Arc::clone(&self.progress), self.stop.clone())?;
        self.count_rows()?;
        let mut rows = self.read_rows()?;
        let mut flying = JoinSet::new();
        // Some more than may call at once, so that a call does not wait for what comes after another's answer.
        let most = self.plan.concurrency() * 5 / 4;
        let mut stop = Box::pin(self.stop.wanted());
        let mut reading = true;
        while reading || !flying.is_empty() {
            tokio::select! {
                biased;
                () = &mut stop => break,
                ended = flying.join_next(), if !flying.is_empty() => {
                    if let Some(Err(error)) = ended && error.is_panic() {
                        self.stop.fail(Error::internal("the work on a row panicked; the log has file and line"));
                    }
                }
                row = rows.recv(), if reading && flying.len() < most => match row {
                    Some(row) => {
                        let (runner, writer) = (Arc::clone(self), writer.clone());
                        flying.spawn(async move { runner.row(row, &writer).await });
                    }
                    None => reading = false,
                },
            }
        }
        // Their calls end by the same reason, down to the socket.
        while flying.join_next().await.is_some() {}
        drop(rows);
        let file = Arc::new(writer.close().await.ok_or_else(lost_journal)?);
        if !self.stop.is_wanted() {
            self.finish(Arc::clone(&file)).await?;
        }
        Ok(file)
    }

    /// Writes the results, unless they were written before.
    async fn finish(self: &Arc<Self>, file: Arc<File>) -> Result<()> {
        let runner = Arc::clone(self);
        let written = crate::runtime::blocking(move || {
            let plan = &runner.plan;
            let written = |results: &Fingerprint| Fingerprint::of(plan.output()).is_ok_and(|there| there == *results);
            if runner.results.as_ref().is_some_and(written) {
                return Ok(());
            }
            if Fingerprint::of(&plan.asked.input)? != plan.fingerprint {
                return Err(Error::Conflict {
                    problem: "the input was changed while it was read; start the batch anew".into(),
                });
            }
            let journal = journal::place(plan.output());
            let wanted = Wanted {
                journal: &journal,
                output: plan.output().as_ref(),
                format: plan.output_format,
                overwrite: plan.asked.overwrite,
                spreadsheet_safe: plan.asked.spreadsheet_safe,
            };
            results::write(&wanted, &runner.stop, &|whole| {
                let whole = whole.to_str().ok_or_else(|| Error::internal("a path is not Unicode"))?;
                journal::note_results(&file, &Fingerprint::of(whole)?)
            })
        });
        match written.await {
            Some(Err(Error::Cancelled)) if self.stop.is_wanted() => Ok(()),
            Some(written) => written,
            None => Err(Error::internal("writing the results panicked; the log has file and line")),
        }
    }

    /// Reads the rows that are not done in a thread of their own.
    fn read_rows(self: &Arc<Self>) -> Result<mpsc::Receiver<Row>> {
        let (sender, receiver) = mpsc::channel(2 * self.plan.concurrency());
        let runner = Arc::clone(self);
        threaded(move || {
            if let Err(error) = runner.read(&sender) {
                runner.stop.fail(error);
            }
        })?;
        Ok(receiver)
    }

    fn read(&self, rows: &mpsc::Sender<Row>) -> Result<()> {
        let mut source = self.open(&self.plan.asked)?;
        self.progress.tally().rows_read = 0;
        while let Some(row) = source.next()? {
            self.progress.tally().rows_read = row.number;
            if !self.ended.contains(row.number) && rows.blocking_send(row).is_err() {
                return Ok(());
            }
            if self.stop.is_wanted() {
                return Ok(());
            }
        }
        let mut tally = self.progress.tally();
        tally.rows_total = Some(tally.rows_read);
        Ok(())
    }

    fn open(&self, asked: &StartBatch) -> Result<Source> {
        Source::open(asked, self.plan.input_format, &Keys::of(self.operation)?)
    }

    /// Finds out how many rows there are, so that it can be told how long the rest will take.
    fn count_rows(self: &Arc<Self>) -> Result<()> {
        let runner = Arc::clone(self);
        threaded(move || {
            let counted = runner.open(&runner.plan.without_ids()).and_then(|mut source| {
                let mut rows = 0;
                while !runner.stop.is_wanted() && source.pass()? {
                    rows += 1;
                }
                Ok(rows)
            });
            // Who reads the rows in earnest says what is wrong.
            if let (Ok(rows), false) = (counted, runner.stop.is_wanted()) {
                runner.progress.tally().rows_total = Some(rows);
            }
        })
    }

    /// Runs the operation for a row.
    async fn row(&self, row: Row, writer: &Writer) {
        let (system, name) = (self.operation.system.name(), self.operation.name);
        let failed =
            |error: &Error| Entry::failed(row.number, row.line, &row.kept, &journal::error_of(error, name, system));
        let refused = |problem: String| failed(&Error::InvalidRow { problem });
        let request = match &row.request {
            Ok(request) => request,
            Err(problem) => return self.end(writer, refused(problem.clone())).await,
        };
        if self.interrupted.contains(&row.number) {
            return self.end(writer, failed(&Error::BatchRowInterrupted)).await;
        }
        let rate = self.rates.of(&row.profile);
        let (mut tries, mut waited, mut place) = (0, 0, None);
        loop {
            let admitted = async {
                if place.is_none() {
                    place = Some((self.places.acquire().await, self.progress.in_flight()));
                }
                rate.admit(self.plan.asked.rate_per_second).await;
            };
            tokio::select! {
                biased;
                () = self.stop.wanted() => return,
                () = admitted => {}
            }
            let prepared = match self.operation.prepare(&self.plugin, request) {
                Ok(prepared) => prepared,
                Err(Error::Closed { .. }) => return self.stop.because(Why::Interrupted),
                Err(error) => return self.end(writer, refused(error.to_string())).await,
            };
            let back = self.away.back.load(Ordering::Relaxed);
            if !self.operation.repeatable && !writer.begin(row.number).await {
                return;
            }
            let stop = async {
                self.stop.wanted().await;
                Error::Cancelled
            };
            let answered = |result: &Result<Answer>| {
                if result.is_ok() {
                    drop(place.take());
                }
            };
            let error = match prepared.run_and(stop, answered).await {
                Ok(answer) => {
                    self.away.is_over();
                    let entry = Entry::answered(row.number, row.line, &row.kept, answer.outcome, &answer.json);
                    return self.end(writer, entry).await;
                }
                Err(_) if self.stop.is_wanted() => return,
                Err(error) => error,
            };
            let pause = match self.verdict(&error) {
                Verdict::Stops => return self.stop.fail(error),
                Verdict::StopsBefore => {
                    self.was_not_begun(writer, row.number).await;
                    return self.stop.fail(error);
                }
                Verdict::Final => {
                    self.away.is_over();
                    // What the operation itself finds wrong in a row, nobody was asked about.
                    let wrong = matches!(error, Error::InvalidInput { .. } | Error::InvalidFields { .. });
                    let entry = if wrong { refused(error.to_string()) } else { failed(&error) };
                    return self.end(writer, entry).await;
                }
                Verdict::Busy(pause) => {
                    self.away.is_over();
                    rate.hold_back(pause, self.progress.flying());
                    tries += 1;
                    None
                }
                Verdict::Later => {
                    self.away.is_over();
                    tries += 1;
                    None
                }
                Verdict::Away(pause) => {
                    if self.away.is().elapsed() >= self.patience {
                        self.was_not_begun(writer, row.number).await;
                        return self.stop.fail(error);
                    }
                    // As long as nobody has an answer, it is not for the row.
                    tries += u32::from(self.away.back.load(Ordering::Relaxed) != back);
                    pause
                }
            };
            self.was_not_begun(writer, row.number).await;
            if tries >= self.plan.attempts() {
                return self.end(writer, failed(&error)).await;
            }
            let wait = pause.unwrap_or_default().max(backoff(waited, row.number)).min(LONGEST_WAIT);
            waited += 1;
            tokio::select! {
                biased;
                () = self.stop.wanted() => return,
                () = tokio::time::sleep(wait) => {}
            }
        }
    }

    /// Takes back that the call of a row was begun.
    async fn was_not_begun(&self, writer: &Writer, row: u64) {
        if !self.operation.repeatable {
            writer.not_begun(row).await;
        }
    }

    /// Keeps what came of a row.
    async fn end(&self, writer: &Writer, entry: Entry) {
        let is_wrong = !matches!(entry.what(), What::Done(_));
        writer.end(entry).await;
        if let (true, Some(most)) = (is_wrong, self.plan.asked.stop_after_errors)
            && self.wrong.fetch_add(1, Ordering::Relaxed) + 1 >= most
        {
            self.stop.fail(Error::BatchStopped { errors: most });
        }
    }

    fn verdict(&self, error: &Error) -> Verdict {
        let milliseconds = |wait: u64| Some(Duration::from_millis(wait));
        // Of an operation that sends or makes something, only what was surely not carried out is repeated.
        let repeatable = self.operation.repeatable;
        match error {
            Error::Throttled { retry_after_ms, .. } => Verdict::Busy(milliseconds(*retry_after_ms)),
            Error::CircuitOpen { retry_after_ms, .. } => Verdict::Away(milliseconds(*retry_after_ms)),
            Error::Unreachable { .. } | Error::Maintenance { .. } => Verdict::Away(None),
            // The store is away, for all rows alike.
            Error::StoreInterrupted { .. } if repeatable => Verdict::Away(None),
            Error::Unavailable { .. } if repeatable => Verdict::Busy(None),
            Error::DeadlineExceeded { .. } | Error::StoreBusy { .. } if repeatable => Verdict::Later,
            Error::BadCredential { .. }
            | Error::NoCredential { .. }
            | Error::AuthConfig { .. }
            | Error::AuthRejected { .. }
            | Error::BadCertificate { .. }
            | Error::CertificateRefused { .. }
            | Error::TlsFailed { .. }
                if self.plan.one_profile =>
            {
                Verdict::StopsBefore
            }
            Error::Closed { .. } | Error::VaultKeyWrong => Verdict::Stops,
            Error::SealBroken { .. } | Error::StoreBusy { .. } => Verdict::Final,
            error if (300..400).contains(&error.status().number()) && error.status() != Status::BatchOutput => {
                Verdict::Stops
            }
            _ => Verdict::Final,
        }
    }
}

/// How long to wait, with a part by chance so that rows do not come back all at once.
fn backoff(waited: u32, row: u64) -> Duration {
    let longest = FIRST_WAIT.saturating_mul(1 << waited.min(6)).min(LONGEST_WAIT);
    let share = RandomState::new().hash_one(row) % 512;
    longest.mul_f64(0.5 + share as f64 / 1024.0)
}

fn lost_journal() -> Error {
    Error::BatchOutput { problem: "the thread that writes the partial results has ended".into(), source: None }
}

fn threaded(work: impl FnOnce() + Send + 'static) -> Result<()> {
    std::thread::Builder::new()
        .name("learnerlink-rows".into())
        .spawn(work)
        .map(drop)
        .map_err(|error| Error::internal(format!("a thread of a batch did not start: {error}")))
}
