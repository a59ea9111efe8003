//! How well records stand for things in the world: B³ and pairs, over facts of which gold knows the thing.

use std::collections::BTreeMap;

use super::report::Rate;

/// A fact of which both are known: the thing it tells of, and the record it went into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// Gold's name of the thing.
    pub thing: String,
    /// The record.
    pub record: String,
}

/// Figures over placed facts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Clusters {
    /// How many facts.
    pub facts: usize,
    /// B³ precision: how much of a fact's record is of its thing, on average.
    pub precision: f64,
    /// B³ recall: how much of a fact's thing is in its record, on average.
    pub recall: f64,
    /// Pairs in one record that gold keeps apart, among pairs in one record.
    pub false_merges: Rate,
    /// Pairs of one thing that are in two records, among pairs of one thing.
    pub missed_merges: Rate,
}

impl Clusters {
    /// Counts.
    pub fn of(placed: &[Placed]) -> Clusters {
        let mut both: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        let mut things: BTreeMap<&str, usize> = BTreeMap::new();
        let mut records: BTreeMap<&str, usize> = BTreeMap::new();
        for one in placed {
            *both.entry((&one.thing, &one.record)).or_default() += 1;
            *things.entry(&one.thing).or_default() += 1;
            *records.entry(&one.record).or_default() += 1;
        }
        let mean = |part: &dyn Fn(&Placed) -> usize| -> f64 {
            let sum: f64 = placed
                .iter()
                .map(|one| both[&(&*one.thing, &*one.record)] as f64 / part(one) as f64)
                .sum();
            if placed.is_empty() {
                1.0
            } else {
                sum / placed.len() as f64
            }
        };
        let pairs = |counts: &mut dyn Iterator<Item = &usize>| -> usize {
            counts.map(|&count| count * (count - 1) / 2).sum()
        };
        let right = pairs(&mut both.values());
        let (joined, wanted) = (pairs(&mut records.values()), pairs(&mut things.values()));
        Clusters {
            facts: placed.len(),
            precision: mean(&|one| records[&*one.record]),
            recall: mean(&|one| things[&*one.thing]),
            false_merges: Rate {
                hits: joined - right,
                of: joined,
            },
            missed_merges: Rate {
                hits: wanted - right,
                of: wanted,
            },
        }
    }

    /// Harmonic mean of both.
    pub fn f1(&self) -> f64 {
        let sum = self.precision + self.recall;
        if sum == 0.0 {
            0.0
        } else {
            2.0 * self.precision * self.recall / sum
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_false_merge_costs_precision_and_a_missed_one_recall() {
        let placed: Vec<Placed> = [("a", "1"), ("a", "1"), ("a", "2"), ("b", "2")]
            .map(|(thing, record)| Placed {
                thing: thing.to_owned(),
                record: record.to_owned(),
            })
            .into();
        let found = Clusters::of(&placed);
        assert_eq!(found.precision, (1.0 + 1.0 + 0.5 + 0.5) / 4.0);
        assert!((found.recall - (2.0 + 2.0 + 1.0 + 3.0) / 12.0).abs() < 1e-9);
        assert_eq!((found.false_merges.hits, found.false_merges.of), (1, 2));
        assert_eq!((found.missed_merges.hits, found.missed_merges.of), (2, 3));
    }
}
