//! Plays the supplier that speaks XML and tells even its errors under status 200.

use axum::body::Body;
use axum::http::{Method, Response, StatusCode};
use quick_xml::escape::escape;
use roxmltree::{Document, Node, ParsingOptions};

use super::call::{self, Call};
use super::identifiers as read;
use super::refusal::{Mismatch, Refusal};
use super::register::LinkageBlockReason;
use super::rules::{self, Linkage, Subject};
use crate::world::{Core, World};

/// The provider that may ask the `tpp` linkage supplier, sent as `providerId` of `Application`.
pub const LINKAGE_TPP_PROVIDER: &str = "7d3f5a2c9b1e4680";

/// The content type of answers.
const XML: &str = "text/xml; charset=utf-8";

/// The most nodes that a request may consist of.
const MOST_NODES: u32 = 1000;

/// What a number means, in the words that people see and in those that programmers see.
struct Error {
    code: u16,
    friendly: &'static str,
    technical: String,
}

impl Error {
    fn new(code: u16, friendly: &'static str) -> Self {
        Self { code, friendly, technical: friendly.to_owned() }
    }

    /// A request that was not understood.
    fn malformed(technical: impl Into<String>) -> Self {
        Self { technical: technical.into(), ..Self::new(6, "There was a problem linking your account") }
    }
}

/// A request that has been understood.
struct Asked {
    subject: Subject,
    retrieve_only: bool,
}

/// `POST …/tpp`
pub(super) fn serve(core: &Core, call: &Call) -> Response<Body> {
    if call.method != Method::POST {
        return call::wrong_method(usual_answer(StatusCode::METHOD_NOT_ALLOWED), "POST");
    }
    if !matches!(call.media_type().as_str(), "text/xml" | "application/xml") {
        return usual_answer(StatusCode::UNSUPPORTED_MEDIA_TYPE);
    }
    let mut guard = core.world();
    let world = &mut *guard;
    let mut uuid = None;
    let answered = respond(world, call, &mut uuid);
    let uuid = uuid.unwrap_or_else(|| world.chance.linkage_uuid().to_string());
    let text = match answered {
        Ok((account, key)) => {
            let passphrase = world.chance.linkage_uuid().simple().to_string();
            let attributes =
                [("accountId", account), ("passphraseToLink", key), ("passphrase", passphrase), ("uuid", uuid)];
            element("LinkAccountReply", &attributes)
        }
        Err(error) => failed(&error, uuid),
    };
    call::answer(StatusCode::OK, XML, text)
}

/// The account and the key, which may be empty; notes the identifier of the request on the way.
fn respond(world: &mut World, call: &Call, uuid: &mut Option<String>) -> Result<(String, String), Error> {
    let asked = read_request(world, call, uuid)?;
    let retrieved = rules::retrieve(world, &asked.subject);
    let outcome = match (retrieved, asked.retrieve_only) {
        (Ok(linkage), _) => Ok(linkage),
        (Err(Refusal::NoKey { account: true }), true) => {
            let Subject { ods_code, nhs_number, .. } = &asked.subject;
            let patient = world.linkage.register.patient(ods_code, nhs_number);
            let account = patient.and_then(|patient| patient.account_id.clone());
            return Ok((account.unwrap_or_default(), String::new()));
        }
        (Err(Refusal::NoKey { .. } | Refusal::Revoked), false) => rules::create(world, &asked.subject),
        (Err(refusal), _) => Err(refusal),
    };
    match outcome {
        Ok(Linkage { account_id, linkage_key, .. }) => Ok((account_id, linkage_key)),
        Err(refusal) => Err(error(&refusal)),
    }
}

