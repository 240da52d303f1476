//! TPP SystmOne (section 8.2 of the linkage specification).

use reqwest::header::{ACCEPT, HeaderName};
use uuid::Uuid;

use super::answer::{Missing, Outputs};
use super::line::Line;
use super::xml::{Element, Writer};
use crate::error::{Error, Result};
use crate::http::{Answer, Method};
use crate::linkage::compose::Step;
use crate::linkage::outcome::{BlockReason, Detail, Outcome};
use crate::linkage::query::{Demographics, Said};
use crate::linkage::rules;

const LINK_ACCOUNT: &str = "LinkAccount";
/// Under which age the published client takes a refusal to be about the age.
const MINIMUM_AGE: u8 = 16;

pub(super) async fn ask(line: &Line<'_>, minimum_age: u8) -> Result<Said> {
    if line.step == Step::Retrieve && line.supplier.can_retrieve == Some(false) {
        return Ok(Said::not(Outcome::NoLinkageKey));
    }
    let demographics = line.demographics()?;
    let body = request(line, demographics)?;
    let call = line
        .call(LINK_ACCOUNT, Method::POST, line.supplier.address()?)?
        .header(ACCEPT, "text/xml, application/xml")?
        .header(HeaderName::from_static("type"), LINK_ACCOUNT)?
        .body("text/xml; charset=utf-8", body);
    let answer = line.send(call).await?;
    let is_child = rules::is_younger_than(
        if minimum_age == 0 { MINIMUM_AGE } else { minimum_age },
        *demographics.date_of_birth,
        rules::today(line.now),
    );
    read(line, &answer, is_child)
}

fn request(line: &Line<'_>, demographics: &Demographics) -> Result<Vec<u8>> {
    let query = line.query;
    let email = query.email_address.as_ref().map(|address| address.trim()).filter(|address| !address.is_empty());
    let born = demographics.date_of_birth.to_string();
    let uuid = Uuid::new_v4().to_string();
    let supplier = line.supplier;
    let mut attributes = vec![
        ("apiVersion", "apiVersion", supplier.api_version.as_deref().unwrap_or("1")),
        ("uuid", "uuid", &uuid),
        ("organisationCode", "odsCode", query.ods_code.as_str()),
        ("lastName", "surname", demographics.surname.as_str()),
        ("dateOfBirth", "dateOfBirth", &born),
        ("nhsNumber", "nhsNumber", query.nhs_number.as_str()),
    ];
    match line.step {
        Step::Retrieve => attributes.push(("retrieveOnly", "retrieveOnly", "y")),
        Step::Create => attributes.extend(email.map(|address| ("emailAddress", "emailAddress", address))),
    }
    let application = [
        ("name", "name", "LearnerLink"),
        ("version", "version", crate::VERSION),
        ("providerId", "providerId", supplier.provider_id.as_deref().unwrap_or_default()),
        ("deviceType", "deviceType", "NHS"),
    ];
    let values = attributes.iter().chain(&application);
    let mut writer = Writer::new(values.map(|(.., value)| value.len()).sum());
    writer.open(LINK_ACCOUNT, &attributes)?;
    writer.empty("Application", &application)?;
    writer.close(LINK_ACCOUNT);
    Ok(writer.finish())
}

fn read(line: &Line<'_>, answer: &Answer, is_child: bool) -> Result<Said> {
    let element = match Element::read(&answer.body) {
        Ok(element) => element,
        Err(problem) if answer.status.is_success() => return Err(answer.protocol(problem)),
        // A page of something that stands before the supplier.
        Err(_) => Element::default(),
    };
    match (element.name.as_str(), answer.code()) {
        ("Error", _) => refused(line, answer, element.value("errorCode").unwrap_or_default().trim(), is_child),
        ("LinkAccountReply", 200..=299) => {
            let text = |name: &str| element.value(name).map(|value| value.to_owned().into());
            let outputs =
                Outputs { account_id: text("accountId"), linkage_key: text("passphraseToLink"), ..Outputs::default() };
            if outputs.has_key() {
                outputs.linked(line, answer, Missing::Filled)
            } else {
                Ok(Said::not(Outcome::NoLinkageKey))
            }
        }
        (_, 200..=299) => Err(answer.protocol("its body is not the reply to what was asked")),
        (_, 403) => Err(Error::Forbidden { upstream: answer.upstream() }),
        _ => Ok(line.failed()),
    }
}

/// What an error means, by its code; it comes with a status of success.
fn refused(line: &Line<'_>, answer: &Answer, code: &str, is_child: bool) -> Result<Said> {
    let blocked = |reason| Ok(Said::blocked(Detail::of(reason)));
    match code {
        // Surname and date of birth that do not match are told apart from a patient who is not there, which nobody
        // may learn.
        "554" | "555" | "512" | "513" => Ok(Said::not(Outcome::PatientNotFound)),
        "509" => Ok(Said::not(Outcome::NoLinkageKey)),
        "553" => blocked(BlockReason::UnderMinimumAgeOrNotCompetent),
        "8" if is_child => blocked(BlockReason::UnderMinimumAgeOrNotCompetent),
        "19" => blocked(BlockReason::Other),
        "5" => Err(Error::ServiceFault { upstream: answer.upstream().with_code(Some("provider-id")) }),
        _ if answer.code() == 403 => Err(Error::Forbidden { upstream: answer.upstream() }),
        _ => Ok(line.failed()),
    }
}
