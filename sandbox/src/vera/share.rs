//! Holds one share: a provider's question to a learner, and what became of it.

use std::fmt;

use serde::{Deserialize, Serialize};

/// How long a learner has to answer a push request, in seconds.
pub(super) const PUSH_LIFE_SECONDS: i64 = 300;

/// How long a record can be fetched by correlation id after approval, in seconds.
pub(super) const APPROVAL_LIFE_SECONDS: i64 = 86_400;

/// How many wrong codes end a push request.
pub(super) const MOST_WRONG_CODES: u32 = 3;

/// How a share reaches the learner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Pattern {
    /// Pattern A: the learner scans a QR code.
    #[serde(rename = "A")]
    Qr,
    /// Pattern C: the learner's phone is pushed to, and the learner types a code.
    #[serde(rename = "C")]
    Push,
}

/// What has become of a share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum ShareState {
    /// The learner has not decided.
    Waiting,
    /// The learner agreed, and the record can be fetched.
    Approved,
    /// The learner declined.
    Declined,
    /// A wrong code was entered three times.
    WrongCode,
    /// The time to decide ran out.
    Lapsed,
    /// The learner agreed more than a day ago.
    Ended,
}

/// What a learner, or a test in their place, answers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Approval {
    /// The learner's ULN: required in pattern A, where anybody may scan the code.
    pub uln: Option<String>,
    /// The code shown by the provider: required in pattern C.
    pub code: Option<String>,
}

impl Approval {
    /// Approves a QR share as the learner with this ULN.
    pub fn by(uln: &str) -> Self {
        Self { uln: Some(uln.to_owned()), code: None }
    }

    /// Approves a push share with this code.
    pub fn with_code(code: &str) -> Self {
        Self { uln: None, code: Some(code.to_owned()) }
    }
}

/// Why a learner's answer is not accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ShareRefused {
    /// There is no share with this correlation id.
    Unknown,
    /// The share has been answered, or its time has run out.
    NotWaiting {
        /// What has become of it.
        state: ShareState,
    },
    /// A QR share needs the ULN of the learner who approves it.
    UlnRequired,
    /// There is no learner with this ULN.
    UnknownLearner,
    /// The push went to another learner.
    OtherLearner,
    /// A push share needs the code.
    CodeRequired,
    /// The code is wrong.
    WrongCode {
        /// How many attempts are left; at none the share is over.
        left: u32,
    },
}

impl fmt::Display for ShareRefused {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown => formatter.write_str("there is no share with this correlation id"),
            Self::NotWaiting { state } => {
                write!(formatter, "the share no longer waits for an answer: {}", state.name())
            }
            Self::UlnRequired => formatter.write_str("the uln of the learner who approves is required"),
            Self::UnknownLearner => formatter.write_str("there is no learner with this uln"),
            Self::OtherLearner => formatter.write_str("the request went to another learner than this uln"),
            Self::CodeRequired => formatter.write_str("the code that the provider shows is required"),
            Self::WrongCode { left } => write!(formatter, "the code is wrong; attempts left: {left}"),
        }
    }
}

impl std::error::Error for ShareRefused {}

impl ShareState {
    /// The name of the state in JSON and in pages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Approved => "approved",
            Self::Declined => "declined",
            Self::WrongCode => "wrongCode",
            Self::Lapsed => "lapsed",
            Self::Ended => "ended",
        }
    }
}

/// What a learner decided, or lost the chance to decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Decision {
    Approved { at: i64 },
    Declined,
    WrongCode,
}

/// A provider's question to a learner.
#[derive(Clone, Debug)]
pub(crate) struct Share {
    pub(super) correlation_id: String,
    pub(super) pattern: Pattern,
    pub(super) ukprn: String,
    /// The last part of the address in the QR code.
    pub(super) request_id: Option<String>,
    /// The deep link in the QR code.
    pub(super) url: Option<String>,
    pub(super) uln: Option<String>,
    pub(super) code: Option<String>,
    pub(super) wrong_codes: u32,
    pub(super) created: i64,
    pub(super) expires: i64,
    pub(super) decision: Option<Decision>,
}

impl Share {
    /// What has become of the share by `now`.
    pub(super) fn state(&self, now: i64) -> ShareState {
        match self.decision {
            Some(Decision::Approved { at }) if now - at >= APPROVAL_LIFE_SECONDS => ShareState::Ended,
            Some(Decision::Approved { .. }) => ShareState::Approved,
            Some(Decision::Declined) => ShareState::Declined,
            Some(Decision::WrongCode) => ShareState::WrongCode,
            None if now >= self.expires => ShareState::Lapsed,
            None => ShareState::Waiting,
        }
    }

    /// How many codes may still be tried.
    pub(super) fn attempts_left(&self) -> u32 {
        MOST_WRONG_CODES.saturating_sub(self.wrong_codes)
    }

    pub(super) fn view(&self, provider: &str, now: i64) -> ShareView {
        ShareView {
            correlation_id: self.correlation_id.clone(),
            pattern: self.pattern,
            state: self.state(now),
            ukprn: self.ukprn.clone(),
            provider: provider.to_owned(),
            uln: self.uln.clone(),
            code: self.code.clone(),
            wrong_codes: self.wrong_codes,
            url: self.url.clone(),
            learner_page: format!("/_sandbox/learner/{}", self.correlation_id),
            created_at: self.created,
            expires_at: self.expires,
        }
    }
}

/// A share as the control interface shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ShareView {
    /// The handle that the provider polls with.
    pub correlation_id: String,
    /// How the share reaches the learner.
    pub pattern: Pattern,
    /// What has become of it.
    pub state: ShareState,
    /// The provider that asks.
    pub ukprn: String,
    /// The name of that provider.
    pub provider: String,
    /// The learner, once known.
    pub uln: Option<String>,
    /// The code that the learner has to type, in pattern C.
    pub code: Option<String>,
    /// How many wrong codes have been typed.
    pub wrong_codes: u32,
    /// The deep link in the QR code, in pattern A.
    pub url: Option<String>,
    /// The path of the learner's page.
    pub learner_page: String,
    /// When it was made, in Unix seconds.
    pub created_at: i64,
    /// When it lapses unless the learner decides, in Unix seconds.
    pub expires_at: i64,
}
