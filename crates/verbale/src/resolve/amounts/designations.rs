//! Digits that belong to a name: "JF-17", "G20", "A/RES/75/1", "Resolution 1244", "Leopard 2".

use super::words::{Cursor, Form};
use super::{numerals, units};

/// Words after which digits number a thing instead of counting.
const NUMBERED: &[&str] = &[
    "resolution",
    "resolutions",
    "no",
    "nos",
    "number",
    "article",
    "articles",
    "law",
    "decree",
    "order",
    "page",
    "pages",
    "chapter",
    "section",
    "paragraph",
    "paragraphs",
    "annex",
    "phase",
    "flight",
    "route",
    "block",
    "room",
    "channel",
    "level",
    "category",
    "line",
    "track",
    "version",
    "protocol",
    "part",
    "group",
    "mark",
    "type",
    "agenda",
    "vision",
    "expo",
    "clause",
    "item",
    "stage",
    "tier",
    "highway",
    "point",
    "goal",
    "century",
];

/// Whether the digits that come next are a part of a name or number a thing. Numbers in words never are.
pub fn is_part_of_name(start: Cursor) -> bool {
    let Some(word) = start.word() else {
        return false;
    };
    let Form::Number { plain, .. } = word.form else {
        return matches!(word.form, Form::Ordinal(_));
    };
    let Some(before) = start.before() else {
        return false;
    };
    if word.glued {
        let two_before = start.at.checked_sub(2).map(|at| &start.words[at]);
        let joined = |form: &Form| matches!(form, Form::Letters | Form::Number { .. });
        return match before.lower.as_str() {
            "-" | "/" | "." | ":" | "_" | "#" | "@" => {
                before.glued && two_before.is_some_and(|word| joined(&word.form))
                    || matches!(before.lower.as_str(), "#" | "@" | "/")
            }
            _ => before.form == Form::Letters,
        };
    }
    if NUMBERED.contains(&before.lower.trim_end_matches('.')) {
        return true;
    }
    // "No. 5".
    if before.lower == "."
        && start.at.checked_sub(2).is_some_and(|at| {
            ["no", "nos", "art", "vol", "para", "fig"].contains(&start.words[at].lower.as_str())
        })
    {
        return true;
    }
    // "Oslo gave Chad 60 million": what is measured counts, whatever name stands before it.
    let behind = start.next();
    if numerals::scale(behind.lower()).is_some() || units::after_number(behind).is_some() {
        return false;
    }
    // A capital letter inside a sentence makes a product or a place of it: "Boeing 747", "Leopard 2".
    let opens = start.at < 2
        || matches!(
            start.words[start.at - 2].lower.as_str(),
            "." | "!" | "?" | ":" | "“" | "\"" | ";"
        );
    plain && before.capital() && before.form == Form::Letters && !opens && !is_day(&before.lower)
}

fn is_day(word: &str) -> bool {
    word.ends_with("day") || matches!(word, "in" | "of" | "for" | "the" | "all" | "us")
}
