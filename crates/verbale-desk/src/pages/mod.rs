//! The pages, one module each; all of them are functions from the desk and a request to an answer.

pub mod about;
pub mod changes;
mod chart;
pub mod codebook;
mod decide;
pub mod document;
pub mod export;
pub mod fact;
pub mod frame;
pub mod history;
pub mod home;
pub mod issues;
pub mod jobs;
pub mod listing;
pub mod pair;
pub mod queue;
pub mod record;
pub mod runs;
pub mod search;
pub mod series;
mod table;
