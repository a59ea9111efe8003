//! What waits for a person, what would change most first; and what people decided.

use std::collections::BTreeMap;

use maud::{Markup, html};
use verbale::record::{Record, word};
use verbale_engine::asked::Filters;
use verbale_engine::columns::{DECISION, QUEUED, date, who};
use verbale_engine::filters;
use verbale_store::Store;
use verbale_store::review::{Act, Numbered, Queued};

use super::{decide, fact, frame, listing, table};
use crate::answer::{Answer, Asked};
use crate::desk::Desk;
use crate::forms::Form;
use crate::paging;
use crate::problem::Problem;

/// Facts on a page of the queue: as many as one looks at in a sitting.
const SITTING: usize = 40;

/// `/review`.
pub fn queue(desk: &Desk, asked: &Asked) -> Result<Answer, Problem> {
    let mut asked = asked.clone();
    let wanted: Filters = asked.read(&paging::FIELDS)?;
    let store = desk.store()?;
    let queue = store.queue(&filters::facts(&desk.engine, &wanted)?)?;
    // A fact that was decided has left the queue: what follows it begins the queue now.
    let gone = asked
        .field("cursor")
        .is_some_and(|cursor| !queue.iter().any(|queued| queued.fact.id == cursor));
    if gone {
        asked.query.retain(|(name, _)| name != "cursor");
    }
    if asked.form == Form::Html && asked.field("limit").is_none() {
        asked.query.push(("limit".into(), SITTING.to_string()));
    }
    let total = queue.len();
    let (rows, next) = paging::page(&asked, queue, |queued| &queued.fact.id)?;
    let homes = rows
        .iter()
        .flat_map(|queued| queued.records.iter().cloned());
    let homes = store.records_by_id(&homes.collect())?;
    let records: BTreeMap<&str, &Record> = homes
        .iter()
        .map(|record| (record.id.as_str(), record))
        .collect();
    let items = match asked.form {
        Form::Html => rows
            .iter()
            .map(|queued| item(desk, &store, queued, &records))
            .collect::<Result<Vec<_>, _>>()?,
        _ => Vec::new(),
    };
    let mut answer = Answer::rows(&asked, "Review", &rows, QUEUED, || {
        html! {
            p { (total) " facts that nobody has looked at; first those that would change most. "
                a href="/review/decisions" { (store.journal().decisions.len()) " decisions" } " so far." }
            @if !desk.gate.is_read_only() {
                p.note.keys { kbd { "j" } " " kbd { "k" } " move, " kbd { "a" } " accept, " kbd { "x" } " reject, " kbd { "e" } " edit, "
                    kbd { "m" } " merge, " kbd { "s" } " split, " kbd { "u" } " undo, " kbd { "n" } " note" }
            }
            details open[listing::is_narrowed(&asked)] { summary { "Narrow the queue" } (listing::filter_form(&asked)) }
            (decide::bar(desk))
            @if rows.is_empty() { p.silent { "Nothing waits." } }
            ol.queue { @for item in &items { (item) } }
            (table::next(&asked, next.as_ref()))
            (frame::forms(&asked))
        }
    })?;
    answer.next = next;
    Ok(answer)
}

fn item(
    desk: &Desk,
    store: &Store,
    queued: &Queued,
    records: &BTreeMap<&str, &Record>,
) -> Result<Markup, Problem> {
    let fact = &queued.fact;
    let homes: Vec<&Record> = queued
        .records
        .iter()
        .filter_map(|id| records.get(id.as_str()).copied())
        .collect();
    let mut because = queued.because.clone();
    because.dedup();
    let because = because.join("; ").replace('_', " ");
    let voice = fact.attribution.last().map(|voice| voice.name.as_str());
    Ok(html! {
        li id={ "q-" (fact.id) } {
            p.what {
                strong { bdi { (who(&fact.actor, &fact.recipient, fact.mutual)) } } " "
                (word(&fact.kind))
                @if let Some(event_type) = &fact.event_type { " " (word(event_type)) }
                ", " @if fact.negated { "said not to be, " } (word(&fact.modality))
                ", " (date(&fact.date))
                @if let Some(name) = voice.filter(|name| !name.is_empty()) { ", on the word of " bdi { (name) } }
            }
            (fact::context(store, fact, AROUND)?)
            p.note {
                @if !because.is_empty() { "Why look: " (because) ". " }
                @for record in &homes { "In " a href={ "/records/" (record.id) } { bdi { (record.title) } } ". " }
                a href={ "/facts/" (fact.id) } { "The fact" } ", weight " (format!("{:.2}", queued.weight))
            }
            (decide::fact(desk, fact, &homes))
        }
    })
}

/// Bytes of the text before and after the words.
const AROUND: usize = 180;

/// `/review/decisions`.
pub fn decisions(desk: &Desk, asked: &Asked) -> Result<Answer, Problem> {
    let store = desk.store()?;
    let mut decisions = store.journal().decisions.clone();
    decisions.reverse();
    let unfit = store.unfit()?;
    let total = decisions.len();
    let (rows, next) = paging::page(asked, decisions, |numbered| &numbered.key)?;
    let mut answer = Answer::rows(asked, "Decisions", &rows, DECISION, || {
        html! {
            p { a href="/review" { "What waits" } ". " (total) " decisions, the last first. They lie in "
                code { (verbale_store::review::beside(store.path()).display()) } ", one a line; none is ever taken out." }
            @if !unfit.is_empty() {
                section { h2 { "Decisions that fit no fact any more" }
                    ul { @for unfit in &unfit {
                        li { (unfit.n) " " (unfit.action) " by " bdi { (unfit.by) } ": " q { bdi { (unfit.quote) } } ": " (unfit.reason) }
                    } } }
            }
            @if rows.is_empty() { p.silent { "Nothing is decided." } } @else {
                div.wide tabindex="0" role="region" aria-label="Decisions" { table {
                    thead { tr { @for (title, _) in DECISION { th scope="col" { (title) } } th scope="col" { "take back" } } }
                    tbody { @for numbered in &rows { tr {
                        @for (title, show) in DECISION {
                            @if *title == "facts" { td.links { (links(numbered)) } } @else { td { bdi { (show(numbered)) } } }
                        }
                        td { @if !numbered.undone && !matches!(numbered.decision.act, Act::Undo { .. }) { (decide::undo(desk, numbered.n)) } }
                    } } }
                } }
            }
            (decide::bar(desk))
            (table::next(asked, next.as_ref()))
            (frame::forms(asked))
        }
    })?;
    answer.next = next;
    Ok(answer)
}

fn links(numbered: &Numbered) -> Markup {
    html! {
        @match &numbered.decision.act {
            Act::Add { doc, doc_name, start, end, .. } => a href={ "/docs/" (doc) } { bdi { (doc_name) } ":" (start) "–" (end) },
            Act::Undo { undoes } => { "decision " code { (undoes) } },
            act => @for target in act.targets() { a href={ "/facts/" (target.id) } { (verbale_engine::columns::short(&target.id)) } " " },
        }
    }
}
