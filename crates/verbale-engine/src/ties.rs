//! Ties over the border of the neighbourhood that is fused anew.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use verbale::record::{Link, Record};
use verbale_store::{Placed, Store};

use crate::Result;

/// Ties over the border of the neighbourhood: they are made by one text each, and all texts that make one are old. Gives the
/// records with their old ties, and those beyond the border with theirs set to the records that hold the facts now.
pub(crate) fn retied(
    store: &Store,
    mut records: Vec<Record>,
    old: &[Record],
    places: &mut HashMap<String, String>,
) -> Result<(Vec<Record>, Vec<Placed>)> {
    let gone: HashMap<&str, &Record> = old
        .iter()
        .map(|record| (record.id.as_str(), record))
        .collect();
    let mut home: HashMap<String, usize> = HashMap::new();
    for (at, record) in records.iter().enumerate() {
        home.extend(record.facts.iter().map(|fact| (fact.clone(), at)));
    }
    let texts = |facts: &[String]| -> Result<BTreeMap<String, String>> {
        let facts = store.facts_by_id(&facts.iter().cloned().collect())?;
        Ok(facts.into_iter().map(|fact| (fact.id, fact.doc)).collect())
    };
    let mut beyond: BTreeSet<String> = BTreeSet::new();
    for record in old {
        beyond.extend(store.tied_to(&record.id)?);
        for link in record
            .links
            .iter()
            .filter(|link| !gone.contains_key(link.record.as_str()))
        {
            if let Some(placed) = store.placed(&link.record)? {
                places.insert(link.record.clone(), placed.shard);
            }
            for fact in &link.facts {
                if let Some(&at) = home.get(fact) {
                    add(&mut records[at].links, link, &link.record);
                }
            }
        }
    }
    let mut others = Vec::new();
    for id in beyond.iter().filter(|id| !gone.contains_key(id.as_str())) {
        let Some(mut placed) = store.placed(id)? else {
            continue;
        };
        let links = std::mem::take(&mut placed.record.links);
        for link in links {
            let Some(former) = gone.get(link.record.as_str()) else {
                add(&mut placed.record.links, &link, &link.record);
                continue;
            };
            let mut ends: Vec<&String> = link
                .facts
                .iter()
                .filter(|fact| former.facts.contains(fact))
                .collect();
            let of_tie = texts(&link.facts)?;
            let of_former = texts(&former.facts)?;
            if ends.is_empty() {
                // A part names its own fact only; the whole is in the same text.
                let here: BTreeSet<&String> = of_tie.values().collect();
                ends = former
                    .facts
                    .iter()
                    .filter(|fact| of_former.get(*fact).is_some_and(|doc| here.contains(doc)))
                    .collect();
            }
            for end in ends {
                if let Some(&at) = home.get(end) {
                    let to = records[at].id.clone();
                    add(&mut placed.record.links, &link, &to);
                }
            }
        }
        placed.record.links.sort();
        let now: BTreeSet<&String> = placed
            .record
            .links
            .iter()
            .map(|link| &link.record)
            .collect();
        placed.ties.retain(|other| now.contains(other));
        let moved = now.into_iter().filter(|other| {
            places
                .get(*other)
                .is_some_and(|shard| *shard != placed.shard)
        });
        placed.ties.extend(moved.cloned().collect::<Vec<_>>());
        others.push(placed);
    }
    Ok((records, others))
}

fn add(links: &mut Vec<Link>, link: &Link, to: &str) {
    let link = Link {
        record: to.to_owned(),
        ..link.clone()
    };
    if !links.contains(&link) {
        links.push(link);
    }
}
