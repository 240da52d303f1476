//! Student-mobility enrolment: we are the backend behind the subscription receiver of a host institution.
//!
//! The receiver brings applications, which are kept before anything is said of them, and takes what is to be told the
//! student's home institution, which is kept until it has arrived. The host program decides.

mod application;
pub mod config;
mod courier;
mod language;
mod members;
pub mod model;
mod offering;
mod person;
mod record;
mod result;
mod room;
mod start;
mod state;
mod wire;

use std::sync::Arc;
use std::time::Duration;

use serde_json::value::to_raw_value;
use tokio::sync::Notify;
use tokio::task::AbortHandle;

use crate::audit::Audit;
use crate::clock::Clock;
use crate::error::{Error, Result, Status};
use crate::http::Transport;
use crate::invocation::Invocation;
use crate::privacy::{Sensitive, Wiped};
use crate::profiles::Profiles;
use crate::store::Store;
use crate::vault::Vault;
pub use application::{Facts, LARGEST};
use config::Config;
use courier::{Asked, Courier};
use language::Language;
use members::Members;
use model::{
    CreateAssociation, DecideEnrollment, Decided, Decision, EnrollmentDone, FlushOutbox, FlushOutboxDone,
    GetAssociation, GetPerson, GetPersonDone, ListEnrollments, ListEnrollmentsDone, Resolution, ResolveDelivery,
    SendResults, StartEnrollment, StartEnrollmentDone, UpdateAssociation,
};
use person::Person;
use record::{Dispatch, Opened, Records};
use room::Room;
pub use start::Reply;
use state::State;
use wire::Endpoint;

/// How often it is looked whether another process has brought something that is waited for.
const LOOK: Duration = Duration::from_millis(500);

/// Answers the enrolment operations.
pub struct Enrollments {
    room: Arc<Room>,
    background: Option<AbortHandle>,
}

impl Enrollments {
    /// The room of a plugin; with a receiver configured, it begins to send what is to be sent.
    ///
    /// # Errors
    /// `INVALID_CONFIG` for a time zone that cannot be read.
    pub fn new(
        config: &Config,
        store: &Store,
        vault: Arc<Vault>,
        audit: Audit,
        profiles: Profiles,
        transport: Transport,
        clock: Clock,
    ) -> Result<Self> {
        let (config, zone) = (Arc::new(config.clone()), config.zone()?);
        let records = Records::new(store, vault, clock.clone());
        let courier = Courier::new(
            Arc::clone(&config),
            zone.clone(),
            records.clone(),
            profiles.clone(),
            transport.clone(),
            clock.clone(),
        );
        let in_background = config.background && config.receiver_url.is_some() && config.provider.is_some();
        let background = in_background.then(|| courier.start());
        let (starts, decided, changed) = (start::Starts::default(), Notify::new(), Notify::new());
        let room = Room { config, zone, records, audit, profiles, transport, clock, courier, starts, decided, changed };
        Ok(Self { room: Arc::new(room), background })
    }

    /// Ends the sending in the background; what is under way goes on to its end.
    pub fn stop(&self) {
        if let Some(background) = &self.background {
            background.abort();
        }
    }

    /// Handles a start, for whoever received it, and enters it in the audit trail. Whatever comes, there is an answer; and
    /// whether or not the caller waits for it, the start is carried out.
    pub async fn start(
        &self,
        invocation: Arc<Invocation>,
        raw: Wiped<Vec<u8>>,
        accept_language: Option<String>,
        facts: Facts,
    ) -> Reply {
        let (room, language) = (Arc::clone(&self.room), Language::accepted(accept_language.as_deref()));
        let broken = |error: &Error| self.room.broken(language, "", error);
        let carried_out = tokio::spawn(async move {
            let reply = room.start(&invocation, &raw, language, facts).await;
            let entry = invocation.entry("enrollment", room.clock.wall(), reply.message.word(), Status::Ok.number());
            // Without its entry nothing was done, as far as anybody is told.
            room.audit.record(entry).await.map(|_| reply)
        });
        match carried_out.await {
            Ok(Ok(reply)) => reply,
            Ok(Err(error)) => broken(&error),
            Err(_) => broken(&Error::internal("a start panicked; the log has file and line")),
        }
    }

