//! Plays the retrieval service: asks for a filter, then for the record, and gives what the filter leaves.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{Method, Request, Response, StatusCode, header};
use serde_json::{Value, json};
use tokio::time::timeout;

use super::address::{self, Address, EARS};
use super::filter::Stylesheet;
use super::refusal::{self, Refusal, XML, bare};
use super::request::{Call, Format, Labels, Question, format_of};
use super::{Endpoint, SifProfile, authorization, broker, json, xml};
use crate::gate;
use crate::percent::encoded;
use crate::world::{Core, World};

/// How long the broker may take for one answer.
const LIMIT: Duration = Duration::from_secs(30);

/// The largest answer of the broker that is read: sixteen mebibytes.
const LARGEST_ANSWER: usize = 16 << 20;

/// What the service calls itself.
const NAME: &str = "srx-services-ears";

/// Answers a request below the root of the service.
pub(super) async fn serve(core: &Arc<Core>, call: &Call) -> Response<Body> {
    let profile = core.world().settings.sif_profile;
    let rest = address::below(call.uri.path(), EARS).unwrap_or_default();
    let address = Address::read(rest, profile);
    let segments: Vec<&str> = address.segments.iter().map(String::as_str).collect();
    match segments[..] {
        [""] if call.method == Method::GET => bare(StatusCode::OK),
        [""] => bare(StatusCode::NOT_IMPLEMENTED),
        [name] if call.method == Method::GET && name.eq_ignore_ascii_case("ping") => {
            refusal::text("text/plain; charset=UTF-8", "true")
        }
        [name] if call.method == Method::GET && name.eq_ignore_ascii_case("info") => info(&mut core.world(), call),
        [object, _] if profile == SifProfile::Strict && !object.eq_ignore_ascii_case("xSres") => {
            bare(StatusCode::NOT_FOUND)
        }
        [object, _] => match call.method {
            Method::GET => retrieve(core, call, &address, object, profile).await,
            Method::POST | Method::PUT | Method::DELETE => bare(StatusCode::METHOD_NOT_ALLOWED),
            _ => bare(StatusCode::NOT_FOUND),
        },
        _ => bare(StatusCode::NOT_FOUND),
    }
}

/// `GET …/info`: says what the service is to those who can sign.
fn info(world: &mut World, call: &Call) -> Response<Body> {
    let profile = world.settings.sif_profile;
    let labels = Labels { json: false, ..Labels::of(call) };
    if let Err(refusal) = authorization::verify(world, call, profile) {
        return refusal.answer(world, &labels);
    }
    let version = env!("CARGO_PKG_VERSION");
    let body = format!("<service>\n  <name>{NAME}</name>\n  <version>{version}</version>\n</service>");
    refusal::give(world, &labels, body)
}

async fn retrieve(
    core: &Arc<Core>,
    call: &Call,
    address: &Address,
    object: &str,
    profile: SifProfile,
) -> Response<Body> {
    let labels = Labels::of(call);
    let asked = {
        let mut world = core.world();
        let admitted = call.admit(&mut world, address, profile);
        admitted.and_then(|()| Question::read(call, address, profile, object))
    };
    let outcome = match asked {
        Ok(asked) => {
            let outcome = run(core, &asked, profile).await;
            if let Ok(_) | Err(Trouble::NotFound) = outcome {
                audit(core, &asked, outcome.is_ok(), object).await;
            }
            outcome.map_err(|trouble| match trouble {
                Trouble::NotFound => Refusal::usual(StatusCode::NOT_FOUND, object),
                Trouble::Failed => Refusal::internal(object),
            })
        }
        Err(refusal) => Err(refusal),
    };
    let told = outcome.and_then(|text| print(&text, &labels, profile).ok_or_else(|| Refusal::internal(object)));
    let world = &mut core.world();
    match told {
        Ok(body) => refusal::give(world, &labels, body),
        Err(refusal) => refusal.answer(world, &labels),
    }
}

/// Why a retrieval comes to nothing.
enum Trouble {
    /// There is no filter or no record; which of them is not told.
    NotFound,
    Failed,
}

/// The filtered document.
async fn run(core: &Arc<Core>, asked: &Question, profile: SifProfile) -> Result<String, Trouble> {
    let zone = encoded(&asked.zone_id);
    let mut parameters = vec![
        ("authorizedEntityId", asked.entity_id.to_string()),
        ("districtStudentId", asked.student_id.clone()),
        ("externalServiceId", asked.service_id.to_string()),
        ("objectType", asked.object_type.clone()),
    ];
    parameters.extend(asked.personnel_id.clone().map(|id| ("personnelId", id)));
    let sheet = fetch(core, Endpoint::Filters, &format!("filters;zoneId={zone}"), &parameters).await?;

    // The original pastes the number into the address as it is, whatever that makes of it.
    let student = match profile {
        SifProfile::Reference => asked.student_id.clone(),
        SifProfile::Strict => encoded(&asked.student_id),
    };
    let generator = [("generatorId", NAME.to_owned())];
    let place = format!("masterXsres/{student};zoneId={zone}");
    let record = fetch(core, Endpoint::Records, &place, &generator).await?;

    let sheet = Stylesheet::compile(&sheet).ok_or(Trouble::Failed)?;
    let record = xml::read(&record).ok_or(Trouble::Failed)?;
    sheet.apply(&record).ok_or(Trouble::Failed)
}

