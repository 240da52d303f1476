//! A gateway to the Learning Records Service: the prison service's REST interface, which has a register of its own.

use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use serde::Deserialize;
use serde::de::DeserializeSeed;
use serde_json::json;
use serde_json::value::RawValue;

use super::config::{Config, GatewayCredential};
use super::query::{ByDemographics, EventsQuery};
use super::records::{IntoRecords, Kind, Records};
use super::register::{Confirmation, Row};
use super::service::Caller;
use super::soap::{Events, Found};
use super::wire::{SYSTEM, code_of_response_type};
use crate::error::{Error, Result, Upstream};
use crate::http::{Answer, Call, ClientCredentials, Method, Retry, Tokens, header};
use crate::privacy::Sensitive;
use crate::profiles::Profiles;

const LEARNERS: &str = "learners";
const LEARNER_EVENTS: &str = "learner-events";
const MATCH: &str = "match";
const NO_MATCH: &str = "match/no-match";
const UNMATCH: &str = "match/unmatch";
const MATCH_EVENTS: &str = "match/learner-events";
const REPORT: &str = "subject-access-request";

/// A gateway waits twenty seconds each for connecting to, writing to and reading from the service behind it.
const PATIENCE: Duration = Duration::from_secs(45);
/// More than ten thousand learning events take.
const MOST_BYTES: u64 = 16 << 20;

/// Calls the gateway.
pub(super) struct Gateway {
    config: Config,
    profiles: Profiles,
    tokens: Tokens,
    retry: Retry,
}

/// What a gateway says of a person.
pub(super) enum Matched {
    NotFound,
    NoMatch,
    Found { uln: Sensitive<String>, given_name: Sensitive<String>, family_name: Sensitive<String> },
}

/// The learning events of a person, or why there are none.
pub(super) enum PersonEvents {
    NotMatched,
    NoUln,
    Found(Events),
}

impl Gateway {
    pub(super) fn new(config: &Config, profiles: Profiles, tokens: Tokens, retry: Retry) -> Self {
        Self { config: config.clone(), profiles, tokens, retry }
    }

    pub(super) async fn find(&self, caller: Caller<'_>, query: &ByDemographics) -> Result<Found> {
        let body = json!({
            "givenName": query.given_name,
            "familyName": query.family_name,
            "dateOfBirth": query.date_of_birth,
            "gender": query.gender.upper_case(),
            "lastKnownPostCode": query.last_known_post_code,
            "previousFamilyName": query.previous_family_name,
            "schoolAtAge16": query.school_at_age16,
            "placeOfBirth": query.place_of_birth,
            "emailAddress": query.email_address,
        });
        let call = self.call(LEARNERS, Method::POST, &[LEARNERS])?.retry(self.retry);
        let answer = self.send(caller, with_body(call, body)).await?;
        expect(&answer, caller, &[200])?;
        learners(&answer)
    }

    pub(super) async fn events(&self, caller: Caller<'_>, query: &EventsQuery) -> Result<Events> {
        let body = json!({
            "uln": query.uln,
            "givenName": query.given_name,
            "familyName": query.family_name,
            "dateOfBirth": query.date_of_birth,
            "gender": query.gender.map(|gender| gender.upper_case()),
        });
        let call = self.call(LEARNER_EVENTS, Method::POST, &[LEARNER_EVENTS])?.retry(self.retry);
        let answer = self.send(caller, with_body(call, body)).await?;
        expect(&answer, caller, &[200])?;
        events(&answer)
    }

    pub(super) async fn events_of_person(&self, caller: Caller<'_>, person: &str) -> Result<PersonEvents> {
        let call = self.call(MATCH_EVENTS, Method::GET, &["match", person, "learner-events"])?.retry(self.retry);
        let answer = self.send(caller, call).await?;
        match (answer.code(), problem(&answer).error_code.as_str()) {
            (404, "Match not found") => Ok(PersonEvents::NotMatched),
            (400, "Match not possible") => Ok(PersonEvents::NoUln),
            _ => {
                expect(&answer, caller, &[200])?;
                events(&answer).map(PersonEvents::Found)
            }
        }
    }

