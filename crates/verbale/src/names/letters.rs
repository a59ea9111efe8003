//! How like the letters of a name are to those of the names of a state's leaders and towns.

use std::collections::{BTreeMap, HashMap};

use super::people::folded;
use crate::lexicon::{City, Leader};

type Triple = [char; 3];

/// What is added to the count of each letter triple, of about so many that names of people have.
const SMOOTHING: f64 = 0.2;
const TRIPLES: f64 = 4000.0;

/// How often each state's names have each letter triple.
#[derive(Debug, Clone, Default)]
pub struct Letters(HashMap<String, Counts>);

#[derive(Debug, Clone, Default)]
struct Counts {
    of: BTreeMap<Triple, f64>,
    all: f64,
}

impl Letters {
    /// Counts the letters of the listed names.
    pub(crate) fn of(leaders: &[Leader], cities: &[City]) -> Letters {
        let mut states: HashMap<String, Counts> = HashMap::new();
        let leaders = leaders
            .iter()
            .map(|leader| (Some(&leader.state), &leader.name));
        let cities = cities.iter().map(|city| (city.state.as_ref(), &city.name));
        for (state, name) in leaders.chain(cities) {
            let Some(state) = state else { continue };
            let counts = states.entry(state.clone()).or_default();
            for triple in triples(name) {
                *counts.of.entry(triple).or_default() += 1.0;
                counts.all += 1.0;
            }
        }
        Letters(states)
    }

    /// The mean logarithm of the share of each letter triple among those of a state's names, smoothed.
    pub(super) fn likeness(&self, name: &[Triple], state: &str) -> f64 {
        let counts = self.0.get(state);
        let all = counts.map_or(0.0, |counts| counts.all);
        let share = |triple: &Triple| {
            let count = counts.and_then(|counts| counts.of.get(triple));
            (count.copied().unwrap_or_default() + SMOOTHING) / (all + SMOOTHING * TRIPLES)
        };
        let sum: f64 = name.iter().map(|triple| share(triple).ln()).sum();
        sum / name.len().max(1) as f64
    }
}

/// The letter triples of the words of a name, the ends of words marked, initials left out.
pub(super) fn triples(name: &str) -> Vec<Triple> {
    folded(name)
        .split('_')
        .filter(|word| word.chars().count() > 2)
        .flat_map(|word| {
            let letters: Vec<char> = format!("^{word}$").chars().collect();
            let triples = letters
                .windows(3)
                .map(|three| [three[0], three[1], three[2]]);
            triples.collect::<Vec<_>>()
        })
        .collect()
}
