//! Whether a predication meets what a rule asks.

use std::ops::Range;

use super::Context;
use crate::clause::{PredicateForm, Predication, Role, RoleName, Tense};
use crate::names::Referent;
use crate::parse::TokenId;
use crate::record::{Party, PartyType};
use crate::resolve::OFFICIAL;
use crate::resolve::amounts::AmountKind;
use crate::rules::{Path, Requirement, Rule, Rules, Step, Test, What, When, WordSet};

/// A rule that holds for a predication.
pub(super) struct Take<'r> {
    pub(super) rule: &'r Rule,
    pub(super) when: &'r When,
    pub(super) bound: Vec<Bound<'r>>,
    /// How much the rule asks for.
    pub(super) strength: usize,
}

/// A requirement with the fillers that meet it.
pub(super) struct Bound<'r> {
    pub(super) requirement: &'r Requirement,
    pub(super) fillers: Vec<Filler>,
}

/// A rule that names the predicate and does not hold.
pub(super) struct Miss<'r> {
    pub(super) rule: &'r Rule,
    pub(super) line: usize,
    /// How many conditions were met before one was not.
    pub(super) passed: usize,
    pub(super) reason: Reason<'r>,
}

/// What was not met. It is put into words only where somebody asks: most rules that name a predicate do not hold.
pub(super) enum Reason<'r> {
    Form(PredicateForm),
    Tense(Tense),
    Negated(bool),
    Reciprocal(bool),
    Governor,
    ExcludedGovernor,
    Modifier,
    ExcludedModifier,
    Word,
    ExcludedWord,
    Present(&'r Path),
    NoWords(&'r Requirement),
    Unmet(&'r Requirement, Vec<Filler>),
}

impl Reason<'_> {
    /// The reason in words.
    pub(super) fn told(&self, context: &Context) -> String {
        match self {
            Reason::Form(form) => format!("the predicate is {form:?}"),
            Reason::Tense(tense) => format!("the tense is {}", tense_word(*tense)),
            Reason::Negated(negated) => format!("negated is {negated}"),
            Reason::Reciprocal(reciprocal) => format!("reciprocal is {reciprocal}"),
            Reason::Governor => "none of the governors asked for stands over it".to_owned(),
            Reason::ExcludedGovernor => "an excluded governor stands over it".to_owned(),
            Reason::Modifier => "none of the modifiers asked for".to_owned(),
            Reason::ExcludedModifier => "an excluded modifier".to_owned(),
            Reason::Word => "none of the words asked for stands in it".to_owned(),
            Reason::ExcludedWord => "an excluded word stands in it".to_owned(),
            Reason::Present(path) => format!("`{path}` is there and must be absent"),
            Reason::NoWords(requirement) => format!("{requirement}: no such words"),
            Reason::Unmet(requirement, found) => {
                let words: Vec<&str> = found.iter().map(|filler| context.words(filler)).collect();
                format!("{requirement}: not met by “{}”", words.join("”, “"))
            }
        }
    }
}

/// Words at the end of a path.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Filler {
    /// Head of the words.
    pub head: TokenId,
    /// The words, as tokens of the head's unit.
    pub tokens: Range<usize>,
    /// The role that they fill.
    pub role: Option<RoleName>,
}

impl Filler {
    /// What fills a role of a predication in this unit.
    pub(super) fn of(unit: usize, role: &Role) -> Self {
        Filler {
            head: TokenId {
                unit,
                token: role.head,
            },
            tokens: role.tokens.clone(),
            role: Some(role.name),
        }
    }
}

/// Tries all rules that name the predicate.
pub(super) fn attempts<'r>(
    context: &Context,
    rules: &'r Rules,
    predication: usize,
) -> (Vec<Take<'r>>, Vec<Miss<'r>>) {
    let predication = &context.predications[predication];
    let mut held: Vec<Take> = Vec::new();
    let mut missed = Vec::new();
    let head = TokenId {
        unit: predication.unit,
        token: predication.head,
    };
    for name in context.predicate_names(predication) {
        for candidate in rules.candidates(&name) {
            let rule = &rules.rules[candidate.rule];
            if held.iter().any(|take| take.rule.id == rule.id) {
                continue;
            }
            let when = &rule.when[candidate.alternative];
            if !candidate.bare && !context.is_word(&when.predicate, &name, head) {
                continue;
            }
            match attempt(context, predication, when) {
                Ok((bound, strength)) => held.push(Take {
                    rule,
                    when,
                    bound,
                    strength,
                }),
                Err(Shortfall {
                    passed,
                    line,
                    reason,
                }) => missed.push(Miss {
                    rule,
                    line: line.unwrap_or(when.line),
                    passed,
                    reason,
                }),
            }
        }
    }
    (held, missed)
}

