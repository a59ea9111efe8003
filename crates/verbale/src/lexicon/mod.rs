//! The lists as look-up structures.
//!
//! A list is a tab-separated file of the data folder; here it gets its type, is checked, and can be asked: which
//! words of a text are listed forms, which office is "Foreign Minister", is "memorandum" an instrument.

mod actors;
mod forms;
mod offices;
mod speech;
mod states;
mod table;
mod words;

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use crate::data::{Data, DataError};
use crate::names::{ALLEGIANCE, Clues, Letters};
use crate::resolve::ANTECEDENTS;

pub use actors::{Agent, City, Company, Contested, Organisation, Outlet};
pub use forms::{FormIndex, FormMatch};
pub use offices::{Leader, Office};
pub use speech::SpeechVerb;
pub use states::{State, StateKind, StateName};
pub use words::{Currency, SECTORS};

pub(crate) use table::{ListReader, members};

/// All lists.
#[derive(Debug, Clone)]
pub struct Lexicon {
    /// States in order of the list.
    pub states: Vec<State>,
    /// Words that stand for states.
    pub state_names: Vec<StateName>,
    /// International organisations.
    pub organisations: Vec<Organisation>,
    /// Companies.
    pub companies: Vec<Company>,
    /// News outlets.
    pub outlets: Vec<Outlet>,
    /// Names of contested matters.
    pub contested: Vec<Contested>,
    /// Towns.
    pub cities: Vec<City>,
    /// Titles.
    pub offices: Vec<Office>,
    /// Tenures.
    pub leaders: Vec<Leader>,
    /// What tells of which state an office is.
    pub allegiance: Clues,
    /// What tells whom a word stands for that names nobody.
    pub antecedents: Clues,
    southern_seasons: HashSet<String>,
    /// Words of money.
    pub currencies: Vec<Currency>,
    letters: OnceLock<Letters>,
    names: FormIndex<Listed>,
    titles: FormIndex<usize>,
    leader_names: FormIndex<usize>,
    surnames: FormIndex<usize>,
    sectors: FormIndex<String>,
    money: FormIndex<usize>,
    agents: HashMap<String, Agent>,
    speech_verbs: HashMap<String, SpeechVerb>,
    classes: HashMap<String, HashSet<String>>,
    state_index: HashMap<String, usize>,
    organisation_index: HashMap<String, usize>,
    company_index: HashMap<String, usize>,
}

/// What is listed under a form: an index into the list of that kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listed {
    /// Into [`Lexicon::state_names`].
    State(usize),
    /// Into [`Lexicon::organisations`].
    Organisation(usize),
    /// Into [`Lexicon::companies`].
    Company(usize),
    /// Into [`Lexicon::outlets`].
    Outlet(usize),
    /// Into [`Lexicon::contested`].
    Contested(usize),
    /// Into [`Lexicon::cities`].
    City(usize),
}

