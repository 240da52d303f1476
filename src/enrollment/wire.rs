//! The calls to the receiver, and what its answers mean (sections 4, 5 and 7.4 of the enrolment specification).

use std::time::Duration;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::Method;
use serde_json::{Value, json};
use url::Url;

use super::config::{Config, Credential};
use super::language::Language;
use super::members::Members;
use super::state::State;
use crate::error::{Error, Result, Upstream};
use crate::http::address::with_slash;
use crate::http::{Answer, Call, header, may_have_been_sent};

/// The system's name in errors and statistics.
const SYSTEM: &str = "enrollment";
/// How long one call may take; the receiver gives its own calls as long.
pub(super) const LONGEST_CALL: Duration = Duration::from_secs(20);
/// The largest answer that is read.
const LARGEST: u64 = 1 << 20;

/// Everything but what needs no escape in one part of an address.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A call of the receiver.
#[derive(Clone, Copy, Debug)]
pub(super) enum Endpoint<'a> {
    /// Creates an association for a person.
    Create(&'a str),
    /// Changes an association.
    Update(&'a str),
    /// Reads an association.
    Read(&'a str),
    /// Reads a person.
    Person(&'a str),
    /// Sends a result the older way.
    Results,
}

impl Endpoint<'_> {
    const fn name(self) -> &'static str {
        match self {
            Self::Create(_) => "associations/external",
            Self::Update(_) | Self::Read(_) => "associations",
            Self::Person(_) => "person",
            Self::Results => "results",
        }
    }

    fn method(self) -> Method {
        match self {
            Self::Create(_) | Self::Results => Method::POST,
            Self::Update(_) => Method::PATCH,
            Self::Read(_) | Self::Person(_) => Method::GET,
        }
    }

    fn path(self) -> String {
        let part = |id| utf8_percent_encode(id, ESCAPED);
        match self {
            Self::Create(person) => format!("associations/external/{}", part(person)),
            Self::Update(association) | Self::Read(association) => format!("associations/{}", part(association)),
            Self::Person(person) => format!("person/{}", part(person)),
            Self::Results => "api/results".to_owned(),
        }
    }
}

/// Describes a call; it is sent once, because what must come through is repeated by the outbox.
pub(super) fn call(
    config: &Config,
    credential: &Credential,
    endpoint: Endpoint<'_>,
    language: Language,
    body: Option<Vec<u8>>,
) -> Result<Call> {
    let base = config.receiver_url.as_ref();
    let base = base.ok_or_else(|| Error::config("enrollment.receiverUrl", "is required to call the receiver"))?;
    let wrong = |_| Error::config("enrollment.receiverUrl", "is not an address");
    let base = with_slash(Url::parse(base).map_err(wrong)?);
    // As text: a relative address must not begin with what looks like a scheme.
    let url = Url::parse(&format!("{base}{}", endpoint.path())).map_err(wrong)?;
    let mut call = Call::new(SYSTEM, endpoint.name(), endpoint.method(), url)
        .basic(&credential.user, &credential.password)?
        .header(header::ACCEPT, "application/json")?
        .header(header::ACCEPT_LANGUAGE, language.tag())?
        .max_bytes(LARGEST)
        // The receiver passes on what home institutions answer, also when it works itself.
        .with_faults();
    if let Some(body) = body {
        call = call.body("application/json", body);
    }
    Ok(call)
}

/// The body that creates an association.
pub(super) fn creation(config: &Config, offering: &Members, remote_state: State, request_id: &str) -> Result<Vec<u8>> {
    let mut body = Members::default();
    body.set("role", "student")?;
    body.set("state", State::Associated.word())?;
    body.set("remoteState", remote_state.word())?;
    body.set("offering", offering)?;
    if let Some(issuer) = &config.issuer {
        let name = [(Language::En, &issuer.name.en), (Language::Nl, &issuer.name.nl)];
        let name: Vec<Value> =
            name.into_iter().map(|(language, text)| json!({ "language": language.tag(), "value": text })).collect();
        body.set(
            "issuer",
            &json!({
                "primaryCode": { "codeType": "schacHome", "code": issuer.schac_home },
                "organizationType": "root", "name": name, "shortName": issuer.short_name,
            }),
        )?;
    }
    body.set("ext", &json!({ "requestId": request_id }))?;
    Ok(body.to_text()?.into_bytes())
}

/// What a home institution says of an association.
#[derive(Clone, Default, PartialEq)]
pub(super) struct Said {
    /// The association's id.
    pub(super) association_id: Option<String>,
    /// Its state, as it was written.
    pub(super) state: Option<String>,
    /// What the student is to be told, by language.
    messages: Vec<(Option<Language>, String)>,
    /// Where the student is to go on, if that is a good address.
    pub(super) redirect: Option<String>,
}

impl Said {
    fn read(body: &[u8]) -> Option<Self> {
        let whole: Value = serde_json::from_slice(body).ok()?;
        let text = |name: &str| whole[name].as_str().filter(|text| !text.trim().is_empty()).map(str::to_owned);
        let list = whole["message"].as_array().map(Vec::as_slice).unwrap_or_default();
        let messages = list.iter().filter_map(|entry| {
            let text = entry["value"].as_str().filter(|text| !text.trim().is_empty())?;
            Some((entry["language"].as_str().and_then(Language::of_tag), text.to_owned()))
        });
        whole.is_object().then(|| Self {
            association_id: text("associationId").filter(|id| id.len() <= 500),
            state: text("state"),
            messages: messages.collect(),
            redirect: text("redirect").and_then(|url| secure(&url)),
        })
    }

    /// What the student is to be told, in their language or else in English or else in any.
    pub(super) fn message(&self, language: Language) -> Option<&str> {
        let in_language = |wanted| self.messages.iter().find(|(known, _)| *known == Some(wanted));
        let found = in_language(language).or_else(|| in_language(Language::En)).or_else(|| self.messages.first());
        found.map(|(_, text)| text.as_str())
    }
}

/// An address, when it is absolute and of HTTPS.
pub(super) fn secure(address: &str) -> Option<String> {
    let url = Url::parse(address.trim()).ok()?;
    (url.scheme() == "https" && url.has_host() && url.as_str().len() <= 2000).then(|| url.to_string())
}

/// What became of something that was sent.
#[derive(PartialEq)]
pub(super) enum Delivery {
    /// It arrived; `tracked` says whether the receiver knows the association by its id.
    Arrived { said: Said, tracked: bool },
    /// It may arrive later.
    Later {
        /// Whether it may have arrived already.
        uncertain: bool,
        /// How long the receiver wants to be left alone.
        pause: Option<Duration>,
    },
    /// It was not sent, because the receiver is left alone for so long.
    Unsent(Duration),
    /// The student must log in first.
    NeedsLogin,
    /// The home institution says that it has this association already.
    Ambiguous,
    /// The receiver does not know the association.
    Unknown,
    /// The receiver does not take our credential.
    Credentials,
    /// It is refused.
    Rejected,
}

/// Reads the answer to something that was sent: by the shape of an error body first and then by its status, because 401
/// and 409 mean different things in the two shapes.
pub(super) fn delivery(endpoint: Endpoint<'_>, answer: &Result<Answer>) -> Delivery {
    let answer = match answer {
        Ok(answer) => answer,
        Err(Error::CircuitOpen { retry_after_ms, .. }) => {
            return Delivery::Unsent(Duration::from_millis(*retry_after_ms).max(Duration::from_secs(1)));
        }
        Err(error) => return Delivery::Later { uncertain: may_have_been_sent(error), pause: None },
    };
    let status = answer.code();
    if answer.status.is_success() {
        let said = Said::read(&answer.body);
        return match (endpoint, said) {
            (Endpoint::Create(_), Some(said)) if said.state.is_some() => {
                let tracked = status == 201 && said.association_id.is_some();
                Delivery::Arrived { said, tracked }
            }
            // Whether anything was created cannot be told.
            (Endpoint::Create(_), _) => Delivery::Later { uncertain: true, pause: None },
            (_, said) => Delivery::Arrived { said: said.unwrap_or_default(), tracked: true },
        };
    }
    if status >= 500 || matches!(status, 408 | 429) {
        return Delivery::Later { uncertain: status != 429, pause: answer.retry_after() };
    }
    let body: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
    let of_receiver = body["error"] == Value::Bool(true);
    let description = body["description"].as_str().unwrap_or_default().trim();
    match status {
        _ if of_receiver && description.starts_with("Error in obtaining new accessToken") => Delivery::NeedsLogin,
        401 if of_receiver => Delivery::NeedsLogin,
        409 if of_receiver && matches!(endpoint, Endpoint::Create(_)) => Delivery::Ambiguous,
        401 => Delivery::Credentials,
        409 if !of_receiver && matches!(endpoint, Endpoint::Create(_) | Endpoint::Results) => Delivery::NeedsLogin,
        409 if !of_receiver => Delivery::Unknown,
        // What is not followed may have been carried out.
        300..=399 => Delivery::Later { uncertain: true, pause: None },
        _ => Delivery::Rejected,
    }
}

/// The error behind an answer to a question that is no answer.
pub(super) fn refusal(profile: &str, answer: &Answer) -> Error {
    let body: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
    let of_receiver = body["error"] == Value::Bool(true);
    let reference = body["reference"].as_str().filter(|text| text.len() <= 20);
    let upstream: Upstream = answer.upstream().with_code(body["status"].as_str()).with_trace_id(reference);
    match answer.code() {
        401 if !of_receiver => Error::AuthRejected { profile: profile.to_owned(), upstream },
        404 => Error::Rejected { upstream },
        _ => answer.refusal(upstream),
    }
}

#[cfg(test)]
mod tests {
    use reqwest::StatusCode;

    use super::*;

    fn kind(delivery: &Delivery) -> &'static str {
        match delivery {
            Delivery::Arrived { tracked: true, .. } => "arrived",
            Delivery::Arrived { tracked: false, .. } => "untracked",
            Delivery::Later { uncertain: true, .. } => "uncertain",
            Delivery::Later { uncertain: false, .. } => "later",
            Delivery::Unsent(_) => "unsent",
            Delivery::NeedsLogin => "needsLogin",
            Delivery::Ambiguous => "ambiguous",
            Delivery::Unknown => "unknown",
            Delivery::Credentials => "credentials",
            Delivery::Rejected => "rejected",
        }
    }

    #[test]
    fn an_answer_is_read_by_the_shape_of_its_error_first() {
        let receiver =
            |description: &str| json!({ "error": true, "status": "X", "description": description }).to_string();
        let framework = json!({ "error": "Conflict", "status": 409, "message": "Enrollment not found." }).to_string();
        let token = receiver("Error in obtaining new accessToken with saved refreshToken: 400");
        let home = receiver("Error 4xx from the OOAPI endpoint");
        for (status, body, created, updated) in [
            (201, r#"{"associationId":"a","state":"associated"}"#.to_owned(), "arrived", "arrived"),
            (200, r#"{"associationId":"a","state":"pending"}"#.to_owned(), "untracked", "arrived"),
            (201, r#"{"state":"pending"}"#.to_owned(), "untracked", "arrived"),
            (201, "<html>".to_owned(), "uncertain", "arrived"),
            (204, String::new(), "uncertain", "arrived"),
            (400, token.clone(), "needsLogin", "needsLogin"),
            (503, token, "uncertain", "uncertain"),
            (401, home.clone(), "needsLogin", "needsLogin"),
            (409, home.clone(), "ambiguous", "rejected"),
            (409, framework.clone(), "needsLogin", "unknown"),
            (401, framework, "credentials", "credentials"),
            (401, "nothing".to_owned(), "credentials", "credentials"),
            (400, home.clone(), "rejected", "rejected"),
            (422, home.clone(), "rejected", "rejected"),
            (429, home.clone(), "later", "later"),
            (408, home.clone(), "uncertain", "uncertain"),
            (500, home, "uncertain", "uncertain"),
        ] {
            let answer = || Ok(Answer::made_up("x", StatusCode::from_u16(status).unwrap(), body.clone().into_bytes()));
            assert_eq!(kind(&delivery(Endpoint::Create("p"), &answer())), created, "{status} {body}");
            let expected = if (status, updated) == (409, "rejected") { "rejected" } else { updated };
            assert_eq!(kind(&delivery(Endpoint::Update("a"), &answer())), expected, "{status} {body}");
        }
    }

    #[test]
    fn an_id_is_one_part_of_an_address_whatever_it_holds() {
        for (id, path) in [
            ("ingrid.solheim@fjord.example", "associations/external/ingrid.solheim%40fjord.example"),
            ("a/../b +?#é", "associations/external/a%2F..%2Fb%20%2B%3F%23%C3%A9"),
        ] {
            assert_eq!(Endpoint::Create(id).path(), path);
        }
    }

    #[test]
    fn only_a_secure_address_is_passed_on() {
        assert_eq!(secure(" https://forms.gouwe.example/x ").as_deref(), Some("https://forms.gouwe.example/x"));
        for wrong in ["http://forms.gouwe.example/x", "//forms", "javascript:alert(1)", "", "https://"] {
            assert_eq!(secure(wrong), None, "{wrong}");
        }
    }
}
