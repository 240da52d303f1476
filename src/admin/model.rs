//! Requests and responses of the administrative operations.

use std::time::Duration;

use jiff::Timestamp;
use schemars::JsonSchema;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};

use crate::audit::Verdict;
use crate::identifiers::{NhsNumber, Uln};
use crate::operations::{Request, Response, with_outcome};
use crate::privacy::Sensitive;
use crate::{enrollment, linkage, lrs, sif, vera};

/// Outcomes of `verify_audit`.
pub const VERIFIED: &[(&str, &str)] = &[
    ("intact", "Every entry is as it was written and none is missing."),
    ("altered", "An entry was altered; `atSeq` is the first that does not fit."),
    ("incomplete", "Entries are missing; `atSeq` is the first that is."),
];

/// Outcomes of `start_listener`.
pub const LISTENER_STARTED: &[(&str, &str)] =
    &[("started", "It serves now."), ("alreadyRunning", "It was serving before, at this address.")];

/// Outcomes of `stop_listener`.
pub const LISTENER_STOPPED: &[(&str, &str)] =
    &[("stopped", "It serves no more."), ("notRunning", "It was not serving.")];

/// Outcomes of `health`.
pub const HEALTH: &[(&str, &str)] =
    &[("ok", "The plugin can work."), ("degraded", "A host is being left alone after repeated failures.")];

/// Adds or changes the profile named by `profile` or `ukprn`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PutProfile {
    /// What people call the organisation; learners may be shown it.
    #[schemars(length(min = 1, max = 200))]
    pub display_name: String,
    /// Credential for DfE View Education Record.
    #[serde(default)]
    pub vera: Option<vera::config::Credential>,
    /// Credential for the Learning Records Service.
    #[serde(default)]
    pub lrs: Option<lrs::config::Credential>,
    /// Credential for a gateway to the Learning Records Service.
    #[serde(default)]
    pub lrs_gateway: Option<lrs::config::GatewayCredential>,
    /// Credential for SIF Student Record Exchange.
    #[serde(default)]
    pub sif: Option<sif::config::Credential>,
    /// Credential for the subscription receiver of student-mobility enrolment.
    #[serde(default)]
    pub enrollment: Option<enrollment::config::Credential>,
    /// Credential for the systems of linkage-key suppliers.
    #[serde(default)]
    pub linkage: Option<linkage::config::Credential>,
}

/// A profile without its secrets.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProfileView {
    /// The name requests use.
    pub profile: String,
    /// The UKPRN, where it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ukprn: Option<String>,
    /// What people call it.
    pub display_name: String,
    /// The systems it has credentials for.
    pub systems: Vec<String>,
    /// When it was last changed.
    #[schemars(with = "String")]
    pub updated_at: Timestamp,
}

/// What `put_profile` stored.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PutProfileDone {
    outcome: &'static str,
    /// The name requests use.
    pub profile: String,
}

/// Asks for all profiles.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListProfiles {}

/// All profiles.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ListProfilesDone {
    outcome: &'static str,
    /// The profiles by name.
    pub profiles: Vec<ProfileView>,
}

/// Removes the profile named by `profile` or `ukprn`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RemoveProfile {}

/// An operation without an answer of its own was carried out.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Done {
    outcome: &'static str,
}

/// Which audit entries to read; all conditions must hold.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct QueryAudit {
    /// Entries after this number: the last `seq` of the page before.
    pub after_seq: u64,
    /// Not before this time.
    #[schemars(with = "Option<String>")]
    pub from: Option<Timestamp>,
    /// Before this time.
    #[schemars(with = "Option<String>")]
    pub to: Option<Timestamp>,
    /// Of this operation.
    pub operation: Option<String>,
    /// Of this system.
    pub system: Option<String>,
    /// By this user.
    pub by_user: Option<String>,
    /// With this trace id.
    pub with_trace_id: Option<String>,
    /// About the learner with this ULN.
    pub uln: Option<Uln>,
    /// About the person with this id, in operations that name one.
    #[schemars(with = "Option<String>")]
    pub person_id: Option<Sensitive<String>>,
    /// About the patient with this NHS number.
    #[schemars(with = "Option<String>")]
    pub nhs_number: Option<NhsNumber>,
    /// Only those about this student, by the id that a subscription receiver has for them.
    #[schemars(with = "Option<String>")]
    pub enrollment_person_id: Option<Sensitive<String>>,
    /// With this outcome or error code.
    pub outcome: Option<String>,
    /// Newest first instead of oldest first.
    pub newest_first: bool,
    /// At most this many; 100 when absent.
    #[schemars(range(min = 1, max = 10_000))]
    pub limit: Option<u32>,
}

/// One entry of the audit trail.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AuditView {
    /// Its number.
    pub seq: u64,
    /// When the operation ended.
    #[schemars(with = "String")]
    pub at: Timestamp,
    /// The operation.
    pub operation: String,
    /// Its system.
    pub system: String,
    /// Who asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
    /// On whose behalf.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profile: Option<String>,
    /// Pseudonym of the learner.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// The outcome or the error's code.
    pub outcome: String,
    /// The status number.
    pub status: i32,
    /// The host's trace id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trace_id: Option<String>,
    /// How long it took, in milliseconds.
    pub duration_ms: u64,
    /// What else the operation says, such as `odsCode` and `reason`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub details: Option<serde_json::Map<String, serde_json::Value>>,
    /// The entry's hash in the chain, in hexadecimal.
    pub hash: String,
}

