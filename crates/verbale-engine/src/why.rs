//! Why a fact is coded as it is: the way from the words to the code.

use serde::Serialize;
use verbale::code::{Derivation, LostBecause, Outcome as Derived};
use verbale::record::{Fact, Voice};
use verbale_store::Store;

use crate::columns::{date, word};
use crate::engine::Engine;
use crate::{Error, Result};

/// A fact, and what the clause and the rule behind it were.
#[derive(Serialize)]
pub struct Reason {
    /// The fact.
    pub fact: Fact,
    /// The predications it came of, with the rules that held and those that came near.
    pub derivations: Vec<Derivation>,
    /// Whether this program with this data still gives the fact.
    #[serde(skip)]
    pub current: bool,
}

impl Reason {
    /// Codes the fact's text again and finds how the fact came about.
    pub fn of(engine: &Engine, store: &Store, fact: Fact) -> Result<Reason> {
        let Some(stored) = store.document(&fact.doc)? else {
            return Err(Error::Asked(format!(
                "the document {} of this fact is not in the store",
                fact.doc
            )));
        };
        let reading = engine.code(&stored.document);
        let of_fact = |derivation: &Derivation| {
            derivation
                .outcomes
                .iter()
                .any(|outcome| matches!(outcome, Derived::Coded { fact: id, .. } if *id == fact.id))
        };
        Ok(Reason {
            derivations: reading
                .derivations
                .into_iter()
                .filter(|derivation| of_fact(derivation))
                .collect(),
            current: reading.facts.iter().any(|other| other.id == fact.id),
            fact,
        })
    }

    /// The way from words over clause and rule to the code, for people.
    pub fn text(&self) -> String {
        explained(&self.fact, &self.derivations, self.current)
    }
}

fn explained(fact: &Fact, found: &[Derivation], current: bool) -> String {
    let mut out = format!(
        "words      “{}”\n           {} bytes {}–{}\n",
        fact.quote, fact.doc_name, fact.span.start, fact.span.end
    );
    if found.is_empty() {
        let because = if current {
            "read off the words themselves, an office beside a name: no clause is needed"
        } else {
            "of an earlier program or data: add the text again to see how"
        };
        out.push_str(&format!("rule       {} ({because})\n", fact.rule));
    }
    for derivation_of in found {
        let lines = derivation(derivation_of);
        out.push_str(&format!("clause     {}\n", lines[0]));
        lines[1..]
            .iter()
            .for_each(|line| out.push_str(&format!("rule     {line}\n")));
    }
    let act = fact
        .event_type
        .map_or_else(|| "no act".into(), |event_type| word(&event_type));
    let code = fact
        .cameo
        .as_deref()
        .map_or_else(String::new, |code| format!(", CAMEO {code}"));
    let scores = fact
        .goldstein
        .map_or_else(String::new, |score| format!(", Goldstein {score}"));
    out.push_str(&format!(
        "code       {} {act}{code}{scores}, {}{}, confidence {:.2}\n",
        word(&fact.kind),
        if fact.negated { "said not to be, " } else { "" },
        word(&fact.modality),
        fact.confidence
    ));
    let parties = fact
        .actor
        .iter()
        .map(|party| ("actor", party))
        .chain(fact.recipient.iter().map(|party| ("recipient", party)));
    for (role, party) in parties {
        out.push_str(&format!(
            "{role:<11}{} ({}): “{}”\n",
            party.id,
            word(&party.basis),
            party.text
        ));
    }
    let anchor = fact
        .date
        .anchor
        .as_deref()
        .map_or_else(String::new, |anchor| format!(", counted from {anchor}"));
    let words = if fact.date.text.is_empty() {
        String::new()
    } else {
        format!(", “{}”", fact.date.text)
    };
    out.push_str(&format!(
        "date       {} ({}{anchor}{words})\n",
        date(&fact.date),
        word(&fact.date.basis)
    ));
    let voices: Vec<String> = fact.attribution.iter().map(voice).collect();
    out.push_str(&format!("voices     {}\n", voices.join(" → ")));
    out
}

fn voice(voice: &Voice) -> String {
    let name = if voice.name.is_empty() {
        "unnamed outlet"
    } else {
        &voice.name
    };
    let words = voice
        .text
        .as_deref()
        .map_or_else(String::new, |text| format!(", “{text}”"));
    format!("{name} ({}{words})", word(&voice.mode))
}

/// One derivation for people: what came of the predication, and which rules came near.
pub fn derivation(derivation: &Derivation) -> Vec<String> {
    /// Rules that came near are many for common words; the nearest tell enough.
    const NEAREST: usize = 3;
    let mut lines = vec![derivation.predication.clone()];
    for outcome in &derivation.outcomes {
        match outcome {
            Derived::Coded {
                rule,
                file,
                line,
                bindings,
                mood,
                ..
            } => {
                lines.push(format!("  coded by {rule} ({file}:{line})"));
                lines.extend(
                    bindings.iter().map(|binding| {
                        format!("    {} ← “{}”", binding.requirement, binding.words)
                    }),
                );
                if !mood.is_empty() {
                    lines.push(format!("    mood: {mood}"));
                }
            }
            Derived::Absorbed => lines.push("  part of a fact around it".into()),
            Derived::Dropped { rule, because } => {
                lines.push(format!("  {rule} held, and gave no fact: {because}"))
            }
        }
    }
    lines.extend(derivation.lost.iter().take(NEAREST).map(|lost| {
        let because = match &lost.because {
            LostBecause::Over { winner } => format!("{winner} has precedence"),
            LostBecause::Weaker { winner, .. } => format!("{winner} asks for more"),
            LostBecause::Missed { what } => format!("missed {what}"),
        };
        format!(
            "  not {} ({}:{}): {because}",
            lost.rule, lost.file, lost.line
        )
    }));
    lines
}
