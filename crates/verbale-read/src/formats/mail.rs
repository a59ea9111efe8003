//! Letters (`.eml`), and pages that a browser saved as one (MHTML).

use mail_parser::{HeaderValue, Message, MessageParser, PartType};

use super::html::{article, fragment};
use super::parts::Extracted;
use super::prose::{one_line, text_of, told};
use crate::ReadError;
use crate::text::{Fields, Told};

/// Reads a letter: its plain text, else its HTML; attachments are files of their own.
pub(crate) fn letter(bytes: &[u8], name: &str) -> Result<Extracted, ReadError> {
    let message = MessageParser::default()
        .parse(bytes)
        .filter(|message| !message.headers().is_empty())
        .ok_or_else(|| ReadError::Malformed {
            name: name.to_owned(),
            format: "letter",
            message: "it has no head".to_owned(),
        })?;
    let html = message.html_bodies().find_map(|part| match &part.body {
        PartType::Html(html) => Some(html.as_ref()),
        _ => None,
    });
    if let (Some(address), Some(html)) = (text_header(&message, "Snapshot-Content-Location"), html)
    {
        let mut page = article(html.as_bytes(), name, None)?;
        page.own.url = page.own.url.or_else(|| told(&address, "snapshot address"));
        return Ok(page);
    }
    let plain = message.text_bodies().find_map(|part| match &part.body {
        PartType::Text(text) => Some((text.as_ref(), is_flowed(part))),
        _ => None,
    });
    let paragraphs = match (plain, html) {
        (Some((text, flowed)), _) => paragraphs(text, flowed),
        (None, Some(html)) => fragment(html, name)?,
        (None, None) => Vec::new(),
    };
    let own = fields(&message);
    let title = own.title.as_ref().map(|Told { value, .. }| value.as_str());
    Ok(Extracted {
        name: None,
        text: text_of(&paragraphs, title),
        own,
    })
}

fn fields(message: &Message) -> Fields {
    let sender = message
        .from()
        .and_then(|from| from.first())
        .and_then(|from| from.name.as_deref())
        .unwrap_or_default();
    // A mailing list has a name, and that is the outlet's; whoever else sends an article need not have written it.
    let is_list = ["List-Id", "List-Unsubscribe"]
        .iter()
        .any(|header| message.header(*header).is_some());
    Fields {
        title: told(message.subject().unwrap_or_default(), "Subject header"),
        carried: message
            .date()
            .and_then(|date| told(&date.to_rfc3339(), "Date header")),
        outlet: told(sender, "From header").filter(|_| is_list),
        ..Fields::default()
    }
}

fn text_header(message: &Message, name: &str) -> Option<String> {
    match message.header(name.to_owned())? {
        HeaderValue::Text(words) => Some(words.to_string()),
        _ => None,
    }
}

/// `format=flowed` (RFC 3676): a line that ends in a space goes on in the next.
fn is_flowed(part: &mail_parser::MessagePart) -> bool {
    use mail_parser::MimeHeaders;
    part.content_type()
        .and_then(|kind| kind.attribute("format"))
        .is_some_and(|format| format.eq_ignore_ascii_case("flowed"))
}

/// Paragraphs of plain text, as far as the signature. Lines within a paragraph are one line when they flow, or are broken
/// at a fixed width as letters are.
fn paragraphs(text: &str, flowed: bool) -> Vec<String> {
    let body = text
        .split("\n-- \n")
        .next()
        .unwrap_or_default()
        .replace("\r\n", "\n");
    let body = body.split("\n-- \n").next().unwrap_or_default();
    let wrapped = flowed || body.lines().all(|line| line.chars().count() <= 80);
    let parts: Vec<&str> = if wrapped {
        body.split("\n\n").collect()
    } else {
        body.lines().collect()
    };
    parts
        .into_iter()
        .map(one_line)
        .filter(|line| !line.is_empty())
        .collect()
}
