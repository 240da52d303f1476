//! Student-mobility enrolment: we are the backend behind the subscription receiver of a host institution.
//!
//! The receiver brings applications, which are kept before anything is said of them, and takes what is to be told the
//! student's home institution, which is kept until it has arrived. The host program decides.

pub mod config;
mod courier;
mod language;
mod members;
pub mod model;
mod offering;
mod person;
mod record;
mod result;
mod start;
mod state;
mod wire;

use std::sync::Arc;
use std::time::Duration;

use jiff::tz::TimeZone;
use serde_json::value::to_raw_value;
use tokio::sync::Notify;
use tokio::task::AbortHandle;

use crate::audit::Audit;
use crate::clock::Clock;
use crate::error::{Error, Result, Status};
use crate::http::{Answer, Transport};
use crate::invocation::Invocation;
use crate::privacy::{Sensitive, Wiped};
use crate::profiles::Profiles;
use crate::store::{EnrollmentFilter, EnrollmentOf, Store};
use crate::vault::Vault;
use config::{Config, Credential};
use courier::{Asked, Courier};
use language::{Language, Message};
use members::Members;
use model::{
    CreateAssociation, DecideEnrollment, Decided, Decision, EnrollmentDone, EnrollmentView, FlushOutbox,
    FlushOutboxDone, GetAssociation, GetPerson, GetPersonDone, ListEnrollments, ListEnrollmentsDone, OutboxView,
    Resolution, ResolveDelivery, SendResults, StartEnrollment, StartEnrollmentDone, UpdateAssociation,
};
use person::Person;
use record::{Dispatch, Entry, Opened, Records, after};
pub use start::{Facts, LARGEST, Reply};
use state::State;
use wire::{Endpoint, LONGEST_CALL};

/// How often it is looked whether another process has brought something that is waited for.
const LOOK: Duration = Duration::from_millis(500);

/// Answers the enrolment operations.
pub struct Enrollments {
    room: Arc<Room>,
    background: Option<AbortHandle>,
}

/// What the operations work with; tasks that outlive their callers share it.
struct Room {
    config: Arc<Config>,
    zone: TimeZone,
    records: Records,
    audit: Audit,
    profiles: Profiles,
    transport: Transport,
    clock: Clock,
    courier: Courier,
    starts: start::Starts,
    /// Wakes starts that wait for a decision.
    decided: Notify,
    /// Wakes those who wait for something new.
    changed: Notify,
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

impl Room {
    /// On whose behalf a start is handled.
    fn profile(&self, invocation: &Invocation) -> Result<String> {
        let named = invocation.named_profile().or(self.config.provider.as_deref());
        let problem = "is required: with whose credential is the receiver called?";
        named.map(str::to_owned).ok_or_else(|| Error::config("enrollment.provider", problem))
    }

    /// An enrolment by our own id.
    async fn found(&self, invocation: &Invocation, id: &str) -> Result<Option<Opened>> {
        let found = self.records.find(EnrollmentOf::Id(id.to_owned())).await?;
        if let Some(opened) = &found {
            invocation.note("enrollmentId", opened.row.id.as_str());
            invocation.acts_for(&opened.row.profile);
            invocation.is_about(opened.row.person_tag.clone());
        }
        Ok(found)
    }

