//! Asks a sandbox the way a management information system would.

#![allow(dead_code, reason = "each test program uses its own part")]

use std::time::Duration;

use learnerlink_sandbox::{RESOURCE, Sandbox, TENANT_ID};
use reqwest::{Client, RequestBuilder, Response, StatusCode, redirect};
use serde_json::{Value, json};

pub const NORTHBRIDGE: &str = "10099901";
pub const SOUTHMOOR: &str = "10099902";
pub const ORLA: &str = "5123456782";
pub const JUDE: &str = "8112233445";

/// A plain HTTP client that follows no redirects.
pub fn http() -> Client {
    // Only the first of several tests in one program gets to install it, and any will do.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder()
        .redirect(redirect::Policy::none())
        .timeout(Duration::from_secs(20))
        .no_gzip()
        .build()
        .expect("the TLS provider is installed above")
}

/// The form that asks for a token.
pub fn credentials(client_id: &str, secret: &str) -> Vec<(&'static str, String)> {
    vec![
        ("grant_type", "client_credentials".to_owned()),
        ("client_id", client_id.to_owned()),
        ("client_secret", secret.to_owned()),
        ("resource", RESOURCE.to_owned()),
    ]
}

pub fn token_url(sandbox: &Sandbox) -> String {
    format!("{}/{TENANT_ID}/oauth2/token", sandbox.url())
}

/// A provider with a token.
pub struct Provider {
    pub http: Client,
    pub base: String,
    pub token: String,
}

impl Provider {
    pub async fn northbridge(sandbox: &Sandbox) -> Self {
        Self::sign_in(sandbox, "cid-a", "s3c+ret/=1").await
    }

    pub async fn southmoor(sandbox: &Sandbox) -> Self {
        Self::sign_in(sandbox, "cid-b", "s3c~ret&=2").await
    }

    pub async fn sign_in(sandbox: &Sandbox, client_id: &str, secret: &str) -> Self {
        let http = http();
        let answer = http.post(token_url(sandbox)).form(&credentials(client_id, secret)).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK);
        let document: Value = answer.json().await.unwrap();
        let token = document["access_token"].as_str().unwrap().to_owned();
        Self { http, base: sandbox.api_url(), token }
    }

    pub fn get(&self, path: &str) -> RequestBuilder {
        self.http.get(format!("{}{path}", self.base)).bearer_auth(&self.token)
    }

    pub fn post(&self, path: &str) -> RequestBuilder {
        self.http.post(format!("{}{path}", self.base)).bearer_auth(&self.token)
    }

    /// Opens a QR share.
    pub async fn qr(&self) -> Value {
        let answer = self.get("generate-qr-code").send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK);
        answer.json().await.unwrap()
    }

    /// Opens a QR share and returns its handle.
    pub async fn qr_id(&self) -> String {
        self.qr().await["correlationId"].as_str().unwrap().to_owned()
    }

    /// Opens a push share to Orla.
    pub async fn push(&self) -> Value {
        let answer = self.post("learner/share-request").json(&orla()).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK);
        answer.json().await.unwrap()
    }

    pub async fn poll(&self, correlation_id: &str) -> Response {
        self.get("learner-data").query(&[("correlationId", correlation_id)]).send().await.unwrap()
    }

    pub async fn by_uln(&self, uln: &str) -> Response {
        self.get("learner-data").query(&[("uln", uln)]).send().await.unwrap()
    }
}

/// Orla as a provider describes her.
pub fn orla() -> Value {
    json!({ "MobileNumber": "07700900123", "DateOfBirth": "2008-09-02T00:00:00" })
}

/// Checks that an answer is a problem document and returns its detail.
pub async fn problem(answer: Response, status: u16) -> String {
    assert_eq!(answer.status().as_u16(), status);
    assert_eq!(answer.headers()["content-type"], "application/problem+json");
    let document: Value = answer.json().await.unwrap();
    assert_eq!(document["status"], status);
    assert!(document["traceId"].as_str().unwrap().starts_with("00-"));
    assert!(document["type"].is_string() && document["title"].is_string());
    document["detail"].as_str().unwrap().to_owned()
}
