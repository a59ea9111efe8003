//! From a dossier to the sections of its page.

mod head;
mod ledgers;
mod positions;
mod sectors;
mod timeline;

use std::collections::HashMap;
use std::sync::Arc;

use jiff::civil::Date;
use verbale::record::{Dossier, Fact, Modality, Record};

pub use positions::{stance, word_marks};

use super::{Block, Line, Look, Page, Row, Section};

/// The page of a pair of states: thirteen sections, in the order in which an analyst asks.
pub fn of_pair(dossier: &Dossier) -> Page {
    of_pair_within(dossier, usize::MAX)
}

/// The same with at most so many rows in a table, those that are latest, and few marks in a row. What is left out is counted, and
/// its ledger is named.
pub fn of_pair_within(dossier: &Dossier, most: usize) -> Page {
    let told = Told {
        dossier,
        most,
        facts: dossier
            .facts
            .iter()
            .map(|fact| (fact.id.as_str(), fact))
            .collect(),
    };
    Page {
        title: title([&dossier.codes[0].name, &dossier.codes[1].name]),
        pair: dossier.pair.clone(),
        sections: vec![
            head::head(&told),
            lines(
                "glance",
                "At a glance",
                dossier
                    .glance
                    .iter()
                    .map(|glance| (glance.text.clone(), told.few(&glance.facts))),
            ),
            timeline::timeline(&told),
            ledgers::agreements(&told),
            ledgers::commitments(&told),
            positions::positions(&told),
            ledgers::transfers(&told),
            sectors::sectors(&told),
            head::people(&told),
            head::disagreements(&told),
            head::names_as_written(&told),
            head::sources(&told),
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

/// A dossier, and how much of it is told.
struct Told<'a> {
    dossier: &'a Dossier,
    most: usize,
    facts: HashMap<&'a str, &'a Fact>,
}

impl Told<'_> {
    fn fact(&self, id: &str) -> Option<&Fact> {
        self.facts.get(id).copied()
    }

    /// A table of records; no block at all where there are none, so that the section says the texts are silent.
    fn table<'a>(
        &self,
        ledger: &'static str,
        columns: Vec<&'static str>,
        records: impl IntoIterator<Item = &'a Arc<Record>>,
        cells: impl Fn(&Record) -> Vec<String>,
    ) -> Vec<Block> {
        let mut records: Vec<&Record> = records.into_iter().map(Arc::as_ref).collect();
        let all = records.len();
        if all > self.most {
            let mut order: Vec<usize> = (0..all).collect();
            order.sort_by_key(|&at| (std::cmp::Reverse(day(records[at])), at));
            order.truncate(self.most);
            order.sort_unstable();
            records = order.into_iter().map(|at| records[at]).collect();
        }
        let rows: Vec<Row> = records
            .into_iter()
            .map(|record| Row {
                cells: cells(record),
                facts: self.few(&record.facts),
                look: look(record),
                record: Some(record.id.clone()),
            })
            .collect();
        self.rows(ledger, columns, rows, all)
    }

    /// A table of rows, of which there are so many in all.
    fn rows(
        &self,
        ledger: &'static str,
        columns: Vec<&'static str>,
        mut rows: Vec<Row>,
        all: usize,
    ) -> Vec<Block> {
        if rows.is_empty() {
            return Vec::new();
        }
        rows.truncate(self.most);
        let left = all.saturating_sub(rows.len());
        let mut blocks = vec![Block::Table { columns, rows }];
        if left > 0 {
            blocks.push(Block::More { left, ledger });
        }
        blocks
    }

    /// The facts that are marked.
    fn few(&self, facts: &[String]) -> Vec<String> {
        /// Marks beside a row of a page that leaves rows out.
        const MARKS: usize = 3;
        let most = if self.most == usize::MAX {
            self.most
        } else {
            MARKS
        };
        facts.iter().take(most).cloned().collect()
    }

    /// The beginning of a list of words; what is left out is counted.
    fn listed(&self, words: Vec<String>, between: &str) -> String {
        let left = words.len().saturating_sub(self.most);
        let shown: Vec<String> = words.into_iter().take(self.most).collect();
        match left {
            0 => shown.join(between),
            left => format!("{}{between}and {left} more", shown.join(between)),
        }
    }
}

/// The title of the page of two states of these names.
pub fn title(names: [&str; 2]) -> String {
    names.join(" – ")
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

/// The day by which a record is called late or early.
fn day(record: &Record) -> Option<Date> {
    let date = record.date.as_ref()?;
    date.end.or(date.start)
}

/// A record is of a planned thing only if nothing says that it happened: the record's modality is the strongest of its facts.
fn look(record: &Record) -> Look {
    if record.negated || !record.conflicts.is_empty() {
        return Look::Hatched;
    }
    match record.modality {
        Some(
            Modality::Planned
            | Modality::Intended
            | Modality::Considered
            | Modality::Conditional
            | Modality::Requested,
        ) => Look::Hollow,
        Some(Modality::Opinion | Modality::Alleged) => Look::Hatched,
        Some(Modality::Asserted | Modality::Habitual) => Look::Solid,
        None => Look::Plain,
    }
}
