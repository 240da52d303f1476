//! Holds the rules that fields of requests have to keep.

use std::sync::OnceLock;

use regex::Regex;

use super::GatewayProfile;
use crate::learner::{is_date, is_uln};

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rule {
    Name,
    Date,
    Gender,
    Uln,
    PostCode,
    Email,
    MatchType,
    /// Text up to this many characters.
    AtMost(usize),
    /// Any text.
    Text,
}

const NAME: &str = "^[A-Za-z' ,.-]{3,35}$";
const ANY_NAME: &str = r"^[\p{L}\p{M}'’ ,.-]{1,35}$";
const DATE: &str = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";
const ULN: &str = "^[0-9]{1,10}$";
const UK_POSTCODE: &str = "[A-Z]{1,2}[0-9R][0-9A-Z]? ?[0-9][ABD-HJLNP-UW-Z]{2}|BFPO ?[0-9]{1,4}";
const ROUTING_KEY: &str = "(?:[ACDEFHKNPRTVWXY][0-9]{2}|D6W)";
const UNIQUE_PART: &str = "[0-9ACDEFHKNPRTVWXY]{4}";
const EMAIL: &str = "^[A-Za-z0-9._'%+-]{1,64}@(?:[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*\\.){1,8}[A-Za-z]{2,63}$";

/// The longest label of a host name.
const LONGEST_LABEL: usize = 63;

/// The words for genders, and the codes that the Learning Records Service has for them.
const GENDERS: [(&str, &str); 4] = [("NOT_KNOWN", "0"), ("MALE", "1"), ("FEMALE", "2"), ("NOT_SPECIFIED", "9")];

/// The ways in which a search can have ended.
const MATCH_TYPES: [&str; 5] =
    ["No Match", "Exact Match", "Possible Match", "Linked Learner Match", "Too Many Matches"];

/// The code for a gender's word.
pub(super) fn gender_code(word: &str) -> &'static str {
    GENDERS.iter().find(|(known, _)| *known == word).map_or("", |(_, code)| code)
}

/// The word for a gender's code; anything else is unknown.
pub(super) fn gender_word(code: Option<&str>) -> &'static str {
    GENDERS.iter().find(|(_, known)| Some(*known) == code).map_or("Unknown", |(word, _)| word)
}

impl Rule {
    /// The value as it is used, when the rule is a list of words; the others come later.
    pub(super) fn listed(self, text: &str) -> Result<String, String> {
        let same = |word: &&str| word.eq_ignore_ascii_case(text);
        match self {
            Self::Gender => {
                GENDERS.iter().map(|(word, _)| *word).find(same).map(str::to_owned).ok_or_else(|| {
                    format!("Cannot construct instance of `Gender`, problem: Invalid gender value: {text}")
                })
            }
            Self::MatchType => MATCH_TYPES.into_iter().find(same).map(str::to_owned).ok_or_else(|| {
                format!("Cannot construct instance of `MatchType`, problem: Invalid Match Type value: {text}")
            }),
            _ => Ok(text.to_owned()),
        }
    }

    /// Says what is wrong with a value, if anything is; `today` is the sandbox's.
    pub(super) fn check(self, text: &str, profile: GatewayProfile, today: &str) -> Result<(), String> {
        let strict = profile == GatewayProfile::Strict;
        let printable = |text: &str| !strict || !text.chars().any(char::is_control);
        let holds = match (self, strict) {
            (Self::Name, false) => matches(NAME, text),
            (Self::Name, true) => matches(ANY_NAME, text) && text.chars().any(char::is_alphabetic),
            (Self::Date, false) => matches(DATE, text),
            (Self::Date, true) => is_date(text) && text <= today,
            (Self::Uln, false) => matches(ULN, text),
            (Self::Uln, true) => is_uln(text),
            (Self::PostCode, _) => matches(&postcode(strict), text),
            (Self::Email, _) => {
                let host = text.rsplit('@').next().unwrap_or_default();
                matches(EMAIL, text) && host.split('.').all(|label| label.len() <= LONGEST_LABEL)
            }
            (Self::AtMost(most), _) => text.chars().count() <= most && printable(text),
            (Self::Gender | Self::MatchType | Self::Text, _) => true,
        };
        if holds { Ok(()) } else { Err(self.reason(strict)) }
    }

    fn reason(self, strict: bool) -> String {
        let pattern = match (self, strict) {
            (Self::Name, true) => ANY_NAME,
            (Self::Name, false) => NAME,
            (Self::Date, true) => return "must be a day of the calendar and not in the future".to_owned(),
            (Self::Uln, true) => return "must be ten digits with a valid check digit".to_owned(),
            (Self::Date, false) => DATE,
            (Self::Uln, false) => ULN,
            (Self::Email, _) => EMAIL,
            (Self::PostCode, _) => return format!("must match \"{}\"", postcode(strict)),
            (Self::AtMost(most), _) => return format!("size must be between 0 and {most}"),
            (Self::Gender | Self::MatchType | Self::Text, _) => return String::new(),
        };
        format!("must match \"{pattern}\"")
    }

