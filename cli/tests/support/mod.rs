//! Runs the built program.

// Each test program uses its own part of this module.
#![allow(dead_code)]

use std::io::Write;
use std::process::{Command, Output, Stdio};

use learnerlink_sandbox::Sandbox;

/// What the program did.
pub struct Ran {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).expect("the program writes UTF-8");
        Self { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
    }
}

impl Ran {
    /// The last line of standard error as an error object.
    pub fn error(&self) -> String {
        let line = self.stderr.lines().last().unwrap_or_default();
        assert!(line.starts_with("{\"status\":"), "{}", self.stderr);
        line.to_owned()
    }
}

pub fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_learnerlink"));
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

pub fn run(arguments: &[&str]) -> Ran {
    program(arguments).output().expect("the program starts").into()
}

/// Runs the program with `input` piped in.
pub fn piped(arguments: &[&str], input: impl AsRef<[u8]>) -> Ran {
    let mut child = program(arguments).stdin(Stdio::piped()).spawn().expect("the program starts");
    let mut stdin = child.stdin.take().expect("standard input is piped");
    // A program that refuses its arguments does not read.
    let _ = stdin.write_all(input.as_ref());
    drop(stdin);
    child.wait_with_output().expect("the program ends").into()
}

/// Calls an operation on a sandbox, with a store in memory.
pub fn call(sandbox: &Sandbox, operation: &str, request: &str) -> Ran {
    piped(&["call", operation, "--sandbox", &sandbox.url()], request)
}

/// The text of a JSON member, found without a JSON reader so that the exact output is looked at.
pub fn member(json: &str, name: &str) -> String {
    let (_, rest) = json.split_once(&format!("\"{name}\":\"")).unwrap_or_else(|| panic!("no {name} in {json}"));
    rest.split('"').next().unwrap_or_default().to_owned()
}
