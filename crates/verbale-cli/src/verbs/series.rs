//! `series`: the dyad panel.

use anyhow::Result;
use jiff::civil::Date;
use verbale_engine::ask;
use verbale_store::Store;

use super::ledgers::list;
use crate::Outcome;
use crate::args::{Listing, Panel};
use crate::columns::PANEL;
use crate::engine::Engine;

/// `series [A B]`.
pub fn series(
    engine: &Engine,
    store: &Store,
    states: Option<[&str; 2]>,
    panel: &Panel,
    days: [Option<Date>; 2],
    listing: &Listing,
) -> Result<Outcome> {
    let pair = states.map(|states| ask::both(engine, states)).transpose()?;
    let rows = ask::series(engine, store, pair, panel, days)?;
    list(&rows, PANEL, listing.format)
}
