//! A student as the receiver sends them, in the shape of version 4 or 5 (section 6.2 of the enrolment specification).

use serde_json::Value;
use serde_json::value::RawValue;

use super::members::Members;
use crate::error::Result;

/// What a person of version 5 has and is not needed here.
const USUAL: [&str; 6] = ["primaryCode", "givenName", "surname", "displayName", "mail", "affiliations"];
/// The kind of code that is not kept.
const NATIONAL: &str = "nationalIdentityNumber";

/// A person with the id that everything else needs.
pub struct Person {
    members: Members,
    /// The person's id, exactly as received.
    pub id: String,
    /// Whether they are actively enrolled at home, if it is said.
    pub active: Option<bool>,
}

impl Person {
    /// Takes a person who has a usable id.
    #[must_use]
    pub fn read(members: Members, warnings: &mut Vec<String>) -> Option<Self> {
        let id = members.text("personId")?;
        let active = match members.value("activeEnrollment") {
            Value::Bool(active) => Some(active),
            _ => {
                warnings.push("active-enrollment-unknown".into());
                None
            }
        };
        for name in USUAL {
            if !members.has(name) {
                warnings.push(format!("person-missing:{name}"));
            }
        }
        Some(Self { members, id, active })
    }

    /// Their members as they came, but for national numbers.
    ///
    /// # Errors
    /// None that can be caused from outside.
    pub fn without_national_numbers(&self) -> Result<Members> {
        let mut members = self.members.clone();
        let is_national =
            |raw: &RawValue| serde_json::from_str::<Value>(raw.get()).is_ok_and(|code| code["codeType"] == NATIONAL);
        if let Some(mut codes) = members.list("otherCodes") {
            let before = codes.len();
            codes.retain(|code| !is_national(code));
            if codes.len() < before {
                members.set("otherCodes", &codes)?;
            }
        }
        if members.raw("primaryCode").is_some_and(is_national) {
            members.remove("primaryCode");
        }
        Ok(members)
    }

    /// Their members as they came.
    #[must_use]
    pub const fn members(&self) -> &Members {
        &self.members
    }

    /// The domain of their home institution, if it is said.
    #[must_use]
    pub fn home(&self) -> Option<String> {
        self.code("schacHome")
    }

    /// What they are known by under any id.
    #[must_use]
    pub fn identities(&self) -> Vec<String> {
        let by_code = ["studielinkNumber", "esi"].into_iter().filter_map(|kind| Some((kind, self.code(kind)?)));
        let mut identities: Vec<String> = by_code.map(|(kind, code)| format!("{kind}\u{1F}{code}")).collect();
        let primary = self.members.value("primaryCode");
        if let (Some(home), Some(code)) = (self.home(), primary["code"].as_str().filter(|code| !code.is_empty())) {
            let kind = primary["codeType"].as_str().unwrap_or_default();
            identities.push(format!("home\u{1F}{home}\u{1F}{kind}\u{1F}{code}"));
        }
        identities
    }

    fn code(&self, kind: &str) -> Option<String> {
        let codes = self.members.value("otherCodes");
        let code = codes.as_array()?.iter().find(|code| code["codeType"] == kind)?;
        match &code["code"] {
            Value::String(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(text: &str) -> (Person, Vec<String>) {
        let mut warnings = Vec::new();
        (Person::read(Members::read(text).unwrap(), &mut warnings).unwrap(), warnings)
    }

    #[test]
    fn what_a_person_lacks_is_told() {
        let (_, warnings) =
            person(r#"{"personId":"p","givenName":"","surname":"S","displayName":"D","mail":"m","affiliations":[]}"#);
        assert_eq!(warnings, ["active-enrollment-unknown", "person-missing:primaryCode", "person-missing:givenName"]);
        assert!(Person::read(Members::read(r#"{"personId":""}"#).unwrap(), &mut Vec::new()).is_none());
        assert!(Person::read(Members::read(r#"{"personId":7}"#).unwrap(), &mut Vec::new()).is_none());
    }

    #[test]
    fn national_numbers_are_dropped_and_nothing_else() {
        let text = r#"{"personId":"p","primaryCode":{"codeType":"nationalIdentityNumber","code":"1"},"otherCodes":[{"codeType":"esi","code":"e","x":1.0},{"codeType":"nationalIdentityNumber","code":"999"}]}"#;
        let kept = person(text).0.without_national_numbers().unwrap().to_text().unwrap();
        assert_eq!(kept, r#"{"personId":"p","otherCodes":[{"codeType":"esi","code":"e","x":1.0}]}"#);
    }

    #[test]
    fn a_person_is_known_by_each_of_their_codes() {
        let text = r#"{"personId":"p","primaryCode":{"codeType":"studentNumber","code":"12"},
            "otherCodes":[{"codeType":"schacHome","code":"h.example"},{"codeType":"studielinkNumber","code":40000005}]}"#;
        assert_eq!(
            person(text).0.identities(),
            ["studielinkNumber\u{1F}40000005", "home\u{1F}h.example\u{1F}studentNumber\u{1F}12"]
        );
        assert_eq!(person(r#"{"personId":"p","otherCodes":"none"}"#).0.identities(), Vec::<String>::new());
    }
}
