//! The interfaces over our own register of linkage keys: the native one, and two that look like suppliers'.
//!
//! Only callers with a certificate on the allow-list and a token that is bound to it are let in (section 7 of the
//! linkage specification).

mod access;
mod answer;
mod body;
mod shape;

use std::sync::Arc;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use hyper::StatusCode;
use hyper::header::{ALLOW, CACHE_CONTROL, HeaderValue};

use super::Face;
use super::config::{Config, Linkage as Section};
use super::request::{self, Request};
use super::server::Answer;
use crate::error::{Error, Result, Status};
use crate::invocation::{Context, Invocation};
use crate::linkage::outcome::Outcome;
use crate::linkage::query::{Query, Said};
use crate::linkage::rules::{self, Check};
use crate::plugin::Plugin;
use access::{Access, Caller};
use answer::Reply;
use body::Given;
use shape::{Function, Shape};

/// What the addresses of all interfaces begin with.
pub(super) const BEGINNINGS: [&str; 3] = Shape::BEGINNINGS;

/// The interfaces of a plugin.
pub(super) struct Linkage {
    plugin: Arc<Plugin>,
    access: Access,
    shapes: Vec<Shape>,
}

impl Linkage {
    pub(super) fn new(config: &Config, section: &Section, plugin: &Arc<Plugin>) -> Result<Self> {
        let access = Access::new(section, config, plugin)?;
        let shapes = [
            (section.native, Shape::Native),
            (section.header, Shape::Header),
            (section.organisations, Shape::Organisations),
        ];
        let shapes = shapes.into_iter().filter_map(|(on, shape)| on.then_some(shape)).collect();
        Ok(Self { plugin: Arc::clone(plugin), access, shapes })
    }

    async fn handle(self: Arc<Self>, mut request: Request) -> Answer {
        let mut answer = self.answered(&mut request).await;
        answer.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        answer
    }

    async fn answered(&self, request: &mut Request) -> Answer {
        let Some(route) = self.shapes.iter().find_map(|shape| shape.route(&request.path)) else {
            return Reply::none(Shape::Native, Function::Retrieve).refusal(StatusCode::NOT_FOUND);
        };
        let Some(function) = route.function(&request.method) else {
            let mut answer = Reply::none(route.shape, Function::Retrieve).refusal(StatusCode::METHOD_NOT_ALLOWED);
            answer.headers_mut().insert(ALLOW, HeaderValue::from_static(route.methods()));
            return answer;
        };
        if route.is_health {
            let up = self.plugin.admin.is_store_readable().await;
            return request::empty(if up { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE });
        }
        let trace = Trace::of(request, route.shape, function);
        let mut reply = Reply::new(route.shape, function, trace.id.clone());
        let (invocation, result) = match self.access.admit(request, function).await {
            Err(refusal) => {
                let invocation = self.invocation(function, refusal.caller.as_ref(), &trace);
                reply.retry_after(refusal.retry_after);
                invocation.note("reason", refusal.reason);
                invocation.note("number", refusal.outcome.number());
                (invocation, Err(refusal.outcome))
            }
            Ok(caller) => {
                let invocation = self.invocation(function, Some(&caller), &trace);
                let given = match Given::read(request, &route, function).await {
                    Ok(given) => given,
                    // It cannot be told whom the request is about.
                    Err(body::Problem::Status(status)) => return reply.refusal(status),
                    Err(body::Problem::Unreadable) => Given::default(),
                };
                let result = self.work(&invocation, function, &given, &trace, &mut reply).await;
                (invocation, result)
            }
        };
        let (word, status) = audited(&result);
        if !invocation.was_entered() {
            let entry = invocation.entry("linkage", self.plugin.clock.wall(), word, status);
            if let Err(error) = self.plugin.audit.record(entry).await {
                // Without its entry nothing is answered.
                tracing::warn!(
                    code = error.status().code(),
                    "a linkage request could not be entered in the audit trail"
                );
                let failed = match function {
                    Function::Retrieve => Outcome::RetrieveFailed,
                    Function::Create => Outcome::CreateFailed,
                };
                return reply.of(&Said::not(failed));
            }
        }
        match result {
            Ok(said) => reply.of(&said),
            Err(outcome) => reply.of(&Said::not(outcome)),
        }
    }

