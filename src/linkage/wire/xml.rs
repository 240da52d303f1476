//! The little XML that TPP speaks: one element with attributes, and children that have no more than attributes or
//! a text.
//!
//! A document type is refused, so that no entity but XML's own five can be defined; nesting is limited.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use crate::error::{Error, Result};
use crate::privacy::Wiped;
use crate::xml::{character, escape, is_allowed};

/// What is wrong with a document, as the rest of an error's text; it never quotes the document.
type Problem = &'static str;

const DEEPEST: usize = 16;
/// Far more attributes and children than are in any answer.
const MOST_VALUES: usize = 100;
const MALFORMED: Problem = "its body is not well-formed XML";
const CUT: Problem = "its body breaks off in the middle of the XML";
/// More than a tag's name and what is around its attributes take.
const AROUND: usize = 1_000;
/// The most bytes that one byte of a value becomes.
const WIDEST: usize = 6;

/// An attribute by its name and the name of the value in errors.
type Attribute<'a> = (&'static str, &'static str, &'a str);

/// A document being written. It is never moved by growing, which would leave a copy of its values behind.
pub(super) struct Writer(String);

impl Writer {
    /// Begins a document with room for values of this length in all.
    pub(super) fn new(values: usize) -> Self {
        let mut text = String::with_capacity(AROUND + WIDEST * values);
        text.push_str("<?xml version=\"1.0\" encoding=\"utf-8\"?>");
        Self(text)
    }

