//! The document: a text, what frames it, and what is known about its origin.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A half-open byte range in [`Document::text`]; both ends lie on character boundaries.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// A span from `start` to `end`, both in bytes.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end);
        Span { start, end }
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether the span holds no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly inside this span.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two spans share at least one byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that holds both.
    pub fn cover(self, other: Span) -> Span {
        Span::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// The words of the span.
    pub fn of(self, text: &str) -> &str {
        &text[self.start..self.end]
    }
}

/// One text with its frame. The same text is the same document, wherever it was found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Document {
    /// First 16 hex digits of [`Document::sha256`].
    pub id: String,
    /// File name or title: how people call it.
    pub name: String,
    /// SHA-256 of the text's bytes, in hex.
    pub sha256: String,
    /// The original text; for a valid UTF-8 text file exactly the file's bytes.
    pub text: String,
    /// Title, as far as the source gives one.
    pub title: Option<String>,
    /// When the text was published, and how that is known.
    pub published: Option<Published>,
    /// Outlet given by metadata or found by the frame (a dateline's agency); outlets named in running text are found later.
    pub outlet: Option<Sourced>,
    /// Author given by metadata or a byline.
    pub author: Option<Sourced>,
    /// Address, if metadata gives one.
    pub url: Option<String>,
    /// Language, ISO 639-1; `und` if unknown.
    pub lang: String,
    /// Where each piece of metadata was found, by field: `{"title": "og:title", "published": "dateline"}`.
    #[serde(default)]
    pub basis: BTreeMap<String, String>,
    /// Spans that frame the text and state nothing: never coded.
    pub furniture: Vec<Furniture>,
}

impl Document {
    /// Whether the text has no words at all.
    pub fn is_empty(&self) -> bool {
        self.text
            .chars()
            .all(|char| char.is_whitespace() || char == '\u{feff}')
    }
}

/// A value together with the words that gave it, if they stand in the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Sourced {
    /// The value.
    pub value: String,
    /// Where it stands, if it stands in the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
}

/// When a text was published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Published {
    /// The instant, if time and zone are known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instant: Option<Timestamp>,
    /// First possible day, in the outlet's own time zone where known.
    pub start: Date,
    /// Last possible day.
    pub end: Date,
    /// How it is known.
    pub basis: PublishedBasis,
    /// The words, as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Where the words stand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
}

/// How a publication date is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PublishedBasis {
    /// Given with the document (JSON field, command line).
    Metadata,
    /// A header or "Published:" line in the text, or such a line below it.
    Header,
    /// The dateline of the story.
    Dateline,
}

/// A span that frames the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Furniture {
    /// What it is.
    pub kind: FurnitureKind,
    /// Where it stands.
    #[serde(flatten)]
    pub span: Span,
}

/// Kinds of furniture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FurnitureKind {
    /// Crawl header or headline block that carries dates and such.
    Header,
    /// `BAKU, Azerbaijan, February 25.`
    Dateline,
    /// Author line, "Read more".
    Byline,
    /// Anything after the story: subscriptions, channels, author notes.
    Footer,
    /// An editor's insertion inside somebody's words.
    Editor,
}

/// One place under which a document was found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Appearance {
    /// Path or address.
    pub place: String,
    /// Outlet, if this place names one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outlet: Option<String>,
}

/// Something a step did not understand. It never stops the work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Diagnostic {
    /// The step that speaks, for example `read`.
    pub step: String,
    /// A stable code, for example `header_without_zone`.
    pub code: String,
    /// A sentence for people.
    pub text: String,
    /// Where, if it is about words of the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
}
