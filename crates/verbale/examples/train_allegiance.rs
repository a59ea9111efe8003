//! Whose are the offices that stand without a state? Trains the weights of the clues, and measures them.
//!
//! `cargo run --release -p verbale --example train_allegiance -- tests/gold [--train train_,dev_] [--test dev_] [--out FILE]`
//!
//! The examples are the roles of our own gold whose words in the text name no state. First the shipped weights are
//! measured, then five parts of the texts are held out in turn, then the weights are trained on all of them.

mod codings;

use std::collections::BTreeMap;
use std::path::Path;
use std::{env, fmt, fs};

use verbale::eval::GoldFact;
use verbale::lexicon::Lexicon;
use verbale::names::{Candidate, Clues, Names, OpenOffice, names_by};
use verbale::parse::{Trees, parse};
use verbale::record::{Kind, PartyBasis};
use verbale::segment::{Segments, segment};
use verbale_parse::Parser;
use verbale_read::Document;

/// Parts of the texts that are held out in turn.
const PARTS: usize = 5;
/// Steps of the gradient, their size, and the pull towards nought.
const STEPS: usize = 400;
const RATE: f64 = 0.1;
const PULL: f64 = 0.003;

/// What is known beforehand of clues that the texts hold too few examples of; the pull is towards these.
const BEFOREHAND: [(&str, f64); 2] = [
    ("acted just before, and is answered", -2.0),
    ("written there, seated", 2.5),
];

struct Text {
    document: Document,
    segments: Segments,
    trees: Trees,
    roles: Vec<GoldFact>,
}

/// What is told of an open office, and which candidate is right, if one is.
struct Example {
    /// The words of the office and the name.
    words: String,
    candidates: Vec<Candidate>,
    right: Option<usize>,
}

#[derive(Default)]
struct Counts {
    right: usize,
    wrong: usize,
    none: usize,
}

