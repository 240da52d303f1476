//! Asks the sandbox's own Learning Records Service, in XML as over the wire.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::http::{Request, StatusCode, header};
use roxmltree::{Document, Node};
use tokio::time::timeout;

use super::GatewayProfile;
use super::body::Given;
use super::refusal::Refusal;
use super::rules::gender_code;
use crate::gate;
use crate::lrs::{self, LrsOrganisation};
use crate::soap::{self, Xml, declare, envelope};
use crate::world::Core;

/// The largest answer that is read: 64 mebibytes.
const LARGEST_ANSWER: usize = 64 << 20;

/// What a page says that stands in front of the service while it is maintained.
const MAINTENANCE: &str = "UnsupportedHttpVerb";

/// The members of a learner, in the order of the original; each is an element of almost that name.
const LEARNER_MEMBERS: [&str; 30] = [
    "createdDate",
    "lastUpdatedDate",
    "uln",
    "versionNumber",
    "masterSubstituted",
    "title",
    "givenName",
    "middleOtherName",
    "familyName",
    "preferredGivenName",
    "previousFamilyName",
    "familyNameAtAge16",
    "schoolAtAge16",
    "lastKnownAddressLine1",
    "lastKnownAddressLine2",
    "lastKnownAddressTown",
    "lastKnownAddressCountyOrCity",
    "lastKnownPostCode",
    "dateOfAddressCapture",
    "dateOfBirth",
    "placeOfBirth",
    "gender",
    "emailAddress",
    "nationality",
    "scottishCandidateNumber",
    "abilityToShare",
    "learnerStatus",
    "verificationType",
    "otherVerificationDescription",
    "tierLevel",
];

/// The members of a learning event, and the one that only the strict profile shows.
const EVENT_MEMBERS: [&str; 22] = [
    "id",
    "achievementProviderUkprn",
    "achievementProviderName",
    "awardingOrganisationName",
    "qualificationType",
    "subjectCode",
    "achievementAwardDate",
    "credits",
    "source",
    "dateLoaded",
    "underDataChallenge",
    "level",
    "status",
    "subject",
    "grade",
    "awardingOrganisationUkprn",
    "collectionType",
    "returnNumber",
    "participationStartDate",
    "participationEndDate",
    "languageForAssessment",
    "restriction",
];

/// Members by name; what the service did not send is missing.
pub(super) type Members = BTreeMap<&'static str, String>;

/// What a search found.
#[derive(Debug, Default)]
pub(super) struct Search {
    pub(super) code: String,
    pub(super) learners: Vec<Members>,
    /// The linked numbers of each learner.
    pub(super) linked: Vec<Vec<String>>,
}

/// A record of learning events.
#[derive(Debug, Default)]
pub(super) struct Record {
    pub(super) code: String,
    pub(super) found_uln: String,
    pub(super) incoming_uln: String,
    pub(super) events: Vec<Members>,
}

