//! Plays the supplier that opens a session first and tells its errors by numbers.

use axum::body::Body;
use axum::http::{Method, Response, StatusCode};
use serde_json::json;

use super::call::{self, Call, Members};
use super::identifiers as read;
use super::refusal::{Function, Refusal};
use super::register::LinkageBlockReason as Reason;
use super::rules::{self, Linkage, Subject};
use crate::world::{Core, World};

/// The application that may ask the `emis` linkage supplier, sent as `X-API-ApplicationId`.
pub const LINKAGE_EMIS_APPLICATION: &str = "D66BA979-60D2-49AA-BE82-AEC06356E41F";

/// The version that is spoken, sent as `X-API-Version`.
pub(super) const VERSION: &str = "2.1.0.0";

/// The identity token that has run out.
const EXPIRED_TOKEN: &str = "expired-token";

/// The patient whose key comes with status 409, as it does for users whom the supplier knows already.
const KNOWN_USER: &str = "9995550121";

/// A refusal with the supplier's own number.
struct Error {
    status: StatusCode,
    code: i32,
    message: &'static str,
}

impl Error {
    fn new(status: StatusCode, code: i32, message: &'static str) -> Self {
        Self { status, code, message }
    }

    fn answer(&self) -> Response<Body> {
        let document = json!({
            "Exceptions": [{ "Message": self.message, "Type": "ApiException" }],
            "InternalResponseCode": self.code,
            "Message": self.message,
        });
        call::json(self.status, &document)
    }
}

/// `POST …/sessions/endusersession`
pub(super) fn session(core: &Core, call: &Call) -> Response<Body> {
    answered(core, call, |world| {
        application(call)?;
        let (now, life) = (world.clock.unix(), world.settings.token_life_seconds);
        let id = world.linkage.sessions.issue(&mut world.chance, LINKAGE_EMIS_APPLICATION, Vec::new(), now, life);
        Ok(call::json(StatusCode::OK, &json!({ "EndUserSessionId": id })))
    })
}

/// `POST …/me/verifications`
pub(super) fn verifications(core: &Core, call: &Call) -> Response<Body> {
    answered(core, call, |world| {
        let members = opened(world, call)?;
        let token = members.text_of_any_case("Token").unwrap_or_default();
        if token.trim().is_empty() {
            return Err(Error::new(StatusCode::BAD_REQUEST, -1003, "The identity token is missing"));
        }
        if token == EXPIRED_TOKEN {
            return Err(Error::new(StatusCode::UNAUTHORIZED, -1012, "The identity token has expired"));
        }
        let subject = subject(&members)?;
        let linkage = rules::retrieve(world, &subject).map_err(|refusal| error(&refusal, Function::Retrieve))?;
        let status = if subject.nhs_number == KNOWN_USER { StatusCode::CONFLICT } else { StatusCode::OK };
        let Linkage { account_id, linkage_key, .. } = linkage;
        let identity = world.chance.linkage_uuid().to_string();
        let document = json!({ "IdentityId": identity, "AccountId": account_id, "LinkageKey": linkage_key });
        Ok(call::json(status, &document))
    })
}

/// `POST …/users/nhs`
pub(super) fn users(core: &Core, call: &Call) -> Response<Body> {
    answered(core, call, |world| {
        let members = opened(world, call)?;
        if members.text_of_any_case("EmailAddress").is_none_or(|address| !address.contains('@')) {
            return Err(Error::new(StatusCode::BAD_REQUEST, -1003, "The e-mail address is missing or not valid"));
        }
        let subject = subject(&members)?;
        rules::create(world, &subject).map_err(|refusal| error(&refusal, Function::Create))?;
        let identity = world.chance.linkage_uuid().to_string();
        Ok(call::json(StatusCode::OK, &json!({ "AccessIdentityGuid": identity })))
    })
}

/// Answers a request that must be a POST.
fn answered(
    core: &Core,
    call: &Call,
    respond: impl FnOnce(&mut World) -> Result<Response<Body>, Error>,
) -> Response<Body> {
    if call.method != Method::POST {
        return call::wrong_method(usual_answer(StatusCode::METHOD_NOT_ALLOWED), "POST");
    }
    respond(&mut core.world()).unwrap_or_else(|error| error.answer())
}

