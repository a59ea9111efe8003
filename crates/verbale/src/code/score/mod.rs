//! The scored model: what a predication tells where rules are silent.
//!
//! A small linear model over what the clause layer sees ([`features`]), trained on this repository's own sentences and
//! texts only (`examples/train_scored`). It answers, for one predication: is this a fact, of which kind and type,
//! who of the two acts, is it mutual, and is the side that no words name the other one of the two.

mod features;
mod model;
mod names;
mod operators;
mod predicates;
mod sides;
mod speak;
mod tied;
pub mod who;
mod words;

use super::Context;
use super::{matching, mood, plover, settle};
use crate::clause::RoleName;
use crate::record::{EventType, Fact, word};
use crate::rules::{Rule, Rules};

pub use features::{DENSE, Features, vectors};
pub use model::{FILE, Known, Question, Scorer, Scores, softmax};
pub use names::{Names, number};
pub use operators::Operators;
pub use predicates::{FILE as PREDICATES, Predicates};
pub use sides::Places;
pub(in crate::code) use sides::places;
pub use speak::key;
pub(in crate::code) use speak::{Said, complete, speak};
pub use tied::{Tie, tied, ties};
pub use words::Words;

/// The roles at which the two parties stand.
pub type Link = (Option<RoleName>, Option<RoleName>);

/// What is seen of one predication.
#[derive(Debug, Clone)]
pub struct Seen {
    /// The parties at its places.
    pub places: Places,
    /// What the model sees.
    pub features: Features,
}

/// What becomes of an event type under the mood of a predication, as for any fact: an act of the type that is only meant,
/// refused or threatened is another type. `true` where the act is said not to be.
pub fn under_mood(
    context: &Context,
    rules: &Rules,
    at: usize,
    event_type: EventType,
) -> (EventType, bool) {
    let of_type = |rule: &&Rule| rule.yields.code.event_type == Some(event_type);
    let Some(rule) = rules.scored.values().find(of_type) else {
        return (event_type, false);
    };
    let mood = mood::mood(context, &context.predications[at], &rule.yields);
    match plover::transformed(&rule.yields, &mood) {
        Ok((code, negated)) => (code.event_type.unwrap_or(event_type), negated),
        Err(_) => (event_type, false),
    }
}

/// Whether a predication tells of what is meant to be done: words of intent over it, future, or itself a word of promising.
pub fn is_meant(context: &Context, rules: &Rules, at: usize) -> bool {
    mood::is_ahead(&context.predications[at])
        || held_at(context, rules, at)
            .iter()
            .any(|(kind, _)| kind == "commitment")
}

/// Kind and type of each rule that codes a predication.
pub(in crate::code) type Held = Vec<(String, String)>;

/// What the rules that were kept say.
pub(in crate::code) fn held(settled: &settle::Settled) -> Held {
    settled
        .kept
        .iter()
        .map(|take| {
            let code = &take.rule.yields.code;
            let event_type = code.event_type.map_or("-".to_owned(), |known| word(&known));
            (word(&code.kind), event_type)
        })
        .collect()
}

/// What is seen of every predication of a document, with the names of the features.
pub fn survey(context: &Context, rules: &Rules) -> Vec<Seen> {
    let mut words = Words::default();
    (0..context.predications.len())
        .map(|at| {
            let held = held_at(context, rules, at);
            look(context, rules, at, None, &held, &mut words, Names::kept())
        })
        .collect()
}

/// What is seen of one predication, with the names of the features; `link` says where the two parties stand if that is known.
pub fn see(context: &Context, rules: &Rules, at: usize, link: Option<Link>) -> Seen {
    let held = held_at(context, rules, at);
    look(
        context,
        rules,
        at,
        link,
        &held,
        &mut Words::default(),
        Names::kept(),
    )
}

fn held_at(context: &Context, rules: &Rules, at: usize) -> Held {
    let (taken, missed) = matching::attempts(context, rules, at);
    held(&settle::settle(context, taken, missed))
}

/// The same where the rules have been tried; the names of the features are kept if `names` keeps them.
pub(in crate::code) fn look<'w>(
    context: &'w Context,
    rules: &'w Rules,
    at: usize,
    link: Option<Link>,
    held: &Held,
    words: &mut Words<'w>,
    names: Names,
) -> Seen {
    let predication = &context.predications[at];
    let places = places(context, predication);
    let mut features = features::features(
        context,
        predication,
        &places,
        held,
        rules,
        words.of(context, &rules.predicates, predication.unit),
        names,
    );
    let (actor, recipient) = link.unwrap_or_else(|| of_places(&places));
    let name = |role: Option<RoleName>| role.map_or("nowhere", RoleName::name);
    let verb = features::verb(context, predication);
    let [actor, recipient] = [actor, recipient].map(name);
    let names = &mut features.names;
    names.add(format_args!("actor@{actor}"));
    names.add(format_args!("recipient@{recipient}"));
    names.add(format_args!("v={verb}&actor@{actor}"));
    names.add(format_args!("v={verb}&recipient@{recipient}"));
    names.add(format_args!("actor@{actor}&recipient@{recipient}"));
    Seen { places, features }
}

fn of_places(places: &Places) -> Link {
    let actor = (!places.agent.is_empty()).then_some(RoleName::Agent);
    let recipient = places.others.first().map(|(role, _)| *role);
    (actor, recipient)
}

/// Whether a fact already tells what another would: largely the same words, and the same states.
pub(in crate::code) fn tells(told: &Fact, other: &Fact) -> bool {
    let shared = told
        .span
        .end
        .min(other.span.end)
        .saturating_sub(told.span.start.max(other.span.start));
    let states = |fact: &Fact| {
        let mut ids: Vec<String> = fact
            .actor
            .iter()
            .chain(&fact.recipient)
            .map(|party| party.id.clone())
            .collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    };
    let (shorter, longer) = (
        told.span.len().min(other.span.len()),
        told.span.len().max(other.span.len()),
    );
    // Nearly the same words tell one thing, whoever is read into them.
    5 * shared >= 4 * longer || 2 * shared >= shorter && states(told) == states(other)
}
