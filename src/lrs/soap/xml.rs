//! Reads XML element by element: names by their namespace whatever the prefixes, and nothing that could
//! grow beyond its own bytes.
//!
//! A document type is refused, so that no entity but XML's own five can be defined; nesting is limited.
//! Whoever reads an element's children consumes each of them before asking for the next.

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesDecl, BytesStart, Event};

use crate::xml::character;

/// What is wrong with a document, as the rest of an error's text; it never quotes the document.
pub type Problem = &'static str;

/// How deep elements may nest; the services' answers nest seven deep.
const DEEPEST: usize = 32;
const MALFORMED: Problem = "its body is not well-formed XML";
const CUT: Problem = "its body breaks off in the middle of the XML";

/// A namespace that the interfaces use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ns {
    /// In no namespace.
    None,
    /// SOAP 1.1's envelope.
    Soap,
    /// Requests and responses of the learner service.
    Find,
    /// Parts of a learner.
    Learner,
    /// The learner service's exception.
    Exceptions,
    /// The event service's operations.
    Tempuri,
    /// Parts of a learning event.
    Model,
    /// The event service's fault.
    Faults,
    /// XML Schema instances.
    Instance,
    /// Any other.
    Other,
}

impl Ns {
    const ALL: [(Self, &'static str); 8] = [
        (Self::Soap, "http://schemas.xmlsoap.org/soap/envelope/"),
        (Self::Find, "http://api.lrs.miap.gov.uk/findmsg"),
        (Self::Learner, "http://api.lrs.miap.gov.uk/learner"),
        (Self::Exceptions, "http://api.lrs.miap.gov.uk/exceptions"),
        (Self::Tempuri, "http://tempuri.org/"),
        (Self::Model, "http://api.lrs.qcf.gov.uk/model"),
        (Self::Faults, "http://api.lrs.qcf.gov.uk/faults"),
        (Self::Instance, "http://www.w3.org/2001/XMLSchema-instance"),
    ];

    fn of(uri: &str) -> Self {
        if uri.is_empty() {
            return Self::None;
        }
        Self::ALL.iter().find(|(_, known)| *known == uri).map_or(Self::Other, |(ns, _)| *ns)
    }
}

/// An element's name.
pub type Name = (Ns, &'static str);

/// A child that was opened.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Child {
    /// Which of the names asked for it has.
    pub(crate) known: Option<usize>,
    /// Whether it says that it has no value.
    pub(crate) nil: bool,
}

/// A document being read.
pub(crate) struct Xml<'a> {
    reader: Reader<&'a [u8]>,
    /// Prefixes in force, innermost last, each with the depth of the element that declares it.
    bindings: Vec<(Box<str>, Ns, usize)>,
    /// Counts the changes of prefixes in force.
    changes: u32,
    /// What children were called when they were found last, by their place among the names asked for.
    called: Vec<Option<Called>>,
    depth: usize,
    /// The element just opened has no content.
    empty: bool,
    /// A line may end otherwise than in a line feed.
    returns: bool,
}

/// What a child was called in the document, which name that was, and how often the prefixes in force had changed by
/// then.
struct Called {
    tag: String,
    name: Name,
    changes: u32,
}

impl<'a> Xml<'a> {
    /// Begins to read `bytes`, which must be UTF-8.
    pub(crate) fn new(bytes: &'a [u8]) -> Result<Self, Problem> {
        let text = std::str::from_utf8(bytes).map_err(|_| "its body is not UTF-8")?;
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        let seen = Seen::of(text);
        if seen.control {
            return Err("its body holds a character that XML does not allow");
        }
        Ok(Self {
            reader: Reader::from_str(text),
            bindings: Vec::new(),
            changes: 0,
            called: Vec::new(),
            depth: 0,
            empty: false,
            returns: seen.returns,
        })
    }

    /// Opens the document's root.
    pub(crate) fn root(&mut self, name: Name) -> Result<(), Problem> {
        loop {
            match self.event()? {
                Event::Decl(declaration) => check_encoding(&declaration)?,
                Event::Start(tag) => return self.expect(&tag, name, false),
                Event::Empty(tag) => return self.expect(&tag, name, true),
                Event::Comment(_) | Event::PI(_) => {}
                Event::Text(text) if is_blank(&text) => {}
                _ => return Err("its body is not XML"),
            }
        }
    }

    fn expect(&mut self, tag: &BytesStart<'_>, name: Name, empty: bool) -> Result<(), Problem> {
        match self.open(tag, &[name], 0, empty)?.known {
            Some(_) => Ok(()),
            None => Err("its body is not a SOAP envelope"),
        }
    }

