//! Other processes: the server, so that its work does not count as ours, and measurements that need a
//! process in which nothing else has happened.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitCode, Stdio};

use serde_json::Value;

use crate::{bindings, enrollment, gateway, library, limit, linkage, server, shares};

/// The hidden first argument by which this program starts itself.
pub const FLAG: &str = "--child";

/// What runs in a process of its own.
pub fn main(arguments: &[String]) -> ExitCode {
    let Some((name, rest)) = arguments.split_first() else { return ExitCode::from(2) };
    let result = match name.as_str() {
        "server" => return server::main(),
        "bindings" => bindings::in_child(rest),
        "enrollment" => enrollment::in_child(rest),
        "gateway" => gateway::in_child(rest),
        "library" => library::in_child(rest),
        "linkage" => linkage::in_child(rest),
        "limit" => limit::in_child(rest),
        "sandbox" => gateway::sandbox_child(),
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

/// A process that is told and answers lines, and that ends when this is dropped or its parent is gone.
pub struct Talking {
    process: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
}

impl Talking {
    /// Starts it.
    ///
    /// # Errors
    /// The system's.
    pub fn start(arguments: &[&str]) -> Result<Self, Box<dyn std::error::Error>> {
        let mut process = command(arguments)?.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let output = BufReader::new(process.stdout.take().ok_or("no output")?);
        let input = process.stdin.take();
        Ok(Self { process, input, output })
    }

    /// The next line it says.
    ///
    /// # Errors
    /// When it has ended.
    pub fn line(&mut self) -> Result<String, Box<dyn std::error::Error>> {
        let mut line = String::new();
        self.output.read_line(&mut line)?;
        let line = line.trim().to_owned();
        if line.is_empty() { Err("the other process has ended".into()) } else { Ok(line) }
    }

    /// Tells it a line.
    ///
    /// # Errors
    /// When it has ended.
    pub fn say(&mut self, line: &str) -> std::io::Result<()> {
        let Some(input) = &mut self.input else { return Ok(()) };
        writeln!(input, "{line}")?;
        input.flush()
    }
}

impl Drop for Talking {
    fn drop(&mut self) {
        drop(self.input.take());
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The server of plain records and tokens.
pub struct Server {
    _process: Talking,
    pub port: u16,
}

impl Server {
    /// Starts it; it accepts connections when this returns.
    ///
    /// # Errors
    /// The system's.
    pub fn start() -> Result<Self, Box<dyn std::error::Error>> {
        let mut process = Talking::start(&["server"])?;
        let port = process.line()?.parse()?;
        Ok(Self { _process: process, port })
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }
}
