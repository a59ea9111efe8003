//! What is asked of a store.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use verbale::dossier::{self, Mentioned, Run, Sources};
use verbale::fuse::{DocumentInfo, Identities, Seen, bounds_texts, fuse};
use verbale::record::{DocumentView, Dossier, Fact, Modality, Record, RecordKind};
use verbale::series::{self, Counted, Row};
use verbale_read::{Appearance, Document};
use verbale_store::{Change, FactFilter, Found, RecordFilter, Store, StoredDocument, changes};
use verbale_web::Source;

use crate::asked::{Filters, Include, Panel, PlacedBy, moment};
use crate::engine::{self, Engine};
use crate::{Error, Result};
use crate::{filters, ingest};

/// Two states that are not the same, as ISO codes.
pub fn both(engine: &Engine, states: [&str; 2]) -> Result<[String; 2]> {
    let pair = [
        engine::state(engine, states[0])?,
        engine::state(engine, states[1])?,
    ];
    if pair[0] == pair[1] {
        return Err(Error::Asked(format!(
            "'{}' and '{}' are the same state; for one state and all its partners: verbale state {}",
            states[0], states[1], pair[0]
        )));
    }
    Ok(pair)
}

/// The dossier of two states.
pub fn dossier_of(engine: &Engine, store: &Store, pair: &[String; 2]) -> Result<Dossier> {
    dossier_under(engine, store, pair, &Lens::default())
}

/// The dossier of two states from the facts that pass the lens. Only the pair's part of the store is read, and only it is
/// fused again.
pub fn dossier_under(
    engine: &Engine,
    store: &Store,
    pair: &[String; 2],
    lens: &Lens,
) -> Result<Dossier> {
    let states = [pair[0].as_str(), pair[1].as_str()];
    let holdings = store.at_once(|| {
        // A store of an older program has nothing yet that finds the pair's part.
        let holdings = if store.is_indexed()? {
            Holdings::of_pair(engine, store, states)?
        } else {
            Holdings::of(engine, store)?
        };
        narrowed(engine, store, holdings, lens)
    })??;
    Ok(dossier::dossier(states, &holdings.sources(engine)))
}

/// Everything in the store, as the dossier wants it.
pub fn with_sources<T>(
    engine: &Engine,
    store: &Store,
    work: impl FnOnce(&Sources) -> T,
) -> Result<T> {
    Ok(work(&Holdings::of(engine, store)?.sources(engine)))
}

/// Everything in the store at one moment, without the texts.
#[derive(Debug, Clone)]
pub struct Holdings {
    /// All facts, in order of text and place.
    pub facts: Vec<Fact>,
    /// All records, in order of id.
    pub records: Vec<Record>,
    /// All texts, with copies and bounds.
    pub documents: Vec<DocumentView>,
    /// How often which form of which name stands in which text.
    pub names: Vec<Mentioned>,
    /// Who the people of the facts are over the whole store, where the facts are only some.
    identities: Option<Identities>,
    run: Run,
}

impl Holdings {
    /// Reads the store.
    pub fn of(engine: &Engine, store: &Store) -> Result<Holdings> {
        let stored = store.documents()?;
        let facts = store.facts(&FactFilter::default())?;
        let records = store.records(&RecordFilter::default())?;
        let documents = views(engine, stored, &facts, &records);
        let names = store
            .names()?
            .into_iter()
            .map(|(doc, name)| Mentioned {
                doc,
                entity: name.entity,
                form: name.form,
                count: name.times,
            })
            .collect();
        Ok(Holdings {
            facts,
            records,
            documents,
            names,
            identities: None,
            run: run(engine),
        })
    }

    /// Reads what the dossier of a pair is made of, and nothing else but who is who.
    fn of_pair(engine: &Engine, store: &Store, pair: [&str; 2]) -> Result<Holdings> {
        let mut records = store.records_of(pair)?;
        let texts: BTreeSet<String> = records
            .iter()
            .flat_map(|record| record.witnesses.iter().map(|witness| witness.doc.clone()))
            .collect();
        let facts_behind = |records: &[Record]| -> BTreeSet<String> {
            records
                .iter()
                .flat_map(|record| record.facts.iter().cloned())
                .collect()
        };
        let mut wanted = facts_behind(&records);
        for text in &texts {
            wanted.extend(store.fact_ids(text, Some("role"))?);
        }
        let facts = store.facts_by_id(&wanted)?;
        // Whom the facts name, and what is told of them under any form of the name.
        let named: BTreeSet<String> = facts
            .iter()
            .flat_map(Seen::in_fact)
            .map(|seen| seen.id)
            .collect();
        let identities = store.persons(&named)?;
        let persons = identities
            .values()
            .map(|person| person.id.clone())
            .collect();
        for form in store.forms_of_persons(&persons)? {
            records.extend(store.records_in(&form)?);
        }
        let documents = views_of(store, store.documents_by_id(&texts)?)?;
        let mut names = Vec::new();
        let mentioned = |doc: &str, entity: &str, form: String, count| Mentioned {
            doc: doc.to_owned(),
            entity: entity.to_owned(),
            form,
            count,
        };
        for text in &texts {
            let of_text = store.names_of(text)?.into_iter();
            names.extend(of_text.map(|name| mentioned(text, &name.entity, name.form, name.times)));
        }
        for state in pair {
            // Forms of the state's name in any text, which are no text's count.
            let forms = store.forms_of(state)?.into_iter();
            names.extend(forms.map(|form| mentioned("", state, form, 0)));
        }
        Ok(Holdings {
            facts,
            records,
            documents,
            names,
            identities: Some(identities.into_iter().collect()),
            run: run(engine),
        })
    }

