//! Trees to normalised predications: the heart.
//!
//! Rules never see raw trees. A predication has one predicate (a verb, a light verb with its noun, a noun, an
//! adjective) and roles, whatever the surface: "X bought aircraft from Y", "aircraft bought by X", "X, which bought",
//! "X's purchase of aircraft from Y", "X made a purchase" and "X's decision to buy" all give the same roles.
//!
//! The words this depends on are lists in the data folder: which verbs are light, which words stand over another
//! predicate, which prepositions of a noun or a verb bring which role ([`ClauseLexicon`], read by `lists`). What stays here is grammar:
//!
//! - `syntax`: a reading view of one tree (passives, coordinated heads, prepositional phrases with their repairs);
//! - `subject`: who is the understood subject (relative clauses, control, coordination, participles, copulas);
//! - `roles`, `nominal_roles`: fillers to roles by frames;
//! - `repairs`: where the parser and a reader differ in a known way;
//! - `colour`: tense, aspect, governors, negation, condition, reciprocity;
//! - `extent`: the words of a predication;
//! - `predicates`: which tokens are predicates, and the whole walk;
//! - `index`, `render`: look-ups and a line for people.

use std::ops::Range;

use verbale_read::Span;

mod colour;
mod extent;
mod index;
mod lexicon;
mod lists;
mod nominal_roles;
mod predicates;
mod render;
mod repairs;
mod roles;
mod subject;
mod syntax;

pub use index::PredicationIndex;
pub use lexicon::ClauseLexicon;
pub use predicates::predications;
pub use render::render;

/// One normalised predication.
#[derive(Debug, Clone, PartialEq)]
pub struct Predication {
    /// Index of the unit.
    pub unit: usize,
    /// The token that bears the meaning (the noun of a light verb, the predicate nominal of a copula).
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
    /// Whether the verb is progressive ("is signing").
    pub progressive: bool,
    /// Whether the verb is perfect ("has signed").
    pub perfect: bool,
    /// What stands over the predicate, outermost first ("plan to", "keen to", "fail to", "decision to", "must").
    pub governors: Vec<Governor>,
    /// Whether the predication is said not to be (negation particles, "refrain from", "fail to", "without", "no").
    pub negated: bool,
    /// Whether it stands under "if", "unless", "should", "provided", or is what such a clause makes conditional.
    pub conditional: bool,
    /// "each other", "one another", "mutual", "bilateral", or a reciprocal predicate with a plural subject only.
    pub reciprocal: bool,
    /// Smallest span that holds the predicate with its roles and modifiers, without attribution around it.
    pub span: Span,
}

impl Predication {
    /// Its first token.
    pub fn first(&self) -> usize {
        self.tokens.first().copied().unwrap_or(self.head)
    }

    /// The fillers of one role, in order of their words.
    pub fn role(&self, name: RoleName) -> impl Iterator<Item = &Role> {
        self.roles.iter().filter(move |role| role.name == name)
    }

    /// Whether a governor of this kind stands over the predicate.
    pub fn governed_by(&self, kind: GovernorKind) -> bool {
        self.governors.iter().any(|governor| governor.kind == kind)
    }
}

/// How a predicate is expressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum PredicateForm {
    Verb,
    LightVerb,
    Noun,
    Adjective,
    /// "X is Y": the head is the predicate nominal. Without one ("relations are at a high level") it is the verb.
    Copula,
}

/// A role with its filler.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    /// Which role.
    pub name: RoleName,
    /// Head token of the filler. Conjoined fillers have one role each.
    pub head: usize,
    /// Tokens of the filler's phrase, without coordinated phrases and clauses that hang on it.
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

impl RoleName {
    const NAMES: [(&str, RoleName); 15] = [
        ("agent", RoleName::Agent),
        ("patient", RoleName::Patient),
        ("recipient", RoleName::Recipient),
        ("counterpart", RoleName::Counterpart),
        ("source", RoleName::Source),
        ("topic", RoleName::Topic),
        ("instrument", RoleName::Instrument),
        ("place", RoleName::Place),
        ("destination", RoleName::Destination),
        ("time", RoleName::Time),
        ("purpose", RoleName::Purpose),
        ("reason", RoleName::Reason),
        ("attribute", RoleName::Attribute),
        ("content", RoleName::Content),
        ("other", RoleName::Other),
    ];

