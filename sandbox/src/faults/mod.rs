//! Describes faults and queues them for the endpoints they are meant for.

mod answer;

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use axum::http::{HeaderName, HeaderValue};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::upstream::Service;

pub(crate) use answer::{Answering, Finish, Severed};

/// The endpoint name that stands for every emulated endpoint.
pub const EVERY_ENDPOINT: &str = "*";

/// The longest latency of a fault: ten minutes.
const LONGEST_LATENCY_MS: u64 = 600_000;

/// The largest filler body: one gibibyte.
const LARGEST_BODY: u64 = 1 << 30;

/// A kind of trouble that is known of a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FaultKind {
    /// The Learning Records Service answers a fault of `LearnerService`.
    Miap,
    /// The Learning Records Service answers a fault of `LearnerServiceR9`.
    Domain,
    /// The page that stands in front of the Learning Records Service during maintenance.
    Html405,
    /// No answer for ten minutes, or as long as `latency_ms` says; then the connection is cut.
    Timeout,
    /// The status that `status` gives.
    Status,
    /// The next row cannot be written to the gateway's register.
    Storage,
}

/// Something that goes wrong with the answers of one endpoint.
///
/// A fault that gives an answer of its own (`status`, `body`, `body_bytes`, `redirect`, or a drop
/// before the response) takes the place of the real one, and nothing else happens, unless
/// `after_effect` or `patch` asks for the real one too. Every other member shapes whatever is
/// answered. A fault with no member but its endpoint lets requests pass untouched.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Fault {
    /// The endpoint, by the name that recorded requests have, such as `learner-data` or
    /// `lrs/LearnerService.svc`, or `*` for all of them.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub endpoint: String,
    /// Instead of an endpoint, all of a service: `vera`, `lrs`, `gateway`, `auth`, `linkage`, `sif` or
    /// `enrollment`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service: Option<String>,
    /// A kind of trouble, instead of saying what the answer is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<FaultKind>,
    /// The code of a fault of the Learning Records Service.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// What a fault of the Learning Records Service, or the gateway's store, says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// How many requests it meets: at least 1, which is also what is meant when it is left out.
    pub times: u32,
    /// Whether it meets every request until the faults are cleared, whatever `times` says.
    pub forever: bool,
    /// The status to answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// The `Retry-After` header to send.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<RetryAfter>,
    /// How long to wait, in real time, before acting; with `after_effect`, between acting and answering.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub latency_ms: Option<u64>,
    /// The body to answer, literally.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// The content type to answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_type: Option<String>,
    /// Headers to add or replace.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub headers: BTreeMap<String, String>,
    /// A merge patch (RFC 7396) for the JSON of the real answer, applied when that is a 200.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub patch: Option<Value>,
    /// Where to cut the connection.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub drop: Option<DropPoint>,
    /// After how many bytes of the body to cut the connection; `Content-Length` promises more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub truncate_at: Option<u64>,
    /// The size of a filler body to answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body_bytes: Option<u64>,
    /// Whether to compress the answer with gzip, asked for or not.
    #[serde(skip_serializing_if = "is_false")]
    pub gzip: bool,
    /// The address to redirect to, with 302 unless `status` says otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub redirect: Option<String>,
    /// Whether the request takes effect first, although the fault answers it.
    #[serde(skip_serializing_if = "is_false")]
    pub after_effect: bool,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn is_false(value: &bool) -> bool {
    !value
}

/// What a `Retry-After` header says.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(untagged)]
pub enum RetryAfter {
    /// A number of seconds.
    Seconds(u64),
    /// The HTTP date that lies this far ahead of the sandbox's clock.
    Date(SecondsAhead),
    /// A literal value, such as a fixed HTTP date or nonsense.
    Literal(String),
}

/// A distance in time, written in JSON as `{"secondsAhead": 7}`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SecondsAhead {
    /// The number of seconds.
    pub seconds_ahead: u64,
}

/// Where a connection is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum DropPoint {
    /// Before the first byte of the response.
    BeforeResponse,
    /// In the middle of the body.
    DuringBody,
}

