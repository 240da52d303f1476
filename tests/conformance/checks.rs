//! Looks at what the sandbox recorded and what the log holds.

use std::collections::HashMap;
use std::time::{Duration, SystemTime};

use learnerlink_sandbox::RecordedRequest;
use serde_json::Value;

use crate::stage::{Checked, Stage, filled};

/// Carries out a checking step.
pub fn check(stage: &Stage, step: &Value) -> Checked {
    let to = |key: &str| step[key].as_str().map(|endpoint| stage.sandbox.requests_to(endpoint));
    if let Some(counts) = step["counts"].as_object() {
        for (endpoint, wanted) in counts {
            let found = stage.sandbox.requests_to(endpoint).len() as u64;
            equal(&format!("requests to {endpoint}"), found, wanted.as_u64().unwrap())?;
        }
        Ok(())
    } else if let Some(requests) = to("recorded") {
        recorded(requests.last().ok_or("nothing was recorded")?, &step["expect"])
    } else if let Some(requests) = to("bearers") {
        bearers(&requests, step["expect"].as_array().unwrap())
    } else if let Some(requests) = to("answered") {
        answered(&requests, step)
    } else if let Some(requests) = to("serial") {
        serial(&requests)
    } else if let Some(requests) = to("gaps") {
        gaps(&requests, step["between"].as_array().unwrap())
    } else if let Some(requests) = to("paced") {
        paced(stage, &requests, step)
    } else if let Some(requests) = to("abandoned") {
        // The sandbox notices a moment after the connection was closed.
        let endpoint = step["abandoned"].as_str().unwrap().to_owned();
        let gone =
            |all: &[RecordedRequest]| all.iter().any(|request| request.endpoint == endpoint && request.abandoned);
        let found =
            requests.iter().any(|request| request.abandoned) || stage.sandbox.wait_for(Duration::from_secs(10), gone);
        if found { Ok(()) } else { Err("no request was abandoned".into()) }
    } else if step["elapsed"].is_object() {
        let elapsed = stage.sandbox.unix_now() - stage.began;
        let (least, most) = (step["elapsed"]["least"].as_i64().unwrap(), step["elapsed"]["most"].as_i64().unwrap());
        if (least..=most).contains(&elapsed) { Ok(()) } else { Err(format!("it took {elapsed} s")) }
    } else if step["logs"].is_object() {
        logs(stage, &step["logs"])
    } else {
        Err(format!("no such step: {step}"))
    }
}

fn equal<T: PartialEq + std::fmt::Display>(what: &str, found: T, wanted: T) -> Checked {
    if found == wanted { Ok(()) } else { Err(format!("{what}: {found} and not {wanted}")) }
}

fn recorded(request: &RecordedRequest, expected: &Value) -> Checked {
    if let Some(path) = expected["path"].as_str() {
        equal("path", request.path.as_str(), path)?;
    }
    if let Some(form) = expected["form"].as_object() {
        let found: HashMap<String, String> = request.form().into_iter().collect();
        equal("form fields", request.form().len(), form.len())?;
        for (name, value) in form {
            equal(name, found.get(name).map_or("", String::as_str), value.as_str().unwrap())?;
        }
    }
    if !expected["json"].is_null() {
        let found = request.json().unwrap_or(Value::Null);
        if found != expected["json"] {
            return Err(format!("the body is {found}"));
        }
    }
    Ok(())
}

/// The tokens of the requests, told apart by letters in the order of appearance.
fn bearers(requests: &[RecordedRequest], expected: &[Value]) -> Checked {
    let mut known: Vec<&str> = Vec::new();
    let mut owners: HashMap<&str, &str> = HashMap::new();
    let mut found = Vec::new();
    for request in requests {
        let bearer = request.bearer().ok_or("a request has no token")?;
        let owner = request.ukprn.as_deref().ok_or("a request has no provider")?;
        if *owners.entry(bearer).or_insert(owner) != owner {
            return Err("a token was sent for two providers".into());
        }
        let at = known.iter().position(|other| *other == bearer).unwrap_or_else(|| {
            known.push(bearer);
            known.len() - 1
        });
        found.push(Value::from(char::from(b'a' + at as u8).to_string()));
    }
    if found == expected { Ok(()) } else { Err(format!("the tokens are {found:?}")) }
}

