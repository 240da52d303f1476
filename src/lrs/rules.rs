//! What values must look like: by the original gateway's rules (`compat`), or by the safer ones (`strict`).
//!
//! A problem is the rest of a sentence that begins with the value's name.

use jiff::civil::Date;

use super::config::Behaviour;
use crate::identifiers::Uln;

/// What is wrong with a value.
pub type Problem = &'static str;

/// The longest name of a person or place.
const LONGEST_NAME: usize = 35;

/// Letters in the second half of a postcode.
const NOT_IN_INWARD: &[u8] = b"CIKMOV";
/// Characters of an Irish postcode.
const IRISH: &[u8] = b"0123456789ACDEFHKNPRTVWXY";
/// First characters of an Irish routing key.
const ROUTING: &[u8] = b"ACDEFHKNPRTVWXY";

/// A given or family name.
///
/// # Errors
/// What is wrong with it.
pub fn name(behaviour: Behaviour, text: &str) -> Result<(), Problem> {
    let count = text.chars().count();
    match behaviour {
        Behaviour::Strict => {
            let allowed = |c: char| c.is_alphabetic() || is_mark(c) || matches!(c, '\'' | '’' | ',' | '.' | '-' | ' ');
            if !(1..=LONGEST_NAME).contains(&count)
                || !text.chars().all(allowed)
                || !text.chars().any(char::is_alphabetic)
            {
                return Err(
                    "must have 1 to 35 letters, apostrophes, commas, full stops, hyphens or spaces, and at least one letter",
                );
            }
        }
        Behaviour::Compat => {
            let allowed = |c: char| c.is_ascii_alphabetic() || matches!(c, '\'' | ' ' | ',' | '.' | '-');
            if !(3..=LONGEST_NAME).contains(&count) || !text.chars().all(allowed) {
                return Err("must have 3 to 35 unaccented letters, apostrophes, commas, full stops, hyphens or spaces");
            }
        }
    }
    Ok(())
}

/// Combining marks of the blocks that names are written with; a letter and its mark may come apart.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{483}'..='\u{487}' | '\u{591}'..='\u{5C7}' | '\u{610}'..='\u{61A}'
        | '\u{64B}'..='\u{65F}' | '\u{900}'..='\u{903}' | '\u{93A}'..='\u{94F}' | '\u{1AB0}'..='\u{1AFF}'
        | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}' | '\u{FE20}'..='\u{FE2F}')
}

/// The shape of a date, `YYYY-MM-DD`, whether it exists or not.
///
/// # Errors
/// What is wrong with it.
pub fn date_shape(text: &str) -> Result<(), Problem> {
    let bytes = text.as_bytes();
    let fits = bytes.len() == 10
        && bytes
            .iter()
            .enumerate()
            .all(|(at, byte)| if matches!(at, 4 | 7) { *byte == b'-' } else { byte.is_ascii_digit() });
    if fits { Ok(()) } else { Err("must be a date, `YYYY-MM-DD`") }
}

/// A date that exists; in `strict` one that is not after `today`.
///
/// # Errors
/// What is wrong with it.
pub fn date(behaviour: Behaviour, text: &str, today: Date) -> Result<Date, Problem> {
    date_shape(text)?;
    let date: Date = text.parse().map_err(|_| "must be a date that exists, `YYYY-MM-DD`")?;
    if behaviour == Behaviour::Strict && date > today { Err("must not lie in the future") } else { Ok(date) }
}

/// A ULN: ten digits with a check digit in `strict`, one to ten digits in `compat`.
///
/// # Errors
/// What is wrong with it.
pub fn uln(behaviour: Behaviour, text: &str) -> Result<(), Problem> {
    match behaviour {
        Behaviour::Strict => Uln::parse(text).map(drop),
        Behaviour::Compat if (1..=10).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit()) => Ok(()),
        Behaviour::Compat => Err("must have 1 to 10 digits"),
    }
}

/// A British or Irish postcode, in upper case.
///
/// # Errors
/// What is wrong with it.
pub fn post_code(behaviour: Behaviour, text: &str) -> Result<(), Problem> {
    let bytes = text.as_bytes();
    if british(bytes) || forces(bytes) || irish(bytes, behaviour == Behaviour::Strict) {
        return Ok(());
    }
    Err("must be a British or Irish postcode, such as `ZZ99 9ZZ`")
}