/// Reads a request; a document type definition is refused with everything else that is not understood.
fn read_request(world: &World, call: &Call, uuid: &mut Option<String>) -> Result<Asked, Error> {
    let body = std::str::from_utf8(&call.body).map_err(|_| Error::malformed("The request is not UTF-8"))?;
    let options = ParsingOptions { nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    let document = Document::parse_with_options(body, options)
        .map_err(|error| Error::malformed(format!("The request cannot be read: {error}")))?;
    let root = document.root_element();
    *uuid = root.attribute("uuid").filter(|uuid| !uuid.is_empty()).map(str::to_owned);
    let known = root.has_tag_name("LinkAccount") && root.tag_name().namespace().is_none();
    if call.header("type") != Some("LinkAccount") || !known {
        return Err(Error::malformed("The request is not known; the header and the element must be LinkAccount"));
    }
    let given = |name: &'static str| {
        let text = root.attribute(name).filter(|text| !text.trim().is_empty());
        text.ok_or_else(|| Error::malformed(format!("The attribute {name} is missing")))
    };
    given("apiVersion")?;
    given("uuid")?;
    let application = root.children().find(|child| child.has_tag_name("Application"));
    let named = |node: &Node<'_, '_>| {
        ["name", "version", "deviceType"].iter().all(|name| node.attribute(*name).is_some_and(|text| !text.is_empty()))
    };
    let application = application.filter(named).ok_or_else(|| {
        Error::malformed("The element Application with name, version, providerId and deviceType is missing")
    })?;
    if application.attribute("providerId") != Some(LINKAGE_TPP_PROVIDER) {
        return Err(Error::new(5, "The provider is not known"));
    }
    let malformed = |name: &str| Error::malformed(format!("The attribute {name} is not valid"));
    let nhs_number = read::nhs_number(given("nhsNumber")?).ok_or_else(|| malformed("nhsNumber"))?;
    let ods_code = read::ods_code(given("organisationCode")?).ok_or_else(|| malformed("organisationCode"))?;
    let today = read::british_day(world.clock.now());
    let surname = read::surname(given("lastName")?).ok_or_else(|| malformed("lastName"))?;
    let born = read::date_of_birth(given("dateOfBirth")?, today).ok_or_else(|| malformed("dateOfBirth"))?;
    let retrieve_only = root.attribute("retrieveOnly") == Some("y");
    Ok(Asked { subject: Subject { ods_code, nhs_number, person: Some((surname, born)) }, retrieve_only })
}

/// The supplier's number for a refusal.
fn error(refusal: &Refusal) -> Error {
    match refusal {
        Refusal::PatientUnknown { known: false } => Error::new(554, "The NHS number is not known"),
        Refusal::PatientUnknown { known: true } => Error::new(555, "The patient is not registered at the organisation"),
        Refusal::Differs(Mismatch::Surname) => Error::new(512, "The surname does not match"),
        Refusal::Differs(Mismatch::DateOfBirth) => Error::new(513, "The date of birth does not match"),
        Refusal::NoKey { .. } | Refusal::Revoked => Error::new(509, "The registration is incomplete or has ended"),
        Refusal::PatientBlocked(block) => match block.reason {
            LinkageBlockReason::UnderMinimumAgeOrNotCompetent => {
                Error::new(553, "The patient is under the minimum age")
            }
            _ => Error::new(19, "The patient is not matched to the national register"),
        },
        Refusal::Failed => Error::new(8, "There was a problem with the account"),
        _ => Error::malformed("The organisation does not take part"),
    }
}

fn failed(error: &Error, uuid: String) -> String {
    let attributes = [
        ("errorCode", error.code.to_string()),
        ("userFriendlyMessage", error.friendly.to_owned()),
        ("technicalMessage", error.technical.clone()),
        ("uuid", uuid),
    ];
    element("Error", &attributes)
}

/// Writes an element that has nothing but attributes.
fn element(name: &str, attributes: &[(&str, String)]) -> String {
    let attributes: String = attributes.iter().map(|(name, value)| format!(" {name}=\"{}\"", escape(value))).collect();
    format!("<?xml version=\"1.0\" encoding=\"utf-8\"?><{name}{attributes}/>")
}

/// What the supplier usually answers with `status`, without having been asked anything. What is
/// not its own answer comes from a web server in front of it, and is no XML.
pub(super) fn usual_answer(status: StatusCode) -> Response<Body> {
    if status == StatusCode::OK {
        return call::answer(status, XML, failed(&Error::malformed("The request was not carried out"), String::new()));
    }
    let title = format!("{} {}", status.as_u16(), status.canonical_reason().unwrap_or("Error"));
    let page = format!("<html><head><title>{title}</title></head><body><h1>{title}</h1></body></html>");
    call::answer(status, "text/html", page)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_repeated_in_an_answer_is_escaped() {
        let text = failed(&Error::malformed("<a> & 'b'"), "\"><Error errorCode=\"1\"/>".to_owned());
        let document = Document::parse(&text).unwrap();
        let root = document.root_element();
        assert_eq!(root.attribute("technicalMessage"), Some("<a> & 'b'"));
        assert_eq!(root.attribute("uuid"), Some("\"><Error errorCode=\"1\"/>"));
        assert!(!root.has_children());
    }
}
