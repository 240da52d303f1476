//! Canned answers of every documented shape.

use serde_json::{Value, json};

use super::*;
use crate::lrs::records::gender_word;

const SOAP: &str = "http://schemas.xmlsoap.org/soap/envelope/";

/// A learner-service body around `inner`, with the given prefixes.
fn find(inner: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><s:Envelope xmlns:s=\"{SOAP}\"><s:Header/><s:Body>\
         <ns2:FindLearnerResponse xmlns:ns2=\"http://api.lrs.miap.gov.uk/findmsg\" xmlns:ns3=\"http://api.lrs.miap.gov.uk/learner\">\
         {inner}</ns2:FindLearnerResponse></s:Body></s:Envelope>"
    )
}

fn record(inner: &str) -> String {
    format!(
        "<s:Envelope xmlns:s=\"{SOAP}\"><s:Body><GetLearnerLearningEventsResponse xmlns=\"http://tempuri.org/\">\
         <GetLearnerLearningEventsResult xmlns:a=\"http://api.lrs.qcf.gov.uk/model\" xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\">\
         {inner}</GetLearnerLearningEventsResult></GetLearnerLearningEventsResponse></s:Body></s:Envelope>"
    )
}

fn found_in(document: &str) -> Found {
    match found(document.as_bytes(), 200) {
        Ok(Reply::Answer(found)) => found,
        Ok(Reply::Fault(fault)) => panic!("{fault:?}"),
        Err(problem) => panic!("{problem}: {document}"),
    }
}

fn events_in(document: &str) -> Events {
    match events(document.as_bytes(), 200) {
        Ok(Reply::Answer(events)) => events,
        Ok(Reply::Fault(fault)) => panic!("{fault:?}"),
        Err(problem) => panic!("{problem}: {document}"),
    }
}

fn fault_in(document: &str) -> Fault {
    match found(document.as_bytes(), 500) {
        Ok(Reply::Fault(fault)) => fault,
        Ok(Reply::Answer(_)) => panic!("an answer"),
        Err(problem) => panic!("{problem}: {document}"),
    }
}

fn problem_of(document: &[u8]) -> Problem {
    match (found(document, 200), events(document, 200)) {
        (Err(problem), Err(other)) => {
            assert_eq!(problem, other);
            problem
        }
        _ => panic!("{}", String::from_utf8_lossy(document)),
    }
}

fn text(value: &Option<Sensitive<String>>) -> Option<&str> {
    value.as_ref().map(|value| value.as_str())
}

#[test]
fn a_learner_has_every_field_verbatim_and_linked_ulns_in_two_namespaces() {
    let document = find(
        "<ResponseCode>WSRC0004</ResponseCode><FamilyName>Quillfeather</FamilyName><Gender>2</Gender>\
         <Learner><CreatedDate>2012-05-25</CreatedDate><LastUpdatedDate>2012-05-26</LastUpdatedDate><ULN>1000000027</ULN>\
         <MasterSubstituted>N</MasterSubstituted><Title>Ms</Title><GivenName>TAMSIN</GivenName><MiddleOtherName>O&apos;R &amp; Ö</MiddleOtherName>\
         <FamilyName>QUILLFEATHER</FamilyName><PreferredGivenName/><PreviousFamilyName>a</PreviousFamilyName>\
         <FamilyNameAtAge16>b</FamilyNameAtAge16><SchoolAtAge16>Mill Lane School </SchoolAtAge16>\
         <LastKnownAddressLine1>1</LastKnownAddressLine1><LastKnownAddressLine2>2</LastKnownAddressLine2>\
         <LastKnownAddressTown>Leeds</LastKnownAddressTown><LastKnownAddressCountyOrCity>c</LastKnownAddressCountyOrCity>\
         <LastKnownPostCode>LS11 5QT</LastKnownPostCode><DateOfAddressCapture>2009-04-25</DateOfAddressCapture>\
         <DateOfBirth>1998-04-12</DateOfBirth><PlaceOfBirth>Blean </PlaceOfBirth><Gender>2</Gender>\
         <EmailAddress>a@b.example</EmailAddress><Nationality>d</Nationality><ScottishCandidateNumber>845759406</ScottishCandidateNumber>\
         <VerificationType>1</VerificationType><OtherVerificationDescription>e</OtherVerificationDescription><TierLevel>0</TierLevel>\
         <AbilityToShare>1</AbilityToShare><LearnerStatus>1</LearnerStatus>\
         <ns3:LinkedULNs><ULN>7506070803</ULN><ns3:ULN>1</ns3:ULN><ULN>2468135791</ULN></ns3:LinkedULNs>\
         <Notes>f</Notes><VersionNumber>1</VersionNumber><Surprise><Deep/></Surprise></Learner>",
    );
    let found = found_in(&document);
    assert_eq!((found.response_code.as_str(), found.learners.len()), ("WSRC0004", 1));
    assert_eq!(
        serde_json::to_value(&found.learners).unwrap(),
        json!([{
            "createdDate": "2012-05-25", "lastUpdatedDate": "2012-05-26", "uln": "1000000027", "masterSubstituted": "N",
            "title": "Ms", "givenName": "TAMSIN", "middleOtherName": "O'R & Ö", "familyName": "QUILLFEATHER",
            "preferredGivenName": "", "previousFamilyName": "a", "familyNameAtAge16": "b", "schoolAtAge16": "Mill Lane School ",
            "lastKnownAddressLine1": "1", "lastKnownAddressLine2": "2", "lastKnownAddressTown": "Leeds",
            "lastKnownAddressCountyOrCity": "c", "lastKnownPostCode": "LS11 5QT", "dateOfAddressCapture": "2009-04-25",
            "dateOfBirth": "1998-04-12", "placeOfBirth": "Blean ", "gender": "2", "emailAddress": "a@b.example",
            "nationality": "d", "scottishCandidateNumber": "845759406", "verificationType": "1",
            "otherVerificationDescription": "e", "tierLevel": "0", "abilityToShare": "1", "learnerStatus": "1",
            "linkedULNs": ["7506070803", "2468135791"], "notes": "f", "versionNumber": "1",
        }])
    );
    assert!(!format!("{found:?} {:?}", found.learners.iter().next()).contains("TAMSIN"));
}

