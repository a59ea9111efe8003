//! Batches in and out: Arrow streams, Parquet files, JSON lines.

use std::io::{Read, Write};

use arrow_array::RecordBatch;
use arrow_ipc::reader::StreamReader;
use arrow_ipc::writer::StreamWriter;
use bytes::Bytes;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

use super::{Coded, coded};
use crate::{ExportError, columnar, lines};

/// Batches of an Arrow stream, as they come.
pub fn read_stream(
    bytes: impl Read,
) -> Result<impl Iterator<Item = Result<RecordBatch, ExportError>>, ExportError> {
    let reader = StreamReader::try_new(bytes, None)?;
    Ok(reader.map(|batch| Ok(batch?)))
}

/// Batches of a Parquet file, whose end has to be known before its beginning.
pub fn read_parquet(
    bytes: Vec<u8>,
) -> Result<impl Iterator<Item = Result<RecordBatch, ExportError>>, ExportError> {
    let reader = ParquetRecordBatchReaderBuilder::try_new(Bytes::from(bytes))?.build()?;
    Ok(reader.map(|batch| Ok(batch?)))
}

/// In which form facts leave the filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Facts of the contract, one a line, without rows of documents.
    Jsonl,
    /// An Arrow stream.
    ArrowStream,
    /// A Parquet file.
    Parquet,
}

/// Where coded batches go.
pub enum Sink<W: Write + Send> {
    /// See [`Form::Jsonl`].
    Jsonl(W),
    /// See [`Form::ArrowStream`].
    ArrowStream(Box<StreamWriter<W>>),
    /// See [`Form::Parquet`].
    Parquet(Box<ArrowWriter<W>>),
}

impl<W: Write + Send> Sink<W> {
    /// A sink into a writer.
    pub fn new(form: Form, writer: W) -> Result<Sink<W>, ExportError> {
        let schema = columnar::schema(&coded(&[], ""));
        Ok(match form {
            Form::Jsonl => Sink::Jsonl(writer),
            Form::ArrowStream => {
                Sink::ArrowStream(Box::new(StreamWriter::try_new(writer, &schema)?))
            }
            Form::Parquet => Sink::Parquet(Box::new(columnar::parquet_writer(writer, schema)?)),
        })
    }

    /// Writes what became of some inputs; see [`coded()`].
    pub fn write(&mut self, some: &[Coded], resource: &str) -> Result<(), ExportError> {
        let batch = || columnar::batch(&coded(some, resource));
        match self {
            Sink::Jsonl(writer) => {
                writer.write_all(&lines(some.iter().flat_map(|one| &one.facts))?)?;
            }
            Sink::ArrowStream(writer) => {
                writer.write(&batch()?)?;
                writer.flush()?;
            }
            Sink::Parquet(writer) => writer.write(&batch()?)?,
        }
        Ok(())
    }

    /// Ends the stream or file.
    pub fn finish(self) -> Result<(), ExportError> {
        match self {
            Sink::Jsonl(mut writer) => writer.flush()?,
            Sink::ArrowStream(mut writer) => writer.finish()?,
            Sink::Parquet(writer) => drop(writer.close()?),
        }
        Ok(())
    }
}
