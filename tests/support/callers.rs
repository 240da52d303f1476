//! Programs that call a gateway with tokens of the sandbox's hmpps-auth.

use std::time::Duration;

use learnerlink_sandbox::Sandbox;
use reqwest::Client;
use serde_json::Value;

/// A plain HTTP client that follows no redirects.
pub fn http() -> Client {
    // Only the first of several tests in one program gets to install it, and any will do.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let builder = Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy();
    builder.timeout(Duration::from_secs(20)).build().unwrap()
}

/// A token of one of the sandbox's clients: `ui`, `ro`, `sar`, `all` or `none`.
pub async fn token(http: &Client, sandbox: &Sandbox, caller: &str) -> String {
    let url = format!("{}/hmpps-auth/auth/oauth/token?grant_type=client_credentials", sandbox.url());
    let request = http.post(url).basic_auth(format!("{caller}-client"), Some(format!("s3c+ret/={caller}")));
    let answer: Value = request.header("content-length", 0).send().await.unwrap().json().await.unwrap();
    answer["access_token"].as_str().unwrap().to_owned()
}
