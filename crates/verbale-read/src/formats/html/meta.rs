//! What a page says about its article: JSON-LD, OpenGraph, `meta`, `link` and `time`, in this order of trust.

use serde_json::Value;

use super::dom::{Dom, Id};
use crate::formats::prose::{one_line, told};
use crate::publication;
use crate::text::{Fields, Told};

/// The page's metadata, and the article's words if the page gives them apart (`articleBody`).
#[derive(Default)]
pub(crate) struct Meta {
    pub fields: Fields,
    pub body: Option<String>,
}

/// Reads the metadata of a page.
pub(crate) fn meta(dom: &Dom) -> Meta {
    let mut found = Meta::default();
    for id in dom.all(&["script"]) {
        let is_ld = dom
            .attribute(id, "type")
            .is_some_and(|kind| kind.to_ascii_lowercase().contains("ld+json"));
        if is_ld && let Ok(value) = serde_json::from_str::<Value>(&dom.text(id)) {
            found.linked_data(&value, 0);
        }
    }
    found.fields = found.fields.or(from_tags(dom)).or(from_body(dom));
    found
}

/// Types of schema.org that are an article.
const ARTICLES: [&str; 9] = [
    "Article",
    "NewsArticle",
    "ReportageNewsArticle",
    "AnalysisNewsArticle",
    "BackgroundNewsArticle",
    "OpinionNewsArticle",
    "BlogPosting",
    "LiveBlogPosting",
    "Report",
];

impl Meta {
    fn linked_data(&mut self, value: &Value, depth: usize) {
        // Graphs are nested once or twice; a page that nests them further plays with us.
        if depth > 4 {
            return;
        }
        match value {
            Value::Array(items) => items
                .iter()
                .for_each(|item| self.linked_data(item, depth + 1)),
            Value::Object(object) => {
                if let Some(graph) = object.get("@graph") {
                    self.linked_data(graph, depth + 1);
                }
                let types = names(object.get("@type"));
                if types.iter().any(|name| ARTICLES.contains(&name.as_str())) {
                    self.article(value);
                } else if let Some(main) = object.get("mainEntity") {
                    self.linked_data(main, depth + 1);
                }
            }
            _ => {}
        }
    }

    /// The first article of the page is its own; those of related stories come after it.
    fn article(&mut self, value: &Value) {
        if self.fields.title.is_some() {
            return;
        }
        let told = |field: &str, words: Option<String>| {
            told(&unescaped(&words?), &format!("json-ld {field}"))
        };
        let first = |field: &str| names(value.get(field)).into_iter().next();
        let title = told("headline", first("headline").or_else(|| first("name")));
        let authors = names(value.get("author"));
        self.fields = Fields {
            title,
            published: told("datePublished", first("datePublished")).filter(is_date),
            author: told("author", (!authors.is_empty()).then(|| authors.join(", "))),
            outlet: told("publisher", first("publisher")),
            url: told("url", first("url"))
                .or_else(|| told("mainEntityOfPage", address(value.get("mainEntityOfPage")))),
            carried: None,
            lang: None,
            declared_lang: told("inLanguage", first("inLanguage")).map(two_letters),
        };
        self.body = first("articleBody");
    }
}

/// The strings of a value: a string, an object's `name`, or those of a list.
fn names(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::String(words)) => vec![words.clone()],
        Some(Value::Object(object)) => {
            object.get("name").map_or_else(Vec::new, |name| match name {
                Value::String(name) => vec![name.clone()],
                _ => Vec::new(),
            })
        }
        Some(Value::Array(items)) => items
            .iter()
            .filter(|item| !item.is_array())
            .flat_map(|item| names(Some(item)))
            .collect(),
        _ => Vec::new(),
    }
}

fn address(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(address) => Some(address.clone()),
        Value::Object(object) => object.get("@id")?.as_str().map(str::to_owned),
        _ => None,
    }
}

