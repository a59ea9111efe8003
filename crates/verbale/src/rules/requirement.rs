//! What a rule asks of the filler of a role: `state`, `@instrument & !company`, `word:ban|embargo`, `states?`.

use std::fmt;

use super::classes::{Classes, WordSet};

/// What is asked of the words at one path. It holds if at least one filler passes all tests of one alternative.
#[derive(Debug, Clone, PartialEq)]
pub struct Requirement {
    /// Where to look.
    pub path: super::Path,
    /// Alternatives, each a list of tests that one filler must pass together.
    pub any_of: Vec<Vec<Test>>,
    /// Whether the role may be absent. Present words must pass all the same.
    pub optional: bool,
    /// Line in the rule file.
    pub line: usize,
    /// As written.
    pub text: String,
}

/// One test of a filler.
#[derive(Debug, Clone, PartialEq)]
pub struct Test {
    /// Whether it must not hold.
    pub not: bool,
    /// What is tested.
    pub what: What,
}

/// What a test looks at.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// Stands for a state, also through a person, a ministry, a capital or "we".
    State,
    /// Stands for a state as its government, army, parliament or court do, or is the state itself: not its tourists.
    Official,
    /// Two or more states stand at this path, all fillers together.
    States,
    /// A state, organisation, company, person or group.
    Party,
    /// A person, official or not.
    Person,
    /// An international organisation.
    Organisation,
    /// A company.
    Company,
    /// A group of people that is none of these.
    Group,
    /// A place or a state as territory.
    Place,
    /// A contested matter of the list.
    Issue,
    /// Money or measure stands in the phrase.
    Amount,
    /// The filler has a predication of its own: it is an act, not a thing.
    Act,
    /// Anything.
    Any,
    /// The head word is in the set.
    Words(WordSet),
}

const KINDS: [(&str, What); 13] = [
    ("state", What::State),
    ("official", What::Official),
    ("states", What::States),
    ("party", What::Party),
    ("person", What::Person),
    ("organisation", What::Organisation),
    ("company", What::Company),
    ("group", What::Group),
    ("place", What::Place),
    ("issue", What::Issue),
    ("amount", What::Amount),
    ("act", What::Act),
    ("any", What::Any),
];

/// Reads the alternatives at one key. `?` at the end of any of them makes the role optional.
pub(super) fn parse(
    texts: &[&str],
    classes: &mut Classes,
) -> Result<(Vec<Vec<Test>>, bool), String> {
    let mut optional = false;
    let mut any_of = Vec::new();
    for text in texts {
        let text = text.trim();
        let text = match text.strip_suffix('?') {
            Some(text) => {
                optional = true;
                text
            }
            None => text,
        };
        let tests: Vec<Test> = text
            .split('&')
            .map(|test| parse_test(test.trim(), classes))
            .collect::<Result<_, _>>()?;
        any_of.push(tests);
    }
    if any_of.is_empty() {
        return Err("a requirement is needed here, for example \"state\"".to_owned());
    }
    Ok((any_of, optional))
}

fn parse_test(text: &str, classes: &mut Classes) -> Result<Test, String> {
    let (not, text) = match text.strip_prefix('!') {
        Some(rest) => (true, rest.trim()),
        None => (false, text),
    };
    if let Some((_, what)) = KINDS.iter().find(|(word, _)| *word == text) {
        return Ok(Test {
            not,
            what: what.clone(),
        });
    }
    let words: Vec<&str> = if let Some(words) = text.strip_prefix("word:") {
        words.split('|').collect()
    } else if text.starts_with('@') {
        vec![text]
    } else {
        let kinds: Vec<&str> = KINDS.iter().map(|(word, _)| *word).collect();
        return Err(format!(
            "`{text}` is no requirement; write one of {}, @class, or word:lemma|lemma",
            kinds.join(", ")
        ));
    };
    Ok(Test {
        not,
        what: What::Words(classes.set(&words)?),
    })
}

impl fmt::Display for Requirement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} = {}", self.path, self.text)
    }
}
