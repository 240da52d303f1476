//! A start: from the receiver's request to what it is to be answered (sections 3, 7 and 8 of the enrolment
//! specification).
//!
//! First what came is kept, then the home institution is told, then what it said is kept, then the student is answered.
//! A crash between any two of these loses nothing.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use serde_json::value::to_raw_value;
use serde_json::{Map, Value, json};
use tokio::sync::watch;
use uuid::Uuid;

use super::Room;
use super::config::{HandOver, MissingActive};
use super::language::{Language, Message, Text, plain};
use super::members::Members;
use super::model::{Decided, Decision};
use super::offering::{Offering, Opening, Places};
use super::person::Person;
use super::record::{self, Answered, Body, Dispatch, Opened, Record, after, push};
use super::state::State;
use super::wire::{self, Delivery, Endpoint};
use crate::error::{Error, Result};
use crate::invocation::Invocation;
use crate::store::{Applicant, Enrollment, NewEnrollment, Standing};

/// The largest body that is read.
pub const LARGEST: usize = 1 << 20;
/// For how long a start has its enrolment for itself: its deadline, a call, and what belongs to it.
const TAKEN: Duration = Duration::from_secs(60);
/// How often it is looked whether another process has decided or sent.
const LOOK: Duration = Duration::from_millis(250);

/// What the host's own system knows at the time of a start.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// Whether the student was let through the waiting room.
    pub admitted: Option<bool>,
    /// That the same person is enrolled under another id.
    pub already_enrolled: bool,
    /// How many are enrolled.
    pub enrolled: Option<u64>,
    /// How many can be.
    pub most: Option<u64>,
    /// What is decided.
    pub decided: Option<Decided>,
}

/// What to answer a receiver.
#[derive(Clone)]
pub struct Reply {
    /// What the student is told.
    pub message: Message,
    /// The body of the answer.
    pub body: String,
    /// Our own id of the enrolment, when there is one.
    pub enrollment_id: Option<String>,
}

/// How far a start has come.
#[derive(Clone)]
enum Stage {
    /// Nothing was kept yet.
    Begun,
    /// It was kept; this is what is answered when there is no time for more.
    Kept(Reply),
    /// This is the answer.
    Done(Reply),
}

/// The starts under way, by the tag of their enrolment. A second one for the same waits for the first and is answered the
/// same.
#[derive(Clone, Default)]
pub(super) struct Starts(Arc<Mutex<HashMap<String, watch::Receiver<Stage>>>>);

/// Takes a start out again, however it ends.
struct Ended {
    starts: Starts,
    tag: String,
}

impl Drop for Ended {
    fn drop(&mut self) {
        self.starts.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.tag);
    }
}

/// What a receiver sends, read.
struct Application {
    offering: Offering,
    person: Person,
    others: Members,
    warnings: Vec<String>,
    language: Language,
    digest: String,
    facts: Facts,
    /// How many places there are, by the host's own books or else by the offering.
    places: Places,
    profile: String,
}

impl Application {
    fn applicant(&self, room: &Room) -> Applicant {
        let records = &room.records;
        let known_by = |identity: &String| records.vault().pseudonym("enrollment identity", identity);
        Applicant {
            tag: records.tag(&self.person.id, &self.offering.id),
            person_tag: records.person_tag(&self.person.id),
            offering_tag: records.offering_tag(&self.offering.id),
            identities: self.person.identities().iter().map(known_by).collect(),
            enrolled: self.places.most.map(|_| self.places.enrolled),
        }
    }

    fn body(&self, keep_national_id: bool) -> Result<Body> {
        let raw = |members: &Members| to_raw_value(members).map_err(|_| Error::internal("an object has no JSON form"));
        let person =
            if keep_national_id { self.person.members().clone() } else { self.person.without_national_numbers()? };
        Ok(Body { offering: raw(self.offering.members())?, person: raw(&person)?, others: raw(&self.others)? })
    }
}

