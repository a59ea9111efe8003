//! The formats that are not plain text: one module each, from bytes to documents.

mod csv;
mod docx;
mod feed;
mod html;
mod kind;
mod mail;
mod packing;
mod parts;
mod pdf;
mod prose;
mod warc;
mod xml;

pub use kind::Format;
pub use parts::{Part, Parts, parts};
