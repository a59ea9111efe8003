//! PLOVER's own JSON lines, with the field names of its manual (2.0, chapter "Data Fields").

use serde_json::{Value, json};
use verbale::record::{Party, PartyType, word};

use crate::events::{Event, events};
use crate::{ExportError, Material, lines};

/// One line for each event.
pub fn plover(material: &Material) -> Result<Vec<u8>, ExportError> {
    lines(
        events(material)
            .iter()
            .filter_map(|event| one(event, material)),
    )
}

fn one(event: &Event, material: &Material) -> Option<Value> {
    let fact = event.fact;
    let mut object = json!({
        "id": fact.id,
        "has_event": true,
        "date": event.day()?,
        "actor": fact.actor.iter().map(entity).collect::<Vec<_>>(),
        "recipient": fact.recipient.iter().map(entity).collect::<Vec<_>>(),
        "event": [word(&event.event_type)],
        "quad_code": fact.quad,
        "event_scale": fact.plover_score,
        "mode": fact.mode,
        "context": fact.contexts,
        "event_text": [fact.quote],
        "text_info": { "start": fact.char_start, "end": fact.char_end },
        "coder": format!("verbale {}", material.run.program),
        "comment": format!("{}; {}", word(&fact.modality), fact.rule),
    });
    if let (Some(start), Some(end)) = (fact.date.start, fact.date.end)
        && start != end
    {
        object["enddate"] = json!(end);
    }
    if let Some(record) = event.record {
        object["link"] = json!(record.id);
    }
    if let Some(place) = &fact.location {
        object["event_loc"] = json!({
            "extracted_place": place.name,
            "country_code": place.country,
            "lat": place.lat,
            "lon": place.lon,
            "geonameid": place.geonames,
        });
    }
    if let Some(document) = event.document {
        object["cite_info"] = json!({
            "citation": document.name,
            "url": document.url,
            "title": document.title,
            "language": document.lang,
            "publication": document.outlet.as_ref().map(|outlet| &outlet.value),
            "codebook": "plover-2.0",
        });
    }
    Some(object)
}

fn entity(party: &Party) -> Value {
    let mut object = json!({ "code": code(party), "entity_text": party.text });
    if let Some(sector) = &party.sector {
        object["sector"] = json!(sector);
    }
    let person = party
        .person
        .as_ref()
        .map(|person| (&person.id, &person.name));
    let own = (party.party_type != PartyType::State).then_some((&party.id, &party.name));
    if let Some((id, name)) = person.or(own) {
        object["identifier_id"] = json!(id);
        object["identifier_text"] = json!(name);
    }
    if let Some(role) = &party.role {
        object["office"] = json!(role);
    }
    object
}

/// The three-letter code of the top-level entity: a state's, or PLOVER's word for an actor that belongs to none.
fn code(party: &Party) -> Option<&str> {
    match (party.stands_for(), party.party_type) {
        // PLOVER's own exception; all other states have their ISO code.
        (Some("XKX"), _) => Some("KOS"),
        (Some(state), _) => Some(state),
        (None, PartyType::Organisation) => Some(match party.id.as_str() {
            "UN" => "UNO",
            "EU" => "EUR",
            _ => "IGO",
        }),
        (None, PartyType::Company) => Some("MNC"),
        (None, _) => None,
    }
}
