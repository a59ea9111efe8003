//! Bytes to documents: encodings, crawl headers, datelines, bylines, footers.
//!
//! The crate reads no files and has no data but a few tables of how news pages frame a story. It takes bytes and what
//! is known about them and gives a [`Document`]; what it could not understand it tells in [`Diagnostic`]s. Offsets
//! always point into [`Document::text`].

mod closing;
mod decode;
mod document;
mod error;
mod footer;
mod header;
mod json;
mod lines;
mod stamp;
mod text;

pub use document::{
    Appearance, Diagnostic, Document, Furniture, FurnitureKind, Published, PublishedBasis, Sourced,
    Span,
};
pub use error::ReadError;
pub use json::{Documents, read_json, read_jsonl};
pub use text::{Options, publication, read_text};

/// Reads an input by the ending of its name: `.json`, `.jsonl` (also `.ndjson`), and text otherwise.
pub fn read(bytes: &[u8], name: &str, options: &Options) -> Documents {
    match name
        .rsplit_once('.')
        .map(|(_, ending)| ending.to_ascii_lowercase())
    {
        Some(ending) if ending == "json" => read_json(bytes, name, options),
        Some(ending) if ending == "jsonl" || ending == "ndjson" => read_jsonl(bytes, name, options),
        _ => vec![read_text(bytes, name, options)],
    }
}
