//! Reads the person that a provider asks about, as `learner/check` and `learner/share-request` take it.

use axum::http::{HeaderMap, StatusCode, header};
use serde_json::{Map, Value};

use crate::learner::is_date;
use crate::problem::{Problem, parse_json};
use crate::recorder::media_type;

/// What follows the date in a date of birth.
const MIDNIGHT: &str = "T00:00:00";

/// The lengths that a mobile number may have, in digits.
const MOBILE_DIGITS: std::ops::RangeInclusive<usize> = 10..=15;

/// A person as a provider describes them.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Person {
    pub(super) mobile_number: String,
    /// `YYYY-MM-DD`.
    pub(super) birth_date: String,
}

impl Person {
    /// Reads a request, or says what is wrong with it.
    pub(super) fn read(headers: &HeaderMap, body: &[u8]) -> Result<Self, Problem> {
        let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let charset = content_type.split(';').skip(1).find_map(|parameter| {
            let (name, value) = parameter.split_once('=')?;
            name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches('"').to_ascii_lowercase())
        });
        if media_type(content_type) != "application/json" || charset.is_some_and(|charset| charset != "utf-8") {
            let detail = "the content type must be application/json in UTF-8";
            return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, detail));
        }
        let Value::Object(members) = parse_json::<Value>(body)? else {
            return Err(Problem::bad_request("the body must be a JSON object"));
        };
        let mobile_number = text(&members, "MobileNumber")?;
        let digits = mobile_number.strip_prefix('+').unwrap_or(mobile_number);
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) || !MOBILE_DIGITS.contains(&digits.len()) {
            return Err(Problem::bad_request("MobileNumber must be 10 to 15 digits, optionally after a plus sign"));
        }
        let birth_date = text(&members, "DateOfBirth")?;
        let date = birth_date.strip_suffix(MIDNIGHT).filter(|date| is_date(date));
        let Some(date) = date else {
            return Err(Problem::bad_request("DateOfBirth must be a date of the form YYYY-MM-DDT00:00:00"));
        };
        Ok(Self { mobile_number: mobile_number.to_owned(), birth_date: date.to_owned() })
    }
}

/// The member called `name`, which must be a string; a different case is pointed out.
fn text<'a>(members: &'a Map<String, Value>, name: &str) -> Result<&'a str, Problem> {
    match members.get(name) {
        Some(Value::String(text)) => Ok(text),
        Some(_) => Err(Problem::bad_request(format!("{name} must be a string"))),
        None if members.keys().any(|known| known.eq_ignore_ascii_case(name)) => {
            Err(Problem::bad_request(format!("{name} is missing; names must be written with this case")))
        }
        None => Err(Problem::bad_request(format!("{name} is missing"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(content_type: &'static str, body: &[u8]) -> Result<Person, Problem> {
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, content_type.parse().unwrap());
        Person::read(&headers, body)
    }

    #[test]
    fn a_person_is_read_from_pascal_case_json() {
        let body = br#"{"MobileNumber":"07700900123","DateOfBirth":"2008-09-02T00:00:00","Other":1}"#;
        let expected = Person { mobile_number: "07700900123".to_owned(), birth_date: "2008-09-02".to_owned() };
        for content_type in
            ["application/json", "application/json; charset=utf-8", "Application/JSON;charset=\"UTF-8\""]
        {
            assert_eq!(read(content_type, body).as_ref(), Ok(&expected));
        }
    }

    #[test]
    fn what_is_wrong_with_a_person_is_named() {
        for (body, reason) in [
            (&b""[..], "empty"),
            (b"{", "cannot be read"),
            (b"\xff\xfe", "cannot be read"),
            (b"[]", "object"),
            (br#"{"mobileNumber":"07700900123","DateOfBirth":"2008-09-02T00:00:00"}"#, "this case"),
            (br#"{"MobileNumber":7700900123,"DateOfBirth":"2008-09-02T00:00:00"}"#, "string"),
            (br#"{"MobileNumber":"07700 900123","DateOfBirth":"2008-09-02T00:00:00"}"#, "digits"),
            (br#"{"MobileNumber":"123","DateOfBirth":"2008-09-02T00:00:00"}"#, "digits"),
            (br#"{"MobileNumber":"07700900123"}"#, "DateOfBirth is missing"),
            (br#"{"MobileNumber":"07700900123","DateOfBirth":null}"#, "DateOfBirth must be"),
            (br#"{"MobileNumber":"07700900123","DateOfBirth":"2008-09-02"}"#, "T00:00:00"),
            (br#"{"MobileNumber":"07700900123","DateOfBirth":"2008-02-30T00:00:00"}"#, "T00:00:00"),
            (br#"{"MobileNumber":"07700900123","DateOfBirth":"2008-09-02T00:00:00Z"}"#, "T00:00:00"),
        ] {
            let problem = read("application/json", body).unwrap_err();
            assert_eq!(problem.status, StatusCode::BAD_REQUEST);
            assert!(problem.detail.contains(reason), "{}", problem.detail);
        }
    }

    #[test]
    fn another_content_type_is_not_supported() {
        for content_type in ["text/plain", "application/x-www-form-urlencoded", "application/json; charset=utf-16", ""]
        {
            assert_eq!(read(content_type, b"{}").unwrap_err().status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
        }
    }
}
