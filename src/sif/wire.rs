//! The requests to a retrieval service and to the broker, and what their answers mean (sections 2, 3 and 5 of the SIF
//! specification).

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use secrecy::SecretString;
use url::Url;
use uuid::Uuid;

use super::authorization;
use super::config::{Accept, Config, Method};
use super::{document, json};
use crate::error::{Error, Result, Upstream};
use crate::http::address::with_slash;
use crate::http::{Answer, Call, Retry, header};
use crate::privacy::{Sensitive, Wiped};

/// The system's name in errors and statistics.
pub(super) const SYSTEM: &str = "sif";
/// The endpoints' names.
pub(super) const EARS: &str = "xSres";
pub(super) const FILTERS: &str = "filters";
pub(super) const RECORDS: &str = "masterXsres";

/// Everything but what needs no escape in an address.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
/// The kind of object that is asked for.
pub(super) const XSRE: &str = "xSre";

/// Checks what becomes a part of an address; the receiver could not tell it from a delimiter otherwise.
///
/// # Errors
/// What is wrong with it, as the rest of a sentence that begins with the field's name.
pub(super) fn segment(text: &str) -> Result<(), &'static str> {
    if text.trim().is_empty() || text.chars().count() > 64 {
        return Err("must have 1 to 64 characters");
    }
    if text.contains([';', '=', '/', '?', '#', '%']) || text.chars().any(char::is_control) {
        return Err("must not have any of the characters ; = / ? # %");
    }
    Ok(())
}

/// The address of an object with its zone and context.
pub(super) fn address(key: &'static str, base: Option<&String>, path: &str, zone: &str, context: &str) -> Result<Url> {
    let base = base.ok_or_else(|| Error::config(key, "is required to ask for records"))?;
    let escape = |text: &str| utf8_percent_encode(text, ESCAPED).to_string();
    let whole = format!("{path};zoneId={};contextId={}", escape(zone), escape(context));
    let wrong = |_| Error::config(key, "is not an address");
    let base = with_slash(Url::parse(base).map_err(wrong)?);
    // As text: a relative address must not begin with what looks like a scheme.
    Url::parse(&format!("{base}{whole}")).map_err(wrong)
}

/// The path of an object, escaped.
pub(super) fn object(name: &str, id: &str) -> String {
    format!("{name}/{}", utf8_percent_encode(id, ESCAPED))
}

/// Who signs a request, and when.
pub(super) struct Signature<'a> {
    pub(super) method: Method,
    pub(super) token: &'a str,
    pub(super) secret: &'a SecretString,
    pub(super) time: String,
}

/// A request with what every one of the exchange carries. It is sent once more only if it did not leave us.
pub(super) fn call(
    endpoint: &'static str,
    url: Url,
    config: &Config,
    accept: Accept,
    signature: &Signature<'_>,
) -> Result<Call> {
    let name = |text: &'static str| header::HeaderName::from_static(text);
    let authorization = authorization::header(signature.method, signature.token, signature.secret, &signature.time);
    let request_id = Uuid::new_v4().to_string();
    let mut call = Call::get(SYSTEM, endpoint, url).retry(Retry::Unconnected).max_bytes(document::LARGEST as u64);
    for (header, value) in [
        (header::AUTHORIZATION, authorization.as_str()),
        (header::ACCEPT, accept.media_type()),
        (header::CONTENT_TYPE, "application/xml; charset=UTF-8"),
        (name("timestamp"), signature.time.as_str()),
        (name("messageid"), &Uuid::new_v4().to_string()),
        (name("requestid"), &request_id),
        (name("messagetype"), "REQUEST"),
        (name("requestaction"), "QUERY"),
        (name("requesttype"), "IMMEDIATE"),
        (name("servicetype"), "OBJECT"),
        (name("generatorid"), &config.generator_id),
    ] {
        call = call.header(header, value)?;
    }
    Ok(call)
}

/// A record as it was shown.
pub(super) enum Record {
    /// Well-formed XML.
    Xml(Wiped<String>),
    /// The members of its root, by the rule of the retrieval service.
    Json(Sensitive<serde_json::Value>),
}

/// Whose record is asked for, and by whom.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    /// The district's id of the student.
    pub student_id: &'a str,
    /// The organisation's number.
    pub authorized_entity_id: i32,
    /// The service's number.
    pub external_service_id: i32,
    /// The person's number.
    pub personnel_id: Option<i32>,
    /// The kind of object, as it stands in the rules.
    pub object_type: &'a str,
}

