//! The service that is called: the same for everyone, in a process of its own.

use std::convert::Infallible;
use std::io::{Read, Write};
use std::process::ExitCode;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::net::TcpSocket;

use crate::{record, sif};

static TOKENS: AtomicU64 = AtomicU64::new(0);
static SHARES: AtomicU64 = AtomicU64::new(0);
static RECORD: LazyLock<Bytes> = LazyLock::new(|| record::sample().into());

/// What a broker of student records answers, by how the path begins.
static BROKER: LazyLock<[(&str, Bytes); 2]> =
    LazyLock::new(|| [("/broker/filters", sif::sheet(9).into()), ("/broker/masterXsres/", sif::record().into())]);

/// Serves until standard input ends, which it does with the parent.
pub fn main() -> ExitCode {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("threads");
    let _entered = runtime.enter();
    let socket = TcpSocket::new_v4().expect("a socket");
    socket.bind(([127, 0, 0, 1], 0).into()).expect("a free port");
    let listener = socket.listen(4096).expect("listening");
    println!("{}", listener.local_addr().expect("a bound socket has an address").port());
    let _ = std::io::stdout().flush();
    runtime.spawn(async move {
        loop {
            let Ok((stream, _)) = listener.accept().await else { continue };
            let _ = stream.set_nodelay(true);
            tokio::spawn(async move {
                let connection = hyper::server::conn::http1::Builder::new();
                let _ = connection.serve_connection(TokioIo::new(stream), service_fn(answer)).await;
            });
        }
    });
    let mut rest = Vec::new();
    let _ = std::io::stdin().read_to_end(&mut rest);
    ExitCode::SUCCESS
}

async fn answer(request: Request<Incoming>) -> Result<Response<Full<Bytes>>, Infallible> {
    let path = request.uri().path();
    if let Some(body) = BROKER.iter().find(|(start, _)| path.starts_with(start)).map(|(_, body)| body.clone()) {
        let response = Response::builder().header("content-type", "application/xml").body(Full::new(body));
        return Ok(response.expect("the parts make a response"));
    }
    let (status, body) = if path.ends_with("/oauth2/token") {
        TOKENS.fetch_add(1, Ordering::Relaxed);
        // Long enough for everyone to come before the first token is there.
        tokio::time::sleep(Duration::from_millis(if path.starts_with("/slow") { 100 } else { 0 })).await;
        (StatusCode::OK, Bytes::from_static(br#"{"access_token":"eyJhbGciOiJub25lIn0.eyJzdWIiOiJiZW5jaCJ9.c2ln","token_type":"Bearer","expires_in":"3599"}"#))
    } else {
        match path {
            "/record" => (StatusCode::OK, RECORD.clone()),
            _ if path.starts_with("/associations/") => {
                // A home institution that agrees; the body is read as it would be.
                let id = SHARES.fetch_add(1, Ordering::Relaxed);
                let text = format!(r#"{{"associationId":"a-{id}","state":"associated","message":[]}}"#);
                (if path.contains("/external/") { StatusCode::CREATED } else { StatusCode::OK }, text.into())
            }
            "/50ms" => {
                tokio::time::sleep(Duration::from_millis(50)).await;
                (StatusCode::OK, Bytes::from_static(br#"{"ok":true,"value":42}"#))
            }
            "/tokens" => (StatusCode::OK, TOKENS.swap(0, Ordering::Relaxed).to_string().into()),
            "/generate-qr-code" => {
                let id = SHARES.fetch_add(1, Ordering::Relaxed);
                let text = format!(
                    r#"{{"url":"openid-vc://?request_uri=x","expiry":900,"qrCode":"","correlationId":"00000000-0000-4000-8000-{id:012}"}}"#
                );
                (StatusCode::OK, text.into())
            }
            // Nobody has decided yet, and nobody will.
            _ => (StatusCode::NOT_FOUND, Bytes::new()),
        }
    };
    let response = Response::builder().status(status).header("content-type", "application/json").body(Full::new(body));
    Ok(response.expect("the parts make a response"))
}
