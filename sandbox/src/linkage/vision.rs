//! Plays the supplier that has a path for each organisation and answers in two spellings.

use axum::body::Body;
use axum::http::{Method, Response, StatusCode};
use serde_json::{Value, json};

use super::call::{self, Call};
use super::identifiers as read;
use super::refusal::{Function, Refusal};
use super::rules::{self, Linkage, Subject};
use crate::world::{Core, World};

/// What stands before the organisation in the path, and what stands behind it.
const PATH: [&str; 2] = ["/linkage/vision/organisations/", "/onlineservices/linkage"];

/// The organisation that a path names, if it is one of this supplier's.
pub(super) fn organisation(path: &str) -> Option<&str> {
    let organisation = path.strip_prefix(PATH[0])?.strip_suffix(PATH[1])?;
    (!organisation.contains('/')).then_some(organisation)
}

/// `GET` and `POST …/organisations/{ods}/onlineservices/linkage`
pub(super) fn serve(core: &Core, call: &Call) -> Response<Body> {
    let function = match call.method {
        Method::GET => Function::Retrieve,
        Method::POST => Function::Create,
        _ => return call::wrong_method(usual_answer(StatusCode::METHOD_NOT_ALLOWED), "GET, POST"),
    };
    match respond(&mut core.world(), call, function) {
        Ok(linkage) => call::json(StatusCode::OK, &document(&linkage, function)),
        Err(refusal) => refuse(&refusal, function),
    }
}

fn respond(world: &mut World, call: &Call, function: Function) -> Result<Linkage, Refusal> {
    let path = organisation(call.uri.path()).unwrap_or_default();
    let ods_code = read::ods_code(path).ok_or_else(|| Refusal::Invalid(vec!["odsCode"]))?;
    let invalid = || Refusal::Invalid(Vec::new());
    if function == Function::Retrieve {
        let nhs_number = call.query("nhsNumber").as_deref().and_then(read::nhs_number).ok_or_else(invalid)?;
        return rules::retrieve(world, &Subject { ods_code, nhs_number, person: None });
    }
    let members = call.members().filter(|_| call.media_type() == "application/json").ok_or_else(invalid)?;
    let text = |name| members.text_of_any_case(name);
    let today = read::british_day(world.clock.now());
    let nhs_number = text("nhsNumber").and_then(read::nhs_number).ok_or_else(invalid)?;
    let surname = text("lastName").and_then(read::surname).ok_or_else(invalid)?;
    let born = text("dateOfBirth").and_then(|text| read::date_of_birth(text, today)).ok_or_else(invalid)?;
    rules::create(world, &Subject { ods_code, nhs_number, person: Some((surname, born)) })
}

/// A success in the spelling of its method.
fn document(linkage: &Linkage, function: Function) -> Value {
    let members = [
        ("AccountId", linkage.account_id.clone()),
        ("LinkageKey", linkage.linkage_key.clone()),
        ("OdsCode", linkage.ods_code.clone()),
        ("Surname", linkage.surname.clone()),
        ("DateOfBirth", linkage.date_of_birth.clone()),
        ("ApiKey", format!("api-{}", linkage.account_id)),
    ];
    let spelled = |name: &str| match function {
        Function::Retrieve => name.to_owned(),
        Function::Create => format!("{}{}", name[..1].to_ascii_lowercase(), &name[1..]),
    };
    members
        .into_iter()
        .map(|(name, value)| (spelled(name), Value::String(value)))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

/// Writes a refusal, with one of the supplier's codes where there is one.
fn refuse(refusal: &Refusal, function: Function) -> Response<Body> {
    let row = refusal.row(function);
    let (status, code, diagnostic) = match refusal {
        // The organisation is part of the address, so that a bad one is an address that there is not.
        Refusal::Invalid(fields) if fields.contains(&"odsCode") => {
            (StatusCode::NOT_FOUND, "V4205", "The organisation is not valid")
        }
        Refusal::Invalid(_) => (row.status, "V4205", "A parameter is missing or not valid"),
        Refusal::PatientUnknown { .. } | Refusal::Differs(_) => (row.status, "VY806", "Patient record not found"),
        Refusal::NoKey { account: false } => (row.status, "V2210", "There is no user for this patient"),
        Refusal::NoKey { account: true } => (row.status, "V2210", "There is no API key for this user"),
        Refusal::Revoked => (row.status, "V4403", "The linkage key has been revoked"),
        Refusal::Exists => (row.status, "V2214", "The user already has a linkage key"),
        _ => (row.status, row.code, row.message),
    };
    error(status, code, diagnostic)
}

fn error(status: StatusCode, code: &str, diagnostic: &str) -> Response<Body> {
    call::json(status, &json!({ "error": { "code": code, "diagnostic": diagnostic } }))
}

/// What the supplier usually answers with `status`, without having been asked anything.
pub(super) fn usual_answer(status: StatusCode) -> Response<Body> {
    match status {
        StatusCode::NOT_FOUND => refuse(&Refusal::PatientUnknown { known: false }, Function::Retrieve),
        StatusCode::FORBIDDEN => refuse(&Refusal::Revoked, Function::Retrieve),
        status if status.as_u16() < 400 => call::bare(status),
        status => refuse(&Refusal::of_status(status), Function::Retrieve),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_organisation_stands_in_the_path() {
        let at = |ods: &str| format!("/linkage/vision/organisations/{ods}/onlineservices/linkage");
        assert_eq!(organisation(&at("A12345")), Some("A12345"));
        assert_eq!(organisation(&at("")), Some(""));
        assert_eq!(organisation(&at("A/B")), None);
        assert_eq!(organisation("/linkage/vision/organisations/onlineservices/linkage"), None);
    }
}
