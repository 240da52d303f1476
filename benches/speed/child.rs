//! Other processes: the server, so that its work does not count as ours, and measurements that need a
//! process in which nothing else has happened.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, ExitCode, Stdio};

use serde_json::Value;

use crate::{library, limit, server, shares};

/// The hidden first argument by which this program starts itself.
pub const FLAG: &str = "--child";

/// What runs in a process of its own.
pub fn main(arguments: &[String]) -> ExitCode {
    let Some((name, rest)) = arguments.split_first() else { return ExitCode::from(2) };
    let result = match name.as_str() {
        "server" => return server::main(),
        "library" => library::in_child(rest),
        "limit" => limit::in_child(rest),
        "shares" => shares::in_child(rest),
        _ => return ExitCode::from(2),
    };
    match result {
        Ok(value) => {
            println!("{value}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{name}: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Runs one measurement in a fresh process.
///
/// # Errors
/// When it does not answer with JSON.
pub fn run(arguments: &[&str]) -> Result<Value, Box<dyn std::error::Error>> {
    let output = command(arguments)?.stderr(Stdio::inherit()).output()?;
    if !output.status.success() {
        return Err(format!("the process for {} ended with {}", arguments.join(" "), output.status).into());
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}

fn command(arguments: &[&str]) -> std::io::Result<Command> {
    let mut command = Command::new(std::env::current_exe()?);
    command.arg(FLAG).args(arguments);
    Ok(command)
}

/// A server in a process of its own, which ends when this is dropped or its parent is gone.
pub struct Server {
    process: Child,
    input: Option<ChildStdin>,
    pub port: u16,
}

impl Server {
    /// Starts it; it accepts connections when this returns.
    pub fn start() -> Result<Self, Box<dyn std::error::Error>> {
        let mut process = command(&["server"])?.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let mut line = String::new();
        BufReader::new(process.stdout.take().ok_or("no output")?).read_line(&mut line)?;
        let input = process.stdin.take();
        Ok(Self { process, input, port: line.trim().parse()? })
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(mut input) = self.input.take() {
            let _ = input.flush();
        }
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
