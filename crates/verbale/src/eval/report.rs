//! The figures and the lists behind them.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::by_type::{Confusion, TypeRates};
use super::gold::GoldFact;
use super::matching::{Asked, match_facts};
use super::told::Told;
use crate::record::{Fact, word};

/// A share with its parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Rate {
    /// How many.
    pub hits: usize,
    /// Of how many.
    pub of: usize,
}

impl Rate {
    pub(super) fn count(&mut self, hit: bool) {
        self.of += 1;
        self.hits += usize::from(hit);
    }

    /// The share; 1 where there is nothing to count.
    pub fn share(self) -> f64 {
        if self.of == 0 {
            1.0
        } else {
            self.hits as f64 / self.of as f64
        }
    }
}

/// One attribute that differs, or one fact without a partner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Miss {
    /// What kind of miss: `missed`, `wrong`, or the name of the attribute.
    pub what: String,
    /// Gold id, if there is a gold fact.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gold: Option<String>,
    /// Fact id, if there is a prediction.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fact: Option<String>,
    /// Expected and found, for people.
    pub text: String,
}

/// The result of one measurement.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// Core facts found.
    pub recall: Rate,
    /// Right predictions among right and wrong ones; neutral ones are left out.
    pub precision: Rate,
    /// Predictions that match a gold fact which does not count.
    pub neutral: usize,
    /// Matches whose kinds are compatible but not equal.
    pub other_kind: usize,
    /// PLOVER type equal, over the matched core facts.
    pub event_type: Rate,
    /// CAMEO code equal.
    pub cameo: Rate,
    /// Direction equal.
    pub direction: Rate,
    /// Modality equal.
    pub modality: Rate,
    /// Innermost speaker equal.
    pub speaker: Rate,
    /// Mean Jaccard index of the sector sets.
    pub sectors: f64,
    /// On dated gold: the predicted interval lies inside.
    pub dates: Rate,
    /// On undated gold: a date was invented.
    pub invented_dates: Rate,
    /// Precision and recall by event type.
    pub by_type: BTreeMap<String, TypeRates>,
    /// Which type is told for which.
    pub confusion: Confusion,
    /// Recall by contract kind.
    pub by_kind: BTreeMap<String, Rate>,
    /// Recall by document.
    pub by_document: BTreeMap<String, Rate>,
    /// Gold ids of core facts that were found, sorted: the baseline keeps these.
    pub found: Vec<String>,
    /// Fact id → whether it is right; neutral ones are left out.
    pub verdicts: BTreeMap<String, bool>,
    /// Every miss.
    pub misses: Vec<Miss>,
}

/// Measures facts against a gold record. Facts of documents that the gold does not know are ignored.
pub fn evaluate(gold: &[GoldFact], facts: &[Fact]) -> Report {
    let documents: BTreeSet<&str> = gold.iter().map(|fact| fact.seed.as_str()).collect();
    let facts: Vec<Fact> = facts
        .iter()
        .filter(|fact| documents.contains(fact.doc_name.as_str()))
        .cloned()
        .collect();
    let told: Vec<Told> = facts.iter().map(Told::from).collect();
    let pairs = match_facts(gold, &told, Asked::ALL);
    let fact_of: BTreeMap<usize, usize> = pairs.iter().copied().collect();
    let gold_of: BTreeMap<usize, usize> = pairs.iter().map(|&(gold, fact)| (fact, gold)).collect();
    let mut report = Report {
        recall: Rate::default(),
        precision: Rate::default(),
        neutral: 0,
        other_kind: 0,
        event_type: Rate::default(),
        cameo: Rate::default(),
        direction: Rate::default(),
        modality: Rate::default(),
        speaker: Rate::default(),
        sectors: 1.0,
        dates: Rate::default(),
        invented_dates: Rate::default(),
        by_type: BTreeMap::new(),
        confusion: Confusion::default(),
        by_kind: BTreeMap::new(),
        by_document: BTreeMap::new(),
        found: Vec::new(),
        verdicts: BTreeMap::new(),
        misses: Vec::new(),
    };
    let mut sector_sum = 0.0;
    for (index, gold_fact) in gold.iter().enumerate().filter(|(_, fact)| fact.counts()) {
        let matched = fact_of.get(&index).map(|&fact| (&facts[fact], &told[fact]));
        report.recall.count(matched.is_some());
        let event_type =
            |event_type: &Option<String>| event_type.clone().unwrap_or_else(|| "NONE".to_owned());
        report.confusion.count(
            Some(&event_type(&gold_fact.event_type)),
            matched
                .map(|(_, told)| event_type(&told.event_type))
                .as_deref(),
        );
        let kind = gold_fact
            .contract_kind
            .map_or_else(String::new, |kind| word(&kind));
        report
            .by_kind
            .entry(kind.clone())
            .or_default()
            .count(matched.is_some());
        report
            .by_document
            .entry(gold_fact.seed.clone())
            .or_default()
            .count(matched.is_some());
        match matched {
            Some((fact, told)) => {
                report.found.push(gold_fact.id.clone());
                report.other_kind += usize::from(gold_fact.contract_kind != Some(fact.kind));
                sector_sum += jaccard(&gold_fact.sectors, &fact.sectors);
                compare(&mut report, gold_fact, fact, told);
            }
            None => report.misses.push(Miss {
                what: "missed".into(),
                gold: Some(gold_fact.id.clone()),
                fact: None,
                text: format!(
                    "{kind} {} [{}] {}",
                    gold_fact.event_type.as_deref().unwrap_or("-"),
                    gold_fact.states.join(","),
                    gold_fact.quote
                ),
            }),
        }
    }
    if report.recall.hits > 0 {
        report.sectors = sector_sum / report.recall.hits as f64;
    }
    for (index, fact) in facts.iter().enumerate() {
        match gold_of.get(&index) {
            Some(&gold_index) if gold[gold_index].counts() => {
                report.precision.count(true);
                report.verdicts.insert(fact.id.clone(), true);
            }
            Some(_) => report.neutral += 1,
            None => {
                report.precision.count(false);
                report.verdicts.insert(fact.id.clone(), false);
                let event_type = told[index].event_type.as_deref();
                report
                    .confusion
                    .count(None, Some(event_type.unwrap_or("NONE")));
                report.misses.push(Miss {
                    what: "wrong".into(),
                    gold: None,
                    fact: Some(fact.id.clone()),
                    text: format!(
                        "{} {} [{}] {} ({}, {})",
                        word(&fact.kind),
                        fact.event_type
                            .map_or_else(|| "-".into(), |event_type| word(&event_type)),
                        told[index]
                            .states
                            .iter()
                            .copied()
                            .collect::<Vec<_>>()
                            .join(","),
                        fact.quote,
                        fact.rule,
                        fact.doc_name,
                    ),
                });
            }
        }
    }
    report.by_type = report.confusion.rates();
    report
}

