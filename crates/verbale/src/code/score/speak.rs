//! What the model says of a predication that no rule codes: a synthetic rule, and the sides.

use std::collections::BTreeSet;

use super::super::Context;
use super::super::parties::Sides;
use super::{Names, Places, Scorer, Scores, Seen, who};
use crate::clause::{PredicateForm, Predication, RoleName};
use crate::names::{Referent, StateForm};
use crate::record::{EventType, Kind, Party, PartyBasis};
use crate::rules::{Mutual, Rule, Rules, Yields};

/// From which share on the model's word is taken for a fact.
const FACT: f32 = 0.1;

/// How sure the model must be of an act with its codes and parties.
const ACT: f32 = 0.16;

/// The same for acts that are often only spoken of: help, refusals, thanks and praise, goods that change hands. Told with less,
/// fewer than four in ten of them are right (`--judge`, texts held out).
const SPOKEN_OF: f32 = 0.3;

/// The same for what rhetoric imitates: promises, stands, relations, cooperation.
const STANDING: f32 = 0.35;

/// From which share on, if words and discourse lead to one side only.
const ONE_SIDED: f32 = 0.85;

/// From which share on a candidate is the second party where only one is sure.
const LONE: f32 = 0.25;

/// From which share on a candidate completes what a rule found.
const COMPLETES: f32 = 0.7;

/// What the model says.
pub(in crate::code) struct Said<'r> {
    /// The codes, as a rule that asks nothing.
    pub(in crate::code) rule: &'r Rule,
    /// Who acts on whom.
    pub(in crate::code) sides: Sides,
    /// How sure it is that this is a fact of this type between these parties.
    pub(in crate::code) share: f32,
}

/// Asks the model about a predication.
pub(in crate::code) fn speak<'r>(
    context: &Context,
    rules: &'r Rules,
    at: usize,
    seen: &Seen,
) -> Option<Said<'r>> {
    let scorer = rules.scorer.as_ref()?;
    let known = scorer.known(&seen.features);
    let fact = scorer.alone(&known, "fact", "yes");
    if fact < FACT {
        return None;
    }
    let scores = scorer.score(&known);
    let (rule, of_code) = code(rules, scorer, &scores)?;
    let code = &rule.yields.code;
    let least = match (code.kind, code.event_type) {
        (Kind::Event, Some(EventType::Aid | EventType::Reject | EventType::Support))
        | (Kind::Transfer, _) => SPOKEN_OF,
        (Kind::Event | Kind::Figure, _) => ACT,
        _ => STANDING,
    };
    // Parties are looked for only where they can still decide.
    if fact * of_code < least {
        return None;
    }
    if is_phase_of_nothing(context, rules, at) {
        return None;
    }
    let (sides, sure) = sides(context, rules, at, &seen.places, scorer, &scores);
    // Whoever does not act makes no act, however many are acted upon: "the jets offer both …".
    if sides.actor.is_empty() {
        return None;
    }
    // Two that no words name may well sign or talk; who of them strikes whom only words can say.
    let unnamed = |party: &Party| party.basis == PartyBasis::Inferred;
    let hostile = rule
        .yields
        .code
        .event_type
        .and_then(|event_type| rules.codebook.quad(event_type))
        .is_some_and(|quad| quad >= 3);
    if hostile && sides.actor.iter().chain(&sides.recipient).all(unnamed) {
        return None;
    }
    if !is_two_sided(&sides) && fact < ONE_SIDED {
        return None;
    }
    let share = fact * of_code * sure;
    if share < least {
        return None;
    }
    Some(Said { rule, sides, share })
}

/// "It will continue", "this has begun": that something goes on tells no act where the words do not say what.
fn is_phase_of_nothing(context: &Context, rules: &Rules, at: usize) -> bool {
    let predication = &context.predications[at];
    let is_phase = matches!(
        rules.operators.of(&predication.lemma.to_lowercase()),
        Some("begin" | "more" | "less" | "end")
    );
    let tree = context.tree(predication.unit);
    let says_what = |role: &crate::clause::Role| match role.name {
        RoleName::Agent => tree.tokens[role.head].pos != "PRON",
        RoleName::Time | RoleName::Place => false,
        _ => true,
    };
    predication.form == PredicateForm::Verb && is_phase && !predication.roles.iter().any(says_what)
}

/// The likeliest codes: kind and type together, and the type apart, have to agree.
fn code<'r>(rules: &'r Rules, scorer: &Scorer, scores: &Scores) -> Option<(&'r Rule, f32)> {
    scorer
        .joint(scores)
        .filter_map(|(key, code, of_type)| Some((rules.scored.get(key)?, (code * of_type).sqrt())))
        .max_by(|a, b| a.1.total_cmp(&b.1))
        .filter(|(rule, _)| rule.yields.code.kind != Kind::Claim)
}