impl Counts {
    fn add(&mut self, other: &Counts) {
        self.right += other.right;
        self.wrong += other.wrong;
        self.none += other.none;
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        let all = self.right + self.wrong + self.none;
        let share = self.right as f64 / all.max(1) as f64;
        write!(
            out,
            "right {} of {all} = {share:.3}, wrong {}, none {}",
            self.right, self.wrong, self.none
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
    let train = value("--train").unwrap_or_else(|| "train_,dev_".to_owned());
    let lexicon = Lexicon::embedded();
    let texts = read(folder, &train, lexicon);
    println!(
        "as shipped: {}",
        measure(texts.iter(), lexicon, &lexicon.allegiance)
    );
    let examples: Vec<Vec<Example>> = texts.iter().map(|text| examples(text, lexicon)).collect();
    let mut held_out = Counts::default();
    for part in 0..PARTS {
        let others = examples
            .iter()
            .enumerate()
            .filter(|(at, _)| at % PARTS != part);
        let weights = Clues::new(fit(others.flat_map(|(_, examples)| examples)));
        let own = texts.iter().skip(part).step_by(PARTS);
        if arguments.iter().any(|argument| argument == "--misses") {
            for (at, text) in texts
                .iter()
                .enumerate()
                .filter(|(at, _)| at % PARTS == part)
            {
                misses(text, &examples[at], &weights);
            }
        }
        held_out.add(&measure(own, lexicon, &weights));
    }
    println!("held out, in {PARTS} parts: {held_out}");
    let weights = fit(examples.iter().flatten());
    if let Some(test) = value("--test") {
        let texts = read(folder, &test, lexicon);
        let weights = Clues::new(weights.clone());
        println!("on {test}: {}", measure(texts.iter(), lexicon, &weights));
    }
    if let Some(out) = value("--out") {
        let mut table = String::from(HEAD);
        for (clue, weight) in weights.iter().filter(|(_, weight)| weight.abs() >= 0.005) {
            table.push_str(&format!("{clue}\t{weight:.3}\n"));
        }
        fs::write(out, table).expect("the table is written");
    }
}

const HEAD: &str = "# What each clue weighs for the state of an office. Written by `cargo run --release -p verbale --example train_allegiance`, from roles in the repository's own texts.\nclue\tweight\n";

/// How many people whose office stands without a state have the right one.
fn measure<'t>(
    texts: impl Iterator<Item = &'t Text>,
    lexicon: &Lexicon,
    weights: &Clues,
) -> Counts {
    let mut counts = Counts::default();
    for text in texts {
        let names = names_of(text, lexicon, &mut |open| weights.choose(open));
        for role in &text.roles {
            let Some(state) = state_of(role) else {
                continue;
            };
            let office = names
                .people
                .iter()
                .flat_map(|person| &person.offices)
                .find(|office| {
                    office.official && overlaps(role, office.span.start, office.span.end)
                });
            match office {
                Some(office) if office.of_basis == PartyBasis::Named && office.of.is_some() => {}
                Some(office) if office.of.as_deref() == Some(state) => counts.right += 1,
                Some(office) if office.of.is_some() => counts.wrong += 1,
                Some(_) => counts.none += 1,
                None => {}
            }
        }
    }
    counts
}

/// Prints the examples of a text that the weights get wrong, with what is told of each candidate.
fn misses(text: &Text, examples: &[Example], weights: &Clues) {
    for example in examples {
        let shares = weights.shares(example.candidates.iter().map(|candidate| &candidate.clues));
        let chosen = shares.iter().position(|share| *share > 0.5);
        if chosen == example.right && chosen.is_some() {
            continue;
        }
        println!("{}: {}", text.document.name, example.words);
        for (at, candidate) in example.candidates.iter().enumerate() {
            let mark = if example.right == Some(at) { "*" } else { " " };
            println!(
                "  {mark} {} {:.2}  {}",
                candidate.state,
                shares[at],
                candidate.clues.join("; ")
            );
        }
    }
}

/// The open offices of a text whose state the gold tells; what is asked later sees the right answers to the earlier.
fn examples(text: &Text, lexicon: &Lexicon) -> Vec<Example> {
    let mut found = Vec::new();
    names_of(text, lexicon, &mut |open| {
        let role = text
            .roles
            .iter()
            .find(|role| overlaps(role, open.span.start, open.span.end));
        let state = role.and_then(state_of)?;
        found.push(Example {
            words: open.span.of(&text.document.text).to_owned(),
            candidates: open.candidates.clone(),
            right: open
                .candidates
                .iter()
                .position(|candidate| candidate.state == state),
        });
        Some(state.to_owned())
    });
    found
}

fn names_of(
    text: &Text,
    lexicon: &Lexicon,
    choose: &mut dyn FnMut(&OpenOffice) -> Option<String>,
) -> Names {
    names_by(&text.document, &text.segments, &text.trees, lexicon, choose)
}

fn overlaps(role: &GoldFact, start: usize, end: usize) -> bool {
    start < role.byte_end && role.byte_start < end
}

/// The one state that a role is of.
fn state_of(role: &GoldFact) -> Option<&str> {
    let mut states = role.sources.iter().filter_map(|party| party.id.as_deref());
    let state = states.next()?;
    states.next().is_none().then_some(state)
}

/// Weights that make the right candidates likely: the mean logarithm of their shares less a pull towards nought, by
/// gradient with a step of its own for each clue (Adagrad).
fn fit<'e>(examples: impl Iterator<Item = &'e Example>) -> BTreeMap<String, f64> {
    let examples: Vec<&Example> = examples.collect();
    let beforehand: BTreeMap<String, f64> = BEFOREHAND
        .into_iter()
        .map(|(clue, weight)| (clue.to_owned(), weight))
        .collect();
    let mut weights = beforehand.clone();
    let mut squares: BTreeMap<String, f64> = BTreeMap::new();
    for _ in 0..STEPS {
        let now = Clues::new(weights.clone());
        let mut gradient: BTreeMap<&str, f64> = BTreeMap::new();
        for example in &examples {
            for (at, share) in now
                .shares(example.candidates.iter().map(|candidate| &candidate.clues))
                .into_iter()
                .enumerate()
            {
                let wanted = f64::from(u8::from(example.right == Some(at)));
                for clue in &example.candidates[at].clues {
                    *gradient.entry(clue).or_default() += wanted - share;
                }
            }
        }
        for (clue, slope) in gradient {
            let prior = beforehand.get(clue).copied().unwrap_or_default();
            let weight = weights.entry(clue.to_owned()).or_default();
            let slope = slope / examples.len() as f64 - PULL * (*weight - prior);
            let square = squares.entry(clue.to_owned()).or_default();
            *square += slope * slope;
            *weight += RATE * slope / (square.sqrt() + 1e-8);
        }
    }
    weights
}

fn read(folder: &Path, wanted: &str, lexicon: &Lexicon) -> Vec<Text> {
    codings::read(folder, wanted, lexicon, |document, mut roles| {
        roles.retain(|fact| fact.contract_kind == Some(Kind::Role));
        let segments = segment(&document);
        let trees = parse(Parser::english(), &segments);
        Text {
            document,
            segments,
            trees,
            roles,
        }
    })
}
