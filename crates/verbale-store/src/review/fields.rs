//! Fields as people write them (`actor=AZE,PAK`, `date=2024-07`), and what becomes of a fact that they are set on.

use jiff::civil::Date;
use serde_json::{Map, Value, json};
use verbale::pipeline::Language;
use verbale::record::{EventType, Fact, FactDate};
use verbale_read::Span;

use super::decision::Values;

/// How the words of a field are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// States, organisations or companies, with commas between.
    Parties,
    /// Words with commas between.
    Words,
    /// A day, month, year, or two days with a slash between.
    Date,
    /// A PLOVER type.
    Type,
    /// `true` or `false`.
    Truth,
    /// A number.
    Number,
    /// One word or phrase.
    Word,
}

/// Fields that a person may set. All others say where the words stand and how they were found.
const FIELDS: [(&str, Shape); 36] = [
    ("kind", Shape::Word),
    ("event_type", Shape::Type),
    ("mode", Shape::Words),
    ("contexts", Shape::Words),
    ("cameo", Shape::Word),
    ("actor", Shape::Parties),
    ("recipient", Shape::Parties),
    ("mutual", Shape::Truth),
    ("negated", Shape::Truth),
    ("modality", Shape::Word),
    ("date", Shape::Date),
    ("sectors", Shape::Words),
    ("about", Shape::Words),
    ("body", Shape::Words),
    ("issue", Shape::Word),
    ("beneficiary", Shape::Parties),
    ("stance", Shape::Word),
    ("signatories", Shape::Parties),
    ("instrument.type", Shape::Word),
    ("instrument.title", Shape::Word),
    ("instrument.status", Shape::Word),
    ("relation.type", Shape::Word),
    ("relation.phase", Shape::Word),
    ("relation.object", Shape::Word),
    ("visit.grade", Shape::Word),
    ("amount.value", Shape::Number),
    ("amount.currency", Shape::Word),
    ("amount.unit", Shape::Word),
    ("amount.approximate", Shape::Truth),
    ("count.value", Shape::Number),
    ("count.of", Shape::Word),
    ("count.total", Shape::Number),
    ("item.designation", Shape::Word),
    ("item.quantity", Shape::Number),
    ("location.name", Shape::Word),
    ("location.country", Shape::Word),
];

/// Reads fields as people write them. Words of a type bring their codes and scores with them. `Err` is for people.
pub fn values(
    written: &[(String, String)],
    fact: &Fact,
    language: &Language,
) -> Result<Values, String> {
    let mut set = Values::new();
    for (field, words) in written {
        let Some((_, shape)) = FIELDS.iter().find(|(name, _)| name == field) else {
            let known: Vec<&str> = FIELDS.iter().map(|(name, _)| *name).collect();
            return Err(format!(
                "{field}: no field that can be set; fields are {}",
                known.join(" ")
            ));
        };
        let value = value(*shape, words.trim(), fact, language)
            .map_err(|reason| format!("{field}={words}: {reason}"))?;
        set.insert(field.clone(), value);
    }
    codes(&mut set, fact, language)?;
    Ok(set)
}

fn value(shape: Shape, words: &str, fact: &Fact, language: &Language) -> Result<Value, String> {
    let list = || {
        words
            .split([',', ';'])
            .map(str::trim)
            .filter(|word| !word.is_empty())
    };
    Ok(match shape {
        Shape::Parties => Value::Array(
            list()
                .map(|word| party(word, fact, language))
                .collect::<Result<_, _>>()?,
        ),
        Shape::Words => list().map(Value::from).collect(),
        Shape::Date => serde_json::to_value(date(words)?).map_err(|error| error.to_string())?,
        _ if words.is_empty() => Value::Null,
        Shape::Type => Value::from(words.to_uppercase()),
        Shape::Truth => match words {
            "true" | "yes" => Value::Bool(true),
            "false" | "no" => Value::Bool(false),
            _ => return Err("write true or false".into()),
        },
        Shape::Number => words
            .parse::<f64>()
            .ok()
            .filter(|number| number.is_finite())
            .map(Value::from)
            .ok_or("write a number")?,
        Shape::Word => Value::from(words),
    })
}