struct Shortfall<'r> {
    passed: usize,
    line: Option<usize>,
    reason: Reason<'r>,
}

fn attempt<'r>(
    context: &Context,
    predication: &Predication,
    when: &'r When,
) -> Result<(Vec<Bound<'r>>, usize), Shortfall<'r>> {
    let mut passed = 0;
    let mut must = |holds: Option<bool>, reason: Reason<'r>| match holds {
        None => Ok(()),
        Some(true) => {
            passed += 1;
            Ok(())
        }
        Some(false) => Err(Shortfall {
            passed,
            line: None,
            reason,
        }),
    };
    let listed =
        |list: &[PredicateForm]| (!list.is_empty()).then(|| list.contains(&predication.form));
    must(listed(&when.forms), Reason::Form(predication.form))?;
    must(
        (!when.tense.is_empty()).then(|| when.tense.contains(&predication.tense)),
        Reason::Tense(predication.tense),
    )?;
    must(
        when.negated.map(|asked| asked == predication.negated),
        Reason::Negated(predication.negated),
    )?;
    must(
        when.reciprocal.map(|asked| asked == predication.reciprocal),
        Reason::Reciprocal(predication.reciprocal),
    )?;
    let governed = |set: &WordSet| {
        predication
            .governors
            .iter()
            .any(|governor| set.has_word(&governor.lemma))
    };
    must(when.governor.as_ref().map(governed), Reason::Governor)?;
    must(
        when.not_governor.as_ref().map(|set| !governed(set)),
        Reason::ExcludedGovernor,
    )?;
    let modified = |set: &WordSet| context.modified(predication, set);
    must(when.modifier.as_ref().map(modified), Reason::Modifier)?;
    must(
        when.not_modifier.as_ref().map(|set| !modified(set)),
        Reason::ExcludedModifier,
    )?;
    let mentioned = |set: &WordSet| context.mentioned(predication, set);
    must(when.mentions.as_ref().map(mentioned), Reason::Word)?;
    must(
        when.not_mentions.as_ref().map(|set| !mentioned(set)),
        Reason::ExcludedWord,
    )?;
    for path in &when.absent {
        let is_absent = fillers(context, predication, path).is_empty();
        must(Some(is_absent), Reason::Present(path))?;
    }
    let mut bound = Vec::new();
    for requirement in &when.requirements {
        match meet(context, predication, requirement) {
            Ok(fillers) => {
                if !fillers.is_empty() {
                    passed += 1 + requirement.any_of[0].len();
                }
                bound.push(Bound {
                    requirement,
                    fillers,
                });
            }
            Err(reason) => {
                return Err(Shortfall {
                    passed,
                    line: Some(requirement.line),
                    reason,
                });
            }
        }
    }
    Ok((bound, passed))
}

fn tense_word(tense: Tense) -> &'static str {
    match tense {
        Tense::Past => "past",
        Tense::Present => "present",
        Tense::Future => "future",
        Tense::None => "none",
    }
}

/// The fillers that meet a requirement, or why none does.
fn meet<'r>(
    context: &Context,
    predication: &Predication,
    requirement: &'r Requirement,
) -> Result<Vec<Filler>, Reason<'r>> {
    let mut found = fillers(context, predication, &requirement.path);
    if requirement.optional {
        // A pronoun that nothing resolves says no more than an empty place.
        found.retain(|filler| {
            !context.is_pronoun(filler.head) || !context.known_parties(filler).is_empty()
        });
    }
    if found.is_empty() {
        return match requirement.optional {
            true => Ok(Vec::new()),
            false => Err(Reason::NoWords(requirement)),
        };
    }
    let meets = |filler: &&Filler| {
        requirement.any_of.iter().any(|tests| {
            tests
                .iter()
                .all(|test| passes(context, filler, &found, test))
        })
    };
    let meeting: Vec<Filler> = found.iter().filter(meets).cloned().collect();
    if meeting.is_empty() {
        return Err(Reason::Unmet(requirement, found));
    }
    Ok(meeting)
}

