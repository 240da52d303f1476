//! Proves `learnerlink serve`.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command};

use learnerlink_sandbox::Sandbox;
use support::{program, run};

/// A configuration over a sandbox, with a listener on a free port.
fn configuration(sandbox: &Sandbox, listener: &str) -> tempfile::NamedTempFile {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    write!(file, r#"{{"sandbox":"{}","listener":{listener}}}"#, sandbox.url()).unwrap();
    file
}

fn ask(address: &str, path: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

fn terminate(child: &Child) {
    assert!(Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap().success());
}

#[test]
fn it_serves_until_it_is_told_to_stop() {
    let sandbox = Sandbox::start();
    let config = configuration(&sandbox, r#"{"address":"127.0.0.1:0"}"#);
    let mut child = program(&["serve", "--config", config.path().to_str().unwrap()]).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    let address = line.trim().strip_prefix("serving enrollment, learnerRecords at http://").unwrap().to_owned();
    assert!(ask(&address, "/health").starts_with("HTTP/1.1 200"));
    assert!(ask(&address, "/match/A1000AA").starts_with("HTTP/1.1 401"));
    terminate(&child);
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert!(TcpStream::connect(&address).is_err());
}

#[test]
fn what_cannot_be_served_ends_it_with_an_error_object() {
    let sandbox = Sandbox::start();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let listener = format!(r#"{{"address":"{}"}}"#, taken.local_addr().unwrap());
    let ran = run(&["serve", "--config", configuration(&sandbox, &listener).path().to_str().unwrap()]);
    assert!(ran.code.is_some_and(|code| code != 0) && ran.stdout.is_empty());
    assert!(ran.error().contains("\"path\":\"listener.address\""), "{}", ran.stderr);
    let nothing = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(nothing.path(), r#"{"store":":memory:"}"#).unwrap();
    let ran = run(&["serve", "--config", nothing.path().to_str().unwrap()]);
    assert!(ran.error().contains("\"path\":\"listener\""), "{}", ran.stderr);
}
