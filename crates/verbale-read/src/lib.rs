//! Bytes to documents: formats, encodings, crawl headers, datelines, bylines, footers.
//!
//! The crate opens no files and has no data but a few tables of how news pages frame a story. It takes bytes and what
//! is known about them and gives a [`Document`]; what it could not understand it tells in [`Diagnostic`]s. Offsets
//! always point into [`Document::text`].
//!
//! Plain text and JSON are always there; the feature `formats` (on by default) adds all others and [`parts`], which reads
//! inputs of any size.

mod closing;
mod decode;
mod document;
mod error;
mod footer;
#[cfg(feature = "formats")]
mod formats;
mod header;
mod json;
mod language;
mod lines;
mod set_off;
mod stamp;
mod text;

pub use decode::marks_binary;
pub use document::{
    Appearance, Diagnostic, Document, Furniture, FurnitureKind, Published, PublishedBasis, Sourced,
    Span,
};
pub use error::ReadError;
#[cfg(feature = "formats")]
pub use formats::{Format, Part, Parts, parts};
pub use json::{Documents, read_json, read_jsonl};
pub use text::{Options, publication, read_text};

/// Reads an input that is in memory; the format is told as [`parts`] tells it.
#[cfg(feature = "formats")]
pub fn read(bytes: &[u8], name: &str, options: &Options) -> Documents {
    parts(Box::new(bytes), name, None, options)
        .flat_map(|part| match part {
            Ok(part) => part.documents(options),
            Err(error) => vec![Err(error)],
        })
        .collect()
}
