//! Pages: the article in them, without what a page sets around it.

mod article;
mod blocks;
mod boxes;
mod dom;
mod meta;

use encoding_rs::Encoding;

use super::parts::Extracted;
use super::prose::text_of;
use crate::ReadError;
use crate::decode::decode_markup;
use dom::Dom;

/// So many bytes at the top of a page are searched for its encoding, as browsers do.
const TOP: usize = 1024;

/// Reads a page; `charset` is the encoding that a server or letter declared.
pub(crate) fn article(
    bytes: &[u8],
    name: &str,
    charset: Option<&str>,
) -> Result<Extracted, ReadError> {
    let declared = charset
        .and_then(|label| Encoding::for_label(label.as_bytes()))
        .or_else(|| declared(&bytes[..bytes.len().min(TOP)]));
    let page = decode_markup(bytes, declared, name)?;
    let dom = parse(&page, name)?;
    let meta = meta::meta(&dom);
    let title = meta.fields.title.as_ref().map(|title| title.value.as_str());
    let paragraphs = article::paragraphs(&dom, &meta);
    Ok(Extracted {
        name: None,
        text: text_of(&paragraphs, title),
        own: meta.fields,
    })
}

/// The words of a fragment, as feeds and letters have them: no article is looked for, only what frames one is left out.
pub(crate) fn fragment(html: &str, name: &str) -> Result<Vec<String>, ReadError> {
    let dom = parse(html, name)?;
    Ok(blocks::blocks(&dom, 0, &|_| false)
        .into_iter()
        .filter(|block| !(block.linked > 80 && block.text.len() < 200))
        .map(|block| block.text)
        .collect())
}

fn parse(page: &str, name: &str) -> Result<Dom, ReadError> {
    Dom::parse(page).map_err(|message| ReadError::Malformed {
        name: name.to_owned(),
        format: "page",
        message,
    })
}

/// The encoding that the page itself declares: `<meta charset="…">`, `content="text/html; charset=…"`, `encoding="…"`.
fn declared(top: &[u8]) -> Option<&'static Encoding> {
    let top = String::from_utf8_lossy(top).to_ascii_lowercase();
    let at = top
        .find("charset=")
        .map(|at| at + "charset=".len())
        .or_else(|| top.find("encoding=").map(|at| at + "encoding=".len()))?;
    let label: String = top[at..]
        .trim_start_matches(['"', '\'', ' '])
        .chars()
        .take_while(|char| char.is_ascii_alphanumeric() || "-_:".contains(*char))
        .collect();
    Encoding::for_label(label.as_bytes())
}
