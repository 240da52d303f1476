//! Lets every request in: reads it, records it, applies faults and dates the answer.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::{Duration, Instant, SystemTime};

use axum::Router;
use axum::body::{Body, Bytes, HttpBody};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Request, Response, header};
use hyper::body::{Frame, Incoming, SizeHint};
use tokio::time::sleep;
use tower_service::Service;

use crate::clock::http_date;
use crate::faults::{Answering, Fault, Finish, Severed};
use crate::problem::Problem;
use crate::upstream::{self, Face};
use crate::world::Core;

/// The largest body that is accepted: one mebibyte.
const LARGEST_BODY: usize = 1 << 20;

/// How much of a body that is too large is still read, so that the client gets to see the refusal.
const MOST_DRAINED: usize = 64 << 20;

/// Marks an answer with the UKPRN of the provider that the request was made for.
#[derive(Clone, Debug)]
pub(crate) struct ActingProvider(pub(crate) String);

/// Marks an answer that is not to be sent: the connection is cut instead.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cut;

/// Answers one request.
pub(crate) async fn admit(
    core: Arc<Core>,
    face: Face,
    router: Router,
    request: Request<Incoming>,
) -> Result<Response<Body>, Severed> {
    let (parts, incoming) = request.into_parts();
    let endpoint = upstream::endpoint(&core.site, face, parts.uri.path());
    let read = read_body(incoming).await?;
    let mut answer = match endpoint {
        Some(endpoint) => emulate(&core, router, parts, read, endpoint).await?,
        None => route(&core, router, parts, read, None).await,
    };
    let date = http_date(core.world().clock.now()).and_then(|date| HeaderValue::try_from(date).ok());
    if let Some(date) = date {
        answer.headers_mut().insert(header::DATE, date);
    }
    Ok(answer)
}

/// Answers a request to an emulated service, which is recorded and may meet a fault.
pub(crate) async fn emulate(
    core: &Arc<Core>,
    router: Router,
    parts: Parts,
    read: Option<Bytes>,
    endpoint: &'static str,
) -> Result<Response<Body>, Severed> {
    let body = read.clone().unwrap_or_default();
    let (number, fault, latency) = {
        let mut world = core.world();
        let at = SystemTime::from(world.clock.now());
        let number = world.recorder.enter(at, &parts.method, &parts.uri, &parts.headers, endpoint, &body);
        let fault = if endpoint.is_empty() { None } else { world.faults.take(endpoint) };
        if let Some(entry) = world.recorder.entry(number) {
            entry.faulted = fault.is_some();
        }
        let general = if endpoint.is_empty() { 0 } else { world.settings.latency_ms };
        (number, fault, Duration::from_millis(general))
    };
    core.announce();
    let mut watch = Watch { core: Arc::clone(core), number, over: false };

    pause(latency).await;
    let finish = match fault {
        None => Finish::Answer(route(core, router, parts, read, Some(endpoint)).await),
        Some(fault) => suffer(core, router, parts, read, endpoint, &fault).await,
    };
    let cut = |answer: &Response<Body>| answer.extensions().get::<Cut>().is_some();
    match finish {
        Finish::Answer(answer) if cut(&answer) => {
            watch.end();
            Err(Severed)
        }
        Finish::Sever => {
            watch.end();
            Err(Severed)
        }
        Finish::Answer(answer) => Ok(watch.follow(answer)),
    }
}

/// Answers a request that meets `fault`.
async fn suffer(
    core: &Arc<Core>,
    router: Router,
    parts: Parts,
    read: Option<Bytes>,
    endpoint: &'static str,
    fault: &Fault,
) -> Finish {
    let latency = Duration::from_millis(fault.waits_ms());
    let answering = fault.answering();
    let real = if answering == Answering::Alone {
        pause(latency).await;
        None
    } else if fault.after_effect {
        let answer = route(core, router, parts, read, Some(endpoint)).await;
        pause(latency).await;
        Some(answer)
    } else {
        pause(latency).await;
        Some(route(core, router, parts, read, Some(endpoint)).await)
    };
    let acting = real.as_ref().and_then(|answer| answer.extensions().get::<ActingProvider>().cloned());
    let mut base = match (real, answering) {
        (Some(real), Answering::Reshaping) => real,
        _ => written(core, upstream::faulty_answer(core, endpoint, fault)),
    };
    if let Some(acting) = acting {
        base.extensions_mut().insert(acting);
    }
    let (head, body) = base.into_parts();
    let body = axum::body::to_bytes(body, usize::MAX).await.unwrap_or_default();
    let now = core.world().clock.now();
    fault.finish(Response::from_parts(head, Body::empty()), body, now)
}

