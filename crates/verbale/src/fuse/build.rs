//! A cluster of facts as a record: fields merged, what cannot hold together set side by side.

use std::collections::{BTreeMap, BTreeSet};

use super::FusionRules;
use super::copies::DocumentInfo;
use super::identity::{Identities, person_of, side_of};
use super::lifecycle::{life, transfer_status};
use super::told::Told;
use super::when::{values, when};
use crate::record::{
    Conflict, ConflictValue, Fact, Flag, Modality, Party, PartyBasis, PartyType, Phase, Record,
    RecordKind, RecordOffice, RecordPerson, RecordQualifier, VisitGrade, VoiceKind, Witness,
};

/// What building a record needs besides its facts.
pub(crate) struct Surroundings<'a> {
    pub(crate) documents: &'a BTreeMap<&'a str, &'a DocumentInfo>,
    pub(crate) outlets: &'a BTreeMap<&'a str, String>,
    pub(crate) identities: &'a Identities,
    pub(crate) rules: &'a FusionRules,
}

/// A record of facts in document and text order, without id and links.
pub(crate) fn record(members: &[&Told], around: &Surroundings) -> Record {
    let first = members
        .iter()
        .find(|each| each.fact.repeats.is_none())
        .unwrap_or(&members[0]);
    let kind = first.kind;
    // Repetitions are listed with their record, but only first tellings give it its fields.
    let tellings: Vec<&Told> = members
        .iter()
        .copied()
        .filter(|each| each.fact.repeats.is_none())
        .collect();
    let tellings = if tellings.is_empty() {
        members.to_vec()
    } else {
        tellings
    };
    let facts: Vec<&Fact> = tellings.iter().map(|each| each.fact).collect();
    let dated = when(kind, &tellings, around.rules);
    let (steps, status) = life(kind, &tellings, around.rules);
    let witnesses = witnesses(members, around);
    let groups: BTreeSet<&str> = members.iter().map(|each| each.copy_group).collect();
    let mut record = Record {
        id: String::new(),
        formerly: Vec::new(),
        kind,
        title: String::new(),
        parties: parties(&facts),
        event_type: agreed(facts.iter().map(|fact| fact.event_type)),
        cameo: common_code(&facts),
        actor: one_each(facts.iter().flat_map(|fact| &fact.actor)),
        recipient: one_each(facts.iter().flat_map(|fact| &fact.recipient)),
        mutual: facts.iter().any(|fact| fact.mutual),
        negated: first.fact.negated,
        modality: facts
            .iter()
            .map(|fact| fact.modality)
            .min_by_key(|modality| strength(*modality)),
        sectors: union(facts.iter().flat_map(|fact| &fact.sectors)),
        body: union(facts.iter().flat_map(|fact| &fact.body)),
        issue: facts.iter().find_map(|fact| fact.issue.clone()),
        stance: facts.iter().find_map(|fact| fact.stance),
        beneficiary: one_each(facts.iter().flat_map(|fact| &fact.beneficiary)),
        instrument: None,
        signatories: one_each(facts.iter().flat_map(|fact| &fact.signatories)),
        relation: None,
        visit: None,
        amount: None,
        count: None,
        item: None,
        qualifiers: qualifiers(&facts),
        person: None,
        date: dated.date,
        status,
        steps,
        facts: members.iter().map(|each| each.fact.id.clone()).collect(),
        last_heard: witnesses
            .iter()
            .filter_map(|witness| witness.published)
            .max(),
        witnesses,
        independent: groups.len(),
        voices: voices(members, around.identities),
        conflicts: dated.conflicts,
        links: Vec::new(),
        flags: dated.flags,
        relevance: None,
        review: None,
    };
    set_papers(&mut record, &tellings);
    set_numbers(&mut record, &tellings, around.rules);
    set_relation(&mut record, &facts);
    set_visit(&mut record, &tellings, around.identities);
    set_person(&mut record, &tellings, around.identities);
    stance_conflict(&mut record, &tellings);
    record.flags.extend(fact_flags(members));
    record.title = super::title::title(&record, first.fact);
    record
}

fn parties(facts: &[&Fact]) -> Vec<String> {
    let known: BTreeSet<String> = facts
        .iter()
        .flat_map(|fact| {
            let host = fact.visit.iter().flat_map(|visit| &visit.host);
            fact.actor
                .iter()
                .chain(&fact.recipient)
                .chain(&fact.signatories)
                .chain(host)
        })
        .flat_map(|party| {
            let own = matches!(
                party.party_type,
                PartyType::State | PartyType::Organisation | PartyType::Company
            );
            own.then(|| party.id.clone())
                .into_iter()
                .chain(party.state.clone())
        })
        .collect();
    known.into_iter().collect()
}

