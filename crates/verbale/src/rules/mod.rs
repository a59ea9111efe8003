//! Rule files to rules that can be matched.
//!
//! A rule says which predications it takes and what fact they yield; it carries sentences that must match and
//! sentences that must not. `docs/ADDING-A-RULE.md` describes the format for the person who writes one. Loading
//! checks shape and references; [`check()`] also runs the sentences.

mod check;
mod classes;
mod examples;
mod format;
mod not_coded;
mod path;
mod requirement;
mod scored;
mod source;
mod yields;

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::clause::{PredicateForm, Tense};
use crate::code::Codebook;
use crate::code::calibration::Calibration;
use crate::code::days::Weights;
use crate::code::score::{self, Operators, Predicates, Scorer};
use crate::data::{Data, DataError};

pub use check::{check, judge};
pub use classes::{Classes, WordSet};
pub use examples::{Example, Expectation, examples};
pub use not_coded::NotCoded;
pub use path::{Choice, Path, Step};
pub use requirement::{Requirement, Test, What};
pub use yields::{Code, InstrumentYield, Missing, Mutual, Quote, RelationYield, Shift, Yields};

/// Folder of the rules.
pub const FOLDER: &str = "lang/en/rules/";

/// All rules, ready to match.
#[derive(Debug)]
pub struct Rules {
    /// The rules in order of id.
    pub rules: Vec<Rule>,
    /// Word classes.
    pub classes: Classes,
    /// Codes and their scores.
    pub codebook: Codebook,
    /// Predicates with the type they usually tell.
    pub predicates: Predicates,
    /// Words over words for acts, and what they make of them.
    pub operators: Operators,
    /// The codes that the scored model may give, by kind and type.
    pub scored: BTreeMap<String, Rule>,
    /// The scored model, if the data hold one.
    pub scorer: Option<Scorer>,
    /// The model of who the parties are, if the data hold one.
    pub parties: Option<Scorer>,
    /// How often facts are right at a confidence.
    pub calibration: Calibration,
    /// Which of the days that a text tells is the day of a fact.
    pub days: Weights,
    /// Head lemma of a predicate → rule and alternative.
    by_predicate: FxHashMap<String, Vec<Candidate>>,
}

/// One rule.
#[derive(Debug)]
pub struct Rule {
    /// `family.name`, as its path.
    pub id: String,
    /// The family: first part of the id.
    pub family: String,
    /// Why it exists.
    pub note: String,
    /// Rules (or `family.*`) that give way to this one on the same predication.
    pub over: Vec<String>,
    /// Rules (or `family.*`) that may code the same predication beside this one.
    pub beside: Vec<String>,
    /// Alternatives; one must hold.
    pub when: Vec<When>,
    /// What it yields.
    pub yields: Yields,
    /// Its file.
    pub file: String,
}

/// One alternative of a rule: everything in it must hold.
#[derive(Debug)]
pub struct When {
    /// Line in the rule file.
    pub line: usize,
    /// Lemmas and phrases of the predicate.
    pub predicate: WordSet,
    /// Forms it may have; all, if empty.
    pub forms: Vec<PredicateForm>,
    /// What is asked of role fillers.
    pub requirements: Vec<Requirement>,
    /// Roles that must not be there.
    pub absent: Vec<Path>,
    /// One of these must stand over the predicate.
    pub governor: Option<WordSet>,
    /// None of these may stand over the predicate.
    pub not_governor: Option<WordSet>,
    /// One of these must modify the predicate ("state visit", "jointly").
    pub modifier: Option<WordSet>,
    /// None of these may modify the predicate.
    pub not_modifier: Option<WordSet>,
    /// One of these must stand somewhere in the predication.
    pub mentions: Option<WordSet>,
    /// None of these may stand in the predication.
    pub not_mentions: Option<WordSet>,
    /// Whether the predication must be negated, or must not.
    pub negated: Option<bool>,
    /// Whether the predication must be reciprocal, or must not.
    pub reciprocal: Option<bool>,
    /// Tenses it may have; all, if empty.
    pub tense: Vec<Tense>,
}

/// An alternative of a rule that may take a predicate.
#[derive(Debug, Clone, Copy)]
pub struct Candidate {
    /// The rule's place among all rules.
    pub rule: usize,
    /// The alternative's place in it.
    pub alternative: usize,
    /// Whether the head alone will do, without words before it.
    pub bare: bool,
}