impl Default for Fault {
    fn default() -> Self {
        Self {
            endpoint: String::new(),
            service: None,
            kind: None,
            code: None,
            message: None,
            times: 1,
            forever: false,
            status: None,
            retry_after: None,
            latency_ms: None,
            body: None,
            content_type: None,
            headers: BTreeMap::new(),
            patch: None,
            drop: None,
            truncate_at: None,
            body_bytes: None,
            gzip: false,
            redirect: None,
            after_effect: false,
        }
    }
}

impl Fault {
    /// Begins a fault for `endpoint` that meets one request.
    pub fn on(endpoint: &str) -> Self {
        Self { endpoint: endpoint.to_owned(), ..Self::default() }
    }

    /// Begins a fault of a kind for all endpoints of `service`.
    pub fn of(service: &str, kind: FaultKind) -> Self {
        Self { service: Some(service.to_owned()), kind: Some(kind), ..Self::default() }
    }

    /// Gives a fault of the Learning Records Service this code.
    #[must_use]
    pub fn code(mut self, code: &str) -> Self {
        self.code = Some(code.to_owned());
        self
    }

    /// Lets a fault of the Learning Records Service, or the gateway's store, say this.
    #[must_use]
    pub fn message(mut self, message: &str) -> Self {
        self.message = Some(message.to_owned());
        self
    }

    /// Meets this many requests.
    #[must_use]
    pub fn times(mut self, times: u32) -> Self {
        self.times = times;
        self
    }

    /// Meets every request until the faults are cleared.
    #[must_use]
    pub fn forever(mut self) -> Self {
        self.forever = true;
        self
    }

    /// Answers this status.
    #[must_use]
    pub fn status(mut self, status: u16) -> Self {
        self.status = Some(status);
        self
    }

    /// Sends `Retry-After` with this many seconds.
    #[must_use]
    pub fn retry_after(mut self, seconds: u64) -> Self {
        self.retry_after = Some(RetryAfter::Seconds(seconds));
        self
    }

    /// Sends `Retry-After` with the HTTP date this many seconds ahead of the sandbox's clock.
    #[must_use]
    pub fn retry_after_date(mut self, seconds_ahead: u64) -> Self {
        self.retry_after = Some(RetryAfter::Date(SecondsAhead { seconds_ahead }));
        self
    }

    /// Waits this long, in real time.
    #[must_use]
    pub fn latency(mut self, latency: Duration) -> Self {
        self.latency_ms = Some(u64::try_from(latency.as_millis()).unwrap_or(u64::MAX));
        self
    }

    /// Answers this body.
    #[must_use]
    pub fn body(mut self, body: impl Into<String>) -> Self {
        self.body = Some(body.into());
        self
    }

    /// Answers this content type.
    #[must_use]
    pub fn content_type(mut self, content_type: &str) -> Self {
        self.content_type = Some(content_type.to_owned());
        self
    }

