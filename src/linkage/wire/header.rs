//! The first generation of EMIS's interface, which has the request in headers (section 8.4 of the linkage
//! specification).

use reqwest::header::HeaderName;
use serde::Serialize;

use super::answer::{Members, Missing, Outputs};
use super::line::{Line, with_json};
use crate::error::Result;
use crate::http::{Answer, Method};
use crate::linkage::compose::Step;
use crate::linkage::outcome::Outcome;
use crate::linkage::query::Said;

const LINKAGE: &str = "patient/linkage";

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Body<'a> {
    nhs_number: &'a str,
    ods_code: &'a str,
    surname: &'a str,
    date_of_birth: jiff::civil::Date,
}

pub(super) async fn ask(line: &Line<'_>) -> Result<Said> {
    let (number, ods) = (line.query.nhs_number.as_str(), line.query.ods_code.as_str());
    let call = match line.step {
        Step::Retrieve => line
            .call_below(LINKAGE, Method::GET, LINKAGE)?
            .header(HeaderName::from_static("nhsnumber"), number)?
            .header(HeaderName::from_static("odscode"), ods)?,
        Step::Create => {
            let demographics = line.demographics()?;
            let body = Body {
                nhs_number: number,
                ods_code: ods,
                surname: demographics.surname.as_str(),
                date_of_birth: *demographics.date_of_birth,
            };
            with_json(line.call_below(LINKAGE, Method::POST, LINKAGE)?, &body)?
        }
    };
    let answer = line.send(call).await?;
    read(line, &answer)
}

fn read(line: &Line<'_>, answer: &Answer) -> Result<Said> {
    if answer.status.is_success() {
        return Outputs::of(&Members::of(answer)?).linked(line, answer, Missing::Filled);
    }
    Ok(match (answer.code(), line.step) {
        (403, _) => Said::not(Outcome::KeyRevoked),
        (409, Step::Create) => Said::not(Outcome::KeyAlreadyExists),
        // It does not tell whether the patient or the key is missing; Create then does.
        (404, Step::Retrieve) => Said::not(Outcome::NoLinkageKey),
        (404, Step::Create) => Said::not(Outcome::PatientNotFound),
        _ => line.failed(),
    })
}
