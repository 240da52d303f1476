//! TPP SystmOne.

use roxmltree::Document;
use serde_json::json;

use crate::stand::*;
use crate::support::{Reply, answer};

fn xml(status: u16, body: impl AsRef<[u8]>) -> Reply {
    answer(status, &[("Content-Type", "text/xml")], body)
}

pub fn success() -> String {
    format!(
        "<?xml version=\"1.0\"?><LinkAccountReply uuid=\"other\" accountId=\"{ACCOUNT}\" passphraseToLink=\"{KEY}\" passphrase=\"unused\"/>"
    )
}

fn error(code: &str) -> String {
    format!(
        "<Error apiVersion=\"1\" uuid=\"x\" errorCode=\"{code}\" userFriendlyMessage=\"{}\"/>",
        SURNAME.replace('&', "&amp;")
    )
}

#[tokio::test]
async fn requests_are_sent_as_the_service_wants_them() {
    let stand = Stand::new("tpp", |_, _| xml(200, success())).await;
    let done = stand.done(RETRIEVE, request(RETRIEVE)).await;
    assert_eq!((outputs(&done), &done["reason"]), (ALL, &json!("demographics-from-request")));
    stand.done(CREATE, request(CREATE)).await;
    stand.done(CREATE, changed(request(CREATE), json!({ "emailAddress": null }))).await;
    let mut ids = Vec::new();
    for (request, email, retrieve) in
        stand.asked().iter().zip([(None, Some("y")), (Some(EMAIL), None), (None, None)]).map(|(r, (e, o))| (r, e, o))
    {
        assert_eq!((request.method.as_str(), request.target.as_str()), ("POST", "/gp"));
        assert_eq!(request.header("type"), Some("LinkAccount"));
        assert_eq!(request.header("content-type"), Some("text/xml; charset=utf-8"));
        assert_eq!((request.header("transactionid"), request.header("correlationid")), (None, None));
        let text = String::from_utf8(request.body.clone()).unwrap();
        let document = Document::parse(&text).unwrap();
        let root = document.root_element();
        assert_eq!(root.tag_name().name(), "LinkAccount");
        for (name, value) in [
            ("apiVersion", Some("1")),
            ("organisationCode", Some(ODS)),
            ("lastName", Some(SURNAME)),
            ("dateOfBirth", Some(BORN)),
            ("nhsNumber", Some(NUMBER)),
            ("retrieveOnly", retrieve),
            ("emailAddress", email),
        ] {
            assert_eq!(root.attribute(name), value, "{name}");
        }
        ids.push(root.attribute("uuid").unwrap().to_owned());
        let children: Vec<_> = root.children().collect();
        assert_eq!((children.len(), children[0].tag_name().name()), (1, "Application"));
        let attributes: Vec<_> = children[0].attributes().map(|found| (found.name(), found.value())).collect();
        assert_eq!(
            attributes,
            [
                ("name", "LearnerLink"),
                ("version", env!("CARGO_PKG_VERSION")),
                ("providerId", "provider & id"),
                ("deviceType", "NHS")
            ]
        );
    }
    ids.sort();
    ids.dedup();
    assert!(ids.len() == 3 && ids.iter().all(|id| id.len() == 36), "{ids:?}");
}

#[tokio::test]
async fn a_key_is_read_from_attributes_or_children_and_a_blank_one_is_none() {
    for (body, expected) in [
        (success(), "ok demographics-from-request"),
        (
            format!(
                "<a:LinkAccountReply xmlns:a='urn:x'><accountId>{ACCOUNT}</accountId><passphraseToLink>{KEY}</passphraseToLink></a:LinkAccountReply>"
            ),
            "ok demographics-from-request",
        ),
        (format!("<LinkAccountReply accountId='{ACCOUNT}' passphraseToLink=' ' passphrase='x'/>"), "noLinkageKey"),
        (format!("<LinkAccountReply accountId='' passphraseToLink='{KEY}'/>"), "noLinkageKey"),
        ("<LinkAccountReply passphrase='x'/>".to_owned(), "noLinkageKey"),
        (format!("<LinkAccountReply accountId='4 0' passphraseToLink='{KEY}'/>"), "PROTOCOL"),
        ("<Other/>".to_owned(), "PROTOCOL"),
    ] {
        assert_eq!(both("tpp", xml(200, &body)).await, [expected; 2], "{body}");
    }
}

