//! Whom do words mean that name nobody ("it", "the ministry", "officials")? Trains the weights of the clues, and measures them.
//!
//! `cargo run --release -p verbale --example train_antecedents -- tests/gold [--train train_,dev_] [--out FILE] [--misses SORT]`
//!
//! The examples are such words at the roles of predications that our own gold codes: who the gold says acts, or is acted upon,
//! less whom the other roles name, is whom the word means. First the pieces for each sort of word are measured, then learned
//! weights with five parts of the texts held out in turn, then the weights are trained on all of them.

mod codings;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;
use std::{env, fs};

use verbale::clause::{Predication, RoleName};
use verbale::eval::{GoldFact, GoldParty};
use verbale::names::Clues;
use verbale::parse::TokenId;
use verbale::pipeline::{Language, Reading, code_document};
use verbale::record::Kind;
use verbale::resolve::{Anaphor, Antecedent, PRONOUNS, Resolver, SEVERAL};
use verbale_parse::Parser;

/// Parts of the texts that are held out in turn.
const PARTS: usize = 5;
/// Steps of the gradient, their size, and the pull towards nought.
const STEPS: usize = 300;
const RATE: f64 = 0.1;
const PULL: f64 = 0.002;

/// What the gold says of a word.
#[derive(Debug, Clone)]
struct Label {
    /// Who may be meant.
    right: BTreeSet<String>,
    /// Whether one of them is enough.
    any: bool,
    /// How likely it is beforehand that the word means nobody: what is acted upon is often a thing.
    nobody: f64,
    words: String,
    core: bool,
}

struct Example {
    sort: &'static str,
    candidates: Vec<Antecedent>,
    told: Option<usize>,
    label: Label,
}

impl Label {
    fn allows(&self, candidate: &Antecedent) -> bool {
        let ids: BTreeSet<String> = candidate.ids.iter().cloned().collect();
        ids == self.right || self.any && ids.len() == 1 && ids.is_subset(&self.right)
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
    let pull = value("--pull").map_or(PULL, |pull| pull.parse().expect("a number"));
    let examples = read(folder, &train);
    let mut before: BTreeMap<&str, [usize; 4]> = BTreeMap::new();
    let mut after: BTreeMap<&str, [usize; 4]> = BTreeMap::new();
    let misses = value("--misses");
    for part in 0..PARTS {
        let others = examples
            .iter()
            .enumerate()
            .filter(|(at, _)| at % PARTS != part);
        let weights = Clues::new(fit(others.flat_map(|(_, examples)| examples), pull));
        for example in examples.iter().skip(part).step_by(PARTS).flatten() {
            if !example.label.core {
                continue;
            }
            let anaphor = example.anaphor();
            let chosen = anaphor.choose(&weights);
            *verdict(
                before.entry(example.sort).or_default(),
                example,
                example.told,
            ) += 1;
            *verdict(after.entry(example.sort).or_default(), example, chosen) += 1;
            let right = chosen.is_some_and(|at| example.label.allows(&example.candidates[at]));
            if misses.as_deref() == Some(example.sort) && !right {
                let shares =
                    weights.shares(example.candidates.iter().map(|candidate| &candidate.clues));
                let told = example.told.map(|at| &example.candidates[at].ids);
                println!(
                    "{} → {:?}{} told {told:?}",
                    example.label.words,
                    example.label.right,
                    if example.label.nobody > 0.0 {
                        " or nobody"
                    } else {
                        ""
                    }
                );
                let mut order: Vec<usize> = (0..shares.len()).collect();
                order.sort_by(|a, b| shares[*b].total_cmp(&shares[*a]));
                for at in order.into_iter().take(3) {
                    let candidate = &example.candidates[at];
                    let own: Vec<&String> = candidate
                        .clues
                        .iter()
                        .filter(|clue| !clue.contains(": "))
                        .collect();
                    println!("    {:.2} {:?} {own:?}", shares[at], candidate.ids);
                }
            }
        }
    }
    println!(
        "{:10} {:>28}   {:>28}",
        "", "as told: right wrong nobody", "learned, held out"
    );
    let mut sums = [[0; 4]; 2];
    for (sort, old) in &before {
        let new = after[sort];
        println!("{sort:10} {old:?}   {new:?}");
        for at in 0..4 {
            sums[0][at] += old[at];
            sums[1][at] += new[at];
        }
    }
    println!("{:10} {:?}   {:?}", "all", sums[0], sums[1]);
    if let Some(out) = value("--out") {
        let weights = fit(examples.iter().flatten(), pull);
        let mut table = String::from(HEAD);
        for (clue, weight) in weights.iter().filter(|(_, weight)| weight.abs() >= 0.02) {
            table.push_str(&format!("{clue}\t{weight:.2}\n"));
        }
        fs::write(out, table).expect("the table is written");
    }
}

const HEAD: &str = "# What each clue weighs for whom a word means that names nobody. Written by `cargo run --release -p verbale --example train_antecedents`, from the codings of the repository's own texts.\nclue\tweight\n";

impl Example {
    fn anaphor(&self) -> Anaphor {
        Anaphor {
            at: TokenId { unit: 0, token: 0 },
            sort: self.sort,
            candidates: self.candidates.clone(),
            told: self.told,
        }
    }
}

/// Right, wrong, nobody although somebody is meant, nobody where that may be right.
fn verdict<'c>(
    counts: &'c mut [usize; 4],
    example: &Example,
    chosen: Option<usize>,
) -> &'c mut usize {
    &mut counts[match chosen {
        Some(at) if example.label.allows(&example.candidates[at]) => 0,
        Some(_) => 1,
        None if example.label.nobody == 0.0 => 2,
        None => 3,
    }]
}

