//! Proves that a sandbox starts, serves, is seen from any kind of test, and stops at once.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod client;

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::time::{Duration, Instant};

use client::{ORLA, Provider, credentials, token_url};
use learnerlink_sandbox::{Approval, Fault, Sandbox, StartError, TlsMode};
use reqwest::{Certificate, Client};

const SOON: Duration = Duration::from_secs(10);

#[test]
fn a_plain_test_can_start_ask_and_steer_a_sandbox() {
    let sandbox = Sandbox::start();
    let mut stream = TcpStream::connect(("127.0.0.1", sandbox.port())).unwrap();
    stream.write_all(b"GET /generate-qr-code HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 401"), "{answer}");
    assert!(sandbox.wait_for(SOON, |requests| requests.len() == 1 && requests[0].answered.is_some()));
    let before = sandbox.now();
    sandbox.advance(SOON);
    assert_eq!(sandbox.now().duration_since(before).unwrap(), SOON);
    assert!(sandbox.approve("x", Approval::by(ORLA)).is_err() && sandbox.decline("x").is_err());
}

#[test]
fn dropping_frees_the_port_and_ends_connections_under_way() {
    for _ in 0..5 {
        let sandbox = Sandbox::start();
        let port = sandbox.port();
        sandbox.fault(Fault::on("*").latency(Duration::from_secs(600)).forever());
        let mut hanging = TcpStream::connect(("127.0.0.1", port)).unwrap();
        hanging.write_all(b"GET /learner-data HTTP/1.1\r\nHost: h\r\n\r\n").unwrap();
        let _idle = TcpStream::connect(("127.0.0.1", port)).unwrap();
        assert!(sandbox.wait_for(SOON, |requests| requests.len() == 1));
        let before = Instant::now();
        drop(sandbox);
        assert!(before.elapsed() < Duration::from_secs(2));
        TcpListener::bind(("127.0.0.1", port)).unwrap();
        assert_eq!(hanging.read(&mut [0; 8]).unwrap_or(0), 0);
    }
}

#[test]
fn a_taken_port_is_an_error_that_names_it() {
    let sandbox = Sandbox::start();
    let error = Sandbox::builder().port(sandbox.port()).start().unwrap_err();
    assert!(matches!(error, StartError::PortTaken { .. }), "{error}");
    assert!(error.to_string().contains(&sandbox.port().to_string()));
}

#[test]
fn many_sandboxes_run_beside_each_other() {
    let sandboxes: Vec<_> = (0..20).map(|_| Sandbox::start()).collect();
    let mut ports: Vec<_> = sandboxes.iter().map(Sandbox::port).collect();
    ports.sort_unstable();
    ports.dedup();
    assert_eq!(ports.len(), 20);
}

#[test]
fn garbage_that_is_no_http_ends_the_connection_and_nothing_else() {
    let sandbox = Sandbox::start();
    for garbage in
        [&b"\x16\x03\x01\x02\x00\x01\x00"[..], b"GET\r\n\r\n", b"\0\0\0\0\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n"]
    {
        let mut stream = TcpStream::connect(("127.0.0.1", sandbox.port())).unwrap();
        stream.write_all(garbage).unwrap();
        stream.shutdown(std::net::Shutdown::Write).unwrap();
        let mut answer = Vec::new();
        // The server may close without reading everything, which the system reports as a reset.
        let _ = stream.read_to_end(&mut answer);
        assert!(answer.is_empty() || answer.starts_with(b"HTTP/1.1 4"), "{}", String::from_utf8_lossy(&answer));
    }
    let mut stream = TcpStream::connect(("127.0.0.1", sandbox.port())).unwrap();
    stream.write_all(b"POST /learner/check HTTP/1.1\r\nHost: h\r\nContent-Length: 100\r\n\r\nshort").unwrap();
    drop(stream);
    let mut stream = TcpStream::connect(("127.0.0.1", sandbox.port())).unwrap();
    stream.write_all(b"GET /_sandbox/health HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
}

#[tokio::test]
async fn a_sandbox_can_be_dropped_inside_an_asynchronous_test() {
    let sandbox = Sandbox::start();
    Provider::northbridge(&sandbox).await;
    sandbox.stop();
    drop(Sandbox::start());
}

#[tokio::test]
async fn many_requests_at_once_are_all_answered_and_recorded() {
    let sandbox = Sandbox::start();
    let college = Provider::northbridge(&sandbox).await;
    let polls: Vec<_> = (0..200).map(|_| tokio::spawn(college.get("learner-data?uln=5123456782").send())).collect();
    for poll in polls {
        assert_eq!(poll.await.unwrap().unwrap().status(), 404);
    }
    assert_eq!(sandbox.requests_to("learner-data").len(), 200);
}

/// Asks for a token over TLS, trusting only the sandbox's authority.
async fn over_tls(sandbox: &Sandbox) -> Result<u16, reqwest::Error> {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let root = Certificate::from_pem(sandbox.root_pem().unwrap().as_bytes()).unwrap();
    let client = Client::builder().tls_certs_only([root]).build().unwrap();
    let answer = client.post(token_url(sandbox)).form(&credentials("cid-a", "s3c+ret/=1")).send().await?;
    Ok(answer.status().as_u16())
}

#[tokio::test]
async fn tls_is_served_with_a_certificate_that_the_authority_vouches_for() {
    let sandbox = Sandbox::builder().tls(TlsMode::Valid).start().unwrap();
    assert!(sandbox.url().starts_with("https://127.0.0.1:"));
    assert_eq!(over_tls(&sandbox).await.unwrap(), 200);
    let qr = sandbox.requests_to("token");
    assert_eq!(qr.len(), 1);
}

#[tokio::test]
async fn a_bad_certificate_is_refused_by_the_client_and_asks_nothing() {
    for mode in [TlsMode::Expired, TlsMode::WrongHost, TlsMode::SelfSigned] {
        let sandbox = Sandbox::builder().tls(mode).start().unwrap();
        let error = over_tls(&sandbox).await.unwrap_err();
        assert!(error.is_connect(), "{mode:?}: {error:?}");
        assert!(sandbox.requests().is_empty());
    }
}

#[test]
fn a_wrong_description_of_a_sandbox_is_an_error() {
    for builder in [
        Sandbox::builder().pending_status(500),
        Sandbox::builder().token_life(0),
        Sandbox::builder().prefix("a b"),
        Sandbox::builder().public_url("x"),
        Sandbox::builder().learners_json("no"),
        Sandbox::builder().bind([203, 0, 113, 1]),
    ] {
        assert!(builder.start().is_err());
    }
}

#[test]
#[should_panic(expected = "pending status")]
fn a_wrong_setting_is_refused_while_running() {
    Sandbox::start().configure(|settings| settings.pending_status = 500);
}
