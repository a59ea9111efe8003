//! A fact made ready for joining: its record kind, the key of its block, its days, topic and people.

use std::collections::{BTreeMap, BTreeSet};

use verbale_read::Published;

use super::FusionRules;
use super::identity::{Identities, person_of, side_of};
use super::topic::{Topic, Vocabulary, Words, topic_of, topic_words};
use super::window::Window;
use crate::record::{
    EventType, Fact, InstrumentType, Kind, Modality, Party, Phase, RecordKind, RelationType,
};

/// A fact with what joining compares.
#[derive(Debug, Clone)]
pub(crate) struct Told<'a> {
    pub(crate) fact: &'a Fact,
    pub(crate) published: Option<&'a Published>,
    /// Smallest document id of the text's group of copies.
    pub(crate) copy_group: &'a str,
    pub(crate) kind: RecordKind,
    /// Facts of different shards know nothing of each other.
    pub(crate) shard: &'a str,
    /// Facts with different keys never are of one record.
    pub(crate) key: String,
    pub(crate) window: Window,
    pub(crate) topic: Words,
    pub(crate) matter: Matter,
    /// People by the state they stand for.
    pub(crate) people: BTreeMap<String, BTreeSet<String>>,
    /// Who travels.
    pub(crate) visitor: Option<String>,
    /// The visit during which it happened, once visits are joined.
    pub(crate) during: Option<usize>,
    /// Several papers at one table rather than one of its own topic.
    pub(crate) package: bool,
    /// Text, group of copies and letters of the quote, by number.
    text: u32,
    group: u32,
    letters: u32,
}

/// What only some kinds are compared by.
#[derive(Debug, Clone, Default)]
pub(crate) struct Matter {
    /// Commitments: what was promised is told as done.
    pub(crate) paid: bool,
    /// Positions: for whom, by number; nobody is `None`.
    pub(crate) named_for: Option<u32>,
    /// Positions on no issue: about organisations as such ("in the United Nations", "on international platforms").
    pub(crate) of_bodies: bool,
    /// Transfers: the words of the topic that are no kind of goods.
    pub(crate) designation: Words,
    /// Transfers: the step, by number.
    pub(crate) step: u32,
}

impl Matter {
    fn of(
        fact: &Fact,
        kind: RecordKind,
        topic: &Topic,
        numbers: &mut Vocabulary,
        rules: &FusionRules,
    ) -> Self {
        match kind {
            RecordKind::Commitment => Matter {
                paid: matches!(fact.modality, Modality::Asserted | Modality::Habitual)
                    && rules.says_paid(&fact.quote),
                ..Matter::default()
            },
            RecordKind::Position => Matter {
                named_for: (!fact.beneficiary.is_empty())
                    .then(|| numbers.number(&sides(&fact.beneficiary).join("+"))),
                of_bodies: fact.issue.is_none() && of_bodies(fact, rules),
                ..Matter::default()
            },
            RecordKind::Transfer => Matter {
                designation: numbers
                    .words(topic.iter().filter(|word| !rules.is_kind_of_goods(word))),
                step: numbers.number(&super::lifecycle::transfer_status(fact, rules)),
                ..Matter::default()
            },
            _ => Matter::default(),
        }
    }
}

fn of_bodies(fact: &Fact, rules: &FusionRules) -> bool {
    let about = fact.about.iter().map(String::as_str);
    let words = topic_words(about.chain([fact.quote.as_str()]), &Topic::new(), rules);
    !fact.body.is_empty() || words.iter().any(|word| rules.is_organisation_word(word))
}

