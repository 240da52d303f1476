//! Reads requests and configuration: unknown keys, wrong types and broken rules are refused with their
//! path, and no error text quotes a value, because a value may be a person's.

mod located;

use std::fmt;

use serde::Serialize;
use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use zeroize::Zeroizing;

use crate::error::{Error, Result};
pub use located::Key;
use located::{Located, Trail};

/// What is being read, which decides how its errors are worded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Document {
    /// An operation's request.
    Request,
    /// The configuration given to `open`.
    Configuration,
}

impl Document {
    const fn name(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Configuration => "configuration",
        }
    }
}

const RULE: &str = "rule: ";

/// Makes a deserialiser's error that says which rule a value breaks; its text must not quote the value.
pub fn rule<E: serde::de::Error>(problem: impl fmt::Display) -> E {
    E::custom(format_args!("{RULE}{problem}"))
}

/// Reads `text` as a `T`; it and every object in it must be declared with `deny_unknown_fields`.
///
/// # Errors
/// `INVALID_JSON`, `UNKNOWN_KEY`, and `INVALID_INPUT` or `INVALID_CONFIG` with the path of the value.
pub fn read<T: DeserializeOwned>(document: Document, text: &str) -> Result<T> {
    check_object(document, text)?;
    let read = read_exactly(document, text);
    if read.is_err()
        && let Some(text) = without_nulls(text)
    {
        return read_exactly(document, &text);
    }
    read
}

/// Reads `text` where a null that the type does not allow for is an error.
fn read_exactly<T: DeserializeOwned>(document: Document, text: &str) -> Result<T> {
    let mut source = serde_json::Deserializer::from_str(text);
    let mut trail = Trail::default();
    match T::deserialize(Located { source: &mut source, trail: &mut trail }) {
        Ok(read) => source.end().map(|()| read).map_err(|error| syntax(document, &error)),
        Err(error) => Err(explain(document, text, &trail, &error)),
    }
}

/// Leaves out the members of objects that are null, which means the same as their absence; `None` when there
/// are none.
fn without_nulls(text: &str) -> Option<Zeroizing<String>> {
    if text.contains("null") { copied(text) } else { None }
}

/// Copies a document but for members that are null; `None` when it is not well-formed.
fn copied(text: &str) -> Option<Zeroizing<String>> {
    let mut copied = Zeroizing::new(String::with_capacity(text.len()));
    let mut source = serde_json::Deserializer::from_str(text);
    let read = Copying(&mut copied).deserialize(&mut source);
    read.and_then(|_| source.end()).is_ok().then_some(copied)
}

/// Writes the JSON it reads and answers whether it was null.
struct Copying<'a>(&'a mut String);

impl Copying<'_> {
    fn write<E: serde::de::Error>(self, value: impl Serialize) -> Result<bool, E> {
        let text = Zeroizing::new(serde_json::to_string(&value).map_err(E::custom)?);
        self.0.push_str(&text);
        Ok(false)
    }
}