/// Checks which application asks, and in which version.
fn application(call: &Call) -> Result<(), Error> {
    if call.header("x-api-applicationid").is_none_or(|id| !id.eq_ignore_ascii_case(LINKAGE_EMIS_APPLICATION)) {
        return Err(Error::new(StatusCode::UNAUTHORIZED, -1000, "The application is not known"));
    }
    if call.header("x-api-version") != Some(VERSION) {
        return Err(Error::new(StatusCode::BAD_REQUEST, -1005, "The version is not supported"));
    }
    Ok(())
}

/// Checks who asks and in which session, and reads the body.
fn opened(world: &World, call: &Call) -> Result<Members, Error> {
    application(call)?;
    let session = call.header("x-api-endusersessionid").unwrap_or_default();
    if world.linkage.sessions.get(session, world.clock.unix()).is_none() {
        return Err(Error::new(StatusCode::UNAUTHORIZED, -1002, "The end user session is not known or has ended"));
    }
    if call.media_type() != "application/json" {
        return Err(Error::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, -1003, "The body must be application/json"));
    }
    call.members().ok_or(Error::new(StatusCode::BAD_REQUEST, -1003, "The request cannot be read"))
}

fn subject(members: &Members) -> Result<Subject, Error> {
    let invalid = |message| Error::new(StatusCode::BAD_REQUEST, -1003, message);
    let text = |name| members.text_of_any_case(name);
    let nhs_number = text("NhsNumber").and_then(read::nhs_number).ok_or(invalid("The NHS number is not valid"))?;
    let practice = text("NationalPracticeCode").ok_or(invalid("The practice code is missing"))?;
    let ods_code = read::ods_code(practice).ok_or_else(|| error(&Refusal::OrganisationUnknown, Function::Retrieve))?;
    Ok(Subject { ods_code, nhs_number, person: None })
}

/// The supplier's number for a refusal. Numbers come with either sign, as the real ones do.
fn error(refusal: &Refusal, function: Function) -> Error {
    let bad_request = StatusCode::BAD_REQUEST;
    match refusal {
        Refusal::OrganisationUnknown => Error::new(bad_request, -1001, "The practice is not known"),
        Refusal::OrganisationBlocked if function == Function::Retrieve => {
            Error::new(bad_request, -1401, "Online services are not enabled at the practice")
        }
        Refusal::OrganisationBlocked => {
            Error::new(StatusCode::FORBIDDEN, -1030, "The requested service is not enabled at the practice")
        }
        Refusal::PatientUnknown { .. } | Refusal::Differs(_) => {
            Error::new(StatusCode::NOT_FOUND, -1551, "The patient is not registered at the practice")
        }
        Refusal::PatientBlocked(block) => {
            let (code, message) = match block.reason {
                Reason::PatientArchived => (-1552, "The patient's record has been archived"),
                Reason::AccountDisabled => (1107, "The patient's account is disabled"),
                Reason::UnderMinimumAgeOrNotCompetent => (-1553, "The patient is under the minimum age"),
                Reason::NotValidForOnlineUse => (-1554, "The patient is not valid for online use"),
                Reason::MultipleRecords => (-1555, "There are several records for the NHS number"),
                Reason::PracticeDecision | Reason::Other => (1109, "The patient's account has been disabled"),
            };
            Error::new(bad_request, code, message)
        }
        // The supplier knows a revoked key only as a user who is not registered for online use.
        Refusal::NoKey { .. } | Refusal::Revoked => {
            Error::new(StatusCode::NOT_FOUND, 1104, "There is no registered online user for the patient")
        }
        Refusal::Exists => Error::new(StatusCode::CONFLICT, 1110, "The user is already registered"),
        _ => Error::new(StatusCode::INTERNAL_SERVER_ERROR, -1, "An unexpected error occurred"),
    }
}

/// What the supplier usually answers with `status`, without having been asked anything.
pub(super) fn usual_answer(status: StatusCode) -> Response<Body> {
    match status {
        StatusCode::NOT_FOUND => error(&Refusal::PatientUnknown { known: false }, Function::Retrieve).answer(),
        StatusCode::CONFLICT => error(&Refusal::Exists, Function::Create).answer(),
        StatusCode::FORBIDDEN => error(&Refusal::OrganisationBlocked, Function::Create).answer(),
        StatusCode::BAD_REQUEST => Error::new(status, -1003, "The request is not valid").answer(),
        status if status.as_u16() < 400 => call::bare(status),
        status => Error::new(status, -1, "The request was not carried out").answer(),
    }
}
