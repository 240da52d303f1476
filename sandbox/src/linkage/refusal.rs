//! Names the outcomes other than success, with the status and the words that belong to each.

use axum::http::StatusCode;

use super::register::LinkageBlock;

/// Which of the two functions is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Function {
    Retrieve,
    Create,
}

/// What did not fit of who the patient is said to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mismatch {
    Surname,
    DateOfBirth,
}

/// Why there is no linkage key in the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// Fields that are missing or wrongly formed.
    Invalid(Vec<&'static str>),
    OrganisationUnknown,
    OrganisationBlocked,
    /// The patient is not on the register of the organisation, or (`known`) only on another's.
    PatientUnknown {
        known: bool,
    },
    Differs(Mismatch),
    PatientBlocked(LinkageBlock),
    Revoked,
    /// There never was a key, with or without an account.
    NoKey {
        account: bool,
    },
    Exists,
    /// Reading or making the key failed.
    Failed,
    Unauthenticated,
    Forbidden,
    /// Too many wrong guesses; how many seconds to wait.
    RateLimited(i64),
    Unavailable,
    /// The correlation identifier stands for something else: `content` or `stale`.
    Conflict(&'static str),
    /// A refusal that is none of the patient's, with its own status and words.
    Generic(StatusCode, &'static str),
}

/// How a refusal is told where the outcomes have names.
pub(super) struct Row {
    pub(super) status: StatusCode,
    pub(super) code: &'static str,
    pub(super) category: &'static str,
    pub(super) message: &'static str,
}

impl Refusal {
    pub(super) fn row(&self, function: Function) -> Row {
        use StatusCode as S;
        let creating = function == Function::Create;
        // The list of answers to Create has no row of its own for a block.
        let blocked = |category| if creating { "generic" } else { category };
        let (status, code, category, message) = match self {
            Self::Invalid(_) => {
                (S::BAD_REQUEST, "INVALID_REQUEST", "invalid-request", "A field is missing or has the wrong format.")
            }
            Self::OrganisationUnknown => {
                (S::NOT_FOUND, "ODS_NOT_FOUND", "ods-not-found", "This system does not serve that organisation.")
            }
            Self::OrganisationBlocked => {
                let message = "The organisation has switched off digital services.";
                (S::FORBIDDEN, "ODS_BLOCKED", blocked("ods-blocked"), message)
            }
            Self::PatientUnknown { .. } | Self::Differs(_) => {
                let message = "No matching patient at that organisation.";
                (S::NOT_FOUND, "PATIENT_NOT_FOUND", "patient-not-found", message)
            }
            Self::PatientBlocked(_) => {
                let message = "Digital access for this patient is blocked.";
                (S::FORBIDDEN, "PATIENT_BLOCKED", blocked("patient-blocked"), message)
            }
            Self::Revoked => {
                (S::FORBIDDEN, "KEY_REVOKED", "key-revoked", "The patient's linkage key has been revoked.")
            }
            Self::NoKey { .. } => (S::NOT_FOUND, "NO_LINKAGE_KEY", "no-key", "The patient has no linkage key."),
            Self::Exists => (S::CONFLICT, "KEY_ALREADY_EXISTS", "key-exists", "The patient already has a linkage key."),
            Self::Failed if creating => {
                let message = "The linkage key could not be created.";
                (S::INTERNAL_SERVER_ERROR, "CREATE_FAILED", "create-failed", message)
            }
            Self::Failed => {
                let message = "The linkage key could not be read.";
                (S::INTERNAL_SERVER_ERROR, "RETRIEVE_FAILED", "retrieve-failed", message)
            }
            Self::Unauthenticated => {
                (S::UNAUTHORIZED, "UNAUTHENTICATED", "generic", "Caller credentials missing or not valid.")
            }
            Self::Forbidden => (S::FORBIDDEN, "FORBIDDEN", "generic", "Caller is not permitted."),
            Self::RateLimited(_) => (S::TOO_MANY_REQUESTS, "RATE_LIMITED", "generic", "Too many requests."),
            Self::Unavailable => (S::SERVICE_UNAVAILABLE, "UNAVAILABLE", "generic", "Service or supplier unavailable."),
            Self::Conflict(_) => {
                let message = "CorrelationID already used for other content or for a key no longer in force.";
                (S::UNPROCESSABLE_ENTITY, "CORRELATION_CONFLICT", "generic", message)
            }
            Self::Generic(status, message) => (*status, "GENERIC_ERROR", "generic", *message),
        };
        Row { status, code, category, message }
    }

    /// The refusal that usually comes with a status.
    pub(super) fn of_status(status: StatusCode) -> Self {
        match status {
            StatusCode::BAD_REQUEST => Self::Invalid(Vec::new()),
            StatusCode::UNAUTHORIZED => Self::Unauthenticated,
            StatusCode::FORBIDDEN => Self::Forbidden,
            StatusCode::CONFLICT => Self::Exists,
            StatusCode::UNPROCESSABLE_ENTITY => Self::Conflict("content"),
            StatusCode::TOO_MANY_REQUESTS => Self::RateLimited(1),
            StatusCode::INTERNAL_SERVER_ERROR => Self::Failed,
            StatusCode::SERVICE_UNAVAILABLE => Self::Unavailable,
            StatusCode::NOT_FOUND => Self::Generic(status, "There is nothing at this address."),
            StatusCode::METHOD_NOT_ALLOWED => Self::Generic(status, "This address does not take this method."),
            StatusCode::PAYLOAD_TOO_LARGE => Self::Generic(status, "The body is too large."),
            StatusCode::UNSUPPORTED_MEDIA_TYPE => Self::Generic(status, "The body must be application/json."),
            status => Self::Generic(status, "The request was not carried out."),
        }
    }
}