    async fn listed(&self, request: &ListEnrollments, limit: u32) -> Result<(Vec<Opened>, bool)> {
        if let Some(id) = &request.enrollment_id {
            let found = self.records.find(EnrollmentOf::Id(id.clone())).await?;
            return Ok((found.into_iter().filter(|it| it.version > request.changed_after).collect(), false));
        }
        let store = self.records.store();
        let (stored, more) = if request.hand_out {
            let now = self.clock.wall();
            let until = after(now, Duration::from_secs(self.config.lease_seconds.into()));
            let handed = store.hand_out(now, until, limit).await?;
            let more = handed.len() == limit as usize;
            (handed, more)
        } else {
            let filter = EnrollmentFilter {
                person_tag: request.person_id.as_ref().map(|id| self.records.person_tag(id)),
                offering_tag: request.offering_id.as_ref().map(|id| self.records.offering_tag(id)),
                combined: request.state.map(|state| state.word().to_owned()),
                undecided: request.undecided,
                outbox: request.outbox.map(|state| state.word().to_owned()),
                changed_after: request.changed_after,
                limit,
            };
            store.list(filter).await?
        };
        let mut opened = Vec::with_capacity(stored.len());
        for stored in stored {
            opened.push(self.records.open(stored).await?);
        }
        Ok((opened, more))
    }

    /// Takes the host program's decision; answers with the outcome.
    fn decide(&self, opened: &mut Opened, decided: Option<&Decided>) -> &'static str {
        let Some(decided) = decided else { return "unchanged" };
        let word = decided.decision.word();
        match opened.row.decision.as_deref() {
            Some(before) if before == word => return "unchanged",
            Some("ended") => return "ended",
            Some(_) => return "alreadyDecided",
            None if !opened.row.is_live => return "ended",
            None => {}
        }
        let (host, next) = (opened.host(), decided.decision.state());
        // A decision to leave it open changes nothing, wherever it is.
        if host != next && next != State::Pending && !host.may_become(next) {
            return "illegalTransition";
        }
        opened.row.decision = Some(word.to_owned());
        opened.row.handed_until = None;
        opened.event("decided", Some(word));
        opened.record.host_message.clone_from(&decided.message);
        if let Some(redirect) = decided.redirect.as_deref().and_then(wire::secure) {
            opened.record.redirect = Some(redirect);
        }
        if next == State::Denied {
            opened.record.refusal = Some(match decided.decision {
                Decision::Fail => Message::BackendError,
                _ if decided.already_enrolled => Message::AlreadyEnrolled,
                _ => Message::Denied,
            });
        }
        if next != State::Pending {
            self.tell_host(opened, next);
        }
        "decided"
    }

    /// Changes the host's state, and puts what follows from it into the outbox.
    fn tell_host(&self, opened: &mut Opened, state: State) {
        if opened.host() == state {
            return;
        }
        opened.set_host(state);
        let create = opened.outbox.iter().find(|entry| matches!(entry.dispatch, Dispatch::Create { .. })).cloned();
        match create {
            // The home institution never hears of it.
            Some(entry) if state.is_final() && !opened.record.uncertain => {
                for id in opened.outbox.iter().map(|entry| entry.row.id.clone()).collect::<Vec<_>>() {
                    opened.remove(&id);
                }
                opened.row.delivery = "none".to_owned();
                drop(entry);
            }
            Some(mut entry) if entry.row.attempts == 0 => {
                entry.dispatch = Dispatch::Create { remote_state: state };
                opened.replace(entry);
            }
            _ if opened.row.delivery == "none" => {}
            _ => {
                // Of several states that were not sent, the last is enough.
                let last = opened.outbox.last().filter(|entry| entry.row.attempts == 0).cloned();
                match last {
                    Some(Entry { row, dispatch: Dispatch::State { .. } }) => {
                        opened.replace(Entry { row, dispatch: Dispatch::State { remote_state: state } });
                    }
                    _ => opened.add(Dispatch::State { remote_state: state }),
                }
            }
        }
    }

