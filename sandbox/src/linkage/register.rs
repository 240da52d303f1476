//! Holds the organisations and patients that all suppliers share, with their accounts and keys.

use serde::{Deserialize, Serialize};

use super::identifiers::is_nhs_number;
use crate::chance::Chance;

/// Why a patient's digital access is blocked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum LinkageBlockReason {
    /// The practice has decided so.
    PracticeDecision,
    /// The patient's record was archived.
    PatientArchived,
    /// The patient's account was disabled.
    AccountDisabled,
    /// The patient is too young or not competent.
    UnderMinimumAgeOrNotCompetent,
    /// The patient's record is not valid for online use.
    NotValidForOnlineUse,
    /// There are several records of the patient.
    MultipleRecords,
    /// Anything else, and what stands where no reason was recorded.
    Other,
}

/// A block of a patient's digital access.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LinkageBlock {
    /// Why.
    pub reason: LinkageBlockReason,
    /// What the caller is told beside that; may be empty.
    pub text: String,
}

/// An organisation that has patients.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Organisation {
    pub(super) ods_code: String,
    pub(super) name: String,
    /// Whether it has switched off digital services.
    pub(super) blocked: bool,
}

/// A linkage key of one generation.
#[derive(Clone, Debug)]
pub(super) struct Key {
    pub(super) text: String,
    pub(super) revoked: bool,
    /// Whether it can be read at all.
    pub(super) readable: bool,
}

/// A patient of one organisation.
#[derive(Clone, Debug)]
pub(super) struct Patient {
    pub(super) ods_code: String,
    pub(super) nhs_number: String,
    pub(super) surname: String,
    pub(super) date_of_birth: String,
    pub(super) block: Option<LinkageBlock>,
    pub(super) account_id: Option<String>,
    /// All keys that there ever were, the oldest first.
    pub(super) keys: Vec<Key>,
}

impl Patient {
    /// The key in force, and its generation.
    pub(super) fn active(&self) -> Option<(usize, &Key)> {
        self.keys.iter().enumerate().find(|(_, key)| !key.revoked).map(|(index, key)| (index + 1, key))
    }

    /// Revokes the key in force; false when there is none.
    pub(super) fn revoke(&mut self) -> bool {
        match self.keys.iter_mut().find(|key| !key.revoked) {
            Some(key) => {
                key.revoked = true;
                true
            }
            None => false,
        }
    }
}

