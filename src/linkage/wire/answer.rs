//! What the wire forms share on the way back: JSON whose names come in any case, the five outputs, and our own
//! names for what is not a success.

use std::fmt;
use std::time::Duration;

use jiff::civil::Date;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde::{Deserialize, de};
use serde_json::value::RawValue;

use super::line::Line;
use crate::error::{Error, Result};
use crate::http::Answer;
use crate::linkage::compose::Step;
use crate::linkage::outcome::{BlockReason, Detail, Outcome};
use crate::linkage::query::{Linkage, Said};
use crate::linkage::{key, rules};
use crate::privacy::{Sensitive, Wiped};

/// The supplier's code, as it is shown, for a success that lacks a value.
const INCOMPLETE: &str = "incomplete-supplier-response";
/// Far more members than any object of an answer has.
const MOST_MEMBERS: usize = 100;
/// How much may be said of a blocked patient.
const LONGEST_DETAIL: usize = 256;

/// The members of a JSON object; the values stay where they are until they are asked for.
#[derive(Default)]
pub(super) struct Members<'a>(Vec<(String, &'a RawValue)>);

impl<'a> Members<'a> {
    /// The members of an answer's body, of which an empty one has none.
    ///
    /// # Errors
    /// `PROTOCOL` when it is not a JSON object.
    pub(super) fn of(answer: &'a Answer) -> Result<Self> {
        if answer.body.trim_ascii().is_empty() {
            return Ok(Self::default());
        }
        serde_json::from_slice(&answer.body).map_err(|_| answer.protocol("its body is not a JSON object"))
    }

    /// The same for an answer that may not be the supplier's own, such as a proxy's page.
    pub(super) fn if_any(answer: &'a Answer) -> Self {
        Self::of(answer).unwrap_or_default()
    }

    /// The value of this name in whatever case, unless it is null; of several the one in the very case that was
    /// asked for.
    fn value(&self, name: &str) -> Option<&'a RawValue> {
        let exact = self.0.iter().find(|(found, _)| found == name);
        let (_, value) = exact.or_else(|| self.0.iter().find(|(found, _)| found.eq_ignore_ascii_case(name)))?;
        (value.get() != "null").then_some(value)
    }

    /// Whether there is a value of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.value(name).is_some()
    }

    /// The text of this name; what is no text counts as absent.
    pub(super) fn text(&self, name: &str) -> Option<Wiped<String>> {
        serde_json::from_str::<String>(self.value(name)?.get()).ok().map(Wiped::from)
    }

    /// The number of this name, which may be written as a text.
    pub(super) fn number(&self, name: &str) -> Option<i64> {
        let value = self.value(name)?;
        serde_json::from_str(value.get()).ok().or_else(|| self.text(name)?.trim().parse().ok())
    }

    /// The object of this name; without members when it is none.
    pub(super) fn object(&self, name: &str) -> Members<'a> {
        self.value(name).and_then(|value| serde_json::from_str(value.get()).ok()).unwrap_or_default()
    }

    /// The objects of the list of this name.
    pub(super) fn objects(&self, name: &str) -> Vec<Members<'a>> {
        self.value(name).and_then(|value| serde_json::from_str(value.get()).ok()).unwrap_or_default()
    }
}

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        struct Shape;

        impl<'de> Visitor<'de> for Shape {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some((name, value)) = map.next_entry::<String, &RawValue>()? {
                    // Whichever of two was meant, a wrong key would be worse than none.
                    if members.len() == MOST_MEMBERS || members.iter().any(|(known, _)| *known == name) {
                        return Err(de::Error::custom("a member is there twice, or there are too many"));
                    }
                    members.push((name, value));
                }
                Ok(Members(members))
            }
        }

        source.deserialize_map(Shape)
    }
}

/// What a success holds of the five outputs.
#[derive(Default)]
pub(super) struct Outputs {
    pub(super) account_id: Option<Wiped<String>>,
    pub(super) linkage_key: Option<Wiped<String>>,
    pub(super) ods_code: Option<Wiped<String>>,
    pub(super) surname: Option<Wiped<String>>,
    pub(super) date_of_birth: Option<Wiped<String>>,
}

/// Whether an interface leaves some of the outputs to be taken from the request.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Missing {
    /// It has all five, so that one without them is broken.
    Refused,
    /// It does not have organisation, surname and date of birth.
    Filled,
}

