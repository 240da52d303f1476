//! Decides what comes of a request, in the order of checks that all suppliers share.

use std::collections::HashMap;

use super::identifiers::{british_day, has_reached};
use super::refusal::{Mismatch, Refusal};
use super::register::{LinkageBlock, LinkageBlockReason, Patient};
use super::surname;
use crate::world::World;

/// How long the outcome of a correlation identifier is kept, in seconds.
const CORRELATION_LIFE_SECONDS: i64 = 24 * 3600;

/// How many wrong guesses about one patient are answered within the time that they count.
const MOST_GUESSES: usize = 5;

/// How long a wrong guess counts, in seconds.
const GUESS_LIFE_SECONDS: i64 = 3600;

/// The three parts of a linkage and whom they belong to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Linkage {
    pub(super) account_id: String,
    pub(super) linkage_key: String,
    pub(super) ods_code: String,
    pub(super) surname: String,
    pub(super) date_of_birth: String,
}

/// Whom a request is about, in canonical form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Subject {
    pub(super) ods_code: String,
    pub(super) nhs_number: String,
    /// Surname and date of birth, where the supplier asks for them.
    pub(super) person: Option<(String, String)>,
}

/// What was made for a correlation identifier.
#[derive(Debug)]
struct Made {
    content: Subject,
    generation: usize,
    expires: i64,
}

/// What is remembered of callers.
#[derive(Debug, Default)]
pub(super) struct Memory {
    made: HashMap<(String, String), Made>,
    guesses: HashMap<(String, String, String), Vec<i64>>,
}

/// Gives the key of a patient.
pub(super) fn retrieve(world: &World, subject: &Subject) -> Result<Linkage, Refusal> {
    let patient = admitted(world, subject)?;
    let Some((_, key)) = patient.active() else {
        let never = patient.keys.is_empty();
        let account = patient.account_id.is_some();
        return Err(if never { Refusal::NoKey { account } } else { Refusal::Revoked });
    };
    if key.readable { linkage(patient).ok_or(Refusal::Failed) } else { Err(Refusal::Failed) }
}

/// Makes a key for a patient who has none in force.
pub(super) fn create(world: &mut World, subject: &Subject) -> Result<Linkage, Refusal> {
    if admitted(world, subject)?.active().is_some() {
        return Err(Refusal::Exists);
    }
    let Subject { ods_code, nhs_number, .. } = subject;
    world.linkage.register.issue(&mut world.chance, ods_code, nhs_number);
    world.linkage.register.patient(ods_code, nhs_number).and_then(linkage).ok_or(Refusal::Failed)
}

/// As [`create`], at most once for each correlation identifier of a caller, and with a limit to
/// wrong guesses. Also tells whether an earlier success was repeated.
pub(super) fn create_once(
    world: &mut World,
    caller: &str,
    correlation_id: &str,
    subject: &Subject,
) -> Result<(Linkage, bool), Refusal> {
    let now = world.clock.unix();
    let memory = &mut world.linkage.memory;
    memory.made.retain(|_, made| now < made.expires);
    let id = (caller.to_owned(), correlation_id.to_owned());
    let content = comparable(subject);
    if let Some(made) = memory.made.get(&id) {
        if made.content != content {
            return Err(Refusal::Conflict("content"));
        }
        let generation = made.generation;
        return repeat(world, subject, generation).map(|linkage| (linkage, true));
    }

    let target = (caller.to_owned(), subject.ods_code.clone(), subject.nhs_number.clone());
    let guesses = memory.guesses.entry(target.clone()).or_default();
    guesses.retain(|at| now.saturating_sub(*at) < GUESS_LIFE_SECONDS);
    if guesses.len() >= MOST_GUESSES {
        let waited = guesses.first().map_or(0, |first| now.saturating_sub(*first));
        return Err(Refusal::RateLimited(GUESS_LIFE_SECONDS - waited));
    }
    let created = create(world, subject);
    let Subject { ods_code, nhs_number, .. } = subject;
    let generation = world.linkage.register.patient(ods_code, nhs_number).map_or(0, |patient| patient.keys.len());
    let memory = &mut world.linkage.memory;
    match &created {
        Ok(_) => {
            memory.guesses.remove(&target);
            let expires = now.saturating_add(CORRELATION_LIFE_SECONDS);
            memory.made.insert(id, Made { content, generation, expires });
        }
        Err(Refusal::PatientUnknown { .. } | Refusal::Differs(_)) => {
            memory.guesses.entry(target).or_default().push(now);
        }
        Err(_) => {}
    }
    created.map(|linkage| (linkage, false))
}

/// Gives again what was made before, as long as that is still in force and may be given.
fn repeat(world: &World, subject: &Subject, generation: usize) -> Result<Linkage, Refusal> {
    let register = &world.linkage.register;
    let patient = register.patient(&subject.ods_code, &subject.nhs_number);
    if patient.and_then(Patient::active).is_none_or(|(active, _)| active != generation) {
        return Err(Refusal::Conflict("stale"));
    }
    retrieve(world, subject)
}

/// A subject in the form in which two requests are the same.
fn comparable(subject: &Subject) -> Subject {
    let person = subject.person.as_ref();
    Subject { person: person.map(|(name, born)| (surname::normalised(name), born.clone())), ..subject.clone() }
}

/// The patient a request is about, when nothing but the state of the key can be in the way.
fn admitted<'a>(world: &'a World, subject: &Subject) -> Result<&'a Patient, Refusal> {
    let register = &world.linkage.register;
    let organisation = register.organisation(&subject.ods_code).ok_or(Refusal::OrganisationUnknown)?;
    if organisation.blocked {
        return Err(Refusal::OrganisationBlocked);
    }
    let known = register.knows(&subject.nhs_number);
    let patient = register.patient(&subject.ods_code, &subject.nhs_number).ok_or(Refusal::PatientUnknown { known })?;
    if let Some((name, born)) = &subject.person {
        if !surname::same(name, &patient.surname) {
            return Err(Refusal::Differs(Mismatch::Surname));
        }
        if *born != patient.date_of_birth {
            return Err(Refusal::Differs(Mismatch::DateOfBirth));
        }
    }
    if let Some(block) = &patient.block {
        return Err(Refusal::PatientBlocked(block.clone()));
    }
    if !is_old_enough(world, patient) {
        let reason = LinkageBlockReason::UnderMinimumAgeOrNotCompetent;
        return Err(Refusal::PatientBlocked(LinkageBlock { reason, text: String::new() }));
    }
    Ok(patient)
}

fn is_old_enough(world: &World, patient: &Patient) -> bool {
    let years = world.settings.linkage_minimum_age_years;
    let today = || british_day(world.clock.now());
    years == 0 || patient.date_of_birth.parse().is_ok_and(|born| has_reached(born, years, today()))
}

/// What a patient's key in force is told as.
fn linkage(patient: &Patient) -> Option<Linkage> {
    let (_, key) = patient.active()?;
    Some(Linkage {
        account_id: patient.account_id.clone()?,
        linkage_key: key.text.clone(),
        ods_code: patient.ods_code.clone(),
        surname: patient.surname.clone(),
        date_of_birth: patient.date_of_birth.clone(),
    })
}
