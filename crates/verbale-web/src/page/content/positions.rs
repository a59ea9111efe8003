//! Who holds what of which matter, and what binds the two states.

use verbale::record::{Fact, Party, Record, Stance, Voice, VoiceKind};

use super::super::words::{date, names, who, witnesses, word};
use super::super::{Block, Cell, Line, Matrix, Section};
use super::{Told, section};

pub(super) fn positions(told: &Told) -> Section {
    let mut blocks = held(told);
    blocks.extend(told.table(
        "positions",
        vec![
            "issue",
            "who",
            "for",
            "stance",
            "grounds",
            "whose word",
            "told by",
        ],
        &told.dossier.positions,
        |record| {
            let grounds: Vec<&str> = record
                .qualifiers
                .iter()
                .map(|qualifier| qualifier.qualifier.text.as_str())
                .collect();
            vec![
                record
                    .issue
                    .as_deref()
                    .map_or_else(|| "in general".into(), |issue| issue.replace('_', " ")),
                names(&record.actor),
                names(whom(record)),
                record
                    .stance
                    .as_ref()
                    .map(word::<Stance>)
                    .unwrap_or_default(),
                grounds.join("; "),
                word_marks(record, |id| told.fact(id)),
                witnesses(record),
            ]
        },
    ));
    blocks.extend(told.table(
        "relations",
        vec!["relation", "who", "phase", "what", "date", "told by"],
        &told.dossier.relations,
        |record| {
            let relation = record.relation.as_ref();
            vec![
                relation
                    .map(|relation| word(&relation.relation_type))
                    .unwrap_or_default(),
                who(record),
                relation
                    .map(|relation| word(&relation.phase))
                    .unwrap_or_default(),
                relation
                    .and_then(|relation| relation.object.clone())
                    .unwrap_or_else(|| record.title.clone()),
                date(record.date.as_ref()),
                witnesses(record),
            ]
        },
    ));
    if !blocks.is_empty() {
        blocks.insert(0, Block::Note("● the holder's own word, ○ the other side's, ◇ a third party's, □ the outlet's own voice"));
    }
    section("positions", "Positions and relations", blocks)
}

/// One mark per fact of a position, by who says it, in the order of the facts: ● the holder, ○ the other side, ◇ a third
/// party, □ the outlet.
pub fn word_marks<'a>(record: &Record, fact: impl Fn(&str) -> Option<&'a Fact>) -> String {
    let holders: Vec<&str> = record.actor.iter().map(|party| party.id.as_str()).collect();
    let others: Vec<&str> = record
        .recipient
        .iter()
        .chain(&record.beneficiary)
        .map(|party| party.id.as_str())
        .collect();
    let mark = |voice: Option<&Voice>| match voice {
        Some(voice) if voice.kind == VoiceKind::Outlet => "□",
        Some(Voice {
            side: Some(side), ..
        }) if holders.contains(&side.as_str()) => "●",
        Some(Voice {
            side: Some(side), ..
        }) if others.contains(&side.as_str()) => "○",
        Some(_) => "◇",
        None => "□",
    };
    record
        .facts
        .iter()
        .filter_map(|id| fact(id))
        .map(|fact| mark(fact.attribution.last()))
        .collect()
}

/// For whom or against whom a position is.
fn whom(record: &Record) -> &[Party] {
    if record.beneficiary.is_empty() {
        &record.recipient
    } else {
        &record.beneficiary
    }
}

/// Matters down, holders across; in each cell every stance in words and as a shape, and on whose word it is told.
fn held(told: &Told) -> Vec<Block> {
    let dossier = told.dossier;
    let records = &dossier.positions;
    let mut holders: Vec<&Party> = Vec::new();
    for party in records.iter().flat_map(|record| &record.actor) {
        if !holders.iter().any(|known| known.id == party.id) {
            holders.push(party);
        }
    }
    if holders.is_empty() {
        return Vec::new();
    }
    // The pair's own states come first, in the order asked for.
    let place = |party: &Party| {
        let own = dossier.pair.iter().position(|state| *state == party.id);
        (own.unwrap_or(dossier.pair.len()), party.id.clone())
    };
    holders.sort_by_key(|party| place(party));
    let mut matters: Vec<Option<&str>> = records
        .iter()
        .map(|record| record.issue.as_deref())
        .collect();
    matters.sort_by_key(|matter| (matter.is_none(), *matter));
    matters.dedup();
    let cell = |matter: Option<&str>, holder: &Party| {
        let lines = records
            .iter()
            .filter(|record| record.issue.as_deref() == matter)
            .filter(|record| record.actor.iter().any(|party| party.id == holder.id))
            .map(|record| Line {
                text: format!(
                    "{} {}",
                    stance(record),
                    word_marks(record, |id| told.fact(id))
                ),
                facts: told.few(&record.facts),
            })
            .take(told.most)
            .collect();
        Cell { lines, ask: None }
    };
    let name = |party: &Party| {
        let known = dossier.codes.iter().find(|codes| codes.iso == party.id);
        known.map_or_else(|| party.name.clone(), |codes| codes.name.clone())
    };
    vec![
        Block::Note("▲ supports, ▼ opposes, ◆ neutral, ▪ no stance stated; △ and ▽: said not to"),
        Block::Matrix(Matrix {
            name: "Matters by holder",
            corner: "matter",
            columns: holders.iter().map(|party| name(party)).collect(),
            rows: matters
                .iter()
                .map(|matter| {
                    let title = matter
                        .map_or_else(|| "in general".into(), |matter| matter.replace('_', " "));
                    (
                        title,
                        holders.iter().map(|holder| cell(*matter, holder)).collect(),
                    )
                })
                .collect(),
        }),
    ]
}

/// A stance in words, after a shape that tells it without colour.
pub fn stance(record: &Record) -> String {
    let (shape, said) = match (record.stance, record.negated) {
        (Some(Stance::Support), false) => ("▲", "supports"),
        (Some(Stance::Support), true) => ("△", "is said not to support"),
        (Some(Stance::Oppose), false) => ("▼", "opposes"),
        (Some(Stance::Oppose), true) => ("▽", "is said not to oppose"),
        (Some(Stance::Neutral), _) => ("◆", "is neutral towards"),
        (None, _) => ("▪", "states no stance towards"),
    };
    let whom = names(whom(record));
    if whom.is_empty() {
        format!("{shape} {said} somebody not named")
    } else {
        format!("{shape} {said} {whom}")
    }
}
