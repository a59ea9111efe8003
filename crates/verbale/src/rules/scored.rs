//! The codes that the scored model may give: a rule without conditions for each kind and event type.

use std::collections::BTreeMap;

use super::yields::{Code, InstrumentYield, Missing, Mutual, Quote, Shift, Yields};
use super::{Path, Rule, Step, When, WordSet};
use crate::clause::RoleName;
use crate::code::Codebook;
use crate::code::score::key;
use crate::record::{EventType, Kind, Stance, word};

/// Kind, event type, CAMEO code (the root where the words alone decide on more).
const CODES: [(Kind, Option<EventType>, &str); 42] = {
    use EventType::*;
    use Kind::*;
    [
        (Event, Some(Agree), "030"),
        (Event, Some(Consult), "040"),
        (Event, Some(Support), "050"),
        (Event, Some(Concede), "080"),
        (Event, Some(Cooperate), "060"),
        (Event, Some(Aid), "070"),
        (Event, Some(Retreat), "087"),
        (Event, Some(Request), "020"),
        (Event, Some(Accuse), "110"),
        (Event, Some(Reject), "120"),
        (Event, Some(Threaten), "130"),
        (Event, Some(Protest), "140"),
        (Event, Some(Sanction), "160"),
        (Event, Some(Mobilize), "150"),
        (Event, Some(Coerce), "170"),
        (Event, Some(Assault), "190"),
        (Agreement, Some(Support), "057"),
        (Agreement, Some(Agree), "030"),
        (Agreement, Some(Consult), "046"),
        (Agreement, Some(Sanction), "160"),
        (Agreement, Some(Reject), "120"),
        (Commitment, Some(Agree), "030"),
        (Commitment, Some(Concede), "080"),
        (Commitment, Some(Reject), "120"),
        (Commitment, Some(Threaten), "130"),
        (Position, Some(Support), "050"),
        (Position, Some(Reject), "120"),
        (Position, Some(Accuse), "110"),
        (Position, Some(Request), "020"),
        (Position, None, ""),
        (Relation, None, ""),
        (Relation, Some(Support), "050"),
        (Relation, Some(Sanction), "160"),
        (Relation, Some(Reject), "120"),
        (Cooperation, Some(Cooperate), "060"),
        (Cooperation, Some(Aid), "070"),
        (Cooperation, None, ""),
        (Transfer, Some(Cooperate), "060"),
        (Transfer, Some(Aid), "070"),
        (Transfer, Some(Agree), "030"),
        (Figure, None, ""),
        (Claim, None, ""),
    ]
};

/// All of them by [`key`].
pub(super) fn rules(codebook: &Codebook) -> BTreeMap<String, Rule> {
    CODES
        .iter()
        .map(|(kind, event_type, cameo)| {
            let type_word = event_type.map_or("NONE".to_owned(), |known| word(&known));
            let code = Code {
                kind: *kind,
                event_type: *event_type,
                cameo: (!cameo.is_empty()).then(|| (*cameo).to_owned()),
                mode: codebook
                    .cameo(cameo)
                    .map_or_else(Vec::new, |code| code.mode.clone()),
            };
            let rule = rule(
                format!("scored.{}.{}", word(kind), type_word.to_lowercase()),
                code,
            );
            (key(&word(kind), &type_word), rule)
        })
        .collect()
}

fn rule(id: String, code: Code) -> Rule {
    let patient = Path {
        steps: vec![Step::Role {
            role: RoleName::Patient,
            prep: None,
        }],
    };
    let itself = Path {
        steps: vec![Step::Itself],
    };
    let instrument = (code.kind == Kind::Agreement).then(|| InstrumentYield {
        at: vec![itself, patient.clone()],
        instrument_type: None,
        status: match code.event_type {
            Some(EventType::Support) => "signed",
            Some(EventType::Sanction) => "suspended",
            Some(EventType::Consult) => "negotiating",
            _ => "proposed",
        }
        .to_owned(),
    });
    let stance = match (code.kind, code.event_type) {
        (Kind::Position, Some(EventType::Support)) => Some(Stance::Support),
        (Kind::Position, Some(EventType::Reject | EventType::Accuse)) => Some(Stance::Oppose),
        _ => None,
    };
    Rule {
        id,
        family: "scored".to_owned(),
        note: "The scored model's word where rules are silent.".to_owned(),
        over: Vec::new(),
        beside: Vec::new(),
        when: vec![When {
            line: 0,
            predicate: WordSet::default(),
            forms: Vec::new(),
            requirements: Vec::new(),
            absent: Vec::new(),
            governor: None,
            not_governor: None,
            modifier: None,
            not_modifier: None,
            mentions: None,
            not_mentions: None,
            negated: None,
            reciprocal: None,
            tense: Vec::new(),
        }],
        yields: Yields {
            item: (code.kind == Kind::Transfer).then_some(patient),
            code,
            contexts: Vec::new(),
            actor: Vec::new(),
            recipient: Vec::new(),
            mutual: Mutual::Never,
            missing: Missing::None,
            modality: None,
            charged: false,
            stance,
            beneficiary: Vec::new(),
            about: Vec::new(),
            relation: None,
            instrument,
            visit: false,
            amount: None,
            count: None,
            quote: Quote::Predication,
            absorbs: Vec::new(),
            planned: Shift::Codebook,
            negated: Shift::Codebook,
            refused: Shift::Codebook,
            requested: Shift::Keep,
        },
        file: crate::code::score::FILE.to_owned(),
    }
}