impl Rules {
    /// Reads all rules and classes; every error is told with its file and line.
    pub fn load(data: &Data) -> Result<Self, Vec<DataError>> {
        let mut errors = Vec::new();
        let mut classes = Classes::load(data, &mut errors);
        let codebook = Codebook::load(data, &mut errors);
        let mut rules: Vec<Rule> = data
            .below(FOLDER)
            .filter(|(file, _)| file.ends_with(".toml"))
            .filter_map(|(file, text)| {
                format::rule(file, text, &codebook, &mut classes, &mut errors)
            })
            .collect();
        rules.sort_by(|a, b| a.id.cmp(&b.id));
        let predicates = Predicates::load(data, &codebook, &mut errors);
        let operators = Operators::load(data, &mut errors);
        let mut table = |file| {
            Scorer::load(data, file).unwrap_or_else(|error| {
                errors.push(error);
                None
            })
        };
        let scorer = table(score::FILE);
        let parties = table(score::who::FILE);
        NotCoded::load(data, &mut errors);
        let calibration = Calibration::load(data, &mut errors);
        let days = Weights::load(data, &mut errors);
        check_precedence(&rules, &mut errors);
        if !errors.is_empty() {
            errors.sort();
            return Err(errors);
        }
        let mut by_predicate: FxHashMap<String, Vec<Candidate>> = FxHashMap::default();
        for (index, rule) in rules.iter().enumerate() {
            for (alternative, when) in rule.when.iter().enumerate() {
                for head in when.predicate.heads() {
                    by_predicate
                        .entry(head.to_owned())
                        .or_default()
                        .push(Candidate {
                            rule: index,
                            alternative,
                            bare: when.predicate.has_word(head),
                        });
                }
            }
        }
        Ok(Rules {
            rules,
            classes,
            scored: scored::rules(&codebook),
            codebook,
            predicates,
            operators,
            scorer,
            parties,
            calibration,
            days,
            by_predicate,
        })
    }

    /// Classes that neither a rule names nor the program asks for.
    fn unused_classes(&self) -> impl Iterator<Item = DataError> {
        self.classes.unused().map(|name| DataError {
            file: format!("{}{name}.txt", classes::FOLDER),
            line: 0,
            message: format!(
                "nobody uses `@{name}`; name it in a rule, remove the file, or, if the program asks for it, add a line `# asked by` and the step"
            ),
        })
    }

    /// The alternatives that may take a predicate with this head lemma, in order of rule id.
    pub fn candidates(&self, lemma: &str) -> &[Candidate] {
        self.by_predicate.get(lemma).map_or(&[], Vec::as_slice)
    }

    /// The rule with this id.
    pub fn get(&self, id: &str) -> Option<&Rule> {
        self.rules
            .binary_search_by(|rule| rule.id.as_str().cmp(id))
            .ok()
            .map(|at| &self.rules[at])
    }
}

impl Rule {
    /// Whether this rule takes precedence over another on the same predication: because it says so, or because only
    /// the other falls back on the text being between two.
    pub fn is_over(&self, other: &Rule) -> bool {
        names(&self.over, other) || !self.falls_back() && other.falls_back()
    }

    /// Whether the rule asks so little that it speaks only where no other does and both sides are clear.
    pub fn falls_back(&self) -> bool {
        self.yields.missing == Missing::Dyad
    }

    /// Whether the two rules may both code one predication.
    pub fn is_beside(&self, other: &Rule) -> bool {
        names(&self.beside, other) || names(&other.beside, self)
    }
}

fn names(list: &[String], rule: &Rule) -> bool {
    list.iter().any(|name| {
        name == &rule.id
            || name
                .strip_suffix(".*")
                .is_some_and(|family| family == rule.family)
    })
}

/// `over` and `beside` must name something, and two rules must not both claim precedence by name.
fn check_precedence(rules: &[Rule], errors: &mut Vec<DataError>) {
    for rule in rules {
        for name in rule.over.iter().chain(&rule.beside) {
            if !rules
                .iter()
                .any(|other| names(std::slice::from_ref(name), other))
            {
                errors.push(DataError {
                    file: rule.file.clone(),
                    line: 0,
                    message: format!(
                        "`{name}` in `over` or `beside` names no rule and no family.*"
                    ),
                });
            }
        }
        for other in rules {
            if rule.id < other.id && rule.is_over(other) && other.is_over(rule) {
                errors.push(DataError {
                    file: rule.file.clone(),
                    line: 0,
                    message: format!(
                        "{} and {} each stand over the other; remove one `over`",
                        rule.id, other.id
                    ),
                });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_rules_are_sound() {
        if let Err(errors) = Rules::load(&Data::embedded()) {
            let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
            panic!("{}", lines.join("\n"));
        }
    }
}
