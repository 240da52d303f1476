//! Proves that the Learning Records Service answers over SOAP as the real one does.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod client;
mod soap;

use client::http;
use learnerlink_sandbox::{LrsReply, Sandbox};
use roxmltree::Document;
use serde_json::{Value, json};
use soap::{ACTION, FIND, MODEL, ask, events, find, find_uln, post, text, texts};

const TAMSIN: [&str; 5] = ["Quillfeather", "Tamsin", "1998-04-12", "2", "LS11 5QT"];
const LEARNER: &str = "http://api.lrs.miap.gov.uk/learner";
const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";

#[tokio::test]
async fn each_way_a_search_ends_has_its_code_and_its_learners() {
    let sandbox = Sandbox::start();
    for (person, code, ulns) in [
        (TAMSIN, "WSRC0004", &["1000000027"][..]),
        (["QUILLFEATHER ", " tamsin", "1998-04-12", "2", "ls115qt"], "WSRC0004", &["1000000027"]),
        (["Marrowby", "Odette", "1995-06-27", "2", "NE1 4LP"], "WSRC0003", &["4203040506", "6405060704"]),
        (["Marrowby", "Someone", "1995-06-28", "2", "NE1 4LP"], "WSRC0003", &["4203040506", "6405060704"]),
        (["O'Dell", "Someone", "2002-07-19", "2", "X"], "WSRC0003", &["8203040550"]),
        (["Commonlea", "Alix", "2001-01-01", "9", "ZZ99 9ZZ"], "WSRC0002", &[]),
        (["Atall", "Nobody", "2000-02-02", "1", "ZZ99 9ZZ"], "WSRC0001", &[]),
        (["Thornleigh", "Casper", "1985-03-27", "1", "AB10 6QN"], "WSRC0022", &["7506070803"]),
        (["Thornleigh", "Casper", "1985-03-27", "1", "AB12 3EQ"], "WSRC0004", &["7506070803"]),
        (["Thornleigh", "Casper", "1985-03-27", "1", ""], "WSRC0003", &["7506070803"]),
    ] {
        let (status, xml) = ask(&sandbox, &find(person)).await;
        assert_eq!((status, text(&xml, "ResponseCode").as_str()), (200, code), "{person:?}");
        let document = Document::parse(&xml).unwrap();
        let learners = document.descendants().filter(|node| node.has_tag_name("Learner"));
        let found: Vec<&str> = learners
            .filter_map(|learner| learner.children().find(|child| child.has_tag_name("ULN")).and_then(|uln| uln.text()))
            .collect();
        assert_eq!(found, ulns, "{person:?}");
    }
}

#[tokio::test]
async fn a_found_learner_has_the_shape_of_the_schema() {
    let sandbox = Sandbox::start();
    let (_, xml) = ask(&sandbox, &find(["Thornleigh", "Casper", "1985-03-27", "1", "AB10 6QN"])).await;
    let document = Document::parse(&xml).unwrap();
    let response = document.descendants().find(|node| node.has_tag_name((FIND, "FindLearnerResponse"))).unwrap();
    let echoed: Vec<&str> = response.children().map(|child| child.tag_name().name()).collect();
    assert_eq!(
        echoed,
        ["ResponseCode", "FamilyName", "GivenName", "DateOfBirth", "Gender", "LastKnownPostCode", "Learner"]
    );
    assert_eq!(text(&xml, "MasterSubstituted"), "Y");
    let linked = document.descendants().find(|node| node.has_tag_name((LEARNER, "LinkedULNs"))).unwrap();
    let uln = linked.first_element_child().unwrap();
    assert_eq!((uln.tag_name().namespace(), uln.text()), (None, Some("2468135791")));

    let (_, xml) = ask(&sandbox, &find(TAMSIN)).await;
    assert_eq!(text(&xml, "PlaceOfBirth"), "Blean ", "trailing blanks are kept");
    assert_eq!(text(&xml, "MasterSubstituted"), "N");
    let document = Document::parse(&xml).unwrap();
    let middle = document.descendants().find(|node| node.has_tag_name("MiddleOtherName")).unwrap();
    assert_eq!(middle.attribute((XSI, "nil")), Some("true"));
    assert_eq!(text(&xml, "ScottishCandidateNumber"), "");
    assert!(texts(&xml, "LastKnownAddressLine2").is_empty());
    let record = document.descendants().find(|node| node.has_tag_name("Learner")).unwrap();
    assert!(record.children().all(|child| child.tag_name().namespace().is_none()));

    let checked = find(TAMSIN).replace("FUL", "CHK");
    let (_, xml) = ask(&sandbox, &checked).await;
    assert_eq!((text(&xml, "ResponseCode").as_str(), texts(&xml, "Learner").len()), ("WSRC0004", 0));
}

