//! A rule that holds, and the words, to a fact.

use std::collections::HashMap;

use sha2::{Digest, Sha256};
use verbale_read::Span;

use super::Context;
use super::matching::{Take, absorbed};
use super::mood::{alleged, mood, told_by_a_party};
use super::parties::{Sides, is_collective, parties, sides};
use super::quote::own_words;
use super::when::{Dating, closed};
use super::{particulars, plover, reach, score};
use crate::clause::Predication;
use crate::parse::{TokenId, Tree};
use crate::record::{
    DateBasis, EventType, Fact, FactDate, Kind, Modality, Party, PartyBasis, SCHEMA,
};
use crate::rules::{Quote, Rules};

/// Whether both sides of what happened are known.
fn is_two_sided(sides: &Sides) -> bool {
    let actors = sides
        .actor
        .iter()
        .filter(|party| is_collective(party))
        .count();
    let recipients = sides
        .recipient
        .iter()
        .filter(|party| is_collective(party))
        .count();
    match sides.mutual {
        true => actors >= 2,
        false => actors >= 1 && recipients >= 1,
    }
}

/// The fact of a rule that holds, with the dates of further happenings that the same words tell of; `Err` says why none
/// comes of it. Its id is given later by [`name`].
pub(super) fn assemble(
    context: &Context,
    rules: &Rules,
    at: usize,
    take: &Take,
) -> Result<(Fact, Vec<FactDate>), String> {
    let predication = &context.predications[at];
    let mut sides = sides(context, predication, take);
    score::complete(context, rules, at, &take.rule.yields, &mut sides);
    with_sides(context, rules, predication, take, sides)
}

