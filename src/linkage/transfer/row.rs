//! A row of a register: an organisation, or a patient with account and keys.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

use crate::identifiers::OdsCode;
use crate::linkage::config::Config;
use crate::linkage::outcome::{BlockReason, Detail};
use crate::linkage::{key, rules};
use crate::privacy::{Sensitive, Wiped};
use zeroize::Zeroizing;

/// A row whose values were checked.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    pub(super) ods_code: String,
    pub(super) organisation_name: Option<String>,
    pub(super) organisation_blocked: Option<bool>,
    /// Absent on a row about the organisation alone.
    pub(super) patient: Option<RowPatient>,
}

#[derive(Clone, Debug)]
pub(super) struct RowPatient {
    pub(super) nhs_number: Sensitive<String>,
    pub(super) surname: Sensitive<String>,
    pub(super) date_of_birth: Option<Date>,
    /// Whether the patient has left the organisation.
    pub(super) deregistered: bool,
    /// Why access is blocked, if it is.
    pub(super) blocked: Option<Detail>,
    pub(super) account_id: Option<Wiped<String>>,
    pub(super) account_created_at: Option<Timestamp>,
    /// By age, at most one of them in force.
    pub(super) keys: Vec<RowKey>,
}

#[derive(Clone, Debug)]
pub(super) struct RowKey {
    pub(super) key: Wiped<String>,
    pub(super) created_at: Option<Timestamp>,
    /// When and why it was revoked, if it was.
    pub(super) revoked: Option<(Option<Timestamp>, Option<String>)>,
}

/// The values of a row as texts. Empty and absent mean the same.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub(super) struct Raw {
    pub(super) ods_code: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) organisation_name: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) organisation_blocked: String,
    #[serde(skip_serializing_if = "is_empty")]
    pub(super) nhs_number: Zeroizing<String>,
    #[serde(skip_serializing_if = "is_empty")]
    pub(super) surname: Zeroizing<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) date_of_birth: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) deregistered: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) blocked: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) block_reason: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) block_text: String,
    #[serde(skip_serializing_if = "is_empty")]
    pub(super) account_id: Zeroizing<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) account_created_at: String,
    #[serde(skip_serializing_if = "is_empty")]
    pub(super) linkage_key: Zeroizing<String>,
    /// `active`, `revoked` or `none`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) key_state: String,
    /// All keys by age, in a sealed export; instead of `linkageKey`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) keys: Vec<RawKey>,
}

#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub(super) struct RawKey {
    pub(super) linkage_key: Zeroizing<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) created_at: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) revoked_at: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) revoke_reason: String,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(super) revoked: bool,
}

/// Why a row is refused, as a sentence that begins with "it" or "its".
pub(super) type Refusal = String;

impl Raw {
    /// The columns of CSV and members of JSON, in their order.
    pub(super) const COLUMNS: [&'static str; 14] = [
        "odsCode",
        "organisationName",
        "organisationBlocked",
        "nhsNumber",
        "surname",
        "dateOfBirth",
        "deregistered",
        "blocked",
        "blockReason",
        "blockText",
        "accountId",
        "accountCreatedAt",
        "linkageKey",
        "keyState",
    ];

    /// The place of a column's value.
    pub(super) fn value(&mut self, column: &str) -> Option<&mut String> {
        Some(match column {
            "odsCode" => &mut self.ods_code,
            "organisationName" => &mut self.organisation_name,
            "organisationBlocked" => &mut self.organisation_blocked,
            "nhsNumber" => &mut self.nhs_number,
            "surname" => &mut self.surname,
            "dateOfBirth" => &mut self.date_of_birth,
            "deregistered" => &mut self.deregistered,
            "blocked" => &mut self.blocked,
            "blockReason" => &mut self.block_reason,
            "blockText" => &mut self.block_text,
            "accountId" => &mut self.account_id,
            "accountCreatedAt" => &mut self.account_created_at,
            "linkageKey" => &mut self.linkage_key,
            "keyState" => &mut self.key_state,
            _ => return None,
        })
    }

