//! What a fact is about, as a set of words that tell it from others.

use std::collections::{BTreeSet, HashMap};

use super::FusionRules;
use crate::record::{Fact, Kind};

/// Words of a topic.
pub(crate) type Topic = BTreeSet<String>;

/// The words of a text that tell a topic: folded, without function words, generic ones and the names to leave out.
pub(crate) fn topic_words<'a>(
    texts: impl IntoIterator<Item = &'a str>,
    leave_out: &BTreeSet<String>,
    rules: &FusionRules,
) -> Topic {
    texts
        .into_iter()
        .flat_map(|text| text.split(|letter: char| !letter.is_alphanumeric()))
        .filter(|word| word.chars().count() > 1)
        .filter(|word| !rules.is_function(&word.to_lowercase()))
        .map(|word| rules.fold(word))
        .filter(|word| !rules.is_generic(word) && !leave_out.contains(word))
        .filter(|word| !word.chars().all(|letter| letter.is_ascii_digit()))
        .collect()
}

/// The topic of a fact: what it names itself (a title, an object, a designation), else what it is said to be about,
/// else its words.
pub(crate) fn topic_of(fact: &Fact, rules: &FusionRules) -> Topic {
    let parties = party_words(fact, rules);
    let named: Vec<&str> = match fact.kind {
        Kind::Agreement => fact
            .instrument
            .iter()
            .filter_map(|paper| paper.title.as_deref())
            .collect(),
        Kind::Relation => fact
            .relation
            .iter()
            .filter_map(|relation| relation.object.as_deref())
            .collect(),
        Kind::Transfer => fact
            .item
            .iter()
            .map(|item| item.designation.as_str())
            .collect(),
        _ => Vec::new(),
    };
    let about = || fact.about.iter().map(String::as_str);
    let topic = topic_words(named.into_iter().chain(about()), &parties, rules);
    if !topic.is_empty() || matches!(fact.kind, Kind::Relation | Kind::Transfer | Kind::Position) {
        return topic;
    }
    topic_words([fact.quote.as_str()], &parties, rules)
}

/// The words by which a fact names its parties; they are no topic.
pub(crate) fn party_words(fact: &Fact, rules: &FusionRules) -> BTreeSet<String> {
    super::identity::all_parties(fact)
        .flat_map(|party| {
            let person = party.person.iter().map(|person| person.name.as_str());
            [party.name.as_str(), party.text.as_str()]
                .into_iter()
                .chain(person)
        })
        .flat_map(|name| name.split(|letter: char| !letter.is_alphanumeric()))
        .map(|word| rules.fold(word))
        .collect()
}

/// The words of one fusion by number: two facts are compared often, their letters only once.
#[derive(Debug, Default)]
pub(crate) struct Vocabulary(HashMap<String, u32>);

impl Vocabulary {
    /// The number of a word, which only says whether it is the same as another.
    pub(crate) fn number(&mut self, word: &str) -> u32 {
        if let Some(&known) = self.0.get(word) {
            return known;
        }
        let next = self.0.len() as u32;
        self.0.insert(word.to_owned(), next);
        next
    }

    pub(crate) fn words<'a>(&mut self, topic: impl IntoIterator<Item = &'a String>) -> Words {
        let mut numbers: Vec<u32> = topic.into_iter().map(|word| self.number(word)).collect();
        numbers.sort_unstable();
        let mask = numbers
            .iter()
            .fold(0, |mask, number| mask | 1 << (number % 64));
        Words { numbers, mask }
    }
}

/// A set of words by their numbers, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Words {
    numbers: Vec<u32>,
    /// A bit for each: most topics have no bit in common, and need not be compared.
    mask: u64,
}

impl Words {
    pub(crate) fn len(&self) -> usize {
        self.numbers.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.numbers.is_empty()
    }

    /// How many words stand in both.
    pub(crate) fn common(&self, other: &Words) -> usize {
        if self.mask & other.mask == 0 {
            return 0;
        }
        let (mut ones, mut others) = (&self.numbers[..], &other.numbers[..]);
        let mut count = 0;
        while let ([one, rest @ ..], [two, more @ ..]) = (ones, others) {
            if one <= two {
                ones = rest;
            }
            if two <= one {
                others = more;
            }
            count += usize::from(one == two);
        }
        count
    }
}

/// The share of the shorter topic that stands in the longer one; 0 if either is empty.
pub(crate) fn shared(a: &Words, b: &Words) -> f64 {
    let shorter = a.len().min(b.len());
    if shorter == 0 {
        return 0.0;
    }
    a.common(b) as f64 / shorter as f64
}
