//! A panic in any layer becomes status 900, is told to the log and to nobody else, and the next call works.

#![cfg(all(target_os = "linux", feature = "failpoints"))]
// A test says by failing that something is not as it must be.
#![allow(clippy::unwrap_used)]

#[path = "support/abi.rs"]
mod abi;
#[path = "support/c.rs"]
mod c;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use abi::*;
use learnerlink_sandbox::{Approval, Sandbox};
use serde_json::{Value, json};

/// Set for the copy of this program that plays the host; its value names the layer.
const LAYER: &str = "LEARNERLINK_TEST_LAYER";
/// The folder the copy works in.
const FOLDER: &str = "LEARNERLINK_TEST_FOLDER";

#[test]
fn a_panic_in_the_body_of_an_export_is_caught() {
    host("ffi.handle");
}

#[test]
fn a_panic_while_a_plugin_opens_is_caught() {
    host("plugin.open");
}

#[test]
fn a_panic_while_a_request_is_read_is_caught() {
    host("operation.read");
}

#[test]
fn a_panic_in_the_work_of_an_operation_is_caught() {
    host("operation.work");
}

#[test]
fn a_panic_in_a_job_of_the_stores_writer_is_caught() {
    host("store.write");
}

#[test]
fn a_panic_of_the_stores_writer_itself_is_caught() {
    host("store.batch");
}

#[test]
fn a_panic_of_a_reader_of_the_store_is_caught() {
    host("store.read");
}

#[test]
fn a_panic_of_a_poll_is_caught() {
    host("vera.poll");
}

#[test]
fn a_panic_of_the_poller_itself_is_caught() {
    host("vera.poller");
}

#[test]
fn a_panic_before_any_plugin_was_opened_is_caught() {
    host("first");
}

/// Plays a host in a process of its own, because what the library must not write to is the process's.
fn host(layer: &str) {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "play", "--ignored", "--nocapture", "--test-threads=1"]);
    command.env(LAYER, layer).env(FOLDER, folder.path());
    command.env("LEARNERLINK_FAILPOINTS", folder.path().join("failpoints"));
    let output = c::finish(&mut command, PATIENCE * 3);
    let (out, error) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{layer}: {}\n{out}\n{error}", output.status);
    assert!(error.is_empty(), "{layer}: standard error got {error}");
    assert!(out.contains("played"), "{layer}: {out}");
    assert!(!out.contains("panic"), "{layer}: standard output got {out}");
}

struct Stage {
    failpoints: PathBuf,
    sandbox: Sandbox,
    config: Value,
    armed: std::cell::Cell<u32>,
    /// Whether nothing at all is to work while a point is armed.
    everywhere: bool,
}

impl Stage {
    fn new(folder: &Path) -> Self {
        let sandbox = Sandbox::start();
        let config = json!({
            "sandbox": sandbox.url(),
            "store": folder.join("x.db"),
            "vaultKey": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
            "log": { "level": "error" },
        });
        Self { failpoints: folder.join("failpoints"), sandbox, config, armed: 0.into(), everywhere: false }
    }

    fn arm(&self, name: &str) {
        // An error object needs a handle too, so in that layer one failure has to do.
        let times = if name == "ffi.handle" && !self.everywhere { "1" } else { "always" };
        self.armed.set(self.armed.get() + 1);
        std::fs::write(&self.failpoints, format!("{name} panic {times} {}", self.armed.get())).unwrap();
    }

    fn disarm(&self) {
        std::fs::remove_file(&self.failpoints).unwrap();
    }
}

/// Not a test of its own: see `host`.
#[test]
#[ignore = "played by other tests"]
fn play() {
    let (Ok(layer), Ok(folder)) = (std::env::var(LAYER), std::env::var(FOLDER)) else { return };
    let mut stage = Stage::new(Path::new(&folder));
    if layer == "first" {
        stage.everywhere = true;
        stage.arm("ffi.handle");
        let (mut text, mut error) = (7, 7);
        // SAFETY: the out-pointers are local variables.
        let status = unsafe { (abi().describe)(&mut text, &mut error) };
        assert_eq!((status, text, error), (INTERNAL, 0, 0), "not even an error object can be made");
        stage.disarm();
        assert_eq!(describe()["library"], "learnerlink");
        acknowledge();
        return;
    }
    if layer == "plugin.open" {
        stage.arm(&layer);
        internal(open(&stage.config));
        stage.disarm();
    }
    let plugin = open(&stage.config).unwrap();
    if layer != "plugin.open" {
        let id = share(plugin);
        for _ in 0..2 {
            // As a call and as an operation that was started; reading a request fails the start itself.
            stage.arm(&layer);
            internal(call(plugin, operation(&layer), &request(&layer, &id)));
            stage.arm(&layer);
            match start(plugin, operation(&layer), &request(&layer, &id)) {
                Ok(op) => {
                    assert_eq!(wait(op, PATIENCE_MS).unwrap(), FAILED);
                    internal(result(op));
                    close(op).unwrap();
                }
                Err(failure) => internal::<()>(Err(failure)),
            }
            if layer == "operation.work" {
                // On the calling thread, too.
                internal(call(plugin, "health", &json!({})));
            }
        }
        stage.disarm();
        stage.sandbox.approve(&id, Approval::by("5123456782")).unwrap();
        let answer = call(plugin, operation(&layer), &request(&layer, &id)).unwrap();
        assert!(["ok", "shared"].contains(&answer["outcome"].as_str().unwrap()), "{answer}");
    }
    told(&layer);
    assert_eq!(call(plugin, "health", &json!({ "probe": true })).unwrap()["outcome"], "ok");
    assert_eq!(call(plugin, "verify_audit", &json!({})).unwrap()["outcome"], "intact");
    assert!(stage.sandbox.faults().is_empty());
    close(plugin).unwrap();
    assert_eq!(live_handles(), 0);
    acknowledge();
}

/// Tells whoever plays this that it came to its end.
fn acknowledge() {
    std::io::stdout().write_all(b"played\n").unwrap();
}

fn share(plugin: u64) -> String {
    let issued = call(plugin, "generate_qr", &json!({ "ukprn": "10099901" })).unwrap();
    issued["correlationId"].as_str().unwrap().to_owned()
}

/// An operation that passes through a layer.
fn operation(layer: &str) -> &str {
    match layer {
        "vera.poll" | "vera.poller" => "poll_learner_data",
        "store.read" => "list_profiles",
        _ => "put_profile",
    }
}

fn request(layer: &str, id: &str) -> Value {
    match operation(layer) {
        "poll_learner_data" => json!({ "correlationId": id, "waitMs": 60_000 }),
        "put_profile" => json!({ "profile": "x", "displayName": "x" }),
        _ => json!({}),
    }
}

fn internal<T>(answer: Answer<T>) {
    let Err(failure) = answer else { panic!("the call succeeded") };
    assert_eq!(failure.status, INTERNAL, "{:?}", failure.error);
    let error = failure.error.unwrap();
    assert!(!error.to_string().contains("failpoint"), "the panic's own text is not shown: {error}");
}

/// The log has file and line, and not the text of the panic.
fn told(layer: &str) {
    let mut places = Vec::new();
    while let Ok(line) = log_next(0) {
        assert!(!line.to_string().contains("the failpoint"), "{line}");
        places.extend(line["place"].as_str().map(str::to_owned));
    }
    assert!(!places.is_empty(), "{layer}: the log has nothing of a panic");
    for place in places {
        let (file, line) = place.rsplit_once(':').unwrap();
        assert!(file.ends_with(".rs") && line.parse::<u32>().is_ok(), "{place}");
    }
}