/// How late the runtime's timer is on average: it wakes at whole milliseconds.
const LATE: Duration = Duration::from_micros(500);

/// Waits in real time; a wait of nothing costs nothing.
async fn pause(latency: Duration) {
    if !latency.is_zero() {
        sleep(latency.saturating_sub(LATE)).await;
    }
}

/// Hands a request to the service it is for.
async fn route(
    core: &Core,
    mut router: Router,
    parts: Parts,
    read: Option<Bytes>,
    endpoint: Option<&str>,
) -> Response<Body> {
    let Some(body) = read else {
        return written(core, upstream::too_large(core, endpoint));
    };
    // A router is always ready and never fails.
    let Ok(answer) = Service::call(&mut router, Request::from_parts(parts, Body::from(body))).await;
    written(core, answer)
}

/// Writes the problem document of an answer that stands for one.
fn written(core: &Core, mut answer: Response<Body>) -> Response<Body> {
    if let Some(problem) = answer.extensions_mut().remove::<Problem>() {
        let trace_id = core.world().chance.trace_id();
        // The router has counted the empty body that stood for the document.
        answer.headers_mut().remove(header::CONTENT_LENGTH);
        *answer.body_mut() = Body::from(problem.document(&trace_id));
    }
    answer
}

/// Reads a body whole, or `None` when it is too large; fails when the client breaks off.
async fn read_body(mut incoming: Incoming) -> Result<Option<Bytes>, Severed> {
    let mut kept = Vec::new();
    let mut seen = 0;
    while let Some(frame) = std::future::poll_fn(|context| Pin::new(&mut incoming).poll_frame(context)).await {
        let Ok(piece) = frame.map_err(|_| Severed)?.into_data() else { continue };
        seen += piece.len();
        if seen <= LARGEST_BODY {
            kept.extend_from_slice(&piece);
        } else {
            kept = Vec::new();
        }
        if seen > MOST_DRAINED {
            break;
        }
    }
    Ok((seen <= LARGEST_BODY).then(|| Bytes::from(kept)))
}

/// Follows one request to its end, and notes when the client does not stay for the answer.
struct Watch {
    core: Arc<Core>,
    number: u64,
    over: bool,
}

impl Watch {
    /// Notes the answer and goes along with its body.
    fn follow(mut self, answer: Response<Body>) -> Response<Body> {
        let acting = answer.extensions().get::<ActingProvider>().map(|provider| provider.0.clone());
        if let Some(entry) = self.core.world().recorder.entry(self.number) {
            entry.status = Some(answer.status().as_u16());
            entry.ukprn = acting;
        }
        let (head, body) = answer.into_parts();
        if body.is_end_stream() {
            self.end();
            return Response::from_parts(head, body);
        }
        Response::from_parts(head, Body::new(Watched { body, watch: self }))
    }

    /// Notes that nothing more is to be sent.
    fn end(&mut self) {
        if self.over {
            return;
        }
        self.over = true;
        if let Some(entry) = self.core.world().recorder.entry(self.number) {
            entry.answered = Some(Instant::now());
        }
        self.core.announce();
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        if self.over {
            return;
        }
        if let Some(entry) = self.core.world().recorder.entry(self.number) {
            entry.abandoned = true;
        }
        self.core.announce();
    }
}

/// A body that is watched until its last piece has been handed over.
struct Watched {
    body: Body,
    watch: Watch,
}

impl HttpBody for Watched {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let polled = Pin::new(&mut self.body).poll_frame(context);
        let over = match &polled {
            Poll::Ready(None | Some(Err(_))) => true,
            Poll::Ready(Some(Ok(_))) => self.body.is_end_stream(),
            Poll::Pending => false,
        };
        if over {
            self.watch.end();
        }
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
