//! A person's word on what the program found.
//!
//! Decisions are kept in a file of JSON lines beside the store (`journal`), each with the facts it is about as they were
//! (`decision`), and laid over facts and records whenever these are read (`layer`). The store itself holds only what the
//! program found: the same journal on the same texts gives the same, on an empty store too. A decision that fits no fact
//! any more is told with its reason and applied to nothing.

mod agreement;
mod decision;
mod fields;
mod journal;
mod layer;
mod queue;
mod request;

pub use agreement::Agreement;
pub use decision::{Act, Decision, Said, Target, Values};
pub use journal::{Journal, Numbered, beside};
pub use layer::{Coded, Layer, Unfit};
pub use queue::{Queued, queue};
pub use request::{Request, Signature};

pub(crate) use journal::hex;
