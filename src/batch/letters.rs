//! Letters of files: UTF-8, or the Windows code page of Western Europe.

use super::model::Encoding;

/// What the bytes from 0x80 to 0x9F stand for; the five without a letter are refused.
const HIGH: [Option<char>; 32] = [
    Some('€'),
    None,
    Some('‚'),
    Some('ƒ'),
    Some('„'),
    Some('…'),
    Some('†'),
    Some('‡'),
    Some('ˆ'),
    Some('‰'),
    Some('Š'),
    Some('‹'),
    Some('Œ'),
    None,
    Some('Ž'),
    None,
    None,
    Some('‘'),
    Some('’'),
    Some('“'),
    Some('”'),
    Some('•'),
    Some('–'),
    Some('—'),
    Some('˜'),
    Some('™'),
    Some('š'),
    Some('›'),
    Some('œ'),
    None,
    Some('ž'),
    Some('Ÿ'),
];

/// The text of some bytes, or why they are none.
pub(super) fn text(bytes: &[u8], encoding: Encoding) -> Result<String, String> {
    let text = match encoding {
        Encoding::Utf8 => String::from_utf8(bytes.to_vec())
            .map_err(|_| "it is not UTF-8; if the file is an old Windows one, give `encoding` as `windows-1252`")?,
        Encoding::Windows1252 => {
            let letters = bytes.iter().map(|byte| match byte {
                0x80..=0x9F => HIGH[usize::from(byte - 0x80)],
                byte => Some(char::from(*byte)),
            });
            letters.collect::<Option<String>>().ok_or("it has a byte that windows-1252 has no letter for")?
        }
    };
    if text.contains('\0') { Err("it has the character U+0000".into()) } else { Ok(text) }
}

/// The texts of some values, or why one is none.
pub(super) fn all(values: &[Vec<u8>], encoding: Encoding) -> Result<Vec<String>, String> {
    values.iter().map(|value| text(value, encoding)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_windows_files_are_read_letter_by_letter() {
        assert_eq!(text(b"Zo\xEB \x80 \x93x\x94", Encoding::Windows1252).unwrap(), "Zoë € “x”");
        assert!(text(b"\x81", Encoding::Windows1252).unwrap_err().contains("no letter"));
    }

    #[test]
    fn what_is_not_utf_8_says_what_to_try() {
        assert_eq!(text("Zoë".as_bytes(), Encoding::Utf8).unwrap(), "Zoë");
        assert!(text(b"Zo\xEB", Encoding::Utf8).unwrap_err().contains("windows-1252"));
        assert!(text(b"a\0b", Encoding::Utf8).unwrap_err().contains("U+0000"));
    }
}
