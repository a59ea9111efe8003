//! He, she and their forms.

use std::collections::HashMap;

use super::gazetteer::is_subject;
use super::{Gender, Mention, Person, Referent};
use crate::parse::{TokenId, Tree, Trees};
use crate::segment::{QuotationKind, Segments};

/// The person each he or she stands for, as far as the document tells.
///
/// A pronoun looks first into the phrase that its relative clause hangs on ("the visit of X, where he met"), then to
/// the subject of its own sentence, then back sentence by sentence, subjects first. Narration looks into narration
/// before it looks into what is quoted.
pub(super) fn resolve(
    segments: &Segments,
    trees: &Trees,
    mentions: &[Mention],
    people: &[Person],
) -> HashMap<TokenId, usize> {
    let sites: Vec<Site> = mentions
        .iter()
        .filter_map(|mention| {
            let person = match mention.referent {
                Referent::Person { person } => person,
                Referent::Office {
                    person: Some(person),
                    ..
                } => person,
                _ => return None,
            };
            let tree = &trees.units[mention.unit];
            Some(Site {
                unit: mention.unit,
                token: mention.head,
                start: mention.span.start,
                person,
                subject: is_subject(tree, mention.head),
                sentence: tree.sentence_of(mention.head),
                depth: depth(segments, mention.span.start),
            })
        })
        .collect();
    let mut resolved = HashMap::new();
    for (unit, tree) in trees.units.iter().enumerate() {
        for (token, word) in tree.tokens.iter().enumerate() {
            let gender = match word.norm.as_str() {
                "he" | "his" | "him" | "himself" => Gender::Masculine,
                "she" | "her" | "hers" | "herself" => Gender::Feminine,
                _ => continue,
            };
            let fits = |site: &&Site| {
                people[site.person]
                    .gender
                    .is_none_or(|known| known == gender)
            };
            let here = depth(segments, word.span.start);
            let candidates: Vec<&Site> = sites
                .iter()
                .filter(|site| {
                    site.start < word.span.start || site.unit == unit && site.token < token
                })
                // A paragraph and the speech in it are both parsed; each word counts once, where it is deepest.
                .filter(|site| {
                    (trees.units[site.unit].unit.quotation.is_some()) == (site.depth > 0)
                })
                .filter(fits)
                .collect();
            if let Some(person) = antecedent(tree, unit, token, here, &candidates) {
                resolved.insert(TokenId { unit, token }, person);
            }
        }
    }
    resolved
}

struct Site {
    unit: usize,
    token: usize,
    start: usize,
    person: usize,
    subject: bool,
    sentence: usize,
    depth: usize,
}

fn antecedent(
    tree: &Tree,
    unit: usize,
    token: usize,
    depth: usize,
    candidates: &[&Site],
) -> Option<usize> {
    let local: Vec<&&Site> = candidates
        .iter()
        .filter(|site| {
            site.unit == unit && site.sentence == tree.sentence_of(token) && site.depth == depth
        })
        .collect();
    // The phrase that the pronoun's clause hangs on.
    let mut at = token;
    let mut hung = false;
    while tree.tokens[at].head != at {
        if ["relcl", "acl", "advcl"].contains(&tree.tokens[at].dep) {
            hung = tree.tokens[at].dep == "relcl";
        }
        at = tree.tokens[at].head;
        let noun = ["NOUN", "PROPN", "NUM"].contains(&tree.tokens[at].pos);
        if hung && noun {
            let inside = local
                .iter()
                .filter(|site| tree.edges[at].contains(&site.token) && site.token < token)
                .max_by_key(|site| site.token);
            if let Some(site) = inside {
                return Some(site.person);
            }
        } else if hung && !noun && tree.tokens[at].pos != "ADP" {
            hung = false;
        }
    }
    // In the sentence: its subject, unless the pronoun is an object beside that subject.
    let subject_of_own_clause = |site: &Site| {
        let own_verb = tree.tokens[token].head;
        tree.tokens[site.token].head == own_verb
            && ["dobj", "iobj", "dative"].contains(&tree.tokens[token].dep)
    };
    let subjects = local
        .iter()
        .filter(|site| site.subject && !subject_of_own_clause(site));
    if let Some(site) = subjects.max_by_key(|site| site.token) {
        return Some(site.person);
    }
    if let Some(site) = local
        .iter()
        .filter(|site| !subject_of_own_clause(site))
        .max_by_key(|site| site.token)
    {
        return Some(site.person);
    }
    // Backwards: the nearest sentence with a person, its subject first; what stands at the same depth first.
    let outside: Vec<&&Site> = candidates
        .iter()
        .filter(|site| !(site.unit == unit && site.sentence == tree.sentence_of(token)))
        .collect();
    [true, false].into_iter().find_map(|same_depth| {
        let nearest = outside
            .iter()
            .filter(|site| !same_depth || site.depth == depth)
            .max_by_key(|site| site.start)?;
        outside
            .iter()
            .filter(|site| site.unit == nearest.unit && site.sentence == nearest.sentence)
            .filter(|site| !same_depth || site.depth == depth)
            .max_by_key(|site| (site.subject, std::cmp::Reverse(site.token)))
            .map(|site| site.person)
    })
}

/// How many speeches stand around a byte.
fn depth(segments: &Segments, at: usize) -> usize {
    segments
        .quotations
        .iter()
        .filter(|quotation| quotation.kind == QuotationKind::Speech)
        .filter(|quotation| {
            quotation
                .pieces
                .iter()
                .any(|piece| piece.start <= at && at < piece.end)
        })
        .count()
}
