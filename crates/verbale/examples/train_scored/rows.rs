//! Rows of the list of predicates as instances, each the shortest of sentences: verb, object, type.
//!
//! The list is a feature of sentences too. As instances its rows teach what their words and word vectors tell, also where they stand
//! in other frames than the row's.

use std::collections::BTreeSet;

use verbale::code::score::{Features, PREDICATES, vectors};
use verbale::data::Data;

use crate::learning::Instance;
use crate::{TYPES, at};

/// An instance for each row.
pub fn instances(data: &Data) -> Vec<Instance> {
    data.get(PREDICATES)
        .unwrap_or_else(|| panic!("{PREDICATES} is missing"))
        .lines()
        .filter(|line| !line.starts_with('#'))
        .skip(1)
        .filter_map(|line| {
            let (predicate, rest) = line.split_once('\t')?;
            let event_type = rest.split('\t').next()?;
            Some(of_row(predicate, event_type))
        })
        .collect()
}

fn of_row(predicate: &str, event_type: &str) -> Instance {
    let (verb, noun) = match (predicate.split_once(' '), predicate.rsplit_once(' ')) {
        (Some((verb, _)), Some((_, noun))) => (verb, Some(noun)),
        _ => (predicate, None),
    };
    let words = || predicate.split([' ', '_']);
    let mut names: BTreeSet<String> = words().map(|word| format!("w={word}")).collect();
    names.extend(["bias".to_owned(), format!("v={verb}"), format!("p={verb}")]);
    if let Some(noun) = noun {
        names.insert(format!("n={noun}"));
        names.insert(format!("b={verb}_{noun}"));
        for role in ["patient", "content"] {
            names.insert(format!("l={role}:{noun}"));
            names.insert(format!("v={verb}&l={role}:{noun}"));
        }
    }
    let mut labels = [None; 6];
    labels[0] = at(&TYPES, event_type);
    Instance {
        features: Features {
            names: names.into_iter().collect(),
            dense: vectors(verb.split('_'), noun.into_iter(), words()),
        },
        labels,
    }
}
