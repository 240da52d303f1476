//! Reads what a request asks, from wherever its interface has it. Nothing is checked yet.

use std::fmt;

use hyper::StatusCode;
use hyper::header::CONTENT_TYPE;
use serde::de::{IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use zeroize::Zeroizing;

use super::shape::{Function, Route, Shape};
use crate::linkage::rules::Problem as Rule;
use crate::listener::request::{BodyProblem, Request};

/// The largest body.
const LARGEST: usize = 8 * 1024;

/// Why a request cannot be read.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Problem {
    /// It is refused for its outside.
    Status(StatusCode),
    /// Its body is not a JSON object, or has a member twice.
    Unreadable,
}

/// A value as it came.
#[derive(Default)]
enum Value {
    #[default]
    Missing,
    Text(Zeroizing<String>),
    /// Something other than a text.
    Wrong,
}

/// The values of a request.
#[derive(Default)]
pub(super) struct Given {
    nhs_number: Value,
    ods_code: Value,
    surname: Value,
    date_of_birth: Value,
}

impl Given {
    pub(super) fn nhs_number<T>(&self, rule: impl FnOnce(&str) -> Result<T, Rule>) -> Result<T, Rule> {
        self.nhs_number.read(rule)
    }

    pub(super) fn ods_code<T>(&self, rule: impl FnOnce(&str) -> Result<T, Rule>) -> Result<T, Rule> {
        self.ods_code.read(rule)
    }

    pub(super) fn surname<T>(&self, rule: impl FnOnce(&str) -> Result<T, Rule>) -> Result<T, Rule> {
        self.surname.read(rule)
    }

    pub(super) fn date_of_birth<T>(&self, rule: impl FnOnce(&str) -> Result<T, Rule>) -> Result<T, Rule> {
        self.date_of_birth.read(rule)
    }

    /// Reads a request.
    pub(super) async fn read(request: &mut Request, route: &Route, function: Function) -> Result<Self, Problem> {
        let mut given = match (route.shape, function) {
            (Shape::Header, Function::Retrieve) => Self {
                nhs_number: header(request, "nhsnumber"),
                ods_code: header(request, "odscode"),
                ..Self::default()
            },
            (Shape::Organisations, Function::Retrieve) => {
                Self { nhs_number: parameter(request.query.as_deref(), "nhsNumber"), ..Self::default() }
            }
            (shape, _) => Self::from_json(&json_body(request).await?, shape)?,
        };
        if let Some(ods) = &route.ods {
            given.ods_code = Value::Text(ods.clone().into());
        }
        Ok(given)
    }

    fn from_json(bytes: &[u8], shape: Shape) -> Result<Self, Problem> {
        let Members(members) = serde_json::from_slice(bytes).map_err(|_| Problem::Unreadable)?;
        let mut given = Self::default();
        let mut seen = Vec::new();
        for (name, value) in members {
            if seen.contains(&name) {
                return Err(Problem::Unreadable);
            }
            let place = match (shape, name.as_str()) {
                (Shape::Header, name) => match name.to_ascii_lowercase().as_str() {
                    "nhsnumber" => Some(&mut given.nhs_number),
                    "odscode" => Some(&mut given.ods_code),
                    "surname" => Some(&mut given.surname),
                    "dateofbirth" => Some(&mut given.date_of_birth),
                    _ => None,
                },
                (_, "nhsNumber") => Some(&mut given.nhs_number),
                (Shape::Native, "odsCode") => Some(&mut given.ods_code),
                (Shape::Native, "surname") | (Shape::Organisations, "lastName") => Some(&mut given.surname),
                (_, "dateOfBirth") => Some(&mut given.date_of_birth),
                _ => None,
            };
            match place {
                // The same member in two spellings.
                Some(place) if !matches!(place, Value::Missing) => return Err(Problem::Unreadable),
                Some(place) => *place = value,
                None => {}
            }
            seen.push(name);
        }
        Ok(given)
    }
}

impl Value {
    fn read<T>(&self, rule: impl FnOnce(&str) -> Result<T, Rule>) -> Result<T, Rule> {
        match self {
            Self::Missing => Err("is missing"),
            Self::Wrong => Err("must be a text"),
            Self::Text(text) => rule(text),
        }
    }
}

fn header(request: &Request, name: &str) -> Value {
    let mut values = request.headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (None, _) => Value::Missing,
        (Some(value), None) => value.to_str().map_or(Value::Wrong, |text| Value::Text(text.to_owned().into())),
        (Some(_), Some(_)) => Value::Wrong,
    }
}

fn parameter(query: Option<&str>, name: &str) -> Value {
    let pairs = url::form_urlencoded::parse(query.unwrap_or_default().as_bytes());
    let mut values = pairs.filter(|(key, _)| key == name).map(|(_, value)| value.into_owned());
    match (values.next(), values.next()) {
        (None, _) => Value::Missing,
        (Some(value), None) => Value::Text(value.into()),
        (Some(_), Some(_)) => Value::Wrong,
    }
}

async fn json_body(request: &mut Request) -> Result<crate::privacy::Wiped<Vec<u8>>, Problem> {
    let kind = request.header(CONTENT_TYPE.as_str()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    if !kind.eq_ignore_ascii_case("application/json") {
        return Err(Problem::Status(StatusCode::UNSUPPORTED_MEDIA_TYPE));
    }
    let body = request.body().await.map_err(|problem| {
        Problem::Status(match problem {
            BodyProblem::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            BodyProblem::Late => StatusCode::REQUEST_TIMEOUT,
            BodyProblem::Cut => StatusCode::BAD_REQUEST,
        })
    })?;
    if body.len() > LARGEST { Err(Problem::Status(StatusCode::PAYLOAD_TOO_LARGE)) } else { Ok(body) }
}

/// The members of an object, in their order and with those that are repeated.
struct Members(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Shape;

        impl<'de> Visitor<'de> for Shape {
            type Value = Members;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members, A::Error> {
                let mut members = Vec::new();
                while let Some(name) = map.next_key::<String>()? {
                    members.push((name, map.next_value()?));
                }
                Ok(Members(members))
            }
        }

        deserializer.deserialize_map(Shape)
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Either {
            Text(Zeroizing<String>),
            Other(IgnoredAny),
        }
        Ok(match Option::<Either>::deserialize(deserializer)? {
            // Absent and null mean the same.
            None => Self::Missing,
            Some(Either::Text(text)) => Self::Text(text),
            Some(Either::Other(_)) => Self::Wrong,
        })
    }
}
