//! What a fact says beside its parties and codes: papers, visits, items, reasons, places, fields.

use verbale_read::Span;

use super::Context;
use super::matching::{Filler, fillers};
use crate::clause::{PredicateForm, Predication, RoleName};
use crate::names::Referent;
use crate::parse::TokenId;
use crate::record::{
    Amount, Count, Instrument, InstrumentType, Item, Location, Modality, Party, Relation, Visit,
    VisitGrade,
};
use crate::resolve::amounts::{AmountKind, quantity_of};
use crate::rules::{InstrumentYield, Path, RelationYield};

/// PLOVER contexts that go with fields.
pub(super) fn contexts_of_sectors(sectors: &[String]) -> impl Iterator<Item = &'static str> {
    sectors.iter().filter_map(|sector| match sector.as_str() {
        "defence" => Some("military"),
        "trade" | "investment" | "finance" | "energy" | "transport" | "infrastructure"
        | "textiles" | "agriculture" | "tourism" => Some("economic"),
        "health" => Some("health"),
        "environment" => Some("environment"),
        "information_technology" | "science" => Some("technology"),
        "legal" => Some("legal"),
        _ => None,
    })
}

/// The contested matter that the words name.
pub(super) fn issue(context: &Context, predication: &Predication, span: Span) -> Option<String> {
    context
        .mentions_in_span(predication.unit, span)
        .find_map(|mention| match &mention.referent {
            Referent::Issue { key } => Some(key.clone()),
            _ => None,
        })
}

/// Organisations in the words that are no parties: where something is said to be done.
pub(super) fn bodies(
    context: &Context,
    predication: &Predication,
    span: Span,
    parties: &[&Party],
) -> Vec<String> {
    let mut bodies: Vec<String> = Vec::new();
    for mention in context.mentions_in_span(predication.unit, span) {
        if let Referent::Organisation { id } = &mention.referent
            && !parties.iter().any(|party| party.id == *id)
            && !bodies.contains(id)
        {
            bodies.push(id.clone());
        }
    }
    bodies
}

/// Topics as written: where the rule says, else the topic role.
pub(super) fn about(context: &Context, predication: &Predication, paths: &[Path]) -> Vec<String> {
    if paths.is_empty() {
        return predication
            .roles
            .iter()
            .filter(|role| role.name == RoleName::Topic)
            .map(|role| {
                context
                    .tree(predication.unit)
                    .range_span(role.tokens.clone())
                    .of(&context.document.text)
                    .to_owned()
            })
            .collect();
    }
    paths
        .iter()
        .flat_map(|path| fillers(context, predication, path))
        .map(|filler| context.words(&filler).to_owned())
        .collect()
}

/// The paper: its sort from the list of papers, its words as title.
pub(super) fn instrument(
    context: &Context,
    predication: &Predication,
    yields: &InstrumentYield,
    modality: Modality,
) -> Instrument {
    let found: Vec<(Filler, Option<InstrumentType>)> = yields
        .at
        .iter()
        .flat_map(|path| fillers(context, predication, path))
        .map(|filler| {
            let listed = instrument_type(context, filler.head);
            (filler, listed)
        })
        .collect();
    let best = found
        .iter()
        .find(|(_, listed)| listed.is_some())
        .or_else(|| found.first());
    // "The document signed in Oslo is a protocol on fishing": what it is said to be tells more than what it is called.
    let said_to_be = best
        .filter(|(_, listed)| listed.is_none())
        .and_then(|(filler, _)| said_to_be(context, filler.head));
    let status = match modality {
        Modality::Asserted | Modality::Habitual | Modality::Opinion | Modality::Alleged => {
            yields.status.clone()
        }
        _ => "proposed".to_owned(),
    };
    Instrument {
        instrument_type: yields
            .instrument_type
            .or_else(|| best.and_then(|(_, listed)| *listed))
            .or_else(|| said_to_be.map(|(sort, _)| sort))
            .unwrap_or(InstrumentType::Unknown),
        title: said_to_be
            .map(|(_, span)| span.of(&context.document.text).to_owned())
            .or_else(|| best.map(|(filler, _)| context.words(filler).to_owned())),
        status,
    }
}

/// The sort of paper that a copula says of a noun, with the words that say it.
fn said_to_be(context: &Context, noun: TokenId) -> Option<(InstrumentType, Span)> {
    context
        .predications
        .iter()
        .filter(|said| said.unit == noun.unit && said.form == PredicateForm::Copula)
        .filter(|said| {
            said.role(RoleName::Agent)
                .any(|role| role.head == noun.token)
        })
        .find_map(|said| {
            let head = TokenId {
                unit: said.unit,
                token: said.head,
            };
            let span = context.tree(said.unit).subtree_span(said.head);
            // The subtree of a predicate nominal holds its subject too; what it is said to be begins behind that.
            let tree = context.tree(said.unit);
            let first = tree.children[said.head]
                .iter()
                .filter(|&&child| {
                    child < said.head
                        && matches!(tree.tokens[child].dep, "det" | "amod" | "compound")
                })
                .min()
                .copied()
                .unwrap_or(said.head);
            let start = tree.span(first).start.max(span.start);
            Some((instrument_type(context, head)?, Span::new(start, span.end)))
        })
}

