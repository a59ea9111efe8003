//! SQLite store of documents, facts and records: one file, whole at any moment.
//!
//! Documents are kept by content hash with every place under which they came. Facts are immutable per document and run;
//! a run is program, data and model. Records are what fusion made of the current facts; a store that was stopped between
//! coding and fusing says so ([`Store::records_stale`]) and the next writer completes it.

mod change;
mod error;
mod filter;
mod fused;
mod history;
mod lists;
mod pairs;
mod part;
mod people;
mod read;
pub mod review;
mod safe;
mod schema;
mod store;
mod tally;
mod types;
mod write;

pub use change::{Change, changes, fact_changes};
pub use error::StoreError;
pub use filter::{FactFilter, RecordFilter};
pub use fused::{Kept, Placed};
pub use history::{Happening, RunEntry};
pub use pairs::PairCount;
pub use safe::query;
pub use store::Store;
pub use tally::{Counts, Tally};
pub use types::{Basis, Coding, Found, KeptFile, NameCount, Put, Run, Stats, StoredDocument};
pub use write::data_hash;
