//! EMIS Web.

use serde_json::{Value, json};

use crate::stand::*;
use crate::support::{Reply, Request, answer};

const SESSION: &str = "/gp/sessions/endusersession";
const VERIFICATIONS: &str = "/gp/me/verifications";
const USERS: &str = "/gp/users/nhs";

pub fn success() -> Value {
    json!({ "IdentityId": "77", "AccountId": ACCOUNT, "LinkageKey": KEY })
}

/// A supplier that begins sessions and users and answers a verification with `reply`.
pub fn verifying(reply: Reply) -> impl Fn(usize, &Request) -> Reply + Send + Sync + 'static {
    move |_, request| match request.target.as_str() {
        SESSION => json(201, &json!({ "EndUserSessionId": "session-1" })),
        USERS => json(201, &json!({ "AccessIdentityGuid": "7c1b2ef0-3a51-4d4e-9d5c-0f5a7d0f1e00" })),
        _ => reply.clone(),
    }
}

/// A supplier that refuses a new user with `reply`.
fn refusing(reply: Reply) -> impl Fn(usize, &Request) -> Reply + Send + Sync + 'static {
    move |_, request| match request.target.as_str() {
        SESSION => json(201, &json!({ "EndUserSessionId": "session-1" })),
        USERS => reply.clone(),
        _ => json(200, &success()),
    }
}

fn error(status: u16, code: i64) -> Reply {
    json(status, &json!({ "InternalResponseCode": code, "Message": SURNAME }))
}

#[tokio::test]
async fn requests_are_sent_in_their_order_within_a_session() {
    let stand = Stand::with("emis", json!({ "headers": { "X-Extra": "1" } }), verifying(json(200, &success()))).await;
    let done = stand.done(RETRIEVE, request(RETRIEVE)).await;
    assert_eq!((outputs(&done), &done["reason"]), (ALL, &json!("demographics-from-request")));
    stand.done(CREATE, request(CREATE)).await;
    let verification = json!({ "NationalPracticeCode": ODS, "NhsNumber": NUMBER, "Token": IDENTITY });
    let user = json!({ "NhsNumber": NUMBER, "NationalPracticeCode": ODS, "EmailAddress": EMAIL });
    let expected = [
        (SESSION, None),
        (VERIFICATIONS, Some(&verification)),
        (SESSION, None),
        (USERS, Some(&user)),
        (VERIFICATIONS, Some(&verification)),
    ];
    let asked = stand.asked();
    assert_eq!(asked.len(), expected.len());
    for (request, (target, body)) in asked.iter().zip(expected) {
        assert_eq!((request.method.as_str(), request.target.as_str()), ("POST", target));
        assert_eq!(request.header("x-api-applicationid"), Some("app-id"));
        assert_eq!(request.header("x-api-version"), Some("2.1.0.0"));
        assert_eq!(request.header("x-extra"), Some("1"));
        assert_eq!(request.header("x-api-endusersessionid"), body.map(|_| "session-1"));
        for absent in ["transactionid", "correlationid", "authorization"] {
            assert_eq!(request.header(absent), None, "{absent}");
        }
        match body {
            Some(body) => assert_eq!(serde_json::from_slice::<Value>(&request.body).unwrap(), *body),
            None => assert_eq!((request.body.len(), request.header("content-length")), (0, Some("0"))),
        }
    }
}

#[tokio::test]
async fn the_version_and_the_trace_headers_are_configured() {
    let more = json!({ "apiVersion": "3.0", "traceHeaders": true });
    let stand = Stand::with("emis", more, verifying(json(200, &success()))).await;
    stand.done(CREATE, request(CREATE)).await;
    for request in stand.asked() {
        assert_eq!(request.header("x-api-version"), Some("3.0"));
        assert_eq!((request.header("correlationid"), request.header("transactionid")), (Some(TRACE), None));
    }
}

