//! From the words of a question to the store's filters.

use serde::de::DeserializeOwned;
use verbale_store::{FactFilter, RecordFilter, Store};

use crate::asked::{Filters, Include};
use crate::engine::{self, Engine};
use crate::{Error, Result};

/// The filter for facts.
pub fn facts(engine: &Engine, filters: &Filters) -> Result<FactFilter> {
    Ok(FactFilter {
        pair: pair(engine, filters)?,
        kinds: words("--kind", &filters.kind)?,
        types: words("--type", &upper(&filters.event_type))?,
        modes: filters.mode.clone(),
        modalities: words("--modality", &filters.modality)?,
        speaker: filters.speaker.clone(),
        sector: filters.sector.clone(),
        issue: filters.issue.clone(),
        from: filters.from,
        to: filters.to,
        document: filters.doc.clone(),
        words: filters.q.clone(),
        include_rejected: filters.include == Some(Include::Rejected),
    })
}

/// The filter for records. What only facts know (speaker, mode, document) is asked of the facts first.
pub fn records(engine: &Engine, store: &Store, filters: &Filters) -> Result<RecordFilter> {
    let of_facts = FactFilter {
        modes: filters.mode.clone(),
        speaker: filters.speaker.clone(),
        document: filters.doc.clone(),
        include_rejected: filters.include == Some(Include::Rejected),
        ..FactFilter::default()
    };
    let asked =
        !of_facts.modes.is_empty() || of_facts.speaker.is_some() || of_facts.document.is_some();
    let facts = if asked {
        Some(
            store
                .facts(&of_facts)?
                .into_iter()
                .map(|fact| fact.id)
                .collect(),
        )
    } else {
        None
    };
    Ok(RecordFilter {
        pair: pair(engine, filters)?,
        kinds: words("--kind", &filters.kind)?,
        types: words("--type", &upper(&filters.event_type))?,
        modalities: words("--modality", &filters.modality)?,
        sector: filters.sector.clone(),
        issue: filters.issue.clone(),
        from: filters.from,
        to: filters.to,
        min_independent: filters.min_independent,
        words: filters.q.clone(),
        facts,
    })
}

/// The two states of `--pair A,B`.
pub fn pair(engine: &Engine, filters: &Filters) -> Result<Option<[String; 2]>> {
    let Some(pair) = &filters.pair else {
        return Ok(None);
    };
    let Some((a, b)) = pair.split_once(',') else {
        return Err(Error::Asked(format!(
            "--pair {pair}: write two states with a comma between, for example AZE,PAK"
        )));
    };
    Ok(Some([
        engine::state(engine, a.trim())?,
        engine::state(engine, b.trim())?,
    ]))
}

fn upper(values: &[String]) -> Vec<String> {
    values.iter().map(|value| value.to_uppercase()).collect()
}

fn words<T: DeserializeOwned>(option: &str, values: &[String]) -> Result<Vec<T>> {
    values
        .iter()
        .map(|value| {
            serde_json::from_value(serde_json::Value::String(value.clone())).map_err(|error| {
                Error::Asked(format!(
                    "{option} {value}: {}",
                    error.to_string().replace("variant", "word")
                ))
            })
        })
        .collect()
}
