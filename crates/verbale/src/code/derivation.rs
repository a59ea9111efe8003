//! How a fact came about, and what came near: the answer to `why`.

use serde::Serialize;
use verbale_read::Span;

use super::Context;
use super::matching::Take;
use crate::clause::Predication;

/// What the rules made of one predication.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Derivation {
    /// The words of the predication.
    #[serde(flatten)]
    pub span: Span,
    /// The predication on one line.
    pub predication: String,
    /// What came of it: a fact per rule that coded it.
    pub outcomes: Vec<Outcome>,
    /// Rules that did not code it, the nearest first.
    pub lost: Vec<Lost>,
}

/// What a rule made of a predication.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "outcome")]
pub enum Outcome {
    /// A fact.
    Coded {
        /// Its id.
        fact: String,
        /// The rule.
        rule: String,
        /// Its file.
        file: String,
        /// Line of the alternative that held.
        line: usize,
        /// Which words met which requirement.
        bindings: Vec<Binding>,
        /// How modality and polarity were read.
        mood: String,
    },
    /// The predication is content of a fact around it.
    Absorbed,
    /// A rule held, but no fact came of it.
    Dropped {
        /// The rule.
        rule: String,
        /// Why.
        because: String,
    },
}

/// Words that met a requirement.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Binding {
    /// The requirement as the rule writes it.
    pub requirement: String,
    /// The words.
    pub words: String,
    /// Where they stand.
    #[serde(flatten)]
    pub span: Span,
}

/// A rule that names the predicate and did not code it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Lost {
    /// The rule.
    pub rule: String,
    /// Its file.
    pub file: String,
    /// Line of what it lost on.
    pub line: usize,
    /// Why it lost.
    #[serde(flatten)]
    pub because: LostBecause,
}

/// Why a rule lost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "because")]
pub enum LostBecause {
    /// Another rule has stated precedence.
    Over {
        /// Which.
        winner: String,
    },
    /// Another rule asks for more. If the codes differ, precedence should be stated.
    Weaker {
        /// Which.
        winner: String,
        /// Whether the two give different codes.
        differs: bool,
    },
    /// A requirement was not met.
    Missed {
        /// Which, and by what words.
        what: String,
    },
}

impl Derivation {
    pub(super) fn new(context: &Context, predication: &Predication, lost: Vec<Lost>) -> Self {
        Derivation {
            span: predication.span,
            predication: context.render(predication),
            outcomes: Vec::new(),
            lost,
        }
    }
}

impl Outcome {
    pub(super) fn coded(context: &Context, predication: &Predication, take: &Take) -> Self {
        let bindings = take
            .bound
            .iter()
            .flat_map(|bound| {
                bound.fillers.iter().map(|filler| {
                    let span = context.filler_span(filler);
                    Binding {
                        requirement: bound.requirement.to_string(),
                        words: span.of(&context.document.text).to_owned(),
                        span,
                    }
                })
            })
            .collect();
        let mood = super::mood::mood(context, predication, &take.rule.yields);
        Outcome::Coded {
            fact: String::new(),
            rule: take.rule.id.clone(),
            file: take.rule.file.clone(),
            line: take.when.line,
            bindings,
            mood: mood.because.join("; "),
        }
    }
}
