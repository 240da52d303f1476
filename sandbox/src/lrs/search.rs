//! Decides what the service finds, by fixed rules.

use super::learner::{Learner, Roll, folded, folded_postcode};
use super::request::Asked;
use crate::learner::is_uln;

/// The most candidates that are given.
const MOST_CANDIDATES: usize = 10;

/// The code of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Code {
    NoMatch,
    TooManyMatches,
    PossibleMatch,
    ExactMatch,
    LinkedMatch,
    InvalidUln,
    NotShared,
    NotVerified,
}

impl Code {
    pub(super) fn text(self) -> &'static str {
        match self {
            Self::NoMatch => "WSRC0001",
            Self::TooManyMatches => "WSRC0002",
            Self::PossibleMatch => "WSRC0003",
            Self::ExactMatch => "WSRC0004",
            Self::LinkedMatch => "WSRC0022",
            Self::InvalidUln => "WSEC0136",
            Self::NotShared => "WSEC0206",
            Self::NotVerified => "WSEC0208",
        }
    }
}

/// The code and the learners that go with it.
pub(super) type Found<'a> = (Code, Vec<&'a Learner>);

/// Finds learners by what is known of a person.
pub(super) fn by_demographics<'a>(roll: &'a Roll, asked: &Asked) -> Found<'a> {
    let family = folded(asked.text("FamilyName"));
    let given = folded(asked.text("GivenName"));
    let postcode = folded_postcode(asked.text("LastKnownPostCode"));
    let same_birth = |learner: &Learner| learner.detail("DateOfBirth") == asked.text("DateOfBirth");
    let same_family = |learner: &Learner| folded(learner.detail("FamilyName")) == family;
    let same_given = |learner: &Learner| folded(learner.detail("GivenName")) == given;
    let same_in_all = |learner: &&Learner| {
        same_family(learner)
            && same_given(learner)
            && same_birth(learner)
            && learner.detail("Gender") == asked.text("Gender")
            && folded_postcode(learner.detail("LastKnownPostCode")) == postcode
    };
    let mut equal = roll.all().iter().filter(same_in_all);
    if let (Some(learner), None) = (equal.next(), equal.next()) {
        return (one(learner), vec![roll.master(learner)]);
    }
    let alike = |learner: &&Learner| {
        let same_person = same_family(learner) && same_given(learner);
        same_person || same_birth(learner) && learner.goes_by(&["FamilyName", "PreviousFamilyName"], &family)
    };
    // A merged record is found, and its master is what is given.
    let mut candidates: Vec<&Learner> = roll.all().iter().filter(alike).map(|learner| roll.master(learner)).collect();
    candidates.sort_by(|one, other| one.uln().cmp(other.uln()));
    candidates.dedup_by(|one, other| one.uln() == other.uln());
    match candidates.len() {
        0 => (Code::NoMatch, candidates),
        1..=MOST_CANDIDATES => (Code::PossibleMatch, candidates),
        _ => (Code::TooManyMatches, Vec::new()),
    }
}

/// Finds the learner with a number and these names.
pub(super) fn by_uln<'a>(roll: &'a Roll, asked: &Asked) -> Found<'a> {
    if !is_uln(asked.uln()) {
        return (Code::InvalidUln, Vec::new());
    }
    match named(roll, asked.uln(), asked.text("FamilyName"), asked.text("GivenName")) {
        Some(learner) => (one(learner), vec![roll.master(learner)]),
        None => (Code::NoMatch, Vec::new()),
    }
}

/// Finds whose learning events are given; the learner also comes with the refusal not to share.
pub(super) fn for_events<'a>(roll: &'a Roll, asked: &Asked) -> (Code, Option<&'a Learner>) {
    if !is_uln(asked.uln()) {
        return (Code::InvalidUln, None);
    }
    let Some(learner) = named(roll, asked.uln(), asked.text("familyName"), asked.text("givenName")) else {
        return (Code::NotVerified, None);
    };
    let master = roll.master(learner);
    let code = if master.shares() { one(learner) } else { Code::NotShared };
    (code, Some(master))
}

/// The code for one learner.
fn one(learner: &Learner) -> Code {
    if learner.merged_into.is_some() { Code::LinkedMatch } else { Code::ExactMatch }
}

/// The learner with this number, if the names agree with the record.
fn named<'a>(roll: &'a Roll, uln: &str, family: &str, given: &str) -> Option<&'a Learner> {
    let known_family = ["FamilyName", "PreviousFamilyName"];
    let known_given = ["GivenName", "PreferredGivenName"];
    roll.by_uln(uln).filter(|learner| learner.goes_by(&known_family, family) && learner.goes_by(&known_given, given))
}
