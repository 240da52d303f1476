//! Describes how a home institution treats a student, and keeps what it is still to do.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::refusal;

/// The longest delay: ten minutes.
const LONGEST_DELAY_MS: u64 = 600_000;

/// The state of an association for which nothing else is said.
const USUAL_STATE: &str = "associated";

/// The status that failures have unless another is given.
const USUAL_FAILURE: u16 = 503;

/// How a home institution treats a student; what is left out is as usual.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct HomeScript {
    /// The offering that this is about; all of them when left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offering_id: Option<String>,
    /// The state of associations, also an unknown one; `associated` when left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// The states that follow as the sandbox's time passes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub later: Vec<HomeState>,
    /// What is said to the student along with a state, in several languages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<Vec<HomeMessage>>,
    /// Where the student is to go on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub redirect: Option<String>,
    /// Whether the student is enrolled at home.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub active_enrollment: Option<bool>,
    /// How many requests about associations fail without an effect.
    #[serde(skip_serializing_if = "is_zero")]
    pub fail_times: u32,
    /// The status with which they fail; 503 when left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fail_status: Option<u16>,
    /// How many new associations are kept and then answered with 500.
    #[serde(skip_serializing_if = "is_zero", rename = "commitThen500")]
    pub commit_then_500: u32,
    /// How long requests about associations wait, in milliseconds of real time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delay_ms: Option<u64>,
    /// How many requests about associations find their connection cut instead of an answer, without an effect.
    #[serde(skip_serializing_if = "HomeTimes::is_never")]
    pub drop_connection: HomeTimes,
    /// Whether a new association is answered with 200 instead of 201.
    #[serde(skip_serializing_if = "is_false", rename = "answer200")]
    pub answer_200: bool,
    /// Whether the answer to a new association lacks its identifier.
    #[serde(skip_serializing_if = "is_false")]
    pub no_association_id: bool,
    /// Whether the token endpoint refuses to refresh the student's tokens.
    #[serde(skip_serializing_if = "is_false")]
    pub refresh_fails: bool,
    /// A status, unknown to the receiver's framework, that all requests about associations are answered with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unknown_status: Option<u16>,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn is_zero(number: &u32) -> bool {
    *number == 0
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn is_false(value: &bool) -> bool {
    !value
}

/// A state that an association takes some time after it was created.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct HomeState {
    /// The time since the association was created, in seconds of the sandbox's clock.
    pub after_seconds: u64,
    /// The state from then on.
    pub state: String,
}

/// A text in one language.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct HomeMessage {
    /// The language, such as `nl-NL`.
    pub language: String,
    /// The text.
    pub value: String,
}

/// How many requests something happens to: `true` for all of them, or a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(untagged)]
pub enum HomeTimes {
    /// All of them, or none.
    Always(bool),
    /// This many.
    Count(u32),
}

impl Default for HomeTimes {
    fn default() -> Self {
        Self::Always(false)
    }
}

impl HomeTimes {
    fn is_never(&self) -> bool {
        matches!(self, Self::Always(false) | Self::Count(0))
    }

    /// Takes one turn, if there is one.
    fn take(&mut self) -> bool {
        match self {
            Self::Always(always) => *always,
            Self::Count(0) => false,
            Self::Count(left) => {
                *left -= 1;
                true
            }
        }
    }
}

/// What happens to a request about an association instead of what it asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mishap {
    /// The connection is cut.
    Cut,
    /// This status is answered.
    Status(u16),
}

impl HomeScript {
    /// A script with which associations have this state.
    pub fn answering(state: impl Into<String>) -> Self {
        Self { state: Some(state.into()), ..Self::default() }
    }

    /// The same, about one offering only.
    #[must_use]
    pub fn about(mut self, offering_id: impl Into<String>) -> Self {
        self.offering_id = Some(offering_id.into());
        self
    }

    /// The same with another state from some time after the association was created.
    #[must_use]
    pub fn then(mut self, after_seconds: u64, state: impl Into<String>) -> Self {
        self.later.push(HomeState { after_seconds, state: state.into() });
        self
    }

    /// Says what is wrong with this script, if anything is.
    pub(super) fn check(&self) -> Result<(), String> {
        if self.offering_id.is_some() && (self.active_enrollment.is_some() || self.refresh_fails) {
            return Err("activeEnrollment and refreshFails are about the student, not about an offering".to_owned());
        }
        if self.fail_status.is_some_and(|status| !(200..=599).contains(&status)) {
            return Err("failStatus must be 200 to 599".to_owned());
        }
        if let Some(status) = self.unknown_status {
            let code = StatusCode::from_u16(status).ok().filter(|code| (200..=999).contains(&code.as_u16()));
            let code = code.ok_or("unknownStatus must be 200 to 999")?;
            if refusal::reason(code).is_some() || code.canonical_reason().is_some() {
                return Err(format!("the status {status} is known"));
            }
        }
        if self.delay_ms.is_some_and(|delay| delay > LONGEST_DELAY_MS) {
            return Err(format!("delayMs must be at most {LONGEST_DELAY_MS}"));
        }
        Ok(())
    }

