//! Sends what is in the outboxes, each enrolment's in its order, and asks home institutions that have not decided
//! (sections 7.3 to 7.5 of the enrolment specification).

use std::hash::{BuildHasher, RandomState};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Value, json};
use tokio::sync::Notify;
use tokio::task::AbortHandle;

use super::config::{Config, Credential};
use super::members::Members;
use super::offering::{Kind, Offering};
use super::record::{Dispatch, Entry, Opened, Records, after};
use super::result::downgraded;
use super::state::State;
use super::wire::{self, Delivery, Endpoint, LONGEST_CALL, Said};
use crate::clock::Clock;
use crate::error::{Error, Result};
use crate::http::{Answer, Transport};
use crate::profiles::Profiles;

/// For how long an enrolment is taken while something is sent for it: longer than a call and what belongs to it, and
/// longer than a start with its deadline and a call.
pub(super) const TAKEN: Duration = Duration::from_secs(60);
/// The waits between attempts; the last is repeated.
const WAITS: [Duration; 5] = [
    Duration::from_secs(30),
    Duration::from_secs(120),
    Duration::from_secs(600),
    Duration::from_secs(3600),
    Duration::from_secs(6 * 3600),
];
/// The longest that a receiver is left alone because it asks for it.
const LONGEST_PAUSE: Duration = Duration::from_secs(6 * 3600);
/// For how long something is tried to be sent.
const PATIENCE: Duration = Duration::from_secs(14 * 24 * 3600);
/// How long a home institution is asked as often as configured; later once a day.
const CLOSELY: Duration = Duration::from_secs(7 * 24 * 3600);
const DAY: Duration = Duration::from_secs(24 * 3600);
/// How many enrolments are asked of the store at a time.
const AT_A_TIME: u32 = 256;
/// How many enrolments are served at once.
const AT_ONCE: usize = 16;
/// The longest rest: another process on the same store may have left something, such as a decision.
const LONGEST_REST: Duration = Duration::from_secs(10);
/// The rest while the store has no enrolment.
const IDLE_REST: Duration = Duration::from_secs(60);
/// The rest after the store failed.
const AFTER_FAILURE: Duration = Duration::from_secs(5);

/// Sends what is in the outboxes of a plugin.
#[derive(Clone)]
pub(super) struct Courier {
    config: Arc<Config>,
    zone: TimeZone,
    records: Records,
    profiles: Profiles,
    transport: Transport,
    clock: Clock,
    chance: RandomState,
    rest: Arc<Rest>,
}

/// The rest of whoever sends in the background.
#[derive(Default)]
struct Rest {
    /// Ends it.
    over: Notify,
    /// When it ends by itself; not known, or already over, at the end of time.
    until: Mutex<Timestamp>,
}

/// What flushing came to.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Flushed {
    /// How many entries arrived.
    pub(super) delivered: u64,
    /// How many are kept for later.
    pub(super) kept: u64,
    /// How many enrolments could not be sent for.
    pub(super) failed: u64,
}

impl std::ops::Add for Flushed {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            delivered: self.delivered + other.delivered,
            kept: self.kept + other.kept,
            failed: self.failed + other.failed,
        }
    }
}

impl Courier {
    pub(super) fn new(
        config: Arc<Config>,
        zone: TimeZone,
        records: Records,
        profiles: Profiles,
        transport: Transport,
        clock: Clock,
    ) -> Self {
        let (chance, rest) = (RandomState::new(), Arc::default());
        Self { config, zone, records, profiles, transport, clock, chance, rest }
    }

    /// Sends in the background until the task is aborted; what is under way then goes on to its end.
    pub(super) fn start(&self) -> AbortHandle {
        let courier = self.clone();
        tokio::spawn(async move { courier.run().await }).abort_handle()
    }

    /// Says that there is something to send from `time` on.
    pub(super) fn wake(&self, time: Timestamp) {
        // Whoever rests looks again by then anyway, unless for good; each look costs the store something.
        let until = *self.rest.until.lock().unwrap_or_else(PoisonError::into_inner);
        if time < until || until == Timestamp::MAX {
            self.rest.over.notify_one();
        }
    }

    /// Says that there is an enrolment, to whoever rests for good because there was none.
    pub(super) fn wake_idle(&self) {
        self.wake(Timestamp::MAX);
    }

    /// The same about what is left of an enrolment.
    pub(super) fn wake_for(&self, opened: &Opened) {
        let first = opened.outbox.first().filter(|entry| entry.row.state == "waiting").map(|entry| entry.row.next_at);
        if let Some(time) = first.into_iter().chain(opened.row.poll_at).min() {
            self.wake(time);
        }
    }

