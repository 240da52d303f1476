//! The embedded store: SQLite in WAL mode with one writer thread and pooled readers.

mod audit;
mod batches;
pub(super) mod copy;
mod enrollments;
mod linkage_import;
mod linkage_register;
mod lrs_register;
mod profiles;
mod sif_rules;
mod vault_keys;
mod vera_shares;
mod writer;

use std::cell::Cell;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};
use tokio::sync::Semaphore;

use crate::error::{Error, Result};
use crate::files;
use writer::Writer;

/// Schema changes in their order; the position is the schema's number. Never change one that was released.
const MIGRATIONS: &[&str] = &[
    include_str!("../migrations/0001_core.sql"),
    include_str!("../migrations/0002_vera.sql"),
    include_str!("../migrations/0003_lrs.sql"),
    include_str!("../migrations/0004_linkage.sql"),
    include_str!("../migrations/0005_sif.sql"),
    include_str!("../migrations/0006_enrollment.sql"),
    include_str!("../migrations/0007_batch.sql"),
    include_str!("../migrations/0008_vera_polling.sql"),
];

/// The number of the newest schema.
pub const SCHEMA: i64 = MIGRATIONS.len() as i64;

/// How long a process waits while others hold the store.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);
/// How long it waits before it looks again.
const BUSY_PAUSE: Duration = Duration::from_millis(1);
/// How many reads run at once, each on a thread and a connection: however many callers there are, a store
/// does not take more from its host.
const READERS: usize = 8;

/// A store in one SQLite file, or in memory.
pub struct Sqlite {
    /// Shared with the writer's thread, which ends after this was dropped and so closes them: closing the last
    /// connection writes to the disk. The order of the fields matters.
    readers: std::sync::Arc<Mutex<Vec<Connection>>>,
    writer: Writer,
    /// The file readers open; `None` in memory, where everything goes through the writer's connection.
    path: Option<String>,
    turns: std::sync::Arc<Semaphore>,
}

impl Sqlite {
    /// Opens or creates the store and brings its schema up to date.
    ///
    /// # Errors
    /// `STORE_UNAVAILABLE`, `STORE_READ_ONLY`, `STORE_CORRUPT`, `STORE_BUSY`, `STORE_SCHEMA_NEWER`.
    pub fn open(place: &str) -> Result<Self> {
        let in_memory = place == ":memory:";
        let mut connection = if in_memory {
            Connection::open_in_memory().map_err(failed)?
        } else {
            create_private(place)?;
            connect(place)?
        };
        configure(&mut connection, in_memory)?;
        migrate(&mut connection)?;
        let readers = std::sync::Arc::default();
        Ok(Self {
            writer: Writer::start(connection, std::sync::Arc::clone(&readers))?,
            readers,
            path: (!in_memory).then(|| place.to_owned()),
            turns: std::sync::Arc::new(Semaphore::new(READERS)),
        })
    }

