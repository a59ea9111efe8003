//! Facts, records, texts and people of the whole store.

use maud::{Markup, html};
use serde::Serialize;
use verbale::record::{DocumentView, Fact, Record, RecordKind};
use verbale_engine::ask;
use verbale_engine::asked::Filters;
use verbale_engine::columns::{DOCUMENT, FACT, RECORD};
use verbale_engine::listing::Column;

use super::{frame, table};
use crate::answer::{Answer, Asked};
use crate::desk::Desk;
use crate::paging;
use crate::problem::Problem;

/// `/facts`.
pub fn facts(desk: &Desk, asked: &Asked) -> Result<Answer, Problem> {
    let filters: Filters = asked.read(&paging::FIELDS)?;
    let store = desk.store()?;
    let part = if filters == Filters::default() {
        let read = |after: Option<&str>, most| Ok(store.facts_after(after, most)?);
        Part {
            total: store.count_facts()?,
            page: paging::read(asked, read, |fact: &Fact| &fact.id)?,
        }
    } else {
        let facts = ask::facts(&desk.engine, &store, &filters)?;
        Part::of(asked, facts, |fact| &fact.id)?
    };
    listed(
        asked,
        "Facts",
        part,
        FACT,
        |fact| format!("/facts/{}", fact.id),
        filter_form,
    )
}

/// `/records`.
pub fn records(desk: &Desk, asked: &Asked) -> Result<Answer, Problem> {
    let part = records_of_kind(desk, asked, None)?;
    listed(
        asked,
        "Records",
        part,
        RECORD,
        |record| format!("/records/{}", record.id),
        filter_form,
    )
}

/// `/people`.
pub fn people(desk: &Desk, asked: &Asked) -> Result<Answer, Problem> {
    let part = records_of_kind(desk, asked, Some(RecordKind::Person))?;
    listed(
        asked,
        "People",
        part,
        PERSON,
        |record| format!("/records/{}", record.id),
        |_| html! {},
    )
}

fn records_of_kind(
    desk: &Desk,
    asked: &Asked,
    kind: Option<RecordKind>,
) -> Result<Part<Record>, Problem> {
    let filters: Filters = asked.read(&paging::FIELDS)?;
    let store = desk.store()?;
    if filters != Filters::default() {
        let records = ask::records(&desk.engine, &store, &filters, kind)?;
        return Part::of(asked, records, |record| &record.id);
    }
    let read = |after: Option<&str>, most| Ok(store.records_after(kind, after, most)?);
    Ok(Part {
        total: store.count_records(kind)?,
        page: paging::read(asked, read, |record: &Record| &record.id)?,
    })
}

/// `/docs`.
pub fn docs(desk: &Desk, asked: &Asked) -> Result<Answer, Problem> {
    let store = desk.store()?;
    let read = |after: Option<&str>, most| {
        let found = store.documents_after(after, most)?;
        found.map(|found| ask::views_of(&store, found)).transpose()
    };
    let part = Part {
        total: store.stats()?.documents,
        page: paging::read(asked, read, |view: &DocumentView| &view.id)?,
    };
    listed(
        asked,
        "Texts",
        part,
        DOCUMENT,
        |view| format!("/docs/{}", view.id),
        |_| html! {},
    )
}

/// Columns of people.
const PERSON: &[Column<Record>] = &[
    ("name", |record| record.title.clone()),
    ("offices as written", |record| {
        let offices = record.person.iter().flat_map(|person| &person.offices);
        let titles: Vec<String> = offices
            .map(|office| match &office.of {
                Some(of) => format!("{} of {of}", office.title),
                None => office.title.clone(),
            })
            .collect();
        titles.join("; ")
    }),
    ("texts", |record| record.witnesses.len().to_string()),
    ("last heard", |record| {
        record
            .last_heard
            .map_or_else(|| "undated texts".into(), |day| day.to_string())
    }),
];

/// A page of a listing, and how many rows there are in all.
struct Part<T> {
    total: usize,
    page: (Vec<T>, Option<String>),
}

impl<T> Part<T> {
    fn of(asked: &Asked, rows: Vec<T>, id: impl Fn(&T) -> &str) -> Result<Part<T>, Problem> {
        Ok(Part {
            total: rows.len(),
            page: paging::page(asked, rows, id)?,
        })
    }
}

fn listed<T: Serialize>(
    asked: &Asked,
    title: &str,
    part: Part<T>,
    columns: &[Column<T>],
    link: impl Fn(&T) -> String,
    form: impl Fn(&Asked) -> Markup,
) -> Result<Answer, Problem> {
    let Part {
        total,
        page: (rows, next),
    } = part;
    let mut answer = Answer::rows(asked, title, &rows, columns, || {
        html! {
            (form(asked))
            p { (total) " in all" @if total > rows.len() { ", " (rows.len()) " on this page" } "." }
            (table::table(title, &rows, columns, link))
            (table::next(asked, next.as_ref()))
            (frame::forms(asked))
        }
    })?;
    answer.next = next;
    Ok(answer)
}

/// Whether a filter is set.
pub fn is_narrowed(asked: &Asked) -> bool {
    asked
        .query
        .iter()
        .any(|(name, _)| !paging::FIELDS.contains(&name.as_str()))
}

/// The filters that are asked for most; all others work in the address.
pub fn filter_form(asked: &Asked) -> Markup {
    let field = |name: &str, title: &str, kind: &str, size: &str| {
        html! {
            label { (title)
                input type=(kind) name=(name) value=(asked.field(name).unwrap_or_default()) size=[(kind == "text").then_some(size)]; }
        }
    };
    html! {
        form.filters action=(asked.path) aria-label="Filters" {
            (field("pair", "pair", "text", "9"))
            (field("kind", "kind", "text", "12"))
            (field("type", "type", "text", "12"))
            (field("modality", "modality", "text", "10"))
            (field("speaker", "speaker", "text", "12"))
            (field("from", "from", "date", ""))
            (field("to", "to", "date", ""))
            (field("q", "words", "text", "14"))
            button { "Apply" }
            @if is_narrowed(asked) { " " a href=(asked.path) { "All" } }
        }
    }
}
