//! What the trained model gets right, and what it does not.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use verbale::code::score::Scorer;
use verbale::eval::{Confusion, GoldFact, Rate, Roots, evaluate, read_rooted, root};
use verbale::pipeline::Language;
use verbale::record::{Fact, Kind};

use crate::Options;
use crate::learning::{Instance, Weights};
use crate::texts::{read, states};

/// How often each question is answered right on instances held out.
pub fn questions<'i>(model: &Weights, held_out: impl Iterator<Item = &'i Instance> + Clone) {
    let scorer = model.scorer();
    for (number, question) in model.questions.iter().enumerate() {
        let mut confusion = Confusion::default();
        let (mut right, mut of) = (0, 0);
        let mut ranked: Vec<(f32, bool)> = vec![];
        for instance in held_out.clone() {
            let Some(label) = instance.labels[number] else {
                continue;
            };
            let scores = scorer.score(&scorer.known(&instance.features));
            if question.name == "fact" {
                ranked.push((scores.0[question.start + 1], label == 1));
            }
            let told = scorer
                .best(&scores, &question.name, |_| true)
                .map(|best| best.0);
            let label = question.answers[label].as_str();
            confusion.count(Some(label), told);
            right += usize::from(told == Some(label));
            of += 1;
        }
        if of > 0 {
            let f1 = confusion.macro_f1();
            println!("{}: {right} of {of} right, macro F1 {f1:.3}", question.name);
        }
        ranking(ranked);
    }
}

/// Precision at several recalls, the surest first.
fn ranking(mut ranked: Vec<(f32, bool)>) {
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
    let all = ranked.iter().filter(|(_, right)| *right).count() as f64;
    for share in [0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9] {
        let mut hits = 0;
        for (place, (score, right)) in ranked.iter().enumerate() {
            hits += usize::from(*right);
            if f64::from(hits as u32) >= share * all {
                let precision = hits as f64 / (place + 1) as f64;
                println!("   recall {share}: precision {precision:.3} at {score:.3}");
                break;
            }
        }
    }
}

/// Root, quad and binary class on sentences with source and target given.
pub fn roots(options: &Options, scorer: &Scorer, file: &str, language: &Language) {
    let table = std::fs::read_to_string(file).unwrap_or_else(|error| panic!("{file}: {error}"));
    let set = read_rooted(&table).unwrap_or_else(|error| panic!("{file}: {error}"));
    let mut result = Roots::default();
    for rooted in &set {
        let reading = read(rooted.text.as_bytes(), "s", language);
        let told = root(rooted, &reading, language, scorer);
        let quad = told.as_deref().and_then(|name| {
            let event_type = serde_json::from_value(serde_json::json!(name)).ok()?;
            language.rules.codebook.quad(event_type)
        });
        let before = result.found.len();
        result.count(rooted, told.as_deref(), quad);
        if options.has("--misses") && result.found.len() == before {
            println!("ROOT {} gold {} told {told:?}", rooted.id, rooted.root);
        }
    }
    println!(
        "plv: root {:.3} quad {:.3} binary {:.3}\n{}",
        result.roots.macro_f1(),
        result.quads.macro_f1(),
        result.sides.macro_f1(),
        result.roots.table()
    );
}

/// Facts of the tested texts against their gold.
pub fn facts(options: &Options, folder: &Path, tested: &[GoldFact], language: &Language) {
    let names: BTreeSet<&str> = tested.iter().map(|fact| fact.seed.as_str()).collect();
    let facts: Vec<Fact> = names
        .iter()
        .flat_map(|file| {
            let bytes = std::fs::read(folder.join("texts").join(file)).unwrap();
            read(&bytes, file, language).facts
        })
        .collect();
    let report = evaluate(tested, &facts);
    let line = |name: &str, rate: &Rate| {
        println!("{name} {:.3} ({} of {})", rate.share(), rate.hits, rate.of);
    };
    for (name, rate) in [
        ("recall", &report.recall),
        ("precision", &report.precision),
        ("event type", &report.event_type),
        ("direction", &report.direction),
        ("modality", &report.modality),
        ("speaker", &report.speaker),
        ("dates", &report.dates),
        ("invented", &report.invented_dates),
    ] {
        line(name, rate);
    }
    for (kind, rate) in &report.by_kind {
        line(&format!("   {kind}"), rate);
    }
    let is_wrong = |fact: &Fact| report.verdicts.get(&fact.id) == Some(&false);
    let mut by_origin: BTreeMap<&str, [usize; 2]> = BTreeMap::new();
    for fact in &facts {
        let origin = match fact.rule.split('.').next() {
            Some("scored") => "scored",
            _ if fact.kind == Kind::Role => "role",
            _ => "rules",
        };
        let count = by_origin.entry(origin).or_default();
        count[0] += 1;
        count[1] += usize::from(is_wrong(fact));
    }
    println!("facts [all, wrong] {by_origin:?}");
    let scored = facts.iter().filter(|fact| fact.rule.starts_with("scored."));
    if options.has("--each") {
        for fact in scored.clone() {
            println!(
                "EACH {} {:?} {:?} {:?} {:.2}",
                u8::from(!is_wrong(fact)),
                fact.kind,
                fact.event_type,
                fact.modality,
                fact.confidence
            );
        }
    }
    why(
        scored.filter(|fact| is_wrong(fact)),
        tested,
        options.has("--why"),
    );
    if options.has("--misses") {
        for miss in &report.misses {
            println!(
                "{} {} {}",
                miss.what,
                miss.gold.as_deref().unwrap_or("-"),
                miss.text.replace('\n', " ")
            );
        }
    }
}

/// What is wrong with wrong facts: what gold stands near each, and in what it differs.
fn why<'f>(wrong: impl Iterator<Item = &'f Fact>, tested: &[GoldFact], show: bool) {
    let mut classes: BTreeMap<&str, usize> = BTreeMap::new();
    for fact in wrong {
        let near: Vec<&GoldFact> = tested
            .iter()
            .filter(|gold| {
                let end = fact.span.end.min(gold.byte_end);
                let shared = end.saturating_sub(fact.span.start.max(gold.byte_start));
                gold.seed == fact.doc_name
                    && 2 * shared >= (gold.byte_end - gold.byte_start).min(fact.span.len())
            })
            .collect();
        let named = states(fact.actor.iter().chain(&fact.recipient));
        let parties =
            |gold: &&GoldFact| gold.states.iter().cloned().collect::<BTreeSet<_>>() == named;
        let kind = |gold: &&GoldFact| gold.contract_kind == Some(fact.kind);
        let class = if near.is_empty() {
            "no gold there"
        } else if near.iter().any(|gold| parties(gold) && kind(gold)) {
            "quote or double"
        } else if near.iter().any(parties) {
            "kind"
        } else if near.iter().any(kind) {
            "states"
        } else {
            "kind and states"
        };
        *classes.entry(class).or_default() += 1;
        if show {
            let gold: Vec<String> = near
                .iter()
                .map(|gold| format!("{:?} {:?} {}", gold.contract_kind, gold.states, gold.quote))
                .collect();
            println!(
                "{class} {:?} {:?} {named:?} {:.2} | {} || {gold:?}",
                fact.kind,
                fact.event_type,
                fact.confidence,
                fact.quote.replace('\n', " ")
            );
        }
    }
    println!("wrong scored facts {classes:?}");
}
