//! Look-ups over the predications of a document.

use std::collections::BTreeMap;

use crate::parse::TokenId;

use super::{Predication, Role};

/// Predications by head and by lemma. Values are positions in the slice the index was built from.
#[derive(Debug, Clone, Default)]
pub struct PredicationIndex {
    by_token: BTreeMap<TokenId, Vec<usize>>,
    by_lemma: BTreeMap<String, Vec<usize>>,
}

impl PredicationIndex {
    /// Indexes `predications`.
    pub fn new(predications: &[Predication]) -> PredicationIndex {
        let mut index = PredicationIndex::default();
        for (position, predication) in predications.iter().enumerate() {
            for &token in &predication.tokens {
                let id = TokenId {
                    unit: predication.unit,
                    token,
                };
                index.by_token.entry(id).or_default().push(position);
            }
            index
                .by_lemma
                .entry(predication.lemma.clone())
                .or_default()
                .push(position);
        }
        index
    }

    /// The predication whose meaning a token bears, or else one that it is part of (the verb of a light verb).
    pub fn at<'p>(
        &self,
        predications: &'p [Predication],
        token: TokenId,
    ) -> Option<&'p Predication> {
        let positions = self.by_token.get(&token)?;
        positions
            .iter()
            .map(|&position| &predications[position])
            .find(|predication| predication.head == token.token)
            .or_else(|| positions.first().map(|&position| &predications[position]))
    }

    /// All predications with a lemma, in order.
    pub fn with_lemma<'i, 'p: 'i>(
        &'i self,
        predications: &'p [Predication],
        lemma: &str,
    ) -> impl Iterator<Item = &'p Predication> + 'i {
        self.by_lemma
            .get(lemma)
            .into_iter()
            .flatten()
            .map(|&position| &predications[position])
    }

    /// The predication that a role's filler is itself ("its *support for Mali*" as what is reaffirmed).
    pub fn of_filler<'p>(
        &self,
        predications: &'p [Predication],
        holder: &Predication,
        role: &Role,
    ) -> Option<&'p Predication> {
        let token = TokenId {
            unit: holder.unit,
            token: role.head,
        };
        self.at(predications, token)
    }
}
