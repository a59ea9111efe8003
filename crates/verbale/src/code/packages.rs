//! Papers of a package: "four of the agreements signed at the exchange", "twelve papers, including a memorandum on customs".

use std::collections::BTreeSet;

use verbale_read::Span;

use super::{Context, Draft};
use crate::clause::{PredicateForm, RoleName};
use crate::parse::{TokenId, Tree};
use crate::record::{Count, Fact, Kind};
use crate::resolve::amounts::quantity_of;

/// Counts the papers that are said to be some of more, and ties them to the package told beside or before them.
pub(super) fn gather(context: &Context, drafts: &mut [Draft]) {
    for at in 0..drafts.len() {
        if drafts[at].fact.kind != Kind::Agreement {
            continue;
        }
        let Some((some, papers)) = some_of(context, &drafts[at]) else {
            continue;
        };
        let tree = context.tree(papers.unit);
        let text = &context.document.text;
        let words = tree.range_span(some..papers.token + 1);
        let matter = matter(context, papers.unit, some);
        let fact = &mut drafts[at].fact;
        fact.span = fact.span.cover(words);
        if let Some((clause, about)) = matter {
            fact.span = fact.span.cover(clause);
            for words in about {
                let words = words.of(text).to_owned();
                if !fact.about.contains(&words) {
                    fact.about.push(words);
                }
            }
        }
        fact.span.of(text).clone_into(&mut fact.quote);
        fact.count = quantity_of(text, tree.span(some)).map(|value| Count {
            value,
            of: tree.word(text, papers.token).to_owned(),
            total: None,
        });
        drafts[at].part_of = package(context, drafts, at).or(drafts[at].part_of);
    }
}

/// "Four of the agreements": the first word and the papers.
fn some_of(context: &Context, draft: &Draft) -> Option<(usize, TokenId)> {
    let predication = &context.predications[draft.predication];
    let tree: &Tree = context.tree(predication.unit);
    predication.role(RoleName::Patient).find_map(|role| {
        let prep = tree.tokens[role.head].head;
        let some = tree.tokens[prep].head;
        let counted = tree.tokens[role.head].dep == "pobj"
            && tree.tokens[prep].norm == "of"
            && (tree.tokens[some].pos == "NUM" || tree.tokens[some].tag == "CD");
        let paper = TokenId {
            unit: predication.unit,
            token: role.head,
        };
        counted.then_some((some, paper))
    })
}

/// What the counted papers are said to be about, with the clause that says so: "*four* of the papers signed there *dealt with
/// fishing*".
fn matter(context: &Context, unit: usize, some: usize) -> Option<(Span, Vec<Span>)> {
    const ROLES: [RoleName; 5] = [
        RoleName::Patient,
        RoleName::Recipient,
        RoleName::Topic,
        RoleName::Counterpart,
        RoleName::Content,
    ];
    let concerns = context.words_of_class("concern")?;
    let tree = context.tree(unit);
    context
        .predications
        .iter()
        .filter(|said| {
            // "Were about lithium", "dealt with lithium".
            let is_about =
                said.form == PredicateForm::Copula && said.role(RoleName::Topic).next().is_some();
            said.unit == unit && (is_about || concerns.has_word(&said.lemma.to_lowercase()))
        })
        .find(|said| said.roles.iter().any(|role| role.head == some))
        .map(|said| {
            let about = said
                .roles
                .iter()
                .filter(|role| role.head != some && ROLES.contains(&role.name))
                .map(|role| tree.range_span(role.tokens.clone()))
                .collect();
            (said.span, about)
        })
}

/// The signing or exchange of the same parties in the same sentence, else the last one told before with the same days.
fn package(context: &Context, drafts: &[Draft], at: usize) -> Option<usize> {
    let sentence = |draft: &Draft| {
        let predication = &context.predications[draft.predication];
        let tree = context.tree(predication.unit);
        (predication.unit, tree.sentence_of(predication.head))
    };
    let fits = |other: &usize| {
        *other != at
            && drafts[*other].fact.kind == Kind::Agreement
            && drafts[*other].fact.count.is_none()
            && sides(&drafts[*other].fact) == sides(&drafts[at].fact)
    };
    let beside = (0..drafts.len())
        .filter(fits)
        .find(|&other| sentence(&drafts[other]) == sentence(&drafts[at]));
    let days = |draft: &Draft| (draft.fact.date.start, draft.fact.date.end);
    beside.or_else(|| {
        (0..at)
            .rev()
            .filter(fits)
            .find(|&other| days(&drafts[other]) == days(&drafts[at]))
    })
}

fn sides(fact: &Fact) -> BTreeSet<&str> {
    fact.actor
        .iter()
        .chain(&fact.recipient)
        .map(|party| party.id.as_str())
        .collect()
}
