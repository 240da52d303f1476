//! DfE View Education Record (VERA): patterns A (QR code), B (by ULN) and C (notification and code).

pub mod config;
pub mod model;
mod phone;
mod poller;
pub mod qr;
mod record;
mod share;
mod wire;

use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::clock::Clock;
use crate::error::{Error, Result};
use crate::http::{Answer, Call, Pace, Retry, Tokens};
use crate::invocation::Invocation;
use crate::privacy::Sensitive;
use crate::profiles::Profiles;
use crate::store::{Store, VeraShare};
use crate::vault::Vault;
use config::{Access, Config, Credential};
use model::{
    CancelShare, CancelShareDone, FetchLearnerData, FetchLearnerDataDone, GenerateQr, GenerateQrDone, ListShares,
    ListSharesDone, PollLearnerData, PollLearnerDataDone, RecordFormat, ShareView,
};
use poller::{Means, Open, Poller, Seen, Verdict};
use record::LearnerRecord;
use share::State;

/// Answers the VERA operations.
pub struct Vera {
    config: Config,
    vault: Arc<Vault>,
    profiles: Profiles,
    means: Means,
    /// How often a read is sent at most.
    retry: Retry,
    /// Started by the first who waits.
    poller: Mutex<Option<Arc<Poller>>>,
}

/// What is sealed of a share.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Secrets {
    correlation_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

impl Vera {
    /// The room of a plugin.
    #[must_use]
    pub fn new(
        config: &Config,
        store: Store,
        vault: Arc<Vault>,
        profiles: Profiles,
        tokens: Tokens,
        retry: Retry,
        clock: Clock,
    ) -> Self {
        let pace = Pace::new(clock.clone(), f64::from(config.requests_per_second), config.requests_per_second);
        let holder = Uuid::now_v7().to_string().into();
        let means = Means { store, tokens, pace, clock, holder };
        Self { config: config.clone(), vault, profiles, means, retry, poller: Mutex::default() }
    }

    /// Ends all waits.
    pub fn stop(&self) {
        self.poller.lock().unwrap_or_else(PoisonError::into_inner).take();
    }

    /// How many shares the poller knows.
    #[must_use]
    pub fn stats(&self) -> Value {
        let poller = self.poller.lock().unwrap_or_else(PoisonError::into_inner);
        json!({ "watchedShares": poller.as_ref().map_or(0, |poller| poller.watched()) })
    }

    fn poller(&self) -> Arc<Poller> {
        let mut poller = self.poller.lock().unwrap_or_else(PoisonError::into_inner);
        poller.take_if(|poller| poller.has_ended());
        Arc::clone(poller.get_or_insert_with(|| Arc::new(Poller::start(self.means.clone()))))
    }

    /// Pattern A: issues a request to share.
    ///
    /// # Errors
    /// Input, configuration, credential, remote and store errors.
    pub async fn generate_qr(&self, invocation: &Invocation, request: GenerateQr) -> Result<GenerateQrDone> {
        let scale = request.scale.unwrap_or(8);
        if !(1..=40).contains(&scale) {
            return Err(Error::input("scale", "must be between 1 and 40"));
        }
        let access = self.access(invocation).await?;
        let answer = self.send(invocation, &access, wire::generate_qr_code(&access)?, true).await?;
        let now = self.means.clock.wall();
        let issued = wire::issued(&answer, now)?;
        let wish = qr::Wish {
            formats: &request.formats,
            source: request.source,
            scale,
            light_terminal: request.light_terminal,
        };
        let image = qr::draw(&issued.url, issued.image.as_deref(), &wish)?;
        let secrets = Secrets { correlation_id: issued.correlation_id, code: None, url: Some(issued.url) };
        let row = self.row(&access.profile, "A", State::AwaitingLearner, now, issued.life, &secrets)?;
        let deadline_at = row.deadline_at;
        log_transition(&row, State::Requesting, State::AwaitingLearner);
        self.means.store.vera_shares.add(row, None).await?;
        Ok(GenerateQrDone {
            outcome: "issued",
            correlation_id: secrets.correlation_id.into(),
            profile: access.profile,
            url: secrets.url.unwrap_or_default().into(),
            deadline_at,
            next_poll_ms: 3000,
            image,
        })
    }

