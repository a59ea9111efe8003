//! How far the words of a fact reach beyond its quote.
//!
//! A quote is the shortest clause that says the thing. What modifies it often trails behind: "plans to invest in Chad,
//! *covering ports and railways*"; "has always backed Peru on the islands, *in line with the treaty*". Fields and grounds
//! are read from there too, but not from the clauses beside, which state things of their own.

use std::collections::BTreeSet;
use std::ops::Range;

use verbale_read::Span;

use super::Context;
use crate::clause::Predication;
use crate::parse::Tree;
use crate::record::{Qualifier, QualifierType};
use crate::rules::WordSet;

/// Tags of verbs that make a clause finite.
const FINITE: [&str; 4] = ["VBD", "VBP", "VBZ", "MD"];

/// The words of a predication with everything that hangs on it and states nothing of its own: runs of tokens, in order.
pub(super) fn reach(context: &Context, predication: &Predication) -> Vec<Range<usize>> {
    let tree = context.tree(predication.unit);
    let governors = predication.governors.iter().map(|governor| governor.head);
    let mut open: Vec<usize> = predication
        .tokens
        .iter()
        .copied()
        .chain(governors)
        .collect();
    let mut reached: BTreeSet<usize> = BTreeSet::new();
    while let Some(token) = open.pop() {
        if reached.insert(token) {
            open.extend(
                tree.children[token]
                    .iter()
                    .filter(|&&child| !stands_apart(tree, token, child)),
            );
        }
    }
    let mut runs: Vec<Range<usize>> = Vec::new();
    for token in reached {
        match runs.last_mut() {
            Some(run) if run.end == token => run.end += 1,
            _ => runs.push(token..token + 1),
        }
    }
    runs
}

/// A clause that says something of its own: a coordinated verb, a finite subordinate clause, reported content.
fn stands_apart(tree: &Tree, head: usize, child: usize) -> bool {
    let is_verb = |token: usize| matches!(tree.tokens[token].pos, "VERB" | "AUX");
    let is_finite = || {
        FINITE.contains(&tree.tokens[child].tag)
            || tree.children[child].iter().any(|&below| {
                tree.tokens[below].dep.starts_with("aux")
                    && FINITE.contains(&tree.tokens[below].tag)
            })
    };
    match tree.tokens[child].dep {
        "conj" => is_verb(child) && is_verb(head),
        "ccomp" | "parataxis" | "relcl" => true,
        "advcl" | "acl" => is_finite(),
        _ => false,
    }
}

/// The quote and what trails behind it.
fn quote_and_trail(context: &Context, predication: &Predication, quote: Span) -> Vec<Span> {
    let tree = context.tree(predication.unit);
    let trail = reach(context, predication)
        .into_iter()
        .map(|run| tree.range_span(run))
        .filter(|span| span.end > quote.end);
    std::iter::once(quote).chain(trail).collect()
}

/// Fields that the words of a fact and what trails behind them name.
pub(super) fn sectors(context: &Context, predication: &Predication, quote: Span) -> Vec<String> {
    let mut sectors: BTreeSet<String> = BTreeSet::new();
    for span in quote_and_trail(context, predication, quote) {
        let found = context.lexicon.sectors_in(span.of(&context.document.text));
        sectors.extend(found.into_iter().flat_map(|found| found.values).cloned());
    }
    sectors.into_iter().collect()
}

/// The contested matter that the words of a fact name, or what trails behind them.
pub(super) fn issue(context: &Context, predication: &Predication, quote: Span) -> Option<String> {
    quote_and_trail(context, predication, quote)
        .into_iter()
        .chain(example(context, predication, quote))
        .find_map(|span| super::particulars::issue(context, predication, span))
}

/// An example that follows right after the words: "its support in hard times, *including the condemnation of raids*". The
/// parser may hang it on a word far before them.
fn example(context: &Context, predication: &Predication, quote: Span) -> Option<Span> {
    const OPENS: [&str; 2] = ["including", "notably"];
    let tree = context.tree(predication.unit);
    let sentence = tree.sentences[tree.sentence_of(predication.head)].clone();
    let next = sentence
        .filter(|&token| tree.span(token).start >= quote.end)
        .find(|&token| tree.tokens[token].pos != "PUNCT" && tree.tokens[token].pos != "SPACE")?;
    OPENS
        .contains(&tree.tokens[next].norm.as_str())
        .then(|| tree.range_span(tree.edges[next].clone()))
}

