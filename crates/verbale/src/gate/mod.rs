//! What is worth a parse: a text that cannot tell of two sides is set aside before the networks see it.
//!
//! A text passes if its words lead to two sides: states by any of their words, organisations and companies of the lists,
//! towns, contested areas with those who claim them, leaders by name, and the state that it is written in. Whatever
//! else stands for a side ("both countries", "the Ambassador", "we") needs one of these to lead anywhere.

mod idle;

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use verbale_read::Document;

use crate::lexicon::{Lexicon, Listed};
use crate::names;
use crate::pipeline::Language;
use crate::segment::Segments;

/// How much is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Gate {
    /// Nothing.
    Off,
    /// Texts that lead to fewer than two sides.
    #[default]
    Document,
    /// These, and in the others paragraphs without anybody who could act or speak.
    Full,
}

impl Gate {
    /// All levels, from the widest to the narrowest.
    pub const ALL: [Gate; 3] = [Gate::Off, Gate::Document, Gate::Full];

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Gate::Off => "off",
            Gate::Document => "document",
            Gate::Full => "full",
        }
    }

    /// Whether a text is parsed at all.
    ///
    /// ```
    /// use verbale::gate::Gate;
    /// use verbale::lexicon::Lexicon;
    /// use verbale_read::{Options, read_text};
    ///
    /// let lexicon = Lexicon::embedded();
    /// let passes = |text: &str| {
    ///     let (document, _) = read_text(text.as_bytes(), "text", &Options::default()).unwrap();
    ///     Gate::Document.passes(&document, lexicon)
    /// };
    /// assert!(passes("Chad thanked Niger for the wells."));
    /// assert!(!passes("Chad has drilled forty wells."));
    /// ```
    pub fn passes(self, document: &Document, lexicon: &Lexicon) -> bool {
        self == Gate::Off || has_two_sides(document, lexicon)
    }

    /// Takes away the units that are not parsed; answers how many these are.
    pub(crate) fn thin(self, segments: &mut Segments, language: &Language) -> usize {
        if self != Gate::Full {
            return 0;
        }
        let before = segments.units.len();
        segments
            .units
            .retain(|unit| !idle::is_idle(&unit.text, &language.lexicon, &language.clauses));
        before - segments.units.len()
    }
}

impl fmt::Display for Gate {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        out.write_str(self.name())
    }
}

impl FromStr for Gate {
    type Err = String;

    /// The level of this name; the error names all levels.
    fn from_str(name: &str) -> Result<Gate, String> {
        Gate::ALL
            .into_iter()
            .find(|gate| gate.name() == name)
            .ok_or_else(|| format!("{name} is no gate; write off, document or full"))
    }
}

/// What the gate did with a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Gated {
    /// The text was not parsed: its words lead to fewer than two sides.
    pub aside: bool,
    /// Paragraphs that were not parsed in a text that was.
    pub skipped: usize,
}

fn has_two_sides(document: &Document, lexicon: &Lexicon) -> bool {
    let text = &document.text;
    let mut sides = Sides::default();
    for found in lexicon.names_in(text) {
        sides.add(found.values, lexicon);
        if sides.are_two() {
            return true;
        }
    }
    sides.settle();
    if !sides.are_two() {
        for found in lexicon.leaders_in(text) {
            sides.leaders(found.values, lexicon);
        }
    }
    if !sides.are_two() {
        titled(text, lexicon, &mut sides);
    }
    if !sides.are_two()
        && let Some(home) = names::home(document, lexicon)
    {
        return sides.sure.len() + usize::from(!sides.sure.contains(home.as_str())) >= 2;
    }
    sides.are_two()
}

/// Leaders by title and surname: "President Koroi".
fn titled<'a>(text: &str, lexicon: &'a Lexicon, sides: &mut Sides<'a>) {
    let titles: BTreeSet<usize> = lexicon
        .titles_in(text)
        .into_iter()
        .map(|title| title.span.end)
        .collect();
    if titles.is_empty() {
        return;
    }
    for found in lexicon.leaders_by_surname_in(text) {
        let before = text[..found.span.start].trim_end().len();
        if titles.contains(&before) {
            sides.leaders(found.values, lexicon);
        }
    }
}

/// Sides that words lead to.
#[derive(Default)]
struct Sides<'a> {
    sure: BTreeSet<&'a str>,
    /// What forms of several sides may be, the likeliest first ("Georgetown" is in Guyana, and elsewhere).
    open: Vec<Vec<&'a str>>,
}

impl<'a> Sides<'a> {
    fn are_two(&self) -> bool {
        self.sure.len() >= 2
    }

    fn add(&mut self, listed: &[Listed], lexicon: &'a Lexicon) {
        let mut ids: Vec<&str> = Vec::new();
        let mut add = |id: &'a str| {
            if !ids.contains(&id) {
                ids.push(id);
            }
        };
        for value in listed {
            match *value {
                Listed::State(at) => add(&lexicon.state_names[at].id),
                Listed::Organisation(at) => add(&lexicon.organisations[at].id),
                Listed::Company(at) => {
                    let company = &lexicon.companies[at];
                    add(company.state.as_ref().unwrap_or(&company.id));
                }
                Listed::City(at) => lexicon.cities[at].state.iter().for_each(|id| add(id)),
                Listed::Contested(at) => {
                    let claims = &lexicon.contested[at].claimed_by;
                    self.sure.extend(claims.iter().map(String::as_str));
                }
                Listed::Outlet(_) => {}
            }
        }
        match ids[..] {
            [] => {}
            [one] => {
                self.sure.insert(one);
            }
            _ => self.open.push(ids),
        }
    }

    /// A form of several sides goes to one that the text names otherwise too, else to the likeliest.
    fn settle(&mut self) {
        for ids in std::mem::take(&mut self.open) {
            if !ids.iter().any(|id| self.sure.contains(id)) {
                self.sure.insert(ids[0]);
            }
        }
    }

    fn leaders(&mut self, found: &[usize], lexicon: &'a Lexicon) {
        let states: Vec<&str> = found
            .iter()
            .map(|&leader| lexicon.leaders[leader].state.as_str())
            .collect();
        if !states.iter().any(|state| self.sure.contains(state)) {
            self.sure.extend(states.first());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use verbale_read::{Options, read_text};

    fn passes(text: &str) -> bool {
        let (document, _) = read_text(text.as_bytes(), "text", &Options::default()).unwrap();
        Gate::Document.passes(&document, Lexicon::embedded())
    }

    #[test]
    fn whatever_leads_to_a_second_side_lets_a_text_pass() {
        for text in [
            "Peru and Chile share a border.",
            "The Peruvian minister flew to Santiago.",
            "Peru wrote to the United Nations.",
            "LUSAKA: The government has asked Mozambique for power.",
            "President Putin spoke of Niger.",
        ] {
            assert!(passes(text), "{text}");
        }
    }

    #[test]
    fn one_side_by_many_names_stays_one() {
        for text in [
            "The team from the coast won by two goals.",
            "Peru has new roads. The Peruvian president opened them in Lima.",
            "Both countries signed. The two sides will meet.",
        ] {
            assert!(!passes(text), "{text}");
        }
    }

    #[test]
    fn levels_go_by_their_names() {
        for gate in Gate::ALL {
            assert_eq!(gate.to_string().parse(), Ok(gate));
        }
        assert!("half".parse::<Gate>().unwrap_err().contains("document"));
    }
}
