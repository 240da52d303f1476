//! Holds the invented learners and their records.

use std::collections::HashSet;
use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The learners that a sandbox begins with unless others are given.
const INVENTED: &str = include_str!("../data/learners.json");

/// A learner: a record, and the phone that push notifications go to.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Learner {
    /// The number of the learner's phone, as digits; without one the learner cannot be pushed to.
    pub mobile_number: Option<String>,
    /// What the record services know about the learner.
    pub record: Record,
}

/// An education record, with the names and types that VERA gives it.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[allow(missing_docs, reason = "the members are those of the service and say what they hold")]
pub struct Record {
    pub uln: u64,
    pub first_name: Option<String>,
    pub middle_names: Option<String>,
    pub last_name: Option<String>,
    pub gender: Option<String>,
    pub date_of_birth: Option<String>,
    pub postcode: Option<String>,
    pub address_line1: Option<String>,
    pub address_line2: Option<String>,
    pub address_line3: Option<String>,
    pub address_line4: Option<String>,
    pub address_line5: Option<String>,
    pub sen_provision: Option<String>,
    pub sen_provision_description: Option<String>,
    #[serde(rename = "primarySENType")]
    pub primary_sen_type: Option<String>,
    #[serde(rename = "primarySENTypeDescription")]
    pub primary_sen_type_description: Option<String>,
    #[serde(rename = "secondarySENType")]
    pub secondary_sen_type: Option<String>,
    #[serde(rename = "secondarySENTypeDescription")]
    pub secondary_sen_type_description: Option<String>,
    pub free_school_meal_eligible: Option<i64>,
    pub free_school_meal_eligible_latest: Option<FreeSchoolMealTerm>,
    pub qualifications: Option<Vec<Qualification>>,
    pub schools: Option<Vec<School>>,
}

/// The latest term in which a learner was eligible for free school meals.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[allow(missing_docs, reason = "the members are those of the service and say what they hold")]
pub struct FreeSchoolMealTerm {
    pub term: Option<i64>,
    pub academic_year: Option<String>,
}

/// A qualification that a learner was awarded.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[allow(missing_docs, reason = "the members are those of the service and say what they hold")]
pub struct Qualification {
    pub title: Option<String>,
    pub qan: Option<String>,
    pub award_date: Option<String>,
    pub provider_name: Option<String>,
    pub awarding_body: Option<String>,
    pub level: Option<String>,
    pub grade: Option<String>,
    pub under_data_challenge: Option<String>,
    pub display_sort: Option<i64>,
}

/// A school that a learner attended.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[allow(missing_docs, reason = "the members are those of the service and say what they hold")]
pub struct School {
    pub name: Option<String>,
    pub urn: Option<i64>,
    pub academic_year_start: Option<String>,
    pub academic_year_end: Option<String>,
    pub term_start: Option<i64>,
    pub term_end: Option<i64>,
    pub display_sort: Option<i64>,
}

impl Learner {
    /// The ULN as ten digits.
    pub fn uln(&self) -> String {
        format!("{:010}", self.record.uln)
    }

    /// The first and last name, or a stand-in for a learner whose record has none.
    pub fn name(&self) -> String {
        let record = &self.record;
        let parts: Vec<&str> =
            [&record.first_name, &record.last_name].into_iter().flatten().map(String::as_str).collect();
        if parts.is_empty() { "(no name on record)".to_owned() } else { parts.join(" ") }
    }

    /// The date of birth as `YYYY-MM-DD`.
    pub(crate) fn birth_date(&self) -> Option<&str> {
        self.record.date_of_birth.as_deref()
    }
}

/// Why a file of learners is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LearnersRefused(String);

impl LearnersRefused {
    pub(crate) fn because(reason: impl fmt::Display) -> Self {
        Self(reason.to_string())
    }
}

impl fmt::Display for LearnersRefused {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "the learners cannot be used: {}", self.0)
    }
}

impl std::error::Error for LearnersRefused {}

/// All learners of one sandbox.
#[derive(Clone, Debug)]
pub(crate) struct Roll(Vec<Learner>);

impl Roll {
    /// The learners that every sandbox begins with.
    pub(crate) fn invented() -> Self {
        Self::parse(INVENTED).expect("the embedded learners are checked by a test")
    }

