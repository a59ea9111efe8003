//! Dossiers that were made: as many as fit, those that nobody has asked for the longest go first.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, TryLockError};
use std::time::Instant;

use verbale::record::{Dossier, Record};

use crate::answer::Waiting;
use crate::made::{A_WHILE, only_texts_since};

/// Bytes of memory that dossiers may take, about.
const MOST: usize = 512 * 1024 * 1024;

/// A dossier with the version of the store that it was made of.
#[derive(Clone)]
pub struct Made {
    /// The dossier.
    pub dossier: Arc<Dossier>,
    /// Version of the store, program, data and decisions.
    pub version: String,
    /// When it was made.
    pub at: Instant,
    /// Until when it is too young to be made again.
    pub rests: Instant,
}

impl Made {
    /// Whether it was slow to make, and not long ago.
    fn stands_in(&self) -> bool {
        self.rests > self.at && self.at.elapsed() < A_WHILE
    }
}

/// Where a pair's dossier is.
#[derive(Default)]
pub struct Place {
    made: Mutex<Option<Made>>,
    /// Held while a new one is made.
    making: Mutex<()>,
}

impl Place {
    /// The dossier of this version; while only texts have come in since, an older one that rests, or that somebody is
    /// making anew, and for a reader who waits one that is not very old. Else `make` makes it, and who comes meanwhile
    /// waits if there is none.
    pub fn get<E>(
        &self,
        version: &str,
        waiting: Waiting,
        make: impl FnOnce() -> Result<Made, E>,
    ) -> Result<Made, E> {
        let made = || self.made.lock().unwrap_or_else(PoisonError::into_inner);
        let fits = |made: &&Made| {
            made.version == version
                || only_texts_since(&made.version, version)
                    && (made.rests > Instant::now()
                        || waiting == Waiting::Reader && made.stands_in())
        };
        let found = made().as_ref().filter(fits).cloned();
        if let Some(found) = found {
            return Ok(found);
        }
        let older = made()
            .clone()
            .filter(|made| only_texts_since(&made.version, version));
        let _making = match (self.making.try_lock(), older) {
            (Ok(making), _) => making,
            (Err(TryLockError::WouldBlock), Some(older)) => return Ok(older),
            (Err(_), _) => self.making.lock().unwrap_or_else(PoisonError::into_inner),
        };
        // Whom this one waited for may have made it.
        let found = made().as_ref().filter(fits).cloned();
        if let Some(found) = found {
            return Ok(found);
        }
        let new = make()?;
        *made() = Some(new.clone());
        Ok(new)
    }
}

/// The dossiers of a desk.
#[derive(Default)]
pub struct Dossiers(Mutex<HashMap<[String; 2], Held>>);

struct Held {
    place: Arc<Place>,
    asked: Instant,
    bytes: usize,
}

impl Dossiers {
    /// Where the dossier of a pair is or will be.
    pub fn place(&self, pair: &[String; 2], waiting: Waiting) -> Arc<Place> {
        let mut pairs = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let held = pairs.entry(pair.clone()).or_insert_with(|| Held {
            place: Arc::default(),
            asked: Instant::now(),
            bytes: 0,
        });
        if waiting == Waiting::Reader {
            held.asked = Instant::now();
        }
        held.place.clone()
    }

    /// A dossier was made: for one that a reader asked for, others make room, and it stays itself, however large. One that
    /// nobody asked for takes the room that is left.
    pub fn made(&self, pair: &[String; 2], bytes: usize, waiting: Waiting) {
        let mut pairs = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(held) = pairs.get_mut(pair) {
            held.bytes = bytes;
        }
        let mut all: usize = pairs.values().map(|held| held.bytes).sum();
        if all > MOST && waiting == Waiting::Nobody {
            pairs.remove(pair);
            return;
        }
        let mut others: Vec<(Instant, [String; 2])> = pairs
            .iter()
            .filter(|(other, held)| *other != pair && held.bytes > 0)
            .map(|(other, held)| (held.asked, other.clone()))
            .collect();
        others.sort_unstable();
        for (_, other) in others {
            if all <= MOST {
                break;
            }
            all -= pairs.remove(&other).map_or(0, |held| held.bytes);
        }
    }
}

/// What a dossier takes of memory, by what it has most of.
pub fn bytes(dossier: &Dossier) -> usize {
    let of_record = |record: &Record| 3000 + 200 * record.links.len();
    let records: usize = dossier.records().map(of_record).sum();
    1000 + records + 3000 * dossier.facts.len() + 2000 * dossier.documents.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_one_asked_for_longest_ago_makes_room() {
        let dossiers = Dossiers::default();
        let pair = |name: &str| [name.to_owned(), "TCD".to_owned()];
        let place = |name| dossiers.place(&pair(name), Waiting::Reader);
        for name in ["NER", "MLI", "GHA"] {
            place(name);
            let mut pairs = dossiers.0.lock().unwrap();
            pairs.get_mut(&pair(name)).unwrap().bytes = MOST / 2;
        }
        place("NER");
        let names = || {
            let pairs = dossiers.0.lock().unwrap();
            let mut names: Vec<String> = pairs.keys().map(|pair| pair[0].clone()).collect();
            names.sort_unstable();
            names
        };
        dossiers.made(&pair("GHA"), MOST / 4, Waiting::Reader);
        assert_eq!(names(), ["GHA", "NER"]);
        place("ETH");
        dossiers.made(&pair("ETH"), MOST / 2, Waiting::Nobody);
        assert_eq!(names(), ["GHA", "NER"]);
    }
}
