//! Words to vectors in context: an embedding of each word by itself, then four layers that look one token to each side.

use crate::hash::row_hashes;
use crate::kernel::{Kernel, MaxoutNorm, WIDTH};
use crate::lexicon::Features;
use crate::model::Model;

/// Zero rows between documents of a batch. Four layers see four tokens to each side, so documents never touch.
const GAP: usize = 4;

/// One network. The tagger and the parser share one; the entity recogniser has its own.
pub struct Tok2Vec {
    embeddings: Vec<Embedding>,
    vectors: Vec<f32>,
    mixer: MaxoutNorm,
    windows: Vec<MaxoutNorm>,
}

struct Embedding {
    seed: u32,
    rows: u32,
    table: Vec<f32>,
}

impl Tok2Vec {
    pub fn load(model: &Model, prefix: &str) -> Tok2Vec {
        let array = |name: String| model.array(&format!("{prefix}.{name}"));
        let layer = |n: usize| {
            MaxoutNorm::new(
                &array(format!("weight{n}")),
                &array(format!("bias{n}")),
                array(format!("gain{n}")),
                array(format!("shift{n}")),
            )
        };
        let embeddings = model
            .text(&format!("{prefix}.seeds"))
            .lines()
            .enumerate()
            .map(|(n, seed)| Embedding {
                seed: seed.parse().expect("a number"),
                rows: model.shape(&format!("{prefix}.embed{n}"))[0] as u32,
                table: array(format!("embed{n}")),
            })
            .collect();
        Tok2Vec {
            embeddings,
            vectors: array("vectors".to_owned()),
            mixer: layer(0),
            windows: (1..=GAP).map(layer).collect(),
        }
    }

    /// Whether the network sees if a word is followed by a space.
    pub fn sees_spaces(&self) -> bool {
        self.embeddings.len() > 4
    }

    /// The vector of a word in its row, as the network projects it.
    pub fn word_vector(&self, row: u16) -> &[f32] {
        let start = usize::from(row) * WIDTH;
        &self.vectors[start..start + WIDTH]
    }

    /// The vectors of words by themselves, appended to `out`.
    pub fn mix(&self, kernel: Kernel, words: &[(Features, bool)], out: &mut Vec<f32>) {
        let mut input = vec![0.0; words.len() * self.mixer.inputs()];
        for ((features, space_after), row) in words
            .iter()
            .zip(input.chunks_exact_mut(self.mixer.inputs()))
        {
            let ids = [
                features.norm,
                features.prefix,
                features.suffix,
                features.shape,
                (*space_after).into(),
                features.is_space.into(),
            ];
            let mut slots = row.chunks_exact_mut(WIDTH);
            for ((embedding, id), slot) in self.embeddings.iter().zip(ids).zip(&mut slots) {
                for hash in row_hashes(id, embedding.seed) {
                    let start = (hash % embedding.rows) as usize * WIDTH;
                    for (sum, x) in slot.iter_mut().zip(&embedding.table[start..start + WIDTH]) {
                        *sum += x;
                    }
                }
            }
            if let (Some(slot), Some(vector)) = (slots.next(), features.vector) {
                let start = usize::from(vector) * WIDTH;
                slot.copy_from_slice(&self.vectors[start..start + WIDTH]);
            }
        }
        let start = out.len();
        out.resize(start + words.len() * WIDTH, 0.0);
        self.mixer
            .run(kernel, &input, self.mixer.inputs(), None, &mut out[start..]);
    }

    /// The vectors of tokens in context. `rows` gives each token's own vector, `lengths` the tokens of each document.
    pub fn contextualise<'a>(
        &self,
        kernel: Kernel,
        rows: impl Iterator<Item = &'a [f32]>,
        lengths: &[usize],
    ) -> Vec<f32> {
        let total: usize = lengths.iter().sum();
        let padded = total + GAP * (lengths.len() + 1);
        // One more row before and after, so that every row has neighbours.
        let mut from = vec![0.0; (padded + 2) * WIDTH];
        let mut to = from.clone();
        let documents = document_starts(lengths);
        let mut rows = rows;
        for (start, length) in documents.clone().zip(lengths) {
            let places = from[start * WIDTH..(start + length) * WIDTH].chunks_exact_mut(WIDTH);
            for (place, row) in places.zip(&mut rows) {
                place.copy_from_slice(row);
            }
        }
        let inner = WIDTH..(padded + 1) * WIDTH;
        for window in &self.windows {
            window.run(
                kernel,
                &from,
                WIDTH,
                Some(&from[inner.clone()]),
                &mut to[inner.clone()],
            );
            std::mem::swap(&mut from, &mut to);
        }
        let mut out = Vec::with_capacity(total * WIDTH);
        for (start, length) in documents.zip(lengths) {
            out.extend_from_slice(&from[start * WIDTH..(start + length) * WIDTH]);
        }
        out
    }
}

/// The padded row at which each document starts.
fn document_starts(lengths: &[usize]) -> impl Iterator<Item = usize> + Clone {
    lengths.iter().scan(1 + GAP, |next, length| {
        let start = *next;
        *next += length + GAP;
        Some(start)
    })
}
