//! Objects of JSON whose members keep the text they came with.
//!
//! What an institution sends is stored and sent on with members that we do not know and numbers as they were written;
//! reading it into numbers of ours and writing it again would change it.

use std::fmt;

use serde::de::{MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;
use serde_json::value::{RawValue, to_raw_value};

use crate::error::{Error, Result};

/// The deepest nesting that is read.
const DEEPEST: usize = 64;

/// An object's members, in the order in which they came.
#[derive(Clone, Default)]
pub struct Members(Vec<(String, Box<RawValue>)>);

impl Members {
    /// Reads an object; of several members of one name, the last counts.
    ///
    /// # Errors
    /// `None` when `text` is not an object of JSON, or is nested too deeply.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        if deepest(text) > DEEPEST {
            return None;
        }
        serde_json::from_str(text).ok()
    }

    /// The member of a name as an object.
    #[must_use]
    pub fn object(&self, name: &str) -> Option<Self> {
        serde_json::from_str(self.raw(name)?.get()).ok()
    }

    /// The member of a name as a list of values as they came.
    #[must_use]
    pub fn list(&self, name: &str) -> Option<Vec<Box<RawValue>>> {
        serde_json::from_str(self.raw(name)?.get()).ok()
    }

    /// The text of the member of a name; `None` also for `null`.
    #[must_use]
    pub fn raw(&self, name: &str) -> Option<&RawValue> {
        let found = self.0.iter().find(|(known, _)| known == name).map(|(_, value)| &**value);
        found.filter(|value| value.get() != "null")
    }

    /// The member of a name as a value, for reading; `null` when there is none.
    #[must_use]
    pub fn value(&self, name: &str) -> Value {
        self.raw(name).and_then(|raw| serde_json::from_str(raw.get()).ok()).unwrap_or_default()
    }

    /// The member of a name, when it is a text that says something.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<String> {
        match self.value(name) {
            Value::String(text) if !text.trim().is_empty() => Some(text),
            _ => None,
        }
    }

    /// Whether there is a member of a name that says something.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.raw(name).is_some_and(|raw| raw.get() != "\"\"")
    }

    /// Sets a member.
    ///
    /// # Errors
    /// A defect of the value's type.
    pub fn set(&mut self, name: &str, value: &(impl Serialize + ?Sized)) -> Result<()> {
        let value = to_raw_value(value).map_err(|_| Error::internal("a value has no JSON form"))?;
        match self.0.iter_mut().find(|(known, _)| known == name) {
            Some((_, old)) => *old = value,
            None => self.0.push((name.to_owned(), value)),
        }
        Ok(())
    }

    /// Takes a member out.
    pub fn remove(&mut self, name: &str) {
        self.0.retain(|(known, _)| known != name);
    }

    /// The object as text.
    ///
    /// # Errors
    /// None that can be caused from outside.
    pub fn to_text(&self) -> Result<String> {
        serde_json::to_string(self).map_err(|_| Error::internal("an object has no JSON form"))
    }
}

/// Shows nothing of what an object holds.
impl fmt::Debug for Members {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Members({})", self.0.len())
    }
}

impl Serialize for Members {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in &self.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;

        impl<'de> Visitor<'de> for Reader {
            type Value = Members;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members, A::Error> {
                let mut members = std::collections::HashMap::new();
                let mut names = Vec::new();
                while let Some((name, value)) = map.next_entry::<String, Box<RawValue>>()? {
                    if members.insert(name.clone(), value).is_none() {
                        names.push(name);
                    }
                }
                let kept = names.into_iter().filter_map(|name| members.remove_entry(&name));
                Ok(Members(kept.collect()))
            }
        }

        deserializer.deserialize_map(Reader)
    }
}

/// How deeply a text is nested, whether it is JSON or not.
fn deepest(text: &str) -> usize {
    let (mut depth, mut deepest, mut quoted, mut escaped) = (0_usize, 0, false, false);
    for byte in text.bytes() {
        match (quoted, byte) {
            (true, _) if escaped => escaped = false,
            (true, b'\\') => escaped = true,
            (_, b'"') => quoted = !quoted,
            (false, b'{' | b'[') => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            (false, b'}' | b']') => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_keep_their_text_and_of_one_name_the_last_counts() {
        let text = r#"{"a":1.10,"b":{"x":[1e400,"é"]},"a":1.20,"c":null,"d":""}"#;
        let mut members = Members::read(text).unwrap();
        assert_eq!(members.to_text().unwrap(), r#"{"a":1.20,"b":{"x":[1e400,"é"]},"c":null,"d":""}"#);
        assert!(members.raw("c").is_none() && !members.has("d") && members.has("a"));
        members.set("b", "two").unwrap();
        members.set("e", &3).unwrap();
        members.remove("a");
        assert_eq!(members.to_text().unwrap(), r#"{"b":"two","c":null,"d":"","e":3}"#);
    }

    #[test]
    fn what_is_no_object_or_nested_too_deeply_is_not_read() {
        for wrong in ["", "[]", "null", "{\"a\":", "{}x", "\"{\"", "{\"a\":tru}"] {
            assert!(Members::read(wrong).is_none(), "{wrong}");
        }
        let nested = |depth: usize| format!("{{\"a\":{}{}}}", "[".repeat(depth - 1), "]".repeat(depth - 1));
        assert!(Members::read(&nested(64)).is_some());
        assert!(Members::read(&nested(65)).is_none());
        assert!(
            Members::read(r#"{"a":"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["}"#).is_some()
        );
    }
}