impl<'a> Told<'a> {
    pub(crate) fn new(
        fact: &'a Fact,
        published: Option<&'a Published>,
        copy_group: &'a str,
        shard: &'a str,
        identities: &Identities,
        numbers: &mut Vocabulary,
        rules: &FusionRules,
    ) -> Self {
        let kind = record_kind(fact);
        let topic = topic_of(fact, rules);
        let happened =
            matches!(fact.modality, Modality::Asserted | Modality::Alleged) && !fact.negated;
        let told = if happened { published } else { None };
        let mut people: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let visit_people = fact
            .visit
            .iter()
            .flat_map(|visit| visit.participants.iter().chain(&visit.host));
        for party in fact.actor.iter().chain(&fact.recipient).chain(visit_people) {
            if let Some(person) = person_of(party) {
                people
                    .entry(side_of(party).to_owned())
                    .or_default()
                    .insert(identities.resolve(person).id);
            }
        }
        let visitor = fact
            .visit
            .iter()
            .flat_map(|visit| &visit.participants)
            .chain(&fact.actor)
            .find_map(person_of)
            .map(|person| identities.resolve(person).id);
        Told {
            fact,
            published,
            copy_group,
            kind,
            shard,
            key: if shard.starts_with("text ") {
                format!("{shard}|{}", key(fact, kind, identities))
            } else {
                key(fact, kind, identities)
            },
            window: Window::of(&fact.date, told),
            matter: Matter::of(fact, kind, &topic, numbers, rules),
            topic: numbers.words(&topic),
            people,
            visitor,
            during: None,
            package: is_package(fact, rules),
            text: numbers.number(&fact.doc),
            group: numbers.number(copy_group),
            letters: numbers.number(&letters(&fact.quote)),
        }
    }

    /// Whether both stand in one text.
    pub(crate) fn same_text(&self, other: &Told) -> bool {
        self.text == other.text
    }

    /// Whether both are told with the same words at the same place: the coder counted them apart.
    pub(crate) fn same_words(&self, other: &Told) -> bool {
        self.same_text(other) && self.fact.span == other.fact.span
    }

    /// Whether the two stand in copies of one text with the same words.
    pub(crate) fn copied(&self, other: &Told) -> bool {
        !self.same_text(other) && self.group == other.group && self.letters == other.letters
    }
}

