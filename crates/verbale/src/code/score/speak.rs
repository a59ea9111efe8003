//! What the model says of a predication that no rule codes: a synthetic rule, and the sides.

use super::super::Context;
use super::super::parties::{Sides, is_collective};
use super::{Places, Scorer, Scores, Seen};
use crate::clause::RoleName;
use crate::record::{Kind, Party, PartyBasis};
use crate::rules::{Mutual, Rule, Rules, Yields};

/// From which share on the model's word is taken for a fact.
const FACT: f32 = 0.30;

/// How sure the model must be of an act with its codes.
const ACT: f32 = 0.2;

/// The same for what rhetoric imitates: promises, stands, relations, cooperation.
const STANDING: f32 = 0.38;

/// From which share on, if words and discourse lead to one side only.
const ONE_SIDED: f32 = 0.85;

/// From how many words for its two states per sentence on a text is about the two.
const DENSE: f32 = 0.5;

/// What the model says.
pub(in crate::code) struct Said<'r> {
    /// The codes, as a rule that asks nothing.
    pub(in crate::code) rule: &'r Rule,
    /// Who acts on whom.
    pub(in crate::code) sides: Sides,
    /// How sure it is that this is a fact of this type.
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
    let scores = scorer.score(&seen.features);
    let fact = scorer.share(&scores, "fact", "yes");
    if fact < FACT {
        return None;
    }
    let (rule, of_code) = code(rules, scorer, &scores)?;
    let least = match rule.yields.code.kind {
        Kind::Event | Kind::Transfer | Kind::Figure => ACT,
        _ => STANDING,
    };
    if fact * of_code < least {
        return None;
    }
    let sides = sides(context, at, &seen.places, scorer, &scores);
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
    Some(Said {
        rule,
        sides,
        share: fact * of_code,
    })
}

/// The likeliest codes: kind and type together, and the type apart, have to agree.
fn code<'r>(rules: &'r Rules, scorer: &Scorer, scores: &Scores) -> Option<(&'r Rule, f32)> {
    rules
        .scored
        .iter()
        .map(|(key, rule)| {
            let event_type = key
                .split_once('.')
                .map_or("NONE", |(_, event_type)| event_type);
            let share = scorer.share(scores, "code", key);
            let of_type = scorer.share(scores, "type", event_type);
            (rule, (share * of_type).sqrt())
        })
        .max_by(|a, b| a.1.total_cmp(&b.1))
        .filter(|(rule, _)| rule.yields.code.kind != Kind::Claim)
}

fn is_two_sided(sides: &Sides) -> bool {
    let mut states: Vec<&str> = sides
        .actor
        .iter()
        .chain(&sides.recipient)
        .map(|party| party.state.as_deref().unwrap_or(&party.id))
        .collect();
    states.sort_unstable();
    states.dedup();
    states.len() >= 2
}

/// Under which key the codes of a kind and a type stand.
pub fn key(kind: &str, event_type: &str) -> String {
    format!("{kind}.{event_type}")
}

/// Supplies to the sides of a rule's fact what its words leave out, if the model takes the other one of the two to be meant.
pub(in crate::code) fn complete(
    context: &Context,
    rules: &Rules,
    at: usize,
    yields: &Yields,
    sides: &mut Sides,
) {
    let Some(scorer) = &rules.scorer else {
        return;
    };
    // A rule that never has a second side knows why; and what words name ("condemned the provocations") is not left out.
    let named = [RoleName::Patient, RoleName::Recipient, RoleName::Content]
        .iter()
        .any(|role| context.predications[at].role(*role).next().is_some());
    if named || yields.recipient.is_empty() && yields.mutual == Mutual::Never {
        return;
    }
    let known = sides.actor.iter().chain(&sides.recipient);
    if known.filter(|party| is_collective(party)).count() != 1 {
        return;
    }
    let seen = super::see(context, rules, at, None);
    let scores = scorer.score(&seen.features);
    if scorer.share(&scores, "fill", "yes") > 0.5 {
        fill(context, at, sides);
    }
}

fn sides(context: &Context, at: usize, places: &Places, scorer: &Scorer, scores: &Scores) -> Sides {
    let yes = |question: &str| scorer.share(scores, question, "yes") > 0.5;
    let stands = |party: &Party| is_collective(party) || party.state.is_some();
    let agent: Vec<Party> = places
        .agent
        .iter()
        .filter(|party| stands(party))
        .cloned()
        .collect();
    let other: Vec<Party> = places
        .others
        .iter()
        .map(|(_, parties)| {
            parties
                .iter()
                .filter(|party| stands(party) && !agent.iter().any(|known| known.id == party.id))
                .cloned()
                .collect::<Vec<_>>()
        })
        .find(|parties| !parties.is_empty())
        .unwrap_or_default();
    let (mut actor, mut recipient) = match yes("swap") {
        true => (other, agent),
        false => (agent, other),
    };
    let mutual = yes("mutual");
    if mutual {
        actor.append(&mut recipient);
    }
    let mut sides = Sides {
        actor,
        recipient,
        mutual,
    };
    if yes("fill") {
        fill(context, at, &mut sides);
    }
    sides
}

/// Supplies what the words leave out from the discourse.
fn fill(context: &Context, at: usize, sides: &mut Sides) {
    let known: Vec<Party> = sides
        .actor
        .iter()
        .chain(&sides.recipient)
        .cloned()
        .collect();
    let mut states: Vec<&str> = known.iter().filter_map(Party::stands_for).collect();
    states.sort_unstable();
    states.dedup();
    // What is left out is clear in a text between two only.
    if states.len() >= 2 || !context.is_about_two(&known) || context.density() < DENSE {
        return;
    }
    let predication = &context.predications[at];
    let missing = context.missing(predication, &known);
    match states.len() {
        0 => {
            sides.actor.extend(missing);
            sides.mutual = sides.recipient.is_empty() && sides.actor.len() >= 2;
        }
        _ if sides.mutual || sides.actor.is_empty() => sides.actor.extend(missing),
        _ if sides.recipient.is_empty() => sides.recipient.extend(missing),
        _ => {}
    }
}
