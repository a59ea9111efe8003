//! What PLOVER makes of a code that is only planned, refused or threatened.

use super::mood::Mood;
use crate::record::{EventType, Kind, Modality};
use crate::rules::{Code, Shift, Yields};

/// What a reading of a rule yields: the code, and whether the coded act is said not to be. `Err` says why nothing.
pub(super) fn transformed(yields: &Yields, mood: &Mood) -> Result<(Code, bool), String> {
    let plain = &yields.code;
    if mood.refused {
        return match shifted(&yields.refused, plain, refused) {
            Some(code) => Ok((code, false)),
            None => Err("a refusal yields nothing here".to_owned()),
        };
    }
    if mood.threatened {
        return threatened(plain).map(|code| (code, false)).ok_or_else(|| {
            "a threat to end something friendly is left to rules of its own".to_owned()
        });
    }
    let unreal = match mood.modality {
        Modality::Planned | Modality::Intended | Modality::Considered | Modality::Conditional => {
            shifted(&yields.planned, plain, planned)
        }
        Modality::Requested => match &yields.requested {
            Shift::Codebook | Shift::Drop => None,
            other => shifted(other, plain, |code| Some(code.clone())),
        },
        _ => Some(plain.clone()),
    };
    let Some(code) = unreal else {
        return Err("a reading that is only planned or urged yields nothing here".to_owned());
    };
    if !mood.negated {
        return Ok((code, false));
    }
    match &yields.negated {
        // An absent relation is a relation of its own, not a negated one.
        Shift::Codebook | Shift::Keep => Ok((code, yields.relation.is_none())),
        other => shifted(other, &code, |code| Some(code.clone()))
            .map(|code| (code, false))
            .ok_or_else(|| "a negated reading yields nothing here".to_owned()),
    }
}

fn shifted(shift: &Shift, plain: &Code, codebook: impl Fn(&Code) -> Option<Code>) -> Option<Code> {
    match shift {
        Shift::Codebook => codebook(plain),
        Shift::Keep => Some(plain.clone()),
        Shift::Drop => None,
        Shift::Code(code) => Some(code.clone()),
    }
}

/// PLOVER: a promised, planned or considered CONSULT, SUPPORT, COOPERATE or AID is AGREE, an announced RETREAT is
/// CONCEDE; conflict never becomes AGREE.
fn planned(plain: &Code) -> Option<Code> {
    let Some(event_type) = plain.event_type else {
        return Some(plain.clone());
    };
    let cameo = plain.cameo.as_deref().unwrap_or_default();
    let (event_type, cameo) = match event_type {
        EventType::Consult => (EventType::Agree, "036"),
        EventType::Support if cameo == "057" => (EventType::Agree, "030"),
        EventType::Support => (EventType::Agree, "032"),
        EventType::Cooperate => (EventType::Agree, ending(cameo, "06", "031", 4)),
        EventType::Aid => (EventType::Agree, ending(cameo, "07", "033", 4)),
        EventType::Retreat => (EventType::Concede, "080"),
        _ => return Some(plain.clone()),
    };
    // What is to come is a commitment, whatever it will be: a visit, help, a project.
    let kind = match plain.kind {
        Kind::Event | Kind::Position | Kind::Cooperation => Kind::Commitment,
        kind => kind,
    };
    Some(Code {
        kind,
        event_type: Some(event_type),
        cameo: Some(cameo.to_owned()),
        mode: Vec::new(),
    })
}

/// Refusing is an act of its own: REJECT.
fn refused(plain: &Code) -> Option<Code> {
    let cameo = plain.cameo.as_deref().unwrap_or_default();
    let (cameo, mode) = match plain.event_type? {
        EventType::Agree | EventType::Support => ("120", None),
        EventType::Consult => ("125", Some("meet")),
        EventType::Cooperate => (ending(cameo, "06", "121", 4), Some("assist")),
        EventType::Aid => (ending(cameo, "07", "122", 4), Some("assist")),
        EventType::Concede | EventType::Retreat => ("124", Some("yield")),
        // Refusing to accuse, to strike or to reject is no hostile act.
        _ => return None,
    };
    let kind = match plain.kind {
        Kind::Agreement | Kind::Cooperation | Kind::Transfer | Kind::Commitment => Kind::Event,
        kind => kind,
    };
    Some(Code {
        kind,
        event_type: Some(EventType::Reject),
        cameo: Some(cameo.to_owned()),
        mode: mode.into_iter().map(str::to_owned).collect(),
    })
}

/// A threatened act of conflict is THREATEN.
fn threatened(plain: &Code) -> Option<Code> {
    let (cameo, mode) = match plain.event_type? {
        EventType::Sanction => ("131", "relations"),
        EventType::Coerce => ("132", "restrict"),
        EventType::Mobilize | EventType::Assault => ("138", "violence"),
        _ => return None,
    };
    Some(Code {
        kind: Kind::Event,
        event_type: Some(EventType::Threaten),
        cameo: Some(cameo.to_owned()),
        mode: vec![mode.to_owned()],
    })
}

/// CAMEO numbers its fields alike: 061, 0311 and 1211 are economic, 062, 0312 and 1212 military.
fn ending(cameo: &str, family: &str, base: &'static str, last: u8) -> &'static str {
    const CODES: [(&str, [&str; 4]); 4] = [
        ("031", ["0311", "0312", "0313", "0314"]),
        ("033", ["0331", "0332", "0333", "0334"]),
        ("121", ["1211", "1212", "1213", "1214"]),
        ("122", ["1221", "1222", "1223", "1224"]),
    ];
    let field = cameo
        .strip_prefix(family)
        .and_then(|rest| rest.parse::<u8>().ok())
        .filter(|field| (1..=last).contains(field));
    match (field, CODES.iter().find(|(known, _)| *known == base)) {
        (Some(field), Some((_, codes))) => codes[usize::from(field) - 1],
        _ => base,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(event_type: EventType, cameo: &str) -> Code {
        Code {
            kind: Kind::Event,
            event_type: Some(event_type),
            cameo: Some(cameo.to_owned()),
            mode: Vec::new(),
        }
    }

    #[test]
    fn a_plan_to_cooperate_keeps_its_field() {
        for (event_type, cameo, planned_cameo) in [
            (EventType::Cooperate, "062", "0312"),
            (EventType::Cooperate, "060", "031"),
            (EventType::Aid, "073", "0333"),
            (EventType::Consult, "042", "036"),
            (EventType::Support, "057", "030"),
        ] {
            let planned = planned(&code(event_type, cameo)).unwrap();
            assert_eq!(planned.event_type, Some(EventType::Agree));
            assert_eq!(planned.cameo.as_deref(), Some(planned_cameo));
        }
    }

    #[test]
    fn conflict_never_becomes_agreement() {
        let plain = code(EventType::Sanction, "163");
        assert_eq!(planned(&plain), Some(plain.clone()));
        assert_eq!(refused(&plain), None);
    }
}
