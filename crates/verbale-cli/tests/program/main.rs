//! The program as people and scripts meet it: bad input, the same bytes, every verb in every format, the documentation.

mod bad_input;
mod documentation;
mod formats;
mod gate;
mod history;
mod hostile;
mod kills;
mod offline;
mod quotes;
mod review;
mod safety;
mod same_bytes;
mod schema;
mod support;
mod verbs;
