//! Proves that requests for SIF records are checked in their order, and refused in the right words.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod client;
mod sif;

use learnerlink_sandbox::SifProfile;
use reqwest::Method;
use sif::*;

type Change = fn(Ask) -> Ask;

/// The status and the description of a refusal, or nothing when a record is given.
type Outcome = Option<(u16, &'static str)>;

#[tokio::test]
async fn a_right_request_gets_name_and_number_only() {
    for profile in PROFILES {
        let sandbox = sandbox(profile);
        let answer = Ask::with_vector(&sandbox).send().await;
        assert_eq!(answer.inside(), NAME_AND_ID);
        assert_eq!(answer.text.starts_with("<?xml"), profile == SifProfile::Strict);
        assert!(answer.text.contains("refId=\"") && answer.text.contains("xmlns:psesd=\"psesd\""));
        assert_eq!(answer.header("content-type"), Some("application/xml; charset=UTF-8"));
        assert_eq!(answer.header("timestamp"), Some(V2_TIMESTAMP));
        assert_eq!((answer.header("messagetype"), answer.header("responseaction")), (Some("RESPONSE"), Some("QUERY")));
        assert_eq!(answer.header("messageid").map(str::len), Some(36));
        assert_eq!((answer.header("requestid"), answer.header("servicetype")), (None, None));
        let open = (profile == SifProfile::Reference).then_some("*");
        assert_eq!(answer.header("access-control-allow-origin"), open);
    }
}

/// What is changed of a right request, and the answer: `None` for a record, otherwise status and description.
#[rustfmt::skip]
const SAME_IN_BOTH: [(&str, Change, Outcome); 32] = [
    ("2 names in capitals", |ask| ask.to("/sif/ears/xSres/700001;ZONEID=alder;contextid=CBO"), None),
    ("3 no zone", |ask| ask.to("/sif/ears/xSres/700001;contextId=CBO"), Some((400, "The zoneId parameter cannot be null, empty, or whitespace."))),
    ("4 zone with two values", |ask| ask.to("/sif/ears/xSres/700001;zoneId=alder=x;contextId=CBO"), Some((400, "The zoneId parameter cannot be null, empty, or whitespace."))),
    ("5 context in the query", |ask| ask.to("/sif/ears/xSres/700001;zoneId=alder?contextId=CBO"), Some((400, "The contextId parameter cannot be null, empty, or whitespace."))),
    ("6 no authorization", |ask| ask.without("authorization"), Some((400, "The authorization header cannot be null."))),
    ("6 blank authorization", |ask| ask.set("authorization", ""), Some((401, "The authorization header cannot be null, empty, or whitespace."))),
    ("7 no timestamp", |ask| ask.without("timestamp"), Some((400, "The timestamp header cannot be null."))),
    ("8 colon before the fraction", |ask| ask.signed("2026-11-22T08:15:30:000Z"), Some((400, "The timestamp header is invalid."))),
    ("9 no fraction", |ask| ask.signed("2026-11-22T08:15:30Z"), Some((400, "The timestamp header is invalid."))),
    ("one part only", |ask| ask.set("authorization", "SIF_HMACSHA256"), Some((401, "The authorization header is invalid."))),
    ("another hash", |ask| ask.set("timestamp", "2026-11-22T08:15:30.001Z").set("authorization", V2), Some((401, "The authorization header is invalid."))),
    ("13 the original's Basic", |ask| ask.set("authorization", V5), Some((401, "SIF authentication method 'Basic' is invalid."))),
    ("13 standard Basic", |ask| ask.set("authorization", V6), Some((401, "SIF authentication method 'Basic' is invalid."))),
    ("17 two wrongs", |ask| ask.set("authorization", "x").set("accept", "*/*"), Some((401, "The authorization header is invalid."))),
    ("18 any form", |ask| ask.set("accept", "*/*"), Some((400, "SIF header 'accept' contains invalid value '*/*'."))),
    ("20 a form", |ask| ask.set("Content-Type", "application/x-www-form-urlencoded"), Some((400, "SIF header 'Content-Type' contains invalid value 'application/x-www-form-urlencoded'."))),
    ("wrong message type", |ask| ask.set("messageType", "A<b"), Some((400, "SIF header 'messageType' contains invalid value 'A<b'."))),
    ("wrong action", |ask| ask.set("requestAction", "READ"), Some((400, "SIF header 'requestAction' contains invalid value 'READ'."))),
    ("wrong request type", |ask| ask.set("requestType", "LATER"), Some((400, "SIF header 'requestType' contains invalid value 'LATER'."))),
    ("wrong service type", |ask| ask.set("serviceType", "x"), Some((400, "SIF header 'serviceType' contains invalid value 'x'."))),
    ("21 no UUID", |ask| ask.set("messageId", "abc"), Some((400, "The id parameter value 'abc' is invalid."))),
    ("creating nothing", |ask| ask.set("requestAction", "create"), Some((400, "The request body is invalid."))),
    ("delayed", |ask| ask.set("requestType", "delayed"), None),
    ("plain text", |ask| ask.set("accept", "text/plain"), None),
    ("24 two missing", |ask| ask.without("authorizedEntityId").without("objectType"), Some((400, "The authorizedEntityId parameter is invalid."))),
    ("no student", |ask| ask.set("districtStudentId", "").without("objectType"), Some((400, "The districtStudentId parameter is invalid."))),
    ("no object type", |ask| ask.without("objectType"), Some((400, "The objectType parameter is invalid."))),
    ("25 five in letters", |ask| ask.set("externalServiceId", "five"), Some((400, "For input string: \"five\""))),
    ("27 object type in small letters", |ask| ask.set("objectType", "xsre"), Some((404, "The requested xSres resource was not found."))),
    ("28 an assigned person", |ask| ask.set("personnelId", "1"), None),
    ("29 a person of the service only", |ask| ask.set("personnelId", "4"), Some((404, "The requested xSres resource was not found."))),
    ("32 another entity", |ask| ask.set("authorizedEntityId", "3"), Some((404, "The requested xSres resource was not found."))),
];

const V5: &str = "Basic YWQ1M2RiZjYtZTBhMC00NjlmLTg0MjgtYzE3NzM4ZWJhNDNlOllXUTFNMlJpWmpZdFpUQmhNQzAwTmpsbUxUZzBNamd0WXpFM056TTRaV0poTkRObE9qSXdNVFV0TURJdE1qUlVNakE2TlRFNk5Ua3VPRGM0V2c9PQ==";
const V6: &str = "Basic NWIwYzdhNTItM2Q2NC00ZjBlLTlhNzctMmY2ZjBkMWM5ZTEwOnMzY3JldC1rZXktMDAwMQ==";

#[tokio::test]
async fn both_profiles_refuse_and_allow_the_same_of_what_is_well_understood() {
    for profile in PROFILES {
        let sandbox = sandbox(profile);
        for (name, change, expected) in SAME_IN_BOTH {
            let answer = change(Ask::new(&sandbox)).send().await;
            match expected {
                None => assert_eq!(answer.inside(), NAME_AND_ID, "{name}"),
                Some((status, description)) => {
                    assert_eq!(answer.outcome(), (status, description.to_owned()), "{profile:?} {name}");
                    assert_eq!(answer.header("messagetype"), Some("ERROR"));
                    assert_eq!(answer.header("content-type"), Some("application/xml; charset=UTF-8"));
                }
            }
        }
    }
}

#[tokio::test]
async fn an_early_refusal_is_about_info_and_a_later_one_about_the_object() {
    let sandbox = sandbox(SifProfile::Strict);
    let early = Ask::new(&sandbox).without("timestamp").send().await;
    assert_eq!((early.part("scope"), early.part("message")), ("Info".to_owned(), "Bad Request".to_owned()));
    let early = Ask::new(&sandbox).set("authorization", "x y").send().await;
    assert_eq!(early.part("message"), "Unauthorized");
    let path = format!("/sif/ears/XSRES/700001{ALDER}");
    let late = Ask::new(&sandbox).to(&path).without("objectType").send().await;
    assert_eq!((late.part("scope"), late.part("message")), ("XSRES".to_owned(), "Failed to query XSRES.".to_owned()));
    let json = Ask::new(&sandbox).set("accept", "application/json").without("objectType").send().await;
    assert_eq!(json.header("content-type"), Some("application/json; charset=UTF-8"));
    let error = &json.json()["error"];
    assert_eq!((&error["code"], &error["scope"]), (&"400".into(), &"xSres".into()));
    assert_eq!(error["id"].as_str().map(str::len), Some(36));
}

#[tokio::test]
async fn the_profiles_differ_where_the_original_is_careless() {
    let offset = "2026-11-22T09:15:30.000+01:00";
    let v7 = "SIF_HMACSHA256 NWIwYzdhNTItM2Q2NC00ZjBlLTlhNzctMmY2ZjBkMWM5ZTEwOkFBQUFOS1JtRTNIQW5wc0dQc3YvQ1QvckRxV243aEYzalA0bEZRTkpzdkZUaTdrPVpa";
    let loose = V2.replace("NWIw", "NW!Iw");
    let suffixed = V2.replacen("SIF_HMACSHA256", "sif_hmacsha256x", 1);
    let unknown = format!("SIF_HMACSHA256 {}", "bm9ib2R5Ok5LUm1FM0hBbnBzR1Bzdi9DVC9yRHFXbjdoRjNqUDRsRlFOSnN2RlRpN2s9");
    let invalid = (401, "The authorization header is invalid.");
    let timestamp = (400, "The timestamp header is invalid.");
    let student = (400, "The districtStudentId parameter is invalid.");
    let missing = (404, "The requested xSres resource was not found.");
    type Case<'a> = (&'a str, Box<dyn Fn(Ask) -> Ask + 'a>, [Option<(u16, &'a str)>; 2]);
    #[rustfmt::skip]
    let cases: [Case<'_>; 12] = [
        ("10 offset", Box::new(|ask| ask.set("timestamp", offset)), [None, Some(timestamp)]),
        ("11 offset signed", Box::new(|ask| ask.signed(offset)), [Some(invalid), Some(timestamp)]),
        ("12 padded hash", Box::new(|ask| ask.set("authorization", v7)), [None, Some(invalid)]),
        ("foreign characters", Box::new(|ask| ask.set("authorization", &loose)), [None, Some(invalid)]),
        ("a longer method", Box::new(|ask| ask.set("authorization", &suffixed)), [None, Some((401, "SIF authentication method 'sif_hmacsha256x' is invalid."))]),
        ("14 unknown token", Box::new(|ask| ask.set("authorization", &unknown)), [Some((401, "SIF user or session 'nobody' not authorized.")), Some(invalid)]),
        ("26 another student", Box::new(|ask| ask.set("districtStudentId", "700002")), [Some(missing), Some(student)]),
        ("path of another", Box::new(|ask| ask.to(&format!("/sif/ears/xSres/1{ALDER}"))), [None, Some(student)]),
        ("31 another zone", Box::new(|ask| ask.to("/sif/ears/xSres/700001;zoneId=birch;contextId=DEFAULT")), [Some(missing), Some(missing)]),
        ("service in the query", Box::new(|ask| ask.without("externalServiceId").to(&format!("/sif/ears/xSres/700001{ALDER}?externalServiceId=5"))), [None, Some((400, "The externalServiceId parameter is invalid."))]),
        ("person without number", Box::new(|ask| ask.set("personnelId", "x")), [Some((500, "Internal server error.")), Some((400, "The personnelId parameter is invalid."))]),
        ("encoded delimiters", Box::new(|ask| ask.to("/sif/ears/xSres/700001%3BzoneId%3Dalder%3BcontextId=DEFAULT")), [None, Some((400, "The zoneId parameter cannot be null, empty, or whitespace."))]),
    ];
    for (name, change, expected) in cases {
        for (profile, expected) in PROFILES.into_iter().zip(expected) {
            let sandbox = sandbox(profile);
            let answer = change(Ask::with_vector(&sandbox)).send().await;
            match expected {
                None => assert_eq!(answer.inside(), NAME_AND_ID, "{profile:?} {name}"),
                Some((status, description)) => {
                    assert_eq!(answer.outcome(), (status, description.to_owned()), "{profile:?} {name}");
                }
            }
            if name.starts_with("31") {
                let asked = usize::from(profile == SifProfile::Reference);
                assert_eq!(sandbox.requests_to("sif/masterXsres").len(), asked, "{profile:?}");
            }
        }
    }
}