/// A party by id or name; one that the fact names already keeps its words.
fn party(word: &str, fact: &Fact, language: &Language) -> Result<Value, String> {
    let lexicon = &language.lexicon;
    let state = lexicon.find_state(word);
    let id = state.map_or(word, |state| state.id.as_str());
    let known = fact
        .actor
        .iter()
        .chain(&fact.recipient)
        .chain(&fact.beneficiary)
        .chain(&fact.signatories)
        .find(|party| party.id == id);
    if let Some(party) = known {
        return serde_json::to_value(party).map_err(|error| error.to_string());
    }
    let (sort, name) = if let Some(state) = state {
        ("state", &state.name)
    } else if let Some(body) = lexicon.organisation(id) {
        ("organisation", &body.name)
    } else if let Some(company) = lexicon.company(id) {
        ("company", &company.name)
    } else {
        return Err(format!(
            "no state, organisation or company is called {word}; give an ISO code, a name, or an id of the lists"
        ));
    };
    Ok(json!({
        "id": id, "type": sort, "name": name, "text": "",
        "start": fact.span.start, "end": fact.span.end, "basis": "inferred",
    }))
}

/// `2024`, `2024-07`, `2024-07-13`, `2024-07-11/2024-07-13` with `..` for an open end; empty for an unknown date.
pub fn date(words: &str) -> Result<FactDate, String> {
    let wrong = || {
        "write a day, month, year or two days with a slash, for example 2024-07-13, 2024-07, 2024, 2024-07-11/2024-07-13"
            .to_owned()
    };
    if words.is_empty() {
        return Ok(FactDate::unknown());
    }
    let (start, end, granularity) = match words.split_once('/') {
        Some((start, end)) => {
            let open = |words: &str| -> Result<Option<Date>, String> {
                match words {
                    "" | ".." => Ok(None),
                    day => day.parse().map(Some).map_err(|_| wrong()),
                }
            };
            (open(start)?, open(end)?, "range")
        }
        None => {
            let (start, end, granularity) = match words.len() {
                4 => {
                    let start: Date = format!("{words}-01-01").parse().map_err(|_| wrong())?;
                    (start, start.last_of_year(), "year")
                }
                7 => {
                    let start: Date = format!("{words}-01").parse().map_err(|_| wrong())?;
                    (start, start.last_of_month(), "month")
                }
                10 => {
                    let day: Date = words.parse().map_err(|_| wrong())?;
                    (day, day, "day")
                }
                _ => return Err(wrong()),
            };
            (Some(start), Some(end), granularity)
        }
    };
    if start.zip(end).is_some_and(|(start, end)| end < start) {
        return Err("the second day lies before the first".into());
    }
    let days = start
        .zip(end)
        .filter(|_| granularity == "range")
        .map(|(start, end)| {
            start
                .until(end)
                .map_or(0, |span| i64::from(span.get_days()))
                + 1
        });
    serde_json::from_value(json!({
        "start": start, "end": end, "edtf": words, "granularity": granularity,
        "basis": "explicit", "duration_days": days, "text": "",
    }))
    .map_err(|error| error.to_string())
}

