//! Who holds which office, as the text says it: one role fact per person, title and document.

use verbale_read::Span;

use super::Context;
use super::when::today;
use crate::names::{Person, PersonOffice};
use crate::record::{
    DateBasis, Fact, FactDate, Granularity, Kind, Modality, Office, Party, PartyBasis, PartyType,
    PersonRef, SCHEMA,
};

/// Id under which role facts name their origin; they come from names, not from a rule file.
const RULE: &str = "role.office";

/// Role facts. `happenings` are the facts of the rules: an office named in a dated one was held then.
pub(super) fn offices(context: &Context, happenings: &[Fact]) -> Vec<Fact> {
    context
        .names
        .people
        .iter()
        .flat_map(|person| offices_of(context, person, happenings))
        .collect()
}

fn offices_of(context: &Context, person: &Person, happenings: &[Fact]) -> Vec<Fact> {
    let mut seen: Vec<&str> = Vec::new();
    let mut facts = Vec::new();
    for office in &person.offices {
        if seen.contains(&office.title.as_str()) {
            continue;
        }
        seen.push(&office.title);
        if context.lexicon.is_a("rank", &office.title) {
            continue;
        }
        let party = |id: &String| {
            context.collective(id).map(|(party_type, name)| Party {
                id: id.clone(),
                party_type,
                name,
                text: office.span.of(&context.document.text).to_owned(),
                span: office.span,
                basis: PartyBasis::Named,
                person: Some(PersonRef {
                    id: person.id.clone(),
                    name: person.name.clone(),
                }),
                role: Some(office.text.clone()),
                state: None,
                sector: None,
            })
        };
        // Without a state the person alone holds the fact: an analyst is nobody's official.
        let holder = Party {
            id: person.id.clone(),
            party_type: PartyType::Person,
            name: person.name.clone(),
            text: office.span.of(&context.document.text).to_owned(),
            span: office.span,
            basis: PartyBasis::Named,
            person: Some(PersonRef {
                id: person.id.clone(),
                name: person.name.clone(),
            }),
            role: Some(office.text.clone()),
            state: None,
            sector: None,
        };
        let to = office.to.clone().or_else(|| host(context, office));
        let recipient = to.as_ref().and_then(party).map(|party| Party {
            person: None,
            role: None,
            basis: match office.to {
                Some(_) => party.basis,
                None => PartyBasis::Inferred,
            },
            ..party
        });
        facts.push(Fact {
            schema: SCHEMA,
            id: String::new(),
            doc: context.document.id.clone(),
            doc_name: context.document.name.clone(),
            kind: Kind::Role,
            quote: office.span.of(&context.document.text).to_owned(),
            span: office.span,
            char_start: 0,
            char_end: 0,
            event_type: None,
            mode: Vec::new(),
            contexts: Vec::new(),
            cameo: None,
            goldstein: None,
            plover_score: None,
            quad: None,
            actor: vec![office.of.as_ref().and_then(party).unwrap_or(holder)],
            recipient: recipient.into_iter().collect(),
            mutual: false,
            negated: false,
            modality: Modality::Asserted,
            date: held_when(context, office.span, happenings),
            attribution: context.chain(office.span),
            sectors: Vec::new(),
            about: Vec::new(),
            body: Vec::new(),
            issue: None,
            beneficiary: Vec::new(),
            stance: None,
            instrument: None,
            signatories: Vec::new(),
            relation: None,
            visit: None,
            amount: None,
            count: None,
            item: None,
            office: Some(Office {
                title: office.title.clone(),
                of: office.of.clone(),
                to,
                official: office.official,
            }),
            qualifiers: Vec::new(),
            location: None,
            repeats: None,
            part_of: None,
            rule: RULE.to_owned(),
            confidence: 0.95,
            flags: Vec::new(),
            review: None,
        });
    }
    facts
}

/// Where an ambassador resides if no words say so: the other one of a text between two, else the state that the text speaks of
/// most beside the ambassador's own.
fn host(context: &Context, office: &PersonOffice) -> Option<String> {
    let of = office.of.as_ref()?;
    if !context.lexicon.is_a("resident", &office.title) {
        return None;
    }
    let most = || context.names.states.iter().find(|state| *state != of);
    context.other_of_two(of).or_else(|| most().cloned())
}

/// The days of the happening in whose words the office is named, if words give them; else the day of the text, if it is
/// known to the day.
fn held_when(context: &Context, office: Span, happenings: &[Fact]) -> FactDate {
    let happening = happenings
        .iter()
        .filter(|fact| {
            matches!(fact.kind, Kind::Event | Kind::Agreement | Kind::Transfer)
                && fact.modality == Modality::Asserted
                && !fact.negated
                && fact.span.contains(office)
                && fact.date.start.is_some()
                && fact.date.end.is_some()
                && matches!(
                    fact.date.basis,
                    DateBasis::Explicit | DateBasis::Relative | DateBasis::Inferred
                )
        })
        .min_by_key(|fact| fact.span.len());
    if let Some(fact) = happening {
        return FactDate {
            basis: DateBasis::Inferred,
            duration_days: None,
            ..fact.date.clone()
        };
    }
    match today(context.document) {
        Some((start, end)) if start == end => FactDate {
            start: Some(start),
            end: Some(end),
            edtf: start.to_string(),
            granularity: Granularity::Day,
            basis: DateBasis::Document,
            anchor: Some("document".to_owned()),
            ..FactDate::unknown()
        },
        _ => FactDate::unknown(),
    }
}
