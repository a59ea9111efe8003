//! An input to parts that can be read apart: a whole file, or the lines, rows and records of a large one.

use std::io::{self, BufRead, Read};

use super::csv::Rows;
use super::kind::{Format, unpacked_name};
use super::packing::{read_up_to, unpacked};
use super::warc::Records;
use super::{docx, feed, html, mail, pdf};
use crate::json::{Documents, one_json, read_json, read_row};
use crate::text::{Fields, document, read_text_as};
use crate::{Options, ReadError};

/// A piece of an input that gives its documents without the rest. Finding parts is quick, reading them is the work: parts
/// can go to other threads.
#[derive(Debug)]
pub struct Part {
    /// The input's name, or a name of its own (the address of an archived page).
    pub name: String,
    pub(crate) body: Body,
    /// What the container says about it.
    pub(crate) own: Fields,
    /// The encoding that the container declares.
    pub(crate) charset: Option<String>,
}

#[derive(Debug)]
pub(crate) enum Body {
    /// A file in itself.
    File(Format, Vec<u8>),
    /// A line of JSON Lines, with its number.
    Line(usize, Vec<u8>),
    /// A row of a table as a JSON object, with the number of its line.
    Row(u64, serde_json::Value),
}

impl Part {
    fn of(name: &str, body: Body) -> Part {
        Part {
            name: name.to_owned(),
            body,
            own: Fields::default(),
            charset: None,
        }
    }

    /// The documents of this part, in their order; what cannot be read is an error in its place.
    pub fn documents(self, options: &Options) -> Documents {
        let name = &self.name;
        let (format, bytes) = match self.body {
            Body::Line(line, bytes) => return vec![one_json(&bytes, name, line, options)],
            Body::Row(line, row) => return vec![read_row(row, name, line, options)],
            Body::File(format, bytes) => (format, bytes),
        };
        let charset = self.charset.as_deref();
        let one = |found| vec![found];
        let found = match format {
            Format::Json => return read_json(&bytes, name, options),
            Format::Text => return vec![read_text_as(&bytes, name, self.own, options)],
            Format::Feed => feed::entries(&bytes, name),
            Format::Html => one(html::article(&bytes, name, charset)),
            Format::Docx => one(docx::document(&bytes, name, options.max_bytes)),
            Format::Pdf => one(pdf::document(&bytes, name, options.max_bytes)),
            Format::Mail => one(mail::letter(&bytes, name)),
            Format::JsonLines | Format::Csv(_) | Format::Warc => {
                unreachable!("these are parted into lines, rows and records")
            }
        };
        found
            .into_iter()
            .map(|found| {
                let found = found?;
                let name = found.name.as_deref().unwrap_or(name);
                document(found.text, name, found.own.or(self.own.clone()), options)
            })
            .collect()
    }
}

/// A text with its metadata, as a format gives it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Extracted {
    /// Its own name, where one input holds several.
    pub name: Option<String>,
    pub text: String,
    pub own: Fields,
}

/// The parts of an input, in order. After an error that is about the input as a whole nothing follows.
pub type Parts<'a> = Box<dyn Iterator<Item = Result<Part, ReadError>> + 'a>;

/// Parts an input as it is read: never more than one part is in memory.
///
/// The format is told by the ending of `name`, else by the first bytes; packing (gzip, Zstandard) always by the bytes.
///
/// ```
/// use verbale_read::{Options, parts};
///
/// let rows = "title,body\nA visit,Mali's envoy came to Togo.\n";
/// let options = Options { fields: [("text".into(), "body".into())].into(), ..Options::default() };
/// let documents: Vec<_> = parts(Box::new(rows.as_bytes()), "news.csv", None, &options)
///     .flat_map(|part| part.unwrap().documents(&options))
///     .collect();
/// assert_eq!(documents[0].as_ref().unwrap().0.text, "Mali's envoy came to Togo.");
/// ```
pub fn parts<'a>(
    input: Box<dyn BufRead + 'a>,
    name: &str,
    format: Option<Format>,
    options: &Options,
) -> Parts<'a> {
    let limit = options.max_bytes;
    match open(input, name, format) {
        Err(error) => Box::new(std::iter::once(Err(broken(name, &error)))),
        Ok((format, input)) => match format {
            Format::JsonLines => Box::new(Lines::new(input, name, limit)),
            Format::Csv(comma) => Box::new(Rows::new(input, name, comma, limit)),
            Format::Warc => Box::new(Records::new(input, name, limit)),
            _ => Box::new(std::iter::once(whole(input, name, format, limit))),
        },
    }
}

fn open<'a>(
    input: Box<dyn BufRead + 'a>,
    name: &str,
    format: Option<Format>,
) -> io::Result<(Format, Box<dyn BufRead + 'a>)> {
    let mut input = unpacked(input)?;
    let format = match format.or_else(|| Format::of_name(unpacked_name(name))) {
        Some(format) => format,
        None => Format::of_bytes(input.fill_buf()?),
    };
    Ok((format, input))
}

fn whole(input: impl Read, name: &str, format: Format, limit: usize) -> Result<Part, ReadError> {
    match read_up_to(input, limit) {
        Err(error) => Err(broken(name, &error)),
        Ok(None) => Err(ReadError::TooLarge {
            name: name.to_owned(),
            bytes: limit + 1,
            limit,
        }),
        Ok(Some(bytes)) => Ok(Part::of(name, Body::File(format, bytes))),
    }
}

pub(crate) fn broken(name: &str, error: &io::Error) -> ReadError {
    ReadError::Broken {
        name: name.to_owned(),
        message: error.to_string(),
    }
}

/// The lines of JSON Lines; empty ones are passed over, one that is too long is an error for itself only.
struct Lines<R> {
    input: R,
    name: String,
    limit: usize,
    line: usize,
    done: bool,
}

impl<R: BufRead> Lines<R> {
    fn new(input: R, name: &str, limit: usize) -> Self {
        Lines {
            input,
            name: name.to_owned(),
            limit,
            line: 0,
            done: false,
        }
    }

    /// The next line, cut at the limit, and its length.
    fn next_line(&mut self) -> io::Result<Option<(Vec<u8>, usize)>> {
        let mut line = Vec::new();
        let mut length = 0;
        loop {
            let ready = self.input.fill_buf()?;
            if ready.is_empty() {
                return Ok((length > 0).then_some((line, length)));
            }
            let end = ready.iter().position(|&byte| byte == b'\n');
            let taken = end.map_or(ready.len(), |end| end + 1);
            let room = self.limit.saturating_sub(line.len());
            line.extend_from_slice(&ready[..taken.min(room)]);
            length += taken;
            self.input.consume(taken);
            if end.is_some() {
                return Ok(Some((line, length)));
            }
        }
    }
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = Result<Part, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.done {
            match self.next_line() {
                Err(error) => {
                    self.done = true;
                    return Some(Err(broken(&self.name, &error)));
                }
                Ok(None) => self.done = true,
                Ok(Some((line, length))) => {
                    self.line += 1;
                    if length > self.limit {
                        return Some(Err(ReadError::LineTooLong {
                            name: self.name.clone(),
                            line: self.line,
                            bytes: length,
                            limit: self.limit,
                        }));
                    }
                    if !line.trim_ascii().is_empty() {
                        return Some(Ok(Part::of(&self.name, Body::Line(self.line, line))));
                    }
                }
            }
        }
        None
    }
}

/// A row of a table as a part.
pub(crate) fn row(name: &str, line: u64, row: serde_json::Value) -> Part {
    Part::of(name, Body::Row(line, row))
}
