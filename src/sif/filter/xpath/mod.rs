//! The part of XPath 1.0 that statements may use (section 6.5 of the SIF specification), over a document that is only
//! read: child and attribute steps, predicates, and functions that look at nothing but the document.

mod reader;

use roxmltree::Node;

/// A path of steps, each with its predicates.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Path(pub(super) Vec<Step>);

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Step {
    test: Test,
    predicates: Vec<Expression>,
}

#[derive(Clone, Debug, PartialEq)]
enum Test {
    /// The node itself.
    Own,
    /// Child elements: of this name, or all.
    Element(Option<Name>),
    /// Attributes: of this name, or all.
    Attribute(Option<Name>),
    Text,
    AnyNode,
}

/// A name, with the namespace that its prefix stands for.
#[derive(Clone, Debug, PartialEq)]
struct Name {
    namespace: Option<String>,
    local: String,
}

#[derive(Clone, Debug, PartialEq)]
enum Expression {
    Number(f64),
    Literal(String),
    Path(Path),
    Or(Box<(Self, Self)>),
    And(Box<(Self, Self)>),
    Compare(Comparison, Box<(Self, Self)>),
    Call(Function, Vec<Self>),
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Comparison {
    Equal,
    Unequal,
    Less,
    AtMost,
    Greater,
    AtLeast,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Function {
    Position,
    Last,
    Count,
    Not,
    Contains,
    StartsWith,
    NormalizeSpace,
    StringLength,
    LocalName,
    Name,
}

impl Function {
    /// The function of a name, with how many arguments it takes.
    fn named(name: &str) -> Option<(Self, std::ops::RangeInclusive<usize>)> {
        Some(match name {
            "position" => (Self::Position, 0..=0),
            "last" => (Self::Last, 0..=0),
            "count" => (Self::Count, 1..=1),
            "not" => (Self::Not, 1..=1),
            "contains" => (Self::Contains, 2..=2),
            "starts-with" => (Self::StartsWith, 2..=2),
            "normalize-space" => (Self::NormalizeSpace, 0..=1),
            "string-length" => (Self::StringLength, 0..=1),
            "local-name" => (Self::LocalName, 0..=1),
            "name" => (Self::Name, 0..=1),
            _ => return None,
        })
    }
}

/// An element or text of the document, or an attribute by its owner and place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Item<'a, 'i> {
    Node(Node<'a, 'i>),
    Attribute(Node<'a, 'i>, usize),
}

impl<'a, 'i> Item<'a, 'i> {
    fn text(self) -> String {
        match self {
            Self::Attribute(owner, at) => {
                owner.attributes().nth(at).map_or_else(String::new, |it| it.value().to_owned())
            }
            Self::Node(node) if node.is_text() => node.text().unwrap_or_default().to_owned(),
            Self::Node(node) => node.descendants().filter(Node::is_text).filter_map(|text| text.text()).collect(),
        }
    }

    fn local_name(self) -> String {
        match self {
            Self::Attribute(owner, at) => owner.attributes().nth(at).map_or("", |it| it.name()).to_owned(),
            Self::Node(node) => node.tag_name().name().to_owned(),
        }
    }

    fn qualified_name(self) -> String {
        match self {
            Self::Attribute(owner, at) => {
                let name = owner.attributes().nth(at).map(|it| &owner.document().input_text()[it.range_qname()]);
                name.unwrap_or_default().to_owned()
            }
            Self::Node(node) => qualified_name(node).to_owned(),
        }
    }
}

/// An element's name with its prefix, as it is written.
pub(crate) fn qualified_name<'i>(node: Node<'_, 'i>) -> &'i str {
    if !node.is_element() {
        return "";
    }
    let text = &node.document().input_text()[node.range().start + 1..];
    let end = text.find(|c: char| c.is_ascii_whitespace() || c == '/' || c == '>').unwrap_or(text.len());
    &text[..end]
}

impl Path {
    /// Reads a path; `prefixes` says which prefixes are known, and what they stand for.
    ///
    /// # Errors
    /// What is not accepted.
    pub(super) fn read(text: &str, prefixes: &[(&str, &str)]) -> Result<Self, String> {
        reader::read(text, prefixes)
    }

