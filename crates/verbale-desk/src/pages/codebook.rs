//! The codebook: what each event type and mode takes, and what it does not.

use maud::{Markup, html};
use verbale_engine::codebook::{ALL_TYPES, CodeEntry, ModeEntry, TypeEntry, codebook as entries};
use verbale_engine::listing::Column;

use super::frame;
use crate::answer::{Answer, Asked};
use crate::desk::Desk;
use crate::problem::Problem;

const COLUMNS: &[Column<TypeEntry>] = &[
    ("type", |entry| entry.name.clone()),
    ("quad", |entry| entry.quad.clone()),
    ("PLOVER score", |entry| entry.plover_score.clone()),
    ("takes", |entry| entry.takes.clone()),
    ("not", |entry| entry.not.clone()),
    ("CAMEO", |entry| {
        let codes: Vec<&str> = entry.codes.iter().map(|code| code.code.as_str()).collect();
        codes.join(" ")
    }),
];

/// The quad classes, by number.
const QUADS: [&str; 4] = [
    "verbal cooperation",
    "material cooperation",
    "verbal conflict",
    "material conflict",
];

/// `/codebook`.
pub fn codebook(desk: &Desk, asked: &Asked) -> Result<Answer, Problem> {
    let types = entries(&desk.engine.data, &desk.engine.language.rules)?;
    Answer::rows(asked, "Codebook", &types, COLUMNS, || {
        html! {
            p { "What each event type and mode takes, and what it does not, as the tables and rules of this program have it. "
                "Types, modes, codes and scores are those of the PLOVER manual 2.0 and of CAMEO; the words are ours." }
            p { (ALL_TYPES.replace('`', "")) }
            nav.sections aria-label="Types" {
                @for entry in &types { a href={ "#" (entry.name) } { (entry.name) } " " }
            }
            @for entry in &types { (one(entry)) }
            (frame::forms(asked))
        }
    })
}

fn one(entry: &TypeEntry) -> Markup {
    let quad = entry.quad.parse::<usize>().ok();
    let quad = quad.and_then(|quad| QUADS.get(quad.checked_sub(1)?));
    html! {
        section id=(entry.name) {
            h2 { (entry.name) }
            dl.fields {
                dt { "takes" } dd { (entry.takes) }
                dt { "not" } dd { (entry.not) }
                dt { "class" } dd { (entry.quad) @if let Some(quad) = quad { ", " (quad) } }
                dt { "PLOVER score" } dd { (entry.plover_score) }
                dt { "recipient" } dd { @if entry.recipient_required { "needed" } @else { "may lack" } }
                dt { "facts" } dd { a href={ "/facts?type=" (entry.name) } { "of this type" } }
            }
            @for mode in &entry.modes { (of_mode(mode)) }
            details { summary { "CAMEO codes and Goldstein scores (" (entry.codes.len()) ")" } (codes(&entry.codes)) }
            details { summary { "Rules (" (entry.rules.len()) ")" }
                p { @for rule in &entry.rules { code { (rule) } " " } } }
        }
    }
}

fn of_mode(mode: &ModeEntry) -> Markup {
    html! {
        h3 { (mode.mode) }
        p { "Takes: " (mode.takes) ". Not: " (mode.not) "."
            @if !mode.plover_score.is_empty() { " PLOVER score " (mode.plover_score) "." }
            @if !mode.codes.is_empty() {
                " CAMEO " (mode.codes.iter().map(|code| code.code.as_str()).collect::<Vec<_>>().join(", ")) "."
            }
        }
    }
}

fn codes(codes: &[CodeEntry]) -> Markup {
    html! {
        ul { @for code in codes { li { code { (code.code) } " " (code.label) " (" (code.goldstein) ")" } } }
    }
}
