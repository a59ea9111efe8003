//! What is asked of a store.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Row, params};
use verbale::record::{Fact, Record};
use verbale_read::{Appearance, Document};

use crate::error::StoreError;
use crate::filter::{FactFilter, RecordFilter};
use crate::review::{Coded, Layer};
use crate::store::Store;
use crate::types::{Found, NameCount, Stats, StoredDocument};

impl Store {
    /// All documents, ordered by publication (undated last), then id.
    pub fn documents(&self) -> Result<Vec<StoredDocument>, StoreError> {
        self.stored("ORDER BY published_start IS NULL, published_start, id", [])
    }

    /// The documents that are not withdrawn, as far as `which` (a condition, an order) takes them.
    pub(crate) fn stored(
        &self,
        which: &str,
        parameters: impl rusqlite::Params,
    ) -> Result<Vec<StoredDocument>, StoreError> {
        let sql =
            format!("SELECT id, status, run, json, confirmed, frame_outlet FROM held {which}");
        let rows = self.rows(&sql, parameters, |row| {
            let text = |at| row.get::<_, String>(at);
            let more: [Option<String>; 2] = [row.get(4)?, row.get(5)?];
            Ok((text(0)?, text(1)?, text(2)?, text(3)?, more))
        })?;
        rows.into_iter()
            .map(|(id, status, run, json, [confirmed, frame_outlet])| {
                let document: Document = self.read("documents", &json)?;
                let frame_outlet = match frame_outlet {
                    Some(json) => self.read("documents", &json)?,
                    // An older layout kept only what coding made of it; what the story told has no basis.
                    None => document
                        .outlet
                        .clone()
                        .filter(|_| document.basis.contains_key("outlet")),
                };
                Ok(StoredDocument {
                    document,
                    frame_outlet,
                    status,
                    run,
                    confirmed,
                    appearances: self.appearances(&id)?,
                })
            })
            .collect()
    }

    /// One document by its id, the beginning of its id, or its name.
    pub fn document(&self, key: &str) -> Result<Option<StoredDocument>, StoreError> {
        const FIRST: &str = "ORDER BY published_start IS NULL, published_start, id LIMIT 1";
        let exact = format!("WHERE id = ?1 OR name = ?1 {FIRST}");
        if let Some(found) = self.stored(&exact, [key])?.pop() {
            return Ok(Some(found));
        }
        if key.len() < 4 {
            return Ok(None);
        }
        let begins = format!("WHERE substr(id, 1, length(?1)) = ?1 {FIRST}");
        Ok(self.stored(&begins, [key])?.pop())
    }

    fn appearances(&self, document: &str) -> Result<Vec<Appearance>, StoreError> {
        self.rows(
            "SELECT place, outlet FROM appearances WHERE document = ?1 ORDER BY place",
            [document],
            |row| {
                Ok(Appearance {
                    place: row.get(0)?,
                    outlet: row.get(1)?,
                })
            },
        )
    }

    /// Names as written, by document id.
    pub fn names(&self) -> Result<Vec<(String, NameCount)>, StoreError> {
        self.rows(
            "SELECT n.document, n.entity, n.form, n.times FROM names n JOIN held d ON d.id = n.document
             ORDER BY n.document, n.entity, n.form",
            [],
            |row| {
                let times: i64 = row.get(3)?;
                Ok((
                    row.get(0)?,
                    NameCount {
                        entity: row.get(1)?,
                        form: row.get(2)?,
                        times: times.max(0) as usize,
                    },
                ))
            },
        )
    }

