//! What has been worked out about words, kept per thread: nine words of ten have been seen before.
//!
//! Everything here depends on the word's text and norm alone (and for one network on whether a space follows), so keeping it
//! changes no number.

use crate::classes::Classes;
use crate::hash::IdMap;
use crate::kernel::{Kernel, SHARES, WIDTH};
use crate::lexicon::{Features, Lexicon};
use crate::ruler::{RuleWord, Ruler};
use crate::strings::Strings;
use crate::tok2vec::Tok2Vec;
use crate::tokenizer::RawToken;

/// At about one kilobyte each, this many words cost 20 MB per thread. If there are more, the half that was seen more often
/// stays.
pub const CAPACITY: usize = 20_000;

/// Words whose shares in the sums around them are kept, the first ones seen, which are the frequent ones: 31 MB per network
/// and thread. Those of other words last for a batch.
const KEPT: usize = 9_000;

/// A word as it is known.
pub struct Word {
    pub norm: Box<str>,
    pub rule_word: RuleWord,
    pub features: Features,
    /// Its dictionary forms so far, by part of speech and morphology.
    lemmas: Vec<(&'static str, &'static str, Box<str>)>,
    /// How often it was seen since words were last forgotten.
    seen: u32,
}

impl Word {
    /// The dictionary form as this part of speech with this morphology, worked out if it is new.
    pub fn lemma(
        &mut self,
        pos: &'static str,
        morph: &'static str,
        find: impl FnOnce() -> String,
    ) -> String {
        let known = |(p, m, _): &&(&str, &str, Box<str>)| *p == pos && *m == morph;
        if let Some((_, _, lemma)) = self.lemmas.iter().find(known) {
            return lemma.to_string();
        }
        let lemma = find();
        self.lemmas.push((pos, morph, lemma.as_str().into()));
        lemma
    }
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
    /// Gets ready for a batch: forgets rare words if there are too many, and everything if another kernel made it. Places
    /// given before are then no longer good.
    pub fn prepare(&mut self, kernel: Kernel) {
        if self.kernel != Some(kernel) {
            *self = Words {
                kernel: Some(kernel),
                ..Words::default()
            };
        }
        if self.words.len() > CAPACITY {
            self.forget_rare();
        }
    }

    fn forget_rare(&mut self) {
        let mut seen: Vec<u32> = self.words.iter().map(|word| word.seen).collect();
        seen.sort_unstable_by(|one, other| other.cmp(one));
        let least = seen[CAPACITY / 2];
        let stays: Vec<bool> = self.words.iter().map(|word| word.seen > least).collect();
        let mut places = Vec::with_capacity(stays.len());
        let mut count: Place = 0;
        for &stays in &stays {
            places.push(count);
            count += Place::from(stays);
        }
        self.places.retain(|_, place| {
            let known = *place as usize;
            *place = places[known];
            stays[known]
        });
        self.words.retain(|word| word.seen > least);
        for word in &mut self.words {
            word.seen = 0;
        }
        self.shared.keep(&stays);
        self.ner.keep(&stays);
    }

    /// How many words are known.
    #[cfg(test)]
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// The place of a token's word.
    pub fn place(&mut self, tables: &Tables, token: &RawToken, text: &str) -> Place {
        let key = (token.id, token.norm.map_or(0, |norm| norm.id));
        let place = *self.places.entry(key).or_insert_with(|| {
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
                lemmas: Vec::new(),
                seen: 0,
            });
            self.words.len() as Place - 1
        });
        let seen = &mut self.words[place as usize].seen;
        *seen = seen.saturating_add(1);
        place
    }

    /// The word at a place.
    pub fn word(&self, place: Place) -> &Word {
        &self.words[place as usize]
    }

    /// The same, to add to what is known of it.
    pub fn word_mut(&mut self, place: Place) -> &mut Word {
        &mut self.words[place as usize]
    }

    /// Lets both networks work out the words of a batch that are new to them.
    pub fn mix(
        &mut self,
        kernel: Kernel,
        shared: &Tok2Vec,
        ner: &Tok2Vec,
        tokens: &[(Place, bool)],
    ) {
        for (mixed, network) in [(&mut self.shared, shared), (&mut self.ner, ner)] {
            mixed.add(kernel, network, &self.words, tokens);
            mixed.share(kernel, network, tokens);
        }
    }
}

