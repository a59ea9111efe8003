//! Precision, recall and confusion of the event types.

use std::collections::BTreeMap;

use serde::Serialize;

use super::report::Rate;

/// What stands for the lack of a fact in the table of confusions.
const NOTHING: &str = "-";

/// How well one type is told: found with this type, among the gold facts and among the facts told of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct TypeRates {
    /// Of what is told of this type, what is of it in the gold.
    pub precision: Rate,
    /// Of the gold of this type, what is told of it.
    pub recall: Rate,
}

impl TypeRates {
    /// Harmonic mean of precision and recall; 0 where nothing is right.
    pub fn f1(self) -> f64 {
        let (hits, of) = (self.recall.hits, self.recall.of + self.precision.of);
        if hits == 0 {
            0.0
        } else {
            2.0 * hits as f64 / of as f64
        }
    }
}

/// Pairs of gold and told type with how often they meet; `NONE` is what is no act, `-` the lack of a fact.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Confusion {
    /// Gold type → told type → how often.
    pub counts: BTreeMap<String, BTreeMap<String, usize>>,
}

impl Confusion {
    /// Counts one pair; `None` is the lack of a fact.
    pub fn count(&mut self, gold: Option<&str>, told: Option<&str>) {
        let name = |side: Option<&str>| side.unwrap_or(NOTHING).to_owned();
        *self
            .counts
            .entry(name(gold))
            .or_default()
            .entry(name(told))
            .or_default() += 1;
    }

    /// The rates of each type that the gold or the other side has.
    pub fn rates(&self) -> BTreeMap<String, TypeRates> {
        let mut rates: BTreeMap<String, TypeRates> = BTreeMap::new();
        for (gold, row) in &self.counts {
            for (told, &count) in row {
                let hits = if gold == told { count } else { 0 };
                if gold != NOTHING {
                    let recall = &mut rates.entry(gold.clone()).or_default().recall;
                    recall.of += count;
                    recall.hits += hits;
                }
                if told != NOTHING {
                    let precision = &mut rates.entry(told.clone()).or_default().precision;
                    precision.of += count;
                    precision.hits += hits;
                }
            }
        }
        rates
    }

    /// Mean F1 of the types that the gold has.
    pub fn macro_f1(&self) -> f64 {
        let rates = self.rates();
        let of_gold: Vec<f64> = rates
            .values()
            .filter(|rates| rates.recall.of > 0)
            .map(|rates| rates.f1())
            .collect();
        of_gold.iter().sum::<f64>() / of_gold.len().max(1) as f64
    }

    /// The table, a row per gold type, a column per told type.
    pub fn table(&self) -> String {
        let mut told: Vec<&str> = self
            .counts
            .values()
            .flat_map(|row| row.keys().map(String::as_str))
            .collect();
        told.sort_unstable();
        told.dedup();
        let head = |name: &str| name.chars().take(5).collect::<String>();
        let mut table = format!("{:<10}", "gold\\told");
        for name in &told {
            table += &format!("{:>6}", head(name));
        }
        for (gold, row) in &self.counts {
            table += &format!("\n{gold:<10}");
            for name in &told {
                let count = row.get(*name).copied().unwrap_or(0);
                let cell = if count == 0 {
                    ".".to_owned()
                } else {
                    count.to_string()
                };
                table += &format!("{cell:>6}");
            }
        }
        table
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_come_from_the_table() {
        let mut confusion = Confusion::default();
        for (gold, told) in [
            (Some("AID"), Some("AID")),
            (Some("AID"), Some("AGREE")),
            (Some("AGREE"), None),
            (None, Some("AID")),
        ] {
            confusion.count(gold, told);
        }
        let rates = confusion.rates();
        assert_eq!(rates["AID"].recall, Rate { hits: 1, of: 2 });
        assert_eq!(rates["AID"].precision, Rate { hits: 1, of: 2 });
        assert_eq!(rates["AGREE"].f1(), 0.0);
        assert!((confusion.macro_f1() - 0.25).abs() < 1e-9);
        assert!(confusion.table().lines().count() == 4);
    }
}
