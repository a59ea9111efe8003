//! The three routines of the networks, written once over [`Lanes`] and compiled for each kernel.
//!
//! Weights lie in panels of sixteen outputs, so a column of a routine is a pointer into a panel that advances by sixteen
//! numbers per input.

use std::ops::Range;

use super::lanes::Lanes;
use super::{HIDDEN, HIDDEN_PIECES, Kernel, Line, Panels, WIDTH};

/// Runs a routine of the chosen kernel. A kernel the processor lacks is replaced by the portable one.
macro_rules! dispatch {
    ($kernel:expr, $routine:ident($($argument:expr),*)) => {
        match $kernel {
            // SAFETY: the processor has just been asked for the instructions; the caller has checked the lengths.
            #[cfg(target_arch = "x86_64")]
            Kernel::Avx512 if std::arch::is_x86_feature_detected!("avx512f") => unsafe { avx512::$routine($($argument),*) },
            // SAFETY: as above.
            #[cfg(target_arch = "x86_64")]
            Kernel::Avx2
                if std::arch::is_x86_feature_detected!("avx2") && std::arch::is_x86_feature_detected!("fma") =>
            unsafe { avx2::$routine($($argument),*) },
            // SAFETY: plain arrays need no special instructions; the caller has checked the lengths.
            _ => unsafe { portable::$routine($($argument),*) },
        }
    };
}
/// `input · weights + bias`
#[derive(Debug)]
pub struct Affine {
    weights: Panels,
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

/// A maxout layer of three pieces, a layer norm, and the sum with the layer's own input where the network has one.
#[derive(Debug)]
pub struct MaxoutNorm {
    /// Three panels, one per piece, for sixteen units at a time.
    weights: Panels,
    bias: Vec<Line>,
    gain: Vec<f32>,
    shift: Vec<f32>,
}

const PIECES: usize = 3;

impl MaxoutNorm {
    /// A layer of [`WIDTH`] units from arrays in the order unit, piece, input.
    pub fn new(weight: &[f32], bias: &[f32], gain: Vec<f32>, shift: Vec<f32>) -> MaxoutNorm {
        let inputs = weight.len() / (WIDTH * PIECES);
        assert_eq!(
            (weight.len(), bias.len()),
            (WIDTH * PIECES * inputs, WIDTH * PIECES)
        );
        assert_eq!((gain.len(), shift.len()), (WIDTH, WIDTH));
        let source = |output: usize| {
            let (panel, lane) = (output / 16, output % 16);
            (panel / PIECES * 16 + lane) * PIECES + panel % PIECES
        };
        MaxoutNorm {
            weights: Panels::pack(WIDTH * PIECES, inputs, |output, input| {
                weight[source(output) * inputs + input]
            }),
            bias: lines(WIDTH * PIECES, |output| bias[source(output)]),
            gain,
            shift,
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

fn lines(count: usize, value: impl Fn(usize) -> f32) -> Vec<Line> {
    let value = &value;
    (0..count.div_ceil(16))
        .map(|line| {
            Line(std::array::from_fn(|lane| {
                if line * 16 + lane < count {
                    value(line * 16 + lane)
                } else {
                    0.0
                }
            }))
        })
        .collect()
}

/// Compiles the routines for one kind of register, `$rows` rows of a product at a time: as many as the registers can hold
/// beside three columns of weights and a row's number or two, or else a sum goes through memory at each step.
macro_rules! compile {
    ($module:ident, $lanes:ty, $rows:literal $(, $feature:literal)?) => {
        mod $module {
            use super::{Affine, HIDDEN_PIECES, MaxoutNorm, Scorer};

            $(#[target_feature(enable = $feature)])?
            pub unsafe fn affine(layer: &Affine, input: &[f32], out: &mut [f32]) {
                // SAFETY: this function's own contract.
                unsafe { super::affine::<$lanes, $rows>(layer, input, out) }
            }

            $(#[target_feature(enable = $feature)])?
            pub unsafe fn maxout_norm(
                layer: &MaxoutNorm,
                input: &[f32],
                stride: usize,
                residual: Option<&[f32]>,
                out: &mut [f32],
            ) {
                // SAFETY: this function's own contract.
                unsafe { super::maxout_norm::<$lanes, $rows>(layer, input, stride, residual, out) }
            }

            $(#[target_feature(enable = $feature)])?
            pub unsafe fn score(scorer: &Scorer, features: &[&[f32; HIDDEN_PIECES]], scores: &mut [f32]) {
                // SAFETY: this function's own contract.
                unsafe { super::score::<$lanes>(scorer, features, scores) }
            }
        }
    };
}

compile!(portable, [f32; 4], 4);
#[cfg(target_arch = "x86_64")]
compile!(avx2, std::arch::x86_64::__m256, 3, "avx2,fma");
#[cfg(target_arch = "x86_64")]
compile!(avx512, std::arch::x86_64::__m512, 8, "avx512f");

/// Columns a product works on at a time: enough to hide the latency of the additions.
const COLUMNS: usize = 3;

/// Rows whose results are kept close at hand between the product and the norm: a multiple of the rows of each kernel.
const BLOCK: usize = 48;

/// Products of `R` rows, `stride` apart, with `S` columns.
#[inline(always)]
unsafe fn tile<L: Lanes, const R: usize, const S: usize>(
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
unsafe fn column<L: Lanes>(
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
unsafe fn affine_tile<L: Lanes, const R: usize, const S: usize>(
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
                    maxout_tile::<L, R>(
                        layer,
                        first.add(row * stride),
                        stride,
                        block,
                        &mut units[row * WIDTH..],
                    );
                    row += R;
                }
                while row < count {
                    maxout_tile::<L, 1>(
                        layer,
                        first.add(row * stride),
                        stride,
                        block,
                        &mut units[row * WIDTH..],
                    );
                    row += 1;
                }
            }
            for row in 0..count {
                let place = (start + row) * WIDTH..(start + row + 1) * WIDTH;
                let residual = residual.map(|residual| &residual[place.clone()]);
                norm::<L>(
                    layer,
                    &units[row * WIDTH..(row + 1) * WIDTH],
                    residual,
                    &mut out[place],
                );
            }
        }
    }
}

/// The largest of the three pieces for `R` rows and one block of units.
#[inline(always)]
unsafe fn maxout_tile<L: Lanes, const R: usize>(
    layer: &MaxoutNorm,
    rows: *const f32,
    stride: usize,
    block: usize,
    units: &mut [f32],
) {
    let (group, lane) = (block * L::COUNT / 16, block * L::COUNT % 16);
    // SAFETY: rows and blocks are in bounds by the caller's word, and `units` holds `R` rows.
    unsafe {
        let columns: [_; PIECES] = std::array::from_fn(|piece| {
            column::<L>(
                &layer.weights,
                &layer.bias,
                ((group * PIECES + piece) * 16 + lane) / L::COUNT,
            )
        });
        let sums = tile::<L, R, PIECES>(
            layer.weights.inputs,
            rows,
            stride,
            columns.map(|c| c.0),
            columns.map(|c| c.1),
        );
        for (r, [a, b, c]) in sums.into_iter().enumerate() {
            a.larger(b)
                .larger(c)
                .store(units.as_mut_ptr().add(r * WIDTH + block * L::COUNT));
        }
    }
}

/// Layer norm of one row.
#[inline(always)]
unsafe fn norm<L: Lanes>(
    layer: &MaxoutNorm,
    units: &[f32],
    residual: Option<&[f32]>,
    out: &mut [f32],
) {
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
            let mut y = L::load(layer.shift.as_ptr().add(i))
                .add_product(deviation, L::load(layer.gain.as_ptr().add(i)));
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

#[inline(always)]
unsafe fn score<L: Lanes>(scorer: &Scorer, features: &[&[f32; HIDDEN_PIECES]], scores: &mut [f32]) {
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
