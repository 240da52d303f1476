//! Holds JSON objects whose members keep the text they came with, numbers included.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde::ser::{Serialize, Serializer};
use serde_json::value::{RawValue, to_raw_value};

/// The members of a JSON object in their order; of two with one name the last counts.
#[derive(Clone, Debug, Default)]
pub(super) struct Members(Vec<(String, Box<RawValue>)>);

impl Members {
    /// Reads a document that is an object, or says why it is none.
    pub(super) fn parse(document: &[u8]) -> Result<Self, String> {
        serde_json::from_slice(document).map_err(|error| error.to_string())
    }

    /// The JSON text of a member.
    pub(super) fn raw(&self, name: &str) -> Option<&RawValue> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_ref())
    }

    /// The text of a member that is a string.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        serde_json::from_str(self.raw(name)?.get()).ok()
    }

    /// The members of a member that is an object.
    pub(super) fn object(&self, name: &str) -> Option<Self> {
        serde_json::from_str(self.raw(name)?.get()).ok()
    }

    /// Adds a member, or replaces the one of this name.
    pub(super) fn set(&mut self, name: &str, value: Box<RawValue>) {
        match self.0.iter_mut().find(|(known, _)| known == name) {
            Some((_, held)) => *held = value,
            None => self.0.push((name.to_owned(), value)),
        }
    }

    /// The same with another member, or with a new value of one.
    pub(super) fn with(mut self, name: &str, value: impl Serialize) -> Self {
        if let Ok(value) = to_raw_value(&value) {
            self.set(name, value);
        }
        self
    }
}

impl fmt::Display for Members {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("{")?;
        for (number, (name, value)) in self.0.iter().enumerate() {
            let comma = if number == 0 { "" } else { "," };
            write!(formatter, "{comma}{}:{value}", serde_json::Value::from(name.as_str()))?;
        }
        formatter.write_str("}")
    }
}

impl Serialize for Members {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Collected)
    }
}

/// Collects members in their order.
struct Collected;

impl<'de> Visitor<'de> for Collected {
    type Value = Members;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members, A::Error> {
        let mut members = Members::default();
        while let Some((name, value)) = map.next_entry::<String, Box<RawValue>>()? {
            members.set(&name, value);
        }
        Ok(members)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_keep_their_order_and_the_text_of_numbers() {
        let members = Members::parse(br#"{ "b": {"x": 1.10, "y": 1E400}, "a": "\u00e9", "personId": 7 }"#).unwrap();
        let changed = members.with("personId", "edu\"1").with("c", true);
        let expected = r#"{"b":{"x": 1.10, "y": 1E400},"a":"\u00e9","personId":"edu\"1","c":true}"#;
        assert_eq!(changed.to_string(), expected);
        assert_eq!((changed.text("a").as_deref(), changed.text("c")), (Some("é"), None));
        assert_eq!(changed.object("b").unwrap().raw("x").unwrap().get(), "1.10");
    }

    #[test]
    fn of_two_members_with_one_name_the_last_counts_and_only_objects_are_read() {
        assert_eq!(Members::parse(br#"{"a":1,"b":2,"a":3}"#).unwrap().to_string(), r#"{"a":3,"b":2}"#);
        for document in ["[]", "null", "", "{", "{} x", "\"a\"", "{\"a\":\"\u{0}\"}"] {
            assert!(Members::parse(document.as_bytes()).is_err(), "{document}");
        }
    }
}
