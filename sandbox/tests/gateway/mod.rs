//! Asks the gateway of a sandbox as another program would.

#![allow(dead_code, reason = "each test program uses its own part")]

use learnerlink_sandbox::Sandbox;
use reqwest::{Client, Method, RequestBuilder, Response};
use serde_json::Value;

use super::client::http;

/// A program that has signed in at a gateway.
pub struct Gateway {
    pub http: Client,
    pub base: String,
    pub token: String,
}

impl Gateway {
    /// Signs in as one of the invented programs: `ui`, `ro`, `sar`, `all` or `none`.
    pub async fn sign_in(sandbox: &Sandbox, name: &str) -> Self {
        let base = format!("{}/learner-records", sandbox.url());
        Self { http: http(), base, token: Self::token(sandbox, name).await }
    }

    /// A token of one of the invented programs.
    pub async fn token(sandbox: &Sandbox, name: &str) -> String {
        Self::token_over(&http(), sandbox, name).await
    }

    /// As [`Self::token`], over a client that is there already, because making one takes a while.
    pub async fn token_over(http: &Client, sandbox: &Sandbox, name: &str) -> String {
        let request = token_request(http, sandbox, &format!("{name}-client"), &format!("s3c+ret/={name}"));
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), 200);
        answer.json::<Value>().await.unwrap()["access_token"].as_str().unwrap().to_owned()
    }

    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.http.request(method, format!("{}{path}", self.base));
        request.bearer_auth(&self.token).header("x-username", "clerk@example.test")
    }

    pub fn get(&self, path: &str) -> RequestBuilder {
        self.request(Method::GET, path)
    }

    pub fn post(&self, path: &str) -> RequestBuilder {
        self.request(Method::POST, path)
    }
}

/// Asks for a token with these credentials.
pub async fn ask_token(sandbox: &Sandbox, client_id: &str, secret: &str) -> Response {
    token_request(&http(), sandbox, client_id, secret).send().await.unwrap()
}

fn token_request(http: &Client, sandbox: &Sandbox, client_id: &str, secret: &str) -> RequestBuilder {
    let url = format!("{}/hmpps-auth/auth/oauth/token?grant_type=client_credentials", sandbox.url());
    let request = http.post(url).basic_auth(client_id, Some(secret));
    request.header("content-type", "application/x-www-form-urlencoded").header("content-length", 0)
}

/// Asks the control interface: a method, a blank and a path.
pub fn ask_control(sandbox: &Sandbox, call: &str, body: Option<&Value>) -> RequestBuilder {
    ask_control_over(&http(), sandbox, call, body)
}

/// As [`ask_control`], over a client that is there already.
pub fn ask_control_over(http: &Client, sandbox: &Sandbox, call: &str, body: Option<&Value>) -> RequestBuilder {
    let (method, path) = call.split_once(' ').unwrap();
    let url = format!("{}/_sandbox/{path}", sandbox.url());
    let request = http.request(Method::from_bytes(method.as_bytes()).unwrap(), url);
    match body {
        Some(body) => request.json(body),
        None => request,
    }
}
