//! The interface that this library's listener offers (section 7.1 of the linkage specification).

use serde::Serialize;

use super::answer::{Members, Missing, Outputs, named};
use super::line::{Line, with_json};
use crate::error::{Error, Result};
use crate::http::{Answer, Method};
use crate::linkage::compose::Step;
use crate::linkage::outcome::Outcome;
use crate::linkage::query::Said;

const RETRIEVE: &str = "retrieve";
const CREATE: &str = "create";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Body<'a> {
    ods_code: &'a str,
    nhs_number: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    surname: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_of_birth: Option<jiff::civil::Date>,
}

pub(super) async fn ask(line: &Line<'_>) -> Result<Said> {
    let (endpoint, path, demographics) = match line.step {
        Step::Retrieve => (RETRIEVE, "im1/linkage/v1/retrieve", None),
        Step::Create => (CREATE, "im1/linkage/v1/create", Some(line.demographics()?)),
    };
    let body = Body {
        ods_code: line.query.ods_code.as_str(),
        nhs_number: line.query.nhs_number.as_str(),
        surname: demographics.map(|asked| asked.surname.as_str()),
        date_of_birth: demographics.map(|asked| *asked.date_of_birth),
    };
    // A status of 500 may be about one patient, and then says nothing about the service.
    let call = line.call_below(endpoint, Method::POST, path)?.with_faults();
    let answer = line.send(with_json(call, &body)?).await?;
    read(line, &answer)
}

fn read(line: &Line<'_>, answer: &Answer) -> Result<Said> {
    if answer.status.is_success() {
        return Outputs::of(&Members::of(answer)?).linked(line, answer, Missing::Refused);
    }
    // The status alone is not unique, and where it is not the interface that answers it means something else.
    let members = Members::if_any(answer);
    let code = members.text("code");
    match (code.and_then(|code| Outcome::named(code.trim())), answer.code()) {
        (Some(outcome), _) => named(line, answer, outcome, &members),
        (None, 403) => Err(Error::Forbidden { upstream: answer.upstream() }),
        (None, 500..=599) => Err(Error::Unavailable { upstream: answer.upstream() }),
        (None, _) => Err(answer.protocol("its error has no code that its interface knows")),
    }
}