    fn resolve(&self, opened: &mut Opened, mut entry: Entry, request: &ResolveDelivery) -> Result<()> {
        let is_create = matches!(entry.dispatch, Dispatch::Create { .. });
        match request.resolution {
            Resolution::Retry => {
                entry.row.state = "waiting".to_owned();
                entry.row.reason = None;
                entry.row.next_at = opened.now();
                // Its time begins anew.
                entry.row.created_at = opened.now();
                opened.replace(entry);
                opened.event("resolved", Some("retry"));
            }
            Resolution::Discard => {
                opened.remove(&entry.row.id);
                opened.event("resolved", Some("discard"));
                if is_create {
                    for id in opened.outbox.iter().map(|entry| entry.row.id.clone()).collect::<Vec<_>>() {
                        opened.remove(&id);
                    }
                    opened.row.delivery = "none".to_owned();
                    opened.set_host(State::Canceled);
                }
            }
            Resolution::Delivered => {
                opened.remove(&entry.row.id);
                opened.event("resolved", Some("delivered"));
                if is_create {
                    let id = request.association_id.as_deref().map(str::trim).filter(|id| !id.is_empty());
                    let id = id.ok_or_else(|| Error::input("associationId", "is required for a `create`"))?;
                    // The receiver remembers an association only when it was there.
                    opened.row.delivery = "untracked".to_owned();
                    opened.row.association_tag = Some(self.records.association_tag(id));
                    opened.record.association_id = Some(id.to_owned());
                }
                if let Some(state) = request.state {
                    opened.hear_home(state.word());
                }
            }
        }
        Ok(())
    }

    /// Sends what is there for an enrolment now, unless somebody does; in a task of its own, so that it goes on when its
    /// caller does not.
    async fn sent_now(self: &Arc<Self>, opened: Opened) -> Result<Opened> {
        let (room, number) = (Arc::clone(self), opened.number);
        let sending = tokio::spawn(async move { room.courier.serve(number, true).await });
        let sent = sending.await.map_err(|_| Error::internal("sending panicked; the log has file and line"))?;
        sent?;
        let opened = self.records.get(number).await?;
        self.after_change(&opened);
        Ok(opened)
    }

    /// Wakes whoever waits for something new.
    fn after_change(&self, opened: &Opened) {
        self.courier.wake_for(opened);
        self.changed.notify_waiters();
    }

    /// Calls the receiver for somebody who has no enrolment.
    async fn ask(&self, profile: &str, endpoint: Endpoint<'_>, language: Language) -> Result<Answer> {
        let (_, credential) = self.profiles.credential::<Credential>(profile).await?;
        let call = wire::call(&self.config, &credential, endpoint, language, None)?;
        self.transport.send(call.deadline(LONGEST_CALL).attempt_timeout(LONGEST_CALL)).await
    }

    async fn done(&self, outcome: &'static str, opened: Opened) -> Result<EnrollmentDone> {
        Ok(EnrollmentDone { outcome, enrollment: Some(self.view(opened, false).await?) })
    }

    async fn view(&self, opened: Opened, with_body: bool) -> Result<EnrollmentView> {
        let body = if with_body { self.records.body(&opened).await? } else { None };
        let (offering, person) = body.map(|body| (Sensitive(body.offering), Sensitive(body.person))).unzip();
        let (state, host) = (opened.combined(), opened.host());
        let Opened { version, row, record, outbox, .. } = opened;
        let outbox = outbox.into_iter().map(|entry| OutboxView {
            entry_id: entry.row.id,
            kind: entry.row.kind,
            state: entry.row.state,
            reason: entry.row.reason,
            attempts: entry.row.attempts,
            next_at: entry.row.next_at,
        });
        Ok(EnrollmentView {
            enrollment_id: row.id,
            version,
            person_id: record.person_id.into(),
            offering_id: record.offering_id,
            offering_type: record.kind.word(),
            offering_name: record.offering_name,
            state,
            host,
            home: row.home,
            decision: row.decision,
            delivery: row.delivery,
            association_id: record.association_id,
            request_id: record.request_id,
            home_institution: record.home_domain,
            warnings: record.warnings,
            flags: record.flags,
            events: record.events,
            outbox: outbox.collect(),
            created_at: row.created_at,
            updated_at: row.updated_at,
            final_at: row.final_at,
            offering,
            person,
        })
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