    /// Checks every value.
    pub(super) fn checked(&self, config: &Config, now: Timestamp) -> Result<Row, Refusal> {
        let named = |name: &'static str| move |problem: &str| format!("its {name} {problem}");
        let ods = rules::ods_code(config, &self.ods_code).map_err(named("odsCode"))?;
        let name = self.organisation_name.trim();
        if name.chars().count() > 200 || name.chars().any(char::is_control) {
            return Err("its organisationName must have at most 200 characters".into());
        }
        let row = Row {
            ods_code: OdsCode::to_string(&ods),
            organisation_name: (!name.is_empty()).then(|| name.to_owned()),
            organisation_blocked: flag("organisationBlocked", &self.organisation_blocked)?,
            patient: None,
        };
        if self.nhs_number.trim().is_empty() {
            let alone = self.surname.is_empty() && self.account_id.is_empty() && self.linkage_key.is_empty();
            return if alone { Ok(row) } else { Err("its nhsNumber is missing".into()) };
        }
        let number = rules::nhs_number(config, &self.nhs_number).map_err(named("nhsNumber"))?;
        let deregistered = flag("deregistered", &self.deregistered)?.unwrap_or_default();
        let (mut surname, mut date_of_birth) = (String::new(), None);
        if !deregistered {
            surname = rules::surname(&self.surname).map_err(named("surname"))?;
            date_of_birth = Some(rules::date_of_birth(self.date_of_birth.trim(), now).map_err(named("dateOfBirth"))?);
        }
        let account = self.account_id.trim();
        if !account.is_empty() {
            key::check_foreign(account).map_err(named("accountId"))?;
        }
        let keys = self.checked_keys(deregistered)?;
        if account.is_empty() && !keys.is_empty() {
            return Err("its linkageKey has no accountId".into());
        }
        let patient = RowPatient {
            nhs_number: number.as_str().to_owned().into(),
            surname: surname.into(),
            date_of_birth,
            deregistered,
            blocked: self.checked_block()?,
            account_id: (!account.is_empty()).then(|| account.to_owned().into()),
            account_created_at: moment("accountCreatedAt", &self.account_created_at)?,
            keys,
        };
        Ok(Row { patient: Some(patient), ..row })
    }

    fn checked_block(&self) -> Result<Option<Detail>, Refusal> {
        let text = self.block_text.trim();
        let reason = match self.block_reason.trim() {
            "" => BlockReason::Other,
            name => BlockReason::named(&name.to_ascii_uppercase())
                .ok_or_else(|| "its blockReason is none of the known reasons".to_owned())?,
        };
        if text.chars().count() > 256 || text.chars().any(char::is_control) {
            return Err("its blockText must have at most 256 characters".into());
        }
        let blocked = flag("blocked", &self.blocked)?.unwrap_or_default();
        if !blocked && (!text.is_empty() || !self.block_reason.trim().is_empty()) {
            return Err("its blockReason or blockText is given although it is not blocked".into());
        }
        Ok(blocked.then(|| Detail { reason, text: text.to_owned() }))
    }

    fn checked_keys(&self, deregistered: bool) -> Result<Vec<RowKey>, Refusal> {
        let ended = |revoked: bool| (revoked || deregistered).then(|| deregistered.then(|| "deregistered".to_owned()));
        let mut keys = Vec::new();
        let single = self.linkage_key.trim();
        let state = self.key_state.trim().to_ascii_lowercase();
        match (single.is_empty(), state.as_str()) {
            (true, _) => {}
            (false, "" | "active" | "revoked") => {
                key::check_foreign(single).map_err(|problem| format!("its linkageKey {problem}"))?;
                let revoked = ended(state == "revoked").map(|reason| (None, reason));
                keys.push(RowKey { key: single.to_owned().into(), created_at: None, revoked });
            }
            (false, _) => return Err("its keyState must be `active` or `revoked`".into()),
        }
        for raw in &self.keys {
            key::check_foreign(&raw.linkage_key).map_err(|problem| format!("its linkageKey {problem}"))?;
            let reason = (!raw.revoke_reason.is_empty()).then(|| raw.revoke_reason.clone());
            let revoked = match ended(raw.revoked) {
                Some(other) => Some((moment("revokedAt", &raw.revoked_at)?, reason.or(other))),
                None => None,
            };
            let created_at = moment("createdAt", &raw.created_at)?;
            keys.push(RowKey { key: raw.linkage_key.to_string().into(), created_at, revoked });
        }
        if keys.iter().filter(|key| key.revoked.is_none()).count() > 1 {
            return Err("it has two linkage keys in force".into());
        }
        Ok(keys)
    }