/// One entry per party; words that name it go before words that only stand for it, earlier ones before later ones.
fn one_each<'a>(parties: impl Iterator<Item = &'a Party>) -> Vec<Party> {
    let mut found: Vec<Party> = Vec::new();
    for party in parties {
        let person = |party: &Party| person_of(party).map(|person| person.id);
        match found.iter_mut().find(|known| known.id == party.id) {
            Some(known) if known.basis != PartyBasis::Named && party.basis == PartyBasis::Named => {
                *known = party.clone();
            }
            Some(known) if person(known).is_none() => {
                known.person = party.person.clone();
            }
            Some(_) => {}
            None => found.push(party.clone()),
        }
    }
    found
}

fn union<'a>(words: impl Iterator<Item = &'a String>) -> Vec<String> {
    let words: BTreeSet<String> = words.cloned().collect();
    words.into_iter().collect()
}

fn agreed<T: PartialEq>(values: impl Iterator<Item = Option<T>>) -> Option<T> {
    let mut values = values.flatten();
    let first = values.next()?;
    values.all(|value| value == first).then_some(first)
}

/// The finest CAMEO code on which all agree: codes are hierarchical, two digits at least.
fn common_code(facts: &[&Fact]) -> Option<String> {
    let mut codes = facts.iter().filter_map(|fact| fact.cameo.as_deref());
    let mut common = codes.next()?.to_owned();
    for code in codes {
        while !code.starts_with(&common) {
            common.pop();
        }
    }
    (common.len() >= 2).then_some(common)
}

/// From what is said to be so to what somebody thinks.
fn strength(modality: Modality) -> u8 {
    match modality {
        Modality::Asserted => 0,
        Modality::Habitual => 1,
        Modality::Planned => 2,
        Modality::Intended => 3,
        Modality::Considered => 4,
        Modality::Conditional => 5,
        Modality::Requested => 6,
        Modality::Alleged => 7,
        Modality::Opinion => 8,
    }
}

fn qualifiers(facts: &[&Fact]) -> Vec<RecordQualifier> {
    facts
        .iter()
        .flat_map(|fact| {
            fact.qualifiers.iter().map(|qualifier| RecordQualifier {
                qualifier: qualifier.clone(),
                doc: fact.doc.clone(),
                fact: fact.id.clone(),
            })
        })
        .collect()
}

fn witnesses(members: &[&Told], around: &Surroundings) -> Vec<Witness> {
    let docs: BTreeSet<&str> = members.iter().map(|each| each.fact.doc.as_str()).collect();
    let mut witnesses: Vec<Witness> = docs
        .into_iter()
        .map(|doc| {
            let known = around.documents.get(doc);
            let name = members
                .iter()
                .find(|each| each.fact.doc == doc)
                .map(|each| each.fact.doc_name.clone());
            Witness {
                doc: doc.to_owned(),
                doc_name: name.unwrap_or_default(),
                outlet: around.outlets.get(doc).cloned(),
                published: known.and_then(|known| Some(known.published.as_ref()?.start)),
            }
        })
        .collect();
    witnesses.sort_by_key(|witness| {
        (
            witness.published.is_none(),
            witness.published,
            witness.doc.clone(),
        )
    });
    witnesses
}

/// Distinct original speakers. Unnamed narrators are told apart by their text, copies being one text.
fn voices(members: &[&Told], identities: &Identities) -> usize {
    let speakers: BTreeSet<String> = members
        .iter()
        .map(|each| match each.fact.attribution.last() {
            Some(voice) if voice.kind == VoiceKind::Speaker && !voice.name.is_empty() => {
                identities.speaker(&voice.name)
            }
            _ => format!("text {}", each.copy_group),
        })
        .collect();
    speakers.len()
}

fn conflict<T>(
    field: &str,
    values: &[(T, Vec<String>)],
    show: impl Fn(&T) -> String,
) -> Option<Conflict> {
    (values.len() > 1).then(|| Conflict {
        field: field.to_owned(),
        values: values
            .iter()
            .map(|(value, facts)| ConflictValue {
                value: show(value),
                facts: facts.clone(),
            })
            .collect(),
    })
}

