//! A fact: its words in context, why it is coded so, and how to cite it.

use maud::{Markup, html};
use verbale::record::{Fact, word};
use verbale_engine::ask;
use verbale_engine::cite::{self, CiteStyle};
use verbale_engine::columns::{date, who};
use verbale_engine::why::Reason;
use verbale_store::{Found, Store};

use super::{decide, frame};
use crate::answer::{Answer, Asked};
use crate::desk::Desk;
use crate::forms::Form;
use crate::problem::Problem;

/// Bytes of the text shown before and after the words.
const AROUND: usize = 400;

/// Media type of a citation.
pub const BIBTEX: &str = "application/x-bibtex";

/// The fact of the address.
pub fn find(store: &Store, asked: &Asked) -> Result<Fact, Problem> {
    let id = asked.part("id");
    match ask::find(store, id)? {
        Some(Found::Fact(fact)) => Ok(*fact),
        Some(Found::Record(record)) => Err(Problem::missing(format!(
            "{id} is a record: /records/{}",
            record.id
        ))),
        None => Err(Problem::missing(format!("no fact has the id {id}"))),
    }
}

/// `/facts/{id}`.
pub fn fact(desk: &Desk, asked: &Asked) -> Result<Answer, Problem> {
    let store = desk.store()?;
    let fact = find(&store, asked)?;
    let homes = store.homes_of([fact.id.as_str()].into_iter())?;
    let homes = store.records_by_id(&homes)?;
    let of: Vec<_> = homes.iter().collect();
    let context = context(&store, &fact, AROUND)?;
    let reason = match asked.form {
        Form::Html => Reason::of(&desk.engine, &store, fact.clone())?.text(),
        _ => String::new(),
    };
    let citation = cite::cite(
        &store,
        Found::Fact(Box::new(fact.clone())),
        CiteStyle::Bibtex,
    )?;
    let title = format!("Fact {}", fact.id.chars().take(8).collect::<String>());
    Answer::one(asked, &title, &fact, None, || {
        html! {
            (decide::said(fact.review.as_ref()))
            (decide::fact(desk, &fact, &of))
            section {
                h2 { "The words" }
                (context)
                p { a href={ "/docs/" (fact.doc) "#w-" (fact.id) } { (fact.doc_name) } ", bytes " (fact.span.start) "–" (fact.span.end) }
            }
            section {
                h2 { "What is coded" }
                (fields(&fact))
                @for record in &of {
                    p { "Part of: " a href={ "/records/" (record.id) } { bdi { (record.title) } } " (" (word(&record.kind)) ")" }
                }
                p { a href={ "/facts/" (fact.id) "/history" } { "History" } }
            }
            section {
                h2 { "Why" }
                pre.laid-out tabindex="0" role="region" aria-label="Why" { (reason) }
            }
            section {
                h2 { "Citation" }
                pre.laid-out tabindex="0" role="region" aria-label="Citation" { (citation.unwrap_or_default()) }
                p { a href={ "/facts/" (fact.id) "/cite.bib" } { "As BibTeX file" } }
            }
            (decide::bar(desk))
            (frame::forms(asked))
        }
    })
}

/// The words marked in what stands around them, so many bytes on either side.
pub fn context(store: &Store, fact: &Fact, around: usize) -> Result<Markup, Problem> {
    let Some(stored) = store.document(&fact.doc)? else {
        return Ok(html! { blockquote { mark { (fact.quote) } } });
    };
    let text = &stored.document.text;
    let span = fact.span;
    let before = &text[text.floor_char_boundary(span.start.saturating_sub(around))..span.start];
    let after = &text[span.end..text.ceil_char_boundary((span.end + around).min(text.len()))];
    // No word is cut in two.
    let whole = before.len() == span.start;
    let before = match before.split_once(char::is_whitespace) {
        Some((_, words)) if !whole => words,
        _ => before,
    };
    let end = after.len() == text.len() - span.end;
    let after = match after.rsplit_once(char::is_whitespace) {
        Some((words, _)) if !end => words,
        _ => after,
    };
    Ok(html! {
        blockquote dir="auto" {
            @if !whole { "… " }
            (before) mark { (text[span.start..span.end]) } (after)
            @if !end { " …" }
        }
    })
}

fn fields(fact: &Fact) -> Markup {
    let voices: Vec<String> = fact
        .attribution
        .iter()
        .map(|voice| {
            let name = if voice.name.is_empty() {
                "unnamed outlet"
            } else {
                &voice.name
            };
            let role = voice
                .role
                .as_ref()
                .map_or_else(String::new, |role| format!(", {role}"));
            format!("{name}{role} ({})", word(&voice.mode))
        })
        .collect();
    let amount = fact.amount.as_ref().map(|amount| amount.text.clone());
    let rows = [
        ("kind", Some(word(&fact.kind))),
        ("type", fact.event_type.map(|event_type| word(&event_type))),
        ("CAMEO", fact.cameo.clone()),
        ("who", Some(who(&fact.actor, &fact.recipient, fact.mutual))),
        (
            "said",
            Some(format!(
                "{}{}",
                if fact.negated { "not to be, " } else { "" },
                word(&fact.modality)
            )),
        ),
        (
            "when",
            Some(format!("{} ({})", date(&fact.date), word(&fact.date.basis))),
        ),
        ("on whose word", Some(voices.join(" → "))),
        ("sectors", Some(fact.sectors.join(", "))),
        ("matter", fact.issue.clone()),
        ("amount", amount),
        ("rule", Some(fact.rule.clone())),
        ("confidence", Some(format!("{:.2}", fact.confidence))),
        ("flags", Some(fact.flags.join(", "))),
    ];
    html! {
        dl.fields {
            @for (name, value) in rows {
                @if let Some(value) = value.filter(|value| !value.is_empty()) {
                    dt { (name) } dd { bdi { (value) } }
                }
            }
        }
    }
}

/// `/facts/{id}/why`.
pub fn why(desk: &Desk, asked: &Asked) -> Result<Answer, Problem> {
    let store = desk.store()?;
    let fact = find(&store, asked)?;
    let reason = Reason::of(&desk.engine, &store, fact)?;
    let text = reason.text();
    let markdown = Some(format!("```text\n{text}\n```\n"));
    Answer::one(asked, "Why", &reason, markdown, || {
        html! {
            pre.laid-out tabindex="0" role="region" aria-label="Why" { (text) }
            p { a href={ "/facts/" (reason.fact.id) } { "The fact" } }
            (frame::forms(asked))
        }
    })
}

/// `/facts/{id}/cite.bib`.
pub fn cite(desk: &Desk, asked: &Asked) -> Result<Answer, Problem> {
    let store = desk.store()?;
    let fact = find(&store, asked)?;
    let text = cite::cite(&store, Found::Fact(Box::new(fact)), CiteStyle::Bibtex)?
        .ok_or_else(|| Problem::missing("the text of this fact is no longer in the store"))?;
    Ok(Answer::of(BIBTEX, text))
}
