//! Holds the invented programs that may ask the gateway, and the roles that they have there.

use serde::{Deserialize, Serialize};

/// What a program may do at the gateway.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub enum GatewayRole {
    /// Reads matches and the learning events of matched people.
    #[serde(rename = "ROLE_LEARNER_RECORDS_SEARCH__RO")]
    ReadOnly,
    /// Finds learners, reads learning events and writes matches.
    #[serde(rename = "ROLE_LEARNER_RECORDS__LEARNER_RECORDS_MATCH_UI")]
    MatchUi,
    /// Reads everything that the register holds of a person.
    #[serde(rename = "ROLE_SAR_DATA_ACCESS")]
    SubjectAccess,
}

impl GatewayRole {
    /// The short name that people use.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::ReadOnly => "RO",
            Self::MatchUi => "UI",
            Self::SubjectAccess => "SAR",
        }
    }
}

/// A program that may ask the gateway.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GatewayClient {
    /// The client id of its credential.
    pub client_id: String,
    /// The secret of its credential.
    pub client_secret: String,
    /// What it may do.
    pub roles: Vec<GatewayRole>,
}

impl GatewayClient {
    /// The programs that every sandbox begins with.
    pub fn invented() -> Vec<Self> {
        use GatewayRole::{MatchUi, ReadOnly, SubjectAccess};
        let roles: [(&str, &[GatewayRole]); 5] = [
            ("ui", &[MatchUi]),
            ("ro", &[ReadOnly]),
            ("sar", &[SubjectAccess]),
            ("all", &[MatchUi, ReadOnly, SubjectAccess]),
            ("none", &[]),
        ];
        roles
            .map(|(name, roles)| Self {
                client_id: format!("{name}-client"),
                client_secret: format!("s3c+ret/={name}"),
                roles: roles.to_vec(),
            })
            .into()
    }
}