    /// Runs `job` in a transaction of the writer; it is durable when this returns.
    async fn write<T, F>(&self, job: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T> + Send + 'static,
    {
        self.writer.run(job).await
    }

    /// Runs `job` on a reader's connection, off the runtime's workers.
    async fn read<T, F>(&self, job: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T> + Send + 'static,
    {
        let Some(path) = self.path.clone() else { return self.writer.run(job).await };
        let readers = std::sync::Arc::clone(&self.readers);
        let turn = std::sync::Arc::clone(&self.turns).acquire_owned().await;
        let task = crate::runtime::blocking(move || {
            let _turn = turn;
            let pooled = readers.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let connection = match pooled {
                Some(connection) => connection,
                None => lookup::reader(&path)?,
            };
            crate::failpoint::hit("store.read");
            let result = job(&connection);
            readers.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
            result
        });
        task.await.ok_or_else(|| Error::internal("a reading task of the store did not finish"))?
    }
}

/// Makes the file readable by its owner only, before SQLite makes it readable by more; SQLite gives its
/// side files the same mode.
fn create_private(path: &str) -> Result<()> {
    if path.is_empty() {
        return Err(Error::config("store", "must be a file's path or `:memory:`"));
    }
    match files::private(std::fs::OpenOptions::new().write(true).create_new(true)).open(path) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::PermissionDenied => Err(Error::StoreReadOnly),
        Err(error) => {
            let problem = match Path::new(path).parent() {
                Some(folder) if !folder.as_os_str().is_empty() && !folder.is_dir() => {
                    "is in a folder that does not exist"
                }
                _ => "cannot be created",
            };
            Err(Error::StoreUnavailable { problem: problem.into(), source: Some(Box::new(error)) })
        }
    }
}

/// Waits a little for another process to release the store; answers `false` when it has waited long enough. SQLite's
/// own waiting grows to a tenth of a second, and a process that looks so seldom finds the store locked every time while
/// others write without a pause.
fn wait_for_others(tries: i32) -> bool {
    thread_local! {
        static BEGUN: Cell<Option<Instant>> = const { Cell::new(None) };
    }
    let begun = match BEGUN.get() {
        Some(begun) if tries > 0 => begun,
        _ => {
            let now = Instant::now();
            BEGUN.set(Some(now));
            now
        }
    };
    std::thread::sleep(BUSY_PAUSE);
    begun.elapsed() < BUSY_TIMEOUT
}

fn connect(path: &str) -> Result<Connection> {
    // No URI parsing: a path is a path, whatever characters it holds.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Connection::open_with_flags(path, flags).map_err(failed)
}

fn configure(connection: &mut Connection, in_memory: bool) -> Result<()> {
    connection.busy_handler(Some(wait_for_others)).map_err(failed)?;
    connection.set_prepared_statement_cache_capacity(64);
    // Else SQLite plans a cached statement anew whenever its parameters are cleared, which is at every use.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map_err(failed)?;
    connection
        .execute_batch("PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; PRAGMA synchronous = FULL;")
        .map_err(failed)?;
    if !in_memory && journal_mode(connection)? != "wal" {
        let problem = "is on a file system that does not allow write-ahead logging; put it on a local disk";
        return Err(Error::StoreUnavailable { problem: problem.into(), source: None });
    }
    Ok(())
}

/// Asks for write-ahead logging and answers the mode there is. SQLite waits for nobody here while the file changes its
/// mode, which it does once: when several processes open a new store together.
fn journal_mode(connection: &Connection) -> Result<String> {
    let begun = Instant::now();
    loop {
        match connection.pragma_update_and_check(None, "journal_mode", "wal", |row| row.get(0)).map_err(failed) {
            Err(Error::StoreBusy { .. }) if begun.elapsed() < BUSY_TIMEOUT => {
                std::thread::sleep(BUSY_PAUSE);
            }
            answer => return answer,
        }
    }
}

fn migrate(connection: &mut Connection) -> Result<()> {
    let known = SCHEMA;
    let version = |connection: &Connection| -> Result<i64> {
        connection.pragma_query_value(None, "user_version", |row| row.get(0)).map_err(failed)
    };
    if version(connection)? == known {
        return Ok(());
    }
    // Two processes may open a new store at once: whoever comes second finds the work done.
    let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Exclusive).map_err(failed)?;
    let found = version(&transaction)?;
    if found > known || found < 0 {
        return Err(Error::StoreSchemaNewer { found, known });
    }
    for (number, migration) in MIGRATIONS.iter().enumerate().skip(found as usize) {
        transaction.execute_batch(migration).map_err(failed)?;
        transaction.pragma_update(None, "user_version", number as i64 + 1).map_err(failed)?;
    }
    transaction.commit().map_err(failed)
}

/// Maps an error of SQLite to ours.
fn failed(error: rusqlite::Error) -> Error {
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            Error::StoreBusy { waited_ms: BUSY_TIMEOUT.as_millis() as u64 }
        }
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
            Error::StoreCorrupt { source: Some(Box::new(error)) }
        }
        Some(ErrorCode::DiskFull) => Error::StoreFull,
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Error::StoreReadOnly,
        _ => Error::StoreUnavailable { problem: "has failed".into(), source: Some(Box::new(error)) },
    }
}

/// A lookup without the way to another thread, for benchmarks.
#[doc(hidden)]
pub mod lookup {
    use super::*;

    /// The statement behind [`credential`].
    pub const CREDENTIAL: &str = profiles::CREDENTIAL;

    /// The name and sealed credential of the profile that has this name or UKPRN.
    ///
    /// # Errors
    /// A store error.
    pub fn credential(connection: &Connection, name: &str, system: &str) -> Result<Option<(String, Vec<u8>)>> {
        profiles::credential(connection, name, system)
    }

