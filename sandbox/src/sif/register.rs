//! Holds who may see what of whom, and the records: the tables of the privacy rules, and the record store.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::{Date, date};
use serde::Serialize;

use super::records;

/// An organisation that has been authorized.
#[derive(Clone, Debug)]
pub(super) struct Entity {
    pub(super) id: i32,
    pub(super) name: &'static str,
}

/// A service of an organisation.
#[derive(Clone, Debug)]
pub(super) struct ExternalService {
    pub(super) id: i32,
    pub(super) entity_id: i32,
    pub(super) name: &'static str,
}

/// A district, which is a zone of the exchange.
#[derive(Clone, Debug)]
pub(super) struct District {
    pub(super) id: i32,
    pub(super) name: &'static str,
    pub(super) zone_id: Option<&'static str>,
}

/// A service as one district has it.
#[derive(Clone, Debug)]
pub(super) struct DistrictService {
    pub(super) id: i32,
    pub(super) service_id: i32,
    pub(super) district_id: i32,
    pub(super) initiation: Option<Date>,
    pub(super) expiration: Option<Date>,
    pub(super) requires_personnel: bool,
    pub(super) personnel: Vec<i32>,
    pub(super) objects: Vec<DataObject>,
}

/// What a service may see, or may not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct DataObject {
    pub(super) id: i32,
    pub(super) filter_type: &'static str,
    pub(super) name: String,
    pub(super) include_statement: String,
}

impl DataObject {
    pub(super) fn new(id: i32, filter_type: &'static str, name: &str, statement: &str) -> Self {
        Self { id, filter_type, name: name.to_owned(), include_statement: statement.to_owned() }
    }

    /// Whatever is not an include is an exclude, a misspelt include as well.
    pub(super) fn is_include(&self) -> bool {
        self.filter_type.eq_ignore_ascii_case("include")
    }
}

/// A student at a district service, with consent.
#[derive(Clone, Debug)]
pub(super) struct Student {
    pub(super) student_id: String,
    pub(super) district_service_id: i32,
    /// Where the consent was given, which may be elsewhere.
    pub(super) consent_service_id: i32,
    pub(super) consent_start: Date,
    pub(super) consent_end: Date,
    pub(super) personnel: Vec<i32>,
}

/// The tables, and the record store by zone and student.
#[derive(Debug)]
pub(super) struct Register {
    pub(super) entities: Vec<Entity>,
    pub(super) services: Vec<ExternalService>,
    pub(super) districts: Vec<District>,
    pub(super) district_services: Vec<DistrictService>,
    pub(super) students: Vec<Student>,
    pub(super) records: BTreeMap<(String, String), Arc<str>>,
}

/// What each district service may see: filter type and statement.
const NARROW: [(&str, &str); 2] = [("include", "name"), ("include", "localId")];
const RICH: [(&str, &str); 10] = [
    ("include", "name"),
    ("include", "localId"),
    ("include", "enrollment"),
    ("include", "attendance"),
    ("include", "transcriptTerm"),
    ("include", "otherTranscriptTerms"),
    ("include", "otherIds/otherId[type='State']"),
    ("include", "assessments/assessment/score"),
    ("exclude", "attendance/events/event/absentAttendanceCategory"),
    ("exclude", "enrollment/projectedGraduationYear"),
];
const PROGRAMS: [(&str, &str); 3] = [("include", "name"), ("include", "localId"), ("include", "programs")];

/// Student, district service of the row, district service of the consent, personnel.
const STUDENTS: [(&str, i32, i32, &[i32]); 11] = [
    ("700001", 9, 9, &[1]),
    ("700001", 10, 10, &[2]),
    ("700003", 9, 9, &[1]),
    ("700003", 10, 10, &[2]),
    ("700004", 9, 9, &[1]),
    ("700004", 10, 10, &[2]),
    ("700005", 10, 10, &[2]),
    // There is no record of this one.
    ("700006", 9, 9, &[1]),
    ("700006", 10, 10, &[2]),
    // The consent of this one was given to another service.
    ("700007", 9, 10, &[1]),
    ("700008", 11, 11, &[2]),
];

impl Default for Register {
    fn default() -> Self {
        let service =
            |id, service_id, expiration, requires_personnel, personnel: &[i32], objects: &[(&'static str, &str)]| {
                let object = |(index, (kind, statement)): (usize, &(&'static str, &str))| {
                    DataObject::new(id * 100 + i32::try_from(index).unwrap_or(0) + 1, kind, "xSre", statement)
                };
                DistrictService {
                    id,
                    service_id,
                    district_id: 1,
                    initiation: Some(date(2026, 1, 1)),
                    expiration: Some(expiration),
                    requires_personnel,
                    personnel: personnel.to_vec(),
                    objects: objects.iter().enumerate().map(object).collect(),
                }
            };
        let students = STUDENTS.map(|(student_id, row, consent, personnel)| {
            let short = student_id == "700001" && row == 9;
            Student {
                student_id: student_id.to_owned(),
                district_service_id: row,
                consent_service_id: consent,
                consent_start: date(2026, 9, 1),
                consent_end: if short { date(2026, 11, 22) } else { date(2097, 12, 31) },
                personnel: personnel.to_vec(),
            }
        });
        Self {
            entities: vec![
                Entity { id: 2, name: "Harrow Lane Mentors" },
                Entity { id: 3, name: "Tidewater Learning Trust" },
            ],
            services: vec![
                ExternalService { id: 5, entity_id: 2, name: "Evening mentoring" },
                ExternalService { id: 6, entity_id: 3, name: "Graduation coaching" },
                ExternalService { id: 7, entity_id: 3, name: "Breakfast club" },
            ],
            districts: vec![District { id: 1, name: "Alder Valley School District", zone_id: Some("alder") }],
            district_services: vec![
                service(9, 5, date(2096, 12, 31), false, &[1, 4], &NARROW),
                service(10, 6, date(2097, 12, 31), false, &[2], &RICH),
                service(11, 7, date(2097, 12, 31), true, &[2], &PROGRAMS),
            ],
            students: students.into(),
            records: records::invented(),
        }
    }
}

impl Register {
    pub(super) fn record(&self, zone_id: &str, student_id: &str) -> Option<Arc<str>> {
        self.records.get(&(zone_id.to_owned(), student_id.to_owned())).cloned()
    }

    pub(super) fn district_service(&self, id: i32) -> Option<&DistrictService> {
        self.district_services.iter().find(|known| known.id == id)
    }

    pub(super) fn district(&self, id: i32) -> Option<&District> {
        self.districts.iter().find(|known| known.id == id)
    }
}
