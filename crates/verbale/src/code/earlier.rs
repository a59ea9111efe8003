//! What a sentence before said of a thing that is named again: "these demands", "under occupation".

use super::Context;
use super::matching::Filler;
use crate::clause::{Predication, RoleName};
use crate::parse::TokenId;

/// How many sentences back a thing may have been told of.
const SENTENCES: usize = 3;

/// How many bytes back, where the thing was told of in another unit (a quotation, another paragraph).
const BYTES: usize = 600;

/// Words that say that a noun was spoken of before.
const AGAIN: [&str; 6] = ["the", "this", "that", "these", "those", "such"];

/// The nearest predication before the sentence that tells of the same thing: that does it ("they demanded … the demand") or
/// that it is the agent of ("the resolutions demand … these resolutions").
pub(super) fn earlier(context: &Context, filler: &Filler) -> Vec<Filler> {
    let at = filler.head;
    let tree = context.tree(at.unit);
    let named_again = tree
        .children_with(at.token, &["det"])
        .any(|det| AGAIN.contains(&tree.tokens[det].norm.as_str()));
    // A noun of action that is the predicate itself needs no article: "is under occupation".
    if filler.role.is_some() && !named_again {
        return Vec::new();
    }
    let lemma = tree.tokens[at.token].lemma.to_lowercase();
    let sentence = tree.sentence_of(at.token);
    let start = tree.span(tree.sentences[sentence].start).start;
    let near = |other: &Predication| {
        let before = other.span.end <= start;
        let close = if other.unit == at.unit {
            sentence - tree.sentence_of(other.head).min(sentence) <= SENTENCES
        } else {
            start - other.span.end.min(start) <= BYTES
        };
        before && close
    };
    context
        .predications
        .iter()
        .filter(|other| near(other) && tells_of(context, other, &lemma, filler.role.is_some()))
        .max_by_key(|other| {
            let token = context.tree(other.unit).span(other.head);
            // "Resolutions demand withdrawal": what the thing does tells more than the thing.
            (token.start, other.span.len())
        })
        .map(|other| Filler {
            head: TokenId {
                unit: other.unit,
                token: other.head,
            },
            tokens: other.head..other.head + 1,
            role: None,
        })
        .into_iter()
        .collect()
}

/// Whether the predicate is the thing's own act, or the thing, if it is no act here, is its agent.
fn tells_of(context: &Context, predication: &Predication, lemma: &str, thing: bool) -> bool {
    let tree = context.tree(predication.unit);
    let verb = context.clause_lexicon.verb_of(lemma).unwrap_or(lemma);
    let act = context
        .predicate_names(predication)
        .iter()
        .any(|name| *name == verb);
    let agent = predication
        .role(RoleName::Agent)
        .any(|role| tree.tokens[role.head].lemma.eq_ignore_ascii_case(lemma));
    let says_more = !predication.roles.is_empty();
    says_more && (act || thing && agent)
}
