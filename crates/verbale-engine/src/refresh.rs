//! Records brought up to date: of everything, or of the neighbourhood of the texts that came in.
//!
//! The neighbourhood is made of shards, the facts between the same sides. New texts touch the shards of their facts, those of
//! texts that they make copies of each other, and those of texts in which they tell who a surname is.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::panic::resume_unwind;

use verbale::fuse::{
    Around, DocumentInfo, Identities, Joins, Seen, copy_groups, fuse_shards, shards,
};
use verbale::record::{Fact, PersonRef, Record};
use verbale_store::{Basis, FactFilter, Kept, Placed, Store};

use crate::Result;
use crate::engine::Engine;
use crate::ties::retied;

/// More new texts than this touch so much that everything is fused at once.
const FEW: usize = 1000;

/// A run of words in more texts than this finds so many of them only; see [`copy_groups`].
const CANDIDATES: usize = 16;

/// Makes the records anew that may have changed since they were made, also after a stop in between, or if another program
/// or other data of fusion made them.
pub fn refresh_records(engine: &Engine, store: &mut Store) -> Result<()> {
    let fusion = engine.fusion_name();
    if !store.records_stale(&fusion)? {
        return Ok(());
    }
    // Taken before anything is read: what comes in meanwhile makes the records stale again.
    let basis = store.basis(&fusion)?;
    match store.news(&fusion)? {
        Some(new) if new.len() <= FEW => of_neighbourhood(engine, store, &new, &basis),
        _ => of_everything(engine, store, &basis),
    }
}

fn of_everything(engine: &Engine, store: &mut Store, basis: &Basis) -> Result<()> {
    let infos: Vec<DocumentInfo> = store
        .documents()?
        .iter()
        .map(|stored| DocumentInfo::of(&stored.document, &engine.fusion))
        .collect();
    let facts = store.facts(&FactFilter::default())?;
    let joins = store.layer()?.joins;
    let mut kept = kept(engine, &facts, &infos);
    kept.groups = copy_groups(&infos, &engine.fusion);
    let identities = Identities::among(kept.people.iter().map(|(_, seen)| seen));
    kept.identities = identities.clone().into_iter().collect();
    let shards = shards(&facts);
    let around = Around {
        groups: &kept.groups,
        identities: &identities,
        shards: &shards,
    };
    let records = fuse_shards(&facts, &infos, &around, &engine.fusion, &joins);
    let places: HashMap<String, String> = records
        .iter()
        .map(|record| (record.id.clone(), shards[&record.facts[0]].clone()))
        .collect();
    let placed = placed(records, &facts, &places);
    store.keep_all(&placed, &kept, basis)?;
    Ok(())
}

/// What the store keeps of texts; the groups of copies and who is who are left to the caller.
fn kept(engine: &Engine, facts: &[Fact], infos: &[DocumentInfo]) -> Kept {
    let shards = shards(facts);
    Kept {
        shards: facts
            .iter()
            .map(|fact| [fact.doc.clone(), fact.id.clone(), shards[&fact.id].clone()])
            .collect(),
        people: facts
            .iter()
            .flat_map(|fact| Seen::in_fact(fact).map(|seen| (fact.doc.clone(), seen)))
            .collect(),
        runs: infos
            .iter()
            .flat_map(|info| {
                info.sampled(&engine.fusion)
                    .map(|run| (info.id.clone(), run))
            })
            .collect(),
        identities: Vec::new(),
        groups: BTreeMap::new(),
    }
}

/// Records with what they are found by; `places` has the shard of each record of the store that they are tied to.
fn placed(records: Vec<Record>, facts: &[Fact], places: &HashMap<String, String>) -> Vec<Placed> {
    let by_id: HashMap<&str, &Fact> = facts.iter().map(|fact| (fact.id.as_str(), fact)).collect();
    let place = |mut record: Record| -> Placed {
        record.links.sort();
        let shard = places[&record.id].clone();
        let speakers = record
            .facts
            .iter()
            .filter_map(|id| by_id.get(id.as_str())?.attribution.last()?.side.clone());
        let whom = record
            .beneficiary
            .iter()
            .map(|party| party.side().to_owned());
        Placed {
            touches: speakers.chain(whom).collect(),
            ties: record
                .links
                .iter()
                .map(|link| link.record.clone())
                .filter(|other| places.get(other) != Some(&shard))
                .collect(),
            shard,
            record,
        }
    };
    records.into_iter().map(place).collect()
}

