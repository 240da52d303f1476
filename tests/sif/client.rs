//! Asking a retrieval service and a broker that answer as a test tells them to.

use std::sync::Arc;

use learnerlink::config::Config;
use learnerlink::{Clock, Error, Plugin};
use serde_json::{Value, json};

use crate::support::{Reply, Request, Server, answer};

const PROFILE: &str = "10099901";
const STUDENT: &str = "700001";
const RECORD: &str = "<?xml version=\"1.0\"?><xSre xmlns:psesd=\"psesd\" refId=\"r1\"><name><familyName>Ashdown</familyName>\
    <givenName>Rook</givenName></name><localId>700001</localId><enrollment><psesd:enrollmentStatus>E</psesd:enrollmentStatus></enrollment></xSre>";
const XML: [(&str, &str); 1] = [("content-type", "application/xml; charset=UTF-8")];
/// The authorization of the specification's second vector.
const V2: &str = "SIF_HMACSHA256 NWIwYzdhNTItM2Q2NC00ZjBlLTlhNzctMmY2ZjBkMWM5ZTEwOk5LUm1FM0hBbnBzR1Bzdi9DVC9yRHFXbjdoRjNqUDRsRlFOSnN2RlRpN2s9";

struct Stand {
    plugin: Arc<Plugin>,
    server: Server,
    clock: Clock,
}

impl Stand {
    async fn new(sif: Value, script: impl Fn(usize, &Request) -> Reply + Send + Sync + 'static) -> Self {
        let server = Server::start(script).await;
        let base = server.url("/svcs").to_string();
        let mut section = json!({ "url": base, "environmentUrl": base, "zoneId": "alder" });
        section.as_object_mut().unwrap().extend(sif.as_object().unwrap().clone());
        let config = json!({
            "store": ":memory:", "sif": section, "retry": { "maxAttempts": 3, "firstWaitMs": 10 }, "log": { "level": "trace" },
            "profiles": { PROFILE: { "displayName": "Alder District", "sif": {
                "sessionToken": "5b0c7a52-3d64-4f0e-9a77-2f6f0d1c9e10", "sharedSecret": "s3cret-key-0001",
            } } },
        });
        let clock = Clock::manual("2026-11-22T08:15:30Z".parse().unwrap());
        let plugin = Plugin::open_with(Config::read(&config.to_string()).unwrap(), clock.clone()).await.unwrap();
        Self { plugin, server, clock }
    }

    async fn call(&self, operation: &str, request: Value) -> Result<Value, Error> {
        let answer = self.plugin.call(operation, &request.to_string()).await?;
        Ok(serde_json::from_str(&answer.json).unwrap())
    }

    async fn get(&self) -> Result<Value, Error> {
        self.call("get_xsre", request()).await
    }

    /// The error object of a retrieval that must fail; nothing of the record may be in it.
    async fn failure(&self) -> Value {
        let error = self.get().await.expect_err("the call fails");
        let shown = error.to_json("get_xsre", "sif");
        let all = format!("{shown} {error:?}");
        for secret in ["Ashdown", "Rook", STUDENT, "s3cret-key", "NWIwYzdh"] {
            assert!(!all.contains(secret), "{secret} is in {all}");
        }
        shown
    }
}

fn request() -> Value {
    json!({ "studentId": STUDENT, "authorizedEntityId": 2, "externalServiceId": 5, "ukprn": PROFILE })
}

fn xml(body: impl AsRef<[u8]>) -> Reply {
    answer(200, &XML, body)
}

