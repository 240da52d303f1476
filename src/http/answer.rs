//! Holds what a service answered.

use std::fmt;
use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;
use reqwest::StatusCode;
use reqwest::header::{DATE, HeaderMap, HeaderName, RETRY_AFTER};
use serde::de::DeserializeOwned;

use crate::clock::Moment;
use crate::error::{Error, Result, Upstream};
use crate::privacy::Wiped;

/// A complete answer of a service, whatever its status.
#[derive(Clone)]
pub struct Answer {
    /// The endpoint that answered, by its name in the service's specification.
    pub endpoint: &'static str,
    /// The HTTP status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body, decompressed; wiped when dropped.
    pub body: Wiped<Vec<u8>>,
    /// When the request behind this answer was sent.
    pub sent_at: Moment,
    /// When the answer was there, by the clock of this machine.
    wall: Timestamp,
}

impl Answer {
    pub(super) fn new(
        endpoint: &'static str,
        status: StatusCode,
        headers: HeaderMap,
        body: Wiped<Vec<u8>>,
        sent_at: Moment,
        wall: Timestamp,
    ) -> Self {
        Self { endpoint, status, headers, body, sent_at, wall }
    }

    /// An answer as it would have come from a service, for benchmarks and fuzzing.
    #[doc(hidden)]
    #[must_use]
    pub fn made_up(endpoint: &'static str, status: StatusCode, body: Vec<u8>) -> Self {
        let (headers, sent_at) = (HeaderMap::new(), Moment::default());
        Self::new(endpoint, status, headers, body.into(), sent_at, Timestamp::UNIX_EPOCH)
    }

    /// The service's idea of the time.
    #[must_use]
    pub fn date(&self) -> Option<Timestamp> {
        http_date(&self.headers, &DATE)
    }

    /// How long the service asks to be left alone.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        retry_after(&self.headers, self.date().unwrap_or(self.wall))
    }

    /// The number of the HTTP status.
    #[must_use]
    pub fn code(&self) -> u16 {
        self.status.as_u16()
    }

    /// Describes this answer for an error.
    #[must_use]
    pub fn upstream(&self) -> Upstream {
        Upstream::new(self.endpoint, self.code())
    }

    /// Says that the answer breaks the service's interface; `problem` must not quote the answer.
    pub fn protocol(&self, problem: impl Into<String>) -> Error {
        Error::Protocol { problem: problem.into(), upstream: self.upstream() }
    }

    /// The error behind a status that is no answer to the request.
    #[must_use]
    pub fn refusal(&self, upstream: Upstream) -> Error {
        match self.code() {
            400 | 409 | 422 => Error::Rejected { upstream },
            403 => Error::Forbidden { upstream },
            429 => {
                let wait = self.retry_after().unwrap_or(Duration::from_secs(5));
                Error::Throttled { retry_after_ms: u64::try_from(wait.as_millis()).unwrap_or(u64::MAX), upstream }
            }
            500 | 502 | 503 | 504 => Error::Unavailable { upstream },
            300..=399 => Error::Protocol { problem: "it redirects, which is not followed".into(), upstream },
            code => Error::Protocol { problem: format!("HTTP status {code} is not expected here"), upstream },
        }
    }

    /// Reads the body as JSON.
    ///
    /// # Errors
    ///
    /// Says where the body departs from the expected shape, without quoting it.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T> {
        serde_json::from_slice(&self.body).map_err(|error| {
            self.protocol(format!(
                "its body is not the expected JSON (line {}, column {})",
                error.line(),
                error.column()
            ))
        })
    }
}

/// Shows nothing that could be personal.
impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer")
            .field("endpoint", &self.endpoint)
            .field("status", &self.code())
            .field("bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}

fn http_date(headers: &HeaderMap, name: &HeaderName) -> Option<Timestamp> {
    DateTimeParser::new().parse_timestamp(headers.get(name)?.as_bytes()).ok()
}

/// Reads `Retry-After`, whose dates are told by the service's clock and so relative to its own `now`.
fn retry_after(headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        // More digits than fit mean "a very long time".
        return Some(Duration::from_secs(text.parse().unwrap_or(u64::MAX)));
    }
    let date = http_date(headers, &RETRY_AFTER)?;
    Some(Duration::try_from(date.duration_since(now)).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderValue;

    use super::*;

    fn answer(headers: &[(HeaderName, &'static str)], body: &str) -> Answer {
        let headers =
            headers.iter().map(|(name, value)| (name.clone(), HeaderValue::from_static(value))).collect::<HeaderMap>();
        let wall = "1994-11-06T08:00:00Z".parse().unwrap();
        let body = body.as_bytes().to_vec().into();
        Answer::new("learner-data", StatusCode::OK, headers, body, Moment::default(), wall)
    }

    #[test]
    fn retry_after_is_read_as_seconds_or_as_a_date() {
        let seconds = |text| answer(&[(RETRY_AFTER, text)], "").retry_after();
        assert_eq!(seconds("7"), Some(Duration::from_secs(7)));
        assert_eq!(seconds("99999999999999999999999"), Some(Duration::from_secs(u64::MAX)));
        assert_eq!(seconds("Sun, 06 Nov 1994 08:00:30 GMT"), Some(Duration::from_secs(30)));
        assert_eq!(seconds("Sun, 06 Nov 1994 07:00:00 GMT"), Some(Duration::ZERO));
        for unusable in ["", "soon", "-1", "1.5"] {
            assert_eq!(seconds(unusable), None, "{unusable:?}");
        }
    }

    #[test]
    fn a_retry_after_date_is_measured_by_the_services_own_clock() {
        let answer =
            answer(&[(DATE, "Sun, 06 Nov 1994 09:00:00 GMT"), (RETRY_AFTER, "Sun, 06 Nov 1994 09:00:05 GMT")], "");
        assert_eq!(answer.date(), Some("1994-11-06T09:00:00Z".parse().unwrap()));
        assert_eq!(answer.retry_after(), Some(Duration::from_secs(5)));
    }

    #[test]
    fn a_body_of_the_wrong_shape_is_not_quoted() {
        let answer = answer(&[], r#"{"uln":"Orla Fennimore"}"#);
        let error = answer.json::<std::collections::BTreeMap<String, u64>>().unwrap_err();
        assert!(!error.to_string().contains("Orla"), "{error}");
        assert!(!format!("{answer:?}").contains("Orla"));
    }
}
