//! The three interfaces: their addresses, requests and answers, and what they refuse.

use reqwest::header::HeaderMap;
use serde_json::{Value, json};

use crate::desk::SECRETS;
use crate::door::{Door, read};

async fn send(request: reqwest::RequestBuilder) -> (u16, HeaderMap, Value) {
    read(request.send().await.unwrap()).await
}

async fn everything() -> Door {
    Door::with(json!({ "header": true, "organisations": true, "allowPiiInUrl": true, "path": "/gp" })).await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_the_outside_of_a_request_is_told_by_its_status() {
    let door = Door::new().await;
    let body = json!({ "odsCode": "A12345", "nhsNumber": "9990123403" }).to_string();
    let post = |path: &str| door.request("POST", path).bearer_auth(door.token()).header("TransactionId", "t-1");
    let native = "/im1/linkage/v1/retrieve";
    for (request, status) in [
        (door.request("GET", native).bearer_auth(door.token()), 405),
        (door.request("PUT", native).bearer_auth(door.token()), 405),
        (post("/im1/linkage/v1/revoke"), 404),
        (post("/im1/linkage/v1/retrieve/A12345/9990123403"), 404),
        (post("/im1/linkage/v2/retrieve"), 404),
        (post(native).body(body.clone()), 415),
        (post(native).header("content-type", "text/plain").body(body.clone()), 415),
        (post(native).header("content-type", "application/json").body(format!("{body}{}", " ".repeat(9000))), 413),
        (post("/patient/linkage"), 404),
        (post("/organisations/A12345/onlineservices/linkage"), 404),
    ] {
        let (found, headers, answer) = send(request).await;
        assert_eq!((found, &answer["code"]), (status, &json!("GENERIC_ERROR")), "{answer}");
        assert_eq!(status == 405, headers.contains_key("allow"));
    }
    // Beyond all interfaces.
    let outside = door.request("GET", "/elsewhere").send().await.unwrap();
    assert_eq!(outside.status(), 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_cannot_be_read_is_an_invalid_request_that_is_not_quoted() {
    let door = Door::new().await;
    for (body, fields) in [
        ("", vec!["nhsNumber", "odsCode"]),
        ("[]", vec!["nhsNumber", "odsCode"]),
        ("{\"odsCode\":\"A12345\",", vec!["nhsNumber", "odsCode"]),
        ("{\"odsCode\":\"A12345\",\"nhsNumber\":9990123403}", vec!["nhsNumber"]),
        ("{\"odsCode\":[\"A12345\"],\"nhsNumber\":null}", vec!["nhsNumber", "odsCode"]),
        ("{\"odsCode\":\"A12345\",\"odsCode\":\"B23456\",\"nhsNumber\":\"9990123403\"}", vec!["nhsNumber", "odsCode"]),
        ("{\"odsCode\":\"A12345\",\"NhsNumber\":\"9990123403\"}", vec!["nhsNumber"]),
        ("{\"odsCode\":\"A12345\",\"nhsNumber\":\"9990123403\\u0000\"}", vec!["nhsNumber"]),
        ("\u{FEFF}{\"odsCode\":\"A12345\",\"nhsNumber\":\"9990123403\"}", vec!["nhsNumber", "odsCode"]),
    ] {
        let request = door.request("POST", "/im1/linkage/v1/retrieve").bearer_auth(door.token());
        let request = request.header("TransactionId", "t-1").header("content-type", "application/json").body(body);
        let (status, headers, answer) = send(request).await;
        assert_eq!(
            (status, &answer["code"], &answer["fields"]),
            (400, &json!("INVALID_REQUEST"), &json!(fields)),
            "{body}"
        );
        assert_eq!(headers["transactionid"], "t-1");
        assert!(SECRETS.iter().all(|secret| !answer.to_string().contains(secret)), "{answer}");
    }
    let unknown = "{\"odsCode\":\"A12345\",\"nhsNumber\":\"9990123403\",\"more\":{\"nhsNumber\":\"x\"}}";
    let request = door.request("POST", "/im1/linkage/v1/retrieve").bearer_auth(door.token());
    let request = request.header("TransactionId", "t-1").header("content-type", "application/json; charset=utf-8");
    assert_eq!(send(request.body(unknown)).await.0, 200, "unknown members are passed over");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reference_is_wanted_once_and_plain() {
    let door = Door::new().await;
    for values in [vec![], vec!["a", "b"], vec!["a b"], vec![""], vec!["ü"], vec!["x", "x"]] {
        let mut request = door.request("POST", "/im1/linkage/v1/create").bearer_auth(door.token());
        for value in &values {
            request = request.header("CorrelationID", *value);
        }
        let body = json!({ "odsCode": "A12345", "nhsNumber": "9990123411", "surname": "O'Dempsey", "dateOfBirth": "1990-02-27" });
        let (status, headers, answer) = send(request.json(&body)).await;
        assert_eq!((status, &answer["fields"]), (400, &json!(["CorrelationID"])), "{values:?}");
        assert_eq!(answer["traceId"], headers["correlationid"].to_str().unwrap(), "one is made, to be quoted");
    }
    let long = "x".repeat(64);
    let request =
        door.request("POST", "/im1/linkage/v1/retrieve").bearer_auth(door.token()).header("transactionid", &long);
    let (status, headers, _) = send(request.json(&json!({ "odsCode": "A12345", "nhsNumber": "9990123403" }))).await;
    assert_eq!((status, headers["transactionid"].to_str().unwrap()), (200, long.as_str()));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_header_interface_takes_numbers_from_headers_and_any_spelling() {
    let door = everything().await;
    let get = |ods: &str, number: &str| {
        let request = door.request("GET", "/gp/patient/linkage").bearer_auth(door.token());
        request.header("NhsNumber", number).header("OdsCode", ods)
    };
    let (status, headers, body) = send(get("A12345", "9990123403")).await;
    assert_eq!(
        (status, &body["AccountId"], &body["LinkageKey"]),
        (200, &json!("4071836250"), &json!("K7CDX4RTMN9PQ3WHJV"))
    );
    assert!(headers.contains_key("transactionid"), "a reference is made");
    assert_eq!(send(get("A12345", "9990123438")).await.0, 403);
    assert_eq!(send(get("A12345", "9990123411")).await.0, 404);
    let (status, _, body) = send(door.request("GET", "/gp/patient/linkage").bearer_auth(door.token())).await;
    assert_eq!((status, &body["fields"]), (400, &json!(["nhsNumber", "odsCode"])));
    let post = |body: Value| door.request("POST", "/gp/patient/linkage").bearer_auth(door.token()).json(&body);
    let new =
        json!({ "NHSNUMBER": "9990123411", "odscode": "A12345", "Surname": "O'Dempsey", "dateofbirth": "1990-02-28" });
    let (status, headers, body) = send(post(new.clone())).await;
    assert_eq!((status, &body["Surname"]), (201, &json!("O'Dempsey")));
    assert!(headers.contains_key("correlationid"));
    assert_eq!(send(post(new)).await.0, 409);
    let twice = json!({ "NhsNumber": "9990123411", "nhsnumber": "9990123403", "OdsCode": "A12345" });
    assert_eq!(send(post(twice)).await.0, 400);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_organisations_interface_answers_with_the_suppliers_codes() {
    let door = everything().await;
    let path = |ods: &str| format!("/gp/organisations/{ods}/onlineservices/linkage");
    let get = |ods: &str, number: &str| {
        door.request("GET", &format!("{}?nhsNumber={number}", path(ods))).bearer_auth(door.token())
    };
    let (status, _, body) = send(get("A12345", "999%20012%203403")).await;
    assert_eq!((status, &body["accountId"], &body["odsCode"]), (200, &json!("4071836250"), &json!("A12345")));
    for (ods, number, status, code) in [
        ("A12345", "9990123404", 400, "V4205"),
        ("A1", "9990123403", 400, "V4205"),
        ("A12345", "9995550164", 404, "VY806"),
        ("A12345", "9990123411", 404, "V2210"),
        ("A12345", "9990123438", 403, "KEY_REVOKED"),
        ("A12345", "9990123446", 403, "PATIENT_BLOCKED"),
        ("B23456", "9995550148", 403, "ODS_BLOCKED"),
        ("Z99999", "9990123403", 404, "ODS_NOT_FOUND"),
        ("A12345", "9990123462", 500, "RETRIEVE_FAILED"),
    ] {
        let (found, _, body) = send(get(ods, number)).await;
        assert_eq!((found, &body["error"]["code"]), (status, &json!(code)), "{ods}: {body}");
        assert_eq!(body.as_object().unwrap().len(), 1);
    }
    let post = |number: &str, name: &str| {
        let body = json!({ "nhsNumber": number, "lastName": name, "dateOfBirth": "1984-03-12" });
        door.request("POST", &path("A12345")).bearer_auth(door.token()).json(&body)
    };
    let (status, _, body) = send(post("9990123403", "Okonkwo-Bright")).await;
    assert_eq!((status, &body["error"]["code"]), (409, &json!("V2214")));
    let twice = door.request("GET", &format!("{}?nhsNumber=9990123403&nhsNumber=9990123411", path("A12345")));
    assert_eq!(send(twice.bearer_auth(door.token())).await.0, 400);
    let mut all = format!("{:?}", door.desk.audit().await);
    while let Some(line) = learnerlink::log::next(std::time::Duration::ZERO) {
        all.push_str(&line);
    }
    assert!(SECRETS.iter().all(|secret| !all.contains(secret)), "an address was written down");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_whose_audit_entry_cannot_be_written_is_not_released() {
    let door = Door::new().await;
    // Nothing can be written to a trail whose end is forged to be where something stands already.
    door.desk.place.run("DROP TABLE audit").unwrap();
    let (status, _, body) = send(door.retrieve("A12345", "9990123403")).await;
    assert_eq!((status, &body["code"]), (500, &json!("RETRIEVE_FAILED")));
    let (status, _, body) = send(door.create("A12345", "9990123411", "O'Dempsey", "1990-02-28")).await;
    assert_eq!((status, &body["code"]), (500, &json!("CREATE_FAILED")));
    assert_eq!(door.desk.generations("9990123411"), 0, "no key without its entry");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_register_that_cannot_be_read_is_unavailable() {
    let door = Door::new().await;
    door.desk.place.run("DROP TABLE linkage_misses; DROP TABLE linkage_correlations").unwrap();
    let (status, _, body) = send(door.create("A12345", "9990123411", "O'Dempsey", "1990-02-28")).await;
    assert_eq!((status, &body["code"]), (503, &json!("UNAVAILABLE")));
}
