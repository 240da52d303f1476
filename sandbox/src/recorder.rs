//! Keeps what the emulated services were asked, for tests to look at.

use std::collections::VecDeque;
use std::time::{Instant, SystemTime};

use axum::http::{HeaderMap, Method, Uri};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use serde_json::{Map, Value, json};
use url::form_urlencoded;

/// The most requests that are kept; the oldest go first.
const MOST_REQUESTS: usize = 20_000;

/// The most bytes of bodies that are kept.
const MOST_BODY_BYTES: usize = 64 << 20;

/// What stands in the JSON view where a secret was.
const MASK: &str = "***";

/// A request that an emulated service received.
#[derive(Clone, Debug)]
pub struct RecordedRequest {
    /// Counts up from 1 since the start; neither clearing nor a reset begins anew.
    pub number: u64,
    /// The sandbox's time of arrival.
    pub at: SystemTime,
    /// The real time of arrival, for measuring intervals.
    pub received: Instant,
    /// The real time at which the answer had been handed to the connection.
    pub answered: Option<Instant>,
    /// The HTTP method.
    pub method: String,
    /// The path, as sent.
    pub path: String,
    /// The query, as sent.
    pub query: Option<String>,
    /// The name of the endpoint, as faults use it; empty for an address that belongs to none.
    pub endpoint: String,
    /// The headers in order, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body, as sent; empty when it was too large to be accepted.
    pub body: Vec<u8>,
    /// The UKPRN of the provider that the request was made for, when it could be told.
    pub ukprn: Option<String>,
    /// The status that was answered; `None` while no answer has been made, or when the connection
    /// was cut instead.
    pub status: Option<u16>,
    /// Whether a fault shaped the answer.
    pub faulted: bool,
    /// Whether the client went away before the answer had been handed over whole.
    pub abandoned: bool,
}

impl RecordedRequest {
    /// The first header of this name, whatever its case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The token of the `Authorization: Bearer` header.
    pub fn bearer(&self) -> Option<&str> {
        bearer(self.header("authorization")?)
    }

    /// The decoded query, in order.
    pub fn query_pairs(&self) -> Vec<(String, String)> {
        pairs(self.query.as_deref().unwrap_or_default().as_bytes())
    }

    /// The decoded value of the first query parameter of this name.
    pub fn query_value(&self, name: &str) -> Option<String> {
        first(self.query_pairs(), name)
    }

    /// The decoded form fields, in order; empty unless the body is a form.
    pub fn form(&self) -> Vec<(String, String)> {
        if self.is_form() { pairs(&self.body) } else { Vec::new() }
    }

    /// The decoded value of the first form field of this name.
    pub fn form_value(&self, name: &str) -> Option<String> {
        first(self.form(), name)
    }

    /// The body as JSON, when it is.
    pub fn json(&self) -> Option<Value> {
        serde_json::from_slice(&self.body).ok()
    }

    fn is_form(&self) -> bool {
        self.header("content-type").is_some_and(|value| media_type(value) == "application/x-www-form-urlencoded")
    }

    /// The view of this request that shows no secret and no token.
    pub fn masked(&self) -> Value {
        let at = Timestamp::try_from(self.at).unwrap_or(Timestamp::MAX);
        let headers: Map<String, Value> =
            self.headers.iter().map(|(name, value)| (name.clone(), masked_header(name, value).into())).collect();
        let query: Vec<Value> = masked_pairs(self.query_pairs());
        json!({
            "number": self.number,
            "at": at.to_string(),
            "endpoint": self.endpoint,
            "method": self.method,
            "path": self.path,
            "query": query,
            "headers": headers,
            "body": self.masked_body(),
            "bodyBytes": self.body.len(),
            "ukprn": self.ukprn,
            "status": self.status,
            "faulted": self.faulted,
            "abandoned": self.abandoned,
            "milliseconds": self.answered.map(|answered| answered.duration_since(self.received).as_millis() as u64),
        })
    }

    /// The body without secrets: form fields as pairs, JSON as it is, other text only where no
    /// credentials are expected.
    fn masked_body(&self) -> Value {
        if self.body.is_empty() {
            return Value::Null;
        }
        if self.is_form() {
            return Value::Array(masked_pairs(self.form()));
        }
        if let Some(mut value) = self.json() {
            mask_members(&mut value);
            return value;
        }
        let is_xml = self.header("content-type").map(media_type);
        let is_xml = is_xml.is_some_and(|kind| kind == "text/xml" || kind == "application/xml");
        match std::str::from_utf8(&self.body) {
            Ok(text) if is_xml => masked_xml(text).map_or_else(|| self.size().into(), Value::from),
            Ok(text) if !self.takes_credentials() && text.len() <= 4096 => text.into(),
            _ => self.size().into(),
        }
    }