    /// The same as the dossier wants it.
    pub fn sources<'a>(&'a self, engine: &'a Engine) -> Sources<'a> {
        Sources {
            facts: &self.facts,
            records: &self.records,
            documents: &self.documents,
            identities: self.identities.as_ref(),
            names: &self.names,
            lexicon: &engine.language.lexicon,
            run: &self.run,
        }
    }
}

/// Filters that hold for a whole dossier. Records are fused again from the facts that pass, so that titles, dates and
/// witnesses are those of what is shown.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Lens {
    /// A sector.
    pub sector: Option<String>,
    /// A modality.
    pub modality: Option<Modality>,
    /// Part of the innermost speaker's name, any case.
    pub speaker: Option<String>,
    /// Side of the innermost speaker, ISO code.
    pub side: Option<String>,
    /// Only facts whose date may lie on or after this day.
    pub since: Option<Date>,
    /// Only texts published on or before this day; undated ones are left out.
    pub as_of: Option<Date>,
    /// Only records that at least so many independent texts tell.
    #[serde(deserialize_with = "number")]
    pub independent: Option<usize>,
}

/// A number as an address has it: a word.
fn number<'de, D: Deserializer<'de>>(from: D) -> std::result::Result<Option<usize>, D::Error> {
    String::deserialize(from)?
        .parse()
        .map(Some)
        .map_err(D::Error::custom)
}

impl Lens {
    /// Whether everything passes.
    pub fn is_empty(&self) -> bool {
        *self == Lens::default()
    }

    fn takes(&self, fact: &Fact, told: &BTreeSet<String>) -> bool {
        let filter = FactFilter {
            modalities: self.modality.into_iter().collect(),
            speaker: self.speaker.clone(),
            sector: self.sector.clone(),
            from: self.since,
            ..FactFilter::default()
        };
        filter.takes(fact)
            && (self.as_of.is_none() || told.contains(&fact.doc))
            && self.side.as_ref().is_none_or(|side| {
                fact.attribution
                    .last()
                    .is_some_and(|voice| voice.side.as_ref() == Some(side))
            })
    }
}

/// Words that a modality filter offers.
pub const MODALITIES: &[&str] = &[
    "asserted",
    "planned",
    "intended",
    "considered",
    "conditional",
    "requested",
    "habitual",
    "opinion",
    "alleged",
];

/// What of the holdings passes.
fn narrowed(
    engine: &Engine,
    store: &Store,
    mut holdings: Holdings,
    lens: &Lens,
) -> Result<Holdings> {
    if lens.is_empty() {
        return Ok(holdings);
    }
    if let Some(day) = lens.as_of {
        holdings.documents.retain(|document| {
            document
                .published
                .as_ref()
                .is_some_and(|published| published.end <= day)
        });
    }
    let told: BTreeSet<String> = holdings
        .documents
        .iter()
        .map(|document| document.id.clone())
        .collect();
    holdings.facts.retain(|fact| lens.takes(fact, &told));
    let infos: Vec<DocumentInfo> = store
        .documents_by_id(&told)?
        .iter()
        .map(|stored| DocumentInfo::of(&stored.document, &engine.fusion))
        .collect();
    holdings.records = fuse(&holdings.facts, &infos, &engine.fusion);
    if let Some(least) = lens.independent {
        holdings
            .records
            .retain(|record| record.independent >= least);
    }
    Ok(holdings)
}

/// The documents as the contract prints them.
pub fn document_views(engine: &Engine, store: &Store) -> Result<Vec<DocumentView>> {
    Ok(Holdings::of(engine, store)?.documents)
}

fn run(engine: &Engine) -> Run {
    let run = engine.run();
    Run {
        program: run.program,
        data: run.data,
        model: run.model,
    }
}

