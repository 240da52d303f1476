//! Finds out which rows repeat an id. What was seen is in a temporary file that is gone with the process, as hashes
//! under keys that exist in memory only, so that memory does not grow with the rows and nobody's number is left behind.

use std::hash::{BuildHasher, RandomState};

use rusqlite::{Connection, OptionalExtension, params};

use crate::error::{Error, Result};

/// The ids seen so far.
pub(super) struct Ids {
    table: Connection,
    /// Two, so that the hash is long enough for no two ids to share it.
    hashers: [RandomState; 2],
}

impl Ids {
    pub(super) fn new() -> Result<Self> {
        // An empty name is a file of SQLite's own, which is removed when it is closed or the process ends.
        let table = Connection::open("").map_err(failed)?;
        table
            .execute_batch(
                "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -8192;
                 CREATE TABLE ids (hash BLOB PRIMARY KEY, line INTEGER NOT NULL) WITHOUT ROWID;
                 BEGIN",
            )
            .map_err(failed)?;
        Ok(Self { table, hashers: [RandomState::new(), RandomState::new()] })
    }

    /// Notes the id of a line; answers with the line that had it before.
    pub(super) fn note(&self, id: &str, line: u64) -> Result<Option<u64>> {
        let hash: Vec<u8> = self.hashers.iter().flat_map(|hasher| hasher.hash_one(id).to_be_bytes()).collect();
        let before = self
            .table
            .prepare_cached("SELECT line FROM ids WHERE hash = ?1")
            .and_then(|mut statement| statement.query_row([&hash], |row| row.get(0)).optional())
            .map_err(failed)?;
        if before.is_none() {
            self.table
                .prepare_cached("INSERT INTO ids VALUES (?1, ?2)")
                .and_then(|mut statement| statement.execute(params![hash, line]))
                .map_err(failed)?;
        }
        Ok(before)
    }
}

fn failed(error: rusqlite::Error) -> Error {
    let problem = "the folder for temporary files cannot be written, where ids are kept to find those that repeat";
    Error::BatchOutput { problem: problem.into(), source: Some(Box::new(error)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_that_repeats_names_the_line_that_had_it_first() {
        let ids = Ids::new().unwrap();
        for line in 0..20_000 {
            assert_eq!(ids.note(&line.to_string(), line).unwrap(), None);
        }
        assert_eq!(ids.note("17", 30_000).unwrap(), Some(17));
        assert_eq!(ids.note("17", 30_001).unwrap(), Some(17));
    }
}