    /// Handles a start that the host's own web server received.
    pub async fn start_enrollment(&self, invocation: Arc<Invocation>, request: StartEnrollment) -> StartEnrollmentDone {
        let facts = Facts {
            admitted: request.admitted,
            already_enrolled: request.already_enrolled,
            enrolled: request.enrolled,
            most: request.most,
            decided: request.decided,
        };
        let raw = request.body.0.into_bytes().into();
        StartEnrollmentDone::new(self.start(invocation, raw, request.accept_language, facts).await)
    }

    /// Lists enrolments.
    ///
    /// # Errors
    /// `INVALID_INPUT`, a store error, `SEAL_BROKEN`.
    pub async fn list_enrollments(&self, request: ListEnrollments) -> Result<ListEnrollmentsDone> {
        let limit = request.limit.unwrap_or(100);
        if !(1..=1000).contains(&limit) {
            return Err(Error::input("limit", "must be between 1 and 1000"));
        }
        if request.wait_ms > 600_000 {
            return Err(Error::input("waitMs", "must be between 0 and 600000"));
        }
        let room = &self.room;
        let until = room.clock.now() + Duration::from_millis(request.wait_ms);
        loop {
            let changed = room.changed.notified();
            let (found, more) = room.listed(&request, limit).await?;
            let left = until.since(room.clock.now());
            if !found.is_empty() || left.is_zero() {
                let mut enrollments = Vec::with_capacity(found.len());
                for opened in found {
                    enrollments.push(room.view(opened, request.with_bodies).await?);
                }
                return Ok(ListEnrollmentsDone { outcome: "ok", enrollments, more });
            }
            let look = room.clock.sleep(left.min(LOOK));
            tokio::select! {
                () = changed => {}
                _ = look => {}
            }
        }
    }

    /// Decides about an application.
    ///
    /// # Errors
    /// `INVALID_INPUT`, a store error, `SEAL_BROKEN`.
    pub async fn decide_enrollment(
        &self,
        invocation: &Invocation,
        request: DecideEnrollment,
    ) -> Result<EnrollmentDone> {
        let room = &self.room;
        if let Some(redirect) = &request.redirect
            && wire::secure(redirect).is_none()
        {
            return Err(Error::input("redirect", "must be an absolute address of HTTPS"));
        }
        if request.already_enrolled && request.decision != Decision::Deny {
            return Err(Error::input("alreadyEnrolled", "is for `deny`"));
        }
        let Some(opened) = room.found(invocation, &request.enrollment_id).await? else { return Ok(nothing()) };
        let decided = Decided {
            decision: request.decision,
            message: request.message,
            redirect: request.redirect,
            already_enrolled: request.already_enrolled,
        };
        let (opened, outcome) =
            room.records.change(opened, false, |opened| Ok(room.decide(opened, Some(&decided)))).await?;
        invocation.note("decision", decided.decision.word());
        room.decided.notify_waiters();
        room.after_change(&opened);
        room.done(outcome, opened).await
    }

    /// Tries to create the association of an enrolment now.
    ///
    /// # Errors
    /// A store error, `SEAL_BROKEN`.
    pub async fn create_association(
        &self,
        invocation: &Invocation,
        request: CreateAssociation,
    ) -> Result<EnrollmentDone> {
        let room = &self.room;
        let Some(opened) = room.found(invocation, &request.enrollment_id).await? else { return Ok(nothing()) };
        match opened.row.delivery.as_str() {
            "delivered" | "untracked" => return room.done("alreadyCreated", opened).await,
            "none" => return room.done("ended", opened).await,
            _ => {}
        }
        let opened = room.sent_now(opened).await?;
        let outcome = match opened.row.delivery.as_str() {
            "delivered" | "untracked" => "created",
            "none" => "ended",
            _ => still(&opened, "create"),
        };
        room.done(outcome, opened).await
    }

