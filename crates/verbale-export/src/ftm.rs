//! FollowTheMoney entities: texts are `Article`s, parties are bodies, companies and people, facts are `Event`s whose proof is
//! the article.
//!
//! Events there are bounded in time and involve whom they involve; they are no edges from one to another, so who acted on
//! whom stands in the quoted words only.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use verbale::record::{Party, PartyType, word};
use verbale_read::Document;

use crate::events::{Event, events};
use crate::{ExportError, Material, lines};

/// Entities, each once, one JSON object a line.
pub fn ftm(material: &Material) -> Result<Vec<u8>, ExportError> {
    let mut entities: BTreeMap<String, Value> = BTreeMap::new();
    let mut keep = |id: String, schema: &str, properties: Properties| {
        entities
            .entry(id.clone())
            .or_insert_with(|| json!({ "id": id, "schema": schema, "properties": properties.0 }));
    };
    for document in material.documents {
        keep(key("document", &document.id), "Article", article(document));
    }
    for event in events(material) {
        let mut involved = Vec::new();
        for party in event.fact.actor.iter().chain(&event.fact.recipient) {
            for (id, schema, properties) in legal_entities(party, material) {
                involved.push(id.clone());
                keep(id, schema, properties);
            }
        }
        let id = key("fact", &event.fact.id);
        keep(id, "Event", happening(&event, involved, material));
    }
    lines(entities.values())
}

/// Identifiers of FollowTheMoney hold letters, digits, dots and hyphens only: ours are hashed.
fn key(kind: &str, id: &str) -> String {
    let hash = Sha256::digest(format!("{kind}:{id}"));
    let hex: String = hash
        .iter()
        .take(12)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("verbale-{kind}-{hex}")
}

/// Properties are lists of texts.
#[derive(Default)]
struct Properties(Map<String, Value>);

impl Properties {
    fn with(mut self, name: &str, values: impl IntoIterator<Item = String>) -> Self {
        let mut values: Vec<String> = values
            .into_iter()
            .filter(|value| !value.trim().is_empty())
            .collect();
        values.sort();
        values.dedup();
        if !values.is_empty() {
            self.0.insert(name.to_owned(), json!(values));
        }
        self
    }
}

fn article(document: &Document) -> Properties {
    let published = document.published.as_ref();
    let day = published
        .filter(|published| published.start == published.end)
        .map(|published| published.start.to_string());
    let title = document
        .title
        .clone()
        .unwrap_or_else(|| document.name.clone());
    Properties::default()
        .with("name", [title.clone()])
        .with("title", [title])
        .with("fileName", [document.name.clone()])
        .with("publishedAt", day)
        .with(
            "publisher",
            document.outlet.as_ref().map(|outlet| outlet.value.clone()),
        )
        .with(
            "author",
            document.author.as_ref().map(|author| author.value.clone()),
        )
        .with(
            "sourceUrl",
            document.url.clone().filter(|url| is_web_address(url)),
        )
        .with(
            "language",
            (document.lang == "en").then(|| "eng".to_owned()),
        )
        .with(
            "notes",
            [format!("SHA-256 of the text: {}", document.sha256)],
        )
}

fn is_web_address(url: &str) -> bool {
    let rest = url.strip_prefix("https://").or(url.strip_prefix("http://"));
    rest.is_some_and(|rest| rest.contains('.') && !rest.contains(char::is_whitespace))
}

/// A party, and the person who stands for it if there is one.
fn legal_entities(party: &Party, material: &Material) -> Vec<(String, &'static str, Properties)> {
    let country = party
        .stands_for()
        .and_then(|state| material.lexicon.state(state))
        .filter(|state| state.end.is_none())
        .and_then(|state| state.iso2.as_ref())
        .map(|iso2| iso2.to_lowercase());
    let name = material
        .lexicon
        .state(&party.id)
        .map_or(&party.name, |state| &state.name);
    let (kind, schema) = match party.party_type {
        PartyType::State => ("state", "PublicBody"),
        PartyType::Organisation => ("organisation", "Organization"),
        PartyType::Company => ("company", "Company"),
        PartyType::Person => ("person", "Person"),
        PartyType::Group => ("group", "LegalEntity"),
    };
    let of = |name: &str| {
        Properties::default()
            .with("name", [name.to_owned()])
            .with("country", country.clone())
    };
    let mut entities = vec![(key(kind, &party.id), schema, of(name))];
    if let Some(person) = &party.person
        && person.id != party.id
    {
        entities.push((key("person", &person.id), "Person", of(&person.name)));
    }
    entities
}

fn happening(event: &Event, involved: Vec<String>, material: &Material) -> Properties {
    let fact = event.fact;
    let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string());
    let name = match event.record {
        Some(record) => record.title.clone(),
        None => fact.quote.clone(),
    };
    let place = fact.location.as_ref();
    let country = place
        .and_then(|place| material.lexicon.state(place.country.as_ref()?))
        .filter(|state| state.end.is_none())
        .and_then(|state| state.iso2.as_ref())
        .map(|iso2| iso2.to_lowercase());
    let code = fact.cameo.as_ref().map(|code| format!("CAMEO {code}"));
    Properties::default()
        .with("name", [name])
        .with("summary", [fact.quote.clone()])
        .with("startDate", day(fact.date.start))
        .with("endDate", day(fact.date.end))
        .with("location", place.map(|place| place.name.clone()))
        .with("country", country)
        .with("involved", involved)
        .with("proof", [key("document", &fact.doc)])
        .with("recordId", [fact.id.clone()])
        .with(
            "publisher",
            event
                .document
                .and_then(|document| Some(document.outlet.as_ref()?.value.clone())),
        )
        .with(
            "keywords",
            [
                word(&fact.kind),
                word(&event.event_type),
                word(&fact.modality),
            ]
            .into_iter()
            .chain(code),
        )
}
