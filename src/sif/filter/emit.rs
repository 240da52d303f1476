//! Writes what a filter lets through.

use std::collections::HashMap;

use roxmltree::{Node, NodeId};

use super::xpath::{Item, qualified_name};
use super::{Kind, Template};
use crate::privacy::{Growing, Wiped};

/// Writes the root element and what may be seen below it.
pub(super) fn emitted(
    root: Node<'_, '_>,
    templates: &[Template],
    nodes: &HashMap<NodeId, usize>,
    attributes: &HashMap<(NodeId, usize), usize>,
) -> Wiped<String> {
    let room = root.document().input_text().len() + 64;
    let mut emitter = Emitter { templates, nodes, attributes, text: Growing::with_capacity(room), scope: Vec::new() };
    emitter.text.end().push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
    emitter.element(root);
    emitter.text.to_owned().into()
}

struct Emitter<'e, 'a> {
    templates: &'e [Template],
    nodes: &'e HashMap<NodeId, usize>,
    attributes: &'e HashMap<(NodeId, usize), usize>,
    text: Growing,
    /// The namespaces declared around what is being written, innermost last.
    scope: Vec<(Option<&'a str>, &'a str)>,
}

impl<'a> Emitter<'_, 'a> {
    fn element<'i>(&mut self, node: Node<'a, 'i>)
    where
        'i: 'a,
    {
        let kind = self.nodes.get(&node.id()).map(|at| &self.templates[*at].kind);
        match kind {
            Some(Kind::Exclude) => {}
            Some(Kind::Include(children)) => {
                let mut shown: Vec<Item<'a, 'i>> =
                    children.iter().flat_map(|child| child.select(Item::Node(node))).collect();
                // In the order of the document, each once.
                shown.sort_by_key(|item| match item {
                    Item::Attribute(owner, at) => (owner.id().get(), Some(*at)),
                    Item::Node(node) => (node.id().get(), None),
                });
                shown.dedup();
                self.written(node, &shown);
            }
            None => {
                let attributes = (0..node.attributes().len()).map(|at| Item::Attribute(node, at));
                let shown: Vec<Item<'a, 'i>> = attributes.chain(node.children().map(Item::Node)).collect();
                self.written(node, &shown);
            }
        }
    }

    /// Writes an element with those of its attributes and of what is below it that are shown.
    fn written<'i>(&mut self, node: Node<'a, 'i>, shown: &[Item<'a, 'i>])
    where
        'i: 'a,
    {
        let name = qualified_name(node);
        let outer = self.scope.len();
        self.text.end().push('<');
        self.text.end().push_str(name);
        self.declare(node);
        for item in shown {
            if let Item::Attribute(owner, at) = *item {
                self.attribute(owner, at);
            }
        }
        self.text.end().push('>');
        let begun = self.text.len();
        for item in shown {
            match item {
                Item::Node(child) if child.is_element() => self.element(*child),
                Item::Node(child) if child.is_text() => {
                    escape(self.text.end(), child.text().unwrap_or_default(), false)
                }
                // Comments and processing instructions are not shown.
                _ => {}
            }
        }
        if self.text.len() == begun {
            self.text.end().pop();
            self.text.end().push_str("/>");
        } else {
            let end = self.text.end();
            end.push_str("</");
            end.push_str(name);
            end.push('>');
        }
        self.scope.truncate(outer);
    }

    fn attribute(&mut self, owner: Node<'a, '_>, at: usize) {
        let template = self.attributes.get(&(owner.id(), at)).map(|at| &self.templates[*at].kind);
        let Some(attribute) = owner.attributes().nth(at) else { return };
        if matches!(template, Some(Kind::Exclude)) {
            return;
        }
        let name = &owner.document().input_text()[attribute.range_qname()];
        let end = self.text.end();
        end.push(' ');
        end.push_str(name);
        end.push_str("=\"");
        escape(end, attribute.value(), true);
        end.push('"');
    }

    /// Declares the namespaces of an element that are not declared around it.
    fn declare<'i>(&mut self, node: Node<'a, 'i>)
    where
        'i: 'a,
    {
        let known = |scope: &[(Option<&str>, &str)], prefix: Option<&str>| {
            scope.iter().rev().find(|(known, _)| *known == prefix).map(|(_, uri)| (*uri).to_owned())
        };
        let mut has_default = false;
        for namespace in node.namespaces() {
            let (prefix, uri) = (namespace.name(), namespace.uri());
            if prefix == Some("xml") {
                continue;
            }
            has_default |= prefix.is_none();
            if known(&self.scope, prefix).as_deref() == Some(uri) {
                continue;
            }
            let end = self.text.end();
            match prefix {
                Some(prefix) => {
                    end.push_str(" xmlns:");
                    end.push_str(prefix);
                }
                None => end.push_str(" xmlns"),
            }
            end.push_str("=\"");
            escape(end, uri, true);
            end.push('"');
            self.scope.push((prefix, uri));
        }
        // An element outside every namespace within one that has a default.
        if !has_default && known(&self.scope, None).is_some_and(|uri| !uri.is_empty()) {
            self.text.end().push_str(" xmlns=\"\"");
            self.scope.push((None, ""));
        }
    }
}

/// Writes a text so that it is read back the same.
fn escape(to: &mut String, text: &str, in_attribute: bool) {
    for c in text.chars() {
        match c {
            '&' => to.push_str("&amp;"),
            '<' => to.push_str("&lt;"),
            '>' => to.push_str("&gt;"),
            '\r' => to.push_str("&#13;"),
            '"' if in_attribute => to.push_str("&quot;"),
            '\n' if in_attribute => to.push_str("&#10;"),
            '\t' if in_attribute => to.push_str("&#9;"),
            other => to.push(other),
        }
    }
}
