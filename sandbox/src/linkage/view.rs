//! Shows patients to tests and people, and changes their state for them.

use serde::Serialize;

use super::register::{LinkageBlock, LinkageBlockReason, Patient};
use crate::world::{Core, World};

/// What there is of a patient's linkage key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum LinkageKeyState {
    /// There never was a key.
    None,
    /// A key is in force.
    Active,
    /// All keys that there were have been revoked.
    Revoked,
}

/// A patient as the linkage suppliers know them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LinkagePatient {
    /// The organisation.
    pub ods_code: String,
    /// The NHS number.
    pub nhs_number: String,
    /// The registered surname.
    pub surname: String,
    /// The registered date of birth, as `YYYY-MM-DD`.
    pub date_of_birth: String,
    /// The account, when there is one.
    pub account_id: Option<String>,
    /// Whether a key is in force.
    pub key_state: LinkageKeyState,
    /// The key in force.
    pub linkage_key: Option<String>,
    /// Whether the key in force cannot be read.
    pub unreadable: bool,
    /// How many keys there ever were.
    pub generations: usize,
    /// Why access is blocked, when it is.
    pub block: Option<LinkageBlock>,
}

impl From<&Patient> for LinkagePatient {
    fn from(patient: &Patient) -> Self {
        let active = patient.active().map(|(_, key)| key);
        let key_state = match (active, patient.keys.is_empty()) {
            (Some(_), _) => LinkageKeyState::Active,
            (None, true) => LinkageKeyState::None,
            (None, false) => LinkageKeyState::Revoked,
        };
        Self {
            ods_code: patient.ods_code.clone(),
            nhs_number: patient.nhs_number.clone(),
            surname: patient.surname.clone(),
            date_of_birth: patient.date_of_birth.clone(),
            account_id: patient.account_id.clone(),
            key_state,
            linkage_key: active.map(|key| key.text.clone()),
            unreadable: active.is_some_and(|key| !key.readable),
            generations: patient.keys.len(),
            block: patient.block.clone(),
        }
    }
}

/// All patients.
pub(crate) fn patients(world: &World) -> Vec<LinkagePatient> {
    world.linkage.register.patients.iter().map(LinkagePatient::from).collect()
}

/// The patient with this number at an organisation.
pub(crate) fn patient(world: &World, ods_code: &str, nhs_number: &str) -> Option<LinkagePatient> {
    world.linkage.register.patient(ods_code, nhs_number).map(LinkagePatient::from)
}

/// Blocks a patient's access or opens it again; says when there is no such patient.
pub(crate) fn set_block(
    core: &Core,
    ods_code: &str,
    nhs_number: &str,
    block: Option<(LinkageBlockReason, &str)>,
) -> Result<LinkagePatient, String> {
    let block = block.map(|(reason, text)| LinkageBlock { reason, text: text.to_owned() });
    change(core, ods_code, nhs_number, |patient| patient.block = block)
}

/// Revokes a patient's key, if one is in force; says when there is no such patient.
pub(crate) fn revoke(core: &Core, ods_code: &str, nhs_number: &str) -> Result<LinkagePatient, String> {
    change(core, ods_code, nhs_number, |patient| {
        patient.revoke();
    })
}

pub(super) fn change(
    core: &Core,
    ods_code: &str,
    nhs_number: &str,
    change: impl FnOnce(&mut Patient),
) -> Result<LinkagePatient, String> {
    let mut world = core.world();
    let patient = world.linkage.register.patient_mut(ods_code, nhs_number);
    let patient = patient.ok_or_else(|| format!("there is no patient {nhs_number:?} at {ods_code:?}"))?;
    change(patient);
    Ok(LinkagePatient::from(&*patient))
}

/// Switches an organisation's digital services off or on; says when there is no such organisation.
pub(crate) fn set_organisation(core: &Core, ods_code: &str, blocked: bool) -> Result<(), String> {
    let mut world = core.world();
    let organisation = world.linkage.register.organisations.iter_mut().find(|known| known.ods_code == ods_code);
    organisation.ok_or_else(|| format!("there is no organisation {ods_code:?}"))?.blocked = blocked;
    Ok(())
}