    pub(super) async fn state(&self, caller: Caller<'_>, person: &str) -> Result<Matched> {
        let call = self.call(MATCH, Method::GET, &["match", person])?.retry(self.retry);
        let answer = self.send(caller, call).await?;
        #[derive(Default, Deserialize)]
        #[serde(rename_all = "camelCase", default)]
        struct Body {
            status: String,
            matched_uln: Sensitive<String>,
            given_name: Sensitive<String>,
            family_name: Sensitive<String>,
        }
        // Only its own words tell an unknown person from an unknown address.
        if answer.code() == 404 && answer.json::<Body>().is_ok_and(|body| body.status == "NotFound") {
            return Ok(Matched::NotFound);
        }
        expect(&answer, caller, &[200])?;
        let body: Body = answer.json()?;
        match body.status.as_str() {
            "NoMatch" => Ok(Matched::NoMatch),
            "Found" if !body.matched_uln.is_empty() => {
                Ok(Matched::Found { uln: body.matched_uln, given_name: body.given_name, family_name: body.family_name })
            }
            _ => Err(answer.protocol("its body has no status of a match")),
        }
    }

    /// Confirms a match; answers whether the ULN was free.
    pub(super) async fn confirm(&self, caller: Caller<'_>, person: &str, confirmed: &Confirmation) -> Result<bool> {
        let body = json!({
            "matchingUln": confirmed.uln,
            "givenName": confirmed.given_name,
            "familyName": confirmed.family_name,
            "matchType": confirmed.match_type,
            "countOfReturnedUlns": confirmed.count_of_returned_ulns,
        });
        let call = self.call(MATCH, Method::POST, &["match", person])?;
        let answer = self.send(caller, with_body(call, body)).await?;
        if answer.code() == 409 {
            return Ok(false);
        }
        expect(&answer, caller, &[201]).map(|()| true)
    }

    pub(super) async fn confirm_none(
        &self,
        caller: Caller<'_>,
        person: &str,
        match_type: &str,
        count: &str,
    ) -> Result<()> {
        let body = json!({ "matchType": match_type, "countOfReturnedUlns": count });
        let call = self.call(NO_MATCH, Method::POST, &["match", person, "no-match"])?;
        let answer = self.send(caller, with_body(call, body)).await?;
        expect(&answer, caller, &[201])
    }

    pub(super) async fn remove(&self, caller: Caller<'_>, person: &str) -> Result<()> {
        let call = self.call(UNMATCH, Method::POST, &["match", person, "unmatch"])?;
        let answer = self.send(caller, call).await?;
        expect(&answer, caller, &[201])
    }

    pub(super) async fn report(
        &self,
        caller: Caller<'_>,
        person: &str,
        from: Option<Date>,
        to: Option<Date>,
    ) -> Result<Vec<Row>> {
        let mut query = vec![("prn", person.to_owned())];
        query.extend(from.map(|date| ("fromDate", date.to_string())));
        query.extend(to.map(|date| ("toDate", date.to_string())));
        let call = self.call_with(REPORT, Method::GET, &[REPORT], &query)?.retry(self.retry);
        let answer = self.send(caller, call).await?;
        expect(&answer, caller, &[200, 204])?;
        if answer.code() == 204 {
            return Ok(Vec::new());
        }
        rows(&answer)
    }

    fn call(&self, endpoint: &'static str, method: Method, path: &[&str]) -> Result<Call> {
        self.call_with(endpoint, method, path, &[])
    }

    fn call_with(
        &self,
        endpoint: &'static str,
        method: Method,
        path: &[&str],
        query: &[(&str, String)],
    ) -> Result<Call> {
        let mut url = self.config.gateway()?;
        // The parts are percent-encoded, so that a person's id stays one of them.
        url.path_segments_mut()
            .map_err(|()| Error::config("lrs.gatewayUrl", "is not an address that paths can be added to"))?
            .pop_if_empty()
            .extend(path);
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        let call = Call::new(SYSTEM, endpoint, method, url).header(header::ACCEPT, "application/json")?;
        Ok(call.retry(Retry::Unconnected).attempt_timeout(PATIENCE).max_bytes(MOST_BYTES).with_faults())
    }