/// Some systems write HTML's entities into JSON; the few that names hold.
fn unescaped(words: &str) -> String {
    words
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&#8217;", "’")
        .replace("&amp;", "&")
}

fn is_date(told: &Told) -> bool {
    publication(&told.value).is_some()
}

/// `en-GB` to `en`.
fn two_letters(mut told: Told) -> Told {
    let end = told.value.find(['-', '_']).unwrap_or(told.value.len());
    told.value.truncate(end);
    told.value.make_ascii_lowercase();
    told
}

/// `meta`, `link` and `title`.
fn from_tags(dom: &Dom) -> Fields {
    let named = |keys: &[&str]| {
        keys.iter().find_map(|key| {
            dom.all(&["meta"]).find_map(|id| {
                let name = ["property", "name", "itemprop"]
                    .iter()
                    .find_map(|attribute| dom.attribute(id, attribute))?;
                let content = dom.attribute(id, "content")?;
                name.trim()
                    .eq_ignore_ascii_case(key)
                    .then(|| told(content, key))?
            })
        })
    };
    let date = |keys: &[&str]| keys.iter().find_map(|key| named(&[key]).filter(is_date));
    let no_address = |told: &Told| !told.value.contains("://");
    let linked = |relation: &str| {
        dom.all(&["link"])
            .find(|&id| dom.attribute(id, "rel") == Some(relation))
            .and_then(|id| told(dom.attribute(id, "href")?, &format!("link {relation}")))
    };
    Fields {
        published: date(&[
            "article:published_time",
            "og:article:published_time",
            "datePublished",
            "parsely-pub-date",
            "sailthru.date",
            "pubdate",
            "publishdate",
            "publish-date",
            "dc.date.issued",
            "dcterms.date",
            "dc.date",
            "date",
        ]),
        outlet: named(&["og:site_name", "application-name", "dc.publisher"]),
        title: named(&["og:title", "twitter:title", "dc.title"]),
        url: linked("canonical").or_else(|| named(&["og:url"])),
        author: [
            "author",
            "article:author",
            "parsely-author",
            "dc.creator",
            "byl",
        ]
        .iter()
        .find_map(|key| named(&[key]).filter(no_address)),
        carried: None,
        lang: None,
        declared_lang: dom
            .all(&["html"])
            .next()
            .and_then(|id| told(dom.attribute(id, "lang")?, "html lang"))
            .map(two_letters),
    }
}

/// What the page shows: its first heading, else its title; the time marked as that of publication; the author's mark.
fn from_body(dom: &Dom) -> Fields {
    let heading = dom.all(&["h1"]).find_map(|id| told(&dom.text(id), "h1"));
    let title = || {
        let title = dom.all(&["title"]).next()?;
        let words = one_line(&dom.text(title));
        // "Mali meets Togo - North Wire"
        let end = words
            .rfind(" | ")
            .or_else(|| words.rfind(" - "))
            .or_else(|| words.rfind(" – "));
        told(&words[..end.unwrap_or(words.len())], "title")
    };
    let has = |id: Id, attribute: &str, word: &str| {
        dom.attribute(id, attribute)
            .is_some_and(|value| value.split_whitespace().any(|part| part == word))
    };
    let marked_time =
        |id: Id| has(id, "itemprop", "datePublished") || dom.attribute(id, "pubdate").is_some();
    let time = |id: Id| {
        let stamp = dom
            .attribute(id, "datetime")
            .or_else(|| dom.attribute(id, "content"))?;
        told(stamp, "time").filter(is_date)
    };
    let published = dom
        .below(0)
        .filter(|&id| marked_time(id))
        .find_map(time)
        .or_else(|| dom.all(&["time"]).take(1).find_map(time));
    let author = dom
        .below(0)
        .find(|&id| has(id, "rel", "author") || has(id, "itemprop", "author"))
        .and_then(|id| told(&dom.text(id), "author mark"));
    Fields {
        published,
        title: heading.or_else(title),
        author,
        ..Fields::default()
    }
}
