//! `cargo xtask mutate`: do the tests notice a wrong rule?
//!
//! Each draw takes a rule, gives it another code or swaps its sides, and asks whether any test that the unchanged
//! program passes fails now. The rule's own sentences do not count: whoever writes a wrong rule writes them to match.

use std::collections::{BTreeSet, HashMap};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, bail};
use verbale::code::{Coded, Outcome};
use verbale::pipeline::Language;
use verbale::record::{EventType, Kind};
use verbale::rules::{Code, Mutual, Rule};

use crate::options::Options;
use crate::trials::{self, Trial};

/// How many sentences there must be at least.
const SENTENCES: usize = 4_000;

/// A change to a rule, with what it says on paper.
enum Mutation {
    Code(Code),
    Swap,
}

/// Draws, judges and reports; red if fewer than `--least` in a hundred are noticed.
pub fn run(options: &Options) -> Result<()> {
    let draws = options.number("--draws")?.unwrap_or(100) as usize;
    let least = options.number("--least")?.unwrap_or(80) as usize;
    let seed = match options.value("--seed") {
        // The same data give the same draw, so that a check that was green stays green.
        Some("data") => u64::from_str_radix(&crate::data()?.hash()[..16], 16)
            .context("a hash is hexadecimal")?,
        Some(_) => options.number("--seed")?.unwrap_or_default(),
        None => SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .map_or(0, |since| since.as_secs()),
    };
    let began = Instant::now();
    let mut language = crate::language()?;
    let trials = trials::all(&language, crate::shared().as_deref())?;
    let touched = touched(&trials);
    println!(
        "seed {seed}; {} texts read in {:.0} s",
        trials.len(),
        began.elapsed().as_secs_f64()
    );
    variety(&trials)?;
    unreached(&language, &trials, options.has("--unreached"));
    let mut random = Random(seed);
    let mut survivors = Vec::new();
    for _ in 0..draws {
        let at = random.below(language.rules.rules.len());
        let mutation = draw(&language, &language.rules.rules[at], &mut random);
        let id = language.rules.rules[at].id.clone();
        let told = told(&mutation, &language.rules.rules[at]);
        let before = language.rules.rules[at].yields.clone();
        apply(&mutation, &mut language.rules.rules[at]);
        let noticed = touched
            .get(id.as_str())
            .into_iter()
            .flatten()
            .map(|&trial| &trials[trial])
            .filter(|trial| trial.of_rule() != Some(id.as_str()))
            .any(|trial| {
                let first = Coded {
                    facts: trial.reading.facts.clone(),
                    derivations: trial.reading.derivations.clone(),
                };
                let held = trial.held(&first);
                !held.is_empty() && !held.is_subset(&trial.held(&trial.reading.recode(&language)))
            });
        language.rules.rules[at].yields = before;
        if !noticed {
            survivors.push(format!("{id}: {told}"));
        }
    }
    let noticed = draws - survivors.len();
    for survivor in &survivors {
        println!("not noticed: {survivor}");
    }
    println!("{noticed} of {draws} wrong rules noticed");
    if noticed * 100 < least * draws {
        bail!(
            "fewer than {least} in a hundred; label sentences that tell these rules' codes apart"
        );
    }
    Ok(())
}

/// Sentences prove little if they are few or alike: no frame may have more than one in fifty.
fn variety(trials: &[Trial]) -> Result<()> {
    let mut frames: HashMap<String, usize> = HashMap::new();
    for frame in trials.iter().filter_map(Trial::frame) {
        *frames.entry(frame).or_default() += 1;
    }
    let sentences: usize = frames.values().sum();
    let Some((frame, count)) = frames.iter().max_by_key(|(frame, count)| (**count, *frame)) else {
        bail!("no sentence has a predication");
    };
    println!(
        "{sentences} sentences in {} frames; the commonest, `{frame}`, has {count}",
        frames.len()
    );
    if sentences < SENTENCES {
        bail!("fewer than {SENTENCES} sentences; label more");
    }
    if count * 50 > sentences {
        bail!("`{frame}` has more than one sentence in fifty; write others");
    }
    Ok(())
}

