//! SQLite store of documents, facts and records: one file, whole at any moment.
//!
//! Documents are kept by content hash with every place under which they came. Facts are immutable per document and run;
//! a run is program, data and model. Records are what fusion made of the current facts; a store that was stopped between
//! coding and fusing says so ([`Store::records_stale`]) and the next writer completes it.

mod error;
mod filter;
mod read;
pub mod review;
mod schema;
mod store;
mod types;

pub use error::StoreError;
pub use filter::{FactFilter, RecordFilter};
pub use store::Store;
pub use types::{Found, NameCount, Put, Run, Stats, StoredDocument};