#[tokio::test]
async fn a_request_to_a_retrieval_service_is_as_the_specification_has_it() {
    let stand = Stand::new(json!({}), |_, _| xml(RECORD)).await;
    let mut asked = request();
    asked["personnelId"] = json!(1);
    asked["contextId"] = json!("C B");
    let done = stand.call("get_xsre", asked).await.unwrap();
    assert_eq!((&done["outcome"], &done["otherLocalId"]), (&json!("found"), &json!(false)));
    assert_eq!(done["xml"], RECORD, "the exact XML");
    assert_eq!(done["json"]["enrollment"]["psesd:enrollmentStatus"], "E");
    assert_eq!(done["summary"]["familyName"], "Ashdown");
    let sent = &stand.server.requests()[0];
    assert_eq!(
        (sent.method.as_str(), sent.target.as_str()),
        ("GET", "/svcs/xSres/700001;zoneId=alder;contextId=C%20B")
    );
    for (name, value) in [
        ("authorization", V2),
        ("timestamp", "2026-11-22T08:15:30.000Z"),
        ("authorizedentityid", "2"),
        ("districtstudentid", STUDENT),
        ("externalserviceid", "5"),
        ("objecttype", "xSre"),
        ("personnelid", "1"),
        ("accept", "application/xml; charset=UTF-8"),
        ("messagetype", "REQUEST"),
        ("requestaction", "QUERY"),
        ("requesttype", "IMMEDIATE"),
        ("servicetype", "OBJECT"),
        ("generatorid", "LearnerLink"),
    ] {
        assert_eq!(sent.header(name), Some(value), "{name}");
    }
    for id in ["messageid", "requestid"] {
        assert_eq!(
            sent.header(id).and_then(|id| id.parse::<uuid::Uuid>().ok()).map(|id| id.get_version_num()),
            Some(4)
        );
    }
    // The clock stands still, and yet no two requests have one time.
    stand.get().await.unwrap();
    assert_eq!(stand.server.requests()[1].header("timestamp"), Some("2026-11-22T08:15:30.001Z"));
}

#[tokio::test]
async fn a_record_that_comes_as_json_is_taken_with_every_member() {
    let body = r#"{"refId":"r1","name":{"familyName":"Ashdown"},"localId":"700009","x":"1","y":"2","x":"3"}"#;
    let stand = Stand::new(json!({ "accept": "json" }), move |_, _| {
        answer(200, &[("content-type", "application/json; charset=UTF-8")], body)
    })
    .await;
    let done = stand.get().await.unwrap();
    assert_eq!(stand.server.requests()[0].header("accept"), Some("application/json; charset=UTF-8"));
    assert_eq!((&done["outcome"], &done["otherLocalId"]), (&json!("found"), &json!(true)));
    assert_eq!(done["json"]["x"], json!(["1", "3"]));
    assert_eq!((&done["summary"]["familyName"], done.get("xml")), (&json!("Ashdown"), None));
    let mut asked = request();
    asked["formats"] = json!(["xml"]);
    let error = stand.call("get_xsre", asked).await.unwrap_err().to_json("get_xsre", "sif");
    assert_eq!(error["code"], "PROTOCOL");
    assert!(error["message"].as_str().unwrap().contains("it answers in JSON"), "{error}");
}