#[tokio::test]
async fn only_the_safer_rules_mind_the_age_of_a_request_and_its_repetition() {
    for profile in PROFILES {
        let strict = profile == SifProfile::Strict;
        let told = |answer: Told| if answer.status == 200 { "given".to_owned() } else { answer.outcome().1 };
        let expected = |text: &str| if strict { text.to_owned() } else { "given".to_owned() };

        let sandbox = sandbox(profile);
        assert_eq!(told(Ask::with_vector(&sandbox).send().await), "given");
        let again = told(Ask::with_vector(&sandbox).send().await);
        assert_eq!(again, expected("The request was already received."));
        assert_eq!(told(Ask::with_vector(&sandbox).signed("2026-11-22T08:15:30.001Z").send().await), "given");

        sandbox.advance(std::time::Duration::from_secs(570));
        let late = told(Ask::with_vector(&sandbox).send().await);
        assert_eq!(late, expected("The timestamp header is outside the allowed window."));
        let early = Ask::with_vector(&sandbox).signed_at(sandbox.unix_now() * 1000 + 300_001);
        assert_eq!(told(early.send().await), expected("The timestamp header is outside the allowed window."));
        let edge = Ask::with_vector(&sandbox).signed_at(sandbox.unix_now() * 1000 - 300_000);
        assert_eq!(told(edge.send().await), "given");
    }
}

