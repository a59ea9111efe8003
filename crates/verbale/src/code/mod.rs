//! Predications and rules to facts.
//!
//! For each predication the rules that name its predicate are tried ([`matching`]); precedence settles between those
//! that hold ([`settle`]); the winner's fact is put together ([`assemble`]) with the mood of the words ([`mood`]) and
//! the codebook's transformations ([`plover`]). What was tried and why it lost stays in [`Derivation`]s, so that every
//! fact, and every silence, can be explained.

mod assemble;
pub mod calibration;
pub(crate) mod codebook;
mod context;
pub mod days;
mod derivation;
mod earlier;
mod holds;
mod joined;
mod matching;
mod mood;
mod occasions;
mod offices;
mod packages;
mod particulars;
mod parties;
mod plover;
mod quote;
mod reach;
mod repeats;
pub mod score;
mod settle;
mod several;
mod story;
mod when;

use std::collections::{HashMap, HashSet};

use crate::record::Fact;
use crate::rules::Rules;

pub use codebook::{CameoCode, Codebook};
pub use context::{Context, Steps};
pub use derivation::{Binding, Derivation, Lost, LostBecause, Outcome};
pub use when::lean;

/// What the step answers.
#[derive(Debug, Clone, Default)]
pub struct Coded {
    /// Facts in order of their words.
    pub facts: Vec<Fact>,
    /// One derivation for each predication that any rule names.
    pub derivations: Vec<Derivation>,
}

/// A fact before it has its name.
struct Draft {
    fact: Fact,
    /// Index of its predication.
    predication: usize,
    /// Derivation and outcome that tell of it.
    outcome: (usize, usize),
    /// The draft of which it is a part: a package of papers, a visit.
    part_of: Option<usize>,
}

/// What the rules make of one predication, before any is asked what its content says.
struct Attempt<'r> {
    predication: usize,
    settled: settle::Settled<'r>,
}

impl<'r> Attempt<'r> {
    fn new(context: &Context, rules: &'r Rules, predication: usize) -> Option<Self> {
        let (held, missed) = matching::attempts(context, rules, predication);
        (!held.is_empty() || !missed.is_empty()).then(|| Attempt {
            predication,
            settled: settle::settle(context, held, missed),
        })
    }

    /// Whether only rules speak that need both sides to be trusted.
    fn falls_back(&self) -> bool {
        self.settled.kept.iter().all(|take| take.rule.falls_back())
    }
}

/// Where rules are silent the scored model speaks, the surest first.
fn scored(
    context: &Context,
    rules: &Rules,
    absorbed: &HashSet<usize>,
    held: &HashMap<usize, score::Held>,
    drafts: &mut Vec<Draft>,
    coded: &mut Coded,
) {
    if rules.scorer.is_none() {
        return;
    }
    let silent = score::Held::new();
    let mut words = score::Words::default();
    let coded_by_rules: HashSet<usize> = drafts.iter().map(|draft| draft.predication).collect();
    let mut said: Vec<(usize, score::Said)> = (0..context.predications.len())
        .filter(|at| !coded_by_rules.contains(at) && !absorbed.contains(at))
        .filter_map(|at| {
            let held = held.get(&at).unwrap_or(&silent);
            let seen = score::look(
                context,
                rules,
                at,
                None,
                held,
                &mut words,
                score::Names::default(),
            );
            Some((at, score::speak(context, rules, at, &seen)?))
        })
        .collect();
    said.sort_by(|(a, first), (b, second)| second.share.total_cmp(&first.share).then(a.cmp(b)));
    for (at, said) in said {
        let predication = &context.predications[at];
        let take = matching::Take {
            rule: said.rule,
            when: &said.rule.when[0],
            bound: Vec::new(),
            strength: 0,
        };
        let Ok((mut fact, _)) =
            assemble::with_sides(context, rules, predication, &take, said.sides)
        else {
            continue;
        };
        if drafts.iter().any(|draft| score::tells(&draft.fact, &fact)) {
            continue;
        }
        fact.confidence = (f64::from(said.share) * 100.0).round() / 100.0;
        let mut derivation = Derivation::new(context, predication, Vec::new());
        derivation
            .outcomes
            .push(Outcome::coded(context, predication, &take));
        drafts.push(Draft {
            fact,
            predication: at,
            outcome: (coded.derivations.len(), 0),
            part_of: None,
        });
        coded.derivations.push(derivation);
    }
}

/// Codes all predications of a document.
pub fn code(context: &Context, rules: &Rules) -> Coded {
    code_by(context, rules, &score::Names::default(), &mut |open| {
        rules.days.choose(&open.candidates)
    })
}

