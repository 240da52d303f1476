//! The identifiers that several rooms share, each checked when it is made.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::json::rule;

/// A Unique Learner Number: ten digits, the last a check digit, the first not zero.
///
/// Personal: `Debug` shows no digits, and there is no `Display`, so that none reaches a log by accident.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Uln([u8; 10]);

impl Uln {
    /// Reads a ULN, ignoring ASCII white space around it.
    ///
    /// # Errors
    /// What is wrong, as the rest of a sentence that begins with the field's name.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let text = text.trim_matches(|c: char| c.is_ascii_whitespace());
        let digits: [u8; 10] = text.as_bytes().try_into().map_err(|_| "must have exactly ten digits")?;
        if !digits.iter().all(u8::is_ascii_digit) {
            return Err("must have exactly ten digits");
        }
        if digits[0] == b'0' {
            return Err("must not begin with zero");
        }
        // Weights 10 down to 1; the weighted sum leaves 10 when divided by 11.
        let sum: u32 = digits.iter().zip((1..=10).rev()).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
        if sum % 11 == 10 {
            Ok(Self(digits))
        } else {
            Err("has a wrong check digit; compare it with the learner's documents")
        }
    }

    /// The ten digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("a ULN holds ASCII digits only")
    }
}

impl fmt::Debug for Uln {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Uln(redacted)")
    }
}

/// A UK Provider Reference Number: eight digits, the first not zero. It names an organisation and is public.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Ukprn([u8; 8]);

impl Ukprn {
    /// Reads a UKPRN, ignoring ASCII white space around it.
    ///
    /// # Errors
    /// What is wrong, as the rest of a sentence that begins with the field's name.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let text = text.trim_matches(|c: char| c.is_ascii_whitespace());
        let digits: [u8; 8] = text.as_bytes().try_into().map_err(|_| "must have exactly eight digits")?;
        if !digits.iter().all(u8::is_ascii_digit) {
            return Err("must have exactly eight digits");
        }
        if digits[0] == b'0' { Err("must not begin with zero") } else { Ok(Self(digits)) }
    }

    /// The eight digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("a UKPRN holds ASCII digits only")
    }
}

impl fmt::Display for Ukprn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Ukprn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Ukprn({self})")
    }
}

/// An NHS number: ten digits, the last a check digit.
///
/// Personal: `Debug` shows no digits, and there is no `Display`, so that none reaches a log by accident.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct NhsNumber([u8; 10]);

impl NhsNumber {
    /// Reads an NHS number: ten digits, or groups of 3, 3 and 4 with the same space or hyphen between both times;
    /// spaces and tabs around it are ignored.
    ///
    /// # Errors
    /// What is wrong, as the rest of a sentence that begins with the field's name.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        const SHAPE: &str = "must have ten digits, together or in groups of 3, 3 and 4";
        let text = text.trim_matches([' ', '\t']).as_bytes();
        let digits = match *text {
            [a, b, c, left @ (b' ' | b'-'), d, e, f, right, g, h, i, j] if left == right => {
                [a, b, c, d, e, f, g, h, i, j]
            }
            _ => text.try_into().map_err(|_| SHAPE)?,
        };
        if !digits.iter().all(u8::is_ascii_digit) {
            return Err(SHAPE);
        }
        if digits.iter().all(|digit| *digit == digits[0]) {
            return Err("must not be one digit ten times");
        }
        // Weights 10 down to 2; the check digit brings the sum to a multiple of 11.
        let sum: u32 = digits.iter().zip((1..=10).rev()).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
        if sum.is_multiple_of(11) {
            Ok(Self(digits))
        } else {
            Err("has a wrong check digit; compare it with the patient's record")
        }
    }

    /// The ten digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("an NHS number holds ASCII digits only")
    }

    /// Whether it lies in the range that is kept for tests and never issued.
    #[must_use]
    pub fn is_for_tests(&self) -> bool {
        self.0.starts_with(b"999")
    }
}

impl fmt::Debug for NhsNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NhsNumber(redacted)")
    }
}

/// Which codes are taken for the Organisation Data Service's (ODS).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum OdsFormat {
    /// Those of GP practices in England and Wales: six letters and digits.
    #[default]
    Practice6,
    /// Those of any organisation: three to ten letters and digits, at least one a digit.
    Any,
}

/// The code of an organisation in upper case, as the Organisation Data Service (ODS) gives it out. It is public.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OdsCode(String);

impl OdsCode {
    /// Reads an ODS code in upper or lower case; spaces and tabs around it are ignored.
    ///
    /// # Errors
    /// What is wrong, as the rest of a sentence that begins with the field's name.
    pub fn parse(text: &str, format: OdsFormat) -> Result<Self, &'static str> {
        let text = text.trim_matches([' ', '\t']);
        let plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let fits = match format {
            OdsFormat::Practice6 => text.len() == 6,
            OdsFormat::Any => (3..=10).contains(&text.len()) && text.bytes().any(|byte| byte.is_ascii_digit()),
        };
        match (plain && fits, format) {
            (true, _) => Ok(Self(text.to_ascii_uppercase())),
            (false, OdsFormat::Practice6) => Err("must have six letters and digits, like `A12345`"),
            (false, OdsFormat::Any) => Err("must have three to ten letters and digits, at least one of them a digit"),
        }
    }

    /// The code.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for OdsCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for OdsCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OdsCode({self})")
    }
}

/// Gives an identifier its JSON form: a string that is checked when read.
macro_rules! json_string {
    ($type:ident, $pattern:literal, $description:literal) => {
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = Cow::<'de, str>::deserialize(deserializer)?;
                Self::parse(&text).map_err(rule)
            }
        }

        impl JsonSchema for $type {
            fn schema_name() -> Cow<'static, str> {
                stringify!($type).into()
            }

            fn inline_schema() -> bool {
                true
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ "type": "string", "pattern": $pattern, "description": $description })
            }
        }
    };
}