    async fn run(self) {
        let mut held = None;
        loop {
            // Whatever comes during the look is looked at again.
            *self.rest.until.lock().unwrap_or_else(PoisonError::into_inner) = Timestamp::MAX;
            let rest = match self.round().await {
                // There may be more than was asked for at a time.
                Ok((flushed, _)) if flushed.delivered + flushed.kept > 0 => continue,
                Ok((_, next)) => next,
                Err(error) => {
                    tracing::warn!(code = error.status().code(), "the outbox could not be looked through");
                    Some(AFTER_FAILURE)
                }
            };
            let Some(rest) = rest else {
                // Without an enrolment there is nothing to look for, until somebody begins one: here, or in another
                // process that then died. Others live by the machine's time.
                drop(held.take());
                let _ = tokio::time::timeout(IDLE_REST, self.rest.over.notified()).await;
                held = Some(self.clock.busy());
                continue;
            };
            *self.rest.until.lock().unwrap_or_else(PoisonError::into_inner) = after(self.clock.wall(), rest);
            let sleep = self.clock.sleep(rest);
            // Registered before the guard goes, so that a test's clock cannot miss the sleeper.
            drop(held.take());
            tokio::select! {
                busy = sleep => held = Some(busy),
                () = self.rest.over.notified() => held = Some(self.clock.busy()),
            }
        }
    }

    /// Serves all that is due; answers what came of it, and when to look again, if ever.
    async fn round(&self) -> Result<(Flushed, Option<Duration>)> {
        let now = self.clock.wall();
        let due = self.records.store().due(now, AT_A_TIME).await?;
        let next = due.next.map(|next| Duration::try_from(next.duration_since(now)).unwrap_or_default());
        let rest = due.any.then(|| next.unwrap_or(LONGEST_REST).min(LONGEST_REST));
        Ok((self.serve_all(due.numbers, false, &|_| {}).await, rest))
    }

    /// Serves all that is due, or with `everything` all that there is, once.
    pub(super) async fn flush(&self, everything: bool, report: &(dyn Fn(Flushed) + Sync)) -> Result<Flushed> {
        let mut flushed = Flushed::default();
        loop {
            let now = if everything { Timestamp::MAX } else { self.clock.wall() };
            let limit = if everything { u32::MAX } else { AT_A_TIME };
            let due = self.records.store().due(now, limit).await?.numbers;
            let (before, none_left) = (flushed, due.is_empty());
            let round = self.serve_all(due, everything, &|part| report(before + part)).await;
            // What failed is looked at again in each round.
            flushed = Flushed { failed: round.failed, ..before + round };
            // What is kept is not due any more; those that others serve are theirs.
            if none_left || everything || round.delivered + round.kept == 0 {
                return Ok(flushed);
            }
        }
    }

    async fn serve_all(&self, due: Vec<u64>, now: bool, report: &(dyn Fn(Flushed) + Sync)) -> Flushed {
        let mut flushed = Flushed::default();
        let mut waiting = due.into_iter();
        let mut under_way = FuturesUnordered::new();
        loop {
            while under_way.len() < AT_ONCE
                && let Some(number) = waiting.next()
            {
                let courier = self.clone();
                // In a task of its own: whoever waits for it may go away, and the answer is recorded all the same.
                under_way.push(tokio::spawn(async move {
                    let served = courier.serve(number, now).await;
                    served.map_err(|error| (number, error))
                }));
            }
            let Some(done) = under_way.next().await else { return flushed };
            match done.unwrap_or_else(|_| Err((0, Error::internal("sending panicked; the log has file and line")))) {
                Ok(one) => flushed = flushed + one.unwrap_or_default(),
                // One that cannot be opened must not keep the others from being sent.
                Err((number, error)) => {
                    tracing::warn!(number, code = error.status().code(), "an enrolment could not be sent for");
                    flushed.failed += 1;
                }
            }
            report(flushed);
        }
    }

    /// Takes an enrolment and sends what is due for it; `None` when somebody else does. With
    /// `at_once`, also what waits for its time.
    pub(super) async fn serve(&self, number: u64, at_once: bool) -> Result<Option<Flushed>> {
        let now = self.clock.wall();
        let Some(interrupted) = self.records.store().take(number, now, after(now, TAKEN)).await? else {
            return Ok(None);
        };
        let mut flushed = Flushed::default();
        match self.served(number, interrupted, at_once, &mut flushed).await {
            Ok(true) => {}
            Ok(false) => self.records.store().release(number).await?,
            Err(error) => {
                // The error says more than that this failed too.
                let _ = self.records.store().release(number).await;
                return Err(error);
            }
        }
        Ok(Some(flushed))
    }

