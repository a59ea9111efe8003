//! Softmax regression with a step of its own for each weight (AdaGrad), in a fixed order.

use std::collections::HashMap;
use std::fmt::Write as _;

use verbale::code::score::{DENSE, Features, Question, Scorer, softmax};

/// One predication, or one candidate for a party, with what is known of it: an answer per question.
#[derive(Clone)]
pub struct Instance {
    pub features: Features,
    pub labels: [Option<usize>; 6],
}

/// How long and how fast is learned.
#[derive(Clone, Copy)]
pub struct Pace {
    pub epochs: usize,
    pub rate: f32,
    pub decay: f32,
}

/// What was learned: a row of weights for each feature.
pub struct Weights {
    pub questions: Vec<Question>,
    pub rows: Vec<String>,
    pub weights: Vec<f32>,
}

impl Weights {
    /// The model.
    pub fn scorer(&self) -> Scorer {
        Scorer::new(
            self.questions.clone(),
            self.rows.clone(),
            self.weights.clone(),
        )
    }

    /// The weights as they are shipped.
    pub fn table(&self) -> String {
        let Weights {
            questions,
            rows,
            weights,
        } = self;
        let mut text = String::from(
            "# The scored model's weights. Written by `cargo run --release -p verbale --example train_scored`, from the repository's own sentences and texts only.\n",
        );
        for q in questions {
            writeln!(text, "question\t{}\t{}", q.name, q.answers.join("\t")).unwrap()
        }
        let columns: usize = questions.iter().map(|q| q.answers.len()).sum();
        for (at, name) in rows.iter().enumerate() {
            let row = &weights[at * columns..(at + 1) * columns];
            let top = row.iter().fold(0.0_f32, |a, x| a.max(x.abs()));
            if top < 0.08 {
                continue;
            }
            let scale = top / 127.0;
            write!(text, "{name}\t{scale:.6}\t").unwrap();
            for x in row {
                write!(text, "{:02x}", (x / scale).round() as i8 as u8).unwrap()
            }
            text.push('\n');
        }
        text
    }
}

/// Stochastic descent with a step of its own for each weight (AdaGrad), in a fixed order.
pub fn train(instances: &[Instance], questions: &[Question], pace: Pace) -> Weights {
    let Pace {
        epochs,
        rate,
        decay,
    } = pace;
    let columns: usize = questions.iter().map(|q| q.answers.len()).sum();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for instance in instances {
        for name in instance.features.names.words() {
            *counts.entry(name).or_default() += 1
        }
    }
    let mut names: Vec<String> = counts
        .iter()
        .filter(|(_, n)| **n >= 3)
        .map(|(name, _)| name.to_string())
        .collect();
    names.sort_unstable();
    let rows: HashMap<&str, usize> = names
        .iter()
        .enumerate()
        .map(|(at, name)| (name.as_str(), at))
        .collect();
    let sparse: Vec<Vec<usize>> = instances
        .iter()
        .map(|i| {
            i.features
                .names
                .words()
                .iter()
                .filter_map(|n| rows.get(n).copied())
                .collect()
        })
        .collect();
    let total = names.len() + DENSE;
    let mut weights = vec![0.0_f32; total * columns];
    let mut squares = vec![1e-3_f32; total * columns];
    let mut order: Vec<usize> = (0..instances.len()).collect();
    let mut seed: u64 = 1;
    for epoch in 0..epochs {
        for at in (1..order.len()).rev() {
            seed = seed
                .wrapping_mul(6364136223846793005)
                .wrapping_add(1442695040888963407);
            order.swap(at, (seed >> 33) as usize % (at + 1));
        }
        let rate = rate / (1.0 + epoch as f32 * 0.1);
        for &at in &order {
            let instance = &instances[at];
            let mut sums = vec![0.0_f32; columns];
            for &row in &sparse[at] {
                for (sum, w) in sums.iter_mut().zip(&weights[row * columns..]) {
                    *sum += w
                }
            }
            for (d, &x) in instance.features.dense.iter().enumerate() {
                if x != 0.0 {
                    let row = names.len() + d;
                    for (sum, w) in sums
                        .iter_mut()
                        .zip(&weights[row * columns..(row + 1) * columns])
                    {
                        *sum += x * w
                    }
                }
            }
            let mut gradient = vec![0.0_f32; columns];
            for (question, label) in questions.iter().zip(&instance.labels) {
                let Some(label) = label else { continue };
                let range = question.start..question.start + question.answers.len();
                softmax(&mut sums[range.clone()]);
                for column in range {
                    gradient[column] =
                        sums[column] - f32::from(u8::from(column == question.start + label))
                }
            }
            let mut step = |row: usize, x: f32| {
                for (column, g) in gradient.iter().enumerate() {
                    if *g == 0.0 {
                        continue;
                    }
                    let k = row * columns + column;
                    let g = g * x + decay * weights[k];
                    squares[k] += g * g;
                    weights[k] -= rate * g / squares[k].sqrt();
                }
            };
            for &row in &sparse[at] {
                step(row, 1.0)
            }
            for (d, &x) in instance.features.dense.iter().enumerate() {
                if x != 0.0 {
                    step(names.len() + d, x)
                }
            }
        }
    }
    let mut all = names;
    all.extend((0..DENSE).map(|d| d.to_string()));
    Weights {
        questions: questions.to_vec(),
        rows: all,
        weights,
    }
}
