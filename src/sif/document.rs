//! Documents as they come from outside: read within limits, or not at all (section 6.4 of the SIF specification).

use roxmltree::{Document, ParsingOptions};

/// The largest document.
pub const LARGEST: usize = 16 << 20;
/// How deep elements may be nested.
pub const DEEPEST: usize = 256;
/// How many nodes a document may have.
const MOST_NODES: u32 = 2_000_000;

/// Why a document is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unread {
    /// It is larger than [`LARGEST`].
    #[error("is larger than 16 MiB")]
    TooLarge,
    /// It is no UTF-8.
    #[error("is not UTF-8")]
    NotUtf8,
    /// It has a document type, which could define entities.
    #[error("has a document type, which is not accepted")]
    DocumentType,
    /// It nests deeper than [`DEEPEST`].
    #[error("nests deeper than 256 elements")]
    TooDeep,
    /// It has too many elements and texts.
    #[error("has more than 2,000,000 elements and texts")]
    TooMany,
    /// It is not well-formed.
    #[error("is not well-formed XML")]
    NotWellFormed,
}

/// Checks size, encoding and nesting, before anything is made of a document.
///
/// # Errors
/// What is wrong with it.
pub fn checked(bytes: &[u8]) -> Result<&str, Unread> {
    if bytes.len() > LARGEST {
        return Err(Unread::TooLarge);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| Unread::NotUtf8)?;
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let mut depth = 0_usize;
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let after = |end: &str, rest: &'_ str| rest.find(end).map(|at| at + end.len());
        let skipped = if rest.starts_with("!--") {
            after("-->", rest)
        } else if rest.starts_with("![CDATA[") {
            after("]]>", rest)
        } else if rest.starts_with('?') {
            after("?>", rest)
        } else if rest.starts_with('!') {
            return Err(Unread::DocumentType);
        } else if rest.starts_with('/') {
            depth = depth.saturating_sub(1);
            after(">", rest)
        } else {
            let end = tag_end(rest);
            if end.is_some_and(|end| !rest[..end - 1].ends_with('/')) {
                depth += 1;
            }
            if depth > DEEPEST {
                return Err(Unread::TooDeep);
            }
            end
        };
        rest = &rest[skipped.ok_or(Unread::NotWellFormed)?..];
    }
    Ok(text)
}

/// Where a start tag ends; a `>` in a value of an attribute is not its end.
fn tag_end(tag: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in tag.bytes().enumerate() {
        match (quote, byte) {
            (Some(open), _) if byte == open => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b'>') => return Some(at + 1),
            (None, _) => {}
        }
    }
    None
}

/// Reads a document that was checked.
///
/// # Errors
/// What is wrong with it.
pub fn read(text: &str) -> Result<Document<'_>, Unread> {
    let options = ParsingOptions { allow_dtd: false, nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    Document::parse_with_options(text, options).map_err(|error| match error {
        roxmltree::Error::NodesLimitReached => Unread::TooMany,
        roxmltree::Error::DtdDetected => Unread::DocumentType,
        // The parser's own words may quote the document.
        _ => Unread::NotWellFormed,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> Option<Unread> {
        checked(text.as_bytes()).and_then(|text| read(text).map(drop)).err()
    }

    #[test]
    fn what_could_hurt_is_refused_before_it_is_read() {
        let deep = |levels: usize| format!("{}{}", "<a>".repeat(levels), "</a>".repeat(levels));
        assert_eq!(refused(&deep(256)), None);
        assert_eq!(refused(&deep(257)), Some(Unread::TooDeep));
        assert_eq!(refused(&deep(1_000_000)), Some(Unread::TooDeep));
        assert_eq!(refused("<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>"), Some(Unread::DocumentType));
        assert_eq!(refused("<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>"), Some(Unread::DocumentType));
        assert_eq!(refused("<a>&x;</a>"), Some(Unread::NotWellFormed));
        assert_eq!(refused(&format!("<a>{}</a>", "x".repeat(LARGEST))), Some(Unread::TooLarge));
        assert_eq!(refused(&format!("<a>{}</a>", "<b/>".repeat(2_000_001))), Some(Unread::TooMany));
        assert_eq!(checked(b"<a>\xFF</a>"), Err(Unread::NotUtf8));
        for broken in
            ["", "x", "<a", "<a>", "<a></b>", "<a/><b/>", "<a x='1' x='2'/>", "<p:a/>", "<!-- ", "<a><![CDATA[</a>"]
        {
            assert_eq!(refused(broken), Some(Unread::NotWellFormed), "{broken}");
        }
    }

    #[test]
    fn what_only_looks_deep_is_read() {
        for text in [
            format!("<a>{}</a>", "<b x='>' y=\"/>\"/>".repeat(500)),
            format!("<a><!-- {} --></a>", "<b>".repeat(500)),
            format!("<a><![CDATA[{}]]></a>", "<b>".repeat(500)),
            format!("<a><?x {} ?></a>", "<b>".repeat(500)),
            format!("<a>{}</a>", "<b></b>".repeat(500)),
            "\u{FEFF}<?xml version='1.0'?><a/>".to_owned(),
        ] {
            assert_eq!(refused(&text), None, "{}", &text[..40]);
        }
    }
}
