//! Answers `/match` and `/subject-access-request` from the register.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, Response, StatusCode};
use axum::response::{IntoResponse, Json};
use jiff::civil::{Date, DateTime};
use serde_json::json;

use super::GatewayProfile;
use super::access::{Caller, record, record_strictly};
use super::body::{self, Field, Given};
use super::learners::learning_events;
use super::refusal::Refusal;
use super::register::{Entry, MATCHED, MatchRow, NOT_POSSIBLE, Standing, Taken, UNMATCHED};
use super::rules::Rule;
use crate::hmpps_auth::GatewayRole::{MatchUi, ReadOnly, SubjectAccess};
use crate::recorder::pairs;
use crate::world::{Core, World};

/// The properties of a confirmed match.
const CONFIRM: [Field; 5] = [
    Field::required("matchingUln", Rule::Uln),
    Field::required("givenName", Rule::Name),
    Field::required("familyName", Rule::Name),
    Field::required("matchType", Rule::MatchType),
    Field::required("countOfReturnedUlns", Rule::Text),
];

/// The properties of a confirmation that there is no match.
const CONFIRM_NONE: [Field; 2] =
    [Field::required("matchType", Rule::MatchType), Field::required("countOfReturnedUlns", Rule::Text)];

/// The status for a person that a service cannot look up by this kind of identifier.
const OTHER_IDENTIFIER: u16 = 209;

/// `GET /match/{nomisId}`
pub(super) async fn show(
    State(core): State<Arc<Core>>,
    Path(nomis_id): Path<String>,
    headers: HeaderMap,
) -> Result<Response<Body>, Refusal> {
    let caller = Caller::identify(&core, &headers)?;
    let user = caller.user(&headers)?;
    caller.needs(&[MatchUi, ReadOnly])?;
    if caller.has(ReadOnly) {
        record(&core, "match-uln", &user, &nomis_id);
    }
    let world = core.world();
    let told = |uln: &str, given: &str, family: &str, status: &str| json!({ "matchedUln": uln, "givenName": given, "familyName": family, "status": status });
    let (status, document) = match world.gateway.register.standing(&nomis_id) {
        Standing::NotFound => (StatusCode::NOT_FOUND, json!({ "status": "NotFound" })),
        Standing::NoMatch => (StatusCode::OK, told("", "", "", "NoMatch")),
        Standing::Found(row) => (StatusCode::OK, told(&row.matched_uln, &row.given_name, &row.family_name, "Found")),
    };
    Ok((status, Json(document)).into_response())
}