/// Asks the broker for something that is XML.
async fn fetch(
    core: &Arc<Core>,
    endpoint: Endpoint,
    place: &str,
    parameters: &[(&str, String)],
) -> Result<String, Trouble> {
    let request = request(core, Method::GET, place, parameters).body(()).map_err(|_| Trouble::Failed)?;
    let (status, kind, text) = exchange(core, endpoint, request, Bytes::new()).await.ok_or(Trouble::Failed)?;
    // What cannot be read is a failure whatever its status says.
    let readable = match kind {
        Format::Xml => xml::read(&text).is_some(),
        Format::Json => serde_json::from_str::<Value>(&text).is_ok(),
    };
    match status {
        _ if !readable => Err(Trouble::Failed),
        StatusCode::OK => Ok(text),
        StatusCode::NOT_FOUND => Err(Trouble::NotFound),
        _ => Err(Trouble::Failed),
    }
}

/// Begins a signed request to the broker; the context that was asked for is not handed on.
fn request(core: &Core, method: Method, place: &str, parameters: &[(&str, String)]) -> axum::http::request::Builder {
    let (host, timestamp, authorization, request_id) = {
        let mut world = core.world();
        let (timestamp, authorization) = authorization::sign(&mut world);
        (core.site.address.to_string(), timestamp, authorization, world.chance.sif_uuid())
    };
    let action = if method == Method::POST { "CREATE" } else { "QUERY" };
    let begun = Request::builder()
        .method(method)
        .uri(format!("/sif/requestProvider/{place};contextId=DEFAULT"))
        .header(header::HOST, host)
        .header(header::ACCEPT, XML)
        .header("authorization", authorization)
        .header("timestamp", timestamp)
        .header("messageType", "REQUEST")
        .header("requestAction", action)
        .header("requestType", "IMMEDIATE")
        .header("serviceType", "OBJECT")
        .header("requestId", request_id.to_string());
    let kind = if action == "CREATE" { "application/json; charset=UTF-8" } else { XML };
    let begun = begun.header(header::CONTENT_TYPE, kind);
    parameters.iter().fold(begun, |begun, (name, value)| begun.header(*name, value.as_str()))
}

/// Sends a request through the gate, so that it is recorded and meets faults as any other: the status, the
/// form and the text of the answer.
async fn exchange(
    core: &Arc<Core>,
    endpoint: Endpoint,
    request: Request<()>,
    body: Bytes,
) -> Option<(StatusCode, Format, String)> {
    let (parts, ()) = request.into_parts();
    let router = broker::services().with_state(Arc::clone(core));
    let answering = async {
        let answer = gate::emulate(core, router, parts, Some(body), endpoint.name()).await.ok()?;
        let status = answer.status();
        let kind = answer.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        let kind = kind.filter(|kind| kind.contains("xml") || kind.contains("json")).and_then(format_of);
        let bytes = axum::body::to_bytes(answer.into_body(), LARGEST_ANSWER).await.ok()?;
        Some((status, kind?, String::from_utf8(bytes.into()).ok()?))
    };
    timeout(LIMIT, answering).await.ok().flatten()
}

/// Tells the broker what was asked and found; nobody minds when that fails.
async fn audit(core: &Arc<Core>, asked: &Question, found: bool, object: &str) {
    let message = json!({
        "srxMessage": {
            "srxService": NAME,
            "method": "QUERY",
            "resource": object,
            "zoneId": asked.zone_id,
            "districtStudentId": asked.student_id,
            "externalServiceId": asked.service_id,
            "authorizedEntityId": asked.entity_id,
            "status": if found { "success" } else { "not found" },
        }
    });
    if let Ok(request) = request(core, Method::POST, "srxMessages;zoneId=default", &[]).body(()) {
        let _ = exchange(core, Endpoint::Messages, request, Bytes::from(message.to_string())).await;
    }
}

/// A document in the form that was asked for.
fn print(text: &str, labels: &Labels, profile: SifProfile) -> Option<String> {
    let document = xml::read(text)?;
    Some(match profile {
        _ if labels.json => json::of(&document),
        SifProfile::Reference => xml::indented(&document),
        SifProfile::Strict => format!("{}{text}", xml::DECLARATION),
    })
}