#[tokio::test]
async fn every_error_has_its_outcome() {
    let age = "patientBlocked UNDER_MINIMUM_AGE_OR_NOT_COMPETENT";
    for (code, retrieved, created) in [
        ("554", "patientNotFound", "patientNotFound"),
        ("555", "patientNotFound", "patientNotFound"),
        ("512", "patientNotFound", "patientNotFound"),
        ("513", "patientNotFound", "patientNotFound"),
        ("509", "noLinkageKey", "noLinkageKey"),
        ("553", age, age),
        ("19", "patientBlocked OTHER", "patientBlocked OTHER"),
        ("5", "SERVICE_FAULT provider-id", "SERVICE_FAULT provider-id"),
        ("6", "retrieveFailed", "createFailed"),
        ("8", "retrieveFailed", "createFailed"),
        ("999", "retrieveFailed", "createFailed"),
        ("", "retrieveFailed", "createFailed"),
    ] {
        for status in [200, 400] {
            assert_eq!(both("tpp", xml(status, error(code))).await, [retrieved, created], "{status} {code}");
        }
    }
    // Only a child is refused for the age with a code that others are refused with for other reasons.
    let stand = Stand::new("tpp", |_, _| xml(200, error("8"))).await;
    let year = jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).year();
    for (years, expected) in [(15, age), (17, "createFailed")] {
        let born = json!({ "dateOfBirth": format!("{}-01-01", year - years) });
        assert_eq!(tell(&stand, CREATE, changed(request(CREATE), born)).await, expected, "{years}");
    }
}

#[tokio::test]
async fn statuses_that_are_no_answer_are_errors() {
    for (status, retrieved, created) in [
        (401, "AUTH_REJECTED", "AUTH_REJECTED"),
        (403, "FORBIDDEN", "FORBIDDEN"),
        (429, "THROTTLED", "THROTTLED"),
        (500, "UNAVAILABLE", "UNAVAILABLE"),
        (502, "UNAVAILABLE", "UNAVAILABLE"),
        (302, "PROTOCOL", "PROTOCOL"),
        (404, "retrieveFailed", "createFailed"),
    ] {
        for body in [success(), "<html>x".to_owned()] {
            assert_eq!(both("tpp", xml(status, body)).await, [retrieved, created], "{status}");
        }
    }
}

#[tokio::test]
async fn hostile_xml_is_refused() {
    let entities = format!("<!DOCTYPE x [<!ENTITY a \"{SURNAME}\">]>");
    for body in [
        format!("{entities}<LinkAccountReply accountId='&a;'/>"),
        format!("<!DOCTYPE x SYSTEM 'file:///etc/passwd'>{}", success()),
        "<a>".repeat(5_000),
        success()[..60].to_owned(),
        format!("{}{}", success(), "<x/>"),
        String::new(),
        "{}".to_owned(),
    ] {
        assert_eq!(both("tpp", xml(200, &body)).await, ["PROTOCOL"; 2], "{body:.80}");
    }
}

#[tokio::test]
async fn surname_and_date_of_birth_are_needed_before_anything_is_sent() {
    let stand = Stand::new("tpp", |_, _| xml(200, success())).await;
    let nobody = changed(request(RETRIEVE), json!({ "surname": null, "dateOfBirth": null }));
    let failure = stand.failure(RETRIEVE, nobody).await;
    assert_eq!(failure["code"], "INVALID_INPUT");
    assert_eq!(failure["details"]["fields"], json!(["surname", "dateOfBirth"]));
    assert_eq!(stand.server.requests().len(), 0);
}

#[tokio::test]
async fn a_service_that_cannot_be_asked_has_no_keys_until_create() {
    let stand = Stand::with("tpp", json!({ "canRetrieve": false }), |_, _| xml(200, success())).await;
    let nobody = changed(request(RETRIEVE), json!({ "surname": null, "dateOfBirth": null }));
    for request in [request(RETRIEVE), nobody] {
        assert_eq!(tell(&stand, RETRIEVE, request).await, "noLinkageKey");
    }
    assert_eq!(stand.server.requests().len(), 0);
    let done = stand.done(COMPOSED, request(COMPOSED)).await;
    assert_eq!((&done["outcome"], &done["created"], stand.asked().len()), (&json!("ok"), &json!(true), 1));
}
