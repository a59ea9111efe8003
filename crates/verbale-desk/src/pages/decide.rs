//! A person's word on a page: buttons beside a fact or record, and the bar that names who decides.
//!
//! Everything here needs script and is hidden until script shows it; without it the command line is named.

use maud::{Markup, html};
use verbale::record::{Fact, Record, RecordKind, Review, word};
use verbale_engine::ask::MODALITIES;
use verbale_engine::columns::short;

use crate::desk::Desk;

/// The kinds of facts.
const KINDS: [&str; 10] = [
    "event",
    "agreement",
    "commitment",
    "position",
    "relation",
    "cooperation",
    "transfer",
    "role",
    "figure",
    "claim",
];

/// Buttons for a fact. `homes` are the records that hold it.
pub fn fact(desk: &Desk, fact: &Fact, homes: &[&Record]) -> Markup {
    // What is one thing or two is asked of happenings; a person's record is made of names.
    let home = homes
        .iter()
        .find(|record| record.kind != RecordKind::Person);
    let record = home.map_or("", |record| record.id.as_str());
    let kind = home.map_or_else(String::new, |record| word(&record.kind));
    let parties = home.map_or_else(String::new, |record| record.parties.join(","));
    let shared = home.is_some_and(|record| record.facts.len() > 1);
    html! {
        @if !desk.gate.is_read_only() {
            div.decision hidden role="group" aria-label={ "Decide on " (short(&fact.id)) }
                data-id=(fact.id) data-record=(record) data-kind=(kind) data-parties=(parties) {
                (button("accept", "a", "Accept"))
                (button("reject", "x", "Reject"))
                (button("edit", "e", "Edit"))
                @if home.is_some() { (button("merge", "m", "Merge its record")) }
                @if shared { (button("split", "s", "Split it off")) }
                (button("note", "n", "Note"))
            }
        }
    }
}

/// Buttons for a record: accepting or rejecting means all its facts.
pub fn record(desk: &Desk, record: &Record) -> Markup {
    html! {
        @if !desk.gate.is_read_only() {
            div.decision hidden role="group" aria-label="Decide on this record"
                data-id=(record.id) data-record=(record.id) data-kind=(word(&record.kind)) data-parties=(record.parties.join(",")) {
                (button("accept", "a", "Accept all facts"))
                (button("reject", "x", "Reject all facts"))
                (button("merge", "m", "Merge"))
                (button("note", "n", "Note"))
            }
        }
    }
}

/// The facts of a record, to choose those that tell of another thing.
pub fn split(desk: &Desk, record: &Record, facts: &[Fact]) -> Markup {
    html! {
        @if !desk.gate.is_read_only() {
            details.decision hidden id="split" data-record=(record.id) {
                summary data-key="s" aria-keyshortcuts="s" { "Split: some of these facts tell of another thing " kbd aria-hidden="true" { "s" } }
                @for fact in facts {
                    p { label { input type="checkbox" value=(fact.id); " " q { bdi { (fact.quote) } } " " (short(&fact.id)) } }
                }
                button type="button" data-act="split-off" { "Split these off" }
            }
        }
    }
}

/// A button that takes a decision back.
pub fn undo(desk: &Desk, n: usize) -> Markup {
    html! {
        @if !desk.gate.is_read_only() {
            span.decision hidden { button type="button" data-act="undo" data-n=(n) { "Undo " (n) } }
        }
    }
}

fn button(act: &str, key: &str, title: &str) -> Markup {
    html! { button type="button" data-act=(act) data-key=(key) aria-keyshortcuts=(key) { (title) " " kbd aria-hidden="true" { (key) } } " " }
}

