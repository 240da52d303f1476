//! EMIS Web (section 8.1 of the linkage specification).

use reqwest::header::{CONTENT_LENGTH, HeaderName};
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;

use super::answer::{Members, Missing, Outputs};
use super::line::{Line, with_json};
use crate::error::{Error, Result};
use crate::http::{Answer, Call, Method};
use crate::linkage::compose::Step;
use crate::linkage::outcome::{BlockReason, Detail, Outcome};
use crate::linkage::query::Said;

const SESSION: &str = "sessions/endusersession";
const VERIFICATIONS: &str = "me/verifications";
const USERS: &str = "users/nhs";

/// What an error says of a patient for whom there is no account, whatever its code.
const NO_USER: &[u8] = b"no registered online user";

const APPLICATION_ID: HeaderName = HeaderName::from_static("x-api-applicationid");
const VERSION: HeaderName = HeaderName::from_static("x-api-version");
const SESSION_ID: HeaderName = HeaderName::from_static("x-api-endusersessionid");

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Verification<'a> {
    national_practice_code: &'a str,
    nhs_number: &'a str,
    token: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct User<'a> {
    nhs_number: &'a str,
    national_practice_code: &'a str,
    email_address: &'a str,
}

pub(super) async fn ask(line: &Line<'_>) -> Result<Said> {
    let given = Given::of(line)?;
    // A session belongs to one patient, so it is never kept for the next.
    let session = match begin(line).await? {
        Ok(session) => session,
        Err(said) => return Ok(said),
    };
    if let (Step::Create, Some(email_address)) = (line.step, given.email_address) {
        let user = User {
            nhs_number: line.query.nhs_number.as_str(),
            national_practice_code: line.query.ods_code.as_str(),
            email_address,
        };
        let call = call(line, USERS)?.header(SESSION_ID, session.expose_secret())?;
        let answer = line.send(with_json(call, &user)?).await?;
        if !answer.status.is_success() {
            return refused(line, &answer);
        }
    }
    let verification = Verification {
        national_practice_code: line.query.ods_code.as_str(),
        nhs_number: line.query.nhs_number.as_str(),
        token: given.identity_token.expose_secret(),
    };
    let call = call(line, VERIFICATIONS)?.header(SESSION_ID, session.expose_secret())?;
    let answer = line.send(with_json(call, &verification)?).await?;
    verified(line, &answer)
}

/// What the request must have beside what every request has.
struct Given<'a> {
    identity_token: &'a SecretString,
    email_address: Option<&'a str>,
}

impl<'a> Given<'a> {
    fn of(line: &Line<'a>) -> Result<Self> {
        const NEEDED: &str = "is required by this supplier";
        let token = line.query.identity_token.as_ref().filter(|token| !token.expose_secret().trim().is_empty());
        let address = line.query.email_address.as_ref().map(|address| address.trim());
        let address = address.filter(|address| !address.is_empty());
        let mut fields = Vec::new();
        if token.is_none() {
            fields.push(("identityToken", NEEDED));
        }
        // The composed call may come to a Create, and must not fail for this when it is halfway.
        if address.is_none() && (line.step == Step::Create || line.is_composed()) {
            fields.push(("emailAddress", NEEDED));
        }
        match token {
            Some(identity_token) if fields.is_empty() => Ok(Self { identity_token, email_address: address }),
            _ => Err(Error::InvalidFields { fields }),
        }
    }
}

fn call(line: &Line<'_>, endpoint: &'static str) -> Result<Call> {
    let call = line.call_below(endpoint, Method::POST, endpoint)?;
    let version = line.supplier.api_version.as_deref().unwrap_or("2.1.0.0");
    let application = line.supplier.application_id.as_deref().unwrap_or_default();
    call.header(APPLICATION_ID, application)?.header(VERSION, version)
}

/// Begins a session; answers with its id, or with what the supplier says instead.
async fn begin(line: &Line<'_>) -> Result<Result<SecretString, Said>> {
    let call = call(line, SESSION)?.body("application/json", Vec::new()).header(CONTENT_LENGTH, "0")?;
    let answer = line.send(call).await?;
    if !answer.status.is_success() {
        return refused(line, &answer).map(Err);
    }
    let id = Members::of(&answer)?.text("EndUserSessionId");
    match id.as_deref() {
        Some(id) if (1..=1024).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_graphic()) => {
            Ok(Ok(SecretString::from(id.as_str())))
        }
        _ => Err(answer.protocol("the session it began has no id")),
    }
}

fn verified(line: &Line<'_>, answer: &Answer) -> Result<Said> {
    // A key that there was before comes with 409.
    if !answer.status.is_success() && answer.code() != 409 {
        return refused(line, answer);
    }
    let members = if answer.status.is_success() { Members::of(answer)? } else { Members::if_any(answer) };
    let outputs = Outputs {
        account_id: members.text("AccountId"),
        linkage_key: members.text("LinkageKey"),
        ..Outputs::default()
    };
    if answer.code() == 409 && !outputs.has_key() {
        return refused(line, answer);
    }
    outputs.linked(line, answer, Missing::Filled)
}

/// What an error means, by its status and the absolute value of its code.
fn refused(line: &Line<'_>, answer: &Answer) -> Result<Said> {
    use BlockReason as Why;

    let blocked = |reason| Ok(Said::blocked(Detail::of(reason)));
    match (answer.code(), code(answer)) {
        (404, 1551) => Ok(Said::not(Outcome::PatientNotFound)),
        (404, 1104) => Ok(Said::not(Outcome::NoLinkageKey)),
        (400, 1001) => Ok(Said::not(Outcome::OdsNotFound)),
        (400, 1401) | (403, 1030) => Ok(Said::not(Outcome::OdsBlocked)),
        (400, 1552) => blocked(Why::PatientArchived),
        (400, 1107 | 1109) => blocked(Why::AccountDisabled),
        (400, 1553) => blocked(Why::UnderMinimumAgeOrNotCompetent),
        (400, 1554) => blocked(Why::NotValidForOnlineUse),
        (400, 1555) => blocked(Why::MultipleRecords),
        (409, 1110) if answer.endpoint == USERS => Ok(Said::not(Outcome::KeyAlreadyExists)),
        _ if answer.body.windows(NO_USER.len()).any(|text| text.eq_ignore_ascii_case(NO_USER)) => {
            Ok(Said::not(Outcome::NoLinkageKey))
        }
        (403, _) => Err(Error::Forbidden { upstream: answer.upstream() }),
        _ => Ok(line.failed()),
    }
}

/// The code of an error, beside its text or in one of its exceptions; 0 when there is none.
fn code(answer: &Answer) -> u64 {
    const NAME: &str = "InternalResponseCode";
    let members = Members::if_any(answer);
    let within = members.objects("Exceptions");
    let all = std::iter::once(&members).chain(&within);
    let mut codes = all.filter_map(|members| members.number(NAME)).filter(|code| *code != 0);
    codes.next().map_or(0, i64::unsigned_abs)
}