    /// Current facts that pass the filter, with the decisions laid over them, in order of document (by publication) and
    /// place in the text.
    pub fn facts(&self, filter: &FactFilter) -> Result<Vec<Fact>, StoreError> {
        let layer = self.layer()?;
        let read = |row: &Row| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
        const WHERE: &str = "FROM facts f JOIN held d ON d.id = f.document AND d.run = f.run";
        let rows: Vec<(String, Option<String>, String)> = match &filter.pair {
            // The index narrows to one state; the filter itself asks for both.
            Some([state, _]) => self.rows(
                &format!(
                    "SELECT d.id, d.published_start, f.json {WHERE}
                     JOIN fact_parties p ON p.document = f.document AND p.run = f.run AND p.fact = f.id AND p.party = ?1"
                ),
                [state],
                read,
            )?,
            None => self.rows(
                &format!("SELECT d.id, d.published_start, f.json {WHERE}"),
                [],
                read,
            )?,
        };
        let mut facts = Vec::new();
        for (document, published, json) in rows {
            // A document with decisions is taken from the layer, whole: an edit may have given it other parties.
            if !layer.facts.contains_key(&document) {
                facts.push((published, self.read::<Fact>("facts", &json)?));
            }
        }
        for (document, of_layer) in layer.facts {
            let published: Option<String> = self
                .rows(
                    "SELECT published_start FROM held WHERE id = ?1",
                    [document],
                    |row| row.get(0),
                )?
                .pop()
                .flatten();
            facts.extend(of_layer.into_iter().map(|fact| (published.clone(), fact)));
        }
        facts.retain(|(_, fact)| filter.takes(fact));
        facts.sort_by(|(published, a), (other, b)| {
            (published.is_none(), published, &a.doc, a.span.start, &a.id).cmp(&(
                other.is_none(),
                other,
                &b.doc,
                b.span.start,
                &b.id,
            ))
        });
        Ok(facts.into_iter().map(|(_, fact)| fact).collect())
    }

    /// The documents of these ids that the store has, each with its current facts as the program found them.
    pub(crate) fn coded(
        &self,
        documents: &BTreeSet<&str>,
    ) -> Result<BTreeMap<String, Coded>, StoreError> {
        let mut coded = BTreeMap::new();
        for &id in documents {
            let found: Option<String> = self
                .rows("SELECT json FROM held WHERE id = ?1", [id], |row| {
                    row.get(0)
                })?
                .pop();
            let Some(json) = found else { continue };
            let facts = self.coded_facts(id)?;
            let document = self.read("documents", &json)?;
            coded.insert(id.to_owned(), Coded { document, facts });
        }
        Ok(coded)
    }

    /// The current facts of a document as the program found them, in order of place.
    pub(crate) fn coded_facts(&self, document: &str) -> Result<Vec<Fact>, StoreError> {
        let rows: Vec<String> = self.rows(
            "SELECT f.json FROM facts f JOIN held d ON d.id = f.document AND d.run = f.run
             WHERE d.id = ?1 ORDER BY f.start, f.id",
            [document],
            |row| row.get(0),
        )?;
        rows.iter().map(|json| self.read("facts", json)).collect()
    }

    /// Records out of their rows, marked with what a person said of them.
    pub(crate) fn marked(&self, rows: &[String]) -> Result<Vec<Record>, StoreError> {
        let layer = self.layer()?;
        let marked = rows.iter().map(|json| {
            let mut record = self.read("records", json)?;
            layer.mark_record(&mut record);
            Ok(record)
        });
        marked.collect()
    }

    /// Records that pass the filter, in order of id, marked with what a person said of them.
    pub fn records(&self, filter: &RecordFilter) -> Result<Vec<Record>, StoreError> {
        let layer = self.layer()?;
        let rows: Vec<String> =
            self.rows("SELECT json FROM records ORDER BY id", [], |row| row.get(0))?;
        let mut records = Vec::new();
        for json in rows {
            let mut record: Record = self.read("records", &json)?;
            if filter.takes(&record) {
                layer.mark_record(&mut record);
                records.push(record);
            }
        }
        Ok(records)
    }

    /// Facts and records whose id begins with `key`; several only if the key is too short. Rejected facts are among them.
    pub fn find(&self, key: &str) -> Result<Vec<Found>, StoreError> {
        let layer = self.layer()?;
        self.find_under(key, &layer)
    }

