//! An offering as the receiver sends it, in the shape of version 4 or 5 or mixed (section 6.1 of the enrolment
//! specification).

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::language::Language;
use super::members::Members;
use crate::error::Result;

/// What kind of thing is offered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Kind {
    /// A programme, or a minor.
    Program,
    /// A course.
    #[default]
    Course,
    /// A part of a course, such as an exam.
    Component,
}

impl Kind {
    /// Its word on the wire.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Program => "program",
            Self::Course => "course",
            Self::Component => "component",
        }
    }

    fn read(text: &str) -> Option<Self> {
        [Self::Program, Self::Course, Self::Component].into_iter().find(|kind| kind.word() == text)
    }
}

/// An offering with the id that everything else needs.
pub struct Offering {
    members: Members,
    /// Its id, exactly as received.
    pub id: String,
    /// What it is.
    pub kind: Kind,
}

/// When enrolment is open; ends of the institution's own clock, both inclusive to the minute.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Window {
    start: Option<DateTime>,
    end: Option<DateTime>,
}

/// Whether enrolment is open at some time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opening {
    /// It has yet to begin.
    NotYet,
    /// It is open.
    Open,
    /// It is over.
    Over,
}

impl Window {
    /// Whether enrolment is open at `now`.
    #[must_use]
    pub fn at(&self, now: DateTime) -> Opening {
        if self.start.is_some_and(|start| now < start) {
            return Opening::NotYet;
        }
        // The minute of the end belongs to the window.
        let past = |end: DateTime| end.checked_add(1.minute()).is_ok_and(|after| now >= after);
        if self.end.is_some_and(past) { Opening::Over } else { Opening::Open }
    }
}

/// How many places there are, as far as it is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// How many are enrolled.
    pub enrolled: u64,
    /// How many can be; without a limit when `None`.
    pub most: Option<u64>,
    /// Whether there is a waiting list that is not full.
    pub waiting_list: bool,
}

impl Offering {
    /// Takes an offering that has a usable id.
    #[must_use]
    pub fn read(members: Members, warnings: &mut Vec<String>) -> Option<Self> {
        let id = members.text("offeringId")?;
        let named = ["offeringType", "type"].into_iter().find(|name| members.has(name));
        let kind = named.and_then(|name| {
            let kind = members.text(name).and_then(|text| Kind::read(&text));
            if kind.is_none() {
                warnings.push(format!("offering-unreadable:{name}"));
            }
            kind
        });
        Some(Self { members, id, kind: kind.unwrap_or_default() })
    }

    /// Its members as they came.
    #[must_use]
    pub const fn members(&self) -> &Members {
        &self.members
    }

    /// What it is called in a language.
    #[must_use]
    pub fn name(&self, language: Language) -> String {
        let of_list = |list: &[Value]| {
            let entries = || {
                list.iter().filter_map(|entry| {
                    let value = entry["value"].as_str().filter(|value| !value.trim().is_empty())?;
                    Some((entry["language"].as_str().and_then(Language::of_tag), value.to_owned()))
                })
            };
            let in_language = |wanted| entries().find(|(language, _)| *language == Some(wanted));
            in_language(language)
                .or_else(|| in_language(Language::En))
                .or_else(|| entries().next())
                .map(|(_, name)| name)
        };
        let named = match self.members.value("name") {
            Value::String(name) if !name.trim().is_empty() => Some(name),
            Value::Array(list) => of_list(&list),
            _ => None,
        };
        named.or_else(|| self.members.text("abbreviation")).unwrap_or_else(|| self.id.clone())
    }

    /// The scale of its results, if it says so.
    #[must_use]
    pub fn result_value_type(&self) -> Option<String> {
        self.members.text("resultValueType")
    }

    /// When it is over.
    #[must_use]
    pub fn end_date(&self, zone: &TimeZone) -> Option<Date> {
        ["endDate", "endDateTime"].into_iter().find_map(|name| date(&self.members.text(name)?, zone))
    }

