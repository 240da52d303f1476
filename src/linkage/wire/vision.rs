//! Vision (section 8.3 of the linkage specification).

use serde::Serialize;

use super::answer::{Members, Missing, Outputs, named};
use super::line::{Line, with_json};
use crate::error::{Error, Result};
use crate::http::{Answer, Method};
use crate::linkage::compose::Step;
use crate::linkage::config::DateForm;
use crate::linkage::outcome::Outcome;
use crate::linkage::query::Said;

const LINKAGE: &str = "onlineservices/linkage";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Body<'a> {
    last_name: &'a str,
    date_of_birth: String,
    nhs_number: &'a str,
}

pub(super) async fn ask(line: &Line<'_>) -> Result<Said> {
    // A code is letters and digits, so it is one part of the path.
    let mut url = line.supplier.endpoint(&format!("organisations/{}/onlineservices/linkage", line.query.ods_code))?;
    let number = line.query.nhs_number.as_str();
    let call = match line.step {
        Step::Retrieve => {
            url.query_pairs_mut().append_pair("nhsNumber", number);
            line.call(LINKAGE, Method::GET, url)?
        }
        Step::Create => {
            let demographics = line.demographics()?;
            let born = *demographics.date_of_birth;
            let date_of_birth = match line.supplier.date_form {
                DateForm::Dashes => born.to_string(),
                DateForm::Plain => born.strftime("%Y%m%d").to_string(),
                DateForm::WithTime => format!("{born}T00:00:00"),
            };
            let body = Body { last_name: demographics.surname.as_str(), date_of_birth, nhs_number: number };
            with_json(line.call(LINKAGE, Method::POST, url)?, &body)?
        }
    };
    let answer = line.send(call).await?;
    read(line, &answer)
}

fn read(line: &Line<'_>, answer: &Answer) -> Result<Said> {
    let success = answer.status.is_success();
    let members = if success { Members::of(answer)? } else { Members::if_any(answer) };
    if success && !members.has("error") {
        return Outputs::of(&members).linked(line, answer, Missing::Refused);
    }
    let error = members.object("error");
    let code = error.text("code").unwrap_or_default();
    // An error may also come with a status of success, and is then told by its code alone.
    let with = |status| success || answer.code() == status;
    match code.trim() {
        "V4205" if with(400) || with(404) => {
            return Err(Error::Rejected { upstream: answer.upstream().with_code(Some("V4205")) });
        }
        "VY806" if with(404) => return Ok(Said::not(Outcome::PatientNotFound)),
        "V2210" if with(404) && has_no_key(&error) => return Ok(Said::not(Outcome::NoLinkageKey)),
        "V2214" if with(409) && line.step == Step::Create => return Ok(Said::not(Outcome::KeyAlreadyExists)),
        _ => {}
    }
    match (answer.code(), Outcome::named(code.trim())) {
        // Its own code for a revoked key was never published, but the others that come with this status are ours.
        (403, None | Some(Outcome::KeyRevoked)) => Ok(Said::not(Outcome::KeyRevoked)),
        // What it has no code for goes by the names of the specification.
        (_, Some(outcome)) => named(line, answer, outcome, &error),
        _ => Ok(line.failed()),
    }
}

/// Whether an error says that the patient has no user or no key, which share a code with other troubles; how the
/// sentence begins was not published.
fn has_no_key(error: &Members<'_>) -> bool {
    let text = error.text("diagnostic").unwrap_or_default().to_ascii_lowercase();
    ["no user", "no api key"].iter().any(|words| text.contains(words))
}