/// `POST /match/{nomisId}`
pub(super) async fn confirm(
    State(core): State<Arc<Core>>,
    Path(nomis_id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<StatusCode, Refusal> {
    let caller = Caller::identify(&core, &headers)?;
    let user = caller.user(&headers)?;
    let given = body::read(&headers, &body, &CONFIRM, caller.profile, &caller.today)?;
    let entry = Entry {
        matched_uln: given.text("matchingUln").to_owned(),
        given_name: given.text("givenName").to_owned(),
        family_name: given.text("familyName").to_owned(),
        ..entry(&nomis_id, MATCHED, &given)
    };
    write(&core, &caller, &user, "match-confirm", entry)
}

/// `POST /match/{nomisId}/no-match`
pub(super) async fn confirm_none(
    State(core): State<Arc<Core>>,
    Path(nomis_id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<StatusCode, Refusal> {
    let caller = Caller::identify(&core, &headers)?;
    let user = caller.user(&headers)?;
    let given = body::read(&headers, &body, &CONFIRM_NONE, caller.profile, &caller.today)?;
    write(&core, &caller, &user, "match-none", entry(&nomis_id, NOT_POSSIBLE, &given))
}

/// `POST /match/{nomisId}/unmatch`
pub(super) async fn undo(
    State(core): State<Arc<Core>>,
    Path(nomis_id): Path<String>,
    headers: HeaderMap,
) -> Result<StatusCode, Refusal> {
    let caller = Caller::identify(&core, &headers)?;
    let user = caller.user(&headers)?;
    let entry = Entry { nomis_id, match_status: UNMATCHED.to_owned(), ..Entry::default() };
    write(&core, &caller, &user, "match-undo", entry)
}

fn entry(nomis_id: &str, status: &str, given: &Given) -> Entry {
    Entry {
        nomis_id: nomis_id.to_owned(),
        match_type: given.text("matchType").to_owned(),
        count_of_returned_ulns: given.text("countOfReturnedUlns").to_owned(),
        match_status: status.to_owned(),
        ..Entry::default()
    }
}

/// Checks and appends in one step, while nobody else can.
fn write(core: &Arc<Core>, caller: &Caller, user: &str, what: &str, mut entry: Entry) -> Result<StatusCode, Refusal> {
    caller.needs(&[MatchUi])?;
    record_strictly(core, caller, what, user, &entry.nomis_id);
    let strict = caller.profile == GatewayProfile::Strict;
    entry.confirmed_by = strict.then(|| user.to_owned());
    let mut guard = core.world();
    let world = &mut *guard;
    match world.gateway.register.is_news(&entry, strict) {
        Err(Taken) => return Ok(StatusCode::CONFLICT),
        Ok(false) => {}
        Ok(true) => {
            if let Some(message) = world.faults.take_storage() {
                return Err(Refusal::unexpected(&message));
            }
            let now = local_now(world);
            world.gateway.register.append(entry, now);
        }
    }
    Ok(StatusCode::CREATED)
}

/// The sandbox's time as the register has it.
pub(super) fn local_now(world: &World) -> DateTime {
    jiff::tz::TimeZone::UTC.to_datetime(world.clock.now())
}

/// `GET /match/{nomisId}/learner-events`
pub(super) async fn events(
    State(core): State<Arc<Core>>,
    Path(nomis_id): Path<String>,
    headers: HeaderMap,
) -> Result<Response<Body>, Refusal> {
    let caller = Caller::identify(&core, &headers)?;
    let user = caller.user(&headers)?;
    caller.needs(&[ReadOnly])?;
    record(&core, "match-learner-events", &user, &nomis_id);
    let given = match core.world().gateway.register.standing(&nomis_id) {
        Standing::NotFound => return Err(Refusal::no_match_found(&nomis_id)),
        Standing::NoMatch => return Err(Refusal::no_match_possible(&nomis_id)),
        Standing::Found(row) => {
            Given::of([("givenName", &row.given_name), ("familyName", &row.family_name), ("uln", &row.matched_uln)])
        }
    };
    learning_events(&core, caller.profile, &given, &user).await
}

/// `GET /subject-access-request`
pub(super) async fn subject_access(
    State(core): State<Arc<Core>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response<Body>, Refusal> {
    let caller = Caller::identify(&core, &headers)?;
    let query = pairs(query.unwrap_or_default().as_bytes());
    let value = |name: &str| query.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
    let day = |name: &'static str| -> Result<Option<Date>, Refusal> {
        let parsed = value(name).filter(|text| !text.is_empty()).map(|text| {
            let date: Date = text.parse().ok().filter(|date: &Date| date.to_string() == text)?;
            Some(date)
        });
        match parsed {
            Some(None) => Err(Refusal::invalid(&[(name, "must be a date of the form YYYY-MM-DD".to_owned())])),
            Some(date) => Ok(date),
            None => Ok(None),
        }
    };
    let (from, to) = (day("fromDate")?, day("toDate")?);
    let prn = match (value("prn"), value("crn")) {
        (Some(prn), None) => Some(prn),
        (None, Some(_)) => None,
        _ => {
            let reason = "exactly one of prn and crn must be given".to_owned();
            return Err(Refusal::invalid(&[("prn", reason)]));
        }
    };
    caller.needs(&[SubjectAccess])?;
    let Some(prn) = prn else {
        return Ok(StatusCode::from_u16(OTHER_IDENTIFIER).unwrap_or(StatusCode::NO_CONTENT).into_response());
    };
    let world = core.world();
    let wanted = |row: &&MatchRow| {
        let day = row.date_created.date();
        from.is_none_or(|from| from <= day) && to.is_none_or(|to| day <= to)
    };
    let rows: Vec<&MatchRow> = world.gateway.register.rows_of(prn).filter(wanted).collect();
    if rows.is_empty() {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    Ok(Json(json!({ "content": rows })).into_response())
}
