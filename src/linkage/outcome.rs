//! The closed list of outcomes of both functions, the composed call and the REST interfaces.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::error::{Error, Status};

/// What came of a request. Number and name never change their meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // The row of each in `ROWS` says what it is.
pub enum Outcome {
    Ok,
    InvalidRequest,
    OdsNotFound,
    OdsBlocked,
    PatientNotFound,
    PatientBlocked,
    KeyRevoked,
    NoLinkageKey,
    KeyAlreadyExists,
    RetrieveFailed,
    CreateFailed,
    GenericError,
    Unauthenticated,
    Forbidden,
    RateLimited,
    Unavailable,
    CorrelationConflict,
}

/// What is said of an outcome.
struct Row {
    outcome: Outcome,
    number: u8,
    name: &'static str,
    word: &'static str,
    http_status: u16,
    category: &'static str,
    message: &'static str,
}

macro_rules! rows {
    ($($outcome:ident = $number:literal, $name:literal, $word:literal, $status:literal, $category:literal, $message:literal;)*) => {
        &[$(Row {
            outcome: Outcome::$outcome,
            number: $number,
            name: $name,
            word: $word,
            http_status: $status,
            category: $category,
            message: $message,
        },)*]
    };
}

const ROWS: &[Row] = rows! {
    Ok = 0, "OK", "ok", 200, "success", "Linkage details returned.";
    InvalidRequest = 10, "INVALID_REQUEST", "invalidRequest", 400, "invalid-request", "A field is missing or has the wrong format.";
    OdsNotFound = 20, "ODS_NOT_FOUND", "odsNotFound", 404, "ods-not-found", "This system does not serve that organisation.";
    OdsBlocked = 21, "ODS_BLOCKED", "odsBlocked", 403, "ods-blocked", "The organisation has switched off digital services.";
    PatientNotFound = 30, "PATIENT_NOT_FOUND", "patientNotFound", 404, "patient-not-found", "No matching patient at that organisation.";
    PatientBlocked = 31, "PATIENT_BLOCKED", "patientBlocked", 403, "patient-blocked", "Digital access for this patient is blocked.";
    KeyRevoked = 40, "KEY_REVOKED", "keyRevoked", 403, "key-revoked", "The patient's linkage key has been revoked.";
    NoLinkageKey = 41, "NO_LINKAGE_KEY", "noLinkageKey", 404, "no-key", "The patient has no linkage key.";
    KeyAlreadyExists = 42, "KEY_ALREADY_EXISTS", "keyAlreadyExists", 409, "key-exists", "The patient already has a linkage key.";
    RetrieveFailed = 50, "RETRIEVE_FAILED", "retrieveFailed", 500, "retrieve-failed", "The linkage key could not be read.";
    CreateFailed = 51, "CREATE_FAILED", "createFailed", 500, "create-failed", "The linkage key could not be created.";
    GenericError = 60, "GENERIC_ERROR", "genericError", 500, "generic", "The request could not be carried out.";
    Unauthenticated = 61, "UNAUTHENTICATED", "unauthenticated", 401, "generic", "Caller credentials missing or not valid.";
    Forbidden = 62, "FORBIDDEN", "forbidden", 403, "generic", "Caller is not permitted.";
    RateLimited = 63, "RATE_LIMITED", "rateLimited", 429, "generic", "Too many requests.";
    Unavailable = 64, "UNAVAILABLE", "unavailable", 503, "generic", "Service or supplier unavailable.";
    CorrelationConflict = 65, "CORRELATION_CONFLICT", "correlationConflict", 422, "generic", "CorrelationID already used for other content or for a key no longer in force.";
};

impl Outcome {
    fn row(self) -> &'static Row {
        ROWS.iter().find(|row| row.outcome == self).expect("every outcome has a row, which a test checks")
    }

    /// Its permanent number.
    #[must_use]
    pub fn number(self) -> u8 {
        self.row().number
    }

    /// Its name on the wire of the REST interfaces.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// Its name in our JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        self.row().word
    }

    /// The HTTP status it is sent with; a created key has 201 instead.
    #[must_use]
    pub fn http_status(self) -> u16 {
        self.row().http_status
    }

    /// The row of NHS Digital's list of responses that it belongs to.
    #[must_use]
    pub fn category(self) -> &'static str {
        self.row().category
    }

    /// The same on Create, whose list has no row for a blocked organisation or patient.
    #[must_use]
    pub fn category_on_create(self) -> &'static str {
        match self {
            Self::OdsBlocked | Self::PatientBlocked => "generic",
            _ => self.category(),
        }
    }

    /// What is said to the caller.
    #[must_use]
    pub fn message(self) -> &'static str {
        self.row().message
    }

    /// The outcome of this name on the wire.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        ROWS.iter().find(|row| row.name == name).map(|row| row.outcome)
    }

    /// The outcome that an error is to a caller of the REST interfaces.
    #[must_use]
    pub fn of_error(error: &Error) -> Self {
        match error.status() {
            Status::InvalidInput => Self::InvalidRequest,
            Status::Throttled => Self::RateLimited,
            Status::StoreBusy
            | Status::StoreUnavailable
            | Status::StoreFull
            | Status::StoreReadOnly
            | Status::Unreachable
            | Status::DeadlineExceeded
            | Status::Unavailable
            | Status::CircuitOpen
            | Status::Closed
            | Status::Maintenance => Self::Unavailable,
            Status::Conflict if matches!(error, Error::CorrelationConflict { .. }) => Self::CorrelationConflict,
            _ => Self::GenericError,
        }
    }
}

/// Why a patient's digital access is blocked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum BlockReason {
    /// The practice has decided so.
    PracticeDecision,
    /// The patient's record is archived.
    PatientArchived,
    /// The account is disabled.
    AccountDisabled,
    /// The patient is too young, or not competent to consent.
    UnderMinimumAgeOrNotCompetent,
    /// The record is not valid for online use.
    NotValidForOnlineUse,
    /// There is more than one record of the patient.
    MultipleRecords,
    /// Another reason, or none that was recorded.
    #[default]
    Other,
}

impl BlockReason {
    /// The reason of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        serde_json::from_value(serde_json::Value::String(name.to_owned())).ok()
    }
}

/// What is said of a blocked patient.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Detail {
    /// Why access is blocked.
    pub reason: BlockReason,
    /// What the caller may be told, at most 256 characters and nothing clinical; may be empty.
    pub text: String,
}

impl Detail {
    /// A detail with a reason and no text.
    #[must_use]
    pub fn of(reason: BlockReason) -> Self {
        Self { reason, text: String::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_outcome_has_one_row_and_numbers_names_and_words_are_unique() {
        assert_eq!(ROWS.len(), Outcome::CorrelationConflict as usize + 1);
        for (at, row) in ROWS.iter().enumerate() {
            assert_eq!(row.outcome as usize, at);
            assert_eq!(Outcome::named(row.name), Some(row.outcome));
            for other in &ROWS[at + 1..] {
                assert!(row.number < other.number && row.word != other.word, "{}", other.name);
            }
        }
    }

    #[test]
    fn a_blocked_patient_is_generic_on_create_only() {
        assert_eq!(Outcome::PatientBlocked.category(), "patient-blocked");
        assert_eq!(Outcome::PatientBlocked.category_on_create(), "generic");
        assert_eq!(Outcome::KeyAlreadyExists.category_on_create(), "key-exists");
    }
}
