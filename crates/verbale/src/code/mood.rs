//! In which mode something is said: asserted, planned, wished, weighed, urged, refused, denied.
//!
//! The mood is read once for all rules, from tense, aspect, what stands over the predicate, adverbs and voices.

use super::Context;
use crate::clause::{Governor, GovernorKind, PredicateForm, Predication, RoleName, Tense};
use crate::record::{EventType, Kind, Modality, PartyType};
use crate::rules::Yields;

/// How a predication is meant.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Mood {
    pub(super) modality: Modality,
    pub(super) negated: bool,
    /// "refuse to", "will not": the refusal is the act.
    pub(super) refused: bool,
    /// "threaten to".
    pub(super) threatened: bool,
    /// The words or features that say so.
    pub(super) because: Vec<String>,
}

/// Reads the mood of a predication for what a rule would make of it.
pub(super) fn mood(context: &Context, predication: &Predication, yields: &Yields) -> Mood {
    let mut mood = Mood {
        modality: Modality::Asserted,
        negated: predication.negated,
        refused: false,
        threatened: false,
        because: Vec::new(),
    };
    if predication.negated {
        mood.because.push("negated".to_owned());
    }
    for governor in &predication.governors {
        match governor.kind {
            GovernorKind::Refused => {
                mood.refused = true;
                mood.because.push(format!("“{}” refuses", governor.lemma));
            }
            GovernorKind::Threatened => {
                mood.threatened = true;
                mood.because.push(format!("“{}” threatens", governor.lemma));
            }
            _ => {}
        }
    }
    let (modality, because) = irrealis(predication)
        .or_else(|| habitual(context, predication, yields.code.kind))
        .or_else(|| opinion(context, predication, yields.code.kind))
        .unwrap_or((Modality::Asserted, None));
    mood.modality = modality;
    mood.because.extend(because);
    let lasting = matches!(yields.code.kind, Kind::Position | Kind::Cooperation);
    if modality == Modality::Planned && lasting && is_pledge(context, predication) {
        mood.modality = Modality::Intended;
        mood.because.push("said by those who will".to_owned());
    }
    if mood.negated && matches!(modality, Modality::Planned | Modality::Intended) {
        // "will not sign", "has no intention to recognise": who says so refuses.
        mood.negated = false;
        mood.refused = true;
    }
    if mood.refused {
        // The refusal is what happens.
        mood.modality = Modality::Asserted;
    }
    if let Some(fixed) = yields.modality {
        mood.modality = fixed;
        mood.because.push("fixed by the rule".to_owned());
    }
    mood
}

/// "We will stand by them": who says so of himself gives a word, and tells no programme. What has a day ("tomorrow we will
/// open the talks") is planned all the same.
fn is_pledge(context: &Context, predication: &Predication) -> bool {
    let tree = context.tree(predication.unit);
    predication
        .governors
        .iter()
        .all(|governor| governor.kind != GovernorKind::Planned)
        && predication
            .role(RoleName::Agent)
            .any(|agent| ["we", "i"].contains(&tree.tokens[agent.head].norm.as_str()))
}

/// Whether the words tell of something to come.
pub(in crate::code) fn is_ahead(predication: &Predication) -> bool {
    matches!(
        irrealis(predication),
        Some((Modality::Planned | Modality::Intended, _))
    )
}

type Reading = (Modality, Option<String>);

/// What has not happened as the words are spoken. What makes it least certain wins: "could consider signing" is
/// considered, "urged to plan" requested. A wish stands over what it makes possible: "keen to explore" is intended.
fn irrealis(predication: &Predication) -> Option<Reading> {
    if predication.conditional {
        return Some((Modality::Conditional, Some("conditional clause".to_owned())));
    }
    let wished = predication.governors.iter().position(|governor| {
        matches!(
            governor.kind,
            GovernorKind::Intended | GovernorKind::Promised
        )
    });
    let strongest = predication
        .governors
        .iter()
        .enumerate()
        // "Keen to explore", "want the chance to": the wish stands over what is only possible.
        .filter(|(at, governor)| {
            !matches!(
                governor.kind,
                GovernorKind::Considered | GovernorKind::Possible
            ) || wished.is_none_or(|wished| wished > *at)
        })
        .filter_map(|(_, governor)| Some((of_governor(governor, predication)?, governor)))
        .max_by_key(|(modality, _)| uncertainty(*modality));
    if let Some((modality, governor)) = strongest {
        return Some((modality, Some(format!("“{}” over it", governor.lemma))));
    }
    (predication.tense == Tense::Future)
        .then(|| (Modality::Planned, Some("future tense".to_owned())))
}

