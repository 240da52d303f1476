//! Shows students, services and records to tests and people, and changes consents for them.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;
use serde::Serialize;

use super::register::{DataObject, Register, Student};
use super::xml;
use crate::world::{Core, World};

/// A student as the exchange knows them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SifStudent {
    /// The student's number in the district.
    pub district_student_id: String,
    /// The zone of the record, or of the first service without one.
    pub zone_id: String,
    /// The name in the record.
    pub name: Option<String>,
    /// The size of the record; 0 when there is none.
    pub record_bytes: usize,
    /// The services that know the student.
    pub services: Vec<SifAssignment>,
}

/// A student at a service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SifAssignment {
    /// The external service.
    pub external_service_id: i32,
    /// The authorized entity that the service belongs to.
    pub authorized_entity_id: i32,
    /// The district service.
    pub district_service_id: i32,
    /// The district service that the consent was given to.
    pub consent_service_id: i32,
    /// The first day of the consent, as `YYYY-MM-DD`.
    pub consent_start: String,
    /// The last day of the consent, as `YYYY-MM-DD`.
    pub consent_end: String,
    /// The persons who are assigned to the student.
    pub personnel: Vec<i32>,
}

/// A district service, flattened for the control interface.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ServiceView<'a> {
    pub(super) external_service_id: i32,
    pub(super) name: &'a str,
    pub(super) authorized_entity_id: i32,
    pub(super) authorized_entity: &'a str,
    district_service_id: i32,
    district: &'a str,
    pub(super) zone_id: Option<&'a str>,
    initiation_date: Option<Date>,
    expiration_date: Option<Date>,
    requires_personnel: bool,
    personnel: &'a [i32],
    data_objects: &'a [DataObject],
}

impl ServiceView<'_> {
    /// From when to when the service is in force, in words.
    pub(super) fn in_force(&self) -> String {
        let day = |day: Option<Date>| day.map_or_else(|| "never".to_owned(), |day| day.to_string());
        format!("{} to {}", day(self.initiation_date), day(self.expiration_date))
    }

    /// What the service may see, in short.
    pub(super) fn sight(&self) -> String {
        let sign = |object: &DataObject| if object.is_include() { "+" } else { "-" };
        let objects = self.data_objects.iter();
        let objects: Vec<_> = objects.map(|object| format!("{}{}", sign(object), object.include_statement)).collect();
        let personnel = if self.requires_personnel { " (only with a person)" } else { "" };
        format!("{}{personnel}", objects.join(" "))
    }
}

/// All students, by number.
pub(crate) fn students(world: &World) -> Vec<SifStudent> {
    let register = &world.sif.register;
    let rows = register.students.iter().map(|student| student.student_id.as_str());
    let stored = register.records.keys().map(|(_, id)| id.as_str());
    let ids: BTreeSet<&str> = rows.chain(stored).collect();
    ids.into_iter().map(|id| student(register, id)).collect()
}

/// The student with a number.
pub(crate) fn find(world: &World, student_id: &str) -> Option<SifStudent> {
    students(world).into_iter().find(|student| student.district_student_id == student_id)
}

fn student(register: &Register, id: &str) -> SifStudent {
    let rows: Vec<&Student> = register.students.iter().filter(|row| row.student_id == id).collect();
    let record = register.records.iter().find(|((_, known), _)| known == id);
    let zone = || {
        let service = register.district_service(rows.first()?.district_service_id)?;
        register.district(service.district_id)?.zone_id.map(str::to_owned)
    };
    SifStudent {
        district_student_id: id.to_owned(),
        zone_id: record.map(|((zone, _), _)| zone.clone()).or_else(zone).unwrap_or_default(),
        name: record.and_then(|(_, text)| name(text)),
        record_bytes: record.map_or(0, |(_, text)| text.len()),
        services: rows.into_iter().filter_map(|row| assignment(register, row)).collect(),
    }
}

fn assignment(register: &Register, row: &Student) -> Option<SifAssignment> {
    let district_service = register.district_service(row.district_service_id)?;
    let service = register.services.iter().find(|known| known.id == district_service.service_id)?;
    Some(SifAssignment {
        external_service_id: service.id,
        authorized_entity_id: service.entity_id,
        district_service_id: row.district_service_id,
        consent_service_id: row.consent_service_id,
        consent_start: row.consent_start.to_string(),
        consent_end: row.consent_end.to_string(),
        personnel: row.personnel.clone(),
    })
}

/// The name that a record begins with.
fn name(record: &str) -> Option<String> {
    // Only the name is read, because the page that shows it is made often and records are large.
    let end = record.find("</name>")? + "</name>".len();
    let name = record.get(record.find("<name>")?..end)?;
    let document = xml::read(name)?;
    let part = |wanted| document.descendants().find(|node| node.has_tag_name(wanted)).and_then(|node| node.text());
    Some(format!("{} {}", part("givenName")?, part("familyName")?))
}

/// All services, as districts have them.
pub(super) fn services(register: &Register) -> Vec<ServiceView<'_>> {
    register
        .district_services
        .iter()
        .filter_map(|linked| {
            let service = register.services.iter().find(|known| known.id == linked.service_id)?;
            let entity = register.entities.iter().find(|known| known.id == service.entity_id)?;
            let district = register.district(linked.district_id)?;
            Some(ServiceView {
                external_service_id: service.id,
                name: service.name,
                authorized_entity_id: entity.id,
                authorized_entity: entity.name,
                district_service_id: linked.id,
                district: district.name,
                zone_id: district.zone_id,
                initiation_date: linked.initiation,
                expiration_date: linked.expiration,
                requires_personnel: linked.requires_personnel,
                personnel: &linked.personnel,
                data_objects: &linked.objects,
            })
        })
        .collect()
}

/// Changes the days of a student's consent to a service; says when there is no such student or day.
pub(crate) fn set_consent(
    core: &Core,
    student_id: &str,
    service_id: i32,
    start: Option<&str>,
    end: Option<&str>,
) -> Result<SifStudent, String> {
    let day = |text: &str| text.parse::<Date>().map_err(|_| format!("{text:?} is not a date such as 2026-11-22"));
    let (start, end) = (start.map(day).transpose()?, end.map(day).transpose()?);
    let mut world = core.world();
    let register = &mut world.sif.register;
    let linked = register.district_services.iter().filter(|known| known.service_id == service_id);
    let linked: Vec<i32> = linked.map(|known| known.id).collect();
    let mut changed = false;
    for row in &mut register.students {
        if row.student_id == student_id && linked.contains(&row.district_service_id) {
            row.consent_start = start.unwrap_or(row.consent_start);
            row.consent_end = end.unwrap_or(row.consent_end);
            changed = true;
        }
    }
    let none = || format!("the service {service_id} has no student {student_id:?}");
    find(&world, student_id).filter(|_| changed).ok_or_else(none)
}

/// The record of a student, as it is stored.
pub(crate) fn record(world: &World, zone_id: &str, student_id: &str) -> Option<Arc<str>> {
    world.sif.register.record(zone_id, student_id)
}

/// Puts a record into the store, unchecked.
pub(crate) fn set_record(core: &Core, zone_id: &str, student_id: &str, record: &str) {
    let key = (zone_id.to_owned(), student_id.to_owned());
    core.world().sif.register.records.insert(key, record.into());
}
