//! A text with what is known about it to a [`Document`].

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::closing::closing;
use crate::decode::{Undecodable, decode};
use crate::footer::footer;
use crate::header::header;
use crate::language::language;
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
    /// JSON fields and CSV columns of other names: our name (`text`) to the input's (`body`).
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

/// A piece of metadata, and where it was found: `json-ld datePublished`, `field source`, `Date header`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Told {
    pub value: String,
    pub basis: String,
}

/// How metadata is known that came with the input as a whole.
const GIVEN: &str = "given for the input";

/// What a text's own record says beside the words: the fields of a JSON document, the metadata of a page. It outweighs
/// the frame.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Fields {
    pub published: Option<Told>,
    /// The date of the letter or feed that carries the text: believed only where the text gives none.
    pub carried: Option<Told>,
    pub outlet: Option<Told>,
    pub title: Option<Told>,
    pub url: Option<Told>,
    pub author: Option<Told>,
    pub lang: Option<Told>,
    /// The language that a template declares: believed only where the words do not tell.
    pub declared_lang: Option<Told>,
}

#[cfg(feature = "formats")]
impl Fields {
    /// These fields, and `other`'s where these are silent.
    pub fn or(self, other: Fields) -> Fields {
        Fields {
            published: self.published.or(other.published),
            carried: self.carried.or(other.carried),
            outlet: self.outlet.or(other.outlet),
            title: self.title.or(other.title),
            url: self.url.or(other.url),
            author: self.author.or(other.author),
            lang: self.lang.or(other.lang),
            declared_lang: self.declared_lang.or(other.declared_lang),
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
    read_text_as(bytes, name, Fields::default(), options)
}

/// Reads one text file about which its container says something.
pub(crate) fn read_text_as(
    bytes: &[u8],
    name: &str,
    own: Fields,
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
    document(text, name, own, options)
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
    let mut basis = BTreeMap::new();
    let mut known = |field: &str, how: &str| {
        basis.insert(field.to_owned(), how.to_owned());
    };
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
        .and_then(|told| Some((given(&told.value)?, told.basis)))
        .or_else(|| {
            let framed = framed?;
            let how = match framed.basis {
                PublishedBasis::Dateline => "dateline",
                _ => "line in the text",
            };
            Some((framed, how.to_owned()))
        })
        .or_else(|| {
            let told = own.carried?;
            Some((given(&told.value)?, told.basis))
        })
        .or_else(|| Some((given(options.published.as_deref()?)?, GIVEN.to_owned())))
        .map(|(published, how)| {
            known("published", &how);
            published
        });
    let mut name_of =
        |field: &str, own: Option<Told>, frame: Option<Sourced>, given: &Option<String>| {
            let (sourced, how) = match (own, frame) {
                // The same name in the text gives it a place there.
                (Some(told), Some(frame)) if told.value == frame.value => (frame, told.basis),
                (Some(Told { value, basis }), _) => (Sourced { value, span: None }, basis),
                (None, Some(frame)) => (frame, "line in the text".to_owned()),
                (None, None) => (
                    Sourced {
                        value: given.clone()?,
                        span: None,
                    },
                    GIVEN.to_owned(),
                ),
            };
            known(field, &how);
            Some(sourced)
        };
    let outlet = name_of(
        "outlet",
        own.outlet,
        above.outlet.or(below.outlet),
        &options.outlet,
    );
    let author = name_of(
        "author",
        own.author,
        above.author.or(below.author),
        &options.author,
    );
    let title = name_of("title", own.title, None, &options.title);
    let url = name_of("url", own.url, None, &options.url);
    let (lang, how) = match (own.lang, &options.lang) {
        (Some(told), _) => (told.value, told.basis),
        (None, Some(lang)) => (lang.clone(), GIVEN.to_owned()),
        (None, None) => match (language(&text), own.declared_lang) {
            (Some(lang), _) => (lang.to_owned(), "words".to_owned()),
            (None, Some(told)) => (told.value, told.basis),
            (None, None) => ("und".to_owned(), "words".to_owned()),
        },
    };
    known("lang", &how);
    let sha256 = hex(&Sha256::digest(text.as_bytes()));
    let document = Document {
        id: sha256[..16].to_owned(),
        name: name.to_owned(),
        sha256,
        title: title.map(|title| title.value),
        published,
        outlet,
        author,
        url: url.map(|url| url.value),
        lang,
        basis,
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
