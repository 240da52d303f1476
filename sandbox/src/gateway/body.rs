//! Reads JSON requests in the order of checks of the original.

use axum::http::{HeaderMap, header};
use serde_json::{Map, Value};

use super::GatewayProfile;
use super::refusal::Refusal;
use super::rules::Rule;
use crate::recorder::media_type;

/// A property of a request.
#[derive(Clone, Copy, Debug)]
pub(super) struct Field {
    name: &'static str,
    rule: Rule,
    required: bool,
}

impl Field {
    pub(super) const fn required(name: &'static str, rule: Rule) -> Self {
        Self { name, rule, required: true }
    }

    pub(super) const fn optional(name: &'static str, rule: Rule) -> Self {
        Self { name, rule, required: false }
    }
}

/// The properties that a request gave, in the order of its fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Given(Vec<(&'static str, String)>);

impl Given {
    /// Properties that come from elsewhere than a request.
    pub(super) fn of<const N: usize>(properties: [(&'static str, &str); N]) -> Self {
        Self(properties.map(|(name, value)| (name, value.to_owned())).into())
    }

    /// The value of a property.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }

    /// The value of a property; empty when it was not given.
    pub(super) fn text(&self, name: &str) -> &str {
        self.get(name).unwrap_or_default()
    }

    /// Everything that was given, as it is repeated in answers.
    pub(super) fn echo(&self) -> Value {
        self.0.iter().map(|(name, value)| ((*name).to_owned(), value.as_str().into())).collect::<Map<_, _>>().into()
    }
}

/// Reads a body: its syntax, then what is missing or no word of its list, then what is unknown,
/// and then the patterns of all fields together.
pub(super) fn read(
    headers: &HeaderMap,
    body: &[u8],
    fields: &[Field],
    profile: GatewayProfile,
    today: &str,
) -> Result<Given, Refusal> {
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if media_type(content_type) != "application/json" {
        return Err(Refusal::unsupported_media_type(content_type));
    }
    let value: Value = serde_json::from_slice(body).map_err(|error| Refusal::unreadable(&error.to_string()))?;
    let Value::Object(members) = value else {
        return Err(Refusal::unreadable("Cannot deserialize value of type `Object` from another token"));
    };
    let mut given = Vec::new();
    for field in fields {
        if let Some(text) = text(&members, field)? {
            given.push((field, text));
        }
    }
    let missing =
        fields.iter().find(|field| field.required && !given.iter().any(|(known, _)| known.name == field.name));
    if let Some(Field { name, .. }) = missing {
        let reason = format!(
            "Instantiation failed for JSON property {name} due to missing (therefore NULL) value for creator parameter \
             {name} which is a non-nullable type"
        );
        return Err(Refusal::unreadable(&reason));
    }
    if let Some(name) = members.keys().find(|name| fields.iter().all(|field| field.name != name.as_str())) {
        let known: Vec<&str> = fields.iter().map(|field| field.name).collect();
        return Err(Refusal::unrecognised(name, &known));
    }
    let mut wrong = Vec::new();
    let mut tidied = Vec::new();
    for (Field { name, rule, .. }, text) in given {
        let text = rule.tidied(text, profile);
        if let Err(reason) = rule.check(&text, profile, today) {
            wrong.push((*name, reason));
        }
        tidied.push((*name, text));
    }
    if wrong.is_empty() { Ok(Given(tidied)) } else { Err(Refusal::invalid(&wrong)) }
}

/// The text of a member; numbers and truth values are taken as text, and null as nothing.
fn text(members: &Map<String, Value>, field: &Field) -> Result<Option<String>, Refusal> {
    let text = match members.get(field.name) {
        None | Some(Value::Null) => return Ok(None),
        Some(Value::String(text)) => text.clone(),
        Some(scalar @ (Value::Number(_) | Value::Bool(_))) => scalar.to_string(),
        Some(Value::Array(_) | Value::Object(_)) => {
            let reason = format!("Cannot deserialize value of type `String` for JSON property {}", field.name);
            return Err(Refusal::unreadable(&reason));
        }
    };
    field.rule.listed(&text).map(Some).map_err(|reason| Refusal::unreadable(&reason))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIELDS: [Field; 3] = [
        Field::required("givenName", Rule::Name),
        Field::required("gender", Rule::Gender),
        Field::optional("uln", Rule::Uln),
    ];

    fn bind(body: &str) -> Result<Given, String> {
        let headers =
            HeaderMap::from_iter([(header::CONTENT_TYPE, "application/json; charset=utf-8".parse().unwrap())]);
        read(&headers, body.as_bytes(), &FIELDS, GatewayProfile::Compat, "2026-11-22")
            .map_err(|refusal| format!("{refusal:?}"))
    }

    #[test]
    fn only_the_first_problem_in_the_order_of_checks_is_told() {
        for (body, told, not_told) in [
            ("", "JSON parse error", ""),
            ("[]", "JSON parse error", ""),
            (r#"{"givenName":"x","gender":"OTHER","nickname":1}"#, "Invalid gender value: OTHER", "nickname"),
            (r#"{"givenName":"x","nickname":1}"#, "property gender due to missing", "nickname"),
            (r#"{"givenName":"x","gender":null}"#, "property gender due to missing", "Validation"),
            (r#"{"givenName":"x","gender":"male","nickname":1}"#, r#"\"nickname\""#, "Validation"),
            (r#"{"givenName":"x","gender":"male","uln":"x"}"#, "[givenName, uln]", "Unrecognized"),
            (r#"{"givenName":{},"gender":"male"}"#, "property givenName", "Validation"),
        ] {
            let refused = bind(body).unwrap_err();
            assert!(refused.contains(told), "{refused}");
            assert!(not_told.is_empty() || !refused.contains(not_told), "{refused}");
        }
    }

    #[test]
    fn numbers_become_text_and_null_becomes_nothing() {
        let given = bind(r#"{"uln":1000000027,"gender":"feMale","givenName":"Tamsin"}"#).unwrap();
        assert_eq!((given.get("uln"), given.get("gender")), (Some("1000000027"), Some("FEMALE")));
        let given = bind(r#"{"uln":null,"gender":"male","givenName":"Bram"}"#).unwrap();
        assert_eq!(given.get("uln"), None);
        assert_eq!(given.echo(), serde_json::json!({ "gender": "MALE", "givenName": "Bram" }));
    }
}
