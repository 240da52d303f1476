//! Requests and responses of the linkage operations.

use std::time::Duration;

use jiff::civil::Date;
use schemars::JsonSchema;
use secrecy::SecretString;
use serde::{Deserialize, Serialize, Serializer};

use super::outcome::{BlockReason, Detail, Outcome};
use super::query::{Linkage, Said};
use crate::operations::{Request, with_outcome};
use crate::privacy::{Sensitive, Wiped};

type Outcomes = &'static [(&'static str, &'static str)];

const ODS_NOT_FOUND: (&str, &str) = ("odsNotFound", "The organisation is not on the register.");
const ODS_BLOCKED: (&str, &str) = ("odsBlocked", "The organisation has switched off digital services.");
const PATIENT_BLOCKED: (&str, &str) = ("patientBlocked", "The patient's digital access is blocked; `detail` says why.");
const RETRIEVE_FAILED: (&str, &str) = ("retrieveFailed", "The patient was found, but the key cannot be read.");
const CREATE_FAILED: (&str, &str) = ("createFailed", "The patient was found, but no key could be made; try again.");
const KEY_REVOKED: (&str, &str) = ("keyRevoked", "The patient's key was revoked.");

/// Outcomes of `retrieve_linkage_key`.
pub const RETRIEVED: Outcomes = &[
    ("ok", "The key and what belongs to it are in the response."),
    ODS_NOT_FOUND,
    ODS_BLOCKED,
    ("patientNotFound", "The patient is not registered at this organisation."),
    PATIENT_BLOCKED,
    KEY_REVOKED,
    ("noLinkageKey", "The patient has no key yet; create one."),
    RETRIEVE_FAILED,
];

/// Outcomes of `create_linkage_key`.
pub const CREATED: Outcomes = &[
    ("ok", "The new key and what belongs to it are in the response."),
    ODS_NOT_FOUND,
    ODS_BLOCKED,
    ("patientNotFound", "No patient of this number, surname and date of birth is registered at this organisation."),
    PATIENT_BLOCKED,
    ("keyAlreadyExists", "The patient has a key; retrieve it."),
    ("keyRevoked", "The patient's key was revoked, and the supplier makes no other."),
    ("noLinkageKey", "The supplier has no key and makes none."),
    CREATE_FAILED,
];

/// Outcomes of `retrieve_or_create_linkage_key`.
pub const COMPOSED: Outcomes = &[
    ("ok", "The key is in the response; `created` says whether it is new."),
    ODS_NOT_FOUND,
    ODS_BLOCKED,
    ("patientNotFound", "No patient of this number, surname and date of birth is registered at this organisation."),
    PATIENT_BLOCKED,
    ("keyRevoked", "The patient's key was revoked, and the request did not allow another."),
    ("noLinkageKey", "The supplier has no key and makes none."),
    ("keyAlreadyExists", "The supplier says that there is a key but does not give it."),
    RETRIEVE_FAILED,
    CREATE_FAILED,
];

/// Outcomes of `revoke_linkage_key`.
pub const REVOKED: Outcomes = &[
    ("revoked", "The key is revoked and never becomes valid again."),
    ("unchanged", "It was revoked before; the first time stays."),
    ("noLinkageKey", "The patient has no key."),
    ODS_NOT_FOUND,
    ("patientNotFound", "The patient is not registered at this organisation."),
];

/// Outcomes of `set_linkage_access`.
pub const ACCESS: Outcomes = &[
    ("changed", "The register has it."),
    ("unchanged", "The register said so already."),
    ODS_NOT_FOUND,
    ("patientNotFound", "The patient is not registered at this organisation."),
];

/// Outcomes of `check_linkage_key`.
pub const CHECKED: Outcomes = &[
    ("valid", "Account and key belong together, the key is in force and nothing is blocked."),
    ("notValid", "They do not, or something is blocked or revoked; which of these is not told."),
];

/// Outcomes of `import_register`.
pub const IMPORTED: Outcomes = &[
    ("imported", "Every row is in the register."),
    ("partlyImported", "Some rows were refused; `refused` says which and why. The others are in the register."),
    ("refused", "Some rows were refused, and nothing was imported; `refused` says which and why."),
];