/// The same with another choice among the days that a fact may have; clues keep their names or not like `names`.
pub fn code_by(
    context: &Context,
    rules: &Rules,
    names: &score::Names,
    choose: &mut dyn FnMut(&days::Open) -> Option<usize>,
) -> Coded {
    let mut coded = Coded::default();
    let mut absorbed: HashSet<usize> = HashSet::new();
    // The widest words first, because a fact may absorb the acts that are its content; rules that ask little come last,
    // because they give way to what their content says.
    let mut attempts: Vec<Attempt> = (0..context.predications.len())
        .filter_map(|index| Attempt::new(context, rules, index))
        .collect();
    attempts.sort_by_key(|attempt| {
        let span = context.predications[attempt.predication].span;
        (
            attempt.falls_back(),
            std::cmp::Reverse(span.len()),
            span.start,
            attempt.predication,
        )
    });
    // What the rules say of each predication is a feature of the scored model.
    let held: HashMap<usize, score::Held> = attempts
        .iter()
        .map(|attempt| (attempt.predication, score::held(&attempt.settled)))
        .collect();
    let mut drafts: Vec<Draft> = Vec::new();
    for Attempt {
        predication: index,
        settled,
    } in attempts
    {
        let predication = &context.predications[index];
        let mut derivation = Derivation::new(context, predication, settled.lost);
        if absorbed.contains(&index) {
            derivation.outcomes.push(Outcome::Absorbed);
        } else {
            for take in &settled.kept {
                let content = matching::content(context, predication, take);
                let told = take.rule.falls_back()
                    && drafts
                        .iter()
                        .any(|draft| content.contains(&draft.predication));
                let fact = match told {
                    true => Err("its content is coded".to_owned()),
                    false => assemble::assemble(context, rules, index, take),
                };
                match fact {
                    Ok((fact, further)) => {
                        absorbed.extend(matching::absorbed(context, predication, take));
                        let several = several::split(context, predication, fact, further);
                        absorbed.extend(several.told);
                        for fact in several.facts {
                            drafts.push(Draft {
                                fact,
                                predication: index,
                                outcome: (coded.derivations.len(), derivation.outcomes.len()),
                                part_of: None,
                            });
                            derivation
                                .outcomes
                                .push(Outcome::coded(context, predication, take));
                        }
                    }
                    Err(because) => derivation.outcomes.push(Outcome::Dropped {
                        rule: take.rule.id.clone(),
                        because,
                    }),
                }
            }
        }
        coded.derivations.push(derivation);
    }
    scored(context, rules, &absorbed, &held, &mut drafts, &mut coded);
    // Ids count facts with equal words and parties in the order of the text, not in the order of the work.
    drafts.sort_by_key(|draft| (draft.fact.span.start, draft.fact.span.end, draft.outcome));
    for (derivation, outcome) in joined::join(context, &mut drafts) {
        coded.derivations[derivation].outcomes[outcome] = Outcome::Absorbed;
    }
    occasions::lend(context, &mut drafts);
    let story = story::story(context);
    holds::hold(context, story.as_ref(), &mut drafts);
    days::settle(context, story.as_ref(), &mut drafts, names, choose);
    packages::gather(context, &mut drafts);
    let wholes: Vec<Option<usize>> = drafts.iter().map(|draft| draft.part_of).collect();
    let (mut facts, places): (Vec<Fact>, Vec<(usize, usize)>) = drafts
        .into_iter()
        .map(|draft| (draft.fact, draft.outcome))
        .unzip();
    let offices = offices::offices(context, &facts);
    let coded_by_rules = facts.len();
    facts.extend(offices);
    for fact in &mut facts {
        fact.confidence = rules.calibration.calibrated(&fact.rule, fact.confidence);
    }
    assemble::name(context, &mut facts);
    for (at, whole) in wholes.into_iter().enumerate() {
        facts[at].part_of = whole.map(|whole| facts[whole].id.clone());
    }
    for (fact, (derivation, outcome)) in facts[..coded_by_rules].iter().zip(places) {
        if let Outcome::Coded { fact: id, .. } =
            &mut coded.derivations[derivation].outcomes[outcome]
        {
            id.clone_from(&fact.id);
        }
    }
    facts.sort_by(|a, b| (a.span, &a.rule, &a.id).cmp(&(b.span, &b.rule, &b.id)));
    repeats::mark(context, &mut facts);
    coded
        .derivations
        .sort_by_key(|derivation| (derivation.span.start, derivation.span.end));
    coded.facts = facts;
    coded
}
