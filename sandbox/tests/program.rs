//! Proves that the program starts, stops and refuses as it says.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Output, Stdio};

fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_learnerlink-sandbox"));
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// A running program, which is ended with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Starts the program and returns the address it prints.
fn start(arguments: &[&str]) -> (Running, String) {
    let mut child = program(arguments).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let address = line.trim_end().strip_prefix("listening on ").expect("the first line is the address").to_owned();
    (Running(child), address)
}

fn refused(arguments: &[&str], status: i32) -> String {
    let Output { status: exit, stdout, stderr } = program(arguments).output().unwrap();
    assert_eq!(exit.code(), Some(status));
    assert!(stdout.is_empty());
    String::from_utf8(stderr).unwrap()
}

fn get(address: &str, path: &str) -> String {
    let mut stream = TcpStream::connect(address.strip_prefix("http://").unwrap()).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn the_program_prints_its_address_and_serves_there() {
    let (_running, address) = start(&["--port", "0"]);
    let answer = get(&address, "/_sandbox/health");
    assert!(answer.starts_with("HTTP/1.1 200") && answer.contains(r#""status":"ok""#), "{answer}");
    let clock = get(&address, "/_sandbox/clock");
    assert!(clock.contains(r#""virtual":false"#), "{clock}");
}

#[test]
fn options_reach_the_sandbox() {
    let (_running, address) = start(&[
        "--port=0",
        "--virtual-clock",
        "--seed=3",
        "--pending-status=202",
        "--token-life=60",
        "--qr-life=90",
        "--latency-ms=1",
    ]);
    let settings = get(&address, "/_sandbox/settings");
    for part in [r#""pendingStatus":202"#, r#""tokenLifeSeconds":60"#, r#""qrLifeSeconds":90"#, r#""latencyMs":1"#] {
        assert!(settings.contains(part), "{settings}");
    }
    assert!(get(&address, "/_sandbox/clock").contains(r#""virtual":true"#));
}

#[test]
fn a_port_for_client_certificates_comes_with_what_a_client_needs() {
    let directory = std::env::temp_dir().join(format!("learnerlink-sandbox-{}", std::process::id()));
    std::fs::create_dir_all(&directory).unwrap();
    let [pfx, root] = ["client.pfx", "root.pem"].map(|name| directory.join(name));
    let mut child = program(&[
        "--port=0",
        "--mutual-tls-port=0",
        "--client-pfx",
        pfx.to_str().unwrap(),
        "--client-pfx-password=secret",
        "--client-pfx-encryption=rc2",
        "--root-pem",
        root.to_str().unwrap(),
        "--gateway-profile=strict",
    ])
    .spawn()
    .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    let _running = Running(child);
    let told: Vec<String> = lines.take_while(|line| !line.starts_with("Stop")).collect();
    assert!(told[0].starts_with("listening on http://127.0.0.1:"), "{told:?}");
    assert!(told.iter().any(|line| line.contains("mutual TLS") && line.contains("https://127.0.0.1:")), "{told:?}");
    let store = std::fs::read(&pfx).unwrap();
    let store =
        p12_keystore::KeyStore::from_pkcs12(&store, "secret", p12_keystore::Pkcs12ImportPolicy::Strict).unwrap();
    assert!(store.private_key_chain().is_some());
    assert!(std::fs::read_to_string(&root).unwrap().starts_with("-----BEGIN CERTIFICATE-----"));
    let address = told[0].strip_prefix("listening on ").unwrap();
    assert!(get(address, "/_sandbox/settings").contains(r#""gatewayProfile":"strict""#));
    std::fs::remove_dir_all(&directory).unwrap();
}

#[cfg(unix)]
#[test]
fn a_signal_ends_the_program_cleanly() {
    for signal in ["INT", "TERM"] {
        let (mut running, address) = start(&["--port", "0"]);
        let id = running.0.id().to_string();
        assert!(Command::new("kill").args(["-s", signal, &id]).status().unwrap().success());
        assert_eq!(running.0.wait().unwrap().code(), Some(0), "{signal}");
        assert!(TcpStream::connect(address.strip_prefix("http://").unwrap()).is_err());
    }
}

#[test]
fn a_taken_port_is_named_with_what_to_do() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let message = refused(&["--port", &port], 1);
    assert!(message.contains(&format!("127.0.0.1:{port} is already in use")), "{message}");
    assert!(message.contains("choose another port"), "{message}");
}

#[test]
fn a_wrong_option_is_refused_with_the_reason() {
    for (arguments, status, reason) in [
        (&["--pending-status", "418"][..], 1, "pending status"),
        (&["--prefix", "_sandbox"], 1, "prefix"),
        (&["--public-url", "nowhere"], 1, "public URL"),
        (&["--learners", "/does/not/exist.json"], 1, "/does/not/exist.json"),
        (&["--tls=sideways"], 2, "self-signed"),
        (&["--port", "x"], 2, "--port"),
        (&["--root-pem", "x"], 2, "--tls"),
        (&["--client-pfx", "x"], 2, "--mutual-tls-port"),
        (&["--gateway-profile", "loose"], 2, "strict"),
        (&["--lrs-learners", "/does/not/exist.json"], 1, "/does/not/exist.json"),
    ] {
        let message = refused(arguments, status);
        assert!(message.contains(reason), "{message}");
    }
}

#[test]
fn help_and_version_are_given() {
    let help = program(&["--help"]).output().unwrap();
    let text = String::from_utf8(help.stdout).unwrap();
    for option in [
        "--port",
        "--bind",
        "--public-url",
        "--tls",
        "--virtual-clock",
        "--seed",
        "--learners",
        "--pending-status",
        "--token-life",
        "--prefix",
        "--latency-ms",
        "--mutual-tls-port",
        "--client-pfx",
        "--client-pfx-password",
        "--client-pfx-encryption",
        "--lrs-learners",
        "--gateway-profile",
    ] {
        assert!(text.contains(option), "{option}");
    }
    let version = program(&["--version"]).output().unwrap();
    assert_eq!(
        String::from_utf8(version.stdout).unwrap().trim(),
        concat!("learnerlink-sandbox ", env!("CARGO_PKG_VERSION"))
    );
}
