//! What can go wrong: the question, the data, an input, the store.

use verbale_store::StoreError;

/// The answer of everything here that can fail.
pub type Result<T> = std::result::Result<T, Error>;

/// An error; every message names the place and the remedy.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The question cannot be understood: an unknown state, word or id.
    #[error("{0}")]
    Asked(String),
    /// An input cannot be read.
    #[error("{0}")]
    Input(String),
    /// Lists or rules cannot be used.
    #[error("{0}")]
    Data(String),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A value could not be written as JSON.
    #[error("the answer cannot be written: {0}")]
    Json(#[from] serde_json::Error),
    /// A table could not be written as CSV.
    #[error("the table cannot be written: {0}")]
    Csv(#[from] csv::Error),
}