/// Texts as the contract prints them. How old an undated one can be is told by all of its records.
pub fn views_of(store: &Store, stored: Vec<StoredDocument>) -> Result<Vec<DocumentView>> {
    let texts = stored
        .iter()
        .map(|stored| stored.document.id.clone())
        .collect();
    let mut told = BTreeSet::new();
    for undated in stored
        .iter()
        .filter(|stored| stored.document.published.is_none())
    {
        told.extend(store.fact_ids(&undated.document.id, None)?);
    }
    let mut records = store.records_by_id(&store.homes_of(told.iter().map(String::as_str))?)?;
    records.retain(|record| bounds_texts(record.kind));
    let behind = records
        .iter()
        .flat_map(|record| record.facts.iter().cloned())
        .collect();
    let facts = store.facts_by_id(&behind)?;
    let groups = store.groups_of(&texts)?;
    let aside = set_aside(&stored);
    let (documents, appearances) = apart(stored);
    let mut views = dossier::views_in_groups(&documents, &appearances, &facts, &records, &groups);
    mark(&mut views, &aside);
    Ok(views)
}

/// Ids of the texts that the gate set aside.
fn set_aside(stored: &[StoredDocument]) -> BTreeSet<String> {
    stored
        .iter()
        .filter(|stored| stored.status == "one_sided")
        .map(|stored| stored.document.id.clone())
        .collect()
}

fn mark(views: &mut [DocumentView], aside: &BTreeSet<String>) {
    for view in views {
        if aside.contains(&view.id) {
            view.status = "one_sided".into();
        }
    }
}

/// Documents, and where each was found.
fn apart(stored: Vec<StoredDocument>) -> (Vec<Document>, BTreeMap<String, Vec<Appearance>>) {
    stored
        .into_iter()
        .map(|stored| {
            let id = stored.document.id.clone();
            (stored.document, (id, stored.appearances))
        })
        .unzip()
}

fn views(
    engine: &Engine,
    stored: Vec<StoredDocument>,
    facts: &[Fact],
    records: &[Record],
) -> Vec<DocumentView> {
    let aside = set_aside(&stored);
    let (documents, appearances) = apart(stored);
    let mut views =
        dossier::document_views(&documents, &appearances, facts, records, &engine.fusion);
    mark(&mut views, &aside);
    views
}

/// A text as the reader of a page wants it.
pub fn source(stored: &StoredDocument) -> Source {
    let document = &stored.document;
    Source {
        id: document.id.clone(),
        name: document.name.clone(),
        text: document.text.clone(),
        furniture: document
            .furniture
            .iter()
            .map(|part| (part.span.start, part.span.end))
            .collect(),
    }
}

/// The one fact or record that an id, or the beginning of one, stands for.
pub fn find(store: &Store, id: &str) -> Result<Option<Found>> {
    let mut found = store.find(id)?;
    match found.len() {
        0 => Ok(None),
        1 => Ok(found.pop()),
        several => Err(Error::Asked(format!(
            "{id}: {several} facts and records begin so; give more of the id"
        ))),
    }
}

/// The fact itself, or the facts of the record in its order.
pub fn facts_of(store: &Store, found: Found) -> Result<Vec<Fact>> {
    match found {
        Found::Fact(fact) => Ok(vec![*fact]),
        Found::Record(record) => {
            let mut facts = Vec::new();
            for id in &record.facts {
                if let Some(Found::Fact(fact)) = find(store, id)? {
                    facts.push(*fact);
                }
            }
            Ok(facts)
        }
    }
}

/// Facts that pass the filters, in order of text and place.
pub fn facts(engine: &Engine, store: &Store, asked: &Filters) -> Result<Vec<Fact>> {
    let mut facts = store.facts(&filters::facts(engine, asked)?)?;
    if asked.min_independent > 0 {
        // Witnesses are counted by record: a fact has those of the record it belongs to.
        let witnessed = store.witnessed(asked.min_independent)?;
        facts.retain(|fact| witnessed.contains(&fact.id));
    }
    Ok(facts)
}

/// Records that pass the filters, of one kind if one is named, in order of time.
pub fn records(
    engine: &Engine,
    store: &Store,
    asked: &Filters,
    kind: Option<RecordKind>,
) -> Result<Vec<Record>> {
    let filter = filters::records(engine, store, asked)?;
    let filter = RecordFilter {
        kinds: kind.map_or(filter.kinds.clone(), |kind| vec![kind]),
        ..filter
    };
    let mut records = chosen(engine, store, asked, &filter)?;
    by_time(&mut records);
    Ok(records)
}

