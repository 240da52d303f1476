//! What values must look like (section 2 of the linkage specification).
//!
//! A problem is the rest of a sentence that begins with the field's name.

use jiff::Timestamp;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;

use super::config::Config;
use super::query::Demographics;
use super::surname;
use crate::error::{Error, Result};
use crate::identifiers::{NhsNumber, OdsCode};

/// What is wrong with a value.
pub type Problem = &'static str;

/// Summer time in London by the rule in force since 1996; a database of time zones is not everywhere.
const LONDON: &str = "GMT0BST,M3.5.0/1,M10.5.0";
const EARLIEST: Date = date(1850, 1, 1);
const LONGEST_SURNAME: usize = 100;

/// Reads the values of a request and remembers which of them are wrong, so that all of them are told.
#[derive(Debug, Default)]
pub struct Check {
    wrong: Vec<(&'static str, Problem)>,
}

impl Check {
    /// Reads a value by its rule.
    pub fn read<T>(&mut self, field: &'static str, read: std::result::Result<T, Problem>) -> Option<T> {
        read.map_err(|problem| self.wrong.push((field, problem))).ok()
    }

    /// Says that a value is missing or wrong.
    pub fn refuse(&mut self, field: &'static str, problem: Problem) {
        self.wrong.push((field, problem));
    }

    /// Whether all was right.
    ///
    /// # Errors
    /// `INVALID_INPUT` naming all fields that were not.
    pub fn finish(self) -> Result<()> {
        if self.wrong.is_empty() { Ok(()) } else { Err(Error::InvalidFields { fields: self.wrong }) }
    }
}

/// The code of an organisation.
///
/// # Errors
/// What is wrong with it.
pub fn ods_code(config: &Config, text: &str) -> Result<OdsCode, Problem> {
    OdsCode::parse(text, config.ods_format)
}

/// The number of a patient.
///
/// # Errors
/// What is wrong with it.
pub fn nhs_number(config: &Config, text: &str) -> Result<NhsNumber, Problem> {
    let number = NhsNumber::parse(text)?;
    if config.reject_test_range && number.is_for_tests() {
        return Err("is of the range for tests, which is refused here");
    }
    Ok(number)
}

/// A surname, trimmed.
///
/// # Errors
/// What is wrong with it.
pub fn surname(text: &str) -> Result<String, Problem> {
    let text = text.trim();
    let count = text.chars().take(LONGEST_SURNAME + 1).count();
    if !(1..=LONGEST_SURNAME).contains(&count) || text.chars().any(char::is_control) {
        return Err("must have 1 to 100 characters and no control characters");
    }
    if surname::normalised(text).is_empty() { Err("must have a letter") } else { Ok(text.to_owned()) }
}

/// A date of birth, `YYYY-MM-DD` with or without `T00:00:00`; not after today in London.
///
/// # Errors
/// What is wrong with it.
pub fn date_of_birth(text: &str, now: Timestamp) -> Result<Date, Problem> {
    const SHAPE: &str = "must be a date that exists, YYYY-MM-DD";
    let day = text.strip_suffix("T00:00:00").unwrap_or(text);
    let shaped = day.len() == 10
        && day
            .bytes()
            .enumerate()
            .all(|(at, byte)| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() });
    let read: Date = if shaped { day.parse().map_err(|_| SHAPE)? } else { return Err(SHAPE) };
    if read < EARLIEST {
        return Err("must not be before 1850");
    }
    if read > today(now) { Err("must not be in the future") } else { Ok(read) }
}

/// Both.
pub fn demographics(check: &mut Check, name: &str, born: &str, now: Timestamp) -> Option<Demographics> {
    let surname = check.read("surname", surname(name));
    let date_of_birth = check.read("dateOfBirth", date_of_birth(born, now));
    Some(Demographics { surname: surname?.into(), date_of_birth: date_of_birth?.into() })
}

/// A caller's reference.
///
/// # Errors
/// What is wrong with it.
pub fn trace_id(text: &str) -> Result<(), Problem> {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    if (1..=64).contains(&text.len()) && text.bytes().all(fits) {
        Ok(())
    } else {
        Err("must have 1 to 64 letters, digits, full stops, underscores or hyphens")
    }
}