/// What is decided about an application by the checks of section 7.1.
enum Verdict {
    /// It is accepted with this state, decided by the host program if it says so.
    Accepted(State, Option<Decision>),
    /// It is refused.
    Refused(Message),
}

impl Room {
    /// Handles a start. Whatever comes, there is an answer.
    pub(super) async fn start(
        self: &Arc<Self>,
        invocation: &Invocation,
        raw: &[u8],
        language: Language,
        facts: Facts,
    ) -> Reply {
        let (profile, deadline) = match self.profile(invocation) {
            Ok(profile) => (profile, Duration::from_millis(self.config.start_deadline_ms)),
            Err(error) => return self.broken(language, "", &error),
        };
        let until = self.clock.sleep(deadline.min(invocation.remaining()));
        let application = match self.read(raw, language, facts, profile) {
            Ok(application) => application,
            Err(offering_id) => return self.reply(Message::InvalidRequest, language, &offering_id, None),
        };
        let offering_id = application.offering.id.clone();
        invocation.acts_for(&application.profile);
        invocation.is_about(self.records.person_tag(&application.person.id));
        if application.facts.admitted == Some(false) {
            return self.reply(Message::QueueFailed, language, &offering_id, None);
        }
        let mut stage = self.begin(application);
        let done = stage.wait_for(|stage| matches!(stage, Stage::Done(_)));
        tokio::select! {
            biased;
            // Its end without an answer is a panic, which the log has.
            _ = done => {}
            _ = until => {}
        }
        let stage = stage.borrow().clone();
        let reply = match stage {
            Stage::Done(reply) | Stage::Kept(reply) => reply,
            Stage::Begun => self.reply(Message::InternalError, language, &offering_id, None),
        };
        if let Some(id) = &reply.enrollment_id {
            invocation.note("enrollmentId", id.as_str());
        }
        reply
    }

    /// Begins a start in a task of its own, so that it goes on when its caller does not, or joins the one under way.
    fn begin(self: &Arc<Self>, application: Application) -> watch::Receiver<Stage> {
        let tag = self.records.tag(&application.person.id, &application.offering.id);
        let mut starts = self.starts.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(under_way) = starts.get(&tag) {
            return under_way.clone();
        }
        let (tell, stage) = watch::channel(Stage::Begun);
        starts.insert(tag.clone(), stage.clone());
        drop(starts);
        let ended = Ended { starts: self.starts.clone(), tag };
        let (room, busy) = (Arc::clone(self), self.clock.busy());
        tokio::spawn(async move {
            let (language, offering_id) = (application.language, application.offering.id.clone());
            let reply = room.handled(application, &tell).await;
            let reply = reply.unwrap_or_else(|error| match &*tell.borrow() {
                // It is kept, so the rest will be done later.
                Stage::Kept(reply) => {
                    tracing::warn!(code = error.status().code(), "a start was kept but not finished");
                    reply.clone()
                }
                _ => room.broken(language, &offering_id, &error),
            });
            // First out of the list: whoever comes now is not answered as if they had come at the same time.
            drop(ended);
            tell.send_replace(Stage::Done(reply));
            drop(busy);
        });
        stage
    }

    async fn handled(self: &Arc<Self>, application: Application, tell: &watch::Sender<Stage>) -> Result<Reply> {
        let received = self.clock.wall();
        let applicant = application.applicant(self);
        if self.config.verify_person_at_start && !self.knows(&application).await? {
            return Ok(self.reply(Message::PersonNotFound, application.language, &application.offering.id, None));
        }
        let application = Arc::new(application);
        let decide = {
            let (room, application, applicant) = (Arc::clone(self), Arc::clone(&application), applicant.clone());
            Box::new(move |standing: Standing| room.new_enrollment(&application, &applicant, &standing))
        };
        crate::failpoint::hit("enrollment.begin");
        let begun = self.records.store().begin(applicant, received, decide).await?;
        crate::failpoint::hit("enrollment.begun");
        if begun.logged_in > 0 {
            self.courier.wake(received);
        }
        let opened = self.records.open(begun.stored).await?;
        if begun.is_new {
            self.changed.notify_waiters();
            self.carry_out(opened, &application, tell).await
        } else {
            self.again(opened, &application, received, tell).await
        }
    }