/// Weights that make what the gold allows likely, by gradient with a step of its own for each clue (Adagrad).
fn fit<'e>(examples: impl Iterator<Item = &'e Example>, pull: f64) -> BTreeMap<String, f64> {
    let examples: Vec<&Example> = examples.collect();
    let mut numbers: HashMap<&str, usize> = HashMap::new();
    let mut counts: Vec<usize> = Vec::new();
    let coded: Vec<Vec<Vec<usize>>> = examples
        .iter()
        .map(|example| {
            let candidates = example.candidates.iter();
            candidates
                .map(|candidate| {
                    let clues = candidate.clues.iter();
                    clues
                        .map(|clue| {
                            let next = numbers.len();
                            let number = *numbers.entry(clue).or_insert(next);
                            counts.resize(numbers.len(), 0);
                            counts[number] += 1;
                            number
                        })
                        .collect()
                })
                .collect()
        })
        .collect();
    let mut weights = vec![0.0; numbers.len()];
    let mut squares = vec![0.0; numbers.len()];
    for _ in 0..STEPS {
        let mut gradient = vec![0.0; numbers.len()];
        for (example, clues) in examples.iter().zip(&coded) {
            let sums: Vec<f64> = clues
                .iter()
                .map(|clues| clues.iter().map(|&clue| weights[clue]).sum::<f64>().exp())
                .collect();
            let all = 1.0 + sums.iter().sum::<f64>();
            let allowed: Vec<bool> = example
                .candidates
                .iter()
                .map(|candidate| example.label.allows(candidate))
                .collect();
            let some = if allowed.contains(&true) {
                1.0 - example.label.nobody
            } else {
                0.0
            };
            let good: f64 = sums
                .iter()
                .zip(&allowed)
                .filter(|(_, allowed)| **allowed)
                .map(|(sum, _)| sum)
                .sum::<f64>();
            for (at, clues) in clues.iter().enumerate() {
                let wanted = if allowed[at] {
                    some * sums[at] / good
                } else {
                    0.0
                };
                let slope = wanted - sums[at] / all;
                for &clue in clues {
                    gradient[clue] += slope;
                }
            }
        }
        for at in 0..weights.len() {
            if counts[at] < 3 {
                continue;
            }
            let slope = gradient[at] / examples.len() as f64 - pull * weights[at];
            squares[at] += slope * slope;
            let square: f64 = squares[at];
            weights[at] += RATE * slope / (square.sqrt() + 1e-8);
        }
    }
    numbers
        .into_iter()
        .map(|(clue, number)| (clue.to_owned(), weights[number]))
        .collect()
}

fn read(folder: &Path, wanted: &str) -> Vec<Vec<Example>> {
    let language = Language::embedded();
    codings::read(folder, wanted, &language.lexicon, |document, gold| {
        let reading = code_document(&document, language, Parser::english());
        examples(&reading, &gold, language)
    })
}

fn examples(reading: &Reading, gold: &[GoldFact], language: &Language) -> Vec<Example> {
    let lexicon = &language.lexicon;
    let resolver = |choose: &mut dyn FnMut(&Anaphor) -> Option<usize>| {
        Resolver::by(
            &reading.document,
            &reading.trees,
            &reading.names,
            &reading.voices,
            lexicon,
            choose,
        )
    };
    let mut sorts: HashMap<TokenId, &'static str> = HashMap::new();
    let plain = resolver(&mut |anaphor| {
        sorts.insert(anaphor.at, anaphor.sort);
        anaphor.told
    });
    let mut labels: HashMap<TokenId, Label> = HashMap::new();
    for fact in gold {
        if fact
            .contract_kind
            .is_none_or(|kind| matches!(kind, Kind::Role | Kind::Figure))
        {
            continue;
        }
        let Some(predication) = main_predication(reading, fact) else {
            continue;
        };
        label(
            reading,
            &plain,
            language,
            predication,
            fact,
            &sorts,
            &mut labels,
        );
    }
    let mut found = Vec::new();
    resolver(&mut |anaphor| {
        let Some(label) = labels.get(&anaphor.at) else {
            return anaphor.told;
        };
        let right = anaphor
            .candidates
            .iter()
            .position(|candidate| label.allows(candidate));
        found.push(Example {
            sort: anaphor.sort,
            candidates: anaphor.candidates.clone(),
            told: anaphor.told,
            label: label.clone(),
        });
        match anaphor.told {
            Some(told) if label.allows(&anaphor.candidates[told]) => Some(told),
            None if label.nobody > 0.3 => None,
            _ => right.or(anaphor.told),
        }
    });
    found
}

