//! The catalogue: every operation, entered once.
//!
//! From the one entry come the named C function's body, the start by name, the command line's `call`,
//! the JSON Schemas and the tables of the documentation.

mod admin;
mod batch;
mod enrollment;
mod linkage;
mod lrs;
#[cfg(feature = "schema")]
pub(crate) mod schema;
mod sif;
mod vera;

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use schemars::JsonSchema;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::error::{Error, Result, Status};
use crate::invocation::{Context, Invocation, WithContext};
use crate::json::{self, Document};
use crate::plugin::Plugin;
use crate::privacy::Wiped;

/// How much longer than its budget an operation may take before it is stopped from outside: handlers
/// watch the budget themselves and know better what to say.
const BACKSTOP: Duration = Duration::from_secs(2);

/// The outside system an operation talks to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum System {
    /// DfE View Education Record.
    Vera,
    /// The Learning Records Service.
    Lrs,
    /// SIF Student Record Exchange.
    Sif,
    /// Student-mobility enrolment.
    Enrollment,
    /// NHS IM1 linkage keys.
    Linkage,
    /// None: the library's own store and state.
    Admin,
    /// Any: bulk jobs of the other systems' operations.
    Batch,
}

impl System {
    /// The name used in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Vera => "vera",
            Self::Lrs => "lrs",
            Self::Sif => "sif",
            Self::Enrollment => "enrollment",
            Self::Linkage => "linkage",
            Self::Admin => "admin",
            Self::Batch => "batch",
        }
    }
}

/// A request type of the catalogue.
pub trait Request: DeserializeOwned + JsonSchema + Send + 'static {
    /// How long the request asks the library to wait for somebody, on top of the time for calls.
    fn waits(&self) -> Duration {
        Duration::ZERO
    }
}

/// A response type of the catalogue.
pub trait Response: Serialize + JsonSchema {
    /// What the answer is, in one of the operation's outcome words.
    fn outcome(&self) -> &'static str;
}

/// Takes the outcome of responses from their member of that name.
macro_rules! with_outcome {
    ($($response:ty),* $(,)?) => {
        $(impl $crate::operations::Response for $response {
            fn outcome(&self) -> &'static str {
                self.outcome
            }
        })*
    };
}
pub(crate) use with_outcome;

/// The JSON text of a response. It may hold a record, so its memory is wiped.
#[derive(Clone)]
pub struct Answer {
    /// The response.
    pub json: Wiped<String>,
    /// Its outcome.
    pub outcome: &'static str,
}

type Work = Pin<Box<dyn Future<Output = Result<Answer>> + Send>>;
type Begin = Box<dyn Fn(&Arc<Plugin>, &str) -> Result<(Arc<Invocation>, Work)> + Send + Sync>;
type Check = Box<dyn Fn(&Plugin, &str) -> Result<()> + Send + Sync>;
type AtOnce = Box<dyn Fn(&Plugin, &str) -> Result<Option<Answer>> + Send + Sync>;

/// An entry of the catalogue.
pub struct Operation {
    /// Its place in the catalogue.
    pub place: usize,
    /// Its name, which is also the C function's after the prefix.
    pub name: &'static str,
    /// The system it talks to.
    pub system: System,
    /// One sentence on what it does.
    pub summary: &'static str,
    /// Every outcome, with what it means.
    pub outcomes: &'static [(&'static str, &'static str)],
    /// Whether it is entered in the audit trail.
    pub audited: bool,
    /// Whether doing it twice does no more than doing it once: nothing is sent to a person or made a second time, and
    /// the second answer is as good as the first.
    pub repeatable: bool,
    /// Whether it can be run for every row of a file.
    pub batchable: bool,
    begin: Begin,
    check: Option<Check>,
    at_once: Option<AtOnce>,
    #[cfg(feature = "schema")]
    request: schema::SchemaOf,
    #[cfg(feature = "schema")]
    response: schema::SchemaOf,
}

#[cfg(feature = "schema")]
pub use schema::description;

/// All operations, by the order of the documentation.
pub static CATALOGUE: LazyLock<Vec<Operation>> = LazyLock::new(catalogue);

/// The same by the lengths of their names and then the names, so that finding one compares few texts.
static BY_NAME: LazyLock<Vec<&'static Operation>> = LazyLock::new(|| {
    let mut sorted = Vec::with_capacity(CATALOGUE.len());
    for operation in CATALOGUE.iter() {
        let (Ok(place) | Err(place)) = place_of(&sorted, operation.name);
        sorted.insert(place, operation);
    }
    sorted
});

/// Where the operation of this name is, or is to be put.
fn place_of(sorted: &[&Operation], name: &str) -> Result<usize, usize> {
    sorted.binary_search_by(|known| known.name.len().cmp(&name.len()).then_with(|| known.name.cmp(name)))
}

fn catalogue() -> Vec<Operation> {
    let mut operations: Vec<Operation> = [
        vera::entries(),
        lrs::entries(),
        sif::entries(),
        enrollment::entries(),
        linkage::entries(),
        admin::entries(),
        batch::entries(),
    ]
    .into_iter()
    .flatten()
    .collect();
    for (place, operation) in operations.iter_mut().enumerate() {
        operation.place = place;
    }
    operations
}

