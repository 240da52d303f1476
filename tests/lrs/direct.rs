//! Calls of the service itself.

use serde_json::json;

use crate::stand::{FAMILY, R1, Stand, changed, record, search};
use crate::support::{Reply, answer};

const SOAP: &str = "http://schemas.xmlsoap.org/soap/envelope/";

fn xml(status: u16, body: &str) -> Reply {
    answer(status, &[("Content-Type", "text/xml")], body)
}

fn find(code: &str, learners: &str) -> String {
    format!(
        "<s:Envelope xmlns:s=\"{SOAP}\"><s:Body><f:FindLearnerResponse xmlns:f=\"http://api.lrs.miap.gov.uk/findmsg\">\
         <ResponseCode>{code}</ResponseCode>{learners}</f:FindLearnerResponse></s:Body></s:Envelope>"
    )
}

fn learner(uln: &str, birth: &str) -> String {
    format!(
        "<Learner><ULN>{uln}</ULN><GivenName>TAMSIN</GivenName><FamilyName>{FAMILY}</FamilyName><DateOfBirth>{birth}</DateOfBirth>\
         <Gender>2</Gender><LastKnownPostCode>LS11 5QT</LastKnownPostCode></Learner>"
    )
}

fn events(code: &str, found: &str, incoming: &str, events: &str) -> String {
    format!(
        "<s:Envelope xmlns:s=\"{SOAP}\"><s:Body><GetLearnerLearningEventsResponse xmlns=\"http://tempuri.org/\">\
         <GetLearnerLearningEventsResult xmlns:a=\"http://api.lrs.qcf.gov.uk/model\"><a:ResponseCode>{code}</a:ResponseCode>\
         <a:FoundULN>{found}</a:FoundULN><a:IncomingULN>{incoming}</a:IncomingULN><a:LearnerRecord>{events}</a:LearnerRecord>\
         </GetLearnerLearningEventsResult></GetLearnerLearningEventsResponse></s:Body></s:Envelope>"
    )
}

const EVENT: &str = "<a:LearningEvent><a:ID>2931</a:ID><a:Level>Level 3</a:Level></a:LearningEvent>";

fn miap(code: &str) -> String {
    format!(
        "<s:Envelope xmlns:s=\"{SOAP}\"><s:Body><s:Fault><detail><q:MIAPAPIException xmlns:q=\"http://api.lrs.miap.gov.uk/exceptions\">\
         <ErrorCode>{code}</ErrorCode><Description>{FAMILY}</Description></q:MIAPAPIException></detail></s:Fault></s:Body></s:Envelope>"
    )
}

fn domain(code: &str) -> String {
    format!(
        "<s:Envelope xmlns:s=\"{SOAP}\"><s:Body><s:Fault><detail><f:DomainFault xmlns:f=\"http://api.lrs.qcf.gov.uk/faults\">\
         <f:ErrorCode>{code}</f:ErrorCode></f:DomainFault></detail></s:Fault></s:Body></s:Envelope>"
    )
}

const MAINTENANCE: &str = "<html><h1>UnsupportedHttpVerb</h1>HttpStatusCode: 405</html>";

/// A plugin whose service always answers the same.
async fn answering(status: u16, body: String) -> Stand {
    Stand::new("direct", move |_, _| xml(status, &body)).await
}

#[tokio::test]
async fn a_search_is_sent_as_the_service_wants_it() {
    let stand = answering(200, find("WSRC0001", "")).await;
    let request = changed(
        search(),
        json!({ "schoolAtAge16": " St. Agnes & Sons <Upper> \"A\" ", "lastKnownPostCode": "ls11 5qt" }),
    );
    assert_eq!(stand.call("match_learner", request).await.unwrap(), json!({ "outcome": "noMatch", "learners": [] }));
    stand.call("fetch_plr", record()).await.unwrap_err();
    let requests = stand.server.requests();
    let header = |at: usize, name: &str| requests[at].header(name).unwrap_or_default().to_owned();
    assert_eq!((requests[0].method.as_str(), requests[0].target.as_str()), ("POST", "/lrs/LearnerService.svc"));
    assert_eq!((header(0, "soapaction"), header(0, "content-type")), ("\"\"".into(), "text/xml; charset=utf-8".into()));
    assert_eq!(header(0, "accept"), "text/xml, application/xml");
    let body = String::from_utf8(requests[0].body.clone()).unwrap();
    for part in [
        "<UKPRN>10099901</UKPRN><OrgPassword>Or&amp;chard&lt;Gate&gt;1</OrgPassword><UserName>clerk@example.test</UserName>",
        "<Gender>2</Gender><LastKnownPostCode>LS11 5QT</LastKnownPostCode><PreviousFamilyName></PreviousFamilyName>\
         <SchoolAtAge16>St. Agnes &amp; Sons &lt;Upper&gt; &quot;A&quot;</SchoolAtAge16>",
    ] {
        assert!(body.contains(part), "{body}");
    }
    assert_eq!(requests[1].target, "/lrs/LearnerServiceR9.svc");
    assert_eq!(header(1, "soapaction"), "\"http://tempuri.org/ILearnerServiceR9/GetLearnerLearningEvents\"");
}

