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

    proptest! {
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
