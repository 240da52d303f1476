//! The interface of a learner records gateway: searching for learners, fetching their records, and the match
//! register, over REST with bearer tokens.
//!
//! In `compat` everything a caller can observe is as with the original gateway; in `strict` its defects are
//! mended and what it leaves out is added.

mod body;
mod problem;
mod route;
mod views;
mod work;

use std::sync::Arc;
use std::time::{Duration, Instant};

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use hyper::StatusCode;
use hyper::header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue, RETRY_AFTER, WWW_AUTHENTICATE};
use serde_json::json;

use super::Face;
use super::bearer::{Algorithm, Bearers, Holder, Policy, Refusal};
use super::config::{Config, LearnerRecords as Section};
use super::request::{self, Request};
use super::server::Answer;
use crate::error::Result;
use crate::http::Pace;
use crate::lrs::config::Behaviour;
use crate::plugin::Plugin;
use crate::store::AuditEntry;
use problem::Problem;
use route::Route;

/// May search, and read and change the register.
const UI: &str = "ROLE_LEARNER_RECORDS__LEARNER_RECORDS_MATCH_UI";
/// May read the register and the records of the people in it.
const RO: &str = "ROLE_LEARNER_RECORDS_SEARCH__RO";
/// May read all that is kept of a person.
const SAR: &str = "ROLE_SAR_DATA_ACCESS";

/// The day of the original whose behaviour is reproduced.
const ORIGINAL: &str = "2026-07-21";
const OPENAPI: &str = include_str!("openapi.json");
const DOCUMENTATION: &str = include_str!("documentation.html");

/// The interface of a plugin.
pub(super) struct LearnerRecords {
    plugin: Arc<Plugin>,
    provider: String,
    behaviour: Behaviour,
    bearers: Bearers,
    pace: Pace,
}

/// What a request came to.
struct Reply {
    answer: Answer,
    /// In the audit trail's words.
    outcome: String,
}

impl LearnerRecords {
    pub(super) fn new(config: &Config, section: &Section, plugin: &Arc<Plugin>) -> Result<Self> {
        let clock = plugin.clock.clone();
        let per_second = f64::from(config.requests_per_minute) / 60.0;
        let policy = Policy {
            url: section.jwks_url()?,
            issuer: section.issuer.clone(),
            audience: None,
            algorithms: &[Algorithm::Rs256],
        };
        let bearers = Bearers::new(policy, plugin.transport.clone(), clock.clone());
        Ok(Self {
            plugin: Arc::clone(plugin),
            provider: section.provider.clone(),
            behaviour: section.profile,
            bearers,
            // A burst is a tenth of a minute's worth.
            pace: Pace::new(clock, per_second, (config.requests_per_minute / 10).max(1)),
        })
    }

    fn is_strict(&self) -> bool {
        self.behaviour == Behaviour::Strict
    }

    async fn handle(self: Arc<Self>, mut request: Request) -> Answer {
        let (route, path) = (Route::of(&request.path), request.path.clone());
        if let Some(answer) = self.open_to_all(&request, route.as_ref()).await {
            return answer;
        }
        let holder = match self.admit(&request).await {
            Ok(holder) => holder,
            Err(answer) => return answer,
        };
        let result = match route {
            None => Err(Problem::NoResource(path.trim_start_matches('/').to_owned())),
            Some(route) if !route.permits(&request.method) => {
                Err(Problem::Method { used: request.method.to_string(), permitted: route.methods() })
            }
            Some(route) => {
                let route = route.with(&request.method);
                self.carry_out(&holder, route, &mut request).await
            }
        };
        result.unwrap_or_else(|problem| problem.answer(self.is_strict()))
    }