    /// Checks that nothing follows the root.
    pub(crate) fn end(&mut self) -> Result<(), Problem> {
        loop {
            match self.event()? {
                Event::Eof => return Ok(()),
                Event::Comment(_) | Event::PI(_) => {}
                Event::Text(text) if is_blank(&text) => {}
                _ => return Err(MALFORMED),
            }
        }
    }

    /// Opens the next child of the element that is open, looking for its name in `names` from `from` on; `None`
    /// when there is none left, which closes the element.
    pub(crate) fn child(&mut self, names: &[Name], from: usize) -> Result<Option<Child>, Problem> {
        if std::mem::take(&mut self.empty) {
            self.close();
            return Ok(None);
        }
        loop {
            match self.event()? {
                Event::Start(tag) => return self.open(&tag, names, from, false).map(Some),
                Event::Empty(tag) => return self.open(&tag, names, from, true).map(Some),
                Event::End(_) => {
                    self.close();
                    return Ok(None);
                }
                Event::Eof => return Err(CUT),
                // Text between elements, and what is not content.
                _ => {}
            }
        }
    }

    /// Appends the text of the element that is open and closes it.
    pub(crate) fn text(&mut self, into: &mut String) -> Result<(), Problem> {
        if std::mem::take(&mut self.empty) {
            self.close();
            return Ok(());
        }
        loop {
            match self.event()? {
                Event::Text(text) if !self.returns => into.push_str(&text),
                Event::Text(text) => into.push_str(&text.xml10_content()),
                Event::CData(text) => into.push_str(&text.xml10_content()),
                Event::GeneralRef(reference) => into.push(character(&reference)?),
                Event::End(_) => {
                    self.close();
                    return Ok(());
                }
                Event::Start(_) | Event::Empty(_) => return Err("its body has an element where a value belongs"),
                Event::Eof => return Err(CUT),
                _ => {}
            }
        }
    }

    /// Closes the element that is open without looking at its contents.
    pub(crate) fn skip(&mut self) -> Result<(), Problem> {
        if std::mem::take(&mut self.empty) {
            self.close();
            return Ok(());
        }
        let within = self.depth;
        while self.depth >= within {
            match self.event()? {
                Event::Start(_) => self.deeper()?,
                Event::End(_) => self.close(),
                Event::GeneralRef(reference) => drop(character(&reference)?),
                Event::Eof => return Err(CUT),
                _ => {}
            }
        }
        Ok(())
    }

    #[inline]
    fn event(&mut self) -> Result<Event<'a>, Problem> {
        match self.reader.read_event() {
            Ok(Event::DocType(_)) => Err("its body has a document type, which is refused"),
            Ok(event) => Ok(event),
            Err(quick_xml::Error::Syntax(_)) => Err(CUT),
            Err(_) => Err(MALFORMED),
        }
    }

    fn deeper(&mut self) -> Result<(), Problem> {
        self.depth += 1;
        if self.depth > DEEPEST { Err("its body nests too deep") } else { Ok(()) }
    }

    fn close(&mut self) {
        while self.bindings.last().is_some_and(|(_, _, depth)| *depth == self.depth) {
            self.bindings.pop();
            self.changes += 1;
        }
        self.depth -= 1;
    }

    fn open(&mut self, tag: &BytesStart<'_>, names: &[Name], from: usize, empty: bool) -> Result<Child, Problem> {
        self.deeper()?;
        self.empty = empty;
        let nil = if tag.attributes_raw().is_empty() { false } else { self.attributes(tag)? };
        let name = tag.name();
        let name: &str = name.as_ref();
        // Services keep to an order, so the next name is usually the one that comes, called as it was before.
        if let (Some(Some(called)), Some(next)) = (self.called.get(from), names.get(from))
            && called.changes == self.changes
            && called.name.0 == next.0
            // Names are constants: the same place means the same text.
            && std::ptr::eq(called.name.1, next.1)
            && called.tag == name
        {
            return Ok(Child { known: Some(from), nil });
        }
        let (prefix, local) = match name.split_once(':') {
            Some((prefix, local)) => (Some(prefix), local),
            None => (None, name),
        };
        let ns = self.resolve(prefix).ok_or(MALFORMED)?;
        let known = names.iter().position(|known| known.1 == local && known.0 == ns);
        if let Some(at) = known {
            if self.called.len() <= at {
                self.called.resize_with(at + 1, || None);
            }
            self.called[at] = Some(Called { tag: name.to_owned(), name: names[at], changes: self.changes });
        }
        Ok(Child { known, nil })
    }

    /// Enters the prefixes a tag declares; answers whether it says `xsi:nil`.
    fn attributes(&mut self, tag: &BytesStart<'_>) -> Result<bool, Problem> {
        for attribute in tag.attributes() {
            let attribute = attribute.map_err(|_| MALFORMED)?;
            let key: &str = attribute.key.as_ref();
            let prefix = match key.strip_prefix("xmlns") {
                Some("") => "",
                Some(rest) => match rest.strip_prefix(':') {
                    Some(prefix) => prefix,
                    None => continue,
                },
                None => continue,
            };
            let uri = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|_| MALFORMED)?;
            self.bindings.push((prefix.into(), Ns::of(&uri), self.depth));
            self.changes += 1;
        }
        // Only now, because a prefix may be declared after its use.
        for attribute in tag.attributes() {
            let attribute = attribute.map_err(|_| MALFORMED)?;
            let (local, prefix) = attribute.key.decompose();
            let is_nil = prefix.is_some_and(|prefix| self.resolve(Some(prefix.as_ref())) == Some(Ns::Instance))
                && local.as_ref() == "nil";
            if is_nil {
                let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|_| MALFORMED)?;
                return Ok(matches!(value.trim(), "true" | "1"));
            }
        }
        Ok(false)
    }

    /// The namespace that a prefix, or its absence, stands for.
    fn resolve(&self, prefix: Option<&str>) -> Option<Ns> {
        let wanted = prefix.unwrap_or_default();
        let bound = self.bindings.iter().rev().find(|(bound, ..)| **bound == *wanted).map(|(_, ns, _)| *ns);
        match (bound, prefix) {
            (Some(Ns::None), Some(_)) => None,
            (Some(ns), _) => Some(ns),
            (None, None) => Some(Ns::None),
            (None, Some("xml")) => Some(Ns::Other),
            (None, Some(_)) => None,
        }
    }
}

