//! Applies stylesheets of the one shape that filters have, without being an XSLT processor.

use roxmltree::{Document, Node};

use super::path::{Item, Path};
use super::xml;

const XSLT: &str = "http://www.w3.org/1999/XSL/Transform";

/// A stylesheet that has been understood.
#[derive(Debug)]
pub(super) struct Stylesheet {
    /// What the root of a document is called.
    root: String,
    templates: Vec<Template>,
}

#[derive(Debug)]
struct Template {
    pattern: Path,
    /// What goes along when the node is copied; `None` leaves the node out.
    copies: Option<Vec<Path>>,
}

/// What becomes of a node.
enum Fate<'a> {
    /// No template but that for everything: kept whole.
    Whole,
    Dropped,
    Copied(&'a [Path]),
}

impl Stylesheet {
    /// Understands a stylesheet; `None` when it does not have the shape of a filter or is wrong.
    pub(super) fn compile(text: &str) -> Option<Self> {
        let document = xml::read(text)?;
        let sheet = document.root_element();
        if !sheet.has_tag_name((XSLT, "stylesheet")) {
            return None;
        }
        let mut root = None;
        let mut templates = Vec::new();
        for element in sheet.children().filter(Node::is_element) {
            if element.has_tag_name((XSLT, "output")) {
                continue;
            }
            let pattern = element.attribute("match").filter(|_| element.has_tag_name((XSLT, "template")))?;
            let selected = selected(element)?;
            if let Some(name) = identity(pattern) {
                // All other templates stand behind this one, so that it only catches what they leave.
                if root.is_some() || !templates.is_empty() || selected != Some("@* | node()") {
                    return None;
                }
                root = Some(name.to_owned());
                continue;
            }
            let copies = match selected {
                None => None,
                Some(list) => Some(alternatives(list)?),
            };
            templates.push(Template { pattern: Path::parse(pattern.strip_prefix('/')?)?, copies });
        }
        Some(Self { root: root?, templates })
    }

    /// What is left of a document, without a declaration; `None` when nothing of it would be XML.
    pub(super) fn apply(&self, document: &Document<'_>) -> Option<String> {
        let root = document.root_element();
        let tag = root.tag_name();
        if tag.name() != self.root || tag.namespace().is_some_and(|uri| !uri.is_empty()) {
            return None;
        }
        let mut out = String::new();
        // The template for everything begins below the root.
        if let Fate::Whole = self.fate(Item::Node(root)) {
            return None;
        }
        self.emit(&mut out, root, None);
        (!out.is_empty()).then_some(out)
    }

    fn fate(&self, item: Item<'_, '_>) -> Fate<'_> {
        // All templates have the same priority, so the last one that matches is taken.
        match self.templates.iter().rev().find(|template| template.pattern.matches(item)) {
            None => Fate::Whole,
            Some(Template { copies: None, .. }) => Fate::Dropped,
            Some(Template { copies: Some(paths), .. }) => Fate::Copied(paths),
        }
    }

    fn emit(&self, out: &mut String, element: Node<'_, '_>, outer: Option<Node<'_, '_>>) {
        let mut items: Vec<Item<'_, '_>> = match self.fate(Item::Node(element)) {
            Fate::Dropped => return,
            Fate::Copied(paths) => paths.iter().flat_map(|path| path.select(element)).collect(),
            Fate::Whole => {
                let attributes = element.attributes().enumerate();
                let attributes = attributes.map(|(at, attribute)| Item::Attribute(element, at, attribute));
                attributes.chain(element.children().map(Item::Node)).collect()
            }
        };
        items.sort_by_key(Item::place);
        items.dedup_by_key(|item| item.place());

        xml::begin(out, element, outer);
        for item in &items {
            if let Item::Attribute(owner, _, attribute) = *item
                && !matches!(self.fate(*item), Fate::Dropped)
            {
                xml::attribute(out, owner, attribute);
            }
        }
        out.push('>');
        let empty = out.len();
        for item in &items {
            match *item {
                Item::Node(child) if child.is_element() => self.emit(out, child, Some(element)),
                Item::Node(child) if child.is_text() && !matches!(self.fate(*item), Fate::Dropped) => {
                    out.push_str(&xml::escaped(child.text().unwrap_or_default()));
                }
                _ => {}
            }
        }
        if out.len() == empty {
            out.pop();
            out.push_str("/>");
        } else {
            out.push_str(&format!("</{}>", xml::name(element)));
        }
    }
}

/// The name of the root when a pattern is the one for everything below it.
fn identity(pattern: &str) -> Option<&str> {
    let root = pattern.strip_prefix('/')?.split_once("//* | /")?.0;
    (pattern == format!("/{root}//* | /{root}//@*")).then_some(root)
}

/// What a template applies templates to; `Some(None)` when it is empty.
#[allow(clippy::option_option, reason = "a wrong template differs from one that leaves its node out")]
fn selected<'a>(template: Node<'a, '_>) -> Option<Option<&'a str>> {
    let Some(copy) = only_child(template)? else { return Some(None) };
    let apply = only_child(copy).flatten().filter(|_| copy.has_tag_name((XSLT, "copy")))?;
    let nothing = only_child(apply)?.is_none();
    let select = apply.attribute("select").filter(|_| nothing && apply.has_tag_name((XSLT, "apply-templates")))?;
    Some(Some(select))
}