    /// When enrolment is open.
    #[must_use]
    pub fn window(&self, zone: &TimeZone, alliance: Option<&str>, warnings: &mut Vec<String>) -> Window {
        let alliance = self.alliance(alliance);
        let ext = self.members.object("ext").unwrap_or_default();
        let mut end_of = |name: &str, older: &str, time_name: &str, usual: Time| {
            let (name, text) = match (self.members.has(name), ext.has(older)) {
                (true, _) => (name, self.members.text(name)),
                (false, true) => (older, ext.text(older)),
                (false, false) => return None,
            };
            let Some(date) = text.and_then(|text| date(&text, zone)) else {
                warnings.push(format!("offering-unreadable:{name}"));
                return None;
            };
            let time = match &alliance.0[time_name] {
                Value::Null => usual,
                Value::String(text) if text.is_empty() => usual,
                other => other.as_str().and_then(time).unwrap_or_else(|| {
                    warnings.push(format!("offering-unreadable:{time_name}"));
                    usual
                }),
            };
            Some(date.to_datetime(time))
        };
        let start = end_of("enrollStartDate", "enrollmentStartDate", "enrollStartTime", Time::constant(0, 0, 0, 0));
        let end = end_of("enrollEndDate", "enrollmentEndDate", "enrollEndTime", Time::constant(23, 59, 0, 0));
        if let (Some(start), Some(end)) = (start, end)
            && start > end
        {
            warnings.push("offering-window-reversed".into());
            return Window::default();
        }
        Window { start, end }
    }

    /// How many places it says it has.
    #[must_use]
    pub fn places(&self, alliance: Option<&str>, warnings: &mut Vec<String>) -> Places {
        let alliance = self.alliance(alliance);
        let mut number = |name: &'static str, value: Value| match value {
            Value::Null => None,
            Value::String(text) if text.is_empty() => None,
            other => {
                // Numbers may come with a fraction of zero.
                let read = other.as_f64().filter(|number| *number >= 0.0 && number.is_finite());
                if read.is_none() {
                    warnings.push(format!("offering-unreadable:{name}"));
                }
                read.map(|number| number as u64)
            }
        };
        let enrolled = number("enrolledNumberStudents", self.members.value("enrolledNumberStudents"));
        let most = number("maxNumberStudents", self.members.value("maxNumberStudents"));
        let queued = number("queuedNumberStudents", alliance.get("queuedNumberStudents"));
        let most_queued = number("maxQueuedNumberStudents", alliance.get("maxQueuedNumberStudents"));
        let waiting_list = alliance.get("hasStudentQueue") == Value::Bool(true)
            || queued.unwrap_or_default() < most_queued.unwrap_or_default();
        Places { enrolled: enrolled.unwrap_or_default(), most, waiting_list }
    }

    /// What eduXchange adds for the configured alliance, or for the only one.
    fn alliance(&self, name: Option<&str>) -> Alliance {
        let consumers = self.members.value("consumers");
        let consumer = consumers.as_array().into_iter().flatten().find(|one| one["consumerKey"] == "eduxchange");
        let Some(consumer) = consumer else { return Alliance(Value::Null, Value::Null) };
        let alliances = consumer["alliances"].as_array().map(Vec::as_slice).unwrap_or_default();
        let named = name.and_then(|name| alliances.iter().find(|one| one["name"] == name));
        let only = if let [only] = alliances { Some(only) } else { None };
        Alliance(named.or(only).cloned().unwrap_or_default(), consumer.clone())
    }

    /// The offering in the shape of version 5, as it is sent with an association; members that need no change are as
    /// they came.
    ///
    /// # Errors
    /// None that can be caused from outside.
    pub fn upgraded(&self) -> Result<Members> {
        let mut members = self.members.clone();
        let main = self.members.text("mainLanguage");
        if !members.has("offeringType") {
            members.set("offeringType", self.kind.word())?;
            if members.text("type").and_then(|text| Kind::read(&text)).is_some() {
                members.remove("type");
            }
        }
        if let Some(tag) = main.as_deref().filter(|_| !members.has("teachingLanguage")) {
            members.set("teachingLanguage", &three_letters(tag))?;
            members.remove("mainLanguage");
        }
        if let Value::Bool(expected) = members.value("isLineItem")
            && !members.has("resultExpected")
        {
            members.set("resultExpected", &expected)?;
            members.remove("isLineItem");
        }
        let language = main.as_deref().unwrap_or("en-GB");
        for name in ["name", "description"] {
            if let Some(text) = members.text(name) {
                members.set(name, &json!([{ "language": language, "value": text }]))?;
            }
        }
        if !members.has("primaryCode") {
            members.set("primaryCode", &json!({ "codeType": "offeringCode", "code": self.id }))?;
        }
        if let Some(mut course) = members.object("course")
            && let Some(id) = course.text("courseId").filter(|_| !course.has("primaryCode"))
        {
            course.set("primaryCode", &json!({ "codeType": "courseCode", "code": id }))?;
            members.set("course", &course)?;
        }
        Ok(members)
    }
}

