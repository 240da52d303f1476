//! Knows who asks the gateway, what they may do, and what is written down about it.

use std::sync::Arc;

use axum::http::{HeaderMap, header};
use serde::Serialize;

use super::GatewayProfile;
use super::refusal::Refusal;
use crate::hmpps_auth::{self, GatewayRole};
use crate::recorder::bearer;
use crate::world::Core;

/// The name under which the gateway writes down what happens.
const SERVICE: &str = "hmpps-learner-records-api";

/// Who asks, by token, and how they are to be treated.
pub(super) struct Caller {
    roles: Vec<GatewayRole>,
    pub(super) profile: GatewayProfile,
    /// The sandbox's day.
    pub(super) today: String,
}

impl Caller {
    /// The caller whose token came with the request.
    pub(super) fn identify(core: &Core, headers: &HeaderMap) -> Result<Self, Refusal> {
        let token = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).and_then(bearer);
        let claims = token.and_then(|token| hmpps_auth::claims(core, token)).ok_or_else(Refusal::unauthorised)?;
        let world = core.world();
        let today = world.clock.now().strftime("%Y-%m-%d").to_string();
        Ok(Self { roles: claims.authorities, profile: world.settings.gateway_profile, today })
    }

    /// The person who asks; only the strict profile wants to know a name.
    pub(super) fn user(&self, headers: &HeaderMap) -> Result<String, Refusal> {
        let user = headers.get("x-username").map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
        user.filter(|user| self.profile == GatewayProfile::Compat || !user.trim().is_empty())
            .ok_or_else(Refusal::no_username)
    }

    pub(super) fn has(&self, role: GatewayRole) -> bool {
        self.roles.contains(&role)
    }

    /// Refuses a caller with none of these roles.
    pub(super) fn needs(&self, roles: &[GatewayRole]) -> Result<(), Refusal> {
        if roles.iter().any(|role| self.has(*role)) { Ok(()) } else { Err(Refusal::forbidden()) }
    }
}

/// What was written down about one request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AuditEntry {
    /// What was done, such as `match-uln`.
    pub what: String,
    /// When, by the sandbox's clock, in the form of RFC 3339.
    pub when: String,
    /// An identifier of this entry.
    pub correlation_id: String,
    /// The person who asked.
    pub who: String,
    /// The name of the gateway.
    pub service: String,
    /// Whom it was about.
    pub details: String,
}

/// Writes down what both profiles do.
pub(super) fn record(core: &Core, what: &str, who: &str, details: &str) {
    let mut world = core.world();
    let entry = AuditEntry {
        what: what.to_owned(),
        when: world.clock.now().to_string(),
        correlation_id: world.chance.trace_uuid().to_string(),
        who: who.to_owned(),
        service: SERVICE.to_owned(),
        details: details.to_owned(),
    };
    world.gateway.audit.push(entry);
}

/// Writes down what only the strict profile does.
pub(super) fn record_strictly(core: &Arc<Core>, caller: &Caller, what: &str, who: &str, details: &str) {
    if caller.profile == GatewayProfile::Strict {
        record(core, what, who, details);
    }
}
