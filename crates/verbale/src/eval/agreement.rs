//! How far two coders of the same texts agree, each in turn held against the other as the program is held against gold.

use std::collections::BTreeMap;

use serde::Serialize;

use super::gold::GoldFact;
use super::matching::{Asked, match_facts};
use super::report::Rate;
use super::told::Told;

/// One coder's core facts looked for among everything that the other told.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Agreement {
    /// Found with words, kind and states, as `eval` asks.
    pub recall: Rate,
    /// Found with words and kind, whoever the parties are.
    pub without_states: Rate,
    /// Found with words and states, whatever the kind.
    pub without_kind: Rate,
    /// Found by the words alone.
    pub by_quote: Rate,
    /// PLOVER type equal, on what `recall` found; so the next ones.
    pub event_type: Rate,
    /// Direction equal.
    pub direction: Rate,
    /// Modality equal.
    pub modality: Rate,
    /// Innermost speaker equal.
    pub speaker: Rate,
    /// Days right where the first coder gives some, none where he gives none.
    pub dates: Rate,
    /// Cohen's kappa of the types, no act being a type too, on what the words alone found.
    pub kappa: f64,
}

/// Looks for the core facts of `one` in `other`.
pub fn agreement(one: &[GoldFact], other: &[GoldFact]) -> Agreement {
    let told: Vec<Told> = other.iter().filter_map(Told::by_coder).collect();
    let found = |kind: bool, states: bool| {
        let mut pairs = match_facts(one, &told, Asked { kind, states });
        pairs.retain(|&(at, _)| one[at].counts());
        pairs
    };
    let of = one.iter().filter(|fact| fact.counts()).count();
    let rate = |pairs: &[(usize, usize)]| Rate {
        hits: pairs.len(),
        of,
    };
    let full = found(true, true);
    let words = found(false, false);
    let equal = |holds: &dyn Fn(&GoldFact, &Told) -> bool| {
        let mut rate = Rate::default();
        for &(gold, fact) in &full {
            rate.count(holds(&one[gold], &told[fact]));
        }
        rate
    };
    let types: Vec<(&str, &str)> = words
        .iter()
        .map(|&(gold, fact)| {
            (
                one[gold].event_type.as_deref().unwrap_or("NONE"),
                told[fact].event_type.as_deref().unwrap_or("NONE"),
            )
        })
        .collect();
    Agreement {
        recall: rate(&full),
        without_states: rate(&found(true, false)),
        without_kind: rate(&found(false, true)),
        by_quote: rate(&words),
        event_type: equal(&|gold, fact| fact.event_type_equal(gold)),
        direction: equal(&|gold, fact| fact.direction_equal(gold)),
        modality: equal(&|gold, fact| fact.modality_equal(gold)),
        speaker: equal(&|gold, fact| fact.speaker_equal(gold)),
        dates: equal(&|gold, fact| fact.date_right(gold)),
        kappa: kappa(&types),
    }
}

/// Cohen's kappa of two coders' labels of the same things: agreement beyond what their habits alone would give;
/// 1 where nothing could differ.
pub fn kappa(labels: &[(&str, &str)]) -> f64 {
    let of = labels.len() as f64;
    if labels.is_empty() {
        return 1.0;
    }
    let agreed = labels.iter().filter(|(one, other)| one == other).count() as f64 / of;
    let mut counts: BTreeMap<&str, (f64, f64)> = BTreeMap::new();
    for (one, other) in labels {
        counts.entry(one).or_default().0 += 1.0;
        counts.entry(other).or_default().1 += 1.0;
    }
    let chance: f64 = counts
        .values()
        .map(|(one, other)| one / of * (other / of))
        .sum();
    if chance >= 1.0 {
        1.0
    } else {
        (agreed - chance) / (1.0 - chance)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eval::read_coding;
    use crate::lexicon::Lexicon;

    const TEXT: &str = "Peru and Chile met in Doha. Peru later blamed Chile.";

    fn coding(lines: &str) -> Vec<GoldFact> {
        read_coding("t.txt", TEXT, lines, Lexicon::embedded()).unwrap()
    }

    fn met(kind: &str, parties: &str) -> String {
        format!(
            r#"{{"quote": "met in Doha", "kind": "{kind}", "event_type": "CONSULT", "cameo": "040", "actor": [{parties}], "recipient": [], "mutual": true, "modality": "asserted", "negated": false, "speaker": null, "date": null, "core": true}}"#
        )
    }

    const BLAMED: &str = r#"{"quote": "Peru later blamed Chile", "kind": "event", "event_type": "ACCUSE", "cameo": "110", "actor": ["PER"], "recipient": ["CHL"], "mutual": false, "modality": "asserted", "negated": false, "speaker": null, "date": null, "core": true}"#;

    #[test]
    fn equal_codings_agree_in_everything() {
        let one = coding(&format!("{}\n{BLAMED}", met("event", r#""PER", "CHL""#)));
        let both = agreement(&one, &one);
        assert_eq!(both.recall, Rate { hits: 2, of: 2 });
        assert_eq!(both.speaker, Rate { hits: 2, of: 2 });
        assert!((both.kappa - 1.0).abs() < 1e-9);
    }

    #[test]
    fn other_kinds_and_parties_count_apart() {
        let one = coding(&format!("{}\n{BLAMED}", met("event", r#""PER", "CHL""#)));
        let other = coding(&met("agreement", r#""PER", "CHL""#));
        let held = agreement(&one, &other);
        assert_eq!((held.recall.hits, held.without_kind.hits), (0, 1));
        let other = coding(&met("event", r#""PER", "BOL""#));
        let held = agreement(&one, &other);
        assert_eq!((held.recall.hits, held.without_states.hits), (0, 1));
        assert_eq!(held.by_quote, Rate { hits: 1, of: 2 });
    }

    #[test]
    fn kappa_takes_chance_away() {
        let labels = [("A", "A"), ("A", "B"), ("B", "B"), ("B", "A")];
        assert!(kappa(&labels).abs() < 1e-9);
        assert!((kappa(&labels[..3]) - 0.4).abs() < 1e-9);
    }
}