fn check_encoding(declaration: &BytesDecl<'_>) -> Result<(), Problem> {
    match declaration.encoding() {
        None => Ok(()),
        Some(Ok(name)) if name.eq_ignore_ascii_case("utf-8") || name.eq_ignore_ascii_case("us-ascii") => Ok(()),
        Some(_) => Err("its body is in an encoding other than UTF-8"),
    }
}

fn is_blank(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n'))
}

/// What a look over the whole text finds.
struct Seen {
    /// A character that XML 1.0 cannot carry.
    control: bool,
    /// A carriage return.
    returns: bool,
}

impl Seen {
    fn of(text: &str) -> Self {
        let (mut control, mut returns, mut high) = (false, false, false);
        for byte in text.bytes() {
            control |= (byte < 0x20) & (byte != b'\t') & (byte != b'\n') & (byte != b'\r');
            returns |= byte == b'\r';
            // With which the two characters begin that are left.
            high |= byte == 0xEF;
        }
        let last = high && (text.contains('\u{FFFE}') || text.contains('\u{FFFF}'));
        Self { control: control || last, returns }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOT: Name = (Ns::Soap, "Envelope");
    const URI: &str = "http://schemas.xmlsoap.org/soap/envelope/";

    /// The texts of the root's children called `a` in no namespace; `None` for nil ones.
    fn read(document: &str) -> Result<Vec<Option<String>>, Problem> {
        let mut xml = Xml::new(document.as_bytes())?;
        xml.root(ROOT)?;
        let mut found = Vec::new();
        while let Some(child) = xml.child(&[(Ns::None, "a")], 0)? {
            let mut text = String::new();
            match child.known {
                Some(_) if child.nil => xml.skip()?,
                Some(_) => xml.text(&mut text)?,
                None => {
                    xml.skip()?;
                    continue;
                }
            }
            found.push((!child.nil).then_some(text));
        }
        xml.end()?;
        Ok(found)
    }

    fn texts(document: &str) -> Vec<Option<String>> {
        read(document).unwrap_or_else(|problem| panic!("{problem}: {document}"))
    }

    #[test]
    fn names_are_matched_by_namespace_whatever_the_prefixes() {
        let one = [Some("1".to_owned())];
        for document in [
            format!("<soap:Envelope xmlns:soap='{URI}'><a>1</a></soap:Envelope>"),
            format!("<Envelope xmlns='{URI}'><a xmlns=''>1</a><a>2</a></Envelope>"),
            format!(
                "<q:Envelope xmlns='urn:x' xmlns:q='{URI}'><a>2</a><b:a xmlns:b='urn:y'>3</b:a><a xmlns=''>1</a></q:Envelope>"
            ),
            format!(
                "\u{FEFF}<?xml version='1.0' encoding='UTF-8'?><!-- x --><s:Envelope xmlns:s='{URI}'>\n<x:a xmlns:x=\"urn:1\"/><a\n>1</a >\n</s:Envelope>\n<!-- y -->"
            ),
            "<s:Envelope xmlns:s='urn:x'  xmlns:t='urn:t'><a>1</a></s:Envelope>".replace("urn:x", URI),
        ] {
            assert_eq!(texts(&document), one, "{document}");
        }
        // A declaration ends with its element.
        let inner = format!("<e:Envelope xmlns:e='{URI}'><b xmlns='urn:x'><a>2</a></b><a>1</a></e:Envelope>");
        assert_eq!(texts(&inner), one);
        for other in ["<Envelope/>", "<e:Envelope xmlns:e='http://www.w3.org/2003/05/soap-envelope'/>"] {
            assert_eq!(read(other), Err("its body is not a SOAP envelope"));
        }
    }

    #[test]
    fn text_is_put_together_from_references_and_sections() {
        let document = format!(
            "<e:Envelope xmlns:e='{URI}'><a>a&amp;b&lt;c&gt;&quot;&apos;&#233;&#x1F393;<![CDATA[<&]]><!-- no --> z\r\n</a><a/><a></a></e:Envelope>"
        );
        let first = "a&b<c>\"'é🎓<& z\n".to_owned();
        assert_eq!(texts(&document), [Some(first), Some(String::new()), Some(String::new())]);
    }

    #[test]
    fn nil_is_known_by_its_namespace() {
        let xsi = "http://www.w3.org/2001/XMLSchema-instance";
        let document = format!(
            "<e:Envelope xmlns:e='{URI}' xmlns:i='{xsi}'><a i:nil='true'/><a i:nil='1'></a><a i:nil='false'>x</a><a nil='true'>y</a>\
             <a j:nil='true' xmlns:j='{xsi}'/><a i:nil='true' xmlns:i='urn:x'>z</a></e:Envelope>"
        );
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(texts(&document), [None, None, some("x"), some("y"), None, some("z")]);
    }

    #[test]
    fn what_is_hostile_or_broken_is_refused() {
        let wrapped = |inner: &str| format!("<e:Envelope xmlns:e='{URI}'>{inner}</e:Envelope>");
        let bomb = "<!DOCTYPE e [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]>".to_owned();
        for (document, problem) in [
            (bomb + &wrapped("<a>&b;</a>"), "document type"),
            (wrapped("<a>&b;</a>"), "an entity that XML does not define"),
            (wrapped("<a>&#0;</a>"), "a character that XML does not allow"),
            (wrapped("<a>&#x1;</a>"), "a character that XML does not allow"),
            (wrapped("<a>\u{1}</a>"), "a character that XML does not allow"),
            (wrapped("<a>\u{FFFF}</a>"), "a character that XML does not allow"),
            (wrapped(&"<b>".repeat(100_000)), "nests too deep"),
            (wrapped("<a><b/></a>"), "an element where a value belongs"),
            (wrapped("<a>1</b>"), "not well-formed"),
            (wrapped("<p:a>1</p:a>"), "not well-formed"),
            (wrapped("<a x='1' x='2'>1</a>"), "not well-formed"),
            (wrapped("<a x=1>1</a>"), "not well-formed"),
            (wrapped("") + "<a/>", "not well-formed"),
            (wrapped("") + "x", "not well-formed"),
            ("<?xml version='1.0' encoding='ISO-8859-1'?>".to_owned() + &wrapped(""), "encoding other than"),
            (String::new(), "not XML"),
            ("{\"a\":1}".to_owned(), "not XML"),
        ] {
            let found = read(&document).expect_err(&document[..document.len().min(200)]);
            assert!(found.contains(problem), "{found}: {}", &document[..document.len().min(200)]);
        }
        assert_eq!(Xml::new(b"<a>\xE9</a>").err(), Some("its body is not UTF-8"));
        assert!(Xml::new(b"\xFF\xFE<\0a\0").is_err());
    }

    #[test]
    fn a_document_cut_anywhere_is_refused() {
        let whole = format!("<e:Envelope xmlns:e='{URI}'><a>a&amp;b<![CDATA[c]]></a><b><c/></b></e:Envelope>");
        assert!(read(&whole).is_ok());
        for end in 0..whole.len() {
            assert!(read(&whole[..end]).is_err(), "{}", &whole[..end]);
        }
    }
}
