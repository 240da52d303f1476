//! The states of an enrolment at the two institutions, and what they come to together (section 7 of the enrolment
//! specification).

use serde::{Deserialize, Serialize};

/// A state of an association, as it is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum State {
    /// Not decided yet.
    Pending,
    /// On the waiting list.
    Queued,
    /// Enrolled.
    Associated,
    /// Refused.
    Denied,
    /// Ended by the student.
    Canceled,
}

impl State {
    /// Its word on the wire and in the store.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Queued => "queued",
            Self::Associated => "associated",
            Self::Denied => "denied",
            Self::Canceled => "canceled",
        }
    }

    /// Reads a state leniently: letter case does not count, and `cancelled` is what later versions write.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        match text.trim().to_ascii_lowercase().as_str() {
            "pending" => Some(Self::Pending),
            "queued" => Some(Self::Queued),
            "associated" => Some(Self::Associated),
            "denied" => Some(Self::Denied),
            "canceled" | "cancelled" => Some(Self::Canceled),
            _ => None,
        }
    }

    /// Whether nothing follows it.
    #[must_use]
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Denied | Self::Canceled)
    }

    /// Whether the host may go on to `next`. From a state to itself is no transition.
    #[must_use]
    pub const fn may_become(self, next: Self) -> bool {
        matches!(
            (self, next),
            (Self::Pending, Self::Associated | Self::Queued | Self::Denied | Self::Canceled)
                | (Self::Queued, Self::Associated | Self::Denied | Self::Canceled)
                | (Self::Associated, Self::Denied | Self::Canceled)
        )
    }
}

/// What the host's state and what is known of the home institution's come to; `home` is `None` while nothing is known,
/// or nothing that has a name.
#[must_use]
pub const fn combined(host: State, home: Option<State>) -> State {
    match (host, home) {
        (State::Denied | State::Canceled, _) => host,
        (_, Some(State::Denied | State::Canceled)) => State::Denied,
        (State::Associated, Some(State::Associated)) => State::Associated,
        (State::Queued, _) => State::Queued,
        (State::Associated | State::Pending, _) => State::Pending,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [State; 5] = [State::Pending, State::Queued, State::Associated, State::Denied, State::Canceled];

    #[test]
    fn states_combine_as_the_published_flowchart_has_it() {
        use State::{Associated, Canceled, Denied, Pending, Queued};
        let homes = [Some(Associated), Some(Pending), Some(Denied), Some(Queued), Some(Canceled), None];
        for (host, row) in [
            (Associated, [Associated, Pending, Denied, Pending, Denied, Pending]),
            (Pending, [Pending, Pending, Denied, Pending, Denied, Pending]),
            (Queued, [Queued, Queued, Denied, Queued, Denied, Queued]),
            (Denied, [Denied; 6]),
            (Canceled, [Canceled; 6]),
        ] {
            for (home, expected) in homes.into_iter().zip(row) {
                assert_eq!(combined(host, home), expected, "{host:?} {home:?}");
            }
        }
    }

    #[test]
    fn only_the_transitions_of_the_table_are_allowed_and_nothing_returns_to_pending() {
        let allowed: Vec<_> = ALL
            .into_iter()
            .flat_map(|from| {
                ALL.into_iter().filter(move |to| from.may_become(*to)).map(move |to| (from.word(), to.word()))
            })
            .collect();
        assert_eq!(
            allowed,
            [
                ("pending", "queued"),
                ("pending", "associated"),
                ("pending", "denied"),
                ("pending", "canceled"),
                ("queued", "associated"),
                ("queued", "denied"),
                ("queued", "canceled"),
                ("associated", "denied"),
                ("associated", "canceled"),
            ]
        );
    }

    #[test]
    fn states_are_read_leniently_and_written_exactly() {
        for state in ALL {
            assert_eq!(State::read(&state.word().to_uppercase()), Some(state));
        }
        assert_eq!(State::read(" Cancelled "), Some(State::Canceled));
        assert_eq!(State::read("enrolled"), None);
    }
}
