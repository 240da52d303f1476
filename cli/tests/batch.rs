//! Proves that batches run from a shell, and that the same command goes on with one that was interrupted.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::time::Duration;

use learnerlink_sandbox::{Fault, Sandbox};
use support::{Ran, member, program, run};
use tempfile::TempDir;

const SERVICE: &str = "lrs/LearnerService.svc";

struct Stand {
    folder: TempDir,
    sandbox: Sandbox,
    config: String,
}

impl Stand {
    fn new() -> Self {
        let (folder, sandbox) = (tempfile::tempdir().unwrap(), Sandbox::start());
        let store = folder.path().join("store.db");
        let text = format!(
            r#"{{"store":{store:?},"vaultKey":"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=","sandbox":"{}"}}"#,
            sandbox.url()
        );
        fs::write(folder.path().join("config.json"), text).unwrap();
        let config = folder.path().join("config.json").to_str().unwrap().to_owned();
        Self { folder, sandbox, config }
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).to_str().unwrap().to_owned()
    }

    fn input(&self, rows: usize) -> String {
        let mut text = String::from("Student ID;Forename;Surname;dateOfBirth;gender;postcode\n");
        for row in 0..rows {
            text.push_str(&format!("{row};Nobody;Stranger;1999-01-02;notKnown;LS11 5QT\n"));
        }
        fs::write(self.path("in.csv"), text).unwrap();
        self.path("in.csv")
    }

    /// The arguments of a match of the input.
    fn matching<'a>(&'a self, input: &'a str, output: &'a str, more: &[&'a str]) -> Vec<&'a str> {
        let mut arguments = vec!["batch", "match", "--config", &self.config, "--in", input, "--out", output];
        arguments.extend(["--column", "givenName=Forename", "--column", "familyName=Surname"]);
        arguments.extend(["--column", "dateOfBirth=dateOfBirth", "--column", "gender=gender"]);
        arguments.extend(["--column", "lastKnownPostCode=postcode", "--id", "Student ID"]);
        arguments.extend(["--set", "ukprn=10099901", "--set", "user=clerk"]);
        arguments.extend(more);
        arguments
    }
}

fn has(ran: &Ran, code: i32, stderr: &str) {
    assert_eq!(ran.code, Some(code), "{}", ran.stderr);
    assert!(ran.stderr.contains(stderr), "{}", ran.stderr);
}

#[test]
fn a_file_is_matched_with_one_command() {
    let stand = Stand::new();
    let (input, output) = (stand.input(5), stand.path("out.csv"));
    let checked = run(&stand.matching(&input, &output, &["--dry-run"]));
    has(&checked, 0, "");
    assert!(checked.stdout.contains("\"outcome\": \"validated\"") && !Path::new(&output).exists());
    let ran = run(&stand.matching(&input, &output, &[]));
    has(&ran, 0, "done: 5 done, 0 failed, 0 refused; the results are in ");
    assert!(ran.stdout.contains("\"noMatch\": 5"), "{}", ran.stdout);
    assert_eq!(fs::read_to_string(&output).unwrap().lines().count(), 6);
    let listed = run(&["batch", "list", "--config", &stand.config]);
    assert!(listed.stdout.contains("done") && listed.stdout.contains("match_learner"), "{}", listed.stdout);
    has(&run(&stand.matching(&input, &output, &[])), 3, "names a file that exists");
}

#[test]
fn rows_with_errors_give_an_exit_code_of_their_own() {
    let stand = Stand::new();
    let (input, output) = (stand.input(2), stand.path("out.csv"));
    fs::write(&input, fs::read_to_string(&input).unwrap() + "1;a\n").unwrap();
    let ran = run(&stand.matching(&input, &output, &[]));
    has(&ran, 6, "line 4: it has 2 values where 6 are expected");
    has(&run(&stand.matching(&input, &stand.path("other.csv"), &["--dry-run"])), 6, "");
    let ran = run(&stand.matching(&input, &stand.path("other.csv"), &["--stop-after", "1"]));
    has(&ran, 7, "learnerlink: the batch could not go on");
    assert!(Path::new(&stand.path("other.csv.part")).exists());
}

