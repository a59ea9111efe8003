//! Which predication a labelled sentence means: the one that ties its marked parties.

use verbale_read::Span;

use super::super::Context;
use super::Link;
use crate::clause::{Predication, RoleName};
use crate::parse::TokenId;

/// How a predication ties marked words.
#[derive(Debug, Clone, Copy)]
pub struct Tie {
    /// Which predication.
    pub at: usize,
    /// How well it ties them; the larger the better.
    pub score: i32,
    /// The roles at which they stand.
    pub link: Link,
}

/// The predication that ties marked words best; for labelled sentences.
pub fn tied(context: &Context, actors: &[Span], recipients: &[Span]) -> Option<Tie> {
    ties(context, actors, recipients).into_iter().next()
}

/// How each predication ties marked words, the best first. What somebody only says is not what he does: "she said she would
/// leave" ties by what she leaves.
pub fn ties(context: &Context, actors: &[Span], recipients: &[Span]) -> Vec<Tie> {
    let Some(&first) = actors.first() else {
        return Vec::new();
    };
    let second = recipients.first().or(actors.get(1)).copied();
    let mut all = Vec::new();
    for (index, predication) in context.predications.iter().enumerate() {
        // "government", "workers": a noun that names a party is no act of it.
        let head = context.tree(predication.unit).span(predication.head);
        if first.contains(head) || second.is_some_and(|second| second.contains(head)) {
            continue;
        }
        // What is said of the other is what counts, not that it is said.
        if is_plain_speech(context, predication) && brings_in(context, predication, second) {
            continue;
        }
        let speaks_for = context
            .predications
            .iter()
            .any(|outer| says(context, outer, predication, first));
        let (score, link) = tie(context, predication, first, second, speaks_for);
        all.push(Tie {
            at: index,
            score,
            link,
        });
    }
    let length = |tie: &Tie| context.predications[tie.at].span.len();
    all.sort_by_key(|tie| (-tie.score, length(tie), tie.at));
    all
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

/// Whether what a verb of saying brings in is a predication of its own that holds the second party, or all there is of one.
fn brings_in(context: &Context, speech: &Predication, second: Option<Span>) -> bool {
    context.predications.iter().any(|inner| {
        inner.unit == speech.unit
            && inner.head != speech.head
            && speech
                .role(RoleName::Content)
                .any(|content| inner.tokens.contains(&content.head) || content.head == inner.head)
            && second.is_none_or(|second| inner.span.contains(second))
    })
}

/// Whether the outer predication is the marked one's saying what the inner one tells of himself.
fn says(context: &Context, outer: &Predication, inner: &Predication, actor: Span) -> bool {
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
    actor: Span,
    recipient: Option<Span>,
    speaks_for: bool,
) -> (i32, Link) {
    let tree = context.tree(predication.unit);
    let at = |span: Span| -> (i32, Option<RoleName>) {
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