/// The outcome of operations that either do what they say or fail.
const OK: &[(&str, &str)] = &[("ok", "Done.")];

fn operation<Req, Res, F, Fut>(
    name: &'static str,
    system: System,
    summary: &'static str,
    outcomes: &'static [(&'static str, &'static str)],
    handler: F,
) -> Operation
where
    Req: Request,
    Res: Response,
    F: Fn(Arc<Plugin>, Arc<Invocation>, Req) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Result<Res>> + Send + 'static,
{
    let begin = move |plugin: &Arc<Plugin>, text: &str| {
        let WithContext::<Req> { context, request } = read(text)?;
        let invocation = invoked(plugin, name, context, request.waits());
        let response = handler(Arc::clone(plugin), Arc::clone(&invocation), request);
        let work: Work = Box::pin(async move {
            crate::failpoint::hit("operation.work");
            answered(&response.await?)
        });
        Ok((invocation, work))
    };
    Operation {
        place: 0,
        name,
        system,
        summary,
        outcomes,
        audited: true,
        repeatable: true,
        batchable: true,
        begin: Box::new(begin),
        check: None,
        at_once: None,
        #[cfg(feature = "schema")]
        request: |generator| Req::json_schema(generator),
        #[cfg(feature = "schema")]
        response: |generator| Res::json_schema(generator),
    }
}

fn invoked(plugin: &Plugin, name: &'static str, context: Context, waits: Duration) -> Arc<Invocation> {
    let limit = context.timeout_ms.map_or(plugin.config.timeouts.operation(), Duration::from_millis);
    let budget = if context.timeout_ms.is_some() { limit } else { limit + waits };
    Arc::new(Invocation::new(name, context, budget))
}

fn read<Req: Request>(text: &str) -> Result<WithContext<Req>> {
    let read: Result<WithContext<Req>> = json::read(Document::Request, text);
    if let Ok(read) = &read {
        read.context.validate()?;
    }
    read
}

fn answered(response: &impl Response) -> Result<Answer> {
    let json = serde_json::to_string(response).map_err(|_| Error::internal("a response has no JSON form"))?;
    Ok(Answer { json: json.into(), outcome: response.outcome() })
}

impl Operation {
    fn unaudited(mut self) -> Self {
        self.audited = false;
        self
    }

    /// Says that doing it twice sends or makes something twice, or loses an answer.
    fn not_repeatable(mut self) -> Self {
        self.repeatable = false;
        self
    }

    /// Says that it is about a whole file or the whole plugin, and not about a row.
    fn not_for_rows(mut self) -> Self {
        self.batchable = false;
        self
    }

    /// Gives an operation a way to find what its work would refuse before it asks anybody.
    fn checked_by<Req: Request>(
        mut self,
        check: impl Fn(&Plugin, &Invocation, Req) -> Result<()> + Send + Sync + 'static,
    ) -> Self {
        let name = self.name;
        self.check = Some(Box::new(move |plugin, text| {
            let WithContext::<Req> { context, request } = read(text)?;
            check(plugin, &invoked(plugin, name, context, Duration::ZERO), request)
        }));
        self
    }

    /// Gives an operation that is not audited a way to answer without waiting for anything, which it takes
    /// when it can.
    fn at_once<Req: Request, Res: Response>(
        mut self,
        handler: impl Fn(&Plugin, &Req) -> Option<Res> + Send + Sync + 'static,
    ) -> Self {
        debug_assert!(!self.audited, "writing the audit entry would have to be waited for");
        self.at_once = Some(Box::new(move |plugin, text| {
            let request = read::<Req>(text)?.request;
            crate::failpoint::hit("operation.work");
            handler(plugin, &request).as_ref().map(answered).transpose()
        }));
        self
    }

