//! Which names are shorter forms of which, found without holding every name against every other one.

use std::collections::HashMap;

/// Names of people by id, each with the longer forms of it.
pub(super) struct Forms {
    /// Places of the longer forms, ascending, by place of the short one.
    longer: Vec<Vec<usize>>,
}

impl Forms {
    /// The forms among these ids.
    pub(super) fn among(ids: &[&str]) -> Forms {
        let mut numbers: HashMap<&str, u32> = HashMap::new();
        let names: Vec<Vec<u32>> = ids
            .iter()
            .map(|id| {
                words(id)
                    .map(|word| {
                        let next = numbers.len() as u32;
                        *numbers.entry(word).or_insert(next)
                    })
                    .collect()
            })
            .collect();
        // A longer form has the last word and the first of the shorter one, or begins with its first two.
        let mut with: HashMap<[u32; 2], Vec<usize>> = HashMap::new();
        let mut begun: HashMap<[u32; 2], Vec<usize>> = HashMap::new();
        for (at, name) in names.iter().enumerate() {
            let last = name[name.len() - 1];
            for &word in name {
                let alike = with.entry([last, word]).or_default();
                if alike.last() != Some(&at) {
                    alike.push(at);
                }
            }
            if name.len() > 2 {
                begun.entry([name[0], name[1]]).or_default().push(at);
            }
        }
        let longer = names
            .iter()
            .map(|name| {
                let (first, last) = (name[0], name[name.len() - 1]);
                let alike = with.get(&[last, first]).into_iter().flatten();
                let begin = name.get(1).and_then(|&second| begun.get(&[first, second]));
                let mut longer: Vec<usize> = alike
                    .chain(begin.into_iter().flatten())
                    .copied()
                    .filter(|&other| is_shorter(name, &names[other]))
                    .collect();
                longer.sort_unstable();
                longer.dedup();
                longer
            })
            .collect();
        Forms { longer }
    }

    /// The fullest of the longer forms that fit, if there is one that is no shorter form of another.
    pub(super) fn fullest(&self, of: usize, fits: impl Fn(usize) -> bool) -> Option<usize> {
        let longer: Vec<usize> = self.longer[of]
            .iter()
            .copied()
            .filter(|&other| fits(other))
            .collect();
        let mut fullest = longer.iter().copied().filter(|&one| {
            !self.longer[one]
                .iter()
                .any(|other| longer.binary_search(other).is_ok())
        });
        match (fullest.next(), fullest.next()) {
            (Some(only), None) => Some(only),
            _ => None,
        }
    }
}

/// Whether one id is a shorter form of another.
pub(super) fn shortens(short: &str, long: &str) -> bool {
    let words = |id| words(id).collect::<Vec<_>>();
    is_shorter(&words(short), &words(long))
}

fn words(id: &str) -> impl Iterator<Item = &str> {
    id.trim_start_matches("P:").split('_')
}

/// Same last name, and no word that the other lacks; or its beginning, where people go by the first of two family names.
fn is_shorter<T: PartialEq>(short: &[T], long: &[T]) -> bool {
    let begins = short.len() > 1 && long.starts_with(short);
    short.len() < long.len()
        && (begins || short.last() == long.last() && short.iter().all(|word| long.contains(word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_surname_shortens_a_full_name_only() {
        assert!(shortens("P:banda", "P:joyce_banda"));
        assert!(shortens("P:joyce_banda", "P:joyce_hilda_banda"));
        assert!(shortens("P:adriana_luna", "P:adriana_luna_zevallos"));
        assert!(!shortens("P:joyce", "P:joyce_banda"));
        assert!(!shortens("P:rupiah_banda", "P:joyce_banda"));
    }

    #[test]
    fn every_longer_form_is_found_and_no_other() {
        let words = ["a", "b", "c", ""];
        let mut ids = Vec::new();
        for first in words {
            ids.push(format!("P:{first}"));
            for second in words {
                ids.push(format!("P:{first}_{second}"));
                for third in words {
                    ids.push(format!("P:{first}_{second}_{third}"));
                }
            }
        }
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        let forms = Forms::among(&ids);
        for (at, short) in ids.iter().enumerate() {
            let longer: Vec<usize> = (0..ids.len())
                .filter(|&other| shortens(short, ids[other]))
                .collect();
            assert_eq!(forms.longer[at], longer, "{short}");
        }
    }
}