fn of_governor(governor: &Governor, predication: &Predication) -> Option<Modality> {
    match governor.kind {
        GovernorKind::Planned => Some(Modality::Planned),
        GovernorKind::Intended | GovernorKind::Promised => Some(Modality::Intended),
        GovernorKind::Considered | GovernorKind::Possible => Some(Modality::Considered),
        GovernorKind::Conditional => Some(Modality::Conditional),
        GovernorKind::Requested | GovernorKind::Obliged => Some(Modality::Requested),
        GovernorKind::Alleged => Some(Modality::Alleged),
        // The purpose of something is as certain as a plan, but a noun in a purpose ("to expand cooperation") goes on.
        GovernorKind::Purpose if predication.form == PredicateForm::Verb => {
            Some(Modality::Intended)
        }
        _ => None,
    }
}

fn uncertainty(modality: Modality) -> u8 {
    match modality {
        Modality::Asserted | Modality::Habitual | Modality::Opinion => 0,
        Modality::Planned => 1,
        Modality::Intended => 2,
        Modality::Considered => 3,
        Modality::Alleged => 4,
        Modality::Requested => 5,
        Modality::Conditional => 6,
    }
}

/// Positions, cooperation, trade and what is counted go on when a verb says so in the present or the perfect; a bare noun leaves
/// it open. Of acts words must say that they go on ("regularly", "still").
fn habitual(context: &Context, predication: &Predication, kind: Kind) -> Option<Reading> {
    let lasting = matches!(
        kind,
        Kind::Position | Kind::Cooperation | Kind::Commitment | Kind::Transfer | Kind::Figure
    );
    if !lasting && kind != Kind::Event {
        return None;
    }
    let finite = predication.form != PredicateForm::Noun;
    let habit = context.words_of_class("habitual");
    // "Steadfast support" and "reaffirmed its support" hold; only "continued support" goes on.
    let goes_on = |governor: &&Governor| {
        governor.kind == GovernorKind::Continued
            && (finite || habit.is_some_and(|set| set.has_word(&governor.lemma)))
    };
    if let Some(governor) = predication.governors.iter().find(goes_on) {
        return Some((
            Modality::Habitual,
            Some(format!("“{}” over it", governor.lemma)),
        ));
    }
    if habit.is_some_and(|set| context.modified(predication, set)) {
        return Some((Modality::Habitual, Some("an adverb of habit".to_owned())));
    }
    (lasting && finite && predication.tense == Tense::Present)
        .then(|| (Modality::Habitual, Some("present tense".to_owned())))
}

/// "Relations are excellent", "ties stand at a high level".
fn opinion(context: &Context, predication: &Predication, kind: Kind) -> Option<Reading> {
    if !matches!(kind, Kind::Relation | Kind::Claim) {
        return None;
    }
    let set = context.words_of_class("evaluative")?;
    context
        .mentioned(predication, set)
        .then(|| (Modality::Opinion, Some("a word of judgement".to_owned())))
}

/// Whether the words charge somebody with violence or coercion, told by a voice that has another side.
pub(super) fn alleged(
    context: &Context,
    predication: &Predication,
    event_type: Option<EventType>,
    actor: &[crate::record::Party],
) -> bool {
    let violent = matches!(
        event_type,
        Some(EventType::Assault | EventType::Coerce | EventType::Mobilize)
    );
    violent
        && context
            .chain(predication.span)
            .last()
            .and_then(|voice| voice.side.clone())
            .is_some_and(|side| {
                !actor
                    .iter()
                    .any(|party| party.party_type == PartyType::State && party.id == side)
            })
}

/// Whether a voice that speaks for one of the parties tells what was done to it or by it.
pub(super) fn told_by_a_party(
    context: &Context,
    predication: &Predication,
    parties: &[&crate::record::Party],
) -> bool {
    context
        .chain(predication.span)
        .last()
        .and_then(|voice| voice.side.as_deref())
        .is_some_and(|side| parties.iter().any(|party| party.id == side))
}
