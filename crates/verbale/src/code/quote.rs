//! Which words a fact is quoted by: the clause that tells it, without what belongs to another.
//!
//! A predication's words reach from its subject to the end of its last complement. A reader who looks for the fact wants less:
//! no reason or circumstance that is a clause of its own, no second verb with its objects, nothing said of the last noun in
//! passing, and no subject at length that is told of beside.

use verbale_read::Span;

use crate::clause::{Predication, RoleName};
use crate::parse::Tree;

/// Marks of clauses that tell of something else.
const BESIDE: [&str; 14] = [
    "after", "although", "as", "because", "before", "once", "since", "though", "when", "where",
    "whereas", "while", "whilst", "so",
];

/// The words of a predication without those that belong to another.
pub(super) fn own_words(tree: &Tree, predication: &Predication, span: Span) -> Span {
    let inside = |token: usize| span.contains(tree.span(token));
    let Some(first) = (0..tree.tokens.len()).find(|&token| inside(token)) else {
        return span;
    };
    let end = (first..tree.tokens.len())
        .take_while(|&token| inside(token))
        .last()
        .map_or(first, |last| last + 1);
    let Some(verb) = verb(tree, predication).filter(|&verb| inside(verb)) else {
        return span;
    };
    let start = start(tree, predication, verb, first);
    let end = stop(tree, predication, verb, end);
    if start < end {
        tree.range_span(start..end)
    } else {
        span
    }
}

fn verb(tree: &Tree, predication: &Predication) -> Option<usize> {
    predication
        .tokens
        .iter()
        .copied()
        .find(|&token| tree.tokens[token].pos == "VERB")
}

/// The first token: where the subject is another verb's, or is told of at length, the verb with its auxiliaries.
fn start(tree: &Tree, predication: &Predication, verb: usize, first: usize) -> usize {
    let own = tree.edges[verb].start.max(first);
    let group = tree.children[verb]
        .iter()
        .copied()
        .filter(|&kid| kid < verb && ["aux", "auxpass", "neg"].contains(&tree.tokens[kid].dep))
        .min()
        .unwrap_or(verb)
        .min(predication.first());
    let subject = tree.children_with(verb, &["nsubj", "nsubjpass"]).next();
    let borrowed = tree.tokens[verb].dep == "conj" && subject.is_none() && first < own;
    if borrowed {
        return own.min(group);
    }
    let at_length = subject.is_some_and(|subject| {
        subject < verb
            && tree.edges[subject].clone().any(|token| {
                let set_off = || tree.tokens[tree.edges[token].start.max(1) - 1].norm == ",";
                token > subject
                    && token < verb
                    && match tree.tokens[token].dep {
                        "relcl" | "acl" => true,
                        // "Its ally Peru" is one name.
                        "appos" => set_off(),
                        _ => false,
                    }
            })
            && tree.edges[subject].contains(&(group - 1))
                | (group > 0 && tree.tokens[group - 1].norm == ",")
    });
    // What else stands at the head of the clause ("on Monday") goes with a subject at length.
    if at_length { group.max(first) } else { first }
}

/// One past the last token: trailing clauses of others are cut as long as there are any.
fn stop(tree: &Tree, predication: &Predication, verb: usize, mut end: usize) -> usize {
    let needed = predication
        .roles
        .iter()
        .filter(|role| !matches!(role.name, RoleName::Reason))
        .map(|role| role.head + 1)
        .chain(predication.tokens.iter().map(|&token| token + 1))
        .max()
        .unwrap_or(end);
    loop {
        let cut = (verb + 1..end).find(|&token| {
            let edges = &tree.edges[token];
            edges.end >= end && edges.start > verb && is_beside(tree, verb, token)
        });
        let Some(cut) = cut.map(|cut| tree.edges[cut].start) else {
            return end;
        };
        let cut = (verb + 1..cut)
            .rev()
            .take_while(|&token| {
                tree.tokens[token].dep == "cc" || tree.tokens[token].dep == "punct"
            })
            .last()
            .unwrap_or(cut);
        if cut < needed || cut <= verb + 1 {
            return end;
        }
        end = cut;
    }
}

/// Whether a clause tells of something else than the verb whose words it ends.
fn is_beside(tree: &Tree, verb: usize, token: usize) -> bool {
    let word = &tree.tokens[token];
    let brought_in = || {
        tree.children[token].iter().any(|&kid| {
            kid < token
                && ["mark", "advmod"].contains(&tree.tokens[kid].dep)
                && BESIDE.contains(&tree.tokens[kid].norm.as_str())
        })
    };
    match word.dep {
        "relcl" => true,
        "advcl" => brought_in(),
        "conj" => word.head == verb && word.pos == "VERB",
        _ => false,
    }
}
