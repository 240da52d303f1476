//! Asks a home institution for the receiver, and refreshes tokens and asks once more when it refuses.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{Method, Request, Response, header};
use tokio::time::timeout;
use url::form_urlencoded;

use super::ledger::Enrolment;
use super::received::{Outcome, Received};
use super::refusal::{self, Refusal};
use super::{Endpoint, RECEIVER_CLIENT, home};
use crate::gate;
use crate::world::{Core, World};

const FORM: &str = "application/x-www-form-urlencoded;charset=UTF-8";

/// What a home institution is asked.
pub(super) struct Question<'a> {
    pub(super) endpoint: Endpoint,
    pub(super) method: Method,
    /// The path below the home institution, encoded.
    pub(super) place: String,
    /// A JSON document.
    pub(super) body: Option<Bytes>,
    pub(super) language: &'a str,
}

/// How a request to a home institution shows whom it speaks for.
enum Proof<'a> {
    Bearer(&'a str),
    /// A form instead, which is the body.
    Form,
}

/// Why the receiver has nothing to pass on.
pub(super) enum Trouble {
    /// The framework gives up.
    Failed(Refusal),
    /// The home institution, or its token endpoint, refused.
    Refused(Received, String),
}

impl Trouble {
    /// The answer of the receiver.
    pub(super) fn answer(&self, world: &mut World, path: &str) -> Response<Body> {
        match self {
            Self::Failed(refusal) => refusal.answer(world.clock.now(), path),
            Self::Refused(refused, description) => {
                refusal::upstream(world, refused.status, &refused.text(), description)
            }
        }
    }
}

impl From<Refusal> for Trouble {
    fn from(refusal: Refusal) -> Self {
        Self::Failed(refusal)
    }
}

/// Asks on behalf of the enrolment with a correlation id; any refusal makes the receiver refresh the
/// tokens and repeat the request once.
pub(super) async fn ask(core: &Arc<Core>, correlation_id: &str, question: &Question<'_>) -> Result<Received, Trouble> {
    let enrolment = found(core, correlation_id)?;
    let first = once(core, &enrolment, question).await;
    match first {
        Outcome::Success(answer) => return Ok(answer),
        Outcome::Failed(message) => return Err(Refusal::internal(message).into()),
        Outcome::Refused(_) => refresh(core, &enrolment, question.language).await?,
    }
    let enrolment = found(core, correlation_id)?;
    match once(core, &enrolment, question).await {
        Outcome::Success(answer) => Ok(answer),
        Outcome::Failed(message) => Err(Refusal::internal(message).into()),
        Outcome::Refused(refused) => {
            let (code, name) = (refused.status.as_u16(), refusal::name(refused.status));
            let uri = address(core, &enrolment.home, &question.place);
            let about = enrolment.printed();
            let description =
                format!("Error {code} {name} from the OOAPI endpoint {uri} for enrolment request: {about}.");
            Err(Trouble::Refused(refused, description))
        }
    }
}

/// Asks for the person at the start, in the way of the home institution and without a second try.
pub(super) async fn person(core: &Arc<Core>, enrolment: &Enrolment, language: &str) -> Result<Received, Trouble> {
    let token = enrolment.access_token.as_deref().unwrap_or("null");
    let by_form = core.world().enrollment.register.home(&enrolment.home).is_some_and(|home| home.takes_form);
    let place = "persons/me".to_owned();
    let endpoint = Endpoint::HomePerson;
    let outcome = if by_form {
        let form = form_urlencoded::Serializer::new(String::new()).append_pair("access_token", token).finish();
        let question = Question { endpoint, method: Method::POST, place, body: Some(form.into()), language };
        send(core, &enrolment.home, &question, &Proof::Form).await
    } else {
        let question = Question { endpoint, method: Method::GET, place, body: None, language };
        send(core, &enrolment.home, &question, &Proof::Bearer(token)).await
    };
    match outcome {
        Outcome::Success(answer) => Ok(answer),
        Outcome::Failed(message) => Err(Refusal::internal(message).into()),
        Outcome::Refused(refused) => {
            let about = enrolment.printed();
            Err(Trouble::Refused(refused, format!("Error in retrieving person for enrollmentRequest: {about}")))
        }
    }
}

