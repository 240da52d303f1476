//! Sends requests of the receiver to a program on this machine, outside the sandbox.

use std::time::Duration;

use axum::body::Body;
use axum::http::{HeaderValue, Method, Request, header};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::time::timeout;
use url::{Host, Url};

use super::received::{Outcome, Received};

/// Reads an address that requests can be sent to, or says why it is none.
pub(super) fn address(text: &str) -> Result<Url, String> {
    let url = Url::parse(text).map_err(|error| format!("the address {text:?} cannot be read: {error}"))?;
    let local = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    if url.scheme() != "http" || !local {
        return Err(format!("the address {text:?} must begin with http:// and be on this machine"));
    }
    Ok(url)
}

/// Posts a body, and waits at most `limit` for the connection and as long for the answer.
pub(super) async fn post(
    url: &Url,
    headers: &[(header::HeaderName, String)],
    body: String,
    limit: Duration,
) -> Outcome {
    match timeout(limit + limit, exchange(url, headers, body, limit)).await {
        Ok(Some(answer)) => answer.sorted(),
        Ok(None) | Err(_) => Outcome::Failed(format!("I/O error on POST request for \"{url}\"")),
    }
}

async fn exchange(
    url: &Url,
    headers: &[(header::HeaderName, String)],
    body: String,
    limit: Duration,
) -> Option<Received> {
    let target = (url.host_str()?.trim_matches(['[', ']']), url.port_or_known_default()?);
    let stream = timeout(limit, TcpStream::connect(target)).await.ok()?.ok()?;
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.ok()?;
    // It ends with the answer, or when this exchange is given up.
    tokio::spawn(connection);
    let mut request = Request::builder().method(Method::POST).uri(&url[url::Position::BeforePath..]);
    request = request.header(header::HOST, &url[url::Position::BeforeHost..url::Position::AfterPort]);
    for (name, value) in headers {
        request = request.header(name, HeaderValue::from_str(value).ok()?);
    }
    let request = request.body(Body::from(body)).ok()?;
    let answering = async { Received::read(sender.send_request(request).await.ok()?.map(Body::new)).await };
    timeout(limit, answering).await.ok()?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_programs_on_this_machine_are_asked() {
        for text in ["http://127.0.0.1:8080/api/start", "http://localhost/x", "http://[::1]:1/"] {
            assert!(address(text).is_ok(), "{text}");
        }
        for text in ["https://127.0.0.1/", "http://192.0.2.7/", "http://gouwe.example/", "ftp://127.0.0.1/", "x", ""] {
            assert!(address(text).is_err(), "{text}");
        }
    }
}
