//! Where a test keeps its store: in a file, or in a database of a server when `LEARNERLINK_TEST_ENGINE` is `postgres`.

// Each test program uses its own part of this module.
#![allow(dead_code)]

#[path = "postgres.rs"]
mod postgres;

use std::path::PathBuf;

use postgres::Database;

/// Whether stores are on a server.
pub fn on_server() -> bool {
    match std::env::var("LEARNERLINK_TEST_ENGINE").as_deref() {
        Ok("postgres") => true,
        Ok("sqlite") | Err(_) => false,
        Ok(other) => panic!("LEARNERLINK_TEST_ENGINE is {other}, and not `sqlite` or `postgres`"),
    }
}

/// A place for a store that nobody looks for again.
pub fn passing() -> String {
    if on_server() { postgres::server().database().address() } else { ":memory:".into() }
}

/// A place for a store that is opened again and looked into.
pub struct Place {
    folder: tempfile::TempDir,
    database: Option<Database<'static>>,
}

impl Place {
    pub fn new() -> Self {
        let database = on_server().then(|| postgres::server().database());
        Self { folder: tempfile::tempdir().unwrap(), database }
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("register.db")
    }

    /// What `store` is in a configuration.
    pub fn address(&self) -> String {
        match &self.database {
            Some(database) => database.address(),
            None => self.file().to_str().unwrap().to_owned(),
        }
    }

    /// Runs statements that both engines understand.
    pub fn run(&self, sql: &str) -> Result<(), String> {
        match &self.database {
            Some(database) => database.try_sql(sql).map(drop),
            None => {
                let connection = rusqlite::Connection::open(self.file()).unwrap();
                connection.execute_batch(sql).map_err(|error| error.to_string())
            }
        }
    }

    /// The only value that a statement answers, as text.
    pub fn value(&self, sql: &str) -> String {
        match &self.database {
            Some(database) => database.sql(sql),
            None => {
                let connection = rusqlite::Connection::open(self.file()).unwrap();
                let value: rusqlite::types::Value = connection.query_row(sql, [], |row| row.get(0)).unwrap();
                match value {
                    rusqlite::types::Value::Integer(number) => number.to_string(),
                    rusqlite::types::Value::Text(text) => text,
                    other => panic!("{other:?}"),
                }
            }
        }
    }

    /// Removes a trigger.
    pub fn drop_trigger(&self, name: &str, table: &str) {
        let on = if self.database.is_some() { format!(" ON {table}") } else { String::new() };
        self.run(&format!("DROP TRIGGER {name}{on}")).unwrap();
    }

    /// All that the store has on disk: its files, or what a dump of the database holds.
    pub fn bytes(&self) -> Vec<u8> {
        match &self.database {
            Some(database) => database.dump(),
            None => ["", "-wal", "-shm"]
                .map(|suffix| std::fs::read(format!("{}{suffix}", self.address())).unwrap_or_default())
                .concat(),
        }
    }

    /// Whether a text can be read from it.
    pub fn holds(&self, text: &str) -> bool {
        let bytes = self.bytes();
        let contains = |needle: &[u8]| bytes.windows(needle.len()).any(|window| window == needle);
        // A dump has sealed values as hexadecimal digits.
        let digits: String = text.bytes().map(|byte| format!("{byte:02x}")).collect();
        contains(text.as_bytes()) || (self.database.is_some() && contains(digits.as_bytes()))
    }
}