    /// Answers whether the enrolment was released with the last change.
    async fn served(&self, number: u64, interrupted: bool, at_once: bool, flushed: &mut Flushed) -> Result<bool> {
        let (begun, mut interrupted) = (self.clock.now(), interrupted);
        // No longer than the enrolment is surely ours.
        while self.clock.now().since(begun) < TAKEN - LONGEST_CALL - Duration::from_secs(10) {
            let opened = self.records.get(number).await?;
            let now = if at_once { Timestamp::MAX } else { self.clock.wall() };
            let head = opened.outbox.first().filter(|head| head.row.state == "waiting" && head.row.next_at <= now);
            if head.is_some() {
                let is_last = opened.outbox.len() == 1;
                let sent = self.send_first(opened, interrupted, is_last, &|_, _| {}).await?;
                flushed.delivered += u64::from(sent.arrived);
                flushed.kept += u64::from(!sent.arrived);
                if is_last || !sent.arrived {
                    return Ok(is_last);
                }
            } else if opened.row.poll_at.is_some_and(|at| at <= now) {
                let (_, asked) = self.ask_home(opened).await?;
                let told = matches!(asked, Asked::Told(_));
                flushed.delivered += u64::from(told);
                flushed.kept += u64::from(!told);
                return Ok(false);
            } else {
                return Ok(false);
            }
            interrupted = false;
        }
        Ok(false)
    }

    /// Sends the first entry of an enrolment that was taken, and records what became of it together with what `then`
    /// makes of it.
    pub(super) async fn send_first(
        &self,
        mut opened: Opened,
        interrupted: bool,
        release: bool,
        then: &(dyn Fn(&mut Opened, &Delivery) + Sync),
    ) -> Result<Sent> {
        let head = opened.outbox.first().cloned();
        let head = head.ok_or_else(|| Error::internal("an enrolment without anything to send was to be sent"))?;
        if interrupted && matches!(head.dispatch, Dispatch::Create { .. }) {
            // Whoever took it before may have sent it and not lived to say so.
            opened.record.uncertain = true;
        }
        let uncertain = opened.record.uncertain;
        crate::failpoint::hit("enrollment.send");
        let delivery = self.sent(&opened, &head).await?;
        crate::failpoint::hit("enrollment.sent");
        let (opened, ()) = self
            .records
            .change(opened, release, |opened| {
                opened.record.uncertain |= uncertain;
                self.take_in(opened, &head, &delivery);
                then(opened, &delivery);
                Ok(())
            })
            .await?;
        Ok(Sent { opened, arrived: matches!(delivery, Delivery::Arrived { .. }) })
    }

    async fn sent(&self, opened: &Opened, entry: &Entry) -> Result<Delivery> {
        let record = &opened.record;
        let association = record.association_id.as_deref();
        let (endpoint, body) = match &entry.dispatch {
            Dispatch::Create { remote_state } => {
                let Some(body) = self.records.body(opened).await? else { return Ok(Delivery::Rejected) };
                let offering = Members::read(body.offering.get()).and_then(|it| Offering::read(it, &mut Vec::new()));
                let offering = offering.ok_or(Error::SealBroken { what: "enrolment" })?.upgraded()?;
                let body = wire::creation(&self.config, &offering, *remote_state, &record.request_id)?;
                (Endpoint::Create(&record.person_id), body)
            }
            Dispatch::State { remote_state } => match association {
                Some(id) => (Endpoint::Update(id), text(&json!({ "remoteState": remote_state.word() }))),
                None => return Ok(Delivery::Unknown),
            },
            Dispatch::Result { result } => match association.filter(|_| !self.is_older(opened)) {
                Some(id) => (Endpoint::Update(id), text(&json!({ "result": result }))),
                None => return self.sent_as_older(opened, result).await,
            },
        };
        let answer = self.call(opened, endpoint, Some(body)).await;
        let delivery = wire::delivery(endpoint, &answer);
        match (&entry.dispatch, &delivery) {
            (Dispatch::Result { result }, Delivery::Unknown) if opened.row.delivery == "untracked" => {
                self.sent_as_older(opened, result).await
            }
            _ => Ok(delivery),
        }
    }