    /// Adds or replaces a header.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.insert(name.to_owned(), value.to_owned());
        self
    }

    /// Applies a merge patch to the JSON of the real answer.
    #[must_use]
    pub fn patch(mut self, patch: Value) -> Self {
        self.patch = Some(patch);
        self
    }

    /// Cuts the connection.
    #[must_use]
    pub fn drop(mut self, point: DropPoint) -> Self {
        self.drop = Some(point);
        self
    }

    /// Cuts the connection after this many bytes of the body.
    #[must_use]
    pub fn truncate_at(mut self, bytes: u64) -> Self {
        self.truncate_at = Some(bytes);
        self
    }

    /// Answers a filler body of this size.
    #[must_use]
    pub fn body_bytes(mut self, bytes: u64) -> Self {
        self.body_bytes = Some(bytes);
        self
    }

    /// Compresses the answer.
    #[must_use]
    pub fn gzip(mut self) -> Self {
        self.gzip = true;
        self
    }

    /// Redirects to this address.
    #[must_use]
    pub fn redirect(mut self, address: &str) -> Self {
        self.redirect = Some(address.to_owned());
        self
    }

    /// Lets the request take effect before the fault answers it.
    #[must_use]
    pub fn after_effect(mut self) -> Self {
        self.after_effect = true;
        self
    }

    /// Says what is wrong with this fault, if anything is.
    pub(crate) fn check(&self, endpoints: &[&str], services: &[&str]) -> Result<(), String> {
        if let Some(service) = &self.service {
            if !self.endpoint.is_empty() {
                return Err("endpoint and service exclude each other".to_owned());
            }
            if !services.contains(&service.as_str()) {
                let known = services.join(", ");
                return Err(format!("the service {service:?} is not known; it must be one of {known}"));
            }
        }
        self.check_kind()?;
        if self.service.is_none() && self.endpoint != EVERY_ENDPOINT && !endpoints.contains(&self.endpoint.as_str()) {
            let known = endpoints.join(", ");
            return Err(format!("the endpoint {:?} is not known; it must be one of {known} or *", self.endpoint));
        }
        if self.times == 0 {
            return Err("times must be at least 1; leave it out for 1, or set forever".to_owned());
        }
        if self.status.is_some_and(|status| !(200..=599).contains(&status)) {
            return Err("status must be 200 to 599".to_owned());
        }
        if self.latency_ms.is_some_and(|latency| latency > LONGEST_LATENCY_MS) {
            return Err(format!("latencyMs must be at most {LONGEST_LATENCY_MS}"));
        }
        if self.body_bytes.is_some_and(|bytes| bytes > LARGEST_BODY) {
            return Err(format!("bodyBytes must be at most {LARGEST_BODY}"));
        }
        if self.body.is_some() && self.body_bytes.is_some() {
            return Err("body and bodyBytes exclude each other".to_owned());
        }
        for (name, value) in &self.headers {
            let parsed: HeaderName = name.parse().map_err(|_| format!("{name:?} is not a header name"))?;
            if matches!(parsed.as_str(), "content-length" | "transfer-encoding") {
                return Err(format!("{name} cannot be set here; see truncateAt"));
            }
            HeaderValue::from_str(value).map_err(|_| format!("the value of {name} cannot be sent in a header"))?;
        }
        for (name, text) in [("contentType", &self.content_type), ("redirect", &self.redirect)] {
            if text.as_ref().is_some_and(|text| HeaderValue::from_str(text).is_err()) {
                return Err(format!("{name} cannot be sent in a header"));
            }
        }
        if let Some(RetryAfter::Literal(text)) = &self.retry_after
            && HeaderValue::from_str(text).is_err()
        {
            return Err("retryAfter cannot be sent in a header".to_owned());
        }
        Ok(())
    }

    fn check_kind(&self) -> Result<(), String> {
        let of_lrs = self.service.as_deref() == Some("lrs") || self.endpoint.starts_with("lrs/");
        match self.kind {
            Some(FaultKind::Miap | FaultKind::Domain | FaultKind::Html405) if !of_lrs => {
                Err("this kind of fault is one of the service lrs".to_owned())
            }
            Some(FaultKind::Storage) if self.service.as_deref() != Some("gateway") => {
                Err("the kind storage is one of the service gateway".to_owned())
            }
            Some(FaultKind::Status) if self.status.is_none() => Err("the kind status needs a status".to_owned()),
            _ => Ok(()),
        }
    }

    /// How long to wait, in milliseconds of real time.
    pub(crate) fn waits_ms(&self) -> u64 {
        let unless_said = if self.kind == Some(FaultKind::Timeout) { LONGEST_LATENCY_MS } else { 0 };
        self.latency_ms.unwrap_or(unless_said)
    }

    fn meets(&self, endpoint: &str) -> bool {
        if self.kind == Some(FaultKind::Storage) {
            return false;
        }
        match &self.service {
            Some(service) => Service::of(endpoint).is_some_and(|known| known.name() == service),
            None => self.endpoint == EVERY_ENDPOINT || self.endpoint == endpoint,
        }
    }
}

/// The faults that wait for their requests.
#[derive(Debug, Default)]
pub(crate) struct FaultQueue(VecDeque<Fault>);

impl FaultQueue {
    pub(crate) fn add(&mut self, fault: Fault) {
        self.0.push_back(fault);
    }