#[cfg(unix)]
#[test]
fn an_interrupted_command_goes_on_when_it_is_given_again() {
    let stand = Stand::new();
    let (input, output) = (stand.input(30), stand.path("out.csv"));
    for signal in ["-INT", "-KILL"] {
        stand.sandbox.clear_faults();
        stand.sandbox.fault(Fault::on(SERVICE).latency(Duration::from_millis(1)).times(4));
        stand.sandbox.fault(Fault::on(SERVICE).latency(Duration::from_secs(600)).forever());
        let asked = stand.sandbox.requests().len();
        let mut child = program(&stand.matching(&input, &output, &["--concurrency", "2"])).spawn().unwrap();
        let mut stderr = BufReader::new(child.stderr.take().unwrap());
        let mut line = String::new();
        stderr.read_line(&mut line).unwrap();
        while stand.sandbox.requests().len() < asked + 4 {
            std::thread::yield_now();
        }
        let kill = std::process::Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap();
        assert!(kill.success());
        let rest: Vec<String> = stderr.lines().map(Result::unwrap).collect();
        let status = child.wait().unwrap();
        if signal == "-INT" {
            assert_eq!(status.code(), Some(130), "{rest:?}");
            assert!(rest.iter().any(|line| line.contains("give the same command again")), "{rest:?}");
        }
        assert!(Path::new(&format!("{output}.part")).exists() && !Path::new(&output).exists());
    }
    stand.sandbox.clear_faults();
    let ran = run(&stand.matching(&input, &output, &[]));
    has(&ran, 0, "goes on where it ended");
    assert!(ran.stdout.contains("\"done\": 30"), "{}", ran.stdout);
    let text = fs::read_to_string(&output).unwrap();
    let rows: Vec<_> =
        text.lines().skip(1).map(|line| line.split(',').next().unwrap().parse::<usize>().unwrap()).collect();
    assert_eq!(rows, (1..=30).collect::<Vec<_>>());
}

#[cfg(unix)]
#[test]
fn whoever_keeps_nothing_is_not_told_to_go_on() {
    let stand = Stand::new();
    let (input, output, url) = (stand.input(30), stand.path("out.csv"), stand.sandbox.url());
    stand.sandbox.fault(Fault::on(SERVICE).latency(Duration::from_secs(600)).forever());
    let mut arguments = stand.matching(&input, &output, &[]);
    arguments.splice(2..4, ["--sandbox", &url]);
    let mut child = program(&arguments).spawn().unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines().map(Result::unwrap);
    assert!(lines.any(|line| line.contains("the store is in memory")));
    assert!(std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    let last = lines.last().unwrap();
    assert!(last.contains(&format!("remove {output}.part and run it again")), "{last}");
    assert_eq!(child.wait().unwrap().code(), Some(130));
}

#[test]
fn a_batch_is_looked_at_resumed_and_cancelled_by_its_id() {
    let stand = Stand::new();
    let (input, output) = (stand.input(3), stand.path("out.jsonl"));
    let ran = run(&stand.matching(&input, &output, &[]));
    let pretty = |text: &str| text.replace("\": ", "\":");
    let id = member(&pretty(&ran.stdout), "batchId");
    let config = stand.config.as_str();
    let status = run(&["batch", "status", &id, "--config", config]);
    assert!(status.stdout.contains("\"outcome\": \"done\""), "{}", status.stdout);
    has(&run(&["batch", "resume", &id, "--config", config]), 0, "done: 3 done");
    let cancelled = run(&["batch", "cancel", &id, "--config", config]);
    assert!(cancelled.stdout.contains("notRunning"), "{}", cancelled.stdout);
    has(&run(&["batch", "status", "none", "--config", config]), 3, "NOT_FOUND");
}

#[test]
fn wrong_usage_is_told_before_anything_is_opened() {
    for (arguments, expected) in [
        (&["batch", "make_tea", "--in", "a", "--out", "b", "--config", "c"][..], "there is no operation of this name"),
        (&["batch", "match", "--in", "a", "--config", "c"][..], "--out <FILE>"),
        (&["batch", "match", "--in", "a", "--out", "b", "--config", "c", "--set", "x"][..], "NAME=VALUE"),
        (&["batch"][..], "Usage"),
    ] {
        has(&run(arguments), 2, expected);
    }
    assert!(run(&["batch", "--help"]).stdout.contains("learnerlink batch match --in learners.csv"));
}
