//! Search over texts and over the words of facts, narrowed by facets whose state is the address.

use maud::{Markup, html};
use verbale_engine::listing::Column;
use verbale_engine::search::{Facet, Finding, MOST_TEXTS, Search, SearchHit, search as find};

use super::{frame, table};
use crate::answer::{Answer, Asked};
use crate::desk::Desk;
use crate::paging;
use crate::problem::Problem;

const COLUMNS: &[Column<SearchHit>] = &[
    ("what", |hit| hit.what.into()),
    ("words", |hit| hit.snippet.clone()),
    ("about", |hit| {
        let kind = hit.event_type.as_ref().or(hit.kind.as_ref());
        let parts = [Some(&hit.about), kind, hit.modality.as_ref()];
        let parts: Vec<&str> = parts
            .into_iter()
            .flatten()
            .map(String::as_str)
            .filter(|part| !part.is_empty())
            .collect();
        parts.join("; ")
    }),
    ("text", |hit| hit.doc_name.clone()),
];

/// Values of a facet that are shown at once.
const SHOWN: usize = 7;

/// `/search?q=`.
pub fn search(desk: &Desk, asked: &Asked) -> Result<Answer, Problem> {
    let wanted: Search = asked.read(&paging::FIELDS)?;
    let found = find(&desk.store()?, &wanted)?;
    let total = found.hits.len();
    let Finding { hits, facets, more } = found;
    let (hits, next) = paging::page(asked, hits, |hit| &hit.id)?;
    let mut answer = Answer::rows(asked, "Search", &hits, COLUMNS, || {
        html! {
            (form(&wanted.q))
            @if !wanted.q.trim().is_empty() {
                p role="status" { (table::count(total, "hit", "hits")) " for “" bdi { (wanted.q) } "”"
                    @for facet in &facets {
                        @if let Some(value) = wanted.value(facet.name) { ", " (facet.title) " " bdi { (value) } }
                    }
                    "."
                    @if more { " Only the " (MOST_TEXTS) " best texts are looked through." }
                }
                div.faceted {
                    nav.facets aria-label="Narrow the search" {
                        @for facet in &facets { (one(asked, &wanted, facet)) }
                    }
                    div {
                        (table::table("Hits", &hits, COLUMNS, |hit| match hit.what {
                            "fact" => format!("/facts/{}", hit.id),
                            _ => format!("/docs/{}", hit.id),
                        }))
                        (table::next(asked, next.as_ref()))
                        (frame::forms(asked))
                    }
                }
            }
        }
    })?;
    answer.next = next;
    Ok(answer)
}

/// A facet: each value leads to the same search with it; the value asked for leads back.
fn one(asked: &Asked, wanted: &Search, facet: &Facet) -> Markup {
    let value = wanted.value(facet.name);
    let without = asked.query_without(&["cursor", facet.name]);
    let with = |value: &str| {
        let field = serde_urlencoded::to_string([(facet.name, value)]).unwrap_or_default();
        format!("/search?{without}&{field}")
    };
    let link = |(value, count): &(String, usize)| {
        html! { li { a href=(with(value)) { bdi { (value.replace('_', " ")) } } " " span.note { (count) } } }
    };
    html! {
        @if value.is_some() || !facet.values.is_empty() {
            section {
                h2 { (facet.title) }
                ul {
                    @if let Some(value) = value {
                        li { strong aria-current="true" { bdi { (value.replace('_', " ")) } } " "
                            a href={ "/search?" (without) } aria-label={ "any " (facet.title) } { "any" } }
                    } @else {
                        @for value in facet.values.iter().take(SHOWN) { (link(value)) }
                    }
                }
                @if value.is_none() && facet.values.len() > SHOWN {
                    details {
                        summary { (facet.values.len() - SHOWN) " more" }
                        ul { @for value in facet.values.iter().skip(SHOWN) { (link(value)) } }
                    }
                }
            }
        }
    }
}

fn form(words: &str) -> Markup {
    html! {
        form.filters action="/search" aria-label="Search again" {
            label { "words that must all stand there" input type="search" name="q" value=(words) size="40"; }
            button { "Search" }
        }
    }
}
