//! What is asked about a patient and what is said, by whichever supplier: our own register or an outside one.

use jiff::civil::Date;
use secrecy::SecretString;

use super::outcome::{Detail, Outcome};
use crate::identifiers::{NhsNumber, OdsCode};
use crate::privacy::{Sensitive, Wiped};

/// A request about a patient, every value of which was checked.
#[derive(Clone, Debug)]
pub struct Query {
    /// The organisation where the patient is registered.
    pub ods_code: OdsCode,
    /// The patient's number.
    pub nhs_number: NhsNumber,
    /// Surname and date of birth: always there on Create, and where they were given.
    pub demographics: Option<Demographics>,
    /// The caller's reference: TransactionId of Retrieve, CorrelationID of Create.
    pub trace_id: String,
    /// Proof of the patient's identity, which some suppliers want.
    pub identity_token: Option<SecretString>,
    /// The patient's e-mail address, which some suppliers want.
    pub email_address: Option<Sensitive<String>>,
}

/// What a patient must match.
#[derive(Clone, Debug)]
pub struct Demographics {
    /// The surname as the caller writes it.
    pub surname: Sensitive<String>,
    /// The date of birth.
    pub date_of_birth: Sensitive<Date>,
}

/// The five outputs of a success, none of them empty.
#[derive(Clone, Debug)]
pub struct Linkage {
    /// The account ID.
    pub account_id: Sensitive<String>,
    /// The linkage key.
    pub linkage_key: Wiped<String>,
    /// The organisation's code.
    pub ods_code: String,
    /// The surname as it is registered.
    pub surname: Sensitive<String>,
    /// The date of birth as it is registered.
    pub date_of_birth: Sensitive<Date>,
}

/// What a supplier says of a patient.
#[derive(Clone, Debug)]
pub struct Said {
    /// The outcome; one of those about organisation, patient or key.
    pub outcome: Outcome,
    /// The five outputs, with [`Outcome::Ok`] and never else.
    pub linkage: Option<Linkage>,
    /// What is said of a blocked patient.
    pub detail: Option<Detail>,
    /// A reason beside the outcome; a word of the specification, never personal.
    pub reason: Option<&'static str>,
    /// Whether a Create was answered as before, because its correlation id had been used for it.
    pub replayed: bool,
}

impl Said {
    /// A success.
    #[must_use]
    pub fn linked(linkage: Linkage) -> Self {
        Self { outcome: Outcome::Ok, linkage: Some(linkage), detail: None, reason: None, replayed: false }
    }

    /// Anything but a success.
    #[must_use]
    pub fn not(outcome: Outcome) -> Self {
        Self { outcome, linkage: None, detail: None, reason: None, replayed: false }
    }

    /// A patient whose access is blocked.
    #[must_use]
    pub fn blocked(detail: Detail) -> Self {
        Self { detail: Some(detail), ..Self::not(Outcome::PatientBlocked) }
    }

    /// The same with a reason.
    #[must_use]
    pub fn because(mut self, reason: &'static str) -> Self {
        self.reason = Some(reason);
        self
    }
}