    /// Patterns A and C: asks whether the learner has shared.
    ///
    /// # Errors
    /// `NOT_FOUND` for a handle that is not in the store, and whatever ended the share.
    pub async fn poll_learner_data(
        &self,
        invocation: &Arc<Invocation>,
        request: PollLearnerData,
    ) -> Result<PollLearnerDataDone> {
        if request.wait_ms > 3_600_000 {
            return Err(Error::input("waitMs", "must be between 0 and 3600000"));
        }
        let row = self.find(invocation, &request.correlation_id).await?;
        invocation.acts_for(&row.profile);
        if let Some(tag) = &row.learner_tag {
            invocation.is_about(tag.clone());
        }
        let state = State::named(&row.state).ok_or_else(|| Error::internal("a stored share is in no known state"))?;
        let ended = PollLearnerDataDone {
            outcome: state.name(),
            message: message_of(state),
            profile: row.profile.clone(),
            deadline_at: row.deadline_at,
            polls: row.polls,
            next_poll_ms: None,
            record: None,
            raw: None,
        };
        match state {
            State::AwaitingLearner => self.wait(invocation, &request, row, ended).await,
            State::Shared => self.refresh(invocation, &request, row, ended).await,
            State::Requesting => {
                Ok(PollLearnerDataDone { outcome: "unknown", message: message_of(State::Unknown), ..ended })
            }
            _ => Ok(ended),
        }
    }

    async fn wait(
        &self,
        invocation: &Arc<Invocation>,
        request: &PollLearnerData,
        row: VeraShare,
        mut done: PollLearnerDataDone,
    ) -> Result<PollLearnerDataDone> {
        let access = self.access_of(&row.profile).await?;
        let now = (self.means.clock.now(), self.means.clock.wall());
        let moment = |at: Timestamp| match Duration::try_from(at.duration_since(now.1)) {
            Ok(ahead) => now.0 + ahead,
            Err(_) => now.0 - at.duration_since(now.1).unsigned_abs(),
        };
        let open = Arc::new(Open {
            correlation_id: request.correlation_id.0.clone(),
            access,
            issued: moment(row.issued_at),
            deadline: moment(row.deadline_at),
            row,
        });
        invocation.report("deadlineAt", open.row.deadline_at.to_string());
        let seen = Seen::new(invocation);
        let row = open.row.clone();
        let (verdict, _busy) = self.poller().watch(open, &seen, Duration::from_millis(request.wait_ms)).await?;
        done.polls = seen.polls.load(Ordering::Relaxed);
        match verdict {
            Verdict::Pending { next } => {
                (done.outcome, done.message) = ("pending", message_of(State::AwaitingLearner));
                done.next_poll_ms = Some(u64::try_from(next.as_millis()).unwrap_or(u64::MAX));
            }
            Verdict::Shared(answer) => {
                (done.outcome, done.message) = ("shared", message_of(State::Shared));
                (done.record, done.raw) = self.record(invocation, &answer, request.record_format)?;
            }
            Verdict::Ended(State::Shared) => {
                // Somebody else got the record; it can be read once more.
                (done.outcome, done.message) = ("shared", message_of(State::Shared));
                return self.refresh(invocation, request, row, done).await;
            }
            Verdict::Ended(state) => (done.outcome, done.message) = (state.name(), message_of(state)),
            Verdict::Failed(error) => return Err(error),
        }
        Ok(done)
    }

    /// Reads a record that was shared before once more; the service composes it anew each time.
    async fn refresh(
        &self,
        invocation: &Invocation,
        request: &PollLearnerData,
        row: VeraShare,
        mut done: PollLearnerDataDone,
    ) -> Result<PollLearnerDataDone> {
        let access = self.access_of(&row.profile).await?;
        let call = wire::learner_data(&access, "correlationId", &request.correlation_id)?;
        let answer = self.send(invocation, &access, call, true).await?;
        done.polls = 1;
        if wire::fetched(&answer)? {
            (done.record, done.raw) = self.record(invocation, &answer, request.record_format)?;
        } else {
            done.outcome = "noLongerAvailable";
            done.message = "The record cannot be read again. The copy you have is the latest.";
        }
        Ok(done)
    }

    /// Pattern B: fetches a record by ULN.
    ///
    /// # Errors
    /// Input, configuration, credential and remote errors.
    pub async fn fetch_learner_data(
        &self,
        invocation: &Invocation,
        request: FetchLearnerData,
    ) -> Result<FetchLearnerDataDone> {
        invocation.is_about(self.vault.pseudonym("uln", request.uln.as_str()));
        let access = self.access(invocation).await?;
        let call = wire::learner_data(&access, "uln", request.uln.as_str())?;
        let answer = self.send(invocation, &access, call, true).await?;
        if !wire::fetched(&answer)? {
            let message = "The learner has not agreed to share with this provider. Ask them to.";
            return Ok(FetchLearnerDataDone { outcome: "notShared", message, record: None, raw: None });
        }
        let (record, raw) = self.record(invocation, &answer, request.record_format)?;
        Ok(FetchLearnerDataDone { outcome: "shared", message: message_of(State::Shared), record, raw })
    }

