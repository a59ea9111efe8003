//! What a store holds, counted where it lies.

use std::collections::BTreeMap;

use crate::error::StoreError;
use crate::store::Store;

/// How many of what.
pub type Counts = BTreeMap<String, usize>;

/// What a store holds, and how one-sided it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// Documents without a day of publication.
    pub undated: usize,
    /// Documents of which nothing was coded.
    pub silent: usize,
    /// Documents that copy another one.
    pub copies: usize,
    /// Documents by what became of them.
    pub statuses: Counts,
    /// Documents by outlet; the empty word for those that name none.
    pub outlets: Counts,
    /// Documents by year of publication.
    pub years: Counts,
    /// Facts by kind.
    pub kinds: Counts,
    /// Facts by the innermost voice: `outlet`, or `side` and the side, empty where it is not stated.
    pub voices: Counts,
    /// Facts that a person has accepted or edited.
    pub reviewed: usize,
    /// Records but those of people.
    pub happenings: usize,
    /// Those of them that one independent text tells.
    pub one_witness: usize,
    /// Records by flag.
    pub flags: Counts,
}

impl Store {
    /// Counts.
    pub fn tally(&self) -> Result<Tally, StoreError> {
        let mut tally = Tally::default();
        self.tally_documents(&mut tally)?;
        self.tally_facts(&mut tally)?;
        self.tally_records(&mut tally)?;
        Ok(tally)
    }

    fn tally_documents(&self, tally: &mut Tally) -> Result<(), StoreError> {
        let rows: Vec<(String, Option<String>, Option<String>, usize)> = self.rows(
            "SELECT status, outlet, published_start, count(*) FROM held GROUP BY 1, 2, 3",
            [],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, count(row, 3)?)),
        )?;
        for (status, outlet, day, documents) in rows {
            *tally.statuses.entry(status).or_default() += documents;
            let outlet = outlet.unwrap_or_default();
            *tally.outlets.entry(outlet).or_default() += documents;
            match day.and_then(|day| day.parse::<jiff::civil::Date>().ok()) {
                Some(day) => {
                    let year = day.year().to_string();
                    *tally.years.entry(year).or_default() += documents;
                }
                None => tally.undated += documents,
            }
        }
        tally.copies = self.value(
            "SELECT coalesce(sum(n), 0) FROM (SELECT count(*) AS n FROM copy_groups GROUP BY leader HAVING n > 1)",
        )?.max(0) as usize;
        Ok(())
    }

    fn tally_facts(&self, tally: &mut Tally) -> Result<(), StoreError> {
        const CURRENT: &str = "FROM held d JOIN facts f INDEXED BY facts_by_voice ON f.document = d.id AND f.run = d.run";
        let kinds = |which: &str, document: &str| -> Result<_, StoreError> {
            self.rows(
                &format!("SELECT f.kind, f.voice, count(*) {CURRENT} WHERE {which} GROUP BY 1, 2"),
                [document],
                |row| {
                    Ok((
                        row.get::<_, String>(0)?,
                        row.get::<_, String>(1)?,
                        count(row, 2)?,
                    ))
                },
            )
        };
        for (kind, voice, facts) in kinds("?1 = ''", "")? {
            *tally.kinds.entry(kind).or_default() += facts;
            *tally.voices.entry(voice).or_default() += facts;
        }
        const SILENT: &str = "SELECT count(*) FROM held d
             WHERE NOT EXISTS (SELECT 1 FROM facts f WHERE f.document = d.id AND f.run = d.run)";
        tally.silent = self.value(SILENT)?.max(0) as usize;
        // Documents with decisions are counted as these left them.
        let layer = self.layer()?;
        for document in layer.facts.keys() {
            let plain = kinds("d.id = ?1", document)?;
            tally.silent -= usize::from(plain.is_empty());
            for (kind, voice, facts) in plain {
                *tally.kinds.entry(kind).or_default() -= facts;
                *tally.voices.entry(voice).or_default() -= facts;
            }
            let decided = self.facts_of(document, &layer)?;
            tally.silent += usize::from(decided.is_empty());
            for fact in &decided {
                *tally
                    .kinds
                    .entry(verbale::record::word(&fact.kind))
                    .or_default() += 1;
                *tally.voices.entry(voice(fact)).or_default() += 1;
                tally.reviewed += usize::from(fact.review.is_some());
            }
        }
        tally.kinds.retain(|_, facts| *facts > 0);
        tally.voices.retain(|_, facts| *facts > 0);
        Ok(())
    }

    fn tally_records(&self, tally: &mut Tally) -> Result<(), StoreError> {
        let rows: Vec<(String, String, usize, usize)> = self.rows(
            "SELECT kind, flags, independent, count(*) FROM records GROUP BY 1, 2, 3",
            [],
            |row| Ok((row.get(0)?, row.get(1)?, count(row, 2)?, count(row, 3)?)),
        )?;
        for (kind, flags, independent, records) in rows {
            if kind != "person" {
                tally.happenings += records;
                tally.one_witness += if independent <= 1 { records } else { 0 };
            }
            for flag in flags.split_whitespace() {
                *tally.flags.entry(flag.to_owned()).or_default() += records;
            }
        }
        Ok(())
    }
}

fn count(row: &rusqlite::Row, at: usize) -> rusqlite::Result<usize> {
    row.get::<_, i64>(at).map(|count| count.max(0) as usize)
}

/// Whose word a fact is, as the layout has it.
fn voice(fact: &verbale::record::Fact) -> String {
    match fact.attribution.last() {
        Some(voice) if voice.kind != verbale::record::VoiceKind::Outlet => {
            format!("side {}", voice.side.as_deref().unwrap_or_default())
        }
        _ => "outlet".to_owned(),
    }
}
