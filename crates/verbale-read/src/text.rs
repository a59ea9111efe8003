//! A text with what is known about it to a [`Document`].

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::decode::{Undecodable, decode};
use crate::footer::footer;
use crate::header::header;
use crate::stamp::{self, Stamp};
use crate::{Diagnostic, Document, Published, PublishedBasis, ReadError, Sourced, Span};

/// What is known about a text from outside, and how large it may be. It outweighs what the text's own frame says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Day, month or instant of publication, for example `2021-03-04` or `2021-03-04T05:06:07Z`.
    pub published: Option<String>,
    /// Outlet.
    pub outlet: Option<String>,
    /// Title.
    pub title: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// Author.
    pub author: Option<String>,
    /// Language, ISO 639-1; found from the words if absent.
    pub lang: Option<String>,
    /// JSON fields of other names: our name (`text`) to the input's (`body`).
    pub fields: BTreeMap<String, String>,
    /// The most bytes one text may have.
    pub max_bytes: usize,
    /// The most bytes one line may have. A longer one is no article, and the tree of such a paragraph would take
    /// minutes to build.
    pub max_line_bytes: usize,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            published: None,
            outlet: None,
            title: None,
            url: None,
            author: None,
            lang: None,
            fields: BTreeMap::new(),
            max_bytes: 64 << 20,
            max_line_bytes: 1 << 20,
        }
    }
}

/// Reads one text file.
///
/// For valid UTF-8 the text is the file's bytes, a byte order mark included, so that offsets point into the file.
///
/// ```
/// use verbale_read::{Options, read_text};
///
/// let bytes = "OSLO, March 4, 2021 (North Wire) — Norway and Iceland signed a treaty.".as_bytes();
/// let (document, diagnostics) = read_text(bytes, "treaty.txt", &Options::default()).unwrap();
/// assert_eq!(document.published.unwrap().start.to_string(), "2021-03-04");
/// assert_eq!(document.outlet.unwrap().value, "North Wire");
/// assert!(diagnostics.is_empty());
/// ```
pub fn read_text(
    bytes: &[u8],
    name: &str,
    options: &Options,
) -> Result<(Document, Vec<Diagnostic>), ReadError> {
    if bytes.len() > options.max_bytes {
        return Err(ReadError::TooLarge {
            name: name.to_owned(),
            bytes: bytes.len(),
            limit: options.max_bytes,
        });
    }
    let (text, _) = decode(bytes).map_err(|error| match error {
        Undecodable::Binary(at) => ReadError::Binary {
            name: name.to_owned(),
            at,
        },
        Undecodable::Unknown => ReadError::Undecodable {
            name: name.to_owned(),
        },
    })?;
    document(text, name, options)
}

/// A decoded text to a document.
pub(crate) fn document(
    text: String,
    name: &str,
    options: &Options,
) -> Result<(Document, Vec<Diagnostic>), ReadError> {
    if let Some((index, line)) = text
        .lines()
        .enumerate()
        .find(|(_, line)| line.len() > options.max_line_bytes)
    {
        return Err(ReadError::LineTooLong {
            name: name.to_owned(),
            line: index + 1,
            bytes: line.len(),
            limit: options.max_line_bytes,
        });
    }
    let (above, mut diagnostics) = header(&text);
    let story = above.furniture.last().map_or(0, |last| last.span.end);
    let below = footer(&text, story);
    let mut furniture = above.furniture;
    furniture.extend(below.furniture);

    let framed = above.stamp.and_then(|(stamp, span, basis)| {
        published(stamp, basis, Some((span.of(&text).to_owned(), span)))
    });
    let given = options.published.as_deref().and_then(|words| {
        let given =
            stamp::whole(words).and_then(|stamp| published(stamp, PublishedBasis::Metadata, None));
        if given.is_none() {
            diagnostics.push(diagnostic(
                "published_not_understood",
                format!("The publication date {words:?} is no day, month or instant."),
            ));
        }
        given
    });
    let sourced = |given: &Option<String>| {
        given.as_ref().map(|value| Sourced {
            value: value.clone(),
            span: None,
        })
    };
    let sha256 = hex(&Sha256::digest(text.as_bytes()));
    let document = Document {
        id: sha256[..16].to_owned(),
        name: name.to_owned(),
        sha256,
        title: options.title.clone(),
        published: given.or(framed),
        outlet: sourced(&options.outlet).or(above.outlet).or(below.outlet),
        author: sourced(&options.author).or(above.author).or(below.author),
        url: options.url.clone(),
        lang: options
            .lang
            .clone()
            .unwrap_or_else(|| language(&text).to_owned()),
        furniture,
        text,
    };
    if document.is_empty() {
        diagnostics.push(diagnostic("empty", "The text has no words.".to_owned()));
    }
    Ok((document, diagnostics))
}

fn published(
    stamp: Stamp,
    basis: PublishedBasis,
    words: Option<(String, Span)>,
) -> Option<Published> {
    let (start, end) = stamp.days()?;
    let (text, span) = words.unzip();
    Some(Published {
        instant: stamp.instant(),
        start,
        end,
        basis,
        text,
        span,
    })
}

/// English if enough of its function words stand in the text; otherwise undetermined.
fn language(text: &str) -> &'static str {
    const FUNCTION_WORDS: [&str; 16] = [
        "the", "of", "and", "to", "in", "that", "is", "was", "for", "with", "on", "by", "has",
        "have", "will", "a",
    ];
    let words = || {
        text.split(|char: char| !char.is_alphabetic())
            .filter(|word| !word.is_empty())
            .take(2000)
    };
    let known = words()
        .filter(|word| FUNCTION_WORDS.contains(&word.to_ascii_lowercase().as_str()))
        .count();
    if known > 0 && known * 8 >= words().count() {
        "en"
    } else {
        "und"
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn diagnostic(code: &str, text: String) -> Diagnostic {
    Diagnostic {
        step: "read".to_owned(),
        code: code.to_owned(),
        text,
        span: None,
    }
}