#[tokio::test]
async fn a_learner_is_found_by_number_and_names() {
    let sandbox = Sandbox::start();
    for (uln, family, given, code, count) in [
        ("1000000027", "Quillfeather", "Tam", "WSRC0004", 1),
        ("2468135791", "Thornleigh", "Casper", "WSRC0022", 1),
        ("1000000027", "Thornleigh", "Tamsin", "WSRC0001", 0),
        ("5123456782", "Quillfeather", "Tamsin", "WSRC0001", 0),
        ("1000000028", "Quillfeather", "Tamsin", "WSEC0136", 0),
    ] {
        let (status, xml) = ask(&sandbox, &find_uln(uln, family, given)).await;
        assert_eq!((status, text(&xml, "ResponseCode").as_str()), (200, code), "{uln} {family}");
        assert_eq!(texts(&xml, "Learner").len(), count);
        assert_eq!(texts(&xml, "ULN")[0], uln);
    }
}

#[tokio::test]
async fn each_way_a_request_for_events_ends_has_its_code() {
    let sandbox = Sandbox::start();
    for (uln, family, given, code, found, count) in [
        ("1000000027", "Quillfeather", "Tamsin", "WSRC0004", "1000000027", 2),
        ("8203040550", "o&apos;dell", "REN", "WSRC0004", "8203040550", 6),
        ("3000000010", "Oakhollow", "Bram", "WSRC0004", "3000000010", 0),
        ("8607080902", "Vanstone", "Petra", "WSEC0206", "8607080902", 0),
        ("1000000027", "Thornleigh", "Tamsin", "WSEC0208", "", 0),
        ("5123456782", "Fennimore", "Orla", "WSEC0208", "", 0),
        ("1234567890", "Quillfeather", "Tamsin", "WSEC0136", "", 0),
        ("2468135791", "Thornleigh", "Casper", "WSRC0022", "7506070803", 1),
    ] {
        let (status, xml) = ask(&sandbox, &events(uln, family, given)).await;
        assert_eq!((status, text(&xml, "ResponseCode").as_str()), (200, code), "{uln} {family}");
        assert_eq!((text(&xml, "FoundULN").as_str(), text(&xml, "IncomingULN").as_str()), (found, uln));
        assert_eq!(texts(&xml, "LearningEvent").len(), count);
        let document = Document::parse(&xml).unwrap();
        let result = document
            .descendants()
            .find(|node| node.has_tag_name(("http://tempuri.org/", "GetLearnerLearningEventsResult")));
        let children: Vec<_> = result.unwrap().children().collect();
        assert_eq!(children.len(), 4);
        assert!(children.iter().all(|child| child.tag_name().namespace() == Some(MODEL)));
    }
}

#[tokio::test]
async fn events_keep_what_the_sources_wrote() {
    let sandbox = Sandbox::start();
    let (_, xml) = ask(&sandbox, &events("1000000027", "Quillfeather", "Tamsin")).await;
    let document = Document::parse(&xml).unwrap();
    let levels: Vec<_> = document.descendants().filter(|node| node.has_tag_name((MODEL, "Level"))).collect();
    assert_eq!((levels[0].text(), levels[1].attribute((XSI, "nil"))), (Some("Level 3"), Some("true")));
    assert_eq!(texts(&xml, "ReturnNumber"), ["02", "01"]);
    assert_eq!(texts(&xml, "AwardingOrganisationUkprn"), ["UNKNWN", "UNKNWN"]);
    assert!(texts(&xml, "LanguageForAssessment").is_empty());
    for event in document.descendants().filter(|node| node.has_tag_name((MODEL, "LearningEvent"))) {
        let names: Vec<&str> = event.children().map(|child| child.tag_name().name()).collect();
        assert!(names.is_sorted(), "{names:?}");
    }
    let brief = events("1000000027", "Quillfeather", "Tamsin").replace(">FULL<", ">BRIEF<");
    let (_, xml) = ask(&sandbox, &brief).await;
    assert!(texts(&xml, "AchievementProviderName").is_empty() && texts(&xml, "LearningEvent").len() == 2);
}

