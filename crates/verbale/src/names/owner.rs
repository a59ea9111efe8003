//! Whose an office is where words right before it say so: "its foreign minister", "NAME's defence minister".

use super::allegiance::Inquiry;
use super::{Mention, Person, Referent};

/// Heads of state of some states only.
const MONARCHS: [&str; 6] = ["king", "queen", "sultan", "emir", "emperor", "sheikh"];

impl Inquiry<'_> {
    /// "Its foreign minister, NAME", "NAME's defence minister": the state of whose office it is.
    pub fn owner_of(&self, people: &[Person], index: usize, office: usize) -> Option<String> {
        let words = people[index].offices[office].words;
        let (unit, tree) = self
            .trees
            .units
            .iter()
            .enumerate()
            .rfind(|(_, tree)| tree.unit.span.contains(words))?;
        let first = tree
            .tokens
            .iter()
            .position(|token| token.span.start >= words.start)?;
        // "Its new foreign minister".
        let before = (first.saturating_sub(3)..first)
            .rev()
            .find(|&token| !["ADJ", "NOUN"].contains(&tree.tokens[token].pos))?;
        let token = &tree.tokens[before];
        let person_before = |start: usize| {
            self.named
                .iter()
                .filter(|mention| mention.span.start < start)
                .max_by_key(|mention| mention.span.start)
        };
        let side = |mention: &Mention| match mention.referent {
            Referent::Person { person } if person != index => people[person]
                .offices
                .iter()
                .filter(|office| office.official)
                .find_map(|office| office.of.clone())
                .filter(|of| self.lexicon.state(of).is_some()),
            _ => None,
        };
        match token.norm.as_str() {
            "its" => self.spoken_of(unit, token.span.start),
            "his" | "her" => person_before(token.span.start).and_then(side),
            // "The sultan's minister".
            "'s" | "’s" | "'" | "’"
                if before > 0 && MONARCHS.contains(&tree.tokens[before - 1].norm.as_str()) =>
            {
                let title = tree.tokens[before - 1].norm.as_str();
                let reigns = |state: &&String| {
                    self.lexicon.leaders.iter().any(|leader| {
                        leader.state == **state && leader.office.as_deref() == Some(title)
                    })
                };
                self.states.iter().take(3).find(reigns).cloned()
            }
            "'s" | "’s" | "'" | "’" => person_before(token.span.start)
                .filter(|mention| mention.unit == unit && mention.tokens.end == before)
                .and_then(side),
            _ => None,
        }
    }

    /// The state that "its" stands for: the one that acts in its sentence, else in the sentence before, else named last.
    fn spoken_of(&self, unit: usize, start: usize) -> Option<String> {
        let before: Vec<(&Mention, &String)> = self
            .mentions
            .iter()
            .filter(|mention| mention.unit <= unit && mention.span.start < start)
            .filter_map(|mention| match &mention.referent {
                Referent::State { id, .. } => Some((mention, id)),
                _ => None,
            })
            .collect();
        let (last, named) = *before.last()?;
        let sentence = |mention: &Mention| {
            (
                mention.unit,
                self.trees.units[mention.unit].sentence_of(mention.head),
            )
        };
        before
            .iter()
            .filter(|(mention, _)| sentence(mention) == sentence(last))
            .find(|(mention, _)| self.acts(&self.trees.units[mention.unit], mention.head))
            .map(|(_, id)| (*id).clone())
            .or_else(|| Some(named.clone()))
    }
}
