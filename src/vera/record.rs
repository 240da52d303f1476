//! A learner's record as our JSON: read tolerantly, checked, sorted for display.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};

use super::wire::{field, integer, text};
use crate::identifiers::Uln;
use crate::privacy::Sensitive;

type Text = Option<Sensitive<String>>;
type Number = Option<Sensitive<i64>>;

/// A learner's record. Names and formats are VERA's; numbers that identify are texts, and lists are never absent.
///
/// Special educational needs and free school meals are special-category data: show them only to those
/// entitled to see them.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LearnerRecord {
    /// Unique Learner Number.
    pub uln: Sensitive<String>,
    /// Whether the ULN's check digit is right; warn the user when it is not.
    pub uln_valid: bool,
    /// Given name.
    pub first_name: Text,
    /// Further given names.
    pub middle_names: Text,
    /// Family name.
    pub last_name: Text,
    /// Gender, an open set of codes.
    pub gender: Text,
    /// `YYYY-MM-DD`, or as sent when it is not a date.
    pub date_of_birth: Text,
    /// Postcode.
    pub postcode: Text,
    /// Address.
    pub address_line1: Text,
    /// Address.
    pub address_line2: Text,
    /// Address.
    pub address_line3: Text,
    /// Address.
    pub address_line4: Text,
    /// Address.
    pub address_line5: Text,
    /// Special educational needs provision, a code. Special category.
    pub sen_provision: Text,
    /// The code in words. Special category.
    pub sen_provision_description: Text,
    /// Primary type of need, a code. Special category.
    #[serde(rename = "primarySENType")]
    pub primary_sen_type: Text,
    /// The code in words. Special category.
    #[serde(rename = "primarySENTypeDescription")]
    pub primary_sen_type_description: Text,
    /// Secondary type of need, a code. Special category.
    #[serde(rename = "secondarySENType")]
    pub secondary_sen_type: Text,
    /// The code in words. Special category.
    #[serde(rename = "secondarySENTypeDescription")]
    pub secondary_sen_type_description: Text,
    /// Whether the learner is eligible for free school meals; absent when not known. Special category.
    pub free_school_meal_eligible: Option<Sensitive<bool>>,
    /// When eligibility was last recorded. Special category.
    pub free_school_meal_eligible_latest: Option<FreeSchoolMealEligibleLatest>,
    /// Qualifications in the order of display.
    pub qualifications: Vec<Qualification>,
    /// Schools in the order of display.
    pub schools: Vec<School>,
}

/// When eligibility for free school meals was last recorded.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FreeSchoolMealEligibleLatest {
    /// 1 autumn, 2 spring, 3 summer.
    pub term: Number,
    /// Such as `2024/25`.
    pub academic_year: Text,
}

/// A qualification.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Qualification {
    /// Title.
    pub title: Text,
    /// Qualification accreditation number, with its punctuation.
    pub qan: Text,
    /// Date of award.
    pub award_date: Text,
    /// Where it was taken.
    pub provider_name: Text,
    /// Who awarded it.
    pub awarding_body: Text,
    /// Level.
    pub level: Text,
    /// Grade, a free text.
    pub grade: Text,
    /// Whether the learner disputes it; warn the user when `true`.
    pub under_data_challenge: bool,
    /// VERA's order of display.
    pub display_sort: i64,
}

/// A school attended.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct School {
    /// Name.
    pub name: Text,
    /// Unique reference number.
    pub urn: Number,
    /// First academic year, such as `2019/20`.
    pub academic_year_start: Text,
    /// Last academic year; absent while attending.
    pub academic_year_end: Text,
    /// First term, 1 to 3.
    pub term_start: Number,
    /// Last term, 1 to 3.
    pub term_end: Number,
    /// VERA's order of display.
    pub display_sort: i64,
}

/// Reads a record from the service's JSON object.
///
/// # Errors
/// What is wrong with its shape; no value is quoted.
pub fn read(body: &Map<String, Value>) -> Result<LearnerRecord, String> {
    let uln = integer(body, "uln")?.ok_or("the record has no `uln`")?;
    let uln = format!("{uln:010}");
    let latest = match field(body, "freeSchoolMealEligibleLatest") {
        None => None,
        Some(Value::Object(latest)) => Some(FreeSchoolMealEligibleLatest {
            term: number(latest, "term")?,
            academic_year: personal(latest, "academicYear")?,
        }),
        Some(_) => return Err("`freeSchoolMealEligibleLatest` is not an object".into()),
    };
    let mut qualifications = list(body, "qualifications", qualification)?;
    qualifications.sort_by_key(|qualification| qualification.display_sort);
    let mut schools = list(body, "schools", school)?;
    schools.sort_by_key(|school| school.display_sort);
    Ok(LearnerRecord {
        uln_valid: Uln::parse(&uln).is_ok(),
        uln: uln.into(),
        first_name: personal(body, "firstName")?,
        middle_names: personal(body, "middleNames")?,
        last_name: personal(body, "lastName")?,
        gender: personal(body, "gender")?,
        date_of_birth: text(body, "dateOfBirth")?.map(|text| Sensitive(date_only(text))),
        postcode: personal(body, "postcode")?,
        address_line1: personal(body, "addressLine1")?,
        address_line2: personal(body, "addressLine2")?,
        address_line3: personal(body, "addressLine3")?,
        address_line4: personal(body, "addressLine4")?,
        address_line5: personal(body, "addressLine5")?,
        sen_provision: personal(body, "senProvision")?,
        sen_provision_description: personal(body, "senProvisionDescription")?,
        primary_sen_type: personal(body, "primarySENType")?,
        primary_sen_type_description: personal(body, "primarySENTypeDescription")?,
        secondary_sen_type: personal(body, "secondarySENType")?,
        secondary_sen_type_description: personal(body, "secondarySENTypeDescription")?,
        free_school_meal_eligible: match integer(body, "freeSchoolMealEligible")? {
            Some(0) => Some(Sensitive(false)),
            Some(1) => Some(Sensitive(true)),
            _ => None,
        },
        free_school_meal_eligible_latest: latest,
        qualifications,
        schools,
    })
}

