//! Holds the learners of the Learning Records Service, as the names of its schema have them.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use crate::learner::{LearnersRefused, is_date, is_uln};

/// The learners that a sandbox begins with unless others are given.
const INVENTED: &str = include_str!("../../data/lrs_learners.json");

/// The elements of a learner, in the order of the schema; linked numbers stand before `Notes`.
pub(super) const LEARNER_ELEMENTS: [&str; 31] = [
    "CreatedDate",
    "LastUpdatedDate",
    "ULN",
    "MasterSubstituted",
    "Title",
    "GivenName",
    "MiddleOtherName",
    "FamilyName",
    "PreferredGivenName",
    "PreviousFamilyName",
    "FamilyNameAtAge16",
    "SchoolAtAge16",
    "LastKnownAddressLine1",
    "LastKnownAddressLine2",
    "LastKnownAddressTown",
    "LastKnownAddressCountyOrCity",
    "LastKnownPostCode",
    "DateOfAddressCapture",
    "DateOfBirth",
    "PlaceOfBirth",
    "Gender",
    "EmailAddress",
    "Nationality",
    "ScottishCandidateNumber",
    "VerificationType",
    "OtherVerificationDescription",
    "TierLevel",
    "AbilityToShare",
    "LearnerStatus",
    "Notes",
    "VersionNumber",
];

/// The elements of a learning event, in the order of the schema.
pub(super) const EVENT_ELEMENTS: [&str; 22] = [
    "AchievementAwardDate",
    "AchievementProviderName",
    "AchievementProviderUkprn",
    "AwardingOrganisationName",
    "AwardingOrganisationUkprn",
    "CollectionType",
    "Credits",
    "DateLoaded",
    "Grade",
    "ID",
    "LanguageForAssessment",
    "Level",
    "ParticipationEndDate",
    "ParticipationStartDate",
    "QualificationType",
    "Restriction",
    "ReturnNumber",
    "Source",
    "Status",
    "Subject",
    "SubjectCode",
    "UnderDataChallenge",
];

/// The code of `AbilityToShare` that lets events be seen.
const SHARES: &str = "1";

/// Elements by name: `None` is sent as nil, and what is missing is not sent.
pub(super) type Elements = BTreeMap<String, Option<String>>;

/// A learner that the service knows.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Learner {
    /// The elements of the record.
    pub(super) details: Elements,
    /// The numbers that were merged into this one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) linked_ulns: Option<Vec<String>>,
    /// The number of the record that this one was merged into.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) merged_into: Option<String>,
    /// The learning events.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) events: Vec<Elements>,
}

impl Learner {
    /// The text of an element; empty when there is none.
    pub(crate) fn detail(&self, name: &str) -> &str {
        self.details.get(name).and_then(Option::as_deref).unwrap_or_default()
    }

    pub(crate) fn uln(&self) -> &str {
        self.detail("ULN")
    }

    /// Whether the learner's events may be seen.
    pub(super) fn shares(&self) -> bool {
        self.detail("AbilityToShare") == SHARES
    }

    /// The number of learning events.
    pub(crate) fn event_count(&self) -> usize {
        self.events.len()
    }

    /// What there is to say about the learner beside the names: merged, or not sharing.
    pub(crate) fn remark(&self) -> Option<String> {
        match &self.merged_into {
            Some(master) => Some(format!("merged into {master}")),
            None if !self.shares() => Some("does not share".to_owned()),
            None => None,
        }
    }

    /// Whether one of `names` of the record equals `text`.
    pub(super) fn goes_by(&self, names: &[&str], text: &str) -> bool {
        let text = folded(text);
        names.iter().any(|name| {
            let known = folded(self.detail(name));
            !known.is_empty() && known == text
        })
    }

    /// Says what is wrong with this learner, if anything is.
    fn check(&self) -> Result<(), String> {
        let uln = self.uln();
        if !is_uln(uln) {
            return Err(format!("{uln:?} is not a ULN: the check digit or the length is wrong"));
        }
        if let Some(name) = self.details.keys().find(|name| !LEARNER_ELEMENTS.contains(&name.as_str())) {
            return Err(format!("the learner {uln} has the unknown element {name:?}"));
        }
        let unknown = |event: &Elements| event.keys().find(|name| !EVENT_ELEMENTS.contains(&name.as_str())).cloned();
        if let Some(name) = self.events.iter().find_map(unknown) {
            return Err(format!("an event of the learner {uln} has the unknown element {name:?}"));
        }
        if !is_date(self.detail("DateOfBirth")) {
            return Err(format!("the date of birth of {uln} is not YYYY-MM-DD"));
        }
        Ok(())
    }
}