/// Takes a byte off the front if it fits.
fn take(rest: &mut &[u8], fits: impl Fn(u8) -> bool) -> bool {
    match rest.split_first() {
        Some((first, after)) if fits(*first) => {
            *rest = after;
            true
        }
        _ => false,
    }
}

fn british(code: &[u8]) -> bool {
    let Some((outward, inward)) = code.len().checked_sub(3).map(|at| code.split_at(at)) else { return false };
    let ends = inward[0].is_ascii_digit()
        && inward[1..].iter().all(|byte| byte.is_ascii_uppercase() && !NOT_IN_INWARD.contains(byte));
    let outward = outward.strip_suffix(b" ").unwrap_or(outward);
    // One or two letters before the digit; an `R` in its place may be taken for the second letter.
    let begins = [1, 2].into_iter().any(|letters| {
        let Some((area, mut rest)) = outward.split_at_checked(letters) else { return false };
        area.iter().all(u8::is_ascii_uppercase)
            && take(&mut rest, |byte| byte.is_ascii_digit() || byte == b'R')
            && (rest.is_empty() || rest.len() == 1 && (rest[0].is_ascii_uppercase() || rest[0].is_ascii_digit()))
    });
    ends && begins
}

fn forces(code: &[u8]) -> bool {
    let Some(mut rest) = code.strip_prefix(b"BFPO") else { return false };
    take(&mut rest, |byte| byte == b' ');
    (1..=4).contains(&rest.len()) && rest.iter().all(u8::is_ascii_digit)
}

fn irish(code: &[u8], routed: bool) -> bool {
    let Some((key, unique)) = code.len().checked_sub(4).map(|at| code.split_at(at)) else { return false };
    let key = key.strip_suffix(b" ").unwrap_or(key);
    let routing = match key {
        [] => !routed,
        b"D6W" => true,
        [first, digits @ ..] => ROUTING.contains(first) && digits.len() == 2 && digits.iter().all(u8::is_ascii_digit),
    };
    routing && unique.iter().all(|byte| IRISH.contains(byte))
}

/// An e-mail address.
///
/// # Errors
/// What is wrong with it.
pub fn email(text: &str) -> Result<(), Problem> {
    let fits = || -> Option<()> {
        let (local, domain) = text.split_once('@')?;
        let local_fits = (1..=64).contains(&local.len())
            && local.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._'%+-".contains(&byte));
        let (labels, last) = domain.rsplit_once('.')?;
        let last_fits = (2..=63).contains(&last.len()) && last.bytes().all(|byte| byte.is_ascii_alphabetic());
        let labels: Vec<&str> = labels.split('.').collect();
        (local_fits && last_fits && labels.len() <= 8 && labels.into_iter().all(label)).then_some(())
    };
    fits().ok_or("must be an e-mail address")
}

fn label(text: &str) -> bool {
    (1..=63).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && !text.starts_with('-')
        && !text.ends_with('-')
        && !text.contains("--")
}

/// A text of at most `most` characters.
///
/// # Errors
/// What is wrong with it.
pub fn at_most(most: usize, text: &str) -> Result<(), Problem> {
    match (text.chars().count() <= most, most) {
        (true, _) => Ok(()),
        (false, 35) => Err("must have at most 35 characters"),
        (false, _) => Err("is too long; 254 characters fit"),
    }
}

/// The id of a person, which becomes part of an address.
///
/// # Errors
/// What is wrong with it.
pub fn person_id(text: &str) -> Result<(), Problem> {
    let fits = (1..=255).contains(&text.chars().count())
        && !text.trim().is_empty()
        && !text.chars().any(char::is_control)
        && !matches!(text, "." | "..");
    if fits { Ok(()) } else { Err("must have 1 to 255 printable characters") }
}

#[cfg(test)]
mod tests {
    use super::Behaviour::{Compat, Strict};
    use super::*;

