//! Results of a student, checked before they are sent (section 6.4 of the enrolment specification).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::offering::Kind;
use crate::error::{Error, Result};

/// How far a result has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum ResultState {
    /// It has yet to be had.
    #[serde(rename = "in progress")]
    InProgress,
    /// It was put off.
    #[serde(rename = "postponed")]
    Postponed,
    /// It is final.
    #[serde(rename = "completed")]
    Completed,
    /// It waits for others.
    #[serde(rename = "queued")]
    Queued,
}

/// Whether it was passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Pass {
    /// Not known.
    Unknown,
    /// Passed.
    Passed,
    /// Failed.
    Failed,
}

/// The load of a study.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StudyLoad {
    /// The unit.
    pub study_load_unit: LoadUnit,
    /// How many of them.
    #[schemars(with = "f64", range(min = 0))]
    pub value: serde_json::Number,
}

/// A unit of study load.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum LoadUnit {
    /// Hours of contact.
    Contacttime,
    /// Credits of the European system.
    Ects,
    /// Hours of study.
    Sbu,
    /// Study points.
    Sp,
    /// Hours.
    Hour,
}

/// A result as OOAPI has it.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StudyResult {
    /// How far it has come.
    pub state: ResultState,
    /// Whether it was passed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pass: Option<Pass>,
    /// A remark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 2000))]
    pub comment: Option<String>,
    /// The mark, by the scale of the offering; decimals with a point.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<String>,
    /// When it was had, `YYYY-MM-DD`.
    #[schemars(with = "String")]
    pub result_date: jiff::civil::Date,
    /// The load, of courses and programmes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub study_load: Option<StudyLoad>,
    /// The weight in percent, of components.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0, max = 100))]
    pub weight: Option<u8>,
    /// What else is to be said; `resultValueType` is added when the scale is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ext: Option<Map<String, Value>>,
}

impl StudyResult {
    /// Checks the result for an offering of a kind and with a scale.
    ///
    /// # Errors
    /// `INVALID_INPUT` with the field.
    pub fn check(&self, kind: Kind, scale: Option<&str>) -> Result<()> {
        let refuse = |field: &str, problem: &str| Err(Error::input(format!("result.{field}"), problem));
        match kind {
            Kind::Component if self.weight.is_none() => return refuse("weight", "is required for a component"),
            Kind::Course | Kind::Program if self.study_load.is_none() => {
                return refuse("studyLoad", "is required for a course or a program");
            }
            _ => {}
        }
        if self.weight.is_some_and(|weight| weight > 100) {
            return refuse("weight", "must be between 0 and 100");
        }
        if self.study_load.as_ref().is_some_and(|load| load.value.as_f64().is_none_or(|value| value < 0.0)) {
            return refuse("studyLoad.value", "must not be negative");
        }
        let decided = self.score.is_some() || self.pass.is_some_and(|pass| pass != Pass::Unknown);
        if self.state == ResultState::Completed && !decided {
            return refuse("score", "is required for a completed result, or `pass`");
        }
        let scale = self.own_scale().or(scale);
        let Some((score, scale)) = self.score.as_deref().zip(scale) else { return Ok(()) };
        let good = match scale {
            "1-10" => decimal(score, 2).is_some_and(|number| (1.0..=10.0).contains(&number)),
            "0-100" => decimal(score, 2).is_some_and(|number| (0.0..=100.0).contains(&number)),
            "pass-or-fail" => matches!(score, "pass" | "fail"),
            "US letter" | "UK letter" => (1..=5).contains(&score.chars().count()),
            _ => true,
        };
        if good {
            Ok(())
        } else {
            refuse("score", "does not fit the offering's scale; decimals are written with a point")
        }
    }

    fn own_scale(&self) -> Option<&str> {
        self.ext.as_ref()?.get("resultValueType")?.as_str()
    }