    /// Decides about a new application. Runs inside the store's transaction.
    fn new_enrollment(
        &self,
        application: &Application,
        applicant: &Applicant,
        standing: &Standing,
    ) -> Result<NewEnrollment> {
        let now = self.clock.wall();
        let Application { offering, person, .. } = application;
        let mut warnings = application.warnings.clone();
        let verdict = self.verdict(application, standing, now, &mut warnings);
        let id = Uuid::now_v7().to_string();
        let mut events = Vec::new();
        let mut redirect = None;
        if let Some(decided) = &application.facts.decided
            && let Some(given) = &decided.redirect
        {
            redirect = wire::secure(given);
            if redirect.is_none() {
                warnings.push("redirect-not-secure".into());
            }
        }
        let (host, decision, refusal) = match &verdict {
            Verdict::Accepted(state, decision) => (*state, *decision, None),
            Verdict::Refused(message) => (State::Denied, None, Some(*message)),
        };
        match refusal {
            None => push(&mut events, now, "accepted", Some(host.word())),
            Some(message) => push(&mut events, now, "refused", Some(message.word())),
        }
        for warning in &warnings {
            push(&mut events, now, "warning", Some(warning));
        }
        let taken = application.places.enrolled + standing.untold;
        let has_seat = matches!(host, State::Pending | State::Associated);
        let mut record = Record {
            person_id: person.id.clone(),
            offering_id: offering.id.clone(),
            request_id: Uuid::new_v4().to_string(),
            language: application.language,
            offering_name: Text { en: offering.name(Language::En), nl: offering.name(Language::Nl) },
            kind: offering.kind,
            result_value_type: offering.result_value_type(),
            ends: offering.end_date(&self.zone),
            home_domain: person.home(),
            association_id: None,
            uncertain: false,
            home_message: None,
            host_message: application.facts.decided.as_ref().and_then(|decided| decided.message.clone()),
            refusal,
            redirect,
            warnings,
            flags: Vec::new(),
            events,
            last_result: None,
            answered: None,
        };
        if let Some(message) = refusal {
            let reply = self.told(message, application.language, &record, &id);
            record.answered = Some(answered(&reply, &application.digest, now));
        }
        let is_live = refusal.is_none();
        let row = Enrollment {
            id: id.clone(),
            profile: application.profile.clone(),
            tag: applicant.tag.clone(),
            person_tag: applicant.person_tag.clone(),
            offering_tag: applicant.offering_tag.clone(),
            is_live,
            seat: (is_live && has_seat).then_some(taken + 1),
            host: host.word().to_owned(),
            home: None,
            combined: super::state::combined(host, None).word().to_owned(),
            decision: match refusal {
                Some(_) => Some("ended".to_owned()),
                None => decision.map(|decision| decision.word().to_owned()),
            },
            delivery: if is_live { "waiting" } else { "none" }.to_owned(),
            association_tag: None,
            handed_until: None,
            poll_at: None,
            created_at: now,
            updated_at: now,
            final_at: refusal.map(|_| now),
            sealed: Vec::new(),
        };
        let mut outbox = Vec::new();
        if is_live {
            outbox.push(self.records.sealed_entry(&record::entry(
                Dispatch::Create { remote_state: host },
                now,
                now,
            ))?);
        }
        Ok(NewEnrollment {
            body: self.records.sealed_body(&id, &application.body(self.config.keep_national_id)?)?,
            row: self.records.sealed_row(row, &record)?,
            outbox,
            sending_until: is_live.then(|| after(now, TAKEN)),
        })
    }

