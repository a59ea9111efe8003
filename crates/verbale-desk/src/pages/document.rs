//! The reader: a text with its coded words, facts beside it, both leading to each other.

use maud::html;
use serde_json::json;
use verbale::record::{Fact, word};
use verbale_engine::ask;
use verbale_engine::columns::DOCUMENT;
use verbale_web::{Place, reader, words};

use super::{decide, frame};
use crate::answer::{Answer, Asked};
use crate::desk::Desk;
use crate::problem::Problem;

/// `/docs/{id}`.
pub fn document(desk: &Desk, asked: &Asked) -> Result<Answer, Problem> {
    let store = desk.store()?;
    let id = asked.part("id");
    let missing = || Problem::missing(format!("no text has the id or name {id}"));
    let stored = store.document(id)?.ok_or_else(missing)?;
    let views = ask::views_of(&store, vec![stored.clone()])?;
    let view = views.first().ok_or_else(missing)?;
    let facts = store.facts_of(&stored.document.id, &store.layer()?)?;
    let facts: Vec<&Fact> = facts.iter().collect();
    let mut kinds: Vec<String> = facts.iter().map(|fact| word(&fact.kind)).collect();
    kinds.sort();
    kinds.dedup();
    let mut value = serde_json::to_value(view)?;
    value["text"] = json!(stored.document.text);
    let source = ask::source(&stored);
    Answer::one(asked, &stored.document.name, &value, None, || {
        html! {
            dl.fields {
                @for (name, show) in DOCUMENT { dt { (name) } dd { bdi { (show(view)) } } }
                @if let Some(author) = &view.author { dt { "author" } dd { bdi { (author) } } }
                @if let Some(bound) = &view.not_before { dt { "not before" } dd { (bound.date) " (" (bound.basis) ")" } }
                dt { "SHA-256" } dd { code { (view.sha256) } }
                @for appearance in &view.appearances { dt { "came as" } dd { bdi { (appearance.place) } } }
                @for copy in &view.copies { dt { "copy" } dd { a href={ "/docs/" (copy) } { (copy) } } }
            }
            p.legend { "Coded words are underlined and lead to their fact: "
                @for kind in &kinds { span class={ "coded k-" (kind) } { (kind) } " " }
                ". Grey words in brackets are the text's frame, never coded." }
            div.reader {
                section aria-label="The text" dir="auto" { h2 { "The text" } (reader(&source, &facts)) }
                section aria-label="What is coded" { h2 { "What is coded" }
                    @if facts.is_empty() { p.silent { "Nothing in this text." } }
                    (words(facts.iter().copied(), Place::Desk)) }
            }
            (decide::add(desk, &stored.document.id))
            (decide::bar(desk))
            (frame::forms(asked))
        }
    })
}
