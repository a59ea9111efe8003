//! Who is named how, and where.

use std::collections::BTreeSet;

use verbale::fuse::Seen;

use crate::error::StoreError;
use crate::store::Store;

impl Store {
    /// The people under these ids, those that share an end of the name with one of them, those that share one with those, and so
    /// on, in so many steps. Who is further away has no say in who they are.
    pub fn people_near(
        &self,
        ids: &BTreeSet<String>,
        steps: usize,
    ) -> Result<BTreeSet<Seen>, StoreError> {
        let mut near = ids.clone();
        let mut last = ids.clone();
        let mut ends: BTreeSet<String> = BTreeSet::new();
        for _ in 0..steps {
            let mut next = BTreeSet::new();
            for id in &last {
                for end in Seen::ends(id) {
                    if !ends.insert(end.to_owned()) {
                        continue;
                    }
                    let alike: Vec<String> =
                        self.rows("SELECT id FROM person_ends WHERE end = ?1", [end], |row| {
                            row.get(0)
                        })?;
                    next.extend(alike.into_iter().filter(|id| !near.contains(id)));
                }
            }
            near.extend(next.iter().cloned());
            last = next;
        }
        let mut people = BTreeSet::new();
        for id in &near {
            people.extend(self.people_of(id)?);
        }
        Ok(people)
    }

    fn people_of(&self, id: &str) -> Result<Vec<Seen>, StoreError> {
        self.rows(
            "SELECT id, name, side FROM people WHERE id = ?1",
            [id],
            |row| {
                let side: String = row.get(2)?;
                Ok(Seen {
                    id: row.get(0)?,
                    name: row.get(1)?,
                    side: (!side.is_empty()).then_some(side),
                })
            },
        )
    }

    /// The texts that name a person so.
    pub fn texts_naming(&self, person: &str) -> Result<Vec<String>, StoreError> {
        self.rows(
            "SELECT document FROM person_texts WHERE id = ?1",
            [person],
            |row| row.get(0),
        )
    }
}