    /// Lists the shares in the store.
    ///
    /// # Errors
    /// `INVALID_INPUT` or a store error.
    pub async fn list_shares(&self, invocation: &Invocation, request: ListShares) -> Result<ListSharesDone> {
        let limit = request.limit.unwrap_or(100);
        if !(1..=10_000).contains(&limit) {
            return Err(Error::input("limit", "must be between 1 and 10000"));
        }
        if request.state.as_deref().is_some_and(|state| State::named(state).is_none()) {
            return Err(Error::input("state", "must be a share's state, such as `awaitingLearner`"));
        }
        let rows =
            self.means.store.vera_shares.list(invocation.named_profile(), request.state.as_deref(), limit).await?;
        let mut shares = Vec::with_capacity(rows.len());
        for row in rows {
            let secrets = self.secrets(&row).await?;
            shares.push(ShareView {
                correlation_id: (!secrets.correlation_id.is_empty()).then(|| secrets.correlation_id.into()),
                code: secrets.code.map(Sensitive),
                profile: row.profile,
                pattern: row.pattern,
                state: row.state,
                issued_at: row.issued_at,
                deadline_at: row.deadline_at,
            });
        }
        Ok(ListSharesDone { outcome: "ok", shares })
    }

    /// Stops waiting for a learner.
    ///
    /// # Errors
    /// `NOT_FOUND` or a store error.
    pub async fn cancel_share(&self, invocation: &Invocation, request: CancelShare) -> Result<CancelShareDone> {
        let mut row = self.find(invocation, &request.correlation_id).await?;
        invocation.acts_for(&row.profile);
        row.state = State::Cancelled.name().into();
        row.updated_at = self.means.clock.wall();
        let awaiting = State::AwaitingLearner.name();
        if self.means.store.vera_shares.advance(row.clone(), awaiting.into()).await? {
            self.poller().cancel(&row.id);
            log_transition(&row, State::AwaitingLearner, State::Cancelled);
            return Ok(CancelShareDone {
                outcome: "cancelled",
                message: message_of(State::Cancelled),
                state: row.state,
            });
        }
        let state = self.find(invocation, &request.correlation_id).await?.state;
        Ok(CancelShareDone { outcome: "alreadyEnded", message: "The share had ended before.", state })
    }

    /// Sends a call with the provider's token, at the provider's pace, within the operation's time.
    async fn send(&self, invocation: &Invocation, access: &Access, call: Call, repeatable: bool) -> Result<Answer> {
        self.means.pace.admit(&access.profile).await;
        let retry = if repeatable { self.retry } else { Retry::Never };
        self.means.tokens.send(&access.credentials, call.retry(retry).deadline(invocation.remaining())).await
    }

    /// The access of the provider the request names.
    async fn access(&self, invocation: &Invocation) -> Result<Access> {
        let access = self.access_of(invocation.required_profile()?).await?;
        invocation.acts_for(&access.profile);
        Ok(access)
    }

    async fn access_of(&self, profile: &str) -> Result<Access> {
        let (name, credential) = self.profiles.credential::<Credential>(profile).await?;
        Access::new(&self.config, name, credential)
    }

    fn correlation_tag(&self, correlation_id: &str) -> String {
        self.vault.pseudonym("vera correlation id", correlation_id)
    }

    fn row(
        &self,
        profile: &str,
        pattern: &str,
        state: State,
        now: Timestamp,
        life: Duration,
        secrets: &Secrets,
    ) -> Result<VeraShare> {
        let id = Uuid::now_v7().to_string();
        let life = SignedDuration::try_from(life).unwrap_or_default();
        Ok(VeraShare {
            sealed: self.sealed(&id, secrets)?,
            id,
            profile: profile.to_owned(),
            pattern: pattern.to_owned(),
            state: state.name().to_owned(),
            correlation_tag: self.correlation_tag(&secrets.correlation_id),
            learner_tag: None,
            issued_at: now,
            deadline_at: now.checked_add(life).unwrap_or(now),
            polls: 0,
            updated_at: now,
        })
    }