impl Outputs {
    /// The members that are called as our own interface calls them.
    pub(super) fn of(members: &Members<'_>) -> Self {
        Self {
            account_id: members.text("accountId"),
            linkage_key: members.text("linkageKey"),
            ods_code: members.text("odsCode"),
            surname: members.text("surname"),
            date_of_birth: members.text("dateOfBirth"),
        }
    }

    /// Whether account and key are there.
    pub(super) fn has_key(&self) -> bool {
        let there = |text: &Option<Wiped<String>>| text.as_ref().is_some_and(|text| !text.trim().is_empty());
        there(&self.account_id) && there(&self.linkage_key)
    }

    /// The success that they make.
    ///
    /// # Errors
    /// `PROTOCOL` for a value that is missing or not what it must be, and for another organisation than was asked for.
    pub(super) fn linked(self, line: &Line<'_>, answer: &Answer, missing: Missing) -> Result<Said> {
        let query = line.query;
        let asked = query.demographics.as_ref().filter(|_| missing == Missing::Filled);
        let incomplete = || Error::Protocol {
            problem: "its success lacks one of the five values that belong to it".into(),
            upstream: answer.upstream().with_code(Some(INCOMPLETE)),
        };
        let wrong = |what: &str| answer.protocol(format!("its success has {what} that cannot be one"));
        let opaque = |text: Option<Wiped<String>>, what| -> Result<Wiped<String>> {
            let text = filled(text).ok_or_else(incomplete)?;
            key::check_foreign(&text).map_err(|_| wrong(what))?;
            Ok(text)
        };
        let account_id = opaque(self.account_id, "an account id")?;
        let linkage_key = opaque(self.linkage_key, "a linkage key")?;
        match filled(self.ods_code) {
            Some(code) if !code.trim().eq_ignore_ascii_case(query.ods_code.as_str()) => {
                return Err(answer.protocol("its success is about another organisation"));
            }
            None if missing == Missing::Refused => return Err(incomplete()),
            _ => {}
        }
        let mut from_request = false;
        let surname = match (filled(self.surname), asked) {
            (Some(text), _) => Sensitive(rules::surname(&text).map_err(|_| wrong("a surname"))?),
            (None, Some(asked)) => {
                from_request = true;
                asked.surname.clone()
            }
            (None, None) => return Err(incomplete()),
        };
        let date_of_birth = match (filled(self.date_of_birth), asked) {
            (Some(text), _) => Sensitive(date_of_birth(&text, line).ok_or_else(|| wrong("a date of birth"))?),
            (None, Some(asked)) => {
                from_request = true;
                asked.date_of_birth.clone()
            }
            (None, None) => return Err(incomplete()),
        };
        let account_id = Sensitive(account_id.as_str().to_owned());
        let ods_code = query.ods_code.as_str().to_owned();
        let said = Said::linked(Linkage { account_id, linkage_key, ods_code, surname, date_of_birth });
        let said = Said { replayed: line.step == Step::Create && is_replay(answer), ..said };
        Ok(if from_request { said.because("demographics-from-request") } else { said })
    }
}

fn filled(text: Option<Wiped<String>>) -> Option<Wiped<String>> {
    text.filter(|text| !text.trim().is_empty())
}

/// Whether a Create was answered as before, which every interface of ours says alike.
fn is_replay(answer: &Answer) -> bool {
    answer.headers.get("idempotent-replay").is_some_and(|value| value.as_bytes().eq_ignore_ascii_case(b"true"))
}

/// A date of birth in any of the forms in which suppliers are sent one.
fn date_of_birth(text: &str, line: &Line<'_>) -> Option<Date> {
    let text = text.trim();
    let plain = text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit());
    let dashed = plain.then(|| Wiped::from(format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..])));
    rules::date_of_birth(dashed.as_ref().map_or(text, |dashed| dashed), line.now).ok()
}

