//! Named entities, word by word: each word begins one, goes on in it, ends it, is one by itself, or is outside.

use std::ops::Range;

use crate::analysis::Entity;
use crate::model::Model;
use crate::transitions::{Prepared, TransitionNetwork, best_of};

/// The entity recogniser without its word vectors in context.
pub struct EntityRecogniser {
    /// The network that prepares the tokens of a batch and scores transitions.
    pub network: TransitionNetwork,
    /// The entity labels in the order of the outputs of each action.
    labels: Vec<&'static str>,
}

/// The outputs of the network: one per label for each of begin, in, last and unit, in this order; then one without meaning
/// (a unit without label), then outside.
struct Outputs {
    labels: usize,
}

impl Outputs {
    fn begin(&self) -> Range<usize> {
        0..self.labels
    }

    fn inside(&self, label: usize) -> usize {
        self.labels + label
    }

    fn last(&self, label: usize) -> usize {
        2 * self.labels + label
    }

    fn unit(&self) -> Range<usize> {
        3 * self.labels..4 * self.labels
    }

    fn outside(&self) -> usize {
        4 * self.labels + 1
    }
}

impl EntityRecogniser {
    pub fn load(model: &Model) -> EntityRecogniser {
        let moves: Vec<(&str, &str)> = model
            .text("ner.moves")
            .split('\n')
            .map(|line| line.split_once('\t').expect("action and label"))
            .collect();
        let labels: Vec<&str> = moves
            .iter()
            .filter(|(action, _)| *action == "B")
            .map(|(_, label)| *label)
            .collect();
        let expected = ["B", "I", "L", "U"]
            .into_iter()
            .flat_map(|action| labels.iter().map(move |label| (action, *label)))
            .chain([("U", ""), ("O", "")]);
        assert!(
            moves.iter().copied().eq(expected),
            "the outputs of the entity recogniser are in an unknown order"
        );
        EntityRecogniser {
            network: TransitionNetwork::load(model, "ner"),
            labels,
        }
    }

    /// The entities of one document, the tokens at `document` of the batch. No entity runs over the start of a sentence.
    pub fn recognise(
        &self,
        prepared: &Prepared,
        document: Range<usize>,
        is_space: &[bool],
        sentence_starts: &[bool],
    ) -> Vec<Entity> {
        let outputs = Outputs {
            labels: self.labels.len(),
        };
        let mut entities = Vec::new();
        let mut open: Option<(usize, usize)> = None;
        let mut scores = prepared.scores();
        for (token, &is_space) in is_space.iter().enumerate() {
            let here = document.start + token;
            let may_go_on = sentence_starts.get(token + 1) == Some(&false);
            let single =
                |index: usize, allowed: bool| if allowed { index..index + 1 } else { 0..0 };
            let best = match open {
                Some((start, label)) => {
                    prepared.score(
                        [Some(here), Some(document.start + start), Some(here - 1)],
                        &mut scores,
                    );
                    best_of(
                        &scores,
                        [
                            single(outputs.inside(label), may_go_on),
                            single(outputs.last(label), true),
                        ],
                    )
                }
                None => {
                    prepared.score([Some(here), None, None], &mut scores);
                    let begin = if may_go_on && !is_space {
                        outputs.begin()
                    } else {
                        0..0
                    };
                    let unit = if is_space { 0..0 } else { outputs.unit() };
                    best_of(&scores, [begin, unit, single(outputs.outside(), true)])
                }
            };
            let Some(best) = best else { continue };
            if outputs.begin().contains(&best) {
                open = Some((token, best));
            } else if outputs.unit().contains(&best) {
                let label = self.labels[best - outputs.unit().start];
                entities.push(Entity {
                    tokens: token..token + 1,
                    label,
                });
            } else if let Some((start, label)) = open
                && best == outputs.last(label)
            {
                entities.push(Entity {
                    tokens: start..token + 1,
                    label: self.labels[label],
                });
                open = None;
            }
        }
        entities
    }
}