fn qualification(item: &Map<String, Value>) -> Result<Qualification, String> {
    Ok(Qualification {
        title: personal(item, "title")?,
        qan: personal(item, "qan")?,
        award_date: personal(item, "awardDate")?,
        provider_name: personal(item, "providerName")?,
        awarding_body: personal(item, "awardingBody")?,
        level: personal(item, "level")?,
        grade: personal(item, "grade")?,
        under_data_challenge: text(item, "underDataChallenge")?.is_some_and(|flag| flag.eq_ignore_ascii_case("y")),
        display_sort: integer(item, "displaySort")?.unwrap_or(0),
    })
}

fn school(item: &Map<String, Value>) -> Result<School, String> {
    Ok(School {
        name: personal(item, "name")?,
        urn: number(item, "urn")?,
        academic_year_start: personal(item, "academicYearStart")?,
        academic_year_end: personal(item, "academicYearEnd")?,
        term_start: number(item, "termStart")?,
        term_end: number(item, "termEnd")?,
        display_sort: integer(item, "displaySort")?.unwrap_or(0),
    })
}

fn personal(object: &Map<String, Value>, name: &str) -> Result<Text, String> {
    Ok(text(object, name)?.map(Sensitive))
}

fn number(object: &Map<String, Value>, name: &str) -> Result<Number, String> {
    Ok(integer(object, name)?.map(Sensitive))
}

fn list<T>(
    object: &Map<String, Value>,
    name: &str,
    read: fn(&Map<String, Value>) -> Result<T, String>,
) -> Result<Vec<T>, String> {
    match field(object, name) {
        None => Ok(Vec::new()),
        Some(Value::Array(items)) => items
            .iter()
            .map(|item| item.as_object().ok_or_else(|| format!("an entry of `{name}` is not an object")).and_then(read))
            .collect(),
        Some(_) => Err(format!("`{name}` is not a list")),
    }
}

/// The service may add a time of day to a date.
fn date_only(text: String) -> String {
    match text.split_once('T') {
        Some((date, _)) if date.parse::<jiff::civil::Date>().is_ok() => date.to_owned(),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read_json(value: Value) -> Result<LearnerRecord, String> {
        read(value.as_object().unwrap())
    }

    #[test]
    fn quoted_numbers_null_lists_and_unknown_properties_are_accepted() {
        let record = read_json(json!({
            "uln": 5123456782u64, "qualifications": null, "freeSchoolMealEligible": "1", "somethingNew": [1],
            "schools": [{ "name": "A", "urn": "100001", "termEnd": null }],
            "dateOfBirth": "2008-09-02T00:00:00",
        }))
        .unwrap();
        assert_eq!(*record.uln, "5123456782");
        assert!(record.uln_valid && record.qualifications.is_empty());
        assert_eq!(record.free_school_meal_eligible, Some(Sensitive(true)));
        assert_eq!(record.schools[0].urn, Some(Sensitive(100_001)));
        assert_eq!(record.schools[0].term_end, None);
        assert_eq!(record.date_of_birth, Some(Sensitive("2008-09-02".to_owned())));
    }

    #[test]
    fn lists_are_sorted_by_display_sort_and_stable_on_ties() {
        let title = |title: &str, sort: Option<i64>| json!({ "title": title, "displaySort": sort });
        let record = read_json(json!({
            "uln": 5123456782u64,
            "qualifications": [title("c", Some(2)), title("a", None), title("d", Some(2)), title("b", Some(-1))],
        }))
        .unwrap();
        let titles: Vec<_> = record.qualifications.iter().map(|q| q.title.as_ref().unwrap().0.as_str()).collect();
        assert_eq!(titles, ["b", "a", "c", "d"]);
    }

    #[test]
    fn a_wrong_check_digit_is_a_flag_and_a_wrong_shape_an_error_without_values() {
        assert!(!read_json(json!({ "uln": 5123456783u64 })).unwrap().uln_valid);
        for wrong in [
            json!({}),
            json!({ "uln": null }),
            json!({ "uln": "Orla" }),
            json!({ "uln": 1, "qualifications": "Orla" }),
            json!({ "uln": 1, "schools": ["Orla"] }),
            json!({ "uln": 1, "firstName": { "x": "Orla" } }),
            json!({ "uln": 1, "freeSchoolMealEligibleLatest": "Orla" }),
        ] {
            let problem = read_json(wrong.clone()).unwrap_err();
            assert!(!problem.contains("Orla"), "{wrong} gives {problem}");
        }
    }

    #[test]
    fn debug_shows_nothing_personal() {
        let record = read_json(json!({
            "uln": 5123456782u64, "firstName": "Orla", "postcode": "ZZ1 1ZZ", "senProvision": "K", "freeSchoolMealEligible": 1,
            "qualifications": [{ "title": "Biology", "grade": "9-9" }], "schools": [{ "name": "Marsh", "urn": 123456 }],
        }))
        .unwrap();
        let debug = format!("{record:?}");
        for personal in ["5123456782", "Orla", "ZZ1", "\"K\"", "true)", "Biology", "9-9", "Marsh", "123456"] {
            assert!(!debug.contains(personal), "{personal} in {debug}");
        }
    }
}
