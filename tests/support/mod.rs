//! A server on this machine that answers as a test tells it to, byte by byte.

// Each test program uses its own part of this module.
#![allow(dead_code)]

use std::io::Write;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio_rustls::TlsAcceptor;
use url::Url;

/// How long a test waits for something that must happen.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// A request as the server read it.
#[derive(Clone, Debug, Default)]
pub struct Request {
    pub method: String,
    /// Path and query, or the whole address when the server is used as a proxy.
    pub target: String,
    pub version: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Request {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The fields of a form body, decoded.
    pub fn form(&self) -> Vec<(String, String)> {
        url::form_urlencoded::parse(&self.body).into_owned().collect()
    }
}

/// What the server does with a request.
#[derive(Clone, Debug)]
pub enum Reply {
    /// Sends these bytes and reads the next request.
    Send(Vec<u8>),
    /// Sends these bytes after a while.
    Late(Duration, Vec<u8>),
    /// Sends these bytes and closes the connection.
    Close(Vec<u8>),
    /// Sends these bytes, then nothing, until the client goes away.
    Stall(Vec<u8>),
    /// Sends the first bytes, then the second for ever with a pause between.
    Endless(Vec<u8>, Vec<u8>, Duration),
}

/// A complete answer.
pub fn answer(status: u16, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Reply {
    let body = body.as_ref();
    let mut bytes = format!("HTTP/1.1 {status} Status\r\nContent-Length: {}\r\n", body.len());
    for (name, value) in headers {
        bytes.push_str(&format!("{name}: {value}\r\n"));
    }
    bytes.push_str("\r\n");
    Reply::Send([bytes.as_bytes(), body].concat())
}

pub fn gzip(body: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(body).expect("a vector takes everything");
    encoder.finish().expect("a vector takes everything")
}

type Script = dyn Fn(usize, &Request) -> Reply + Send + Sync;

/// A running server; it ends with the test's runtime.
pub struct Server {
    port: u16,
    scheme: &'static str,
    requests: Arc<Mutex<Vec<Request>>>,
    counts: watch::Sender<Counts>,
}

#[derive(Clone, Copy, Debug, Default)]
pub struct Counts {
    pub connections: usize,
    pub requests: usize,
    /// Connections the client closed.
    pub closed: usize,
}

impl Server {
    /// Answers the n-th request (from 0) as `script` says.
    pub async fn start(script: impl Fn(usize, &Request) -> Reply + Send + Sync + 'static) -> Self {
        Self::run(None, 0, Arc::new(script)).await
    }

    /// Answers at a port that is known already.
    pub async fn start_at(port: u16, script: impl Fn(usize, &Request) -> Reply + Send + Sync + 'static) -> Self {
        Self::run(None, port, Arc::new(script)).await
    }

    /// Speaks TLS with the given certificate.
    pub async fn tls(acceptor: TlsAcceptor, script: impl Fn(usize, &Request) -> Reply + Send + Sync + 'static) -> Self {
        Self::run(Some(acceptor), 0, Arc::new(script)).await
    }

    async fn run(acceptor: Option<TlsAcceptor>, port: u16, script: Arc<Script>) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", port)).await.expect("this machine has a free port");
        let port = listener.local_addr().expect("a bound socket has an address").port();
        let scheme = if acceptor.is_some() { "https" } else { "http" };
        let server = Self { port, scheme, requests: Arc::default(), counts: watch::Sender::new(Counts::default()) };
        let (requests, counts) = (Arc::clone(&server.requests), server.counts.clone());
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                counts.send_modify(|counts| counts.connections += 1);
                let (script, requests, counts) = (Arc::clone(&script), Arc::clone(&requests), counts.clone());
                let acceptor = acceptor.clone();
                tokio::spawn(async move {
                    let client_left = match acceptor {
                        None => serve(stream, &*script, &requests, &counts).await,
                        Some(acceptor) => match acceptor.accept(stream).await {
                            Ok(stream) => serve(stream, &*script, &requests, &counts).await,
                            Err(_) => true,
                        },
                    };
                    if client_left {
                        counts.send_modify(|counts| counts.closed += 1);
                    }
                });
            }
        });
        server
    }

    pub fn url(&self, target: &str) -> Url {
        self.url_of("127.0.0.1", target)
    }

    pub fn url_of(&self, host: &str, target: &str) -> Url {
        format!("{}://{host}:{}{target}", self.scheme, self.port).parse().expect("the parts make an address")
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    pub fn requests(&self) -> Vec<Request> {
        self.requests.lock().expect("no test thread panics here").clone()
    }

    /// How many requests had a path with this ending.
    pub fn count(&self, path: &str) -> usize {
        self.requests().iter().filter(|request| request.target.split('?').next().unwrap_or("").ends_with(path)).count()
    }

    pub fn counts(&self) -> Counts {
        *self.counts.borrow()
    }

    /// Waits until the counts are as wanted.
    pub async fn until(&self, wanted: impl Fn(&Counts) -> bool) {
        let mut counts = self.counts.subscribe();
        tokio::time::timeout(PATIENCE, counts.wait_for(|counts| wanted(counts)))
            .await
            .expect("the server sees in time what it must see")
            .expect("the server outlives the test");
    }
}