#[test]
fn repeated_learners_stand_in_their_order_and_keep_to_themselves() {
    let document = find(
        "<Learner><ULN>4203040506</ULN><GivenName>Odette</GivenName></Learner><ResponseCode>WSRC0003</ResponseCode>\
         <Learner xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\"><Gender>2</Gender><ULN i:nil=\"true\"/></Learner><Learner/>",
    );
    let found = found_in(&document);
    let seen: Vec<_> = found.learners.iter().map(|learner| (learner.uln, learner.given_name, learner.gender)).collect();
    assert_eq!(seen, [(Some("4203040506"), Some("Odette"), None), (None, None, Some("2")), (None, None, None)]);
    assert!(found_in(&find("<ResponseCode> WSRC0001\n</ResponseCode>")).learners.is_empty());
}

#[test]
fn an_event_tells_nil_and_absent_from_empty() {
    let document = record(
        "<a:ResponseCode>WSRC0004</a:ResponseCode><a:FoundULN>1000000027</a:FoundULN><a:IncomingULN>1000000027</a:IncomingULN>\
         <a:LearnerRecord><a:LearningEvent><a:ID>2931</a:ID><a:Level i:nil=\"true\"/><a:QualificationType/><a:Grade>9999999999</a:Grade>\
         <a:ReturnNumber>02</a:ReturnNumber><a:SubjectCode>K/501/5773</a:SubjectCode><a:Restriction>0</a:Restriction></a:LearningEvent>\
         <a:LearningEvent><a:AwardingOrganisationUkprn>UNKNWN</a:AwardingOrganisationUkprn><a:DateLoaded>2012-05-31 16:47:04</a:DateLoaded>\
         <b:Grade xmlns:b=\"urn:other\">A</b:Grade></a:LearningEvent></a:LearnerRecord>",
    );
    let found = events_in(&document);
    assert_eq!((found.response_code.as_str(), found.found_uln.as_str()), ("WSRC0004", "1000000027"));
    let shown: Value = serde_json::to_value(&found.events).unwrap();
    assert_eq!(
        shown,
        json!([
            { "id": "2931", "qualificationType": "", "grade": "9999999999", "returnNumber": "02",
              "subjectCode": "K/501/5773", "restriction": "0" },
            { "awardingOrganisationUkprn": "UNKNWN", "dateLoaded": "2012-05-31 16:47:04" },
        ])
    );
}

#[test]
fn every_value_of_an_event_is_read_in_any_order() {
    use crate::lrs::records::Kind;
    let names = EventKind::XML;
    for order in [1, 3, 5, 21] {
        let values: String = (0..names.len())
            .map(|at| names[(at * order) % names.len()].1)
            .map(|name| format!("<m:{name}>{name}!</m:{name}>"))
            .collect();
        let inner = format!(
            "<m:LearnerRecord xmlns:m=\"http://api.lrs.qcf.gov.uk/model\"><m:LearningEvent>{values}</m:LearningEvent>\
             </m:LearnerRecord><a:IncomingULN>1</a:IncomingULN><a:ResponseCode>WSRC0022</a:ResponseCode>"
        );
        let found = events_in(&record(&inner));
        let shown = serde_json::to_value(&found.events).unwrap();
        let event = shown[0].as_object().unwrap();
        assert_eq!(event.len(), names.len(), "{order}");
        assert_eq!((&event["id"], &event["underDataChallenge"]), (&json!("ID!"), &json!("UnderDataChallenge!")));
        assert_eq!(found.found_uln.as_str(), "");
    }
}