/// The tables that say what a word is.
pub struct Tables {
    pub classes: Classes,
    pub strings: Strings,
    pub lexicon: Lexicon,
    pub ruler: Ruler,
}

/// What one network makes of words by themselves.
#[derive(Default)]
pub struct Mixed {
    /// For each word, without and with a space after it, its row plus one; 0 if it has none yet.
    slots: Vec<[u32; 2]>,
    rows: Vec<f32>,
    /// For each row, the place of its shares plus one; 0 if they are not there.
    places: Vec<u32>,
    /// The rows that have shares.
    sharers: Vec<usize>,
    shares: Vec<f32>,
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

    /// Works out the shares of the tokens' words, in the place of those that are not kept.
    fn share(&mut self, kernel: Kernel, network: &Tok2Vec, tokens: &[(Place, bool)]) {
        self.places.resize(self.rows.len() / WIDTH, 0);
        for row in self.sharers.drain(KEPT.min(self.sharers.len())..) {
            self.places[row] = 0;
        }
        let known = self.sharers.len();
        let mut new = Vec::new();
        for &token in tokens {
            let row = self.row(token);
            if self.places[row] == 0 {
                new.extend_from_slice(&self.rows[row * WIDTH..(row + 1) * WIDTH]);
                self.sharers.push(row);
                self.places[row] = self.sharers.len() as u32;
            }
        }
        if self.shares.is_empty() {
            // Memory is taken as it is filled, and never copied to grow.
            self.shares.reserve_exact((KEPT + tokens.len()) * SHARES);
        }
        self.shares.resize(self.sharers.len() * SHARES, 0.0);
        network.shares(kernel, &new, &mut self.shares[known * SHARES..]);
    }

    /// Forgets all words but those that stay.
    fn keep(&mut self, stays: &[bool]) {
        let mut row_stays = vec![false; self.places.len()];
        let mut words = stays.iter();
        self.slots.retain(|rows| {
            let stays = words.next() == Some(&true);
            for &row in rows.iter().filter(|row| stays && **row > 0) {
                row_stays[row as usize - 1] = true;
            }
            stays
        });
        let mut moved = vec![0; row_stays.len()];
        let mut count = 0;
        for row in (0..row_stays.len()).filter(|&row| row_stays[row]) {
            let numbers = row * WIDTH..(row + 1) * WIDTH;
            self.rows.copy_within(numbers, count * WIDTH);
            moved[row] = count;
            count += 1;
        }
        self.rows.truncate(count * WIDTH);
        for row in self.slots.iter_mut().flatten().filter(|row| **row > 0) {
            *row = moved[*row as usize - 1] as u32 + 1;
        }
        self.places = vec![0; count];
        for (place, row) in std::mem::take(&mut self.sharers).into_iter().enumerate() {
            if row_stays[row] {
                let numbers = place * SHARES..(place + 1) * SHARES;
                self.shares
                    .copy_within(numbers, self.sharers.len() * SHARES);
                self.sharers.push(moved[row]);
                self.places[moved[row]] = self.sharers.len() as u32;
            }
        }
        self.shares.truncate(self.sharers.len() * SHARES);
    }

    /// The vector of a word of the batch last added, and its shares in the sums around it.
    pub fn word(&self, token: (Place, bool)) -> (&[f32], &[f32; SHARES]) {
        let row = self.row(token);
        let place = self.places[row] as usize - 1;
        let (shares, _) = self.shares.as_chunks::<SHARES>();
        (&self.rows[row * WIDTH..(row + 1) * WIDTH], &shares[place])
    }

    fn row(&self, (place, space_after): (Place, bool)) -> usize {
        self.slots[place as usize][usize::from(space_after && self.sees_spaces)] as usize - 1
    }
}
