//! The embedded HTTP server: interfaces of outside systems that we offer to others, over the same services
//! as the operations.
//!
//! It is off until `start_listener`. The crate `hyper` is used as it is: there are a handful of paths, some
//! with parts that routers do not know, and each interface has its own answers to a wrong path or method.

mod bearer;
mod certificate;
pub mod config;
mod enrollment;
mod learner_records;
mod linkage;
mod request;
mod server;
mod sif;
mod tls;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use hyper::StatusCode;
use hyper::body::Incoming;
use tokio::net::TcpListener;
use tokio::sync::{Mutex, watch};
use tokio::task::JoinHandle;

use crate::error::{Error, Result};
use crate::plugin::Plugin;
use config::Config;
use enrollment::Enrollment;
use learner_records::LearnerRecords;
use linkage::Linkage;
use request::Request;
use server::{Answer, Handler, Peer, Service};
use sif::Sif;

/// The server of a plugin, running or not.
pub struct Listener {
    config: Config,
    running: Mutex<Option<Running>>,
}

struct Running {
    address: SocketAddr,
    interfaces: Vec<&'static str>,
    stop: watch::Sender<Option<Duration>>,
    task: JoinHandle<()>,
}

/// A running server, for whoever started it.
#[derive(Clone, Debug)]
pub struct Started {
    /// Whether it was started now; it may have been running.
    pub now: bool,
    /// Its address, `http://127.0.0.1:8085`.
    pub address: String,
    /// What it offers, by the names of the configuration.
    pub interfaces: Vec<&'static str>,
}

impl Listener {
    pub(crate) fn new(config: &Config) -> Self {
        Self { config: config.clone(), running: Mutex::default() }
    }

    /// Starts to serve, unless that is already done.
    ///
    /// # Errors
    /// `INVALID_CONFIG` when no interface is configured, a certificate cannot be read or the address cannot be
    /// listened on.
    pub async fn start(&self, plugin: &Arc<Plugin>) -> Result<Started> {
        let mut running = self.running.lock().await;
        if let Some(running) = running.as_ref().filter(|running| !running.task.is_finished()) {
            return Ok(self.started(false, running));
        }
        let mounts = Arc::new(Mounts::new(&self.config, plugin)?);
        let interfaces = mounts.0.iter().map(|mount| mount.name).collect();
        let tls = self.config.tls.as_ref().map(tls::server_config).transpose()?;
        let refused = |error: std::io::Error| {
            Error::config("listener.address", format!("cannot be listened on: {}", reason(&error)))
        };
        let listener = TcpListener::bind(self.config.socket_address()?).await.map_err(refused)?;
        let address = listener.local_addr().map_err(refused)?;
        let service = Service { handler: mounts, tls, max_connections: self.config.max_connections as usize };
        let (stop, stopped) = watch::channel(None);
        let (closed, now) = (plugin.closed(), stop.clone());
        let task = tokio::spawn(async move {
            let serving = server::serve(listener, service, stopped);
            tokio::pin!(serving);
            tokio::select! {
                () = &mut serving => {}
                _ = closed => {
                    now.send_replace(Some(Duration::ZERO));
                    serving.await;
                }
            }
        });
        tracing::info!(%address, "listening");
        Ok(self.started(true, running.insert(Running { address, interfaces, stop, task })))
    }

    /// Stops to serve, giving the requests under way `patience` to end; answers whether there was anything to stop.
    pub async fn stop(&self, patience: Duration) -> bool {
        let Some(running) = self.running.lock().await.take() else { return false };
        let was_running = !running.task.is_finished();
        running.stop.send_replace(Some(patience));
        // A panic of the task is in the log.
        let _ = running.task.await;
        was_running
    }

    fn started(&self, now: bool, running: &Running) -> Started {
        let scheme = if self.config.tls.is_some() { "https" } else { "http" };
        Started { now, address: format!("{scheme}://{}", running.address), interfaces: running.interfaces.clone() }
    }
}

/// Why an address cannot be listened on; the system's own words may come in any language.
fn reason(error: &std::io::Error) -> &'static str {
    match error.kind() {
        std::io::ErrorKind::AddrInUse => "another program listens there",
        std::io::ErrorKind::AddrNotAvailable => "it is not an address of this machine",
        std::io::ErrorKind::PermissionDenied => "this process may not use that port",
        _ => "the system refuses it",
    }
}

/// An interface that others call.
trait Face: Send + Sync {
    /// Answers a request whose path is counted from where the interface begins.
    fn answer(self: Arc<Self>, request: Request) -> BoxFuture<'static, Answer>;
}

/// An interface and where it begins.
struct Mount {
    name: &'static str,
    path: String,
    /// What the addresses behind the path begin with; anything when there are none.
    within: Vec<String>,
    face: Arc<dyn Face>,
}

struct Mounts(Vec<Mount>, u64);

impl Mounts {
    fn new(config: &Config, plugin: &Arc<Plugin>) -> Result<Self> {
        let mut mounts = Vec::new();
        if let Some(section) = &config.learner_records {
            let face = Arc::new(LearnerRecords::new(config, section, plugin)?);
            mounts.push(Mount { name: "learnerRecords", path: section.path.clone(), within: Vec::new(), face });
        }
        if let Some(section) = &config.sif {
            let face = Arc::new(Sif::new(config, section, plugin));
            // Where another interface begins at the same path, only records are ours.
            let shared = config.learner_records.as_ref().is_some_and(|other| other.path == section.path);
            let within = if shared { vec!["/xSres/".into(), "/xsres/".into()] } else { Vec::new() };
            mounts.push(Mount { name: "sif", path: section.path.clone(), within, face });
        }
        if let Some(section) = &config.linkage {
            let face = Arc::new(Linkage::new(config, section, plugin)?);
            let within = linkage::BEGINNINGS.map(str::to_owned).into();
            mounts.push(Mount { name: "linkage", path: section.path.clone(), within, face });
        }
        if let Some(section) = &config.enrollment {
            let face = Arc::new(Enrollment::new(section, plugin)?);
            let (path, end) = section.ends();
            mounts.push(Mount { name: "enrollment", path: path.into(), within: vec![end.into()], face });
        }
        if mounts.is_empty() {
            return Err(Error::config(
                "listener",
                "offers no interface; configure `learnerRecords`, `sif`, `enrollment` or `linkage`",
            ));
        }
        // The longest first, because one path may begin another; of one length, those that take only some first.
        mounts.sort_by_key(|mount| std::cmp::Reverse((mount.path.len(), mount.within.len())));
        Ok(Self(mounts, config.max_body_bytes))
    }
}

impl Handler for Mounts {
    fn answer(self: Arc<Self>, request: hyper::Request<Incoming>, peer: Peer) -> BoxFuture<'static, Answer> {
        let path = request.uri().path();
        let mount = self.0.iter().find_map(|mount| {
            let rest = path.strip_prefix(&mount.path)?;
            let ours =
                mount.within.is_empty() || mount.within.iter().any(|beginning| rest.starts_with(beginning.as_str()));
            (rest.starts_with('/') && ours).then(|| (Arc::clone(&mount.face), rest.to_owned()))
        });
        match mount {
            Some((face, path)) => face.answer(Request::new(request, path, peer, self.1)),
            None => std::future::ready(request::empty(StatusCode::NOT_FOUND)).boxed(),
        }
    }
}