json_string!(Uln, "^[1-9][0-9]{9}$", "Unique Learner Number: ten digits with a check digit");
json_string!(Ukprn, "^[1-9][0-9]{7}$", "UK Provider Reference Number: eight digits");
json_string!(
    NhsNumber,
    "^[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{4}$",
    "NHS number: ten digits with a check digit, together or in groups of 3, 3 and 4"
);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_worked_examples_of_the_check_digit_rule_hold() {
        for valid in
            ["1000000019", "3000000010", "5123456782", "7987654328", "8112233445", "9708090106", " 5123456782\t"]
        {
            assert!(Uln::parse(valid).is_ok(), "{valid}");
        }
        for invalid in [
            "5123456783",
            "1000000060",
            "0000000042",
            "9999999999",
            "1234567890",
            "512345678",
            "",
            "５123456782",
            "51234567820",
        ] {
            assert!(Uln::parse(invalid).is_err(), "{invalid}");
        }
    }

    #[test]
    fn a_uln_is_not_shown_by_debug() {
        let uln = Uln::parse("5123456782").unwrap();
        assert!(!format!("{uln:?}").contains("512"));
    }

    #[test]
    fn a_ukprn_has_eight_digits_and_no_leading_zero() {
        assert!(Ukprn::parse("10099901").is_ok());
        for invalid in ["00099901", "1009990", "100999011", "1009990a", "１0099901"] {
            assert!(Ukprn::parse(invalid).is_err(), "{invalid}");
        }
    }

    #[test]
    fn an_nhs_number_is_read_in_its_two_groupings_and_no_other() {
        for valid in ["9990123403", "999 012 3403", "999-012-3403", "\t9990123403 ", "9434765919"] {
            assert!(NhsNumber::parse(valid).is_ok(), "{valid}");
        }
        for invalid in [
            "9990-123-403",
            "999 012-3403",
            "999  012 3403",
            "9990123404",
            "9990123420",
            "9999999999",
            "0000000000",
            "99901234O3",
            "999012340",
            "99901234030",
            "９990123403",
            "\u{A0}9990123403",
            "",
        ] {
            assert!(NhsNumber::parse(invalid).is_err(), "{invalid}");
        }
        let number = NhsNumber::parse("999 012 3403").unwrap();
        assert_eq!((number.as_str(), number.is_for_tests()), ("9990123403", true));
        assert_eq!(format!("{number:?}"), "NhsNumber(redacted)");
    }

    #[test]
    fn an_ods_code_is_read_in_either_case_and_by_its_format() {
        let read = |text: &str, format| OdsCode::parse(text, format).map(|code| code.to_string());
        for format in [OdsFormat::Practice6, OdsFormat::Any] {
            assert_eq!(read(" a12345\t", format).as_deref(), Ok("A12345"));
            for invalid in ["A1 345", "A12-45", "", "Ä12345"] {
                assert!(read(invalid, format).is_err(), "{invalid}");
            }
        }
        for other in ["A1234", "A12345001", "X2Y", "1234567890"] {
            assert!(read(other, OdsFormat::Practice6).is_err(), "{other}");
            assert!(read(other, OdsFormat::Any).is_ok(), "{other}");
        }
        assert!(read("ABCDEF", OdsFormat::Any).is_err());
        assert!(read("A1", OdsFormat::Any).is_err());
    }

    proptest! {
        #[test]
        fn at_most_one_check_digit_makes_an_nhs_number(prefix in 0_u64..=999_999_999) {
            let prefix = format!("{prefix:09}");
            let fitting: Vec<_> = (0..10).filter(|digit| NhsNumber::parse(&format!("{prefix}{digit}")).is_ok()).collect();
            let sum = prefix.bytes().zip((2..=10).rev())
                .map(|(digit, weight)| u32::from(digit - b'0') * weight).sum::<u32>();
            let repeated = prefix.bytes().all(|digit| digit == prefix.as_bytes()[0]);
            match 11 - sum % 11 {
                10 => prop_assert!(fitting.is_empty()),
                _ if repeated => prop_assert!(fitting.is_empty()),
                digit => prop_assert_eq!(fitting, [digit % 11]),
            }
        }

        #[test]
        fn two_neighbouring_digits_swapped_never_make_another_nhs_number(prefix in 0_u64..=999_999_999, at in 0_usize..9) {
            let number = (0..10).map(|digit| format!("{prefix:09}{digit}")).find(|text| NhsNumber::parse(text).is_ok());
            if let Some(number) = number {
                let mut swapped = number.clone().into_bytes();
                swapped.swap(at, at + 1);
                let swapped = String::from_utf8(swapped).unwrap();
                prop_assert!(swapped == number || NhsNumber::parse(&swapped).is_err());
            }
        }

        #[test]
        fn at_most_one_check_digit_fits_a_prefix(prefix in 100_000_000_u64..=999_999_999) {
            let fitting = (0..10).filter(|digit| Uln::parse(&format!("{prefix}{digit}")).is_ok()).count();
            let remainder = format!("{prefix}").bytes().zip((2..=10).rev())
                .map(|(digit, weight)| u32::from(digit - b'0') * weight).sum::<u32>() % 11;
            prop_assert_eq!(fitting, usize::from(remainder != 0));
        }

        #[test]
        fn any_text_is_refused_or_read_back_the_same(text in "\\PC{0,12}") {
            if let Ok(uln) = Uln::parse(&text) {
                prop_assert_eq!(uln.as_str(), text.trim_matches(|c: char| c.is_ascii_whitespace()));
            }
        }
    }
}
