//! A linear layer.

use std::ops::Range;

use super::dispatch::{compile, dispatch};
use super::lanes::Lanes;
use super::product::{BLOCK, COLUMNS, column, tile};
use super::{Kernel, Line, Panels, lines};

/// `input · weights + bias`
#[derive(Debug)]
pub struct Affine {
    pub(super) weights: Panels,
    bias: Vec<Line>,
}

impl Affine {
    /// A layer with the given weight of each (output, input) and bias of each output.
    pub fn new(
        outputs: usize,
        inputs: usize,
        weight: impl Fn(usize, usize) -> f32,
        bias: impl Fn(usize) -> f32,
    ) -> Affine {
        Affine {
            weights: Panels::pack(outputs, inputs, weight),
            bias: lines(outputs, bias),
        }
    }

    /// Numbers per row of the output: the outputs, filled up to a multiple of sixteen.
    pub fn stride(&self) -> usize {
        self.weights.outputs()
    }

    /// Computes as many rows as `out` has room for, from rows of `input` that follow one another.
    pub fn run(&self, kernel: Kernel, input: &[f32], out: &mut [f32]) {
        let rows = out.len() / self.stride();
        assert_eq!(out.len(), rows * self.stride());
        assert_eq!(input.len(), rows * self.weights.inputs);
        dispatch!(kernel, affine(self, input, out));
    }
}

compile! {
    affine(layer: &Affine, input: &[f32], out: &mut [f32]);
}

#[inline(always)]
unsafe fn affine<L: Lanes, const R: usize>(layer: &Affine, input: &[f32], out: &mut [f32]) {
    let stride = layer.stride();
    let rows = out.len() / stride;
    let blocks = stride / L::COUNT;
    for start in (0..rows).step_by(BLOCK) {
        let end = rows.min(start + BLOCK);
        let mut block = 0;
        while block < blocks {
            // SAFETY: `block` and the rows are in bounds, as the caller checked the lengths.
            unsafe {
                if blocks - block >= COLUMNS {
                    affine_columns::<L, R, COLUMNS>(layer, input, out, start..end, block);
                    block += COLUMNS;
                } else {
                    affine_columns::<L, R, 1>(layer, input, out, start..end, block);
                    block += 1;
                }
            }
        }
    }
}

#[inline(always)]
unsafe fn affine_columns<L: Lanes, const R: usize, const S: usize>(
    layer: &Affine,
    input: &[f32],
    out: &mut [f32],
    rows: Range<usize>,
    block: usize,
) {
    let mut row = rows.start;
    // SAFETY: rows and blocks are in bounds by the caller's word.
    unsafe {
        while rows.end - row >= R {
            affine_tile::<L, R, S>(layer, input, out, row, block);
            row += R;
        }
        while row < rows.end {
            affine_tile::<L, 1, S>(layer, input, out, row, block);
            row += 1;
        }
    }
}

#[inline(always)]
pub unsafe fn affine_tile<L: Lanes, const R: usize, const S: usize>(
    layer: &Affine,
    input: &[f32],
    out: &mut [f32],
    row: usize,
    block: usize,
) {
    let inputs = layer.weights.inputs;
    let stride = layer.stride();
    // SAFETY: rows and blocks are in bounds by the caller's word.
    unsafe {
        let columns: [_; S] =
            std::array::from_fn(|s| column::<L>(&layer.weights, &layer.bias, block + s));
        let first = input.as_ptr().add(row * inputs);
        let sums = tile::<L, R, S>(
            inputs,
            first,
            inputs,
            columns.map(|c| c.0),
            columns.map(|c| c.1),
        );
        for (r, row_sums) in sums.iter().enumerate() {
            for (s, sum) in row_sums.iter().enumerate() {
                sum.store(
                    out.as_mut_ptr()
                        .add((row + r) * stride + (block + s) * L::COUNT),
                );
            }
        }
    }
}
