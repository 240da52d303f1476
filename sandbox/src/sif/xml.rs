//! Writes XML: escapes text, names elements as they were written, and indents documents.

use roxmltree::{Document, Node};

/// What a document that is sent as it is begins with.
pub(super) const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

/// The deepest document that is read.
const DEEPEST: usize = 256;

/// Text as it stands between tags or in an attribute.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for symbol in text.chars() {
        match symbol {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\r' => escaped.push_str("&#13;"),
            // What XML cannot hold at all.
            '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {
                escaped.push('\u{fffd}');
            }
            symbol => escaped.push(symbol),
        }
    }
    escaped
}

/// Text as it stands in an attribute whose line ends and tabs are to be kept.
pub(super) fn escaped_attribute(text: &str) -> String {
    escaped(text).replace('\t', "&#9;").replace('\n', "&#10;")
}

/// Reads a document that is not too deep; one with a DTD is refused by the reader.
pub(super) fn read(text: &str) -> Option<Document<'_>> {
    let document = Document::parse(text).ok()?;
    let deep = document.descendants().any(|node| node.ancestors().nth(DEEPEST + 1).is_some());
    (!deep).then_some(document)
}

/// The name of an element, with the prefix that it was written with.
pub(super) fn name<'a>(element: Node<'a, '_>) -> &'a str {
    let written = element.document().input_text().get(element.range().start + 1..).unwrap_or_default();
    written.split(|symbol: char| symbol.is_whitespace() || "/>".contains(symbol)).next().unwrap_or_default()
}

/// Begins the tag of an element, without its attributes: declares the namespaces that `outer`, the element
/// around it in what is written, does not declare yet.
pub(super) fn begin(out: &mut String, element: Node<'_, '_>, outer: Option<Node<'_, '_>>) {
    out.push('<');
    out.push_str(name(element));
    for namespace in element.namespaces() {
        let prefix = namespace.name();
        let known = outer.and_then(|outer| outer.lookup_namespace_uri(prefix)).unwrap_or_default();
        if prefix == Some("xml") || known == namespace.uri() {
            continue;
        }
        let name = prefix.map_or_else(|| "xmlns".to_owned(), |prefix| format!("xmlns:{prefix}"));
        out.push_str(&format!(" {name}=\"{}\"", escaped_attribute(namespace.uri())));
    }
}

/// Writes an attribute with the prefix that it was written with.
pub(super) fn attribute(out: &mut String, element: Node<'_, '_>, attribute: roxmltree::Attribute<'_, '_>) {
    let name = element.document().input_text().get(attribute.range_qname()).unwrap_or_default();
    out.push_str(&format!(" {name}=\"{}\"", escaped_attribute(attribute.value())));
}

/// A document indented by two spaces, without declaration, comments and processing instructions.
pub(super) fn indented(document: &Document<'_>) -> String {
    let mut out = String::new();
    indent(&mut out, document.root_element(), None, 0);
    out
}

fn indent(out: &mut String, element: Node<'_, '_>, outer: Option<Node<'_, '_>>, depth: usize) {
    begin(out, element, outer);
    for known in element.attributes() {
        attribute(out, element, known);
    }
    let children = || element.children().filter(|child| child.is_element() || child.is_text());
    let is_blank = |child: &Node<'_, '_>| child.text().is_some_and(|text| text.trim().is_empty());
    let mixed = children().any(|child| child.is_text() && !is_blank(&child));
    let children: Vec<_> = children().filter(|child| mixed || child.is_element()).collect();
    if children.is_empty() {
        out.push_str("/>");
        return;
    }
    out.push('>');
    let new_line = |out: &mut String, depth: usize| {
        if !mixed {
            out.push('\n');
            out.extend(std::iter::repeat_n("  ", depth));
        }
    };
    for child in children {
        new_line(out, depth + 1);
        match child.text().filter(|_| child.is_text()) {
            Some(text) => out.push_str(&escaped(text)),
            None => indent(out, child, Some(element), depth + 1),
        }
    }
    new_line(out, depth);
    out.push_str(&format!("</{}>", name(element)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_indented_document_is_the_same_without_comments() {
        let text = "<?xml version='1.0'?><x:a xmlns:x='x' xmlns='y' k='&lt;&#10;'><!-- c --><b> </b><c>1 &amp; 2</c>\
                    <d xmlns=''><e/></d></x:a>";
        let expected = "<x:a xmlns=\"y\" xmlns:x=\"x\" k=\"&lt;&#10;\">\n  <b/>\n  <c>1 &amp; 2</c>\n  \
                        <d xmlns=\"\">\n    <e/>\n  </d>\n</x:a>";
        let indented = indented(&read(text).unwrap());
        assert_eq!(indented.replace(" xmlns:x=\"x\"", ""), expected.replace(" xmlns:x=\"x\"", ""));
        assert!(indented.contains("xmlns:x=\"x\"") && read(&indented).is_some());
    }

    #[test]
    fn what_is_too_deep_or_brings_a_dtd_is_not_read() {
        let nested = |depth| format!("{}{}", "<a>".repeat(depth), "</a>".repeat(depth));
        assert!(read(&nested(256)).is_some());
        assert!(read(&nested(257)).is_none());
        assert!(read("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>").is_none());
    }
}