    /// Whether results must be sent the older way.
    pub(super) fn is_older(&self, opened: &Opened) -> bool {
        opened.record.home_domain.as_ref().is_some_and(|home| self.config.older_homes.contains(home))
    }

    async fn sent_as_older(&self, opened: &Opened, result: &Value) -> Result<Delivery> {
        let record = &opened.record;
        let Ok(result) = downgraded(result) else { return Ok(Delivery::Rejected) };
        if record.person_id.is_empty() {
            // The receiver could take it for somebody else's.
            return Ok(Delivery::Rejected);
        }
        let kind = match record.kind {
            Kind::Program => "programOfferingAssociation",
            Kind::Course => "courseOfferingAssociation",
            Kind::Component => "componentOfferingAssociation",
        };
        let mut body = json!({
            "personId": record.person_id, "type": kind, "role": "student",
            "state": opened.home().unwrap_or(State::Associated).word(), "result": result,
        });
        if let Some(id) = &record.association_id {
            body["associationId"] = json!(id);
        }
        let answer = self.call(opened, Endpoint::Results, Some(text(&body))).await;
        Ok(wire::delivery(Endpoint::Results, &answer))
    }

    /// Calls the receiver for an enrolment.
    pub(super) async fn call(&self, opened: &Opened, endpoint: Endpoint<'_>, body: Option<Vec<u8>>) -> Result<Answer> {
        let (_, credential) = self.profiles.credential::<Credential>(&opened.row.profile).await?;
        let call = wire::call(&self.config, &credential, endpoint, opened.record.language, body)?;
        self.transport.send(call.deadline(LONGEST_CALL).attempt_timeout(LONGEST_CALL)).await
    }

    /// Records what became of an entry, as it was when it was sent.
    fn take_in(&self, opened: &mut Opened, sent: &Entry, delivery: &Delivery) {
        let known = opened.outbox.iter().find(|entry| entry.row.id == sent.row.id).cloned();
        if let Delivery::Arrived { said, tracked } = delivery {
            // What was put in its place meanwhile is still to be sent.
            if known.is_some_and(|known| known.dispatch == sent.dispatch || sent.row.kind == "create") {
                opened.remove(&sent.row.id);
            }
            match &sent.dispatch {
                Dispatch::Create { remote_state } => {
                    self.created(opened, said, *tracked);
                    tell(opened, *remote_state);
                }
                Dispatch::State { remote_state } => opened.event("delivered", Some(remote_state.word())),
                Dispatch::Result { result } => {
                    opened.record.last_result = Some(result.clone());
                    opened.event("delivered", Some("result"));
                }
            }
            self.heard(opened, said);
            return;
        }
        let Some(mut entry) = known else { return };
        if entry.row.state == "parked" {
            // A new start has tried it all the same, and its time begins anew.
            entry.row.created_at = opened.now();
        }
        entry.row.state = "waiting".to_owned();
        entry.row.reason = None;
        if let Delivery::Unsent(pause) = delivery {
            entry.row.next_at = after(opened.now(), self.jittered(*pause, &entry.row.id, entry.row.attempts));
            opened.replace(entry);
            return;
        }
        entry.row.attempts += 1;
        if let (Dispatch::Create { remote_state }, Delivery::Later { uncertain, .. }) = (&sent.dispatch, delivery) {
            opened.record.uncertain |= uncertain;
            // A repetition says what was said before; what has changed since is told after it.
            entry.dispatch = sent.dispatch.clone();
            tell(opened, *remote_state);
        }
        match delivery {
            Delivery::Arrived { .. } | Delivery::Unsent(_) => {}
            Delivery::Later { .. } if opened.now() >= after(entry.row.created_at, PATIENCE) => {
                self.park(opened, &mut entry, "expired");
            }
            Delivery::Later { pause, .. } => {
                let wait = WAITS[(entry.row.attempts as usize - 1).min(WAITS.len() - 1)];
                let wait = wait.max(pause.unwrap_or_default().min(LONGEST_PAUSE));
                entry.row.next_at = after(opened.now(), self.jittered(wait, &entry.row.id, entry.row.attempts));
            }
            Delivery::Unknown if opened.row.delivery == "untracked" => self.park(opened, &mut entry, "untracked"),
            Delivery::NeedsLogin | Delivery::Unknown => entry.row.state = "needsLogin".to_owned(),
            Delivery::Ambiguous => self.park(opened, &mut entry, "ambiguous"),
            Delivery::Credentials => self.park(opened, &mut entry, "credentials"),
            Delivery::Rejected => self.park(opened, &mut entry, "rejected"),
        }
        opened.replace(entry);
    }

