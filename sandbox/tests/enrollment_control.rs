//! Proves that enrolments can be looked into, steered and reset, go wrong on request, and hide what is secret.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod client;
mod enrollment;

use client::http;
use enrollment::*;
use learnerlink_sandbox::{
    DropPoint, EndpointReply, EnrollmentBackend, Fault, FaultKind, HomeScript, HomeTimes, Sandbox,
};
use serde_json::{Value, json};

/// Lets the broker start an enrolment and returns what the control interface says of it.
async fn broker(sandbox: &Sandbox, body: Value) -> Value {
    let (status, document) = control(sandbox, "POST broker", Some(body)).await;
    assert_eq!(status, 200, "{document}");
    document
}

fn fenna() -> Value {
    json!({ "personId": FENNA, "offeringId": offering(1) })
}

#[tokio::test]
async fn students_and_offerings_are_listed() {
    let sandbox = sandbox();
    let (status, listed) = control(&sandbox, "GET people", None).await;
    let people = listed["people"].as_array().unwrap();
    assert_eq!((status, people.len()), (200, 8));
    let first = &people[0];
    assert_eq!((&first["personId"], &first["name"]), (&json!(FENNA), &json!("Fenna Oosterwal")));
    assert_eq!((&first["home"], &first["hasEduid"]), (&json!("merwede.example"), &json!(true)));
    assert_ne!(first["person"]["personId"], FENNA, "the home institution has an identifier of its own");
    assert_eq!(people[2]["scripts"][0]["state"], "denied");
    assert_eq!((&people[6]["personId"], &people[6]["hasEduid"]), (&json!(INGRID), &json!(false)));

    let text = told(http().get(format!("{}/_sandbox/enrollment/offerings", sandbox.url()))).await.text;
    assert!(text.contains("\"a\":1.10"), "numbers keep their text");
    let offerings: Value = serde_json::from_str(&text).unwrap();
    let offerings = offerings["offerings"].as_object().unwrap();
    assert_eq!(offerings.len(), 10);
    assert_eq!(offerings[&offering(1)]["consumers"][0]["consumerKey"], "eduxchange");
    assert_eq!(offerings[&offering(6)]["offeringType"], "program");
    assert_eq!(
        (&offerings[&offering(7)]["type"], &offerings[&offering(7)]["name"]),
        (&json!("component"), &json!("Toets Hydraulica"))
    );
    let hydrology = &offerings[&offering(10)];
    assert_eq!((&hydrology["name"][0]["value"], hydrology.get("enrollEndDate")), (&json!("Urban Hydrology"), None));
}

#[tokio::test]
async fn a_backend_is_shown_without_its_secrets() {
    let sandbox = sandbox();
    assert_eq!(control(&sandbox, "GET backend", None).await, (200, json!({ "backend": null })));
    let url = "http://127.0.0.1:9/api/start";
    let oauth =
        json!({ "tokenUrl": "http://localhost:9/token", "clientId": "c", "clientSecret": "hush", "scope": "s" });
    for (given, shown) in [
        (json!({ "url": url, "user": "u", "password": "hush" }), json!({ "url": url, "access": "basic", "user": "u" })),
        (json!({ "url": url, "bearer": "hush" }), json!({ "url": url, "access": "bearer" })),
        (
            json!({ "url": url, "oauth": oauth }),
            json!({ "url": url, "access": "oauth",
                "oauth": { "tokenUrl": "http://localhost:9/token", "clientId": "c", "scope": "s" } }),
        ),
    ] {
        let expected = (200, json!({ "backend": shown }));
        assert_eq!(control(&sandbox, "POST backend", Some(given)).await, expected);
        assert_eq!(control(&sandbox, "GET backend", None).await, expected);
    }
    for wrong in [
        json!({ "url": url }),
        json!({ "url": url, "user": "u" }),
        json!({ "url": url, "user": "u:v", "password": "p" }),
        json!({ "url": url, "user": "u", "password": "p", "bearer": "t" }),
        json!({ "url": "https://127.0.0.1/", "bearer": "t" }),
        json!({ "url": "http://gouwe.example/", "bearer": "t" }),
        json!({ "url": url, "oauth": { "tokenUrl": "x", "clientId": "c", "clientSecret": "s" } }),
        json!({ "url": url, "token": "t" }),
    ] {
        let (status, document) = control(&sandbox, "POST backend", Some(wrong)).await;
        assert_eq!((status, document["detail"].is_string()), (400, true), "{document}");
    }
    assert_eq!(control(&sandbox, "DELETE backend", None).await.0, 204);
    assert_eq!(control(&sandbox, "GET backend", None).await.1["backend"], Value::Null);
}

