//! Writes what the service answers, in the shapes that it is known for.

use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, header};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use uuid::Uuid;

use super::learner::{EVENT_ELEMENTS, Elements, LEARNER_ELEMENTS, Learner};
use super::request::{Asked, Service};
use super::search::Code;
use crate::soap::{self, Xml, declare, envelope};

/// What only the full form of an event holds.
const FULL_ONLY: [&str; 2] = ["AchievementProviderName", "AwardingOrganisationName"];

/// What the answer to a search repeats of it.
const REPEATED: [&str; 9] = [
    "FamilyName",
    "GivenName",
    "DateOfBirth",
    "Gender",
    "LastKnownPostCode",
    "PreviousFamilyName",
    "SchoolAtAge16",
    "PlaceOfBirth",
    "EmailAddress",
];

/// Why the service refuses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) status: StatusCode,
    pub(super) code: String,
    pub(super) description: String,
}

impl Refusal {
    pub(super) fn new(code: &str, description: impl Into<String>) -> Self {
        let status = StatusCode::INTERNAL_SERVER_ERROR;
        Self { status, code: code.to_owned(), description: description.into() }
    }

    pub(super) fn status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }
}

/// Writes what was found.
pub(super) fn found(asked: &Asked, code: Code, learners: &[&Learner]) -> Response<Body> {
    let text = envelope("soapenv", |xml| {
        let names = format!("{}{}", declare("ns10", soap::FIND), declare("xsi", soap::INSTANCE));
        xml.element("ns10:FindLearnerResponse", &names, |xml| {
            xml.text("ResponseCode", code.text());
            if !asked.uln().is_empty() {
                xml.text("ULN", asked.uln());
            }
            for name in REPEATED.into_iter().filter(|name| !asked.text(name).is_empty()) {
                xml.text(name, asked.text(name));
            }
            // Only checking was asked for, so that nothing is told of the learner.
            let told = if asked.text("FindType") == "CHK" { &[] } else { learners };
            for learner in told {
                xml.element("Learner", "", |xml| write_learner(xml, learner, code));
            }
        });
    });
    answer(StatusCode::OK, text)
}

fn write_learner(xml: &mut Xml, learner: &Learner, code: Code) {
    for name in LEARNER_ELEMENTS {
        if name == "Notes"
            && let Some(linked) = &learner.linked_ulns
        {
            xml.element("ns4:LinkedULNs", &declare("ns4", soap::LEARNER), |xml| {
                linked.iter().for_each(|uln| xml.text("ULN", uln));
            });
        }
        if name == "MasterSubstituted" && code == Code::LinkedMatch {
            xml.text(name, "Y");
        } else {
            write_element(xml, &learner.details, name, "", "xsi");
        }
    }
}

/// Writes learning events, or that there are none to be seen.
pub(super) fn events(asked: &Asked, code: Code, learner: Option<&Learner>) -> Response<Body> {
    let shared = learner.filter(|_| code != Code::NotShared);
    let text = envelope("s", |xml| {
        xml.element("GetLearnerLearningEventsResponse", &declare("", soap::TEMPURI), |xml| {
            let names = format!("{}{}", declare("a", soap::MODEL), declare("i", soap::INSTANCE));
            xml.element("GetLearnerLearningEventsResult", &names, |xml| {
                xml.text("a:ResponseCode", code.text());
                xml.text("a:FoundULN", learner.map(Learner::uln).unwrap_or_default());
                xml.text("a:IncomingULN", asked.uln());
                xml.element("a:LearnerRecord", "", |xml| {
                    for event in shared.iter().flat_map(|learner| &learner.events) {
                        xml.element("a:LearningEvent", "", |xml| write_event(xml, event, asked));
                    }
                });
            });
        });
    });
    answer(StatusCode::OK, text)
}

fn write_event(xml: &mut Xml, event: &Elements, asked: &Asked) {
    let brief = asked.text("getType") == "BRIEF";
    for name in EVENT_ELEMENTS.into_iter().filter(|name| !(brief && FULL_ONLY.contains(name))) {
        write_element(xml, event, name, "a:", "i");
    }
}

fn write_element(xml: &mut Xml, elements: &Elements, name: &str, prefix: &str, instance: &str) {
    match elements.get(name) {
        Some(Some(text)) => xml.text(&format!("{prefix}{name}"), text),
        Some(None) => xml.nil(&format!("{prefix}{name}"), instance),
        None => {}
    }
}

/// Writes a refusal as the fault that `service` is known for.
pub(super) fn fault(service: Service, refusal: &Refusal, now: Timestamp) -> Response<Body> {
    let text = match service {
        Service::Learner => miap_fault(refusal, now),
        Service::Events => domain_fault(refusal),
    };
    answer(refusal.status, text)
}

fn miap_fault(refusal: &Refusal, now: Timestamp) -> String {
    envelope("soapenv", |xml| {
        xml.element("soapenv:Fault", "", |xml| {
            xml.text("faultcode", "soapenv:Server");
            xml.text("faultstring", "The request was not carried out.");
            xml.element("detail", "", |xml| {
                let names = format!("{}{}", declare("ns10", soap::EXCEPTIONS), declare("xsi", soap::INSTANCE));
                xml.element("ns10:MIAPAPIException", &names, |xml| {
                    xml.text("ErrorCode", &refusal.code);
                    xml.text("ErrorActor", "LearnerService");
                    xml.text("Description", &refusal.description);
                    xml.nil("FurtherDetails", "xsi");
                    xml.text("ErrorTimestamp", &now.strftime("%Y-%m-%d %H:%M:%S").to_string());
                });
            });
        });
    })
}

fn domain_fault(refusal: &Refusal) -> String {
    envelope("s", |xml| {
        xml.element("s:Fault", "", |xml| {
            xml.text("faultcode", "s:Client");
            xml.text("faultstring", "The request was not carried out.");
            xml.element("detail", "", |xml| {
                xml.element("DomainFault", &declare("", soap::FAULTS), |xml| {
                    xml.text("ErrorCode", &refusal.code);
                    xml.text("ErrorDetail", &STANDARD.encode(&refusal.description));
                });
            });
        });
    })
}

/// The page that stands in front of the service and takes no request of this kind.
pub(super) fn unsupported_verb(request_id: Uuid, now: Timestamp) -> Response<Body> {
    let text = format!(
        "<!DOCTYPE html>\n<html><head><title>UnsupportedHttpVerb</title></head><body><h1>The request is not supported.</h1>\
         <ul><li>HttpStatusCode: 405</li><li>ErrorCode: UnsupportedHttpVerb</li><li>RequestId : {request_id}</li>\
         <li>TimeStamp : {}</li></ul></body></html>",
        now.strftime("%Y-%m-%dT%H:%M:%SZ")
    );
    let mut answer = Response::new(Body::from(text));
    *answer.status_mut() = StatusCode::METHOD_NOT_ALLOWED;
    answer.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html"));
    answer
}

fn answer(status: StatusCode, text: String) -> Response<Body> {
    let mut answer = Response::new(Body::from(text));
    *answer.status_mut() = status;
    answer.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/xml; charset=utf-8"));
    answer
}