#[test]
fn prefixes_do_not_matter() {
    let model = "http://api.lrs.qcf.gov.uk/model";
    for document in [
        format!(
            "<Envelope xmlns=\"{SOAP}\"><Body><x:GetLearnerLearningEventsResponse xmlns:x=\"http://tempuri.org/\">\
             <x:GetLearnerLearningEventsResult xmlns=\"{model}\"><ResponseCode>WSEC0206</ResponseCode><LearnerRecord/>\
             </x:GetLearnerLearningEventsResult></x:GetLearnerLearningEventsResponse></Body></Envelope>"
        ),
        format!(
            "<SOAP-ENV:Envelope xmlns:SOAP-ENV=\"{SOAP}\" xmlns:soap=\"{model}\" xmlns:a=\"http://tempuri.org/\"><SOAP-ENV:Body>\
             <a:GetLearnerLearningEventsResponse><a:GetLearnerLearningEventsResult><soap:LearnerRecord></soap:LearnerRecord>\
             <soap:ResponseCode>WSEC0206</soap:ResponseCode></a:GetLearnerLearningEventsResult></a:GetLearnerLearningEventsResponse>\
             </SOAP-ENV:Body></SOAP-ENV:Envelope>"
        ),
    ] {
        let found = events_in(&document);
        assert_eq!((found.response_code.as_str(), found.events.len()), ("WSEC0206", 0), "{document}");
    }
    // The same names in other namespaces are something else.
    let foreign = find("<ResponseCode>WSRC0004</ResponseCode>").replace("findmsg", "other");
    assert_eq!(problem_of(foreign.as_bytes()), "its body is not the answer to what was asked");
    let foreign = record("<ResponseCode>WSRC0004</ResponseCode>");
    assert_eq!(events(foreign.as_bytes(), 200).err(), Some("its body has no response code"));
}

#[test]
fn both_faults_are_read_whatever_their_prefix() {
    for prefix in ["ns10", "q"] {
        let document = format!(
            "<S:Envelope xmlns:S=\"{SOAP}\"><S:Body><S:Fault><faultcode>S:Server</faultcode><faultstring>x</faultstring><detail>\
             <{prefix}:MIAPAPIException xmlns:{prefix}=\"http://api.lrs.miap.gov.uk/exceptions\" xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\">\
             <ErrorCode>WSEC0001</ErrorCode><ErrorActor>LRS</ErrorActor><Description>invalid</Description><FurtherDetails i:nil=\"true\"/>\
             <ErrorTimestamp>2024-05-01 10:00:00</ErrorTimestamp></{prefix}:MIAPAPIException></detail></S:Fault></S:Body></S:Envelope>"
        );
        let fault = fault_in(&document);
        assert_eq!((fault.kind, fault.http_status), (FaultKind::MiapApiException, 500));
        assert_eq!((text(&fault.code), text(&fault.actor)), (Some("WSEC0001"), Some("LRS")));
        assert_eq!((text(&fault.description), text(&fault.further_details)), (Some("invalid"), None));
        assert_eq!(text(&fault.timestamp), Some("2024-05-01 10:00:00"));
        assert!(!format!("{fault:?}").contains("invalid"));
    }
    let domain = format!(
        "<S:Envelope xmlns:S=\"{SOAP}\"><S:Body><S:Fault><faultcode>S:Server</faultcode><detail>\
         <DomainFault xmlns=\"http://api.lrs.qcf.gov.uk/faults\"><ErrorCode>WSEC0006</ErrorCode><ErrorDetail>AAAA</ErrorDetail></DomainFault>\
         </detail></S:Fault></S:Body></S:Envelope>"
    );
    let fault = fault_in(&domain);
    assert_eq!((fault.kind, text(&fault.code)), (FaultKind::DomainFault, Some("WSEC0006")));
    assert!(matches!(events(domain.as_bytes(), 200), Ok(Reply::Fault(_))), "also with 200");
    // What has the right name in the wrong namespace is not taken for a field, whatever was read before it.
    let both = format!(
        "<S:Envelope xmlns:S=\"{SOAP}\" xmlns:e=\"http://api.lrs.miap.gov.uk/exceptions\" xmlns:f=\"http://api.lrs.qcf.gov.uk/faults\">\
         <S:Body><S:Fault><detail><e:MIAPAPIException><ErrorCode>WSEC0001</ErrorCode></e:MIAPAPIException>\
         <f:DomainFault><ErrorCode>WSEC0006</ErrorCode></f:DomainFault></detail></S:Fault></S:Body></S:Envelope>"
    );
    assert_eq!(text(&fault_in(&both).code), Some("WSEC0001"));
    let plain = format!(
        "<S:Envelope xmlns:S=\"{SOAP}\"><S:Body><S:Fault><faultstring>x</faultstring></S:Fault></S:Body></S:Envelope>"
    );
    assert_eq!((fault_in(&plain).kind, text(&fault_in(&plain).code)), (FaultKind::Plain, None));
}