    /// Reads learners from a JSON array.
    pub(crate) fn parse(text: &str) -> Result<Self, LearnersRefused> {
        let learners: Vec<Learner> = serde_json::from_str(text).map_err(|error| LearnersRefused(error.to_string()))?;
        let mut ulns = HashSet::new();
        for learner in &learners {
            let uln = learner.uln();
            if !is_uln(&uln) {
                return Err(LearnersRefused(format!("{uln} is not a ULN: the check digit or the length is wrong")));
            }
            if !ulns.insert(uln.clone()) {
                return Err(LearnersRefused(format!("the ULN {uln} is given twice")));
            }
            if let Some(date) = learner.birth_date()
                && !is_date(date)
            {
                return Err(LearnersRefused(format!("the date of birth {date:?} of {uln} is not YYYY-MM-DD")));
            }
        }
        Ok(Self(learners))
    }

    pub(crate) fn all(&self) -> &[Learner] {
        &self.0
    }

    pub(crate) fn by_uln(&self, uln: &str) -> Option<&Learner> {
        self.0.iter().find(|learner| learner.uln() == uln)
    }

    /// The learner whose phone and date of birth these are.
    pub(crate) fn by_phone(&self, mobile_number: &str, birth_date: &str) -> Option<&Learner> {
        self.0.iter().find(|learner| {
            learner.mobile_number.as_deref() == Some(mobile_number) && learner.birth_date() == Some(birth_date)
        })
    }
}

/// Whether `text` is a day of the calendar in the form `YYYY-MM-DD`.
pub(crate) fn is_date(text: &str) -> bool {
    text.parse::<Date>().is_ok_and(|date| date.to_string() == text)
}

/// Whether `text` is ten digits, the first not zero, whose last fits the weighted sum of the rest.
pub(crate) fn is_uln(text: &str) -> bool {
    let digits = text.as_bytes();
    if digits.len() != 10 || digits[0] == b'0' || !digits.iter().all(u8::is_ascii_digit) {
        return false;
    }
    let sum: u32 = digits.iter().zip((1..=10).rev()).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    sum % 11 == 10
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_learners_are_valid() {
        let roll = Roll::parse(INVENTED).unwrap();
        assert!(roll.all().len() >= 8);
        assert!(roll.all().iter().any(|learner| !learner.name().is_ascii()));
        assert!(roll.all().iter().any(|learner| learner.record.qualifications.as_ref().is_some_and(|q| q.len() >= 40)));
    }

    #[test]
    fn every_embedded_phone_number_is_one_kept_for_fiction() {
        for learner in Roll::invented().all() {
            let Some(number) = &learner.mobile_number else { continue };
            assert!(number.len() == 11 && number.starts_with("07700900"), "{number}");
        }
    }

    #[test]
    fn the_uln_rule_agrees_with_the_worked_examples() {
        for good in ["1000000019", "3000000010", "5123456782", "7987654328", "8112233445", "9708090106", "3102030407"] {
            assert!(is_uln(good), "{good}");
        }
        for bad in [
            "5123456783",
            "1000000060",
            "0000000042",
            "9999999999",
            "1234567890",
            "512345678",
            "",
            "５123456782",
            "51234567821",
        ] {
            assert!(!is_uln(bad), "{bad}");
        }
    }

    #[test]
    fn a_file_with_a_wrong_learner_is_refused_with_the_reason() {
        for (text, reason) in [
            ("{}", "invalid type"),
            (r#"[{"record":{"uln":5123456783}}]"#, "5123456783"),
            (r#"[{"record":{"uln":5123456782}},{"record":{"uln":5123456782}}]"#, "twice"),
            (r#"[{"record":{"uln":5123456782,"dateOfBirth":"02/09/2008"}}]"#, "YYYY-MM-DD"),
            (r#"[{"record":{"uln":5123456782,"firstname":"Orla"}}]"#, "firstname"),
        ] {
            let refused = Roll::parse(text).unwrap_err().to_string();
            assert!(refused.contains(reason), "{refused}");
        }
    }

    #[test]
    fn a_learner_is_found_by_phone_and_birth_date_together() {
        let roll = Roll::invented();
        assert_eq!(roll.by_phone("07700900123", "2008-09-02").map(Learner::uln).as_deref(), Some("5123456782"));
        assert!(roll.by_phone("07700900123", "2008-09-03").is_none());
    }
}
