//! Labelled sentences: one fact a line, its parties marked in the words, as `tests/gold/GUIDE.md` describes them.

use verbale_read::Span;

use super::gold::GoldError;

/// One labelled sentence without its marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marked {
    /// Line in its file, counted from 1.
    pub line: usize,
    /// Kind in the contract's words, `-` where none is given.
    pub kind: String,
    /// PLOVER type, or `NONE` for what is no act between the parties.
    pub event_type: String,
    /// Whether the act is said not to be.
    pub negated: bool,
    /// CAMEO code, if one is given.
    pub cameo: Option<String>,
    /// Modality in the contract's words.
    pub modality: String,
    /// The sentence.
    pub text: String,
    /// Who acts.
    pub actors: Vec<MarkedParty>,
    /// Who is acted upon.
    pub recipients: Vec<MarkedParty>,
}

/// A party as the sentence marks it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkedParty {
    /// ISO alpha-3 or the id of an organisation; `None` for others.
    pub id: Option<String>,
    /// Where its words stand in the sentence.
    pub span: Span,
}

impl Marked {
    /// Whether the marked parties act on each other.
    pub fn is_mutual(&self) -> bool {
        self.recipients.is_empty() && self.actors.len() >= 2
    }
}

/// Reads labelled sentences; empty lines and lines that begin with `#` are skipped.
pub fn read_marked(table: &str) -> Result<Vec<Marked>, GoldError> {
    table
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
        .map(|(index, line)| {
            let line_number = index + 1;
            marked(line_number, line).map_err(|message| GoldError {
                line: line_number,
                message,
            })
        })
        .collect()
}

fn marked(line_number: usize, line: &str) -> Result<Marked, String> {
    let fields: Vec<&str> = line.split('\t').collect();
    let [kind, event_type, cameo, modality, words] = fields[..] else {
        return Err("write kind, type, cameo, modality and sentence, with tabs between".to_owned());
    };
    let mut sentence = Marked {
        line: line_number,
        kind: kind.to_owned(),
        event_type: event_type.trim_start_matches('!').to_owned(),
        negated: event_type.starts_with('!'),
        cameo: (cameo != "-").then(|| cameo.to_owned()),
        modality: modality.to_owned(),
        text: String::new(),
        actors: Vec::new(),
        recipients: Vec::new(),
    };
    let mut rest = words;
    while let Some((before, after)) = rest.split_once('{') {
        sentence.text.push_str(before);
        let (mark, after) = after
            .split_once('}')
            .ok_or("a mark is open; close it with `}`")?;
        let (head, party) = mark
            .split_once('|')
            .ok_or("a mark has no words; write {A=ID|words}")?;
        let (side, id) = head.split_once('=').unwrap_or((head, ""));
        let start = sentence.text.len();
        sentence.text.push_str(party);
        let party = MarkedParty {
            id: (!id.is_empty()).then(|| id.to_owned()),
            span: Span::new(start, sentence.text.len()),
        };
        match side {
            "A" => sentence.actors.push(party),
            "R" => sentence.recipients.push(party),
            _ => return Err(format!("`{side}` is neither A nor R")),
        }
        rest = after;
    }
    sentence.text.push_str(rest);
    Ok(sentence)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_become_spans() {
        let line = "event\t!ASSAULT\t190\tasserted\t{A=|Rebels} did not shell {R=MLI|Gao}.";
        let sentence = &read_marked(line).unwrap()[0];
        assert_eq!(sentence.text, "Rebels did not shell Gao.");
        assert!(sentence.negated && !sentence.is_mutual());
        assert_eq!(sentence.actors[0].id, None);
        let recipient = &sentence.recipients[0];
        assert_eq!(recipient.id.as_deref(), Some("MLI"));
        assert_eq!(recipient.span.of(&sentence.text), "Gao");
    }

    #[test]
    fn what_is_torn_is_told_with_its_line() {
        for torn in [
            "event\tAID\t070\tasserted",
            "event\tAID\t070\tasserted\t{A=FJI|Fiji helped.",
            "event\tAID\t070\tasserted\t{A=FJI} helped.",
            "event\tAID\t070\tasserted\t{B=FJI|Fiji} helped.",
        ] {
            let table = format!("# sentences\n{torn}\n");
            assert_eq!(read_marked(&table).unwrap_err().line, 2, "{torn}");
        }
    }
}
