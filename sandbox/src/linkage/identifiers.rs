//! Reads the identifiers and inputs of linkage requests, each into its one canonical form.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::surname;

/// British time, whose rules have not changed within the life of anyone's access to anything.
const BRITISH_TIME: &str = "GMT0BST,M3.5.0/1,M10.5.0";

/// The year in which the oldest date of birth that is taken lies.
const EARLIEST_BIRTH_YEAR: i16 = 1850;

/// The longest surname, in code points.
const LONGEST_SURNAME: usize = 100;

/// The longest trace identifier, in characters.
const LONGEST_TRACE: usize = 64;

fn trimmed(text: &str) -> &str {
    text.trim_matches([' ', '\t'])
}

/// The ten digits of an NHS number, written in one piece or in groups of 3, 3 and 4.
pub(super) fn nhs_number(text: &str) -> Option<String> {
    let text = trimmed(text);
    let digits = match text.len() {
        10 => text.to_owned(),
        12 => {
            let separator = [' ', '-'].into_iter().find(|separator| text.contains(*separator))?;
            let groups: Vec<&str> = text.split(separator).collect();
            let sizes: Vec<usize> = groups.iter().map(|group| group.len()).collect();
            (sizes == [3, 3, 4]).then(|| groups.concat())?
        }
        _ => return None,
    };
    is_nhs_number(&digits).then_some(digits)
}

/// Whether `text` is ten digits, not all the same, whose last fits the weighted sum of the rest.
pub(super) fn is_nhs_number(text: &str) -> bool {
    let digits = text.as_bytes();
    if digits.len() != 10 || !digits.iter().all(u8::is_ascii_digit) || digits.iter().all(|digit| *digit == digits[0]) {
        return false;
    }
    let value = |digit: &u8| u32::from(digit - b'0');
    let sum: u32 = digits[..9].iter().zip((2..=10).rev()).map(|(digit, weight)| value(digit) * weight).sum();
    let check = (11 - sum % 11) % 11;
    check == value(&digits[9])
}

/// An ODS code of a practice: six letters and digits, in upper case.
pub(super) fn ods_code(text: &str) -> Option<String> {
    let text = trimmed(text);
    let holds = text.len() == 6 && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    holds.then(|| text.to_ascii_uppercase())
}

/// A surname that can be compared, without white space around it.
pub(super) fn surname(text: &str) -> Option<String> {
    let text = text.trim();
    let holds = (1..=LONGEST_SURNAME).contains(&text.chars().count())
        && !text.chars().any(char::is_control)
        && !surname::normalised(text).is_empty();
    holds.then(|| text.to_owned())
}

/// A date of birth as `YYYY-MM-DD`; midnight may follow it.
pub(super) fn date_of_birth(text: &str, today: Date) -> Option<String> {
    let text = text.strip_suffix("T00:00:00").unwrap_or(text);
    let date: Date = text.parse().ok()?;
    let holds = date.to_string() == text && date.year() >= EARLIEST_BIRTH_YEAR && date <= today;
    holds.then(|| text.to_owned())
}

/// Whether `text` can be a `TransactionId` or a `CorrelationID`.
pub(super) fn is_trace(text: &str) -> bool {
    (1..=LONGEST_TRACE).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
}

/// The day in Britain at a moment.
pub(super) fn british_day(moment: Timestamp) -> Date {
    let zone = TimeZone::posix(BRITISH_TIME).expect("the rules of British time are well-formed");
    zone.to_datetime(moment).date()
}

