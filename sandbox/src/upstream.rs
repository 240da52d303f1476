//! Lists the emulated services, and which endpoint of which service an address belongs to.

use axum::body::Body;
use axum::http::{Response, StatusCode};
use axum::response::IntoResponse as _;

use crate::enrollment;
use crate::faults::{Fault, FaultKind};
use crate::gateway;
use crate::hmpps_auth;
use crate::linkage;
use crate::lrs;
use crate::problem::Problem;
use crate::sif;
use crate::vera;
use crate::world::{Core, Site};

/// What is shown on a port.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Face {
    /// Every service, the control interface and the console.
    Everything,
    /// What is asked with client certificates: the Learning Records Service, at the root, and the
    /// linkage suppliers.
    ClientCertificates,
}

/// A service that is emulated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Service {
    Vera,
    Lrs,
    Gateway,
    Auth,
    Linkage,
    Sif,
    Enrollment,
}

impl Service {
    const ALL: [Self; 7] =
        [Self::Vera, Self::Lrs, Self::Gateway, Self::Auth, Self::Linkage, Self::Sif, Self::Enrollment];

    /// The name, as faults use it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Vera => "vera",
            Self::Lrs => "lrs",
            Self::Gateway => "gateway",
            Self::Auth => "auth",
            Self::Linkage => "linkage",
            Self::Sif => "sif",
            Self::Enrollment => "enrollment",
        }
    }

    fn endpoints(self) -> &'static [&'static str] {
        match self {
            Self::Vera => &vera::ENDPOINTS,
            Self::Lrs => &lrs::ENDPOINTS,
            Self::Gateway => &gateway::ENDPOINTS,
            Self::Auth => &hmpps_auth::ENDPOINTS,
            Self::Linkage => &linkage::ENDPOINTS,
            Self::Sif => &sif::ENDPOINTS,
            Self::Enrollment => &enrollment::ENDPOINTS,
        }
    }

    /// The service that an endpoint belongs to.
    pub(crate) fn of(endpoint: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|service| service.endpoints().contains(&endpoint))
    }
}

/// The names of all services, as faults use them.
pub(crate) fn services() -> Vec<&'static str> {
    Service::ALL.map(Service::name).to_vec()
}

/// The names of all endpoints, as faults and recorded requests use them.
pub(crate) fn endpoints() -> Vec<&'static str> {
    Service::ALL.map(Service::endpoints).concat()
}

/// The endpoint that `path` belongs to: empty for an unknown address, and `None` for the
/// sandbox's own pages, which are neither recorded nor met by faults.
pub(crate) fn endpoint(site: &Site, face: Face, path: &str) -> Option<&'static str> {
    if face == Face::ClientCertificates {
        let known = linkage::endpoint(path).or_else(|| lrs::endpoint(&format!("lrs{path}")));
        return Some(known.unwrap_or_default());
    }
    let own = ["/", "/favicon.ico"].contains(&path) || path.starts_with("/_sandbox") || path.starts_with("/vc/");
    let known = vera::endpoint(site, path)
        .or_else(|| lrs::endpoint(path.strip_prefix('/')?))
        .or_else(|| gateway::endpoint(path))
        .or_else(|| hmpps_auth::endpoint(path))
        .or_else(|| linkage::endpoint(path))
        .or_else(|| sif::endpoint(path))
        .or_else(|| enrollment::endpoint(path));
    match known {
        Some(endpoint) => Some(endpoint),
        None if own => None,
        None => Some(""),
    }
}

/// What `endpoint` answers to a request that `fault` takes the real answer from.
pub(crate) fn faulty_answer(core: &Core, endpoint: &str, fault: &Fault) -> Response<Body> {
    let status = fault.status.and_then(|status| StatusCode::from_u16(status).ok());
    match fault.kind {
        Some(FaultKind::Miap) => lrs::queued_fault(core, lrs::Service::Learner, fault),
        Some(FaultKind::Domain) => lrs::queued_fault(core, lrs::Service::Events, fault),
        Some(FaultKind::Html405) => lrs::usual_answer(core, endpoint, StatusCode::METHOD_NOT_ALLOWED),
        _ => usual_answer(core, endpoint, status.unwrap_or(StatusCode::OK)),
    }
}

/// What `endpoint` answers to a body that is too large for the sandbox.
pub(crate) fn too_large(core: &Core, endpoint: Option<&str>) -> Response<Body> {
    let status = StatusCode::PAYLOAD_TOO_LARGE;
    match endpoint {
        Some(endpoint)
            if matches!(Service::of(endpoint), Some(Service::Linkage | Service::Sif | Service::Enrollment)) =>
        {
            usual_answer(core, endpoint, status)
        }
        _ => Problem::new(status, "the body is larger than one mebibyte").into_response(),
    }
}

/// What `endpoint` usually answers with `status`, without having been asked anything.
fn usual_answer(core: &Core, endpoint: &str, status: StatusCode) -> Response<Body> {
    match Service::of(endpoint) {
        Some(Service::Lrs) => lrs::usual_answer(core, endpoint, status),
        Some(Service::Gateway) => gateway::usual_answer(status),
        Some(Service::Auth) => hmpps_auth::usual_answer(status),
        Some(Service::Linkage) => linkage::usual_answer(core, endpoint, status),
        Some(Service::Sif) => sif::usual_answer(core, endpoint, status),
        Some(Service::Enrollment) => enrollment::usual_answer(core, endpoint, status),
        Some(Service::Vera) | None => vera::usual_answer(core, endpoint, status),
    }
}
