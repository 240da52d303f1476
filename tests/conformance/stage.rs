//! A plugin and a sandbox on one clock, and the steps a case can take.

use std::io::{Read, Write};
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use learnerlink::config::Config;
use learnerlink::{Clock, Plugin};
use learnerlink_sandbox::{Approval, Fault, Sandbox};
use serde_json::{Map, Value, json};

use crate::{checks, place};

pub type Checked<T = ()> = Result<T, String>;

pub struct Stage {
    pub sandbox: Arc<Sandbox>,
    pub clock: Clock,
    pub plugin: Arc<Plugin>,
    pub variables: Map<String, Value>,
    /// When the last call began, on the sandbox's clock.
    pub began: i64,
}

impl Stage {
    /// Plays a case from beginning to end.
    pub async fn play(case: &Value, variables: Value) -> Checked {
        let given = &case["given"];
        let mut builder = Sandbox::builder().seed(1);
        if let Some(prefix) = given["prefix"].as_str() {
            builder = builder.prefix(prefix);
        }
        let sandbox = Arc::new(builder.start().map_err(|error| error.to_string())?);
        let pending = variables["pendingStatus"].as_u64();
        sandbox.configure(|settings| {
            settings.token_life_seconds = given["tokenLifeSeconds"].as_u64().unwrap_or(settings.token_life_seconds);
            settings.pending_status = pending.map_or(settings.pending_status, |status| status as u16);
        });
        let clock = Clock::manual(Timestamp::from_second(sandbox.unix_now()).unwrap());
        let mut variables = variables.as_object().cloned().unwrap_or_default();
        variables.insert("url".into(), json!(sandbox.url()));
        let mut document = json!({ "sandbox": sandbox.url() });
        for (key, value) in given["config"].as_object().into_iter().flatten() {
            document[key] = filled(value, &variables);
        }
        if place::on_server() && document.get("store").is_none() {
            document["store"] = json!(place::passing());
            document["vaultKey"] = json!("AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=");
        }
        let config = Config::read(&document.to_string()).map_err(|error| error.to_string())?;
        let opened = Plugin::open_with(config, clock.clone()).await;
        if let Some(code) = case["opens"]["error"].as_str() {
            return match opened {
                Err(error) if error.status().code() == code => Ok(()),
                Err(error) => Err(format!("open failed with {} and not {code}", error.status())),
                Ok(_) => Err(format!("open succeeded instead of failing with {code}")),
            };
        }
        let plugin = opened.map_err(|error| error.to_string())?;
        let began = sandbox.unix_now();
        let mut stage = Self { sandbox, clock, plugin, variables, began };
        for (number, step) in case["steps"].as_array().into_iter().flatten().enumerate() {
            stage.step(step).await.map_err(|problem| format!("step {}: {problem}", number + 1))?;
        }
        stage.plugin.close();
        Ok(())
    }

    async fn step(&mut self, step: &Value) -> Checked {
        if step["call"].is_string() {
            return self.call(step).await;
        }
        if step["advance"].is_u64() {
            self.advance(Duration::from_secs(step["advance"].as_u64().unwrap()));
            return Ok(());
        }
        if step["fault"].is_object() {
            let fault = filled(&step["fault"], &self.variables);
            self.sandbox.fault(serde_json::from_value::<Fault>(self.timed(&fault)).map_err(|error| error.to_string())?);
            return Ok(());
        }
        if step["approve"].is_object() || step["decline"].is_object() || step["wrongCode"].is_object() {
            return self.act(step);
        }
        if step["raw"].is_string() {
            return self.raw(step);
        }
        checks::check(self, step)
    }

    /// Moves both clocks; the sandbox first, so that whoever wakes here finds it there already.
    fn advance(&self, span: Duration) {
        self.sandbox.advance(span);
        self.clock.advance(span);
    }

    async fn call(&mut self, step: &Value) -> Checked {
        let operation = step["call"].as_str().unwrap();
        let request = filled(&step["request"], &self.variables).to_string();
        self.began = self.sandbox.unix_now();
        let together = step["together"].as_u64().unwrap_or(1);
        let mut calls = Vec::new();
        for _ in 0..together {
            let (plugin, request, operation) = (Arc::clone(&self.plugin), request.clone(), operation.to_owned());
            calls.push(tokio::spawn(async move { plugin.call(&operation, &request).await }));
        }
        let aside = self.aside(&step["inFlight"]);
        let results = self.drive(futures_util::future::join_all(calls), step["during"].as_array()).await?;
        if let Some(aside) = aside {
            aside.await.map_err(|error| error.to_string())??;
        }
        for result in results {
            let outcome = match result.map_err(|error| error.to_string())? {
                Ok(answer) => serde_json::from_str(&answer.json).map_err(|error| error.to_string())?,
                Err(error) => {
                    let mut outcome = error.to_json(operation, "");
                    outcome["error"] = outcome["code"].take();
                    outcome
                }
            };
            self.expect(&outcome, &step["expect"])?;
            if let Some(name) = step["as"].as_str() {
                self.variables.insert(name.into(), outcome.clone());
            }
            if outcome["record"].is_object() {
                self.variables.insert("record".into(), outcome["record"].clone());
            }
        }
        Ok(())
    }

