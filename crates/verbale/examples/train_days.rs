//! Which day is a fact's? Trains the weights of the clues, and measures them.
//!
//! `cargo run --release -p verbale --example train_days -- tests/gold [--train train_,dev_] [--test dev_] [--misses] [--out FILE]`
//!
//! The examples are the facts of the program whose words our own gold tells too, whatever kind and sides they were given.
//! Five parts of the texts are held out in turn; then the weights are trained on all of them.

mod codings;

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::{env, fmt, fs};

use verbale::code::code_by;
use verbale::code::days::{Candidate, Weights};
use verbale::code::score::Names;
use verbale::eval::{GoldFact, match_words};
use verbale::pipeline::{Language, Reading, code_document};
use verbale::record::{Fact, FactDate, Kind};
use verbale_parse::Parser;

/// Parts of the texts that are held out in turn.
const PARTS: usize = 5;
/// Steps of the gradient, their size, and the pull towards nought.
const STEPS: usize = 300;
const RATE: f64 = 0.1;
const PULL: f64 = 0.001;
/// The weight of a fact whose day is told nowhere: better none than a wrong one.
const NOWHERE: f64 = 0.3;

struct Text {
    reading: Reading,
    gold: Vec<GoldFact>,
}

/// The days that a fact may have, and which are right.
struct Example {
    words: String,
    gold: String,
    dated: bool,
    candidates: Vec<Candidate>,
    clues: Vec<Vec<usize>>,
    right: Vec<bool>,
    weight: f64,
}

#[derive(Default, Clone, Copy)]
struct Counts {
    right: usize,
    wrong: usize,
    dated: usize,
    invented: usize,
    undated: usize,
}

impl Counts {
    fn count(&mut self, example: &Example, taken: usize) {
        if example.dated {
            self.dated += 1;
            self.right += usize::from(example.right[taken]);
            self.wrong +=
                usize::from(!example.right[taken] && !example.candidates[taken].is_none());
        } else {
            self.undated += 1;
            self.invented += usize::from(!example.right[taken]);
        }
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        let share = |part: usize, all: usize| part as f64 / all.max(1) as f64;
        write!(
            out,
            "right {} of {} = {:.3}, wrong {:.3}, invented {} of {} = {:.3}",
            self.right,
            self.dated,
            share(self.right, self.dated),
            share(self.wrong, self.dated),
            self.invented,
            self.undated,
            share(self.invented, self.undated)
        )
    }
}

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let folder = Path::new(arguments.first().expect("the folder of the gold"));
    let value = |key: &str| {
        let at = arguments.iter().position(|argument| argument == key)?;
        arguments.get(at + 1).cloned()
    };
    let flag = |key: &str| arguments.iter().any(|argument| argument == key);
    let train = value("--train").unwrap_or_else(|| "train_,dev_".to_owned());
    let language = Language::embedded();
    let texts = read(folder, &train, language);
    let mut clues = Numbers::default();
    let examples: Vec<Vec<Example>> = texts
        .iter()
        .map(|text| examples(text, language, &mut clues))
        .collect();
    let mut stands = Counts::default();
    let mut reachable = 0;
    for example in examples.iter().flatten() {
        stands.count(example, 0);
        reachable += usize::from(example.dated && example.right.contains(&true));
    }
    println!("as it stands: {stands}; among the candidates {reachable}");
    let mut held_out = Counts::default();
    for part in 0..PARTS {
        let in_part = |at: usize| at % PARTS == part;
        let pick = |own: bool| {
            let texts = examples.iter().enumerate();
            texts
                .filter(move |(at, _)| in_part(*at) == own)
                .flat_map(|(_, examples)| examples)
        };
        let weights = clues.weights(&fit(pick(false), clues.0.len()));
        for example in pick(true) {
            let taken = weights.choose(&example.candidates).unwrap_or(0);
            held_out.count(example, taken);
            if flag("--misses") && !example.right[taken] {
                miss(example, taken, &weights);
            }
        }
    }
    println!("held out, in {PARTS} parts: {held_out}");
    let fitted = fit(examples.iter().flatten(), clues.0.len());
    {
        let weights = clues.weights(&fitted);
        let mut c = Counts::default();
        for e in examples.iter().flatten() {
            c.count(e, weights.choose(&e.candidates).unwrap_or(0));
        }
        println!("on itself: {c}");
    }
    if let Some(test) = value("--test") {
        let weights = clues.weights(&fitted);
        let mut counts = Counts::default();
        for text in read(folder, &test, language) {
            for example in self::examples(&text, language, &mut Numbers::default()) {
                counts.count(&example, weights.choose(&example.candidates).unwrap_or(0));
            }
        }
        println!("on {test}: {counts}");
    }
    if let Some(out) = value("--out") {
        let mut table = String::from(HEAD);
        let by_name: BTreeMap<&String, f64> = clues
            .0
            .iter()
            .map(|(name, at)| (name, fitted[*at]))
            .collect();
        for (clue, weight) in by_name.iter().filter(|(_, weight)| weight.abs() >= 0.03) {
            table.push_str(&format!("{clue}\t{weight:.2}\n"));
        }
        fs::write(out, table).expect("the table is written");
    }
}

const HEAD: &str = "# What each clue weighs for the day of a fact. Written by `cargo run --release -p verbale --example train_days`, from the dated facts of the repository's own texts.\nclue\tweight\n";