#[tokio::test]
#[should_panic(expected = "must begin with http://")]
async fn a_backend_elsewhere_is_refused() {
    sandbox().enrollment_backend(EnrollmentBackend::bearer("http://192.0.2.7/", "t"));
}

#[tokio::test]
async fn a_login_gives_a_correlation_id_that_follows_the_seed() {
    let sandbox = sandbox();
    let (status, first) = control(&sandbox, "POST login", Some(json!({ "personId": FENNA }))).await;
    assert_eq!(status, 201);
    let second = sandbox.enrollment_login(FENNA).unwrap();
    assert_ne!(first["correlationId"], second.as_str());
    let again = enrollment::sandbox();
    assert_eq!(first["correlationId"], again.enrollment_login(JORIS).unwrap().as_str());
    for (body, reason) in [
        (json!({ "personId": "nobody" }), "no person"),
        (json!({ "personId": FENNA, "home": "other.example" }), "no home institution"),
        (json!({ "personId": INGRID, "requireEduid": true }), "419"),
        (json!({}), "personId"),
        (json!({ "personId": FENNA, "name": "x" }), "name"),
    ] {
        let (status, document) = control(&sandbox, "POST login", Some(body)).await;
        assert_eq!(status, 400);
        assert!(document["detail"].as_str().unwrap().contains(reason), "{document}");
    }
    assert!(sandbox.enrollment_login("nobody").unwrap_err().contains("nobody"));
}

#[tokio::test]
async fn without_the_eduid_a_student_is_known_by_the_identifier_of_the_home_institution() {
    let sandbox = sandbox();
    let backend = Backend::of(&sandbox).await;
    let body = json!({ "personId": FENNA, "requireEduid": false, "offeringId": offering(1) });
    broker(&sandbox, body).await;
    let heard: Value = serde_json::from_str(&backend.heard()[0].body).unwrap();
    let key = heard["person"]["personId"].as_str().unwrap();
    assert_ne!(key, FENNA);
    assert_eq!(associate(&sandbox, key, 1, "r-1").await.status, 201);
    assert_eq!(associate(&sandbox, FENNA, 1, "r-1").await.status, 409);
}

