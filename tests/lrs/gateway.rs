//! Calls of a gateway.

use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Value, json};

use crate::stand::{FAMILY, R1, Stand, changed, record, search};
use crate::support::{Reply, Request, answer};

fn body(status: u16, body: &Value) -> Reply {
    answer(status, &[("Content-Type", "application/json")], body.to_string())
}

fn token(request: &Request) -> Option<Reply> {
    let granted = json!({ "access_token": "t0ken", "token_type": "bearer", "expires_in": 3600, "jti": "x" });
    request.target.contains("/oauth/token").then(|| body(200, &granted))
}

/// A plugin whose gateway always answers the same.
async fn answering(status: u16, reply: Value) -> Stand {
    Stand::new("gateway", move |_, request| token(request).unwrap_or_else(|| body(status, &reply))).await
}

fn complaint(error_code: &str, developer_message: &str) -> Value {
    json!({
        "status": "X", "errorCode": error_code, "userMessage": format!("about {FAMILY}"), "developerMessage": developer_message,
        "moreInfo": FAMILY,
    })
}

fn person() -> Value {
    json!({ "personId": "A1000AA" })
}

fn confirmation() -> Value {
    json!({ "personId": "A1000AA", "uln": R1, "givenName": "Tamsin", "familyName": FAMILY, "matchType": "exactMatch" })
}

#[tokio::test]
async fn a_search_carries_token_user_and_the_gateways_words() {
    let reply = json!({ "searchParameters": {}, "responseType": "No Match" });
    let stand = answering(200, reply).await;
    let request = changed(search(), json!({ "gender": "notSpecified", "placeOfBirth": "Leeds" }));
    assert_eq!(stand.call("match_learner", request.clone()).await.unwrap()["outcome"], "noMatch");
    stand.call("match_learner", request).await.unwrap();
    let requests = stand.server.requests();
    let targets: Vec<&str> = requests.iter().map(|request| request.target.as_str()).collect();
    assert_eq!(
        targets,
        [
            "/hmpps-auth/auth/oauth/token?grant_type=client_credentials",
            "/learner-records/learners",
            "/learner-records/learners"
        ]
    );
    // base64 of `ui-client:s3c+ret/=ui`
    assert_eq!(requests[0].header("authorization"), Some("Basic dWktY2xpZW50OnMzYytyZXQvPXVp"));
    assert_eq!((requests[0].header("content-length"), requests[0].body.len()), (Some("0"), 0));
    assert_eq!(requests[0].header("content-type"), Some("application/x-www-form-urlencoded"));
    assert_eq!(requests[1].header("authorization"), Some("Bearer t0ken"));
    assert_eq!(requests[1].header("x-username"), Some("clerk@example.test"));
    let sent: Value = serde_json::from_slice(&requests[1].body).unwrap();
    assert_eq!(
        sent,
        json!({
            "givenName": "Tamsin", "familyName": FAMILY, "dateOfBirth": "1998-04-12", "gender": "NOT_SPECIFIED",
            "lastKnownPostCode": "LS11 5QT", "placeOfBirth": "Leeds",
        })
    );
}

#[tokio::test]
async fn learners_are_the_same_as_from_the_service_itself() {
    let learner = json!({
        "uln": R1, "givenName": "TAMSIN", "familyName": FAMILY, "dateOfBirth": "1998-04-13", "gender": "FEMALE",
        "lastKnownPostCode": "LS115QT", "versionNumber": "1", "linkedULNs": ["7506070803"], "surprise": { "a": [1] },
        "title": null,
    });
    let reply = json!({
        "matchedLearners": [learner, { "gender": "Unknown" }], "responseType": "Possible Match",
        "mismatchedFields": { "dateOfBirth": ["1998-04-13"] }, "searchParameters": {},
    });
    let done = answering(200, reply).await.call("match_learner", search()).await.unwrap();
    assert_eq!(
        done,
        json!({
            "outcome": "possibleMatch",
            "learners": [
                { "uln": R1, "givenName": "TAMSIN", "familyName": FAMILY, "dateOfBirth": "1998-04-13", "gender": "female",
                  "lastKnownPostCode": "LS115QT", "versionNumber": "1", "linkedULNs": ["7506070803"] },
                { "gender": "unknown" },
            ],
            "mismatchedFields": { "dateOfBirth": ["1998-04-13"], "gender": ["unknown"] },
            "mismatchesByLearner": [["dateOfBirth"], ["gender"]],
        })
    );
    for (word, learners, outcome) in [
        ("Exact Match", json!([{ "uln": R1 }]), "exactMatch"),
        ("Linked Learner Match", json!([{ "uln": R1 }]), "linkedLearnerMatch"),
        ("Too Many Matches", Value::Null, "tooManyMatches"),
        ("No Match", json!([]), "noMatch"),
    ] {
        let reply = json!({ "responseType": word, "matchedLearners": learners });
        assert_eq!(answering(200, reply).await.call("match_learner", search()).await.unwrap()["outcome"], outcome);
    }
    for (word, code) in [("", Value::Null), ("Unknown (WSEC0136)", json!("WSEC0136"))] {
        let failure = answering(200, json!({ "responseType": word })).await.failure("match_learner", search()).await;
        assert_eq!(failure["upstream"]["code"], code, "{failure}");
        assert!(["SERVICE_FAULT", "REJECTED"].contains(&failure["code"].as_str().unwrap()));
    }
}

