//! Made-up news out of our own: other states, people, days and matters, drawn from a number.

use std::collections::BTreeMap;

use serde_json::Value;

/// A sequence of numbers that looks like chance and is the same every time (splitmix64).
pub struct Draw(u64);

impl Draw {
    /// Begins at a number.
    pub fn new(seed: u64) -> Draw {
        Draw(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    /// A place in a list in which early places come up most, as words and states do in news.
    fn skewed(&mut self, end: usize) -> usize {
        let part = (self.next() >> 11) as f64 / (1u64 << 53) as f64;
        (((end as f64 + 1.0).powf(part)) as usize).clamp(1, end) - 1
    }

    /// Another order.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for at in (1..items.len()).rev() {
            items.swap(at, self.below(at + 1));
        }
    }

    /// A word that nobody uses, out of about ten thousand.
    fn word(&mut self) -> String {
        const SYLLABLES: [&str; 10] = ["ba", "ce", "di", "fo", "gu", "ka", "le", "mi", "no", "ru"];
        let mut number = self.skewed(10_000);
        (0..4)
            .map(|_| {
                let syllable = SYLLABLES[number % 10];
                number /= 10;
                syllable
            })
            .collect()
    }
}

/// What is changed in one text.
pub struct Changes<'a> {
    draw: &'a mut Draw,
    states: &'a [String],
    doc: String,
    given: BTreeMap<String, String>,
    facts: BTreeMap<String, String>,
    surname: String,
    days: i64,
}

impl<'a> Changes<'a> {
    /// Draws what one text needs.
    pub fn new(draw: &'a mut Draw, states: &'a [String], doc: &str) -> Changes<'a> {
        let surname = draw.word();
        let days = draw.below(7_000) as i64;
        Changes {
            draw,
            states,
            doc: doc.to_owned(),
            given: BTreeMap::new(),
            facts: BTreeMap::new(),
            surname,
            days,
        }
    }

    /// Whether a fact is taken over: four in ten are.
    pub fn keeps(&mut self) -> bool {
        self.draw.below(10) < 4
    }

    /// Gives a fact its new id.
    pub fn fact(&mut self, id: &str, number: usize) {
        let new = format!("{}{number:03}", self.doc);
        self.facts.insert(id.to_owned(), new);
    }

    /// The state in the place of another; a text's states stay apart.
    pub fn state(&mut self, id: &str) -> String {
        if !self.states.iter().any(|state| state == id) {
            return id.to_owned();
        }
        if let Some(given) = self.given.get(id) {
            return given.clone();
        }
        loop {
            let new = &self.states[self.draw.skewed(self.states.len())];
            if !self.given.values().any(|given| given == new) {
                self.given.insert(id.to_owned(), new.clone());
                return new.clone();
            }
        }
    }

    /// Words of the same sort in an order of their own.
    pub fn text(&mut self, text: &str) -> String {
        let words: Vec<&str> = text.split_whitespace().collect();
        let drawn = (0..words.len()).map(|_| words[self.draw.below(words.len())]);
        drawn.collect::<Vec<_>>().join(" ")
    }

    /// Changes states, people, days and ids wherever they stand.
    pub fn apply(&mut self, value: &mut Value) {
        match value {
            Value::Array(items) => items.iter_mut().for_each(|item| self.apply(item)),
            Value::Object(fields) => {
                let person = fields
                    .get("id")
                    .and_then(Value::as_str)
                    .is_some_and(|id| id.starts_with("P:"))
                    || fields.get("kind").is_some_and(|kind| kind == "speaker");
                if person {
                    for (field, end) in [("id", &*self.surname), ("name", &*self.surname)] {
                        if let Some(Value::String(text)) = fields.get_mut(field)
                            && !text.is_empty()
                        {
                            text.push_str(end);
                        }
                    }
                }
                fields.iter_mut().for_each(|(name, field)| {
                    if name == "doc" {
                        *field = self.doc.clone().into();
                    } else {
                        self.apply(field);
                    }
                });
            }
            Value::String(text) => {
                if let Some(new) = self.facts.get(text.as_str()) {
                    *text = new.clone();
                } else if text.len() == 3 {
                    *text = self.state(text);
                } else if let Ok(day) = text.parse::<jiff::civil::Date>()
                    && text.len() == 10
                {
                    use jiff::ToSpan;
                    *text = day.saturating_sub(self.days.days()).to_string();
                }
            }
            _ => {}
        }
    }

    /// Gives a fact another matter.
    pub fn matter(&mut self, fact: &mut Value) {
        let words = |draw: &mut Draw, count| {
            (0..count)
                .map(|_| draw.word())
                .collect::<Vec<_>>()
                .join(" ")
        };
        if let Some(about) = fact.get_mut("about").and_then(Value::as_array_mut) {
            about
                .iter_mut()
                .for_each(|matter| *matter = words(self.draw, 3).into());
        }
        if let Some(title) = fact
            .get_mut("instrument")
            .and_then(|paper| paper.get_mut("title"))
        {
            *title = format!("agreement on {}", words(self.draw, 3)).into();
        }
        if let Some(quote) = fact["quote"].as_str() {
            fact["quote"] = format!("{quote} {}", words(self.draw, 8)).into();
        }
    }
}
