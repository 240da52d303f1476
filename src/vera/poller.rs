//! The poller: one task that asks for all shares that somebody is waiting for, each in its own time.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};
use std::hash::{BuildHasher, RandomState};
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::time::Duration;

use futures_util::future::{AbortHandle, Abortable, BoxFuture};
use futures_util::stream::FuturesUnordered;
use futures_util::{FutureExt, StreamExt};
use tokio::sync::{mpsc, oneshot};

use super::config::Access;
use super::share::{Schedule, State};
use super::wire::{self, Polled};
use crate::clock::{Busy, Clock, Moment};
use crate::error::{Error, Result};
use crate::http::{Answer, Pace, Tokens};
use crate::invocation::Invocation;
use crate::store::{Store, VeraShare};

/// A share that can be polled.
pub(super) struct Open {
    pub(super) row: VeraShare,
    pub(super) correlation_id: String,
    pub(super) access: Access,
    pub(super) issued: Moment,
    pub(super) deadline: Moment,
}

/// What one who waits is told in the end.
pub(super) enum Verdict {
    /// Nothing yet; ask again after this time.
    Pending { next: Duration },
    /// The learner shared; the answer holds the record.
    Shared(Answer),
    /// It ended in this state.
    Ended(State),
    /// It ended in an error.
    Failed(Error),
}

/// Somebody who waits for a share.
pub(super) struct Waiter {
    /// Counts polls for them and receives progress.
    pub(super) seen: Arc<Seen>,
    /// Whether they want one step only.
    pub(super) once: bool,
    /// With the verdict goes a guard, so that a manual clock stands still until they have taken it in.
    reply: oneshot::Sender<(Verdict, Busy)>,
}

/// How far a wait has come, for the one who waits.
pub(super) struct Seen {
    pub(super) polls: AtomicU32,
    next: AtomicU64,
    invocation: Arc<Invocation>,
}

impl Seen {
    pub(super) fn new(invocation: &Arc<Invocation>) -> Arc<Self> {
        Arc::new(Self { polls: AtomicU32::new(0), next: AtomicU64::new(0), invocation: Arc::clone(invocation) })
    }

    /// How soon the next poll was due when last heard of.
    pub(super) fn next(&self) -> Duration {
        Duration::from_millis(self.next.load(Ordering::Relaxed))
    }

    fn update(&self, schedule: &Schedule, now: Moment) {
        let next = u64::try_from(schedule.next().since(now).as_millis()).unwrap_or(u64::MAX);
        self.polls.store(schedule.polls(), Ordering::Relaxed);
        self.next.store(next, Ordering::Relaxed);
        self.invocation.report("polls", schedule.polls());
        self.invocation.report("nextPollMs", next);
    }
}

enum Command {
    /// Somebody waits for a share; the guard keeps a manual clock still until they are registered.
    Watch(Arc<Open>, Waiter, Busy),
    /// Somebody who waited for the share of this id went away.
    Left(String),
    /// The share of this id was cancelled.
    Cancel(String),
}

/// What a poller needs to ask and to remember.
#[derive(Clone)]
pub(super) struct Means {
    pub(super) store: Store,
    pub(super) tokens: Tokens,
    pub(super) pace: Pace,
    pub(super) clock: Clock,
    /// By what name this poller is the only one of all processes that asks for a share.
    pub(super) holder: Arc<str>,
}

/// For how long it then is. One that polls goes on holding a share; another may take over from one that does not come back.
const LEASE: Duration = Duration::from_secs(15);

/// The poller's address; its task ends when this is dropped.
pub(super) struct Poller {
    commands: mpsc::UnboundedSender<Command>,
    clock: Clock,
    watched: Arc<AtomicU32>,
}

impl Poller {
    /// Starts the task.
    pub(super) fn start(means: Means) -> Self {
        let (commands, received) = mpsc::unbounded_channel();
        let watched = Arc::new(AtomicU32::new(0));
        let clock = means.clock.clone();
        tokio::spawn(Task::new(means, Arc::clone(&watched)).run(received));
        Self { commands, clock, watched }
    }

    /// How many shares are known to the task.
    pub(super) fn watched(&self) -> u32 {
        self.watched.load(Ordering::Relaxed)
    }

    /// Whether the task is there no more, as after a panic.
    pub(super) fn has_ended(&self) -> bool {
        self.commands.is_closed()
    }