    /// The checks after those for an enrolment that is there already.
    fn verdict(
        &self,
        application: &Application,
        standing: &Standing,
        now: Timestamp,
        warnings: &mut Vec<String>,
    ) -> Verdict {
        let Application { offering, person, facts, .. } = application;
        let alliance = self.config.alliance.as_deref();
        if standing.known_otherwise || facts.already_enrolled {
            return Verdict::Refused(Message::AlreadyEnrolled);
        }
        let inactive = match person.active {
            Some(active) => !active,
            None => self.config.missing_active == MissingActive::Deny,
        };
        if inactive {
            return Verdict::Refused(Message::NotActive);
        }
        match offering.window(&self.zone, alliance, warnings).at(self.zone.to_datetime(now)) {
            Opening::NotYet => return Verdict::Refused(Message::NotYetOpen),
            Opening::Over => return Verdict::Refused(Message::Closed),
            Opening::Open => {}
        }
        let places = application.places;
        // Those of our own that are not yet among the ones that the offering tells of count too.
        let is_full = places.most.is_some_and(|most| places.enrolled + standing.untold >= most);
        if is_full && !places.waiting_list {
            return Verdict::Refused(Message::Full);
        }
        let undecided = if is_full { State::Queued } else { State::Pending };
        match facts.decided.as_ref().map(|decided| (decided.decision, decided.already_enrolled)) {
            None => Verdict::Accepted(undecided, None),
            Some((Decision::Deny, true)) => Verdict::Refused(Message::AlreadyEnrolled),
            Some((Decision::Deny, false)) => Verdict::Refused(Message::Denied),
            Some((Decision::Fail, _)) => Verdict::Refused(Message::BackendError),
            // There is no place to be had.
            Some((Decision::Associate, _)) if is_full => Verdict::Accepted(State::Queued, Some(Decision::Queue)),
            Some((decision, _)) => Verdict::Accepted(decision.state(), Some(decision)),
        }
    }

    /// Tells the home institution of a new enrolment, and answers.
    async fn carry_out(
        &self,
        mut opened: Opened,
        application: &Application,
        tell: &watch::Sender<Stage>,
    ) -> Result<Reply> {
        if !opened.row.is_live {
            let message = opened.record.refusal.unwrap_or(Message::Denied);
            return Ok(self.told(message, application.language, &opened.record, &opened.row.id));
        }
        tell.send_replace(Stage::Kept(self.provisional(&opened, application.language)));
        if opened.row.decision.is_none() && self.config.hand_over == HandOver::Direct {
            opened = self.decided(opened).await?;
        }
        self.send(opened, application, false).await
    }

    /// Sends an enrolment that is ours to send for, and answers.
    async fn send(&self, opened: Opened, application: &Application, interrupted: bool) -> Result<Reply> {
        let language = application.language;
        if opened.outbox.is_empty() {
            // Refused meanwhile, so that there is nothing to tell.
            let message = opened.record.refusal.unwrap_or(Message::Denied);
            let (opened, reply) = self
                .records
                .change(opened, true, |opened| {
                    let reply = self.told(message, language, &opened.record, &opened.row.id);
                    opened.record.answered = Some(answered(&reply, &application.digest, opened.now()));
                    Ok(reply)
                })
                .await?;
            drop(opened);
            return Ok(reply);
        }
        let then = |opened: &mut Opened, delivery: &Delivery| {
            let reply = self.told(after_delivery(opened, delivery), language, &opened.record, &opened.row.id);
            opened.record.answered = Some(answered(&reply, &application.digest, opened.now()));
        };
        let number = opened.number;
        let sent = match self.courier.send_first(opened, interrupted, true, &then).await {
            Ok(sent) => sent,
            Err(error) => {
                // The error says more than that this failed too.
                let _ = self.records.store().release(number).await;
                return Err(error);
            }
        };
        // For what is left, such as a decision that came meanwhile, and for when to try again.
        self.courier.wake_for(&sent.opened);
        self.changed.notify_waiters();
        let Some(answered) = sent.opened.record.answered else {
            return Err(Error::internal("a start was sent and has no answer"));
        };
        let enrollment_id = Some(sent.opened.row.id);
        Ok(Reply { message: answered.message, body: answered.body, enrollment_id })
    }