/// Outcomes of `export_register`.
pub const EXPORTED: Outcomes = &[("exported", "The file has the whole register.")];

/// Asks for the linkage key of a patient.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RetrieveLinkageKey {
    /// Code of the organisation where the patient is registered.
    pub ods_code: String,
    /// The patient's NHS number: ten digits, together or in groups of 3, 3 and 4.
    #[schemars(with = "String")]
    pub nhs_number: Sensitive<String>,
    /// The supplier to ask, by its name in the configuration; `linkage.defaultSupplier` or our own register when absent.
    #[serde(default)]
    pub supplier: Option<String>,
    /// Surname, which `tpp` wants, and which is answered as given where a supplier does not tell it.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub surname: Option<Sensitive<String>>,
    /// Date of birth, `YYYY-MM-DD`, as `surname`.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub date_of_birth: Option<Sensitive<String>>,
    /// Proof of the patient's identity, which `emis` wants.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub identity_token: Option<SecretString>,
}

/// Asks for a new linkage key.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateLinkageKey {
    /// Code of the organisation where the patient is registered.
    pub ods_code: String,
    /// The patient's NHS number: ten digits, together or in groups of 3, 3 and 4.
    #[schemars(with = "String")]
    pub nhs_number: Sensitive<String>,
    /// The patient's surname, at most 100 characters.
    #[schemars(with = "String", length(min = 1, max = 100))]
    pub surname: Sensitive<String>,
    /// The patient's date of birth, `YYYY-MM-DD`.
    #[schemars(with = "String")]
    pub date_of_birth: Sensitive<String>,
    /// The supplier to ask, by its name in the configuration; `linkage.defaultSupplier` or our own register when absent.
    #[serde(default)]
    pub supplier: Option<String>,
    /// Proof of the patient's identity, which `emis` wants.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub identity_token: Option<SecretString>,
    /// The patient's e-mail address, which `emis` wants and `tpp` takes.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub email_address: Option<Sensitive<String>>,
}

/// Asks for the linkage key of a patient, and for a new one when there is none.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RetrieveOrCreateLinkageKey {
    /// Code of the organisation where the patient is registered.
    pub ods_code: String,
    /// The patient's NHS number: ten digits, together or in groups of 3, 3 and 4.
    #[schemars(with = "String")]
    pub nhs_number: Sensitive<String>,
    /// The patient's surname, at most 100 characters.
    #[schemars(with = "String", length(min = 1, max = 100))]
    pub surname: Sensitive<String>,
    /// The patient's date of birth, `YYYY-MM-DD`.
    #[schemars(with = "String")]
    pub date_of_birth: Sensitive<String>,
    /// The supplier to ask, by its name in the configuration; `linkage.defaultSupplier` or our own register when absent.
    #[serde(default)]
    pub supplier: Option<String>,
    /// Proof of the patient's identity, which `emis` wants.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub identity_token: Option<SecretString>,
    /// The patient's e-mail address, which `emis` wants even where the key exists, and `tpp` takes.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub email_address: Option<Sensitive<String>>,
    /// Whether a patient whose key was revoked gets another; `true` when absent.
    #[serde(default)]
    pub reissue_revoked: Option<bool>,
    /// Whether to create a key after the supplier said that it does not know the patient; `false` when absent.
    #[serde(default)]
    pub create_after_patient_not_found: Option<bool>,
    /// Whether the surname and date of birth that come with a retrieved key must match; `true` when absent.
    #[serde(default)]
    pub verify_demographics: Option<bool>,
}

impl From<RetrieveOrCreateLinkageKey> for CreateLinkageKey {
    /// What is asked when there is no key.
    fn from(both: RetrieveOrCreateLinkageKey) -> Self {
        let RetrieveOrCreateLinkageKey {
            ods_code,
            nhs_number,
            surname,
            date_of_birth,
            supplier,
            identity_token,
            email_address,
            ..
        } = both;
        Self { ods_code, nhs_number, surname, date_of_birth, supplier, identity_token, email_address }
    }
}

