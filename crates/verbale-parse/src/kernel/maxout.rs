//! Maxout layers with a layer norm.

use super::affine::Affine;
use super::dispatch::{compile, dispatch};
use super::lanes::Lanes;
use super::product::{BLOCK, column, tile};
use super::{Kernel, Line, Panels, WIDTH, lines};

const PIECES: usize = 3;
/// Sums of a layer before the largest piece is taken.
const SUMS: usize = PIECES * WIDTH;

/// The output that stands at `place` among the sums: units in groups of sixteen, of each group the three pieces one after the
/// other.
fn output_at(place: usize) -> usize {
    let (panel, lane) = (place / 16, place % 16);
    (panel / PIECES * 16 + lane) * PIECES + panel % PIECES
}

/// What follows the products: the largest of three pieces, and a layer norm.
#[derive(Debug)]
struct Top {
    /// Three lines, one per piece, for sixteen units at a time.
    bias: Vec<Line>,
    gain: Vec<f32>,
    shift: Vec<f32>,
}

impl Top {
    fn new(bias: &[f32], gain: Vec<f32>, shift: Vec<f32>) -> Top {
        assert_eq!(bias.len(), SUMS);
        assert_eq!((gain.len(), shift.len()), (WIDTH, WIDTH));
        Top {
            bias: lines(SUMS, |place| bias[output_at(place)]),
            gain,
            shift,
        }
    }
}

/// A maxout layer of three pieces, a layer norm, and the sum with the layer's own input where the network has one.
#[derive(Debug)]
pub struct MaxoutNorm {
    /// Three panels, one per piece, for sixteen units at a time.
    weights: Panels,
    top: Top,
}

impl MaxoutNorm {
    /// A layer of [`WIDTH`] units from arrays in the order unit, piece, input.
    pub fn new(weight: &[f32], bias: &[f32], gain: Vec<f32>, shift: Vec<f32>) -> MaxoutNorm {
        let inputs = weight.len() / SUMS;
        assert_eq!(weight.len(), SUMS * inputs);
        MaxoutNorm {
            weights: Panels::pack(SUMS, inputs, |place, input| {
                weight[output_at(place) * inputs + input]
            }),
            top: Top::new(bias, gain, shift),
        }
    }

    /// Numbers per row of the input.
    pub fn inputs(&self) -> usize {
        self.weights.inputs
    }

    /// Computes as many rows as `out` has room for. Row `r` is read from `input` at `r * stride`, so that rows may overlap:
    /// a window over neighbouring tokens is a row three tokens long. `residual` is added to the result.
    pub fn run(
        &self,
        kernel: Kernel,
        input: &[f32],
        stride: usize,
        residual: Option<&[f32]>,
        out: &mut [f32],
    ) {
        let rows = out.len() / WIDTH;
        assert_eq!(out.len(), rows * WIDTH);
        assert!(rows == 0 || input.len() >= (rows - 1) * stride + self.weights.inputs);
        assert!(residual.is_none_or(|residual| residual.len() >= out.len()));
        dispatch!(kernel, maxout_norm(self, input, stride, residual, out));
    }
}

/// Numbers that a word adds to the sums around it: to those of the token after it, of its own and of the token before it.
pub const SHARES: usize = WINDOW * SUMS;
const WINDOW: usize = 3;

/// The same layer over a window of three words by themselves. What a word adds to each place of a window does not depend on
/// its neighbours, so it is worked out once per word, and the layer is left with additions.
#[derive(Debug)]
pub struct WordWindow {
    shares: Affine,
    top: Top,
}

impl WordWindow {
    /// A layer from the same arrays as [`MaxoutNorm::new`], of three words to a row.
    pub fn new(weight: &[f32], bias: &[f32], gain: Vec<f32>, shift: Vec<f32>) -> WordWindow {
        assert_eq!(weight.len(), SUMS * WINDOW * WIDTH);
        let share = |place: usize, input: usize| {
            let (word, place) = (place / SUMS, place % SUMS);
            weight[(output_at(place) * WINDOW + word) * WIDTH + input]
        };
        WordWindow {
            shares: Affine::new(SHARES, WIDTH, share, |_| 0.0),
            top: Top::new(bias, gain, shift),
        }
    }

    /// What words add to the sums around them, [`SHARES`] numbers for each [`WIDTH`] of `words`.
    pub fn shares(&self, kernel: Kernel, words: &[f32], out: &mut [f32]) {
        self.shares.run(kernel, words, out);
    }

    /// Computes a row for each word of `shares` but the first and the last, which are neighbours only. `words` are the words
    /// themselves, which are added to the result.
    pub fn run(&self, kernel: Kernel, shares: &[&[f32; SHARES]], words: &[f32], out: &mut [f32]) {
        assert_eq!(out.len(), words.len());
        assert_eq!(out.len() + 2 * WIDTH, shares.len() * WIDTH);
        dispatch!(kernel, word_window(self, shares, words, out));
    }
}

compile! {
    maxout_norm(layer: &MaxoutNorm, input: &[f32], stride: usize, residual: Option<&[f32]>, out: &mut [f32]);
    word_window(layer: &WordWindow, shares: &[&[f32; SHARES]], words: &[f32], out: &mut [f32]);
}