fn set_papers(record: &mut Record, members: &[&Told]) {
    if record.kind != RecordKind::Agreement {
        return;
    }
    let papers: Vec<_> = members
        .iter()
        .filter_map(|each| each.fact.instrument.as_ref())
        .collect();
    use crate::record::InstrumentType::Unknown;
    let named = |paper: &&&crate::record::Instrument| paper.instrument_type != Unknown;
    let Some(best) = papers.iter().find(named).or(papers.first()) else {
        return;
    };
    let mut paper = (*best).clone();
    paper.title = papers
        .iter()
        .filter_map(|paper| paper.title.clone())
        .max_by_key(|title| (title.len(), std::cmp::Reverse(title.clone())));
    if let Some(status) = &record.status {
        paper.status = status.clone();
    }
    let types = values(members, |each| {
        let sort = each.fact.instrument.as_ref()?.instrument_type;
        (sort != Unknown).then_some(sort)
    });
    record
        .conflicts
        .extend(conflict("instrument.type", &types, crate::record::word));
    record.instrument = Some(paper);
}

fn set_numbers(record: &mut Record, members: &[&Told], rules: &FusionRules) {
    // Payments towards a promise are steps of it, not other values of its sum.
    let promised = |each: &&&Told| {
        record.kind != RecordKind::Commitment
            || each.fact.event_type != Some(crate::record::EventType::Aid)
    };
    let promises: Vec<&Told> = members.iter().filter(promised).copied().collect();
    let amounts = values(&promises, |each| {
        let amount = each.fact.amount.as_ref()?;
        Some((
            amount.value.to_bits(),
            amount.currency.clone().or(amount.unit.clone()),
        ))
    });
    let amount = |each: &Told| each.fact.amount.clone();
    record.amount = promises
        .iter()
        .filter_map(|each| amount(each))
        .min_by_key(|amount| amount.approximate);
    let shown = conflict("amount", &amounts, |(bits, unit)| {
        let unit = unit.as_deref().unwrap_or_default();
        format!("{} {unit}", f64::from_bits(*bits))
            .trim_end()
            .to_owned()
    });
    let counts = values(members, |each| {
        Some(each.fact.count.as_ref()?.value.to_bits())
    });
    record.count = members.iter().find_map(|each| each.fact.count.clone());
    let counted = conflict("count", &counts, |bits| f64::from_bits(*bits).to_string());
    record.conflicts.extend(shown);
    record.conflicts.extend(counted);
    set_item(record, members, rules);
}

/// Twelve delivered of thirty ordered is no contradiction: numbers are held against each other within one step.
fn set_item(record: &mut Record, members: &[&Told], rules: &FusionRules) {
    let items: Vec<_> = members
        .iter()
        .filter_map(|each| each.fact.item.as_ref())
        .collect();
    let Some(longest) = items.iter().max_by_key(|item| {
        (
            !generic(item, rules),
            item.designation.len(),
            std::cmp::Reverse(item.designation.clone()),
        )
    }) else {
        return;
    };
    let mut item = (*longest).clone();
    let statuses: BTreeSet<String> = members
        .iter()
        .map(|each| transfer_status(each.fact, rules))
        .collect();
    for status in statuses {
        let step: Vec<&Told> = members
            .iter()
            .copied()
            .filter(|each| transfer_status(each.fact, rules) == status)
            .collect();
        let numbers = values(&step, |each| {
            Some(each.fact.item.as_ref()?.quantity?.to_bits())
        });
        if let Some(conflict) = conflict("item.quantity", &numbers, |bits| {
            f64::from_bits(*bits).to_string()
        }) {
            record.conflicts.push(conflict);
        }
    }
    let numbers = values(members, |each| {
        Some(each.fact.item.as_ref()?.quantity?.to_bits())
    });
    // With a conflict no number stands for the record: the conflict shows them side by side.
    let contested = record
        .conflicts
        .iter()
        .any(|conflict| conflict.field == "item.quantity");
    item.quantity = numbers
        .iter()
        .map(|(bits, _)| f64::from_bits(*bits))
        .max_by(f64::total_cmp)
        .filter(|_| !contested);
    record.item = Some(item);
}

fn generic(item: &crate::record::Item, rules: &FusionRules) -> bool {
    item.designation
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .all(|word| rules.is_kind_of_goods(&rules.fold(word)))
}

fn set_relation(record: &mut Record, facts: &[&Fact]) {
    let relations: Vec<_> = facts
        .iter()
        .filter_map(|fact| fact.relation.as_ref())
        .collect();
    let established = relations
        .iter()
        .find(|relation| relation.phase == Phase::Established);
    let Some(best) = established.or(relations.first()) else {
        return;
    };
    let mut relation = (*best).clone();
    relation.object = relations
        .iter()
        .filter_map(|relation| relation.object.clone())
        .min_by_key(|object| (object.len(), object.clone()));
    record.relation = Some(relation);
}

