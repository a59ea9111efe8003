//! The pages, one module each; all of them are functions from the desk and a request to an answer.

pub mod about;
pub mod document;
pub mod fact;
pub mod frame;
pub mod home;
pub mod jobs;
pub mod listing;
pub mod pair;
pub mod record;
pub mod search;
mod table;
