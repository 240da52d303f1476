//! Moves a register in and out as the original's `matches` table in CSV.

use std::fs::File;
use std::io::{BufReader, BufWriter, ErrorKind, Write};

use csv::{Reader, StringRecord, Writer};
use jiff::tz::TimeZone;

use super::config::Mode;
use super::gateway::moment;
use super::model::{ExportMatches, ExportMatchesDone, ImportMatches, ImportMatchesDone, RefusedRow};
use super::register::Row;
use super::{Lrs, rules, user};
use crate::error::{Error, Result};
use crate::files::{self, Unfinished, off_the_worker};
use crate::invocation::Invocation;
use crate::store::LrsAppended;

/// The columns of the original's table, in its order.
const COLUMNS: [&str; 9] = [
    "id",
    "nomis_id",
    "matched_uln",
    "given_name",
    "family_name",
    "match_type",
    "count_of_returned_ulns",
    "match_status",
    "date_created",
];
/// A column that the original does not have.
const CONFIRMED_BY: &str = "confirmed_by";

/// How many rows one transaction appends, so that other writers get their turn.
const BATCH: usize = 500;
/// How many refused rows are listed.
const LISTED: usize = 1000;
/// The longest text that the original's table holds.
const LONGEST: usize = 255;

impl Lrs {
    /// Imports a register. Each batch of rows is durable before the next is read; importing a file again appends only
    /// what is missing.
    ///
    /// # Errors
    /// `INVALID_INPUT` for a file that cannot be read or has not the columns; store errors.
    pub async fn import_matches(&self, invocation: &Invocation, request: ImportMatches) -> Result<ImportMatchesDone> {
        self.check_ours(invocation)?;
        let mut source = off_the_worker(move || Source::open(&request.path)).await?;
        let mut done =
            ImportMatchesDone { outcome: "imported", imported: 0, unchanged: 0, refused_rows: 0, refused: Vec::new() };
        loop {
            let (batch, rest) = off_the_worker(move || Batch::read(source)).await?;
            source = rest;
            if batch.is_empty() {
                break;
            }
            for (line, reason) in batch.refused {
                refuse(&mut done, line, reason);
            }
            for (appended, line) in self.register.import(&batch.rows).await?.into_iter().zip(batch.lines) {
                match appended {
                    LrsAppended::Appended(_) => done.imported += 1,
                    LrsAppended::Unchanged => done.unchanged += 1,
                    LrsAppended::Taken => refuse(&mut done, line, "another person holds its ULN at this point"),
                    LrsAppended::Misplaced => {
                        refuse(&mut done, line, "its id does not lie behind the register's last row");
                    }
                }
            }
            invocation.report("rows", done.imported + done.unchanged + done.refused_rows);
        }
        if done.refused_rows > 0 {
            done.outcome = "partlyImported";
        }
        done.refused.sort_by_key(|row| row.line);
        Ok(done)
    }

    /// Exports the register. The file is there complete or not at all.
    ///
    /// # Errors
    /// `INVALID_INPUT` for a file that exists or cannot be written; store errors, `SEAL_BROKEN`.
    pub async fn export_matches(&self, invocation: &Invocation, request: ExportMatches) -> Result<ExportMatchesDone> {
        self.check_ours(invocation)?;
        let mut target = off_the_worker(move || Target::create(&request.path)).await?;
        let (mut last, mut rows) = (0, 0);
        loop {
            let page = self.register.page(last, BATCH as u32).await?;
            let Some(end) = page.last() else { break };
            last = end.id;
            rows += page.len() as u64;
            target = off_the_worker(move || target.write(&page)).await?;
            invocation.report("rows", rows);
        }
        off_the_worker(move || target.finish()).await?;
        Ok(ExportMatchesDone { outcome: "exported", rows })
    }

    fn check_ours(&self, invocation: &Invocation) -> Result<()> {
        user(invocation)?;
        match self.config.mode {
            Mode::Direct => Ok(()),
            Mode::Gateway => Err(Error::config("lrs.mode", "is `gateway`, so the register is not in this store")),
        }
    }
}

fn refuse(done: &mut ImportMatchesDone, line: u64, reason: &'static str) {
    done.refused_rows += 1;
    if done.refused.len() < LISTED {
        done.refused.push(RefusedRow { line, reason });
    }
}

/// A file being read.
struct Source {
    reader: Reader<BufReader<File>>,
    /// Where each of our columns stands in the file.
    places: [usize; COLUMNS.len()],
    confirmed_by: Option<usize>,
}