    /// The role of this name, as lists and rules write it (`agent`).
    pub fn named(name: &str) -> Option<RoleName> {
        Self::NAMES
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, role)| *role)
    }

    /// All roles.
    pub fn all() -> impl Iterator<Item = RoleName> {
        Self::NAMES.iter().map(|(_, role)| *role)
    }

    /// How lists and rules write it.
    pub fn name(self) -> &'static str {
        Self::NAMES
            .iter()
            .find(|(_, role)| *role == self)
            .map_or("other", |(name, _)| name)
    }
}

/// Something that stands over a predicate and colours it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Governor {
    /// Lemma (`plan`, `keen`, `decision`, `must`).
    pub lemma: String,
    /// Its token.
    pub head: usize,
    /// What it does to the predicate.
    pub kind: GovernorKind,
}

/// What a governor does to the predicate under it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GovernorKind {
    /// It is going to happen: plan, decide, agree to, scheduled, upcoming.
    Planned,
    /// Somebody wants or is willing: want, keen, ready, readiness.
    Intended,
    /// Somebody promises: pledge, commit, commitment.
    Promised,
    /// It is weighed or talked about: consider, discuss, prospects, potential, opportunity.
    Considered,
    /// It depends: condition, prerequisite.
    Conditional,
    /// Somebody is urged to: urge, demand, call for.
    Requested,
    /// Somebody threatens to.
    Threatened,
    /// It does not happen: fail, refrain, avoid, lack, absence.
    Negative,
    /// Somebody will not: refuse, decline, reject. No negation: the refusal is the act.
    Refused,
    /// It does happen: manage, help, serve.
    Implicative,
    /// It goes on: continue, remain, continued.
    Continued,
    /// It begins, ends or is stepped up: begin, stop, resume.
    Phase,
    /// It is over or brought to an end: stop, end, halt.
    Ended,
    /// It can be: can, may, able, possible.
    Possible,
    /// It ought to be: must, should, need.
    Obliged,
    /// It is said to be: alleged, accuse, claim.
    Alleged,
    /// It is what something else is done for ("signed a pact to widen trade").
    Purpose,
    /// Stands over the predicate without a listed meaning.
    Other,
}

impl GovernorKind {
    const NAMES: [(&str, GovernorKind); 18] = [
        ("planned", GovernorKind::Planned),
        ("intended", GovernorKind::Intended),
        ("promised", GovernorKind::Promised),
        ("considered", GovernorKind::Considered),
        ("conditional", GovernorKind::Conditional),
        ("requested", GovernorKind::Requested),
        ("threatened", GovernorKind::Threatened),
        ("negative", GovernorKind::Negative),
        ("refused", GovernorKind::Refused),
        ("implicative", GovernorKind::Implicative),
        ("continued", GovernorKind::Continued),
        ("phase", GovernorKind::Phase),
        ("ended", GovernorKind::Ended),
        ("possible", GovernorKind::Possible),
        ("obliged", GovernorKind::Obliged),
        ("alleged", GovernorKind::Alleged),
        ("purpose", GovernorKind::Purpose),
        ("other", GovernorKind::Other),
    ];

    /// Whether it colours a finite clause too ("hopes that X will sign"); a verb of asking does not when it tells.
    fn colours_statements(self) -> bool {
        !matches!(
            self,
            GovernorKind::Requested
                | GovernorKind::Considered
                | GovernorKind::Other
                | GovernorKind::Implicative
        )
    }

    /// The kind of this name, as lists and rules write it (`planned`).
    pub fn named(name: &str) -> Option<GovernorKind> {
        Self::NAMES
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, kind)| *kind)
    }

    /// How lists and rules write it.
    pub fn name(self) -> &'static str {
        Self::NAMES
            .iter()
            .find(|(_, kind)| *kind == self)
            .map_or("other", |(name, _)| name)
    }
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