    /// The texts of a row; without linkage keys unless they are wanted.
    pub(super) fn of(row: &Row, with_keys: bool) -> Self {
        let yes = |flag: bool| if flag { "true".to_owned() } else { String::new() };
        let mut raw = Self {
            ods_code: row.ods_code.clone(),
            organisation_name: row.organisation_name.clone().unwrap_or_default(),
            organisation_blocked: row.organisation_blocked.map_or_else(String::new, |blocked| blocked.to_string()),
            ..Self::default()
        };
        let Some(patient) = &row.patient else { return raw };
        raw.nhs_number.push_str(&patient.nhs_number);
        raw.surname.push_str(&patient.surname);
        raw.date_of_birth = patient.date_of_birth.map_or_else(String::new, |day| day.to_string());
        raw.deregistered = yes(patient.deregistered);
        raw.blocked = yes(patient.blocked.is_some());
        if let Some(detail) = &patient.blocked {
            let reason = serde_json::to_value(detail.reason).unwrap_or_default();
            raw.block_reason = reason.as_str().unwrap_or_default().to_owned();
            raw.block_text.clone_from(&detail.text);
        }
        raw.account_id = Zeroizing::new(patient.account_id.as_ref().map_or_else(String::new, |id| id.to_string()));
        raw.account_created_at = patient.account_created_at.map_or_else(String::new, |at| at.to_string());
        let in_force = patient.keys.iter().any(|key| key.revoked.is_none());
        raw.key_state = match (in_force, patient.keys.is_empty()) {
            (true, _) => "active",
            (false, false) => "revoked",
            (false, true) => "none",
        }
        .to_owned();
        if with_keys {
            raw.keys = patient.keys.iter().map(RawKey::of).collect();
        }
        raw
    }
}

impl RawKey {
    fn of(key: &RowKey) -> Self {
        let (at, reason) = key.revoked.clone().unwrap_or_default();
        Self {
            linkage_key: Zeroizing::new(key.key.to_string()),
            created_at: key.created_at.map_or_else(String::new, |at| at.to_string()),
            revoked_at: at.map_or_else(String::new, |at| at.to_string()),
            revoke_reason: reason.unwrap_or_default(),
            revoked: key.revoked.is_some(),
        }
    }
}

fn flag(name: &str, text: &str) -> Result<Option<bool>, Refusal> {
    match text.trim().to_ascii_lowercase().as_str() {
        "" => Ok(None),
        "true" | "yes" | "y" | "1" => Ok(Some(true)),
        "false" | "no" | "n" | "0" => Ok(Some(false)),
        _ => Err(format!("its {name} must be `true` or `false`")),
    }
}

fn moment(name: &str, text: &str) -> Result<Option<Timestamp>, Refusal> {
    match text.trim() {
        "" => Ok(None),
        text => text.parse().map(Some).map_err(|_| format!("its {name} must be a time like 2026-11-22T09:30:00Z")),
    }
}

fn is_empty(text: &str) -> bool {
    text.is_empty()
}

/// Reads a row of JSON. Truth values may be written as such, and an unknown member is refused by its name.
pub(super) fn from_json(text: &str) -> Result<Raw, Refusal> {
    let mut raw = Raw::default();
    let members: std::collections::BTreeMap<String, serde_json::Value> =
        serde_json::from_str(text).map_err(|_| "it is not a JSON object".to_owned())?;
    for (name, value) in members {
        let Some(place) = raw.value(&name) else { return Err(format!("it has the unknown member {}", plain(&name))) };
        *place = match value {
            serde_json::Value::Null => String::new(),
            serde_json::Value::String(text) => text,
            serde_json::Value::Bool(flag) => flag.to_string(),
            _ => return Err(format!("its {} must be a text", plain(&name))),
        };
    }
    // Members given twice are not seen above: the last would silently win.
    if repeats(text) { Err("it has a member twice".into()) } else { Ok(raw) }
}

/// A name that may be shown.
pub(super) fn plain(name: &str) -> String {
    let shown: String = name.chars().filter(char::is_ascii_alphanumeric).take(40).collect();
    if shown.bytes().filter(u8::is_ascii_digit).count() > 4 { "(a number)".into() } else { shown }
}

fn repeats(text: &str) -> bool {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase", deny_unknown_fields)]
    #[allow(dead_code)] // Only whether it can be read is asked.
    struct Once {
        ods_code: Option<IgnoredAny>,
        organisation_name: Option<IgnoredAny>,
        organisation_blocked: Option<IgnoredAny>,
        nhs_number: Option<IgnoredAny>,
        surname: Option<IgnoredAny>,
        date_of_birth: Option<IgnoredAny>,
        deregistered: Option<IgnoredAny>,
        blocked: Option<IgnoredAny>,
        block_reason: Option<IgnoredAny>,
        block_text: Option<IgnoredAny>,
        account_id: Option<IgnoredAny>,
        account_created_at: Option<IgnoredAny>,
        linkage_key: Option<IgnoredAny>,
        key_state: Option<IgnoredAny>,
    }
    serde_json::from_str::<Once>(text).is_err()
}