#[tokio::test]
async fn a_key_is_one_with_any_status_of_success_and_with_409() {
    for status in [200, 201, 202, 409] {
        for body in [success(), json!({ "accountId": ACCOUNT, "linkagekey": KEY })] {
            let stand = Stand::new("emis", verifying(json(status, &body))).await;
            for operation in [RETRIEVE, CREATE, COMPOSED] {
                let done = stand.done(operation, request(operation)).await;
                assert_eq!((outputs(&done), &done["created"]), (ALL, &json!(operation == CREATE)), "{status}");
            }
        }
    }
}

#[tokio::test]
async fn a_success_without_a_value_is_incomplete() {
    for body in [
        json!({}),
        json!({ "AccountId": ACCOUNT }),
        json!({ "LinkageKey": KEY }),
        json!({ "AccountId": " ", "LinkageKey": KEY }),
        json!({ "AccountId": ACCOUNT, "LinkageKey": null }),
    ] {
        let stand = Stand::new("emis", verifying(json(200, &body))).await;
        for operation in [RETRIEVE, CREATE] {
            let found = tell(&stand, operation, request(operation)).await;
            assert_eq!(found, "PROTOCOL incomplete-supplier-response", "{body}");
        }
        let stand = Stand::new("emis", verifying(json(409, &body))).await;
        assert_eq!(tell(&stand, RETRIEVE, request(RETRIEVE)).await, "retrieveFailed", "{body}");
        assert_eq!(tell(&stand, CREATE, request(CREATE)).await, "createFailed", "{body}");
    }
    // Who they are is not in the answer, so it must be in the request.
    let stand = Stand::new("emis", verifying(json(200, &success()))).await;
    let nobody = changed(request(RETRIEVE), json!({ "surname": null, "dateOfBirth": null }));
    assert_eq!(tell(&stand, RETRIEVE, nobody).await, "PROTOCOL incomplete-supplier-response");
}

#[tokio::test]
async fn every_error_has_its_outcome_whatever_sign_and_place_its_code_has() {
    for (status, code, retrieved, created) in [
        (404, 1551, "patientNotFound", "patientNotFound"),
        (404, 1104, "noLinkageKey", "noLinkageKey"),
        (400, 1001, "odsNotFound", "odsNotFound"),
        (400, 1401, "odsBlocked", "odsBlocked"),
        (403, 1030, "odsBlocked", "odsBlocked"),
        (400, 1552, "patientBlocked PATIENT_ARCHIVED", "patientBlocked PATIENT_ARCHIVED"),
        (400, 1107, "patientBlocked ACCOUNT_DISABLED", "patientBlocked ACCOUNT_DISABLED"),
        (400, 1109, "patientBlocked ACCOUNT_DISABLED", "patientBlocked ACCOUNT_DISABLED"),
        (
            400,
            1553,
            "patientBlocked UNDER_MINIMUM_AGE_OR_NOT_COMPETENT",
            "patientBlocked UNDER_MINIMUM_AGE_OR_NOT_COMPETENT",
        ),
        (400, 1554, "patientBlocked NOT_VALID_FOR_ONLINE_USE", "patientBlocked NOT_VALID_FOR_ONLINE_USE"),
        (400, 1555, "patientBlocked MULTIPLE_RECORDS", "patientBlocked MULTIPLE_RECORDS"),
        // Listed under another status, and not listed at all.
        (400, 1551, "retrieveFailed", "createFailed"),
        (404, 1001, "retrieveFailed", "createFailed"),
        (400, 9999, "retrieveFailed", "createFailed"),
        (404, 0, "retrieveFailed", "createFailed"),
        (409, 1110, "retrieveFailed", "createFailed"),
        (401, 1551, "AUTH_REJECTED", "AUTH_REJECTED"),
        (403, 1551, "FORBIDDEN", "FORBIDDEN"),
        (429, 1551, "THROTTLED", "THROTTLED"),
        (500, 1551, "UNAVAILABLE", "UNAVAILABLE"),
        (599, 1551, "UNAVAILABLE", "UNAVAILABLE"),
    ] {
        for body in [
            json!({ "InternalResponseCode": code }),
            json!({ "internalResponseCode": -code }),
            json!({ "INTERNALRESPONSECODE": format!("-{code}") }),
            json!({ "Exceptions": [{ "Message": SURNAME }, { "InternalResponseCode": -code }] }),
            json!({ "InternalResponseCode": 0, "exceptions": [{ "internalResponseCode": code }] }),
        ] {
            let stand = Stand::new("emis", verifying(json(status, &body))).await;
            assert_eq!(tell(&stand, RETRIEVE, request(RETRIEVE)).await, retrieved, "{status} {body}");
            assert_eq!(tell(&stand, CREATE, request(CREATE)).await, created, "{status} {body}");
        }
    }
}