impl<'de> DeserializeSeed<'de> for Copying<'_> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<bool, D::Error> {
        source.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Copying<'_> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<bool, E> {
        self.0.push_str("null");
        Ok(true)
    }

    fn visit_bool<E: serde::de::Error>(self, value: bool) -> Result<bool, E> {
        self.write(value)
    }

    fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<bool, E> {
        self.write(value)
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<bool, E> {
        self.write(value)
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<bool, E> {
        self.write(value)
    }

    fn visit_str<E: serde::de::Error>(self, value: &str) -> Result<bool, E> {
        self.write(value)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<bool, A::Error> {
        self.0.push('[');
        let start = self.0.len();
        loop {
            let end = self.0.len();
            if end > start {
                self.0.push(',');
            }
            if items.next_element_seed(Copying(self.0))?.is_none() {
                self.0.truncate(end);
                self.0.push(']');
                return Ok(false);
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<bool, A::Error> {
        self.0.push('{');
        let start = self.0.len();
        loop {
            let end = self.0.len();
            if end > start {
                self.0.push(',');
            }
            if members.next_key_seed(Copying(self.0))?.is_none() {
                self.0.truncate(end);
                self.0.push('}');
                return Ok(false);
            }
            self.0.push(':');
            if members.next_value_seed(Copying(self.0))? {
                self.0.truncate(end);
            }
        }
    }
}

fn check_object(document: Document, text: &str) -> Result<()> {
    let invalid =
        |problem: &str, column| Error::InvalidJson { what: document.name(), problem: problem.into(), line: 1, column };
    if !text.starts_with('{') && !text.trim_start().starts_with('{') {
        return Err(invalid("a JSON object is expected", 1));
    }
    // A NUL would cut texts short wherever C code reads them. Most documents have no backslash to begin with, and
    // to see that, looking at every byte is faster than stopping early, because it takes many at a time.
    if !text.bytes().fold(false, |found, byte| found | (byte == b'\\')) {
        return Ok(());
    }
    for (at, _) in text.match_indices("\\u0000") {
        let backslashes = text[..at].bytes().rev().take_while(|byte| *byte == b'\\').count();
        if backslashes % 2 == 0 {
            return Err(invalid("a text holds the character U+0000", at + 1));
        }
    }
    Ok(())
}

/// Says what was wrong and where.
fn explain(document: Document, text: &str, trail: &Trail, error: &serde_json::Error) -> Error {
    let mut path = shortened(&trail.to_string());
    // The library calls a number in the place of a word a mistake of syntax.
    if !error.is_data() && copied(text).is_none() {
        return syntax(document, error);
    }
    let message = error.to_string();
    // Only serde's own words: a value that is quoted later on may hold the same.
    let unknown = message.strip_prefix("unknown field `").and_then(|rest| rest.split_once("`, "));
    let of_field = ["missing field `", "duplicate field `"].into_iter().find_map(|words| message.strip_prefix(words));
    if let Some((field, _)) = unknown.or_else(|| of_field.and_then(|rest| rest.split_once('`'))) {
        if path == "." {
            path = shortened(field);
        } else if path != field && !path.ends_with(&format!(".{field}")) {
            path = shortened(&format!("{path}.{field}"));
        }
    }
    if unknown.is_some() {
        return Error::UnknownKey { what: document.name(), path };
    }
    let problem = problem_of(&message);
    match document {
        Document::Request => Error::InvalidInput { field: path, problem },
        Document::Configuration => Error::InvalidConfig { path, problem },
    }
}

/// Keeps what serde says about the rule and drops what it quotes of the value.
fn problem_of(message: &str) -> String {
    let message = message.rsplit_once(" at line ").map_or(message, |(text, _)| text);
    if let Some(problem) = message.strip_prefix(RULE) {
        problem.to_owned()
    } else if message.starts_with("missing field") {
        "is required".to_owned()
    } else if message.starts_with("duplicate field") {
        "is given twice".to_owned()
    } else if message.starts_with("invalid ") || message.starts_with("unknown ") {
        // serde's own wording: it quotes the value first and ends with what was expected.
        message
            .rsplit_once("expected ")
            .map_or_else(|| "is not valid".into(), |(_, expected)| format!("must be {expected}"))
    } else {
        "is not valid".to_owned()
    }
}

fn syntax(document: Document, error: &serde_json::Error) -> Error {
    let problem = match error.classify() {
        serde_json::error::Category::Eof => "it ends too early",
        _ => "it is not well-formed JSON",
    };
    Error::InvalidJson { what: document.name(), problem: problem.into(), line: error.line(), column: error.column() }
}

/// A key is part of the path, and a caller may have put anything there.
fn shortened(path: &str) -> String {
    if path.chars().count() <= 80 { path.to_owned() } else { path.chars().take(79).chain(['…']).collect() }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;
    use crate::identifiers::Uln;

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "camelCase", deny_unknown_fields)]
    #[allow(dead_code)]
    struct Sample {
        uln: Option<Uln>,
        wait_ms: u32,
        inner: Option<Inner>,
        word: Option<Word>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "camelCase")]
    enum Word {
        A,
        B,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Inner {
        names: Vec<String>,
    }

    fn failure(text: &str) -> String {
        let error = read::<Sample>(Document::Request, text).unwrap_err();
        format!("{} {error}", error.status())
    }

    #[test]
    fn an_unknown_key_is_refused_with_its_path() {
        assert!(failure(r#"{"waitMs":1,"wait":2}"#).contains("UNKNOWN_KEY the request has the unknown key `wait`"));
        assert!(failure(r#"{"waitMs":1,"inner":{"names":[],"user":1}}"#).contains("`inner.user`"));
    }

    #[test]
    fn a_value_is_never_quoted() {
        for text in [
            r#"{"waitMs":"Orla"}"#,
            r#"{"waitMs":1,"uln":"5123456783"}"#,
            r#"{"waitMs":1,"uln":5123456783}"#,
            r#"{"waitMs":1,"inner":{"names":"Orla"}}"#,
            r#"{"waitMs":-5123456783}"#,
            r#"{"waitMs":"missing field `Orla` expected Orla"}"#,
        ] {
            let text = failure(text);
            assert!(text.starts_with("INVALID_INPUT"), "{text}");
            assert!(!text.contains("Orla") && !text.contains("512345"), "{text}");
        }
    }

    #[test]
    fn the_path_and_the_rule_are_named() {
        assert_eq!(failure("{}"), "INVALID_INPUT `waitMs` is required");
        assert_eq!(failure(r#"{"waitMs":1,"waitMs":2}"#), "INVALID_INPUT `waitMs` is given twice");
        assert_eq!(failure(r#"{"waitMs":true}"#), "INVALID_INPUT `waitMs` must be u32");
        assert_eq!(failure(r#"{"waitMs":1,"word":2}"#), "INVALID_INPUT `word` is not valid");
        assert_eq!(failure(r#"{"waitMs":1,"word":"c"}"#), "INVALID_INPUT `word` must be `a` or `b`");
        assert_eq!(
            failure(r#"{"waitMs":1,"inner":{"names":["a",2]}}"#),
            "INVALID_INPUT `inner.names[1]` must be a string"
        );
    }

    #[test]
    fn an_object_is_not_given_as_an_array_of_its_values() {
        assert_eq!(failure(r#"{"waitMs":1,"inner":[["a"]]}"#), "INVALID_INPUT `inner` must be struct Inner");
    }

    #[test]
    fn the_path_goes_through_whatever_lies_between() {
        #[derive(Debug, Deserialize)]
        #[serde(deny_unknown_fields)]
        #[allow(dead_code)]
        struct Deep {
            by_name: std::collections::BTreeMap<String, Vec<Option<Inner>>>,
        }
        let failure = |text| read::<Deep>(Document::Configuration, text).unwrap_err().to_string();
        for (text, path) in [
            (r#"{"by_name":{"a":[null,{"names":[]},{"names":[1]}]}}"#, "`by_name.a[2].names[0]` must be a string"),
            (r#"{"by_name":{"\u00e9":[{}]}}"#, "`by_name.é[0].names` is required"),
            (r#"{"by_name":{"a":[{"names":[],"x":1}]}}"#, "unknown key `by_name.a[0].x`"),
        ] {
            assert!(failure(text).contains(path), "{}", failure(text));
        }
    }

    #[test]
    fn a_member_that_is_null_is_as_good_as_absent() {
        #[derive(Debug, Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Numbers {
            needed: u32,
            #[serde(default)]
            other: u32,
            #[serde(default)]
            list: Vec<Option<u32>>,
            inner: Option<Inner>,
        }
        let read = |text| read::<Numbers>(Document::Request, text);
        let failure = |text| read(text).unwrap_err().to_string();
        let found = read(r#"{"needed":1,"other":null,"list":[1,null,0],"inner":{"names":["a\"\u2028é"]},"user":null}"#)
            .unwrap();
        assert_eq!((found.needed, found.other, found.list), (1, 0, vec![Some(1), None, Some(0)]));
        assert_eq!(found.inner.unwrap().names, ["a\"\u{2028}é"]);
        assert_eq!(failure(r#"{"needed":null}"#), "`needed` is required");
        assert_eq!(failure(r#"{"needed":1,"inner":{"names":null}}"#), "`inner.names` is required");
        assert!(failure(r#"{"needed":1,"other":null,"more":1}"#).contains("unknown key `more`"));
        assert_eq!(without_nulls(r#"{"a":null,"b":[{"c":null}],"d":{}}"#).unwrap().as_str(), r#"{"b":[{}],"d":{}}"#);
    }

    #[test]
    fn what_is_not_an_object_or_holds_a_nul_is_refused() {
        for text in ["", "[]", "null", "{", "{\"waitMs\":1}}", "{\"waitMs\":1} x", r#"{"waitMs":1,"user":"a\u0000b"}"#]
        {
            assert!(failure(text).starts_with("INVALID_JSON"), "{text}");
        }
        assert!(read::<Sample>(Document::Request, r#"{"waitMs":1,"inner":{"names":["a\\u0000b"]}}"#).is_ok());
    }
}
