//! How an import meets what is on the register of linkage keys already: the same on every engine, which looks things up
//! and writes what was decided.

use std::borrow::Cow;

use super::{
    LinkageAccount, LinkageConflict, LinkageEntry, LinkageEntryOrganisation, LinkageEntryPatient, LinkageImported,
    LinkageKey, LinkageOrganisation,
};

/// How many refused rows are listed.
const LISTED: usize = 1000;

/// What becomes of a row.
pub(super) enum Taken<T> {
    /// This is written.
    Changed(T),
    /// Nothing.
    Unchanged,
    /// It is refused, because of this.
    Refused(&'static str),
}

/// What is written for a patient, beside the patient.
pub(super) struct PatientChange<'e> {
    /// The account, if the patient has none yet.
    pub(super) account: Option<&'e LinkageAccount>,
    /// Why the key in force ends, if it does, before the new ones are written.
    pub(super) ended: Option<&'static str>,
    /// The keys that are new.
    pub(super) keys: Vec<&'e LinkageKey>,
}

/// What the register has that matters for a patient.
pub(super) trait Register {
    /// What looking things up may end with.
    type Error;
    /// Whether the patient is registered, and the version; `None` when not on the register.
    fn standing(&self) -> Option<(bool, u64)>;
    /// Whether another patient has this account.
    fn is_anothers_account(&self, account: &LinkageAccount) -> Result<bool, Self::Error>;
    /// Whether another patient has, or had, this key.
    fn is_anothers_key(&self, key: &LinkageKey) -> Result<bool, Self::Error>;
    /// The tag of the patient's account.
    fn account(&self) -> Result<Option<Cow<'_, str>>, Self::Error>;
    /// The patient's keys.
    fn keys(&self) -> Result<Cow<'_, [LinkageKey]>, Self::Error>;
}

impl LinkageImported {
    /// Counts what became of a row.
    pub(super) fn count<T>(&mut self, line: u64, taken: Taken<T>) -> Option<T> {
        match taken {
            Taken::Changed(change) => {
                self.imported += 1;
                return Some(change);
            }
            Taken::Unchanged => self.unchanged += 1,
            Taken::Refused(reason) => {
                self.refused_rows += 1;
                if self.refused.len() < LISTED {
                    self.refused.push((line, reason.to_owned()));
                }
            }
        }
        None
    }
}

/// The organisation that a patient's row brings along, when the register does not have it.
pub(super) fn organisation_of_patient(entry: &LinkageEntry) -> Result<LinkageOrganisation, &'static str> {
    let Some(name) = &entry.organisation.name else {
        return Err("its organisation is not on the register; give its name as well");
    };
    Ok(LinkageOrganisation {
        ods: entry.organisation.ods.clone(),
        name: name.clone(),
        blocked: entry.organisation.blocked.unwrap_or_default(),
    })
}

/// Judges a row that is about an organisation alone.
pub(super) fn organisation(
    given: &LinkageEntryOrganisation,
    found: Option<&LinkageOrganisation>,
    conflict: LinkageConflict,
) -> Taken<LinkageOrganisation> {
    let Some(name) = given.name.clone().or(found.map(|found| found.name.clone())) else {
        return Taken::Refused("its organisation has no name");
    };
    let blocked = given.blocked.or(found.map(|found| found.blocked)).unwrap_or_default();
    let new = LinkageOrganisation { ods: given.ods.clone(), name, blocked };
    match found {
        Some(found) if *found == new => Taken::Unchanged,
        Some(_) if conflict == LinkageConflict::Skip => Taken::Unchanged,
        Some(_) if conflict == LinkageConflict::Refuse => {
            Taken::Refused("its organisation is on the register with other values")
        }
        _ => Taken::Changed(new),
    }
}

/// Judges a patient. Everything is looked at before anything is written: a refused row must leave nothing behind.
pub(super) fn patient<'e, R: Register>(
    given: &'e LinkageEntryPatient,
    register: &R,
    conflict: LinkageConflict,
) -> Result<Taken<PatientChange<'e>>, R::Error> {
    let found = register.standing();
    if found.is_some_and(|(registered, _)| registered) {
        match conflict {
            LinkageConflict::Skip => return Ok(Taken::Unchanged),
            LinkageConflict::Refuse => return Ok(Taken::Refused("the patient is on the register already")),
            LinkageConflict::Replace => {}
        }
    }
    if found.map_or(0, |(_, version)| version) != given.version {
        return Ok(Taken::Refused("the patient was changed while the import ran; import it again"));
    }
    let mut account = None;
    if let Some(given) = &given.account {
        if register.is_anothers_account(given)? {
            return Ok(Taken::Refused("its account id belongs to another patient of the organisation"));
        }
        match register.account()? {
            None => account = Some(given),
            Some(has) if *has == *given.tag => {}
            Some(_) => return Ok(Taken::Refused("the patient has another account id on the register")),
        }
    }
    for key in &given.keys {
        if register.is_anothers_key(key)? {
            return Ok(Taken::Refused("its linkage key belongs to another patient of the organisation"));
        }
    }
    let before = register.keys()?;
    let mut keys: Vec<_> = given.keys.iter().filter(|key| before.iter().all(|old| old.mac != key.mac)).collect();
    keys.dedup_by(|left, right| left.mac == right.mac);
    let given_as = |old: &LinkageKey, revoked: bool| {
        given.keys.iter().any(|key| key.mac == old.mac && key.revoked.is_some() == revoked)
    };
    if before.iter().any(|old| old.revoked.is_some() && given_as(old, false)) {
        return Ok(Taken::Refused("its linkage key was revoked and never becomes valid again"));
    }
    let ends = !given.patient.registered
        || keys.iter().any(|key| key.revoked.is_none())
        || before.iter().any(|old| old.revoked.is_none() && given_as(old, true));
    let reason = if given.patient.registered { "replaced" } else { "deregistered" };
    Ok(Taken::Changed(PatientChange { account, ended: ends.then_some(reason), keys }))
}
