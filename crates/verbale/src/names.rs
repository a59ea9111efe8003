//! Mentions: which words name states, organisations, companies, people, places, contested areas and outlets.
//!
//! Lists come first and the network's entities second. People of the document are collected with their offices, so
//! that a surname or a bare office later in the text finds its bearer.

use std::ops::Range;

use verbale_read::Span;

/// All mentions and people of a document.
#[derive(Debug, Clone, Default)]
pub struct Names {
    /// Mentions in order of unit and token.
    pub mentions: Vec<Mention>,
    /// The people of the document.
    pub people: Vec<Person>,
}

/// Words that name something.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// Index of the unit.
    pub unit: usize,
    /// Token range.
    pub tokens: Range<usize>,
    /// Syntactic head among these tokens.
    pub head: usize,
    /// The words.
    pub span: Span,
    /// What is named.
    pub referent: Referent,
}

/// What words name. Ids are list ids; `person` is an index into [`Names::people`].
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub enum Referent {
    /// A state, by one of its forms.
    State {
        id: String,
        form: StateForm,
    },
    Organisation {
        id: String,
    },
    Company {
        id: String,
        state: Option<String>,
    },
    /// A person, by name or by a part of it.
    Person {
        person: usize,
    },
    /// An office without a name ("the Ambassador", "the Head of the State").
    Office {
        title: String,
        official: bool,
        of: Option<String>,
        to: Option<String>,
    },
    /// A contested area by its neutral key.
    Issue {
        key: String,
    },
    /// A town or another place in a state.
    Place {
        name: String,
        state: Option<String>,
    },
    /// A noun that stands for an actor ("ministry", "troops"), with PLOVER sector.
    Agent {
        noun: String,
        sector: String,
    },
    /// A news outlet.
    Outlet {
        name: String,
    },
}

/// By which form a state is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum StateForm {
    Name,
    Adjective,
    Demonym,
    DemonymPlural,
    Capital,
    Seat,
    Code,
}

/// A person of the document.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Person {
    /// `P:` and the folded fullest name.
    pub id: String,
    /// The fullest name in the text.
    pub name: String,
    /// Last name, as later mentions may use it alone.
    pub surname: String,
    /// Offices that the text gives, in order, each with the words that give it.
    pub offices: Vec<PersonOffice>,
    /// ISO alpha-3 of the state the person stands for, from an office or a stated affiliation only.
    pub side: Option<String>,
    /// Whether the person holds an office of state; `None` if the text does not say.
    pub official: Option<bool>,
}

/// An office as the text gives it to a person.
#[derive(Debug, Clone, PartialEq)]
pub struct PersonOffice {
    /// Canonical title.
    pub title: String,
    /// State (or organisation) of the office.
    pub of: Option<String>,
    /// State (or organisation) the office is accredited to.
    pub to: Option<String>,
    /// Whether it is an office of state.
    pub official: bool,
    /// The words of the office together with the name.
    pub span: Span,
    /// The words of the office alone, as written.
    pub text: String,
}
