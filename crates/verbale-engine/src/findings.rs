//! What a reading leaves in the store.

use std::collections::BTreeSet;

use verbale::pipeline::Reading;
use verbale::record::Fact;
use verbale_read::Sourced;
use verbale_store::{Coding, NameCount};

use crate::engine::{self, Engine};

/// What was found in a document, without the trees it was found by.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Findings {
    /// The facts.
    pub facts: Vec<Fact>,
    /// How often which form of which name stands in it.
    pub names: Vec<NameCount>,
    /// The names under which rules could find its predicates, sorted.
    pub predicates: Vec<String>,
    /// Its outlet before lists and story were asked.
    pub frame_outlet: Option<Sourced>,
    /// Whether the gate set it aside, so that nothing was looked for.
    pub aside: bool,
}

impl Findings {
    /// Of a reading.
    pub fn of(engine: &Engine, reading: &Reading) -> Findings {
        let mut predicates = BTreeSet::new();
        for predication in &reading.predications {
            let lemma = predication.lemma.to_lowercase();
            // Rules name a noun of action by its verb, too.
            predicates.extend(engine.language.clauses.verb_of(&lemma).map(str::to_owned));
            predicates.insert(lemma);
        }
        Findings {
            facts: reading.facts.clone(),
            names: engine::names(reading),
            predicates: predicates.into_iter().collect(),
            frame_outlet: reading.frame_outlet.clone(),
            aside: reading.gated.aside,
        }
    }

    /// What became of the text: `ok`, or `one_sided` where the gate set it aside.
    pub fn status(&self) -> &'static str {
        match self.aside {
            true => "one_sided",
            false => "ok",
        }
    }

    /// The same as the store takes it.
    pub fn coding(&self) -> Coding<'_> {
        Coding {
            facts: &self.facts,
            names: &self.names,
            predicates: &self.predicates,
            frame_outlet: self.frame_outlet.as_ref(),
        }
    }
}