    /// Waits for the host program's decision about an enrolment, as long as there is time.
    async fn decided(&self, mut opened: Opened) -> Result<Opened> {
        let until = self.clock.now() + Duration::from_millis(self.config.decide_within_ms);
        loop {
            let left = until.since(self.clock.now());
            if left.is_zero() {
                return Ok(opened);
            }
            let look = self.clock.sleep(left.min(LOOK));
            let decided = self.decided.notified();
            tokio::select! {
                () = decided => {}
                _ = look => {}
            }
            opened = self.records.get(opened.number).await?;
            if opened.row.decision.is_some() || !opened.row.is_live {
                return Ok(opened);
            }
        }
    }

    /// Answers a start whose enrolment is there already.
    async fn again(
        &self,
        mut opened: Opened,
        application: &Application,
        received: Timestamp,
        tell: &watch::Sender<Stage>,
    ) -> Result<Reply> {
        let window = Duration::from_secs(self.config.replay_window_seconds.into());
        let until = self.clock.now() + Duration::from_millis(self.config.start_deadline_ms);
        loop {
            let replayed = opened.record.answered.as_ref().filter(|answered| {
                // Another process may have been at it at the same time; otherwise it must be the same to the byte.
                answered.at > received
                    || (answered.digest == application.digest && received < after(answered.at, window))
            });
            if let Some(answered) = replayed {
                let enrollment_id = Some(opened.row.id.clone());
                return Ok(Reply { message: answered.message, body: answered.body.clone(), enrollment_id });
            }
            if opened.row.delivery != "waiting" {
                let message = match opened.combined() {
                    State::Associated => Message::AlreadyEnrolled,
                    State::Queued => Message::AlreadyQueued,
                    State::Pending => Message::AlreadyPending,
                    State::Denied | State::Canceled => Message::Denied,
                };
                return Ok(self.told(message, application.language, &opened.record, &opened.row.id));
            }
            tell.send_replace(Stage::Kept(self.provisional(&opened, application.language)));
            let now = self.clock.wall();
            if let Some(interrupted) = self.records.store().take(opened.number, now, after(now, TAKEN)).await? {
                return self.resumed(opened.number, application, interrupted).await;
            }
            if until.since(self.clock.now()).is_zero() {
                return Ok(self.provisional(&opened, application.language));
            }
            // Somebody sends for it just now.
            drop(self.clock.sleep(LOOK).await);
            opened = self.records.get(opened.number).await?;
        }
    }

    /// Tries again what could not be delivered, now that the student has logged in again.
    async fn resumed(&self, number: u64, application: &Application, interrupted: bool) -> Result<Reply> {
        let mut opened = self.records.get(number).await?;
        let created = matches!(opened.outbox.first(), Some(head) if matches!(head.dispatch, Dispatch::Create { .. }));
        if !created {
            self.records.store().release(number).await?;
            return Ok(self.provisional(&opened, application.language));
        }
        if opened.row.decision.is_none() && application.facts.decided.is_some() {
            let decided = application.facts.decided.clone();
            (opened, _) =
                self.records.change(opened, false, |opened| Ok(self.decide(opened, decided.as_ref()))).await?;
        }
        self.send(opened, application, interrupted).await
    }

    /// Whether the home institution knows the student; only a plain no counts.
    async fn knows(&self, application: &Application) -> Result<bool> {
        let endpoint = Endpoint::Person(&application.person.id);
        let answer = self.ask(&application.profile, endpoint, application.language).await;
        Ok(!matches!(answer, Ok(answer) if answer.code() == 404))
    }

