//! Decides which data objects apply to a request, and says which condition failed when none does.

use jiff::civil::Date;
use serde::Serialize;

use super::SifProfile;
use super::register::{DataObject, DistrictService, Register, Student};
use super::request::Question;

/// Why a request for filters found data objects or none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SifDecision {
    /// The external service that was named.
    pub external_service_id: i32,
    /// The authorized entity that was named.
    pub authorized_entity_id: i32,
    /// The student.
    pub district_student_id: String,
    /// The zone.
    pub zone_id: String,
    /// The object type.
    pub object_type: String,
    /// The person, when one was named.
    pub personnel_id: Option<i32>,
    /// The day on which it was asked, as `YYYY-MM-DD`.
    pub today: String,
    /// Which of the ten conditions left nothing over; `None` when data objects apply.
    pub failed_condition: Option<u8>,
    /// What that condition demands.
    pub reason: Option<String>,
    /// The data objects that apply, in their order.
    pub data_objects: Vec<i32>,
}

/// What the conditions demand, in their order.
const CONDITIONS: [&str; 10] = [
    "the authorized entity exists",
    "the external service belongs to the entity",
    "a district has the external service",
    "the district service is in force today",
    "the student is at the district service",
    "the student's consent is in force today",
    "the person is assigned to the student and to the district service",
    "the district service has data objects",
    "the data objects are of the object type",
    "the district is the zone",
];

/// The data objects that apply to a question, and how they were found.
pub(super) fn decide<'a>(
    register: &'a Register,
    profile: SifProfile,
    asked: &Question,
    personnel_id: Option<i32>,
    today: Date,
) -> (Vec<&'a DataObject>, SifDecision) {
    let found = find(register, profile, asked, personnel_id, today);
    let (objects, failed) = match found {
        Ok(objects) => (objects, None),
        Err(condition) => (Vec::new(), Some(condition)),
    };
    let decision = SifDecision {
        external_service_id: asked.service_id,
        authorized_entity_id: asked.entity_id,
        district_student_id: asked.student_id.clone(),
        zone_id: asked.zone_id.clone(),
        object_type: asked.object_type.clone(),
        personnel_id,
        today: today.to_string(),
        failed_condition: failed,
        reason: failed.and_then(|condition| CONDITIONS.get(usize::from(condition) - 1)).map(|text| (*text).to_owned()),
        data_objects: objects.iter().map(|object| object.id).collect(),
    };
    (objects, decision)
}

/// The data objects, or the number of the first condition that leaves nothing over.
fn find<'a>(
    register: &'a Register,
    profile: SifProfile,
    asked: &Question,
    personnel_id: Option<i32>,
    today: Date,
) -> Result<Vec<&'a DataObject>, u8> {
    let strict = profile == SifProfile::Strict;
    some(register.entities.iter().filter(|entity| entity.id == asked.entity_id), 1)?;
    let services = register.services.iter();
    some(services.filter(|known| known.id == asked.service_id && known.entity_id == asked.entity_id), 2)?;
    let linked = register.district_services.iter().filter(|known| known.service_id == asked.service_id);
    let mut linked = some(linked, 3)?;
    linked.retain(|known| {
        known.initiation.is_some_and(|first| first <= today) && known.expiration.is_some_and(|last| today <= last)
    });
    let linked = some(linked.into_iter(), 4)?;
    let rows = linked.into_iter().flat_map(|service| {
        let here =
            |student: &&Student| student.district_service_id == service.id && student.student_id == asked.student_id;
        register.students.iter().filter(here).map(move |student| (service, student))
    });
    let rows = some(rows, 5)?;
    let consented = |(service, student): &(&DistrictService, &Student)| {
        let here = !strict || student.consent_service_id == service.id;
        here && student.consent_start <= today && today <= student.consent_end
    };
    let rows = some(rows.into_iter().filter(consented), 6)?;
    let assigned = |(service, student): &(&DistrictService, &Student)| match personnel_id {
        Some(person) => student.personnel.contains(&person) && service.personnel.contains(&person),
        None => !(strict && service.requires_personnel),
    };
    let rows = some(rows.into_iter().filter(assigned), 7)?;
    let objects = rows.into_iter().flat_map(|(service, _)| service.objects.iter().map(move |object| (service, object)));
    let objects = some(objects, 8)?;
    let objects = some(objects.into_iter().filter(|(_, object)| object.name == asked.object_type), 9)?;
    // The original compares the zone with itself, so that only a district without one fails.
    let zone = |service: &DistrictService| register.district(service.district_id).and_then(|known| known.zone_id);
    let fits = |zone: &str| !strict || zone == asked.zone_id;
    let mut objects = some(objects.into_iter().filter(|(service, _)| zone(service).is_some_and(fits)), 10)?;
    objects.sort_by_key(|(_, object)| object.id);
    objects.dedup_by_key(|(_, object)| object.id);
    Ok(objects.into_iter().map(|(_, object)| object).collect())
}

