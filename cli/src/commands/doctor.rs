//! `learnerlink doctor`: whether everything is in order on this machine.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;
use learnerlink::config::Config;
use learnerlink::runtime::Runtime;
use learnerlink::{Clock, Error, Plugin, Result};
use serde_json::{Value, json};

use crate::input::Setup;
use crate::{exit, output};

/// Check the configuration, the store, the profiles and the audit trail, and print what is found
///
/// Opens the store, and creates it when it does not exist; calls no outside service. Secrets are not
/// shown. The checks are entered in the audit trail like everything else.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  learnerlink doctor --config college.json\n  learnerlink doctor --config college.json --log warn"
)]
pub struct Doctor {
    #[command(flatten)]
    setup: Setup,
}

/// The findings so far.
struct Report {
    lines: Vec<String>,
    /// The exit code of the first thing that is not right.
    code: u8,
}

impl Doctor {
    /// Runs the checks.
    pub fn run(self) -> ExitCode {
        let log = self.setup.show_log();
        let mut report = Report { lines: Vec::new(), code: 0 };
        report.say("version", versions());
        report.say("platform", format!("{} {}", std::env::consts::OS, std::env::consts::ARCH));
        if let Err(error) = self.examine(&mut report) {
            report.fault("stopped", &error);
        }
        let verdict = if report.code == 0 { "everything is in order" } else { "something is not right, see above" };
        report.say("verdict", verdict.into());
        drop(log);
        let printed = output::print(&report.lines.join("\n"));
        if report.code == 0 { printed } else { ExitCode::from(report.code) }
    }

    fn examine(&self, report: &mut Report) -> Result<()> {
        let config = match self.setup.config().and_then(|text| Config::read(&text)) {
            Ok(config) => config,
            Err(error) => {
                report.fault("config", &error);
                return Ok(());
            }
        };
        report.say("config", format!("{}: valid", self.setup.name()));
        let store = config.store.clone().unwrap_or_else(|| ":memory:".into());
        let place = store.shown();
        let is_new = !store.is_server() && (place == ":memory:" || !Path::new(&place).exists());
        let runtime = Runtime::shared()?;
        runtime.handle().block_on(async {
            let plugin = match Plugin::open_with(config, Clock::system()).await {
                Ok(plugin) => plugin,
                Err(error) => {
                    report.fault("store", &error);
                    return;
                }
            };
            report.say("store", format!("{} {place}", if is_new { "created and opened" } else { "opened" }));
            report.health(&plugin).await;
            report.profiles(&plugin).await;
            report.audit(&plugin).await;
            plugin.close();
        });
        Ok(())
    }
}

impl Report {
    fn say(&mut self, about: &str, what: String) {
        self.lines.push(format!("{about:<10}{what}"));
    }

    fn fault(&mut self, about: &str, error: &Error) {
        self.problem(about, format!("{error} [{}]", error.status()), exit::code_of(error));
    }

    fn problem(&mut self, about: &str, what: String, code: u8) {
        self.say(about, format!("NOT RIGHT: {what}"));
        if self.code == 0 {
            self.code = code;
        }
    }

    async fn health(&mut self, plugin: &Arc<Plugin>) {
        match ask(plugin, "health", json!({ "probe": true })).await {
            Ok(health) if health["outcome"] == "ok" => self.say("health", "the plugin can work".into()),
            Ok(_) => self.problem("health", "the store cannot be read".into(), exit::STORE),
            Err(error) => self.fault("health", &error),
        }
    }

    async fn profiles(&mut self, plugin: &Arc<Plugin>) {
        let answer = match ask(plugin, "list_profiles", json!({})).await {
            Ok(answer) => answer,
            Err(error) => return self.fault("profiles", &error),
        };
        let profiles = answer["profiles"].as_array().map_or(&[][..], Vec::as_slice);
        self.say("profiles", profiles.len().to_string());
        for profile in profiles {
            let text = |key: &str| profile[key].as_str().unwrap_or_default().to_owned();
            let systems: Vec<&str> =
                profile["systems"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
            let systems = if systems.is_empty() { "no credentials".into() } else { systems.join(", ") };
            self.say("", format!("{}  {}  ({systems})", text("profile"), text("displayName")));
        }
    }

    async fn audit(&mut self, plugin: &Arc<Plugin>) {
        match ask(plugin, "verify_audit", json!({})).await {
            Ok(found) if found["outcome"] == "intact" => {
                self.say("audit", format!("complete and unaltered, entries: {}", found["entries"]));
            }
            Ok(found) => {
                let outcome = found["outcome"].as_str().unwrap_or_default();
                let place = found["atSeq"].as_u64().map(|at| format!(" at entry {at}")).unwrap_or_default();
                self.problem("audit", format!("the trail is {outcome}{place}"), exit::STORE);
            }
            Err(error) => self.fault("audit", &error),
        }
    }
}

async fn ask(plugin: &Arc<Plugin>, operation: &str, mut request: Value) -> Result<Value> {
    request["user"] = json!("learnerlink doctor");
    let answer = plugin.call(operation, &request.to_string()).await?;
    serde_json::from_str(&answer.json).map_err(|_| Error::internal("a response is not JSON"))
}

fn versions() -> String {
    let (major, minor) = (learnerlink::ABI_MAJOR, learnerlink::ABI_MINOR);
    format!("{}, C ABI {major}.{minor}, store schema {}", learnerlink::VERSION, learnerlink::store::SCHEMA)
}