    fn read(&self, raw: &[u8], language: Language, facts: Facts, profile: String) -> Result<Application, String> {
        let text = std::str::from_utf8(raw).ok().filter(|text| text.len() <= LARGEST);
        let mut whole = text.and_then(Members::read).ok_or_else(String::new)?;
        let (offering, person) = (whole.object("offering"), whole.object("person"));
        let mut warnings = Vec::new();
        let offering = offering.and_then(|members| Offering::read(members, &mut warnings)).ok_or_else(String::new)?;
        let person = person.and_then(|members| Person::read(members, &mut warnings));
        let person = person.ok_or_else(|| offering.id.clone())?;
        whole.remove("offering");
        whole.remove("person");
        let mut places = offering.places(self.config.alliance.as_deref(), &mut warnings);
        places.enrolled = facts.enrolled.unwrap_or(places.enrolled);
        places.most = facts.most.or(places.most);
        let digest = self.records.vault().pseudonym("enrollment start", text.unwrap_or_default());
        Ok(Application { offering, person, others: whole, warnings, language, digest, facts, places, profile })
    }

    /// What is answered when there is no time for more.
    fn provisional(&self, opened: &Opened, language: Language) -> Reply {
        let message = if opened.host() == State::Queued { Message::Queued } else { Message::Pending };
        self.told(message, language, &opened.record, &opened.row.id)
    }

    /// An answer about an enrolment.
    fn told(&self, message: Message, language: Language, record: &Record, id: &str) -> Reply {
        let own = match message {
            Message::DeniedByHome => record.home_message.as_deref(),
            Message::Associated | Message::Pending | Message::Queued | Message::Denied | Message::BackendError => {
                record.host_message.as_ref().map(|text| text.get(language))
            }
            _ => None,
        };
        let text = own.map(plain).filter(|text| !text.is_empty());
        let text =
            text.unwrap_or_else(|| message.text(&self.config.messages, language, record.offering_name.get(language)));
        let redirect = record.redirect.as_deref().filter(|_| message.code() == 200);
        let body = body(message.code(), &text, &record.offering_id, redirect);
        Reply { message, body, enrollment_id: Some(id.to_owned()) }
    }

    /// An answer that is about no enrolment.
    fn reply(&self, message: Message, language: Language, offering_id: &str, redirect: Option<&str>) -> Reply {
        let text = message.text(&self.config.messages, language, offering_id);
        Reply { message, body: body(message.code(), &text, offering_id, redirect), enrollment_id: None }
    }

    /// The answer when nothing could be kept.
    pub(super) fn broken(&self, language: Language, offering_id: &str, error: &Error) -> Reply {
        tracing::error!(code = error.status().code(), "a start could not be kept");
        self.reply(Message::InternalError, language, offering_id, None)
    }
}

fn after_delivery(opened: &Opened, delivery: &Delivery) -> Message {
    match delivery {
        Delivery::NeedsLogin | Delivery::Unknown => Message::LoginAgain,
        Delivery::Rejected => Message::BackendError,
        _ => match opened.combined() {
            State::Associated => Message::Associated,
            State::Pending => Message::Pending,
            State::Queued => Message::Queued,
            State::Denied | State::Canceled if opened.host().is_final() => {
                opened.record.refusal.unwrap_or(Message::Denied)
            }
            State::Denied | State::Canceled => Message::DeniedByHome,
        },
    }
}

fn answered(reply: &Reply, digest: &str, at: Timestamp) -> Answered {
    Answered { at, digest: digest.to_owned(), message: reply.message, body: reply.body.clone() }
}

fn body(code: u16, message: &str, offering_id: &str, redirect: Option<&str>) -> String {
    let mut body = Map::new();
    body.insert("result".into(), json!(if code < 400 { "ok" } else { "error" }));
    body.insert("code".into(), json!(code));
    body.insert("message".into(), json!(message));
    body.insert("oo-api-offering-id".into(), json!(offering_id));
    if let Some(redirect) = redirect {
        body.insert("redirect".into(), json!(redirect));
    }
    Value::Object(body).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_has_its_code_as_a_number_and_no_redirect_that_is_none() {
        let told: Value = serde_json::from_str(&body(200, "m", "o\"1", None)).unwrap();
        assert_eq!(told, json!({ "result": "ok", "code": 200, "message": "m", "oo-api-offering-id": "o\"1" }));
        let told = body(422, "m", "", None);
        assert!(told.contains("\"code\":422") && told.contains("\"result\":\"error\""), "{told}");
    }
}