/// Reasons, grounds, conditions and extents: phrases brought by listed words, inside the quote, in what trails behind it, or right
/// after its last word.
pub(super) fn qualifiers(
    context: &Context,
    predication: &Predication,
    quote: Span,
) -> Vec<Qualifier> {
    let tree = context.tree(predication.unit);
    let reached: BTreeSet<usize> = reach(context, predication).into_iter().flatten().collect();
    let sentence = tree.sentences[tree.sentence_of(predication.head)].clone();
    let mut found = Vec::new();
    let mut at = sentence.start;
    while at < sentence.end {
        let Some((qualifier_type, length)) = listed(context, tree, at, sentence.end) else {
            at += 1;
            continue;
        };
        let span = tree.span(at);
        let between = quote.end..span.start.max(quote.end);
        let follows = span.start >= quote.end
            && context.document.text[between]
                .chars()
                .all(|character| character.is_whitespace() || character == ',');
        if reached.contains(&at) || quote.contains(span) || follows {
            let span = match qualifier_type {
                QualifierType::Condition => {
                    clause(tree, at, length).unwrap_or_else(|| phrase(tree, at, length, &sentence))
                }
                // "In *all organisations*": the word that measures belongs to it.
                QualifierType::Extent => phrase(tree, at, length - 1, &sentence),
                _ => phrase(tree, at, length, &sentence),
            };
            found.push(Qualifier {
                qualifier_type,
                text: span.of(&context.document.text).to_owned(),
                span,
            });
        }
        at += length;
    }
    found
}

/// A listed preposition that begins at this token, with its length in tokens; the longest one wins.
fn listed(context: &Context, tree: &Tree, at: usize, end: usize) -> Option<(QualifierType, usize)> {
    const LONGEST: usize = 4;
    let classes = [
        ("reason", QualifierType::Reason),
        ("basis", QualifierType::Basis),
        ("condition", QualifierType::Condition),
        ("extent", QualifierType::Extent),
    ];
    let words: Vec<String> = (at..end.min(at + LONGEST))
        .map(|token| tree.word(&context.document.text, token).to_lowercase())
        .collect();
    let classes =
        classes.map(|(class, qualifier_type)| (context.words_of_class(class), qualifier_type));
    (1..=words.len()).rev().find_map(|length| {
        let has =
            |class: Option<&WordSet>| class.is_some_and(|class| class.has_words(&words[..length]));
        let (_, qualifier_type) = classes.into_iter().find(|&(class, _)| has(class))?;
        Some((qualifier_type, length))
    })
}

/// The clause that a conjunction opens ("if *the strait stays open*"), without it.
fn clause(tree: &Tree, at: usize, length: usize) -> Option<Span> {
    let mark =
        (at..at + length).find(|&token| matches!(tree.tokens[token].dep, "mark" | "advmod"))?;
    let verb = tree.tokens[mark].head;
    let edges = tree.edges[verb].clone();
    let first = at + length;
    (edges.start <= mark && first < edges.end).then(|| tree.range_span(first..edges.end))
}

/// The words that the preposition brings, without it: the phrase of the first noun after it.
fn phrase(tree: &Tree, at: usize, length: usize, sentence: &Range<usize>) -> Span {
    let first = at + length;
    let noun = (first..sentence.end)
        .find(|&token| matches!(tree.tokens[token].pos, "NOUN" | "PROPN" | "PRON"));
    let head = noun.map(|noun| {
        // The head of a compound: "UN documents" is about documents.
        let mut head = noun;
        while matches!(tree.tokens[head].dep, "compound" | "poss" | "nmod" | "amod")
            && tree.tokens[head].head > head
        {
            head = tree.tokens[head].head;
        }
        head
    });
    match head {
        Some(head) => {
            let end = tree.edges[head].end.clamp(first + 1, sentence.end);
            tree.range_span(first..end)
        }
        None => tree.range_span(at..first),
    }
}
