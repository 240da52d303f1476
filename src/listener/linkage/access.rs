//! Who is let in: a certificate on the allow-list, and a token that is bound to it and has the scope.

use std::sync::Arc;

use hyper::header::AUTHORIZATION;
use subtle::ConstantTimeEq;

use super::shape::Function;
use crate::error::Result;
use crate::http::Pace;
use crate::linkage::outcome::Outcome;
use crate::listener::bearer::{Algorithm, Bearers, Policy, Refusal as Bad};
use crate::listener::certificate::Certificate;
use crate::listener::config::{Config, Linkage as Section};
use crate::listener::request::Request;
use crate::plugin::Plugin;

/// The doorkeeper.
pub(super) struct Access {
    allowed: Vec<String>,
    bearers: Bearers,
    pace: Pace,
}

/// Somebody with a certificate, and with the subject of a token once that was found good.
pub(super) struct Caller {
    certificate: Arc<Certificate>,
    subject: Option<String>,
}

impl Caller {
    /// Who it is, for the audit trail and for telling the references of callers apart.
    pub(super) fn identity(&self) -> String {
        let fingerprint = self.certificate.fingerprint_text();
        match &self.subject {
            // As long as a user may be in the audit trail.
            Some(subject) => {
                let plain: String = subject.chars().filter(|c| !c.is_control()).take(55).collect();
                format!("{fingerprint} {plain}")
            }
            None => fingerprint,
        }
    }
}

/// Why somebody is not let in.
pub(super) struct Refused {
    pub(super) outcome: Outcome,
    /// For the audit trail.
    pub(super) reason: &'static str,
    pub(super) caller: Option<Caller>,
    /// In milliseconds.
    pub(super) retry_after: Option<u64>,
}

impl Access {
    pub(super) fn new(section: &Section, config: &Config, plugin: &Arc<Plugin>) -> Result<Self> {
        let policy = Policy {
            url: section.jwks_url()?,
            issuer: Some(section.issuer.clone()),
            audience: Some(section.audience.clone()),
            algorithms: &[Algorithm::Rs256, Algorithm::Ps256, Algorithm::Es256],
        };
        let per_minute = section.requests_per_minute.unwrap_or(config.requests_per_minute.max(3000));
        Ok(Self {
            allowed: section.allow.clone(),
            bearers: Bearers::new(policy, plugin.transport.clone(), plugin.clock.clone()),
            // A burst is a second's worth.
            pace: Pace::new(plugin.clock.clone(), f64::from(per_minute) / 60.0, (per_minute / 60).max(1)),
        })
    }

    /// Lets a caller in.
    pub(super) async fn admit(&self, request: &Request, function: Function) -> Result<Caller, Refused> {
        let refuse = |outcome, reason, caller| Refused { outcome, reason, caller, retry_after: None };
        // Only a TLS connection has one; a certificate in a header is never believed.
        let Some(certificate) = request.peer.certificate.clone() else {
            return Err(refuse(Outcome::Unauthenticated, "no-certificate", None));
        };
        let mut caller = Caller { certificate, subject: None };
        // Whoever has no good token is counted by certificate, so that trying tokens is no use.
        let checked = self.bearers.check(request.header(AUTHORIZATION.as_str())).await;
        if let Ok(holder) = &checked {
            caller.subject = Some(holder.subject.clone().unwrap_or_else(|| holder.client.clone()));
        }
        if let Err(wait) = self.pace.try_admit(&caller.identity()) {
            let retry_after = u64::try_from(wait.as_millis()).ok();
            return Err(Refused { retry_after, ..refuse(Outcome::RateLimited, "rate", Some(caller)) });
        }
        let holder = match checked {
            Ok(holder) => holder,
            Err(Bad::NotGood(reason)) => {
                tracing::debug!(reason, "a caller's token was refused");
                return Err(refuse(Outcome::Unauthenticated, "token", Some(caller)));
            }
            Err(Bad::Untold(error)) => {
                tracing::warn!(code = error.status().code(), "a caller's token could not be checked");
                let refused = refuse(Outcome::Unavailable, "key-set", Some(caller));
                return Err(Refused { retry_after: Some(30_000), ..refused });
            }
        };
        let fingerprint = caller.certificate.fingerprint;
        let bound = holder.certificate.is_some_and(|bound| bool::from(bound.as_slice().ct_eq(&fingerprint)));
        if !bound {
            return Err(refuse(Outcome::Unauthenticated, "binding", Some(caller)));
        }
        if !self.allowed.iter().any(|entry| caller.certificate.is_meant_by(entry)) {
            return Err(refuse(Outcome::Forbidden, "allow-list", Some(caller)));
        }
        if !holder.scopes.iter().any(|scope| scope == function.scope()) {
            return Err(refuse(Outcome::Forbidden, "scope", Some(caller)));
        }
        Ok(caller)
    }
}
