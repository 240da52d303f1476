//! Asks the linkage suppliers of a sandbox as a patient-facing service would.

#![allow(dead_code, reason = "each test program uses its own part")]

use learnerlink_sandbox::{LINKAGE_EMIS_APPLICATION, LINKAGE_TPP_PROVIDER, Sandbox};
use reqwest::{Client, RequestBuilder, Response};
use serde_json::{Value, json};

use super::client::http;

pub const OPEN: &str = "A12345";
pub const BLOCKED: &str = "B23456";
pub const OTHER: &str = "C34567";

/// The key that the first patient begins with.
pub const FIRST_KEY: &str = "K7CDX4RTMN9PQ3WHJV";

/// A number that no organisation has.
pub const NOBODY: &str = "9995550164";

/// Ordinal numbers of patients as the specification gives them.
pub const P1: &str = "9990123403";
pub const P2: &str = "9990123411";
pub const P3: &str = "9990123438";
pub const P4: &str = "9990123446";
pub const P5: &str = "9990123454";
pub const P6: &str = "9990123462";
pub const P7: &str = "9990123470";
pub const P8: &str = "9995550156";
pub const P9: &str = "9995550121";
pub const P10: &str = "9995550148";

/// A sandbox on 22 November 2026.
pub fn sandbox() -> Sandbox {
    Sandbox::builder().clock_start(1_795_332_480).start().unwrap()
}

/// Whether `text` has the shape of a key that was made by a sandbox.
pub fn is_key(text: &str) -> bool {
    text.len() == 18 && text.bytes().all(|byte| b"34679CDFGHJKMNPQRTVWXY".contains(&byte))
}

/// What an answer says: status, the headers that matter, and the document, if it is one.
#[derive(Debug)]
pub struct Told {
    pub status: u16,
    pub headers: reqwest::header::HeaderMap,
    pub text: String,
    pub json: Value,
}

impl Told {
    pub async fn by(answer: Response) -> Self {
        let status = answer.status().as_u16();
        let headers = answer.headers().clone();
        let text = answer.text().await.unwrap();
        let json = serde_json::from_str(&text).unwrap_or_default();
        Self { status, headers, text, json }
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    pub fn text(&self, name: &str) -> &str {
        self.json[name].as_str().unwrap_or_default()
    }

    /// The status and the code of a refusal of the `native` supplier.
    pub fn outcome(&self) -> (u16, &str) {
        (self.status, self.text("code"))
    }
}

pub async fn told(request: RequestBuilder) -> Told {
    Told::by(request.send().await.unwrap()).await
}

/// A program that has signed in at the `native` supplier.
#[derive(Clone)]
pub struct Native {
    pub http: Client,
    pub base: String,
    pub token: String,
}

impl Native {
    pub async fn sign_in(sandbox: &Sandbox) -> Self {
        Self::with(sandbox, "linkage-client", "s3c+ret/=linkage").await
    }

    pub async fn with(sandbox: &Sandbox, client_id: &str, secret: &str) -> Self {
        let http = http();
        let answer = told(ask_token(&http, sandbox, client_id, secret, "")).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        let base = format!("{}/linkage/native/im1/linkage/v1", sandbox.url());
        Self { http, base, token: answer.text("access_token").to_owned() }
    }

    pub fn post(&self, path: &str, trace: (&str, &str), body: &Value) -> RequestBuilder {
        let request = self.http.post(format!("{}/{path}", self.base)).bearer_auth(&self.token);
        request.header(trace.0, trace.1).json(body)
    }

    pub async fn retrieve(&self, ods: &str, nhs_number: &str) -> Told {
        let body = json!({ "odsCode": ods, "nhsNumber": nhs_number });
        let answer = told(self.post("retrieve", ("TransactionId", "trace-1"), &body)).await;
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        assert_eq!(answer.header("transactionid"), Some("trace-1"));
        answer
    }

