//! The table of cases, and whether an answer is what it says.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Table {
    #[serde(rename = "spec")]
    _spec: String,
    #[serde(rename = "about")]
    _about: String,
    fixture: BTreeMap<String, Value>,
    pub cases: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Case {
    pub id: u32,
    pub steps: Vec<Step>,
    /// How many keys patients have had in the end.
    #[serde(default)]
    pub generations: BTreeMap<String, u64>,
    /// Who has an account in the end.
    #[serde(default)]
    pub accounts: BTreeMap<String, bool>,
    /// Whether no Create was ever sent.
    #[serde(default)]
    pub never_created: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Step {
    /// R, C or X.
    #[serde(rename = "do")]
    pub function: char,
    #[serde(rename = "in")]
    inputs: Vec<String>,
    #[serde(default = "fresh")]
    pub trace: Option<String>,
    #[serde(default)]
    options: Value,
    /// How often it is taken at once.
    #[serde(default = "once")]
    pub times: usize,
    /// Where it can be taken.
    pub only: Option<Vec<String>>,
    pub expect: Expectation,
}

fn fresh() -> Option<String> {
    Some("fresh".into())
}

fn once() -> usize {
    1
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Expectation {
    pub number: u64,
    /// The number of all but one, of several at once.
    pub others: Option<u64>,
    http: Option<u64>,
    #[serde(default)]
    fields: Vec<String>,
    outputs: Option<String>,
    #[serde(default)]
    made: bool,
    #[serde(rename = "as")]
    same_as: Option<usize>,
    body_as: Option<usize>,
    surname: Option<String>,
    account_id: Option<String>,
    detail: Option<Value>,
    category: Option<String>,
    reason: Option<String>,
    created: Option<bool>,
    replayed: Option<bool>,
    without: Option<String>,
    /// A reason that only the audit trail has.
    pub audit: Option<String>,
}

/// What a step came to, from wherever it was asked.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    pub number: u64,
    /// Absent where there is no HTTP.
    pub http: Option<u64>,
    /// The five outputs, as far as they are there.
    pub outputs: BTreeMap<String, String>,
    pub fields: Vec<String>,
    pub detail: Option<Value>,
    pub category: Option<String>,
    pub reason: Option<String>,
    pub created: Option<bool>,
    pub replayed: Option<bool>,
    /// The whole answer without what differs from one to the next.
    pub body: Value,
}

pub const OUTPUTS: [&str; 5] = ["accountId", "linkageKey", "odsCode", "surname", "dateOfBirth"];

impl Table {
    pub fn read() -> Self {
        serde_json::from_str(include_str!("../conformance/linkage.json")).unwrap()
    }
}

impl Case {
    /// Whether every step of it can be taken at `place`.
    pub fn is_for(&self, place: &str) -> bool {
        self.steps.iter().all(|step| step.only.as_ref().is_none_or(|only| only.iter().any(|one| one == place)))
    }
}

impl Step {
    /// The request in our JSON.
    pub fn request(&self) -> Value {
        let names = ["odsCode", "nhsNumber", "surname", "dateOfBirth"];
        let mut request = json!({});
        for (name, value) in names.into_iter().zip(&self.inputs) {
            request[name] = json!(value);
        }
        if let Some(options) = self.options.as_object() {
            request.as_object_mut().unwrap().extend(options.clone());
        }
        request
    }
}

fn must(holds: bool, otherwise: impl FnOnce() -> String) -> Result<(), String> {
    if holds { Ok(()) } else { Err(otherwise()) }
}

impl Expectation {
    /// `earlier` is what the steps before came to.
    pub fn check(&self, table: &Table, seen: &Seen, earlier: &[Seen]) -> Result<(), String> {
        must(seen.number == self.number, || {
            format!("the number is {} and not {}: {}", seen.number, self.number, seen.body)
        })?;
        if let (Some(expected), Some(found)) = (self.http, seen.http) {
            must(expected == found, || format!("the HTTP status is {found} and not {expected}"))?;
        }
        let count = if self.number == 0 { OUTPUTS.len() } else { 0 };
        must(seen.outputs.len() == count, || format!("there are the outputs {:?}", seen.outputs.keys()))?;
        must(seen.fields == self.fields, || format!("the fields are {:?}", seen.fields))?;
        if let Some(name) = &self.outputs {
            must(json!(seen.outputs) == table.fixture[name], || format!("the outputs are {:?}", seen.outputs))?;
        }
        let output = |name: &str| seen.outputs.get(name).map(String::as_str).unwrap_or_default();
        if self.made {
            let (account, key) = (output("accountId"), output("linkageKey"));
            let digits = account.len() == 10 && account.bytes().all(|byte| byte.is_ascii_digit());
            must(digits && !account.starts_with('0'), || "the account id has another shape".into())?;
            let symbols = key.bytes().all(|byte| b"34679CDFGHJKMNPQRTVWXY".contains(&byte));
            must(symbols && key.len() == 18, || "the linkage key has another shape".into())?;
        }
        for (expected, name) in [(&self.surname, "surname"), (&self.account_id, "accountId")] {
            must(expected.as_ref().is_none_or(|text| text == output(name)), || format!("{name} is {}", output(name)))?;
        }
        if let Some(step) = self.same_as {
            must(seen.outputs == earlier[step].outputs, || "the outputs are others than before".into())?;
        }
        if let Some(step) = self.body_as {
            must(seen.body == earlier[step].body, || format!("{} is not {}", seen.body, earlier[step].body))?;
        }
        if let Some(text) = &self.without {
            must(!seen.body.to_string().contains(text), || "the key is in the answer".into())?;
        }
        must(seen.detail == self.detail, || format!("the detail is {:?}", seen.detail))?;
        for (what, expected, found) in
            [("category", &self.category, &seen.category), ("reason", &self.reason, &seen.reason)]
        {
            must(expected.is_none() || expected == found, || format!("the {what} is {found:?}"))?;
        }
        for (what, expected, found) in
            [("created", self.created, seen.created), ("replayed", self.replayed, seen.replayed)]
        {
            let told = expected.zip(found);
            must(told.is_none_or(|(expected, found)| expected == found), || format!("{what} is {found:?}"))?;
        }
        Ok(())
    }
}
