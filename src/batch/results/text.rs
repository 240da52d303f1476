//! Results as CSV.

use std::fs::File;
use std::io::BufWriter;

use serde_json::{Map, Value};

use super::columns::{FIXED, Named, Part, text_of};
use crate::batch::journal::unwritable;
use crate::error::{Error, Result};

/// A CSV file that is being written.
pub(super) struct Table {
    file: csv::Writer<BufWriter<File>>,
    columns: Named,
    spreadsheet_safe: bool,
}

impl Table {
    /// Writes the names of the columns.
    pub(super) fn begin(file: BufWriter<File>, columns: Named, spreadsheet_safe: bool) -> Result<Self> {
        let mut table = Self { file: csv::Writer::from_writer(file), columns, spreadsheet_safe };
        let of = |part| table.columns.columns.iter().filter(move |column| column.part == part);
        let mut names: Vec<String> = FIXED[..2].iter().map(|name| (*name).to_owned()).collect();
        names.extend(of(Part::Input).map(|column| column.name.clone()));
        names.extend(FIXED[2..].iter().map(|name| (*name).to_owned()));
        names.extend(of(Part::Response).map(|column| column.name.clone()));
        names.extend(table.columns.more.clone());
        table.write(&names)?;
        Ok(table)
    }

    /// Writes a row.
    pub(super) fn row(&mut self, row: &Map<String, Value>) -> Result<()> {
        let (values, rest) = self.columns.values(row);
        let whole = |key: &str| Cell::safe(row.get(key).map(text_of));
        let error = |key: &str| row.get("error").and_then(|error| error.get(key)).map(text_of);
        let mut cells = vec![whole("row"), whole("line")];
        let mut answered =
            vec![Cell::safe(row.get("outcome").map(text_of)), Cell::safe(error("code")), Cell::text(error("message"))];
        for (column, value) in self.columns.columns.iter().zip(values) {
            let cell = match value {
                Some(value @ (Value::Number(_) | Value::Bool(_))) => Cell::safe(Some(text_of(&value))),
                value => Cell::text(value.as_ref().map(text_of)),
            };
            if column.part == Part::Input { cells.push(cell) } else { answered.push(cell) }
        }
        if self.columns.more.is_some() {
            answered.push(Cell::text((!rest.is_empty()).then(|| Value::Object(rest).to_string())));
        }
        cells.extend(answered);
        let texts: Vec<String> = cells.into_iter().map(|cell| cell.shown(self.spreadsheet_safe)).collect();
        self.write(&texts)
    }

    fn write(&mut self, texts: &[String]) -> Result<()> {
        self.file.write_record(texts).map_err(failed)
    }

    /// Brings all to the file.
    pub(super) fn finish(self) -> Result<()> {
        let file = self.file.into_inner().map_err(|error| unwritable(error.into_error()))?;
        file.into_inner().map(drop).map_err(|error| unwritable(error.into_error()))
    }
}

fn failed(error: csv::Error) -> Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => unwritable(error),
        _ => Error::internal("a row of results has no form in CSV"),
    }
}

struct Cell {
    text: String,
    /// Whether it may hold what somebody has typed.
    typed: bool,
}

impl Cell {
    fn safe(text: Option<String>) -> Self {
        Self { text: text.unwrap_or_default(), typed: false }
    }

    fn text(text: Option<String>) -> Self {
        Self { text: text.unwrap_or_default(), typed: true }
    }

    /// The text, with an apostrophe before what a spreadsheet would take for a formula when that is wanted.
    fn shown(self, spreadsheet_safe: bool) -> String {
        let formula = self.text.starts_with(['=', '+', '-', '@', '\t', '\r']);
        if spreadsheet_safe && self.typed && formula { format!("'{}", self.text) } else { self.text }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_typed_text_is_kept_from_being_a_formula() {
        let shown = |text: &str, typed, safe| Cell { text: text.into(), typed }.shown(safe);
        for formula in ["=1+1", "+1", "-1", "@x", "\tx", "\rx"] {
            assert_eq!(shown(formula, true, true), format!("'{formula}"));
            assert_eq!(shown(formula, true, false), formula);
            assert_eq!(shown(formula, false, true), formula);
        }
        assert_eq!(shown("Orla", true, true), "Orla");
    }
}
