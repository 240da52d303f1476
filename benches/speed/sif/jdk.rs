//! The transformer that the JDK brings, in a process of its own.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;

/// The program, run from its source.
const SOURCE: &str = include_str!("Transform.java");

/// A running transformer.
pub struct Transformer {
    process: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    /// What it makes of the record.
    pub result: String,
    _folder: tempfile::TempDir,
}

impl Transformer {
    /// Compiles the stylesheet and warms up.
    ///
    /// # Errors
    /// Why there is none.
    pub fn start(sheet: &str, record: &str) -> Result<Self, String> {
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        let path = |name: &str| folder.path().join(name);
        for (name, text) in [("Transform.java", SOURCE), ("filter.xsl", sheet), ("record.xml", record)] {
            std::fs::write(path(name), text).map_err(|error| error.to_string())?;
        }
        let mut command = Command::new("java");
        // One thread measures; the compiler and the collector would otherwise have a core of their own to work on.
        command.args(["-XX:+UseSerialGC", "-Xmx512m"]);
        // By default it takes no more than 100 operators, which 90 rules exceed.
        command.args([
            "-Djdk.xml.xpathExprOpLimit=0",
            "-Djdk.xml.xpathTotalOpLimit=0",
            "-Djdk.xml.xpathExprGrpLimit=0",
        ]);
        command.arg(path("Transform.java"));
        command.args([path("filter.xsl"), path("record.xml"), path("out.xml")]);
        let mut process = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("java cannot be started, {error}"))?;
        let (input, output) = (process.stdin.take(), process.stdout.take());
        let (input, output) = input.zip(output).ok_or("no pipes")?;
        let mut new = Self { process, input, output: BufReader::new(output), result: String::new(), _folder: folder };
        new.nanos(Duration::from_secs(3))?;
        let out = new._folder.path().join("out.xml");
        new.result = std::fs::read_to_string(out).map_err(|error| error.to_string())?;
        Ok(new)
    }

    /// Nanoseconds of the thread's CPU time per record, over about `span`.
    ///
    /// # Errors
    /// When it has ended.
    pub fn nanos(&mut self, span: Duration) -> Result<f64, String> {
        let ended = |_| "java has ended".to_owned();
        writeln!(self.input, "{}", span.as_nanos()).map_err(ended)?;
        let mut line = String::new();
        self.output.read_line(&mut line).map_err(ended)?;
        line.trim().parse().map_err(|_| "java has ended".to_owned())
    }
}

impl Drop for Transformer {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
