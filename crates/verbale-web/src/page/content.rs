//! From a dossier to the sections of its page.

use verbale::record::{
    DateBasis, Dossier, Granularity, Modality, PersonView, Record, RecordKind, Stance, Voice,
    VoiceKind,
};

use super::words::{amount, date, modality, names, who, witnesses, word};
use super::{Block, Line, Look, Page, Row, Section};

/// The page of a pair of states: thirteen sections, in the order in which an analyst asks.
pub fn of_pair(dossier: &Dossier) -> Page {
    let names: Vec<&str> = dossier
        .codes
        .iter()
        .map(|codes| codes.name.as_str())
        .collect();
    Page {
        title: names.join(" – "),
        sections: vec![
            head(dossier),
            lines(
                "glance",
                "At a glance",
                dossier
                    .glance
                    .iter()
                    .map(|glance| (glance.text.clone(), glance.facts.clone())),
            ),
            timeline(dossier),
            agreements(dossier),
            commitments(dossier),
            positions(dossier),
            transfers(dossier),
            sectors(dossier),
            people(dossier),
            disagreements(dossier),
            names_as_written(dossier),
            sources(dossier),
            section(
                "take",
                "Take it with you",
                vec![line(
                    "verbale pair A B --format html -o page.html · --format md · --format json; every ledger as --format csv; verbale cite ID for BibTeX",
                )],
            ),
        ],
    }
}

fn section(id: &'static str, title: &'static str, blocks: Vec<Block>) -> Section {
    Section { id, title, blocks }
}

fn line(text: impl Into<String>) -> Block {
    Block::Line(Line {
        text: text.into(),
        facts: Vec::new(),
    })
}

fn lines(
    id: &'static str,
    title: &'static str,
    lines: impl Iterator<Item = (String, Vec<String>)>,
) -> Section {
    section(
        id,
        title,
        lines
            .map(|(text, facts)| Block::Line(Line { text, facts }))
            .collect(),
    )
}

/// A table of records; no block at all where there are none, so that the section says the texts are silent.
fn table<'a>(
    columns: Vec<&'static str>,
    records: impl IntoIterator<Item = &'a Record>,
    cells: impl Fn(&Record) -> Vec<String>,
) -> Vec<Block> {
    let rows: Vec<Row> = records
        .into_iter()
        .map(|record| Row {
            cells: cells(record),
            facts: record.facts.clone(),
            look: look(record),
        })
        .collect();
    if rows.is_empty() {
        Vec::new()
    } else {
        vec![Block::Table { columns, rows }]
    }
}

fn look(record: &Record) -> Look {
    match record.modality {
        Some(
            Modality::Planned
            | Modality::Intended
            | Modality::Considered
            | Modality::Conditional
            | Modality::Requested,
        ) => Look::Hollow,
        Some(Modality::Opinion | Modality::Alleged) => Look::Plain,
        _ => match &record.date {
            Some(date)
                if date.granularity == Granularity::Day && date.basis != DateBasis::Unknown =>
            {
                Look::Solid
            }
            _ => Look::Hatched,
        },
    }
}

fn head(dossier: &Dossier) -> Section {
    let head = &dossier.head;
    let mut blocks = Vec::new();
    for codes in &dossier.codes {
        let number = |number: Option<u32>| {
            number.map_or_else(|| "none".to_string(), |number| number.to_string())
        };
        blocks.push(line(format!(
            "{}: ISO {}, COW {}, Gleditsch–Ward {}; written as {}",
            codes.name,
            codes.iso,
            number(codes.cow),
            number(codes.gw),
            if codes.aliases.is_empty() {
                "nowhere by name".into()
            } else {
                codes.aliases.join(", ")
            },
        )));
    }
    let period = match (head.from, head.until) {
        (Some(from), Some(until)) => format!(
            "{} dated {from} … {until}, {} undated",
            head.dated,
            head.texts - head.dated
        ),
        _ => "none dated".into(),
    };
    blocks.push(line(format!(
        "Texts: {} ({period}). Facts: {}. To review: {}.",
        head.texts, head.facts, head.to_review
    )));
    blocks.push(line(whose_word(dossier)));
    let beginning = |hash: &str| hash.chars().take(12).collect::<String>();
    blocks.push(line(format!(
        "verbale {}, data {}, model {}",
        head.program,
        beginning(&head.data),
        beginning(&head.model)
    )));
    section("head", "Whose word?", blocks)
}