/// What an outcome means that a supplier calls by our own name; `members` are those of the error's object.
///
/// # Errors
/// The error behind an outcome that is not about organisation, patient or key; `PROTOCOL` for one that this step
/// does not have.
pub(super) fn named(line: &Line<'_>, answer: &Answer, outcome: Outcome, members: &Members<'_>) -> Result<Said> {
    let upstream = || answer.upstream().with_code(Some(outcome.name()));
    match outcome {
        Outcome::OdsNotFound | Outcome::OdsBlocked | Outcome::PatientNotFound => Ok(Said::not(outcome)),
        Outcome::PatientBlocked => Ok(Said::blocked(detail(&members.object("detail")))),
        Outcome::KeyRevoked | Outcome::NoLinkageKey | Outcome::RetrieveFailed if line.step == Step::Retrieve => {
            Ok(Said::not(outcome))
        }
        Outcome::KeyAlreadyExists | Outcome::CreateFailed if line.step == Step::Create => Ok(Said::not(outcome)),
        Outcome::InvalidRequest => Err(Error::Rejected { upstream: upstream() }),
        Outcome::Unauthenticated => Err(line.access_refused(answer)),
        Outcome::Forbidden => Err(Error::Forbidden { upstream: upstream() }),
        Outcome::RateLimited => Err(throttled(answer, upstream())),
        Outcome::Unavailable => Err(Error::Unavailable { upstream: upstream() }),
        Outcome::CorrelationConflict => Err(conflict(members.text("reason").as_deref().map(String::as_str))),
        Outcome::GenericError => {
            let reason = members.text("reason");
            let code = reason.as_deref().map_or(outcome.name(), String::as_str);
            Err(Error::ServiceFault { upstream: answer.upstream().with_code(Some(code)) })
        }
        _ => Err(answer.protocol("its code is none that this function has")),
    }
}

fn throttled(answer: &Answer, upstream: crate::error::Upstream) -> Error {
    let pause = answer.retry_after().unwrap_or(Duration::from_secs(5));
    Error::Throttled { retry_after_ms: u64::try_from(pause.as_millis()).unwrap_or(u64::MAX), upstream }
}

fn conflict(reason: Option<&str>) -> Error {
    let (reason, problem) = match reason {
        Some("stale") => {
            ("stale", "the key that the supplier made under this reference is no longer in force; take a new reference")
        }
        _ => ("content", "the supplier was sent another request under this reference; take a new one"),
    };
    Error::CorrelationConflict { reason, problem }
}

fn detail(members: &Members<'_>) -> Detail {
    let text = members.text("text").unwrap_or_default();
    let reason = members.text("reason").and_then(|reason| BlockReason::named(&reason)).unwrap_or_default();
    Detail { reason, text: text.chars().filter(|c| !c.is_control()).take(LONGEST_DETAIL).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::StatusCode;

    fn answer(body: &str) -> Answer {
        Answer::made_up("retrieve", StatusCode::OK, body.as_bytes().to_vec())
    }

    #[test]
    fn names_are_found_in_any_case_and_the_exact_one_wins() {
        let answer =
            answer(r#"{"ACCOUNTID":"wrong","accountId":"right","Code":-1551,"n":" 12 ","x":null,"o":{"A":1}}"#);
        let members = Members::of(&answer).unwrap();
        assert_eq!(members.text("accountId").unwrap().as_str(), "right");
        assert_eq!((members.number("code"), members.number("N"), members.number("o")), (Some(-1551), Some(12), None));
        assert!(members.text("code").is_none() && !members.has("X") && !members.has("y"));
        assert_eq!(members.object("O").number("a"), Some(1));
        assert!(!members.object("n").has("a") && members.objects("o").is_empty());
    }

    #[test]
    fn what_is_no_object_and_what_has_a_member_twice_is_refused() {
        for body in ["[]", "null", "{", "<html>", "{\"a\":1}x", r#"{"a":"1","a":"2"}"#, "\u{FEFF}{}"] {
            assert!(Members::of(&answer(body)).is_err(), "{body}");
            assert!(!Members::if_any(&answer(body)).has("a"), "{body}");
        }
        assert!(Members::of(&answer(" \r\n")).is_ok_and(|members| !members.has("a")));
        let latin = Answer::made_up("retrieve", StatusCode::OK, b"{\"surname\":\"Kr\xFCger\"}".to_vec());
        assert!(Members::of(&latin).is_err());
    }

    #[test]
    fn a_detail_is_cut_to_its_length_and_an_unknown_reason_is_other() {
        let long = "é".repeat(300);
        let answer = answer(&format!(r#"{{"reason":"SOMETHING_NEW","text":"a\u0007{long}"}}"#));
        let detail = detail(&Members::of(&answer).unwrap());
        assert_eq!((detail.reason, detail.text.chars().count()), (BlockReason::Other, 256));
        assert!(detail.text.starts_with("aé"));
        assert_eq!(super::detail(&Members::default()), Detail::default());
    }
}
