//! Facts of whole short texts that depend on what was told before them.

use serde::Deserialize;
use verbale::pipeline::{Language, code_text};
use verbale::record::Fact;
use verbale_parse::Parser;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Spec {
    text: Vec<Text>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Text {
    about: String,
    published: Option<String>,
    words: String,
    facts: Vec<Expected>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    rule: Option<String>,
    quote: Option<String>,
    edtf: Option<String>,
    basis: Option<String>,
    duration_days: Option<u32>,
    count: Option<f64>,
    part_of: Option<String>,
    flags: Option<Vec<String>>,
}

fn holds(expected: &Expected, fact: &Fact, facts: &[Fact]) -> bool {
    let basis = serde_json::to_value(fact.date.basis).expect("a word");
    let whole = facts
        .iter()
        .find(|whole| Some(&whole.id) == fact.part_of.as_ref());
    let equal = |expected: &Option<String>, found: Option<&str>| {
        expected
            .as_deref()
            .is_none_or(|expected| found == Some(expected))
    };
    equal(&expected.rule, Some(&fact.rule))
        && equal(&expected.quote, Some(&fact.quote))
        && equal(&expected.edtf, Some(&fact.date.edtf))
        && equal(&expected.basis, basis.as_str())
        && equal(&expected.part_of, whole.map(|whole| whole.quote.as_str()))
        && expected
            .duration_days
            .is_none_or(|days| fact.date.duration_days == Some(days))
        && expected.count.is_none_or(|value| {
            fact.count
                .as_ref()
                .is_some_and(|count| (count.value - value).abs() < 1e-9)
        })
        && expected
            .flags
            .as_ref()
            .is_none_or(|flags| flags.iter().all(|flag| fact.flags.contains(flag)))
}

#[test]
fn occasions_lend_their_days() {
    let spec: Spec = toml::from_str(include_str!("spec/occasions.toml")).expect("a spec");
    let mut misses = Vec::new();
    for text in &spec.text {
        let reading = code_text(
            &text.words,
            text.published.as_deref(),
            Language::embedded(),
            Parser::english(),
        );
        for expected in &text.facts {
            if !reading
                .facts
                .iter()
                .any(|fact| holds(expected, fact, &reading.facts))
            {
                let found: Vec<String> = reading
                    .facts
                    .iter()
                    .map(|fact| {
                        format!(
                            "{} “{}” {} {:?} {:?} {:?} part of {:?}",
                            fact.rule,
                            fact.quote,
                            fact.date.edtf,
                            fact.date.basis,
                            fact.count,
                            fact.flags,
                            fact.part_of
                        )
                    })
                    .collect();
                misses.push(format!(
                    "{}: {expected:?} among\n  {}",
                    text.about,
                    found.join("\n  ")
                ));
            }
        }
    }
    assert!(misses.is_empty(), "{}", misses.join("\n\n"));
}
