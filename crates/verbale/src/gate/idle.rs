//! Paragraphs in which nobody can act or speak: no name, pronoun, office, speech, or noun that stands for somebody or for
//! what states do.

use crate::clause::ClauseLexicon;
use crate::lexicon::Lexicon;

/// Words that stand for somebody.
const PRONOUNS: &str = "i me my mine we us our ours you your yours he him his she her hers they them their theirs it its \
    who whom whose which this that these those both each either neither all one ones some others another other many \
    several everyone anyone someone nobody none everybody somebody side sides party parties country countries nation \
    nations state states neighbour neighbours neighbor neighbors ally allies partner partners people";

/// Words that a sentence begins with and that are no names.
const OPENERS: &str = "the a an in on at by for from of with without under over after before during between since until \
    as if when while where there here then now and but or so yet nor not no more most less least about around near \
    however meanwhile moreover also still only even just nearly almost total about what why how";

/// Whether a paragraph has nobody in it. `text` is a unit's.
pub(super) fn is_idle(text: &str, lexicon: &Lexicon, clauses: &ClauseLexicon) -> bool {
    if text.contains(['"', '“', '”', '«', '»', '„']) {
        return false;
    }
    let mut end = 0;
    let words = text.split(|letter: char| !letter.is_alphanumeric());
    for word in words.filter(|word| !word.is_empty()) {
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        let opens = start == 0 || text[end..start].contains(['.', '!', '?', ':', '•', '*']);
        end = start + word.len();
        if leads(word, opens, lexicon, clauses) {
            return false;
        }
    }
    lexicon.names_in(text).is_empty() && lexicon.titles_in(text).is_empty()
}

/// Whether a word can lead to somebody; `opens` where it begins a sentence.
fn leads(word: &str, opens: bool, lexicon: &Lexicon, clauses: &ClauseLexicon) -> bool {
    let lower = word.to_lowercase();
    let capital = word.starts_with(char::is_uppercase);
    if capital && !(opens && listed(OPENERS, &lower)) {
        return true;
    }
    if listed(PRONOUNS, &lower) {
        return true;
    }
    forms(&lower).iter().any(|form| {
        lexicon.agent(form).is_some()
            || lexicon.speech_verb(form).is_some()
            || clauses.is_nominal(clauses.canonical(form))
    })
}

fn listed(list: &str, word: &str) -> bool {
    list.split_whitespace().any(|known| known == word)
}

/// The word and what it may be a form of, more rather than less: "parties", "party".
fn forms(word: &str) -> Vec<String> {
    let mut forms = vec![word.to_owned()];
    let mut stems = |ending: &str, instead: &[&str]| {
        if let Some(stem) = word.strip_suffix(ending) {
            forms.extend(instead.iter().map(|instead| format!("{stem}{instead}")));
            // "planned", "planning": the letter is doubled.
            let mut letters = stem.chars().rev();
            if ending != "s"
                && let (Some(last), Some(before)) = (letters.next(), letters.next())
                && last == before
            {
                forms.push(stem[..stem.len() - last.len_utf8()].to_owned());
            }
        }
    };
    stems("s", &[""]);
    stems("es", &[""]);
    stems("ies", &["y"]);
    stems("d", &[""]);
    stems("ed", &[""]);
    stems("ied", &["y"]);
    stems("ing", &["", "e"]);
    stems("men", &["man"]);
    // The few verbs of saying whose past is another word.
    for (past, lemma) in [("said", "say"), ("told", "tell"), ("wrote", "write")] {
        if word == past {
            forms.push(lemma.to_owned());
        }
    }
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    fn idle(text: &str) -> bool {
        is_idle(text, Lexicon::embedded(), ClauseLexicon::embedded())
    }

    #[test]
    fn a_paragraph_with_nobody_is_idle() {
        assert!(idle("The rain fell for two days on the hills."));
        assert!(idle(
            "Tomorrow: sun in the morning, 31 degrees".trim_start_matches("Tomorrow: ")
        ));
    }

    #[test]
    fn names_pronouns_offices_speech_and_acts_are_somebody() {
        for text in [
            "The rain fell on Zinder for two days.",
            "It fell for two days.",
            "The ministers met for two days.",
            "The rain, they said, fell for two days.",
            "The talks went on for two days.",
            "“A good rain.”",
            "Garoua is wet.",
        ] {
            assert!(!idle(text), "{text}");
        }
    }
}
