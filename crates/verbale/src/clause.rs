//! Trees to normalised predications: the heart.
//!
//! Rules never see raw trees. A predication has one predicate (a verb, a light verb with its noun, a noun, an
//! adjective) and roles, whatever the surface: "X bought aircraft from Y", "aircraft bought by X", "X, which bought",
//! "X's purchase of aircraft from Y", "X made a purchase" and "X's decision to buy" all give the same roles.

use std::ops::Range;

use verbale_read::Span;

/// One normalised predication.
#[derive(Debug, Clone, PartialEq)]
pub struct Predication {
    /// Index of the unit.
    pub unit: usize,
    /// The token that bears the meaning (the noun of a light verb).
    pub head: usize,
    /// All tokens of the predicate, ascending ("paid", "visit").
    pub tokens: Vec<usize>,
    /// How it is expressed.
    pub form: PredicateForm,
    /// Canonical lemma that rules name: the noun's or adjective's own lemma for nominal and adjectival predicates
    /// (`visit`, `acquisition`, `grateful`), the noun's for light verbs, the verb's with its particle otherwise (`call_off`).
    pub lemma: String,
    /// Roles in order of their words.
    pub roles: Vec<Role>,
    /// Time of the words.
    pub tense: Tense,
    /// Whether the verb is progressive, perfect.
    pub progressive: bool,
    /// Perfect aspect.
    pub perfect: bool,
    /// What stands over the predicate, outermost first ("plan to", "keen to", "fail to", "decision to", "must").
    pub governors: Vec<Governor>,
    /// Whether the predication is said not to be (negation particles, "refrain from", "fail to", "without", "no").
    pub negated: bool,
    /// Whether it stands under "if", "unless", "should", "provided".
    pub conditional: bool,
    /// "each other", "one another", "mutual", "bilateral", or a reciprocal predicate with a plural subject only.
    pub reciprocal: bool,
    /// Smallest span that holds the predicate with its roles and modifiers, without attribution around it.
    pub span: Span,
}

/// How a predicate is expressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum PredicateForm {
    Verb,
    LightVerb,
    Noun,
    Adjective,
    /// "X is Y": the head is the predicate nominal.
    Copula,
}

/// A role with its filler.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    /// Which role.
    pub name: RoleName,
    /// Head token of the filler. Conjoined fillers have one role each.
    pub head: usize,
    /// Tokens of the filler's phrase.
    pub tokens: Range<usize>,
    /// The preposition that brings it, lower case, if one does (`with`, `on behalf of`).
    pub prep: Option<String>,
    /// Whether the filler is not in the clause itself but shared from another ("sign" in "met and signed", control,
    /// relative clauses).
    pub shared: bool,
}

/// Names of roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RoleName {
    /// Who does it (subject of an active, "by" of a passive, possessor of a nominal act).
    Agent,
    /// What is done or changed (object of an active, subject of a passive, "of" of a nominal act).
    Patient,
    /// To or for whom.
    Recipient,
    /// With or against whom, "between X and Y".
    Counterpart,
    /// From whom or where.
    Source,
    /// On, about, regarding what.
    Topic,
    /// By what means.
    Instrument,
    /// Where.
    Place,
    /// Where to.
    Destination,
    /// When.
    Time,
    /// What for.
    Purpose,
    /// Why.
    Reason,
    /// Predicate nominal or adjective ("as a partner", "is a priority").
    Attribute,
    /// A clause that fills the predicate ("said that …", "demand that …"): `head` is its predicate.
    Content,
    /// A preposition the layer has no name for; see `prep`.
    Other,
}

/// Something that stands over a predicate and colours it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Governor {
    /// Lemma (`plan`, `keen`, `decision`, `must`).
    pub lemma: String,
    /// Its token.
    pub head: usize,
}

/// Time of the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Tense {
    Past,
    Present,
    Future,
    /// Infinitives, participles, nouns.
    None,
}
