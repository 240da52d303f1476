//! The table of cases, and whether an answer is what it says.

use std::collections::BTreeMap;

use learnerlink_sandbox::RecordedRequest;
use reqwest::header::HeaderMap;
use roxmltree::Document;
use serde::Deserialize;
use serde_json::{Map, Value};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Table {
    #[serde(rename = "about")]
    _about: String,
    pub bodies: BTreeMap<String, Map<String, Value>>,
    pub cases: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Case {
    pub id: u32,
    pub steps: Vec<Step>,
    /// How many rows the register holds in the end.
    pub rows: Option<usize>,
    /// How often the Learning Records Service was asked.
    pub lrs_calls: Option<usize>,
    /// What was written down in the end, and what by the strict profile.
    pub audit: Option<Vec<String>>,
    pub strict_audit: Option<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Step {
    /// The caller; without one no token is sent.
    #[serde(rename = "as")]
    pub caller: Option<String>,
    pub call: Option<String>,
    /// Something that is done to the server or looked at from behind.
    pub control: Option<String>,
    /// The body: one of the table's, changed; or raw; or, for `control`, literal.
    body: Option<String>,
    #[serde(default)]
    set: Map<String, Value>,
    #[serde(default)]
    unset: Vec<String>,
    raw: Option<String>,
    pub json: Option<Value>,
    pub content_type: Option<String>,
    /// The person; `null` sends no header.
    #[serde(default = "clerk")]
    pub username: Option<String>,
    pub expect: Expectation,
    pub strict: Option<Expectation>,
    pub lrs: Option<Received>,
}

fn clerk() -> Option<String> {
    Some("clerk@example.test".to_owned())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Expectation {
    status: u16,
    #[serde(default)]
    empty: bool,
    json: Option<Value>,
    #[serde(default)]
    equal: BTreeMap<String, Value>,
    #[serde(default)]
    absent: Vec<String>,
    #[serde(default)]
    contains: BTreeMap<String, String>,
    #[serde(default)]
    headers: BTreeMap<String, String>,
    #[serde(default)]
    no_headers: Vec<String>,
}

/// What the Learning Records Service received.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Received {
    /// The actions that may have been sent.
    action: Option<Vec<Option<String>>>,
    children: Option<Vec<String>>,
    /// The namespace of the children.
    #[serde(default)]
    namespace: Option<String>,
    /// The text of the one element of each name.
    #[serde(default)]
    texts: BTreeMap<String, String>,
}

impl Table {
    pub fn read() -> Self {
        serde_json::from_str(include_str!("../conformance/lrs.json")).unwrap()
    }
}

impl Case {
    pub const fn empty() -> Self {
        Self { id: 0, steps: Vec::new(), rows: None, lrs_calls: None, audit: None, strict_audit: None }
    }
}

impl Step {
    pub fn body(&self, table: &Table) -> Option<String> {
        self.raw.clone().or_else(|| {
            let mut body = table.bodies[self.body.as_deref()?].clone();
            self.unset.iter().for_each(|name| assert!(body.remove(name).is_some()));
            body.extend(self.set.clone());
            Some(Value::Object(body).to_string())
        })
    }
}

fn must(holds: bool, otherwise: impl FnOnce() -> String) -> Result<(), String> {
    if holds { Ok(()) } else { Err(otherwise()) }
}

impl Expectation {
    pub fn check(&self, status: u16, headers: Option<&HeaderMap>, text: &str) -> Result<(), String> {
        must(status == self.status, || format!("the status is {status} and not {}: {text}", self.status))?;
        must(!self.empty || text.is_empty(), || format!("the body is not empty: {text}"))?;
        let header = |name: &str| headers.and_then(|headers| headers.get(name)).map(|value| value.to_str().unwrap());
        for (name, value) in &self.headers {
            must(header(name) == Some(value), || format!("{name} is {:?}", header(name)))?;
        }
        for name in &self.no_headers {
            must(header(name).is_none(), || format!("{name} is {:?}", header(name)))?;
        }
        let document: Value = serde_json::from_str(text).unwrap_or(Value::Null);
        if let Some(part) = &self.json {
            must(holds(&document, part), || format!("{document} lacks {part}"))?;
        }
        for (pointer, value) in &self.equal {
            must(document.pointer(pointer) == Some(value), || {
                format!("{pointer:?} is {:?}", document.pointer(pointer))
            })?;
        }
        for pointer in &self.absent {
            must(document.pointer(pointer).is_none(), || format!("{pointer} is {:?}", document.pointer(pointer)))?;
        }
        for (pointer, part) in &self.contains {
            let found = document.pointer(pointer).and_then(Value::as_str).unwrap_or_default();
            must(found.contains(part.as_str()), || format!("{pointer} is {found}"))?;
        }
        // An error has all five members; 404 may be an answer about a person instead.
        let is_error = status >= 400 && status != 404 && header("content-type") == Some("application/json");
        for member in ["status", "errorCode", "userMessage", "developerMessage", "moreInfo"] {
            must(!is_error || document[member].is_string(), || format!("{document} lacks {member}"))?;
        }
        Ok(())
    }
}

/// Whether `whole` has everything that `part` has; arrays must be of one length.
fn holds(whole: &Value, part: &Value) -> bool {
    match (whole, part) {
        (Value::Object(whole), Value::Object(part)) => {
            part.iter().all(|(name, part)| whole.get(name).is_some_and(|whole| holds(whole, part)))
        }
        (Value::Array(whole), Value::Array(part)) => {
            whole.len() == part.len() && whole.iter().zip(part).all(|(whole, part)| holds(whole, part))
        }
        _ => whole == part,
    }
}

impl Received {
    pub fn check(&self, request: &RecordedRequest) -> Result<(), String> {
        if let Some(actions) = &self.action {
            let action = request.header("soapaction").map(str::to_owned);
            must(actions.contains(&action), || format!("the action is {action:?}"))?;
        }
        let text = String::from_utf8(request.body.clone()).unwrap();
        let document = Document::parse(&text).map_err(|error| format!("the service was sent no XML: {error}"))?;
        if let Some(names) = &self.children {
            let body = document.descendants().find(|node| node.tag_name().name() == "Body").unwrap();
            let children: Vec<_> = body.first_element_child().unwrap().children().filter(|c| c.is_element()).collect();
            let found: Vec<&str> = children.iter().map(|child| child.tag_name().name()).collect();
            must(found == *names, || format!("the service was sent {found:?}"))?;
            let fits = children.iter().all(|child| child.tag_name().namespace() == self.namespace.as_deref());
            must(fits, || "the service was sent elements in another namespace".into())?;
        }
        for (name, expected) in &self.texts {
            let all: Vec<_> = document.descendants().filter(|node| node.tag_name().name() == name).collect();
            let text = |node: &roxmltree::Node<'_, '_>| node.text().unwrap_or_default().to_owned();
            let found: Vec<String> = all.iter().map(text).collect();
            must(found == [expected.as_str()], || format!("the service was sent {name} as {found:?}"))?;
        }
        Ok(())
    }
}
