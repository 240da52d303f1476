//! Where each row is in the journal: numbers in a file, so that memory does not grow with the rows.
//!
//! Rows end nearly in their order, so that the part in memory is seldom changed for another.

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use crate::batch::journal::unwritable;
use crate::error::Result;
use crate::files::private;

/// How many rows are in memory at once.
const PART: usize = 16 * 1024;

/// The places of rows, counted from 1.
pub(super) struct Index {
    path: PathBuf,
    file: File,
    part: u64,
    /// One more than the place of each row of the part; 0 where there is none.
    places: Vec<u64>,
    changed: bool,
}

impl Index {
    pub(super) fn create(path: &Path) -> Result<Self> {
        let file = private(OpenOptions::new().read(true).write(true).create(true).truncate(true)).open(path);
        let file = file.map_err(unwritable)?;
        Ok(Self { path: path.to_owned(), file, part: 0, places: vec![0; PART], changed: false })
    }

    pub(super) fn put(&mut self, row: u64, place: u64) -> Result<()> {
        let slot = self.slot(row)?;
        // What a row came to first is what counts.
        if self.places[slot] == 0 {
            self.places[slot] = place + 1;
            self.changed = true;
        }
        Ok(())
    }

    pub(super) fn get(&mut self, row: u64) -> Result<Option<u64>> {
        let slot = self.slot(row)?;
        Ok(self.places[slot].checked_sub(1))
    }

    /// Brings the part into memory that has the row, and answers the row's place in it.
    fn slot(&mut self, row: u64) -> Result<usize> {
        let at = row.saturating_sub(1);
        let part = at / PART as u64;
        if part != self.part {
            self.store().map_err(unwritable)?;
            self.load(part).map_err(unwritable)?;
        }
        Ok((at % PART as u64) as usize)
    }

    fn store(&mut self) -> std::io::Result<()> {
        if !self.changed {
            return Ok(());
        }
        let bytes: Vec<u8> = self.places.iter().flat_map(|place| place.to_le_bytes()).collect();
        self.file.seek(SeekFrom::Start(self.part * (PART * 8) as u64))?;
        self.file.write_all(&bytes)?;
        self.changed = false;
        Ok(())
    }

    fn load(&mut self, part: u64) -> std::io::Result<()> {
        let mut bytes = vec![0; PART * 8];
        self.file.seek(SeekFrom::Start(part * (PART * 8) as u64))?;
        let mut read = 0;
        while read < bytes.len() {
            match self.file.read(&mut bytes[read..]) {
                Ok(0) => break,
                Ok(more) => read += more,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        for (place, bytes) in self.places.iter_mut().zip(bytes.chunks_exact(8)) {
            *place = u64::from_le_bytes(bytes.try_into().unwrap_or_default());
        }
        self.part = part;
        Ok(())
    }
}

impl Drop for Index {
    fn drop(&mut self) {
        // Nobody is left to be told.
        let _ = std::fs::remove_file(&self.path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_found_wherever_they_are_and_in_whatever_order_they_came() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("index");
        let mut index = Index::create(&path).unwrap();
        let many = 3 * PART as u64;
        for row in (1..=many).rev().filter(|row| row % 3 != 0) {
            index.put(row, row * 10).unwrap();
        }
        index.put(1, 77).unwrap();
        for row in [1, 2, 3, PART as u64, PART as u64 + 1, many - 1, many, many + PART as u64] {
            let expected = (row % 3 != 0 && row <= many).then_some(row * 10);
            assert_eq!(index.get(row).unwrap(), expected, "{row}");
        }
        drop(index);
        assert!(!path.exists());
    }
}
