//! The list of predicates with the event type that they usually tell: what the scored model knows of words that its
//! sentences do not hold.

use rustc_hash::FxHashMap;

use super::super::Context;
use super::super::codebook::{self, Codebook};
use crate::clause::{Predication, RoleName};
use crate::data::{Data, DataError};
use crate::lexicon::ListReader;
use crate::parse::{TokenId, Tree};

/// Path of the list.
pub const FILE: &str = "lang/en/lists/predicates.tsv";

/// Predicates as the list writes them (`praise`, `hand_over`, `lift ban`, `pull out_of village`, `joint exercise`), each with
/// the event types, or `NONE`, that it tells.
#[derive(Debug, Clone, Default)]
pub struct Predicates {
    types: FxHashMap<String, Vec<String>>,
}

impl Predicates {
    /// Reads the list and holds its codes against the codebook.
    pub(crate) fn load(data: &Data, codebook: &Codebook, errors: &mut Vec<DataError>) -> Self {
        let mut lists = ListReader::new(data);
        let mut predicates = Predicates::default();
        for row in lists.rows(FILE, ["predicate", "type", "cameo"]) {
            let [predicate, event_type, cameo] = row.cells;
            if event_type != "NONE" && codebook::event_type(event_type).is_none() {
                lists.error(
                    row.at,
                    format!("`{event_type}` is no PLOVER type and not NONE"),
                );
            }
            if cameo != "-" && codebook.cameo(cameo).is_none() {
                lists.error(
                    row.at,
                    format!("`{cameo}` is no CAMEO code; write - for none"),
                );
            }
            let predicate = lists.required(row.at, "predicate", predicate);
            let types = predicates.types.entry(predicate).or_default();
            types.push(event_type.to_owned());
        }
        errors.append(&mut lists.errors);
        predicates
    }

    fn get(&self, name: &str) -> impl Iterator<Item = &str> {
        self.types
            .get(name)
            .into_iter()
            .flatten()
            .map(String::as_str)
    }

    /// What the list says of a predication's own words: of the predicate with what stands at its roles first, of the
    /// predicate alone else. Several types mean that the words are open between them.
    pub fn own(&self, context: &Context, predication: &Predication) -> Vec<&str> {
        let tree = context.tree(predication.unit);
        let mut names: Vec<String> = context
            .predicate_names(predication)
            .into_iter()
            .map(|name| name.into_owned())
            .collect();
        let mut heads: Vec<String> = Vec::new();
        for &token in &predication.tokens {
            let lemma = tree.tokens[token].lemma.to_lowercase();
            if token != predication.head && !names.contains(&lemma) {
                heads.push(lemma);
            }
        }
        let mut found: Vec<&str> = Vec::new();
        for verb in names.iter().chain(&heads) {
            for role in &predication.roles {
                let noun = tree.tokens[role.head].lemma.to_lowercase();
                if let Some(prep) = &role.prep {
                    found.extend(self.get(&format!("{verb} {} {noun}", prep.replace(' ', "_"))));
                    found.extend(self.get(&format!("{verb}_{} {noun}", prep.replace(' ', "_"))));
                    if role.name != RoleName::Time {
                        found.extend(self.get(&format!("{verb}_{}", prep.replace(' ', "_"))));
                    }
                }
                found.extend(self.get(&format!("{verb} {noun}")));
                for modifier in tree.children_with(role.head, &["amod", "compound"]) {
                    let modifier = tree.tokens[modifier].lemma.to_lowercase();
                    found.extend(self.get(&format!("{verb} {modifier}_{noun}")));
                }
                if matches!(role.name, RoleName::Content | RoleName::Purpose) {
                    found.extend(self.get(&format!("{verb} to {noun}")));
                }
            }
        }
        for head in &heads {
            for name in &names {
                found.extend(self.get(&format!("{head} {name}")));
            }
        }
        for modifier in tree.children_with(predication.head, &["amod", "compound", "nmod"]) {
            let modifier = tree.tokens[modifier].lemma.to_lowercase();
            found.extend(self.get(&format!("{modifier} {}", names[0])));
        }
        if found.is_empty() {
            names.dedup();
            for name in &names {
                found.extend(self.get(name));
            }
        }
        found
    }

    /// What the list says of one word with its modifiers, wherever it stands.
    pub fn word(&self, tree: &Tree, at: TokenId) -> Vec<&str> {
        let lemma = tree.tokens[at.token].lemma.to_lowercase();
        let mut found: Vec<&str> = Vec::new();
        for modifier in tree.children_with(at.token, &["amod", "compound", "nmod"]) {
            let modifier = tree.tokens[modifier].lemma.to_lowercase();
            found.extend(self.get(&format!("{modifier} {lemma}")));
        }
        if tree.tokens[at.token].pos == "VERB" {
            for content in tree.children_with(at.token, &["xcomp"]) {
                let content = tree.tokens[content].lemma.to_lowercase();
                found.extend(self.get(&format!("{lemma} to {content}")));
            }
            for object in tree.children_with(at.token, &["dobj", "nsubjpass"]) {
                let object = tree.tokens[object].lemma.to_lowercase();
                found.extend(self.get(&format!("{lemma} {object}")));
            }
            for particle in tree.children_with(at.token, &["prt"]) {
                found.extend(self.get(&format!("{lemma}_{}", tree.tokens[particle].norm)));
            }
        }
        if found.is_empty() {
            found.extend(self.get(&lemma));
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bad_codes_are_told_with_their_lines() {
        let table =
            "predicate\ttype\tcameo\npraise\tSUPORT\t051\nlift ban\tRETREAT\t999\n\tAID\t-\n";
        let data = Data::embedded().with(FILE, table);
        let mut errors = Vec::new();
        let codebook = Codebook::load(&data, &mut errors);
        Predicates::load(&data, &codebook, &mut errors);
        let lines: Vec<usize> = errors.iter().map(|error| error.line).collect();
        assert_eq!(lines, [2, 3, 4], "{errors:?}");
    }
}