    /// What the path leads to from `item`, in the order of the document.
    pub(super) fn select<'a, 'i>(&self, item: Item<'a, 'i>) -> Vec<Item<'a, 'i>> {
        let mut found = vec![item];
        for step in &self.0 {
            // Children of different parents do not mix, so the order of the document stays.
            found = found.into_iter().flat_map(|item| step.select(item)).collect();
        }
        found
    }
}

impl Step {
    fn select<'a, 'i>(&self, item: Item<'a, 'i>) -> Vec<Item<'a, 'i>> {
        let mut found: Vec<Item<'a, 'i>> = match (&self.test, item) {
            (Test::Own, item) => vec![item],
            (_, Item::Attribute(..)) => Vec::new(),
            (Test::Attribute(name), Item::Node(node)) => (node.attributes().enumerate())
                .filter(|(_, it)| name.as_ref().is_none_or(|name| name.fits(it.namespace(), it.name())))
                .map(|(at, _)| Item::Attribute(node, at))
                .collect(),
            (test, Item::Node(node)) => node.children().filter(|child| test.fits(*child)).map(Item::Node).collect(),
        };
        for predicate in &self.predicates {
            let size = found.len();
            let mut position = 0;
            found.retain(|item| {
                position += 1;
                predicate.holds(Context { item: *item, position, size })
            });
        }
        found
    }
}

impl Test {
    fn fits(&self, child: Node<'_, '_>) -> bool {
        match self {
            Self::Element(name) => {
                let tag = child.tag_name();
                child.is_element() && name.as_ref().is_none_or(|name| name.fits(tag.namespace(), tag.name()))
            }
            Self::Text => child.is_text(),
            Self::AnyNode => child.is_element() || child.is_text(),
            Self::Own | Self::Attribute(_) => false,
        }
    }
}

impl Name {
    fn fits(&self, namespace: Option<&str>, local: &str) -> bool {
        // `xmlns=""` says that there is none.
        self.namespace.as_deref() == namespace.filter(|uri| !uri.is_empty()) && self.local == local
    }
}

#[derive(Clone, Copy)]
struct Context<'a, 'i> {
    item: Item<'a, 'i>,
    position: usize,
    size: usize,
}

enum Value<'a, 'i> {
    Items(Vec<Item<'a, 'i>>),
    Text(String),
    Number(f64),
    Truth(bool),
}

impl Value<'_, '_> {
    fn truth(&self) -> bool {
        match self {
            Self::Items(items) => !items.is_empty(),
            Self::Text(text) => !text.is_empty(),
            Self::Number(number) => *number != 0.0 && !number.is_nan(),
            Self::Truth(truth) => *truth,
        }
    }

    fn text(&self) -> String {
        match self {
            Self::Items(items) => items.first().map_or_else(String::new, |item| item.text()),
            Self::Text(text) => text.clone(),
            Self::Number(number) => number_text(*number),
            Self::Truth(truth) => truth.to_string(),
        }
    }

    fn number(&self) -> f64 {
        match self {
            Self::Number(number) => *number,
            Self::Truth(truth) => f64::from(u8::from(*truth)),
            other => to_number(&other.text()),
        }
    }
}

fn number_text(number: f64) -> String {
    if number.is_nan() { "NaN".into() } else { number.to_string() }
}

/// A number as XPath reads it: digits with at most a point and a minus, and nothing else.
fn to_number(text: &str) -> f64 {
    let text = text.trim_matches([' ', '\t', '\r', '\n']);
    let digits = text.strip_prefix('-').unwrap_or(text);
    let plain = digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let has_digit = digits.bytes().any(|byte| byte.is_ascii_digit());
    if plain && has_digit { text.parse().unwrap_or(f64::NAN) } else { f64::NAN }
}

impl Expression {
    /// As a predicate: a number says a position.
    fn holds(&self, context: Context<'_, '_>) -> bool {
        match self.value(context) {
            Value::Number(number) => number == context.position as f64,
            other => other.truth(),
        }
    }