    /// The result as it is sent with an association, with the scale when it is known.
    ///
    /// # Errors
    /// None that can be caused from outside.
    pub fn to_json(&self, scale: Option<&str>) -> Result<Value> {
        let mut result = serde_json::to_value(self).map_err(|_| Error::internal("a result has no JSON form"))?;
        if let Some(scale) = scale.filter(|_| self.own_scale().is_none()) {
            result["ext"]["resultValueType"] = json!(scale);
        }
        Ok(result)
    }
}

/// A result of version 5 as one of version 4.
///
/// # Errors
/// What stands in the way.
pub fn downgraded(result: &Value) -> Result<Value, &'static str> {
    let mut older = result.clone();
    let members = older.as_object_mut().ok_or("is not an object")?;
    members.remove("pass");
    if members.get("state").and_then(Value::as_str) == Some("queued") {
        members.insert("state".into(), json!("in progress"));
    }
    if let Some(load) = members.remove("studyLoad") {
        if load["studyLoadUnit"] != "ects" {
            return Err("has a study load in another unit than ects, which the home institution does not know");
        }
        members.insert("ects".into(), load["value"].clone());
    }
    Ok(older)
}

/// A decimal number with a point and so many decimals at most.
fn decimal(text: &str, decimals: usize) -> Option<f64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(fraction) || fraction.len() > decimals || whole.len() > 3 {
        return None;
    }
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn result(changes: Value) -> Result<StudyResult, serde_json::Error> {
        let mut whole = json!({ "state": "completed", "pass": "passed", "score": "8.5", "resultDate": "2027-02-01",
            "studyLoad": { "studyLoadUnit": "ects", "value": 5 } });
        whole.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        serde_json::from_value(whole)
    }

    #[test]
    fn a_score_must_fit_its_scale() {
        for (scale, good, wrong) in [
            ("1-10", vec!["1", "8.5", "10", "10.00"], vec!["0", "10.1", "8,5", "8.555", "", ".5", "5.", "-1", "1e1"]),
            ("0-100", vec!["0", "100", "55.5"], vec!["101", "a"]),
            ("pass-or-fail", vec!["pass", "fail"], vec!["passed"]),
            ("US letter", vec!["A+"], vec!["", "Excell"]),
            ("10", vec!["anything"], vec![]),
        ] {
            let check = |score: &str| result(json!({ "score": score })).unwrap().check(Kind::Course, Some(scale));
            for score in good {
                assert!(check(score).is_ok(), "{scale} {score}");
            }
            for score in wrong {
                assert!(check(score).is_err(), "{scale} {score}");
            }
        }
    }

    #[test]
    fn what_an_offering_of_this_kind_needs_must_be_there() {
        let none = json!({ "studyLoad": null });
        assert!(result(none.clone()).unwrap().check(Kind::Component, None).is_err());
        assert!(result(json!({ "weight": 40 })).unwrap().check(Kind::Component, None).is_ok());
        assert!(result(json!({ "weight": 101 })).unwrap().check(Kind::Component, None).is_err());
        assert!(result(none).unwrap().check(Kind::Course, None).is_err());
        assert!(result(json!({ "score": null, "pass": "unknown" })).unwrap().check(Kind::Course, None).is_err());
        assert!(result(json!({ "score": null, "pass": "failed" })).unwrap().check(Kind::Course, None).is_ok());
    }

    #[test]
    fn a_result_is_sent_with_its_scale_and_downgraded_for_older_homes() {
        let sent = result(json!({ "state": "queued" })).unwrap().to_json(Some("1-10")).unwrap();
        assert_eq!(sent["ext"]["resultValueType"], "1-10");
        let older = downgraded(&sent).unwrap();
        assert_eq!((&older["ects"], &older["state"]), (&json!(5), &json!("in progress")));
        assert!(older.get("pass").is_none() && older.get("studyLoad").is_none());
        let hours = result(json!({ "studyLoad": { "studyLoadUnit": "sbu", "value": 140 } })).unwrap();
        assert!(downgraded(&hours.to_json(None).unwrap()).is_err());
    }
}
