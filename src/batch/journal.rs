//! The journal of a batch, beside its output: what came of each row, in the order in which rows end.
//!
//! A row is done when it is here. Every line begins with a checksum, so that one torn by a crash or a full disk is known
//! for it; whatever was whole before counts. The lock on the file tells other processes on this machine that somebody
//! works on the batch, and goes with the process however that ends.

use std::collections::BTreeSet;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{BufRead, BufReader, ErrorKind, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde::Deserialize;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use tokio::sync::{mpsc, oneshot};

use super::model::RefusedRow;
use super::progress::{Progress, Tally, What};
use super::ranges::Ranges;
use super::source::Fingerprint;
use super::stop::Stop;
use crate::error::{Error, Result, Status};
use crate::files::private;
use crate::hex;

/// How long what was written may wait to be brought to the disk.
const SYNC_EVERY: Duration = Duration::from_secs(1);
/// How many messages wait for the writer at most.
const QUEUE: usize = 2_048;
/// How many characters of a checksum are kept.
const CHECK: usize = 16;

/// The place of the journal of an output.
pub(super) fn place(output: &str) -> PathBuf {
    PathBuf::from(format!("{output}.part"))
}

/// What a line says.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Said {
    /// The batch, on the first line.
    batch: Option<String>,
    /// A row whose call is about to begin.
    begun: Option<u64>,
    /// A row whose call was begun and surely not carried out.
    not_begun: Option<u64>,
    /// A row that came to its end.
    pub(super) row: Option<u64>,
    /// What the file of results is known by, just before it gets its name.
    results: Option<Fingerprint>,
    line: Option<u64>,
    outcome: Option<String>,
    error: Option<SaidError>,
}

#[derive(Deserialize)]
struct SaidError {
    code: String,
    message: String,
}

impl Said {
    fn what(self) -> What {
        match (self.error, self.outcome) {
            (Some(error), _) if error.code == Status::InvalidRow.code() => {
                What::Refused(RefusedRow { line: self.line.unwrap_or_default(), reason: error.message })
            }
            (Some(error), _) => What::Failed(error.code),
            (None, outcome) => What::Done(outcome.unwrap_or_default()),
        }
    }
}

/// A row that came to its end.
pub(super) struct Entry {
    text: String,
    what: What,
}

impl Entry {
    /// What became of the row.
    pub(super) const fn what(&self) -> &What {
        &self.what
    }

    /// A row with an answer; `kept` and `response` are JSON.
    pub(super) fn answered(row: u64, line: u64, kept: &str, outcome: &str, response: &str) -> Self {
        let outcome_text = Value::from(outcome);
        let text =
            format!(r#"{{"row":{row},"line":{line},"input":{kept},"outcome":{outcome_text},"response":{response}}}"#);
        Self { text, what: What::Done(outcome.to_owned()) }
    }

    /// A row with an error.
    pub(super) fn failed(row: u64, line: u64, kept: &str, error: &Value) -> Self {
        let text = format!(r#"{{"row":{row},"line":{line},"input":{kept},"error":{error}}}"#);
        let word = |key: &str| error[key].as_str().unwrap_or_default().to_owned();
        let what = if error["status"] == Status::InvalidRow.number() {
            What::Refused(RefusedRow { line, reason: word("message") })
        } else {
            What::Failed(word("code"))
        };
        Self { text, what }
    }
}

/// Why a file of results cannot be written.
pub(super) fn unwritable(error: std::io::Error) -> Error {
    let problem = match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "the disk is full; free space and resume the batch".into(),
        ErrorKind::FileTooLarge => "the file may not grow larger here".into(),
        ErrorKind::NotFound => "the folder does not exist".into(),
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => "the folder or file may not be written".into(),
        kind => format!("the system says: {kind}"),
    };
    Error::BatchOutput { problem, source: Some(Box::new(error)) }
}

fn checked(text: &str) -> String {
    let mut line = checksum(text.as_bytes());
    line.push(' ');
    line.push_str(text);
    line.push('\n');
    line
}

fn checksum(text: &[u8]) -> String {
    hex::text(&Sha256::digest(text)[..CHECK / 2])
}

/// The JSON of a whole line, if it is one.
fn json_of(line: &[u8]) -> Option<&[u8]> {
    let line = line.strip_suffix(b"\n")?;
    let (check, text) = line.split_at_checked(CHECK)?;
    let text = text.strip_prefix(b" ")?;
    (checksum(text).as_bytes() == check).then_some(text)
}

/// Lines of a journal with where they begin, up to the first that is not whole.
pub(super) struct Reader {
    file: BufReader<File>,
    at: u64,
    line: Vec<u8>,
}

impl Reader {
    pub(super) fn open(path: &Path) -> Result<Self> {
        Ok(Self::new(File::open(path).map_err(unwritable)?))
    }