#[tokio::test]
async fn a_refused_signature_does_not_use_up_its_moment() {
    let sandbox = sandbox(SifProfile::Strict);
    let wrong =
        Ask::with_vector(&sandbox).set("authorization", &V2.replace("NKRm", "AKRm").replace("Ok5LUm", "OkFLUm"));
    assert_eq!(wrong.send().await.status, 401);
    assert_eq!(Ask::with_vector(&sandbox).send().await.status, 200);
}

#[tokio::test]
async fn labels_are_echoed_in_their_proper_spelling() {
    for profile in PROFILES {
        let sandbox = sandbox(profile);
        let answer = Ask::new(&sandbox).set("requestId", "abc").set("serviceType", "object").send().await;
        assert_eq!((answer.status, answer.header("requestid")), (200, Some("abc")));
        assert_eq!(answer.header("servicetype"), Some("OBJECT"));
    }
}

#[tokio::test]
async fn json_is_given_when_it_is_mentioned_at_all() {
    for profile in PROFILES {
        let sandbox = sandbox(profile);
        let answer = Ask::new(&sandbox).set("accept", "application/json;q=0.1, application/xml").send().await;
        assert_eq!(answer.header("content-type"), Some("application/json; charset=UTF-8"));
        let record = answer.json();
        assert_eq!(record["name"]["familyName"], "Winterbourne");
        assert_eq!((&record["localId"], record.as_object().unwrap().len()), (&"700001".into(), 3));
    }
}