    /// Asks for a key: organisation, number, surname, date of birth.
    pub async fn create(&self, correlation_id: &str, person: [&str; 4]) -> Told {
        let answer = told(self.post("create", ("CorrelationID", correlation_id), &request(person))).await;
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        assert_eq!(answer.header("correlationid"), Some(correlation_id));
        answer
    }
}

/// The body that asks for a key.
pub fn request([ods, nhs_number, surname, born]: [&str; 4]) -> Value {
    json!({ "odsCode": ods, "nhsNumber": nhs_number, "surname": surname, "dateOfBirth": born })
}

/// Asks the `native` supplier for a token.
pub fn ask_token(http: &Client, sandbox: &Sandbox, client_id: &str, secret: &str, scope: &str) -> RequestBuilder {
    let form =
        [("grant_type", "client_credentials"), ("client_id", client_id), ("client_secret", secret), ("scope", scope)];
    http.post(format!("{}/linkage/native/oauth/token", sandbox.url())).form(&form)
}

/// A program in a session of the `emis` supplier.
pub struct Emis {
    pub http: Client,
    pub base: String,
    pub session: String,
}

impl Emis {
    pub async fn open(sandbox: &Sandbox) -> Self {
        let mut emis = Self { http: http(), base: format!("{}/linkage/emis", sandbox.url()), session: String::new() };
        let answer = told(emis.post("sessions/endusersession").json(&json!({}))).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        emis.session = answer.text("EndUserSessionId").to_owned();
        emis
    }

    pub fn post(&self, path: &str) -> RequestBuilder {
        let request = self.http.post(format!("{}/{path}", self.base));
        let request =
            request.header("X-API-ApplicationId", LINKAGE_EMIS_APPLICATION).header("X-API-Version", "2.1.0.0");
        if self.session.is_empty() { request } else { request.header("X-API-EndUserSessionId", &self.session) }
    }

    pub async fn verify(&self, ods: &str, nhs_number: &str) -> Told {
        let body = json!({ "NationalPracticeCode": ods, "NhsNumber": nhs_number, "Token": "identity" });
        told(self.post("me/verifications").json(&body)).await
    }

    pub async fn register(&self, ods: &str, nhs_number: &str) -> Told {
        let body = json!({ "NationalPracticeCode": ods, "NhsNumber": nhs_number, "EmailAddress": "a@example.test" });
        told(self.post("users/nhs").json(&body)).await
    }
}

/// A request to the `tpp` supplier: organisation, number, surname, date of birth.
pub fn link_account([ods, nhs_number, surname, born]: [&str; 4], retrieve_only: bool) -> String {
    let mode = if retrieve_only { "retrieveOnly=\"y\"" } else { "emailAddress=\"a@example.test\"" };
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><LinkAccount apiVersion=\"1\" uuid=\"u-1\" organisationCode=\"{ods}\" \
         lastName=\"{surname}\" dateOfBirth=\"{born}\" nhsNumber=\"{nhs_number}\" {mode}><Application name=\"LearnerLink\" \
         version=\"1.0\" providerId=\"{LINKAGE_TPP_PROVIDER}\" deviceType=\"server\"/></LinkAccount>"
    )
}

/// Sends a message to the `tpp` supplier.
pub fn post_tpp(sandbox: &Sandbox, body: impl Into<reqwest::Body>) -> RequestBuilder {
    let request = http().post(format!("{}/linkage/tpp", sandbox.url()));
    request.header("type", "LinkAccount").header("content-type", "text/xml; charset=utf-8").body(body)
}

/// Asks the control interface and returns status and document.
pub async fn control(sandbox: &Sandbox, call: &str, body: Option<Value>) -> (u16, Value) {
    let (method, path) = call.split_once(' ').unwrap();
    let request = http().request(method.parse().unwrap(), format!("{}/_sandbox/linkage/{path}", sandbox.url()));
    let answer = told(match body {
        Some(body) => request.json(&body),
        None => request,
    })
    .await;
    (answer.status, answer.json)
}
