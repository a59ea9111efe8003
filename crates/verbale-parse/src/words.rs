//! What has been worked out about words, kept per thread: nine words of ten have been seen before.
//!
//! Everything here depends on the word's text and norm alone (and for one network on whether a space follows), so keeping it
//! changes no number.

use crate::classes::Classes;
use crate::hash::IdMap;
use crate::kernel::{Kernel, WIDTH};
use crate::lexicon::{Features, Lexicon};
use crate::ruler::{RuleWord, Ruler};
use crate::strings::Strings;
use crate::tok2vec::Tok2Vec;
use crate::tokenizer::RawToken;

/// At about one kilobyte each, this many words cost 20 MB per thread.
const CAPACITY: usize = 20_000;

/// A word as it is known.
pub struct Word {
    pub norm: Box<str>,
    pub rule_word: RuleWord,
    pub features: Features,
}

/// A word's place among the words seen.
pub type Place = u32;

/// The words seen so far, and what each network makes of them.
#[derive(Default)]
pub struct Words {
    kernel: Option<Kernel>,
    places: IdMap<(u64, u64), Place>,
    words: Vec<Word>,
    pub shared: Mixed,
    pub ner: Mixed,
}

impl Words {
    /// Gets ready for a batch: forgets everything if there is too much of it or if another kernel made it. Places given
    /// before are then no longer good.
    pub fn prepare(&mut self, kernel: Kernel) {
        if self.kernel != Some(kernel) || self.words.len() > CAPACITY {
            *self = Words {
                kernel: Some(kernel),
                ..Words::default()
            };
        }
    }

    /// The place of a token's word.
    pub fn place(&mut self, tables: &Tables, token: &RawToken, text: &str) -> Place {
        let key = (token.id, token.norm.map_or(0, |norm| norm.id));
        *self.places.entry(key).or_insert_with(|| {
            let Tables {
                classes,
                strings,
                lexicon,
                ruler,
            } = tables;
            let norm = match token.norm {
                Some(norm) => norm.text.to_owned(),
                None => lexicon.norm(token.id, text),
            };
            self.words.push(Word {
                features: lexicon.features(classes, strings, token.id, text, &norm),
                rule_word: ruler.word(&text.to_lowercase()),
                norm: norm.into(),
            });
            self.words.len() as Place - 1
        })
    }

    /// The word at a place.
    pub fn word(&self, place: Place) -> &Word {
        &self.words[place as usize]
    }

    /// Lets both networks work out the words of a batch that are new to them.
    pub fn mix(
        &mut self,
        kernel: Kernel,
        shared: &Tok2Vec,
        ner: &Tok2Vec,
        tokens: &[(Place, bool)],
    ) {
        self.shared.add(kernel, shared, &self.words, tokens);
        self.ner.add(kernel, ner, &self.words, tokens);
    }
}

/// The tables that say what a word is.
pub struct Tables {
    pub classes: Classes,
    pub strings: Strings,
    pub lexicon: Lexicon,
    pub ruler: Ruler,
}

/// One network's vectors of words by themselves.
#[derive(Default)]
pub struct Mixed {
    /// For each word, without and with a space after it, its row plus one; 0 if it has none yet.
    slots: Vec<[u32; 2]>,
    rows: Vec<f32>,
    /// Whether the space makes a difference.
    sees_spaces: bool,
}

impl Mixed {
    fn add(&mut self, kernel: Kernel, network: &Tok2Vec, words: &[Word], tokens: &[(Place, bool)]) {
        self.sees_spaces = network.sees_spaces();
        self.slots.resize(words.len(), [0; 2]);
        let known = self.rows.len() / WIDTH;
        let mut new = Vec::new();
        for &(place, space_after) in tokens {
            let space_after = space_after && self.sees_spaces;
            let slot = &mut self.slots[place as usize][usize::from(space_after)];
            if *slot == 0 {
                new.push((words[place as usize].features, space_after));
                *slot = (known + new.len()) as u32;
            }
        }
        network.mix(kernel, &new, &mut self.rows);
    }

    /// The vector of a word of the batch last added.
    pub fn row(&self, (place, space_after): (Place, bool)) -> &[f32] {
        let row =
            self.slots[place as usize][usize::from(space_after && self.sees_spaces)] as usize - 1;
        &self.rows[row * WIDTH..(row + 1) * WIDTH]
    }
}