    /// A call made by somebody else while the sandbox still holds back the answer to the first.
    fn aside(&self, step: &Value) -> Option<tokio::task::JoinHandle<Checked>> {
        let endpoint = step["endpoint"].as_str()?.to_owned();
        let request = filled(&step["request"], &self.variables).to_string();
        let (operation, expected) = (step["call"].as_str()?.to_owned(), step["expect"]["outcome"].clone());
        let (sandbox, plugin) = (Arc::clone(&self.sandbox), Arc::clone(&self.plugin));
        Some(tokio::spawn(async move {
            let arrived = tokio::task::spawn_blocking(move || {
                let there = |requests: &[learnerlink_sandbox::RecordedRequest]| {
                    requests.iter().any(|request| request.endpoint == endpoint)
                };
                sandbox.wait_for(Duration::from_secs(10), there)
            });
            if !arrived.await.map_err(|error| error.to_string())? {
                return Err("the request never reached the sandbox".to_owned());
            }
            let answer = plugin.call(&operation, &request).await.map_err(|error| error.to_string())?;
            if answer.outcome == expected { Ok(()) } else { Err(format!("{operation} gave {}", answer.outcome)) }
        }))
    }

    /// Waits for `work` while moving the clocks from one sleeper to the next, and acting at the times given.
    async fn drive<T>(&self, work: impl Future<Output = T>, during: Option<&Vec<Value>>) -> Checked<T> {
        let start = self.clock.now();
        let mut acts = during.into_iter().flatten().peekable();
        let mut work = std::pin::pin!(work);
        loop {
            tokio::select! {
                biased;
                result = &mut work => return Ok(result),
                next = self.clock.next_sleeper() => {
                    let act = acts.peek().map(|act| start + Duration::from_secs_f64(act["at"].as_f64().unwrap()));
                    match act.filter(|at| *at <= next) {
                        Some(at) => {
                            self.advance(at.since(self.clock.now()));
                            self.act(acts.next().unwrap())?;
                        }
                        None => self.advance(next.since(self.clock.now())),
                    }
                }
            }
        }
    }

    /// What the learner does.
    fn act(&self, act: &Value) -> Checked {
        let id = self.variables["qr"]["correlationId"].as_str().ok_or("there is no share yet")?;
        let done = if act["decline"].is_object() {
            self.sandbox.decline(id)
        } else if act["wrongCode"].is_object() {
            // The right code has six digits.
            let _ = self.sandbox.approve(id, Approval::with_code("wrong"));
            return Ok(());
        } else {
            let fields = filled(&act["approve"], &self.variables);
            let text = |name: &str| fields[name].as_str().map(str::to_owned);
            self.sandbox.approve(id, Approval { uln: text("uln"), code: text("code") })
        };
        done.map(drop).map_err(|refused| format!("the sandbox refused: {refused:?}"))
    }

    /// Asks the sandbox without the library, with the token of any client.
    fn raw(&mut self, step: &Value) -> Checked {
        let encode = |text: &str| url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
        let form = format!(
            "grant_type=client_credentials&client_id={}&client_secret={}&resource={}",
            encode(step["client"].as_str().unwrap()),
            encode(step["secret"].as_str().unwrap()),
            encode(learnerlink_sandbox::RESOURCE)
        );
        let head = "Content-Type: application/x-www-form-urlencoded\r\n";
        let path = format!("/{}/oauth2/token", learnerlink_sandbox::TENANT_ID);
        let (_, body) = self.http("POST", &path, head, &form)?;
        let token: Value = serde_json::from_str(&body).map_err(|error| error.to_string())?;
        let head = format!("Authorization: Bearer {}\r\n", token["access_token"].as_str().unwrap_or_default());
        let path = format!("/{}", filled(&step["raw"], &self.variables).as_str().unwrap());
        let (status, body) = self.http("GET", &path, &head, "")?;
        if status != step["status"].as_u64().unwrap() {
            return Err(format!("{path} answered {status}"));
        }
        let mut answer: Value = serde_json::from_str(&body).unwrap_or(Value::Null);
        if let Some(answer) = answer.as_object_mut() {
            answer.remove("traceId");
        }
        if let Some(name) = step["as"].as_str() {
            self.variables.insert(name.into(), answer.clone());
        }
        match step["sameAs"].as_str() {
            Some(name) if self.variables[name] != answer => Err(format!("the answer differs from {name}")),
            _ => Ok(()),
        }
    }