/// The members of an alliance, and those of the consumer around it.
struct Alliance(Value, Value);

impl Alliance {
    fn get(&self, name: &str) -> Value {
        let inner = self.0.get(name).filter(|value| !value.is_null());
        inner.or_else(|| self.1.get(name)).cloned().unwrap_or_default()
    }
}

/// The three letters of a language that a tag such as `nl-NL` has two of.
fn three_letters(tag: &str) -> String {
    let primary = tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    let known = match primary.as_str() {
        "nl" => "nld",
        "en" => "eng",
        "de" => "deu",
        "fr" => "fra",
        "es" => "spa",
        "it" => "ita",
        "fy" => "fry",
        letters if letters.len() == 3 && letters.bytes().all(|byte| byte.is_ascii_lowercase()) => letters,
        _ => "und",
    };
    known.to_owned()
}

/// Reads a date that may be written as a date-time: at midnight it is the date as written, otherwise the date in `zone`.
#[must_use]
pub fn date(text: &str, zone: &TimeZone) -> Option<Date> {
    let text = text.trim();
    let Some((date, clock)) = text.split_once(['T', 't', ' ']) else { return full_date(text) };
    let date = full_date(date)?;
    let local = clock.trim_end_matches(['Z', 'z']).split(['+', '-']).next().unwrap_or_default();
    let midnight = local.starts_with("00:00") && local.bytes().all(|byte| matches!(byte, b'0' | b':' | b'.'));
    if midnight {
        return Some(date);
    }
    match text.parse::<Timestamp>() {
        Ok(time) => Some(zone.to_datetime(time).date()),
        // Without a zone it is the institution's own.
        Err(_) => text.parse::<DateTime>().ok().map(DateTime::date),
    }
}

fn full_date(text: &str) -> Option<Date> {
    let shaped = text.len() == 10
        && text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    if shaped { text.parse().ok() } else { None }
}