    /// A connection set up as the store's readers are.
    ///
    /// # Errors
    /// A store error.
    pub fn reader(path: &str) -> Result<Connection> {
        let mut connection = connect(path)?;
        configure(&mut connection, false)?;
        Ok(connection)
    }
}

/// Times are text in the store, always with six decimals, so that they sort as they read.
fn time_text(time: Timestamp) -> String {
    format!("{time:.6}")
}

fn time_from(row: &rusqlite::Row<'_>, column: &str) -> rusqlite::Result<Timestamp> {
    let text: String = row.get(column)?;
    text.parse().map_err(|error: jiff::Error| {
        rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, Box::new(error))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn temporary() -> (tempfile::TempDir, String) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("störe?#.db").to_str().unwrap().to_owned();
        (folder, path)
    }

    #[test]
    fn a_new_store_has_every_migration_and_opens_again() {
        let (_folder, path) = temporary();
        for _ in 0..2 {
            drop(Sqlite::open(&path).unwrap());
            let version: i64 =
                connect(&path).unwrap().pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
            assert_eq!(version, SCHEMA);
        }
    }

    #[test]
    fn a_new_store_may_be_opened_by_many_at_once() {
        for _ in 0..20 {
            let (_folder, path) = temporary();
            let together = std::sync::Barrier::new(8);
            let open = || {
                together.wait();
                Sqlite::open(&path).map(drop)
            };
            std::thread::scope(|scope| {
                let opened: Vec<_> = (0..8).map(|_| scope.spawn(open)).collect();
                for opened in opened {
                    opened.join().unwrap().unwrap();
                }
            });
        }
    }

    #[tokio::test]
    async fn dropping_the_store_leaves_closing_its_connections_to_the_writers_thread() {
        let (_folder, path) = temporary();
        let store = Sqlite::open(&path).unwrap();
        store.read(|_| Ok(())).await.unwrap();
        let readers = std::sync::Arc::downgrade(&store.readers);
        assert_eq!(readers.upgrade().unwrap().lock().unwrap().len(), 1);
        let (release, held) = std::sync::mpsc::channel::<()>();
        let (busy, started) = std::sync::mpsc::channel::<()>();
        let mut blocked = Box::pin(store.writer.run(move |_| {
            busy.send(()).unwrap();
            // Ends when the other half goes.
            let _ = held.recv();
            Ok(())
        }));
        let noop = std::task::Waker::noop();
        assert!(blocked.as_mut().poll(&mut std::task::Context::from_waker(noop)).is_pending());
        started.recv().unwrap();
        drop(blocked);
        drop(store);
        assert!(readers.upgrade().is_some(), "the thread that dropped the store has closed its readers");
        drop(release);
        let begun = Instant::now();
        while readers.upgrade().is_some() {
            assert!(begun.elapsed() < Duration::from_secs(20));
            std::thread::yield_now();
        }
    }

    #[test]
    fn a_newer_schema_is_refused_and_left_alone() {
        let (_folder, path) = temporary();
        drop(Sqlite::open(&path).unwrap());
        connect(&path).unwrap().pragma_update(None, "user_version", 99).unwrap();
        let error = Sqlite::open(&path).err().unwrap();
        assert!(matches!(error, Error::StoreSchemaNewer { found: 99, .. }), "{error:?}");
    }

    #[test]
    fn what_is_not_a_database_is_refused_and_left_alone() {
        let (_folder, path) = temporary();
        std::fs::write(&path, "somebody's letters, not a database at all").unwrap();
        let error = Sqlite::open(&path).err().unwrap();
        assert!(matches!(error, Error::StoreCorrupt { .. }), "{error:?}");
        assert!(std::fs::read_to_string(&path).unwrap().starts_with("somebody's letters"));
    }

    #[test]
    fn a_missing_folder_is_named_as_the_problem() {
        let error = Sqlite::open("/nonexistent-folder/x.db").err().unwrap();
        assert!(error.to_string().contains("folder that does not exist"), "{error}");
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_can_read_the_store() {
        use std::os::unix::fs::PermissionsExt;
        let (_folder, path) = temporary();
        let _store = Sqlite::open(&path).unwrap();
        for suffix in ["", "-wal", "-shm"] {
            let mode = std::fs::metadata(format!("{path}{suffix}")).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "{suffix}");
        }
    }
}
