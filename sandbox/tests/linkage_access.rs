//! Proves who may ask the `native` linkage supplier, and what it says to requests that are none.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod client;
mod linkage;

use std::time::Duration;

use client::http;
use linkage::*;
use serde_json::{Value, json};

#[tokio::test]
async fn a_token_names_its_scopes_and_its_life() {
    let sandbox = sandbox();
    sandbox.configure(|settings| settings.token_life_seconds = 60);
    let scopes = "linkage.retrieve linkage.create";
    for (asked, given) in [("", scopes), (scopes, scopes), ("linkage.create", "linkage.create")] {
        let answer = told(ask_token(&http(), &sandbox, "linkage-client", "s3c+ret/=linkage", asked)).await;
        assert_eq!((answer.status, answer.header("cache-control")), (200, Some("no-store")));
        assert_eq!((answer.text("token_type"), &answer.json["expires_in"]), ("Bearer", &json!(60)));
        assert_eq!(answer.text("scope"), given);
    }
    let native = Native::sign_in(&sandbox).await;
    sandbox.advance(Duration::from_secs(59));
    assert_eq!(native.retrieve(OPEN, P1).await.status, 200);
    sandbox.advance(Duration::from_secs(1));
    assert_eq!(native.retrieve(OPEN, P1).await.outcome(), (401, "UNAUTHENTICATED"));
}

#[tokio::test]
async fn a_wrong_request_for_a_token_says_what_is_wrong() {
    let sandbox = sandbox();
    let ask = |id, secret, scope| ask_token(&http(), &sandbox, id, secret, scope);
    let url = format!("{}/linkage/native/oauth/token", sandbox.url());
    let form = |text: &str| {
        http().post(&url).header("content-type", "application/x-www-form-urlencoded").body(text.to_owned())
    };
    let unencoded = "grant_type=client_credentials&client_id=linkage-client&client_secret=s3c+ret/=linkage";
    for (request, status, error) in [
        (ask("linkage-client", "wrong", ""), 401, "invalid_client"),
        (ask("nobody", "s3c+ret/=linkage", ""), 401, "invalid_client"),
        (form(unencoded), 401, "invalid_client"),
        (ask("linkage-reader", "s3c+ret/=reader", "linkage.create"), 400, "invalid_scope"),
        (form("grant_type=password"), 400, "unsupported_grant_type"),
        (form("client_id=linkage-client"), 400, "invalid_request"),
        (form(&format!("{unencoded}&client_id=x")), 400, "invalid_request"),
        (http().post(&url).json(&json!({ "grant_type": "client_credentials" })), 400, "invalid_request"),
        (http().get(&url), 405, "invalid_request"),
    ] {
        let answer = told(request).await;
        assert_eq!((answer.status, answer.text("error")), (status, error));
        assert!(!answer.text.contains("s3c"));
    }
}

#[tokio::test]
async fn no_token_is_told_apart_from_one_without_the_scope() {
    let sandbox = sandbox();
    let reader = Native::with(&sandbox, "linkage-reader", "s3c+ret/=reader").await;
    assert_eq!(reader.retrieve(OPEN, P1).await.status, 200);
    let answer = reader.create("c-1", [OPEN, P2, "O'Dempsey", "1990-02-28"]).await;
    assert_eq!((answer.outcome(), answer.text("category")), ((403, "FORBIDDEN"), "generic"));
    for token in ["", "wrong"] {
        let stranger = Native { token: token.to_owned(), ..reader.clone() };
        let answer = stranger.retrieve(OPEN, "not even a number").await;
        assert_eq!((answer.outcome(), answer.header("www-authenticate")), ((401, "UNAUTHENTICATED"), Some("Bearer")));
        assert_eq!((answer.text("category"), answer.text("traceId")), ("generic", "trace-1"));
    }
    let basic = reader.http.post(format!("{}/retrieve", reader.base)).basic_auth("linkage-reader", Some("x"));
    assert_eq!(told(basic).await.outcome(), (401, "UNAUTHENTICATED"));
}

#[tokio::test]
async fn what_is_no_request_is_a_generic_error_or_an_invalid_request() {
    let sandbox = sandbox();
    let native = Native::sign_in(&sandbox).await;
    let post = |path: &str| native.http.post(format!("{}/{path}", native.base)).bearer_auth(&native.token);
    let json = |body: &str| post("retrieve").header("content-type", "application/json").body(body.to_owned());
    let filler = |size| format!(r#"{{"odsCode":"{}"}}"#, "x".repeat(size));
    for (request, status, code) in [
        (post("nothing"), 404, "GENERIC_ERROR"),
        (post("retrieve/9990123403"), 404, "GENERIC_ERROR"),
        (native.http.get(format!("{}/retrieve", native.base)), 405, "GENERIC_ERROR"),
        (native.http.put(format!("{}/create", native.base)), 405, "GENERIC_ERROR"),
        (native.http.post(format!("{}/health", native.base)), 405, "GENERIC_ERROR"),
        (post("retrieve").header("content-type", "text/plain").body("{}"), 415, "GENERIC_ERROR"),
        (post("retrieve"), 415, "GENERIC_ERROR"),
        (json(&filler(8192)), 413, "GENERIC_ERROR"),
        (json(&filler(2 << 20)), 413, "GENERIC_ERROR"),
        (json("{"), 400, "INVALID_REQUEST"),
        (json("[]"), 400, "INVALID_REQUEST"),
        (json(""), 400, "INVALID_REQUEST"),
        (json(r#"{"odsCode":"A12345","odsCode":"A12345","nhsNumber":"9990123403"}"#), 400, "INVALID_REQUEST"),
        (json(r#"{"odsCode":"A12345","nhsNumber":9990123403}"#), 400, "INVALID_REQUEST"),
        (json(r#"{"odsCode":null,"nhsNumber":["9990123403"]}"#), 400, "INVALID_REQUEST"),
    ] {
        let answer = told(request.header("TransactionId", "t-1").header("CorrelationID", "t-1")).await;
        assert_eq!(answer.outcome(), (status, code), "{answer:?}");
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        assert_eq!(answer.header("allow").is_some(), status == 405);
        assert_eq!(answer.json.get("fields").is_some(), status == 400);
    }
    let body = r#"{"odsCode":"A12345","nhsNumber":"9990123403","more":{"a":[1]}}"#;
    let answer = told(json(body).header("TransactionId", "t-1")).await;
    assert_eq!(answer.status, 200, "members that are not known do not matter");
}

#[tokio::test]
async fn health_says_nothing_but_that_the_supplier_is_there() {
    let sandbox = sandbox();
    let url = format!("{}/linkage/native/im1/linkage/v1/health", sandbox.url());
    let answer = told(http().get(&url)).await;
    assert_eq!((answer.status, answer.text.as_str()), (200, ""));
    sandbox.fault(learnerlink_sandbox::Fault::on("linkage/native/health").status(503));
    let answer = told(http().get(&url)).await;
    assert_eq!((answer.status, answer.text.as_str()), (503, ""));
}

#[tokio::test]
async fn addresses_of_no_supplier_are_not_found() {
    let sandbox = sandbox();
    for path in ["linkage", "linkage/", "linkage/tpp/x", "linkage/emis/me", "linkage/vision/organisations/A12345"] {
        let answer = told(http().get(format!("{}/{path}", sandbox.url()))).await;
        assert_eq!((answer.status, &answer.json["status"]), (404, &json!(404)), "{path}");
    }
    let endpoints: Vec<Value> = sandbox.requests().into_iter().map(|request| request.endpoint.into()).collect();
    assert_eq!(endpoints, vec![json!(""); 5]);
}