#[tokio::test]
async fn every_answer_about_a_learner_is_an_outcome() {
    let one = learner(R1, "1998-04-12");
    let two = learner("4203040506", "1995-06-28") + &learner("6405060704", "1998-04-12");
    for (code, learners, outcome, count) in [
        ("WSRC0001", "", "noMatch", 0),
        ("WSRC0002", "", "tooManyMatches", 0),
        ("WSRC0003", two.as_str(), "possibleMatch", 2),
        ("WSRC0004", one.as_str(), "exactMatch", 1),
        ("WSRC0022", one.as_str(), "linkedLearnerMatch", 1),
    ] {
        let stand = answering(200, find(code, learners)).await;
        let done = stand.call("match_learner", search()).await.unwrap();
        assert_eq!((&done["outcome"], done["learners"].as_array().unwrap().len()), (&json!(outcome), count), "{done}");
        assert_eq!(done["mismatchedFields"].is_object(), outcome == "possibleMatch", "{done}");
        if count == 1 {
            assert_eq!((&done["learners"][0]["uln"], &done["learners"][0]["gender"]), (&json!(R1), &json!("female")));
        }
    }
}

#[tokio::test]
async fn a_possible_match_says_where_each_learner_differs() {
    let other = learner("6405060704", "1998-04-12").replace("<Gender>2", "<Gender>1");
    let stand = answering(200, find("WSRC0003", &(learner("4203040506", "1995-06-28") + &other))).await;
    let done = stand.call("match_learner", changed(search(), json!({ "lastKnownPostCode": "LS115QT" }))).await.unwrap();
    assert_eq!(done["mismatchedFields"], json!({ "dateOfBirth": ["1995-06-28"], "gender": ["male"] }));
    assert_eq!(done["mismatchesByLearner"], json!([["dateOfBirth"], ["gender"]]));
    let same = answering(200, find("WSRC0003", &learner(R1, "1998-04-12"))).await;
    let done = same.call("match_learner", search()).await.unwrap();
    assert_eq!((&done["mismatchedFields"], &done["mismatchesByLearner"]), (&json!({}), &json!([[]])));
}

#[tokio::test]
async fn a_search_by_uln_needs_no_more_than_names_and_believes_no_other_learner() {
    let stand = answering(200, find("WSRC0004", &learner(R1, "1998-04-12"))).await;
    let done = stand.call("match_learner", record()).await.unwrap();
    assert_eq!((&done["outcome"], &done["learners"][0]["uln"]), (&json!("exactMatch"), &json!(R1)));
    let body = String::from_utf8(stand.server.requests()[0].body.clone()).unwrap();
    assert!(body.contains("<fin:FindLearnerByULN>") && body.contains(&format!("<ULN>{R1}</ULN>")), "{body}");
    let failure = stand.failure("match_learner", changed(record(), json!({ "uln": "3000000010" }))).await;
    assert_eq!(failure["code"], "PROTOCOL", "{failure}");
}

