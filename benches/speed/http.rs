//! Requests per second and CPU, against the clients one would otherwise use.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use http_body_util::{BodyExt, Empty};
use hyper::body::Bytes;
use hyper_util::rt::TokioIo;
use learnerlink::Clock;
use learnerlink::http::{Audience, Call, ClientCredentials, HttpConfig, Style, Tokens, Transport};
use tokio::runtime::Runtime;
use url::Url;

use crate::child::Server;
use crate::measure::{Case, Series, interleaved, process_cpu};
use crate::report::{Goal, Row};
use crate::{Effort, Outcome};

const WARM_UP: Duration = Duration::from_millis(150);
const TOKEN: &str = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJiZW5jaCJ9.c2ln";

/// Our way to the service.
pub fn tokens() -> Tokens {
    let clock = Clock::system();
    let transport = Transport::new(&HttpConfig::default(), clock.clone()).expect("the defaults are valid");
    Tokens::new(transport, clock)
}

/// A credential for the token endpoint at `path`.
pub fn credentials(server: &str, path: &str) -> ClientCredentials {
    ClientCredentials {
        profile: "10099901".into(),
        token_url: Url::parse(&format!("{server}{path}")).expect("a server has an address"),
        client_id: "bench".into(),
        client_secret: "s3c+ret/=1".into(),
        audience: Audience::Resource("api://bench".into()),
        style: Style::InBody,
        identity: None,
    }
}

/// Who sends the requests.
#[derive(Clone)]
enum Client {
    Ours(Tokens, Arc<ClientCredentials>),
    Reqwest(reqwest::Client),
    /// A pool and nothing else.
    Pooled(Pool),
    /// A connection for each caller, without a pool.
    Hyper,
    /// A new client and a new token for each call.
    Naive,
}

impl Client {
    /// Asks for the record again and again.
    async fn work(self, server: Arc<str>, stop: Arc<AtomicBool>, done: Arc<AtomicU64>) {
        let url: Url = format!("{server}/record").parse().expect("a server has an address");
        let mut connection = match self {
            Self::Hyper => Some(connect(&server).await),
            _ => None,
        };
        while !stop.load(Ordering::Relaxed) {
            let length = match &self {
                Self::Ours(tokens, credentials) => {
                    let call = Call::get("bench", "record", url.clone());
                    tokens.send(credentials, call).await.expect("the server answers").body.len()
                }
                Self::Reqwest(client) => fetch(client, url.clone(), TOKEN).await,
                Self::Pooled(pool) => {
                    let response = pool.request(request(url.as_str(), &server)).await.expect("the server answers");
                    response.into_body().collect().await.expect("the answer is complete").to_bytes().len()
                }
                Self::Hyper => exchange(connection.as_mut().expect("it was made above"), &server).await,
                Self::Naive => {
                    let client = reqwest_client();
                    let token = token(&client, &server).await;
                    fetch(&client, url.clone(), &token).await
                }
            };
            assert!(length > 3000, "the record is {length} bytes long");
            done.fetch_add(1, Ordering::Relaxed);
        }
    }
}

fn reqwest_client() -> reqwest::Client {
    reqwest::Client::builder().no_proxy().tcp_nodelay(true).build().expect("the defaults make a client")
}

async fn fetch(client: &reqwest::Client, url: Url, token: &str) -> usize {
    let response = client.get(url).bearer_auth(token).send().await.expect("the server answers");
    response.bytes().await.expect("the answer is complete").len()
}

async fn token(client: &reqwest::Client, server: &str) -> String {
    #[derive(serde::Deserialize)]
    struct Granted {
        access_token: String,
    }
    let fields = [
        ("grant_type", "client_credentials"),
        ("client_id", "bench"),
        ("client_secret", "s3c+ret/=1"),
        ("resource", "api://bench"),
    ];
    let response =
        client.post(format!("{server}/oauth2/token")).form(&fields).send().await.expect("the server answers");
    response.json::<Granted>().await.expect("a token is issued").access_token
}

type Pool = hyper_util::client::legacy::Client<hyper_util::client::legacy::connect::HttpConnector, Empty<Bytes>>;

fn pool() -> Pool {
    let mut connector = hyper_util::client::legacy::connect::HttpConnector::new();
    connector.set_nodelay(true);
    hyper_util::client::legacy::Client::builder(hyper_util::rt::TokioExecutor::new()).build(connector)
}

fn request(target: &str, server: &str) -> hyper::Request<Empty<Bytes>> {
    let request = hyper::Request::get(target).header("host", &server["http://".len()..]);
    request.header("authorization", format!("Bearer {TOKEN}")).body(Empty::new()).expect("the parts make a request")
}

type Sender = hyper::client::conn::http1::SendRequest<Empty<Bytes>>;