    fn value<'a, 'i>(&self, context: Context<'a, 'i>) -> Value<'a, 'i> {
        match self {
            Self::Number(number) => Value::Number(*number),
            Self::Literal(text) => Value::Text(text.clone()),
            Self::Path(path) => Value::Items(path.select(context.item)),
            Self::Or(sides) => Value::Truth(sides.0.value(context).truth() || sides.1.value(context).truth()),
            Self::And(sides) => Value::Truth(sides.0.value(context).truth() && sides.1.value(context).truth()),
            Self::Compare(how, sides) => Value::Truth(how.compare(&sides.0.value(context), &sides.1.value(context))),
            Self::Call(function, arguments) => function.call(arguments, context),
        }
    }
}

impl Comparison {
    fn compare(self, left: &Value<'_, '_>, right: &Value<'_, '_>) -> bool {
        match (left, right) {
            (Value::Items(items), Value::Truth(_)) | (Value::Truth(_), Value::Items(items)) => {
                let is_there = Value::Truth(!items.is_empty());
                if matches!(left, Value::Items(_)) { self.plain(&is_there, right) } else { self.plain(left, &is_there) }
            }
            // Of sets it is asked whether any of their members compares so.
            (Value::Items(items), Value::Items(others)) => items.iter().any(|item| {
                let left = Value::Text(item.text());
                others.iter().any(|other| self.plain(&left, &Value::Text(other.text())))
            }),
            (Value::Items(items), other) => items.iter().any(|item| self.plain(&Value::Text(item.text()), other)),
            (other, Value::Items(items)) => items.iter().any(|item| self.plain(other, &Value::Text(item.text()))),
            (left, right) => self.plain(left, right),
        }
    }

    fn plain(self, left: &Value<'_, '_>, right: &Value<'_, '_>) -> bool {
        match self {
            Self::Equal => equal(left, right),
            Self::Unequal => !equal(left, right),
            Self::Less => left.number() < right.number(),
            Self::AtMost => left.number() <= right.number(),
            Self::Greater => left.number() > right.number(),
            Self::AtLeast => left.number() >= right.number(),
        }
    }
}

fn equal(left: &Value<'_, '_>, right: &Value<'_, '_>) -> bool {
    match (left, right) {
        (Value::Truth(_), _) | (_, Value::Truth(_)) => left.truth() == right.truth(),
        (Value::Number(_), _) | (_, Value::Number(_)) => left.number() == right.number(),
        _ => left.text() == right.text(),
    }
}

impl Function {
    fn call<'a, 'i>(self, arguments: &[Expression], context: Context<'a, 'i>) -> Value<'a, 'i> {
        let value = |at: usize| arguments.get(at).map(|argument| argument.value(context));
        let text = |at: usize| value(at).map_or_else(|| context.item.text(), |value| value.text());
        let item = || match value(0) {
            Some(Value::Items(items)) => items.first().copied(),
            Some(_) => None,
            None => Some(context.item),
        };
        match self {
            Self::Position => Value::Number(context.position as f64),
            Self::Last => Value::Number(context.size as f64),
            Self::Count => Value::Number(match value(0) {
                Some(Value::Items(items)) => items.len() as f64,
                _ => f64::NAN,
            }),
            Self::Not => Value::Truth(!value(0).is_some_and(|value| value.truth())),
            Self::Contains => Value::Truth(text(0).contains(&text(1))),
            Self::StartsWith => Value::Truth(text(0).starts_with(&text(1))),
            Self::NormalizeSpace => {
                let text = text(0);
                let words = text.split([' ', '\t', '\r', '\n']).filter(|word| !word.is_empty());
                Value::Text(words.collect::<Vec<_>>().join(" "))
            }
            Self::StringLength => Value::Number(text(0).chars().count() as f64),
            Self::LocalName => Value::Text(item().map_or_else(String::new, Item::local_name)),
            Self::Name => Value::Text(item().map_or_else(String::new, Item::qualified_name)),
        }
    }
}

#[cfg(test)]
mod tests {
    use roxmltree::Document;

    use super::*;