/// The child of an element that has at most one, and no text.
#[allow(clippy::option_option, reason = "having several differs from having none")]
fn only_child<'a, 'i>(element: Node<'a, 'i>) -> Option<Option<Node<'a, 'i>>> {
    let blank = element.children().all(|child| child.text().is_none_or(|text| text.trim().is_empty()));
    let mut children = element.children().filter(Node::is_element);
    let only = children.next();
    (blank && children.next().is_none()).then_some(only)
}

/// The paths of a union, each of which begins at the node itself.
fn alternatives(list: &str) -> Option<Vec<Path>> {
    let mut paths = Vec::new();
    let mut quote = None;
    let mut start = 0;
    for (at, symbol) in list.char_indices().chain([(list.len(), '|')]) {
        match (quote, symbol) {
            (Some(open), _) if open == symbol => quote = None,
            (None, '\'' | '"') => quote = Some(symbol),
            (None, '|') => {
                paths.push(Path::parse(list.get(start..at)?.trim().strip_prefix("./")?)?);
                start = at + 1;
            }
            _ => {}
        }
    }
    quote.is_none().then_some(paths)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sif::register::DataObject;
    use crate::sif::stylesheet::generate;

    const D: &str = "<xSre refId=\"r1\"><name t=\"x\"><f>A</f><g>B</g></name><localId>7</localId><d><s>F</s><b>1</b></d>\
        <o><i k=\"p\"><t>S</t><v>1</v></i><i k=\"q\"><t>N</t><v>2</v></i></o></xSre>";

    /// What is left of a document by data objects, which are written with a sign in front.
    fn filtered(objects: &[&str], document: &str) -> Option<String> {
        let object = |text: &&str| {
            let (sign, statement) = text.split_at(1);
            let kind = match sign {
                "+" => "Include",
                "-" => "exclude",
                // A typo, which the original takes for an exclude.
                _ => "Includes",
            };
            DataObject::new(1, kind, "xSre", statement)
        };
        let objects: Vec<_> = objects.iter().map(object).collect();
        let sheet = Stylesheet::compile(&generate(&objects.iter().collect::<Vec<_>>()))?;
        sheet.apply(&xml::read(document)?)
    }

    #[test]
    fn data_objects_leave_of_a_document_what_the_original_leaves() {
        for (objects, rest) in [
            (&["+localId"][..], "<localId>7</localId>"),
            (&["+/d/s/"], "<d><s>F</s></d>"),
            (&["+name", "+name/f"], "<name t=\"x\"><f>A</f><g>B</g></name>"),
            (&["+name/f"], "<name t=\"x\"><f>A</f></name>"),
            (&["-name"], ""),
            (&["+name", "-name/g", "-name/@t"], "<name><f>A</f></name>"),
            (&["+d/s", "-d"], "<d><s>F</s></d>"),
            (&["+d/s", "+d/b", "-d/s"], "<d><b>1</b></d>"),
            (&["+o/i[t='S']"], "<o><i k=\"p\"><t>S</t><v>1</v></i></o>"),
            (&["+o/i/v", "+o/i[1]/t"], "<o><i k=\"p\"><t>S</t></i><i k=\"q\"><v>2</v></i></o>"),
            (&["+o[i/t='S']/i/v"], "<o><i k=\"p\"><v>1</v></i><i k=\"q\"><v>2</v></i></o>"),
            (&["+o[i]/i[t='S']/v"], "<i k=\"p\"><v>1</v></i>"),
            (&["+t", "+o/i/t"], ""),
            (&["+d/s/text()"], "<d><s>F</s></d>"),
            (&["+localId", "?name"], "<localId>7</localId>"),
            (&["+@refId"], ""),
            (&["+LocalId"], ""),
            (&["+o/i[last()]/v"], "<o><i k=\"q\"><v>2</v></i></o>"),
        ] {
            let expected = match rest {
                "" => "<xSre refId=\"r1\"/>".to_owned(),
                rest => format!("<xSre refId=\"r1\">{rest}</xSre>"),
            };
            assert_eq!(filtered(objects, D), Some(expected), "{objects:?}");
        }
        let without = D.replace("<v>2</v>", "");
        assert_eq!(filtered(&["+*", "-o/i[@k='q']/v"], D), Some(without));
    }

    #[test]
    fn what_the_original_cannot_compile_is_refused() {
        for statement in ["+o/i[../t]", "+//s", "+psesd:x", "+", "+/", "+a//b", "-name/", "+o/i[t/u]", "+a | b"] {
            assert_eq!(filtered(&[statement], D), None, "{statement}");
        }
        assert_eq!(filtered(&["+name"], &D.replace("xSre", "sre")), None);
        for sheet in [
            "<xsl:stylesheet xmlns:xsl='http://www.w3.org/1999/XSL/Transform'/>",
            "<xsl:stylesheet xmlns:xsl='http://www.w3.org/1999/XSL/Transform'><xsl:template match='/'>x</xsl:template>\
             </xsl:stylesheet>",
            "<error/>",
            "",
        ] {
            assert!(Stylesheet::compile(sheet).is_none(), "{sheet}");
        }
    }

    #[test]
    fn prefixes_comments_and_escapes_come_out_right() {
        let document = "<xSre xmlns:p='p'><a p:k='&quot;&#10;'>1 &lt; 2<!-- c --><p:b/></a><?x y?></xSre>";
        let expected = "<xSre xmlns:p=\"p\"><a p:k=\"&quot;&#10;\">1 &lt; 2<p:b/></a></xSre>";
        assert_eq!(filtered(&["+a"], document).as_deref(), Some(expected));
    }
}
