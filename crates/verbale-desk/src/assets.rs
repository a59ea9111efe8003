//! Style and script, inside the program.

use std::sync::OnceLock;

use sha2::{Digest, Sha256};

/// The pages' script.
const SCRIPT: &str = include_str!("../assets/desk.js");

/// The script of decisions; it uses what the pages' script has.
const REVIEW: &str = include_str!("../assets/review.js");

/// The style that only the desk needs; it comes after that of every page.
const STYLE: &str = include_str!("../assets/desk.css");

/// The whole style.
fn style() -> &'static str {
    static WHOLE: OnceLock<String> = OnceLock::new();
    WHOLE.get_or_init(|| format!("{}\n{STYLE}", verbale_web::STYLE))
}

/// An asset by its name: media type and text.
pub fn asset(name: &str) -> Option<(&'static str, &'static str)> {
    match name {
        "desk.css" => Some(("text/css; charset=utf-8", style())),
        "desk.js" => Some(("text/javascript; charset=utf-8", SCRIPT)),
        "review.js" => Some(("text/javascript; charset=utf-8", REVIEW)),
        _ => None,
    }
}

/// A short hash of all, for addresses that change when they do.
pub fn hash() -> &'static str {
    static HASH: OnceLock<String> = OnceLock::new();
    HASH.get_or_init(|| {
        let digest = Sha256::digest(format!("{}{SCRIPT}{REVIEW}", style()));
        digest[..6]
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    })
}
