//! A page as a tree in one vector. It is built by html5ever, the parser of a browser, so a broken page is mended as browsers
//! mend it.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};

use html5ever::interface::{ElemName, ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::{Attribute, LocalName, Namespace, ParseOpts, QualName, parse_document};

/// Place of a node in the tree.
pub(crate) type Id = usize;

/// The page's tree; node 0 is the document.
pub(crate) struct Dom {
    nodes: Vec<Node>,
}

struct Node {
    parent: Option<Id>,
    children: Vec<Id>,
    content: Content,
}

enum Content {
    Element(QualName, Vec<(LocalName, String)>),
    Text(String),
    Other,
}

/// What no page that people read has; more would cost the parser time or memory beyond all bounds.
const DEPTH: usize = 512;
const NODES: usize = 1 << 20;
const ATTRIBUTES: usize = 2048;
/// The page is fed in pieces, and the limits looked at between them.
const PIECE: usize = 4096;

impl Dom {
    /// Parses a page; an error says which limit it broke.
    pub fn parse(text: &str) -> Result<Dom, String> {
        if has_endless_tag(text) {
            return Err(format!("a tag has more than {ATTRIBUTES} attributes"));
        }
        let mut parser = parse_document(Builder::new(), ParseOpts::default());
        let mut rest = text;
        while !rest.is_empty() {
            let (piece, after) = rest.split_at(rest.ceil_char_boundary(PIECE));
            parser.process(StrTendril::from(piece));
            rest = after;
            let builder = &parser.tokenizer.sink.sink;
            if builder.depth.get() > DEPTH {
                return Err(format!("its elements are nested more than {DEPTH} deep"));
            }
            if builder.nodes.borrow().len() > NODES {
                return Err(format!("it has more than {NODES} elements"));
            }
        }
        Ok(parser.finish())
    }

    /// The tag of an element, in lower case; empty for other nodes.
    pub fn tag(&self, id: Id) -> &str {
        match &self.nodes[id].content {
            Content::Element(name, _) => &name.local,
            _ => "",
        }
    }

    /// An attribute, if the node is an element that has it.
    pub fn attribute(&self, id: Id, name: &str) -> Option<&str> {
        match &self.nodes[id].content {
            Content::Element(_, attributes) => attributes
                .iter()
                .find(|(known, _)| &**known == name)
                .map(|(_, value)| value.as_str()),
            _ => None,
        }
    }

    /// The words of a text node.
    pub fn words(&self, id: Id) -> Option<&str> {
        match &self.nodes[id].content {
            Content::Text(text) => Some(text),
            _ => None,
        }
    }

    pub fn children(&self, id: Id) -> &[Id] {
        &self.nodes[id].children
    }

    /// The nodes around a node, from the inside out.
    pub fn ancestors(&self, id: Id) -> impl Iterator<Item = Id> + '_ {
        std::iter::successors(self.nodes[id].parent, |&at| self.nodes[at].parent)
    }

    /// All nodes below a node, in the order of the page.
    pub fn below(&self, id: Id) -> impl Iterator<Item = Id> + '_ {
        let mut open: Vec<Id> = self.nodes[id].children.iter().rev().copied().collect();
        std::iter::from_fn(move || {
            let at = open.pop()?;
            open.extend(self.nodes[at].children.iter().rev());
            Some(at)
        })
    }

    /// All elements of the page with one of these tags.
    pub fn all<'a>(&'a self, tags: &'a [&str]) -> impl Iterator<Item = Id> + 'a {
        self.below(0).filter(|&id| tags.contains(&self.tag(id)))
    }

    /// All words below a node, as they stand.
    pub fn text(&self, id: Id) -> String {
        self.below(id).filter_map(|at| self.words(at)).collect()
    }
}

/// Whether something between `<` and `>` has so many words outside quotation marks that it could be attributes without
/// end: the parser compares each with all before it.
fn has_endless_tag(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut words = None;
    let (mut quote, mut last, mut blank) = (None, b' ', false);
    for (at, &byte) in bytes.iter().enumerate() {
        match (byte, &mut words, quote) {
            (_, Some(_), Some(open)) => quote = quote.filter(|_| byte != open),
            (b'<', _, _) if bytes.get(at + 1).is_some_and(u8::is_ascii_alphabetic) => {
                words = Some(0)
            }
            (b'>', _, _) => words = None,
            (b'"' | b'\'', Some(_), None) if last == b'=' => quote = Some(byte),
            (_, Some(count), None) => {
                let parts = byte.is_ascii_whitespace() || matches!(byte, b'/' | b'"' | b'\'');
                *count += usize::from(blank && !parts);
                blank = parts;
                if *count > ATTRIBUTES {
                    return true;
                }
            }
            _ => {}
        }
        if !byte.is_ascii_whitespace() {
            last = byte;
        }
    }
    false
}

/// Takes the parser's orders. The parser holds it shared, hence the cells.
struct Builder {
    nodes: RefCell<Vec<Node>>,
    depth: Cell<usize>,
    depths: RefCell<Vec<usize>>,
}

/// The name of an element, given to the parser.
#[derive(Debug)]
struct Name(QualName);

impl ElemName for Name {
    fn ns(&self) -> &Namespace {
        &self.0.ns
    }

    fn local_name(&self) -> &LocalName {
        &self.0.local
    }
}