    /// Reads what is asked, and asks the register.
    async fn work(
        &self,
        invocation: &Invocation,
        function: Function,
        given: &Given,
        trace: &Trace,
        reply: &mut Reply,
    ) -> Result<Said, Outcome> {
        let query = self.query(function, given, trace);
        let asked = match query {
            Ok(query) => match function {
                Function::Retrieve => self.plugin.linkage.retrieve(invocation, &query).await,
                Function::Create => self.plugin.linkage.create(invocation, &query).await,
            },
            Err(error) => Err(error),
        };
        asked.map_err(|error| {
            let outcome = Outcome::of_error(&error);
            invocation.note("number", outcome.number());
            match &error {
                Error::InvalidFields { fields } => {
                    reply.fields(fields.iter().map(|(name, _)| trace.named(name)).collect());
                }
                Error::CorrelationConflict { reason, .. } => reply.reason(reason),
                Error::Throttled { retry_after_ms, .. } => reply.retry_after(Some(*retry_after_ms)),
                other => {
                    tracing::warn!(code = other.status().code(), "a linkage request failed");
                    invocation.note("reason", other.status().code());
                }
            }
            outcome
        })
    }

    fn query(&self, function: Function, given: &Given, trace: &Trace) -> Result<Query> {
        let config = self.plugin.linkage.config();
        let mut check = Check::default();
        let number = check.read("nhsNumber", given.nhs_number(|text| rules::nhs_number(config, text)));
        let ods = check.read("odsCode", given.ods_code(|text| rules::ods_code(config, text)));
        let mut demographics = None;
        if function == Function::Create {
            let now = self.plugin.clock.wall();
            let surname = check.read("surname", given.surname(rules::surname));
            let born = check.read("dateOfBirth", given.date_of_birth(|text| rules::date_of_birth(text, now)));
            demographics = surname.zip(born).map(|(surname, born)| crate::linkage::query::Demographics {
                surname: surname.into(),
                date_of_birth: born.into(),
            });
        }
        check.read("traceId", trace.problem.map_or(Ok(()), Err));
        check.finish()?;
        let unread = || Error::internal("a value was neither read nor refused");
        Ok(Query {
            ods_code: ods.ok_or_else(unread)?,
            nhs_number: number.ok_or_else(unread)?,
            demographics,
            trace_id: trace.id.clone(),
            identity_token: None,
            email_address: None,
        })
    }

    fn invocation(&self, function: Function, caller: Option<&Caller>, trace: &Trace) -> Invocation {
        let context =
            Context { user: caller.map(Caller::identity), trace_id: Some(trace.id.clone()), ..Context::default() };
        Invocation::new(function.operation(), context, self.plugin.config.timeouts.operation())
    }
}

impl Face for Linkage {
    fn answer(self: Arc<Self>, request: Request) -> BoxFuture<'static, Answer> {
        // In a task of its own, so that a caller who goes away leaves nothing without its audit entry.
        let work = tokio::spawn(self.handle(request));
        async move {
            work.await.unwrap_or_else(|_| {
                let mut answer = Reply::none(Shape::Native, Function::Retrieve).of(&Said::not(Outcome::GenericError));
                answer.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
                answer
            })
        }
        .boxed()
    }
}

/// The caller's reference.
struct Trace {
    /// It, or one that was made.
    id: String,
    /// What is wrong with what was sent.
    problem: Option<&'static str>,
    /// The header it comes in.
    header: &'static str,
}

impl Trace {
    fn of(request: &Request, shape: Shape, function: Function) -> Self {
        let header = function.trace_header();
        let mut values = request.headers.get_all(header).iter();
        let (first, second) = (values.next(), values.next());
        let sent = first.and_then(|value| value.to_str().ok()).map(str::trim);
        let problem = match (first.is_some(), second.is_some(), sent.map(rules::trace_id)) {
            // Only the native interface insists on one.
            (false, ..) => (shape == Shape::Native).then_some("is missing"),
            (true, true, _) => Some("is given twice"),
            (true, false, Some(Ok(()))) => None,
            (true, false, _) => Some("must have 1 to 64 letters, digits, full stops, underscores or hyphens"),
        };
        let good = problem.is_none().then_some(sent).flatten();
        let id = good.map_or_else(|| uuid::Uuid::new_v4().to_string(), str::to_owned);
        Self { id, problem, header }
    }

    /// The name under which a caller knows a field.
    fn named(&self, field: &'static str) -> &'static str {
        if field == "traceId" { self.header } else { field }
    }
}

/// The word and status of a result in the audit trail.
fn audited(result: &Result<Said, Outcome>) -> (&'static str, i32) {
    let outcome = match result {
        Ok(said) => said.outcome,
        Err(outcome) => *outcome,
    };
    let status = match outcome {
        Outcome::InvalidRequest => Status::InvalidInput,
        Outcome::Unauthenticated => Status::AuthRejected,
        Outcome::Forbidden => Status::Forbidden,
        Outcome::RateLimited => Status::Throttled,
        Outcome::Unavailable => Status::Unavailable,
        Outcome::CorrelationConflict => Status::Conflict,
        Outcome::GenericError => Status::Internal,
        _ => Status::Ok,
    };
    (outcome.word(), status.number())
}