    fn new(file: File) -> Self {
        Self { file: BufReader::with_capacity(256 * 1024, file), at: 0, line: Vec::new() }
    }

    /// The next line's place and JSON.
    pub(super) fn next(&mut self) -> Result<Option<(u64, &[u8])>> {
        self.line.clear();
        let read = self.file.read_until(b'\n', &mut self.line).map_err(unwritable)?;
        let at = self.at;
        match json_of(&self.line) {
            Some(text) => {
                self.at += read as u64;
                Ok(Some((at, text)))
            }
            None => Ok(None),
        }
    }

    /// The JSON of the line at a place.
    pub(super) fn at(&mut self, place: u64) -> Result<&[u8]> {
        let by = i64::try_from(place).unwrap_or(i64::MAX) - i64::try_from(self.at).unwrap_or(i64::MAX);
        // What is in the buffer stays there.
        self.file.seek_relative(by).map_err(unwritable)?;
        self.at = place;
        match self.next()? {
            Some(_) => Ok(json_of(&self.line).unwrap_or_default()),
            None => Err(Error::BatchOutput { problem: "the file of partial results was altered".into(), source: None }),
        }
    }
}

/// Who works on the batch holds this file.
pub(super) struct Journal {
    file: File,
}

/// What a journal says of the rows so far.
#[derive(Default)]
pub(super) struct Found {
    /// The rows that came to their end.
    pub(super) ended: Ranges,
    /// The rows whose call was begun.
    pub(super) begun: BTreeSet<u64>,
    pub(super) tally: Tally,
    /// What the file of results is known by, when it was about to get its name.
    pub(super) results: Option<Fingerprint>,
}

impl Journal {
    /// Creates the journal of a new batch.
    ///
    /// # Errors
    /// `CONFLICT` when there is one already, `BATCH_OUTPUT`.
    pub(super) fn create(path: &Path, batch: &str) -> Result<Self> {
        let mut file = match private(OpenOptions::new().read(true).write(true).create_new(true)).open(path) {
            Ok(file) => file,
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                let whose = Reader::open(path).ok().and_then(|mut reader| reader.batch()).unwrap_or_default();
                let whose = if whose.is_empty() { String::new() } else { format!(" of batch {whose}") };
                let problem = format!(
                    "beside the output lie the unfinished results{whose}; resume that batch, or remove the file that ends in `.part`"
                );
                return Err(Error::Conflict { problem });
            }
            Err(error) => return Err(unwritable(error)),
        };
        let begun = file
            .try_lock()
            .map_err(|_| std::io::Error::from(ErrorKind::WouldBlock))
            .and_then(|()| file.write_all(checked(&json!({ "batch": batch }).to_string()).as_bytes()))
            .and_then(|()| file.sync_all());
        if let Err(error) = begun {
            let _ = std::fs::remove_file(path);
            return Err(unwritable(error));
        }
        Ok(Self { file })
    }

