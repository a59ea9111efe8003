//! What an export of a store is made of.

use std::collections::BTreeSet;

use verbale::dossier::Run;
use verbale::record::{Fact, Record};
use verbale::series::Row;
use verbale_engine::asked::{Filters, Panel};
use verbale_engine::{Engine, Result, ask, filters};
use verbale_read::Document;
use verbale_store::Store;

use crate::{Material, Rows};

/// The facts and records that pass the filters, and the texts behind them.
pub struct Gathered {
    facts: Vec<Fact>,
    records: Vec<Record>,
    documents: Vec<Document>,
    panel: Vec<Row>,
    run: Run,
}

impl Gathered {
    /// Asks the store. The panel is counted only where it is the rows; it takes the pair and the days of the filters.
    pub fn of(
        engine: &Engine,
        store: &Store,
        asked: &Filters,
        rows: Rows,
        panel: &Panel,
    ) -> Result<Gathered> {
        let facts = ask::facts(engine, store, asked)?;
        let panel = if rows == Rows::Series {
            let pair = filters::pair(engine, asked)?;
            ask::series(engine, store, pair, panel, [asked.from, asked.to])?
        } else {
            Vec::new()
        };
        let told: BTreeSet<&str> = facts.iter().map(|fact| fact.doc.as_str()).collect();
        let documents = store
            .documents()?
            .into_iter()
            .map(|stored| stored.document)
            .filter(|document| told.contains(document.id.as_str()))
            .collect();
        let run = engine.run();
        Ok(Gathered {
            records: ask::records(engine, store, asked, None)?,
            documents,
            panel,
            run: Run {
                program: run.program,
                data: run.data,
                model: run.model,
            },
            facts,
        })
    }

    /// Whether there is nothing to write.
    pub fn is_empty(&self, rows: Rows) -> bool {
        match rows {
            Rows::Facts => self.facts.is_empty(),
            Rows::Records => self.records.is_empty(),
            Rows::Series => self.panel.is_empty(),
        }
    }

    /// The same as the formats want it.
    pub fn material<'a>(&'a self, engine: &'a Engine) -> Material<'a> {
        Material {
            facts: &self.facts,
            records: &self.records,
            documents: &self.documents,
            panel: &self.panel,
            lexicon: &engine.language.lexicon,
            run: &self.run,
        }
    }
}
