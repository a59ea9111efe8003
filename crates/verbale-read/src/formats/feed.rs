//! RSS (0.9 to 2.0) and Atom: one document per entry.

use super::html::fragment;
use super::parts::Extracted;
use super::prose::{one_line, text_of, told};
use super::xml::{Attributes, Step, walk};
use crate::ReadError;
use crate::decode::decode_markup;
use crate::text::{Fields, Told};
use encoding_rs::Encoding;

/// The entries of a feed; after them an error, if the feed breaks off.
pub(crate) fn entries(bytes: &[u8], name: &str) -> Vec<Result<Extracted, ReadError>> {
    let xml = match decode_markup(bytes, declared(bytes), name) {
        Ok(xml) => xml,
        Err(error) => return vec![Err(error)],
    };
    let mut feed = Feed::default();
    let walked = walk(xml.trim_start(), |step| feed.see(step));
    let malformed = |message: String| ReadError::Malformed {
        name: name.to_owned(),
        format: "RSS or Atom feed",
        message,
    };
    let mut found: Vec<_> = feed
        .entries
        .iter()
        .map(|entry| entry.extracted(&feed, name))
        .collect();
    match walked {
        Err(message) => found.push(Err(malformed(message))),
        Ok(()) if !feed.is_feed => found.push(Err(malformed("it is other XML".to_owned()))),
        Ok(()) => {}
    }
    found
}

fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let top = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]);
    let label = top.split("encoding=").nth(1)?.get(1..)?;
    Encoding::for_label(label.split(['"', '\'']).next()?.as_bytes())
}

/// A feed while it is read.
#[derive(Default)]
struct Feed {
    is_feed: bool,
    title: String,
    language: String,
    entries: Vec<Entry>,
    /// Open elements.
    path: Vec<String>,
    /// Words of the field that is being read.
    words: String,
    /// So deep is the element of that field; what is nested in it is markup.
    field: Option<usize>,
}

#[derive(Default)]
struct Entry {
    title: String,
    link: String,
    content: String,
    summary: String,
    published: String,
    updated: String,
    author: String,
    source: String,
    plain: bool,
}

const FIELDS: [&str; 16] = [
    "title",
    "link",
    "guid",
    "description",
    "summary",
    "content",
    "content:encoded",
    "pubDate",
    "dc:date",
    "published",
    "updated",
    "author",
    "dc:creator",
    "name",
    "source",
    "language",
];

impl Feed {
    fn see(&mut self, step: Step) {
        match step {
            Step::Open(tag, attributes) => self.open(tag, &attributes),
            Step::Words(words) if self.field.is_some() => self.words.push_str(words),
            Step::Words(_) => {}
            Step::Close(tag) => self.close(tag),
        }
    }

    fn open(&mut self, tag: &str, attributes: &Attributes) {
        self.path.push(tag.to_owned());
        if self.path.len() == 1 {
            self.is_feed = matches!(tag, "rss" | "feed" | "rdf:RDF");
            self.language = attributes.get("xml:lang").unwrap_or_default();
        }
        if let Some(depth) = self.field {
            // `<content type="xhtml">`, and `author` with its `name`.
            if self.path[depth - 1] == "author" {
                self.words.clear();
            } else {
                self.words.push_str(&format!("<{tag}>"));
            }
            return;
        }
        if matches!(tag, "item" | "entry") {
            self.entries.push(Entry::default());
            return;
        }
        if FIELDS.contains(&tag) {
            self.field = Some(self.path.len());
            self.words.clear();
        }
        let in_entry = self.in_entry();
        if let Some(entry) = self.entries.last_mut().filter(|_| in_entry) {
            let relation = attributes
                .get("rel")
                .unwrap_or_else(|| "alternate".to_owned());
            if tag == "link" && relation == "alternate" && entry.link.is_empty() {
                entry.link = attributes.get("href").unwrap_or_default();
            }
            if matches!(tag, "content" | "summary") {
                entry.plain = attributes.get("type").is_none_or(|kind| kind == "text");
            }
        }
    }

    fn in_entry(&self) -> bool {
        self.path.iter().any(|tag| tag == "item" || tag == "entry")
    }

    fn close(&mut self, tag: &str) {
        let depth = self.path.len();
        match self.field {
            Some(field) if field == depth => {
                self.field = None;
                let words = std::mem::take(&mut self.words);
                self.keep(tag, words);
            }
            Some(field) if self.path[field - 1] != "author" => {
                self.words.push_str(&format!("</{tag}>"));
            }
            _ => {}
        }
        self.path.pop();
    }

    fn keep(&mut self, tag: &str, words: String) {
        if !self.in_entry() {
            match tag {
                "title" if self.title.is_empty() && self.path.len() <= 3 => self.title = words,
                "language" => self.language = words,
                _ => {}
            }
            return;
        }
        let Some(entry) = self.entries.last_mut() else {
            return;
        };
        let field = match tag {
            "title" => &mut entry.title,
            "link" | "guid" if entry.link.is_empty() && words.contains("://") => &mut entry.link,
            "content" | "content:encoded" => &mut entry.content,
            "description" | "summary" => &mut entry.summary,
            "pubDate" | "dc:date" | "published" => &mut entry.published,
            "updated" => &mut entry.updated,
            "author" | "dc:creator" | "name" => &mut entry.author,
            "source" => &mut entry.source,
            _ => return,
        };
        if field.is_empty() {
            *field = words;
        }
    }
}

impl Entry {
    fn extracted(&self, feed: &Feed, name: &str) -> Result<Extracted, ReadError> {
        let words = [&self.content, &self.summary]
            .into_iter()
            .find(|words| !words.trim().is_empty());
        let paragraphs = match words {
            None => Vec::new(),
            Some(words) if self.plain => words
                .lines()
                .map(one_line)
                .filter(|line| !line.is_empty())
                .collect(),
            Some(words) => fragment(words, name)?,
        };
        // Titles may hold markup and entities twice over.
        let title = told(&fragment(&self.title, name)?.join(" "), "feed title");
        let outlet = told(&self.source, "feed source").or_else(|| told(&feed.title, "feed"));
        let own = Fields {
            published: told(&self.published, "feed date"),
            carried: told(&self.updated, "feed update"),
            outlet,
            url: told(&self.link, "feed link"),
            author: told(author(&self.author), "feed author"),
            lang: None,
            declared_lang: told(feed.language.get(..2).unwrap_or_default(), "feed language"),
            title,
        };
        let title = own.title.as_ref().map(|Told { value, .. }| value.as_str());
        Ok(Extracted {
            name: title
                .map(str::to_owned)
                .or_else(|| own.url.as_ref().map(|url| url.value.clone())),
            text: text_of(&paragraphs, title),
            own,
        })
    }
}

/// RSS writes authors as `desk@wire.example (Ama Mensah)`.
fn author(words: &str) -> &str {
    match words
        .split_once('(')
        .and_then(|(_, rest)| rest.split_once(')'))
    {
        Some((name, _)) if words.contains('@') => name,
        _ if words.contains('@') => "",
        _ => words,
    }
}
