//! A document as JSON, by the rule of the retrieval service (section 3 of the SIF specification), and its main groups
//! for hosts that need no more.

use roxmltree::Node;
use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

use super::filter::qualified_name;

/// The members of an element, without its own name.
#[must_use]
pub fn of(element: Node<'_, '_>) -> Value {
    let attributes = element.attributes();
    let mut members = Map::new();
    for attribute in attributes.clone() {
        let name = &element.document().input_text()[attribute.range_qname()];
        members.insert(name.to_owned(), Value::String(attribute.value().to_owned()));
    }
    let mut children = element.children().filter(Node::is_element).peekable();
    if children.peek().is_none() {
        let text: String = element.children().filter(Node::is_text).filter_map(|node| node.text()).collect();
        if attributes.len() == 0 {
            return Value::String(text);
        }
        if !text.trim().is_empty() {
            members.insert(qualified_name(element).to_owned(), Value::String(text));
        }
        return Value::Object(members);
    }
    for child in children {
        let (name, value) = (qualified_name(child), of(child));
        match members.get_mut(name) {
            None => drop(members.insert(name.to_owned(), value)),
            // More than one of a name are a list where the first stands.
            Some(Value::Array(list)) => list.push(value),
            Some(first) => *first = Value::Array(vec![first.take(), value]),
        }
    }
    Value::Object(members)
}

/// The members of a root that a retrieval service gave as JSON; `None` when it is none.
///
/// Where children of one name stand between others, its rule writes the name several times. All of them are kept, as
/// [`of`] would have them.
#[must_use]
pub fn read(bytes: &[u8]) -> Option<Value> {
    let Members(value) = serde_json::from_slice(bytes).ok()?;
    let is_record = value.as_object().is_some_and(|members| !members.is_empty());
    is_record.then_some(value)
}

