//! TimelineJS 3: dated records as slides.

use jiff::civil::Date;
use serde_json::{Value, json};
use verbale::record::{Fact, Record, RecordKind, word};

use crate::{ExportError, Material};

/// One JSON object; undated records have no place on a timeline and are left out.
pub fn timelinejs(material: &Material) -> Result<Vec<u8>, ExportError> {
    let events: Vec<Value> = material
        .records
        .iter()
        .filter(|record| record.kind != RecordKind::Person)
        .filter_map(|record| slide(record, material.facts))
        .collect();
    Ok(serde_json::to_vec_pretty(&json!({ "events": events }))?)
}

fn slide(record: &Record, facts: &[Fact]) -> Option<Value> {
    let date = record.date.as_ref()?;
    let start = date.start?;
    let quote = facts.iter().find(|fact| record.facts.contains(&fact.id));
    let told = record
        .witnesses
        .iter()
        .map(|witness| witness.doc_name.as_str());
    let mut value = json!({
        "unique_id": record.id,
        "group": word(&record.kind),
        "start_date": day(start),
        "text": {
            "headline": escape(&record.title),
            "text": format!(
                "{}<p>{}</p>",
                quote.map_or_else(String::new, |fact| format!("<blockquote>{}</blockquote>", escape(&fact.quote))),
                escape(&told.collect::<Vec<_>>().join("; ")),
            ),
        },
    });
    if let Some(end) = date.end.filter(|end| *end != start) {
        value["end_date"] = day(end);
    }
    Some(value)
}

fn day(day: Date) -> Value {
    json!({ "year": day.year(), "month": day.month(), "day": day.day() })
}

/// TimelineJS shows texts as HTML.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