/// Reads a time such as `09:30` or `09:30:00`.
fn time(text: &str) -> Option<Time> {
    text.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone() -> TimeZone {
        TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap()
    }

    fn offering(text: &str) -> Offering {
        Offering::read(Members::read(text).unwrap(), &mut Vec::new()).unwrap()
    }

    #[test]
    fn a_date_may_be_a_date_time() {
        for (text, expected) in [
            ("2026-12-01", Some("2026-12-01")),
            ("2026-12-01T00:00:00.000Z", Some("2026-12-01")),
            ("2026-11-30T23:00:00Z", Some("2026-12-01")),
            ("2026-07-31T22:30:00Z", Some("2026-08-01")),
            ("2026-12-01T00:00:00+05:00", Some("2026-12-01")),
            ("2026-12-01T12:00:00", Some("2026-12-01")),
            ("2026-13-01", None),
            ("20261201", None),
            ("tomorrow", None),
            ("2026-12-01Tnoon", None),
        ] {
            assert_eq!(date(text, &zone()).map(|date| date.to_string()).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn a_window_has_both_its_ends_to_the_minute() {
        let offering = offering(
            r#"{"offeringId":"o","enrollStartDate":"2026-11-22","enrollEndDate":"2026-11-22",
                "consumers":[{"consumerKey":"x"},{"consumerKey":"eduxchange","alliances":[{"name":"a","enrollStartTime":"08:15","enrollEndTime":"09:30"}]}]}"#,
        );
        let window = offering.window(&zone(), None, &mut Vec::new());
        for (time, expected) in [
            ("08:14:59", Opening::NotYet),
            ("08:15:00", Opening::Open),
            ("09:30:40", Opening::Open),
            ("09:31:00", Opening::Over),
        ] {
            assert_eq!(window.at(format!("2026-11-22T{time}").parse().unwrap()), expected, "{time}");
        }
    }

    #[test]
    fn a_window_that_ends_before_it_begins_is_none_and_is_told() {
        let offering = offering(r#"{"offeringId":"o","enrollStartDate":"2026-12-02","enrollEndDate":"2026-12-01"}"#);
        let mut warnings = Vec::new();
        assert_eq!(offering.window(&zone(), None, &mut warnings), Window::default());
        assert_eq!(warnings, ["offering-window-reversed"]);
    }

    #[test]
    fn what_cannot_be_read_is_told_and_restricts_nothing() {
        let offering = offering(
            r#"{"offeringId":"o","offeringType":7,"enrollEndDate":"soon","maxNumberStudents":"many","enrolledNumberStudents":-1}"#,
        );
        let mut warnings = Vec::new();
        assert_eq!(offering.window(&zone(), None, &mut warnings), Window::default());
        assert_eq!(offering.places(None, &mut warnings), Places::default());
        assert_eq!(
            warnings,
            [
                "offering-unreadable:enrollEndDate",
                "offering-unreadable:enrolledNumberStudents",
                "offering-unreadable:maxNumberStudents"
            ]
        );
    }

    #[test]
    fn the_older_shape_is_upgraded_and_the_rest_left_as_it_came() {
        let text = r#"{"offeringId":"o7","type":"component","name":"Toets","mainLanguage":"nl-NL","isLineItem":true,
            "zorgpad":{"a":1.10},"course":{"courseId":"c","x":1.0}}"#;
        let upgraded: Value = serde_json::from_str(&offering(text).upgraded().unwrap().to_text().unwrap()).unwrap();
        assert_eq!(
            upgraded,
            json!({ "offeringId": "o7", "offeringType": "component", "teachingLanguage": "nld", "resultExpected": true,
                "name": [{ "language": "nl-NL", "value": "Toets" }], "zorgpad": { "a": 1.1 },
                "course": { "courseId": "c", "x": 1.0, "primaryCode": { "codeType": "courseCode", "code": "c" } },
                "primaryCode": { "codeType": "offeringCode", "code": "o7" } })
        );
        assert!(offering(text).upgraded().unwrap().to_text().unwrap().contains("{\"a\":1.10}"));
        let newer = r#"{"offeringId":"o","offeringType":"program","type":"x","name":[{"language":"nl","value":"N"}],"teachingLanguage":"eng","mainLanguage":"nl","primaryCode":{"codeType":"a","code":"b"}}"#;
        assert_eq!(offering(newer).upgraded().unwrap().to_text().unwrap(), newer);
    }

    #[test]
    fn a_name_is_taken_in_the_wanted_language_or_the_next_best() {
        let named = offering(
            r#"{"offeringId":"o","name":[{"language":"de","value":"W"},{"language":"EN-gb","value":"E"},{"language":"nl-NL","value":""}]}"#,
        );
        assert_eq!((named.name(Language::En).as_str(), named.name(Language::Nl).as_str()), ("E", "E"));
        for (text, expected) in [
            (r#"{"offeringId":"o","name":"S"}"#, "S"),
            (r#"{"offeringId":"o","name":[{"language":"de","value":"W"}],"abbreviation":"A"}"#, "W"),
            (r#"{"offeringId":"o","name":[],"abbreviation":"A"}"#, "A"),
            (r#"{"offeringId":"o","name":7}"#, "o"),
        ] {
            assert_eq!(offering(text).name(Language::Nl), expected);
        }
    }
}
