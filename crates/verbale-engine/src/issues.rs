//! Contested matters: what each is called, who holds what of it, and which records tell of it. No verdict.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::Serialize;
use verbale::record::{Fact, Record, RecordKind};

use crate::ask::Holdings;
use crate::engine::Engine;

/// A contested matter in one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IssueRow {
    /// Neutral key.
    pub issue: String,
    /// Forms of its name in the texts, those that stand there most first.
    pub names: Vec<String>,
    /// States and others that hold a position on it.
    pub holders: Vec<String>,
    /// Positions on it.
    pub positions: usize,
    /// Records that tell of it, positions among them.
    pub records: usize,
    /// Texts that tell them.
    pub texts: usize,
    /// Publication day of the latest dated text.
    pub last_heard: Option<Date>,
}

/// A contested matter with everything that is told of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Issue {
    /// Neutral key.
    pub issue: String,
    /// States that claim, hold or dispute it by this program's list, in order of the alphabet; the list takes no side.
    pub claimed_by: Vec<String>,
    /// How texts write its name.
    pub names: Vec<Written>,
    /// Who holds what of it.
    pub positions: Vec<Record>,
    /// Other records that tell of it.
    pub records: Vec<Record>,
    /// The facts behind the positions.
    pub facts: Vec<Fact>,
}

/// A form of a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Written {
    /// As written.
    pub form: String,
    /// How often.
    pub times: usize,
    /// Ids of the texts.
    pub docs: Vec<String>,
}

/// The matters that any record tells of, those of most records first.
pub fn issues(holdings: &Holdings) -> Vec<IssueRow> {
    let mut found: BTreeMap<&str, Vec<&Record>> = BTreeMap::new();
    for record in &holdings.records {
        if let Some(issue) = &record.issue {
            found.entry(issue).or_default().push(record);
        }
    }
    let mut rows: Vec<IssueRow> = found
        .into_iter()
        .map(|(issue, records)| {
            let positions: Vec<&&Record> = records
                .iter()
                .filter(|record| record.kind == RecordKind::Position)
                .collect();
            let holders: BTreeSet<&str> = positions
                .iter()
                .flat_map(|record| &record.actor)
                .map(|party| party.id.as_str())
                .collect();
            let texts: BTreeSet<&str> = records
                .iter()
                .flat_map(|record| &record.witnesses)
                .map(|witness| witness.doc.as_str())
                .collect();
            IssueRow {
                issue: issue.into(),
                names: written(holdings, issue)
                    .into_iter()
                    .map(|written| written.form)
                    .collect(),
                holders: holders.into_iter().map(str::to_owned).collect(),
                positions: positions.len(),
                records: records.len(),
                texts: texts.len(),
                last_heard: records.iter().filter_map(|record| record.last_heard).max(),
            }
        })
        .collect();
    rows.sort_by(|a, b| (b.records, &a.issue).cmp(&(a.records, &b.issue)));
    rows
}

/// One matter; `None` where neither list nor texts know the key.
pub fn issue(engine: &Engine, holdings: &Holdings, key: &str) -> Option<Issue> {
    let (positions, records): (Vec<Record>, Vec<Record>) = holdings
        .records
        .iter()
        .filter(|record| record.issue.as_deref() == Some(key))
        .cloned()
        .partition(|record| record.kind == RecordKind::Position);
    let listed = || {
        let contested = &engine.language.lexicon.contested;
        contested.iter().filter(|contested| contested.issue == key)
    };
    if positions.is_empty() && records.is_empty() && listed().next().is_none() {
        return None;
    }
    let claimed_by: BTreeSet<&String> = listed()
        .flat_map(|contested| &contested.claimed_by)
        .collect();
    let behind: BTreeSet<&String> = positions.iter().flat_map(|record| &record.facts).collect();
    Some(Issue {
        issue: key.into(),
        claimed_by: claimed_by.into_iter().cloned().collect(),
        names: written(holdings, key),
        facts: holdings
            .facts
            .iter()
            .filter(|fact| behind.contains(&fact.id))
            .cloned()
            .collect(),
        positions,
        records,
    })
}

/// How texts write the name of a matter, the form that stands there most first.
fn written(holdings: &Holdings, key: &str) -> Vec<Written> {
    let mut forms: BTreeMap<&str, (usize, Vec<String>)> = BTreeMap::new();
    for mentioned in holdings.names.iter().filter(|name| name.entity == key) {
        let form = forms.entry(&mentioned.form).or_default();
        form.0 += mentioned.count;
        form.1.push(mentioned.doc.clone());
    }
    let mut forms: Vec<Written> = forms
        .into_iter()
        .map(|(form, (times, docs))| Written {
            form: form.into(),
            times,
            docs,
        })
        .collect();
    forms.sort_by(|a, b| (b.times, &a.form).cmp(&(a.times, &b.form)));
    forms
}
