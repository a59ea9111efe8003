//! A citation of the texts behind a fact or record.

use clap::ValueEnum;
use jiff::civil::Date;
use serde_json::{Value, json};
use verbale_read::Document;
use verbale_store::{Found, Store};

use crate::Result;
use crate::ask::facts_of;

/// One cited text.
#[derive(Debug, Clone, Copy)]
pub struct Cited<'a> {
    /// The text.
    pub document: &'a Document,
    /// The words that matter, if some do more than others.
    pub quote: Option<&'a str>,
}

/// Citation styles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs)]
pub enum CiteStyle {
    Bibtex,
    Csl,
}

/// Cites the text of a fact, or every witness of a record with its first words; `None` where no text is left to cite.
pub fn cite(store: &Store, found: Found, style: CiteStyle) -> Result<Option<String>> {
    let mut sources: Vec<(Document, String)> = Vec::new();
    for fact in facts_of(store, found)? {
        if sources.iter().any(|(document, _)| document.id == fact.doc) {
            continue;
        }
        if let Some(stored) = store.document(&fact.doc)? {
            sources.push((stored.document, fact.quote));
        }
    }
    if sources.is_empty() {
        return Ok(None);
    }
    let cited: Vec<Cited> = sources
        .iter()
        .map(|(document, quote)| Cited {
            document,
            quote: Some(quote),
        })
        .collect();
    Ok(Some(match style {
        CiteStyle::Bibtex => bibtex(&cited),
        CiteStyle::Csl => serde_json::to_string_pretty(&csl(&cited))?,
    }))
}

/// The texts as BibLaTeX, one `@online` entry each.
pub fn bibtex(cited: &[Cited]) -> String {
    cited.iter().map(entry).collect::<Vec<_>>().join("\n")
}

/// The texts as CSL-JSON.
pub fn csl(cited: &[Cited]) -> Vec<Value> {
    cited.iter().map(item).collect()
}

fn title(source: &Cited) -> String {
    let document = source.document;
    document
        .title
        .clone()
        .unwrap_or_else(|| document.name.clone())
}

/// The words that matter, and what the text is known by for ever.
fn note(source: &Cited) -> String {
    let hash = format!("SHA-256 {}", source.document.sha256);
    match source.quote {
        Some(quote) => format!("“{quote}”; {hash}"),
        None => hash,
    }
}

/// The publication day, if it is known to the day.
fn day(source: &Cited) -> Option<Date> {
    source
        .document
        .published
        .as_ref()
        .filter(|published| published.start == published.end)
        .map(|published| published.start)
}

fn entry(source: &Cited) -> String {
    let document = source.document;
    let mut fields = vec![("title", title(source))];
    let mut push = |name, value: Option<String>| fields.extend(value.map(|value| (name, value)));
    push(
        "author",
        document.author.as_ref().map(|author| author.value.clone()),
    );
    push(
        "journal",
        document.outlet.as_ref().map(|outlet| outlet.value.clone()),
    );
    push("date", day(source).map(|day| day.to_string()));
    push("url", document.url.clone());
    push("note", Some(note(source)));
    let lines: Vec<String> = fields
        .iter()
        .map(|(name, value)| format!("  {name} = {{{}}},", escape(value)))
        .collect();
    format!(
        "@online{{verbale-{},\n{}\n}}",
        document.id,
        lines.join("\n")
    )
}

/// Characters that mean something to TeX, and line breaks.
fn escape(value: &str) -> String {
    let mut out = String::new();
    for character in value.chars() {
        match character {
            '\\' => out.push_str("\\textbackslash{}"),
            '{' | '}' | '%' | '&' | '#' | '$' | '_' => {
                out.push('\\');
                out.push(character);
            }
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            character if character.is_control() => out.push(' '),
            character => out.push(character),
        }
    }
    out
}

fn item(source: &Cited) -> Value {
    let document = source.document;
    let mut value = json!({
        "id": format!("verbale-{}", document.id),
        "type": "article-newspaper",
        "title": title(source),
        "note": note(source),
    });
    if let Some(outlet) = &document.outlet {
        value["container-title"] = json!(outlet.value);
    }
    if let Some(author) = &document.author {
        value["author"] = json!([{ "literal": author.value }]);
    }
    if let Some(day) = day(source) {
        value["issued"] = json!({ "date-parts": [[day.year(), day.month(), day.day()]] });
    }
    if let Some(url) = &document.url {
        value["URL"] = json!(url);
    }
    value
}
