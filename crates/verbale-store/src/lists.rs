//! Long lists, a page at a time: what a page shows is read, and nothing before or after it.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;
use rusqlite::params;
use verbale::record::{Fact, Record, RecordKind, word};
use verbale::series::Text;

use crate::error::StoreError;
use crate::filter::FactFilter;
use crate::review::Layer;
use crate::store::Store;
use crate::types::StoredDocument;

/// What comes before every document.
const FIRST: (String, String) = (String::new(), String::new());

impl Store {
    /// Facts that nobody rejected, in order of document (by publication) and place in the text: so many from the first on, or
    /// after one. `None` if there is no such fact any more.
    pub fn facts_after(
        &self,
        after: Option<&str>,
        most: usize,
    ) -> Result<Option<Vec<Fact>>, StoreError> {
        let layer = self.layer()?;
        let start = match after {
            Some(fact) => match self.text_of(fact, &layer)? {
                Some(document) => self.place_of(&document)?,
                None => None,
            },
            None => Some(FIRST),
        };
        let Some((day, document)) = start else {
            return Ok(None);
        };
        let mut begins = after.is_none();
        let bad = |cause| self.failed(cause);
        let mut texts = self
            .connection
            .prepare_cached(
                "SELECT id FROM held WHERE (coalesce(published_start, '~'), id) >= (?1, ?2)
                 ORDER BY coalesce(published_start, '~'), id",
            )
            .map_err(bad)?;
        let mut texts = texts.query([day, document]).map_err(bad)?;
        let mut facts = Vec::new();
        while let Some(text) = texts.next().map_err(bad)? {
            let text: String = text.get(0).map_err(bad)?;
            for fact in self.facts_of(&text, &layer)? {
                if begins {
                    facts.push(fact);
                } else {
                    begins = after == Some(fact.id.as_str());
                }
            }
            if !begins || facts.len() >= most {
                break;
            }
        }
        facts.truncate(most);
        Ok(begins.then_some(facts))
    }

    /// How many facts there are that nobody rejected.
    pub fn count_facts(&self) -> Result<usize, StoreError> {
        let all = self.value(
            "SELECT count(*) FROM facts f JOIN held d ON d.id = f.document AND d.run = f.run",
        )?;
        let layer = self.layer()?;
        let (mut less, mut more) = (0, 0);
        for document in layer.facts.keys() {
            less += self.fact_ids(document, None)?.len();
            more += self.facts_of(document, &layer)?.len();
        }
        Ok(all.max(0) as usize - less + more)
    }

    /// The facts of a document as decisions left them, but for rejected ones, in order of place.
    pub fn facts_of(&self, document: &str, layer: &Layer) -> Result<Vec<Fact>, StoreError> {
        let Some(decided) = layer.facts.get(document) else {
            return self.coded_facts(document);
        };
        let current = FactFilter::default();
        let taken = decided.iter().filter(|fact| current.takes(fact));
        let mut facts: Vec<Fact> = taken.cloned().collect();
        facts.sort_by(|a, b| (a.span.start, &a.id).cmp(&(b.span.start, &b.id)));
        Ok(facts)
    }

    /// The document of a current fact.
    fn text_of(&self, fact: &str, layer: &Layer) -> Result<Option<String>, StoreError> {
        if let Some(fact) = layer.fact(fact) {
            return Ok(Some(fact.doc.clone()));
        }
        let found = self.rows(
            "SELECT d.id FROM facts f JOIN held d ON d.id = f.document AND d.run = f.run WHERE f.id = ?1",
            [fact],
            |row| row.get(0),
        )?;
        Ok(found.into_iter().next())
    }

    /// Records, of one kind if one is given, dated ones by day and then the others: so many from the first on, or after one.
    /// `None` if there is no such record any more.
    pub fn records_after(
        &self,
        kind: Option<RecordKind>,
        after: Option<&str>,
        most: usize,
    ) -> Result<Option<Vec<Record>>, StoreError> {
        let kind = kind.map(|kind| word(&kind));
        let place = match after {
            None => Some(i64::MIN),
            Some(id) => {
                let found = self.rows(
                    "SELECT place FROM records WHERE id = ?1 AND (?2 IS NULL OR kind = ?2)",
                    params![id, kind],
                    |row| row.get(0),
                )?;
                found.into_iter().next()
            }
        };
        let Some(place) = place else {
            return Ok(None);
        };
        // Each has an index of its own.
        let of_kind = if kind.is_some() {
            "kind = ?4"
        } else {
            "?4 IS NULL"
        };
        let rows: Vec<String> = self.rows(
            &format!(
                "SELECT json FROM records WHERE {of_kind} AND (place, id) > (?1, ?2) ORDER BY place, id LIMIT ?3"
            ),
            params![place, after.unwrap_or_default(), most as i64, kind],
            |row| row.get(0),
        )?;
        self.marked(&rows).map(Some)
    }

    /// How many records there are, of one kind if one is given.
    pub fn count_records(&self, kind: Option<RecordKind>) -> Result<usize, StoreError> {
        let counts: Vec<i64> = self.rows(
            "SELECT count(*) FROM records WHERE ?1 IS NULL OR kind = ?1",
            [kind.map(|kind| word(&kind))],
            |row| row.get(0),
        )?;
        Ok(counts.into_iter().sum::<i64>().max(0) as usize)
    }

    /// Documents in order of publication, undated ones last: so many from the first on, or after one. `None` if there is no
    /// such document any more.
    pub fn documents_after(
        &self,
        after: Option<&str>,
        most: usize,
    ) -> Result<Option<Vec<StoredDocument>>, StoreError> {
        let start = match after {
            Some(document) => self.place_of(document)?,
            None => Some(FIRST),
        };
        let Some((day, document)) = start else {
            return Ok(None);
        };
        self.stored(
            "WHERE (coalesce(published_start, '~'), id) > (?1, ?2) ORDER BY coalesce(published_start, '~'), id LIMIT ?3",
            params![day, document, most as i64],
        )
        .map(Some)
    }

    /// All documents that were read, as a panel counts them.
    pub fn published(&self) -> Result<Vec<Text>, StoreError> {
        let groups: Vec<(String, String)> =
            self.rows("SELECT document, leader FROM copy_groups", [], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?;
        let mut originals: BTreeMap<&str, &str> = BTreeMap::new();
        for (document, leader) in &groups {
            let original = originals.entry(leader).or_insert(document);
            *original = document.as_str().min(original);
        }
        let originals: HashMap<&str, &str> = groups
            .iter()
            .map(|(document, leader)| (document.as_str(), originals[leader.as_str()]))
            .collect();
        self.rows(
            "SELECT id, published_start, published_end FROM held WHERE status IN ('ok', 'one_sided')",
            [],
            |row| {
                let id: String = row.get(0)?;
                let day = |at| -> rusqlite::Result<Option<Date>> {
                    let day: Option<String> = row.get(at)?;
                    Ok(day.and_then(|day| day.parse().ok()))
                };
                Ok(Text {
                    published: day(1)?.zip(day(2)?).map(<[Date; 2]>::from),
                    original: originals.get(id.as_str()).map_or(&*id, |id| id).to_owned(),
                    id,
                })
            },
        )
    }

    /// What a document is sorted by.
    fn place_of(&self, document: &str) -> Result<Option<(String, String)>, StoreError> {
        let found = self.rows(
            "SELECT coalesce(published_start, '~'), id FROM held WHERE id = ?1",
            [document],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        Ok(found.into_iter().next())
    }
}