    /// Tells the home institution the host's new state.
    ///
    /// # Errors
    /// A store error, `SEAL_BROKEN`.
    pub async fn update_association(
        &self,
        invocation: &Invocation,
        request: UpdateAssociation,
    ) -> Result<EnrollmentDone> {
        let room = &self.room;
        let Some(opened) = room.found(invocation, &request.enrollment_id).await? else { return Ok(nothing()) };
        invocation.note("state", request.state.word());
        let (opened, outcome) = room
            .records
            .change(opened, false, |opened| {
                let host = opened.host();
                if host == request.state {
                    return Ok("unchanged");
                }
                // What the home institution ended has ended for the host too.
                if !host.may_become(request.state) || !opened.row.is_live {
                    return Ok("illegalTransition");
                }
                opened.row.decision.get_or_insert_with(|| "changed".to_owned());
                room.tell_host(opened, request.state);
                Ok("kept")
            })
            .await?;
        if outcome != "kept" {
            return room.done(outcome, opened).await;
        }
        room.decided.notify_waiters();
        room.changed.notify_waiters();
        let opened = room.sent_now(opened).await?;
        let outcome = if opened.outbox.is_empty() { "sent" } else { "kept" };
        room.done(outcome, opened).await
    }

    /// Asks the home institution about an association.
    ///
    /// # Errors
    /// Configuration, credential and remote errors, a store error, `SEAL_BROKEN`.
    pub async fn get_association(&self, invocation: &Invocation, request: GetAssociation) -> Result<EnrollmentDone> {
        let room = &self.room;
        let Some(opened) = room.found(invocation, &request.enrollment_id).await? else { return Ok(nothing()) };
        if opened.record.association_id.is_none() {
            let outcome = if opened.row.delivery == "untracked" { "untracked" } else { "notCreated" };
            return room.done(outcome, opened).await;
        }
        let profile = opened.row.profile.clone();
        let (opened, asked) = room.courier.ask_home(opened).await?;
        room.after_change(&opened);
        match asked {
            Asked::Told(_) => room.done("found", opened).await,
            Asked::Untracked => room.done("untracked", opened).await,
            Asked::NeedsLogin => room.done("loginAgain", opened).await,
            Asked::Failed(answer) => Err(wire::refusal(&profile, &answer?)),
        }
    }

    /// Asks the home institution about a student; this changes nothing by itself.
    ///
    /// # Errors
    /// Configuration, credential and remote errors, a store error, `SEAL_BROKEN`.
    pub async fn get_person(&self, invocation: &Invocation, request: GetPerson) -> Result<GetPersonDone> {
        let room = &self.room;
        let nobody = |outcome| GetPersonDone { outcome, person: None };
        let Some(opened) = room.found(invocation, &request.enrollment_id).await? else {
            return Ok(nobody("notFound"));
        };
        let endpoint = Endpoint::Person(&opened.record.person_id);
        let answer = room.courier.call(&opened, endpoint, None).await?;
        if answer.status.is_success() {
            let text = std::str::from_utf8(&answer.body).ok();
            let person = text.and_then(Members::read).and_then(|members| Person::read(members, &mut Vec::new()));
            let person = person.ok_or_else(|| answer.protocol("its answer is no person"))?;
            let outcome = match person.active {
                Some(true) => "active",
                Some(false) => "inactive",
                None => "unknown",
            };
            let raw = to_raw_value(&person.without_national_numbers()?);
            let raw = raw.map_err(|_| Error::internal("an object has no JSON form"))?;
            return Ok(GetPersonDone { outcome, person: Some(Sensitive(raw)) });
        }
        if answer.code() == 404 {
            return Ok(nobody("personNotFound"));
        }
        match wire::delivery(Endpoint::Create(""), &Ok(answer.clone())) {
            wire::Delivery::NeedsLogin => Ok(nobody("loginAgain")),
            _ => Err(wire::refusal(&opened.row.profile, &answer)),
        }
    }

