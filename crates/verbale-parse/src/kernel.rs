//! The arithmetic: products of small matrices with everything around them that is worth doing while the numbers are in
//! registers. The only module with `unsafe` code.
//!
//! One generic source is compiled three times: for any processor, for AVX2 with FMA, and for AVX-512. Which one runs is
//! decided once, at run time. They add in different orders, so numbers differ in the last place; no decision of the parser
//! has been seen to depend on it, and tests hold all kernels to the same answers.

mod affine;
mod dispatch;
mod lanes;
mod maxout;
mod product;
mod scorer;

pub use affine::Affine;
pub use maxout::{MaxoutNorm, SHARES, WordWindow};
pub use scorer::Scorer;

/// Width of the networks' inner layers.
pub const WIDTH: usize = 96;
/// Width of the hidden layer that scores transitions.
pub const HIDDEN: usize = 64;
/// Sums per token and feature that the hidden layer takes the larger of two from.
pub const HIDDEN_PIECES: usize = 2 * HIDDEN;

/// One way to do the arithmetic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kernel {
    /// Plain Rust, for any processor.
    Portable,
    /// AVX2 and FMA, 256 bits at a time.
    Avx2,
    /// AVX-512, 512 bits at a time.
    Avx512,
}

impl Kernel {
    /// The kernels this processor can run, the slowest first.
    pub fn available() -> Vec<Kernel> {
        let mut kernels = vec![Kernel::Portable];
        #[cfg(target_arch = "x86_64")]
        {
            if std::arch::is_x86_feature_detected!("avx2")
                && std::arch::is_x86_feature_detected!("fma")
            {
                kernels.push(Kernel::Avx2);
            }
            if std::arch::is_x86_feature_detected!("avx512f") {
                kernels.push(Kernel::Avx512);
            }
        }
        kernels
    }

    /// The fastest of them.
    pub fn best() -> Kernel {
        Kernel::available().pop().unwrap_or(Kernel::Portable)
    }
}

/// Sixteen numbers in one cache line: the unit in which weights are stored.
#[derive(Debug, Clone, Copy)]
#[repr(C, align(64))]
pub struct Line(pub [f32; 16]);

/// Weights in panels: for sixteen outputs at a time, one line per input.
#[derive(Debug)]
pub struct Panels {
    inputs: usize,
    lines: Vec<Line>,
}

impl Panels {
    /// Packs weights for `outputs` outputs, where `weight(output, input)` gives each one. The last panel is filled with zeros.
    fn pack(outputs: usize, inputs: usize, weight: impl Fn(usize, usize) -> f32) -> Panels {
        let panels = outputs.div_ceil(16);
        let mut lines = Vec::with_capacity(panels * inputs);
        for panel in 0..panels {
            for input in 0..inputs {
                lines.push(Line(std::array::from_fn(|lane| {
                    let output = panel * 16 + lane;
                    if output < outputs {
                        weight(output, input)
                    } else {
                        0.0
                    }
                })));
            }
        }
        Panels { inputs, lines }
    }

    /// Outputs, those that fill the last panel included.
    fn outputs(&self) -> usize {
        self.lines.len() / self.inputs * 16
    }
}

/// Numbers in lines, the last one filled with zeros.
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
