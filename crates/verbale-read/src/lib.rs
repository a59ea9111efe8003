//! Bytes to documents: encodings, crawl headers, datelines, bylines, footers.
//!
//! The crate reads no files. It takes bytes and what is known about them and gives a [`Document`]; what it could not
//! understand it tells in [`Diagnostic`]s. Offsets always point into [`Document::text`].

mod document;

pub use document::{
    Appearance, Diagnostic, Document, Furniture, FurnitureKind, Published, PublishedBasis, Sourced,
    Span,
};