fn whose_word(dossier: &Dossier) -> String {
    let word = &dossier.whose_word;
    let outlets: Vec<String> = word
        .outlets
        .iter()
        .map(|outlet| {
            format!(
                "{} {}",
                outlet.name.as_deref().unwrap_or("none named"),
                outlet.docs
            )
        })
        .collect();
    let speakers: Vec<String> = word
        .speakers
        .iter()
        .map(|speaker| {
            let standing = match (&speaker.side, speaker.official) {
                (Some(side), Some(true)) => format!("official of {side}"),
                (Some(side), _) => format!("of {side}"),
                (None, Some(false)) => "not an official, side not stated".into(),
                (None, _) => "side not stated".into(),
            };
            format!(
                "{} ({standing}; {} {})",
                speaker.name,
                speaker.docs,
                if speaker.docs == 1 { "text" } else { "texts" }
            )
        })
        .collect();
    let third = if word.third_party_outlets.is_empty() {
        "No third-party outlet named.".to_string()
    } else {
        format!(
            "Third-party outlets: {}.",
            word.third_party_outlets.join(", ")
        )
    };
    format!(
        "Outlets named: {}. Speakers: {}. {third}",
        outlets.join(", "),
        if speakers.is_empty() {
            "none".into()
        } else {
            speakers.join(", ")
        }
    )
}

fn timeline(dossier: &Dossier) -> Section {
    let mut blocks = table(
        vec!["date", "lane", "what", "modality", "told by"],
        &dossier.timeline,
        |record| {
            vec![
                date(record.date.as_ref()),
                lane(record).into(),
                record.title.clone(),
                modality(record),
                witnesses(record),
            ]
        },
    );
    if !blocks.is_empty() {
        blocks.insert(
            0,
            Block::Note("■ said to have happened, □ planned, wished or considered, ▨ vague date"),
        );
    }
    section("timeline", "Timeline", blocks)
}

fn lane(record: &Record) -> &'static str {
    let about = |sectors: &[&str]| {
        record
            .sectors
            .iter()
            .any(|sector| sectors.contains(&sector.as_str()))
    };
    match record.kind {
        RecordKind::Visit | RecordKind::Meeting => "visits",
        RecordKind::Agreement => "agreements",
        RecordKind::Transfer => "defence",
        RecordKind::Claim | RecordKind::Position => "statements",
        _ if about(&["defence"]) => "defence",
        _ if about(&[
            "trade",
            "energy",
            "investment",
            "transport",
            "infrastructure",
            "finance",
            "agriculture",
        ]) =>
        {
            "economy"
        }
        _ => "statements",
    }
}

fn agreements(dossier: &Dossier) -> Section {
    section(
        "agreements",
        "Agreements",
        table(
            vec![
                "title",
                "type",
                "fields",
                "steps",
                "signed by",
                "last heard",
                "told by",
            ],
            &dossier.agreements,
            |record| {
                let instrument = record.instrument.as_ref();
                let steps: Vec<String> = record
                    .steps
                    .iter()
                    .map(|step| {
                        format!(
                            "{} {}",
                            step.status.replace('_', " "),
                            date(Some(&step.date))
                        )
                    })
                    .collect();
                vec![
                    instrument
                        .and_then(|instrument| instrument.title.clone())
                        .unwrap_or_else(|| record.title.clone()),
                    instrument
                        .map(|instrument| word(&instrument.instrument_type))
                        .unwrap_or_default(),
                    fields(record),
                    steps.join("; "),
                    names(&record.signatories),
                    heard(record),
                    witnesses(record),
                ]
            },
        ),
    )
}

