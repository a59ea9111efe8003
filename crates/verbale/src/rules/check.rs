//! Runs every example through the real steps and tells of each that fails, and of rules that contradict each other.

use std::collections::BTreeSet;

use serde_json::Value;

use super::examples::{Example, Expectation, examples};
use super::{FOLDER, Rules};
use crate::code::{Coded, LostBecause};
use crate::data::{Data, DataError};
use crate::record::Fact;

/// Fields of a fact that examples may ask for.
const FIELDS: [&str; 34] = [
    "kind",
    "quote",
    "event_type",
    "mode",
    "contexts",
    "cameo",
    "goldstein",
    "plover_score",
    "quad",
    "actor",
    "recipient",
    "mutual",
    "negated",
    "modality",
    "date",
    "sectors",
    "about",
    "body",
    "issue",
    "beneficiary",
    "stance",
    "instrument",
    "signatories",
    "relation",
    "visit",
    "amount",
    "count",
    "item",
    "office",
    "location",
    "repeats",
    "part_of",
    "rule",
    "flags",
];

/// Everything that is wrong with the rules of a data folder: shape, references, examples, contradictions.
///
/// `run` codes the sentences; it is given so that the rules themselves need no parser.
pub fn check(data: &Data, run: impl FnOnce(&Rules, &[Example]) -> Vec<Coded>) -> Vec<DataError> {
    let (examples, mut errors) = examples(data);
    match Rules::load(data) {
        Err(more) => errors.extend(more),
        Ok(rules) => {
            errors.extend(rules.unused_classes());
            let coded = run(&rules, &examples);
            let mut told = BTreeSet::new();
            for (example, coded) in examples.iter().zip(&coded) {
                errors.extend(judge(example, coded));
                errors.extend(contradictions(&rules, example, coded, &mut told));
            }
        }
    }
    for (file, _) in data.below(FOLDER) {
        if !file.ends_with(".toml") {
            errors.push(DataError {
                file: file.to_owned(),
                line: 0,
                message: "nobody loads this file; rules end in .toml".to_owned(),
            });
        }
    }
    errors.sort();
    errors.dedup();
    errors
}

/// What is wrong with what came out of an example; `None` if it is as it must be.
pub fn judge(example: &Example, coded: &Coded) -> Option<DataError> {
    let own: Vec<&Fact> = coded
        .facts
        .iter()
        .filter(|fact| fact.rule == example.rule)
        .collect();
    let message = match &example.expectation {
        Expectation::No { because } => own.first().map(|fact| {
            format!(
                "must not match ({because}), but yields {} on “{}”",
                shown(fact),
                fact.quote
            )
        }),
        Expectation::Yes { fields, only } => {
            if let Some(unknown) = fields
                .keys()
                .find(|name| !FIELDS.contains(&name.split('.').next().unwrap_or_default()))
            {
                Some(format!("`{unknown}` is no field of a fact"))
            } else if own.is_empty() {
                Some(format!("must match; {}", came_out(coded)))
            } else if !own.iter().any(|fact| differences(fact, fields).is_empty()) {
                // The nearest of several facts says most about what is wrong.
                own.iter()
                    .map(|fact| differences(fact, fields))
                    .min_by_key(Vec::len)
                    .map(|differences| differences.join("; "))
            } else {
                let others: Vec<String> = coded
                    .facts
                    .iter()
                    .filter(|fact| fact.rule != example.rule && fact.office.is_none())
                    .map(|fact| format!("{} on “{}”", shown(fact), fact.quote))
                    .collect();
                (*only && !others.is_empty())
                    .then(|| format!("must be the only fact, but there is {}", others.join(", ")))
            }
        }
    };
    message.map(|message| DataError {
        file: example.file.clone(),
        line: example.line,
        message: format!("“{}”: {message}", example.text),
    })
}

fn came_out(coded: &Coded) -> String {
    let facts: Vec<String> = coded.facts.iter().map(shown).collect();
    let near: Vec<String> = coded
        .derivations
        .iter()
        .map(|derivation| {
            let lost: Vec<String> = derivation
                .lost
                .iter()
                .take(3)
                .map(|lost| format!("{} ({:?})", lost.rule, lost.because))
                .collect();
            format!(
                "{} {:?} lost: {}",
                derivation.predication,
                derivation.outcomes,
                lost.join(", ")
            )
        })
        .collect();
    format!(
        "came out: [{}]; predications: [{}]",
        facts.join(", "),
        near.join(" | ")
    )
}

/// One fact on one line.
fn shown(fact: &Fact) -> String {
    let ids = |parties: &[crate::record::Party]| {
        let ids: Vec<&str> = parties.iter().map(|party| party.id.as_str()).collect();
        ids.join(",")
    };
    format!(
        "{} {}{}{} {:?}",
        fact.rule,
        ids(&fact.actor),
        if fact.mutual { " mutual" } else { " → " },
        ids(&fact.recipient),
        fact.modality
    )
}

/// Where a fact differs from what was expected.
fn differences(fact: &Fact, fields: &std::collections::BTreeMap<String, String>) -> Vec<String> {
    let value = serde_json::to_value(fact).unwrap_or_default();
    fields
        .iter()
        .filter_map(|(name, expected)| {
            let found = name
                .split('.')
                .try_fold(&value, |value, key| value.get(key))
                .unwrap_or(&Value::Null);
            let (found, expected) = match found {
                Value::Array(items) => {
                    let mut found: Vec<String> = items.iter().map(plain).collect();
                    found.sort();
                    let mut expected: Vec<&str> = expected.split_whitespace().collect();
                    expected.sort_unstable();
                    (found.join(" "), expected.join(" "))
                }
                _ => (plain(found), expected.clone()),
            };
            (found != expected).then(|| format!("{name} is `{found}`, expected `{expected}`"))
        })
        .collect()
}

/// A value as an example writes it; a party is its id, nothing is `none`.
fn plain(value: &Value) -> String {
    match value {
        Value::Null => "none".to_owned(),
        Value::String(text) => text.clone(),
        Value::Number(number) => match number.as_f64() {
            Some(number) => number.to_string(),
            None => number.to_string(),
        },
        Value::Object(fields) => match fields.get("id") {
            Some(id) => plain(id),
            None => value.to_string(),
        },
        _ => value.to_string(),
    }
}

/// Two rules that give one predication different codes need a stated precedence.
fn contradictions(
    rules: &Rules,
    example: &Example,
    coded: &Coded,
    told: &mut BTreeSet<(String, String)>,
) -> Vec<DataError> {
    let mut errors = Vec::new();
    for derivation in &coded.derivations {
        for lost in &derivation.lost {
            let LostBecause::Weaker {
                winner,
                differs: true,
            } = &lost.because
            else {
                continue;
            };
            if told.insert((winner.clone(), lost.rule.clone())) {
                let (file, line) = rules
                    .get(winner)
                    .and_then(|rule| Some((&rule.file, rule.when.first()?.line)))
                    .unwrap_or((&example.file, example.line));
                errors.push(DataError {
                    file: file.clone(),
                    line,
                    message: format!(
                        "{winner} and {} ({}:{}) give one predication two codes in “{}”; write `over` or `beside` in one of them, or make them exclude each other",
                        lost.rule, lost.file, lost.line, example.text
                    ),
                });
            }
        }
    }
    errors
}
