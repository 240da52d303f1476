//! Proves that the SIF exchange can be looked into, steered and reset, and hides what is secret.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod client;
mod sif;

use client::http;
use learnerlink_sandbox::{EndpointReply, Sandbox, SifCredential, SifProfile};
use serde_json::{Value, json};
use sif::*;

#[tokio::test]
async fn students_and_services_are_listed() {
    let sandbox = sandbox(SifProfile::Strict);
    let (status, listed) = control(&sandbox, "GET students", None).await;
    assert_eq!((status, listed["students"].as_array().unwrap().len()), (200, 7));
    let first = &listed["students"][0];
    assert_eq!((&first["name"], &first["zoneId"]), (&json!("Talia Winterbourne"), &json!("alder")));
    let expected = json!({
        "externalServiceId": 5, "authorizedEntityId": 2, "districtServiceId": 9, "consentServiceId": 9,
        "consentStart": "2026-09-01", "consentEnd": "2026-11-22", "personnel": [1],
    });
    assert_eq!(first["services"][0], expected);
    assert_eq!(first["services"][1]["consentEnd"], "2097-12-31");
    let bytes = |id: &str| sandbox.sif_student(id).unwrap().record_bytes;
    assert!(bytes("700004") > 90_000 && bytes("700006") == 0);
    assert!(sandbox.sif_student("700002").is_none());
    assert_eq!(sandbox.sif_students().len(), 7);

    let (_, listed) = control(&sandbox, "GET services", None).await;
    let services = listed["services"].as_array().unwrap();
    assert_eq!((services.len(), &services[0]["districtServiceId"]), (3, &json!(9)));
    assert_eq!(services[0]["expirationDate"], "2096-12-31");
    let object = json!({ "id": 901, "filterType": "include", "name": "xSre", "includeStatement": "name" });
    assert_eq!(services[0]["dataObjects"][0], object);
    assert_eq!(services[2]["requiresPersonnel"], true);
}

#[tokio::test]
async fn the_last_decision_names_the_condition_that_failed() {
    let sandbox = sandbox(SifProfile::Strict);
    assert_eq!(control(&sandbox, "GET decision", None).await.1["decision"], Value::Null);
    assert!(sandbox.sif_decision().is_none());
    Ask::new(&sandbox).send().await;
    let decision = sandbox.sif_decision().unwrap();
    assert_eq!((decision.failed_condition, decision.data_objects), (None, vec![901, 902]));
    assert_eq!((decision.today.as_str(), decision.zone_id.as_str()), ("2026-11-22", "alder"));
    for (ask, condition) in [
        (Ask::new(&sandbox).set("authorizedEntityId", "4"), 1),
        (Ask::new(&sandbox).set("authorizedEntityId", "3"), 2),
        (Ask::new(&sandbox).of("700002", 2, 5), 5),
        (Ask::new(&sandbox).set("personnelId", "4"), 7),
        (Ask::new(&sandbox).set("objectType", "other"), 9),
        (Ask::new(&sandbox).to("/sif/ears/xSres/700001;zoneId=birch;contextId=DEFAULT"), 10),
    ] {
        let answer = ask.send().await;
        assert_eq!(answer.status, 404);
        let (_, shown) = control(&sandbox, "GET decision", None).await;
        assert_eq!(shown["decision"]["failedCondition"], condition);
        let reason = shown["decision"]["reason"].as_str().unwrap();
        assert!(!reason.is_empty() && !answer.text.contains(reason), "the answer does not tell");
    }
}

#[tokio::test]
async fn the_days_of_a_consent_can_be_changed() {
    let sandbox = sandbox(SifProfile::Strict);
    sandbox.advance(std::time::Duration::from_secs(86_400));
    assert_eq!(Ask::new(&sandbox).send().await.status, 404);
    let change = json!({ "externalServiceId": 5, "consentEnd": "2026-11-23" });
    let (status, student) = control(&sandbox, "POST students/700001", Some(change)).await;
    assert_eq!((status, &student["services"][0]["consentEnd"]), (200, &json!("2026-11-23")));
    assert_eq!(Ask::new(&sandbox).send().await.status, 200);
    sandbox.set_sif_consent("700001", 6, "2026-11-24", "2026-12-01");
    assert_eq!(Ask::new(&sandbox).of("700001", 3, 6).send().await.status, 404);
    for (id, body, status) in [
        ("700002", json!({ "externalServiceId": 5 }), 404),
        ("700001", json!({ "externalServiceId": 7 }), 400),
        ("700001", json!({ "externalServiceId": 5, "consentEnd": "2026-13-01" }), 400),
        ("700001", json!({ "consentEnd": "2026-12-01" }), 400),
        ("700001", json!({ "externalServiceId": 5, "name": "x" }), 400),
    ] {
        let (told, document) = control(&sandbox, &format!("POST students/{id}"), Some(body)).await;
        assert_eq!((told, document["detail"].is_string()), (status, true), "{document}");
    }
}

