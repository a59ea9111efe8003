//! WordprocessingML: the paragraphs of the document's body. Headers, footers and notes are files of their own beside it.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::parts::Extracted;
use super::prose::{one_line, text_of, told};
use super::xml::{Step, walk};
use crate::ReadError;
use crate::text::{Fields, Told};

/// Reads a document; none of its files may unpack to more than `limit` bytes.
pub(crate) fn document(bytes: &[u8], name: &str, limit: usize) -> Result<Extracted, ReadError> {
    let wrong = |message: String| ReadError::Malformed {
        name: name.to_owned(),
        format: "docx",
        message,
    };
    let mut archive =
        ZipArchive::new(Cursor::new(bytes)).map_err(|error| wrong(error.to_string()))?;
    let body = file(&mut archive, "word/document.xml", limit).map_err(wrong)?;
    let core = file(&mut archive, "docProps/core.xml", limit).unwrap_or_default();
    let mut story = Story::default();
    walk(&body, |step| story.see(step)).map_err(wrong)?;
    let mut own = properties(&core);
    own.title = own
        .title
        .or_else(|| told(&story.title?, "paragraph of style Title"));
    let title = own.title.as_ref().map(|Told { value, .. }| value.as_str());
    Ok(Extracted {
        name: None,
        text: text_of(&story.paragraphs, title),
        own,
    })
}

fn file(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    name: &str,
    limit: usize,
) -> Result<String, String> {
    let file = archive
        .by_name(name)
        .map_err(|_| format!("there is no {name} in it"))?;
    let mut xml = String::new();
    let read = file.take(limit as u64 + 1).read_to_string(&mut xml);
    read.map_err(|error| error.to_string())?;
    if xml.len() > limit {
        return Err(format!("{name} unpacks to more than {limit} bytes"));
    }
    Ok(xml)
}

/// What the file says about itself. When it was made is not when the text came out.
fn properties(core: &str) -> Fields {
    let mut fields = Fields::default();
    let mut words = String::new();
    // A damaged list of properties costs the properties only.
    let _ = walk(core, |step| match step {
        Step::Open(..) => words.clear(),
        Step::Words(more) => words.push_str(more),
        Step::Close("dc:title") => fields.title = told(&words, "docx title"),
        Step::Close("dc:creator") => fields.author = told(&words, "docx creator"),
        Step::Close(_) => {}
    });
    fields
}

#[derive(Default)]
struct Story {
    paragraphs: Vec<String>,
    title: Option<String>,
    words: String,
    is_title: bool,
    in_text: bool,
    /// Depth inside elements whose words are not shown: what was struck out, field codes, second versions of text boxes.
    unseen: usize,
}

const UNSEEN: [&str; 4] = ["w:del", "w:moveFrom", "mc:Fallback", "w:instrText"];

impl Story {
    fn see(&mut self, step: Step) {
        match step {
            Step::Open(tag, _) if UNSEEN.contains(&tag) => self.unseen += 1,
            Step::Close(tag) if UNSEEN.contains(&tag) => self.unseen -= 1,
            _ if self.unseen > 0 => {}
            Step::Open("w:t", _) => self.in_text = true,
            Step::Close("w:t") => self.in_text = false,
            Step::Open("w:tab" | "w:br" | "w:cr", _) => self.words.push(' '),
            Step::Open("w:noBreakHyphen", _) => self.words.push('-'),
            Step::Open("w:pStyle", attributes) => {
                self.is_title = attributes.get("w:val").as_deref() == Some("Title");
            }
            Step::Words(words) if self.in_text => self.words.push_str(words),
            Step::Close("w:p") => self.close(),
            _ => {}
        }
    }

    fn close(&mut self) {
        let words = one_line(&std::mem::take(&mut self.words));
        let is_title = std::mem::take(&mut self.is_title);
        if words.is_empty() {
            return;
        }
        if is_title && self.title.is_none() && self.paragraphs.is_empty() {
            self.title = Some(words);
        } else {
            self.paragraphs.push(words);
        }
    }
}