/// What came of asking for a key.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LinkageKeyDone {
    /// One of the operation's outcomes.
    pub outcome: &'static str,
    /// The permanent number of the outcome.
    pub number: u8,
    /// The row of NHS Digital's list of responses that the outcome belongs to.
    pub category: &'static str,
    /// What the outcome means, for the caller.
    pub message: &'static str,
    /// The caller's reference, or the one that was made for it.
    pub trace_id: String,
    /// The account ID.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub account_id: Option<Sensitive<String>>,
    /// The linkage key.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "shown")]
    #[schemars(with = "Option<String>")]
    pub linkage_key: Option<Wiped<String>>,
    /// The organisation's code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ods_code: Option<String>,
    /// The surname as it is registered.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub surname: Option<Sensitive<String>>,
    /// The date of birth as it is registered, `YYYY-MM-DD`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub date_of_birth: Option<Sensitive<Date>>,
    /// Why access is blocked, with `patientBlocked`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<Detail>,
    /// A reason beside the outcome: `demographics-mismatch`, `demographics-from-request`, `inconsistent-supplier`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<&'static str>,
    /// Whether the key was made by this request.
    pub created: bool,
    /// Whether a Create was answered as before, because its reference had been used for it.
    pub replayed: bool,
}

fn shown<S: Serializer>(key: &Option<Wiped<String>>, serializer: S) -> Result<S::Ok, S::Error> {
    match key {
        Some(key) => serializer.serialize_some(key.as_str()),
        None => serializer.serialize_none(),
    }
}

/// Which of the two functions a response is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Function {
    Retrieve,
    Create,
}

impl LinkageKeyDone {
    pub(super) fn new(function: Function, trace_id: &str, said: Said) -> Self {
        let Said { outcome, linkage, detail, reason, replayed } = said;
        let created = function == Function::Create && outcome == Outcome::Ok && !replayed;
        let (mut account_id, mut linkage_key, mut ods_code, mut surname, mut date_of_birth) =
            (None, None, None, None, None);
        if let Some(linkage) = linkage {
            let Linkage { account_id: account, linkage_key: key, ods_code: ods, surname: name, date_of_birth: born } =
                linkage;
            (account_id, linkage_key, ods_code, surname, date_of_birth) =
                (Some(account), Some(key), Some(ods), Some(name), Some(born));
        }
        let category = match function {
            Function::Retrieve => outcome.category(),
            Function::Create => outcome.category_on_create(),
        };
        Self {
            outcome: outcome.word(),
            number: outcome.number(),
            category,
            message: outcome.message(),
            trace_id: trace_id.to_owned(),
            account_id,
            linkage_key,
            ods_code,
            surname,
            date_of_birth,
            detail,
            reason,
            created,
            replayed,
        }
    }
}

/// Revokes a patient's linkage key in our own register.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RevokeLinkageKey {
    /// Code of the organisation where the patient is registered.
    pub ods_code: String,
    /// The patient's NHS number.
    #[schemars(with = "String")]
    pub nhs_number: Sensitive<String>,
    /// Why, for the register; at most 100 characters and nothing clinical.
    #[schemars(length(min = 1, max = 100))]
    pub reason: String,
}

/// What became of the key.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RevokeLinkageKeyDone {
    /// One of the operation's outcomes.
    pub outcome: &'static str,
}

/// Blocks or unblocks an organisation, or a patient when `nhsNumber` is given, in our own register.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SetLinkageAccess {
    /// Code of the organisation.
    pub ods_code: String,
    /// The NHS number of the patient whose access is meant; all of the organisation's when absent.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub nhs_number: Option<Sensitive<String>>,
    /// Whether access is blocked.
    pub blocked: bool,
    /// Why a patient is blocked; `OTHER` when absent.
    #[serde(default)]
    pub reason: Option<BlockReason>,
    /// What the caller may be told of it: at most 256 characters and nothing clinical.
    #[serde(default)]
    #[schemars(length(max = 256))]
    pub text: Option<String>,
}

