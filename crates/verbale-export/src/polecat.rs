//! POLECAT's weekly files: 40 tab-separated columns with a header, lists joined by `; `, unknown as `None`.

use verbale::record::{Party, PartyType, word};

use crate::events::{Event, events};
use crate::{Material, tab_separated};

/// The columns.
pub const COLUMNS: [&str; 40] = [
    "Event ID",
    "Event Date",
    "Event Type",
    "Event Mode",
    "Intensity",
    "Quad Code",
    "Contexts",
    "Actor Name",
    "Actor Country",
    "Actor COW",
    "Primary Actor Sector",
    "Actor Sectors",
    "Actor Title",
    "Actor Name Raw",
    "Wikipedia Actor ID",
    "Recipient Name",
    "Recipient Country",
    "Recipient COW",
    "Primary Recipient Sector",
    "Recipient Sectors",
    "Recipient Title",
    "Recipient Name Raw",
    "Wikipedia Recipient ID",
    "Placename",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
    "GeoNames ID",
    "Raw Placename",
    "Feature Type",
    "Source",
    "Publication Date",
    "Story People",
    "Story Organizations",
    "Story Locations",
    "Language",
    "Version",
];

/// POLECAT's word for what is not known.
const NONE: &str = "None";

/// One row for each event; several actors share a row, as in POLECAT.
pub fn polecat(material: &Material) -> Vec<u8> {
    let header = COLUMNS.map(str::to_owned).to_vec();
    let rows = events(material)
        .into_iter()
        .filter_map(|event| row(&event, material));
    let rows: Vec<Vec<String>> = std::iter::once(header).chain(rows).collect();
    tab_separated(&rows)
}

fn row(event: &Event, material: &Material) -> Option<Vec<String>> {
    let fact = event.fact;
    let quad = match fact.quad? {
        1 => "VERBAL COOPERATION",
        2 => "MATERIAL COOPERATION",
        3 => "VERBAL CONFLICT",
        _ => "MATERIAL CONFLICT",
    };
    let mut row = vec![
        fact.id.clone(),
        event.day()?.to_string(),
        word(&event.event_type),
        joined(fact.mode.iter().cloned()),
        known(fact.plover_score.map(|score| score.to_string())),
        quad.to_owned(),
        joined(fact.contexts.iter().cloned()),
    ];
    row.extend(party_columns(&fact.actor, material));
    row.extend(party_columns(&fact.recipient, material));
    let place = fact.location.as_ref();
    let state = place
        .and_then(|place| place.country.as_ref())
        .and_then(|country| material.lexicon.state(country));
    let degrees = |value: Option<f64>| known(value.map(|value| value.to_string()));
    row.extend([
        known(place.map(|place| place.name.clone())),
        NONE.to_owned(),
        NONE.to_owned(),
        NONE.to_owned(),
        known(state.map(|state| state.name.clone())),
        degrees(place.and_then(|place| place.lat)),
        degrees(place.and_then(|place| place.lon)),
        known(
            place
                .and_then(|place| place.geonames)
                .map(|id| id.to_string()),
        ),
        known(place.map(|place| place.name.clone())),
        NONE.to_owned(),
        known(
            event
                .document
                .and_then(|document| Some(document.outlet.as_ref()?.value.clone())),
        ),
        known(event.published().map(|day| day.to_string())),
        NONE.to_owned(),
        NONE.to_owned(),
        NONE.to_owned(),
        event
            .document
            .map_or("en", |document| &document.lang)
            .to_owned(),
        format!("verbale {}", material.run.program),
    ]);
    Some(row)
}

/// Name, country, Correlates of War number, first sector, sectors, title, words, Wikipedia id.
fn party_columns(parties: &[Party], material: &Material) -> [String; 8] {
    let states = || {
        parties
            .iter()
            .map(|party| material.lexicon.state(party.stands_for()?))
    };
    let names = parties
        .iter()
        .map(|party| match (&party.person, party.party_type) {
            (Some(person), _) => person.name.clone(),
            _ => party.name.clone(),
        });
    let sectors: Vec<String> = parties
        .iter()
        .map(|party| {
            // A state that acts without words for an office acts through its government.
            let state = (party.party_type == PartyType::State).then(|| "GOV".to_owned());
            known(party.sector.clone().or(state))
        })
        .collect();
    [
        joined(names),
        joined(states().map(|state| known(state.map(|state| state.name.clone())))),
        joined(
            states()
                .map(|state| known(state.and_then(|state| state.cow).map(|cow| cow.to_string()))),
        ),
        sectors.first().cloned().unwrap_or_else(|| NONE.to_owned()),
        joined(sectors.into_iter()),
        joined(parties.iter().map(|party| known(party.role.clone()))),
        joined(parties.iter().map(|party| party.text.clone())),
        NONE.to_owned(),
    ]
}

fn known(value: Option<String>) -> String {
    value.unwrap_or_else(|| NONE.to_owned())
}

fn joined(values: impl Iterator<Item = String>) -> String {
    let values: Vec<String> = values.collect();
    if values.is_empty() {
        NONE.to_owned()
    } else {
        values.join("; ")
    }
}
