//! Speaks to the Learning Records Service of a sandbox as another program would.

#![allow(dead_code, reason = "each test program uses its own part")]

use learnerlink_sandbox::Sandbox;
use reqwest::{Client, Response};
use roxmltree::{Document, Node};

pub const FIND: &str = "http://api.lrs.miap.gov.uk/findmsg";
pub const MODEL: &str = "http://api.lrs.qcf.gov.uk/model";
pub const ACTION: &str = "http://tempuri.org/ILearnerServiceR9/GetLearnerLearningEvents";
pub const PASSWORD: &str = "Or&amp;chard&lt;Gate&gt;1";

/// A request to find learners: family name, given name, date of birth, gender, postcode.
pub fn find(person: [&str; 5]) -> String {
    let [family, given, born, gender, postcode] = person;
    format!(
        "<soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\"><soap:Header/><soap:Body>\
         <fin:FindLearnerByDemographics xmlns:fin=\"{FIND}\"><FindType>FUL</FindType><UKPRN>10099901</UKPRN>\
         <OrgPassword>{PASSWORD}</OrgPassword><UserName>clerk@example.test</UserName><FamilyName>{family}</FamilyName>\
         <GivenName>{given}</GivenName><DateOfBirth>{born}</DateOfBirth><Gender>{gender}</Gender>\
         <LastKnownPostCode>{postcode}</LastKnownPostCode><PreviousFamilyName/><SchoolAtAge16/><PlaceOfBirth/>\
         <EmailAddress/></fin:FindLearnerByDemographics></soap:Body></soap:Envelope>"
    )
}

/// A request to find the learner with a number.
pub fn find_uln(uln: &str, family: &str, given: &str) -> String {
    format!(
        "<soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\"><soap:Body>\
         <FindLearnerByULN xmlns=\"{FIND}\"><FindType xmlns=\"\">FUL</FindType><UKPRN xmlns=\"\">10099901</UKPRN>\
         <OrgPassword xmlns=\"\">{PASSWORD}</OrgPassword><UserName xmlns=\"\">clerk</UserName><ULN xmlns=\"\">{uln}</ULN>\
         <FamilyName xmlns=\"\">{family}</FamilyName><GivenName xmlns=\"\">{given}</GivenName></FindLearnerByULN>\
         </soap:Body></soap:Envelope>"
    )
}

/// A request for learning events.
pub fn events(uln: &str, family: &str, given: &str) -> String {
    format!(
        "<soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\"><soap:Body>\
         <tem:GetLearnerLearningEvents xmlns:tem=\"http://tempuri.org/\" \
         xmlns:org=\"http://schemas.datacontract.org/2004/07/Amor.Qcf.Service.Interface\"><tem:invokingOrganisation>\
         <org:Password>{PASSWORD}</org:Password><org:Ukprn>10099901</org:Ukprn><org:Username>clerk</org:Username>\
         </tem:invokingOrganisation><tem:userType>ORG</tem:userType><tem:vendorID>1</tem:vendorID>\
         <tem:language>ENG</tem:language><tem:uln>{uln}</tem:uln><tem:givenName>{given}</tem:givenName>\
         <tem:familyName>{family}</tem:familyName><tem:dateOfBirth/><tem:gender/><tem:getType>FULL</tem:getType>\
         </tem:GetLearnerLearningEvents></soap:Body></soap:Envelope>"
    )
}

/// Sends a message to one of the two services and returns status and body.
pub async fn post(http: &Client, base: &str, service: &str, action: &str, body: &str) -> (u16, String) {
    let answer = http
        .post(format!("{base}/{service}.svc"))
        .header("content-type", "text/xml; charset=utf-8")
        .header("soapaction", action)
        .body(body.to_owned())
        .send()
        .await
        .unwrap();
    read(answer).await
}

/// The status and the body of an answer, which has to be XML.
pub async fn read(answer: Response) -> (u16, String) {
    let status = answer.status().as_u16();
    let content_type = answer.headers()["content-type"].to_str().unwrap().to_owned();
    assert!(content_type.starts_with("text/xml"), "{content_type}");
    (status, answer.text().await.unwrap())
}

/// Sends a message to the plain port of a sandbox.
pub async fn ask(sandbox: &Sandbox, body: &str) -> (u16, String) {
    let base = format!("{}/lrs", sandbox.url());
    if body.contains("GetLearnerLearningEvents") {
        post(&super::client::http(), &base, "LearnerServiceR9", &format!("\"{ACTION}\""), body).await
    } else {
        post(&super::client::http(), &base, "LearnerService", "\"\"", body).await
    }
}

/// The text of every element with this local name, in order of the document.
pub fn texts(xml: &str, name: &str) -> Vec<String> {
    let document = Document::parse(xml).unwrap();
    document.descendants().filter(|node| node.tag_name().name() == name).map(content).collect()
}

fn content(node: Node<'_, '_>) -> String {
    node.descendants().filter(Node::is_text).filter_map(|text| text.text()).collect()
}

/// The text of the one element with this local name.
pub fn text(xml: &str, name: &str) -> String {
    let mut all = texts(xml, name);
    assert_eq!(all.len(), 1, "{name} in {xml}");
    all.remove(0)
}
