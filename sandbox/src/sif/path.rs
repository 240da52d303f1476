//! Reads the paths of templates, and tells which nodes of a document they select and match.

use roxmltree::{Attribute, Node};

/// A path of at least one step.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Path(Vec<Step>);

#[derive(Debug, PartialEq, Eq)]
struct Step {
    attribute: bool,
    test: Test,
    predicates: Vec<Predicate>,
}

#[derive(Debug, PartialEq, Eq)]
enum Test {
    /// An element or attribute of this name in no namespace.
    Named(String),
    /// Any element or attribute.
    Any,
    Text,
    Node,
}

#[derive(Debug, PartialEq, Eq)]
enum Predicate {
    Position(usize),
    Last,
    Exists(Path),
    /// The text of the node itself, or of one that a path selects, equals this.
    Equals(Option<Path>, String),
}

/// Something that a path selects.
#[derive(Clone, Copy, Debug)]
pub(super) enum Item<'a, 'i> {
    Node(Node<'a, 'i>),
    /// An attribute, and its place among those of its element.
    Attribute(Node<'a, 'i>, usize, Attribute<'a, 'i>),
}

impl Item<'_, '_> {
    /// Where the item stands in its document: attributes come behind their element.
    pub(super) fn place(&self) -> (usize, usize) {
        match self {
            Self::Node(node) => (node.id().get_usize(), 0),
            Self::Attribute(element, index, _) => (element.id().get_usize(), index + 1),
        }
    }

    fn text(&self) -> String {
        match self {
            Self::Attribute(_, _, attribute) => attribute.value().to_owned(),
            Self::Node(node) if node.is_element() => {
                node.descendants().filter_map(|inner| inner.text().filter(|_| inner.is_text())).collect()
            }
            Self::Node(node) => node.text().unwrap_or_default().to_owned(),
        }
    }
}

impl Path {
    /// Reads a path that begins with a step; `None` for anything that is not known.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut reader = Reader(text);
        let path = reader.path()?;
        reader.0.trim().is_empty().then_some(path)
    }

    /// What the path selects, seen from an element.
    pub(super) fn select<'a, 'i>(&self, from: Node<'a, 'i>) -> Vec<Item<'a, 'i>> {
        let mut nodes = vec![from];
        let mut items = Vec::new();
        for (index, step) in self.0.iter().enumerate() {
            let last = index + 1 == self.0.len();
            if step.attribute {
                // Nothing lies below an attribute.
                let found = |node: &Node<'a, 'i>| {
                    attributes(*node)
                        .filter(|(_, known)| step.test.fits_attribute(known))
                        .map(|(at, known)| Item::Attribute(*node, at, known))
                        .collect::<Vec<_>>()
                };
                return if last { nodes.iter().flat_map(found).collect() } else { Vec::new() };
            }
            nodes = nodes.into_iter().flat_map(|node| step.children(node)).collect();
            if last {
                items = nodes.iter().copied().map(Item::Node).collect();
            }
        }
        items
    }

    /// Whether the path, seen from the document, is one that leads to the item.
    pub(super) fn matches(&self, item: Item<'_, '_>) -> bool {
        let Some((last, rest)) = self.0.split_last() else { return false };
        match item {
            Item::Attribute(element, _, attribute) => {
                last.attribute && last.test.fits_attribute(&attribute) && leads_to(rest, element)
            }
            Item::Node(node) => !last.attribute && leads_to(&self.0, node),
        }
    }
}

fn attributes<'a, 'i>(node: Node<'a, 'i>) -> impl Iterator<Item = (usize, Attribute<'a, 'i>)> {
    node.attributes().enumerate()
}

fn leads_to(steps: &[Step], node: Node<'_, '_>) -> bool {
    let mut current = Some(node);
    for step in steps.iter().rev() {
        let Some(node) = current else { return false };
        let Some(parent) = node.parent() else { return false };
        let fits = !step.attribute && step.test.fits(node);
        if !fits || (!step.predicates.is_empty() && !step.children(parent).contains(&node)) {
            return false;
        }
        current = Some(parent);
    }
    current.is_some_and(|node| node.is_root())
}

impl Test {
    fn fits(&self, node: Node<'_, '_>) -> bool {
        match self {
            Self::Named(name) => {
                let tag = node.tag_name();
                node.is_element() && tag.name() == name && tag.namespace().unwrap_or_default().is_empty()
            }
            Self::Any => node.is_element(),
            Self::Text => node.is_text(),
            Self::Node => !node.is_root(),
        }
    }

    fn fits_attribute(&self, attribute: &Attribute<'_, '_>) -> bool {
        match self {
            Self::Named(name) => attribute.name() == name && attribute.namespace().is_none(),
            Self::Any => true,
            Self::Text | Self::Node => false,
        }
    }
}

impl Step {
    fn children<'a, 'i>(&self, parent: Node<'a, 'i>) -> Vec<Node<'a, 'i>> {
        let mut fitting: Vec<_> = parent.children().filter(|child| self.test.fits(*child)).collect();
        for predicate in &self.predicates {
            let size = fitting.len();
            let mut position = 0;
            fitting.retain(|node| {
                position += 1;
                predicate.holds(*node, position, size)
            });
        }
        fitting
    }
}

