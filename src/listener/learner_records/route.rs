//! The paths of the interface, with their methods and roles.

use hyper::Method;
use percent_encoding::percent_decode_str;

use super::{RO, SAR, UI};
use crate::lrs::rules;

/// What a path stands for; a person is named by their NOMIS id.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Route {
    /// `/learners`
    Learners,
    /// `/learner-events`
    LearnerEvents,
    /// `/match/{nomisId}`, to be read
    Match(String),
    /// `/match/{nomisId}`, to be written
    Confirm(String),
    /// `/match/{nomisId}/no-match`
    NoMatch(String),
    /// `/match/{nomisId}/unmatch`
    Unmatch(String),
    /// `/match/{nomisId}/learner-events`
    EventsOfPerson(String),
    /// `/subject-access-request`
    Report,
    /// `/health`, `/health/readiness`
    Health,
    /// `/health/ping`, `/health/liveness`
    Alive,
    /// `/info`
    Info,
    /// `/v3/api-docs`
    OpenApi,
    /// `/swagger-ui.html`
    Documentation,
}

impl Route {
    /// What `path` stands for, if anything.
    pub(super) fn of(path: &str) -> Option<Self> {
        let parts: Vec<&str> = path.strip_prefix('/')?.split('/').collect();
        Some(match parts[..] {
            ["learners"] => Self::Learners,
            ["learner-events"] => Self::LearnerEvents,
            ["match", id] => Self::Match(person(id)?),
            ["match", id, "no-match"] => Self::NoMatch(person(id)?),
            ["match", id, "unmatch"] => Self::Unmatch(person(id)?),
            ["match", id, "learner-events"] => Self::EventsOfPerson(person(id)?),
            ["subject-access-request"] => Self::Report,
            ["health"] | ["health", "readiness"] => Self::Health,
            ["health", "ping" | "liveness"] => Self::Alive,
            ["info"] => Self::Info,
            ["v3", "api-docs"] => Self::OpenApi,
            ["swagger-ui.html"] => Self::Documentation,
            _ => return None,
        })
    }

    /// What it stands for with this method.
    pub(super) fn with(self, method: &Method) -> Self {
        match self {
            Self::Match(id) if method == Method::POST => Self::Confirm(id),
            other => other,
        }
    }

    /// The methods, as error texts name them.
    pub(super) const fn methods(&self) -> &'static str {
        match self {
            Self::Learners | Self::LearnerEvents | Self::NoMatch(_) | Self::Unmatch(_) => "POST",
            Self::Match(_) | Self::Confirm(_) => "GET, POST",
            _ => "GET",
        }
    }

    pub(super) fn permits(&self, method: &Method) -> bool {
        self.methods().split(", ").any(|permitted| permitted == method.as_str())
    }

    /// The roles of which one is needed; none where everybody may ask.
    pub(super) const fn roles(&self) -> &'static [&'static str] {
        match self {
            Self::Learners | Self::LearnerEvents | Self::Confirm(_) | Self::NoMatch(_) | Self::Unmatch(_) => &[UI],
            Self::Match(_) => &[UI, RO],
            Self::EventsOfPerson(_) => &[RO],
            Self::Report => &[SAR],
            Self::Health | Self::Alive | Self::Info | Self::OpenApi | Self::Documentation => &[],
        }
    }

    /// What the audit trail calls it; the original names two of these and enters nothing for the rest.
    pub(super) const fn what(&self, read_only: bool) -> &'static str {
        match self {
            Self::Learners => "search-learners",
            Self::LearnerEvents => "learner-events",
            Self::Match(_) if read_only => "match-uln",
            Self::Match(_) => "match-state",
            Self::Confirm(_) => "match-confirm",
            Self::NoMatch(_) => "match-none",
            Self::Unmatch(_) => "match-undo",
            Self::EventsOfPerson(_) => "match-learner-events",
            Self::Report => "subject-access-request",
            Self::Health | Self::Alive | Self::Info | Self::OpenApi | Self::Documentation => "open",
        }
    }

    /// The person in the path.
    pub(super) fn person(&self) -> Option<&str> {
        match self {
            Self::Match(id) | Self::Confirm(id) | Self::NoMatch(id) | Self::Unmatch(id) | Self::EventsOfPerson(id) => {
                Some(id)
            }
            _ => None,
        }
    }
}

fn person(part: &str) -> Option<String> {
    let id = percent_decode_str(part).decode_utf8().ok()?.into_owned();
    rules::person_id(&id).is_ok().then_some(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_name_people_percent_encoded() {
        assert_eq!(Route::of("/match/A1000AA"), Some(Route::Match("A1000AA".into())));
        assert_eq!(Route::of("/match/A%2FB%20%C3%96/no-match"), Some(Route::NoMatch("A/B Ö".into())));
        assert_eq!(Route::of("/match/A1000AA/learner-events"), Some(Route::EventsOfPerson("A1000AA".into())));
        for other in ["", "/", "/match", "/match/", "/match/%FF", "/match/%00", "/match/A/b", "/learners/"] {
            assert_eq!(Route::of(other), None, "{other}");
        }
    }

    #[test]
    fn what_everybody_may_ask_is_read_only() {
        for path in ["/health", "/health/ping", "/health/liveness", "/health/readiness", "/info", "/v3/api-docs"] {
            let route = Route::of(path).unwrap();
            assert!(route.roles().is_empty() && route.methods() == "GET", "{path}");
        }
    }
}
