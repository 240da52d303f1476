//! Proves that the receiver hands calls on to the home institution, with all that can go wrong there.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod client;
mod enrollment;

use std::time::Duration;

use client::http;
use enrollment::*;
use learnerlink_sandbox::{DropPoint, Fault, HomeMessage, HomeScript, HomeTimes, Sandbox};
use serde_json::{Value, json};

const EXTERNAL: &str = "enrollment/home/associations/external/me";
const TOKEN: &str = "enrollment/home/token";

/// A sandbox in which a student has logged in.
fn logged_in(person: &str) -> Sandbox {
    let sandbox = sandbox();
    sandbox.enrollment_login(person).unwrap();
    sandbox
}

/// Lets a student's home institution behave in this way.
fn script(sandbox: &Sandbox, person: &str, change: impl FnOnce(&mut HomeScript)) {
    let mut script = HomeScript::default();
    change(&mut script);
    sandbox.script_home(person, script);
}

#[tokio::test]
async fn a_new_association_is_handed_on_as_it_is_and_answered_by_the_home_institution() {
    let sandbox = logged_in(FENNA);
    let body = r#"{"role":"student","state":"associated","remoteState":"queued","offering":{"offeringId":"x",
        "offeringType":"program","zorgpad":{"a":1.10}},"ext":{"requestId":"r-1"}}"#;
    let ask = request(&sandbox, "POST", "/associations/external/edu%2Dfenna%2D01").basic_auth(SIS.0, Some(SIS.1));
    let answer = told(ask.header("content-type", "application/json").header("accept-language", "nl").body(body)).await;
    assert_eq!(answer.status, 201);
    let asked = &sandbox.requests_to(EXTERNAL)[0];
    assert_eq!(asked.path, "/enrollment/home/merwede.example/associations/external/me");
    let sent = String::from_utf8(asked.body.clone()).unwrap();
    assert!(sent.contains("\"zorgpad\":{\"a\":1.10}") && !sent.contains("personId"), "{sent}");
    assert_eq!((asked.header("accept-language"), asked.header("content-type")), (Some("nl"), Some("application/json")));
    let told = answer.json();
    let kept = &sandbox.enrollment_associations()[0];
    assert_eq!(told["associationId"], kept.association_id.as_str());
    assert_eq!(
        (&told["associationType"], &told["state"]),
        (&json!("programOfferingAssociation"), &json!("associated"))
    );
    assert_eq!((&told["message"], told.get("remoteState")), (&json!([]), None));
    assert_eq!((kept.remote_states[0].remote_state.as_str(), kept.posts), ("queued", 1));
    assert_eq!((kept.request_id.as_deref(), kept.offering_id.as_str()), (Some("r-1"), "x"));
    assert!(kept.body.contains("1.10"));
}