    /// Waits for a share for up to `wait`, or takes one step when that is zero. Dropping the future stops
    /// the request under way, unless somebody else waits for the same share.
    pub(super) async fn watch(&self, open: Arc<Open>, seen: &Arc<Seen>, wait: Duration) -> Result<(Verdict, Busy)> {
        let (reply, verdict) = oneshot::channel();
        let waiter = Waiter { seen: Arc::clone(seen), once: wait.is_zero(), reply };
        let _leave = Leave { id: open.row.id.clone(), commands: self.commands.clone() };
        let ended = || Error::internal("the poller ended; the log has file and line");
        // Before the sleep is registered, or a manual clock could run on to its end.
        let busy = self.clock.busy();
        let until = (!wait.is_zero()).then(|| self.clock.sleep(wait));
        self.commands.send(Command::Watch(open, waiter, busy)).map_err(|_| ended())?;
        match until {
            None => verdict.await.map_err(|_| ended()),
            Some(until) => tokio::select! {
                biased;
                verdict = verdict => verdict.map_err(|_| ended()),
                busy = until => Ok((Verdict::Pending { next: seen.next() }, busy)),
            },
        }
    }

    /// Ends all waits for a share that was cancelled and discards the answer under way.
    pub(super) fn cancel(&self, id: &str) {
        // Without a task nobody waits.
        let _ = self.commands.send(Command::Cancel(id.to_owned()));
    }
}

/// Tells the task when one who waited goes away.
struct Leave {
    id: String,
    commands: mpsc::UnboundedSender<Command>,
}

impl Drop for Leave {
    fn drop(&mut self) {
        let _ = self.commands.send(Command::Left(std::mem::take(&mut self.id)));
    }
}

struct Watched {
    open: Arc<Open>,
    schedule: Schedule,
    waiters: Vec<Waiter>,
    flight: Option<AbortHandle>,
}

/// A poll that came back.
struct Landed {
    id: String,
    schedule: Schedule,
    verdict: Verdict,
    /// Keeps a manual clock still until the next poll is scheduled.
    _busy: Busy,
}

type Flights = FuturesUnordered<Abortable<BoxFuture<'static, Landed>>>;

struct Task {
    means: Means,
    shares: HashMap<String, Watched>,
    due: BinaryHeap<Reverse<(Moment, String)>>,
    flights: Flights,
    count: Arc<AtomicU32>,
    chance: RandomState,
}

impl Task {
    fn new(means: Means, count: Arc<AtomicU32>) -> Self {
        Self {
            means,
            shares: HashMap::new(),
            due: BinaryHeap::new(),
            flights: FuturesUnordered::new(),
            count,
            chance: RandomState::new(),
        }
    }

    async fn run(mut self, mut commands: mpsc::UnboundedReceiver<Command>) {
        // What kept the clock still while the last event was handled; released once the next sleep is registered.
        let mut held = None;
        loop {
            self.count.store(u32::try_from(self.shares.len()).unwrap_or(u32::MAX), Ordering::Relaxed);
            while self.due.peek().is_some_and(|Reverse((_, id))| !self.shares.contains_key(id)) {
                self.due.pop();
            }
            let wake = self.due.peek().map(|Reverse((moment, _))| self.means.clock.sleep_until(*moment));
            let sleep = async move {
                match wake {
                    Some(wake) => wake.await,
                    None => std::future::pending().await,
                }
            };
            drop(held.take());
            tokio::select! {
                biased;
                command = commands.recv() => match command {
                    None => return,
                    Some(Command::Watch(open, waiter, busy)) => {
                        self.watch(open, waiter);
                        held = Some(busy);
                    }
                    Some(Command::Left(id)) => self.left(&id),
                    Some(Command::Cancel(id)) => self.end(&id, |_| Verdict::Ended(State::Cancelled)),
                },
                Some(landed) = self.flights.next(), if !self.flights.is_empty() => {
                    if let Ok(landed) = landed {
                        held = Some(self.landed(landed));
                    }
                }
                busy = sleep => {
                    self.take_off();
                    held = Some(busy);
                }
            }
        }
    }

    fn watch(&mut self, open: Arc<Open>, waiter: Waiter) {
        crate::failpoint::hit("vera.poller");
        let now = self.means.clock.now();
        let id = open.row.id.clone();
        let watched = self.shares.entry(id.clone()).or_insert_with(|| {
            let schedule = Schedule::new(open.issued, open.deadline, now);
            // Forgotten some time after its end, should nobody wait for it by then.
            self.due.push(Reverse((open.deadline.max(now) + super::share::GRACE * 2, id.clone())));
            Watched { open, schedule, waiters: Vec::new(), flight: None }
        });
        waiter.seen.update(&watched.schedule, now);
        if waiter.once && watched.flight.is_none() && watched.schedule.next() > now {
            let verdict = Verdict::Pending { next: watched.schedule.next().since(now) };
            let _ = waiter.reply.send((verdict, self.means.clock.busy()));
            return;
        }
        watched.waiters.push(waiter);
        self.due.push(Reverse((watched.schedule.next(), id)));
    }

