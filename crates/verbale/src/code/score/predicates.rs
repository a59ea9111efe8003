//! The list of predicates with the event type that they usually tell: what the scored model knows of words that its
//! sentences do not hold.

use std::collections::HashMap;

use super::super::Context;
use crate::clause::{Predication, RoleName};
use crate::data::{Data, DataError};
use crate::parse::{TokenId, Tree};

/// Path of the list.
pub const FILE: &str = "lang/en/lists/predicates.tsv";

/// Predicates as the list writes them (`praise`, `hand_over`, `lift ban`, `pull out_of village`, `joint exercise`).
#[derive(Debug, Clone, Default)]
pub struct Predicates {
    types: HashMap<String, Vec<Entry>>,
}

/// One reading of a predicate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Event type, or `NONE`.
    pub event_type: String,
    /// CAMEO code, if the words are clear.
    pub cameo: Option<String>,
}

impl Predicates {
    /// Reads the list; an absent list is empty.
    pub fn load(data: &Data) -> Result<Predicates, DataError> {
        let mut types: HashMap<String, Vec<Entry>> = HashMap::new();
        let rows = data.get(FILE).unwrap_or_default().lines().enumerate();
        for (number, line) in rows.filter(|(_, line)| !line.starts_with('#') && !line.is_empty()) {
            let fields: Vec<&str> = line.split('\t').collect();
            let [predicate, event_type, cameo] = fields[..] else {
                return Err(DataError {
                    file: FILE.to_owned(),
                    line: number + 1,
                    message: "write predicate, type and cameo, with tabs between".to_owned(),
                });
            };
            if predicate == "predicate" {
                continue;
            }
            types.entry(predicate.to_owned()).or_default().push(Entry {
                event_type: event_type.to_owned(),
                cameo: (cameo != "-").then(|| cameo.to_owned()),
            });
        }
        Ok(Predicates { types })
    }

    fn get(&self, name: &str) -> &[Entry] {
        self.types.get(name).map_or(&[], Vec::as_slice)
    }

    /// What the list says of a predication's own words: of the predicate with what stands at its roles first, of the
    /// predicate alone else. Several entries mean that the words are open between them.
    pub fn own(&self, context: &Context, predication: &Predication) -> Vec<&Entry> {
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
        let mut found: Vec<&Entry> = Vec::new();
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
    pub fn word(&self, tree: &Tree, at: TokenId) -> Vec<&Entry> {
        let lemma = tree.tokens[at.token].lemma.to_lowercase();
        let mut found: Vec<&Entry> = Vec::new();
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