#[tokio::test]
async fn json_that_is_no_record_is_refused_and_an_error_in_json_is_told() {
    let json = |code, body: &'static str| answer(code, &[("content-type", "application/json")], body);
    let stand = Stand::new(json!({ "accept": "json" }), move |at, _| match at {
        0 => json(200, "[]"),
        1 => json(200, r#"{"name":{"familyName":"Ashdown"}"#),
        2 => json(404, r#"{"id":"e-1","code":"404"}"#),
        _ => json(403, r#"{"id":"e-2","code":"403","description":"Ashdown"}"#),
    })
    .await;
    for _ in 0..2 {
        assert_eq!(stand.failure().await["code"], "PROTOCOL");
    }
    assert_eq!(stand.get().await.unwrap()["outcome"], "notFound");
    let refused = stand.failure().await;
    assert_eq!(
        (&refused["upstream"]["code"], &refused["upstream"]["traceId"]),
        (&json!("403"), &json!("e-2")),
        "{refused}"
    );
}

#[tokio::test]
async fn nothing_to_show_is_an_outcome_and_everything_else_an_error() {
    let body = |code: u16| {
        format!(
            "<error id=\"3f2b8f0e-6a49-4a55-8f8e-0d6b8f3f7f10\"><code>{code}</code><scope>xSres</scope><message>Failed to query xSres.</message>\
            <description>The requested {STUDENT} was not found.</description></error>"
        )
    };
    for (status, code) in [
        (400, "REJECTED"),
        (401, "AUTH_REJECTED"),
        (403, "FORBIDDEN"),
        (405, "PROTOCOL"),
        (500, "UNAVAILABLE"),
        (503, "UNAVAILABLE"),
    ] {
        let stand = Stand::new(json!({}), move |_, _| answer(status, &XML, body(status))).await;
        let error = stand.failure().await;
        assert_eq!((&error["code"], &error["upstream"]["endpoint"]), (&json!(code), &json!("xSres")), "{error}");
        if code != "PROTOCOL" {
            assert_eq!(error["upstream"]["traceId"], "3f2b8f0e-6a49-4a55-8f8e-0d6b8f3f7f10", "{error}");
        }
        assert_eq!(stand.server.requests().len(), 1, "nothing is repeated");
    }
    let stand = Stand::new(json!({}), move |_, _| answer(404, &XML, body(404))).await;
    assert_eq!(stand.get().await.unwrap()["outcome"], "notFound");
}

#[tokio::test]
async fn an_answer_that_is_no_record_is_refused() {
    let deep = format!("{}{}", "<a>".repeat(300), "</a>".repeat(300));
    let replies: Vec<(Reply, &str)> = vec![
        (answer(200, &[("content-type", "text/html")], "<html>"), "PROTOCOL"),
        (answer(200, &[("content-type", "application/json")], "{}"), "PROTOCOL"),
        (answer(404, &[("content-type", "text/html")], "<html>"), "PROTOCOL"),
        (answer(302, &[("location", "https://elsewhere.example/")], ""), "PROTOCOL"),
        (xml(&RECORD[..RECORD.len() - 3]), "PROTOCOL"),
        (xml(""), "PROTOCOL"),
        (xml(b"<xSre>\xFF</xSre>"), "PROTOCOL"),
        (xml(deep), "PROTOCOL"),
        (
            xml(format!("<!DOCTYPE x [<!ENTITY e '{RECORD}'>]><xSre>&e;</xSre>").replace("<?xml version=\"1.0\"?>", "")),
            "PROTOCOL",
        ),
        (xml(vec![b'x'; 17 << 20]), "RESPONSE_TOO_LARGE"),
        (
            Reply::Close(
                b"HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\nContent-Length: 900\r\n\r\n<xSre>".to_vec(),
            ),
            "PROTOCOL",
        ),
    ];
    for (reply, code) in replies {
        let stand = Stand::new(json!({}), move |_, _| reply.clone()).await;
        assert_eq!(stand.failure().await["code"], code);
    }
}

#[tokio::test]
async fn bad_input_makes_no_request() {
    let stand = Stand::new(json!({}), |_, _| xml(RECORD)).await;
    for (key, value) in [
        ("studentId", json!("7;zoneId=x")),
        ("studentId", json!("")),
        ("studentId", json!("a/../b")),
        ("studentId", json!("x".repeat(65))),
        ("zoneId", json!("a=b")),
        ("contextId", json!("a?b")),
        ("ukprn", Value::Null),
    ] {
        let mut asked = request();
        asked[key] = value;
        let error = stand.call("get_xsre", asked).await.unwrap_err().to_json("get_xsre", "sif");
        assert_eq!((&error["code"], &error["details"]["field"]), (&json!("INVALID_INPUT"), &json!(key)), "{error}");
    }
    for (key, value) in
        [("authorizedEntityId", json!(1_u64 << 40)), ("externalServiceId", json!("5")), ("formats", json!(["pdf"]))]
    {
        let mut asked = request();
        asked[key] = value;
        assert!(stand.call("get_xsre", asked).await.is_err());
    }
    assert!(stand.server.requests().is_empty());
}

/// A broker with this filter and record.
fn broker(filter: Reply, record: Reply) -> impl Fn(usize, &Request) -> Reply + Send + Sync + 'static {
    move |_, request| if request.target.contains("/filters") { filter.clone() } else { record.clone() }
}

fn sheet(objects: &[&str]) -> String {
    use learnerlink::sif::filter::{DataObject, Reading, stylesheet};
    let rows: Vec<DataObject> = objects.iter().map(|text| DataObject::of("include", text)).collect();
    stylesheet::written("xSre", &rows, Reading::Reference)
}

#[tokio::test]
async fn with_a_broker_the_filter_is_asked_for_first_and_applied_here() {
    let stand =
        Stand::new(json!({ "mode": "broker" }), broker(xml(sheet(&["name/givenName", "localId"])), xml(RECORD))).await;
    let mut asked = request();
    asked["contextId"] = json!("CBO");
    asked["personnelId"] = json!(1);
    let done = stand.call("get_xsre", asked).await.unwrap();
    assert_eq!(done["outcome"], "found");
    let shown = done["xml"].as_str().unwrap();
    assert!(shown.contains("Rook") && !shown.contains("Ashdown") && !shown.contains("enrollment"), "{shown}");
    assert!(!done.to_string().contains("Ashdown"));
    let sent = stand.server.requests();
    assert_eq!(
        sent.iter().map(|request| request.target.as_str()).collect::<Vec<_>>(),
        ["/svcs/filters;zoneId=alder;contextId=DEFAULT", "/svcs/masterXsres/700001;zoneId=alder;contextId=DEFAULT"],
        "what the caller says of the context is not passed on"
    );
    assert_eq!((sent[0].header("objecttype"), sent[1].header("objecttype")), (Some("xSre"), None));
    assert_eq!((sent[0].header("personnelid"), sent[1].header("districtstudentid")), (Some("1"), None));
    assert_ne!(sent[0].header("authorization"), sent[1].header("authorization"));
}

#[tokio::test]
async fn whatever_goes_wrong_with_filter_or_record_nothing_comes_out() {
    let good = || xml(sheet(&["name"]));
    let foreign = "<xsl:stylesheet xmlns:xsl=\"http://www.w3.org/1999/XSL/Transform\" version=\"2.0\"><xsl:template match=\"/xSre/a\">\
        <xsl:copy-of select=\"document('file:///etc/passwd')\"/></xsl:template></xsl:stylesheet>";
    for (filter, record, expected, requests) in [
        (answer(404, &XML, "<error/>"), xml(RECORD), "notFound", 1),
        (good(), answer(404, &XML, "<error/>"), "notFound", 2),
        (answer(400, &XML, "<error/>"), xml(RECORD), "REJECTED", 1),
        (answer(401, &XML, "<error/>"), xml(RECORD), "AUTH_REJECTED", 1),
        (answer(500, &XML, "<error/>"), xml(RECORD), "UNAVAILABLE", 1),
        (answer(200, &[("content-type", "text/html")], "<html>"), xml(RECORD), "PROTOCOL", 1),
        (xml("<xsl:stylesheet"), xml(RECORD), "PROTOCOL", 1),
        (xml(""), xml(RECORD), "PROTOCOL", 1),
        (xml(foreign), xml(RECORD), "PROTOCOL", 1),
        (xml(sheet(&["//s"])), xml(RECORD), "PROTOCOL", 1),
        (good(), xml(&RECORD[..80]), "PROTOCOL", 2),
        (good(), xml("<sre><name>Ashdown</name></sre>"), "PROTOCOL", 2),
        (good(), answer(500, &XML, RECORD), "UNAVAILABLE", 2),
        (good(), answer(200, &[("content-type", "text/html")], RECORD), "PROTOCOL", 2),
    ] {
        let stand = Stand::new(json!({ "mode": "broker" }), broker(filter, record)).await;
        match stand.get().await {
            Ok(done) => {
                assert_eq!(done["outcome"], expected);
                assert!(!done.to_string().contains("Ashdown"));
            }
            Err(_) => assert_eq!(stand.failure().await["code"], expected),
        }
        assert!(
            stand.server.requests().len() == requests || stand.server.requests().len() == 2 * requests,
            "{expected}"
        );
    }
}

#[tokio::test]
async fn callers_are_checked_once_for_each_request() {
    let stand = Stand::new(json!({}), |_, _| xml(RECORD)).await;
    let check = |authorization: &str, time: &str| {
        stand.call("authorize_sif_request", json!({ "authorization": authorization, "timestamp": time }))
    };
    let time = "2026-11-22T08:15:30.000Z";
    let done = check(V2, time).await.unwrap();
    assert_eq!((&done["outcome"], &done["caller"]), (&json!("authorized"), &json!(PROFILE)));
    for (authorization, time, status, description) in [
        (V2, time, 401, "The request was already received."),
        (V2, "2026-11-22T08:15:30.001Z", 401, "The authorization header is invalid."),
        (V2, "2026-11-22T08:15:30Z", 400, "The timestamp header is invalid."),
        ("", time, 401, "The authorization header cannot be null, empty, or whitespace."),
        (
            "Basic NWIwYzdhNTItM2Q2NC00ZjBlLTlhNzctMmY2ZjBkMWM5ZTEwOnMzY3JldC1rZXktMDAwMQ==",
            time,
            401,
            "The authorization header is invalid.",
        ),
        ("SIF_HMACSHA256 QUJDOmp1bms=", time, 401, "The authorization header is invalid."),
    ] {
        let done = check(authorization, time).await.unwrap();
        assert_eq!(
            (&done["outcome"], &done["httpStatus"], &done["description"]),
            (&json!("refused"), &json!(status), &json!(description))
        );
        assert_eq!(done.get("caller"), None);
    }
    for (request, description) in [
        (json!({ "timestamp": time }), "The authorization header cannot be null."),
        (json!({ "authorization": V2 }), "The timestamp header cannot be null."),
    ] {
        let done = stand.call("authorize_sif_request", request).await.unwrap();
        assert_eq!((&done["httpStatus"], &done["description"]), (&json!(400), &json!(description)));
    }
    stand.clock.advance(std::time::Duration::from_secs(601));
    let done = check(V2, time).await.unwrap();
    assert_eq!(done["description"], "The timestamp header is outside the allowed window.");
}

#[tokio::test]
async fn a_session_token_belongs_to_one_profile_and_its_secret_shows_nowhere() {
    let stand = Stand::new(json!({}), |_, _| xml(RECORD)).await;
    let same = json!({ "profile": "other", "displayName": "Other", "sif": {
        "sessionToken": "5b0c7a52-3d64-4f0e-9a77-2f6f0d1c9e10", "sharedSecret": "x" } });
    assert_eq!(stand.call("put_profile", same).await.unwrap_err().status().code(), "DUPLICATE_CLIENT_ID");
    for (token, secret, field) in
        [("a:b", "x", "sif.sessionToken"), ("", "x", "sif.sessionToken"), ("a", "", "sif.sharedSecret")]
    {
        let request = json!({ "profile": "other", "displayName": "Other", "sif": { "sessionToken": token, "sharedSecret": secret } });
        let error = stand.call("put_profile", request).await.unwrap_err().to_json("put_profile", "admin");
        assert_eq!(error["details"]["field"], field);
    }
    stand.get().await.unwrap();
    let mut all = stand.call("query_audit", json!({})).await.unwrap().to_string() + &stand.plugin.stats().to_string();
    while let Some(line) = learnerlink::log::next(std::time::Duration::ZERO) {
        all.push_str(&line);
    }
    for secret in ["Ashdown", "Rook", STUDENT, "s3cret-key", "NWIwYzdh"] {
        assert!(!all.contains(secret), "{secret} is in the audit trail, the counters or the log");
    }
}
