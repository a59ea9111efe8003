//! The attribute ruler: parts of speech, morphology and some lemmas by rule from tags, words and labels.
//!
//! The rules are spaCy's, in the model: `need 0 TAG in VBZ` asks something of a token or of a neighbour, `set POS AUX` says
//! what follows. All are matched against what the networks answered and applied in order, so a later rule overrules an
//! earlier one.

use std::collections::HashMap;

use crate::labels::{Label, Labels};
use crate::model::Model;

/// A word the rules name, or 0 for any other.
pub type RuleWord = u16;

/// What the rules look at.
#[derive(Debug, Clone, Copy)]
pub struct Observed {
    pub tag: Label,
    pub word: RuleWord,
    pub dep: Label,
    pub is_space: bool,
}

/// What the rules set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Attributes {
    pub tag: &'static str,
    pub pos: &'static str,
    pub morph: &'static str,
    pub dep: &'static str,
    pub lemma: Option<&'static str>,
}

/// The rules, compiled.
pub struct Ruler {
    words: HashMap<&'static str, RuleWord>,
    rules: Vec<Rule>,
    /// For each tag the rules that its tokens can meet: for words that no rule names, and for the others.
    by_tag: Vec<[Vec<u16>; 2]>,
}

struct Rule {
    needs: Vec<Need>,
    sets: Vec<(Attribute, &'static str)>,
}

#[derive(Debug, Clone, Copy)]
enum Attribute {
    Tag,
    Pos,
    Morph,
    Dep,
    Lemma,
}

struct Need {
    /// -1 for the token before, 0 for the token itself, 1 for the one after.
    position: isize,
    key: Key,
    /// Whether the value must be one of `values` or must not.
    within: bool,
    values: Vec<u16>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Key {
    Tag,
    Word,
    Dep,
    IsSpace,
}

impl Need {
    fn holds(&self, token: &Observed) -> bool {
        let value = match self.key {
            Key::Tag => token.tag,
            Key::Word => token.word,
            Key::Dep => token.dep,
            Key::IsSpace => token.is_space.into(),
        };
        self.values.contains(&value) == self.within
    }
}

impl Ruler {
    pub fn load(model: &Model, tags: &Labels, deps: &Labels) -> Ruler {
        let mut words = HashMap::new();
        // A label or tag that the networks never give can neither be met nor be missed.
        const NEVER: u16 = u16::MAX;
        let rules: Vec<Rule> = model
            .text("ruler")
            .split('\n')
            .map(|line| {
                let mut rule = Rule {
                    needs: Vec::new(),
                    sets: Vec::new(),
                };
                for field in line.split('\t') {
                    let mut parts = field.split(' ');
                    match parts.next() {
                        Some("need") => {
                            let position = parts
                                .next()
                                .and_then(|p| p.parse().ok())
                                .expect("a position");
                            let key = match parts.next() {
                                Some("TAG") => Key::Tag,
                                Some("LOWER") => Key::Word,
                                Some("DEP") => Key::Dep,
                                Some("IS_SPACE") => Key::IsSpace,
                                key => panic!("unknown key {key:?}"),
                            };
                            let within = parts.next() == Some("in");
                            let values = parts
                                .map(|value| match key {
                                    Key::Tag => tags.find(value).unwrap_or(NEVER),
                                    Key::Dep => deps.find(value).unwrap_or(NEVER),
                                    Key::IsSpace => value.parse().expect("0 or 1"),
                                    Key::Word => {
                                        let next = words.len() as RuleWord + 1;
                                        *words.entry(value).or_insert(next)
                                    }
                                })
                                .collect();
                            rule.needs.push(Need {
                                position,
                                key,
                                within,
                                values,
                            });
                        }
                        Some("set") => {
                            let attribute = match parts.next() {
                                Some("TAG") => Attribute::Tag,
                                Some("POS") => Attribute::Pos,
                                Some("MORPH") => Attribute::Morph,
                                Some("DEP") => Attribute::Dep,
                                Some("LEMMA") => Attribute::Lemma,
                                key => panic!("unknown attribute {key:?}"),
                            };
                            rule.sets
                                .push((attribute, parts.next().unwrap_or_default()));
                        }
                        other => panic!("unknown field {other:?}"),
                    }
                }
                rule
            })
            .collect();
        let by_tag = (0..tags.names().len() as Label)
            .map(|tag| {
                [false, true].map(|named| {
                    let may_apply = |rule: &Rule| {
                        rule.needs
                            .iter()
                            .filter(|need| need.position == 0)
                            .all(|need| match need.key {
                                Key::Tag => need.values.contains(&tag) == need.within,
                                Key::Word => named || !need.within,
                                _ => true,
                            })
                    };
                    (0..rules.len())
                        .filter(|&n| may_apply(&rules[n]))
                        .map(|n| n as u16)
                        .collect()
                })
            })
            .collect();
        Ruler {
            words,
            rules,
            by_tag,
        }
    }

    /// The number the rules know a lower-cased word by.
    pub fn word(&self, lower: &str) -> RuleWord {
        self.words.get(lower).copied().unwrap_or(0)
    }

    /// Applies the rules to the token at `place` of a document.
    pub fn apply(&self, document: &[Observed], place: usize, attributes: &mut Attributes) {
        let token = &document[place];
        for &number in &self.by_tag[usize::from(token.tag)][usize::from(token.word != 0)] {
            let rule = &self.rules[usize::from(number)];
            let met = rule.needs.iter().all(|need| {
                place
                    .checked_add_signed(need.position)
                    .and_then(|at| document.get(at))
                    .is_some_and(|at| need.holds(at))
            });
            if met {
                for &(attribute, value) in &rule.sets {
                    match attribute {
                        Attribute::Tag => attributes.tag = value,
                        Attribute::Pos => attributes.pos = value,
                        Attribute::Morph => attributes.morph = value,
                        Attribute::Dep => attributes.dep = value,
                        Attribute::Lemma => attributes.lemma = Some(value),
                    }
                }
            }
        }
    }
}