/// Who somebody is found to be with the new people; only those who are somebody else than before, or new.
fn newly_known(store: &Store, new: &BTreeSet<Seen>) -> Result<BTreeMap<String, PersonRef>> {
    let ids = new.iter().map(|seen| seen.id.clone()).collect();
    let known = store.people(&ids)?;
    // A name that the store knows already, of a side that it knows, tells nothing.
    let telling: BTreeSet<String> = new.difference(&known).map(|seen| seen.id.clone()).collect();
    let mut told = telling.clone();
    for id in store.people_near(&telling)? {
        if telling.iter().any(|longer| Seen::shortens(&id, longer)) {
            told.insert(id);
        }
    }
    let mut people = store.people(&store.people_near(&told)?)?;
    people.extend(new.iter().cloned());
    let before = store.persons(&told)?;
    Ok(Identities::among(&people)
        .into_iter()
        .filter(|(id, person)| told.contains(id) && before.get(id) != Some(person))
        .collect())
}

fn of_neighbourhood(
    engine: &Engine,
    store: &mut Store,
    new: &[String],
    basis: &Basis,
) -> Result<()> {
    let ids: BTreeSet<String> = new.iter().cloned().collect();
    let infos: Vec<DocumentInfo> = store
        .documents_by_id(&ids)?
        .iter()
        .map(|stored| DocumentInfo::of(&stored.document, &engine.fusion))
        .collect();
    let mut fact_ids = BTreeSet::new();
    for id in new {
        fact_ids.extend(store.fact_ids(id, None)?);
    }
    let facts = store.facts_by_id(&fact_ids)?;
    let mut kept = kept(engine, &facts, &infos);
    // Old texts whose facts may be told anew.
    let mut moved = copies(engine, store, &infos, &mut kept)?;
    let new_people: BTreeSet<Seen> = kept.people.iter().map(|(_, seen)| seen.clone()).collect();
    let now = newly_known(store, &new_people)?;
    for id in now.keys() {
        moved.extend(store.texts_naming(id)?);
    }
    let mut touched: BTreeSet<String> = kept.shards.iter().map(|row| row[2].clone()).collect();
    for document in &moved {
        touched.extend(store.shards_of(document)?);
    }
    // A person's offices are one record under all forms of the name.
    let persons: BTreeSet<String> = touched
        .iter()
        .filter(|shard| shard.starts_with("P:"))
        .cloned()
        .collect();
    let before = store.persons(&persons)?;
    let meant: BTreeSet<String> = persons
        .iter()
        .flat_map(|id| [before.get(id), now.get(id)])
        .flatten()
        .map(|person| person.id.clone())
        .collect();
    touched.extend(store.forms_of_persons(&meant)?);
    let newly = now.iter().filter(|(_, person)| meant.contains(&person.id));
    touched.extend(newly.map(|(id, _)| id.clone()));
    let mut all = facts;
    let mut have: BTreeSet<String> = all.iter().map(|fact| fact.id.clone()).collect();
    let mut texts = ids.clone();
    for shard in &touched {
        // The new texts' facts are not in the store's shards yet.
        let more = store.facts_in(shard)?;
        texts.extend(more.iter().map(|fact| fact.doc.clone()));
        all.reserve(more.len());
        all.extend(more.into_iter().filter(|fact| have.insert(fact.id.clone())));
    }
    // Figures without a side speak of what their text tells.
    for document in &texts {
        let more = store.facts_in(&format!("text {document}"))?;
        all.extend(more.into_iter().filter(|fact| have.insert(fact.id.clone())));
    }
    let infos: Vec<DocumentInfo> = store
        .documents_by_id(&texts)?
        .iter()
        .map(|stored| DocumentInfo::without_runs(&stored.document))
        .collect();
    let mut groups = store.groups_of(&texts)?;
    groups.extend(kept.groups.clone());
    let mut shards = shards(&all);
    for [_, fact, shard] in &kept.shards {
        shards.insert(fact.clone(), shard.clone());
    }
    let named: BTreeSet<String> = all
        .iter()
        .flat_map(Seen::in_fact)
        .map(|seen| seen.id)
        .collect();
    let mut persons = store.persons(&named)?;
    persons.extend(now.clone());
    let identities: Identities = persons.into_iter().collect();
    kept.identities = now.into_iter().collect();
    let around = Around {
        groups: &groups,
        identities: &identities,
        shards: &shards,
    };
    // What was known is read while what is known now is made.
    let (records, old) = std::thread::scope(|scope| {
        let making =
            scope.spawn(|| fuse_shards(&all, &infos, &around, &engine.fusion, &Joins::default()));
        let old: std::result::Result<Vec<Vec<Record>>, _> = touched
            .iter()
            .map(|shard| store.records_in(shard))
            .collect();
        let made = making.join().unwrap_or_else(|fault| resume_unwind(fault));
        (made, old)
    });
    let old: Vec<Record> = old?.into_iter().flatten().collect();
    let records: Vec<Record> = records
        .into_iter()
        .filter(|record| touched.contains(&shards[&record.facts[0]]))
        .collect();
    let mut places: HashMap<String, String> = records
        .iter()
        .map(|record| (record.id.clone(), shards[&record.facts[0]].clone()))
        .collect();
    let (records, beyond) = retied(store, records, &old, &mut places)?;
    let mut placed = placed(records, &all, &places);
    placed.extend(beyond);
    let (gone, changed) = changed(&old, placed);
    store.keep_part(&gone, &changed, &kept, basis)?;
    Ok(())
}