/// Sorts of papers by the class of their words.
const PAPERS: [(&str, InstrumentType); 7] = [
    ("paper_agreement", InstrumentType::Agreement),
    ("paper_contract", InstrumentType::Contract),
    ("paper_declaration", InstrumentType::Declaration),
    ("paper_memorandum", InstrumentType::Memorandum),
    ("paper_protocol", InstrumentType::Protocol),
    ("paper_statement", InstrumentType::Statement),
    ("paper_treaty", InstrumentType::Treaty),
];

fn instrument_type(context: &Context, head: TokenId) -> Option<InstrumentType> {
    PAPERS
        .iter()
        .find(|(class, _)| {
            context
                .words_of_class(class)
                .is_some_and(|set| context.is_in(set, head))
        })
        .map(|(_, instrument_type)| *instrument_type)
}

pub(super) fn relation(
    context: &Context,
    predication: &Predication,
    yields: &RelationYield,
    absent: bool,
) -> Relation {
    let object = yields
        .object
        .as_ref()
        .and_then(|path| fillers(context, predication, path).into_iter().next())
        .map(|filler| context.words(&filler).to_owned());
    Relation {
        relation_type: yields.relation_type,
        phase: if absent {
            crate::record::Phase::Absent
        } else {
            yields.phase
        },
        object,
    }
}

/// Grade from the words before "visit", persons among the actors as participants, the host from the other side.
pub(super) fn visit(
    context: &Context,
    predication: &Predication,
    actor: &[Party],
    recipient: &[Party],
) -> Visit {
    const GRADES: [(&str, VisitGrade); 5] = [
        ("state", VisitGrade::State),
        ("official", VisitGrade::Official),
        ("working", VisitGrade::Working),
        ("private", VisitGrade::Private),
        ("unofficial", VisitGrade::Private),
    ];
    let grade = GRADES
        .iter()
        .find(|(word, _)| context.modified(predication, &crate::rules::WordSet::new([*word])))
        .map_or(VisitGrade::Unknown, |(_, grade)| *grade);
    Visit {
        grade,
        participants: actor
            .iter()
            .filter(|party| party.person.is_some())
            .cloned()
            .collect(),
        host: recipient.first().cloned(),
    }
}

/// Goods with their number, where the phrase has one.
pub(super) fn item(context: &Context, predication: &Predication, path: &Path) -> Option<Item> {
    let filler = fillers(context, predication, path).into_iter().next()?;
    let tree = context.tree(filler.head.unit);
    let quantity = quantity_of(&context.document.text, context.filler_span(&filler));
    // "MiG-29" is read as a number by the tree and is the name of the thing.
    let is_name = |token: usize| {
        let word = tree.word(&context.document.text, token);
        word.contains(char::is_alphabetic) && word.contains(|letter: char| letter.is_ascii_digit())
    };
    let skipped = |token: &usize| {
        let is_quantity = tree.tokens[*token].dep == "nummod" && !is_name(*token);
        is_quantity
            || matches!(tree.tokens[*token].dep, "det" | "poss" | "case")
            || matches!(tree.tokens[*token].pos, "PUNCT" | "DET")
    };
    // The designation is the phrase up to its head, without articles and numbers.
    let mut words = filler.tokens.clone().skip_while(skipped);
    let first = words.next().unwrap_or(filler.tokens.start);
    let end = (filler.head.token + 1).max(first + 1);
    Some(Item {
        designation: tree
            .range_span(first..end)
            .of(&context.document.text)
            .to_owned(),
        quantity,
        text: context.words(&filler).to_owned(),
    })
}

/// Money, or else a measure, in the words a rule points to, or anywhere in the predication.
pub(super) fn amount(
    context: &Context,
    predication: &Predication,
    path: Option<&Path>,
) -> Option<Amount> {
    let kinds = [AmountKind::Money, AmountKind::Measure];
    let spans = spans(context, predication, path);
    kinds.iter().find_map(|kind| {
        spans.iter().find_map(|span| {
            context
                .amounts(predication.unit, *span)
                .find(|amount| amount.kind == *kind)
                .map(|amount| amount.amount.clone())
        })
    })
}

/// "four of the agreements", "17 memoranda".
pub(super) fn count(context: &Context, predication: &Predication, path: &Path) -> Option<Count> {
    spans(context, predication, Some(path))
        .into_iter()
        .find_map(|span| {
            context
                .amounts(predication.unit, span)
                .find_map(|amount| amount.count.clone())
        })
}

fn spans(context: &Context, predication: &Predication, path: Option<&Path>) -> Vec<Span> {
    match path {
        Some(path) => fillers(context, predication, path)
            .iter()
            .map(|filler| context.filler_span(filler))
            .collect(),
        None => vec![predication.span],
    }
}

/// The first town or place in a role of place.
pub(super) fn location(context: &Context, predication: &Predication) -> Option<Location> {
    predication
        .roles
        .iter()
        .filter(|role| matches!(role.name, RoleName::Place | RoleName::Destination))
        .find_map(|role| {
            context
                .mentions_at(&Filler::of(predication.unit, role))
                .find_map(|mention| context.location(mention))
        })
}
