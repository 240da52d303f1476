//! Binds JSON bodies as the original does: names are exact, words may be in any case, numbers may stand for
//! texts, and of all that can be wrong the most basic is reported.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::problem::Problem;
use crate::lrs::config::Behaviour;
use crate::lrs::query::Gender;
use crate::lrs::rules;

/// The texts that a match may be recorded with.
const MATCH_TYPES: [&str; 5] =
    ["No Match", "Exact Match", "Possible Match", "Linked Learner Match", "Too Many Matches"];

/// The reasons that the original gives, by field: the pattern a value must match.
const REASONS: [(&[&str], &str); 7] = [
    (&["givenName", "familyName", "previousFamilyName"], r#"must match "^[A-Za-z' ,.-]{3,35}$""#),
    (&["dateOfBirth"], r#"must match "^\d{4}-\d{2}-\d{2}$""#),
    (&["uln", "matchingUln"], r#"must match "^[0-9]{1,10}$""#),
    (
        &["lastKnownPostCode"],
        r#"must match "^([A-Z]{1,2}[0-9R][A-Z0-9]? ?[0-9][ABD-HJLNP-UW-Z]{2}|BFPO ?[0-9]{1,4}|([AC-FHKNPRTV-Y][0-9]{2}|D6W)? ?[0-9AC-FHKNPRTV-Y]{4})$""#,
    ),
    (
        &["emailAddress"],
        r#"must match "^[A-Za-z0-9._'%+-]{1,64}@(?:(?=[A-Za-z0-9-]{1,63}\.)[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*\.){1,8}[A-Za-z]{2,63}$""#,
    ),
    (&["schoolAtAge16"], "size must be between 0 and 254"),
    (&["placeOfBirth"], "size must be between 0 and 35"),
];

/// An object's members as they were sent; of two with one name the later counts.
struct Members<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Shape;

        impl<'de> Visitor<'de> for Shape {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some((Name(name), value)) = map.next_entry::<Name<'de>, &'de RawValue>()? {
                    members.push((name, value));
                }
                Ok(Members(members))
            }
        }

        deserializer.deserialize_map(Shape)
    }
}

#[derive(Deserialize)]
struct Name<'a>(#[serde(borrow)] Cow<'a, str>);

/// A body being bound to the properties of a request.
pub(super) struct Body<'a> {
    members: Members<'a>,
    known: &'static [&'static str],
    behaviour: Behaviour,
    invalid: Vec<(&'static str, &'static str)>,
}

impl<'a> Body<'a> {
    /// Reads an object that may have the properties `known`.
    pub(super) fn read(bytes: &'a [u8], known: &'static [&'static str], behaviour: Behaviour) -> Result<Self, Problem> {
        let members = serde_json::from_slice(bytes).map_err(|error| {
            let place = format!("line {}, column {}", error.line(), error.column());
            Problem::Unreadable(format!("the body is not a well-formed JSON object ({place})"))
        })?;
        Ok(Self { members, known, behaviour, invalid: Vec::new() })
    }

    /// The property's text; a number stands for its digits.
    pub(super) fn optional(&self, name: &'static str) -> Result<Option<String>, Problem> {
        let Some((_, value)) = self.members.0.iter().rev().find(|(known, _)| *known == name) else { return Ok(None) };
        let raw = value.get();
        match raw.as_bytes().first() {
            Some(b'n') => Ok(None),
            Some(b'"') => serde_json::from_str(raw)
                .map(Some)
                .map_err(|_| Problem::Unreadable(format!("the value of {name} is not a well-formed text"))),
            Some(b'{' | b'[') => Err(Problem::Unreadable(format!("the value of {name} must be a text"))),
            _ => Ok(Some(raw.to_owned())),
        }
    }

    /// The text of a property that must be there.
    pub(super) fn required(&self, name: &'static str) -> Result<String, Problem> {
        self.optional(name)?.ok_or_else(|| missing(name))
    }

    /// A gender that must be there.
    pub(super) fn required_gender(&self, name: &'static str) -> Result<Gender, Problem> {
        self.gender(name)?.ok_or_else(|| missing(name))
    }

    /// A gender, in any case.
    pub(super) fn gender(&self, name: &'static str) -> Result<Option<Gender>, Problem> {
        let Some(text) = self.optional(name)? else { return Ok(None) };
        let known = Gender::ALL.into_iter().find(|gender| gender.upper_case().eq_ignore_ascii_case(&text));
        known.map(Some).ok_or_else(|| Problem::Unreadable(format!("Invalid gender value: {text}")))
    }

    /// How a match was found, in any case; answers with the interface's own writing.
    pub(super) fn match_type(&self) -> Result<&'static str, Problem> {
        let text = self.required("matchType")?;
        let known = MATCH_TYPES.into_iter().find(|known| known.eq_ignore_ascii_case(&text));
        known.ok_or_else(|| Problem::Unreadable(format!("Invalid matchType value: {text}")))
    }

    /// Notes a value that breaks its rule, to be reported with all others.
    pub(super) fn check(&mut self, name: &'static str, result: Result<(), rules::Problem>) {
        if let Err(reason) = result {
            let original = REASONS.iter().find(|(fields, _)| fields.contains(&name)).map(|(_, reason)| *reason);
            let original = original.filter(|_| self.behaviour == Behaviour::Compat);
            self.invalid.push((name, original.unwrap_or(reason)));
        }
    }

    /// As [`Body::check`], for a value that may be missing.
    pub(super) fn check_optional(
        &mut self,
        name: &'static str,
        value: Option<&String>,
        rule: impl FnOnce(Behaviour, &str) -> Result<(), rules::Problem>,
    ) {
        if let Some(value) = value {
            let result = rule(self.behaviour, value);
            self.check(name, result);
        }
    }

    /// Reports what is wrong; to be asked once every property was read.
    pub(super) fn finish(self) -> Result<(), Problem> {
        self.only_known()?;
        if self.invalid.is_empty() { Ok(()) } else { Err(Problem::Invalid(self.invalid)) }
    }

    fn only_known(&self) -> Result<(), Problem> {
        let unknown = self.members.0.iter().find(|(name, _)| !self.known.contains(&name.as_ref()));
        unknown.map_or(Ok(()), |(name, _)| Err(Problem::Unrecognised(name.chars().take(80).collect())))
    }
}

fn missing(name: &str) -> Problem {
    Problem::Unreadable(format!("value failed for JSON property {name} due to missing (therefore NULL) value"))
}
