//! Plays what lies behind the broker: the filters of the privacy rules, the record store, and the audit.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{Method, Response, StatusCode};
use axum::routing::any;
use jiff::tz::TimeZone;

use super::address::{self, Address, BROKER};
use super::refusal::{self, Refusal, bare};
use super::request::{Call, Labels, Question, is_plain, wrong_header};
use super::{SifProfile, json, rules, stylesheet, xml};
use crate::world::{Core, World};

const FILTERS: &str = "filters";
const RECORDS: &str = "masterXsres";
const MESSAGES: &str = "srxMessages";

/// The routes of the broker.
pub(super) fn services() -> Router<Arc<Core>> {
    Router::new().route("/sif/requestProvider/{*rest}", any(super::serve))
}

/// Answers a request below the root of the broker.
pub(super) fn serve(core: &Core, call: &Call) -> Response<Body> {
    let world = &mut core.world();
    let profile = world.settings.sif_profile;
    let address = Address::read(address::below(call.uri.path(), BROKER).unwrap_or_default(), profile);
    let segments: Vec<&str> = address.segments.iter().map(String::as_str).collect();
    let is = |name: &str, known: &str| name.eq_ignore_ascii_case(known);
    match (segments.as_slice(), &call.method) {
        ([name], &Method::GET) if is(name, FILTERS) => {
            told(world, call, |world| filters(world, call, &address, profile))
        }
        ([name, id], &Method::GET | &Method::PUT | &Method::DELETE) if is(name, RECORDS) => {
            told(world, call, |world| records(world, call, &address, id))
        }
        ([name], &Method::POST) if is(name, MESSAGES) => {
            // Nobody reads the answer, so it says only that there was one.
            let created = "<createResponse><creates><create id=\"999\" statusCode=\"201\"/></creates></createResponse>";
            let labels = Labels { json: false, ..Labels::of(call) };
            refusal::give(world, &labels, created.to_owned())
        }
        ([name], _) if [FILTERS, RECORDS, MESSAGES].iter().any(|known| is(name, known)) => {
            bare(StatusCode::METHOD_NOT_ALLOWED)
        }
        ([name, _], _) if is(name, RECORDS) => bare(StatusCode::METHOD_NOT_ALLOWED),
        _ => bare(StatusCode::NOT_FOUND),
    }
}

fn told(world: &mut World, call: &Call, run: impl FnOnce(&mut World) -> Result<String, Refusal>) -> Response<Body> {
    let labels = Labels::of(call);
    match run(world) {
        Ok(body) => refusal::give(world, &labels, body),
        Err(refusal) => refusal.answer(world, &labels),
    }
}

/// `GET …/filters`: the stylesheet of the data objects that apply.
fn filters(world: &mut World, call: &Call, address: &Address, profile: SifProfile) -> Result<String, Refusal> {
    call.admit(world, address, profile)?;
    if Labels::of(call).json {
        return Err(wrong_header("accept", &call.header("accept").unwrap_or_default()));
    }
    let asked = Question::read(call, address, profile, FILTERS)?;
    let personnel_id = match &asked.personnel_id {
        Some(id) => Some(id.parse().map_err(|_| Refusal::internal(FILTERS))?),
        None => None,
    };
    let today = world.clock.now().to_zoned(TimeZone::UTC).date();
    let (objects, decision) = rules::decide(&world.sif.register, profile, &asked, personnel_id, today);
    let sheet = (!objects.is_empty()).then(|| stylesheet::generate(&objects));
    world.sif.decision = Some(decision);
    sheet.ok_or_else(|| {
        let description = format!("Filters for student '{}' not found.", asked.student_id);
        Refusal::failed(StatusCode::NOT_FOUND, "query", FILTERS, description)
    })
}

/// `GET`, `PUT` and `DELETE …/masterXsres/{id}`
fn records(world: &mut World, call: &Call, address: &Address, id: &str) -> Result<String, Refusal> {
    let profile = world.settings.sif_profile;
    call.admit(world, address, profile)?;
    let action = match call.method {
        Method::PUT => "update",
        Method::DELETE => "delete",
        _ => "query",
    };
    let refused = |status, description: &str| Refusal::failed(status, action, RECORDS, description);
    if profile == SifProfile::Strict && !is_plain(id) {
        return Err(refused(StatusCode::BAD_REQUEST, "The id parameter is invalid."));
    }
    let key = (address.parameter("zoneId").unwrap_or_default().to_owned(), id.to_owned());
    let missing = || refused(StatusCode::NOT_FOUND, "The requested xSRE resource was not found.");
    let store = &mut world.sif.register.records;
    match call.method {
        Method::PUT => {
            let invalid = || refused(StatusCode::BAD_REQUEST, "The request body is invalid.");
            let text = str::from_utf8(&call.body).ok().filter(|text| is_record(text)).ok_or_else(invalid)?;
            store.insert(key, text.into());
            Ok("<updateResponse><updates><update id=\"999\" statusCode=\"200\"/></updates></updateResponse>".to_owned())
        }
        Method::DELETE => {
            store.remove(&key).ok_or_else(missing)?;
            Ok("<deleteResponse><deletes><delete id=\"999\" statusCode=\"200\"/></deletes></deleteResponse>".to_owned())
        }
        _ => {
            let record = store.get(&key).ok_or_else(missing)?;
            let as_json = || xml::read(record).map(|document| json::of(&document));
            let broken = || Refusal::internal(RECORDS);
            if Labels::of(call).json { as_json().ok_or_else(broken) } else { Ok(record.to_string()) }
        }
    }
}

/// Whether a text is a record as far as that is checked: a document called so, of a student.
fn is_record(text: &str) -> bool {
    xml::read(text).is_some_and(|document| {
        let root = document.root_element();
        let named = |name: &str| root.children().find(|child| child.tag_name().name() == name);
        let local = named("localId").and_then(|child| child.text()).unwrap_or_default();
        root.tag_name().name().eq_ignore_ascii_case("xSre") && !local.trim().is_empty()
    })
}
