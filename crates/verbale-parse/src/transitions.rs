//! The network that chooses transitions, in the same form for the tree and for the entities.

use std::ops::Range;

use crate::kernel::{Affine, HIDDEN, HIDDEN_PIECES, Kernel, Scorer, WIDTH};
use crate::model::Model;

/// Reduces a token's vector, prepares its share in each feature of a state, and scores states.
pub struct TransitionNetwork {
    reduce: Affine,
    prepare: Affine,
    /// What a missing token adds, per feature.
    missing: Vec<[f32; HIDDEN_PIECES]>,
    scorer: Scorer,
}

/// The shares of all tokens of a batch in all features.
pub struct Prepared<'a> {
    network: &'a TransitionNetwork,
    kernel: Kernel,
    shares: &'a [f32],
}

/// Memory for what is prepared, kept from batch to batch.
#[derive(Default)]
pub struct Buffers {
    reduced: Vec<f32>,
    shares: Vec<f32>,
}

impl TransitionNetwork {
    /// Loads the network with this prefix.
    pub fn load(model: &Model, prefix: &str) -> TransitionNetwork {
        let affine = |name: &str| {
            let name = format!("{prefix}.{name}");
            let (weight, bias) = (
                model.array(&format!("{name}.weight")),
                model.array(&format!("{name}.bias")),
            );
            let inputs = weight.len() / bias.len();
            Affine::new(
                bias.len(),
                inputs,
                |o, i| weight[o * inputs + i],
                |o| bias[o],
            )
        };
        let lower = model.array(&format!("{prefix}.lower.weight"));
        let bias = model.array(&format!("{prefix}.lower.bias"));
        let pad = model.array(&format!("{prefix}.lower.pad"));
        let features = pad.len() / HIDDEN_PIECES;
        // The model has the two pieces of a unit side by side; here all first pieces come first.
        let source = |output: usize| (output % HIDDEN) * 2 + output / HIDDEN;
        let missing = pad
            .chunks_exact(HIDDEN_PIECES)
            .map(|pad| std::array::from_fn(|output| pad[source(output)]))
            .collect();
        let weight = |output: usize, input: usize| {
            let (feature, piece) = (output / HIDDEN_PIECES, source(output % HIDDEN_PIECES));
            lower[(feature * HIDDEN_PIECES + piece) * HIDDEN + input]
        };
        TransitionNetwork {
            reduce: affine("reduce"),
            prepare: Affine::new(features * HIDDEN_PIECES, HIDDEN, weight, |_| 0.0),
            missing,
            scorer: Scorer::new(
                (0..HIDDEN_PIECES)
                    .map(|output| bias[source(output)])
                    .collect(),
                affine("upper"),
            ),
        }
    }

    /// Prepares the tokens with the given vectors.
    pub fn prepare<'a>(
        &'a self,
        kernel: Kernel,
        vectors: &[f32],
        buffers: &'a mut Buffers,
    ) -> Prepared<'a> {
        let tokens = vectors.len() / WIDTH;
        let reduced = room(&mut buffers.reduced, tokens * self.reduce.stride());
        self.reduce.run(kernel, vectors, reduced);
        let shares = room(&mut buffers.shares, tokens * self.prepare.stride());
        self.prepare.run(kernel, reduced, shares);
        Prepared {
            network: self,
            kernel,
            shares,
        }
    }
}

/// So many numbers of a buffer, whatever is in them.
pub fn room(buffer: &mut Vec<f32>, count: usize) -> &mut [f32] {
    if buffer.len() < count {
        buffer.resize(count, 0.0);
    }
    &mut buffer[..count]
}

impl Prepared<'_> {
    /// Room for the scores of one state.
    pub fn scores(&self) -> Vec<f32> {
        vec![0.0; self.network.scorer.stride()]
    }

    /// Scores the state with the given tokens as features; tokens count from the start of the batch.
    pub fn score<const N: usize>(&self, features: [Option<usize>; N], scores: &mut [f32]) {
        let network = self.network;
        let shares: [&[f32; HIDDEN_PIECES]; N] =
            std::array::from_fn(|feature| match features[feature] {
                Some(token) => {
                    let start = token * network.prepare.stride() + feature * HIDDEN_PIECES;
                    self.shares[start..start + HIDDEN_PIECES]
                        .try_into()
                        .expect("a share has its width")
                }
                None => &network.missing[feature],
            });
        network.scorer.run(self.kernel, &shares, scores);
    }
}

/// The index of the first best score within the allowed ranges, which are in ascending order.
pub fn best_of(scores: &[f32], allowed: impl IntoIterator<Item = Range<usize>>) -> Option<usize> {
    let mut best = None;
    let mut highest = f32::NEG_INFINITY;
    for range in allowed {
        for (index, &score) in range.clone().zip(&scores[range]) {
            if score > highest {
                highest = score;
                best = Some(index);
            }
        }
    }
    best
}