#[tokio::test]
#[should_panic(expected = "no student")]
async fn the_consent_of_a_student_who_is_not_there_cannot_be_changed() {
    sandbox(SifProfile::Strict).set_sif_consent("700002", 5, "2026-01-01", "2026-12-31");
}

#[tokio::test]
async fn a_queued_reply_answers_the_next_request_to_its_endpoint_literally() {
    let sandbox = sandbox(SifProfile::Strict);
    let sheet = "<xsl:stylesheet version='2.0' xmlns:xsl='http://www.w3.org/1999/XSL/Transform'>\
        <xsl:template match='/xSre//* | /xSre//@*'><xsl:copy><xsl:apply-templates select='@* | node()'/></xsl:copy>\
        </xsl:template><xsl:template match='/xSre'><xsl:copy><xsl:apply-templates select='./a'/></xsl:copy>\
        </xsl:template></xsl:stylesheet>";
    sandbox.sif_reply(EndpointReply::to("sif/filters", sheet));
    sandbox.sif_reply(EndpointReply::to("sif/masterXsres", "<xSre><a>1</a><b/></xSre>"));
    assert_eq!(Ask::new(&sandbox).send().await.inside(), "<a>1</a>");

    let reply = json!({ "endpoint": "sif/xSres", "status": 403, "contentType": "text/html", "body": "<p>No" });
    assert_eq!(control(&sandbox, "POST next", Some(reply.clone())).await, (201, reply.clone()));
    assert_eq!(control(&sandbox, "GET next", None).await.1["replies"], json!([reply]));
    let answer = Ask::new(&sandbox).without("authorization").send().await;
    assert_eq!((answer.status, answer.text.as_str()), (403, "<p>No"));
    assert_eq!(answer.header("content-type"), Some("text/html"));
    assert_eq!(Ask::new(&sandbox).send().await.status, 200);
    for wrong in [
        json!({ "endpoint": "sif/other", "body": "" }),
        json!({ "endpoint": "sif/filters", "status": 99 }),
        json!({ "endpoint": "sif/filters", "contentType": "a\nb" }),
        json!({ "body": "" }),
    ] {
        assert_eq!(control(&sandbox, "POST next", Some(wrong.clone())).await.0, 400, "{wrong}");
    }
    sandbox.sif_reply(EndpointReply::to("sif/xSres", "").status(502));
    assert_eq!(control(&sandbox, "DELETE next", None).await.0, 204);
    assert_eq!(Ask::new(&sandbox).send().await.status, 200);
}

#[tokio::test]
async fn a_reset_forgets_signatures_changes_and_replies() {
    let sandbox = sandbox(SifProfile::Strict);
    let before = sandbox.sif_students();
    assert_eq!(Ask::with_vector(&sandbox).send().await.status, 200);
    sandbox.set_sif_consent("700001", 5, "2020-01-01", "2020-12-31");
    sandbox.set_sif_record("rowan", "700009", "<xSre/>");
    sandbox.sif_reply(EndpointReply::to("sif/xSres", "x"));
    sandbox.configure(|settings| settings.sif_profile = SifProfile::Reference);
    assert_eq!(sandbox.sif_students().len(), 8);
    sandbox.reset();
    assert_eq!((sandbox.sif_students(), sandbox.settings().sif_profile), (before, SifProfile::Strict));
    assert!(sandbox.sif_decision().is_none());
    assert_eq!(Ask::with_vector(&sandbox).send().await.inside(), NAME_AND_ID);
}

