//! What the Learning Records Service is asked, as its interface wants it; whoever makes one has checked it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::privacy::Sensitive;

/// A learner's gender, as the service tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Gender {
    /// Male.
    Male,
    /// Female.
    Female,
    /// Not known.
    NotKnown,
    /// Not specified.
    NotSpecified,
}

impl Gender {
    /// Every gender.
    pub const ALL: [Self; 4] = [Self::Male, Self::Female, Self::NotKnown, Self::NotSpecified];

    /// The service's code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotKnown => "0",
            Self::Male => "1",
            Self::Female => "2",
            Self::NotSpecified => "9",
        }
    }

    /// The gateway's word.
    #[must_use]
    pub const fn upper_case(self) -> &'static str {
        match self {
            Self::NotKnown => "NOT_KNOWN",
            Self::Male => "MALE",
            Self::Female => "FEMALE",
            Self::NotSpecified => "NOT_SPECIFIED",
        }
    }

    /// The word in our JSON.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::NotKnown => "notKnown",
            Self::Male => "male",
            Self::Female => "female",
            Self::NotSpecified => "notSpecified",
        }
    }

    /// The gender behind the service's code or the gateway's word.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        Self::ALL.into_iter().find(|gender| gender.code() == text || gender.upper_case().eq_ignore_ascii_case(text))
    }
}

/// A search by name, date of birth, gender and postcode.
#[derive(Clone, Debug)]
pub struct ByDemographics {
    /// Given name, 1 to 35 characters.
    pub given_name: Sensitive<String>,
    /// Family name, 1 to 35 characters.
    pub family_name: Sensitive<String>,
    /// Date of birth, `YYYY-MM-DD`.
    pub date_of_birth: Sensitive<String>,
    /// Gender.
    pub gender: Gender,
    /// Last known postcode, spaces as given, at most 9 characters.
    pub last_known_post_code: Sensitive<String>,
    /// Previous family name, at most 35 characters.
    pub previous_family_name: Option<Sensitive<String>>,
    /// School at age 16, at most 254 characters.
    pub school_at_age16: Option<Sensitive<String>>,
    /// Place of birth, at most 35 characters.
    pub place_of_birth: Option<Sensitive<String>>,
    /// E-mail address, at most 254 characters.
    pub email_address: Option<Sensitive<String>>,
}

/// A search by ULN.
#[derive(Clone, Debug)]
pub struct ByUln {
    /// The ULN.
    pub uln: Sensitive<String>,
    /// Given name.
    pub given_name: Sensitive<String>,
    /// Family name.
    pub family_name: Sensitive<String>,
}

/// A request for the learning events of one learner.
#[derive(Clone, Debug)]
pub struct EventsQuery {
    /// The ULN.
    pub uln: Sensitive<String>,
    /// Given name.
    pub given_name: Sensitive<String>,
    /// Family name.
    pub family_name: Sensitive<String>,
    /// Date of birth, `YYYY-MM-DD`.
    pub date_of_birth: Option<Sensitive<String>>,
    /// Gender.
    pub gender: Option<Gender>,
}
