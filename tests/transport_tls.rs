//! The transport against servers whose certificates are good, bad and missing.

mod support;
#[path = "support/tls.rs"]
mod tls;

use std::process::Command;

use learnerlink::http::config::{HttpConfig, Proxy, Tls, TlsVersion};
use learnerlink::http::{Answer, Call, Retry, Transport, may_have_been_sent};
use learnerlink::{Clock, Result};
use rustls::ALL_VERSIONS;
use rustls::version::{TLS12, TLS13};
use support::{PATIENCE, Server, answer};
use tls::Authority;
use url::Url;

/// Set for the copy of this program that plays a machine without certificate authorities.
const BARE_MACHINE: &str = "LEARNERLINK_TEST_BARE_MACHINE";

async fn send(url: Url, tls: Tls) -> Result<Answer> {
    let mut config = HttpConfig { tls, proxy: Proxy::None, ..HttpConfig::default() };
    config.retry.first_wait_ms = 10;
    let transport = Transport::new(&config, Clock::system()).expect("the configuration is valid");
    let call = Call::get("lrs", "match", url).retry(Retry::Idempotent { attempts: 3 });
    tokio::time::timeout(PATIENCE, transport.send(call)).await.expect("the call ends in time")
}

fn trusting(roots: &[&str]) -> Tls {
    Tls { extra_roots: roots.iter().map(|&root| root.to_owned()).collect(), ..Tls::default() }
}

#[tokio::test]
async fn a_server_under_an_extra_root_is_trusted() {
    let authority = Authority::new();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("root.pem");
    std::fs::write(&file, &authority.pem).unwrap();
    for versions in [&[&TLS12][..], &[&TLS13]] {
        for root in [authority.pem.as_str(), file.to_str().unwrap()] {
            let server =
                Server::tls(authority.server("127.0.0.1", 2099, versions), |_, _| answer(200, &[], "ok")).await;
            let found = send(server.url("/"), trusting(&[&Authority::new().pem, root])).await.unwrap();
            assert_eq!(found.code(), 200);
        }
    }
}

#[tokio::test]
async fn a_bad_certificate_is_refused_with_its_reason_before_anything_is_sent() {
    let authority = Authority::new();
    let ours = [authority.pem.as_str()];
    for (name, acceptor, roots, reason) in [
        ("expired", authority.server("127.0.0.1", 2021, ALL_VERSIONS), &ours[..], "has expired"),
        ("wrong host", authority.server("other.example", 2099, ALL_VERSIONS), &ours, "is for another host"),
        ("unknown issuer", authority.server("127.0.0.1", 2099, ALL_VERSIONS), &[], "authority that is not trusted"),
    ] {
        let server = Server::tls(acceptor, |_, _| answer(200, &[], "")).await;
        let error = send(server.url("/?uln=5123456782"), trusting(roots)).await.expect_err(name);
        assert_eq!(error.status().code(), "TLS_FAILED", "{name}: {error:?}");
        assert!(error.to_string().contains(reason), "{name}: {error}");
        assert!(!may_have_been_sent(&error));
        assert!(!format!("{error:?} {}", error.to_json("match_learner", "lrs")).contains("5123456782"));
        assert_eq!((server.counts().connections, server.requests().len()), (1, 0), "{name}");
    }
}

#[tokio::test]
async fn a_server_that_does_not_speak_tls_is_told_apart() {
    let url: Url = format!("https://127.0.0.1:{}/", plain_port().await).parse().unwrap();
    let error = send(url, Tls::default()).await.unwrap_err();
    assert_eq!(error.status().code(), "TLS_FAILED", "{error:?}");
    assert!(error.to_string().contains("not TLS"), "{error}");
}

/// A port where every connection is greeted in plain HTTP.
async fn plain_port() -> u16 {
    use tokio::io::AsyncWriteExt;
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.expect("this machine has a free port");
    let port = listener.local_addr().expect("a bound socket has an address").port();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n").await;
            // Kept open, so that the client reads the greeting and not a broken connection.
            tokio::spawn(async move { tokio::io::copy(&mut stream, &mut tokio::io::sink()).await });
        }
    });
    port
}

#[tokio::test]
async fn a_version_older_than_configured_is_not_spoken() {
    let authority = Authority::new();
    let server = Server::tls(authority.server("127.0.0.1", 2099, &[&TLS12]), |_, _| answer(200, &[], "")).await;
    let tls = Tls { min_version: TlsVersion::V1_3, ..trusting(&[&authority.pem]) };
    let error = send(server.url("/"), tls).await.unwrap_err();
    assert_eq!(error.status().code(), "TLS_FAILED", "{error:?}");
    assert!(error.to_string().contains("TLS version"), "{error}");
}

#[test]
fn a_machine_without_authorities_uses_the_built_in_ones() {
    let folder = tempfile::tempdir().unwrap();
    let empty = folder.path().join("none.pem");
    std::fs::write(&empty, "").unwrap();
    let status = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "on_a_bare_machine", "--ignored"])
        .env(BARE_MACHINE, "1")
        .env("SSL_CERT_FILE", &empty)
        .env("SSL_CERT_DIR", folder.path())
        .status()
        .unwrap();
    assert!(status.success());
}

#[tokio::test]
#[ignore = "run by the test above in an environment of its own"]
async fn on_a_bare_machine() {
    if std::env::var_os(BARE_MACHINE).is_none() {
        return;
    }
    // The client can be built, plain HTTP works, an extra root is trusted and others still are not.
    let plain = Server::start(|_, _| answer(200, &[], "")).await;
    assert_eq!(send(plain.url("/"), Tls::default()).await.unwrap().code(), 200);
    let authority = Authority::new();
    let server = Server::tls(authority.server("127.0.0.1", 2099, ALL_VERSIONS), |_, _| answer(200, &[], "")).await;
    assert_eq!(send(server.url("/"), trusting(&[&authority.pem])).await.unwrap().code(), 200);
    assert_eq!(send(server.url("/"), Tls::default()).await.unwrap_err().status().code(), "TLS_FAILED");
}
