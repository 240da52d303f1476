//! The library's own affairs: profiles, audit trail, retention, keys, health.

pub mod model;

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use secrecy::ExposeSecret;

use crate::audit::Audit;
use crate::clock::Clock;
use crate::config::{self, Retention};
use crate::error::{Error, Result};
use crate::identifiers::Ukprn;
use crate::invocation::Invocation;
use crate::plugin::Plugin;
use crate::profiles::Profiles;
use crate::store::{AuditFilter, Store};
use crate::vault::{MasterKey, Vault};
use crate::{batch, linkage, lrs};
use model::{
    AuditView, Done, Health, HealthDone, ListProfiles, ListProfilesDone, ProfileView, Purge, PurgeDone, PutProfile,
    PutProfileDone, QueryAudit, QueryAuditDone, RemoveProfile, RotateKey, RotateKeyDone, StartListener,
    StartListenerDone, StopListener, StopListenerDone, VerifyAudit, VerifyAuditDone,
};

/// Answers the administrative operations.
pub struct Admin {
    pub(crate) store: Store,
    pub(crate) vault: Arc<Vault>,
    pub(crate) audit: Audit,
    pub(crate) profiles: Profiles,
    pub(crate) clock: Clock,
    pub(crate) retention: Retention,
}

impl Admin {
    /// Adds or changes a profile.
    ///
    /// # Errors
    /// `INVALID_INPUT`, `DUPLICATE_CLIENT_ID`, `CONFLICT` or a store error.
    pub async fn put_profile(&self, invocation: &Invocation, request: PutProfile) -> Result<PutProfileDone> {
        let name = invocation.required_profile()?;
        self.keep_profile(name, &request).await?;
        Ok(PutProfileDone::new(name.to_owned()))
    }

    /// Stores a profile; a name that is a UKPRN stands for that provider.
    pub(crate) async fn keep_profile(&self, name: &str, request: &PutProfile) -> Result<()> {
        if request.display_name.trim().is_empty() || request.display_name.chars().count() > 200 {
            return Err(Error::input("displayName", "must have 1 to 200 characters"));
        }
        let ukprn = Ukprn::parse(name).ok().map(|ukprn| ukprn.to_string());
        let mut draft = self.profiles.draft(name, ukprn.as_deref(), request.display_name.trim(), self.clock.wall());
        if let Some(credential) = &request.vera {
            credential.validate()?;
            draft = draft.with(credential)?;
        }
        if let Some(credential) = &request.lrs {
            let credential = credential.completed(Ukprn::parse(name).ok().as_ref())?;
            lrs::check_certificate(name, &credential, self.clock.wall()).await?;
            draft = draft.with(&credential)?;
        }
        if let Some(credential) = &request.lrs_gateway {
            credential.validate()?;
            draft = draft.with(credential)?;
        }
        if let Some(credential) = &request.sif {
            credential.validate()?;
            draft = draft.with(credential)?;
        }
        if let Some(credential) = &request.enrollment {
            credential.validate()?;
            draft = draft.with(credential)?;
        }
        if let Some(credential) = &request.linkage {
            credential.validate()?;
            linkage::check_certificate(name, credential, self.clock.wall()).await?;
            draft = draft.with(credential)?;
        }
        draft.store().await
    }

    /// Lists the profiles.
    ///
    /// # Errors
    /// A store error.
    pub async fn list_profiles(&self, _: ListProfiles) -> Result<ListProfilesDone> {
        let profiles = self.profiles.list().await?.into_iter().map(|profile| ProfileView {
            profile: profile.name,
            ukprn: profile.ukprn,
            display_name: profile.display_name,
            systems: profile.systems,
            updated_at: profile.updated_at,
        });
        Ok(ListProfilesDone::new(profiles.collect()))
    }

    /// Removes a profile.
    ///
    /// # Errors
    /// `NOT_FOUND` or a store error.
    pub async fn remove_profile(&self, invocation: &Invocation, _: RemoveProfile) -> Result<Done> {
        self.profiles.remove(invocation.required_profile()?).await?;
        Ok(Done::new())
    }

    /// Reads the audit trail.
    ///
    /// # Errors
    /// `INVALID_INPUT` or a store error.
    pub async fn query_audit(&self, invocation: &Invocation, request: QueryAudit) -> Result<QueryAuditDone> {
        let limit = request.limit.unwrap_or(100);
        if !(1..=10_000).contains(&limit) {
            return Err(Error::input("limit", "must be between 1 and 10000"));
        }
        let subjects = [
            ("uln", request.uln.as_ref().map(|uln| self.vault.pseudonym("uln", uln.as_str()))),
            ("personId", request.person_id.as_ref().map(|person| self.vault.pseudonym("person", person.trim()))),
            (
                "nhsNumber",
                request.nhs_number.as_ref().map(|number| self.vault.pseudonym("nhs number", number.as_str())),
            ),
            (
                "enrollmentPersonId",
                request.enrollment_person_id.as_ref().map(|id| self.vault.pseudonym("enrollment person", id)),
            ),
        ];
        let mut given = subjects.into_iter().filter_map(|(field, subject)| Some((field, subject?)));
        let subject = given.next().map(|(_, subject)| subject);
        if let Some((field, _)) = given.next() {
            return Err(Error::input(field, "cannot be given together with another person's number"));
        }
        let filter = AuditFilter {
            after_seq: request.after_seq,
            from: request.from,
            to: request.to,
            operation: request.operation,
            system: request.system,
            user: request.by_user,
            profile: invocation.named_profile().map(str::to_owned),
            subject,
            outcome: request.outcome,
            trace_id: request.with_trace_id,
            newest_first: request.newest_first,
            limit,
        };
        let (entries, more) = self.audit.query(filter).await?;
        let entries = entries.into_iter().map(|chained| AuditView {
            seq: chained.seq,
            at: chained.entry.at,
            operation: chained.entry.operation,
            system: chained.entry.system,
            user: chained.entry.user,
            profile: chained.entry.profile,
            subject: chained.entry.subject,
            outcome: chained.entry.outcome,
            status: chained.entry.status,
            trace_id: chained.entry.trace_id,
            duration_ms: chained.entry.duration_ms,
            details: chained.entry.details.as_deref().and_then(|details| serde_json::from_str(details).ok()),
            hash: crate::hex::text(&chained.hash),
        });
        Ok(QueryAuditDone::new(entries.collect(), more))
    }

