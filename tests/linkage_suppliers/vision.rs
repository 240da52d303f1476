//! Vision.

use serde_json::{Value, json};

use crate::stand::*;
use crate::support::{Reply, answer};

fn success() -> Value {
    json!({ "accountId": ACCOUNT, "linkageKey": KEY, "odsCode": ODS, "surname": SURNAME, "dateOfBirth": BORN, "apiKey": "x" })
}

fn error(status: u16, code: &str, diagnostic: &str) -> Reply {
    json(status, &json!({ "error": { "code": code, "diagnostic": diagnostic } }))
}

#[tokio::test]
async fn requests_are_sent_as_the_service_wants_them() {
    for (form, born) in [("dashes", BORN), ("plain", "19840312"), ("withTime", "1984-03-12T00:00:00")] {
        let stand = Stand::with("vision", json!({ "dateForm": form }), |_, _| json(200, &success())).await;
        for operation in [RETRIEVE, CREATE] {
            let done = stand.done(operation, request(operation)).await;
            assert_eq!((outputs(&done), &done["reason"]), (ALL, &Value::Null));
        }
        let path = "/gp/organisations/A12345/onlineservices/linkage";
        let asked = stand.asked();
        assert_eq!((asked[0].method.as_str(), asked[0].body.len()), ("GET", 0));
        assert_eq!(asked[0].target, format!("{path}?nhsNumber={NUMBER}"));
        assert_eq!((asked[1].method.as_str(), asked[1].target.as_str()), ("POST", path));
        assert_eq!(asked[1].header("content-type"), Some("application/json"));
        let body: Value = serde_json::from_slice(&asked[1].body).unwrap();
        assert_eq!(body, json!({ "lastName": SURNAME, "dateOfBirth": born, "nhsNumber": NUMBER }));
        for request in asked {
            assert_eq!((request.header("transactionid"), request.header("correlationid")), (None, None));
        }
    }
}

#[tokio::test]
async fn a_success_is_one_of_any_status_and_case_that_holds_no_error() {
    let pascal = json!({ "AccountId": ACCOUNT, "LinkageKey": KEY, "OdsCode": ODS, "Surname": SURNAME, "DateOfBirth": "19840312", "Error": null });
    for status in [200, 201, 202] {
        for body in [success(), pascal.clone()] {
            assert_eq!(both("vision", json(status, &body)).await, ["ok"; 2], "{status} {body}");
        }
    }
    let mut other = success();
    other["odsCode"] = json!("B23456");
    assert_eq!(both("vision", json(200, &other)).await, ["PROTOCOL"; 2]);
    for name in ["accountId", "linkageKey", "odsCode", "surname", "dateOfBirth"] {
        let mut body = success();
        body[name] = json!("");
        assert_eq!(both("vision", json(200, &body)).await, ["PROTOCOL incomplete-supplier-response"; 2], "{body}");
    }
}

#[tokio::test]
async fn every_error_has_its_outcome() {
    let refused = "REJECTED V4205";
    for (status, code, text, retrieved, created) in [
        (400, "V4205", "", refused, refused),
        (404, "V4205", "", refused, refused),
        (404, "VY806", "", "patientNotFound", "patientNotFound"),
        (404, "V2210", "No user associated with this patient", "noLinkageKey", "noLinkageKey"),
        (404, "V2210", "no api key", "noLinkageKey", "noLinkageKey"),
        (404, "V2210", "There is no API key for it", "noLinkageKey", "noLinkageKey"),
        (404, "V2210", "Something else", "retrieveFailed", "createFailed"),
        (403, "", "", "keyRevoked", "keyRevoked"),
        (403, "V9999", "revoked", "keyRevoked", "keyRevoked"),
        (409, "V2214", "", "retrieveFailed", "keyAlreadyExists"),
        // Not listed, or listed under another status.
        (400, "VY806", "", "retrieveFailed", "createFailed"),
        (409, "V1", "", "retrieveFailed", "createFailed"),
        (404, "", "", "retrieveFailed", "createFailed"),
        (401, "V4205", "", "AUTH_REJECTED", "AUTH_REJECTED"),
        (429, "V4205", "", "THROTTLED", "THROTTLED"),
        (500, "VY806", "", "UNAVAILABLE", "UNAVAILABLE"),
        (501, "VY806", "", "UNAVAILABLE", "UNAVAILABLE"),
        // The names of the specification, for what Vision has no code for.
        (404, "ODS_NOT_FOUND", "", "odsNotFound", "odsNotFound"),
        (403, "ODS_BLOCKED", "", "odsBlocked", "odsBlocked"),
        (403, "PATIENT_BLOCKED", "", "patientBlocked OTHER", "patientBlocked OTHER"),
        (403, "KEY_REVOKED", "", "keyRevoked", "keyRevoked"),
        (403, "FORBIDDEN", "", "FORBIDDEN FORBIDDEN", "FORBIDDEN FORBIDDEN"),
        // An error may come with a status of success.
        (200, "VY806", "", "patientNotFound", "patientNotFound"),
        (200, "V2210", "No user", "noLinkageKey", "noLinkageKey"),
        (200, "V2214", "", "retrieveFailed", "keyAlreadyExists"),
        (200, "V4205", "", refused, refused),
        (200, "V1", "", "retrieveFailed", "createFailed"),
    ] {
        let found = both("vision", error(status, code, text)).await;
        assert_eq!(found, [retrieved, created], "{status} {code} {text}");
    }
}

#[tokio::test]
async fn an_error_is_read_in_any_case_and_needs_no_more_than_a_status() {
    let upper = json!({ "Error": { "Code": "V2210", "DIAGNOSTIC": "NO API KEY" }, "AccountId": ACCOUNT });
    assert_eq!(told("vision", RETRIEVE, json(404, &upper)).await, "noLinkageKey");
    for (status, expected) in [(403, "keyRevoked"), (404, "retrieveFailed"), (400, "retrieveFailed")] {
        for body in ["", "<html>x</html>", "{\"error\":\"V2210\"}", "[]"] {
            assert_eq!(told("vision", RETRIEVE, answer(status, &[], body)).await, expected, "{status} {body}");
        }
    }
}

#[tokio::test]
async fn a_request_without_surname_is_enough_to_retrieve() {
    let stand = Stand::new("vision", |_, _| json(200, &success())).await;
    let nobody = json!({ "surname": null, "dateOfBirth": null, "identityToken": null });
    assert_eq!(outputs(&stand.done(RETRIEVE, changed(request(RETRIEVE), nobody)).await), ALL);
}
