//! What the two states do with each other, field by field.

use std::collections::BTreeMap;

use verbale::record::{Dossier, Record};

use super::super::words::{amount, date, modality, who, witnesses, word};
use super::super::{Block, Cell, Line, Matrix, Section};
use super::ledgers::fields;
use super::{Told, section};

pub(super) fn sectors(told: &Told) -> Section {
    let mut blocks = by_modality(told);
    blocks.extend(told.table(
        "cooperation",
        vec!["field", "who", "what", "in", "modality", "told by"],
        &told.dossier.cooperation,
        |record| {
            vec![
                fields(record),
                who(record),
                record.title.clone(),
                record.body.join(", "),
                modality(record),
                witnesses(record),
            ]
        },
    ));
    blocks.extend(told.table(
        "events",
        vec!["who", "type", "what", "modality", "date", "told by"],
        told.dossier.events.iter().chain(&told.dossier.meetings),
        |record| {
            vec![
                who(record),
                record
                    .event_type
                    .map(|event_type| word(&event_type))
                    .unwrap_or_default(),
                record.title.clone(),
                modality(record),
                date(record.date.as_ref()),
                witnesses(record),
            ]
        },
    ));
    blocks.extend(told.table(
        "figures",
        vec!["figure or claim", "amount", "modality", "told by"],
        told.dossier.figures.iter().chain(&told.dossier.claims),
        |record| {
            vec![
                record.title.clone(),
                amount(record.amount.as_ref()),
                modality(record),
                witnesses(record),
            ]
        },
    ));
    section("sectors", "Economy, sectors and other acts", blocks)
}

/// Columns of the table of fields, in the order of the contract; what is denied comes last.
const SAID: [&str; 10] = [
    "asserted",
    "habitual",
    "planned",
    "intended",
    "considered",
    "conditional",
    "requested",
    "opinion",
    "alleged",
    "denied",
];

/// How many records of each field are said to be done, planned, wished, denied.
fn by_modality(told: &Told) -> Vec<Block> {
    let mut counts: BTreeMap<(&str, usize), Vec<&Record>> = BTreeMap::new();
    for record in own(told.dossier) {
        let Some(modality) = record.modality else {
            continue;
        };
        let modality = verbale::record::word(&modality);
        let said = if record.negated { "denied" } else { &modality };
        let Some(column) = SAID.iter().position(|known| *known == said) else {
            continue;
        };
        for sector in &record.sectors {
            counts.entry((sector, column)).or_default().push(record);
        }
    }
    if counts.is_empty() {
        return Vec::new();
    }
    let columns: Vec<usize> = (0..SAID.len())
        .filter(|column| counts.keys().any(|(_, found)| found == column))
        .collect();
    let mut sectors: Vec<&str> = counts.keys().map(|(sector, _)| *sector).collect();
    sectors.dedup();
    // Where rows are left out, words of so many records would be the whole page; the number leads to them.
    let marks = if told.most == usize::MAX { FEW } else { 0 };
    let cell = |sector: &str, column: usize| {
        let records = counts.get(&(sector, column))?;
        let facts: Vec<String> = records
            .iter()
            .flat_map(|record| record.facts.iter().cloned())
            .collect();
        let modality = match SAID[column] {
            "denied" => String::new(),
            said => format!("&modality={said}"),
        };
        Some(Cell {
            lines: vec![Line {
                text: records.len().to_string(),
                facts: facts.into_iter().take(marks).collect(),
            }],
            ask: Some(format!("sector={sector}{modality}")),
        })
    };
    vec![
        Block::Note("records by field and by how they are said"),
        Block::Matrix(Matrix {
            name: "Fields by modality",
            corner: "field",
            columns: columns.iter().map(|&column| SAID[column].into()).collect(),
            rows: sectors
                .iter()
                .map(|sector| {
                    let cells = columns
                        .iter()
                        .map(|&column| cell(sector, column).unwrap_or_default())
                        .collect();
                    (sector.replace('_', " "), cells)
                })
                .collect(),
        }),
    ]
}

/// Marks beside a number.
const FEW: usize = 3;

/// The records of which both states are parties.
fn own(dossier: &Dossier) -> impl Iterator<Item = &Record> {
    dossier
        .records()
        .filter(|record| record.relevance.is_none())
}