fn answered(requests: &[RecordedRequest], step: &Value) -> Checked {
    let status = step["status"].as_u64().map(|status| status as u16);
    let times = requests.iter().filter(|request| request.status == status).count() as u64;
    equal("answers of this status", times, step["times"].as_u64().unwrap())?;
    let last = requests.last().and_then(|request| request.status);
    if step["last"] == true && last != status { Err(format!("the last answer was {last:?}")) } else { Ok(()) }
}

/// No request was sent before the one before it was answered.
fn serial(requests: &[RecordedRequest]) -> Checked {
    for pair in requests.windows(2) {
        if pair[0].answered.is_none_or(|answered| answered > pair[1].received) {
            return Err("a request was sent before the previous answer".into());
        }
    }
    if requests.len() > 1 { Ok(()) } else { Err("there were fewer than two requests".into()) }
}

fn seconds(later: SystemTime, earlier: SystemTime) -> f64 {
    later.duration_since(earlier).unwrap_or_default().as_secs_f64()
}

/// The intervals between requests lie between the given numbers of seconds.
fn gaps(requests: &[RecordedRequest], between: &[Value]) -> Checked {
    let found: Vec<f64> = requests.windows(2).map(|pair| seconds(pair[1].at, pair[0].at)).collect();
    if found.len() < between.len() {
        return Err(format!("there were only {} intervals", found.len()));
    }
    for (gap, range) in found.iter().zip(between) {
        within(*gap, range).map_err(|problem| format!("{problem} in {found:?}"))?;
    }
    Ok(())
}

fn within(gap: f64, range: &Value) -> Checked {
    let (least, most) = (range[0].as_f64().unwrap(), range[1].as_f64().unwrap());
    // The sandbox's clock counts in whole nanoseconds, the intervals are computed with floats.
    if (least - 1e-6..=most + 1e-6).contains(&gap) { Ok(()) } else { Err(format!("an interval of {gap} s")) }
}

/// The first poll comes after `first` seconds, later ones quickly for a time and then slowly.
fn paced(stage: &Stage, requests: &[RecordedRequest], step: &Value) -> Checked {
    let began = SystemTime::UNIX_EPOCH + Duration::from_secs(stage.began as u64);
    let quick_for = step["quickFor"].as_f64().unwrap();
    let first = requests.first().ok_or("there was no poll")?;
    let after = seconds(first.at, began);
    // The sandbox may have started in the middle of a second.
    if (after - step["first"].as_f64().unwrap()).abs() > 1.0 {
        return Err(format!("the first poll came after {after} s"));
    }
    let (mut quick, mut slow) = (0, 0);
    for pair in requests.windows(2) {
        let gap = seconds(pair[1].at, pair[0].at);
        let age = seconds(pair[0].at, first.at) + step["first"].as_f64().unwrap();
        if age < quick_for {
            quick += 1;
            within(gap, &step["quick"])?;
        } else {
            slow += 1;
            within(gap, &step["slow"])?;
        }
    }
    if quick > 10 && slow > 3 { Ok(()) } else { Err(format!("{quick} quick and {slow} slow intervals")) }
}

fn logs(stage: &Stage, expected: &Value) -> Checked {
    let mut lines = Vec::new();
    while let Some(line) = learnerlink::log::next(Duration::ZERO) {
        lines.push(line);
    }
    let text = lines.join("\n");
    for wanted in expected["have"].as_array().unwrap() {
        if !text.contains(wanted.as_str().unwrap()) {
            return Err(format!("the log lacks {wanted}; it has {} lines", lines.len()));
        }
    }
    for unwanted in filled(&expected["lack"], &stage.variables).as_array().unwrap() {
        if let Some(line) = lines.iter().find(|line| line.contains(unwanted.as_str().unwrap())) {
            return Err(format!("the log holds {unwanted}: {line}"));
        }
    }
    Ok(())
}
