//! Search over texts and the words of facts, with facets: how many hits each further question would leave.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use verbale::record::{Fact, Party, word};
use verbale_store::{FactFilter, Store};

use crate::Result;
use crate::columns::{date, who};

/// Texts that are looked through, the best ones: the words of a question that stand in more of them tell nothing apart.
pub const MOST_TEXTS: usize = 1000;

/// What is searched for; every field narrows, and an empty one asks for nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Search {
    /// Words that must all stand in the text, or in the words of the fact.
    pub q: String,
    /// `fact` or `text`.
    pub what: Option<String>,
    /// A kind of fact.
    pub kind: Option<String>,
    /// A PLOVER type.
    #[serde(rename = "type")]
    pub event_type: Option<String>,
    /// A modality.
    pub modality: Option<String>,
    /// The outlet of the text; [`UNNAMED`] for texts that name none.
    pub outlet: Option<String>,
    /// A year of the fact's days; of a text, the year of publication.
    pub year: Option<String>,
    /// ISO code of a party of the fact, or of any fact of the text.
    pub state: Option<String>,
}

/// The facets, in the order in which people narrow: field of the address, and heading.
pub const FACETS: [(&str, &str); 7] = [
    ("what", "found in"),
    ("type", "type"),
    ("kind", "kind"),
    ("modality", "modality"),
    ("state", "state"),
    ("year", "year"),
    ("outlet", "outlet"),
];

/// The outlet of texts that name none.
pub const UNNAMED: &str = "not named";

/// A hit: a fact whose words hold what was asked for, or a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SearchHit {
    /// `fact` or `text`.
    pub what: &'static str,
    /// Id of the fact or text.
    pub id: String,
    /// Name of the text.
    pub doc_name: String,
    /// The words; in a text the hit stands between `[` and `]`.
    pub snippet: String,
    /// Of a fact: who, and when.
    pub about: String,
    /// Kind of the fact.
    pub kind: Option<String>,
    /// PLOVER type of the fact.
    #[serde(rename = "type")]
    pub event_type: Option<String>,
    /// Modality of the fact.
    pub modality: Option<String>,
    /// Outlet of the text.
    pub outlet: Option<String>,
    /// Years of the fact, or of the text's publication.
    pub years: Vec<String>,
    /// States that are parties.
    pub states: Vec<String>,
}

impl SearchHit {
    /// The values of a facet.
    fn values(&self, facet: &str) -> Vec<&str> {
        match facet {
            "what" => vec![self.what],
            "type" => self.event_type.as_deref().into_iter().collect(),
            "kind" => self.kind.as_deref().into_iter().collect(),
            "modality" => self.modality.as_deref().into_iter().collect(),
            "state" => self.states.iter().map(String::as_str).collect(),
            "year" => self.years.iter().map(String::as_str).collect(),
            _ => self
                .outlet
                .as_deref()
                .or(Some(UNNAMED))
                .into_iter()
                .collect(),
        }
    }
}

impl Search {
    /// The value asked for in a facet.
    pub fn value(&self, facet: &str) -> Option<&str> {
        match facet {
            "what" => &self.what,
            "type" => &self.event_type,
            "kind" => &self.kind,
            "modality" => &self.modality,
            "state" => &self.state,
            "year" => &self.year,
            _ => &self.outlet,
        }
        .as_deref()
    }

    /// Whether a hit passes every facet but one that is left out.
    fn takes(&self, hit: &SearchHit, but: Option<&str>) -> bool {
        FACETS
            .iter()
            .filter(|(facet, _)| Some(*facet) != but)
            .all(|(facet, _)| {
                self.value(facet)
                    .is_none_or(|value| hit.values(facet).contains(&value))
            })
    }
}

/// Values of a facet with the hits that each leaves, the most first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facet {
    /// Field of the address.
    pub name: &'static str,
    /// Heading.
    pub title: &'static str,
    /// Values and hits.
    pub values: Vec<(String, usize)>,
}

/// What a search finds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Finding {
    /// The hits that pass all facets: facts in the order of their texts, then texts, best first.
    pub hits: Vec<SearchHit>,
    /// The facets, of the hits that pass all others.
    pub facets: Vec<Facet>,
    /// Whether more than [`MOST_TEXTS`] texts hold the words.
    pub more: bool,
}

