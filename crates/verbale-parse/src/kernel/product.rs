//! The products that all layers are made of.
//!
//! Weights lie in panels of sixteen outputs, so a column of a product is a pointer into a panel that advances by sixteen
//! numbers per input.

use super::lanes::Lanes;
use super::{Line, Panels};

/// Columns a product works on at a time: enough to hide the latency of the additions.
pub const COLUMNS: usize = 3;

/// Rows whose results are kept close at hand between the product and the norm: a multiple of the rows of each kernel.
pub const BLOCK: usize = 48;

/// Products of `R` rows, `stride` apart, with `S` columns.
#[inline(always)]
pub unsafe fn tile<L: Lanes, const R: usize, const S: usize>(
    inputs: usize,
    rows: *const f32,
    stride: usize,
    columns: [*const f32; S],
    bias: [*const f32; S],
) -> [[L; S]; R] {
    // SAFETY: the caller vouches for `inputs` numbers in each row and lines in each column, and a line of each bias.
    unsafe {
        let mut sums = [[L::splat(0.0); S]; R];
        for s in 0..S {
            let start = L::load(bias[s]);
            for row in &mut sums {
                row[s] = start;
            }
        }
        for i in 0..inputs {
            let mut weights = [L::splat(0.0); S];
            for s in 0..S {
                weights[s] = L::load(columns[s].add(i * 16));
            }
            for (r, row) in sums.iter_mut().enumerate() {
                let x = L::splat(*rows.add(r * stride + i));
                for s in 0..S {
                    row[s] = row[s].add_product(x, weights[s]);
                }
            }
        }
        sums
    }
}

/// The start of column block `block` of the panels and of its biases.
#[inline(always)]
pub unsafe fn column<L: Lanes>(
    weights: &Panels,
    bias: &[Line],
    block: usize,
) -> (*const f32, *const f32) {
    let (panel, lane) = (block * L::COUNT / 16, block * L::COUNT % 16);
    // SAFETY: the caller vouches that there is such a block.
    unsafe {
        (
            weights
                .lines
                .as_ptr()
                .add(panel * weights.inputs)
                .cast::<f32>()
                .add(lane),
            bias.as_ptr().add(panel).cast::<f32>().add(lane),
        )
    }
}