fn label(
    reading: &Reading,
    resolver: &Resolver,
    language: &Language,
    predication: &Predication,
    fact: &GoldFact,
    sorts: &HashMap<TokenId, &'static str>,
    labels: &mut HashMap<TokenId, Label>,
) {
    let lexicon = &language.lexicon;
    let unit = predication.unit;
    let tree = &reading.trees.units[unit];
    let known = |parties: &[GoldParty]| -> BTreeSet<String> {
        parties
            .iter()
            .filter_map(|party| party.id.clone())
            .filter(|id| lexicon.state(id).is_some() || lexicon.organisation(id).is_some())
            .collect()
    };
    let (actors, recipients) = (known(&fact.sources), known(&fact.targets));
    let all: BTreeSet<String> = actors.union(&recipients).cloned().collect();
    let mut named: BTreeSet<String> = BTreeSet::new();
    let mut open: Vec<(RoleName, TokenId, bool)> = Vec::new();
    for role in &predication.roles {
        if matches!(
            role.name,
            RoleName::Content | RoleName::Time | RoleName::Attribute
        ) {
            continue;
        }
        let at = TokenId {
            unit,
            token: role.head,
        };
        if sorts.contains_key(&at) {
            open.push((role.name, at, false));
            continue;
        }
        let mut names = |at: TokenId| {
            for party in resolver.head_parties(at) {
                named.extend(resolver.state_of(&party));
                named.extend(
                    lexicon
                        .organisation(&party.id)
                        .map(|known| known.id.clone()),
                );
            }
        };
        if !resolver.head_parties(at).is_empty()
            && !tree
                .children_with(role.head, &["poss"])
                .any(|token| sorts.contains_key(&TokenId { unit, token }))
        {
            names(at);
            continue;
        }
        for token in tree.children_with(role.head, &["poss"]) {
            let at = TokenId { unit, token };
            if sorts.contains_key(&at) {
                open.push((role.name, at, true));
            } else {
                names(at);
            }
        }
    }
    let rest: BTreeSet<String> = all.difference(&named).cloned().collect();
    for (role, at, owner) in open {
        let sort = sorts[&at];
        let several = SEVERAL.contains(&sort);
        let agent = role == RoleName::Agent;
        let acts: BTreeSet<String> = actors.intersection(&rest).cloned().collect();
        let acted_upon: BTreeSet<String> = recipients.intersection(&rest).cloned().collect();
        let right = match (rest.len(), fact.is_mutual()) {
            (0, _) => continue,
            (1, _) | (_, true) => rest.clone(),
            _ if agent && !owner => acts,
            _ if !agent && !owner => acted_upon,
            _ => rest.clone(),
        };
        let right = if owner { all.clone() } else { right };
        if right.is_empty() {
            continue;
        }
        let any = right.len() > 1 && (!several || owner);
        let words = format!(
            "{} {role:?} [{}] {}",
            fact.id,
            tree.span(at.token).of(&reading.document.text),
            fact.quote.replace('\n', " ")
        );
        let pronoun = PRONOUNS.contains(&sort);
        let nobody = match (agent && !owner, pronoun) {
            (true, _) => 0.0,
            (_, true) => 0.1,
            _ => 0.5,
        };
        let label = Label {
            right,
            any,
            nobody,
            words,
            core: fact.counts(),
        };
        // Two facts of one word: what the one says of who acts is surer.
        match labels.get(&at) {
            Some(old) if old.nobody <= nobody => {}
            _ => drop(labels.insert(at, label)),
        }
    }
}

/// The predication whose words are most like those that are quoted.
fn main_predication<'r>(reading: &'r Reading, fact: &GoldFact) -> Option<&'r Predication> {
    let shared = |predication: &Predication| {
        let (start, end) = (predication.span.start, predication.span.end);
        end.min(fact.byte_end)
            .saturating_sub(start.max(fact.byte_start))
    };
    reading
        .predications
        .iter()
        .filter(|predication| {
            let length = predication.span.len();
            let inside = shared(predication) == length;
            let most = 2 * shared(predication) >= length
                && 2 * shared(predication) >= fact.byte_end - fact.byte_start;
            inside || most
        })
        .max_by_key(|predication| {
            (
                4 * shared(predication) - predication.span.len(),
                predication.unit,
            )
        })
}
