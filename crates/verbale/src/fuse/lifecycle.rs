//! The life of papers, promises and deliveries: which step each fact tells, and where the thing stands.

use super::FusionRules;
use super::told::Told;
use super::window::Window;
use crate::record::{EventType, Fact, Kind, Modality, RecordKind, Step};

const AGREEMENT: [&str; 10] = [
    "proposed",
    "negotiating",
    "initialled",
    "signed",
    "ratified",
    "in_force",
    "amended",
    "suspended",
    "terminated",
    "expired",
];
const COMMITMENT: [&str; 8] = [
    "considered",
    "intended",
    "planned",
    "committed",
    "partly_fulfilled",
    "fulfilled",
    "stalled",
    "withdrawn",
];
const TRANSFER: [&str; 6] = [
    "unknown",
    "considered",
    "ordered",
    "licensed",
    "delivered",
    "cancelled",
];

/// The steps of a life in time order, and the status it has reached.
pub(crate) fn life(
    kind: RecordKind,
    members: &[&Told],
    rules: &FusionRules,
) -> (Vec<Step>, Option<String>) {
    let order: &[&str] = match kind {
        RecordKind::Agreement => &AGREEMENT,
        RecordKind::Commitment => &COMMITMENT,
        RecordKind::Transfer => &TRANSFER,
        _ => return (Vec::new(), None),
    };
    let rank = |status: &str| order.iter().position(|known| *known == status).unwrap_or(0);
    let mut told: Vec<(&&Told, String)> = members
        .iter()
        .filter(|each| each.fact.repeats.is_none() && !each.fact.negated)
        .filter_map(|each| Some((each, step_of(kind, each.fact, members, rules)?)))
        .collect();
    told.sort_by_key(|(each, status)| {
        (
            rank(status),
            each.window.breadth(),
            each.fact.doc.clone(),
            each.fact.span,
        )
    });
    let mut steps: Vec<(Step, Window)> = Vec::new();
    for (each, status) in told {
        let known = steps
            .iter()
            .any(|(step, window)| step.status == status && window.meet(&each.window).is_some());
        if !known {
            let step = Step {
                status,
                date: each.fact.date.clone(),
                fact: each.fact.id.clone(),
            };
            steps.push((step, each.window));
        }
    }
    // Where every step has a day, days order them; else the order of life does.
    let day = |window: &Window| window.start.or(window.end).or(window.latest);
    if steps.iter().all(|(_, window)| day(window).is_some()) {
        steps.sort_by_key(|(step, window)| (day(window), rank(&step.status)));
        // "Will be signed next week" does not come after the signing of that week's Tuesday.
        let turned = |pair: &[(Step, Window)]| {
            rank(&pair[0].0.status) > rank(&pair[1].0.status)
                && pair[0].1.meet(&pair[1].1).is_some()
        };
        while let Some(at) = steps.windows(2).position(turned) {
            steps.swap(at, at + 1);
        }
    }
    let status = current(kind, &steps, rank);
    (steps.into_iter().map(|(step, _)| step).collect(), status)
}

/// A paper in force can be suspended and come back; below that a life only goes forward, and a late mention of an
/// early step ("the accord signed in 1998") does not undo a later one.
fn current(
    kind: RecordKind,
    steps: &[(Step, Window)],
    rank: impl Fn(&str) -> usize,
) -> Option<String> {
    let past = match kind {
        RecordKind::Agreement => rank("in_force"),
        RecordKind::Commitment => rank("partly_fulfilled"),
        _ => rank("delivered"),
    };
    let late = steps.iter().rfind(|(step, _)| rank(&step.status) >= past);
    late.or_else(|| steps.iter().max_by_key(|(step, _)| rank(&step.status)))
        .map(|(step, _)| step.status.clone())
}

fn step_of(
    kind: RecordKind,
    fact: &Fact,
    members: &[&Told],
    rules: &FusionRules,
) -> Option<String> {
    match kind {
        RecordKind::Agreement => agreement_status(fact),
        RecordKind::Commitment => Some(commitment_status(fact, members)),
        RecordKind::Transfer => Some(transfer_status(fact, rules)),
        _ => None,
    }
}

fn agreement_status(fact: &Fact) -> Option<String> {
    let paper = fact.instrument.as_ref()?;
    let status = match fact.modality {
        Modality::Asserted | Modality::Habitual => paper.status.as_str(),
        Modality::Considered if paper.status == "negotiating" => "negotiating",
        // "Will be ratified" says that it is not ratified yet; of the steps before it says nothing.
        Modality::Planned | Modality::Intended | Modality::Considered
            if matches!(
                paper.status.as_str(),
                "signed" | "proposed" | "negotiating" | "initialled"
            ) =>
        {
            "proposed"
        }
        _ => return None,
    };
    Some(status.to_owned())
}

fn commitment_status(fact: &Fact, members: &[&Told]) -> String {
    let paid =
        matches!(fact.event_type, Some(EventType::Aid)) && fact.modality == Modality::Asserted;
    let status = match fact.modality {
        Modality::Asserted | Modality::Habitual if paid => {
            let sum = |fact: &Fact| fact.amount.as_ref().map(|amount| amount.value);
            let promised = members
                .iter()
                .filter(|each| each.fact.event_type != Some(EventType::Aid))
                .filter_map(|each| sum(each.fact))
                .fold(None, |most: Option<f64>, value| {
                    Some(most.map_or(value, |most| most.max(value)))
                });
            match (sum(fact), promised) {
                (Some(paid), Some(promised)) if paid < promised => "partly_fulfilled",
                _ => "fulfilled",
            }
        }
        Modality::Asserted | Modality::Habitual => match fact.event_type {
            Some(EventType::Reject | EventType::Retreat) => "withdrawn",
            _ => "committed",
        },
        Modality::Planned => "planned",
        Modality::Intended | Modality::Requested => "intended",
        _ => "considered",
    };
    status.to_owned()
}

/// The step that the words of a transfer tell; `unknown` where they tell only that there is one.
pub(crate) fn transfer_status(fact: &Fact, rules: &FusionRules) -> String {
    if !matches!(fact.modality, Modality::Asserted | Modality::Habitual)
        || fact.kind != Kind::Transfer
    {
        return "considered".to_owned();
    }
    let words = fact.quote.to_lowercase();
    rules
        .transfer
        .iter()
        .find(|row| row.words.iter().any(|word| words.contains(word.as_str())))
        .map_or("unknown", |row| row.status.as_str())
        .to_owned()
}