    /// Opens the journal of a batch to go on with it; `None` when somebody works on it.
    ///
    /// # Errors
    /// `CONFLICT` when it is not there or another batch's, `BATCH_OUTPUT`.
    pub(super) fn reopen(path: &Path, batch: &str) -> Result<Option<Self>> {
        let gone = || Error::Conflict {
            problem: "the file of partial results is gone or another batch's; start the batch anew".into(),
        };
        let file = match OpenOptions::new().read(true).write(true).open(path) {
            Ok(file) => file,
            Err(error) if error.kind() == ErrorKind::NotFound => return Err(gone()),
            Err(error) => return Err(unwritable(error)),
        };
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(None),
            Err(TryLockError::Error(error)) => return Err(unwritable(error)),
        }
        if Reader::open(path)?.batch().as_deref() != Some(batch) {
            return Err(gone());
        }
        Ok(Some(Self { file }))
    }

    /// Reads what is done, and cuts off what is torn.
    pub(super) fn found(&mut self) -> Result<Found> {
        let mut file = self.file.try_clone().map_err(unwritable)?;
        file.rewind().map_err(unwritable)?;
        let mut reader = Reader::new(file);
        let mut found = Found::default();
        while let Some((_, text)) = reader.next()? {
            let Ok(said) = serde_json::from_slice::<Said>(text) else { continue };
            if let Some(row) = said.begun {
                found.begun.insert(row);
            } else if let Some(row) = said.not_begun {
                found.begun.remove(&row);
            } else if let Some(results) = said.results {
                found.results = Some(results);
            } else if let Some(row) = said.row {
                found.begun.remove(&row);
                if found.ended.insert(row) {
                    found.tally.count(said.what());
                }
            }
        }
        self.file.set_len(reader.at).and_then(|()| self.file.seek(SeekFrom::Start(reader.at))).map_err(unwritable)?;
        Ok(found)
    }

    /// Starts the thread that writes.
    pub(super) fn write(self, progress: Arc<Progress>, stop: Stop) -> Result<Writer> {
        let (queue, messages) = mpsc::channel(QUEUE);
        std::thread::Builder::new()
            .name("learnerlink-batch".into())
            .spawn(move || serve(self.file, messages, &progress, &stop))
            .map_err(|error| Error::internal(format!("the journal's thread did not start: {error}")))?;
        Ok(Writer { queue })
    }
}

impl Reader {
    /// The batch whose journal this is.
    fn batch(&mut self) -> Option<String> {
        let (_, text) = self.next().ok()??;
        serde_json::from_slice::<Said>(text).ok()?.batch
    }
}

enum Message {
    Entry(Entry),
    Begin(u64, oneshot::Sender<()>),
    NotBegun(u64),
    Close(oneshot::Sender<File>),
}

/// Sends lines to the journal's thread.
#[derive(Clone)]
pub(super) struct Writer {
    queue: mpsc::Sender<Message>,
}

impl Writer {
    /// Writes what came of a row. Whether it could be written is told by the batch's end.
    pub(super) async fn end(&self, entry: Entry) {
        // The thread ends early only when it has said why.
        let _ = self.queue.send(Message::Entry(entry)).await;
    }

    /// Notes that a row's call begins; answers once that is on the disk, and with `false` when it could not be written.
    pub(super) async fn begin(&self, row: u64) -> bool {
        let (caller, answer) = oneshot::channel();
        self.queue.send(Message::Begin(row, caller)).await.is_ok() && answer.await.is_ok()
    }

    /// Notes that the call was surely not carried out.
    pub(super) async fn not_begun(&self, row: u64) {
        let _ = self.queue.send(Message::NotBegun(row)).await;
    }

    /// Brings everything to the disk and gives back the file, still locked; `None` when that failed.
    pub(super) async fn close(self) -> Option<File> {
        let (caller, answer) = oneshot::channel();
        self.queue.send(Message::Close(caller)).await.ok()?;
        answer.await.ok()
    }
}

fn serve(mut file: File, mut messages: mpsc::Receiver<Message>, progress: &Progress, stop: &Stop) {
    let mut synced = Instant::now();
    while let Some(first) = messages.blocking_recv() {
        let mut text = Vec::new();
        let (mut begun, mut ended, mut close) = (Vec::new(), Vec::new(), None);
        let mut next = Some(first);
        while let Some(message) = next {
            match message {
                Message::Entry(entry) => {
                    text.extend_from_slice(checked(&entry.text).as_bytes());
                    ended.push(entry.what);
                }
                Message::Begin(row, caller) => {
                    text.extend_from_slice(checked(&json!({ "begun": row }).to_string()).as_bytes());
                    begun.push(caller);
                }
                Message::NotBegun(row) => {
                    text.extend_from_slice(checked(&json!({ "notBegun": row }).to_string()).as_bytes());
                }
                Message::Close(caller) => close = Some(caller),
            }
            next = messages.try_recv().ok();
        }
        let sync = !begun.is_empty() || close.is_some() || synced.elapsed() >= SYNC_EVERY;
        let written = crate::failpoint::io("batch.journal")
            .and_then(|()| file.write_all(&text))
            .and_then(|()| if sync { file.sync_data() } else { Ok(()) });
        if let Err(error) = written {
            // Everybody who waits for the journal learns by its end that nothing more is written.
            return stop.fail(unwritable(error));
        }
        if sync {
            synced = Instant::now();
        }
        let mut tally = progress.tally();
        ended.into_iter().for_each(|what| tally.count(what));
        drop(tally);
        // A row that was cancelled does not wait for the answer.
        for caller in begun {
            let _ = caller.send(());
        }
        if let Some(caller) = close {
            let _ = caller.send(file);
            return;
        }
    }
    // Nobody closed it: the work was dropped with the runtime.
    let _ = file.sync_data();
}

