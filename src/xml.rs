//! What XML allows in a text, for those who write it or read it.

use quick_xml::events::BytesRef;

/// Whether XML 1.0 can carry a character.
#[inline]
pub(crate) const fn is_allowed(character: char) -> bool {
    match character {
        '\t' | '\n' | '\r' => true,
        '\0'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}' => false,
        _ => true,
    }
}

/// Appends `value` so that a reader gets exactly it; fails at a character that XML has no way to carry.
#[inline]
pub(crate) fn escape(value: &str, into: &mut String) -> Result<(), ()> {
    for character in value.chars() {
        match character {
            '&' => into.push_str("&amp;"),
            '<' => into.push_str("&lt;"),
            '>' => into.push_str("&gt;"),
            '"' => into.push_str("&quot;"),
            '\'' => into.push_str("&apos;"),
            // A reader would make a line feed of it.
            '\r' => into.push_str("&#13;"),
            _ if is_allowed(character) => into.push(character),
            _ => return Err(()),
        }
    }
    Ok(())
}

/// The character behind one of XML's own entities or a number.
///
/// # Errors
/// What is wrong with the document; it is not quoted.
#[inline]
pub(crate) fn character(reference: &BytesRef<'_>) -> Result<char, &'static str> {
    match &**reference {
        "lt" => Ok('<'),
        "gt" => Ok('>'),
        "amp" => Ok('&'),
        "apos" => Ok('\''),
        "quot" => Ok('"'),
        _ => match reference.resolve_char_ref() {
            Ok(Some(character)) if is_allowed(character) => Ok(character),
            Ok(None) => Err("its body uses an entity that XML does not define"),
            _ => Err("its body holds a character that XML does not allow"),
        },
    }
}