#[tokio::test]
async fn a_record_is_read_and_not_shared_is_an_outcome_of_status_200() {
    let record_of = |word: &str, events: Value| json!({ "searchParameters": {}, "responseType": word, "foundUln": R1, "incomingUln": R1, "learnerRecord": events });
    let stand =
        answering(200, record_of("Exact Match", json!([{ "id": "2931", "level": "", "returnNumber": "02" }]))).await;
    let done = stand.call("fetch_plr", changed(record(), json!({ "gender": "female" }))).await.unwrap();
    let expected = json!({
        "outcome": "found", "foundUln": R1, "incomingUln": R1,
        "learningEvents": [{ "id": "2931", "level": "", "returnNumber": "02" }],
    });
    assert_eq!(done, expected);
    let sent: Value = serde_json::from_slice(&stand.server.requests()[1].body).unwrap();
    assert_eq!(sent, json!({ "uln": R1, "givenName": "Tamsin", "familyName": FAMILY, "gender": "FEMALE" }));
    for (word, outcome) in
        [("Learner opted to not share data", "notShared"), ("Learner could not be verified", "notVerified")]
    {
        let stand = answering(200, record_of(word, json!([]))).await;
        assert_eq!(stand.call("fetch_plr", record()).await.unwrap()["outcome"], outcome);
    }
    let other = json!({ "responseType": "Exact Match", "foundUln": "3000000010", "incomingUln": "3000000010", "learnerRecord": [] });
    assert_eq!(answering(200, other).await.failure("fetch_plr", record()).await["code"], "PROTOCOL");
}

#[tokio::test]
async fn every_error_of_the_gateway_has_its_own() {
    let plain = |status: u16| (status, json!("<html>somebody else</html>"));
    let fields = "Validation(s) failed for [lastKnownPostCode, givenName, Quillfeather]";
    let lrs = "LRS returned an error: MIAPAPIException(errorCode=WSEC0999, errorActor=x, description=Quillfeather)";
    for ((status, reply), code, detail) in [
        ((400, complaint("Validation Failed", fields)), "INVALID_INPUT", "lastKnownPostCode, givenName"),
        ((400, complaint("Unreadable HTTP message", "JSON parse error: Quillfeather")), "REJECTED", ""),
        ((400, complaint("Missing X-Username Header", "")), "INVALID_INPUT", "user"),
        (plain(400), "REJECTED", ""),
        ((403, complaint("Forbidden - Authorization Denied", "")), "FORBIDDEN", ""),
        ((404, complaint("No Resource Found", "")), "PROTOCOL", ""),
        ((405, complaint("Method (POST) not allowed", "")), "PROTOCOL", ""),
        ((408, complaint("Request Timeout", "")), "DEADLINE_EXCEEDED", ""),
        ((424, complaint("DfE API failed to Respond", "")), "MAINTENANCE", ""),
        ((500, json!({ "errorCode": "LRS Error", "userMessage": lrs })), "SERVICE_FAULT", "WSEC0999"),
        (
            (500, json!({ "errorCode": "LRS Error", "userMessage": "LRS returned an error without detail" })),
            "SERVICE_FAULT",
            "",
        ),
        ((500, complaint("Unexpected error", "")), "UNAVAILABLE", ""),
        (plain(503), "UNAVAILABLE", ""),
        (plain(429), "THROTTLED", ""),
        ((200, json!("html")), "PROTOCOL", ""),
        ((200, json!({ "responseType": "Exact Match", "matchedLearners": "x" })), "PROTOCOL", ""),
        ((200, json!({ "responseType": "Exact Match", "matchedLearners": [{ "uln": {} }] })), "PROTOCOL", ""),
    ] {
        let stand = answering(status, reply).await;
        let failure = stand.failure("match_learner", search()).await;
        assert_eq!(failure["code"], code, "{status}: {failure}");
        let found = failure["details"]["field"].as_str().or(failure["upstream"]["code"].as_str()).unwrap_or_default();
        assert_eq!(found, detail, "{failure}");
        let calls = stand.server.count("/learners");
        let repeated = matches!(status, 429 | 503);
        assert_eq!(calls, if repeated { 3 } else { 1 }, "{status} was asked {calls} times");
    }
}

