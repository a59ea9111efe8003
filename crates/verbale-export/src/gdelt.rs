//! GDELT 2.0 event files: 61 tab-separated columns, no header, countries of places in FIPS 10-4.

use jiff::civil::Date;
use verbale::record::Party;

use crate::events::{Event, events};
use crate::{Material, tab_separated};

/// Actor types that CAMEO has under the same three letters as PLOVER.
const ROLES: [&str; 11] = [
    "GOV", "MIL", "REB", "OPP", "JUD", "SPY", "BUS", "EDU", "LEG", "MED", "REF",
];

/// One row for each event and pair of actors.
pub fn gdelt(material: &Material) -> Vec<u8> {
    let mut rows = Vec::new();
    for event in events(material) {
        let (Some(day), Some(code)) = (event.day(), event.fact.cameo.as_deref()) else {
            continue;
        };
        for (number, (actor, recipient)) in event.pairs().into_iter().enumerate() {
            rows.push(row(&event, day, code, number, actor, recipient, material));
        }
    }
    tab_separated(&rows)
}

fn row(
    event: &Event,
    day: Date,
    code: &str,
    number: usize,
    actor: &Party,
    recipient: Option<&Party>,
    material: &Material,
) -> Vec<String> {
    let fact = event.fact;
    let mut row = vec![
        event_id(&fact.id, number),
        day.strftime("%Y%m%d").to_string(),
        day.strftime("%Y%m").to_string(),
        day.year().to_string(),
        // GDELT's own arithmetic: months of thirty days.
        format!(
            "{:.4}",
            f64::from(day.year()) + (f64::from(day.month()) * 30.0 + f64::from(day.day())) / 365.0
        ),
    ];
    row.extend(actor_columns(Some(actor)));
    row.extend(actor_columns(recipient));
    let root = &code[..2];
    // GDELT counts quad classes by CAMEO's roots, not by PLOVER's types.
    let quad = match root.parse::<u8>().unwrap_or_default() {
        1..=5 => "1",
        6..=9 => "2",
        10..=14 => "3",
        _ => "4",
    };
    let counted =
        |count: fn(&verbale::record::Record) -> usize| event.record.map_or(1, count).to_string();
    row.extend([
        String::new(),
        code.to_owned(),
        code.chars().take(3).collect(),
        root.to_owned(),
        quad.to_owned(),
        fact.goldstein
            .map_or_else(String::new, |score| format!("{score:.1}")),
        counted(|record| record.facts.len()),
        counted(|record| {
            let outlets: std::collections::BTreeSet<_> = record
                .witnesses
                .iter()
                .map(|witness| witness.outlet.as_ref().unwrap_or(&witness.doc))
                .collect();
            outlets.len()
        }),
        counted(|record| record.witnesses.len()),
        String::new(),
    ]);
    row.extend(no_place());
    row.extend(no_place());
    row.extend(place(event, material));
    row.push(
        event
            .published()
            .map_or_else(String::new, |day| day.strftime("%Y%m%d000000").to_string()),
    );
    row.push(event.document.map_or_else(
        || fact.doc_name.clone(),
        |document| {
            document
                .url
                .clone()
                .unwrap_or_else(|| document.name.clone())
        },
    ));
    row
}

/// A number that stays the same when coding is repeated: the beginning of the fact's id, and the pair. It fits into 64 bits
/// with a sign, which is what readers of GDELT expect.
fn event_id(fact: &str, pair: usize) -> String {
    let digits: String = fact
        .chars()
        .filter(char::is_ascii_hexdigit)
        .take(13)
        .collect();
    let number = u64::from_str_radix(&digits, 16).unwrap_or_default();
    (number * 1000 + pair as u64 % 1000).to_string()
}

/// Code, name, country, known group, ethnic, two religions, three types.
fn actor_columns(party: Option<&Party>) -> Vec<String> {
    let mut columns = vec![String::new(); 10];
    let Some(party) = party else {
        return columns;
    };
    let country = party.stands_for().unwrap_or_default();
    let role = party
        .sector
        .as_deref()
        .filter(|sector| ROLES.contains(sector))
        .unwrap_or_default();
    columns[0] = format!("{country}{role}");
    columns[1] = party.name.to_uppercase();
    columns[2] = country.to_owned();
    columns[7] = role.to_owned();
    columns
}

/// Type, full name, country, two divisions, latitude, longitude, feature.
fn place(event: &Event, material: &Material) -> Vec<String> {
    let Some(place) = &event.fact.location else {
        return no_place();
    };
    let state = place
        .country
        .as_ref()
        .and_then(|country| material.lexicon.state(country));
    let fips = state
        .and_then(|state| state.fips.clone())
        .unwrap_or_default();
    let is_country = state.is_some_and(|state| state.name == place.name);
    let degrees = |value: Option<f64>| value.map_or_else(String::new, |value| value.to_string());
    vec![
        if is_country { "1" } else { "4" }.to_owned(),
        match state {
            Some(state) if !is_country => format!("{}, {}", place.name, state.name),
            _ => place.name.clone(),
        },
        fips.clone(),
        if is_country {
            fips.clone()
        } else {
            String::new()
        },
        String::new(),
        degrees(place.lat),
        degrees(place.lon),
        if is_country { fips } else { String::new() },
    ]
}

fn no_place() -> Vec<String> {
    let mut columns = vec![String::new(); 8];
    columns[0] = "0".to_owned();
    columns
}
