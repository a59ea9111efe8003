use thiserror::Error;

/// Why bytes give no document. Every message names the input and what would help.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ReadError {
    /// NUL or other control bytes: no text file.
    #[error("{name}: binary data at byte {at}, not a text; convert it to text first")]
    Binary {
        /// The input.
        name: String,
        /// Where the first such byte stands.
        at: usize,
    },
    /// No encoding fits with confidence.
    #[error("{name}: cannot tell the encoding; save it as UTF-8")]
    Undecodable {
        /// The input.
        name: String,
    },
    /// More bytes than [`crate::Options::max_bytes`].
    #[error(
        "{name}: {bytes} bytes, over the limit of {limit} for one text; split it into articles"
    )]
    TooLarge {
        /// The input.
        name: String,
        /// How large it is.
        bytes: usize,
        /// How large it may be.
        limit: usize,
    },
    /// One line with more bytes than [`crate::Options::max_line_bytes`].
    #[error(
        "{name}: line {line} has {bytes} bytes, over the limit of {limit} for one line; break it into paragraphs"
    )]
    LineTooLong {
        /// The input.
        name: String,
        /// The line, counted from 1.
        line: usize,
        /// How long it is.
        bytes: usize,
        /// How long it may be.
        limit: usize,
    },
    /// A JSON document that is none.
    #[error("{name}, line {line}: {message}; a document is an object with a field `text`")]
    Json {
        /// The input.
        name: String,
        /// The line, counted from 1.
        line: usize,
        /// What is wrong.
        message: String,
    },
    /// A row of a table that gives no document.
    #[error(
        "{name}, line {line}: {message}; a row needs a column `text` (or name it: --map text=COLUMN)"
    )]
    Row {
        /// The input.
        name: String,
        /// The line where the row begins, counted from 1.
        line: u64,
        /// What is wrong.
        message: String,
    },
    /// A file that is not what its format asks for.
    #[error("{name}: not a readable {format}: {message}; open it and save it anew, or as text")]
    Malformed {
        /// The input.
        name: String,
        /// `PDF`, `page`, ….
        format: &'static str,
        /// What is wrong.
        message: String,
    },
    /// An input that breaks off, or unpacks without end. What came before is kept.
    #[error("{name}: cannot be read to its end: {message}; what came before is kept")]
    Broken {
        /// The input.
        name: String,
        /// What is wrong.
        message: String,
    },
}

impl ReadError {
    /// The same error about an input that lies at `place`, a path or an address: what people look for.
    #[must_use]
    pub fn at(mut self, place: &str) -> ReadError {
        let (ReadError::Binary { name, .. }
        | ReadError::Undecodable { name }
        | ReadError::TooLarge { name, .. }
        | ReadError::LineTooLong { name, .. }
        | ReadError::Json { name, .. }
        | ReadError::Row { name, .. }
        | ReadError::Malformed { name, .. }
        | ReadError::Broken { name, .. }) = &mut self;
        // A document in a file of many is called by its own id: both are needed to find it.
        *name = if place.ends_with(name.as_str()) {
            place.to_owned()
        } else {
            format!("{place}: {name}")
        };
        self
    }
}
