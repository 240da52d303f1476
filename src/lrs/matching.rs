//! Where possible matches differ from what was searched for.

use std::collections::BTreeMap;

use super::config::Behaviour;
use super::query::ByDemographics;
use super::records::{LearnerKind, Records, gender_word};
use crate::privacy::Sensitive;

/// The fields of a search, all of which are compared.
pub const FIELDS: [&str; 9] = [
    "givenName",
    "familyName",
    "dateOfBirth",
    "gender",
    "lastKnownPostCode",
    "previousFamilyName",
    "schoolAtAge16",
    "placeOfBirth",
    "emailAddress",
];

/// How learners differ from a search.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mismatches {
    /// The differing values by field, one for each learner that differs there, in the service's order.
    pub fields: BTreeMap<&'static str, Vec<Sensitive<String>>>,
    /// The differing fields of each learner, in the learners' order.
    pub by_learner: Vec<Vec<&'static str>>,
}

impl Mismatches {
    /// Compares every learner with the search. A field that either side lacks is not compared.
    #[must_use]
    pub fn of(query: &ByDemographics, learners: &Records<LearnerKind>, behaviour: Behaviour) -> Self {
        let optional = |value: &'_ Option<Sensitive<String>>| value.as_ref().map(|value| value.0.clone());
        let searched: [Option<String>; FIELDS.len()] = [
            Some(query.given_name.0.clone()),
            Some(query.family_name.0.clone()),
            Some(query.date_of_birth.0.clone()),
            Some(query.gender.word().to_owned()),
            Some(query.last_known_post_code.0.clone()),
            optional(&query.previous_family_name),
            optional(&query.school_at_age16),
            optional(&query.place_of_birth),
            optional(&query.email_address),
        ];
        let mut found = Self::default();
        for learner in learners.iter() {
            let values = [
                learner.given_name,
                learner.family_name,
                learner.date_of_birth,
                learner.gender,
                learner.last_known_post_code,
                learner.previous_family_name,
                learner.school_at_age16,
                learner.place_of_birth,
                learner.email_address,
            ];
            let mut differing = Vec::new();
            for ((field, wanted), raw) in FIELDS.into_iter().zip(&searched).zip(values) {
                let (Some(wanted), Some(raw)) = (wanted, raw) else { continue };
                let value = if field == "gender" { gender_word(Some(raw)) } else { raw };
                if normal(field, wanted, behaviour) != normal(field, value, behaviour) {
                    found.fields.entry(field).or_default().push(raw.to_owned().into());
                    differing.push(field);
                }
            }
            found.by_learner.push(differing);
        }
        found
    }
}

/// What two values must have in common to count as equal.
fn normal(field: &str, value: &str, behaviour: Behaviour) -> String {
    let trimmed = value.trim();
    match behaviour {
        Behaviour::Compat => trimmed.to_lowercase(),
        Behaviour::Strict if field == "lastKnownPostCode" => {
            trimmed.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_lowercase()
        }
        // Upper case first, so that letters that only differ in lower case (`ß`, `ς`) are one.
        Behaviour::Strict => trimmed.to_uppercase().to_lowercase(),
    }
}

#[cfg(test)]
mod tests {
    use super::Behaviour::{Compat, Strict};
    use super::*;
    use crate::lrs::query::Gender;
    use crate::lrs::soap::{Reply, found};

    fn learners(inner: &str) -> Records<LearnerKind> {
        let document = format!(
            "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body>\
             <f:FindLearnerResponse xmlns:f='http://api.lrs.miap.gov.uk/findmsg'><ResponseCode>WSRC0003</ResponseCode>{inner}\
             </f:FindLearnerResponse></s:Body></s:Envelope>"
        );
        match found(document.as_bytes(), 200) {
            Ok(Reply::Answer(found)) => found.learners,
            _ => panic!("{document}"),
        }
    }

    fn query() -> ByDemographics {
        let text = |text: &str| Sensitive(text.to_owned());
        ByDemographics {
            given_name: text("Odette"),
            family_name: text("Marrowby"),
            date_of_birth: text("1995-06-27"),
            gender: Gender::Female,
            last_known_post_code: text("NE1 4LP"),
            previous_family_name: Some(text("Any")),
            school_at_age16: Some(text("  mill LANE school ")),
            place_of_birth: None,
            email_address: None,
        }
    }

    fn shown(found: &Mismatches) -> Vec<(&'static str, Vec<&str>)> {
        found
            .fields
            .iter()
            .map(|(field, values)| (*field, values.iter().map(|value| value.as_str()).collect()))
            .collect()
    }

    const TWO: &str = "<Learner><GivenName>ODETTE </GivenName><FamilyName>Marrowby</FamilyName><DateOfBirth>1995-06-28</DateOfBirth>\
        <Gender>2</Gender><LastKnownPostCode>NE14LP</LastKnownPostCode><SchoolAtAge16>Mill Lane School </SchoolAtAge16></Learner>\
        <Learner><GivenName>Odette</GivenName><FamilyName>Marrowby</FamilyName><DateOfBirth>1995-06-28</DateOfBirth>\
        <Gender>7</Gender><LastKnownPostCode>SO14 2JX</LastKnownPostCode><PlaceOfBirth>Leeds</PlaceOfBirth></Learner>";

    #[test]
    fn differing_values_are_listed_raw_by_field_and_by_learner() {
        let found = Mismatches::of(&query(), &learners(TWO), Strict);
        assert_eq!(
            shown(&found),
            [
                ("dateOfBirth", vec!["1995-06-28", "1995-06-28"]),
                ("gender", vec!["7"]),
                ("lastKnownPostCode", vec!["SO14 2JX"])
            ]
        );
        assert_eq!(found.by_learner, [vec!["dateOfBirth"], vec!["dateOfBirth", "gender", "lastKnownPostCode"]]);
        assert!(!format!("{found:?}").contains("1995"));
    }

    #[test]
    fn white_space_inside_a_postcode_counts_in_compat() {
        let found = Mismatches::of(&query(), &learners(TWO), Compat);
        assert_eq!(found.fields["lastKnownPostCode"].len(), 2);
        assert_eq!(found.by_learner[0], ["dateOfBirth", "lastKnownPostCode"]);
    }

    #[test]
    fn letters_are_folded_in_any_script() {
        let folded = ByDemographics { family_name: "Weiß-ΟΔΟΣ".to_owned().into(), ..query() };
        let stored = learners("<Learner><FamilyName>WEISS-οδος</FamilyName></Learner>");
        assert!(Mismatches::of(&folded, &stored, Strict).fields.is_empty());
        assert!(!Mismatches::of(&folded, &stored, Compat).fields.is_empty());
    }

    #[test]
    fn learners_that_lack_what_was_asked_do_not_differ_in_it() {
        let same = "<Learner><GivenName>Odette</GivenName></Learner>";
        let found = Mismatches::of(&query(), &learners(same), Strict);
        assert_eq!((found.fields.len(), found.by_learner), (0, vec![vec![]]));
    }
}
