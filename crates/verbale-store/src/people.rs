//! Who is named how, and where, and who is who.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Row;
use verbale::fuse::Seen;
use verbale::record::PersonRef;

use crate::error::StoreError;
use crate::store::Store;

impl Store {
    /// The ids that share an end of the name with one of these, those themselves among them.
    pub fn people_near(&self, ids: &BTreeSet<String>) -> Result<BTreeSet<String>, StoreError> {
        let mut near = ids.clone();
        let ends: BTreeSet<&str> = ids.iter().flat_map(|id| Seen::ends(id)).collect();
        for end in ends {
            near.extend(
                self.rows("SELECT id FROM person_ends WHERE end = ?1", [end], |row| {
                    row.get::<_, String>(0)
                })?,
            );
        }
        Ok(near)
    }

    /// The people under these ids.
    pub fn people(&self, ids: &BTreeSet<String>) -> Result<BTreeSet<Seen>, StoreError> {
        let read = |row: &Row| {
            let side: String = row.get(2)?;
            Ok(Seen {
                id: row.get(0)?,
                name: row.get(1)?,
                side: (!side.is_empty()).then_some(side),
            })
        };
        let mut people = BTreeSet::new();
        for id in ids {
            people.extend(self.rows(
                "SELECT id, name, side FROM people WHERE id = ?1",
                [id],
                read,
            )?);
        }
        Ok(people)
    }

    /// The person that each of these forms was found to stand for.
    pub fn persons(
        &self,
        ids: &BTreeSet<String>,
    ) -> Result<BTreeMap<String, PersonRef>, StoreError> {
        let mut persons = BTreeMap::new();
        for id in ids {
            persons.extend(self.rows(
                "SELECT id, person, name FROM identities WHERE id = ?1",
                [id],
                |row| {
                    let person = PersonRef {
                        id: row.get(1)?,
                        name: row.get(2)?,
                    };
                    Ok((row.get::<_, String>(0)?, person))
                },
            )?);
        }
        Ok(persons)
    }

    /// The forms that stand for one of these persons.
    pub fn forms_of_persons(
        &self,
        persons: &BTreeSet<String>,
    ) -> Result<BTreeSet<String>, StoreError> {
        let mut forms = BTreeSet::new();
        for person in persons {
            forms.extend(self.rows(
                "SELECT id FROM identities WHERE person = ?1",
                [person],
                |row| row.get::<_, String>(0),
            )?);
        }
        Ok(forms)
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
