//! What the operations have in common: finding, deciding, telling, sending now, showing.

use std::sync::Arc;
use std::time::Duration;

use jiff::tz::TimeZone;
use tokio::sync::Notify;

use super::config::{Config, Credential};
use super::courier::Courier;
use super::language::Language;
use super::model::{Decided, EnrollmentDone, EnrollmentView, ListEnrollments, OutboxView, Resolution, ResolveDelivery};
use super::record::{Dispatch, Entry, Opened, Records, after};
use super::start::Starts;
use super::state::State;
use super::wire::{self, Endpoint, LONGEST_CALL};
use crate::audit::Audit;
use crate::clock::Clock;
use crate::error::{Error, Result};
use crate::http::{Answer, Transport};
use crate::invocation::Invocation;
use crate::privacy::Sensitive;
use crate::profiles::Profiles;
use crate::store::{EnrollmentFilter, EnrollmentOf};

/// What the operations work with; tasks that outlive their callers share it.
pub(super) struct Room {
    pub(super) config: Arc<Config>,
    pub(super) zone: TimeZone,
    pub(super) records: Records,
    pub(super) audit: Audit,
    pub(super) profiles: Profiles,
    pub(super) transport: Transport,
    pub(super) clock: Clock,
    pub(super) courier: Courier,
    pub(super) starts: Starts,
    /// Wakes starts that wait for a decision.
    pub(super) decided: Notify,
    /// Wakes those who wait for something new.
    pub(super) changed: Notify,
}

impl Room {
    /// On whose behalf a start is handled.
    pub(super) fn profile(&self, invocation: &Invocation) -> Result<String> {
        let named = invocation.named_profile().or(self.config.provider.as_deref());
        let problem = "is required: with whose credential is the receiver called?";
        named.map(str::to_owned).ok_or_else(|| Error::config("enrollment.provider", problem))
    }

    /// An enrolment by our own id.
    pub(super) async fn found(&self, invocation: &Invocation, id: &str) -> Result<Option<Opened>> {
        let found = self.records.find(EnrollmentOf::Id(id.to_owned())).await?;
        if let Some(opened) = &found {
            invocation.note("enrollmentId", opened.row.id.as_str());
            invocation.acts_for(&opened.row.profile);
            invocation.is_about(opened.row.person_tag.clone());
        }
        Ok(found)
    }

    pub(super) async fn listed(&self, request: &ListEnrollments, limit: u32) -> Result<(Vec<Opened>, bool)> {
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
    pub(super) fn decide(&self, opened: &mut Opened, decided: Option<&Decided>) -> &'static str {
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
        opened.record.host_says = decided.says();
        if let Some(redirect) = decided.redirect.as_deref().and_then(wire::secure) {
            opened.record.redirect = Some(redirect);
        }
        if next == State::Denied {
            opened.record.refusal = Some(decided.about());
        }
        if next != State::Pending {
            self.tell_host(opened, next);
        }
        "decided"
    }

    /// Changes the host's state, and puts what follows from it into the outbox.
    pub(super) fn tell_host(&self, opened: &mut Opened, state: State) {
        if opened.host() == state {
            return;
        }
        opened.set_host(state);
        let create = opened.outbox.iter().find(|entry| matches!(entry.dispatch, Dispatch::Create { .. })).cloned();
        match create {
            // The home institution never hears of it.
            Some(_) if state.is_final() && !opened.record.uncertain => {
                opened.remove_all();
                opened.row.delivery = "none".to_owned();
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

    pub(super) fn resolve(&self, opened: &mut Opened, mut entry: Entry, request: &ResolveDelivery) -> Result<()> {
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
                    opened.remove_all();
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
    pub(super) async fn sent_now(self: &Arc<Self>, opened: Opened) -> Result<Opened> {
        let (room, number) = (Arc::clone(self), opened.number);
        let sending = tokio::spawn(async move { room.courier.serve(number, true).await });
        let sent = sending.await.map_err(|_| Error::internal("sending panicked; the log has file and line"))?;
        sent?;
        let opened = self.records.get(number).await?;
        self.after_change(&opened);
        Ok(opened)
    }

    /// Wakes whoever waits for something new.
    pub(super) fn after_change(&self, opened: &Opened) {
        self.courier.wake_for(opened);
        self.changed.notify_waiters();
    }

    /// Calls the receiver for somebody who has no enrolment.
    pub(super) async fn ask(&self, profile: &str, endpoint: Endpoint<'_>, language: Language) -> Result<Answer> {
        let (_, credential) = self.profiles.credential::<Credential>(profile).await?;
        let call = wire::call(&self.config, &credential, endpoint, language, None)?;
        self.transport.send(call.deadline(LONGEST_CALL).attempt_timeout(LONGEST_CALL)).await
    }

    pub(super) async fn done(&self, outcome: &'static str, opened: Opened) -> Result<EnrollmentDone> {
        Ok(EnrollmentDone { outcome, enrollment: Some(self.view(opened, false).await?) })
    }

    pub(super) async fn view(&self, opened: Opened, with_body: bool) -> Result<EnrollmentView> {
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