/// The words at the end of a path.
pub(super) fn fillers(context: &Context, predication: &Predication, path: &Path) -> Vec<Filler> {
    let mut steps = path.steps.iter();
    let Some(first) = steps.next() else {
        return Vec::new();
    };
    let mut found = step(context, predication, first);
    for next in steps {
        found = found
            .iter()
            .flat_map(|filler| match (context.predication_at(filler.head), next) {
                (_, Step::Earlier) => super::earlier::earlier(context, filler),
                (Some(predication), _) => step(context, predication, next),
                (None, Step::Role { role, prep: None }) => context.complements(filler, *role),
                _ => Vec::new(),
            })
            .collect();
    }
    found
}

fn step(context: &Context, predication: &Predication, step: &Step) -> Vec<Filler> {
    let unit = predication.unit;
    match step {
        Step::Role { role, prep } => predication
            .roles
            .iter()
            .filter(|filler| filler.name == *role)
            .filter(|filler| prep.is_none() || filler.prep == *prep)
            .map(|filler| Filler::of(unit, filler))
            .collect(),
        Step::Itself => {
            let head = TokenId {
                unit,
                token: predication.head,
            };
            let tokens = context.trees.units[unit].edges[predication.head].clone();
            vec![Filler {
                head,
                tokens,
                role: None,
            }]
        }
        Step::Speaker | Step::Earlier => Vec::new(),
    }
}

fn passes(context: &Context, filler: &Filler, all: &[Filler], test: &Test) -> bool {
    let of_type = |party_type: PartyType| {
        context
            .known_parties(filler)
            .iter()
            .any(|party| party.party_type == party_type)
    };
    let holds = match &test.what {
        What::State => of_type(PartyType::State),
        What::Official => context.known_parties(filler).iter().any(|party| {
            party.party_type == PartyType::State
                && party
                    .sector
                    .as_deref()
                    .is_none_or(|sector| OFFICIAL.contains(&sector))
        }),
        What::States => {
            let parties: Vec<_> = all
                .iter()
                .map(|filler| context.known_parties(filler))
                .collect();
            let mut states = parties
                .iter()
                .flat_map(|parties| parties.iter())
                .filter(|party| party.party_type == PartyType::State);
            states
                .next()
                .is_some_and(|first| states.any(|other| other.id != first.id))
        }
        What::Party => !context.known_parties(filler).is_empty(),
        What::Person => context
            .known_parties(filler)
            .iter()
            .any(|party: &Party| party.person.is_some() || party.party_type == PartyType::Person),
        What::Organisation => of_type(PartyType::Organisation),
        What::Company => of_type(PartyType::Company),
        What::Group => of_type(PartyType::Group),
        What::Place => context.mentions_at(filler).any(|mention| {
            matches!(
                mention.referent,
                Referent::Place { .. } | Referent::State { .. }
            )
        }),
        What::Issue => context
            .mentions_in(filler)
            .any(|mention| matches!(mention.referent, Referent::Issue { .. })),
        What::Amount => context
            .amounts(filler.head.unit, context.filler_span(filler))
            .any(|amount| amount.kind != AmountKind::Number),
        What::Act => context.predication_at(filler.head).is_some(),
        What::Any => true,
        What::Words(set) => context.is_in(set, filler.head),
    };
    holds != test.not
}

/// The predications that are content of a fact: nominal and infinitive acts inside absorbed fillers.
pub(super) fn absorbed(context: &Context, predication: &Predication, take: &Take) -> Vec<usize> {
    take.rule
        .yields
        .absorbs
        .iter()
        .flat_map(|path| fillers(context, predication, path))
        .flat_map(|filler| context.acts_within(&filler))
        .collect()
}

/// The predications that head what a fact absorbs, finite ones included: what is asked for, promised or told.
pub(super) fn content(context: &Context, predication: &Predication, take: &Take) -> Vec<usize> {
    take.rule
        .yields
        .absorbs
        .iter()
        .flat_map(|path| fillers(context, predication, path))
        .filter_map(|filler| context.predication_index(filler.head))
        .collect()
}