    /// Opens an element.
    ///
    /// # Errors
    /// `INVALID_INPUT` for a value that XML cannot carry.
    pub(super) fn open(&mut self, tag: &str, attributes: &[Attribute<'_>]) -> Result<()> {
        self.tag(tag, attributes)?;
        self.0.push('>');
        Ok(())
    }

    /// Writes an element without content.
    ///
    /// # Errors
    /// As [`Writer::open`].
    pub(super) fn empty(&mut self, tag: &str, attributes: &[Attribute<'_>]) -> Result<()> {
        self.tag(tag, attributes)?;
        self.0.push_str("/>");
        Ok(())
    }

    /// Closes an element.
    pub(super) fn close(&mut self, tag: &str) {
        for part in ["</", tag, ">"] {
            self.0.push_str(part);
        }
    }

    /// The document.
    pub(super) fn finish(self) -> Vec<u8> {
        self.0.into_bytes()
    }

    fn tag(&mut self, tag: &str, attributes: &[Attribute<'_>]) -> Result<()> {
        self.0.push('<');
        self.0.push_str(tag);
        for (name, field, value) in attributes {
            for part in [" ", name, "=\""] {
                self.0.push_str(part);
            }
            // A reader would make blanks of them.
            if value.contains(['\t', '\n', '\r']) || escape(value, &mut self.0).is_err() {
                return Err(Error::input(*field, "holds a character that the supplier cannot be sent"));
            }
            self.0.push('"');
        }
        Ok(())
    }
}

/// What was read: the root's name, and its attributes and the texts of its children by their names.
#[derive(Default)]
pub(super) struct Element {
    pub(super) name: String,
    values: Vec<(String, Wiped<String>)>,
}

impl Element {
    /// The value of this name in whatever case.
    pub(super) fn value(&self, name: &str) -> Option<&str> {
        self.values.iter().find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// Reads a whole document.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, Problem> {
        let text = std::str::from_utf8(bytes).map_err(|_| "its body is not UTF-8")?;
        if !text.chars().all(is_allowed) {
            return Err("its body holds a character that XML does not allow");
        }
        let mut reader = Reader::from_str(text.strip_prefix('\u{FEFF}').unwrap_or(text));
        let mut element = Self::default();
        let mut depth = 0;
        let mut closed = false;
        let mut child: Option<(String, Wiped<String>)> = None;
        loop {
            let event = match reader.read_event() {
                Ok(event) => event,
                Err(quick_xml::Error::Syntax(_)) => return Err(CUT),
                Err(_) => return Err(MALFORMED),
            };
            let (tag, empty) = match event {
                Event::Start(tag) => (tag, false),
                Event::Empty(tag) => (tag, true),
                Event::End(_) => {
                    depth -= 1;
                    match depth {
                        0 => closed = true,
                        1 => element.values.extend(child.take()),
                        _ => {}
                    }
                    continue;
                }
                Event::Text(text) if depth == 0 && text.trim().is_empty() => continue,
                Event::Text(text) => {
                    if depth == 0 {
                        return Err(MALFORMED);
                    }
                    add(&mut child, depth, &text);
                    continue;
                }
                Event::CData(text) if depth > 0 => {
                    add(&mut child, depth, &text);
                    continue;
                }
                Event::GeneralRef(reference) if depth > 0 => {
                    add(&mut child, depth, character(&reference)?.encode_utf8(&mut [0; 4]));
                    continue;
                }
                Event::Decl(_) | Event::Comment(_) | Event::PI(_) => continue,
                Event::Eof if closed => return Ok(element),
                Event::Eof if element.name.is_empty() => return Err("its body is not XML"),
                Event::Eof => return Err(CUT),
                Event::DocType(_) => return Err("its body has a document type, which is refused"),
                _ => return Err(MALFORMED),
            };
            if closed || depth == DEEPEST || element.values.len() >= MOST_VALUES {
                return Err("its body has more in it than a reply can have");
            }
            match depth {
                0 => {
                    element.name = tag.local_name().as_ref().to_owned();
                    element.attributes(&tag)?;
                    closed = empty;
                }
                1 if !empty => child = Some((tag.local_name().as_ref().to_owned(), Wiped::default())),
                _ => {}
            }
            depth += usize::from(!empty);
        }
    }

    fn attributes(&mut self, tag: &BytesStart<'_>) -> Result<(), Problem> {
        for attribute in tag.attributes() {
            let attribute = attribute.map_err(|_| MALFORMED)?;
            if self.values.len() == MOST_VALUES {
                return Err("its body has more in it than a reply can have");
            }
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|_| MALFORMED)?;
            self.values.push((attribute.key.local_name().as_ref().to_owned(), value.into_owned().into()));
        }
        Ok(())
    }
}

/// Adds to the text of a child of the root.
fn add(child: &mut Option<(String, Wiped<String>)>, depth: usize, text: &str) {
    if let (2, Some((_, value))) = (depth, child) {
        value.push_str(text);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(document: &str) -> Result<(String, Option<String>), Problem> {
        Element::read(document.as_bytes()).map(|element| {
            let value = element.value("a").map(str::to_owned);
            (element.name, value)
        })
    }

    #[test]
    fn a_value_is_an_attribute_or_a_child_and_comes_back_as_it_was_written() {
        for value in ["", "K7 <&>\"'x", "Kr\u{fc}ger 🎓"] {
            let mut writer = Writer::new(value.len());
            writer.open("R", &[("a", "a", value)]).unwrap();
            writer.empty("B", &[("a", "a", "other")]).unwrap();
            writer.close("R");
            let capacity = writer.0.capacity();
            let document = String::from_utf8(writer.finish()).unwrap();
            assert_eq!(document.capacity(), capacity);
            assert_eq!(read(&document), Ok(("R".into(), Some(value.into()))));
        }
        for document in [
            "<R><A>1&amp;<![CDATA[<]]>&#50;</A></R>",
            "\u{FEFF}<?xml version='1.0'?>\n<!-- x --><q:R xmlns:q='urn:x' A=\"1&amp;&lt;2\"/>\n<!-- y -->",
        ] {
            assert_eq!(read(document), Ok(("R".into(), Some("1&<2".into()))), "{document}");
        }
        assert_eq!(read("<R><b><a>1</a></b>x</R>"), Ok(("R".into(), None)));
        let mut writer = Writer::new(9);
        for wrong in ["a\nb", "a\u{1}b", "\u{FFFE}"] {
            assert!(writer.empty("R", &[("a", "surname", wrong)]).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn what_is_no_decent_xml_is_refused() {
        let deep = format!("<R>{}", "<a>".repeat(100_000));
        let wide = format!("<R {}/>", (0..200).map(|at| format!("a{at}='1' ")).collect::<String>());
        for document in [
            "",
            "x",
            "{\"a\":1}",
            "<R",
            "<R>",
            "<R><a>1</a>",
            "<R></S>",
            "</R>",
            "<?xml version='1.0'?>",
            "<R/><R/>",
            "<R/>x",
            "<R a='1' a='2'/>",
            "<R a='&b;'/>",
            "<R><a>&b;</a></R>",
            "<R>\u{1}</R>",
            "<!DOCTYPE R [<!ENTITY b 'x'>]><R><a>&b;</a></R>",
            &deep,
            &wide,
        ] {
            assert!(read(document).is_err(), "{document:.60}");
        }
        assert!(Element::read(b"<R a='\xFF'/>").is_err());
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "(\\PC|</?[ab:]{1,2}( a='1')?/?>|&[a-z#0-9]{0,4};|<!\\[CDATA\\[|\\]\\]>){0,30}") {
            let _ = Element::read(text.as_bytes());
        }

        #[test]
        fn any_value_comes_back_as_it_was_or_is_refused(value in "\\PC{0,30}|[\\x00-\\x20&<>'\"a]{0,30}") {
            let mut writer = Writer::new(value.len());
            if writer.empty("R", &[("a", "surname", &value)]).is_ok() {
                let element = Element::read(&writer.finish()).unwrap();
                prop_assert_eq!(element.value("a"), Some(value.as_str()));
            }
        }
    }
}