impl Builder {
    fn new() -> Builder {
        let builder = Builder {
            nodes: RefCell::default(),
            depth: Cell::new(0),
            depths: RefCell::default(),
        };
        builder.node(Content::Other);
        builder
    }

    fn node(&self, content: Content) -> Id {
        let mut nodes = self.nodes.borrow_mut();
        nodes.push(Node {
            parent: None,
            children: Vec::new(),
            content,
        });
        self.depths.borrow_mut().push(0);
        nodes.len() - 1
    }

    /// Puts a node or words before the child at `index` of a parent.
    fn insert(&self, parent: Id, index: usize, child: NodeOrText<Id>) {
        let child = match child {
            NodeOrText::AppendNode(id) => id,
            NodeOrText::AppendText(words) => {
                let mut nodes = self.nodes.borrow_mut();
                let before = index
                    .checked_sub(1)
                    .map(|before| nodes[parent].children[before]);
                if let Some(before) = before
                    && let Content::Text(text) = &mut nodes[before].content
                {
                    text.push_str(&words);
                    return;
                }
                drop(nodes);
                self.node(Content::Text(words.to_string()))
            }
        };
        let mut nodes = self.nodes.borrow_mut();
        nodes[child].parent = Some(parent);
        nodes[parent].children.insert(index, child);
        let mut depths = self.depths.borrow_mut();
        depths[child] = depths[parent] + 1;
        self.depth.set(self.depth.get().max(depths[child]));
    }

    fn count(&self, parent: Id) -> usize {
        self.nodes.borrow()[parent].children.len()
    }
}

impl TreeSink for Builder {
    type Handle = Id;
    type Output = Dom;
    type ElemName<'a> = Name;

    fn finish(self) -> Dom {
        Dom {
            nodes: self.nodes.into_inner(),
        }
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Id {
        0
    }

    fn elem_name(&self, target: &Id) -> Name {
        match &self.nodes.borrow()[*target].content {
            Content::Element(name, _) => Name(name.clone()),
            _ => unreachable!("the parser asks for names of elements only"),
        }
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> Id {
        let attributes = attributes
            .into_iter()
            .map(|attribute| (attribute.name.local, attribute.value.to_string()))
            .collect();
        self.node(Content::Element(name, attributes))
    }

    fn create_comment(&self, _: StrTendril) -> Id {
        self.node(Content::Other)
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Id {
        self.node(Content::Other)
    }

    fn append(&self, parent: &Id, child: NodeOrText<Id>) {
        self.insert(*parent, self.count(*parent), child);
    }

    fn append_based_on_parent_node(&self, element: &Id, before: &Id, child: NodeOrText<Id>) {
        if self.nodes.borrow()[*element].parent.is_some() {
            self.append_before_sibling(element, child);
        } else {
            self.append(before, child);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &Id) -> Id {
        // What a template holds is never shown; it hangs below the template, which the reader passes over.
        *target
    }

    fn same_node(&self, one: &Id, other: &Id) -> bool {
        one == other
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Id, child: NodeOrText<Id>) {
        if let NodeOrText::AppendNode(id) = child {
            self.remove_from_parent(&id);
        }
        let place = {
            let nodes = self.nodes.borrow();
            nodes[*sibling].parent.and_then(|parent| {
                let children = &nodes[parent].children;
                Some((parent, children.iter().rposition(|id| id == sibling)?))
            })
        };
        if let Some((parent, index)) = place {
            self.insert(parent, index, child);
        }
    }

    fn add_attrs_if_missing(&self, target: &Id, attributes: Vec<Attribute>) {
        if let Content::Element(_, known) = &mut self.nodes.borrow_mut()[*target].content {
            for attribute in attributes {
                if known.iter().all(|(name, _)| *name != attribute.name.local) {
                    known.push((attribute.name.local, attribute.value.to_string()));
                }
            }
        }
    }

    fn remove_from_parent(&self, target: &Id) {
        let mut nodes = self.nodes.borrow_mut();
        if let Some(parent) = nodes[*target].parent.take() {
            nodes[parent].children.retain(|id| id != target);
        }
    }

    fn reparent_children(&self, node: &Id, new_parent: &Id) {
        let children = std::mem::take(&mut self.nodes.borrow_mut()[*node].children);
        for child in children {
            self.insert(
                *new_parent,
                self.count(*new_parent),
                NodeOrText::AppendNode(child),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_page_is_mended() {
        let dom = Dom::parse("<p>Mali <b>met <i>Togo</b> in</i> Lom&eacute;<p>on Monday").unwrap();
        let paragraphs: Vec<String> = dom.all(&["p"]).map(|id| dom.text(id)).collect();
        assert_eq!(paragraphs, ["Mali met Togo in Lomé", "on Monday"]);
    }

    #[test]
    fn limits() {
        assert!(Dom::parse(&"<div>".repeat(100_000)).is_err());
        let many: String = (0..100_000).map(|index| format!(" a{index}")).collect();
        assert!(Dom::parse(&format!("<p{many}>")).is_err());
        assert!(Dom::parse(&format!("<p data-state = \"{many}\">")).is_ok());
        let formats: String = (0..300).map(|index| format!("<b id={index}>")).collect();
        assert!(Dom::parse(&format!("<p>{formats}{}", "<p>".repeat(1 << 20))).is_err());
    }
}
