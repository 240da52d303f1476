//! Copies of a test program that play a part in a process of their own.

// Each test program uses its own part of this module.
#![allow(dead_code)]

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// Set for the copies; its value is the place of the store.
pub const STORE: &str = "LEARNERLINK_TEST_STORE";
/// What the names of a copy's writes begin with.
pub const PREFIX: &str = "LEARNERLINK_TEST_PREFIX";
/// In how many threads it writes.
pub const THREADS: &str = "LEARNERLINK_TEST_THREADS";
/// How much each thread writes.
pub const AMOUNT: &str = "LEARNERLINK_TEST_AMOUNT";

/// The number in a variable.
pub fn number(name: &str) -> usize {
    std::env::var(name).unwrap().parse().unwrap()
}

/// One line in one write, so that a line is there whole or not at all.
pub fn acknowledge(what: &str) {
    let line = format!("ack {what}\n");
    std::io::stdout().write_all(line.as_bytes()).unwrap();
    std::io::stdout().flush().unwrap();
}

/// Says that this copy is ready, and waits until whoever started it lets all begin together.
pub fn ready() {
    acknowledge("ready");
    std::io::stdin().read_line(&mut String::new()).unwrap();
}

/// A copy that is running.
pub struct Player {
    child: Child,
    lines: std::io::Lines<BufReader<std::process::ChildStdout>>,
}

impl Player {
    /// Starts the ignored test `role` in a process of its own; it is ready when this returns.
    pub fn start(role: &str, store: &Path, prefix: &str, threads: usize, amount: usize) -> Self {
        Self::start_with(role, store, prefix, threads, amount, &[])
    }

    /// The same with further variables.
    pub fn start_with(
        role: &str,
        store: &Path,
        prefix: &str,
        threads: usize,
        amount: usize,
        variables: &[(&str, String)],
    ) -> Self {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["--exact", role, "--ignored", "--nocapture", "--test-threads=1"]);
        command.env(STORE, store).env(PREFIX, prefix);
        command.envs(variables.iter().map(|(name, value)| (name, value)));
        command.env(THREADS, threads.to_string()).env(AMOUNT, amount.to_string());
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut player = Self { child, lines };
        assert_eq!(player.next().as_deref(), Some("ready"));
        player
    }

    pub fn begin(&mut self) {
        // One that died meanwhile is noticed by whoever reads.
        let _ = self.child.stdin.take().unwrap().write_all(b"\n");
    }

    /// The next thing it acknowledges, or `None` at its end.
    pub fn next(&mut self) -> Option<String> {
        self.lines
            .by_ref()
            .map_while(Result::ok)
            .find_map(|line| line.split_once("ack ").map(|(_, what)| what.to_owned()))
    }

    /// How much memory it has had at most, while it lives.
    pub fn peak_kilobytes(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
        line.trim().trim_end_matches(" kB").parse().unwrap()
    }

    /// Waits for its end; false when it failed.
    pub fn ended_well(&mut self) -> bool {
        self.child.wait().unwrap().success()
    }

    /// Ends it as the system does when memory runs out, and answers with what it had still acknowledged.
    pub fn kill(mut self) -> Vec<String> {
        self.child.kill().unwrap();
        let rest = std::iter::from_fn(|| self.next()).collect();
        self.child.wait().unwrap();
        rest
    }
}
