//! Asks the SIF exchange of a sandbox as a consumer of records would.

#![allow(dead_code, reason = "each test program uses its own part")]

use std::sync::atomic::{AtomicU32, Ordering};

use learnerlink_sandbox::{Sandbox, SifCredential, SifProfile};
use reqwest::header::HeaderMap;
use reqwest::{Client, Method, RequestBuilder};
use serde_json::Value;

use super::client::http;

pub const PROFILES: [SifProfile; 2] = [SifProfile::Reference, SifProfile::Strict];

/// 2026-11-22T08:15:30Z, the moment of the second vector.
pub const MOMENT: i64 = 1_795_335_330;

/// The timestamp and the authorization of the second vector.
pub const V2_TIMESTAMP: &str = "2026-11-22T08:15:30.000Z";
pub const V2: &str = "SIF_HMACSHA256 NWIwYzdhNTItM2Q2NC00ZjBlLTlhNzctMmY2ZjBkMWM5ZTEwOk5LUm1FM0hBbnBzR1Bzdi9DVC9yRHFXbjdoRjNqUDRsRlFOSnN2RlRpN2s9";

pub const ALDER: &str = ";zoneId=alder;contextId=DEFAULT";

/// The record of the first student as service 5 sees it, without white space between elements.
pub const NAME_AND_ID: &str =
    "<name><familyName>Winterbourne</familyName><givenName>Talia</givenName></name><localId>700001</localId>";

/// A sandbox at the moment of the second vector.
pub fn sandbox(profile: SifProfile) -> Sandbox {
    Sandbox::builder().clock_start(MOMENT).sif_profile(profile).start().unwrap()
}

/// A request that is right in every way until a test changes it.
pub struct Ask {
    http: Client,
    base: String,
    method: Method,
    path: String,
    headers: Vec<(String, String)>,
    body: String,
}

impl Ask {
    /// The request of the base data, with the second vector.
    pub fn with_vector(sandbox: &Sandbox) -> Self {
        let headers = [
            // The client would send `*/*`, which is refused.
            ("accept", "application/xml; charset=UTF-8"),
            ("authorization", V2),
            ("timestamp", V2_TIMESTAMP),
            ("authorizedEntityId", "2"),
            ("districtStudentId", "700001"),
            ("externalServiceId", "5"),
            ("objectType", "xSre"),
        ];
        Self {
            http: http(),
            base: sandbox.url(),
            method: Method::GET,
            path: format!("/sif/ears/xSres/700001{ALDER}"),
            headers: headers.map(|(name, value)| (name.to_owned(), value.to_owned())).into(),
            body: String::new(),
        }
    }

    /// The same with a signature of its own, so that it can be sent beside others.
    pub fn new(sandbox: &Sandbox) -> Self {
        // Never the millisecond of the vector, which some tests send as well.
        static SIGNED: AtomicU32 = AtomicU32::new(1);
        let later = SIGNED.fetch_add(1, Ordering::Relaxed) % 100_000;
        Self::with_vector(sandbox).signed_at(sandbox.unix_now() * 1000 + i64::from(later))
    }

    /// Signs for a moment, in milliseconds.
    pub fn signed_at(self, milliseconds: i64) -> Self {
        let moment = jiff::Timestamp::from_millisecond(milliseconds).unwrap();
        self.signed(&moment.strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string())
    }

    /// Signs exactly this timestamp.
    pub fn signed(self, timestamp: &str) -> Self {
        let authorization = SifCredential::invented()[0].authorization(timestamp);
        self.set("timestamp", timestamp).set("authorization", &authorization)
    }

    /// Asks for the record of another student, entity and service.
    pub fn of(self, student: &str, entity: i32, service: i32) -> Self {
        self.set("districtStudentId", student)
            .set("authorizedEntityId", &entity.to_string())
            .set("externalServiceId", &service.to_string())
            .to(&format!("/sif/ears/xSres/{student}{ALDER}"))
    }

    pub fn set(mut self, name: &str, value: &str) -> Self {
        self = self.without(name);
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn without(mut self, name: &str) -> Self {
        self.headers.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
        self
    }

    pub fn to(mut self, path: &str) -> Self {
        path.clone_into(&mut self.path);
        self
    }

    pub fn method(mut self, method: Method) -> Self {
        self.method = method;
        self
    }

    pub fn body(mut self, body: &str) -> Self {
        body.clone_into(&mut self.body);
        self
    }

    pub fn request(self) -> RequestBuilder {
        let mut request = self.http.request(self.method, format!("{}{}", self.base, self.path));
        for (name, value) in self.headers {
            request = request.header(name, value);
        }
        if self.body.is_empty() { request } else { request.body(self.body) }
    }

    pub async fn send(self) -> Told {
        told(self.request()).await
    }
}

/// What an answer says.
#[derive(Debug)]
pub struct Told {
    pub status: u16,
    pub headers: HeaderMap,
    pub text: String,
}

pub async fn told(request: RequestBuilder) -> Told {
    let answer = request.send().await.unwrap();
    let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
    Told { status, headers, text: answer.text().await.unwrap() }
}

impl Told {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_default()
    }

    /// The text of an element of an error body.
    pub fn part(&self, name: &str) -> String {
        let document = roxmltree::Document::parse(&self.text).unwrap_or_else(|_| panic!("{self:?}"));
        let part = document.root_element().children().find(|node| node.has_tag_name(name));
        part.and_then(|part| part.text()).unwrap_or_default().to_owned()
    }

    /// The status and the description of an error body.
    pub fn outcome(&self) -> (u16, String) {
        assert_eq!(self.part("code"), self.status.to_string());
        (self.status, self.part("description"))
    }

    /// What stands inside the root of a record, without white space between elements.
    pub fn inside(&self) -> String {
        assert_eq!(self.status, 200, "{self:?}");
        let text: String = self.text.lines().map(str::trim).collect();
        let root = &text[text.find("<xSre").unwrap()..];
        let start = root.find('>').unwrap() + 1;
        root[start..].trim_end_matches("</xSre>").to_owned()
    }
}

/// Asks the control interface and returns status and document.
pub async fn control(sandbox: &Sandbox, call: &str, body: Option<Value>) -> (u16, Value) {
    let (method, path) = call.split_once(' ').unwrap();
    let request = http().request(method.parse().unwrap(), format!("{}/_sandbox/sif/{path}", sandbox.url()));
    let answer = told(match body {
        Some(body) => request.json(&body),
        None => request,
    })
    .await;
    (answer.status, answer.json())
}
