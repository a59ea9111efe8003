//! One answer in the form asked for.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Instant;

use axum::body::Bytes;
use maud::Markup;
use serde::Serialize;
use serde::de::DeserializeOwned;
use verbale_engine::listing::{Column, csv_table, flatten, markdown_table};

use crate::desk::Desk;
use crate::forms::Form;
use crate::made::Made;
use crate::pages::frame;
use crate::problem::Problem;

/// A request as pages see it.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The form asked for.
    pub form: Form,
    /// The path without its ending.
    pub path: String,
    /// The query as it came, without empty fields: a form sends those for what is not asked.
    pub query: Vec<(String, String)>,
    /// The variable parts of the path by name.
    pub parts: BTreeMap<String, String>,
    /// Who waits for the answer.
    pub waiting: Waiting,
}

/// Who waits for an answer that is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waiting {
    /// A reader, who is better served at once with what was true a moment ago.
    Reader,
    /// Nobody: it is made for those who come later, and is as new as it can be.
    Nobody,
}

impl Asked {
    /// A variable part of the path.
    pub fn part(&self, name: &str) -> &str {
        self.parts.get(name).map_or("", String::as_str)
    }

    /// A field of the query.
    pub fn field(&self, name: &str) -> Option<&str> {
        self.query
            .iter()
            .find(|(field, _)| field == name)
            .map(|(_, value)| value.as_str())
    }

    /// The query without some fields, as words of an address.
    pub fn query_without(&self, names: &[&str]) -> String {
        let kept: Vec<&(String, String)> = self
            .query
            .iter()
            .filter(|(name, _)| !names.contains(&name.as_str()))
            .collect();
        serde_urlencoded::to_string(kept).unwrap_or_default()
    }

    /// The query as a type, without some fields that are not its own. Unknown fields are refused, so that a typo does not
    /// silently show everything.
    pub fn read<T: DeserializeOwned>(&self, others: &[&str]) -> Result<T, Problem> {
        serde_urlencoded::from_str(&self.query_without(others))
            .map_err(|error| Problem::asked(format!("the address cannot be understood: {error}")))
    }

    /// What tells this request from all others.
    pub fn key(&self) -> String {
        format!("{:?} {}?{}", self.form, self.path, self.query_without(&[]))
    }

    /// This address in another form.
    pub fn address(&self, ending: &str) -> String {
        let query = self.query_without(&[]);
        let mark = if query.is_empty() { "" } else { "?" };
        format!("{}.{ending}{mark}{query}", self.path)
    }
}

/// An answer.
pub struct Answer {
    /// Media type.
    pub media: &'static str,
    /// The body.
    pub body: Content,
    /// Address of the next page of a listing.
    pub next: Option<String>,
    /// Name of the file, of what is taken away and not shown.
    pub file: Option<String>,
    /// Its tag, if it shows the store as it was a moment ago.
    pub tag: Option<String>,
    /// Until when it would be the same if it was made again, though texts come in.
    pub rests: Option<Instant>,
}

/// What an answer holds.
pub enum Content {
    /// Text that is there.
    Text(String),
    /// Bytes of a page that is kept.
    Kept(Bytes),
    /// Bytes that are written while they are sent.
    Written(Writer),
    /// A page that is being made, and how it begins.
    Begun(String, Coming),
}

/// A page that is being made.
pub type Coming = Pin<Box<dyn Future<Output = Result<Arc<Made>, Problem>> + Send>>;

/// Writes the bytes of an answer.
pub type Writer = Box<dyn FnOnce(&Desk, &mut dyn Write) -> io::Result<()> + Send>;

impl Answer {
    /// An answer of a media type.
    pub fn of(media: &'static str, body: String) -> Answer {
        Answer {
            media,
            body: Content::Text(body),
            next: None,
            file: None,
            tag: None,
            rests: None,
        }
    }

    /// A file to take away.
    pub fn file(media: &'static str, name: String, write: Writer) -> Answer {
        Answer {
            media,
            body: Content::Written(write),
            next: None,
            file: Some(name),
            tag: None,
            rests: None,
        }
    }

    /// A listing: HTML is made only if it is asked for.
    pub fn rows<T: Serialize>(
        asked: &Asked,
        title: &str,
        rows: &[T],
        columns: &[Column<T>],
        body: impl FnOnce() -> Markup,
    ) -> Result<Answer, Problem> {
        let text = match asked.form {
            Form::Html => frame::page(title, &asked.path, body()).into_string(),
            Form::Json => serde_json::to_string_pretty(rows)?,
            Form::Csv => csv_table(rows)?,
            Form::Md => markdown_table(rows, columns),
        };
        Ok(Answer::of(asked.form.media_type(), text))
    }

    /// One thing: every field of it in JSON, CSV and, unless the page has its own words, in Markdown.
    pub fn one(
        asked: &Asked,
        title: &str,
        value: &impl Serialize,
        markdown: Option<String>,
        body: impl FnOnce() -> Markup,
    ) -> Result<Answer, Problem> {
        let text = match asked.form {
            Form::Html => frame::page(title, &asked.path, body()).into_string(),
            Form::Json => serde_json::to_string_pretty(value)?,
            Form::Csv => csv_table(std::slice::from_ref(value))?,
            Form::Md => match markdown {
                Some(text) => text,
                None => {
                    let mut fields = flatten(&serde_json::to_value(value)?);
                    fields.retain(|(_, value)| !value.is_empty());
                    let columns: [Column<(String, String)>; 2] = [
                        ("field", |(name, _)| name.clone()),
                        ("value", |(_, value)| value.clone()),
                    ];
                    markdown_table(&fields, &columns)
                }
            },
        };
        Ok(Answer::of(asked.form.media_type(), text))
    }
}