fn letters(text: &str) -> String {
    text.chars()
        .filter(|letter| letter.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// What sort of record a fact belongs to.
pub(crate) fn record_kind(fact: &Fact) -> RecordKind {
    match fact.kind {
        Kind::Event if fact.visit.is_some() => RecordKind::Visit,
        Kind::Event if is_meeting(fact) => RecordKind::Meeting,
        Kind::Event => RecordKind::Event,
        Kind::Agreement => RecordKind::Agreement,
        Kind::Commitment => RecordKind::Commitment,
        Kind::Position => RecordKind::Position,
        Kind::Relation => RecordKind::Relation,
        Kind::Cooperation => RecordKind::Cooperation,
        // Help that is given is a step of what was promised.
        Kind::Transfer if fact.event_type == Some(EventType::Aid) && fact.item.is_none() => {
            RecordKind::Commitment
        }
        Kind::Transfer => RecordKind::Transfer,
        Kind::Role => RecordKind::Person,
        Kind::Figure => RecordKind::Figure,
        Kind::Claim => RecordKind::Claim,
    }
}

/// CAMEO 04 is consulting, 036 the intent to meet.
fn is_meeting(fact: &Fact) -> bool {
    let code = fact.cameo.as_deref().unwrap_or_default();
    fact.event_type == Some(EventType::Consult)
        || (fact.event_type == Some(EventType::Agree) && (code == "036" || code.starts_with("04")))
}

/// A package by its type, or papers in the plural without a topic of their own or over many fields.
fn is_package(fact: &Fact, rules: &FusionRules) -> bool {
    let Some(paper) = &fact.instrument else {
        return false;
    };
    let quote = fact.quote.to_lowercase();
    if fact.count.is_some()
        && rules
            .some_of
            .iter()
            .any(|some| quote.contains(some.as_str()))
    {
        return false;
    }
    match paper.instrument_type {
        InstrumentType::Package => true,
        InstrumentType::Unknown | InstrumentType::Agreement => {
            let title = paper.title.as_deref().unwrap_or_default();
            let plural = has_plural(title, rules);
            let parties = super::topic::party_words(fact, rules);
            let of_its_own = super::topic::topic_words([title], &parties, rules);
            plural
                && of_its_own.is_empty()
                && (fact.sectors.is_empty() || fact.sectors.len() >= rules.words.package_fields)
        }
        _ => false,
    }
}

/// Whether words speak of papers in the plural.
fn has_plural(text: &str, rules: &FusionRules) -> bool {
    text.split(|letter: char| !letter.is_alphanumeric())
        .any(|word| rules.is_generic(&rules.fold(word)) && rules.fold(word) != word.to_lowercase())
}

/// Whether a fact is of several papers.
pub(crate) fn is_plural(fact: &Fact, rules: &FusionRules) -> bool {
    fact.count.is_some() || has_plural(&fact.quote, rules)
}

/// CAMEO 043, hosting a visit: the reception is not the talks.
fn is_reception(fact: &Fact) -> bool {
    fact.cameo.as_deref() == Some("043")
}

pub(crate) fn sides<'a>(parties: impl IntoIterator<Item = &'a Party>) -> Vec<String> {
    let sides: BTreeSet<String> = parties
        .into_iter()
        .map(|party| side_of(party).to_owned())
        .collect();
    sides.into_iter().collect()
}

fn key(fact: &Fact, kind: RecordKind, identities: &Identities) -> String {
    let actors = sides(&fact.actor).join("+");
    let both = sides(fact.actor.iter().chain(&fact.recipient)).join("+");
    let directed = if fact.mutual || fact.recipient.is_empty() {
        both.clone()
    } else {
        format!("{actors}>{}", sides(&fact.recipient).join("+"))
    };
    let denied = if fact.negated { "not" } else { "" };
    match kind {
        RecordKind::Visit => {
            let host = fact.visit.as_ref().and_then(|visit| visit.host.as_ref());
            let hosts = if fact.recipient.is_empty() {
                sides(host).join("+")
            } else {
                sides(&fact.recipient).join("+")
            };
            format!("{actors}>{hosts}|{denied}")
        }
        RecordKind::Meeting => {
            let class = if is_reception(fact) {
                "reception"
            } else {
                "talks"
            };
            format!("{both}|{class}|{denied}")
        }
        RecordKind::Agreement => sides(
            fact.actor
                .iter()
                .chain(&fact.recipient)
                .chain(&fact.signatories),
        )
        .join("+"),
        RecordKind::Commitment => {
            let receivers = if fact.recipient.is_empty() {
                &fact.beneficiary
            } else {
                &fact.recipient
            };
            if fact.mutual {
                format!("{both}|{denied}")
            } else {
                format!("{actors}>{}|{denied}", sides(receivers).join("+"))
            }
        }
        RecordKind::Position => match &fact.issue {
            Some(issue) => format!("{actors}|issue|{issue}|{denied}"),
            None if fact.mutual => format!("{both}|mutual|{denied}"),
            None => {
                let receivers = if fact.beneficiary.is_empty() {
                    &fact.recipient
                } else {
                    &fact.beneficiary
                };
                format!("{actors}|for|{}|{denied}", sides(receivers).join("+"))
            }
        },
        RecordKind::Relation => relation_key(fact, &both, &directed),
        RecordKind::Cooperation => {
            let field = if fact.body.is_empty() {
                &fact.sectors
            } else {
                &fact.body
            };
            let field: BTreeSet<&str> = field.iter().map(String::as_str).collect();
            let field: Vec<&str> = field.into_iter().collect();
            format!("{directed}|{}|{denied}", field.join("+"))
        }
        RecordKind::Transfer => format!("{directed}|{denied}"),
        RecordKind::Person => fact
            .actor
            .iter()
            .find_map(person_of)
            .map_or_else(|| fact.id.clone(), |person| identities.resolve(person).id),
        RecordKind::Figure => {
            let unit = fact
                .amount
                .as_ref()
                .and_then(|amount| amount.currency.as_ref().or(amount.unit.as_ref()));
            let of = fact.count.as_ref().map(|count| count.of.as_str());
            format!(
                "{both}|{}",
                unit.map(String::as_str).or(of).unwrap_or_default()
            )
        }
        RecordKind::Claim | RecordKind::Event => {
            let event = fact
                .event_type
                .map(|event| format!("{event:?}"))
                .unwrap_or_default();
            format!("{directed}|{event}|{denied}")
        }
    }
}

fn relation_key(fact: &Fact, both: &str, directed: &str) -> String {
    let Some(relation) = &fact.relation else {
        return format!("{both}|other|stands");
    };
    let phase = match relation.phase {
        Phase::Established | Phase::Held if fact.negated => "absent",
        Phase::Established | Phase::Held => "stands",
        Phase::Absent => "absent",
        Phase::Severed => "severed",
    };
    match relation.relation_type {
        RelationType::Recognition => format!("{directed}|recognition|{phase}"),
        other => format!("{both}|{other:?}|{phase}"),
    }
}