#[test]
fn what_is_not_the_answer_is_refused_without_being_quoted() {
    let learner = "<ResponseCode>WSRC0004</ResponseCode><Learner><ULN>1000000027</ULN></Learner>";
    for (document, problem) in [
        ("<html><body>Orla Fennimore</body></html>".to_owned(), "not a SOAP envelope"),
        ("{\"uln\":\"1000000027\"}".to_owned(), "not XML"),
        (String::new(), "not XML"),
        (format!("<s:Envelope xmlns:s='{SOAP}'/>"), "not the answer"),
        (format!("<s:Envelope xmlns:s='{SOAP}'><s:Body/></s:Envelope>"), "not the answer"),
        (format!("<s:Envelope xmlns:s='{SOAP}'><Body/></s:Envelope>"), "not the answer"),
        ("<!DOCTYPE s:Envelope [<!ENTITY a 'aaaa'>]>".to_owned() + &find(learner), "document type"),
    ] {
        let found = problem_of(document.as_bytes());
        assert!(found.contains(problem), "{found}: {document}");
    }
    for (inner, problem) in [
        ("<Learner/>", "no response code"),
        ("<ResponseCode/>", "no response code"),
        ("<ResponseCode>a</ResponseCode><ResponseCode>b</ResponseCode>", "a value twice"),
        ("<ResponseCode>a</ResponseCode><Learner><ULN>1</ULN><ULN>2</ULN></Learner>", "a value twice"),
        ("<ResponseCode>a</ResponseCode><Learner><ULN><b/></ULN></Learner>", "an element where a value belongs"),
        ("<ResponseCode>&file;</ResponseCode>", "an entity"),
    ] {
        let found = found(find(inner).as_bytes(), 200).err().unwrap();
        assert!(found.contains(problem), "{found}: {inner}");
    }
    let twice = find(learner).replace("</s:Body>", "</s:Body><s:Body><s:Fault/></s:Body>");
    assert_eq!(found(twice.as_bytes(), 200).err(), Some("its body holds more than one answer"));
}

#[test]
fn an_answer_cut_anywhere_is_refused() {
    let whole = find("<ResponseCode>WSRC0004</ResponseCode><Learner><ULN>1000000027</ULN><Notes>é</Notes></Learner>");
    for end in 0..whole.len() {
        assert!(found(&whole.as_bytes()[..end], 200).is_err(), "{end}");
    }
}

#[test]
fn more_than_ten_thousand_events_are_refused_and_ten_thousand_are_read() {
    let of = |count: usize| {
        record(&format!(
            "<a:ResponseCode>WSRC0004</a:ResponseCode><a:LearnerRecord>{}</a:LearnerRecord>",
            "<a:LearningEvent><a:ID>1</a:ID></a:LearningEvent>".repeat(count)
        ))
    };
    assert_eq!(events_in(&of(MOST_EVENTS)).events.len(), 10_000);
    assert_eq!(events(of(MOST_EVENTS + 1).as_bytes(), 200).err(), Some("its body has more than 10000 learning events"));
    let learners = find(&format!("<ResponseCode>a</ResponseCode>{}", "<Learner/>".repeat(101)));
    assert_eq!(found(learners.as_bytes(), 200).err(), Some("its body has too many learners"));
}

#[test]
fn the_memory_of_records_is_not_moved_while_they_are_read() {
    let inner = "<ResponseCode>a</ResponseCode><Learner><ns3:LinkedULNs><ULN></ULN><ULN/></ns3:LinkedULNs><Notes>&#x1F393;é</Notes></Learner>";
    let document = find(&inner.replace("</Learner>", &format!("<Title>{}</Title></Learner>", "&lt;x".repeat(500))));
    let mut found = found_in(&document);
    let learner = found.learners.iter().next().unwrap();
    assert_eq!((learner.notes, learner.linked_ulns.unwrap().iter().count()), (Some("🎓é"), 0));
    assert!(found.learners.room() >= document.len());
}

#[test]
fn genders_have_words_and_others_are_unknown() {
    for (sent, word) in [
        (Some("1"), "male"),
        (Some("2"), "female"),
        (Some("0"), "notKnown"),
        (Some("9"), "notSpecified"),
        (Some("7"), "unknown"),
        (Some("NOT_KNOWN"), "notKnown"),
        (Some("Unknown"), "unknown"),
        (None, "unknown"),
    ] {
        assert_eq!(gender_word(sent), word, "{sent:?}");
    }
}
