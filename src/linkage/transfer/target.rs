//! A file being exported, in whatever form; it is removed unless it was finished.

use std::fs::File;
use std::io::{BufWriter, Write};

use jiff::Timestamp;

use super::row::{Raw, Row};
use super::sealed::Writer;
use crate::error::{Error, Result};
use crate::files::{self, Unfinished};
use crate::linkage::model::{ExportFormat, ExportRegister, ExportRegisterDone};
use crate::store::LinkageOrganisation;

/// The file.
pub(super) struct Target {
    form: Form,
    unfinished: Unfinished,
}

enum Form {
    Csv(csv::Writer<BufWriter<File>>),
    JsonLines(BufWriter<File>),
    Sealed(BufWriter<File>, Writer),
}

impl Target {
    /// Creates the file, which must not exist and which only its owner may read.
    ///
    /// # Errors
    /// `INVALID_INPUT`.
    pub(super) fn create(request: ExportRegister, now: Timestamp) -> Result<Self> {
        if request.passphrase.is_some() && request.format.is_some() {
            return Err(Error::input("format", "cannot be chosen for a sealed export"));
        }
        let (file, unfinished) = files::create(&request.path)?;
        let mut file = BufWriter::new(file);
        let form = match (&request.passphrase, request.format.unwrap_or_default()) {
            (Some(passphrase), _) => {
                let writer = Writer::begin(&mut file, passphrase, now)?;
                Form::Sealed(file, writer)
            }
            (None, ExportFormat::JsonLines) => Form::JsonLines(file),
            (None, ExportFormat::Csv) => {
                let mut writer = csv::Writer::from_writer(file);
                writer.write_record(columns()).map_err(|_| unwritable())?;
                Form::Csv(writer)
            }
        };
        Ok(Self { form, unfinished })
    }

    /// Writes the organisations.
    pub(super) fn organisations(mut self, organisations: &[LinkageOrganisation]) -> Result<Self> {
        for organisation in organisations {
            let row = Row {
                ods_code: organisation.ods.clone(),
                organisation_name: Some(organisation.name.clone()),
                organisation_blocked: Some(organisation.blocked),
                patient: None,
            };
            self.row(&row)?;
        }
        Ok(self)
    }

    /// Writes patients.
    pub(super) fn patients(mut self, rows: &[Row]) -> Result<Self> {
        rows.iter().try_for_each(|row| self.row(row))?;
        Ok(self)
    }

    fn row(&mut self, row: &Row) -> Result<()> {
        match &mut self.form {
            Form::Sealed(file, writer) => writer.row(file, &Raw::of(row, true)),
            Form::JsonLines(file) => {
                let raw = Raw::of(row, false);
                serde_json::to_writer(&mut *file, &raw).map_err(|_| unwritable())?;
                file.write_all(b"\n").map_err(|_| unwritable())
            }
            Form::Csv(writer) => {
                let mut raw = Raw::of(row, false);
                let values: Vec<String> =
                    columns().map(|column| raw.value(column).map(std::mem::take).unwrap_or_default()).collect();
                writer.write_record(&values).map_err(|_| unwritable())
            }
        }
    }

    /// Brings everything to the disk; answers whether it has linkage keys.
    pub(super) fn finish(self, counts: &ExportRegisterDone) -> Result<bool> {
        let Self { form, unfinished } = self;
        let (mut file, with_keys) = match form {
            Form::Csv(writer) => (writer.into_inner().map_err(|_| unwritable())?, false),
            Form::JsonLines(file) => (file, false),
            Form::Sealed(mut file, writer) => {
                writer.finish(&mut file, counts.organisations, counts.patients)?;
                (file, true)
            }
        };
        file.flush().and_then(|()| file.get_ref().sync_all()).map_err(|_| unwritable())?;
        unfinished.finished();
        Ok(with_keys)
    }
}

/// The columns of an export without linkage keys.
fn columns() -> impl Iterator<Item = &'static str> {
    Raw::COLUMNS.into_iter().filter(|column| *column != "linkageKey")
}

/// A file that could be created but not written.
pub(super) fn unwritable() -> Error {
    Error::input("path", "names a file that cannot be written to its end; is the disk full?")
}
