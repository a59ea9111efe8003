//! `serve`: the pages, until the process is stopped.

use anyhow::Result;
use verbale_desk::{Address, Settings, interrupted};

use crate::Outcome;
use crate::engine::Engine;
use crate::output::print;

/// Serves, and prints where. The address with the token opens a page that may write; a browser does not send what follows
/// `#`, so that the token stands in no log.
pub fn serve(engine: Engine, settings: Settings) -> Result<Outcome> {
    let store = settings.store.display().to_string();
    let ready = |address: &Address| {
        let home = format!("http://{}/", address.socket);
        let mut lines = format!("store {store}\nread  {home}\n");
        if let Some(token) = &address.token {
            lines.push_str(&format!("write {home}#token={token}\ntoken {token}\n"));
        }
        lines.push_str("stop with Ctrl-C\n");
        // Nobody may be listening to what we print; the pages are there all the same.
        let _ = print(&lines);
    };
    verbale_desk::serve(engine, settings, ready, interrupted())?;
    Ok(Outcome::Done)
}
