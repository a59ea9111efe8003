//! Which of the days that a text tells is the day of a fact.
//!
//! The words of its own clause date a fact first ([`super::when`]), and a day that was told once holds on
//! ([`super::holds`], [`super::occasions`]). What these say is one candidate; the others are the times told around it, the
//! day of the text, and none at all ([`candidates`]). What speaks for each ([`clues`]) is weighed with weights learned from
//! the dated facts of our own texts ([`FILE`]), and where another candidate is clearly likelier it is taken.

mod candidates;
mod clues;

use rustc_hash::FxHashMap;

use super::occasions::is_open;
use super::score::{Names, number};
use super::story::Story;
use super::{Context, Draft};
use crate::data::{Data, DataError};
use crate::lexicon::ListReader;
use crate::record::{DateBasis, Fact, FactDate};

pub use candidates::Site;

/// Path of the table of weights in the data folder.
pub const FILE: &str = "lang/en/days.tsv";

/// A fact that stands undated gets a day where none has less than this share: a wrong day is worse than none.
const NONE: f64 = 0.4;
/// A day that stands gives way only to what has at least this share.
const SURE: f64 = 0.7;

/// What each clue weighs.
#[derive(Debug, Clone, Default)]
pub struct Weights(FxHashMap<u64, f64>);

/// A fact and the days that it may have, first the one that stands.
#[derive(Debug)]
pub struct Open<'a> {
    /// The fact as it stands; it has no id yet.
    pub fact: &'a Fact,
    /// No two have the same first and last day.
    pub candidates: Vec<Candidate>,
}

/// A day, or days, that a fact may have.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// First and last day and their words.
    pub date: FactDate,
    /// Where the text tells of it.
    pub sites: Vec<Site>,
    /// What speaks for and against it.
    pub clues: Names,
}

impl Weights {
    /// Weights by the names of clues.
    pub fn new<'a>(weights: impl Iterator<Item = (&'a str, f64)>) -> Weights {
        Weights(
            weights
                .map(|(clue, weight)| (number(clue), weight))
                .collect(),
        )
    }

    /// Reads the table; what is wrong with it joins `errors`.
    pub(crate) fn load(data: &Data, errors: &mut Vec<DataError>) -> Self {
        let mut lists = ListReader::new(data);
        let mut weights = FxHashMap::default();
        for row in lists.rows(FILE, ["clue", "weight"]) {
            let [clue, weight] = row.cells;
            if let Some(weight) = lists.number(row.at, "weight", weight) {
                weights.insert(number(clue), weight);
            }
        }
        errors.append(&mut lists.errors);
        Weights(weights)
    }

    /// The share of each candidate, in their order.
    pub fn shares(&self, candidates: &[Candidate]) -> Vec<f64> {
        let sums: Vec<f64> = candidates
            .iter()
            .map(|candidate| {
                let weights = candidate.clues.numbers().iter();
                weights.filter_map(|clue| self.0.get(clue)).sum()
            })
            .collect();
        let most = sums.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let sums: Vec<f64> = sums.into_iter().map(|sum| (sum - most).exp()).collect();
        let all: f64 = sums.iter().sum();
        sums.into_iter().map(|sum| sum / all).collect()
    }

    /// The candidate to be taken instead of the first, if there is one.
    pub fn choose(&self, candidates: &[Candidate]) -> Option<usize> {
        let shares = self.shares(candidates);
        let likeliest = |among: &dyn Fn(&Candidate) -> bool| {
            (0..candidates.len())
                .filter(|&at| among(&candidates[at]))
                .max_by(|&one, &other| shares[one].total_cmp(&shares[other]))
        };
        let at = if candidates.first()?.is_none() {
            likeliest(&|candidate| !candidate.is_none()).filter(|_| shares[0] < NONE)
        } else {
            likeliest(&|_| true).filter(|&at| shares[at] >= SURE)
        };
        at.filter(|&at| at > 0)
    }
}

impl Candidate {
    /// Whether it says that no day is known.
    pub fn is_none(&self) -> bool {
        self.date.start.is_none() && self.date.end.is_none()
    }
}

