//! Accepts connections and hands their requests on until it is stopped.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use rustls::ServerConfig;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;

use super::certificate::Certificate;

/// How long a client may take for the TLS handshake, for the head of a request, and between two requests.
const PATIENCE: Duration = Duration::from_secs(15);
/// How long to wait when a connection cannot be accepted, such as for lack of file descriptors.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);
/// The most bytes of a request's head.
const LONGEST_HEAD: usize = 32 * 1024;

/// An answer.
pub(super) type Answer = Response<Full<Bytes>>;

/// Who sent a request.
#[derive(Clone, Debug)]
pub(super) struct Peer {
    /// Its address.
    pub(super) address: SocketAddr,
    /// The certificate it has shown, which one of the configured authorities has signed.
    pub(super) certificate: Option<Arc<Certificate>>,
}

/// What answers the requests.
pub(super) trait Handler: Send + Sync + 'static {
    /// Answers one.
    fn answer(self: Arc<Self>, request: Request<Incoming>, peer: Peer) -> BoxFuture<'static, Answer>;
}

/// What is served, and how.
pub(super) struct Service {
    pub(super) handler: Arc<dyn Handler>,
    pub(super) tls: Option<Arc<ServerConfig>>,
    pub(super) max_connections: usize,
}

/// Serves until `stop` says for how long the requests under way may still take; returns when all have ended.
pub(super) async fn serve(listener: TcpListener, service: Service, mut stop: watch::Receiver<Option<Duration>>) {
    let tls = service.tls.map(TlsAcceptor::from);
    let room = Arc::new(Semaphore::new(service.max_connections));
    let mut connections = JoinSet::new();
    let (drain, draining) = watch::channel(());
    let patience = loop {
        tokio::select! {
            biased;
            patience = stop.wait_for(Option::is_some) => break patience.ok().and_then(|patience| *patience),
            Some(_) = connections.join_next() => {}
            (stream, peer, place) = accepted(&listener, &room) => {
                let (handler, tls, draining) = (Arc::clone(&service.handler), tls.clone(), draining.clone());
                connections.spawn(async move {
                    connect(stream, peer, tls, handler, draining).await;
                    drop(place);
                });
            }
        }
    };
    drop((listener, drain));
    let ended = async { while connections.join_next().await.is_some() {} };
    if tokio::time::timeout(patience.unwrap_or_default(), ended).await.is_err() {
        tracing::warn!(connections = connections.len(), "requests under way were cut off");
    }
    connections.shutdown().await;
}

async fn accepted(
    listener: &TcpListener,
    room: &Arc<Semaphore>,
) -> (TcpStream, SocketAddr, tokio::sync::OwnedSemaphorePermit) {
    loop {
        // Room first: a connection that is not accepted costs us nothing.
        let Ok(place) = Arc::clone(room).acquire_owned().await else { std::future::pending().await };
        match listener.accept().await {
            Ok((stream, peer)) => return (stream, peer, place),
            Err(_) => tokio::time::sleep(ACCEPT_PAUSE).await,
        }
    }
}

async fn connect(
    stream: TcpStream,
    address: SocketAddr,
    tls: Option<TlsAcceptor>,
    handler: Arc<dyn Handler>,
    draining: watch::Receiver<()>,
) {
    // Without this, small answers may wait for an acknowledgement; failing to set it only costs time.
    let _ = stream.set_nodelay(true);
    match tls {
        None => converse(stream, Peer { address, certificate: None }, handler, draining).await,
        Some(acceptor) => {
            if let Ok(Ok(stream)) = tokio::time::timeout(PATIENCE, acceptor.accept(stream)).await {
                let shown = stream.get_ref().1.peer_certificates().and_then(|chain| chain.first());
                let certificate = shown.and_then(|leaf| Certificate::read(leaf)).map(Arc::new);
                converse(stream, Peer { address, certificate }, handler, draining).await;
            }
        }
    }
}

async fn converse<S>(stream: S, peer: Peer, handler: Arc<dyn Handler>, mut draining: watch::Receiver<()>)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let service = service_fn(move |request| {
        let answer = Arc::clone(&handler).answer(request, peer.clone());
        async move { Ok::<_, Infallible>(AssertUnwindSafe(answer).catch_unwind().await.unwrap_or_else(|_| broken())) }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(PATIENCE)
        .max_buf_size(LONGEST_HEAD)
        .serve_connection(TokioIo::new(stream), service);
    tokio::pin!(connection);
    // An error ends this connection: the client went away or spoke no HTTP.
    tokio::select! {
        _ = connection.as_mut() => {}
        // Fails when the sender is gone, which is the sign.
        _ = draining.changed() => {
            connection.as_mut().graceful_shutdown();
            let _ = connection.await;
        }
    }
}

/// What is answered after a panic, which the log has.
fn broken() -> Answer {
    let mut answer = Response::new(Full::default());
    *answer.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
    answer
}
