//! The date of a record: what the words of all its texts leave open together.

use super::FusionRules;
use super::told::Told;
use super::window::{Window, describe, shifted};
use crate::record::{
    Conflict, ConflictValue, DateBasis, FactDate, Flag, Granularity, Modality, RecordKind,
};

/// A record's date with what must be said about it.
#[derive(Debug, Default)]
pub(crate) struct When {
    pub(crate) date: Option<FactDate>,
    pub(crate) conflicts: Vec<Conflict>,
    pub(crate) flags: Vec<Flag>,
}

/// Joins the dates of a record's facts.
pub(crate) fn when(kind: RecordKind, members: &[&Told], rules: &FusionRules) -> When {
    let mut dated: Vec<&Told> = speaking(kind, members)
        .into_iter()
        .filter(|each| each.window.dated(rules.time.widest_days))
        .collect();
    dated.sort_by_key(|each| {
        (
            each.window.breadth(),
            &each.fact.doc,
            each.fact.span,
            &each.fact.id,
        )
    });
    let mut result = When::default();
    let duration = duration(members, &mut result.conflicts);
    let Some(narrowest) = dated.first() else {
        let worded = members
            .iter()
            .find(|each| !each.fact.date.text.is_empty() || !each.fact.date.edtf.is_empty());
        result.date = worded.map(|each| FactDate {
            duration_days: duration.or(each.fact.date.duration_days),
            ..each.fact.date.clone()
        });
        return result;
    };
    let standing = matches!(
        kind,
        RecordKind::Position
            | RecordKind::Cooperation
            | RecordKind::Person
            | RecordKind::Commitment
            | RecordKind::Claim
            | RecordKind::Figure
    );
    let mut window = Window {
        latest: None,
        ..narrowest.window
    };
    let mut outside: Vec<&Told> = Vec::new();
    for each in &dated[1..] {
        match window.meet(&Window {
            latest: None,
            ..each.window
        }) {
            Some(met) => window = met,
            None => outside.push(each),
        }
    }
    if !outside.is_empty() {
        for each in &outside {
            window.start = window.start.min(each.window.start);
            window.end = window.end.max(each.window.end);
        }
        if !standing {
            result.conflicts.push(date_conflict(&dated));
        }
    }
    let day_known = narrowest.window.yearless.is_none();
    let resolved = dated
        .iter()
        .find(|each| each.window.yearless.is_some() && window.yearless.is_none());
    if let (Some(partial), true) = (resolved, window.start.is_some()) {
        result.flags.push(year_flag(partial, &dated, window));
    }
    let long = duration.filter(|days| i64::from(*days) > window.days().unwrap_or(i64::MAX));
    if let (Some(days), true) = (long, outside.is_empty()) {
        window = lengthened(window, i64::from(days) - 1, &dated);
    }
    let unchanged = day_known
        && outside.is_empty()
        && (window.start, window.end) == (narrowest.window.start, narrowest.window.end)
        && duration == narrowest.fact.date.duration_days;
    result.date = Some(if unchanged {
        narrowest.fact.date.clone()
    } else {
        joined(window, duration, &dated, members)
    });
    result
}

/// The facts whose dates are the record's own: of a paper the signing, of a relation its beginning.
fn speaking<'a>(kind: RecordKind, members: &[&'a Told<'a>]) -> Vec<&'a Told<'a>> {
    let done = |each: &&Told| !each.fact.negated && each.fact.modality == Modality::Asserted;
    let own = |each: &&Told| match kind {
        RecordKind::Agreement => {
            done(each)
                && each
                    .fact
                    .instrument
                    .as_ref()
                    .is_some_and(|paper| paper.status == "signed")
        }
        RecordKind::Relation => super::same::establishes(each),
        RecordKind::Visit | RecordKind::Meeting | RecordKind::Transfer | RecordKind::Event => {
            done(each)
        }
        _ => true,
    };
    let chosen: Vec<&Told> = members.iter().copied().filter(own).collect();
    if chosen
        .iter()
        .any(|each| each.window.start.is_some() || each.window.yearless.is_some())
    {
        chosen
    } else {
        members.to_vec()
    }
}

