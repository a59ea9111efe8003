//! Rows of the list of predicates as instances, each the shortest of sentences: verb, object, type.
//!
//! The list is a feature of sentences too. As instances its rows teach what their words and word vectors tell, also where they stand
//! in other frames than the row's.

use verbale::code::score::{Features, Names, PREDICATES, vectors};
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
    let mut names = Names::kept();
    for word in words() {
        names.add(format_args!("w={word}"));
    }
    names.add(format_args!("bias"));
    names.add(format_args!("v={verb}"));
    names.add(format_args!("p={verb}"));
    if let Some(noun) = noun {
        names.add(format_args!("n={noun}"));
        names.add(format_args!("b={verb}_{noun}"));
        for role in ["patient", "content"] {
            names.add(format_args!("l={role}:{noun}"));
            names.add(format_args!("v={verb}&l={role}:{noun}"));
        }
    }
    let mut labels = [None; 6];
    labels[0] = at(&TYPES, event_type);
    Instance {
        features: Features {
            names,
            dense: vectors(verb.split('_'), noun.into_iter(), words()),
        },
        labels,
    }
}
