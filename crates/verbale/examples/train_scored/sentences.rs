//! Labelled sentences, as instances.

use std::path::Path;

use verbale::clause::RoleName;
use verbale::code::score::{see, tied};
use verbale::eval::{Marked, MarkedParty, read_marked};
use verbale::pipeline::Language;
use verbale_read::Span;

use crate::learning::Instance;
use crate::texts::{code, read};
use crate::{TYPES, at};

/// The instances of all sentences that may be learned from (`train*.tsv`).
pub fn instances(folder: &Path, language: &Language) -> Vec<Instance> {
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.file_name()
                .unwrap()
                .to_string_lossy()
                .starts_with("train")
        })
        .collect();
    paths.sort();
    let mut all = Vec::new();
    for path in paths {
        let sentences = read_marked(&std::fs::read_to_string(&path).unwrap())
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        all.extend(
            sentences
                .iter()
                .filter_map(|marked| of_sentence(marked, language)),
        );
    }
    all
}

fn of_sentence(marked: &Marked, language: &Language) -> Option<Instance> {
    let reading = read(marked.text.as_bytes(), "s", language);
    let context = reading.context(language);
    let spans =
        |parties: &[MarkedParty]| -> Vec<Span> { parties.iter().map(|party| party.span).collect() };
    let (actors, recipients) = (spans(&marked.actors), spans(&marked.recipients));
    let tie = tied(&context, &actors, &recipients)?;
    let link = tie.link;
    let seen = see(&context, &language.rules, tie.at, Some(link));
    let event_type = marked.event_type.as_str();
    let none = event_type == "NONE";
    // Sentences call most things events; which of several kinds an act is they tell only where they say so.
    let kind = match (marked.kind.as_str(), event_type) {
        ("event", "AGREE") => "commitment",
        ("event", "COOPERATE") => "-",
        (kind, _) => kind,
    };
    let mut labels = [None; 6];
    labels[0] = at(&TYPES, event_type);
    if none {
        labels[2] = Some(0);
    } else {
        labels[1] = code(language, kind, event_type);
    }
    let mutual = marked.is_mutual();
    if !recipients.is_empty() || mutual {
        labels[5] = Some(usize::from(mutual));
    }
    if !mutual && !none {
        labels[4] = if link.0 == Some(RoleName::Agent) {
            Some(0)
        } else if link.1 == Some(RoleName::Agent) {
            Some(1)
        } else {
            None
        };
    }
    Some(Instance {
        features: seen.features,
        labels,
    })
}
