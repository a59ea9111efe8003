//! What the pages stand on: the coder, the store, and what was read of it last.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use verbale_engine::ask::{self, Holdings, Lens};
use verbale_engine::{Engine, ingest};
use verbale_store::Store;

use crate::Settings;
use crate::answer::Waiting;
use crate::assets;
use crate::dossiers::{self, Dossiers, Made};
use crate::guard::Gate;
use crate::intake::Jobs;
use crate::made::{Pages, rest};

/// How long the store's version is not asked for again. What is written through this desk is seen at once.
const MOMENT: Duration = Duration::from_millis(50);

/// A pair of so many records is one whose page is made before anybody asks: it would be waited for.
const LARGE: usize = 500;

/// Pages that are made ahead at most.
const AHEAD: usize = 64;

/// The state of the server.
pub struct Desk {
    /// The coder.
    pub engine: Engine,
    /// Who may ask and write.
    pub gate: Gate,
    /// What is being read in.
    pub jobs: Jobs,
    /// How long a body may take to come in.
    pub patience: Duration,
    /// How long a page is waited for before its beginning is sent.
    pub beginning: Duration,
    /// Pages that were made.
    pub pages: Arc<Pages>,
    path: PathBuf,
    run: String,
    seen: Mutex<Option<(Instant, String)>>,
    held: Mutex<Option<(String, Arc<Holdings>)>>,
    dossiers: Dossiers,
}

impl Desk {
    /// A desk over a store; one that was stopped between coding and fusing is completed first.
    pub fn new(engine: Engine, gate: Gate, settings: &Settings) -> verbale_engine::Result<Desk> {
        let path = settings.store.clone();
        if path.exists() {
            ingest::refresh_records(&engine, &mut Store::open(&path)?)?;
        }
        Ok(Desk {
            // The name of program and data is a hash of all of them, and stays as long as the engine.
            run: engine.run().id(),
            engine,
            gate,
            jobs: Jobs::default(),
            patience: settings.patience,
            beginning: settings.beginning,
            pages: Arc::default(),
            path,
            seen: Mutex::new(None),
            held: Mutex::new(None),
            dossiers: Dossiers::default(),
        })
    }

    /// Whether there is a file of the store.
    pub fn has_store(&self) -> bool {
        self.path.exists()
    }

    /// The store for reading; where there is no file it is empty, and none is made.
    pub fn store(&self) -> verbale_engine::Result<Store> {
        if !self.has_store() {
            return Ok(Store::absent(&self.path)?);
        }
        let mut store = Store::open(&self.path)?;
        // Another process may have decided or added something. While texts come in here, their reader does it at its end.
        if store.records_stale(&self.engine.fusion_name())? {
            self.jobs
                .if_idle(|| ingest::refresh_records(&self.engine, &mut store))
                .transpose()?;
        }
        // What one page reads is of one moment, whoever writes meanwhile.
        store.freeze()?;
        Ok(store)
    }

    /// The store for writing.
    pub fn store_to_write(&self) -> verbale_engine::Result<Store> {
        Ok(Store::open(&self.path)?)
    }

    /// What two equal answers have in common: the store's version, the program with its data, and
    /// what people decided.
    pub fn version(&self, store: &Store) -> verbale_engine::Result<String> {
        let decisions: String = store.journal().hash().chars().take(12).collect();
        Ok(format!("{}-{}-{decisions}", store.version()?, self.run))
    }

    /// The tag of pages that are made now, if it was asked for a moment ago and nothing was written here since.
    pub fn tag_seen(&self) -> Option<String> {
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.as_ref()
            .filter(|(at, _)| at.elapsed() < MOMENT)
            .map(|(_, tag)| tag.clone())
    }

    /// The tag of pages that are made now: version of the store, program and data, decisions, style.
    pub fn tag(&self) -> verbale_engine::Result<String> {
        let store = if self.has_store() {
            Store::open(&self.path)?
        } else {
            Store::absent(&self.path)?
        };
        let tag = format!("{}-{}", self.version(&store)?, assets::hash());
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        *seen = Some((Instant::now(), tag.clone()));
        Ok(tag)
    }

    /// Something was written here: what was seen a moment ago holds no more.
    pub fn has_written(&self) {
        *self.seen.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// The dossier of two states under a lens, read from their part of the store; read again only when the store has changed.
    /// A page and the ledgers below it are views of one dossier. One that is slow to make rests as pages do while only texts
    /// come in.
    pub fn dossier(
        &self,
        store: &Store,
        pair: &[String; 2],
        lens: &Lens,
        waiting: Waiting,
    ) -> verbale_engine::Result<Made> {
        let version = self.version(store)?;
        let make = || -> verbale_engine::Result<Made> {
            let began = Instant::now();
            let dossier = ask::dossier_under(&self.engine, store, pair, lens)?;
            Ok(Made {
                dossier: Arc::new(dossier),
                version: version.clone(),
                at: Instant::now(),
                rests: rest(began.elapsed()),
            })
        };
        if !lens.is_empty() {
            return make();
        }
        // Those who ask for the same pair wait for the first of them, and only they.
        let place = self.dossiers.place(pair, waiting);
        place.get(&version, waiting, || {
            let made = make()?;
            let bytes = dossiers::bytes(&made.dossier);
            self.dossiers.made(pair, bytes, waiting);
            Ok(made)
        })
    }

    /// The pairs of states of which so much is told that their pages are slow to make, the largest first.
    pub fn large_pairs(&self) -> verbale_engine::Result<Vec<[String; 2]>> {
        if !self.has_store() {
            return Ok(Vec::new());
        }
        let is_state = |id: &String| self.engine.language.lexicon.state(id).is_some();
        let mut pairs = Store::open(&self.path)?.pairs()?;
        pairs.retain(|counted| counted.records >= LARGE && counted.pair.iter().all(is_state));
        pairs.sort_by_key(|counted| std::cmp::Reverse(counted.records));
        pairs.truncate(AHEAD);
        Ok(pairs.into_iter().map(|counted| counted.pair).collect())
    }

    /// The tag of a page that is made of a dossier which rests: the store has changed since.
    pub fn older_tag(&self, store: &Store, made: &Made) -> verbale_engine::Result<Option<String>> {
        let rests = made.version != self.version(store)?;
        Ok(rests.then(|| format!("{}-{}", made.version, assets::hash())))
    }

    /// Everything in the store, read again only when the store has changed.
    pub fn holdings(&self, store: &Store) -> verbale_engine::Result<Arc<Holdings>> {
        let version = self.version(store)?;
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((of, holdings)) = &*held
            && *of == version
        {
            return Ok(holdings.clone());
        }
        let holdings = Arc::new(Holdings::of(&self.engine, store)?);
        *held = Some((version, holdings.clone()));
        Ok(holdings)
    }
}