impl Asked<'_> {
    /// Adds the headers that say so.
    pub(super) fn on(&self, mut call: Call) -> Result<Call> {
        let name = |text: &'static str| header::HeaderName::from_static(text);
        for (header, value) in [
            (name("districtstudentid"), self.student_id.to_owned()),
            (name("authorizedentityid"), self.authorized_entity_id.to_string()),
            (name("externalserviceid"), self.external_service_id.to_string()),
            (name("objecttype"), self.object_type.to_owned()),
        ] {
            call = call.header(header, &value)?;
        }
        match self.personnel_id {
            Some(id) => call.header(name("personnelid"), &id.to_string()),
            None => Ok(call),
        }
    }
}

/// The record that a retrieval service shows; `None` when there is nothing to show.
///
/// # Errors
/// What an answer means that is neither.
pub(super) fn record(profile: &str, answer: &Answer) -> Result<Option<Record>> {
    if !shows(profile, answer)? {
        return Ok(None);
    }
    if is_json(answer) {
        let members = json::read(&answer.body).ok_or_else(|| answer.protocol("its answer is not an object of JSON"))?;
        return Ok(Some(Record::Json(members.into())));
    }
    let text = text(answer)?;
    document::read(text).map_err(|problem| answer.protocol(format!("its answer {problem}")))?;
    Ok(Some(Record::Xml(text.to_owned().into())))
}

/// The XML that the broker gives; `None` when there is nothing to show.
///
/// # Errors
/// What an answer means that is neither.
pub(super) fn xml<'a>(profile: &str, answer: &'a Answer) -> Result<Option<&'a str>> {
    if shows(profile, answer)? { text(answer).map(Some) } else { Ok(None) }
}

/// Whether an answer shows something.
fn shows(profile: &str, answer: &Answer) -> Result<bool> {
    match answer.code() {
        200 => Ok(true),
        404 if is_xml(answer) || is_json(answer) || answer.body.is_empty() => Ok(false),
        401 => Err(Error::AuthRejected { profile: profile.to_owned(), upstream: upstream(answer) }),
        404 => Err(answer.protocol("there is nothing at its address; is the address right?")),
        _ => Err(answer.refusal(upstream(answer))),
    }
}

fn text(answer: &Answer) -> Result<&str> {
    if !is_xml(answer) {
        return Err(answer.protocol("its answer is not XML"));
    }
    document::checked(&answer.body).map_err(|problem| answer.protocol(format!("its answer {problem}")))
}

fn kind(answer: &Answer) -> &str {
    answer.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

fn is_xml(answer: &Answer) -> bool {
    let kind = kind(answer).to_ascii_lowercase();
    kind.contains("xml") && !kind.contains("html") || kind.starts_with("text/plain")
}

fn is_json(answer: &Answer) -> bool {
    kind(answer).to_ascii_lowercase().contains("json")
}

/// What an error body says, as far as it may be told: its code, and its id for whoever looks into it.
fn upstream(answer: &Answer) -> Upstream {
    if let Some(error) = json::read(&answer.body).filter(|_| is_json(answer)) {
        let member = |name: &str| error.get(name).and_then(|value| value.as_str().map(str::trim));
        return answer.upstream().with_code(member("code")).with_trace_id(member("id"));
    }
    let read = document::checked(&answer.body).ok().filter(|_| is_xml(answer));
    let Some(document) = read.and_then(|text| document::read(text).ok()) else { return answer.upstream() };
    let error = document.root_element();
    let code = error.children().find(|child| child.tag_name().name() == "code").and_then(|code| code.text());
    answer.upstream().with_code(code.map(str::trim)).with_trace_id(error.attribute("id"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_its_parts_escaped_and_delimiters_are_refused() {
        let base = "https://h.example/svcs/dev".to_owned();
        let url = address("sif.url", Some(&base), &object(EARS, "70 00é"), "al der", "DEFAULT").unwrap();
        assert_eq!(url.as_str(), "https://h.example/svcs/dev/xSres/70%2000%C3%A9;zoneId=al%20der;contextId=DEFAULT");
        for wrong in ["", " ", "a;b", "a=b", "a/b", "a?b", "a#b", "a%b", "a\nb", &"x".repeat(65)] {
            assert!(segment(wrong).is_err(), "{wrong:?}");
        }
        assert!(segment("alder").is_ok());
        assert!(address("sif.url", None, "x", "z", "c").is_err());
    }
}