    const D: &str = "<xSre refId='r1'><name t='x'><f>A</f><g> B  c </g></name><n>10</n><n>9</n><o><i k='p'><t>S</t><v>1</v></i>\
         <i k='q'><t>N</t><v>2</v></i></o><p:e xmlns:p='psesd'>E</p:e></xSre>";

    fn select(path: &str) -> Vec<String> {
        let document = Document::parse(D).unwrap();
        let path = Path::read(path, &[("psesd", "psesd")]).unwrap();
        path.select(Item::Node(document.root_element())).into_iter().map(Item::text).collect()
    }

    #[test]
    fn steps_lead_to_children_and_attributes() {
        for (path, found) in [
            ("name/f", vec!["A"]),
            ("name/@t", vec!["x"]),
            ("@*", vec!["r1"]),
            ("o/i/v", vec!["1", "2"]),
            ("o/*/@k", vec!["p", "q"]),
            ("name/f/text()", vec!["A"]),
            ("name/node()", vec!["A", " B  c "]),
            ("./name/f", vec!["A"]),
            ("psesd:e", vec!["E"]),
            ("e", vec![]),
            ("nothing/x", vec![]),
        ] {
            assert_eq!(select(path), found, "{path}");
        }
    }

    #[test]
    fn predicates_choose() {
        for (path, found) in [
            ("o/i[1]/v", vec!["1"]),
            ("o/i[last()]/v", vec!["2"]),
            ("o/i[position()=2]/v", vec!["2"]),
            ("o/i[position()<2]/v", vec!["1"]),
            ("o/i[t='S']/v", vec!["1"]),
            ("o/i[t!='S']/v", vec!["2"]),
            ("o/i[@k=\"q\"]/v", vec!["2"]),
            ("o/i[v>1]/v", vec!["2"]),
            ("o/i[v>=1 and v<=1]/v", vec!["1"]),
            ("o/i[@k='p' or @k='q']/v", vec!["1", "2"]),
            ("o/i[not(t='S')]/v", vec!["2"]),
            ("o[i/t='S']/i/v", vec!["1", "2"]),
            ("o[count(i)=2]/i[1]/v", vec!["1"]),
            ("o/i[@k][2]/v", vec!["2"]),
            ("o/i[2][1]/v", vec!["2"]),
            ("*[local-name()='e']", vec!["E"]),
            ("*[name()='p:e']", vec!["E"]),
            ("name/g[normalize-space()='B c']", vec![" B  c "]),
            ("name/g[string-length(normalize-space(.))=3]", vec![" B  c "]),
            ("name[contains(f,'A')]/f", vec!["A"]),
            ("name[starts-with(f,'B')]/f", vec![]),
            ("n[.=9]", vec!["9"]),
            ("n[. < 10]", vec!["9"]),
            ("n[(.='10')]", vec!["10"]),
            ("o/i[v='x']", vec![]),
            ("o/i[t=v]", vec![]),
            ("name[f = f]/f", vec!["A"]),
        ] {
            assert_eq!(select(path), found, "{path}");
        }
    }

    #[test]
    fn what_reaches_beyond_the_document_or_upwards_is_refused() {
        for path in [
            "..",
            "a/..",
            "a[../b]",
            "//a",
            "a//b",
            "/a",
            "a/",
            "",
            "a[document('x')]",
            "a[key('k','v')]",
            "a[$v]",
            "a[ancestor::b]",
            "child::a",
            "a[1",
            "a[]",
            "a]",
            "a['x]",
            "a|b",
            "a[1+1]",
            "a[-1]",
            "p:a",
            "a b",
            "a[id('x')]",
            "a[count('x')]",
            "a[contains(b)]",
            "a[last(1)]",
            "<!-- x -->",
            "a[1.5]",
        ] {
            assert!(Path::read(path, &[]).is_err(), "{path}");
        }
        let deep = format!("a[{}b{}]", "not(".repeat(40), ")".repeat(40));
        assert!(Path::read(&deep, &[]).unwrap_err().contains("nests"), "{deep}");
        assert!(Path::read(&"a/".repeat(4000), &[]).is_err());
    }
}