/// Notes what the file of results is known by, so that one that got its name is known for it after a crash.
pub(super) fn note_results(mut journal: &File, results: &Fingerprint) -> Result<()> {
    let text = checked(&json!({ "results": results }).to_string());
    journal.write_all(text.as_bytes()).and_then(|()| journal.sync_data()).map_err(unwritable)
}

/// The error object of a row.
pub(super) fn error_of(error: &Error, operation: &str, system: &str) -> Value {
    let mut object = error.to_json(operation, system);
    if let Some(members) = object.as_object_mut() {
        // Every row has the same.
        let same = ["operation", "system"];
        members.retain(|key, value| !same.contains(&key.as_str()) && !value.is_null() && !is_empty(value));
    }
    object
}

fn is_empty(value: &Value) -> bool {
    value.as_object().is_some_and(Map::is_empty) || value.as_array().is_some_and(Vec::is_empty)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.csv.part");
        (folder, path)
    }

    async fn written(path: &Path) {
        let journal = Journal::create(path, "b").unwrap();
        let progress = Arc::new(Progress::from(Tally::default()));
        let writer = journal.write(Arc::clone(&progress), Stop::new()).unwrap();
        writer.end(Entry::answered(1, 2, r#"{"a":"x"}"#, "found", r#"{"outcome":"found"}"#)).await;
        assert!(writer.begin(2).await);
        assert!(writer.begin(3).await);
        writer.not_begun(3).await;
        let error = error_of(&Error::InvalidRow { problem: "odd".into() }, "o", "s");
        writer.end(Entry::failed(4, 5, "{}", &error)).await;
        writer.end(Entry::failed(5, 6, "{}", &error_of(&Error::Cancelled, "o", "s"))).await;
        assert!(writer.close().await.is_some());
        let tally = progress.tally();
        assert_eq!((tally.done, tally.refused, tally.failed), (1, 1, 1));
    }

    #[tokio::test]
    async fn what_was_written_is_found_again() {
        let (_folder, path) = folder();
        written(&path).await;
        let mut journal = Journal::reopen(&path, "b").unwrap().unwrap();
        let found = journal.found().unwrap();
        assert_eq!(found.begun.into_iter().collect::<Vec<_>>(), [2]);
        assert_eq!([1, 2, 3, 4, 5].map(|row| found.ended.contains(row)), [true, false, false, true, true]);
        assert_eq!((found.tally.done, found.tally.failed), (1, 1));
        assert_eq!(found.tally.refused_rows, [RefusedRow { line: 5, reason: "odd".into() }]);
        assert_eq!(found.tally.errors["CANCELLED"], 1);
    }

    #[tokio::test]
    async fn a_line_torn_anywhere_is_cut_off_and_what_was_before_counts() {
        let (_folder, path) = folder();
        written(&path).await;
        let whole = std::fs::read(&path).unwrap();
        let starts: Vec<usize> = std::iter::once(0)
            .chain(whole.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at + 1))
            .collect();
        for length in (starts[1]..whole.len()).step_by(7) {
            std::fs::write(&path, &whole[..length]).unwrap();
            let mut journal = Journal::reopen(&path, "b").unwrap().unwrap();
            journal.found().unwrap();
            let kept = std::fs::metadata(&path).unwrap().len() as usize;
            assert_eq!(kept, *starts.iter().rev().find(|start| **start <= length).unwrap());
        }
    }

    #[tokio::test]
    async fn one_at_a_time_has_the_journal() {
        let (_folder, path) = folder();
        let first = Journal::create(&path, "b").unwrap();
        assert!(Journal::reopen(&path, "b").unwrap().is_none());
        let error = Journal::create(&path, "c").err().unwrap();
        assert!(error.to_string().contains("of batch b"), "{error}");
        drop(first);
        assert!(matches!(Journal::reopen(&path, "c"), Err(Error::Conflict { .. })));
        assert!(Journal::reopen(&path, "b").unwrap().is_some());
    }

    #[cfg(unix)]
    #[test]
    fn only_its_owner_may_read_it() {
        use std::os::unix::fs::PermissionsExt;
        let (_folder, path) = folder();
        let _journal = Journal::create(&path, "b").unwrap();
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
}
