//! Answers the two SOAP services.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, Method, Response, StatusCode, header};

use super::answer::{self, Refusal};
use super::request::{Asked, Malformed, Operation, Service};
use super::search;
use crate::gate::ActingProvider;
use crate::recorder::media_type;
use crate::soap::EVENTS_ACTION;
use crate::world::{Core, World};

/// `LearnerService.svc`
pub(super) async fn learner(core: State<Arc<Core>>, method: Method, headers: HeaderMap, body: Bytes) -> Response<Body> {
    serve(&core, Service::Learner, &method, &headers, &body)
}

/// `LearnerServiceR9.svc`
pub(super) async fn events(core: State<Arc<Core>>, method: Method, headers: HeaderMap, body: Bytes) -> Response<Body> {
    serve(&core, Service::Events, &method, &headers, &body)
}

fn serve(core: &Core, service: Service, method: &Method, headers: &HeaderMap, body: &[u8]) -> Response<Body> {
    let mut world = core.world();
    let now = world.clock.now();
    if method != Method::POST {
        return answer::unsupported_verb(world.chance.trace_uuid(), now);
    }
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if media_type(text(header::CONTENT_TYPE)) != "text/xml" {
        let mut answer = Response::new(Body::empty());
        *answer.status_mut() = StatusCode::UNSUPPORTED_MEDIA_TYPE;
        return answer;
    }
    let action = headers.get("soapaction").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut acting = None;
    let mut answer = respond(core, &mut world, service, action, body, &mut acting)
        .unwrap_or_else(|refusal| answer::fault(service, &refusal, now));
    if let Some(ukprn) = acting {
        answer.extensions_mut().insert(ActingProvider(ukprn));
    }
    answer
}

/// Answers a message, and notes for whom as soon as that is known.
fn respond(
    core: &Core,
    world: &mut World,
    service: Service,
    action: &str,
    body: &[u8],
    acting: &mut Option<String>,
) -> Result<Response<Body>, Refusal> {
    let body = std::str::from_utf8(body).map_err(|_| unparsable("the message is not UTF-8"))?;
    let (asked, judged) = Asked::read(service, body).map_err(refusal)?;
    if service == Service::Events && unquoted(action) != EVENTS_ACTION {
        return Err(Refusal::new("WSEC0002", "The SOAPAction is not known."));
    }
    if let Some(reply) = world.lrs.next_reply(&asked) {
        return Ok(reply);
    }
    judged.map_err(refusal)?;
    let organisation = world.settings.lrs_organisations.iter().find(|known| known.ukprn == asked.ukprn());
    let organisation = organisation.ok_or_else(|| Refusal::new("WSEC0003", "The organisation is not known."))?;
    *acting = Some(organisation.ukprn.clone());
    if organisation.password != asked.password() {
        return Err(Refusal::new("WSEC0005", "The password is wrong."));
    }
    let roll = &core.lrs_learners;
    Ok(match asked.operation {
        Operation::FindByDemographics => {
            let (code, learners) = search::by_demographics(roll, &asked);
            answer::found(&asked, code, &learners)
        }
        Operation::FindByUln => {
            let (code, learners) = search::by_uln(roll, &asked);
            answer::found(&asked, code, &learners)
        }
        Operation::Events => {
            if asked.text("vendorID").trim().parse() != Ok(organisation.vendor_id) {
                return Err(Refusal::new("WSEC0006", "The vendor may not ask for this organisation."));
            }
            let (code, learner) = search::for_events(roll, &asked);
            answer::events(&asked, code, learner)
        }
    })
}

/// A SOAP action without its quotation marks.
fn unquoted(action: &str) -> &str {
    action.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(action)
}

fn refusal(malformed: Malformed) -> Refusal {
    match malformed {
        Malformed::Unparsable(reason) => unparsable(&reason),
        Malformed::UnknownRequest => Refusal::new("WSEC0002", "The request is not known."),
        Malformed::Element(name) => {
            Refusal::new("WSEC0001", format!("The element {name} is missing, empty or not as the schema has it."))
        }
    }
}

fn unparsable(reason: &str) -> Refusal {
    Refusal::new("WSEC0001", format!("The message cannot be read: {reason}")).status(StatusCode::BAD_REQUEST)
}
