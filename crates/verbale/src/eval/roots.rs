//! Sentences with a given source and target and one label: which type the scored model reads between the two.
//!
//! The set has no column for what is said not to be: a friendly act that is denied is REJECT there.
//! The set joins CONCEDE and RETREAT as YIELD; quad classes are compared as the set gives them. Its types come from CAMEO
//! codes, where the intent to yield (035) is AGREE; our records follow the PLOVER manual, by which a concession to come
//! stays CONCEDE.

use verbale_read::Span;

use super::by_type::Confusion;
use super::gold::GoldError;
use crate::code::codebook;
use crate::code::score::{Scorer, is_meant, see, ties, under_mood};
use crate::pipeline::{Language, Reading};
use crate::record::{EventType, word};

/// One sentence of the set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rooted {
    /// Its number in the set.
    pub id: String,
    /// The sentence.
    pub text: String,
    /// Words of who acts.
    pub source: String,
    /// Words of who is acted upon.
    pub target: String,
    /// Gold type, YIELD for CONCEDE and RETREAT.
    pub root: String,
    /// Gold quad class, `1` to `4`.
    pub quad: String,
}

/// The first line of such a set.
pub const HEADER: &str = "id\tsentence\tsource\ttarget\tgold_root\tgold_quad";

/// Reads the set: tab-separated, the first line is [`HEADER`].
pub fn read_rooted(table: &str) -> Result<Vec<Rooted>, GoldError> {
    table
        .lines()
        .enumerate()
        .skip(1)
        .map(|(index, line)| {
            let fields: Vec<&str> = line.split('\t').collect();
            let [id, text, source, target, root, quad] = fields[..] else {
                return Err(GoldError {
                    line: index + 1,
                    message: format!("{} cells where the header has six", fields.len()),
                });
            };
            Ok(Rooted {
                id: id.to_owned(),
                text: text.to_owned(),
                source: source.to_owned(),
                target: target.to_owned(),
                root: root.to_owned(),
                quad: quad.to_owned(),
            })
        })
        .collect()
}

/// What the other predications of the sentence count beside the one that ties source and target, if they tie them as well.
const BESIDE: f32 = 0.4;

/// How fast that fades with how badly they tie them.
const FADES: f32 = 8.0;

/// The event type that a model reads between source and target; `None` if no words tie the two.
pub fn root(
    rooted: &Rooted,
    reading: &Reading,
    language: &Language,
    scorer: &Scorer,
) -> Option<String> {
    let span = |words: &str| {
        rooted
            .text
            .find(words)
            .map(|start| Span::new(start, start + words.len()))
    };
    let context = reading.context(language);
    let actors: Vec<Span> = span(&rooted.source).into_iter().collect();
    let recipients: Vec<Span> = span(&rooted.target).into_iter().collect();
    let ties = ties(&context, &actors, &recipients);
    let (at, top) = ties.first().map(|tie| (tie.at, tie.score))?;
    let question = scorer.question("type")?;
    let mut shares = vec![0.0_f32; question.answers.len()];
    for tie in ties {
        let seen = see(&context, &language.rules, tie.at, Some(tie.link));
        let scores = scorer.score(&scorer.known(&seen.features));
        let weight = match tie.at == at {
            true => 1.0,
            false => BESIDE * ((tie.score - top) as f32 / FADES).exp(),
        };
        for (share, of) in shares.iter_mut().zip(&scores.0[question.start..]) {
            *share += weight * of;
        }
    }
    let (told, _) = question
        .answers
        .iter()
        .zip(&shares)
        .filter(|(answer, _)| *answer != "NONE")
        .max_by(|a, b| a.1.total_cmp(b.1))?;
    let rules = &language.rules;
    let told = codebook::event_type(told)?;
    let friendly = rules.codebook.quad(told).is_some_and(|quad| quad < 3);
    // The model's types are those after the mood was read; only that an act is refused or denied it often overlooks.
    let event_type = match under_mood(&context, rules, at, told) {
        (EventType::Reject, _) => EventType::Reject,
        (_, true) if friendly => EventType::Reject,
        _ if matches!(told, EventType::Concede | EventType::Retreat)
            && is_meant(&context, rules, at) =>
        {
            EventType::Agree
        }
        _ => told,
    };
    Some(word(&event_type))
}

/// What was measured on the set.
#[derive(Debug, Clone, Default)]
pub struct Roots {
    /// By root.
    pub roots: Confusion,
    /// By quad class.
    pub quads: Confusion,
    /// Cooperation (quads 1 and 2) against conflict.
    pub sides: Confusion,
    /// Ids of the sentences whose root is right.
    pub found: Vec<String>,
}

impl Roots {
    /// Counts one answer; `quad` is the class of the answered type.
    pub fn count(&mut self, rooted: &Rooted, event_type: Option<&str>, quad: Option<u8>) {
        let told = event_type.map(|event_type| match event_type {
            "CONCEDE" | "RETREAT" => "YIELD",
            other => other,
        });
        let quad = quad.map(|quad| quad.to_string());
        let side = |quad: &str| match quad {
            "1" | "2" => "cooperation",
            _ => "conflict",
        };
        self.roots.count(Some(&rooted.root), told);
        self.quads.count(Some(&rooted.quad), quad.as_deref());
        self.sides
            .count(Some(side(&rooted.quad)), quad.as_deref().map(side));
        if told == Some(rooted.root.as_str()) {
            self.found.push(rooted.id.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn concessions_and_retreats_are_one_root() {
        let table = format!("{HEADER}\n7\tOslo withdrew from Riga.\tOslo\tRiga\tYIELD\t2\n");
        let rooted = &read_rooted(&table).unwrap()[0];
        let mut roots = Roots::default();
        roots.count(rooted, Some("RETREAT"), Some(2));
        roots.count(rooted, Some("COERCE"), Some(4));
        assert_eq!(roots.found, ["7"]);
        assert_eq!(roots.sides.rates()["cooperation"].recall.hits, 1);
        assert_eq!(
            read_rooted(&format!("{HEADER}\n7\tOslo")).unwrap_err().line,
            2
        );
    }
}