#[tokio::test]
async fn a_refused_token_is_replaced_once() {
    let tokens = AtomicUsize::new(0);
    let granting = move |request: &Request| {
        request.target.contains("/oauth/token").then(|| {
            let nth = tokens.fetch_add(1, Ordering::SeqCst) + 1;
            body(200, &json!({ "access_token": format!("t{nth}"), "token_type": "bearer", "expires_in": 3600 }))
        })
    };
    let stand = Stand::new("gateway", move |_, request| {
        granting(request).unwrap_or_else(|| match request.header("authorization") {
            Some("Bearer t1") => answer(401, &[], ""),
            _ => body(200, &json!({ "status": "NoMatch", "matchedUln": "", "givenName": "", "familyName": "" })),
        })
    })
    .await;
    assert_eq!(stand.call("get_match", person()).await.unwrap(), json!({ "outcome": "noUln" }));
    assert_eq!((stand.server.count("/token"), stand.server.count("/A1000AA")), (2, 2));
    let never = Stand::new("gateway", |_, request| token(request).unwrap_or_else(|| answer(401, &[], ""))).await;
    assert_eq!(never.failure("get_match", person()).await["code"], "AUTH_REJECTED");
    assert_eq!(never.server.count("/A1000AA"), 2);
    for (status, code) in [(401, "BAD_CREDENTIAL"), (400, "AUTH_CONFIG")] {
        let refusing = Stand::new("gateway", move |_, _| body(status, &json!({ "error": "unauthorized" }))).await;
        assert_eq!(refusing.failure("get_match", person()).await["code"], code);
        assert_eq!(refusing.server.count("/A1000AA"), 0);
    }
}

#[tokio::test]
async fn the_state_of_a_person_is_told_from_an_address_that_does_not_exist() {
    let found = json!({ "matchedUln": R1, "givenName": "Tamsin", "familyName": FAMILY, "status": "Found" });
    let done = answering(200, found).await.call("get_match", person()).await.unwrap();
    assert_eq!(done, json!({ "outcome": "matched", "uln": R1, "givenName": "Tamsin", "familyName": FAMILY }));
    let unknown = answering(404, json!({ "status": "NotFound" })).await;
    assert_eq!(unknown.call("get_match", person()).await.unwrap(), json!({ "outcome": "notMatched" }));
    for (status, reply) in [
        (404, json!({ "status": "NOT_FOUND", "errorCode": "No Resource Found" })),
        (404, json!("<html>nginx</html>")),
        (200, json!({ "status": "Something" })),
        (200, json!({ "status": "Found", "matchedUln": "" })),
    ] {
        assert_eq!(answering(status, reply).await.failure("get_match", person()).await["code"], "PROTOCOL");
    }
}

#[tokio::test]
async fn writes_are_sent_once_and_a_taken_uln_is_an_outcome() {
    let stand = answering(201, json!("")).await;
    for (operation, request, outcome) in [
        ("confirm_match", confirmation(), "confirmed"),
        (
            "confirm_no_match",
            changed(person(), json!({ "countOfReturnedUlns": 3, "matchType": "possibleMatch" })),
            "confirmed",
        ),
        ("remove_match", person(), "removed"),
    ] {
        assert_eq!(stand.call(operation, request).await.unwrap(), json!({ "outcome": outcome }));
    }
    let requests = &stand.server.requests()[1..];
    let sent: Vec<(&str, &str)> =
        requests.iter().map(|request| (request.target.as_str(), std::str::from_utf8(&request.body).unwrap())).collect();
    let parsed = |at: usize| serde_json::from_str::<Value>(sent[at].1).unwrap();
    assert_eq!(sent[0].0, "/learner-records/match/A1000AA");
    let expected = json!({
        "matchingUln": R1, "givenName": "Tamsin", "familyName": FAMILY, "matchType": "Exact Match", "countOfReturnedUlns": "1",
    });
    assert_eq!(parsed(0), expected);
    assert_eq!(sent[1].0, "/learner-records/match/A1000AA/no-match");
    assert_eq!(parsed(1), json!({ "matchType": "Possible Match", "countOfReturnedUlns": "3" }));
    assert_eq!(sent[2], ("/learner-records/match/A1000AA/unmatch", ""));
    let taken = Stand::new("gateway", |_, request| token(request).unwrap_or_else(|| answer(409, &[], ""))).await;
    assert_eq!(taken.call("confirm_match", confirmation()).await.unwrap(), json!({ "outcome": "ulnTaken" }));
    let down = answering(503, json!("")).await;
    assert_eq!(down.failure("confirm_match", confirmation()).await["code"], "UNAVAILABLE");
    assert_eq!(down.server.count("/A1000AA"), 1);
}