#[tokio::test]
async fn consent_ends_with_its_last_day() {
    for profile in PROFILES {
        let sandbox = sandbox(profile);
        sandbox.advance(std::time::Duration::from_secs(56_669));
        assert_eq!(Ask::new(&sandbox).send().await.status, 200, "one second before midnight");
        sandbox.advance(std::time::Duration::from_secs(1));
        assert_eq!(Ask::new(&sandbox).send().await.status, 404);
        assert_eq!(sandbox.sif_decision().unwrap().failed_condition, Some(6));
    }
}

#[tokio::test]
async fn other_methods_and_addresses_are_refused_without_a_word() {
    for profile in PROFILES {
        let sandbox = sandbox(profile);
        for (method, path, status, text) in [
            (Method::POST, format!("/sif/ears/xSres/700001{ALDER}"), 405, ""),
            (Method::PUT, format!("/sif/ears/xSres/700001{ALDER}"), 405, ""),
            (Method::PATCH, format!("/sif/ears/xSres/700001{ALDER}"), 404, ""),
            (Method::GET, "/sif/ears".to_owned(), 200, ""),
            (Method::GET, "/sif/ears/".to_owned(), 200, ""),
            (Method::POST, "/sif/ears/".to_owned(), 501, ""),
            (Method::GET, "/sif/ears/PING;a=b".to_owned(), 200, "true"),
            (Method::GET, "/sif/ears/others".to_owned(), 404, ""),
            (Method::GET, "/sif/ears/a/b/c".to_owned(), 404, ""),
        ] {
            let answer = Ask::new(&sandbox).method(method.clone()).to(&path).send().await;
            assert_eq!((answer.status, answer.text.as_str()), (status, text), "{method} {path}");
        }
        let other = Ask::new(&sandbox).to(&format!("/sif/ears/others/700001{ALDER}")).send().await;
        assert_eq!(other.status, if profile == SifProfile::Strict { 404 } else { 200 });
        let info = Ask::new(&sandbox).to("/sif/ears/info").send().await;
        assert!(info.status == 200 && info.text.contains("<service>"));
        assert_eq!(Ask::new(&sandbox).to("/sif/ears/info").without("authorization").send().await.status, 400);
    }
}
