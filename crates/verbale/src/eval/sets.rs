//! One story over several texts: rows of gold that say which facts tell of one thing, and what must hold of records.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use verbale_read::Span;

use super::clusters::Placed;
use super::told::Told;
use crate::record::{Fact, Kind, Record, word};

/// One fact as gold has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetRow {
    /// File name of the text.
    pub document: String,
    /// The thing it tells of.
    pub cluster: String,
    /// What sort of statement it is.
    pub kind: Kind,
    /// ISO codes.
    pub states: BTreeSet<String>,
    /// Where its words stand, in bytes.
    pub span: Span,
    /// The words.
    pub quote: String,
}

/// What must hold of records.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expectation {
    /// Number within its story.
    pub id: String,
    /// In words.
    pub why: String,
    /// Facts of one record, each `document: words`.
    #[serde(default)]
    pub same: Vec<String>,
    /// Facts of different records.
    #[serde(default)]
    pub apart: Vec<String>,
    /// Documents of one group of copies.
    #[serde(default)]
    pub copies: Vec<String>,
    /// A fact of the record that the following fields are about.
    pub of: Option<String>,
    /// Kind of the record.
    pub kind: Option<String>,
    /// Its steps, in order.
    #[serde(default)]
    pub steps: Vec<String>,
    /// A field of which it holds several values.
    pub conflict: Option<String>,
    /// How many independent texts tell it.
    pub independent: Option<usize>,
}

/// What became of an expectation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It holds.
    Held,
    /// It does not, and how.
    Failed(String),
    /// It rests on facts that nobody coded.
    Untestable,
}

/// Whether a story is held out: of the first two writers (`01`–`12`, `s01`–`s12`) the second half.
pub fn is_held_out(story: &str) -> bool {
    let number = story.strip_prefix('s').unwrap_or(story);
    let number = number.split('_').next().unwrap_or_default();
    number.parse().is_ok_and(|number: u32| number > 6)
}

/// Reads `gold.tsv`; the words must stand once in their text.
pub fn read_rows(gold: &str, texts: &BTreeMap<String, String>) -> Result<Vec<SetRow>, String> {
    let row = |(at, line): (usize, &str)| -> Result<SetRow, String> {
        let fail = |what: &str| format!("line {}: {what}", at + 1);
        let fields: Vec<&str> = line.split('\t').collect();
        let [document, cluster, kind, states, quote] = fields[..] else {
            return Err(fail("five columns, please"));
        };
        let text = texts.get(document).ok_or_else(|| fail("no such text"))?;
        let start = text.find(quote).ok_or_else(|| fail("no such words"))?;
        if text.rfind(quote) != Some(start) {
            return Err(fail("the words stand twice"));
        }
        let kind: Kind =
            serde_json::from_value(kind.into()).map_err(|_| fail("no such kind of fact"))?;
        Ok(SetRow {
            document: document.to_owned(),
            cluster: cluster.to_owned(),
            kind,
            states: states.split(',').map(str::to_owned).collect(),
            span: Span::new(start, start + quote.len()),
            quote: quote.to_owned(),
        })
    };
    gold.lines().enumerate().map(row).collect()
}

/// Reads `expect.toml`.
pub fn read_expectations(text: &str) -> Result<Vec<Expectation>, String> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct File {
        expect: Vec<Expectation>,
    }
    let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
    Ok(file.expect)
}

/// Which fact is which row, one to one, as (row, fact): equal kinds first, then the larger common part of the words.
/// Documents are known by file name.
pub fn match_rows(rows: &[SetRow], facts: &[Fact]) -> BTreeMap<usize, usize> {
    let told: Vec<Told> = facts.iter().map(Told::from).collect();
    let mut candidates: Vec<(bool, i64, usize, usize)> = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        for (fact, told) in told.iter().enumerate() {
            let (span, own) = (told.span, row.span);
            let common = span
                .end
                .min(own.end)
                .saturating_sub(span.start.max(own.start));
            let inside = common == span.end - span.start;
            let half = 2 * common >= span.end - span.start && 2 * common >= own.end - own.start;
            let states = told
                .states
                .iter()
                .copied()
                .eq(row.states.iter().map(String::as_str));
            if row.document == told.document && common > 0 && (inside || half) && states {
                let longer = (span.end - span.start).max(own.end - own.start);
                let share = (1000 * common / longer) as i64;
                candidates.push((row.kind != told.kind, -share, at, fact));
            }
        }
    }
    candidates.sort_unstable();
    let mut matched = BTreeMap::new();
    let mut taken = BTreeSet::new();
    for (_, _, row, fact) in candidates {
        if !matched.contains_key(&row) && taken.insert(fact) {
            matched.insert(row, fact);
        }
    }
    matched
}