fn set_visit(record: &mut Record, members: &[&Told], identities: &Identities) {
    let visits: Vec<_> = members
        .iter()
        .filter_map(|each| each.fact.visit.as_ref())
        .collect();
    let Some(first) = visits.first().filter(|_| record.kind == RecordKind::Visit) else {
        return;
    };
    let mut visit = (*first).clone();
    let grades = values(members, |each| {
        let grade = each.fact.visit.as_ref()?.grade;
        (grade != VisitGrade::Unknown).then_some(grade)
    });
    visit.grade = grades
        .first()
        .map_or(VisitGrade::Unknown, |(grade, _)| *grade);
    record
        .conflicts
        .extend(conflict("visit.grade", &grades, crate::record::word));
    visit.host = visits.iter().find_map(|visit| visit.host.clone());
    visit.participants = people_of(
        visits.iter().flat_map(|visit| &visit.participants),
        identities,
    );
    record.person = members
        .iter()
        .filter(|each| each.visitor.is_some())
        .flat_map(|each| {
            let visit = each.fact.visit.iter().flat_map(|visit| &visit.participants);
            visit.chain(&each.fact.actor)
        })
        .find_map(person_of)
        .map(|person| RecordPerson {
            person: identities.resolve(person),
            offices: Vec::new(),
        });
    record.visit = Some(visit);
}

/// Participants, each person once.
pub(crate) fn people_of<'a>(
    parties: impl Iterator<Item = &'a Party>,
    identities: &Identities,
) -> Vec<Party> {
    let mut found: Vec<(String, Party)> = Vec::new();
    for party in parties {
        let key = person_of(party)
            .map_or_else(|| party.id.clone(), |person| identities.resolve(person).id);
        if !found.iter().any(|(known, _)| *known == key) {
            found.push((key, party.clone()));
        }
    }
    found.into_iter().map(|(_, party)| party).collect()
}

fn set_person(record: &mut Record, members: &[&Told], identities: &Identities) {
    if record.kind != RecordKind::Person {
        return;
    }
    let person = members
        .iter()
        .flat_map(|each| &each.fact.actor)
        .find_map(person_of);
    let mut offices: Vec<RecordOffice> = Vec::new();
    for each in members {
        let Some(office) = &each.fact.office else {
            continue;
        };
        let day = |known: Option<jiff::civil::Date>, published: Option<jiff::civil::Date>| {
            known.or(published)
        };
        let from = day(
            each.fact.date.start,
            each.published.map(|published| published.start),
        );
        let to = day(
            each.fact.date.end,
            each.published.map(|published| published.end),
        );
        let known = offices.iter_mut().find(|known| {
            known.title == office.title && known.of == office.of && known.accredited_to == office.to
        });
        match known {
            Some(known) => {
                known.from = super::window::earlier(known.from, from);
                known.to = known.to.max(to);
                known.facts.push(each.fact.id.clone());
            }
            None => offices.push(RecordOffice {
                title: office.title.clone(),
                of: office.of.clone(),
                accredited_to: office.to.clone(),
                from,
                to,
                facts: vec![each.fact.id.clone()],
            }),
        }
    }
    offices.sort_by_key(|office| {
        (
            office.from.is_none(),
            office.from,
            office.title.clone(),
            office.of.clone(),
        )
    });
    record.person = person.map(|person| RecordPerson {
        person: identities.resolve(person),
        offices,
    });
}

fn stance_conflict(record: &mut Record, members: &[&Told]) {
    let stances = values(members, |each| each.fact.stance);
    record
        .conflicts
        .extend(conflict("stance", &stances, crate::record::word));
}

/// The warnings of facts, one flag per code.
fn fact_flags(members: &[&Told]) -> Vec<Flag> {
    let mut codes: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for each in members {
        for code in &each.fact.flags {
            // These two are about the record as a whole, and are said of it below.
            if code != "one_witness" && code != "undated" {
                codes.entry(code).or_default().push(each.fact.id.clone());
            }
        }
    }
    codes
        .into_iter()
        .map(|(code, facts)| Flag {
            code: code.to_owned(),
            text: super::flags::sentence(code).to_owned(),
            facts,
        })
        .collect()
}

/// Whether the states of a party list are exactly these.
pub(crate) fn same_sides(a: &[Party], b: &[Party]) -> bool {
    // A handful of parties at most, and asked for very many pairs of records: nothing is gathered first.
    let among = |a: &[Party], b: &[Party]| a.iter().all(|party| stands_for(b, side_of(party)));
    !a.is_empty() && among(a, b) && among(b, a)
}

/// Whether any of the parties stands for the side.
pub(crate) fn stands_for(parties: &[Party], side: &str) -> bool {
    parties.iter().any(|party| side_of(party) == side)
}