/// Settles the day of each draft, in the order of the text; `choose` says which candidate replaces what stands.
pub(super) fn settle(
    context: &Context,
    story: Option<&Story>,
    drafts: &mut [Draft],
    names: &Names,
    choose: &mut dyn FnMut(&Open) -> Option<usize>,
) {
    for at in 0..drafts.len() {
        if is_settled(drafts, at) {
            continue;
        }
        let mut candidates = candidates::candidates(context, drafts, at, story);
        let seen = clues::Seen::of(context, drafts, at, &candidates);
        for candidate in &mut candidates {
            candidate.clues = seen.clues(candidate, names.like());
        }
        let open = Open {
            fact: &drafts[at].fact,
            candidates,
        };
        if let Some(taken) = choose(&open) {
            let candidate = open.candidates.into_iter().nth(taken);
            if let Some(candidate) = candidate {
                take(&mut drafts[at].fact, candidate);
            }
        }
    }
}

/// Whether nothing is to be chosen: one predication that tells of several happenings ("in 2009 and 2014") gave each its day.
fn is_settled(drafts: &[Draft], at: usize) -> bool {
    drafts.iter().enumerate().any(|(other, draft)| {
        other != at
            && draft.predication == drafts[at].predication
            && draft.fact.rule == drafts[at].fact.rule
            && draft.fact.date != drafts[at].fact.date
    })
}

fn take(fact: &mut Fact, candidate: Candidate) {
    let duration = fact.date.duration_days;
    fact.date = candidate.date;
    fact.date.duration_days = fact.date.duration_days.or(duration);
    fact.flags
        .retain(|flag| !["undated", "ambiguous_date"].contains(&flag.as_str()));
    if is_open(fact) && fact.date.basis == DateBasis::Unknown {
        fact.flags.push("undated".to_owned());
    }
}

#[cfg(test)]
mod tests {
    use verbale_parse::Parser;

    use super::*;
    use crate::pipeline::{Language, code_text};

    fn candidate(date: Option<&str>, clues: &[&str]) -> Candidate {
        let day = date.and_then(|date| date.parse().ok());
        let mut names = Names::default();
        for clue in clues {
            names.add(format_args!("{clue}"));
        }
        Candidate {
            date: FactDate {
                start: day,
                end: day,
                ..FactDate::unknown()
            },
            sites: Vec::new(),
            clues: names,
        }
    }

    #[test]
    fn what_stands_gives_way_only_to_what_is_sure() {
        let weights = Weights::new([("near", 1.5), ("far", 0.4)].into_iter());
        let undated = candidate(None, &[]);
        let near = candidate(Some("2021-03-04"), &["near"]);
        let far = candidate(Some("2020-01-01"), &["far"]);
        // Shares .14, .64, .21.
        let open = [undated.clone(), near.clone(), far.clone()];
        assert_eq!(weights.choose(&open), Some(1));
        // Shares .40, .60: none is too likely.
        assert_eq!(weights.choose(&[undated.clone(), far.clone()]), None);
        // Shares .21, .64, .14: a day that stands stays.
        assert_eq!(weights.choose(&[far, near.clone(), undated.clone()]), None);
        assert_eq!(weights.choose(&[near, undated]), None);
    }

    #[test]
    fn a_day_told_before_is_the_day_of_what_is_told_next() {
        let text = "The foreign ministers of Chad and Niger met in Zinder on 3 May 2021. The Chadian minister thanked Niger for \
                    its help with the refugees.";
        let reading = code_text(
            text,
            Some("2021-05-04"),
            Language::embedded(),
            Parser::english(),
        );
        let thanks = reading
            .facts
            .iter()
            .find(|fact| fact.quote.contains("thanked"))
            .expect("the thanks are coded");
        assert_eq!(thanks.date.edtf, "2021-05-03");
        assert_eq!(thanks.date.basis, DateBasis::Inferred);
        assert!(!thanks.flags.contains(&"undated".to_owned()));
    }

    #[test]
    fn a_weight_that_is_no_number_is_an_error() {
        let mut errors = Vec::new();
        let data = Data::embedded().with(FILE, "clue\tweight\nstory\tmuch\n".to_owned());
        Weights::load(&data, &mut errors);
        assert_eq!((errors.len(), errors[0].line), (1, 2));
    }
}