/// What a person said, as it stands.
pub fn said(review: Option<&Review>) -> Markup {
    html! {
        @if let Some(review) = review {
            p.said { strong { (capital(&word(&review.status))) } " by " bdi { (review.by) } ", " (review.at.strftime("%Y-%m-%d %H:%M").to_string())
                @if let Some(note) = &review.note { ": " q { bdi { (note) } } }
                @if !review.original.is_empty() {
                    "; the program said "
                    @for (field, value) in &review.original { code { (field) "=" (value) } " " }
                }
            }
        }
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

/// Who decides, and why; the dialogs that some decisions need.
pub fn bar(desk: &Desk) -> Markup {
    html! {
        @if desk.gate.is_read_only() {
            p.note { "This desk is read-only: decide with " code { "verbale review" } "." }
        } @else {
            noscript { p.note { "Deciding here needs script. On the command line: " code { "verbale review accept ID" } ", " code { "reject" } ", " code { "edit" } " …" } }
            section id="sign" aria-label="Who decides" hidden {
                label { "Name " input id="by" type="text" autocomplete="name" maxlength="200" size="14"; }
                label { "Note " input id="note" type="text" maxlength="4000" size="26"; }
                span id="ask-token" hidden {
                    label { "Write token, as printed when the desk was started " input id="token" type="text" autocomplete="off" spellcheck="false"; }
                    button type="button" id="keep-token" { "Use it" }
                }
                p id="told" role="status" aria-live="polite" {}
            }
            (edit_dialog())
            dialog id="merge-dialog" aria-labelledby="merge-title" {
                form method="dialog" {
                    h2 id="merge-title" { "Merge with" }
                    p.note { "Records of the same kind with a party in common. They become one; its sources are those of both." }
                    label { "records" select id="merge-with" multiple size="8" {} }
                    (closing("Merge"))
                }
            }
        }
    }
}

fn edit_dialog() -> Markup {
    html! {
        dialog id="edit-dialog" aria-labelledby="edit-title" {
            form method="dialog" {
                h2 id="edit-title" { "Edit" }
                blockquote id="edit-words" dir="auto" {}
                (fields("edit"))
                (closing("Keep"))
            }
        }
    }
}

/// A fact that the program did not find: its words are selected in the text, or written down.
pub fn add(desk: &Desk, document: &str) -> Markup {
    html! {
        @if !desk.gate.is_read_only() {
            details.decision hidden id="add-fact" data-doc=(document) {
                summary { "Add a fact that is not coded" }
                form {
                    p.note { "Select the words in the text, or write them as they stand there." }
                    label { "words" textarea id="add-words" rows="2" dir="auto" {} }
                    (fields("add"))
                    p { button { "Add" } }
                }
            }
        }
    }
}

/// Fields of a fact as people write them.
fn fields(of: &str) -> Markup {
    let choice = |field: &str, title: &str, empty: bool, words: &[&str]| {
        html! {
            label { (title) select name=(field) id={ (of) "-" (field) } {
                @if empty { option value="" { "—" } }
                @for word in words { option value=(word) { (word) } }
            } }
        }
    };
    let line = |field: &str, title: &str| html! { label { (title) input name=(field) id={ (of) "-" (field) } type="text" autocomplete="off"; } };
    let types: Vec<String> = verbale::series::TYPES.iter().map(word).collect();
    let types: Vec<&str> = types.iter().map(String::as_str).collect();
    html! {
        div.fieldset {
            (choice("kind", "kind", false, &KINDS))
            (choice("event_type", "type", true, &types))
            (line("actor", "actor (AZE,PAK)"))
            (line("recipient", "recipient"))
            (choice("modality", "modality", false, MODALITIES))
            (choice("negated", "said not to be", false, &["false", "true"]))
            (line("date", "date (2024-07, 2024-07-11/2024-07-13)"))
            (line("sectors", "sectors (energy,trade)"))
            (line("issue", "contested matter"))
            label { "further fields, FIELD=VALUE a line" textarea id={ (of) "-further" } rows="2" spellcheck="false" {} }
        }
    }
}

fn closing(word: &str) -> Markup {
    html! {
        p.closing {
            button value="keep" { (word) } " "
            button value="" formnovalidate { "Cancel" }
        }
    }
}