    /// Lets a caller in, or answers them.
    async fn admit(&self, request: &Request) -> Result<Holder, Answer> {
        let refused = |status| {
            let mut answer = request::empty(status);
            if status == StatusCode::UNAUTHORIZED {
                answer.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
            } else {
                answer.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("30"));
            }
            answer
        };
        let checked = self.bearers.check(request.header(AUTHORIZATION.as_str())).await;
        // Whoever has no good token is counted by address, so that trying tokens is no use.
        let caller = match &checked {
            Ok(Holder { client, .. }) => format!("client {client}"),
            Err(_) => format!("address {}", request.peer.address.ip()),
        };
        if let Err(wait) = self.pace.try_admit(&caller) {
            let problem = Problem::TooMany { retry_after_s: wait.as_secs() + 1 };
            return Err(problem.answer(self.is_strict()));
        }
        checked.map_err(|refusal| match refusal {
            Refusal::NotGood(reason) => {
                tracing::debug!(reason, "a caller's token was refused");
                refused(StatusCode::UNAUTHORIZED)
            }
            Refusal::Untold(error) => {
                tracing::warn!(code = error.status().code(), "a caller's token could not be checked");
                refused(StatusCode::SERVICE_UNAVAILABLE)
            }
        })
    }

    /// Does the work and enters it in the audit trail, without which nothing is answered.
    async fn carry_out(&self, holder: &Holder, route: Route, request: &mut Request) -> Result<Answer, Problem> {
        let began = Instant::now();
        let bound = self.bind(&route, request).await?;
        let allowed = route.roles().iter().any(|role| holder.authorities.iter().any(|held| held == role));
        let operation = route.what(holder.authorities.iter().any(|held| held == RO));
        let user = bound.user().map(str::to_owned);
        let subject = route.person().or(bound.person()).map(|person| self.plugin.lrs.pseudonym_of_person(person));
        let result = if allowed { self.work(&route, bound).await } else { Err(Problem::Forbidden) };
        let (outcome, status) = match &result {
            Ok(reply) => (reply.outcome.clone(), 0),
            Err(problem) => (problem.outcome().to_owned(), problem.status()),
        };
        let entry = AuditEntry {
            at: self.plugin.clock.wall(),
            operation: operation.into(),
            system: "lrs".into(),
            // As long as the context of an operation lets a user be.
            user: user.map(|user| user.chars().filter(|c| !c.is_control()).take(128).collect()),
            profile: Some(self.provider.clone()),
            subject,
            outcome,
            status,
            trace_id: Some(uuid::Uuid::now_v7().to_string()),
            duration_ms: u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX),
            details: None,
        };
        self.plugin.audit.record(entry).await?;
        result.map(|reply| reply.answer)
    }

    /// What needs no token: whether the listener works, and its documentation.
    async fn open_to_all(&self, request: &Request, route: Option<&Route>) -> Option<Answer> {
        let route = route.filter(|route| route.roles().is_empty())?;
        if !route.permits(&request.method) {
            let problem = Problem::Method { used: request.method.to_string(), permitted: route.methods() };
            return Some(problem.answer(self.is_strict()));
        }
        let text = |kind, text: &'static str| {
            let mut answer = request::empty(StatusCode::OK);
            *answer.body_mut() = text.into();
            answer.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
            answer
        };
        Some(match route {
            Route::Alive => request::json(StatusCode::OK, &json!({ "status": "UP" })),
            Route::Health => {
                let up = self.plugin.admin.is_store_readable().await;
                let (status, word) =
                    if up { (StatusCode::OK, "UP") } else { (StatusCode::SERVICE_UNAVAILABLE, "DOWN") };
                let components = json!({ "store": { "status": word } });
                request::json(status, &json!({ "status": word, "components": components }))
            }
            Route::Info => {
                let version = format!("{ORIGINAL}.learnerlink.{}", crate::VERSION);
                let build = json!({ "name": "hmpps-learner-records-api", "version": version });
                request::json(StatusCode::OK, &json!({ "build": build }))
            }
            Route::Documentation => text("text/html; charset=utf-8", DOCUMENTATION),
            _ => text("application/json", OPENAPI),
        })
    }

    /// How long the Learning Records Service may take for one request.
    fn patience(&self) -> Duration {
        self.plugin.config.timeouts.operation()
    }
}

impl Face for LearnerRecords {
    fn answer(self: Arc<Self>, request: Request) -> BoxFuture<'static, Answer> {
        // In a task of its own, so that a caller who goes away leaves nothing without its audit entry.
        let work = tokio::spawn(self.handle(request));
        async move { work.await.unwrap_or_else(|_| request::empty(StatusCode::INTERNAL_SERVER_ERROR)) }.boxed()
    }
}