#[tokio::test]
async fn each_service_has_its_own_fault() {
    let sandbox = Sandbox::builder().clock_start(1_795_332_480).start().unwrap();
    let bram = events("3000000010", "Oakhollow", "Bram");
    for (from, to, code) in
        [("10099901", "10099909", "WSEC0003"), ("chard", "chart", "WSEC0005"), (">clerk", "> <!--clerk-->", "WSEC0001")]
    {
        let (status, xml) = ask(&sandbox, &find(TAMSIN).replace(from, to).replace("@example.test", "")).await;
        assert_eq!((status, text(&xml, "ErrorCode").as_str()), (500, code), "{xml}");
        let document = Document::parse(&xml).unwrap();
        let exceptions = "http://api.lrs.miap.gov.uk/exceptions";
        let detail = document.descendants().find(|node| node.has_tag_name((exceptions, "MIAPAPIException"))).unwrap();
        assert!(detail.parent().unwrap().has_tag_name("detail"));
        assert!(detail.children().all(|child| child.tag_name().namespace().is_none()));
        assert_eq!(text(&xml, "ErrorTimestamp"), "2026-11-22 07:28:00");
        assert!(!text(&xml, "Description").is_empty() && !xml.contains("chard"));

        let (status, xml) = ask(&sandbox, &bram.replace(from, to)).await;
        assert_eq!((status, text(&xml, "ErrorCode").as_str()), (500, code), "{xml}");
        let document = Document::parse(&xml).unwrap();
        assert!(
            document.descendants().any(|node| node.has_tag_name(("http://api.lrs.qcf.gov.uk/faults", "DomainFault")))
        );
    }
    let (_, xml) = ask(&sandbox, &bram.replace("<tem:vendorID>1<", "<tem:vendorID>2<")).await;
    assert_eq!(text(&xml, "ErrorCode"), "WSEC0006");
    let (_, xml) = ask(
        &sandbox,
        &bram.replace("<tem:vendorID>1<", "<tem:vendorId>1<").replace("1</tem:vendorID>", "1</tem:vendorId>"),
    )
    .await;
    assert_eq!(text(&xml, "ErrorCode"), "WSEC0001");
}

#[tokio::test]
async fn the_organisation_must_be_written_in_alphabetical_order() {
    let sandbox = Sandbox::start();
    let bram = events("3000000010", "Oakhollow", "Bram");
    let ukprn = "<org:Ukprn>10099901</org:Ukprn>";
    let swapped = bram.replace(ukprn, "").replace("<org:Password>", &format!("{ukprn}<org:Password>"));
    let (_, xml) = ask(&sandbox, &swapped).await;
    assert_eq!(text(&xml, "ErrorCode"), "WSEC0001", "the password was passed over");
}

#[tokio::test]
async fn the_soap_action_of_events_is_needed_with_or_without_quotation_marks() {
    let sandbox = Sandbox::start();
    let base = format!("{}/lrs", sandbox.url());
    let bram = events("3000000010", "Oakhollow", "Bram");
    for action in [ACTION, &format!("\"{ACTION}\"")] {
        let (status, _) = post(&http(), &base, "LearnerServiceR9", action, &bram).await;
        assert_eq!(status, 200);
    }
    for action in ["", "\"\"", "http://tempuri.org/ILearnerServiceR9/Other"] {
        let (status, xml) = post(&http(), &base, "LearnerServiceR9", action, &bram).await;
        assert_eq!((status, text(&xml, "ErrorCode").as_str()), (500, "WSEC0002"));
    }
    let (_, xml) = post(&http(), &base, "LearnerService", ACTION, &bram).await;
    assert_eq!(text(&xml, "ErrorCode"), "WSEC0002", "each service knows only its own requests");
    let (_, xml) = post(&http(), &base, "LearnerServiceR9", ACTION, &find(TAMSIN)).await;
    assert_eq!(text(&xml, "ErrorCode"), "WSEC0002");
}