#[tokio::test]
async fn the_broker_shows_what_the_student_would_see() {
    let sandbox = sandbox();
    let backend = Backend::of(&sandbox).await;
    let accepted = r#"{"code":200,"message":"Welkom","redirect":"https://gouwe.example/x"}"#;
    backend.say(accepted);
    let mut body = fenna();
    body["acceptLanguage"] = "nl-NL".into();
    let shown = broker(&sandbox, body).await;
    assert_eq!((&shown["httpStatus"], &shown["body"]), (&json!(200), &serde_json::from_str(accepted).unwrap()));
    let expected = json!({ "code": 200, "message": "Welkom", "redirect": "https://gouwe.example/x" });
    assert_eq!(shown["shown"], expected);
    let heard = &backend.heard()[0];
    assert_eq!(heard.header("accept-language"), Some("nl-NL"));
    assert!(heard.body.contains("\"a\":1.10") && heard.body.contains("Water en stad"));
    let asked = &sandbox.requests_to("enrollment/start")[0];
    assert_eq!(asked.header("x-correlation-id"), shown["correlationId"].as_str());

    backend.say(r#"{"code":422,"message":"Vol","redirect":"https://gouwe.example/x"}"#);
    let shown = broker(&sandbox, json!({ "correlationId": shown["correlationId"], "offeringId": offering(10) })).await;
    assert_eq!((&shown["httpStatus"], &shown["shown"]), (&json!(200), &json!({ "code": 422, "message": "Vol" })));
    assert!(shown["body"]["reference"].is_string());
    assert_eq!(sandbox.requests_to("enrollment/start")[1].header("accept-language"), None);

    backend.answer(503, None, "down");
    let shown = broker(&sandbox, fenna()).await;
    assert_eq!((&shown["httpStatus"], &shown["shown"]["code"]), (&json!(503), &json!(503)));
    assert_eq!((&shown["body"]["details"], &shown["body"]["status"]), (&json!("down"), &json!("SERVICE_UNAVAILABLE")));

    backend.say(r#"{"code":"200"}"#);
    let shown = broker(&sandbox, fenna()).await;
    assert_eq!((&shown["httpStatus"], &shown["body"]["error"]), (&json!(500), &json!("Internal Server Error")));
    backend.say(r#"{"message":"no code"}"#);
    assert_eq!(broker(&sandbox, fenna()).await["shown"], json!({ "code": 400, "message": "no code" }));
}

#[tokio::test]
async fn the_broker_takes_an_offering_of_ones_own() {
    let sandbox = sandbox();
    let backend = Backend::of(&sandbox).await;
    let body = format!(r#"{{"personId":"{FENNA}","offering":{{"offeringId":"o", "x":[1.10]}}}}"#);
    let ask = http().post(format!("{}/_sandbox/enrollment/broker", sandbox.url())).body(body);
    assert_eq!(told(ask).await.status, 200);
    assert!(backend.heard()[0].body.starts_with(r#"{"offering":{"offeringId":"o","x":[1.10]},"person":"#));
    for (body, status) in [
        (json!({ "personId": FENNA, "offeringId": "x" }), 404),
        (json!({ "personId": FENNA }), 400),
        (json!({ "offeringId": offering(1) }), 400),
        (json!({ "personId": "nobody", "offeringId": offering(1) }), 400),
        (json!({ "personId": FENNA, "correlationId": "x", "offeringId": offering(1) }), 400),
        (json!({ "personId": FENNA, "offeringId": offering(1), "acceptLanguage": "a\nb" }), 400),
    ] {
        let (told, document) = control(&sandbox, "POST broker", Some(body)).await;
        assert_eq!((told, document["detail"].is_string()), (status, true), "{document}");
    }
    let shown = broker(&sandbox, json!({ "personId": FENNA, "offering": [] })).await;
    assert_eq!(shown["httpStatus"], 400);
}

#[tokio::test]
async fn the_broker_tells_an_unknown_enrolment_a_cut_connection_and_a_slow_answer() {
    let sandbox = sandbox();
    let backend = Backend::of(&sandbox).await;
    let shown = broker(&sandbox, json!({ "correlationId": "x", "offeringId": offering(1) })).await;
    assert_eq!((&shown["httpStatus"], &shown["shown"]["code"]), (&json!(409), &json!(409)));
    sandbox.fault(Fault::on("enrollment/start").drop(DropPoint::BeforeResponse));
    let shown = broker(&sandbox, fenna()).await;
    assert_eq!((&shown["httpStatus"], &shown["body"]), (&json!(500), &Value::Null));
    sandbox.fault(Fault::of("enrollment", FaultKind::Timeout));
    sandbox.configure(|settings| settings.enrollment_timeout_ms = 20);
    let shown = broker(&sandbox, fenna()).await;
    let expected = json!({ "code": 408, "message": "It took too long." });
    assert_eq!((&shown["httpStatus"], &shown["body"], &shown["shown"]), (&json!(408), &Value::Null, &expected));
    assert!(backend.heard().is_empty());
}

#[tokio::test]
async fn a_home_institution_can_be_scripted_over_http() {
    let sandbox = sandbox();
    let all = json!({
        "state": "denied", "later": [{ "afterSeconds": 7200, "state": "associated" }],
        "message": [{ "language": "nl-NL", "value": "Nee" }], "redirect": "https://merwede.example/", "failTimes": 2,
        "activeEnrollment": false, "failStatus": 503, "commitThen500": 1, "delayMs": 5, "dropConnection": 1,
        "answer200": true, "noAssociationId": true, "refreshFails": true, "unknownStatus": 460,
    });
    let path = format!("home/{FENNA}");
    assert_eq!(control(&sandbox, &format!("GET {path}"), None).await.1, json!({ "scripts": [] }));
    assert_eq!(control(&sandbox, &format!("POST {path}"), Some(all.clone())).await, (200, all.clone()));
    let one = json!({ "offeringId": offering(2), "dropConnection": true });
    assert_eq!(control(&sandbox, &format!("POST {path}"), Some(one.clone())).await, (200, one.clone()));
    assert_eq!(control(&sandbox, &format!("GET {path}"), None).await.1, json!({ "scripts": [all, one] }));
    control(&sandbox, &format!("POST {path}"), Some(json!({}))).await;
    assert_eq!(control(&sandbox, &format!("GET {path}"), None).await.1["scripts"], json!([{}, one]));
    assert_eq!(control(&sandbox, &format!("DELETE {path}"), None).await.0, 204);
    assert_eq!(control(&sandbox, &format!("GET {path}"), None).await.1["scripts"], json!([]));
    assert_eq!(control(&sandbox, "POST home/ingrid.solheim%40fjord.example", Some(json!({}))).await.0, 200);
    for (path, body, status) in [
        ("home/nobody", json!({}), 404),
        (path.as_str(), json!({ "unknownStatus": 503 }), 400),
        (path.as_str(), json!({ "failStatus": 100 }), 400),
        (path.as_str(), json!({ "offeringId": "x", "refreshFails": true }), 400),
        (path.as_str(), json!({ "mood": "bad" }), 400),
    ] {
        let (told, document) = control(&sandbox, &format!("POST {path}"), Some(body)).await;
        assert_eq!((told, document["detail"].is_string()), (status, true), "{document}");
    }
    for call in ["GET home/nobody", "DELETE home/nobody"] {
        assert_eq!(control(&sandbox, call, None).await.0, 404);
    }
}

#[tokio::test]
#[should_panic(expected = "no person")]
async fn the_home_of_a_student_who_is_not_there_cannot_be_scripted() {
    sandbox().script_home("nobody", HomeScript::answering("denied"));
}

#[tokio::test]
async fn what_home_institutions_keep_is_listed() {
    let sandbox = sandbox();
    sandbox.enrollment_login(FENNA).unwrap();
    let id = associated(&sandbox, FENNA, 1).await;
    sandbox.advance(std::time::Duration::from_secs(60));
    let result = r#"{"result":{"state":"completed","score":8.50}}"#;
    let patch = request(&sandbox, "PATCH", &format!("/associations/{id}")).basic_auth(SIS.0, Some(SIS.1));
    told(patch.header("content-type", "application/json").body(result)).await;
    sis(&sandbox, "POST", "/api/results", Some(json!({ "personId": FENNA, "result": {} }))).await;
    let text = told(http().get(format!("{}/_sandbox/enrollment/associations", sandbox.url()))).await.text;
    assert!(text.contains("\"score\":8.50"), "numbers keep their text");
    let (_, listed) = control(&sandbox, "GET associations", None).await;
    let expected = json!([{
        "home": "merwede.example", "associationId": id, "personId": FENNA, "offeringId": offering(1),
        "requestId": "r-1", "posts": 1, "state": "associated", "createdAt": "2026-11-22T09:00:00Z",
        "remoteStates": [{ "at": "2026-11-22T09:00:00Z", "remoteState": "associated" }],
        "results": [{ "at": "2026-11-22T09:01:00Z", "result": { "state": "completed", "score": 8.5 } }],
        "body": association(1, "r-1"),
    }]);
    assert_eq!(listed["associations"], expected);
    let body = json!({ "personId": FENNA, "result": {} });
    let expected =
        json!([{ "home": "merwede.example", "personId": FENNA, "at": "2026-11-22T09:01:00Z", "body": body }]);
    assert_eq!(listed["results"], expected);
}

#[tokio::test]
async fn a_queued_reply_answers_the_next_request_to_its_endpoint_literally() {
    let sandbox = sandbox();
    sandbox.enrollment_login(FENNA).unwrap();
    sandbox.enrollment_reply(EndpointReply::to("enrollment/home/associations/external/me", r#"{"state":"x"}"#));
    let answer = associate(&sandbox, FENNA, 1, "r-1").await;
    assert_eq!((answer.status, answer.text.as_str()), (200, r#"{"state":"x"}"#));
    let reply = json!({ "endpoint": "enrollment/person", "status": 409, "contentType": "text/html", "body": "<p>" });
    assert_eq!(control(&sandbox, "POST next", Some(reply.clone())).await, (201, reply.clone()));
    assert_eq!(control(&sandbox, "GET next", None).await.1["replies"], json!([reply]));
    let answer = told(request(&sandbox, "GET", "/person/x")).await;
    assert_eq!((answer.status, answer.text.as_str()), (409, "<p>"));
    assert_eq!(answer.header("content-type"), Some("text/html"));
    for wrong in [
        json!({ "endpoint": "enrollment/other", "body": "" }),
        json!({ "endpoint": "enrollment/person", "status": 99 }),
        json!({ "body": "" }),
    ] {
        assert_eq!(control(&sandbox, "POST next", Some(wrong)).await.0, 400);
    }
    sandbox.enrollment_reply(EndpointReply::to("enrollment/person", "").status(502));
    assert_eq!(control(&sandbox, "DELETE next", None).await.0, 204);
    assert_eq!(sis(&sandbox, "GET", &format!("/person/{FENNA}"), None).await.status, 200);
}

/// An address of each endpoint, and a part of its usual error.
const ENDPOINTS: [(&str, &str, &str); 10] = [
    ("enrollment/start", "receiver/api/start", "\"SERVICE_UNAVAILABLE\""),
    ("enrollment/associations/external", "receiver/associations/external/x", "\"SERVICE_UNAVAILABLE\""),
    ("enrollment/associations", "receiver/associations/x", "\"SERVICE_UNAVAILABLE\""),
    ("enrollment/person", "receiver/person/x", "\"SERVICE_UNAVAILABLE\""),
    ("enrollment/results", "receiver/api/results", "\"SERVICE_UNAVAILABLE\""),
    ("enrollment/home/persons/me", "home/fjord.example/persons/me", "\"title\":\"Service Unavailable\""),
    ("enrollment/home/associations/external/me", "home/fjord.example/associations/external/me", "\"status\":\"503\""),
    ("enrollment/home/associations", "home/fjord.example/associations/x", "\"status\":\"503\""),
    ("enrollment/home/associations/me", "home/fjord.example/associations/me", "\"status\":\"503\""),
    ("enrollment/home/token", "home/fjord.example/oidc/token", "\"temporarily_unavailable\""),
];

#[tokio::test]
async fn every_endpoint_goes_wrong_in_its_own_language() {
    let sandbox = sandbox();
    for (endpoint, path, part) in ENDPOINTS {
        sandbox.fault(Fault::on(endpoint).status(503).retry_after(7));
        sandbox.fault(Fault::on(endpoint).body("<garbage").content_type("text/plain"));
        sandbox.fault(Fault::on(endpoint).drop(DropPoint::BeforeResponse));
        let post = || http().post(format!("{}/enrollment/{path}", sandbox.url()));
        let answer = told(post()).await;
        assert_eq!((answer.status, answer.header("retry-after")), (503, Some("7")), "{endpoint}");
        assert!(answer.text.contains(part), "{endpoint} {}", answer.text);
        assert_eq!(told(post()).await.text, "<garbage");
        assert!(post().send().await.is_err(), "{endpoint}");
        sandbox.fault(Fault::of("enrollment", FaultKind::Status).status(500));
        assert_eq!(told(post()).await.status, 500, "{endpoint}");
        assert_eq!(sandbox.requests_to(endpoint).len(), 4);
        let answer = told(post().body(vec![b' '; (1 << 20) + 1])).await;
        assert_eq!(answer.status, 413, "{endpoint}");
    }
    assert!(sandbox.faults().is_empty());
}

#[tokio::test]
async fn the_usual_errors_of_the_receiver_are_its_frameworks_where_that_speaks() {
    let sandbox = sandbox();
    for status in [401, 405, 409, 413, 415, 500] {
        sandbox.fault(Fault::on("enrollment/person").status(status));
        let answer = told(request(&sandbox, "GET", "/person/x")).await.json();
        assert_eq!((answer["status"].as_u64(), answer["error"].is_string()), (Some(status.into()), true));
    }
    for (status, name) in [(400, "BAD_REQUEST"), (404, "NOT_FOUND"), (429, "TOO_MANY_REQUESTS")] {
        sandbox.fault(Fault::on("enrollment/person").status(status));
        let description = format!("Error {status} {name} from the OOAPI endpoint");
        told(request(&sandbox, "GET", "/person/x")).await.report(status, name, &description);
    }
}

#[tokio::test]
async fn a_reset_forgets_logins_associations_scripts_replies_and_the_backend() {
    let sandbox = sandbox();
    Backend::of(&sandbox).await;
    let id = sandbox.enrollment_login(FENNA).unwrap();
    associated(&sandbox, FENNA, 1).await;
    sis(&sandbox, "POST", "/api/results", Some(json!({ "personId": FENNA, "result": {} }))).await;
    sandbox.script_home(AMINA, HomeScript { drop_connection: HomeTimes::Count(3), ..HomeScript::default() });
    sandbox.enrollment_reply(EndpointReply::to("enrollment/person", "x"));
    sandbox.configure(|settings| settings.enrollment_timeout_ms = 1);
    sandbox.reset();
    assert!(sandbox.enrollment_associations().is_empty() && sandbox.enrollment_results().is_empty());
    assert_eq!(control(&sandbox, "GET backend", None).await.1["backend"], Value::Null);
    assert_eq!(control(&sandbox, "GET next", None).await.1["replies"], json!([]));
    told(starting(&sandbox, &id)).await.framework(409);
    assert_eq!(sandbox.enrollment_login(AMINA).unwrap(), id, "the seed begins anew as well");
    assert_eq!(associate(&sandbox, AMINA, 1, "r-1").await.json()["state"], "denied");
    assert_eq!(sandbox.settings().enrollment_timeout_ms, 20_000);
}

#[tokio::test]
async fn the_life_of_tokens_and_the_patience_of_the_receiver_are_settings() {
    let sandbox = sandbox();
    let settings = |body: Value| http().patch(format!("{}/_sandbox/settings", sandbox.url())).json(&body);
    let answer = told(settings(json!({ "enrollmentTokenLifeSeconds": 60, "enrollmentTimeoutMs": 1000 }))).await.json();
    assert_eq!((&answer["enrollmentTokenLifeSeconds"], &answer["enrollmentTimeoutMs"]), (&json!(60), &json!(1000)));
    for wrong in [json!({ "enrollmentTokenLifeSeconds": 0 }), json!({ "enrollmentTimeoutMs": 0 })] {
        assert_eq!(told(settings(wrong)).await.status, 400);
    }
}

#[tokio::test]
async fn what_is_recorded_shows_no_token_to_people() {
    let sandbox = sandbox();
    Backend::of(&sandbox).await;
    start(&sandbox, INGRID).await;
    sandbox.advance(std::time::Duration::from_secs(3600));
    associated(&sandbox, INGRID, 1).await;
    let asked = sandbox.requests_to("enrollment/home/persons/me")[0].form_value("access_token").unwrap();
    let refreshed = sandbox.requests_to("enrollment/home/token")[0].form_value("refresh_token").unwrap();
    let bearer = sandbox.requests_to("enrollment/home/associations/external/me")[1].bearer().unwrap().to_owned();
    for path in ["requests", "log"] {
        let text = told(http().get(format!("{}/_sandbox/{path}", sandbox.url()))).await.text;
        for secret in [&asked, &refreshed, &bearer, "s3c+ret", "s3c%2B"] {
            assert!(!text.contains(secret), "{path} {secret}");
        }
        assert!(text.contains("enrollment/home/token"));
    }
}

#[tokio::test]
async fn the_console_shows_where_to_connect_and_what_home_institutions_know() {
    let sandbox = sandbox();
    let backend = Backend::of(&sandbox).await;
    sandbox.enrollment_login(FENNA).unwrap();
    let id = associated(&sandbox, FENNA, 1).await;
    let text = told(http().get(format!("{}/_sandbox/", sandbox.url()))).await.text;
    let receiver = format!("{}/enrollment/receiver", sandbox.url());
    for part in [
        receiver.as_str(),
        backend.url.as_str(),
        id.as_str(),
        "sis-gouwe",
        "s3c+ret/=sis",
        "s3c+ret/=broker",
        "/enrollment/home/fjord.example",
        "id=\"enrollment-people\"",
        "Fenna Oosterwal",
        "Permission is missing",
        "id=\"enrollment-offerings\"",
        "Water and Cities",
        "Toets Hydraulica",
        "2026-11-01 to 2096-12-15",
        "12 of 30",
        "id=\"enrollment-associations\"",
    ] {
        assert!(text.contains(part), "{part}");
    }
    assert!(!text.contains("s3c+ret/=start"));
}
