//! XML as a stream of tags and words. Entities that a document defines itself are never expanded, so they cannot multiply.

use quick_xml::Reader;
use quick_xml::escape::resolve_html5_entity;
use quick_xml::events::{BytesStart, Event};

/// What is met, in order. Names keep their prefix (`dc:creator`).
pub(crate) enum Step<'a> {
    Open(&'a str, Attributes<'a>),
    Close(&'a str),
    Words(&'a str),
}

/// The attributes of an opened element.
pub(crate) struct Attributes<'a>(&'a BytesStart<'a>);

impl Attributes<'_> {
    pub fn get(&self, name: &str) -> Option<String> {
        let attribute = self.0.try_get_attribute(name).ok()??;
        Some(unescaped(&attribute.value))
    }
}

/// No format that people write nests deeper.
const DEPTH: usize = 256;

/// Walks a document; an error says what is wrong with it, after all that came before was seen.
pub(crate) fn walk(xml: &str, mut see: impl FnMut(Step)) -> Result<(), String> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().expand_empty_elements = true;
    reader.config_mut().allow_dangling_amp = true;
    let mut depth = 0_usize;
    loop {
        match reader.read_event().map_err(|error| error.to_string())? {
            Event::Start(tag) => {
                depth += 1;
                if depth > DEPTH {
                    return Err(format!("its elements are nested more than {DEPTH} deep"));
                }
                see(Step::Open(tag.name().as_ref(), Attributes(&tag)));
            }
            Event::End(tag) => {
                depth = depth.saturating_sub(1);
                see(Step::Close(tag.name().as_ref()));
            }
            Event::Text(words) => see(Step::Words(&words)),
            Event::CData(words) => see(Step::Words(&words)),
            Event::GeneralRef(reference) => {
                let char = reference
                    .resolve_char_ref()
                    .ok()
                    .flatten()
                    .map(String::from);
                let named = || resolve_html5_entity(&reference).map(str::to_owned);
                see(Step::Words(&char.or_else(named).unwrap_or_default()));
            }
            Event::Eof if depth > 0 => return Err("it ends inside an element".to_owned()),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

fn unescaped(value: &str) -> String {
    quick_xml::escape::unescape(value).map_or_else(|_| value.to_owned(), |words| words.into_owned())
}