/// Why there is no answer.
enum Failure {
    Timeout,
    Maintenance,
    /// A fault, as the gateway prints it.
    Miap(String),
    Domain(String),
    /// Something else with a status that is no success.
    Unparsable,
    /// No XML, or no whole answer.
    Broken(&'static str),
}

impl Failure {
    fn refusal(self, profile: GatewayProfile) -> Refusal {
        let compat = profile == GatewayProfile::Compat;
        let (refusal, matter) = match self {
            Self::Timeout => (Refusal::timeout(), "timeout"),
            Self::Maintenance => (Refusal::maintenance(), "fault"),
            Self::Miap(exception) => (Refusal::lrs(Some(&exception)), "fault"),
            Self::Domain(exception) if !compat => (Refusal::lrs(Some(&exception)), "fault"),
            Self::Domain(_) | Self::Unparsable if compat => (Refusal::unexpected("Unparsable LRS Error"), "fault"),
            Self::Broken(reason) if compat => (Refusal::unexpected(reason), "fault"),
            Self::Domain(_) | Self::Unparsable | Self::Broken(_) => (Refusal::lrs(None), "fault"),
        };
        if compat { refusal } else { refusal.upstream(matter) }
    }
}

/// Finds learners by what was given of a person.
pub(super) async fn find(
    core: &Arc<Core>,
    profile: GatewayProfile,
    given: &Given,
    user: &str,
) -> Result<Search, Refusal> {
    let own = organisation();
    let message = envelope("soapenv", |xml| {
        xml.element("fin:FindLearnerByDemographics", &declare("fin", soap::FIND), |xml| {
            xml.text("FindType", "FUL");
            xml.text("UKPRN", &own.ukprn);
            xml.text("OrgPassword", &own.password);
            xml.text("UserName", user);
            xml.text("FamilyName", given.text("familyName"));
            xml.text("GivenName", given.text("givenName"));
            xml.text("DateOfBirth", given.text("dateOfBirth"));
            xml.text("Gender", gender_code(given.text("gender")));
            for name in ["lastKnownPostCode", "previousFamilyName", "schoolAtAge16", "placeOfBirth", "emailAddress"] {
                xml.text(&element_name(name), given.text(name));
            }
        });
    });
    ask(core, profile, lrs::ENDPOINTS[0], None, message, read_search).await
}

/// Fetches the learning events of a learner.
pub(super) async fn events(
    core: &Arc<Core>,
    profile: GatewayProfile,
    given: &Given,
    user: &str,
) -> Result<Record, Refusal> {
    let own = organisation();
    let message = envelope("soapenv", |xml| {
        let names = format!("{}{}", declare("tem", soap::TEMPURI), declare("amor", soap::ORGANISATION));
        xml.element("tem:GetLearnerLearningEvents", &names, |xml| {
            xml.element("tem:invokingOrganisation", "", |xml| {
                xml.text("amor:Password", &own.password);
                xml.text("amor:Ukprn", &own.ukprn);
                xml.text("amor:Username", user);
            });
            xml.text("tem:userType", "ORG");
            xml.text("tem:vendorID", &own.vendor_id.to_string());
            xml.text("tem:language", "ENG");
            let qualified = |xml: &mut Xml, name: &str, text: &str| xml.text(&format!("tem:{name}"), text);
            for name in ["uln", "givenName", "familyName", "dateOfBirth"] {
                qualified(xml, name, given.text(name));
            }
            qualified(xml, "gender", gender_code(given.text("gender")));
            qualified(xml, "getType", "FULL");
        });
    });
    ask(core, profile, lrs::ENDPOINTS[1], Some(soap::EVENTS_ACTION), message, read_record).await
}

/// The organisation that the gateway asks for.
fn organisation() -> LrsOrganisation {
    LrsOrganisation::invented().swap_remove(0)
}

/// Sends a message and reads the answer with `read`, which gives nothing for a document of another kind.
async fn ask<T: Default>(
    core: &Arc<Core>,
    profile: GatewayProfile,
    endpoint: &'static str,
    action: Option<&str>,
    message: String,
    read: fn(&Document<'_>) -> Option<T>,
) -> Result<T, Refusal> {
    let answer = exchange(core, endpoint, action, message).await;
    answer.and_then(|(status, body)| judge(profile, status, &body, read)).map_err(|failure| failure.refusal(profile))
}

/// Sends a message through the gate, so that it is recorded and meets faults as any other.
async fn exchange(
    core: &Arc<Core>,
    endpoint: &'static str,
    action: Option<&str>,
    message: String,
) -> Result<(StatusCode, Bytes), Failure> {
    let mut request = Request::post(format!("/{endpoint}"))
        .header(header::CONTENT_TYPE, "text/xml")
        .header(header::ACCEPT, "application/xml")
        .header(header::CONTENT_LENGTH, message.len());
    if let Some(action) = action {
        request = request.header("soapaction", action);
    }
    let (parts, ()) = request.body(()).map_err(|_| Failure::Broken("the request cannot be made"))?.into_parts();
    let router = lrs::services("/lrs").with_state(Arc::clone(core));
    let limit = Duration::from_millis(core.world().settings.lrs_timeout_ms);
    let answering = async {
        let answer = gate::emulate(core, router, parts, Some(Bytes::from(message)), endpoint).await.ok()?;
        let status = answer.status();
        Some((status, axum::body::to_bytes(answer.into_body(), LARGEST_ANSWER).await.ok()?))
    };
    match timeout(limit, answering).await {
        Err(_) => Err(Failure::Timeout),
        Ok(answer) => answer.ok_or(Failure::Broken("unexpected end of stream")),
    }
}

/// Decides whether an answer is one, and reads it.
fn judge<T: Default>(
    profile: GatewayProfile,
    status: StatusCode,
    body: &[u8],
    read: fn(&Document<'_>) -> Option<T>,
) -> Result<T, Failure> {
    let text = String::from_utf8_lossy(body);
    if !status.is_success() {
        if text.contains(MAINTENANCE) {
            return Err(Failure::Maintenance);
        }
        let document = Document::parse(&text).map_err(|_| Failure::Unparsable)?;
        return Err(fault(&document).unwrap_or(Failure::Unparsable));
    }
    let document = Document::parse(&text).map_err(|_| Failure::Broken("the answer is not XML"))?;
    match read(&document) {
        Some(answer) => Ok(answer),
        // The original takes whatever else comes with a success for an answer that says nothing.
        None if profile == GatewayProfile::Compat => Ok(T::default()),
        None => Err(fault(&document).unwrap_or(Failure::Unparsable)),
    }
}

/// The fault that a document holds.
fn fault(document: &Document<'_>) -> Option<Failure> {
    let find = |name: (&str, &str)| document.descendants().find(|node| node.has_tag_name(name));
    if let Some(exception) = find((soap::EXCEPTIONS, "MIAPAPIException")) {
        let member = |name| text(exception, None, name).filter(|_| !is_nil(exception, name));
        let part = |json: &str, name| format!("{json}={}", member(name).unwrap_or_else(|| "null".to_owned()));
        let parts = [
            part("errorCode", "ErrorCode"),
            part("errorActor", "ErrorActor"),
            part("description", "Description"),
            part("furtherDetails", "FurtherDetails"),
            part("errorTimestamp", "ErrorTimestamp"),
        ];
        return Some(Failure::Miap(format!("MIAPAPIException({})", parts.join(", "))));
    }
    let domain = find((soap::FAULTS, "DomainFault"))?;
    let code = text(domain, Some(soap::FAULTS), "ErrorCode").unwrap_or_default();
    Some(Failure::Domain(format!("DomainFault(errorCode={code})")))
}

fn read_search(document: &Document<'_>) -> Option<Search> {
    let response = document.descendants().find(|node| node.has_tag_name((soap::FIND, "FindLearnerResponse")))?;
    let learners: Vec<_> = children(response, None, "Learner").collect();
    let linked = |learner: Node<'_, '_>| {
        let lists = children(learner, Some(soap::LEARNER), "LinkedULNs");
        lists.flat_map(|list| children(list, None, "ULN")).map(content).collect()
    };
    Some(Search {
        code: text(response, None, "ResponseCode").unwrap_or_default(),
        linked: learners.iter().map(|learner| linked(*learner)).collect(),
        learners: learners.into_iter().map(|learner| members(learner, None, &LEARNER_MEMBERS)).collect(),
    })
}

fn read_record(document: &Document<'_>) -> Option<Record> {
    let name = (soap::TEMPURI, "GetLearnerLearningEventsResult");
    let result = document.descendants().find(|node| node.has_tag_name(name))?;
    let member = |name| text(result, Some(soap::MODEL), name).unwrap_or_default();
    let events = children(result, Some(soap::MODEL), "LearnerRecord")
        .flat_map(|record| children(record, Some(soap::MODEL), "LearningEvent"))
        .map(|event| members(event, Some(soap::MODEL), &EVENT_MEMBERS))
        .collect();
    Some(Record {
        code: member("ResponseCode"),
        found_uln: member("FoundULN"),
        incoming_uln: member("IncomingULN"),
        events,
    })
}

fn members(parent: Node<'_, '_>, namespace: Option<&str>, names: &[&'static str]) -> Members {
    names.iter().filter_map(|name| Some((*name, text(parent, namespace, &element_name(name))?))).collect()
}

/// The element that a member of an answer is called after.
fn element_name(member: &str) -> String {
    match member {
        "uln" | "id" => member.to_ascii_uppercase(),
        _ => member[..1].to_ascii_uppercase() + &member[1..],
    }
}

fn children<'a, 'b: 'a>(
    parent: Node<'a, 'b>,
    namespace: Option<&'a str>,
    name: &'a str,
) -> impl Iterator<Item = Node<'a, 'b>> {
    parent.children().filter(move |child| {
        let tag = child.tag_name();
        child.is_element() && tag.name() == name && tag.namespace().filter(|uri| !uri.is_empty()) == namespace
    })
}

/// The text of the first child of this name; empty when it has no value.
fn text(parent: Node<'_, '_>, namespace: Option<&str>, name: &str) -> Option<String> {
    children(parent, namespace, name).next().map(content)
}

fn is_nil(parent: Node<'_, '_>, name: &str) -> bool {
    let nil = |child: Node<'_, '_>| matches!(child.attribute((soap::INSTANCE, "nil")), Some("true" | "1"));
    children(parent, None, name).next().is_some_and(nil)
}

fn content(node: Node<'_, '_>) -> String {
    node.descendants().filter(Node::is_text).filter_map(|text| text.text()).collect()
}