#[tokio::test]
async fn every_answer_about_a_record_is_an_outcome() {
    for (code, found, incoming, sent, expected) in [
        (
            "WSRC0004",
            R1,
            R1,
            EVENT,
            json!({ "outcome": "found", "foundUln": R1, "incomingUln": R1, "learningEvents": [{ "id": "2931", "level": "Level 3" }] }),
        ),
        ("WSRC0004", "", R1, "", json!({ "outcome": "found", "incomingUln": R1, "learningEvents": [] })),
        (
            "WSRC0022",
            "7506070803",
            R1,
            EVENT,
            json!({ "outcome": "linked", "foundUln": "7506070803", "incomingUln": R1, "learningEvents": [{ "id": "2931", "level": "Level 3" }] }),
        ),
        ("WSEC0206", R1, R1, EVENT, json!({ "outcome": "notShared", "incomingUln": R1, "learningEvents": [] })),
        ("WSEC0208", "", R1, "", json!({ "outcome": "notVerified", "incomingUln": R1, "learningEvents": [] })),
    ] {
        let stand = answering(200, events(code, found, incoming, sent)).await;
        assert_eq!(stand.call("fetch_plr", record()).await.unwrap(), expected, "{code}");
    }
}

#[tokio::test]
async fn an_answer_that_contradicts_itself_or_is_about_somebody_else_is_not_handed_on() {
    let one = learner(R1, "1998-04-12");
    for (code, learners) in [
        ("WSRC0004", String::new()),
        ("WSRC0004", one.repeat(2)),
        ("WSRC0022", String::new()),
        ("WSRC0003", String::new()),
        ("WSRC0001", one),
    ] {
        let failure = answering(200, find(code, &learners)).await.failure("match_learner", search()).await;
        assert_eq!(failure["code"], "PROTOCOL", "{code}: {failure}");
    }
    for (code, found, incoming) in
        [("WSRC0004", "3000000010", R1), ("WSRC0004", R1, "3000000010"), ("WSRC0022", R1, "3000000010")]
    {
        let failure = answering(200, events(code, found, incoming, EVENT)).await.failure("fetch_plr", record()).await;
        assert_eq!(failure["code"], "PROTOCOL", "{code}: {failure}");
    }
}

#[tokio::test]
async fn every_fault_has_its_error_whatever_its_status_and_kind() {
    for (code, expected, retriable) in [
        ("WSEC0001", "REJECTED", false),
        ("WSEC0002", "REJECTED", false),
        ("WSEC0003", "BAD_CREDENTIAL", false),
        ("WSEC0004", "MAINTENANCE", true),
        ("WSEC0005", "BAD_CREDENTIAL", false),
        ("WSEC0006", "BAD_CREDENTIAL", false),
        ("WSEC0136", "REJECTED", false),
        ("WSEC0999", "SERVICE_FAULT", false),
    ] {
        for (status, body) in [(500, miap(code)), (200, miap(code)), (500, domain(code)), (400, domain(code))] {
            let stand = answering(status, body).await;
            for (operation, request) in [("match_learner", search()), ("fetch_plr", record())] {
                let failure = stand.failure(operation, request).await;
                assert_eq!(
                    (&failure["code"], &failure["retriable"]),
                    (&json!(expected), &json!(retriable)),
                    "{code} {status}"
                );
                assert_eq!(
                    (&failure["upstream"]["code"], &failure["upstream"]["httpStatus"]),
                    (&json!(code), &json!(status))
                );
            }
            assert_eq!(stand.server.requests().len(), 2, "a fault is never asked for twice");
        }
    }
    // The same codes may stand where an answer's code belongs.
    for (code, expected) in [("WSEC0136", "REJECTED"), ("WSEC0005", "BAD_CREDENTIAL"), ("WSRC0015", "SERVICE_FAULT")] {
        let failure = answering(200, events(code, "", "", "")).await.failure("fetch_plr", record()).await;
        assert_eq!((&failure["code"], &failure["upstream"]["code"]), (&json!(expected), &json!(code)));
        let failure = answering(200, find(code, "")).await.failure("match_learner", search()).await;
        assert_eq!(failure["code"], expected);
    }
}