#[tokio::test]
async fn changes_and_questions_go_to_the_home_institution_that_created_the_association() {
    let sandbox = logged_in(FENNA);
    let id = associated(&sandbox, FENNA, 1).await;
    let path = format!("/associations/{id}");
    let answer = sis(&sandbox, "PATCH", &path, Some(json!({ "remoteState": "canceled" }))).await;
    assert_eq!((answer.status, &answer.json()["associationId"]), (200, &json!(id)));
    let asked = &sandbox.requests_to("enrollment/home/associations")[0];
    assert_eq!((asked.method.as_str(), asked.header("content-type")), ("PATCH", Some("application/json")));
    assert_eq!(asked.body, br#"{"remoteState":"canceled","personId":"edu-fenna-01"}"#);
    let result = json!({ "result": { "state": "completed", "score": "8.5", "resultDate": "2027-02-01" } });
    let patch = request(&sandbox, "PATCH", &path).basic_auth(SIS.0, Some(SIS.1));
    let patch = patch.header("content-type", "application/merge-patch+json").body(result.to_string());
    assert_eq!(told(patch).await.json()["result"]["score"], "8.5");
    let answer = sis(&sandbox, "GET", &path, None).await;
    assert_eq!((answer.status, &answer.json()["state"]), (200, &json!("associated")));
    let kept = &sandbox.enrollment_associations()[0];
    let states: Vec<_> = kept.remote_states.iter().map(|told| told.remote_state.as_str()).collect();
    assert_eq!((states, kept.results.len()), (vec!["associated", "canceled"], 1));
    assert!(kept.results[0].result.contains("8.5"));
    for method in ["GET", "PATCH"] {
        let body = (method == "PATCH").then(|| json!({}));
        assert_eq!(sis(&sandbox, method, "/associations/x", body).await.framework(409), "Enrollment not found.");
    }
    let answer = sis(&sandbox, "DELETE", &path, None).await;
    assert_eq!((answer.framework(405).is_empty(), answer.header("allow")), (false, Some("GET, PATCH")));
}

#[tokio::test]
async fn the_home_institution_refuses_what_is_no_association_and_no_change() {
    let sandbox = logged_in(FENNA);
    let mut broken = Vec::new();
    for member in ["role", "state", "remoteState", "offering"] {
        let mut body = association(1, "r");
        body.as_object_mut().unwrap().remove(member);
        broken.push(body);
    }
    let mut body = association(1, "r");
    body["remoteState"] = "completed".into();
    broken.push(body);
    for body in broken {
        let answer = sis(&sandbox, "POST", &format!("/associations/external/{FENNA}"), Some(body)).await;
        let report = answer.report(400, "BAD_REQUEST", "Error 400 BAD_REQUEST from the OOAPI endpoint http://");
        assert!(report["details"].as_str().unwrap().contains("\"title\":\"Bad Request\""));
    }
    assert!(sandbox.enrollment_associations().is_empty());
    let path = format!("/associations/{}", associated(&sandbox, FENNA, 1).await);
    for body in [json!({}), json!({ "remoteState": "finished" }), json!({ "result": "8" })] {
        assert_eq!(sis(&sandbox, "PATCH", &path, Some(body)).await.status, 400);
    }
}

#[tokio::test]
async fn a_person_is_shown_with_the_identifier_that_was_asked_for_and_always_200() {
    let sandbox = logged_in(JORIS);
    let answer = sis(&sandbox, "GET", &format!("/person/{JORIS}"), None).await;
    assert_eq!((answer.status, &answer.json()["personId"]), (200, &json!(JORIS)));
    assert_eq!(answer.json()["activeEnrollment"], false);
    script(&sandbox, JORIS, |script| script.active_enrollment = Some(true));
    let endpoint = "enrollment/home/persons/me";
    sandbox.fault(Fault::on(endpoint).body("{\"x\":1.10}").status(206));
    let answer = sis(&sandbox, "GET", &format!("/person/{JORIS}"), None).await;
    assert_eq!((answer.status, answer.text.as_str()), (200, r#"{"x":1.10,"personId":"edu-joris-02"}"#));
    assert_eq!(sis(&sandbox, "GET", &format!("/person/{JORIS}"), None).await.json()["activeEnrollment"], true);
    sandbox.fault(Fault::on(endpoint).status(204));
    sis(&sandbox, "GET", &format!("/person/{JORIS}"), None).await.framework(500);
    assert_eq!(sis(&sandbox, "GET", "/person/nobody", None).await.framework(409), "Enrollment not found.");
    let ingrid = sandbox.enrollment_login(INGRID).unwrap();
    let path = "/person/ingrid.solheim%40fjord.example";
    sis(&sandbox, "GET", path, None).await.framework(409);
    let backend = Backend::of(&sandbox).await;
    assert_eq!(told(starting(&sandbox, &ingrid)).await.status, 200);
    assert_eq!(sis(&sandbox, "GET", path, None).await.json()["personId"], INGRID);
    let asked = sandbox.requests_to(endpoint).pop().unwrap();
    assert!(asked.method == "GET" && asked.bearer().is_some(), "no form after the start");
    assert_eq!(backend.heard().len(), 1);
}

#[tokio::test]
async fn older_results_are_handed_on_and_always_200() {
    let sandbox = logged_in(MEES);
    let body = json!({ "personId": MEES, "type": "courseOfferingAssociation", "role": "student",
        "state": "associated", "result": { "state": "completed", "score": "7", "ects": 5 } });
    let answer = sis(&sandbox, "POST", "/api/results", Some(body.clone())).await;
    assert_eq!((answer.status, &answer.json()["state"]), (200, &json!("associated")));
    let asked = &sandbox.requests_to("enrollment/home/associations/me")[0];
    assert_eq!((asked.path.as_str(), asked.status), ("/enrollment/home/linge.example/associations/me", Some(201)));
    assert_eq!(asked.json().unwrap(), body);
    let kept = &sandbox.enrollment_results()[0];
    assert_eq!((kept.person_id.as_str(), kept.home.as_str()), (MEES, "linge.example"));
    assert!(kept.body.contains("\"ects\":5"));
    let other = |person: Value| json!({ "personId": person, "result": {} });
    sis(&sandbox, "POST", "/api/results", Some(other(json!("nobody")))).await.framework(409);
    sis(&sandbox, "POST", "/api/results", Some(other(json!(7)))).await.framework(500);
    sis(&sandbox, "POST", "/api/results", Some(json!({ "result": {} }))).await.framework(409);
    sandbox.enrollment_login(INGRID).unwrap();
    let answer = sis(&sandbox, "POST", "/api/results", Some(json!({ "result": {} }))).await;
    assert_eq!(answer.status, 200, "without a person the newest of somebody unknown is found");
    assert_eq!(sandbox.enrollment_results()[1].person_id, INGRID);
}

#[tokio::test]
async fn the_newest_enrolment_decides_where_calls_about_a_person_go() {
    let sandbox = logged_in(FENNA);
    let first = associated(&sandbox, FENNA, 1).await;
    let body = json!({ "personId": FENNA, "home": "fjord.example" });
    assert_eq!(control(&sandbox, "POST login", Some(body)).await.0, 201);
    let second = associated(&sandbox, FENNA, 2).await;
    for id in [&first, &second] {
        assert_eq!(sis(&sandbox, "GET", &format!("/associations/{id}"), None).await.status, 200);
    }
    sis(&sandbox, "GET", &format!("/person/{FENNA}"), None).await;
    let homes: Vec<_> = sandbox
        .requests()
        .iter()
        .filter_map(|request| request.path.strip_prefix("/enrollment/home/")?.split('/').next().map(str::to_owned))
        .collect();
    let expected = ["merwede", "fjord", "merwede", "fjord", "fjord"].map(|home| format!("{home}.example"));
    assert_eq!(homes, expected);
    let kept = sandbox.enrollment_associations();
    assert_eq!((kept[0].home.as_str(), kept[1].home.as_str()), ("merwede.example", "fjord.example"));
}

#[tokio::test]
async fn only_a_created_association_is_remembered() {
    let sandbox = logged_in(FENNA);
    script(&sandbox, FENNA, |script| script.answer_200 = true);
    let answer = associate(&sandbox, FENNA, 1, "r-1").await;
    assert_eq!((answer.status, &answer.json()["state"]), (200, &json!("associated")));
    let id = answer.json()["associationId"].as_str().unwrap().to_owned();
    let path = format!("/associations/{id}");
    sis(&sandbox, "GET", &path, None).await.framework(409);
    sis(&sandbox, "PATCH", &path, Some(json!({ "remoteState": "canceled" }))).await.framework(409);
    assert_eq!(sandbox.enrollment_associations().len(), 1, "the home institution has it nevertheless");
}

#[tokio::test]
async fn a_created_association_without_an_identifier_makes_the_receiver_fail() {
    let sandbox = logged_in(FENNA);
    script(&sandbox, FENNA, |script| script.no_association_id = true);
    associate(&sandbox, FENNA, 1, "r-1").await.framework(500);
    assert_eq!(sandbox.requests_to(EXTERNAL).len(), 1);
    assert_eq!(sandbox.enrollment_associations().len(), 1);
    for body in [r#"{"associationId":7}"#, "", "[]", "{"] {
        sandbox.fault(Fault::on(EXTERNAL).status(201).body(body).content_type("application/json"));
        associate(&sandbox, FENNA, 1, "r-2").await.framework(500);
    }
}

#[tokio::test]
async fn any_refusal_makes_the_receiver_refresh_the_tokens_and_ask_once_more() {
    for status in [400, 401, 404, 409, 422, 500, 503] {
        let sandbox = logged_in(FENNA);
        script(&sandbox, FENNA, |script| (script.fail_times, script.fail_status) = (1, Some(status)));
        assert_eq!(associate(&sandbox, FENNA, 1, "r-1").await.status, 201, "{status}");
        let asked = sandbox.requests_to(EXTERNAL);
        assert_eq!((asked[0].status, asked[1].status), (Some(status), Some(201)));
        assert_eq!((asked.len(), &asked[0].body), (2, &asked[1].body));
        assert_ne!(asked[0].bearer(), asked[1].bearer());
        let refreshed = &sandbox.requests_to(TOKEN)[0];
        assert_eq!(refreshed.form_value("grant_type").as_deref(), Some("refresh_token"));
        assert_eq!(sandbox.enrollment_associations()[0].posts, 2);
    }
}

#[tokio::test]
async fn a_second_refusal_is_reported_with_the_home_institutions_status_and_body() {
    let sandbox = logged_in(FENNA);
    script(&sandbox, FENNA, |script| (script.fail_times, script.fail_status) = (2, Some(422)));
    let answer = associate(&sandbox, FENNA, 1, "r-1").await;
    let report = answer.report(422, "UNPROCESSABLE_ENTITY", "Error 422 UNPROCESSABLE_ENTITY from the OOAPI endpoint ");
    assert!(report["details"].as_str().unwrap().contains("\"status\":\"422\""));
    assert!(report["message"].as_str().unwrap().starts_with("422 Unprocessable Entity: \""));
    assert_eq!(sandbox.requests_to(EXTERNAL).len(), 2);
    assert!(sandbox.enrollment_associations().is_empty());
}

#[tokio::test]
async fn what_was_kept_before_a_failure_is_kept_again_when_it_is_repeated() {
    let sandbox = logged_in(FENNA);
    script(&sandbox, FENNA, |script| script.commit_then_500 = 2);
    associate(&sandbox, FENNA, 1, "r-1").await.report(500, "INTERNAL_SERVER_ERROR", "Error 500 ");
    assert_eq!(associate(&sandbox, FENNA, 1, "r-1").await.status, 201);
    let kept = sandbox.enrollment_associations();
    assert_eq!((kept.len(), kept[0].posts, kept[2].posts), (3, 3, 3));
    assert_ne!(kept[0].association_id, kept[2].association_id);
}

#[tokio::test]
async fn tokens_expire_with_the_sandboxs_clock_and_are_refreshed() {
    let sandbox = logged_in(FENNA);
    sandbox.advance(Duration::from_secs(3599));
    associated(&sandbox, FENNA, 1).await;
    assert!(sandbox.requests_to(TOKEN).is_empty());
    for _ in 0..2 {
        sandbox.advance(Duration::from_secs(3600));
        assert_eq!(sis(&sandbox, "GET", &format!("/person/{FENNA}"), None).await.status, 200);
    }
    let statuses: Vec<_> =
        sandbox.requests_to("enrollment/home/persons/me").iter().map(|request| request.status.unwrap()).collect();
    assert_eq!(statuses, [401, 200, 401, 200]);
    let refreshed = sandbox.requests_to(TOKEN);
    assert_ne!(refreshed[0].form_value("refresh_token"), refreshed[1].form_value("refresh_token"));
    let body = refreshed[0].body.clone();
    let url = format!("{}/enrollment/home/merwede.example/oidc/token", sandbox.url());
    let again = http().post(url).header("content-type", "application/x-www-form-urlencoded").body(body);
    let answer = told(again).await;
    assert_eq!((answer.status, &answer.json()["error"]), (400, &json!("invalid_grant")), "it is used up");
    sandbox.configure(|settings| settings.enrollment_token_life_seconds = 60);
    sandbox.enrollment_login(FENNA).unwrap();
    sandbox.advance(Duration::from_secs(60));
    associated(&sandbox, FENNA, 2).await;
    assert_eq!(sandbox.requests_to(EXTERNAL).iter().rev().nth(1).unwrap().status, Some(401));
}

#[tokio::test]
async fn a_refused_refresh_hides_what_was_wrong_before() {
    let sandbox = logged_in(FENNA);
    script(&sandbox, FENNA, |script| script.refresh_fails = true);
    associated(&sandbox, FENNA, 1).await;
    sandbox.advance(Duration::from_secs(3600));
    let answer = associate(&sandbox, FENNA, 2, "r-2").await;
    let report = answer.report(400, "BAD_REQUEST", "Error in obtaining new accessToken with saved refreshToken");
    assert_eq!(report["details"], r#"{"error":"invalid_grant"}"#);
    assert_eq!(sandbox.requests_to(EXTERNAL).len(), 2);
    sandbox.fault(Fault::on(TOKEN).status(503));
    associate(&sandbox, FENNA, 2, "r-2").await.report(503, "SERVICE_UNAVAILABLE", "Error in obtaining new accessToken");
    sandbox.fault(Fault::on(TOKEN).status(460));
    sandbox.fault(Fault::on(TOKEN).drop(DropPoint::BeforeResponse));
    for _ in 0..2 {
        associate(&sandbox, FENNA, 2, "r-2").await.framework(500);
    }
    sandbox.enrollment_login(FENNA).unwrap();
    assert_eq!(associate(&sandbox, FENNA, 2, "r-2").await.status, 201, "a new login brings new tokens");
}

#[tokio::test]
async fn a_refresh_without_a_new_refresh_token_is_the_last_one() {
    let sandbox = logged_in(FENNA);
    let ask = || async { sis(&sandbox, "GET", &format!("/person/{FENNA}"), None).await };
    sandbox.advance(Duration::from_secs(3600));
    sandbox.fault(Fault::on(TOKEN).patch(json!({ "refresh_token": null })));
    assert_eq!(ask().await.status, 200);
    sandbox.advance(Duration::from_secs(3600));
    ask().await.report(400, "BAD_REQUEST", "Error in obtaining new accessToken");
    assert!(sandbox.requests_to(TOKEN)[1].body.ends_with(b"&refresh_token"));
}

#[tokio::test]
async fn an_unknown_status_and_a_cut_connection_are_failures_without_a_second_try() {
    let sandbox = logged_in(FENNA);
    let path = format!("/associations/{}", associated(&sandbox, FENNA, 1).await);
    sandbox.clear_requests();
    script(&sandbox, FENNA, |script| script.unknown_status = Some(460));
    associate(&sandbox, FENNA, 1, "r-2").await.framework(500);
    sis(&sandbox, "GET", &path, None).await.framework(500);
    script(&sandbox, FENNA, |script| script.drop_connection = HomeTimes::Count(1));
    sis(&sandbox, "GET", &path, None).await.framework(500);
    assert_eq!(sis(&sandbox, "GET", &path, None).await.status, 200);
    script(&sandbox, FENNA, |script| script.drop_connection = HomeTimes::Always(true));
    for _ in 0..2 {
        associate(&sandbox, FENNA, 1, "r-2").await.framework(500);
    }
    assert!(sandbox.requests_to(TOKEN).is_empty());
    assert_eq!(sandbox.requests_to(EXTERNAL).len(), 3);
    assert_eq!(sandbox.requests_to(EXTERNAL)[2].status, None);
    assert_eq!(sandbox.enrollment_associations().len(), 1);
    let direct = sandbox.requests_to(EXTERNAL)[2].bearer().unwrap().to_owned();
    let url = format!("{}/enrollment/home/merwede.example/associations/me", sandbox.url());
    assert!(http().post(url).bearer_auth(direct).body("{}").send().await.is_err(), "so it is over the wire");
}

#[tokio::test]
async fn the_receiver_does_not_wait_longer_than_it_is_set_to() {
    let sandbox = logged_in(FENNA);
    script(&sandbox, FENNA, |script| script.delay_ms = Some(600_000));
    sandbox.configure(|settings| settings.enrollment_timeout_ms = 20);
    associate(&sandbox, FENNA, 1, "r-1").await.framework(500);
    assert!(sandbox.requests_to(EXTERNAL)[0].abandoned);
    script(&sandbox, FENNA, |script| script.delay_ms = Some(1));
    sandbox.configure(|settings| settings.enrollment_timeout_ms = 20_000);
    assert_eq!(associate(&sandbox, FENNA, 1, "r-1").await.status, 201);
}

#[tokio::test]
async fn what_has_begun_is_finished_after_its_client_has_left() {
    let sandbox = logged_in(FENNA);
    script(&sandbox, FENNA, |script| script.delay_ms = Some(200));
    sandbox.configure(|settings| settings.enrollment_timeout_ms = 10);
    associate(&sandbox, FENNA, 1, "r-1").await.framework(500);
    while sandbox.enrollment_associations().len() != 1 {
        tokio::task::yield_now().await;
    }
    sandbox.configure(|settings| settings.enrollment_timeout_ms = 20_000);
    let path = format!("/associations/external/{FENNA}");
    let hasty = request(&sandbox, "POST", &path).basic_auth(SIS.0, Some(SIS.1)).json(&association(2, "r-2"));
    let hasty = tokio::spawn(hasty.send());
    while sandbox.requests_to(EXTERNAL).len() != 2 {
        tokio::task::yield_now().await;
    }
    hasty.abort();
    while sandbox.enrollment_associations().len() != 2 {
        tokio::task::yield_now().await;
    }
    assert!(sandbox.requests_to("enrollment/associations/external")[1].abandoned);
    script(&sandbox, FENNA, |_| {});
    let path = format!("/associations/{}", sandbox.enrollment_associations()[1].association_id);
    while sis(&sandbox, "GET", &path, None).await.status != 200 {}
}

#[tokio::test]
async fn states_follow_the_sandboxs_clock() {
    let sandbox = logged_in(TOMAS);
    let id = associated(&sandbox, TOMAS, 1).await;
    let state = || async { sis(&sandbox, "GET", &format!("/associations/{id}"), None).await.json()["state"].clone() };
    assert_eq!(sandbox.enrollment_associations()[0].state, "pending");
    sandbox.advance(Duration::from_secs(3600));
    assert_eq!(state().await, "pending");
    sandbox.advance(Duration::from_secs(3600));
    assert_eq!(state().await, "associated");
    assert_eq!(sandbox.enrollment_associations()[0].state, "associated");
    sandbox.script_home(TOMAS, HomeScript::answering("cancelled").about(offering(1)));
    assert_eq!(state().await, "cancelled", "a script also speaks of what there is already");
}

#[tokio::test]
async fn a_denial_comes_with_its_message_and_can_turn_into_a_yes() {
    let sandbox = logged_in(AMINA);
    let denied = associate(&sandbox, AMINA, 1, "r-1").await;
    let message = json!([
        { "language": "nl-NL", "value": "Toestemming ontbreekt" },
        { "language": "en-GB", "value": "Permission is missing" },
    ]);
    assert_eq!((denied.status, &denied.json()["state"]), (201, &json!("denied")));
    assert_eq!(denied.json()["message"], message);
    let text = HomeMessage { language: "nl-NL".to_owned(), value: "Vul het formulier in".to_owned() };
    let mut script = HomeScript::answering("associated").about(offering(2));
    (script.message, script.redirect) = (Some(vec![text]), Some("https://merwede.example/form".to_owned()));
    sandbox.script_home(AMINA, script);
    let answer = associate(&sandbox, AMINA, 2, "r-2").await.json();
    assert_eq!((&answer["state"], &answer["redirect"]), (&json!("associated"), &json!("https://merwede.example/form")));
    assert_eq!(associate(&sandbox, AMINA, 1, "r-3").await.json()["state"], "denied");
}

#[tokio::test]
async fn a_home_institution_shows_an_association_only_to_its_student() {
    let sandbox = logged_in(FENNA);
    let id = associated(&sandbox, FENNA, 1).await;
    let fenna = sandbox.requests_to(EXTERNAL)[0].bearer().unwrap().to_owned();
    sandbox.enrollment_login(JORIS).unwrap();
    sis(&sandbox, "GET", &format!("/person/{JORIS}"), None).await;
    let joris = sandbox.requests_to("enrollment/home/persons/me")[0].bearer().unwrap().to_owned();
    let ask = |home: &str, path: &str, token: &str| {
        told(http().get(format!("{}/enrollment/home/{home}/{path}", sandbox.url())).bearer_auth(token))
    };
    let path = format!("associations/{id}");
    assert_eq!(ask("merwede.example", &path, &fenna).await.status, 200);
    assert_eq!(ask("merwede.example", &path, &joris).await.status, 404);
    assert_eq!(ask("merwede.example", "persons/me", "x").await.status, 401);
    let answer = ask("fjord.example", "persons/me", &fenna).await;
    assert_eq!((answer.status, &answer.json()["title"]), (401, &json!("Unauthorized")));
    assert!(answer.header("www-authenticate").unwrap().starts_with("Bearer"));
    assert_eq!(ask("other.example", "persons/me", &fenna).await.status, 404);
    let answer = ask("merwede.example", "associations/me", &fenna).await;
    assert_eq!((answer.status, answer.header("allow")), (405, Some("POST")));
}

#[tokio::test]
async fn the_association_may_come_while_the_start_is_still_open() {
    let sandbox = sandbox();
    let id = sandbox.enrollment_login(INGRID).unwrap();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/api/start", listener.local_addr().unwrap());
    let base = sandbox.url();
    let handler = move || {
        let path = format!("{base}/enrollment/receiver/associations/external/ingrid.solheim%40fjord.example");
        let request = http().post(path).basic_auth(SIS.0, Some(SIS.1)).json(&association(1, "r-1"));
        async move { axum::Json(json!({ "code": 200, "status": told(request).await.status })) }
    };
    let router = axum::Router::new().route("/api/start", axum::routing::post(handler));
    tokio::spawn(async move { axum::serve(listener, router).await });
    sandbox.enrollment_backend(learnerlink_sandbox::EnrollmentBackend::basic(url, "a", "b"));
    let answer = told(starting(&sandbox, &id)).await;
    assert_eq!((answer.status, &answer.json()["status"]), (200, &json!(201)));
}