fn is_two_sided(sides: &Sides) -> bool {
    let mut states: Vec<&str> = sides
        .actor
        .iter()
        .chain(&sides.recipient)
        .map(Party::side)
        .collect();
    states.sort_unstable();
    states.dedup();
    states.len() >= 2
}

/// Under which key the codes of a kind and a type stand.
pub fn key(kind: &str, event_type: &str) -> String {
    format!("{kind}.{event_type}")
}

/// Supplies to the sides of a rule's fact what its words leave out, if the model is sure of somebody.
pub(in crate::code) fn complete(
    context: &Context,
    rules: &Rules,
    at: usize,
    yields: &Yields,
    sides: &mut Sides,
) {
    let Some(model) = &rules.parties else {
        return;
    };
    if yields.recipient.is_empty() && yields.mutual == Mutual::Never {
        return;
    }
    let known: BTreeSet<String> = sides
        .actor
        .iter()
        .chain(&sides.recipient)
        .map(|party| party.side().to_owned())
        .collect();
    let predication = &context.predications[at];
    let acts_alone = sides.actor.is_empty() && context.acts_for_nobody(predication);
    if known.len() != 1 || acts_alone {
        return;
    }
    let places = super::places(context, &context.predications[at]);
    for candidate in who::candidates(context, at, &places, &rules.predicates, &Names::default()) {
        if is_seat(context, predication, &candidate) {
            continue;
        }
        let scores = model.score(&model.known(&candidate.features));
        if known.contains(&candidate.id) || model.share(&scores, "party", "none") > 1.0 - COMPLETES
        {
            continue;
        }
        match sides.mutual || sides.actor.is_empty() {
            true => sides.actor.extend(candidate.parties),
            false => sides.recipient.extend(candidate.parties),
        }
    }
}

/// Whether somebody is there only as a seat of bodies where it happens: "asked the court in The Hague". A state or its capital as a
/// place may well be met by the act ("killed an exile in Malaysia", "keep order in Banjul").
fn is_seat(context: &Context, predication: &Predication, candidate: &who::Candidate) -> bool {
    let is_place = candidate.sites.first().map(String::as_str) == Some(RoleName::Place.name());
    is_place
        && candidate.parties.iter().all(|party| {
            let mut mentions = context.mentions_in_span(predication.unit, party.span);
            mentions.any(|mention| {
                matches!(
                    mention.referent,
                    Referent::State {
                        form: StateForm::Seat,
                        ..
                    }
                )
            })
        })
}

/// The sides, by the model of who the parties are, and how sure it is of them all.
fn sides(
    context: &Context,
    rules: &Rules,
    at: usize,
    places: &Places,
    scorer: &Scorer,
    scores: &Scores,
) -> (Sides, f32) {
    let mut sides = Sides {
        mutual: scorer.share(scores, "mutual", "yes") > 0.5,
        ..Sides::default()
    };
    let mut sure = 1.0;
    let Some(model) = &rules.parties else {
        return (sides, sure);
    };
    let candidates = who::candidates(context, at, places, &rules.predicates, &Names::default());
    let mut shares: Vec<(f32, f32)> = candidates
        .iter()
        .map(|candidate| {
            let scores = model.score(&model.known(&candidate.features));
            let of = |answer: &str| model.share(&scores, "party", answer);
            (of("actor"), of("recipient"))
        })
        .collect();
    let taken = |(actor, recipient): (f32, f32)| actor + recipient > 0.5;
    if shares.iter().filter(|share| taken(**share)).count() < 2 {
        let best = shares
            .iter()
            .enumerate()
            .filter(|(_, share)| !taken(**share))
            .max_by(|a, b| (a.1.0 + a.1.1).total_cmp(&(b.1.0 + b.1.1)));
        if let Some((best, &(actor, recipient))) = best
            && actor + recipient > LONE
        {
            sure *= (actor + recipient) / 0.51;
            let up = 0.51 / (actor + recipient);
            shares[best] = (actor * up, recipient * up);
        }
    }
    for (candidate, &share) in candidates.into_iter().zip(&shares) {
        let (actor, recipient) = share;
        if !taken(share) {
            sure *= 1.0 - actor - recipient;
            continue;
        }
        sure *= actor + recipient;
        let side = match sides.mutual || actor >= recipient {
            true => &mut sides.actor,
            false => &mut sides.recipient,
        };
        side.extend(candidate.parties);
    }
    (sides, sure)
}