#[tokio::test]
async fn what_is_no_answer_of_the_service_is_told_apart() {
    let whole = find("WSRC0004", &learner(R1, "1998-04-12"));
    let bomb = format!("<!DOCTYPE a [<!ENTITY a \"{}\"><!ENTITY b \"&a;&a;&a;\">]>{whole}", "a".repeat(1000));
    for (status, body, code) in [
        (405, MAINTENANCE.to_owned(), "MAINTENANCE"),
        (500, miap("x").replace(FAMILY, "UnsupportedHttpVerb"), "MAINTENANCE"),
        (405, "<html>Not allowed</html>".to_owned(), "PROTOCOL"),
        (200, MAINTENANCE.to_owned(), "PROTOCOL"),
        (200, format!("<html>{FAMILY}</html>"), "PROTOCOL"),
        (200, whole[..whole.len() - 20].to_owned(), "PROTOCOL"),
        (200, bomb, "PROTOCOL"),
        (200, String::new(), "PROTOCOL"),
        (403, String::new(), "FORBIDDEN"),
        (500, whole.clone(), "UNAVAILABLE"),
        (503, "down".to_owned(), "UNAVAILABLE"),
        (429, String::new(), "THROTTLED"),
        (302, String::new(), "PROTOCOL"),
    ] {
        let stand = answering(status, body.clone()).await;
        let failure = stand.failure("match_learner", search()).await;
        assert_eq!(failure["code"], code, "{status} {failure}");
        assert_eq!(stand.server.requests().len(), 1, "{status}");
    }
    // Cut by the connection.
    let stand =
        Stand::new("direct", |_, _| Reply::Close(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n<s:Env".to_vec()))
            .await;
    let failure = stand.failure("match_learner", search()).await;
    assert_eq!((&failure["code"], stand.server.requests().len()), (&json!("PROTOCOL"), 1));
}

#[tokio::test]
async fn a_body_without_end_is_cut_off_at_its_limit() {
    let head = format!("HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n<s:Envelope xmlns:s=\"{SOAP}\"><s:Body>");
    let stand = Stand::new("direct", move |_, _| {
        Reply::Endless(head.clone().into_bytes(), vec![b' '; 256 * 1024], std::time::Duration::ZERO)
    })
    .await;
    for (operation, request) in [("match_learner", search()), ("fetch_plr", record())] {
        let failure = stand.failure(operation, request).await;
        assert_eq!(failure["code"], "RESPONSE_TOO_LARGE", "{failure}");
    }
}

#[tokio::test]
async fn faults_do_not_make_the_service_look_dead() {
    let stand = answering(500, miap("WSEC0001")).await;
    for _ in 0..10 {
        assert_eq!(stand.failure("match_learner", search()).await["code"], "REJECTED");
    }
    assert_eq!(stand.server.requests().len(), 10);
}

#[tokio::test]
async fn a_service_that_hangs_is_waited_for_once_and_one_out_of_reach_is_tried_twice() {
    let stand = Stand::new("direct", |_, _| Reply::Stall(Vec::new())).await;
    let failure = stand.failure("match_learner", changed(search(), json!({ "timeoutMs": 300 }))).await;
    assert_eq!((&failure["code"], stand.server.counts().connections), (&json!("DEADLINE_EXCEEDED"), 1));
    stand.server.until(|counts| counts.closed == 1).await;
    let gone = Stand::with(json!({ "url": "http://127.0.0.1:9/lrs" }), |_, _| xml(200, "")).await;
    assert_eq!(gone.failure("fetch_plr", record()).await["code"], "UNREACHABLE");
    let stats = gone.plugin.stats();
    let endpoint = &stats["transport"]["endpoints"][0];
    assert_eq!((&endpoint["endpoint"], &endpoint["retries"]), (&json!("GetLearnerLearningEvents"), &json!(1)));
}

#[tokio::test]
async fn bad_input_is_refused_by_the_name_of_its_field_before_anything_is_sent() {
    let stand = answering(200, find("WSRC0001", "")).await;
    let long = "a".repeat(255);
    for (operation, request, field) in [
        ("match_learner", changed(search(), json!({ "familyName": "Al3x" })), "familyName"),
        ("match_learner", changed(search(), json!({ "givenName": "" })), "givenName"),
        ("match_learner", changed(search(), json!({ "givenName": "a".repeat(36) })), "givenName"),
        ("match_learner", changed(search(), json!({ "dateOfBirth": "1995-13-40" })), "dateOfBirth"),
        ("match_learner", changed(search(), json!({ "dateOfBirth": "2995-01-01" })), "dateOfBirth"),
        ("match_learner", changed(search(), json!({ "dateOfBirth": null })), "dateOfBirth"),
        ("match_learner", changed(search(), json!({ "gender": null })), "gender"),
        ("match_learner", changed(search(), json!({ "gender": "FEMALE" })), "gender"),
        ("match_learner", changed(search(), json!({ "lastKnownPostCode": "1234" })), "lastKnownPostCode"),
        ("match_learner", changed(search(), json!({ "lastKnownPostCode": null })), "lastKnownPostCode"),
        ("match_learner", changed(search(), json!({ "schoolAtAge16": long })), "schoolAtAge16"),
        ("match_learner", changed(search(), json!({ "schoolAtAge16": "a\u{1}" })), "schoolAtAge16"),
        ("match_learner", changed(search(), json!({ "placeOfBirth": "a".repeat(36) })), "placeOfBirth"),
        ("match_learner", changed(search(), json!({ "emailAddress": "a@@b.example" })), "emailAddress"),
        ("match_learner", changed(search(), json!({ "previousFamilyName": "4" })), "previousFamilyName"),
        ("match_learner", changed(search(), json!({ "user": null })), "user"),
        ("match_learner", changed(search(), json!({ "user": "  " })), "user"),
        ("match_learner", changed(search(), json!({ "ukprn": null })), "ukprn"),
        ("match_learner", changed(record(), json!({ "uln": "1234567890" })), "uln"),
        ("fetch_plr", changed(record(), json!({ "uln": "1234567890" })), "uln"),
        ("fetch_plr", changed(record(), json!({ "uln": null })), "uln"),
        ("fetch_plr", changed(record(), json!({ "familyName": null })), "familyName"),
        ("fetch_plr", changed(record(), json!({ "dateOfBirth": "1998-02-30" })), "dateOfBirth"),
        ("fetch_plr", changed(record(), json!({ "personId": "A1000AA" })), "personId"),
        (
            "confirm_match",
            json!({ "personId": " ", "uln": R1, "givenName": "Tamsin", "familyName": FAMILY, "matchType": "exactMatch" }),
            "personId",
        ),
        (
            "confirm_match",
            json!({ "personId": "A1000AA", "uln": "1", "givenName": "Tamsin", "familyName": FAMILY, "matchType": "exactMatch" }),
            "uln",
        ),
        ("get_match", json!({ "personId": "..", }), "personId"),
        ("remove_match", json!({ "personId": "A1000AA", "user": null }), "user"),
        ("subject_access_report", json!({ "personId": "A1000AA", "fromDate": "2026-02-30" }), "fromDate"),
    ] {
        let failure = stand.failure(operation, request).await;
        assert_eq!(failure["code"], "INVALID_INPUT", "{field}: {failure}");
        assert_eq!(failure["details"]["field"], field, "{failure}");
    }
    assert_eq!(stand.server.requests().len(), 0);
}

#[tokio::test]
async fn the_original_rules_hold_when_configured() {
    let stand = Stand::with(json!({ "profile": "compat" }), |_, _| xml(200, &find("WSRC0001", ""))).await;
    for (changes, field) in [
        (json!({ "givenName": "Jo" }), "givenName"),
        (json!({ "givenName": "Zoë" }), "givenName"),
        (json!({ "lastKnownPostCode": "ls11 5qt" }), "lastKnownPostCode"),
        (json!({ "emailAddress": "" }), "emailAddress"),
    ] {
        let failure = stand.failure("match_learner", changed(search(), changes)).await;
        assert_eq!(failure["details"]["field"], field, "{failure}");
    }
    for changes in [json!({ "dateOfBirth": "2995-01-01" }), json!({ "lastKnownPostCode": "1234" })] {
        stand.call("match_learner", changed(search(), changes)).await.unwrap();
    }
    let strict = answering(200, find("WSRC0001", "")).await;
    for name in ["Jo", "Zoë", "D’Arcy", "李"] {
        strict.call("match_learner", changed(search(), json!({ "givenName": name }))).await.unwrap();
    }
}

#[tokio::test]
async fn a_profile_without_a_credential_is_told_so() {
    let stand = answering(200, find("WSRC0001", "")).await;
    let failure = stand.failure("match_learner", changed(search(), json!({ "ukprn": "10099902" }))).await;
    assert_eq!((&failure["code"], &failure["details"]["profile"]), (&json!("NO_CREDENTIAL"), &json!("10099902")));
}
