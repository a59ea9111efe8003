//! Whole texts with their codings, as instances.

use std::collections::BTreeSet;
use std::path::Path;

use verbale::code::score::{Names, Seen, key, survey, who};
use verbale::eval::{GoldFact, GoldParty, read_coding};
use verbale::pipeline::{Language, Reading, code_document};
use verbale::record::{Kind, Party, word};
use verbale_parse::Parser;
use verbale_read::{Options, Span, read_text};

use crate::learning::Instance;
use crate::{TYPES, at};

/// Codes a text.
pub fn read(bytes: &[u8], name: &str, language: &Language) -> Reading {
    let (document, _) = read_text(
        bytes,
        name,
        &Options {
            lang: Some("en".into()),
            ..Options::default()
        },
    )
    .expect("a text");
    code_document(&document, language, Parser::english())
}

/// The states that parties are or stand for.
pub fn states<'a>(parties: impl Iterator<Item = &'a Party>) -> BTreeSet<String> {
    parties
        .filter_map(Party::stands_for)
        .map(str::to_owned)
        .collect()
}

/// The states that the places of a predication name: the agent's, and the first other that has any.
fn named(seen: &Seen) -> (BTreeSet<String>, BTreeSet<String>) {
    let agent = states(seen.places.agent.iter());
    let other = seen
        .places
        .others
        .iter()
        .map(|(_, p)| states(p.iter()))
        .find(|s| s.iter().any(|x| !agent.contains(x)))
        .unwrap_or_default();
    (agent.clone(), other.difference(&agent).cloned().collect())
}

/// The column of a kind with a type.
pub fn code(language: &Language, kind: &str, event_type: &str) -> Option<usize> {
    let wanted = key(kind, event_type);
    language
        .rules
        .scored
        .keys()
        .position(|known| *known == wanted)
}

/// An instance for each predication of a text; those of its candidates for parties go into `cast`.
pub fn of_text(
    gold: &[&GoldFact],
    reading: &Reading,
    language: &Language,
    cast: &mut Vec<Instance>,
) -> Vec<Instance> {
    let context = reading.context(language);
    let seen = survey(&context, &language.rules);
    let mut labels: Vec<[Option<usize>; 6]> = seen
        .iter()
        .map(|_| [None, None, Some(0), None, None, None])
        .collect();
    let mut taken = BTreeSet::new();
    for fact in gold {
        let Some(kind) = fact.contract_kind else {
            continue;
        };
        if kind == Kind::Role {
            continue;
        }
        let quote = Span::new(fact.byte_start, fact.byte_end);
        let want: BTreeSet<String> = fact.states.iter().cloned().collect();
        let mut best: Option<(f64, usize)> = None;
        for (index, predication) in reading.predications.iter().enumerate() {
            let (s, e) = (predication.span.start, predication.span.end);
            let shared = e.min(quote.end).saturating_sub(s.max(quote.start)) as f64;
            let union = (e.max(quote.end) - s.min(quote.start)) as f64;
            let inside = quote.start <= s && e <= quote.end;
            let matches =
                inside || 2.0 * shared >= (e - s) as f64 && 2.0 * shared >= quote.len() as f64;
            if !matches {
                continue;
            }
            let (agent, other) = named(&seen[index]);
            let names: BTreeSet<String> = agent.union(&other).cloned().collect();
            let fit = if names == want {
                0.4
            } else if !names.is_empty() && names.is_subset(&want) {
                0.25
            } else if names.is_empty() {
                0.1
            } else {
                0.0
            };
            let score = shared / union + fit - if taken.contains(&index) { 0.3 } else { 0.0 };
            if best.is_none_or(|(known, _)| score > known) {
                best = Some((score, index))
            }
        }
        let counts = fact.core;
        let Some((_, index)) = best else { continue };
        if taken.contains(&index) {
            continue;
        }
        for candidate in who::candidates(
            &context,
            index,
            &seen[index].places,
            &language.rules.predicates,
            &Names::kept(),
        ) {
            let among = |parties: &[GoldParty]| {
                parties
                    .iter()
                    .any(|party| party.id.as_deref() == Some(candidate.id.as_str()))
            };
            let label = if among(&fact.sources) {
                1
            } else {
                2 * usize::from(among(&fact.targets))
            };
            let mut labels = [None; 6];
            labels[0] = Some(label);
            cast.push(Instance {
                features: candidate.features,
                labels,
            });
        }
        if counts {
            taken.insert(index);
        }
        let label = &mut labels[index];
        let kind_word = word(&kind);
        label[1] = match kind {
            Kind::Claim => code(language, "claim", "NONE"),
            _ => code(
                language,
                &kind_word,
                fact.event_type.as_deref().unwrap_or("NONE"),
            ),
        };
        // Rhetoric says nothing that counts; what is told again would.
        label[2] = match (counts, fact.dup_of.is_some() || kind != Kind::Claim) {
            (true, _) => Some(1),
            (false, true) => None,
            (false, false) => Some(0),
        };
        label[0] = fact
            .event_type
            .as_deref()
            .and_then(|t| at(&TYPES, t))
            .or(Some(16));
        let (agent, other) = named(&seen[index]);
        let names: BTreeSet<String> = agent.union(&other).cloned().collect();
        if names.len() < 2 && names.is_subset(&want) {
            label[3] = Some(usize::from(want.len() >= 2))
        }
        let mutual = fact.direction == "mutual";
        if want.len() >= 2 {
            label[5] = Some(usize::from(mutual))
        }
        if !mutual {
            let sources: BTreeSet<String> =
                fact.sources.iter().filter_map(|p| p.id.clone()).collect();
            let targets: BTreeSet<String> =
                fact.targets.iter().filter_map(|p| p.id.clone()).collect();
            if !agent.is_empty() {
                if agent.is_subset(&sources) {
                    label[4] = Some(0)
                } else if agent.is_subset(&targets) {
                    label[4] = Some(1)
                }
            } else if !other.is_empty() {
                if other.is_subset(&targets) {
                    label[4] = Some(0)
                } else if other.is_subset(&sources) {
                    label[4] = Some(1)
                }
            }
        }
    }
    seen.into_iter()
        .zip(labels)
        .map(|(seen, labels)| Instance {
            features: seen.features,
            labels,
        })
        .collect()
}

/// The first codings of all texts.
pub fn codings(folder: &Path, language: &Language) -> Vec<GoldFact> {
    let mut paths: Vec<_> = std::fs::read_dir(folder.join("first"))
        .unwrap()
        .map(|e| e.unwrap().path())
        .collect();
    paths.sort();
    paths
        .iter()
        .flat_map(|path| {
            let name = format!("{}.txt", path.file_stem().unwrap().to_str().unwrap());
            let text = std::fs::read_to_string(folder.join("texts").join(&name)).unwrap();
            read_coding(
                &name,
                &text,
                &std::fs::read_to_string(path).unwrap(),
                &language.lexicon,
            )
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
        })
        .collect()
}
