//! Proves that the `vision` linkage supplier answers in two spellings and tells errors by its codes.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod client;
mod linkage;

use client::http;
use learnerlink_sandbox::Sandbox;
use linkage::*;
use reqwest::RequestBuilder;
use serde_json::json;

fn url(sandbox: &Sandbox, ods: &str) -> String {
    format!("{}/linkage/vision/organisations/{ods}/onlineservices/linkage", sandbox.url())
}

fn get(sandbox: &Sandbox, ods: &str, number: &str) -> RequestBuilder {
    http().get(url(sandbox, ods)).query(&[("nhsNumber", number)])
}

fn post(sandbox: &Sandbox, [ods, number, surname, born]: [&str; 4]) -> RequestBuilder {
    let body = json!({ "lastName": surname, "dateOfBirth": born, "nhsNumber": number });
    http().post(url(sandbox, ods)).json(&body)
}

/// The status and the code of an error.
async fn error(request: RequestBuilder) -> (u16, String) {
    let answer = told(request).await;
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    let error = &answer.json["error"];
    assert!(!error["diagnostic"].as_str().unwrap().is_empty() && answer.json.as_object().unwrap().len() == 1);
    (answer.status, error["code"].as_str().unwrap().to_owned())
}

#[tokio::test]
async fn a_key_in_force_is_given_in_pascal_case() {
    let sandbox = sandbox();
    let answer = told(get(&sandbox, "a12345", "999 012 3403")).await;
    let expected = json!({
        "AccountId": "4071836250", "LinkageKey": FIRST_KEY, "OdsCode": "A12345", "Surname": "Okonkwo-Bright",
        "DateOfBirth": "1984-03-12", "ApiKey": "api-4071836250",
    });
    assert_eq!((answer.status, answer.json), (200, expected));
}

#[tokio::test]
async fn a_new_key_is_given_in_camel_case_with_status_200() {
    let sandbox = sandbox();
    let answer = told(post(&sandbox, [OPEN, P2, "odempsey", "1990-02-28"])).await;
    assert_eq!((answer.status, answer.text("surname"), answer.text("odsCode")), (200, "O'Dempsey", OPEN));
    assert!(is_key(answer.text("linkageKey")) && answer.json.as_object().unwrap().len() == 6);
    assert_eq!(answer.text("apiKey"), format!("api-{}", answer.text("accountId")));
    let answer = told(post(&sandbox, [OPEN, P3, "Kruger", "1971-11-05"])).await;
    assert_eq!((answer.status, answer.text("accountId")), (200, "5120094477"));
    assert_eq!(sandbox.linkage_patient(OPEN, P3).unwrap().generations, 2);
}

#[tokio::test]
async fn each_error_of_a_retrieval_has_its_code() {
    let sandbox = sandbox();
    for (ods, number, status, code) in [
        (OPEN, "9990123404", 400, "V4205"),
        (OPEN, "", 400, "V4205"),
        ("A1", P1, 404, "V4205"),
        ("Z99999", P1, 404, "ODS_NOT_FOUND"),
        (BLOCKED, P10, 403, "ODS_BLOCKED"),
        (OPEN, NOBODY, 404, "VY806"),
        (OPEN, P9, 404, "VY806"),
        (OPEN, P4, 403, "PATIENT_BLOCKED"),
        (OPEN, P8, 403, "PATIENT_BLOCKED"),
        (OPEN, P3, 403, "V4403"),
        (OPEN, P2, 404, "V2210"),
        (OPEN, P5, 404, "V2210"),
        (OPEN, P6, 500, "RETRIEVE_FAILED"),
    ] {
        assert_eq!(error(get(&sandbox, ods, number)).await, (status, code.to_owned()), "{ods} {number}");
    }
    let texts = [told(get(&sandbox, OPEN, P2)).await, told(get(&sandbox, OPEN, P5)).await];
    let texts = texts.map(|answer| answer.json["error"]["diagnostic"].as_str().unwrap().to_ascii_lowercase());
    assert!(texts[0].contains("no user") && texts[1].contains("no api key"), "{texts:?}");
    for request in [
        http().get(url(&sandbox, OPEN)),
        get(&sandbox, OPEN, P1).query(&[("nhsNumber", P1)]),
        http().get(url(&sandbox, "A%2012345")).query(&[("nhsNumber", P1)]),
    ] {
        assert_eq!(error(request).await.1, "V4205");
    }
}

#[tokio::test]
async fn each_error_of_a_creation_has_its_code() {
    let sandbox = sandbox();
    for (person, status, code) in [
        ([OPEN, P1, "Okonkwo-Bright", "1984-03-12"], 409, "V2214"),
        ([OPEN, P6, "Lyszcz", "1958-12-24"], 409, "V2214"),
        ([OPEN, P1, "Okonkwo", "1984-03-12"], 404, "VY806"),
        ([OPEN, P2, "O'Dempsey", "1990-02-27"], 404, "VY806"),
        ([OPEN, NOBODY, "x", "1990-02-27"], 404, "VY806"),
        ([OPEN, P4, "Talwin", "2001-07-19"], 403, "PATIENT_BLOCKED"),
        ([BLOCKED, P10, "Pellowin", "1949-09-09"], 403, "ODS_BLOCKED"),
        (["Z99999", P1, "x", "1990-02-27"], 404, "ODS_NOT_FOUND"),
        ([OPEN, P7, "", "1979-06-30"], 400, "V4205"),
        ([OPEN, P7, "Van der Meulen", "19790630"], 400, "V4205"),
        ([OPEN, "1", "Van der Meulen", "1979-06-30"], 400, "V4205"),
    ] {
        assert_eq!(error(post(&sandbox, person)).await, (status, code.to_owned()), "{person:?}");
    }
    let json = http().post(url(&sandbox, OPEN)).header("content-type", "application/json");
    assert_eq!(error(json.body("{")).await, (400, "V4205".to_owned()));
    assert_eq!(error(http().post(url(&sandbox, OPEN)).body("{}")).await, (400, "V4205".to_owned()));
    assert_eq!(told(http().put(url(&sandbox, OPEN))).await.status, 405);
}