    /// Checks the audit trail.
    ///
    /// # Errors
    /// A store error.
    pub async fn verify_audit(&self, invocation: &Invocation, _: VerifyAudit) -> Result<VerifyAuditDone> {
        let found = self.audit.verify(|read| invocation.report("entriesRead", read)).await?;
        if found.at_seq.is_some() || found.verdict != crate::audit::Verdict::Intact {
            tracing::warn!(verdict = ?found.verdict, at_seq = ?found.at_seq, "the audit trail does not verify");
        }
        Ok(VerifyAuditDone { outcome: found.verdict, entries: found.entries, at_seq: found.at_seq })
    }

    /// Removes what is older than its retention.
    ///
    /// # Errors
    /// A store error.
    pub async fn purge(&self, request: Purge) -> Result<PurgeDone> {
        let before = |days: Option<u32>| days.map(|days| days_before(self.clock.wall(), days));
        let mut done = PurgeDone::new(0, 0, 0, 0);
        if let Some(before) = before(request.share_days.or(self.retention.share_days)) {
            done.shares = self.store.vera_shares.purge(before).await?;
        }
        if let Some(before) = before(request.enrollment_days.or(self.retention.enrollment_days)) {
            done.enrollments = self.store.enrollments.purge(before).await?;
        }
        if let Some(before) = before(request.batch_days.or(self.retention.batch_days)) {
            done.batches = self.store.batches.purge(&batch::FINISHED, before).await?;
        }
        // What has expired is of no use to anybody.
        self.store.linkage_register.purge(self.clock.wall()).await?;
        if let Some(before) = before(request.audit_days.or(self.retention.audit_days)) {
            done.audit_entries = self.audit.purge(before).await?;
        }
        Ok(done)
    }

    /// Rotates keys.
    ///
    /// # Errors
    /// `INVALID_INPUT`, `CONFLICT` or a store error.
    pub async fn rotate_key(&self, _: &Invocation, request: RotateKey) -> Result<RotateKeyDone> {
        let master = match (&request.new_vault_key, &request.new_vault_key_file) {
            (Some(_), Some(_)) => {
                return Err(Error::input("newVaultKeyFile", "cannot be given together with `newVaultKey`"));
            }
            (Some(text), None) => {
                Some(MasterKey::parse(text.expose_secret()).map_err(|problem| Error::input("newVaultKey", problem))?)
            }
            (None, Some(path)) => {
                let key = config::key_from_file(path).map_err(|problem| Error::input("newVaultKeyFile", problem))?;
                Some(key)
            }
            (None, None) => None,
        };
        let (resealed, unreadable) = self.vault.rotate(master).await?;
        Ok(RotateKeyDone::new(resealed, unreadable))
    }

    /// Tells whether the plugin can work.
    ///
    /// # Errors
    /// None of its own: an unreadable store is part of the answer.
    pub async fn health(&self, plugin: &Plugin, request: Health) -> Result<HealthDone> {
        let store = if request.probe { Some(self.is_store_readable().await) } else { None };
        Ok(HealthDone::new(plugin.transport.left_alone(), store))
    }

    /// Whether the store can be read.
    pub(crate) async fn is_store_readable(&self) -> bool {
        self.store.vault_keys.load().await.is_ok()
    }

    /// Starts the listener.
    ///
    /// # Errors
    /// `INVALID_CONFIG`.
    pub async fn start_listener(&self, plugin: &Arc<Plugin>, _: StartListener) -> Result<StartListenerDone> {
        let started = plugin.listener.start(plugin).await?;
        let outcome = if started.now { "started" } else { "alreadyRunning" };
        Ok(StartListenerDone { outcome, address: started.address, interfaces: started.interfaces })
    }

    /// Stops the listener.
    ///
    /// # Errors
    /// `INVALID_INPUT`.
    pub async fn stop_listener(&self, plugin: &Plugin, request: StopListener) -> Result<StopListenerDone> {
        let patience = request.patience_ms.unwrap_or(5_000);
        if patience > 600_000 {
            return Err(Error::input("patienceMs", "must be between 0 and 600000"));
        }
        let stopped = plugin.listener.stop(Duration::from_millis(patience)).await;
        Ok(StopListenerDone { outcome: if stopped { "stopped" } else { "notRunning" } })
    }

    /// Tells whether the plugin can work, unless the store is to be read for it.
    pub fn health_at_once(&self, plugin: &Plugin, request: &Health) -> Option<HealthDone> {
        (!request.probe).then(|| HealthDone::new(plugin.transport.left_alone(), None))
    }
}

fn days_before(now: Timestamp, days: u32) -> Timestamp {
    now.checked_sub(SignedDuration::from_hours(24 * i64::from(days))).unwrap_or(Timestamp::MIN)
}
