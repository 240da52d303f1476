//! The store on a PostgreSQL server, for many workstations on one register.
//!
//! What SQLite gets from its one writer comes from locks here: of rows, and of numbers where there is no row yet. A
//! transaction that came into another's way is tried again; one that waits too long is `STORE_BUSY`. What every operation
//! contends for, the audit chain and the match register, is written for many callers in one transaction.

mod address;
mod audit;
mod batches;
pub(super) mod copy;
mod enrollments;
mod failure;
mod group;
mod linkage_import;
mod linkage_register;
mod lrs_register;
mod profiles;
mod schema;
mod sif_rules;
mod tls;
mod vault_keys;
mod vera_shares;

use std::sync::Arc;
use std::time::Duration;

use deadpool_postgres::{
    Client, GenericClient, Hook, HookError, Manager, ManagerConfig, Pool, RecyclingMethod, Runtime, Transaction,
};
use jiff::Timestamp;
use tokio_postgres::Row;
use tokio_postgres::types::ToSql;

use self::address::Address;
use self::failure::Failure;
use self::group::Group;
use super::{AuditEntry, ChainHasher, LinkageIssued, LrsAppended, LrsMatch, LrsRule};
use crate::error::{Error, Result};
use crate::http::config::Tls;

/// How long a caller waits for a connection, or for what others hold.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);
/// How often a transaction that came into another's way is tried.
const TRIES: u32 = 20;

/// How a connection is set up. A process that hangs must not hold others up for ever, and a commit that was answered must
/// not be lost, however the server is configured.
const SESSION: &str = "SET lock_timeout = '10s'; SET idle_in_transaction_session_timeout = '60s'; SET TimeZone = 'UTC';
    SET default_transaction_isolation = 'read committed'; SET client_min_messages = 'warning';
    SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'";

/// Locks that are not of a row; each belongs to a transaction and ends with it.
mod locks {
    /// Whoever changes the schema.
    pub(super) const SCHEMA: i64 = 0x4c4c_0001;
    /// Whoever appends to the match register.
    pub(super) const MATCHES: i64 = 0x4c4c_0002;
    /// Whoever gives an enrolment a new version.
    pub(super) const ENROLLMENTS: i64 = 0x4c4c_0003;
    /// Whoever takes an import into the register of linkage keys.
    pub(super) const IMPORT: i64 = 0x4c4c_0004;
}

/// A store on a PostgreSQL server.
pub struct Postgres {
    connections: Connections,
    audit: Group<(AuditEntry, Arc<dyn ChainHasher>), u64>,
    matches: Group<(LrsMatch, LrsRule), LrsAppended>,
    keys: Group<linkage_register::Issue, LinkageIssued>,
}

impl Postgres {
    /// Connects to the server at `place` and brings the schema up to date; `tls` says whom to trust.
    ///
    /// # Errors
    /// `INVALID_CONFIG`, `STORE_UNAVAILABLE`, `STORE_BUSY`, `STORE_READ_ONLY`, `STORE_SCHEMA_NEWER`.
    pub async fn open(place: &str, tls: &Tls) -> Result<Self> {
        let connections = Connections::new(&Address::read(place)?, tls)?;
        schema::migrate(&connections).await?;
        Ok(Self {
            audit: Group::start(connections.clone(), audit::append_all),
            matches: Group::start(connections.clone(), lrs_register::append_all),
            keys: Group::start(connections.clone(), linkage_register::issue_all),
            connections,
        })
    }
}

/// Checks the address of a server without talking to it.
pub(super) fn check(place: &str) -> Result<()> {
    Address::read(place).map(drop)
}

/// The connections to one server.
#[derive(Clone)]
struct Connections(Pool);

impl Connections {
    fn new(address: &Address, tls: &Tls) -> Result<Self> {
        let recycled = ManagerConfig { recycling_method: RecyclingMethod::Fast };
        let manager = Manager::from_config(address.config.clone(), tls::Secured::new(address, tls)?, recycled);
        let set_up = Hook::async_fn(|client, _| {
            Box::pin(async move { client.batch_execute(SESSION).await.map_err(HookError::Backend) })
        });
        let pool = Pool::builder(manager)
            .max_size(address.connections)
            .wait_timeout(Some(BUSY_TIMEOUT))
            .create_timeout(Some(BUSY_TIMEOUT))
            .recycle_timeout(Some(BUSY_TIMEOUT))
            .runtime(Runtime::Tokio1)
            .post_create(set_up)
            .build()
            .map_err(|error| Error::internal(format!("the store's connections: {error}")))?;
        Ok(Self(pool))
    }

    async fn get(&self) -> Result<Client, Failure> {
        Ok(self.0.get().await?)
    }
}

/// Counts the tries of a transaction.
#[derive(Default)]
struct Tries(u32);