fn compare(report: &mut Report, gold: &GoldFact, fact: &Fact, told: &Told) {
    let mut miss = |what: &str, expected: String, found: String| {
        report.misses.push(Miss {
            what: what.into(),
            gold: Some(gold.id.clone()),
            fact: Some(fact.id.clone()),
            text: format!(
                "expected {expected}, found {found}: {} ({})",
                fact.quote, fact.rule
            ),
        });
    };
    let equal = told.event_type_equal(gold);
    report.event_type.count(equal);
    if !equal {
        let found = told.event_type.clone().unwrap_or_else(|| "none".into());
        miss(
            "event_type",
            gold.event_type.clone().unwrap_or_else(|| "none".into()),
            found,
        );
    }
    let equal = gold.cameo.as_deref() == told.cameo;
    report.cameo.count(equal);
    if !equal {
        let code = |code: Option<&str>| code.unwrap_or("none").to_owned();
        miss("cameo", code(gold.cameo.as_deref()), code(told.cameo));
    }
    let equal = told.direction_equal(gold);
    report.direction.count(equal);
    if !equal {
        let found = if fact.mutual {
            "mutual".into()
        } else {
            format!("directed from {:?}", told.actors)
        };
        miss(
            "direction",
            format!("{} from {:?}", gold.direction, gold.source_states()),
            found,
        );
    }
    let equal = told.modality_equal(gold);
    report.modality.count(equal);
    if !equal {
        miss("modality", gold.modality.clone(), told.modality.clone());
    }
    let equal = told.speaker_equal(gold);
    report.speaker.count(equal);
    if !equal {
        let expected = gold
            .attribution
            .speaker
            .clone()
            .or_else(|| gold.attribution.outlet.clone())
            .unwrap_or_default();
        miss("speaker", expected, told.speaker().to_owned());
    }
    if gold.is_dated() {
        let right = told.date_right(gold);
        report.dates.count(right);
        if !right {
            miss(
                "date",
                interval(gold.date.start, gold.date.end),
                interval(told.date.0, told.date.1),
            );
        }
    } else {
        let invented = told.is_dated();
        report.invented_dates.count(invented);
        if invented {
            miss(
                "invented_date",
                "none".into(),
                interval(told.date.0, told.date.1),
            );
        }
    }
}

fn interval(start: Option<jiff::civil::Date>, end: Option<jiff::civil::Date>) -> String {
    let day =
        |date: Option<jiff::civil::Date>| date.map_or_else(|| "..".into(), |date| date.to_string());
    format!("{}/{}", day(start), day(end))
}

fn jaccard(left: &[String], right: &[String]) -> f64 {
    let left: BTreeSet<&String> = left.iter().collect();
    let right: BTreeSet<&String> = right.iter().collect();
    let union = left.union(&right).count();
    if union == 0 {
        1.0
    } else {
        left.intersection(&right).count() as f64 / union as f64
    }
}