#[tokio::test]
async fn a_text_says_that_there_is_no_user_whatever_its_code() {
    for (status, body) in [
        (404, json!({ "Message": "No registered online user found for given linkage details" })),
        (400, json!({ "Exceptions": [{ "Message": "NO REGISTERED ONLINE USER", "InternalResponseCode": -1002 }] })),
    ] {
        let stand = Stand::new("emis", verifying(json(status, &body))).await;
        assert_eq!(tell(&stand, RETRIEVE, request(RETRIEVE)).await, "noLinkageKey", "{body}");
    }
}

#[tokio::test]
async fn a_user_that_there_is_already_has_a_key() {
    for (reply, expected) in [
        (error(409, -1110), "keyAlreadyExists"),
        (error(409, -1111), "createFailed"),
        (error(404, -1551), "patientNotFound"),
        (error(400, -1001), "odsNotFound"),
        (error(500, -1110), "UNAVAILABLE"),
    ] {
        let stand = Stand::new("emis", refusing(reply)).await;
        assert_eq!(tell(&stand, CREATE, request(CREATE)).await, expected);
        assert_eq!((stand.server.count(USERS), stand.server.count(VERIFICATIONS)), (1, 0));
    }
}

#[tokio::test]
async fn a_session_is_needed_and_its_refusal_is_told() {
    for (reply, retrieved, created) in [
        (json(200, &json!({})), "PROTOCOL", "PROTOCOL"),
        (json(200, &json!({ "EndUserSessionId": "a b" })), "PROTOCOL", "PROTOCOL"),
        (json(200, &json!({ "EndUserSessionId": 5 })), "PROTOCOL", "PROTOCOL"),
        (answer(200, &[], "<html>"), "PROTOCOL", "PROTOCOL"),
        (answer(401, &[], ""), "AUTH_REJECTED", "AUTH_REJECTED"),
        (answer(403, &[], ""), "FORBIDDEN", "FORBIDDEN"),
        (answer(503, &[], ""), "UNAVAILABLE", "UNAVAILABLE"),
        (error(400, -1401), "odsBlocked", "odsBlocked"),
        (error(400, -1), "retrieveFailed", "createFailed"),
    ] {
        let stand = Stand::new("emis", move |_, _| reply.clone()).await;
        assert_eq!(tell(&stand, RETRIEVE, request(RETRIEVE)).await, retrieved);
        assert_eq!(tell(&stand, CREATE, request(CREATE)).await, created);
        assert_eq!(stand.server.count(SESSION), stand.asked().len());
    }
}

#[tokio::test]
async fn what_the_request_lacks_is_named_before_anything_is_sent() {
    let stand = Stand::new("emis", verifying(json(200, &success()))).await;
    for (operation, changes, fields) in [
        (RETRIEVE, json!({ "identityToken": null }), json!(["identityToken"])),
        (RETRIEVE, json!({ "identityToken": " " }), json!(["identityToken"])),
        (CREATE, json!({ "emailAddress": null }), json!(["emailAddress"])),
        (CREATE, json!({ "emailAddress": "" }), json!(["emailAddress"])),
        (CREATE, json!({ "identityToken": null, "emailAddress": null }), json!(["identityToken", "emailAddress"])),
        (COMPOSED, json!({ "identityToken": null }), json!(["identityToken"])),
        (COMPOSED, json!({ "emailAddress": null }), json!(["emailAddress"])),
    ] {
        let failure = stand.failure(operation, changed(request(operation), changes)).await;
        assert_eq!((&failure["code"], &failure["details"]["fields"]), (&json!("INVALID_INPUT"), &fields), "{failure}");
    }
    assert_eq!(stand.server.requests().len(), 0);
}
