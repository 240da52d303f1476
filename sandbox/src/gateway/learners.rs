//! Answers `/learners` and `/learner-events`.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, Response};
use axum::response::{IntoResponse, Json};
use serde_json::{Map, Value, json};
use unicode_normalization::UnicodeNormalization;

use super::GatewayProfile;
use super::access::{Caller, record_strictly};
use super::body::{self, Field, Given};
use super::lrs_client::{self, Members, Search};
use super::refusal::Refusal;
use super::rules::{Rule, gender_word};
use crate::hmpps_auth::GatewayRole;
use crate::learner::is_date;
use crate::world::Core;

/// The properties of a search.
const SEARCH: [Field; 9] = [
    Field::required("givenName", Rule::Name),
    Field::required("familyName", Rule::Name),
    Field::required("dateOfBirth", Rule::Date),
    Field::required("gender", Rule::Gender),
    Field::required("lastKnownPostCode", Rule::PostCode),
    Field::optional("previousFamilyName", Rule::Name),
    Field::optional("schoolAtAge16", Rule::AtMost(254)),
    Field::optional("placeOfBirth", Rule::AtMost(35)),
    Field::optional("emailAddress", Rule::Email),
];

/// The properties of a request for learning events.
const EVENTS: [Field; 5] = [
    Field::required("givenName", Rule::Name),
    Field::required("familyName", Rule::Name),
    Field::required("uln", Rule::Uln),
    Field::optional("dateOfBirth", Rule::Date),
    Field::optional("gender", Rule::Gender),
];

/// What is compared between a search and the learners that it found.
const COMPARED: [&str; 9] = [
    "givenName",
    "familyName",
    "dateOfBirth",
    "gender",
    "lastKnownPostCode",
    "previousFamilyName",
    "schoolAtAge16",
    "placeOfBirth",
    "emailAddress",
];

const POSSIBLE_MATCH: &str = "Possible Match";

/// `POST /learners`
pub(super) async fn search(
    State(core): State<Arc<Core>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response<Body>, Refusal> {
    let caller = Caller::identify(&core, &headers)?;
    let given = body::read(&headers, &body, &SEARCH, caller.profile, &caller.today)?;
    let user = caller.user(&headers)?;
    caller.needs(&[GatewayRole::MatchUi])?;
    possible_date(&given)?;
    record_strictly(&core, &caller, "search-learners", &user, "");
    let mut found = lrs_client::find(&core, caller.profile, &given, &user).await?;
    for learner in &mut found.learners {
        let word = gender_word(learner.get("gender").map(String::as_str));
        learner.insert("gender", word.to_owned());
    }
    Ok(Json(answer(&given, &found, caller.profile)).into_response())
}

fn answer(given: &Given, found: &Search, profile: GatewayProfile) -> Value {
    let strict = profile == GatewayProfile::Strict;
    let response_type = response_type(&found.code, profile);
    let mut answer = json!({ "searchParameters": given.echo(), "responseType": response_type });
    if response_type == POSSIBLE_MATCH {
        let mut fields: Map<String, Value> = Map::new();
        let mut by_learner = Vec::new();
        for learner in &found.learners {
            let differing = mismatches(given, learner, strict);
            for name in &differing {
                let values = fields.entry(*name).or_insert_with(|| json!([]));
                if let (Value::Array(values), Some(value)) = (values, learner.get(name)) {
                    values.push(value.as_str().into());
                }
            }
            by_learner.push(differing);
        }
        answer["mismatchedFields"] = fields.into();
        if strict {
            answer["mismatchesByLearner"] = json!(by_learner);
        }
    }
    if !found.learners.is_empty() {
        let learners = found.learners.iter().zip(&found.linked).map(|(learner, linked)| {
            let mut learner = json!(learner);
            if strict {
                learner["linkedULNs"] = json!(linked);
            }
            learner
        });
        answer["matchedLearners"] = learners.collect();
    }
    answer
}

/// The fields in which a learner differs from what was searched for.
fn mismatches(given: &Given, learner: &Members, strict: bool) -> Vec<&'static str> {
    let comparable = |name: &str, text: &str| {
        if !strict {
            return text.trim().to_lowercase();
        }
        let folded: String = text.trim().nfc().flat_map(char::to_uppercase).flat_map(char::to_lowercase).collect();
        if name == "lastKnownPostCode" { folded.replace(' ', "") } else { folded }
    };
    let differs = |name: &&str| match (given.get(name), learner.get(name)) {
        (Some(asked), Some(found)) => comparable(name, asked) != comparable(name, found),
        _ => false,
    };
    COMPARED.into_iter().filter(differs).collect()
}

/// The name of a code of the Learning Records Service.
fn response_type(code: &str, profile: GatewayProfile) -> String {
    let name = match code {
        "WSRC0001" => "No Match",
        "WSRC0002" => "Too Many Matches",
        "WSRC0003" => POSSIBLE_MATCH,
        "WSRC0004" => "Exact Match",
        "WSRC0022" => "Linked Learner Match",
        "WSEC0206" => "Learner opted to not share data",
        "WSEC0208" => "Learner could not be verified",
        _ if profile == GatewayProfile::Strict => return format!("Unknown ({code})"),
        _ => "",
    };
    name.to_owned()
}

/// `POST /learner-events`
pub(super) async fn events(
    State(core): State<Arc<Core>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response<Body>, Refusal> {
    let caller = Caller::identify(&core, &headers)?;
    let given = body::read(&headers, &body, &EVENTS, caller.profile, &caller.today)?;
    let user = caller.user(&headers)?;
    caller.needs(&[GatewayRole::MatchUi])?;
    possible_date(&given)?;
    record_strictly(&core, &caller, "learner-events", &user, given.text("uln"));
    learning_events(&core, caller.profile, &given, &user).await
}

/// Fetches learning events and answers with them.
pub(super) async fn learning_events(
    core: &Arc<Core>,
    profile: GatewayProfile,
    given: &Given,
    user: &str,
) -> Result<Response<Body>, Refusal> {
    let mut record = lrs_client::events(core, profile, given, user).await?;
    if profile == GatewayProfile::Compat {
        record.events.iter_mut().for_each(|event| {
            event.remove("restriction");
        });
    }
    Ok(Json(json!({
        "searchParameters": given.echo(),
        "responseType": response_type(&record.code, profile),
        "foundUln": record.found_uln,
        "incomingUln": record.incoming_uln,
        "learnerRecord": record.events,
    }))
    .into_response())
}

/// Trips over a date that has the form of one and is none, as the original does.
fn possible_date(given: &Given) -> Result<(), Refusal> {
    match given.get("dateOfBirth") {
        Some(date) if !is_date(date) => Err(Refusal::unexpected(&format!("Text '{date}' could not be parsed"))),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_that_is_not_known_has_no_name_unless_strict() {
        assert_eq!(response_type("WSEC0136", GatewayProfile::Compat), "");
        assert_eq!(response_type("WSEC0136", GatewayProfile::Strict), "Unknown (WSEC0136)");
    }
}