#[tokio::test]
async fn the_id_of_a_person_is_one_part_of_the_address_whatever_it_holds() {
    let stand = answering(404, json!({ "status": "NotFound" })).await;
    stand.call("get_match", json!({ "personId": "a/../b?c#d é%" })).await.unwrap();
    assert_eq!(stand.server.requests()[1].target, "/learner-records/match/a%2F..%2Fb%3Fc%23d%20%C3%A9%25");
}

#[tokio::test]
async fn a_record_by_person_comes_through_the_gateways_register() {
    let events = json!({ "responseType": "Exact Match", "foundUln": R1, "incomingUln": R1, "learnerRecord": [] });
    let stand = answering(200, events).await;
    assert_eq!(stand.call("fetch_plr", person()).await.unwrap()["outcome"], "found");
    assert_eq!(stand.server.requests()[1].target, "/learner-records/match/A1000AA/learner-events");
    for (status, error_code, outcome) in [(404, "Match not found", "notMatched"), (400, "Match not possible", "noUln")]
    {
        let stand = answering(status, complaint(error_code, "")).await;
        assert_eq!(
            stand.call("fetch_plr", person()).await.unwrap(),
            json!({ "outcome": outcome, "learningEvents": [] })
        );
    }
    assert_eq!(
        answering(404, complaint("No Resource Found", "")).await.failure("fetch_plr", person()).await["code"],
        "PROTOCOL"
    );
}

#[tokio::test]
async fn a_report_has_the_gateways_rows() {
    let row = json!({
        "id": 7, "nomisId": "A1000AA", "matchedUln": R1, "givenName": "Tamsin", "familyName": FAMILY, "matchType": "Exact Match",
        "countOfReturnedUlns": "1", "matchStatus": "Matched", "dateCreated": "2024-05-01T10:00:00.5",
    });
    let stand = answering(200, json!({ "content": [row] })).await;
    let request = changed(person(), json!({ "fromDate": "2024-05-01", "toDate": "2024-05-02" }));
    let done = stand.call("subject_access_report", request).await.unwrap();
    assert_eq!(
        stand.server.requests()[1].target,
        "/learner-records/subject-access-request?prn=A1000AA&fromDate=2024-05-01&toDate=2024-05-02"
    );
    assert_eq!((&done["outcome"], &done["rows"][0]["createdAt"]), (&json!("found"), &json!("2024-05-01T10:00:00.5Z")));
    assert_eq!(done["rows"][0]["personId"], "A1000AA");
    let none = Stand::new("gateway", |_, request| {
        token(request).unwrap_or_else(|| Reply::Send(b"HTTP/1.1 204 No Content\r\n\r\n".to_vec()))
    })
    .await;
    assert_eq!(none.call("subject_access_report", person()).await.unwrap(), json!({ "outcome": "none", "rows": [] }));
}

#[tokio::test]
async fn what_a_gateway_cannot_do_is_refused_before_it_is_called() {
    let stand = answering(200, json!({})).await;
    for (operation, request, code) in [
        ("match_learner", record(), "INVALID_INPUT"),
        ("get_match", changed(person(), json!({ "user": "Zoë" })), "INVALID_INPUT"),
        ("import_matches", json!({ "path": "x.csv" }), "INVALID_CONFIG"),
        ("export_matches", json!({ "path": "x.csv" }), "INVALID_CONFIG"),
    ] {
        assert_eq!(stand.failure(operation, request).await["code"], code, "{operation}");
    }
    assert_eq!(stand.server.requests().len(), 0);
}