    /// Sends a result.
    ///
    /// # Errors
    /// `INVALID_INPUT` for a result that does not fit the offering, a store error, `SEAL_BROKEN`.
    pub async fn send_results(&self, invocation: &Invocation, request: SendResults) -> Result<EnrollmentDone> {
        let room = &self.room;
        let Some(opened) = room.found(invocation, &request.enrollment_id).await? else { return Ok(nothing()) };
        let scale = opened.record.result_value_type.clone();
        request.result.check(opened.record.kind, scale.as_deref())?;
        let result = request.result.to_json(scale.as_deref())?;
        if room.courier.is_older(&opened) || opened.row.delivery == "untracked" {
            result::downgraded(&result).map_err(|problem| Error::input("result.studyLoad", problem))?;
        }
        let (opened, outcome) = room
            .records
            .change(opened, false, |opened| {
                let combined = opened.combined();
                let is_there = matches!(opened.row.delivery.as_str(), "delivered" | "untracked");
                let may = combined == State::Associated || combined == State::Canceled && request.force;
                if !is_there || !may {
                    return Ok("notAssociated");
                }
                let latest = opened.outbox.iter().rev().find_map(|entry| match &entry.dispatch {
                    Dispatch::Result { result } => Some(result),
                    _ => None,
                });
                if latest.or(opened.record.last_result.as_ref()) == Some(&result) {
                    return Ok("unchanged");
                }
                opened.add(Dispatch::Result { result: result.clone() });
                Ok("kept")
            })
            .await?;
        if outcome != "kept" {
            return room.done(outcome, opened).await;
        }
        let opened = room.sent_now(opened).await?;
        let outcome = if opened.record.last_result.as_ref() == Some(&result) { "sent" } else { "kept" };
        room.done(outcome, opened).await
    }

    /// Sends what is due.
    ///
    /// # Errors
    /// A store error, `SEAL_BROKEN`.
    pub async fn flush_outbox(&self, invocation: &Invocation, request: FlushOutbox) -> Result<FlushOutboxDone> {
        let report = |flushed: courier::Flushed| {
            invocation.report("delivered", flushed.delivered);
            invocation.report("kept", flushed.kept);
            invocation.report("failed", flushed.failed);
        };
        let flushed = self.room.courier.flush(request.everything, &report).await?;
        self.room.changed.notify_waiters();
        let outcome = if flushed.delivered + flushed.kept + flushed.failed == 0 { "empty" } else { "flushed" };
        Ok(FlushOutboxDone { outcome, delivered: flushed.delivered, kept: flushed.kept, failed: flushed.failed })
    }

    /// Says what to do with an entry of the outbox that is parked or waits for a login.
    ///
    /// # Errors
    /// `INVALID_INPUT`, a store error, `SEAL_BROKEN`.
    pub async fn resolve_delivery(&self, invocation: &Invocation, request: ResolveDelivery) -> Result<EnrollmentDone> {
        let room = &self.room;
        if request.resolution != Resolution::Delivered {
            let given = [("associationId", request.association_id.is_some()), ("state", request.state.is_some())];
            if let Some((field, _)) = given.into_iter().find(|(_, given)| *given) {
                return Err(Error::input(field, "is for `delivered`"));
            }
        }
        let Some(opened) = room.found(invocation, &request.enrollment_id).await? else { return Ok(nothing()) };
        let (opened, outcome) = room
            .records
            .change(opened, false, |opened| {
                let entry = opened.outbox.iter().find(|entry| entry.row.id == request.entry_id).cloned();
                let Some(entry) = entry else { return Ok("notFound") };
                if entry.row.state == "waiting" {
                    return Ok("notWaiting");
                }
                room.resolve(opened, entry, &request)?;
                Ok("resolved")
            })
            .await?;
        room.after_change(&opened);
        room.done(outcome, opened).await
    }
}

impl Drop for Enrollments {
    fn drop(&mut self) {
        self.stop();
    }
}

/// How an entry of the outbox that is still there stands.
fn still(opened: &Opened, kind: &str) -> &'static str {
    match opened.outbox.iter().find(|entry| entry.row.kind == kind).map(|entry| entry.row.state.as_str()) {
        Some("needsLogin") => "loginAgain",
        Some("parked") => "parked",
        _ => "kept",
    }
}

fn nothing() -> EnrollmentDone {
    EnrollmentDone { outcome: "notFound", enrollment: None }
}

impl StartEnrollmentDone {
    fn new(reply: Reply) -> Self {
        Self {
            outcome: reply.message.word(),
            http_status: 200,
            content_type: CONTENT_TYPE,
            code: reply.message.code(),
            body: reply.body.into(),
            enrollment_id: reply.enrollment_id,
        }
    }
}

/// The content type of answers to receivers.
pub const CONTENT_TYPE: &str = "application/json; charset=utf-8";
