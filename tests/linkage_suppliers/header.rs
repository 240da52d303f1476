//! The first generation of EMIS's interface.

use serde_json::{Value, json};

use crate::stand::*;
use crate::support::answer;

fn success() -> Value {
    json!({ "AccountId": ACCOUNT, "LinkageKey": KEY, "OdsCode": ODS, "Surname": SURNAME, "DateOfBirth": BORN })
}

#[tokio::test]
async fn requests_are_sent_as_the_service_wants_them() {
    let stand = Stand::with("header", json!({ "traceHeaders": true }), |_, _| json(200, &success())).await;
    for operation in [RETRIEVE, CREATE] {
        let done = stand.done(operation, request(operation)).await;
        assert_eq!((outputs(&done), &done["reason"]), (ALL, &Value::Null));
    }
    let asked = stand.asked();
    assert_eq!((asked[0].method.as_str(), asked[0].target.as_str()), ("GET", "/gp/patient/linkage"));
    assert_eq!((asked[0].header("nhsnumber"), asked[0].header("odscode")), (Some(NUMBER), Some(ODS)));
    assert_eq!((asked[0].header("transactionid"), asked[0].body.len()), (Some(TRACE), 0));
    assert_eq!((asked[1].method.as_str(), asked[1].target.as_str()), ("POST", "/gp/patient/linkage"));
    assert_eq!((asked[1].header("nhsnumber"), asked[1].header("correlationid")), (None, Some(TRACE)));
    let body: Value = serde_json::from_slice(&asked[1].body).unwrap();
    assert_eq!(body, json!({ "NhsNumber": NUMBER, "OdsCode": ODS, "Surname": SURNAME, "DateOfBirth": BORN }));
}

#[tokio::test]
async fn every_status_has_its_outcome() {
    for (status, retrieved, created) in [
        (200, "ok", "ok"),
        (201, "ok", "ok"),
        (403, "keyRevoked", "keyRevoked"),
        (404, "noLinkageKey", "patientNotFound"),
        (409, "retrieveFailed", "keyAlreadyExists"),
        (400, "retrieveFailed", "createFailed"),
        (422, "retrieveFailed", "createFailed"),
        (401, "AUTH_REJECTED", "AUTH_REJECTED"),
        (429, "THROTTLED", "THROTTLED"),
        (500, "UNAVAILABLE", "UNAVAILABLE"),
        (505, "UNAVAILABLE", "UNAVAILABLE"),
        (301, "PROTOCOL", "PROTOCOL"),
    ] {
        assert_eq!(both("header", json(status, &success())).await, [retrieved, created], "{status}");
        if status >= 400 {
            assert_eq!(both("header", answer(status, &[], "")).await, [retrieved, created], "{status}");
        }
    }
}

#[tokio::test]
async fn what_a_success_lacks_of_the_patient_is_taken_from_the_request() {
    let bare = json!({ "accountId": ACCOUNT, "linkageKey": KEY });
    assert_eq!(both("header", json(200, &bare)).await, ["ok demographics-from-request"; 2]);
    let stand = Stand::new("header", move |_, _| json(200, &bare)).await;
    let nobody = changed(request(RETRIEVE), json!({ "surname": null, "dateOfBirth": null }));
    assert_eq!(tell(&stand, RETRIEVE, nobody).await, "PROTOCOL incomplete-supplier-response");
    for name in ["AccountId", "LinkageKey"] {
        let mut body = success();
        body[name] = Value::Null;
        assert_eq!(both("header", json(200, &body)).await, ["PROTOCOL incomplete-supplier-response"; 2]);
    }
    let mut other = success();
    other["OdsCode"] = json!("C34567");
    assert_eq!(both("header", json(200, &other)).await, ["PROTOCOL"; 2]);
}