    fn park(&self, opened: &mut Opened, entry: &mut Entry, reason: &str) {
        entry.row.state = "parked".to_owned();
        entry.row.reason = Some(reason.to_owned());
        opened.event("parked", Some(reason));
        tracing::warn!(enrollment = opened.row.id, kind = entry.row.kind, reason, "a delivery is parked");
    }

    fn created(&self, opened: &mut Opened, said: &Said, tracked: bool) {
        opened.row.delivery = if tracked { "delivered" } else { "untracked" }.to_owned();
        opened.row.association_tag = said.association_id.as_deref().map(|id| self.records.association_tag(id));
        opened.record.association_id.clone_from(&said.association_id);
        if opened.record.uncertain {
            opened.flag("possible-duplicate");
            opened.record.uncertain = false;
        }
        opened.event("delivered", Some("create"));
    }

    /// Takes in what a home institution says, and decides when to ask it again.
    fn heard(&self, opened: &mut Opened, said: &Said) {
        if let Some(state) = &said.state {
            opened.hear_home(state);
        }
        if let Some(message) = said.message(opened.record.language) {
            opened.record.home_message = Some(super::language::plain(message));
        }
        if said.redirect.is_some() && opened.record.redirect.is_none() {
            opened.record.redirect.clone_from(&said.redirect);
        }
        opened.row.poll_at = self.next_poll(opened);
    }

    fn next_poll(&self, opened: &Opened) -> Option<Timestamp> {
        let settled = matches!(opened.home(), Some(State::Associated | State::Denied | State::Canceled));
        if settled || opened.combined().is_final() || opened.row.delivery != "delivered" {
            return None;
        }
        let now = opened.now();
        if opened.record.ends.is_some_and(|ends| self.zone.to_datetime(now).date() > ends) {
            return None;
        }
        let closely = now < after(opened.row.created_at, CLOSELY);
        let every = Duration::from_secs(60 * u64::from(self.config.poll_minutes));
        Some(after(now, if closely { every } else { every.max(DAY) }))
    }

    /// Asks the home institution about an association, and records what it says.
    pub(super) async fn ask_home(&self, opened: Opened) -> Result<(Opened, Asked)> {
        let Some(id) = opened.record.association_id.clone() else { return Ok((opened, Asked::Untracked)) };
        let endpoint = Endpoint::Read(&id);
        let answer = self.call(&opened, endpoint, None).await;
        let asked = match wire::delivery(endpoint, &answer) {
            Delivery::Arrived { said, .. } if said.state.is_some() => Asked::Told(said),
            Delivery::Unknown => Asked::Untracked,
            Delivery::NeedsLogin => Asked::NeedsLogin,
            _ => Asked::Failed(answer),
        };
        let (opened, ()) = self
            .records
            .change(opened, false, |opened| {
                match &asked {
                    Asked::Told(said) => self.heard(opened, said),
                    // Nothing more can be had from there.
                    Asked::Untracked => {
                        opened.flag("untracked");
                        opened.row.poll_at = None;
                    }
                    _ => opened.row.poll_at = self.next_poll(opened),
                }
                Ok(())
            })
            .await?;
        Ok((opened, asked))
    }

    /// A wait, a fifth shorter or longer by chance.
    fn jittered(&self, wait: Duration, id: &str, attempts: u32) -> Duration {
        let chance = self.chance.hash_one((id, attempts)) % 401;
        wait.mul_f64(0.8 + chance as f64 / 1000.0)
    }
}

/// Puts the host's state into the outbox when the home institution was told another.
fn tell(opened: &mut Opened, told: State) {
    let host = opened.host();
    let is_there = opened.outbox.iter().any(|entry| matches!(entry.dispatch, Dispatch::State { .. }));
    if host != told && !is_there {
        opened.add(Dispatch::State { remote_state: host });
    }
}

/// What became of the first entry of an enrolment.
pub(super) struct Sent {
    pub(super) opened: Opened,
    pub(super) arrived: bool,
}

/// What asking a home institution came to.
pub(super) enum Asked {
    /// It said something.
    Told(Said),
    /// The receiver does not know the association.
    Untracked,
    /// The student must log in first.
    NeedsLogin,
    /// Nothing was had.
    Failed(Result<Answer>),
}

fn text(value: &Value) -> Vec<u8> {
    value.to_string().into_bytes()
}