impl Tries {
    /// Takes note of how a try ended; `None` when there is to be another.
    async fn ended<T>(&mut self, result: Result<T, Failure>) -> Option<Result<T>> {
        match result {
            Err(failure) if failure.can_be_repeated() && self.0 < TRIES => {
                self.0 += 1;
                // Those who met must not meet again at once; nothing else depends on how long this is.
                let most = 1_u64 << self.0.min(6);
                let wait = most / 2 + u64::from(uuid::Uuid::new_v4().as_bytes()[0]) % most;
                tokio::time::sleep(Duration::from_millis(wait)).await;
                None
            }
            result => Some(result.map_err(Error::from)),
        }
    }
}

/// Does `$work`, a future that may be made more than once, in a transaction `$tx`; it is durable when this is done.
macro_rules! transact {
    ($connections:expr, |$tx:ident| $work:expr) => {{
        let mut tries = crate::store::postgres::Tries::default();
        loop {
            let once = async {
                let mut client = $connections.get().await?;
                let transaction = client.transaction().await?;
                let $tx = &transaction;
                let value = $work.await?;
                crate::failpoint::hit("store.write");
                crate::store::postgres::commit(transaction).await?;
                Ok::<_, crate::store::postgres::Failure>(value)
            };
            if let Some(result) = tries.ended(once.await).await {
                break result;
            }
        }
    }};
}

/// Does `$work`, a future that may be made more than once, on a connection `$client`.
macro_rules! read {
    ($connections:expr, |$client:ident| $work:expr) => {{
        let mut tries = crate::store::postgres::Tries::default();
        loop {
            let once = async {
                let client = $connections.get().await?;
                let $client = &client;
                crate::failpoint::hit("store.read");
                $work.await
            };
            if let Some(result) = tries.ended(once.await).await {
                break result;
            }
        }
    }};
}

use {read, transact};

async fn commit(transaction: Transaction<'_>) -> Result<(), Failure> {
    transaction.commit().await.map_err(Failure::Committing)
}

type Values<'a> = &'a [&'a (dyn ToSql + Sync)];

async fn rows(client: &impl GenericClient, sql: &str, values: Values<'_>) -> Result<Vec<Row>, Failure> {
    let statement = client.prepare_cached(sql).await?;
    Ok(client.query(&statement, values).await?)
}

async fn row(client: &impl GenericClient, sql: &str, values: Values<'_>) -> Result<Option<Row>, Failure> {
    let statement = client.prepare_cached(sql).await?;
    Ok(client.query_opt(&statement, values).await?)
}

async fn execute(client: &impl GenericClient, sql: &str, values: Values<'_>) -> Result<u64, Failure> {
    let statement = client.prepare_cached(sql).await?;
    Ok(client.execute(&statement, values).await?)
}

/// Waits until no other transaction holds this lock, and holds it to the end of this one.
async fn lock(transaction: &Transaction<'_>, number: i64) -> Result<(), Failure> {
    execute(transaction, "SELECT pg_advisory_xact_lock($1)", &[&number]).await.map(drop)
}

/// All of the rows, each as one value.
fn all<T>(rows: &[Row], of: impl Fn(&Row) -> Result<T, tokio_postgres::Error>) -> Result<Vec<T>, Failure> {
    rows.iter().map(of).collect::<Result<_, _>>().map_err(Failure::Theirs)
}

/// The first year of the calendar is far within what the server can keep, and before everything that there is.
const EARLIEST: i128 = -62_135_596_800_000_000;

/// A time as the server keeps it: in whole microseconds, cut as seals cut it.
fn stored(time: Timestamp) -> Timestamp {
    let micros = time.as_nanosecond().div_euclid(1000).max(EARLIEST);
    i64::try_from(micros).ok().and_then(|micros| Timestamp::from_microsecond(micros).ok()).unwrap_or(time)
}

/// A number as the server keeps it. There is no larger one in a store.
fn whole(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// A number as the server kept it.
fn number(row: &Row, column: &str) -> Result<u64, tokio_postgres::Error> {
    row.try_get::<_, i64>(column).map(i64::unsigned_abs)
}

/// A small number as the server kept it.
fn small(row: &Row, column: &str) -> Result<u32, tokio_postgres::Error> {
    number(row, column).map(|number| u32::try_from(number).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_cut_as_seals_cut_them() {
        for text in ["2026-11-22T10:00:00.123456789Z", "1969-12-31T23:59:59.999999999Z", "1931-03-04T05:06:07.0000019Z"]
        {
            let time: Timestamp = text.parse().unwrap();
            assert_eq!(format!("{:.6}", stored(time)), format!("{time:.6}"));
        }
        assert_eq!(stored(Timestamp::MIN).to_string(), "0001-01-01T00:00:00Z");
    }
}