#[inline(always)]
unsafe fn maxout_norm<L: Lanes, const R: usize>(
    layer: &MaxoutNorm,
    input: &[f32],
    stride: usize,
    residual: Option<&[f32]>,
    out: &mut [f32],
) {
    let rows = out.len() / WIDTH;
    let mut units = [0.0; BLOCK * WIDTH];
    for start in (0..rows).step_by(BLOCK) {
        let count = BLOCK.min(rows - start);
        // SAFETY: rows `start..start + count` lie within `input` and `out`, as the caller checked.
        unsafe {
            let first = input.as_ptr().add(start * stride);
            for block in 0..WIDTH / L::COUNT {
                let mut row = 0;
                while count - row >= R {
                    maxout_tile::<L, R>(layer, first, stride, row, block, &mut units);
                    row += R;
                }
                // The rest in tiles as large as may be: single rows wait for each sum.
                if R > 4 && count - row >= 4 {
                    maxout_tile::<L, 4>(layer, first, stride, row, block, &mut units);
                    row += 4;
                }
                if R > 2 && count - row >= 2 {
                    maxout_tile::<L, 2>(layer, first, stride, row, block, &mut units);
                    row += 2;
                }
                while row < count {
                    maxout_tile::<L, 1>(layer, first, stride, row, block, &mut units);
                    row += 1;
                }
            }
            for row in 0..count {
                let place = (start + row) * WIDTH..(start + row + 1) * WIDTH;
                let residual = residual.map(|residual| &residual[place.clone()]);
                norm::<L>(
                    &layer.top,
                    &units[row * WIDTH..(row + 1) * WIDTH],
                    residual,
                    &mut out[place],
                );
            }
        }
    }
}

/// The largest of the three pieces for `R` rows from `row` on and one block of units.
#[inline(always)]
unsafe fn maxout_tile<L: Lanes, const R: usize>(
    layer: &MaxoutNorm,
    first: *const f32,
    stride: usize,
    row: usize,
    block: usize,
    units: &mut [f32],
) {
    let (group, lane) = (block * L::COUNT / 16, block * L::COUNT % 16);
    // SAFETY: rows and blocks are in bounds by the caller's word, and `units` holds them.
    unsafe {
        let columns: [_; PIECES] = std::array::from_fn(|piece| {
            column::<L>(
                &layer.weights,
                &layer.top.bias,
                ((group * PIECES + piece) * 16 + lane) / L::COUNT,
            )
        });
        let sums = tile::<L, R, PIECES>(
            layer.weights.inputs,
            first.add(row * stride),
            stride,
            columns.map(|c| c.0),
            columns.map(|c| c.1),
        );
        for (r, [a, b, c]) in sums.into_iter().enumerate() {
            a.larger(b)
                .larger(c)
                .store(units.as_mut_ptr().add((row + r) * WIDTH + block * L::COUNT));
        }
    }
}

#[inline(always)]
unsafe fn word_window<L: Lanes, const R: usize>(
    layer: &WordWindow,
    shares: &[&[f32; SHARES]],
    words: &[f32],
    out: &mut [f32],
) {
    let bias = layer.top.bias.as_ptr().cast::<f32>();
    let mut units = [0.0; WIDTH];
    let rows = words.chunks_exact(WIDTH).zip(out.chunks_exact_mut(WIDTH));
    for (window, (word, out)) in shares.windows(WINDOW).zip(rows) {
        // SAFETY: every register width divides sixteen, so all numbers lie within a row's sums, which `SHARES` and `Top` hold.
        unsafe {
            for unit in (0..WIDTH).step_by(L::COUNT) {
                let mut sums = [L::splat(0.0); PIECES];
                for (piece, sum) in sums.iter_mut().enumerate() {
                    let place = (unit / 16 * PIECES + piece) * 16 + unit % 16;
                    *sum = L::load(bias.add(place));
                    for (n, share) in window.iter().enumerate() {
                        *sum = sum.add(L::load(share.as_ptr().add(n * SUMS + place)));
                    }
                }
                let [a, b, c] = sums;
                a.larger(b).larger(c).store(units.as_mut_ptr().add(unit));
            }
            norm::<L>(&layer.top, &units, Some(word), out);
        }
    }
}

/// Layer norm of one row.
#[inline(always)]
unsafe fn norm<L: Lanes>(top: &Top, units: &[f32], residual: Option<&[f32]>, out: &mut [f32]) {
    // SAFETY: all slices are `WIDTH` long, which every register width divides.
    unsafe {
        let mut sum = L::splat(0.0);
        for i in (0..WIDTH).step_by(L::COUNT) {
            sum = sum.add(L::load(units.as_ptr().add(i)));
        }
        let mean = L::splat(total(sum) / WIDTH as f32);
        let mut squares = L::splat(0.0);
        for i in (0..WIDTH).step_by(L::COUNT) {
            let deviation = L::load(units.as_ptr().add(i)).minus(mean);
            squares = squares.add_product(deviation, deviation);
        }
        let scale = L::splat(1.0 / (total(squares) / WIDTH as f32 + 1e-8).sqrt());
        for i in (0..WIDTH).step_by(L::COUNT) {
            let deviation = L::load(units.as_ptr().add(i)).minus(mean).times(scale);
            let mut y = L::load(top.shift.as_ptr().add(i))
                .add_product(deviation, L::load(top.gain.as_ptr().add(i)));
            if let Some(residual) = residual {
                y = y.add(L::load(residual.as_ptr().add(i)));
            }
            y.store(out.as_mut_ptr().add(i));
        }
    }
}

#[inline(always)]
unsafe fn total<L: Lanes>(lanes: L) -> f32 {
    let mut numbers = [0.0; 16];
    // SAFETY: no register is wider than sixteen numbers.
    unsafe { lanes.store(numbers.as_mut_ptr()) };
    numbers.iter().sum()
}