    /// Finds an operation by name.
    ///
    /// # Errors
    /// `UNKNOWN_OPERATION`.
    pub fn find(name: &str) -> Result<&'static Self> {
        let place = place_of(&BY_NAME, name);
        place.map(|place| BY_NAME[place]).map_err(|_| Error::UnknownOperation)
    }

    /// Answers on the calling thread where that needs no waiting; `None` where it does.
    ///
    /// # Errors
    /// As [`Operation::prepare`].
    pub fn answer_at_once(&self, plugin: &Plugin, request_json: &str) -> Result<Option<Answer>> {
        let Some(at_once) = &self.at_once else { return Ok(None) };
        let answer = self.admit(plugin, request_json).and_then(|()| at_once(plugin, request_json));
        match &answer {
            Ok(Some(answer)) => plugin.stats.count(self.place, answer.outcome, None),
            Ok(None) => {}
            Err(error) => plugin.stats.count(self.place, error.status().code(), None),
        }
        answer
    }

    /// Reads and checks a request, so that bad input fails here and not in the work.
    ///
    /// # Errors
    /// `CLOSED`, `TOO_LARGE`, `INVALID_JSON`, `UNKNOWN_KEY`, `INVALID_INPUT`.
    pub fn prepare(&'static self, plugin: &Arc<Plugin>, request_json: &str) -> Result<Prepared> {
        let prepared = self.checked(plugin, request_json);
        if let Err(error) = &prepared {
            plugin.stats.count(self.place, error.status().code(), None);
        }
        prepared
    }

    /// Reads and checks a request without a word to anybody, as far as that can be done.
    ///
    /// # Errors
    /// As [`Operation::prepare`].
    pub fn check(&'static self, plugin: &Arc<Plugin>, request_json: &str) -> Result<()> {
        match &self.check {
            Some(check) => self.admit(plugin, request_json).and_then(|()| check(plugin, request_json)),
            None => self.checked(plugin, request_json).map(drop),
        }
    }

    fn admit(&self, plugin: &Plugin, text: &str) -> Result<()> {
        crate::failpoint::hit("operation.read");
        plugin.check_open()?;
        let (size, limit) = (text.len() as u64, plugin.config.limits.max_request_bytes);
        if size > limit { Err(Error::TooLarge { what: "request", size, limit }) } else { Ok(()) }
    }

    fn checked(&'static self, plugin: &Arc<Plugin>, text: &str) -> Result<Prepared> {
        self.admit(plugin, text)?;
        let (invocation, work) = (self.begin)(plugin, text)?;
        Ok(Prepared { operation: self, plugin: Arc::clone(plugin), invocation, work })
    }

    /// The entry as JSON, without its schemas.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let outcomes: Vec<Value> =
            self.outcomes.iter().map(|(name, meaning)| json!({ "name": name, "meaning": meaning })).collect();
        json!({
            "name": self.name,
            "system": self.system.name(),
            "summary": self.summary,
            "outcomes": outcomes,
            "audited": self.audited,
            "repeatable": self.repeatable,
            "batchable": self.batchable,
        })
    }
}

/// A request that was read and checked, ready to be worked on.
pub struct Prepared {
    operation: &'static Operation,
    plugin: Arc<Plugin>,
    /// Who asks and how far it is.
    pub invocation: Arc<Invocation>,
    work: Work,
}

impl Prepared {
    /// Does the work until it is done or `stop` says why it must end. What came of it is counted and,
    /// before anyone gets the answer, entered in the audit trail.
    ///
    /// # Errors
    /// Whatever the operation's documentation lists.
    pub async fn run(self, stop: impl Future<Output = Error>) -> Result<Answer> {
        self.run_and(stop, |_| {}).await
    }

    /// The same, and does `then` when the work is done, which is before it is entered in the audit trail.
    ///
    /// # Errors
    /// As [`Prepared::run`].
    pub async fn run_and(
        self,
        stop: impl Future<Output = Error>,
        then: impl FnOnce(&Result<Answer>),
    ) -> Result<Answer> {
        let Self { operation, plugin, invocation, work } = self;
        let budget = invocation.budget();
        let result = tokio::select! {
            biased;
            reason = stop => Err(reason),
            result = tokio::time::timeout(budget + BACKSTOP, work) => result.unwrap_or_else(|_| Err(Error::DeadlineExceeded {
                host: operation.system.name().into(),
                waited_ms: u64::try_from(budget.as_millis()).unwrap_or(u64::MAX),
                upstream: crate::error::Upstream::default(),
            })),
        };
        then(&result);
        let outcome = counted(operation, &plugin, &invocation, &result);
        if operation.audited && !invocation.was_entered() {
            let status = result.as_ref().map_or_else(Error::status, |_| Status::Ok).number();
            let entry = invocation.entry(operation.system.name(), plugin.clock.wall(), outcome, status);
            plugin.audit.record(entry).await?;
        }
        result
    }
}

/// Counts and logs what came of an operation; answers with the word for it.
fn counted(operation: &Operation, plugin: &Plugin, invocation: &Invocation, result: &Result<Answer>) -> &'static str {
    let outcome = match result {
        Ok(answer) => answer.outcome,
        Err(error) => error.status().code(),
    };
    plugin.stats.count(operation.place, outcome, Some(invocation.started.elapsed()));
    if let Err(error) = result {
        tracing::info!(operation = operation.name, code = outcome, "an operation failed");
        if matches!(error, Error::Internal { .. }) {
            tracing::error!(operation = operation.name, error = %error, "a defect");
        }
    }
    outcome
}

/// The catalogue with the schemas of requests and responses, versions, and the tables of outcomes and errors,
/// as JSON.
///
/// Generated beforehand, because what makes the schemas takes a tenth of the library's room.
pub const DESCRIPTION: &str = include_str!("../include/catalogue.json");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_every_operation_is_described() {
        let mut names: Vec<_> = CATALOGUE.iter().map(|operation| operation.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), CATALOGUE.len());
        for operation in CATALOGUE.iter() {
            assert_eq!(Operation::find(operation.name).unwrap().place, operation.place);
            assert!(operation.summary.ends_with('.'), "{}", operation.name);
            assert!(!operation.outcomes.is_empty(), "{}", operation.name);
            assert!(operation.outcomes.iter().all(|(name, _)| !name.contains('_')), "{}", operation.name);
        }
    }
}
