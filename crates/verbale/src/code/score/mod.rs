//! The scored model: what a predication tells where rules are silent.
//!
//! A small linear model over what the clause layer sees ([`features`]), trained on this repository's own sentences and
//! texts only (`examples/train_scored.rs`). It answers, for one predication: is this a fact, of which kind and type,
//! who of the two acts, is it mutual, and is the side that no words name the other one of the two.

mod features;
mod model;
mod predicates;
mod sides;
mod speak;

use super::Context;
use super::{matching, settle};
use crate::clause::{Predication, RoleName};
use crate::parse::TokenId;
use crate::record::{Fact, word};
use crate::rules::Rules;

pub use features::{DENSE, Features};
pub use model::{FILE, Question, Scorer, Scores, softmax};
pub use predicates::Predicates;
pub use sides::Places;
pub(in crate::code) use sides::places;
pub use speak::key;
pub(in crate::code) use speak::{Said, complete, speak};

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

/// Kinds and types of the rules that hold for a predication.
fn held(context: &Context, rules: &Rules, predication: usize) -> Vec<(String, String)> {
    let (held, missed) = matching::attempts(context, rules, predication);
    settle::settle(held, missed)
        .kept
        .iter()
        .map(|take| {
            let code = &take.rule.yields.code;
            let event_type = code.event_type.map_or("-".to_owned(), |known| word(&known));
            (word(&code.kind), event_type)
        })
        .collect()
}

/// What is seen of every predication of a document.
pub fn survey(context: &Context, rules: &Rules) -> Vec<Seen> {
    (0..context.predications.len())
        .map(|at| see(context, rules, at, None))
        .collect()
}

/// What is seen of one predication; `link` says where the two parties stand if that is known.
pub fn see(context: &Context, rules: &Rules, at: usize, link: Option<Link>) -> Seen {
    let predication = &context.predications[at];
    let places = places(context, predication);
    let held = held(context, rules, at);
    let mut features = features::features(context, predication, &places, &held, &rules.predicates);
    let (actor, recipient) = link.unwrap_or_else(|| of_places(&places));
    let name = |role: Option<RoleName>| role.map_or("nowhere", RoleName::name);
    let verb = features
        .names
        .iter()
        .find(|name| name.starts_with("v=") && !name.contains('&'))
        .cloned()
        .unwrap_or_default();
    for feature in [
        format!("actor@{}", name(actor)),
        format!("recipient@{}", name(recipient)),
        format!("{verb}&actor@{}", name(actor)),
        format!("{verb}&recipient@{}", name(recipient)),
        format!("actor@{}&recipient@{}", name(actor), name(recipient)),
    ] {
        features.names.push(feature);
    }
    // Words of line breaks alone would tear the table.
    features
        .names
        .retain(|name| !name.contains(char::is_control));
    features.names.sort_unstable();
    features.names.dedup();
    Seen { places, features }
}

fn of_places(places: &Places) -> Link {
    let actor = (!places.agent.is_empty()).then_some(RoleName::Agent);
    let recipient = places.others.first().map(|(role, _)| *role);
    (actor, recipient)
}

/// The predication that ties marked words best, how well it does, and the roles at which they stand; for labelled
/// sentences. What somebody only says is not what he does: "she said she would leave" ties by what she leaves.
pub fn tied(
    context: &Context,
    actors: &[verbale_read::Span],
    recipients: &[verbale_read::Span],
) -> Option<(i32, usize, Link)> {
    let first = *actors.first()?;
    let second = recipients.first().or(actors.get(1)).copied();
    let mut best: Option<(i32, usize, usize, Link)> = None;
    for (index, predication) in context.predications.iter().enumerate() {
        let speaks_for = context
            .predications
            .iter()
            .any(|outer| says(context, outer, predication, first));
        let (score, link) = tie(context, predication, first, second, speaks_for);
        let length = predication.span.len();
        if best.is_none_or(|(known, long, _, _)| score > known || score == known && length < long) {
            best = Some((score, length, index, link));
        }
    }
    best.map(|(score, _, index, link)| (score, index, link))
}

/// Verbs that only bring in what is said; others (to warn, to promise) are acts by themselves.
fn is_plain_speech(context: &Context, predication: &Predication) -> bool {
    const ACTS: [&str; 9] = [
        "say", "add", "announce", "stress", "confirm", "tell", "report", "think", "explain",
    ];
    context
        .lexicon
        .speech_verb(&predication.lemma)
        .is_some_and(|verb| ACTS.contains(&verb.act.as_str()))
}

/// Whether the outer predication is the marked one's saying what the inner one tells of himself.
fn says(
    context: &Context,
    outer: &Predication,
    inner: &Predication,
    actor: verbale_read::Span,
) -> bool {
    if outer.unit != inner.unit
        || !is_plain_speech(context, outer)
        || !outer
            .role(RoleName::Content)
            .any(|content| inner.tokens.contains(&content.head) || content.head == inner.head)
    {
        return false;
    }
    let tree = context.tree(outer.unit);
    let by_actor = outer
        .role(RoleName::Agent)
        .any(|agent| actor.contains(tree.span(agent.head)));
    let mut agents = inner.role(RoleName::Agent).peekable();
    by_actor
        && (agents.peek().is_none()
            || agents.all(|agent| {
                context.is_pronoun(TokenId {
                    unit: inner.unit,
                    token: agent.head,
                })
            }))
}

/// How well a predication ties two spans, and the roles at which they stand.
fn tie(
    context: &Context,
    predication: &Predication,
    actor: verbale_read::Span,
    recipient: Option<verbale_read::Span>,
    speaks_for: bool,
) -> (i32, Link) {
    let tree = context.tree(predication.unit);
    let at = |span: verbale_read::Span| -> (i32, Option<RoleName>) {
        let mut best = (0, None);
        for role in &predication.roles {
            let head = tree.span(role.head);
            let phrase = tree.range_span(tree.edges[role.head].clone());
            let score = if span.contains(head) {
                4
            } else if phrase.contains(span) {
                2
            } else {
                0
            };
            if score > best.0 {
                best = (score, Some(role.name));
            }
        }
        best
    };
    let (mut first, mut first_role) = at(actor);
    if speaks_for && first < 4 {
        (first, first_role) = (4, Some(RoleName::Agent));
    }
    let (second, second_role) = recipient.map_or((0, None), at);
    let same = first_role == second_role && first_role.is_some();
    let both = predication.span.contains(actor)
        && recipient.is_none_or(|recipient| predication.span.contains(recipient));
    let agent = i32::from(first_role == Some(RoleName::Agent) && first == 4);
    let speech = is_plain_speech(context, predication) && second_role == Some(RoleName::Content);
    (
        2 * (first + second) + agent + i32::from(both)
            - 2 * i32::from(same && recipient.is_some())
            - 2 * i32::from(speech),
        (first_role, second_role),
    )
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