/// The day in London.
#[must_use]
pub fn today(now: Timestamp) -> Date {
    let london = TimeZone::posix(LONDON).unwrap_or(TimeZone::UTC);
    now.to_zoned(london).date()
}

/// Whether somebody is younger than `years` on `today`; who was born on 29 February comes of age on 1 March.
#[must_use]
pub fn is_younger_than(years: u8, born: Date, today: Date) -> bool {
    let year = born.year() + i16::from(years);
    let birthday = Date::new(year, born.month(), born.day()).or_else(|_| Date::new(year, 3, 1));
    birthday.is_ok_and(|birthday| today < birthday)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_date_of_birth_exists_and_is_not_in_the_future_in_london() {
        let now = at("2026-11-22T12:00:00Z");
        for (text, right) in [
            ("1984-03-12", true),
            ("1984-03-12T00:00:00", true),
            ("2026-11-22", true),
            ("1850-01-01", true),
            ("2024-02-29", true),
            ("2026-11-23", false),
            ("1849-12-31", false),
            ("1979-06-31", false),
            ("2023-02-29", false),
            ("1984-3-12", false),
            ("19840312", false),
            ("1984-03-12T00:00:01", false),
            ("1984-03-12 ", false),
            ("+001984-03-12", false),
            ("", false),
        ] {
            assert_eq!(date_of_birth(text, now).is_ok(), right, "{text}");
        }
        // An hour before midnight in winter it is the same day in London, in summer it is the next.
        assert_eq!(today(at("2026-01-10T23:30:00Z")), date(2026, 1, 10));
        assert_eq!(today(at("2026-07-10T23:30:00Z")), date(2026, 7, 11));
        assert_eq!(today(at("2026-10-25T23:30:00Z")), date(2026, 10, 25));
        assert_eq!(today(at("2026-10-24T23:30:00Z")), date(2026, 10, 25));
    }

    #[test]
    fn who_was_born_on_29_february_comes_of_age_on_1_march() {
        let born = date(2008, 2, 29);
        assert!(is_younger_than(17, born, date(2025, 2, 28)));
        assert!(!is_younger_than(17, born, date(2025, 3, 1)));
        assert!(is_younger_than(16, born, date(2024, 2, 28)) && !is_younger_than(16, born, date(2024, 2, 29)));
        assert!(is_younger_than(16, date(2010, 11, 23), date(2026, 11, 22)));
        assert!(!is_younger_than(0, date(2026, 11, 22), date(2026, 11, 22)));
    }

    #[test]
    fn surnames_have_a_letter_and_no_more_than_a_hundred_characters() {
        assert_eq!(surname(" O'Dempsey\u{2003}").as_deref(), Ok("O'Dempsey"));
        assert!(surname(&"é".repeat(100)).is_ok());
        for wrong in ["", "  ", "'-.", "a\u{7}b", &"é".repeat(101)] {
            assert!(surname(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn a_reference_is_short_and_plain() {
        assert!(trace_id("a.B_9-").is_ok() && trace_id(&"x".repeat(64)).is_ok());
        for wrong in ["", "a b", "ä", &"x".repeat(65), "a/b"] {
            assert!(trace_id(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn all_that_is_wrong_is_told_in_order() {
        let mut check = Check::default();
        let config = Config::default();
        assert!(check.read("nhsNumber", nhs_number(&config, "9990123404")).is_none());
        assert!(check.read("odsCode", ods_code(&config, "A1 345")).is_none());
        let error = check.finish().unwrap_err();
        let json = error.to_json("retrieve_linkage_key", "linkage");
        assert_eq!(json["details"]["fields"], serde_json::json!(["nhsNumber", "odsCode"]));
        assert_eq!((&json["status"], &json["details"]["field"]), (&202.into(), &"nhsNumber".into()));
        let strict = Config { reject_test_range: true, ..Config::default() };
        assert!(nhs_number(&strict, "9990123403").is_err() && nhs_number(&strict, "9434765919").is_ok());
    }
}
