//! VERA's bytes: what is sent, and what each answer means (statuses in one place per endpoint).

use std::fmt;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde::de::{Deserializer, Error as _, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Map, Value, json};

use super::config::Access;
use crate::error::{Error, Result};
use crate::http::{Answer, Call, header};

/// The system's name in errors, statistics and the audit trail.
pub(super) const SYSTEM: &str = "vera";
const GENERATE_QR_CODE: &str = "generate-qr-code";
const LEARNER_DATA: &str = "learner-data";
const CHECK: &str = "learner/check";
const SHARE_REQUEST: &str = "learner/share-request";

/// The shortest and longest life a QR code is believed to have, and the one assumed when none is given.
const SHORTEST_LIFE: Duration = Duration::from_secs(30);
const LONGEST_LIFE: Duration = Duration::from_secs(15 * 60);
const ASSUMED_LIFE: Duration = Duration::from_secs(300);
/// How long a request to a learner's phone stays open.
pub(super) const REQUEST_LIFE: Duration = Duration::from_secs(300);
/// A difference between our clock and the service's that is not worth correcting.
const CLOCK_TOLERANCE: SignedDuration = SignedDuration::from_secs(30);

/// A property of an object whatever the case of its name; the exact name wins, and `null` counts as absent.
pub(super) fn field<'a>(object: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    let exact = object.get(name);
    let found = exact.or_else(|| object.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value));
    found.filter(|value| !value.is_null())
}

/// A text property. A bare number is taken as its text.
pub(super) fn text(object: &Map<String, Value>, name: &str) -> Result<Option<String>, String> {
    match field(object, name) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(Value::Number(number)) => Ok(Some(number.to_string())),
        Some(_) => Err(format!("`{name}` is not a text")),
    }
}

/// A whole number, also when quoted.
pub(super) fn integer(object: &Map<String, Value>, name: &str) -> Result<Option<i64>, String> {
    match field(object, name) {
        None => Ok(None),
        Some(Value::Number(number)) => {
            number.as_i64().map(Some).ok_or_else(|| format!("`{name}` is not a whole number"))
        }
        Some(Value::String(text)) if text.is_empty() => Ok(None),
        Some(Value::String(text)) => text.parse().map(Some).map_err(|_| format!("`{name}` is not a whole number")),
        Some(_) => Err(format!("`{name}` is not a whole number")),
    }
}

fn required(object: &Map<String, Value>, name: &str) -> Result<String, String> {
    text(object, name)?.filter(|text| !text.is_empty()).ok_or_else(|| format!("`{name}` is missing"))
}

fn get(access: &Access, endpoint: &'static str) -> Result<Call> {
    Call::get(SYSTEM, endpoint, access.endpoint(endpoint)?).header(header::ACCEPT, "application/json")
}

fn post(access: &Access, endpoint: &'static str, learner: &Learner) -> Result<Call> {
    let body =
        json!({ "MobileNumber": learner.mobile_number, "DateOfBirth": format!("{}T00:00:00", learner.date_of_birth) });
    let call = Call::post(SYSTEM, endpoint, access.endpoint(endpoint)?).header(header::ACCEPT, "application/json")?;
    Ok(call.body("application/json; charset=utf-8", body.to_string().into_bytes()))
}

/// `GET generate-qr-code`.
pub(super) fn generate_qr_code(access: &Access) -> Result<Call> {
    get(access, GENERATE_QR_CODE)
}

/// `GET learner-data` by correlation id or ULN.
pub(super) fn learner_data(access: &Access, by: &str, value: &str) -> Result<Call> {
    let mut url = access.endpoint(LEARNER_DATA)?;
    url.query_pairs_mut().append_pair(by, value);
    Call::get(SYSTEM, LEARNER_DATA, url).header(header::ACCEPT, "application/json")
}

/// `POST learner/check`.
pub(super) fn check(access: &Access, learner: &Learner) -> Result<Call> {
    post(access, CHECK, learner)
}

/// `POST learner/share-request`.
pub(super) fn share_request(access: &Access, learner: &Learner) -> Result<Call> {
    post(access, SHARE_REQUEST, learner)
}

/// A learner by mobile number and date of birth, as VERA wants them.
pub(super) struct Learner {
    pub(super) mobile_number: String,
    pub(super) date_of_birth: jiff::civil::Date,
}