/// Searches.
pub fn search(store: &Store, asked: &Search) -> Result<Finding> {
    let mut found = store.search(&asked.q, MOST_TEXTS + 1)?;
    let more = found.len() > MOST_TEXTS;
    found.truncate(MOST_TEXTS);
    let hits = hits(store, &asked.q, found)?;
    let facets = FACETS
        .iter()
        .map(|&(name, title)| {
            let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
            for hit in hits.iter().filter(|hit| asked.takes(hit, Some(name))) {
                for value in hit.values(name) {
                    *counts.entry(value).or_default() += 1;
                }
            }
            let mut values: Vec<(String, usize)> = counts
                .into_iter()
                .map(|(value, count)| (value.to_owned(), count))
                .collect();
            // Years are read in their order, everything else by how much is found.
            if name != "year" {
                values.sort_by_key(|value| std::cmp::Reverse(value.1));
            }
            Facet {
                name,
                title,
                values,
            }
        })
        .collect();
    Ok(Finding {
        hits: hits
            .into_iter()
            .filter(|hit| asked.takes(hit, None))
            .collect(),
        facets,
        more,
    })
}

fn hits(store: &Store, q: &str, found: Vec<(String, String)>) -> Result<Vec<SearchHit>> {
    let words: Vec<String> = q.split_whitespace().map(str::to_lowercase).collect();
    let texts: BTreeSet<String> = found.iter().map(|(id, _)| id.clone()).collect();
    let documents = store.documents_by_id(&texts)?;
    let mut facts_in: BTreeMap<&str, Vec<Fact>> = BTreeMap::new();
    for text in &texts {
        let ids = store.fact_ids(text, None)?.into_iter().collect();
        let mut facts = store.facts_by_id(&ids)?;
        let current = FactFilter::default();
        facts.retain(|fact| current.takes(fact));
        facts.sort_by(|a, b| (a.span, &a.id).cmp(&(b.span, &b.id)));
        facts_in.insert(text, facts);
    }
    let mut hits = Vec::new();
    let mut by_id = BTreeMap::new();
    for stored in &documents {
        let document = &stored.document;
        let outlet = document.outlet.as_ref().map(|outlet| outlet.value.clone());
        let facts = facts_in.get(document.id.as_str());
        for fact in facts.into_iter().flatten() {
            let quote = fact.quote.to_lowercase();
            if words.iter().all(|word| quote.contains(word.as_str())) {
                hits.push(of_fact(fact, outlet.clone()));
            }
        }
        by_id.insert(document.id.as_str(), (document, outlet));
    }
    for (id, snippet) in &found {
        let Some((document, outlet)) = by_id.get(id.as_str()) else {
            continue;
        };
        let published = document.published.as_ref();
        let facts = facts_in.get(id.as_str());
        hits.push(SearchHit {
            what: "text",
            id: id.clone(),
            doc_name: document.name.clone(),
            snippet: snippet.clone(),
            about: String::new(),
            kind: None,
            event_type: None,
            modality: None,
            outlet: outlet.clone(),
            years: published.map_or_else(Vec::new, |day| vec![day.start.year().to_string()]),
            states: states(facts.into_iter().flatten()),
        });
    }
    Ok(hits)
}

fn of_fact(fact: &Fact, outlet: Option<String>) -> SearchHit {
    /// A date over more years than these tells no year.
    const YEARS: i16 = 10;
    let (first, last) = (
        fact.date.start.or(fact.date.end),
        fact.date.end.or(fact.date.start),
    );
    let years = match (first, last) {
        (Some(first), Some(last)) if last.year() - first.year() < YEARS => (first.year()
            ..=last.year())
            .map(|year| year.to_string())
            .collect(),
        _ => Vec::new(),
    };
    SearchHit {
        what: "fact",
        id: fact.id.clone(),
        doc_name: fact.doc_name.clone(),
        snippet: fact.quote.clone(),
        about: format!(
            "{}; {}",
            who(&fact.actor, &fact.recipient, fact.mutual),
            date(&fact.date)
        ),
        kind: Some(word(&fact.kind)),
        event_type: fact.event_type.map(|event_type| word(&event_type)),
        modality: Some(word(&fact.modality)),
        outlet,
        years,
        states: states([fact]),
    }
}

fn states<'a>(facts: impl IntoIterator<Item = &'a Fact>) -> Vec<String> {
    let parties = facts.into_iter().flat_map(|fact| {
        fact.actor
            .iter()
            .chain(&fact.recipient)
            .chain(&fact.beneficiary)
    });
    let all: BTreeSet<&str> = parties
        .filter_map(Party::stands_for)
        .filter(|id| id.len() == 3)
        .collect();
    all.into_iter().map(str::to_owned).collect()
}