/// A value whose members of one name have become a list.
struct Members(Value);

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Members;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Members, A::Error> {
        let mut members = Map::new();
        while let Some((name, Members(value))) = access.next_entry::<String, Members>()? {
            match (members.get_mut(&name), value) {
                (None, value) => drop(members.insert(name, value)),
                (Some(Value::Array(list)), Value::Array(more)) => list.extend(more),
                (Some(Value::Array(list)), one) => list.push(one),
                (Some(first), value) => *first = Value::Array(vec![first.take(), value]),
            }
        }
        Ok(Members(Value::Object(members)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Members, A::Error> {
        let mut list = Vec::new();
        while let Some(Members(value)) = access.next_element()? {
            list.push(value);
        }
        Ok(Members(Value::Array(list)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Members, E> {
        Ok(Members(Value::from(text)))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Members, E> {
        Ok(Members(Value::from(value)))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Members, E> {
        Ok(Members(Value::from(value)))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Members, E> {
        Ok(Members(Value::from(value)))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Members, E> {
        Ok(Members(Value::from(value)))
    }

    fn visit_unit<E>(self) -> Result<Members, E> {
        Ok(Members(Value::Null))
    }
}

/// The main groups of a record.
#[derive(Clone, Default, PartialEq, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Summary {
    /// The record's own id of the student.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub local_id: Option<String>,
    /// Family name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub family_name: Option<String>,
    /// Given name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub given_name: Option<String>,
    /// Middle name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub middle_name: Option<String>,
    /// Date of birth.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub birth_date: Option<String>,
    /// Sex.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sex: Option<String>,
    /// The school of the enrolment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub school_name: Option<String>,
    /// The year of the enrolment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub school_year: Option<String>,
    /// The grade of the enrolment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grade_level: Option<String>,
    /// When the enrolment began.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entry_date: Option<String>,
    /// When the enrolment ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exit_date: Option<String>,
    /// Days absent, of the first summary.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub days_absent: Option<String>,
    /// Days in attendance, of the first summary.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub days_in_attendance: Option<String>,
    /// Terms of the transcript, newest as the record has it.
    pub terms: Vec<Term>,
}

/// A term of a transcript.
#[derive(Clone, Default, PartialEq, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Term {
    /// The year.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub school_year: Option<String>,
    /// The session, such as `Semester 1`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session: Option<String>,
    /// Cumulative grade point average.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cumulative_gpa: Option<String>,
    /// Credits earned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total_credits_earned: Option<String>,
    /// Courses with their marks.
    pub courses: Vec<Course>,
}

/// A course of a term.
#[derive(Clone, Default, PartialEq, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Course {
    /// The title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub course_title: Option<String>,
    /// The mark at the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub final_mark_value: Option<String>,
    /// Credits earned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credits_earned: Option<String>,
}

impl std::fmt::Debug for Summary {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Summary(redacted)")
    }
}

impl Summary {
    /// The groups of a record in the JSON form of [`of`].
    #[must_use]
    pub fn of(record: &Value) -> Self {
        let text = |path: &[&str]| text(record, path);
        let mut summary = Self {
            local_id: text(&["localId"]),
            family_name: text(&["name", "familyName"]),
            given_name: text(&["name", "givenName"]),
            middle_name: text(&["name", "middleName"]),
            birth_date: text(&["demographics", "birthDate"]),
            sex: text(&["demographics", "sex"]),
            school_name: text(&["enrollment", "school", "schoolName"]),
            school_year: text(&["enrollment", "schoolYear"]),
            grade_level: text(&["enrollment", "gradeLevel"]),
            entry_date: text(&["enrollment", "entryDate"]),
            exit_date: text(&["enrollment", "exitDate"]),
            days_absent: text(&["attendance", "summaries", "summary", "daysAbsent"]),
            days_in_attendance: text(&["attendance", "summaries", "summary", "daysInAttendance"]),
            terms: Vec::new(),
        };
        let others = list(&record["otherTranscriptTerms"]["transcriptTerm"]);
        summary.terms = list(&record["transcriptTerm"]).into_iter().chain(others).map(Term::of).collect();
        summary
    }
}

impl Term {
    fn of(term: &Value) -> Self {
        let course = |course: &Value| Course {
            course_title: text(course, &["courseTitle"]),
            final_mark_value: text(course, &["finalMarkValue"]),
            credits_earned: text(course, &["creditsEarned"]),
        };
        Self {
            school_year: text(term, &["schoolYear"]),
            session: text(term, &["session", "description"]),
            cumulative_gpa: text(term, &["academicSummary", "cumulativeGpa"]),
            total_credits_earned: text(term, &["academicSummary", "totalCreditsEarned"]),
            courses: list(&term["courses"]["course"]).into_iter().map(course).collect(),
        }
    }
}

/// One or several of something, or none.
fn list(value: &Value) -> Vec<&Value> {
    match value {
        Value::Null => Vec::new(),
        Value::Array(list) => list.iter().collect(),
        one => vec![one],
    }
}

/// The text at a path; of several the first, and of an element with attributes its own.
fn text(value: &Value, path: &[&str]) -> Option<String> {
    let mut value = value;
    for name in path {
        value = list(value.get(name)?).into_iter().next()?;
    }
    let own = path.last().and_then(|name| value.get(name)).unwrap_or(value);
    own.as_str().filter(|text| !text.is_empty()).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn from_xml(text: &str) -> Value {
        of(roxmltree::Document::parse(text).unwrap().root_element())
    }

    #[test]
    fn elements_become_members_and_several_of_a_name_a_list() {
        let text = "<xSre xmlns:psesd='psesd' refId='r1'><localId>7</localId><psesd:x>y</psesd:x><name type='L'>A</name><e/>\
            <races><race><race>W</race></race></races><l><i k='1'>a</i><i>b</i></l><m><i>1</i><n/><i>2</i></m></xSre>";
        assert_eq!(
            from_xml(text),
            json!({ "refId": "r1", "localId": "7", "psesd:x": "y", "name": { "type": "L", "name": "A" }, "e": "",
                "races": { "race": { "race": "W" } }, "l": { "i": [{ "k": "1", "i": "a" }, "b"] }, "m": { "i": ["1", "2"], "n": "" } })
        );
    }

    #[test]
    fn members_of_one_name_become_a_list_and_nothing_but_an_object_is_a_record() {
        let text = r#"{"i":"1","n":{"a":["x"],"b":"","a":"y"},"i":"2","i":[true,null,3,-4,1.5]}"#;
        let expected = json!({ "i": ["1", "2", true, null, 3, -4, 1.5], "n": { "a": ["x", "y"], "b": "" } });
        assert_eq!(read(text.as_bytes()), Some(expected));
        for wrong in
            ["", "{}", "[]", "null", "\"x\"", "{", "{}x", "\u{FEFF}{}", &format!("{{\"a\":{}", "[".repeat(10_000))]
        {
            assert_eq!(read(wrong.as_bytes()), None, "{wrong:.20}");
        }
    }

    #[test]
    fn a_summary_takes_what_is_there() {
        let record = json!({ "localId": "7", "name": { "familyName": { "cedsId": "1", "familyName": "Ash" } },
            "attendance": { "summaries": { "summary": [{ "daysAbsent": "3" }, { "daysAbsent": "9" }] } },
            "transcriptTerm": { "schoolYear": "2026", "courses": { "course": { "courseTitle": "Art" } } },
            "otherTranscriptTerms": { "transcriptTerm": [{ "schoolYear": "2025" }, { "schoolYear": "2024" }] } });
        let summary = Summary::of(&record);
        assert_eq!(
            (summary.local_id.as_deref(), summary.family_name.as_deref(), summary.days_absent.as_deref()),
            (Some("7"), Some("Ash"), Some("3"))
        );
        assert_eq!(
            summary.terms.iter().map(|term| term.school_year.as_deref().unwrap()).collect::<Vec<_>>(),
            ["2026", "2025", "2024"]
        );
        assert_eq!(summary.terms[0].courses[0].course_title.as_deref(), Some("Art"));
        assert_eq!(Summary::of(&json!({})), Summary::default());
    }
}