/// What is left, if anything, or the number of the condition that leaves nothing.
fn some<T>(left: impl Iterator<Item = T>, condition: u8) -> Result<Vec<T>, u8> {
    let left: Vec<T> = left.collect();
    if left.is_empty() { Err(condition) } else { Ok(left) }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::sif::register::District;

    fn asked() -> Question {
        Question {
            entity_id: 2,
            service_id: 5,
            student_id: "700001".to_owned(),
            object_type: "xSre".to_owned(),
            zone_id: "alder".to_owned(),
            personnel_id: None,
        }
    }

    fn failed(register: &Register, asked: &Question, person: Option<i32>, today: Date) -> [Option<u8>; 2] {
        [SifProfile::Reference, SifProfile::Strict]
            .map(|profile| decide(register, profile, asked, person, today).1.failed_condition)
    }

    #[test]
    fn each_condition_is_named_when_it_fails() {
        let register = Register::default();
        let today = date(2026, 11, 22);
        let both = |number| [Some(number); 2];
        let check = |change: fn(&mut Question), expected| {
            let mut question = asked();
            change(&mut question);
            assert_eq!(failed(&register, &question, None, today), expected, "{question:?}");
        };
        check(|_| {}, [None; 2]);
        check(|asked| asked.entity_id = 9, both(1));
        check(|asked| asked.entity_id = 3, both(2));
        check(|asked| asked.student_id = "700002".to_owned(), both(5));
        check(|asked| asked.object_type = "xsre".to_owned(), both(9));
        check(|asked| asked.zone_id = "birch".to_owned(), [None, Some(10)]);
        check(|asked| asked.student_id = "700007".to_owned(), [None, Some(6)]);
        check(
            |asked| (asked.entity_id, asked.service_id, asked.student_id) = (3, 7, "700008".to_owned()),
            [None, Some(7)],
        );
        for (person, expected) in [(1, [None; 2]), (4, both(7)), (2, both(7))] {
            assert_eq!(failed(&register, &asked(), Some(person), today), expected, "{person}");
        }
        for (today, expected) in [
            (date(2026, 9, 1), [None; 2]),
            (date(2026, 8, 31), both(6)),
            (date(2026, 11, 23), both(6)),
            (date(2025, 12, 31), both(4)),
            (date(2097, 1, 1), both(4)),
        ] {
            assert_eq!(failed(&register, &asked(), None, today), expected, "{today}");
        }
    }

    #[test]
    fn what_the_tables_lack_fails_where_it_is_looked_for() {
        let today = date(2026, 11, 22);
        let check = |change: fn(&mut Register), expected: [Option<u8>; 2]| {
            let mut register = Register::default();
            change(&mut register);
            assert_eq!(failed(&register, &asked(), None, today), expected);
        };
        check(|register| register.district_services.clear(), [Some(3); 2]);
        check(|register| register.district_services[0].expiration = None, [Some(4); 2]);
        check(|register| register.district_services[0].objects.clear(), [Some(8); 2]);
        check(|register| register.districts[0].zone_id = None, [Some(10); 2]);
    }

    #[test]
    fn only_the_original_merges_the_filters_of_two_districts() {
        let mut register = Register::default();
        register.districts.push(District { id: 2, name: "Rowan", zone_id: Some("rowan") });
        let mut service = register.district_services[0].clone();
        service.id = 12;
        service.district_id = 2;
        service.objects = vec![DataObject::new(1, "include", "xSre", "health")];
        register.district_services.push(service);
        let mut student = register.students[0].clone();
        (student.district_service_id, student.consent_service_id) = (12, 12);
        register.students.push(student);
        let found = |profile| decide(&register, profile, &asked(), None, date(2026, 11, 22)).1.data_objects;
        assert_eq!(found(SifProfile::Reference), [1, 901, 902]);
        assert_eq!(found(SifProfile::Strict), [901, 902]);
    }
}
