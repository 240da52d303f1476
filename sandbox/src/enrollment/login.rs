//! Lets a student log in, in the place of the identity provider.

use serde::Deserialize;

use super::ledger::Enrolment;
use super::tokens::Grant;
use crate::world::Core;

/// Who logs in, and where.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Login {
    pub(super) person_id: String,
    /// The home institution; that of the student when left out.
    pub(super) home: Option<String>,
    /// Whether the receiver works with the eduID; when left out, whether the student has one.
    pub(super) require_eduid: Option<bool>,
}

/// Stores a new enrolment and gives its correlation id, or says why the student cannot log in.
pub(super) fn login(core: &Core, login: &Login) -> Result<String, String> {
    let world = &mut *core.world();
    let register = &world.enrollment.register;
    let person = register.person(&login.person_id);
    let person = person.ok_or_else(|| format!("there is no person {:?}", login.person_id))?;
    let home = login.home.as_deref().unwrap_or(&person.home).to_owned();
    register.home(&home).ok_or_else(|| format!("there is no home institution {home:?}"))?;
    let has_eduid = login.require_eduid.unwrap_or(person.has_eduid);
    if has_eduid && !person.has_eduid {
        return Err(format!("{:?} has no eduID: the receiver would send the student back with 419", person.id));
    }
    let grant = Grant { home: home.clone(), person: person.id.clone() };
    let key = has_eduid.then(|| person.id.clone());
    let (now, life) = (world.clock.unix(), world.settings.enrollment_token_life_seconds);
    let pair = world.enrollment.tokens.issue(&mut world.chance, grant, now, life);
    let correlation_id = world.chance.enrolment_id().to_string();
    world.enrollment.ledger.add(Enrolment {
        correlation_id: correlation_id.clone(),
        home,
        key,
        has_eduid,
        access_token: Some(pair.access),
        refresh_token: Some(pair.refresh),
    });
    Ok(correlation_id)
}