/// A new type or CAMEO code brings the codes and scores that hang on it; a type without a code has none.
fn codes(set: &mut Values, fact: &Fact, language: &Language) -> Result<(), String> {
    let book = &language.rules.codebook;
    if !set.contains_key("event_type") && !set.contains_key("cameo") {
        return Ok(());
    }
    let event_type: Option<EventType> = match set.get("event_type") {
        Some(value) => serde_json::from_value(value.clone())
            .map_err(|error| format!("event_type={}: {error}", value.as_str().unwrap_or("")))?,
        None => fact.event_type,
    };
    if event_type != fact.event_type {
        set.entry("cameo".into()).or_insert(Value::Null);
        set.entry("mode".into()).or_insert_with(|| json!([]));
    }
    if let Some(code) = set.get("cameo").cloned() {
        let known = code.as_str().map(|code| {
            book.cameo(code)
                .ok_or_else(|| format!("cameo={code}: CAMEO has no such code"))
        });
        let goldstein = known.transpose()?.and_then(|known| known.goldstein);
        set.insert("goldstein".into(), json!(goldstein));
    }
    let modes: Vec<String> = match set.get("mode") {
        Some(value) => serde_json::from_value(value.clone()).unwrap_or_default(),
        None => fact.mode.clone(),
    };
    let score = event_type.and_then(|event_type| book.score(event_type, &modes));
    let quad = event_type.and_then(|event_type| book.quad(event_type));
    set.insert("plover_score".into(), json!(score));
    set.insert("quad".into(), json!(quad));
    Ok(())
}

/// What the fields of a fact hold.
pub fn held(fact: &Fact, fields: &Values) -> Values {
    let fact = serde_json::to_value(fact).unwrap_or_default();
    fields
        .keys()
        .map(|field| {
            let held = field
                .split('.')
                .try_fold(&fact, |at, part| at.get(part))
                .cloned()
                .unwrap_or_default();
            (field.clone(), held)
        })
        .collect()
}

/// A fact with fields set. `Err` says which value is none that the contract knows.
pub fn set(fact: &Fact, fields: &Values) -> Result<Fact, String> {
    let mut value = serde_json::to_value(fact).map_err(|error| error.to_string())?;
    for (field, new) in fields {
        match field.split_once('.') {
            None => value[field.as_str()] = new.clone(),
            Some((part, inner)) => {
                let part = &mut value[part];
                if !part.is_object() {
                    *part = blank(field);
                }
                part[inner] = new.clone();
            }
        }
        serde_json::from_value::<Fact>(value.clone()).map_err(|error| {
            format!(
                "{field}={}: {error}",
                new.as_str().map_or_else(|| new.to_string(), String::from)
            )
        })?;
    }
    serde_json::from_value(value).map_err(|error| error.to_string())
}

/// An object of which only one field is going to be known.
fn blank(field: &str) -> Value {
    match field.split('.').next() {
        Some("instrument") => json!({"type": "unknown", "status": "proposed"}),
        Some("relation") => json!({"type": "other", "phase": "held"}),
        Some("visit") => json!({"grade": "unknown", "participants": []}),
        Some("amount") => json!({"value": 0, "text": "", "approximate": false}),
        Some("count") => json!({"value": 0, "of": "", "total": null}),
        Some("item") => json!({"designation": "", "quantity": null, "text": ""}),
        Some("location") => json!({"name": "", "country": null}),
        _ => Value::Object(Map::new()),
    }
}

/// A fact on words of a text of which nothing is said yet.
pub fn bare(document: &verbale_read::Document, span: Span) -> Result<Fact, String> {
    let text = &document.text;
    let char_start = text[..span.start].chars().count();
    let outlet = document
        .outlet
        .as_ref()
        .map_or("", |outlet| outlet.value.as_str());
    serde_json::from_value(json!({
        "schema": verbale::record::SCHEMA, "id": "", "doc": document.id, "doc_name": document.name,
        "kind": "event", "quote": span.of(text), "start": span.start, "end": span.end,
        "char_start": char_start, "char_end": char_start + span.of(text).chars().count(),
        "event_type": null, "mode": [], "contexts": [], "cameo": null, "goldstein": null,
        "plover_score": null, "quad": null, "actor": [], "recipient": [], "mutual": false,
        "negated": false, "modality": "asserted", "date": FactDate::unknown(),
        "attribution": [{"kind": "outlet", "name": outlet, "mode": "narration"}],
        "sectors": [], "rule": "by_hand", "confidence": 1.0, "flags": [],
    }))
    .map_err(|error| error.to_string())
}
