//! The file of results: made of the journal at the end, in the order of the input, and there whole or not at all.

mod columns;
mod index;
#[cfg(feature = "parquet")]
mod parquet;
mod text;

use std::fs::{File, OpenOptions};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use self::columns::Columns;
use self::index::Index;
use super::journal::{Reader, Said, unwritable};
use super::model::OutputFormat;
use super::stop::Stop;
use crate::error::{Error, Result};
use crate::files::{Unfinished, private};

/// How many rows are written before it is looked whether somebody wants to stop.
const LOOK_EVERY: u64 = 512;

/// What is to be written.
pub(super) struct Wanted<'w> {
    pub(super) journal: &'w Path,
    pub(super) output: &'w Path,
    pub(super) format: OutputFormat,
    pub(super) overwrite: bool,
    pub(super) spreadsheet_safe: bool,
}

/// Whether this build can write a form.
pub(super) const fn can_write(format: OutputFormat) -> bool {
    cfg!(feature = "parquet") || !matches!(format, OutputFormat::Parquet)
}

/// Writes the results; `whole` is shown the file before it gets its name.
///
/// # Errors
/// `BATCH_OUTPUT`, or `CANCELLED` when somebody wants to stop.
pub(super) fn write(wanted: &Wanted<'_>, stop: &Stop, whole: &dyn Fn(&Path) -> Result<()>) -> Result<()> {
    let mut index = Index::create(&beside(wanted.output, "index"))?;
    let mut columns = Columns::default();
    let mut reader = Reader::open(wanted.journal)?;
    let mut last = 0;
    while let Some((place, text)) = reader.next()? {
        let Some(row) = serde_json::from_slice::<Said>(text).ok().and_then(|said| said.row) else { continue };
        if row % LOOK_EVERY == 0 && stop.is_wanted() {
            return Err(Error::Cancelled);
        }
        if wanted.format != OutputFormat::Jsonl {
            columns.note(&object(text)?);
        }
        index.put(row, place)?;
        last = last.max(row);
    }
    let temporary = Temporary::create(beside(wanted.output, "new"))?;
    let file = BufWriter::with_capacity(256 * 1024, temporary.file.try_clone().map_err(unwritable)?);
    let mut target = match wanted.format {
        OutputFormat::Jsonl => Target::Lines(file),
        OutputFormat::Csv => {
            Target::Text(Box::new(text::Table::begin(file, columns.named(), wanted.spreadsheet_safe)?))
        }
        #[cfg(feature = "parquet")]
        OutputFormat::Parquet => Target::Parquet(Box::new(parquet::Table::begin(file, columns.named())?)),
        #[cfg(not(feature = "parquet"))]
        OutputFormat::Parquet => return Err(Error::internal("this build cannot write Parquet")),
    };
    let mut reader = Reader::open(wanted.journal)?;
    for row in 1..=last {
        if row % LOOK_EVERY == 0 && stop.is_wanted() {
            return Err(Error::Cancelled);
        }
        let place = index.get(row)?.ok_or_else(|| Error::internal("a row of a batch is neither done nor left"))?;
        let text = reader.at(place)?;
        crate::failpoint::io("batch.results").map_err(unwritable)?;
        match &mut target {
            Target::Lines(file) => file.write_all(text).and_then(|()| file.write_all(b"\n")).map_err(unwritable)?,
            Target::Text(table) => table.row(&object(text)?)?,
            #[cfg(feature = "parquet")]
            Target::Parquet(table) => table.row(&object(text)?)?,
        }
    }
    match target {
        Target::Lines(file) => drop(file.into_inner().map_err(|error| unwritable(error.into_error()))?),
        Target::Text(table) => table.finish()?,
        #[cfg(feature = "parquet")]
        Target::Parquet(table) => table.finish()?,
    }
    temporary.become_output(wanted, whole)
}

enum Target {
    Lines(BufWriter<File>),
    Text(Box<text::Table>),
    #[cfg(feature = "parquet")]
    Parquet(Box<parquet::Table>),
}

fn object(text: &[u8]) -> Result<Map<String, Value>> {
    serde_json::from_slice(text).map_err(|_| Error::internal("a row of a journal is not a JSON object"))
}

/// The name of a file that is needed while results are written.
fn beside(output: &Path, ending: &str) -> PathBuf {
    let mut name = output.as_os_str().to_owned();
    name.push(".part.");
    name.push(ending);
    name.into()
}

/// A file that is removed unless it became the output.
struct Temporary {
    file: File,
    unfinished: Unfinished,
}

impl Temporary {
    fn create(path: PathBuf) -> Result<Self> {
        // One that a crash left is of no use to anybody.
        let file =
            private(OpenOptions::new().write(true).create(true).truncate(true)).open(&path).map_err(unwritable)?;
        Ok(Self { file, unfinished: Unfinished::at(path) })
    }

    fn become_output(self, wanted: &Wanted<'_>, whole: &dyn Fn(&Path) -> Result<()>) -> Result<()> {
        self.file.sync_all().map_err(unwritable)?;
        if !wanted.overwrite && wanted.output.exists() {
            let problem = "a file has appeared under the output's name; move it away and resume the batch";
            return Err(Error::BatchOutput { problem: problem.into(), source: None });
        }
        whole(self.unfinished.path())?;
        std::fs::rename(self.unfinished.path(), wanted.output).map_err(unwritable)?;
        self.unfinished.finished();
        crate::failpoint::hit("batch.renamed");
        sync_folder(wanted.output);
        Ok(())
    }
}

/// Makes a new name durable, where the system has a way to.
fn sync_folder(file: &Path) {
    #[cfg(unix)]
    if let Some(folder) = file.parent()
        && let Ok(folder) = File::open(if folder.as_os_str().is_empty() { Path::new(".") } else { folder })
    {
        let _ = folder.sync_all();
    }
    #[cfg(not(unix))]
    let _ = file;
}
