//! How far two reviewers agree, beyond what chance would give.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::decision::Act;
use super::journal::Journal;

/// Agreement of two reviewers on the facts that both looked at.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Agreement {
    /// One reviewer.
    pub first: String,
    /// The other.
    pub second: String,
    /// Facts on which both have a standing word.
    pub facts: usize,
    /// Facts on which it is the same word (accept, reject, or the same edit).
    pub agreed: usize,
    /// Share of these, in percent.
    pub percent: f64,
    /// Cohen's kappa over accept, reject and edit; `None` where chance alone explains everything (both always say one
    /// and the same word).
    pub kappa: Option<f64>,
    /// Fact ids on which they differ.
    pub differ: Vec<String>,
}

/// Agreement of every two reviewers with a fact in common, in order of names.
pub fn agreements(journal: &Journal) -> Vec<Agreement> {
    // Each reviewer's last word on each fact.
    let mut words: BTreeMap<&str, BTreeMap<&str, String>> = BTreeMap::new();
    for numbered in journal.standing() {
        let decision = &numbered.decision;
        let word = match &decision.act {
            Act::Accept { .. } | Act::Reject { .. } => decision.act.word().to_owned(),
            Act::Edit { set, .. } => {
                format!("edit {}", serde_json::to_string(set).unwrap_or_default())
            }
            _ => continue,
        };
        let of_person = words.entry(&decision.by).or_default();
        for target in decision.act.targets() {
            of_person.insert(&target.id, word.clone());
        }
    }
    let people: Vec<_> = words.iter().collect();
    let mut found = Vec::new();
    for (at, (first, a)) in people.iter().enumerate() {
        for (second, b) in &people[at + 1..] {
            let both: Vec<(&str, &str, &str)> = a
                .iter()
                .filter_map(|(id, word)| Some((*id, word.as_str(), b.get(id)?.as_str())))
                .collect();
            if !both.is_empty() {
                found.push(agreement(first, second, &both));
            }
        }
    }
    found
}

fn agreement(first: &str, second: &str, both: &[(&str, &str, &str)]) -> Agreement {
    let sort = |word: &str| word.split(' ').next().unwrap_or_default().to_owned();
    let total = both.len() as f64;
    let agreed = both.iter().filter(|(_, a, b)| a == b).count();
    let observed = agreed as f64 / total;
    let sorts: BTreeSet<String> = both
        .iter()
        .flat_map(|(_, a, b)| [sort(a), sort(b)])
        .collect();
    let chance: f64 = sorts
        .iter()
        .map(|of| {
            let a = both.iter().filter(|(_, a, _)| sort(a) == *of).count() as f64;
            let b = both.iter().filter(|(_, _, b)| sort(b) == *of).count() as f64;
            a * b / (total * total)
        })
        .sum();
    Agreement {
        first: first.into(),
        second: second.into(),
        facts: both.len(),
        agreed,
        percent: (observed * 1000.0).round() / 10.0,
        kappa: (chance < 1.0)
            .then(|| ((observed - chance) / (1.0 - chance) * 1000.0).round() / 1000.0),
        differ: both
            .iter()
            .filter(|(_, a, b)| a != b)
            .map(|(id, _, _)| (*id).to_owned())
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::agreement;

    #[test]
    fn kappa_is_that_of_the_textbooks() {
        // 20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no: observed .7, chance .5, kappa .4.
        let mut both = Vec::new();
        for (count, a, b) in [
            (20, "accept", "accept"),
            (5, "accept", "reject"),
            (10, "reject", "accept"),
            (15, "reject", "reject"),
        ] {
            both.extend(std::iter::repeat_n(("f", a, b), count));
        }
        let found = agreement("A", "B", &both);
        assert_eq!((found.percent, found.kappa), (70.0, Some(0.4)));
        assert_eq!(found.differ.len(), 15);
        assert_eq!(agreement("A", "B", &both[..20]).kappa, None);
    }
}