    /// The state at `now` of an association that was created at some time.
    pub(super) fn state_at(&self, created: Timestamp, now: Timestamp) -> &str {
        let age = now.duration_since(created);
        let reached = |later: &&HomeState| SignedDuration::from_secs(seconds(later.after_seconds)) <= age;
        let latest = self.later.iter().filter(reached).max_by_key(|later| later.after_seconds);
        latest.map(|later| later.state.as_str()).or(self.state.as_deref()).unwrap_or(USUAL_STATE)
    }

    /// What happens to the next request about an association, if anything does.
    fn mishap(&mut self) -> Option<Mishap> {
        if self.drop_connection.take() {
            return Some(Mishap::Cut);
        }
        if let Some(status) = self.unknown_status {
            return Some(Mishap::Status(status));
        }
        if self.fail_times > 0 {
            self.fail_times -= 1;
            return Some(Mishap::Status(self.fail_status.unwrap_or(USUAL_FAILURE)));
        }
        None
    }
}

fn seconds(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// The scripts in force.
#[derive(Debug, Default)]
pub(super) struct Scripts {
    /// By student and offering, or for all offerings.
    scripts: BTreeMap<(String, Option<String>), HomeScript>,
    /// What applies to everybody else.
    usual: HomeScript,
}

impl Scripts {
    /// Puts a script in the place of the student's earlier one about the same.
    pub(super) fn set(&mut self, person: &str, script: HomeScript) {
        self.scripts.insert((person.to_owned(), script.offering_id.clone()), script);
    }

    /// Forgets all scripts of a student.
    pub(super) fn forget(&mut self, person: &str) {
        self.scripts.retain(|(known, _), _| known != person);
    }

    /// All scripts of a student.
    pub(super) fn all(&self, person: &str) -> Vec<&HomeScript> {
        self.scripts.iter().filter(|((known, _), _)| known == person).map(|(_, script)| script).collect()
    }

    fn key(&self, person: &str, offering: Option<&str>) -> (String, Option<String>) {
        let key = (person.to_owned(), offering.map(str::to_owned));
        if self.scripts.contains_key(&key) { key } else { (key.0, None) }
    }

    /// The script for a student and an offering.
    pub(super) fn of(&self, person: &str, offering: Option<&str>) -> &HomeScript {
        self.scripts.get(&self.key(person, offering)).unwrap_or(&self.usual)
    }

    /// What happens to the next request about an association, if anything does.
    pub(super) fn mishap(&mut self, person: &str, offering: Option<&str>) -> Option<Mishap> {
        let key = self.key(person, offering);
        self.scripts.get_mut(&key)?.mishap()
    }

    /// Whether a new association is to be kept and answered with 500.
    pub(super) fn forgets_answer(&mut self, person: &str, offering: Option<&str>) -> bool {
        let key = self.key(person, offering);
        match self.scripts.get_mut(&key) {
            Some(script) if script.commit_then_500 > 0 => {
                script.commit_then_500 -= 1;
                true
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_state_is_that_of_the_last_moment_that_has_passed() {
        let script = HomeScript::answering("pending").then(60, "associated").then(30, "queued");
        let created = Timestamp::UNIX_EPOCH;
        let at = |seconds| script.state_at(created, Timestamp::from_second(seconds).unwrap()).to_owned();
        assert_eq!(
            [at(0), at(29), at(30), at(60), at(999)],
            ["pending", "pending", "queued", "associated", "associated"]
        );
    }

    #[test]
    fn a_script_about_an_offering_goes_before_the_one_about_all() {
        let mut scripts = Scripts::default();
        scripts.set("p", HomeScript::answering("denied"));
        scripts.set("p", HomeScript { fail_times: 1, ..HomeScript::answering("queued").about("o") });
        let state = |scripts: &Scripts, person, offering| scripts.of(person, offering).state.clone();
        assert_eq!(state(&scripts, "p", Some("o")).as_deref(), Some("queued"));
        assert_eq!(state(&scripts, "p", Some("x")).as_deref(), Some("denied"));
        assert_eq!(state(&scripts, "q", None), None);
        assert_eq!(scripts.mishap("p", Some("o")), Some(Mishap::Status(503)));
        assert_eq!((scripts.mishap("p", Some("o")), scripts.mishap("q", None)), (None, None));
        scripts.forget("p");
        assert!(scripts.all("p").is_empty());
    }

    #[test]
    fn a_script_that_cannot_be_played_is_refused() {
        for script in [
            HomeScript { unknown_status: Some(503), ..HomeScript::default() },
            HomeScript { unknown_status: Some(99), ..HomeScript::default() },
            HomeScript { fail_status: Some(199), ..HomeScript::default() },
            HomeScript { delay_ms: Some(u64::MAX), ..HomeScript::default() },
            HomeScript { refresh_fails: true, ..HomeScript::default().about("o") },
        ] {
            assert!(script.check().is_err(), "{script:?}");
        }
        assert_eq!(HomeScript { unknown_status: Some(460), ..HomeScript::default() }.check(), Ok(()));
    }
}