    async fn send(&self, caller: Caller<'_>, call: Call) -> Result<Answer> {
        if !caller.user.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ') {
            return Err(Error::input("user", "must have ASCII characters only, because a gateway gets it in a header"));
        }
        let credentials = self.credentials(caller.profile).await?;
        let call = call.header(header::HeaderName::from_static("x-username"), caller.user)?.deadline(caller.within);
        self.tokens.send(&credentials, call).await
    }

    async fn credentials(&self, profile: &str) -> Result<ClientCredentials> {
        let (name, credential) = self.profiles.credential::<GatewayCredential>(profile).await?;
        self.config.token_request(&name, credential)
    }
}

/// A row as a gateway sends it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SentRow {
    id: u64,
    nomis_id: Sensitive<String>,
    #[serde(default)]
    matched_uln: Sensitive<String>,
    #[serde(default)]
    given_name: Sensitive<String>,
    #[serde(default)]
    family_name: Sensitive<String>,
    #[serde(default)]
    match_type: String,
    #[serde(default)]
    count_of_returned_ulns: String,
    #[serde(default)]
    match_status: String,
    date_created: String,
    #[serde(default)]
    confirmed_by: Option<String>,
}

impl SentRow {
    fn read(self) -> Option<Row> {
        Some(Row {
            id: self.id,
            person_id: self.nomis_id,
            matched_uln: self.matched_uln,
            given_name: self.given_name,
            family_name: self.family_name,
            match_type: self.match_type,
            count_of_returned_ulns: self.count_of_returned_ulns,
            match_status: self.match_status,
            created_at: moment(&self.date_created)?,
            by: self.confirmed_by,
        })
    }
}

/// Reads a time as the original register writes it: with an offset, or without one and then in UTC.
pub(super) fn moment(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    text.parse::<Timestamp>().ok().or_else(|| {
        let local: DateTime = text.parse().ok()?;
        Some(local.to_zoned(TimeZone::UTC).ok()?.timestamp())
    })
}

fn with_body(call: Call, mut body: serde_json::Value) -> Call {
    // Absent and null are not the same to everybody.
    if let Some(members) = body.as_object_mut() {
        members.retain(|_, value| !value.is_null());
    }
    call.body("application/json", body.to_string().into_bytes())
}

fn borrowed<'a, T: Deserialize<'a>>(answer: &'a Answer) -> Result<T> {
    serde_json::from_slice(&answer.body).map_err(|_| answer.protocol("its body is not the expected JSON"))
}

fn records<K: Kind>(answer: &Answer, list: Option<&RawValue>) -> Result<Records<K>> {
    let mut records = Records::within(answer.body.len());
    if let Some(list) = list {
        let mut source = serde_json::Deserializer::from_str(list.get());
        IntoRecords(&mut records)
            .deserialize(&mut source)
            .map_err(|_| answer.protocol("its body is not the expected JSON"))?;
    }
    Ok(records)
}

fn learners(answer: &Answer) -> Result<Found> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Body<'a> {
        response_type: String,
        #[serde(borrow, default)]
        matched_learners: Option<&'a RawValue>,
    }
    let body: Body<'_> = borrowed(answer)?;
    let learners = records(answer, body.matched_learners)?;
    Ok(Found { response_code: code_of_response_type(&body.response_type).to_owned(), learners })
}

fn rows(answer: &Answer) -> Result<Vec<Row>> {
    #[derive(Deserialize)]
    struct Body {
        content: Vec<SentRow>,
    }
    let rows: Body = answer.json()?;
    let rows = rows.content.into_iter().map(SentRow::read).collect::<Option<Vec<_>>>();
    rows.ok_or_else(|| answer.protocol("a row in its body has no time that can be read"))
}

fn events(answer: &Answer) -> Result<Events> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Body<'a> {
        response_type: String,
        #[serde(default)]
        found_uln: Sensitive<String>,
        #[serde(default)]
        incoming_uln: Sensitive<String>,
        #[serde(borrow, default)]
        learner_record: Option<&'a RawValue>,
    }
    let body: Body<'_> = borrowed(answer)?;
    let events = records(answer, body.learner_record)?;
    Ok(Events {
        response_code: code_of_response_type(&body.response_type).to_owned(),
        found_uln: body.found_uln,
        incoming_uln: body.incoming_uln,
        events,
    })
}