    fn sealed(&self, id: &str, secrets: &Secrets) -> Result<Vec<u8>> {
        let plain = zeroize::Zeroizing::new(
            serde_json::to_vec(secrets).map_err(|_| Error::internal("a share's secrets have no JSON form"))?,
        );
        self.vault.seal(&place(id), &plain)
    }

    async fn secrets(&self, row: &VeraShare) -> Result<Secrets> {
        let plain = self.vault.open_sealed("share", &place(&row.id), &row.sealed).await?;
        serde_json::from_slice(&plain).map_err(|_| Error::SealBroken { what: "share" })
    }

    async fn find(&self, invocation: &Invocation, correlation_id: &str) -> Result<VeraShare> {
        if correlation_id.is_empty() || correlation_id.len() > 1000 {
            return Err(Error::input("correlationId", "must have 1 to 1000 characters"));
        }
        let tag = self.correlation_tag(correlation_id);
        let found = self.means.store.vera_shares.find(&tag, invocation.named_profile()).await?;
        found.ok_or(Error::NotFound { what: "share" })
    }

    /// Reads a record in the form asked for, and notes for the audit whose it is.
    fn record(&self, invocation: &Invocation, answer: &Answer, format: RecordFormat) -> Result<InForm> {
        let (uln, record) = in_form(answer, format)?;
        if let Some(uln) = uln {
            invocation.is_about(self.vault.pseudonym("uln", &uln));
        }
        Ok(record)
    }
}

/// Reads a record in the form asked for, and whose it is as far as that is told.
fn in_form(answer: &Answer, format: RecordFormat) -> Result<(Option<Sensitive<String>>, InForm)> {
    match format {
        RecordFormat::Typed => {
            let body = wire::object(answer)?.ok_or_else(|| answer.protocol("its body is empty"))?;
            let record = record::read(&body).map_err(|problem| answer.protocol(problem))?;
            Ok((Some(record.uln.clone()), (Some(record), None)))
        }
        RecordFormat::Raw => {
            let raw: Box<RawValue> = answer.json()?;
            Ok((wire::uln_of(&raw).map(Sensitive), (None, Some(Sensitive(raw)))))
        }
    }
}

/// What the room makes of answers, without a network and a store, for benchmarks and fuzzing.
#[doc(hidden)]
pub mod inside {
    use super::*;

    /// The response of `fetch_learner_data` to an answer, as JSON.
    ///
    /// # Errors
    /// As the operation.
    pub fn fetched(answer: &Answer, format: RecordFormat) -> Result<String> {
        if !wire::fetched(answer)? {
            return Ok("{\"outcome\":\"notShared\"}".into());
        }
        let (_, (record, raw)) = in_form(answer, format)?;
        let done = FetchLearnerDataDone { outcome: "shared", message: message_of(State::Shared), record, raw };
        serde_json::to_string(&done).map_err(|_| Error::internal("a response has no JSON form"))
    }

    /// Reads an answer as each of the endpoints would.
    pub fn read_everyhow(answer: &Answer) {
        for format in [RecordFormat::Typed, RecordFormat::Raw] {
            // Whether it is refused does not matter here.
            let _ = fetched(answer, format);
        }
        let _ = wire::issued(answer, Timestamp::UNIX_EPOCH);
        let _ = wire::polled(answer);
        let _ = wire::checked(answer);
        let _ = wire::requested(answer);
    }
}

/// A record, typed or raw.
type InForm = (Option<LearnerRecord>, Option<Sensitive<Box<RawValue>>>);

fn place(id: &str) -> String {
    format!("vera_share/{id}")
}

fn message_of(state: State) -> &'static str {
    match state {
        State::Requesting | State::AwaitingLearner => "The learner has not answered yet.",
        State::Shared => "The learner has shared their record.",
        State::DeclinedOrExpired => "Nothing was shared: the learner declined or the time ran out. Start again.",
        State::TimedOut => "No answer came in time. Start again.",
        State::Cancelled => "The wait was cancelled. If the learner agreed all the same, a fetch by ULN will succeed.",
        State::Unknown => "A request may have been sent, but its outcome cannot be followed. Ask the learner.",
        State::Failed => "The request to share failed. Start again.",
    }
}

/// One event per transition, without personal data.
fn log_transition(row: &VeraShare, from: State, to: State) {
    tracing::info!(
        profile = row.profile,
        pattern = row.pattern,
        share = row.correlation_tag,
        from = from.name(),
        to = to.name(),
        "a share moved on"
    );
}