    pub(crate) fn find_under(&self, key: &str, layer: &Layer) -> Result<Vec<Found>, StoreError> {
        let pattern = format!("{}*", key.replace(['*', '?', '['], ""));
        let facts: Vec<String> = self.rows(
            "SELECT f.json FROM facts f JOIN held d ON d.id = f.document AND d.run = f.run WHERE f.id GLOB ?1 ORDER BY f.id",
            [&pattern],
            |row| row.get(0),
        )?;
        let records: Vec<String> = self.rows(
            "SELECT json FROM records WHERE id GLOB ?1 ORDER BY id",
            [&pattern],
            |row| row.get(0),
        )?;
        let mut found: Vec<Found> = layer
            .facts
            .values()
            .flatten()
            .filter(|fact| fact.id.starts_with(key))
            .map(|fact| Found::Fact(Box::new(fact.clone())))
            .collect();
        for json in facts {
            let fact: Fact = self.read("facts", &json)?;
            if !layer.facts.contains_key(&fact.doc) {
                found.push(Found::Fact(Box::new(fact)));
            }
        }
        for json in records {
            let mut record: Record = self.read("records", &json)?;
            layer.mark_record(&mut record);
            found.push(Found::Record(Box::new(record)));
        }
        Ok(found)
    }

    /// Full-text search: the best texts, so many at most, by id, each with a snippet with the hit between `[` and `]`.
    pub fn search(&self, words: &str, most: usize) -> Result<Vec<(String, String)>, StoreError> {
        // Each word is quoted, so that punctuation in a question is no query syntax.
        let query: Vec<String> = words
            .split_whitespace()
            .map(|word| format!("\"{}\"", word.replace('"', "\"\"")))
            .collect();
        if query.is_empty() {
            return Ok(Vec::new());
        }
        let query = query.join(" ");
        let best: Vec<(i64, String)> = self.rows(
            "SELECT rowid, document FROM words WHERE words MATCH ?1 AND document IN (SELECT id FROM held)
             ORDER BY rank, document LIMIT ?2",
            params![query, most as i64],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        // A snippet takes reading the text again: only those that are shown get one.
        let mut found = Vec::new();
        for (row, document) in best {
            let snippets: Vec<String> = self.rows(
                "SELECT snippet(words, 1, '[', ']', '…', 24) FROM words WHERE words MATCH ?1 AND rowid = ?2",
                params![query, row],
                |row| row.get(0),
            )?;
            found.extend(
                snippets
                    .into_iter()
                    .map(|snippet| (document.clone(), snippet)),
            );
        }
        Ok(found)
    }

    /// Sizes.
    pub fn stats(&self) -> Result<Stats, StoreError> {
        let count =
            |sql: &str| -> Result<usize, StoreError> { Ok(self.value(sql)?.max(0) as usize) };
        Ok(Stats {
            documents: count("SELECT count(*) FROM held")?,
            not_coded: self
                .rows(
                    "SELECT status, count(*) FROM held WHERE status <> 'ok' GROUP BY status",
                    [],
                    |row| Ok((row.get(0)?, row.get::<_, i64>(1)?.max(0) as usize)),
                )?
                .into_iter()
                .collect(),
            facts: count(
                "SELECT count(*) FROM facts f JOIN held d ON d.id = f.document AND d.run = f.run",
            )?,
            records: count("SELECT count(*) FROM records")?,
            runs: count("SELECT count(*) FROM runs")?,
            bytes: count(
                "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
            )? as u64,
        })
    }

    /// The current facts of a document as the program found them, in order of its words.
    pub fn plain_facts(&self, document: &str) -> Result<Vec<Fact>, StoreError> {
        let found = self.coded(&BTreeSet::from([document]))?;
        Ok(found
            .into_values()
            .next()
            .map_or_else(Vec::new, |coded| coded.facts))
    }

    /// How often which form of which name stands in a document.
    pub fn names_of(&self, document: &str) -> Result<Vec<NameCount>, StoreError> {
        self.rows(
            "SELECT entity, form, times FROM names WHERE document = ?1 ORDER BY entity, form",
            [document],
            |row| {
                let times: i64 = row.get(2)?;
                Ok(NameCount {
                    entity: row.get(0)?,
                    form: row.get(1)?,
                    times: times.max(0) as usize,
                })
            },
        )
    }

    /// The names under which rules could find the predicates of a document; none where the store kept none.
    pub fn predicates(&self, document: &str) -> Result<Vec<String>, StoreError> {
        self.rows(
            "SELECT name FROM predicates WHERE document = ?1 ORDER BY name",
            [document],
            |row| row.get(0),
        )
    }
}