/// Text as it is compared: without blanks around it, composed, and without regard to case.
pub(super) fn folded(text: &str) -> String {
    // Through upper case, so that "ß" and "SS" agree.
    text.trim().nfc().flat_map(char::to_uppercase).flat_map(char::to_lowercase).collect()
}

/// A postcode as it is compared.
pub(super) fn folded_postcode(text: &str) -> String {
    folded(text).replace(' ', "")
}

/// All learners that the service of one sandbox knows, ordered by number.
#[derive(Clone, Debug)]
pub(crate) struct Roll {
    learners: Vec<Learner>,
    numbers: HashMap<String, usize>,
}

impl Roll {
    /// The learners that every sandbox begins with.
    pub(crate) fn invented() -> Self {
        Self::parse(INVENTED).expect("the embedded learners are checked by a test")
    }

    /// Reads learners from a JSON array.
    pub(crate) fn parse(text: &str) -> Result<Self, LearnersRefused> {
        let mut learners: Vec<Learner> = serde_json::from_str(text).map_err(LearnersRefused::because)?;
        learners.sort_by(|one, other| one.uln().cmp(other.uln()));
        let mut numbers = HashMap::new();
        for (index, learner) in learners.iter().enumerate() {
            learner.check().map_err(LearnersRefused::because)?;
            if numbers.insert(learner.uln().to_owned(), index).is_some() {
                return Err(LearnersRefused::because(format!("the ULN {} is given twice", learner.uln())));
            }
        }
        let roll = Self { learners, numbers };
        for learner in &roll.learners {
            let Some(master) = &learner.merged_into else { continue };
            if roll.by_uln(master).is_none_or(|master| master.merged_into.is_some()) {
                let reason = format!("{} is merged into {master}, which is not a record of its own", learner.uln());
                return Err(LearnersRefused::because(reason));
            }
        }
        Ok(roll)
    }

    pub(crate) fn all(&self) -> &[Learner] {
        &self.learners
    }

    pub(super) fn by_uln(&self, uln: &str) -> Option<&Learner> {
        self.numbers.get(uln).map(|index| &self.learners[*index])
    }

    /// The record that stands for `learner`: its master when it was merged.
    pub(super) fn master<'a>(&'a self, learner: &'a Learner) -> &'a Learner {
        learner.merged_into.as_deref().and_then(|master| self.by_uln(master)).unwrap_or(learner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_learners_are_valid() {
        let roll = Roll::parse(INVENTED).unwrap();
        assert!(roll.all().iter().filter(|learner| learner.detail("GivenName") == "Alix").count() == 12);
        assert_eq!(roll.by_uln("2468135791").and_then(Learner::remark).as_deref(), Some("merged into 7506070803"));
        assert!(roll.all().is_sorted_by_key(|learner| learner.uln().to_owned()));
    }

    #[test]
    fn the_elements_of_an_event_are_in_alphabetical_order() {
        assert!(EVENT_ELEMENTS.is_sorted());
    }

    #[test]
    fn a_file_with_a_wrong_learner_is_refused_with_the_reason() {
        for (text, reason) in [
            ("{}", "invalid type"),
            (r#"[{"details":{"ULN":"5123456783"}}]"#, "5123456783"),
            (r#"[{"details":{"ULN":"5123456782","Name":"x"}}]"#, "Name"),
            (r#"[{"details":{"ULN":"5123456782","DateOfBirth":"02/09/2008"}}]"#, "YYYY-MM-DD"),
            (
                r#"[{"details":{"ULN":"5123456782","DateOfBirth":"2008-09-02"},"events":[{"Date":"x"}]}]"#,
                "unknown element \"Date\"",
            ),
            (
                r#"[{"details":{"ULN":"5123456782","DateOfBirth":"2008-09-02"},"mergedInto":"3000000010"}]"#,
                "merged into 3000000010",
            ),
        ] {
            let refused = Roll::parse(text).unwrap_err().to_string();
            assert!(refused.contains(reason), "{refused}");
        }
    }

    #[test]
    fn names_agree_without_regard_to_case_blanks_and_composition() {
        assert_eq!(folded(" ZOË "), folded("Zoe\u{308}"));
        assert_eq!(folded("Groß"), folded("GROSS"));
        assert_eq!(folded_postcode("ls11 5qt"), folded_postcode("LS115QT"));
        assert_ne!(folded("Zoë"), folded("Zoe"));
    }
}