impl Learner {
    /// Reads what a person typed.
    ///
    /// # Errors
    /// `INVALID_INPUT` naming the field.
    pub(super) fn read(mobile: &str, birth: &str, strict_mobile: bool, today: Timestamp) -> Result<Self> {
        let stripped: String =
            mobile.chars().filter(|c| !c.is_ascii_whitespace() && !matches!(c, '-' | '.' | '(' | ')')).collect();
        let mobile_number = match stripped.strip_prefix("+44").or_else(|| stripped.strip_prefix("0044")) {
            Some(rest) if strict_mobile => format!("0{}", rest.strip_prefix('0').unwrap_or(rest)),
            _ => stripped,
        };
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let fits = if strict_mobile {
            mobile_number.len() == 11 && mobile_number.starts_with("07") && digits(&mobile_number)
        } else {
            (1..=20).contains(&mobile_number.len()) && digits(mobile_number.trim_start_matches('+'))
        };
        if !fits {
            return Err(Error::input("mobileNumber", "must be a UK mobile number: `07` and nine more digits"));
        }
        Ok(Self { mobile_number, date_of_birth: date_of_birth(birth, today)? })
    }
}

fn date_of_birth(text: &str, now: Timestamp) -> Result<jiff::civil::Date> {
    let wrong = |problem: &str| Error::input("dateOfBirth", problem);
    let shape = text.len() == 10
        && text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    let date: jiff::civil::Date = if shape { text.parse().ok() } else { None }
        .ok_or_else(|| wrong("must be a date of the calendar as `YYYY-MM-DD`"))?;
    let today = now.to_zoned(jiff::tz::TimeZone::UTC).date();
    if date > today {
        return Err(wrong("must not lie in the future"));
    }
    let birthday_passed = (today.month(), today.day()) >= (date.month(), date.day());
    let age = today.year() - date.year() - i16::from(!birthday_passed);
    if (10..=120).contains(&age) { Ok(date) } else { Err(wrong("must give an age between 10 and 120 years")) }
}

/// A QR code as issued.
pub(super) struct Issued {
    pub(super) correlation_id: String,
    pub(super) url: String,
    pub(super) image: Option<String>,
    /// How long the learner has from now.
    pub(super) life: Duration,
}

/// Reads the answer to `generate-qr-code`.
pub(super) fn issued(answer: &Answer, now: Timestamp) -> Result<Issued> {
    if answer.code() != 200 {
        return Err(match answer.code() {
            404 => Error::config("vera.baseUrl", "leads to a server that does not know `generate-qr-code`"),
            408 => Error::Unavailable { upstream: upstream(answer) },
            _ => refusal(answer),
        });
    }
    let body = object(answer)?.ok_or_else(|| answer.protocol("its body is empty"))?;
    let read = || -> Result<Issued, String> {
        Ok(Issued {
            correlation_id: required(&body, "correlationId")?,
            url: required(&body, "url")?,
            image: text(&body, "qrCode").unwrap_or_default(),
            life: life(integer(&body, "expiry").unwrap_or_default(), answer.date(), now),
        })
    };
    read().map_err(|problem| answer.protocol(problem))
}

/// How long a QR code lives, from an expiry that may be in seconds, milliseconds or seconds from now.
fn life(expiry: Option<i64>, server_time: Option<Timestamp>, now: Timestamp) -> Duration {
    const MILLISECONDS_FROM: i64 = 100_000_000_000;
    const RELATIVE_BELOW: i64 = 10_000_000;
    let server_now = server_time.filter(|time| time.duration_since(now).abs() > CLOCK_TOLERANCE).unwrap_or(now);
    let left = match expiry {
        None | Some(i64::MIN..=-1) => return ASSUMED_LIFE,
        Some(seconds @ 0..RELATIVE_BELOW) => SignedDuration::from_secs(seconds),
        Some(seconds @ RELATIVE_BELOW..MILLISECONDS_FROM) => {
            SignedDuration::from_secs(seconds.saturating_sub(server_now.as_second()))
        }
        Some(milliseconds) => SignedDuration::from_millis(milliseconds.saturating_sub(server_now.as_millisecond())),
    };
    Duration::try_from(left).unwrap_or_default().clamp(SHORTEST_LIFE, LONGEST_LIFE)
}

/// What an answer to `learner-data` for a correlation id means.
pub(super) enum Polled {
    Shared,
    Pending,
    DeclinedOrExpired,
    Transient(Error, Option<Duration>),
    Stop(Error),
}

/// Reads an answer to a poll.
pub(super) fn polled(answer: &Answer) -> Polled {
    match answer.code() {
        200 => match whole_object(answer) {
            Ok(true) => Polled::Shared,
            Ok(false) => Polled::Pending,
            Err(error) => Polled::Stop(error),
        },
        202 | 204 | 404 => Polled::Pending,
        408 | 410 => Polled::DeclinedOrExpired,
        429 | 500 | 502 | 503 | 504 => Polled::Transient(refusal(answer), answer.retry_after()),
        _ => Polled::Stop(refusal(answer)),
    }
}

