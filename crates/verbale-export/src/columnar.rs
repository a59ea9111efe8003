//! Arrow and Parquet.

use std::io::Write;
use std::sync::Arc;

use arrow_array::builder::{
    BooleanBuilder, Date32Builder, Float64Builder, Int64Builder, ListBuilder, StringBuilder,
};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_ipc::writer::StreamWriter;
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use jiff::civil::{Date, date};
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;

use crate::ExportError;
use crate::table::{Kind, Table, Value};

/// The Arrow schema of a table: the same for every table of the same columns, with or without rows.
pub fn schema(table: &Table) -> SchemaRef {
    let fields: Vec<Field> = table
        .columns
        .iter()
        .map(|column| {
            let kind = match column.kind {
                Kind::Text => DataType::Utf8,
                Kind::Texts => DataType::new_list(DataType::Utf8, true),
                Kind::Integer => DataType::Int64,
                Kind::Number => DataType::Float64,
                Kind::Truth => DataType::Boolean,
                Kind::Day => DataType::Date32,
            };
            Field::new(&column.name, kind, true)
        })
        .collect();
    Arc::new(Schema::new(fields))
}

/// The table as one batch.
pub fn batch(table: &Table) -> Result<RecordBatch, ExportError> {
    let arrays = table
        .columns
        .iter()
        .enumerate()
        .map(|(index, column)| array(column.kind, table.rows.iter().map(|row| &row[index])))
        .collect();
    Ok(RecordBatch::try_new(schema(table), arrays)?)
}

/// Values of one kind as an array; a value of another kind is a fault of ours and becomes null.
fn array<'a>(kind: Kind, values: impl Iterator<Item = &'a Value>) -> ArrayRef {
    macro_rules! built {
        ($builder:ty, $variant:ident, $value:ident => $taken:expr) => {{
            let mut builder = <$builder>::new();
            for value in values {
                builder.append_option(match value {
                    Value::$variant($value) => Some($taken),
                    _ => None,
                });
            }
            Arc::new(builder.finish())
        }};
    }
    match kind {
        Kind::Text => built!(StringBuilder, Text, text => text),
        Kind::Integer => built!(Int64Builder, Integer, number => *number),
        Kind::Number => built!(Float64Builder, Number, number => *number),
        Kind::Truth => built!(BooleanBuilder, Truth, truth => *truth),
        Kind::Day => built!(Date32Builder, Day, day => days_since_1970(*day)),
        Kind::Texts => {
            let mut builder = ListBuilder::new(StringBuilder::new());
            for value in values {
                match value {
                    Value::Texts(texts) => {
                        builder.append_value(texts.iter().map(Some));
                    }
                    _ => builder.append_null(),
                }
            }
            Arc::new(builder.finish())
        }
    }
}

fn days_since_1970(day: Date) -> i32 {
    (day - date(1970, 1, 1)).get_days()
}

/// The table as a Parquet file.
pub fn parquet(table: &Table) -> Result<Vec<u8>, ExportError> {
    let mut bytes = Vec::new();
    let mut writer = parquet_writer(&mut bytes, schema(table))?;
    writer.write(&batch(table)?)?;
    writer.close()?;
    Ok(bytes)
}

/// Writes batches of one schema as Parquet, compressed with Snappy, which every reader knows.
pub(crate) fn parquet_writer<W: Write + Send>(
    writer: W,
    schema: SchemaRef,
) -> Result<ArrowWriter<W>, ExportError> {
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_created_by(format!("verbale {}", env!("CARGO_PKG_VERSION")))
        .build();
    Ok(ArrowWriter::try_new(writer, schema, Some(properties))?)
}

/// The table as an Arrow stream of one batch.
pub fn stream(table: &Table) -> Result<Vec<u8>, ExportError> {
    let mut bytes = Vec::new();
    let mut writer = StreamWriter::try_new(&mut bytes, &schema(table))?;
    writer.write(&batch(table)?)?;
    writer.finish()?;
    drop(writer);
    Ok(bytes)
}
