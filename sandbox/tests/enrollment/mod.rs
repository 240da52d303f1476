//! Plays the backend and the student administration of a host institution towards a sandbox.

#![allow(dead_code, reason = "each test program uses its own part")]

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap as Headers, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use learnerlink_sandbox::{EnrollmentBackend, Sandbox};
use reqwest::header::HeaderMap;
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use super::client::http;

pub const FENNA: &str = "edu-fenna-01";
pub const JORIS: &str = "edu-joris-02";
pub const AMINA: &str = "edu-amina-03";
pub const TOMAS: &str = "edu-tomas-04";
pub const INGRID: &str = "ingrid.solheim@fjord.example";
pub const MEES: &str = "edu-mees-08";

pub const SIS: (&str, &str) = ("sis-gouwe", "s3c+ret/=sis");
pub const BROKER: (&str, &str) = ("broker", "s3c+ret/=broker");

/// 2026-11-22T09:00:00Z, which is ten o'clock at the host institution.
pub const MOMENT: i64 = 1_795_338_000;

/// What a backend answers when it accepts.
pub const ACCEPTED: &str = r#"{"result":"ok","code":200,"message":"Welcome","oo-api-offering-id":"x"}"#;

/// The identifier of an offering by its number.
pub fn offering(number: u32) -> String {
    format!("6f0d1c52-7f3e-4c0c-9a53-3f9d5a5d{number:04}")
}

/// A sandbox at the moment of the specification's cases.
pub fn sandbox() -> Sandbox {
    Sandbox::builder().clock_start(MOMENT).seed(1).start().unwrap()
}

/// What a backend heard.
#[derive(Clone, Debug)]
pub struct Heard {
    pub headers: Headers,
    pub body: String,
}

impl Heard {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }
}

type Answer = (u16, Option<&'static str>, String);

#[derive(Default)]
struct Script {
    heard: Vec<Heard>,
    answers: VecDeque<Answer>,
}

/// A backend, or a token endpoint, that says what it is told to.
pub struct Backend {
    pub url: String,
    script: Arc<Mutex<Script>>,
}

impl Backend {
    /// Starts a server that the sandbox does not know of yet.
    pub async fn unknown() -> Self {
        let script = Arc::new(Mutex::new(Script::default()));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/api/start", listener.local_addr().unwrap());
        let router = Router::new().route("/api/start", post(hear)).with_state(Arc::clone(&script));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { url, script }
    }

    /// Starts a backend that the sandbox asks.
    pub async fn of(sandbox: &Sandbox) -> Self {
        let backend = Self::unknown().await;
        sandbox.enrollment_backend(EnrollmentBackend::basic(&backend.url, "receiver", "s3c+ret/=start"));
        backend
    }

    /// Gives this answer to the next request for which none is given yet.
    pub fn answer(&self, status: u16, kind: Option<&'static str>, body: &str) {
        self.script.lock().unwrap().answers.push_back((status, kind, body.to_owned()));
    }

    /// Answers this JSON with 200.
    pub fn say(&self, body: &str) {
        self.answer(200, Some("application/json"), body);
    }

    pub fn heard(&self) -> Vec<Heard> {
        self.script.lock().unwrap().heard.clone()
    }
}

async fn hear(State(script): State<Arc<Mutex<Script>>>, headers: Headers, body: Bytes) -> Response {
    let mut script = script.lock().unwrap();
    script.heard.push(Heard { headers, body: String::from_utf8(body.into()).unwrap() });
    let usual = (200, Some("application/json"), ACCEPTED.to_owned());
    let (status, kind, body) = script.answers.pop_front().unwrap_or(usual);
    let mut answer = body.into_response();
    *answer.status_mut() = StatusCode::from_u16(status).unwrap();
    answer.headers_mut().remove("content-type");
    if let Some(kind) = kind {
        answer.headers_mut().insert("content-type", kind.parse().unwrap());
    }
    answer
}

/// What an answer says.
#[derive(Clone, Debug)]
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

    /// Checks that the receiver's framework refuses, and returns its message.
    pub fn framework(&self, status: u16) -> String {
        assert_eq!(self.status, status, "{self:?}");
        let body = self.json();
        assert_eq!(body["status"], status, "{self:?}");
        assert!(body["error"].is_string() && body["timestamp"].is_string(), "{self:?}");
        assert!(body["path"].as_str().unwrap().starts_with("/enrollment/receiver/"), "{self:?}");
        body["message"].as_str().unwrap().to_owned()
    }

    /// Checks that the receiver reports a refusal, and returns its body.
    pub fn report(&self, status: u16, name: &str, description: &str) -> Value {
        assert_eq!(self.status, status, "{self:?}");
        let body = self.json();
        assert_eq!((&body["error"], &body["status"]), (&json!(true), &json!(name)), "{self:?}");
        assert!(body["description"].as_str().unwrap().starts_with(description), "{self:?}");
        let reference: u32 = body["reference"].as_str().unwrap().parse().unwrap();
        assert!(reference <= 10_000 && body["message"].is_string());
        body
    }
}

/// A request to the receiver without credentials.
pub fn request(sandbox: &Sandbox, method: &str, path: &str) -> RequestBuilder {
    let method: Method = method.parse().unwrap();
    http().request(method, format!("{}/enrollment/receiver{path}", sandbox.url()))
}

/// A request of the student administration.
pub async fn sis(sandbox: &Sandbox, method: &str, path: &str, body: Option<Value>) -> Told {
    let request = request(sandbox, method, path).basic_auth(SIS.0, Some(SIS.1));
    told(match body {
        Some(body) => request.json(&body),
        None => request,
    })
    .await
}

/// The start of the broker for an enrolment.
pub fn starting(sandbox: &Sandbox, correlation_id: &str) -> RequestBuilder {
    let request = request(sandbox, "POST", "/api/start").basic_auth(BROKER.0, Some(BROKER.1));
    request.header("X-Correlation-ID", correlation_id).json(&json!({ "offeringId": offering(1) }))
}

/// Logs a student in and starts an enrolment.
pub async fn start(sandbox: &Sandbox, person: &str) -> Told {
    told(starting(sandbox, &sandbox.enrollment_login(person).unwrap())).await
}

/// What is sent to create an association.
pub fn association(number: u32, request_id: &str) -> Value {
    json!({
        "role": "student", "state": "associated", "remoteState": "associated",
        "offering": { "offeringId": offering(number), "offeringType": "course" },
        "ext": { "requestId": request_id },
    })
}

/// Creates an association for a student who has logged in.
pub async fn associate(sandbox: &Sandbox, person: &str, number: u32, request_id: &str) -> Told {
    let path = format!("/associations/external/{}", person.replace('@', "%40"));
    sis(sandbox, "POST", &path, Some(association(number, request_id))).await
}

/// Creates an association and returns its identifier.
pub async fn associated(sandbox: &Sandbox, person: &str, number: u32) -> String {
    let answer = associate(sandbox, person, number, "r-1").await;
    assert_eq!(answer.status, 201, "{answer:?}");
    answer.json()["associationId"].as_str().unwrap().to_owned()
}

/// Asks the control interface and returns status and document.
pub async fn control(sandbox: &Sandbox, call: &str, body: Option<Value>) -> (u16, Value) {
    let (method, path) = call.split_once(' ').unwrap();
    let request = http().request(method.parse().unwrap(), format!("{}/_sandbox/enrollment/{path}", sandbox.url()));
    let answer = told(match body {
        Some(body) => request.json(&body),
        None => request,
    })
    .await;
    (answer.status, answer.json())
}