/// A page of the audit trail.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct QueryAuditDone {
    outcome: &'static str,
    /// The entries.
    pub entries: Vec<AuditView>,
    /// Whether more entries match.
    pub more: bool,
}

/// Checks the whole audit trail.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VerifyAudit {}

/// What the check of the audit trail found.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct VerifyAuditDone {
    /// What was found.
    pub outcome: Verdict,
    /// How many entries were read.
    pub entries: u64,
    /// The first entry that is not right.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_seq: Option<u64>,
}

/// Removes what is older than its retention; `retention` of the configuration where a key is absent.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Purge {
    /// Keep audit entries of this many days.
    pub audit_days: Option<u32>,
    /// Keep shares of this many days.
    pub share_days: Option<u32>,
    /// Keep what came with enrolments for so many days after they ended.
    pub enrollment_days: Option<u32>,
    /// Keep bulk jobs for so many days after they came to their last row; what they wrote stays.
    pub batch_days: Option<u32>,
}

/// What `purge` removed.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PurgeDone {
    outcome: &'static str,
    /// Audit entries removed.
    pub audit_entries: u64,
    /// Shares removed.
    pub shares: u64,
    /// Enrolments of which what came with them was removed.
    pub enrollments: u64,
    /// Bulk jobs removed.
    pub batches: u64,
}

/// Starts a new data key and, when one is given, a new master key.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct RotateKey {
    /// The new master key, base64 of 32 bytes; configure it as `vaultKey` from the next start on.
    #[schemars(with = "Option<String>")]
    pub new_vault_key: Option<SecretString>,
    /// A file with the new master key, instead of `newVaultKey`.
    pub new_vault_key_file: Option<String>,
}

/// What `rotate_key` did.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RotateKeyDone {
    outcome: &'static str,
    /// How many values were sealed anew.
    pub resealed: u64,
    /// How many do not open, because they were altered or moved; they are left as they are.
    pub unreadable: u64,
}

/// Starts the listener as the configuration describes it.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StartListener {}

/// Where the listener is reached.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct StartListenerDone {
    pub(super) outcome: &'static str,
    /// Its address, such as `http://127.0.0.1:8085`.
    pub address: String,
    /// What it offers, by the names of the configuration.
    pub interfaces: Vec<&'static str>,
}

/// Stops the listener.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct StopListener {
    /// How long requests under way may still take, in milliseconds; 5,000 when absent.
    #[schemars(range(min = 0, max = 600_000))]
    pub patience_ms: Option<u64>,
}

impl Request for StopListener {
    fn waits(&self) -> Duration {
        Duration::from_millis(self.patience_ms.unwrap_or_default())
    }
}

/// What became of the listener.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct StopListenerDone {
    pub(super) outcome: &'static str,
}

/// Asks whether the plugin can work.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Health {
    /// Also read the store.
    pub probe: bool,
}

/// Whether the plugin can work.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct HealthDone {
    /// `ok` or `degraded`.
    pub outcome: &'static str,
    /// The library's version.
    pub version: &'static str,
    /// Hosts that are being left alone after repeated failures.
    pub left_alone: Vec<String>,
    /// Whether the store could be read; absent unless `probe` was set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub store: Option<bool>,
}

impl HealthDone {
    pub(super) fn new(left_alone: Vec<String>, store: Option<bool>) -> Self {
        let ok = left_alone.is_empty() && store != Some(false);
        Self { outcome: if ok { "ok" } else { "degraded" }, version: crate::VERSION, left_alone, store }
    }
}

/// Gives responses without outcome words the outcome `ok`, and requests their marker.
macro_rules! plain {
    (requests: $($request:ty),*; responses: $($response:ident { $($field:ident: $type:ty),* }),*) => {
        $(impl Request for $request {})*
        $(
            impl $response {
                pub(super) fn new($($field: $type),*) -> Self {
                    Self { outcome: "ok", $($field),* }
                }
            }
            with_outcome!($response);
        )*
    };
}

plain! {
    requests: PutProfile, ListProfiles, RemoveProfile, QueryAudit, VerifyAudit, Purge, RotateKey, StartListener, Health;
    responses:
        PutProfileDone { profile: String },
        ListProfilesDone { profiles: Vec<ProfileView> },
        Done {},
        QueryAuditDone { entries: Vec<AuditView>, more: bool },
        PurgeDone { audit_entries: u64, shares: u64, enrollments: u64, batches: u64 },
        RotateKeyDone { resealed: u64, unreadable: u64 }
}

impl Response for VerifyAuditDone {
    fn outcome(&self) -> &'static str {
        match self.outcome {
            Verdict::Intact => "intact",
            Verdict::Altered => "altered",
            Verdict::Incomplete => "incomplete",
        }
    }
}

with_outcome!(StartListenerDone, StopListenerDone, HealthDone);