/// What a failure to get an answer means for a poll.
pub(super) fn poll_failed(error: Error) -> Polled {
    match error {
        Error::Unreachable { .. } | Error::DeadlineExceeded { .. } | Error::Unavailable { .. } => {
            Polled::Transient(error, None)
        }
        Error::Throttled { retry_after_ms, .. } | Error::CircuitOpen { retry_after_ms, .. } => {
            Polled::Transient(error, Some(Duration::from_millis(retry_after_ms)))
        }
        // A connection lost in the middle of an answer says nothing about the learner.
        Error::Protocol { ref upstream, .. } if upstream.http_status.is_none() => Polled::Transient(error, None),
        other => Polled::Stop(other),
    }
}

/// Reads the answer to `learner-data` for a ULN: whether there is a record. What is wrong inside of it is
/// found by whoever reads it.
pub(super) fn fetched(answer: &Answer) -> Result<bool> {
    match answer.code() {
        200 => begins_object(answer),
        202 | 204 | 403 | 404 | 408 | 410 => Ok(false),
        _ => Err(refusal(answer)),
    }
}

/// Reads the answer to `learner/check`: whether a record exists.
pub(super) fn checked(answer: &Answer) -> Result<bool> {
    match answer.code() {
        200 => Ok(true),
        202 | 204 | 404 => Ok(false),
        408 => Err(Error::Unavailable { upstream: upstream(answer) }),
        400 | 422 => Err(not_accepted(answer)),
        _ => Err(refusal(answer)),
    }
}

/// What an answer to `learner/share-request` means.
pub(super) enum Requested {
    Sent { correlation_id: String, code: String },
    NotEstablished,
    AlreadyPending,
}

/// Reads the answer to `learner/share-request`. What leaves open whether a notification was sent is `OUTCOME_UNKNOWN`.
pub(super) fn requested(answer: &Answer) -> Result<Requested> {
    match answer.code() {
        200 => {
            let read = || -> Result<Requested, String> {
                let body = object(answer).ok().flatten().ok_or("its body is not the expected object")?;
                Ok(Requested::Sent {
                    correlation_id: required(&body, "correlationId")?,
                    code: required(&body, "code")?,
                })
            };
            read().map_err(|_| unknown(answer))
        }
        202 | 204 => Err(unknown(answer)),
        404 => Ok(Requested::NotEstablished),
        409 => Ok(Requested::AlreadyPending),
        400 | 422 => Err(not_accepted(answer)),
        403 | 429 => Err(refusal(answer)),
        300..=399 => Err(answer.protocol("it redirects, which is not followed")),
        _ => Err(unknown(answer)),
    }
}

/// The text for a request that may have been sent.
pub(super) const MAY_HAVE_BEEN_SENT: &str =
    "a request may have been sent to the learner; ask them before you send another";

fn unknown(answer: &Answer) -> Error {
    Error::OutcomeUnknown { problem: MAY_HAVE_BEEN_SENT, upstream: upstream(answer) }
}

fn not_accepted(answer: &Answer) -> Error {
    tracing::info!(status = answer.code(), "the service does not accept mobile number or date of birth");
    Error::input("mobileNumber", "or `dateOfBirth` was refused by the service; check both with the learner")
}

/// The error behind a status that is not an answer about the learner.
pub(super) fn refusal(answer: &Answer) -> Error {
    answer.refusal(upstream(answer))
}

fn upstream(answer: &Answer) -> crate::error::Upstream {
    // Errors may be RFC 7807 documents; nothing depends on it.
    let problem: Option<Map<String, Value>> =
        if answer.code() < 400 { None } else { serde_json::from_slice(&answer.body).ok() };
    let trace_id = problem.as_ref().and_then(|problem| field(problem, "traceId")).and_then(Value::as_str);
    answer.upstream().with_trace_id(trace_id)
}

/// The ULN of a record that is passed on as it is, without reading what comes after it.
pub(super) fn uln_of(raw: &RawValue) -> Option<String> {
    struct Seek<'a>(&'a mut Option<u64>);

    impl<'de> Visitor<'de> for Seek<'_> {
        type Value = ();

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a record")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
            while let Some(key) = map.next_key::<String>()? {
                if key.eq_ignore_ascii_case("uln") {
                    *self.0 = map.next_value().ok();
                    // An error is how reading is ended early.
                    return Err(A::Error::custom("found"));
                }
                map.next_value::<IgnoredAny>()?;
            }
            Ok(())
        }
    }

    let mut found = None;
    let _ = serde_json::Deserializer::from_str(raw.get()).deserialize_map(Seek(&mut found));
    found.map(|uln| format!("{uln:010}"))
}