/// What a gateway says went wrong; empty texts when it is not the gateway that answers.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Complaint {
    error_code: String,
    user_message: String,
    developer_message: String,
}

fn problem(answer: &Answer) -> Complaint {
    serde_json::from_slice(&answer.body).unwrap_or_default()
}

/// Lets an answer of one of these statuses through, and says what any other means.
fn expect(answer: &Answer, caller: Caller<'_>, statuses: &[u16]) -> Result<()> {
    if statuses.contains(&answer.code()) {
        return Ok(());
    }
    let complaint = problem(answer);
    Err(match (answer.code(), complaint.error_code.as_str()) {
        (400, "Missing X-Username Header") => Error::input("user", "is required by the gateway"),
        (400, "Validation Failed" | "Unreadable HTTP message") => refused_fields(answer, &complaint),
        (408, _) => Error::DeadlineExceeded {
            host: "the Learning Records Service behind the gateway".into(),
            waited_ms: u64::try_from(caller.within.min(PATIENCE).as_millis()).unwrap_or(u64::MAX),
            upstream: answer.upstream(),
        },
        (424, _) => Error::Maintenance { upstream: answer.upstream() },
        (500, "LRS Error") => Error::ServiceFault { upstream: with_code(answer, &complaint.user_message) },
        (500..=599, _) => Error::Unavailable { upstream: answer.upstream() },
        _ => answer.refusal(answer.upstream()),
    })
}

/// The fields that a gateway complains about, by names of ours only: the rest of its text may quote values.
fn refused_fields(answer: &Answer, complaint: &Complaint) -> Error {
    const KNOWN: [(&str, &str); 14] = [
        ("givenName", "givenName"),
        ("familyName", "familyName"),
        ("dateOfBirth", "dateOfBirth"),
        ("gender", "gender"),
        ("lastKnownPostCode", "lastKnownPostCode"),
        ("previousFamilyName", "previousFamilyName"),
        ("schoolAtAge16", "schoolAtAge16"),
        ("placeOfBirth", "placeOfBirth"),
        ("emailAddress", "emailAddress"),
        ("uln", "uln"),
        ("matchingUln", "uln"),
        ("matchType", "matchType"),
        ("countOfReturnedUlns", "countOfReturnedUlns"),
        ("nomisId", "personId"),
    ];
    let listed = complaint.developer_message.split(['[', ']']).nth(1).unwrap_or_default();
    let fields: Vec<&str> = listed
        .split(',')
        .filter_map(|name| KNOWN.iter().find(|(sent, _)| *sent == name.trim()).map(|(_, own)| *own))
        .collect();
    if fields.is_empty() {
        return Error::Rejected { upstream: answer.upstream() };
    }
    Error::input(fields.join(", "), "was refused by the gateway; check it against the gateway's rules")
}

/// Adds the service's code that a gateway quotes.
fn with_code(answer: &Answer, message: &str) -> Upstream {
    let code = message.split("errorCode=").nth(1).map(|rest| {
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        &rest[..end]
    });
    answer.upstream().with_code(code)
}

/// Reads an answer of a gateway in every way; see [`super::inside`].
pub(super) fn read_everyhow(body: &[u8]) {
    use crate::http::StatusCode;
    let answer = Answer::made_up(LEARNERS, StatusCode::OK, body.to_vec());
    let caller = Caller { profile: "", user: "", within: PATIENCE };
    // Whether it is refused does not matter here.
    let _ = (learners(&answer).is_ok(), events(&answer).is_ok(), rows(&answer).is_ok());
    let _ = expect(&Answer::made_up(LEARNERS, StatusCode::BAD_REQUEST, body.to_vec()), caller, &[]);
    let _ = expect(&Answer::made_up(LEARNERS, StatusCode::INTERNAL_SERVER_ERROR, body.to_vec()), caller, &[]);
}
