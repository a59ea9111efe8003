//! One line per predication, for people.

use std::fmt::Write as _;

use crate::parse::Tree;

use super::{Predication, Tense};

/// `support verb present [continue:continued] agent=Oslo patient=Riga`: form, colour, governors, roles with the words
/// of their heads; `~` marks what is shared from elsewhere. `text` is the document's.
pub fn render(predication: &Predication, tree: &Tree, text: &str) -> String {
    let mut line = format!(
        "{} {}",
        predication.lemma,
        format!("{:?}", predication.form).to_lowercase()
    );
    if predication.tense != Tense::None {
        let _ = write!(
            line,
            " {}",
            format!("{:?}", predication.tense).to_lowercase()
        );
    }
    let marks = [
        (predication.progressive, "progressive"),
        (predication.perfect, "perfect"),
        (predication.negated, "negated"),
        (predication.conditional, "conditional"),
        (predication.reciprocal, "reciprocal"),
    ];
    for (_, mark) in marks.iter().filter(|(holds, _)| *holds) {
        let _ = write!(line, " {mark}");
    }
    for governor in &predication.governors {
        let _ = write!(line, " [{}:{}]", governor.lemma, governor.kind.name());
    }
    for role in &predication.roles {
        let shared = if role.shared { "~" } else { "" };
        let _ = write!(
            line,
            " {}={shared}{}",
            role.name.name(),
            tree.word(text, role.head)
        );
        if let Some(prep) = &role.prep {
            let _ = write!(line, "({prep})");
        }
    }
    line
}