fn found(core: &Core, correlation_id: &str) -> Result<Enrolment, Trouble> {
    let enrolment = core.world().enrollment.ledger.enrolment(correlation_id).cloned();
    enrolment.ok_or_else(|| Refusal::not_found().into())
}

async fn once(core: &Arc<Core>, enrolment: &Enrolment, question: &Question<'_>) -> Outcome {
    // The original writes a missing token as this word.
    let token = enrolment.access_token.as_deref().unwrap_or("null");
    send(core, &enrolment.home, question, &Proof::Bearer(token)).await
}

/// Gets new tokens; the refresh token is replaced even when the answer holds none.
async fn refresh(core: &Arc<Core>, enrolment: &Enrolment, language: &str) -> Result<(), Trouble> {
    let question = Question {
        endpoint: Endpoint::HomeToken,
        method: Method::POST,
        place: "oidc/token".to_owned(),
        body: Some(refresh_form(enrolment.refresh_token.as_deref()).into()),
        language,
    };
    let answer = match send(core, &enrolment.home, &question, &Proof::Form).await {
        Outcome::Success(answer) => answer,
        Outcome::Failed(message) => return Err(Refusal::internal(message).into()),
        Outcome::Refused(refused) => {
            let about = enrolment.printed();
            let description =
                format!("Error in obtaining new accessToken with saved refreshToken for enrolment request:{about}");
            return Err(Trouble::Refused(refused, description));
        }
    };
    let tokens = answer.members()?.ok_or_else(|| Refusal::internal("No message available"))?;
    if let Some(known) = core.world().enrollment.ledger.enrolment_mut(&enrolment.correlation_id) {
        known.access_token = tokens.text("access_token");
        known.refresh_token = tokens.text("refresh_token");
    }
    Ok(())
}

/// The form that asks for new tokens.
fn refresh_form(token: Option<&str>) -> String {
    let (client, secret) = RECEIVER_CLIENT;
    let mut form = form_urlencoded::Serializer::new(String::new());
    form.append_pair("client_id", client).append_pair("client_secret", secret);
    form.append_pair("grant_type", "refresh_token");
    match token {
        Some(token) => form.append_pair("refresh_token", token),
        None => form.append_key_only("refresh_token"),
    };
    form.finish()
}

/// The full address of a place below a home institution.
fn address(core: &Core, home: &str, place: &str) -> String {
    format!("{}/enrollment/home/{home}/{place}", core.site.url())
}

/// Sends a request through the gate, so that it is recorded and meets faults as any other.
async fn send(core: &Arc<Core>, home: &str, question: &Question<'_>, proof: &Proof<'_>) -> Outcome {
    let broken = || Outcome::Failed(format!("I/O error on {} request for {home}", question.method));
    let mut request = Request::builder()
        .method(question.method.clone())
        .uri(format!("/enrollment/home/{home}/{}", question.place))
        .header(header::HOST, core.site.address.to_string())
        .header(header::ACCEPT, "application/json, application/json;charset=UTF-8")
        .header(header::ACCEPT_LANGUAGE, question.language);
    request = match proof {
        Proof::Bearer(token) => request.header(header::AUTHORIZATION, format!("Bearer {token}")),
        Proof::Form => request.header(header::CONTENT_TYPE, FORM),
    };
    if question.body.is_some() && matches!(proof, Proof::Bearer(_)) {
        request = request.header(header::CONTENT_TYPE, "application/json");
    }
    let Ok(request) = request.body(()) else { return broken() };
    let (parts, ()) = request.into_parts();
    let (router, body) = (home::services().with_state(Arc::clone(core)), question.body.clone().unwrap_or_default());
    let limit = Duration::from_millis(core.world().settings.enrollment_timeout_ms);
    let answering = async {
        let answer = gate::emulate(core, router, parts, Some(body), question.endpoint.name()).await.ok()?;
        Received::read(answer).await
    };
    match timeout(limit, answering).await.ok().flatten() {
        Some(answer) => answer.sorted(),
        None => broken(),
    }
}