#[tokio::test]
async fn profile_window_and_credentials_are_settings() {
    let sandbox = sandbox(SifProfile::Strict);
    let settings = |body: Value| http().patch(format!("{}/_sandbox/settings", sandbox.url())).json(&body);
    let answer = told(settings(json!({ "sifProfile": "reference", "sifWindowSeconds": 10 }))).await;
    assert_eq!((&answer.json()["sifProfile"], &answer.json()["sifWindowSeconds"]), (&json!("reference"), &json!(10)));
    assert_eq!(told(settings(json!({ "sifWindowSeconds": 0 }))).await.status, 400);
    assert_eq!(told(settings(json!({ "sifProfile": "strict" }))).await.status, 200);
    let late = || Ask::new(&sandbox).signed_at(sandbox.unix_now() * 1000 - 10_001);
    assert_eq!(late().send().await.outcome().1, "The timestamp header is outside the allowed window.");

    let credential =
        SifCredential { session_token: "emu-token".to_owned(), shared_secret: "clé-ünïcode-密".to_owned() };
    let signed = || Ask::with_vector(&sandbox).set("authorization", &credential.authorization(V2_TIMESTAMP));
    assert_eq!(signed().send().await.status, 401);
    sandbox.configure(|settings| settings.sif_credentials.push(credential.clone()));
    assert_eq!(signed().send().await.status, 200);
}

#[tokio::test]
async fn a_moment_with_an_offset_is_the_same_to_the_original() {
    let start = 1_772_323_199;
    let sandbox = Sandbox::builder().clock_start(start).sif_profile(SifProfile::Reference).start().unwrap();
    let credential =
        SifCredential { session_token: "emu-token".to_owned(), shared_secret: "clé-ünïcode-密".to_owned() };
    sandbox.configure(|settings| settings.sif_credentials.push(credential));
    sandbox.set_sif_consent("700001", 5, "2026-01-01", "2026-12-31");
    let offset = "2026-03-01T00:59:59.999+01:00";
    let v4a = "SIF_HMACSHA256 ZW11LXRva2VuOjEwNW9TbFM2MUNDQTVlakhYbit5RVlCR3UvVHl6ekxETFdRaTNFZUcxbEU9";
    let ask = |authorization: &str, timestamp| {
        Ask::with_vector(&sandbox).set("authorization", authorization).set("timestamp", timestamp)
    };
    assert_eq!(ask(v4a, offset).send().await.status, 200);
    assert_eq!(ask(v4a, "2026-02-28T23:59:59.999Z").send().await.status, 200);
    let v4b = sandbox.settings().sif_credentials[1].authorization(offset);
    assert_eq!(ask(&v4b, offset).send().await.status, 401);
}

#[tokio::test]
async fn a_real_clock_lets_lasting_consents_through() {
    let sandbox = Sandbox::builder().virtual_clock(false).start().unwrap();
    let answer = Ask::new(&sandbox).of("700003", 3, 6).send().await;
    // The districts' services are not in force for ever, and neither are the machine's years.
    let year = jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).year();
    assert_eq!(answer.status, if year <= 2027 { 200 } else { 404 });
}

#[tokio::test]
async fn what_is_recorded_shows_no_signature_to_people() {
    let sandbox = sandbox(SifProfile::Strict);
    Ask::with_vector(&sandbox).send().await;
    assert_eq!(sandbox.requests_to("sif/xSres")[0].header("authorization"), Some(V2));
    for path in ["requests", "log"] {
        let text = told(http().get(format!("{}/_sandbox/{path}", sandbox.url()))).await.text;
        assert!(text.contains("sif/filters") && !text.contains("NWIwYzdh") && !text.contains("s3cret"), "{path}");
    }
}

#[tokio::test]
async fn the_console_shows_where_to_connect_and_the_students() {
    let sandbox = sandbox(SifProfile::Reference);
    let text = told(http().get(format!("{}/_sandbox/", sandbox.url()))).await.text;
    let ears = format!("{}/sif/ears", sandbox.url());
    for part in [
        ears.as_str(),
        "5b0c7a52-3d64-4f0e-9a77-2f6f0d1c9e10",
        "s3cret-key-0001",
        "id=\"sif-profile\">reference<",
        "id=\"sif-students\"",
        "Bjørn Żurawski",
        "service 5: 2026-09-01 to 2026-11-22",
        "given to another service",
        "-enrollment/projectedGraduationYear",
    ] {
        assert!(text.contains(part), "{part}");
    }
}
