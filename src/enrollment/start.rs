//! A start: from the receiver's request to what it is to be answered (sections 3, 7 and 8 of the enrolment
//! specification).
//!
//! First what came is kept, then the home institution is told, then what it said is kept, then the student is answered.
//! A crash between any two of these loses nothing.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Map, Value, json};
use tokio::sync::watch;

use super::application::{Application, Facts};
use super::config::HandOver;
use super::courier::TAKEN;
use super::language::{Language, Message, plain};
use super::record::{Answered, Dispatch, Opened, Record, after};
use super::room::Room;
use super::state::State;
use super::wire::{Delivery, Endpoint};
use crate::error::{Error, Result};
use crate::invocation::Invocation;
use crate::store::{Applicant, Standing};

/// How often it is looked whether another process has decided or sent.
const LOOK: Duration = Duration::from_millis(250);

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
        let applicant = application.applicant(self);
        let tag = applicant.tag.clone();
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
            let reply = room.handled(application, applicant, &tell).await;
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

    async fn handled(
        self: &Arc<Self>,
        application: Application,
        applicant: Applicant,
        tell: &watch::Sender<Stage>,
    ) -> Result<Reply> {
        let received = self.clock.wall();
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
            self.courier.wake_idle();
            self.changed.notify_waiters();
            self.carry_out(opened, &application, tell).await
        } else {
            self.again(opened, &application, received, tell).await
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
            opened = self.decided(opened.number).await?;
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
    async fn decided(&self, number: u64) -> Result<Opened> {
        let until = self.clock.now() + Duration::from_millis(self.config.decide_within_ms);
        loop {
            // Awaited from before the look, so that no decision falls between the two.
            let decided = self.decided.notified();
            let opened = self.records.get(number).await?;
            let left = until.since(self.clock.now());
            if opened.row.decision.is_some() || !opened.row.is_live || left.is_zero() {
                return Ok(opened);
            }
            let look = self.clock.sleep(left.min(LOOK));
            tokio::select! {
                () = decided => {}
                _ = look => {}
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

    /// What is answered when there is no time for more.
    fn provisional(&self, opened: &Opened, language: Language) -> Reply {
        let message = if opened.host() == State::Queued { Message::Queued } else { Message::Pending };
        self.told(message, language, &opened.record, &opened.row.id)
    }

    /// An answer about an enrolment.
    pub(super) fn told(&self, message: Message, language: Language, record: &Record, id: &str) -> Reply {
        let own = match message {
            Message::DeniedByHome => record.home_message.as_deref(),
            _ => record.host_says.as_ref().filter(|(about, _)| *about == message).map(|(_, text)| text.get(language)),
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

pub(super) fn answered(reply: &Reply, digest: &str, at: Timestamp) -> Answered {
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