/// Whether someone born on a day has reached an age; a 29 February is waited for until 1 March.
pub(super) fn has_reached(born: Date, years: u8, today: Date) -> bool {
    let before_birthday = (today.month(), today.day()) < (born.month(), born.day());
    i32::from(today.year()) - i32::from(born.year()) - i32::from(before_birthday) >= i32::from(years)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn an_nhs_number_is_ten_digits_in_one_piece_or_in_three_groups() {
        for text in ["9990123403", "999 012 3403", "999-012-3403", " \t9990123403 "] {
            assert_eq!(nhs_number(text).as_deref(), Some("9990123403"), "{text}");
        }
        for text in [
            "",
            "9990-123-403",
            "999 012-3403",
            "999  0123403",
            "9990123 403",
            "99901234O3",
            "９９９０１２３４０３",
            "\u{a0}9990123403",
            "999012340",
            "99901234030",
        ] {
            assert_eq!(nhs_number(text), None, "{text}");
        }
    }

    #[test]
    fn the_last_digit_of_an_nhs_number_must_fit_the_others() {
        for text in ["9990123404", "9990123420", "9999999999", "0000000000"] {
            assert_eq!(nhs_number(text), None, "{text}");
        }
        assert!((0..10).all(|digit| !is_nhs_number(&digit.to_string().repeat(10))));
        assert!((0..10).all(|digit| !is_nhs_number(&format!("999012342{digit}"))), "no digit fits these nine");
    }

    #[test]
    fn an_ods_code_is_six_letters_and_digits() {
        assert_eq!(ods_code(" a12345\t").as_deref(), Some("A12345"));
        for text in ["A1234", "A12345001", "A1 345", "Ä1234", "", "A12-45"] {
            assert_eq!(ods_code(text), None, "{text}");
        }
    }

    #[test]
    fn a_surname_needs_something_to_be_compared() {
        assert_eq!(surname(" St. Orrin\u{2003}").as_deref(), Some("St. Orrin"));
        assert!(surname(&"x".repeat(100)).is_some() && surname(&"x".repeat(101)).is_none());
        for text in ["", "  ", "'-.", "a\u{7}b", "a\nb"] {
            assert_eq!(surname(text), None, "{text:?}");
        }
    }

    #[test]
    fn a_date_of_birth_is_a_day_that_has_come() {
        let today = day("2026-11-22");
        for text in ["1984-03-12", "1984-03-12T00:00:00", "2026-11-22", "1850-01-01", "2000-02-29"] {
            assert_eq!(date_of_birth(text, today).as_deref(), text.get(..10), "{text}");
        }
        for text in [
            "1979-06-31",
            "2026-11-23",
            "1849-12-31",
            "1900-02-29",
            "1984-3-12",
            "12/03/1984",
            "1984-03-12T01:00:00",
            "1984-03-12T00:00:00Z",
            "",
        ] {
            assert_eq!(date_of_birth(text, today), None, "{text}");
        }
    }

    #[test]
    fn the_day_in_britain_begins_an_hour_early_in_summer() {
        for (moment, expected) in [
            ("2026-07-01T22:59:59Z", "2026-07-01"),
            ("2026-07-01T23:00:00Z", "2026-07-02"),
            ("2026-12-01T23:59:59Z", "2026-12-01"),
        ] {
            assert_eq!(british_day(moment.parse().unwrap()).to_string(), expected);
        }
    }

    #[test]
    fn an_age_is_reached_on_the_birthday_or_on_1_march() {
        for (born, today, reached) in [
            ("2010-11-23", "2026-11-22", false),
            ("2010-11-22", "2026-11-22", true),
            ("2012-02-29", "2028-02-28", false),
            ("2012-02-29", "2028-02-29", true),
            ("2008-02-29", "2023-12-31", false),
        ] {
            assert_eq!(has_reached(day(born), 16, day(today)), reached, "{born} {today}");
        }
        assert!(!has_reached(day("2008-02-29"), 17, day("2025-02-28")));
        assert!(has_reached(day("2008-02-29"), 17, day("2025-03-01")));
    }

    #[test]
    fn a_trace_identifier_is_short_and_plain() {
        assert!(is_trace("6f9619ff-8b86-d011-b42d-00cf4fc964ff") && is_trace("A.b_c-9") && is_trace(&"x".repeat(64)));
        for text in ["", "a b", "a:b", "é", &"x".repeat(65)] {
            assert!(!is_trace(text), "{text}");
        }
    }
}
