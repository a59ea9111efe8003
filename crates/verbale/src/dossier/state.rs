//! One state and all with whom the texts see it deal.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Sources, codes};
use crate::record::{RecordKind, SCHEMA, StateCodes};

/// The partners of a state.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StateDossier {
    /// Contract number.
    pub schema: u32,
    /// The state.
    pub state: StateCodes,
    /// Partners, those with most records first.
    pub partners: Vec<Partner>,
}

/// What the texts tell of a state and one partner.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Partner {
    /// The partner.
    pub state: StateCodes,
    /// Number of records of which both are parties, by kind.
    pub records: BTreeMap<String, usize>,
    /// Texts that tell them.
    pub texts: usize,
    /// Records that carry a conflict.
    pub conflicts: usize,
    /// First day of a dated record.
    pub from: Option<Date>,
    /// Last day of a dated record.
    pub until: Option<Date>,
    /// Publication day of the latest text.
    pub last_heard: Option<Date>,
}

/// All partners of a state.
pub fn state_dossier(state: &str, sources: &Sources) -> StateDossier {
    let mut partners: BTreeMap<&str, (Partner, BTreeSet<&str>)> = BTreeMap::new();
    let records = sources.records.iter().filter(|record| {
        record.kind != RecordKind::Person && record.parties.iter().any(|party| party == state)
    });
    for record in records {
        for other in record.parties.iter().filter(|party| *party != state) {
            if sources.lexicon.state(other).is_none() {
                continue;
            }
            let (partner, texts) = partners.entry(other).or_insert_with(|| {
                let partner = Partner {
                    state: codes(other, sources),
                    records: BTreeMap::new(),
                    texts: 0,
                    conflicts: 0,
                    from: None,
                    until: None,
                    last_heard: None,
                };
                (partner, BTreeSet::new())
            });
            *partner
                .records
                .entry(crate::record::word(&record.kind))
                .or_default() += 1;
            partner.conflicts += usize::from(!record.conflicts.is_empty());
            if let Some(date) = &record.date {
                partner.from = [partner.from, date.start].into_iter().flatten().min();
                partner.until = partner.until.max(date.end);
            }
            partner.last_heard = partner.last_heard.max(record.last_heard);
            texts.extend(record.witnesses.iter().map(|witness| witness.doc.as_str()));
        }
    }
    let mut partners: Vec<Partner> = partners
        .into_values()
        .map(|(partner, texts)| Partner {
            texts: texts.len(),
            ..partner
        })
        .collect();
    let total = |partner: &Partner| partner.records.values().sum::<usize>();
    partners.sort_by(|a, b| (total(b), &a.state.iso).cmp(&(total(a), &b.state.iso)));
    StateDossier {
        schema: SCHEMA,
        state: codes(state, sources),
        partners,
    }
}
