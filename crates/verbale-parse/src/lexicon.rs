//! What is known of a word by its text alone: its norm, the identifiers the networks see, and its word vector.

use crate::classes::{self as class, Classes};
use crate::hash::IdMap;
use crate::model::Model;
use crate::strings::Strings;

/// The lexical tables.
pub struct Lexicon {
    norms: IdMap<u64, &'static str>,
    vectors: VectorRows,
}

/// The identifiers the embedding tables are looked up by, in the order of the tables.
#[derive(Debug, Clone, Copy)]
pub struct Features {
    pub norm: u64,
    pub prefix: u64,
    pub suffix: u64,
    pub shape: u64,
    pub is_space: bool,
    /// The row of the word vector, if the word has one.
    pub vector: Option<u16>,
}

impl Lexicon {
    pub fn load(model: &Model) -> Lexicon {
        let norms = model
            .text("norms")
            .split('\n')
            .map(|line| {
                let (id, norm) = line.split_once('\t').expect("id and norm");
                (u64::from_str_radix(id, 16).expect("a hexadecimal id"), norm)
            })
            .collect();
        Lexicon {
            norms,
            vectors: VectorRows::load(model),
        }
    }

    /// The norm of a word that no special case gives one: British spellings, quotation marks and currency signs are levelled,
    /// all else is put in lower case.
    pub fn norm(&self, id: u64, text: &str) -> String {
        self.norms
            .get(&id)
            .map_or_else(|| text.to_lowercase(), |norm| (*norm).to_owned())
    }

    /// The row of the word vector of a word, if it has one.
    pub fn vector_row(&self, id: u64) -> Option<u16> {
        self.vectors.row(id)
    }

    /// The features of a word with the given norm.
    pub fn features(
        &self,
        classes: &Classes,
        strings: &Strings,
        id: u64,
        text: &str,
        norm: &str,
    ) -> Features {
        let prefix = text.chars().next().map_or(0, char::len_utf8);
        let suffix = text.char_indices().rev().nth(2).map_or(0, |(at, _)| at);
        Features {
            norm: strings.id(norm),
            prefix: strings.id(&text[..prefix]),
            suffix: strings.id(&text[suffix..]),
            shape: strings.id(&shape(classes, text)),
            is_space: classes.all(text, class::SPACE),
            vector: self.vectors.row(id),
        }
    }
}

/// The outline of a word: `Xxxxx`, `dd.d`, at most four of a kind in a row.
fn shape(classes: &Classes, text: &str) -> String {
    if text.chars().count() >= 100 {
        return "LONG".to_owned();
    }
    let mut shape = String::with_capacity(text.len());
    let mut last = None;
    let mut run = 0;
    for c in text.chars() {
        let kind = if classes.has(c, class::ALPHA) {
            if classes.has(c, class::UPPER) {
                'X'
            } else {
                'x'
            }
        } else if classes.has(c, class::DIGIT) {
            'd'
        } else {
            c
        };
        run = if last == Some(kind) { run + 1 } else { 1 };
        last = Some(kind);
        if run <= 4 {
            shape.push(kind);
        }
    }
    shape
}

/// From word identifiers to rows of the vector table, by 32 bits of the identifier.
struct VectorRows {
    /// Where the keys with each upper half start.
    starts: Vec<u32>,
    /// The lower halves of the keys, ascending within one upper half.
    keys: Vec<u16>,
    rows: Vec<u16>,
    /// Whole identifiers whose 32 bits belong to another word.
    clashes: IdMap<u64, u16>,
}

impl VectorRows {
    fn load(model: &Model) -> VectorRows {
        let rows: Vec<u16> = {
            let planes = model.bytes("vectors.rows");
            let (low, high) = planes.split_at(planes.len() / 2);
            low.iter()
                .zip(high)
                .map(|(&low, &high)| u16::from_le_bytes([low, high]))
                .collect()
        };
        let mut starts = vec![0; (1 << 16) + 1];
        let mut keys = Vec::with_capacity(rows.len());
        let (mut key, mut delta, mut shift) = (0u32, 0u32, 0);
        for byte in model.bytes("vectors.keys") {
            delta |= u32::from(byte & 0x7f) << shift;
            shift += 7;
            if byte < 0x80 {
                key += delta;
                starts[(key >> 16) as usize + 1] += 1;
                keys.push(key as u16);
                (delta, shift) = (0, 0);
            }
        }
        for upper in 0..1 << 16 {
            starts[upper + 1] += starts[upper];
        }
        let clashes = model
            .text("vectors.clashes")
            .lines()
            .map(|line| {
                let (id, row) = line.split_once('\t').expect("id and row");
                (
                    u64::from_str_radix(id, 16).expect("a hexadecimal id"),
                    row.parse().expect("a row"),
                )
            })
            .collect();
        VectorRows {
            starts,
            keys,
            rows,
            clashes,
        }
    }

    fn row(&self, id: u64) -> Option<u16> {
        if let Some(&row) = self.clashes.get(&id) {
            return Some(row);
        }
        let key = vector_key(id);
        let upper = (key >> 16) as usize;
        let (start, end) = (self.starts[upper] as usize, self.starts[upper + 1] as usize);
        let found = self.keys[start..end].binary_search(&(key as u16)).ok()?;
        Some(self.rows[start + found])
    }
}

/// The 32 bits kept of an identifier: the upper half of a hash, or the whole of a fixed name's small number.
fn vector_key(id: u64) -> u32 {
    match (id >> 32) as u32 {
        0 => id as u32,
        upper => upper,
    }
}
