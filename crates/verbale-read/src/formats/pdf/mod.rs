//! PDF: placed glyphs to lines, lines to columns, columns to paragraphs. A PDF has no words, only letters on a page.

mod columns;
mod glyphs;
mod lines;
mod paragraphs;
mod running;

use std::panic::catch_unwind;

use super::parts::Extracted;
use super::prose::{one_line, same_words, text_of, told};
use crate::ReadError;
use crate::text::{Fields, Told};
use glyphs::Pages;
use lines::Line;

/// Reads a document; its streams may unpack to no more than four times `limit` bytes together.
pub(crate) fn document(bytes: &[u8], name: &str, limit: usize) -> Result<Extracted, ReadError> {
    let wrong = |message: &str| ReadError::Malformed {
        name: name.to_owned(),
        format: "PDF",
        message: message.to_owned(),
    };
    if glyphs::unpacks_beyond(bytes, 4 * limit) {
        return Err(wrong("its streams unpack to more than any text"));
    }
    // The interpreter works on what others wrote; should one of its assumptions break, this file alone is lost.
    let pages = catch_unwind(|| Pages::read(bytes)).unwrap_or(Err("its pages cannot be followed"));
    let pages = pages.map_err(wrong)?;
    Ok(story(pages))
}

fn story(pages: Pages) -> Extracted {
    let mut own = Fields {
        title: told(&pages.title, "pdf title").filter(|title| is_title(&title.value)),
        author: told(&pages.author, "pdf author"),
        ..Fields::default()
    };
    let mut by_page: Vec<Vec<Line>> = pages.pages.into_iter().map(lines::lines).collect();
    running::strip(&mut by_page, &pages.heights);
    let columns: Vec<Vec<Line>> = by_page.into_iter().flat_map(columns::in_order).collect();
    let mut paragraphs = paragraphs::paragraphs(&columns);
    // The headline is the largest line above the story.
    let body = paragraphs::usual_size(&columns);
    if own.title.is_none()
        && let Some(first) = paragraphs.first()
        && first.size > 1.2 * body
        && paragraphs.len() > 1
    {
        own.title = told(&first.text, "largest line");
    }
    let title = own.title.as_ref().map(|Told { value, .. }| value.clone());
    // What stands above the headline, a section's name or a print date, is no story.
    let headline = title.as_ref().and_then(|title| {
        let top = paragraphs.iter().take(4);
        top.into_iter().position(|one| same_words(&one.text, title))
    });
    if let Some(at) = headline
        && paragraphs[..at].iter().all(|one| one.text.len() < 80)
    {
        paragraphs.drain(..at);
    }
    let texts: Vec<String> = paragraphs.iter().map(|one| one_line(&one.text)).collect();
    Extracted {
        name: None,
        text: text_of(&texts, title.as_deref()),
        own,
    }
}

/// Programs write their own or the file's name where they know no title.
fn is_title(title: &str) -> bool {
    let lower = title.to_lowercase();
    let file = [".doc", ".docx", ".indd", ".qxd", ".pdf", ".odt", ".html"];
    !(lower.starts_with("microsoft word")
        || lower.starts_with("untitled")
        || lower.starts_with("about:")
        || lower.contains("://")
        || file.iter().any(|ending| lower.ends_with(ending)))
}