    /// Whether credentials are expected in the body.
    fn takes_credentials(&self) -> bool {
        self.endpoint == "token" || ["lrs/", "linkage/"].iter().any(|start| self.endpoint.starts_with(start))
    }

    fn size(&self) -> String {
        format!("({} bytes)", self.body.len())
    }
}

/// The media type of a `Content-Type` value, without parameters and in lower case.
pub(crate) fn media_type(value: &str) -> String {
    value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// The token of an `Authorization` value, when its scheme is `Bearer`.
pub(crate) fn bearer(authorization: &str) -> Option<&str> {
    let (scheme, token) = authorization.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// The user and the password of an `Authorization` value, when its scheme is `Basic`.
pub(crate) fn basic(authorization: &str) -> Option<(String, String)> {
    let (scheme, encoded) = authorization.split_once(' ')?;
    let decoded = STANDARD.decode(encoded.trim()).ok().filter(|_| scheme.eq_ignore_ascii_case("basic"))?;
    let (user, password) = str::from_utf8(&decoded).ok()?.split_once(':')?;
    Some((user.to_owned(), password.to_owned()))
}

/// The pairs of a form or a query, decoded.
pub(crate) fn pairs(encoded: &[u8]) -> Vec<(String, String)> {
    form_urlencoded::parse(encoded).into_owned().collect()
}

fn first(pairs: Vec<(String, String)>, name: &str) -> Option<String> {
    pairs.into_iter().find(|(known, _)| known == name).map(|(_, value)| value)
}

fn is_secret(name: &str) -> bool {
    const SECRETS: [&str; 10] = [
        "client_secret",
        "access_token",
        "refresh_token",
        "client_assertion",
        "password",
        "orgpassword",
        "token",
        "linkagekey",
        "passphrase",
        "passphrasetolink",
    ];
    SECRETS.iter().any(|secret| name.eq_ignore_ascii_case(secret))
}

fn masked_pairs(pairs: Vec<(String, String)>) -> Vec<Value> {
    pairs
        .into_iter()
        .map(|(name, value)| {
            let shown = if is_secret(&name) { MASK.to_owned() } else { value };
            json!({ "name": name, "value": shown })
        })
        .collect()
}

fn masked_header(name: &str, value: &str) -> String {
    match name {
        "authorization" | "proxy-authorization" => match value.split_once(' ') {
            Some((scheme, _)) => format!("{scheme} {MASK}"),
            None => MASK.to_owned(),
        },
        "cookie" | "x-api-endusersessionid" => MASK.to_owned(),
        _ => value.to_owned(),
    }
}

fn mask_members(value: &mut Value) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                if is_secret(name) {
                    *member = MASK.into();
                } else {
                    mask_members(member);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(mask_members),
        _ => {}
    }
}

/// XML text without what its secret elements hold, when it is XML.
fn masked_xml(text: &str) -> Option<String> {
    let document = roxmltree::Document::parse(text).ok()?;
    let mut masked = String::with_capacity(text.len());
    let mut copied = 0;
    for node in document.descendants().filter(roxmltree::Node::is_element) {
        let range = node.range();
        // One secret may stand inside another.
        if range.start < copied {
            continue;
        }
        if is_secret(node.tag_name().name()) && node.has_children() {
            let name = text.get(range.start + 1..)?.split([' ', '\t', '\r', '\n', '>']).next()?;
            masked.push_str(text.get(copied..range.start)?);
            masked.push_str(&format!("<{name}>{MASK}</{name}>"));
            copied = range.end;
            continue;
        }
        for attribute in node.attributes().filter(|attribute| is_secret(attribute.name())) {
            let range = attribute.range_value();
            masked.push_str(text.get(copied..range.start)?);
            masked.push_str(MASK);
            copied = range.end;
        }
    }
    masked.push_str(text.get(copied..)?);
    Some(masked)
}

/// The requests received since the start, the last reset or the last clearing.
#[derive(Debug, Default)]
pub(crate) struct Recorder {
    requests: VecDeque<RecordedRequest>,
    body_bytes: usize,
    counted: u64,
}

impl Recorder {
    /// Enters a request and returns its number.
    pub(crate) fn enter(
        &mut self,
        at: SystemTime,
        method: &Method,
        uri: &Uri,
        headers: &HeaderMap,
        endpoint: &str,
        body: &[u8],
    ) -> u64 {
        self.counted += 1;
        self.body_bytes += body.len();
        self.requests.push_back(RecordedRequest {
            number: self.counted,
            at,
            received: Instant::now(),
            answered: None,
            method: method.to_string(),
            path: uri.path().to_owned(),
            query: uri.query().map(str::to_owned),
            endpoint: endpoint.to_owned(),
            headers: headers
                .iter()
                .map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
                .collect(),
            body: body.to_vec(),
            ukprn: None,
            status: None,
            faulted: false,
            abandoned: false,
        });
        while self.requests.len() > MOST_REQUESTS || self.body_bytes > MOST_BODY_BYTES {
            let Some(oldest) = self.requests.pop_front() else { break };
            self.body_bytes -= oldest.body.len();
        }
        self.counted
    }

    /// The request with this number, while it is kept.
    pub(crate) fn entry(&mut self, number: u64) -> Option<&mut RecordedRequest> {
        let index = number.checked_sub(self.requests.front()?.number)?;
        self.requests.get_mut(usize::try_from(index).ok()?)
    }

    pub(crate) fn all(&self) -> impl DoubleEndedIterator<Item = &RecordedRequest> {
        self.requests.iter()
    }

    /// All kept requests in one piece.
    pub(crate) fn contiguous(&mut self) -> &[RecordedRequest] {
        self.requests.make_contiguous()
    }

    /// Forgets the requests and goes on counting.
    pub(crate) fn clear(&mut self) {
        self.requests.clear();
        self.body_bytes = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recorded(content_type: &'static str, body: &[u8]) -> RecordedRequest {
        let mut headers = HeaderMap::new();
        headers.insert("content-type", content_type.parse().unwrap());
        headers.insert("authorization", "Bearer eyJsecret".parse().unwrap());
        let mut recorder = Recorder::default();
        let uri = "/x/oauth2/token?client_secret=hush&a=%C3%A9+b".parse().unwrap();
        let number = recorder.enter(SystemTime::UNIX_EPOCH, &Method::POST, &uri, &headers, "token", body);
        recorder.entry(number).unwrap().clone()
    }

    #[test]
    fn the_full_view_decodes_forms_and_queries() {
        let request =
            recorded("application/x-www-form-urlencoded; charset=utf-8", b"client_secret=s3c%2Bret%2F%3D1&b=x+y");
        assert_eq!(request.form_value("client_secret").as_deref(), Some("s3c+ret/=1"));
        assert_eq!(request.form_value("b").as_deref(), Some("x y"));
        assert_eq!(request.query_value("a").as_deref(), Some("é b"));
        assert_eq!(request.bearer(), Some("eyJsecret"));
    }

    #[test]
    fn the_masked_view_holds_neither_secrets_nor_tokens() {
        for (content_type, body) in [
            ("application/x-www-form-urlencoded", &b"client_secret=hush&client_id=cid-a"[..]),
            ("application/json", br#"{"a":[{"Client_Secret":"hush"}]}"#),
            ("text/plain", b"client_secret=hush"),
            ("text/xml", b"<a xmlns='urn:x'><b:OrgPassword xmlns:b='urn:y'>hu<![CDATA[sh]]>hush</b:OrgPassword></a>"),
            ("text/xml; charset=utf-8", b"<a><Password>hush<Password>hush</Password>hush</Password></a>"),
            ("text/xml", b"<a><Password>hush</a>"),
            ("application/xml", b"<a passphrase='hush' b='c' passphraseToLink=\"hush\"><b passphrase='hush'/></a>"),
            ("application/json", br#"{"Token":"hush","linkageKey":"hush","b":{"passphraseToLink":["hush"]}}"#),
        ] {
            let view = recorded(content_type, body).masked().to_string();
            assert!(!view.contains("hush") && !view.contains("eyJsecret"), "{view}");
        }
    }

    #[test]
    fn old_requests_make_room_for_new_ones() {
        let mut recorder = Recorder::default();
        for _ in 0..MOST_REQUESTS + 5 {
            let uri = "/".parse().unwrap();
            recorder.enter(SystemTime::UNIX_EPOCH, &Method::GET, &uri, &HeaderMap::new(), "", b"");
        }
        assert_eq!(recorder.all().count(), MOST_REQUESTS);
        assert!(recorder.entry(1).is_none());
        assert_eq!(recorder.entry(6).map(|entry| entry.number), Some(6));
    }
}
