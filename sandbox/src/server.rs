//! Accepts connections on a thread of its own until it is stopped.

use std::io;
use std::net::TcpListener as StdListener;
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use rustls::ServerConfig;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::oneshot;
use tokio::time::{sleep, timeout};
use tokio_rustls::TlsAcceptor;

use crate::gate;
use crate::upstream::Face;
use crate::world::Core;

/// How long a client may take for the TLS handshake, and for the head of a request.
const PATIENCE: Duration = Duration::from_secs(30);

/// How long to wait when a connection cannot be accepted, such as for lack of file descriptors.
const ACCEPT_PAUSE: Duration = Duration::from_millis(20);

/// What is served on a port.
#[derive(Clone)]
struct Served {
    core: Arc<Core>,
    face: Face,
    router: Router,
}

/// A running server; dropping it closes its port and its connections before the drop returns.
#[derive(Debug)]
pub(crate) struct Server {
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Serves `core` on `listener`, with TLS when a configuration is given.
    pub(crate) fn start(
        listener: StdListener,
        tls: Option<Arc<ServerConfig>>,
        core: Arc<Core>,
        face: Face,
        router: Router,
    ) -> io::Result<Self> {
        listener.set_nonblocking(true)?;
        let runtime = Builder::new_current_thread().enable_io().enable_time().build()?;
        let (stop, stopped) = oneshot::channel();
        let thread = thread::Builder::new().name("sandbox".to_owned()).spawn(move || {
            run(&runtime, listener, tls.map(TlsAcceptor::from), &Served { core, face, router }, stopped);
        })?;
        Ok(Self { stop: Some(stop), thread: Some(thread) })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // A panic of the thread has been reported by then, and nothing is left to be stopped.
            let _ = thread.join();
        }
    }
}

fn run(
    runtime: &Runtime,
    listener: StdListener,
    tls: Option<TlsAcceptor>,
    served: &Served,
    stopped: oneshot::Receiver<()>,
) {
    runtime.block_on(async {
        let Ok(listener) = TcpListener::from_std(listener) else { return };
        tokio::select! {
            () = accept(&listener, tls.as_ref(), served) => {}
            _ = stopped => {}
        }
    });
}

async fn accept(listener: &TcpListener, tls: Option<&TlsAcceptor>, served: &Served) {
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            sleep(ACCEPT_PAUSE).await;
            continue;
        };
        let (tls, served) = (tls.cloned(), served.clone());
        tokio::spawn(async move { connect(stream, tls, served).await });
    }
}

async fn connect(stream: TcpStream, tls: Option<TlsAcceptor>, served: Served) {
    // Without this, small answers may wait for an acknowledgement; failing to set it only costs time.
    let _ = stream.set_nodelay(true);
    match tls {
        None => converse(stream, served).await,
        Some(acceptor) => {
            if let Ok(Ok(stream)) = timeout(PATIENCE, acceptor.accept(stream)).await {
                converse(stream, served).await;
            }
        }
    }
}

async fn converse<S>(stream: S, Served { core, face, router }: Served)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let service = service_fn(move |request| gate::admit(Arc::clone(&core), face, router.clone(), request));
    // An error ends this connection: the client went away, spoke no HTTP, or was cut off on purpose.
    let _ = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(PATIENCE)
        .serve_connection(TokioIo::new(stream), service)
        .await;
}