/// What a patient has to begin with: whether the key was revoked, whether it can be read.
type FirstKey = (&'static str, bool, bool);

/// Organisation, number, surname, birth, account, key.
type Invented = (&'static str, &'static str, &'static str, &'static str, Option<&'static str>, Option<FirstKey>);

/// The patients that every sandbox begins with.
#[rustfmt::skip]
const PATIENTS: [Invented; 10] = [
    ("A12345", "9990123403", "Okonkwo-Bright", "1984-03-12", Some("4071836250"), Some(("K7CDX4RTMN9PQ3WHJV", false, true))),
    ("A12345", "9990123411", "O'Dempsey",      "1990-02-28", None,               None),
    ("A12345", "9990123438", "Krüger",         "1971-11-05", Some("5120094477"), Some(("T4NQH7XWCK9M3RGVPD", true, true))),
    ("A12345", "9990123446", "Talwin",         "2001-07-19", None,               None),
    ("A12345", "9990123454", "St. Orrin",      "1966-01-31", Some("6233310985"), None),
    ("A12345", "9990123462", "Łyszcz",         "1958-12-24", Some("7340052816"), Some(("M9RDVH3XQ7KTWC6JNG", false, false))),
    ("A12345", "9990123470", "Van der Meulen", "1979-06-30", None,               None),
    ("A12345", "9995550156", "Ashdowne",       "1988-08-08", Some("8417263051"), Some(("W3GXK6PMQ4VNHT7RCD", true, true))),
    ("C34567", "9995550121", "Quillfeather",   "1995-05-15", Some("2905517364"), Some(("H6JQWD9TKX3CPN4VMR", false, true))),
    ("B23456", "9995550148", "Pellowin",       "1949-09-09", Some("3168840927"), Some(("P4VKTC7NXH9GWQ3MDJ", false, true))),
];

/// The organisations and patients that all suppliers share.
#[derive(Debug)]
pub(super) struct Register {
    pub(super) organisations: Vec<Organisation>,
    pub(super) patients: Vec<Patient>,
}

impl Default for Register {
    fn default() -> Self {
        let organisations = [
            ("A12345", "Harbour Street Surgery", false),
            ("B23456", "Fenwick Lane Practice", true),
            ("C34567", "Old Mill Medical Centre", false),
        ];
        let block = |nhs_number: &str| match nhs_number {
            "9990123446" => Some((LinkageBlockReason::PracticeDecision, "Speak to reception")),
            "9995550156" => Some((LinkageBlockReason::Other, "")),
            _ => None,
        };
        let patients = PATIENTS.map(|(ods_code, nhs_number, surname, born, account, key)| Patient {
            ods_code: ods_code.to_owned(),
            nhs_number: nhs_number.to_owned(),
            surname: surname.to_owned(),
            date_of_birth: born.to_owned(),
            block: block(nhs_number).map(|(reason, text)| LinkageBlock { reason, text: text.to_owned() }),
            account_id: account.map(str::to_owned),
            keys: key
                .map(|(text, revoked, readable)| Key { text: text.to_owned(), revoked, readable })
                .into_iter()
                .collect(),
        });
        let organisations = organisations.map(|(ods_code, name, blocked)| Organisation {
            ods_code: ods_code.to_owned(),
            name: name.to_owned(),
            blocked,
        });
        Self { organisations: organisations.into(), patients: patients.into() }
    }
}

impl Register {
    pub(super) fn organisation(&self, ods_code: &str) -> Option<&Organisation> {
        self.organisations.iter().find(|known| known.ods_code == ods_code)
    }

    pub(super) fn patient(&self, ods_code: &str, nhs_number: &str) -> Option<&Patient> {
        self.patients.iter().find(|known| known.ods_code == ods_code && known.nhs_number == nhs_number)
    }

    pub(super) fn patient_mut(&mut self, ods_code: &str, nhs_number: &str) -> Option<&mut Patient> {
        self.patients.iter_mut().find(|known| known.ods_code == ods_code && known.nhs_number == nhs_number)
    }

    /// Whether any organisation has a patient with this number.
    pub(super) fn knows(&self, nhs_number: &str) -> bool {
        self.patients.iter().any(|known| known.nhs_number == nhs_number)
    }

    /// Gives a patient a new key, and an account first if there is none.
    pub(super) fn issue(&mut self, chance: &mut Chance, ods_code: &str, nhs_number: &str) {
        let local = || self.patients.iter().filter(|known| known.ods_code == ods_code);
        let account_id = loop {
            let drawn = chance.account_id();
            let taken = local().any(|known| known.account_id.as_ref() == Some(&drawn));
            if !taken && !is_nhs_number(&drawn) {
                break drawn;
            }
        };
        let text = loop {
            let drawn = chance.linkage_key();
            if !local().any(|known| known.keys.iter().any(|key| key.text == drawn)) {
                break drawn;
            }
        };
        if let Some(patient) = self.patient_mut(ods_code, nhs_number) {
            patient.account_id.get_or_insert(account_id);
            patient.keys.push(Key { text, revoked: false, readable: true });
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn the_invented_patients_keep_the_rules_of_their_identifiers() {
        let register = Register::default();
        for patient in &register.patients {
            assert!(is_nhs_number(&patient.nhs_number), "{}", patient.nhs_number);
            assert!(register.organisation(&patient.ods_code).is_some());
            let account = patient.account_id.as_deref().unwrap_or("1");
            assert!(!is_nhs_number(account) && !account.starts_with('0'), "{account}");
            for key in &patient.keys {
                assert!(key.text.len() == 18 && key.text.bytes().all(|byte| b"34679CDFGHJKMNPQRTVWXY".contains(&byte)));
            }
        }
        let accounts: HashSet<_> = register.patients.iter().filter_map(|patient| patient.account_id.as_ref()).collect();
        assert_eq!(accounts.len(), 7);
    }

    #[test]
    fn a_new_key_keeps_the_account_and_leaves_the_old_ones_revoked() {
        let mut register = Register::default();
        let mut chance = Chance::new(Some(1));
        register.issue(&mut chance, "A12345", "9990123438");
        let patient = register.patient("A12345", "9990123438").unwrap();
        assert_eq!((patient.account_id.as_deref(), patient.keys.len()), (Some("5120094477"), 2));
        assert_eq!(patient.active().map(|(generation, _)| generation), Some(2));
        assert_ne!(patient.keys[0].text, patient.keys[1].text);
        register.issue(&mut chance, "A12345", "9990123411");
        let patient = register.patient("A12345", "9990123411").unwrap();
        let account = patient.account_id.as_deref().unwrap();
        assert!(account.len() == 10 && !account.starts_with('0') && !is_nhs_number(account), "{account}");
    }
}