    fn left(&mut self, id: &str) {
        let Some(watched) = self.shares.get_mut(id) else { return };
        watched.waiters.retain(|waiter| !waiter.reply.is_closed());
        if watched.waiters.is_empty()
            && let Some(flight) = watched.flight.take()
        {
            flight.abort();
        }
    }

    /// Starts the polls that are due.
    fn take_off(&mut self) {
        let now = self.means.clock.now();
        while self.due.peek().is_some_and(|Reverse((moment, _))| *moment <= now) {
            let Some(Reverse((_, id))) = self.due.pop() else { break };
            let Some(watched) = self.shares.get_mut(&id) else { continue };
            if watched.waiters.is_empty() {
                if watched.flight.is_none() && now >= watched.open.deadline + super::share::GRACE {
                    self.shares.remove(&id);
                }
                continue;
            }
            if watched.flight.is_some() || watched.schedule.next() > now {
                continue;
            }
            let (handle, registration) = AbortHandle::new_pair();
            watched.flight = Some(handle);
            // Any hash of a fresh state will do for jitter.
            let jitter = (self.chance.hash_one((&id, watched.schedule.polls(), now)) % 2001) as f64 / 1000.0 - 1.0;
            let poll = poll(
                self.means.clone(),
                Arc::clone(&watched.open),
                watched.schedule.clone(),
                jitter,
                self.means.clock.busy(),
            );
            let (schedule, clock) = (watched.schedule.clone(), self.means.clock.clone());
            let landing = AssertUnwindSafe(poll).catch_unwind().map(move |landed| {
                // A defect in one poll must not end the waits for all other shares.
                let verdict = Verdict::Failed(Error::internal("a poll panicked; the log has file and line"));
                landed.unwrap_or_else(|_| Landed { id, schedule, verdict, _busy: clock.busy() })
            });
            self.flights.push(Abortable::new(Box::pin(landing), registration));
        }
    }

    fn landed(&mut self, landed: Landed) -> Busy {
        let Landed { id, schedule, verdict, _busy: busy } = landed;
        let now = self.means.clock.now();
        let Verdict::Pending { next } = verdict else {
            self.end_with(&id, verdict, &schedule);
            return busy;
        };
        let Some(watched) = self.shares.get_mut(&id) else { return busy };
        watched.flight = None;
        for waiter in &watched.waiters {
            waiter.seen.update(&schedule, now);
        }
        self.due.push(Reverse((schedule.next(), id)));
        watched.schedule = schedule;
        let (once, long) = std::mem::take(&mut watched.waiters).into_iter().partition(|waiter| waiter.once);
        watched.waiters = long;
        answer(once, &self.means.clock, |_| Verdict::Pending { next });
        busy
    }

    fn end_with(&mut self, id: &str, verdict: Verdict, schedule: &Schedule) {
        if let Some(watched) = self.shares.get(id) {
            for waiter in &watched.waiters {
                waiter.seen.update(schedule, schedule.next());
            }
        }
        let mut failure = None;
        let again: Box<dyn Fn() -> Verdict> = match verdict {
            Verdict::Shared(answer) => Box::new(move || Verdict::Shared(answer.clone())),
            Verdict::Failed(error) => {
                failure = Some(error);
                Box::new(|| Verdict::Ended(State::Failed))
            }
            Verdict::Ended(state) => Box::new(move || Verdict::Ended(state)),
            Verdict::Pending { next } => Box::new(move || Verdict::Pending { next }),
        };
        // The first who waits gets the error itself, the others what it made of the share.
        self.end(id, |_| failure.take().map_or_else(&again, Verdict::Failed));
    }

    fn end(&mut self, id: &str, verdict: impl FnMut(&Waiter) -> Verdict) {
        let Some(mut watched) = self.shares.remove(id) else { return };
        if let Some(flight) = watched.flight.take() {
            flight.abort();
        }
        answer(watched.waiters, &self.means.clock, verdict);
    }
}

fn answer(waiters: Vec<Waiter>, clock: &Clock, mut verdict: impl FnMut(&Waiter) -> Verdict) {
    for waiter in waiters {
        let verdict = verdict(&waiter);
        // One who went away needs no answer.
        let _ = waiter.reply.send((verdict, clock.busy()));
    }
}