fn duration(members: &[&Told], conflicts: &mut Vec<Conflict>) -> Option<u32> {
    let told = values(members, |each| each.fact.date.duration_days);
    if told.len() > 1 {
        conflicts.push(Conflict {
            field: "date.duration_days".to_owned(),
            values: told
                .iter()
                .map(|(days, facts)| ConflictValue {
                    value: days.to_string(),
                    facts: facts.clone(),
                })
                .collect(),
        });
    }
    told.first().map(|(days, _)| *days)
}

/// The distinct values of a field with the facts that give each, in the order of the members.
pub(crate) fn values<T: PartialEq>(
    members: &[&Told],
    field: impl Fn(&Told) -> Option<T>,
) -> Vec<(T, Vec<String>)> {
    let mut found: Vec<(T, Vec<String>)> = Vec::new();
    for each in members {
        if let Some(value) = field(each) {
            match found.iter_mut().find(|(known, _)| *known == value) {
                Some((_, facts)) => facts.push(each.fact.id.clone()),
                None => found.push((value, vec![each.fact.id.clone()])),
            }
        }
    }
    found
}

fn date_conflict(dated: &[&Told]) -> Conflict {
    Conflict {
        field: "date".to_owned(),
        values: values(dated, |each| Some(each.fact.date.edtf.clone()))
            .into_iter()
            .map(|(value, facts)| ConflictValue { value, facts })
            .collect(),
    }
}

fn year_flag(partial: &Told, dated: &[&Told], window: Window) -> Flag {
    let year = window.start.map_or(0, |start| start.year());
    Flag {
        code: "year_fused".to_owned(),
        text: format!(
            "“{}” stands without a year; {year} is taken from the other texts that tell the same.",
            partial.fact.date.text
        ),
        facts: dated.iter().map(|each| each.fact.id.clone()).collect(),
    }
}

/// A happening of several days of which one is named: the others lie before or behind it.
fn lengthened(window: Window, more: i64, dated: &[&Told]) -> Window {
    let day = |window: &Window| window.days().is_some_and(|days| days <= 1);
    let wide: Vec<Window> = dated
        .iter()
        .map(|each| each.window)
        .filter(|other| other.start.is_some() && !day(other))
        .collect();
    let first = wide.iter().filter_map(|other| other.start).max();
    let last = wide.iter().filter_map(|other| other.end).min();
    let latest = dated.iter().filter_map(|each| each.window.latest).min();
    Window {
        start: window.start.map(|start| shifted(start, -more)).max(first),
        end: [window.end.map(|end| shifted(end, more)), last, latest]
            .into_iter()
            .flatten()
            .min(),
        ..window
    }
}

fn joined(window: Window, duration: Option<u32>, dated: &[&Told], members: &[&Told]) -> FactDate {
    let mut from: Vec<&Told> = dated.to_vec();
    from.extend(members.iter().filter(|each| {
        each.fact.date.duration_days.is_some()
            && !dated.iter().any(|other| other.fact.id == each.fact.id)
    }));
    let mut texts: Vec<&str> = Vec::new();
    for each in &from {
        let text = each.fact.date.text.as_str();
        if !text.is_empty() && !texts.contains(&text) {
            texts.push(text);
        }
    }
    let (granularity, edtf) = match (window.start, window.end, window.yearless) {
        (Some(start), Some(end), None) => describe(start, end),
        (_, _, Some(_)) => (
            dated[0].fact.date.granularity,
            dated
                .iter()
                .find(|each| each.window.yearless.is_some())
                .map(|each| each.fact.date.edtf.clone())
                .unwrap_or_default(),
        ),
        _ => (Granularity::Unknown, String::new()),
    };
    // Within one text the discourse gives the days; `from` is for what other texts lend.
    let fused = from.iter().any(|each| !each.same_text(from[0]));
    FactDate {
        start: window.start,
        end: window.end,
        edtf,
        granularity,
        basis: if fused {
            DateBasis::Fused
        } else {
            DateBasis::Inferred
        },
        anchor: None,
        duration_days: duration,
        text: texts.join("; "),
        from: if fused {
            from.iter().map(|each| each.fact.id.clone()).collect()
        } else {
            Vec::new()
        },
    }
}
