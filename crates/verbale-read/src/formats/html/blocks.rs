//! A tree to blocks: paragraphs, headings and list items with what is needed to judge them.

use super::boxes::is_box;
use super::dom::{Dom, Id};
use crate::formats::prose::one_line;

/// A piece of the page that stands on lines of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Block {
    pub text: String,
    /// The element that holds it.
    pub id: Id,
    /// The share of its letters that stand in links, in hundredths.
    pub linked: usize,
    /// Whether it is a heading of any level.
    pub heading: bool,
}

impl Block {
    /// Prose: some words, few of them links.
    pub fn is_prose(&self) -> bool {
        !self.heading && self.text.len() >= 60 && self.linked < 40
    }
}

/// Elements that stand inside a line.
const INLINE: [&str; 32] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em",
    "font", "i", "ins", "kbd", "mark", "q", "s", "small", "span", "strike", "strong", "sub", "sup",
    "time", "tt", "u", "var", "wbr", "center",
];

/// The blocks below a node in the order of the page; boxes are passed over unless they are spared.
pub(crate) fn blocks(dom: &Dom, root: Id, spared: &dyn Fn(Id) -> bool) -> Vec<Block> {
    let mut walk = Walk {
        dom,
        spared,
        blocks: Vec::new(),
        words: String::new(),
        linked: 0,
    };
    walk.element(root, root, false);
    walk.close(root);
    walk.blocks
}

struct Walk<'a> {
    dom: &'a Dom,
    spared: &'a dyn Fn(Id) -> bool,
    blocks: Vec<Block>,
    words: String,
    linked: usize,
}

impl Walk<'_> {
    /// Reads a node; `holder` is the innermost element that stands on lines of its own.
    fn element(&mut self, id: Id, holder: Id, in_link: bool) {
        for &child in self.dom.children(id) {
            if let Some(words) = self.dom.words(child) {
                self.words.push_str(words);
                if in_link {
                    self.linked += letters(words);
                }
                continue;
            }
            let tag = self.dom.tag(child);
            match tag {
                "" => continue,
                // One line break is a space; blocks of old pages are parted by two.
                "br" => {
                    if self.words.ends_with('\u{b}') {
                        self.close(holder);
                    } else {
                        self.words.push('\u{b}');
                    }
                    continue;
                }
                _ if is_box(self.dom, child) && !(self.spared)(child) => continue,
                _ => {}
            }
            if INLINE.contains(&tag) {
                self.element(child, holder, in_link || tag == "a");
            } else {
                self.close(holder);
                self.element(child, child, in_link);
                self.close(child);
            }
        }
    }

    fn close(&mut self, holder: Id) {
        let text = one_line(&std::mem::take(&mut self.words));
        let linked = std::mem::take(&mut self.linked);
        let all = letters(&text);
        if let Some(share) = (100 * linked).checked_div(all) {
            let heading = std::iter::once(holder)
                .chain(self.dom.ancestors(holder).take(2))
                .any(|at| matches!(self.dom.tag(at), "h1" | "h2" | "h3" | "h4" | "h5" | "h6"));
            self.blocks.push(Block {
                text,
                id: holder,
                linked: share.min(100),
                heading,
            });
        }
    }
}

fn letters(words: &str) -> usize {
    words.chars().filter(|char| char.is_alphanumeric()).count()
}