    /// The value as it is passed on.
    pub(super) fn tidied(self, text: String, profile: GatewayProfile) -> String {
        match (self, profile) {
            (Self::PostCode, GatewayProfile::Strict) => text.to_uppercase(),
            _ => text,
        }
    }
}

/// The pattern of a postcode; only the original lets an Irish one be without its routing key.
fn postcode(strict: bool) -> String {
    let optional = if strict { "" } else { "?" };
    format!("^(?:{UK_POSTCODE}|{ROUTING_KEY}{optional} ?{UNIQUE_PART})$")
}

/// Whether the whole of `text` matches one of the patterns above.
fn matches(pattern: &str, text: &str) -> bool {
    static COMPILED: OnceLock<Vec<(String, Regex)>> = OnceLock::new();
    let compiled = COMPILED.get_or_init(|| {
        [NAME, ANY_NAME, DATE, ULN, EMAIL, &postcode(false), &postcode(true)]
            .map(|pattern| (pattern.to_owned(), Regex::new(pattern).expect("the patterns are checked by a test")))
            .into()
    });
    compiled.iter().any(|(known, regex)| known == pattern && regex.is_match(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use GatewayProfile::{Compat, Strict};

    fn holds(rule: Rule, profile: GatewayProfile, text: &str) -> bool {
        let text = rule.tidied(text.to_owned(), profile);
        rule.check(&text, profile, "2026-11-22").is_ok()
    }

    #[test]
    fn the_rules_of_both_profiles_agree_with_their_examples() {
        let long_label = format!("a@{}.example", "b".repeat(64));
        for (rule, text, compat, strict) in [
            (Rule::Name, "Tamsin", true, true),
            (Rule::Name, "O'Dell-Smith, Jr.", true, true),
            (Rule::Name, "   ", true, false),
            (Rule::Name, "Jo", false, true),
            (Rule::Name, "Zoë", false, true),
            (Rule::Name, "Zoe\u{308}", false, true),
            (Rule::Name, "D’Arcy", false, true),
            (Rule::Name, "Al3x", false, false),
            (Rule::Name, "", false, false),
            (Rule::Name, "Tamsin\n", false, false),
            (Rule::Name, &"a".repeat(35), true, true),
            (Rule::Name, &"a".repeat(36), false, false),
            (Rule::Name, &"ë".repeat(35), false, true),
            (Rule::Date, "1995-13-40", true, false),
            (Rule::Date, "2026-11-22", true, true),
            (Rule::Date, "2026-11-23", true, false),
            (Rule::Date, "95-06-28", false, false),
            (Rule::Date, "１９９５-06-28", false, false),
            (Rule::Uln, "1234567890", true, false),
            (Rule::Uln, "1000000027", true, true),
            (Rule::Uln, "12345678901", false, false),
            (Rule::Uln, "12A", false, false),
            (Rule::Uln, "", false, false),
            (Rule::PostCode, "LS11 5QT", true, true),
            (Rule::PostCode, "LS115QT", true, true),
            (Rule::PostCode, "ls11 5qt", false, true),
            (Rule::PostCode, "ABC123", false, false),
            (Rule::PostCode, "LS11 5CT", false, false),
            (Rule::PostCode, "LS11  5QT", false, false),
            (Rule::PostCode, "BFPO 12", true, true),
            (Rule::PostCode, "GIR 0AA", true, true),
            (Rule::PostCode, "D02 X285", true, true),
            (Rule::PostCode, "D6W X285", true, true),
            (Rule::PostCode, "ZZ99 9ZZ", true, true),
            (Rule::PostCode, "1234", true, false),
            (Rule::Email, "o'dell+x@mail.example.test", true, true),
            (Rule::Email, "a@@b.example", false, false),
            (Rule::Email, "a@-b.example", false, false),
            (Rule::Email, "a@b--c.example", false, false),
            (Rule::Email, "a@example", false, false),
            (Rule::Email, "", false, false),
            (Rule::Email, &long_label, false, false),
            (Rule::AtMost(4), "ëëëë", true, true),
            (Rule::AtMost(4), "abcde", false, false),
            (Rule::AtMost(4), "a\u{1}", true, false),
        ] {
            assert_eq!(holds(rule, Compat, text), compat, "compat {rule:?} {text:?}");
            assert_eq!(holds(rule, Strict, text), strict, "strict {rule:?} {text:?}");
        }
    }

    #[test]
    fn words_are_taken_in_any_case() {
        assert_eq!(Rule::Gender.listed("female").as_deref(), Ok("FEMALE"));
        assert_eq!(Rule::MatchType.listed("exact match").as_deref(), Ok("Exact Match"));
        assert!(Rule::Gender.listed("OTHER").unwrap_err().contains("Invalid gender value: OTHER"));
        assert!(Rule::MatchType.listed("No match returned from LRS").is_err());
        assert_eq!((gender_code("NOT_SPECIFIED"), gender_word(Some("9"))), ("9", "NOT_SPECIFIED"));
        assert_eq!((gender_word(Some("7")), gender_word(None)), ("Unknown", "Unknown"));
    }
}
