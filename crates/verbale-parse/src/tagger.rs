//! Part-of-speech tags: one linear layer over the vectors in context.

use crate::kernel::{Affine, Kernel, WIDTH};
use crate::labels::{Label, Labels};
use crate::model::Model;
use crate::transitions::best_of;

/// The tagger without the vectors in context.
pub struct Tagger {
    output: Affine,
    labels: Labels,
}

impl Tagger {
    pub fn load(model: &Model) -> Tagger {
        let (weight, bias) = (model.array("tagger.weight"), model.array("tagger.bias"));
        let mut labels = Labels::default();
        for label in model.text("tagger.labels").lines() {
            labels.add(label);
        }
        assert_eq!(labels.names().len(), bias.len());
        Tagger {
            output: Affine::new(bias.len(), WIDTH, |o, i| weight[o * WIDTH + i], |o| bias[o]),
            labels,
        }
    }

    /// The tags, in order of the network's outputs.
    pub fn labels(&self) -> &Labels {
        &self.labels
    }

    /// The best tag of each token.
    pub fn tag(&self, kernel: Kernel, vectors: &[f32]) -> Vec<Label> {
        let mut scores = vec![0.0; vectors.len() / WIDTH * self.output.stride()];
        self.output.run(kernel, vectors, &mut scores);
        scores
            .chunks_exact(self.output.stride())
            .map(|row| {
                best_of(row, std::iter::once(0..self.labels.names().len())).unwrap_or_default()
                    as Label
            })
            .collect()
    }
}
