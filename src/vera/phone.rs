//! Pattern C: asks a learner's phone. What it does to the person is never repeated by itself.

use super::config::Access;
use super::model::{CheckLearner, CheckLearnerDone, RequestShare, RequestShareDone};
use super::share::State;
use super::wire::{self, Learner, Requested};
use super::{Secrets, Vera, log_transition};
use crate::error::{Error, Result};
use crate::http::may_have_been_sent;
use crate::invocation::Invocation;
use crate::privacy::Sensitive;
use crate::store::{Guard, VeraShare};

/// States of a share that stand in the way of another request to the same learner.
const LIVE: &[&str] = &[State::Requesting.name(), State::AwaitingLearner.name(), State::Unknown.name()];
const NOT_ESTABLISHED: &str = "We could not find a record with these details.";

impl Vera {
    /// Pattern C: asks whether a learner can be asked.
    ///
    /// # Errors
    /// Input, configuration, credential and remote errors.
    pub async fn check_learner(&self, invocation: &Invocation, request: CheckLearner) -> Result<CheckLearnerDone> {
        let learner = self.learner(&request.mobile_number, &request.date_of_birth)?;
        let access = self.access(invocation).await?;
        invocation.is_about(self.learner_tag(&learner));
        if self.exists(invocation, &access, &learner).await? {
            Ok(CheckLearnerDone { outcome: "exists", message: "The learner can be asked to share." })
        } else {
            Ok(CheckLearnerDone { outcome: "notEstablished", message: NOT_ESTABLISHED })
        }
    }

    /// Checks a learner's number and date of birth, as far as that can be done without asking anybody.
    ///
    /// # Errors
    /// `INVALID_INPUT`.
    pub fn check_phone(&self, invocation: &Invocation, mobile: &str, birth: &str) -> Result<()> {
        invocation.required_profile()?;
        self.learner(mobile, birth).map(drop)
    }

    async fn exists(&self, invocation: &Invocation, access: &Access, learner: &Learner) -> Result<bool> {
        wire::checked(&self.send(invocation, access, wire::check(access, learner)?, true).await?)
    }

    /// Pattern C: sends a learner's phone a request. What it does to the person is never repeated by itself.
    ///
    /// # Errors
    /// `OUTCOME_UNKNOWN` when a request may have been sent, else input, configuration, credential, remote and store errors.
    pub async fn request_share(&self, invocation: &Invocation, request: RequestShare) -> Result<RequestShareDone> {
        let learner = self.learner(&request.mobile_number, &request.date_of_birth)?;
        let access = self.access(invocation).await?;
        let tag = self.learner_tag(&learner);
        invocation.is_about(tag.clone());
        let mut done = RequestShareDone {
            outcome: "notEstablished",
            message: NOT_ESTABLISHED,
            provider: self.display_name(&access.profile).await?,
            correlation_id: None,
            code: None,
            deadline_at: None,
        };
        let now = self.means.clock.wall();
        let guard = (!request.force).then_some(Guard { states: LIVE, now });
        if let Some(guard) = guard
            && let Some(newest) = self.means.store.vera_shares.of_learner(&access.profile, &tag).await?
            && guard.blocks(&newest)
        {
            return self.existing(newest, done).await;
        }
        if !self.exists(invocation, &access, &learner).await? {
            return Ok(done);
        }
        // Written before the request leaves: whatever happens to it, a second one finds this.
        let none = Secrets { correlation_id: String::new(), code: None, url: None };
        let mut row = self.row(&access.profile, "C", State::Requesting, now, wire::REQUEST_LIFE, &none)?;
        row.learner_tag = Some(tag);
        row.correlation_tag = format!("none-{}", row.id);
        if let Some(live) = self.means.store.vera_shares.add(row.clone(), guard).await? {
            return self.existing(live, done).await;
        }
        let sent = self.send(invocation, &access, wire::share_request(&access, &learner)?, false).await;
        let (state, result) = match sent.map(|answer| wire::requested(&answer)) {
            Ok(Ok(Requested::Sent { correlation_id, code })) => {
                let secrets = Secrets { correlation_id, code: Some(code), url: None };
                row.correlation_tag = self.correlation_tag(&secrets.correlation_id);
                row.sealed = self.sealed(&row.id, &secrets)?;
                (done.outcome, done.message) = ("requested", "The learner was notified. Show them the code.");
                done.correlation_id = Some(secrets.correlation_id.into());
                done.code = secrets.code.map(Sensitive);
                done.deadline_at = Some(row.deadline_at);
                (State::AwaitingLearner, Ok(done))
            }
            Ok(Ok(Requested::NotEstablished)) => (State::Failed, Ok(done)),
            Ok(Ok(Requested::AlreadyPending)) => {
                (done.outcome, done.message) =
                    ("alreadyPending", "A request to this learner is already open. Ask them to look at their phone.");
                (State::Failed, Ok(done))
            }
            Ok(Err(error)) => (state_after(&error), Err(error)),
            Err(error) if may_have_been_sent(&error) => {
                let upstream = error.upstream().cloned().unwrap_or_default();
                (State::Unknown, Err(Error::OutcomeUnknown { problem: wire::MAY_HAVE_BEEN_SENT, upstream }))
            }
            Err(error) => (State::Failed, Err(error)),
        };
        row.state = state.name().into();
        row.updated_at = self.means.clock.wall();
        log_transition(&row, State::Requesting, state);
        self.means.store.vera_shares.advance(row, State::Requesting.name().into()).await?;
        result
    }

    /// What to say when a request to the same learner is still open.
    async fn existing(&self, live: VeraShare, done: RequestShareDone) -> Result<RequestShareDone> {
        let deadline_at = Some(live.deadline_at);
        if live.state != State::AwaitingLearner.name() {
            let message = "A request may already have been sent. Ask the learner, or send another with `force`.";
            return Ok(RequestShareDone { outcome: "mayHaveBeenSent", message, deadline_at, ..done });
        }
        let secrets = self.secrets(&live).await?;
        Ok(RequestShareDone {
            outcome: "existing",
            message: "A request to this learner is still open. Show them this code.",
            correlation_id: Some(secrets.correlation_id.into()),
            code: secrets.code.map(Sensitive),
            deadline_at,
            ..done
        })
    }

    async fn display_name(&self, profile: &str) -> Result<String> {
        let profiles = self.profiles.list().await?;
        Ok(profiles.into_iter().find(|known| known.name == profile).map(|known| known.display_name).unwrap_or_default())
    }

    fn learner(&self, mobile: &str, birth: &str) -> Result<Learner> {
        Learner::read(mobile, birth, self.config.strict_mobile, self.means.clock.wall())
    }

    fn learner_tag(&self, learner: &Learner) -> String {
        self.vault.pseudonym("vera learner", &format!("{} {}", learner.mobile_number, learner.date_of_birth))
    }
}

/// A refusal leaves nothing open; an unclear answer does.
fn state_after(error: &Error) -> State {
    if matches!(error, Error::OutcomeUnknown { .. }) { State::Unknown } else { State::Failed }
}