/// Records that pass the filter. The store keeps those without rejected facts; where these are asked for too, the
/// records are made anew with them.
fn chosen(
    engine: &Engine,
    store: &Store,
    asked: &Filters,
    filter: &RecordFilter,
) -> Result<Vec<Record>> {
    if asked.include != Some(Include::Rejected) {
        return Ok(store.records(filter)?);
    }
    let all = FactFilter {
        include_rejected: true,
        ..FactFilter::default()
    };
    let layer = store.layer()?;
    let mut records = ingest::fused(engine, store, &all)?;
    records.retain(|record| filter.takes(record));
    for record in &mut records {
        layer.mark_record(record);
    }
    Ok(records)
}

/// Everything that has a place in time or could have one; standing things and people have none.
pub fn timeline(engine: &Engine, store: &Store, asked: &Filters) -> Result<Vec<Record>> {
    let filter = filters::records(engine, store, asked)?;
    let mut records = chosen(engine, store, asked, &filter)?;
    records.retain(|record| {
        !matches!(
            record.kind,
            RecordKind::Person | RecordKind::Figure | RecordKind::Position
        )
    });
    by_time(&mut records);
    Ok(records)
}

/// Dated first, in order of time; then by kind and id.
fn by_time(records: &mut [Record]) {
    records.sort_by_cached_key(|record| {
        let day = record
            .date
            .as_ref()
            .and_then(|date| date.start.or(date.end));
        (day.is_none(), day, record.kind, record.id.clone())
    });
}

/// The panel of two states or of all dyads, from the first to the last of the days if they are given.
pub fn series(
    engine: &Engine,
    store: &Store,
    pair: Option<[String; 2]>,
    panel: &Panel,
    [from, to]: [Option<Date>; 2],
) -> Result<Vec<Row>> {
    let records = match &pair {
        Some([a, b]) => store.records_of([a, b])?,
        None => store.records(&RecordFilter::default())?,
    };
    let ask = series::Ask {
        pair,
        by: panel.by,
        directed: panel.directed,
        by_publication: panel.date == PlacedBy::Published,
        from,
        to,
    };
    let counted = Counted {
        records: &records,
        texts: &store.published()?,
        lexicon: &engine.language.lexicon,
        codebook: &engine.language.rules.codebook,
    };
    series::series(&ask, &counted).map_err(|error| Error::Asked(error.to_string()))
}

/// What is new, gone or changed since the end of a day, or an instant.
pub fn since(engine: &Engine, store: &Store, when: &str) -> Result<Vec<Change>> {
    let mut before = store.as_of(moment(when)?)?;
    ingest::refresh_records(engine, &mut before)?;
    Ok(changes(&before, store)?)
}

/// A form of a name with the texts that use it.
#[derive(Debug, Clone, Serialize)]
pub struct NameRow {
    /// Neutral key or entity id.
    pub entity: String,
    /// The form as written.
    pub form: String,
    /// Names of the texts.
    pub docs: Vec<String>,
    /// How often in all of them.
    pub times: usize,
}

/// Names as written, of the states of the pair and of contested matters.
pub fn names(engine: &Engine, store: &Store, asked: &Filters) -> Result<Vec<NameRow>> {
    let pair = filters::pair(engine, asked)?;
    let names: BTreeMap<String, String> = store
        .documents()?
        .into_iter()
        .map(|stored| (stored.document.id, stored.document.name))
        .collect();
    let mut rows: BTreeMap<(String, String), (Vec<String>, usize)> = BTreeMap::new();
    for (document, name) in store.names()? {
        let state = engine.language.lexicon.state(&name.entity).is_some();
        if state
            && pair
                .as_ref()
                .is_some_and(|pair| !pair.contains(&name.entity))
        {
            continue;
        }
        let row = rows.entry((name.entity, name.form)).or_default();
        row.0
            .push(names.get(&document).cloned().unwrap_or(document));
        row.1 += name.times;
    }
    Ok(rows
        .into_iter()
        .map(|((entity, form), (docs, times))| NameRow {
            entity,
            form,
            docs,
            times,
        })
        .collect())
}

/// A hit of the full-text search.
#[derive(Debug, Clone, Serialize)]
pub struct Hit {
    /// Document id.
    pub doc: String,
    /// File name or title of the document.
    pub doc_name: String,
    /// Words around the hit, which stands between `[` and `]`.
    pub snippet: String,
}

/// Texts that hold all of the words, best first.
pub fn hits(store: &Store, words: &str) -> Result<Vec<Hit>> {
    let found = store.search(words, usize::MAX)?;
    let ids = found.iter().map(|(doc, _)| doc.clone()).collect();
    let names: BTreeMap<String, String> = store
        .documents_by_id(&ids)?
        .into_iter()
        .map(|stored| (stored.document.id, stored.document.name))
        .collect();
    Ok(found
        .into_iter()
        .map(|(doc, snippet)| Hit {
            doc_name: names.get(&doc).cloned().unwrap_or_default(),
            doc,
            snippet,
        })
        .collect())
}
