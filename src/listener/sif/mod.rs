//! The interface of a retrieval service (EARS): a student's record, as far as the asking service may see it, over HTTP
//! (sections 2 to 5 of the SIF specification).

mod answer;
mod parameters;

use std::sync::Arc;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use hyper::{Method, StatusCode};

use super::Face;
use super::config::{Config, Sif as Section};
use super::request::{self, Request};
use super::server::Answer;
use crate::error::{Result, Status};
use crate::http::Pace;
use crate::invocation::{Context, Invocation};
use crate::plugin::Plugin;
use crate::sif::Shown;
use crate::sif::config::Behaviour;
use answer::{Problem, Reply};
use parameters::{Address, Headers};

/// The interface of a plugin.
pub(super) struct Sif {
    plugin: Arc<Plugin>,
    provider: String,
    behaviour: Behaviour,
    pace: Pace,
}

impl Sif {
    pub(super) fn new(config: &Config, section: &Section, plugin: &Arc<Plugin>) -> Self {
        let per_minute = config.requests_per_minute;
        Self {
            plugin: Arc::clone(plugin),
            provider: section.provider.clone(),
            behaviour: plugin.config.sif.profile,
            pace: Pace::new(plugin.clock.clone(), f64::from(per_minute) / 60.0, (per_minute / 10).max(1)),
        }
    }

    async fn handle(self: Arc<Self>, request: Request) -> Answer {
        let Some(address) = Address::of(&request.path, self.behaviour) else {
            return self.elsewhere(&request);
        };
        if request.method != Method::GET {
            return request::empty(match request.method {
                Method::POST | Method::PUT | Method::DELETE => StatusCode::METHOD_NOT_ALLOWED,
                _ => StatusCode::NOT_FOUND,
            });
        }
        let mut reply = Reply::new(&request, self.plugin.clock.wall(), self.behaviour);
        let invocation = self.invocation();
        let result = self.answered(&request, &address, &invocation, &mut reply).await;
        let (word, status) = match &result {
            Ok(Shown::Record(_)) => ("found", Status::Ok),
            Ok(Shown::Nothing) => ("notFound", Status::Ok),
            Err(problem) => problem.audited(),
        };
        let entry = invocation.entry("sif", self.plugin.clock.wall(), word, status.number());
        if let Err(error) = self.plugin.audit.record(entry).await {
            // Without its entry nothing is shown.
            tracing::warn!(code = error.status().code(), "a retrieval could not be entered in the audit trail");
            return reply.refused(&Problem::Internal, &address);
        }
        match result {
            Ok(Shown::Record(record)) => {
                reply.shown(&record).unwrap_or_else(|| reply.refused(&Problem::Internal, &address))
            }
            Ok(Shown::Nothing) => reply.refused(&Problem::NotFound, &address),
            Err(problem) => reply.refused(&problem, &address),
        }
    }

    /// What there is beside records.
    fn elsewhere(&self, request: &Request) -> Answer {
        let path = request.path.split(';').next().unwrap_or_default().trim_end_matches('/').to_ascii_lowercase();
        match (path.as_str(), &request.method) {
            ("", &Method::GET) => request::empty(StatusCode::OK),
            ("", _) => request::empty(StatusCode::NOT_IMPLEMENTED),
            ("/ping", &Method::GET) => {
                let mut answer = request::empty(StatusCode::OK);
                *answer.body_mut() = "true".into();
                answer
            }
            _ => request::empty(StatusCode::NOT_FOUND),
        }
    }

    /// Checks everything in the order in which the original reports it, and asks.
    async fn answered(
        &self,
        request: &Request,
        address: &Address,
        invocation: &Invocation,
        reply: &mut Reply,
    ) -> Result<Shown, Problem> {
        let zone = address.zone.as_deref().filter(|zone| !zone.trim().is_empty()).ok_or(Problem::NoZone)?;
        let context = address.context.as_deref().filter(|context| !context.trim().is_empty());
        let context = context.ok_or(Problem::NoContext)?;
        let (authorization, time) = (request.header("authorization"), request.header("timestamp"));
        let authorized = self.plugin.sif.authorized(authorization, time).await.map_err(Problem::failed)?;
        let caller = authorized.map_err(Problem::Refused)?;
        // Strangers never come so far; whoever was let in is counted by name.
        if let Err(wait) = self.pace.try_admit(&caller) {
            return Err(Problem::TooMany(wait.as_secs() + 1));
        }
        invocation.acts_for(&caller);
        let headers = Headers::read(request, self.behaviour, reply)?;
        let asked = headers.asked(address, context)?;
        invocation.note("zoneId", zone);
        invocation.note("authorizedEntityId", asked.authorized_entity_id);
        invocation.note("externalServiceId", asked.external_service_id);
        let shown = self.plugin.sif.shown(invocation, &self.provider, &asked, zone).await;
        shown.map_err(Problem::failed)
    }

    fn invocation(&self) -> Invocation {
        let context = Context { trace_id: Some(uuid::Uuid::now_v7().to_string()), ..Context::default() };
        Invocation::new("get_xsre", context, self.plugin.config.timeouts.operation())
    }
}

impl Face for Sif {
    fn answer(self: Arc<Self>, request: Request) -> BoxFuture<'static, Answer> {
        // In a task of its own, so that a caller who goes away leaves nothing without its audit entry.
        let work = tokio::spawn(self.handle(request));
        async move { work.await.unwrap_or_else(|_| request::empty(StatusCode::INTERNAL_SERVER_ERROR)) }.boxed()
    }
}

impl Problem {
    /// What a failure of ours or of the broker is to a caller: always the same.
    fn failed(error: crate::error::Error) -> Self {
        tracing::warn!(code = error.status().code(), "a retrieval failed");
        Self::Internal
    }
}
