//! Shows students and associations to tests and people.

use serde::Serialize;

use super::associations::EnrollmentAssociation;
use super::members::Members;
use super::register::Person;
use super::script::HomeScript;
use crate::world::World;

/// A student.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PersonView<'a> {
    pub(super) person_id: &'a str,
    pub(super) name: String,
    /// The domain of the home institution.
    pub(super) home: &'a str,
    pub(super) has_eduid: bool,
    /// How home institutions treat the student.
    pub(super) scripts: Vec<&'a HomeScript>,
    /// The person as the home institution shows them.
    pub(super) person: &'a Members,
}

/// All students.
pub(super) fn people(world: &World) -> Vec<PersonView<'_>> {
    world.enrollment.register.people.iter().map(|person| view(world, person)).collect()
}

fn view<'a>(world: &'a World, person: &'a Person) -> PersonView<'a> {
    PersonView {
        person_id: &person.id,
        name: person.person.text("displayName").unwrap_or_default(),
        home: &person.home,
        has_eduid: person.has_eduid,
        scripts: world.enrollment.scripts.all(&person.id),
        person: &person.person,
    }
}

/// All associations, the oldest first.
pub(crate) fn associations(world: &World) -> Vec<EnrollmentAssociation> {
    world.enrollment.associations.views(&world.enrollment.scripts, world.clock.now())
}