impl Lexicon {
    /// The lists that the program was built with.
    ///
    /// ```
    /// let lexicon = verbale::lexicon::Lexicon::embedded();
    /// assert_eq!(lexicon.state("NER").unwrap().name, "Niger");
    /// ```
    pub fn embedded() -> &'static Lexicon {
        static LEXICON: OnceLock<Lexicon> = OnceLock::new();
        LEXICON.get_or_init(|| match Lexicon::load(&Data::embedded()) {
            Ok(lexicon) => lexicon,
            Err(errors) => panic!("embedded lists are proven by the tests: {}", errors[0]),
        })
    }

    /// Reads and checks all lists; every error of every list is told.
    pub fn load(data: &Data) -> Result<Lexicon, Vec<DataError>> {
        let mut lists = table::ListReader::new(data);
        let states = states::states(&mut lists);
        let state_names = states::state_names(&mut lists);
        let mut lexicon = Lexicon {
            state_names,
            organisations: actors::organisations(&mut lists),
            companies: actors::companies(&mut lists),
            outlets: actors::outlets(&mut lists),
            contested: actors::contested(&mut lists),
            cities: actors::cities(&mut lists),
            offices: offices::offices(&mut lists),
            leaders: offices::leaders(&mut lists),
            allegiance: Clues::read(&mut lists, ALLEGIANCE),
            antecedents: Clues::read(&mut lists, ANTECEDENTS),
            southern_seasons: states::southern_seasons(&mut lists),
            currencies: words::currencies(&mut lists),
            agents: actors::agents(&mut lists),
            speech_verbs: speech::speech_verbs(&mut lists),
            classes: words::classes(&mut lists),
            states,
            letters: OnceLock::new(),
            names: FormIndex::default(),
            titles: FormIndex::default(),
            leader_names: FormIndex::default(),
            surnames: FormIndex::default(),
            sectors: FormIndex::default(),
            money: FormIndex::default(),
            state_index: HashMap::new(),
            organisation_index: HashMap::new(),
            company_index: HashMap::new(),
        };
        for (word, sector) in words::sectors(&mut lists) {
            lexicon.sectors.insert(&word, sector);
        }
        lexicon.index();
        if lists.errors.is_empty() {
            Ok(lexicon)
        } else {
            lists.errors.sort();
            Err(lists.errors)
        }
    }

    /// The letters of each state's names, counted when they are first asked for: few texts leave an office open.
    pub fn letters(&self) -> &Letters {
        self.letters
            .get_or_init(|| Letters::of(&self.leaders, &self.cities))
    }

    fn index(&mut self) {
        let names = &mut self.names;
        for (index, name) in self.state_names.iter().enumerate() {
            names.insert(&name.form, Listed::State(index));
        }
        for (index, organisation) in self.organisations.iter().enumerate() {
            for form in distinct(&organisation.name, &organisation.forms) {
                names.insert(form, Listed::Organisation(index));
            }
        }
        for (index, company) in self.companies.iter().enumerate() {
            for form in distinct(&company.name, &company.forms) {
                names.insert(form, Listed::Company(index));
            }
        }
        for (index, outlet) in self.outlets.iter().enumerate() {
            for form in distinct(&outlet.name, &outlet.forms) {
                names.insert(form, Listed::Outlet(index));
            }
        }
        for (index, contested) in self.contested.iter().enumerate() {
            names.insert(&contested.form, Listed::Contested(index));
        }
        for (index, city) in self.cities.iter().enumerate() {
            names.insert(&city.name, Listed::City(index));
        }
        for (index, office) in self.offices.iter().enumerate() {
            for form in distinct(&office.title, &office.forms) {
                self.titles.insert(&form.to_lowercase(), index);
            }
        }
        for (index, leader) in self.leaders.iter().enumerate() {
            for form in distinct(&leader.name, &leader.forms) {
                self.leader_names.insert(form, index);
            }
            for surname in &leader.surnames {
                self.surnames.insert(surname, index);
            }
        }
        for (index, currency) in self.currencies.iter().enumerate() {
            self.money.insert(&currency.form, index);
        }
        let ids = |ids: Vec<&String>| -> HashMap<String, usize> {
            ids.into_iter()
                .enumerate()
                .map(|(index, id)| (id.clone(), index))
                .collect()
        };
        self.state_index = ids(self.states.iter().map(|state| &state.id).collect());
        self.organisation_index = ids(self.organisations.iter().map(|each| &each.id).collect());
        self.company_index = ids(self.companies.iter().map(|each| &each.id).collect());
    }

    /// A state by ISO alpha-3.
    pub fn state(&self, id: &str) -> Option<&State> {
        self.state_index.get(id).map(|&index| &self.states[index])
    }

    /// The usual name of a state by ISO alpha-3; the id itself where the list has none.
    pub fn state_name<'l>(&'l self, id: &'l str) -> &'l str {
        self.state(id).map_or(id, |state| &state.name)
    }

    /// A state by code, name, demonym, adjective or alias, in any case.
    pub fn find_state(&self, words: &str) -> Option<&State> {
        let wanted = words.trim().to_lowercase();
        let is = |form: &str| form.to_lowercase() == wanted;
        let by_code = self
            .states
            .iter()
            .find(|state| is(&state.id) || state.iso2.as_deref().is_some_and(is));
        let by_name = || {
            self.states
                .iter()
                .find(|state| is(&state.name) || is(&state.full_name))
        };
        let by_form = || {
            let name = self.state_names.iter().find(|name| is(&name.form))?;
            self.state(&name.id)
        };
        by_code.or_else(by_name).or_else(by_form)
    }

    /// An organisation by id.
    pub fn organisation(&self, id: &str) -> Option<&Organisation> {
        self.organisation_index
            .get(id)
            .map(|&index| &self.organisations[index])
    }

    /// A company by id.
    pub fn company(&self, id: &str) -> Option<&Company> {
        self.company_index
            .get(id)
            .map(|&index| &self.companies[index])
    }

    /// All listed forms in a text; spans are bytes of `text`.
    pub fn names_in(&self, text: &str) -> Vec<FormMatch<'_, Listed>> {
        self.names.find_all(text)
    }

    /// What is listed under exactly this form.
    pub fn named(&self, form: &str) -> &[Listed] {
        self.names.get(form)
    }

    /// All titles in a text, in whatever case; values are indices into [`Lexicon::offices`].
    pub fn titles_in(&self, text: &str) -> Vec<FormMatch<'_, usize>> {
        // ASCII folding keeps byte offsets.
        self.titles.find_all(&text.to_ascii_lowercase())
    }

    /// The office with exactly this title or form, in whatever case.
    pub fn office(&self, title: &str) -> Option<&Office> {
        self.titles
            .get(&title.to_lowercase())
            .first()
            .map(|&index| &self.offices[index])
    }

    /// Names of leaders in a text; values are indices into [`Lexicon::leaders`].
    pub fn leaders_in(&self, text: &str) -> Vec<FormMatch<'_, usize>> {
        self.leader_names.find_all(text)
    }

    /// Surnames of leaders in a text; values are indices into [`Lexicon::leaders`].
    pub fn leaders_by_surname_in(&self, text: &str) -> Vec<FormMatch<'_, usize>> {
        self.surnames.find_all(text)
    }

    /// Tenures under exactly this name.
    pub fn leaders_named<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a Leader> + use<'a> {
        self.leader_names
            .get(name)
            .iter()
            .map(|&index| &self.leaders[index])
    }

    /// Words of fields in a text with their fields.
    pub fn sectors_in(&self, text: &str) -> Vec<FormMatch<'_, String>> {
        self.sectors.find_all(&text.to_ascii_lowercase())
    }

    /// Words of money in a text; values are indices into [`Lexicon::currencies`].
    pub fn money_in(&self, text: &str) -> Vec<FormMatch<'_, usize>> {
        self.money.find_all(text)
    }

    /// What is listed under a word of money; indices into [`Lexicon::currencies`].
    pub fn money_named(&self, form: &str) -> &[usize] {
        self.money.get(form)
    }

    /// A noun that stands for an actor, by singular or plural.
    pub fn agent(&self, noun: &str) -> Option<&Agent> {
        self.agents
            .get(noun)
            .or_else(|| self.agents.get(&noun.to_lowercase()))
    }

    /// Whether a state (ISO alpha-3) has its summer at the turn of the year.
    pub fn has_southern_seasons(&self, state: &str) -> bool {
        self.southern_seasons.contains(state)
    }

    /// A verb that brings in somebody's words, by lemma (a particle joined by `_`).
    pub fn speech_verb(&self, lemma: &str) -> Option<&SpeechVerb> {
        self.speech_verbs.get(lemma)
    }

    /// The words of a class (`instrument`), if there is a file of that name.
    pub fn class(&self, name: &str) -> Option<&HashSet<String>> {
        self.classes.get(name)
    }

    /// Whether a lemma belongs to a class.
    pub fn is_a(&self, class: &str, lemma: &str) -> bool {
        self.class(class).is_some_and(|words| words.contains(lemma))
    }
}