/// The same where the sides are known.
pub(super) fn with_sides(
    context: &Context,
    rules: &Rules,
    predication: &Predication,
    take: &Take,
    sides: Sides,
) -> Result<(Fact, Vec<FactDate>), String> {
    let yields = &take.rule.yields;
    if !sides
        .actor
        .iter()
        .chain(&sides.recipient)
        .any(is_collective)
    {
        return Err("no state or organisation is a party to it".to_owned());
    }
    if take.rule.falls_back() && !is_two_sided(&sides) {
        return Err("the other side is neither named nor clear from a text between two".to_owned());
    }
    let mut mood = mood(context, predication, yields);
    if mood.modality == Modality::Conditional && take.rule.falls_back() {
        return Err("it is told under a condition only".to_owned());
    }
    let (mut code, negated) = plover::transformed(yields, &mood)?;
    let everyone: Vec<&Party> = sides.actor.iter().chain(&sides.recipient).collect();
    if mood.modality == Modality::Asserted
        && (alleged(context, predication, code.event_type, &sides.actor)
            || yields.charged && told_by_a_party(context, predication, &everyone))
    {
        mood.modality = Modality::Alleged;
    }
    if mood.modality == Modality::Alleged && code.kind == Kind::Event {
        // A contested charge is no event; who makes it is in the attribution.
        code.kind = Kind::Claim;
    }
    let span = quoted(context, predication, yields.quote);
    let absent = mood.negated && yields.relation.is_some();
    let sectors = reach::sectors(context, predication, span);
    let mut contexts = yields.contexts.clone();
    let of_cameo = code
        .cameo
        .as_deref()
        .and_then(|cameo| rules.codebook.cameo(cameo));
    contexts.extend(of_cameo.into_iter().flat_map(|code| code.contexts.clone()));
    contexts.extend(particulars::contexts_of_sectors(&sectors).map(str::to_owned));
    contexts.sort();
    contexts.dedup();
    // "Established relations in 1992": the words may hang on the noun, but date the act. What a talk is about is apart.
    let content = match code.event_type {
        Some(EventType::Consult) => Vec::new(),
        _ => absorbed(context, predication, take),
    };
    let Dating {
        date,
        further,
        ambiguous,
    } = context.dating(predication, &content);
    let date = closed(
        context,
        date,
        code.kind == Kind::Commitment
            || matches!(mood.modality, Modality::Planned | Modality::Intended),
    );
    let mut flags = Vec::new();
    if everyone
        .iter()
        .any(|party| party.basis == PartyBasis::Inferred)
    {
        flags.push("party_inferred".to_owned());
    }
    if date.basis == DateBasis::Unknown {
        flags.push("undated".to_owned());
    }
    if ambiguous {
        flags.push("ambiguous_date".to_owned());
    }
    if is_assumed(&date) {
        flags.push("anchor_assumed".to_owned());
    }
    let instrument = yields
        .instrument
        .as_ref()
        .map(|paper| particulars::instrument(context, predication, paper, mood.modality));
    let signatories = match &instrument {
        Some(paper) if paper.status == "signed" => sides
            .actor
            .iter()
            .filter(|party| party.person.is_some())
            .cloned()
            .collect(),
        _ => Vec::new(),
    };
    let scored_journey = take.rule.family == "scored"
        && code.kind == Kind::Event
        && code.event_type == Some(EventType::Consult)
        && is_journey(context, predication, &sides);
    let fact = Fact {
        schema: SCHEMA,
        id: String::new(),
        doc: context.document.id.clone(),
        doc_name: context.document.name.clone(),
        kind: code.kind,
        quote: span.of(&context.document.text).to_owned(),
        span,
        char_start: 0,
        char_end: 0,
        event_type: code.event_type,
        goldstein: of_cameo.and_then(|code| code.goldstein),
        plover_score: code
            .event_type
            .and_then(|event_type| rules.codebook.score(event_type, &code.mode)),
        quad: code
            .event_type
            .and_then(|event_type| rules.codebook.quad(event_type)),
        mode: code.mode,
        contexts,
        cameo: code.cameo,
        mutual: sides.mutual,
        negated,
        modality: mood.modality,
        attribution: context.chain(context.tree(predication.unit).span(predication.head)),
        about: particulars::about(context, predication, &yields.about),
        body: particulars::bodies(context, predication, span, &everyone),
        issue: reach::issue(context, predication, span),
        beneficiary: parties(context, predication, take, &yields.beneficiary),
        stance: yields.stance,
        instrument,
        signatories,
        relation: yields
            .relation
            .as_ref()
            .map(|relation| particulars::relation(context, predication, relation, absent)),
        visit: (yields.visit || scored_journey)
            .then(|| particulars::visit(context, predication, &sides.actor, &sides.recipient)),
        amount: matches!(
            code.kind,
            Kind::Commitment | Kind::Transfer | Kind::Figure | Kind::Agreement
        )
        .then(|| particulars::amount(context, predication, yields.amount.as_ref()))
        .flatten(),
        count: yields
            .count
            .as_ref()
            .and_then(|path| particulars::count(context, predication, path)),
        item: yields
            .item
            .as_ref()
            .and_then(|path| particulars::item(context, predication, path)),
        office: None,
        qualifiers: reach::qualifiers(context, predication, span),
        location: particulars::location(context, predication),
        repeats: None,
        part_of: None,
        rule: take.rule.id.clone(),
        confidence: confidence(&everyone, mood.modality),
        flags,
        review: None,
        sectors,
        date,
        actor: sides.actor,
        recipient: sides.recipient,
    };
    Ok((fact, further))
}

/// "Yesterday", said by somebody, was counted from the day of the text, as no words tell the day of the speech.
fn is_assumed(date: &FactDate) -> bool {
    date.anchor.as_deref() == Some("speech") && (date.start.is_some() || date.end.is_some())
}

fn quoted(context: &Context, predication: &Predication, quote: Quote) -> Span {
    let tree = context.tree(predication.unit);
    let span = match quote {
        Quote::Predication => own_words(tree, predication, without_frame(tree, predication)),
        Quote::Clause => predication.span.cover(tree.subtree_span(predication.head)),
        Quote::Sentence => {
            tree.range_span(tree.sentences[tree.sentence_of(predication.head)].clone())
        }
    };
    // "Stressing *Nepal's support*": the word that brings in a voice is not among the words that it speaks.
    let head = tree.span(predication.head);
    let voice = context.voices.innermost(head);
    match voice.map(|voice| context.voices.spans[voice].span) {
        Some(spoken) if span.start < spoken.start && spoken.contains(head) => {
            Span::new(spoken.start, span.end)
        }
        _ => span,
    }
}