#[tokio::test]
async fn what_is_no_message_is_a_bad_request() {
    let sandbox = Sandbox::start();
    let bomb = format!("<!DOCTYPE a [<!ENTITY b \"{}\">]><a>&b;</a>", "x".repeat(1000));
    for body in
        ["", "no xml", "<a", "<a/>", &bomb, &find(TAMSIN).replace("Tamsin", "Tam & sin"), &"<a>".repeat(200_000)]
    {
        let (status, xml) = ask(&sandbox, body).await;
        assert_eq!((status, text(&xml, "ErrorCode").as_str()), (400, "WSEC0001"));
    }
    let url = format!("{}/lrs/LearnerService.svc", sandbox.url());
    let latin =
        http().post(&url).header("content-type", "text/xml").body(b"<a>\xe9</a>".to_vec()).send().await.unwrap();
    assert_eq!(latin.status(), 400);
    let json = http().post(&url).header("content-type", "application/json").body("{}").send().await.unwrap();
    assert_eq!(json.status(), 415);
}

#[tokio::test]
async fn anything_but_post_meets_the_page_in_front_of_the_service() {
    let sandbox = Sandbox::start();
    for service in ["LearnerService.svc", "LearnerServiceR9.svc", "LearnerService.svc?wsdl"] {
        let answer = http().get(format!("{}/lrs/{service}", sandbox.url())).send().await.unwrap();
        assert_eq!((answer.status().as_u16(), &answer.headers()["content-type"]), (405, &"text/html".parse().unwrap()));
        let page = answer.text().await.unwrap();
        assert!(page.contains("UnsupportedHttpVerb") && page.contains("HttpStatusCode: 405"), "{page}");
    }
}

#[tokio::test]
async fn a_queued_reply_answers_the_next_call_of_its_operation_literally() {
    let sandbox = Sandbox::start();
    sandbox.lrs_reply(LrsReply::to("getLearnerLearningEvents", "<a><b>{uln}</b></a>").status(503));
    let control = format!("{}/_sandbox/lrs/next", sandbox.url());
    let reply = json!({ "operation": "findLearnerByDemographics", "body": "<c>{uln}</c>", "uln": "<1>" });
    assert_eq!(http().post(&control).json(&reply).send().await.unwrap().status(), 201);
    let listed: Value = http().get(&control).send().await.unwrap().json().await.unwrap();
    assert_eq!(listed["replies"][1], reply);

    let (status, xml) = ask(&sandbox, &find(TAMSIN)).await;
    assert_eq!((status, xml.as_str()), (200, "<c>&lt;1&gt;</c>"));
    let (status, xml) = ask(&sandbox, &events("3000000010", "x", "y")).await;
    assert_eq!((status, text(&xml, "b").as_str()), (503, "3000000010"));
    let (_, xml) = ask(&sandbox, &find(TAMSIN)).await;
    assert_eq!(text(&xml, "ResponseCode"), "WSRC0004");
    for wrong in [
        json!({ "operation": "find", "body": "" }),
        json!({ "operation": "findLearnerByUln" }),
        json!({ "operation": "findLearnerByUln", "body": "", "status": 99 }),
        json!({ "operation": "findLearnerByUln", "body": "", "contentType": "a\nb" }),
    ] {
        assert_eq!(http().post(&control).json(&wrong).send().await.unwrap().status(), 400, "{wrong}");
    }
    sandbox.lrs_reply(LrsReply::to("findLearnerByUln", "x"));
    sandbox.reset();
    let listed: Value = http().get(&control).send().await.unwrap().json().await.unwrap();
    assert_eq!(listed["replies"], json!([]));
}

#[tokio::test]
async fn recorded_messages_hide_the_organisations_password() {
    let sandbox = Sandbox::start();
    ask(&sandbox, &find(TAMSIN)).await;
    ask(&sandbox, &events("3000000010", "Oakhollow", "Bram")).await;
    ask(&sandbox, "<OrgPassword>Or&amp;chard").await;
    let url = format!("{}/_sandbox/requests", sandbox.url());
    let listed: Value = http().get(url).send().await.unwrap().json().await.unwrap();
    let text = listed.to_string();
    assert!(!text.contains("chard") && text.contains("<OrgPassword>***</OrgPassword>"), "{text}");
    assert!(text.contains("<org:Password>***</org:Password>") && text.contains("Quillfeather"), "{text}");
    assert_eq!(listed["requests"][0]["endpoint"], "lrs/LearnerService.svc");
    assert_eq!(listed["requests"][1]["ukprn"], "10099901");
    assert!(String::from_utf8_lossy(&sandbox.requests()[0].body).contains("Or&amp;chard"));
}