    /// Texts that must pass, and those that must not.
    fn check(rule: impl Fn(&str) -> bool, passing: &[&str], failing: &[&str]) {
        for text in passing {
            assert!(rule(text), "{text:?} must pass");
        }
        for text in failing {
            assert!(!rule(text), "{text:?} must fail");
        }
    }

    #[test]
    fn names_are_three_plain_letters_in_compat_and_any_letter_in_strict() {
        let long = "a".repeat(35);
        let longer = "a".repeat(36);
        check(
            |text| name(Compat, text).is_ok(),
            &["Tamsin", "O'Shea-Smith, Jr.", "   ", &long],
            &["Jo", "Zoë", "Al3x", "D’Arcy", "", &longer, "Ann\n", "李小龍"],
        );
        check(
            |text| name(Strict, text).is_ok(),
            &["Jo", "Zoë", "Zoe\u{308}", "D’Arcy", "O'Shea-Smith, Jr.", "李", "Ὀδυσσεύς", &"é".repeat(35)],
            &["   ", "-", "Al3x", "", &longer, "Ann\n", "a<b"],
        );
    }

    #[test]
    fn postcodes_follow_their_three_patterns() {
        let both = [
            "LS11 5QT", "LS115QT", "BFPO 12", "BFPO1234", "GIR 0AA", "D02 X285", "D6WX285", "ZZ99 9ZZ", "M1 1AA",
            "EC1A 1BB", "RR1 1AA",
        ];
        let neither = [
            "ABC123",
            "ls11 5qt",
            "LS11 5CT",
            "LS11  5QT",
            "LS1115QT",
            "",
            "BFPO",
            "BFPO 12345",
            "B02 X285",
            "D0 X285",
            "12345",
            "É1 1AA",
        ];
        check(|text| post_code(Compat, text).is_ok(), &both, &neither);
        check(|text| post_code(Strict, text).is_ok(), &both, &neither);
        check(|text| post_code(Compat, text).is_ok(), &["1234", " X285"], &[]);
        check(|text| post_code(Strict, text).is_ok(), &[], &["1234", " X285", "X285"]);
    }

    #[test]
    fn email_addresses_follow_their_pattern() {
        let local = "a".repeat(64);
        check(
            |text| email(text).is_ok(),
            &[
                "o'dell+x@mail.example.test",
                "a@b.example",
                "a_%.-@a-b.c.d.e.f.g.h.example",
                &format!("{local}@b.example"),
            ],
            &[
                "a@@b.example",
                "a@-b.example",
                "",
                "a@b",
                "@b.example",
                "a@b-.example",
                "a@b--c.example",
                "a@b.e",
                "a@b.ex1",
                "a@b..example",
                "a b@c.example",
                "é@b.example",
                "a@a.b.c.d.e.f.g.h.i.example",
                &format!("a{local}@b.example"),
            ],
        );
    }

    #[test]
    fn dates_exist_and_lie_in_the_future_in_compat_only() {
        let today = "2026-11-22".parse().unwrap();
        check(
            |text| date(Strict, text, today).is_ok(),
            &["1998-04-12", "2026-11-22", "2024-02-29"],
            &[
                "1995-13-40",
                "2026-11-23",
                "2023-02-29",
                "12-04-1998",
                "1998-4-12",
                "",
                "1998-04-12T00:00:00",
                "yyyy-MM-dd",
            ],
        );
        assert!(date(Compat, "2026-11-23", today).is_ok());
        assert!(date(Compat, "1995-13-40", today).is_err() && date_shape("1995-13-40").is_ok());
    }

    #[test]
    fn ulns_have_a_check_digit_in_strict_and_digits_in_compat() {
        check(|text| uln(Strict, text).is_ok(), &["1000000027"], &["1234567890", "12", "", "12A", "12345678901"]);
        check(
            |text| uln(Compat, text).is_ok(),
            &["1000000027", "1234567890", "12", "0"],
            &["", "12A", "12345678901", "１"],
        );
    }

    #[test]
    fn the_id_of_a_person_cannot_change_an_address_to_another_path() {
        check(
            |text| person_id(text).is_ok(),
            &["A1234BC", "a/b", "Ö?#"],
            &["", " ", ".", "..", "a\nb", &"a".repeat(256)],
        );
    }
}