/// The ids that are no more, and the records that are new or otherwise than before, with those tied to them.
fn changed(old: &[Record], placed: Vec<Placed>) -> (BTreeSet<String>, Vec<Placed>) {
    let before: HashMap<&str, &Record> = old
        .iter()
        .map(|record| (record.id.as_str(), record))
        .collect();
    let mut moved: BTreeSet<String> = placed
        .iter()
        .filter(|placed| before.get(placed.record.id.as_str()) != Some(&&placed.record))
        .map(|placed| placed.record.id.clone())
        .collect();
    let ids: BTreeSet<&str> = placed
        .iter()
        .map(|placed| placed.record.id.as_str())
        .collect();
    let gone: BTreeSet<String> = before
        .keys()
        .filter(|id| !ids.contains(*id))
        .map(|id| (*id).to_owned())
        .collect();
    // The shard of a record is kept with those that are tied to it.
    let tied: Vec<String> = placed
        .iter()
        .filter(|placed| {
            let mut links = placed.record.links.iter();
            links.any(|link| moved.contains(&link.record))
        })
        .map(|placed| placed.record.id.clone())
        .collect();
    moved.extend(tied);
    let changed = placed
        .into_iter()
        .filter(|placed| moved.contains(&placed.record.id))
        .collect();
    (gone, changed)
}

/// Finds the copies of new texts and gives the groups of all that changed theirs. Answers with the old texts that are now
/// copies of one another.
fn copies(
    engine: &Engine,
    store: &Store,
    new: &[DocumentInfo],
    kept: &mut Kept,
) -> Result<BTreeSet<String>> {
    let mut groups: BTreeMap<String, String> = BTreeMap::new();
    let mut moved = BTreeSet::new();
    for (at, info) in new.iter().enumerate() {
        let mut candidates: BTreeSet<String> = BTreeSet::new();
        for run in info.sampled(&engine.fusion) {
            candidates.extend(store.texts_with(run, CANDIDATES)?);
        }
        let others: Vec<DocumentInfo> = store
            .documents_by_id(&candidates)?
            .iter()
            .map(|stored| DocumentInfo::of(&stored.document, &engine.fusion))
            .collect();
        let alike: BTreeSet<String> = others
            .iter()
            .chain(&new[..at])
            .filter(|other| info.copies(other, &engine.fusion))
            .map(|other| other.id.clone())
            .collect();
        for (id, leader) in store.groups_of(&alike)? {
            groups.entry(id).or_insert(leader);
        }
        groups.insert(info.id.clone(), info.id.clone());
        let joined: BTreeSet<String> = alike
            .iter()
            .filter_map(|id| groups.get(id).cloned())
            .chain([info.id.clone()])
            .collect();
        let members: Vec<String> = groups
            .iter()
            .filter(|(_, leader)| joined.contains(*leader))
            .map(|(id, _)| id.clone())
            .collect();
        // The new text itself and one group: nothing changes for those who were in it.
        if joined.len() > 2 {
            moved.extend(members.iter().cloned());
        }
        let first = members.first().cloned().unwrap_or_else(|| info.id.clone());
        groups.extend(members.into_iter().map(|id| (id, first.clone())));
    }
    kept.groups = groups;
    Ok(moved)
}
