//! Head and foot of the page: whose word it is, who is named and how, which texts it stands on, where they disagree.

use verbale::record::PersonView;

use super::super::words::word;
use super::super::{Block, Look, Row, Section};
use super::{Told, line, lines, section};

pub(super) fn head(told: &Told) -> Section {
    let head = &told.dossier.head;
    let mut blocks = Vec::new();
    for codes in &told.dossier.codes {
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
    blocks.push(line(whose_word(told)));
    let beginning = |hash: &str| hash.chars().take(12).collect::<String>();
    blocks.push(line(format!(
        "verbale {}, data {}, model {}",
        head.program,
        beginning(&head.data),
        beginning(&head.model)
    )));
    section("head", "Whose word?", blocks)
}

fn whose_word(told: &Told) -> String {
    let word = &told.dossier.whose_word;
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
            told.listed(word.third_party_outlets.clone(), ", ")
        )
    };
    format!(
        "Outlets named: {}. Speakers: {}. {third}",
        told.listed(outlets, ", "),
        if speakers.is_empty() {
            "none".into()
        } else {
            told.listed(speakers, ", ")
        }
    )
}

pub(super) fn people(told: &Told) -> Section {
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
            facts: told.few(&view.facts),
            look: Look::Plain,
            record: None,
        }
    };
    let people = &told.dossier.people;
    let blocks = told.rows(
        "people",
        vec![
            "name",
            "office as written",
            "side",
            "spoke",
            "acted",
            "texts",
        ],
        people.iter().take(told.most).map(row).collect(),
        people.len(),
    );
    section("people", "People", blocks)
}

pub(super) fn disagreements(told: &Told) -> Section {
    let dossier = told.dossier;
    let conflicts = dossier.conflicts.iter().take(told.most).map(|conflict| {
        let values: Vec<String> = conflict
            .conflict
            .iter()
            .flat_map(|conflict| &conflict.values)
            .map(|value| value.value.clone())
            .collect();
        let text = if values.is_empty() {
            conflict.text.clone()
        } else {
            format!("{} ({})", conflict.text, told.listed(values, " / "))
        };
        (text, told.few(&conflict.facts))
    });
    let gaps = dossier.gaps.iter().take(told.most);
    let gaps = gaps.map(|gap| (gap.text.clone(), Vec::new()));
    let mut section = lines(
        "disagreements",
        "Disagreements and gaps",
        conflicts.chain(gaps),
    );
    for (ledger, all) in [
        ("conflicts", dossier.conflicts.len()),
        ("gaps", dossier.gaps.len()),
    ] {
        let left = all.saturating_sub(told.most);
        if left > 0 {
            section.blocks.push(Block::More { left, ledger });
        }
    }
    section
}

pub(super) fn names_as_written(told: &Told) -> Section {
    let written = &told.dossier.names_as_written;
    let document = |id: &String| {
        told.dossier
            .documents
            .iter()
            .find(|document| document.id == *id)
            .map_or_else(|| id.clone(), |document| document.name.clone())
    };
    let rows: Vec<Row> = written
        .iter()
        .take(told.most)
        .map(|name| Row {
            cells: vec![
                name.entity.replace('_', " "),
                name.form.clone(),
                told.listed(
                    name.docs
                        .iter()
                        .map(|(id, times)| format!("{} ×{times}", document(id)))
                        .collect(),
                    ", ",
                ),
            ],
            facts: Vec::new(),
            look: Look::Plain,
            record: None,
        })
        .collect();
    let columns = vec!["what", "as written", "texts"];
    let blocks = told.rows("names", columns, rows, written.len());
    section("names", "Names as written", blocks)
}

pub(super) fn sources(told: &Told) -> Section {
    let documents = &told.dossier.documents;
    let rows: Vec<Row> = documents
        .iter()
        .take(told.most)
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
                    told.listed(document.copies.clone(), ", "),
                    document.sha256.chars().take(16).collect(),
                ],
                facts: Vec::new(),
                look: Look::Plain,
                record: None,
            }
        })
        .collect();
    let columns = vec!["text", "outlet", "published", "author", "copies", "SHA-256"];
    let blocks = told.rows("sources", columns, rows, documents.len());
    section("sources", "Sources", blocks)
}