impl Predicate {
    fn holds(&self, node: Node<'_, '_>, position: usize, size: usize) -> bool {
        match self {
            Self::Position(wanted) => position == *wanted,
            Self::Last => position == size,
            Self::Exists(path) => !path.select(node).is_empty(),
            Self::Equals(None, text) => Item::Node(node).text() == *text,
            Self::Equals(Some(path), text) => path.select(node).iter().any(|item| item.text() == *text),
        }
    }
}

/// What is left to be read of a path.
struct Reader<'a>(&'a str);

impl<'a> Reader<'a> {
    fn eat(&mut self, token: &str) -> bool {
        let rest = self.0.strip_prefix(token);
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }

    fn blanks(&mut self) {
        self.0 = self.0.trim_start_matches([' ', '\t', '\r', '\n']);
    }

    fn take(&mut self, more: impl Fn(char) -> bool) -> &'a str {
        let end = self.0.find(|symbol| !more(symbol)).unwrap_or(self.0.len());
        let (taken, rest) = self.0.split_at(end);
        self.0 = rest;
        taken
    }

    fn path(&mut self) -> Option<Path> {
        let mut steps = vec![self.step()?];
        while self.eat("/") {
            steps.push(self.step()?);
        }
        Some(Path(steps))
    }

    fn step(&mut self) -> Option<Step> {
        let attribute = self.eat("@");
        let test = if self.eat("*") {
            Test::Any
        } else if !attribute && self.eat("text()") {
            Test::Text
        } else if !attribute && self.eat("node()") {
            Test::Node
        } else {
            Test::Named(self.name()?)
        };
        let mut predicates = Vec::new();
        while !attribute && self.eat("[") {
            predicates.push(self.predicate()?);
        }
        Some(Step { attribute, test, predicates })
    }

    /// A name without a prefix; functions and axes are not known.
    fn name(&mut self) -> Option<String> {
        let name = self.take(|symbol| symbol.is_alphanumeric() || "_-.".contains(symbol));
        let begins = name.starts_with(|symbol: char| symbol.is_alphabetic() || symbol == '_');
        (begins && !self.0.starts_with([':', '('])).then(|| name.to_owned())
    }

    fn predicate(&mut self) -> Option<Predicate> {
        self.blanks();
        let digits = self.take(|symbol| symbol.is_ascii_digit());
        let predicate = if !digits.is_empty() {
            Predicate::Position(digits.parse().ok()?)
        } else if self.eat("last()") {
            Predicate::Last
        } else {
            let path = if self.eat(".") { None } else { Some(self.path()?) };
            self.blanks();
            if self.eat("=") {
                self.blanks();
                Predicate::Equals(path, self.literal()?)
            } else {
                Predicate::Exists(path?)
            }
        };
        self.blanks();
        self.eat("]").then_some(predicate)
    }

    fn literal(&mut self) -> Option<String> {
        let quote = ['\'', '"'].into_iter().find(|quote| self.0.starts_with(*quote))?;
        self.0 = self.0.get(1..)?;
        let text = self.take(|symbol| symbol != quote).to_owned();
        self.eat(&quote.to_string()).then_some(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sif::xml;

    #[test]
    fn what_is_outside_the_known_language_is_no_path() {
        for text in ["a", "*", "a/b", "a[1]/@k", "a[last()]", "a[b/c = 'x']", "a[.=\"'\"]", "text()", "a/node()", "@*"]
        {
            assert!(Path::parse(text).is_some(), "{text}");
        }
        for text in [
            "",
            "/a",
            "a//b",
            "a/",
            "p:a",
            "..",
            ".",
            "a[../b]",
            "a[",
            "a[]",
            "a[b",
            "a[b='c]",
            "a[b!='c']",
            "a[not(b)]",
            "count(a)",
            "a[b<!-- SRX -->c]",
            "a|b",
            "1a",
            "@k[1]",
            "@text()",
            "a b",
            "a[1]b",
            "document('x')",
        ] {
            assert_eq!(Path::parse(text), None, "{text}");
        }
    }

    #[test]
    fn paths_select_and_match_the_same_nodes() {
        let text = "<r><a k='1'><b>x</b></a><a><b>y</b><b>z</b></a><c/><a k='2'/></r>";
        let document = xml::read(text).unwrap();
        let root = document.root_element();
        for (path, count) in [
            ("a", 3),
            ("a[2]/b", 2),
            ("a[last()]/@k", 1),
            ("a[@k='1']/b", 1),
            ("a/b[.='y']", 1),
            ("a[b='z']/b[1]", 1),
            ("*", 4),
            ("a/@k", 2),
            ("a[b]", 2),
            ("a/b/text()", 3),
            ("a[3][1]", 1),
            ("a[0]", 0),
            ("@k", 0),
            ("a/@k/b", 0),
        ] {
            let selected = Path::parse(path).unwrap().select(root);
            assert_eq!(selected.len(), count, "{path}");
            let pattern = Path::parse(&format!("r/{path}")).unwrap();
            let nodes = document.descendants().map(Item::Node);
            let attributes = document.descendants().flat_map(|node| {
                attributes(node).map(move |(at, known)| Item::Attribute(node, at, known)).collect::<Vec<_>>()
            });
            assert_eq!(nodes.chain(attributes).filter(|item| pattern.matches(*item)).count(), count, "{path}");
        }
    }
}
