//! Proves that the `header` linkage supplier says no more than a status when it has no key to give.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod client;
mod linkage;

use client::http;
use learnerlink_sandbox::Sandbox;
use linkage::*;
use reqwest::RequestBuilder;
use serde_json::json;

fn url(sandbox: &Sandbox) -> String {
    format!("{}/linkage/header/patient/linkage", sandbox.url())
}

fn get(sandbox: &Sandbox, ods: &str, number: &str) -> RequestBuilder {
    http().get(url(sandbox)).header("NhsNumber", number).header("OdsCode", ods)
}

fn post(sandbox: &Sandbox, [ods, number, surname, born]: [&str; 4]) -> RequestBuilder {
    let body = json!({ "NhsNumber": number, "OdsCode": ods, "Surname": surname, "DateOfBirth": born });
    http().post(url(sandbox)).json(&body)
}

/// The status of an answer that has no body.
async fn bare(request: RequestBuilder) -> u16 {
    let answer = told(request).await;
    assert_eq!((answer.text.as_str(), answer.header("cache-control")), ("", Some("no-store")));
    answer.status
}

#[tokio::test]
async fn a_key_in_force_is_given_with_status_200() {
    let sandbox = sandbox();
    let answer = told(get(&sandbox, "a12345", "999 012 3403")).await;
    let expected = json!({
        "accountId": "4071836250", "linkageKey": FIRST_KEY, "odsCode": "A12345", "surname": "Okonkwo-Bright",
        "dateOfBirth": "1984-03-12",
    });
    assert_eq!((answer.status, answer.json), (200, expected));
}

#[tokio::test]
async fn a_new_key_is_given_with_status_201() {
    let sandbox = sandbox();
    let answer = told(post(&sandbox, [OPEN, P2, "odempsey", "1990-02-28"])).await;
    assert_eq!((answer.status, answer.text("surname")), (201, "O'Dempsey"));
    assert!(is_key(answer.text("linkageKey")));
    let body = json!({ "nhsnumber": P3, "ODSCODE": OPEN, "surname": "Kruger", "dateofbirth": "1971-11-05" });
    let answer = told(http().post(url(&sandbox)).json(&body)).await;
    assert_eq!((answer.status, answer.text("accountId")), (201, "5120094477"));
}

#[tokio::test]
async fn each_refusal_to_retrieve_has_its_status() {
    let sandbox = sandbox();
    for (ods, number, status) in [
        (OPEN, "9990123404", 400),
        ("A1", P1, 400),
        ("Z99999", P1, 404),
        (BLOCKED, P10, 403),
        (OPEN, NOBODY, 404),
        (OPEN, P9, 404),
        (OPEN, P4, 403),
        (OPEN, P3, 403),
        (OPEN, P2, 404),
        (OPEN, P5, 404),
        (OPEN, P6, 500),
    ] {
        assert_eq!(bare(get(&sandbox, ods, number)).await, status, "{ods} {number}");
    }
    assert_eq!(bare(http().get(url(&sandbox))).await, 400);
    assert_eq!(bare(http().delete(url(&sandbox))).await, 405);
}

#[tokio::test]
async fn each_refusal_to_create_has_its_status() {
    let sandbox = sandbox();
    for (person, status) in [
        ([OPEN, P1, "Okonkwo-Bright", "1984-03-12"], 409),
        ([OPEN, P1, "Okonkwo", "1984-03-12"], 404),
        ([OPEN, NOBODY, "x", "1984-03-12"], 404),
        ([OPEN, P4, "Talwin", "2001-07-19"], 403),
        ([BLOCKED, P10, "Pellowin", "1949-09-09"], 403),
        (["Z99999", P1, "x", "1984-03-12"], 404),
        ([OPEN, P7, "", "1979-06-30"], 400),
        ([OPEN, P7, "Van der Meulen", "1979-06-31"], 400),
        ([OPEN, "1", "Van der Meulen", "1979-06-30"], 400),
    ] {
        assert_eq!(bare(post(&sandbox, person)).await, status, "{person:?}");
    }
    assert_eq!(bare(http().post(url(&sandbox)).body("{}")).await, 415);
    let json = http().post(url(&sandbox)).header("content-type", "application/json");
    assert_eq!(bare(json.body("[")).await, 400);
}

#[tokio::test]
async fn trace_headers_are_repeated_and_made_up_when_there_is_none() {
    let sandbox = sandbox();
    let answer = told(get(&sandbox, OPEN, P1).header("TransactionId", "t-1")).await;
    assert_eq!(answer.header("transactionid"), Some("t-1"));
    let made_up = told(get(&sandbox, OPEN, P1)).await.header("transactionid").unwrap().to_owned();
    assert_eq!(made_up.len(), 36);
    assert_eq!(bare(get(&sandbox, OPEN, P1).header("TransactionId", "a b")).await, 400);

    let person = [OPEN, P2, "O'Dempsey", "1990-02-28"];
    let first = told(post(&sandbox, person).header("CorrelationID", "c-1")).await;
    assert_eq!((first.status, first.header("correlationid")), (201, Some("c-1")));
    let again = told(post(&sandbox, person).header("CorrelationID", "c-1")).await;
    assert_eq!((again.status, again.header("idempotent-replay"), &again.json), (201, Some("true"), &first.json));
    assert_eq!(bare(post(&sandbox, person)).await, 409);
    let other = post(&sandbox, [OPEN, P7, "Van der Meulen", "1979-06-30"]).header("CorrelationID", "c-1");
    assert_eq!(bare(other).await, 422);
}

#[tokio::test]
async fn wrong_guesses_are_limited_here_too() {
    let sandbox = sandbox();
    let wrong = [OPEN, P2, "Dempsey", "1990-02-28"];
    for _ in 0..5 {
        assert_eq!(bare(post(&sandbox, wrong)).await, 404);
    }
    let limited = told(post(&sandbox, wrong)).await;
    assert_eq!((limited.status, limited.header("retry-after")), (429, Some("3600")));
}