async fn connect(server: &str) -> Sender {
    let stream = tokio::net::TcpStream::connect(&server["http://".len()..]).await.expect("the server listens");
    stream.set_nodelay(true).expect("the socket is open");
    let (sender, connection) =
        hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.expect("HTTP needs no handshake");
    tokio::spawn(connection);
    sender
}

async fn exchange(sender: &mut Sender, server: &str) -> usize {
    sender.ready().await.expect("the connection is open");
    let response = sender.send_request(request("/record", server)).await.expect("the server answers");
    response.into_body().collect().await.expect("the answer is complete").to_bytes().len()
}

/// Requests per second, and microseconds of CPU for each.
fn rate(runtime: &Runtime, server: &str, client: &Client, in_flight: usize, span: Duration) -> (f64, f64) {
    let (stop, done) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU64::new(0)));
    let server: Arc<str> = server.into();
    let start = || runtime.spawn(client.clone().work(Arc::clone(&server), Arc::clone(&stop), Arc::clone(&done)));
    let workers: Vec<_> = (0..in_flight).map(|_| start()).collect();
    let wait = |span| runtime.block_on(tokio::time::sleep(span));
    wait(WARM_UP);
    let (began, before, cpu) = (Instant::now(), done.load(Ordering::Relaxed), process_cpu());
    wait(span);
    let count = (done.load(Ordering::Relaxed) - before).max(1) as f64;
    let (took, cpu) = (began.elapsed().as_secs_f64(), process_cpu() - cpu);
    stop.store(true, Ordering::Relaxed);
    for worker in workers {
        runtime.block_on(worker).expect("no worker panics");
    }
    (count / took, cpu / count * 1e6)
}

/// The rates at 16 and 128 calls in flight.
pub fn rows(effort: &Effort) -> Outcome {
    let server = Server::start()?;
    let base = server.url("");
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let _entered = runtime.enter();
    let clients = [
        Client::Ours(tokens(), Arc::new(credentials(&base, "/oauth2/token"))),
        Client::Reqwest(reqwest_client()),
        Client::Pooled(pool()),
        Client::Hyper,
        Client::Naive,
    ];
    let span = Duration::from_millis(if effort.quick { 300 } else { 700 });
    let mut rows = Vec::new();
    for in_flight in [16, 128] {
        let cpu = std::cell::RefCell::new(vec![Vec::new(); clients.len()]);
        let cases = clients.iter().enumerate().map(|(at, client)| -> Case<'_> {
            let (cpu, runtime, base) = (&cpu, &runtime, &base);
            Box::new(move || {
                let (rate, micros) = rate(runtime, base, client, in_flight, span);
                cpu.borrow_mut()[at].push(micros);
                rate
            })
        });
        let rates = interleaved(effort.rounds, cases.collect());
        let cpu: Vec<Series> = cpu.into_inner().into_iter().map(Series).collect();
        let row = |against: &str, at: usize, least: f64| {
            let what = format!("authorised keep-alive GET, {in_flight} in flight, against {against}");
            Row::ratio(&what, "requests/s", &rates[0], &rates[at], Goal::AtLeast(least))
        };
        rows.push(row("bare reqwest", 1, 0.85));
        rows.push(row("hyper with a pool", 2, 0.55));
        rows.push(row("hyper with a connection for each caller", 3, 0.55));
        rows.push(row("new client and token per call", 4, 15.0));
        let what = format!("the same, CPU of {in_flight} in flight, ours over bare reqwest");
        rows.push(Row::ratio(&what, "µs/request", &cpu[0], &cpu[1], Goal::None));
        let what = format!("the same, CPU of {in_flight} in flight, new client and token over ours");
        rows.push(Row::ratio(&what, "µs/request", &cpu[4], &cpu[0], Goal::AtLeast(18.0)));
    }
    Ok(rows)
}

/// How many tokens are asked for when everybody calls for the first time at once.
pub fn first_calls(_: &Effort) -> Outcome {
    const CALLERS: usize = 500;
    let server = Server::start()?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let (base, tokens) = (server.url(""), tokens());
    let credentials = Arc::new(credentials(&base, "/slow/oauth2/token"));
    let url: Url = format!("{base}/record").parse()?;
    let asked = runtime.block_on(async {
        let callers: Vec<_> = (0..CALLERS)
            .map(|_| {
                let (tokens, credentials, url) = (tokens.clone(), Arc::clone(&credentials), url.clone());
                tokio::spawn(
                    async move { tokens.send(&credentials, Call::get("bench", "record", url)).await.map(drop) },
                )
            })
            .collect();
        for caller in callers {
            caller.await??;
        }
        let count = reqwest_client().get(format!("{base}/tokens")).send().await?.text().await?;
        Ok::<f64, Box<dyn std::error::Error>>(count.parse()?)
    })?;
    let what = format!("{CALLERS} concurrent first calls, token requests");
    Ok(vec![Row::value(&what, "", asked, Goal::Exactly(1.0))])
}