/// Asks once and, when that ends the share, stores how before anyone is told.
async fn poll(means: Means, open: Arc<Open>, mut schedule: Schedule, jitter: f64, busy: Busy) -> Landed {
    crate::failpoint::hit("vera.poll");
    let busy = admitted(&means, &open.access.profile, busy).await;
    if let Some(verdict) = ended_meanwhile(&means, &open).await {
        return Landed { id: open.row.id.clone(), schedule, verdict, _busy: busy };
    }
    match leased(&means, &open).await {
        Ok(true) => {}
        Ok(false) => {
            // Another process asks, and what it hears is in the store when we look again.
            let now = means.clock.now();
            schedule.left_to_another(now, jitter);
            let verdict = Verdict::Pending { next: schedule.next().since(now) };
            return Landed { id: open.row.id.clone(), schedule, verdict, _busy: busy };
        }
        Err(error) => {
            let verdict = Verdict::Failed(error);
            return Landed { id: open.row.id.clone(), schedule, verdict, _busy: busy };
        }
    }
    let asked = async {
        let call = wire::learner_data(&open.access, "correlationId", &open.correlation_id)?;
        means.tokens.send(&open.access.credentials, call).await
    };
    let (polled, answer) = match asked.await {
        Ok(answer) => (wire::polled(&answer), Some(answer)),
        Err(error) => (wire::poll_failed(error), None),
    };
    let now = means.clock.now();
    if !matches!(polled, Polled::Pending | Polled::Transient(..)) {
        schedule.ended();
    }
    let mut go_on = |transient, retry_after| schedule.answered(now, transient, retry_after, jitter);
    let (state, verdict) = match (polled, answer) {
        (Polled::Shared, Some(answer)) => (State::Shared, Verdict::Shared(answer)),
        (Polled::DeclinedOrExpired, _) => (State::DeclinedOrExpired, Verdict::Ended(State::DeclinedOrExpired)),
        (Polled::Stop(error), _) => (State::Failed, Verdict::Failed(error)),
        (Polled::Transient(error, retry_after), _) => {
            tracing::debug!(code = error.status().code(), "a poll did not get through");
            let open = go_on(true, retry_after);
            if open { (State::AwaitingLearner, Verdict::Ended(State::AwaitingLearner)) } else { timed_out() }
        }
        (Polled::Pending | Polled::Shared, _) => {
            if go_on(false, None) {
                (State::AwaitingLearner, Verdict::Ended(State::AwaitingLearner))
            } else {
                timed_out()
            }
        }
    };
    let verdict = match state {
        State::AwaitingLearner => Verdict::Pending { next: schedule.next().since(now) },
        _ => settle(&means, &open, state, schedule.polls(), verdict).await,
    };
    Landed { id: open.row.id.clone(), schedule, verdict, _busy: busy }
}

const fn timed_out() -> (State, Verdict) {
    (State::TimedOut, Verdict::Ended(State::TimedOut))
}

/// Waits for the provider's turn; a manual clock is kept still meanwhile unless the turn has to be waited for.
async fn admitted(means: &Means, profile: &str, busy: Busy) -> Busy {
    let mut turn = std::pin::pin!(means.pace.admit(profile));
    tokio::select! {
        biased;
        () = &mut turn => return busy,
        () = std::future::ready(()) => drop(busy),
    }
    turn.await;
    means.clock.busy()
}

/// Whether the share has ended since the wait for it began: another caller may have cancelled it, here or in
/// another process, or got the answer first.
async fn ended_meanwhile(means: &Means, open: &Open) -> Option<Verdict> {
    match stored_state(means, open).await {
        Ok(State::AwaitingLearner) => None,
        Ok(other) => Some(Verdict::Ended(other)),
        Err(error) => Some(Verdict::Failed(error)),
    }
}

/// Whether the share is ours to ask for.
async fn leased(means: &Means, open: &Open) -> Result<bool> {
    let now = means.clock.wall();
    let until = now.checked_add(LEASE).unwrap_or(now);
    means.store.vera_shares.lease(&open.row.id, &means.holder, now, until).await
}

/// The share's state in the store; one that was purged is as good as cancelled.
async fn stored_state(means: &Means, open: &Open) -> Result<State> {
    let found = means.store.vera_shares.find(&open.row.correlation_tag, Some(&open.row.profile)).await?;
    Ok(found.and_then(|row| State::named(&row.state)).unwrap_or(State::Cancelled))
}

/// Stores the end of a share. When somebody ended it before, theirs stands and the answer is discarded.
async fn settle(means: &Means, open: &Open, state: State, polls: u32, verdict: Verdict) -> Verdict {
    let mut row = open.row.clone();
    row.state = state.name().into();
    row.polls = polls;
    row.updated_at = means.clock.wall();
    match means.store.vera_shares.advance(row, State::AwaitingLearner.name().into()).await {
        Ok(true) => {
            super::log_transition(&open.row, State::AwaitingLearner, state);
            verdict
        }
        Ok(false) => {
            match stored_state(means, open).await {
                // Another process got the same answer first.
                Ok(other) if other == state => verdict,
                Ok(other) => Verdict::Ended(other),
                Err(error) => Verdict::Failed(error),
            }
        }
        Err(error) => Verdict::Failed(error),
    }
}
