//! Emulates the Learning Records Service, which finds learners and gives their learning events over SOAP.

mod answer;
mod control;
mod learner;
mod next;
mod organisation;
mod request;
mod search;
mod sections;
mod service;

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{Response, StatusCode};
use axum::routing::any;

use crate::faults::Fault;
use crate::world::Core;

pub(crate) use control::queue_reply;
pub(crate) use learner::Roll;
pub use next::LrsReply;
pub(crate) use next::State;
pub use organisation::LrsOrganisation;
pub(crate) use request::Service;
pub(crate) use sections::{connect_section, learners_section};

use answer::{Refusal, fault, unsupported_verb};

/// The names of the endpoints, as faults and recorded requests use them, in the order of [`Service`].
pub(crate) const ENDPOINTS: [&str; 2] = ["lrs/LearnerService.svc", "lrs/LearnerServiceR9.svc"];

/// The code of a fault for which no other is given: something unknown went wrong.
const UNKNOWN_EXCEPTION: &str = "WSEC0999";

/// The endpoint that `path` belongs to, without the slash that it begins with.
pub(crate) fn endpoint(path: &str) -> Option<&'static str> {
    ENDPOINTS.into_iter().find(|name| *name == path)
}

/// The service behind an endpoint.
fn service(endpoint: &str) -> Service {
    if endpoint == ENDPOINTS[0] { Service::Learner } else { Service::Events }
}

/// The routes of the two services below `prefix`.
pub(crate) fn services(prefix: &str) -> Router<Arc<Core>> {
    Router::new()
        .route(&format!("{prefix}/LearnerService.svc"), any(service::learner))
        .route(&format!("{prefix}/LearnerServiceR9.svc"), any(service::events))
}

/// The routes of the services and of their control interface.
pub(crate) fn router() -> Router<Arc<Core>> {
    services("/lrs").merge(control::router())
}

/// The fault that a test has queued, in the shape of `service`.
pub(crate) fn queued_fault(core: &Core, service: Service, queued: &Fault) -> Response<Body> {
    let code = queued.code.as_deref().unwrap_or(UNKNOWN_EXCEPTION);
    let description = queued.message.as_deref().unwrap_or("An exception was asked for.");
    fault(service, &Refusal::new(code, description), core.world().clock.now())
}

/// What `endpoint` usually answers with `status`, without having been asked anything.
pub(crate) fn usual_answer(core: &Core, endpoint: &str, status: StatusCode) -> Response<Body> {
    let mut world = core.world();
    let now = world.clock.now();
    match status {
        StatusCode::METHOD_NOT_ALLOWED => unsupported_verb(world.chance.trace_uuid(), now),
        StatusCode::BAD_REQUEST | StatusCode::INTERNAL_SERVER_ERROR => {
            let refusal = Refusal::new(UNKNOWN_EXCEPTION, "An unknown exception occurred.").status(status);
            fault(service(endpoint), &refusal, now)
        }
        _ => {
            let reason = status.canonical_reason().unwrap_or("Error");
            let mut answer = Response::new(Body::from(format!("<html><body><h1>{reason}</h1></body></html>")));
            *answer.status_mut() = status;
            answer
                .headers_mut()
                .insert(axum::http::header::CONTENT_TYPE, axum::http::HeaderValue::from_static("text/html"));
            answer
        }
    }
}
