//! A text with what is known about it to a [`Document`].

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::closing::closing;
use crate::decode::{Undecodable, decode};
use crate::footer::footer;
use crate::header::header;
use crate::stamp::{self, Stamp};
use crate::{Diagnostic, Document, Published, PublishedBasis, ReadError, Sourced, Span};

/// What is known about an input as a whole, and how large its texts may be. It supplies what a text lacks: a text's own
/// fields and its own frame are nearer to it.
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
    /// Language, ISO 639-1, of texts whose own fields name none; found from the words if absent.
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

/// What a text's own record says beside the words: the fields of a JSON document. It outweighs the frame.
#[derive(Debug, Default)]
pub(crate) struct Fields {
    pub published: Option<String>,
    pub outlet: Option<String>,
    pub title: Option<String>,
    pub url: Option<String>,
    pub author: Option<String>,
    pub lang: Option<String>,
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
    document(text, name, Fields::default(), options)
}

/// A decoded text to a document.
pub(crate) fn document(
    text: String,
    name: &str,
    own: Fields,
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

    let at_the_end = || {
        let (stamp, span) = closing(&text)?;
        Some((stamp, span, PublishedBasis::Header))
    };
    let framed = above
        .stamp
        .or_else(at_the_end)
        .and_then(|(stamp, span, basis)| {
            dated(stamp, basis, Some((span.of(&text).to_owned(), span)))
        });
    let mut given = |words: &str| {
        let given = publication(words);
        if given.is_none() {
            diagnostics.push(diagnostic(
                "published_not_understood",
                format!("The publication date {words:?} is no day, month or instant."),
            ));
        }
        given
    };
    let published = own
        .published
        .as_deref()
        .and_then(&mut given)
        .or(framed)
        .or_else(|| options.published.as_deref().and_then(&mut given));
    let sourced = |value: String| Sourced { value, span: None };
    let outlet = own
        .outlet
        .map(sourced)
        .or(above.outlet)
        .or(below.outlet)
        .or_else(|| options.outlet.clone().map(sourced));
    let author = own
        .author
        .map(sourced)
        .or(above.author)
        .or(below.author)
        .or_else(|| options.author.clone().map(sourced));
    let lang = own
        .lang
        .or_else(|| options.lang.clone())
        .unwrap_or_else(|| language(&text).to_owned());
    let sha256 = hex(&Sha256::digest(text.as_bytes()));
    let document = Document {
        id: sha256[..16].to_owned(),
        name: name.to_owned(),
        sha256,
        title: own.title.or_else(|| options.title.clone()),
        published,
        outlet,
        author,
        url: own.url.or_else(|| options.url.clone()),
        lang,
        furniture,
        text,
    };
    if document.is_empty() {
        diagnostics.push(diagnostic("empty", "The text has no words.".to_owned()));
    }
    Ok((document, diagnostics))
}

/// A publication date as metadata give it: a day, month or instant, and nothing beside it.
///
/// ```
/// let month = verbale_read::publication("2017-08").unwrap();
/// assert_eq!((month.start.to_string(), month.end.to_string()), ("2017-08-01".into(), "2017-08-31".into()));
/// assert!(verbale_read::publication("last week").is_none());
/// ```
pub fn publication(words: &str) -> Option<Published> {
    stamp::whole(words).and_then(|stamp| dated(stamp, PublishedBasis::Metadata, None))
}

fn dated(stamp: Stamp, basis: PublishedBasis, words: Option<(String, Span)>) -> Option<Published> {
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