impl Source {
    fn open(path: &str) -> Result<Self> {
        let file = File::open(path).map_err(|error| {
            Error::input(
                "path",
                match error.kind() {
                    ErrorKind::NotFound => "names a file that does not exist",
                    ErrorKind::PermissionDenied => "names a file that may not be read",
                    _ => "names a file that cannot be read",
                },
            )
        })?;
        let mut reader = Reader::from_reader(BufReader::new(file));
        let unreadable = || Error::input("path", "names a file that is not CSV in UTF-8 with a line of column names");
        let headers = reader.headers().map_err(|_| unreadable())?.clone();
        let place = |column: &str| {
            let plain = |name: &str| name.trim().trim_start_matches('\u{FEFF}').replace('_', "").to_ascii_lowercase();
            headers.iter().position(|header| plain(header) == plain(column))
        };
        let mut places = [0; COLUMNS.len()];
        for (at, column) in places.iter_mut().zip(COLUMNS) {
            *at = place(column)
                .ok_or_else(|| Error::input("path", format!("names a file without the column `{column}`")))?;
        }
        Ok(Self { places, confirmed_by: place(CONFIRMED_BY), reader })
    }

    fn row(&self, record: &StringRecord) -> Result<Row, &'static str> {
        let value = |column: usize| record.get(self.places[column]).unwrap_or_default();
        let id: u64 = value(0).trim().parse().map_err(|_| "its id is not a number")?;
        if id == 0 || i64::try_from(id).is_err() {
            return Err("its id is not a number");
        }
        rules::person_id(value(1)).map_err(|_| "its person has no usable id")?;
        let uln = value(2).trim();
        if uln.len() > 10 || !uln.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err("its ULN has something other than up to ten digits");
        }
        if (3..8).any(|column| value(column).chars().count() > LONGEST) {
            return Err("one of its texts has more than 255 characters");
        }
        let by = self.confirmed_by.and_then(|at| record.get(at)).filter(|by| !by.is_empty());
        Ok(Row {
            id,
            person_id: value(1).to_owned().into(),
            matched_uln: uln.to_owned().into(),
            given_name: value(3).to_owned().into(),
            family_name: value(4).to_owned().into(),
            match_type: value(5).to_owned(),
            count_of_returned_ulns: value(6).to_owned(),
            match_status: value(7).to_owned(),
            created_at: moment(value(8)).ok_or("its time cannot be read")?,
            by: by.map(str::to_owned),
        })
    }
}

/// The next rows of a file.
#[derive(Default)]
struct Batch {
    rows: Vec<Row>,
    lines: Vec<u64>,
    refused: Vec<(u64, &'static str)>,
}

impl Batch {
    fn is_empty(&self) -> bool {
        self.rows.is_empty() && self.refused.is_empty()
    }

    fn read(mut source: Source) -> Result<(Self, Source)> {
        let mut batch = Self::default();
        let mut record = StringRecord::new();
        while batch.rows.len() + batch.refused.len() < BATCH {
            let line = match source.reader.read_record(&mut record) {
                Ok(false) => break,
                Ok(true) => record.position().map_or(0, csv::Position::line),
                Err(error) => {
                    let reason = match error.kind() {
                        csv::ErrorKind::Utf8 { .. } => "it is not UTF-8",
                        csv::ErrorKind::UnequalLengths { .. } => "it has more or fewer values than there are columns",
                        _ => return Err(Error::input("path", "names a file that cannot be read to its end")),
                    };
                    batch.refused.push((error.position().map_or(0, csv::Position::line), reason));
                    continue;
                }
            };
            match source.row(&record) {
                Ok(row) => {
                    batch.rows.push(row);
                    batch.lines.push(line);
                }
                Err(reason) => batch.refused.push((line, reason)),
            }
        }
        Ok((batch, source))
    }
}

/// A file being written; it is removed unless it was finished.
struct Target {
    writer: Writer<BufWriter<File>>,
    unfinished: Unfinished,
}

impl Target {
    fn create(path: &str) -> Result<Self> {
        let (file, unfinished) = files::create(path)?;
        let mut writer = Writer::from_writer(BufWriter::new(file));
        writer.write_record(COLUMNS.iter().chain([&CONFIRMED_BY])).map_err(|_| unwritable())?;
        Ok(Self { writer, unfinished })
    }

    fn write(mut self, rows: &[Row]) -> Result<Self> {
        for row in rows {
            let id = row.id.to_string();
            // As the original writes it: without an offset, and meaning UTC.
            let created = format!("{:.6}", row.created_at.to_zoned(TimeZone::UTC).datetime());
            let values: [&str; COLUMNS.len() + 1] = [
                &id,
                &row.person_id,
                &row.matched_uln,
                &row.given_name,
                &row.family_name,
                &row.match_type,
                &row.count_of_returned_ulns,
                &row.match_status,
                &created,
                row.by.as_deref().unwrap_or_default(),
            ];
            self.writer.write_record(values).map_err(|_| unwritable())?;
        }
        Ok(self)
    }

    fn finish(self) -> Result<()> {
        let Self { writer, unfinished } = self;
        let mut file = writer.into_inner().map_err(|_| unwritable())?;
        file.flush().and_then(|()| file.get_ref().sync_all()).map_err(|_| unwritable())?;
        unfinished.finished();
        Ok(())
    }
}

fn unwritable() -> Error {
    Error::input("path", "names a file that cannot be written to its end; is the disk full?")
}
