//! Lists the emulated services, and which endpoint of which service an address belongs to.

use axum::body::Body;
use axum::http::{Response, StatusCode};

use crate::lrs;
use crate::vera;
use crate::world::{Core, Site};

/// The names of all endpoints, as faults and recorded requests use them.
pub(crate) fn endpoints() -> Vec<&'static str> {
    [&vera::ENDPOINTS[..], &lrs::ENDPOINTS].concat()
}

/// The endpoint that `path` belongs to: empty for an unknown address, and `None` for the
/// sandbox's own pages, which are neither recorded nor met by faults.
pub(crate) fn endpoint(site: &Site, path: &str) -> Option<&'static str> {
    let own = ["/", "/favicon.ico"].contains(&path) || path.starts_with("/_sandbox") || path.starts_with("/vc/");
    let below_root = path.strip_prefix('/').unwrap_or_default();
    match vera::endpoint(site, path).or_else(|| lrs::endpoint(below_root)) {
        Some(endpoint) => Some(endpoint),
        None if own => None,
        None => Some(""),
    }
}

/// What `endpoint` usually answers with `status`, without having been asked anything.
pub(crate) fn usual_answer(core: &Core, endpoint: &str, status: StatusCode) -> Response<Body> {
    if lrs::endpoint(endpoint).is_some() {
        return lrs::usual_answer(core, endpoint, status);
    }
    vera::usual_answer(core, endpoint, status)
}