/// Whether the body is an object, and well-formed to its end.
fn whole_object(answer: &Answer) -> Result<bool> {
    if !begins_object(answer)? {
        return Ok(false);
    }
    // Skipping values does not look into texts, which may be no UTF-8.
    std::str::from_utf8(&answer.body).map_err(|_| answer.protocol("its body is not UTF-8"))?;
    answer.json::<IgnoredAny>().map(|_| true)
}

/// Whether the body is an object, as far as its beginning tells; an empty body and `null` are not.
fn begins_object(answer: &Answer) -> Result<bool> {
    match answer.body.trim_ascii() {
        b"" | b"null" => Ok(false),
        [b'{', ..] => Ok(true),
        _ => Err(answer.protocol("its body is not a JSON object")),
    }
}

/// The body's object; `None` for an empty body and for `null`.
pub(super) fn object(answer: &Answer) -> Result<Option<Map<String, Value>>> {
    if answer.body.iter().all(u8::is_ascii_whitespace) {
        return Ok(None);
    }
    match answer.json::<Value>()? {
        Value::Null => Ok(None),
        Value::Object(object) => Ok(Some(object)),
        _ => Err(answer.protocol("its body is not a JSON object")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    const NOW: i64 = 1_800_000_000;

    #[test]
    fn an_expiry_is_understood_in_whatever_unit_it_comes() {
        for (expiry, seconds) in [
            (Some(NOW + 300), 300),
            (Some((NOW + 300) * 1000), 300),
            (Some(300), 300),
            (Some(NOW - 3600), 30),
            (Some(NOW + 86_400), 900),
            (Some(0), 30),
            (Some(-5), 300),
            (None, 300),
            (Some(i64::MAX), 900),
        ] {
            assert_eq!(life(expiry, None, at(NOW)).as_secs(), seconds, "{expiry:?}");
        }
    }

    #[test]
    fn a_wrong_clock_is_corrected_by_the_services_date() {
        let wrong = at(NOW + 3600);
        assert_eq!(life(Some(NOW + 300), Some(at(NOW)), wrong).as_secs(), 300);
        assert_eq!(life(Some(NOW + 300), Some(at(NOW + 20)), at(NOW)).as_secs(), 300, "20 s are not corrected");
    }

    #[test]
    fn property_names_are_found_in_any_case_and_the_exact_one_wins() {
        let body = json!({ "CODE": "wrong", "Code": "wrong too", "code": "right", "NULL": null });
        let body = body.as_object().unwrap();
        assert_eq!(text(body, "code").unwrap().unwrap(), "right");
        assert_eq!(text(body, "null").unwrap(), None);
        assert!(text(body, "cOdE").unwrap().is_some());
    }

    #[test]
    fn mobile_numbers_are_read_as_people_write_them() {
        let read = |text: &str, strict| {
            Learner::read(text, "2008-09-02", strict, at(NOW)).map(|learner| learner.mobile_number)
        };
        for text in ["07700900123", "07700 900-123", "+44 7700 900123", "0044 (0)7700.900123", "(07700) 900123"] {
            assert_eq!(read(text, true).unwrap(), "07700900123", "{text}");
        }
        for text in ["", "0770090012", "077009001234", "08700900123", "07700x00123", "٠٧٧٠٠٩٠٠١٢٣", "+33 7700 900123"]
        {
            assert!(read(text, true).is_err(), "{text}");
        }
        assert_eq!(read("447700 900123", false).unwrap(), "447700900123");
    }

    #[test]
    fn a_date_of_birth_is_a_day_of_the_calendar_at_a_plausible_age() {
        // NOW is 2027-01-15.
        for (text, fits) in [
            ("2008-09-02", true),
            ("2008-02-30", false),
            ("2031-01-01", false),
            ("2017-01-15", true),
            ("2017-01-16", false),
            ("1907-01-15", true),
            ("1906-01-15", false),
            ("2008-9-2", false),
            ("02/09/2008", false),
            ("20080902", false),
            ("2008-09-02T00:00:00", false),
            ("", false),
        ] {
            assert_eq!(date_of_birth(text, at(NOW)).is_ok(), fits, "{text}");
        }
    }
}