/// What became of the access.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SetLinkageAccessDone {
    /// One of the operation's outcomes.
    pub outcome: &'static str,
}

/// Checks an account and key that somebody presents, such as when an IM1 connection is opened.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CheckLinkageKey {
    /// Code of the organisation.
    pub ods_code: String,
    /// The account ID.
    #[schemars(with = "String")]
    pub account_id: Sensitive<String>,
    /// The linkage key.
    #[schemars(with = "String")]
    pub linkage_key: SecretString,
}

/// Whether they are good.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CheckLinkageKeyDone {
    /// One of the operation's outcomes.
    pub outcome: &'static str,
    /// The patient's NHS number, with `valid`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub nhs_number: Option<Sensitive<String>>,
}

/// What to do with a patient or organisation that is on the register already.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum OnConflict {
    /// Refuse the row.
    #[default]
    Fail,
    /// Leave the register as it is.
    Skip,
    /// Take over names, dates and access; a key that is in force and differs is revoked first.
    Replace,
}

/// What to do when rows are refused.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum OnRefused {
    /// Import nothing.
    #[default]
    Stop,
    /// Import the others.
    Skip,
}

/// Imports patients, accounts and keys into our own register.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ImportRegister {
    /// Path of the file: CSV or JSON Lines in UTF-8, or a sealed export; it is told by its first line.
    pub path: String,
    /// The passphrase of a sealed export.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub passphrase: Option<SecretString>,
    /// What to do with what is on the register already; `fail` when absent.
    #[serde(default)]
    pub on_conflict: OnConflict,
    /// What to do when rows are refused; `stop` when absent.
    #[serde(default)]
    pub on_refused: OnRefused,
}

/// What was imported.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ImportRegisterDone {
    /// One of the operation's outcomes.
    pub outcome: &'static str,
    /// Organisations and patients that were added or changed.
    pub imported: u64,
    /// Those that were left as they are.
    pub unchanged: u64,
    /// Rows that were refused.
    pub refused_rows: u64,
    /// The first thousand of them.
    pub refused: Vec<RefusedRow>,
}

/// A row that was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct RefusedRow {
    /// Its line in the file, counted from 1.
    pub line: u64,
    /// Why.
    pub reason: String,
}

/// The form of an export without a passphrase.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum ExportFormat {
    /// Comma-separated values with a line of column names.
    #[default]
    Csv,
    /// A JSON object on each line.
    JsonLines,
}

/// Writes our own register to a file that only its owner may read.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ExportRegister {
    /// Path of the file, which must not exist.
    pub path: String,
    /// Seals the export, which then has everything, linkage keys included; at least 12 characters. Without one the
    /// export has no linkage keys.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub passphrase: Option<SecretString>,
    /// The form of an export without a passphrase; `csv` when absent.
    #[serde(default)]
    pub format: Option<ExportFormat>,
}

/// What was exported.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ExportRegisterDone {
    /// One of the operation's outcomes.
    pub outcome: &'static str,
    /// Organisations in the file.
    pub organisations: u64,
    /// Patients in the file.
    pub patients: u64,
    /// Linkage keys in the file.
    pub keys: u64,
    /// Patients left out because what is sealed of them is damaged.
    pub unreadable: u64,
}

/// How long moving a whole register may take.
const TRANSFER: Duration = Duration::from_secs(3 * 3600);

impl Request for RetrieveLinkageKey {}
impl Request for CreateLinkageKey {}
impl Request for RetrieveOrCreateLinkageKey {}
impl Request for RevokeLinkageKey {}
impl Request for SetLinkageAccess {}
impl Request for CheckLinkageKey {}

impl Request for ImportRegister {
    fn waits(&self) -> Duration {
        TRANSFER
    }
}

impl Request for ExportRegister {
    fn waits(&self) -> Duration {
        TRANSFER
    }
}

with_outcome!(
    LinkageKeyDone,
    RevokeLinkageKeyDone,
    SetLinkageAccessDone,
    CheckLinkageKeyDone,
    ImportRegisterDone,
    ExportRegisterDone,
);