/// The name and the other forms, each once.
fn distinct<'a>(name: &'a str, forms: &'a [String]) -> impl Iterator<Item = &'a str> {
    std::iter::once(name).chain(
        forms
            .iter()
            .map(String::as_str)
            .filter(move |form| *form != name),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_lists_are_sound() {
        if let Err(errors) = Lexicon::load(&Data::embedded()) {
            let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
            panic!("{}", lines.join("\n"));
        }
    }

    #[test]
    fn classes_are_folders_of_words() {
        let data = Data::embedded().with(
            "lang/en/classes/vessel.txt",
            "# afloat\ndhow\nferry # big\n",
        );
        let lexicon = Lexicon::load(&data).unwrap();
        assert!(lexicon.is_a("vessel", "ferry"));
        assert!(!lexicon.is_a("vessel", "afloat"));
        assert!(lexicon.class("no such class").is_none());
    }

    #[test]
    fn names_are_found_with_all_their_readings() {
        let lexicon = Lexicon::embedded();
        let found = lexicon.names_in("Uruguay's Montevideo");
        let [Listed::State(name)] = found[0].values else {
            panic!("{found:?}")
        };
        assert_eq!(lexicon.state_names[*name].id, "URY");
        assert_eq!(found.len(), 2);
    }

    #[test]
    fn a_bad_code_is_told_with_file_and_line() {
        let data = Data::embedded().with(
            "lang/en/lists/state_names.tsv",
            "id\tform\tkind\tfrom\tto\tambiguous\nXQX\tNowhere\tname\t\t\t\nNER\tNiger\tnom\t\t\t\n",
        );
        let errors = Lexicon::load(&data).unwrap_err();
        let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
        assert_eq!(
            lines,
            [
                "lang/en/lists/state_names.tsv:2: `id` names `XQX`, which states.tsv does not have; correct it or add the state",
                "lang/en/lists/state_names.tsv:3: `kind` is `nom`; write one of name, adjective, demonym, demonym_plural, capital, seat, code",
            ]
        );
    }
}
