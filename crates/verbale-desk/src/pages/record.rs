//! A record: one thing in the world, with all its witnesses.

use maud::{Markup, html};
use verbale::record::{Record, word};
use verbale_engine::ask;
use verbale_engine::columns::{date, short, who};
use verbale_store::Found;
use verbale_web::{Place, words};

use super::{decide, frame, table};
use crate::answer::{Answer, Asked};
use crate::desk::Desk;
use crate::problem::Problem;

/// `/records/{id}`.
pub fn record(desk: &Desk, asked: &Asked) -> Result<Answer, Problem> {
    let store = desk.store()?;
    let id = asked.part("id");
    let record = match ask::find(&store, id)? {
        Some(Found::Record(record)) => record,
        Some(Found::Fact(fact)) => {
            return Err(Problem::missing(format!(
                "{id} is a fact: /facts/{}",
                fact.id
            )));
        }
        None => return Err(Problem::missing(format!("no record has the id {id}"))),
    };
    let facts = ask::facts_of(&store, Found::Record(record.clone()))?;
    let others = record.links.iter().map(|link| link.record.clone());
    let others = store.records_by_id(&others.collect())?;
    let title_of = |id: &str| {
        others
            .iter()
            .find(|other| other.id == id)
            .map_or_else(|| id.to_string(), |other| other.title.clone())
    };
    Answer::one(asked, &record.title, &*record, None, || {
        html! {
            (decide::said(record.review.as_ref()))
            (decide::record(desk, &record))
            (fields(&record))
            @if !record.steps.is_empty() {
                section { h2 { "Steps" }
                    ol { @for step in &record.steps {
                        li { (step.status.replace('_', " ")) ", " (date(&step.date)) " "
                            a href={ "#f-" (step.fact) } { "words of " (short(&step.fact)) } }
                    } } }
            }
            @if !record.conflicts.is_empty() {
                section { h2 { "What cannot hold together" }
                    @for conflict in &record.conflicts {
                        h3 { (conflict.field.replace(['_', '.'], " ")) }
                        ul { @for value in &conflict.values {
                            li { bdi { (value.value) } @for fact in &value.facts { " " a href={ "#f-" (fact) } { "words of " (short(fact)) } } }
                        } }
                    } }
            }
            @if !record.links.is_empty() {
                section { h2 { "Tied to" }
                    ul { @for link in &record.links {
                        li { (word(&link.link_type).replace('_', " ")) ": " a href={ "/records/" (link.record) } { bdi { (title_of(&link.record)) } } }
                    } } }
            }
            @if !record.flags.is_empty() {
                section { h2 { "Before trusting it" }
                    ul { @for flag in &record.flags { li { (flag.text) } } } }
            }
            section { h2 { "Witnesses" }
                p { (table::count(record.witnesses.len(), "text", "texts")) ", " (record.independent) " independent, "
                    (table::count(record.voices, "distinct speaker", "distinct speakers")) }
                ul { @for witness in &record.witnesses {
                    li { a href={ "/docs/" (witness.doc) } { bdi { (witness.doc_name) } } ", "
                        (witness.outlet.as_deref().unwrap_or("outlet not named")) ", "
                        (witness.published.map_or_else(|| "undated".to_string(), |day| day.to_string())) }
                } } }
            section id="facts" { h2 { "The words" } (words(&facts, Place::Desk)) }
            @if facts.len() > 1 { (decide::split(desk, &record, &facts)) }
            (decide::bar(desk))
            (frame::forms(asked))
        }
    })
}

fn fields(record: &Record) -> Markup {
    let parties = if record.actor.is_empty() {
        record.parties.join(", ")
    } else {
        who(&record.actor, &record.recipient, record.mutual)
    };
    let modality = record.modality.map(|modality| {
        format!(
            "{}{}",
            if record.negated {
                "said not to be, "
            } else {
                ""
            },
            word(&modality)
        )
    });
    let rows = [
        ("kind", Some(word(&record.kind))),
        ("who", Some(parties)),
        (
            "when",
            Some(record.date.as_ref().map_or_else(|| "undated".into(), date)),
        ),
        (
            "status",
            record
                .status
                .as_ref()
                .map(|status| status.replace('_', " ")),
        ),
        ("said", modality),
        ("sectors", Some(record.sectors.join(", "))),
        (
            "matter",
            record.issue.as_ref().map(|issue| issue.replace('_', " ")),
        ),
        (
            "amount",
            record.amount.as_ref().map(|amount| amount.text.clone()),
        ),
        (
            "item",
            record.item.as_ref().map(|item| item.designation.clone()),
        ),
        (
            "last heard",
            Some(
                record
                    .last_heard
                    .map_or_else(|| "undated text".into(), |day| day.to_string()),
            ),
        ),
    ];
    html! {
        dl.fields {
            @for (name, value) in rows {
                @if let Some(value) = value.filter(|value| !value.is_empty()) {
                    dt { (name) } dd { bdi { (value) } }
                }
            }
        }
        p { @for (index, one) in record.parties.iter().enumerate() {
            @for other in &record.parties[index + 1..] {
                @if one.len() == 3 && other.len() == 3 { a href={ "/pair/" (one) "-" (other) } { (one) " – " (other) } " " }
            }
        } }
    }
}
