//! Which format an input has: by the ending of its name, else by how its bytes begin.

/// A format that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Plain text, one document.
    Text,
    /// A page: the article in it.
    Html,
    /// One JSON document, or an array of them.
    Json,
    /// One JSON document per line.
    JsonLines,
    /// A table with a header row, one document per row; `b','` or `b'\t'` parts the columns.
    Csv(u8),
    /// Pages set in type.
    Pdf,
    /// A WordprocessingML document.
    Docx,
    /// RSS or Atom, one document per entry.
    Feed,
    /// A web archive, one document per captured page.
    Warc,
    /// A letter, or a page saved by a browser (MHTML).
    Mail,
}

/// Endings of file names, in lower case, with what they hold.
const ENDINGS: [(&str, Format); 18] = [
    ("txt", Format::Text),
    ("text", Format::Text),
    ("html", Format::Html),
    ("htm", Format::Html),
    ("xhtml", Format::Html),
    ("json", Format::Json),
    ("jsonl", Format::JsonLines),
    ("ndjson", Format::JsonLines),
    ("csv", Format::Csv(b',')),
    ("tsv", Format::Csv(b'\t')),
    ("pdf", Format::Pdf),
    ("docx", Format::Docx),
    ("xml", Format::Feed),
    ("rss", Format::Feed),
    ("atom", Format::Feed),
    ("warc", Format::Warc),
    ("eml", Format::Mail),
    ("mhtml", Format::Mail),
];

/// Endings of packed files.
const PACKED: [&str; 3] = [".gz", ".zst", ".zstd"];

impl Format {
    /// The format that a name's ending stands for; the ending of a packed file (`.gz`, `.zst`) is passed over.
    ///
    /// ```
    /// use verbale_read::Format;
    ///
    /// assert_eq!(Format::of_name("news/2021.JSONL.zst"), Some(Format::JsonLines));
    /// assert_eq!(Format::of_name("news/readme"), None);
    /// ```
    pub fn of_name(name: &str) -> Option<Format> {
        let (_, ending) = unpacked_name(name).rsplit_once('.')?;
        ENDINGS
            .iter()
            .find(|(known, _)| ending.eq_ignore_ascii_case(known))
            .map(|&(_, format)| format)
    }

    /// The format that the first bytes of an unpacked input look like; text if they look like nothing else.
    pub fn of_bytes(head: &[u8]) -> Format {
        let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
        let head = head.trim_ascii_start();
        let begins = |word: &[u8]| {
            head.get(..word.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(word))
        };
        match head {
            [b'%', b'P', b'D', b'F', ..] => Format::Pdf,
            [b'P', b'K', 3, 4, ..] => Format::Docx,
            [b'W', b'A', b'R', b'C', b'/', ..] => Format::Warc,
            [b'{', ..] => Format::JsonLines,
            [b'[', rest @ ..] if rest.trim_ascii_start().starts_with(b"{") => Format::Json,
            _ if begins(b"<!doctype html") || begins(b"<html") => Format::Html,
            _ if begins(b"<?xml") && contains(head, b"<html") => Format::Html,
            _ if begins(b"<?xml") || begins(b"<rss") || begins(b"<feed") => Format::Feed,
            _ if is_letter(head) => Format::Mail,
            _ => Format::Text,
        }
    }
}

/// A name without the ending of a packed file.
pub(crate) fn unpacked_name(name: &str) -> &str {
    PACKED
        .iter()
        .find_map(|ending| {
            let at = name.len().checked_sub(ending.len())?;
            let (stem, end) = name.split_at_checked(at)?;
            end.eq_ignore_ascii_case(ending).then_some(stem)
        })
        .unwrap_or(name)
}

/// Whether an input begins with the head of a letter: lines `Name: value` before the first empty one, two of them of the
/// kinds that letters have.
fn is_letter(head: &[u8]) -> bool {
    const FIELDS: [&str; 9] = [
        "received",
        "return-path",
        "delivered-to",
        "mime-version",
        "message-id",
        "from",
        "to",
        "subject",
        "date",
    ];
    /// A head is longer, but its first lines tell.
    const LINES: usize = 40;
    let mut known = 0;
    for line in head.split(|&byte| byte == b'\n').take(LINES) {
        let line = String::from_utf8_lossy(line);
        let line = line.trim_end();
        if line.is_empty() {
            break;
        }
        // A long field goes on in lines that are set in.
        if line.starts_with([' ', '\t']) {
            continue;
        }
        match line.split_once(':') {
            Some((name, _)) if name.chars().all(|char| char.is_ascii_graphic()) => {
                known += usize::from(FIELDS.contains(&name.to_ascii_lowercase().as_str()));
            }
            _ => return false,
        }
    }
    known >= 2
}

fn contains(bytes: &[u8], word: &[u8]) -> bool {
    bytes.windows(word.len()).take(1024).any(|at| at == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_tell_what_a_name_does_not() {
        for (head, format) in [
            (&b"%PDF-1.7\n"[..], Format::Pdf),
            (b"\xef\xbb\xbf\n<!DOCTYPE HTML><p>", Format::Html),
            (
                b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'>",
                Format::Html,
            ),
            (b"<?xml version='1.0'?><rss>", Format::Feed),
            (b" {\"text\": \"a\"}", Format::JsonLines),
            (b"[ {\"text\": \"a\"}]", Format::Json),
            (b"[Correction] Mali met Togo.", Format::Text),
            (
                b"Subject: Aflao\r\nX-A: b\r\n c\r\nFrom: a@example.org\r\n\r\nMali met Togo.",
                Format::Mail,
            ),
            (b"Date: 3 May 2021\n\nMali met Togo.", Format::Text),
            (b"From Mali to Togo.", Format::Text),
            (b"", Format::Text),
        ] {
            assert_eq!(
                Format::of_bytes(head),
                format,
                "{}",
                String::from_utf8_lossy(head)
            );
        }
    }
}
