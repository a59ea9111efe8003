//! What was told of a text, by the program or by a coder, as far as it is compared with a gold fact.

use std::collections::BTreeSet;

use jiff::civil::Date;
use verbale_read::Span;

use super::gold::GoldFact;
use crate::record::{Fact, Kind, Party, VoiceKind, word};

/// One fact of either origin, so that both are measured by the same comparisons.
pub(super) struct Told<'a> {
    /// File name of the text.
    pub(super) document: &'a str,
    /// What sort of statement it is.
    pub(super) kind: Kind,
    /// Its words, in bytes.
    pub(super) span: Span,
    /// The states of all sides, a person or company standing for its state.
    pub(super) states: BTreeSet<&'a str>,
    /// The states that act.
    pub(super) actors: BTreeSet<&'a str>,
    /// Whether it is of all actors with each other.
    pub(super) mutual: bool,
    /// PLOVER type, upper case.
    pub(super) event_type: Option<String>,
    /// CAMEO code.
    pub(super) cameo: Option<&'a str>,
    /// Modality in the contract's words.
    pub(super) modality: String,
    /// The innermost voice, if there is any.
    voice: Option<(VoiceKind, &'a str)>,
    /// First and last day.
    pub(super) date: (Option<Date>, Option<Date>),
}

impl<'a> From<&'a Fact> for Told<'a> {
    fn from(fact: &'a Fact) -> Self {
        Told {
            document: &fact.doc_name,
            kind: fact.kind,
            span: fact.span,
            states: states(fact.actor.iter().chain(&fact.recipient)),
            actors: states(fact.actor.iter()),
            mutual: fact.mutual,
            event_type: fact.event_type.map(|event_type| word(&event_type)),
            cameo: fact.cameo.as_deref(),
            modality: word(&fact.modality),
            voice: fact
                .attribution
                .last()
                .map(|voice| (voice.kind, voice.name.as_str())),
            date: (fact.date.start, fact.date.end),
        }
    }
}

impl<'a> Told<'a> {
    /// What another coder told; `None` for what is no fact of the contract.
    pub(super) fn by_coder(fact: &'a GoldFact) -> Option<Self> {
        Some(Told {
            document: &fact.seed,
            kind: fact.contract_kind?,
            span: Span::new(fact.byte_start, fact.byte_end),
            states: fact.states.iter().map(String::as_str).collect(),
            actors: fact.source_states(),
            mutual: fact.is_mutual(),
            event_type: fact.event_type.clone(),
            cameo: fact.cameo.as_deref(),
            modality: fact.modality.clone(),
            voice: Some(match &fact.attribution.speaker {
                Some(speaker) => (VoiceKind::Speaker, speaker),
                None => (
                    VoiceKind::Outlet,
                    fact.attribution.outlet.as_deref().unwrap_or_default(),
                ),
            }),
            date: (fact.date.start, fact.date.end),
        })
    }

    /// Name of the innermost voice; empty if there is none.
    pub(super) fn speaker(&self) -> &str {
        self.voice.map_or("", |(_, name)| name)
    }

    /// Whether the PLOVER types are equal.
    pub(super) fn event_type_equal(&self, gold: &GoldFact) -> bool {
        gold.event_type == self.event_type
    }

    /// Whether the modalities are equal.
    pub(super) fn modality_equal(&self, gold: &GoldFact) -> bool {
        gold.modality == self.modality
    }

    /// The same direction: both mutual, or both directed from the same states.
    pub(super) fn direction_equal(&self, gold: &GoldFact) -> bool {
        if gold.is_mutual() != self.mutual {
            return false;
        }
        if self.mutual {
            return true;
        }
        let expected = gold.source_states();
        expected.is_empty() || self.actors.is_empty() || expected == self.actors
    }

    /// The innermost voice has the gold speaker's name; gold keys (`P:…`) hold parts of the name.
    pub(super) fn speaker_equal(&self, gold: &GoldFact) -> bool {
        let Some((kind, name)) = self.voice else {
            return false;
        };
        match (&gold.attribution.speaker, &gold.attribution.outlet) {
            (Some(speaker), _) => {
                let name = fold(name);
                let key = fold(speaker.trim_start_matches("P:"));
                !key.is_empty()
                    && key
                        .split(' ')
                        .all(|part| name.split(' ').any(|word| word == part))
            }
            (None, Some(outlet)) => kind == VoiceKind::Outlet && fold(name) == fold(outlet),
            (None, None) => kind == VoiceKind::Outlet,
        }
    }

    /// Whether any day is told.
    pub(super) fn is_dated(&self) -> bool {
        self.date.0.is_some() || self.date.1.is_some()
    }

    /// On dated gold the told interval lies inside the gold's, an open end being as far as time goes; on undated gold
    /// nothing is told.
    pub(super) fn date_right(&self, gold: &GoldFact) -> bool {
        if !gold.is_dated() {
            return !self.is_dated();
        }
        let (start, end) = self.date;
        let start_inside = gold
            .date
            .start
            .is_none_or(|bound| start.is_some_and(|start| start >= bound));
        let end_inside = gold
            .date
            .end
            .is_none_or(|bound| end.is_some_and(|end| end <= bound));
        start_inside && end_inside && self.is_dated()
    }
}

/// The states that some parties are or stand for.
fn states<'a>(parties: impl Iterator<Item = &'a Party>) -> BTreeSet<&'a str> {
    parties.filter_map(Party::stands_for).collect()
}

fn fold(name: &str) -> String {
    name.to_lowercase()
        .split(|character: char| !character.is_alphanumeric())
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}
