//! Proves that operations run from a shell, and that their errors tell scripts what to do.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use learnerlink_sandbox::{Fault, Sandbox};
use support::{call, member, piped, program, run};

const KEY: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

/// A configuration with a store in `folder`.
fn config(folder: &Path, sandbox: &Sandbox) -> String {
    let (file, store) = (folder.join("config.json"), folder.join("störe.db"));
    let text = format!(r#"{{"store":{:?},"vaultKey":"{KEY}","sandbox":"{}"}}"#, store, sandbox.url());
    fs::write(&file, text).unwrap();
    file.to_str().unwrap().to_owned()
}

#[test]
fn an_answer_is_one_line_of_json_or_several() {
    let sandbox = Sandbox::start();
    sandbox.grant("5123456782", "10099901");
    let request = r#"{"ukprn":"10099901","uln":"5123456782","recordFormat":"raw"}"#;
    let plain = call(&sandbox, "fetch_learner_data", request);
    assert_eq!((plain.code, plain.stderr.as_str()), (Some(0), ""));
    assert!(plain.stdout.starts_with(r#"{"outcome":"shared""#) && plain.stdout.ends_with("}\n"), "{}", plain.stdout);
    assert_eq!(plain.stdout.lines().count(), 1);
    let pretty = piped(&["call", "fetch_learner_data", "--sandbox", &sandbox.url(), "--pretty"], request);
    assert!(pretty.stdout.contains("\n    \"uln\": 5123456782,\n"), "{}", pretty.stdout);
}

#[test]
fn an_outcome_that_is_not_what_one_hoped_for_is_not_an_error() {
    let sandbox = Sandbox::start();
    let ran = call(&sandbox, "fetch_learner_data", r#"{"ukprn":"10099901","uln":"5123456782"}"#);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert_eq!(member(&ran.stdout, "outcome"), "notShared");
}

#[test]
fn the_request_comes_from_a_file_from_a_pipe_or_not_at_all() {
    let sandbox = Sandbox::start();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("request.json");
    fs::write(&file, "\u{feff}{\"probe\": true}").unwrap();
    let options = ["call", "health", "--sandbox", &sandbox.url()];
    let from_file = run(&[&options[..], &["--request", file.to_str().unwrap()]].concat());
    assert!(from_file.stdout.contains("\"store\":true"), "{}", from_file.stderr);
    assert!(piped(&options, "{\"probe\":true}").stdout.contains("\"store\":true"));
    assert!(!run(&options).stdout.contains("\"store\""));
    let no_utf8 = piped(&options, b"{\"user\":\"Zo\xeb\"}");
    assert_eq!(no_utf8.code, Some(3));
    assert_eq!(member(&no_utf8.error(), "code"), "INVALID_UTF8");
}

#[cfg(unix)]
#[test]
fn a_closed_standard_input_is_an_empty_request() {
    let sandbox = Sandbox::start();
    let line = format!("{:?} call health --sandbox {} <&-", env!("CARGO_BIN_EXE_learnerlink"), sandbox.url());
    let output = Command::new("sh").args(["-c", &line]).output().unwrap();
    assert!(output.status.success(), "{output:?}");
}

#[test]
fn names_in_other_alphabets_come_back_as_they_were() {
    let sandbox = Sandbox::start();
    let folder = tempfile::tempdir().unwrap();
    let config = config(folder.path(), &sandbox);
    let put =
        piped(&["call", "put_profile", "--config", &config], r#"{"profile":"żółw","displayName":"Coláiste Ẁÿñ 学校"}"#);
    assert_eq!(put.code, Some(0), "{}", put.stderr);
    let listed = run(&["call", "list_profiles", "--config", &config]);
    assert!(
        listed.stdout.contains("\"profile\":\"żółw\"") && listed.stdout.contains("Coláiste Ẁÿñ 学校"),
        "{}",
        listed.stdout
    );
}

#[test]
fn a_sandbox_overrides_the_configuration() {
    let (first, second) = (Sandbox::start(), Sandbox::start());
    let folder = tempfile::tempdir().unwrap();
    let config = config(folder.path(), &first);
    let ran =
        piped(&["call", "generate_qr", "--config", &config, "--sandbox", &second.url()], r#"{"ukprn":"10099901"}"#);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(first.requests().is_empty() && !second.requests().is_empty());
}

#[test]
fn the_exit_code_tells_the_kind_of_error() {
    let sandbox = Sandbox::start();
    let unknown_key = call(&sandbox, "health", r#"{"prob":1}"#);
    assert_eq!((unknown_key.code, unknown_key.stdout.as_str()), (Some(3), ""));
    let error = unknown_key.error();
    for part in [r#""code":"UNKNOWN_KEY""#, r#""operation":"health""#, r#""details":{"path":"prob"}"#] {
        assert!(error.contains(part), "{error}");
    }

    let folder = tempfile::tempdir().unwrap();
    let config = config(folder.path(), &sandbox);
    fs::write(folder.path().join("störe.db"), "somebody's letters, which are not a database at all").unwrap();
    let store = run(&["call", "health", "--config", &config]);
    assert_eq!((store.code, member(&store.error(), "code").as_str()), (Some(4), "STORE_CORRUPT"));

    sandbox.fault(Fault::on("learner-data").status(403).times(9));
    sandbox.fault(Fault::on("token").body("no token").times(9));
    let remote = call(&sandbox, "generate_qr", r#"{"ukprn":"10099901"}"#);
    assert_eq!((remote.code, member(&remote.error(), "code").as_str()), (Some(5), "PROTOCOL"));

    let missing = run(&["call", "health", "--config", "/does/not/exist.json"]);
    assert_eq!(missing.code, Some(3));
    assert!(missing.error().contains("`--config` names a file that does not exist"), "{}", missing.stderr);
}

#[test]
fn wrong_usage_is_told_with_status_two() {
    for (arguments, reason) in [
        (&["call", "health"][..], "--config"),
        (&["call", "make_tea", "--sandbox", "http://127.0.0.1:1"], "learnerlink operations"),
        (&["call", "health", "--sandbox", "x", "--log", "loud"], "trace"),
        (&["brew"], "brew"),
        (&[], "Usage"),
    ] {
        let ran = run(arguments);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(ran.stderr.contains(reason), "{}", ran.stderr);
        assert!(!ran.stderr.contains('\u{1b}'), "there are no colours");
    }
}

#[test]
fn log_lines_go_to_standard_error_before_the_error() {
    let sandbox = Sandbox::start();
    let options = ["call", "generate_qr", "--sandbox", &sandbox.url(), "--log", "debug"];
    let ran = piped(&options, r#"{"ukprn":"10099901"}"#);
    assert_eq!(ran.code, Some(0));
    assert!(
        ran.stderr.lines().count() > 1 && ran.stderr.lines().all(|line| line.starts_with("{\"at\":")),
        "{}",
        ran.stderr
    );
    let failed = piped(&options, r#"{"ukprn":"10099903"}"#);
    assert_eq!(member(&failed.error(), "code"), "NO_CREDENTIAL");
    assert!(failed.stderr.lines().count() > 1, "{}", failed.stderr);
}

#[cfg(unix)]
#[test]
fn ctrl_c_cancels_the_operation_and_the_audit_trail_says_so() {
    let sandbox = Sandbox::start();
    let folder = tempfile::tempdir().unwrap();
    let config = config(folder.path(), &sandbox);
    let issued = piped(&["call", "generate_qr", "--config", &config], r#"{"ukprn":"10099901"}"#);
    let request = format!(r#"{{"correlationId":"{}","waitMs":60000}}"#, member(&issued.stdout, "correlationId"));
    let file = folder.path().join("poll.json");
    fs::write(&file, request).unwrap();
    for signal in ["INT", "TERM"] {
        sandbox.clear_requests();
        let mut command =
            program(&["call", "poll_learner_data", "--config", &config, "--request", file.to_str().unwrap()]);
        let child = command.stdin(Stdio::null()).spawn().unwrap();
        let polled =
            |requests: &[learnerlink_sandbox::RecordedRequest]| requests.iter().any(|r| r.endpoint == "learner-data");
        assert!(sandbox.wait_for(Duration::from_secs(60), polled));
        assert!(Command::new("kill").args(["-s", signal, &child.id().to_string()]).status().unwrap().success());
        let ran = support::Ran::from(child.wait_with_output().unwrap());
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(130), ""), "{}", ran.stderr);
        assert_eq!(member(&ran.error(), "code"), "CANCELLED");
    }
    let audit = piped(&["call", "query_audit", "--config", &config], r#"{"operation":"poll_learner_data"}"#);
    assert_eq!(audit.stdout.matches("\"outcome\":\"CANCELLED\"").count(), 2, "{}", audit.stdout);
}
