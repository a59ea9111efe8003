//! Tables: a header row, then one document per row.

use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

use super::parts::{Part, broken, row};
use crate::ReadError;
use crate::decode::decode;

/// The rows of a table; the columns have the names of the JSON fields, or those that `--map` gives them.
pub(crate) struct Rows<R> {
    reader: csv::Reader<Metered<R>>,
    name: String,
    columns: Option<Vec<String>>,
    since: Rc<Cell<usize>>,
    done: bool,
}

impl<R: BufRead> Rows<R> {
    pub fn new(input: R, name: &str, comma: u8, limit: usize) -> Self {
        let since = Rc::new(Cell::new(0));
        let metered = Metered {
            inner: input,
            since: since.clone(),
            limit,
        };
        Rows {
            reader: csv::ReaderBuilder::new()
                .delimiter(comma)
                .flexible(true)
                .has_headers(false)
                .from_reader(metered),
            name: name.to_owned(),
            columns: None,
            since,
            done: false,
        }
    }

    fn next_row(&mut self) -> Result<Option<Part>, ReadError> {
        let mut record = csv::ByteRecord::new();
        loop {
            self.since.set(0);
            let line = self.reader.position().line();
            let more = self.reader.read_byte_record(&mut record).map_err(|error| {
                self.done = true;
                broken(&self.name, &io::Error::other(error.to_string()))
            })?;
            if !more {
                return Ok(None);
            }
            // A row is decoded as one, so that its longest cell tells the encoding of the shortest.
            let cells = cells(&record).ok_or_else(|| ReadError::Row {
                name: self.name.clone(),
                line,
                message: "its encoding is not known; save the table as UTF-8".to_owned(),
            })?;
            let Some(columns) = &self.columns else {
                let trimmed = |cell: String| cell.trim_matches(['\u{feff}', ' ']).to_owned();
                self.columns = Some(cells.into_iter().map(trimmed).collect());
                continue;
            };
            let fields = columns
                .iter()
                .zip(cells)
                .filter(|(_, cell)| !cell.trim().is_empty())
                .map(|(column, cell)| (column.clone(), cell.into()))
                .collect();
            return Ok(Some(row(
                &self.name,
                line,
                serde_json::Value::Object(fields),
            )));
        }
    }
}

fn cells(record: &csv::ByteRecord) -> Option<Vec<String>> {
    // A line with a form feed alone parts the cells; a row whose words have one too does not come out whole and is told.
    let all: Vec<u8> = record.iter().collect::<Vec<_>>().join(&b"\n\x0c\n"[..]);
    let (text, _) = decode(&all).ok()?;
    let cells: Vec<String> = text.split("\n\u{c}\n").map(str::to_owned).collect();
    (cells.len() == record.len()).then_some(cells)
}

impl<R: BufRead> Iterator for Rows<R> {
    type Item = Result<Part, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        self.next_row().transpose()
    }
}

/// Stops in a row that is larger than any text, as one is whose quotation mark is never closed.
struct Metered<R> {
    inner: R,
    since: Rc<Cell<usize>>,
    limit: usize,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(into)?;
        self.since.set(self.since.get() + count);
        if self.since.get() > self.limit {
            return Err(io::Error::other(format!(
                "a row has more than {} bytes; is a quotation mark left open?",
                self.limit
            )));
        }
        Ok(count)
    }
}