/// Matched facts with their things and records. With `by_kind`, what stands in records of two kinds is two things.
pub fn placed(
    rows: &[SetRow],
    facts: &[Fact],
    records: &[Record],
    matched: &BTreeMap<usize, usize>,
    by_kind: bool,
) -> Vec<Placed> {
    let homes = homes(records);
    matched
        .iter()
        .filter_map(|(&row, &fact)| {
            let record = homes.get(facts[fact].id.as_str())?;
            let cluster = &rows[row].cluster;
            Some(Placed {
                thing: if by_kind {
                    format!("{cluster} {}", word(&record.kind))
                } else {
                    cluster.clone()
                },
                record: record.id.clone(),
            })
        })
        .collect()
}

/// The record of each fact.
pub fn homes(records: &[Record]) -> BTreeMap<&str, &Record> {
    records
        .iter()
        .flat_map(|record| record.facts.iter().map(move |fact| (fact.as_str(), record)))
        .collect()
}

/// A story after coding and fusing.
#[derive(Debug, Clone, Copy)]
pub struct Story<'a> {
    /// Gold.
    pub rows: &'a [SetRow],
    /// Facts of all texts.
    pub facts: &'a [Fact],
    /// Their records.
    pub records: &'a [Record],
    /// Which fact is which row.
    pub matched: &'a BTreeMap<usize, usize>,
    /// Group of copies by file name.
    pub groups: &'a BTreeMap<String, String>,
}

impl Story<'_> {
    /// Whether an expectation holds.
    pub fn judge(&self, expected: &Expectation) -> Verdict {
        let homes = homes(self.records);
        let home = |words: &String| -> Option<&Record> {
            let fact = self.matched.get(&self.row(words)?)?;
            homes.get(self.facts[*fact].id.as_str()).copied()
        };
        if let Some(of) = &expected.of {
            return match home(of) {
                Some(record) => self.of_record(expected, record, of),
                None => Verdict::Untestable,
            };
        }
        if !expected.copies.is_empty() {
            let groups: BTreeSet<_> = expected
                .copies
                .iter()
                .map(|name| self.groups.get(name))
                .collect();
            return match groups.len() {
                1 => Verdict::Held,
                _ => Verdict::Failed("they are no copies".to_owned()),
            };
        }
        let wanted = expected.same.iter().chain(&expected.apart);
        let found: Vec<Option<&Record>> = wanted.map(home).collect();
        let coded: BTreeSet<&str> = found.iter().flatten().map(|record| &*record.id).collect();
        let count = found.iter().flatten().count();
        let wrong = if expected.apart.is_empty() {
            coded.len() > 1
        } else {
            coded.len() < count
        };
        if wrong {
            let titles = found.iter().map(|record| match record {
                Some(record) => format!("{} {} “{}”", record.id, word(&record.kind), record.title),
                None => "not coded".to_owned(),
            });
            Verdict::Failed(titles.collect::<Vec<_>>().join("; "))
        } else if count < found.len() {
            Verdict::Untestable
        } else {
            Verdict::Held
        }
    }

    fn row(&self, words: &str) -> Option<usize> {
        let (document, quote) = words.split_once(": ")?;
        self.rows
            .iter()
            .position(|row| row.document == document && row.quote == quote)
    }

    fn of_record(&self, expected: &Expectation, record: &Record, of: &str) -> Verdict {
        let steps: Vec<&str> = record.steps.iter().map(|step| &*step.status).collect();
        let mut wrong = Vec::new();
        if expected
            .kind
            .as_ref()
            .is_some_and(|kind| *kind != word(&record.kind))
        {
            wrong.push(format!("it is {}", word(&record.kind)));
        }
        if !expected.steps.is_empty() && steps != expected.steps {
            wrong.push(format!("its steps are {}", steps.join(", ")));
        }
        let fields = || record.conflicts.iter().map(|conflict| &*conflict.field);
        if expected
            .conflict
            .as_ref()
            .is_some_and(|field| !fields().any(|own| own.contains(field.as_str())))
        {
            wrong.push(format!(
                "its conflicts are {}",
                fields().collect::<Vec<_>>().join(", ")
            ));
        }
        if expected
            .independent
            .is_some_and(|count| count != record.independent)
        {
            wrong.push(format!("{} texts are independent", record.independent));
        }
        let cluster = self.row(of).map(|row| &self.rows[row].cluster);
        let all_coded = self
            .rows
            .iter()
            .enumerate()
            .all(|(at, row)| Some(&row.cluster) != cluster || self.matched.contains_key(&at));
        match (wrong.is_empty(), all_coded) {
            (true, _) => Verdict::Held,
            (false, true) => Verdict::Failed(wrong.join("; ")),
            (false, false) => Verdict::Untestable,
        }
    }
}
