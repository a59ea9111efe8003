//! A person's coding of one text, as `tests/gold/GUIDE.md` describes it, to gold facts.

use serde::Deserialize;

use super::gold::{GoldDate, GoldError, GoldFact, GoldParty, GoldVoice};
use crate::lexicon::Lexicon;
use crate::record::Kind;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Coded {
    quote: String,
    kind: Kind,
    event_type: Option<String>,
    cameo: Option<String>,
    actor: Vec<String>,
    recipient: Vec<String>,
    mutual: bool,
    modality: String,
    negated: bool,
    speaker: Option<String>,
    date: Option<[Option<String>; 2]>,
    core: bool,
    #[serde(default)]
    again: bool,
}

/// Reads the coding of a text, one JSON object per line; the quote must stand in the text once.
pub fn read_coding(
    name: &str,
    text: &str,
    coding: &str,
    lexicon: &Lexicon,
) -> Result<Vec<GoldFact>, GoldError> {
    coding
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(index, line)| {
            let error = |message: String| GoldError {
                line: index + 1,
                message,
            };
            let coded: Coded =
                serde_json::from_str(line).map_err(|cause| error(cause.to_string()))?;
            let start = text.find(&coded.quote).ok_or_else(|| {
                error(format!(
                    "the quote does not stand in {name}: {}",
                    coded.quote
                ))
            })?;
            fact(name, index + 1, start, coded, lexicon).map_err(error)
        })
        .collect()
}

fn fact(
    name: &str,
    line: usize,
    start: usize,
    coded: Coded,
    lexicon: &Lexicon,
) -> Result<GoldFact, String> {
    let parties = |ids: &[String]| {
        ids.iter()
            .map(|id| GoldParty {
                id: Some(id.clone()),
                name: None,
            })
            .collect()
    };
    let mut states: Vec<String> = coded
        .actor
        .iter()
        .chain(&coded.recipient)
        .filter(|id| lexicon.state(id).is_some())
        .cloned()
        .collect();
    states.sort();
    states.dedup();
    let [from, to] = coded.date.unwrap_or_default();
    Ok(GoldFact {
        id: format!("{}-{line:03}", name.trim_end_matches(".txt")),
        seed: name.to_owned(),
        contract_kind: Some(coded.kind),
        core: coded.core,
        byte_end: start + coded.quote.len(),
        byte_start: start,
        quote: coded.quote,
        sources: parties(&coded.actor),
        targets: parties(&coded.recipient),
        direction: if coded.mutual { "mutual" } else { "directed" }.to_owned(),
        event_type: coded.event_type,
        cameo: coded.cameo,
        modality: coded.modality,
        negated: coded.negated,
        sectors: Vec::new(),
        date: GoldDate {
            start: from.map(|text| day(&text, false)).transpose()?,
            end: to.map(|text| day(&text, true)).transpose()?,
        },
        attribution: GoldVoice {
            speaker: coded.speaker,
            outlet: None,
        },
        dup_of: coded.again.then(|| "again".to_owned()),
        states,
    })
}

/// The first or last day of an ISO day, month or year.
fn day(text: &str, last: bool) -> Result<jiff::civil::Date, String> {
    let parts: Vec<i16> = text
        .split('-')
        .map(|part| part.parse().map_err(|_| format!("no ISO date: {text}")))
        .collect::<Result<_, String>>()?;
    let error = |cause: jiff::Error| format!("no ISO date: {text} ({cause})");
    match parts[..] {
        [year] if last => jiff::civil::Date::new(year, 12, 31).map_err(error),
        [year] => jiff::civil::Date::new(year, 1, 1).map_err(error),
        [year, month] => {
            let first = jiff::civil::Date::new(year, month as i8, 1).map_err(error)?;
            Ok(if last { first.last_of_month() } else { first })
        }
        [year, month, day] => jiff::civil::Date::new(year, month as i8, day as i8).map_err(error),
        _ => Err(format!("no ISO date: {text}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = r#"{"quote": "met in Doha", "kind": "event", "event_type": "CONSULT", "cameo": "040", "actor": ["PER", "CHL", "OAS"], "recipient": [], "mutual": true, "modality": "asserted", "negated": false, "speaker": null, "date": ["2021-02", "2021-02"], "core": true}"#;

    #[test]
    fn quotes_get_their_place_and_months_their_days() {
        let text = "Envoys of Peru and Chile met in Doha.";
        let facts = read_coding("t.txt", text, LINE, Lexicon::embedded()).unwrap();
        assert_eq!(&text[facts[0].byte_start..facts[0].byte_end], "met in Doha");
        assert_eq!(facts[0].states, ["CHL", "PER"]);
        assert_eq!(facts[0].date.end.unwrap().to_string(), "2021-02-28");
        assert_eq!(facts[0].id, "t-001");
    }

    #[test]
    fn a_quote_that_does_not_stand_in_the_text_is_an_error_with_its_line() {
        let error = read_coding("t.txt", "Nothing.", LINE, Lexicon::embedded()).unwrap_err();
        assert_eq!(error.line, 1);
    }
}