/// Alternatives of rules by which no test's fact comes about: nobody knows whether they hold.
fn unreached(language: &Language, trials: &[Trial], show: bool) {
    let reached: BTreeSet<(&str, usize)> = trials
        .iter()
        .flat_map(|trial| &trial.reading.derivations)
        .flat_map(|derivation| &derivation.outcomes)
        .filter_map(|outcome| match outcome {
            Outcome::Coded { rule, line, .. } => Some((rule.as_str(), *line)),
            _ => None,
        })
        .collect();
    let (mut all, mut missed) = (0, 0);
    for rule in &language.rules.rules {
        for when in &rule.when {
            all += 1;
            if reached.contains(&(rule.id.as_str(), when.line)) {
                continue;
            }
            missed += 1;
            if show {
                println!("not reached: {}:{}", rule.file, when.line);
            }
        }
    }
    println!("{missed} of {all} alternatives of rules are reached by no test");
}

/// Which texts a rule codes something in.
fn touched(trials: &[Trial]) -> HashMap<String, Vec<usize>> {
    let mut touched: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, trial) in trials.iter().enumerate() {
        let rules: BTreeSet<&str> = trial
            .reading
            .facts
            .iter()
            .map(|fact| fact.rule.as_str())
            .collect();
        for rule in rules {
            touched.entry(rule.to_owned()).or_default().push(at);
        }
    }
    touched
}

fn draw(language: &Language, rule: &Rule, random: &mut Random) -> Mutation {
    let yields = &rule.yields;
    let directed =
        yields.mutual != Mutual::Always && !yields.actor.is_empty() && !yields.recipient.is_empty();
    if directed && random.below(2) == 0 {
        return Mutation::Swap;
    }
    let mut code = yields.code.clone();
    match code.event_type {
        Some(_) => {
            let others: Vec<(&str, &Vec<String>, Option<EventType>)> = language
                .rules
                .codebook
                .codes()
                .filter(|(other, entry)| {
                    entry.event_type.is_some() && Some(*other) != code.cameo.as_deref()
                })
                .map(|(other, entry)| (other, &entry.mode, entry.event_type))
                .collect();
            let (cameo, mode, event_type) = others[random.below(others.len())];
            code.cameo = Some(cameo.to_owned());
            code.mode.clone_from(mode);
            code.event_type = event_type;
        }
        // What is no act has its kind for a code.
        None => {
            let others: Vec<Kind> = [
                Kind::Position,
                Kind::Relation,
                Kind::Cooperation,
                Kind::Figure,
                Kind::Claim,
            ]
            .into_iter()
            .filter(|kind| *kind != code.kind)
            .collect();
            code.kind = others[random.below(others.len())];
        }
    }
    Mutation::Code(code)
}

fn told(mutation: &Mutation, rule: &Rule) -> String {
    let shown = |code: &Code| {
        format!(
            "{:?} {} {}",
            code.kind,
            code.event_type
                .map_or("-".to_owned(), |event_type| format!("{event_type:?}")),
            code.cameo.as_deref().unwrap_or("-")
        )
    };
    match mutation {
        Mutation::Swap => "sides swapped".to_owned(),
        Mutation::Code(code) => format!("{} → {}", shown(&rule.yields.code), shown(code)),
    }
}

fn apply(mutation: &Mutation, rule: &mut Rule) {
    match mutation {
        Mutation::Code(code) => rule.yields.code = code.clone(),
        Mutation::Swap => std::mem::swap(&mut rule.yields.actor, &mut rule.yields.recipient),
    }
}

/// SplitMix64: draws that anybody can repeat from the seed.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) % bound as u64) as usize
    }
}