fn fields(record: &Record) -> String {
    record
        .sectors
        .iter()
        .map(|sector| sector.replace('_', " "))
        .collect::<Vec<_>>()
        .join(", ")
}

fn heard(record: &Record) -> String {
    record
        .last_heard
        .map_or_else(|| "undated text".into(), |day| day.to_string())
}

fn commitments(dossier: &Dossier) -> Section {
    section(
        "commitments",
        "Commitments",
        table(
            vec![
                "who to whom",
                "what",
                "amount",
                "status",
                "modality",
                "date",
                "last heard",
                "told by",
            ],
            &dossier.commitments,
            |record| {
                vec![
                    who(record),
                    record.title.clone(),
                    amount(record.amount.as_ref()),
                    record
                        .status
                        .as_deref()
                        .unwrap_or_default()
                        .replace('_', " "),
                    modality(record),
                    date(record.date.as_ref()),
                    heard(record),
                    witnesses(record),
                ]
            },
        ),
    )
}

fn positions(dossier: &Dossier) -> Section {
    let mut blocks = table(
        vec![
            "issue",
            "who",
            "for",
            "stance",
            "grounds",
            "whose word",
            "told by",
        ],
        &dossier.positions,
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
                names(if record.beneficiary.is_empty() {
                    &record.recipient
                } else {
                    &record.beneficiary
                }),
                record
                    .stance
                    .as_ref()
                    .map(word::<Stance>)
                    .unwrap_or_default(),
                grounds.join("; "),
                word_marks(dossier, record),
                witnesses(record),
            ]
        },
    );
    blocks.extend(table(
        vec!["relation", "who", "phase", "what", "date", "told by"],
        &dossier.relations,
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

/// One mark per fact of a position, by who says it, in the order of the facts.
fn word_marks(dossier: &Dossier, record: &Record) -> String {
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
    dossier
        .facts
        .iter()
        .filter(|fact| record.facts.contains(&fact.id))
        .map(|fact| mark(fact.attribution.last()))
        .collect()
}

fn transfers(dossier: &Dossier) -> Section {
    section(
        "transfers",
        "Defence and arms",
        table(
            vec![
                "designation",
                "supplier",
                "recipient",
                "ordered",
                "delivered",
                "status",
                "date",
                "told by",
            ],
            &dossier.transfers,
            |record| {
                let item = record.item.as_ref();
                let delivered = record.steps.iter().find(|step| step.status == "delivered");
                vec![
                    item.map_or_else(|| record.title.clone(), |item| item.designation.clone()),
                    names(&record.actor),
                    names(&record.recipient),
                    item.and_then(|item| item.quantity)
                        .map(|quantity| quantity.to_string())
                        .unwrap_or_default(),
                    delivered
                        .map(|step| date(Some(&step.date)))
                        .unwrap_or_default(),
                    record.status.clone().unwrap_or_default(),
                    date(record.date.as_ref()),
                    witnesses(record),
                ]
            },
        ),
    )
}

fn sectors(dossier: &Dossier) -> Section {
    let mut blocks = table(
        vec!["field", "who", "what", "in", "modality", "told by"],
        &dossier.cooperation,
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
    );
    blocks.extend(table(
        vec!["who", "type", "what", "modality", "date", "told by"],
        dossier.events.iter().chain(&dossier.meetings),
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
    blocks.extend(table(
        vec!["figure or claim", "amount", "modality", "told by"],
        dossier.figures.iter().chain(&dossier.claims),
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

fn people(dossier: &Dossier) -> Section {
    let row = |view: &PersonView| {
        let offices: Vec<String> = view
            .offices
            .iter()
            .map(|office| match (&office.of, &office.accredited_to) {
                (Some(of), Some(to)) => format!("{} of {of} to {to}", office.title),
                (Some(of), None) => format!("{} of {of}", office.title),
                (None, _) => office.title.clone(),
            })
            .collect();
        let side = match (&view.side, view.official) {
            (Some(side), _) => side.clone(),
            (None, Some(false)) => "not an official".into(),
            (None, _) => "not stated".into(),
        };
        Row {
            cells: vec![
                view.person.name.clone(),
                offices.join("; "),
                side,
                view.spoke.to_string(),
                view.acted.to_string(),
                view.named.to_string(),
            ],
            facts: view.facts.clone(),
            look: Look::Plain,
        }
    };
    let rows: Vec<Row> = dossier.people.iter().map(row).collect();
    let blocks = if rows.is_empty() {
        Vec::new()
    } else {
        vec![Block::Table {
            columns: vec![
                "name",
                "office as written",
                "side",
                "spoke",
                "acted",
                "texts",
            ],
            rows,
        }]
    };
    section("people", "People", blocks)
}

fn disagreements(dossier: &Dossier) -> Section {
    let conflicts = dossier.conflicts.iter().map(|conflict| {
        let values: Vec<&str> = conflict
            .conflict
            .iter()
            .flat_map(|conflict| &conflict.values)
            .map(|value| value.value.as_str())
            .collect();
        let text = if values.is_empty() {
            conflict.text.clone()
        } else {
            format!("{} ({})", conflict.text, values.join(" / "))
        };
        (text, conflict.facts.clone())
    });
    let gaps = dossier
        .gaps
        .iter()
        .map(|gap| (gap.text.clone(), Vec::new()));
    lines(
        "disagreements",
        "Disagreements and gaps",
        conflicts.chain(gaps),
    )
}

fn names_as_written(dossier: &Dossier) -> Section {
    let document = |id: &String| {
        dossier
            .documents
            .iter()
            .find(|document| document.id == *id)
            .map_or_else(|| id.clone(), |document| document.name.clone())
    };
    let rows: Vec<Row> = dossier
        .names_as_written
        .iter()
        .map(|name| Row {
            cells: vec![
                name.entity.replace('_', " "),
                name.form.clone(),
                name.docs
                    .iter()
                    .map(|(id, times)| format!("{} ×{times}", document(id)))
                    .collect::<Vec<_>>()
                    .join(", "),
            ],
            facts: Vec::new(),
            look: Look::Plain,
        })
        .collect();
    let blocks = if rows.is_empty() {
        Vec::new()
    } else {
        vec![Block::Table {
            columns: vec!["what", "as written", "texts"],
            rows,
        }]
    };
    section("names", "Names as written", blocks)
}

fn sources(dossier: &Dossier) -> Section {
    let rows: Vec<Row> = dossier
        .documents
        .iter()
        .map(|document| {
            let published = match (&document.published, &document.not_before) {
                (Some(published), _) if published.start == published.end => {
                    format!("{} ({})", published.start, word(&published.basis))
                }
                (Some(published), _) => format!(
                    "{} to {} ({})",
                    published.start,
                    published.end,
                    word(&published.basis)
                ),
                (None, Some(bound)) => {
                    format!("undated; not before {} ({})", bound.date, bound.basis)
                }
                (None, None) => "undated".into(),
            };
            Row {
                cells: vec![
                    document.name.clone(),
                    document
                        .outlet
                        .clone()
                        .unwrap_or_else(|| "not named".into()),
                    published,
                    document.author.clone().unwrap_or_default(),
                    document.copies.join(", "),
                    document.sha256.chars().take(16).collect(),
                ],
                facts: Vec::new(),
                look: Look::Plain,
            }
        })
        .collect();
    let blocks = if rows.is_empty() {
        Vec::new()
    } else {
        vec![Block::Table {
            columns: vec!["text", "outlet", "published", "author", "copies", "SHA-256"],
            rows,
        }]
    };
    section("sources", "Sources", blocks)
}