/// The words without a frame that a comma sets off before them: "During the stay, *three papers were signed*".
fn without_frame(tree: &Tree, predication: &Predication) -> Span {
    let inside = |token: &usize| predication.span.contains(tree.span(*token));
    let Some(first) = (0..tree.tokens.len()).find(inside) else {
        return predication.span;
    };
    let frame = &tree.tokens[first];
    let end = tree.edges[first].end;
    let set_off = frame.dep == "prep"
        && frame.head > first
        && end < predication.head
        && tree.tokens[end].norm == ","
        && predication.tokens.iter().all(|&token| token > end);
    match set_off.then(|| end + 1) {
        Some(next) => Span::new(tree.span(next).start, predication.span.end),
        None => predication.span,
    }
}

/// How far to trust a fact: less with each party that the words do not name.
fn confidence(parties: &[&Party], modality: Modality) -> f64 {
    let of_party = |basis: PartyBasis| match basis {
        PartyBasis::Named => 1.0,
        PartyBasis::Resolved => 0.9,
        PartyBasis::Inferred => 0.7,
    };
    let weakest = parties
        .iter()
        .map(|party| of_party(party.basis))
        .fold(1.0, f64::min);
    let of_modality = match modality {
        Modality::Asserted | Modality::Habitual => 0.9,
        _ => 0.8,
    };
    // Two decimals, so that the figure prints the same everywhere.
    (weakest * of_modality * 100.0_f64).round() / 100.0
}

/// Gives facts, which must be in the order of their words, their ids and character offsets.
pub(super) fn name(context: &Context, facts: &mut [Fact]) {
    let mut ordinals: HashMap<String, usize> = HashMap::new();
    let characters = Characters::new(&context.document.text);
    for fact in facts {
        fact.char_start = characters.at(fact.span.start);
        fact.char_end = characters.at(fact.span.end);
        let ids = |parties: &[Party]| {
            let mut ids: Vec<&str> = parties.iter().map(|party| party.id.as_str()).collect();
            ids.sort_unstable();
            ids.join(",")
        };
        let key = format!(
            "{}\n{:?}\n{}-{}\n{}\n{}",
            context.document.sha256,
            fact.kind,
            fact.span.start,
            fact.span.end,
            ids(&fact.actor),
            ids(&fact.recipient),
        );
        let ordinal = ordinals.entry(key.clone()).or_insert(0);
        fact.id = Sha256::digest(format!("{key}\n{ordinal}"))
            .iter()
            .take(8)
            .map(|byte| format!("{byte:02x}"))
            .collect();
        *ordinal += 1;
    }
}

/// Characters before a byte, from a count at every 256th byte.
struct Characters<'t> {
    text: &'t str,
    counts: Vec<usize>,
}

const STRIDE: usize = 256;

impl<'t> Characters<'t> {
    fn new(text: &'t str) -> Self {
        let mut counts = vec![0];
        let mut count = 0;
        for chunk in text.as_bytes().chunks(STRIDE) {
            count += starts(chunk);
            counts.push(count);
        }
        Characters { text, counts }
    }

    fn at(&self, byte: usize) -> usize {
        let block = byte / STRIDE;
        self.counts[block] + starts(&self.text.as_bytes()[block * STRIDE..byte])
    }
}

/// Bytes that begin a character.
fn starts(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte & 0xC0 != 0x80).count()
}

/// Whether a predication of consultation tells of a journey of one side to the other. The scored model knows types and no visits.
fn is_journey(context: &Context, predication: &Predication, sides: &Sides) -> bool {
    let head = TokenId {
        unit: predication.unit,
        token: predication.head,
    };
    !sides.mutual
        && !sides.recipient.is_empty()
        && context
            .words_of_class("visit")
            .is_some_and(|journeys| context.is_in(journeys, head))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_counted_from_the_nearest_mark() {
        let text = "Ağdam — Şuşa ".repeat(60);
        let characters = Characters::new(&text);
        for (count, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(characters.at(byte), count);
        }
        assert_eq!(characters.at(text.len()), text.chars().count());
    }
}
