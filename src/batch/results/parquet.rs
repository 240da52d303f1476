//! Results as Parquet, in groups of rows so that memory does not grow with their number.

use std::fs::File;
use std::io::BufWriter;
use std::sync::Arc;

use parquet::basic::{ConvertedType, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::Type;
use serde_json::{Map, Value};

use super::columns::{FIXED, Kind, Named, Part, text_of};
use crate::batch::journal::unwritable;
use crate::error::{Error, Result};

/// How many rows a group has at most.
const ROWS: usize = 20_000;
/// How many bytes of text it has at most, but for its last row.
const BYTES: usize = 16 << 20;

/// The values of a column in a group, with what says for each row whether there is one.
struct Values {
    name: String,
    kind: Kind,
    there: Vec<i16>,
    texts: Vec<ByteArray>,
    wholes: Vec<i64>,
    doubles: Vec<f64>,
    flags: Vec<bool>,
}

impl Values {
    fn new(name: &str, kind: Kind) -> Self {
        let (there, texts) = (Vec::new(), Vec::new());
        Self { name: name.into(), kind, there, texts, wholes: Vec::new(), doubles: Vec::new(), flags: Vec::new() }
    }

    /// Adds a row's value; answers how many bytes of text it has.
    fn push(&mut self, value: Option<&Value>) -> usize {
        let Some(value) = value.filter(|value| !value.is_null()) else {
            self.there.push(0);
            return 0;
        };
        self.there.push(1);
        match self.kind {
            Kind::Text => {
                let text = text_of(value);
                let length = text.len();
                self.texts.push(text.into_bytes().into());
                return length;
            }
            Kind::Whole => self.wholes.push(value.as_i64().unwrap_or_default()),
            Kind::Double => self.doubles.push(value.as_f64().unwrap_or(f64::NAN)),
            Kind::Flag => self.flags.push(value.as_bool().unwrap_or_default()),
        }
        8
    }

    fn schema(&self) -> Result<Type, ParquetError> {
        let physical = match self.kind {
            Kind::Text => Physical::BYTE_ARRAY,
            Kind::Whole => Physical::INT64,
            Kind::Double => Physical::DOUBLE,
            Kind::Flag => Physical::BOOLEAN,
        };
        let column = Type::primitive_type_builder(&self.name, physical).with_repetition(Repetition::OPTIONAL);
        if self.kind == Kind::Text {
            let column = column.with_logical_type(Some(LogicalType::String));
            return column.with_converted_type(ConvertedType::UTF8).build();
        }
        column.build()
    }

    fn write(&mut self, group: &mut Group<'_>) -> Result<(), ParquetError> {
        let there = std::mem::take(&mut self.there);
        match self.kind {
            Kind::Text => one::<ByteArrayType>(group, &std::mem::take(&mut self.texts), &there),
            Kind::Whole => one::<Int64Type>(group, &std::mem::take(&mut self.wholes), &there),
            Kind::Double => one::<DoubleType>(group, &std::mem::take(&mut self.doubles), &there),
            Kind::Flag => one::<BoolType>(group, &std::mem::take(&mut self.flags), &there),
        }
    }
}

type Group<'g> = SerializedRowGroupWriter<'g, BufWriter<File>>;

fn one<T: DataType>(group: &mut Group<'_>, values: &[T::T], there: &[i16]) -> Result<(), ParquetError> {
    let column = group.next_column()?;
    let mut column = column.ok_or_else(|| ParquetError::General("a column is missing".into()))?;
    column.typed::<T>().write_batch(values, Some(there), None)?;
    column.close()
}

/// A Parquet file that is being written.
pub(super) struct Table {
    file: SerializedFileWriter<BufWriter<File>>,
    columns: Named,
    /// First what every table has, then what is carried over and answered, in the order of `columns`.
    values: Vec<Values>,
    rows: usize,
    bytes: usize,
}

impl Table {
    pub(super) fn begin(file: BufWriter<File>, columns: Named) -> Result<Self> {
        let fixed = FIXED.iter().enumerate().map(|(at, name)| (*name, if at < 2 { Kind::Whole } else { Kind::Text }));
        let mut values: Vec<Values> = fixed.map(|(name, kind)| Values::new(name, kind)).collect();
        values.extend(columns.columns.iter().map(|column| Values::new(&column.name, column.kind)));
        values.extend(columns.more.iter().map(|name| Values::new(name, Kind::Text)));
        // The order of CSV: what is carried over stands behind the line.
        let carried = columns.columns.iter().filter(|column| column.part == Part::Input).count();
        values[2..FIXED.len() + carried].rotate_left(FIXED.len() - 2);
        let fields = values.iter().map(|column| column.schema().map(Arc::new)).collect::<Result<_, _>>();
        let schema = fields.and_then(|fields| Type::group_type_builder("results").with_fields(fields).build());
        let schema = Arc::new(schema.map_err(failed)?);
        let file = SerializedFileWriter::new(file, schema, Arc::new(WriterProperties::new())).map_err(failed)?;
        Ok(Self { file, columns, values, rows: 0, bytes: 0 })
    }

    /// Adds a row.
    pub(super) fn row(&mut self, row: &Map<String, Value>) -> Result<()> {
        let (found, rest) = self.columns.values(row);
        let error = |key: &str| row.get("error").and_then(|error| error.get(key));
        let (mut all, mut answered) = (vec![row.get("row"), row.get("line")], Vec::new());
        answered.extend([row.get("outcome"), error("code"), error("message")]);
        for (column, value) in self.columns.columns.iter().zip(&found) {
            if column.part == Part::Input { all.push(value.as_ref()) } else { answered.push(value.as_ref()) }
        }
        let rest = (!rest.is_empty()).then(|| Value::String(Value::Object(rest).to_string()));
        if self.columns.more.is_some() {
            answered.push(rest.as_ref());
        }
        all.extend(answered);
        for (column, value) in self.values.iter_mut().zip(all) {
            self.bytes += column.push(value);
        }
        self.rows += 1;
        if self.rows >= ROWS || self.bytes >= BYTES { self.write().map_err(failed) } else { Ok(()) }
    }

    fn write(&mut self) -> Result<(), ParquetError> {
        let mut group = self.file.next_row_group()?;
        for column in &mut self.values {
            column.write(&mut group)?;
        }
        group.close()?;
        (self.rows, self.bytes) = (0, 0);
        Ok(())
    }

    /// Brings all to the file.
    pub(super) fn finish(mut self) -> Result<()> {
        if self.rows > 0 {
            self.write().map_err(failed)?;
        }
        let file = self.file.into_inner().map_err(failed)?;
        file.into_inner().map(drop).map_err(|error| unwritable(error.into_error()))
    }
}

fn failed(error: ParquetError) -> Error {
    match error {
        ParquetError::External(cause) => match cause.downcast::<std::io::Error>() {
            Ok(error) => unwritable(*error),
            Err(cause) => Error::BatchOutput { problem: "Parquet does not take them".into(), source: Some(cause) },
        },
        other => Error::BatchOutput { problem: "Parquet does not take them".into(), source: Some(Box::new(other)) },
    }
}

#[cfg(test)]
mod tests {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::Field;
    use serde_json::json;

    use super::super::columns::Columns;
    use super::*;

    #[test]
    fn what_is_written_is_read_back_in_its_types_and_order() {
        let file = tempfile::tempfile().unwrap();
        let row = |number: u64| {
            let response = json!({ "outcome": "found", "score": 1.5, "count": number, "flag": true, "list": ["a"] });
            let row = json!({ "row": number, "line": number + 1, "input": { "name": "Zoë" }, "outcome": "found", "response": response });
            row.as_object().unwrap().clone()
        };
        let failed = json!({ "row": 30_001, "line": 30_002, "input": {}, "error": { "code": "X", "message": "m" } });
        let mut columns = Columns::default();
        columns.note(&row(1));
        let writer = BufWriter::new(file.try_clone().unwrap());
        let mut table = Table::begin(writer, columns.named()).unwrap();
        (1..=30_000).for_each(|number| table.row(&row(number)).unwrap());
        table.row(failed.as_object().unwrap()).unwrap();
        table.finish().unwrap();

        let reader = SerializedFileReader::new(file).unwrap();
        assert_eq!((reader.metadata().num_row_groups(), reader.metadata().file_metadata().num_rows()), (2, 30_001));
        let rows: Vec<_> = reader.get_row_iter(None).unwrap().map(Result::unwrap).collect();
        let names: Vec<_> = rows[0].get_column_iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(
            names,
            ["row", "line", "name", "outcome", "errorCode", "errorMessage", "score", "count", "flag", "list"]
        );
        let values: Vec<_> = rows[24_999].get_column_iter().map(|(_, value)| value.clone()).collect();
        let text = |text: &str| Field::Str(text.into());
        assert_eq!(
            values,
            [
                Field::Long(25_000),
                Field::Long(25_001),
                text("Zoë"),
                text("found"),
                Field::Null,
                Field::Null,
                Field::Double(1.5),
                Field::Long(25_000),
                Field::Bool(true),
                text("[\"a\"]")
            ]
        );
        let last: Vec<_> = rows[30_000].get_column_iter().map(|(_, value)| value.clone()).collect();
        assert_eq!(last[2..6], [Field::Null, Field::Null, text("X"), text("m")]);
    }
}
