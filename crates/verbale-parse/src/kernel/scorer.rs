//! The network that scores transitions.

use super::affine::{Affine, affine_tile};
use super::dispatch::{compile, dispatch};
use super::lanes::Lanes;
use super::{HIDDEN, HIDDEN_PIECES, Kernel};

/// The network that scores transitions: a hidden layer from sums prepared per token and feature, and an output layer.
#[derive(Debug)]
pub struct Scorer {
    bias: Vec<f32>,
    output: Affine,
}

impl Scorer {
    /// `bias` holds the first pieces of all hidden units, then the second ones.
    pub fn new(bias: Vec<f32>, output: Affine) -> Scorer {
        assert_eq!(bias.len(), HIDDEN_PIECES);
        assert_eq!(output.weights.inputs, HIDDEN);
        Scorer { bias, output }
    }

    /// Numbers to reserve for scores.
    pub fn stride(&self) -> usize {
        self.output.stride()
    }

    /// Scores the state whose features have the given prepared sums.
    pub fn run(&self, kernel: Kernel, features: &[&[f32; HIDDEN_PIECES]], scores: &mut [f32]) {
        assert_eq!(scores.len(), self.stride());
        dispatch!(kernel, score(self, features, scores));
    }
}

compile! {
    score(scorer: &Scorer, features: &[&[f32; HIDDEN_PIECES]], scores: &mut [f32]);
}

#[inline(always)]
unsafe fn score<L: Lanes, const R: usize>(
    scorer: &Scorer,
    features: &[&[f32; HIDDEN_PIECES]],
    scores: &mut [f32],
) {
    let mut hidden = [0.0; HIDDEN];
    // SAFETY: all arrays have the lengths their types or the caller's checks say; every register width divides them.
    unsafe {
        for i in (0..HIDDEN).step_by(L::COUNT) {
            let mut first = L::load(scorer.bias.as_ptr().add(i));
            let mut second = L::load(scorer.bias.as_ptr().add(HIDDEN + i));
            for feature in features {
                first = first.add(L::load(feature.as_ptr().add(i)));
                second = second.add(L::load(feature.as_ptr().add(HIDDEN + i)));
            }
            first.larger(second).store(hidden.as_mut_ptr().add(i));
        }
        let blocks = scores.len() / L::COUNT;
        let mut block = 0;
        while block < blocks {
            match blocks - block {
                7.. => {
                    affine_tile::<L, 1, 7>(&scorer.output, &hidden, scores, 0, block);
                    block += 7;
                }
                5 | 6 => {
                    affine_tile::<L, 1, 5>(&scorer.output, &hidden, scores, 0, block);
                    block += 5;
                }
                _ => {
                    affine_tile::<L, 1, 1>(&scorer.output, &hidden, scores, 0, block);
                    block += 1;
                }
            }
        }
    }
}
