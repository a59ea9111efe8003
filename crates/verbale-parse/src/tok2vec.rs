//! Words to vectors in context: an embedding of each word by itself, then four layers that look one token to each side.

use std::ops::Range;

use crate::hash::row_hashes;
use crate::kernel::{Kernel, MaxoutNorm, SHARES, WIDTH, WordWindow};
use crate::lexicon::Features;
use crate::model::Model;
use crate::transitions::room;

/// Zero rows between documents of a batch. Four layers see four tokens to each side, so documents never touch.
const GAP: usize = 4;

/// One network. The tagger and the parser share one; the entity recogniser has its own.
pub struct Tok2Vec {
    embeddings: Vec<Embedding>,
    vectors: Vec<f32>,
    mixer: MaxoutNorm,
    first: WordWindow,
    windows: Vec<MaxoutNorm>,
}

/// Memory for the layers, kept from batch to batch.
#[derive(Default)]
pub struct Buffers {
    from: Vec<f32>,
    to: Vec<f32>,
    out: Vec<f32>,
}

struct Embedding {
    seed: u32,
    rows: u32,
    table: Vec<f32>,
}

impl Tok2Vec {
    pub fn load(model: &Model, prefix: &str) -> Tok2Vec {
        let array = |name: String| model.array(&format!("{prefix}.{name}"));
        let weight = |n: usize| array(format!("weight{n}"));
        let bias = |n: usize| array(format!("bias{n}"));
        let gain = |n: usize| array(format!("gain{n}"));
        let shift = |n: usize| array(format!("shift{n}"));
        let layer = |n: usize| MaxoutNorm::new(&weight(n), &bias(n), gain(n), shift(n));
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
            first: WordWindow::new(&weight(1), &bias(1), gain(1), shift(1)),
            windows: (2..=GAP).map(layer).collect(),
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

    /// What words add to the first layer of the tokens around them, [`SHARES`] numbers for each of `words`.
    pub fn shares(&self, kernel: Kernel, words: &[f32], out: &mut [f32]) {
        self.first.shares(kernel, words, out);
    }

    /// The vectors of tokens in context. `words` gives each token's own vector and what it adds to those around it, `lengths`
    /// the tokens of each document.
    pub fn contextualise<'a, 'b>(
        &self,
        kernel: Kernel,
        words: impl Iterator<Item = (&'a [f32], &'a [f32; SHARES])>,
        lengths: &[usize],
        buffers: &'b mut Buffers,
    ) -> &'b [f32] {
        let total: usize = lengths.iter().sum();
        let padded = total + GAP * (lengths.len() + 1);
        // One more row before and after, so that every row has neighbours.
        let numbers = (padded + 2) * WIDTH;
        let mut from = room(&mut buffers.from, numbers);
        let mut to = room(&mut buffers.to, numbers);
        from.fill(0.0);
        let mut shares = vec![&[0.0; SHARES]; padded + 2];
        let documents = document_starts(lengths);
        let mut words = words;
        for (start, length) in documents.clone().zip(lengths) {
            let places = from[start * WIDTH..(start + length) * WIDTH].chunks_exact_mut(WIDTH);
            let shares = &mut shares[start..start + length];
            for ((place, share), word) in places.zip(shares).zip(&mut words) {
                place.copy_from_slice(word.0);
                *share = word.1;
            }
        }
        let inner = WIDTH..(padded + 1) * WIDTH;
        self.first
            .run(kernel, &shares, &from[inner.clone()], &mut to[inner]);
        std::mem::swap(&mut from, &mut to);
        for (window, reach) in self.windows.iter().zip((0..self.windows.len()).rev()) {
            for rows in seen_rows(documents.clone().zip(lengths), reach) {
                let numbers = rows.start * WIDTH..rows.end * WIDTH;
                window.run(
                    kernel,
                    &from[numbers.start - WIDTH..],
                    WIDTH,
                    Some(&from[numbers.clone()]),
                    &mut to[numbers],
                );
            }
            std::mem::swap(&mut from, &mut to);
        }
        let out = &mut buffers.out;
        out.clear();
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

/// The rows that later layers look at: each document with `reach` rows to both sides. Rows that touch are given together.
fn seen_rows<'a>(
    documents: impl Iterator<Item = (usize, &'a usize)>,
    reach: usize,
) -> impl Iterator<Item = Range<usize>> {
    let mut documents = documents
        .map(move |(start, length)| start - reach..start + length + reach)
        .peekable();
    std::iter::from_fn(move || {
        let mut rows = documents.next()?;
        while let Some(next) = documents.next_if(|next| next.start <= rows.end) {
            rows.end = next.end;
        }
        Some(rows)
    })
}