/// Names of clues and their places.
#[derive(Default)]
struct Numbers(HashMap<String, usize>);

impl Numbers {
    fn place(&mut self, name: &str) -> usize {
        let next = self.0.len();
        *self.0.entry(name.to_owned()).or_insert(next)
    }

    fn weights(&self, fitted: &[f64]) -> Weights {
        let named = self.0.iter();
        Weights::new(named.map(|(name, at)| (name.as_str(), fitted[*at])))
    }
}

fn miss(example: &Example, taken: usize, weights: &Weights) {
    println!("{} — gold {}", example.words, example.gold);
    let shares = weights.shares(&example.candidates);
    for (at, candidate) in example.candidates.iter().enumerate() {
        let mark = |holds: bool, mark| if holds { mark } else { ' ' };
        println!(
            "  {}{} {:.2} {} {:?}",
            mark(example.right[at], '*'),
            mark(at == taken, '>'),
            shares[at],
            days(&candidate.date),
            candidate.sites
        );
    }
}

fn days(date: &FactDate) -> String {
    let day =
        |day: Option<jiff::civil::Date>| day.map_or_else(|| "..".into(), |day| day.to_string());
    format!("{}/{}", day(date.start), day(date.end))
}

/// What the program's facts leave open of their days, with what the gold says.
fn examples(text: &Text, language: &Language, clues: &mut Numbers) -> Vec<Example> {
    let context = text.reading.context(language);
    let mut asked: Vec<(Fact, Vec<Candidate>)> = Vec::new();
    code_by(&context, &language.rules, &Names::kept(), &mut |open| {
        asked.push((open.fact.clone(), open.candidates.clone()));
        None
    });
    let (facts, candidates): (Vec<Fact>, Vec<Vec<Candidate>>) = asked.into_iter().unzip();
    let mut candidates: Vec<Option<Vec<Candidate>>> = candidates.into_iter().map(Some).collect();
    let mut found = Vec::new();
    for (gold, fact) in match_words(&text.gold, &facts) {
        let gold = &text.gold[gold];
        if gold.contract_kind == Some(Kind::Role) {
            continue;
        }
        let candidates = candidates[fact].take().expect("a fact is matched once");
        let dated = gold.date.start.is_some() || gold.date.end.is_some();
        let right: Vec<bool> = candidates
            .iter()
            .map(|candidate| is_right(gold, &candidate.date))
            .collect();
        let weight = if right.contains(&true) { 1.0 } else { NOWHERE };
        let numbers = candidates
            .iter()
            .map(|candidate| {
                let words = candidate.clues.words();
                words.into_iter().map(|word| clues.place(word)).collect()
            })
            .collect();
        found.push(Example {
            words: gold.quote.clone(),
            gold: format!("{:?}/{:?}", gold.date.start, gold.date.end),
            dated,
            candidates,
            clues: numbers,
            right,
            weight,
        });
    }
    found
}

/// As `eval` has it: inside the gold's days, and none where it has none.
fn is_right(gold: &GoldFact, date: &FactDate) -> bool {
    let (first, last) = (gold.date.start, gold.date.end);
    let none = date.start.is_none() && date.end.is_none();
    if first.is_none() && last.is_none() {
        return none;
    }
    !none
        && first.is_none_or(|first| date.start.is_some_and(|start| start >= first))
        && last.is_none_or(|last| date.end.is_some_and(|end| end <= last))
}

/// Weights that make the right candidates likely, by gradient with a step of its own for each clue (Adagrad).
fn fit<'e>(examples: impl Iterator<Item = &'e Example>, clues: usize) -> Vec<f64> {
    let examples: Vec<&Example> = examples.collect();
    let mut weights = vec![0.0; clues];
    let mut squares = vec![0.0; clues];
    for _ in 0..STEPS {
        let mut gradient = vec![0.0; clues];
        for example in &examples {
            let sums = example.clues.iter();
            let sums: Vec<f64> = sums
                .map(|clues| clues.iter().map(|clue| weights[*clue]).sum::<f64>())
                .collect();
            let most = sums.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let sums: Vec<f64> = sums.into_iter().map(|sum| (sum - most).exp()).collect();
            let all: f64 = sums.iter().sum();
            let wanted = |at: usize| match example.weight < 1.0 {
                // Told nowhere: none is the best answer.
                true => example.candidates[at].is_none(),
                false => example.right[at],
            };
            let right: f64 = (0..sums.len())
                .filter(|&at| wanted(at))
                .map(|at| sums[at])
                .sum();
            for (at, (sum, clues)) in sums.iter().zip(&example.clues).enumerate() {
                let target = if wanted(at) { sum / right } else { 0.0 };
                for clue in clues {
                    gradient[*clue] += example.weight * (target - sum / all);
                }
            }
        }
        for clue in 0..clues {
            let slope = gradient[clue] / examples.len() as f64 - PULL * weights[clue];
            squares[clue] += slope * slope;
            weights[clue] += RATE * slope / (f64::sqrt(squares[clue]) + 1e-8);
        }
    }
    weights
}

fn read(folder: &Path, wanted: &str, language: &Language) -> Vec<Text> {
    codings::read(folder, wanted, &language.lexicon, |document, gold| Text {
        reading: code_document(&document, language, Parser::english()),
        gold,
    })
}