    /// Takes one turn of the first fault that meets `endpoint`.
    pub(crate) fn take(&mut self, endpoint: &str) -> Option<Fault> {
        self.take_first(|fault| fault.meets(endpoint))
    }

    /// Takes one turn of the first fault that the gateway's store meets, and what it says.
    pub(crate) fn take_storage(&mut self) -> Option<String> {
        let fault = self.take_first(|fault| fault.kind == Some(FaultKind::Storage))?;
        Some(fault.message.unwrap_or_else(|| "the store cannot be written to".to_owned()))
    }

    fn take_first(&mut self, wanted: impl Fn(&Fault) -> bool) -> Option<Fault> {
        let index = self.0.iter().position(wanted)?;
        let fault = &mut self.0[index];
        if fault.forever {
            return Some(fault.clone());
        }
        if fault.times > 1 {
            fault.times -= 1;
            return Some(fault.clone());
        }
        self.0.remove(index)
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = &Fault> {
        self.0.iter()
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENDPOINTS: [&str; 2] = ["token", "learner-data"];

    #[test]
    fn faults_of_one_endpoint_are_met_in_the_order_they_were_added() {
        let mut queue = FaultQueue::default();
        queue.add(Fault::on("learner-data").status(500).times(2));
        queue.add(Fault::on("token").status(429));
        queue.add(Fault::on("learner-data").status(503));
        let met: Vec<_> = (0..4).map(|_| queue.take("learner-data").and_then(|fault| fault.status)).collect();
        assert_eq!(met, [Some(500), Some(500), Some(503), None]);
        assert_eq!(queue.all().count(), 1);
    }

    #[test]
    fn a_fault_for_every_endpoint_can_last_until_cleared() {
        let mut queue = FaultQueue::default();
        queue.add(Fault::on("*").status(503).forever());
        for endpoint in ["token", "learner-data", "token"] {
            assert!(queue.take(endpoint).is_some());
        }
        queue.clear();
        assert!(queue.take("token").is_none());
    }

    #[test]
    fn the_three_forms_of_retry_after_are_read() {
        for (text, expected) in [
            ("7", RetryAfter::Seconds(7)),
            (r#"{"secondsAhead":7}"#, RetryAfter::Date(SecondsAhead { seconds_ahead: 7 })),
            (r#""soon""#, RetryAfter::Literal("soon".to_owned())),
        ] {
            let fault: Fault = serde_json::from_str(&format!(r#"{{"endpoint":"token","retryAfter":{text}}}"#)).unwrap();
            assert_eq!(fault.retry_after, Some(expected));
        }
    }

    #[test]
    fn a_fault_that_cannot_be_carried_out_is_refused_with_the_reason() {
        for (fault, reason) in [
            (Fault::on("learner-date"), "learner-data"),
            (Fault::on("token").times(0), "times"),
            (Fault::on("token").status(101), "status"),
            (Fault::on("token").header("Content-Length", "3"), "truncateAt"),
            (Fault::on("token").header("bad name", "3"), "header name"),
            (Fault::on("token").header("X-A", "a\r\nb"), "X-A"),
            (Fault::on("token").redirect("\n"), "redirect"),
            (Fault::on("token").body("a").body_bytes(3), "exclude"),
            (Fault::of("nowhere", FaultKind::Timeout), "nowhere"),
            (Fault { endpoint: "token".to_owned(), ..Fault::of("lrs", FaultKind::Miap) }, "exclude"),
            (Fault::of("gateway", FaultKind::Miap), "service lrs"),
            (Fault::of("lrs", FaultKind::Storage), "service gateway"),
            (Fault::of("lrs", FaultKind::Status), "needs a status"),
            (Fault::on("token").latency(Duration::from_secs(3600)), "latencyMs"),
        ] {
            let refused = fault.check(&ENDPOINTS, &["lrs", "gateway"]).unwrap_err();
            assert!(refused.contains(reason), "{refused}");
        }
        assert_eq!(Fault::on("token").status(503).retry_after(7).check(&ENDPOINTS, &[]), Ok(()));
    }
}