/// Serves one connection; true when the client ended it.
async fn serve<S: AsyncRead + AsyncWrite + Unpin>(
    mut stream: S,
    script: &Script,
    requests: &Mutex<Vec<Request>>,
    counts: &watch::Sender<Counts>,
) -> bool {
    let mut buffer = Vec::new();
    loop {
        let Some(request) = read_request(&mut stream, &mut buffer).await else { return true };
        let nth = {
            let mut requests = requests.lock().expect("no test thread panics here");
            requests.push(request.clone());
            requests.len() - 1
        };
        let reply = script(nth, &request);
        counts.send_modify(|counts| counts.requests += 1);
        match reply {
            Reply::Send(bytes) => {
                if stream.write_all(&bytes).await.is_err() {
                    return true;
                }
            }
            Reply::Late(by, bytes) => {
                tokio::time::sleep(by).await;
                if stream.write_all(&bytes).await.is_err() {
                    return true;
                }
            }
            Reply::Close(bytes) => {
                let _ = stream.write_all(&bytes).await;
                let _ = stream.shutdown().await;
                return false;
            }
            Reply::Stall(bytes) => {
                let _ = stream.write_all(&bytes).await;
                let mut rest = [0; 64];
                while stream.read(&mut rest).await.is_ok_and(|read| read > 0) {}
                return true;
            }
            Reply::Endless(first, then, pause) => {
                if stream.write_all(&first).await.is_err() {
                    return true;
                }
                while stream.write_all(&then).await.is_ok() {
                    tokio::time::sleep(pause).await;
                }
                return true;
            }
        }
    }
}

async fn read_request<S: AsyncRead + Unpin>(stream: &mut S, buffer: &mut Vec<u8>) -> Option<Request> {
    let end = loop {
        if let Some(end) = buffer.windows(4).position(|window| window == b"\r\n\r\n") {
            break end + 4;
        }
        more(stream, buffer).await?;
    };
    let head = String::from_utf8(buffer[..end].to_vec()).expect("our requests are ASCII");
    let mut lines = head.split("\r\n");
    let mut start = lines.next()?.split(' ').map(str::to_owned);
    let headers = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect::<Vec<_>>();
    let mut request =
        Request { method: start.next()?, target: start.next()?, version: start.next()?, headers, body: Vec::new() };
    let length = request.header("content-length").map_or(0, |length| length.parse().expect("our lengths are numbers"));
    while buffer.len() < end + length {
        more(stream, buffer).await?;
    }
    request.body = buffer[end..end + length].to_vec();
    buffer.drain(..end + length);
    Some(request)
}

async fn more<S: AsyncRead + Unpin>(stream: &mut S, buffer: &mut Vec<u8>) -> Option<()> {
    match stream.read_buf(buffer).await {
        Ok(read) if read > 0 => Some(()),
        _ => None,
    }
}