    fn http(&self, method: &str, path: &str, head: &str, body: &str) -> Checked<(u64, String)> {
        let host = self.sandbox.url().trim_start_matches("http://").to_owned();
        let run = || -> std::io::Result<String> {
            let mut stream = std::net::TcpStream::connect(&host)?;
            let length = body.len();
            write!(
                stream,
                "{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Length: {length}\r\n{head}\r\n{body}"
            )?;
            let mut answer = String::new();
            stream.read_to_string(&mut answer)?;
            Ok(answer)
        };
        let answer = run().map_err(|error| error.to_string())?;
        let status = answer.split(' ').nth(1).and_then(|status| status.parse().ok()).ok_or("no status line")?;
        Ok((status, answer.split_once("\r\n\r\n").map(|(_, body)| body.to_owned()).unwrap_or_default()))
    }

    /// Replaces `{"$unix": n}` and `{"$unixMs": n}` by the sandbox's time and `n` seconds.
    fn timed(&self, value: &Value) -> Value {
        match value {
            Value::Object(members) => match (members.get("$unix"), members.get("$unixMs")) {
                (Some(seconds), _) => json!(self.sandbox.unix_now() + seconds.as_i64().unwrap()),
                (_, Some(seconds)) => json!((self.sandbox.unix_now() + seconds.as_i64().unwrap()) * 1000),
                _ => members.iter().map(|(key, value)| (key.clone(), self.timed(value))).collect(),
            },
            other => other.clone(),
        }
    }

    fn expect(&self, outcome: &Value, expected: &Value) -> Checked {
        if expected["error"].is_null() && !outcome["error"].is_null() {
            return Err(format!("failed with {}: {}", outcome["error"], outcome["message"]));
        }
        for (path, wanted) in expected.as_object().into_iter().flatten() {
            match path.as_str() {
                "lacks" => {
                    let text = outcome.to_string();
                    for unwanted in filled(wanted, &self.variables).as_array().unwrap() {
                        if text.contains(unwanted.as_str().unwrap()) {
                            return Err(format!("the outcome holds {unwanted}: {text}"));
                        }
                    }
                }
                "deadlineIn" => {
                    let deadline: Timestamp =
                        outcome["deadlineAt"].as_str().unwrap_or_default().parse().map_err(|_| "no deadline")?;
                    let span = deadline.as_second() - self.began;
                    if Some(span) != wanted.as_i64() {
                        return Err(format!("the deadline is in {span} s and not {wanted}"));
                    }
                }
                path => {
                    let pointer = format!("/{}", path.replace('.', "/"));
                    let found = outcome.pointer(&pointer).unwrap_or(&Value::Null);
                    if found != wanted {
                        return Err(format!("{path} is {found} and not {wanted}"));
                    }
                }
            }
        }
        Ok(())
    }
}

/// Replaces `$name.path` in texts by the variable's value.
pub fn filled(value: &Value, variables: &Map<String, Value>) -> Value {
    match value {
        Value::String(text) => json!(filled_text(text, variables)),
        Value::Array(items) => items.iter().map(|item| filled(item, variables)).collect(),
        Value::Object(members) => {
            members.iter().map(|(key, member)| (key.clone(), filled(member, variables))).collect()
        }
        other => other.clone(),
    }
}

fn filled_text(text: &str, variables: &Map<String, Value>) -> String {
    let mut parts = text.split('$');
    let mut whole = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part.find(|c: char| !c.is_ascii_alphanumeric() && c != '.').unwrap_or(part.len());
        let (name, rest) = part.split_at(end);
        let (first, path) = name
            .split_once('.')
            .map_or((name, String::new()), |(first, path)| (first, format!("/{}", path.replace('.', "/"))));
        match variables.get(first).and_then(|value| value.pointer(&path)).and_then(Value::as_str) {
            Some(value) => whole.push_str(value),
            None => panic!("no variable ${name}"),
        }
        whole.push_str(rest);
    }
    whole
}
